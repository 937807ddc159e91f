"""What predicted survival probabilities are worth at evaluation times: squared distances from what is known of the subjects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.evaluation_times import CensoringWeights, EvaluationTimes, followed_beyond, had_event
from tidymetrics.statistics.means import weighted
from tidymetrics.statistics.movable import Movable, Movement, RowTerms, at_least
from tidymetrics.statistics.requests import Aggregate, Check, Request, SummedRequest
from tidymetrics.statistics.survival_checks import SUBJECT, SurvivalProbabilities
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class SurvivalLosses:
    """The squared distances of survival probabilities from what is known of the subjects, each [groups, times]."""

    loss: Array
    """Added up, with case weights and those for censoring."""
    weight: Array
    """The case weight of all subjects, also of those censored before the time."""
    times: Array
    """[times]"""

    @property
    def brier(self) -> Array:
        """The Brier score at each time; undefined where no weight is."""
        return ratio(self.loss, self.weight)

    @staticmethod
    def request() -> SurvivalLossesRequest:
        """Ask for the losses at each evaluation time."""
        return SurvivalLossesRequest()


@dataclass(frozen=True)
class SurvivalLossesRequest(SummedRequest[SurvivalLosses], Movable):
    """The request of `SurvivalLosses`."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a subject is missing."""
        return SUBJECT

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It has a loss at each time."""
        return (EvaluationTimes.request(), GroupTotals.request(SUBJECT))

    @property
    def checks(self) -> tuple[Check, ...]:
        """Predictions must be probabilities, and subjects that count must have weights."""
        return (CensoringWeights(), SurvivalProbabilities())

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the sum of the losses."""
        return {"loss": Aggregate(lambda c: weighted(c, _loss(c)))}

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state."""
        return {"survival losses": ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the sum of the losses; subjects without one add nothing."""
        loss = np.nan_to_num(reductions.aggregates(self)["loss"], nan=0.0, posinf=np.inf)
        return reductions.numbers_as_parts(self.label, {"loss": ("sum", loss)})

    def reduce(self, reductions: Reductions) -> SurvivalLosses:
        """Lay out the sums by time."""
        times = reductions.get(EvaluationTimes.request())
        loss = np.nan_to_num(reductions.aggregates(self)["loss"], nan=0.0, posinf=np.inf)
        weight = reductions.get(GroupTotals.request(SUBJECT)).weight
        return SurvivalLosses(times.by_time(loss), times.by_time(weight), times.times)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean loss at each time moves; a subject without a loss has the loss 0. Censoring weights stay."""
        made = reductions.get(self)
        means = made.brier  # [groups, times]

        def moved(x: Array, which: Codes) -> SurvivalLosses:
            return SurvivalLosses(x * made.weight[which], made.weight[which], made.times)

        def terms(c: SimpleNamespace) -> list[Any]:
            loss = _loss(c)
            return [weighted(c, nw.when(~loss.is_null()).then(loss).otherwise(c.truth * 0.0))]

        source = RowTerms(
            reductions.frame(self.reads), terms, means.reshape(-1, 1), made.weight.reshape(-1, 1), key=self.reads, by_time=True
        )
        return Movement(means, at_least(means), moved, lambda _: source)


def _loss(columns: SimpleNamespace) -> Any:
    """Give a row's loss; one without a prediction adds nothing."""
    alive, weight = columns.estimate, columns.censoring
    dead = alive * -1.0 + 1.0
    gone = nw.when(had_event(columns)).then(alive * alive * weight)
    return nw.when(followed_beyond(columns)).then(dead * dead * weight).otherwise(gone)
