"""Metrics of quantile forecasts: one column of predicted quantiles per level."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import CrossingQuantilesWarning, OptionError, listed
from tidymetrics.frames import TRUTH, WEIGHT, Role, pairs_of_vectors
from tidymetrics.statistics import Notes, QuantileLosses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Direction, Target

_LEVELS_TEXT = "The levels of these: numbers from 0 to 1, increasing."
ARGUMENTS = (
    Argument(
        "truth",
        "str",
        "Name of the column of true numbers.",
        positional=True,
        column="number",
        role=TRUTH,
        vector_annotation="Vector",
        vector_text="Vector [n] of true numbers.",
        flag="the column of true values",
    ),
    Argument(
        "estimate",
        "Sequence[str]",
        "The columns of predicted quantiles, in the order of their levels and in the unit of truth.",
        positional=True,
        column="number",
        vector_annotation="Vector",
        vector_text="The predicted quantiles: an array [n, levels], or a list of vectors in the order of the levels.",
        flag="the column of predictions, or those of quantiles",
        reads="list",
    ),
    Argument(
        "quantile_levels",
        "Sequence[float] | None",
        _LEVELS_TEXT,
        None,
        per_metric=True,
        flag="the levels of the columns of quantiles that --estimate lists",
        reads="numbers",
    ),
    BY,
    NA_RM,
    CASE_WEIGHTS,
)


class Quantiles(Family):
    """Predicted quantiles."""

    name = "quantile"

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the columns of quantiles, and check that there is one for each level."""
        if call.vectors:
            given = call.get("estimate")
            given = given.to_numpy() if hasattr(given, "columns") and hasattr(given, "to_numpy") else given
            quantiles = {f"estimate {i + 1}": vector for i, vector in enumerate(pairs_of_vectors(given))}
            call = call.as_frame(("truth", "case_weights"), {"estimate": list(quantiles)}, quantiles)
        names, weights = call.get("estimate"), call.get("case_weights")
        names = [names] if isinstance(names, str) else names
        if not isinstance(names, Sequence):
            raise OptionError(f"estimate: expected a list of columns, one for each quantile level; got {names!r}.")
        columns = [Role(f"tm_q{i}", "estimate", name, "number") for i, name in enumerate(names)]
        roles = [Role(TRUTH, "truth", call.get("truth"), "number"), *columns]
        roles += [] if weights is None else [Role(WEIGHT, "case_weights", weights, "number")]
        rows = call.prepare(roles)
        resolved = [_resolved(m, names, columns) for m in metrics]
        levels = list(resolved[0].arguments["quantile_levels"])
        yield Batch(resolved, rows, notes=Notes(meta={"options": {"quantile_levels": levels}}))

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give the columns of a state, one for each of its levels."""
        levels = (state.said("options") or {}).get("quantile_levels", [0.5])
        columns = [state.column(f"tm_q{i}", "number") for i in range(len(levels))]
        return {**super().recall(functions, state, given), "estimate": columns, "quantile_levels": levels}


def _resolved(metric: BoundMetric, names: Sequence[str], columns: Sequence[Role]) -> BoundMetric:
    """Find the statistic that a metric stands on, once its levels are known to have a column each."""
    levels = metric.arguments.get("quantile_levels")
    if levels is None:
        raise OptionError(
            f"{metric.name}: pass quantile_levels=[...], the level of each column of estimate, such as 0.05, 0.5 and 0.95."
        )
    if len(levels) != len(columns):
        raise OptionError(
            f"{metric.name}: expected a column of estimate for each of the {len(levels)} quantile levels "
            f"{listed(levels)}; got "
            f"{len(columns)}: {listed(names)}."
        )
    if len(set(names)) < len(names):
        raise OptionError(f"estimate: each column may appear only once; got {listed(names)}.")
    make = metric.options["table"].request if metric.metric is None else metric.record.statistic
    statistic = make(tuple(role.name for role in columns), levels, metric.options)
    return replace(metric, requests=(statistic,))


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
        raise OptionError(f"{argument}: a level is given twice: {listed(levels)}.")
    if levels != sorted(levels):
        raise OptionError(
            f"{argument}: expected increasing levels, with the columns of estimate in the same order; got {listed(levels)}."
        )
    return tuple(levels)


@dataclass(frozen=True, eq=False)
class QuantileKind(Kind):
    """Metrics that take a column of predicted quantiles for each of some levels."""

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them; its columns are looked up later."""
        if arguments.get("quantile_levels") is not None:
            arguments = {**arguments, "quantile_levels": read_levels(function.metric.name, arguments["quantile_levels"])}
        return super().bind(function, arguments, options)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply a formula to the scores of the rows; warn of quantiles that cross."""
        made = reductions.get(bound.requests[0])
        if getattr(made, "crossed", 0) and not reductions.told(CrossingQuantilesWarning):
            rows = "row" if made.crossed == 1 else "rows"
            warnings.warn(
                f"{bound.name}: in {int(made.crossed)} {rows} the predicted quantiles cross: one is below that of a "
                f"lower level. "
                "They are scored as they are; sort them in each row, or fix the model.",
                CrossingQuantilesWarning,
                stacklevel=stack_depth(),
            )
        return Outcome(bound.record.apply(made, bound.options, made.totals.weight.shape), "standard", made.totals)


FAMILY = Quantiles()
KIND = QuantileKind(
    name="quantile",
    title="Predicted quantiles",
    family=FAMILY,
    arguments=ARGUMENTS,
    predicted="the columns of predicted quantiles",
).register()


def _losses(columns: tuple[str, ...], levels: tuple[float, ...], _options: Mapping[str, Any]) -> QuantileLosses:
    return QuantileLosses(columns, levels)


def quantile_metric(
    statistic: Callable[[tuple[str, ...], tuple[float, ...], Mapping[str, Any]], Any] = _losses,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    target: Target = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of quantile forecasts from a formula.

    Parameters
    ----------
    statistic
        Takes the columns, the levels and the metric's options by name; gives the request of a statistic. By default
        `QuantileLosses`, which fills missing quantiles.
    direction
        "maximize", "minimize", "zero" or "target": which values are better.
    range
        The least and the greatest value.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    target
        For direction "target" the best value: a number, or a function of the options.

    Returns
    -------
    A decorator for a formula of what the request makes, such as `IntervalScores`; its keyword-only parameters become the
    metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> @tm.quantile_metric(direction="minimize", range=(0, float("inf")))
    ... def mean_pinball_doc(scores):
    ...     "Mean pinball loss: half the weighted interval score."
    ...     return tm.ratio(scores.total, scores.totals.weight) / 2
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q50": [2.0, 3.0]})
    >>> mean_pinball_doc(df, "y", ["q50"], quantile_levels=[0.5])[".estimate"].item()
    0.5
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction=direction,
            range=range,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
            target=target,
        )
        return publish(metric, KIND, formula)

    return declare


def quantile_vector(function: Any) -> VectorFunction:
    """Return the form of a metric of quantile forecasts that takes vectors."""
    return VectorFunction(function)
