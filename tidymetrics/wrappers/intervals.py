"""An interval on every estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from tidymetrics.core.arguments import Argument, Table
from tidymetrics.core.call import Call
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.intervals import IntervalOptions, add_intervals
from tidymetrics.core.results import tidy
from tidymetrics.core.score import evaluate
from tidymetrics.errors import OptionError, StateError
from tidymetrics.frames import UNIT, InputFrame, Role, find, names_of, read_state, recognise
from tidymetrics.wrappers.averages import AveragedOver
from tidymetrics.wrappers.groupwise import Groupwise
from tidymetrics.wrappers.models import EachModel
from tidymetrics.wrappers.sets import MetricSet

if TYPE_CHECKING:
    import inspect
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.influence import Spreads
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.score import Scored

UNIT_ARGUMENT = Argument(
    "unit",
    "str | None",
    "The column that says what was drawn independently, such as a patient: rows of one unit vary together.",
    None,
    column="order",
    in_vectors=False,
    flag="the column of what was drawn independently, for intervals",
)


def require_metrics(maker: str, metrics: Any) -> None:
    """Refuse what is neither a metric nor a set, and metrics of groups."""
    if isinstance(metrics, AveragedOver):  # its units are the groups averaged over, whatever moves the metrics inside
        return
    if not isinstance(metrics, (MetricFunction, MetricSet)):
        what = "a curve or a table has no interval" if callable(metrics) else "expected a metric or a metric_set"
        raise OptionError(f"{maker}: {what}; got {metrics!r}. Write {maker}(tm.accuracy) or {maker}(tm.metric_set(...)).")
    for member in members_of(metrics):
        if member.metric.no_interval:
            raise OptionError(f"{maker}: {member.metric.name} has no interval: {member.metric.no_interval}.")
        if isinstance(member.kind, Groupwise):
            raise OptionError(
                f"{maker}: {member.metric.name} is a difference between groups of rows; compare the metric that it is made of: "
                f"compare(metric)(..., across={member.kind.column!r})."
            )


def members_of(metrics: MetricFunction | MetricSet | AveragedOver) -> tuple[MetricFunction, ...]:
    """Give the metrics of a set, or the one that there is."""
    return (metrics,) if isinstance(metrics, MetricFunction) else metrics.members


def table_of(metrics: MetricFunction | MetricSet | AveragedOver, more: Sequence[Argument]) -> Table:
    """Give the arguments of a call of a metric or a set, and further ones at their end."""
    arguments = metrics.table().arguments
    more = () if isinstance(metrics, AveragedOver) else more  # the units are the groups of its column
    return Table(metrics.metric.name if isinstance(metrics, MetricFunction) else "the metric set", (*arguments, *more))


def read_call(
    metrics: MetricFunction | MetricSet | AveragedOver, args: Sequence[Any], given: Mapping[str, Any], more: Sequence[Argument]
) -> tuple[dict[str, Any], list[BoundMetric]]:
    """Read the arguments of a call, and bind the metrics with them."""
    if isinstance(metrics, AveragedOver):
        if given.get("unit") is not None:
            raise OptionError(f"unit: the units of an average over {metrics.column!r} are its groups; leave out unit=.")
        return metrics.read(args, {name: value for name, value in given.items() if name != "unit"})
    table = table_of(metrics, more)
    values, options = table.read(args, given)
    if isinstance(metrics, MetricSet):
        metrics.require_taken(table, dict(given), options)
        return values, metrics.bind(values, options)
    return values, [metrics.bind(values, options)]


def call_of(data: Any, values: dict[str, Any], bounds: Sequence[BoundMetric]) -> Call:
    """Give the call of a frame, with the column of units where one is named."""
    family = bounds[0].kind.family
    unit = values.pop("unit", None) or family.unit_of(values)
    by = values.pop("by", None)
    source = data if isinstance(data, InputFrame) else recognise(data, by)
    more: tuple[Role, ...] = ()
    if unit is not None:
        if not family.own_units:  # families of several frames look it up in each
            find(unit, "unit", names_of(source.frame))
        more = (Role(UNIT, "unit", unit, "order"),)
    call: Call = family.arrange(bounds, Call(source, values, more=more))
    return call


def evaluated(
    metrics: MetricFunction | MetricSet | AveragedOver, bounds: Sequence[BoundMetric], call: Call, options: IntervalOptions
) -> tuple[Scored, Spreads]:
    """Evaluate the metrics of a call, with the spreads of their influences."""
    spreads = options.spreads()
    if isinstance(metrics, AveragedOver):
        made = metrics.evaluate(bounds, call)
        spreads.found |= made.spreads
        return made.scored, spreads
    return evaluate(bounds, call, spreads.observe), spreads


@dataclass(frozen=True)
class WithIntervals:
    """A metric, or a set, whose estimates have intervals; made by `with_intervals`."""

    metrics: MetricFunction | MetricSet | AveragedOver
    options: IntervalOptions
    maker: ClassVar[str] = "with_intervals"

    def __repr__(self) -> str:
        return f"<with_intervals({self.metrics!r}{self.options.shown()})>"

    @property
    def __signature__(self) -> inspect.Signature:
        return table_of(self.metrics, (UNIT_ARGUMENT,)).signature(first=["data"])

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Score a frame, with an interval on each estimate.

        Parameters
        ----------
        data, *args, **given
            As for the metric or the set.
        unit
            The column that says what was drawn independently, such as a patient: rows of one unit vary together. By default
            each row; a subject of survival data, a query of rankings, an image of detections. Rows without one are a unit
            each.

        Returns
        -------
        The frame of the metric or the set, with the columns `.std_error`, `.lower` and `.upper` after `.estimate`.
        """
        of_rows = isinstance(self.metrics, AveragedOver)
        if not of_rows and not args and "truth" not in given and members_of(self.metrics)[0].kind.takes_counts(data):
            return self._of_counts(data, given)
        values, bounds = read_call(self.metrics, args, given, (UNIT_ARGUMENT,))
        return self._scored(bounds, call_of(data, values, bounds))

    def _scored(self, bounds: list[BoundMetric], call: Call) -> Any:
        scored, spreads = evaluated(self.metrics, bounds, call, self.options)
        if scored.origin is None:
            raise RuntimeError("a frame has an origin")
        made = add_intervals(
            scored, bounds, spreads, self.options, units=bool(call.more) or isinstance(self.metrics, AveragedOver)
        )
        return tidy(made, scored.groups, scored.origin)

    def state(self, data: Any, *args: Any, **given: Any) -> Any:
        """Make the state of the rows: that of the metric or the set, whose counts hold what intervals need.

        Parameters
        ----------
        data, *args, **given
            As for the state of the metric.

        Returns
        -------
        A frame in the same library as the input.
        """
        return self.metrics.state(data, *args, **given)

    def finish(self, state: Any, *, by: Any = None, **given: Any) -> Any:
        """Finish a state of predicted classes with an interval on each estimate.

        Parameters
        ----------
        state, by, **given
            As for the metric.

        Returns
        -------
        What the call on all rows gives, in the same library as the state.

        Raises
        ------
        StateError
            The metric is no formula over counts, or the counts are weighted: a state does not tell how far single rows move it.
        """
        from tidymetrics.core.recalled import Recalled  # noqa: PLC0415  # not every call reads states
        from tidymetrics.core.states import recalled_call  # noqa: PLC0415

        recalled = Recalled.of(read_state(state))
        if isinstance(self.metrics, AveragedOver):
            return self.metrics.finish(state)
        for member in members_of(self.metrics):
            if not hasattr(member.kind, "score_counts_with") or member.metric.per_group:  # no formula over counts
                raise StateError(
                    f"{member.metric.name}: a state does not tell how far single rows move the estimate, so that it has no "
                    "interval; those of counts of classes have one. Finish it without with_intervals, or score the rows."
                )
        if recalled.weights is not None and self.options.weight_type != "frequency":
            raise StateError(
                "with_intervals: the state is weighted, and does not hold the squares of weights that intervals need. Pass "
                'weight_type="frequency" if the weights count rows, or score the rows.'
            )
        return self._scored(*recalled_call(self.metrics, recalled, by, given))

    def _of_counts(self, counts: Any, given: Mapping[str, Any]) -> Any:
        """Score a confusion matrix, whose counts are rows."""
        kind: Any = members_of(self.metrics)[0].kind
        return kind.score_counts_with(members_of(self.metrics), counts, dict(given), self.options)


def with_intervals(
    metrics: MetricFunction | MetricSet | AveragedOver | EachModel,
    conf_level: float = 0.95,
    *,
    method: str | None = None,
    weight_type: str = "importance",
    seed: int = 0,
) -> WithIntervals | EachModel:
    """Make a metric, or a set, whose estimates carry a standard error and an interval.

    The intervals come from how far each row moves the estimate (its influence), which the statistics of the metric tell;
    nothing is scored again. Estimates with a range keep their limits inside it, also in small groups and at its ends.

    Parameters
    ----------
    metrics
        A metric, a `metric_set`, `averaged_over` one, or `each_model` of one of these; of predicted classes, a
        `ConfusionMatrix` can be scored as well.
    conf_level
        The share of intervals that contain the true value.
    method
        None: Wilson's interval of the effective number of rows where the metric has both a least and a greatest value, on the
        scale of logarithms where it has one of them, else the estimate and a multiple of its standard error. "wald": always
        the latter, with normal quantiles, as many papers print. "exact": Clopper and Pearson's interval of the effective
        rows, for those who need at least the level.
    weight_type
        What `case_weights` are. "importance": each row is one observation that matters more or less. "frequency": each row
        counts as so many equal rows.
    seed
        For the random splits that give intervals to quantiles, Cox models and plain functions; all else is deterministic.

    Returns
    -------
    WithIntervals
        Called like the metric or the set, with ``unit=`` beside. It gives their rows with the columns `.std_error`, `.lower`
        and `.upper`, null where there is no interval.

    Raises
    ------
    OptionError
        For a wrong option, a curve, or a metric of groups.

    Warns
    -----
    UndefinedIntervalWarning
        Once per call, with the reason, where an estimate has no interval.

    References
    ----------
    Efron, B. (1982). The Jackknife, the Bootstrap and Other Resampling Plans. SIAM.
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22(158), 209-212.
    DeLong, E. R., DeLong, D. M., Clarke-Pearson, D. L. (1988). Comparing the areas under two or more correlated receiver
    operating characteristic curves: a nonparametric approach. Biometrics 44(3), 837-845.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> tm.with_intervals(tm.accuracy)(df, "obs", "pred").select(pl.col(".estimate", ".lower", ".upper").round(4)).row(0)
    (0.75, 0.3006, 0.9544)
    """
    own = metrics.metrics if isinstance(metrics, EachModel) else metrics
    require_metrics("with_intervals", own)
    options = IntervalOptions(conf_level, method, weight_type, seed)
    options.require("with_intervals")
    made = WithIntervals(own, options)
    return EachModel(made) if isinstance(metrics, EachModel) else made
