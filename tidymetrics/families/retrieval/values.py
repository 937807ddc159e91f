"""The value of each query at each k: formulas over `RankedRelevance`, each [queries, ks].

A k is a number of places; `inf` is the whole list. Equal scores that no document orders count by their expected value over all
orders, in closed form. A query without relevant documents may be NaN: `by_rule` says what it counts as. Every formula is
`(ranked, ks, **options)`; `r_precision` and `bpref` have no k, and one column.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal

import numpy as np

from tidymetrics.errors import RankingError
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.query_sorts import batches
from tidymetrics.statistics.ranked_relevance import RankedRelevance, before_in_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidymetrics.typing import Array, Codes

    Ks = Sequence[float]

Gain = Literal["linear", "exponential"]


def dcg(ranked: RankedRelevance, ks: Ks, gain: Gain = "linear") -> Array:
    """Discounted cumulative gain."""
    discount = _prefix(1 / np.log2(_places(ranked) + 1.0))
    return _each(ranked, ks, lambda k: _discounted(ranked, ranked.blocks.gains[gain], discount, k))


def ideal_dcg(ranked: RankedRelevance, ks: Ks, gain: Gain = "linear") -> Array:
    """Discounted cumulative gain of all judged documents by falling relevance: runs of equal gains."""
    discount = _prefix(1 / np.log2(_places(ranked) + 1.0))
    grades = ranked.grades
    begin = before_in_query(grades.query, grades.count).astype(np.int64)  # [grades]
    gains = grades.relevance if gain == "linear" else np.exp2(grades.relevance) - 1

    def at(k: float) -> Array:
        stop = np.minimum(begin + grades.count, k).astype(np.int64)
        return ranked.per_grade(gains * (discount[stop] - discount[np.minimum(begin, k).astype(np.int64)]))

    return _each(ranked, ks, at)


def ndcg(ranked: RankedRelevance, ks: Ks, gain: Gain = "linear") -> Array:
    """Discounted cumulative gain over that of the ideal order."""
    return ratio(dcg(ranked, ks, gain), ideal_dcg(ranked, ks, gain))


def hits(ranked: RankedRelevance, ks: Ks) -> Array:
    """Count relevant documents among the first k."""
    return _each(ranked, ks, lambda k: _hits_within(ranked, k))


def precision(ranked: RankedRelevance, ks: Ks) -> Array:
    """Give the share of relevant documents in the first k places, or in the whole list."""
    return ratio(hits(ranked, ks), _shown(ranked, ks))


def recall(ranked: RankedRelevance, ks: Ks) -> Array:
    """Give the share of the relevant documents that the first k places hold."""
    return ratio(hits(ranked, ks), _relevant(ranked))


def f_meas(ranked: RankedRelevance, ks: Ks, beta: float = 1.0) -> Array:
    """Weighted harmonic mean of precision and recall."""
    total = _shown(ranked, ks) + beta**2 * _relevant(ranked)
    return np.where(_relevant(ranked) > 0, ratio((1 + beta**2) * hits(ranked, ks), total), np.nan)


def r_precision(ranked: RankedRelevance) -> Array:
    """Precision in as many places as there are relevant documents [queries, 1]."""
    blocks = ranked.blocks
    within = np.clip(ranked.relevant[blocks.query] - blocks.ahead, 0, blocks.size)  # [blocks]
    return ratio(ranked.per_block(blocks.hits * within / blocks.size)[:, None], _relevant(ranked))


def average_precision(
    ranked: RankedRelevance, ks: Ks, divide_by: Literal["relevant", "min", "retrieved"] = "relevant"
) -> Array:
    """Mean precision at the places of relevant documents.

    Inside a block precision rises by the same step from place to place, so that sums of 1/i give the expected value.
    """
    blocks = ranked.blocks
    n, r, a = blocks.size, blocks.hits.astype(np.float64), blocks.ahead
    before = before_in_query(blocks.query, r)
    step = np.where(n > 1, (r - 1) / np.maximum(n - 1, 1), 0.0)
    harmonic = _prefix(1.0 / _places(ranked))

    def at(k: float) -> Array:
        i = ranked.within(k)
        first, last = a[i], np.minimum(a[i] + n[i], k).astype(np.int64)
        terms = (before[i] + 1 - step[i] * (first + 1)) * (harmonic[last] - harmonic[first]) + step[i] * (last - first)
        return ranked.per_block(r[i] / n[i] * terms, i)

    sums = _each(ranked, ks, at)
    if divide_by == "relevant":
        return ratio(sums, _relevant(ranked))
    if divide_by == "min":
        return ratio(sums, np.minimum(_relevant(ranked), np.asarray(ks, float)))
    for k in ks:
        _refuse_ties_across(ranked, k)
    found = hits(ranked, ks)
    return np.where(found > 0, ratio(sums, found), 0.0)


def reciprocal_rank(ranked: RankedRelevance, ks: Ks) -> Array:
    """One over the place of the first relevant document; 0 beyond k."""
    value = np.zeros((ranked.n_queries, len(ks)))

    def work(query: Codes, ahead: Codes, size: Codes, r: Codes, none: Array) -> None:
        j = np.arange(none.shape[1] - 1)  # [places of the widest block]
        chance = none[:, :-1] * r[:, None] / np.maximum(size[:, None] - j, 1)  # that the first one stands there
        place = ahead[:, None] + j + 1
        for c, k in enumerate(ks):
            value[query, c] = np.where(place <= k, chance / place, 0.0).sum(axis=1)

    _first_blocks(ranked, work)
    return value


def hit_rate(ranked: RankedRelevance, ks: Ks) -> Array:
    """Chance that a relevant document is among the first k."""
    value = np.zeros((ranked.n_queries, len(ks)))

    def work(query: Codes, ahead: Codes, size: Codes, _: Codes, none: Array) -> None:
        for c, k in enumerate(ks):
            within = np.clip(min(k, 2**62) - ahead, 0, size).astype(np.int64)
            value[query, c] = 1 - none[np.arange(len(query)), within]

    _first_blocks(ranked, work)
    return value


def rbp(ranked: RankedRelevance, ks: Ks, p: float = 0.8) -> Array:
    """Rank-biased precision: a reader goes on to the next place with chance p."""
    discount = _prefix((1 - p) * np.power(p, _places(ranked) - 1.0))
    return _each(ranked, ks, lambda k: _discounted(ranked, ranked.blocks.hits, discount, k))


def expected_reciprocal_rank(ranked: RankedRelevance, ks: Ks, max_relevance: float | None = None) -> Array:
    """Expected one over the place at which a reader stops, who stops the sooner the greater the relevance."""
    _refuse_ties(ranked)
    blocks = ranked.blocks
    greatest = float(ranked.grades.relevance.max(initial=0.0))
    top = greatest if max_relevance is None else max_relevance
    if greatest > top:
        raise RankingError(f"max_relevance: {top} is less than the greatest relevance, {greatest}; pass at least that.")
    with np.errstate(divide="ignore"):  # of relevances beyond 2^50 all stop
        stop = (np.exp2(blocks.gains["linear"] - top)) - np.exp2(-top)
        go_on = np.exp(before_in_query(blocks.query, np.log1p(-stop)))
    terms = stop * go_on / (blocks.ahead + 1)

    def at(k: float) -> Array:
        i = ranked.within(k)
        return ranked.per_block(terms[i], i)

    return _each(ranked, ks, at)


def bpref(ranked: RankedRelevance) -> Array:
    """How often relevant documents stand above judged nonrelevant ones [queries, 1]; it needs `nonrelevant=True`."""
    _refuse_ties(ranked)
    blocks = ranked.blocks
    if blocks.nonrelevant_ahead is None or ranked.nonrelevant is None:
        raise RuntimeError("the nonrelevant documents ahead were not asked for")
    most = ranked.relevant[blocks.query]
    least = np.minimum(ranked.relevant, ranked.nonrelevant)[blocks.query]
    worse = np.minimum(blocks.nonrelevant_ahead, most)  # [blocks]
    terms = blocks.hits * np.where(worse > 0, 1 - worse / np.maximum(least, 1), 1.0)
    return ratio(ranked.per_block(terms)[:, None], _relevant(ranked))


def _each(ranked: RankedRelevance, ks: Ks, at: Callable[[float], Array]) -> Array:
    return np.stack([at(k) for k in ks], axis=1) if len(ks) else np.zeros((ranked.n_queries, 0))


def _relevant(ranked: RankedRelevance) -> Array:
    return ranked.relevant[:, None].astype(np.float64)  # [queries, 1]


def _places(ranked: RankedRelevance) -> Codes:
    return np.arange(1, ranked.longest + 1)


def _prefix(terms: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum(terms)])


def _discounted(ranked: RankedRelevance, gains: Array | Codes, discount: Array, k: float) -> Array:
    """Add up gains, each times the mean discount of its block's places up to k; `discount` [places + 1] is summed up."""
    i = ranked.within(k)
    blocks = ranked.blocks
    first = blocks.ahead[i]
    last = np.minimum(first + blocks.size[i], k).astype(np.int64)
    return ranked.per_block(gains[i] * (discount[last] - discount[first]) / blocks.size[i], i)


def _hits_within(ranked: RankedRelevance, k: float) -> Array:
    i = ranked.within(k)
    blocks = ranked.blocks
    return ranked.per_block(blocks.hits[i] * np.minimum(k - blocks.ahead[i], blocks.size[i]) / blocks.size[i], i)


def _shown(ranked: RankedRelevance, ks: Ks) -> Array:
    """Give what precision divides by [queries, ks]: k, also where fewer are retrieved."""
    return np.stack([ranked.retrieved if k == inf else np.full(ranked.n_queries, k) for k in ks], axis=1).astype(float)


def _first_blocks(ranked: RankedRelevance, work: Callable[[Codes, Codes, Codes, Codes, Array], None]) -> None:
    """Work on the block of the first relevant document of each query, in lots of like size.

    `work` takes query, documents ahead, size, relevant ones, and the chance [blocks, widest + 1] that none of them is among
    the first j of the block.
    """
    blocks = ranked.blocks
    has = np.flatnonzero(blocks.hits > 0)
    first = has[np.diff(blocks.query[has], prepend=-1) != 0]
    for lot in batches(blocks.size[first]):
        at = first[lot]
        n, r = blocks.size[at], blocks.hits[at]
        j = np.arange(int(n.max()))
        left = np.maximum(n[:, None] - j, 1)  # [blocks, widest]
        none = np.ones((len(at), len(j) + 1))
        np.cumprod(np.maximum(n[:, None] - r[:, None] - j, 0) / left, axis=1, out=none[:, 1:])
        work(blocks.query[at], blocks.ahead[at], n, r, none)


def _refuse_ties(ranked: RankedRelevance) -> None:
    if ranked.tied:
        raise RankingError("some scores of a query are equal; name doc=, the column of documents, which orders them.")


def _refuse_ties_across(ranked: RankedRelevance, k: float) -> None:
    blocks = ranked.blocks
    across = (blocks.ahead < k) & (blocks.ahead + blocks.size > k) & (blocks.hits > 0) & (blocks.hits < blocks.size)
    if across.any():
        raise RankingError(
            f"divide_by='retrieved': equal scores of a query stand across place {k}; name doc=, the column of documents, "
            "which orders them."
        )
