"""What every metric promises, over the whole registry."""

from __future__ import annotations

import inspect
import math
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.core.metric import METRICS

OF_TWO_FRAMES = {"detection", "panoptic", "ensemble_of_vectors"}
"""Kinds whose calls take other columns: tests/detection and tests/test_sources_forecasts.py have their contract."""
EVERY = [name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics.families")]
BUILT_IN = [name for name in EVERY if METRICS[name].metric.kind not in OF_TWO_FRAMES]
PROBS = [f"p_{level}" for level in data.LEVELS]
QUANTILES = ["q10", "q50", "q90"]
PAIR = ("time", "event")
BOX, P_BOX = ["x1", "y1", "x2", "y2"], ["p1", "p2", "p3", "p4"]
LEVELS = {"quantile_levels": [0.05, 0.5, 0.95]}
AT = {"eval_time": "t", "censoring_weights": "g"}
CALLS: dict[str, tuple[pl.DataFrame, tuple[Any, Any], dict[str, Any]]] = {
    "class": (data.classes(), ("obs", "pred"), {}),
    "numeric": (data.numbers(), ("obs", "pred"), {}),
    "prob": (data.probabilities(), ("obs", PROBS), {}),
    "ordered_prob": (data.probabilities(), ("obs", PROBS), {}),
    "quantile": (data.quantiles(), ("obs", QUANTILES), LEVELS),
    "clustering": (data.clusters(), ("obs", "pred"), {}),
    "clustering_internal": (data.clusters(), ("pred", ["x", "y"]), {}),
    "dynamic_survival": (data.survival(), (PAIR, "s"), AT),
    "integrated_survival": (data.survival(), (PAIR, "s"), AT),
    "static_survival": (data.subjects(), (PAIR, "pred"), {}),
    "linear_pred_survival": (data.subjects(), (PAIR, "lp"), {}),
    "box": (data.boxes(), (BOX, P_BOX), {}),
    "ensemble": (data.forecasts(), ("obs", ["q10", "q50", "q90"]), {}),
    "distribution": (data.forecasts(), ("obs", ["q50", "sd"]), {}),
    "retrieval": (data.rankings(), ("obs", "pred"), {"query": "query", "doc": "doc", "k": 2}),
}
"""For each kind its data, truth and estimate, and what else its calls name."""
MISSING = {
    "class": "pred",
    "numeric": "pred",
    "prob": "p_b",
    "ordered_prob": "p_b",
    "quantile": "obs",
    "clustering": "pred",
    "clustering_internal": "x",
    "dynamic_survival": "event",
    "integrated_survival": "event",
    "static_survival": "pred",
    "linear_pred_survival": "lp",
    "box": "p2",
    "ensemble": "q50",
    "distribution": "sd",
}
"""For each kind a column that makes a row missing where it has no value."""
# where the weight of a row is not how often it counts: unbiased moments, quartiles, the distance to an earlier row, and
# the range of all rows, those of weight 0 included
WEIGHTS_ARE_NO_REPEATS = {"ccc", "rpd", "nrmse", "rpiq", "mase", "msse", "rmsse", "rmse_relative", "royston_survival"}
# with weights the default average is another one
UNWEIGHTED = {"roc_auc": {"estimator": "macro"}}
COUNTS = ("pairs", "chance")
"""Statistics that are of rows or pairs of them, so that weights are whole."""
ORDER_MATTERS = {"mase", "msse", "rmsse"}
PLAIN = {"quantile_levels", "k"}
"""Arguments that are no columns."""
INNER = {"dynamic_survival": [".eval_time"], "retrieval": [".k"]}
"""Columns of the result between `.estimator` and `.estimate`, by kind."""
TRUE_RANGES = {"rsq_trad": (-math.inf, 1), "smape": (0, 200), "gini_coef": (-1, 1), "rsq": (0, 1)}
NO_PERFECT = {
    "likelihood_ratio_positive": None,
    "diagnostic_odds_ratio": None,
    "calibration_slope": None,
    "calibration_intercept": pytest.approx(0, abs=1),  # of numbers next to 0 and 1
    "spiegelhalter_z": None,
    "reportable_rate": 1.0,
    "quantile_calibration_error": pytest.approx(0.5),
    "interval_coverage": 1.0,
}
"""What perfect predictions give where that is not the best value, or none: 0 and 1 separate the classes, all is covered."""
OF_TRUTH = {"noise_rate", "corp_uncertainty", "corp_uncertainty_numeric"}
"""Metrics that no prediction changes; there is no noise in the labels."""
BEST = {"maximize": max, "minimize": min}


def frame_of(name: str) -> pl.DataFrame:
    return CALLS[METRICS[name].metric.kind][0]


def score(name: str, df: Any, **arguments: Any) -> Any:
    _, columns, others = CALLS[METRICS[name].metric.kind]
    return METRICS[name](df, *columns, **taken(name, others), **arguments)


def taken(name: str, others: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a metric does not take, such as k where a metric has none."""
    return {key: value for key, value in others.items() if key in inspect.signature(METRICS[name]).parameters}


def inner_columns(name: str) -> list[str]:
    kind = METRICS[name].metric.kind
    return [] if kind == "retrieval" and not taken(name, {"k": 3}) else INNER.get(kind, [])


def is_retrieval(name: str) -> bool:
    return METRICS[name].metric.kind == "retrieval"


def has_probabilities(name: str) -> bool:
    return METRICS[name].metric.kind in {"prob", "ordered_prob"}


def is_internal(name: str) -> bool:
    return METRICS[name].metric.kind == "clustering_internal"


def weights(name: str) -> dict[str, str]:
    """Give weights of the sort that a metric takes: none, whole ones, or any."""
    if not METRICS[name].metric.weighted:
        return {}
    return {"case_weights": "times" if METRICS[name].metric.statistic in COUNTS else "w"}


def has_times(name: str) -> bool:
    return METRICS[name].metric.kind.endswith("_survival")


def estimates(name: str, df: Any, **arguments: Any) -> list[float | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        return rows(score(name, df, **arguments))[".estimate"]


@pytest.fixture(params=BUILT_IN)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_all_metrics_are_here() -> None:
    counts = {kind: sum(METRICS[n].metric.kind == kind for n in BUILT_IN) for kind in CALLS}
    assert counts == {
        "class": 30,
        "numeric": 45,
        "prob": 25,
        "ordered_prob": 1,
        "quantile": 6,
        "clustering": 12,
        "clustering_internal": 8,
        "dynamic_survival": 2,
        "integrated_survival": 1,
        "static_survival": 1,
        "linear_pred_survival": 1,
        "box": 3,
        "ensemble": 1,
        "distribution": 3,
        "retrieval": 12,
    }
    assert sum(counts.values()) == len(BUILT_IN)


def test_documented(name: str) -> None:
    for function in (getattr(tm, name), getattr(tm, f"{name}_vec")):
        doc = inspect.getdoc(function)
        for part in ("Parameters\n---", "Returns\n---", "Raises\n---", "Warns\n---", "References\n---", "Examples\n---"):
            assert part in doc, part
        assert ">>> " in doc
        for parameter in inspect.signature(function).parameters:
            assert f"{parameter}" in doc
    assert "better" in doc
    assert "Range: [" in doc


def test_in_range(name: str) -> None:
    low, high = TRUE_RANGES.get(name, METRICS[name].metric.range)
    for arguments in ({}, {"by": "fold"}, {"by": "fold", **weights(name)}):
        assert all(low <= value <= high for value in estimates(name, frame_of(name), **arguments) if value is not None)


def test_best_on_a_perfect_prediction(name: str) -> None:
    metric = METRICS[name].metric
    if is_internal(name):
        return
    df = frame_of(name)
    truth = "time" if has_times(name) else "obs"
    known = df if "x1" in df.columns else df.with_columns(pl.col(truth).alias(column) for column in ("pred", *QUANTILES))
    if "x1" in df.columns:
        known = df.with_columns(pl.col(side).alias(column) for side, column in zip(BOX, P_BOX, strict=True))
    if has_probabilities(name):
        known = known.with_columns((pl.col("obs") == level).cast(pl.Float64).alias(f"p_{level}") for level in data.LEVELS)
    if "s" in df.columns:
        known = known.with_columns(s=(pl.col("time") > pl.col("t")).cast(pl.Float64))
    if "lp" in df.columns:
        known = known.with_columns(lp=-pl.col("time").rank())
    perfect = estimates(name, known)[0]
    real = estimates(name, df)[0]
    if name in NO_PERFECT:
        assert perfect is None or perfect == NO_PERFECT[name]
        return
    if metric.direction in {"zero", "target"}:
        assert perfect == pytest.approx(metric.target_of({}), abs=1e-12)
    elif name in {"iic", "detection_prevalence"}:  # errors to one side only are none at all; all a share can say
        assert perfect is None or name == "detection_prevalence"
    else:
        assert BEST[metric.direction](perfect, real) == perfect
        assert (perfect != real) == (name not in OF_TRUTH)


def test_no_weights_are_unit_weights(name: str) -> None:
    df = frame_of(name).with_columns(one=1.0)
    if not METRICS[name].metric.weighted:
        with pytest.raises(tm.OptionError, match="has no argument 'case_weights'"):
            score(name, df, case_weights="one")
        return
    if name == "rpiq":  # yardstick takes another definition of the quartiles as soon as there are weights
        df = df.with_columns(obs=pl.col("pred") * 1.1)
        assert estimates(name, df) != estimates(name, df, case_weights="one")
    else:
        plain = estimates(name, df, by="fold", **UNWEIGHTED.get(name, {}))
        assert data.same(plain, estimates(name, df, by="fold", case_weights="one"))


def test_integer_weights_are_repeated_rows(name: str) -> None:
    if not METRICS[name].metric.weighted:
        return
    df = frame_of(name)
    copies = np.repeat(np.arange(len(df)), df["times"].to_numpy())
    repeated = df[copies]
    if is_retrieval(name):  # a weight is of a query, and each copy of it is one of its own
        copy = np.arange(len(copies)) - np.searchsorted(copies, copies)
        repeated = repeated.with_columns(query=pl.format("{}#{}", "query", pl.Series(copy)))
    plain = estimates(name, repeated, by="site", **UNWEIGHTED.get(name, {}))
    agree = data.same(estimates(name, df, case_weights="times", by="site"), plain)
    assert agree != (name in WEIGHTS_ARE_NO_REPEATS)


def test_row_order_does_not_matter(name: str) -> None:
    df = frame_of(name)
    shuffled = df.sample(fraction=1, shuffle=True, seed=3)
    agree = data.same(estimates(name, df, by="fold"), estimates(name, shuffled, by="fold"))
    assert agree != (name in ORDER_MATTERS)


def test_a_group_is_its_rows_alone(name: str) -> None:
    df = frame_of(name)
    for arguments in ({}, weights(name)):
        grouped = estimates(name, df, by=["fold", "site"], **arguments)
        keys = df.select("fold", "site").unique().sort("fold", "site").rows()
        alone = [e for fold, site in keys for e in estimates(name, df.filter(fold=fold, site=site), **arguments)]
        assert data.same(grouped, alone)


def test_vectors_are_a_frame(name: str) -> None:
    df = frame_of(name)
    vec = getattr(tm, f"{name}_vec")
    _, (truth, estimate), others = CALLS[METRICS[name].metric.kind]
    others = taken(name, others)
    several = isinstance(estimate, list)
    plain = {key: value if key in PLAIN else df[value] for key, value in others.items()}
    for arguments in ({}, weights(name)):
        given = plain | {key: df[column] for key, column in arguments.items()}
        expected = estimates(name, df, **arguments)
        pair = tuple(df[column] for column in truth) if isinstance(truth, (tuple, list)) else df[truth]
        assert data.same(_list(vec(pair, df.select(estimate).to_numpy() if several else df[estimate], **given)), expected)
        lists = [column.to_list() for column in pair] if isinstance(pair, tuple) else pair.to_list()
        listed = [df[p].to_list() for p in estimate] if several else df[estimate].to_list()
        if is_internal(name):
            listed = [list(row) for row in zip(*listed, strict=True)]
        assert data.same(_list(vec(lists, listed, **given, **_levels(name, df))), expected)


def _list(value: Any) -> list[float | None]:
    return value[".estimate"].to_list() if isinstance(value, pl.DataFrame) else [value]


def _levels(name: str, df: pl.DataFrame) -> dict[str, Any]:
    if METRICS[name].metric.kind.startswith("clustering"):
        return {}
    return {"levels": data.LEVELS} if df.schema.get("obs") == pl.Enum(data.LEVELS) else {}


def test_a_set_is_its_members(name: str) -> None:
    others = [METRICS[n] for n in BUILT_IN if METRICS[n].metric.kind == METRICS[name].metric.kind and n != name]
    for arguments in ({"by": "fold"}, {"by": "fold", **weights(name)}):
        _, columns, more = CALLS[METRICS[name].metric.kind]
        given = {"estimate": columns[0], "features": columns[1]} if is_internal(name) else {}
        members = tm.metric_set(*others[:7], METRICS[name])
        if any(METRICS[m.metric.name].metric.statistic in COUNTS for m in members.members) and "case_weights" in arguments:
            arguments["case_weights"] = "times"
        together = members(frame_of(name), *(() if given else columns), **more, **given, **arguments)
        alone = score(name, frame_of(name), **arguments)
        part = together.filter(pl.col(".metric") == name).select(alone.columns)
        assert part.drop(".estimate").equals(alone.drop(".estimate"))
        assert data.same(part[".estimate"].to_list(), alone[".estimate"].to_list(), 1e-12)


def test_every_frame_gives_the_same(name: str, frame: str) -> None:
    df = frame_of(name)
    given = make(frame, df, ordered=True)
    result = score(name, given, by="fold", **weights(name))
    assert type(result) is (pl.DataFrame if frame == "lazy" else type(given))
    expected = rows(score(name, df, by="fold", **weights(name)))
    found = rows(result)
    assert list(found) == ["fold", ".metric", ".estimator", *inner_columns(name), ".estimate"]
    assert data.same(found.pop(".estimate"), expected.pop(".estimate"))
    assert found == expected


def test_missing_rows_are_as_if_not_there(name: str, frame: str) -> None:
    if is_retrieval(name):  # a missing value has a meaning there
        return
    df = frame_of(name).with_row_index("i")
    if has_times(name):  # what is missing is so of a subject, at each evaluation time
        df = df.with_columns(pl.col("i") % len(data.subjects()))
    first = "time" if has_times(name) else "pred" if is_internal(name) else "x1" if "x1" in df.columns else "obs"
    read = {first: 17, MISSING[METRICS[name].metric.kind]: 13}
    gaps = {**read, "w": 11, "times": 11}
    if METRICS[name].metric.keeps_gaps:  # rows without a prediction are what it counts
        return
    holes = df.with_columns(pl.when(pl.col("i") % n != 0).then(column).alias(column) for column, n in gaps.items())
    given = make(frame, holes, ordered=True)
    full = holes.drop_nulls(list(read))
    assert data.same(estimates(name, given, by="fold"), estimates(name, full, by="fold"))
    weighted = estimates(name, given, by="fold", **weights(name))
    kept = full.drop_nulls("w") if weights(name) else full
    assert data.same(weighted, estimates(name, kept, by="fold", **weights(name)))
    assert set(estimates(name, given, by="fold", na_rm=False)) == {None}


def test_rows_of_weight_0_add_nothing(name: str) -> None:
    df = frame_of(name).with_columns(z=pl.when(pl.col("site") == 0).then(0.0).otherwise("w"))
    if METRICS[name].metric.statistic in COUNTS:
        df = df.with_columns(z=pl.when(pl.col("site") == 0).then(0).otherwise("times"))
    if not METRICS[name].metric.weighted:
        return
    if name in {"rmse_relative", "mase", "msse", "rmsse", "rpiq"}:  # the range, the lag and the quartiles of all rows kept
        return
    assert data.same(estimates(name, df, case_weights="z"), estimates(name, df.filter(pl.col("site") != 0), **weights(name)))


def test_no_rows(name: str, frame: str) -> None:
    none = make(frame, frame_of(name).head(0), ordered=True)
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        result = rows(score(name, none))
    assert result[".estimate"] == [None]
    grouped = score(name, none, by="fold")
    assert rows(grouped) == {column: [] for column in ("fold", ".metric", ".estimator", *inner_columns(name), ".estimate")}


PER_CLASS = [n for n in BUILT_IN if METRICS[n].metric.kind in {"class", "prob"} and "per_class" in METRICS[n].metric.choices]


@pytest.mark.parametrize("metric", PER_CLASS)
def test_per_class(metric: str) -> None:
    df = frame_of(metric)
    result = score(metric, df, estimator="per_class", by="site")
    assert result[".level"].to_list() == data.LEVELS * 3
    for level in data.LEVELS:
        binary = df.with_columns(pl.col("obs", "pred") == level)
        estimate = f"p_{level}" if METRICS[metric].metric.kind == "prob" else "pred"
        one = METRICS[metric](binary, "obs", estimate, by="site")
        assert data.same(result.filter(pl.col(".level") == level)[".estimate"].to_list(), one[".estimate"].to_list())
