"""The check of integers that come as floats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from tidymetrics.frames.encode import MOST_EXACT, require_exact
from tidymetrics.statistics.requests import Aggregate, Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows


@dataclass(frozen=True)
class ExactIntegers(Check):
    """The check that the floats of wide integers are these; frames in memory are checked when they are read."""

    columns: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: each is looked at by itself."""
        return ()

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the greatest distance from 0."""
        short = [name.removeprefix("tm_") for name in self.columns]
        return {name: Aggregate(lambda c, name=name: getattr(c, name).abs(), "max") for name in short}  # type: ignore[misc]

    def require(self, reductions: Reductions) -> None:
        """Look at the integers themselves, where there are great ones."""
        found, rows = reductions.aggregates(self), reductions.frame_rows
        for name in self.columns:
            if (found[name.removeprefix("tm_")] >= MOST_EXACT).any():
                whole = nw.col(rows.whole[name])
                large = rows.frame.filter(nw.col(name).abs() >= float(MOST_EXACT)).select(whole).unique()
                require_exact(rows.collect(large).to_series().to_list(), rows.roles[name].what())
