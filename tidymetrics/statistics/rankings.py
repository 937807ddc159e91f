"""Rankings of scores: the distinct scores from the top, with the cumulative counts of events and others at each.

One sort of a score column makes them; the areas, the pairs of classes and the curves all stand on them. Rows are sorted all at
once where they fit into keys (`packed`). Else they are laid out group by group and cut into chunks that fit a core's cache, and
each chunk is sorted by itself: one large group by its scores alone, many small ones by their scores and then, stably, by group.
Nothing is cumulated from one group to the next, so that a group's digits are its own whatever the weights of others.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidymetrics.typing import Array, Codes, Mask

_CHUNK = 250_000
"""Rows that are sorted at once, more only where one group has more."""


@dataclass(frozen=True, eq=False, repr=False)
class ScoreRanking:
    """The distinct scores of each group from the top, with the cumulative counts of an event and of all others."""

    group: Codes
    """[steps] which of the groups a step belongs to"""
    first: Codes
    """[groups] the position of a group's first step; that of the next group's for a group without rows"""
    count: Codes
    """[groups] the number of steps"""
    score: Array
    """[steps] distinct in a group, decreasing; none unless asked for"""
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
        if len(self.first) == 1:
            shifted[:1] = 0.0
        else:
            shifted[self.first[self.count > 0]] = 0.0
        return shifted

    @cached_property
    def events_at(self) -> Array:
        """[steps] the weight of events with this score."""
        return self._at(self.events)

    @cached_property
    def others_at(self) -> Array:
        """[steps] the same of all other rows."""
        return self._at(self.others)

    def _at(self, cumulated: Array) -> Array:
        made = np.empty_like(cumulated)
        np.subtract(cumulated[1:], cumulated[:-1], out=made[1:])
        first = slice(0, 1) if len(self.first) == 1 else self.first[self.count > 0]
        made[first] = cumulated[first]
        return made

    def add_up(self, values: Array) -> Array:
        """Add up the steps of each group: [groups]."""
        total = np.zeros(len(self.first))
        some = self.count > 0
        if len(values):
            total[some] = np.add.reduceat(values, self.first[some])
        return total


@dataclass(frozen=True, eq=False, repr=False)
class SortChunk:
    """Consecutive groups that are sorted together."""

    groups: slice
    rows: slice


@dataclass(frozen=True, eq=False, repr=False)
class SortedChunk:
    """The rows of a chunk by decreasing score, group after group."""

    truth: Codes
    """[rows] positions in the levels"""
    weight: Array | None
    """[rows]; None where each row counts as 1"""
    order: Codes | None
    """[rows] the row of the chunk that stands here; None where nothing tells"""
    last: Codes
    """[steps] the last row of each step"""
    group_of_last: Codes
    """[steps] the group, counted from the first of the chunk"""
    lengths: Codes
    """[groups]"""
    scores: Callable[[], Array]
    """[steps] the scores, which only curves ask for"""

    @staticmethod
    def of(
        rows: tuple[Codes, Array | None, Codes | None], last: Codes, lengths: Codes, scores: Callable[[], Array]
    ) -> SortedChunk:
        """Find the group of each step; `rows` are their truth, weight and order."""
        one = len(lengths) == 1
        group: Any = np.zeros(len(last), np.int8) if one else np.searchsorted(np.cumsum(lengths), last, side="right")
        return SortedChunk(*rows, last, group, lengths, scores)


class Sortable(Protocol):
    """A column of scores that gives its rows in order, a chunk at a time."""

    @property
    def lengths(self) -> Codes:
        """How many rows each group has [groups]."""

    def sorted(self, chunk: SortChunk, *, keep_weight_0: bool = False) -> SortedChunk:
        """Give the rows of a chunk by group and decreasing score; those of weight 0 only if they are kept."""


def chunks_of(lengths: Codes) -> list[SortChunk]:
    """Cut the groups into chunks of about the size that sorts fastest."""
    total = int(lengths.sum())
    if total <= _CHUNK or len(lengths) == 1:
        return [SortChunk(slice(0, len(lengths)), slice(0, total))]
    ends = np.cumsum(lengths)
    chunks, start, row = [], 0, 0
    while start < len(lengths):
        stop = max(start + 1, int(np.searchsorted(ends, row + _CHUNK, side="right")))
        chunks.append(SortChunk(slice(start, stop), slice(row, int(ends[stop - 1]))))
        start, row = stop, int(ends[stop - 1])
    return chunks


def each_chunk(column: Sortable, work: Callable[[SortChunk], Any]) -> Iterator[Any]:
    """Do the work of each chunk, several at a time: numpy lets go of the interpreter while it sorts."""
    chunks = chunks_of(column.lengths)
    if len(chunks) == 1:
        yield work(chunks[0])
        return
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        yield from pool.map(work, chunks)


def sort_chunk(lengths: Codes, truth: Codes, score: Array, weight: Array | None, *, keep_weight_0: bool) -> SortedChunk:
    """Sort rows that stand group by group by decreasing score, and find where the score changes."""
    rows = None
    if weight is not None and not keep_weight_0 and not (weight > 0).all():
        rows = np.flatnonzero(weight > 0)
        of_row = np.repeat(np.arange(len(lengths)), lengths)[rows]  # [kept rows] group
        lengths = np.bincount(of_row, minlength=len(lengths))
        score = score[rows]
    # tied rows by class and then as they come, as packed keys have them, so that their weights add up in one order
    order = np.argsort(-score) if weight is None else np.lexsort((truth if rows is None else truth[rows], -score))
    if len(lengths) > 1:
        group = np.repeat(np.arange(len(lengths), dtype=_code_type(len(lengths))), lengths)
        order = order[np.argsort(group[order], kind="stable")]
    ranked = score[order]
    changes = np.empty(len(ranked), bool)
    np.not_equal(ranked[1:], ranked[:-1], out=changes[:-1])
    changes[np.cumsum(lengths)[lengths > 0] - 1] = True
    last = np.flatnonzero(changes)
    order = order if rows is None else rows[order]
    rows_in_order = (truth[order], None if weight is None else weight[order], order)
    return SortedChunk.of(rows_in_order, last, lengths, lambda: np.asarray(ranked[last], np.float64))


def _code_type(n: int) -> Any:
    # numpy sorts 16-bit integers by radix
    return np.uint16 if n <= np.iinfo(np.uint16).max else np.int64


def cumulate_within(values: Array, lengths: Codes) -> Array:
    """Cumulate values [rows] inside each group, as if the group were alone.

    A difference of sums over all rows would carry the rounding of other groups' weights into a group of small ones. Groups of
    similar length are laid side by side, so that each is a row of a table that is cumulated along its rows.
    """
    if len(lengths) == 1:
        return np.cumsum(values)
    made = np.empty(len(values))
    starts = np.cumsum(lengths) - lengths
    size = np.frexp(lengths)[1]  # [groups] the bits of the length
    for bits in np.unique(size[lengths > 0]):
        these = np.flatnonzero(size == bits)
        place = np.arange(lengths[these].max())  # [rows of the longest]
        there = place < lengths[these, None]  # [these groups, rows of the longest]
        at = starts[these, None] + place
        table = np.zeros(there.shape)
        table[there] = values[at[there]]
        made[at[there]] = np.cumsum(table, axis=1)[there]
    return made


def cumulate_chunk(ranked: SortedChunk, event: int, *, scores: bool = False) -> ScoreRanking:
    """Cumulate the events and the others of a sorted chunk; only curves need the scores too."""
    is_event = ranked.truth == event  # [rows]
    one = len(ranked.lengths) == 1
    count = np.array([len(ranked.last)]) if one else np.bincount(ranked.group_of_last, minlength=len(ranked.lengths))
    first = np.cumsum(count) - count
    if ranked.weight is None:
        steps_e, steps_o = _count_steps(ranked, is_event)
    else:
        steps_e = cumulate_within(np.where(is_event, ranked.weight, 0.0), ranked.lengths)[ranked.last]
        steps_o = cumulate_within(np.where(is_event, 0.0, ranked.weight), ranked.lengths)[ranked.last]
    total_e, total_o = (at_ends(steps, first, count) for steps in (steps_e, steps_o))
    found = ranked.scores() if scores else np.empty(0)
    return ScoreRanking(ranked.group_of_last, first, count, found, steps_e, steps_o, total_e, total_o)


def _count_steps(ranked: SortedChunk, is_event: Mask) -> tuple[Array, Array]:
    """Count the events and the others from the start of each group to each step [steps]; whole numbers lose nothing."""
    events = np.cumsum(is_event, dtype=np.float64)
    steps_e = events if len(ranked.last) == len(events) else events[ranked.last]
    everything = np.add(ranked.last, 1, dtype=np.float64)
    if len(ranked.lengths) > 1:
        starts = np.cumsum(ranked.lengths) - ranked.lengths
        before = np.concatenate([[0.0], events])[starts]  # [groups]
        steps_e = steps_e - before[ranked.group_of_last]
        everything -= starts[ranked.group_of_last]
    everything -= steps_e
    return steps_e, everything


def at_ends(steps: Array, first: Codes, count: Codes) -> Array:
    """Give what is cumulated at the last step of each group [groups], 0 for a group without steps."""
    total = np.zeros(len(count))
    some = count > 0
    total[some] = steps[(first + count - 1)[some]]
    return total
