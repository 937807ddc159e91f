"""QueryRankings by windows of the engine that holds the rows: only blocks with relevance, queries and grades leave it.

Without documents equal scores collapse first, and a running sum over the blocks of a query gives what stands ahead. With
documents every row is a block; names have no minus sign, so their rank stands for them in the order of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import DOC, ESTIMATE, QUERY, TRUTH, WEIGHT
from tidymetrics.statistics.ranked_relevance import Blocks, Grades, RankedRelevance
from tidymetrics.statistics.ranking_columns import (
    INSTEAD,
    check_weights,
    groups_of,
    refuse_infinite,
    refuse_places,
    refuse_twice,
)

if TYPE_CHECKING:
    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.statistics.query_rankings import QueryRankings
    from tidymetrics.typing import Array, Codes

_COUNTED = ("tm_judged", "tm_hit", "tm_other", "tm_bad")
"""What is summed up by query, apart from retrieved documents."""


def rank_in_engine(rows: PreparedFrame, keys: list[str], how: QueryRankings) -> RankedRelevance:
    """Rank the rows of a lazy frame of any engine that has windows."""
    names = lazy_names(rows.frame)
    inner = [*keys, *([QUERY] if QUERY in names else [])]
    frame = _marked(rows.frame, how)
    queries = rows.collect(_by_query(frame, inner, weighted=WEIGHT in names)).sort(inner, nulls_last=True)
    _check(rows, queries, frame, inner, how)
    if DOC in names and not how.distinct:
        _refuse_twice(rows, inner)
    grades = rows.collect(frame.filter(nw.col("tm_linear") > 0).group_by(*inner, "tm_linear").agg(nw.len().alias("tm_n")))
    blocks = rows.collect_bounded(
        _blocks(frame.filter(~nw.col(ESTIMATE).is_null()), inner, how, by_doc=DOC in names), "a ranking", instead=INSTEAD
    )
    return _assemble(queries, grades, blocks, (keys, inner), how)


def _marked(frame: nw.LazyFrame[Any], how: QueryRankings) -> nw.LazyFrame[Any]:
    """Say of each row what it counts as, in numbers that every engine adds up."""
    relevance, score = nw.col(TRUTH), nw.col(ESTIMATE)

    def mark(condition: nw.Expr) -> nw.Expr:
        return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).cast(nw.Float64)

    least = max(how.least, 0.0)
    far = (score == float("inf")) | (score == float("-inf"))
    bad = far | ((score < 1) | (score != score.floor())) if how.order == "rank" else far
    frame = frame.with_columns(
        tm_linear=nw.when(relevance > 0).then(relevance).otherwise(nw.lit(0.0)).cast(nw.Float64),
        tm_one=mark(~score.is_null()),
        tm_judged=mark(relevance >= 0),
        tm_hit=mark(relevance >= least),
        tm_other=mark((relevance >= 0) & (relevance < least)),
        tm_bad=mark(~score.is_null() & bad),
        tm_far=mark((relevance == float("inf")) | (relevance == float("-inf"))),
        tm_negated=score if how.order == "rank" else -score,
    )
    return frame.with_columns(tm_exponential=nw.lit(2.0).cast(nw.Float64) ** nw.col("tm_linear") - 1.0)


def _by_query(frame: nw.LazyFrame[Any], inner: list[str], *, weighted: bool) -> nw.LazyFrame[Any]:
    weights = [nw.col(WEIGHT).min().alias("tm_least"), nw.col(WEIGHT).max().alias("tm_greatest")] if weighted else []
    return frame.group_by(*inner).agg(
        nw.col("tm_one").sum().alias("tm_retrieved"),
        nw.col(ESTIMATE).max().alias("tm_deepest"),
        *(nw.col(name).sum().alias(name) for name in (*_COUNTED, "tm_far")),
        *weights,
    )


def _check(rows: PreparedFrame, queries: pl.DataFrame, frame: nw.LazyFrame[Any], inner: list[str], how: QueryRankings) -> None:
    if far := int(queries.get_column("tm_far").sum()):
        refuse_infinite(TRUTH, far)
    if bad := int(queries.get_column("tm_bad").sum()):
        if how.order == "score":
            refuse_infinite(ESTIMATE, bad)
        refuse_places(
            rows.collect(frame.filter(nw.col("tm_bad") > 0).select(ESTIMATE).head(3))[ESTIMATE].to_list(), twice=False
        )
    if how.order == "rank":
        there = frame.filter(~nw.col(ESTIMATE).is_null())
        shared = there.group_by(*inner, ESTIMATE).agg(nw.len().alias("tm_n")).filter(nw.col("tm_n") > 1)
        if len(twice := rows.collect(shared.select(ESTIMATE).head(3))):
            refuse_places(twice.get_column(ESTIMATE).to_list(), twice=True)


def _refuse_twice(rows: PreparedFrame, inner: list[str]) -> None:
    twice = rows.frame.group_by(*inner, DOC).agg(nw.len().alias("tm_n")).filter(nw.col("tm_n") > 1)
    if len(found := rows.collect(twice.head(1))):
        refuse_twice(found)


def _blocks(ran: nw.LazyFrame[Any], inner: list[str], how: QueryRankings, *, by_doc: bool) -> nw.LazyFrame[Any]:
    """Give the blocks that hold relevance, with what stands ahead of each."""
    sums = ("tm_one", "tm_hit", "tm_other", "tm_linear", "tm_exponential")
    order = ["tm_negated"]
    if by_doc and how.order == "score":
        blocks = ran.with_columns(tm_name=nw.col(DOC).rank("ordinal", descending=True).over(*inner))
        order = ["tm_negated", "tm_name"]
    else:
        blocks = ran.group_by(*inner, "tm_negated").agg(*(nw.col(name).sum().alias(name) for name in sums))
    running = {f"{name}_ahead": nw.col(name).cum_sum().over(*inner, order_by=order) for name in ("tm_one", "tm_other")}
    blocks = blocks.with_columns(**running).with_columns(
        tm_one_ahead=nw.col("tm_one_ahead") - nw.col("tm_one") if how.order == "score" else nw.col("tm_negated") - 1.0,
        tm_other_ahead=nw.col("tm_other_ahead") - nw.col("tm_other"),
    )
    blocks = blocks.filter((nw.col("tm_hit") > 0) | (nw.col("tm_linear") > 0))
    if how.depth is not None:
        blocks = blocks.filter(nw.col("tm_one_ahead") < how.depth)
    return blocks.select(*inner, *sums, "tm_one_ahead", "tm_other_ahead")


def _assemble(
    queries: pl.DataFrame, grades: pl.DataFrame, blocks: pl.DataFrame, names: tuple[list[str], list[str]], how: QueryRankings
) -> RankedRelevance:
    """Number the queries of the three tables."""
    keys, inner = names
    numbered = queries.select(inner).with_row_index("tm_i")

    def placed(table: pl.DataFrame, order: str, *, descending: bool) -> tuple[pl.DataFrame, Codes]:
        table = table.join(numbered, on=inner, how="left", nulls_equal=True).sort("tm_i", order, descending=[False, descending])
        return table, whole(table, "tm_i")

    grades, of_grade = placed(grades, "tm_linear", descending=True)
    blocks, of_block = placed(blocks, "tm_one_ahead", descending=False)
    groups, group = groups_of(queries.select(inner), keys)
    weight = np.ones(len(queries))
    if "tm_least" in queries.columns:
        weight = check_weights(_floats(queries, "tm_least"), _floats(queries, "tm_greatest"))
    return RankedRelevance(
        queries.select(inner),
        groups,
        group,
        weight,
        whole(queries, "tm_retrieved" if how.order == "score" else "tm_deepest"),
        whole(queries, "tm_judged"),
        whole(queries, "tm_hit"),
        whole(queries, "tm_other") if how.nonrelevant else None,
        Grades(of_grade, _floats(grades, "tm_linear"), whole(grades, "tm_n")),
        Blocks(
            of_block,
            whole(blocks, "tm_one_ahead"),
            whole(blocks, "tm_one"),
            whole(blocks, "tm_hit"),
            {name: _floats(blocks, f"tm_{name}") for name in ("linear", "exponential")},
            whole(blocks, "tm_other_ahead") if how.nonrelevant else None,
        ),
    )


def _floats(table: pl.DataFrame, name: str) -> Array:
    return table.get_column(name).cast(pl.Float64).fill_null(np.nan).to_numpy()


def whole(table: pl.DataFrame, name: str) -> Codes:
    """Give a column of counts; missing ones are 0."""
    return table.get_column(name).cast(pl.Float64).fill_null(0.0).round().to_numpy().astype(np.int64)
