"""The curve of survival probabilities: points for each threshold, at each evaluation time."""

from __future__ import annotations

import inspect
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import DATA, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.function import FrameFunction, VectorFunction
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.options import flag
from tidymetrics.core.results import build_cells
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import OptionError, TidymetricsError, UndefinedMetricWarning
from tidymetrics.families.survival.data import FAMILY
from tidymetrics.families.survival.family import TIMED_ARGUMENTS, TimedKind
from tidymetrics.statistics import EvaluationTimes, SurvivalCurvePoints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics import Points, Reductions

_NA_RM = (
    "Whether subjects with a missing value (null or NaN) in `truth` or `case_weights` are dropped. If not, a group "
    "that has one is "
    "an error. A missing prediction is no such value: the subject is no point of the curve."
)


@dataclass(frozen=True, eq=False)
class SurvivalCurveKind(TimedKind):
    """Curves at evaluation times."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Return the statistics that the curve stands on."""
        return (EvaluationTimes.request(), SurvivalCurvePoints(bound.options["draw"]))

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the frame of the curves of each group and evaluation time."""
        found: EvaluationTimes = reductions.get(bound.requests[0])
        totals = found.totals
        if not bound.arguments["na_rm"] and (totals.n < totals.n_rows).any():
            raise TidymetricsError(
                f"{bound.name}: {int((totals.n_rows - totals.n).sum())} subjects have missing values, and na_rm=False. "
                f"A curve "
                "cannot be undefined: drop or fill the values, or leave na_rm out."
            )
        size = len(found.times)
        if not size:
            raise OptionError(f"{bound.name}: the frame has no rows, and so no evaluation times.")
        points: Points = reductions.get(bound.requests[1])
        _warn(bound.name, points)
        outer = np.repeat(np.arange(len(points.count)) // size, points.count)  # [rows]
        times = np.repeat(np.tile(found.times, len(points.count) // size), points.count)
        groups, origin = reductions.outer[0], reductions.frame_rows.outer_origin
        return build_cells({**points.columns, ".eval_time": times}, groups[outer] if origin.keys else groups, origin)


KIND = SurvivalCurveKind(
    name="survival_curve",
    title="Curves",
    family=FAMILY,
    arguments=tuple(replace(a, text=_NA_RM) if a.name == "na_rm" else a for a in TIMED_ARGUMENTS),
    prediction="probs",
    predicted="the column of survival probabilities",
)


class SurvivalCurveFunction(FrameFunction):
    """A curve of survival probabilities of dataframes."""

    def __init__(self, draw: Callable[..., Points], columns: tuple[str, ...], doc: str) -> None:
        self.kind = KIND
        self.draw = draw
        self.columns = columns
        self.written = doc
        self._named(draw.__name__, draw.__module__)

    def __repr__(self) -> str:
        return f"<{self.__name__}: a curve of survival probabilities; columns {', '.join(self.columns)}, .eval_time>"

    def __reduce__(self) -> str:
        return self.__name__

    def _table(self) -> Table:
        return self.kind.table(self.__name__)

    def _documented(self) -> str:
        return self._docstring(vectors=False)

    def vector_docstring(self) -> str:
        """Write the docstring of the form that takes vectors."""
        return self._docstring(vectors=True)

    def _docstring(self, *, vectors: bool) -> str:
        named = ", ".join(f"`{name}`" for name in (*self.columns, ".eval_time"))
        arguments = self.kind.table(self.__name__, vectors=True).arguments if vectors else (DATA, *self.kind.arguments)
        what = "polars DataFrame" if vectors else "frame in the same library as the input"
        keys = "" if vectors else "the keys, "
        raises = {**self.kind.raises(None, vectors=vectors), "TidymetricsError": "A value is missing and na_rm=False."}
        return put_together(
            self.written,
            "",
            entries(arguments, None),
            f"A {what}, many rows per group and evaluation time: {keys}{named}.",
            raises,
            "a coordinate is undefined: nobody had the event by then, or nobody was followed beyond",
            vectors=vectors,
        )

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments."""
        flag(self.__name__, "na_rm", arguments["na_rm"])
        self._table().require_known(options, ())
        return BoundMetric(self.__name__, self.kind, None, {"draw": self.draw}, {"na_rm": arguments["na_rm"]})


def _warn(name: str, points: Points) -> None:
    lost = [column for column, values in points.columns.items() if np.isnan(values).any()]
    if not lost:
        return
    curve = np.repeat(np.arange(len(points.count)), points.count)
    bad = np.unique(np.concatenate([curve[np.isnan(points.columns[column])] for column in lost]))
    message = (
        f"{name}: {', '.join(lost)} is undefined in {len(bad)} of {len(points.count)} curves: nobody had the event by the "
        "evaluation time, or nobody was followed beyond it."
    )
    warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


def survival_curve(*columns: str) -> Callable[[Callable[..., Points]], SurvivalCurveFunction]:
    """Make a curve of survival probabilities of a function that draws points from a ranking.

    Parameters
    ----------
    *columns
        The names of the columns, in order.

    Returns
    -------
    A decorator for a function of a `ScoreRanking` that gives `Points`. The ranking goes from the smallest survival probability
    up; its scores are the probabilities with their sign turned.
    """

    def declare(draw: Callable[..., Points]) -> SurvivalCurveFunction:
        return SurvivalCurveFunction(draw, columns, inspect.getdoc(draw) or "")

    return declare


def survival_curve_vector(function: Any) -> VectorFunction:
    """Return the form of a curve of survival probabilities that takes vectors."""
    return VectorFunction(function)
