"""Match columns of probabilities with the levels they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.frames.classes import (
    BOOLEANS,
    THE_OTHER,
    Levels,
    code_series,
    event_position,
    given_levels,
    levels_argument,
    likely_event,
    require_type_of_levels,
)
from tidymetrics.frames.columns import find, names_of, select
from tidymetrics.frames.encode import ClassColumn, encode_class, require_classes
from tidymetrics.frames.engines import dtype_of, levels_of, require_plain, take
from tidymetrics.frames.prepared import TRUTH, Role, column_of

if TYPE_CHECKING:
    from tidymetrics.frames.recognise import InputFrame
    from tidymetrics.typing import Level


@dataclass(frozen=True)
class ProbabilityColumns:
    """The column of probabilities for each level."""

    levels: Levels
    columns: tuple[str | None, ...]
    """The internal name of each level's column; with two levels, one may be missing."""
    alone: str | None = None
    """The only column, if the call passes one: it belongs to the event, whichever level that is."""
    named: tuple[Any, ...] = ()
    """The user's names of the columns, for messages."""

    @property
    def complete(self) -> bool:
        """Whether each level has a column."""
        return self.alone is None and None not in self.columns

    def require_complete(self, what: str) -> tuple[str, ...]:
        """Return one column per level; raise if a level has none."""
        columns = tuple(c for c in self.columns if c is not None)
        if not self.complete:
            raise OptionError(
                f"{what} needs one column of probabilities per level ({listed(self.levels.values)}); got "
                f"{listed(self.named)}. Pass a list in the order of the levels, or a mapping "
                f"{{{', '.join(f'{level!r}: ...' for level in self.levels.values[:3])}}}."
            )
        return columns

    def of_event(self, event: Level | None, event_level: str, what: str) -> tuple[str, int]:
        """Return the column of the event's probability, and the event's position."""
        position = event_position(self.levels, event, event_level, what)
        column = self.alone or self.columns[position]
        if self.alone is not None and position < len(self.levels):
            require_name_of_event(self.levels.values, self.levels.values[position], self.named[0])
        if column is None:
            raise OptionError(
                f"{what}: expected the probabilities of the event {self.levels.values[position]!r}; got only "
                f"{listed(self.named)}."
            )
        return column, position


@dataclass(frozen=True)
class ProbabilityArguments:
    """The arguments of a call that concern probabilities, before columns are looked up."""

    argument: str
    """"estimate" or "probs"."""
    columns: Any
    levels: Sequence[Level] | None
    events: tuple[Level, ...]
    """The events named by the call or its metrics."""
    ordered_by: str | None = None
    """A metric of the call that depends on the order of the levels."""
    event_alone: bool = False
    """Whether no metric of the call needs to know the other class of two before the pass."""


def bind_frame(asked: ProbabilityArguments, source: InputFrame, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    """Match the columns named in a call with the levels."""
    frame = source.frame
    names = names_of(frame)
    find(truth, "truth", names)
    pairs = _pairs_of_columns(asked, frame, names)
    typed = typed_levels(frame, truth) if asked.levels is None else None
    if typed is not None and not isinstance(pairs, dict) and isinstance(frame, nw.DataFrame) and is_unordered(frame[truth]):
        require_ordered(asked.ordered_by, truth, typed)

    def seen() -> tuple[Level, ...]:
        if isinstance(frame, nw.LazyFrame) and (event := _only_event(asked, pairs)) is not None:
            require_type_of_levels(dtype_of(frame, truth), (event,), f"truth {truth!r}")
            return (event, THE_OTHER)
        return _distinct(frame, names, truth)

    return _bind(asked, pairs, typed, seen, truth)


def _only_event(asked: ProbabilityArguments, pairs: Any) -> Level | None:
    """Give the event, if a call with one column needs no other level before it reads the rows."""
    events = {(type(v), v) for v in (*asked.events, *(pairs if isinstance(pairs, dict) else ()))}
    if not asked.event_alone or len(pairs) != 1 or len(events) != 1:
        return None
    kind, event = events.pop()
    return event if kind in {str, int, bool} else None


def require_event(values: Sequence[Level], event: Level, what: str, column: str) -> None:
    """Refuse an event that is none of the classes found, and more than two of them, for one column of probabilities."""
    values = sorted(values, key=lambda v: v)
    if len(values) > 2:
        raise _one_column(values, what)
    if values and (type(event), event) not in {(type(v), v) for v in values}:
        raise LevelError(f"event={event!r} is not one of the levels: {listed(values)}.")
    require_name_of_event(values, event, column)


def _one_column(values: Sequence[Level], what: str) -> LevelError:
    return LevelError(
        f"{what} has {len(values)} classes ({listed(values)}), and there is one column of probabilities. Pass a column for "
        "each, in a mapping {class: column}; or score a truth of two classes, such as a column of whether it is the event."
    )


def require_name_of_event(levels: Sequence[Any], event: Any, column: Any) -> None:
    """Refuse the probabilities of one level for the event that another one is."""
    own = _carried_level(column, levels)
    if own is not None and own != event:
        raise LevelError(
            f"the column {column!r} is named after the level {own!r}, and the event is {event!r}. Pass event={own!r}; or the "
            f"event's own column; or, if it is that, the mapping {{{event!r}: {column!r}}}."
        )


def _carried_level(column: Any, levels: Sequence[Any]) -> Level | None:
    """Find the level that a single column is named after; a number at the end of a name may count anything."""
    if not isinstance(column, str):
        return None
    found = [v for v in levels if isinstance(v, (str, bool)) and _carries(column, v)]
    return max(found, key=lambda v: len(str(v))) if found else None


def is_unordered(column: Any) -> bool:
    """Return whether a column or vector is an unordered pandas categorical."""
    native: Any = nw.to_native(column, pass_through=True)
    dtype = getattr(native, "dtype", None)
    return getattr(dtype, "ordered", None) is False and hasattr(dtype, "categories")


def require_ordered(metric: str | None, truth: str, levels: Sequence[Level]) -> None:
    """Refuse unordered levels for a metric that depends on their order; the order of two levels does not matter."""
    if metric is not None and len(levels) > 2:
        raise LevelError(
            f"{metric} depends on the order of the levels, but the categories of truth {truth!r} are unordered. Pass "
            f"levels=[{', '.join(map(repr, levels))}] in the order you want, or make the categories ordered."
        )


def bind_vectors(asked: ProbabilityArguments, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    """Match the vectors of a call with the levels; `truth` holds the encoded classes."""
    return _bind(asked, pairs_of_vectors(asked.columns), truth.values if truth.typed else None, lambda: truth.values, "truth")


def _bind(asked: ProbabilityArguments, pairs: Any, typed: Any, seen: Any, truth: Any) -> tuple[ProbabilityColumns, list[Role]]:
    levels, pairs = _levels(asked, pairs, typed, lambda: tuple(sorted(seen(), key=_place)), str(truth))
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
            f"{asked.argument}: expected one column of probabilities for each of the {len(levels)} levels "
            f"{listed(levels.values)}; got {len(values)}: {listed(named)}."
        )
    _require_order_of_names(asked, values, levels)
    return ProbabilityColumns(levels, tuple(role.name for role in roles), None, named), roles


def _bind_mapping(
    asked: ProbabilityArguments, pairs: dict[Any, Any], levels: Levels, roles: list[Role], named: tuple[Any, ...]
) -> ProbabilityColumns:
    known = {(type(v), v) for v in levels.values}
    if unknown := [level for level in pairs if (type(level), level) not in known]:
        raise LevelError(f"{asked.argument}: {listed(unknown)} is not a level; the levels are {listed(levels.values)}.")
    absent = [level for level in levels.values if level not in pairs]
    if absent and len(levels) > 2:
        raise LevelError(f"{asked.argument}: the mapping has no column for {listed(absent)}.")
    of_level = dict(zip(pairs, roles, strict=True))
    return ProbabilityColumns(levels, tuple(of_level[v].name if v in of_level else None for v in levels.values), None, named)


def _place(level: Any) -> tuple[bool, Any]:
    return (True, "") if level is THE_OTHER else (False, level)


def _levels(asked: ProbabilityArguments, pairs: Any, typed: Any, seen: Any, truth: str) -> tuple[Levels, Any]:
    """Settle the levels; where none are stated, columns that are named after them are bound by name."""
    stated: Any = None
    if asked.levels is not None:
        stated = given_levels(asked.levels)
    elif typed is not None or (isinstance(pairs, dict) and len(pairs) > 1):
        stated = tuple(pairs if typed is None else typed)
    if stated is not None:
        return Levels(stated, ordered=True, truth=truth, estimate=truth), pairs
    values = seen()
    if not values:
        return Levels((), ordered=False, truth=truth, estimate=truth, seen=False), pairs
    event = _event_of(asked, pairs, values)
    ordered = values if event is None else (event, *(v for v in values if v != event))
    if len(pairs) > 1:
        levels = Levels(ordered, ordered=event is not None, truth=truth, estimate=truth)
        return levels, _by_name(asked, pairs, levels)
    if len(values) > 2:
        raise _one_column(values, f"truth {truth!r}")
    if event is None and not _stated_events(asked, pairs):
        raise _which_level(asked, pairs, values, truth)
    return Levels(ordered, ordered=True, truth=truth, estimate=truth), pairs


def _by_name(asked: ProbabilityArguments, pairs: Any, levels: Levels) -> dict[Level, Any]:
    """Give each level's own column of several, by their names."""
    carried = _carried(pairs, levels.values)
    if not carried:
        raise _which_level(asked, pairs, tuple(sorted(levels.values, key=_place)), levels.truth)
    if asked.ordered_by is not None and len(levels) > 2:
        levels.require_order(asked.ordered_by)
    return {level: carried[level] for level in levels.values}


def _stated_events(asked: ProbabilityArguments, pairs: Any) -> list[Any]:
    return [*asked.events, *(pairs if isinstance(pairs, dict) else ())]


def _event_of(asked: ProbabilityArguments, pairs: Any, values: tuple[Level, ...]) -> Level | None:
    """Give the event of two levels that the call states, or that its one column is named after."""
    events = _stated_events(asked, pairs)
    if len(pairs) == 1 and not events and (own := _carried_level(pairs[0], values)) is not None:
        return own
    return events[0] if events and len(values) <= 2 and events[0] in values else None


def _which_level(asked: ProbabilityArguments, pairs: Any, values: Any, truth: str) -> LevelError:
    """Say how to state which column belongs to which level; never in the order in which classes happen to appear."""
    if len(pairs) == 1:
        wanted = f"event={likely_event(values)!r}, or {levels_argument(values)} with the event first"
    elif isinstance(pairs[0], str):
        wanted = f"{asked.argument}={{{values[0]!r}: <its column>, ...}}, or levels=[...] in the order of the columns"
    else:
        argument = f"levels=[{', '.join(map(repr, values))}]" if len(values) <= 6 else "levels=list(model.classes_)"
        wanted = f"levels=[...] in the order of the columns. Those of scikit-learn follow model.classes_, sorted: {argument}"
    return LevelError(
        f"cannot tell which level each probability column belongs to: the type of truth {truth!r} has no levels. Pass {wanted}."
    )


def _pairs_of_columns(asked: ProbabilityArguments, frame: Any, names: list[str]) -> list[str] | dict[Any, str]:
    given, argument = asked.columns, asked.argument
    if isinstance(given, Mapping):
        if not given:
            raise OptionError(f"{argument}: the mapping is empty; expected {{level: column}}.")
        return {level: find(column, argument, names) for level, column in given.items()}
    if isinstance(given, (set, frozenset)):
        raise OptionError(f"{argument}: a set has no order; pass a list of columns, or a mapping {{level: column}}.")
    many = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    found: list[str] = []
    for item in many:
        selected = isinstance(item, (nw.Expr, pl.Expr))
        found += select(item, argument, frame, names) if selected else [find(item, argument, names)]
    if not found:
        raise OptionError(f"{argument}: expected a column of probabilities, or one per level; got none.")
    if len(set(found)) < len(found):
        raise OptionError(f"{argument}: each column may appear only once; got {listed(found)}.")
    return found


def pairs_of_vectors(given: Any) -> list[Any] | dict[Any, Any]:
    """Split the probabilities of a vector form: one vector, several, a mapping, or an array [n, levels]."""
    if isinstance(given, Mapping):
        return dict(given)
    if getattr(given, "ndim", 1) == 2 and hasattr(given, "T") and not hasattr(given, "columns"):
        return list(given.T)
    if isinstance(given, (list, tuple)) and given and hasattr(given[0], "__len__") and not isinstance(given[0], (str, bytes)):
        return list(given)
    return [given]


def _carried(columns: Sequence[Any], levels: Sequence[Level]) -> dict[Level, str] | None:
    """Find the level in each name (`VF`, `.pred_VF`, `p_VF`), if every name contains its own level."""
    found: dict[Level, str] = {}
    for column in columns:
        if not isinstance(column, str):
            return None
        carried = [v for v in levels if _carries(column, v)]
        if carried:
            found[max(carried, key=lambda v: len(str(v)))] = column
    return found if len(found) == len(columns) == len(levels) else None


def _carries(column: str, level: Any) -> bool:
    return column == str(level) or column.endswith((f"_{level}", f".{level}"))


def _mapping(carried: Mapping[Level, str]) -> str:
    return "{" + ", ".join(f"{level!r}: {column!r}" for level, column in carried.items()) + "}"


def _require_order_of_names(asked: ProbabilityArguments, columns: Sequence[Any], levels: Levels) -> None:
    carried = _carried(columns, levels.values)
    if carried and [carried[level] for level in levels.values] != list(columns):
        in_order = {level: carried[level] for level in levels.values}
        raise LevelError(
            f"{asked.argument}: the order of the columns {listed(columns)} differs from the order of the levels "
            f"{listed(levels.values)}. Pass {asked.argument}={_mapping(in_order)}."
        )


def typed_levels(frame: Any, truth: str) -> tuple[Level, ...] | None:
    """Return the levels of a column's type, without reading its rows."""
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
    """Read the distinct classes of a column whose type has no levels."""
    what = f"truth {truth!r}"
    if isinstance(frame, nw.DataFrame):
        series, described = encode_class(column_of(frame, truth), what)
    else:
        dtype = dtype_of(frame, truth)
        require_plain(dtype, what)
        require_classes(dtype, what)
        distinct = take(frame, names, {TRUTH: truth}).group_by(TRUTH).agg(nw.len().alias("tm_n"))
        series, described = distinct.collect(backend="polars").to_native().get_column(TRUTH), ClassColumn(what)
    coded = (
        described.decode(series)
        if described.values is not None
        else code_series(series if series.dtype == pl.Object else series.unique(), what)
    )
    return tuple(sorted(coded.values, key=lambda v: v))
