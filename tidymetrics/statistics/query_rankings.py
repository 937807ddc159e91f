"""The reduction that makes `RankedRelevance`, in memory; engines that hold the rows make it by windows.

What a family brings to the prepared frame: the keys; `QUERY`, an inner key (absent: each group is one ranking); `DOC`, where
ties are broken by it; TRUTH, the relevance, and ESTIMATE, the score or place, as Float64 with missing values null; WEIGHT, one
value a query. Rows with missing values stay: a missing relevance is not judged, a missing score not retrieved.

All metrics of a call share one `QueryRankings`: it holds the least relevance of a relevant document, whether places are given,
whether any metric needs the judged nonrelevant documents, and the depth, which is the greatest k where every metric has one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from tidymetrics.frames.prepared import DOC, ESTIMATE, QUERY, TRUTH, WEIGHT
from tidymetrics.statistics.query_rankings_in_engine import rank_in_engine
from tidymetrics.statistics.query_sorts import (
    Above,
    Pieces,
    count_above,
    number_rows,
    order_by_code,
    spread,
    twice_in_query,
)
from tidymetrics.statistics.ranked_relevance import Blocks, Grades, RankedRelevance
from tidymetrics.statistics.ranking_columns import (
    INSTEAD,
    check_weights,
    gains_of,
    groups_of,
    refuse_infinite,
    refuse_places,
    refuse_twice,
)
from tidymetrics.statistics.requests import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True)
class QueryRankings(Request[RankedRelevance]):
    """The request that ranks the documents of each query; it needs each query whole."""

    least: float = 1.0
    """The least relevance of a relevant document."""
    order: Literal["score", "rank"] = "score"
    """What ESTIMATE holds: scores, or the places 1, 2, ..."""
    nonrelevant: bool = False
    """Whether the judged nonrelevant documents ahead are counted."""
    depth: int | None = None
    """How many places matter; None for all."""
    distinct: bool = False
    """Whether documents are known to stand once in a query, as after a join with judgements."""

    @property
    def shared(self) -> QueryRankings:
        """The same ranking for metrics of several k, and for those that count nonrelevant documents."""
        return replace(self, nonrelevant=False, depth=None)

    def joined(self, other: Request[RankedRelevance]) -> QueryRankings:
        """Rank as deep as both need."""
        if not isinstance(other, QueryRankings):
            raise TypeError("rankings are joined with rankings")
        depth = None if self.depth is None or other.depth is None else max(self.depth, other.depth)
        return replace(self, nonrelevant=self.nonrelevant or other.nonrelevant, depth=depth)

    def reduce(self, reductions: Reductions) -> RankedRelevance:
        """Rank the rows of a call, whose groups become known with it."""
        rows = reductions.frame_rows
        ranked = self.rank(rows)
        if not rows.grouped and not len(ranked.groups):  # no rows at all are one group
            ranked = replace(ranked, groups=pl.DataFrame({"tm_k0": [0]}))
        if reductions.groups is None:
            reductions.groups = ranked.groups
        return ranked

    def rank(self, rows: PreparedFrame, *, embedded: bool | None = None) -> RankedRelevance:
        """Rank the rows of a prepared frame where they are; `embedded` brings them into memory first, or keeps them out."""
        dask = rows.frame.implementation.is_dask()
        embedded = rows.embedded or dask if embedded is None else embedded
        keys = list(rows.keys)
        if not embedded:
            return rank_in_engine(rows, keys, self)
        return rank_in_memory(rows.collect_bounded(rows.frame, "a ranking", instead=INSTEAD), keys, self)


def rank_in_memory(table: pl.DataFrame, keys: list[str], how: QueryRankings) -> RankedRelevance:
    """Rank the rows of a polars frame."""
    names = [*keys, *([QUERY] if QUERY in table.columns else [])]
    queries, codes = number_rows(table, names)
    if (codes[1:] < codes[:-1]).any():
        order = order_by_code(codes)
        codes, table = codes[order], table.select(pl.exclude(names))[order]
    n = len(queries)
    rows = Rows.of(codes, _numbers(table, TRUTH), _numbers(table, ESTIMATE), how)
    every = _pieces(codes, n)
    judged, relevant, positive = (np.flatnonzero(mask) for mask in (rows.judged, rows.relevant, rows.positive))
    docs = table.get_column(DOC) if DOC in table.columns else None
    if docs is not None and not how.distinct:
        _refuse_twice(docs, codes, every, queries)
    groups, group = groups_of(queries, keys)
    ran, ran_docs, ran_pieces = rows, docs, every
    if (lost := np.isnan(rows.score)).any():
        kept = np.flatnonzero(~lost)
        ran, ran_docs = rows.take(kept), None if docs is None else docs.gather(kept)
        ran_pieces = Pieces.of(every.count(kept))
    return RankedRelevance(
        queries,
        groups,
        group,
        _weights(table, every) if WEIGHT in table.columns else np.ones(n),
        _deepest(ran, n) if how.order == "rank" else ran_pieces.lengths,
        every.count(judged),
        every.count(relevant),
        None if rows.other is None else every.count(np.flatnonzero(rows.other)),
        grades_of(rows.query[positive], rows.relevance[positive], n),
        _blocks(ran, ran_pieces, ran_docs, how),
    )


@dataclass(frozen=True, eq=False, repr=False)
class Rows:
    """Rows, query by query; each [rows]."""

    query: Codes
    relevance: Array
    score: Array
    judged: Mask
    relevant: Mask
    positive: Mask
    other: Mask | None

    @classmethod
    def of(cls, query: Codes, relevance: Array, score: Array, how: QueryRankings) -> Rows:
        """Tell what each row counts as; a negative relevance is in the pool, but not judged."""
        judged = relevance >= 0  # false for NaN
        relevant = judged if how.least <= 0 else relevance >= how.least
        other = judged & ~relevant if how.nonrelevant else None
        return cls(query, relevance, score, judged, relevant, relevance > 0, other)

    def take(self, at: Codes) -> Rows:
        """Give some of the rows."""
        return Rows(
            self.query[at],
            self.relevance[at],
            self.score[at],
            self.judged[at],
            self.relevant[at],
            self.positive[at],
            None if self.other is None else self.other[at],
        )


def _pieces(codes: Codes, n_queries: int) -> Pieces:
    """Find where each query begins and ends; `codes` [rows] is sorted, and every query has a row."""
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    return Pieces(starts, np.diff(starts, append=len(codes))) if n_queries else Pieces.of(np.zeros(0, np.int64))


def _numbers(table: pl.DataFrame, name: str) -> Array:
    values = table.get_column(name).cast(pl.Float64)
    numbers: Array = (values.fill_null(np.nan) if values.null_count() else values).to_numpy()
    if (infinite := np.isinf(numbers)).any():
        refuse_infinite(name, int(infinite.sum()))
    return numbers


def _weights(table: pl.DataFrame, pieces: Pieces) -> Array:
    weight: Array = table.get_column(WEIGHT).cast(pl.Float64).fill_null(np.nan).to_numpy()
    if not len(weight):
        return weight
    return check_weights(np.fmin.reduceat(weight, pieces.starts), np.fmax.reduceat(weight, pieces.starts))


def _refuse_twice(docs: pl.Series, codes: Codes, pieces: Pieces, queries: pl.DataFrame) -> None:
    """Refuse a document that stands twice in a query: rows of equal hashes are compared by value."""
    suspected = twice_in_query(pieces, docs.hash().to_numpy())
    at = spread(pieces.starts[suspected], pieces.lengths[suspected])
    pairs = queries[codes[at]].with_columns(docs.gather(at).alias(DOC), tm_q=pl.Series(codes[at]))
    twice = pairs.filter(pairs.select("tm_q", DOC).is_duplicated())
    if len(twice):
        refuse_twice(twice)


def _deepest(ran: Rows, n_queries: int) -> Codes:
    """Give the last place of each query [queries], since rows may be left out."""
    last = np.zeros(n_queries)
    np.maximum.at(last, ran.query, ran.score)
    return last.astype(np.int64)


def grades_of(query: Codes, relevance: Array, n_queries: int) -> Grades:
    """Count the documents of each relevance above 0 in each query; `query` is sorted."""
    top = relevance.max(initial=0.0)
    if top * n_queries <= 4 * len(query) + 1_000_000 and (relevance == np.floor(relevance)).all():
        width = int(top) + 1  # a table of all grades is faster than a sort
        table = np.bincount(query * width + (width - 1 - relevance.astype(np.int64)), minlength=n_queries * width)
        at = np.flatnonzero(table)
        return Grades(at // width, (width - 1 - at % width).astype(np.float64), table[at])
    order = np.lexsort((-relevance, query))
    query, relevance = query[order], relevance[order]
    first = np.flatnonzero((np.diff(query, prepend=-1) != 0) | (np.diff(relevance, prepend=-1.0) != 0))
    return Grades(query[first], relevance[first], np.diff(first, append=len(query)))


def _blocks(ran: Rows, pieces: Pieces, docs: pl.Series | None, how: QueryRankings) -> Blocks:
    counts = ran.relevant | ran.positive
    if how.order == "rank":
        _check_places(ran, pieces)
        above = _of_places(ran, pieces, counts, how)
    else:
        above = count_above(-ran.score, pieces, counts, ran.other, how.depth)
        if docs is not None:
            above = _untie(above, ran, docs)
    if how.depth is not None:
        above = above.take(np.flatnonzero(above.ahead < how.depth))
    return blocks_of(
        ran.query[above.row],
        above.ahead,
        above.size,
        ran.relevant[above.row].astype(np.int64),
        gains_of(ran.relevance[above.row]),
        above.nonrelevant,
    )


def blocks_of(
    query: Codes, ahead: Codes, size: Codes, hits: Codes, gains: Mapping[str, Array], nonrelevant: Codes | None
) -> Blocks:
    """Order documents (or parts of blocks) by query and place, and add up those of one block."""
    key = query * (int(ahead.max(initial=0)) + 1) + ahead
    order: Codes | slice = slice(None)
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key)
        key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    at = order if len(first) == len(key) else np.arange(len(key))[order][first]

    def total(values: Any) -> Any:
        return np.add.reduceat(values[order], first) if len(first) < len(key) else values[at]

    return Blocks(
        query[at],
        ahead[at],
        size[at],
        total(hits),
        {name: total(values) for name, values in gains.items()},
        None if nonrelevant is None else nonrelevant[at],
    )


def _check_places(ran: Rows, pieces: Pieces) -> None:
    bad = np.flatnonzero((ran.score < 1) | (ran.score != np.floor(ran.score)))
    if len(bad):
        refuse_places(np.unique(ran.score[bad])[:4].tolist(), twice=False)
    shared = twice_in_query(pieces, ran.score.view(np.uint64))
    if len(shared):
        first = shared[0]
        places, count = np.unique(
            ran.score[pieces.starts[first] : pieces.starts[first] + pieces.lengths[first]], return_counts=True
        )
        refuse_places(places[count > 1].tolist(), twice=True)


def _of_places(ran: Rows, pieces: Pieces, counts: Mask, how: QueryRankings) -> Above:
    """Take places as they are given; only nonrelevant documents are counted."""
    if how.nonrelevant:
        above = count_above(ran.score, pieces, counts, ran.other, None)
        return replace(above, ahead=ran.score[above.row].astype(np.int64) - 1)
    row = np.flatnonzero(counts)
    return Above(row, ran.score[row].astype(np.int64) - 1, np.ones(len(row), np.int64), None)


def _untie(above: Above, ran: Rows, docs: pl.Series) -> Above:
    """Order documents of equal scores by name, descending, each in a block of its own."""
    shared = np.flatnonzero(above.size > 1)
    if not len(shared):
        return above
    row = above.row[shared]
    wanted = pl.DataFrame({"q": ran.query[row], "s": ran.score[row]}).unique()
    other = np.zeros(len(docs), bool) if ran.other is None else ran.other
    tied = (
        pl.DataFrame({"q": ran.query, "s": ran.score, "d": docs, "o": other})
        .with_row_index("i")
        .join(wanted, on=["q", "s"], how="semi")
        .sort(["q", "s", "d"], descending=[False, False, True], nulls_last=True)
    )
    block = tied.select(pl.struct("q", "s").rle_id()).to_series().to_numpy()
    start = np.searchsorted(block, block)
    running = np.concatenate([[0], np.cumsum(tied.get_column("o").to_numpy())])
    index = tied.get_column("i").to_numpy()
    before = np.zeros((2, len(docs)), np.int64)  # [documents and nonrelevant ones, rows]
    before[0, index] = np.arange(len(tied)) - start
    before[1, index] = running[:-1] - running[start]
    ahead = above.ahead.copy()
    ahead[shared] += before[0, row]
    nonrelevant = above.nonrelevant
    if nonrelevant is not None:
        nonrelevant = nonrelevant.copy()
        nonrelevant[shared] += before[1, row]
    return Above(above.row, ahead, np.ones_like(above.size), nonrelevant)
