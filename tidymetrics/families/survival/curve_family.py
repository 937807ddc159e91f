"""The curve of survival probabilities: points for each threshold, at each evaluation time."""

from __future__ import annotations

import inspect
import warnings
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tidymetrics.core.documentation import survival_curve_docstring
from tidymetrics.core.evaluate import stack_depth
from tidymetrics.core.function import LooksLikeAFunction
from tidymetrics.core.options import flag
from tidymetrics.core.results import build_cells
from tidymetrics.errors import OptionError, TidymetricsError, UndefinedMetricWarning
from tidymetrics.families.survival.data import SurvivalCall, long_data, long_vectors, outer_groups, timed_reductions
from tidymetrics.frames import recognise
from tidymetrics.statistics import EvaluationTimes, Points, SurvivalCurvePoints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from tidymetrics.families.survival.family import Truth
    from tidymetrics.typing import By, Vector


class SurvivalCurve(Protocol):
    """A curve of survival probabilities, as type checkers see it."""

    __name__: str

    def __call__(
        self,
        data: Any,
        truth: Truth,
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any:
        """Trace the curve of a frame."""


class SurvivalCurveVector(Protocol):
    """A curve of survival probabilities in vectors, as type checkers see it."""

    __name__: str

    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        *,
        eval_time: Vector,
        censoring_weights: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> pl.DataFrame:
        """Trace the curve of vectors."""


class SurvivalCurveFunction(LooksLikeAFunction):
    """A curve of survival probabilities of dataframes."""

    def __init__(self, draw: Callable[..., Points], columns: tuple[str, ...], doc: str) -> None:
        self.draw = draw
        self.columns = columns
        self.doc = doc
        self._name(
            draw.__name__,
            draw.__module__,
            self._frame_call(),
            survival_curve_docstring(doc, (*columns, ".eval_time"), vector=False),
            {},
        )

    def __repr__(self) -> str:
        return f"<{self.__name__}: a curve of survival probabilities; columns {', '.join(self.columns)}, .eval_time>"

    def __reduce__(self) -> str:
        return self.__name__

    def _frame_call(self) -> Callable[..., Any]:
        def call(
            data: Any,
            truth: Truth,
            estimate: str,
            *,
            eval_time: str | None = None,
            censoring_weights: str | None = None,
            by: By = None,
            na_rm: bool = True,
            case_weights: str | None = None,
        ) -> Any:
            given = SurvivalCall(recognise(data, by), truth, estimate, eval_time, censoring_weights, case_weights=case_weights)
            return self.trace(given, na_rm=na_rm)

        return call

    def trace(self, call: SurvivalCall, *, na_rm: bool) -> Any:
        """Trace the curve of each group at each evaluation time."""
        flag(self.__name__, "na_rm", na_rm)
        reductions = timed_reductions(long_data(call), [EvaluationTimes.request(), SurvivalCurvePoints(self.draw)])
        over: EvaluationTimes = reductions.get(EvaluationTimes.request())
        if not na_rm and (over.totals.n < over.totals.n_rows).any():
            raise TidymetricsError(
                f"{self.__name__}: {int((over.totals.n_rows - over.totals.n).sum())} subjects have missing values, and "
                "na_rm=False. A curve has no way to be undefined: drop or fill the values, or leave na_rm out."
            )
        groups, origin = outer_groups(reductions)
        size = len(over.times)
        if not size:
            raise OptionError(f"{self.__name__}: the frame has no rows, and so no evaluation times.")
        points = reductions.get(SurvivalCurvePoints(self.draw))
        self._warn(points)
        outer = np.repeat(np.arange(len(points.count)) // size, points.count)  # [rows]
        times = np.repeat(np.tile(over.times, len(points.count) // size), points.count)
        of_rows = groups[outer] if origin.keys else groups
        return build_cells({**points.columns, ".eval_time": times}, of_rows, origin)

    def _warn(self, points: Points) -> None:
        lost = [name for name, values in points.columns.items() if np.isnan(values).any()]
        if not lost:
            return
        curve = np.repeat(np.arange(len(points.count)), points.count)
        bad = np.unique(np.concatenate([curve[np.isnan(points.columns[name])] for name in lost]))
        message = (
            f"{self.__name__}: {', '.join(lost)} is undefined in {len(bad)} of {len(points.count)} curves: nobody had the "
            "event by the evaluation time, or nobody was followed beyond it."
        )
        warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


class SurvivalCurveVectorFunction(LooksLikeAFunction):
    """The form of a curve of survival probabilities that takes plain vectors."""

    def __init__(self, curve: SurvivalCurveFunction) -> None:
        self.curve = curve
        doc = survival_curve_docstring(curve.doc, (*curve.columns, ".eval_time"), vector=True)
        self._name(f"{curve.__name__}_vec", curve.__module__, self._call_of(curve), doc, {})

    def __repr__(self) -> str:
        return f"<{self.__name__}, on vectors: {repr(self.curve)[1:-1]}>"

    def __reduce__(self) -> str:
        return self.__name__

    @staticmethod
    def _call_of(curve: SurvivalCurveFunction) -> Callable[..., Any]:
        def call(
            truth: Sequence[Vector],
            estimate: Vector,
            *,
            eval_time: Vector,
            censoring_weights: Vector,
            na_rm: bool = True,
            case_weights: Vector | None = None,
        ) -> pl.DataFrame:
            given, _ = long_vectors(truth, estimate, eval_time, censoring_weights, case_weights)
            made: pl.DataFrame = curve.trace(given, na_rm=na_rm)
            return made

        return call


def survival_curve(*columns: str) -> Callable[[Callable[..., Points]], SurvivalCurve]:
    """Make a curve of survival probabilities of a function that draws the points of a ranking.

    Parameters
    ----------
    *columns
        The names of the columns, in order.

    Returns
    -------
    A decorator for a function of a `ScoreRanking` that gives `Points`. The ranking goes from the smallest survival
    probability up; its scores are the probabilities with their sign turned.
    """

    def declare(draw: Callable[..., Points]) -> SurvivalCurve:
        return SurvivalCurveFunction(draw, columns, inspect.getdoc(draw) or "")

    return declare


def survival_curve_vector(function: SurvivalCurve) -> SurvivalCurveVector:
    """Give the form of a curve of survival probabilities that takes vectors."""
    return SurvivalCurveVectorFunction(function)  # type: ignore[arg-type]
