"""The prepared frame: one narwhals frame with internal names, whatever the user passed.

This is the only place that sees the user's column names and types. Behind it every number is a Float64 whose missing
values are null, every class is what its engine counts fastest, and there is always at least one key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.inputs.classes import in_levels, require_known
from tidymetrics.inputs.columns import find, find_keys, names_of
from tidymetrics.inputs.encode import ClassColumn, Key, encode_class, encode_key, encode_number, encode_order, require_number
from tidymetrics.inputs.source import Source, is_polars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Level

TRUTH, ESTIMATE, WEIGHT, ORDER, ROW = "tm_truth", "tm_estimate", "tm_weight", "tm_order", "tm_row"
EVENT, EVAL_TIME, CENSORING = "tm_event", "tm_eval_time", "tm_censoring"
"""The internal column names; unlike each other even where an engine ignores case."""


_SMALL = 20_000


@dataclass(frozen=True)
class Role:
    """A column that a call reads, under the name it goes by inside."""

    name: str
    argument: str
    column: Any
    kind: Literal["class", "number", "order"]

    def what(self) -> str:
        """Name the column for messages."""
        return f"{self.argument} {self.column!r}"


@dataclass(frozen=True)
class Owner:
    """Whose frame it is, and so what the result will be."""

    implementation: nw.Implementation
    wrapped: bool
    keys: tuple[Key, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Rows:
    """A prepared frame; the engine that held it still does."""

    frame: nw.LazyFrame[Any]
    keys: tuple[str, ...]
    owner: Owner
    roles: Mapping[str, Role]
    classes: Mapping[str, ClassColumn] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()
    """The columns that may hold missing values."""
    unchecked: bool = False
    """Whether truth may hold values that are none of the levels: a lazy frame is not looked at before the pass."""
    small: bool = False
    """Whether the rows are in memory and so few that starting an engine takes longer than the work."""

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return WEIGHT in self.roles

    @property
    def grouped(self) -> bool:
        """Whether the user grouped; if not, the only key is a constant."""
        return bool(self.owner.keys)

    def named(self, name: str) -> str:
        """Give the user's name of a column."""
        return str(self.roles[name].column)

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Run a reduction where the rows are; only what it gives leaves the engine."""
        if is_polars(frame):
            return self.collect_native(frame.to_native())
        return frame.collect(backend="polars").to_native()  # type: ignore[no-any-return]

    def collect_native(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """Run a query of the embedded engine."""
        return frame.collect(engine="in-memory" if self.small else "streaming")


def no_rows(owner: Owner | None = None, *, grouped: bool = True) -> Rows:
    """Give a prepared frame without rows, for statistics that are known already."""
    owner = owner or Owner(nw.Implementation.POLARS, wrapped=False, keys=())
    owner = owner if grouped else Owner(owner.implementation, owner.wrapped, ())
    keys = tuple(f"tm_k{i}" for i in range(max(len(owner.keys), 1)))
    return Rows(nw.from_native(pl.LazyFrame()), keys, owner, {})


def prepare(source: Source, roles: Sequence[Role], *, row_order: bool = False, levels: tuple[Level, ...] | None = None) -> Rows:
    """Find the columns, check their types, and bring them under internal names.

    With `levels`, the classes of truth become positions in them.
    """
    frame = source.frame
    columns = names_of(frame)
    keys = find_keys(source.by, frame, columns)
    for role in roles:
        find(role.column, role.argument, columns)
        if source.made_keys and role.column in keys:
            raise EngineError(
                f"{role.argument}: {role.column!r} is also a key of the group-by, which may be an expression under the same "
                "name; give the key a name of its own: group_by(key=...)."
            )
    if isinstance(frame, nw.DataFrame):
        return _prepare_eager(frame, keys, roles, source, row_order=row_order, levels=levels)
    return _prepare_lazy(frame, keys, roles, source, columns, row_order=row_order, levels=levels)


def _prepare_eager(
    frame: nw.DataFrame[Any],
    keys: tuple[str, ...],
    roles: Sequence[Role],
    source: Source,
    *,
    row_order: bool,
    levels: tuple[Level, ...] | None,
) -> Rows:
    data: dict[str, pl.Series] = {}
    restore: list[Key] = []
    classes: dict[str, ClassColumn] = {}
    for i, name in enumerate(keys):
        data[f"tm_k{i}"], key = encode_key(column_of(frame, name), name)
        restore.append(key)
    for role in roles:
        series = column_of(frame, role.column)
        if role.kind == "class":
            data[role.name], classes[role.name] = encode_class(series, role.what())
            if levels is not None and role.name == TRUTH:
                data[TRUTH], classes[TRUTH] = _by_level(data[TRUTH], classes[TRUTH], role, levels)
        elif role.kind == "number":
            data[role.name] = encode_number(series, role.what())
        else:
            data[role.name] = encode_order(series, role.what())
    if not keys:
        data["tm_k0"] = pl.repeat(0, len(frame), dtype=pl.UInt8, eager=True)
    if row_order:
        data[ROW] = pl.Series(np.arange(len(frame)))
    lazy = pl.LazyFrame(data)
    if enums := [name for name, described in classes.items() if described.values and isinstance(data[name].dtype, pl.Enum)]:
        lazy = lazy.with_columns(pl.col(enums).to_physical())
    return Rows(
        frame=nw.from_native(lazy),
        keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))),
        owner=Owner(frame.implementation, source.wrapped, tuple(restore)),
        roles={role.name: role for role in roles},
        classes=classes,
        gaps=frozenset(role.name for role in roles if data[role.name].null_count()),
        small=len(frame) < _SMALL,
    )


def _by_level(
    series: pl.Series, described: ClassColumn, role: Role, levels: tuple[Level, ...]
) -> tuple[pl.Series, ClassColumn]:
    """Turn truth [n] into positions in the levels; an Enum of just these is that already."""
    made = ClassColumn(described.what, levels, typed=True)
    if isinstance(series.dtype, pl.Enum) and described.values == levels:
        return series.to_physical(), made
    coded = described.decode(series)
    require_known(coded, role.column, levels, given=True)
    codes = in_levels(coded, levels)
    return pl.Series(np.where(codes < 0, np.nan, codes) if (codes < 0).any() else codes, nan_to_null=True).cast(pl.Int32), made


def _level_positions(column: nw.Expr, dtype: Any, levels: tuple[Level, ...]) -> nw.Expr:
    """Turn truth into positions in the levels, a value that is none of them into -1; missing stays missing."""
    if isinstance(dtype, (nw.Enum, nw.Categorical)):
        column = column.cast(nw.String)
    position = nw.lit(-1)
    for i, level in reversed(list(enumerate(levels))):
        position = nw.when(column == nw.lit(level)).then(nw.lit(i)).otherwise(position)
    return nw.when(~column.is_null()).then(position).cast(nw.Int32)


def column_of(frame: nw.DataFrame[Any], name: str) -> pl.Series | nw.Series[Any]:
    """Give a column of an eager frame, as a polars Series where polars has it."""
    # under a plain name: polars takes a name such as `^a$` for a pattern even in methods of a Series
    series: nw.Series[Any] = frame.get_column(name).alias("tm")
    native = series.to_native()
    return native if isinstance(native, pl.Series) else series


def _prepare_lazy(
    frame: nw.LazyFrame[Any],
    keys: tuple[str, ...],
    roles: Sequence[Role],
    source: Source,
    columns: list[str],
    *,
    row_order: bool,
    levels: tuple[Level, ...] | None,
) -> Rows:
    schema = frame.collect_schema()

    def column(name: str) -> nw.Expr:
        # polars reads `^a$` and `*` as patterns; a position is none
        return nw.nth(columns.index(name)) if is_polars(frame) else nw.col(name)

    chosen = [column(name).alias(f"tm_k{i}") for i, name in enumerate(keys)] or [nw.lit(0).alias("tm_k0")]
    for role in roles:
        expr = column(role.column)
        if role.kind == "number":
            require_number(schema[role.column], role.what())
            expr = expr.cast(nw.Float64).fill_nan(None)
        elif levels is not None and role.name == TRUTH:
            expr = _level_positions(expr, schema[role.column], levels)
        chosen.append(expr.alias(role.name))
    prepared = frame.select(*chosen)
    if row_order:
        if not is_polars(frame):
            raise EngineError("data: the rows of this engine have no order; name a column that gives one with order_by=.")
        prepared = nw.from_native(prepared.to_native().with_row_index(ROW))
    return Rows(
        frame=prepared,
        keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))),
        owner=Owner(frame.implementation, source.wrapped, tuple(Key(name) for name in keys)),
        roles={role.name: role for role in roles},
        classes={
            role.name: ClassColumn(role.what(), levels if role.name == TRUTH else None, levels is not None)
            for role in roles
            if role.kind == "class"
        },
        gaps=frozenset(role.name for role in roles),
        unchecked=levels is not None,
    )
