"""Metrics of right-censored survival times: of probabilities at evaluation times, of predicted times, of linear predictors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.errors import OptionError
from tidymetrics.families.survival.data import FAMILY
from tidymetrics.statistics import STATIC, EvaluationTimes, GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Direction

TRUTH_PAIR = Argument(
    "truth",
    "Sequence[str]",
    "Names of two columns: the time until the event or until censoring, and the status, 1 (or True) for an event, 0 "
    "(or False) "
    "for a censored time.",
    positional=True,
    column="number",
    vector_annotation="Sequence[Vector]",
    vector_text="Two vectors [n]: the times until the event or until censoring, and the status, 1 (or True) for an event.",
    flag="the columns of times and of the status of survival data: TIME,EVENT",
    reads="pair",
)


def _prediction(text: str, what: str, flag: str) -> Argument:
    vector = f"Vector [n] of {what}."
    return Argument(
        "estimate", "str", text, positional=True, column="number", vector_annotation="Vector", vector_text=vector, flag=flag
    )


NA_RM_OF_SUBJECTS = NA_RM.with_text(
    "Whether subjects with a missing value (null or NaN) in `truth` or `case_weights` are dropped. If not, a group "
    "that has one "
    "is undefined. A missing prediction is no such value: it adds 0 to a Brier score, and is no point of a curve."
)
TIMED_ARGUMENTS = (
    TRUTH_PAIR,
    _prediction(
        "Name of the column of survival probabilities: of being without the event after `eval_time`. Or of a nested "
        "column: for each "
        "subject a list of structs with the fields `.eval_time`, `.pred_survival` and `.weight_censored`.",
        "survival probabilities",
        "the column of survival probabilities",
    ),
    Argument(
        "eval_time",
        "str | None",
        "Name of the column of evaluation times, in the unit of the times; each subject has one row at each. Not for "
        "nested data.",
        None,
        column="number",
        vector_annotation="Vector",
        vector_text="Vector [n] of evaluation times, each subject once at each; or one number.",
        required_in_vectors=True,
        flag="the column of evaluation times, for survival probabilities",
    ),
    Argument(
        "censoring_weights",
        "str | None",
        "Name of the column of weights for censoring, inverse probabilities of being uncensored (`censoring_weights` "
        "makes them); "
        "missing where a subject was censored before the evaluation time. Not for nested data.",
        None,
        column="number",
        vector_annotation="Vector",
        vector_text="Vector [n] of weights for censoring; missing where a subject was censored before the evaluation time.",
        required_in_vectors=True,
        flag="the column of censoring weights, for the same",
    ),
    BY,
    NA_RM_OF_SUBJECTS,
    CASE_WEIGHTS,
)
TIME_ARGUMENTS = (
    TRUTH_PAIR,
    _prediction(
        "Name of the column of predicted times: larger for longer survival.",
        "predicted times",
        "the column of predictions",
    ),
    BY,
    NA_RM,
    CASE_WEIGHTS,
)
LINEAR_ARGUMENTS = (
    TRUTH_PAIR,
    _prediction(
        "Name of the column of linear predictors, in any unit.",
        "linear predictors",
        "the column of linear predictors, for survival data",
    ),
    BY,
    NA_RM,
    CASE_WEIGHTS,
)


@dataclass(frozen=True, eq=False)
class SurvivalKind(Kind):
    """Metrics of one prediction per subject."""

    timed: bool = False
    """Whether the metrics take probabilities at evaluation times, which are the inner keys."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Return the statistics that a metric stands on."""
        return (GroupTotals.request(STATIC), bound.record.request(bound.options))


@dataclass(frozen=True, eq=False)
class TimedKind(SurvivalKind):
    """Metrics of probabilities at evaluation times."""

    timed: bool = True
    dynamic: bool = True
    """Whether there is a value at each time, or one for all of them."""

    @property
    def returns(self) -> str:  # type: ignore[override]
        """What a call returns."""
        if not self.dynamic:
            return Kind.returns
        return (
            "A frame in the same library as the input, one row per group and evaluation time: the keys, `.metric`, "
            "`.estimator`, "
            "`.eval_time` and `.estimate` (a float, null where it is undefined)."
        )

    @property
    def returns_vector(self) -> str:  # type: ignore[override]
        """What a call with vectors returns."""
        if not self.dynamic:
            return Kind.returns_vector
        return (
            "float\n    The estimate, where `eval_time` is one number; nan where it is undefined. "
            "polars.DataFrame\n    Else one row per evaluation time: `.eval_time`, `.estimate`."
        )

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Return when weights and nested data are refused."""
        found = {"WeightError": "A weight for censoring is missing for a subject that counts at the evaluation time."}
        return found if vectors else {**found, "EngineError": "The data are nested, and the engine has no way to read that."}

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Return the statistics that a metric stands on."""
        return (EvaluationTimes.request(), bound.record.request(bound.options))

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply a formula at each evaluation time, or over all of them."""
        found: EvaluationTimes = reductions.get(bound.requests[0])
        times: list[Any] = found.times.tolist()
        extra = {".eval_time": times or [None]} if self.dynamic and not bound.arguments.get("one_time") else {}
        if not times:  # no rows: undefined, at no time that is known
            none = np.zeros(len(reductions.outer[0]))
            values = np.full((len(none), 1) if self.dynamic else len(none), np.nan)
            return Outcome(values, "standard", GroupTotals(none, none, none), extra)
        made = reductions.get(bound.requests[1])
        n = len(found.totals.n)
        if not self.dynamic:
            return Outcome(bound.record.apply(made, bound.options, (n,)), "standard", found.totals)
        values = bound.record.apply(made, bound.options, (n, len(times)))
        return Outcome(values, "standard", found.totals, extra, along=("evaluation times", times))


def _timed(name: str, *, dynamic: bool) -> Kind:
    return TimedKind(
        name=name,
        title="Survival",
        family=FAMILY,
        arguments=TIMED_ARGUMENTS,
        prediction="probs",
        predicted="the column of survival probabilities",
        dynamic=dynamic,
    ).register()


_KINDS: dict[str, Kind] = {
    "dynamic_survival": _timed("dynamic_survival", dynamic=True),
    "integrated_survival": _timed("integrated_survival", dynamic=False),
    "static_survival": SurvivalKind(
        name="static_survival",
        title="Survival",
        family=FAMILY,
        arguments=TIME_ARGUMENTS,
        predicted="the column of predicted times",
    ).register(),
    "linear_pred_survival": SurvivalKind(
        name="linear_pred_survival",
        title="Survival",
        family=FAMILY,
        arguments=LINEAR_ARGUMENTS,
        prediction="linear_pred",
        predicted="the column of linear predictors",
    ).register(),
}


def survival_metric(
    statistic: Any,
    kind: str,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    interval_range: tuple[float, float] | None = None,
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of survival data from a formula.

    Parameters
    ----------
    statistic
        The class of statistics that the formula takes, such as `SurvivalLosses` or `OrderedPairs`.
    kind
        "dynamic_survival": of probabilities, one value per evaluation time [groups, times]. "integrated_survival": of the same,
        one value [groups]. "static_survival": of predicted times [groups]. "linear_pred_survival": of a linear predictor.
    direction
        "maximize", "minimize" or "zero": which values are better.
    range
        The least and the greatest value.
    interval_range
        Where the values can really lie, if `range` says otherwise; intervals end there.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> @tm.survival_metric(tm.OrderedPairs, "static_survival", direction="maximize", range=(-1, 1))
    ... def somers_d_doc(pairs):
    ...     "Somers' D: right pairs minus wrong ones, as a share of all."
    ...     return 2 * tm.ratio(pairs.concordant + pairs.tied / 2, pairs.comparable) - 1
    >>> df = pl.DataFrame({"time": [1.0, 2.0, 3.0], "event": [1, 1, 0], "pred": [1.0, 3.0, 2.0]})
    >>> round(somers_d_doc(df, ("time", "event"), "pred")[".estimate"].item(), 4)
    0.3333
    """
    if kind not in _KINDS:
        raise OptionError(f"survival_metric(kind=): expected one of {', '.join(map(repr, _KINDS))}; got {kind!r}.")

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=kind,
            direction=direction,
            range=range,
            interval_range=interval_range,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, _KINDS[kind], formula)

    return declare


def survival_vector(function: Any) -> VectorFunction:
    """Return the form of a metric of survival data that takes vectors."""
    return VectorFunction(function)
