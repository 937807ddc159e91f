"""Curves: many rows a group, with the coordinates of the points."""

from __future__ import annotations

import inspect
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tidymetrics.core.documentation import curve_docstring
from tidymetrics.core.evaluate import stack_depth
from tidymetrics.core.function import LooksLikeAFunction, own_options
from tidymetrics.core.options import bins_or_none, flag, one_of
from tidymetrics.core.results import rows_of_groups, tidy_points
from tidymetrics.errors import OptionError, TidymetricsError, UndefinedMetricWarning
from tidymetrics.families.classes.probabilities import prob_roles
from tidymetrics.frames import Asked, bind_frame, bind_vectors, prepare, prepare_vectors, recognise
from tidymetrics.frames import read_classes as read_truth
from tidymetrics.statistics import CurvePoints, GroupTotals, Points, Reductions, reads_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from tidymetrics.families.classes.probabilities import Probabilities
    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.typing import Array, By, EventLevel, Level, Vector


class Curve(Protocol):
    """A curve, as type checkers see it."""

    __name__: str

    def __call__(
        self,
        data: Any,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        **options: Any,
    ) -> Any:
        """Trace the curve of a frame."""


class CurveVector(Protocol):
    """A curve of vectors, as type checkers see it."""

    __name__: str

    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        **options: Any,
    ) -> pl.DataFrame:
        """Trace the curve of vectors."""


@dataclass(frozen=True, eq=False)
class Cut:
    """Which points of a curve are asked for: all, those at some thresholds, or those between bins of scores."""

    thresholds: Array | None
    bins: int | None


class CurveFunction(LooksLikeAFunction):
    """A curve of dataframes."""

    def __init__(self, draw: Callable[..., Points], columns: tuple[str, ...], doc: str, *, keep_weight_0: bool) -> None:
        self.draw = draw
        self.columns = columns
        self.keep_weight_0 = keep_weight_0
        self.options = own_options(draw)
        self.doc = doc
        self._name(
            draw.__name__,
            draw.__module__,
            self._frame_call(),
            curve_docstring(doc, columns, vector=False, bins="bins" in self.options),
            self.options,
        )

    def __repr__(self) -> str:
        return f"<{self.__name__}: a curve of class probabilities; columns {', '.join(self.columns)}>"

    def __reduce__(self) -> str:
        return self.__name__

    def _frame_call(self) -> Callable[..., Any]:
        def call(
            data: Any,
            truth: str,
            estimate: Probabilities,
            *,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
            event_level: EventLevel = "first",
            event: Level | None = None,
            levels: Sequence[Level] | None = None,
            **options: Any,
        ) -> Any:
            cut = self.check(na_rm, event_level, event, options)
            source = recognise(data, by)
            binding, columns = bind_frame(Asked("estimate", estimate, levels, _events(event)), source, truth)
            rows = prepare(source, prob_roles(truth, columns, case_weights), levels=binding.levels.values)
            return self.trace(rows, binding, event, event_level, cut, na_rm=na_rm)

        return call

    def check(self, na_rm: Any, event_level: Any, event: Any, options: dict[str, Any]) -> Cut:
        """Check the arguments; give the thresholds or the bins, if any are asked for."""
        flag(self.__name__, "na_rm", na_rm)
        one_of("first", "second")(self.__name__, "event_level", event_level)
        if event is not None and event_level != "first":
            raise OptionError(f"{self.__name__}: event= and event_level= say the same thing; give one of them.")
        for name in options:
            if name not in self.options:
                raise OptionError(f"{self.__name__}() has no argument {name!r}.")
        bins, thresholds = options.get("bins"), _thresholds(options.get("thresholds"), self.__name__)
        bins_or_none(self.__name__, "bins", bins)
        if bins is not None and thresholds is not None:
            raise OptionError(f"{self.__name__}: bins= and thresholds= both say which points to give; give one of them.")
        return Cut(thresholds, bins)

    def trace(self, rows: Any, binding: ProbabilityColumns, event: Any, event_level: str, cut: Cut, *, na_rm: bool) -> Any:
        """Trace the curve of each group, and of each level where there are more than two."""
        binary = len(binding.levels) <= 2
        if binary:
            column, position = binding.of_event(event, event_level, self.__name__)
            columns: tuple[str, ...] = (column,)
            events: tuple[int, ...] = (position,)
        else:
            columns = binding.require_complete(self.__name__)
            events = tuple(range(len(columns)))
        totals_over = GroupTotals.request(reads_for(columns))
        thresholds = None if cut.thresholds is None else tuple(cut.thresholds.tolist())
        points = CurvePoints(self.draw, columns, events, self.keep_weight_0, thresholds, cut.bins)
        reductions = Reductions(rows, [totals_over, points])
        totals = reductions.get(totals_over)
        if not na_rm and (totals.n < totals.n_rows).any():
            raise TidymetricsError(
                f"{self.__name__}: {int((totals.n_rows - totals.n).sum())} rows have missing values, and na_rm=False. A curve "
                "has no way to be undefined: drop or fill the values, or leave na_rm out."
            )
        made = reductions.get(points)
        drawn = list(made)
        if any(np.isnan(values[1:]).any() for points in drawn for values in points.columns.values()):
            self._warn(drawn)
        levels = None if binary else binding.levels.values
        return tidy_points(drawn, levels, rows_of_groups(reductions), rows)

    def _warn(self, drawn: list[Points]) -> None:
        lost = [sorted({n for p in drawn for n, values in p.columns.items() if _lacks(p, values)})]
        if lost[0]:
            n_groups = len(drawn[0].count)
            bad = np.zeros(n_groups, bool)
            for points in drawn:
                group = np.repeat(np.arange(n_groups), points.count)
                for name in lost[0]:
                    bad |= np.bincount(group, np.isnan(points.columns[name]), minlength=n_groups) > 1
            where = f" in {bad.sum()} of {n_groups} groups" if n_groups > 1 else ""
            message = f"{self.__name__}: {', '.join(lost[0])} is undefined{where}: the truth lacks a class."
            warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


def _lacks(points: Points, values: Array) -> bool:
    """Tell whether a column is undefined beyond a first row (0/0 by definition in a lift curve)."""
    starts = np.cumsum(points.count) - points.count
    return bool(np.isnan(values).sum() > np.isnan(values[starts]).sum())


def _events(event: Any) -> tuple[Any, ...]:
    return () if event is None else (event,)


def _thresholds(given: Any, name: str) -> Array | None:
    if given is None:
        return None
    try:
        values = np.unique(np.asarray(given, np.float64))
    except (TypeError, ValueError):
        values = np.array([np.nan])
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        raise OptionError(f"{name}(thresholds=): expected finite numbers; got {given!r}.")
    return values


class CurveVectorFunction(LooksLikeAFunction):
    """The form of a curve that takes plain vectors."""

    def __init__(self, curve: CurveFunction) -> None:
        self.curve = curve
        name = f"{curve.__name__}_vec"
        self._name(
            name,
            curve.__module__,
            self._call_of(curve),
            curve_docstring(curve.doc, curve.columns, vector=True, bins="bins" in curve.options),
            curve.options,
        )

    def __repr__(self) -> str:
        return f"<{self.__name__}, on vectors: {repr(self.curve)[1:-1]}>"

    def __reduce__(self) -> str:
        return self.__name__

    @staticmethod
    def _call_of(curve: CurveFunction) -> Callable[..., Any]:
        def call(
            truth: Vector,
            estimate: Vector,
            *,
            na_rm: bool = True,
            case_weights: Vector | None = None,
            event_level: EventLevel = "first",
            event: Level | None = None,
            levels: Sequence[Level] | None = None,
            **options: Any,
        ) -> pl.DataFrame:
            cut = curve.check(na_rm, event_level, event, options)
            coded = read_truth(truth, "truth")
            binding, columns = bind_vectors(Asked("estimate", estimate, levels, _events(event)), coded)
            vectors = prepare_vectors(prob_roles(coded, columns, case_weights), levels=binding.levels.values)
            made: pl.DataFrame = curve.trace(vectors, binding, event, event_level, cut, na_rm=na_rm)
            return made

        return call


def curve(*columns: str, keep_weight_0: bool = False) -> Callable[[Callable[..., Points]], Curve]:
    """Make a curve of a function that draws the points of a ranking.

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
    >>> from tidymetrics.statistics import ScoreRanking, Points, framed
    >>> @curve(".threshold", "events")
    ... def events_doc(ranking: ScoreRanking) -> Points:
    ...     "The weight of events at or above each score."
    ...     return framed(ranking, {".threshold": ranking.score, "events": ranking.events}, start=(float("inf"), 0.0))
    >>> events_doc.__name__
    'events_doc'
    """

    def declare(draw: Callable[..., Points]) -> Curve:
        return CurveFunction(draw, columns, inspect.getdoc(draw) or "", keep_weight_0=keep_weight_0)

    return declare


def curve_vector(function: Curve) -> CurveVector:
    """Give the form of a curve that takes vectors."""
    return CurveVectorFunction(function)  # type: ignore[arg-type]
