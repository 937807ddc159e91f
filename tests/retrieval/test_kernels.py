"""The kernels of rankings: reference cases, all orders of equal scores, invariances."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.retrieval import plain
from tests.retrieval.harness import FORMULAS, GRADED, NO_K, rank, score, value
from tidymetrics.errors import RankingError, WeightError
from tidymetrics.families.retrieval import values
from tidymetrics.statistics.query_sorts import number_rows
from tidymetrics.statistics.ranked_relevance import by_rule, count_dropped, mean_over_queries

ENGINES = ["memory", "windows", "duckdb"]
KS = [1, 2, 3, 5, 9, None]


document = st.tuples(st.sampled_from([None, -1, 0, 0, 1, 2, 3]), st.sampled_from([None, 0.0, 0.5, 0.5, 1.0]))
ranking = st.lists(document, min_size=1, max_size=6)
VARIANTS = [
    *((name, {}) for name in FORMULAS if name not in {"expected_reciprocal_rank", "bpref"}),
    ("dcg", {"gain": "exponential"}),
    ("ndcg", {"gain": "exponential"}),
    ("map_at_k", {"divide_by": "min"}),
    ("f_meas_at_k", {"beta": 2}),
    ("rbp", {"p": 0.5}),
]
WITH_DOC = [
    *VARIANTS,
    ("bpref", {}),
    ("expected_reciprocal_rank", {"max_relevance": 3}),
    ("map_at_k", {"divide_by": "retrieved"}),
]


def rows_of(rankings):
    rows = [(f"q{q}", f"d{i}", r, s) for q, documents in enumerate(rankings) for i, (r, s) in enumerate(documents)]
    return pl.DataFrame(rows, schema={"q": pl.String, "d": pl.String, "r": pl.Float64, "s": pl.Float64}, orient="row")


def by_hand(name, documents, k, own, *, by_doc):
    everything = [r for r, _ in documents]
    judged = [r for r in everything if r is not None and r >= 0]
    if not judged or max(judged) < 1:
        return nan
    found = plain.orders([(f"d{i}", r, s) for i, (r, s) in enumerate(documents)], by_doc=by_doc)
    if not found[0]:
        return 0.0
    return float(np.mean([plain.value(name, order, everything, k, **own) for order in found]))


@pytest.mark.parametrize("by_doc", [False, True])
@pytest.mark.parametrize("engine", ["memory", "windows"])
@settings(max_examples=25, deadline=None)
@given(rankings=st.lists(ranking, min_size=1, max_size=4))
def test_mean_over_all_orders_of_equal_scores(engine, by_doc, rankings):
    doc = "d" if by_doc else None
    ranked = rank(rows_of(rankings), "r", "s", query="q", doc=doc, nonrelevant=True, engine=engine)
    for name, own in WITH_DOC if by_doc else VARIANTS:
        ks = [None] if name in NO_K else KS
        found = by_rule(ranked, value(name, ranked, ks, **own), graded=name in GRADED)
        expected = [[by_hand(name, documents, k, own, by_doc=by_doc) for k in ks] for documents in rankings]
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, err_msg=f"{name} {own}")


def pool(seed=0, n_queries=40, longest=60, share=0.3, levels=12):
    """Make queries of unlike length with equal scores, gaps and judgements of all kinds."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, longest, n_queries)
    n = lengths.sum()
    relevance = np.where(rng.random(n) < share, rng.integers(-1, 4, n), 0).astype(float)
    relevance[rng.random(n) < 0.1] = nan
    scores = rng.integers(0, levels, n) / 4
    scores[rng.random(n) < 0.1] = nan
    frame = pl.DataFrame({"q": np.repeat(np.arange(n_queries), lengths), "r": relevance, "s": scores})
    frame = frame.with_columns(d=pl.int_range(pl.len()).over("q").cast(pl.String), g=pl.col("q") % 3)
    return frame.sample(fraction=1, shuffle=True, seed=seed)


def all_values(frame, ks=KS, *, doc=None, engine="memory", **how):
    ranked = rank(frame, "r", "s", query="q", doc=doc, engine=engine, nonrelevant=how.get("depth") is None, **how)
    names = [n for n in FORMULAS if doc or n not in {"bpref", "expected_reciprocal_rank"}]
    names = [n for n in names if how.get("depth") is None or n not in NO_K]
    return np.concatenate([value(name, ranked, ks) for name in names], axis=1)


@pytest.mark.parametrize("share", [0.05, 0.3, 1.0])  # few are looked up, many are ordered
@pytest.mark.parametrize("doc", [None, "d"])
def test_engine_equals_memory(doc, share):
    frame = pool(share=share)
    expected = all_values(frame, doc=doc)
    for engine in ("windows", "duckdb"):
        np.testing.assert_allclose(all_values(frame, doc=doc, engine=engine), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("engine", ["memory", "windows"])
@pytest.mark.parametrize("doc", [None, "d"])
@pytest.mark.parametrize("share", [0.05, 1.0])
def test_depth_changes_nothing_up_to_it(engine, doc, share):
    frame, ks = pool(1, share=share), [1, 3, 7]
    names = [n for n in FORMULAS if n not in NO_K and (doc or n != "expected_reciprocal_rank")]
    deep = rank(frame, "r", "s", query="q", doc=doc, engine=engine)
    cut = rank(frame, "r", "s", query="q", doc=doc, engine=engine, depth=7)
    assert len(cut.blocks.query) < len(deep.blocks.query)
    for name in names:
        np.testing.assert_allclose(value(name, cut, ks), value(name, deep, ks), rtol=1e-12, atol=1e-15, err_msg=name)


@pytest.mark.parametrize("doc", [None, "d"])
def test_row_order_does_not_matter(doc):
    frame = pool(2)
    np.testing.assert_allclose(all_values(frame.reverse(), doc=doc), all_values(frame, doc=doc), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(all_values(frame.sort("q"), doc=doc), all_values(frame, doc=doc), rtol=1e-12, atol=1e-15)


def test_one_query_alone_has_the_value_that_it_has_among_others():
    frame = pool(3)
    whole = all_values(frame, doc="d")
    queries = frame.get_column("q").unique().sort()
    greatest = float(frame.get_column("r").fill_nan(None).max())
    ranked = rank(frame, "r", "s", query="q", doc="d")
    assert ranked.queries.get_column("tm_query").to_list() == queries.to_list()
    for i, q in enumerate(queries.head(8)):
        alone = frame.filter(pl.col("q") == q)
        if alone.get_column("r").fill_nan(None).max() == greatest:  # its greatest relevance is that of the call
            np.testing.assert_allclose(all_values(alone, doc="d")[0], whole[i], rtol=1e-9, atol=1e-12)


def test_several_k_are_each_k_alone():
    frame = pool(4)
    together = score("map_at_k", frame, "r", "s", query="q", k=[5, 1, 3])
    alone = [score("map_at_k", frame, "r", "s", query="q", k=k)[0, 0] for k in (5, 1, 3)]
    np.testing.assert_allclose(together, [alone], rtol=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_group_is_the_filtered_frame(engine):
    frame = pool(5).with_columns(w=pl.col("q") % 4 + 1, g=pl.when(pl.col("g") > 0).then("g"))
    grouped = score("ndcg", frame, "r", "s", query="q", by="g", k=[2, 5], case_weights="w", engine=engine)
    for i, part in enumerate([pl.col("g") == 1, pl.col("g") == 2, pl.col("g").is_null()]):  # nulls are a group, the last
        alone = score("ndcg", frame.filter(part), "r", "s", query="q", k=[2, 5], case_weights="w")
        np.testing.assert_allclose(grouped[i], alone[0], rtol=1e-12)


def test_a_weight_of_two_is_the_query_twice():
    frame = pool(6).with_columns(w=pl.when(pl.col("q") < 5).then(2).otherwise(1))
    twice = pl.concat([frame, frame.filter(pl.col("q") < 5).with_columns(q=pl.col("q") + 1000)])
    weighted = score("recall_at_k", frame, "r", "s", query="q", k=5, case_weights="w")
    np.testing.assert_allclose(weighted, score("recall_at_k", twice, "r", "s", query="q", k=5), rtol=1e-12)


@pytest.mark.parametrize("name", ["ndcg", "map_at_k", "mrr", "recall_at_k", "hit_rate", "r_precision", "bpref"])
def test_a_perfect_order_is_1(name):
    frame = (
        pool(7).with_columns(r=pl.col("r").fill_nan(0)).with_columns(s=pl.col("r") * 100 + pl.col("d").cast(pl.Float64) / 100)
    )
    np.testing.assert_allclose(score(name, frame, "r", "s", query="q", doc="d"), [[1.0]], rtol=1e-12)


def test_a_perfect_order_of_equal_relevances_needs_no_names():
    frame = pool(7).with_columns(s=pl.col("r").fill_nan(0))
    np.testing.assert_allclose(score("ndcg", frame, "r", "s", query="q", k=[1, 4, None]), [[1.0, 1.0, 1.0]], rtol=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_places_give_what_scores_give(engine):
    frame = pool(8, levels=10_000_000).drop_nans("s")
    frame = frame.with_columns(place=(-pl.col("s")).rank("ordinal").over("q").cast(pl.Int64))
    kept = frame.filter((pl.col("r") > 0) | (pl.col("place") == pl.len().over("q")))  # rows left out keep their places
    judged = frame.filter(pl.col("r") >= 0).group_by("q").agg(pl.len())
    kept = kept.filter(pl.col("q").is_in(judged.get_column("q").implode()))
    for name in ("ndcg", "map_at_k", "mrr", "rbp", "expected_reciprocal_rank"):
        expected = score(name, frame, "r", "s", query="q", k=[3, None])
        found = score(name, frame, "r", "place", query="q", order="rank", k=[3, None], engine=engine)
        np.testing.assert_allclose(found, expected, rtol=1e-12, err_msg=name)
        found = score(name, kept, "r", "place", query="q", order="rank", k=[3, None], engine=engine)
        np.testing.assert_allclose(found, expected, rtol=1e-12, err_msg=name)
    expected = score("bpref", frame, "r", "s", query="q")
    np.testing.assert_allclose(
        score("bpref", frame, "r", "place", query="q", order="rank", engine=engine), expected, rtol=1e-12
    )


def test_large_blocks_of_equal_scores_need_no_loop():
    n = 200_000
    frame = pl.DataFrame({"r": (np.arange(n) % 1000 == 0).astype(float), "s": np.zeros(n)})
    ranked = rank(frame, "r", "s")
    assert values.precision(ranked, [10])[0, 0] == pytest.approx(0.001)
    assert values.hit_rate(ranked, [1, inf]).tolist() == [[pytest.approx(0.001), 1.0]]
    chance = np.cumprod(np.concatenate([[1], (n - 200 - np.arange(n - 200)) / (n - np.arange(n - 200))]))
    expected = np.sum(-np.diff(chance) / np.arange(1, n - 199)) + chance[-1] / (n - 199)
    assert values.reciprocal_rank(ranked, [inf])[0, 0] == pytest.approx(expected, rel=1e-9)


def test_rules_of_queries():
    frame = pl.DataFrame(
        {
            "q": ["hit", "none", "none", "unjudged", "negative", "missed"],
            "r": [1.0, 0.0, 0.0, None, -1.0, 1.0],
            "s": [1.0, 2.0, 1.0, 1.0, 1.0, None],
        }
    )
    ranked = rank(frame, "r", "s", query="q")
    found = values.recall(ranked, [inf])
    assert ranked.queries.get_column("tm_query").to_list() == ["hit", "missed", "negative", "none", "unjudged"]
    assert count_dropped(ranked, graded=False) == 3

    def rule(**said):
        return by_rule(ranked, found, graded=False, **said)[:, 0]

    np.testing.assert_array_equal(rule(), [1, 0, nan, nan, nan])
    np.testing.assert_array_equal(rule(no_relevant="zero"), [1, 0, nan, 0, nan])
    np.testing.assert_array_equal(rule(no_relevant="one", missing="drop"), [1, nan, nan, 1, nan])
    np.testing.assert_array_equal(mean_over_queries(ranked, by_rule(ranked, found, graded=False)), [[0.5]])


@pytest.mark.parametrize("engine", ENGINES)
def test_no_rows_and_no_scores(engine):
    frame = pl.DataFrame({"q": [1], "r": [1.0], "s": [0.5]})
    assert score("ndcg", frame.clear(), "r", "s", query="q", by="q", engine=engine).shape == (0, 1)
    unscored = frame.with_columns(s=pl.lit(None, pl.Float64))
    assert score("ndcg", unscored, "r", "s", query="q", k=3, engine=engine).tolist() == [[0.0]]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"r": [1.0, inf, 0.0]}, RankingError, "relevance must be finite; 1 row"),
        ({"s": [1.0, -inf, inf]}, RankingError, "score must be finite; 2 rows"),
        ({"d": ["x", "x", "y"]}, RankingError, "once in a query, but 'x' stands twice in the query 1;"),
        ({"w": [1.0, 2.0, 1.0]}, WeightError, "one weight per query"),
        ({"w": [-1.0, -1.0, -1.0]}, WeightError, "at least 0"),
        ({"w": [None, None, None]}, WeightError, "1 query has none"),
    ],
)
def test_refusals(engine, changes, error, says):
    frame = {"q": [1, 1, 1], "d": ["x", "y", "z"], "r": [1.0, 0.0, 0.0], "s": [0.3, 0.2, 0.1], "w": [1.0, 1.0, 1.0]}
    with pytest.raises(error, match=says):
        rank(pl.DataFrame(frame | changes), "r", "s", query="q", doc="d", weights="w", engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("places", "says"), [([0.0, 1.0], "are none: 0.0"), ([1.5, 1.0], "are none: 1.5"), ([2.0, 2.0], "twice")]
)
def test_refused_places(engine, places, says):
    with pytest.raises(RankingError, match=says):
        rank(pl.DataFrame({"q": [1, 1], "r": [1.0, 0.0], "s": places}), "r", "s", query="q", order="rank", engine=engine)


def test_refusals_of_formulas():
    frame = pl.DataFrame({"r": [1.0, 3.0, 0.0], "s": [1.0, 1.0, 1.0]})
    ranked = rank(frame, "r", "s", nonrelevant=True)
    for formula in (values.bpref, lambda r: values.expected_reciprocal_rank(r, [inf])):
        with pytest.raises(RankingError, match="name doc="):
            formula(ranked)
    with pytest.raises(RankingError, match="stand across place 2; name doc="):
        values.average_precision(ranked, [2], "retrieved")
    expected = ((1 + 1) / 2 + (1 + 2 / 3) / 2 + (1 / 2 + 2 / 3) / 2) / 3
    assert values.average_precision(ranked, [3], "retrieved")[0, 0] == pytest.approx(expected)
    with pytest.raises(RankingError, match="max_relevance"):
        values.expected_reciprocal_rank(rank(frame.with_columns(s=pl.col("r")), "r", "s"), [inf], max_relevance=2)


def test_keys_are_numbered_in_their_order():
    rows = pl.DataFrame({"a": ["x", None, "x", "y"], "b": [3, 1, 1, None]})
    table, codes = number_rows(rows, ["a", "b"])
    assert table.rows() == [("x", 1), ("x", 3), ("y", None), (None, 1)]
    assert codes.tolist() == [1, 3, 0, 2]
    wide = pl.DataFrame({f"c{i}": np.random.default_rng(i).permutation(1500).astype(float) for i in range(6)})
    table, codes = number_rows(wide, wide.columns)
    assert table.equals(wide.sort(wide.columns))
    assert table[codes].equals(wide)
