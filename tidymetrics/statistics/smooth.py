"""Smooth curves of truth over scores: local lines with tricube weights (lowess without robustness rounds).

    curve = fit_smooth(steps, span)                 # steps of score_steps; many are collapsed into cells first
    curve.at(group, score)                          # the curve at any scores, NaN outside the group's range
    smooth_points(curve, points)                    # [groups, points], NaN outside

Up to 1,000 distinct scores a group, the line is fitted at each of them; of more at 501 points, and the curve is linear between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import ScoreSteps, group_sums

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Codes, Mask

MOST_KNOTS = 1_000
"""Distinct scores of a group that are each given a line of their own."""

CELLS = 8_192
"""Cells of [0, 1] that more scores are collapsed into."""

_POINTS = 501
_AT_ONCE = 2_000_000
"""Scores in the windows that are looked at together."""


@dataclass(frozen=True, eq=False, repr=False)
class SmoothCurve:
    """The values of curves at knots, linear between; each array but the first [knots]."""

    lengths: Codes
    """[groups] the number of knots"""
    score: Array
    """increasing inside a group"""
    fitted: Array

    def at(self, group: Codes, score: Array) -> Array:
        """Give the curves of some groups at scores; NaN outside the range of a group's own."""
        end = np.cumsum(self.lengths)[group]
        first = end - self.lengths[group]
        if not len(self.score):
            return np.full(len(score), np.nan)
        above = _bisect(first, end, lambda i: self.score[i] <= score)  # the first knot that is greater
        low = np.clip(above - 1, 0, len(self.score) - 1)
        high = np.where(above < end, above, low)
        high = np.clip(high, 0, len(self.score) - 1)
        gap = self.score[high] - self.score[low]
        share = np.where(gap > 0, (score - self.score[low]) / np.where(gap > 0, gap, 1.0), 0.0)
        inside = (above > first) & ((above < end) | (score == self.score[low]))
        return np.where(inside, self.fitted[low] + share * (self.fitted[high] - self.fitted[low]), np.nan)


def smooth_points(curve: SmoothCurve, points: Array) -> Array:
    """Give each group's curve at points: [groups, points]."""
    size = len(curve.lengths)
    return curve.at(np.repeat(np.arange(size), len(points)), np.tile(points, size)).reshape(size, len(points))


def collapsed(steps: ScoreSteps) -> ScoreSteps:
    """Put the scores of groups that have many into cells of [0, 1]; a cell stands at its mean score."""
    many = (steps.lengths > MOST_KNOTS)[steps.group]
    if not many.any():
        return steps
    group = steps.group
    cell = np.minimum(np.floor(CELLS * steps.score), CELLS - 1).astype(np.int64)
    begins = np.ones(len(group), bool)
    begins[1:] = ~many[1:] | (group[1:] != group[:-1]) | (cell[1:] != cell[:-1])
    start = np.flatnonzero(begins)
    weight, value, others, squares, spread = (
        np.add.reduceat(v, start)
        for v in (steps.weight, steps.value, steps.others, steps.squares, steps.spread + steps.weight * steps.mean**2)
    )
    score = np.where(many[start], np.add.reduceat(steps.weight * steps.score, start) / weight, steps.score[start])
    return ScoreSteps(
        lengths=np.bincount(group[start], minlength=len(steps.lengths)),
        score=score,
        weight=weight,
        value=value,
        others=others,
        squares=squares,
        spread=np.maximum(spread - value**2 / weight, 0.0),
    )


def fit_smooth(steps: ScoreSteps, span: float = 2 / 3) -> SmoothCurve:
    """Fit the lines; `steps` are those that `collapsed` gives, whose scores are in [0, 1] where they are many."""
    steps = collapsed(steps)
    many = steps.lengths > MOST_KNOTS
    lengths = np.where(many, _POINTS, steps.lengths)
    group = np.repeat(np.arange(len(lengths)), lengths)  # [knots]
    place = np.arange(len(group)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    first, last = steps.first[group], (np.cumsum(steps.lengths) - 1)[group]
    if not len(group):
        return SmoothCurve(lengths, np.zeros(0), np.zeros(0))
    low, high = steps.score[first], steps.score[last]
    spaced = np.where(place == _POINTS - 1, high, low + (high - low) * (place / (_POINTS - 1)))
    own = steps.score[np.minimum(first + place, len(steps.score) - 1)]
    x = np.where(many[group], spaced, own)
    start, distance, width = _windows(steps, group, x, _neighbours(steps, span))
    fitted = np.empty(len(x))
    cuts = np.searchsorted(np.cumsum(width), np.arange(0, width.sum(), _AT_ONCE))
    for a, b in zip(cuts, [*cuts[1:], len(x)], strict=True):
        at = slice(a, b)
        fitted[at] = _lines(steps, x[at], start[at], width[at], distance[at], (high - low)[at])
    return SmoothCurve(lengths, x, fitted)


def _neighbours(steps: ScoreSteps, span: float) -> Array:
    """Give the weight that a window must hold: [groups]."""
    total = group_sums(steps.weight, steps)
    fractions = group_sums((steps.weight != np.floor(steps.weight)).astype(np.float64), steps)
    return np.where(fractions == 0, np.maximum(2.0, np.floor(span * total + 1e-7)), span * total)


def _bisect(low: Codes, high: Codes, holds: Callable[[Codes], Mask]) -> Codes:
    """Find the first position in [low, high) where a condition no longer holds, for many ranges at once."""
    low, high = low.copy(), high.copy()
    for _ in range(int((high - low).max(initial=0)).bit_length()):
        middle = (low + high) // 2
        # of ranges that are found the answer is not looked at
        found = holds(np.minimum(middle, np.maximum(high - 1, 0)))
        open_ = low < high
        low = np.where(open_ & found, middle + 1, low)
        high = np.where(open_ & ~found, middle, high)
    return low


def _windows(steps: ScoreSteps, group: Codes, x: Array, wanted: Array) -> tuple[Codes, Array, Codes]:
    """Find the least distance [points] within which a group's wanted weight lies, and the scores that are no farther.

    That distance is the one to a score. From the left end of a window follows where its weight suffices, and from the right
    end likewise; what is left is to ask of each whether the other end is as near.
    """
    score, size = steps.score, len(steps.score)
    first, end = steps.first[group], np.cumsum(steps.lengths)[group]
    before = np.concatenate([[0.0], np.cumsum(steps.weight)])
    total = before[steps.first + steps.lengths] - before[steps.first]
    # a sum of weights rounds; what is short by that alone is not
    enough = (np.minimum(wanted, total) * (1 - 1e-12))[steps.group]  # [steps]
    to = np.searchsorted(before, before[:-1] + enough, side="left") - 1  # [steps] the last score of a window from here
    back = np.searchsorted(before, before[1:] - enough, side="right") - 1  # [steps] the first of a window to here

    def from_left(i: Codes) -> Mask:
        near: Mask = (to[i] < end) & (score[np.minimum(to[i], size - 1)] - x <= x - score[i])
        return near

    def from_right(i: Codes) -> Mask:
        near: Mask = (back[i] >= first) & (x - score[np.maximum(back[i], 0)] <= score[i] - x)
        return near

    middle = _bisect(first, end, lambda i: score[i] < x)
    # leftward the distance grows, so that the scores far enough come first
    left = _bisect(first, middle, from_left) - 1
    right = _bisect(middle, end, lambda i: ~from_right(i))
    to_left = np.where(left >= first, x - score[np.maximum(left, 0)], np.inf)
    to_right = np.where(right < end, score[np.minimum(right, size - 1)] - x, np.inf)
    distance = np.minimum(to_left, to_right)
    start = _bisect(first, end, lambda i: x - score[i] > distance)
    return start, distance, _bisect(first, end, lambda i: score[i] - x <= distance) - start


def _lines(steps: ScoreSteps, x: Array, start: Codes, width: Codes, distance: Array, reach: Array) -> Array:
    """Fit a line around each point and give its value there."""
    point = np.repeat(np.arange(len(x)), width)  # [scores in windows]
    ends = np.cumsum(width)
    at = np.arange(len(point)) + np.repeat(start - (ends - width), width)
    u, m = steps.score[at], steps.mean[at]
    with np.errstate(divide="ignore", invalid="ignore"):
        d = np.abs(u - x[point]) / distance[point]
    kernel = np.where(d <= 0.001, 1.0, np.where(d <= 0.999, (1 - np.minimum(d, 1.0) ** 3) ** 3, 0.0))
    kernel = np.where(distance[point] == 0, 1.0, kernel) * steps.weight[at]
    starts = ends - width
    total = np.add.reduceat(kernel, starts)
    center = np.add.reduceat(kernel * u, starts) / total
    mean = np.add.reduceat(kernel * m, starts) / total
    away = u - center[point]
    spread = np.add.reduceat(kernel * away**2, starts)
    rise = np.add.reduceat(kernel * away * m, starts)
    # at one score alone the spread is the dust of its mean
    sloped = (distance > 0) & (np.sqrt(spread / total) > 0.001 * reach)
    return mean + np.where(sloped, (x - center) * ratio(rise, spread), 0.0)


def calibration_index(steps: ScoreSteps, fitted: Array, quantile: float | None = None) -> Array:
    """Give the mean [groups] of the distances between scores and fitted values [steps], or a quantile of them.

    The quantile is the least distance that at least this share of the weight does not exceed.
    """
    gap = np.abs(steps.score - fitted)
    weight = group_sums(steps.weight, steps)
    if quantile is None:
        return ratio(group_sums(steps.weight * gap, steps), weight)
    order = np.lexsort((gap, steps.group))
    group, ranked = steps.group[order], gap[order]
    sums = np.cumsum(steps.weight[order])
    base = np.concatenate([[0.0], sums])[steps.first]
    short = sums - base[group] < quantile * weight[group] * (1 - 1e-12)
    at = steps.first + np.bincount(group[short], minlength=len(weight))
    at = np.minimum(at, steps.first + steps.lengths - 1)
    found = np.full(len(weight), np.nan)
    some = steps.lengths > 0
    found[some] = ranked[at[some]]
    return found
