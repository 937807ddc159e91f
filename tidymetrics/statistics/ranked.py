"""Areas under the curves of ranked scores, and how often one class outranks another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.ladder import Ladder, Layout, each_block, ladder_of, lay_out, sort_block
from tidymetrics.statistics.steps import in_engine, sum_by_level, sums_of_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.ladder import Block, SortedBlock
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class RankedScores:
    """What the scores of an event, or of each level against the rest, are worth; each [groups, events].

    Areas that no metric of the call needs are absent.
    """

    events: Array
    """The weight of events."""
    others: Array
    areas: Mapping[str, Array]
    """By name: "roc", "pr" (trapezoids), "steps" (precision at each step of recall)."""
    wins: Array | None = None
    """[groups, levels, levels] For event i and other class j: the pairs in which the event has the higher score i, ties
    counting half."""
    n_true: Array | None = None
    """[groups, levels] The rows of each class."""
    slack: Mapping[str, Array] | None = None
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
    def steps(self) -> Array:
        """The sum of precision over the steps of recall; undefined without events."""
        return ratio(self.areas["steps"], self.events)

    @property
    def hand_till(self) -> Array:
        """The mean over pairs of classes of how often one outranks the other [groups]; undefined with one class."""
        if self.wins is None or self.n_true is None:
            raise RuntimeError("the pairs of classes were not asked for")
        return self._mean_over_pairs(self.wins, self.n_true)

    @property
    def hand_till_error(self) -> Array:
        """How far `hand_till` can be off [groups]: by the mean of what its pairs can be."""
        if self.slack is None or self.n_true is None:
            raise RuntimeError("no scores were cut into bins")
        return self._mean_over_pairs(self.slack["wins"], self.n_true)

    @staticmethod
    def _mean_over_pairs(wins: Array, n_true: Array) -> Array:
        pairs = n_true[:, :, None] * n_true[:, None, :]  # [groups, levels, levels]
        there = (pairs > 0) & ~np.eye(pairs.shape[1], dtype=bool)
        shares = np.where(there, wins / np.where(there, pairs, 1.0), 0.0)
        return ratio(shares.sum(axis=(1, 2)), there.sum(axis=(1, 2)))

    def error(self, area: str) -> Array:
        """How far `roc`, `pr` or `steps` can be off [groups, events]; undefined where these are."""
        if self.slack is None:
            raise RuntimeError("no scores were cut into bins")
        return ratio(self.slack[area], self.events * self.others if area == "roc" else self.events)


@dataclass(frozen=True)
class Ranking:
    """The reduction that makes `RankedScores`: of which score columns, for which event.

    All metrics of a call that stand on the same columns share the sorts; `wanted` says what each needs of them.
    """

    scores: tuple[str, ...]
    """The score column of each event."""
    events: tuple[int, ...]
    """The positions of the events among the levels."""
    n_levels: int
    bins: int | None = None
    """How many bins the scores are cut into; None ranks them one by one."""

    def reduce(self, reductions: Reductions) -> RankedScores:
        """Sort each score column once, and take from it all that the call needs."""
        wanted = frozenset(reductions.context.wanted(self))
        if in_engine(reductions, self.bins):
            return self._of_engine(reductions, wanted)
        layout = reductions.get(Laid(tuple(dict.fromkeys(self.scores))))
        columns = [list(dict.fromkeys(self.scores)).index(name) for name in self.scores]
        parts = [self._of_event(layout, column, event, wanted) for column, event in zip(columns, self.events, strict=True)]
        names = [name for name in ("roc", "pr", "steps") if name in wanted]
        wins = np.stack([part["wins"] for part in parts], axis=1) if "wins" in wanted else None
        n_true = None
        if wins is not None:
            group = np.repeat(np.arange(len(layout.lengths)), layout.lengths)  # [rows]
            size = len(layout.lengths) * self.n_levels
            n_true = np.bincount(group * self.n_levels + layout.truth, minlength=size).reshape(-1, self.n_levels)
        return RankedScores(
            np.stack([part["events"] for part in parts], axis=1),
            np.stack([part["others"] for part in parts], axis=1),
            {name: np.stack([part[name] for part in parts], axis=1) for name in names},
            wins,
            None if n_true is None else n_true.astype(np.float64),
        )

    def _of_engine(self, reductions: Reductions, wanted: frozenset[str]) -> RankedScores:
        """Take sums of steps that the engine made."""
        n = self.n_levels
        found = sums_of_scores(reductions, self.scores, self.events, wanted, n_levels=n, bins=self.bins)
        names: list[str] = [name for name in ("roc", "pr", "steps") if name in wanted]
        slack: dict[str, Array] | None = None
        if self.bins is not None:
            slack = {name: np.maximum(found[f"{name} up"], found.get(f"{name} down", 0.0)) for name in names}
            slack |= {"wins": sum_by_level(found, "wins", n, " up")} if "wins" in wanted else {}
        return RankedScores(
            found["events"],
            found["others"],
            {name: found[name] for name in names},
            sum_by_level(found, "wins", n) if "wins" in wanted else None,
            # every event's steps hold the rows of all classes
            sum_by_level(found, "rows", n)[:, 0] if "wins" in wanted else None,
            slack,
        )

    def _of_event(self, layout: Layout, column: int, event: int, wanted: frozenset[str]) -> dict[str, Array]:
        def work(block: Block) -> dict[str, Array]:
            ranked = sort_block(layout, column, block)
            ladder = ladder_of(layout, block, ranked, event)
            found = {"events": ladder.total_events, "others": ladder.total_others}
            found |= {name: area(ladder) for name, area in _AREAS.items() if name in wanted}
            if "wins" in wanted:
                found["wins"] = _wins(layout, block, ranked, ladder, self.n_levels)
            return found

        parts = list(each_block(layout, work))
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


@dataclass(frozen=True)
class Laid:
    """The reduction that lays out the rows of some score columns, once for all that rank them."""

    scores: tuple[str, ...]

    def reduce(self, reductions: Reductions) -> Layout:
        """Lay them out."""
        return lay_out(reductions, self.scores)


def roc_area(ladder: Ladder) -> Array:
    """Count the pairs of an event above another row, ties half: [groups]."""
    events_before = ladder.before(ladder.events)
    at_step = ladder.others - ladder.before(ladder.others)
    return ladder.add_up(at_step * (events_before + ladder.events) / 2)


def _precision(ladder: Ladder) -> Array:
    return ladder.events / (ladder.events + ladder.others)


def _pr(ladder: Ladder) -> Array:
    precision = _precision(ladder)
    earlier = ladder.before(precision)
    earlier[ladder.first[ladder.count > 0]] = 1.0
    return ladder.add_up((ladder.events - ladder.before(ladder.events)) * (precision + earlier) / 2)


def _steps(ladder: Ladder) -> Array:
    return ladder.add_up((ladder.events - ladder.before(ladder.events)) * _precision(ladder))


_AREAS: dict[str, Any] = {"roc": roc_area, "pr": _pr, "steps": _steps}


def _wins(layout: Layout, block: Block, ranked: SortedBlock, ladder: Ladder, n_levels: int) -> Array:
    """Count, for each true class, the events that outrank its rows: [groups, levels]."""
    above = (ladder.before(ladder.events) + ladder.events) / 2  # [steps] events above a row, ties half
    rows_of_step = np.diff(ranked.last, prepend=-1)
    truth = layout.truth[block.rows][ranked.order]
    place = np.repeat(ladder.group, rows_of_step) * n_levels + truth
    n_groups = len(ladder.first)
    wins: Array = np.bincount(place, np.repeat(above, rows_of_step), minlength=n_groups * n_levels).astype(np.float64)
    return wins.reshape(n_groups, n_levels)
