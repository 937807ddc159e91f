"""Intervals and comparisons beside the estimates alone: how many times as long they may take."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 5_000_000
CLASS_SET = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap)
NUMERIC_SET = tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss)
LOSSES = tm.metric_set(tm.mn_log_loss, tm.brier_class)
RANKED = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)


@functools.cache
def frame(n: int, groups: int, levels: int) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    kind = pl.Enum([f"l{i}" for i in range(levels)])
    names = pl.Series(kind.categories.to_list())
    obs, y = rng.integers(0, levels, n), rng.normal(10, 3, n)
    event = rng.random(n) < 0.3
    scores = [rng.normal(size=n) + event for _ in range(2)]
    guesses = [np.where(rng.random(n) < 0.7, obs, rng.integers(0, levels, n)) for _ in range(2)]
    return pl.DataFrame(
        {
            "g": rng.integers(0, groups, n),
            "obs": names.gather(obs).cast(kind),
            "pred": names.gather(guesses[0]).cast(kind),
            "pred_b": names.gather(guesses[1]).cast(kind),
            "y": y,
            "yhat": y + rng.normal(size=n),
            "yhat_b": y + rng.normal(size=n),
            "event": event,
            "score": scores[0],
            "score_b": scores[1],
            "p": 1 / (1 + np.exp(-scores[0])),
        }
    )


def line(work: str, metrics: Any, data: Any, truth: str, estimate: str, at_most: float, **options: Any) -> Row:
    """Race a metric with intervals against itself."""
    made = tm.with_intervals(metrics)
    ours: Callable[[], Any] = lambda: made(data, truth, estimate, by="g", **options)
    return compare(
        f"intervals: {work}", "the estimates", ours, lambda: metrics(data, truth, estimate, by="g", **options), at_most, 3
    )


def pair(work: str, metrics: Any, truth: str, models: tuple[str, str], at_most: float, **options: Any) -> Row:
    """Race a comparison against both estimates."""
    data = frame(ROWS, 10, 4)
    made = tm.compare(metrics)
    each = tm.each_model(metrics)
    named = dict(zip("ab", models, strict=True))
    ours: Callable[[], Any] = lambda: made(data, truth, named, by="g", **options)
    return compare(f"compare: {work}", "both estimates", ours, lambda: each(data, truth, named, by="g", **options), at_most, 3)


def table() -> list[Row]:
    """Give the lines of the table."""
    rows = []
    event = {"event": True}
    for groups, limits in ((10, (2, 5, 3, 2, 3, 4)), (1000, (3, 5, 3, 2, 3, 4))):
        df, what = frame(ROWS, groups, 4), f"5M rows, {groups:,} groups"
        rows += [
            line(f"class set, 4 levels, {what}", CLASS_SET, df, "obs", "pred", limits[0]),
            line(f"numeric set, {what}", NUMERIC_SET, df, "y", "yhat", limits[1]),
            line(f"mn_log_loss, brier_class, {what}", LOSSES, df, "event", "p", limits[2], **event),
            line(f"roc_auc, {what}", tm.roc_auc, df, "event", "score", limits[3], **event),
            line(f"average_precision, {what}", tm.average_precision, df, "event", "score", limits[4], **event),
            line(f"4 ranked metrics, {what}", RANKED, df, "event", "score", limits[5], **event),
        ]
    few = frame(3_467, 10, 4)
    rows += [
        line("class set, 3,467 rows, 10 groups", CLASS_SET, few, "obs", "pred", 4),
        line("numeric set, 3,467 rows, 10 groups", NUMERIC_SET, few, "y", "yhat", 4),
        line("roc_auc, 3,467 rows, 10 groups", tm.roc_auc, few, "event", "score", 3, **event),
        line("class set, 10 levels, 1M rows, 10 groups", CLASS_SET, frame(1_000_000, 10, 10), "obs", "pred", 3),
        line("class set, 10 levels, 1M rows, 1,000 groups", CLASS_SET, frame(1_000_000, 1000, 10), "obs", "pred", 8),
        line("class set, 2 levels, 5M rows, 100,000 groups", CLASS_SET, frame(ROWS, 100_000, 2), "obs", "pred", 4),
        pair("accuracy, 5M rows", tm.accuracy, "obs", ("pred", "pred_b"), 3),
        pair("class set, 5M rows", CLASS_SET, "obs", ("pred", "pred_b"), 3),
        pair("rmse, 5M rows", tm.rmse, "y", ("yhat", "yhat_b"), 6),
        pair("roc_auc, 5M rows", tm.roc_auc, "event", ("score", "score_b"), 4, **event),
    ]
    engine = duckdb.from_arrow(frame(1_000_000, 10, 4).with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow())
    levels = {"levels": frame(1_000_000, 10, 4)["obs"].dtype.categories.to_list()}
    rows.append(line("class set, 1M rows in DuckDB", CLASS_SET, engine, "obs", "pred", 2, **levels))
    rows.append(line("numeric set, 1M rows in DuckDB", NUMERIC_SET, engine, "y", "yhat", 5))
    return rows
