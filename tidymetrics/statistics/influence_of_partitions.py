"""Influences on the agreement of two partitions: what a row adds to the sums that formulas are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.classes import Coded
from tidymetrics.frames.prepared import ESTIMATE, TRUTH
from tidymetrics.statistics.collapsed import collapse
from tidymetrics.statistics.contingency import Contingency
from tidymetrics.statistics.movable import CellMoves, Movement, at_least
from tidymetrics.statistics.partitions import Partitions, labels_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.collapsed import Collapsed
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask

_MOST_EMPTY = 2_000_000
"""Empty cells that are looked at, to see how far one row could move an estimate."""


@dataclass(frozen=True, eq=False, repr=False)
class _Places:
    """Cells, with the sums that a row of each is part of; each [cells]."""

    sums: Contingency
    group: Codes
    together: Array
    """The weight of the cell; 0 where it has no rows."""
    of_class: Array
    of_cluster: Array
    noise: Mask
    alone: Mask
    """Whether the row is a cluster of its own."""
    scored: Mask
    most: Mask
    """Whether the cell is the largest of its cluster."""
    held: Callable[[], Mask]
    """Gives whether its labels are matched."""
    one: Array
    """[groups] the mean weight of a row"""

    @property
    def _n(self) -> Array:
        return self.sums.total[self.group]

    def _pairs(self, size: Array, there: Mask) -> Array:
        return np.where(there & (size > 0), size - 0.5, 0.0)

    def _share(self, logs: Array, of: Array) -> Array:
        return np.where(self.scored, (logs - of[self.group]) / self._n, 0.0)

    def added(self, name: str) -> Array:
        """Give what a weight of 1 adds to a sum."""
        there, n = self.scored & ~self.alone, self._n
        if name in ("pairs_together", "pairs_of_classes", "pairs_of_clusters"):
            sizes = {"together": self.together, "classes": self.of_class, "clusters": self.of_cluster}
            return self._pairs(sizes[name.rsplit("_", 1)[1]], self.scored if name == "pairs_of_classes" else there)
        if name == "information":
            # to a cell without rows a whole row is added, since the first one counts for more than the next
            found = np.where(self.together > 0, self.together, self.one[self.group])
            logs = np.log(found * n / (self.of_class * self.of_cluster)) - (self.together == 0)
            return self._share(np.where(self.alone, np.log(n / self.of_class), logs), self.sums.information)
        if name == "entropy_of_classes":
            return self._share(np.log(n / self.of_class), self.sums.entropy_of_classes)
        if name == "entropy_of_clusters":
            logs = np.where(self.alone, np.log(n) + 1, np.log(n / self.of_cluster))
            return self._share(logs, self.sums.entropy_of_clusters)
        if name == "matched":
            return np.where(self.held() & there, 1.0, 0.0)
        every = np.ones(self.group.shape, np.bool_)
        flags = {"total": self.scored, "singles": self.alone, "noise": self.noise, "rows": every, "majority": self.most & there}
        return flags[name].astype(np.float64)


_SUMS = (
    *("rows", "noise", "total", "singles", "majority", "matched"),
    *("pairs_together", "pairs_of_classes", "pairs_of_clusters"),
    *("information", "entropy_of_classes", "entropy_of_clusters"),
)


def movement_of_partitions(made: Partitions, cells: Contingency, reductions: Reductions) -> Movement:
    """Give how the sums move that a formula has read of the cells."""
    read = [name for name in _SUMS if name in vars(cells)]
    numbers = np.stack([getattr(cells, name) for name in read], axis=1)  # [groups, sums]
    fixed = {name: getattr(cells, name) for name in ("n_classes", "n_clusters", "n_cells")}

    def moved(x: Array, which: Codes) -> Partitions:
        sums = dict(zip(read, x.T, strict=True)) | {name: values[which] for name, values in fixed.items()}
        # one partition is not the same any more once a row moves
        sums |= {"identical": np.zeros(len(which), np.bool_)}
        known = Contingency.of_sums(len(which), sums.pop("noise"), sums.pop("rows"), **sums)
        none = np.zeros(0, np.int64)
        truth, estimate = (Coded(none, coded.values, coded.typed) for coded in (made.truth, made.estimate))
        totals = made.totals.tiled(which)
        return Partitions(len(which), none, truth, estimate, np.zeros(0), np.zeros(0), totals, {(None, cells.how): known})

    def source(units: bool) -> CellMoves:
        with np.errstate(all="ignore"):
            return _of_units(made, cells, read, reductions) if units else _of_cells(made, cells, read, reductions)

    return Movement(numbers, at_least(numbers), moved, source)


def _of_cells(made: Partitions, cells: Contingency, read: list[str], reductions: Reductions) -> CellMoves:
    group, truth, estimate = (
        np.concatenate(parts)
        for parts in zip((made.group, made.truth.codes, made.estimate.codes), _empty(made, cells), strict=True)
    )
    weight = np.concatenate([made.weight, np.zeros(len(group) - len(made.weight))])
    by_number = _by_number(made, cells, read, (group, truth, estimate))

    def powers() -> tuple[Array, Array, Array]:
        if not reductions.rows.weighted:
            return weight, weight, np.bincount(group, weight, minlength=made.n_groups).astype(np.float64)
        found = collapse(reductions, reductions.frame_rows.frame, (TRUTH, ESTIMATE), units=False)
        codes = _codes_of(made, found, reductions)
        known = (codes[0] >= 0) & (codes[1] >= 0)
        keys = _keys(made, found.group, *codes)
        own = _keys(made, made.group, made.truth.codes, made.estimate.codes)
        at = np.minimum(np.searchsorted(own, keys), max(len(own) - 1, 0))
        known &= (own[at] == keys) if len(own) else False
        squares, fourths = (
            np.bincount(at[known], v[known], minlength=len(weight)).astype(np.float64) for v in (found.squares, found.fourths)
        )
        return squares, fourths, np.bincount(found.group[known], found.rows[known], minlength=made.n_groups).astype(np.float64)

    return CellMoves(group, by_number, weight, powers)


def _of_units(made: Partitions, cells: Contingency, read: list[str], reductions: Reductions) -> CellMoves:
    found = collapse(reductions, reductions.frame_rows.frame, (TRUTH, ESTIMATE), units=True)
    truth, estimate = _codes_of(made, found, reductions)
    kept = (truth >= 0) & (estimate >= 0) & (found.weight > 0)
    found = found.at(kept)
    by_number = _by_number(made, cells, read, (found.group, truth[kept], estimate[kept]))
    return CellMoves(found.group, by_number, found.weight, lambda: (found.squares, found.fourths, found.rows), found.unit)


def _codes_of(made: Partitions, found: Collapsed, reductions: Reductions) -> list[Codes]:
    """Give the labels of collapsed rows as codes of the partitions; -1 where one is missing."""
    codes = []
    for name, coded in ((TRUTH, made.truth), (ESTIMATE, made.estimate)):
        theirs = labels_of(reductions.frame_rows.classes[name], found.table.get_column(name))
        position = {value: i for i, value in enumerate(coded.values)}
        codes.append(np.array([*(position.get(value, -1) for value in theirs.values), -1], np.int64)[theirs.codes])
    return codes


def _keys(made: Partitions, group: Codes, truth: Codes, estimate: Codes) -> Codes:
    keys: Any = (group * max(len(made.truth.values), 1) + truth) * max(len(made.estimate.values), 1) + estimate
    return np.asarray(keys, np.int64)


def _empty(made: Partitions, cells: Contingency) -> tuple[Codes, Codes, Codes]:
    """Give the cells that rows could fall into and none did: of known labels, and noise where there is none."""
    a, b = cells.classes, cells.clusters
    of_group = np.bincount(b.group, minlength=cells.n_groups)
    times = of_group[a.group]  # [classes]
    if times.sum() > _MOST_EMPTY:
        times = np.zeros_like(times)
    left = np.repeat(np.arange(len(a.group)), times)
    first = np.cumsum(of_group) - of_group
    right = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times) + first[a.group[left]]
    group, truth, estimate = a.group[left], a.code[left], b.code[right]
    new = ~np.isin(_keys(made, group, truth, estimate), _keys(made, made.group, made.truth.codes, made.estimate.codes))
    every = np.arange(cells.n_groups)
    none = np.full(cells.n_groups, -1)
    return np.append(group[new], every), np.append(truth[new], none), np.append(estimate[new], none)


def _by_number(made: Partitions, cells: Contingency, read: list[str], at: tuple[Codes, Codes, Codes]) -> Array:
    """Give what a row adds to each sum: [cells, sums]; labels of -1 are noise."""
    group, truth, estimate = at
    keys = _keys(made, group, truth, estimate)
    own = _keys(made, cells.group, cells.truth, cells.estimate)

    def looked_up(values: Any, known: Codes = own, wanted: Codes = keys) -> Any:
        if not len(known):
            return np.zeros(len(wanted), np.asarray(values).dtype)
        place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.where(known[place] == wanted, values[place], 0)

    sizes = []
    for side, codes in ((cells.classes, truth), (cells.clusters, estimate)):
        base = int(max(side.code.max(initial=0), codes.max(initial=0))) + 2
        sizes.append(looked_up(side.weight, side.group * base + side.code, group * base + codes))
    noise = (estimate < 0) | (estimate == (-1 if cells.noise_code is None else cells.noise_code))
    totals = made.totals
    places = _Places(
        cells,
        group,
        looked_up(cells.together).astype(np.float64),
        sizes[0],
        sizes[1],
        noise,
        noise & (cells.how == "singletons") & (estimate >= 0),
        (estimate >= 0) & ~(noise & (cells.how == "drop")),
        looked_up(cells.of_most).astype(bool),
        lambda: looked_up(cells.matching[0]).astype(bool),
        totals.weight / np.maximum(totals.n, 1),
    )
    return np.stack([places.added(name) for name in read], axis=1)
