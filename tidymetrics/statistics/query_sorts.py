"""How many documents of a query stand above each relevant one: sorts of whole queries, many in one matrix.

Queries of like length become the rows of a matrix, short ones filled with NaN, which sorts last. Scores are negated, so that
the place in a sorted row is the number of documents ahead. Only the documents that count are looked up in the sorted rows,
so values are sorted, and never positions.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tidymetrics.typing import Array, Codes, Mask

_BUDGET = 1_000_000
"""Values a matrix: it stays near the processor, and few are needed for many queries."""

_TABLE = 1_000_000
"""A table of a whole range is faster than hashing; so far beyond the number of rows it may go."""


def number_column(column: pl.Series) -> tuple[pl.Series, Codes]:
    """Number the distinct values of a column in their order, nulls last.

    Returns
    -------
    values
        [values]
    codes
        [rows] the position of each row's value.
    """
    n = len(column)
    if n and column.dtype.is_integer() and not column.null_count():
        numbers = column.to_numpy()
        low = int(numbers.min())
        width = int(numbers.max()) - low + 1
        if width <= 4 * n + _TABLE and -(2**62) <= low < 2**62:
            shifted = numbers.astype(np.int64) - low
            seen = np.zeros(width, bool)
            seen[shifted] = True
            values = pl.Series(column.name, np.flatnonzero(seen) + low, dtype=pl.Int64).cast(column.dtype)
            return values, (np.cumsum(seen) - 1)[shifted]
    values = column.unique().sort(nulls_last=True).alias("v")
    table = values.to_frame().with_row_index("i")
    found = column.alias("v").to_frame().join(table, on="v", how="left", nulls_equal=True, maintain_order="left")
    return values.alias(column.name), found.get_column("i").to_numpy().astype(np.int64)


def number_rows(rows: pl.DataFrame, names: list[str]) -> tuple[pl.DataFrame, Codes]:
    """Number the distinct values of several columns: the table of them, sorted, nulls last, and a code a row."""
    n = len(rows)
    # rows of one query often stand together: only the first of each run is looked up
    changes = np.zeros(n, bool)
    changes[:1] = True
    for name in names:
        column = rows.get_column(name)
        changes[1:] |= column[1:].ne_missing(column[:-1]).to_numpy()
    starts = np.flatnonzero(changes)
    if 2 * len(starts) > n:
        return _number_columns(rows.select(names))
    table, codes = _number_columns(rows.select(names)[starts])
    return table, np.repeat(codes, np.diff(starts, append=n))


def _number_columns(rows: pl.DataFrame) -> tuple[pl.DataFrame, Codes]:
    numbered = [number_column(column) for column in rows.iter_columns()]
    tables = [values for values, _ in numbered]
    width = prod(len(values) for values in tables)
    if width >= 2**62:  # no whole number holds a code of all columns
        table = rows.unique().sort(rows.columns, nulls_last=True)
        numbers = table.with_row_index("tm_i")
        found = rows.join(numbers, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")
        return table, found.get_column("tm_i").to_numpy().astype(np.int64)
    codes = np.zeros(len(rows), np.int64)  # [rows]
    for i, (values, of_row) in enumerate(numbered):
        if len(values) > 1:
            codes = codes * len(values) + of_row if any(len(before) > 1 for before in tables[:i]) else of_row
    if sum(len(values) > 1 for values in tables) <= 1:  # dense already
        present = np.arange(width)
    elif width <= 4 * len(rows) + _TABLE:
        seen = np.zeros(width, bool)
        seen[codes] = True
        present, codes = np.flatnonzero(seen), (np.cumsum(seen) - 1)[codes]
    else:
        present, codes = np.unique(codes, return_inverse=True)
    digits = []
    for values in reversed(tables):
        digits.append(values.gather(present % max(len(values), 1)))
        present = present // max(len(values), 1)
    return pl.DataFrame(digits[::-1]), codes.astype(np.int64, copy=False)


def order_by_code(codes: Codes) -> Codes:
    """Order rows by their code, stably: a radix sort of 16 bits a pass."""
    order, key = np.arange(len(codes)), codes
    top = int(codes.max(initial=0))
    while True:
        step = np.argsort((key & 0xFFFF).astype(np.uint16), kind="stable")
        order, top = order[step], top >> 16
        if not top:
            return order
        key = key[step] >> 16


def spread(starts: Codes, lengths: Codes) -> Codes:
    """Give all positions of pieces, one piece after the other."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)


def batches(lengths: Codes, budget: int = _BUDGET) -> list[Codes]:
    """Split queries that have rows into lots of like length, each of which fits one matrix."""
    equal = len(lengths) > 0 and lengths.min() == lengths.max()
    order = np.arange(len(lengths)) if equal else np.argsort(lengths, kind="stable")
    ranked = lengths[order]
    lots = []
    i = int(np.searchsorted(ranked, 1))
    while i < len(order):
        widest = max(int(ranked[i] * 1.25), 8)
        n = int(np.searchsorted(ranked[i:], widest, side="right"))
        n = min(n, max(budget // widest, 1))
        lots.append(order[i : i + n])
        i += n
    return lots


@dataclass(frozen=True, eq=False, repr=False)
class Pieces:
    """Rows that stand query by query."""

    starts: Codes
    """[queries] the first row of each."""
    lengths: Codes
    """[queries]"""

    @classmethod
    def of(cls, lengths: Codes) -> Pieces:
        """Lay pieces one after the other."""
        return cls(np.cumsum(lengths) - lengths, lengths)

    def count(self, at: Codes) -> Codes:
        """Count rows, given by their positions in order, in each query [queries]."""
        return np.searchsorted(at, self.starts + self.lengths) - np.searchsorted(at, self.starts)

    def matrix(self, values: Any, at: Codes, fill: Any) -> Any:
        """Lay out values [rows] of some queries as a matrix [queries, longest]: a view where it can be one."""
        starts, lengths = self.starts[at], self.lengths[at]
        wide = int(lengths.max())
        if lengths.min() == wide and (np.diff(starts) == wide).all():  # neighbours of one length: one piece of memory
            return values[starts[0] : starts[0] + len(at) * wide].reshape(len(at), wide)
        there = np.arange(wide) < lengths[:, None]  # [queries, longest]
        laid = np.full(there.shape, fill, dtype=values.dtype)
        laid[there] = values[spread(starts, lengths)]
        return laid


def places_in(rows: Array, base: Codes, value: Array, *, right: bool) -> Codes:
    """Count, by halves, what stands below each value in its row of a sorted matrix; `right` counts equal values too.

    Parameters
    ----------
    rows
        [queries, longest], sorted; NaN, which is last, is below nothing.
    base
        [values] the row of each value.
    """
    wide = rows.shape[1]
    flat, first = rows.reshape(-1), base * wide - 1
    place = np.zeros(len(value), np.int64)
    half = 1 << (wide.bit_length() - 1)
    while half:
        probe = place + half
        found = flat[first + np.minimum(probe, wide)]
        below = ((found <= value) if right else (found < value)) & (probe <= wide)
        place = np.where(below, probe, place)
        half >>= 1
    return place


@dataclass(frozen=True, eq=False, repr=False)
class Above:
    """Of rows that count: the row, how many of its query are ahead, how many share its score, nonrelevant ones ahead."""

    row: Codes
    ahead: Codes
    size: Codes
    nonrelevant: Codes | None

    def take(self, at: Codes) -> Above:
        """Give some of the rows."""
        return Above(self.row[at], self.ahead[at], self.size[at], None if self.nonrelevant is None else self.nonrelevant[at])


def count_above(negated: Array, pieces: Pieces, counts: Mask, other: Mask | None, depth: int | None) -> Above:
    """Look up the rows that count [rows] among all rows of their queries.

    Parameters
    ----------
    negated
        [rows] minus the scores.
    other
        [rows] the judged nonrelevant ones, or None where nobody asks.
    depth
        Leave out the rows that have so many ahead.
    """
    others = None if other is None else np.where(other, negated, np.nan)

    def work(at: Codes) -> Above:
        return _of_lot(_Lot(pieces, at), negated, counts, others, depth)

    with ThreadPoolExecutor(max(pl.thread_pool_size(), 1)) as pool:
        parts = list(pool.map(work, batches(pieces.lengths)))
    none = np.zeros(0, np.int64)
    parts.append(Above(none, none, none, None if other is None else none))
    return Above(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.ahead for part in parts]),
        np.concatenate([part.size for part in parts]),
        None if other is None else np.concatenate([part.nonrelevant for part in parts if part.nonrelevant is not None]),
    )


@dataclass(frozen=True, eq=False, repr=False)
class _Lot:
    """Queries that are the rows of one matrix."""

    pieces: Pieces
    at: Codes

    def lay(self, values: Any, fill: Any) -> Any:
        return self.pieces.matrix(values, self.at, fill)

    @property
    def lengths(self) -> Codes:
        return self.pieces.lengths[self.at]

    def row(self, query: Codes, column: Codes) -> Codes:
        """Give the rows that stand in cells of the matrix."""
        return self.pieces.starts[self.at][query] + column


def _of_lot(lot: _Lot, negated: Array, counts: Mask, others: Array | None, depth: int | None) -> Above:
    laid, wanted = lot.lay(negated, np.nan), lot.lay(counts, False)  # [queries, longest]
    if depth is not None and depth < laid.shape[1]:
        row, query, ahead, size = _at_the_top(lot, laid, wanted, depth)
    elif 4 * np.count_nonzero(wanted) < wanted.size:
        query, column = np.nonzero(wanted)
        row = lot.row(query, column)
        ahead, size = _look_up(np.sort(laid, axis=1), query, laid[query, column])
    else:
        row, query, ahead, size = _in_order(lot, laid, wanted)
    nonrelevant = None
    if others is not None:
        nonrelevant = places_in(np.sort(lot.lay(others, np.nan), axis=1), query, negated[row], right=False)
    return Above(row, ahead, size, nonrelevant)


def _at_the_top(lot: _Lot, laid: Array, wanted: Mask, depth: int) -> tuple[Codes, Codes, Codes, Codes]:
    """Look up only what stands in the first places, or shares the score of the last of them."""
    top = np.partition(laid, depth - 1, axis=1)[:, :depth]
    top.sort(axis=1)
    last = top[np.arange(len(top)), np.minimum(lot.lengths, depth) - 1]  # [queries]
    query, column = np.nonzero(wanted & (laid <= last[:, None]))
    value = laid[query, column]
    ahead, size = _look_up(top, query, value)
    edge = np.flatnonzero(value == last[query])  # the last block may go on below
    of_edge, back = np.unique(query[edge], return_inverse=True)
    size[edge] = (laid[of_edge] == last[of_edge, None]).sum(axis=1)[back]
    return lot.row(query, column), query, ahead, size


def _look_up(ranked: Array, query: Codes, value: Array) -> tuple[Codes, Codes]:
    """Give how many scores stand ahead of each value in its row of a sorted matrix, and how many are equal."""
    ahead = places_in(ranked, query, value, right=False)
    size = np.ones(len(value), np.int64)
    wide = ranked.shape[1]
    shared = np.flatnonzero((ahead + 1 < wide) & (ranked[query, np.minimum(ahead + 1, wide - 1)] == value))
    size[shared] = places_in(ranked, query[shared], value[shared], right=True) - ahead[shared]
    return ahead, size


def _in_order(lot: _Lot, laid: Array, wanted: Mask) -> tuple[Codes, Codes, Codes, Codes]:
    """Order all documents, where so many count that looking each up takes longer."""
    order = np.argsort(laid, axis=1)
    ranked = np.take_along_axis(laid, order, axis=1)
    query, place = np.nonzero(np.take_along_axis(wanted, order, axis=1))
    row = lot.row(query, order[query, place])
    same = ranked[:, 1:] == ranked[:, :-1]
    if not same.any():
        return row, query, place, np.ones(len(row), np.int64)
    column = np.arange(laid.shape[1])
    start = np.ones(laid.shape, bool)
    start[:, 1:] = ~same
    first = np.maximum.accumulate(np.where(start, column, 0), axis=1)  # [queries, longest] of the block
    stop = np.full(laid.shape, laid.shape[1])
    stop[:, :-1] = np.where(start[:, 1:], column[1:], laid.shape[1])
    stop = np.minimum.accumulate(stop[:, ::-1], axis=1)[:, ::-1]
    ahead = first[query, place]
    return row, query, ahead, stop[query, place] - ahead


def twice_in_query(pieces: Pieces, hashes: NDArray[np.uint64]) -> Codes:
    """Give the queries in which a hash [rows] stands twice; what hashes alike may still differ."""
    found = [np.zeros(0, np.int64)]
    for at in batches(pieces.lengths):
        laid = pieces.matrix(hashes, at, 0).copy()
        wide = laid.shape[1]
        short = np.arange(wide) >= pieces.lengths[at][:, None]  # [queries, longest]
        laid[short] = np.iinfo(np.uint64).max
        laid.sort(axis=1)
        same = (laid[:, 1:] == laid[:, :-1]) & (np.arange(1, wide) < pieces.lengths[at][:, None])
        found.append(at[same.any(axis=1)])
    return np.concatenate(found)
