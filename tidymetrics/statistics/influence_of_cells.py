"""Influences of counts: those of a cell are shared by all of its rows, so that the engine need not be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, TRUTH
from tidymetrics.statistics.collapsed import collapse
from tidymetrics.statistics.movable import codes_of_units
from tidymetrics.statistics.spread import Spread, add_up, by_unit, effective_of_cells, of_cells, of_units, smooth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from tidymetrics.statistics.confusion import Confusion
    from tidymetrics.statistics.movable import CellMoves
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


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


def spread_of_cells(values: Array, slopes: Array, moves: CellMoves, *, frequency: bool) -> Spread:
    """Spread a metric over counts of cells that no table holds."""
    phi, n_groups, group = moves.phi(slopes), len(values), moves.group
    if moves.unit is not None:
        there = moves.weight > 0
        sums, of, _ = by_unit((phi * moves.weight[:, None])[there], group[there], codes_of_units(moves.unit)[there])
        n = np.bincount(of, minlength=n_groups).astype(np.float64)
        return of_units(values, add_up(sums**2, of, n_groups), add_up(sums**4, of, n_groups), n)
    weight = np.bincount(group, moves.weight, minlength=n_groups).astype(np.float64)
    squares, fourths, units = (moves.weight, moves.weight, weight) if frequency else moves.powers()
    size = np.ones(n_groups)
    if not frequency:
        size = np.bincount(group, squares, minlength=n_groups) / np.where(weight > 0, weight, 1.0)
    variance = add_up(squares[:, None] * phi**2, group, n_groups)
    most, least = np.zeros_like(values), np.zeros_like(values)
    np.maximum.at(most, group, phi)
    np.minimum.at(least, group, phi)
    with np.errstate(divide="ignore", invalid="ignore"):
        kurtosis = add_up(fourths[:, None] * phi**4, group, n_groups) / variance**2
    none = np.full_like(values, np.nan)
    return Spread(values, variance, kurtosis, units[:, None], (most - least) * size[:, None], none, counts=True)


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
    cells = collapse(reductions, reductions.frame_rows.frame, (TRUTH, ESTIMATE), units=False)
    place = places_of(confusion, reductions, cells.table)
    n_groups, n_cells = len(confusion.counts.table), confusion.counts.table[0].size
    known = place >= 0
    where = (cells.group * n_cells + place)[known]
    found = [np.bincount(where, v[known], n_groups * n_cells) for v in (cells.squares, cells.fourths, cells.rows)]
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
    cells = collapse(reductions, reductions.frame_rows.frame, (TRUTH, ESTIMATE), units=True)
    place = places_of(confusion, reductions, cells.table)
    kept = (place >= 0) & (cells.weight > 0)
    cells = cells.at(kept)
    return RowsByCell(cells.group, cells.unit, place[kept], cells.weight)


def _of_units(made: Cells, rows: RowsByCell) -> Spread:
    phi = made.slopes[rows.group, rows.place] * rows.weight[:, None]
    sums, group, _ = by_unit(phi, rows.group, codes_of_units(rows.unit))
    n_groups = len(made.values)
    n = np.bincount(group, minlength=n_groups).astype(np.float64)
    return of_units(made.values, add_up(sums**2, group, n_groups), add_up(sums**4, group, n_groups), n)
