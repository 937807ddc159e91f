"""Build tidy frames from arrays and group keys, in the same library as the input."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.frames import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames import Origin
    from tidymetrics.typing import Array, Codes

EAGER = {
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
    weight: Array | None = None
    """[groups] the weight of the rows; None where values are made of others."""

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


@cache  # vectors make nothing else of polars, and are called in loops
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
    columns = {".metric": repeated([values.metric for values in made], counts)}
    if any(values.by is not None for values in made):
        columns[".by"] = repeated([values.by for values in made], counts)
    columns[".estimator"] = repeated([values.estimator for values in made], counts)
    for name in dict.fromkeys(name for values in made for name in values.extra):
        columns[name] = stacked([extra_column(values, name, n) for values in made])
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


def repeated(names: Sequence[str | None], counts: Sequence[int]) -> pl.Series:
    """Repeat each name as often as its count says."""
    series = pl.Series(names, dtype=pl.String)
    return pl.concat([series.new_from_index(i, count) for i, count in enumerate(counts)], rechunk=True)


def whole_numbers(values: Sequence[int | None]) -> Sequence[Any]:
    """Return whole numbers, some of them perhaps missing, as a column that stays one of whole numbers."""
    return cast("Sequence[Any]", pl.Series(list(values), dtype=pl.Int64))


def extra_column(made: MetricValues, name: str, n_groups: int) -> pl.Series:
    """Give an extra column of values, null where there is none."""
    if name not in made.extra:
        return pl.Series([None] * (n_groups * made.width), dtype=pl.Null)
    given: Any = made.extra[name]
    values = given if isinstance(given, pl.Series) else pl.Series(list(given))
    return values.gather(np.tile(np.arange(len(values)), n_groups))


def stacked(parts: Sequence[pl.Series]) -> pl.Series:
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
    if implementation is nw.Implementation.PANDAS:
        return _handed_back(_pandas(keys, columns, implementation), origin)
    if named:
        # added as Series, because a new frame would infer the types again
        first = eager_frame(columns, implementation) if columns else named[0].to_frame()
        result = first.with_columns(*named).select(*keys, *columns)
        return result if origin.wrapped else result.to_native()
    if implementation in EAGER:
        return _handed_back(eager_frame(columns, implementation).to_native(), origin)
    frame = pl.DataFrame({**keys, **columns})
    if implementation is nw.Implementation.DASK:
        return _handed_back(frame.to_pandas().astype({key.name: key.dtype for key in origin.keys}), origin)
    return _handed_back(frame if implementation is nw.Implementation.POLARS else _arrow(frame), origin)


def build_state(tables: Mapping[str, pl.DataFrame], metas: Mapping[str, str], origin: Origin) -> Any:
    """Build a state of the rows of each statistic, in the same library as the input."""
    keys = [f"tm_k{i}" for i in range(len(origin.keys))]
    fields = [name for name in FIELDS if name != "meta"]
    parts = [rows.select(*keys, *fields, pl.lit(metas[title]).alias("meta")) for title, rows in tables.items()]
    whole = pl.concat(parts, how="vertical_relaxed") if parts else pl.DataFrame(schema=dict.fromkeys((*keys, *FIELDS), pl.Null))
    kind = pl.Categorical() if origin.implementation is nw.Implementation.POLARS else pl.String()
    columns = {f".{name}": whole.get_column(name) for name in FIELDS}
    return build({n: c.cast(kind) if c.dtype == pl.String else c for n, c in columns.items()}, whole.select(keys), origin)


def build_plain(frame: pl.DataFrame, origin: Origin) -> Any:
    """Give a polars frame in the same library as the input."""
    if origin.implementation is nw.Implementation.POLARS:
        return _handed_back(frame, origin)
    texts = [name for name, kind in frame.schema.items() if kind == pl.Categorical]
    plain = frame.with_columns(pl.col(texts).cast(pl.String)) if texts else frame
    return build({name: plain.get_column(name) for name in plain.columns}, plain.select([]), origin)


def _arrow(frame: pl.DataFrame) -> Any:
    """Return an Arrow table with plain strings, as engines return them, instead of polars' string views."""
    strings = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return nw.from_native(frame.to_arrow()).with_columns(nw.col(strings).cast(nw.String)).to_native()


def _handed_back(native: Any, origin: Origin) -> Any:
    return nw.from_native(native) if origin.wrapped else native


def _pandas(keys: Mapping[str, Any], columns: Mapping[str, pl.Series], implementation: Any) -> Any:
    """Build a pandas frame in one step: it has its own types of keys, and takes the other columns as they are."""
    pandas = implementation.to_native_namespace()
    own = {name: series.to_native() if isinstance(series, nw.Series) else _plain(series) for name, series in keys.items()}
    return pandas.DataFrame({**own, **{name: _plain(series) for name, series in columns.items()}})


def _plain(series: pl.Series) -> Any:
    # whole numbers with gaps are floats there
    if series.dtype.is_float() or (series.dtype.is_integer() and series.null_count()):
        return series.cast(pl.Float64).to_numpy()
    return series.to_list()


def eager_frame(columns: Mapping[str, pl.Series], implementation: Any) -> nw.DataFrame[Any]:
    """Build a frame of a library that is in memory."""
    if implementation is nw.Implementation.PYARROW:
        return cast("nw.DataFrame[Any]", nw.from_native(pl.DataFrame(columns).to_arrow()))
    made = {name: nw.new_series(name, _plain(series), backend=implementation) for name, series in columns.items()}
    return nw.from_dict(made, backend=implementation)
