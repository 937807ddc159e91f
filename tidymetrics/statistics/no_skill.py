"""What no skill scores: the tables, shares and numbers that a constant prediction has, for any formula to read.

expected_table(true, "most_frequent" | "stratified" | "uniform")   # [groups, prediction, truth] from [groups, levels]
constant_shares(true, "prior" | "uniform")                         # [groups, levels]: the probabilities of each row
constant_number(lengths, truth, weight, "mean" | "median")         # [groups]: the prediction of each row
skill(value, base, perfect)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import sum_by

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


def expected_table(true: Array, baseline: str) -> Array:
    """Give the counts that are expected of a prediction that knows the levels' weights [groups, levels] alone."""
    if baseline == "most_frequent":
        share = np.zeros_like(true, dtype=np.float64)
        np.put_along_axis(share, true.argmax(axis=1)[:, None], 1.0, axis=1)
    elif baseline == "stratified":
        share = constant_shares(true, "prior")
    else:
        share = constant_shares(true, "uniform")
    return share[:, :, None] * true[:, None, :]


def constant_shares(true: Array, baseline: str) -> Array:
    """Give the probabilities [groups, levels] of a prediction that knows the levels' weights alone; NaN without weight."""
    if baseline == "uniform":
        return np.full(true.shape, 1.0 / true.shape[1])
    return ratio(true, true.sum(axis=1, keepdims=True))


def constant_number(lengths: Codes, truth: Array, weight: Array | None, baseline: str) -> Array:
    """Give the weighted mean of each group's truth, or its median, in which weights say only which rows are there."""
    size = len(lengths)
    group = np.repeat(np.arange(size), lengths)
    each = np.ones(len(truth)) if weight is None else weight
    if baseline == "mean":
        return ratio(sum_by(group, each * truth, size), sum_by(group, each, size))
    there = each > 0
    order = np.lexsort((truth[there], group[there]))
    ranked = truth[there][order]
    count = np.bincount(group[there], minlength=size)
    first = np.cumsum(count) - count
    found = np.full(size, np.nan)
    some = count > 0
    low, high = (first + (count - 1) // 2)[some], (first + count // 2)[some]
    found[some] = ranked[low] / 2 + ranked[high] / 2
    return found


def skill(value: Array, base: Array, perfect: float) -> Array:
    """Give how much of the way from the baseline to perfect a value has come; undefined where there is no way to go."""
    way = perfect - base
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(way != 0, (value - base) / way, np.nan)
