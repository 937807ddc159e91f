"""Metrics of predicted numbers relative to the truth's size, spread or mean."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import one_of
from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.statistics import AbsoluteMeans, Moments, PotentialErrors, Quartiles, TruthSpread, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array

_AT_THE_TRUTH = "the truth is constant and the estimates are equal to it"


@numeric_metric(AbsoluteMeans, direction="minimize", range=(0, inf), undefined="truth and estimates are all 0")
def wape(means: AbsoluteMeans) -> Array:
    """Weighted absolute percentage error: all errors as a percentage of the size of the truth.

    ``100 sum |truth - estimate| / sum |truth|``, in percent. Single truths of 0 do no harm, as they do in `mape`; Inf if all
    are 0 and an estimate is not.

    References
    ----------
    Kolassa, S., Schuetz, W. (2007). Advantages of the MAD/Mean ratio over the MAPE. Foresight 6, 40-43.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 5.0], "yhat": [2.0, 2.0, 4.0]})
    >>> tm.wape(df, "y", "yhat").item(0, ".estimate")
    25.0
    >>> tm.wape_vec([1, 2, 5], [2, 2, 4])
    25.0
    """
    return 100 * (means.error / means.truth)


@numeric_metric(
    Moments, direction="maximize", range=(-inf, 1), undefined="truth and errors are constant, or there are no rows of weight"
)
def explained_variance(moments: Moments) -> Array:
    """Explained variance: the share of the truth's variance that is left out of the errors.

    ``1 - var(truth - estimate) / var(truth)``: as `rsq_trad`, but errors that are all alike cost nothing. -Inf if the truth is
    constant and the errors are not.

    References
    ----------
    Kvalseth, T. O. (1985). Cautionary note about R squared. The American Statistician 39(4), 279-285.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.explained_variance(df, "y", "yhat").item(0, ".estimate"), 4)
    0.5714
    >>> tm.explained_variance_vec([1, 2, 4], [2, 3, 5])
    1.0
    """
    left = np.maximum(moments.truth.variance + moments.estimate.variance - 2 * moments.covariance, 0.0)
    return 1 - left / moments.truth.variance


def _spread_of(options: Mapping[str, Any]) -> Any:
    return (Quartiles if options["scale"] == "iqr" else TruthSpread).request()


@numeric_metric(
    _spread_of,
    direction="minimize",
    range=(0, inf),
    undefined="the scale and the rmse are 0, or the scale itself is undefined",
    checks={"scale": one_of("sd", "range", "iqr", "mean")},
    row_order=lambda options, weighted: weighted and options["scale"] == "iqr",
)
def nrmse(spread: TruthSpread | Quartiles, *, scale: str = "sd") -> Array:
    """Normalised root mean squared error: the rmse relative to the scale of the truth.

    ``rmse / s``, with s the truth's unbiased standard deviation, range, interquartile range or the absolute value of its mean.
    These are 1 / `rpd`, `rmse_relative` and 1 / `rpiq`, and the coefficient of variation of the rmse. Inf if the scale is 0.

    Parameters
    ----------
    scale
        "sd", "range", "iqr" or "mean".

    References
    ----------
    Botchkarev, A. (2019). A new typology design of performance metrics to measure errors in machine learning regression
    algorithms. Interdisciplinary Journal of Information, Knowledge, and Management 14, 45-76.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.nrmse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.5345
    >>> round(tm.nrmse_vec([1, 2, 4], [2, 2, 3], scale="iqr"), 4)
    0.5443
    """
    error = np.sqrt(spread.mean_square_error)
    if isinstance(spread, Quartiles):
        return error / (spread.third - spread.first)
    if scale == "sd":
        return np.where(spread.n > 1, error / np.sqrt(ratio(spread.truth.variance, spread.bessel_factor)), np.nan)
    return error / (spread.truth.range if scale == "range" else np.abs(spread.truth.mean))


@numeric_metric(TruthSpread, direction="maximize", range=(-inf, 1), undefined=_AT_THE_TRUTH)
def nse(spread: TruthSpread) -> Array:
    """Nash-Sutcliffe efficiency: how much better the estimates are than the truth's mean.

    ``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``: the same number as `rsq_trad`, under the name that hydrology has
    for it. 0 for estimates as good as the mean; -Inf if the truth is constant and the estimates differ from it.

    References
    ----------
    Nash, J. E., Sutcliffe, J. V. (1970). River flow forecasting through conceptual models part I: a discussion of principles.
    Journal of Hydrology 10(3), 282-290.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.nse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.5714
    >>> round(tm.nse_vec([1, 2, 4], [2, 2, 3]), 4)
    0.5714
    """
    return 1 - spread.mean_square_error / spread.truth.variance


@numeric_metric(Moments, direction="maximize", range=(-inf, 1), undefined="truth or estimate is constant")
def kge(moments: Moments) -> Array:
    """Kling-Gupta efficiency: correlation, spread and mean of the estimates at once.

    ``1 - sqrt((r - 1)^2 + (a - 1)^2 + (b - 1)^2)``, with r the correlation, a the ratio of standard deviations and b that of
    the means, estimate by truth. -Inf if the truth's mean is 0.

    References
    ----------
    Gupta, H. V., Kling, H., Yilmaz, K. K., Martinez, G. F. (2009). Decomposition of the mean squared error and NSE performance
    criteria: implications for improving hydrological modelling. Journal of Hydrology 377(1-2), 80-91.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.kge(df, "y", "yhat").item(0, ".estimate"), 4)
    0.3755
    >>> round(tm.kge_vec([1, 2, 4], [2, 2, 3]), 4)
    0.3755
    """
    spread = np.sqrt(moments.estimate.variance) / np.sqrt(moments.truth.variance)
    level = moments.estimate.mean / moments.truth.mean
    away: Array = np.sqrt((moments.correlation - 1) ** 2 + (spread - 1) ** 2 + (level - 1) ** 2)
    return 1 - away


@numeric_metric(PotentialErrors, direction="maximize", range=(0, 1), undefined=_AT_THE_TRUTH)
def willmott_d(errors: PotentialErrors) -> Array:
    """Willmott's index of agreement: the errors relative to the largest that they could be.

    ``1 - sum (y - s)^2 / sum (|s - m| + |y - m|)^2``, with y the truth, m its mean and s the estimate.

    References
    ----------
    Willmott, C. J. (1981). On the validation of models. Physical Geography 2(2), 184-194.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.willmott_d(df, "y", "yhat").item(0, ".estimate"), 4)
    0.7692
    >>> round(tm.willmott_d_vec([1, 2, 4], [2, 2, 3]), 4)
    0.7692
    """
    return 1 - ratio(errors.error, errors.potential)


explained_variance_vec = numeric_vector(explained_variance)
kge_vec = numeric_vector(kge)
nrmse_vec = numeric_vector(nrmse)
nse_vec = numeric_vector(nse)
wape_vec = numeric_vector(wape)
willmott_d_vec = numeric_vector(willmott_d)
