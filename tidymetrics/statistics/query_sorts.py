"""How many documents of a query stand above each relevant one: sorts of whole queries, many in one matrix.

Queries of like length become the rows of a matrix, short ones filled with NaN, which sorts last. Scores are negated, so that
the place in a sorted row is the number of documents ahead. Only the documents that count are looked up in the sorted rows,
so values are sorted, and never positions.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
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
    # rows of one value often stand together: only the first of each run is looked up
    starts = np.flatnonzero(column.ne_missing(column.shift(1)).to_numpy())
    starts = starts if not n or (len(starts) and starts[0] == 0) else np.concatenate([[0], starts])
    heads = column.gather(starts).alias("v")
    values = heads.unique().sort(nulls_last=True)
    table = values.to_frame().with_row_index("i")
    found = heads.to_frame().join(table, on="v", how="left", nulls_equal=True, maintain_order="left")
    return values.alias(column.name), np.repeat(found.get_column("i").to_numpy().astype(np.int64), np.diff(starts, append=n))


def number_rows(rows: pl.DataFrame, names: list[str]) -> tuple[pl.DataFrame, Codes]:
    """Number the distinct values of several columns: the table of them, sorted, nulls last, and a code a row."""
    tables: list[pl.Series] = []
    codes = np.zeros(len(rows), np.int64)  # [rows]
    width = 1
    for name in names:
        values, of_row = number_column(rows.get_column(name))
        if width * len(values) >= 2**62:  # not reached by columns of any use; wide codes are made dense first
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            width = int(codes.max(initial=0)) + 1
        codes = codes * len(values) + of_row if tables else of_row
        width *= len(values)
        tables.append(values)
    if len(tables) == 1:
        return tables[0].to_frame(), codes
    if width <= 4 * len(rows) + _TABLE:
        seen = np.zeros(width, bool)
        seen[codes] = True
        present, codes = np.flatnonzero(seen), (np.cumsum(seen) - 1)[codes]
    else:
        present, codes = np.unique(codes, return_inverse=True)
    columns = {}
    for values in reversed(tables):
        columns[values.name] = values.gather(present % len(values)) if len(values) else values
        present = present // max(len(values), 1)
    return pl.DataFrame({name: columns[name] for name in names}), codes.astype(np.int64)


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

    def matrix(self, values: Array, at: Codes, fill: float) -> Array:
        """Lay out values [rows] of some queries as a matrix [queries, longest], a copy."""
        starts, lengths = self.starts[at], self.lengths[at]
        wide = int(lengths.max())
        if lengths.min() == wide and (np.diff(starts) == wide).all():  # neighbours of one length: one piece of memory
            return values[starts[0] : starts[0] + len(at) * wide].reshape(len(at), wide).copy()
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
    rows = np.flatnonzero(counts)
    first = np.searchsorted(rows, pieces.starts)
    wanted = Pieces(first, np.searchsorted(rows, pieces.starts + pieces.lengths) - first)
    others = None if other is None else np.where(other, negated, np.nan)

    def work(at: Codes) -> Above:
        at = at[wanted.lengths[at] > 0]
        if not len(at):
            return _nothing(other)
        row = rows[spread(wanted.starts[at], wanted.lengths[at])]
        query = np.repeat(np.arange(len(at)), wanted.lengths[at])
        return _of_lot(negated, pieces, at, row, query, others, depth)

    with ThreadPoolExecutor(max(pl.thread_pool_size(), 1)) as pool:
        parts = list(pool.map(work, batches(pieces.lengths))) or [_nothing(other)]
    return Above(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.ahead for part in parts]),
        np.concatenate([part.size for part in parts]),
        None if other is None else np.concatenate([part.nonrelevant for part in parts if part.nonrelevant is not None]),
    )


def _nothing(other: Mask | None) -> Above:
    none = np.zeros(0, np.int64)
    return Above(none, none, none, None if other is None else none)


def _of_lot(
    negated: Array, pieces: Pieces, at: Codes, row: Codes, query: Codes, others: Array | None, depth: int | None
) -> Above:
    laid = pieces.matrix(negated, at, np.nan)  # [queries, longest]
    whole = laid
    cut = depth is not None and depth < laid.shape[1]
    if cut and depth is not None:
        laid = np.partition(laid, depth - 1, axis=1)[:, :depth]
        laid.sort(axis=1)
        last = laid[np.arange(len(at)), np.minimum(pieces.lengths[at], depth) - 1]
        kept = np.flatnonzero(negated[row] <= last[query])
        row, query = row[kept], query[kept]
    else:
        laid.sort(axis=1)
    value = negated[row]
    ahead = places_in(laid, query, value, right=False)
    size = np.ones(len(row), np.int64)
    following = laid[query, np.minimum(ahead + 1, laid.shape[1] - 1)]
    shared = np.flatnonzero((following == value) & (ahead + 1 < laid.shape[1]))
    size[shared] = places_in(laid, query[shared], value[shared], right=True) - ahead[shared]
    if cut:  # the last block may go on beyond the cut
        edge = np.flatnonzero(value == last[query])
        of_edge, back = np.unique(query[edge], return_inverse=True)
        size[edge] = (whole[of_edge] == last[of_edge, None]).sum(axis=1)[back]
    nonrelevant = None
    if others is not None:
        laid = pieces.matrix(others, at, np.nan)
        laid.sort(axis=1)
        nonrelevant = places_in(laid, query, value, right=False)
    return Above(row, ahead, size, nonrelevant)


def twice_in_query(pieces: Pieces, hashes: Array) -> Codes:
    """Give the queries in which a hash [rows] stands twice; what hashes alike may still differ."""
    found = [np.zeros(0, np.int64)]
    for at in batches(pieces.lengths):
        laid = pieces.matrix(hashes, at, 0)
        wide = laid.shape[1]
        short = np.arange(wide) >= pieces.lengths[at][:, None]  # [queries, longest]
        laid[short] = np.iinfo(np.uint64).max
        laid.sort(axis=1)
        same = (laid[:, 1:] == laid[:, :-1]) & (np.arange(1, wide) < pieces.lengths[at][:, None])
        found.append(at[same.any(axis=1)])
    return np.concatenate(found)
