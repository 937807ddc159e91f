"""Scores counted between cuts, group by group, in one pass: uniform bins, sweeps of thresholds, and cells of [0, 1].

    slots = slot_sums(lengths, score, event, weight, cuts, side="left")    # rows group by group
    slots.events, slots.others, slots.score_sum, slots.squares             # [groups, cuts + 1]

With `side="left"` slot i holds scores in (cuts[i - 1], cuts[i]]: bins closed above. With `side="right"` it holds
[cuts[i - 1], cuts[i]): what a threshold `>=` tells apart. Rows of weight 0 leave no trace, sums of an empty slot are exactly 0.
A class of several levels is as many calls or as many groups as it has levels. An engine gives the same four arrays.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tidymetrics.statistics.score_steps import sum_by

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

Side: TypeAlias = Literal["left", "right"]

_ROWS = 131_072
"""Rows at a time, so that what is made of them stays in a core's cache."""

_THREADS = 2
_CELLS = 4_096
"""Cells of equal width that say where to begin among the cuts."""


@dataclass(frozen=True, eq=False, repr=False)
class SlotSums:
    """What lies between cuts, each array [groups, slots]."""

    events: Array
    """weight of events"""
    others: Array
    """weight of all other rows"""
    score_sum: Array
    """the sum of weight times score"""
    squares: Array
    """the sum of squared weights; without weights the number of rows"""

    @property
    def weight(self) -> Array:
        """The weight of all rows [groups, slots]."""
        return self.events + self.others


@dataclass(frozen=True, eq=False, repr=False)
class Places:
    """Cuts, and how many of them lie below each of many cells of equal width.

    Exact, whatever rounding does: the cell of a score never falls as the score grows.
    """

    cuts: Array
    below: Codes
    """[cells]"""
    deepest: int
    """The most cuts in one cell."""
    side: Side

    @classmethod
    def of(cls, cuts: Array, side: Side) -> Places:
        """Prepare cuts, which increase."""
        if not len(cuts):
            return cls(cuts, np.zeros(_CELLS, np.int64), 0, side)
        cell = cls._cell(cuts, cuts)
        counts = np.bincount(cell, minlength=_CELLS)
        return cls(cuts, np.cumsum(counts) - counts, int(counts.max()), side)

    @staticmethod
    def _cell(cuts: Array, score: Array) -> Codes:
        reach = cuts[-1] - cuts[0]
        with np.errstate(over="ignore", invalid="ignore"):
            scaled = (score - cuts[0]) * ((_CELLS - 1) / reach if reach > 0 else 0.0)
            # infinite scores times 0 are no number; one cut needs no cells
            cells: Codes = np.clip(np.nan_to_num(scaled), 0, _CELLS - 1).astype(np.int64)
            return cells

    def slot(self, score: Array) -> Codes:
        """Give the slot of each score: as numpy's searchsorted, without its jumps."""
        if not len(self.cuts):
            return np.zeros(len(score), np.int64)
        if self.deepest > 2 or not np.isfinite(self.cuts[-1] - self.cuts[0]):
            found: Codes = np.searchsorted(self.cuts, score, side=self.side)
            return found
        found = self.below[self._cell(self.cuts, score)]
        last = len(self.cuts) - 1
        for _ in range(self.deepest):
            cut = self.cuts[np.minimum(found, last)]
            above = (score >= cut) if self.side == "right" else (score > cut)
            found = found + (above & (found <= last))
        return found


def slot_sums(lengths: Codes, score: Array, event: Mask, weight: Array | None, cuts: Array, side: Side = "left") -> SlotSums:
    """Count and add up, group by group; `cuts` increase."""
    ends = np.cumsum(lengths)
    starts = ends - lengths
    n_slots = len(cuts) + 1
    places = Places.of(np.asarray(cuts, np.float64), side)
    pieces = [slice(at, min(at + _ROWS, len(score))) for at in range(0, len(score), _ROWS)]

    def work(rows: slice) -> tuple[int, Array]:
        # a piece touches consecutive groups
        low = int(np.searchsorted(ends, rows.start, side="right"))
        high = int(np.searchsorted(ends, rows.stop - 1, side="right")) + 1
        here = np.minimum(ends[low:high], rows.stop) - np.maximum(starts[low:high], rows.start)
        place = places.slot(score[rows])
        if high - low > 1:
            place = place + np.repeat(np.arange(0, (high - low) * n_slots, n_slots), np.maximum(here, 0))
        w = None if weight is None else weight[rows]
        return low, _add_up(place, score[rows], event[rows], w, (high - low) * n_slots).reshape(4, high - low, n_slots)

    sums = np.zeros((4, len(lengths), n_slots))
    if len(pieces) < 2:
        parts = [work(piece) for piece in pieces]
    else:
        with ThreadPoolExecutor(_THREADS) as pool:
            parts = list(pool.map(work, pieces))
    for low, part in parts:
        sums[:, low : low + part.shape[1]] += part
    return SlotSums(*sums)


def _add_up(place: Codes, score: Array, event: Mask, weight: Array | None, size: int) -> Array:
    """Give [4, size]: events, others, weight times score, squared weights."""
    if weight is None:
        counts = np.bincount(place + size * event, minlength=2 * size).astype(np.float64)
        return np.stack(
            [counts[size:], counts[:size], np.bincount(place, score, minlength=size), counts[size:] + counts[:size]]
        )
    counts = sum_by(place + size * event, weight, 2 * size)
    # an infinite score of weight 0 adds nothing
    weighted = np.where(weight > 0, score, 0.0) * weight
    return np.stack(
        [
            counts[size:],
            counts[:size],
            np.bincount(place, weighted, minlength=size),
            np.bincount(place, weight * weight, minlength=size),
        ]
    )
