"""Squared errors of forecasts relative to those of a naive forecast."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import non_negative_or_none, whole_positive
from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.statistics import LagErrors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array

_UNDEFINED = "no row has another m rows earlier, or both errors are 0"
_CHECKS = {"m": whole_positive, "mse_train": non_negative_or_none}


def _needs_order(options: Mapping[str, Any], _weighted: bool) -> bool:
    return options["order_by"] is None


@numeric_metric(
    lambda options: LagErrors.request(int(options["m"]), "msse", squared=True),
    direction="minimize",
    range=(0, inf),
    undefined=_UNDEFINED,
    checks=_CHECKS,
    row_order=_needs_order,
)
def msse(lag: LagErrors, *, m: int = 1, mse_train: float | None = None, order_by: str | None = None) -> Array:
    """Mean squared scaled error: the squared error relative to that of a naive forecast.

    ``mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2)``: the mean squared error, divided by the (unweighted) mean
    squared error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mse_train`.
    Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`. With
    several series, group by them; `averaged_over` averages over them.

    Parameters
    ----------
    m
        How many rows back the naive forecast looks: 1, or the length of a season.
    mse_train
        The naive forecast's mean squared error on the training data, in the square of the truth's unit.
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
    >>> round(tm.msse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.2667
    >>> round(tm.msse_vec([1, 2, 4], [2, 2, 3], mse_train=2), 4)
    0.3333
    """
    return lag.error / (lag.lag_error if mse_train is None else np.full_like(lag.error, mse_train))


@numeric_metric(
    lambda options: LagErrors.request(int(options["m"]), "rmsse", squared=True),
    direction="minimize",
    range=(0, inf),
    undefined=_UNDEFINED,
    checks=_CHECKS,
    row_order=_needs_order,
)
def rmsse(lag: LagErrors, *, m: int = 1, mse_train: float | None = None, order_by: str | None = None) -> Array:
    """Root mean squared scaled error: the rmse relative to that of a naive forecast.

    ``sqrt(mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2))``: the root of `msse`. Inf if the divisor is 0. Rows
    are ordered as in the frame, or by `order_by`.

    Parameters
    ----------
    m
        How many rows back the naive forecast looks: 1, or the length of a season.
    mse_train
        The naive forecast's mean squared error on the training data, in the square of the truth's unit.
    order_by
        The column to order rows by, for frames whose rows have no order; in the vector form, a vector.

    References
    ----------
    Makridakis, S., Spiliotis, E., Assimakopoulos, V. (2022). M5 accuracy competition: results, findings, and conclusions.
    International Journal of Forecasting 38(4), 1346-1364.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rmsse(df, "y", "yhat").item(0, ".estimate"), 4)
    0.5164
    >>> round(tm.rmsse_vec([1, 2, 4], [2, 2, 3], mse_train=2), 4)
    0.5774
    """
    return np.sqrt(lag.error / (lag.lag_error if mse_train is None else np.full_like(lag.error, mse_train)))


msse_vec = numeric_vector(msse)
rmsse_vec = numeric_vector(rmsse)
