"""Missing quantiles, filled from those that a row has: inside by a monotone spline, outside by a line in the logit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Mask


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
    there = ~np.isnan(quantiles)
    patterns, pattern_of = np.unique(there, axis=0, return_inverse=True)
    for i, known in enumerate(patterns):
        if known.sum() >= 2 and not known.all():
            rows = np.flatnonzero(pattern_of.reshape(-1) == i)
            filled[rows] = _fill(levels, quantiles[rows], known)
    return filled


def _fill(levels: Array, quantiles: Array, known: Mask) -> Array:
    """Fill rows that lack the same quantiles: [rows, levels]."""
    filled = quantiles.copy()
    at, values = levels[known], quantiles[:, known]  # [known], [rows, known]
    places = np.flatnonzero(known)
    inside = ~known & (levels > at[0]) & (levels < at[-1])
    if inside.any():
        steps = np.diff(values, axis=1)
        monotone = (steps >= 0).all(axis=1) | (steps <= 0).all(axis=1)  # [rows]
        filled[np.ix_(~monotone, inside)] = _linear(at, values[~monotone], levels[inside])
        filled[np.ix_(monotone, inside)] = _spline(at, values[monotone], levels[inside])
    settled = np.flatnonzero(known | inside)
    with np.errstate(divide="ignore"):
        place = np.log(levels) - np.log1p(-levels)  # [levels] -inf at 0, inf at 1
    for outside, a, b in (
        (np.arange(places[0]), settled[0], settled[1]),
        (np.arange(places[-1] + 1, len(levels)), settled[-1], settled[-2]),
    ):
        for j in outside:
            filled[:, j] = _line(place[j], place[a], place[b], filled[:, a], filled[:, b])
    return filled


def _line(place: float, near: float, far: float, value_near: Array, value_far: Array) -> Array:
    """Go on along the line through two points to a place beyond the nearer one: [rows]; a level line stays level."""
    rise = (value_near - value_far) / (near - far)
    with np.errstate(invalid="ignore"):
        return np.where(rise == 0, value_near, value_near + rise * (place - near))


def _linear(at: Array, values: Array, wanted: Array) -> Array:
    """Interpolate between neighbours: [rows, wanted]."""
    i = np.searchsorted(at, wanted) - 1  # [wanted] the neighbour below
    share = (wanted - at[i]) / (at[i + 1] - at[i])
    made: Array = values[:, i] + share * (values[:, i + 1] - values[:, i])
    return made


def _spline(at: Array, values: Array, wanted: Array) -> Array:
    """Interpolate by the cubic Hermite spline with filtered slopes: [rows, wanted]."""
    slopes = _monotone(at, values, _smooth_slopes(at, values))
    i = np.searchsorted(at, wanted) - 1  # [wanted] the interval
    h = at[i + 1] - at[i]
    u = (wanted - at[i]) / h
    made: Array = (
        values[:, i] * (1 + 2 * u) * (1 - u) ** 2
        + slopes[:, i] * h * u * (1 - u) ** 2
        + values[:, i + 1] * u**2 * (3 - 2 * u)
        + slopes[:, i + 1] * h * u**2 * (u - 1)
    )
    return made


def _smooth_slopes(at: Array, values: Array) -> Array:
    """Give the slopes at the points of the spline of Forsythe, Malcolm and Moler: [rows, points]."""
    h = np.diff(at)  # [points - 1]
    rise = np.diff(values, axis=1) / h  # [rows, points - 1]
    n = len(at)
    if n == 2:
        return np.repeat(rise, 2, axis=1)
    system = np.zeros((n, n))
    right = np.zeros_like(values)  # [rows, points]
    inner = np.arange(1, n - 1)
    system[inner, inner - 1], system[inner, inner], system[inner, inner + 1] = h[:-1], 2 * (h[:-1] + h[1:]), h[1:]
    right[:, inner] = rise[:, 1:] - rise[:, :-1]
    system[0, :2] = -h[0], h[0]
    system[-1, -2:] = h[-1], -h[-1]
    if n > 3:
        right[:, 0] = h[0] ** 2 * _third_difference(at[:4], values[:, :4])
        right[:, -1] = -(h[-1] ** 2) * _third_difference(at[-4:], values[:, -4:])
    g = np.linalg.solve(system, right.T).T  # [rows, points]
    slopes = np.empty_like(values)
    slopes[:, :-1] = rise - h * (g[:, 1:] + 2 * g[:, :-1])
    slopes[:, -1] = rise[:, -1] + h[-1] * (g[:, -2] + 2 * g[:, -1])
    return slopes


def _third_difference(at: Array, values: Array) -> Array:
    """Give the third divided difference of four points: [rows]."""
    made = values
    for order in (1, 2, 3):
        made = np.diff(made, axis=1) / (at[order:] - at[:-order])
    return made[:, 0]


def _monotone(at: Array, values: Array, slopes: Array) -> Array:
    """Bound slopes so that the spline rises and falls only where the values do (Hyman, 1983): [rows, points]."""
    rise = np.diff(values, axis=1) / np.diff(at)
    left = np.concatenate([rise[:, :1], rise], axis=1)  # [rows, points]
    right = np.concatenate([rise, rise[:, -1:]], axis=1)
    most = 3 * np.minimum(np.abs(left), np.abs(right))
    upward = np.where(left * right > 0, right, slopes) >= 0
    return np.where(upward, np.clip(slopes, 0, most), np.clip(slopes, -most, 0))
