"""What a family does around the kernels: bring columns, rank, take values, and average them."""

from __future__ import annotations

import json
import pathlib
from math import inf
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.families.retrieval import values as formulas
from tidymetrics.frames.prepared import DOC, ESTIMATE, QUERY, TRUTH, WEIGHT, Origin, PreparedFrame
from tidymetrics.statistics.exposure import POPULARITY, documents_shown, information_shown
from tidymetrics.statistics.judgements import join_judgements
from tidymetrics.statistics.query_rankings import QueryRankings
from tidymetrics.statistics.ranked_relevance import RankedRelevance, by_rule, mean_over_queries

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "retrieval.json").read_text(encoding="utf-8"))

FORMULAS = {
    "dcg": formulas.dcg,
    "ndcg": formulas.ndcg,
    "map_at_k": formulas.average_precision,
    "mrr": formulas.reciprocal_rank,
    "precision_at_k": formulas.precision,
    "recall_at_k": formulas.recall,
    "f_meas_at_k": formulas.f_meas,
    "hit_rate": formulas.hit_rate,
    "r_precision": formulas.r_precision,
    "bpref": formulas.bpref,
    "rbp": formulas.rbp,
    "expected_reciprocal_rank": formulas.expected_reciprocal_rank,
}
GRADED = {"dcg", "ndcg", "expected_reciprocal_rank"}
NO_K = {"r_precision", "bpref"}
OWN = {"gain", "divide_by", "beta", "p", "max_relevance"}


def prepared(frame: pl.DataFrame, roles: dict[str, str | None], by: list[str], engine: str = "memory") -> PreparedFrame:
    """Bring columns under internal names, as a family's prepare does."""
    keys = [f"tm_k{i}" for i in range(max(len(by), 1))]
    made = {key: pl.col(name) for key, name in zip(keys, by, strict=False) if name in frame.columns}
    if not by:
        made = {"tm_k0": pl.lit(0)}
    for role, name in roles.items():
        if name is not None and name in frame.columns:
            made[role] = pl.col(name) if role in {QUERY, DOC} else pl.col(name).cast(pl.Float64).fill_nan(None)
    narrow = frame.select(**made)
    return PreparedFrame(engine_frame(narrow, engine), tuple(keys), Origin(nw.Implementation.POLARS, False, ()), {})


def engine_frame(frame: pl.DataFrame, engine: str) -> nw.LazyFrame[Any]:
    if engine == "duckdb":
        import duckdb

        return nw.from_native(duckdb.from_arrow(frame.to_arrow()))  # of the one default connection
    return nw.from_native(frame.lazy())


def rank(
    frame: pl.DataFrame,
    truth: str,
    estimate: str,
    *,
    query: str | None = None,
    by: str | list[str] | None = None,
    doc: str | None = None,
    qrels: pl.DataFrame | None = None,
    weights: str | None = None,
    engine: str = "memory",
    **how: Any,
) -> RankedRelevance:
    keys = [by] if isinstance(by, str) else list(by or [])
    inner = None if query in keys else query
    roles = {TRUTH: truth, ESTIMATE: estimate, QUERY: inner, DOC: doc, WEIGHT: weights}
    rows = prepared(frame, roles, keys, engine)
    if qrels is not None:
        rows = join_judgements(rows, prepared_qrels(qrels, roles, keys, engine))
    return QueryRankings(**how).rank(rows, embedded=engine == "memory")


def prepared_qrels(qrels: pl.DataFrame, roles: dict[str, str | None], keys: list[str], engine: str) -> nw.LazyFrame[Any]:
    judged = prepared(qrels, {role: roles[role] for role in (TRUTH, QUERY, DOC)}, keys, engine).frame
    return judged if keys else judged.drop("tm_k0")


def value(name: str, ranked: RankedRelevance, ks: list[int | None], **options: Any) -> np.ndarray:
    """Give the values of queries [queries, ks] before any rule."""
    if name in NO_K:
        return FORMULAS[name](ranked, **options)
    return FORMULAS[name](ranked, [inf if k is None else k for k in ks], **options)


def score(name: str, frame: pl.DataFrame, truth: str, estimate: str, *, engine: str = "memory", **arguments: Any) -> np.ndarray:
    """Give what a metric gives [groups, ks]."""
    k = arguments.pop("k", None)
    ks = list(k) if isinstance(k, (list, tuple, range)) else [k]
    rule = {r: arguments.pop(r) for r in ("no_relevant", "missing") if r in arguments}
    own = {o: arguments.pop(o) for o in list(arguments) if o in OWN}
    how = {"least": arguments.pop("relevant", 1), "order": arguments.pop("order", "score"), "nonrelevant": name == "bpref"}
    depth = None if name in NO_K or None in ks else max(ks)
    weights = arguments.pop("case_weights", None)
    ranked = rank(frame, truth, estimate, engine=engine, weights=weights, depth=depth, **how, **arguments)
    found = by_rule(ranked, value(name, ranked, ks, **own), graded=name in GRADED, **rule)
    return mean_over_queries(ranked, found)


def shown(
    name: str, frame: pl.DataFrame, estimate: str, *, query: str, doc: str, k: int | None, engine: str, **own: Any
) -> Any:
    roles = {ESTIMATE: estimate, QUERY: query, DOC: doc, POPULARITY: own.get("popularity")}
    rows = prepared(frame, roles, [], engine)
    if name == "catalog_coverage":
        return documents_shown(rows, [k], own.get("catalog"))[1]
    return information_shown(rows, [k])[1]
