"""What calls of detection promise: groups, frames, keys, sets, traps of other tools, and what is refused."""

from __future__ import annotations

import math
import pickle
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import installed, make, rows
from tidymetrics.core.metric import METRICS

METRICS_OF_BOXES = [name for name in METRICS if METRICS[name].metric.kind == "detection"]
BOX = ("xmin", "ymin", "xmax", "ymax")


def scene(n: int = 160, seed: int = 1, **more: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give predictions and truth with cameras, crowds and tied scores."""
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 20, n)
    corner, size = rng.integers(0, 12, (2, n)) * 4.0, rng.integers(1, 9, (2, n)) * 6.0
    sides = dict(zip(BOX, [*corner, *(corner + size)], strict=True))
    keys = {"image_id": image, "camera": [f"c{i % 3}" for i in image], "label": rng.choice(["car", "dog", "cat"], n)}
    true = pl.DataFrame({**keys, **sides, "crowd": rng.random(n) < 0.05})
    moved = true.select(*keys, *(pl.col(side) + pl.Series(rng.integers(-2, 3, n) * 1.0) for side in BOX))
    pred = moved.with_columns(
        pl.max_horizontal("xmin", "xmax").alias("xmax"), pl.max_horizontal("ymin", "ymax").alias("ymax"),
        score=pl.Series(np.round(rng.random(n), 1)), label=pl.Series(rng.choice(["car", "dog", "cat"], n)),
    ).filter(pl.Series(rng.random(n) < 0.8))  # fmt: skip
    return pred, true


PRED, TRUE = scene()
BOTH = tm.metric_set(tm.average_precision_detection, tm.average_recall_detection)


def estimates(result: Any) -> list[float | None]:
    return rows(result)[".estimate"]


@pytest.mark.parametrize("name", METRICS_OF_BOXES)
def test_a_group_is_its_rows_alone(name: str) -> None:
    metric = METRICS[name]
    for estimator in metric.metric.choices:
        given = {"iscrowd": "crowd", "estimator": estimator, "levels": ["car", "cat", "dog"]}
        grouped = metric(PRED, TRUE, by="camera", **given)
        alone = [metric(PRED.filter(camera=c), TRUE.filter(camera=c), **given) for c in ("c0", "c1", "c2")]
        assert data.same(estimates(grouped), [e for part in alone for e in estimates(part)])
        assert all(0 <= e <= 1 for e in estimates(grouped) if e is not None)


@pytest.mark.parametrize("name", [*METRICS_OF_BOXES, "pr_curve_detection", "match_boxes"])
def test_every_frame_gives_the_same(name: str, frame: str) -> None:
    function = getattr(tm, name)
    wanted = rows(function(PRED, TRUE, by="camera"))
    given = make(frame, PRED)
    found = function(given, make(frame, TRUE), by="camera")
    assert type(found) is (pl.DataFrame if frame == "lazy" else type(given))
    found = rows(found)
    assert list(found) == list(wanted)
    for column, values in wanted.items():
        numbers = isinstance(values[0], float) or None in values
        assert data.same(found[column], values) if numbers else found[column] == values


@pytest.mark.skipif(not (installed("pandas") and installed("pyarrow")), reason="needs pandas and pyarrow")
def test_frames_of_two_libraries() -> None:
    for own, other in (("pandas", "polars"), ("polars", "pyarrow"), ("pyarrow", "pandas")):
        found = BOTH(make(own, PRED), make(other, TRUE), by="camera")
        assert type(found) is type(make(own, PRED))
        assert data.same(estimates(found), estimates(BOTH(PRED, TRUE, by="camera")))


@pytest.mark.skipif(not installed("duckdb"), reason="needs duckdb")
def test_rows_without_an_order_are_ordered_by_place() -> None:
    import duckdb

    wanted = estimates(BOTH(PRED.sort(*BOX), TRUE.sort(*BOX), by="camera"))
    for seed in (2, 3):
        shuffled = [df.sample(fraction=1, shuffle=True, seed=seed) for df in (PRED, TRUE)]
        found = BOTH(*(duckdb.from_arrow(df.to_arrow()) for df in shuffled), by="camera")
        assert estimates(found) == wanted
    with pytest.raises(tm.EngineError, match="match_boxes: data: the engine's rows have no order"):
        tm.match_boxes(duckdb.from_arrow(PRED.to_arrow()), TRUE)


def test_a_key_of_predictions_alone_has_the_whole_truth() -> None:
    models = pl.concat([PRED.with_columns(model=pl.lit("a")), PRED.head(40).with_columns(model=pl.lit("b"))])
    metric = tm.average_recall_detection
    assert estimates(metric(models, TRUE, by="model")) == [
        *estimates(metric(PRED, TRUE)),
        *estimates(metric(PRED.head(40), TRUE)),
    ]
    both = metric(models, TRUE, by=["model", "camera"])
    assert len(both) == 6
    assert both.columns[:2] == ["model", "camera"]
    assert data.same(estimates(both)[:3], estimates(metric(PRED, TRUE, by="camera")))


def test_a_set_is_its_members() -> None:
    members = [METRICS[name] for name in METRICS_OF_BOXES]
    together = tm.metric_set(*members, deep=members[0].tweak(max_detections=1))(PRED, TRUE, by="camera")
    parts = [m(PRED, TRUE, by="camera") for m in members] + [members[0](PRED, TRUE, by="camera", max_detections=1)]
    assert data.same(estimates(together), [e for part in parts for e in estimates(part)], 1e-12)
    assert len(tm.coco_metrics.members) == 12
    assert repr(pickle.loads(pickle.dumps(tm.coco_metrics))) == repr(tm.coco_metrics)
    with pytest.raises(tm.MetricSetError, match="several families"):
        tm.metric_set(tm.average_precision_detection, tm.iou)


def test_one_side_alone() -> None:
    none, every = PRED.head(0), list(METRICS_OF_BOXES)
    with pytest.warns(tm.UndefinedMetricWarning, match="nothing of the class is predicted"):
        found = dict(zip(every, estimates(tm.metric_set(*map(METRICS.get, every))(none, TRUE)), strict=True))
    assert found.pop("precision_detection") is None
    assert set(found.values()) == {0.0}
    with pytest.warns(tm.UndefinedMetricWarning) as caught:
        found = tm.metric_set(*map(METRICS.get, every))(PRED, TRUE.head(0), levels=["car", "cat", "dog"], score_threshold=0)
    assert len(caught) == 1
    found = dict(zip(every, estimates(found), strict=True))
    assert (found["precision_detection"], found["f_meas_detection"]) == (0.0, 0.0)
    assert {found[n] for n in ("average_precision_detection", "average_recall_detection", "recall_detection")} == {None}


def one(**changes: Any) -> pl.DataFrame:
    columns = {"image_id": 1, "label": "car", "xmin": 0.0, "ymin": 0.0, "xmax": 9.0, "ymax": 9.0, "score": 0.5} | changes
    return pl.DataFrame({name: [value] for name, value in columns.items()})


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"xmin": math.nan}, "xmin.*finite numbers; 1 row has another value, the first is row 0: a missing value"),
        ({"ymax": math.inf}, "ymax.*finite"),
        ({"xmax": -1.0}, "no negative width.*box_format='xywh'"),
        ({"ymax": -1.0}, "no negative height"),
        ({"label": None}, "label.*expected a value in each row"),
        ({"image_id": None}, "image_id"),
    ],
)
def test_boxes_that_are_none(side: int, changes: dict[str, Any], says: str) -> None:
    frames = [one(), one()]
    frames[side] = one(**changes).cast({"image_id": pl.Int64, "label": pl.String})
    with pytest.raises(tm.BoxError, match=f"^{('data', 'truth')[side]} .*{says}"):
        tm.coco_metrics(*frames)


def test_what_is_refused() -> None:
    metric = tm.average_precision_detection
    with pytest.raises(tm.ColumnNotFoundError, match="are the two frames swapped"):
        metric(one().drop("score"), one())
    with pytest.raises(tm.LevelError, match=r"'dog' is predicted and never true.*levels=\['car', 'dog'\]"):
        metric(one(label="dog"), one())
    with pytest.raises(tm.BoxError, match="expected images that images= has"):
        metric(one(), one(), images=[2])
    with pytest.raises(tm.BoxError, match="more than once"):
        metric(one(), one(), images=[1, 1])
    with pytest.raises(tm.BoxError, match="pass images="):
        metric(pl.concat([one(), one(image_id=2)]), one(light="day"), by="light")
    with pytest.raises(tm.BoxError, match="not one value an image"):
        metric(one(), pl.concat([one(light="day"), one(light="night")]), by="light")
    with pytest.raises(tm.ColumnNotFoundError, match="no frame of the call has a column 'camra'"):
        metric(PRED, TRUE, by="camra")
    with pytest.raises(tm.EstimatorError, match="no estimator 'micro'"):
        metric(PRED, TRUE, estimator="micro")
    with pytest.raises(tm.OptionError, match="expected one of 'xyxy'"):
        metric(PRED, TRUE, box_format="yxyx")
    with pytest.raises(tm.OptionError, match="four columns"):
        metric(PRED, TRUE, box=["xmin", "ymin"])
    with pytest.raises(tm.BoxError, match="no negative width; 1 row has one"):
        tm.iou_vec([[5, 0, 0, 9]], [[0, 0, 9, 9]])
    with pytest.raises(tm.BoxError, match="infinite"):
        tm.giou_vec([[0, 0, math.inf, 9]], [[0, 0, 9, 9]])
    with pytest.raises(tm.OptionError, match="four columns of a box"):
        tm.iou(PRED, ["xmin"], list(BOX))


def test_traps_of_other_tools() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        # a first annotation, boxes in 64 bits, a point, and equal boxes that match once each
        assert estimates(tm.average_precision_detection(one(), one())) == [1.0]
        assert tm.giou_vec([[1, 1, 1, 1]], [[1, 1, 1, 1]]) == 0.0
        twice = pl.concat([one(), one()])
        assert estimates(tm.precision_detection(twice, one())) == [0.5]
        assert estimates(tm.recall_detection(one(), twice)) == [0.5]
        void = pl.DataFrame({"i": [1, 1], "s": [1, 2], "l": ["a", "a"], "p": [1, None], "q": ["a", None]})
        pq = tm.panoptic_quality(void, ("s", "l"), ("p", "q"), image="i")
        assert estimates(pq) == [pytest.approx(1 / 1.5)]


def test_background_is_no_class() -> None:
    cm = tm.conf_mat_detection(PRED, TRUE, by="camera")
    assert cm.levels[-1] == "(background)"
    assert (cm + cm).pool().counts.sum() == 2 * cm.counts.sum()
    for made in (lambda: tm.accuracy(cm), cm.summary, lambda: tm.recall(cm.pool())):
        with pytest.raises(tm.OptionError, match="background, is no class. Use precision_detection"):
            made()


def test_images_bring_keys_and_a_series_will_do() -> None:
    lights = pl.DataFrame({"image_id": range(20), "light": ["day", "night"] * 10})
    metric = tm.average_recall_detection
    by_light = metric(PRED, TRUE, by="light", images=lights)
    parity = pl.col("image_id") % 2
    assert estimates(by_light) == [
        e for i in (0, 1) for e in estimates(metric(PRED.filter(parity == i), TRUE.filter(parity == i)))
    ]
    assert estimates(metric(PRED, TRUE, images=lights["image_id"])) == estimates(metric(PRED, TRUE, images=list(range(20))))


@pytest.mark.parametrize("name", METRICS_OF_BOXES)
def test_pictures_and_help(name: str) -> None:
    pytest.importorskip("altair")
    doc = METRICS[name].__doc__
    assert "BoxError" in doc
    assert "Higher is better" in doc
    assert tm.autoplot(METRICS[name](PRED, TRUE, estimator="per_class")).to_dict()


def test_curves_have_a_colour_a_level() -> None:
    pytest.importorskip("altair")
    drawn = tm.autoplot(tm.pr_curve_detection(PRED, TRUE, by="camera")).to_dict()
    assert {row["group"] for values in drawn["datasets"].values() for row in values} == {"car", "cat", "dog"}
    many = pl.concat([TRUE.with_columns(label=pl.lit(f"k{i:02}")) for i in range(12)])
    curve = tm.pr_curve_detection(many.head(1500).with_columns(score=0.5), many)
    assert tm.autoplot(curve).to_dict()["title"]["subtitle"] == "the 10 of 12 levels with most true objects"
