"""Royston's measure of explained variation: a Cox model of the normal scores of a linear predictor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tidymetrics.errors import WeightError
from tidymetrics.statistics.concordance import Subjects
from tidymetrics.statistics.ties import number_times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Aggregate, Reductions
    from tidymetrics.typing import Array, Codes, Mask

_MOST_COPIES = 50_000_000
_ROUNDS = 20
_CLOSE = 1e-9
"""How little, as a share, the log-likelihood may still change at the end of the fit."""


@dataclass(frozen=True, eq=False, repr=False)
class CoxSlope:
    """The coefficient of a Cox model whose one covariate is the normal scores of the estimate."""

    needs: ClassVar[tuple[Any, ...]] = (Subjects,)

    slope: Array
    """[groups]; NaN where nothing can be fitted"""

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give nothing: the rows are needed."""
        return {}

    @classmethod
    def reduce(cls, reductions: Reductions) -> CoxSlope:
        """Fit a model to each group."""
        rows = reductions.get(Subjects)
        times = number_times(rows.lengths, rows.time)  # [rows]
        ends = np.cumsum(rows.lengths)
        copies = np.trunc(rows.weight)  # [rows]
        if copies.sum() > _MOST_COPIES:
            raise WeightError(
                f"royston_survival: a weight stands for as many copies of a row as its whole part says, and {copies.sum():.3g} "
                f"copies are more than {_MOST_COPIES:,}; divide the weights by a common factor."
            )
        slopes = []
        for end, n in zip(ends, rows.lengths, strict=True):
            of_group = np.arange(end - n, end)[copies[end - n : end] > 0]
            slopes.append(_slope(*(a[of_group] for a in (times, rows.event == 1, rows.estimate, rows.weight, copies))))
        return cls(np.array(slopes, np.float64))


def _slope(times: Codes, event: Mask, estimate: Array, weight: Array, copies: Array) -> float:
    """Fit the model of one group, each [rows]; NaN without events, or if no event has others at risk with another score."""
    if not event.any():
        return np.nan
    scores = normal_scores(estimate, copies.astype(np.int64))
    at_risk = scores[times >= times[event].min()]
    if at_risk.min() == at_risk.max():
        return np.nan
    return fit_cox(times, event, scores, weight)


def normal_scores(estimate: Array, copies: Codes) -> Array:
    """Give the mean normal score of each row's copies and their ties: [rows].

    Rank r of n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution.
    """
    values, value_of = np.unique(estimate, return_inverse=True)
    value_of = value_of.reshape(-1)
    n_copies = np.bincount(value_of, copies, minlength=len(values)).astype(np.int64)  # [values]
    n = int(n_copies.sum())
    from statistics import NormalDist  # noqa: PLC0415  # slow to import, and seldom needed

    inverse = NormalDist().inv_cdf
    # the scores are odd about the middle, so that the lower half gives them all
    lower = np.array([inverse((rank - 0.375) / (n + 0.25)) for rank in range(1, n // 2 + 1)])
    scores = np.concatenate([lower, [0.0] * (n % 2), -lower[::-1]])  # [copies] by rank
    ends = np.cumsum(n_copies)
    means: Array = np.add.reduceat(scores, ends - n_copies) / n_copies  # [values]
    return means[value_of]


@dataclass(frozen=True, eq=False, repr=False)
class _RiskSets:
    """The rows of one group by decreasing time, and the events of which the likelihood is made."""

    scores: Array
    """[rows]"""
    weight: Array
    """[rows]"""
    dies: Mask
    """[rows]"""
    last: Codes
    """[events] the last row of those at risk at an event's time"""
    first_of_time: Codes
    """[events] the first row of the event's time"""
    earlier: Array
    """[events] for its k-th event at a time with d of them, (k - 1) / d: the share of them that has left (Efron)"""
    share: Array
    """[events] the mean weight of the events at its time"""


def _risk_sets(times: Codes, event: Mask, scores: Array, weight: Array) -> _RiskSets:
    order = np.lexsort((~event, -times))
    times, event, scores, weight = times[order], event[order], scores[order], weight[order]
    events = np.flatnonzero(event)
    distinct, index, deaths = np.unique(-times[events], return_inverse=True, return_counts=True)
    index = index.reshape(-1)
    starts = np.searchsorted(-times, distinct, side="left")  # [distinct times] the first row of each
    ends = np.searchsorted(-times, distinct, side="right")
    kth = np.arange(len(events)) - (np.cumsum(deaths) - deaths)[index]
    mean_weight = np.bincount(index, weight[events]) / deaths
    return _RiskSets(scores, weight, event, ends[index] - 1, starts[index], kth / deaths[index], mean_weight[index])


def fit_cox(times: Codes, event: Mask, scores: Array, weight: Array) -> float:
    """Fit a Cox model with one covariate by Newton's method, ties by Efron's.

    The rounds begin, end and step back as those of R's survival package do, so that a fit which does not converge (because
    the scores separate the events perfectly) gives the same value.
    """
    sets = _risk_sets(times, event, scores, weight)
    loglik, gradient, information = _likelihood(sets, 0.0)
    beta, old, halvings = gradient / information, 0.0, 0
    for _ in range(_ROUNDS):
        new, gradient, information = _likelihood(sets, beta)
        if abs(1 - loglik / new) <= _CLOSE and halvings == 0:
            break
        if not new >= loglik:
            halvings += 1
            beta = (beta + halvings * old) / (halvings + 1)
        else:
            halvings, loglik, old = 0, new, beta
            beta += gradient / information
    return float(beta)


def _likelihood(sets: _RiskSets, beta: float) -> tuple[float, float, float]:
    """Give the log-likelihood, its slope and minus its curvature."""
    x = sets.scores
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        risk = sets.weight * np.exp(beta * x)  # [rows]
        moments = []
        for power in (0, 1, 2):
            value = risk * x**power
            at_risk = np.cumsum(value)[sets.last]
            dying = np.concatenate([[0.0], np.cumsum(np.where(sets.dies, value, 0.0))])
            of_time = dying[sets.last + 1] - dying[sets.first_of_time]
            moments.append(at_risk - sets.earlier * of_time)  # [events]
        total, first, second = moments
        mean = first / total
        chosen = sets.dies * sets.weight
        return (
            float((beta * chosen * x).sum() - (sets.share * np.log(total)).sum()),
            float((chosen * x).sum() - (sets.share * mean).sum()),
            float((sets.share * (second / total - mean**2)).sum()),
        )
