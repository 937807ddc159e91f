"""Internal clustering metrics: how tight and how separate clusters are, by the features alone."""

from __future__ import annotations

from math import inf
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal

from tidymetrics.core.options import one_of
from tidymetrics.errors import OptionError
from tidymetrics.families.clusters.family import cluster_vector, internal_metric
from tidymetrics.statistics import features as sums_of
from tidymetrics.statistics.silhouettes import CLOSED_FORMS, DISTANCES, MOST_DISTANCES, counted_distances, silhouette_averages
from tidymetrics.statistics.silhouettes import dunn as greatest_and_least

if TYPE_CHECKING:
    from tidymetrics.families.clusters.family import ScoredRows, Spread
    from tidymetrics.statistics.features import ClusterSums
    from tidymetrics.statistics.silhouettes import Averages
    from tidymetrics.typing import Array

KNOWN = (*DISTANCES, "precomputed")


def _refuse_unless(fits: bool, metric: str, option: str, expected: str, value: Any) -> None:
    if not fits:
        raise OptionError(f"{metric}({option}=): expected {expected}; got {value!r}.")


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def sample_or_none(metric: str, option: str, value: Any) -> None:
    """None, or a number of rows."""
    fits = value is None or (_is_whole(value) and value >= 2)
    _refuse_unless(fits, metric, option, "None or a whole number of rows of at least 2", value)


def whole_or_0(metric: str, option: str, value: Any) -> None:
    """A whole number, zero or more."""
    _refuse_unless(_is_whole(value) and value >= 0, metric, option, "a whole number of at least 0", value)


def one_or_two(metric: str, option: str, value: Any) -> None:
    """1 or 2."""
    _refuse_unless(_is_whole(value) and value in {1, 2}, metric, option, "1 or 2", value)


def require_few(rows: ScoredRows, distance: str, sample: int | None, *, closed: bool = True) -> None:
    """Refuse so many distances that they take minutes."""
    if closed and distance in CLOSED_FORMS:
        return
    count = counted_distances(rows.clusters, sample)
    if count > MOST_DISTANCES:
        instead = 'Pass sample=1000, or distance="sqeuclidean", which needs none.' if closed else "Score a sample of the rows."
        raise OptionError(
            f"{rows.name}: this takes {count:.2g} distances between rows; the limit is {MOST_DISTANCES:.0e}. {instead}"
        )


@internal_metric(
    "silhouettes",
    direction="maximize",
    range=(-1, 1),
    undefined="there is one cluster, or as many as rows",
    checks={"distance": one_of(*KNOWN), "sample": sample_or_none, "seed": whole_or_0},
)
def silhouette_avg(rows: ScoredRows, *, distance: str = "euclidean", sample: int | None = None, seed: int = 0) -> Averages:
    """Mean silhouette: how much closer rows are to their own cluster than to the next.

    ``sum_i (b_i - a_i) / max(a_i, b_i) / n``, where a_i is the mean distance of a row to the others of its cluster, and b_i the
    least mean distance to another cluster. A row alone in its cluster counts 0. `silhouette` gives it row by row.

    Parameters
    ----------
    distance
        "euclidean", "sqeuclidean", "manhattan" or "cosine"; on vectors also "precomputed", where `features` are a square matrix
        of distances. Squared and cosine distances take rows times clusters steps, the others all pairs of rows.
    sample
        Score so many rows, drawn by cluster, against all rows; the result has a column `.std_error`, of the drawing alone.
    seed
        Where the drawing starts.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster analysis. Journal of
    Computational and Applied Mathematics 20, 53-65.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.silhouette_avg(df, "cluster", ["x"])[".estimate"].round(4).item()
    0.6537
    >>> round(tm.silhouette_avg_vec(df["cluster"], df.select("x")), 4)
    0.6537
    """
    require_few(rows, distance, sample)
    return silhouette_averages(rows.features, rows.clusters, distance=distance, sample=sample, seed=seed)


silhouette_avg_vec = cluster_vector(silhouette_avg)


@internal_metric(
    "spread",
    direction="minimize",
    range=(0, inf),
    undefined="there is one cluster, or as many as rows",
    checks={"q": one_or_two},
)
def davies_bouldin(spread: Spread, *, q: Literal[1, 2] = 1) -> Array:
    """Davies-Bouldin index: how wide clusters are against their distance, at worst.

    ``sum_k max_l (s_k + s_l) / d_kl / K`` over the K clusters, where d_kl is the distance of two centroids and ``s_k`` the mean
    distance of the rows of cluster k to its centroid. Clusters that share a centroid are infinitely bad.

    Parameters
    ----------
    q
        1 for mean distances, 2 for the roots of mean squares, which need one pass over the rows.

    References
    ----------
    Davies, D. L., Bouldin, D. W. (1979). A cluster separation measure. IEEE Transactions on Pattern Analysis and Machine
    Intelligence 1(2), 224-227.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.davies_bouldin(df, "cluster", ["x"])[".estimate"].round(4).item()
    0.3333
    >>> round(tm.davies_bouldin_vec(df["cluster"], df.select("x")), 4)
    0.3333
    """
    return sums_of.davies_bouldin(spread.sums, spread.distances if q == 1 else None)


davies_bouldin_vec = cluster_vector(davies_bouldin)


@internal_metric("sums", direction="maximize", range=(0, inf), undefined="there is one cluster, or as many as rows", growth=1)
def calinski_harabasz(sums: ClusterSums) -> Array:
    """Calinski-Harabasz index: squares between clusters over squares within.

    ``(B / (K - 1)) / (W / (n - K))`` with the sum of squares W about the K centroids, and B of these about the mean.

    References
    ----------
    Calinski, T., Harabasz, J. (1974). A dendrite method for cluster analysis. Communications in Statistics 3(1), 1-27.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.calinski_harabasz(df, "cluster", ["x"])[".estimate"].round(4).item()
    16.2
    >>> round(tm.calinski_harabasz_vec(df["cluster"], df.select("x")), 4)
    16.2
    """
    return sums_of.calinski_harabasz(sums)


calinski_harabasz_vec = cluster_vector(calinski_harabasz)


@internal_metric(
    "rows",
    direction="maximize",
    range=(0, inf),
    undefined="there is one cluster",
    checks={"distance": one_of(*KNOWN)},
    no_interval="it is made of two pairs of rows, the nearest and the farthest, and falls with every row that is added",
)
def dunn(rows: ScoredRows, *, distance: str = "euclidean") -> Array:
    """Dunn index: the least distance between clusters over the greatest inside one.

    ``min d(x, y) / max d(u, v)`` over rows x and y of two clusters, and u and v of one.

    Parameters
    ----------
    distance
        "euclidean", "sqeuclidean", "manhattan" or "cosine"; on vectors also "precomputed", where `features` are a square matrix
        of distances.

    References
    ----------
    Dunn, J. C. (1974). Well-separated clusters and optimal fuzzy partitions. Journal of Cybernetics 4(1), 95-104.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.dunn(df, "cluster", ["x"])[".estimate"].round(4).item()
    1.5
    >>> round(tm.dunn_vec(df["cluster"], df.select("x")), 4)
    1.5
    """
    require_few(rows, distance, None, closed=False)
    return greatest_and_least(rows.features, rows.clusters, distance=distance)


dunn_vec = cluster_vector(dunn)


@internal_metric("sums", direction="minimize", range=(0, inf), undefined="no row is in a cluster", growth=1)
def sse_within_total(sums: ClusterSums) -> Array:
    """Sum of squared distances of rows to the centroid of their cluster.

    ``sum_i d(x_i, m_k(i))^2``, with the centroids m_k of the rows given. It falls with each further cluster.

    References
    ----------
    Hartigan, J. A. (1975). Clustering algorithms. Wiley.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.sse_within_total(df, "cluster", ["x"])[".estimate"].round(4).item()
    2.5
    >>> round(tm.sse_within_total_vec(df["cluster"], df.select("x")), 4)
    2.5
    """
    return sums_of.sse_within_total(sums)


sse_within_total_vec = cluster_vector(sse_within_total)


@internal_metric("sums", direction="minimize", range=(0, 1), undefined="all rows are the same")
def sse_ratio(sums: ClusterSums) -> Array:
    """The share of the sum of squares that is within clusters.

    ``W / T``, the squares about the centroids over those about the mean. It falls with each further cluster.

    References
    ----------
    Hartigan, J. A. (1975). Clustering algorithms. Wiley.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.sse_ratio(df, "cluster", ["x"])[".estimate"].round(4).item()
    0.1099
    >>> round(tm.sse_ratio_vec(df["cluster"], df.select("x")), 4)
    0.1099
    """
    return sums_of.sse_ratio(sums)


sse_ratio_vec = cluster_vector(sse_ratio)


@internal_metric("sums", direction="maximize", range=(0, inf), undefined="no row is in a cluster", growth=1)
def sse_between(sums: ClusterSums) -> Array:
    """Sum of squared distances of centroids to the mean, each as often as it has rows.

    ``sum_k n_k d(m_k, m)^2``, which is the total less what is within clusters.

    References
    ----------
    Hartigan, J. A. (1975). Clustering algorithms. Wiley.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.sse_between(df, "cluster", ["x"])[".estimate"].round(4).item()
    20.25
    >>> round(tm.sse_between_vec(df["cluster"], df.select("x")), 4)
    20.25
    """
    return sums_of.sse_between(sums)


sse_between_vec = cluster_vector(sse_between)


@internal_metric("sums", direction="zero", range=(0, inf), undefined="no row is in a cluster", growth=1)
def sse_total(sums: ClusterSums) -> Array:
    """Sum of squared distances of rows to the mean.

    ``sum_i d(x_i, m)^2``, which does not depend on the clusters.

    References
    ----------
    Hartigan, J. A. (1975). Clustering algorithms. Wiley.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.sse_total(df, "cluster", ["x"])[".estimate"].round(4).item()
    22.75
    >>> round(tm.sse_total_vec(df["cluster"], df.select("x")), 4)
    22.75
    """
    return sums_of.sse_total(sums)


sse_total_vec = cluster_vector(sse_total)
