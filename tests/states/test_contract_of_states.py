"""Every metric of the registry merges, or says by name that it needs the rows."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows
from tests.test_contract import BUILT_IN, CALLS, METRICS, taken, weights

NEED_ROWS = {
    *("expected_calibration_error", "max_calibration_error", "integrated_calibration_index", "calibration_slope"),
    *("calibration_intercept", "corp_miscalibration", "corp_discrimination", "corp_uncertainty"),
    *("ks_statistic", "h_measure", "lift_at", "gain_at", "msse", "rmsse"),
    *("kendall", "spearman", "median_absolute_error", "medape", "willmott_d"),
    *("silhouette_avg", "davies_bouldin", "dunn", "rpiq", "gini_coef", "mase", "concordance_survival", "royston_survival"),
    *("corp_miscalibration_numeric", "corp_discrimination_numeric", "corp_uncertainty_numeric"),
    *(name for name in BUILT_IN if METRICS[name].metric.kind == "retrieval"),
}
OF_COUNTS = {"class", "clustering"}
RANKED = {"roc_auc", "pr_auc", "average_precision", "gain_capture", "roc_aunu", "roc_aunp"}


def call_of(name: str) -> tuple[pl.DataFrame, tuple[Any, ...], dict[str, Any]]:
    df, columns, others = CALLS[METRICS[name].metric.kind]
    return df, columns, taken(name, others)


def shards(df: pl.DataFrame, rng: np.random.Generator, name: str) -> list[pl.DataFrame]:
    """Part the rows at random; the times of a subject stay together."""
    k = int(rng.integers(2, 4))
    subjects = 240 if "t" in df.columns else len(df)
    shard = np.tile(rng.integers(0, k, subjects), len(df) // subjects)
    return [df.filter(pl.Series(shard == i)) for i in range(k)]


def in_a_tree(states: list[Any], rng: np.random.Generator) -> Any:
    states = [states[i] for i in rng.permutation(len(states))]
    while len(states) > 1:
        n = int(rng.integers(2, len(states) + 1))
        both = pl.concat(states[:n]) if rng.random() < 0.5 else tm.merge_states(*states[:n])
        states = [*states[n:], both.sample(fraction=1, shuffle=True, seed=1)]
    return states[0]


def agree(got: Any, want: Any, *, exact: bool) -> None:
    got, want = rows(got), rows(want)
    assert list(got) == list(want)
    for column, values in want.items():
        if column != ".estimate":
            assert got[column] == values, column
            continue
        for a, b in zip(got[column], values, strict=True):
            assert (a is None) == (b is None)
            if b is not None:
                assert a == b if exact else a == pytest.approx(b, rel=1e-10, abs=1e-12)


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize("name", [name for name in BUILT_IN if name not in NEED_ROWS])
def test_merged_states_give_what_the_rows_give(name: str, weighted: bool) -> None:
    df, columns, others = call_of(name)
    own = weights(name) if weighted else {}
    rng = np.random.default_rng(len(name))
    metric = METRICS[name]
    states = [metric.state(part, *columns, **others, **own, by=["fold", "site"]) for part in shards(df, rng, name)]
    merged = in_a_tree(states, rng)
    exact = not own and (metric.metric.kind in OF_COUNTS or name in RANKED)
    for by in (["site", "fold"], None):
        agree(metric.finish(merged, by=by), metric(df, *columns, **others, **own, by=by), exact=exact)


@pytest.mark.parametrize("name", sorted(NEED_ROWS))
def test_what_needs_rows_says_so_by_name(name: str) -> None:
    df, columns, others = call_of(name)
    with pytest.raises(tm.StateError, match=f"^{name} needs the rows or their order"):
        METRICS[name].state(df, *columns, **others, by="fold")


def test_detection_needs_rows() -> None:
    for name, metric in METRICS.items():
        if metric.metric.kind in {"detection", "panoptic"}:
            with pytest.raises(tm.StateError, match=f"^{name} needs the rows"):
                metric.state(pl.DataFrame({"a": [1]}), "a", "b")
            with pytest.raises(tm.StateError, match=f"^{name} needs the rows"):
                metric.finish(pl.DataFrame({"a": [1]}))


@pytest.mark.parametrize("library", ["lazy", "pandas", "pyarrow"])
@pytest.mark.parametrize("name", ["accuracy", "roc_auc", "ccc", "brier_survival"])
def test_states_of_other_libraries(library: str, name: str) -> None:
    df, columns, others = call_of(name)
    df = df.with_columns(fold=pl.when(pl.col("site") == 0).then(None).otherwise("fold"))
    metric = METRICS[name]
    given = make(library, df)
    if library == "pyarrow":
        parts = [given.slice(0, len(df) // 3), given.slice(len(df) // 3)] if name != "brier_survival" else [given]
    elif library == "pandas":
        parts = [given.iloc[: len(df) // 3], given.iloc[len(df) // 3 :]] if name != "brier_survival" else [given]
    else:
        parts = [given.head(len(df) // 3), given.slice(len(df) // 3)] if name != "brier_survival" else [given]
    states = [metric.state(part, *columns, **others, by=["fold", "site"]) for part in parts]
    merged = tm.merge_states(*states)
    assert type(merged) is type(metric(given, *columns, **others, by="fold"))
    got, want = metric.finish(merged, by="fold"), metric(given, *columns, **others, by="fold")
    assert type(got) is type(want)
    agree(got, want, exact=False)
    if library == "pandas":
        assert (got.dtypes == want.dtypes).all()


def test_groupwise_metrics_and_curves() -> None:
    df = CALLS["class"][0].with_columns(obs=pl.col("obs").cast(str), pred=pl.col("pred").cast(str))
    df = df.with_columns(pl.col("obs", "pred").replace("c", "b"))
    for made in (tm.demographic_parity("site"), tm.metric_set(tm.accuracy, tm.equal_opportunity("site"))):
        state = made.state(df, "obs", "pred", by="fold", event="a")
        for by in ("fold", None):
            agree(made.finish(state, by=by), made(df, "obs", "pred", by=by, event="a"), exact=True)
        with pytest.raises(tm.StateError, match="needs the key 'site'"):
            made.finish(tm.merge_states(state, by="fold"), by="fold")
    probs, columns, _ = CALLS["prob"]
    for curve in (tm.roc_curve, tm.pr_curve, tm.gain_curve, tm.lift_curve):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
            got = curve.finish(curve.state(probs, *columns, by=["fold", "site"]), by="fold")
            assert got.equals(curve(probs, *columns, by="fold"))
