"""Time DuckDB, polars' streaming engine and Spark on a Parquet file, and count the rows that leave them."""

from __future__ import annotations

import contextlib
import pathlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

import tidymetrics as tm

CLASS_SET = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap)
SQL = "SELECT fold, obs, pred, count(*) AS n FROM rows GROUP BY ALL"
AUC_SQL = """
WITH steps AS (SELECT fold, p, sum(hit::DOUBLE) AS e, sum(1 - hit::DOUBLE) AS o FROM rows GROUP BY fold, p),
     above AS (SELECT *, sum(e) OVER (PARTITION BY fold ORDER BY p DESC ROWS UNBOUNDED PRECEDING) AS ce FROM steps)
SELECT fold, sum(o * (ce - e / 2)) / sum(e) / sum(o) FROM above GROUP BY fold
"""


def write(path: pathlib.Path, n: int) -> None:
    """Write rows with strings for classes, a smooth score and ten folds."""
    rng = np.random.default_rng(0)
    obs = rng.integers(0, 4, n)
    pred = np.where(rng.random(n) < 0.7, obs, rng.integers(0, 4, n))
    levels, folds = pl.Series(["VF", "F", "M", "L"]), pl.Series([f"Fold{i:02}" for i in range(1, 11)])
    hit = rng.random(n) < 0.3
    score = 1 / (1 + np.exp(-(rng.normal(size=n) + 1.2 * hit)))
    columns = {"obs": levels.gather(obs), "pred": levels.gather(pred), "fold": folds.gather(rng.integers(0, 10, n))}
    pl.DataFrame({**columns, "hit": hit, "p": score}).write_parquet(path)


@contextlib.contextmanager
def exits() -> Iterator[list[int]]:
    """List the rows of each table that narwhals brings out of an engine."""
    collect = nw.LazyFrame.collect
    left: list[int] = []

    def counting(frame: Any, *args: Any, **kwargs: Any) -> Any:
        result = collect(frame, *args, **kwargs)
        left.append(len(result))
        return result

    nw.LazyFrame.collect = counting  # type: ignore[method-assign]
    try:
        yield left
    finally:
        nw.LazyFrame.collect = collect  # type: ignore[method-assign]


def seconds(work: Any, rounds: int) -> float:
    """Give the median of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def sources(path: pathlib.Path) -> Iterator[tuple[str, Any]]:
    """Open the file with each engine."""
    import duckdb

    yield "DuckDB", duckdb.connect().read_parquet(str(path))
    yield "polars streaming", pl.scan_parquet(path)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.memory", "4g").config("spark.sql.shuffle.partitions", "4").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    yield "Spark local[2]", spark.read.parquet(str(path))


def works(source: Any) -> Iterator[tuple[str, Any]]:
    """Name the calls."""
    yield "class set (5)", lambda: CLASS_SET(source, "obs", "pred", by="fold")
    yield "roc_auc", lambda: tm.roc_auc(source, "hit", "p", by="fold")
    yield "roc_auc, bins=2**14", lambda: tm.roc_auc(source, "hit", "p", by="fold", bins=2**14)


def by_hand(path: pathlib.Path, rounds: int) -> Iterator[list[str]]:
    """Run what one would write in SQL."""
    import duckdb

    con = duckdb.connect()
    con.execute(f"CREATE VIEW rows AS SELECT * FROM '{path}'")  # noqa: S608
    for work, sql in (("class set (5)", SQL), ("roc_auc", AUC_SQL)):
        con.execute(sql).fetchall()
        yield [work, "DuckDB, SQL by hand", f"{seconds(lambda sql=sql: con.execute(sql).fetchall(), rounds):.2f}"]  # type: ignore[misc]


def run(sizes: tuple[int, ...] = (1_000_000, 10_000_000)) -> None:
    """Print the table: a line a call and engine, a column of seconds a size, and the rows that left at the larger size."""
    lines: dict[tuple[str, str], list[str]] = {}
    left: dict[tuple[str, str], int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for n in sizes:
            path = pathlib.Path(folder) / f"{n}.parquet"
            write(path, n)
            rounds = 5 if n <= 1_000_000 else 3
            for work, engine, spent in by_hand(path, rounds):
                lines.setdefault((work, engine), []).append(spent)
            for engine, source in sources(path):
                for work, call in works(source):
                    with exits() as tables:  # the first call, which is not timed
                        call()
                    left[work, engine] = sum(tables)
                    lines.setdefault((work, engine), []).append(f"{seconds(call, 1 if 'Spark' in engine else rounds):.2f}")
    print("| work | engine |" + "".join(f" {n:,} rows, s |" for n in sizes) + " growth | rows that left |")
    print("|---|---|" + "---|" * (len(sizes) + 2))
    for (work, engine), spent in sorted(lines.items()):
        growth = float(spent[-1]) / float(spent[0])
        print(
            f"| {work} | {engine} | " + " | ".join(spent) + f" | {growth:.1f}x | {left.get((work, engine), '-')} |", flush=True
        )
