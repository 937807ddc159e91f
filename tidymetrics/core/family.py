"""Families of metrics: what their calls take, which statistics they stand on, and how a formula's values are finished.

A family is a folder that derives from `Family` and `Kind`; nothing outside of it knows its name. Metrics of one family can be
one metric set. A kind is one form of call inside a family, such as probabilities beside predicted classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from tidymetrics import statistics
from tidymetrics.core.arguments import DATA, Argument, Table, entries
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.options import flag
from tidymetrics.core.registry import Registry
from tidymetrics.errors import MetricSetError, OptionError
from tidymetrics.frames import Role
from tidymetrics.statistics import GroupTotals, Notes, Reductions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.frames import PreparedFrame, Vectors
    from tidymetrics.statistics import Check
    from tidymetrics.typing import Array, Mask


@dataclass(frozen=True, eq=False, repr=False)
class LeftOut:
    """Parts of an average that have no value and were left out of it."""

    what: str
    """What the parts are, such as "levels"."""
    names: Sequence[Any]
    """[parts]"""
    where: Mask
    """[groups, parts]"""
    reason: str


@dataclass(frozen=True, eq=False, repr=False)
class Outcome:
    """The values of one metric, before groups that have none are blanked."""

    values: Array
    """[groups], or [groups, levels]"""
    estimator: str
    totals: GroupTotals
    extra: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Columns between `.estimator` and `.estimate` with their values [levels], such as `.level`."""
    error: Array | None = None
    """How far the values can be off, of the same shape; None where they are exact."""
    left_out: LeftOut | None = None
    std_error: Array | None = None
    """Standard errors of the values, of the same shape; None where none is known."""
    along: tuple[str, Sequence[Any]] | None = None
    """What the second axis of the values is, for messages, with its values."""


@dataclass(eq=False, repr=False)
class Batch:
    """Metrics that stand on one prepared frame; `reductions` is there once they are evaluated."""

    metrics: Sequence[BoundMetric]
    rows: PreparedFrame | Vectors
    reductions: Reductions | None = None
    checks: tuple[Check, ...] = ()
    """What must hold beside what the statistics check."""
    notes: Notes = field(default_factory=Notes)
    """What a state says of the columns."""

    def reduce(self, *more: Any, cut: Any = None) -> Reductions:
        """Make the reductions that all metrics of the batch share, and what more requests ask for."""
        requests = [*(request for m in self.metrics for request in m.requests), *more]
        notes = replace(self.notes, asked={request: m.name for m in reversed(self.metrics) for request in m.requests})
        self.reductions = Reductions(self.rows, requests, checks=self.checks, notes=notes, cut=cut)
        return self.reductions

    def get(self, request: Any) -> Any:
        """Return a statistic of the batch, once it is evaluated."""
        if self.reductions is None:
            raise RuntimeError("the batch has not been evaluated")
        return self.reductions.get(request)


KINDS: Registry[Kind] = Registry()
"""The kinds of metrics by name, in the order of their families."""


@dataclass(frozen=True, eq=False)
class Kind:
    """One form of call of a family's metrics."""

    name: str
    title: str
    """What its metrics are of, as a title."""
    family: Family
    arguments: tuple[Argument, ...]
    """Those of a call, the columns first."""
    prediction: str = "estimate"
    """The argument by which a set is given what the metrics predict."""
    predicted: str = "predictions"
    """What that is, for messages."""
    response: str | None = None
    """The method of a scikit-learn estimator that gives it; None where there is none."""
    of_functions: tuple[str, ...] | None = None
    """The estimators of a metric made of a plain function of vectors; None where there is no such metric."""

    returns: ClassVar[str] = (
        "A frame in the same library as the input, one row per group: the keys, `.metric`, `.estimator`, `.estimate` "
        "(a float, null "
        "where it is undefined)."
    )
    returns_vector: ClassVar[str] = "float\n    The estimate; nan where it is undefined."

    def register(self) -> Kind:
        """Enter the kind under its name."""
        KINDS[self.name] = self
        self.family.enter(self)
        return self

    def table(self, name: str, *, vectors: bool = False) -> Table:
        """Return the arguments of a call of a metric of this kind."""
        if vectors:
            return Table(name, tuple(a.for_vectors() for a in self.arguments if a.in_vectors))
        return Table(name, self.arguments)

    def documented(self, metric: Metric, *, vectors: bool) -> list[str]:
        """Write the entries of the docstring's parameters that its metrics share."""
        return entries(self.table(metric.name, vectors=True).arguments if vectors else (DATA, *self.arguments), metric)

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Return when which errors are raised, beside those of every metric."""
        return {}

    @property
    def each_of_call(self) -> tuple[str, ...]:
        """The names of all arguments."""
        return tuple(a.name for a in self.arguments)

    @property
    def each(self) -> tuple[str, ...]:
        """The arguments that each metric of a set may have its own value of."""
        return tuple(a.name for a in self.arguments if a.per_metric)

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""
        record = function.metric
        flag(record.name, "na_rm", arguments.get("na_rm", True))
        own = {name: arguments[name] for name in self.each if name in arguments}
        return BoundMetric(record.name, self, record, options, own)

    def require_one_value(self, bound: BoundMetric) -> None:
        """Refuse arguments by which vectors would give several values."""

    def takes_counts(self, data: Any) -> bool:  # noqa: ARG002
        """Return whether something given for data is counts that the kind can score without rows."""
        return False

    def score_counts(self, function: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:  # noqa: ARG002
        """Score counts."""
        raise OptionError(f"{function.metric.name}: rows are needed, not counts.")

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Return the statistics that a metric stands on, its totals first."""
        if bound.record.per_group:
            return (statistics.PerGroup(bound.name, bound.record.formula, tuple(bound.options.items())),)
        return (GroupTotals.request(), bound.record.request(bound.options))

    def slopes_by_cell(
        self,
        bound: BoundMetric,  # noqa: ARG002
        reductions: Reductions,  # noqa: ARG002
        table: Array,  # noqa: ARG002
        *,
        empty: bool,  # noqa: ARG002
    ) -> tuple[Array, Array] | None:
        """Differentiate a formula by each cell of counts; None where the statistic is no table of counts."""
        return None

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Apply the formula to the statistic: an `Outcome`, or a table that builds its own result."""
        if bound.record.per_group:
            made = reductions.get(bound.requests[0])
            return Outcome(made.values, "standard", made.totals)
        totals = reductions.get(bound.requests[0])
        made = reductions.get(bound.requests[1])
        values = bound.record.apply(made, bound.options, totals.n.shape)
        return Outcome(values, "standard", getattr(made, "totals", totals))


class Family:
    """Metrics that can be one set."""

    name: ClassVar[str]
    moves: ClassVar[bool] = True
    """Whether the statistics of its metrics say how rows move them, or rows can be split: whether estimates have intervals."""
    merges: ClassVar[bool] = True
    """Whether some of its statistics can be states."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}

    @property
    def kinds(self) -> Collection[Kind]:
        """The kinds of the family."""
        return self._kinds.values()

    def enter(self, kind: Kind) -> None:
        """Make a kind one of the family's."""
        self._kinds[kind.name] = kind

    def set_arguments(self) -> tuple[Argument, ...]:
        """Return the arguments of a set: those of all kinds, and the predictions under the names that tell them apart."""
        made: dict[str, Argument] = {}
        for kind in self.kinds:
            for argument in kind.arguments:
                made.setdefault(argument.name, argument)
            if kind.prediction != "estimate":
                prediction = next(a for a in kind.arguments if a.name == "estimate")
                made.setdefault(kind.prediction, replace(prediction, name=kind.prediction, positional=False, default=None))
        if len({kind.prediction for kind in self.kinds}) > 1:
            made["estimate"] = replace(made["estimate"], default=None)
        return tuple(sorted(made.values(), key=lambda a: not a.positional))

    def arrange(self, metrics: Sequence[BoundMetric], call: Call) -> Call:
        """Find out which prediction of a call is which: what `estimate` is, if it is named alone, follows from the metrics."""
        if len({kind.prediction for kind in self.kinds}) < 2:
            return call
        wanted: dict[str, list[BoundMetric]] = {}
        for metric in metrics:
            wanted.setdefault(metric.kind.prediction, []).append(metric)
        given = {name: call.get(name) for name in (*wanted, *{kind.prediction for kind in self.kinds})}
        missing = [name for name in wanted if given[name] is None]
        estimate = call.get("estimate")
        if len(missing) == 1 and "estimate" not in wanted and estimate is not None:
            values = {**call.values, "estimate": None, missing[0]: estimate}
            call, given = replace(call, values=values, named={missing[0]: "estimate"}), {**given, missing[0]: estimate}
        elif missing and call.vectors:
            raise OptionError("estimate: expected a vector; got None.")
        elif missing:
            first = wanted[missing[0]]
            names = ", ".join(m.name for m in first[:3])
            raise OptionError(f"{missing[0]}: name {first[0].kind.predicted}, which {names} {_read(first)}.")
        for name, value in given.items():
            if value is not None and name not in wanted and name != "estimate":
                raise MetricSetError(f"no metric of the set takes {name}=.")
        return call

    def roles(self, call: Call) -> list[Role]:
        """Name the columns that the table of arguments says are read."""
        seen: dict[str, Role] = {}
        for kind in self.kinds:
            for a in kind.arguments:
                if a.role and call.get(a.name) is not None:
                    seen.setdefault(a.role, Role(a.role, a.name, call.get(a.name), a.column))  # type: ignore[arg-type]
        return list(seen.values())

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Give the arguments of the call that a state was made by, as far as the functions read them."""
        values: dict[str, Any] = {}
        for argument in (a for kind in self.kinds for a in kind.arguments):
            if argument.role and argument.name not in values and argument.name != "case_weights":
                values[argument.name] = state.column(argument.role, argument.column)
        return {**values, **state.case_weights()}

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare what the metrics read, and find what each stands on; a later batch may use an earlier one's statistics."""
        rows = call.prepare(self.roles(call))
        yield Batch([replace(m, requests=m.kind.requests(m)) for m in metrics], rows)


def _read(metrics: Sequence[Any]) -> str:
    return "reads" if len(metrics) == 1 else "read"
