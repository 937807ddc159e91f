"""Survival predictions in one nested column: a list of structs per subject, one struct per evaluation time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import ColumnNotFoundError, EngineError, OptionError, listed
from tidymetrics.frames.columns import find, names_of
from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.long import add_columns, repeat_rows
from tidymetrics.frames.prepared import column_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.recognise import InputFrame

FIELDS = {"eval_time": ".eval_time", "estimate": ".pred_survival", "censoring_weights": ".weight_censored"}
"""The fields of the structs, by the argument that names the same column in long data."""

_EMPTY = pl.List(pl.Struct(dict.fromkeys(FIELDS.values(), pl.Float64)))


def unnest(source: InputFrame, column: Any, argument: str, keep: Sequence[str]) -> tuple[InputFrame, Mapping[str, str]]:
    """Unnest predictions into long data: one row per subject and evaluation time.

    Parameters
    ----------
    source
        The user's frame.
    column, argument
        The nested column, and the argument that names it.
    keep
        The other columns to keep.

    Returns
    -------
    The long frame with its grouping, and the column for each argument in `FIELDS`.
    """
    frame = source.frame
    if column in keep:
        raise OptionError(f"{argument}: the nested column {column!r} is also truth, a weight or a key; pass another column.")
    find(column, argument, names_of(frame))
    dtype: Any = frame.get_column(column).dtype if isinstance(frame, nw.DataFrame) else frame.collect_schema()[column]
    if dtype.is_numeric():
        raise OptionError(
            f"eval_time, censoring_weights: {argument} {column!r} holds numbers, so the data are long: pass the columns of "
            "evaluation times and censoring weights. (censoring_weights() computes the weights.)"
        )
    names = {name: f"{column}[{field}]" for name, field in FIELDS.items()}
    others = list(dict.fromkeys(keep))
    what = f"{argument} {column!r}"
    if isinstance(frame, nw.DataFrame):
        long: Any = _unnest_eager(frame, column, what, others, names)
    elif is_polars(frame):
        long = _unnest_lazy(frame, column, dtype, what, others, names)
    else:
        raise EngineError(
            f"{what}: nested columns work only in polars, pandas and pyarrow; make the data long in the engine, one row per "
            "subject and evaluation time, and pass the columns as eval_time= and censoring_weights=."
        )
    return replace(source, frame=long), names


def _unnest_eager(
    frame: nw.DataFrame[Any], column: str, what: str, others: list[str], names: Mapping[str, str]
) -> nw.DataFrame[Any]:
    lists = _lists(column_of(frame, column), what) if len(frame) else pl.Series([], dtype=_EMPTY)
    lengths = lists.list.len().fill_null(0).to_numpy()
    if len(lengths) and (lengths != lengths[0]).any():
        other = int(np.flatnonzero(lengths != lengths[0])[0])
        raise OptionError(
            f"{what}: every subject must have the same evaluation times; row 0 has {lengths[0]} and row {other} has "
            f"{lengths[other]}."
        )
    size = int(lengths[0]) if len(lengths) else 0
    if len(lengths) and not size:
        raise OptionError(f"{what}: expected a list of structs in each row; the lists are empty.")
    flat = lists.explode() if size else lists.explode().clear()
    _require_fields(flat.dtype, what)
    values = {name: flat.struct.field(field).cast(pl.Float64).to_numpy() for name, field in FIELDS.items()}
    times = np.sort(values["eval_time"].reshape(-1, max(size, 1)), axis=1)
    if size > 1 and (again := np.flatnonzero((np.diff(times, axis=1) == 0).any(axis=1))).size:
        raise OptionError(f"{what}: row {again[0]} repeats an evaluation time: {listed(times[again[0]].tolist())}.")
    if (differ := np.flatnonzero((times != times[:1]).any(axis=1))).size:
        shown = listed(times[differ[0]].tolist())
        raise OptionError(
            f"{what}: every subject must have the same evaluation times; row 0 has {listed(times[0].tolist())} and row "
            f"{differ[0]} has {shown}."
        )
    return add_columns(repeat_rows(frame.select(others), size), {names[name]: v for name, v in values.items()})


def _lists(series: pl.Series | nw.Series[Any], what: str) -> pl.Series:
    """Return a nested column of any library as a Series of lists of structs."""
    if isinstance(series, pl.Series):
        lists = series
    elif series.implementation.is_pyarrow():
        lists = pl.Series(series.to_native())
    else:
        lists = pl.Series([_cell(cell) for cell in series.to_native()], strict=False)
    if isinstance(lists.dtype, pl.Array):
        lists = lists.arr.to_list()
    _require_lists(lists.dtype, what)
    return lists


def _cell(cell: Any) -> Any:
    """Return a cell of an object column as a list of dicts: the cell may be a list, an array or a frame."""
    if hasattr(cell, "columns"):
        return nw.from_native(cell, eager_only=True).rows(named=True)
    return list(cell) if hasattr(cell, "__iter__") else None


def _require_lists(dtype: Any, what: str) -> None:
    if not (isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)) and dtype != pl.List(pl.Null):
        raise OptionError(
            f"{what}: expected a list of structs with the fields {listed(FIELDS.values())} in each row; got {dtype}. "
            "For long data, pass the columns as eval_time= and censoring_weights=."
        )


def _require_fields(dtype: Any, what: str) -> None:
    there = [field.name for field in dtype.fields] if isinstance(dtype, pl.Struct) else []
    if wrong := [f.name for f in getattr(dtype, "fields", ()) if f.name in FIELDS.values() and not _is_number(f.dtype)]:
        raise OptionError(f"{what}: expected numbers in the field {wrong[0]!r} of the structs.")
    if missing := [name for name in FIELDS.values() if name not in there]:
        raise ColumnNotFoundError(f"{what}: the structs have no field {listed(missing)}; their fields: {listed(there)}.")


def _is_number(dtype: Any) -> bool:
    return bool(dtype.is_numeric() or dtype == pl.Null)


def _unnest_lazy(
    frame: nw.LazyFrame[Any], column: str, dtype: Any, what: str, others: list[str], names: Mapping[str, str]
) -> nw.LazyFrame[Any]:
    native: pl.LazyFrame = frame.to_native()
    inner = native.collect_schema()[column]
    if isinstance(dtype, nw.Array):
        native = native.with_columns(pl.col(column).arr.to_list())
        inner = native.collect_schema()[column]
    _require_lists(inner, what)
    _require_fields(inner.inner, what)  # type: ignore[attr-defined]
    times = pl.col(column).list.eval(pl.element().struct.field(FIELDS["eval_time"]))
    # an empty list, or one that repeats a time, becomes a row without a time, which is refused like any other
    sound = (times.list.len() > 0) & (times.list.n_unique() == times.list.len())
    flat = native.select(*others, pl.when(sound).then(pl.col(column)).alias(column)).explode(column)
    return nw.from_native(
        flat.select(*others, *(pl.col(column).struct.field(FIELDS[name]).alias(names[name]) for name in FIELDS))
    )
