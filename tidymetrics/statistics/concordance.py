"""How often predicted times are in the order of the true ones, over all pairs whose order is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, at_least, rows_in_memory
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
        from tidymetrics.statistics.influence_of_orders import pair_moves  # noqa: PLC0415  # it counts as this module does

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


def count_pairs(rows: Subjects) -> OrderedPairs:
    """Count the pairs of all groups at once, in n log n steps.

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
    counted = np.where(rows.event[order] == 1, weight, 0.0)  # [rows] the weight with which a row is the event of pairs
    values = _ranks(-group, rows.estimate[order])
    greater = _greater_after(values, weight)

    def later(key: Codes) -> Array:
        """Add up the weight of rows of the same key and a later place: [rows]."""
        by_key = np.lexsort((place, key))
        after = np.append(np.cumsum(weight[by_key][::-1])[::-1], 0.0)  # from each row to the end of all
        made = np.empty(n)
        made[by_key] = after[_run_ends(key[by_key], place[by_key])] - after[_run_ends(key[by_key])]
        return made

    def total(found: Array) -> Array:
        made: Array = np.bincount(group, counted * found, minlength=n_groups).astype(np.float64)
        return made

    return OrderedPairs(total(greater), total(later(values)), total(later(group)))


def _run_ends(*columns: Array | Codes) -> Codes:
    """Give where the run of equal rows ends that each row is in: [rows]."""
    n = len(columns[0])
    changes = np.logical_or.reduce([c[1:] != c[:-1] for c in columns])
    ends = np.append(np.flatnonzero(changes) + 1, n)
    return ends[np.searchsorted(ends, np.arange(n), side="right")]


def _ranks(first: Codes, second: Array) -> Codes:
    """Rank rows by two keys, equal ones alike: [rows]."""
    order = np.lexsort((second, first))
    ranks = np.empty(len(first), np.int64)
    ranks[order] = _run_ends(first[order], second[order])
    return ranks


def _greater_after(values: Codes, weight: Array) -> Array:
    """Add up, for each row, the weight of later rows with a greater value: [rows].

    The values are split by their bits, highest first. Rows whose higher bits agree stand together, in their first order; of
    these, a row whose bit is 0 has the later ones whose bit is 1 above it.
    """
    n = len(values)
    found = np.zeros(n)
    rows, node_start = np.arange(n), np.zeros(n, np.int64)  # [places] which row stands there, where its node starts
    for bit in reversed(range(int(values.max()).bit_length() if n else 0)):
        ones = (values[rows] >> bit) & 1
        ends = _run_ends(node_start)  # [places]
        heavy = np.concatenate([[0.0], np.cumsum(np.where(ones == 1, weight[rows], 0.0))])
        zero = ones == 0
        found[rows[zero]] += (heavy[ends] - heavy[1:])[zero]
        n_ones = np.concatenate([[0], np.cumsum(ones)])
        before = n_ones[:-1] - n_ones[node_start]  # [places] ones of the node before this place
        zeros_of_node = (ends - node_start) - (n_ones[ends] - n_ones[node_start])
        place = np.where(zero, np.arange(n) - before, node_start + zeros_of_node + before)
        start = np.where(zero, node_start, node_start + zeros_of_node)
        moved, moved_start = np.empty_like(rows), np.empty_like(node_start)
        moved[place], moved_start[place] = rows, start
        rows, node_start = moved, moved_start
    return found
