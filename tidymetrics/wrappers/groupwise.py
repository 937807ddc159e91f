"""Groupwise metrics: how much a metric differs between the groups of a sensitive column, which are its inner groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.family import Kind
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.results import MetricValues, column_values, rows_at, split_groups, tidy
from tidymetrics.core.score import Cause, Scored, label_of
from tidymetrics.errors import MetricSetError, OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array, Codes, Direction, Mask

Spread = Callable[[Sequence[Any], Any], Any]
"""Takes the values [all groups] of each member and where each outer group starts; gives [outer groups]."""


@dataclass(frozen=True, eq=False)
class Groupwise(Kind):
    """The kind of one groupwise metric: what it is made of, and for which column."""

    members: tuple[MetricFunction, ...] = ()
    column: str = ""
    spread: Spread | None = None
    aggregate: Callable[[Any], Any] | None = None
    """A user's own: takes the tidy frame of one outer group, gives a number."""
    alike: bool = False
    """Whether the aggregate looks at `.estimate` alone, so that it gets the values at each k, or time, by themselves."""

    @property
    def each(self) -> tuple[str, ...]:
        """The arguments that the metric may have its own value of in a set."""
        return tuple(dict.fromkeys(name for member in self.members for name in member.kind.each))

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join the metric with its arguments, by binding what it is made of."""
        function.metric.require_choice(arguments.get("estimator"))  # one row per level would leave nothing to compare
        members = tuple(m.bind({n: v for n, v in arguments.items() if n in m.kind.each}, {}) for m in self.members)
        return BoundMetric(
            function.metric.name, self, function.metric, options, dict(arguments), members=members, inner=self.column
        )

    def fold(self, bound: BoundMetric, scored: Scored) -> Scored:
        """Set the values of the inner groups against each other."""
        if scored.origin is None:
            raise OptionError(f"{bound.name} compares the groups of a column, and vectors have none.")
        groups, starts = split_groups(scored.groups, len(scored.origin.keys) - 1)
        origin = replace(scored.origin, keys=scored.origin.keys[:-1])
        values = [made.values for made in scored.values]
        if self.spread is not None:
            made = self.spread(values, starts) if len(values[0]) else np.full(len(groups), np.nan)
        else:
            made = self._aggregated(scored, starts, bound)
        # what is made of binned values is off by an amount that only the one who made it could bound
        error = None if all(v.error is None for v in scored.values) else np.full(len(groups), np.nan)
        extra = self._shared(scored.values)
        if extra and error is not None:
            error = np.full(made.shape, np.nan)
        result = MetricValues(bound.name, scored.values[0].estimator, made, extra, by=self.column, error=error)
        return Scored(groups, origin, [result], self._causes(bound, scored, made))

    def _aggregated(self, scored: Scored, starts: Codes, bound: BoundMetric) -> Array:
        if scored.origin is None or self.aggregate is None:
            raise RuntimeError("an aggregate takes the rows of groups")
        frame = tidy(scored.values, scored.groups, scored.origin)
        n = len(scored.groups)
        ends = np.append(starts[1:], n)
        wide = [made.width for made in scored.values]  # rows per group
        bases = np.cumsum([0, *(n * w for w in wide)])[:-1]
        extra = self._shared(scored.values)
        each = range(max(wide)) if extra else [slice(None)]  # the values at each k are compared with each other alone
        made = []
        for start, end in zip(starts, ends, strict=True):
            rows = [np.arange(start * w, end * w).reshape(-1, w) + base for w, base in zip(wide, bases, strict=True)]
            for at in each:
                chosen = [of_member[:, at if of_member.shape[1] > 1 else 0].ravel() for of_member in rows]
                made.append(self._one_number(bound.name, rows_at(frame, np.concatenate(chosen))))
        found = np.array(made, np.float64)
        return found.reshape(len(starts), -1) if extra else found

    def _one_number(self, name: str, frame: Any) -> float:
        value = self.aggregate(frame) if self.aggregate is not None else None
        if value is not None and (isinstance(value, bool) or not isinstance(value, (Real, np.generic))):
            raise OptionError(f"{name}: aggregate must give one number for each group of rows; it gave {value!r}.")
        return np.nan if value is None else float(value)

    def _shared(self, values: Sequence[MetricValues]) -> Mapping[str, Sequence[Any]]:
        """Give what tells the several rows of a group apart, such as `.k`, if the values there are compared by themselves."""
        several = [made.extra for made in values if made.extra]
        return several[0] if self.alike and several and all(extra == several[0] for extra in several) else {}

    def _causes(self, bound: BoundMetric, scored: Scored, made: Array) -> list[Cause]:
        """Return in which inner groups a member is undefined."""
        gone: Mask = np.asarray(np.isnan(made).reshape(len(made), -1).any(axis=1), np.bool_)
        if not gone.any() or scored.origin is None:
            return []
        values = [v.values.reshape(len(scored.groups), -1) for v in scored.values]
        lost = np.isnan(np.concatenate(values, axis=1)).any(axis=1)  # [all groups]
        shown = column_values(scored.origin, scored.groups, -1, np.flatnonzero(lost)[:3])
        names = [f"{self.column}={value!r}" for value in shown]
        inside = ", ".join(v.metric for v in scored.values)
        reason = f"{inside} is undefined for {label_of(names, int(lost.sum()))}" if names else "the aggregate has no value"
        return [Cause(bound.name, reason, gone)]


class GroupwiseFunction(MetricFunction):
    """A groupwise metric of one sensitive column."""

    maker: Callable[[str], Any]

    def _documented(self) -> str:
        return self.written

    def __reduce__(self) -> Any:
        return (self.maker, (self.kind.column,)) if self.base is None else super().__reduce__()  # type: ignore[attr-defined]


def _ranges(values: Array, starts: Codes) -> Array:
    # an undefined value stays one: np.maximum and np.minimum pass NaN on
    spread: Array = np.maximum.reduceat(values, starts) - np.minimum.reduceat(values, starts)
    return spread


def largest_range(values: Sequence[Array], starts: Codes) -> Array:
    """Return the greatest range of the members' values in each outer group."""
    widest: Array = np.maximum.reduce([_ranges(v, starts) for v in values])
    return widest


def make_groupwise(
    members: Sequence[Any],
    column: str,
    name: str,
    doc: str,
    *,
    maker: Callable[..., Any],
    direction: Direction = "minimize",
    target: float | None = None,
    spread: Spread | None = None,
    aggregate: Callable[[Any], Any] | None = None,
    alike: bool = False,
) -> MetricFunction:
    """Make the metric that compares the groups of a column."""
    if not column or not isinstance(column, str):
        raise OptionError(f"{name}: expected the name of the sensitive column; got {column!r}.")
    family = members[0].kind.family
    kind = Groupwise(
        name="groupwise",
        title="Fairness",
        family=family,
        arguments=family.set_arguments(),
        members=tuple(members),
        column=column,
        spread=spread,
        aggregate=aggregate,
        alike=alike,
    )
    estimators = members[0].metric.estimators
    metric = Metric(
        name=name,
        kind=kind.name,
        direction=direction,
        target=target,
        range=None,
        estimators=estimators,
        choices=estimators,
        formula=make_groupwise,
        statistic=None,
        undefined="a group has no value",
    )
    function = GroupwiseFunction(metric, kind, __name__, doc)
    function.maker = maker
    return function


def members_of(fn: Any, name: str) -> tuple[MetricFunction, ...]:
    """Return the metrics that a groupwise metric is to be made of."""
    members = getattr(fn, "members", None) or ((fn,) if isinstance(fn, MetricFunction) else ())
    if not members:
        raise OptionError(f"{name}: expected a metric or a metric_set to compare groups by; got {fn!r}.")
    if any(isinstance(m, GroupwiseFunction) for m in members):
        raise MetricSetError(f"{name}: a groupwise metric cannot be made of groupwise metrics.")
    return tuple(members)
