"""The one pass over the rows that all requests of a call share.

What requests and checks want of the rows (sums, least values, ...) becomes one `group_by(keys).agg(...)` by the engine that
holds them. Requests differ in the columns without which a row is incomplete: each such set becomes copies of its columns that
are null together. Where a request wants its numbers by cells, the pass groups by these too, and what the others want is added
up from the cells. Plain vectors, which are one group, take the same row values as Series.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ORDER, PreparedFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.requests import Aggregate, Check, Request
    from tidymetrics.typing import Array, Codes

    Owner: TypeAlias = Request[Any] | Check
    Wanted: TypeAlias = dict[tuple[Owner, str], Aggregate]

HOW: dict[str, Callable[[Any], Any]] = {
    "sum": lambda rows: rows.sum(),
    "min": lambda rows: rows.min(),
    "max": lambda rows: rows.max(),
    "count": lambda rows: rows.count(),
    "len": lambda rows: rows.len(),
}
QUANTILE = "quantile "
"""What comes before the level of a quantile."""
_ADDED = ("sum", "count", "len")


@dataclass(frozen=True, eq=False, repr=False)
class CellTable:
    """The cells of one request: its numbers by name, and its columns."""

    table: pl.DataFrame
    group: Codes
    """[cells] the position of each cell's group"""


def reduce_values(rows: Any, how: str) -> Any:
    """Reduce the values of rows, in the way that an aggregate names."""
    if how.startswith(QUANTILE):
        return rows.quantile(float(how.removeprefix(QUANTILE)), interpolation="linear")
    return HOW[how](rows)


def wanted_of(owners: Iterable[Owner], rows: PreparedFrame | Vectors) -> tuple[Wanted, Wanted]:
    """Give all numbers that the pass must give, and the quantiles, which add up from nothing and have one of their own."""
    everything = {(owner, name): a for owner in owners for name, a in owner.aggregates(rows).items()}
    late = {key: a for key, a in everything.items() if a.how.startswith(QUANTILE)}
    return {key: a for key, a in everything.items() if key not in late}, late


def columns_of(frame: nw.LazyFrame[Any]) -> SimpleNamespace:
    """Give the columns of a frame as expressions, by their names without the prefix."""
    columns: dict[str, Any] = {name.removeprefix("tm_"): nw.col(name) for name in lazy_names(frame)}
    return SimpleNamespace(**{"weight": None, **columns})


def row_values(rows: PreparedFrame, wanted: Wanted, cells: Sequence[str]) -> nw.LazyFrame[Any]:
    """Give the keys, the cells and what each aggregate makes of a row, `tm_a0`, `tm_a1`, ..."""
    frame, columns = rows.frame, columns_of(rows.frame)
    known: dict[tuple[str, ...], SimpleNamespace] = {}
    masked: dict[str, nw.Expr] = {}
    whole: dict[str, nw.Expr] = {}
    reads_of = {owner: _gaps(rows, owner.reads) for owner, _ in wanted}
    for i, (names, gaps) in enumerate(dict.fromkeys(reads_of.values())):
        if not gaps or names == gaps[:1]:
            known[names] = columns  # nothing is missing, or one column is, and null as it is
            continue
        # a column of its own: written into each copy, it would grow with the square of the columns
        complete = nw.col(f"tm_c{i}")
        whole[f"tm_c{i}"] = ~nw.any_horizontal(*(nw.col(name).is_null() for name in gaps), ignore_nulls=True)
        copies = {name: f"tm_v{i}_{name.removeprefix('tm_')}" for name in names if name != ORDER}
        masked |= {copy: nw.when(complete).then(nw.col(name)) for name, copy in copies.items()}
        own = {name.removeprefix("tm_"): nw.col(copy) for name, copy in copies.items()}
        known[names] = SimpleNamespace(**{**vars(columns), **own})
    if masked:
        frame = frame.with_columns(**whole).with_columns(**masked)
    values = {
        f"tm_a{i}": a.rows(known[reads_of[owner][0]]) for i, ((owner, _), a) in enumerate(wanted.items()) if a.how != "len"
    }
    return frame.select(*rows.keys, *cells, **values)


def _gaps(rows: PreparedFrame, reads: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give those columns of `reads` that there are, and those that may have gaps."""
    names = tuple(name for name in reads if name in rows.roles)
    return names, tuple(name for name in names if name in rows.gaps)


def reduced(values: nw.LazyFrame[Any], keys: Sequence[str], wanted: Wanted) -> nw.LazyFrame[Any]:
    """Reduce row values by keys."""
    lengths = [f"tm_a{i}" for i, a in enumerate(wanted.values()) if a.how == "len"]
    others = {f"tm_a{i}": a.how for i, a in enumerate(wanted.values()) if a.how != "len"}
    counted = [nw.len().alias(lengths[0])] if lengths else []
    made = values.group_by(*keys).agg(*counted, *(reduce_values(nw.col(name), how) for name, how in others.items()))
    # Dask counts the rows of a group once only
    return made.with_columns(nw.col(lengths[0]).alias(name) for name in lengths[1:]) if len(lengths) > 1 else made


def added_up(table: pl.DataFrame, keys: Sequence[str], wanted: Wanted) -> pl.DataFrame:
    """Make what the pass gave by cells into numbers by keys."""
    merged = [
        pl.col(f"tm_a{i}").sum() if a.how in _ADDED else reduce_values(pl.col(f"tm_a{i}"), a.how)
        for i, a in enumerate(wanted.values())
    ]
    return table.group_by(keys, maintain_order=True).agg(merged)


def arrays_of(table: pl.DataFrame, wanted: Wanted) -> dict[tuple[Owner, str], Array]:
    """Give the numbers [groups] of a table whose rows are in the order of the groups."""
    found = {}
    for i, (key, a) in enumerate(wanted.items()):
        column = table.get_column(f"tm_a{i}").cast(pl.Float64)
        # of no values, some engines give the sum null and some 0
        found[key] = (column.fill_null(0.0) if a.how in _ADDED else column).to_numpy()
    return found


class _Columns:
    """Vectors as Series, by their names without the prefix, each made when a formula takes it."""

    def __init__(self, numbers: Mapping[str, Array], make: Callable[[str, Array], Any]) -> None:
        self._numbers = {name.removeprefix("tm_"): values for name, values in numbers.items()}
        self._make = make
        if "weight" not in self._numbers:
            self.weight = None

    def __getattr__(self, name: str) -> Any:
        """Make a Series, once."""
        if name not in self._numbers:
            raise AttributeError(name)
        made = self._make(name, self._numbers[name])
        setattr(self, name, made)
        return made

    def evaluated(self, rows: nw.Expr) -> Any:
        """Evaluate the expression that a formula with nw.when makes of the Series."""
        one: Any = getattr(self, next(iter(self._numbers)))
        return one.to_frame().select(rows.alias("rows")).get_column("rows")


def of_vectors(vectors: Vectors, aggregates: Iterable[Aggregate]) -> list[Array]:
    """Take aggregates of vectors, each [1]."""
    wrapped: Any = _Columns(vectors.numbers, lambda name, values: nw.new_series(name, values, backend="polars"))
    bare: Any = _Columns(vectors.numbers, pl.Series)
    values = []
    for aggregate in aggregates:
        rows = None
        if aggregate.plain and not vectors.weighted:
            with suppress(TypeError):  # a formula with nw.when, which takes no Series but its own
                rows = aggregate.rows(bare)
        rows = aggregate.rows(wrapped) if rows is None else rows
        value = reduce_values(wrapped.evaluated(rows) if isinstance(rows, nw.Expr) else rows, aggregate.how)
        values.append(np.array([np.nan if value is None else float(value)]))
    return values


def collect_numbered(rows: PreparedFrame, frame: nw.LazyFrame[Any]) -> tuple[pl.DataFrame, pl.DataFrame, Codes]:
    """Collect a reduction that has several rows in each group.

    Returns
    -------
    table
        The reduction.
    groups
        [groups] the distinct keys, sorted, nulls last.
    index
        [rows of the table] the position of each row's group.
    """
    keys = list(rows.keys)
    if not rows.grouped:
        table = rows.collect(frame)
        return table, pl.DataFrame({"tm_k0": [0]}), np.zeros(len(table), np.int64)
    if rows.small:  # one query instead of four
        sorted_rows = frame.to_native().sort(keys, nulls_last=True).with_columns(tm_group=pl.struct(keys).rle_id())
        table = rows.collect_native(sorted_rows)
        index = table.get_column("tm_group").to_numpy().astype(np.int64)
        starts = np.flatnonzero(np.diff(index, prepend=-1))
        return table, table[keys][starts], index
    table = rows.collect(frame)
    groups = table[keys].unique().sort(keys, nulls_last=True)
    numbered = table[keys].join(groups.with_row_index("tm_group"), on=keys, how="left", nulls_equal=True, maintain_order="left")
    return table, groups, numbered.get_column("tm_group").to_numpy().astype(np.int64)


def few_rows(rows: PreparedFrame) -> tuple[pl.DataFrame, pl.DataFrame, Codes]:
    """Give all columns of few rows in memory, the groups, and the position of each row's group [rows], as above."""
    table = rows.collect_native(rows.frame.to_native())
    keys = list(rows.keys)
    key = table.get_column(keys[0])
    if not rows.grouped:
        return table, pl.DataFrame({"tm_k0": [0]}), np.zeros(len(table), np.int64)
    if len(keys) == 1 and (key.dtype.is_integer() or isinstance(key.dtype, pl.Enum)) and not key.null_count():
        # numpy starts no threads
        values = (key if key.dtype.is_integer() else key.to_physical()).to_numpy()
        _, first, index = np.unique(values, return_index=True, return_inverse=True)
        return table, key[first].to_frame(), index
    return collect_numbered(rows, rows.frame)


def cells_of(table: pl.DataFrame, group: Codes, wanted: Mapping[tuple[Owner, str], Aggregate], owner: Owner) -> CellTable:
    """Give the cells of one request with its numbers under their names."""
    names = {f"tm_a{i}": name for i, (of, name) in enumerate(wanted) if of == owner}
    return CellTable(table.rename(names), group)
