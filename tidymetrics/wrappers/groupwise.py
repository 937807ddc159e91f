"""Groupwise metrics: how much a metric differs between the groups of a sensitive column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import SURVIVAL, Call, classes_call, score, score_plain
from tidymetrics.core.evaluate import BoundMetric, label_of
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.metric import Metric
from tidymetrics.core.results import Block, Scored, column_values, rows_at, split_groups, tidy
from tidymetrics.errors import MetricSetError, OptionError
from tidymetrics.frames import find_keys, names_of, recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.typing import Array, Codes, Direction

    Spread = Callable[[Sequence[Array], Codes], Array]


@dataclass(frozen=True)
class Groupwise:
    """The kind of one groupwise metric: what it is made of, and for which column."""

    members: tuple[MetricFunction, ...]
    column: str
    spread: Spread | None
    """Takes the values [all groups] of each member and where each outer group starts; gives [outer groups]."""
    aggregate: Callable[[Any], Any] | None
    """A user's own: takes the tidy frame of one outer group, gives a number."""
    name: str = "groupwise"

    @property
    def family(self) -> str:
        """What the members take."""
        return self.members[0].kind.family

    @property
    def each(self) -> tuple[str, ...]:
        """The arguments that the metric may have its own value of in a set."""
        return tuple(dict.fromkeys(name for member in self.members for name in member.kind.each))

    def takes_counts(self, data: Any) -> bool:  # noqa: ARG002
        """Tell that there are no counts which could be scored without rows."""
        return False

    def score_counts(self, metric: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:  # noqa: ARG002
        """Score counts, of which there are none."""
        raise OptionError(f"{metric.metric.name}: rows are needed, with the column {self.column!r}.")

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the form for vectors, of which there is none."""
        raise OptionError(f"{metric.metric.name} compares the groups of a column, and vectors have none.")

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

        def call(
            data: Any,
            truth: str,
            estimate: Any = None,
            *,
            by: Any = None,
            probs: Any = None,
            case_weights: str | None = None,
            levels: Any = None,
            **arguments: Any,
        ) -> Any:
            named = {name: arguments.pop(name) for name in SURVIVAL if name in arguments and self.family == "survival"}
            given = Call(recognise(data, by), truth, estimate, probs, case_weights, levels, **named)
            if self.family == "class":
                given = classes_call(given, *kinds_of([metric]))
            own = {name: value for name, value in arguments.items() if name in self.each}
            options = {name: value for name, value in arguments.items() if name not in self.each}
            return score([metric.bind(own, options)], given)

        return call

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join the metric with its arguments, checking them by binding what it is made of."""
        metric.metric.require_choice(arguments.get("estimator"))  # a row a level would leave nothing to compare
        for member in self.members:
            self._bind_member(member, arguments)
        return BoundMetric(metric.metric.name, metric.metric, options, arguments, (), _unreached, groupwise=self.score)

    def _bind_member(self, member: MetricFunction, arguments: Mapping[str, Any]) -> BoundMetric:
        known = {name: value for name, value in arguments.items() if name in member.kind.each}
        return member.bind(known, {})

    def score(self, bound: BoundMetric, call: Call) -> Scored:
        """Score the members in each group of the column, inside each group of the call, and set them against each other."""
        keys = find_keys(call.source.by, call.source.frame, names_of(call.source.frame))
        if self.column in keys:
            raise OptionError(
                f"by: {bound.name} compares the groups of {self.column!r}, and cannot be grouped by it; leave it out of by=."
            )
        inner = replace(call, source=replace(call.source, by=[*keys, self.column]))
        bounds = [self._bind_member(member, bound.arguments) for member in self.members]
        scored = score_plain(bounds, inner)
        groups, starts = split_groups(scored.groups, len(keys))
        origin = replace(scored.origin, keys=scored.origin.keys[:-1])
        values = [block.values for block in scored.blocks]
        if self.spread is not None:
            made = self.spread(values, starts) if len(values[0]) else np.full(len(groups), np.nan)
        else:
            made = self._aggregated(scored, starts, bound)
        # what is made of binned values is off by an amount that only the one who made it could bound
        error = None if all(block.error is None for block in scored.blocks) else np.full(len(groups), np.nan)
        block = Block(bound.name, scored.blocks[0].estimator, made, {}, by=self.column, error=error)
        return Scored([block], self._undefined(bound, scored, made), groups, origin)

    def _aggregated(self, scored: Scored, starts: Codes, bound: BoundMetric) -> Array:
        frame = tidy(scored.blocks, scored.groups, scored.origin)
        n = len(scored.groups)
        ends = np.append(starts[1:], n)
        wide = [block.values.shape[1] if block.values.ndim == 2 else 1 for block in scored.blocks]  # rows a group
        bases = np.cumsum([0, *(n * w for w in wide)])[:-1]
        aggregate: Any = self.aggregate
        made = []
        for start, end in zip(starts, ends, strict=True):
            of_group = np.concatenate([np.arange(start * w, end * w) + base for w, base in zip(wide, bases, strict=True)])
            value = aggregate(rows_at(frame, of_group))
            if value is not None and (isinstance(value, bool) or not isinstance(value, (Real, np.generic))):
                raise OptionError(f"{bound.name}: aggregate must give one number for each group of rows; it gave {value!r}.")
            made.append(np.nan if value is None else float(value))
        return np.array(made, np.float64)

    def _undefined(self, bound: BoundMetric, scored: Scored, made: Array) -> list[tuple[str, str, Any]]:
        gone = np.isnan(made)
        if not gone.any():
            return []
        lost = np.isnan(np.column_stack([block.values for block in scored.blocks])).any(axis=1)  # [all groups]
        names = [
            f"{self.column}={value!r}" for value in column_values(scored.origin, scored.groups, -1, np.flatnonzero(lost)[:3])
        ]
        inside = ", ".join(block.metric for block in scored.blocks)
        reason = f"{inside} does not exist for {label_of(names, int(lost.sum()))}" if names else "the aggregate has no value"
        return [(bound.name, reason, gone)]


def _unreached(bound: BoundMetric, reductions: Any) -> Any:  # noqa: ARG001
    raise RuntimeError("groupwise metrics are scored by their own function")


def kinds_of(metrics: Sequence[MetricFunction]) -> tuple[list[str], list[str]]:
    """Name the metrics that read predicted classes, and those that read probabilities."""
    hard, soft = [], []
    for metric in metrics:
        inner = metric.kind.members if isinstance(metric.kind, Groupwise) else (metric,)
        hard += [metric.metric.name] * any(m.metric.kind == "class" for m in inner)
        soft += [metric.metric.name] * any(m.metric.kind in {"prob", "ordered_prob"} for m in inner)
    return hard, soft


def _ranges(values: Array, starts: Codes) -> Array:
    # an undefined value stays one: np.maximum and np.minimum hand NaN on
    spread: Array = np.maximum.reduceat(values, starts) - np.minimum.reduceat(values, starts)
    return spread


def largest_range(values: Sequence[Array], starts: Codes) -> Array:
    """Give the greatest range of the members' values in each outer group."""
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
    spread: Spread | None = None,
    aggregate: Callable[[Any], Any] | None = None,
) -> MetricFunction:
    """Make the metric that compares the groups of a column."""
    if not column or not isinstance(column, str):
        raise OptionError(f"{name}: expected the name of the sensitive column; got {column!r}.")
    kind = Groupwise(tuple(members), column, spread, aggregate)
    metric = Metric(
        name=name,
        kind="groupwise",
        direction=direction,
        range=None,
        estimators=members[0].metric.estimators,
        formula=_unreached,
        statistic=None,
        undefined="a group has no value",
    )
    function = MetricFunction(metric, kind, __name__, doc)
    function.remake = (maker, column)
    return function


def members_of(fn: Any, name: str) -> tuple[MetricFunction, ...]:
    """Give the metrics that a groupwise metric is to be made of."""
    members = getattr(fn, "members", None) or ((fn,) if isinstance(fn, MetricFunction) else ())
    if not members:
        raise OptionError(f"{name}: expected a metric or a metric_set to compare groups by; got {fn!r}.")
    if any(isinstance(m.kind, Groupwise) for m in members):
        raise MetricSetError(f"{name}: a groupwise metric cannot be made of groupwise metrics.")
    return tuple(members)
