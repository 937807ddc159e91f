"""Losses of one row that need a choice: narwhals expressions, or Series of vectors."""

from __future__ import annotations

from math import log, nan
from typing import Any

import narwhals as nw

_SMALL = 0.1
"""Below this error the series of log cosh is exact to the last digit."""

_TINY = 1e-300
"""What it is added to does not change, unless that is 0."""


def _choose(where: Any, one: Any, other: Any) -> Any:
    """Give one value where a condition holds, and else the other: a Series of Series, so that others can be added to it."""
    made = nw.when(where).then(one).otherwise(other)
    if isinstance(where, nw.Series):
        return where.to_frame().select(made.alias("tm_chosen")).get_column("tm_chosen")
    return made


def log_of_one_and(values: Any) -> Any:
    """Give ln(1 + x), with its digits where x is small: what rounding takes of x, it takes of the logarithm too."""
    whole = values + 1.0
    return values * (whole.log() + _TINY) / (whole - 1.0 + _TINY)


def log_cosh(error: Any) -> Any:
    """Give ln(cosh(x)), neither too large to compute nor without its digits."""
    size = error.abs()
    square = error * error
    series = square * (0.5 - square * (1 / 12 - square * (1 / 45 - square * (17 / 2520 - square * (31 / 14175)))))
    whole = size - log(2.0) + ((size * -2.0).exp() + 1.0).log()
    return _choose(size < _SMALL, series, whole)


def tweedie(truth: Any, mean: Any, power: float) -> Any:
    """Give the deviance of Tweedie's distributions, with the variance mean ** power; NaN where there is none.

    No deviance is below 0; what rounding takes below is 0.
    """
    if power == 0:
        return (truth - mean) * (truth - mean)
    known = mean > 0
    if power == 1:
        logs = _choose(truth > 0, truth * (truth / mean).log(), truth * 0.0)
        deviance, known = (logs - truth + mean) * 2.0, known & (truth >= 0)
    elif power == 2:
        deviance, known = ((mean / truth).log() + truth / mean - 1.0) * 2.0, known & (truth > 0)
    else:
        up, one = 2.0 - power, 1.0 - power
        of_truth = truth.clip(lower_bound=0.0) if power < 0 else truth
        deviance = (of_truth**up * (1 / (one * up)) - truth * mean**one * (1 / one) + mean**up * (1 / up)) * 2.0
        if power > 1:
            known = known & (truth >= 0 if power < 2 else truth > 0)
    return _choose(known, deviance.clip(lower_bound=0.0), truth * nan)
