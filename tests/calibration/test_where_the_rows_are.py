"""Bins, sweeps and baselines of rows that an engine or a file holds: what leaves it, and what to do where that is too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from polars.io.plugins import register_io_source

import tidymetrics as tm
from tests import data
from tests.engines.build import put, why_not
from tidymetrics.frames import prepared

N = 300
THREE = ["pa", "pb", "pc"]


def example() -> pl.DataFrame:
    random = np.random.default_rng(0)
    p = random.uniform(size=N)
    probs = random.dirichlet([1, 1, 1], N)
    quantiles = np.sort(random.normal(size=(N, 3)), axis=1)
    return pl.DataFrame(
        {
            "k": random.integers(0, 2, N),
            "p": p,
            "obs": random.uniform(size=N) < p,
            "pred": p > 0.5,
            "three": np.array(["a", "b", "c"])[random.integers(0, 3, N)],
            **dict(zip(THREE, probs.T, strict=True)),
            **dict(zip(("q10", "q50", "q90"), quantiles.T, strict=True)),
            "y": random.normal(size=N),
            "w": random.integers(0, 3, N).astype(float),
        }
    )


EVENT = {"event": True}
LEVELS = {"levels": ["a", "b", "c"]}
QUANTILES = {"estimate": ["q10", "q50", "q90"], "quantile_levels": [0.1, 0.5, 0.9]}
CALLS: dict[str, Callable[[Any], Any]] = {
    "bins": lambda t: tm.calibration_curve(t, "obs", "p", by="k", case_weights="w", **EVENT),
    "edges": lambda t: tm.calibration_curve(t, "obs", "p", n_bins=[0, 0.3, 1], **EVENT),
    "bins of levels": lambda t: tm.calibration_curve(t, "three", THREE, by="k", **LEVELS),
    "bins of the chosen level": lambda t: tm.calibration_curve(t, "three", THREE, estimator="top_label", **LEVELS),
    "sweep": lambda t: tm.threshold_perf(t, "obs", "p", thresholds=[0.2, 0.7], by="k", **EVENT),
    "sweep of levels": lambda t: tm.threshold_perf(t, "three", THREE, thresholds=0.4, case_weights="w", **LEVELS),
    "best": lambda t: tm.best_threshold(t, "obs", "p", thresholds=[0.2, 0.5, 0.8], by="k", **EVENT),
    "best over": lambda t: tm.best_threshold(t, "obs", "p", over="k", **EVENT),
    "decisions": lambda t: tm.decision_curve(t, "obs", "p", thresholds=[0.1, 0.6], by="k", **EVENT),
    "errors": lambda t: tm.metric_set(tm.expected_calibration_error, tm.max_calibration_error)(t, "three", THREE, **LEVELS),
    "weighted errors": lambda t: tm.expected_calibration_error(
        t, "three", THREE, estimator="macro_weighted", case_weights="w", by="k", **LEVELS
    ),
    "z": lambda t: tm.spiegelhalter_z(t, "three", THREE, by="k", **LEVELS),
    "coverage": lambda t: tm.quantile_coverage(t, "y", by="k", **QUANTILES),
    "histogram": lambda t: tm.pit_histogram(t, "y", by="k", **QUANTILES),
    "skill of counts": lambda t: tm.skill(tm.accuracy)(t, "obs", "pred", by="k", **EVENT),
}
"""What is counted where the rows are."""

BROUGHT: dict[str, Callable[[Any], Any]] = {
    **{
        strategy: lambda t, strategy=strategy: tm.calibration_curve(t, "obs", "p", strategy=strategy, by="k", **EVENT)
        for strategy in ("quantile", "isotonic", "smooth", "logistic")
    },
    "all": lambda t: tm.threshold_perf(t, "obs", "p", thresholds="all", **EVENT),
    "best of all": lambda t: tm.best_threshold(t, "obs", "p", by="k", **EVENT),
    "parts": lambda t: tm.corp_miscalibration(t, "obs", "p", by="k", **EVENT),
    "slope": lambda t: tm.calibration_slope(t, "obs", "p", by="k", case_weights="w", **EVENT),
    "numbers": lambda t: tm.calibration_curve_numeric(t, "y", "q50", by="k", n_bins=4),
    "skill": lambda t: tm.skill(tm.mae, "median")(t, "y", "q50", by="k"),
    "baselines": lambda t: tm.with_baseline(tm.metric_set(tm.accuracy, tm.roc_auc))(t, "obs", "pred", probs="p", **EVENT),
}
"""What needs the rows, or their order."""


def same(found: Any, wanted: pl.DataFrame) -> None:
    frame = nw.from_native(found)
    table = frame.collect(backend="polars").to_native() if isinstance(frame, nw.LazyFrame) else frame.to_polars()
    assert table.columns == wanted.columns
    for name in wanted.columns:
        one, other = table[name].to_list(), wanted[name].to_list()
        assert one == other if wanted[name].dtype == pl.String else data.same(one, other), name


@pytest.fixture(scope="module")
def duckdb_table() -> Any:
    if absent := why_not("duckdb"):
        pytest.skip(absent)
    return put("duckdb", example())


@pytest.mark.parametrize("name", [*CALLS, *BROUGHT])
def test_duckdb(name: str, duckdb_table: Any) -> None:
    call = {**CALLS, **BROUGHT}[name]
    same(call(duckdb_table), call(example()))


def test_classes_of_probabilities_are_an_expression(duckdb_table: Any) -> None:
    made = tm.class_from_prob(duckdb_table, "p", levels=["yes", "no"], buffer=0.1)
    assert type(made) is type(duckdb_table)
    expected = tm.class_from_prob(example(), "p", levels=["yes", "no"], buffer=0.1)
    assert made.pl().sort("p")[".pred_class"].to_list() == expected.sort("p")[".pred_class"].cast(pl.String).to_list()


@pytest.fixture
def scanned() -> tuple[pl.LazyFrame, list[int]]:
    """Give a lazy frame, and count how often it is read."""
    df, scans = example(), []

    def read(columns: Any, predicate: Any, n_rows: Any, _batch: Any) -> Iterator[pl.DataFrame]:
        scans.append(1)
        table = df if columns is None else df.select(columns)
        table = table if predicate is None else table.filter(predicate)
        yield table if n_rows is None else table.head(n_rows)

    return register_io_source(read, schema=df.schema), scans


@pytest.mark.parametrize("name", CALLS)
def test_a_scanned_file_is_read_twice_and_its_rows_stay(
    name: str, scanned: tuple[pl.LazyFrame, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for the checks and the totals, once for the counts; one scan does for what is a sum."""
    lazy, scans = scanned
    expected = CALLS[name](example())
    left: list[int] = []
    collect = prepared.PreparedFrame.collect_native
    monkeypatch.setattr(
        prepared.PreparedFrame, "collect_native", lambda self, frame: [t := collect(self, frame), left.append(len(t))][0]
    )
    found = CALLS[name](lazy)
    same(found, expected)
    assert len(scans) <= 2
    assert max(left) < N


def advice(call: Callable[[], Any]) -> str:
    with pytest.raises(tm.EngineError) as raised:
        call()
    return str(raised.value)


@pytest.mark.parametrize("strategy", ["quantile", "isotonic", "smooth", "logistic"])
def test_too_many_rows_of_an_engine_have_a_way_out(strategy: str, duckdb_table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_ROWS", N // 2)
    message = advice(lambda: tm.calibration_curve(duckdb_table, "obs", "p", strategy=strategy, **EVENT))
    assert f"needs to collect {N} rows from duckdb" in message
    way_out = re.search(r'Pass strategy="(\w+)"', message)
    assert way_out is not None
    assert len(tm.calibration_curve(duckdb_table, "obs", "p", strategy=way_out[1], **EVENT))


def test_too_many_scores_of_an_engine_have_a_way_out(duckdb_table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_ROWS", N // 2)
    for name in ("all", "best of all"):
        assert "Pass thresholds=[...]" in advice(lambda name=name: BROUGHT[name](duckdb_table))
    assert len(tm.best_threshold(duckdb_table, "obs", "p", thresholds=[0.2, 0.5], **EVENT))
    message = advice(lambda: tm.expected_calibration_error(duckdb_table, "obs", "p", strategy="quantile", **EVENT))
    assert 'Pass strategy="uniform"' in message
    for name in ("parts", "slope"):
        assert "Score a sample of the rows" in advice(lambda name=name: BROUGHT[name](duckdb_table))


def test_an_engine_compares_with_a_thousand_cuts_at_most(duckdb_table: Any) -> None:
    many = (np.arange(1_001) / 1_001).tolist()
    with pytest.raises(tm.EngineError, match="at most 1,000"):
        tm.threshold_perf(duckdb_table, "obs", "p", thresholds=many, metrics=tm.sens, **EVENT)
    assert len(tm.threshold_perf(example().lazy(), "obs", "p", thresholds=many, metrics=tm.sens)) == 1_001
