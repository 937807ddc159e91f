"""Curves of class probabilities: many rows per group, with the coordinates of the points."""

from __future__ import annotations

import inspect
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, DATA, NA_RM, Argument, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.function import FrameFunction, VectorFunction, own_options
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.options import bins_or_none, flag
from tidymetrics.core.results import one_group, tidy_points
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import OptionError, TidymetricsError, UndefinedMetricWarning, listed
from tidymetrics.families.classes.family import FAMILY, OF_EVENTS, ClassesKind, check_event
from tidymetrics.families.classes.probabilities import LEVELS_OF_PROBABILITIES, PROBABILITIES, TRUTH_OF_PROBABILITIES
from tidymetrics.frames import PreparedFrame
from tidymetrics.statistics import CurvePoints, GroupTotals, reads_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics import Points, Reductions
    from tidymetrics.typing import Array

NA_RM_OF_CURVES = NA_RM.with_text(
    "Whether rows with a missing value (null or NaN) in a column read are dropped. If not, a missing value is an error."
)
CURVE_ARGUMENTS: tuple[Argument, ...] = (TRUTH_OF_PROBABILITIES, PROBABILITIES, BY, NA_RM_OF_CURVES, CASE_WEIGHTS, *OF_EVENTS)
_BINS = """bins
    Give the points between bins of scores, at most this many bins, in place of one for each distinct score. They are exact
    points of the full curve, which runs between them."""
_RAISES = {"LevelError": LEVELS_OF_PROBABILITIES, "TidymetricsError": "A value is missing and na_rm=False."}


@dataclass(frozen=True, eq=False)
class CurveKind(ClassesKind):
    """Curves: a formula draws their points from the cumulative counts of each event's ranking."""

    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:  # noqa: ARG002
        """Find the score columns and the event of each curve: one of two levels, or each against the rest."""
        if columns is None:
            raise RuntimeError("probabilities have columns")
        binary = len(columns.levels) <= 2
        if binary:
            event, event_level = bound.arguments.get("event"), bound.arguments.get("event_level", "first")
            column, position = columns.of_event(event, event_level, bound.name)
            scores: tuple[str, ...] = (column,)
            events: tuple[int, ...] = (position,)
        else:
            scores = columns.require_complete(bound.name)
            events = tuple(range(len(scores)))
        reads = reads_for(scores)
        own = bound.options
        points = CurvePoints(own["draw"], scores, events, own["keep_weight_0"], own["thresholds"], own["bins"])
        requests = (GroupTotals.request(reads), points)
        return replace(bound, requests=requests, levels=() if binary else columns.levels.values)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the frame of the curves of each group."""
        totals = reductions.get(bound.requests[0])
        require_no_gaps(bound, totals)
        drawn = reductions.get(bound.requests[1])
        if any(np.isnan(values[1:]).any() for points in drawn for values in points.columns.values()):
            _warn(bound.name, drawn)
        rows = reductions.rows
        groups = reductions.known_groups if isinstance(rows, PreparedFrame) else one_group()
        origin = rows.origin if isinstance(rows, PreparedFrame) else None
        return tidy_points(drawn, bound.levels or None, groups, origin)


def require_no_gaps(bound: BoundMetric, totals: GroupTotals) -> None:
    """Refuse missing values where they are not to be dropped."""
    if not bound.arguments["na_rm"] and (totals.n < totals.n_rows).any():
        raise TidymetricsError(
            f"{bound.name}: {int((totals.n_rows - totals.n).sum())} rows have missing values, and na_rm=False. A curve "
            "cannot be undefined: drop or fill the values, or leave na_rm out."
        )


KIND = CurveKind(
    name="curve",
    title="Curves",
    family=FAMILY,
    arguments=CURVE_ARGUMENTS,
    prediction="probs",
    predicted="the columns of probabilities",
)


class CurveFunction(FrameFunction):
    """A curve of dataframes."""

    def __init__(self, draw: Callable[..., Points], columns: tuple[str, ...], doc: str, *, keep_weight_0: bool) -> None:
        self.kind = KIND
        self.draw = draw
        self.columns = columns
        self.keep_weight_0 = keep_weight_0
        self.written = doc
        self._named(draw.__name__, draw.__module__)

    def __repr__(self) -> str:
        return f"<{self.__name__}: a curve of class probabilities; columns {', '.join(self.columns)}>"

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
        return put_together(
            self.written,
            "",
            [*entries(arguments, None), *([_BINS] if "bins" in self._options else [])],
            f"A {what} {named}; with more than two levels a curve of each against the rest, `.level` first. "
            "Undefined coordinates are null.",
            _RAISES,
            "a coordinate is undefined: the truth lacks a class",
            vectors=vectors,
        )

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments; give the curve with the points that are asked for."""
        name = self.__name__
        flag(name, "na_rm", arguments["na_rm"])
        check_event(name, arguments)
        self._table().require_known(options, list(self._options))
        bins, thresholds = options.get("bins"), read_thresholds(options.get("thresholds"), name)
        bins_or_none(name, "bins", bins)
        if bins is not None and thresholds is not None:
            raise OptionError(f"{name}: bins= and thresholds= both say which points to give; pass one of them.")
        own = {"draw": self.draw, "keep_weight_0": self.keep_weight_0, "thresholds": thresholds, "bins": bins}
        return BoundMetric(name, self.kind, None, own, {n: arguments[n] for n in self.kind.each})


def read_thresholds(given: Any, name: str) -> tuple[float, ...] | None:
    """Check a list of thresholds; give the distinct ones, increasing."""
    if given is None:
        return None
    expected = f"{name}(thresholds=): expected a list of finite numbers"
    if isinstance(given, (bool, int, float, np.number, str, bytes)):
        hint = (
            f"; pass thresholds=[{given!r}]"
            if isinstance(given, (int, float, np.number)) and not isinstance(given, bool)
            else ""
        )
        raise OptionError(f"{expected}; got {given!r}{hint}.")
    try:
        values: Array = np.asarray(given)
    except (TypeError, ValueError):
        values = np.array([np.nan])
    if values.ndim != 1 or not len(values) or values.dtype.kind not in "fiu" or not np.isfinite(values).all():
        shown = f"[{listed(given)}]" if hasattr(given, "__iter__") else repr(given)
        raise OptionError(f"{expected}; got {shown}.")
    return tuple(np.unique(values.astype(np.float64)).tolist())


def _warn(name: str, drawn: tuple[Points, ...]) -> None:
    lost = sorted({n for p in drawn for n, values in p.columns.items() if _lacks(p, values)})
    if not lost:
        return
    n_groups = len(drawn[0].count)
    bad = np.zeros(n_groups, bool)
    for points in drawn:
        group = np.repeat(np.arange(n_groups), points.count)
        for column in lost:
            bad |= np.bincount(group, np.isnan(points.columns[column]), minlength=n_groups) > 1
    where = f" in {bad.sum()} of {n_groups} groups" if n_groups > 1 else ""
    message = f"{name}: {', '.join(lost)} is undefined{where}: the truth lacks a class."
    warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


def _lacks(points: Points, values: Array) -> bool:
    """Return whether a column is undefined beyond a first row (0/0 by definition in a lift curve)."""
    starts = np.cumsum(points.count) - points.count
    return bool(np.isnan(values).sum() > np.isnan(values[starts]).sum())


def curve(*columns: str, keep_weight_0: bool = False) -> Callable[[Callable[..., Points]], CurveFunction]:
    """Make a curve of a function that draws points from a ranking of scores.

    Parameters
    ----------
    *columns
        The names of the columns, in order.
    keep_weight_0
        Whether rows of weight 0 are points too.

    Returns
    -------
    A decorator for a function of a `ScoreRanking` that gives `Points`.

    Examples
    --------
    >>> from tidymetrics.families.classes.curve_family import curve
    >>> from tidymetrics.statistics import Points, ScoreRanking, framed
    >>> @curve(".threshold", "events")
    ... def events_doc(ranking: ScoreRanking) -> Points:
    ...     "The weight of events at or above each score."
    ...     return framed(ranking, {".threshold": ranking.score, "events": ranking.events}, start=(float("inf"), 0.0))
    >>> events_doc.__name__
    'events_doc'
    """

    def declare(draw: Callable[..., Points]) -> CurveFunction:
        return CurveFunction(draw, columns, inspect.getdoc(draw) or "", keep_weight_0=keep_weight_0)

    return declare


def curve_vector(function: Any) -> VectorFunction:
    """Return the form of a curve that takes vectors."""
    return VectorFunction(function)
