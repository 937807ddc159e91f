"""Intervals and comparisons where the unit is no row: pairs of rows, queries, images; and of what is split."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tests.test_contract import COUNTS
from tidymetrics.core.call import Call
from tidymetrics.core.influence import influences_of_units
from tidymetrics.core.metric import METRICS
from tidymetrics.core.score import evaluate
from tidymetrics.frames import UNIT, Role, recognise

LIMITS = (".estimate", ".std_error", ".lower", ".upper")
PAIRS = [name for name, f in METRICS.items() if f.metric.statistic in COUNTS and f.metric.statistic != "chance"]


def numbers_in(result: Any, column: str) -> list[float]:
    return [float("nan") if v is None else v for v in rows(result)[column]]


def influences(metric: Any, df: pl.DataFrame, *columns: str, **arguments: Any) -> Any:
    """Give the units and influences of the only metric of a call."""
    values, options = metric.table().read(columns, arguments)
    bound = metric.bind(values, options)
    more = (Role(UNIT, "unit", "row", "order"),) if "row" in df.columns else ()
    found: list[Any] = []
    evaluate(
        [bound],
        Call(recognise(df, None), values, more=more),
        lambda batch: found.append(influences_of_units(batch.metrics[0], batch.reductions)),
    )
    return found[0]


# ------------------------------------------------------------------------------------------------------------- clusterings


@pytest.mark.parametrize("noise", [None, "drop", "singletons", "cluster"])
@pytest.mark.parametrize("name", PAIRS)
def test_rows_move_pairs(name: str, noise: str | None) -> None:
    """Half of what one row more and one row less change, less its mean: weights are whole."""
    df = data.clusters(60).select(obs=pl.col("obs").to_physical(), pred=pl.col("pred").to_physical().cast(pl.Int64) - 1)
    if noise is None:
        df = df.with_columns(pred=pl.col("pred") + 1)
    metric, n = METRICS[name], len(df)
    made = influences(metric, df.with_row_index("row"), "obs", "pred", noise=noise)
    phi = np.zeros(n)
    np.add.at(phi, made.unit.to_numpy().astype(int), made.phi[:, 0])
    copies = [df.with_columns(copy=pl.lit(c), times=pl.lit(1) + (pl.int_range(n) == c // 2) * (-1) ** c) for c in range(2 * n)]
    values = metric(pl.concat(copies), "obs", "pred", noise=noise, case_weights="times", by="copy")[".estimate"].to_numpy()
    moves = (values[::2] - values[1::2]) / 2
    np.testing.assert_allclose(phi, moves - moves.mean(), atol=0.03 * np.abs(moves).max())
    assert abs(phi.sum()) < 1e-9


def test_the_same_partition_lies_on_the_end() -> None:
    df = data.clusters(60).select(obs="obs", pred="obs", one=pl.lit("a"))
    shares = tm.metric_set(tm.purity, tm.cluster_accuracy)
    made = tm.with_intervals(tm.metric_set(tm.adjusted_rand_index, tm.v_measure, *shares.members))(df, "obs", "pred")
    assert made[".upper"].to_list() == [1.0] * 4
    assert made[".std_error"].null_count() == 4
    assert (made[".lower"] > 0.7).all()
    ones = df.with_columns(obs=pl.lit("x"), pred=pl.lit("y"))
    accuracy = tm.with_intervals(tm.accuracy)(df.select("obs", pred="obs"), "obs", "pred")
    assert made[".lower"][-1] == pytest.approx(accuracy[".lower"].item())
    with pytest.warns(tm.UndefinedIntervalWarning, match="all rows have the same influence"):
        assert tm.with_intervals(tm.homogeneity)(ones, "obs", "pred")[".lower"].item() is None


def test_clusterings_of_the_same_rows_are_compared() -> None:
    df = data.clusters(200).with_columns(other=pl.col("pred").shuffle(seed=1))
    metrics = tm.metric_set(tm.adjusted_rand_index, tm.v_measure, tm.adjusted_mutual_info)
    made = tm.compare(metrics)(df, "obs", {"a": "pred", "b": "other"})
    assert (made[".p_value"] < 0.01).all()
    same = tm.compare(metrics)(df.with_columns(again="pred"), "obs", {"a": "pred", "b": "again"})
    assert same[".p_value"].to_list() == [1.0] * 3
    assert same[".std_error"].to_list() == pytest.approx([0.0] * 3, abs=1e-12)


def test_sums_of_squares_grow_with_the_rows() -> None:
    """A total of n rows has the relative error of a mean of them."""
    made = {}
    for n in (200, 800):
        df = data.clusters(n)
        made[n] = tm.with_intervals(tm.metric_set(tm.sse_within_total, tm.sse_ratio, tm.calinski_harabasz))(
            df, estimate="pred", features=["x", "y"]
        )
        of_mean = df.with_columns(s=(pl.col("x") - pl.col("x").mean().over("pred")) ** 2)["s"]
        total = made[n][".std_error"][0] / made[n][".estimate"][0]
        assert 0.5 < total / (of_mean.std() / of_mean.mean() / n**0.5) < 2
    assert (made[200][".std_error"] > 0).all()


# -------------------------------------------------------------------------------------------------------------- retrieval


def test_queries_are_the_rows_of_a_ranking(frame: str) -> None:
    df = data.rankings()
    metric = tm.ndcg
    own = {"query": "query", "doc": "doc", "k": [1, 5]}
    made = tm.with_intervals(metric)(make(frame, df), "obs", "pred", by="fold", **own)
    of_queries = metric(df, "obs", "pred", by=["fold", "query"], **own)
    expected = of_queries.group_by("fold", ".k").agg(pl.col(".estimate").std() / pl.len().sqrt()).sort("fold", ".k")
    assert numbers_in(made, ".std_error") == pytest.approx(expected[".estimate"].to_list())
    weighted = tm.with_intervals(metric)(make(frame, df), "obs", "pred", case_weights="w", **own)
    assert len(rows(weighted)[".lower"]) == 2


def test_queries_of_a_user_vary_together() -> None:
    df = data.rankings()
    metric, own = tm.ndcg, {"query": "query", "doc": "doc", "k": 5}
    alone = tm.with_intervals(metric)(df, "obs", "pred", **own)
    same = tm.with_intervals(metric)(df, "obs", "pred", unit="query", **own)
    for column in LIMITS:
        assert same[column].to_list() == pytest.approx(alone[column].to_list())
    per_query = metric(df, "obs", "pred", by="query", **own)
    users = per_query.join(df.select("query", "site").unique(), on="query")
    value = users[".estimate"].to_numpy()
    sums = users.with_columns(phi=pl.Series(value - value.mean())).group_by("site").agg("phi")["phi"].list.sum().to_numpy()
    by_site = tm.with_intervals(metric)(df, "obs", "pred", unit="site", **own)
    assert by_site[".std_error"].item() == pytest.approx((np.sum(sums**2) * len(sums) / (len(sums) - 1)) ** 0.5 / len(value))
    with pytest.raises(tm.OptionError, match=r"unit 'doc': expected one unit a query"):
        tm.with_intervals(metric)(df, "obs", "pred", unit="doc", **own)


def test_judgements_apart_have_intervals() -> None:
    df = data.rankings()
    run, qrels = df.select("query", "doc", "pred"), df.select("query", "doc", "obs")
    own = {"query": "query", "doc": "doc", "k": 5}
    whole = tm.with_intervals(tm.ndcg)(df, "obs", "pred", **own)
    apart = tm.with_intervals(tm.ndcg)(run, "obs", "pred", qrels=qrels, **own)
    assert apart.equals(whole)
    assert tm.with_intervals(tm.ndcg)(run, "obs", "pred", qrels=qrels, unit="query", **own)[".lower"].null_count() == 0


def test_rankings_are_compared_query_by_query() -> None:
    df, rng = data.rankings(), np.random.default_rng(1)
    df = df.with_columns(other=pl.col("pred") + pl.Series(rng.normal(0, 2, len(df))))
    own = {"query": "query", "doc": "doc", "k": 5}
    made = tm.compare(tm.ndcg)(df, "obs", {"a": "pred", "b": "other"}, **own)
    per = [tm.ndcg(df, "obs", s, by="query", **own)[".estimate"].to_numpy() for s in ("pred", "other")]
    gap = per[0] - per[1]
    assert made[".estimate"].item() == pytest.approx(gap.mean())
    assert made[".std_error"].item() == pytest.approx(gap.std(ddof=1) / len(gap) ** 0.5)
    long = pl.concat([df.drop("other").with_columns(m=pl.lit("a")), df.with_columns(pred="other", m=pl.lit("b")).drop("other")])
    below = tm.compare(tm.ndcg)(long, "obs", "pred", across="m", **own)
    for column in (".estimate", ".std_error", ".lower", ".upper", ".p_value"):
        assert below[column].to_list() == pytest.approx(made[column].to_list())


# -------------------------------------------------------------------------------------------------------------- detection


def images(n: int = 60, seed: int = 0) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Boxes of two models, and true ones."""
    rng = np.random.default_rng(seed)
    corner, size = rng.uniform(0, 80, (2, 3 * n)), rng.uniform(8, 20, (2, 3 * n))
    truth = {"xmin": corner[0], "ymin": corner[1], "xmax": corner[0] + size[0], "ymax": corner[1] + size[1]}
    ids = {
        "image_id": np.repeat(np.arange(n), 3),
        "label": np.tile(["a", "b", "a"], n),
        "video": np.repeat(np.arange(n) // 4, 3),
    }
    true = pl.DataFrame({**ids, **truth})
    found = []
    for model, noise in (("m1", 1.0), ("m2", 2.0)):
        moved = {k: v + rng.normal(0, noise, 3 * n) for k, v in truth.items()}
        moved["xmax"], moved["ymax"] = np.maximum(moved["xmax"], moved["xmin"]), np.maximum(moved["ymax"], moved["ymin"])
        found.append(pl.DataFrame({"model": model, **ids, **moved, "score": rng.random(3 * n)}))
    return pl.concat(found).sample(fraction=0.9, seed=1), true


def test_images_are_split_alike_whatever_their_order() -> None:
    found, true = images()
    metrics = tm.metric_set(tm.average_precision_detection, tm.f_meas_detection)
    made = tm.with_intervals(metrics)(found, true, by="model")
    again = tm.with_intervals(metrics)(found.sample(fraction=1, shuffle=True, seed=2), true.reverse(), by="model")
    alone = tm.with_intervals(tm.f_meas_detection)(found.filter(model="m1"), true)
    for column in LIMITS:
        assert made[column].to_list() == pytest.approx(again[column].to_list())
        assert alone[column].item() == pytest.approx(made[column][2])
    assert (made[".lower"] < made[".estimate"]).all()
    per_class = tm.with_intervals(tm.recall_detection)(found, true, by="model", estimator="per_class")
    assert per_class[".lower"].null_count() == 0


def test_units_of_images() -> None:
    found, true = images()
    of_images = tm.with_intervals(tm.recall_detection)(found, true, by="model")
    same = tm.with_intervals(tm.recall_detection)(found, true, by="model", unit="image_id")
    videos = tm.with_intervals(tm.recall_detection)(found, true, by="model", unit="video")
    assert same.equals(of_images)
    assert (videos[".std_error"] != of_images[".std_error"]).all()
    with pytest.raises(tm.OptionError, match=r"unit 'label': expected one unit an image"):
        tm.with_intervals(tm.recall_detection)(found, true, by="model", unit="label")
    with pytest.raises(tm.ColumnNotFoundError, match="nothing"):
        tm.with_intervals(tm.recall_detection)(found, true, by="model", unit="nothing")


def test_detectors_share_their_splits() -> None:
    found, true = images()
    made = tm.compare(tm.average_precision_detection)(found, true, across="model")
    apart = tm.with_intervals(tm.average_precision_detection)(found, true, by="model")
    assert made[".estimate"].item() == pytest.approx(apart[".estimate"][0] - apart[".estimate"][1])
    both = pl.concat([found.filter(model="m1"), found.filter(model="m1").with_columns(model=pl.lit("twin"))])
    twins = tm.compare(tm.average_precision_detection)(both, true, across="model")
    assert twins[".std_error"].item() == 0
    assert twins[".p_value"].item() == 1
    one = found.filter(model="m1").with_columns(other=1 - pl.col("score"))
    wide = tm.compare(tm.average_precision_detection)(one, true, {"a": "score", "b": "other"})
    assert wide[".lower"].item() < wide[".estimate"].item() < wide[".upper"].item()


def test_segments_are_split_by_image() -> None:
    rng = np.random.default_rng(0)
    n = 40
    df = pl.DataFrame({"image_id": np.repeat(np.arange(n), 20), "seg": np.tile(np.repeat([1, 2], 10), n)})
    df = df.with_columns(cls=pl.when(pl.col("seg") == 1).then(pl.lit("a")).otherwise(pl.lit("b")))
    wrong = pl.Series(rng.random(len(df)) < np.repeat(rng.random(n) * 0.6, 20))
    df = df.with_columns(pseg=pl.when(wrong).then(3 - pl.col("seg")).otherwise("seg"))
    df = df.with_columns(pcls=pl.when(pl.col("pseg") == 1).then(pl.lit("a")).otherwise(pl.lit("b")))
    columns = (("seg", "cls"), ("pseg", "pcls"))
    made = tm.with_intervals(tm.panoptic_quality)(df, *columns, image="image_id")
    per_image = tm.panoptic_quality(df, *columns, image="image_id", by="image_id")[".estimate"]
    assert 0.3 < made[".std_error"].item() / (per_image.std() / n**0.5) < 3
    again = tm.with_intervals(tm.panoptic_quality)(df.sample(fraction=1, shuffle=True), *columns, image="image_id")
    assert again.equals(made)


# ----------------------------------------------------------------------------------------------------------------- splits


def test_models_without_influences_share_their_splits() -> None:
    rng = np.random.default_rng(4)
    y = rng.normal(size=400)
    shared = rng.normal(size=400)
    df = pl.DataFrame({"y": y, "a": y + shared, "b": y + shared + 0.05 * rng.normal(size=400)})
    paired = tm.compare(tm.rpiq)(df, "y", {"a": "a", "b": "b"})
    alone = tm.with_intervals(tm.rpiq)(df, "y", "a")
    assert paired[".std_error"].item() < alone[".std_error"].item() / 3
    same = tm.compare(tm.rpiq)(df.with_columns(c="a"), "y", {"a": "a", "c": "c"})
    assert same[".p_value"].item() == 1
    with pytest.warns(tm.UnsharedRowsWarning, match="'a' and 'b'"):
        gaps = tm.compare(tm.rpiq)(df.with_columns(b=pl.when(pl.col("y") < 1).then("b")), "y", {"a": "a", "b": "b"})
    assert gaps[".p_value"].item() is not None


def test_a_statistic_of_all_rows_grows_with_their_root() -> None:
    """The standard error of a z statistic is 1 or so, whatever the rows."""
    rng = np.random.default_rng(5)
    p = rng.random((200, 50))
    df = pl.DataFrame({"g": np.repeat(np.arange(200), 50), "p": p.ravel(), "y": rng.random(p.size) < p.ravel()})
    made = tm.with_intervals(tm.spiegelhalter_z)(df, "y", "p", event=True, by="g")
    assert np.sqrt((made[".std_error"] ** 2).mean()) == pytest.approx(1, abs=0.15)


def test_a_share_of_gaps_is_a_share(frame: str) -> None:
    df = pl.DataFrame(
        {"g": ["x", "y"] * 15, "obs": [True, False, True] * 10, "pred": [True, None, False, True, None, True] * 5}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error", tm.UndefinedIntervalWarning)
        made = tm.with_intervals(tm.metric_set(tm.reportable_rate))(make(frame, df), "obs", "pred", by="g")
    there = df.with_columns(there=pl.col("pred").is_not_null(), true=pl.lit(value=True))
    share = tm.with_intervals(tm.accuracy)(there, "true", "there", by="g", levels=[False, True])
    for column in LIMITS:
        assert numbers_in(made, column) == pytest.approx(numbers_in(share, column), nan_ok=True)
    both = tm.compare(tm.reportable_rate)(df.with_columns(other=True), "obs", {"a": "pred", "b": "other"})
    assert both[".estimate"].item() == pytest.approx(-1 / 3)
    with pytest.warns(tm.UnsharedRowsWarning):
        mixed = tm.compare(tm.metric_set(tm.reportable_rate, tm.accuracy))(
            df.with_columns(other=True), "obs", {"a": "pred", "b": "other"}, levels=[False, True]
        )
    assert mixed.filter(pl.col(".metric") == "reportable_rate")[".lower"].item() == pytest.approx(both[".lower"].item())
    assert mixed[".metric"].to_list() == ["reportable_rate", "accuracy"]
    more = df.with_columns(w=2, u=pl.int_range(30) // 4)
    weighted = tm.with_intervals(tm.reportable_rate)(more, "obs", "pred", case_weights="w", unit="u")
    assert weighted[".lower"].null_count() == 0
