"""How alike truth and estimate rank the rows of each group, in n log n steps, ties and weights included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, RowTable, at_least, rows_in_memory
from tidymetrics.statistics.orders import greater_after, ranks_of
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask

_DUST = 1e-14
"""What is left of a group's weight where all rows are tied."""


@dataclass(frozen=True, eq=False, repr=False)
class _Rows:
    """Rows group by group; weights are shares of the weight of their group."""

    lengths: Codes
    group: Codes
    truth: Array
    estimate: Array
    weight: Array
    given: Array
    """[rows] the weights as given, or 1"""
    unit: Any = None

    def total(self, values: Array) -> Array:
        """Add up by group: [groups]."""
        return np.bincount(self.group, values, minlength=len(self.lengths)).astype(np.float64)


def _rows(reductions: Reductions, what: str, *, unit: bool = False) -> _Rows:
    """Bring the complete rows to memory."""
    if not isinstance(reductions.rows, PreparedFrame):
        numbers = reductions.rows.numbers
        table = RowTable(np.array([len(numbers[TRUTH])]), numbers, None)
    else:
        reductions.get(GroupTotals.request())
        table = rows_in_memory(reductions, reductions.complete(), (TRUTH, ESTIMATE), what, unit=unit)
    truth, estimate = (table.columns[name].astype(np.float64) for name in (TRUTH, ESTIMATE))
    given, group = table.columns.get(WEIGHT, np.ones(len(truth))), table.group
    whole = np.bincount(group, given, minlength=len(table.lengths))
    share = given / np.where(whole > 0, whole, 1.0)[group]
    return _Rows(table.lengths, group, truth, estimate, share, given, table.unit)


def _below_and_tied(group: Codes, values: Array, weight: Array) -> tuple[Array, Array]:
    """Add up, for each row, the weight of rows of its group with a smaller value, and with the same one."""
    order = np.lexsort((values, group))
    g, v = group[order], values[order]
    new = np.append(True, (g[1:] != g[:-1]) | (v[1:] != v[:-1]))[: len(g)]
    run = np.cumsum(new) - 1  # [rows]
    sums = np.bincount(run, weight[order]).astype(np.float64)  # [runs]
    so_far = np.cumsum(sums) - sums
    of = g[new]
    below, tied = np.empty(len(g)), np.empty(len(g))
    below[order], tied[order] = (so_far - so_far[np.searchsorted(of, of)])[run], sums[run]
    return below, tied


@dataclass(frozen=True, eq=False, repr=False)
class RankMoments:
    """Second moments of mid-ranks about their mean, as shares of the weight; each [groups]."""

    truth: Array
    estimate: Array
    both: Array
    constant: Mask
    """[groups] Whether truth or estimate is one number in all rows of positive weight."""

    @staticmethod
    def request() -> RankMomentsRequest:
        """Ask for the moments of the complete rows."""
        return RankMomentsRequest()

    @property
    def correlation(self) -> Array:
        """The correlation of the ranks [groups]; undefined where a column is constant."""
        with np.errstate(all="ignore"):
            found = self.both / np.sqrt(self.truth * self.estimate)
        return np.where(self.constant, np.nan, np.clip(found, -1, 1))


@dataclass(frozen=True)
class RankMomentsRequest(Request[RankMoments], Movable):
    """The request of `RankMoments`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups are those of all rows."""
        return (GroupTotals.request(),)

    def reduce(self, reductions: Reductions) -> RankMoments:
        """Rank both columns."""
        rows = _rows(reductions, "a rank correlation")
        u, v, constant = _ranked(rows)
        pairs = ((u, u), (v, v), (u, v))
        truth, estimate, both = (rows.total(rows.weight * a * b) for a, b in pairs)
        return RankMoments(truth, estimate, both, constant)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the moments move: a row has its own product, and lifts the ranks of all rows above it."""
        made = reductions.get(self)
        numbers = np.stack([made.truth, made.estimate, made.both], axis=1)

        def moved(x: Array, which: Codes) -> RankMoments:
            return RankMoments(x[:, 0], x[:, 1], x[:, 2], made.constant[which])

        def source(unit: bool) -> RowMoves:
            rows = _rows(reductions, "a rank correlation", unit=unit)
            u, v, _ = _ranked(rows)
            by_number = []
            for i, (a, b) in enumerate(((u, u), (v, v), (u, v))):
                of = (rows.truth if i != 1 else rows.estimate), (rows.truth if i == 0 else rows.estimate)
                lifted = [_lift(rows, key, other) for key, other in zip(of, (b, a), strict=True)]
                by_number.append(rows.weight * (a * b + lifted[0] + lifted[1] - 3 * numbers[rows.group, i]))
            moves = np.stack(by_number, axis=1)  # [rows, K]
            group = rows.group
            return RowMoves(group, lambda s: np.einsum("rk,rkc->rc", moves, s[group]), rows.given, unit=rows.unit)

        return Movement(numbers, at_least(numbers), moved, source)


def _ranked(rows: _Rows) -> tuple[Array, Array, Mask]:
    """Give the mid-ranks of both columns less 1/2, their mean: [rows]; and whether one is constant [groups]."""
    ranks, constant = [], np.zeros(len(rows.lengths), bool)
    there = rows.weight > 0
    for values in (rows.truth, rows.estimate):
        below, tied = _below_and_tied(rows.group, values, rows.weight)
        ranks.append(below + tied / 2 - 0.5)
        least, greatest = np.full(len(constant), np.inf), np.full(len(constant), -np.inf)
        np.minimum.at(least, rows.group[there], values[there])
        np.maximum.at(greatest, rows.group[there], values[there])
        constant = constant | ~(least < greatest)
    return ranks[0], ranks[1], constant


def _lift(rows: _Rows, key: Array, other: Array) -> Array:
    """Add up the weighted ranks in the other column of the rows above each row, and half of those beside it.

    The other ranks are about their mean, so that those of all rows add up to 0.
    """
    below, tied = _below_and_tied(rows.group, key, rows.weight * other)
    return np.asarray(-below - tied / 2)


@dataclass(frozen=True, eq=False, repr=False)
class PairAgreement:
    """The weight of pairs of rows, each [groups]."""

    agreement: Array
    """Pairs in the same order less those in the opposite one."""
    by_truth: Array
    """Pairs that the truth tells apart."""
    by_estimate: Array
    """Pairs that the estimate tells apart."""

    @property
    def tau(self) -> Array:
        """The agreement as a share of what the ties allow [groups]; undefined where a column is constant."""
        return np.clip(ratio(self.agreement, np.sqrt(self.by_truth) * np.sqrt(self.by_estimate)), -1, 1)

    @staticmethod
    def request() -> PairAgreementRequest:
        """Ask for the pairs of the complete rows."""
        return PairAgreementRequest()


@dataclass(frozen=True)
class PairAgreementRequest(Request[PairAgreement], Movable):
    """The request of `PairAgreement`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups are those of all rows."""
        return (GroupTotals.request(),)

    def reduce(self, reductions: Reductions) -> PairAgreement:
        """Count the pairs."""
        rows = _rows(reductions, "a statistic of pairs")
        agree = _above(rows, rows.truth, rows.estimate) - _above(rows, rows.truth, -rows.estimate)
        apart = (_apart(rows, values) for values in (rows.truth, rows.estimate))
        return PairAgreement(rows.total(rows.weight * agree), *(rows.total(rows.weight * a) / 2 for a in apart))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the weights of pairs move: with all pairs that a row is in."""
        made = reductions.get(self)
        numbers = np.stack([made.agreement, made.by_truth, made.by_estimate], axis=1)

        def source(unit: bool) -> RowMoves:
            rows = _rows(reductions, "a statistic of pairs", unit=unit)
            x, y, group = rows.truth, rows.estimate, rows.group
            agree = _above(rows, x, y) - _above(rows, x, -y) + _above(rows, -x, -y) - _above(rows, -x, y)
            by_number = np.stack([agree, _apart(rows, x), _apart(rows, y)], axis=1) * rows.weight[:, None]
            # shares of the weight of the group: more weight of one row is less of all
            moves = by_number - 2 * rows.weight[:, None] * numbers[group]
            return RowMoves(group, lambda s: np.einsum("rk,rkc->rc", moves, s[group]), rows.given, unit=rows.unit)

        return Movement(numbers, at_least(numbers), lambda x, _: PairAgreement(*x.T), source)


def _apart(rows: _Rows, values: Array) -> Array:
    """Add up, for each row, the weight of rows of its group with another value."""
    alone = rows.total(rows.weight)[rows.group] - _below_and_tied(rows.group, values, rows.weight)[1]
    return np.where(alone > _DUST, alone, 0.0)


def _above(rows: _Rows, first: Array, second: Array) -> Array:
    """Add up, for each row, the weight of rows of its group that are greater in both."""
    order = np.lexsort((-second, first, rows.group))
    found = np.empty(len(order))
    found[order] = greater_after(ranks_of(-rows.group[order], second[order]), rows.weight[order]) if len(order) else 0.0
    return found
