"""The request of confusion counts: the cells of prediction by truth, their levels and totals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import polars as pl

from tidymetrics.frames.classes import Coded, Levels, share_levels
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.parts import Parts
from tidymetrics.statistics.requests import Aggregate, MergeableRequest
from tidymetrics.statistics.shared_pass import few_rows
from tidymetrics.statistics.sparse_counts import counts_of, sum_by
from tidymetrics.statistics.totals import GroupTotals, finite, require_weights_of_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.counts import ConfusionCounts, EventCounts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes, Level


@dataclass(frozen=True, eq=False, repr=False)
class Confusion:
    """The counts of a call, with its levels."""

    counts: ConfusionCounts
    """[groups, levels, levels]; two levels at least, so that one against the rest has a rest."""
    levels: Levels
    totals: GroupTotals
    with_truth: GroupTotals | None = None
    """The totals over the rows that have a truth, with or without a prediction; None where only counts are known."""

    @staticmethod
    def request(levels: tuple[Level, ...] | None = None) -> ConfusionRequest:
        """Ask for the counts; `levels` are all classes in their order, if the call lists them."""
        return ConfusionRequest(levels)

    @cached_property
    def by_level(self) -> EventCounts:
        """The counts of each level against the rest."""
        return self.counts.by_level()

    @cached_property
    def pooled(self) -> EventCounts:
        """The same, added up over the levels."""
        return self.by_level.added_up()


@dataclass(frozen=True, eq=False, repr=False)
class _Cells:
    """Rows of the same truth and prediction in one group; each [cells]."""

    group: Codes
    truth: Coded
    estimate: Coded
    n_rows: Array
    weight: Array | None = None
    """None where there are no weights: each row counts as 1."""
    n: Array | None = None
    """The rows that have a weight."""


@dataclass(frozen=True)
class ConfusionRequest(MergeableRequest[Confusion]):
    """The request of `Confusion`."""

    counts_rows: ClassVar[bool] = True

    levels: tuple[Level, ...] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: a cell without a class holds the rows that are incomplete."""
        return ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Rows are counted by both classes."""
        return (TRUTH, ESTIMATE)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the rows and the weight of each cell."""
        if not isinstance(rows, PreparedFrame):
            return {}
        wanted = {"rows": Aggregate(lambda c: c.truth, "len")}
        if rows.weighted:
            wanted |= {
                "n": Aggregate(lambda c: c.weight, "count"),
                **{how: Aggregate(lambda c: c.weight, how) for how in ("sum", "min", "max")},
            }
        return wanted

    def reduce(self, reductions: Reductions) -> Confusion:
        """Place the cells."""
        rows = reductions.rows
        if not isinstance(rows, PreparedFrame):
            return _of_vectors(rows, self.levels)
        cells = self._cells(reductions, rows)
        names, unit = (rows.named(TRUTH), rows.named(ESTIMATE)), reductions.rows.weight_unit
        return _placed(cells, len(reductions.known_groups), names, self.levels, unit)

    def _cells(self, reductions: Reductions, rows: PreparedFrame) -> _Cells:
        found = reductions.cells(self)
        if found is None:  # where rows are few, it takes less time to take each as a cell than to collapse them
            table, reductions.groups, group = few_rows(rows)
            table = _rows_as_cells(table)
        else:
            table, group = found.table, found.group
        truth, estimate = (rows.classes[name].decode(table.get_column(name)) for name in (TRUTH, ESTIMATE))
        made = {
            name: table.get_column(name).cast(pl.Float64)
            for name in ("rows", "n", "sum", "min", "max")
            if name in table.columns
        }
        if rows.weighted:
            known: Any = (truth.codes >= 0) & (estimate.codes >= 0)
            greatest = made["max"].to_numpy()[known]
            require_weights_of_frame(reductions, made["min"].to_numpy()[known], greatest)
            if reductions.measure_weights(_greatest_by(group[known], greatest, len(reductions.known_groups))):
                return self._cells(reductions, reductions.frame_rows)
            weight, n = made["sum"].fill_null(0.0).to_numpy(), made["n"].to_numpy()
            return _Cells(group, truth, estimate, made["rows"].to_numpy(), weight, n)
        return _Cells(group, truth, estimate, made["rows"].to_numpy())

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state, whatever levels a call lists."""
        return {"cells": ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the numbers of each cell, by the labels of its classes."""
        cells = self._cells(reductions, reductions.frame_rows)
        labels = {"truth": _labels(cells.truth), "predicted": _labels(cells.estimate)}
        numbers = {"n": cells.n_rows, "weight": cells.weight, "complete": cells.n}
        keys = reductions.known_groups[cells.group]
        levels = {
            (self.label, name): (coded.values, coded.typed)
            for name, coded in (("truth", cells.truth), ("predicted", cells.estimate))
        }
        made = [
            Parts.of(keys, {"statistic": self.label, "part": name, "how": "sum", **labels, "value": pl.Series(values)}, levels)
            for name, values in numbers.items()
            if values is not None
        ]
        # several cells may share a label once values are classes
        return Parts.merge(made[0].together(*made[1:]))

    def of_parts(self, parts: Parts, reductions: Reductions) -> Confusion:
        """Place merged cells as those of rows."""
        groups = reductions.known_groups
        wide = parts.frame.pivot("part", index=[*parts.keys, "truth", "predicted"], values="value", aggregate_function="first")
        place = wide.join(
            groups.with_row_index("tm_group"), on=list(parts.keys), how="left", nulls_equal=True, maintain_order="left"
        )
        coded = [_coded(wide.get_column(name), *parts.levels[self.label, name]) for name in ("truth", "predicted")]
        numbers = [wide.get_column(name).to_numpy() if name in wide.columns else None for name in ("weight", "complete")]
        group = place.get_column("tm_group").to_numpy().astype(np.int64)
        cells = _Cells(group, coded[0], coded[1], wide.get_column("n").to_numpy(), *numbers)
        return _placed(cells, len(groups), ("truth", "estimate"), self.levels)


def _greatest_by(group: Codes, values: Array, n_groups: int) -> Array:
    """Give the greatest value of each group, 0 where there is none."""
    found = np.zeros(n_groups)
    np.maximum.at(found, group, np.nan_to_num(values))
    return found


def _labels(coded: Coded) -> pl.Series:
    values = pl.Series([str(value) for value in coded.values], dtype=pl.String)
    return values.gather(pl.Series(coded.codes).set(pl.Series(coded.codes < 0), None))


def _coded(labels: pl.Series, values: tuple[Level, ...], typed: bool) -> Coded:
    places = {str(value): i for i, value in enumerate(values)}
    codes = labels.replace_strict(places, default=None, return_dtype=pl.Int64).fill_null(-1) if places else None
    return Coded(np.full(len(labels), -1) if codes is None else codes.to_numpy(), values, typed)


def _placed(
    cells: _Cells, n_groups: int, names: tuple[str, str], given: tuple[Level, ...] | None, unit: Array | None = None
) -> Confusion:
    """Settle the levels, and add up the cells of each pair of them."""
    levels, t, p = share_levels(cells.truth, cells.estimate, names, given)
    weight = cells.n_rows if cells.weight is None else cells.weight
    complete = cells.n_rows if cells.n is None else cells.n
    known: Any = (t >= 0) & (p >= 0)
    known = slice(None) if known.all() else known
    size = max(len(levels), 2)
    group = cells.group[known]
    counts = counts_of(group, p[known], t[known], weight[known], (n_groups, size, size), whole=cells.weight is None)
    n = sum_by(group, complete[known], n_groups)
    totals = finite(GroupTotals(sum_by(cells.group, cells.n_rows, n_groups), n, counts.total, unit))
    open_ = (t >= 0) & (p < 0)
    with_truth = GroupTotals(
        totals.n_rows,
        totals.n + sum_by(cells.group[open_], complete[open_], n_groups),
        totals.weight + sum_by(cells.group[open_], weight[open_], n_groups),
        unit,
    )
    return Confusion(counts, levels, totals, with_truth)


def _rows_as_cells(table: pl.DataFrame) -> pl.DataFrame:
    """Give each row as a cell."""
    made = {name: table.get_column(name) for name in (TRUTH, ESTIMATE)}
    made["rows"] = pl.Series(np.ones(len(table)))
    if WEIGHT in table.columns:
        weight = table.get_column(WEIGHT)
        made |= {"sum": weight.fill_null(0.0), "n": weight.is_not_null(), "min": weight, "max": weight}
    return pl.DataFrame(made)


def _of_vectors(vectors: Vectors, given: tuple[Level, ...] | None) -> Confusion:
    """Count vectors: their rows are cells already."""
    truth, estimate = vectors.classes[TRUTH], vectors.classes[ESTIMATE]
    levels, t, p = share_levels(truth, estimate, ("truth", "estimate"), given)
    size = max(len(levels), 2)
    weight = vectors.numbers.get(WEIGHT)
    counts = counts_of(None, p, t, weight, (1, size, size), whole=weight is None)
    n_rows, n = np.array([float(vectors.n_rows)]), np.array([float(len(t))])
    totals = finite(GroupTotals(n_rows, n, counts.total, vectors.weight_unit))
    return Confusion(counts, levels, totals)
