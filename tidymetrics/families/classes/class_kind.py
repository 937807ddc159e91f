"""The kind of metrics that are a formula over confusion counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics import statistics
from tidymetrics.core.family import LeftOut, Outcome
from tidymetrics.errors import LevelError, OptionError
from tidymetrics.families.classes.family import BY_SIZE, CLASS_ARGUMENTS, FAMILY, ClassesKind, resolve_estimator
from tidymetrics.families.classes.matrix import ConfusionMatrix, is_table
from tidymetrics.families.classes.slopes import cell_slopes
from tidymetrics.frames import event_position
from tidymetrics.statistics import Confusion, ConfusionCounts, EventCounts, Reported, average

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.intervals import IntervalOptions
    from tidymetrics.core.metric import BoundMetric, Metric
    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False)
class ClassKind(ClassesKind):
    """Metrics of predicted classes."""

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Return when levels and estimators are refused."""
        return {
            "LevelError": "The levels of the two columns differ, or the value depends on an unknown order of levels.",
            "EstimatorError": 'The metric has no such estimator, or it is "binary" with more than two levels.',
        }

    def takes_counts(self, data: Any) -> bool:
        """Return whether it is a confusion matrix, or a table of counts."""
        return is_table(data)

    def score_counts(self, function: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:
        """Score a confusion matrix, or a square table with `levels=`."""
        return self.score_counts_with((function,), counts, arguments, None)

    def score_counts_with(
        self, functions: Sequence[MetricFunction], counts: Any, arguments: dict[str, Any], intervals: IntervalOptions | None
    ) -> Any:
        """Score counts with several metrics, and with intervals if there are options of them."""
        name = functions[0].metric.name
        for function in functions:
            if function.metric.per_group or function.kind is not self:
                raise OptionError(f"{function.metric.name} needs rows, not counts.")
        levels = arguments.pop("levels", None)
        if not isinstance(counts, ConfusionMatrix):
            if levels is None:
                raise LevelError(f"{name}: a table of counts has no levels; pass levels=[...], in the table's order.")
            counts = ConfusionMatrix(counts, levels)
        elif levels is not None:
            raise OptionError(f"{name}: the matrix has its levels; leave out levels=.")
        about_rows = ("estimate", "by", "case_weights", "na_rm", "unit")
        if rows := [n for n in about_rows if arguments.pop(n, None) is not None]:
            raise OptionError(f"{name}: {rows[0]}= is about rows, and a confusion matrix has none.")
        defaults = {"estimator": None, "na_rm": True, "event_level": "first", "event": None}
        own = {n: arguments.pop(n, default) for n, default in defaults.items()}
        if len(functions) == 1:
            return counts.score([functions[0].bind(own, arguments)], intervals)
        bounds = []
        for function in functions:
            options = {n: v for n, v in arguments.items() if n in function.metric.options}
            estimator = own["estimator"] if own["estimator"] in function.metric.choices else None
            bounds.append(function.bind({**own, "estimator": estimator}, options))
        return counts.score(bounds, intervals)

    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:  # noqa: ARG002
        """Stand on the confusion counts; a plain function on the rows as well."""
        request = Confusion.request(levels)
        if bound.record.statistic is Reported:
            return replace(bound, requests=(request,))
        if not bound.record.per_group:
            return replace(bound, requests=(request,))
        per_group = statistics.PerGroup(bound.name, bound.record.formula, tuple(bound.options.items()))
        return replace(bound, requests=(request, per_group))

    def slopes_by_cell(
        self, bound: BoundMetric, reductions: Reductions, table: Array, *, empty: bool
    ) -> tuple[Array, Array] | None:
        """Differentiate a formula by each cell of a table; None for a plain function."""
        if bound.record.per_group:
            return None
        return cell_slopes(bound, reductions.get(bound.requests[0]), table, empty=empty)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply a formula to the counts that its estimator calls for."""
        confusion: Confusion = reductions.get(bound.requests[0])
        metric, levels = bound.record, confusion.levels
        if metric.statistic is Reported:
            known = confusion.with_truth or confusion.totals
            values = metric.apply(Reported(known.weight, confusion.totals.weight), bound.options, known.weight.shape)
            return Outcome(values, resolve_estimator(metric, bound.arguments.get("estimator"), len(levels)), known)
        if metric.per_group:  # the counts check the levels, and name the estimator
            made = reductions.get(bound.requests[1])
            return Outcome(made.values, resolve_estimator(metric, None, len(levels)), made.totals)
        estimator = resolve_estimator(metric, bound.arguments.get("estimator"), len(levels))
        if len(levels) > 2 and metric.needs_order(bound.options):
            levels.require_order(f"{metric.name} with these options")
        event = bound.arguments.get("event")
        position = 0
        if event is not None or (estimator == "binary" and not metric.symmetric):
            position = event_position(levels, event, bound.arguments.get("event_level", "first"), metric.name)
        values, left_out = _values(bound, confusion, estimator, position)
        extra = {".level": levels.values} if estimator == "per_class" else {}
        return Outcome(values, estimator, confusion.totals, extra, left_out=left_out)


KIND = ClassKind(
    name="class",
    title="Predicted classes",
    family=FAMILY,
    arguments=CLASS_ARGUMENTS,
    predicted="the column of predicted classes",
    response="predict",
    of_functions=BY_SIZE,
).register()


def _values(bound: BoundMetric, confusion: Confusion, estimator: str, position: int) -> tuple[Array, LeftOut | None]:
    """Return the values [groups] of the estimator, or [groups, levels] for one row per level; and what averages leave out."""
    metric = bound.record
    if metric.statistic is ConfusionCounts:
        counts = confusion.counts.against_rest() if estimator == "per_class" else confusion.counts
        options = metric.bind_levels(bound.options, confusion.levels.values)
        values: Array = metric.apply(counts, options, counts.shape[:-2])
        return (values[:, : len(confusion.levels)] if estimator == "per_class" else values), None
    by_level = confusion.by_level
    if len(confusion.levels) == 1 and position == 0:  # the table has a second level only so that one has a rest
        by_level = by_level.of_event(0)

    def apply(counts: EventCounts) -> Array:
        made: Array = metric.apply(counts, bound.options, counts.tp.shape)
        return made

    if estimator == "binary":
        return apply(by_level.of_event(position))[:, 0], None
    if estimator == "micro":
        pooled = confusion.pooled if len(confusion.levels) > 1 else by_level
        return apply(pooled)[:, 0], None
    if estimator == "per_class":
        return apply(by_level)[:, : len(confusion.levels)], None
    if estimator == "macro_recall":
        values, how = by_level.recall, "drop"
    else:
        values, how = apply(by_level), metric.average
    weights = by_level.true_events if estimator == "macro_weighted" else None
    return average(values, weights, how), _left_out(bound, confusion, values, weights, how)


def _left_out(bound: BoundMetric, confusion: Confusion, values: Array, weights: Array | None, how: str) -> LeftOut | None:
    """Return the levels with weight that have no value, where an average leaves these out."""
    gone = np.isnan(values)
    if how != "drop" or not gone.any():
        return None
    if weights is not None:
        gone &= weights > 0
    n = len(confusion.levels)
    return LeftOut("levels", confusion.levels.values, gone[:, :n], bound.record.undefined or "the formula has no value")
