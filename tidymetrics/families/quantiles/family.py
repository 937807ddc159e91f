"""Metrics of quantile forecasts: a column of predicted quantiles a level."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, overload

from tidymetrics.core.evaluate import BoundMetric, Outcome, evaluate, evaluate_frame, stack_depth
from tidymetrics.core.function import MetricFunction, NeedsRows, VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import flag
from tidymetrics.errors import CrossingQuantilesWarning, OptionError, listed
from tidymetrics.frames import (
    TRUTH,
    WEIGHT,
    InputFrame,
    PreparedFrame,
    Role,
    pairs_of_vectors,
    prepare,
    recognise,
    source_of_vectors,
)
from tidymetrics.statistics import IntervalScores, QuantileLosses, Reductions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl
    from narwhals.typing import IntoDataFrameT
    from polars.dataframe.group_by import GroupBy
    from polars.lazyframe.group_by import LazyGroupBy

    from tidymetrics.typing import By, Direction, Vector

P = ParamSpec("P")


class QuantileMetric(Protocol[P]):
    """A metric of quantile forecasts, as type checkers see it."""

    __name__: str
    metric: Metric

    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
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
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
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
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> Any: ...

    def tweak(self, **arguments: Any) -> QuantileMetric[P]:
        """Fix arguments."""


class QuantileVector(Protocol[P]):
    """A metric of quantile forecasts in vectors, as type checkers see it."""

    __name__: str
    metric: Metric

    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        *positional: P.args,
        **options: P.kwargs,
    ) -> float:
        """Score vectors."""


class QuantileKind(NeedsRows):
    """The kind of metrics that take a column of predicted quantiles for each of some levels."""

    name = "quantile"
    family = "quantile"
    each: tuple[str, ...] = ("quantile_levels", "na_rm")

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def call(
            data: Any,
            truth: str,
            estimate: Sequence[str],
            *,
            quantile_levels: Sequence[float] | None = None,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            **options: Any,
        ) -> Any:
            bound = metric.bind({"quantile_levels": quantile_levels, "na_rm": na_rm}, options)
            bounds, rows = prepare_quantiles([bound], recognise(data, by), truth, estimate, case_weights)
            return evaluate_frame(bounds, rows)

        return call

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores vectors."""

        def call(
            truth: Vector,
            estimate: Vector,
            *,
            quantile_levels: Sequence[float] | None = None,
            na_rm: bool = True,
            case_weights: Vector | None = None,
            **options: Any,
        ) -> float:
            bound = metric.bind({"quantile_levels": quantile_levels, "na_rm": na_rm}, options)
            given = estimate.to_numpy() if hasattr(estimate, "columns") and hasattr(estimate, "to_numpy") else estimate
            quantiles = {f"estimate {i + 1}": vector for i, vector in enumerate(pairs_of_vectors(given))}
            vectors = {"truth": truth, **quantiles} | ({} if case_weights is None else {"case_weights": case_weights})
            weights = None if case_weights is None else "case_weights"
            source = source_of_vectors(vectors)
            bounds, rows = prepare_quantiles([bound], source, "truth", list(quantiles), weights)
            return float(evaluate(bounds, Reductions(rows, bounds[0].statistics))[0].values[0])

        return call

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them; its columns are looked up later."""
        record = metric.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        if arguments.get("quantile_levels") is not None:
            arguments = {**arguments, "quantile_levels": read_levels(record.name, arguments["quantile_levels"])}
        return BoundMetric(record.name, record, options, arguments, (), finish)


def read_levels(name: str, given: Any) -> tuple[float, ...]:
    """Check the levels of quantiles."""
    argument = f"{name}(quantile_levels=)"
    try:
        levels = [float(level) for level in ([given] if isinstance(given, (int, float)) else given)]
    except (TypeError, ValueError):
        raise OptionError(f"{argument}: expected numbers between 0 and 1; got {given!r}.") from None
    if bad := [level for level in levels if not 0 <= level <= 1]:
        hint = " Percentages must be divided by 100." if max(levels) > 1 else ""
        raise OptionError(f"{argument}: expected numbers between 0 and 1; got {listed(bad)}.{hint}")
    if not levels:
        raise OptionError(f"{argument}: expected at least one level.")
    if len(set(levels)) < len(levels):
        raise OptionError(f"{argument}: a level is given twice: {listed(levels, 20)}.")
    if levels != sorted(levels):
        raise OptionError(
            f"{argument}: expected increasing levels, with the columns of estimate in the same order; got {listed(levels, 20)}."
        )
    return tuple(levels)


def prepare_quantiles(
    bounds: Sequence[BoundMetric], source: InputFrame, truth: Any, estimate: Any, case_weights: Any
) -> tuple[list[BoundMetric], PreparedFrame]:
    """Prepare the frame of metrics of quantiles, and find what each stands on."""
    names = [estimate] if isinstance(estimate, str) else estimate
    if not isinstance(names, Sequence):
        raise OptionError(f"estimate: expected a list of columns, one for each quantile level; got {estimate!r}.")
    columns = [Role(f"tm_q{i}", "estimate", name, "number") for i, name in enumerate(names)]
    weights = [] if case_weights is None else [Role(WEIGHT, "case_weights", case_weights, "number")]
    rows = prepare(source, [Role(TRUTH, "truth", truth, "number"), *columns, *weights])
    resolved = []
    for bound in bounds:
        levels = bound.arguments.get("quantile_levels")
        if levels is None:
            raise OptionError(
                f"{bound.name}: write quantile_levels=[...], the level of each column of estimate, such as 0.05, 0.5 and 0.95."
            )
        if len(levels) != len(columns):
            raise OptionError(
                f"{bound.name}: expected a column of estimate for each of the {len(levels)} quantile levels "
                f"{listed(levels, 20)}; got {len(columns)}: {listed(names, 20)}."
            )
        if len(set(names)) < len(names):
            raise OptionError(f"estimate: a column is named twice: {listed(names, 20)}.")
        statistic = bound.metric.statistic(tuple(role.name for role in columns), levels, bound.options)
        resolved.append(replace(bound, statistics=(statistic,)))
    return resolved, rows


def finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to the scores of the rows; warn of quantiles that cross."""
    made: IntervalScores = reductions.get(bound.statistics[0])
    if made.crossed and not reductions.told(CrossingQuantilesWarning):
        warnings.warn(
            f"{bound.name}: in {int(made.crossed)} {'row' if made.crossed == 1 else 'rows'} the predicted quantiles cross: one "
            "is below that of a lower level. They are scored as they are; sort them in each row, or mend the model.",
            CrossingQuantilesWarning,
            stacklevel=stack_depth(),
        )
    return Outcome(bound.metric.apply(made, bound.options, made.total.shape), "standard", made.totals)


KIND = QuantileKind()


def _losses(columns: tuple[str, ...], levels: tuple[float, ...], _options: Mapping[str, Any]) -> QuantileLosses:
    return QuantileLosses(columns, levels)


def quantile_metric(
    statistic: Callable[[tuple[str, ...], tuple[float, ...], Mapping[str, Any]], Any] = _losses,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[Concatenate[Any, P], Any]], QuantileMetric[P]]:
    """Make a metric of quantile forecasts of a formula.

    Parameters
    ----------
    statistic
        Takes the columns, the levels and the metric's options by name; gives the request of a statistic. By default
        `QuantileLosses`, which fills missing quantiles.
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
    A decorator for a formula of what the request makes, such as `IntervalScores`; its keyword-only parameters become the
    metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> from tidymetrics import ratio
    >>> from tidymetrics.families.quantiles.family import quantile_metric
    >>> @quantile_metric(direction="minimize", range=(0, float("inf")))
    ... def mean_pinball_doc(scores):
    ...     "Mean pinball loss: half the weighted interval score."
    ...     return ratio(scores.total, scores.totals.weight) / 2
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q50": [2.0, 3.0]})
    >>> mean_pinball_doc(df, "y", ["q50"], quantile_levels=[0.5])[".estimate"].item()
    0.5
    """

    def declare(formula: Callable[Concatenate[Any, P], Any]) -> QuantileMetric[P]:
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction=direction,
            range=range,
            estimators=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, KIND, formula)

    return declare


def quantile_vector(function: QuantileMetric[P]) -> QuantileVector[P]:
    """Give the form of a metric of quantile forecasts that takes vectors."""
    return VectorFunction(function)  # type: ignore[arg-type]
