"""Confusion counts kept as cells, where a table of all pairs of levels would be mostly empty."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.counts import ConfusionCounts, EventCounts

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes

_SMALL = 1 << 18
"""Up to this many entries a table costs nothing to speak of."""

_EMPTY = 8
"""A table with more entries than this for each cell is not built unless a formula reads it."""


class CellCounts(ConfusionCounts):
    """Counts as cells: what needs only margins and the diagonal costs what the cells cost, and the table waits."""

    def __init__(
        self, group: Codes, predicted: Codes, true: Codes, weight: Array | None, shape: tuple[int, int, int], *, whole: bool
    ) -> None:
        cells = {"_group": group, "_p": predicted, "_t": true, "_weight": weight, "_shape": shape, "whole": whole}
        for name, value in cells.items():
            object.__setattr__(self, name, value)

    if TYPE_CHECKING:
        _group: Codes  # each [cells]; a pair of levels may have several cells
        _p: Codes
        _t: Codes
        _weight: Array | None
        _shape: tuple[int, int, int]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape that the table would have."""
        return self._shape

    @cached_property
    def table(self) -> Array:
        """The table [groups, levels, levels], built when something reads it."""
        return table_of(self._group, self._p, self._t, self._weight, self._shape)

    @cached_property
    def total(self) -> Array:
        """The weight of all cells [groups]."""
        return self._by_group(slice(None))

    @cached_property
    def correct(self) -> Array:
        """The weight of the diagonal [groups]."""
        return self._by_group(self._p == self._t)

    @cached_property
    def wrong(self) -> Array:
        """The weight off the diagonal [groups]."""
        return self._by_group(self._p != self._t)

    @cached_property
    def predicted(self) -> Array:
        """The weight of each predicted level [groups, levels]."""
        return self._by_level(self._p, slice(None))

    @cached_property
    def true(self) -> Array:
        """The weight of each true level [groups, levels]."""
        return self._by_level(self._t, slice(None))

    def by_level(self) -> EventCounts:
        """Count each level against the rest [groups, levels], by adding alone."""
        right, wrong = self._p == self._t, self._p != self._t
        tp, fp, fn = self._by_level(self._t, right), self._by_level(self._p, wrong), self._by_level(self._t, wrong)
        total = np.broadcast_to(self.total[:, None], tp.shape)
        tn = total - tp - fp - fn if self.whole else self._touching_neither()
        return EventCounts(tp, fp, fn, tn, self.true, fp + tn, self.predicted, fn + tn, total)

    def _touching_neither(self) -> Array:
        """Add up, for each level, the cells that it neither predicts nor is the truth of: [groups, levels].

        A cell counts for all levels but its two: those below both, between them, and above both. The first and the last are
        cumulated sums. Those between are a range, which is cut into blocks whose length is a power of two; each level then
        adds up the blocks that it lies in.
        """
        low, high = np.minimum(self._p, self._t), np.maximum(self._p, self._t)
        ends, starts = self._by_level(high, slice(None)), self._by_level(low, slice(None))  # [groups, levels]
        made = np.zeros_like(ends)
        made[:, 1:] += np.cumsum(ends[:, :-1], axis=1)
        made[:, :-1] += np.cumsum(starts[:, :0:-1], axis=1)[:, ::-1]
        return made + self._between(low + 1, high)

    def _between(self, low: Codes, high: Codes) -> Array:
        """Add up, for each level, the cells whose range from `low` up to `high`, itself left out, holds it."""
        n_groups, size = self._shape[:2]
        kept = low < high
        low, high, group = low[kept], high[kept], self._group[kept]
        weight = None if self._weight is None else self._weight[kept]
        blocks: list[Array] = []  # [groups, blocks], of length 1, 2, 4, ...
        while size > 1 and len(low):
            first, last = low % 2 == 1, high % 2 == 1  # a block whose neighbour in the next length is outside the range
            made = np.zeros((n_groups, size))
            for chosen, place in ((first, low), (last, high - 1)):
                w = None if weight is None else weight[chosen]
                made += sum_by(group[chosen] * size + place[chosen], w, n_groups * size).reshape(n_groups, size)
            blocks.append(made)
            low, high, size = (low + 1) // 2, high // 2, (size + 1) // 2
            kept = low < high
            low, high, group = low[kept], high[kept], group[kept]
            weight = None if weight is None else weight[kept]
        found = np.zeros((n_groups, 1 if not blocks else (blocks[-1].shape[1] + 1) // 2))
        for made in reversed(blocks):
            found = made + np.repeat(found, 2, axis=1)[:, : made.shape[1]]
        return found if blocks else np.zeros(self._shape[:2])

    def _by_group(self, chosen: slice | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Array:
        weight = None if self._weight is None else self._weight[chosen]
        return sum_by(self._group[chosen], weight, self._shape[0])

    def _by_level(self, level: Codes, chosen: slice | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Array:
        n_groups, size = self._shape[:2]
        weight = None if self._weight is None else self._weight[chosen]
        return sum_by(self._group[chosen] * size + level[chosen], weight, n_groups * size).reshape(n_groups, size)


def counts_of(
    group: Codes | None, predicted: Codes, true: Codes, weight: Array | None, shape: tuple[int, int, int], *, whole: bool
) -> ConfusionCounts:
    """Make counts of cells, each [cells]: a table, or the cells where the table would be large and mostly empty."""
    entries = shape[0] * shape[1] * shape[2]
    if entries > max(_SMALL, _EMPTY * len(true)):
        group = np.zeros(len(true), np.int64) if group is None else group
        return CellCounts(group, predicted, true, weight, shape, whole=whole)
    return ConfusionCounts(table_of(group, predicted, true, weight, shape), whole=whole)


def table_of(group: Codes | None, predicted: Codes, true: Codes, weight: Array | None, shape: tuple[int, int, int]) -> Array:
    """Add up cells to [groups, levels, levels]."""
    n_groups, size, _ = shape
    place = predicted * size + true
    if group is None or n_groups == 1:
        return sum_by(place, weight, size * size).reshape(shape)
    # groups lie next to each other in memory, where there may be many; levels are few
    place = place * n_groups + group
    return np.moveaxis(sum_by(place, weight, n_groups * size * size).reshape(size, size, n_groups), 2, 0)


def sum_by(place: Codes, weight: Array | None, size: int) -> Array:
    """Add up weights, or count, by place: [size]."""
    return np.bincount(place, weight, minlength=size).astype(np.float64, copy=False)
