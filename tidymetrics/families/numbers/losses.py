"""Metrics of predicted numbers that are the mean of one value per row."""

from __future__ import annotations

from math import inf, log, pi
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.options import non_negative, non_negative_or_none, whole_positive
from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.frames.units import within_reach
from tidymetrics.statistics import LagErrors
from tidymetrics.statistics.means import squared_error

if TYPE_CHECKING:
    from narwhals import Expr

    from tidymetrics.typing import Array

_SHIFT = 8
"""From about here on, Stirling's series is exact to the last digit."""

_HALF_LOG_TWO_PI = 0.5 * log(2 * pi)


def _log_factorial(count: Expr) -> Expr:
    """Compute ln(k!) with arithmetic that every engine supports.

    ln(gamma(z)) is Stirling's series at z + 8, minus the log of the product z (z + 1) ... (z + 7).
    """
    start = count + 1.0
    low, high = start, start + float(_SHIFT // 2)
    for step in range(1, _SHIFT // 2):
        low = low * (start + float(step))
        high = high * (start + float(_SHIFT // 2 + step))
    z = start + float(_SHIFT)
    over = z**-2.0
    series = 1 / 12 - over * (1 / 360 - over * (1 / 1260 - over * (1 / 1680 - over * (1 / 1188 - over * (691 / 360360)))))
    return (z - 0.5) * z.log() - z + _HALF_LOG_TWO_PI + series / z - low.log() - high.log()


@numeric_metric(direction="minimize", range=(0, inf), degree=1)
def mae(truth: Expr, estimate: Expr) -> Expr:
    """Mean absolute error.

    ``mean(|truth - estimate|)``, in the unit of the truth.

    References
    ----------
    Willmott, C. J., Matsuura, K. (2005). Advantages of the mean absolute error (MAE) over the root mean square error (RMSE)
    in assessing average model performance. Climate Research 30, 79-82.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.mae(df, "y", "yhat").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.mae_vec([1, 2, 4], [2, 2, 3]), 4)
    0.6667
    """
    return (truth - estimate).abs()


@numeric_metric(direction="minimize", range=(0, inf), loss=squared_error, degree=2)
def mse(truth: Expr, estimate: Expr) -> Expr:
    """Mean squared error.

    ``mean((truth - estimate)^2)``, in the square of the truth's unit.

    References
    ----------
    Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning, 2nd edition, section 2.4. Springer.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.mse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.mse_vec([1, 2, 4], [2, 2, 3]), 4)
    0.6667
    """
    error: Expr = squared_error(truth, estimate)
    return error


@numeric_metric(direction="minimize", range=(0, inf), transform=np.sqrt, loss=squared_error, degree=1)
def rmse(truth: Expr, estimate: Expr) -> Expr:
    """Root mean squared error.

    ``sqrt(mean((truth - estimate)^2))``, in the unit of the truth.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rmse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.8165
    >>> round(tm.rmse_vec([1, 2, 4], [2, 2, 3]), 4)
    0.8165
    """
    error: Expr = squared_error(truth, estimate)
    return error


@numeric_metric(direction="zero", range=(-inf, inf), degree=1)
def msd(truth: Expr, estimate: Expr) -> Expr:
    """Mean signed deviation: how far the truth lies above the estimate.

    ``mean(truth - estimate)``, in the unit of the truth; positive if the model predicts too little.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.msd(df, "y", "yhat").item(0, ".estimate"), 4)
    0.0
    >>> round(tm.msd_vec([1, 2, 4], [2, 2, 3]), 4)
    0.0
    """
    return truth - estimate


@numeric_metric(direction="minimize", range=(0, inf), undefined="a truth and its estimate are both 0")
def mape(truth: Expr, estimate: Expr) -> Expr:
    """Mean absolute percentage error.

    ``100 mean(|(truth - estimate) / truth|)``, in percent. Inf if a truth is 0 and its estimate is not.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.mape(df, "y", "yhat").item(0, ".estimate"), 4)
    41.6667
    >>> round(tm.mape_vec([1, 2, 4], [2, 2, 3]), 4)
    41.6667
    """
    scale = within_reach(truth, estimate)
    return ((truth * scale - estimate * scale) / (truth * scale)).abs() * 100.0


@numeric_metric(
    direction="zero", range=(-inf, inf), undefined="a truth and its estimate are both 0, or there are errors of Inf and -Inf"
)
def mpe(truth: Expr, estimate: Expr) -> Expr:
    """Mean percentage error: how far the truth lies above the estimate, as a percentage of the truth.

    ``100 mean((truth - estimate) / truth)``, in percent. Inf or -Inf if a truth is 0 and its estimate is not.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.mpe(df, "y", "yhat").item(0, ".estimate"), 4)
    -25.0
    >>> round(tm.mpe_vec([1, 2, 4], [2, 2, 3]), 4)
    -25.0
    """
    scale = within_reach(truth, estimate)
    return (truth * scale - estimate * scale) / (truth * scale) * 100.0


@numeric_metric(direction="minimize", range=(0, 100), interval_range=(0, 200), undefined="a truth and its estimate are both 0")
def smape(truth: Expr, estimate: Expr) -> Expr:
    """Symmetric mean absolute percentage error.

    ``100 mean(|truth - estimate| / ((|truth| + |estimate|) / 2))``, in percent. It reaches 200, beyond the range
    that yardstick declares, if truth and estimate have different signs or one of them is 0.

    References
    ----------
    Makridakis, S. (1993). Accuracy measures: theoretical and practical concerns. International Journal of Forecasting 9(4),
    527-529.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.smape(df, "y", "yhat").item(0, ".estimate"), 4)
    31.746
    >>> round(tm.smape_vec([1, 2, 4], [2, 2, 3]), 4)
    31.746
    """
    scale = within_reach(truth, estimate)
    return (truth * scale - estimate * scale).abs() * 200.0 / (truth.abs() * scale + estimate.abs() * scale)


@numeric_metric(direction="minimize", range=(0, inf), checks={"delta": non_negative})
def huber_loss(truth: Expr, estimate: Expr, *, delta: float = 1) -> Expr:
    """Huber loss: squared for small errors, linear for large ones.

    ``mean(h(d))``, with d = truth - estimate; ``h(d) = d^2 / 2`` where ``|d| <= delta``, else ``delta (|d| - delta / 2)``.

    Parameters
    ----------
    delta
        The error above which the loss is linear; in the unit of the truth, finite, at least 0.

    References
    ----------
    Huber, P. J. (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35(1), 73-101.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.huber_loss(df, "y", "yhat", delta=0.5).item(0, ".estimate"), 4)
    0.25
    >>> round(tm.huber_loss_vec([1, 2, 4], [2, 2, 3]), 4)
    0.3333
    """
    error = (truth - estimate).abs()
    small = error.clip(upper_bound=float(delta))
    return small * (error - small * 0.5)


@numeric_metric(direction="minimize", range=(0, inf), undefined="delta is 0", checks={"delta": non_negative})
def huber_loss_pseudo(truth: Expr, estimate: Expr, *, delta: float = 1) -> Expr:
    """Pseudo-Huber loss: a smooth form of the Huber loss.

    ``mean(delta^2 (sqrt(1 + (d / delta)^2) - 1))``, with d = truth - estimate.

    Parameters
    ----------
    delta
        The error around which the loss changes from squared to linear; in the unit of the truth, finite, at least 0.

    References
    ----------
    Hartley, R., Zisserman, A. (2004). Multiple View Geometry in Computer Vision, 2nd edition, page 619. Cambridge
    University Press.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.huber_loss_pseudo(df, "y", "yhat", delta=0.5).item(0, ".estimate"), 4)
    0.206
    >>> round(tm.huber_loss_pseudo_vec([1, 2, 4], [2, 2, 3]), 4)
    0.2761
    """
    scale = float(delta) if delta else float("nan")
    error = (truth - estimate).abs()
    steps = error / scale
    # sqrt(1 + s^2) - 1 as s * s / (sqrt(1 + s^2) + 1), which keeps the digits of small steps, and no square of large ones
    bounded = steps.clip(upper_bound=1e150)
    return error * (bounded / ((bounded * bounded + 1.0).sqrt() + 1.0)) * scale


@numeric_metric(direction="minimize", range=(0, inf), undefined="a truth is negative")
def poisson_log_loss(truth: Expr, estimate: Expr) -> Expr:
    """Poisson log loss: the mean negative log-likelihood of counts, given their predicted means.

    ``mean(ln(k!) + mu - k ln(mu))``, with k the truth rounded down and mu the estimate, at least 1e-15. The loss is
    finite for every count; yardstick's ``ln(gamma(k + 1))`` is Inf from 171 on.

    References
    ----------
    Dobson, A. J., Barnett, A. G. (2018). An Introduction to Generalized Linear Models, 4th edition. CRC Press.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.poisson_log_loss(df, "y", "yhat").item(0, ".estimate"), 4)
    1.4658
    >>> round(tm.poisson_log_loss_vec([1, 2, 4], [2, 2, 3]), 4)
    1.4658
    """
    count = truth.abs().floor()
    mean = estimate.clip(lower_bound=1e-15)
    negative = (truth + 1.0).log() * 0.0  # NaN for a truth of -1 or less, else 0
    return _log_factorial(count) + mean - count * mean.log() + negative


@numeric_metric(
    lambda options: LagErrors.request(int(options["m"]), "mase"),
    direction="minimize",
    range=(0, inf),
    undefined="no row has another m rows earlier, or both errors are 0",
    checks={"m": whole_positive, "mae_train": non_negative_or_none},
    row_order=lambda options, _weighted: options["order_by"] is None,
    degree=lambda options: 0 if options["mae_train"] is None else 1,
)
def mase(lag: LagErrors, *, m: int = 1, mae_train: float | None = None, order_by: str | None = None) -> Array:
    """Mean absolute scaled error: the error relative to the error of a naive forecast.

    ``mean(|truth - estimate|) / mean(|truth_i - truth_{i-m}|)``: the mean absolute error, divided by the (unweighted) mean
    absolute error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mae_train`.
    Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`.

    Parameters
    ----------
    m
        How many rows back the naive forecast looks: 1, or the length of a season.
    mae_train
        The naive forecast's mean absolute error on the training data, in the unit of the truth.
    order_by
        The column to order rows by, for frames whose rows have no order; in the vector form, a vector.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy. International Journal of
    Forecasting 22(4), 679-688.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.mase(df, "y", "yhat").item(0, ".estimate"), 4)
    0.4444
    >>> round(tm.mase_vec([1, 2, 4], [2, 2, 3]), 4)
    0.4444
    """
    scale = lag.lag_error if mae_train is None else np.full_like(lag.error, mae_train)
    return lag.error / scale


mae_vec = numeric_vector(mae)
mse_vec = numeric_vector(mse)
rmse_vec = numeric_vector(rmse)
msd_vec = numeric_vector(msd)
mape_vec = numeric_vector(mape)
mpe_vec = numeric_vector(mpe)
smape_vec = numeric_vector(smape)
huber_loss_vec = numeric_vector(huber_loss)
huber_loss_pseudo_vec = numeric_vector(huber_loss_pseudo)
poisson_log_loss_vec = numeric_vector(poisson_log_loss)
mase_vec = numeric_vector(mase)
