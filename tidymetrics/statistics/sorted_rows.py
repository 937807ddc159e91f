"""Statistics of sorted rows: the Gini index, quartiles, and differences to an earlier row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.frames.beside import beside
from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ESTIMATE, ORDER, ROW, TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.influence_of_orders import gini_moves
from tidymetrics.statistics.means import SQUARED_ERROR, weighted
from tidymetrics.statistics.moments import TruthSpread
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, RowTerms, at_least, rows_in_memory
from tidymetrics.statistics.reductions import SETTLE_INSTEAD, Reductions
from tidymetrics.statistics.requests import Aggregate, Check, Request
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import SimpleNamespace

    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes, Mask


def _weight(reductions: Reductions) -> nw.Expr:
    return nw.col(WEIGHT) if reductions.rows.weighted else nw.lit(1.0).cast(nw.Float64)


def _settled(reductions: Reductions, frame: nw.LazyFrame[Any], what: str) -> nw.LazyFrame[Any]:
    at_most = reductions.get(GroupTotals.request()).n.sum()
    return reductions.frame_rows.settle(frame, what, instead=SETTLE_INSTEAD, at_most=at_most)


@dataclass(frozen=True, eq=False, repr=False)
class GiniIndices:
    """How unequally the truth is spread over rows sorted by the estimate, and by itself."""

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

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return (self.truth_sum,)

    @staticmethod
    def request() -> GiniIndicesRequest:
        """Ask for the indices of the complete rows."""
        return GiniIndicesRequest()


@dataclass(frozen=True)
class GiniIndicesRequest(Request[GiniIndices], Movable):
    """The request of `GiniIndices`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It knows of the spread whether truth is constant."""
        return (GroupTotals.request(), TruthSpread.request())

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the plain sum of truth."""
        return {"truth sum": Aggregate(lambda c: c.truth)}

    def reduce(self, reductions: Reductions) -> GiniIndices:
        """Sort each group twice and cumulate the truth."""
        found = reductions.aggregates(self)["truth sum"]
        spread = reductions.get(TruthSpread.request())
        totals = reductions.get(GroupTotals.request())
        keys = reductions.frame_rows.keys
        share = nw.col("tm_share")
        centred = _about(reductions, reductions.complete(), _centre(spread))
        frame = _settled(reductions, centred, "a Gini index").with_columns(
            tm_share=_weight(reductions), tm_down_e=nw.col(ESTIMATE) * -1.0, tm_down_t=nw.col(TRUTH) * -1.0
        )
        frame = frame.with_columns(tm_wy=share * (nw.col(TRUTH) - nw.col("tm_from")))
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
        # a centre m adds m times the square of the weight to both area and box, which cancels in their difference
        inside = totals.weight * height
        box = inside + totals.weight**2 * _centre(spread)
        box = np.where(box == 0, np.nan, box)
        return GiniIndices(totals.n, (inside - area_e) / box, (inside - area_t) / box, found, spread.truth.constant)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how both indices move, through the area of each order and the box that they lie in."""
        made = reductions.get(self)
        numbers = np.stack([made.by_estimate, made.by_truth], axis=1)

        def moved(x: Array, w: Codes) -> GiniIndices:
            return GiniIndices(made.n[w], x[:, 0], x[:, 1], made.truth_sum[w], made.constant[w])

        def source(unit: bool) -> RowMoves:
            table = rows_in_memory(reductions, reductions.complete(), (TRUTH, ESTIMATE), "a Gini index", unit=unit)
            truth, estimate = table.columns[TRUTH], table.columns[ESTIMATE]
            weight, group = table.columns.get(WEIGHT, np.ones(len(truth))), table.group
            by_number = []
            for keys in ((estimate, truth), (truth,)):
                gini = gini_moves(table.lengths, truth, keys, weight)
                with np.errstate(all="ignore"):
                    box, area = gini.box[group], gini.area[group]
                    by_number.append(weight * (gini.by_box * area / box - gini.by_area) / box)
            moves = np.stack(by_number, axis=1)  # [rows, K]
            return RowMoves(group, lambda s: np.einsum("rk,rkc->rc", moves, s[group]), weight, unit=table.unit)

        return Movement(numbers, at_least(numbers), moved, source)


def _centre(spread: TruthSpread) -> Array:
    """Give what truth is measured from [groups]: its mean, where that is so far from 0 that digits would be lost."""
    mean = np.nan_to_num(spread.truth.mean)
    return np.where(np.abs(mean) > 100 * spread.truth.range, mean, 0.0)


def _about(reductions: Reductions, frame: nw.LazyFrame[Any], centre: Array) -> nw.LazyFrame[Any]:
    """Set beside each row what its truth is measured from, as `tm_from`."""
    if not centre.any():
        return frame.with_columns(tm_from=nw.lit(0.0))
    groups = pl.DataFrame({"tm_k0": [0]}) if reductions.groups is None else reductions.groups  # vectors are one group
    return beside(reductions.frame_rows, frame, groups.with_columns(tm_from=pl.Series(centre)))


@dataclass(frozen=True, eq=False, repr=False)
class Quartiles:
    """The quartiles of the truth, beside the mean squared error."""

    first: Array
    """[groups]"""
    third: Array
    mean_square_error: Array

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return (self.mean_square_error,)

    @staticmethod
    def request() -> QuartilesRequest:
        """Ask for the quartiles of the complete rows."""
        return QuartilesRequest()


@dataclass(frozen=True)
class QuartilesRequest(Request[Quartiles]):
    """The request of `Quartiles`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It holds the mean squared error."""
        return (GroupTotals.request(), SQUARED_ERROR)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the quartiles themselves, where no weights make them another thing."""
        if rows.weighted:
            return {}
        return {name: Aggregate(lambda c: c.truth, f"quantile {level}") for name, level in (("first", 0.25), ("third", 0.75))}

    def reduce(self, reductions: Reductions) -> Quartiles:
        """Take the quartiles: between order statistics, or with weights along the cumulated weight."""
        if reductions.rows.weighted:
            first, third = _weighted_quartiles(reductions)
        else:
            found = reductions.aggregates(self)
            first, third = found["first"], found["third"]
        return Quartiles(first, third, reductions.get(SQUARED_ERROR))


def _weighted_quartiles(reductions: Reductions) -> tuple[Array, Array]:
    """Interpolate the truth along the cumulated share of weight.

    Ties of truth stay in row order; where rows have none, the lightest come first.
    """
    rows = reductions.frame_rows
    keys = list(rows.keys)
    totals = reductions.get(GroupTotals.request())
    weight = nw.col(WEIGHT)
    frame = _settled(reductions, reductions.complete(), "a weighted quartile")
    order = [TRUTH, ROW if ROW in lazy_names(frame) else WEIGHT]
    frame = frame.with_columns(tm_counts=(weight > 0).cast(nw.Int64))
    frame = frame.with_columns(
        tm_c=weight.cum_sum().over(*keys, order_by=order),
        tm_i=nw.col("tm_counts").cum_sum().over(*keys, order_by=order),
        tm_all=weight.sum().over(*keys),
    )
    frame = frame.with_columns(tm_c=nw.col("tm_c") / nw.col("tm_all"))
    # rows of weight 0 share their place with the row before them, and count there with the mean of both; places are told
    # apart by the number of rows that have weight, since sums of weights may differ by dust
    frame = frame.group_by(*keys, "tm_i").agg(tm_y=nw.col(TRUTH).mean(), tm_c=nw.col("tm_c").max())
    shares = (0.25, 0.75)
    points, *beside = reductions.run([Aggregate(lambda c: c.c, "count"), *(a for s in shares for a in _beside(s))], frame)
    enough = (points > 1) | (totals.n == 1)
    first, third = (
        np.where(enough, _interpolated(beside[i : i + 4], share), np.nan) for i, share in zip((0, 4), shares, strict=True)
    )
    return first, third


def _beside(share: float) -> list[Aggregate]:
    """Find the points next to a share of the weight: place and truth of that below, and of that above."""

    def nearest(column: str, *, below: bool) -> Aggregate:
        place = nw.col("tm_c")
        chosen = nw.when(place <= share if below else place >= share).then(nw.col(column))
        return Aggregate(lambda _: chosen, "max" if below else "min")

    # the truth grows with its place, so that the nearest point below has the greatest truth of all below
    return [nearest(column, below=below) for below in (True, False) for column in ("tm_c", "tm_y")]


def _interpolated(beside: Sequence[Array], share: float) -> Array:
    """Interpolate between the points that `_beside` finds; beyond the ends, take the end: [groups]."""
    c0, y0, c1, y1 = beside
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
    totals: GroupTotals
    """Rows without a place in the order count as missing."""

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return (self.error, self.lag_error)

    @staticmethod
    def request(m: int, what: str = "differences to an earlier row", *, squared: bool = False) -> Lag:
        """Ask for the errors at a lag of `m` rows, or their squares; `what` needs the order of the rows, in messages."""
        return Lag(m, what, squared)


@dataclass(frozen=True)
class RowOrder(Check):
    """The check that there is an order of the rows."""

    what: str = field(compare=False)

    def require(self, reductions: Reductions) -> None:
        """Refuse rows of an engine that keeps no order."""
        rows = reductions.frame_rows
        if not _order(rows.frame):
            raise EngineError(
                f"{self.what}: the rows of {rows.origin.implementation.value} have no order; name a column that gives one with "
                "order_by=."
            )


@dataclass(frozen=True)
class Lag(Request[LagErrors], Movable):
    """The request of `LagErrors`."""

    m: int
    what: str = field(default="differences to an earlier row", compare=False)
    squared: bool = False
    """Whether errors count with their squares, and not with their size."""

    def _size(self, error: Any) -> Any:
        return error * error if self.squared else error.abs()

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It has the rows of each group of the totals."""
        return (GroupTotals.request(),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The rows must be in order."""
        return (RowOrder(self.what),)

    def reduce(self, reductions: Reductions) -> LagErrors:
        """Set each row beside the one `m` rows earlier in its group."""
        rows = reductions.frame_rows
        known = reductions.get(GroupTotals.request())
        order = _order(rows.frame)
        frame = reductions.complete((TRUTH, ESTIMATE, WEIGHT, ORDER)).with_columns(tm_share=_weight(reductions))
        frame = _settled(reductions, frame, self.what)
        frame = frame.with_columns(tm_before=nw.col(TRUTH).shift(self.m).over(*rows.keys, order_by=order))
        step = self._size(nw.col(TRUTH) - nw.col("tm_before"))
        wanted = [
            Aggregate(lambda _: step),
            Aggregate(lambda _: step, "count"),
            Aggregate(lambda c: weighted(c, self._size(c.truth - c.estimate))),
            Aggregate(lambda c: c.truth, "count"),
            Aggregate(lambda c: c.share),
        ]
        if not rows.embedded:  # rows that nothing else puts in order must not tie
            frame = frame.with_columns(tm_last=nw.col(ORDER).shift(1).over(*rows.keys, order_by=order))
            tied = nw.when(nw.col("tm_last") == nw.col(ORDER)).then(nw.lit(1))
            wanted.append(Aggregate(lambda _: tied, "count"))
        steps, n_steps, error, n, weight, *ties = reductions.run(wanted, frame)
        if ties and (ties[0] > 0).any():
            raise EngineError(
                f"{self.what}(order_by=): {rows.named(ORDER)!r} has the same value in several rows of a group, and the rows of "
                f"{rows.origin.implementation.value} have no other order; name a column without such ties."
            )
        totals = GroupTotals(known.n_rows, np.nan_to_num(n), np.nan_to_num(weight))
        return LagErrors(ratio(error, totals.weight), ratio(steps, n_steps), totals)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how both means move; a row without another `m` rows earlier has no step, and weights steps alike."""
        made = reductions.get(self)
        numbers = np.stack([made.error, made.lag_error], axis=1)
        frame = reductions.complete((TRUTH, ESTIMATE, WEIGHT, ORDER))
        names = _order(reductions.frame_rows.frame)
        frame = _settled(reductions, frame, self.what)
        frame = frame.with_columns(tm_before=nw.col(TRUTH).shift(self.m).over(*reductions.frame_rows.keys, order_by=names))

        def moved(x: Array, which: Codes) -> LagErrors:
            return LagErrors(x[:, 0], x[:, 1], made.totals.tiled(which))

        def terms(c: SimpleNamespace) -> list[Any]:
            step = self._size(c.truth - c.before) - c.step
            return [
                weighted(c, self._size(c.truth - c.estimate)),
                nw.when(~c.before.is_null()).then(step).otherwise(c.truth * 0.0),
            ]

        step = self._size(nw.col(TRUTH) - nw.col("tm_before"))
        n_steps = reductions.run([Aggregate(lambda _: step, "count")], frame)[0]
        offsets = numbers * np.array([1.0, 0.0])
        divisors = np.stack([made.totals.weight, n_steps], axis=1)
        source = RowTerms(
            frame, terms, offsets, divisors, {"tm_step": np.nan_to_num(made.lag_error)}, ("lag", self.m, self.squared)
        )
        return Movement(numbers, at_least(numbers), moved, lambda _: source)


def _order(frame: nw.LazyFrame[Any]) -> list[str]:
    """Give the columns that put rows in order, the first first."""
    names = lazy_names(frame)
    return [name for name in (ORDER, ROW) if name in names]
