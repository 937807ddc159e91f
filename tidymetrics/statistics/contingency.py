"""Cells of classes by clusters, sparse, and the sums that the agreement of two partitions of the same rows is made of.

A caller brings arrays and no frame: `Contingency.of_cells(group, truth, estimate, weight, n_groups=...)`, one entry per cell or
per row. Codes are any whole numbers from 0 on; truth and estimate share none, and a group's clusters need no names of
their own. Rows where something is missing are left out before. Cells of weight 0 do not count.

Noise is one code of `estimate`: with `noise_code=` and `noise="drop"`, `"singletons"` or `"cluster"`. Singletons are never
laid out: a row that is a cluster of its own adds to the sums in closed form. Weights are counts, so that a noise cell of
weight m is m clusters of one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.assignment import assign
from tidymetrics.statistics.information import divergence

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

Noise: TypeAlias = Literal["drop", "singletons", "cluster"]

_DENSE = 1 << 22
"""Up to so many possible cells are counted in a table; more are sorted."""

_MOST_LABELS = 2000
"""An assignment of more than so many labels on each side takes minutes."""


@dataclass(frozen=True, eq=False, repr=False)
class Margin:
    """The labels of one side: a group, a code and a weight for each that occurs, sorted by group and code."""

    group: Codes
    """[labels]"""
    code: Codes
    """[labels]"""
    weight: Array
    """[labels]"""
    of_cell: Codes
    """[cells] the position of each cell's label"""


@dataclass(frozen=True, eq=False, repr=False)
class Contingency:
    """Weights of the cells that hold rows, sorted by group, class and cluster."""

    n_groups: int
    group: Codes
    """[cells]"""
    truth: Codes
    """[cells]"""
    estimate: Codes
    """[cells]"""
    weight: Array
    """[cells]"""
    alone: Array
    """[cells] weight of rows that are clusters of their own; such a cell has no other weight"""
    noise: Array
    """[groups] weight of noise, whatever is done with it"""
    rows: Array
    """[groups] weight of all rows, noise too"""
    noise_code: int | None = None
    how: Noise = "cluster"
    """What is done with noise."""

    @classmethod
    def of_cells(
        cls,
        group: Codes,
        truth: Codes,
        estimate: Codes,
        weight: Array | None = None,
        *,
        n_groups: int,
        noise_code: int | None = None,
        noise: Noise = "cluster",
    ) -> Contingency:
        """Collapse cells or rows, each with its weight (1 without one)."""
        (group, truth, estimate), weight = _collapse(group, truth, estimate, weight)
        is_noise = np.zeros(len(group), dtype=bool) if noise_code is None else estimate == noise_code
        rows = np.bincount(group, weights=weight, minlength=n_groups).astype(np.float64)
        lost = np.bincount(group, weights=weight * is_noise, minlength=n_groups).astype(np.float64)
        if noise == "drop" and is_noise.any():
            group, truth, estimate, weight = (v[~is_noise] for v in (group, truth, estimate, weight))
            is_noise = np.zeros(len(group), dtype=bool)
        alone = np.where(is_noise & (noise == "singletons"), weight, 0.0)
        return cls(n_groups, group, truth, estimate, weight, alone, lost, rows, noise_code, noise)

    def per_group(self, values: Array, group: Codes | None = None) -> Array:
        """Add up values of cells, or of other things whose groups are given: [groups]."""
        at = self.group if group is None else group
        return np.bincount(at, weights=values, minlength=self.n_groups).astype(np.float64)

    @cached_property
    def whole(self) -> bool:
        """Whether all weights are whole numbers."""
        return bool((self.weight == np.floor(self.weight)).all())

    @cached_property
    def total(self) -> Array:
        """The weight that is scored [groups]."""
        return self.per_group(self.weight)

    @cached_property
    def singles(self) -> Array:
        """Clusters of one row that noise adds [groups]."""
        return self.per_group(self.alone)

    @cached_property
    def together(self) -> Array:
        """The weight of rows that share a label of `estimate` [cells]: all but singletons."""
        return self.weight - self.alone

    @cached_property
    def classes(self) -> Margin:
        """The classes, singletons counted."""
        return self._margin(self.truth, self.weight)

    @cached_property
    def clusters(self) -> Margin:
        """The clusters, singletons left out: their labels keep weight 0."""
        return self._margin(self.estimate, self.together)

    def _margin(self, code: Codes, weight: Array) -> Margin:
        base = int(code.max(initial=0)) + 1
        keys, of_cell = _number(self.group * base + code, self.n_groups * base)
        sums: Array = np.bincount(of_cell, weights=weight, minlength=len(keys)).astype(np.float64)
        return Margin(keys // base, keys % base, sums, of_cell)

    @cached_property
    def n_classes(self) -> Array:
        """Classes that occur [groups]."""
        return self.per_group(np.ones(len(self.classes.group)), self.classes.group)

    @cached_property
    def n_clusters(self) -> Array:
        """Clusters that occur, each singleton one [groups]."""
        return self.singles + self.per_group((self.clusters.weight > 0).astype(float), self.clusters.group)

    @cached_property
    def n_cells(self) -> Array:
        """Cells that hold rows, each singleton one [groups]."""
        return self.singles + self.per_group((self.together > 0).astype(float))

    @cached_property
    def identical(self) -> Mask:
        """Whether both sides are one partition [groups]."""
        same: Mask = (self.n_cells == self.n_classes) & (self.n_cells == self.n_clusters) & (self.total > 0)
        return same

    # ---------------------------------------------------------------- sums over cells and margins, which formulas are made of

    @cached_property
    def pairs_together(self) -> Array:
        """Unordered pairs of rows together on both sides [groups]."""
        return self._pairs(self.together, self.group)

    @cached_property
    def pairs_of_classes(self) -> Array:
        """Pairs of one class [groups]."""
        return self._pairs(self.classes.weight, self.classes.group)

    @cached_property
    def pairs_of_clusters(self) -> Array:
        """Pairs of one cluster [groups]."""
        return self._pairs(self.clusters.weight, self.clusters.group)

    def _pairs(self, weight: Array, group: Codes) -> Array:
        return (self.per_group(weight * weight, group) - self.per_group(weight, group)) / 2

    @cached_property
    def information(self) -> Array:
        """Information that both sides share, in nats [groups]."""
        kept = self.together > 0
        n, group, k = self.total, self.group[kept], self.together[kept]
        a, b = (side.weight[side.of_cell] for side in (self.classes, self.clusters))  # [cells]
        expected = a[kept] * b[kept] / n[group]
        found = self.per_group(divergence(k, expected), group)
        # what the counts of these cells exceed the expected ones by; 0 where no cell is empty
        empty = self.n_cells < self.n_classes * self.n_clusters
        found += np.where(empty | (self.singles > 0), self.per_group(k, group) - self.per_group(expected, group), 0.0)
        found += self.per_group(self.alone * np.log(n[self.group] / a))
        return np.maximum(ratio(found, n), 0.0)

    @cached_property
    def entropy_of_classes(self) -> Array:
        """Entropy of truth, in nats [groups]."""
        return self._entropy(self.classes)

    @cached_property
    def entropy_of_clusters(self) -> Array:
        """Entropy of estimate, in nats [groups]."""
        n = self.total
        return self._entropy(self.clusters) + ratio(self.singles * np.log(np.maximum(n, 1.0)), n)

    def _entropy(self, side: Margin) -> Array:
        share = side.weight / self.total[side.group]
        logs = np.log(share, out=np.zeros_like(share), where=share > 0)
        return np.where(self.total > 0, np.abs(self.per_group(share * -logs, side.group)), np.nan)

    @cached_property
    def of_most(self) -> Mask:
        """Whether a cell is the largest of its cluster [cells]; one of equal ones is."""
        order = np.lexsort((-self.together, self.clusters.of_cell))
        first = order[np.diff(self.clusters.of_cell[order], prepend=-1) != 0]
        largest = np.zeros(len(self.group), np.bool_)
        largest[first] = True
        return largest

    @cached_property
    def majority(self) -> Array:
        """Rows that are of the most frequent class of their cluster, singletons left out [groups]."""
        return self.per_group(np.where(self.of_most, self.together, 0.0))

    @cached_property
    def matching(self) -> tuple[Mask, Array]:
        """Whether a cell's class and cluster are matched [cells]; and what matched singletons add [groups]."""
        return match_labels(self)

    @cached_property
    def matched(self) -> Array:
        """Rows that are right once labels are matched [groups]."""
        held, alone = self.matching
        return self.per_group(np.where(held, self.together, 0.0)) + alone

    @classmethod
    def of_sums(cls, n_groups: int, noise: Array, rows: Array, **sums: Array) -> Contingency:
        """Take sums as known; there are no cells."""
        none = np.zeros(0, np.int64)
        made = cls(n_groups, none, none, none, np.zeros(0), np.zeros(0), noise, rows)
        vars(made).update(sums)
        return made


def _number(keys: Codes, possible: int) -> tuple[Codes, Codes]:
    """Give the distinct keys, sorted, and the position of each key among them."""
    if possible > max(_DENSE, 4 * len(keys)):
        distinct, positions = np.unique(keys, return_inverse=True)
        return distinct.astype(np.int64), positions.reshape(-1).astype(np.int64)
    there = np.zeros(possible, dtype=bool)
    there[keys] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[keys]


def _collapse(group: Codes, truth: Codes, estimate: Codes, weight: Array | None) -> tuple[tuple[Codes, Codes, Codes], Array]:
    """Add up the weights of equal cells: codes and weights of those that hold some, sorted."""
    n_groups, n_truths, n_estimates = (int(codes.max(initial=0)) + 1 for codes in (group, truth, estimate))
    pairs, keys = np.arange(n_groups * n_truths if n_groups * n_truths <= _DENSE else 0), group * n_truths + truth
    if not len(pairs):  # numbered, so that the keys of cells stay small
        pairs, keys = _number(keys, n_groups * n_truths)
    keys = keys * n_estimates + estimate
    possible = len(pairs) * n_estimates
    if possible <= _DENSE:
        sums = np.bincount(keys, weights=weight, minlength=possible)  # [possible]
        cells = np.flatnonzero(sums)
        weights = sums[cells].astype(np.float64)
    else:
        cells, at = _number(keys, possible)
        weights = np.bincount(at, weights=weight, minlength=len(cells)).astype(np.float64)
        cells, weights = cells[weights != 0], weights[weights != 0]
    pair = pairs[cells // n_estimates]
    return (pair // n_truths, pair % n_truths, cells % n_estimates), weights


def match_labels(cells: Contingency) -> tuple[Mask, Array]:
    """Match clusters to classes, one to one: which cells are matched [cells], and what matched singletons add [groups]."""
    held, alone = np.zeros(len(cells.group), np.bool_), np.zeros(cells.n_groups)
    left = cells.total > 0  # [groups] not matched yet
    for one, other in ((cells.clusters, cells.classes), (cells.classes, cells.clusters)):
        settled, largest = _greedy(cells, one, other)
        settled &= left
        held[largest[settled[cells.group[largest]]]] = True
        left &= ~settled
    starts = np.searchsorted(cells.group, np.arange(cells.n_groups + 1))
    for g in np.flatnonzero(left):
        rows = slice(int(starts[g]), int(starts[g + 1]))
        held[rows], alone[g] = _match(cells, rows)
    return held, alone


def _greedy(cells: Contingency, one: Margin, other: Margin) -> tuple[Mask, Codes]:
    """Give each label of one side its largest cell; settled where no two of a group want the same, and no row is alone."""
    order = np.lexsort((cells.together, one.of_cell))
    last = np.flatnonzero(np.diff(one.of_cell[order], append=-1))
    largest = order[last]  # [labels] cells
    wanted = np.bincount(other.of_cell[largest], minlength=len(other.group))  # [other labels]
    clash = cells.per_group((wanted > 1).astype(float), other.group)
    return (clash == 0) & (cells.singles == 0), largest


def _match(cells: Contingency, rows: slice) -> tuple[Mask, float]:
    """Match the labels of one group; of its noise, each class can have one row."""
    classes, i = np.unique(cells.truth[rows], return_inverse=True)
    clusters, j = np.unique(cells.estimate[rows], return_inverse=True)
    alone, together = cells.alone[rows], cells.together[rows]
    if min(len(classes), len(clusters)) > _MOST_LABELS:
        raise OptionError(
            f"cluster_accuracy matches up to {_MOST_LABELS:,} labels; a group has {len(classes):,} classes and "
            f"{len(clusters):,} clusters. Use adjusted_rand_index or purity, which have no such limit."
        )
    table = np.zeros((len(classes), len(clusters)))  # [classes, clusters]
    table[i, j] = together
    kept = np.flatnonzero(np.bincount(j, weights=together) > 0)
    table = table[:, kept]
    single = np.minimum(np.bincount(i, weights=alone, minlength=len(classes)), 1.0)  # [classes]
    if single.any():
        table = np.hstack([table, np.diag(single)[:, single > 0]])
    columns = assign(table)
    of_cluster = np.where((columns >= 0) & (columns < len(kept)), np.append(kept, -1)[np.minimum(columns, len(kept))], -1)
    extra = np.flatnonzero(columns >= len(kept))
    return (of_cluster[i] == j) & (together > 0), float(table[extra, columns[extra]].sum())
