"""How the numbers of a ranking move with the weight of each row, from plain arrays.

A number's move is its derivative by a row's weight; times the weight it is what the row adds to an influence. All groups are
done at once; nothing is cumulated from one group to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.rankings import cumulate_chunk, cumulate_within, sort_chunk

if TYPE_CHECKING:
    from tidymetrics.statistics.rankings import ScoreRanking, SortedChunk
    from tidymetrics.typing import Array, Codes, Mask

Kind: TypeAlias = Literal["roc", "pr", "steps"]


@dataclass(frozen=True, eq=False, repr=False)
class Steps:
    """The distinct scores of each group from the top, group after group, and what stands at each and above it."""

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
    events_above: Array
    """[steps] weight of events at higher scores"""
    others_above: Array
    total_events: Array
    """[groups]"""
    total_others: Array
    of_row: Codes
    """[rows] the step of a row, in the order that the rows came in; -1 for a row of weight 0"""

    @classmethod
    def of(cls, ranking: ScoreRanking, of_row: Codes) -> Steps:
        """Take a ranking apart."""
        events, others = ranking.events_at, ranking.others_at
        return cls(
            ranking.group,
            ranking.first,
            ranking.count,
            events,
            others,
            ranking.events - events,
            ranking.others - others,
            ranking.total_events,
            ranking.total_others,
            of_row,
        )

    def add_up(self, values: Array) -> Array:
        """Add up the steps of each group: [groups]."""
        if len(self.first) == 1:
            return np.array([values.sum()])
        total = np.zeros(len(self.first))
        some = self.count > 0
        if len(values):
            total[some] = np.add.reduceat(values, self.first[some])
        return total

    def add_up_products(self, values: Array, others: Array) -> Array:
        """Add up the products of two numbers of each step: [groups]."""
        return np.array([np.einsum("i,i", values, others)]) if len(self.first) == 1 else self.add_up(values * others)

    def at_each(self, values: Array) -> Array:
        """Give a number of each group at its steps: [steps], or one number where there is one group."""
        return values if len(values) == 1 else np.repeat(values, self.count)

    def at_and_below(self, values: Array, total: Array) -> Array:
        """Add up a step and all lower ones of the group [steps]; `total` [groups] is what `add_up` gives."""
        so_far = cumulate_within(values, self.count)
        so_far -= values
        return np.asarray(self.at_each(total) - so_far)

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
    truth = np.where(is_event, 1, 0)
    ranked = sort_chunk(lengths, truth, score, weight, keep_weight_0=False)
    return Steps.of(cumulate_chunk(ranked, 1), steps_of_rows(ranked, len(score)))


def steps_of_rows(ranked: SortedChunk, n_rows: int) -> Codes:
    """Give the step of each row of a chunk [rows], -1 for one of weight 0."""
    of_row = np.full(n_rows, -1, np.int64)
    of_row[ranked.order] = np.repeat(np.arange(len(ranked.last)), np.diff(ranked.last, prepend=-1))
    return of_row


@dataclass(frozen=True, eq=False, repr=False)
class Ends:
    """How a row at an end of a ranking moves an area, each [groups]."""

    worst: tuple[Array, Array]
    """By an event below all rows; by another row above all."""
    best: tuple[Array, Array]
    """By an event above all rows; by another row below all."""

    @classmethod
    def of(cls, kind: Kind, events: Array, others: Array, gain: Array, loss: Array) -> Ends:
        """Take the weights of both sides, and what a precision gains by an event above, or loses by another row."""
        zero = np.zeros(len(events))
        if kind == "roc":
            return cls((zero, zero), (others, events))
        return cls((np.nan_to_num(ratio(events, events + others)), -loss), (1.0 + gain, zero))

    def reach(self, by_area: Array, by_events: Array, by_others: Array) -> Array:
        """Give how far one row in the worst place, or in the best, moves an estimate: [groups].

        `by_area`, `by_events` and `by_others` [groups] are the estimate's derivatives by the area and by the weight of events
        and of others.
        """
        with np.errstate(invalid="ignore"):  # groups of one class
            moves = [
                by_kind + by_area * end
                for ends in (self.worst, self.best)
                for by_kind, end in zip((by_events, by_others), ends, strict=True)
            ]
        found: Array = np.max(np.abs(np.stack(moves)), axis=0)
        return found


@dataclass(frozen=True, eq=False, repr=False)
class Placement:
    """An area of each group, and how it moves with the weight of an event, or of another row."""

    area: Array
    """[groups] not yet divided by events and others"""
    event: Array
    """[steps] the move by an event with this score"""
    other: Array
    """[steps] the move by another row with this score"""
    ends: Ends


def placement(steps: Steps, kind: Kind) -> Placement:
    """Give the area below a curve and how it moves: "roc", "pr" by trapezoids, or "steps" (average precision)."""
    return _of_roc(steps) if kind == "roc" else _of_precision(steps, by_steps=kind == "steps")


def _of_roc(steps: Steps) -> Placement:
    total_e, total_o = steps.total_events, steps.total_others
    other = steps.events_above + steps.events / 2
    event = steps.at_each(total_o) - steps.others_above - steps.others / 2
    return Placement(steps.add_up(steps.others * other), event, other, Ends.of("roc", total_e, total_o, total_e, total_o))


def _of_precision(steps: Steps, *, by_steps: bool) -> Placement:
    total_e, total_o = steps.total_events, steps.total_others
    events, others = steps.events_above + steps.events, steps.others_above + steps.others  # [steps] cumulated
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
    share = share / rows**2
    gain, loss = share * others, share * events
    total_gain, total_loss = steps.add_up(gain), steps.add_up(loss)
    ends = Ends.of("steps", total_e, total_o, total_gain, total_loss)
    event = here + steps.at_and_below(gain, total_gain)
    return Placement(steps.add_up(steps.events * here), event, -steps.at_and_below(loss, total_loss), ends)


def influence_of_area(
    steps: Steps, placed: Placement, is_event: Mask, slopes: tuple[Array, Array, Array], weight: Array | None = None
) -> Array:
    """Give the influence of each row [rows] on an estimate, of its slopes [groups] by area, events and others."""
    by_area, by_events, by_others = map(steps.at_each, slopes)
    with np.errstate(invalid="ignore"):  # groups of one class
        event, other = by_events + by_area * placed.event, by_others + by_area * placed.other
    phi = steps.of_rows(event, other, is_event)
    return phi if weight is None else phi * weight


@dataclass(frozen=True, eq=False, repr=False)
class PowerSums:
    """Sums of powers of how far the moves of the rows of one side are from their mean, each [groups].

    An influence is a line in the move, so that those on all estimates are made of the same sums; about the mean, where nothing
    cancels.
    """

    mean: Array
    seconds: tuple[Array, Array, Array]
    """Sums of the zeroth to the second power, each times the square of the row's weight."""
    fourths: tuple[Array, Array, Array, Array, Array]
    """Sums of the zeroth to the fourth power, each times the fourth power of the row's weight."""

    @classmethod
    def of(cls, steps: Steps, at: Array, total: Array, move: Array) -> PowerSums:
        """Add up over the rows that stand `at` the steps [steps], `total` of them in a group."""
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.nan_to_num(steps.add_up_products(at, move) / total)
        apart = move - steps.at_each(mean)
        square = apart * apart
        weighted = at * square
        first, second = steps.add_up_products(at, apart), steps.add_up(weighted)
        more = steps.add_up_products(weighted, apart), steps.add_up_products(weighted, square)
        return cls(mean, (total, first, second), (total, first, second, *more))

    def of_influence(self, by_area: Array, by_one: Array) -> tuple[Array, Array]:
        """Add up squares and fourth powers of influences, of slopes [groups] by the area and by the weight of the side."""
        with np.errstate(invalid="ignore", over="ignore"):
            a, b = by_one + by_area * self.mean, by_area
            squares = sum(c * a ** (2 - k) * b**k * self.seconds[k] for k, c in enumerate((1, 2, 1)))
            fourths = sum(c * a ** (4 - k) * b**k * self.fourths[k] for k, c in enumerate((1, 4, 6, 4, 1)))
        return np.maximum(squares, 0.0), np.maximum(fourths, 0.0)


@dataclass(frozen=True, eq=False, repr=False)
class MovesOfArea:
    """What the moves of an area add up to."""

    ends: Ends
    events: PowerSums
    others: PowerSums

    @classmethod
    def of(cls, steps: Steps, placed: Placement) -> MovesOfArea:
        """Add up from the steps alone, where all rows weigh 1."""
        return cls(
            placed.ends,
            PowerSums.of(steps, steps.events, steps.total_events, placed.event),
            PowerSums.of(steps, steps.others, steps.total_others, placed.other),
        )


# ------------------------------------------------------------------------------------------------- pairs of classes


def wins_of(steps: Steps, truth: Codes, n_levels: int, weight: Array | None = None) -> Array:
    """Give how often rows of the event's class stand above rows of each other class, ties half: [groups, levels].

    `steps` are of the event's own scores; the column of the event's own class counts ties with itself and is not to be read.
    """
    above = steps.events_above + steps.events / 2
    kept = steps.of_row >= 0
    step = steps.of_row[kept]
    won = above[step] if weight is None else above[step] * weight[kept]
    n_groups = len(steps.first)
    place = steps.group[step].astype(np.int64) * n_levels + truth[kept]
    return np.bincount(place, won, minlength=n_groups * n_levels).astype(np.float64).reshape(n_groups, n_levels)


def influence_of_wins(steps: Steps, truth: Codes, event: int, slope: Array, weight: Array | None = None) -> Array:
    """Give the influence of each row [rows] through the wins of one event, of the estimate's slope [groups, levels] by them."""
    kept = steps.of_row >= 0
    step = steps.of_row[kept]
    w = np.ones(len(step)) if weight is None else weight[kept]
    levels, group = truth[kept], steps.group[step].astype(np.int64)
    above = steps.events_above + steps.events / 2
    move = np.where(levels == event, 0.0, slope[group, levels] * above[step])
    for j in range(slope.shape[1]):
        if j == event or not np.any(slope[:, j]):
            continue
        at = np.bincount(step, np.where(levels == j, w, 0.0), minlength=len(steps.group)).astype(np.float64)
        below = steps.at_and_below(at, steps.add_up(at)) - at / 2
        move += np.where(levels == event, slope[group, j] * below[step], 0.0)
    phi = np.zeros(len(truth))
    phi[kept] = move * w
    return phi
