"""What it is worth to act on a probability, at each threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import share_or_none
from tidymetrics.errors import OptionError, listed
from tidymetrics.families.classes.curve_family import read_thresholds
from tidymetrics.families.classes.event_tables import event_table, event_table_vector
from tidymetrics.statistics import Points, ScoreSlots
from tidymetrics.statistics.threshold_counts import counts_at_cuts, net_benefit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics import EventColumns
    from tidymetrics.statistics.score_slots import SlotSums


def _requests(columns: EventColumns, options: Mapping[str, Any]) -> tuple[Any, ...]:
    return (ScoreSlots(columns, options["thresholds"], "right"),)


def _read(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    share_or_none(name, "prevalence", options["prevalence"])
    given = options["thresholds"]
    if given is None:
        return {**options, "thresholds": tuple((np.arange(100) / 100).tolist())}
    thresholds = read_thresholds(given, name) or ()
    if outside := [t for t in thresholds if not 0 <= t < 1]:
        raise OptionError(f"{name}(thresholds=): expected numbers from 0 to below 1; got {listed(outside, 3)}.")
    return {**options, "thresholds": thresholds}


@event_table(
    *(".threshold", ".net_benefit", ".net_benefit_all", ".interventions_avoided"),
    requests=_requests,
    read=_read,
    undefined="no rows are left, or, with prevalence=, the truth has one class",
)
def decision_curve(
    slots: Sequence[SlotSums],
    *,
    thresholds: Sequence[float] | None = None,
    prevalence: float | None = None,
) -> tuple[Points, ...]:
    """Decision curve: the net benefit of acting on a probability, at each threshold.

    A threshold t says how many false alarms are worth one event that is found: ``o = t / (1 - t)``. With the prevalence q of
    events, the net benefit is ``sens q - (1 - spec) (1 - q) o``. Acting on all rows gives ``q - (1 - q) o``, as
    `.net_benefit_all`, acting on none gives 0. `.interventions_avoided`, the difference of the two divided by o, says how
    many fewer rows than all
    are acted on without a loss, per row; it is null at 0.

    Parameters
    ----------
    thresholds
        Numbers from 0 to below 1; by default 0, 0.01, ..., 0.99.
    prevalence
        The share of events where the model will be used; by default that of the data.

    References
    ----------
    Vickers, A. J., Elkin, E. B. (2006). Decision curve analysis: a novel method for evaluating prediction models. Medical
    Decision Making 26(6), 565-574.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> tm.decision_curve(df, "obs", "p", thresholds=[0.2, 0.5])[".net_benefit"].to_list()
    [0.4375, 0.0]
    >>> tm.decision_curve_vec(df["obs"], df["p"], thresholds=[0.2])[".net_benefit_all"].to_list()
    [0.375]
    """
    cuts = np.array(thresholds, np.float64)
    drawn = []
    for own in slots:
        found = net_benefit(counts_at_cuts(own), cuts, prevalence)
        n_groups = len(found.model)
        columns = {
            ".threshold": np.tile(cuts, n_groups),
            ".net_benefit": found.model.ravel(),
            ".net_benefit_all": found.act_on_all.ravel(),
            ".interventions_avoided": found.avoided.ravel(),
        }
        drawn.append(Points(columns, np.full(n_groups, len(cuts))))
    return tuple(drawn)


decision_curve_vec = event_table_vector(decision_curve)
