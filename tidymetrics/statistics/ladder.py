"""The score ladder: distinct scores from the top, with the events and others at each.

One sort a group and score column makes it; the areas, the pairs of classes and the curves all stand on it. Rows are laid
out group by group, cut into blocks that fit a core's cache, and each block is sorted by itself: one large group by its scores
alone, many small ones by their scores and then, stably, by group.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.reductions import SETTLE_INSTEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import narwhals as nw
    import polars as pl

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes

_BLOCK = 250_000
"""Rows that are sorted at once, more only where one group has more."""

_THREADS = 2


@dataclass(frozen=True, eq=False, repr=False)
class Layout:
    """Rows without missing values, group by group."""

    lengths: Codes
    """[groups] rows of each"""
    truth: Codes
    """[rows] positions in the levels"""
    scores: tuple[Array, ...]
    """For each score column [rows]"""
    weight: Array | None
    """[rows]"""


@dataclass(frozen=True, eq=False, repr=False)
class Ladder:
    """The ladders of some groups for one event."""

    group: Codes
    """[steps] which of the groups a step belongs to"""
    first: Codes
    """[groups] the position of a group's first step; that of the next group's for a group without rows"""
    count: Codes
    """[groups] the number of steps"""
    score: Array
    """[steps] distinct in a group, decreasing"""
    events: Array
    """[steps] the weight of events with this score or a higher one"""
    others: Array
    """[steps] the same of all other rows"""
    total_events: Array
    """[groups]"""
    total_others: Array

    def before(self, cumulated: Array) -> Array:
        """Give what had cumulated before each step [steps]: 0 at a group's first."""
        shifted = np.empty_like(cumulated)
        shifted[1:] = cumulated[:-1]
        shifted[self.first[self.count > 0]] = 0.0
        return shifted

    def add_up(self, values: Array) -> Array:
        """Add up the steps of each group: [groups]."""
        total = np.zeros(len(self.first))
        some = self.count > 0
        if len(values):
            total[some] = np.add.reduceat(values, self.first[some])
        return total


def lay_out(reductions: Reductions, scores: Sequence[str]) -> Layout:
    """Bring truth and scores to numpy, group by group in the order of the groups."""
    rows = reductions.rows
    if not isinstance(rows, PreparedFrame):
        truth = rows.numbers[TRUTH].astype(np.int64)
        return Layout(np.array([len(truth)]), truth, tuple(rows.numbers[s] for s in scores), rows.numbers.get(WEIGHT))
    reads = (TRUTH, *dict.fromkeys(scores), *((WEIGHT,) if rows.weighted else ()))
    lengths, columns = lay_out_columns(reductions, reads, reductions.complete(reads))
    return Layout(
        lengths,
        columns[TRUTH].to_numpy(),
        tuple(columns[name].to_numpy() for name in scores),
        columns[WEIGHT].to_numpy() if rows.weighted else None,
    )


def lay_out_columns(
    reductions: Reductions, names: tuple[str, ...], frame: nw.LazyFrame[Any], what: str = "a ranking of scores"
) -> tuple[Codes, dict[str, pl.Series]]:
    """Give the number of rows of each group of a frame, and columns of these, none of them with nulls, group by group.

    `what` needs them, in the message of an engine that has too many to let them go.
    """
    rows = reductions.frame_rows
    frame = frame.select(*rows.keys, *names)
    if not rows.grouped:
        table = rows.collect_bounded(frame.select(*names), what, instead=SETTLE_INSTEAD)
        return np.array([len(table)]), {name: table.get_column(name) for name in names}
    native = frame.to_native() if rows.embedded else rows.collect_bounded(frame, what, instead=SETTLE_INSTEAD).lazy()
    table = reductions.align(rows.collect_native(native.group_by(rows.keys).agg(names)))
    lengths = table.get_column(names[0]).list.len().fill_null(0).to_numpy().astype(np.int64)
    # groups without complete rows have no list
    return lengths, {name: table.get_column(name).drop_nulls().explode().drop_nulls() for name in names}


@dataclass(frozen=True, eq=False, repr=False)
class Block:
    """Consecutive groups that are sorted together."""

    groups: slice
    rows: slice


def blocks_of(lengths: Codes) -> list[Block]:
    """Cut the groups into blocks of about the size that sorts fastest."""
    if not len(lengths):
        return [Block(slice(0, 0), slice(0, 0))]
    ends = np.cumsum(lengths)
    blocks, start, row = [], 0, 0
    while start < len(lengths):
        stop = max(start + 1, int(np.searchsorted(ends, row + _BLOCK, side="right")))
        blocks.append(Block(slice(start, stop), slice(row, int(ends[stop - 1]))))
        start, row = stop, int(ends[stop - 1])
    return blocks


def each_block(layout: Layout, work: Callable[[Block], Any]) -> Iterator[Any]:
    """Do the work of each block, two at a time: numpy lets go of the interpreter while it sorts."""
    blocks = blocks_of(layout.lengths)
    if len(blocks) == 1:
        yield work(blocks[0])
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(work, blocks)


@dataclass(frozen=True, eq=False, repr=False)
class SortedBlock:
    """A block's rows by decreasing score, group after group."""

    order: Codes
    """[rows] the row of the block that stands here"""
    score: Array
    """[rows]"""
    last: Codes
    """[steps] the last row of each step"""
    group_of_last: Codes
    """[steps] the group, counted from the block's first"""
    lengths: Codes
    """[groups]"""


def sort_block(layout: Layout, column: int, block: Block, *, keep_weight_0: bool = False) -> SortedBlock:
    """Sort a block's rows by group and decreasing score, and find where the score changes."""
    lengths = layout.lengths[block.groups]
    score = layout.scores[column][block.rows]
    rows = None
    if layout.weight is not None and not keep_weight_0:
        rows = np.flatnonzero(layout.weight[block.rows] > 0)
        of_row = np.repeat(np.arange(len(lengths)), lengths)[rows]  # [kept rows] group
        lengths = np.bincount(of_row, minlength=len(lengths))
        score = score[rows]
    order = np.argsort(-score)
    ends = np.cumsum(lengths)
    if len(lengths) > 1:
        group = np.repeat(np.arange(len(lengths), dtype=_code_type(len(lengths))), lengths)
        order = order[np.argsort(group[order], kind="stable")]
    ranked = score[order]
    changes = np.empty(len(ranked), bool)
    np.not_equal(ranked[1:], ranked[:-1], out=changes[:-1])
    changes[ends[lengths > 0] - 1] = True
    last = np.flatnonzero(changes)
    group_of_last: Any = np.searchsorted(ends, last, side="right") if len(lengths) > 1 else np.zeros(len(last), np.int8)
    return SortedBlock(order if rows is None else rows[order], ranked, last, group_of_last, lengths)


def _code_type(n: int) -> Any:
    # numpy sorts 16-bit integers by radix
    return np.uint16 if n <= np.iinfo(np.uint16).max else np.int64


def ladder_of(layout: Layout, block: Block, ranked: SortedBlock, event: int) -> Ladder:
    """Cumulate the events and the others of a sorted block."""
    is_event = layout.truth[block.rows][ranked.order] == event  # [rows]
    if layout.weight is None:
        events, everything = np.cumsum(is_event, dtype=np.int64), None
    else:
        weight = layout.weight[block.rows][ranked.order]
        events = np.cumsum(np.where(is_event, weight, 0.0))
        everything = np.cumsum(np.where(is_event, 0.0, weight))
    count = np.bincount(ranked.group_of_last, minlength=len(ranked.lengths))
    first = np.cumsum(count) - count
    at_end = first + count - 1
    steps_e = events[ranked.last].astype(np.float64)
    del events
    steps_o = (ranked.last + 1 - steps_e) if everything is None else everything[ranked.last]
    del everything
    some = count > 0

    def within_groups(steps: Array) -> tuple[Array, Array]:
        if len(count) == 1:
            return steps, steps[-1:] if len(steps) else np.zeros(1)
        so_far = np.where(some, steps[at_end] if len(steps) else 0.0, 0.0)  # [groups] at the end of each
        base = np.concatenate([[0.0], np.maximum.accumulate(so_far)[:-1]])  # [groups] at its start
        return steps - base[ranked.group_of_last], np.where(some, so_far - base, 0.0)

    steps_e, total_e = within_groups(steps_e)
    steps_o, total_o = within_groups(steps_o)
    return Ladder(ranked.group_of_last, first, count, ranked.score[ranked.last], steps_e, steps_o, total_e, total_o)
