"""From an estimate and the spread of its influences to a standard error and an interval: numbers alone, all groups at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.special import beta_quantile, normal_quantile, t_quantile
from tidymetrics.statistics.spread import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.spread import Spread
    from tidymetrics.typing import Array, Codes, Mask

_DUST = 1e-12


@dataclass(frozen=True, eq=False, repr=False)
class Intervals:
    """What a frame of intervals shows, each [groups, columns]; NaN is null."""

    std_error: Array
    lower: Array
    upper: Array
    reason: Codes
    """A `Reason` where there is no interval."""


def intervals_of(spread: Spread, span: tuple[float, float], conf_level: float = 0.95, method: str | None = None) -> Intervals:
    """Give the standard error and the interval of each estimate.

    Parameters
    ----------
    spread
        What the influences add up to.
    span
        The range of the metric; infinite where it has no end.
    conf_level
        The share of intervals that contain the true value.
    method
        None, "wald" or "exact".
    """
    reason = reasons_of(spread, span)
    p = (1 + conf_level) / 2
    q = multiplier(p, degrees_of(spread, plain=method == "wald"))
    lower, upper = limits_of(spread, span, conf_level, method)(q)
    reason = np.where((reason == 0) & ~(np.isfinite(lower) & np.isfinite(upper)), int(Reason.ALIKE), reason)
    known, flat = reason == 0, spread.is_flat | on_end(spread.values, span)
    error = np.where(known & ~flat, np.sqrt(spread.variance), np.nan)
    return Intervals(error, np.where(known, lower, np.nan), np.where(known, upper, np.nan), reason)


def reasons_of(spread: Spread, span: tuple[float, float]) -> Codes:
    """Give a `Reason` [groups, columns] where there is no interval, and 0 where there is one."""
    values = spread.values
    bounded = bool(np.isfinite(span[0]) and np.isfinite(span[1]))
    movable = bounded & (np.nan_to_num(spread.reach) > 0)
    own = np.zeros(values.shape, np.int64) if spread.reason is None else spread.reason
    tests = [
        (np.isnan(values), Reason.UNDEFINED),
        (np.isinf(values), Reason.INFINITE),
        (spread.units <= 1, Reason.ONE_UNIT),
        (own != 0, Reason.NONE),
        (spread.is_flat & ~movable, Reason.ALIKE),
        (np.isnan(spread.variance), Reason.ALIKE),
    ]
    shape = values.shape
    choices = [np.broadcast_to(own if kind is Reason.NONE else int(kind), shape) for _, kind in tests]
    return np.select([np.broadcast_to(test, shape) for test, _ in tests], choices, 0)


def degrees_of(spread: Spread, *, plain: bool = False) -> Array:
    """Give the degrees of freedom [groups, columns]: infinite for counts; else Satterthwaite's, of the kurtosis."""
    if plain or spread.counts:
        return np.full(spread.values.shape, np.inf)
    return np.where(spread.is_flat, np.maximum(spread.units - 1, 1), degrees_of_kurtosis(spread.kurtosis, spread.units))


def degrees_of_kurtosis(kurtosis: Array, n: Array) -> Array:
    """Give the degrees of freedom of a sum of n squares: n - 1 at most, few where few rows decide."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.fmax(1.0, np.fmin(2 / np.maximum(kurtosis - 1 / n, 1e-12), n - 1))


def multiplier(p: float, degrees: Array) -> Array:
    """Give the quantile of t for each degrees of freedom, of the normal for infinite ones."""
    if np.all(np.isinf(degrees)):
        return np.full(degrees.shape, float(normal_quantile(p)))
    return t_quantile(p, degrees)


def limits_of(
    spread: Spread, span: tuple[float, float], conf_level: float = 0.95, method: str | None = None
) -> Callable[[Array], tuple[Array, Array]]:
    """Give the function of a multiplier of the standard error that gives both limits."""
    low, high = span
    value, error = spread.values, np.sqrt(spread.variance)
    if method != "wald" and np.isfinite(low) and np.isfinite(high):
        share, n = effective_rows(spread, span)
        if method == "exact":
            ends = exact(share, n, conf_level)
            return lambda _: (low + (high - low) * ends[0], low + (high - low) * ends[1])

        def by_share(q: Array) -> tuple[Array, Array]:
            under, over = wilson(share, n, q)
            return low + (high - low) * under, low + (high - low) * over

        return by_share
    if method == "wald" or not (np.isfinite(low) or np.isfinite(high)):
        return lambda q: (value - q * error, value + q * error)
    sign = 1.0 if np.isfinite(low) else -1.0
    end = low if np.isfinite(low) else high
    distance = sign * (value - end)
    inside = distance > 0

    def by_distance(q: Array) -> tuple[Array, Array]:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            factor = np.exp(q * error / distance)
            near, far = end + sign * distance / factor, end + sign * distance * factor
        under, over = (near, far) if sign > 0 else (far, near)
        return np.where(inside, under, value - q * error), np.where(inside, over, value + q * error)

    return by_distance


def on_end(values: Array, span: tuple[float, float]) -> Mask:
    """Whether an estimate lies on an end of a range that has two."""
    if not (np.isfinite(span[0]) and np.isfinite(span[1])):
        return np.zeros(values.shape, np.bool_)
    share = (values - span[0]) / (span[1] - span[0])
    return np.asarray((share < _DUST) | (share > 1 - _DUST))


def effective_rows(spread: Spread, span: tuple[float, float]) -> tuple[Array, Array]:
    """Give the estimate as a share of its range, and of how many rows a plain share would vary as much."""
    low, high = span
    share = np.clip((spread.values - low) / (high - low), 0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread.variance / (high - low) ** 2
        most = (high - low) / spread.reach  # as many rows as it takes for one of them to move the estimate through its range
        n = np.fmin(share * (1 - share) / variance, spread.smoothed)
        # where rows move the estimate by one of two steps it is a share, of just these rows, and hides no part that is 0 or 1
        two_steps = spread.counts & (np.abs(most * variance - share * (1 - share)) <= 1e-6 * share * (1 - share))
    end = on_end(spread.values, span)
    # without a spread only the reach says anything, wherever the estimate lies: all scores tied, say
    n = np.where(spread.is_flat & ~end & np.isfinite(most), np.fmin(n, most), n)
    return share, np.where(end | two_steps, most, n)


def wilson(share: Array, n: Array, q: Array) -> tuple[Array, Array]:
    """Give Wilson's score interval of a share of n rows, n not whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = q * q / n
        half = np.sqrt(share * (1 - share) * z + z * z / 4)
        under, over = (share + z / 2 - half) / (1 + z), (share + z / 2 + half) / (1 + z)
    # exactly the end where the share is on it, and never beyond the share
    return np.where(share < _DUST, 0.0, np.clip(under, 0, share)), np.where(share > 1 - _DUST, 1.0, np.clip(over, share, 1))


def exact(share: Array, n: Array, conf_level: float) -> tuple[Array, Array]:
    """Give Clopper and Pearson's interval, as Korn and Graubard have it for n not whole."""
    x, tail = share * n, (1 - conf_level) / 2
    some, rest = x > 1e-9, n - x > 1e-9
    under = np.where(some, beta_quantile(tail, np.where(some, x, 1.0), n - x + 1), 0.0)
    over = np.where(rest, beta_quantile(1 - tail, x + 1, np.where(rest, n - x, 1.0)), 1.0)
    return np.where(np.isnan(n), np.nan, under), np.where(np.isnan(n), np.nan, over)
