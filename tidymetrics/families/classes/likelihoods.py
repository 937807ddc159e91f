"""Metrics of predicted classes that are shares of errors, likelihood ratios, and means of recalls."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.classes.declare import class_metric, class_vector
from tidymetrics.statistics import ConfusionCounts, EventCounts, diagonal, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array


@class_metric(ConfusionCounts, direction="minimize", range=(0, 1))
def zero_one_loss(counts: ConfusionCounts) -> Array:
    """Zero-one loss: the share of wrong predictions.

    ``1 - accuracy``, from the wrong cells of the confusion matrix. With ``estimator="per_class"`` it is the share of rows that
    each level against the rest has wrong.

    References
    ----------
    Hastie, T., Tibshirani, R., Friedman, J. (2009). The Elements of Statistical Learning, 2nd edition, section 2.4. Springer.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> tm.zero_one_loss(df, "obs", "pred").item(0, ".estimate")
    0.25
    >>> tm.zero_one_loss_vec(["a", "b", "b", "c"], ["a", "b", "c", "c"])
    0.25
    """
    return ratio(counts.wrong, counts.total)


@class_metric(ConfusionCounts, direction="minimize", range=(0, 1))
def hamming_loss(counts: ConfusionCounts) -> Array:
    """Hamming loss: the share of labels that are wrong.

    ``1 - accuracy``. With one label per row it is `zero_one_loss`; of multilabel data in long form, one row per label, it is
    the share of wrong labels, where `zero_one_loss` over sets of labels would be that of rows with any wrong label.

    References
    ----------
    Tsoumakas, G., Katakis, I. (2007). Multi-label classification: an overview. International Journal of Data Warehousing and
    Mining 3(3), 1-13.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"label": ["x", "y"] * 2, "obs": [True, False, True, True], "pred": [True, True, True, True]})
    >>> tm.hamming_loss(df, "obs", "pred").item(0, ".estimate")
    0.25
    >>> tm.hamming_loss_vec(df["obs"], df["pred"])
    0.25
    """
    return ratio(counts.wrong, counts.total)


@class_metric(
    EventCounts, direction="maximize", range=(0, inf), undefined="the truth has no events, or there are no false positives"
)
def likelihood_ratio_positive(counts: EventCounts) -> Array:
    """Positive likelihood ratio: how much more often events are predicted for true events than for other rows.

    ``sens / (1 - spec)``. It multiplies the odds of the event once an event is predicted; 1 says nothing. Averages leave out
    levels for which it is undefined.

    References
    ----------
    Deeks, J. J., Altman, D. G. (2004). Diagnostic tests 4: likelihood ratios. BMJ 329, 168-169.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.likelihood_ratio_positive(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    1.3333
    >>> round(tm.likelihood_ratio_positive_vec(df["obs"], df["pred"], event="yes"), 4)
    1.3333
    """
    return ratio(counts.recall, ratio(counts.fp, counts.true_others))


@class_metric(
    EventCounts, direction="minimize", range=(0, inf), undefined="the truth has no events, or there are no true negatives"
)
def likelihood_ratio_negative(counts: EventCounts) -> Array:
    """Negative likelihood ratio: how much more often non-events are predicted for true events than for other rows.

    ``(1 - sens) / spec``. It multiplies the odds of the event once a non-event is predicted; 1 says nothing. Averages leave out
    levels for which it is undefined.

    References
    ----------
    Deeks, J. J., Altman, D. G. (2004). Diagnostic tests 4: likelihood ratios. BMJ 329, 168-169.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> round(tm.likelihood_ratio_negative(df, "obs", "pred", event="yes").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.likelihood_ratio_negative_vec(df["obs"], df["pred"], event="yes"), 4)
    0.6667
    """
    return ratio(ratio(counts.fn, counts.true_events), counts.specificity)


@class_metric(
    EventCounts,
    direction="maximize",
    range=(0, inf),
    undefined="there are no false positives or no false negatives",
    symmetric=True,
)
def diagnostic_odds_ratio(counts: EventCounts) -> Array:
    """Diagnostic odds ratio: the odds of a predicted event among true events, relative to those among other rows.

    ``(tp tn) / (fp fn)``, the positive likelihood ratio by the negative one. Averages leave out levels for which it is
    undefined.

    References
    ----------
    Glas, A. S., Lijmer, J. G., Prins, M. H., Bonsel, G. J., Bossuyt, P. M. M. (2003). The diagnostic odds ratio: a single
    indicator of test performance. Journal of Clinical Epidemiology 56(11), 1129-1135.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["yes", "yes", "yes", "no", "no"], "pred": ["yes", "yes", "no", "no", "yes"]})
    >>> tm.diagnostic_odds_ratio(df, "obs", "pred").item(0, ".estimate")
    2.0
    >>> tm.diagnostic_odds_ratio_vec(df["obs"], df["pred"])
    2.0
    """
    return ratio(counts.tp * counts.tn, counts.fp * counts.fn)


@class_metric(ConfusionCounts, direction="maximize", range=(0, 1), per_class=False)
def geometric_mean(counts: ConfusionCounts) -> Array:
    """Geometric mean of the recalls of all classes.

    ``(recall_1 recall_2 ... recall_K)^(1 / K)``, over the K levels that truth has: 0 as soon as one of them is never found. For
    two levels it is ``sqrt(sens spec)``.

    References
    ----------
    Kubat, M., Matwin, S. (1997). Addressing the curse of imbalanced training sets: one-sided selection. 14th International
    Conference on Machine Learning, 179-186.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> round(tm.geometric_mean(df, "obs", "pred").item(0, ".estimate"), 4)
    0.7937
    >>> round(tm.geometric_mean_vec(df["obs"], df["pred"]), 4)
    0.7937
    """
    there = counts.true > 0  # [..., levels]
    recall = np.where(there, ratio(diagonal(counts.table), counts.true), 1.0)
    n = there.sum(axis=-1)
    return np.where(n > 0, np.prod(recall, axis=-1) ** (1 / np.maximum(n, 1)), np.nan)


diagnostic_odds_ratio_vec = class_vector(diagnostic_odds_ratio)
geometric_mean_vec = class_vector(geometric_mean)
hamming_loss_vec = class_vector(hamming_loss)
likelihood_ratio_negative_vec = class_vector(likelihood_ratio_negative)
likelihood_ratio_positive_vec = class_vector(likelihood_ratio_positive)
zero_one_loss_vec = class_vector(zero_one_loss)
