"""The mean pinball loss of predicted quantiles, whose gaps are left, dropped or filled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np

from tidymetrics.frames.engines import added_up
from tidymetrics.frames.prepared import TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.imputation import impute
from tidymetrics.statistics.means import on_dask, weighted
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, RowTerms, at_least, rows_in_memory
from tidymetrics.statistics.requests import Aggregate, Check, MergeableRequest
from tidymetrics.statistics.totals import CaseWeights, GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class IntervalScores:
    """The sum of the rows' scores, and what is known of the rows."""

    total: Array
    """[groups] weighted"""
    totals: GroupTotals
    """A row without a score is missing."""
    crossings: Array
    """[groups] How many rows have a quantile below that of a lower level."""

    @property
    def crossed(self) -> float:
        """The same, of all groups."""
        return float(self.crossings.sum())

    @staticmethod
    def request(columns: tuple[str, ...], levels: tuple[float, ...], rule: str = "impute") -> QuantileLosses:
        """Ask for the scores of a column for each level; `rule` says what is done with missing quantiles."""
        return QuantileLosses(columns, levels, rule)


@dataclass(frozen=True)
class QuantileLosses(MergeableRequest[IntervalScores], Movable):
    """The request of `IntervalScores`: one column of quantiles for each level."""

    counts_rows: ClassVar[bool] = True

    columns: tuple[str, ...]
    levels: tuple[float, ...]
    rule: str = "impute"
    """What is done with missing quantiles: "impute", "drop" or "propagate"."""
    reads: tuple[str, ...] = (TRUTH, WEIGHT)
    """The columns without which a row is incomplete whatever the rule."""

    @property
    def counts_with(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """A row has a score if its quantiles suffice for the rule: two are enough to fill the others."""
        size = len(self.columns)
        return ((self.columns, {"propagate": size, "drop": 1, "impute": min(2, size)}[self.rule]),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Weights must be finite and at least 0, also those of rows without a score."""
        return (CaseWeights((WEIGHT,)),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the sums over the rows that need no filling, and what there is to know of all rows."""
        wanted = {
            "n_rows": Aggregate(lambda c: c.truth, "len"),
            "n": Aggregate(self._score, "count"),
            "sum": Aggregate(lambda c: weighted(c, self._score(c))),
            "crossed": Aggregate(partial(self._crossed, falls=_pairs if on_dask(rows) else _falls)),
            "gaps": Aggregate(self._gaps),
        }
        if rows.weighted:
            wanted["weight"] = Aggregate(lambda c: nw.when(~self._score(c).is_null()).then(c.weight))
        return wanted

    def _given(self, columns: SimpleNamespace) -> list[Any]:
        return [getattr(columns, name.removeprefix("tm_")) for name in self.columns]

    def _score(self, columns: SimpleNamespace) -> Any:
        losses = [_pinball(columns.truth - q, level) for q, level in zip(self._given(columns), self.levels, strict=True)]
        if self.rule != "drop":
            return added_up(losses) * (2.0 / len(losses))
        there = added_up([(~loss.is_null()).cast(nw.Float64) for loss in losses])
        present = [nw.when(~loss.is_null()).then(loss).otherwise(nw.lit(0.0)) for loss in losses]
        return nw.when(there > 0).then(added_up(present) * 2.0 / there)

    def _crossed(self, columns: SimpleNamespace, falls: Callable[[list[Any]], list[Any]]) -> Any:
        given = self._given(columns)
        if len(given) == 1:
            return given[0] * 0.0
        crossed = nw.any_horizontal(*falls(given), ignore_nulls=True)
        return nw.when(crossed & ~columns.truth.is_null()).then(nw.lit(1.0)).otherwise(nw.lit(0.0))

    def _gaps(self, columns: SimpleNamespace) -> Any:
        """Mark rows that must be looked at again to be filled."""
        return nw.when(self._to_fill(columns)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))

    def _to_fill(self, columns: SimpleNamespace) -> Any:
        return nw.any_horizontal(*(q.is_null() for q in self._given(columns)), ignore_nulls=True) & ~columns.truth.is_null()

    def reduce(self, reductions: Reductions) -> IntervalScores:
        """Add the scores of filled rows to those that the pass gave."""
        found = reductions.aggregates(self)
        n, total = found["n"], found["sum"]
        weight = found.get("weight", n)
        if self.rule == "impute" and found["gaps"].any():
            extra_total, extra_n, extra_weight = self._filled(reductions, found["gaps"].sum())
            total, n, weight = total + extra_total, n + extra_n, weight + extra_weight
        return IntervalScores(total, GroupTotals(found["n_rows"], n, weight), found["crossed"])

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state by its levels and its rule."""
        return {f"interval scores({', '.join(f'{level:g}' for level in self.levels)}; {self.rule})": ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the sums, rows that had to be filled included."""
        made = reductions.get(self)
        totals = made.totals
        numbers = {"rows": totals.n_rows, "n": totals.n, "weight": totals.weight, "sum": made.total, "crossed": made.crossings}
        return reductions.numbers_as_parts(self.label, {name: ("sum", values) for name, values in numbers.items()})

    def of_parts(self, parts: Parts, reductions: Reductions) -> IntervalScores:
        """Take the merged sums."""
        found = parts.numbers(reductions.known_groups)
        return IntervalScores(found["sum"], GroupTotals(found["rows"], found["n"], found["weight"]), found["crossed"])

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
        quantiles = table.select(self.columns).to_numpy().astype(np.float64)  # [rows, levels]
        score = self._scores_of_filled(table.get_column(TRUTH).to_numpy(), quantiles)
        there = ~np.isnan(score)
        group, score = group[there], score[there]
        weight = table.get_column(WEIGHT).to_numpy()[there] if rows.weighted else np.ones(len(score))
        size = len(reductions.known_groups)
        with np.errstate(invalid="ignore"):
            by_weight = np.where(weight > 0, weight * score, 0.0)
        return tuple(np.bincount(group, values, minlength=size) for values in (by_weight, np.ones(len(score)), weight))  # type: ignore[return-value]

    def _scores_of_filled(self, truth: Array, quantiles: Array) -> Array:
        """Score rows once their gaps are filled: [rows], NaN where there is too little to fill them from."""
        levels = np.array(self.levels)
        filled = impute(levels, quantiles)  # [rows, levels]
        gaps = truth[:, None] - filled
        with np.errstate(invalid="ignore"):
            rise = np.where(gaps >= 0, levels, levels - 1)
            losses = np.where(rise == 0, 0.0, rise * gaps)
        return np.where(np.isnan(filled).any(axis=1), np.nan, 2 * losses.mean(axis=1))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean score moves: in the engine, unless rows must be filled."""
        made = reductions.get(self)
        weight = made.totals.weight
        mean = ratio(made.total, weight)[:, None]  # [groups, 1]

        def moved(x: Array, which: Codes) -> IntervalScores:
            return IntervalScores(x[:, 0] * weight[which], made.totals.tiled(which), np.zeros(len(which)))

        if self.rule == "impute" and reductions.aggregates(self)["gaps"].any():
            return Movement(
                mean, at_least(mean), moved, lambda unit: self._moves_of_filled(reductions, mean, weight, unit=unit)
            )
        frame = reductions.frame(self.reads)
        source = RowTerms(frame, lambda c: [weighted(c, self._score(c))], mean, weight[:, None], key=self.reads)
        return Movement(mean, at_least(mean), moved, lambda _: source)

    def _moves_of_filled(self, reductions: Reductions, mean: Array, total: Array, *, unit: bool) -> RowMoves:
        frame = reductions.complete(self.reads)
        table = rows_in_memory(reductions, frame, (TRUTH, *self.columns), "filling missing quantiles", unit=unit)
        quantiles = np.stack([table.columns[name].astype(np.float64) for name in self.columns], axis=1)
        score = self._scores_of_filled(table.columns[TRUTH], quantiles)
        group, weight = table.group, table.columns.get(WEIGHT, np.ones(len(score)))
        counts = ~np.isnan(score) & (weight > 0)
        with np.errstate(all="ignore"):
            move = np.where(counts, weight * (score - mean[group, 0]) / total[group], 0.0)  # [rows]
        return RowMoves(group, lambda slopes: move[:, None] * slopes[group, 0], np.where(counts, weight, 0.0), unit=table.unit)


def _pinball(gap: Any, level: float) -> Any:
    # at the levels 0 and 1 one side costs nothing, however far: a quantile there may be infinite
    above = gap * level if level > 0 else nw.when(~gap.is_null()).then(nw.lit(0.0))
    below = gap * (level - 1.0) if level < 1 else nw.when(~gap.is_null()).then(nw.lit(0.0))
    return nw.when(gap >= 0).then(above).otherwise(below)


def _falls(given: list[Any]) -> list[Any]:
    """Say where a quantile lies below an earlier one, whatever is missing between them.

    The greatest of each first half is compared with the least of its second half, and each half is cut again.
    """
    if len(given) < 2:
        return []
    first, second = given[: len(given) // 2], given[len(given) // 2 :]
    # both pass over missing values; Spark takes no extreme of one column
    greatest = nw.max_horizontal(*first) if len(first) > 1 else first[0]
    least = nw.min_horizontal(*second) if len(second) > 1 else second[0]
    fall = greatest > least
    return [fall, *_falls(first), *_falls(second)]


def _pairs(given: list[Any]) -> list[Any]:
    """Compare each quantile with each later one, as Dask needs: it compares no extremes of several columns."""
    return [a > b for a, b in combinations(given, 2)]
