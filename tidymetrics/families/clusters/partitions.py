"""External clustering metrics: agreement of clusters with a truth, from counts of cells."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal

from tidymetrics.core.options import non_negative, one_of
from tidymetrics.families.clusters.family import cluster_vector, external_metric
from tidymetrics.statistics import contingency as counts
from tidymetrics.statistics.contingency import AVERAGES

if TYPE_CHECKING:
    from tidymetrics.statistics.contingency import Contingency
    from tidymetrics.typing import Array


@external_metric("pairs", undefined="two rows at least are needed")
def rand_index(cells: Contingency) -> Array:
    """Rand index: the share of pairs of rows on which clusters and truth agree.

    ``(N + 2 x - A - B) / N`` over the N pairs of rows, of which x are together in both partitions, A in truth and B in the
    clusters. It is high for any two partitions with many labels: `adjusted_rand_index` takes off what chance gives.

    References
    ----------
    Rand, W. M. (1971). Objective criteria for the evaluation of clustering methods. Journal of the American Statistical
    Association 66(336), 846-850.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.rand_index(df, "truth", "cluster")[".estimate"].round(4).item()
    0.6667
    >>> round(tm.rand_index_vec(df["truth"], df["cluster"]), 4)
    0.6667
    """
    return counts.rand_index(cells)


rand_index_vec = cluster_vector(rand_index)


@external_metric("pairs", range=(-0.5, 1), undefined="two rows at least are needed")
def adjusted_rand_index(cells: Contingency) -> Array:
    """Adjusted Rand index: agreement on pairs of rows, beyond what chance gives.

    ``(x - A B / N) / ((A + B) / 2 - A B / N)`` over the N pairs of rows, of which x are together in both partitions, A in truth
    and B in the clusters. 0 is what random labels of the same sizes give, 1 the same partition under any names.

    References
    ----------
    Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.adjusted_rand_index(df, "truth", "cluster")[".estimate"].round(4).item()
    0.2424
    >>> round(tm.adjusted_rand_index_vec(df["truth"], df["cluster"]), 4)
    0.2424
    """
    return counts.adjusted_rand_index(cells)


adjusted_rand_index_vec = cluster_vector(adjusted_rand_index)


@external_metric("pairs", undefined="no pair of rows is together in one of the partitions")
def fowlkes_mallows(cells: Contingency) -> Array:
    """Fowlkes-Mallows index: the geometric mean of precision and recall over pairs of rows.

    ``sqrt(x / A) sqrt(x / B)``, where x pairs of rows are together in both partitions, A in truth and B in the clusters.

    References
    ----------
    Fowlkes, E. B., Mallows, C. L. (1983). A method for comparing two hierarchical clusterings. Journal of the American
    Statistical Association 78(383), 553-569.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.fowlkes_mallows(df, "truth", "cluster")[".estimate"].round(4).item()
    0.4714
    >>> round(tm.fowlkes_mallows_vec(df["truth"], df["cluster"]), 4)
    0.4714
    """
    return counts.fowlkes_mallows(cells)


fowlkes_mallows_vec = cluster_vector(fowlkes_mallows)


@external_metric(range=(0, inf))
def mutual_info(cells: Contingency) -> Array:
    """Mutual information of clusters and truth, in nats.

    ``sum_ij n_ij / n log(n n_ij / (a_i b_j))`` over the cells n_ij with margins a_i of truth and b_j of the clusters. It grows
    with the number of clusters: choose k by `adjusted_mutual_info`.

    References
    ----------
    Vinh, N. X., Epps, J., Bailey, J. (2010). Information theoretic measures for clusterings comparison. Journal of Machine
    Learning Research 11, 2837-2854.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.mutual_info(df, "truth", "cluster")[".estimate"].round(4).item()
    0.4621
    >>> round(tm.mutual_info_vec(df["truth"], df["cluster"]), 4)
    0.4621
    """
    return counts.mutual_info(cells)


mutual_info_vec = cluster_vector(mutual_info)


@external_metric(checks={"average_method": one_of(*AVERAGES)})
def normalized_mutual_info(
    cells: Contingency, *, average_method: Literal["arithmetic", "geometric", "min", "max"] = "arithmetic"
) -> Array:
    """Mutual information of clusters and truth over an average of their entropies.

    ``MI / avg(H(a), H(b))`` with the entropies H of truth and of the clusters. 1 for the same partition; 0 for one class or one
    cluster against several.

    Parameters
    ----------
    average_method
        How the entropies of both sides become one: "arithmetic", "geometric", "min" or "max".

    References
    ----------
    Vinh, N. X., Epps, J., Bailey, J. (2010). Information theoretic measures for clusterings comparison. Journal of Machine
    Learning Research 11, 2837-2854.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.normalized_mutual_info(df, "truth", "cluster")[".estimate"].round(4).item()
    0.5158
    >>> round(tm.normalized_mutual_info_vec(df["truth"], df["cluster"]), 4)
    0.5158
    """
    return counts.normalized_mutual_info(cells, average_method=average_method)


normalized_mutual_info_vec = cluster_vector(normalized_mutual_info)


@external_metric("pairs", range=(-inf, 1), checks={"average_method": one_of(*AVERAGES)})
def adjusted_mutual_info(
    cells: Contingency, *, average_method: Literal["arithmetic", "geometric", "min", "max"] = "arithmetic"
) -> Array:
    """Adjusted mutual information of clusters and truth: beyond what chance gives.

    ``(MI - E) / (avg(H(a), H(b)) - E)`` where E is the expected mutual information of random labels of the same sizes and H are
    the entropies. 1 for the same partition, 0 for what chance gives.

    Parameters
    ----------
    average_method
        How the entropies of both sides become one: "arithmetic", "geometric", "min" or "max".

    References
    ----------
    Vinh, N. X., Epps, J., Bailey, J. (2010). Information theoretic measures for clusterings comparison. Journal of Machine
    Learning Research 11, 2837-2854.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.adjusted_mutual_info(df, "truth", "cluster")[".estimate"].round(4).item()
    0.2988
    >>> round(tm.adjusted_mutual_info_vec(df["truth"], df["cluster"]), 4)
    0.2988
    """
    return counts.adjusted_mutual_info(cells, average_method=average_method)


adjusted_mutual_info_vec = cluster_vector(adjusted_mutual_info)


@external_metric()
def homogeneity(cells: Contingency) -> Array:
    """Homogeneity: whether each cluster holds rows of one class alone.

    ``MI / H(a)``, the share of the entropy of truth that the clusters explain; 1 for one class. It grows with the number of
    clusters, and is 1 where each row is one.

    References
    ----------
    Rosenberg, A., Hirschberg, J. (2007). V-measure: a conditional entropy-based external cluster evaluation measure. EMNLP,
    410-420.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.homogeneity(df, "truth", "cluster")[".estimate"].round(4).item()
    0.6667
    >>> round(tm.homogeneity_vec(df["truth"], df["cluster"]), 4)
    0.6667
    """
    return counts.homogeneity(cells)


homogeneity_vec = cluster_vector(homogeneity)


@external_metric()
def completeness(cells: Contingency) -> Array:
    """Completeness: whether all rows of a class are in one cluster.

    ``MI / H(b)``, the share of the entropy of the clusters that truth explains; 1 for one cluster.

    References
    ----------
    Rosenberg, A., Hirschberg, J. (2007). V-measure: a conditional entropy-based external cluster evaluation measure. EMNLP,
    410-420.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.completeness(df, "truth", "cluster")[".estimate"].round(4).item()
    0.4206
    >>> round(tm.completeness_vec(df["truth"], df["cluster"]), 4)
    0.4206
    """
    return counts.completeness(cells)


completeness_vec = cluster_vector(completeness)


@external_metric(checks={"beta": non_negative})
def v_measure(cells: Contingency, *, beta: float = 1.0) -> Array:
    """V-measure: the harmonic mean of homogeneity and completeness.

    ``(1 + beta) h c / (beta h + c)`` with homogeneity h and completeness c; 0 where both are 0.

    Parameters
    ----------
    beta
        How much more completeness counts than homogeneity.

    References
    ----------
    Rosenberg, A., Hirschberg, J. (2007). V-measure: a conditional entropy-based external cluster evaluation measure. EMNLP,
    410-420.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.v_measure(df, "truth", "cluster")[".estimate"].round(4).item()
    0.5158
    >>> round(tm.v_measure_vec(df["truth"], df["cluster"]), 4)
    0.5158
    """
    return counts.v_measure(cells, beta=beta)


v_measure_vec = cluster_vector(v_measure)


@external_metric()
def purity(cells: Contingency) -> Array:
    """Purity: the share of rows that are of the most frequent class of their cluster.

    ``sum_j max_i n_ij / n`` over clusters j and classes i. It grows with the number of clusters, and is 1 where each row is
    one.

    References
    ----------
    Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to information retrieval. Cambridge University Press.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.purity(df, "truth", "cluster")[".estimate"].round(4).item()
    0.8333
    >>> round(tm.purity_vec(df["truth"], df["cluster"]), 4)
    0.8333
    """
    return counts.purity(cells)


purity_vec = cluster_vector(purity)


@external_metric()
def cluster_accuracy(cells: Contingency) -> Array:
    """Accuracy once each cluster is matched to a class, one to one, as well as can be.

    ``max_s sum_i n_is(i) / n`` over one-to-one matchings s. What is left over of the side with more labels counts as wrong.

    References
    ----------
    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2, 83-97.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.cluster_accuracy(df, "truth", "cluster")[".estimate"].round(4).item()
    0.6667
    >>> round(tm.cluster_accuracy_vec(df["truth"], df["cluster"]), 4)
    0.6667
    """
    return counts.cluster_accuracy(cells)


cluster_accuracy_vec = cluster_vector(cluster_accuracy)


@external_metric("noise", direction="minimize", undefined="no rows have a truth and a label")
def noise_rate(cells: Contingency) -> Array:
    """The share of rows that are in no cluster.

    ``m / n`` where m is the weight of rows with the label of noise, and n that of all rows with a truth and a label. Report it
    next to metrics that leave noise out, which look too good without it. It needs no `noise`.

    References
    ----------
    Ester, M., Kriegel, H.-P., Sander, J., Xu, X. (1996). A density-based algorithm for discovering clusters in large spatial
    databases with noise. KDD, 226-231.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.noise_rate(df, "truth", "cluster")[".estimate"].round(4).item()
    0.0
    >>> round(tm.noise_rate_vec(df["truth"], df["cluster"]), 4)
    0.0
    """
    return counts.noise_rate(cells)


noise_rate_vec = cluster_vector(noise_rate)
