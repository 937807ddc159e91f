"""The derivatives of a formula by the numbers of its statistic, by differences: a changed statistic is one more group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import average

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Codes

_STEP = 1e-4
_MOST = 60_000
"""Groups that a formula is evaluated on at once."""


def scale_of_counts(counts: Array) -> Array:
    """Give the size of a nudge of counts: itself; for a count of 0, which can only grow, a tenth of a row."""
    return np.where(counts > 0, np.maximum(counts, 1e-3), 0.1)


def gradient(
    evaluate: Callable[[Array, Codes], Array],
    numbers: Array,
    scale: Array,
    *,
    counts: bool = False,
    empty: bool = True,
) -> tuple[Array, Array]:
    """Differentiate values by each number.

    Parameters
    ----------
    evaluate
        Takes numbers [copies, K] and of which group each is a copy [copies]; gives values [copies, columns], of one or
        several metrics side by side.
    numbers, scale
        [groups, K], and the size of a nudge of each.
    counts
        Whether a number of 0 can only grow: three-point forward differences, and 0 where the value jumps (an undefined level
        becomes a defined one).
    empty
        Whether the derivatives by counts of 0 are wanted; else they are 0.

    Returns
    -------
    Values [groups, columns], and derivatives [groups, K, columns], 0 where undefined.
    """
    n_groups, k = numbers.shape
    width = max(1, _MOST // (3 * k + 1))
    values, slopes = [], []
    for start in range(0, max(n_groups, 1), width):
        part = slice(start, start + width)
        x, h = numbers[part], _STEP * scale[part]
        base, slope = _by_differences(evaluate, x, h, np.arange(start, start + len(x)), counts=counts, empty=empty)
        values.append(base)
        slopes.append(slope)
    return np.concatenate(values), np.concatenate(slopes)


def _by_differences(
    evaluate: Callable[[Array, Codes], Array], x: Array, h: Array, which: Codes, *, counts: bool, empty: bool
) -> tuple[Array, Array]:
    g, k = x.shape
    edge = (x <= 0) if counts else np.zeros(x.shape, np.bool_)  # [groups, K]
    far = bool(edge.any()) and empty
    moved = np.repeat(x[None], (3 if far else 2) * k + 1, axis=0)  # [variants, groups, K]
    each = np.arange(k)
    moved[1 + each, :, each] += h.T
    moved[1 + k + each, :, each] -= np.where(edge, 0.0, h).T
    if far:
        moved[1 + 2 * k + each, :, each] += np.where(edge, 2 * h, 0.0).T
    with np.errstate(all="ignore"):
        made = evaluate(moved.reshape(-1, k), np.tile(which, len(moved))).reshape(len(moved), g, -1)
        base, up, down = made[0], made[1 : 1 + k], made[1 + k : 1 + 2 * k]
        step, at_edge = h.T[:, :, None], edge.T[:, :, None]  # [K, groups, 1]
        slope = (up - down) / (2 * step)
        if far:
            twice = made[1 + 2 * k :]
            jump = np.abs(twice - up) < 0.5 * np.abs(up - base) - 1e-12
            slope = np.where(at_edge, np.where(jump, 0.0, (4 * up - 3 * base - twice) / (2 * step)), slope)
        else:
            slope = np.where(at_edge, 0.0, slope)
    return base, np.moveaxis(np.where(np.isfinite(slope), slope, 0.0), 0, 1)


# ------------------------------------------------------------------- cells of a table, from numbers that are sums of them


def cells_of_sums(total: Array, correct: Array, predicted: Array, true: Array) -> Array:
    """Give derivatives by each cell [groups, predicted, true], of those by the sums of cells.

    `total` and `correct` are [groups], `predicted` and `true` [groups, levels].
    """
    made = total[:, None, None] + predicted[:, :, None] + true[:, None, :]
    return np.asarray(made + correct[:, None, None] * np.eye(predicted.shape[1]))


def cells_of_event(slopes: Array, position: int) -> Array:
    """Give derivatives by each of four cells [groups, 2, 2], of those by tp, fp, fn, tn [groups, 4] of one event."""
    other = 1 - position
    made = np.empty((len(slopes), 2, 2))
    made[:, position, position], made[:, position, other] = slopes[:, 0], slopes[:, 1]
    made[:, other, position], made[:, other, other] = slopes[:, 2], slopes[:, 3]
    return made


def cells_of_added_events(slopes: Array, n_levels: int) -> Array:
    """Give derivatives by each cell, of those by tp, fp, fn, tn [groups, 4] added up over all levels."""
    tp, fp, fn, tn = slopes.T
    made = np.repeat((fp + fn + (n_levels - 2) * tn)[:, None], n_levels * n_levels, axis=1).reshape(-1, n_levels, n_levels)
    each = np.arange(n_levels)
    made[:, each, each] = (tp + (n_levels - 1) * tn)[:, None]
    return made


def cells_of_each_event(slopes: Array) -> Array:
    """Give derivatives by each cell [groups, predicted, true, levels] of a value for each level, of [groups, 4, levels]."""
    n_groups, _, size = slopes.shape
    tp, fp, fn, tn = np.moveaxis(slopes, 1, 0)  # each [groups, levels]
    made = np.broadcast_to(tn[:, None, None, :], (n_groups, size, size, size)).copy()
    for k in range(size):
        made[:, k, :, k], made[:, :, k, k] = fp[:, k, None], fn[:, k, None]
        made[:, k, k, k] = tp[:, k]
    return made


def cells_of_average(slopes: Array, values: Array, weights: Array | None, undefined: str) -> tuple[Array, Array]:
    """Give the average over levels, and its derivatives by each cell [groups, predicted, true].

    Parameters
    ----------
    slopes, values
        [groups, 4, levels] derivatives by tp, fp, fn, tn of each level, and [groups, levels] values of levels.
    weights
        [groups, levels] true rows of each level, where these are the weights of the average.
    undefined
        As `average` takes it.
    """
    mean = average(values, weights, undefined)
    given = np.ones_like(values) if weights is None else weights
    gone = np.isnan(values)
    kept = np.where(gone, 0.0, given)
    share = kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-300)
    tp, fp, fn, tn = np.moveaxis(slopes * share[:, None, :], 1, 0)
    rest = tn.sum(axis=1)
    made = (fp - tn)[:, :, None] + (fn - tn)[:, None, :] + rest[:, None, None]
    each = np.arange(values.shape[1])
    made[:, each, each] = tp - tn + rest[:, None]
    if weights is not None:
        total = np.maximum(kept.sum(axis=1, keepdims=True), 1e-300)
        made += np.where(gone, 0.0, (np.nan_to_num(values) - mean[:, None]) / total)[:, None, :]
    return mean, np.nan_to_num(made)
