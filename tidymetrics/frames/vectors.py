"""Input boundary of the vector forms: plain vectors become numpy arrays, without a frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral, Real
from types import NoneType
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError, WeightError, listed
from tidymetrics.frames.classes import (
    Coded,
    code_array,
    code_list,
    in_levels,
    is_missing,
    is_missing_type,
    require_known,
)
from tidymetrics.frames.encode import (
    MOST_EXACT,
    ClassColumn,
    encode_class,
    encode_number,
    encode_order,
    encode_value,
    require_exact,
    with_booleans,
)
from tidymetrics.frames.prepared import ROW, WEIGHT, Origin, PreparedFrame, Role
from tidymetrics.frames.recognise import InputFrame
from tidymetrics.frames.units import units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Array, Level, Vector


@dataclass(frozen=True, eq=False, repr=False)
class Vectors:
    """Prepared vectors: the rows without missing values."""

    numbers: Mapping[str, Array]
    """By internal name, each [n]."""
    classes: Mapping[str, Coded]
    roles: Mapping[str, Role]
    n_rows: int
    """How many rows the input has, including incomplete ones."""
    weight_unit: Array | None = None
    """[1] what weights are measured in; None for 1."""

    @property
    def n_complete(self) -> int:
        """How many complete rows there are."""
        columns = [*self.numbers.values(), *(coded.codes for coded in self.classes.values())]
        return len(columns[0])

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return WEIGHT in self.numbers

    def named(self, name: str) -> str:
        """Return the argument's name."""
        return self.roles[name].argument


def prepare_vectors(roles: Sequence[Role], *, levels: tuple[Level, ...] | None = None) -> Vectors:
    """Read the vectors of the roles, check their lengths, and drop incomplete rows.

    The classes of a vector whose role is "level" become positions in `levels`, among the numbers.
    """
    numbers = {
        role.name: read_numbers(role.column, role.argument, exact=role.name != WEIGHT)
        for role in roles
        if role.kind == "number"
    }
    classes = {role.name: read_classes(role.column, role.argument) for role in roles if role.kind in {"class", "level"}}
    numbers |= {role.name: _read_order(role.column, role.argument) for role in roles if role.kind == "order"}
    lengths = {role.argument: len(numbers[role.name] if role.name in numbers else classes[role.name].codes) for role in roles}
    _require_one_length(lengths)
    n_rows = next(iter(lengths.values()))
    for role in roles:
        if role.kind == "level":
            require_known(classes[role.name], "truth", levels or (), given=True)
            codes = in_levels(classes.pop(role.name), levels or ())
            numbers[role.name] = np.where(codes < 0, np.nan, codes)
    gaps = [np.isnan(values) for values in numbers.values()]
    gaps += [coded.codes < 0 for coded in classes.values()]
    if any(gap.any() for gap in gaps):
        complete = ~np.logical_or.reduce(gaps)
        numbers = {name: values[complete] for name, values in numbers.items()}
        classes = {name: Coded(c.codes[complete], c.values, c.typed) for name, c in classes.items()}
    unit = None
    if WEIGHT in numbers:
        weight = numbers[WEIGHT]
        require_weights(weight, "case_weights")
        unit = units_of(weight.max(initial=0.0, keepdims=True))
        numbers[WEIGHT] = weight if unit is None else weight / unit
    return Vectors(numbers, classes, {role.name: role for role in roles}, n_rows, unit)


def frame_of_vectors(
    vectors: Mapping[str, Vector | float], constant: str = "", values: Mapping[str, Vector] | None = None
) -> InputFrame:
    """Build a frame of vectors of numbers, and of any `values`; columns are named after the arguments.

    `constant` may be one number.
    """
    numbers = {name: read_numbers(v, name) for name, v in vectors.items() if name != constant or not isinstance(v, Real)}
    others = {name: _read_values(vector, name) for name, vector in (values or {}).items()}
    lengths = {
        **{name: len(column) for name, column in numbers.items()},
        **{name: len(column) for name, column in others.items()},
    }
    _require_one_length(lengths)
    if constant in vectors and constant not in numbers:
        numbers[constant] = np.full(next(iter(lengths.values())), float(vectors[constant]))
    frame = pl.DataFrame({**{name: pl.Series(column, nan_to_null=True) for name, column in numbers.items()}, **others})
    return InputFrame(nw.from_native(frame), None, wrapped=False)


def frame_of_classes(truth: Vector, estimate: Vector, case_weights: Vector | None) -> InputFrame:
    """Build a frame of vectors of classes, gaps included."""
    given = {"truth": read_classes(truth, "truth"), "estimate": read_classes(estimate, "estimate")}
    columns = {}
    for name, coded in given.items():
        values = [*coded.values, None]
        series = pl.Series(name, [values[code] for code in coded.codes.tolist()], strict=False)
        levels_are_text = coded.typed and all(isinstance(value, str) for value in coded.values)
        columns[name] = series.cast(pl.Enum([str(value) for value in coded.values])) if levels_are_text else series
    if case_weights is not None:
        columns["case_weights"] = pl.Series(read_numbers(case_weights, "case_weights"), nan_to_null=True)
    _require_one_length({name: len(column) for name, column in columns.items()})
    return InputFrame(nw.from_native(pl.DataFrame(columns)), None, wrapped=False)


def _read_values(vector: Vector, what: str) -> pl.Series:
    """Read values of one type [n], to group or to sort by."""
    values = _as_array(_plain(vector), what)
    return encode_value(values if isinstance(values, nw.Series) else pl.Series(values), what)


def _require_one_length(lengths: Mapping[str, int]) -> None:
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{argument} has {length}" for argument, length in lengths.items())
        raise OptionError(f"the vectors must have the same length: {shown}.")


def require_weights(weights: Array, what: str) -> None:
    """Refuse negative and infinite weights [n]."""
    bad = weights[~((weights >= 0) & (weights < np.inf))]
    if len(bad):
        raise WeightError(f"{what}: expected finite weights of at least 0; {len(bad)} are not: {listed(bad.tolist())}.")


def _as_array(vector: Vector, what: str) -> np.ndarray[Any, Any] | pl.Series | nw.Series[Any]:
    """Return a vector as a numpy array [n], or as a Series if it comes from a dataframe library."""
    if isinstance(vector, np.ndarray):
        array = vector
    elif isinstance(vector, (list, tuple, range)):
        try:
            return pl.Series(vector, strict=True)
        except (TypeError, pl.exceptions.PolarsError):
            raise OptionError(f"{what}: the vector mixes values of several types: {listed(vector)}.") from None
    elif isinstance(vector, (str, bytes, dict)) or not isinstance(vector, Iterable):
        raise OptionError(f"{what}: expected a vector (a list, a numpy array or a Series); got {type(vector).__name__}.")
    else:
        if isinstance(vector, pl.Series):
            return vector.alias("tm")  # polars reads a name such as `*` as a pattern even in methods of a Series
        series = nw.from_native(vector, series_only=True, pass_through=True)
        if isinstance(series, nw.Series):
            native = series.to_native()
            return native.alias("tm") if isinstance(native, pl.Series) else with_booleans(series.alias("tm"))
        if type(vector).__module__.startswith("pyarrow"):
            return pl.Series(vector)
        array = np.asarray(vector)
    if array.ndim != 1:
        raise OptionError(f"{what}: expected a vector; got an array with {array.ndim} dimensions.")
    return array


def _plain(vector: Vector) -> Vector:
    """Convert numpy arrays of Python objects, and masked arrays, to lists with None for missing values."""
    if isinstance(vector, np.ma.MaskedArray):
        return [
            None if hidden else value for value, hidden in zip(vector.data.tolist(), np.ma.getmaskarray(vector), strict=True)
        ]
    return vector.tolist() if isinstance(vector, np.ndarray) and vector.dtype.kind == "O" else vector


def read_numbers(vector: Vector, what: str, *, exact: bool = True) -> Array:
    """Read numbers as floats [n], missing ones as NaN; `exact` refuses integers that a float does not hold."""
    vector = _plain(vector)
    numbers = (Real, NoneType, Decimal)
    if isinstance(vector, (list, tuple)) and all(issubclass(k, numbers) or is_missing_type(k) for k in set(map(type, vector))):
        return _floats(vector, what, exact=exact)
    values = _as_array(vector, what)
    if isinstance(values, np.ndarray):
        if values.dtype.kind in "fiub":
            numbers_: Array = values.astype(np.float64, copy=False)
            if exact and values.dtype.kind in "iu" and values.dtype.itemsize == 8:
                _require_exact(numbers_, values, what)
            return numbers_
        return _floats(values.tolist(), what, exact=exact) if values.dtype.kind == "O" else _no_numbers(values, what)
    return encode_number(values, what, exact=exact).to_numpy()


def _floats(values: Sequence[Any], what: str, *, exact: bool) -> Array:
    try:
        made = np.array([np.nan if is_missing(value) else float(value) for value in values], np.float64)
    except (TypeError, ValueError, OverflowError):
        raise OptionError(f"{what}: expected numbers; got {listed(values)}.") from None
    if exact:
        _require_exact(made, values, what)
    return made


def _require_exact(floats: Array, values: Sequence[Any] | np.ndarray[Any, Any], what: str) -> None:
    """Refuse those of the values [n] that are integers which their floats are not."""
    large = np.flatnonzero(np.abs(floats) >= MOST_EXACT)
    if len(large):
        found = (values[i] for i in large.tolist())
        require_exact((int(value) for value in found if isinstance(value, Integral)), what)


def _no_numbers(values: np.ndarray[Any, Any], what: str) -> Array:
    kind = "String" if values.dtype.kind in "US" else str(values.dtype)
    raise OptionError(f"{what}: expected numbers; got {kind}. Cast the vector to a number type first.")


def _read_order(vector: Vector, what: str) -> Array:
    """Read sortable values as ranks [n], missing ones as NaN."""
    values = _as_array(vector, what)
    if isinstance(values, np.ndarray) and values.dtype.kind == "O":
        values = _as_array(values.tolist(), what)
    series = values.to_polars() if isinstance(values, nw.Series) else pl.Series(values)
    return encode_order(series, what).rank("dense").cast(pl.Float64).to_numpy()


def read_classes(vector: Vector, what: str) -> Coded:
    """Read classes as codes [n], missing ones as -1."""
    vector = _plain(vector)
    if isinstance(vector, Coded):
        return vector
    if isinstance(vector, (list, tuple)):
        return code_list(vector, what)
    if known := _with_dictionary(vector):
        return ClassColumn(what, tuple(known[1]), typed=True).decode(known[0])
    values = _as_array(vector, what)
    if isinstance(values, np.ndarray):
        return code_list(values.tolist(), what) if values.dtype.kind == "O" else code_array(values, what)
    column, described = (values, ClassColumn(what)) if isinstance(values, pl.Series) else encode_class(values, what)
    return described.decode(column)


def _with_dictionary(vector: Vector) -> tuple[pl.Series, Any] | None:
    """Split a bare pandas Categorical or Arrow dictionary into its codes and categories."""
    if hasattr(vector, "categories") and hasattr(vector, "codes"):
        return pl.Series(np.asarray(vector.codes)), vector.categories
    if hasattr(vector, "dictionary") and hasattr(vector, "indices"):
        return pl.Series(vector.indices), vector.dictionary.to_pylist()
    return None


def as_rows(vectors: Vectors) -> PreparedFrame:
    """Return vectors as a prepared frame with one group, for statistics that need a frame."""
    data = {name: pl.Series(values) for name, values in vectors.numbers.items()}
    data |= {ROW: pl.Series(np.arange(vectors.n_complete)), "tm_k0": pl.repeat(0, vectors.n_complete, eager=True)}
    return PreparedFrame(
        nw.from_native(pl.LazyFrame(data)),
        ("tm_k0",),
        Origin(nw.Implementation.POLARS, False, ()),
        vectors.roles,
        weight_unit=vectors.weight_unit,
    )
