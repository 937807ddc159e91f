"""Frames that a call brings side by side, such as predicted and true boxes: collected columns, and codes that they share.

The frames may be of different libraries. Values are compared as polars columns; keys come back in the library and the type of
the frame that has them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError, OptionError
from tidymetrics.frames.classes import Coded, code_series, given_levels, in_levels
from tidymetrics.frames.columns import find, find_keys, names_of
from tidymetrics.frames.encode import Key, encode_class, encode_key, encode_number
from tidymetrics.frames.engines import count_of, is_polars, require_narwhals, take
from tidymetrics.frames.prepared import MOST_ROWS, Origin, column_of
from tidymetrics.frames.recognise import InputFrame, recognise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.encode import AnySeries
    from tidymetrics.typing import Array, Codes, Level, Mask

_DENSE = 4
"""Whole numbers that span at most so many times their count are numbered by a table."""


@dataclass(frozen=True, eq=False, repr=False)
class Side:
    """Columns of one frame, in memory."""

    what: str
    """The argument that gives the frame, for messages."""
    columns: Mapping[str, AnySeries]
    """The columns that are read, by the user's names."""
    n: int
    ordered: bool = True
    """Whether its rows have an order."""

    def at(self, rows: Codes) -> Side:
        """Give some of the rows."""
        return replace(self, columns={name: _rows(column, rows) for name, column in self.columns.items()}, n=len(rows))

    def missing(self, name: str) -> Mask:
        """Tell in which rows [rows] a column has no value."""
        column = self.columns[name]
        gone: Mask = column.is_null().to_numpy().astype(bool)
        if not isinstance(column, pl.Series) and column.dtype.is_float():
            gone |= np.isnan(column.cast(nw.Float64).to_numpy().astype(float))
        return gone | column.is_nan().fill_null(value=False).to_numpy() if _polars_float(column) else gone

    def numbers(self, name: str) -> Array:
        """Give a column of numbers [rows], missing ones as NaN."""
        values: Array = encode_number(self.columns[name], f"{self.what} {name!r}").to_numpy()
        return values

    def flags(self, name: str) -> Mask:
        """Give a column of booleans [rows]; a missing one is False."""
        values = self.numbers(name)
        if not np.isin(values[~np.isnan(values)], (0.0, 1.0)).all():
            raise OptionError(f"{self.what} {name!r}: expected a boolean column; got other numbers than 0 and 1.")
        return np.asarray(values == 1, np.bool_)

    def classes(self, name: str) -> Coded:
        """Give a column of classes [rows] as codes."""
        values, described = encode_class(self.columns[name], f"{self.what} {name!r}")
        if isinstance(values.dtype, pl.Enum):
            return code_series(values, f"{self.what} {name!r}")
        return described.decode(values)

    def plain(self, name: str) -> pl.Series:
        """Give a column [rows] as polars' own."""
        return _plain(self.columns[name], name)


def _polars_float(column: AnySeries) -> bool:
    return isinstance(column, pl.Series) and column.dtype.is_float()


def _rows(column: AnySeries, rows: Codes) -> AnySeries:
    return column.gather(rows) if isinstance(column, pl.Series) else nw.maybe_reset_index(column[rows])


def _plain(column: AnySeries, name: str) -> pl.Series:
    """Give a column of any library as polars' own, by way of its distinct values."""
    if isinstance(column, pl.Series):
        return column
    coded, key = encode_key(column, name)
    codes = coded.to_numpy().astype(np.int64)
    distinct, place = np.unique(codes, return_inverse=True)
    values = cast("nw.Series[Any]", key.restore(pl.Series(distinct))).to_list()
    kept = pl.Series([None if value is None or value != value else value for value in values])  # noqa: PLR0124  # not NaN
    if kept.dtype == pl.String and isinstance(column.dtype, (nw.Categorical, nw.Enum)):
        kept = kept.cast(pl.Enum(kept.drop_nulls().unique(maintain_order=True)))
    return kept.gather(place.reshape(-1))


def names_in(given: InputFrame) -> list[str]:
    """Give the names of a frame's columns."""
    return names_of(given.frame)


def in_memory(given: InputFrame) -> bool:
    """Tell whether a frame's rows are in memory, or polars': these have an order."""
    return isinstance(given.frame, nw.DataFrame) or is_polars(given.frame)


def keys_of(by: Any, given: InputFrame) -> list[str]:
    """Give the names of keys that any of several frames may have; selectors choose from `given`."""
    if by is None or isinstance(by, str):
        return [] if by is None else [by]
    if isinstance(by, (list, tuple)) and all(isinstance(name, str) for name in by):
        if len(set(by)) < len(by):
            raise OptionError(f"by: each column may appear only once; got {list(by)!r}.")
        return list(by)
    return list(find_keys(by, given.frame, names_of(given.frame)))


def collect_side(given: InputFrame, what: str, wanted: Sequence[tuple[str, str]], instead: str) -> Side:
    """Collect the columns of a frame that (argument, column) name; an engine gives up a bounded number of rows."""
    frame, columns = given.frame, names_of(given.frame)
    names = dict.fromkeys(find(column, f"{what}, {argument}", columns) for argument, column in wanted)
    if isinstance(frame, nw.DataFrame):
        return Side(what, {name: column_of(frame, name) for name in names}, len(frame))
    if not is_polars(frame):
        require_narwhals()
        if (count := count_of(frame)) > MOST_ROWS:
            raise EngineError(
                f"{what}: boxes are matched in memory; {frame.implementation.value} has {count:,} rows, the limit is "
                f"{MOST_ROWS:,}. {instead}"
            )
    chosen = take(frame, columns, {f"tm_s{i}": name for i, name in enumerate(names)})
    table = (chosen.collect() if is_polars(frame) else chosen.collect(backend="polars")).to_native()
    made = {name: table.get_column(f"tm_s{i}") for i, name in enumerate(names)}
    return Side(what, made, len(table), ordered=is_polars(frame))


def side_of_values(values: Any, what: str, name: str) -> Side:
    """Give a list or a Series as a frame of one column."""
    column = nw.from_native(values, series_only=True, pass_through=True)
    if isinstance(column, nw.Series):
        native = column.to_native()
        return Side(what, {name: native if isinstance(native, pl.Series) else column}, len(column))
    series = pl.Series(list(values))
    return Side(what, {name: series}, len(series))


def is_frame(given: Any) -> bool:
    """Tell a frame from a list or a Series of values."""
    return not isinstance(given, (list, tuple, np.ndarray)) and not isinstance(
        nw.from_native(given, series_only=True, pass_through=True), nw.Series
    )


def joined(parts: Sequence[pl.Series], what: str) -> tuple[list[Codes], pl.Series]:
    """Number the values of several columns alike: codes [rows] of each, and the values as they ascend, null last."""
    both = pl.concat(_one_type(parts, what))
    lengths = np.cumsum([len(part) for part in parts])[:-1]
    codes, values = _numbered(both)
    return list(np.split(codes, lengths)), values


def _numbered(both: pl.Series) -> tuple[Codes, pl.Series]:
    if both.dtype.is_integer() and len(both) and not both.null_count():
        numbers = both.to_numpy().astype(np.int64)
        low, high = int(numbers.min()), int(numbers.max())
        if high - low < _DENSE * len(numbers) + 1024:
            there = np.zeros(high - low + 1, bool)
            there[numbers - low] = True
            return (np.cumsum(there) - 1)[numbers - low], pl.Series(np.flatnonzero(there) + low).cast(both.dtype)
    values = both.unique().sort(nulls_last=True)
    known = values.drop_nulls()
    if both.dtype == pl.String:
        coded = both.cast(pl.Enum(known)).to_physical()
    else:
        coded = (both.to_physical() if isinstance(both.dtype, pl.Enum) else both).rank("dense") - 1
    return coded.cast(pl.Int64).fill_null(len(known)).to_numpy().astype(np.int64), values


def _one_type(parts: Sequence[pl.Series], what: str) -> list[pl.Series]:
    """Give columns one type: that of the first, or one that holds them all."""
    parts = [part.cast(pl.String) if part.dtype == pl.Categorical else part for part in parts]
    types = [part.dtype for part in parts if part.dtype != pl.Null]
    if not types:
        return [part.cast(pl.Int64) for part in parts]
    wanted: Any = types[0]
    if all(dtype == wanted for dtype in types):
        return [part.cast(wanted) for part in parts]
    if all(dtype.is_numeric() for dtype in types):
        wanted = pl.Float64 if any(dtype.is_float() for dtype in types) else pl.Int64
    elif all(dtype == pl.String or isinstance(dtype, pl.Enum) for dtype in types):
        wanted = pl.String
    else:
        raise OptionError(f"{what}: expected columns of one type; got {' and '.join(map(str, dict.fromkeys(types)))}.")
    return [part.cast(wanted) for part in parts]


@dataclass(frozen=True, eq=False, repr=False)
class GroupKey:
    """One key: the values of its codes, and where the user's own column has them."""

    name: str
    values: pl.Series
    sources: Sequence[tuple[AnySeries, Codes]] = ()
    """Columns with the code of each row."""


def groups_of(keys: Sequence[GroupKey], codes: Sequence[Codes], given: InputFrame) -> tuple[pl.DataFrame, Origin]:
    """Give the keys of groups, whose codes are [keys][groups], and where they come from."""
    implementation = given.frame.implementation
    own = isinstance(given.frame, nw.DataFrame) and not is_polars(given.frame)
    columns, made = {}, []
    for i, (key, code) in enumerate(zip(keys, codes, strict=True)):
        columns[f"tm_k{i}"] = pl.Series(code, dtype=pl.Int64) if own else key.values.gather(code)
        made.append(_restorable(key, implementation) if own else Key(key.name, dtype=_dask_type(given, key)))
    groups = pl.DataFrame(columns) if keys else pl.DataFrame({"tm_k0": [0]})
    return groups, Origin(implementation, given.wrapped, tuple(made))


def groups_of_values(keys: Mapping[str, Sequence[Any]]) -> tuple[pl.DataFrame, Origin]:
    """Give groups whose keys are values, for calls without a frame."""
    groups = pl.DataFrame({f"tm_k{i}": pl.Series(list(values)) for i, values in enumerate(keys.values())})
    origin = Origin(nw.Implementation.POLARS, wrapped=False, keys=tuple(map(Key, keys)))
    return (groups if keys else pl.DataFrame({"tm_k0": [0]})), origin


def groups_of_parts(n: int) -> pl.DataFrame:
    """Give the keys of n parts that stand in place of groups."""
    return pl.DataFrame({"tm_k0": np.arange(n)})


def values_at(values: pl.Series, codes: Codes) -> pl.Series:
    """Give values by position [rows]; null at -1."""
    return values.gather(pl.Series(codes).set(pl.Series(codes < 0), None))


def _dask_type(given: InputFrame, key: GroupKey) -> Any:
    if not given.frame.implementation.is_dask():
        return None
    native = cast("Any", given.frame.to_native())
    return native.dtypes[key.name] if key.name in native.columns else object


def _restorable(key: GroupKey, implementation: Any) -> Key:
    """Find each value in a column of the library of the result, or make such a column."""
    for column, codes in key.sources:
        rows = np.full(len(key.values), -1, np.int64)
        rows[codes[::-1]] = np.arange(len(codes))[::-1]
        if (rows >= 0).all() and isinstance(column, nw.Series) and column.implementation is implementation:
            return Key(key.name, column, rows)
    column = nw.new_series(key.name, key.values.to_list(), backend=implementation)
    return Key(key.name, column, np.arange(len(key.values)))


def settle_levels(truth: Coded, estimate: Coded, given: Any) -> tuple[tuple[Level, ...], Codes, Codes, bool]:
    """Give the levels that two columns share, the positions of both in them (-1: no level), and whether these are stated.

    They are those given, else those of a column's type, else the labels that are true.
    """
    if given is not None:
        levels, stated = given_levels(given, least=1), True
    else:
        stated = truth.typed or estimate.typed
        levels = (truth if truth.typed or not estimate.typed else estimate).values
        levels = levels if stated else tuple(sorted(levels))
    return levels, in_levels(truth, levels), in_levels(estimate, levels), stated


def recognise_side(given: Any, what: str) -> InputFrame:
    """Recognise a further frame of a call."""
    try:
        return recognise(given, None)
    except ValueError as problem:
        raise OptionError(f"{what}: {str(problem).removeprefix('data: ')}") from None
