"""Units of numbers near the ends of what floats hold: their products and squares would be 0, infinite or without digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.beside import beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.typing import Array, Mask

FAR = 2.0**128
"""Between this and its inverse, products of six numbers and sums of these keep all their digits."""


_GREAT = 1e300


def units_of(greatest: Array) -> Array | None:
    """Give powers of two near the greatest numbers [...], 1 where these are not far from 1; None if none is."""
    far: Mask = (greatest > FAR) | ((greatest > 0) & (greatest < 1 / FAR))
    if not far.any():
        return None
    exponents = np.frexp(np.where(far & np.isfinite(greatest), greatest, 1.0))[1]
    return np.where(far, np.ldexp(1.0, exponents - 1), 1.0)


def within_reach(truth: nw.Expr, estimate: nw.Expr) -> nw.Expr:
    """Give 1 for each row, and a power of two where floats might not hold the sum or difference of its numbers."""
    great = (truth.abs() > _GREAT) | (estimate.abs() > _GREAT)
    return great.cast(nw.Float64) * (2.0**-10 - 1.0) + 1.0


def in_units(rows: PreparedFrame, groups: pl.DataFrame, units: Mapping[str, Array]) -> nw.LazyFrame[Any]:
    """Divide columns of the rows by the unit [groups] of their group."""
    table = groups.with_columns(pl.Series(f"tm_unit_{i}", unit) for i, unit in enumerate(units.values()))
    placed = beside(rows, rows.frame, table)
    divided = {name: nw.col(name) / nw.col(f"tm_unit_{i}") for i, name in enumerate(units)}
    return placed.with_columns(**divided).drop([f"tm_unit_{i}" for i in range(len(units))])
