"""How the numbers of rankings move, from the rows that were sorted for the estimates themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.statistics.engine_powers import moves_in_engine
from tidymetrics.statistics.influence_of_ranks import (
    MovesOfArea,
    Steps,
    influence_of_area,
    influence_of_wins,
    placement,
    steps_of_rows,
)
from tidymetrics.statistics.movable import Powers, RowMoves
from tidymetrics.statistics.rankings import cumulate_chunk, each_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.statistics.influence_of_ranks import Kind, Placement
    from tidymetrics.statistics.layouts import ScoreColumn
    from tidymetrics.statistics.rankings import ScoreRanking, SortChunk, SortedChunk
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array

KINDS: dict[str, Kind] = {"roc": "roc", "pr": "pr", "average_precision": "steps"}


def steps_of_ranking(chunk: SortChunk, ranked: SortedChunk, ranking: ScoreRanking, *, rows: bool) -> Steps:
    """Give the steps of a sorted chunk; with the step of each row, if `rows`."""
    n_rows = chunk.rows.stop - chunk.rows.start
    return Steps.of(ranking, steps_of_rows(ranked, n_rows) if rows else np.zeros(0, np.int64))


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

    @property
    def kind(self) -> Kind:
        """The kind of its only area; any, where it has none."""
        return KINDS.get(next(iter(self.areas), ""), "roc")

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
                if name not in placed:
                    placed[name] = placement(steps, KINDS.get(name, "roc"))
                at = placed[name]
                given = slopes.of(chunk.groups, name, first=i == 0)
                phi[chunk.rows, c] += influence_of_area(steps, at, is_event, given, weight)
                reach[chunk.groups, c] = np.fmax(reach[chunk.groups, c], at.ends.reach(*given))
            if slopes.wins is not None:
                given_wins = slopes.wins[chunk.groups]
                phi[chunk.rows, c] += influence_of_wins(steps, truth, ranked_event.event, given_wins, weight)

    ranked_event.each(use)
    return reach


@dataclass(frozen=True, eq=False, repr=False)
class _PowersOf:
    """What powers of influences add up to, of metrics of one event; the classes are the event and all others."""

    columns: Sequence[RankSlopes]

    def empty(self, n_groups: int) -> Powers:
        """Give room for the sums."""
        width = len(self.columns)
        return Powers(
            np.zeros((n_groups, 2, width)), np.zeros((n_groups, width)), np.zeros((n_groups, 2)), np.zeros((n_groups, width))
        )

    def put(self, into: Powers, groups: slice, found: Mapping[Kind, MovesOfArea]) -> None:
        """Finish the sums of some groups."""
        for c, slopes in enumerate(self.columns):
            at = found[slopes.kind]
            given = slopes.of(groups, next(iter(slopes.areas), ""), first=True)
            events = at.events.of_influence(given[0], given[1])
            others = at.others.of_influence(given[0], given[2])
            into.squares[groups, 0, c], into.squares[groups, 1, c] = events[0], others[0]
            into.fourths[groups, c] = events[1] + others[1]
            into.reach[groups, c] = at.ends.reach(*given)


def powers_of_event(ranked_event: RankedEvent, columns: Sequence[RankSlopes]) -> Powers:
    """Add up powers of influences from steps alone, where rows weigh 1."""
    own = _PowersOf(columns)
    made = own.empty(len(ranked_event.column.lengths))

    def use(chunk: SortChunk, ranked: SortedChunk, ranking: ScoreRanking) -> None:
        steps = steps_of_ranking(chunk, ranked, ranking, rows=False)
        made.n_true[chunk.groups] = np.stack([ranking.total_events, ranking.total_others], axis=1)
        kinds = dict.fromkeys(slopes.kind for slopes in columns)
        own.put(made, chunk.groups, {kind: MovesOfArea.of(steps, placement(steps, kind)) for kind in kinds})

    ranked_event.each(use)
    return made


def powers_in_engine(
    reductions: Reductions, score: str, event: int, columns: Sequence[RankSlopes], *, frequency: bool
) -> Powers:
    """Add up powers of influences inside the engine."""
    own, kinds = _PowersOf(columns), dict.fromkeys(slopes.kind for slopes in columns)
    found, n_true = moves_in_engine(reductions, score, event, kinds, frequency=frequency)
    made = replace(own.empty(len(n_true)), n_true=n_true)
    own.put(made, slice(None), found)
    return made


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

    def powers(slopes: Array, _frequency: bool) -> Powers | None:
        found, _ = slopes_of(slopes)
        if not alone or several_areas(found[0]):
            return None
        return powers_of_event(ranked_events[0], found[0])

    def reach(slopes: Array) -> Array:
        if id(slopes) not in known:
            phi(slopes)
        return known[id(slopes)]

    return RowMoves(group, phi, column.weight, truth, n_levels, unit, reach, powers)


def several_areas(columns: Sequence[RankSlopes]) -> bool:
    """Tell whether some estimate is made of two areas, of whose moves there are no sums of powers."""
    return any(len(slopes.areas) > 1 for slopes in columns)
