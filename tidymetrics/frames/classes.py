"""Encode classes as integers, and settle the levels that truth and estimate share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.errors import LevelError, OptionError, listed, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Codes, Level

_COMPARED_ONE_BY_ONE = 16
"""Up to this many distinct strings, comparing with each one is faster than sorting."""


@dataclass(frozen=True, eq=False, repr=False)
class Coded:
    """A class column as positions in its distinct values."""

    codes: Codes
    """[n] position in `values`, -1 where missing."""
    values: tuple[Level, ...]
    typed: bool
    """Whether `values` are the levels of the column's type, not only the values found in its rows."""


@dataclass(frozen=True)
class Levels:
    """The classes of one call, in order."""

    values: tuple[Level, ...]
    ordered: bool
    """Whether a type, `levels=` or `event=` states the order; otherwise it comes from sorting."""
    truth: str
    estimate: str
    seen: bool = True
    """Whether any row has a class."""

    def __len__(self) -> int:
        return len(self.values)

    def require_order(self, what: str) -> None:
        """Raise if the result depends on an order that is not stated."""
        if self.ordered or not self.seen:
            return
        event = likely_event(self.values)
        first = f"event={event!r}, or {levels_argument(self.values)} with the event first"
        if len(self) == 1:
            first = f"event={event!r}, or levels=[{event!r}, <the other class>] with the event first"
        types = f"the types of the columns {self.truth!r} and {self.estimate!r} do"
        if self.truth == self.estimate:
            types = f"the type of the column {self.truth!r} does"
        raise LevelError(
            f"{what} depends on the order of the levels, but {types} not define one. Pass "
            + (f"{first}." if len(self) <= 2 else f"{levels_argument(self.values)}, the lowest level first.")
        )


class _TheOther:
    """Stands for a class of two that is known only once the rows are read."""

    def __repr__(self) -> str:
        return "<the other class>"


THE_OTHER: Any = _TheOther()
BOOLEANS: tuple[Level, ...] = (True, False)

_AFFIRMATIVE = {"yes", "y", "true", "t", "positive", "pos", "1"}
_WRITTEN = 6
"""So many levels are written out where they are to be pasted."""


def likely_event(values: Sequence[Level]) -> Level:
    """Give the level to propose as the event: 1 before 0, and "yes", "true" and "positive" before their opposites."""
    return next((v for v in values if str(v).lower() in _AFFIRMATIVE), values[0])


def levels_argument(values: Sequence[Level]) -> str:
    """Write the argument that states the order of levels: of two, the likely event first."""
    values = tuple(values)
    if len(values) == 2 and likely_event(values) == values[1]:
        values = values[::-1]
    if len(values) > _WRITTEN:
        return f"levels=[{', '.join(map(shown, values[:3]))}, ...] (all {len(values)} of them)"
    return f"levels=[{', '.join(map(repr, values))}]"


def code_series(series: pl.Series, what: str) -> Coded:
    """Encode a polars series of classes; `what` names it in errors."""
    series = series.alias("tm")  # polars reads a name such as `*` as a pattern even in methods of a Series
    dtype = series.dtype
    if isinstance(dtype, pl.Enum):
        codes = series.to_physical()
        codes = codes.cast(pl.Int64).fill_null(-1) if codes.null_count() else codes
        return Coded(codes.to_numpy().astype(np.int64), tuple(dtype.categories.to_list()), typed=True)
    if dtype == pl.Boolean:  # True first: the event of a boolean column is True
        return Coded((1 - series.cast(pl.Int64)).fill_null(-1).to_numpy(), BOOLEANS, typed=True)
    if dtype.is_float():
        series = _whole(series, what)
    if isinstance(dtype, pl.Categorical) or dtype == pl.Null:
        series = series.cast(pl.String)
    if not (series.dtype == pl.String or series.dtype.is_integer()):
        raise LevelError(
            f"{what}: expected classes (an Enum or Categorical, strings, integers or booleans); got {dtype}. "
            "Cast the column to one of these."
        )
    values = series.drop_nulls().unique().sort()
    if series.dtype == pl.String:
        coded = series.cast(pl.Enum(values)).to_physical().cast(pl.Int64)
    else:
        coded = values.search_sorted(series).cast(pl.Int64)
        coded = coded.set(series.is_null(), -1) if series.null_count() else coded
    return Coded(coded.fill_null(-1).to_numpy(), tuple(values.to_list()), typed=False)


def code_array(array: np.ndarray[Any, Any], what: str) -> Coded:
    """Encode a numpy array [n] of classes."""
    if array.dtype.kind == "b":
        return Coded(1 - array.astype(np.int64), BOOLEANS, typed=True)
    if array.dtype.kind not in "iuU":
        return code_series(pl.Series(array), what)
    values = np.unique(array)
    if len(values) <= _COMPARED_ONE_BY_ONE:
        codes = (array == values[1]).astype(np.int64) if len(values) > 1 else np.zeros(len(array), np.int64)
        for code in range(2, len(values)):
            codes += code * (array == values[code])
    else:
        codes = np.searchsorted(values, array)
    return Coded(codes, tuple(values.tolist()), typed=False)


def code_list(values: Sequence[Any], what: str) -> Coded:
    """Encode a plain sequence [n] of classes; None is missing."""
    kinds = set(map(type, values)) - {type(None)}
    if len(kinds) != 1 or not kinds <= {str, int, bool}:
        try:
            seen = [value for value in dict.fromkeys(values) if not is_missing(value)]
        except TypeError:
            raise LevelError(f"{what}: expected classes (strings, integers or booleans); got {listed(values, 2)}.") from None
        position = {value: i for i, value in enumerate(seen)}
        coded = np.array([-1 if is_missing(value) else position[value] for value in values], np.int64)
        return code_seen(coded, seen, what)
    distinct = list(BOOLEANS) if kinds == {bool} else sorted(set(values) - {None})
    table = {value: i for i, value in enumerate(distinct)} | {None: -1}
    codes = np.fromiter(map(table.__getitem__, values), np.int64, len(values))
    return Coded(codes, tuple(distinct), typed=kinds == {bool})


def is_missing_type(kind: type) -> bool:
    """Recognise pandas' own missing values without importing pandas."""
    return kind.__name__ in {"NAType", "NaTType"}


def is_missing(value: Any) -> bool:
    """Recognise None, NaN of any float type, and pandas' missing values."""
    if isinstance(value, (float, np.floating)):
        return isnan(value)
    return value is None or is_missing_type(type(value)) or (isinstance(value, Decimal) and value.is_nan())


def code_seen(codes: Codes, values: Sequence[Any], what: str) -> Coded:
    """Check the distinct Python values found by a library's own encoding."""
    if any(value is None for value in values):  # Arrow's dictionaries may hold a null
        known = [value for value in values if value is not None]
        places = iter(range(len(known)))
        codes = relabel(codes, [-1 if value is None else next(places) for value in values])
        return code_seen(codes, known, what)
    kinds = {_kind(value) for value in values}
    if kinds == {"boolean"}:
        order = {True: 0, False: 1}
        return Coded(relabel(codes, [order[bool(v)] for v in values]), BOOLEANS, typed=True)
    if kinds == {"number"}:
        whole = _whole(pl.Series([float(v) for v in values]), what).to_list()
        return Coded(codes, tuple(whole), typed=False)
    if len(kinds) > 1:
        raise LevelError(f"{what}: the column mixes values of several types: {listed(values)}. Cast it to one type.")
    if kinds - {"string", "integer"}:
        raise LevelError(f"{what}: expected classes (categories, strings, integers or booleans); got {listed(values)}.")
    return Coded(codes, tuple(str(v) if isinstance(v, str) else int(v) for v in values), typed=False)


def _kind(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (int, np.integer)):
        return "integer"
    return "number" if isinstance(value, (float, np.floating)) else type(value).__name__


def _whole(series: pl.Series, what: str) -> pl.Series:
    """Convert whole floats to integers: pandas turns integers into floats when values are missing."""
    series = series.fill_nan(None)
    fraction = series.filter(series != series.floor())
    huge = series.filter(series.abs() >= 2.0**63)
    if len(fraction) or len(huge):
        bad = fraction if len(fraction) else huge
        raise LevelError(
            f"{what}: expected classes; got the number {bad[0]!r}. Use a numeric metric such as rmse for numbers, or a "
            "probability metric such as roc_auc for probabilities; or cast the column to strings or integers."
        )
    return series.cast(pl.Int64)


def relabel(codes: Codes, positions: Sequence[int]) -> Codes:
    """Replace codes by their new positions; -1 stays."""
    if list(positions) == list(range(len(positions))):
        return codes
    table = np.array([*positions, -1], np.int64)
    return table[codes]


def in_levels(column: Coded, levels: Sequence[Level]) -> Codes:
    """Return a column's codes as positions in the levels; -1 for values that are not levels."""
    position = {_exact(value): i for i, value in enumerate(levels)}
    return relabel(column.codes, [position.get(_exact(v), -1) for v in column.values])


def share_levels(
    truth: Coded,
    estimate: Coded,
    names: tuple[str, str],
    levels: Sequence[Level] | None,
) -> tuple[Levels, Codes, Codes]:
    """Settle the levels of one call; return them with the codes of both columns in that order."""
    values, ordered = _found_values(truth, estimate, names) if levels is None else (given_levels(levels), True)
    for column, name in ((truth, names[0]), (estimate, names[1])):
        require_known(column, name, values, given=levels is not None)
    shared = Levels(values, ordered, *names, seen=any(len(c.codes) and c.codes.max() >= 0 for c in (truth, estimate)))
    return shared, in_levels(truth, shared.values), in_levels(estimate, shared.values)


def _exact(value: Level) -> tuple[bool, Level]:
    """Distinguish True from 1, which compare equal in Python."""
    return isinstance(value, bool), value


def given_levels(levels: Sequence[Level], least: int = 2) -> tuple[Level, ...]:
    """Check the levels passed as `levels=`."""
    if isinstance(levels, (str, set, frozenset, Mapping)) or not hasattr(levels, "__iter__"):
        raise LevelError(f"levels=: expected a list of all classes in order; got {shown(levels)}.")
    values = tuple(v.item() if isinstance(v, np.generic) else v for v in levels)
    if wrong := [v for v in values if not isinstance(v, (str, int))]:
        raise LevelError(f"levels=: expected strings, integers or booleans; got {listed(wrong)}.")
    if len({_exact(v) for v in values}) < len(values):
        raise LevelError(f"levels=: each level may appear only once; got {listed(values)}.")
    if len(values) < least:
        raise LevelError(f"levels=: expected at least {'two levels' if least == 2 else 'one level'}; got {listed(values)}.")
    return values


def _found_values(truth: Coded, estimate: Coded, names: tuple[str, str]) -> tuple[tuple[Level, ...], bool]:
    if truth.typed and estimate.typed:
        if list(map(_exact, truth.values)) != list(map(_exact, estimate.values)):
            raise LevelError(_difference(truth.values, estimate.values, names))
        return truth.values, True
    if truth.typed or estimate.typed:
        return (truth.values if truth.typed else estimate.values), True
    seen_truth, seen_estimate = set(_seen(truth)), set(_seen(estimate))
    if len({type(v) for v in seen_truth | seen_estimate}) > 1:
        raise LevelError(
            f"truth {names[0]!r} holds {listed(seen_truth)} and estimate {names[1]!r} holds "
            f"{listed(seen_estimate)}: cast both to one type."
        )
    values = tuple(sorted(seen_truth | seen_estimate, key=lambda v: v))
    if seen_truth and (extra := sorted(seen_estimate - seen_truth, key=lambda v: v)):
        raise LevelError(
            f"estimate {names[1]!r} holds {listed(extra)}, which does not occur in truth {names[0]!r}. Fix it if it "
            f"is a typo; if it is a class, pass {levels_argument(values)} in the order you want."
        )
    return values, False


def _seen(column: Coded) -> list[Level]:
    """Return the values found in rows; the type may have more."""
    if not column.typed:
        return list(column.values)
    return [column.values[i] for i in np.unique(column.codes) if i >= 0]


def _difference(truth: Sequence[Level], estimate: Sequence[Level], names: tuple[str, str]) -> str:
    parts = [f"truth {names[0]!r} and estimate {names[1]!r} must have the same levels in the same order"]
    if only := [v for v in truth if v not in estimate]:
        parts.append(f"only truth has {listed(only)}")
    if only := [v for v in estimate if v not in truth]:
        parts.append(f"only estimate has {listed(only)}")
    if len(parts) == 1:
        parts.append(f"the order differs: {listed(truth)} and {listed(estimate)}")
    return "; ".join(parts) + f". Pass {levels_argument(tuple(dict.fromkeys([*truth, *estimate])))}, in the order you want."


def require_known(column: Coded, name: str, values: tuple[Level, ...], *, given: bool) -> None:
    """Refuse values that are not levels."""
    known = {_exact(v) for v in values}
    if all(_exact(v) in known for v in column.values):
        return
    if unknown := [v for v in _seen(column) if _exact(v) not in known]:
        source = "levels=" if given else "the other column's type"
        raise LevelError(f"column {name!r} holds {listed(unknown)}, which {source} does not list: {listed(values)}.")


def require_type_of_levels(dtype: Any, levels: Sequence[Level], what: str) -> None:
    """Refuse levels whose type differs from the column's: engines compare such values differently."""
    words = str(dtype) in {"String", "Null", "Object", "Unknown"} or str(dtype).startswith(("Enum", "Categorical"))
    kinds = {bool: str(dtype) == "Boolean", int: dtype.is_numeric(), str: words}
    if wrong := [level for level in levels if not kinds[type(level)]]:
        raise LevelError(f"{what}: the column has type {dtype}, which cannot hold the level {wrong[0]!r}.")


def event_position(levels: Levels, event: Level | None, event_level: str, what: str) -> int:
    """Return the position of the event among two levels; errors name `what`."""
    if event is None:
        levels.require_order(what)
        return 0 if event_level == "first" else 1
    event = event.item() if isinstance(event, np.generic) else event
    if not isinstance(event, (str, int, float)):
        raise OptionError(f"event=: expected one of the levels {listed(levels.values)}; got {shown(event)}.")
    known = [_exact(value) for value in levels.values]
    if len(known) > 2:
        raise LevelError(
            f"event= needs exactly two levels; there are {len(known)}: {listed(levels.values)}. Leave it out, or pass "
            'estimator="per_class" for the value of each level.'
        )
    if _exact(event) in known:
        return known.index(_exact(event))
    if not levels.seen and not levels.ordered:
        return 0
    raise LevelError(f"event={shown(event)} is not one of the levels: {listed(levels.values)}.")
