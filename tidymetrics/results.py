"""Arrays and group keys as a tidy frame of the caller's own library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.inputs.rows import Owner
    from tidymetrics.typing import Array

_EAGER = {
    nw.Implementation.POLARS,
    nw.Implementation.PANDAS,
    nw.Implementation.MODIN,
    nw.Implementation.CUDF,
    nw.Implementation.PYARROW,
}


@dataclass(frozen=True)
class Block:
    """The rows of one metric: a value for each group, or for each group and level."""

    metric: str
    estimator: str
    values: Array
    """[groups], or [groups, levels]"""
    extra: Mapping[str, Sequence[Any]]
    """Columns between `.estimator` and `.estimate` with their values [levels], such as `.level`."""


def plain_frame(**columns: Sequence[Any]) -> pl.DataFrame:
    """Give columns as a polars frame, where there is no caller's frame whose library it could be."""
    return pl.DataFrame(columns)


def tidy(blocks: Sequence[Block], groups: pl.DataFrame, owner: Owner) -> Any:
    """Build the result, metric by metric, inside a metric by group, inside a group by level."""
    n = len(groups)
    wide = [max(1, block.values.shape[1]) if block.values.ndim == 2 else 1 for block in blocks]
    row = np.concatenate([np.repeat(np.arange(n), width) for width in wide])  # [rows] group
    labels = pl.DataFrame({".metric": [b.metric for b in blocks], ".estimator": [b.estimator for b in blocks]})
    of_block = np.repeat(np.arange(len(blocks)), [n * width for width in wide])  # [rows] block
    columns: dict[str, pl.Series] = labels[of_block].to_dict()
    for name in dict.fromkeys(name for block in blocks for name in block.extra):
        parts = [_extra(block, name, n * width, n) for block, width in zip(blocks, wide, strict=True)]
        columns[name] = _stacked(parts)
    estimate = np.concatenate([block.values.reshape(-1) for block in blocks]).astype(np.float64)
    columns[".estimate"] = pl.Series(estimate, nan_to_null=True)
    return build(columns, row, groups, owner)


def _extra(block: Block, name: str, n_rows: int, n_groups: int) -> pl.Series:
    if name not in block.extra:
        return pl.Series([None] * n_rows, dtype=pl.Null)
    values = pl.Series(list(block.extra[name]))
    return values.gather(np.tile(np.arange(len(values)), n_groups))


def _stacked(parts: Sequence[pl.Series]) -> pl.Series:
    """Stack columns of one type, some of which may have no values and so no type."""
    dtype = next((part.dtype for part in parts if part.dtype != pl.Null), pl.Null)
    return pl.concat([part.cast(dtype) for part in parts])


def build(columns: Mapping[str, pl.Series], row: np.ndarray[Any, Any], groups: pl.DataFrame, owner: Owner) -> Any:
    """Put the keys of each row [rows] before its columns, in the owner's library."""
    implementation: Any = owner.implementation
    taken = groups[row]
    keys = {key.name: key.restore(taken.get_column(f"tm_k{i}")) for i, key in enumerate(owner.keys)}
    if implementation in _EAGER and implementation is not nw.Implementation.POLARS:
        made = {name: _to_backend(name, series, implementation) for name, series in columns.items()}
        result: nw.DataFrame[Any] = nw.from_dict(made, backend=implementation)
        # added as Series, since a new frame would guess the types of its columns anew
        named = [series.alias(name) for name, series in keys.items()]
        result = result.with_columns(*named).select(*keys, *made) if named else result
    else:
        frame = pl.DataFrame({**{name: series.to_native() for name, series in keys.items()}, **columns})
        result = nw.from_native(frame)
        if implementation is nw.Implementation.DASK:
            result = nw.from_native(result.to_pandas())
        elif implementation is not nw.Implementation.POLARS:
            result = nw.from_native(result.to_arrow())
    return result if owner.wrapped else result.to_native()


def _to_backend(name: str, series: pl.Series, implementation: Any) -> nw.Series[Any]:
    if series.dtype.is_float() and implementation is not nw.Implementation.PYARROW:
        return nw.new_series(name, series.to_numpy(), backend=implementation)
    dtype = nw.Float64() if series.dtype.is_float() else None
    return nw.new_series(name, series.to_list(), dtype, backend=implementation)
