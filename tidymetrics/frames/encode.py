"""Convert eager columns of any library to polars at low cost.

Categories and keys are passed as codes: strings and library-specific types need no conversion (pandas needs pyarrow
for that), and keys come back in their original type.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import LevelError, OptionError, shown
from tidymetrics.frames.classes import Coded, code_seen, code_series, in_levels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidymetrics.typing import Codes

AnySeries: TypeAlias = "pl.Series | nw.Series[Any]"
"""A polars Series, or a Series of another library wrapped by narwhals."""

_BLOCK = 65_536


@dataclass(frozen=True)
class ClassColumn:
    """How to decode the values of a prepared class column after it is reduced to a few cells."""

    what: str
    """The column's name and argument, for messages."""
    values: tuple[Any, ...] | None = None
    """The values that the codes stand for; None if the column holds the values themselves."""
    typed: bool = False
    """Whether the values are the levels of the column's type."""
    levels: tuple[Any, ...] | None = None
    """For a column of values: the levels of its type in the engine."""

    def decode(self, collapsed: pl.Series) -> Coded:
        """Return the classes of the cells [cells] that the column is reduced to."""
        if self.values is None:
            coded = code_series(collapsed, self.what)
            return coded if self.levels is None else Coded(in_levels(coded, self.levels), self.levels, typed=True)
        filled = collapsed.cast(pl.Int64).fill_null(-1) if collapsed.null_count() else collapsed
        codes = filled.to_numpy().astype(np.int64)
        coded = code_seen(codes, self.values, self.what)
        return replace(coded, typed=coded.typed or self.typed)


def with_booleans(series: nw.Series[Any]) -> nw.Series[Any]:
    """Give a pandas column of Python objects that are all booleans (or missing) as one of booleans."""
    if not (series.implementation.is_pandas_like() and series.dtype == nw.Object):
        return series
    native = cast("Any", series.to_native())
    first = native.first_valid_index()
    if first is None or not isinstance(native.dropna().iloc[0], (bool, np.bool_)):
        return series
    if not set(map(type, native.dropna())) <= {bool, np.bool_}:
        return series
    return cast("nw.Series[Any]", nw.from_native(native.astype("boolean"), series_only=True))


def encode_class(series: AnySeries, what: str) -> tuple[pl.Series, ClassColumn]:
    """Return an eager class column [n] in the form that polars counts fastest; an Enum is counted by its codes."""
    if isinstance(series, pl.Series):
        enum = series.dtype if isinstance(series.dtype, pl.Enum) else None
        return series, ClassColumn(what) if enum is None else ClassColumn(what, tuple(enum.categories), typed=True)
    native = series.to_native()
    if str(getattr(native, "dtype", "")).startswith("dictionary<"):
        native = _categories_of_arrow(native)
    if series.implementation.is_pyarrow():
        return _arrow_classes(series, what)
    if hasattr(native, "cat"):
        return pl.Series(native.cat.codes.to_numpy()), ClassColumn(what, tuple(native.cat.categories), typed=True)
    if native.dtype.kind in "bui" and isinstance(native.dtype, np.dtype):
        return pl.Series(native.to_numpy()), ClassColumn(what)
    try:
        codes, values = native.factorize()
    except (TypeError, NotImplementedError):
        raise LevelError(
            f"{what}: expected classes; got {_type_of(native)}{_such_as(native)}. Cast the column to strings."
        ) from None
    return pl.Series(codes), ClassColumn(what, tuple(values))


def _arrow_classes(series: nw.Series[Any], what: str) -> tuple[pl.Series, ClassColumn]:
    native = series.to_native()
    if series.dtype in (nw.Categorical, nw.Enum):
        dictionary = native.unify_dictionaries().combine_chunks()
        return pl.Series(dictionary.indices), ClassColumn(what, tuple(dictionary.dictionary.to_pylist()), typed=True)
    if native.null_count == len(native):
        return pl.repeat(None, len(native), dtype=pl.Null, eager=True), ClassColumn(what)
    require_classes(series.dtype, what, native.type)
    return series.to_polars().alias("tm"), ClassColumn(what)


def _categories_of_arrow(native: Any) -> Any:
    """Turn a pandas column of Arrow dictionaries into one of pandas categories; pandas fails where one is missing."""
    array = native.array.__arrow_array__().unify_dictionaries().combine_chunks()
    return type(native)(array.to_pandas())


_NO_CLASSES = (nw.Date, nw.Datetime, nw.Duration, nw.Time, nw.Binary, nw.Decimal, nw.List, nw.Array, nw.Struct)


def require_classes(dtype: Any, what: str, named: Any = None) -> None:
    """Refuse the types that cannot be classes, before a library or an engine fails on them."""
    if isinstance(dtype, _NO_CLASSES) or (named is not None and isinstance(dtype, (nw.Unknown, nw.Object))):
        raise LevelError(
            f"{what}: expected classes (an Enum or Categorical, strings, integers or booleans); got {named or dtype}. "
            "Cast the column to one of these."
        )


def _such_as(native: Any) -> str:
    return f", such as {shown(native.iloc[0])}" if len(native) else ""


def _type_of(native: Any) -> str:
    return str(getattr(native, "dtype", type(native).__name__))


def encode_number(series: AnySeries, what: str, *, exact: bool = True) -> pl.Series:
    """Return an eager column of numbers [n] as Float64, missing values (null or NaN) as null.

    `exact` refuses integers that a float does not hold.
    """
    if series.null_count() == len(series):  # only missing values, whatever the type
        return pl.repeat(None, len(series), dtype=pl.Float64, eager=True)
    require_number(series.dtype, what)
    if exact and str(series.dtype) in _WIDE:
        bounds: tuple[Any, Any] = series.min(), series.max()
        if max(map(abs, bounds)) > MOST_EXACT:
            require_exact(series.drop_nulls().to_list(), what)
    if isinstance(series, pl.Series):
        numbers = series.cast(pl.Float64)
        return numbers.fill_nan(None) if numbers.is_nan().any() else numbers
    if series.implementation.is_pyarrow():  # narwhals refuses integers that a float cannot hold
        values = series.to_native().cast("double", safe=False).to_numpy()
    else:
        values = series.cast(nw.Float64).to_numpy()
    return pl.Series(values, nan_to_null=bool(np.isnan(values).any()))


_WIDE = {"Int64", "UInt64", "Int128", "UInt128"}

MOST_EXACT = 2**53
"""Up to here a float holds every integer."""


def require_exact(values: Iterable[Any], what: str) -> None:
    """Refuse integers that a float does not hold: their differences would be wrong."""
    lost = next((value for value in values if float(value) != value), None)
    if lost is not None:
        raise OptionError(
            f"{what}: floats do not tell integers beyond 2**53 apart; got {lost}. Subtract the same number from all values "
            "first (of times, the first one)."
        )


def require_number(dtype: Any, what: str) -> None:
    """Refuse a column that does not hold numbers."""
    if not (dtype.is_numeric() or str(dtype) in {"Boolean", "Null"}):
        raise OptionError(f"{what}: expected numbers; got {dtype}. Cast the column to a number type first.")


@dataclass(frozen=True)
class Key:
    """One key: what the engine groups by, and how to restore the user's own values."""

    name: str
    source: nw.Series[Any] | None = None
    """The user's column, where the engine groups by codes."""
    rows: Codes | None = None
    """[codes] the row of `source` that holds each code's value."""
    levels: tuple[str, ...] | None = None
    """The levels of the key's type in the engine, if the key is grouped as strings."""
    dtype: Any = None
    """The key's type in pandas, if the result is a pandas frame."""

    def restore(self, groups: pl.Series) -> pl.Series | nw.Series[Any]:
        """Return the key's values for `groups` [any number] in the user's own type."""
        if self.source is None or self.rows is None:
            return groups.alias(self.name)
        rows = self.rows[groups.to_numpy()]
        native = self.source.to_native()
        if str(getattr(native, "type", "")).endswith("_view"):  # pyarrow cannot select rows of these
            plain = self.source.cast(nw.String)[rows].to_native()
            return cast("nw.Series[Any]", nw.from_native(plain.cast(native.type), series_only=True))
        return cast("nw.Series[Any]", nw.maybe_reset_index(self.source[rows]))


def encode_key(series: AnySeries, name: str) -> tuple[pl.Series, Key]:
    """Return an eager key column [n] as codes that sort like its values, nulls last."""
    if isinstance(series, pl.Series):
        if series.dtype == pl.Object:
            raise OptionError(f"by {name!r}: cannot group by a column of Python objects; cast it to strings first.")
        return series, Key(name)
    native = series.to_native()
    if series.implementation.is_pyarrow():
        codes, count = _arrow_codes(series, f"by {name!r}")
    elif hasattr(native, "cat"):
        codes, count = native.cat.codes.to_numpy(), len(native.cat.categories)
    else:
        codes, values = _factorized(native, f"by {name!r}", use_na_sentinel=True)
        count = len(values)
    missing = bool(len(codes)) and bool(codes.min() < 0)
    if missing:
        codes = np.where(codes < 0, count, codes)
    return pl.Series(codes), Key(name, series, _first_rows(codes, count + missing))


def encode_order(series: AnySeries, what: str) -> pl.Series:
    """Return an eager column [n] to sort rows by, missing values as null."""
    if isinstance(series, pl.Series):
        if series.dtype == pl.Object:
            raise OptionError(f"{what}: cannot sort by a column of Python objects; cast it to strings first.")
        return series.fill_nan(None) if series.dtype.is_float() else series
    if series.dtype.is_float() and series.implementation.is_pyarrow():
        series = series.fill_nan(None)
    native = series.to_native()
    if series.implementation.is_pyarrow():
        codes = _arrow_codes(series, what)[0]
    elif hasattr(native, "cat"):
        codes = native.cat.codes.to_numpy()
    else:
        codes = _factorized(native, what, use_na_sentinel=True)[0]
    return pl.Series(np.where(codes < 0, np.nan, codes), nan_to_null=True)


def encode_value(series: AnySeries, what: str) -> pl.Series:
    """Return an eager column [n] as polars values, which compare and sort like the column's own; missing ones as null."""
    if isinstance(series, pl.Series):
        return series.fill_nan(None) if series.dtype.is_float() else series
    native = series.to_native()
    if series.dtype in (nw.Categorical, nw.Enum):
        at, described = encode_class(series, what)
        if all(isinstance(value, str) for value in described.values or ()):
            known = pl.Series(described.values or (), dtype=pl.Enum(described.values or ()))
            return _gathered(known, at.cast(pl.Int64).fill_null(-1).to_numpy())
        return encode_order(series, what)
    if series.implementation.is_pyarrow():
        return encode_value(series.to_polars(), what)
    if native.dtype.kind in "bui" and isinstance(native.dtype, np.dtype):
        return pl.Series(native.to_numpy())
    codes, values = _factorized(native, what, use_na_sentinel=True)
    return _gathered(pl.Series(values.tolist(), strict=False), codes)


def _gathered(values: pl.Series, codes: Codes) -> pl.Series:
    """Take values by position, null for -1."""
    at = np.where(codes < 0, np.nan, codes) if (codes < 0).any() else codes
    return values.gather(pl.Series(at, nan_to_null=True).cast(pl.UInt32))


def _factorized(native: Any, what: str, **arguments: Any) -> tuple[Codes, Any]:
    """Encode a pandas column by its sorted distinct values."""
    try:
        return native.factorize(sort=True, **arguments)  # type: ignore[no-any-return]
    except (TypeError, NotImplementedError):
        raise OptionError(
            f"{what}: expected values that can be compared and sorted; got {_type_of(native)}{_such_as(native)}. Cast the "
            "column to strings first."
        ) from None


def _arrow_codes(series: nw.Series[Any], what: str) -> tuple[Codes, int]:
    """Encode an Arrow column [n] by its sorted distinct values, missing ones as -1."""
    if series.dtype.is_float() and str(series.to_native().type) != "halffloat":  # which Arrow cannot add to
        series = series + 0.0  # Arrow keeps -0.0 and 0.0 apart; this sum is 0.0 for both
    native = series.to_native()
    if native.null_count == len(native):  # no values, perhaps no type: nothing to do
        return np.full(len(native), -1, np.int64), 0
    refused = OptionError(f"{what}: cannot group or sort by a column of type {native.type}; cast it to plain values first.")
    if str(native.type).startswith("decimal256"):  # polars has no such type
        raise refused
    try:
        dictionary = native.dictionary_encode().unify_dictionaries().combine_chunks()
    except NotImplementedError:
        raise refused from None
    codes = pl.Series(dictionary.indices).cast(pl.Int64).fill_null(-1).to_numpy()
    if series.dtype in (nw.Categorical, nw.Enum):  # a dictionary has its own order
        return _of_dictionary(codes, dictionary.dictionary)
    count = len(dictionary.dictionary)
    try:
        order = pl.Series(dictionary.dictionary).arg_sort().to_numpy()
    except pl.exceptions.PolarsError:
        raise refused from None
    rank = np.empty(count + 1, np.int64)
    rank[order], rank[count] = np.arange(count), -1
    return rank[codes], count


def _of_dictionary(codes: Codes, dictionary: Any) -> tuple[Codes, int]:
    """Join the entries of an Arrow dictionary that are one value: it may repeat one, and hold a null."""
    distinct = dictionary.drop_null().unique()
    if len(distinct) == len(dictionary):
        return codes, len(dictionary)
    place = {value: i for i, value in enumerate(distinct.to_pylist())}
    to = np.array([*(place.get(value, -1) for value in dictionary.to_pylist()), -1], np.int64)
    return to[codes], len(distinct)


def _first_rows(codes: Codes, count: int) -> Codes:
    """Find one row for each of `count` codes, reading no further than needed."""
    rows = np.full(count, -1, np.int64)
    for start in range(0, len(codes), _BLOCK):
        block = codes[start : start + _BLOCK]
        fresh = np.flatnonzero(rows[block] < 0)
        rows[block[fresh]] = start + fresh
        if (rows >= 0).all():
            break
    return rows
