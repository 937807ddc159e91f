"""Judgements that come apart from the results: both joined to the rows that a ranking is made of.

Internal names hold on both sides: keys, `QUERY`, `DOC`, and TRUTH in the judgements, ESTIMATE in the results. A key that both
frames have splits both. One that only the results have sees all judgements for each of its values; one that only the judgements
have is a property of the query. A document without a judgement is not judged, one without a result not retrieved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import DOC, QUERY
from tidymetrics.statistics.ranking_columns import INSTEAD, refuse_twice

if TYPE_CHECKING:
    from tidymetrics.frames.prepared import PreparedFrame


def join_judgements(results: PreparedFrame, judgements: nw.LazyFrame[Any]) -> PreparedFrame:
    """Join judgements to prepared results of the same engine; `results.keys` names the keys of both.

    A document that is judged twice is refused here, one that is retrieved twice when the rows are ranked.
    """
    ran = results.settle(results.frame, "a join with judgements", instead=INSTEAD)
    judged = results.settle(judgements, "a join with judgements", instead=INSTEAD)
    in_results, in_judgements = lazy_names(ran), lazy_names(judged)
    of_both = [key for key in results.keys if key in in_results and key in in_judgements]
    of_results = [key for key in results.keys if key not in in_judgements]
    of_judgements = [key for key in results.keys if key not in in_results]
    _refuse_judged_twice(results, judged, [*of_both, *of_judgements])
    if of_judgements:  # of a query without judgements they are unknown: it is in no group
        ran = _join(ran, _distinct(judged, [*of_both, QUERY, *of_judgements]), of_both, [QUERY], "inner")
    others = [name for name in lazy_names(judged) if name not in {*results.keys, QUERY, DOC}]  # truth, and weights
    retrieved = _join(ran, judged.select(*of_both, QUERY, DOC, *others), of_both, [QUERY, DOC], "left")
    if of_results and not results.grouped:
        judged = judged.with_columns(nw.lit(0).cast(ran.collect_schema()[of_results[0]]).alias(of_results[0]))
    elif of_results:
        judged = judged.join(_distinct(ran, of_results), how="cross")
    missed = _join(judged, ran.select(*results.keys, QUERY, DOC), list(results.keys), [QUERY, DOC], "anti")
    names = [*results.keys, QUERY, DOC, *(n for n in lazy_names(retrieved) if n not in {*results.keys, QUERY, DOC})]
    there, types = lazy_names(missed), ran.collect_schema()
    missed = missed.select(*(nw.col(n) if n in there else nw.lit(None).cast(types[n]).alias(n) for n in names))
    return replace(results, frame=nw.concat([retrieved.select(*names), missed], how="vertical"))


def _refuse_judged_twice(rows: PreparedFrame, judged: nw.LazyFrame[Any], keys: list[str]) -> None:
    counted = judged.group_by(*keys, QUERY, DOC).agg(nw.len().alias("tm_n")).filter(nw.col("tm_n") > 1)
    if len(found := rows.collect(counted.head(1))):
        refuse_twice(found, "qrels")


def _distinct(frame: nw.LazyFrame[Any], names: list[str]) -> nw.LazyFrame[Any]:
    return frame.group_by(*names).agg(nw.len().alias("tm_n")).select(*names)


def _join(left: nw.LazyFrame[Any], right: nw.LazyFrame[Any], keys: list[str], on: list[str], how: Any) -> nw.LazyFrame[Any]:
    """Join on keys, of which null matches null, and on plain columns."""
    pairs = [(f"tm_s{i}", f"tm_z{i}") for i in range(len(keys))]
    made = [
        expr
        for key, (text, null) in zip(keys, pairs, strict=True)
        for expr in (
            nw.col(key).cast(nw.String).fill_null("").alias(text),
            nw.col(key).is_null().cast(nw.Int64).alias(null),
        )
    ]
    names = [name for pair in pairs for name in pair]
    if made:
        left, right = left.with_columns(*made), right.with_columns(*made).drop(*keys)
    joined = left.join(right, on=[*names, *on], how=how)
    return joined.drop(*names) if names else joined
