"""How the numbers of rankings move, from the rows that were sorted for the estimates themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.statistics.influence_of_ranks import (
    Placement,
    Steps,
    influence_of_area,
    influence_of_wins,
    placement,
    power_sums,
    reach_of,
)
from tidymetrics.statistics.movable import RowMoves
from tidymetrics.statistics.rankings import cumulate_chunk, each_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.statistics.influence_of_ranks import Kind
    from tidymetrics.statistics.layouts import ScoreColumn
    from tidymetrics.statistics.rankings import ScoreRanking, SortChunk, SortedChunk
    from tidymetrics.typing import Array

KINDS: dict[str, Kind] = {"roc": "roc", "pr": "pr", "average_precision": "steps"}


def steps_of_ranking(chunk: SortChunk, ranked: SortedChunk, ranking: ScoreRanking, *, rows: bool) -> Steps:
    """Give the steps of a sorted chunk; with the step of each row, if `rows`."""
    of_row = np.full(chunk.rows.stop - chunk.rows.start if rows else 0, -1, np.int64)
    if rows:
        of_row[ranked.order] = np.repeat(np.arange(len(ranked.last)), np.diff(ranked.last, prepend=-1))
    group = ranking.group.astype(np.int64)
    return Steps(group, ranking.first, ranking.count, ranking.events_at, ranking.others_at, of_row)


@dataclass(frozen=True, eq=False, repr=False)
class RankedEvent:
    """One event's ranking of all rows."""

    column: ScoreColumn
    event: int
    kept: Mapping[Any, tuple[SortChunk, SortedChunk, ScoreRanking]] | None = None
    """What was sorted for the estimate; None where it must be sorted again."""

    def each(self, use: Callable[[SortChunk, SortedChunk, ScoreRanking], None]) -> None:
        """Use each sorted chunk, several at a time: numpy lets go of the interpreter."""
        if self.kept:
            with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
                list(pool.map(lambda made: use(*made), self.kept.values()))
            return

        def work(chunk: SortChunk) -> None:
            ranked = self.column.sorted(chunk)
            use(chunk, ranked, cumulate_chunk(ranked, self.event))

        list(each_chunk(self.column, work))


@dataclass(frozen=True, eq=False, repr=False)
class RankSlopes:
    """An estimate's slopes by the numbers of one event, each [groups]."""

    events: Array
    others: Array
    areas: Mapping[str, Array]
    """By name, those that are not 0."""
    wins: Array | None = None
    """[groups, levels]"""

    def of(self, groups: slice, name: str, *, first: bool) -> tuple[Array, Array, Array]:
        """Give the slopes by one area, and by events and others with the first of them."""
        zero = np.zeros_like(self.events[groups])
        area = self.areas[name][groups] if name else zero
        return area, self.events[groups] if first else zero, self.others[groups] if first else zero


def rows_of_event(ranked_event: RankedEvent, columns: Sequence[RankSlopes], phi: Array) -> Array:
    """Add the influences of rows through one event to phi [rows, columns]; give the reach [groups, columns]."""
    column = ranked_event.column
    reach = np.zeros((len(column.lengths), len(columns)))

    def use(chunk: SortChunk, ranked: SortedChunk, ranking: ScoreRanking) -> None:
        steps = steps_of_ranking(chunk, ranked, ranking, rows=True)
        truth = column.truth[chunk.rows].astype(np.int64)
        is_event = truth == ranked_event.event
        weight = None if column.weight is None else column.weight[chunk.rows]
        placed: dict[str, Placement] = {}
        for c, slopes in enumerate(columns):
            for i, name in enumerate(slopes.areas or {"": None}):
                at = placed.setdefault(name, placement(steps, KINDS.get(name, "roc")))
                given = slopes.of(chunk.groups, name, first=i == 0)
                phi[chunk.rows, c] += influence_of_area(steps, at, is_event, given, weight)
                reach[chunk.groups, c] = np.fmax(reach[chunk.groups, c], reach_of(at, *given))
            if slopes.wins is not None:
                given_wins = slopes.wins[chunk.groups]
                phi[chunk.rows, c] += influence_of_wins(steps, truth, ranked_event.event, given_wins, weight)

    ranked_event.each(use)
    return reach


def powers_of_event(ranked_event: RankedEvent, columns: Sequence[RankSlopes]) -> tuple[Array, Array, Array]:
    """Add up squares [groups, 2, columns], fourth powers and reach [groups, columns] from steps alone, where rows weigh 1."""
    n_groups = len(ranked_event.column.lengths)
    squares = np.zeros((n_groups, 2, len(columns)))
    fourths, reach = np.zeros((n_groups, len(columns))), np.zeros((n_groups, len(columns)))

    def use(chunk: SortChunk, ranked: SortedChunk, ranking: ScoreRanking) -> None:
        steps = steps_of_ranking(chunk, ranked, ranking, rows=False)
        placed: dict[str, Placement] = {}
        for c, slopes in enumerate(columns):
            name = next(iter(slopes.areas), "")
            if name not in placed:
                placed[name] = placement(steps, KINDS.get(name, "roc"))
            given = slopes.of(chunk.groups, name, first=True)
            sums = power_sums(steps, placed[name], given)
            squares[chunk.groups, 0, c], squares[chunk.groups, 1, c] = sums.events[0], sums.others[0]
            fourths[chunk.groups, c] = sums.events[1] + sums.others[1]
            reach[chunk.groups, c] = reach_of(placed[name], *given)

    ranked_event.each(use)
    return squares, fourths, reach


def moves_of_ranks(
    ranked_events: Sequence[RankedEvent],
    n_levels: int,
    unit: Any,
    *,
    slopes_of: Callable[[Array], tuple[list[list[RankSlopes]], Array | None]],
    by_class: bool = False,
) -> RowMoves:
    """Give how rows move areas.

    Parameters
    ----------
    ranked_events
        The rankings.
    n_levels
        The number of classes.
    unit
        [rows]
    slopes_of
        From slopes [groups, K, columns] to the `RankSlopes` of each column, for each event; and the slopes [groups, levels,
        columns] by the rows of each class, or None.
    by_class
        Whether the numbers are pairs of classes.
    """
    column = ranked_events[0].column
    group = np.repeat(np.arange(len(column.lengths)), column.lengths)
    alone = len(ranked_events) == 1 and column.weight is None and not by_class
    known: dict[int, Array] = {}

    truth = column.truth.astype(np.int64)

    def phi(slopes: Array) -> Array:
        found, of_classes = slopes_of(slopes)
        made = np.zeros((len(truth), len(found[0])))
        reach = np.zeros((len(column.lengths), len(found[0])))
        for ranked_event, columns in zip(ranked_events, found, strict=True):
            reach = np.fmax(reach, rows_of_event(ranked_event, columns, made))
        if of_classes is not None:
            share = of_classes[group, truth]
            made += share if column.weight is None else share * column.weight[:, None]
        known[id(slopes)] = np.full_like(reach, np.nan) if by_class else reach
        return made

    def powers(slopes: Array) -> tuple[Array, Array] | None:
        if not alone:
            return None
        found, _ = slopes_of(slopes)
        squares, fourths, reach = powers_of_event(ranked_events[0], found[0])
        known[id(slopes)] = reach
        event = ranked_events[0].event
        by_level = np.zeros((len(squares), n_levels, len(found[0])))
        by_level[:, event] = squares[:, 0]
        # in a ranking of one event all others are one class
        by_level[:, 1 - event if n_levels == 2 else (event + 1) % n_levels] = squares[:, 1]
        return by_level, fourths

    def reach(slopes: Array) -> Array:
        if id(slopes) not in known:
            phi(slopes)
        return known[id(slopes)]

    return RowMoves(group, phi, column.weight, truth, n_levels, unit, reach, powers)
