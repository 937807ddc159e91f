"""Metrics of how well scores rank events above other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.core.options import flag, share_or_none
from tidymetrics.errors import OptionError
from tidymetrics.families.classes.declare import RANKED, prob_metric, prob_vector
from tidymetrics.statistics import RankedScores

if TYPE_CHECKING:
    from tidymetrics.typing import Array

_ONE_CLASS = "the truth lacks a class"


def _least(metric: str, option: str, value: Any) -> None:
    share_or_none(metric, option, value)
    if value == 1:
        raise OptionError(f"{metric}({option}=): expected None or a number below 1, of which a part is left; got {value!r}.")


@prob_metric(
    RankedScores,
    direction="maximize",
    range=(0, 1),
    areas=("roc",),
    error_scale=1,
    estimators=(*RANKED, "hand_till"),
    undefined=_ONE_CLASS,
    checks={"min_specificity": _least, "min_sensitivity": _least, "standardized": flag},
)
def roc_auc(
    scores: RankedScores,
    *,
    bins: int | None = None,
    min_specificity: float | None = None,
    min_sensitivity: float | None = None,
    standardized: bool = False,
) -> Array:
    """Area under the ROC curve: how often an event has a higher score than another row.

    ``P(e > o) + P(e = o) / 2``, over all pairs of an event with score e and another row with score o: the share of pairs
    in which the event has the higher score; ties count half. Scores need not be probabilities. For more than two levels,
    "hand_till", the default without case weights, averages this share over all pairs of levels in truth; "macro" and
    "macro_weighted" average the area of each level against the rest, and are undefined if truth has only one level.
    "macro" is also undefined if truth lacks a level.

    A partial area counts only the part of the curve where specificity, or sensitivity, or both are large enough. It has no
    "hand_till" and no `bins`; more than two levels are averaged ("macro").

    Parameters
    ----------
    min_specificity
        None, or the least specificity, at least 0 and below 1: 0.9 for false positive rates up to 0.1 (`max_fpr=0.1` in
        scikit-learn, with `standardized`).
    min_sensitivity
        None, or the least sensitivity, at least 0 and below 1.
    standardized
        Whether a partial area is brought to the scale of a whole one, as McClish does: ``(1 + (A - a) / (b - a)) / 2``, with a
        that of a random ranking and b that of a perfect one.

    References
    ----------
    McClish, D. K. (1989). Analyzing a portion of the ROC curve. Medical Decision Making 9(3), 190-195.
    Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27(8), 861-874.
    Hand, D. J., Till, R. J. (2001). A simple generalisation of the area under the ROC curve for multiple class classification
    problems. Machine Learning 45, 171-186.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, True], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> tm.roc_auc(df, "obs", "score").item(0, ".estimate")
    0.5
    >>> tm.roc_auc_vec(df["obs"], df["score"])
    0.5
    >>> round(tm.roc_auc_vec(df["obs"], df["score"], min_specificity=0.5, standardized=True), 4)
    0.5556
    """
    return scores.roc


@prob_metric(
    RankedScores, direction="maximize", range=(0, 1), areas=("pr",), error_scale=1, undefined="the truth has no events"
)
def pr_auc(scores: RankedScores, *, bins: int | None = None) -> Array:
    """Area under the precision-recall curve, by trapezoids.

    ``sum of (r_j - r_{j-1}) (q_j + q_{j-1}) / 2`` over distinct scores from the top, with recall r and precision q, starting at
    recall 0 and precision 1. Trapezoids can be too optimistic; `average_precision` uses steps instead.

    References
    ----------
    Davis, J., Goadrich, M. (2006). The relationship between precision-recall and ROC curves. 23rd International Conference on
    Machine Learning, 233-240.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, True], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.pr_auc(df, "obs", "score").item(0, ".estimate"), 4)
    0.7111
    >>> round(tm.pr_auc_vec(df["obs"], df["score"]), 4)
    0.7111
    """
    return scores.pr


@prob_metric(
    RankedScores,
    direction="maximize",
    range=(0, 1),
    areas=("average_precision",),
    error_scale=1,
    undefined="the truth has no events",
)
def average_precision(scores: RankedScores, *, bins: int | None = None) -> Array:
    """Average precision: the precision at each step of recall, weighted by the step.

    ``sum of (r_j - r_{j-1}) q_j`` over distinct scores from the top, with recall r and precision q.

    References
    ----------
    Zhu, M. (2004). Recall, precision and average precision. Department of Statistics and Actuarial Science, University of
    Waterloo.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, True], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.average_precision(df, "obs", "score").item(0, ".estimate"), 4)
    0.7556
    >>> round(tm.average_precision_vec(df["obs"], df["score"]), 4)
    0.7556
    """
    return scores.average_precision


@prob_metric(
    RankedScores,
    direction="maximize",
    range=(0, 1),
    interval_range=(-1, 1),
    areas=("roc",),
    error_scale=2,
    undefined=_ONE_CLASS,
)
def gain_capture(scores: RankedScores, *, bins: int | None = None) -> Array:
    """Gain capture: the gain over chance, as a share of a perfect model's gain.

    ``2 roc_auc - 1``: the area between the gain curve and the diagonal, divided by the same area for a perfect ranking.
    It is negative for rankings worse than chance, although yardstick's range starts at 0.

    References
    ----------
    Engelmann, B., Hayden, E., Tasche, D. (2003). Measuring the discriminative power of rating systems. Deutsche Bundesbank
    Discussion Paper, Series 2, 01/2003.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, False], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.gain_capture(df, "obs", "score").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.gain_capture_vec(df["obs"], df["score"]), 4)
    0.6667
    """
    return 2 * scores.roc - 1


@prob_metric(
    RankedScores,
    direction="maximize",
    range=(0, 1),
    areas=("roc",),
    error_scale=1,
    estimators=("binary", "macro"),
    fixed_average="macro",
    undefined=_ONE_CLASS,
)
def roc_aunu(scores: RankedScores, *, bins: int | None = None) -> Array:
    """Area under the ROC curve of each level against the rest, averaged evenly.

    ``sum_k roc_auc_k / K``, the mean of the K levels' `roc_auc`; undefined if truth lacks a level. It needs one column
    per level and has no event.

    References
    ----------
    Ferri, C., Hernandez-Orallo, J., Modroiu, R. (2009). An experimental comparison of performance measures for classification.
    Pattern Recognition Letters 30(1), 27-38.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = tm.datasets.load_digits_cv()
    >>> round(tm.roc_aunu(df, "obs", pl.selectors.starts_with(".pred_")).item(0, ".estimate"), 4)
    0.9972
    >>> tm.roc_aunu_vec(["a", "b"], {"a": [0.8, 0.3], "b": [0.2, 0.7]})
    1.0
    """
    return scores.roc


@prob_metric(
    RankedScores,
    direction="maximize",
    range=(0, 1),
    areas=("roc",),
    error_scale=1,
    estimators=("binary", "macro"),
    fixed_average="macro_weighted",
    undefined=_ONE_CLASS,
)
def roc_aunp(scores: RankedScores, *, bins: int | None = None) -> Array:
    """Area under the ROC curve of each level against the rest, averaged by the levels' shares of truth.

    ``sum_k t_k roc_auc_k / sum_k t_k``, the mean of the levels' `roc_auc`, each weighted by its share t of the truth. It
    needs one column per level and has no event. Its `.estimator` is "macro", as in yardstick.

    References
    ----------
    Ferri, C., Hernandez-Orallo, J., Modroiu, R. (2009). An experimental comparison of performance measures for classification.
    Pattern Recognition Letters 30(1), 27-38.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = tm.datasets.load_digits_cv()
    >>> round(tm.roc_aunp(df, "obs", pl.selectors.starts_with(".pred_")).item(0, ".estimate"), 4)
    0.9972
    >>> tm.roc_aunp_vec(["a", "b"], {"a": [0.8, 0.3], "b": [0.2, 0.7]})
    1.0
    """
    return scores.roc


average_precision_vec = prob_vector(average_precision)
gain_capture_vec = prob_vector(gain_capture)
pr_auc_vec = prob_vector(pr_auc)
roc_auc_vec = prob_vector(roc_auc)
roc_aunp_vec = prob_vector(roc_aunp)
roc_aunu_vec = prob_vector(roc_aunu)
