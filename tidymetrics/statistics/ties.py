"""Times that differ by rounding alone, as one time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes

_TOLERANCE = 1.4901161193847656e-08
"""The square root of a double's precision: the gap, plain or as a share of the mean time, below which times are one."""


def number_times(lengths: Codes, time: Array) -> Codes:
    """Number the distinct times of each group in increasing order.

    Parameters
    ----------
    lengths
        [groups] rows of each.
    time
        [rows], group by group.

    Returns
    -------
    [rows]; numbers go on from one group to the next.
    """
    group = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((time, group))
    ranked, of = time[order], group[order]
    first = np.diff(of, prepend=-1) > 0
    gap = np.diff(ranked, prepend=0.0)
    distinct = first | (gap > 0)
    n = np.maximum(np.bincount(of[distinct], minlength=len(lengths)), 1)
    mean = np.bincount(of[distinct], ranked[distinct], minlength=len(lengths)) / n  # [groups] of distinct times
    with np.errstate(divide="ignore", invalid="ignore"):
        tied = (gap <= _TOLERANCE) | (gap / mean[of] <= _TOLERANCE)
    number = np.empty(len(time), np.int64)
    number[order] = np.cumsum(first | ~tied) - 1
    return number
