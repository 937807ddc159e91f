"""States beside the call on the rows: how fast they are made and finished, how large they are, and a monitor."""

from __future__ import annotations

import datetime as dt
import functools
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS, SEGMENTS = 365, 50
CLASSES = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap)
NUMBERS = tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss)
RANKED = tm.metric_set(tm.roc_auc, tm.average_precision)
SETS: dict[str, tuple[Any, tuple[str, str], dict[str, Any], float]] = {
    "5 class metrics": (CLASSES, ("obs", "pred"), {}, 1 / 18),
    "5 numeric metrics": (NUMBERS, ("y", "x"), {}, 1 / 7),
    "roc_auc, average_precision in 64 bins": (RANKED, ("obs", "p"), {"bins": 64}, 1 / 14),
    "the same in 256 bins": (RANKED, ("obs", "p"), {"bins": 256}, 1 / 5),
}
"""The set, its columns, how its state is made, and what finishing may take beside the call on 20 million rows."""


@functools.cache
def frame(n: int) -> pl.DataFrame:
    """Give a year of predictions in fifty segments."""
    rng = np.random.default_rng(1)
    truth = rng.random(n) < 0.3
    p = 1 / (1 + np.exp(-rng.normal(1.5 * truth - 1, 1, n)))
    classes, y = pl.Enum(["yes", "no"]), rng.normal(100, 20, n)
    day = pl.Series(rng.integers(0, DAYS, n) + (dt.date(2025, 1, 6) - dt.date(1970, 1, 1)).days).cast(pl.Int32).cast(pl.Date)
    return pl.DataFrame(
        {
            "day": day,
            "segment": rng.integers(0, SEGMENTS, n).astype(np.int32),
            "obs": pl.Series(np.where(truth, "yes", "no")).cast(classes),
            "pred": pl.Series(np.where(p > 0.5, "yes", "no")).cast(classes),
            "p": p,
            "y": y,
            "x": y + rng.normal(0, 5, n),
        }
    ).with_columns(month=pl.col("day").dt.truncate("1mo"))


def _size(table: pl.DataFrame) -> float:
    file = io.BytesIO()
    table.write_parquet(file)
    return file.tell() / 1e6


def table(n: int = 20_000_000, rounds: int = 3) -> list[Row]:
    """Give all lines; `n` rows."""
    return list(_lines(n, rounds))


def _lines(n: int, rounds: int) -> Iterator[Row]:
    df, small = frame(n), frame(1_000)
    keys, by = ["day", "month", "segment"], ["month", "segment"]
    for name, (score, columns, own, at_most) in SETS.items():
        state = score.state(df, *columns, by=keys, **own)
        work = f"{name}: finish {len(state):,} rows by month and segment"
        finish, call = functools.partial(score.finish, state, by=by), functools.partial(score, df, *columns, by=by)
        yield compare(work, f"the call on {n:,} rows", finish, call, at_most, rounds)
        rows = df.select(*keys, *columns)
        yield Row(f"{name}: the state in Parquet", "its rows in Parquet", _size(state), _size(rows), 1 / 10, "MB")
        make = functools.partial(score.state, df, *columns, by=by, **own)
        yield compare(f"{name}: making the state", "the call", make, call, 1.2, rounds)
    for name, (score, columns, own, _) in list(SETS.items())[:2]:
        make = functools.partial(score.state, small, *columns, **own)
        yield compare(f"{name}: the state of 1,000 rows", "the call", make, functools.partial(score, small, *columns), 1.5)
    both = tm.metric_set(tm.accuracy, tm.sens)
    state = both.state(df, "obs", "pred", by=["day", "segment"])
    reference = (dt.date(2025, 1, 6), dt.date(2025, 4, 7))
    watch = functools.partial(tm.monitor, state, both, time="day", by="segment", reference=reference)
    yield compare(
        "a monitor of 100 series in 52 weeks",
        "the call on the rows by day",
        watch,
        functools.partial(both, df, "obs", "pred", by=["day", "segment"]),
        1.0,
        rounds,
    )
