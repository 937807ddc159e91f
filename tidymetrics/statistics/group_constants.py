"""A number that all rows of a group share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.frames.prepared import TRUTH
from tidymetrics.statistics.requests import Aggregate, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Mask


@dataclass(frozen=True, eq=False, repr=False)
class GroupConstants:
    """The number of each group, and where there is not just one."""

    values: Array
    """[groups]"""
    varies: Mask
    """[groups] whether rows have different numbers, or some have none"""


@dataclass(frozen=True)
class GroupConstantsRequest(Request[GroupConstants]):
    """The request of `GroupConstants`, of the column in the role of truth."""

    reads: tuple[str, ...] = (TRUTH,)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the bounds, and how many rows have a number."""
        return {how: Aggregate(lambda c: c.truth, how) for how in ("min", "max", "count", "len")}

    def reduce(self, reductions: Reductions) -> GroupConstants:
        """Compare the bounds."""
        found = reductions.aggregates(self)
        varies = (found["min"] != found["max"]) | (found["count"] != found["len"])
        return GroupConstants(found["min"], np.asarray(varies, np.bool_))
