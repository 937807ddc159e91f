"""How many rows each group has, and how many of them have a truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidymetrics.frames.prepared import TRUTH, TRUTH_AT, PreparedFrame
from tidymetrics.statistics.requests import Aggregate, SummedRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class RowCounts:
    """Rows of each group, each [groups]."""

    rows: Array
    labelled: Array
    """Those that have a truth, whatever else they lack."""

    @staticmethod
    def request() -> RowCountsRequest:
        """Ask for the rows."""
        return RowCountsRequest()


@dataclass(frozen=True)
class RowCountsRequest(SummedRequest[RowCounts]):
    """The request of `RowCounts`."""

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: rows that lack something count."""
        return ()

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Count rows, and those that have a truth, or the first column of one."""
        if not isinstance(rows, PreparedFrame):
            return {}
        truth = next((name for name in (TRUTH, TRUTH_AT) if name in rows.roles), next(iter(rows.roles)))
        return {
            "rows": Aggregate(lambda c: c.truth, "len"),
            "labelled": Aggregate(lambda c: getattr(c, truth.removeprefix("tm_")), "count"),
        }

    def reduce(self, reductions: Reductions) -> RowCounts:
        """Take the counts."""
        found = reductions.aggregates(self)
        return RowCounts(found["rows"], found["labelled"])
