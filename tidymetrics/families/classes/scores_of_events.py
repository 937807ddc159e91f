"""Metrics of predicted classes that combine several shares of one event against the rest."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.options import non_negative
from tidymetrics.families.classes.declare import class_metric, class_vector
from tidymetrics.families.classes.family import AVERAGED
from tidymetrics.statistics import EventCounts, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array

_EDGE = 1e-9


@class_metric(
    EventCounts,
    direction="maximize",
    range=(0, 1),
    undefined="the truth has no events or none is predicted",
    checks={"beta": non_negative},
)
def f_meas(counts: EventCounts, *, beta: float = 1) -> Array:
    """F measure: the harmonic mean of precision and recall, with recall weighted by `beta`.

    ``(1 + beta^2) P R / (beta^2 P + R)``, with P = `precision` and R = `recall`; 0 if both are 0, undefined if either
    is undefined. Averages leave out undefined levels.

    Parameters
    ----------
    beta
        How many times as important recall is as precision; finite, at least 0.

    References
    ----------
    van Rijsbergen, C. J. (1979). Information Retrieval, 2nd edition. Butterworths.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.f_meas(df, "obs", "pred", event="yes", beta=2).item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.f_meas_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    precision, recall = counts.precision, counts.recall  # both [groups, events]
    score = ratio((1 + beta**2) * precision * recall, beta**2 * precision + recall)
    return np.where((precision == 0) & (recall == 0), 0.0, score)


@class_metric(
    EventCounts,
    direction="maximize",
    range=(0, 1),
    undefined="the truth lacks a class",
    symmetric=True,
    average="keep",
    estimators=(*AVERAGED, "macro_recall"),
)
def bal_accuracy(counts: EventCounts) -> Array:
    """Balanced accuracy: the mean of sensitivity and specificity.

    ``(sens + spec) / 2``. For more than two levels the default, "macro", follows yardstick: the mean over levels of each
    level's (sens + spec) / 2, undefined if truth lacks a level. ``estimator="macro_recall"`` is the mean recall of the
    levels in truth, as in scikit-learn's `balanced_accuracy_score`. The two numbers differ: "macro" also counts correct
    predictions of the other levels, so it is higher.

    References
    ----------
    Brodersen, K. H., Ong, C. S., Stephan, K. E., Buhmann, J. M. (2010). The balanced accuracy and its posterior distribution.
    20th International Conference on Pattern Recognition, 3121-3124.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.bal_accuracy(df, "obs", "pred").item(0, ".estimate"), 4)
    0.5833
    >>> round(tm.bal_accuracy_vec(df["obs"], df["pred"]), 4)
    0.5833
    """
    return (counts.recall + counts.specificity) / 2


@class_metric(EventCounts, direction="maximize", range=(-1, 1), undefined="the truth lacks a class", symmetric=True)
def j_index(counts: EventCounts) -> Array:
    """Youden's J: how much more often events are predicted for true events than for other rows.

    ``sens + spec - 1``; also called informedness. Averages leave out levels for which it is undefined.

    References
    ----------
    Youden, W. J. (1950). Index for rating diagnostic tests. Cancer 3(1), 32-35.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.j_index(df, "obs", "pred").item(0, ".estimate"), 4)
    0.1667
    >>> round(tm.j_index_vec(df["obs"], df["pred"]), 4)
    0.1667
    """
    return counts.recall + counts.specificity - 1


@class_metric(EventCounts, direction="maximize", range=(-1, 1), undefined="all predictions are one class", symmetric=True)
def markedness(counts: EventCounts) -> Array:
    """Markedness: how much more often events are true among predicted events than among other rows.

    ``precision + tn / (tn + fn) - 1``. Averages leave out levels for which it is undefined.

    References
    ----------
    Powers, D. M. W. (2011). Evaluation: from precision, recall and F-measure to ROC, informedness, markedness and
    correlation. Journal of Machine Learning Technologies 2(1), 37-63.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.markedness(df, "obs", "pred").item(0, ".estimate"), 4)
    0.1667
    >>> round(tm.markedness_vec(df["obs"], df["pred"]), 4)
    0.1667
    """
    return counts.precision + ratio(counts.tn, counts.predicted_others) - 1


@class_metric(EventCounts, direction="minimize", range=(0, sqrt(2)), undefined="the truth lacks a class", symmetric=True)
def roc_dist(counts: EventCounts) -> Array:
    """Distance to the ideal corner of the ROC plot.

    ``sqrt((1 - sens)^2 + (1 - spec)^2)``. Averages leave out levels for which it is undefined.

    References
    ----------
    Perkins, N. J., Schisterman, E. F. (2006). The inconsistency of "optimal" cutpoints obtained using two criteria based on
    the receiver operating characteristic curve. American Journal of Epidemiology 163(7), 670-675.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.roc_dist(df, "obs", "pred").item(0, ".estimate"), 4)
    0.6009
    >>> round(tm.roc_dist_vec(df["obs"], df["pred"]), 4)
    0.6009
    """
    return np.sqrt((1 - counts.recall) ** 2 + (1 - counts.specificity) ** 2)


@class_metric(EventCounts, direction="maximize", range=(-1, 1), undefined="the truth lacks a class", symmetric=True)
def sedi(counts: EventCounts) -> Array:
    """Symmetric extremal dependence index: skill in predicting rare events.

    ``(ln F - ln H - ln(1 - F) + ln(1 - H)) / (ln F + ln H + ln(1 - F) + ln(1 - H))`` with H = `sens` and F = 1 - `spec`,
    both kept 1e-9 away from 0 and 1. Averages leave out levels for which it is undefined.

    References
    ----------
    Ferro, C. A. T., Stephenson, D. B. (2011). Extremal dependence indices: improved verification measures for deterministic
    forecasts of rare binary events. Weather and Forecasting 26(5), 699-713.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.sedi(df, "obs", "pred").item(0, ".estimate"), 4)
    0.2398
    >>> round(tm.sedi_vec(df["obs"], df["pred"]), 4)
    0.2398
    """
    hit = np.clip(counts.recall, _EDGE, 1 - _EDGE)  # [groups, events]; undefined values stay undefined
    alarm = np.clip(1 - counts.specificity, _EDGE, 1 - _EDGE)
    log_hit, log_alarm, log_miss, log_quiet = np.log(hit), np.log(alarm), np.log(1 - hit), np.log(1 - alarm)
    index: Array = (log_alarm - log_hit - log_quiet + log_miss) / (log_alarm + log_hit + log_quiet + log_miss)
    return index


bal_accuracy_vec = class_vector(bal_accuracy)
f_meas_vec = class_vector(f_meas)
j_index_vec = class_vector(j_index)
markedness_vec = class_vector(markedness)
roc_dist_vec = class_vector(roc_dist)
sedi_vec = class_vector(sedi)
