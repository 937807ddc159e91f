"""Calibration and thresholds against peers: `python -m tests.benchmarks calibration [number of rows]`.

The peers (model-diagnostics, statsmodels, dcurves) are no dependencies: a line whose peer is absent is left out.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

import numpy as np
import polars as pl

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare, show

GROUPS = 10


def example(n: int) -> pl.DataFrame:
    random = np.random.default_rng(0)
    p = random.uniform(size=n)
    return pl.DataFrame({"g": random.integers(0, GROUPS, n), "p": p, "obs": random.uniform(size=n) < p})


def sweep(df: pl.DataFrame) -> Row:
    """Compare a whole sweep with a hundred times scikit-learn at one threshold."""
    from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, precision_score, recall_score

    y, p = df["obs"].to_numpy(), df["p"].to_numpy()
    metrics = tm.metric_set(tm.sens, tm.spec, tm.accuracy, tm.j_index, tm.f_meas)

    def theirs() -> None:
        pred = p >= 0.5
        for score in (recall_score, precision_score, accuracy_score, balanced_accuracy_score, f1_score):
            score(y, pred)

    one = compare(
        f"threshold_perf, 5 metrics, 100 thresholds, {len(df):,} rows, {GROUPS} groups",
        "a scikit-learn loop (one threshold, times 100)",
        lambda: tm.threshold_perf(df, "obs", "p", thresholds=(np.arange(100) / 100).tolist(), metrics=metrics, by="g"),
        theirs,
        1 / 300,
        rounds=3,
    )
    return Row(one.work, one.against, one.ours, 100 * one.theirs, one.at_most)


def bins(df: pl.DataFrame) -> Row:
    from sklearn.calibration import calibration_curve

    y, p = df["obs"].to_numpy(), df["p"].to_numpy()
    return compare(
        f"calibration_curve, 10 bins, {len(df):,} rows, {GROUPS} groups",
        "scikit-learn, no groups",
        lambda: tm.calibration_curve(df, "obs", "p", by="g"),
        lambda: calibration_curve(y, p, n_bins=10),
        0.5,
    )


def parts(df: pl.DataFrame) -> Row:
    decompose = importlib.import_module("model_diagnostics.scoring").decompose
    squared = importlib.import_module("model_diagnostics.scoring").SquaredError()
    metrics = tm.metric_set(tm.brier_class, tm.corp_miscalibration, tm.corp_discrimination, tm.corp_uncertainty)
    groups = [(g["obs"].to_numpy().astype(float), g["p"].to_numpy()) for g in df.partition_by("g")]
    return compare(
        f"brier_class and its three parts, {len(df):,} rows, {GROUPS} groups",
        "a loop over model-diagnostics",
        lambda: metrics(df, "obs", "p", by="g"),
        lambda: [decompose(y, p, scoring_function=squared) for y, p in groups],
        0.8,
        rounds=3,
    )


def slope(df: pl.DataFrame) -> Row:
    api = importlib.import_module("statsmodels.api")
    y, p = df["obs"].to_numpy().astype(float), df["p"].to_numpy()
    x = api.add_constant(np.log(p / (1 - p)))
    return compare(
        f"calibration_slope, {len(df):,} rows",
        "statsmodels GLM",
        lambda: tm.calibration_slope(df, "obs", "p"),
        lambda: api.GLM(y, x, family=api.families.Binomial()).fit(),
        1 / 5,
        rounds=3,
    )


def decisions(df: pl.DataFrame) -> Row:
    dca = importlib.import_module("dcurves").dca
    pandas = df.select("p", obs=pl.col("obs").cast(pl.Int64)).to_pandas()
    at = np.arange(100) / 100
    return compare(
        f"decision_curve, 100 thresholds, {len(df):,} rows",
        "dcurves",
        lambda: tm.decision_curve(df, "obs", "p"),
        lambda: dca(data=pandas, outcome="obs", modelnames=["p"], thresholds=at),
        1 / 20,
        rounds=3,
    )


def index(df: pl.DataFrame) -> Row:
    lowess = importlib.import_module("statsmodels.nonparametric.smoothers_lowess").lowess
    y, p = df["obs"].to_numpy().astype(float), df["p"].to_numpy()
    return compare(
        f"integrated_calibration_index, {len(df):,} rows",
        "statsmodels lowess(delta=0)",
        lambda: tm.integrated_calibration_index(df, "obs", "p"),
        lambda: np.abs(p - lowess(y, p, it=0, delta=0.0, return_sorted=False)).mean(),
        1 / 5,
        rounds=1,
    )


def table(n: int) -> list[Row]:
    """Give the lines whose peers are installed."""
    df = example(n)
    lines: list[tuple[Callable[[pl.DataFrame], Row], pl.DataFrame]] = [
        (sweep, df),
        (bins, df),
        (parts, df),
        (slope, df),
        (decisions, df.head(n // 10)),
        (index, df.head(20_000)),
    ]
    return [made for line, rows in lines if (made := _of_peer(line, rows)) is not None]


def _of_peer(line: Callable[[pl.DataFrame], Row], rows: pl.DataFrame) -> Row | None:
    try:
        return line(rows)
    except ModuleNotFoundError as absent:
        print(f"{line.__name__}: {absent.name} is not installed")
        return None


def run() -> None:
    """Print the table."""
    show(table(int(sys.argv[2]) if len(sys.argv) > 2 else 5_000_000))
