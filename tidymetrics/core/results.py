"""Build tidy frames from arrays and group keys, in the same library as the input."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames import Origin
    from tidymetrics.typing import Array, Codes

_EAGER = {
    nw.Implementation.PANDAS,
    nw.Implementation.CUDF,
    nw.Implementation.PYARROW,
}


@dataclass(frozen=True, eq=False, repr=False)
class MetricValues:
    """The rows of one metric: one value per group, or one per group and level."""

    metric: str
    estimator: str
    values: Array
    """[groups], or [groups, levels]"""
    extra: Mapping[str, Sequence[Any]]
    """Columns between `.estimator` and `.estimate`, such as `.level`, with their values [levels]."""
    by: str | None = None
    """The sensitive column of a groupwise metric."""
    error: Array | None = None
    """The error bounds, if the values are not exact."""
    beside: Mapping[str, Array] = field(default_factory=dict)
    """Columns after `.estimate` of its shape: standard errors and limits."""
    std_error: Array | None = None
    """The standard errors, if they are known."""

    @property
    def width(self) -> int:
        """How many rows each group has."""
        return self.values.shape[1] if self.values.ndim == 2 else 1


def number(values: MetricValues) -> Any:
    """Return the groups of a frame's reductions; vectors have none."""
    if not values.extra:
        return float(values.values.reshape(-1)[0])
    return pl.DataFrame({**values.extra, ".estimate": pl.Series(values.values.reshape(-1), nan_to_null=True)})


def group_labels(origin: Origin, groups: pl.DataFrame, rows: Codes) -> list[str]:
    """Write the keys of some of the groups, for messages."""
    columns = [column_values(origin, groups, i, rows) for i in range(len(origin.keys))]
    return [
        " ".join(f"{key.name}={value!r}" for key, value in zip(origin.keys, values, strict=True))
        for values in zip(*columns, strict=True)
    ]


def tidy_points(drawn: Sequence[Any], levels: Sequence[Any] | None, groups: pl.DataFrame, origin: Origin | None) -> Any:
    """Build the frame of a curve: by group, inside a group by level, inside a level point by point."""
    columns = {
        name: np.concatenate([p.columns[name] for p in drawn]) if len(drawn) > 1 else values
        for name, values in drawn[0].columns.items()
    }
    group = np.concatenate([np.repeat(np.arange(len(p.count)), p.count) for p in drawn])  # [rows]
    made: dict[str, pl.Series] = {}
    order = None
    if levels is not None:
        made[".level"] = pl.Series(list(levels)).gather(np.repeat(np.arange(len(drawn)), [len(_first(p)) for p in drawn]))
        if len(drawn[0].count) > 1:
            order = np.argsort(group, kind="stable")
            made[".level"], group = made[".level"].gather(order), group[order]
    for name, values in columns.items():
        made[name] = pl.Series(values if order is None else values[order], nan_to_null=bool(np.isnan(values).any()))
    if origin is None:
        return pl.DataFrame(made)
    return build(made, groups[group] if origin.keys else groups, origin)


def _first(points: Any) -> Array:
    first: Array = next(iter(points.columns.values()))
    return first


def tidy_rows(
    columns: Mapping[str, Array | tuple[Sequence[Any], Codes]], group: Codes, groups: pl.DataFrame, origin: Origin | None
) -> Any:
    """Build a frame of columns [rows], each an array or names with the position of each row's; `group` is that of each row."""
    made = {
        name: labels_of(*values) if isinstance(values, tuple) else _undefined_as_null(values)
        for name, values in columns.items()
    }
    if origin is None:
        return pl.DataFrame(made)
    return build(made, groups[group], origin)


def one_group() -> pl.DataFrame:
    """Return the groups of ungrouped data: one row with the constant key."""
    return pl.DataFrame({"tm_k0": [0]})


def labels_of(levels: Sequence[Any], positions: Codes) -> pl.Series:
    """Return the levels at these positions: [rows]."""
    return pl.Series(list(levels)).gather(positions)


def enum_of(levels: Sequence[str], positions: Codes) -> pl.Series:
    """Return the levels at these positions [rows], as a column whose type has them all."""
    return pl.Series(list(levels), dtype=pl.Enum(levels)).gather(positions)


def build_cells(columns: Mapping[str, Any], groups: pl.DataFrame, origin: Origin) -> Any:
    """Build a frame of columns [rows], after the keys of each row's group."""
    return build(
        {name: values if isinstance(values, pl.Series) else _undefined_as_null(values) for name, values in columns.items()},
        groups,
        origin,
    )


def _undefined_as_null(values: Array | Codes) -> pl.Series:
    return pl.Series(values, nan_to_null=values.dtype.kind == "f" and bool(np.isnan(values).any()))


def split_groups(groups: pl.DataFrame, n_outer: int) -> tuple[pl.DataFrame, Codes]:
    """Return the outer groups of sorted nested groups, and where each starts: [outer groups]."""
    if n_outer == 0:
        return one_group(), np.zeros(1, np.int64)
    keys = [f"tm_k{i}" for i in range(n_outer)]
    outer = groups[keys]
    index = outer.select(pl.struct(keys).rle_id()).to_series().to_numpy().astype(np.int64)
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    return outer[starts], starts


def column_values(origin: Origin, groups: pl.DataFrame, key: int, rows: Codes) -> list[Any]:
    """Return one key's original values in some of the groups."""
    i = range(len(origin.keys))[key]
    return origin.keys[i].restore(groups.get_column(f"tm_k{i}")[rows]).to_list()


def rows_at(frame: Any, rows: Codes) -> Any:
    """Select rows of a result in any library."""
    wrapped = isinstance(frame, nw.DataFrame)
    taken = nw.maybe_reset_index(nw.from_native(frame, pass_through=True)[rows])
    return taken if wrapped else taken.to_native()


def values_in(frame: Any, column: str) -> Array:
    """Return a numeric column of a result in any library: [rows], with undefined values as NaN."""
    values: Array = nw.from_native(frame, eager_only=True).get_column(column).cast(nw.Float64).to_numpy()
    return values


def plain_frame(**columns: Sequence[Any]) -> pl.DataFrame:
    """Return columns as a polars frame, for calls without an input frame."""
    return pl.DataFrame(columns)


def tidy(
    made: Sequence[MetricValues],
    groups: pl.DataFrame,
    origin: Origin,
    more: Mapping[str, Sequence[MetricValues]] | None = None,
) -> Any:
    """Build the result, ordered by metric, then group, then level; `more` are columns after the estimate."""
    n = len(groups)
    counts = [n * values.width for values in made]
    columns = {".metric": _repeated([values.metric for values in made], counts)}
    if any(values.by is not None for values in made):
        columns[".by"] = _repeated([values.by for values in made], counts)
    columns[".estimator"] = _repeated([values.estimator for values in made], counts)
    for name in dict.fromkeys(name for values in made for name in values.extra):
        columns[name] = _stacked([_extra(values, name, n) for values in made])
    estimate = np.concatenate([values.values.reshape(-1) for values in made]).astype(np.float64)
    columns[".estimate"] = pl.Series(estimate, nan_to_null=True)
    if any(values.std_error is not None for values in made):
        spread = [np.full_like(values.values, np.nan) if values.std_error is None else values.std_error for values in made]
        of_values = np.concatenate([values.reshape(-1) for values in spread])
        columns[".std_error"] = pl.Series(np.where(np.isnan(estimate), np.nan, of_values), nan_to_null=True)
    for name, others in (more or {}).items():
        columns[name] = pl.Series(np.concatenate([v.values.reshape(-1) for v in others]).astype(np.float64), nan_to_null=True)
    for name in dict.fromkeys(name for values in made for name in values.beside):
        numbers = np.concatenate([values.beside[name].reshape(-1) for values in made])
        columns[name] = pl.Series(np.where(np.isnan(estimate), np.nan, numbers), nan_to_null=True)
    if any(values.error is not None for values in made):
        errors = [np.zeros_like(values.values) if values.error is None else values.error for values in made]
        error = np.concatenate([values.reshape(-1) for values in errors])
        columns[".error_bound"] = pl.Series(np.where(np.isnan(estimate), np.nan, error), nan_to_null=True)
    if all(values.width == 1 for values in made):
        keys = pl.concat([groups] * len(made))
    else:
        keys = groups[np.concatenate([np.repeat(np.arange(n), values.width) for values in made])]
    return build(columns, keys, origin)


def _repeated(names: Sequence[str | None], counts: Sequence[int]) -> pl.Series:
    series = pl.Series(names, dtype=pl.String)
    return pl.concat([series.new_from_index(i, count) for i, count in enumerate(counts)], rechunk=True)


def whole_numbers(values: Sequence[int | None]) -> Sequence[Any]:
    """Return whole numbers, some of them perhaps missing, as a column that stays one of whole numbers."""
    return cast("Sequence[Any]", pl.Series(list(values), dtype=pl.Int64))


def _extra(made: MetricValues, name: str, n_groups: int) -> pl.Series:
    if name not in made.extra:
        return pl.Series([None] * (n_groups * made.width), dtype=pl.Null)
    given: Any = made.extra[name]
    values = given if isinstance(given, pl.Series) else pl.Series(list(given))
    return values.gather(np.tile(np.arange(len(values)), n_groups))


def _stacked(parts: Sequence[pl.Series]) -> pl.Series:
    """Stack columns of one type; columns without values have no type yet."""
    dtype = next((part.dtype for part in parts if part.dtype != pl.Null), pl.Float64)
    return pl.concat([part.cast(dtype) for part in parts])


def build(columns: Mapping[str, pl.Series], groups: pl.DataFrame, origin: Origin) -> Any:
    """Put the keys of each row before its columns, in the same library as the input."""
    implementation: Any = origin.implementation
    if taken := [key.name for key in origin.keys if key.name in columns]:
        raise OptionError(f"by: the name {taken[0]!r} is reserved for a column of the result; rename your column first.")
    keys = {key.name: key.restore(groups.get_column(f"tm_k{i}")) for i, key in enumerate(origin.keys)}
    named = [series.alias(name) for name, series in keys.items() if isinstance(series, nw.Series)]
    if named:
        # added as Series, because a new frame would infer the types again
        first = _eager(columns, implementation) if columns else named[0].to_frame()
        result = first.with_columns(*named).select(*keys, *columns)
        return result if origin.wrapped else result.to_native()
    if implementation in _EAGER:
        return _handed_back(_eager(columns, implementation).to_native(), origin)
    frame = pl.DataFrame({**keys, **columns})
    if implementation is nw.Implementation.DASK:
        return _handed_back(frame.to_pandas().astype({key.name: key.dtype for key in origin.keys}), origin)
    return _handed_back(frame if implementation is nw.Implementation.POLARS else _arrow(frame), origin)


def _arrow(frame: pl.DataFrame) -> Any:
    """Return an Arrow table with plain strings, as engines return them, instead of polars' string views."""
    strings = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return nw.from_native(frame.to_arrow()).with_columns(nw.col(strings).cast(nw.String)).to_native()


def _handed_back(native: Any, origin: Origin) -> Any:
    return nw.from_native(native) if origin.wrapped else native


def _eager(columns: Mapping[str, pl.Series], implementation: Any) -> nw.DataFrame[Any]:
    if implementation is nw.Implementation.PYARROW:
        return cast("nw.DataFrame[Any]", nw.from_native(pl.DataFrame(columns).to_arrow()))
    # whole numbers with gaps are floats there
    made = {
        name: nw.new_series(
            name,
            series.cast(pl.Float64).to_numpy()
            if series.dtype.is_float() or (series.dtype.is_integer() and series.null_count())
            else series.to_list(),
            backend=implementation,
        )
        for name, series in columns.items()
    }
    return nw.from_dict(made, backend=implementation)


VALUES = (
    *(".estimate", ".std_error", ".lower", ".upper", ".p_value", ".p_adjusted", ".p_first", ".p_rope", ".p_second"),
    *(".n", ".error_bound", ".baseline", ".skill"),
)
"""The columns of results that are values; all others are keys."""


@dataclass(frozen=True, eq=False, repr=False)
class KeyedValues:
    """The estimates of a result, and which of its keys each belongs to, folds left aside."""

    names: list[str]
    """All columns of the result."""
    frame: Any
    """The result, as a narwhals frame."""
    keys: pl.DataFrame
    """[keys] the distinct keys, in the order of their first rows, with the row of each as `tm_row`"""
    key: Codes
    """[rows] the position of each row's key"""
    values: Array
    """[rows]"""
    n_folds: int
    """The distinct values of the last fold column."""
    wrapped: bool

    def family(self, apart: Sequence[str]) -> Codes:
        """Number the keys by all of their columns but some: [keys]."""
        columns = [c for c in self.keys.columns if c not in ("tm_row", *(f"key {name}" for name in apart))]
        if not columns:
            return np.zeros(len(self.keys), np.int64)
        return self.keys.select(pl.struct(columns).rank("dense").cast(pl.Int64)).to_series().to_numpy()


def keyed_values(result: Any, folds: Sequence[str]) -> KeyedValues:
    """Read a result in any library."""
    frame: Any = nw.from_native(result, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, nw.DataFrame):
        raise OptionError(f"expected a frame of results; got {result!r}.")
    names = list(frame.columns)
    if any(name not in names for name in (*folds, ".estimate")):
        return KeyedValues(names, frame, pl.DataFrame(), np.zeros(0, np.int64), np.zeros(0), 0, wrapped=False)
    kept = [name for name in names if name not in (*folds, *VALUES)]
    coded = {f"key {name}": pl.Series(_codes_of(frame.get_column(name))) for name in kept}
    table = pl.DataFrame(coded) if coded else pl.DataFrame({"key": pl.Series([0] * len(frame))})
    table = table.with_columns(tm_row=pl.int_range(len(frame)))
    columns = [c for c in table.columns if c != "tm_row"]
    keys = table.group_by(columns, maintain_order=True).agg(pl.col("tm_row").first())
    numbered = keys.drop("tm_row").with_columns(tm_key=pl.int_range(len(keys)))
    key = table.join(numbered, on=columns, how="left", maintain_order="left").get_column("tm_key").to_numpy()
    n_folds = len(set(_codes_of(frame.get_column(folds[-1])))) if folds else 0
    wrapped = isinstance(result, nw.DataFrame)
    return KeyedValues(names, frame, keys, key.astype(np.int64), values_in(frame, ".estimate"), n_folds, wrapped)


def _codes_of(series: nw.Series[Any]) -> list[int]:
    """Number the values of a column by their first rows; what is missing is a value too."""
    known: dict[Any, int] = {}
    return [known.setdefault(None if value != value else value, len(known)) for value in series.to_list()]  # noqa: PLR0124


def rebuilt(table: KeyedValues, columns: Mapping[str, Array]) -> Any:
    """Build a frame of the keys and columns [keys], in the library of the result."""
    rows = table.keys.get_column("tm_row").to_list()
    kept = [c.removeprefix("key ") for c in table.keys.columns if c.startswith("key ")]
    frame = rows_at(table.frame.select(kept or table.names[:1]), np.array(rows, np.int64))
    frame = nw.from_native(frame, eager_only=True)
    made = {name: pl.Series(values, nan_to_null=True) for name, values in columns.items()}
    eager = _eager(made, frame.implementation) if frame.implementation in _EAGER else nw.from_native(pl.DataFrame(made))
    frame = frame.with_columns(*(eager.get_column(name) for name in made)).select(*kept, *made)
    return frame if table.wrapped else frame.to_native()


def stacked_by(column: str, names: Sequence[Any], results: Sequence[Any]) -> Any:
    """Put results of one library one under the other, with a first column that says which is which."""
    wrapped = isinstance(results[0], nw.DataFrame)
    frames: list[nw.DataFrame[Any]] = [nw.from_native(result, pass_through=True) for result in results]
    parts = []
    for name, frame in zip(names, frames, strict=True):
        label = nw.new_series(column, [name] * len(frame), backend=frame.implementation)
        parts.append(nw.maybe_reset_index(frame).with_columns(label).select(column, *frame.columns))
    made = nw.maybe_reset_index(nw.concat(parts, how="diagonal"))
    return made if wrapped else made.to_native()


@dataclass(frozen=True, eq=False, repr=False)
class InnerGroups:
    """Groups whose last key is a column of contestants."""

    groups: pl.DataFrame
    """[outer groups]"""
    origin: Origin
    names: list[Any]
    """The contestants, in the order of the key."""
    position: Codes
    """[outer groups, contestants] the group of each; -1 where there is none"""


def inner_groups(groups: pl.DataFrame, origin: Origin | None) -> InnerGroups:
    """Split sorted groups by their last key; a missing value is no contestant."""
    if origin is None:
        raise RuntimeError("a frame has an origin")
    n = len(origin.keys) - 1
    outer, starts = split_groups(groups, n)
    of_group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(groups))))
    codes = groups.get_column(f"tm_k{n}")
    known = codes.drop_nulls().unique().sort()
    at = codes.to_frame("k").join(
        pl.DataFrame({"k": known, "i": np.arange(len(known))}), on="k", how="left", maintain_order="left"
    )
    place = at.get_column("i").fill_null(-1).to_numpy().astype(np.int64)
    position = np.full((len(outer), len(known)), -1, np.int64)
    kept = place >= 0
    position[of_group[kept], place[kept]] = np.flatnonzero(kept)
    first = [int(np.flatnonzero(place == i)[0]) for i in range(len(known))]
    names = column_values(origin, groups, n, np.array(first, np.int64)) if first else []
    kept_columns = [f"tm_k{i}" for i in range(n)]
    return InnerGroups(outer if kept_columns else one_group(), replace(origin, keys=origin.keys[:-1]), names, position)


def compared_rows(rows: Sequence[tuple[MetricValues, Any, Any, Mapping[str, Array]]], groups: pl.DataFrame, origin: Any) -> Any:
    """Build the result of comparisons, ordered by metric, then pair, then group, then level."""
    n = len(groups)
    counts = [n * values.width for values, *_ in rows]
    columns: dict[str, pl.Series] = {".metric": _repeated([values.metric for values, *_ in rows], counts)}
    columns[".estimator"] = _repeated([values.estimator for values, *_ in rows], counts)
    for name in dict.fromkeys(name for values, *_ in rows for name in values.extra):
        columns[name] = _stacked([_extra(values, name, n) for values, *_ in rows])
    for name, at in ((".first", 1), (".second", 2)):
        labels = pl.Series([row[at] for row in rows])
        columns[name] = labels.gather(np.repeat(np.arange(len(rows)), counts))
    for name in rows[0][3]:
        columns[name] = pl.Series(np.concatenate([row[3][name].reshape(-1) for row in rows]), nan_to_null=True)
    widths = [np.repeat(np.arange(n), values.width) for values, *_ in rows]
    return build(columns, groups[np.concatenate(widths)], origin)
