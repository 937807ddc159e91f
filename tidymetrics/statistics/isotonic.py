"""Isotonic fits of truth to scores, and the decomposition of a mean score that stands on them.

    blocks = fit_isotonic(steps)                   # [blocks], inside a group of strictly increasing `mean`
    parts = decompose(steps, blocks)               # squared error: of a 0/1 truth the Brier score
    parts = decompose(steps, blocks, "log_loss")   # of a 0/1 truth alone
    parts.miscalibration, parts.discrimination, parts.uncertainty    # each [groups]

The multiclass Brier score of K levels, each a group here, is half the sum over levels of each part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import group_sums, segment_sums, sum_by

if TYPE_CHECKING:
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array, Codes, Mask

_EPSILON = float(np.finfo(np.float64).eps)
"""How far a probability is kept from 0 and 1 by the log loss: as in mn_log_loss."""

_WORTH_A_ROUND = 0.1
"""The share of blocks that a round over all of them must take away."""


@dataclass(frozen=True, eq=False, repr=False)
class IsotonicBlocks:
    """Consecutive scores that are given one value."""

    lengths: Codes
    """[groups] the number of blocks"""
    start: Codes
    """[blocks] the position of the first step"""
    size: Codes
    """[blocks] the number of steps"""
    weight: Array
    """[blocks]"""
    value: Array
    """[blocks] the weighted sum of truth"""
    others: Array
    """[blocks] the weight of the others, for a 0/1 truth"""

    @property
    def mean(self) -> Array:
        """[blocks] the fitted value."""
        return self.value / self.weight

    @property
    def fitted(self) -> Array:
        """[steps] the fitted value."""
        return np.repeat(self.mean, self.size)


@dataclass(frozen=True, eq=False, repr=False)
class Decomposition:
    """Mean scores of predictions, of the isotonic fit and of the base rate, each [groups]; less is better."""

    given: Array
    recalibrated: Array
    base: Array

    @property
    def miscalibration(self) -> Array:
        """What the isotonic fit gains, never below 0."""
        return np.maximum(self.given - self.recalibrated, 0.0)

    @property
    def discrimination(self) -> Array:
        """What the isotonic fit gains over the base rate, never below 0."""
        return np.maximum(self.base - self.recalibrated, 0.0)

    @property
    def uncertainty(self) -> Array:
        """The score of the base rate."""
        return self.base


def fit_isotonic(steps: ScoreSteps) -> IsotonicBlocks:
    """Pool neighbours while the values do not increase (pool adjacent violators), all groups at once.

    Each round merges every maximal run of violators. Once few blocks go in a round, a stack finishes the rest.
    """
    group = steps.group
    start, value, weight = np.arange(len(group)), steps.value, steps.weight
    while True:
        violates = _violators(group[start], value, weight)
        gone = int(violates.sum())
        if not gone:
            break
        if gone < _WORTH_A_ROUND * len(start):
            keep = _finish(violates, group[start], value, weight)
        else:
            keep = np.flatnonzero(np.concatenate([[True], ~violates]))
        start, value, weight = start[keep], segment_sums(value, keep), segment_sums(weight, keep)
    return IsotonicBlocks(
        lengths=np.bincount(group[start], minlength=len(steps.lengths)),
        start=start,
        size=np.diff(start, append=len(group)),
        weight=weight,
        value=value,
        others=segment_sums(steps.others, start),
    )


def _violators(group: Codes, value: Array, weight: Array) -> Mask:
    """Mark the neighbours of one group that do not increase: [blocks - 1]."""
    return (group[1:] == group[:-1]) & (value[:-1] * weight[1:] >= value[1:] * weight[:-1])  # type: ignore[no-any-return]


def _finish(violates: Mask, group: Codes, value: Array, weight: Array) -> Codes:
    """Pool to the end, and give the blocks that begin one.

    From each violator the merging goes backward as far as it must, then forward; blocks that nothing reaches are not touched.
    """
    n = len(value)
    values, weights = value.tolist(), weight.tolist()
    group_of, left, right = group.tolist(), np.arange(-1, n - 1).tolist(), np.arange(1, n + 1).tolist()
    alive = np.ones(n, bool)

    def pooled(i: int, j: int) -> bool:
        return group_of[i] == group_of[j] and bool(values[i] * weights[j] >= values[j] * weights[i])

    for at in np.flatnonzero(violates).tolist():
        i = at
        if not alive[i]:
            continue
        while True:
            j = right[i]
            if j < n and pooled(i, j):
                head, tail = i, j
            elif left[i] >= 0 and pooled(left[i], i):
                head, tail = left[i], i
            else:
                break
            values[head] += values[tail]
            weights[head] += weights[tail]
            alive[tail] = False
            right[head] = right[tail]
            if right[tail] < n:
                left[right[tail]] = head
            i = head
    return np.flatnonzero(alive)


def decompose(steps: ScoreSteps, blocks: IsotonicBlocks, score: str = "brier") -> Decomposition:
    """Give the mean scores; NaN for a group without weight."""
    weight, value, others = (group_sums(v, steps) for v in (steps.weight, steps.value, steps.others))
    base = ratio(value, weight)  # [groups]
    of_block = np.repeat(np.arange(len(blocks.lengths)), blocks.lengths)  # [blocks] group
    if score == "log_loss":
        given = _log_loss(steps.value, steps.others, np.clip(steps.score, _EPSILON, 1 - _EPSILON))
        pooled = sum_by(of_block, _log_loss(blocks.value, blocks.others, blocks.mean), len(weight))
        return Decomposition(
            ratio(group_sums(given, steps), weight), ratio(pooled, weight), ratio(_log_loss(value, others, base), weight)
        )

    mean, within = steps.mean, group_sums(steps.spread, steps)

    def squares(fitted: Array) -> Array:
        return within + group_sums(steps.weight * (mean - fitted) ** 2, steps)

    pooled = squares(blocks.fitted)
    # blocks are few, and what lies inside them does not depend on where they are
    between = sum_by(of_block, blocks.weight * (blocks.mean - base[of_block]) ** 2, len(weight))
    return Decomposition(ratio(squares(steps.score), weight), ratio(pooled, weight), ratio(pooled + between, weight))


def _log_loss(events: Array, others: Array, probability: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        of_events = np.where(events > 0, -events * np.log(probability), 0.0)
        return of_events + np.where(others > 0, -others * np.log1p(-probability), 0.0)
