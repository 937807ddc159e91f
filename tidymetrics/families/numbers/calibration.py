"""Whether predicted numbers mean what they say."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.options import number_in, one_of, whole_positive
from tidymetrics.core.tables import TableFunction, table_vector
from tidymetrics.families.numbers.family import KIND, NumericKind, numeric_metric, numeric_vector
from tidymetrics.statistics import GroupTotals, Moments, ratio
from tidymetrics.statistics.calibration_bins import bins_of_blocks, mean_interval, numeric_bins
from tidymetrics.statistics.isotonic import Decomposition, fit_isotonic
from tidymetrics.statistics.numeric_steps import NumericDecomposition, NumericSteps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.statistics import Reductions
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array, Codes


def _slope(moments: Moments) -> Array:
    return np.where(moments.estimate.constant, np.nan, ratio(moments.covariance, moments.estimate.variance))


@numeric_metric(Moments, direction="target", target=1.0, range=(-inf, inf), undefined="the estimate is constant")
def calibration_slope_numeric(moments: Moments) -> Array:
    """Calibration slope of numbers: how much the truth grows with the prediction.

    The b of the line ``truth = a + b estimate`` by least squares: ``cov(truth, estimate) / var(estimate)``. 1 is best; below 1
    the predictions are too extreme.

    References
    ----------
    Mincer, J. A., Zarnowitz, V. (1969). The evaluation of economic forecasts. In Economic Forecasts and Expectations, 3-46.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.calibration_slope_numeric(df, "y", "yhat")[".estimate"].round(6).item()
    2.5
    >>> round(tm.calibration_slope_numeric_vec([1, 2, 4], [2, 2, 3]), 6)
    2.5
    """
    return _slope(moments)


@numeric_metric(Moments, direction="zero", range=(-inf, inf), undefined="the estimate is constant")
def calibration_intercept_numeric(moments: Moments) -> Array:
    """Calibration intercept of numbers: where the line of truth over predictions meets 0.

    The a of ``truth = a + b estimate`` by least squares: ``mean(truth) - b mean(estimate)``.

    References
    ----------
    Mincer, J. A., Zarnowitz, V. (1969). The evaluation of economic forecasts. In Economic Forecasts and Expectations, 3-46.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.calibration_intercept_numeric(df, "y", "yhat")[".estimate"].round(6).item()
    -3.5
    >>> round(tm.calibration_intercept_numeric_vec([1, 2, 4], [2, 2, 3]), 6)
    -3.5
    """
    return moments.truth.mean - _slope(moments) * moments.estimate.mean


def _decomposition(_options: Mapping[str, Any]) -> NumericDecomposition:
    return NumericDecomposition()


@numeric_metric(_decomposition, direction="minimize", range=(0, inf))
def corp_miscalibration_numeric(parts: Decomposition) -> Array:
    """Miscalibration of numbers: what the mean squared error gains by an isotonic fit.

    The mean squared error less that of the isotonic fit of the truth to the predictions. It is the first part of
    ``mse = miscalibration - discrimination + uncertainty``.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.corp_miscalibration_numeric(df, "y", "yhat")[".estimate"].round(4).item()
    0.5
    >>> round(tm.corp_miscalibration_numeric_vec([1, 2, 4], [2, 2, 3]), 4)
    0.5
    """
    return parts.miscalibration


@numeric_metric(_decomposition, direction="maximize", range=(0, inf))
def corp_discrimination_numeric(parts: Decomposition) -> Array:
    """Discrimination of numbers: what the mean squared error gains by telling rows apart.

    ``mean((y - mean(y))^2) - mean((y - c)^2)``, with ``c`` the isotonic fit of the truth to the predictions. See
    `corp_miscalibration_numeric`.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.corp_discrimination_numeric(df, "y", "yhat")[".estimate"].round(4).item()
    1.3889
    >>> round(tm.corp_discrimination_numeric_vec([1, 2, 4], [2, 2, 3]), 4)
    1.3889
    """
    return parts.discrimination


@numeric_metric(_decomposition, direction="minimize", range=(0, inf))
def corp_uncertainty_numeric(parts: Decomposition) -> Array:
    """Uncertainty of numbers: the mean squared error of predicting the mean.

    ``mean((y - mean(y))^2)``, the variance of the truth with the number of rows as divisor, which no model can change. See
    `corp_miscalibration_numeric`.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.corp_uncertainty_numeric(df, "y", "yhat")[".estimate"].round(4).item()
    1.5556
    >>> round(tm.corp_uncertainty_numeric_vec([1, 2, 4], [2, 2, 3]), 4)
    1.5556
    """
    return parts.uncertainty


@dataclass(frozen=True, eq=False)
class NumericTableKind(NumericKind):
    """Tables of predicted numbers."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Give the statistics that a table stands on."""
        return (GroupTotals.request(), bound.options["table"].request())

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the table."""
        totals, made = (reductions.get(request) for request in bound.requests)
        return bound.options["table"].build(bound, made, totals, reductions)


TABLE = NumericTableKind("numeric_table", "Tables of numbers", KIND.family, KIND.arguments)


def _read(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    whole_positive(name, "n_bins", options["n_bins"])
    one_of("quantile", "uniform", "isotonic")(name, "strategy", options["strategy"])
    number_in(0, 1, open_ends=True)(name, "conf_level", options["conf_level"])
    return {**options, "n_bins": int(options["n_bins"])}


def _calibration_curve_numeric(
    steps: ScoreSteps,
    *,
    n_bins: int = 10,
    strategy: Literal["quantile", "uniform", "isotonic"] = "quantile",
    conf_level: float = 0.95,
) -> tuple[dict[str, Array], Codes]:
    """Calibration curve of numbers: the mean truth where predictions are alike.

    In each bin of the predictions their mean (`.predicted`) and that of the truth (`.observed`), with a normal interval of the
    latter, which is null for a bin of one row. A calibrated model is near the diagonal.

    Parameters
    ----------
    n_bins
        The number of bins.
    strategy
        "quantile" for bins of equal weight, which keep ties together; "uniform" for bins of equal width between the least and
        the greatest prediction of a group; "isotonic" for the steps of an isotonic fit, which have no interval.
    conf_level
        The level of the interval.

    References
    ----------
    Mincer, J. A., Zarnowitz, V. (1969). The evaluation of economic forecasts. In Economic Forecasts and Expectations, 3-46.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0, 5.0], "yhat": [2.0, 2.0, 3.0, 4.0]})
    >>> tm.calibration_curve_numeric(df, "y", "yhat", n_bins=2).select(".predicted", ".observed").rows()
    [(2.0, 1.5), (3.5, 4.5)]
    >>> tm.calibration_curve_numeric_vec(df["y"], df["yhat"], n_bins=1)[".n"].to_list()
    [4.0]
    """
    if strategy == "isotonic":
        bins = bins_of_blocks(steps, fit_isotonic(steps))
        lower = upper = np.full(len(bins.group), np.nan)
    else:
        bins = numeric_bins(steps, n_bins, strategy)
        lower, upper = mean_interval(bins, conf_level)
    columns: dict[str, Any] = {
        ".bin": bins.number,
        ".bin_lower": bins.lower,
        ".bin_upper": bins.upper,
        ".n": bins.weight,
        ".predicted": bins.predicted,
        ".observed": bins.observed,
        ".lower": lower,
        ".upper": upper,
    }
    return columns, bins.group


_calibration_curve_numeric.__name__ = "calibration_curve_numeric"
calibration_curve_numeric = TableFunction(
    _calibration_curve_numeric,
    TABLE,
    (".bin", ".bin_lower", ".bin_upper", ".n", ".predicted", ".observed", ".lower", ".upper"),
    _read,
    NumericSteps,
)
calibration_curve_numeric_vec = table_vector(calibration_curve_numeric)
calibration_intercept_numeric_vec = numeric_vector(calibration_intercept_numeric)
calibration_slope_numeric_vec = numeric_vector(calibration_slope_numeric)
corp_discrimination_numeric_vec = numeric_vector(corp_discrimination_numeric)
corp_miscalibration_numeric_vec = numeric_vector(corp_miscalibration_numeric)
corp_uncertainty_numeric_vec = numeric_vector(corp_uncertainty_numeric)
