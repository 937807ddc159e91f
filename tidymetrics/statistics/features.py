"""Sums of features by cluster: where the centroids lie, how far the rows are from them, and the indices made of both.

A caller brings arrays and no frame: features [rows, columns], finite and complete, columns contiguous where it can (the sums
go column by column), and `Clusters.of(group, cluster, n_groups)`. `ClusterSums.of_rows(features, clusters)` reads the rows;
an engine that makes the sums itself calls `ClusterSums.of_sums`, and sums again about the centroids where `lost` says so.
`mean_distances` is the second pass, which `davies_bouldin` with q = 1 needs.

Formulas take `ClusterSums` and give [groups], NaN where undefined.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Codes, Mask

_LOST = 1e-4
"""A sum of squares below this share of the one about the point measured from has lost more than four digits."""

_DUST = 1e-12
"""A distance below this share of the spread of all rows is rounding."""

_CHUNK = 1 << 15
"""Rows, or pairs of centroids, at a time."""


@dataclass(frozen=True, eq=False, repr=False)
class Clusters:
    """Which cluster of which group each row is in; clusters are numbered over all groups, sorted by group and code."""

    n_groups: int
    group: Codes
    """[clusters]"""
    code: Codes
    """[clusters] the caller's code of each"""
    of_row: Codes
    """[rows]"""
    n: Array
    """[clusters] rows"""

    @classmethod
    def of(cls, group: Codes | None, cluster: Codes, n_groups: int = 1) -> Clusters:
        """Number the clusters that occur; codes are whole numbers from 0 on."""
        base = int(cluster.max(initial=0)) + 1
        keys = cluster if group is None else group * base + cluster
        if n_groups * base > max(1 << 22, 4 * len(keys)):
            found, of_row = np.unique(keys, return_inverse=True)
            of_row = of_row.reshape(-1)
        else:
            there = np.bincount(keys, minlength=n_groups * base) > 0
            found, of_row = np.flatnonzero(there), keys
            if not there.all():
                of_row = (np.cumsum(there) - 1)[keys]
        n = np.bincount(of_row, minlength=len(found)).astype(np.float64)
        return cls(n_groups, found // base, found % base, of_row, n)

    @cached_property
    def counts(self) -> Array:
        """Clusters of each group [groups]."""
        return np.bincount(self.group, minlength=self.n_groups).astype(np.float64)

    @cached_property
    def rows(self) -> Array:
        """Rows of each group [groups]."""
        return np.bincount(self.group, weights=self.n, minlength=self.n_groups).astype(np.float64)


def with_singletons(cluster: Codes, noise: Mask) -> Codes:
    """Make each row of noise a cluster of its own, its code after all others."""
    made = cluster.copy()
    made[noise] = int(cluster.max(initial=0)) + 1 + np.arange(int(noise.sum()))
    return made


@dataclass(frozen=True, eq=False, repr=False)
class ClusterSums:
    """Counts, centroids and squares of the clusters."""

    n_groups: int
    group: Codes
    """[clusters], ascending"""
    n: Array
    """[clusters]"""
    point: Array
    """[groups, columns] the point near each group from which the rest is measured"""
    centroid: Array
    """[clusters, columns] less the group's point"""
    within: Array
    """[clusters] sum of squared distances to the centroid"""
    lost: Mask
    """[clusters] whether `within` has lost digits, and must be summed about the centroid"""

    @classmethod
    def of_sums(cls, n_groups: int, group: Codes, n: Array, point: Array, sums: tuple[Array, Array]) -> ClusterSums:
        """Take sums [clusters, columns] and sums of squares [clusters] about the point of each group."""
        centroid = sums[0] / n[:, None]
        moved = n * (centroid * centroid).sum(axis=1)
        within = np.where(n > 1, np.maximum(sums[1] - moved, 0.0), 0.0)
        return cls(n_groups, group, n, point, centroid, within, (n > 1) & (within < _LOST * sums[1]))

    @classmethod
    def of_rows(cls, features: Array, clusters: Clusters) -> ClusterSums:
        """Sum the features of each cluster, once more about the centroids where digits were lost."""
        k, columns = len(clusters.n), features.shape[1]
        point = np.zeros((clusters.n_groups, columns))
        sums, squares = np.zeros((k, columns)), np.zeros(k)
        of_row = clusters.of_row
        groups = clusters.group[of_row] if clusters.n_groups > 1 else None  # [rows]
        for j in range(columns):
            x = features[:, j].astype(np.float64, copy=False)
            if groups is None:
                point[0, j] = x.mean() if len(x) else 0.0
                x = x - point[0, j]
            else:
                near = np.bincount(groups, weights=x, minlength=clusters.n_groups)
                point[:, j] = near / np.maximum(clusters.rows, 1.0)
                x = x - point[groups, j]
            sums[:, j] = np.bincount(of_row, weights=x, minlength=k)
            x *= x
            squares += np.bincount(of_row, weights=x, minlength=k)
        made = cls.of_sums(clusters.n_groups, clusters.group, clusters.n, point, (sums, squares))
        return made.summed_again(features, of_row) if made.lost.any() else made

    def summed_again(self, features: Array, of_row: Codes) -> ClusterSums:
        """Sum the squares about the centroids."""
        within = _sum_by_cluster(features, of_row, self, lambda squares: squares)
        nothing = np.zeros(len(self.n), dtype=bool)
        return ClusterSums(self.n_groups, self.group, self.n, self.point, self.centroid, within, nothing)

    def per_group(self, values: Array) -> Array:
        """Add up values of clusters [groups]."""
        return np.bincount(self.group, weights=values, minlength=self.n_groups).astype(np.float64)

    @cached_property
    def clusters(self) -> Array:
        """How many there are [groups]."""
        return np.bincount(self.group, minlength=self.n_groups).astype(np.float64)

    @cached_property
    def rows(self) -> Array:
        """How many there are [groups]."""
        return self.per_group(self.n)

    @cached_property
    def between(self) -> Array:
        """Sum over the rows of the squared distance of their centroid to the mean [groups]."""
        weighted = self.n[:, None] * self.centroid  # [clusters, columns]
        mean = np.stack([self.per_group(w) for w in weighted.T], axis=-1) / np.maximum(self.rows, 1.0)[:, None]
        moved = self.centroid - mean[self.group]
        return self.per_group(self.n * (moved * moved).sum(axis=1))

    @cached_property
    def total_within(self) -> Array:
        """Sum of squares about the centroids [groups]; rounding counts as 0."""
        within = self.per_group(self.within)
        return np.where(within <= _DUST**2 * (within + self.between), 0.0, within)

    @cached_property
    def total(self) -> Array:
        """Sum of squares about the mean [groups]."""
        return self.total_within + self.between

    @cached_property
    def scored(self) -> Mask:
        """Whether there are two clusters and more rows than clusters [groups]."""
        return (self.clusters >= 2) & (self.clusters < self.rows)


def _sum_by_cluster(features: Array, of_row: Codes, sums: ClusterSums, value: Callable[[Array], Array]) -> Array:
    """Add up a value of each row's squared distance to its centroid [clusters]."""
    found = np.zeros(len(sums.n))
    for start in range(0, len(features), _CHUNK):
        at = of_row[start : start + _CHUNK]
        squares = np.zeros(len(at))
        for j in range(features.shape[1]):
            # the point first: a centroid far from 0 has fewer digits than its distance to the point
            point = sums.point[0, j] if sums.n_groups == 1 else sums.point[sums.group[at], j]
            x = features[start : start + _CHUNK, j] - point
            x -= np.take(sums.centroid[:, j], at)
            x *= x
            squares += x
        found += np.bincount(at, weights=value(squares), minlength=len(found))
    return np.where(sums.n > 1, found, 0.0)


def mean_distances(features: Array, clusters: Clusters, sums: ClusterSums) -> Array:
    """Mean distance of a cluster's rows to its centroid [clusters]."""
    return _sum_by_cluster(features, clusters.of_row, sums, np.sqrt) / sums.n


def _if_rows(sums: ClusterSums, value: Array) -> Array:
    return np.where(sums.rows > 0, value, np.nan)


def sse_within_total(sums: ClusterSums) -> Array:
    """Squares about the centroids."""
    return _if_rows(sums, sums.total_within)


def sse_between(sums: ClusterSums) -> Array:
    """Squares of the centroids about the mean."""
    return _if_rows(sums, sums.between)


def sse_total(sums: ClusterSums) -> Array:
    """Squares about the mean."""
    return _if_rows(sums, sums.total)


def sse_ratio(sums: ClusterSums) -> Array:
    """Share of the squares that is within clusters."""
    return ratio(sums.total_within, sums.total)


def calinski_harabasz(sums: ClusterSums) -> Array:
    """Squares between over squares within, each over its degrees of freedom."""
    k, n, within = sums.clusters, sums.rows, sums.total_within
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (sums.between / (k - 1)) / (within / (n - k))
    # all rows in one point: 0/0
    return np.where(sums.scored & (sums.total > 0), value, np.nan)


def davies_bouldin(sums: ClusterSums, distances: Array | None = None) -> Array:
    """Mean over clusters of the worst ratio of spreads to distance.

    Parameters
    ----------
    sums
        The clusters.
    distances
        [clusters] of `mean_distances` for q = 1; None is q = 2, the root of the mean square.
    """
    dust = _DUST * np.sqrt(sums.total / np.maximum(sums.rows, 1.0))[sums.group]  # [clusters]
    spread = np.sqrt(sums.within / sums.n) if distances is None else distances
    spread = np.where(spread <= dust, 0.0, spread)
    worst = np.full(len(sums.n), np.nan)  # [clusters]
    counts = sums.clusters.astype(np.int64)
    first = np.cumsum(counts) - counts  # [groups]
    partners = counts[sums.group]  # [clusters]
    ends = np.cumsum(partners)
    start = 0
    while start < len(worst):
        done = ends[start] - partners[start]
        stop = max(start + 1, int(np.searchsorted(ends, done + _CHUNK, side="right")))
        left = np.repeat(np.arange(start, stop), partners[start:stop])  # [pairs]
        right = np.arange(len(left)) - np.repeat(ends[start:stop] - partners[start:stop] - done, partners[start:stop])
        right += first[sums.group[left]]
        moved = sums.centroid[left] - sums.centroid[right]
        apart = np.sqrt((moved * moved).sum(axis=1))
        with np.errstate(divide="ignore", invalid="ignore"):
            value = (spread[left] + spread[right]) / np.where(apart <= dust[left], 0.0, apart)
        value[left == right] = -np.inf
        worst[start:stop] = np.maximum.reduceat(value, ends[start:stop] - partners[start:stop] - done)
        start = stop
    return np.where(sums.scored, ratio(sums.per_group(worst), sums.clusters), np.nan)
