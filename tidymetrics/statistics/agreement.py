"""The agreement of two partitions of the same rows, from the sums of their cells.

Each formula takes a `Contingency` and gives [groups], NaN where undefined. Those that count pairs, and `adjusted_mutual_info`,
are for whole weights: the caller checks (`whole`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.information import expected_information

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.contingency import Contingency
    from tidymetrics.typing import Array

_ROUNDING = 1e-9
"""What a share of its own part can be above 1."""


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
        n = cells.total
        return cls(cells.pairs_together, cells.pairs_of_classes, cells.pairs_of_clusters, n * (n - 1) / 2)

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
    return cells.information


def _at_most_1(value: Array) -> Array:
    """Take off what rounding puts above 1."""
    return np.where((value > 1) & (value < 1 + _ROUNDING), 1.0, value)


def _share_of(information: Array, entropy: Array, labels: Array, total: Array) -> Array:
    value = _at_most_1(ratio(information, entropy))
    return np.where(total > 0, np.where(labels <= 1, 1.0, value), np.nan)


def homogeneity(cells: Contingency) -> Array:
    """Share of the entropy of truth that the clusters explain; 1 for one class."""
    return _share_of(cells.information, cells.entropy_of_classes, cells.n_classes, cells.total)


def completeness(cells: Contingency) -> Array:
    """Share of the entropy of the clusters that truth explains; 1 for one cluster."""
    return _share_of(cells.information, cells.entropy_of_clusters, cells.n_clusters, cells.total)


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
    norm = AVERAGES[average_method](cells.entropy_of_classes, cells.entropy_of_clusters)
    return _with_limits(cells, _at_most_1(ratio(cells.information, norm)))


def adjusted_mutual_info(cells: Contingency, *, average_method: str = "arithmetic") -> Array:
    """Shared information, less what chance gives, over an average of the entropies less the same."""
    norm = AVERAGES[average_method](cells.entropy_of_classes, cells.entropy_of_clusters)
    a, b = cells.classes, cells.clusters
    groups = np.arange(cells.n_groups)
    group = np.concatenate([b.group, groups])
    size = np.concatenate([b.weight, np.ones(cells.n_groups)])
    times = np.concatenate([(b.weight > 0).astype(float), cells.singles])
    chance = expected_information(cells.total, (a.group, a.weight, np.ones(len(a.group))), (group, size, times))
    # where each row is alone on one side, chance gives what was found: dust must not be divided by dust
    alone = (cells.n_classes == cells.total) | (cells.n_clusters == cells.total)
    return _with_limits(cells, np.where(alone, 0.0, ratio(cells.information - chance, norm - chance)))


def purity(cells: Contingency) -> Array:
    """Share of rows that are of the most frequent class of their cluster."""
    return ratio(cells.majority + cells.singles, cells.total)


def noise_rate(cells: Contingency) -> Array:
    """Share of rows that are in no cluster, of all rows."""
    return ratio(cells.noise, cells.rows)


def cluster_accuracy(cells: Contingency) -> Array:
    """Share of rows that are right once clusters are matched to classes, one to one, as well as can be."""
    return ratio(cells.matched, cells.total)
