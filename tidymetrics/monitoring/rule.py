"""The rule: windows since some start against all before, by a t test that may be looked at any number of times.

If nothing changes, the values of windows are independent and normal with one mean and the variance sigma^2 / a, a their
weights. Let a start s say that from window s on they are shifted by delta, where delta / sigma ~ N(0, g), or the half of it
on the side that is bad. The likelihood ratio of that to no change, of what is invariant under shift and scale (right Haar
prior on mean and variance), is a martingale for every mean and variance, and 1 before s. So is the mean over `looks`
starts, and by Ville's inequality it ever reaches 1 / alpha with probability alpha at most, whenever one stops. Mean and
variance of the reference are unknown, and cost what they must.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.special import t_cdf

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes

SPREAD = 1.0
"""The variance of the change of a model that has changed, in squared standard deviations of a window: g above."""
_MOST = 600.0
"""The greatest logarithm of evidence: beyond it nothing is more certain."""


@dataclass(frozen=True, eq=False, repr=False)
class Evidence:
    """What the rule says of each window of each series, each [series, windows]."""

    evidence: Array
    since: Codes
    """The window from which on the evidence sees a change"""
    change: Array
    """The mean since then less the mean of all before"""
    half_width: Array
    """Of the interval of the change, which holds at all looks and starts together; infinite while too little is known"""


def watch(
    values: Array,
    weights: Array,
    reference: Array,
    reference_weights: Array,
    *,
    bad: Array,
    least: Array,
    looks: int = 52,
    alpha: float = 0.05,
) -> Evidence:
    """Judge windows one after the other.

    Parameters
    ----------
    values, weights
        [series, windows] NaN where there is none.
    reference, reference_weights
        [series, windows of the reference]
    bad
        [series] which side is bad: -1, +1, or 0 for both.
    least
        [series] the least standard deviation that a window is believed to have, in the unit of the values.
    looks
        Over how many looks the error is alpha.
    alpha
        The chance of a false alarm in so many looks.
    """
    n_reference, n = reference.shape[1], values.shape[1]
    weights_all = np.concatenate([reference_weights, weights], axis=1)
    known = ~np.isnan(np.concatenate([reference, values], axis=1))
    weights_all = np.where(known, weights_all, 0.0)
    weight_of_reference = weights_all[:, :n_reference].sum(axis=1, keepdims=True)
    # measured from the mean of the reference, so that nothing cancels
    centre = np.where(known[:, :n_reference], reference * weights_all[:, :n_reference], 0.0).sum(axis=1, keepdims=True)
    centre = centre / np.where(weight_of_reference > 0, weight_of_reference, 1.0)
    x = np.where(known, np.concatenate([reference, values], axis=1) - centre, 0.0)
    counted = known[:, :n_reference].sum(axis=1)  # [series]
    floor = (counted * least**2)[:, None]
    sums = [_cumulated(part) for part in (weights_all, weights_all * x, weights_all * x**2, (weights_all > 0) * 1.0)]
    made = Evidence(
        np.zeros(values.shape), np.zeros(values.shape, np.int64), np.zeros(values.shape), np.full(values.shape, np.inf)
    )
    rows = np.arange(len(values))
    for t in range(n):
        before, end = n_reference + np.arange(t + 1), n_reference + t + 1
        a, sa, qa = (part[:, before] for part in sums[:3])  # [series, starts]
        b, sb, qb = (part[:, end : end + 1] - part[:, before] for part in sums[:3])
        windows = sums[3][:, end : end + 1]
        with np.errstate(all="ignore"):
            difference, precision = sb / b - sa / a, a * b / (a + b)
            inside = np.maximum(qa - sa**2 / a, 0.0) + np.where(b > 0, np.maximum(qb - sb**2 / b, 0.0), 0.0) + floor
            ratio = np.where(b > 0, log_ratio(difference, precision, inside, windows, bad[:, None]), 0.0)
        ratio = np.minimum(np.where(np.isnan(ratio), 0.0, ratio), _MOST)
        at = np.argmax(ratio, axis=1)
        made.evidence[:, t] = np.exp(ratio[rows, at]) / looks
        made.since[:, t], made.change[:, t] = at, difference[rows, at]
        bound = looks / alpha / np.where(bad == 0, 1.0, 2.0)
        made.half_width[:, t] = half_width(precision[rows, at], inside[rows, at], windows[:, 0], bound)
    return made


def _cumulated(values: Any) -> Array:
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def log_ratio(difference: Array, precision: Array, inside: Array, windows: Array, bad: Array) -> Array:
    """Give the logarithm of the likelihood ratio of a change to none [series, starts]; -inf where another start's is greater.

    `difference` is that of the means of both sides, with the precision ``A B / (A + B)``; `inside` are the squares inside both,
    and `windows` the number of windows.
    """
    u = 1 + SPREAD * precision
    squares = precision * difference**2
    with np.errstate(all="ignore"):
        made = -0.5 * np.log(u) + (windows - 1) / 2 * (np.log(inside + squares) - np.log(inside + squares / u))
        made = np.where(inside > 0, made, np.where(difference == 0, -0.5 * np.log(u), np.inf))
        scale = np.sqrt((inside + squares / u) / (windows - 1) * SPREAD / u)
        place = np.where(scale > 0, bad * difference * SPREAD * precision / u / np.where(scale > 0, scale, 1.0), 0.0)
    if not np.any(bad):
        return made
    # one bad side: twice the share of the change that lies there, at least 1 where the change points there and never above 2
    sure = np.where((place > 0) & np.isfinite(made), made, -np.inf).max(axis=1, keepdims=True)
    asked = np.broadcast_to(bad != 0, made.shape) & ~(made + np.log(2) < sure)  # only these can be the greatest of a series
    share = np.full(made.shape, 0.5)
    share[asked] = t_cdf(np.nan_to_num(place[asked]), np.broadcast_to(np.maximum(windows - 1, 1), made.shape)[asked])
    return np.where(bad == 0, made, np.where(asked, made + np.log(2 * np.maximum(share, 1e-300)), -np.inf))


def half_width(precision: Array, inside: Array, windows: Array, bound: Array) -> Array:
    """Give how far from its estimate a change must lie for the ratio against it to reach a bound."""
    u = 1 + SPREAD * precision
    with np.errstate(all="ignore"):
        c = (bound * np.sqrt(u)) ** (2 / (windows - 1))
        return np.where(c < u, np.sqrt((c - 1) / (1 - c / u) * inside / precision), np.inf)
