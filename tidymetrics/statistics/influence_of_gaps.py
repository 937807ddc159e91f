"""Influences on how much of what has a truth has a prediction too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, TRUTH
from tidymetrics.statistics.collapsed import collapse
from tidymetrics.statistics.movable import CellMoves, Movement, at_least

if TYPE_CHECKING:
    from tidymetrics.statistics.confusion import Confusion
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


def movement_of_reports(confusion: Confusion, reductions: Reductions) -> Movement:
    """Give how the weight of rows with a truth moves, and of those that have a prediction too."""
    known = confusion.with_truth or confusion.totals
    numbers = np.stack([known.weight, confusion.totals.weight], axis=1)

    def moved(x: Array, which: Codes) -> Confusion:
        totals, with_truth = confusion.totals.tiled(which), known.tiled(which)
        return replace(confusion, totals=replace(totals, weight=x[:, 1]), with_truth=replace(with_truth, weight=x[:, 0]))

    return Movement(numbers, at_least(numbers), moved, lambda units: _by_report(reductions, units=units))


def _by_report(reductions: Reductions, *, units: bool) -> CellMoves:
    """Tell rows with a prediction from those without one; a group can have both."""
    rows = reductions.frame_rows
    cells = collapse(reductions, rows.frame, (TRUTH, ESTIMATE), units=units)
    known, there = (rows.classes[name].decode(cells.table.get_column(name)).codes >= 0 for name in (TRUTH, ESTIMATE))
    kept = np.asarray(known & (cells.weight > 0))
    cells = cells.at(kept)
    there = np.asarray(there)[kept].astype(np.float64)
    n_groups = len(reductions.known_groups)
    every = np.arange(0 if units else n_groups)  # a group may have both, whatever it has
    group = np.concatenate([cells.group, every, every])
    there = np.concatenate([there, np.ones(len(every)), np.zeros(len(every))])

    def padded(values: Array) -> Array:
        return np.concatenate([values, np.zeros(2 * len(every))])

    def powers() -> tuple[Array, Array, Array]:
        rows = np.bincount(cells.group, cells.rows, minlength=n_groups).astype(np.float64)
        return padded(cells.squares), padded(cells.fourths), rows

    by_number = np.stack([np.ones(len(group)), there], axis=1)
    return CellMoves(group, by_number, padded(cells.weight), powers, cells.unit)
