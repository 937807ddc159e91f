"""Labels and features of clusters: which columns they are, missing labels as null, and rows that keep their names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError, OptionError, listed
from tidymetrics.frames.columns import find, find_keys, names_of, select
from tidymetrics.frames.engines import dtype_of, is_polars
from tidymetrics.frames.long import add_columns
from tidymetrics.frames.prepared import Origin, PreparedFrame, Role, column_of, prepare
from tidymetrics.frames.recognise import InputFrame, collect_eager

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.classes import Coded
    from tidymetrics.typing import Array

_NESTED = (nw.List, nw.Array)
_MOST_IN_ENGINE = 500
"""A condition on many columns is one nested expression in a query, and Python nests no more than about 900."""


def numeric_columns(source: InputFrame, features: Any, others: Sequence[str]) -> tuple[InputFrame, list[str]]:
    """Find the columns of features; one column of vectors becomes a column for each position.

    A selector leaves out `others`: the columns that the call names for something else.
    """
    frame = source.frame
    columns = names_of(frame)
    if isinstance(features, (nw.Expr, pl.Expr)):
        names = [name for name in select(features, "features", frame, columns) if name not in others]
    else:
        given = [features] if isinstance(features, str) else features
        if not isinstance(given, (list, tuple)):
            raise OptionError(f"features: expected names of columns, or a selector; got {features!r}.")
        names = [find(name, "features", columns) for name in given]
    if not names:
        raise OptionError("features: expected at least one column of numbers; got none.")
    if len(set(names)) < len(names):
        raise OptionError(f"features: each column may appear only once; got {listed(names, 3)}.")
    if len(names) == 1 and _holds_vectors(frame, names[0]):
        return _spread(source, names[0])
    if len(names) > _MOST_IN_ENGINE and isinstance(frame, nw.LazyFrame) and not is_polars(frame):
        raise EngineError(
            f"features: {len(names):,} columns are more than a query of an engine takes ({_MOST_IN_ENGINE} at most). Collect "
            "the rows first, as a polars or pandas frame."
        )
    return source, names


def _holds_vectors(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], name: str) -> bool:
    dtype: Any = frame.get_column(name).dtype if isinstance(frame, nw.DataFrame) else dtype_of(frame, name)
    if isinstance(dtype, nw.Object) and isinstance(frame, nw.DataFrame) and len(frame):
        return hasattr(frame.get_column(name).to_list()[0], "__len__") and not isinstance(frame.get_column(name)[0], str)
    return isinstance(dtype, _NESTED)


def _spread(source: InputFrame, name: str) -> tuple[InputFrame, list[str]]:
    """Make a column of each position of the vectors in a column; a row whose vector is missing is missing in all."""
    what = f"features {name!r}"
    frame = collect_eager(source.frame, what)
    column = column_of(frame, name)
    cells = column.to_list()
    lengths = {len(cell) for cell in cells if cell is not None}
    if len(lengths) > 1:
        raise OptionError(f"{what}: the vectors must have one length; got {listed(sorted(lengths), 3)}.")
    width = next(iter(lengths), 0)
    if not width:
        raise OptionError(f"{what}: expected vectors of numbers; they are empty.")
    try:
        table = np.array([[np.nan] * width if cell is None else cell for cell in cells], np.float64)  # [rows, columns]
    except (TypeError, ValueError):
        raise OptionError(f"{what}: expected vectors of numbers.") from None
    made = {f"{name}[{i}]": table[:, i] for i in range(width)}
    return replace(source, frame=add_columns(frame, made)), list(made)


def known_labels(rows: PreparedFrame) -> PreparedFrame:
    """Give missing labels as null, where their columns hold codes or numbers."""
    made: dict[str, Any] = {}
    for name, described in rows.classes.items():
        dtype = rows.frame.collect_schema()[name]
        if described.values is not None:
            made[name] = nw.when(nw.col(name).cast(nw.Int64) >= 0).then(nw.col(name))
        elif dtype.is_float():
            made[name] = nw.col(name).fill_nan(None)
    if not made:
        return rows
    return replace(rows, frame=rows.frame.with_columns(**made), gaps=rows.gaps | set(made))


def named_rows(source: InputFrame, roles: Sequence[Role], names: Sequence[str]) -> PreparedFrame:
    """Prepare a frame whose rows keep the columns that name them: as `tm_id0`, ... and as the last keys of the origin."""
    columns = names_of(source.frame)
    keys = find_keys(source.by, source.frame, columns)
    own = [find(name, "id", columns) for name in names]
    if taken := [name for name in own if name in keys]:
        raise OptionError(f"id: {taken[0]!r} is a column to group by as well; leave it out of id=.")
    rows = prepare(replace(source, by=[*keys, *own]), roles)
    named = {f"tm_id{i}": nw.col(f"tm_k{len(keys) + i}") for i in range(len(own))}
    frame = rows.frame.with_columns(**named)
    if not keys:
        frame = frame.with_columns(tm_k0=nw.lit(0))
    return replace(rows, frame=frame, keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))))


def without_names(origin: Origin, names: int) -> Origin:
    """Give the origin with the keys that group alone."""
    return Origin(origin.implementation, origin.wrapped, origin.keys[: len(origin.keys) - names])


def frame_of_labels(labels: Mapping[str, Coded], numbers: Mapping[str, Array]) -> InputFrame:
    """Build a frame of vectors of labels and of numbers."""
    made = {}
    for name, coded in labels.items():
        values = pl.Series(list(coded.values)) if coded.values else pl.Series([], dtype=pl.String)
        codes = pl.Series(coded.codes)
        made[name] = (
            values.gather(codes.set(codes < 0, None)) if len(values) else pl.Series([None] * len(codes), dtype=pl.String)
        )
    made |= {name: pl.Series(values, nan_to_null=True) for name, values in numbers.items()}
    return InputFrame(nw.from_native(pl.DataFrame(made)), None, wrapped=False)
