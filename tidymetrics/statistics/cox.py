"""Cox models with one covariate, of many groups at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

_ROUNDS = 20
_CLOSE = 1e-9
"""How little, as a share, the log-likelihood may still change at the end of a fit."""


@dataclass(frozen=True, eq=False, repr=False)
class _RiskSets:
    """Groups of about one size, each [groups, places]: rows by decreasing time, and places of weight 0 after them."""

    covariate: Array
    weight: Array
    event: Mask
    last: Codes
    """Of an event, the place of the last row that was at risk at its time."""
    first: Codes
    """Of an event, the place of the first row of its time."""
    earlier: Array
    """Of the k-th event at a time with d of them, (k - 1) / d: the share of them that has left the risk set (Efron)."""
    share: Array
    """Of an event, the mean weight of those at its time; 0 of other rows."""


def fit_cox(group: Codes, n_groups: int, times: Codes, event: Mask, covariate: Array, weight: Array) -> Array:
    """Fit the model of each group by Newton's method, ties by Efron's.

    The rounds begin, end and step back as those of R's survival package do, so that a fit which does not converge (because
    the covariate separates the events perfectly) gives the same value.

    Parameters
    ----------
    group, times, event, covariate, weight
        [rows]; times are numbered, equal ones alike.
    n_groups
        How many groups there are.

    Returns
    -------
    [groups]; NaN without events, or where no event has others at risk with another value.
    """
    order = np.lexsort((~event, -times, group))
    group, times, event = group[order], times[order], event[order]
    covariate, weight = covariate[order], weight[order]
    lengths = np.bincount(group, minlength=n_groups)
    starts = np.cumsum(lengths) - lengths
    slopes = np.full(n_groups, np.nan)
    # groups within a factor of two in size share arrays: sums of one group then never meet those of another
    size_class = np.ceil(np.log2(np.maximum(lengths, 1))).astype(np.int64)
    for size in np.unique(size_class[lengths > 0]):
        chosen = np.flatnonzero((size_class == size) & (lengths > 0))
        place = np.arange(lengths[chosen].max())  # [places]
        there = place < lengths[chosen][:, None]  # [groups, places]
        at = np.where(there, starts[chosen][:, None] + place, 0)
        sets = _risk_sets(
            np.where(there, times[at], -1), there & event[at], np.where(there, covariate[at], 0.0), weight[at] * there
        )
        slopes[chosen] = np.where(_informative(sets), _newton(sets), np.nan)
    return slopes


def _risk_sets(times: Codes, event: Mask, covariate: Array, weight: Array) -> _RiskSets:
    """Find the places of each row's time: arrays [groups, places] by decreasing time, events first at each."""
    n_places = times.shape[1]
    place = np.broadcast_to(np.arange(n_places), times.shape)
    changes = np.ones_like(event)
    changes[:, 1:] = times[:, 1:] != times[:, :-1]
    first = np.maximum.accumulate(np.where(changes, place, 0), axis=1)
    ends = np.ones_like(event)
    ends[:, :-1] = changes[:, 1:]
    last = np.minimum.accumulate(np.where(ends, place, n_places)[:, ::-1], axis=1)[:, ::-1]
    deaths = _of_time(event.astype(np.float64), first, last)
    with np.errstate(invalid="ignore", divide="ignore"):
        earlier = np.where(event, (place - first) / deaths, 0.0)
        share = np.where(event, _of_time(event * weight, first, last) / deaths, 0.0)
    return _RiskSets(covariate, weight, event, last, first, earlier, share)


def _of_time(values: Array, first: Codes, last: Codes) -> Array:
    """Add up the values of each row's time: [groups, places]."""
    so_far = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    added: Array = np.take_along_axis(so_far, last + 1, 1) - np.take_along_axis(so_far, first, 1)
    return added


def _informative(sets: _RiskSets) -> Mask:
    """Tell which groups have an event with others at risk that have another value: [groups].

    Risk sets are nested, so that the one of the earliest event holds all others.
    """
    reach = np.where(sets.event, sets.last, -1).max(axis=1, keepdims=True)
    at_risk = np.arange(sets.event.shape[1]) <= reach
    least = np.where(at_risk, sets.covariate, np.inf).min(axis=1)
    greatest = np.where(at_risk, sets.covariate, -np.inf).max(axis=1)
    informative: Mask = (reach[:, 0] >= 0) & (least < greatest)
    return informative


def _newton(sets: _RiskSets) -> Array:
    """Climb the likelihood of each group from 0: the coefficients [groups]."""
    n = len(sets.event)
    with np.errstate(all="ignore"):  # perfect separation ends in overflow, and a group without information in 0/0
        best, gradient, information = _likelihood(sets, np.zeros(n))
        beta = np.where(information > 0, gradient / information, 0.0)
        old, halvings, climbing = np.zeros(n), np.zeros(n), np.ones(n, bool)
        for _ in range(_ROUNDS):
            new, gradient, information = _likelihood(sets, beta)
            climbing &= ~((np.abs(1 - best / new) <= _CLOSE) & (halvings == 0))
            if not climbing.any():
                break
            back = climbing & ~(new >= best)
            on = climbing & (new >= best)
            halvings = np.where(back, halvings + 1, np.where(on, 0, halvings))
            step = np.where(information > 0, gradient / information, 0.0)
            best, old, beta = (
                np.where(on, new, best),
                np.where(on, beta, old),
                np.where(on, beta + step, np.where(back, (beta + halvings * old) / (halvings + 1), beta)),
            )
    return beta


def _likelihood(sets: _RiskSets, beta: Array) -> tuple[Array, Array, Array]:
    """Give the log-likelihood, its slope and minus its curvature: each [groups]."""
    x, chosen = sets.covariate, sets.event * sets.weight
    power = beta[:, None] * x
    shift = np.where(sets.weight > 0, power, -np.inf).max(axis=1, keepdims=True)  # keeps the greatest risk at 1
    risk = sets.weight * np.exp(power - shift)
    moments = []
    for value in (risk, risk * x, risk * x * x):
        at_risk = np.take_along_axis(np.cumsum(value, axis=1), sets.last, 1)
        moments.append(at_risk - sets.earlier * _of_time(np.where(sets.event, value, 0.0), sets.first, sets.last))
    total, first, second = (np.where(sets.event, moment, 1.0) for moment in moments)
    mean = first / total
    return (
        (chosen * power).sum(axis=1) - (sets.share * (np.log(total) + np.where(sets.event, shift, 0.0))).sum(axis=1),
        (chosen * x).sum(axis=1) - (sets.share * mean).sum(axis=1),
        (sets.share * (second / total - mean**2)).sum(axis=1),
    )
