"""The weighted mean of a score that numpy gives each row, of numbers in several columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, RowTable, at_least, rows_in_memory
from tidymetrics.statistics.requests import MergeableRequest, Request, hashable, plain
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Options
    from tidymetrics.typing import Array


@dataclass(frozen=True)
class RowScores(MergeableRequest["Array"], Movable):
    """The weighted mean [groups] of a score of each row."""

    score: Callable[..., Any]
    """Takes the numbers of truth [rows, columns] and of the forecast [rows, columns], and the options; gives [rows]."""
    truth: tuple[str, ...]
    """The columns of truth."""
    forecast: tuple[str, ...]
    options: Options = ()

    def __post_init__(self) -> None:
        """Make the options hashable."""
        object.__setattr__(self, "options", hashable(self.options))

    @property
    def reads(self) -> tuple[str, ...]:
        """A row is complete when all numbers are there."""
        return (*self.truth, *self.forecast, WEIGHT)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It divides by the weight."""
        return (GroupTotals.request(self.reads),)

    def _scored(self, reductions: Reductions, *, unit: bool = False) -> tuple[RowTable, Array, Array]:
        """Give the rows in memory, with their scores and weights."""
        reductions.get(GroupTotals.request(self.reads))
        names = (*self.truth, *self.forecast)
        table = rows_in_memory(reductions, reductions.complete(self.reads), names, "a score of forecasts", unit=unit)
        truth, forecast = (
            np.stack([table.columns[name].astype(np.float64) for name in part], axis=1) for part in (self.truth, self.forecast)
        )
        with np.errstate(all="ignore"):
            scores = np.asarray(self.score(truth, forecast, **plain(self.options)), np.float64)
        return table, scores, table.columns.get(WEIGHT, np.ones(len(scores)))

    def reduce(self, reductions: Reductions) -> Array:
        """Average the scores; a row of weight 0 does not count, whatever its score."""
        table, scores, weight = self._scored(reductions)
        counted = np.where(weight > 0, weight * scores, 0.0)
        sums = np.bincount(table.group, counted, minlength=len(table.lengths)).astype(np.float64)
        return ratio(sums, reductions.get(GroupTotals.request(self.reads)).weight)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean moves: each row adds its weighted distance from it."""
        mean, total = reductions.get(self)[:, None], reductions.get(GroupTotals.request(self.reads)).weight

        def source(unit: bool) -> RowMoves:
            table, scores, weight = self._scored(reductions, unit=unit)
            group = table.group
            with np.errstate(all="ignore"):
                moves = np.where(weight > 0, weight * (scores - mean[group, 0]) / total[group], 0.0)
            return RowMoves(group, lambda slopes: moves[:, None] * slopes[group, 0], weight, unit=table.unit)

        return Movement(mean, at_least(mean), lambda x, _: x[:, 0], source)

    def parts(self, reductions: Reductions) -> Parts:
        """Give the sum."""
        weight = reductions.get(GroupTotals.request(self.reads)).weight
        sums = np.where(weight > 0, reductions.get(self) * weight, 0.0)
        return reductions.numbers_as_parts(self.label, {"sum": ("sum", sums)})

    def of_parts(self, parts: Parts, reductions: Reductions) -> Array:
        """Divide the merged sum by the weight."""
        found = parts.numbers(reductions.known_groups)
        return ratio(found["sum"], reductions.get(GroupTotals.request(self.reads)).weight)
