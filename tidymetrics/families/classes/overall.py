"""Metrics of predicted classes that use the whole confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.options import one_of
from tidymetrics.families.classes.declare import class_metric, class_vector
from tidymetrics.statistics import ConfusionCounts, leave_one_out, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Weighting


@class_metric(ConfusionCounts, direction="maximize", range=(0, 1))
def accuracy(counts: ConfusionCounts) -> Array:
    """Accuracy: the share of correct predictions.

    ``sum of C[k, k] / sum of C``, with C the (weighted) confusion matrix of predictions by truth. It says little if one
    class is much more frequent than the others: see `bal_accuracy` and `mcc`. With ``estimator="per_class"`` it is the
    accuracy of each level against the rest.

    References
    ----------
    Metz, C. E. (1978). Basic principles of ROC analysis. Seminars in Nuclear Medicine 8(4), 283-298.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"], "fold": [1, 1, 2, 2]})
    >>> tm.accuracy(df, "obs", "pred", by="fold")[".estimate"].to_list()
    [1.0, 0.5]
    >>> tm.accuracy_vec(["a", "b", "b", "c"], ["a", "b", "c", "c"])
    0.75
    """
    return ratio(counts.correct, counts.total)


def _distance(n: int, weighting: str) -> Array:
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(np.float64)  # [levels, levels]
    return apart if weighting == "linear" else apart**2


@class_metric(
    ConfusionCounts,
    direction="maximize",
    range=(-1, 1),
    undefined="all rows are one class, in truth and prediction alike",
    needs_order=lambda options: options["weighting"] != "none",
    checks={"weighting": one_of("none", "linear", "quadratic")},
)
def kap(counts: ConfusionCounts, *, weighting: Weighting = "none") -> Array:
    """Cohen's kappa: agreement beyond that of random predictions with the same proportions.

    ``1 - sum(d C) / sum(d E)``, where C is the confusion matrix, ``E[p, t] = predicted[p] true[t] / total`` the expected
    counts under chance, and ``d[p, t]`` the weight of a disagreement: always 1 ("none"), the distance between the levels
    ("linear"), or its square ("quadratic"). With weighting, the levels must have an order.

    Parameters
    ----------
    weighting
        "none", "linear" or "quadratic".

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
    Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70(4), 213-220.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> round(tm.kap(df, "obs", "pred").item(0, ".estimate"), 4)
    0.6364
    >>> round(tm.kap_vec(df["obs"], df["pred"], weighting="linear", levels=["a", "b", "c"]), 4)
    0.7143
    """
    if weighting == "none":  # margins and the diagonal say all, and the table, which may be large, need not be built
        others = leave_one_out(counts.predicted, whole=counts.whole)
        return 1 - ratio(counts.wrong, (others * counts.true).sum(axis=-1) / counts.total)
    distance = _distance(counts.size, weighting)
    observed = np.einsum("pt,...pt->...", distance, counts.table)
    chance = ((counts.predicted @ distance) * counts.true).sum(axis=-1) / counts.total
    return 1 - ratio(observed, chance)


@class_metric(ConfusionCounts, direction="maximize", range=(-1, 1), undefined="truth or predictions are all one class")
def mcc(counts: ConfusionCounts) -> Array:
    """Matthews correlation coefficient: the correlation of prediction and truth.

    For two levels ``(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))``. For more levels, Gorodkin's
    ``(s c - sum p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2))``, where s is the total, c the sum of the diagonal,
    and ``p_k`` and ``t_k`` the predicted and true weight of level k.

    References
    ----------
    Matthews, B. W. (1975). Comparison of the predicted and observed secondary structure of T4 phage lysozyme. Biochimica et
    Biophysica Acta 405(2), 442-451.
    Gorodkin, J. (2004). Comparing two K-category assignments by a K-category correlation coefficient. Computational Biology
    and Chemistry 28(5-6), 367-374.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> round(tm.mcc(df, "obs", "pred").item(0, ".estimate"), 4)
    0.7
    >>> tm.mcc_vec([True, True, False, False], [True, False, False, False])
    0.5773502691896258
    """
    predicted, true, total = counts.predicted, counts.true, counts.total
    if counts.size == 2:
        table = counts.table
        covariance = table[..., 0, 0] * table[..., 1, 1] - table[..., 0, 1] * table[..., 1, 0]
        spread_predicted, spread_true = predicted.prod(axis=-1), true.prod(axis=-1)
    else:
        covariance = total * counts.correct - (predicted * true).sum(axis=-1)
        spread_predicted = (predicted * (total[..., None] - predicted)).sum(axis=-1)
        spread_true = (true * (total[..., None] - true)).sum(axis=-1)
    several = ((predicted > 0).sum(axis=-1) > 1) & ((true > 0).sum(axis=-1) > 1)
    return np.where(several, ratio(covariance, np.sqrt(spread_predicted) * np.sqrt(spread_true)), np.nan)


accuracy_vec = class_vector(accuracy)
kap_vec = class_vector(kap)
mcc_vec = class_vector(mcc)
