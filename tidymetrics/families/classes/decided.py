"""Metrics of what was decided: what it costs, and how much of it there is."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.families.classes.declare import class_metric, class_vector
from tidymetrics.families.classes.losses import bind_costs
from tidymetrics.statistics import ConfusionCounts, Reported, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Array, Level


def _bound(options: Mapping[str, Any], levels: Sequence[Level]) -> Mapping[str, Any]:
    return bind_costs(options, levels, "decision_cost")


@class_metric(ConfusionCounts, direction="minimize", range=(0, inf), bind_levels=_bound, per_class=False)
def decision_cost(counts: ConfusionCounts, *, costs: Any = None) -> Array:
    """Decision cost: the mean cost of the predicted classes.

    ``sum of C[p, t] cost[t, p] / sum of C``, with C the confusion matrix of predictions by truth. By default a wrong class
    costs 1 and the right class 0. `best_threshold` with this metric finds the threshold that costs least.

    Parameters
    ----------
    costs
        A table (a frame, or a mapping of lists) with exactly the columns truth, estimate and cost. Pairs of levels that
        are not in the table cost 0.

    References
    ----------
    Elkan, C. (2001). The foundations of cost-sensitive learning. 17th International Joint Conference on Artificial
    Intelligence, 973-978.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, False], "pred": [True, False, True, False]})
    >>> costs = {"truth": [True, False], "estimate": [False, True], "cost": [10, 1]}
    >>> tm.decision_cost(df, "obs", "pred", costs=costs)[".estimate"].item()
    2.75
    >>> tm.decision_cost_vec(df["obs"], df["pred"])
    0.5
    """
    cost = np.zeros(counts.table.shape[-2:])  # [predictions, truths]
    given = np.array(costs, np.float64).T
    cost[: len(given), : len(given)] = given
    return ratio((counts.table * cost).sum(axis=(-2, -1)), counts.total)


@class_metric(
    Reported,  # type: ignore[arg-type]
    direction="maximize",
    range=(0, 1),
    undefined="no row has a truth",
    per_class=False,
    estimators=("binary", "multiclass"),
    keeps_gaps=True,
)
def reportable_rate(found: Reported) -> Array:
    """Reportable rate: the share of rows that have a prediction.

    ``n_predicted / n``, the weight of the rows with a predicted class over that of all rows with a true class. A row that
    `class_from_prob` leaves open, between its buffers, is missing: all other metrics leave it out, and this one counts it.

    References
    ----------
    Kuhn, M., Vaughan, D. (2023). probably: Tools for post-processing predicted values. R package.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, False], "pred": [True, None, None, False]})
    >>> tm.reportable_rate(df, "obs", "pred")[".estimate"].item()
    0.5
    >>> tm.reportable_rate_vec([True, True, False, False], [True, False, None, False])
    0.75
    """
    return ratio(found.reported, found.known)


decision_cost_vec = class_vector(decision_cost)
reportable_rate_vec = class_vector(reportable_rate)
