"""The curves of ranked scores."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.classes.curve_family import curve, curve_vector
from tidymetrics.statistics import Points, ScoreRanking, framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Array


def _share(part: Array, total: Array, ranking: ScoreRanking) -> Array:
    """Divide each step by its group's total; NaN if the total is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        per_group = np.where(total > 0, total, nan)
        return part / per_group[ranking.group]


@curve(".threshold", "specificity", "sensitivity")
def roc_curve(ranking: ScoreRanking, *, thresholds: Sequence[float] | None = None, bins: int | None = None) -> Points:
    """ROC curve: sensitivity and specificity at each threshold.

    One row per threshold, in increasing order: (-inf, 0, 1), then each distinct score, then (inf, 1, 0). At a threshold, rows
    with this score or a higher one count as events. Between the ends, sensitivity is null if there are no events, and
    specificity if there are only events.

    Parameters
    ----------
    thresholds
        The thresholds of the curve's points, a list of finite numbers, instead of all distinct scores.

    References
    ----------
    Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> tm.roc_curve(df, "obs", "score")["sensitivity"].to_list()
    [1.0, 1.0, 1.0, 0.5, 0.5, 0.0]
    >>> tm.roc_curve_vec(df["obs"], df["score"], thresholds=[0.5])["specificity"].to_list()
    [0.0, 0.5, 1.0]
    """
    specificity = _share(ranking.others, ranking.total_others, ranking)
    np.subtract(1.0, specificity, out=specificity)
    columns = {
        ".threshold": ranking.score,
        "specificity": specificity,
        "sensitivity": _share(ranking.events, ranking.total_events, ranking),
    }
    return framed(ranking, columns, start=(-inf, 0.0, 1.0), end=(inf, 1.0, 0.0), reverse=True)


@curve(".threshold", "fall_out", "miss_rate")
def det_curve(ranking: ScoreRanking, *, bins: int | None = None) -> Points:
    """Detection error tradeoff: both error rates at each threshold.

    One row per threshold, in increasing order: (-inf, 1, 0), then each distinct score, then (inf, 0, 1). At a threshold, rows
    with this score or a higher one count as events: fall-out is the share of others among them, miss rate the share of events
    that are not. Between the ends, miss rate is null if there are no events, and fall-out if there are only events.

    References
    ----------
    Martin, A., Doddington, G., Kamm, T., Ordowski, M., Przybocki, M. (1997). The DET curve in assessment of detection task
    performance. Eurospeech 1997, 1895-1898.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> tm.det_curve(df, "obs", "score")["miss_rate"].to_list()
    [0.0, 0.0, 0.0, 0.5, 0.5, 1.0]
    >>> tm.det_curve_vec(df["obs"], df["score"])["fall_out"].to_list()
    [1.0, 1.0, 0.5, 0.5, 0.0, 0.0]
    """
    miss_rate = _share(ranking.events, ranking.total_events, ranking)
    np.subtract(1.0, miss_rate, out=miss_rate)
    columns = {
        ".threshold": ranking.score,
        "fall_out": _share(ranking.others, ranking.total_others, ranking),
        "miss_rate": miss_rate,
    }
    return framed(ranking, columns, start=(-inf, 1.0, 0.0), end=(inf, 0.0, 1.0), reverse=True)


@curve(".threshold", "recall", "precision")
def pr_curve(ranking: ScoreRanking, *, bins: int | None = None) -> Points:
    """Precision-recall curve: precision and recall at each threshold.

    One row per threshold, in decreasing order: (inf, 0, 1), then each distinct score. At a threshold, rows with this score
    or a higher one count as events. If there are no events, recall is null after the first row.

    References
    ----------
    Davis, J., Goadrich, M. (2006). The relationship between precision-recall and ROC curves. 23rd International Conference on
    Machine Learning, 233-240.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> tm.pr_curve(df, "obs", "score")["recall"].to_list()
    [0.0, 0.5, 0.5, 1.0, 1.0]
    >>> tm.pr_curve_vec(df["obs"], df["score"])["precision"].to_list()
    [1.0, 1.0, 0.5, 0.6666666666666666, 0.5]
    """
    columns = {
        ".threshold": ranking.score,
        "recall": _share(ranking.events, ranking.total_events, ranking),
        "precision": ranking.events / (ranking.events + ranking.others),
    }
    return framed(ranking, columns, start=(inf, 0.0, 1.0))


def _tested(ranking: ScoreRanking) -> tuple[Array, Array, Array]:
    """Return the tested rows, as weight and as percent, and the percent of events found: each [steps]."""
    tested = ranking.events + ranking.others
    percent_tested = 100.0 * _share(tested, ranking.total_events + ranking.total_others, ranking)
    return tested, percent_tested, 100.0 * _share(ranking.events, ranking.total_events, ranking)


@curve(".n", ".n_events", ".percent_tested", ".percent_found", keep_weight_0=True)
def gain_curve(ranking: ScoreRanking, *, bins: int | None = None) -> Points:
    """Gain curve: the percent of events found among the percent of rows with the highest scores.

    The first row is all 0. Then there is one row per distinct score, from the top: the (weighted) number of rows so far, the
    number of events among them, and both as percentages of all. If there are no events, the percent found is null after the
    first row.

    References
    ----------
    Kuhn, M., Johnson, K. (2013). Applied Predictive Modeling, section 11.3. Springer.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> tm.gain_curve(df, "obs", "score")[".percent_found"].to_list()
    [0.0, 50.0, 50.0, 100.0, 100.0]
    >>> tm.gain_curve_vec(df["obs"], df["score"])[".percent_tested"].to_list()
    [0.0, 25.0, 50.0, 75.0, 100.0]
    """
    tested, percent_tested, percent_found = _tested(ranking)
    columns = {".n": tested, ".n_events": ranking.events, ".percent_tested": percent_tested, ".percent_found": percent_found}
    return framed(ranking, columns, start=(0.0, 0.0, 0.0, 0.0))


@curve(".n", ".n_events", ".percent_tested", ".lift", keep_weight_0=True)
def lift_curve(ranking: ScoreRanking, *, bins: int | None = None) -> Points:
    """Lift curve: how many times more frequent events are among the highest scores than among all rows.

    One row per distinct score, from the top: the percent of events found divided by the percent of rows tested. In the first
    row nothing is tested, so its lift is null. If there are no events, every lift is null.

    References
    ----------
    Kuhn, M., Johnson, K. (2013). Applied Predictive Modeling, section 11.3. Springer.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> [lift and round(lift, 2) for lift in tm.lift_curve(df, "obs", "score")[".lift"]]
    [None, 2.0, 1.0, 1.33, 1.0]
    >>> tm.lift_curve_vec(df["obs"], df["score"])[".n_events"].to_list()
    [0.0, 1.0, 1.0, 2.0, 2.0]
    """
    tested, percent_tested, percent_found = _tested(ranking)
    with np.errstate(invalid="ignore"):
        lift = percent_found / percent_tested
    columns = {".n": tested, ".n_events": ranking.events, ".percent_tested": percent_tested, ".lift": lift}
    return framed(ranking, columns, start=(0.0, 0.0, 0.0, nan))


det_curve_vec = curve_vector(det_curve)
gain_curve_vec = curve_vector(gain_curve)
lift_curve_vec = curve_vector(lift_curve)
pr_curve_vec = curve_vector(pr_curve)
roc_curve_vec = curve_vector(roc_curve)
