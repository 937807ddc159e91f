"""Rows that are alike, collapsed by the engine that holds them: weights, their powers, and how many rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import UNIT, WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask

_INSTEAD = "Aggregate the rows to one for each unit first."


@dataclass(frozen=True, eq=False, repr=False)
class Collapsed:
    """Cells: rows of one group, and of one unit where these are told apart, with the same values; each [cells]."""

    table: pl.DataFrame
    """The values."""
    group: Codes
    weight: Array
    squares: Array
    """Sums of the squared weights of the rows."""
    fourths: Array
    rows: Array
    """How many rows of positive weight there are."""
    unit: Any = None
    """As a Series; None where units are not told apart."""

    def at(self, kept: Mask) -> Collapsed:
        """Give some of the cells."""
        own = {name: getattr(self, name)[kept] for name in ("group", "weight", "squares", "fourths", "rows")}
        chosen = pl.Series(kept)
        return Collapsed(self.table.filter(chosen), **own, unit=None if self.unit is None else self.unit.filter(chosen))


def collapse(reductions: Reductions, frame: nw.LazyFrame[Any], columns: Sequence[str], *, units: bool) -> Collapsed:
    """Collapse the rows of a frame that have the same values of these columns; rows without a unit stay as they are."""
    rows = reductions.frame_rows
    names = [*rows.keys, *columns]
    made: dict[str, Any] = {"tm_1": nw.lit(1.0), "tm_n": nw.lit(1)}
    if rows.weighted:
        weight = nw.col(WEIGHT)
        square = weight * weight
        made = {"tm_1": weight, "tm_n": nw.when(weight > 0).then(nw.lit(1)), "tm_2": square, "tm_4": square * square}
    if units:
        frame = frame.select(*names, UNIT, **made)
        known = frame.filter(~nw.col(UNIT).is_null()).group_by(*names, UNIT).agg(*(nw.col(n).sum() for n in made))
        numbers_of = {n: nw.col(n).cast(nw.Float64) for n in made}  # engines give sums other types
        alone = frame.filter(nw.col(UNIT).is_null())
        frame = nw.concat([part.select(*names, UNIT, **numbers_of) for part in (known, alone)], how="vertical")
    else:
        frame = frame.select(*names, **made).group_by(*names).agg(*(nw.col(n).sum() for n in made))
    table, group = reductions.collect_rows(
        frame, "cells of units" if units else "cells", instead=_INSTEAD, at_most=np.inf if units else 0
    )
    numbers = {n: table.get_column(n).cast(pl.Float64).fill_null(0.0).to_numpy() for n in made}
    one = numbers["tm_1"]
    return Collapsed(
        table,
        group,
        one,
        numbers.get("tm_2", one),
        numbers.get("tm_4", one),
        numbers["tm_n"],
        table.get_column(UNIT) if units else None,
    )
