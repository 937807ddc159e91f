"""Simulate how often intervals hold the true value: `python -m tests.coverage [--sets N]`.

Every simulated data set is a group of one frame. Each line gives the share of naive normal intervals (the estimate and 1.96
standard errors) that hold the true value, and that of the intervals of `with_intervals`, with how often the true value lies
below and above, and the mean width.
"""

from __future__ import annotations

import argparse
import warnings
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import tidymetrics as tm

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array

    Draw = Callable[[np.random.Generator, int, int], pl.DataFrame]

NORMAL = NormalDist()


def binary(share: float, sens: float, spec: float) -> Array:
    """Give the cells [predicted, true] of two classes."""
    return np.array([[share * sens, (1 - share) * (1 - spec)], [share * (1 - sens), (1 - share) * spec]])


def several(shares: list[float], right: list[float]) -> Array:
    """Give the cells of several classes, whose errors go to all others alike."""
    k = len(shares)
    return np.array([[shares[t] * (right[t] if p == t else (1 - right[t]) / (k - 1)) for t in range(k)] for p in range(k)])


def classes(cells: Array) -> Draw:
    """Draw rows of cells."""
    k = len(cells)
    levels = pl.Enum([chr(97 + i) for i in range(k)])

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        cell = rng.choice(k * k, size=sets * n, p=cells.reshape(-1))
        coded = {"obs": cell % k, "pred": cell // k}
        names = pl.Series(levels.categories.to_list())
        columns = {name: names.gather(codes).cast(levels) for name, codes in coded.items()}
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), **columns})

    return draw


def numbers(tail: str) -> Draw:
    """Draw numbers with normal errors, or those of t with four degrees of freedom."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        y = rng.normal(size=sets * n)
        noise = rng.normal(size=sets * n) if tail == "normal" else rng.standard_t(4, size=sets * n)
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), "obs": y, "pred": y + 0.6 * noise})

    return draw


def scores(distance: float, share: float) -> Draw:
    """Draw normal scores of events and others."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        y = rng.random(sets * n) < share
        s = rng.normal(size=sets * n) + distance * y
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), "obs": y, "pred": s})

    return draw


def distance_of(auc: float) -> float:
    """Give the distance of the means of normal scores that leads to an area under the ROC curve."""
    return NORMAL.inv_cdf(auc) * 2**0.5


FOUR = several([0.4, 0.3, 0.2, 0.1], [0.9, 0.8, 0.7, 0.6])
GOOD = several([0.5, 0.3, 0.15, 0.05], [0.97, 0.95, 0.92, 0.9])
SIZES = (30, 100, 1000)
LINES: list[tuple[str, Any, Draw, dict[str, Any], tuple[int, ...]]] = [
    ("accuracy 0.97", tm.accuracy, classes(binary(0.5, 0.97, 0.97)), {}, SIZES),
    ("accuracy 0.995", tm.accuracy, classes(binary(0.5, 0.995, 0.995)), {}, SIZES),
    ("sens, 20% events", tm.sens, classes(binary(0.2, 0.8, 0.9)), {}, SIZES),
    ("f_meas, 20% events", tm.f_meas, classes(binary(0.2, 0.8, 0.9)), {}, SIZES),
    ("f_meas, 5% events", tm.f_meas, classes(binary(0.05, 0.9, 0.99)), {}, SIZES),
    ("mcc, 20% events", tm.mcc, classes(binary(0.2, 0.8, 0.9)), {}, SIZES),
    ("bal_accuracy, 10% events", tm.bal_accuracy, classes(binary(0.1, 0.9, 0.95)), {}, SIZES),
    ("bal_accuracy macro, 4 classes", tm.bal_accuracy, classes(FOUR), {}, SIZES),
    ("bal_accuracy macro, good model", tm.bal_accuracy, classes(GOOD), {}, SIZES),
    ("f_meas macro, 4 classes", tm.f_meas, classes(FOUR), {}, SIZES),
    ("kap, 4 classes", tm.kap, classes(FOUR), {}, SIZES),
    ("mcc, 4 classes, good model", tm.mcc, classes(GOOD), {}, SIZES),
    ("rmse", tm.rmse, numbers("normal"), {}, SIZES),
    ("rmse, t4 errors", tm.rmse, numbers("t4"), {}, SIZES),
    ("mae", tm.mae, numbers("normal"), {}, SIZES),
    ("rsq", tm.rsq, numbers("normal"), {}, SIZES),
    ("ccc", tm.ccc, numbers("normal"), {}, SIZES),
    ("rsq_trad", tm.rsq_trad, numbers("normal"), {}, SIZES),
    ("roc_auc 0.75, 50% events", tm.roc_auc, scores(distance_of(0.75), 0.5), {"event": True}, SIZES),
    ("roc_auc 0.75, 10% events", tm.roc_auc, scores(distance_of(0.75), 0.1), {"event": True}, SIZES),
    ("roc_auc 0.98, 50% events", tm.roc_auc, scores(distance_of(0.98), 0.5), {"event": True}, SIZES),
    ("roc_auc 0.98, 10% events", tm.roc_auc, scores(distance_of(0.98), 0.1), {"event": True}, SIZES),
    ("average_precision, 2% events", tm.average_precision, scores(1.5, 0.02), {"event": True}, (1000, 5000)),
]


def true_value(metric: Any, draw: Draw, **options: Any) -> float:
    """Estimate the value of all rows that there could be."""
    frame = draw(np.random.default_rng(99), 4, 250_000)
    return float(metric(frame, "obs", "pred", by="set", **options)[".estimate"].mean())


def covered(made: pl.DataFrame, true: float) -> tuple[float, float, float, float]:
    """Give the shares of intervals that hold the true value, and that lie above and below it; and their mean width."""
    lower, upper = (made[c].fill_null(np.nan).to_numpy() for c in (".lower", ".upper"))
    known = ~np.isnan(lower)
    below, above = (true < lower - 1e-12)[known].mean(), (true > upper + 1e-12)[known].mean()
    return 1 - below - above, below, above, float((upper - lower)[known].mean())


def simulated(metric: Any, draw: Draw, n: int, sets: int, method: str | None = None, **options: Any) -> pl.DataFrame:
    """Give the intervals of simulated data sets."""
    frame = draw(np.random.default_rng(11), sets, n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        made: pl.DataFrame = tm.with_intervals(metric, method=method)(frame, "obs", "pred", by="set", **options)
    return made.filter(pl.col(".estimate").is_not_null())


def intervals(sets: int) -> None:
    """Print a line for each metric and number of rows."""
    print("| metric | n | true | naive normal | with_intervals (true value below, above) mean width |\n|---|---|---|---|---|")
    for name, metric, draw, options, sizes in LINES:
        true = true_value(metric, draw, **options)
        for n in sizes:
            some = sets if n < 1000 else sets // 2
            naive = covered(simulated(metric, draw, n, some, "wald", **options), true)
            hit, below, above, width = covered(simulated(metric, draw, n, some, **options), true)
            ours = f"{100 * hit:.1f} ({100 * below:.1f}, {100 * above:.1f}) {width:.3f}"
            print(f"| {name} | {n} | {true:.3f} | {100 * naive[0]:.1f} | {ours} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=3000)
    intervals(parser.parse_args().sets)
