"""How often predicted times are in the order of the true ones, over all pairs whose order is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.influence_of_orders import pair_moves
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, at_least, rows_in_memory
from tidymetrics.statistics.orders import greater_after, ranks_of, run_ends
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.subjects import STATIC, Subjects
from tidymetrics.statistics.ties import number_times

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class OrderedPairs:
    """The weight of pairs of subjects of which it is known who had the event first, each [groups].

    Weights are shares of the greatest of their group.
    """

    concordant: Array
    """The one with the event first has the smaller estimate."""
    tied: Array
    """Both have the same estimate."""
    comparable: Array
    """All of them."""

    @staticmethod
    def request() -> OrderedPairsRequest:
        """Ask for the pairs of the complete rows."""
        return OrderedPairsRequest()


@dataclass(frozen=True)
class OrderedPairsRequest(Request[OrderedPairs], Movable):
    """The request of `OrderedPairs`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It counts pairs of rows."""
        return (Subjects.request(),)

    def reduce(self, reductions: Reductions) -> OrderedPairs:
        """Count the pairs."""
        return count_pairs(reductions.get(Subjects.request()))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the weight of pairs moves: with all pairs that a row is in."""
        made = reductions.get(self)
        numbers = np.stack([made.concordant, made.tied, made.comparable], axis=1)

        def source(unit: bool) -> RowMoves:
            names = (TRUTH, EVENT, ESTIMATE)
            table = rows_in_memory(reductions, reductions.complete(STATIC), names, "a statistic of pairs", unit=unit)
            weight = table.columns.get(WEIGHT, np.ones(len(table.columns[TRUTH])))
            group, scale = table.group, np.zeros(len(table.lengths))
            np.maximum.at(scale, group, weight)
            share = weight / np.where(scale > 0, scale, 1.0)[group]
            time, event, estimate = (table.columns[name].astype(np.float64) for name in names)
            moves = pair_moves(table.lengths, time, event, estimate, share)
            by_number = np.stack([moves.concordant, moves.tied, moves.comparable], axis=1) * share[:, None]

            def phi(slopes: Array) -> Array:
                return np.asarray(np.einsum("rk,rkc->rc", by_number, slopes[group]))

            return RowMoves(group, phi, weight, unit=table.unit)

        return Movement(numbers, at_least(numbers), lambda x, _: OrderedPairs(*x.T), source)


@dataclass(frozen=True)
class CensoredPairs(Request[OrderedPairs]):
    """The request of `OrderedPairs` that weights each pair for the censoring before its event, and ends at a time."""

    weighted: bool = True
    """Whether a pair counts by 1 / G^2, with G the probability of being uncensored just before its event."""
    tau: float | None = None
    """Events from this time on are none of a pair."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It counts pairs of rows."""
        return (Subjects.request(),)

    def reduce(self, reductions: Reductions) -> OrderedPairs:
        """Count the pairs."""
        rows = reductions.get(Subjects.request())
        share = uncensored_before(rows) if self.weighted else np.ones(len(rows.time))
        with np.errstate(divide="ignore"):
            of_event = np.where(share > 0, 1 / share**2, 0.0)
        if self.tau is not None:
            of_event = np.where(rows.time < self.tau, of_event, 0.0)
        return count_pairs(rows, of_event)


def uncensored_before(rows: Subjects) -> Array:
    """Estimate, for each row, the probability of being uncensored just before its time, by Kaplan and Meier: [rows].

    Events come before censorings of the same time: who had the event then could no longer be censored.
    """
    n_groups, n = len(rows.lengths), len(rows.time)
    if not n:
        return np.ones(0)
    group = np.repeat(np.arange(n_groups), rows.lengths)  # [rows]
    place = np.unique(number_times(rows.lengths, rows.time), return_inverse=True)[1].reshape(-1)
    first = np.zeros(place.max() + 1, np.int64)
    first[place] = group  # [places] the group
    total = np.bincount(place, rows.weight)
    events = np.bincount(place, rows.weight * (rows.event == 1))
    ahead = np.cumsum(total[::-1])[::-1]
    ends = np.append(np.flatnonzero(first[1:] != first[:-1]) + 1, len(first))
    after = np.append(ahead, 0.0)[ends[np.searchsorted(ends, np.arange(len(first)), side="right")]]
    at_risk = ahead - after - events
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(total > events, (total - events) / at_risk, 0.0)
        # where all are censored nobody is left whom it would matter to
        steps = np.where(left < 1, np.log1p(-left), 0.0)
    so_far = np.cumsum(steps) - steps
    start = np.searchsorted(first, first)
    return np.asarray(np.exp(so_far - so_far[start])[place])


def count_pairs(rows: Subjects, of_event: Array | None = None) -> OrderedPairs:
    """Count the pairs of all groups at once, in n log n steps; `of_event` [rows] weights the pairs of each event.

    A pair is an event and a row whose time is later, or is the same and censored. With the rows in the order of their times,
    at one time events before censored ones, it is an event and any row of a later place.
    """
    n_groups, n = len(rows.lengths), len(rows.time)
    group = np.repeat(np.arange(n_groups), rows.lengths)  # [rows]
    # beside each other, groups of unlike weights would lose the digits of the light ones
    scale = np.zeros(n_groups)
    np.maximum.at(scale, group, rows.weight)
    weights = rows.weight / np.where(scale > 0, scale, 1.0)[group]
    place = 2 * number_times(rows.lengths, rows.time) + (rows.event == 0)
    # inside one place by decreasing estimate, so that no row stands before a greater one of its own place
    order = np.lexsort((-rows.estimate, place))
    place, group, weight = place[order], group[order], weights[order]
    own = weight if of_event is None else weight * of_event[order]
    counted = np.where(rows.event[order] == 1, own, 0.0)  # [rows] the weight with which a row is the event of pairs
    values = ranks_of(-group, rows.estimate[order])
    greater = greater_after(values, weight)

    def later(key: Codes) -> Array:
        """Add up the weight of rows of the same key and a later place: [rows]."""
        by_key = np.lexsort((place, key))
        after = np.append(np.cumsum(weight[by_key][::-1])[::-1], 0.0)  # from each row to the end of all
        made = np.empty(n)
        made[by_key] = after[run_ends(key[by_key], place[by_key])] - after[run_ends(key[by_key])]
        return made

    def total(found: Array) -> Array:
        made: Array = np.bincount(group, counted * found, minlength=n_groups).astype(np.float64)
        return made

    return OrderedPairs(total(greater), total(later(values)), total(later(group)))
