"""Metrics of right-censored survival data."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import non_negative_or_none, one_of
from tidymetrics.errors import OptionError
from tidymetrics.families.survival.curve_family import survival_curve, survival_curve_vector
from tidymetrics.families.survival.family import survival_metric, survival_vector
from tidymetrics.statistics import (
    CensoredPairs,
    CoxSlope,
    OrderedPairs,
    Points,
    RankedSurvival,
    ScoreRanking,
    SurvivalLosses,
    framed,
    ratio,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array


@survival_metric(SurvivalLosses, "dynamic_survival", direction="minimize", range=(0, 1))
def brier_survival(losses: SurvivalLosses) -> Array:
    """Brier score of survival: the mean squared distance between survival probabilities and outcomes.

    ``sum w (d S^2 + a (1 - S)^2) G / sum w`` at evaluation time t, with S the probability of surviving t, G the censoring
    weight, w the case weight, d = 1 for an event by t and a = 1 for survival beyond t. A subject contributes ``S^2 G`` if it
    had the event by t, ``(1 - S)^2 G`` if it was followed beyond t, and 0 if it was censored by t. Censored subjects count
    in the denominator, because G compensates for them. A subject without a prediction also contributes 0. Large weights can
    push the score above 1.

    Raises
    ------
    ProbabilityError
        A survival probability is outside [0, 1].

    References
    ----------
    Graf, E., Schmoor, C., Sauerbrei, W., Schumacher, M. (1999). Assessment and comparison of prognostic classification schemes
    for survival data. Statistics in Medicine 18(17-18), 2529-2545.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame(
    ...     {"t": [0.5, 1.5, 1.5, 3.0], "e": [1, 0, 1, 1], "at": 1.0, "s": [0.8, 0.7, 0.5, 0.9], "g": [1.1, 1.2, 1.2, 1.2]}
    ... )
    >>> tm.brier_survival(df, ("t", "e"), "s", eval_time="at", censoring_weights="g").select(".eval_time", ".estimate").row(0)
    (1.0, 0.281)
    >>> round(tm.brier_survival_vec((df["t"], df["e"]), df["s"], eval_time=1.0, censoring_weights=df["g"]), 4)
    0.281
    """
    return losses.brier


brier_survival_vec = survival_vector(brier_survival)


@survival_metric(
    SurvivalLosses,
    "integrated_survival",
    direction="minimize",
    range=(0, 1),
    undefined="the Brier score at an evaluation time is undefined",
)
def brier_survival_integrated(losses: SurvivalLosses) -> Array:
    """Integrated Brier score of survival: the area under the Brier score over time.

    ``sum_j (t_{j+1} - t_j) (B_j + B_{j+1}) / (2 max(t))``, with ``B_j`` the score at time ``t_j``: the trapezoidal area under
    `brier_survival` over the evaluation times, divided by the last time (not by the span between the first and the last).
    It needs at least two evaluation times.

    Raises
    ------
    ProbabilityError
        A survival probability is outside [0, 1].

    References
    ----------
    Graf, E., Schmoor, C., Sauerbrei, W., Schumacher, M. (1999). Assessment and comparison of prognostic classification schemes
    for survival data. Statistics in Medicine 18(17-18), 2529-2545.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame(
    ...     {"t": [0.5, 3.0] * 2, "e": [1, 1] * 2, "at": [1.0, 1.0, 2.0, 2.0], "s": [0.8, 0.9, 0.6, 0.7], "g": 1.0}
    ... )
    >>> made = tm.brier_survival_integrated(df, ("t", "e"), "s", eval_time="at", censoring_weights="g")
    >>> round(made[".estimate"].item(), 4)
    0.1375
    >>> vectors = {"eval_time": df["at"], "censoring_weights": df["g"]}
    >>> round(tm.brier_survival_integrated_vec((df["t"], df["e"]), df["s"], **vectors), 4)
    0.1375
    """
    if len(losses.times) < 2:
        raise OptionError(
            f"brier_survival_integrated: expected at least two evaluation times; got {len(losses.times)}. For one time, use "
            "brier_survival."
        )
    steps = np.diff(losses.times)
    area: Array = (steps * (losses.brier[:, 1:] + losses.brier[:, :-1]) / 2).sum(axis=1)
    mean: Array = area / losses.times[-1]
    return mean


brier_survival_integrated_vec = survival_vector(brier_survival_integrated)


@survival_metric(
    RankedSurvival,
    "dynamic_survival",
    direction="maximize",
    range=(0, 1),
    undefined="nobody had the event by the evaluation time, or nobody was followed beyond it",
)
def roc_auc_survival(ranked: RankedSurvival) -> Array:
    """Area under the ROC curve of survival: how well a model separates subjects with an event by a time from the others.

    ``P(S_i < S_j) + P(S_i = S_j) / 2`` at evaluation time t, over all pairs of a subject with an event by t and a subject
    followed beyond t: the share of pairs in which the first has the smaller survival probability; ties count half. The weight
    of a pair is the product of its case weights and censoring weights. (Cumulative cases, dynamic controls.)

    References
    ----------
    Hung, H., Chiang, C.-T. (2010). Optimal composite markers for time-dependent receiver operating characteristic curves with
    censored survival data. Scandinavian Journal of Statistics 37(4), 664-679.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame(
    ...     {"t": [0.5, 1.5, 1.5, 3.0], "e": [1, 0, 1, 1], "at": 1.0, "s": [0.8, 0.7, 0.5, 0.9], "g": [1.1, 1.2, 1.2, 1.2]}
    ... )
    >>> made = tm.roc_auc_survival(df, ("t", "e"), "s", eval_time="at", censoring_weights="g")
    >>> round(made[".estimate"].item(), 4)
    0.3333
    >>> round(tm.roc_auc_survival_vec((df["t"], df["e"]), df["s"], eval_time=1.0, censoring_weights=df["g"]), 4)
    0.3333
    """
    return ranked.roc


roc_auc_survival_vec = survival_vector(roc_auc_survival)


def _pairs(options: Mapping[str, Any]) -> Any:
    if options["weighting"] == "harrell" and options["tau"] is None:
        return OrderedPairs.request()
    return CensoredPairs(options["weighting"] == "uno", None if options["tau"] is None else float(options["tau"]))


@survival_metric(
    _pairs,
    "static_survival",
    direction="maximize",
    range=(0, 1),
    undefined="no pair of subjects has a known order of events",
    checks={"weighting": one_of("harrell", "uno"), "tau": non_negative_or_none},
)
def concordance_survival(pairs: OrderedPairs, *, weighting: str = "harrell", tau: float | None = None) -> Array:
    """Concordance index: how often predicted times have the same order as true times.

    ``P(x_i < x_j) + P(x_i = x_j) / 2``, over all pairs with a known order of events (subject i has an event, and subject j
    has a later time, or the same time and is censored): the share of pairs in which subject i has the smaller predicted
    time; ties count half. The weight of a pair is the product of its case weights. Times that differ only by rounding
    (1.5e-8, or this share of the mean time) count as equal. The data have one row per subject; filter long data to one
    evaluation time.

    Parameters
    ----------
    weighting
        "harrell": pairs count alike, so that the value depends on the censoring. "uno": each by ``1 / G(t)^2``, with G the
        probability of being uncensored just before the event of subject i, by Kaplan and Meier in each group.
    tau
        None, or the time from which on events are those of no pair; with "uno" choose one until which many are followed.

    References
    ----------
    Uno, H., Cai, T., Pencina, M. J., D'Agostino, R. B., Wei, L. J. (2011). On the C-statistics for evaluating overall adequacy
    of risk prediction procedures with censored survival data. Statistics in Medicine 30(10), 1105-1117.
    Harrell, F. E., Califf, R. M., Pryor, D. B., Lee, K. L., Rosati, R. A. (1982). Evaluating the yield of medical tests. JAMA
    247(18), 2543-2546.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"time": [2.0, 2.0, 3.0], "event": [1, 0, 1], "pred": [2.0, 2.0, 1.0]})
    >>> tm.concordance_survival(df, ("time", "event"), "pred")[".estimate"].item()
    0.25
    >>> tm.concordance_survival_vec(([1, 2, 3], [True, True, False]), [1.5, 2.5, 9.0])
    1.0
    """
    return ratio(pairs.concordant + pairs.tied / 2, pairs.comparable)


concordance_survival_vec = survival_vector(concordance_survival)


@survival_metric(
    CoxSlope,
    "linear_pred_survival",
    direction="maximize",
    range=(0, 1),
    interval_range=(-inf, 1),
    undefined="there are no events, or none with another prediction at risk",
)
def royston_survival(model: CoxSlope) -> Array:
    """Royston and Sauerbrei's D as explained variation: how widely a linear predictor spreads the subjects' risks.

    ``b^2 / (b^2 + pi^2 / 6)``, with b the coefficient of a Cox model on the normal scores of the linear predictor. Rank r of
    n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution; ties get their mean score. The
    sign of b is lost, so a reversed predictor has the same value. For the ranks, a case weight counts as that many copies of
    its row, rounded down; the Cox model uses the weight itself. The data have one row per subject; filter long data to one
    evaluation time.

    Raises
    ------
    WeightError
        The weights add up to more than ten million copies.

    References
    ----------
    Royston, P., Sauerbrei, W. (2004). A new measure of prognostic separation in survival data. Statistics in Medicine 23(5),
    723-748.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"time": range(1, 7), "event": [1, 1, 0, 1, 1, 1], "lp": [3, 2, 5, 1, 4, 0]})
    >>> round(tm.royston_survival(df, ("time", "event"), "lp")[".estimate"].item(), 6)
    0.037855
    >>> round(tm.royston_survival_vec((df["time"], df["event"]), df["lp"]), 6)
    0.037855
    """
    explained = model.slope**2
    return explained / (explained + np.pi**2 / 6)


royston_survival_vec = survival_vector(royston_survival)


@survival_curve(".threshold", "specificity", "sensitivity")
def roc_curve_survival(ranking: ScoreRanking) -> Points:
    """ROC curve of survival: sensitivity and specificity at each threshold of the survival probability, at each time.

    At evaluation time t, with thresholds of the survival probability in increasing order: sensitivity is the share of
    subjects with an event by t whose probability is at most the threshold; specificity is the share of subjects followed
    beyond t whose probability is above it. Both use case weights and censoring weights. The first row has threshold -inf, the
    last inf. Sensitivity is null without events, specificity if nobody is followed beyond t.

    References
    ----------
    Hung, H., Chiang, C.-T. (2010). Optimal composite markers for time-dependent receiver operating characteristic curves with
    censored survival data. Scandinavian Journal of Statistics 37(4), 664-679.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"t": [0.5, 2.0, 3.0], "e": [1, 0, 1], "at": 1.0, "s": [0.4, 0.7, 0.3], "g": 1.0})
    >>> tm.roc_curve_survival(df, ("t", "e"), "s", eval_time="at", censoring_weights="g")["specificity"].to_list()
    [1.0, 0.5, 0.5, 0.0, 0.0]
    >>> vectors = {"eval_time": 1.0, "censoring_weights": df["g"]}
    >>> tm.roc_curve_survival_vec((df["t"], df["e"]), df["s"], **vectors)["sensitivity"].to_list()
    [0.0, 0.0, 1.0, 1.0, 1.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            ".threshold": -ranking.score,
            "specificity": np.clip(1 - _share(ranking.others, ranking.total_others, ranking), 0, 1),
            "sensitivity": np.clip(_share(ranking.events, ranking.total_events, ranking), 0, 1),
        }
    return framed(ranking, columns, start=(-inf, 1.0, 0.0), end=(inf, 0.0, 1.0))


def _share(part: Array, total: Array, ranking: ScoreRanking) -> Array:
    made: Array = part / np.where(total > 0, total, np.nan)[ranking.group]
    return made


roc_curve_survival_vec = survival_curve_vector(roc_curve_survival)
