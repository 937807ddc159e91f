"""Results read again: the keys of their rows, groups inside others, and rows of comparisons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.core.results import (
    EAGER,
    build,
    column_values,
    eager_frame,
    extra_column,
    one_group,
    repeated,
    rows_at,
    split_groups,
    stacked,
    values_in,
)
from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.results import MetricValues
    from tidymetrics.frames import Origin
    from tidymetrics.typing import Array, Codes

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


def rebuilt(table: KeyedValues, columns: Mapping[str, Array | list[str | None]]) -> Any:
    """Build a frame of the keys and columns [keys], in the library of the result."""
    rows = table.keys.get_column("tm_row").to_list()
    kept = [c.removeprefix("key ") for c in table.keys.columns if c.startswith("key ")]
    frame = rows_at(table.frame.select(kept or table.names[:1]), np.array(rows, np.int64))
    frame = nw.from_native(frame, eager_only=True)
    made = {
        name: pl.Series(values, dtype=pl.String) if isinstance(values, list) else pl.Series(values, nan_to_null=True)
        for name, values in columns.items()
    }
    eager = eager_frame(made, frame.implementation) if frame.implementation in EAGER else nw.from_native(pl.DataFrame(made))
    frame = frame.with_columns(*(eager.get_column(name) for name in made)).select(*kept, *made)
    return frame if table.wrapped else frame.to_native()


def columns_in(result: Any) -> dict[str, list[Any]] | None:
    """Read a frame of any library in memory as lists, missing values as None; None for what is no such frame."""
    frame: Any = nw.from_native(result, pass_through=True)
    if not isinstance(frame, nw.DataFrame):
        return None
    return {
        name: [None if value is None or value != value else value for value in frame.get_column(name).to_list()]  # noqa: PLR0124
        for name in frame.columns
    }


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
    columns: dict[str, pl.Series] = {".metric": repeated([values.metric for values, *_ in rows], counts)}
    columns[".estimator"] = repeated([values.estimator for values, *_ in rows], counts)
    for name in dict.fromkeys(name for values, *_ in rows for name in values.extra):
        columns[name] = stacked([extra_column(values, name, n) for values, *_ in rows])
    for name, at in ((".first", 1), (".second", 2)):
        labels = pl.Series([row[at] for row in rows])
        columns[name] = labels.gather(np.repeat(np.arange(len(rows)), counts))
    for name in rows[0][3]:
        columns[name] = pl.Series(np.concatenate([row[3][name].reshape(-1) for row in rows]), nan_to_null=True)
    widths = [np.repeat(np.arange(n), values.width) for values, *_ in rows]
    return build(columns, groups[np.concatenate(widths)], origin)


def columns_of_result(result: Any) -> dict[str, list[Any]]:
    """Give the columns of a result in any library as lists."""
    frame: Any = nw.from_native(result, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, nw.DataFrame):
        raise OptionError(f"expected a frame of results; got {type(result).__name__}.")
    return {name: frame.get_column(name).to_list() for name in frame.columns}
