"""A column of lists as columns of their members."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from tidymetrics.errors import OptionError
from tidymetrics.frames.columns import find, names_of

if TYPE_CHECKING:
    from tidymetrics.frames.recognise import InputFrame


def spread_lists(source: InputFrame, column: str) -> tuple[InputFrame, list[str]]:
    """Give the frame with a column for each member of the lists in a column, and their names."""
    frame: Any = source.frame
    find(column, "estimate", names_of(frame))
    kind = frame.collect_schema()[column]
    if not isinstance(kind, (nw.List, nw.Array)):
        raise OptionError(f"estimate: expected a list of columns, or a column of lists; {column!r} is a column of {kind}.")
    if isinstance(kind, nw.Array):
        frame = frame.with_columns(nw.col(column).cast(nw.List(nw.Float64)))
    length = nw.col(column).list.len()
    found: Any = frame.select(tm_least=length.min(), tm_most=length.max())
    least, most = (found.collect() if isinstance(found, nw.LazyFrame) else found).rows()[0]
    if least is None or least != most or not most:
        got = "no lists" if least is None else "empty lists" if not most else f"lists of {least} to {most}"
        raise OptionError(f"estimate: expected lists as long in each row in {column!r}; got {got}.")
    names = [f"{column} {i + 1}" for i in range(most)]
    members = {name: nw.col(column).list.get(i).cast(nw.Float64) for i, name in enumerate(names)}
    return replace(source, frame=frame.with_columns(**members)), names
