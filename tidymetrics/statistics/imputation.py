"""Missing quantiles, filled from those that a row has: inside by a monotone spline, outside by a line in the logit.

Rows that have the same number of quantiles are filled together, whichever these are: a row has its own points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

_BLOCK = 100_000
"""Rows that are filled at once."""


def impute(levels: Array, quantiles: Array) -> Array:
    """Fill the missing quantiles of rows.

    Parameters
    ----------
    levels
        [levels], increasing, between 0 and 1.
    quantiles
        [rows, levels], NaN where missing.

    Returns
    -------
    [rows, levels]; rows with fewer than two quantiles stay as they are.
    """
    filled = quantiles.copy()
    counts = (~np.isnan(quantiles)).sum(axis=1)  # [rows]
    for count in range(2, len(levels)):
        alike = np.flatnonzero(counts == count)
        for start in range(0, len(alike), _BLOCK):
            rows = alike[start : start + _BLOCK]
            filled[rows] = _fill(levels, quantiles[rows], count)
    return filled


def _fill(levels: Array, quantiles: Array, n: int) -> Array:
    """Fill rows that have `n` quantiles each: [rows, levels]."""
    known = ~np.isnan(quantiles)
    places = np.argsort(~known, axis=1, kind="stable")  # [rows, levels] the known ones first, each part in order
    at, values = levels[places[:, :n]], np.take_along_axis(quantiles, places[:, :n], 1)  # [rows, known]
    wanted = places[:, n:]  # [rows, missing]
    below = np.take_along_axis(np.cumsum(known, axis=1), wanted, 1) - 1  # the known point below, -1 for none
    inside = (below >= 0) & (below < n - 1)
    made = np.where(inside, _between(at, values, levels[wanted], np.clip(below, 0, n - 2)), np.nan)
    filled = quantiles.copy()
    np.put_along_axis(filled, wanted, made, 1)
    with np.errstate(divide="ignore"):
        place = np.log(levels) - np.log1p(-levels)  # [levels] -inf at 0, inf at 1
    settled = ~np.isnan(filled)
    _extend(filled, place, settled, upward=False)
    _extend(filled, place, settled, upward=True)
    return filled


def _extend(filled: Array, place: Array, settled: Mask, *, upward: bool) -> None:
    """Go on, in place, along the line through the outermost two settled points of each row; a level line stays level."""
    n_rows, n = settled.shape
    order = settled[:, ::-1] if upward else settled
    near = np.argmax(order, axis=1)  # [rows] counted from this end
    far = np.argmax(order & (np.arange(n) > near[:, None]), axis=1)
    if upward:
        near, far = n - 1 - near, n - 1 - far
    rows = np.arange(n_rows)
    start = filled[rows, near][:, None]
    with np.errstate(invalid="ignore"):
        rise = (start - filled[rows, far][:, None]) / (place[near] - place[far])[:, None]
        line = np.where(rise == 0, start, start + rise * (place - place[near][:, None]))  # [rows, levels]
    outside = (np.arange(n) > near[:, None]) if upward else (np.arange(n) < near[:, None])
    np.copyto(filled, line, where=outside)


def _between(at: Array, values: Array, wanted: Array, below: Codes) -> Array:
    """Interpolate between known points: by a spline where they rise or fall throughout, else linearly: [rows, missing]."""
    steps = np.diff(values, axis=1)
    monotone: Mask = np.logical_or((steps >= 0).all(axis=1), (steps <= 0).all(axis=1))  # [rows]
    slopes = _monotone(at, values, _smooth_slopes(at, values))

    def point(of: Array, *, next_one: bool = False) -> Array:
        return np.take_along_axis(of, below + next_one, 1)

    h = point(at, next_one=True) - point(at)  # [rows, missing]
    u = (wanted - point(at)) / h
    low, high = point(values), point(values, next_one=True)
    spline = low * (1 + 2 * u) * (1 - u) ** 2 + point(slopes) * h * u * (1 - u) ** 2
    spline += high * u**2 * (3 - 2 * u) + point(slopes, next_one=True) * h * u**2 * (u - 1)
    return np.where(monotone[:, None], spline, low + u * (high - low))


def _smooth_slopes(at: Array, values: Array) -> Array:
    """Give the slopes at the points of the spline of Forsythe, Malcolm and Moler: [rows, points]."""
    h = np.diff(at, axis=1)  # [rows, points - 1]
    rise = np.diff(values, axis=1) / h
    n = at.shape[1]
    if n == 2:
        return np.repeat(rise, 2, axis=1)
    lower, diagonal, upper, right = (np.zeros_like(values) for _ in range(4))  # [rows, points] the equations of the spline
    diagonal[:, 0], upper[:, 0] = -h[:, 0], h[:, 0]
    lower[:, 1:-1], upper[:, 1:-1] = h[:, :-1], h[:, 1:]
    diagonal[:, 1:-1], right[:, 1:-1] = 2 * (h[:, :-1] + h[:, 1:]), rise[:, 1:] - rise[:, :-1]
    lower[:, -1], diagonal[:, -1] = h[:, -1], -h[:, -1]
    if n > 3:
        right[:, 0] = h[:, 0] ** 2 * _third_difference(at[:, :4], values[:, :4])
        right[:, -1] = -(h[:, -1] ** 2) * _third_difference(at[:, -4:], values[:, -4:])
    g = _solve(lower, diagonal, upper, right)
    slopes = np.empty_like(values)
    slopes[:, :-1] = rise - h * (g[:, 1:] + 2 * g[:, :-1])
    slopes[:, -1] = rise[:, -1] + h[:, -1] * (g[:, -2] + 2 * g[:, -1])
    return slopes


def _solve(lower: Array, diagonal: Array, upper: Array, right: Array) -> Array:
    """Solve a tridiagonal system of equations for each row: [rows, points]."""
    diagonal, right = diagonal.copy(), right.copy()
    n = diagonal.shape[1]
    for i in range(1, n):
        factor = lower[:, i] / diagonal[:, i - 1]
        diagonal[:, i] -= factor * upper[:, i - 1]
        right[:, i] -= factor * right[:, i - 1]
    solved = right / diagonal
    for i in range(n - 2, -1, -1):
        solved[:, i] = (right[:, i] - upper[:, i] * solved[:, i + 1]) / diagonal[:, i]
    return solved


def _third_difference(at: Array, values: Array) -> Array:
    """Give the third divided difference of four points: [rows]."""
    made = values
    for order in (1, 2, 3):
        made = np.diff(made, axis=1) / (at[:, order:] - at[:, :-order])
    return made[:, 0]


def _monotone(at: Array, values: Array, slopes: Array) -> Array:
    """Bound slopes so that the spline rises and falls only where the values do (Hyman, 1983): [rows, points]."""
    rise = np.diff(values, axis=1) / np.diff(at, axis=1)
    left = np.concatenate([rise[:, :1], rise], axis=1)  # [rows, points]
    right = np.concatenate([rise, rise[:, -1:]], axis=1)
    most = 3 * np.minimum(np.abs(left), np.abs(right))
    upward = np.where(left * right > 0, right, slopes) >= 0
    return np.where(upward, np.clip(slopes, 0, most), np.clip(slopes, -most, 0))
