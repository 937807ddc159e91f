"""The checks of right-censored times and of predicted survival probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.errors import OptionError, ProbabilityError, listed
from tidymetrics.frames.prepared import ESTIMATE, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.requests import Aggregate, Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows

SUBJECT = (TRUTH, EVENT, WEIGHT)
"""The columns without which a subject is missing, whatever is predicted for it."""


def one_where(condition: Any) -> Any:
    """Give 1 where a condition holds, and 0 elsewhere."""
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


@dataclass(frozen=True)
class CensoredTimes(Check):
    """The check that times are none below 0 and that the event is 0 or 1."""

    reads: tuple[str, ...] = SUBJECT
    """Those of the request that it stands with."""

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the bounds of the times, and how many events are neither 0 nor 1."""
        return {
            "min": Aggregate(lambda c: c.truth, "min"),
            "max": Aggregate(lambda c: c.truth, "max"),
            # on Dask a missing status is unlike every number
            "odd": Aggregate(lambda c: one_where(~c.event.is_null() & (c.event != 0) & (c.event != 1))),
        }

    def require(self, reductions: Reductions) -> None:
        """Refuse what is no right-censored time; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        roles = reductions.rows.roles
        time, event = nw.col(TRUTH), nw.col(EVENT)
        if ((found["min"] < 0) | np.isinf(found["max"])).any():
            count, first = offenders(reductions, self.reads, (time < 0) | (time == float("inf")), TRUTH)
            raise OptionError(
                f"{roles[TRUTH].what()}: expected finite times of at least 0; {rows_have(count)} another: {listed(first)}."
            )
        if (found["odd"] > 0).any():
            count, first = offenders(reductions, self.reads, (event != 0) & (event != 1), EVENT)
            raise OptionError(
                f"{roles[EVENT].what()}: expected a status of 1 (or True) for an event and 0 (or False) for a censored time; "
                f"{rows_have(count)} another: {listed(first)}. Only right-censored data can be scored; recode other "
                "codings of it, such as 1 and 2, first."
            )


def rows_have(count: int) -> str:
    """Write how many rows have something."""
    return f"{count} {'row has' if count == 1 else 'rows have'}"


def offenders(reductions: Reductions, reads: tuple[str, ...], condition: nw.Expr, column: str) -> tuple[int, list[float]]:
    """Count the rows that meet a condition, and give the first three values of a column."""
    rows = reductions.frame_rows
    bad = reductions.complete(reads).filter(condition).select(column)
    count: int = rows.collect(bad.select(nw.len().alias("n"))).item()
    return count, rows.collect(bad.head(3)).get_column(column).to_list()


@dataclass(frozen=True)
class SurvivalProbabilities(Check):
    """The check that predicted survival probabilities lie between 0 and 1."""

    reads: tuple[str, ...] = SUBJECT

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give their bounds."""
        return {how: Aggregate(lambda c: c.estimate, how) for how in ("min", "max")}

    def require(self, reductions: Reductions) -> None:
        """Refuse others; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        if ((found["min"] < 0) | (found["max"] > 1)).any():
            estimate = nw.col(ESTIMATE)
            count, first = offenders(reductions, self.reads, (estimate < 0) | (estimate > 1), ESTIMATE)
            raise ProbabilityError(
                f"{reductions.rows.roles[ESTIMATE].what()}: expected probabilities of surviving, between 0 and 1; "
                f"{rows_have(count)} another: {listed(first)}."
            )
