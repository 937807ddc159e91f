"""Metrics of predicted numbers that stand on medians, greatest errors and ranks."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.statistics import GroupMaximum, GroupQuantile, PairAgreement, RankMoments

if TYPE_CHECKING:
    from tidymetrics.typing import Array


def _error(truth: Any, estimate: Any) -> Any:
    return (truth - estimate).abs()


def _share_of_truth(truth: Any, estimate: Any) -> Any:
    return ((truth - estimate) / truth).abs() * 100.0


@numeric_metric(lambda _: GroupQuantile(_error), direction="minimize", range=(0, inf))
def median_absolute_error(median: Array) -> Array:
    """Median absolute error: what half of the absolute errors do not exceed.

    ``median(|truth - estimate|)``, in the unit of the truth; large errors do not move it. With weights, the least error that,
    with all smaller ones, has half of the weight; midway to the next where it has just half.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 7.0]})
    >>> tm.median_absolute_error(df, "y", "yhat").item(0, ".estimate")
    1.0
    >>> tm.median_absolute_error_vec([1, 2, 4], [2, 2, 7], case_weights=[1, 1, 4])
    3.0
    """
    return median


@numeric_metric(
    lambda _: GroupQuantile(_share_of_truth), direction="minimize", range=(0, inf), undefined="a truth and its estimate are 0"
)
def medape(median: Array) -> Array:
    """Median absolute percentage error: what half of the percentage errors do not exceed.

    ``100 median(|(truth - estimate) / truth|)``, in percent. Inf if half of the truths or more are 0. Weights count as in
    `median_absolute_error`.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.medape(df, "y", "yhat").item(0, ".estimate")
    25.0
    >>> tm.medape_vec([1, 2, 4], [2, 2, 3])
    25.0
    """
    return median


@numeric_metric(lambda _: GroupMaximum(_error), direction="minimize", range=(0, inf))
def max_error(greatest: Array) -> Array:
    """Maximum error: the largest absolute error.

    ``max(|truth - estimate|)``, in the unit of the truth. A row of weight 0 does not count, and any other counts in full.

    References
    ----------
    Rudin, W. (1976). Principles of Mathematical Analysis, 3rd edition, definition 7.14. McGraw-Hill.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 7.0]})
    >>> tm.max_error(df, "y", "yhat").item(0, ".estimate")
    3.0
    >>> tm.max_error_vec([1, 2, 4], [2, 2, 7])
    3.0
    """
    return greatest


@numeric_metric(RankMoments, direction="maximize", range=(-1, 1), undefined="truth or estimate is constant")
def spearman(ranks: RankMoments) -> Array:
    """Spearman's rank correlation: how far the estimates rise with the truth, along any curve.

    ``cor(rank(truth), rank(estimate))``; ties have their mean rank. With weights, a rank is the weight below and half the
    weight of ties, so that a row of weight 2 counts as two.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things. American Journal of Psychology 15(1),
    72-101.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0, 5.0], "yhat": [2.0, 1.0, 3.0, 9.0]})
    >>> round(tm.spearman(df, "y", "yhat").item(0, ".estimate"), 4)
    0.8
    >>> round(tm.spearman_vec([1, 2, 4, 5], [2, 1, 3, 9]), 4)
    0.8
    """
    return ranks.correlation


@numeric_metric(PairAgreement, direction="maximize", range=(-1, 1), undefined="truth or estimate is constant")
def kendall(pairs: PairAgreement) -> Array:
    """Kendall's rank correlation, tau-b: how often the estimates order two rows as the truth does.

    ``(C - D) / sqrt(T E)``, of all pairs of rows: C in the same order, D in the opposite one, T those that differ in truth, and
    E those that differ in the estimate. The weight of a pair is the product of its case weights.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3), 239-251.
    Knight, W. R. (1966). A computer method for calculating Kendall's tau with ungrouped data. Journal of the American
    Statistical Association 61(314), 436-439.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0, 5.0], "yhat": [2.0, 1.0, 3.0, 9.0]})
    >>> round(tm.kendall(df, "y", "yhat").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.kendall_vec([1, 2, 4, 5], [2, 1, 3, 9]), 4)
    0.6667
    """
    return pairs.tau


kendall_vec = numeric_vector(kendall)
max_error_vec = numeric_vector(max_error)
medape_vec = numeric_vector(medape)
median_absolute_error_vec = numeric_vector(median_absolute_error)
spearman_vec = numeric_vector(spearman)
