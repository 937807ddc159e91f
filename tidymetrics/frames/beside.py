"""Set numbers of its group beside each row, inside the engine that holds the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.frames.engines import is_polars, small

if TYPE_CHECKING:
    from tidymetrics.frames.prepared import PreparedFrame


def beside(rows: PreparedFrame, frame: nw.LazyFrame[Any], table: pl.DataFrame) -> nw.LazyFrame[Any]:
    """Join a table of one row per group, whose first columns are the keys, to the rows of a frame."""
    keys = list(rows.keys)
    if not rows.grouped and len(table) == 1:
        values = table.drop(keys).row(0, named=True)
        return frame.with_columns(**{name: nw.lit(float(value)) for name, value in values.items()})
    if is_polars(frame):
        joined = cast("pl.LazyFrame", frame.to_native()).join(table.lazy(), on=keys, how="left", nulls_equal=True)
        return nw.from_native(joined)
    # strings stand for categories in an engine, as `plain_key` has it
    table = table.with_columns(pl.col(k).cast(pl.String) for k in keys if table.schema[k] in (pl.Enum, pl.Categorical))
    parts = []
    for missing in table.select(pl.col(keys).is_null()).unique(maintain_order=True).iter_rows():
        # a null matches nothing in a join: groups whose keys lack the same values are joined by the others
        holes = dict(zip(keys, missing, strict=True))
        there = [key for key in keys if not holes[key]]
        own = table.filter(*(pl.col(key).is_null() == hole for key, hole in holes.items())).drop(k for k in keys if holes[k])
        part = frame.filter(*(nw.col(key).is_null() if hole else ~nw.col(key).is_null() for key, hole in holes.items()))
        if there:
            parts.append(part.join(small(bring(frame, own)), on=there, how="left"))
        else:
            values = own.row(0, named=True)
            parts.append(part.with_columns(**{name: nw.lit(float(value)) for name, value in values.items()}))
    order = parts[0].collect_schema().names()
    return parts[0] if len(parts) == 1 else nw.concat([part.select(order) for part in parts], how="vertical")


def bring(frame: nw.LazyFrame[Any], table: pl.DataFrame) -> nw.LazyFrame[Any]:
    """Bring a small table into the engine of a frame."""
    native = cast("Any", frame.to_native())
    if frame.implementation.is_duckdb():  # found by its name; a relation of another connection could not be joined
        tm_small = table.to_arrow()  # noqa: F841
        return cast("nw.LazyFrame[Any]", nw.from_native(native.query("tm_rows", "select * from tm_small")))
    eager = nw.from_native(table, eager_only=True)
    backend: Any = frame.implementation
    if frame.implementation.is_spark_like():
        session = native.session if frame.implementation.is_sqlframe() else native.sparkSession
        return eager.lazy(backend=backend, session=session)
    return eager.lazy(backend=backend)
