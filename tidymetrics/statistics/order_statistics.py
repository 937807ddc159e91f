"""Quantiles of a value that each row has, and the greatest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ROW, WEIGHT
from tidymetrics.statistics.means import counting
from tidymetrics.statistics.reductions import SETTLE_INSTEAD
from tidymetrics.statistics.requests import Aggregate, Request, SummedRequest
from tidymetrics.statistics.shared_pass import QUANTILE
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array

_DUST = 1e-12


@dataclass(frozen=True)
class GroupQuantile(Request["Array"]):
    """A quantile [groups] of a value that each row has.

    Without weights it lies linearly between order statistics. With weights it is the least value that, with all below it, has
    the level's share of the weight; midway to the next one where it has just this share. So are medians alike.
    """

    value: Callable[[Any, Any], Any]
    """From truth and estimate to the value of a row."""
    level: float = 0.5

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Shares are of the weight of the group."""
        return (GroupTotals.request(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the quantile itself, where no weights make it another thing."""
        if rows.weighted:
            return {}
        return {"quantile": Aggregate(lambda c: self.value(c.truth, c.estimate), f"{QUANTILE}{self.level}")}

    def reduce(self, reductions: Reductions) -> Array:
        """Take the quantile."""
        if not reductions.rows.weighted:
            return reductions.aggregates(self)["quantile"]
        keys = list(reductions.frame_rows.keys)
        totals = reductions.get(GroupTotals.request())
        frame = reductions.complete().filter(nw.col(WEIGHT) > 0)
        frame = reductions.frame_rows.settle(frame, "a weighted quantile", instead=SETTLE_INSTEAD, at_most=totals.n.sum())
        frame = frame.with_columns(tm_v=self.value(nw.col("tm_truth"), nw.col("tm_estimate")))
        order = ["tm_v", ROW if ROW in lazy_names(frame) else WEIGHT]
        frame = frame.with_columns(
            tm_c=nw.col(WEIGHT).cum_sum().over(*keys, order_by=order), tm_all=nw.col(WEIGHT).sum().over(*keys)
        )
        share = nw.col("tm_c") / nw.col("tm_all")
        at, after = (
            Aggregate(lambda _, reached=reached: nw.when(reached).then(nw.col("tm_v")), "min")  # type: ignore[misc]
            for reached in (share >= self.level - _DUST, share > self.level + _DUST)
        )
        low, high = reductions.run([at, after], frame)
        return np.where(np.isnan(high), low, (low + high) / 2)


@dataclass(frozen=True)
class GroupMaximum(SummedRequest["Array"]):
    """The greatest [groups] of a value that each row has; a row of weight 0 does not count."""

    value: Callable[[Any, Any], Any]

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give it."""
        return {"greatest": Aggregate(lambda c: counting(c, self.value(c.truth, c.estimate)), "max")}

    def reduce(self, reductions: Reductions) -> Array:
        """Take it."""
        return reductions.aggregates(self)["greatest"]
