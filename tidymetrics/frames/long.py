"""Expand frames with one row per subject to one row per subject and evaluation time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.engines import is_polars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Array


def add_columns(frame: nw.DataFrame[Any], columns: Mapping[str, Array]) -> nw.DataFrame[Any]:
    """Add columns of numbers [rows] to an eager frame of any library; NaN becomes that library's missing value."""
    backend: Any = frame.implementation
    made = []
    for name, values in columns.items():
        given: Any = values
        if not frame.implementation.is_pandas_like():
            given = pl.Series(values, nan_to_null=True)
            given = given if frame.implementation.is_polars() else given.to_list()
        made.append(nw.new_series(name, given, nw.Float64, backend=backend))
    return frame.with_columns(*made)


def repeat_rows(frame: nw.DataFrame[Any], times: int) -> nw.DataFrame[Any]:
    """Repeat each row of an eager frame, copies next to each other."""
    return nw.maybe_reset_index(frame[np.repeat(np.arange(len(frame)), times)])


def stack_columns(
    frame: nw.LazyFrame[Any], own: Sequence[str], columns: Sequence[str], *, place: str, value: str
) -> nw.LazyFrame[Any]:
    """Give each row once for each of some columns with internal names: its `own`, the column's place among them, its value."""
    if frame.implementation.is_duckdb() and len(columns) > 1:
        # the rows are read once: a union of many selections would compute each column of all of them again
        taken = f"unnest(range({len(columns)})) AS {place}, unnest([{', '.join(columns)}]) AS {value}"
        native: Any = frame.select(*own, *dict.fromkeys(columns)).to_native()
        made: nw.LazyFrame[Any] = nw.from_native(native.query("tm_rows", f"SELECT {', '.join(own)}, {taken} FROM tm_rows"))  # noqa: S608
        return made
    parts = [frame.select(*own, **{place: nw.lit(i), value: nw.col(column)}) for i, column in enumerate(columns)]
    return nw.concat(parts, how="vertical") if len(parts) > 1 else parts[0]


def rows_where(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], column: str, value: float) -> Any:
    """Return the rows in which a column has a value."""
    # by position, since polars takes a name such as `^t$` for a pattern
    if isinstance(frame, nw.DataFrame) or is_polars(frame):
        return frame.filter(nw.nth(list(frame.collect_schema().names()).index(column)) == value)
    return frame.filter(nw.col(column) == value)
