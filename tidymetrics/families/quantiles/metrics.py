"""Metrics of quantile forecasts."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Literal

from tidymetrics.core.options import one_of
from tidymetrics.families.quantiles.family import quantile_metric, quantile_vector
from tidymetrics.statistics import IntervalScores, QuantileLosses, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array


def _losses(columns: tuple[str, ...], levels: tuple[float, ...], options: Mapping[str, Any]) -> QuantileLosses:
    return QuantileLosses(columns, levels, options["quantile_estimate_nas"])


@quantile_metric(
    _losses,
    direction="minimize",
    range=(0, inf),
    checks={"quantile_estimate_nas": one_of("impute", "drop", "propagate")},
)
def weighted_interval_score(
    scores: IntervalScores,
    *,
    quantile_estimate_nas: Literal["impute", "drop", "propagate"] = "impute",  # the statistic's
) -> Array:
    """Weighted interval score: how far predicted quantiles are from the truth, in its unit.

    The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels, which is twice the mean
    pinball loss. With symmetric levels it adds up the widths of the central intervals and the penalties for missing the truth.
    A single quantile at 0.5 gives the absolute error.

    Parameters
    ----------
    quantile_estimate_nas
        What to do with missing quantiles. "impute" fills them from the row's other quantiles: between them with a monotone
        cubic spline along the levels (linearly if they cross), beyond them with a straight line in the logit of the level; a
        row with fewer than two quantiles has no score. "drop" scores the quantiles that are present. "propagate" gives the
        row no score. `na_rm` decides how rows without a score count.

    Raises
    ------
    OptionError
        The levels are not increasing numbers from 0 to 1, or their number differs from the number of columns.

    Warns
    -----
    CrossingQuantilesWarning
        Once per call, if a row has a quantile smaller than one of a lower level; such rows are scored as they are.

    References
    ----------
    Bracher, J., Ray, E. L., Gneiting, T., Reich, N. G. (2021). Evaluating epidemic forecasts in an interval format. PLoS
    Computational Biology 17(2), e1008618.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q50": [2.0, 3.0], "q90": [3.0, None]})
    >>> tm.weighted_interval_score(df, "y", ["q10", "q50", "q90"], quantile_levels=[0.1, 0.5, 0.9])[".estimate"].round(4).item()
    0.4667
    >>> round(tm.weighted_interval_score_vec([1.0], [[1.0], [2.0], [3.0]], quantile_levels=[0.1, 0.5, 0.9]), 4)
    0.4667
    """
    return ratio(scores.total, scores.totals.weight)


@quantile_metric(direction="minimize", range=(0, inf))
def crps_quantile(scores: IntervalScores) -> Array:
    """Continuous ranked probability score of predicted quantiles: how far their distribution is from the truth, in its unit.

    The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels: with levels that are
    evenly spread, what the integral of the pinball loss over all levels tends to. It is the same number as
    `weighted_interval_score`, under the name that ensemble forecasts have for it; missing quantiles are filled as there.

    References
    ----------
    Gneiting, T., Ranjan, R. (2011). Comparing density forecasts using threshold- and quantile-weighted scoring rules. Journal
    of Business and Economic Statistics 29(3), 411-422.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q25": [1.0, 2.0], "q75": [3.0, 5.0]})
    >>> tm.crps_quantile(df, "y", ["q25", "q75"], quantile_levels=[0.25, 0.75])[".estimate"].item()
    0.625
    >>> tm.crps_quantile_vec([1.0, 4.0], [[1.0, 2.0], [3.0, 5.0]], quantile_levels=[0.25, 0.75])
    0.625
    """
    return ratio(scores.total, scores.totals.weight)


crps_quantile_vec = quantile_vector(crps_quantile)
weighted_interval_score_vec = quantile_vector(weighted_interval_score)
