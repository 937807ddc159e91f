"""How the numbers of a ranking move with the weight of each row, from plain arrays.

A number's move is its derivative by a row's weight; times the weight it is what the row adds to an influence. All groups are
done at once: cumulative sums run over all steps, and are set back at the first step of each group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

Kind: TypeAlias = Literal["roc", "pr", "steps"]


@dataclass(frozen=True, eq=False, repr=False)
class Steps:
    """The distinct scores of each group from the top, group after group, and what stands at each."""

    group: Codes
    """[steps]"""
    first: Codes
    """[groups] a group's first step"""
    count: Codes
    """[groups] the number of steps; 0 is none"""
    events: Array
    """[steps] weight of events at this score"""
    others: Array
    """[steps] weight of all other rows at this score"""
    of_row: Codes
    """[rows] the step of a row, in the order that the rows came in; -1 for a row of weight 0"""

    def add_up(self, values: Array) -> Array:
        """Add up the steps of each group: [groups]."""
        return np.bincount(self.group, values, minlength=len(self.first)).astype(np.float64)

    def above(self, values: Array) -> Array:
        """Add up all higher steps of the group: [steps]."""
        so_far = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(so_far[:-1] - so_far[self.first[self.group]])

    def at_and_below(self, values: Array) -> Array:
        """Add up a step and all lower ones of the group: [steps]."""
        so_far = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(so_far[(self.first + self.count)[self.group]] - so_far[:-1])

    def of_rows(self, event: Array, other: Array, is_event: Mask) -> Array:
        """Give each row what holds at its step for an event, or for another: [rows], 0 for rows of weight 0."""
        if not len(self.group):
            return np.zeros(len(self.of_row))
        return np.where(self.of_row < 0, 0.0, np.where(is_event, event[self.of_row], other[self.of_row]))


def steps_of(lengths: Codes, score: Array, is_event: Mask, weight: Array | None = None) -> Steps:
    """Sort the rows of each group by decreasing score.

    Parameters
    ----------
    lengths
        [groups] rows of each.
    score, is_event, weight
        [rows], group by group.
    """
    n_groups = len(lengths)
    group = np.repeat(np.arange(n_groups), lengths)  # [rows]
    order = np.lexsort((-score, group))
    if weight is not None:
        order = order[weight[order] > 0]
    of, ranked = group[order], score[order]
    step = np.cumsum(np.concatenate([[True], (of[1:] != of[:-1]) | (ranked[1:] != ranked[:-1])])[: len(order)]) - 1
    w, event = np.ones(len(order)) if weight is None else weight[order], is_event[order]
    of_row = np.full(len(score), -1, np.int64)
    of_row[order] = step
    heads = np.flatnonzero(np.diff(step, prepend=-1))
    count = np.bincount(of[heads], minlength=n_groups)
    events, others = (np.bincount(step, np.where(kind, w, 0.0)).astype(np.float64) for kind in (event, ~event))
    return Steps(of[heads], np.cumsum(count) - count, count, events, others, of_row)


@dataclass(frozen=True, eq=False, repr=False)
class Placement:
    """An area of each group, and how it moves with the weight of an event, or of another row."""

    area: Array
    """[groups] not yet divided by events and others"""
    event: Array
    """[steps] the move by an event with this score"""
    other: Array
    """[steps] the move by another row with this score"""
    worst: tuple[Array, Array]
    """[groups] each: the move by an event below all rows; by another row above all"""
    best: tuple[Array, Array]
    """[groups] each: the move by an event above all rows; by another row below all"""


def placement(steps: Steps, kind: Kind) -> Placement:
    """Give the area below a curve and how it moves: "roc", "pr" by trapezoids, or "steps" (average precision)."""
    return _of_roc(steps) if kind == "roc" else _of_precision(steps, by_steps=kind == "steps")


def _of_roc(steps: Steps) -> Placement:
    total_e, total_o, zero = steps.add_up(steps.events), steps.add_up(steps.others), np.zeros(len(steps.first))
    other = steps.above(steps.events) + steps.events / 2
    event = steps.at_and_below(steps.others) - steps.others / 2
    return Placement(steps.add_up(steps.others * other), event, other, (zero, zero), (total_o, total_e))


def _of_precision(steps: Steps, *, by_steps: bool) -> Placement:
    total_e, total_o = steps.add_up(steps.events), steps.add_up(steps.others)
    events = steps.above(steps.events) + steps.events  # [steps] cumulated
    others = steps.above(steps.others) + steps.others
    rows = events + others
    precision = events / rows
    if by_steps:
        share, here = steps.events, precision
    else:
        heads = steps.first[steps.count > 0]
        before, after = np.append(1.0, precision[:-1])[: len(precision)], np.append(steps.events[1:], 0.0)[: len(precision)]
        before[heads] = 1.0
        after[(steps.first + steps.count - 1)[steps.count > 0]] = 0.0
        share, here = (steps.events + after) / 2, (precision + before) / 2
    gain, loss = share * others / rows**2, share * events / rows**2
    lowest = np.nan_to_num(ratio(total_e, total_e + total_o))
    worst, best = (lowest, -steps.add_up(loss)), (1.0 + steps.add_up(gain), np.zeros(len(total_e)))
    return Placement(steps.add_up(steps.events * here), here + steps.at_and_below(gain), -steps.at_and_below(loss), worst, best)


def reach_of(placed: Placement, by_area: Array, by_events: Array, by_others: Array) -> Array:
    """Give how far one row in the worst place, or in the best, moves an estimate: [groups].

    `by_area`, `by_events` and `by_others` [groups] are the estimate's derivatives by the area and by the weight of events and
    of others.
    """
    with np.errstate(invalid="ignore"):  # groups of one class
        moves = [
            by_kind + by_area * end
            for ends in (placed.worst, placed.best)
            for by_kind, end in zip((by_events, by_others), ends, strict=True)
        ]
    found: Array = np.max(np.abs(np.stack(moves)), axis=0)
    return found


def influence_of_area(
    steps: Steps, placed: Placement, is_event: Mask, slopes: tuple[Array, Array, Array], weight: Array | None = None
) -> Array:
    """Give the influence of each row [rows] on an estimate, of its slopes [groups] by area, events and others."""
    by_area, by_events, by_others = (slope[steps.group] for slope in slopes)
    with np.errstate(invalid="ignore"):  # groups of one class
        event, other = by_events + by_area * placed.event, by_others + by_area * placed.other
    phi = steps.of_rows(event, other, is_event)
    return phi if weight is None else phi * weight


@dataclass(frozen=True, eq=False, repr=False)
class PowerSums:
    """Sums over events, and over others, of powers of the influence on an estimate of a row of weight 1: [groups]."""

    events: tuple[Array, Array]
    """of squares and of fourth powers"""
    others: tuple[Array, Array]


def power_sums(steps: Steps, placed: Placement, slopes: tuple[Array, Array, Array]) -> PowerSums:
    """Add up squares and fourth powers from the steps alone, where all rows weigh 1 and belong to one ranking."""
    by_area, by_events, by_others = (slope[steps.group] for slope in slopes)
    with np.errstate(invalid="ignore"):  # groups of one class
        event, other = by_events + by_area * placed.event, by_others + by_area * placed.other
    e, o = (
        (steps.add_up(at * phi**2), steps.add_up(at * phi**4)) for at, phi in ((steps.events, event), (steps.others, other))
    )
    return PowerSums(e, o)


# ------------------------------------------------------------------------------------------------- pairs of classes


def wins_of(steps: Steps, truth: Codes, n_levels: int, weight: Array | None = None) -> Array:
    """Give how often rows of the event's class stand above rows of each other class, ties half: [groups, levels].

    `steps` are of the event's own scores; the column of the event's own class counts ties with itself and is not to be read.
    """
    above = steps.above(steps.events) + steps.events / 2
    kept = steps.of_row >= 0
    step = steps.of_row[kept]
    won = above[step] if weight is None else above[step] * weight[kept]
    n_groups = len(steps.first)
    place = steps.group[step] * n_levels + truth[kept]
    return np.bincount(place, won, minlength=n_groups * n_levels).astype(np.float64).reshape(n_groups, n_levels)


def influence_of_wins(steps: Steps, truth: Codes, event: int, slope: Array, weight: Array | None = None) -> Array:
    """Give the influence of each row [rows] through the wins of one event, of the estimate's slope [groups, levels] by them."""
    kept = steps.of_row >= 0
    step = steps.of_row[kept]
    w = np.ones(len(step)) if weight is None else weight[kept]
    levels, group = truth[kept], steps.group[step]
    above = steps.above(steps.events) + steps.events / 2
    move = np.where(levels == event, 0.0, slope[group, levels] * above[step])
    for j in range(slope.shape[1]):
        if j == event or not np.any(slope[:, j]):
            continue
        at = np.bincount(step, np.where(levels == j, w, 0.0), minlength=len(steps.group)).astype(np.float64)
        below = steps.at_and_below(at) - at / 2
        move += np.where(levels == event, slope[group, j] * below[step], 0.0)
    phi = np.zeros(len(truth))
    phi[kept] = move * w
    return phi
