"""How the numbers of sorted rows move with the weight of each: pairs in the order of their times, and Gini's areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.orders import greater_after, ranks_of
from tidymetrics.statistics.ties import number_times

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class PairMoves:
    """The move of each row, [rows] in the order that they came in: the weight of pairs that it is in, over its own."""

    concordant: Array
    tied: Array
    comparable: Array


def pair_moves(lengths: Codes, time: Array, event: Array, estimate: Array, weight: Array | None = None) -> PairMoves:
    """Count the pairs that each row is in, as the earlier event and as the later row.

    Parameters
    ----------
    lengths
        [groups] rows of each.
    time, event, estimate, weight
        [rows], group by group; an event is 1, a censored row 0.
    """
    group = np.repeat(np.arange(len(lengths)), lengths)  # [rows]
    place = 2 * number_times(lengths, time) + (event == 0)
    # inside one place by decreasing estimate, so that no row stands before a greater one of its own place
    order = np.lexsort((-estimate, place))
    w = np.ones(len(time)) if weight is None else weight[order]
    is_event = np.where(event[order] == 1, 1.0, 0.0)
    later = _later(place[order], group[order], estimate[order], w)
    # from the other end: earlier events whose estimate is smaller
    turned = _later(-place[order][::-1], -group[order][::-1], -estimate[order][::-1], (w * is_event)[::-1])
    moves = []
    for as_event, as_later in zip(later, turned, strict=True):
        move = np.empty(len(time))
        move[order] = is_event * as_event + as_later[::-1]
        moves.append(move)
    return PairMoves(*moves)


def _later(place: Codes, group: Codes, estimate: Array, weight: Array) -> tuple[Array, Array, Array]:
    """Add up, for each row, the weight of rows of its group and a later place: the greater ones, equal ones, all of them."""
    values = ranks_of(-group, estimate)
    greater = greater_after(values, weight)
    return greater, _of_key(values, place, weight), _of_key(group, place, weight)


def _of_key(key: Codes, place: Codes, weight: Array) -> Array:
    """Add up the weight of rows of the same key and a later place: [rows]."""
    order = np.lexsort((place, key))
    k, p = key[order], place[order]
    so_far = np.concatenate([[0.0], np.cumsum(weight[order])])
    n = len(order)
    ends_of_key = np.append(np.flatnonzero(k[1:] != k[:-1]) + 1, n)
    ends_of_place = np.append(np.flatnonzero((k[1:] != k[:-1]) | (p[1:] != p[:-1])) + 1, n)
    at = np.arange(n)
    made = np.empty(n)
    last_of_key = ends_of_key[np.searchsorted(ends_of_key, at, side="right")] if n else at
    last_of_place = ends_of_place[np.searchsorted(ends_of_place, at, side="right")] if n else at
    made[order] = so_far[last_of_key] - so_far[last_of_place]
    return made


@dataclass(frozen=True, eq=False, repr=False)
class GiniMoves:
    """Areas below the cumulated truth of one order, and the box that they lie in."""

    area: Array
    """[groups]"""
    box: Array
    """[groups] all weight times the sum of truth"""
    by_area: Array
    """[rows] the move of the area by each row's weight"""
    by_box: Array
    """[rows]"""


def gini_moves(lengths: Codes, truth: Array, keys: tuple[Array, ...], weight: Array | None = None) -> GiniMoves:
    """Cumulate the truth over rows sorted by decreasing keys, the first of which decides."""
    n_groups = len(lengths)
    group = np.repeat(np.arange(n_groups), lengths)  # [rows]
    w = np.ones(len(truth)) if weight is None else weight
    order = np.lexsort((*(-key for key in reversed(keys)), group))
    y, v, of = truth[order], w[order], group[order]
    starts = np.cumsum(lengths) - lengths

    def before(values: Array) -> Array:
        so_far = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(so_far[:-1] - so_far[starts[of]])

    def total(values: Array) -> Array:
        return np.bincount(of, values, minlength=n_groups).astype(np.float64)

    height, whole = total(v * y), total(v)
    earlier = before(v * y)
    move = np.empty(len(truth))
    move[order] = 2 * (v * y + earlier + y * (whole[of] - before(v) - v))
    return GiniMoves(total(v * (2 * earlier + v * y)), whole * height, move, height[group] + whole[group] * truth)
