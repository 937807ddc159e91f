"""Silhouettes of rows, exact or of a sample, and the least and greatest distances of clusters.

A caller brings arrays and no frame: features [rows, columns], finite and complete, or a square matrix of distances, and
`Clusters.of(group, cluster, n_groups)` of `features.py` (noise as `with_singletons` where each row of it is a cluster).
`row_silhouettes` gives each row's; `silhouette_averages` and `dunn` give [groups], NaN where undefined. The caller refuses
what `counted_distances` counts above `MOST_DISTANCES`.

Squared Euclidean and cosine distances have closed forms, which take rows times clusters steps; the others go over all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.pairs import Distances, Euclidean, Manhattan, Precomputed, panels, sums_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidymetrics.statistics.features import Clusters
    from tidymetrics.typing import Array, Codes

DISTANCES = ("euclidean", "sqeuclidean", "manhattan", "cosine")
CLOSED_FORMS = ("sqeuclidean", "cosine")
MOST_DISTANCES = 5_000_000_000
"""More take minutes: 100,000 rows in one group."""

_CHUNK = 1 << 20
_DUST = 1e-14
"""A cosine distance below this is rounding."""


@dataclass(frozen=True, eq=False, repr=False)
class Silhouettes:
    """What each row has [rows], in the order given: NaN and -1 where undefined."""

    width: Array
    neighbor: Codes
    """The nearest other cluster, as a position in `Clusters`; the first of equals."""


@dataclass(frozen=True, eq=False, repr=False)
class Averages:
    """Mean silhouettes and their standard errors, which are of the drawing alone; each [groups]."""

    value: Array
    std_error: Array


@dataclass(frozen=True, eq=False, repr=False)
class _Group:
    """One group's rows, sorted by cluster."""

    at: int
    rows: Codes
    """[rows of the group] positions in the order given"""
    starts: Codes
    """[clusters of the group + 1]"""
    first: int
    """The position of its first cluster."""

    @property
    def sizes(self) -> Codes:
        """Rows of each cluster."""
        return np.diff(self.starts)

    @property
    def scored(self) -> bool:
        """Whether there are two clusters and more rows than clusters."""
        return 2 <= len(self.starts) - 1 < len(self.rows)


def counted_distances(clusters: Clusters, sample: int | None = None) -> float:
    """Count the distances that all groups take: half of all pairs, or those of a sample to all rows."""
    n = clusters.rows
    exact = n * n / 2
    return float((exact if sample is None else np.where(n <= sample, exact, sample * n)).sum())


def _groups(clusters: Clusters) -> Iterator[_Group]:
    order = np.argsort(clusters.of_row, kind="stable")  # [rows]
    ends = np.concatenate([[0], np.cumsum(clusters.n).astype(np.int64)])  # [clusters + 1]
    firsts = np.searchsorted(clusters.group, np.arange(clusters.n_groups + 1))
    for g, (first, last) in enumerate(pairwise(firsts)):
        if first < last:
            starts = ends[first : last + 1]
            yield _Group(g, order[starts[0] : starts[-1]], starts - starts[0], int(first))


def _distances(features: Array, group: _Group, distance: str) -> Distances:
    if distance == "precomputed":
        return Precomputed(features, group.rows)
    made = features[group.rows].astype(np.float64, copy=False)
    return Euclidean(made) if distance == "euclidean" else Manhattan(made)


def _widths(sums: Array, own: Codes, sizes: Codes) -> tuple[Array, Codes]:
    """Turn sums of distances [rows, clusters], which are overwritten, into silhouettes and neighbors [rows]."""
    at = np.arange(len(own))
    alone = sizes[own] == 1
    inside = sums[at, own] / np.maximum(sizes[own] - 1, 1)  # [rows]
    sums /= sizes
    sums[at, own] = np.inf
    neighbor = sums.argmin(axis=1)
    outside = sums[at, neighbor]
    most = np.maximum(inside, outside)
    width = np.divide(outside - inside, most, out=np.zeros(len(own)), where=most > 0)
    return np.where(alone, 0.0, width), neighbor


def _closed_sums(features: Array, group: _Group, distance: str, rows: Codes) -> Iterator[tuple[slice, Array]]:
    """Sum the distances of rows (positions in the group) to each cluster, by centroids: [chunk, clusters]."""
    x = features[group.rows].astype(np.float64)
    squared = distance == "sqeuclidean"
    if squared:
        x -= x.mean(axis=0)
    else:
        x /= np.abs(x).max(axis=1, initial=np.finfo(float).tiny, keepdims=True)
        length = np.sqrt(np.einsum("ij,ij->i", x, x))
        x /= np.where(length > 0, length, 1.0)[:, None]
    sizes = group.sizes
    centroids = np.add.reduceat(x, group.starts[:-1], axis=0) / sizes[:, None]  # [clusters, columns]
    own = np.repeat(np.arange(len(sizes)), sizes)  # [rows]
    apart = x - centroids[own]
    to_own = np.einsum("ij,ij->i", apart, apart)  # [rows]
    within = np.add.reduceat(to_own, group.starts[:-1])  # [clusters]
    lengths = np.einsum("ij,ij->i", centroids, centroids)
    step = max(_CHUNK // len(sizes), 1)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        y, mine = x[some], own[some]
        at = np.arange(len(some))
        if squared:
            sums = y @ centroids.T
            sums *= -2
            sums += np.einsum("ij,ij->i", y, y)[:, None] + lengths
            np.maximum(sums, 0.0, out=sums)
            sums[at, mine] = to_own[some]
            sums *= sizes
            sums += within
        else:
            sums = (1 - y @ centroids.T) * sizes
            # a row of zeros is at 1 from all others, but at 0 from itself
            sums[at, mine] -= 1 - np.einsum("ij,ij->i", y, y)
            sums[np.abs(sums) < _DUST * sizes] = 0.0
        yield slice(start, start + len(some)), sums


def _score(features: Array, group: _Group, distance: str, rows: Codes | None) -> tuple[Array, Codes]:
    """Give silhouettes and neighbors of a group's rows, or of some of them (positions in the group)."""
    sizes = group.sizes
    own = np.repeat(np.arange(len(sizes)), sizes)
    wanted = np.arange(len(own)) if rows is None else rows
    width, neighbor = np.zeros(len(wanted)), np.zeros(len(wanted), dtype=np.int64)
    if distance in CLOSED_FORMS:
        parts = _closed_sums(features, group, distance, wanted)
    elif rows is None:
        parts = ((panel, sums) for panel, sums, _, _ in panels(_distances(features, group, distance), group.starts))
    else:
        made = _distances(features, group, distance)
        step = max(_CHUNK * 8 // len(sizes) // made.block, 1) * made.block
        some = [slice(at, at + step) for at in range(0, len(rows), step)]
        parts = ((part, sums_of(made, group.starts, rows[part])) for part in some)
    for part, sums in parts:
        width[part], neighbor[part] = _widths(sums, own[wanted[part]], sizes)
    return width, neighbor


def row_silhouettes(features: Array, clusters: Clusters, *, distance: str = "euclidean") -> Silhouettes:
    """Score each row; undefined in a group of one cluster, or of as many as rows."""
    width = np.full(len(clusters.of_row), np.nan)
    neighbor = np.full(len(clusters.of_row), -1, dtype=np.int64)
    for group in _groups(clusters):
        if group.scored:
            width[group.rows], nearest = _score(features, group, distance, None)
            neighbor[group.rows] = nearest + group.first
    return Silhouettes(width, neighbor)


def silhouette_averages(
    features: Array, clusters: Clusters, *, distance: str = "euclidean", sample: int | None = None, seed: int = 0
) -> Averages:
    """Average the silhouettes of each group, or estimate the average from `sample` rows scored against all."""
    value, error = np.full((2, clusters.n_groups), np.nan)
    for group in _groups(clusters):
        if not group.scored:
            continue
        n = len(group.rows)
        if sample is None or sample >= n:
            value[group.at], error[group.at] = _score(features, group, distance, None)[0].mean(), 0.0
            continue
        drawn, counts = _draw(group.sizes, sample, seed)
        width = _score(features, group, distance, group.starts[:-1].repeat(counts) + drawn)[0]
        own = np.repeat(np.arange(len(counts)), counts)
        mean = np.bincount(own, weights=width) / counts  # [clusters]
        spread = np.bincount(own, weights=(width - mean[own]) ** 2) / np.maximum(counts - 1, 1)
        share = group.sizes / n
        value[group.at] = (share * mean).sum()
        error[group.at] = np.sqrt((share**2 * (1 - counts / group.sizes) * spread / counts).sum())
    return Averages(value, error)


def _draw(sizes: Codes, sample: int, seed: int) -> tuple[Codes, Codes]:
    """Draw rows of each cluster: their positions in it, and how many there are of each.

    Two of each cluster at least, or all; the rest in proportion to what is left, the largest remainders first.
    """
    counts = np.minimum(sizes, 2)
    left = sizes - counts
    rest = max(sample - int(counts.sum()), 0)
    share = left * (rest / max(int(left.sum()), 1))
    more = np.minimum(np.floor(share).astype(np.int64), left)
    short = max(rest - int(more.sum()), 0)
    more[np.argsort(more - share, kind="stable")[:short]] += 1
    counts = np.minimum(counts + more, sizes)
    random = np.random.default_rng(seed)
    drawn = [np.sort(random.choice(int(n), int(m), replace=False)) for n, m in zip(sizes, counts, strict=True)]
    return np.concatenate(drawn), counts


def dunn(features: Array, clusters: Clusters, *, distance: str = "euclidean") -> Array:
    """Least distance between clusters over the greatest inside one [groups]; Inf where there is no spread inside."""
    value = np.full(clusters.n_groups, np.nan)
    for group in _groups(clusters):
        if len(group.starts) > 2:
            made = _rooted(features, group, distance)
            found = [(least, greatest) for _, _, least, greatest in panels(made, group.starts, extremes=True)]
            least, greatest = min(least for least, _ in found), max(greatest for _, greatest in found)
            if distance in CLOSED_FORMS:
                # half the squared distance of rows of length 1 is the cosine's: the ratio is the same
                least, greatest = least**2, greatest**2
            value[group.at] = least / greatest if greatest > 0 else np.inf if least > 0 else np.nan
    return value


def _rooted(features: Array, group: _Group, distance: str) -> Distances:
    """Give distances whose order is that of the asked ones."""
    if distance == "sqeuclidean":
        return _distances(features, group, "euclidean")
    if distance != "cosine":
        return _distances(features, group, distance)
    return Cosine(features[group.rows])


class Cosine(Euclidean):
    """Roots of twice the cosine distance: straight distances of rows scaled to length 1; a row of zeros is at 1 from all."""

    def __init__(self, features: Array) -> None:
        scaled = features / np.abs(features).max(axis=1, initial=np.finfo(float).tiny, keepdims=True)
        length = np.sqrt(np.einsum("ij,ij->i", scaled, scaled))
        self.nothing = length == 0  # [rows]
        self.position = np.arange(len(features))
        super().__init__(scaled / np.where(self.nothing, 1.0, length)[:, None])

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give the distances of one block."""
        d = super().between(left, right)
        empty = self.nothing[left][:, None] | self.nothing[right]
        if empty.any():
            itself = self.position[left][:, None] == self.position[right]
            d[empty & ~itself] = np.sqrt(2.0)
        return d
