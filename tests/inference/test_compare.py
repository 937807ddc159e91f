"""What comparisons promise: symmetry, the p-value at the interval's edge, pairing, Holm, errors."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows

rng = np.random.default_rng(3)
N = 300
Y = rng.random(N) < 0.4
DATA = pl.DataFrame(
    {
        "g": rng.integers(0, 4, N),
        "obs": Y,
        "a": np.where(rng.random(N) < 0.85, Y, ~Y),
        "b": np.where(rng.random(N) < 0.75, Y, ~Y),
        "c": np.where(rng.random(N) < 0.8, Y, ~Y),
        "sa": rng.normal(size=N) + 1.5 * Y,
        "sb": rng.normal(size=N) + Y,
        "y": rng.normal(size=N),
    }
).with_columns(xa=pl.col("y") + pl.Series(rng.normal(size=N)), xb=pl.col("y") + pl.Series(rng.normal(size=N) * 1.3))
CALLS: list[tuple[Any, str, dict[str, str]]] = [
    (tm.metric_set(tm.accuracy, tm.f_meas, tm.mcc), "obs", {"a": "a", "b": "b"}),
    (tm.metric_set(tm.roc_auc, tm.average_precision), "obs", {"a": "sa", "b": "sb"}),
    (tm.metric_set(tm.rmse, tm.rsq, tm.gini_coef), "y", {"a": "xa", "b": "xb"}),
]
NUMBERS = (".estimate", ".std_error", ".lower", ".upper", ".p_value")


def test_of_class(frame: str) -> None:
    one = rows(tm.compare(tm.accuracy)(DATA, "obs", {"a": "a", "b": "b"}, by="g"))
    two = rows(tm.compare(tm.accuracy)(make(frame, DATA), "obs", {"a": "a", "b": "b"}, by="g"))
    for column in NUMBERS:
        assert one[column] == pytest.approx(two[column], rel=1e-9)


@pytest.mark.parametrize(("metrics", "truth", "models"), CALLS)
def test_turned_around(metrics: Any, truth: str, models: dict[str, str]) -> None:
    options = {"event": True} if truth == "obs" else {}
    one = tm.compare(metrics)(DATA, truth, models, by="g", **options)
    two = tm.compare(metrics)(DATA, truth, dict(reversed(models.items())), by="g", **options)
    assert one[".estimate"].to_list() == pytest.approx((-two[".estimate"]).to_list(), abs=1e-12)
    assert one[".lower"].to_list() == pytest.approx((-two[".upper"]).to_list(), rel=1e-7)
    assert one[".p_value"].to_list() == pytest.approx(two[".p_value"].to_list(), rel=1e-6)
    outside = (one[".lower"] > 0) | (one[".upper"] < 0)
    assert ((one[".p_value"] < 0.05) == outside).all()
    assert (one[".lower"] <= one[".estimate"]).all()
    assert (one[".estimate"] <= one[".upper"]).all()


@pytest.mark.parametrize(("metrics", "truth", "models"), CALLS)
def test_with_itself(metrics: Any, truth: str, models: dict[str, str]) -> None:
    options = {"event": True} if truth == "obs" else {}
    made = tm.compare(metrics)(DATA, truth, {"one": models["a"], "two": models["a"]}, **options)
    assert made[".estimate"].to_list() == [0.0] * len(made)
    assert made[".p_value"].to_list() == [1.0] * len(made)


@pytest.mark.parametrize(("metrics", "truth", "models"), CALLS)
def test_one_under_the_other_is_side_by_side(metrics: Any, truth: str, models: dict[str, str]) -> None:
    options = {"event": True} if truth == "obs" else {}
    wide = DATA.with_row_index("row")
    long = pl.concat([wide.with_columns(model=pl.lit(n), pred=pl.col(c)) for n, c in models.items()])
    one = tm.compare(metrics)(wide, truth, models, by="g", **options)
    two = tm.compare(metrics)(long, truth, "pred", across="model", unit="row", by="g", **options)
    assert one.select(".metric", ".first", ".second", "g").equals(two.select(".metric", ".first", ".second", "g"))
    for column in NUMBERS:
        assert one[column].to_list() == pytest.approx(two[column].to_list(), rel=1e-7), column


def test_three_contestants_are_adjusted_by_holm() -> None:
    models = {n: n for n in "abc"}
    made = tm.compare(tm.accuracy)(DATA, "obs", models)
    assert list(zip(made[".first"], made[".second"], strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]
    p = np.sort(made[".p_value"].to_numpy())
    expected = np.minimum(1, np.maximum.accumulate(p * [3, 2, 1]))
    assert np.sort(made[".p_adjusted"].to_numpy()) == pytest.approx(expected)
    against = tm.compare(tm.accuracy, against="b", adjust=None)(DATA, "obs", models)
    assert against[".second"].to_list() == ["b", "b"]
    assert against[".p_adjusted"].equals(against[".p_value"].alias(".p_adjusted"))


def test_a_contestant_that_lacks_a_group_is_null_there() -> None:
    df = DATA.with_columns(model=pl.when(pl.col("g") == 0).then(pl.lit("old")).otherwise(pl.lit("new")), site=pl.col("g") % 2)
    with pytest.warns(tm.UndefinedIntervalWarning, match=r"in 1 of 2 groups \(site=1\): a contestant has no rows there"):
        made = tm.compare(tm.accuracy)(df, "obs", "a", across="model", by="site")
    assert made["site"].to_list() == [0, 1]
    assert made[".estimate"].is_null().to_list() == [False, True]


def test_ratio_is_inverse() -> None:
    one = tm.compare(tm.rmse, ratio=True)(DATA, "y", {"a": "xa", "b": "xb"})
    two = tm.compare(tm.rmse, ratio=True)(DATA, "y", {"b": "xb", "a": "xa"})
    assert one[".estimate"].item() == pytest.approx(1 / two[".estimate"].item())
    assert one[".lower"].item() == pytest.approx(1 / two[".upper"].item(), rel=1e-6)
    assert one[".p_value"].item() == pytest.approx(two[".p_value"].item(), rel=1e-6)


def test_each_class_has_rows() -> None:
    made = tm.compare(tm.sens)(DATA, "obs", {"a": "a", "b": "b"}, estimator="per_class")
    assert made[".level"].to_list() == [True, False]
    assert made[".lower"].null_count() == 0


def test_folds_of_a_comparison() -> None:
    made = tm.across_folds(tm.compare(tm.accuracy)(DATA, "obs", {"a": "a", "b": "b"}, by="g"), "g", rope=0.01)
    assert made[".n"].item() == 4
    assert made.select(".p_first", ".p_rope", ".p_second").sum_horizontal().item() == pytest.approx(1)


@pytest.mark.parametrize(
    ("options", "call", "says"),
    [
        ({"rope": 0.1, "ratio": True}, {}, "rope"),
        ({"adjust": "bonferroni"}, {}, "adjust"),
        ({}, {"estimate": "a"}, "mapping"),
        ({}, {"across": "g"}, "not both"),
        ({"against": "z"}, {}, "against"),
    ],
)
def test_errors(options: dict[str, Any], call: dict[str, Any], says: str) -> None:
    with pytest.raises(tm.OptionError, match=says):
        tm.compare(tm.accuracy, **options)(DATA, **{"truth": "obs", "estimate": {"a": "a", "b": "b"}, **call})


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(tm.ColumnNotFoundError, match="nowhere"):
        tm.compare(tm.accuracy)(DATA, "obs", "a", across="nowhere")


def test_makers_are_picklable() -> None:
    made = tm.compare(tm.accuracy, ratio=True, conf_level=0.9)
    assert repr(pickle.loads(pickle.dumps(made))) == repr(made)
    assert "ratio=True" in repr(made)


@pytest.mark.parametrize("frame_type", ["polars", "lazy", "pandas", "pyarrow"])
def test_each_model(frame_type: str) -> None:
    found = rows(tm.each_model(tm.accuracy)(make(frame_type, DATA), "obs", {"forest": "a", "boost": "b"}, by="g"))
    assert next(iter(found)) == ".model"
    assert found[".model"] == ["forest"] * 4 + ["boost"] * 4
    alone = rows(tm.accuracy(DATA, "obs", "b", by="g"))
    assert found[".estimate"][4:] == alone[".estimate"]
    with pytest.raises(tm.OptionError, match="mapping"):
        tm.each_model(tm.accuracy)(DATA, "obs", "a")


def gappy(column: str, seed: int) -> pl.Expr:
    lost = pl.Series(np.random.default_rng(seed).random(N) < 0.1)
    return pl.when(~lost).then(pl.col(column)).alias(column)


GAPS = DATA.with_columns(
    *(gappy(c, i) for i, c in enumerate(("a", "b", "c", "sa", "sb", "xa", "xb"))),
    *(pl.Series(f"{m}{q}", DATA[f"x{m}"] + q - 0.5) for m in "ab" for q in (0, 1)),
)
SHARED: list[tuple[Any, str, dict[str, Any], dict[str, Any]]] = [
    *((metrics, truth, models, {"event": True} if truth == "obs" else {}) for metrics, truth, models in CALLS),
    (
        tm.weighted_interval_score.tweak(quantile_estimate_nas="propagate"),
        "y",
        {"a": ["xa", "a1"], "b": ["xb", "b1"]},
        {"quantile_levels": [0.3, 0.7]},
    ),
]


@pytest.mark.parametrize("frame_type", ["polars", "lazy", "pandas"])
@pytest.mark.parametrize(("metrics", "truth", "models", "options"), SHARED)
def test_a_row_counts_where_both_have_it(
    metrics: Any, truth: str, models: dict[str, Any], options: dict[str, Any], frame_type: str
) -> None:
    columns = [models[m] if isinstance(models[m], str) else models[m][0] for m in "ab"]
    shared = GAPS.drop_nulls(columns)
    lost = len(GAPS.drop_nulls(columns[0])) + len(GAPS.drop_nulls(columns[1])) - 2 * len(shared)
    given = make(frame_type, GAPS)  # outside, so that a library that is not there skips the test
    with pytest.warns(tm.UnsharedRowsWarning, match=f": {lost} of 'a' and 'b'"):
        one = rows(tm.compare(metrics)(given, truth, models, by="g", **options))
    two = rows(tm.compare(metrics)(shared, truth, models, by="g", **options))
    for column in NUMBERS:
        assert one[column] == pytest.approx(two[column], rel=1e-9), column


def test_each_pair_has_the_rows_that_both_have() -> None:
    with pytest.warns(tm.UnsharedRowsWarning, match="of 'a' and 'b', .* of 'a' and 'c', .* of 'b' and 'c'"):
        made = tm.compare(tm.accuracy)(GAPS, "obs", {n: n for n in "abc"})
    for first, second, estimate in made.select(".first", ".second", ".estimate").iter_rows():
        right = GAPS.drop_nulls([first, second]).select((pl.col(c) == pl.col("obs")).mean() for c in (first, second)).row(0)
        assert estimate == pytest.approx(right[0] - right[1])


@pytest.mark.parametrize(("metrics", "truth", "models"), CALLS)
def test_inside_an_engine(metrics: Any, truth: str, models: dict[str, str]) -> None:
    duckdb = pytest.importorskip("duckdb")
    options = {"event": True} if truth == "obs" else {}
    one = rows(tm.compare(metrics)(DATA, truth, models, by="g", **options))
    two = rows(tm.compare(metrics)(duckdb.from_arrow(DATA.to_arrow()), truth, models, by="g", **options))
    for column in NUMBERS:
        assert one[column] == pytest.approx(two[column], rel=1e-7), column


def test_unlike_levels() -> None:
    df = pl.DataFrame({"obs": ["x", "y", "y"], "a": ["x", "y", "x"], "b": ["x", "y", "y"]})
    typed = df.with_columns(pl.col("a").cast(pl.Enum(["x", "y"])), pl.col("b").cast(pl.Enum(["x", "y", "z"])))
    with pytest.raises(tm.LevelError, match="'a' and 'b' have unlike levels, 'x', 'y' and 'x', 'y', 'z'; pass levels="):
        tm.compare(tm.accuracy)(typed, "obs", {"a": "a", "b": "b"})
    made = tm.compare(tm.accuracy)(df, "obs", {"a": "a", "b": "b"}, levels=["x", "y", "z"])
    assert made[".estimate"].item() == pytest.approx(-1 / 3)
    with pytest.raises(tm.LevelError, match="^'b': .*'z'"):
        tm.compare(tm.accuracy)(df.with_columns(b=pl.lit("z")), "obs", {"a": "a", "b": "b"})


def test_chart_has_a_row_for_each_pair() -> None:
    pytest.importorskip("altair")
    models = {n: n for n in "abc"}
    found = tm.compare(tm.accuracy, rope=0.02)(DATA, "obs", models)
    drawn = next(iter(tm.autoplot(found, rope=0.02).to_dict()["datasets"].values()))
    parts = {part: [row for row in drawn if row["part"] == part] for part in ("dot", "none", "rope")}
    assert [row["pair"] for row in parts["dot"]] == found.sort(".estimate").select(
        pl.concat_str(".first", ".second", separator=" - ")
    ).to_series().to_list()
    assert [row["differs"] for row in parts["dot"]] == [
        "yes" if p < 0.05 else "no" for p in found.sort(".estimate")[".p_adjusted"]
    ]
    assert [row["estimate"] for row in parts["none"]] == [0]
    assert [(row["estimate"], row["upper"]) for row in parts["rope"]] == [(-0.02, 0.02)]
    ratios = tm.compare(tm.accuracy, ratio=True)(DATA, "obs", models)
    drawn = next(iter(tm.autoplot(ratios).to_dict()["datasets"].values()))
    assert [row["estimate"] for row in drawn if row["part"] == "none"] == [1]
    for frame, rope in ((ratios, 0.1), (found, -1), (tm.accuracy(DATA, "obs", "a"), 0.1)):
        with pytest.raises(tm.OptionError, match="rope"):
            tm.autoplot(frame, rope=rope)


def test_each_model_scans_a_lazy_frame_as_often_as_one_model() -> None:
    from polars.io.plugins import register_io_source

    scans = []

    def read(columns: Any, predicate: Any, _rows: Any, _batch: Any) -> Any:
        scans.append(columns)
        part = DATA if columns is None else DATA.select(columns)
        yield part if predicate is None else part.filter(predicate)

    lazy = register_io_source(read, schema=DATA.schema)
    classes, scores = {"forest": "a", "boost": "b", "net": "c"}, {"forest": "sa", "boost": "sb", "net": "sb"}
    score = tm.metric_set(tm.accuracy, tm.mcc)
    found = tm.each_model(score)(lazy, "obs", classes, by="g")
    assert len(scans) == 1
    assert found.equals(tm.each_model(score)(DATA, "obs", classes, by="g"))
    scans.clear()
    found = tm.with_intervals(tm.each_model(tm.accuracy))(lazy, "obs", classes)
    assert len(scans) == 1
    assert found[".model"].to_list() == ["forest", "boost", "net"]
    scans.clear()
    tm.roc_auc(lazy, "obs", "sa", event=True)
    alone = len(scans)
    scans.clear()
    curves = tm.each_model(tm.metric_set(tm.roc_auc))(lazy, "obs", scores, event=True)
    assert len(scans) == alone
    assert curves[".estimate"].to_list() == pytest.approx(
        [tm.roc_auc(DATA, "obs", s, event=True)[".estimate"].item() for s in scores.values()]
    )
    with pytest.raises(tm.LevelError, match="^'net': "):
        tm.each_model(tm.accuracy)(lazy.with_columns(c=pl.lit("other")), "obs", classes)


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
def test_few_rows_and_none() -> None:
    classes, numbers = {"a": "a", "b": "b"}, {"a": "xa", "b": "xb"}
    assert tm.compare(tm.accuracy)(DATA.clear(), "obs", classes, by="g").is_empty()
    assert tm.compare(tm.rmse)(DATA.clear(), "y", numbers)[".estimate"].to_list() == [None]
    for metric, truth, models in ((tm.accuracy, "obs", classes), (tm.rmse, "y", numbers)):
        with pytest.warns(tm.UndefinedIntervalWarning, match="the group has one row only"):
            made = tm.compare(metric)(DATA.head(1), truth, models)
        assert made[".estimate"].null_count() == 0
        assert made[".lower"].to_list() == [None]
    infinite = DATA.head(5).with_columns(xa=pl.lit(float("inf")))
    with pytest.warns(tm.UndefinedIntervalWarning, match="the estimate is infinite"):
        assert tm.compare(tm.rmse)(infinite, "y", numbers)[".p_value"].to_list() == [None]
    perfect = DATA.with_columns(a="obs", b="obs")
    with pytest.warns(tm.UndefinedIntervalWarning, match="both estimates lie on an end of the range"):
        tm.compare(tm.accuracy, method="wald")(perfect, "obs", classes)


def test_weights_of_0_and_weights_that_count_rows() -> None:
    df = DATA.with_columns(w=pl.int_range(pl.len()) % 3)
    repeated = df.select(pl.all().exclude("w").repeat_by("w").explode()).drop_nulls()
    for metrics, truth, models in CALLS:
        options = {"event": True} if truth == "obs" else {}
        if metrics.members[-1].metric.name == "gini_coef":
            continue  # rows of one value stand in an order
        one = tm.compare(metrics, weight_type="frequency")(df, truth, models, case_weights="w", **options)
        two = tm.compare(metrics)(repeated, truth, models, **options)
        for column in NUMBERS:
            assert one[column].to_list() == pytest.approx(two[column].to_list(), rel=1e-6), (metrics, column)
        there = tm.compare(metrics)(df.filter(pl.col("w") > 0), truth, models, case_weights="w", **options)
        all_rows = tm.compare(metrics)(df, truth, models, case_weights="w", **options)
        assert all_rows[".lower"].to_list() == pytest.approx(there[".lower"].to_list(), rel=1e-7)
