"""Hundreds of levels or quantiles: expressions neither nest too deeply nor grow with the square of their number."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import rows


def of_levels(k: int, n: int = 20) -> tuple[pl.DataFrame, list[str], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rng = np.random.default_rng(k)
    p = rng.dirichlet(np.ones(k), n)
    truth = rng.integers(0, k, n)
    levels = [f"c{i:03}" for i in range(k)]
    columns = {level: p[:, i] for i, level in enumerate(levels)}
    return pl.DataFrame({"obs": [levels[t] for t in truth], **columns}), levels, p, truth


@pytest.mark.parametrize("k", [3, 17])
def test_losses_are_their_definitions(k: int) -> None:
    df, levels, p, truth = of_levels(k)
    one = np.eye(k)[truth]
    table = np.abs(np.subtract.outer(np.arange(k), np.arange(k))).astype(float)
    table[0, 1] = 0.25
    pairs = [(a, b) for a in range(k) for b in range(k)]
    costs = {
        "truth": [levels[a] for a, _ in pairs],
        "estimate": [levels[b] for _, b in pairs],
        "cost": [table[a, b] for a, b in pairs],
    }
    ranked = ((np.cumsum(p, 1) - np.cumsum(one, 1)) ** 2).sum(1).mean() / (k - 1)
    expected: list[tuple[Any, dict[str, Any], Any]] = [
        (tm.mn_log_loss, {}, -np.log(p[np.arange(20), truth]).mean()),
        (tm.brier_class, {}, ((p - one) ** 2).sum(1).mean() / 2),
        (tm.ranked_prob_score, {}, ranked),
        (tm.classification_cost, {}, (1 - p[np.arange(20), truth]).mean()),
        (tm.classification_cost, {"costs": costs}, (p * table[truth]).sum(1).mean()),
    ]
    for metric, options, value in expected:
        for frame in (df, df.lazy()):
            made = metric(frame, "obs", levels, levels=levels, **options).lazy().collect()
            assert made[".estimate"].item() == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("engine", ["lazy", "duckdb"])
def test_hundreds_of_levels(engine: str) -> None:
    k = 400 if engine == "lazy" else 200
    df, levels, p, truth = of_levels(k)
    frame: Any = df.lazy() if engine == "lazy" else pytest.importorskip("duckdb").from_arrow(df.to_arrow())
    made = tm.metric_set(tm.mn_log_loss, tm.brier_class)(frame, "obs", probs=levels, levels=levels)
    found = rows(made)[".estimate"]
    assert found[0] == pytest.approx(-np.log(p[np.arange(20), truth]).mean(), rel=1e-12)
    assert found[1] == pytest.approx(((p - np.eye(k)[truth]) ** 2).sum(1).mean() / 2, rel=1e-12)


def test_pairs_of_many_levels_are_ranked_in_the_engine() -> None:
    """A column for each pair of a hundred levels took DuckDB 24 seconds."""
    duckdb = pytest.importorskip("duckdb")
    df, levels, _, _ = of_levels(100, 500)
    df = df.with_columns(k=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("u")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        wanted = sorted(rows(tm.roc_auc(df, "obs", levels, levels=levels, by="k"))[".estimate"])
        found = rows(tm.roc_auc(duckdb.from_arrow(df.to_arrow()), "obs", levels, levels=levels, by="k"))
    assert sorted(found[".estimate"]) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("k", [2, 3, 7, 40])
def test_crossings_are_those_of_all_pairs(k: int) -> None:
    rng = np.random.default_rng(k)
    q = np.sort(rng.normal(size=(40, k)), axis=1)
    for i in np.flatnonzero(rng.random(40) < 0.3):
        a, b = rng.choice(k, 2, replace=False)
        q[i, [a, b]] = q[i, [b, a]]
    q[rng.random(q.shape) < (0.4 if k < 40 else 0.05)] = np.nan
    with np.errstate(invalid="ignore"):
        crossed = sum(any((row[j + 1 :] < row[j]).any() for j in range(k)) for row in q)
    columns = [f"q{i}" for i in range(k)]
    df = pl.DataFrame({"y": rng.normal(size=40), **{c: pl.Series(q[:, i], nan_to_null=True) for i, c in enumerate(columns)}})
    levels = [(i + 1) / (k + 1) for i in range(k)]
    assert crossed > 0
    for frame in (df, pytest.importorskip("duckdb").from_arrow(df.to_arrow())):
        with pytest.warns(UserWarning, match=rf"\b{crossed}\b"):
            tm.weighted_interval_score(frame, "y", columns, quantile_levels=levels, quantile_estimate_nas="drop")
