"""Numeric metrics: predicted numbers against true ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.errors import MetricSetError, OptionError
from tidymetrics.frames import ESTIMATE, ORDER, TRUTH, Role
from tidymetrics.statistics import GroupTotals, RowMean, at_the_ends, in_units_of_groups, require_row_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Direction, Target

_TEXT = "Names of the columns of true and predicted numbers, in one unit."
_VECTOR_TEXT = "Vectors of true and predicted numbers, both [n], in one unit."


def _column(name: str, role: str, flag: str) -> Argument:
    return Argument(
        name,
        "str",
        _TEXT,
        positional=True,
        column="number",
        role=role,
        flag=flag,
        vector_annotation="Vector",
        vector_text=_VECTOR_TEXT,
    )


class Numbers(Family):
    """Predicted numbers."""

    name = "numeric"

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the two columns, and what gives the rows an order."""
        if not call.vectors and not isinstance(call.get("estimate"), str):
            raise OptionError(f"estimate: expected the name of the column of predictions; got {call.get('estimate')!r}.")
        roles = self.roles(call)
        orders = {_shown(m.options["order_by"]): m.options["order_by"] for m in metrics if "order_by" in m.options}
        if len(orders) > 1:
            raise MetricSetError(f"order_by: the metrics of a set share one order of rows; got {', '.join(orders)}.")
        roles += [Role(ORDER, "order_by", order, "order") for order in orders.values() if order is not None]
        weighted = call.get("case_weights") is not None
        row_order = any(m.metric.row_order(m.options, weighted) for m in metrics if m.metric is not None)
        rows = call.prepare(roles, row_order=row_order)
        yield Batch([replace(m, requests=m.kind.requests(m)) for m in metrics], rows, checks=call.checks)


def _shown(order: Any) -> str:
    return str(order) if order is None or isinstance(order, str) else "a vector"


@dataclass(frozen=True, eq=False)
class NumericKind(Kind):
    """Metrics that are a formula over sums, moments or sorted rows of two columns of numbers."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Return the statistics that a metric stands on."""
        if bound.record.statistic is None and not bound.record.per_group:
            return (GroupTotals.request(), RowMean(bound.record.loss or bound.record.formula, tuple(bound.options.items())))
        return super().requests(bound)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Score the rows; those near the ends of what floats hold, in units of their groups."""
        outcome = self._finish(bound, reductions)
        degree = bound.record.degree
        if degree is None:
            return outcome
        power = degree(bound.options) if callable(degree) else degree
        sizes = getattr(reductions.get(bound.requests[1]), "sizes", ())
        if not at_the_ends(*((outcome.values,) if power else ()), *sizes):
            return outcome
        measured = in_units_of_groups(reductions, apart=bound.record.apart)
        if measured is None:
            return outcome
        made = self._finish(bound, measured.reductions)
        values: Any = made.values
        for _ in range(power):
            values = values * measured.unit
        return replace(outcome, values=np.where(measured.far, values, outcome.values))

    @staticmethod
    def _finish(bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply a formula to its statistic, or finish the mean of what it gives for each row."""
        if bound.record.statistic is not None or bound.record.per_group:
            made: Outcome = Kind.finish(bound.kind, bound, reductions)
            return made
        mean = reductions.get(bound.requests[1])
        transform = bound.record.transform
        return Outcome(mean if transform is None else transform(mean), "standard", reductions.get(bound.requests[0]))


FAMILY = Numbers()
KIND = NumericKind(
    name="numeric",
    title="Predicted numbers",
    family=FAMILY,
    arguments=(
        _column("truth", TRUTH, "the column of true values"),
        _column("estimate", ESTIMATE, "the column of predictions"),
        BY,
        NA_RM,
        CASE_WEIGHTS,
    ),
    predicted="the column of predicted numbers",
    response="predict",
    of_functions=("standard",),
).register()


def numeric_metric(
    statistic: Any = None,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    transform: Callable[[Any], Any] | None = None,
    interval_range: tuple[float, float] | None = None,
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    row_order: Callable[[Mapping[str, Any], bool], bool] = lambda _options, _weighted: False,
    target: Target = None,
    degree: int | Callable[[Mapping[str, Any]], int] | None = None,
    apart: bool = False,
    loss: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a numeric metric from a formula.

    Parameters
    ----------
    statistic
        None for a formula of two narwhals expressions, truth and estimate, that gives the value of each row; the metric is its
        weighted mean. (Vector forms pass narwhals Series, which have the same operators and methods.) Else a class of
        statistics, such as `Moments`, whose arrays [groups] the formula takes as its first argument; or a function of the
        options that gives the request of one.
    direction
        "maximize", "minimize", "zero" or "target": which values are better.
    range
        The least and the greatest value.
    interval_range
        Where the values can really lie, if `range` says otherwise; intervals end there.
    transform
        What finishes the mean of row values, such as `numpy.sqrt`.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    row_order
        Whether the order of rows matters, given the options and whether there are weights.
    target
        For direction "target" the best value: a number, or a function of the options.
    degree
        How the value grows with the unit of both columns: by its power 1, as an error does, 2 as a squared one, or 0 as a
        ratio does; or a function of the options. With it, numbers whose squares no float holds are measured in a unit of their
        group. None if the value follows no power of the unit.
    apart
        Whether each of the columns may have a unit of its own, as for a correlation.
    loss
        The function that gives the value of each row, where several metrics finish the mean of one; by default the formula.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> @tm.numeric_metric(direction="minimize", range=(0, float("inf")))
    ... def quartic_error_doc(truth, estimate):
    ...     "Mean fourth power of the error."
    ...     return (truth - estimate) ** 4
    >>> quartic_error_doc(pl.DataFrame({"y": [1.0, 2.0], "x": [1.0, 4.0]}), "y", "x")[".estimate"].item()
    8.0
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        if statistic is None:
            require_row_values(formula)
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction=direction,
            range=range,
            interval_range=interval_range,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            loss=loss,
            statistic=statistic,
            undefined=undefined,
            transform=transform,
            options=own_options(formula),
            checks=checks or {},
            target=target,
            degree=degree,
            apart=apart,
            row_order=row_order,
        )
        return publish(metric, KIND, formula)

    return declare


def numeric_vector(function: Any) -> VectorFunction:
    """Return the form of a numeric metric that takes vectors."""
    return VectorFunction(function)
