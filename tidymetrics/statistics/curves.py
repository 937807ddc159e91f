"""The points of curves: a row a step of the ladder, framed by the rows that every curve starts or ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.ladder import Block, Ladder, Layout, each_block, ladder_of, lay_out, sort_block
from tidymetrics.statistics.steps import collect_ladders, in_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    ladder: Ladder,
    columns: Mapping[str, Array],
    *,
    start: tuple[float, ...],
    end: tuple[float, ...] | None = None,
    reverse: bool = False,
) -> Points:
    """Set a first row, and perhaps a last one, about the steps of each group; `reverse` turns the steps around."""
    extra = 1 if end is None else 2
    count = ladder.count + extra
    base = np.cumsum(count) - count  # [groups] first row
    if len(count) == 1:
        return Points({n: _framed(v[::-1] if reverse else v, start, end, i) for i, (n, v) in enumerate(columns.items())}, count)
    place = base[ladder.group]  # [steps] row
    place += 1
    within = np.arange(len(ladder.group)) - ladder.first[ladder.group]
    place += (ladder.count[ladder.group] - 1 - within) if reverse else within
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


def at_thresholds(ladder: Ladder, thresholds: Array) -> Ladder:
    """Give the ladder that has just these thresholds for steps, in decreasing order."""
    n_groups, n = len(ladder.first), len(thresholds)
    decreasing = thresholds[::-1]
    if n_groups == 1:
        reached = np.searchsorted(-ladder.score, -decreasing, side="right")[None, :]  # [groups, thresholds] steps
    else:
        reached = np.stack([ladder.add_up((ladder.score >= c).astype(np.float64)) for c in decreasing], axis=1).astype(np.int64)
    at = np.clip(ladder.first[:, None] + reached - 1, 0, max(len(ladder.score) - 1, 0))
    some = reached > 0

    def taken(cumulated: Array) -> Array:
        return np.where(some, cumulated[at] if len(cumulated) else 0.0, 0.0).reshape(-1)

    return Ladder(
        group=np.repeat(np.arange(n_groups), n),
        first=np.arange(n_groups) * n,
        count=np.full(n_groups, n),
        score=np.tile(decreasing, n_groups),
        events=taken(ladder.events),
        others=taken(ladder.others),
        total_events=ladder.total_events,
        total_others=ladder.total_others,
    )


def traces(
    reductions: Reductions,
    columns: tuple[str, ...],
    events: tuple[int, ...],
    draw: Callable[[Ladder], Points],
    *,
    keep_weight_0: bool,
    thresholds: Array | None,
    bins: int | None,
) -> list[Points]:
    """Draw the curves of some events, each with its score column, in every group."""
    if in_engine(reductions, bins):
        ladders = collect_ladders(reductions, columns, events, keep_weight_0=keep_weight_0, bins=bins, thresholds=thresholds)
        return [draw(ladder if thresholds is None else at_thresholds(ladder, thresholds)) for ladder in ladders]
    layout = lay_out(reductions, columns)
    return [trace(layout, i, event, draw, keep_weight_0=keep_weight_0, thresholds=thresholds) for i, event in enumerate(events)]


def trace(
    layout: Layout, column: int, event: int, draw: Callable[[Ladder], Points], *, keep_weight_0: bool, thresholds: Array | None
) -> Points:
    """Draw the curve of one event in every group."""

    def work(block: Block) -> Points:
        ladder = ladder_of(layout, block, sort_block(layout, column, block, keep_weight_0=keep_weight_0), event)
        return draw(ladder if thresholds is None else at_thresholds(ladder, thresholds))

    parts: list[Points] = list(each_block(layout, work))
    if len(parts) == 1:
        return parts[0]
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    return Points(columns, np.concatenate([part.count for part in parts]))
