"""Metrics of class probabilities and of scores that look at the true level's place or margin in each row."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from tidymetrics.core.options import non_negative, whole_positive
from tidymetrics.families.classes.declare import prob_metric, prob_vector
from tidymetrics.statistics import margin_of_truth, place_of_truth, score_of_truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals import Expr

_EPSILON = 2.220446049250313e-16
"""Machine epsilon of a double: it keeps the loss of a probability of 0 finite."""


@prob_metric(direction="maximize", range=(0, 1), checks={"k": whole_positive})
def top_k_accuracy(truth: Sequence[Expr], probabilities: Sequence[Expr], *, k: int = 2) -> Expr:
    """Top-k accuracy: how often the true level is among the k most probable ones.

    The mean of ``min(1, max(0, (k - g) / t))``, with g the number of levels that are more probable than the true one, and t
    those as probable, itself included: without ties 1 where the true level is among the first k, and else 0; with ties the
    chance of it over all orders of them.

    Parameters
    ----------
    k
        How many levels are looked at, at least 1.

    References
    ----------
    Russakovsky, O. et al. (2015). ImageNet large scale visual recognition challenge. International Journal of Computer Vision
    115, 211-252.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "c"], "a": [0.6, 0.5, 0.4], "b": [0.3, 0.3, 0.5], "c": [0.1, 0.2, 0.1]})
    >>> round(tm.top_k_accuracy(df, "obs", {"a": "a", "b": "b", "c": "c"}, k=2).item(0, ".estimate"), 4)
    0.6667
    >>> tm.top_k_accuracy_vec(["a", "b"], {"a": [0.8, 0.6], "b": [0.2, 0.4]}, k=1)
    0.5
    """
    above, tied = place_of_truth(truth, probabilities)
    found: Expr = ((above * -1.0 + float(k)) / tied).clip(0.0, 1.0)
    return found


@prob_metric(direction="minimize", range=(0, inf), checks={"gamma": non_negative})
def focal_loss(truth: Sequence[Expr], probabilities: Sequence[Expr], *, gamma: float = 2) -> Expr:
    """Focal loss: log loss in which rows that are almost right count little.

    ``mean(-(1 - p)^gamma ln p)``, with p the probability of the true level, kept 2.2e-16 away from 0 and 1. With gamma 0 it is
    `mn_log_loss`.

    Parameters
    ----------
    gamma
        How much less rows count whose truth is probable; at least 0.

    References
    ----------
    Lin, T.-Y., Goyal, P., Girshick, R., He, K., Dollar, P. (2017). Focal loss for dense object detection. IEEE International
    Conference on Computer Vision, 2999-3007.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False], "p": [0.9, 0.6, 0.2]})
    >>> round(tm.focal_loss(df, "obs", "p").item(0, ".estimate"), 4)
    0.0306
    >>> round(tm.focal_loss_vec(df["obs"], df["p"], gamma=0), 4)
    0.2798
    """
    p = score_of_truth(truth, probabilities).clip(_EPSILON, 1.0 - _EPSILON)
    loss: Expr = (p * -1.0 + 1.0) ** float(gamma) * p.log() * -1.0
    return loss


@prob_metric(direction="minimize", range=(0, inf), bounded=False)
def hinge_loss(truth: Sequence[Expr], scores: Sequence[Expr]) -> Expr:
    """Hinge loss: by how much the score of the true level fails to lead by 1.

    ``mean(max(0, 1 - m))``. For two levels the margin m is the score of the event, a decision function that is above 0 where
    the event is predicted, or less it where the event is not true; of two columns half the difference. For more levels it is
    the score of the true level less the largest other one. Scores need not be probabilities.

    References
    ----------
    Crammer, K., Singer, Y. (2001). On the algorithmic implementation of multiclass kernel-based vector machines. Journal of
    Machine Learning Research 2, 265-292.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False], "score": [2.0, 0.5, -0.25]})
    >>> round(tm.hinge_loss(df, "obs", "score").item(0, ".estimate"), 4)
    0.4167
    >>> tm.hinge_loss_vec(["a", "b"], {"a": [2.0, 1.5], "b": [0.5, 1.0], "c": [0.0, 0.0]}, levels=["a", "b", "c"])
    0.75
    """
    loss: Expr = (margin_of_truth(truth, scores) * -1.0 + 1.0).clip(lower_bound=0.0)
    return loss


focal_loss_vec = prob_vector(focal_loss)
hinge_loss_vec = prob_vector(hinge_loss)
top_k_accuracy_vec = prob_vector(top_k_accuracy)
