"""Metrics of class probabilities: losses, and areas under the curves of ranked scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, overload

from tidymetrics.core.evaluate import BoundMetric, Outcome, evaluate, evaluate_frame
from tidymetrics.core.function import MetricFunction, NeedsRows, VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import bins_or_none, flag, one_of
from tidymetrics.errors import EstimatorError, OptionError
from tidymetrics.frames import (
    TRUTH,
    WEIGHT,
    Asked,
    ProbabilityColumns,
    Role,
    bind_frame,
    bind_vectors,
    is_unordered,
    prepare,
    prepare_vectors,
    recognise,
    require_ordered,
)
from tidymetrics.frames import read_classes as read_truth
from tidymetrics.statistics import (
    GroupTotals,
    PerGroup,
    ProbabilityMean,
    RankedScores,
    Reductions,
    average,
    reads_for,
    require_row_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl
    from narwhals.selectors import Selector
    from narwhals.typing import IntoDataFrameT
    from polars import Expr as PolarsExpr
    from polars.dataframe.group_by import GroupBy
    from polars.lazyframe.group_by import LazyGroupBy

    from tidymetrics.typing import Array, By, Direction, Estimator, EventLevel, Level, Vector

    Probabilities = str | Sequence[str] | Mapping[Any, str] | Selector | PolarsExpr

P = ParamSpec("P")

RANKED = ("binary", "macro", "macro_weighted")


class ProbMetric(Protocol[P]):
    """A metric of probabilities, as type checkers see it."""

    __name__: str
    metric: Metric

    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> Any: ...

    def tweak(self, **arguments: Any) -> ProbMetric[P]:
        """Fix arguments."""


class ProbVector(Protocol[P]):
    """A metric of probabilities in vectors, as type checkers see it."""

    __name__: str
    metric: Metric

    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> float:
        """Score vectors."""


def prob_roles(truth: Any, columns: Sequence[Role], case_weights: Any) -> list[Role]:
    """Name the columns that metrics of probabilities read."""
    roles = [Role(TRUTH, "truth", truth, "class"), *columns]
    return roles if case_weights is None else [*roles, Role(WEIGHT, "case_weights", case_weights, "number")]


def events_of(bounds: Sequence[BoundMetric]) -> tuple[Any, ...]:
    """Give the events that metrics name."""
    return tuple(b.arguments["event"] for b in bounds if b.arguments.get("event") is not None)


@dataclass(frozen=True)
class ProbKind(NeedsRows):
    """The kinds of metrics that take a column of probabilities a level, or the event's alone."""

    name: str = "prob"
    family: str = "class"
    each: tuple[str, ...] = ("estimator", "na_rm", "event_level", "event")

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def call(
            data: Any,
            truth: str,
            estimate: Probabilities,
            *,
            by: By = None,
            estimator: Estimator | None = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            event_level: EventLevel = "first",
            event: Level | None = None,
            levels: Sequence[Level] | None = None,
            **options: Any,
        ) -> Any:
            arguments = {"estimator": estimator, "na_rm": na_rm, "event_level": event_level, "event": event}
            bound = metric.bind(arguments, options)
            source = recognise(data, by)
            asked = Asked("estimate", estimate, levels, events_of([bound]), ordered_by([bound]))
            binding, columns = bind_frame(asked, source, truth)
            rows = prepare(source, prob_roles(truth, columns, case_weights), levels=binding.levels.values)
            bound = resolve(bound, binding, weighted=case_weights is not None)
            return evaluate_frame([bound], rows)

        return call

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores vectors."""

        def call(
            truth: Vector,
            estimate: Vector,
            *,
            estimator: Estimator | None = None,
            na_rm: bool = True,
            case_weights: Vector | None = None,
            event_level: EventLevel = "first",
            event: Level | None = None,
            levels: Sequence[Level] | None = None,
            **options: Any,
        ) -> float:
            if estimator == "per_class":
                raise EstimatorError(
                    f'{metric.metric.name}_vec gives one number; estimator="per_class" gives several: pass a frame to '
                    f"{metric.metric.name}."
                )
            arguments = {"estimator": estimator, "na_rm": na_rm, "event_level": event_level, "event": event}
            bound = metric.bind(arguments, options)
            coded = read_truth(truth, "truth")
            if levels is None and is_unordered(truth) and not isinstance(estimate, Mapping):
                require_ordered(ordered_by([bound]), "truth", coded.values)
            binding, columns = bind_vectors(Asked("estimate", estimate, levels, events_of([bound])), coded)
            vectors = prepare_vectors(prob_roles(coded, columns, case_weights), levels=binding.levels.values)
            bound = resolve(bound, binding, weighted=case_weights is not None)
            reductions = Reductions(vectors, bound.statistics)
            return float(evaluate([bound], reductions)[0].values[0])

        return call

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric of probabilities with its arguments, checking them; `resolve` finds its statistics."""
        record = metric.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        one_of("first", "second")(record.name, "event_level", arguments.get("event_level", "first"))
        if arguments.get("event") is not None and arguments.get("event_level", "first") != "first":
            raise OptionError(f"{record.name}: event= and event_level= say the same thing; give one of them.")
        record.require_choice(arguments.get("estimator"))
        return BoundMetric(record.name, record, options, arguments, (), finish)


def ordered_by(bounds: Sequence[BoundMetric]) -> str | None:
    """Name a metric that the order of the levels matters to."""
    return next((b.name for b in bounds if b.metric.kind == ORDERED_KIND.name), None)


def _estimator(bound: BoundMetric, n_levels: int, *, weighted: bool) -> str:
    metric, asked = bound.metric, bound.arguments.get("estimator")
    if metric.kind == ORDERED_KIND.name:
        return "multiclass"
    binary = n_levels <= 2
    if asked == "binary" and not binary:
        raise EstimatorError(
            f'{metric.name}: estimator="binary" is for two levels, and there are {n_levels}; leave it out, or take one of '
            f"{', '.join(e for e in metric.estimators if e != 'binary')}."
        )
    if asked == "multiclass" and binary:
        raise EstimatorError(f'{metric.name}: estimator="multiclass" is for three levels or more; leave it out.')
    if asked == "hand_till" and weighted:
        raise EstimatorError(
            f'{metric.name}: estimator="hand_till" has no form with case weights; leave it out for macro, or take '
            "macro_weighted."
        )
    if asked is not None:
        return str(asked)
    if binary:
        return "binary"
    if "multiclass" in metric.estimators:
        return "multiclass"
    return "hand_till" if "hand_till" in metric.estimators and not weighted else "macro"


def resolve(bound: BoundMetric, binding: ProbabilityColumns, *, weighted: bool) -> BoundMetric:
    """Find the statistics that a metric needs, now that its levels and columns are known."""
    metric, n_levels = bound.metric, len(binding.levels)
    estimator = _estimator(bound, n_levels, weighted=weighted)
    position = None
    if estimator == "binary" and metric.fixed_average is None:
        event, event_level = bound.arguments.get("event"), bound.arguments.get("event_level", "first")
        column, position = binding.of_event(event, event_level, metric.name)
        columns: tuple[str, ...] = (column,)
    else:
        chosen = n_levels <= 2 and metric.choices
        columns = binding.require_complete(f'{metric.name} with estimator="{estimator}"' if chosen else metric.name)
    if metric.statistic is RankedScores:
        events = tuple(range(n_levels)) if position is None else (position,)
        areas = frozenset({"wins"} if estimator == "hand_till" else metric.areas)
        statistic: Any = RankedScores.request(columns, events, n_levels, bound.options.get("bins"), areas)
    elif metric.per_group:
        own = tuple(bound.options.items())
        values = binding.levels.values
        per_group = PerGroup(metric.name, metric.formula, own, columns, values)
        arguments = {**bound.arguments, "estimator": estimator}
        return replace(
            bound,
            arguments=arguments,
            statistics=(per_group,),
            finish=finish_per_group,
            levels=values,
        )
    else:
        options = tuple(bound.metric.bind_levels(bound.options, binding.levels.values).items())
        statistic = ProbabilityMean(metric.formula, options, columns, n_levels, position)
    totals = GroupTotals.request(reads_for(columns))
    arguments = {**bound.arguments, "estimator": estimator}
    return replace(
        bound,
        arguments=arguments,
        statistics=(totals, statistic),
        levels=binding.levels.values,
    )


def finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to ranked scores and average it, or finish the mean of a loss."""
    totals_over, statistic = bound.statistics
    totals = reductions.get(totals_over)
    metric, estimator = bound.metric, bound.arguments["estimator"]
    made = reductions.get(statistic)
    if metric.statistic is not RankedScores:
        own: Any = metric.transform
        values = made if own is None else own(made, totals.weight, **bound.options)
        return Outcome(values, estimator, totals)
    if estimator == "hand_till":
        pairs = made.pairwise()
        values = pairs.mean_over_pairs(metric.apply(pairs, bound.options, pairs.events.shape))
        error = None if pairs.error_bounds is None else pairs.mean_over_pairs(pairs.error("roc")) * metric.error_scale
        return Outcome(values, estimator, totals, error=error)
    values = metric.apply(made, bound.options, made.events.shape)  # [groups, events]
    error = None if made.error_bounds is None else made.error(metric.areas[0]) * metric.error_scale
    if estimator == "per_class":
        return Outcome(values, estimator, totals, {".level": bound.levels}, error)
    how = metric.fixed_average or estimator
    # an average is off by no more than the average of what its terms are off by
    values = _averaged(made, values, how)
    error = None if error is None else _averaged(made, error, how)
    label = estimator if metric.fixed_average is None else "binary" if len(bound.levels) <= 2 else "macro"
    return Outcome(values, label, totals, error=error)


def _averaged(ranked: RankedScores, values: Array, estimator: str) -> Array:
    """Make one value of those of the events: [groups]."""
    if estimator == "binary":
        return values[:, 0]
    return average(values, ranked.events if estimator == "macro_weighted" else None, "keep")


def finish_per_group(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Take what a plain function gave for each group."""
    made = reductions.get(bound.statistics[0])
    return Outcome(made.values, bound.arguments["estimator"], made.totals)


KIND = ProbKind()
ORDERED_KIND = ProbKind("ordered_prob")
"""The kind of metrics whose levels must have an order."""


def prob_metric(
    statistic: type[RankedScores] | None = None,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    areas: tuple[str, ...] = (),
    error_scale: float = 1.0,
    estimators: tuple[str, ...] | None = None,
    fixed_average: str | None = None,
    transform: Callable[..., Array] | None = None,
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    bind_levels: Callable[[Mapping[str, Any], Sequence[Level]], Mapping[str, Any]] = lambda options, _levels: options,
    ordered: bool = False,
) -> Callable[[Callable[Concatenate[Any, P], Any]], ProbMetric[P]]:
    """Make a metric of probabilities of a formula.

    Parameters
    ----------
    statistic
        None for a loss: the formula takes two lists of narwhals expressions, one a level each: indicators of the true level
        (1.0 or 0.0) and probabilities; and gives each row's loss, whose weighted mean is the metric. (Vector forms pass
        Series, which have the same operators and methods.) `RankedScores` for a formula over arrays [groups, events].
    direction
        "maximize", "minimize" or "zero": which way is better.
    range
        The least and the greatest value.
    areas
        For `RankedScores`: which areas the formula takes, of "roc", "pr" and "average_precision".
    error_scale
        For `RankedScores`: how many times as far off as its (first) area the value can be, where scores are cut into bins.
    estimators
        The estimators that can be asked for; by default binary and multiclass for a loss, binary, macro and macro_weighted for
        ranked scores.
    fixed_average
        The average to take whatever the number of levels, for metrics without estimators.
    transform
        What finishes the mean of a loss: a function of the mean [groups], the weight [groups] and the options.
    undefined
        When the value does not exist, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    bind_levels
        Makes what the loss takes of the options and the levels.
    ordered
        Whether the levels must have an order; the loss then takes all probabilities, whatever the number of levels.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> from tidymetrics.families.classes.probabilities import prob_metric
    >>> @prob_metric(direction="minimize", range=(0, 1))
    ... def chance_of_error_doc(truth, probabilities):
    ...     "The mean probability of the wrong levels."
    ...     return sum((1.0 - t) * p for t, p in zip(truth, probabilities))
    >>> import polars as pl
    >>> df = pl.DataFrame({"obs": [True, False], "p": [0.9, 0.2]})
    >>> round(chance_of_error_doc(df, "obs", "p")[".estimate"].item(), 6)
    0.15
    """

    def declare(formula: Callable[Concatenate[Any, P], Any]) -> ProbMetric[P]:
        ranked = statistic is not None
        if not ranked:
            require_row_values(formula, of_levels=True)
        kind = ORDERED_KIND if ordered else KIND
        metric = Metric(
            name=formula.__name__,
            kind=kind.name,
            direction=direction,
            range=range,
            estimators=estimators or (RANKED if ranked else ("multiclass",) if ordered else ("binary", "multiclass")),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            average="keep",
            transform=transform,
            areas=areas,
            error_scale=error_scale,
            fixed_average=fixed_average,
            options=own_options(formula),
            checks={**({"bins": bins_or_none} if ranked else {}), **(checks or {})},
            bind_levels=bind_levels,
        )
        return publish(metric, kind, formula)

    return declare


def prob_vector(function: ProbMetric[P]) -> ProbVector[P]:
    """Give the form of a metric of probabilities that takes vectors."""
    return VectorFunction(function)  # type: ignore[arg-type]
