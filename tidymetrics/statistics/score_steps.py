"""Distinct scores of each group from the bottom, with the weight and the truth at each: what bins and smooth curves stand on.

Rows come group by group: `lengths` [groups] says how many each group has, every other vector is [rows]. `truth` is a number
a row, 1 and 0 where it says whether the row is an event. A class of several levels is as many groups as it has levels. Rows
of weight 0 leave before anything is looked at. A group may be empty.

    steps = steps_of_rows(lengths, score, truth, weight)

`group_sums(values, steps)` adds up [steps] to [groups], `sum_by(group, values, size)` anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.layouts import ScoreColumn
from tidymetrics.statistics.rankings import SortChunk, each_chunk

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True, eq=False, repr=False)
class ScoreSteps:
    """The distinct scores of some groups."""

    lengths: Codes
    """[groups] the number of steps"""
    score: Array
    """[steps] increasing inside a group"""
    weight: Array
    """[steps] of all rows with this score: positive"""
    value: Array
    """[steps] the weighted sum of truth: of a 0/1 truth the weight of events"""
    others: Array
    """[steps] `weight` less `value`, added up by itself, so that what is 0 is 0: of a 0/1 truth the weight of the others"""
    squares: Array
    """[steps] the sum of squared weights: of rows without weights their number"""
    spread: Array
    """[steps] the weighted sum of squared distances of truth to its mean at this score"""

    @cached_property
    def group(self) -> Codes:
        """[steps] the group each belongs to."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @cached_property
    def first(self) -> Codes:
        """[groups] the position of the first step; of an empty group that of the next."""
        return np.cumsum(self.lengths) - self.lengths

    @property
    def mean(self) -> Array:
        """[steps] the mean truth."""
        return self.value / self.weight


def sum_by(group: Codes, values: Array, size: int) -> Array:
    """Add up values of the same group to [size]."""
    found: Array = np.bincount(group, values, minlength=size).astype(np.float64, copy=False)
    return found


def group_sums(values: Array, steps: ScoreSteps) -> Array:
    """Add up values [steps] to [groups]."""
    return sum_by(steps.group, values, len(steps.lengths))


def segment_sums(values: Array, starts: Codes) -> Array:
    """Add up runs of values that begin at `starts`, increasing; none is empty."""
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def cumulate(values: Array, lengths: Codes, *, from_top: bool = False) -> Array:
    """Add up the values of a group up to each one, or from each one on: where all of these are 0 the sum is exactly 0."""
    if from_top:
        return cumulate(values[::-1], lengths[::-1])[::-1]
    sums: Array = np.cumsum(values)
    if len(lengths) < 2 or not len(values):
        return sums
    first = np.cumsum(lengths) - lengths
    base = np.concatenate([[0.0], sums])[first]  # [groups] what stood before it
    sums -= np.repeat(base, lengths)
    return sums


def steps_of_rows(lengths: Codes, score: Array, truth: Array | Mask, weight: Array | None = None) -> ScoreSteps:
    """Sort rows by group and score, and add up what has the same score.

    A 0/1 truth is an array of truth values, and is counted faster.
    """
    # rankings sort downward
    column = ScoreColumn(np.asarray(lengths), truth, -np.asarray(score, np.float64), weight)  # type: ignore[arg-type]
    parts = list(each_chunk(column, lambda chunk: _steps_of_chunk(column, chunk)))
    return ScoreSteps(*(np.concatenate([part[i] for part in parts]) for i in range(7)))


def _packed(score: Array, event: Mask) -> tuple[Any, ...] | None:
    """Sort one group's probabilities together with their events, as whole numbers: a third of the time of ranking them.

    The bits of numbers from 0 to below 2 rise as the numbers do, and leave room for one more. None for other scores.
    """
    if not (score.min() >= 0 and score.max() < 2):
        return None
    key = (score + 0.0).view(np.int64) << 1  # a zero may have a sign, which the sum takes away
    key |= event
    key.sort()
    bits = key >> 1
    last = np.flatnonzero(np.append(bits[1:] != bits[:-1], True))
    value = np.diff(np.cumsum(key & 1)[last], prepend=0).astype(np.float64)
    count = np.diff(last, prepend=-1).astype(np.float64)
    others = count - value
    return np.array([len(last)]), bits[last].view(np.float64), count, value, others, count, value * others / count


def _steps_of_chunk(column: ScoreColumn, chunk: SortChunk) -> tuple[Any, ...]:
    if chunk.groups.stop - chunk.groups.start == 1 and column.weight is None and column.truth.dtype == np.bool_:
        given = -column.score[chunk.rows]
        found = _packed(given, column.truth[chunk.rows].astype(np.bool_, copy=False)) if len(given) else None
        if found is not None:
            return found
    ranked = column.sorted(chunk)
    starts = np.concatenate([[0], ranked.last[:-1] + 1]) if len(ranked.last) else np.zeros(0, np.int64)
    count = np.diff(ranked.last, prepend=-1).astype(np.float64)  # [steps] rows
    lengths = np.bincount(ranked.group_of_last, minlength=len(ranked.lengths)).astype(np.int64)
    score = -ranked.scores()
    is_event = column.truth.dtype == np.bool_
    truth = ranked.truth
    if is_event and column.weight is None:
        value = np.diff(np.cumsum(truth)[ranked.last], prepend=0).astype(np.float64)
        others = count - value
        return lengths, score, count, value, others, count, value * others / count
    truth = truth.astype(np.float64)
    weight = np.ones(len(truth)) if ranked.weight is None else ranked.weight
    total, value = segment_sums(weight, starts), segment_sums(weight * truth, starts)
    others = segment_sums(weight * (1.0 - truth), starts)
    if is_event:
        spread = value * others / total
    else:
        away = truth - np.repeat(value / total, count.astype(np.int64))
        spread = segment_sums(weight * away**2, starts)
    return lengths, score, total, value, others, segment_sums(weight * weight, starts), spread
