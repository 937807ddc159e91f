"""Counts kept as cells say what their table would, and large ones are never made a table."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tidymetrics.core.metric import METRICS
from tidymetrics.statistics import ConfusionCounts, EventCounts, sparse_counts
from tidymetrics.statistics.sparse_counts import CellCounts, counts_of, table_of

MARGINS = (tm.accuracy, tm.f_meas, tm.kap, tm.mcc, tm.bal_accuracy, tm.precision)
NAMES = [n for n, f in METRICS.items() if f.metric.kind == "class" and f.__module__.startswith("tidymetrics.")]


def cells(rng: np.random.Generator, size: int, n_groups: int) -> tuple[Any, ...]:
    n = int(rng.integers(0, 3 * size))
    group, p, t = rng.integers(0, n_groups, n), rng.integers(0, size, n), rng.integers(0, size, n)
    return group, p, np.where(rng.random(n) < 0.4, p, t), rng.random(n) * 10.0 ** rng.integers(-12, 3, n)


@pytest.mark.parametrize("seed", range(60))
def test_cells_are_their_table(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, n_groups = int(rng.integers(2, 20)), int(rng.integers(1, 4))
    group, p, t, weight = cells(rng, size, n_groups)
    whole = bool(seed % 2)
    weight = np.ceil(weight) if whole else weight
    shape = (n_groups, size, size)
    sparse = CellCounts(group, p, t, weight, shape, whole=whole)
    dense = ConfusionCounts(table_of(group, p, t, weight, shape), whole=whole)
    for name in ("shape", "size", "total", "correct", "wrong", "predicted", "true"):
        np.testing.assert_allclose(getattr(sparse, name), getattr(dense, name), rtol=1e-13, err_msg=name)
    ours, theirs = sparse.by_level(), dense.by_level()
    for name in vars(theirs):
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-13, atol=0, err_msg=name)
    np.testing.assert_allclose(sparse.against_rest().table, dense.against_rest().table, rtol=1e-13, atol=0)
    assert "table" not in vars(sparse)
    np.testing.assert_array_equal(sparse.table, dense.table)


@pytest.mark.parametrize("seed", range(20))
def test_counts_of_cells_are_exact_sums(seed: int) -> None:
    """What should be 0 is 0, and nothing is lost beside a weight that is much greater."""
    rng = np.random.default_rng(seed)
    group, p, t, weight = cells(rng, 7, 1)
    made: EventCounts = CellCounts(group, p, t, weight, (1, 7, 7), whole=False).by_level()
    rows = [(a, b, Fraction(w)) for a, b, w in zip(p.tolist(), t.tolist(), weight.tolist(), strict=True)]
    for k in range(7):
        expected = {
            "tp": [w for a, b, w in rows if a == k == b],
            "fp": [w for a, b, w in rows if a == k != b],
            "fn": [w for a, b, w in rows if a != k == b],
            "tn": [w for a, b, w in rows if a != k != b],
            "true_others": [w for _, b, w in rows if b != k],
            "predicted_others": [w for a, _, w in rows if a != k],
        }
        for name, parts in expected.items():
            assert getattr(made, name)[0, k] == pytest.approx(float(sum(parts)), rel=1e-14, abs=0), name


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("n_levels", [2, 5])
def test_metrics_of_cells_are_those_of_a_table(n_levels: int, weights: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(n_levels)
    levels = [f"c{i:02}" for i in range(n_levels)]
    df = pl.DataFrame(
        {"obs": rng.choice(levels, 90), "pred": rng.choice(levels, 90), "g": rng.integers(0, 3, 90), "w": rng.random(90)}
    ).cast({name: pl.Enum(levels) for name in ("obs", "pred")})

    def scores() -> list[Any]:
        made = [
            getattr(tm, name)(df, "obs", "pred", by="g", case_weights=weights, estimator=estimator)
            for name in NAMES
            for estimator in (None, *METRICS[name].metric.choices)
            if estimator is None or (estimator == "binary") == (n_levels == 2)
        ]
        return [frame[".estimate"].to_numpy() for frame in made]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        dense = scores()
        for name in ("_SMALL", "_EMPTY"):
            monkeypatch.setattr(sparse_counts, name, 0)
        for ours, theirs in zip(scores(), dense, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("weights", [None, "w"])
def test_thousands_of_classes_make_no_table(weights: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("a table of all pairs of classes is built")

    k = 5_000
    df = pl.DataFrame({"obs": np.arange(k), "pred": np.where(np.arange(k) % 10 == 0, 1, np.arange(k)), "w": np.full(k, 0.5)})
    monkeypatch.setattr(sparse_counts, "table_of", refuse)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        made = tm.metric_set(*MARGINS)(df, "obs", "pred", case_weights=weights)
    assert made[".estimate"][0] == pytest.approx(0.9)
    assert tm.accuracy_vec(df["obs"], df["pred"]) == pytest.approx(0.9)


def test_cells_that_fill_their_table_are_one() -> None:
    place = np.arange(600)
    assert isinstance(counts_of(None, place, place, None, (1, 600, 600), whole=True), CellCounts)
    p, t = np.divmod(np.arange(600 * 600), 600)
    assert type(counts_of(None, p, t, None, (1, 600, 600), whole=True)) is ConfusionCounts
