"""Metrics of right-censored survival data."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.families.survival.curve_family import survival_curve, survival_curve_vector
from tidymetrics.families.survival.family import survival_metric, survival_vector
from tidymetrics.statistics import CoxSlope, OrderedPairs, Points, RankedSurvival, ScoreRanking, SurvivalLosses, framed, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array


@survival_metric(SurvivalLosses, "dynamic_survival", direction="minimize", range=(0, 1))
def brier_survival(losses: SurvivalLosses) -> Array:
    """Brier score of survival: the squared distance of survival probabilities from what became of the subjects.

    ``sum w (d S^2 + a (1 - S)^2) G / sum w`` at evaluation time t, with S the probability of surviving t, G the weight for
    censoring, w the case weight, d = 1 for an event by t and a = 1 for life beyond t: the mean of ``S^2 G`` for a subject
    that had its event by t, of ``(1 - S)^2 G`` for one followed beyond t, and of 0 for one censored by t. Censored subjects
    count in the divisor: G makes up for them. A subject without a prediction adds 0 as well. Large weights can take the
    score above 1.

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
    undefined="the Brier score at an evaluation time does not exist",
)
def brier_survival_integrated(losses: SurvivalLosses) -> Array:
    """Integrated Brier score of survival: the area under the Brier score over time.

    ``sum_j (t_{j+1} - t_j) (B_j + B_{j+1}) / (2 max(t))``, with ``B_j`` the score at time ``t_j``: the trapezoid area of
    `brier_survival` over the evaluation times, divided by the last of these (not by the span between the first and the
    last). At least two evaluation times are needed.

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
            f"brier_survival_integrated: expected at least two evaluation times; got {len(losses.times)}. For one time take "
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
    """Area under the ROC curve of survival: how well those who had their event by a time are told from those who lived on.

    ``P(S_i < S_j) + P(S_i = S_j) / 2`` at evaluation time t: the share of pairs, of a subject that had its event by t and
    one followed beyond t, in which the first has the smaller survival probability, ties counting half. A pair has the
    product of its case weights and of its weights for censoring. (Cumulative cases, dynamic controls.)

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


@survival_metric(
    OrderedPairs,
    "static_survival",
    direction="maximize",
    range=(0, 1),
    undefined="of no two subjects it is known who had the event first",
)
def concordance_survival(pairs: OrderedPairs) -> Array:
    """Concordance index: how often predicted times are in the order of the true ones.

    ``P(x_i < x_j) + P(x_i = x_j) / 2``, over all pairs of which it is known who had the event first (an event, and a
    subject whose time is later, or the same and censored): the share in which that subject has the smaller predicted time,
    equal ones counting half. A pair has the product of its case weights. Times that differ by rounding alone (1.5e-8, or
    that share of the mean time) are one time. The data have a row a subject; filter long data to one evaluation time.

    References
    ----------
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
    undefined="there is no event, or none with another prediction at risk",
)
def royston_survival(model: CoxSlope) -> Array:
    """Royston and Sauerbrei's D as explained variation: how far a linear predictor spreads the subjects' risks.

    ``b^2 / (b^2 + pi^2 / 6)``, with b the coefficient of a Cox model whose covariate is the normal scores of the linear
    predictor: rank r of n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution, and ties
    share their mean. The sign of b is lost, so that a predictor the wrong way round scores the same. A case weight stands for
    as many copies of its row as its whole part says when ranks are given, and for itself in the Cox model. The data have a row
    a subject; filter long data to one evaluation time.

    Raises
    ------
    WeightError
        The weights stand for more than ten million copies.

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

    At evaluation time t, for the thresholds in increasing order: sensitivity is the share of those who had their event by t
    whose survival probability is at the threshold or below; specificity the share of those followed beyond t whose probability
    is above it; both by case weight and weight for censoring. The first row has threshold -inf, the last inf. Without
    events, or with nobody left, what has no denominator is null.

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
