"""Rankings at k beside pytrec_eval, ranx and scikit-learn (extra `bench`)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare

QUERIES, LENGTH = 10_000, 1_000
FIVE = tm.metric_set(tm.ndcg, tm.map_at_k.tweak(k=None), tm.mrr.tweak(k=None), tm.precision_at_k, tm.recall_at_k)
TWELVE = tm.get_metrics("retrieval")
NAMES = {"query": "query", "no_relevant": "zero"}


def frame(n_queries: int, length: int) -> pl.DataFrame:
    """Make rankings of which 3 % are relevant, with grades 1 to 3, in the order of queries."""
    rng = np.random.default_rng(6)
    n = n_queries * length
    rel = np.where(rng.random(n) < 0.03, rng.integers(1, 4, n), 0)
    return pl.DataFrame(
        {
            "query": np.repeat(np.arange(n_queries), length),
            "doc": np.tile(np.arange(length), n_queries),
            "rel": rel,
            "score": rng.normal(size=n) + rel,
        }
    )


def nested(df: pl.DataFrame, value: str) -> dict[str, dict[str, Any]]:
    """Give a frame as the dictionaries that pytrec_eval and ranx take."""
    parts = df.select("query", "doc", value).partition_by("query", as_dict=True)
    return {
        str(key[0]): dict(zip(part["doc"].cast(pl.String).to_list(), part[value].to_list(), strict=True))
        for key, part in parts.items()
    }


def against_dictionaries(n_queries: int, length: int) -> Iterator[Row]:
    import pytrec_eval  # a peer, for this table alone
    import ranx

    df = frame(n_queries, length)
    qrels, run = nested(df, "rel"), nested(df, "score")
    evaluator = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "map", "recip_rank", "P.10", "recall.10"})
    judged, found = ranx.Qrels(qrels), ranx.Run(run)
    measures = ["ndcg@10", "map", "mrr", "precision@10", "recall@10"]
    work = f"nDCG@10, AP, RR, P@10, R@10, {n_queries:,} x {length:,}"
    ours = lambda: FIVE(df, "rel", "score", k=10, **NAMES)
    yield compare(work, "pytrec_eval, dictionaries not counted", ours, lambda: evaluator.evaluate(run), 0.25, 3)
    yield compare(work, "ranx, compiled, its Run not counted", ours, lambda: ranx.evaluate(judged, found, measures), 0.7, 3)


def against_arrays(n_queries: int, length: int) -> Iterator[Row]:
    from sklearn.metrics import ndcg_score

    df = frame(n_queries, length)
    truth, score = (df[c].to_numpy().reshape(n_queries, length) for c in ("rel", "score"))
    one = lambda: tm.ndcg(df, "rel", "score", k=10, **NAMES)
    work = f"nDCG@10, {n_queries:,} x {length:,}"
    yield compare(work, "ndcg_score", one, lambda: ndcg_score(truth, score, k=10), 0.35, 3)
    yield compare(work, "ndcg_score(ignore_ties=True)", one, lambda: ndcg_score(truth, score, k=10, ignore_ties=True), 0.5, 3)


def against_itself(n_queries: int, length: int) -> Iterator[Row]:
    df = frame(n_queries, length)
    shuffled = df.sample(fraction=1, shuffle=True, seed=1)
    five = lambda: FIVE(df, "rel", "score", k=10, **NAMES)
    yield compare(
        "five metrics of rankings, rows shuffled",
        "rows in the order of queries",
        lambda: FIVE(shuffled, "rel", "score", k=10, **NAMES),
        five,
        3.0,
        3,
    )
    yield compare(
        "twelve metrics, ten k each, as a set",
        "the five metrics",
        lambda: TWELVE(df, "rel", "score", k=list(range(5, 55, 5)), **NAMES),
        five,
        2.0,
        3,
    )


def table(n_queries: int = QUERIES, length: int = LENGTH) -> list[Row]:
    """Measure all of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts = (against_dictionaries, against_arrays, against_itself)
        return [row for part in parts for row in part(n_queries, length)]
