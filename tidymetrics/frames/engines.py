"""Differences between lazy engines: column names, types, levels and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Level

_WITHOUT_DURATIONS = {nw.Implementation.DUCKDB, nw.Implementation.IBIS, nw.Implementation.SQLFRAME}
"""Engines that cannot return a column of durations."""


_NARWHALS = (2, 24)
"""The first narwhals version whose operations used here are right on every engine; older ones fail or are wrong."""


def require_narwhals() -> None:
    """Refuse engines other than polars if the installed narwhals is too old for them."""
    if tuple(int(part) for part in nw.__version__.split(".")[:2]) < _NARWHALS:
        raise EngineError(
            f"data: scoring inside the engine needs narwhals {'.'.join(map(str, _NARWHALS))} or newer; {nw.__version__} is "
            "installed. Upgrade it: pip install -U narwhals."
        )


def is_polars(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> bool:
    """Return whether the frame is a polars frame."""
    return isinstance(frame.to_native(), (pl.DataFrame, pl.LazyFrame))


def lazy_names(frame: nw.LazyFrame[Any]) -> list[str]:
    """Return the names of a lazy frame's columns, in their original case."""
    if not frame.implementation.is_sqlframe():
        return list(frame.collect_schema().names())
    try:  # SQLFrame keeps the case of names only in the schema, and quotes some of them there
        return [name.strip("`") for name in frame.collect_schema().names()]
    except NotImplementedError:  # SQLFrame does not know a type; fall back to the engine's names, in lower case
        return list(frame.columns)


def dtype_of(frame: nw.LazyFrame[Any], name: str) -> Any:
    """Return the type of a lazy frame's column; String if the engine does not report it."""
    if not frame.implementation.is_sqlframe():
        return frame.collect_schema()[name]
    try:
        return take(frame, lazy_names(frame), {"tm_x": name}).collect_schema()["tm_x"]
    except NotImplementedError:
        return nw.String()


def holds_nulls(frame: nw.LazyFrame[Any], name: str) -> bool:
    """Return whether a column's type says that it holds nulls and nothing else."""
    if is_polars(frame):
        return frame.collect_schema()[name] == nw.Unknown and cast("Any", frame.to_native()).collect_schema()[name] == pl.Null
    if frame.implementation.is_duckdb():
        native: Any = frame.to_native()
        return str(native.types[native.columns.index(name)]).strip('"').upper() == "NULL"
    return False


def take(frame: nw.LazyFrame[Any], names: list[str], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """Select columns under internal names: `columns` maps them to the user's names."""
    if is_polars(frame):  # polars reads `^a$` and `*` as patterns, but not positions
        return frame.select(nw.nth(names.index(name)).alias(inner) for inner, name in columns.items())
    if frame.implementation.is_spark_like():  # names with dots or capitals are safe only by position
        native = cast("Any", frame.to_native())
        if frame.implementation.is_sqlframe():  # a filter, a join or a union is still open, until a select closes it
            native = native.select("*")
        native = native.toDF(*(f"tm_x{i}" for i in range(len(names))))
        frame = cast("nw.LazyFrame[Any]", nw.from_native(native))
        columns = {inner: f"tm_x{names.index(name)}" for inner, name in columns.items()}
    if frame.implementation.is_duckdb():  # before DuckDB 2, a name with a dot is read as table.column
        chosen = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" AS {inner}' for inner, name in columns.items())
        return cast("nw.LazyFrame[Any]", nw.from_native(cast("Any", frame.to_native()).project(chosen)))
    return frame.select(nw.col(name).alias(inner) for inner, name in columns.items())


def require_plain(dtype: Any, what: str) -> None:
    """Refuse nested columns."""
    if isinstance(dtype, (nw.Struct, nw.List, nw.Array)):
        raise EngineError(
            f"{what}: cannot score a nested column ({dtype}) inside the engine; unnest it into plain columns first."
        )


def levels_of(frame: nw.LazyFrame[Any], name: str, dtype: Any) -> tuple[Level, ...] | None:
    """Return the levels of a column's type, without reading its rows."""
    if isinstance(dtype, nw.Enum):
        return tuple(dtype.categories)
    if isinstance(dtype, nw.Categorical) and frame.implementation.is_dask():
        categories = cast("Any", frame.to_native())[name].cat
        return tuple(categories.categories) if categories.known else None
    return None


def plain_key(frame: nw.LazyFrame[Any], name: str, dtype: Any) -> tuple[bool, tuple[str, ...] | None]:
    """Check that an engine can group by a column; return whether it does so as strings, and the levels to sort them by."""
    what = f"by {name!r}"
    require_plain(dtype, what)
    if dtype == nw.Duration and frame.implementation in _WITHOUT_DURATIONS:
        raise EngineError(f"{what}: {frame.implementation.value} cannot return durations; convert the column to numbers first.")
    if is_polars(frame):
        return False, None
    levels = levels_of(frame, name, dtype)
    if levels is not None and not all(isinstance(level, str) for level in levels):
        raise EngineError(f"{what}: cannot group by categories that are not strings; convert the column to plain values.")
    categories = isinstance(dtype, (nw.Enum, nw.Categorical))
    return categories, cast("tuple[str, ...] | None", levels) if categories else None


def small(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Mark a frame as small, so that Spark broadcasts it and does not move the rows."""
    native = cast("Any", frame.to_native())
    spark = frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect()
    return cast("nw.LazyFrame[Any]", nw.from_native(native.hint("broadcast"))) if spark else frame


def count_of(frame: nw.LazyFrame[Any]) -> int:
    """Count the rows of a frame inside its engine."""
    return int(frame.select(nw.len().alias("tm_n")).collect(backend="polars").to_native().item())


def added_up(parts: Sequence[Any]) -> Any:
    """Add up expressions in pairs of pairs, so that they nest as deep as the logarithm of their number."""
    parts = list(parts)
    while len(parts) > 1:
        pairs = [a + b for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = [*pairs, *parts[len(pairs) * 2 :]]
    return parts[0]
