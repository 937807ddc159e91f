"""Cells of classes by clusters, sparse, and the agreement of two partitions of the same rows.

A caller brings arrays and no frame: `Contingency.of_cells(group, truth, estimate, weight, n_groups=...)`, one entry per cell or
per row. Codes are any whole numbers from 0 on; truth and estimate share none, and a group's clusters need no names of
their own. Rows where something is missing are left out before. Cells of weight 0 do not count.

Noise is one code of `estimate`: with `noise_code=` and `noise="drop"`, `"singletons"` or `"cluster"`. Singletons are never
laid out: a row that is a cluster of its own adds to the sums in closed form. Weights are counts, so that a noise cell of
weight m is m clusters of one row.

Each formula below takes a `Contingency` and gives [groups], NaN where undefined. Those that count pairs, and
`adjusted_mutual_info`, are for whole weights: the caller checks (`whole`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.assignment import assign
from tidymetrics.statistics.information import divergence, expected_information

if TYPE_CHECKING:
    from collections.abc import Callable

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
        return cls(n_groups, group, truth, estimate, weight, alone, lost, rows)

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


@dataclass(frozen=True, eq=False, repr=False)
class PairCounts:
    """Unordered pairs of rows, each [groups]; floats, which are exact up to 9e7 rows."""

    both: Array
    """Pairs together in both partitions."""
    truth: Array
    """Pairs of one class."""
    estimate: Array
    """Pairs of one cluster."""
    total: Array

    @classmethod
    def of(cls, cells: Contingency) -> PairCounts:
        """Count pairs from the sums of squares of cells and margins."""

        def pairs(weight: Array, group: Codes) -> Array:
            return (cells.per_group(weight * weight, group) - cells.per_group(weight, group)) / 2

        a, b, n = cells.classes, cells.clusters, cells.total
        both = pairs(cells.together, cells.group)
        return cls(both, pairs(a.weight, a.group), pairs(b.weight, b.group), n * (n - 1) / 2)

    def table(self) -> Array:
        """Give pairs together in both, in truth alone, in estimate alone, in neither [groups, 4]."""
        neither = self.total - self.truth - self.estimate + self.both
        return np.stack([self.both, self.truth - self.both, self.estimate - self.both, neither], axis=-1)


def rand_index(cells: Contingency) -> Array:
    """Share of pairs on which the partitions agree."""
    p = PairCounts.of(cells)
    return ratio(p.total + 2 * p.both - p.truth - p.estimate, p.total)


def adjusted_rand_index(cells: Contingency) -> Array:
    """Pairs together in both, less what chance gives, over the most that there can be less the same."""
    p = PairCounts.of(cells)
    chance = ratio(p.truth * p.estimate, p.total)
    value = ratio(p.both - chance, (p.truth + p.estimate) / 2 - chance)
    return np.where(cells.identical & (p.total > 0), 1.0, value)


def fowlkes_mallows(cells: Contingency) -> Array:
    """Geometric mean of the shares of pairs together that are together in both."""
    p = PairCounts.of(cells)
    return np.sqrt(ratio(p.both, p.truth)) * np.sqrt(ratio(p.both, p.estimate))


def mutual_info(cells: Contingency) -> Array:
    """Information that the partitions share, in nats."""
    kept = cells.together > 0
    n, group, k = cells.total, cells.group[kept], cells.together[kept]
    a, b = (side.weight[side.of_cell] for side in (cells.classes, cells.clusters))  # [cells]
    expected = a[kept] * b[kept] / n[group]
    found = cells.per_group(divergence(k, expected), group)
    # what the counts of these cells exceed the expected ones by; 0 where no cell is empty
    empty = cells.n_cells < cells.n_classes * cells.n_clusters
    found += np.where(empty | (cells.singles > 0), cells.per_group(k, group) - cells.per_group(expected, group), 0.0)
    found += cells.per_group(cells.alone * np.log(n[cells.group] / a))
    return np.maximum(ratio(found, n), 0.0)


def entropy_of_classes(cells: Contingency) -> Array:
    """Entropy of truth, in nats."""
    return _entropy(cells, cells.classes)


def entropy_of_clusters(cells: Contingency) -> Array:
    """Entropy of estimate, in nats."""
    n = cells.total
    return _entropy(cells, cells.clusters) + ratio(cells.singles * np.log(np.maximum(n, 1.0)), n)


def _entropy(cells: Contingency, side: Margin) -> Array:
    share = side.weight / cells.total[side.group]
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return np.where(cells.total > 0, np.abs(cells.per_group(share * -logs, side.group)), np.nan)


def _share_of(information: Array, entropy: Array, labels: Array, total: Array) -> Array:
    value = np.minimum(ratio(information, entropy), 1.0)
    return np.where(total > 0, np.where(labels <= 1, 1.0, value), np.nan)


def homogeneity(cells: Contingency) -> Array:
    """Share of the entropy of truth that the clusters explain; 1 for one class."""
    return _share_of(mutual_info(cells), entropy_of_classes(cells), cells.n_classes, cells.total)


def completeness(cells: Contingency) -> Array:
    """Share of the entropy of the clusters that truth explains; 1 for one cluster."""
    return _share_of(mutual_info(cells), entropy_of_clusters(cells), cells.n_clusters, cells.total)


def v_measure(cells: Contingency, *, beta: float = 1.0) -> Array:
    """Weighted harmonic mean of homogeneity and completeness; 0 where both are 0."""
    h, c = homogeneity(cells), completeness(cells)
    value = ratio((1 + beta) * h * c, beta * h + c)
    return np.where((h == 0) & (c == 0), 0.0, np.where((beta == 0) & (c == 0), h, value))


AVERAGES: dict[str, Callable[[Array, Array], Array]] = {
    "arithmetic": lambda a, b: (a + b) / 2,
    "geometric": lambda a, b: np.sqrt(a * b),
    "min": np.minimum,
    "max": np.maximum,
}
"""How two entropies become one, by `average_method`."""


def _with_limits(cells: Contingency, value: Array) -> Array:
    trivial = (cells.n_classes <= 1) | (cells.n_clusters <= 1)
    return np.where(cells.total > 0, np.where(cells.identical, 1.0, np.where(trivial, 0.0, value)), np.nan)


def normalized_mutual_info(cells: Contingency, *, average_method: str = "arithmetic") -> Array:
    """Shared information over an average of the entropies."""
    norm = AVERAGES[average_method](entropy_of_classes(cells), entropy_of_clusters(cells))
    return _with_limits(cells, np.minimum(ratio(mutual_info(cells), norm), 1.0))


def adjusted_mutual_info(cells: Contingency, *, average_method: str = "arithmetic") -> Array:
    """Shared information, less what chance gives, over an average of the entropies less the same."""
    norm = AVERAGES[average_method](entropy_of_classes(cells), entropy_of_clusters(cells))
    a, b = cells.classes, cells.clusters
    groups = np.arange(cells.n_groups)
    group = np.concatenate([b.group, groups])
    size = np.concatenate([b.weight, np.ones(cells.n_groups)])
    times = np.concatenate([(b.weight > 0).astype(float), cells.singles])
    chance = expected_information(cells.total, (a.group, a.weight, np.ones(len(a.group))), (group, size, times))
    # where each row is alone on one side, chance gives what was found: dust must not be divided by dust
    alone = (cells.n_classes == cells.total) | (cells.n_clusters == cells.total)
    return _with_limits(cells, np.where(alone, 0.0, ratio(mutual_info(cells) - chance, norm - chance)))


def purity(cells: Contingency) -> Array:
    """Share of rows that are of the most frequent class of their cluster."""
    most = np.zeros(len(cells.clusters.group))  # [clusters]
    np.maximum.at(most, cells.clusters.of_cell, cells.together)
    return ratio(cells.per_group(most, cells.clusters.group) + cells.singles, cells.total)


def noise_rate(cells: Contingency) -> Array:
    """Share of rows that are in no cluster, of all rows."""
    return ratio(cells.noise, cells.rows)


def cluster_accuracy(cells: Contingency) -> Array:
    """Share of rows that are right once clusters are matched to classes, one to one, as well as can be."""
    matched = np.full(cells.n_groups, np.nan)
    for one, other in ((cells.clusters, cells.classes), (cells.classes, cells.clusters)):
        settled, most = _greedy(cells, one, other)
        matched = np.where(settled & np.isnan(matched), most, matched)
    starts = np.searchsorted(cells.group, np.arange(cells.n_groups + 1))
    for g in np.flatnonzero(np.isnan(matched) & (cells.total > 0)):
        matched[g] = _match(cells, slice(int(starts[g]), int(starts[g + 1])))
    return ratio(matched, cells.total)


def _greedy(cells: Contingency, one: Margin, other: Margin) -> tuple[Mask, Array]:
    """Give each label of one side its largest cell; settled where no two of a group want the same, and no row is alone."""
    order = np.lexsort((cells.together, one.of_cell))
    last = np.flatnonzero(np.diff(one.of_cell[order], append=-1))
    largest = order[last]  # [labels] cells
    wanted = np.bincount(other.of_cell[largest], minlength=len(other.group))  # [other labels]
    clash = cells.per_group((wanted > 1).astype(float), other.group)
    return (clash == 0) & (cells.singles == 0), cells.per_group(cells.together[largest], cells.group[largest])


def _match(cells: Contingency, rows: slice) -> float:
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
    table = table[:, np.bincount(j, weights=together) > 0]
    single = np.minimum(np.bincount(i, weights=alone, minlength=len(classes)), 1.0)  # [classes]
    if single.any():
        table = np.hstack([table, np.diag(single)[:, single > 0]])
    columns = assign(table)
    held = columns >= 0
    return float(table[held, columns[held]].sum())
