"""Statistics of numbers near the ends of what floats hold, measured in units of their groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, PreparedFrame
from tidymetrics.frames.units import FAR, in_units, units_of
from tidymetrics.statistics.reductions import Reductions
from tidymetrics.statistics.requests import Aggregate

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Mask


@dataclass(frozen=True, eq=False, repr=False)
class Measured:
    """The statistics of rows in units of their groups."""

    reductions: Reductions
    unit: Array
    """[groups] that of the truth"""
    far: Mask
    """[groups] where the unit is not 1"""


def at_the_ends(*sizes: Array) -> bool:
    """Tell whether some of these values or squares are so great or small that digits may be lost, or are none."""
    return any(not ((np.abs(size) < FAR) & (np.abs(size) > 1 / FAR)).all() for size in sizes)


def in_units_of_groups(reductions: Reductions, *, apart: bool) -> Measured | None:
    """Measure truth and estimate of each group in a unit near its greatest number; None where none is far from 1."""
    if reductions.merged is not None or TRUTH not in reductions.rows.roles:  # parts, or copies whose numbers move
        return None
    known = reductions.remember(("units", apart), lambda: _measured(reductions, apart=apart))
    made: Measured | None = known
    return made


def _measured(reductions: Reductions, *, apart: bool) -> Measured | None:
    bounds = [Aggregate(lambda c: c.truth.abs(), "max"), Aggregate(lambda c: c.estimate.abs(), "max")]
    truth, estimate = map(np.nan_to_num, reductions.run(bounds))
    if not apart:
        truth = estimate = np.maximum(truth, estimate)
    units = {name: units_of(greatest) for name, greatest in ((TRUTH, truth), (ESTIMATE, estimate))}
    if all(unit is None for unit in units.values()):
        return None
    known = {name: np.ones_like(truth) if unit is None else unit for name, unit in units.items()}
    rows = reductions.rows
    if isinstance(rows, PreparedFrame):
        # the groups stay, since one may have no row but incomplete ones
        measured = replace(rows, frame=in_units(rows, reductions.known_groups, known), whole={})
        made = Reductions(measured, reductions.requests, reductions.known_groups)
    else:
        numbers = {name: values / known[name] if name in known else values for name, values in rows.numbers.items()}
        made = Reductions(replace(rows, numbers=numbers), reductions.requests)
    return Measured(made, known[TRUTH], (known[TRUTH] != 1) | (known[ESTIMATE] != 1))
