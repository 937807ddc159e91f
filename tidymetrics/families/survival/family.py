"""Metrics of right-censored survival times: of probabilities at evaluation times, of predicted times, of linear predictors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol

from tidymetrics.core.evaluate import BoundMetric, Outcome
from tidymetrics.core.function import MetricFunction, NeedsRows, VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import flag
from tidymetrics.errors import OptionError
from tidymetrics.families.survival.data import TIMED, SurvivalCall, long_vectors, score_survival, subject_vectors
from tidymetrics.frames import recognise, source_of_vectors
from tidymetrics.statistics import STATIC, EvaluationTimes, GroupTotals, Reductions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from tidymetrics.typing import By, Direction, Vector

P = ParamSpec("P")

Truth = Sequence[str]
"""The names of two columns: the time until the event or until censoring, and whether it was the event."""


class SurvivalMetric(Protocol[P]):
    """A metric of survival data, as type checkers see it."""

    __name__: str
    metric: Metric

    def __call__(self, data: Any, truth: Truth, estimate: str, *positional: P.args, **options: P.kwargs) -> Any:
        """Score a frame."""

    def tweak(self, **arguments: Any) -> SurvivalMetric[P]:
        """Fix arguments."""


class SurvivalVector(Protocol):
    """A metric of survival data in vectors, as type checkers see it."""

    __name__: str
    metric: Metric

    def __call__(self, truth: Sequence[Vector], estimate: Vector, **options: Any) -> Any:
        """Score vectors."""


@dataclass(frozen=True)
class SurvivalKind(NeedsRows):
    """The kinds of metrics of survival data, by what they take for a prediction."""

    name: str
    family: str = "survival"
    each: tuple[str, ...] = ("na_rm",)

    @property
    def timed(self) -> bool:
        """Whether the metrics take probabilities at evaluation times."""
        return self.name in TIMED

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def timed(
            data: Any,
            truth: Truth,
            estimate: str,
            *,
            eval_time: str | None = None,
            censoring_weights: str | None = None,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            **options: Any,
        ) -> Any:
            bound = metric.bind({"na_rm": na_rm}, options)
            call = SurvivalCall(recognise(data, by), truth, estimate, eval_time, censoring_weights, case_weights=case_weights)
            return score_survival([bound], call)

        def plain(
            data: Any,
            truth: Truth,
            estimate: str,
            *,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            **options: Any,
        ) -> Any:
            bound = metric.bind({"na_rm": na_rm}, options)
            call = SurvivalCall(recognise(data, by), truth, time=estimate, linear_pred=estimate, case_weights=case_weights)
            return score_survival([bound], call)

        return timed if self.timed else plain

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores vectors."""

        def timed(
            truth: Sequence[Vector],
            estimate: Vector,
            *,
            eval_time: Vector,
            censoring_weights: Vector,
            na_rm: bool = True,
            case_weights: Vector | None = None,
            **options: Any,
        ) -> Any:
            bound = metric.bind({"na_rm": na_rm}, options)
            call, one_time = long_vectors(truth, estimate, eval_time, censoring_weights, case_weights)
            frame = score_survival([bound], call)
            if self.name == "dynamic_survival" and not one_time:
                return frame.select(".eval_time", ".estimate")
            return _number(frame)

        def plain(
            truth: Sequence[Vector],
            estimate: Vector,
            *,
            na_rm: bool = True,
            case_weights: Vector | None = None,
            **options: Any,
        ) -> float:
            bound = metric.bind({"na_rm": na_rm}, options)
            source = source_of_vectors(subject_vectors(truth, estimate, case_weights))
            weights = None if case_weights is None else "case_weights"
            call = SurvivalCall(source, ("time", "event"), time="estimate", linear_pred="estimate", case_weights=weights)
            return _number(score_survival([bound], call))

        return timed if self.timed else plain

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""
        record = metric.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        over: Any = EvaluationTimes.request() if self.timed else GroupTotals.request(STATIC)
        statistic: Any = record.statistic
        statistic = statistic.request() if hasattr(statistic, "request") else statistic(options)
        return BoundMetric(record.name, record, options, arguments, (over, statistic), finish)


def _number(frame: pl.DataFrame) -> float:
    value = frame.get_column(".estimate").item()
    return float("nan") if value is None else float(value)


def finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to its statistic: at each evaluation time, or to each group."""
    over, statistic = bound.statistics
    found = reductions.get(over)
    made = reductions.get(statistic)
    totals = getattr(found, "totals", found)
    if bound.metric.kind != "dynamic_survival":
        return Outcome(bound.metric.apply(made, bound.options, totals.n.shape), "standard", totals)
    values = bound.metric.apply(made, bound.options, (len(totals.n), len(found.times)))
    return Outcome(values, "standard", totals, {".eval_time": found.times.tolist()})


def survival_metric(
    statistic: Any,
    kind: str,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[Concatenate[Any, P], Any]], SurvivalMetric[P]]:
    """Make a metric of survival data of a formula.

    Parameters
    ----------
    statistic
        The class of statistics that the formula takes, such as `SurvivalLosses` or `OrderedPairs`.
    kind
        "dynamic_survival": of probabilities, a value an evaluation time [groups, times]. "integrated_survival": of the same,
        one value [groups]. "static_survival": of predicted times [groups]. "linear_pred_survival": of a linear predictor.
    direction
        "maximize", "minimize" or "zero": which way is better.
    range
        The least and the greatest value.
    undefined
        When the value does not exist, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> from tidymetrics import OrderedPairs, ratio
    >>> from tidymetrics.families.survival.family import survival_metric
    >>> @survival_metric(OrderedPairs, "static_survival", direction="maximize", range=(-1, 1))
    ... def somers_d_doc(pairs):
    ...     "Somers' D: right pairs minus wrong ones, as a share of all."
    ...     return 2 * ratio(pairs.concordant + pairs.tied / 2, pairs.comparable) - 1
    >>> df = pl.DataFrame({"time": [1.0, 2.0, 3.0], "event": [1, 1, 0], "pred": [1.0, 3.0, 2.0]})
    >>> round(somers_d_doc(df, ("time", "event"), "pred")[".estimate"].item(), 4)
    0.3333
    """
    if kind not in _KINDS:
        raise OptionError(f"survival_metric(kind=): expected one of {', '.join(map(repr, _KINDS))}; got {kind!r}.")

    def declare(formula: Callable[Concatenate[Any, P], Any]) -> SurvivalMetric[P]:
        metric = Metric(
            name=formula.__name__,
            kind=kind,
            direction=direction,
            range=range,
            estimators=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, _KINDS[kind], formula)

    return declare


_KINDS = {name: SurvivalKind(name) for name in (*TIMED, "static_survival", "linear_pred_survival")}


def survival_vector(function: SurvivalMetric[P]) -> SurvivalVector:
    """Give the form of a metric of survival data that takes vectors."""
    return VectorFunction(function)  # type: ignore[arg-type]
