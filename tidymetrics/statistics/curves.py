"""The points of curves: one row for each step of a ranking, framed by the rows that every curve starts or ends with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.engine_rankings import collect_rankings, in_engine
from tidymetrics.statistics.layouts import ScoreOrder
from tidymetrics.statistics.probabilities import KnownLevels
from tidymetrics.statistics.rankings import ScoreRanking, cumulate_chunk, each_chunk
from tidymetrics.statistics.requests import Check, Request, SummedRequest, reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.rankings import Sortable, SortChunk
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class Points:
    """The rows of a curve, group after group."""

    columns: Mapping[str, Array]
    """[rows] each"""
    count: Codes
    """[groups] the rows of each"""


def framed(
    ranking: ScoreRanking,
    columns: Mapping[str, Array],
    *,
    start: tuple[float, ...],
    end: tuple[float, ...] | None = None,
    reverse: bool = False,
) -> Points:
    """Set a first row, and perhaps a last one, about the steps of each group; `reverse` turns the steps around."""
    extra = 1 if end is None else 2
    count = ranking.count + extra
    base = np.cumsum(count) - count  # [groups] first row
    if len(count) == 1:
        return Points({n: _framed(v[::-1] if reverse else v, start, end, i) for i, (n, v) in enumerate(columns.items())}, count)
    place = base[ranking.group]  # [steps] row
    place += 1
    within = np.arange(len(ranking.group)) - ranking.first[ranking.group]
    place += (ranking.count[ranking.group] - 1 - within) if reverse else within
    del within
    made = {}
    for i, (name, values) in enumerate(columns.items()):
        column = np.empty(int(count.sum()))
        column[place] = values
        column[base] = start[i]
        if end is not None:
            column[base + count - 1] = end[i]
        made[name] = column
    return Points(made, count)


def _framed(values: Array, start: tuple[float, ...], end: tuple[float, ...] | None, i: int) -> Array:
    """Frame the steps of a single group: a copy less than placing them."""
    column = np.empty(len(values) + (1 if end is None else 2))
    column[0] = start[i]
    column[1 : 1 + len(values)] = values
    if end is not None:
        column[-1] = end[i]
    return column


def at_thresholds(ranking: ScoreRanking, thresholds: Array) -> ScoreRanking:
    """Give the ranking that has just these thresholds for steps, in decreasing order."""
    n_groups, n = len(ranking.first), len(thresholds)
    decreasing = thresholds[::-1]
    if n_groups == 1:
        reached = np.searchsorted(-ranking.score, -decreasing, side="right")[None, :]  # [groups, thresholds] steps
    else:
        reached = np.stack([ranking.add_up((ranking.score >= c).astype(np.float64)) for c in decreasing], axis=1).astype(
            np.int64
        )
    at = np.clip(ranking.first[:, None] + reached - 1, 0, max(len(ranking.score) - 1, 0))
    some = reached > 0

    def taken(cumulated: Array) -> Array:
        return np.where(some, cumulated[at] if len(cumulated) else 0.0, 0.0).reshape(-1)

    return ScoreRanking(
        group=np.repeat(np.arange(n_groups), n),
        first=np.arange(n_groups) * n,
        count=np.full(n_groups, n),
        score=np.tile(decreasing, n_groups),
        events=taken(ranking.events),
        others=taken(ranking.others),
        total_events=ranking.total_events,
        total_others=ranking.total_others,
    )


@dataclass(frozen=True)
class CurvePoints(SummedRequest[tuple[Points, ...]]):
    """The curve of each event in every group, drawn of its ranking.

    It comes apart as its layout does; parts hold every score, so that what is made of them is drawn whole whatever `bins`.
    """

    draw: Callable[[ScoreRanking], Points]
    scores: tuple[str, ...]
    """The score column of each event."""
    events: tuple[int, ...]
    """The positions of the events among the levels."""
    keep_weight_0: bool = False
    """Whether rows of weight 0 are points too."""
    thresholds: tuple[float, ...] | None = None
    """The only points, increasing."""
    bins: int | None = None

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

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """It has no parts of its own."""
        return {}

    def reduce(self, reductions: Reductions) -> tuple[Points, ...]:
        """Draw the curves."""
        thresholds = None if self.thresholds is None else np.array(self.thresholds)
        if in_engine(reductions, self.bins):
            keep, bins = self.keep_weight_0, self.bins
            rankings = collect_rankings(
                reductions, self.scores, self.events, keep_weight_0=keep, bins=bins, thresholds=thresholds
            )
            return tuple(self.draw(r if thresholds is None else at_thresholds(r, thresholds)) for r in rankings)
        ordered = reductions.get(ScoreOrder(self.columns))
        columns = dict(zip(self.columns, ordered, strict=True))
        return tuple(
            trace(columns[name], event, self.draw, keep_weight_0=self.keep_weight_0, thresholds=thresholds)
            for name, event in zip(self.scores, self.events, strict=True)
        )


def trace(
    column: Sortable,
    event: int,
    draw: Callable[[ScoreRanking], Points],
    *,
    keep_weight_0: bool,
    thresholds: Array | None = None,
) -> Points:
    """Draw the curve of one event in every group; of bins the least score of each stands for its scores."""
    cut = getattr(column, "cut", None)
    if cut is not None and thresholds is not None:
        cut.require_edges(thresholds)

    def work(chunk: SortChunk) -> Points:
        ranking = cumulate_chunk(column.sorted(chunk, keep_weight_0=keep_weight_0), event, scores=True)
        if cut is not None:
            ranking = replace(ranking, score=cut.lower_edges(ranking.score))
        return draw(ranking if thresholds is None else at_thresholds(ranking, thresholds))

    parts: list[Points] = list(each_chunk(column, work))
    if len(parts) == 1:
        return parts[0]
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    return Points(columns, np.concatenate([part.count for part in parts]))
