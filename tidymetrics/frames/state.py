"""States as users hold them, frames of any library: their columns, and how they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError, StateError, listed
from tidymetrics.frames.encode import Key, encode_key
from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.prepared import Origin, column_of
from tidymetrics.frames.recognise import InputFrame, recognise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = 1
TEXTS = ("statistic", "part", "how", "truth", "predicted")
NUMBERS = ("at", "time", "value")
FIELDS = (*TEXTS, *NUMBERS, "meta")
"""The columns of a state after its keys, without the dot that they begin with."""
_NEEDED = ("statistic", "part", "how", "value", "meta")


@dataclass(frozen=True, eq=False, repr=False)
class StateRows:
    """The rows of a state, or of several, one under the other."""

    table: pl.DataFrame
    """`tm_k0`, `tm_k1`, ... and the FIELDS; a state without keys has none"""
    origin: Origin
    frame: pl.DataFrame
    """The keys under their own names, without rows: a polars state has their types."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the keys."""
        return tuple(key.name for key in self.origin.keys)


def require_free_names(keys: Sequence[str]) -> None:
    """Refuse keys that are named like a column of the state."""
    if taken := [name for name in keys if name.startswith(".") and name[1:] in (*FIELDS, "batch")]:
        raise OptionError(f"by: the name {taken[0]!r} is that of a column of the state; rename your column first.")


def read_state(*states: Any) -> StateRows:
    """Read states of one library, whose rows stand one under the other."""
    if not states:
        raise StateError("expected at least one state.")
    given = [_eager(state) for state in states]
    frames, wrapped, implementation = [g[0] for g in given], given[0][1], given[0][2]
    keys = [name for name in frames[0].columns if name.removeprefix(".") not in FIELDS or not name.startswith(".")]
    for frame in frames:
        if lacking := [f".{name}" for name in _NEEDED if f".{name}" not in frame.columns]:
            raise StateError(
                f"this is no state: it has no column {lacking[0]!r}. States are made by metric.state(data, ...); got the "
                f"columns {listed(frame.columns)}."
            )
    whole = frames[0] if len(frames) == 1 else _stacked(frames, keys)
    data: dict[str, pl.Series] = {}
    restore: list[Key] = []
    for i, name in enumerate(keys):
        data[f"tm_k{i}"], key = encode_key(column_of(whole, name, as_it_is=True), name)
        restore.append(key)
    size = len(whole)
    for name in FIELDS:
        own = whole.get_column(f".{name}") if f".{name}" in whole.columns else None
        data[name] = _numbers(own, size) if name in NUMBERS else _texts(own, size)
    table = pl.DataFrame(data)
    _require_format(table.get_column("meta"))
    # a bound of no rows is missing, as NaN where a library has nothing else for it
    bound = pl.col("how").is_in(["min", "max", "mean"])
    table = table.with_columns(
        pl.when(bound).then(pl.col("value").fill_nan(None)).otherwise(pl.col("value").fill_null(float("nan"))).alias("value"),
        pl.col("at", "time").fill_nan(None),
    )
    shape = {name: data[f"tm_k{i}"].dtype for i, name in enumerate(keys)}
    return StateRows(table, Origin(implementation, wrapped=wrapped, keys=tuple(restore)), pl.DataFrame(schema=shape))


def polars_state(*states: Any) -> tuple[pl.DataFrame, Origin]:
    """Give states as a polars frame under their own names, and where they come from."""
    rows = read_state(*states)
    keys = {key.name: key.restore(rows.table.get_column(f"tm_k{i}")) for i, key in enumerate(rows.origin.keys)}
    plain = {n: k if isinstance(k, pl.Series) else pl.Series(n, k.to_list()) for n, k in keys.items()}
    fields = {f".{n}": rows.table.get_column(n).cast(pl.String if n in (*TEXTS, "meta") else pl.Float64) for n in FIELDS}
    frame = pl.DataFrame({**plain, **fields}).with_columns(pl.col(*(f".{n}" for n in (*TEXTS, "meta"))).cast(pl.Categorical))
    return frame, Origin(rows.origin.implementation, rows.origin.wrapped, ())


def _eager(state: Any) -> tuple[nw.DataFrame[Any], bool, nw.Implementation]:
    source = recognise(state, None)
    frame = source.frame
    if isinstance(frame, nw.LazyFrame):
        implementation = frame.implementation
        return (frame.collect() if is_polars(frame) else frame.collect(backend="polars")), source.wrapped, implementation
    return frame, source.wrapped, frame.implementation


def _stacked(frames: Sequence[nw.DataFrame[Any]], keys: Sequence[str]) -> nw.DataFrame[Any]:
    """Put states one under the other; their keys must be the same, of the same types."""
    first = frames[0]
    for frame in frames[1:]:
        own = [name for name in frame.columns if not (name.startswith(".") and name[1:] in FIELDS)]
        if set(own) != set(keys):
            raise StateError(f"the states have other keys: {listed(keys) or 'none'}; and {listed(own) or 'none'}.")
        for name in keys:
            if frame.schema[name] != first.schema[name] and len(frame) and len(first):
                raise StateError(
                    f"the key {name!r} is {first.schema[name]} in one state and {frame.schema[name]} in another; cast one "
                    "of them."
                )
        if frame.implementation is not first.implementation:
            raise StateError(
                f"the states are frames of unlike libraries, {first.implementation.value} and {frame.implementation.value}; "
                "convert one of them."
            )
    some = [frame for frame in frames if len(frame)] or [first]
    plain = []
    for frame in some:
        labels = [f".{name}" for name in (*TEXTS, "meta") if f".{name}" in frame.columns]
        coded = [name for name in labels if frame.schema[name] in (nw.Categorical, nw.Enum)]
        names = [*keys, *(f".{name}" for name in FIELDS if f".{name}" in frame.columns)]
        plain.append(frame.select(names).with_columns(nw.col(coded).cast(nw.String)) if coded else frame.select(names))
    if first.implementation.is_polars():
        return nw.from_native(pl.concat([frame.to_native() for frame in plain], how="diagonal_relaxed"), eager_only=True)
    return nw.maybe_reset_index(nw.concat(plain, how="diagonal"))


def _numbers(series: nw.Series[Any] | None, size: int) -> pl.Series:
    if series is None:
        return pl.repeat(None, size, dtype=pl.Float64, eager=True)
    native = series.to_native()
    if isinstance(native, pl.Series):
        return native.cast(pl.Float64)
    return pl.Series(np.array([np.nan if value is None else value for value in series.to_list()], np.float64))


def _texts(series: nw.Series[Any] | None, size: int) -> pl.Series:
    if series is None:
        return pl.repeat(None, size, dtype=pl.String, eager=True)
    native = series.to_native()
    if isinstance(native, pl.Series):
        return native.cast(pl.String)
    known: dict[Any, str | None] = {}
    return pl.Series([known[v] if v in known else known.setdefault(v, _text(v)) for v in series.to_list()], dtype=pl.String)


def _text(value: Any) -> str | None:
    if isinstance(value, float):  # a whole number in a column with gaps, or a gap
        return str(int(value)) if value == value and value == int(value) else None  # noqa: PLR0124
    return None if value is None or type(value).__name__ == "NAType" else str(value)


def parsed(meta: str | None) -> dict[str, Any]:
    """Read what a row says of its statistic."""
    try:
        read = json.loads(meta) if meta else {}
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise StateError(f"this is no state: its column .meta holds {listed([meta])}, which is no JSON object.")
    return read


def _require_format(metas: pl.Series) -> None:
    for meta in metas.unique():
        read = parsed(meta)
        if read.get("format") != FORMAT:
            by = f", made by tidymetrics {read['package']}" if "package" in read else ""
            raise StateError(f"the state is of format {read.get('format')!r}{by}; this version reads format {FORMAT}.")


def frame_without_rows(columns: Mapping[str, tuple[str, Sequence[Any] | None]], keys: pl.DataFrame, by: Any) -> InputFrame:
    """Give a frame of no rows that has the columns of a call, and the keys of a state.

    Each column is "number", or "class" with its levels, where these are known, or the name of their type.
    """
    kinds: dict[str, Any] = dict(keys.schema)
    for name, (kind, levels) in columns.items():
        kinds[name] = pl.Float64() if kind == "number" else _class_type(kind, levels)
    return InputFrame(nw.from_native(pl.DataFrame(schema=kinds), eager_only=True), by, wrapped=False)


def _class_type(kind: str, levels: Sequence[Any] | None) -> Any:
    if levels and all(isinstance(level, str) for level in levels):
        return pl.Enum(list(levels))
    of_level = type(levels[0]).__name__ if levels else kind
    return {"int": pl.Int64(), "bool": pl.Boolean()}.get(of_level, pl.String())
