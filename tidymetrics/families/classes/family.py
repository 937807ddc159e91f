"""Class metrics: predicted classes against true ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

from tidymetrics.core.evaluate import BoundMetric, Outcome, evaluate, evaluate_frame
from tidymetrics.core.function import MetricFunction, VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import flag, one_of
from tidymetrics.errors import EstimatorError, LevelError, OptionError
from tidymetrics.families.classes.matrix import ConfusionMatrix, is_table
from tidymetrics.frames import ESTIMATE, TRUTH, WEIGHT, Role, event_position, given_levels, prepare, prepare_vectors, recognise
from tidymetrics.statistics import Confusion, ConfusionCounts, EventCounts, PerGroup, Reductions, average

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl
    from narwhals.typing import IntoDataFrameT
    from polars.dataframe.group_by import GroupBy
    from polars.lazyframe.group_by import LazyGroupBy

    from tidymetrics.typing import Array, By, Direction, Estimator, EventLevel, Level, Vector

S = TypeVar("S", ConfusionCounts, EventCounts)
P = ParamSpec("P")

AVERAGED = ("binary", "macro", "macro_weighted", "micro")
BY_SIZE = ("binary", "multiclass")
"""The estimators of metrics with a multiclass form of their own: the number of levels decides."""


class ClassMetric(Protocol[P]):
    """A class metric, as type checkers see it."""

    __name__: str
    metric: Metric

    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
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
        estimate: str,
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
        estimate: str,
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

    def tweak(self, **arguments: Any) -> ClassMetric[P]:
        """Fix arguments."""


class ClassVector(Protocol[P]):
    """A class metric of vectors, as type checkers see it."""

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


def with_levels(bound: BoundMetric, levels: Sequence[Level] | None) -> BoundMetric:
    """Give a class metric the levels that its call lists."""
    known = None if levels is None else given_levels(levels)
    return replace(bound, statistics=(Confusion.request(known), *bound.statistics[1:]))


def class_roles(truth: Any, estimate: Any, case_weights: Any) -> list[Role]:
    """Name the columns that class metrics read."""
    roles = [Role(TRUTH, "truth", truth, "class"), Role(ESTIMATE, "estimate", estimate, "class")]
    return roles if case_weights is None else [*roles, Role(WEIGHT, "case_weights", case_weights, "number")]


class ClassKind:
    """The kind of metrics that are a formula over confusion counts."""

    name = "class"
    family = "class"
    each: tuple[str, ...] = ("estimator", "na_rm", "event_level", "event")

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def call(
            data: Any,
            truth: str,
            estimate: str,
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
            rows = prepare(recognise(data, by), class_roles(truth, estimate, case_weights))
            return evaluate_frame([with_levels(bound, levels)], rows)

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
            bound = with_levels(metric.bind(arguments, options), levels)
            vectors = prepare_vectors(class_roles(truth, estimate, case_weights))
            reductions = Reductions(vectors, bound.statistics)
            return float(evaluate([bound], reductions)[0].values[0])

        return call

    def takes_counts(self, data: Any) -> bool:
        """Tell a confusion matrix, or a square table of counts."""
        return is_table(data)

    def score_counts(self, metric: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:
        """Score a confusion matrix, or a square table with `levels=`."""
        if metric.metric.per_group:
            raise OptionError(f"{metric.metric.name} is a function of vectors: it needs rows, not counts.")
        levels = arguments.pop("levels", None)
        if not isinstance(counts, ConfusionMatrix):
            if levels is None:
                raise LevelError(
                    f"{metric.metric.name}: a table of counts has no levels; write levels=[...], in the table's order."
                )
            counts = ConfusionMatrix(counts, levels)
        elif levels is not None:
            raise OptionError(f"{metric.metric.name}: the matrix has its levels; leave out levels=.")
        if rows := [name for name in ("estimate", "by", "case_weights", "na_rm") if arguments.pop(name, None) is not None]:
            raise OptionError(f"{metric.metric.name}: {rows[0]}= is about rows, and a confusion matrix has none.")
        defaults = {"estimator": None, "na_rm": True, "event_level": "first", "event": None}
        own = {name: arguments.pop(name, default) for name, default in defaults.items()}
        return counts.score([metric.bind(own, arguments)])

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a class metric with its arguments, checking them."""
        record = metric.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        one_of("first", "second")(record.name, "event_level", arguments.get("event_level", "first"))
        if arguments.get("event") is not None and arguments.get("event_level", "first") != "first":
            raise OptionError(f"{record.name}: event= and event_level= say the same thing; give one of them.")
        record.require_choice(arguments.get("estimator"))
        if record.per_group:
            per_group = PerGroup(record.name, record.formula, tuple(options.items()))
            return BoundMetric(record.name, record, options, arguments, (Confusion.request(), per_group), finish_per_group)
        return BoundMetric(record.name, record, options, arguments, (Confusion.request(),), finish)


def resolve_estimator(metric: Metric, estimator: str | None, n_levels: int) -> str:
    """Give the estimator that the number of levels leads to, refusing one that it rules out."""
    binary = n_levels <= 2
    if estimator is None:
        return "binary" if binary else ("multiclass" if "multiclass" in metric.estimators else "macro")
    if estimator == "binary" and not binary:
        raise EstimatorError(
            f'{metric.name}: estimator="binary" is for two levels, and there are {n_levels}; leave it out, or take one of '
            f"{', '.join(e for e in metric.estimators if e != 'binary')}."
        )
    if estimator == "multiclass" and binary:
        raise EstimatorError(f'{metric.name}: estimator="multiclass" is for three levels or more; leave it out.')
    return estimator


def finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to the counts that its estimator calls for."""
    confusion: Confusion = reductions.get(bound.statistics[0])
    metric, levels = bound.metric, confusion.levels
    estimator = resolve_estimator(metric, bound.arguments.get("estimator"), len(levels))
    if len(levels) > 2 and metric.needs_order(bound.options):
        levels.require_order(f"{metric.name} with these options")
    event = bound.arguments.get("event")
    position = 0
    if event is not None or (estimator == "binary" and not metric.symmetric):
        position = event_position(levels, event, bound.arguments.get("event_level", "first"), metric.name)
    values = _values(bound, confusion, estimator, position)
    extra = {".level": levels.values} if estimator == "per_class" else {}
    return Outcome(values, estimator, confusion.totals, extra)


def _values(bound: BoundMetric, confusion: Confusion, estimator: str, position: int) -> Array:
    """Give the values [groups] of the estimator, or [groups, levels] for a row a level."""

    def apply(counts: EventCounts) -> Array:
        made: Array = bound.metric.apply(counts, bound.options, counts.tp.shape)
        return made

    by_level, pooled = confusion.by_level, confusion.pooled
    if len(confusion.levels) == 1:  # the table has a second level only so that one has a rest
        by_level = pooled = by_level.of_event(0)
    values: Array
    if bound.metric.statistic is ConfusionCounts:
        counts = confusion.counts.against_rest() if estimator == "per_class" else confusion.counts
        values = bound.metric.apply(counts, bound.options, counts.table.shape[:-2])
    elif estimator == "binary":
        values = apply(by_level.of_event(position))[:, 0]
    elif estimator == "micro":
        values = apply(pooled)[:, 0]
    elif estimator == "macro_recall":
        values = average(by_level.recall, None, "drop")
    elif estimator == "per_class":
        values = apply(by_level)
    else:
        weights = by_level.true_events if estimator == "macro_weighted" else None
        values = average(apply(by_level), weights, bound.metric.average)
    return values[:, : len(confusion.levels)] if estimator == "per_class" else values


def finish_per_group(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Take what a plain function gave for each group; the counts check the levels, and name the estimator."""
    confusion: Confusion = reductions.get(bound.statistics[0])
    made = reductions.get(bound.statistics[1])
    return Outcome(made.values, resolve_estimator(bound.metric, None, len(confusion.levels)), made.totals)


KIND = ClassKind()


def class_metric(
    statistic: type[S],
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    average: str = "drop",
    symmetric: bool = False,
    estimators: tuple[str, ...] | None = None,
    needs_order: Callable[[Mapping[str, Any]], bool] = lambda _: False,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[Concatenate[S, P], Array]], ClassMetric[P]]:
    """Make a class metric of a formula over confusion counts.

    All built-in class metrics are made by this decorator. The formula is the only thing to write: groups, weights, missing
    values, levels, the event, averages, warnings, the form of the result, every kind of frame and metric sets come with it.

    *The statistic.* A formula stands on one of two. `EventCounts` holds, for an event against the rest, the arrays ``tp``,
    ``fp``, ``fn``, ``tn``, their sums ``true_events`` (tp + fn), ``true_others`` (fp + tn), ``predicted_events`` (tp + fp),
    ``predicted_others`` (fn + tn) and ``total``, and the ratios ``recall``, ``specificity`` and ``precision``; each is
    [groups, events]. The same formula serves the binary case (one event), each level against the rest (as many events as
    levels), and pooled counts ("micro"): it must work element by element, and not look at shapes. `ConfusionCounts` holds the
    whole ``table`` [..., levels, levels], predictions being rows, with ``total``, ``correct``, ``predicted`` and ``true``; for
    formulas that take all levels at once. Its value is [...], and ``estimator="per_class"`` calls it on two-by-two tables.

    *Counts are sums of weights*, so they need not be whole. Compare them with 0 freely: what should be 0 is 0, since they are
    made by addition alone.

    *A value that does not exist* is nan. `ratio` divides and gives nan where the denominator is not positive. It becomes null
    in the result and is announced, with the reason in `undefined`. Groups without rows, of weight 0, or with missing values
    under ``na_rm=False`` need no care.

    *Averages.* For more than two levels the values of the levels are averaged: evenly ("macro"), by their share of truth
    ("macro_weighted"), or the counts are pooled first ("micro"). `average` says what an undefined level does to the first two.

    *Options.* Keyword-only parameters of the formula become arguments of the metric, of `.tweak` and of sets; a check named in
    `checks` refuses wrong values with an error that names the argument.

    *The event.* A metric that is the same for both events says so by `symmetric`; then strings, whose levels have no order, can
    be scored without naming one.

    *Sharing.* Metrics of a set that stand on the same statistic reduce the data once; nothing needs to be declared for it.

    A decorated formula has no vector form of its own: make one by ``class_vector``. To write a metric as a plain function of
    two vectors instead, which is called group by group, see `metric_from_vec`.

    Parameters
    ----------
    statistic
        What the formula's first argument is: `EventCounts`, arrays [groups, events] of an event against the rest, whose
        values are averaged over levels; or `ConfusionCounts`, whose `table` is [..., levels, levels] with predictions as
        rows, for a formula that takes all levels at once and gives [...].
    direction
        "maximize", "minimize" or "zero": which way is better.
    range
        The least and the greatest value.
    undefined
        When the value does not exist, as the end of the sentence "undefined where ...".
    average
        Whether an average leaves out undefined levels ("drop") or is undefined with one ("keep").
    symmetric
        Whether the value is the same whichever of two levels is the event.
    estimators
        The estimators that can be asked for; by default all averages for `EventCounts`.
    needs_order
        Whether the options make the value depend on the order of three or more levels.
    checks
        For each option the function that refuses wrong values of it.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import numpy as np
    >>> from tidymetrics.families.classes.family import class_metric
    >>> from tidymetrics.statistics import EventCounts, ratio
    >>> @class_metric(EventCounts, direction="maximize", range=(0, 1), undefined="nothing is predicted or true")
    ... def jaccard_doc(counts: EventCounts) -> np.ndarray:
    ...     "Jaccard index: tp / (tp + fp + fn)."
    ...     return ratio(counts.tp, counts.tp + counts.fp + counts.fn)
    >>> jaccard_doc
    <jaccard_doc: a class metric, maximize, range [0, 1]; estimators binary, macro, macro_weighted, micro>
    """

    def declare(formula: Callable[Concatenate[S, P], Array]) -> ClassMetric[P]:
        of_table = issubclass(statistic, ConfusionCounts)
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction=direction,
            range=range,
            estimators=estimators or (BY_SIZE if of_table else AVERAGED),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            average=average,
            symmetric=symmetric or of_table,
            needs_order=needs_order,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, KIND, formula)

    return declare


def class_vector(function: ClassMetric[P]) -> ClassVector[P]:
    """Give the form of a class metric that takes vectors."""
    return VectorFunction(function)  # type: ignore[arg-type]
