"""Influences of counts: those of a cell are shared by all of its rows, so that the engine need not be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, UNIT, WEIGHT
from tidymetrics.statistics.movable import codes_of_units
from tidymetrics.statistics.spread import Spread, add_up, by_unit, effective_of_cells, of_cells, of_units, smooth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.confusion import Confusion
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes

_INSTEAD = "Aggregate the rows to one for each unit first."


@dataclass(frozen=True, eq=False, repr=False)
class Cells:
    """A metric's values and slopes by cell, also at smoothed cells."""

    confusion: Confusion
    values: Array
    """[groups, columns]"""
    slopes: Array
    """[groups, cells, columns]"""
    smoothed: Array
    """[groups, columns] effective rows"""

    @classmethod
    def of(cls, confusion: Confusion, slopes: Callable[[Array, bool], Any], span: tuple[float, float]) -> Cells | None:
        """Differentiate by cells: `slopes` takes a table, and whether empty cells count; None for what has no cells."""
        table = confusion.counts.table
        found = slopes(table, True)
        if found is None:
            return None
        smoothed = np.full_like(found[0], np.nan)
        if np.isfinite(span).all():
            at = smooth(table)
            value, by_cell = slopes(at, False)
            smoothed = effective_of_cells(value, by_cell, at.reshape(len(at), -1), span)
        return cls(confusion, found[0], found[1], smoothed)


def spreads_of_cells(
    cells: Mapping[str, Cells], reductions: Reductions, *, frequency: bool, clustered: bool
) -> dict[str, Spread]:
    """Spread all metrics over counts."""
    if not cells:
        return {}
    confusion = next(iter(cells.values())).confusion
    table = confusion.counts.table
    flat = table.reshape(len(table), -1)  # [groups, cells]
    if clustered:
        rows = rows_by_cell(confusion, reductions)
        return {name: _of_units(made, rows) for name, made in cells.items()}
    squares, fourths, size, units = flat, flat, np.ones(len(flat)), confusion.totals.n
    weighted = reductions.rows.weighted
    if weighted and frequency:
        units = confusion.totals.full_weight
    elif weighted:
        squares, fourths, units = _powers(confusion, reductions)
        with np.errstate(all="ignore"):
            size = np.where(flat.sum(axis=1) > 0, squares.sum(axis=1) / flat.sum(axis=1), 1.0)
    return {
        name: of_cells(made.values, made.slopes, squares, fourths, size, made.smoothed, units) for name, made in cells.items()
    }


def places_of(confusion: Confusion, reductions: Reductions, table: pl.DataFrame) -> Codes:
    """Give the cell of each row of a table of classes: [rows], -1 where a class is missing."""
    rows, where = reductions.frame_rows, {value: i for i, value in enumerate(confusion.levels.values)}
    positions = []
    for name in (TRUTH, ESTIMATE):
        coded = rows.classes[name].decode(table.get_column(name))
        at = np.array([*(where.get(value, -1) for value in coded.values), -1], np.int64)
        positions.append(at[coded.codes])
    truth, estimate = positions
    size = confusion.counts.table.shape[-1]
    return np.where((truth >= 0) & (estimate >= 0), estimate * size + truth, -1)


def _powers(confusion: Confusion, reductions: Reductions) -> tuple[Array, Array, Array]:
    """Add up squares and fourth powers of the weights of each cell [groups, cells], and count rows that have one [groups]."""
    rows = reductions.frame_rows
    weight = nw.col(WEIGHT)
    made = {"tm_2": weight * weight, "tm_4": weight * weight * weight * weight}
    made["tm_n"] = nw.when(weight > 0).then(nw.lit(1.0))
    frame = rows.frame.select(*rows.keys, TRUTH, ESTIMATE, **made)
    frame = frame.group_by(*rows.keys, TRUTH, ESTIMATE).agg(*(nw.col(name).sum() for name in made))
    table, group = reductions.collect_rows(frame, "cells", instead=_INSTEAD, at_most=0)
    place = places_of(confusion, reductions, table)
    n_groups, n_cells = len(confusion.counts.table), confusion.counts.table[0].size
    known = place >= 0
    where = (group * n_cells + place)[known]
    found = [
        np.bincount(where, table.get_column(name).cast(pl.Float64).fill_null(0.0).to_numpy()[known], n_groups * n_cells)
        for name in made
    ]
    squares, fourths, counts = (values.astype(np.float64).reshape(n_groups, n_cells) for values in found)
    return squares, fourths, counts.sum(axis=1)


@dataclass(frozen=True, eq=False, repr=False)
class RowsByCell:
    """Rows of one group, unit and cell together, each [rows]."""

    group: Codes
    unit: Any
    """As a Series"""
    place: Codes
    weight: Array


def rows_by_cell(confusion: Confusion, reductions: Reductions) -> RowsByCell:
    """Collapse the rows of units to cells; those without a unit stay as they are."""
    rows = reductions.frame_rows
    names = [*rows.keys, UNIT, TRUTH, ESTIMATE]
    share = nw.col(WEIGHT) if rows.weighted else nw.lit(1.0).cast(nw.Float64)
    frame: nw.LazyFrame[Any] = rows.frame.with_columns(tm_share=share)
    unit = nw.col(UNIT)
    known = frame.filter(~unit.is_null()).group_by(*names).agg(nw.col("tm_share").sum())
    both = nw.concat([known.select(*names, "tm_share"), frame.filter(unit.is_null()).select(*names, "tm_share")])
    table, group = reductions.collect_rows(both, "cells of units", instead=_INSTEAD, at_most=np.inf)
    place = places_of(confusion, reductions, table)
    weight = table.get_column("tm_share").cast(pl.Float64).fill_null(0.0).to_numpy()
    kept = (place >= 0) & (weight > 0)
    return RowsByCell(group[kept], table.get_column(UNIT).filter(pl.Series(kept)), place[kept], weight[kept])


def _of_units(made: Cells, rows: RowsByCell) -> Spread:
    phi = made.slopes[rows.group, rows.place] * rows.weight[:, None]
    sums, group, _ = by_unit(phi, rows.group, codes_of_units(rows.unit))
    n_groups = len(made.values)
    n = np.bincount(group, minlength=n_groups).astype(np.float64)
    return of_units(made.values, add_up(sums**2, group, n_groups), add_up(sums**4, group, n_groups), n)
