"""Intervals and comparisons in every engine are those of polars, and only sums leave it."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.engines.build import has_levels, put
from tests.engines.test_rows_that_leave import left  # noqa: F401  # a fixture
from tests.frames import rows

N, LEVELS = 600, ["a", "b", "c"]
LIMITS = (".estimate", ".std_error", ".lower", ".upper")
RANKED = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)


def example() -> pl.DataFrame:
    rng = np.random.default_rng(6)
    obs = rng.integers(0, 3, N)
    names = pl.Series(LEVELS)
    guess = [np.where(rng.random(N) < share, obs, rng.integers(0, 3, N)) for share in (0.7, 0.5)]
    y = rng.gamma(2.0, size=N)
    probs = rng.dirichlet([1, 1, 1], N)
    return pl.DataFrame(
        {
            "fold": [None if lost else fold for lost, fold in zip(rng.random(N) < 0.1, rng.integers(0, 3, N), strict=True)],
            "obs": names.gather(obs).cast(pl.Enum(LEVELS)),
            "pred": names.gather(guess[0]).cast(pl.Enum(LEVELS)),
            "other": names.gather(guess[1]).cast(pl.Enum(LEVELS)),
            **{f"p{level}": probs[:, i] for i, level in enumerate(LEVELS)},
            "y": y,
            "yhat": np.abs(y + rng.normal(size=N)),
            "event": rng.random(N) < 0.4,
            "w": rng.integers(0, 4, N),
            "patient": rng.integers(0, 80, N),
            "row": np.arange(N),
        },
        schema_overrides={"fold": pl.Int64},
    ).with_columns(score=(pl.col("y") + pl.col("event") * 2).round(1))


DF = example()


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return {}


@pytest.fixture
def table(engine: str, tables: dict[str, Any]) -> Any:
    if engine not in tables:
        tables[engine] = put(engine, DF)
    return tables[engine]


def agree(maker: Any, table: Any, *columns: Any, **arguments: Any) -> None:
    own = arguments.pop("levels_of", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        here = rows(maker(DF, *columns, **arguments))
        there = rows(maker(table, *columns, **arguments, **({"levels": LEVELS} if own and not has_levels(own) else {})))
    for column in (*LIMITS, ".p_value"):
        a, b = ([np.nan if v is None else v for v in found.get(column, [])] for found in (here, there))
        assert a == pytest.approx(b, rel=1e-7, abs=1e-9, nan_ok=True), column


def test_counts(table: Any, engine: str) -> None:
    classes = tm.with_intervals(tm.metric_set(tm.accuracy, tm.mcc, tm.f_meas))
    for more in ({}, {"case_weights": "w"}, {"unit": "patient"}):
        agree(classes, table, "obs", "pred", by="fold", levels_of=engine, **more)
    models = {"a": "pred", "b": "other"}
    agree(tm.compare(tm.metric_set(tm.accuracy, tm.kap)), table, "obs", models, by="fold", unit="row", levels_of=engine)


def test_means_and_moments(table: Any) -> None:
    numbers = tm.with_intervals(tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc))
    for more in ({"by": "fold"}, {"case_weights": "w"}, {"by": "fold", "unit": "patient"}):
        agree(numbers, table, "y", "yhat", **more)


def test_probabilities(table: Any, engine: str) -> None:
    losses = tm.with_intervals(tm.metric_set(tm.mn_log_loss, tm.brier_class, tm.roc_auc))
    agree(losses, table, "obs", [f"p{level}" for level in LEVELS], by="fold", levels_of=engine)


@pytest.mark.parametrize("weight_type", ["importance", "frequency"])
def test_ranks(table: Any, weight_type: str) -> None:
    ranked = tm.with_intervals(RANKED, weight_type=weight_type)
    for more in ({"by": "fold"}, {"by": "fold", "case_weights": "w"}):
        agree(ranked, table, "event", "score", event=True, **more)


def test_an_estimate_of_two_areas(table: Any) -> None:
    @tm.prob_metric(tm.RankedScores, areas=("roc", "average_precision"), direction="maximize", range=(0, 2))
    def both_areas_here(scores: Any) -> Any:
        """Both areas."""
        return scores.roc + scores.average_precision

    agree(tm.with_intervals(both_areas_here), table, "event", "score", event=True, by="fold")


def test_units_of_ranks(table: Any) -> None:
    agree(tm.with_intervals(tm.roc_auc), table, "event", "score", event=True, unit="patient")


def test_only_sums_leave(table: Any, engine: str, left: list[int]) -> None:  # noqa: F811
    if engine == "dask":  # it has no windows: the rows are settled
        return
    tm.with_intervals(RANKED)(table, "event", "score", event=True)
    tm.with_intervals(tm.metric_set(tm.rmse, tm.rsq))(table, "y", "yhat")
    assert max(left) == 1


def test_clusterings_and_rankings(engine: str) -> None:
    df = data.clusters(200).select("fold", "w", obs=pl.col("obs").cast(pl.String), pred=pl.col("pred").cast(pl.String))
    ranked = data.rankings(30)
    made = [
        (tm.with_intervals(tm.metric_set(tm.v_measure, tm.purity)), df, ("obs", "pred"), {"case_weights": "w"}),
        (tm.with_intervals(tm.ndcg), ranked, ("obs", "pred"), {"query": "query", "doc": "doc", "k": 3}),
    ]
    for maker, frame, columns, more in made:
        here, there = (rows(maker(f, *columns, by="fold", **more)) for f in (frame, put(engine, frame)))
        for column in LIMITS:
            a, b = ([np.nan if v is None else v for v in found[column]] for found in (here, there))
            assert a == pytest.approx(b, rel=1e-7, abs=1e-9, nan_ok=True), column
