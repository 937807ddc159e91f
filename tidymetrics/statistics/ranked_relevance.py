"""Where the relevant documents of each query stand: the one statistic of all ranking metrics, at every k.

The way from rows to a result::

    prepared frame (keys, query, doc, truth, estimate, weight)
      -> QueryRankings(...).reduce(reductions) -> RankedRelevance      statistics/query_rankings.py
      -> values [queries, ks] of a formula                        families/retrieval/values.py
      -> by_rule(...) [queries, ks]                               here: NaN where the query is left out
      -> mean_over_queries(...) [groups, ks]                      here

A block is the documents of one query that have one score. Where ties are broken by the document, each block is one document.
Only blocks that hold a relevant document, or one of a relevance above 0, are kept: the others enter as places alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from tidymetrics.typing import Array, Codes, Mask

NoRelevant = Literal["drop", "zero", "one"]
"""What a judged query without a relevant document counts as."""


@dataclass(frozen=True, eq=False, repr=False)
class Grades:
    """How many documents of each query have which relevance above 0, retrieved or not; each [grades].

    By query, inside a query by falling relevance: the ideal order as runs.
    """

    query: Codes
    relevance: Array
    count: Codes


@dataclass(frozen=True, eq=False, repr=False)
class Blocks:
    """The documents of one query and one score; each [blocks], by query, inside a query by place."""

    query: Codes
    ahead: Codes
    """Documents that stand before the block."""
    size: Codes
    hits: Codes
    """Relevant documents."""
    gains: Mapping[str, Array]
    """Sums of "linear" (the relevance, at least 0) and "exponential" (2^relevance - 1) gains."""
    nonrelevant_ahead: Codes | None = None
    """Judged nonrelevant documents of a greater score; where asked for."""


@dataclass(frozen=True, eq=False, repr=False)
class RankedRelevance:
    """Blocks, grades and counts of each query.

    Queries are sorted by keys and query, nulls last; so are groups.
    """

    queries: pl.DataFrame
    """[queries] keys and query."""
    groups: pl.DataFrame
    """[groups] the distinct keys."""
    group: Codes
    """[queries] the position of each query's group."""
    weight: Array
    """[queries]"""
    retrieved: Codes
    """[queries] documents with a score; for places that are given, the last place."""
    judged: Codes
    """[queries] documents with a relevance of at least 0, retrieved or not."""
    relevant: Codes
    """[queries] documents of at least the least relevance, retrieved or not."""
    nonrelevant: Codes | None
    """[queries] judged documents below it; where asked for."""
    grades: Grades
    blocks: Blocks

    @property
    def n_queries(self) -> int:
        """How many queries there are."""
        return len(self.group)

    @property
    def positive(self) -> Codes:
        """How many documents of each query have a relevance above 0 [queries]."""
        return self.per_grade(self.grades.count).astype(np.int64)

    @property
    def longest(self) -> int:
        """The last place that any formula asks for: of a block, or of the ideal order."""
        last = (self.blocks.ahead + self.blocks.size).max(initial=0)
        return int(max(last, self.positive.max(initial=0)))

    @property
    def tied(self) -> bool:
        """Whether a document that counts has the score of another one of its query."""
        return bool((self.blocks.size > 1).any())

    def per_block(self, terms: Array | Codes, at: Codes | slice = slice(None)) -> Array:
        """Add up terms of blocks, or of some blocks, by query [queries]."""
        return bincount(self.blocks.query[at], terms, self.n_queries)

    def per_grade(self, terms: Array | Codes) -> Array:
        """Add up terms of grades by query [queries]."""
        return bincount(self.grades.query, terms, self.n_queries)

    def within(self, k: float) -> Codes | slice:
        """Give the blocks that begin among the first k."""
        return slice(None) if k >= self.longest else np.flatnonzero(self.blocks.ahead < k)


def bincount(of: Codes, terms: Array | Codes, length: int) -> Array:
    """Add up terms by code, as numbers even where there are none."""
    return np.bincount(of, terms, minlength=length).astype(np.float64, copy=False)


def before_in_query(query: Codes, values: Array | Codes) -> Array:
    """Add up what stands before each row in its query; `query` [rows] is sorted."""
    running = np.cumsum(values, dtype=np.float64) - values
    first = np.flatnonzero(np.diff(query, prepend=-1))  # [queries that have rows]
    return running - np.repeat(running[first], np.diff(first, append=len(query)))


def no_relevant_in(ranked: RankedRelevance, *, graded: bool) -> Mask:
    """Tell which queries [queries] have no relevant document; none of a relevance above 0, for metrics that read grades."""
    found = ranked.positive if graded else ranked.relevant
    return np.equal(found, 0)


def by_rule(
    ranked: RankedRelevance,
    values: Array,
    *,
    graded: bool,
    no_relevant: NoRelevant | None = None,
    missing: Literal["zero", "drop"] = "zero",
) -> Array:
    """Apply the rules of queries without results, relevant documents or judgements to values [queries, ks].

    A query that is left out becomes NaN. `no_relevant=None` drops as "drop" does; the caller warns of `count_dropped`.
    """
    values = np.where((ranked.retrieved == 0)[:, None], 0.0, values)
    instead = {"zero": 0.0, "one": 1.0}.get(no_relevant or "drop", np.nan)
    values = np.where(no_relevant_in(ranked, graded=graded)[:, None], instead, values)
    gone = (ranked.judged == 0) | ((ranked.retrieved == 0) & (missing == "drop"))
    return np.where(gone[:, None], np.nan, values)


def count_dropped(ranked: RankedRelevance, *, graded: bool) -> int:
    """Count the queries that `no_relevant=None` leaves out: without relevant documents, or without judgements."""
    return int((no_relevant_in(ranked, graded=graded) | (ranked.judged == 0)).sum())


def mean_over_queries(ranked: RankedRelevance, values: Array) -> Array:
    """Take the weighted mean of values [queries, ks] over the queries of each group: [groups, ks].

    Queries that are NaN are left out; a group without a query left, or without weight, is NaN.
    """
    n_groups = len(ranked.groups)
    there = ~np.isnan(values)
    weight = np.where(there, ranked.weight[:, None], 0.0)
    sums = weight * np.where(there, values, 0.0)

    def by_group(terms: Array) -> Array:
        columns = [bincount(ranked.group, column, n_groups) for column in terms.T]
        return np.stack(columns, axis=1) if columns else np.zeros((n_groups, 0))

    return ratio(by_group(sums), by_group(weight))
