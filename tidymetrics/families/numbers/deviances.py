"""Metrics of predicted numbers that are means of deviances and of other losses of one row."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import finite, share_or_none
from tidymetrics.errors import OptionError
from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.statistics import log_cosh, log_of_one_and, tweedie

if TYPE_CHECKING:
    from narwhals import Expr

_LOGS = "a number is below -1"


@numeric_metric(direction="zero", range=(-inf, inf))
def mean_bias(truth: Expr, estimate: Expr) -> Expr:
    """Mean bias: how far the estimates lie above the truth.

    ``mean(estimate - truth)``, in the unit of the truth; positive if the model predicts too much. It is `msd` with the other
    sign.

    References
    ----------
    Willmott, C. J. (1982). Some comments on the evaluation of model performance. Bulletin of the American Meteorological
    Society 63(11), 1309-1313.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 6.0]})
    >>> tm.mean_bias(df, "y", "yhat").item(0, ".estimate")
    1.0
    >>> tm.mean_bias_vec([1, 2, 4], [2, 2, 6])
    1.0
    """
    return estimate - truth


def _squared_log_error(truth: Expr, estimate: Expr) -> Expr:
    gap = log_of_one_and(truth) - log_of_one_and(estimate)
    made: Expr = gap * gap
    return made


@numeric_metric(direction="minimize", range=(0, inf), undefined=_LOGS, loss=_squared_log_error)
def msle(truth: Expr, estimate: Expr) -> Expr:
    """Mean squared logarithmic error: of numbers whose ratios matter more than their differences.

    ``mean((ln(1 + truth) - ln(1 + estimate))^2)``. Inf if one number of a row is -1 and the other is not.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.msle(df, "y", "yhat").item(0, ".estimate"), 4)
    0.0714
    >>> round(tm.msle_vec([1, 2, 4], [2, 2, 3]), 4)
    0.0714
    """
    return _squared_log_error(truth, estimate)


@numeric_metric(direction="minimize", range=(0, inf), undefined=_LOGS, transform=np.sqrt, loss=_squared_log_error)
def rmsle(truth: Expr, estimate: Expr) -> Expr:
    """Root mean squared logarithmic error: of numbers whose ratios matter more than their differences.

    ``sqrt(mean((ln(1 + truth) - ln(1 + estimate))^2))``. Inf if one number of a row is -1 and the other is not.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rmsle(df, "y", "yhat").item(0, ".estimate"), 4)
    0.2672
    >>> round(tm.rmsle_vec([1, 2, 4], [2, 2, 3]), 4)
    0.2672
    """
    return _squared_log_error(truth, estimate)


@numeric_metric(direction="minimize", range=(0, inf))
def log_cosh_loss(truth: Expr, estimate: Expr) -> Expr:
    """Log-cosh loss: a smooth loss that is squared for small errors and linear for large ones.

    ``mean(ln(cosh(truth - estimate)))``: about half the squared error below 1, and the absolute error less ln 2 above.

    References
    ----------
    Saleh, R. A., Saleh, A. K. M. E. (2022). Statistical properties of the log-cosh loss function used in machine learning.
    arXiv:2208.04564.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.log_cosh_loss(df, "y", "yhat").item(0, ".estimate"), 4)
    0.2892
    >>> round(tm.log_cosh_loss_vec([1, 2, 4], [2, 2, 3]), 4)
    0.2892
    """
    made: Expr = log_cosh(truth - estimate)
    return made


def _power(metric: str, option: str, value: Any) -> None:
    finite(metric, option, value)
    if 0 < value < 1:
        raise OptionError(f"{metric}({option}=): no distribution has a power between 0 and 1; got {value!r}.")


@numeric_metric(
    direction="minimize",
    range=(0, inf),
    undefined="a truth or an estimate is outside of what the distribution can be",
    checks={"power": _power},
)
def tweedie_deviance(truth: Expr, estimate: Expr, *, power: float = 0) -> Expr:
    """Mean Tweedie deviance: how unlikely the truth is where its variance is a power of the predicted mean.

    The mean of ``2 (y^(2-p) / ((1-p) (2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p))``, with y the truth (at least 0 for a
    negative p), m the estimate and p the power. Power 0 is the squared error, 1 the Poisson and 2 the gamma deviance, each the
    limit of the formula. A negative power takes estimates above 0; from 1 on truths are at least 0, from 2 on above 0.

    Parameters
    ----------
    power
        The power of the mean that the variance is: 0 or less, or 1 or more.

    References
    ----------
    Jorgensen, B. (1987). Exponential dispersion models. Journal of the Royal Statistical Society B 49(2), 127-162.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.tweedie_deviance(df, "y", "yhat", power=1.5).item(0, ".estimate"), 4)
    0.217
    >>> round(tm.tweedie_deviance_vec([1, 2, 4], [2, 2, 3], power=1.5), 4)
    0.217
    """
    made: Expr = tweedie(truth, estimate, float(power))
    return made


@numeric_metric(direction="minimize", range=(0, inf), undefined="a truth is below 0, or an estimate not above 0")
def poisson_deviance(truth: Expr, estimate: Expr) -> Expr:
    """Mean Poisson deviance: how unlikely counts are, given their predicted means.

    ``mean(2 (y ln(y / m) - y + m))``, with y the truth and m the estimate; the first term is 0 where y is. It is
    `tweedie_deviance` with power 1.

    References
    ----------
    Dobson, A. J., Barnett, A. G. (2018). An Introduction to Generalized Linear Models, 4th edition. CRC Press.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.poisson_deviance(df, "y", "yhat").item(0, ".estimate"), 4)
    0.3051
    >>> round(tm.poisson_deviance_vec([1, 2, 4], [2, 2, 3]), 4)
    0.3051
    """
    made: Expr = tweedie(truth, estimate, 1.0)
    return made


@numeric_metric(direction="minimize", range=(0, inf), undefined="a truth or an estimate is not above 0")
def gamma_deviance(truth: Expr, estimate: Expr) -> Expr:
    """Mean gamma deviance: how unlikely positive numbers are, given means to which their spread is proportional.

    ``mean(2 (ln(m / y) + y / m - 1))``, with y the truth and m the estimate. It is `tweedie_deviance` with power 2, and the
    same in every unit.

    References
    ----------
    Dobson, A. J., Barnett, A. G. (2018). An Introduction to Generalized Linear Models, 4th edition. CRC Press.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.gamma_deviance(df, "y", "yhat").item(0, ".estimate"), 4)
    0.1592
    >>> round(tm.gamma_deviance_vec([1, 2, 4], [2, 2, 3]), 4)
    0.1592
    """
    made: Expr = tweedie(truth, estimate, 2.0)
    return made


def _level(metric: str, option: str, value: Any) -> None:
    share_or_none(metric, option, float("nan") if value is None else value)


@numeric_metric(direction="minimize", range=(0, inf), checks={"level": _level})
def pinball_loss(truth: Expr, estimate: Expr, *, level: float = 0.5) -> Expr:
    """Pinball loss: how far estimates are from being a quantile of the truth.

    ``mean(max(level (truth - estimate), (level - 1) (truth - estimate)))``, in the unit of the truth: the loss that the
    quantile at `level` makes least; half the absolute error at 0.5. For several quantiles at once see
    `weighted_interval_score`.

    Parameters
    ----------
    level
        The level of the quantile, from 0 to 1.

    References
    ----------
    Koenker, R., Bassett, G. (1978). Regression quantiles. Econometrica 46(1), 33-50.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "q90": [2.0, 3.0, 3.0]})
    >>> round(tm.pinball_loss(df, "y", "q90", level=0.9).item(0, ".estimate"), 4)
    0.3667
    >>> round(tm.pinball_loss_vec([1, 2, 4], [2, 3, 3], level=0.9), 4)
    0.3667
    """
    gap = truth - estimate
    return gap.abs() * 0.5 + gap * (float(level) - 0.5)


gamma_deviance_vec = numeric_vector(gamma_deviance)
log_cosh_loss_vec = numeric_vector(log_cosh_loss)
mean_bias_vec = numeric_vector(mean_bias)
msle_vec = numeric_vector(msle)
pinball_loss_vec = numeric_vector(pinball_loss)
poisson_deviance_vec = numeric_vector(poisson_deviance)
rmsle_vec = numeric_vector(rmsle)
tweedie_deviance_vec = numeric_vector(tweedie_deviance)
