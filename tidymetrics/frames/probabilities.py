"""Columns of probabilities, bound to the levels they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.frames.classes import BOOLEANS, Levels, code_series, event_position, given_levels
from tidymetrics.frames.columns import find, names_of, select
from tidymetrics.frames.encode import ClassColumn, encode_class
from tidymetrics.frames.engines import dtype_of, levels_of, require_plain, take
from tidymetrics.frames.prepared import TRUTH, Role, column_of

if TYPE_CHECKING:
    from tidymetrics.frames.recognise import InputFrame
    from tidymetrics.typing import Level


@dataclass(frozen=True)
class ProbabilityColumns:
    """Which column holds the probability of which level."""

    levels: Levels
    columns: tuple[str | None, ...]
    """For each level the internal name of its column; for two levels one may be absent."""
    alone: str | None = None
    """A column that was given alone: the event's, whichever that is."""
    named: tuple[Any, ...] = ()
    """The columns' own names, for messages."""

    @property
    def complete(self) -> bool:
        """Whether each level has a column."""
        return self.alone is None and None not in self.columns

    def require_complete(self, what: str) -> tuple[str, ...]:
        """Give a column a level, or say which are wanting."""
        columns = tuple(c for c in self.columns if c is not None)
        if not self.complete:
            raise OptionError(
                f"{what} needs a column of probabilities for each of the levels {listed(self.levels.values, 20)}; got "
                f"{listed(self.named)}. Write a list in their order, or a mapping "
                f"{{{', '.join(f'{level!r}: ...' for level in self.levels.values[:3])}}}."
            )
        return columns

    def of_event(self, event: Level | None, event_level: str, what: str) -> tuple[str, int]:
        """Give the column of the event's probability, and the event's position."""
        position = event_position(self.levels, event, event_level, what)
        column = self.alone or self.columns[position]
        if column is None:
            raise OptionError(
                f"{what}: the event is {self.levels.values[position]!r}, and no column of its probabilities is given, only "
                f"{listed(self.named)}."
            )
        return column, position


@dataclass(frozen=True)
class ProbabilityArguments:
    """What a call says of probabilities, before anything is looked up."""

    argument: str
    """"estimate" or "probs"."""
    columns: Any
    levels: Sequence[Level] | None
    events: tuple[Level, ...]
    """The events that the call or its metrics name."""
    ordered_by: str | None = None
    """A metric of the call that the order of the levels matters to."""


def bind_frame(asked: ProbabilityArguments, source: InputFrame, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    """Bind the columns that a frame's call names."""
    frame = source.frame
    names = names_of(frame)
    find(truth, "truth", names)
    pairs = _pairs_of_columns(asked, frame, names)
    typed = _typed_levels(frame, truth) if asked.levels is None else None
    if typed is not None and not isinstance(pairs, dict) and isinstance(frame, nw.DataFrame) and is_unordered(frame[truth]):
        require_ordered(asked.ordered_by, truth, typed)

    def seen() -> tuple[Level, ...]:
        return _distinct(frame, names, truth)

    return _bind(asked, pairs, typed, seen, truth)


def is_unordered(column: Any) -> bool:
    """Tell whether a column or vector is one of pandas' categories that say they have no order."""
    native: Any = nw.to_native(column, pass_through=True)
    dtype = getattr(native, "dtype", None)
    return getattr(dtype, "ordered", None) is False and hasattr(dtype, "categories")


def require_ordered(metric: str | None, truth: str, levels: Sequence[Level]) -> None:
    """Refuse levels without an order, where a metric takes them in theirs; that of two cannot matter."""
    if metric is not None and len(levels) > 2:
        raise LevelError(
            f"{metric}: the order of the levels matters, and the categories of truth {truth!r} have none. Write "
            f"levels=[{', '.join(map(repr, levels))}], in the order you want; or give the column ordered categories."
        )


def bind_vectors(asked: ProbabilityArguments, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    """Bind the vectors of a call; `truth` is its coded classes."""
    return _bind(asked, pairs_of_vectors(asked.columns), truth.values if truth.typed else None, lambda: truth.values, "truth")


def _bind(asked: ProbabilityArguments, pairs: Any, typed: Any, seen: Any, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    levels = _levels(asked, pairs, typed, seen, str(truth))
    by_level = isinstance(pairs, dict)
    values = list(pairs.values()) if by_level else pairs
    roles = [Role(f"tm_p{i}", asked.argument, value, "number") for i, value in enumerate(values)]
    named = tuple(v if isinstance(v, str) else f"vector {i + 1}" for i, v in enumerate(values))
    if by_level:
        return _bind_mapping(asked, pairs, levels, roles, named), roles
    if len(values) == 1 and len(levels) <= 2:
        return ProbabilityColumns(levels, (None,) * len(levels), roles[0].name, named), roles
    if len(values) != len(levels):
        raise LevelError(
            f"{asked.argument}: expected a column of probabilities for each of the {len(levels)} levels "
            f"{listed(levels.values, 20)}; got {len(values)}: {listed(named, 20)}."
        )
    _require_order_of_names(asked, values, levels)
    return ProbabilityColumns(levels, tuple(role.name for role in roles), None, named), roles


def _bind_mapping(
    asked: ProbabilityArguments, pairs: dict[Any, Any], levels: Levels, roles: list[Role], named: tuple[Any, ...]
) -> ProbabilityColumns:
    known = {(type(v), v) for v in levels.values}
    if unknown := [level for level in pairs if (type(level), level) not in known]:
        raise LevelError(f"{asked.argument}: {listed(unknown)} is no level; the levels are {listed(levels.values, 20)}.")
    absent = [level for level in levels.values if level not in pairs]
    if absent and len(levels) > 2:
        raise LevelError(f"{asked.argument}: the mapping has no column for {listed(absent)}.")
    of_level = dict(zip(pairs, roles, strict=True))
    return ProbabilityColumns(levels, tuple(of_level[v].name if v in of_level else None for v in levels.values), None, named)


def _levels(asked: ProbabilityArguments, pairs: Any, typed: Any, seen: Any, truth: str) -> Levels:
    if asked.levels is not None:
        return Levels(given_levels(asked.levels), ordered=True, truth=truth, estimate=truth)
    if typed is not None:
        return Levels(tuple(typed), ordered=True, truth=truth, estimate=truth)
    if isinstance(pairs, dict) and len(pairs) > 1:
        return Levels(tuple(pairs), ordered=True, truth=truth, estimate=truth)
    values = seen()
    events = [*asked.events, *(pairs if isinstance(pairs, dict) else ())]
    if not values:
        return Levels((), ordered=False, truth=truth, estimate=truth, seen=False)
    if len(pairs) == 1 and len(values) <= 2 and events:
        rest = [v for v in values if v != events[0]]
        return Levels((events[0], *rest) if events[0] in values else values, ordered=True, truth=truth, estimate=truth)
    wanted = f"levels=[{', '.join(map(repr, values))}]"
    if len(pairs) == 1:
        wanted += f", with the event first, or event={values[0]!r}"
    elif carried := _carried(pairs, values):
        wanted += f", in the order of the columns, or {asked.argument}={_mapping(carried)}"
    else:
        wanted += f", in the order of the columns, or {asked.argument}={{{values[0]!r}: {str(pairs[0])!r}, ...}}"
    raise LevelError(
        f"the type of truth {truth!r} has no levels, and the probabilities do not say whose they are: write {wanted}."
    )


def _pairs_of_columns(asked: ProbabilityArguments, frame: Any, names: list[str]) -> list[str] | dict[Any, str]:
    given, argument = asked.columns, asked.argument
    if isinstance(given, Mapping):
        if not given:
            raise OptionError(f"{argument}: the mapping of probabilities is empty.")
        return {level: find(column, argument, names) for level, column in given.items()}
    many = given if isinstance(given, (Sequence, set, frozenset)) and not isinstance(given, str) else [given]
    found: list[str] = []
    for item in many:
        selected = isinstance(item, (nw.Expr, pl.Expr))
        found += select(item, argument, frame, names) if selected else [find(item, argument, names)]
    if not found:
        raise OptionError(f"{argument}: name the column of probabilities, or a column for each level.")
    if len(set(found)) < len(found):
        raise OptionError(f"{argument}: a column is named twice: {found!r}.")
    return found


def pairs_of_vectors(given: Any) -> list[Any] | dict[Any, Any]:
    """Take apart the probabilities that a vector form is given: one vector, several, a mapping, or an array [n, levels]."""
    if isinstance(given, Mapping):
        return dict(given)
    if getattr(given, "ndim", 1) == 2 and hasattr(given, "T") and not hasattr(given, "columns"):
        return list(given.T)
    if isinstance(given, (list, tuple)) and given and hasattr(given[0], "__len__") and not isinstance(given[0], (str, bytes)):
        return list(given)
    return [given]


def _carried(columns: Sequence[Any], levels: Sequence[Level]) -> dict[Level, str] | None:
    """Tell which level each name carries (`VF`, `.pred_VF`, `p_VF`), if each carries one of its own."""
    found: dict[Level, str] = {}
    for column in columns:
        if not isinstance(column, str):
            return None
        carried = [v for v in levels if column == str(v) or column.endswith((f"_{v}", f".{v}"))]
        if carried:
            found[max(carried, key=lambda v: len(str(v)))] = column
    return found if len(found) == len(columns) == len(levels) else None


def _mapping(carried: Mapping[Level, str]) -> str:
    return "{" + ", ".join(f"{level!r}: {column!r}" for level, column in carried.items()) + "}"


def _require_order_of_names(asked: ProbabilityArguments, columns: Sequence[Any], levels: Levels) -> None:
    carried = _carried(columns, levels.values)
    if carried and [carried[level] for level in levels.values] != list(columns):
        in_order = {level: carried[level] for level in levels.values}
        raise LevelError(
            f"{asked.argument}: the columns {listed(columns, 20)} name the levels in another order than "
            f"{listed(levels.values, 20)}. Write {asked.argument}={_mapping(in_order)}."
        )


def _typed_levels(frame: Any, truth: str) -> tuple[Level, ...] | None:
    """Give the levels that the type of a column has, without reading its rows."""
    if isinstance(frame, nw.DataFrame):
        series = column_of(frame, truth)
        if isinstance(series, pl.Series):
            return _levels_of_dtype(series.dtype)
        described = encode_class(series.head(0) if series.dtype != nw.Categorical else series, f"truth {truth!r}")[1]
        coded = described.decode(pl.Series([], dtype=pl.Int64)) if described.values is not None else None
        if coded is not None and coded.typed:
            return coded.values
        return BOOLEANS if series.dtype == nw.Boolean else None
    dtype = dtype_of(frame, truth)
    return _levels_of_dtype(dtype) or levels_of(frame, truth, dtype)


def _levels_of_dtype(dtype: Any) -> tuple[Level, ...] | None:
    if str(dtype) == "Boolean":
        return BOOLEANS
    return tuple(dtype.categories) if isinstance(dtype, (pl.Enum, nw.Enum)) else None


def _distinct(frame: Any, names: list[str], truth: str) -> tuple[Level, ...]:
    """Read the distinct classes of a column whose type does not say them."""
    what = f"truth {truth!r}"
    if isinstance(frame, nw.DataFrame):
        series, described = encode_class(column_of(frame, truth), what)
    else:
        require_plain(dtype_of(frame, truth), what)
        distinct = take(frame, names, {TRUTH: truth}).group_by(TRUTH).agg(nw.len().alias("tm_n"))
        series, described = distinct.collect(backend="polars").to_native().get_column(TRUTH), ClassColumn(what)
    coded = described.decode(series) if described.values is not None else code_series(series.unique(), what)
    return tuple(sorted(coded.values, key=lambda v: v))
