"""The subjects of survival data, each with one prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.layouts import lay_out_columns
from tidymetrics.statistics.requests import Check, Request
from tidymetrics.statistics.survival_checks import CensoredTimes
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes

STATIC = (TRUTH, EVENT, ESTIMATE, WEIGHT)
"""The columns that statistics of one prediction for each subject read."""


@dataclass(frozen=True, eq=False, repr=False)
class Subjects:
    """The complete rows of survival data, group by group."""

    lengths: Codes
    """[groups] rows of each"""
    time: Array
    """[rows]"""
    event: Array
    """[rows] 1.0 or 0.0"""
    estimate: Array
    """[rows]"""
    weight: Array
    """[rows] 1.0 where there are no case weights"""

    @staticmethod
    def request() -> SubjectsRequest:
        """Ask for the rows."""
        return SubjectsRequest()


@dataclass(frozen=True)
class SubjectsRequest(Request[Subjects]):
    """The request of `Subjects`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups without complete rows count too."""
        return (GroupTotals.request(STATIC),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The rows must be right-censored times."""
        return (CensoredTimes(STATIC),)

    def reduce(self, reductions: Reductions) -> Subjects:
        """Lay out the rows."""
        weighted = reductions.rows.weighted
        names = (TRUTH, EVENT, ESTIMATE, *((WEIGHT,) if weighted else ()))
        lengths, columns = lay_out_columns(reductions, names, reductions.complete(STATIC), "a statistic of risk sets")
        arrays = [columns[name].to_numpy() for name in names]
        if not weighted:
            arrays.append(np.ones(len(arrays[0])))
        return Subjects(lengths, *arrays)
