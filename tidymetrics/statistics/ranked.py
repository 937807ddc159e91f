"""Areas under the curves of ranked scores, and how often one class outranks another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import WEIGHT
from tidymetrics.statistics.arithmetic import average, ratio
from tidymetrics.statistics.engine_rankings import in_engine, sums_of_scores
from tidymetrics.statistics.layouts import Layout, ScoreColumn, ScoreOrder
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, rows_in_memory
from tidymetrics.statistics.movement_of_ranks import RankedEvent, RankSlopes, moves_of_ranks
from tidymetrics.statistics.probabilities import KnownLevels
from tidymetrics.statistics.rankings import cumulate_chunk, each_chunk
from tidymetrics.statistics.requests import Check, Request, SummedRequest, reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tidymetrics.statistics.rankings import ScoreRanking, Sortable, SortChunk, SortedChunk
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True, eq=False, repr=False)
class RankedScores:
    """What the scores of an event, or of each level against the rest, are worth; each [groups, events].

    Areas that no metric of the call needs are absent.
    """

    events: Array
    """The weight of events."""
    others: Array
    areas: Mapping[str, Array]
    """By name: "roc", "pr" (trapezoids), "average_precision" (precision at each step of recall)."""
    wins: Array | None = None
    """[groups, levels, levels] For event i and other class j: the pairs in which the event has the higher score i, ties
    counting half."""
    n_true: Array | None = None
    """[groups, levels] The rows of each class."""
    error_bounds: Mapping[str, Array] | None = None
    """Where scores were cut into bins: how far each area, and "wins" [groups, levels, levels], can be off."""

    @property
    def roc(self) -> Array:
        """The area under the ROC curve; undefined without events or others."""
        return ratio(self.areas["roc"], self.events * self.others)

    @property
    def pr(self) -> Array:
        """The area under the precision-recall curve; undefined without events."""
        return ratio(self.areas["pr"], self.events)

    @property
    def average_precision(self) -> Array:
        """The sum of precision over the steps of recall; undefined without events."""
        return ratio(self.areas["average_precision"], self.events)

    @staticmethod
    def request(
        scores: tuple[str, ...],
        events: tuple[int, ...],
        n_levels: int,
        bins: int | None = None,
        areas: frozenset[str] = frozenset(),
    ) -> Ranking:
        """Ask for areas of columns of scores, each of an event."""
        return Ranking(scores, events, n_levels, bins, areas)

    def pairwise(self) -> RankedScores:
        """Give the ranking of each ordered pair of classes: [groups, pairs], i before j, for all j of each i.

        Events are the rows of class i, others those of class j, and "roc" counts how often the event has the higher score i.
        """
        if self.wins is None or self.n_true is None:
            raise RuntimeError("the pairs of classes were not asked for")
        first, second = np.nonzero(~np.eye(self.n_true.shape[1], dtype=bool))  # [pairs]
        bounds = None if self.error_bounds is None else {"roc": self.error_bounds["wins"][:, first, second]}
        events, others = self.n_true[:, first], self.n_true[:, second]
        return RankedScores(events, others, {"roc": self.wins[:, first, second]}, error_bounds=bounds)

    def mean_over_pairs(self, values: Array) -> Array:
        """Average values of `pairwise` over the pairs both of whose classes have rows: [groups]; undefined with one class."""
        there = (self.events > 0) & (self.others > 0)
        return average(values, there.astype(np.float64), "keep")

    @property
    def hand_till(self) -> Array:
        """The mean over pairs of classes of how often one outranks the other [groups]; undefined with one class."""
        pairs = self.pairwise()
        return pairs.mean_over_pairs(pairs.roc)

    def error(self, area: str) -> Array:
        """How far `roc`, `pr` or `average_precision` can be off [groups, events]; undefined where these are."""
        if self.error_bounds is None:
            raise RuntimeError("no scores were cut into bins")
        return ratio(self.error_bounds[area], self.events * self.others if area == "roc" else self.events)


_NAMES = ("roc", "pr", "average_precision")


@dataclass(frozen=True)
class Ranking(SummedRequest[RankedScores], Movable):
    """The request of `RankedScores`: of which score columns, for which events.

    Requests that differ in `areas` alone share one ranking. It comes apart as its layout does; parts hold every score, so that
    what is made of them is exact whatever `bins`.
    """

    scores: tuple[str, ...]
    """The score column of each event."""
    events: tuple[int, ...]
    """The positions of the events among the levels."""
    n_levels: int
    bins: int | None = None
    """How many bins the scores are cut into; None ranks them one by one."""
    areas: frozenset[str] = frozenset()
    """What is wanted: "roc", "pr", "average_precision", "wins"."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The distinct score columns."""
        return tuple(dict.fromkeys(self.scores))

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It ranks the rows of a layout."""
        return (GroupTotals.request(self.reads), ScoreOrder(self.columns))

    @property
    def checks(self) -> tuple[Check, ...]:
        """Truth must hold levels alone."""
        return (KnownLevels(),)

    @cached_property
    def shared(self) -> Ranking:
        """The same ranking serves all areas."""
        return replace(self, areas=frozenset())

    def joined(self, other: Request[RankedScores]) -> Ranking:
        """Want the areas of both."""
        return replace(self, areas=self.areas | other.areas) if isinstance(other, Ranking) else self

    def reduce(self, reductions: Reductions) -> RankedScores:
        """Sort each score column once, and take from it all that the call needs."""
        if in_engine(reductions, self.bins):
            return self._of_engine(reductions)
        ordered = reductions.get(ScoreOrder(self.columns))
        columns = dict(zip(self.columns, ordered, strict=True))
        found = []
        for i, (name, event) in enumerate(zip(self.scores, self.events, strict=True)):
            kept = None if reductions.kept is None else reductions.kept.setdefault((self.shared, i), {})
            found.append(self._of_event(columns[name], event, kept))
        made = {name: np.stack([one[name] for one in found], axis=1) for name in found[0]}
        bounds = {name.removesuffix(" open"): values for name, values in made.items() if name.endswith(" open")} or None
        if bounds is None and self.bins is not None:  # ranked one by one all the same
            bounds = {name: np.zeros_like(made[name]) for name in (*_NAMES, "wins") if name in made}
        return RankedScores(
            made["events"],
            made["others"],
            {name: made[name] for name in _NAMES if name in made},
            made.get("wins"),
            # each class is an event
            made["events"] if "wins" in made else None,
            bounds,
        )

    def _of_engine(self, reductions: Reductions) -> RankedScores:
        """Take sums of steps that the engine made."""
        wanted = self.areas
        found = sums_of_scores(reductions, self.scores, self.events, wanted, n_levels=self.n_levels, bins=self.bins)
        names = [name for name in _NAMES if name in wanted]
        bounds: dict[str, Array] | None = None
        if self.bins is not None:
            bounds = {name: np.maximum(found[f"{name} up"], found.get(f"{name} down", 0.0)) for name in names}
            bounds |= {"wins": found["open"]} if "wins" in wanted else {}
        return RankedScores(
            found["events"],
            found["others"],
            {name: found[name] for name in names},
            found.get("wins"),
            # every event's steps hold the rows of all classes
            found["rows"][:, 0] if "wins" in wanted else None,
            bounds,
        )

    def _of_event(self, column: Sortable, event: int, kept: dict[Any, Any] | None) -> dict[str, Array]:
        def work(chunk: SortChunk) -> dict[str, Array]:
            ranked = column.sorted(chunk)
            ranking = cumulate_chunk(ranked, event)
            if kept is not None:
                kept[chunk.rows.start, chunk.groups.start] = (chunk, ranked, ranking)
            found = {"events": ranking.total_events, "others": ranking.total_others}
            found |= {name: area(ranking) for name, area in _AREAS.items() if name in self.areas}
            if "wins" in self.areas:
                found["wins"] = _wins(ranked, ranking, self.n_levels)
            several = getattr(column, "several", None)
            if several is not None:
                found |= self._left_open(several[chunk.rows][ranked.order][ranked.last], ranked, ranking)
            return found

        parts = list(each_chunk(column, work))
        return parts[0] if len(parts) == 1 else {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _left_open(self, several: Mask, ranked: SortedChunk, ranking: ScoreRanking) -> dict[str, Array]:
        """Give how far what a chunk of bins gives can be off; `several` [steps] are the bins that hold several rows."""
        made = {f"{name} open": values for name, values in left_open(ranking, several, self.areas).items()}
        if "wins" in self.areas:
            events = np.where(several, ranking.events_at, 0.0)
            made["wins open"] = _by_class(ranked, ranking, events / 2, self.n_levels)
        return made

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """It has no parts of its own."""
        return {}

    def movement(self, reductions: Reductions) -> Movement:
        """Give how events, areas and pairs of classes move."""
        made = reductions.get(self)
        wanted = [name for name in _NAMES if name in made.areas]
        n_events, pairs = len(self.events), made.wins is not None and made.n_true is not None
        blocks = [made.events, made.others, *(made.areas[name] for name in wanted)]
        if made.wins is not None and made.n_true is not None:
            blocks += [made.wins.reshape(len(made.events), -1), made.n_true]
        numbers = np.concatenate(blocks, axis=1)
        cuts = np.cumsum([block.shape[1] for block in blocks])[:-1]

        def moved(x: Array, _: Codes) -> RankedScores:
            parts = np.split(x, cuts, axis=1)
            areas = dict(zip(wanted, parts[2:], strict=False))
            wins = parts[-2].reshape(-1, n_events, self.n_levels) if pairs else None
            return RankedScores(parts[0], parts[1], areas, wins, parts[-1] if pairs else None)

        def slopes_of(slopes: Array) -> tuple[list[list[RankSlopes]], Array | None]:
            parts = np.split(slopes, cuts, axis=1)
            found = []
            for i in range(n_events):
                columns = []
                for c in range(slopes.shape[2]):
                    areas = {n: p[:, i, c] for n, p in zip(wanted, parts[2:], strict=False) if np.any(p[:, i, c])}
                    by_wins = parts[-2].reshape(len(slopes), n_events, self.n_levels, -1)[:, i, :, c] if pairs else None
                    by_wins = by_wins if by_wins is not None and np.any(by_wins) else None
                    columns.append(RankSlopes(parts[0][:, i, c], parts[1][:, i, c], areas, by_wins))
                found.append(columns)
            return found, parts[-1] if pairs else None

        def source(unit: bool) -> RowMoves:
            return moves_of_ranks(*self._ranked_events(reductions, unit=unit), by_class=pairs, slopes_of=slopes_of)

        return Movement(numbers, np.maximum(numbers, 1.0), moved, source)

    def _ranked_events(self, reductions: Reductions, *, unit: bool) -> tuple[list[RankedEvent], int, Any]:
        """Give the ranking of each event: what was sorted for the estimate, or rows with their units."""
        if not unit and reductions.kept is not None:
            columns = dict(zip(self.columns, reductions.get(Layout.request(self.columns)).columns, strict=True))
            named = [
                RankedEvent(columns[name], event, reductions.kept.get((self.shared, i)))
                for i, (name, event) in enumerate(zip(self.scores, self.events, strict=True))
            ]
            return named, self.n_levels, None
        frame, at = reductions.complete(self.reads), reductions.truth_at
        table = rows_in_memory(reductions, frame, (at, *self.columns), "a ranking of scores", unit=unit)
        truth, weight = table.columns[at].astype(np.int64), table.columns.get(WEIGHT)
        laid = {name: ScoreColumn(table.lengths, truth, table.columns[name], weight) for name in self.columns}
        return [RankedEvent(laid[n], e) for n, e in zip(self.scores, self.events, strict=True)], self.n_levels, table.unit


def roc_area(ranking: ScoreRanking) -> Array:
    """Count the pairs of an event above another row, ties half: [groups]."""
    twice = ranking.before(ranking.events)
    twice += ranking.events
    twice *= ranking.others_at
    return ranking.add_up(twice) / 2


def _precision(ranking: ScoreRanking) -> Array:
    return ranking.events / (ranking.events + ranking.others)


def _pr(ranking: ScoreRanking) -> Array:
    precision = _precision(ranking)
    twice = ranking.before(precision)
    twice[ranking.first[ranking.count > 0]] = 1.0
    twice += precision
    twice *= ranking.events_at
    return ranking.add_up(twice) / 2


def _average_precision(ranking: ScoreRanking) -> Array:
    precision = _precision(ranking)
    precision *= ranking.events_at
    return ranking.add_up(precision)


def left_open(ranking: ScoreRanking, several: Mask, wanted: Iterable[str]) -> dict[str, Array]:
    """Give how far areas of bins can be from those of their scores [groups].

    `engine_rankings.error_bounds_of` has the proof.
    """
    e, o = ranking.events_at, ranking.others_at  # [steps]
    made = {"roc": ranking.add_up(np.where(several, e * o / 2, 0.0))} if "roc" in wanted else {}
    if not {"pr", "average_precision"} & set(wanted):
        return made
    at = _precision(ranking)
    least = np.nan_to_num(ratio(ranking.events - e, ranking.events - e + ranking.others))
    most = np.nan_to_num(ratio(ranking.events, ranking.events + ranking.others - o), nan=1.0)
    earlier = ranking.before(at)
    earlier[ranking.first[ranking.count > 0]] = 1.0
    for name, value in (("pr", (at + earlier) / 2), ("average_precision", at)):
        if name in wanted:
            ends = [ranking.add_up(np.where(several, e * distance, 0.0)) for distance in (most - value, value - least)]
            made[name] = np.maximum(np.maximum(*ends), 0.0)
    return made


_AREAS: dict[str, Any] = {"roc": roc_area, "pr": _pr, "average_precision": _average_precision}


def _wins(ranked: SortedChunk, ranking: ScoreRanking, n_levels: int) -> Array:
    """Count, for each true class, the events that outrank its rows: [groups, levels]."""
    above = ranking.before(ranking.events)
    above += ranking.events
    above /= 2  # [steps] events above a row, ties half
    return _by_class(ranked, ranking, above, n_levels)


def _by_class(ranked: SortedChunk, ranking: ScoreRanking, values: Array, n_levels: int) -> Array:
    """Add up values of the steps over the rows of each true class: [groups, levels]."""
    n_groups = len(ranking.first)
    place: Any = ranking.group.astype(np.int64) * n_levels if n_groups > 1 else 0
    if len(ranked.last) < len(ranked.truth):
        rows_of_step = np.diff(ranked.last, prepend=-1)
        values = np.repeat(values, rows_of_step)
        place = np.repeat(place, rows_of_step) if n_groups > 1 else 0
    if ranked.weight is not None:
        values = values * ranked.weight
    added: Array = np.bincount(place + ranked.truth.astype(np.int64), values, minlength=n_groups * n_levels).astype(np.float64)
    return added.reshape(n_groups, n_levels)
