"""Number the rows of a frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from tidymetrics.errors import EngineError

if TYPE_CHECKING:
    from tidymetrics.frames.recognise import InputFrame


def numbered_rows(source: InputFrame) -> tuple[InputFrame, str]:
    """Add the number of each row, by which contestants of the same rows are paired; and the name of its column."""
    name = "tm_number"
    if isinstance(source.frame, nw.DataFrame):
        return replace(source, frame=source.frame.with_row_index(name)), name
    native = source.frame.to_native()
    if not isinstance(native, pl.LazyFrame):
        raise EngineError(
            f"compare: the rows of {source.frame.implementation.value} have no order by which contestants could be paired; "
            "name the column that numbers them with unit=."
        )
    return replace(source, frame=nw.from_native(native.with_row_index(name))), name
