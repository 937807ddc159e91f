"""Score a billion rows: one Parquet file of 20 million rows, scanned fifty times; `python -m tests.benchmarks billion`."""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence

import numpy as np
import polars as pl

LEVELS = ["VF", "F", "M", "L"]
WORKS = ("class set", "numeric set", "losses", "roc_auc(bins=2**14)")

CHILD = """
import pathlib, re, sys, time
import polars as pl, tidymetrics as tm
scan = pl.concat([pl.scan_parquet(sys.argv[1])] * int(sys.argv[2]))
works = {
    "class set": lambda f: tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap)(f, "obs", "pred", by="fold"),
    "numeric set": lambda f: tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss)(f, "y", "yhat", by="fold"),
    "losses": lambda f: tm.metric_set(tm.mn_log_loss, tm.brier_class)(f, "event", "p", by="fold"),
    "roc_auc(bins=2**14)": lambda f: tm.roc_auc(f, "event", "p", by="fold", bins=2**14),
}
work = works[sys.argv[3]]
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
work(pl.scan_parquet(sys.argv[1]).head(1_000))
before, start = peak(), time.perf_counter()
work(scan)
print(time.perf_counter() - start, peak() - before)
"""


def write(path: pathlib.Path, n: int) -> None:
    """Write classes, numbers and probabilities in ten folds."""
    rng = np.random.default_rng(0)
    obs = rng.integers(0, 4, n)
    pred = np.where(rng.random(n) < 0.7, obs, rng.integers(0, 4, n))
    event = rng.random(n) < 0.3
    enum = pl.Series(LEVELS, dtype=pl.Enum(LEVELS))
    y = rng.normal(10, 3, n)
    pl.DataFrame(
        {
            "fold": rng.integers(0, 10, n).astype(np.int8),
            "obs": enum.gather(obs),
            "pred": enum.gather(pred),
            "y": y,
            "yhat": y + rng.normal(size=n),
            "event": event,
            "p": 1 / (1 + np.exp(-rng.normal(np.where(event, 0.6, -0.6), 1))),
        }
    ).write_parquet(path)


def run(arguments: Sequence[str] = ()) -> None:
    """Print seconds and the peak of memory above the imports for each work."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks billion")
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--scans", type=int, default=50)
    asked = parser.parse_args(arguments)
    print("| work | rows | seconds | MB above the imports |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "predictions.parquet"
        write(path, asked.rows)
        for work in WORKS:
            command = [sys.executable, "-c", CHILD, str(path), str(asked.scans), work]
            seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            print(f"| {work} | {asked.rows * asked.scans:,} | {float(seconds):.1f} | {float(peak):.0f} |", flush=True)
