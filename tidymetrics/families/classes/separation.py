"""Metrics of how well scores separate an event from the rest: the largest gap, the costs saved, and the top of the ranking."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import number_in
from tidymetrics.families.classes.calibration_family import event_metric, event_vector
from tidymetrics.statistics import EventSteps, IsotonicFit
from tidymetrics.statistics.separation import cost_saved, found_at, largest_gap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics import EventColumns
    from tidymetrics.statistics.isotonic import IsotonicBlocks
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array

_AVERAGED = ("binary", "macro", "macro_weighted")
_ONE_CLASS = "the truth lacks a class"
_SHARE = number_in(0, 1)


def _steps(columns: EventColumns, _options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    return (EventSteps(columns),)


def _hull(columns: EventColumns, _options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    return (IsotonicFit(columns),)


@event_metric(_steps, direction="maximize", range=(0, 1), estimators=_AVERAGED, undefined=_ONE_CLASS, bounded=False)
def ks_statistic(steps: Sequence[ScoreSteps]) -> Array:
    """Kolmogorov-Smirnov statistic: the largest gap between the scores' distributions for events and for other rows.

    ``max |F_events - F_others|`` over the distinct scores: the largest of ``|sens + spec - 1|`` over all thresholds. Scores
    need not be probabilities. Averages over levels are undefined if truth lacks one.

    References
    ----------
    Thomas, L. C., Edelman, D. B., Crook, J. N. (2002). Credit Scoring and Its Applications, chapter 7. SIAM.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, False], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.ks_statistic(df, "obs", "score").item(0, ".estimate"), 4)
    0.6667
    >>> round(tm.ks_statistic_vec(df["obs"], df["score"]), 4)
    0.6667
    """
    return np.stack([largest_gap(one) for one in steps], axis=1)


@event_metric(_hull, direction="maximize", range=(0, 1), estimators=_AVERAGED, undefined=_ONE_CLASS, bounded=False)
def h_measure(fits: Sequence[tuple[ScoreSteps, IsotonicBlocks]]) -> Array:
    """H measure: the share of the expected cost of misclassification that the scores save.

    ``1 - L / L_max``: L is the cost of the best threshold (on the convex hull of the ROC curve) at each relative cost c of a
    false event, averaged over c with the density of Beta(2, 2), ``6 c (1 - c)``, and L_max that of scores that say nothing. The
    distribution of c is the same for all models, which the one that `roc_auc` implies is not. Scores need not be
    probabilities.

    References
    ----------
    Hand, D. J. (2009). Measuring classifier performance: a coherent alternative to the area under the ROC curve. Machine
    Learning 77, 103-123.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, False], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.h_measure(df, "obs", "score").item(0, ".estimate"), 4)
    0.58
    >>> round(tm.h_measure_vec(df["obs"], df["score"]), 4)
    0.58
    """
    return np.stack([cost_saved(blocks) for _, blocks in fits], axis=1)


@event_metric(
    _steps,
    direction="maximize",
    range=(0, 1),
    estimators=_AVERAGED,
    undefined="the truth has no events",
    checks={"top": _SHARE},
    bounded=False,
)
def gain_at(steps: Sequence[ScoreSteps], *, top: float = 0.1) -> Array:
    """Gain at the top: the share of all events among the rows with the highest scores.

    ``found(top) / events``, with found(top) the weight of events among the `top` of the rows with the highest scores: one point
    of `gain_curve`. Of rows with one score a share is taken, as straight lines of the curve do. Scores need not be
    probabilities.

    Parameters
    ----------
    top
        The share of the rows that are looked at, above 0 and at most 1.

    References
    ----------
    Piatetsky-Shapiro, G., Masand, B. (1999). Estimating campaign benefits and modeling lift. 5th ACM SIGKDD International
    Conference on Knowledge Discovery and Data Mining, 185-193.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, False], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> tm.gain_at(df, "obs", "score", top=0.4).item(0, ".estimate")
    0.5
    >>> tm.gain_at_vec(df["obs"], df["score"], top=0.6)
    1.0
    """
    return np.stack([found_at(one, top) for one in steps], axis=1)


@event_metric(
    _steps,
    direction="maximize",
    range=(0, inf),
    estimators=_AVERAGED,
    undefined="the truth has no events",
    checks={"top": _SHARE},
    bounded=False,
)
def lift_at(steps: Sequence[ScoreSteps], *, top: float = 0.1) -> Array:
    """Lift at the top: how much more frequent events are among the rows with the highest scores than among all rows.

    ``gain_at(top) / top``: one point of `lift_curve`. Scores need not be probabilities.

    Parameters
    ----------
    top
        The share of the rows that are looked at, above 0 and at most 1.

    References
    ----------
    Piatetsky-Shapiro, G., Masand, B. (1999). Estimating campaign benefits and modeling lift. 5th ACM SIGKDD International
    Conference on Knowledge Discovery and Data Mining, 185-193.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False, False], "score": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> tm.lift_at(df, "obs", "score", top=0.4).item(0, ".estimate")
    1.25
    >>> round(tm.lift_at_vec(df["obs"], df["score"], top=0.2), 4)
    2.5
    """
    return np.stack([found_at(one, top) for one in steps], axis=1) / top


gain_at_vec = event_vector(gain_at)
h_measure_vec = event_vector(h_measure)
ks_statistic_vec = event_vector(ks_statistic)
lift_at_vec = event_vector(lift_at)
