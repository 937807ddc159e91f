"""Metrics of predicted classes that are shares: of true events, of predicted events, or of all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.options import share_or_none
from tidymetrics.families.classes.declare import class_metric, class_vector
from tidymetrics.statistics import EventCounts, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array


def _prevalence(counts: EventCounts, given: float | None) -> Array:
    return ratio(counts.true_events, counts.total) if given is None else np.full_like(counts.tp, given)


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the truth has no events")
def sens(counts: EventCounts) -> Array:
    """Sensitivity: the share of true events that are predicted.

    ``tp / (tp + fn)``. The same number as `recall` and `sensitivity`. Averages leave out levels that do not occur in truth.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.sens(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.sens_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return counts.recall


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the truth has no events")
def sensitivity(counts: EventCounts) -> Array:
    """Sensitivity: the share of true events that are predicted.

    ``tp / (tp + fn)``. The same number as `sens` and `recall`. Averages leave out levels that do not occur in truth.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.sensitivity(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.sensitivity_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return counts.recall


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the truth has no events")
def recall(counts: EventCounts) -> Array:
    """Recall: the share of true events that are predicted.

    ``tp / (tp + fn)``. The same number as `sens` and `sensitivity`. Averages leave out levels that do not occur in truth.

    References
    ----------
    Buckland, M., Gey, F. (1994). The relationship between recall and precision. Journal of the American Society for
    Information Science 45(1), 12-19.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.recall(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.recall_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return counts.recall


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the truth has only events")
def spec(counts: EventCounts) -> Array:
    """Specificity: the share of true non-events that are predicted as non-events.

    ``tn / (tn + fp)``. The same number as `specificity`. Averages leave out a level if truth has no other.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.spec(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.5
    >>> round(tm.spec_vec(df["obs"], df["pred"], event="yes"), 4)
    0.5
    """
    return counts.specificity


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the truth has only events")
def specificity(counts: EventCounts) -> Array:
    """Specificity: the share of true non-events that are predicted as non-events.

    ``tn / (tn + fp)``. The same number as `spec`. Averages leave out a level if truth has no other.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.specificity(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.5
    >>> round(tm.specificity_vec(df["obs"], df["pred"], event="yes"), 4)
    0.5
    """
    return counts.specificity


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="no event is predicted")
def precision(counts: EventCounts) -> Array:
    """Precision: the share of predicted events that are true.

    ``tp / (tp + fp)``. Averages leave out levels that are never predicted.

    References
    ----------
    Buckland, M., Gey, F. (1994). The relationship between recall and precision. Journal of the American Society for
    Information Science 45(1), 12-19.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.precision(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.precision_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return counts.precision


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the class is neither true nor predicted")
def jaccard(counts: EventCounts) -> Array:
    """Jaccard index, or IoU: the share of events, predicted or true, that are both.

    ``tp / (tp + fp + fn)``. Over the pixels of a segmentation the macro average is mean IoU, and "macro_weighted" the
    frequency-weighted IoU. Averages leave out levels that are neither true nor predicted.

    References
    ----------
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2), 37-50.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> tm.jaccard(df, "obs", "pred", event="yes").item(0, ".estimate")
    0.5
    >>> tm.jaccard_vec(df["obs"], df["pred"], event="yes")
    0.5
    """
    return ratio(counts.tp, counts.tp + counts.fp + counts.fn)


@class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="the class is neither true nor predicted")
def dice(counts: EventCounts) -> Array:
    """Dice coefficient: twice the events that are both predicted and true, as a share of both together.

    ``2 tp / (2 tp + fp + fn)``. It equals `f_meas` where both exist; a class that is never predicted is 0 here. Averages leave
    out levels that are neither true nor predicted.

    References
    ----------
    Dice, L. R. (1945). Measures of the amount of ecologic association between species. Ecology 26(3), 297-302.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.dice(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.dice_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return ratio(2 * counts.tp, 2 * counts.tp + counts.fp + counts.fn)


@class_metric(EventCounts, direction="minimize", range=(0, 1), undefined="the truth has no events")
def miss_rate(counts: EventCounts) -> Array:
    """Miss rate: the share of true events that are missed.

    ``fn / (tp + fn)``, which is 1 - `sens`. Averages leave out levels that do not occur in truth.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.miss_rate(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.3333
    >>> round(tm.miss_rate_vec(df["obs"], df["pred"], event="yes"), 4)
    0.3333
    """
    return ratio(counts.fn, counts.true_events)


@class_metric(EventCounts, direction="minimize", range=(0, 1), undefined="the truth has only events")
def fall_out(counts: EventCounts) -> Array:
    """Fall-out: the share of true non-events that are predicted as events.

    ``fp / (fp + tn)``, which is 1 - `spec`. Averages leave out a level if truth has no other.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 1: sensitivity and specificity. BMJ 308, 1552.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.fall_out(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.5
    >>> round(tm.fall_out_vec(df["obs"], df["pred"], event="yes"), 4)
    0.5
    """
    return ratio(counts.fp, counts.true_others)


@class_metric(EventCounts, direction="maximize", range=(0, 1), average="keep")
def detection_prevalence(counts: EventCounts) -> Array:
    """Detection prevalence: the share of rows that are predicted as events.

    ``(tp + fp) / total``. Its macro and micro averages are always 1 / (number of levels), whatever the predictions;
    only "macro_weighted" is informative.

    References
    ----------
    Kuhn, M. (2008). Building predictive models in R using the caret package. Journal of Statistical Software 28(5), 1-26.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.detection_prevalence(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6
    >>> round(tm.detection_prevalence_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6
    """
    return ratio(counts.predicted_events, counts.total)


@class_metric(
    EventCounts,
    direction="maximize",
    range=(0, 1),
    undefined="the truth lacks a class or no event is predicted",
    average="keep",
    checks={"prevalence": share_or_none},
)
def ppv(counts: EventCounts, *, prevalence: float | None = None) -> Array:
    """Positive predictive value: the share of predicted events that are true, at a given prevalence.

    ``sens q / (sens q + (1 - spec)(1 - q))`` at the prevalence q. At the prevalence of the data it equals `precision`,
    but it is also undefined if truth lacks a class, and so are its averages.

    Parameters
    ----------
    prevalence
        The share of events, between 0 and 1; by default the (weighted) share in truth.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 2: predictive values. BMJ 309, 102.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.ppv(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.ppv_vec(df["obs"], df["pred"], event="yes", prevalence=0.1), 4)
    0.129
    """
    share = _prevalence(counts, prevalence)
    found = counts.recall * share
    return ratio(found, found + (1 - counts.specificity) * (1 - share))


@class_metric(
    EventCounts,
    direction="maximize",
    range=(0, 1),
    undefined="the truth lacks a class or no non-event is predicted",
    average="keep",
    checks={"prevalence": share_or_none},
)
def npv(counts: EventCounts, *, prevalence: float | None = None) -> Array:
    """Negative predictive value: the share of predicted non-events that are true, at a given prevalence.

    ``spec (1 - q) / ((1 - sens) q + spec (1 - q))`` at the prevalence q. Undefined if truth lacks a class, and so are
    its averages.

    Parameters
    ----------
    prevalence
        The share of events, between 0 and 1; by default the (weighted) share in truth.

    References
    ----------
    Altman, D. G., Bland, J. M. (1994). Statistics notes: Diagnostic tests 2: predictive values. BMJ 309, 102.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.npv(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.5
    >>> round(tm.npv_vec(df["obs"], df["pred"], event="yes", prevalence=0.1), 4)
    0.931
    """
    share = _prevalence(counts, prevalence)
    found = counts.specificity * (1 - share)
    return ratio(found, (1 - counts.recall) * share + found)


sens_vec = class_vector(sens)
sensitivity_vec = class_vector(sensitivity)
recall_vec = class_vector(recall)
spec_vec = class_vector(spec)
specificity_vec = class_vector(specificity)
precision_vec = class_vector(precision)
jaccard_vec = class_vector(jaccard)
dice_vec = class_vector(dice)
miss_rate_vec = class_vector(miss_rate)
fall_out_vec = class_vector(fall_out)
detection_prevalence_vec = class_vector(detection_prevalence)
ppv_vec = class_vector(ppv)
npv_vec = class_vector(npv)
