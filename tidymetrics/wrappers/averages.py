"""The mean of a metric over the groups of a column: over labels, series, users."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.family import Batch
from tidymetrics.core.function import FrameFunction, MetricFunction
from tidymetrics.core.influence import UnitInfluences
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.results import MetricValues, column_values, split_groups, tidy
from tidymetrics.core.score import Cause, Scored, announce, evaluate, label_of
from tidymetrics.core.stateless import WithoutState
from tidymetrics.core.tables import TableFunction
from tidymetrics.errors import ColumnNotFoundError, MetricSetError, OptionError, WeightError, listed, nearest
from tidymetrics.frames import TRUTH, Role, names_of, recognise
from tidymetrics.statistics import GroupConstantsRequest
from tidymetrics.statistics.spread import Spread, add_up
from tidymetrics.wrappers.groupwise import Groupwise
from tidymetrics.wrappers.sets import MetricSet

if TYPE_CHECKING:
    import inspect
    from collections.abc import Mapping, Sequence

    import polars as pl

    from tidymetrics.core.arguments import Table
    from tidymetrics.typing import Array, Codes

SUPPORT = "support"
_LOOKED_AT = 100
"""Among how many groups a message looks for the few that it shows."""


@dataclass(frozen=True, eq=False, repr=False)
class Averages:
    """Means over inner groups, and what moves them."""

    scored: Scored
    """The means, by outer group."""
    spreads: dict[str, Spread]
    units: dict[str, UnitInfluences | None]


@dataclass(frozen=True)
class AveragedOver(WithoutState):
    """A metric, or a set, averaged over the groups of a column; made by `averaged_over`."""

    metrics: MetricFunction | MetricSet
    column: str
    weights: str | None = None

    def __repr__(self) -> str:
        own = "" if self.weights is None else f", weights={self.weights!r}"
        return f"<averaged_over({self.metrics!r}, {self.column!r}{own})>"

    @property
    def __signature__(self) -> inspect.Signature:
        return self.metrics.__signature__

    @property
    def members(self) -> tuple[MetricFunction, ...]:
        """The metrics that are averaged."""
        return self.metrics.members if isinstance(self.metrics, MetricSet) else (self.metrics,)

    def table(self) -> Table:
        """Give the arguments of a call."""
        return self.metrics.table()

    def read(self, args: Sequence[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[BoundMetric]]:
        """Read the arguments of a call, and bind the metrics with them."""
        table = self.table()
        values, options = table.read(args, given)
        if isinstance(self.metrics, MetricSet):
            self.metrics.require_taken(table, dict(given), options)
            return values, self.metrics.bind(values, options)
        return values, [self.metrics.bind(values, options)]

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Score each group of the column, and average inside each group of `by`.

        Parameters
        ----------
        data, *args, **given
            As for the metric or the set.

        Returns
        -------
        The frame of the metric or the set, whose `.estimate` are the means.
        """
        values, bounds = self.read(args, given)
        call = Call(recognise(data, values.pop("by", None)), values)
        made = self.evaluate(bounds, bounds[0].kind.family.arrange(bounds, call)).scored
        announce(made)
        if made.origin is None:
            raise RuntimeError("a frame has an origin")
        return tidy(made.values, made.groups, made.origin)

    def evaluate(self, bounds: Sequence[BoundMetric], call: Call) -> Averages:
        """Average the metrics of a call."""
        self._require_column("column", self.column, call)
        inner = call.within(self.column, "averaged_over averages over")
        scored = evaluate(bounds, inner)
        if scored.origin is None:
            raise RuntimeError("a frame has an origin")
        n_outer = len(scored.origin.keys) - 1
        groups, starts = split_groups(scored.groups, n_outer)
        outer = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(scored.groups)))) if len(starts) else starts
        weights = None if self.weights in (None, SUPPORT) else self._column_of_weights(inner, scored.groups)
        units = _numbered(scored.groups, n_outer)
        made = Averages(Scored(groups, replace(scored.origin, keys=scored.origin.keys[:-1])), {}, {})
        for values, bound in zip(scored.values, bounds, strict=True):
            own = values.weight if self.weights == SUPPORT else weights
            mean = _mean(values.values, own, outer, len(groups))
            made.scored.values.append(replace(values, values=mean.values.reshape(len(groups), *values.values.shape[1:])))
            made.scored.values[-1] = replace(made.scored.values[-1], error=None, std_error=None)
            made.spreads[values.metric] = mean.spread(bound.record.span)
            made.units[values.metric] = UnitInfluences(outer, units, mean.phi)
            made.scored.causes.extend(self._causes(values, scored, mean, outer))
        return made

    def _require_column(self, argument: str, column: str, call: Call) -> None:
        names = names_of(call.input.frame)
        if column not in names:
            raise ColumnNotFoundError(
                f"averaged_over({argument}=): the frame has no column {column!r}.{nearest(column, names)} Its columns: "
                f"{listed(names, 10)}."
            )

    def _column_of_weights(self, call: Call, groups: pl.DataFrame) -> Array:
        """Give the weight of each inner group: [inner groups]."""
        if self.weights is None:
            raise RuntimeError("there is no column of weights")
        self._require_column("weights", self.weights, call)
        request = GroupConstantsRequest()
        asks = BoundMetric("weights", None, None, {}, {}, requests=(request,))
        reductions = Batch([asks], call.prepare([Role(TRUTH, "weights", self.weights, "number")])).reduce()
        found = reductions.get(request)
        what = f"averaged_over(weights=): {self.weights!r}"
        if found.varies.any():
            raise WeightError(f"{what} must be one number in all rows of each value of {self.column!r}, none of them missing.")
        bad = found.values[~(np.isfinite(found.values) & (found.values >= 0))]
        if len(bad):
            raise WeightError(f"{what}: expected finite weights of at least 0; got {listed(bad.tolist())}.")
        numbered = reductions.known_groups.with_row_index("tm_at")
        placed = groups.join(numbered, on=groups.columns, how="left", nulls_equal=True, maintain_order="left")
        made: Array = found.values[placed.get_column("tm_at").to_numpy().astype(np.int64)]
        return made

    def _causes(self, values: MetricValues, scored: Scored, mean: _Mean, outer: Codes) -> list[Cause]:
        """Say which inner groups an average leaves out, or that it leaves nothing."""
        n = len(mean.values)
        undefined = np.asarray(np.isnan(mean.values).any(axis=1), np.bool_)
        if not len(outer):
            return [Cause(values.metric, "no rows are left, or none of positive weight", undefined)] if n else []
        found = []
        for cause in (cause for cause in scored.causes if cause.name == values.metric):
            where = np.zeros(n, np.bool_)
            where[outer[cause.where]] = True
            if cause.left_out:
                found.append(replace(cause, where=where))
                continue
            alone = where & undefined
            if alone.any():
                found.append(Cause(values.metric, f"no group of {self.column!r} has a value: {cause.reason}", alone))
            if (where & ~undefined).any():
                lost = np.flatnonzero(cause.where & ~undefined[outer])[:_LOOKED_AT]
                found.append(Cause(values.metric, cause.reason, where & ~undefined, self._named(scored, lost)))
        told = np.logical_or.reduce([cause.where for cause in found]) if found else np.zeros(n, np.bool_)
        if (undefined & ~told).any():
            found.append(Cause(values.metric, f"the groups of {self.column!r} weigh 0", undefined & ~told))
        return found

    def _named(self, scored: Scored, rows: Codes) -> str:
        """Name inner groups, for messages."""
        if scored.origin is None:
            raise RuntimeError("a frame has an origin")
        shown = list(dict.fromkeys(map(repr, column_values(scored.origin, scored.groups, -1, rows))))
        return f"the {'group' if len(shown) == 1 else 'groups'} {self.column}={label_of(shown, len(shown))}"


@dataclass(frozen=True, eq=False, repr=False)
class _Mean:
    """Means [groups, columns] over inner groups, and how each of these moves them [inner groups, columns]."""

    values: Array
    phi: Array
    outer: Codes
    share: Array
    """[inner groups, columns] 0 for those that take no part"""

    def spread(self, span: tuple[float, float]) -> Spread:
        """Give what the influences add up to, of inner groups as the units."""
        n_groups = len(self.values)
        n = add_up((self.share > 0).astype(np.float64), self.outer, n_groups)
        squares, fourths = (add_up(self.phi**power, self.outer, n_groups) for power in (2, 4))
        most = np.zeros_like(self.values)
        np.maximum.at(most, self.outer, self.share)
        width = span[1] - span[0]
        with np.errstate(all="ignore"):
            variance = np.where(n > 1, squares * n / (n - 1), np.nan)
            reach = most * width if np.isfinite(width) else np.full_like(most, np.nan)
            return Spread(self.values, variance, fourths / squares**2, n, reach, np.full_like(most, np.nan))


def _mean(values: Array, weights: Array | None, outer: Codes, n_groups: int) -> _Mean:
    """Average values [inner groups, ...] that are defined, by weights [inner groups] if there are some."""
    flat = values.reshape(len(values), int(np.prod(values.shape[1:])))
    own = np.ones(flat.shape) if weights is None else np.broadcast_to(weights.reshape(len(flat), -1), flat.shape)
    counts = ~np.isnan(flat) & (own > 0)
    total = add_up(np.where(counts, own, 0.0), outer, n_groups)
    with np.errstate(all="ignore"):
        share = np.where(counts, own / total[outer], 0.0)
        mean = np.where(total > 0, add_up(np.where(counts, share * flat, 0.0), outer, n_groups), np.nan)
        phi = np.where(counts, share * (flat - mean[outer]), 0.0)
    return _Mean(mean, phi, outer, share)


def _numbered(groups: pl.DataFrame, key: int) -> pl.Series:
    """Number the values of the inner key, alike in all outer groups: [inner groups]."""
    name = f"tm_k{key}"
    numbers = groups.select(name).unique(maintain_order=True).with_row_index("tm_unit")
    return groups.select(name).join(numbers, on=name, how="left", nulls_equal=True, maintain_order="left")["tm_unit"]


def averaged_over(metrics: Any, column: str, weights: str | None = None) -> AveragedOver:
    """Make the mean of a metric, or of each of a set, over the groups of a column, inside each group of `by`.

    ``sum_j w_j m_j / sum_j w_j`` over the values j of the column, with `m_j` the metric of the rows of j alone. Over the labels
    of multilabel data in long form it is macro averaging, over series the mean of their errors, over users the mean user.
    Groups whose metric is undefined are left out, and announced. In intervals and comparisons the groups of the column are
    the units.

    Parameters
    ----------
    metrics
        A metric, or a `metric_set`.
    column
        The column whose groups are averaged over.
    weights
        None: each group counts the same. "support": by the (weighted) number of its rows. Else a column that is constant in
        each group: numbers of at least 0.

    Returns
    -------
    AveragedOver
        Called like the metric or the set. ``with_intervals(averaged_over(...))``, ``compare(averaged_over(...))`` and
        ``each_model(averaged_over(...))`` take it in place of a metric.

    Raises
    ------
    OptionError
        For a curve, a table or another maker.
    MetricSetError
        For metrics of groups, such as ``demographic_parity("sex")``.
    WeightError
        When called: weights that differ inside a group, are missing, negative or infinite.

    Warns
    -----
    UndefinedMetricWarning
        Once per call, where a group of the column has no value.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"series": ["a", "a", "b"], "y": [1.0, 2.0, 4.0], "yhat": [2.0, 3.0, 7.0]})
    >>> tm.averaged_over(tm.mae, "series")(df, "y", "yhat")[".estimate"].item()
    2.0
    """
    _require_inside(metrics, column)
    if not column or not isinstance(column, str):
        raise OptionError(f"averaged_over(column=): expected the name of the column to average over; got {column!r}.")
    if weights is not None and (not weights or not isinstance(weights, str)):
        raise OptionError(f'averaged_over(weights=): expected None, "support" or the name of a column; got {weights!r}.')
    return AveragedOver(metrics, column, weights)


def _require_inside(metrics: Any, column: Any) -> None:
    """Refuse what cannot be averaged, and say in which order makers go."""
    if not isinstance(metrics, (MetricFunction, MetricSet)):
        maker = getattr(metrics, "maker", None)
        if isinstance(maker, str):
            raise OptionError(f"averaged_over: it goes inside of {maker}: write {maker}(averaged_over(metric, {column!r})).")
        of_table = isinstance(metrics, (TableFunction, FrameFunction))
        what = "a curve or a table has no mean" if of_table else "expected a metric or a metric_set"
        raise OptionError(f"averaged_over: {what}; got {metrics!r}. Write averaged_over(tm.accuracy, {column!r}).")
    for member in metrics.members if isinstance(metrics, MetricSet) else (metrics,):
        if isinstance(member.kind, Groupwise):
            raise MetricSetError(
                f"averaged_over: {member.metric.name} compares groups of rows, and is no metric of one of them; average the "
                "metric that it is made of."
            )
