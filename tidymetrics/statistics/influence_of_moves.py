"""Influences of rows in memory, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.movable import codes_of_units
from tidymetrics.statistics.spread import Spread, add_up, by_unit, of_ranks, of_rows, of_units

if TYPE_CHECKING:
    from tidymetrics.statistics.movable import RowMoves
    from tidymetrics.typing import Array


def spread_of_moves(values: Array, slopes: Array, moves: RowMoves, *, frequency: bool) -> Spread:
    """Add up the influences of rows in memory."""
    shape = values.shape
    n_groups = len(values) * (values.shape[1] if moves.by_time else 1)
    flat = values.reshape(n_groups, -1)
    if moves.unit is None and moves.powers is not None and (powers := moves.powers(slopes, frequency)) is not None:
        return of_ranks(flat, powers.squares, powers.fourths, powers.n_true, powers.reach).reshaped(shape)
    moves = moves if moves.rows is None else moves.rows()
    weight = np.ones(len(moves.group)) if moves.weight is None else moves.weight
    there = weight > 0
    phi = moves.phi(slopes)
    if moves.unit is not None:
        sums, group, _ = by_unit(phi[there], moves.group[there], codes_of_units(moves.unit)[there])
        n = np.bincount(group, minlength=n_groups).astype(np.float64)
        return of_units(flat, add_up(sums**2, group, n_groups), add_up(sums**4, group, n_groups), n).reshaped(shape)
    share = np.where(there, weight, 1.0)[:, None] if frequency else 1.0
    squares, fourths = phi**2 / share, phi**4 / share**3
    total = add_up(fourths, moves.group, n_groups)
    if moves.truth is None:
        n = np.bincount(moves.group[there], weight[there] if frequency else None, minlength=n_groups).astype(np.float64)
        return of_rows(flat, add_up(squares, moves.group, n_groups), total, n).reshaped(shape)
    reach = np.full_like(flat, np.nan) if moves.reach is None else moves.reach(slopes)
    n_true = _counted(moves, there, n_groups, weight if frequency else None)
    place = moves.group * moves.n_levels + moves.truth
    by_class = add_up(squares, place, n_groups * moves.n_levels).reshape(n_groups, moves.n_levels, -1)
    return of_ranks(flat, by_class, total, n_true, reach).reshaped(shape)


def _counted(moves: RowMoves, there: Any, n_groups: int, weight: Array | None = None) -> Array:
    """Count the rows of each class: [groups, levels]."""
    truth: Any = moves.truth
    place = (moves.group * moves.n_levels + truth)[there]
    found = np.bincount(place, None if weight is None else weight[there], minlength=n_groups * moves.n_levels)
    return found.astype(np.float64).reshape(n_groups, moves.n_levels)
