"""Bins of a calibration curve: which rows are in each, their means, and the interval of each.

    edges = uniform_edges(n_bins)                                                # 0, 1/B, ..., 1
    bins = bins_of_slots(slot_sums(..., cuts=edges[1:-1], side="left"), edges)   # uniform and given edges: no sort
    bins = bins_of_steps(steps, n_bins)                                          # quantile: ties in one bin
    bins = bins_of_blocks(steps, fit_isotonic(steps))                            # isotonic
    bins = numeric_bins(steps, n_bins, "uniform" | "quantile")                   # of numeric predictions
    lower, upper = wilson(bins.observed, bins.effective, conf_level)             # [bins]; wilson_cc: R's prop.test

A bin without weight is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import segment_sums

if TYPE_CHECKING:
    from tidymetrics.statistics.isotonic import IsotonicBlocks
    from tidymetrics.statistics.score_slots import SlotSums
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array, Codes

_ROUNDING = 1e-12
"""How near below a border of bins a share of the weight counts as on it."""


@dataclass(frozen=True, eq=False, repr=False)
class Bins:
    """The bins with weight, each array [bins], group by group and inside a group from the lowest."""

    n_groups: int
    group: Codes
    number: Codes
    """1 is the lowest bin"""
    lower: Array
    upper: Array
    weight: Array
    value: Array
    """the weighted sum of truth: `.n_events` of a 0/1 truth"""
    score_sum: Array
    squares: Array
    """the sum of squared weights"""
    spread: Array
    """the weighted sum of squared distances of truth to its mean in the bin"""

    @property
    def predicted(self) -> Array:
        """The mean score."""
        return self.score_sum / self.weight

    @property
    def observed(self) -> Array:
        """The mean truth."""
        return self.value / self.weight

    @property
    def effective(self) -> Array:
        """How many rows of equal weight are as sure."""
        return self.weight**2 / self.squares


def uniform_edges(n_bins: int) -> Array:
    """Give the quotients b / B: no sums of steps, which miss decimals that lie on an edge."""
    return np.arange(n_bins + 1) / n_bins


def bins_of_slots(slots: SlotSums, edges: Array) -> Bins:
    """Make bins of sums between the inner edges, closed above; the first is closed below too."""
    weight = slots.weight  # [groups, bins]
    group, slot = np.nonzero(weight)
    events, total = slots.events[group, slot], weight[group, slot]
    return Bins(
        n_groups=len(weight),
        group=group,
        number=slot + 1,
        lower=edges[slot],
        upper=edges[slot + 1],
        weight=total,
        value=events,
        score_sum=slots.score_sum[group, slot],
        squares=slots.squares[group, slot],
        spread=events * slots.others[group, slot] / total,
    )


def quantile_bin(steps: ScoreSteps, n_bins: int) -> Codes:
    """Give the bin [steps] that the share of weight strictly below a score falls in, counted from 0.

    As numpy's quantile with `method="inverted_cdf"`: ties are never divided, and a weight of 2 is the row twice.
    """
    sums = np.cumsum(steps.weight)
    ends = steps.first + steps.lengths
    before = np.concatenate([[0.0], sums])
    base = before[steps.first]  # [groups]
    total = before[ends] - base
    group = steps.group
    below = before[:-1] - base[group]  # [steps]
    place = np.floor(n_bins * below / total[group] * (1 + _ROUNDING) + _ROUNDING)
    numbers: Codes = np.minimum(place, n_bins - 1).astype(np.int64)
    return numbers


def bins_of_steps(steps: ScoreSteps, n_bins: int) -> Bins:
    """Make quantile bins."""
    return _of_runs(steps, quantile_bin(steps, n_bins))


def bins_of_blocks(steps: ScoreSteps, blocks: IsotonicBlocks) -> Bins:
    """Make a bin of each block of an isotonic fit."""
    first = np.cumsum(blocks.lengths) - blocks.lengths
    number = np.arange(len(blocks.start)) - np.repeat(first, blocks.lengths)
    return _of_runs(steps, np.repeat(number, blocks.size))


def numeric_bins(steps: ScoreSteps, n_bins: int, strategy: str) -> Bins:
    """Make bins of numeric predictions: of equal weight, or of equal width between a group's least and greatest."""
    if strategy != "uniform":
        return bins_of_steps(steps, n_bins)
    group = steps.group
    some = steps.lengths > 0
    low, high = np.zeros(len(some)), np.zeros(len(some))
    low[some] = steps.score[steps.first[some]]
    high[some] = steps.score[(steps.first + steps.lengths - 1)[some]]
    inner = np.arange(1, n_bins) / n_bins
    edges = low[:, None] + (high - low)[:, None] * inner  # [groups, bins - 1]
    place = np.zeros(len(group), np.int64)
    for edge in edges.T:
        place += steps.score > edge[group]
    bins = _of_runs(steps, place)
    borders = np.concatenate([low[:, None], edges, high[:, None]], axis=1)  # [groups, bins + 1]
    return Bins(
        **{
            **vars(bins),
            "lower": borders[bins.group, bins.number - 1],
            "upper": np.where(bins.number == n_bins, high[bins.group], borders[bins.group, bins.number]),
        }
    )


def _of_runs(steps: ScoreSteps, place: Codes) -> Bins:
    """Make a bin of each run of steps of one place; its ends are the least and the greatest score inside."""
    group = steps.group
    begins = np.ones(len(group), bool)
    begins[1:] = (group[1:] != group[:-1]) | (place[1:] != place[:-1])
    start = np.flatnonzero(begins)
    size = np.diff(start, append=len(group))
    weight, value = segment_sums(steps.weight, start), segment_sums(steps.value, start)
    away = steps.mean - np.repeat(value / weight, size)
    return Bins(
        n_groups=len(steps.lengths),
        group=group[start],
        number=place[start] + 1,
        lower=steps.score[start],
        upper=steps.score[start + size - 1],
        weight=weight,
        value=value,
        score_sum=segment_sums(steps.weight * steps.score, start),
        squares=segment_sums(steps.squares, start),
        spread=segment_sums(steps.spread + steps.weight * away**2, start),
    )


def normal_quantile(conf_level: float) -> float:
    """Give how many standard errors an interval of this level reaches to each side."""
    return NormalDist().inv_cdf((1 + conf_level) / 2)


def wilson(share: Array, n: Array, conf_level: float) -> tuple[Array, Array]:
    """Give Wilson's interval of shares of n rows."""
    z = normal_quantile(conf_level)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = share + z**2 / (2 * n)
        reach = z * np.sqrt(np.maximum(share * (1 - share), 0.0) / n + z**2 / (4 * n**2))
        size = 1 + z**2 / n
        return np.clip((middle - reach) / size, 0, 1), np.clip((middle + reach) / size, 0, 1)


def wilson_cc(share: Array, n: Array, conf_level: float) -> tuple[Array, Array]:
    """Give Wilson's interval with a correction for continuity: that of R's prop.test."""
    z = normal_quantile(conf_level)
    v = z**2 / (2 * n)
    c = np.minimum(0.5, np.abs(share * n - n / 2)) / n
    above, below = np.minimum(share + c, 1.0), np.maximum(share - c, 0.0)

    def end(u: Array, sign: int) -> Array:
        return (u + v + sign * z * np.sqrt(u * (1 - u) / n + v / (2 * n))) / (1 + 2 * v)

    lower = np.where(below <= 0, 0.0, end(below, -1))
    upper = np.where(above >= 1, 1.0, end(above, 1))
    return lower, upper


def mean_interval(bins: Bins, conf_level: float) -> tuple[Array, Array]:
    """Give the normal interval of each bin's mean truth; NaN where one row says nothing of its spread."""
    n = bins.effective
    variance = ratio(bins.spread / bins.weight * n, np.where(n > 1 + _ROUNDING, n - 1, 0.0))
    reach = normal_quantile(conf_level) * np.sqrt(variance / n)
    return bins.observed - reach, bins.observed + reach
