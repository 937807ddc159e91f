"""Classes of probabilities, as expressions: nothing is computed before the frame is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from tidymetrics.errors import LevelError
from tidymetrics.frames.columns import find, names_of
from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.probabilities import typed_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Level


def levels_like(frame: Any, column: Any) -> tuple[Level, ...]:
    """Give the levels of a column's type."""
    find(column, "like", names_of(frame))
    levels = typed_levels(frame, column)
    if levels is None:
        raise LevelError(f"like: the type of {column!r} has no levels; pass levels=[...], all classes in order.")
    return tuple(levels)


def _number(column: str | float) -> Any:
    return nw.col(column).cast(nw.Float64) if isinstance(column, str) else nw.lit(float(column))


def _known(column: str | float) -> Any:
    if not isinstance(column, str):
        return None
    return ~(_number(column).is_null() | _number(column).is_nan())


def decided(
    column: str, levels: Sequence[Level], threshold: str | float, buffer: tuple[float, float] | None, event: int
) -> Any:
    """Give the event's level from the threshold on, else the other; null inside the buffer and where a number is missing."""
    p, at = _number(column), _number(threshold)
    known = _known(column)
    if isinstance(threshold, str):
        known = known & _known(threshold)
    if buffer is not None:
        known = known & ~((p >= at - buffer[0]) & (p <= at + buffer[1]))
    return nw.when(known & (p >= at)).then(nw.lit(levels[event])).otherwise(nw.when(known).then(nw.lit(levels[1 - event])))


def decided_among(
    columns: Sequence[str], levels: Sequence[Level], thresholds: Mapping[Any, float] | None, min_prob: float | None
) -> Any:
    """Give the level of the largest probability, or of the largest share of its threshold, the first on ties."""
    known = _known(columns[0])
    for column in columns[1:]:
        known = known & _known(column)
    worth = [_number(c) if thresholds is None else _number(c) / thresholds[v] for c, v in zip(columns, levels, strict=True)]
    best, chosen = worth[0], nw.lit(levels[0])
    for value, level in zip(worth[1:], levels[1:], strict=True):
        greater = value > best
        chosen = nw.when(greater).then(nw.lit(level)).otherwise(chosen)
        best = nw.when(greater).then(value).otherwise(best)
    if min_prob is not None:
        reaches = _number(columns[0]) >= min_prob
        for column in columns[1:]:
            reaches = reaches | (_number(column) >= min_prob)
        known = known & reaches
    return nw.when(known).then(chosen)


def with_classes(frame: Any, name: str, classes: Any, levels: Sequence[Level]) -> Any:
    """Add a column of classes to a frame, in the type by which its library holds levels."""
    if all(isinstance(level, str) for level in levels):
        if is_polars(frame) or frame.implementation.is_pandas_like():
            classes = classes.cast(nw.Enum([str(level) for level in levels]))
        elif frame.implementation.is_pyarrow():
            return _with_dictionary(frame.with_columns(classes.alias(name)), name, levels)
    return frame.with_columns(classes.alias(name))


def _with_dictionary(frame: Any, name: str, levels: Sequence[Level]) -> Any:
    """Give an Arrow column of text its levels."""
    pa = frame.implementation.to_native_namespace()
    table = frame.to_native()
    codes = pa.compute.index_in(table.column(name), value_set=pa.array(levels, pa.string()))
    chunks = [pa.DictionaryArray.from_arrays(chunk, pa.array(levels, pa.string())) for chunk in codes.chunks]
    dtype = pa.dictionary(pa.int32(), pa.string())
    place = table.schema.get_field_index(name)
    return nw.from_native(table.set_column(place, name, pa.chunked_array(chunks, dtype)))
