"""What engines that hold their rows elsewhere do in their own way: names, types, levels and keys of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Level

_WITHOUT_DURATIONS = {nw.Implementation.DUCKDB, nw.Implementation.IBIS, nw.Implementation.SQLFRAME}
"""Engines from which a column of durations cannot be collected."""


_NARWHALS = (2, 24)
"""From this version on narwhals does on each engine what is asked of it here; before, some of it fails or is wrong."""


def require_narwhals() -> None:
    """Refuse engines other than polars beside a narwhals that is too old for them."""
    if tuple(int(part) for part in nw.__version__.split(".")[:2]) < _NARWHALS:
        raise EngineError(
            f"data: scoring where the rows are needs narwhals {'.'.join(map(str, _NARWHALS))} or newer; {nw.__version__} is "
            "installed. Upgrade it: pip install -U narwhals."
        )


def is_polars(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> bool:
    """Tell whether polars itself holds the frame."""
    return isinstance(frame.to_native(), (pl.DataFrame, pl.LazyFrame))


def lazy_names(frame: nw.LazyFrame[Any]) -> list[str]:
    """Give the names of a lazy frame's columns, as they are written."""
    if not frame.implementation.is_sqlframe():
        return list(frame.collect_schema().names())
    try:  # SQLFrame keeps the case of names in the schema alone, and quotes some of them there
        return [name.strip("`") for name in frame.collect_schema().names()]
    except NotImplementedError:  # a type that it does not know; the names are those of the engine, in lower case
        return list(frame.columns)


def dtype_of(frame: nw.LazyFrame[Any], name: str) -> Any:
    """Give the type of a lazy frame's column; strings where the engine does not say."""
    names = lazy_names(frame)
    if not frame.implementation.is_sqlframe():
        return frame.collect_schema()[name]
    try:
        return take(frame, names, {"tm_x": name}).collect_schema()["tm_x"]
    except NotImplementedError:
        return nw.String()


def take(frame: nw.LazyFrame[Any], names: list[str], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
    """Give columns under internal names: `columns` maps these to the user's."""
    if is_polars(frame):  # polars reads `^a$` and `*` as patterns; a position is none
        return frame.select(nw.nth(names.index(name)).alias(inner) for inner, name in columns.items())
    if frame.implementation.is_spark_like():  # names with dots or capitals are only safe by position
        native = cast("Any", frame.to_native()).toDF(*(f"tm_x{i}" for i in range(len(names))))
        frame = cast("nw.LazyFrame[Any]", nw.from_native(native))
        columns = {inner: f"tm_x{names.index(name)}" for inner, name in columns.items()}
    if frame.implementation.is_duckdb():  # before DuckDB 2 a name with a dot is taken for one of a table's column
        chosen = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" AS {inner}' for inner, name in columns.items())
        return cast("nw.LazyFrame[Any]", nw.from_native(cast("Any", frame.to_native()).project(chosen)))
    return frame.select(nw.col(name).alias(inner) for inner, name in columns.items())


def require_plain(dtype: Any, what: str) -> None:
    """Refuse nested columns."""
    if isinstance(dtype, (nw.Struct, nw.List, nw.Array)):
        raise EngineError(
            f"{what}: a nested column ({dtype}) cannot be scored where it is; make plain columns of its parts, a row each."
        )


def levels_of(frame: nw.LazyFrame[Any], name: str, dtype: Any) -> tuple[Level, ...] | None:
    """Give the levels that the type of a column has, without reading its rows."""
    if isinstance(dtype, nw.Enum):
        return tuple(dtype.categories)
    if isinstance(dtype, nw.Categorical) and frame.implementation.is_dask():
        categories = cast("Any", frame.to_native())[name].cat
        return tuple(categories.categories) if categories.known else None
    return None


def plain_key(frame: nw.LazyFrame[Any], name: str, dtype: Any) -> tuple[bool, tuple[str, ...] | None]:
    """Check that an engine can group by a column; tell whether as strings, and give the levels to sort these by."""
    what = f"by {name!r}"
    require_plain(dtype, what)
    if dtype == nw.Duration and frame.implementation in _WITHOUT_DURATIONS:
        raise EngineError(f"{what}: {frame.implementation.value} gives no durations back; make it a number first.")
    if is_polars(frame):
        return False, None
    levels = levels_of(frame, name, dtype)
    if levels is not None and not all(isinstance(level, str) for level in levels):
        raise EngineError(f"{what}: categories that are no strings cannot be a key here; make it a column of plain values.")
    categories = isinstance(dtype, (nw.Enum, nw.Categorical))
    return categories, cast("tuple[str, ...] | None", levels) if categories else None


def small(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Say that a frame is small, so that Spark joins it to the rows where these are, and does not move them."""
    native = cast("Any", frame.to_native())
    spark = frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect()
    return cast("nw.LazyFrame[Any]", nw.from_native(native.hint("broadcast"))) if spark else frame


def count_of(frame: nw.LazyFrame[Any]) -> int:
    """Count the rows of a frame where they are."""
    return int(frame.select(nw.len().alias("tm_n")).collect(backend="polars").to_native().item())
