"""Ratios that may not exist, and sums that leave one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array


_FEW = 16
"""Up to this many values, one addition at a time of all groups is faster than one cumulated sum for each group."""


def ratio(numerator: Array, denominator: Array) -> Array:
    """Divide; NaN, undefined, where the denominator is not positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def leave_one_out(values: Array, axis: int = -1, *, whole: bool = False) -> Array:
    """Sum all values along an axis but the one at hand.

    By adding alone, so that what should be 0 is 0 without dust; whole numbers have none, and are subtracted from their sum.
    """
    if whole:
        total: Array = values.sum(axis=axis, keepdims=True)
        return total - values
    values = np.moveaxis(values, axis, 0)
    rest = np.zeros_like(values)  # [levels, ...]
    if len(values) > _FEW:
        rest[1:] += np.cumsum(values[:-1], axis=0)
        rest[:-1] += np.cumsum(values[:0:-1], axis=0)[::-1]
        return np.moveaxis(rest, 0, axis)
    before, after = np.zeros_like(values[0]), np.zeros_like(values[0])
    for i in range(1, len(values)):
        before = before + values[i - 1]
        after = after + values[-i]
        rest[i] += before
        rest[-i - 1] += after
    return np.moveaxis(rest, 0, axis)


def diagonal(table: Array) -> Array:
    """Give the diagonal [..., levels] of [..., levels, levels]."""
    return np.diagonal(table, axis1=-2, axis2=-1)


def average(values: Array, weights: Array | None, undefined: str) -> Array:
    """Average [groups, levels] over levels.

    Levels without weight do not count. An undefined value leaves the average under `undefined="drop"`, and makes it
    undefined under `"keep"`.
    """
    share = np.ones_like(values) if weights is None else np.broadcast_to(weights, values.shape)
    gone = np.isnan(values) & (undefined == "drop")
    share = np.where(gone, 0.0, share)
    total: Any = share.sum(axis=1)
    kept = np.where(share > 0, values, 0.0)
    return ratio((share * kept).sum(axis=1), total)
