"""Statistics of sorted rows: the Gini index, quartiles, and differences to an earlier row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np

from tidymetrics.inputs.rows import ESTIMATE, ORDER, ROW, TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.moments import SQUARED_ERROR, TruthSpread, weigh
from tidymetrics.statistics.reductions import Aggregate, Reductions
from tidymetrics.statistics.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array, Mask


def _weight(reductions: Reductions) -> nw.Expr:
    return nw.col(WEIGHT) if reductions.rows.weighted else nw.lit(1.0)


@dataclass(frozen=True, eq=False, repr=False)
class GiniIndices:
    """How unequally the truth is spread over rows sorted by the estimate, and by itself."""

    needs: ClassVar[tuple[Any, ...]] = (TruthSpread,)

    n: Array
    """[groups]"""
    by_estimate: Array
    """[groups] the Gini index with the rows sorted by decreasing estimate, ties by decreasing truth"""
    by_truth: Array
    """[groups] the same, sorted by decreasing truth"""
    truth_sum: Array
    """[groups] the sum of truth, weights left aside"""
    constant: Mask
    """[groups] whether all truths are one number"""

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the plain sum of truth."""
        return {"truth sum": Aggregate(lambda c: c.truth)}

    @classmethod
    def reduce(cls, reductions: Reductions) -> GiniIndices:
        """Sort each group twice and cumulate the truth."""
        found = reductions.aggregates(cls)["truth sum"]
        spread = reductions.get(TruthSpread)
        totals = reductions.get(Totals)
        keys = reductions.frame_rows.keys
        share = nw.col("tm_share")
        frame = reductions.complete().with_columns(
            tm_share=_weight(reductions), tm_down_e=nw.col(ESTIMATE) * -1.0, tm_down_t=nw.col(TRUTH) * -1.0
        )
        frame = frame.with_columns(tm_wy=share * nw.col(TRUTH))
        cumulated = nw.col("tm_wy").cum_sum()
        frame = frame.with_columns(
            tm_ce=cumulated.over(*keys, order_by=["tm_down_e", "tm_down_t"]),
            tm_ct=cumulated.over(*keys, order_by=["tm_down_t"]),
        )
        area_e, area_t, height = reductions.run(
            [
                Aggregate(lambda c: c.share * (2 * c.ce - c.wy)),
                Aggregate(lambda c: c.share * (2 * c.ct - c.wy)),
                Aggregate(lambda c: c.wy),
            ],
            frame,
        )
        box = totals.weight * height
        box = np.where(box == 0, np.nan, box)
        return cls(totals.n, 1 - area_e / box, 1 - area_t / box, found, spread.truth.constant)


@dataclass(frozen=True, eq=False, repr=False)
class Quartiles:
    """The quartiles of the truth, beside the mean squared error."""

    needs: ClassVar[tuple[Any, ...]] = (SQUARED_ERROR,)

    first: Array
    """[groups]"""
    third: Array
    mean_square_error: Array

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the quartiles themselves, where no weights make them another thing."""
        if reductions.rows.weighted:
            return {}
        return {name: Aggregate(lambda c: c.truth, f"{name} quartile") for name in ("first", "third")}

    @classmethod
    def reduce(cls, reductions: Reductions) -> Quartiles:
        """Take the quartiles: between order statistics, or with weights along the cumulated weight."""
        if reductions.rows.weighted:
            first, third = _weighted_quartiles(reductions)
        else:
            found = reductions.aggregates(cls)
            first, third = found["first"], found["third"]
        return cls(first, third, reductions.get(SQUARED_ERROR))


def _weighted_quartiles(reductions: Reductions) -> tuple[Array, Array]:
    """Interpolate the truth along the cumulated share of weight; ties of truth stay in row order."""
    rows = reductions.frame_rows
    keys = list(rows.keys)
    totals = reductions.get(Totals)
    weight = nw.col(WEIGHT)
    frame = reductions.complete().with_columns(
        tm_c=weight.cum_sum().over(*keys, order_by=[TRUTH, ROW]), tm_all=weight.sum().over(*keys)
    )
    frame = frame.with_columns(tm_c=nw.col("tm_c") / nw.col("tm_all"))
    # rows of weight 0 share their place with the row before them, and count there with the mean of both
    frame = frame.group_by(*keys, "tm_c").agg(tm_y=nw.col(TRUTH).mean())
    points = reductions.run([Aggregate(lambda c: c.c, "count")], frame)[0]
    enough = (points > 1) | (totals.n == 1)
    first, third = (np.where(enough, _interpolated(reductions, frame, share), np.nan) for share in (0.25, 0.75))
    return first, third


def _interpolated(reductions: Reductions, frame: nw.LazyFrame[Any], share: float) -> Array:
    """Interpolate between the two points next to a share of the weight; beyond the ends, take the end."""

    def beside(column: str, *, below: bool) -> Aggregate:
        place = nw.col("tm_c")
        chosen = nw.when(place <= share if below else place >= share).then(nw.col(column))
        return Aggregate(lambda _: chosen, "max" if below else "min")

    # the truth grows with its place, so that the nearest point below has the greatest truth of all below
    c0, y0, c1, y1 = reductions.run(
        [beside(column, below=below) for below in (True, False) for column in ("tm_c", "tm_y")], frame
    )
    gap = np.where(c1 > c0, c1 - c0, 1.0)
    inside = y0 + (y1 - y0) * np.where(c1 > c0, (share - c0) / gap, 0.0)
    return np.where(np.isnan(c0), y1, np.where(np.isnan(c1), y0, inside))


@dataclass(frozen=True, eq=False, repr=False)
class LagErrors:
    """The mean absolute error, and that of taking the truth `m` rows earlier for the estimate."""

    error: Array
    """[groups] weighted"""
    lag_error: Array
    """[groups] weights left aside; undefined where no row has another `m` rows earlier"""
    totals: Totals
    """Rows without a place in the order count as missing."""


@dataclass(frozen=True)
class Lag:
    """The reduction that makes `LagErrors` of a lag of `m` rows."""

    m: int

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give nothing: the rows must be in order first."""
        return {}

    def reduce(self, reductions: Reductions) -> LagErrors:
        """Set each row beside the one `m` rows earlier in its group."""
        rows = reductions.frame_rows
        known = reductions.get(Totals)
        order = [name for name in (ORDER, ROW) if name in rows.frame.collect_schema().names()]
        frame = reductions.complete((TRUTH, ESTIMATE, WEIGHT, ORDER)).with_columns(tm_share=_weight(reductions))
        frame = frame.with_columns(tm_before=nw.col(TRUTH).shift(self.m).over(*rows.keys, order_by=order))
        step = (nw.col(TRUTH) - nw.col("tm_before")).abs()
        steps, n_steps, error, n, weight = reductions.run(
            [
                Aggregate(lambda _: step),
                Aggregate(lambda _: step, "count"),
                Aggregate(lambda c: weigh(c, (c.truth - c.estimate).abs())),
                Aggregate(lambda c: c.truth, "count"),
                Aggregate(lambda c: c.share),
            ],
            frame,
        )
        totals = Totals(known.n_rows, np.nan_to_num(n), np.nan_to_num(weight))
        return LagErrors(ratio(error, totals.weight), ratio(steps, n_steps), totals)
