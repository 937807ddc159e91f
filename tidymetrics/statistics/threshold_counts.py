"""Counts at thresholds, the choice of one, and the net benefit of acting at each. A row is an event if `score >= threshold`.

    counts = counts_at_cuts(slot_sums(..., cuts=thresholds, side="right"))       # [groups, thresholds]
    counts = counts_at_steps(steps)                                              # "all": each distinct score, then Inf
    counts.tables()                                                              # [..., prediction, truth], the event first
    at = choose(lengths, good, sens_spec, meets([...]))                          # [groups] positions, -1 for none
    net_benefit(counts, thresholds, prevalence)

Class metrics read `ConfusionCounts(counts.tables())`: a group for each pair of group and threshold, or step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import cumulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.statistics.score_slots import SlotSums
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array, Codes, Mask

_TIE = 1e-12
"""How far below the best a value is as good."""


@dataclass(frozen=True, eq=False, repr=False)
class ThresholdCounts:
    """The weight of each outcome at thresholds, all of one shape; what is 0 is exactly 0."""

    tp: Array
    fp: Array
    fn: Array
    tn: Array

    def tables(self) -> Array:
        """Give [..., 2, 2], predictions by truth, the event first."""
        cells = np.stack([self.tp, self.fp, self.fn, self.tn], axis=-1)
        return cells.reshape(*cells.shape[:-1], 2, 2)

    @property
    def sens(self) -> Array:
        """The share of events that are found."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def spec(self) -> Array:
        """The share of others that are left alone."""
        return ratio(self.tn, self.tn + self.fp)


@dataclass(frozen=True, eq=False, repr=False)
class StepThresholds:
    """Each distinct score of a group as a threshold, increasing, and then Inf, at which no row is an event."""

    lengths: Codes
    """[groups] the number of thresholds; 0 for a group without rows"""
    threshold: Array
    """[thresholds]"""
    counts: ThresholdCounts
    """[thresholds]"""


def percent_thresholds() -> Array:
    """Give i / 100: the numbers that decimals are, some of which sums of steps miss."""
    return np.arange(101) / 100


def counts_at_cuts(slots: SlotSums) -> ThresholdCounts:
    """Cumulate what lies between thresholds, from both ends, to [groups, thresholds]."""

    def above(values: Array) -> Array:
        return values[:, :0:-1].cumsum(axis=1)[:, ::-1]

    def below(values: Array) -> Array:
        return values[:, :-1].cumsum(axis=1)

    return ThresholdCounts(tp=above(slots.events), fp=above(slots.others), fn=below(slots.events), tn=below(slots.others))


def counts_at_steps(steps: ScoreSteps) -> StepThresholds:
    """Count at each distinct score and beyond the last."""
    lengths = np.where(steps.lengths > 0, steps.lengths + 1, 0)
    # each group's steps and, after them, one place more
    ends = np.cumsum(lengths)[lengths > 0] - 1
    there = np.ones(int(lengths.sum()), bool)
    there[ends] = False

    def spaced(values: Array, last: float) -> Array:
        wide = np.full(len(there), last)
        wide[there] = values
        return wide

    events, others = spaced(steps.value, 0.0), spaced(steps.others, 0.0)
    counts = ThresholdCounts(
        tp=cumulate(events, lengths, from_top=True),
        fp=cumulate(others, lengths, from_top=True),
        fn=_strictly_below(events, lengths),
        tn=_strictly_below(others, lengths),
    )
    return StepThresholds(lengths, spaced(steps.score, np.inf), counts)


def _strictly_below(values: Array, lengths: Codes) -> Array:
    shifted = np.zeros_like(values)
    shifted[1:] = values[:-1]
    shifted[(np.cumsum(lengths) - lengths)[lengths > 0]] = 0.0
    return cumulate(shifted, lengths)


def meets(constraints: Sequence[tuple[Array, str, float]], size: int) -> Mask:
    """Say where all constraints hold, each of values [thresholds], ">=" or "<=", and a bound; what is undefined meets none."""
    met = np.ones(size, bool)
    for value, operator, bound in constraints:
        with np.errstate(invalid="ignore"):
            met &= (value >= bound) if operator == ">=" else (value <= bound)
    return met


def choose(lengths: Codes, good: Array, sens_spec: Array, allowed: Mask | None = None) -> Codes:
    """Choose the best threshold of each group: [groups] positions, -1 where none is allowed or defined.

    Parameters
    ----------
    lengths
        [groups] thresholds of each; the other arrays are [thresholds], group by group, where thresholds increase.
    good
        The metric's values, turned so that more is better. Values within 1e-12 of the best tie.
    sens_spec
        Sensitivity plus specificity: of ties the highest is taken, then the highest threshold. Undefined counts least.
    allowed
        Where the constraints hold.
    """
    group = np.repeat(np.arange(len(lengths)), lengths)
    possible = ~np.isnan(good)
    if allowed is not None:
        possible &= allowed
    for values in (good, np.where(np.isnan(sens_spec), -np.inf, sens_spec)):
        best = np.full(len(lengths), -np.inf)
        np.maximum.at(best, group[possible], values[possible])
        with np.errstate(invalid="ignore"):
            # equal infinities have no difference
            possible &= (values >= best[group] - _TIE) | (values == best[group])
    found = np.full(len(lengths), -1)
    at = np.flatnonzero(possible)
    # thresholds increase, so that the last of a group stands
    found[group[at]] = at
    return found


def averaged_over_folds(values: Array, outer: Codes, n_outer: int) -> Array:
    """Average values [groups and folds, thresholds] to [groups, thresholds]; NaN where a fold is undefined."""
    total = np.zeros((n_outer, values.shape[1]))
    np.add.at(total, outer, values)
    return ratio(total, np.bincount(outer, minlength=n_outer)[:, None].astype(np.float64))


@dataclass(frozen=True, eq=False, repr=False)
class NetBenefit:
    """What acting at thresholds gains, in units of found events per row: each [groups, thresholds]."""

    model: Array
    act_on_all: Array
    avoided: Array
    """interventions avoided per row; NaN at 0"""


def net_benefit(counts: ThresholdCounts, thresholds: Array, prevalence: float | None = None) -> NetBenefit:
    """Subtract the harm of false alarms, worth the odds of the threshold each; thresholds lie in [0, 1)."""
    odds = thresholds / (1 - thresholds)
    events, others = counts.tp + counts.fn, counts.fp + counts.tn
    share = ratio(events, events + others) if prevalence is None else np.full_like(events, prevalence)
    if prevalence is None:
        # by the counts, so that one class alone is no obstacle
        model = ratio(counts.tp, events + others) - ratio(counts.fp, events + others) * odds
    else:
        model = counts.sens * share - (1 - counts.spec) * (1 - share) * odds
    everything = share - (1 - share) * odds
    return NetBenefit(model, everything, ratio(model - everything, np.broadcast_to(odds, model.shape)))
