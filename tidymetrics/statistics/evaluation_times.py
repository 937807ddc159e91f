"""Evaluation times, at each of which every subject of a group stands once, and the check of the weights for censoring.

The frames of these statistics have the evaluation time as their inner key, so that the [groups] of the shared pass are all
pairs of an outer group and a time, and arrays are reshaped to [groups, times].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np

from tidymetrics.errors import OptionError, WeightError, listed
from tidymetrics.frames.prepared import CENSORING, EVAL_TIME
from tidymetrics.statistics.requests import Aggregate, Check, Request, SummedRequest
from tidymetrics.statistics.survival_checks import SUBJECT, CensoredTimes, offenders, one_where, rows_have
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class EvaluationTimes:
    """The evaluation times, at each of which every subject of every group stands once."""

    times: Array
    """[times], increasing"""
    totals: GroupTotals
    """Of the subjects, each [groups]."""

    def tiled(self, which: Codes) -> EvaluationTimes:
        """Give the times with copies of the groups."""
        return EvaluationTimes(self.times, self.totals.tiled(which))

    @staticmethod
    def request() -> EvaluationTimesRequest:
        """Ask for the times."""
        return EvaluationTimesRequest()

    def by_time(self, values: Array) -> Array:
        """Give values [groups and times] as [groups, times]."""
        return values.reshape(-1, max(len(self.times), 1))


@dataclass(frozen=True)
class EvaluationTimesRequest(SummedRequest[EvaluationTimes]):
    """The request of `EvaluationTimes`."""

    stays: ClassVar[bool] = True

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a subject is missing."""
        return SUBJECT

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It counts the subjects."""
        return (GroupTotals.request(SUBJECT),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The rows must be right-censored times."""
        return (CensoredTimes(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give what tells the subjects of one time from those of another."""
        return {
            "at": Aggregate(lambda c: c.eval_time, "max"),
            "events": Aggregate(lambda c: c.event),
            "sum": Aggregate(lambda c: c.truth),
            "least": Aggregate(lambda c: c.truth, "min"),
            "greatest": Aggregate(lambda c: c.truth, "max"),
        }

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state."""
        return {"subjects": ""}

    def reduce(self, reductions: Reductions) -> EvaluationTimes:
        """Check that the subjects are the same at each time."""
        found = reductions.aggregates(self)
        times = np.unique(found["at"])
        role = reductions.rows.roles.get(EVAL_TIME)
        what = "eval_time" if role is None else role.what()
        if bad := [float(t) for t in times if not 0 <= t < np.inf]:
            raise OptionError(f"{what}: expected finite times of at least 0; got {listed(bad)}, or a missing time.")
        size = max(len(times), 1)
        groups = reductions.known_groups
        if len(times) and len(groups) != len(reductions.outer[0]) * size:
            raise OptionError(
                f"{what}: every subject must stand once at each evaluation time, in every group; the times "
                f"{listed([float(t) for t in times])} are not all there in each."
            )
        totals = reductions.get(GroupTotals.request(SUBJECT))
        counted = {"rows": totals.n_rows, "rows with a time and a status": totals.n}
        self._require_same_subjects({**counted, **found}, times, what)
        first = slice(None, None, size)
        return EvaluationTimes(times, GroupTotals(totals.n_rows[first], totals.n[first], totals.weight[first]))

    @staticmethod
    def _require_same_subjects(found: Mapping[str, Array], times: Array, what: str) -> None:
        """Compare the subjects of a group at one time with those at another, by what the pass tells of them."""
        size = max(len(times), 1)
        for name in ("rows", "rows with a time and a status", "events", "sum", "least", "greatest"):
            values = np.nan_to_num(found[name]).reshape(-1, size)  # [groups, times]
            close = 1e-9 * np.abs(values[:, :1]) if name == "sum" else 0.0
            differ = np.flatnonzero((np.abs(values - values[:, :1]) > close).any(axis=1))
            if len(differ):
                counted = "true times that add up to" if name == "sum" else f"{name} true time" if name[0] in "lg" else name
                shown = ", ".join(f"{n:g} at {t:g}" for n, t in zip(values[differ[0]], times, strict=True))
                raise OptionError(
                    f"{what}: the same subjects must stand at each evaluation time, each once; a group has {counted}: {shown}. "
                    "Make a row for each subject and time, as survival_long() does."
                )


@dataclass(frozen=True)
class CensoringWeights(Check):
    """The check of the weights that make up for censoring: none negative, and there where they are needed."""

    reads: tuple[str, ...] = SUBJECT

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give their bounds, and how many are missing where they count."""
        return {
            "min": Aggregate(lambda c: c.censoring, "min"),
            "max": Aggregate(lambda c: c.censoring, "max"),
            "lacking": Aggregate(lambda c: one_where(_lacking(c) if c.weight is None else _lacking(c) & (c.weight > 0))),
        }

    def require(self, reductions: Reductions) -> None:
        """Refuse others; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        what = reductions.rows.roles[CENSORING].what()
        weight = nw.col(CENSORING)
        if ((found["min"] < 0) | np.isinf(found["max"])).any():
            count, first = offenders(reductions, self.reads, (weight < 0) | (weight == float("inf")), CENSORING)
            raise WeightError(f"{what}: expected finite weights of at least 0; {rows_have(count)} another: {listed(first)}.")
        if (found["lacking"] > 0).any():
            count = int(found["lacking"].sum())
            over = reductions.get(EvaluationTimes.request())
            lacking = over.by_time(found["lacking"]).any(axis=0)  # [times]
            shown = listed([float(time) for time in over.times[lacking]])
            raise WeightError(
                f"{what}: {rows_have(count)} no weight although a subject counts there (it had its event by the evaluation "
                f"time, or was followed beyond it); at the evaluation times {shown}. Only a subject that was censored before "
                "the time may have none. Leave out times beyond the data that the weights come from."
            )


def had_event(columns: SimpleNamespace) -> Any:
    """Tell the rows whose subject had its event by the evaluation time."""
    return (columns.truth <= columns.eval_time) & (columns.event == 1)


def followed_beyond(columns: SimpleNamespace) -> Any:
    """Tell the rows whose subject was followed beyond the evaluation time."""
    return columns.truth > columns.eval_time


def _lacking(columns: SimpleNamespace) -> Any:
    return (had_event(columns) | followed_beyond(columns)) & columns.censoring.is_null() & ~columns.estimate.is_null()
