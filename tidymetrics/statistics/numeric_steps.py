"""The distinct predictions of each group with the mean truth at each: what bins and isotonic fits of numbers stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.isotonic import Decomposition, decompose, fit_isotonic
from tidymetrics.statistics.layouts import lay_out_columns
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.score_steps import ScoreSteps, steps_of_rows
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions


@dataclass(frozen=True)
class NumericSteps(Request[ScoreSteps]):
    """The steps of the complete rows."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups without complete rows count too."""
        return (GroupTotals.request(),)

    def reduce(self, reductions: Reductions) -> ScoreSteps:
        """Sort the rows."""
        rows = reductions.rows
        if not isinstance(rows, PreparedFrame):
            truth, score = rows.numbers[TRUTH], rows.numbers[ESTIMATE]
            return steps_of_rows(np.array([len(truth)]), score, truth, rows.numbers.get(WEIGHT))
        names = (TRUTH, ESTIMATE, *((WEIGHT,) if rows.weighted else ()))
        lengths, columns = lay_out_columns(reductions, names, reductions.complete(), "an order of predictions")
        weight = columns[WEIGHT].to_numpy() if rows.weighted else None
        return steps_of_rows(lengths, columns[ESTIMATE].to_numpy(), columns[TRUTH].to_numpy(), weight)


@dataclass(frozen=True)
class NumericDecomposition(Request[Decomposition]):
    """The decomposition of the mean squared error."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It pools distinct predictions."""
        return (NumericSteps(),)

    def reduce(self, reductions: Reductions) -> Decomposition:
        """Fit and decompose."""
        steps = reductions.get(NumericSteps())
        return decompose(steps, fit_isotonic(steps))
