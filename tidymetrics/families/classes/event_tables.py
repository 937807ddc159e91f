"""Tables of many rows about the scores of an event, or of each level against the rest."""

from __future__ import annotations

import inspect
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import DATA, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.function import FrameFunction, VectorFunction, own_options
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.options import flag
from tidymetrics.core.results import one_group, tidy_points
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import EstimatorError, UndefinedMetricWarning
from tidymetrics.families.classes.curve_family import CURVE_ARGUMENTS, require_no_gaps
from tidymetrics.families.classes.family import FAMILY, ClassesKind, check_event
from tidymetrics.families.classes.probabilities import LEVELS_OF_PROBABILITIES, columns_of_events
from tidymetrics.frames import PreparedFrame
from tidymetrics.statistics import GroupTotals, reads_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.core.metric import Metric
    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics import EventColumns, Points, Reductions


@dataclass(frozen=True, eq=False)
class EventTableKind(ClassesKind):
    """Tables that stand on statistics of the scores of each event."""

    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:  # noqa: ARG002
        """Find the score columns and the events: one of two levels, or each against the rest."""
        if columns is None:
            raise RuntimeError("probabilities have columns")
        table: EventTable = bound.options["table"]
        own = bound.options["own"]
        chosen = own.get("estimator") == "top_label"
        position = None
        n_levels = len(columns.levels)
        if n_levels <= 2 and not chosen:
            event, event_level = bound.arguments.get("event"), bound.arguments.get("event_level", "first")
            column, position = columns.of_event(event, event_level, bound.name)
            scores: tuple[str, ...] = (column,)
        if position is None or (columns.complete and table.bounded):
            scores = columns.require_complete(bound.name)
        events = columns_of_events(scores, position, n_levels, chosen=chosen, bounded=table.bounded)
        requests = (GroupTotals.request(reads_for(events.reads)), *table.requests(events, own))
        names = columns.levels.values
        event_names = (
            () if chosen else names if position is None else (names[position], *names[:position], *names[position + 1 :])
        )
        own = {**bound.options, "events": event_names, "several": position is None and not chosen}
        return replace(bound, options=own, requests=requests, levels=names if position is None and not chosen else ())

    def records(self, bound: BoundMetric) -> Sequence[Metric]:
        """Give the metrics that the table evaluates."""
        return bound.options["table"].records(bound.options["own"])  # type: ignore[no-any-return]

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the frame."""
        require_no_gaps(bound, reductions.get(bound.requests[0]))
        made = [reductions.get(request) for request in bound.requests[1:]]
        return bound.options["table"].build(bound, made, reductions)


KIND = EventTableKind(
    name="event_table",
    title="Tables of scores",
    family=FAMILY,
    arguments=CURVE_ARGUMENTS,
    prediction="probs",
    predicted="the columns of probabilities",
)


class EventTable(FrameFunction):
    """A table of dataframes."""

    def __init__(
        self,
        draw: Callable[..., tuple[Points, ...]],
        columns: tuple[str, ...],
        requests: Callable[[EventColumns, Mapping[str, Any]], tuple[Any, ...]],
        read: Callable[[str, Mapping[str, Any]], Mapping[str, Any]],
        *,
        bounded: bool,
        undefined: str,
    ) -> None:
        self.kind = KIND
        self.draw = draw
        self.columns = columns
        self.requests = requests
        self.read = read
        self.bounded = bounded
        self.undefined = undefined
        self.written = inspect.getdoc(draw) or ""
        self._named(draw.__name__, draw.__module__)

    def __repr__(self) -> str:
        return f"<{self.__name__}: a table of class probabilities; columns {', '.join(self.columns)}>"

    def __reduce__(self) -> str:
        return self.__name__

    def _table(self) -> Table:
        return self.kind.table(self.__name__)

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return own_options(self.draw)

    def _documented(self) -> str:
        return self._docstring(vectors=False)

    def vector_docstring(self) -> str:
        """Write the docstring of the form that takes vectors."""
        return self._docstring(vectors=True)

    def _docstring(self, *, vectors: bool) -> str:
        named = ", ".join(f"`{name}`" for name in self.columns)
        arguments = self.kind.table(self.__name__, vectors=True).arguments if vectors else (DATA, *self.kind.arguments)
        what = (
            "polars DataFrame of many rows:"
            if vectors
            else "frame in the same library as the input, many rows per group: the keys,"
        )
        raises = {"LevelError": LEVELS_OF_PROBABILITIES, "TidymetricsError": "A value is missing and na_rm=False."}
        if self.bounded:
            raises["ProbabilityError"] = "A probability is outside [0, 1], or those of a row do not add up to 1 (within 1e-3)."
        returns = (
            f"A {what} {named}; with more than two levels each of them against the rest, `.level` first. "
            "Undefined values are null."
        )
        return put_together(
            self.written,
            "",
            entries(arguments, None),
            returns,
            raises,
            f"a value is undefined: {self.undefined}",
            vectors=vectors,
        )

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments."""
        name = self.__name__
        flag(name, "na_rm", arguments["na_rm"])
        check_event(name, arguments)
        self._table().require_known(options, list(self._options))
        given = {**{n: p.default for n, p in self._options.items()}, **options}
        own = self.read(name, given)
        return BoundMetric(name, self.kind, None, {"table": self, "own": own}, {n: arguments[n] for n in self.kind.each})

    def records(self, own: Mapping[str, Any]) -> Sequence[Metric]:  # noqa: ARG002
        """Give the metrics that it evaluates, of its options."""
        return ()

    def build(self, bound: BoundMetric, made: Sequence[Any], reductions: Reductions) -> Any:
        """Build the frame of the points of each event."""
        own = dict(bound.options["own"])
        drawn = self.draw(*made, **own)
        if any(np.isnan(points.columns[self.key_column]).any() for points in drawn):
            message = f"{bound.name} is undefined in some groups: {self.undefined}."
            warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())
        rows = reductions.rows
        groups = reductions.known_groups if isinstance(rows, PreparedFrame) else one_group()
        origin = rows.origin if isinstance(rows, PreparedFrame) else None
        return tidy_points(drawn, bound.levels or None, groups, origin)

    @property
    def key_column(self) -> str:
        """The column without which a row says nothing."""
        return next(name for name in self.columns if name in {".observed", ".net_benefit"})


def event_table(
    *columns: str,
    requests: Callable[[EventColumns, Mapping[str, Any]], tuple[Any, ...]],
    read: Callable[[str, Mapping[str, Any]], Mapping[str, Any]],
    bounded: bool = True,
    undefined: str = "no rows are left",
) -> Callable[[Callable[..., tuple[Points, ...]]], EventTable]:
    """Make a table of a function that draws points of statistics of events.

    Parameters
    ----------
    *columns
        The names of the columns, in order.
    requests
        Gives the requests of the columns of events and the options.
    read
        Checks the options by name, and gives them in the form that the function takes.
    bounded
        Whether the scores must be probabilities.
    undefined
        When a value is undefined.

    Returns
    -------
    A decorator for a function of the statistics and the options, which gives `Points` for each event.

    Examples
    --------
    >>> from tidymetrics.families.classes.event_tables import event_table
    >>> from tidymetrics.statistics import EventSteps, Points
    >>> @event_table(
    ...     ".observed", requests=lambda columns, options: (EventSteps(columns),), read=lambda name, options: options
    ... )
    ... def shares_doc(steps):
    ...     "The share of events at each score."
    ...     return tuple(Points({".observed": one.mean}, one.lengths) for one in steps)
    >>> import polars as pl
    >>> df = pl.DataFrame({"obs": [True, False, True], "p": [0.9, 0.5, 0.5]})
    >>> shares_doc(df, "obs", "p")[".observed"].to_list()
    [0.5, 1.0]
    """

    def declare(draw: Callable[..., tuple[Points, ...]]) -> EventTable:
        return EventTable(draw, columns, requests, read, bounded=bounded, undefined=undefined)

    return declare


def event_table_vector(function: Any) -> VectorFunction:
    """Give the form of a table that takes vectors."""
    return VectorFunction(function)


def require_top_label(name: str, estimator: Any) -> None:
    """Refuse estimators that a curve does not have."""
    if estimator not in {None, "top_label"}:
        raise EstimatorError(
            f'{name}: there is no estimator {estimator!r} for it; leave it out for a curve of each level, or pass "top_label".'
        )
