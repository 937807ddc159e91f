"""What intervals promise, of every metric there is."""

from __future__ import annotations

import math
import pickle
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows
from tests.test_contract import BUILT_IN as EVERY
from tests.test_contract import CALLS as ALL_CALLS
from tidymetrics.core.call import Call
from tidymetrics.core.influence import influences_of_units
from tidymetrics.core.metric import METRICS
from tidymetrics.frames import UNIT, Role, recognise

if TYPE_CHECKING:
    from tidymetrics.core.family import Batch

KINDS = (
    *("class", "numeric", "prob", "ordered_prob", "quantile", "ensemble", "distribution"),
    *("dynamic_survival", "integrated_survival", "static_survival", "linear_pred_survival"),
)
CALLS = {kind: ALL_CALLS[kind] for kind in KINDS}
BUILT_IN = [name for name in EVERY if METRICS[name].metric.kind in CALLS and not METRICS[name].metric.keeps_gaps]
HALVES = {
    *("rpiq", "royston_survival", "median_absolute_error", "medape", "max_error"),
    *("ks_statistic", "h_measure", "gain_at", "lift_at"),
    *("expected_calibration_error", "max_calibration_error", "integrated_calibration_index", "spiegelhalter_z"),
    *("calibration_slope", "calibration_intercept"),
    *("corp_miscalibration", "corp_discrimination", "corp_uncertainty"),
    *("corp_miscalibration_numeric", "corp_discrimination_numeric", "corp_uncertainty_numeric"),
    *("quantile_calibration_error", "interval_coverage", "interval_width", "interval_score"),
}
"""Metrics of quantiles, of Cox models, of bins and of fits have no influences."""
LAGS = {"mase", "msse", "rmsse"}
N = 40


def data_of(name: str) -> pl.DataFrame:
    """Give the data of a metric; subjects that stand at several times are numbered."""
    df = CALLS[METRICS[name].metric.kind][0]
    if "t" not in df.columns:
        return df
    return df.with_columns(id=pl.int_range(pl.len()).over("t"))


def given(name: str) -> tuple[pl.DataFrame, tuple[Any, Any], dict[str, Any]]:
    """Give 40 rows (subjects at each time of long data), numbered."""
    _, columns, others = CALLS[METRICS[name].metric.kind]
    df = data_of(name)
    df = df.filter(pl.col("id") < N) if "t" in df.columns else df.head(N)
    read = [c for c in df.columns if c in str(columns) and c != "t"]
    return (df if "t" in df.columns else df.drop_nulls(read)).with_row_index("row"), columns, others


def call(name: str, df: Any, maker: Any = None, **arguments: Any) -> Any:
    _, columns, others = given(name)
    metric = METRICS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return (maker or (lambda m: m))(metric)(df, *columns, **others, **arguments)


def influences(name: str, df: pl.DataFrame, **arguments: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give the units of rows, and the influences of rows [rows, columns]."""
    _, columns, others = given(name)
    metric = METRICS[name]
    table = metric.table()
    values, options = table.read(columns, {**others, **arguments})
    bound = metric.bind(values, options)
    unit = Role(UNIT, "unit", "row", "order")
    source = bound.kind.family.arrange([bound], Call(recognise(df, values.pop("by", None)), values, more=(unit,)))
    found: list[Any] = []

    def observe(batch: Batch) -> None:
        found.append(influences_of_units(batch.metrics[0], batch.reductions))

    from tidymetrics.core.score import evaluate

    evaluate([bound], source, observe)
    made = found[0]
    return made.unit.to_numpy(), made.phi


@pytest.mark.parametrize("weights", ["equal", "unequal"])
@pytest.mark.parametrize("name", [n for n in BUILT_IN if n not in HALVES and n not in LAGS])
def test_influence_is_the_derivative_by_the_weight(name: str, weights: str) -> None:
    """Each row's influence is what the metric does when its weight moves; mase has steps, which have no weights."""
    if weights == "unequal" and name in {"ccc", "rpd", "nrmse"}:
        return  # the unbiased variance takes the spread of weights as it is
    df, _, _ = given(name)
    n, h = len(df), 1e-4
    own = np.ones(n) if weights == "equal" else np.random.default_rng(1).uniform(0.5, 2.0, n)
    unit, phi = influences(name, df.with_columns(case=pl.Series(own)), case_weights="case")
    by_row = np.zeros((n, phi.shape[1]))
    np.add.at(by_row, unit.astype(int), phi)
    if "t" in df.columns:  # the weight of a subject is that of all its rows
        subject = df["id"].to_numpy()
        by_row = np.stack([np.bincount(subject, by_row[:, c]) for c in range(by_row.shape[1])], axis=1)
    else:
        subject = np.arange(n)
    m = len(by_row)
    copies = pl.concat(
        [
            df.with_columns(copy=pl.lit(c), case=pl.Series(own * np.where(subject == c // 2, 1 + h * (-1) ** c, 1)))
            for c in range(2 * m)
        ]
    )
    made = rows(call(name, copies, case_weights="case", by="copy"))[".estimate"]
    values = np.array([math.nan if v is None else v for v in made], np.float64).reshape(m, 2, -1)
    derivative = (values[:, 0] - values[:, 1]) / (2 * h)
    scale = max(np.abs(derivative).max(), 1e-4)
    np.testing.assert_allclose(by_row / scale, derivative / scale, atol=2e-6)
    # estimates do not change when all weights do
    assert np.abs(by_row.sum(axis=0)).max() <= 1e-6 * scale * m


@pytest.mark.parametrize("name", BUILT_IN)
def test_limits_enclose_the_estimate_inside_the_range(name: str) -> None:
    df = data_of(name)
    low, high = METRICS[name].metric.span
    own = {"unit": "id"} if METRICS[name].metric.kind == "integrated_survival" else {}
    for arguments in ({}, {"by": "fold"}, {"by": "fold", "case_weights": "w"}):
        found = rows(call(name, df, tm.with_intervals, **arguments, **own))
        wide = rows(call(name, df, lambda m: tm.with_intervals(m, 0.99), **arguments, **own))
        some = 0
        for i, (e, lower, upper) in enumerate(zip(found[".estimate"], found[".lower"], found[".upper"], strict=True)):
            if lower is None:
                continue
            some += 1
            assert low - 1e-12 <= lower <= e <= upper <= high + 1e-12
            assert wide[".lower"][i] <= lower
            assert wide[".upper"][i] >= upper
        assert some
        plain = rows(call(name, df, **arguments))
        assert plain[".estimate"] == pytest.approx(found[".estimate"], rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_group_is_its_rows_alone_in_any_order(name: str) -> None:
    df = data_of(name)
    own = {"unit": "id"} if METRICS[name].metric.kind == "integrated_survival" else {}
    together = rows(
        call(name, df if name in LAGS else df.sample(fraction=1, shuffle=True, seed=2), tm.with_intervals, by="fold", **own)
    )
    names = [".estimate", ".std_error", ".lower", ".upper"]
    fold = min(f for f in together["fold"] if f is not None)
    alone = rows(call(name, df.filter(pl.col("fold") == fold), tm.with_intervals, **own))
    at = [i for i, f in enumerate(together["fold"]) if f == fold]
    for column in names:
        one = [math.nan if together[column][i] is None else together[column][i] for i in at]
        two = [math.nan if v is None else v for v in alone[column]]
        assert one == pytest.approx(two, rel=1e-7, abs=1e-9, nan_ok=True), column


ALIKE = {
    kind: tm.metric_set(*(METRICS[n] for n in BUILT_IN if METRICS[n].metric.kind == kind and n not in {"rpiq", *LAGS}))
    for kind in CALLS
}
"""All metrics of a kind as a set, but those that need an order of rows."""


@pytest.mark.parametrize("engine", ["lazy", "pandas", "pyarrow", "duckdb"])
@pytest.mark.parametrize("kind", CALLS)
def test_frames_and_engines_agree(kind: str, engine: str) -> None:
    members = ALIKE[kind]
    df = data_of(members.members[0].metric.name)
    df = df.filter(pl.col("id") < 100) if "t" in df.columns else df.head(400)
    own: dict[str, Any] = {"unit": "id"} if kind == "integrated_survival" else {}
    if engine == "duckdb":
        df = df.with_columns(pl.col(pl.Enum).cast(pl.String))
    if engine == "duckdb" and kind in {"class", "prob", "ordered_prob"}:
        own["levels"] = CALLS["class"][0]["obs"].dtype.categories.to_list()
    _, columns, others = CALLS[kind]
    if engine == "duckdb":
        import duckdb

        other = duckdb.from_arrow(df.to_arrow())
    else:
        other = make(engine, df, ordered=True)
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for data in (df, other):
            made = tm.with_intervals(members)(data, *columns, by="fold", case_weights="w", **others, **own)
            found.append(rows(made))
    for column in (".estimate", ".std_error", ".lower", ".upper"):
        a, b = ([math.nan if v is None else v for v in one[column]] for one in found)
        assert a == pytest.approx(b, rel=1e-7, abs=1e-9, nan_ok=True), column


@pytest.mark.parametrize("name", [n for n in BUILT_IN if METRICS[n].metric.kind != "integrated_survival"])
def test_units_of_single_rows_are_none(name: str) -> None:
    df = data_of(name).with_row_index("single")
    one = rows(call(name, df, tm.with_intervals))
    two = rows(call(name, df, tm.with_intervals, unit="single"))
    for column in (".estimate", ".std_error", ".lower", ".upper"):
        a, b = ([math.nan if v is None else v for v in found[column]] for found in (one, two))
        assert a == pytest.approx(b, rel=1e-9, nan_ok=True), column


def test_makers_are_frozen_and_picklable() -> None:
    made = tm.with_intervals(tm.metric_set(tm.accuracy, tm.f_meas.tweak(beta=2)), 0.9, method="wald")
    again = pickle.loads(pickle.dumps(made))
    assert repr(again) == repr(made)
    assert "conf_level=0.9" in repr(made)
    with pytest.raises(AttributeError):
        made.options = replace(made.options, seed=1)


def test_a_share_of_gaps_has_no_interval() -> None:
    with pytest.raises(tm.OptionError, match=r"^with_intervals: reportable_rate has no interval: its statistic does not say"):
        tm.with_intervals(tm.metric_set(tm.accuracy, tm.reportable_rate))
