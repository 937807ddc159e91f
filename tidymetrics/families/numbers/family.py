"""Numeric metrics: predicted numbers against true ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

from tidymetrics.core.evaluate import BoundMetric, Outcome, evaluate, evaluate_frame
from tidymetrics.core.function import MetricFunction, NeedsRows, VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import flag
from tidymetrics.frames import ESTIMATE, ORDER, TRUTH, WEIGHT, Role, prepare, prepare_vectors, recognise
from tidymetrics.statistics import GroupTotals, PerGroup, Reductions, RowMean, require_row_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import narwhals as nw
    import polars as pl
    from narwhals.typing import IntoDataFrameT
    from polars.dataframe.group_by import GroupBy
    from polars.lazyframe.group_by import LazyGroupBy

    from tidymetrics.typing import Array, By, Direction, Vector

S = TypeVar("S")
P = ParamSpec("P")


class NumericMetric(Protocol[P]):
    """A numeric metric, as type checkers see it."""

    __name__: str
    metric: Metric

    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
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
        na_rm: bool = ...,
        case_weights: str | None = ...,
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
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> Any: ...

    def tweak(self, **arguments: Any) -> NumericMetric[P]:
        """Fix arguments."""


class NumericVector(Protocol[P]):
    """A numeric metric of vectors, as type checkers see it."""

    __name__: str
    metric: Metric

    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> float:
        """Score vectors."""


def numeric_roles(truth: Any, estimate: Any, case_weights: Any, order_by: Any = None) -> list[Role]:
    """Name the columns that numeric metrics read."""
    roles = [Role(TRUTH, "truth", truth, "number"), Role(ESTIMATE, "estimate", estimate, "number")]
    if case_weights is not None:
        roles.append(Role(WEIGHT, "case_weights", case_weights, "number"))
    if order_by is not None:
        roles.append(Role(ORDER, "order_by", order_by, "order"))
    return roles


class NumericKind(NeedsRows):
    """The kind of metrics that are a formula over sums, moments or sorted rows of two columns of numbers."""

    name = "numeric"
    family = "numeric"
    each: tuple[str, ...] = ("na_rm",)

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def call(
            data: Any,
            truth: str,
            estimate: str,
            *,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            **options: Any,
        ) -> Any:
            bound = metric.bind({"na_rm": na_rm}, options)
            roles = numeric_roles(truth, estimate, case_weights, bound.options.get("order_by"))
            rows = prepare(recognise(data, by), roles, row_order=needs_row_order(bound, case_weights))
            return evaluate_frame([bound], rows)

        return call

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores vectors."""

        def call(
            truth: Vector, estimate: Vector, *, na_rm: bool = True, case_weights: Vector | None = None, **options: Any
        ) -> float:
            bound = metric.bind({"na_rm": na_rm}, options)
            vectors = prepare_vectors(numeric_roles(truth, estimate, case_weights, bound.options.get("order_by")))
            return float(evaluate([bound], Reductions(vectors, bound.statistics))[0].values[0])

        return call

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a numeric metric with its arguments, checking them."""
        record = metric.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        statistic: Any = record.statistic
        if record.per_group:
            per_group = PerGroup(record.name, record.formula, tuple(options.items()))
            return BoundMetric(record.name, record, options, arguments, (per_group,), finish_per_group)
        if statistic is None:
            statistic = RowMean(record.formula, tuple(options.items()))
        else:
            statistic = statistic.request() if hasattr(statistic, "request") else statistic(options)
        return BoundMetric(record.name, record, options, arguments, (GroupTotals.request(), statistic), finish)


def needs_row_order(bound: BoundMetric, case_weights: Any) -> bool:
    """Tell whether the order of the rows themselves matters, so that it must be recorded."""
    return bound.metric.row_order(bound.options, case_weights is not None)


def finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to its statistic, or finish the mean of what it gives for each row."""
    totals: GroupTotals = reductions.get(GroupTotals.request())
    metric = bound.metric
    made = reductions.get(bound.statistics[1])
    if metric.statistic is None:
        values = made if metric.transform is None else metric.transform(made)
    else:
        values = metric.apply(made, bound.options, totals.n.shape)
    return Outcome(values, "standard", getattr(made, "totals", totals))


def finish_per_group(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Take what a plain function gave for each group."""
    made = reductions.get(bound.statistics[0])
    return Outcome(made.values, "standard", made.totals)


KIND = NumericKind()


@overload
def numeric_metric(
    statistic: None = None,
    *,
    direction: Direction,
    range: tuple[float, float],
    transform: Callable[[Any], Any] | None = ...,
    undefined: str = ...,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = ...,
) -> Callable[[Callable[Concatenate[nw.Expr, nw.Expr, P], nw.Expr]], NumericMetric[P]]: ...
@overload
def numeric_metric(
    statistic: type[S] | Callable[[Mapping[str, Any]], Any],
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = ...,
    row_order: Callable[[Mapping[str, Any], bool], bool] = ...,
) -> Callable[[Callable[Concatenate[S, P], Array]], NumericMetric[P]]: ...
def numeric_metric(
    statistic: Any = None,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    transform: Callable[[Any], Any] | None = None,
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    row_order: Callable[[Mapping[str, Any], bool], bool] = lambda _options, _weighted: False,
) -> Any:
    """Make a numeric metric of a formula.

    Parameters
    ----------
    statistic
        None for a formula of two narwhals expressions, truth and estimate, that gives each row's value; the metric is
        its weighted mean. (Vector forms pass narwhals Series, which have the same operators and methods.) Else a class
        of statistics, such as `Moments`, whose arrays [groups] the formula takes as its first argument.
    direction
        "maximize", "minimize" or "zero": which way is better.
    range
        The least and the greatest value.
    transform
        What finishes the mean of row values, such as `numpy.sqrt`.
    undefined
        When the value does not exist, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    row_order
        Whether the order of rows matters, given the options and whether there are weights.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> from tidymetrics.families.numbers.family import numeric_metric
    >>> @numeric_metric(direction="minimize", range=(0, float("inf")))
    ... def quartic_error_doc(truth, estimate):
    ...     "Mean fourth power of the error."
    ...     return (truth - estimate) ** 4
    >>> quartic_error_doc(pl.DataFrame({"y": [1.0, 2.0], "x": [1.0, 4.0]}), "y", "x")[".estimate"].item()
    8.0
    """

    def declare(formula: Callable[..., Any]) -> Any:
        if statistic is None:
            require_row_values(formula)
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction=direction,
            range=range,
            estimators=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            transform=transform,
            options=own_options(formula),
            checks=checks or {},
            row_order=row_order,
        )
        return publish(metric, KIND, formula)

    return declare


def numeric_vector(function: NumericMetric[P]) -> NumericVector[P]:
    """Give the form of a numeric metric that takes vectors."""
    return VectorFunction(function)  # type: ignore[arg-type]
