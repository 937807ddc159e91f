"""Rankings as users call them: judgements apart in every library, warnings, sets, vectors, groups, refusals."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tests.retrieval.test_kernels import pool
from tidymetrics.__main__ import main

DF = data.rankings()
Q = {"query": "query", "doc": "doc"}
SILENT = {**Q, "no_relevant": "drop"}


def apart(df: pl.DataFrame = DF) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a run of two systems without relevances, and judgements, one query and some documents missing in each."""
    run = pl.concat([df.with_columns(system=pl.lit(s), pred=pl.col("pred") * f) for s, f in ((2, 1.0), (10, -1.0))])
    run = run.filter(pl.col("query") != "q0").select("system", "query", "doc", "pred")
    return run, df.filter(pl.col("query") != "q1").select("query", "doc", "obs", "site")


def duck(*frames: pl.DataFrame) -> list[Any]:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    return [connection.from_arrow(df.to_arrow()) for df in frames]


def by_hand() -> list[float]:
    run, qrels = apart()
    found = []
    for system in (2, 10):
        own = run.filter(system=system)
        full = own.join(qrels, on=["query", "doc"], how="full", coalesce=True)
        found += tm.ndcg(full, "obs", "pred", k=[2, 5], **SILENT)[".estimate"].to_list()
    return found


def test_judgements_apart_are_the_full_join(frame: str) -> None:
    run, qrels = (make(frame, df) for df in apart())
    result = tm.ndcg(run, "obs", "pred", qrels=qrels, by="system", k=[2, 5], **SILENT)
    assert type(result) is (pl.DataFrame if frame == "lazy" else type(run))
    found = rows(result)
    assert found["system"] == [2, 2, 10, 10]
    assert found[".k"] == [2, 5, 2, 5]
    assert data.same(found[".estimate"], by_hand())


@pytest.mark.parametrize("of_run", ["polars", "lazy", "pandas", "pyarrow", "duckdb"])
@pytest.mark.parametrize("of_qrels", ["polars", "pandas", "pyarrow", "duckdb"])
def test_judgements_of_another_library(of_run: str, of_qrels: str) -> None:
    pytest.importorskip("pandas")
    tables = duck(*apart())
    run, qrels = (
        table if of == "duckdb" else make(of, df) for table, of, df in zip(tables, (of_run, of_qrels), apart(), strict=True)
    )
    found = rows(tm.ndcg(run, "obs", "pred", qrels=qrels, by="system", k=[2, 5], **SILENT))
    assert found["system"] == [2, 2, 10, 10]
    assert data.same(found[".estimate"], by_hand())


def test_keys_of_judgements_and_of_queries(frame: str) -> None:
    run, qrels = (make(frame, df) for df in apart())
    by_site = rows(tm.mrr(run, "obs", "pred", qrels=qrels, by=["site", "system"], **SILENT))
    assert by_site["site"] == [0, 0, 1, 1, 2, 2]
    assert by_site["system"] == [2, 10] * 3
    rule = {**SILENT, "no_relevant": "zero"}
    with pytest.warns(tm.UndefinedMetricWarning, match="query='q1'"):  # of which nothing is judged
        by_query = rows(tm.mrr(run, "obs", "pred", qrels=qrels, by=["system", "query"], **rule))
    values = [v for s, v in zip(by_query["system"], by_query[".estimate"], strict=True) if s == 2 and v is not None]
    expected = rows(tm.mrr(run, "obs", "pred", qrels=qrels, by="system", **rule))[".estimate"][0]
    assert np.mean(values) == pytest.approx(expected)


def test_weights_of_queries_come_from_either_frame(frame: str) -> None:
    run, qrels = apart()
    weights = DF.select("query", "w").unique()
    expected = None
    for left, right in ((run.join(weights, on="query"), qrels), (run, qrels.join(weights, on="query"))):
        own = make(frame, left.filter(pl.col("system") == 2, pl.col("query") != "q1"))
        judged = make(frame, right.filter(pl.col("query") != "q0"))
        value = rows(tm.mrr(own, "obs", "pred", qrels=judged, case_weights="w", **SILENT))[".estimate"]
        expected = expected or value
        assert data.same(value, expected)


def test_an_empty_run_scores_0_and_none_is_undefined() -> None:
    run, qrels = apart()
    empty = tm.mrr(run.head(0), "obs", "pred", qrels=qrels, **SILENT)
    assert empty[".estimate"].to_list() == [0.0]
    with pytest.warns(tm.UndefinedMetricWarning, match="mrr is undefined: no rows are left"):
        assert np.isnan(tm.mrr_vec([], []))


def test_categories_and_numbers_as_queries_and_documents(frame: str) -> None:
    codes = DF["doc"].unique().sort().to_list()[::-1]
    df = DF.with_columns(pl.col("doc").cast(pl.Enum(codes)), number=pl.col("query").str.slice(1).cast(pl.Int64))
    by_enum = rows(tm.mrr(make(frame, df, ordered=True), "obs", "pred", query="number", doc="doc", no_relevant="drop"))
    negated = DF.with_columns(doc=-pl.col("doc").str.slice(1).cast(pl.Int64))  # the same order: "d10" is no level
    assert data.same(by_enum[".estimate"], rows(tm.mrr(negated, "obs", "pred", **SILENT))[".estimate"])


def test_one_warning_a_call_says_how_many_queries_are_dropped() -> None:
    df = DF.with_columns(obs=pl.when(pl.col("query").is_in(["q3", "q4"])).then(0.0).otherwise("obs"))
    score = tm.metric_set(tm.ndcg, tm.mrr, tm.r_precision)
    with pytest.warns(tm.QueriesDroppedWarning) as told:
        score(df, "obs", "pred", **Q)
    assert len(told) == 1
    assert str(told[0].message).startswith("ndcg: 2 of 48 queries have no relevance above 0, or no judgement, and are left out")
    assert told[0].filename == __file__
    for rule in ("drop", "zero", "one"):
        score(df, "obs", "pred", no_relevant=rule, **Q)  # warnings are errors here


def test_members_of_a_set_have_a_k_of_their_own() -> None:
    score = tm.metric_set(tm.ndcg, tm.r_precision, p5=tm.precision_at_k.tweak(k=5), strict=tm.mrr.tweak(relevant=3))
    found = score(DF, "obs", "pred", k=[1, None], by="site", **SILENT)
    assert found.columns == ["site", ".metric", ".estimator", ".k", ".estimate"]
    assert found.schema[".k"] == pl.Int64
    assert found.filter(site=0)[".k"].to_list() == [1, None, None, 5, 1, None]
    alone = tm.mrr(DF, "obs", "pred", k=[1, None], by="site", relevant=3, **SILENT)
    assert data.same(found.filter(pl.col(".metric") == "strict")[".estimate"].to_list(), alone[".estimate"].to_list())


def test_types_of_k(frame: str) -> None:
    for k in (range(1, 3), np.array([1, 2]), pl.Series([1, 2]), (1.0, 2)):
        assert rows(tm.mrr(make(frame, DF), "obs", "pred", k=k, **SILENT))[".k"] == [1, 2]
    assert rows(tm.mrr(make(frame, DF), "obs", "pred", k=[None, 2], **SILENT))[".k"] == [None, 2]
    assert rows(tm.mrr(make(frame, DF), "obs", "pred", **SILENT))[".k"] == [None]
    for k in (0, True, [], [1, 0], 2.5, "5", object(), float("nan"), float("inf")):
        with pytest.raises(tm.OptionError, match=r"mrr\(k=\)"):
            tm.mrr(DF, "obs", "pred", k=k, **SILENT)


def test_vectors_take_queries_by_position() -> None:
    df = DF.sort("query")
    expected = tm.ndcg(df, "obs", "pred", query="query", no_relevant="drop", k=[1, 4])
    found = tm.ndcg_vec(df["obs"].to_list(), df["pred"].to_numpy(), df["query"].to_list(), k=[1, 4], no_relevant="drop")
    assert found.equals(expected.select(".k", ".estimate"))
    assert isinstance(tm.ndcg_vec([1, 0], [0.3, 0.2], k=1), float)
    assert tm.mrr_vec([0, 1], [1, 1], doc=["b", "a"]) == 0.5
    with pytest.raises(tm.OptionError, match="same length"):
        tm.ndcg_vec([1, 0], [0.3, 0.2], ["a"])
    with pytest.raises(tm.OptionError, match="no argument 'qrels'"):
        tm.ndcg_vec([1, 0], [0.3, 0.2], qrels=DF)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_set_and_groups_on_an_engine(engine: str) -> None:
    df = DF if engine == "polars" else duck(DF)[0]
    score = tm.metric_set(*(getattr(tm, n) for n in ("ndcg", "map_at_k", "bpref", "rbp", "expected_reciprocal_rank")))
    found = rows(score(df, "obs", "pred", by="site", k=[2, 5], case_weights="w", **SILENT))
    expected = rows(score(DF, "obs", "pred", by="site", k=[2, 5], case_weights="w", **SILENT))
    assert found.keys() == expected.keys()
    assert data.same(found[".estimate"], expected[".estimate"])


def test_groupwise_metrics_compare_rankings() -> None:
    spread = tm.new_groupwise_metric(tm.mrr, "mrr_gap", tm.groupwise_difference)("site")
    by_site = tm.mrr(DF, "obs", "pred", by="site", **SILENT)[".estimate"]
    found = spread(DF, "obs", "pred", **SILENT)[".estimate"].item()
    assert found == pytest.approx(by_site.max() - by_site.min())


def test_metrics_of_ones_own() -> None:
    @tm.retrieval_metric()
    def first_two(ranked: Any, ks: Any, *, times: float = 1.0) -> Any:
        """Hits in the first two places."""
        found = ranked.per_block(ranked.blocks.hits * (ranked.blocks.ahead < 2))
        return np.repeat(found[:, None] * times, len(ks), axis=1)

    @tm.retrieval_metric()
    def wrong(ranked: Any, ks: Any) -> Any:
        """Too few values."""
        return np.zeros(1)

    vector = tm.retrieval_vector(first_two)
    assert vector([1, 0, 1], [0.9, 0.8, 0.1], times=2.0) == 2.0
    with pytest.raises(tm.OptionError, match="give an array of shape"):
        wrong(DF, "obs", "pred", **SILENT)


def test_what_is_shown(frame: str) -> None:
    df = DF.with_columns(share=pl.lit(0.25))
    found = rows(tm.catalog_coverage(make(frame, df), "pred", k=[1, 3], by="site", catalog=20, **Q))
    top = df.sort("pred", "doc", descending=True).group_by("site", "query").head(3)
    expected = top.group_by("site").agg(pl.col("doc").n_unique() / 20).sort("site")["doc"].to_list()
    assert data.same(found[".estimate"][1::2], expected)
    assert set(rows(tm.novelty(make(frame, df), "pred", popularity="share", by="site", **Q))[".estimate"]) == {2.0}
    with pytest.raises(tm.OptionError, match="popularity: expected shares"):
        tm.novelty(df.with_columns(share=pl.lit(0.0)), "pred", popularity="share", **Q)
    with pytest.raises(tm.OptionError, match="catalog"):
        tm.catalog_coverage(df, "pred", catalog=0, **Q)
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        tm.catalog_coverage(df.head(0), "pred", **Q)
    assert repr(tm.novelty) == "<novelty: an exposure metric, maximize, range [0, inf]; estimators standard>"
    with pytest.raises(tm.MetricSetError, match="expected metrics"):
        tm.metric_set(tm.catalog_coverage)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"qrels": DF}, tm.OptionError, "'obs' is a column of data too"),
        ({"qrels": DF.select("doc", "obs")}, tm.OptionError, "'obs' is a column of data too"),
        ({"order": "place"}, tm.OptionError, "order"),
        ({"missing": None}, tm.OptionError, "missing"),
        ({"relevant": "high"}, tm.OptionError, "relevant"),
        ({"gain": "log"}, tm.OptionError, "gain"),
        ({"query": "q"}, tm.ColumnNotFoundError, "query: the frame has no column 'q'"),
        ({"na_rm": True}, tm.OptionError, "no argument 'na_rm'"),
        ({"order": "rank"}, tm.RankingError, "places"),
    ],
)
def test_refusals(arguments: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        tm.ndcg(DF, "obs", "pred", **{**Q, **arguments})


def test_refusals_of_judgements() -> None:
    run, qrels = apart()
    with pytest.raises(tm.OptionError, match="pass doc= as well"):
        tm.ndcg(run, "obs", "pred", query="query", qrels=qrels)
    with pytest.raises(tm.ColumnNotFoundError, match="doc in qrels: the frame has no column 'doc'"):
        tm.ndcg(run, "obs", "pred", qrels=qrels.rename({"doc": "document"}), **Q)
    with pytest.raises(tm.ColumnNotFoundError, match="by: the frame has no column 'place'"):
        tm.ndcg(run, "obs", "pred", qrels=qrels, by="place", **Q)
    with pytest.raises(tm.OptionError, match="the column of query= holds Int64 there and String in data"):
        tm.ndcg(run, "obs", "pred", qrels=qrels.with_columns(query=pl.col("query").str.slice(1).cast(pl.Int64)), **Q)
    with pytest.raises(tm.RankingError, match="qrels: a document may stand once in a query, but 'd"):
        tm.ndcg(run.filter(system=2), "obs", "pred", qrels=pl.concat([qrels, qrels.head(1)]), **Q)
    with pytest.raises(tm.RankingError, match="'d.*twice"):  # two systems without by=
        tm.ndcg(make("pandas", run), "obs", "pred", qrels=make("pandas", qrels), **Q)
    with pytest.raises(tm.OptionError, match="'k' cannot be fixed"):
        tm.bpref.tweak(k=3)
    with pytest.raises(tm.OptionError, match="expected a class, probability or numeric metric"):
        tm.sklearn_scorer(tm.ndcg)
    with pytest.raises(tm.MetricSetError, match="several families"):
        tm.metric_set(tm.ndcg, tm.rmse)


def test_on_the_command_line(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, qrels = apart()
    run.write_parquet(tmp_path / "run.parquet")
    qrels.write_csv(tmp_path / "qrels.csv")
    files = [str(tmp_path / "run.parquet"), "--qrels", str(tmp_path / "qrels.csv")]
    columns = ["--truth", "obs", "--estimate", "pred", "--query", "query", "--doc", "doc", "--by", "system"]
    more = ["--k", "2,5", "--relevant", "2", "--no-relevant", "zero", "--metrics", "ndcg,mrr", "--format", "json"]
    assert main(["score", *files, *columns, *more]) == 0
    found = json.loads(capsys.readouterr().out)
    score = tm.metric_set(tm.ndcg, tm.mrr)
    expected = score(run, "obs", "pred", qrels=qrels, by="system", k=[2, 5], relevant=2, no_relevant="zero", **Q)
    assert [row[".k"] for row in found] == [2, 5] * 4
    assert [row[".estimate"] for row in found] == pytest.approx(expected[".estimate"].to_list())


def test_trec_files_are_written_as_they_are_read(tmp_path: pathlib.Path, frame: str) -> None:
    run, qrels = apart()
    judged = qrels.select("query", "doc", rel=pl.col("obs").cast(pl.Int64))
    tm.write_trec(make(frame, judged), tmp_path / "qrels.txt.gz")
    assert tm.read_trec(tmp_path / "qrels.txt.gz").equals(judged)
    own = run.filter(system=2).select("query", "doc", score="pred")
    tm.write_trec(make(frame, own), tmp_path / "run.txt", system="bm25")
    again = tm.read_trec(tmp_path / "run.txt")
    assert again["system"].unique().to_list() == ["bm25"]
    columns = ["query", "doc", "score"]
    assert again.select(columns).sort(columns).equals(own.sort(columns))
    by_rank = tm.mrr(again, "rel", "rank", qrels=judged, order="rank", **SILENT)
    assert by_rank[".estimate"].item() == tm.mrr(again, "rel", "score", qrels=judged, **SILENT)[".estimate"].item()
    with pytest.raises(tm.RankingError, match="'a b' cannot be a field"):
        tm.write_trec(own.with_columns(doc=pl.lit("a b")), tmp_path / "x.txt")
    with pytest.raises(tm.ColumnNotFoundError, match="no column 'score'"):
        tm.write_trec(own.drop("score"), tmp_path / "x.txt")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_judgements_apart_by_a_key_that_may_be_null(engine: str) -> None:
    frame = pool(9).with_columns(pl.col("r", "s").fill_nan(None))
    qrels = frame.filter(pl.col("r").is_not_null()).select("q", "d", "r")
    one = frame.filter(pl.col("s").is_not_null()).select("q", "d", "s", sys=pl.lit("a"))
    two = one.filter(pl.col("q") > 5).with_columns(s=-pl.col("s"), sys=pl.lit(None, pl.String))  # a key may be null
    frames = pl.concat([one, two]), qrels
    both, judged = duck(*frames) if engine == "duckdb" else frames
    found = rows(tm.ndcg(both, "r", "s", query="q", doc="d", by="sys", qrels=judged, k=[1, 5], no_relevant="drop"))
    assert found["sys"] == ["a", "a", None, None]
    for run, made in ((one, found[".estimate"][:2]), (two, found[".estimate"][2:])):
        joined = run.join(qrels, on=["q", "d"], how="full", coalesce=True)
        expected = tm.ndcg(joined, "r", "s", query="q", doc="d", k=[1, 5], no_relevant="drop")[".estimate"].to_list()
        assert made == pytest.approx(expected, rel=1e-12)
        assert all(value > 0 for value in expected)
