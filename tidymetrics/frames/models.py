"""The predictions of several models one below the other, made by the engine in one scan of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from tidymetrics.frames.beside import bring
from tidymetrics.frames.columns import find_keys, names_of
from tidymetrics.frames.engines import dtype_of, is_polars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.recognise import InputFrame

MODEL = ".model"
_CODE = "tm_model"


def one_below_the_other(source: InputFrame, names: Sequence[Any], columns: Mapping[str, Sequence[Any]]) -> InputFrame | None:
    """Give the frame with a row for each row and model, and the model as its first key.

    Parameters
    ----------
    source
        The rows, which stay in their engine.
    names
        The models.
    columns
        Under the name of each new column that of each model.

    Returns
    -------
    None for rows in memory, which are read where they are, and for columns that cannot be one.
    """
    frame = source.frame
    if isinstance(frame, nw.DataFrame):
        return None
    there = names_of(frame)
    if {MODEL, _CODE} & set(there) or not {c for own in columns.values() for c in own} <= set(there):
        return None
    if len(set(map(str, names))) < len(names):
        return None
    if any(len({str(dtype_of(frame, c)) for c in own}) > 1 for own in columns.values()):
        return None
    keys = find_keys(source.by, frame, there)
    table = pl.DataFrame({_CODE: range(len(names)), MODEL: [str(name) for name in names]})
    models = nw.from_native(table.lazy()) if is_polars(frame) else bring(frame, table)
    made = {}
    for name, own in columns.items():
        chosen = nw.col(own[-1])
        for i, column in reversed(list(enumerate(own[:-1]))):
            chosen = nw.when(nw.col(_CODE) == i).then(nw.col(column)).otherwise(chosen)
        made[name] = chosen
    long = frame.join(models, how="cross").with_columns(**made)
    return replace(source, frame=long, by=[MODEL, *keys])
