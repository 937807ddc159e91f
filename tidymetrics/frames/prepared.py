"""The prepared frame: one narwhals frame with internal names, whatever the user passes.

Only this module sees the user's column names and types. In a prepared frame every number is a Float64 with missing
values as null, every class has the form that its engine counts fastest, and there is always at least one key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, Literal, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.frames.classes import THE_OTHER, in_levels, require_known, require_type_of_levels
from tidymetrics.frames.columns import find, find_keys, names_of
from tidymetrics.frames.encode import (
    ClassColumn,
    Key,
    encode_class,
    encode_key,
    encode_number,
    encode_order,
    encode_value,
    require_classes,
    require_number,
    with_booleans,
)
from tidymetrics.frames.engines import (
    added_up,
    count_of,
    dtype_of,
    holds_nulls,
    is_polars,
    levels_of,
    plain_key,
    require_narwhals,
    require_plain,
    take,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.recognise import InputFrame
    from tidymetrics.typing import Level

TRUTH, ESTIMATE, WEIGHT, ORDER, ROW = "tm_truth", "tm_estimate", "tm_weight", "tm_order", "tm_row"
TRUTH_AT = "tm_truth_at"
"""The position of the true level, beside a column of the true classes themselves; -1 for a class that is no level."""
EVENT, EVAL_TIME, CENSORING, UNIT = "tm_event", "tm_eval_time", "tm_censoring", "tm_unit"
QUERY, DOC = "tm_query", "tm_doc"
"""The internal column names; they differ by more than case, because some engines ignore case."""


_SMALL = 20_000

MOST_ROWS = 5_000_000
"""How many rows may leave an engine, for statistics that it cannot compute itself."""

MOST_POINTS = 20_000_000
"""How many points a curve may have; the points are the result."""


@dataclass(frozen=True)
class Role:
    """A column that a call reads, with its internal name."""

    name: str
    argument: str
    column: Any
    kind: Literal["class", "level", "number", "order", "value"]

    def what(self) -> str:
        """Return the column's name for messages."""
        return f"{self.argument} {self.column!r}"


@dataclass(frozen=True)
class Origin:
    """Where the data come from, which decides the type of the result."""

    implementation: nw.Implementation
    wrapped: bool
    keys: tuple[Key, ...]


@dataclass(frozen=True, eq=False, repr=False)
class PreparedFrame:
    """A prepared frame; its rows stay in their engine."""

    frame: nw.LazyFrame[Any]
    keys: tuple[str, ...]
    origin: Origin
    roles: Mapping[str, Role]
    classes: Mapping[str, ClassColumn] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()
    """The columns that may have missing values."""
    unchecked: bool = False
    """Whether truth may hold values that are not levels: a lazy frame is not checked before the pass."""
    small: bool = False
    """Whether the rows are in memory and so few that starting an engine takes longer than the computation."""
    weight_unit: Any = None
    """[groups] what weights are measured in, where their products would be no numbers; None for 1."""
    whole: Mapping[str, str] = field(default_factory=dict)
    """The columns of wide integers beside their floats, by the floats' names."""
    inner: int = 0
    """How many of the last keys are inner: a formula or a wrapper folds the groups inside those of the others."""
    stated: Any = None
    """A state that stands in place of the rows."""

    @property
    def outer_origin(self) -> Origin:
        """The origin with the keys of the result alone."""
        if not self.inner:
            return self.origin
        return Origin(self.origin.implementation, self.origin.wrapped, self.origin.keys[: -self.inner])

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return WEIGHT in self.roles

    @property
    def embedded(self) -> bool:
        """Whether polars runs the reductions, so that no rows are transferred."""
        return is_polars(self.frame)

    @property
    def grouped(self) -> bool:
        """Whether the user groups the data; if not, the only key is a constant."""
        return bool(self.origin.keys)

    def named(self, name: str) -> str:
        """Return the user's name of a column."""
        return str(self.roles[name].column)

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Run a reduction inside the engine; only its result leaves the engine."""
        if is_polars(frame):
            return self.collect_native(frame.to_native())
        table: pl.DataFrame = frame.collect(backend="polars").to_native()
        levels = {f"tm_k{i}": key.levels for i, key in enumerate(self.origin.keys) if key.levels is not None}
        return table.with_columns(pl.col(k).cast(pl.Enum(v)) for k, v in levels.items() if k in table.columns)

    def collect_bounded(
        self, frame: nw.LazyFrame[Any], what: str, *, instead: str, at_most: float = inf, limit: int | None = None
    ) -> pl.DataFrame:
        """Collect rows or distinct scores from an engine, and raise if there are too many.

        In the error, `what` names what needs the rows and `instead` says what to do. The rows are counted first, unless
        there are at most `at_most`.
        """
        limit = MOST_ROWS if limit is None else limit
        if not is_polars(frame) and at_most > limit and (count := count_of(frame)) > limit:
            raise EngineError(
                f"data: {what} needs to collect {count:,} rows from {self.origin.implementation.value}; the limit is "
                f"{limit:,}. {instead}"
            )
        return self.collect(frame)

    def settle(self, frame: nw.LazyFrame[Any], what: str, *, instead: str, at_most: float = inf) -> nw.LazyFrame[Any]:
        """Return a frame that supports windows and quantiles; Dask has neither, so its rows are collected."""
        if not frame.implementation.is_dask():
            return frame
        return nw.from_native(self.collect_bounded(frame, what, instead=instead, at_most=at_most).lazy())

    def collect_native(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """Run a polars query."""
        return frame.collect(engine="in-memory" if self.small else "streaming")


def no_rows(origin: Origin | None = None, *, grouped: bool = True) -> PreparedFrame:
    """Return a prepared frame without rows, for statistics that are already known."""
    origin = origin or Origin(nw.Implementation.POLARS, wrapped=False, keys=())
    origin = origin if grouped else Origin(origin.implementation, origin.wrapped, ())
    keys = tuple(f"tm_k{i}" for i in range(max(len(origin.keys), 1)))
    return PreparedFrame(nw.from_native(pl.LazyFrame()), keys, origin, {})


def prepare(
    source: InputFrame, roles: Sequence[Role], *, row_order: bool = False, levels: tuple[Level, ...] | None = None
) -> PreparedFrame:
    """Find the columns, check their types, and rename them to internal names.

    The classes of a column whose role is "level" become positions in `levels`.
    """
    frame = source.frame
    columns = names_of(frame)
    keys = find_keys(source.by, frame, columns)
    for role in roles:
        find(role.column, role.argument, columns)
        if source.made_keys and role.column in keys:
            raise EngineError(
                f"{role.argument}: {role.column!r} is also a key of the group-by, where it may be an expression; "
                "give the key another name: group_by(key=...)."
            )
    if isinstance(frame, nw.DataFrame):
        return _prepare_eager(frame, keys, roles, source, row_order=row_order, levels=levels)
    return _prepare_lazy(frame, keys, roles, source, columns, row_order=row_order, levels=levels)


def _prepare_eager(
    frame: nw.DataFrame[Any],
    keys: tuple[str, ...],
    roles: Sequence[Role],
    source: InputFrame,
    *,
    row_order: bool,
    levels: tuple[Level, ...] | None,
) -> PreparedFrame:
    data: dict[str, pl.Series] = {}
    restore: list[Key] = []
    classes: dict[str, ClassColumn] = {}
    for i, name in enumerate(keys):
        data[f"tm_k{i}"], key = encode_key(column_of(frame, name, as_it_is=True), name)
        restore.append(key)
    for role in roles:
        series = column_of(frame, role.column)
        if role.kind == "class":
            data[role.name], classes[role.name] = encode_class(series, role.what())
        elif role.kind == "level":
            data[role.name], classes[role.name] = _by_level(*encode_class(series, role.what()), role, levels or ())
        elif role.kind == "number":
            data[role.name] = encode_number(series, role.what(), exact=role.name != WEIGHT)
        elif role.kind == "value":
            data[role.name] = encode_value(series, role.what())
        else:
            data[role.name] = encode_order(series, role.what())
    if not keys:
        data["tm_k0"] = pl.repeat(0, len(frame), dtype=pl.UInt8, eager=True)
    if row_order:
        data[ROW] = pl.Series(np.arange(len(frame)))
    lazy = pl.LazyFrame(data)
    if enums := [name for name, described in classes.items() if described.values and isinstance(data[name].dtype, pl.Enum)]:
        lazy = lazy.with_columns(pl.col(enums).to_physical())
    return PreparedFrame(
        frame=nw.from_native(lazy),
        keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))),
        origin=Origin(frame.implementation, source.wrapped, tuple(restore)),
        roles={role.name: role for role in roles},
        classes=classes,
        gaps=frozenset(role.name for role in roles if data[role.name].null_count()),
        small=len(frame) < _SMALL,
    )


def _by_level(
    series: pl.Series, described: ClassColumn, role: Role, levels: tuple[Level, ...]
) -> tuple[pl.Series, ClassColumn]:
    """Turn truth [n] into positions in the levels; an Enum of exactly these levels already holds them."""
    made = ClassColumn(described.what, levels, typed=True)
    if isinstance(series.dtype, pl.Enum):
        series = series.to_physical()
        if described.values == levels:
            return series, made
    if series.dtype == pl.Boolean and len(levels) == 2 and set(levels) == {True, False}:
        return (series != levels[0]).cast(pl.Int32), made
    coded = described.decode(series)
    require_known(coded, role.column, levels, given=True)
    codes = in_levels(coded, levels)
    return pl.Series(np.where(codes < 0, np.nan, codes) if (codes < 0).any() else codes, nan_to_null=True).cast(pl.Int32), made


def _level_positions(column: nw.Expr, dtype: Any, levels: tuple[Level, ...], kind: Any) -> nw.Expr:
    """Turn truth into positions in the levels, and other values into -1; missing stays missing.

    Where only the event is known, all other values have the position of the other class; they are checked in the pass.
    """
    if isinstance(dtype, (nw.Enum, nw.Categorical)):
        column = column.cast(nw.String)
    if dtype.is_float():
        column = column.fill_nan(None)
    rest = next((i for i, level in enumerate(levels) if level is THE_OTHER), -1)
    # one level at most is equal; a sum in pairs nests less deeply than one question after another
    places = [
        (column == nw.lit(level)).cast(kind) * nw.lit(i - rest).cast(kind)
        for i, level in enumerate(levels)
        if level is not THE_OTHER
    ]
    position = nw.lit(rest).cast(kind)
    if places:
        position = added_up([position, *places])
    return nw.when(~column.is_null()).then(position).cast(kind)


def column_of(frame: nw.DataFrame[Any], name: str, *, as_it_is: bool = False) -> pl.Series | nw.Series[Any]:
    """Return a column of an eager frame; of a polars frame, as a polars Series. A key comes back in its type, `as_it_is`."""
    # with a plain name: polars reads a name such as `^a$` as a pattern even in methods of a Series
    series: nw.Series[Any] = frame.get_column(name).alias("tm")
    native = series.to_native()
    if isinstance(native, pl.Series):
        return native
    return series if as_it_is else with_booleans(series)


def _prepare_lazy(
    frame: nw.LazyFrame[Any],
    keys: tuple[str, ...],
    roles: Sequence[Role],
    source: InputFrame,
    columns: list[str],
    *,
    row_order: bool,
    levels: tuple[Level, ...] | None,
) -> PreparedFrame:
    if not is_polars(frame):
        require_narwhals()
    restore: list[Key] = []
    made: list[nw.Expr] = [] if keys else [nw.lit(0).alias("tm_k0")]
    classes: dict[str, ClassColumn] = {}
    whole: dict[str, str] = {}
    # asked for once: a schema is read anew each time, and has as many columns as there may be roles
    schema = {} if frame.implementation.is_sqlframe() else frame.collect_schema()
    for i, name in enumerate(keys):
        as_string, key_levels = plain_key(frame, name, dtype_of(frame, name))
        made.append(nw.col(f"tm_k{i}").cast(nw.String) if as_string else nw.col(f"tm_k{i}"))
        restore.append(Key(name, levels=key_levels, dtype=_pandas_dtype(frame, name)))
    for role in roles:
        expr, dtype = _typed_column(frame, role, levels or (), schema.get(role.column))
        if role.kind == "number":
            require_number(dtype, role.what())
            if dtype in (nw.Int64, nw.UInt64, nw.Int128, nw.UInt128) and role.name != WEIGHT:
                whole[role.name] = f"tm_i_{role.name.removeprefix('tm_')}"
                made.append(nw.col(role.name).alias(whole[role.name]))
            expr = expr.cast(nw.Float64).fill_nan(None)
        elif role.kind == "class":
            expr, classes[role.name] = _lazy_class(expr, frame, role, dtype)
        elif role.kind == "level":
            expr, classes[role.name] = _lazy_level(expr, frame, role, dtype, levels or ())
        elif dtype.is_float():  # missing in an order as null is
            expr = expr.fill_nan(None)
        made.append(expr.alias(role.name))
    chosen = {**{f"tm_k{i}": name for i, name in enumerate(keys)}, **{role.name: role.column for role in roles}}
    prepared = take(frame, columns, chosen).select(*made)
    if row_order and is_polars(frame):  # rows of other engines have no order
        prepared = nw.from_native(prepared.to_native().with_row_index(ROW))
    return PreparedFrame(
        frame=prepared,
        keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))),
        origin=Origin(frame.implementation, source.wrapped, tuple(restore)),
        roles={role.name: role for role in roles},
        classes=classes,
        gaps=frozenset(role.name for role in roles),
        unchecked=any(role.kind == "level" for role in roles),
        whole=whole,
    )


def _typed_column(frame: nw.LazyFrame[Any], role: Role, levels: tuple[Level, ...], known: Any) -> tuple[nw.Expr, Any]:
    """Give a column and its type; a column of nulls has none of its own, and takes the one that is wanted."""
    dtype = dtype_of(frame, role.column) if known is None else known
    if not is_polars(frame):
        require_plain(dtype, role.what())
    if role.kind in {"class", "level"}:
        require_classes(dtype, role.what())
    if (is_polars(frame) and dtype != nw.Unknown) or not holds_nulls(frame, role.column):
        return nw.col(role.name), dtype
    dtype = _wanted(role, levels)
    return nw.col(role.name).cast(dtype), dtype


def _wanted(role: Role, levels: tuple[Level, ...]) -> Any:
    """Give the type that a role wants of a column that has none."""
    if role.kind in {"number", "order"}:
        return nw.Float64()
    return {bool: nw.Boolean(), int: nw.Int64()}.get(type(levels[0]) if levels else str, nw.String())


def _lazy_level(
    expr: nw.Expr, frame: nw.LazyFrame[Any], role: Role, dtype: Any, levels: tuple[Level, ...]
) -> tuple[nw.Expr, ClassColumn]:
    """Return a class column of a lazy frame in a form its engine can group by: positions, if there are levels."""
    require_type_of_levels(dtype, [level for level in levels if level is not THE_OTHER], role.what())
    kind = nw.Int32 if is_polars(frame) else nw.Float64  # Dask has no missing integers
    return _level_positions(expr, dtype, levels, kind), ClassColumn(role.what(), levels, typed=True)


def _lazy_class(expr: nw.Expr, frame: nw.LazyFrame[Any], role: Role, dtype: Any) -> tuple[nw.Expr, ClassColumn]:
    """Give a class column of a lazy frame in the form that its engine can group by."""
    if is_polars(frame):
        return expr, ClassColumn(role.what())
    if dtype.is_float():
        expr = expr.fill_nan(None)
    if isinstance(dtype, (nw.Enum, nw.Categorical)):
        known = levels_of(frame, role.column, dtype)
        if known is None or all(isinstance(level, str) for level in known):
            expr = expr.cast(nw.String)
        return expr, ClassColumn(role.what(), levels=known)
    return expr, ClassColumn(role.what())


def _pandas_dtype(frame: nw.LazyFrame[Any], name: str) -> Any:
    return cast("Any", frame.to_native()).dtypes[name] if frame.implementation.is_dask() else None
