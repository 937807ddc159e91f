"""Predicted quantiles against the truth: coverage of each level, of intervals, and the histogram of where the truth falls.

Rows come group by group: `lengths` [groups], `truth` [rows], `quantiles` [rows, levels] in the order of increasing levels, NaN
where one is missing, `weight` [rows].

    covered = coverage(lengths, truth, quantiles, weight)            # .share, .weight, .effective: [groups, levels]
    calibration_error(covered.share, levels)                         # [groups]
    interval_coverage(lengths, truth, lower, upper, weight)          # [groups]
    interval_width(lengths, lower, upper, weight)
    share, weight = pit_histogram(lengths, truth, quantiles, weight) # [groups, levels + 1]

Bounds of `.coverage` are `wilson(covered.share, covered.effective, conf_level)` of calibration_bins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import sum_by

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class Coverage:
    """How often truth is at most a quantile, each [groups, levels]; a row without the quantile counts for none of them."""

    share: Array
    weight: Array
    effective: Array
    """how many rows of equal weight are as sure"""


def _sums(lengths: Codes, values: Array) -> Array:
    """Add up [rows, columns] to [groups, columns]."""
    group = np.repeat(np.arange(len(lengths)), lengths)
    return np.stack([sum_by(group, column, len(lengths)) for column in values.T], axis=1)


def _weights(truth: Array, weight: Array | None) -> Array:
    return np.ones(len(truth)) if weight is None else weight


def coverage(lengths: Codes, truth: Array, quantiles: Array, weight: Array | None = None) -> Coverage:
    """Count the rows whose truth is at most the quantile, its own value included."""
    there = ~np.isnan(quantiles) & ~np.isnan(truth)[:, None]  # [rows, levels]
    each = np.where(there, _weights(truth, weight)[:, None], 0.0)
    total = _sums(lengths, each)
    share = ratio(_sums(lengths, each * (truth[:, None] <= quantiles)), total)
    return Coverage(share, total, ratio(total**2, _sums(lengths, each**2)))


def calibration_error(share: Array, levels: Array) -> Array:
    """Average the distances between coverage [groups, levels] and levels; undefined where one is."""
    return np.abs(share - levels).mean(axis=1)  # type: ignore[no-any-return]


def interval_coverage(lengths: Codes, truth: Array, lower: Array, upper: Array, weight: Array | None = None) -> Array:
    """Give the share of rows inside the interval, its ends included; rows without an end are left out."""
    there = ~(np.isnan(lower) | np.isnan(upper) | np.isnan(truth))
    each = np.where(there, _weights(truth, weight), 0.0)
    inside = (lower <= truth) & (truth <= upper)
    found = _sums(lengths, np.stack([each * inside, each], axis=1))
    return ratio(found[:, 0], found[:, 1])


def interval_width(lengths: Codes, lower: Array, upper: Array, weight: Array | None = None) -> Array:
    """Give the mean distance of the ends; rows without an end are left out."""
    width = upper - lower
    each = np.where(np.isnan(width), 0.0, _weights(width, weight))
    found = _sums(lengths, np.stack([each * np.where(each > 0, width, 0.0), each], axis=1))
    return ratio(found[:, 0], found[:, 1])


def pit_histogram(lengths: Codes, truth: Array, quantiles: Array, weight: Array | None = None) -> tuple[Array, Array]:
    """Give the share and the weight of rows between neighbouring quantiles, closed above: [groups, levels + 1].

    Rows with a missing quantile are left out. Where quantiles cross, a row is in the lowest of its bins.
    """
    there = ~(np.isnan(quantiles).any(axis=1) | np.isnan(truth))
    # the first quantile that is not exceeded
    reached = np.concatenate([truth[:, None] <= quantiles, np.ones((len(truth), 1), bool)], axis=1)
    slot = reached.argmax(axis=1)
    each = np.where(there, _weights(truth, weight), 0.0)
    group = np.repeat(np.arange(len(lengths)), lengths)
    size = quantiles.shape[1] + 1
    counts = sum_by(group * size + slot, each, len(lengths) * size).reshape(len(lengths), size)
    return ratio(counts, counts.sum(axis=1, keepdims=True)), counts
