"""Simulate how often comparisons find a difference, true or not: `python -m tests.comparisons [--sets N]`.

Every simulated data set is a group of one frame. Each line gives, for the Wald test (`method="wald"`, z by the standard error)
and for the default, how many intervals hold the true difference, and how many p-values are below 0.05: where the true
difference is 0, these are false positives.
"""

from __future__ import annotations

import argparse
import warnings
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import tidymetrics as tm
from tests.coverage import covered

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[np.random.Generator, int, int], pl.DataFrame]

NORMAL = NormalDist()
SIZES = (30, 100, 1000)


@dataclass(frozen=True)
class Line:
    """Two contestants, and what is known of them."""

    name: str
    metric: Any
    draw: Draw
    true: float
    truth: str = "obs"
    across: str | None = None
    event: Any = None

    def compared(self, n: int, sets: int, method: str | None = None, seed: int = 7) -> pl.DataFrame:
        """Compare in each of several data sets."""
        frame = self.draw(np.random.default_rng([seed, n]), sets, n)
        how = {} if self.across is None else {"across": self.across}
        how |= {} if self.event is None else {"event": self.event}
        estimate = {"a": "a", "b": "b"} if self.across is None else "pred"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            made: pl.DataFrame = tm.compare(self.metric, method=method)(frame, self.truth, estimate, by="set", **how)
        return made.filter(pl.col(".lower").is_not_null())

    def found(self, n: int, sets: int, method: str | None = None, seed: int = 7) -> tuple[float, float]:
        """Give the shares of intervals that hold the true difference, and of p-values below 0.05."""
        made = self.compared(n, sets, method, seed)
        return covered(made, self.true)[0], float((made[".p_value"] < 0.05).sum()) / sets


def right(a: float, b: float) -> Draw:
    """Draw two models that are right so often, with the same luck on 60% of the rows."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        size = sets * n
        y, alike = rng.random(size) < 0.5, rng.random(size) < 0.6
        u, v = rng.random(size), rng.random(size)
        made = {"obs": y, "a": y == (u < a), "b": y == (np.where(alike, u, v) < b)}
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), **made})

    return draw


def scores(a: float, b: float) -> Draw:
    """Draw the scores of two models, whose events lie so far above other rows, with a correlation of 0.64."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        size = sets * n
        y, z = rng.random(size) < 0.5, rng.normal(size=size)
        made = {name: m * y + 0.8 * z + 0.6 * rng.normal(size=size) for name, m in (("a", a), ("b", b))}
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), "obs": y, **made})

    return draw


def errors(a: float, b: float) -> Draw:
    """Draw the predictions of two models of numbers, whose errors are so large and have a correlation of 0.5."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        size = sets * n
        y, z = rng.normal(size=size), rng.normal(size=size)
        made = {name: y + m * 0.5**0.5 * (z + rng.normal(size=size)) for name, m in (("a", a), ("b", b))}
        return pl.DataFrame({"set": np.repeat(np.arange(sets), n), "obs": y, **made})

    return draw


def groups(first: float, second: float) -> Draw:
    """Draw two groups of n rows each, with 30% events, in which a model is right so often."""

    def draw(rng: np.random.Generator, sets: int, n: int) -> pl.DataFrame:
        parts = []
        for sex, share in zip("fm", (first, second), strict=True):
            y, hit = rng.random(sets * n) < 0.3, rng.random(sets * n) < share
            parts.append(pl.DataFrame({"set": np.repeat(np.arange(sets), n), "sex": sex, "obs": y, "pred": y == hit}))
        return pl.concat(parts)

    return draw


def area(distance: float) -> float:
    """Give the area under the ROC curve of normal scores."""
    return NORMAL.cdf(distance / 2**0.5)


LINES = [
    *(Line(f"accuracy {a} and {b}", tm.accuracy, right(a, b), a - b) for a, b in ((0.9, 0.9), (0.97, 0.97), (0.9, 0.8))),
    Line("f_meas 0.9 and 0.8", tm.f_meas, right(0.9, 0.8), 0.1, event=True),
    *(
        Line(f"roc_auc {area(a):.2f} and {area(b):.2f}", tm.roc_auc, scores(a, b), area(a) - area(b), event=True)
        for a, b in ((1.0, 1.0), (2.9, 2.9), (1.5, 1.0))
    ),
    *(Line(f"rmse {a} and 1", tm.rmse, errors(a, 1.0), a - 1) for a in (1.0, 1.25)),
    *(
        Line(f"sens {a} and {b}, gap of two groups", tm.sens, groups(a, b), a - b, across="sex", event=True)
        for a, b in ((0.8, 0.8), (0.9, 0.7))
    ),
    Line("accuracy 0.98 and 0.98, gap of two groups", tm.accuracy, groups(0.98, 0.98), 0.0, across="sex"),
]


def shown(values: list[float]) -> str:
    """Write shares of the three sizes in per cent."""
    return "; ".join(f"{100 * value:.1f}" for value in values)


def main(sets: int) -> None:
    """Print a line for each pair of contestants."""
    print(f"| n = {'; '.join(map(str, SIZES))} | true | Wald covers | default covers | Wald p < .05 | default p < .05 |")
    print("|---|---|---|---|---|---|")
    for line in LINES:
        found = [[line.found(n, sets if n < 1000 else sets // 2, method) for n in SIZES] for method in ("wald", None)]
        (wald, wald_p), (own, own_p) = ([[pair[i] for pair in of] for i in (0, 1)] for of in found)
        print(
            f"| {line.name} | {line.true:+.3f} | {shown(wald)} | {shown(own)} | {shown(wald_p)} | {shown(own_p)} |", flush=True
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=3000)
    main(parser.parse_args().sets)
