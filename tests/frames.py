"""Build the same data as a frame of each library."""

from __future__ import annotations

import contextlib
import importlib.util
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

EAGER = ["polars", "pandas", "pyarrow"]
FRAMES = ["polars", "lazy", "pandas", "pyarrow"]
"""The frame types that every test of results runs on; "lazy" is a polars LazyFrame."""


def installed(frame: str) -> bool:
    """Tell whether the library of a frame type is there."""
    package = {"polars": "polars", "lazy": "polars"}.get(frame, frame)
    return importlib.util.find_spec(package) is not None


@contextlib.contextmanager
def own_sqlframe_session() -> Iterator[None]:
    """Leave out the session that SQLFrame keeps for a whole process, so that a new one has the connection it is given."""
    if not installed("sqlframe"):
        yield
        return
    from sqlframe.base.session import _BaseSession

    before, _BaseSession._instance = _BaseSession._instance, None
    try:
        yield
    finally:
        _BaseSession._instance = before


def available() -> list[str]:
    """Give the frame types that can be tested here."""
    return [frame for frame in FRAMES if installed(frame)]


def make(frame: str, df: pl.DataFrame, *, ordered: bool = False) -> Any:
    """Give a polars frame as another type, with Enum columns as that library's own categories."""
    if frame == "polars":
        return df
    if frame == "lazy":
        return df.lazy()
    if frame == "pandas":
        return _pandas(df, ordered=ordered)
    return _pyarrow(df, ordered=ordered)


def _pandas(df: pl.DataFrame, *, ordered: bool) -> Any:
    import pandas as pd

    columns = {}
    for series in df:
        if isinstance(series.dtype, pl.Enum):
            levels = series.dtype.categories.to_list()
            columns[series.name] = pd.Categorical(series.to_list(), categories=levels, ordered=ordered)
        elif series.dtype.is_float():
            columns[series.name] = pd.array(series.to_numpy(), dtype="float64")
        else:
            columns[series.name] = series.to_list()
    # an index of its own: results must not be aligned by it
    return pd.DataFrame(columns, index=range(7, 7 + 3 * len(df), 3))


def _pyarrow(df: pl.DataFrame, *, ordered: bool) -> Any:
    import pyarrow as pa

    columns = {}
    for series in df:
        if isinstance(series.dtype, pl.Enum):
            codes = pa.array(series.alias("codes").to_physical().to_list(), pa.int32())
            levels = pa.array(series.dtype.categories.to_list())
            columns[series.name] = pa.DictionaryArray.from_arrays(codes, levels, ordered=ordered)
        else:
            columns[series.name] = series.to_list()
    return pa.table(columns)


def rows(result: Any) -> dict[str, list[Any]]:
    """Give a result of any library as lists, undefined numbers as None."""
    if hasattr(result, "to_pydict"):
        found = result.to_pydict()
    elif hasattr(result, "to_dict") and not isinstance(result, pl.DataFrame):
        found = {name: result[name].tolist() for name in result.columns}
    else:
        found = result.to_dict(as_series=False)
    return {name: [None if _missing(value) else value for value in values] for name, values in found.items()}


def _missing(value: Any) -> bool:
    return type(value).__name__ == "NAType" or value != value
