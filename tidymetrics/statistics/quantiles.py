"""The mean pinball loss of predicted quantiles, whose gaps are left, dropped or filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.frames.prepared import TRUTH, WEIGHT
from tidymetrics.statistics.imputation import impute
from tidymetrics.statistics.moments import weigh
from tidymetrics.statistics.reductions import Aggregate, Reductions
from tidymetrics.statistics.totals import Totals, require_weights_of_frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class IntervalScores:
    """The sum of the rows' scores, and what is known of the rows."""

    total: Array
    """[groups] weighted"""
    totals: Totals
    """A row without a score is missing."""
    crossed: float
    """How many rows have a quantile below that of a lower level."""


@dataclass(frozen=True)
class QuantileLosses:
    """The reduction that makes `IntervalScores` of a column a level."""

    columns: tuple[str, ...]
    levels: tuple[float, ...]
    rule: str = "impute"
    """What is done with missing quantiles: "impute", "drop" or "propagate"."""
    reads: tuple[str, ...] = (TRUTH, WEIGHT)
    """The columns without which a row is incomplete whatever the rule."""

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the sums over the rows that need no filling, and what there is to know of all rows."""
        wanted = {
            "n_rows": Aggregate(lambda c: c.truth, "len"),
            "n": Aggregate(self._score, "count"),
            "sum": Aggregate(lambda c: weigh(c, self._score(c))),
            "crossed": Aggregate(self._crossed),
            "gaps": Aggregate(self._gaps),
        }
        if reductions.rows.weighted:
            scored = Aggregate(lambda c: nw.when(~self._score(c).is_null()).then(c.weight))
            wanted |= {how: Aggregate(lambda c: c.weight, how) for how in ("min", "max")} | {"weight": scored}
        return wanted

    def _given(self, columns: SimpleNamespace) -> list[Any]:
        return [getattr(columns, name.removeprefix("tm_")) for name in self.columns]

    def _score(self, columns: SimpleNamespace) -> Any:
        losses = [_pinball(columns.truth - q, level) for q, level in zip(self._given(columns), self.levels, strict=True)]
        if self.rule != "drop":
            return _sum(losses) * (2.0 / len(losses))
        there = _sum([(~loss.is_null()).cast(nw.Float64) for loss in losses])
        present = [nw.when(~loss.is_null()).then(loss).otherwise(nw.lit(0.0)) for loss in losses]
        return nw.when(there > 0).then(_sum(present) * 2.0 / there)

    def _crossed(self, columns: SimpleNamespace) -> Any:
        given = self._given(columns)
        if len(given) == 1:
            return given[0] * 0.0
        # all pairs, since the quantiles between two may be missing
        below = [higher < lower for i, higher in enumerate(given) for lower in given[:i]]
        return nw.when(_any(below) & ~columns.truth.is_null()).then(nw.lit(1.0)).otherwise(nw.lit(0.0))

    def _gaps(self, columns: SimpleNamespace) -> Any:
        """Mark rows that must be looked at again to be filled."""
        return nw.when(self._to_fill(columns)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))

    def _to_fill(self, columns: SimpleNamespace) -> Any:
        return _any([q.is_null() for q in self._given(columns)]) & ~columns.truth.is_null()

    def reduce(self, reductions: Reductions) -> IntervalScores:
        """Add the scores of filled rows to those that the pass gave."""
        found = reductions.aggregates(self)
        if reductions.rows.weighted:
            require_weights_of_frame(reductions, found["min"], found["max"])
        sums = {name: np.nan_to_num(found[name]) for name in ("n_rows", "n", "crossed", "gaps")}
        weight = np.nan_to_num(found["weight"]) if reductions.rows.weighted else sums["n"]
        total = found["sum"]
        if self.rule == "impute" and sums["gaps"].any():
            extra_total, extra_n, extra_weight = self._filled(reductions, sums["gaps"].sum())
            total = total + extra_total
            sums["n"], weight = sums["n"] + extra_n, weight + extra_weight
        return IntervalScores(total, Totals(sums["n_rows"], sums["n"], weight), float(sums["crossed"].sum()))

    def _filled(self, reductions: Reductions, n_gaps: float) -> tuple[Array, Array, Array]:
        """Score the rows that have gaps, filled: their sum, number and weight [groups]."""
        rows = reductions.frame_rows
        names = [*rows.keys, TRUTH, *self.columns, *((WEIGHT,) if rows.weighted else ())]
        gap = nw.any_horizontal(*(nw.col(name).is_null() for name in self.columns), ignore_nulls=True)
        table, group = reductions.collect_rows(
            reductions.complete(self.reads).filter(gap).select(names),
            "filling missing quantiles",
            instead='Write quantile_estimate_nas="drop" or "propagate".',
            at_most=n_gaps,
        )
        levels = np.array(self.levels)
        quantiles = impute(levels, table.select(self.columns).to_numpy().astype(np.float64))  # [rows, levels]
        gaps = table.get_column(TRUTH).to_numpy()[:, None] - quantiles
        with np.errstate(invalid="ignore"):
            rise = np.where(gaps >= 0, levels, levels - 1)
            losses = np.where(rise == 0, 0.0, rise * gaps)
        score = 2 * losses.mean(axis=1)  # [rows]
        there = ~np.isnan(quantiles).any(axis=1)
        group, score = group[there], score[there]
        weight = table.get_column(WEIGHT).to_numpy()[there] if rows.weighted else np.ones(len(score))
        size = len(reductions.known_groups)
        with np.errstate(invalid="ignore"):
            weighed = np.where(weight > 0, weight * score, 0.0)
        return tuple(np.bincount(group, values, minlength=size) for values in (weighed, np.ones(len(score)), weight))  # type: ignore[return-value]


def _pinball(gap: Any, level: float) -> Any:
    # at the levels 0 and 1 one side costs nothing, however far: a quantile there may be infinite
    above = gap * level if level > 0 else nw.when(~gap.is_null()).then(nw.lit(0.0))
    below = gap * (level - 1.0) if level < 1 else nw.when(~gap.is_null()).then(nw.lit(0.0))
    return nw.when(gap >= 0).then(above).otherwise(below)


def _sum(parts: list[Any]) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _any(parts: list[Any]) -> Any:
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    return found
