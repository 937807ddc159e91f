"""How often the truth is at most a quantile, inside an interval, or between neighbours: sums that every engine adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.frames.prepared import TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.requests import Aggregate, Check, Request, SummedRequest
from tidymetrics.statistics.totals import CaseWeights, GroupTotals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array

_READS = (TRUTH, WEIGHT)


def _quantile(columns: SimpleNamespace, name: str) -> Any:
    return getattr(columns, name.removeprefix("tm_"))


def _there(columns: SimpleNamespace, names: tuple[str, ...]) -> Any:
    """Tell the rows that have truth and these quantiles."""
    found = ~columns.truth.is_null()
    for name in names:
        found = found & ~_quantile(columns, name).is_null()
    return found


def _share(columns: SimpleNamespace, where: Any, power: int = 1) -> Any:
    """Give the weight of the rows that meet a condition."""
    if columns.weight is None:
        return nw.when(where).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return nw.when(where).then(columns.weight if power == 1 else columns.weight * columns.weight)


@dataclass(frozen=True)
class _OfQuantiles:
    """What the requests share: the columns of quantiles, which may have gaps."""

    columns: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """A row is complete without quantiles."""
        return _READS

    @property
    def may_lack(self) -> tuple[str, ...]:
        """The quantiles."""
        return self.columns

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups are those of all rows."""
        return (GroupTotals.request(_READS),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Weights must be finite and at least 0."""
        return (CaseWeights((WEIGHT,)),)


def _totals(found: Mapping[str, Array], known: GroupTotals) -> GroupTotals:
    """Give the totals of the rows that have all quantiles; the weight is that of all rows with truth."""
    return GroupTotals(known.n_rows, np.nan_to_num(found["complete"]), known.weight)


@dataclass(frozen=True, eq=False, repr=False)
class CoveredLevels:
    """How often the truth is at most each quantile: arrays [groups, levels]."""

    levels: Array
    """[levels]"""
    share: Array
    weight: Array
    effective: Array
    """How many rows of equal weight are as sure."""
    totals: GroupTotals


@dataclass(frozen=True)
class CoverageSums(_OfQuantiles, SummedRequest[CoveredLevels]):
    """The request of `CoveredLevels`; a row without the quantile counts for none of them."""

    levels: tuple[float, ...] = ()

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the weight, the weight that is covered and the squared weight at each level."""
        wanted = {"complete": Aggregate(lambda c: nw.when(_there(c, self.columns)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)))}
        for i, name in enumerate(self.columns):
            wanted |= {
                f"weight {i}": Aggregate(lambda c, name=name: _share(c, _there(c, (name,)))),  # type: ignore[misc]
                f"covered {i}": Aggregate(
                    lambda c, name=name: _share(c, _there(c, (name,)) & (c.truth <= _quantile(c, name)))  # type: ignore[misc]
                ),
            }
            if rows.weighted:
                wanted[f"squares {i}"] = Aggregate(lambda c, name=name: _share(c, _there(c, (name,)), 2))  # type: ignore[misc]
        return wanted

    def reduce(self, reductions: Reductions) -> CoveredLevels:
        """Divide."""
        found = reductions.aggregates(self)
        n = range(len(self.columns))
        weight = np.stack([np.nan_to_num(found[f"weight {i}"]) for i in n], axis=1)  # [groups, levels]
        covered = np.stack([np.nan_to_num(found[f"covered {i}"]) for i in n], axis=1)
        squares = np.stack([np.nan_to_num(found.get(f"squares {i}", found[f"weight {i}"])) for i in n], axis=1)
        totals = _totals(found, reductions.get(GroupTotals.request(_READS)))
        levels = np.array(self.levels)
        return CoveredLevels(levels, ratio(covered, weight), weight, ratio(weight**2, squares), totals)


@dataclass(frozen=True, eq=False, repr=False)
class Intervals:
    """How often the truth is between two quantiles, and how far these are apart: [groups]."""

    coverage: Array
    width: Array
    miss: Array
    """How far the truth is outside, 0 inside."""
    totals: GroupTotals


@dataclass(frozen=True)
class IntervalSums(_OfQuantiles, SummedRequest[Intervals]):
    """The request of `Intervals`: of the lower and the upper column."""

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the weight, the weight inside, and the widths."""
        low, high = self.columns

        def counted(c: SimpleNamespace, values: Any) -> Any:
            kept = nw.when(_there(c, self.columns)).then(values)
            return kept if c.weight is None else nw.when(c.weight > 0).then(kept * c.weight)

        def miss(c: SimpleNamespace) -> Any:
            below, above = _quantile(c, low) - c.truth, c.truth - _quantile(c, high)
            return below.clip(lower_bound=0.0) + above.clip(lower_bound=0.0)

        return {
            "complete": Aggregate(lambda c: nw.when(_there(c, self.columns)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))),
            "weight": Aggregate(lambda c: _share(c, _there(c, self.columns))),
            "inside": Aggregate(
                lambda c: _share(c, _there(c, self.columns) & (_quantile(c, low) <= c.truth) & (c.truth <= _quantile(c, high)))
            ),
            "width": Aggregate(lambda c: counted(c, _quantile(c, high) - _quantile(c, low))),
            "miss": Aggregate(lambda c: counted(c, miss(c))),
        }

    def reduce(self, reductions: Reductions) -> Intervals:
        """Divide."""
        found = reductions.aggregates(self)
        known = reductions.get(GroupTotals.request(_READS))
        weight = np.nan_to_num(found["weight"])
        inside, width, miss = (ratio(v, weight) for v in (np.nan_to_num(found["inside"]), found["width"], found["miss"]))
        return Intervals(inside, width, miss, _totals(found, known))


@dataclass(frozen=True, eq=False, repr=False)
class TruthPlaces:
    """The weight of the truth between neighbouring quantiles [groups, levels + 1]."""

    weight: Array
    totals: GroupTotals


@dataclass(frozen=True)
class HistogramSums(_OfQuantiles, SummedRequest[TruthPlaces]):
    """The request of `TruthPlaces`: a bin is closed above; where quantiles cross, a row is in the lowest of its bins."""

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the weight of each bin."""
        wanted = {"complete": Aggregate(lambda c: nw.when(_there(c, self.columns)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)))}
        for i in range(len(self.columns) + 1):
            wanted[f"bin {i}"] = Aggregate(lambda c, i=i: _share(c, self._in_bin(c, i)))  # type: ignore[misc]
        return wanted

    def _in_bin(self, columns: SimpleNamespace, i: int) -> Any:
        where = _there(columns, self.columns)
        for name in self.columns[:i]:
            where = where & (columns.truth > _quantile(columns, name))
        return where if i == len(self.columns) else where & (columns.truth <= _quantile(columns, self.columns[i]))

    def reduce(self, reductions: Reductions) -> TruthPlaces:
        """Put the bins side by side."""
        found = reductions.aggregates(self)
        weight = np.stack([np.nan_to_num(found[f"bin {i}"]) for i in range(len(self.columns) + 1)], axis=1)
        return TruthPlaces(weight, _totals(found, reductions.get(GroupTotals.request(_READS))))
