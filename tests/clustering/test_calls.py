"""What calls of clustering metrics take and refuse: features of every form, noise, sets, groups, tables, pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import polars.selectors as cs
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.plots import autoplot

DF = data.clusters()
XY = ["x", "y"]


def value(result: Any) -> float:
    return rows(result)[".estimate"][0]


def test_features_as_names_selector_or_vectors(frame: str) -> None:
    wanted = value(tm.silhouette_avg(DF, "pred", XY))
    nested = DF.select(both=pl.concat_list("x", "y"), pred=pl.col("pred").cast(pl.String))
    assert value(tm.silhouette_avg(make(frame, nested), "pred", "both")) == pytest.approx(wanted)
    chosen = DF.select("pred", "x", "y", "fold")
    assert value(tm.silhouette_avg(chosen, "pred", cs.float())) == pytest.approx(wanted)
    assert tm.silhouette_avg_vec(DF["pred"], DF.select(XY)) == pytest.approx(wanted)


def test_distances_may_be_given() -> None:
    x = DF.select(XY).to_numpy()
    distances = np.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))
    given = tm.silhouette_avg_vec(DF["pred"], distances, distance="precomputed")
    assert given == pytest.approx(tm.silhouette_avg_vec(DF["pred"], x))
    with pytest.raises(tm.OptionError, match="square matrix"):
        tm.silhouette_avg(DF, "pred", XY, distance="precomputed")


def test_sums_far_from_0_and_from_each_other(frame: str) -> None:
    code = DF["pred"].to_physical().to_numpy().astype(float)
    near = DF.with_columns(x=pl.col("x").round(4), y=pl.col("y").round(4))
    far = near.with_columns(x=near["x"] + 2.0**20 * code)
    within = value(tm.sse_within_total(make(frame, near), "pred", XY))
    assert value(tm.sse_within_total(make(frame, far), "pred", XY)) == pytest.approx(within, rel=1e-7)


def test_a_sample_has_its_error() -> None:
    both = tm.metric_set(tm.silhouette_avg, tm.dunn)(DF, estimate="pred", features=XY, sample=50, by="site")
    assert both.columns == ["site", ".metric", ".estimator", ".estimate", ".std_error"]
    assert (both[".std_error"][:3] > 0).all()
    assert both[".std_error"][3:].is_null().all()


@pytest.mark.parametrize("noise", ["drop", "singletons", "cluster"])
def test_silhouettes_of_rows_are_the_mean(noise: str, frame: str) -> None:
    df = DF.with_columns(cluster=pl.col("pred").to_physical().cast(pl.Int64) - 1).with_row_index("name")
    found = rows(tm.silhouette(make(frame, df), "cluster", XY, by="site", id="name", noise=noise))
    assert list(found) == ["site", "name", ".cluster", ".neighbor", ".sil_width"]
    means = (
        pl.DataFrame({"site": found["site"], "w": found[".sil_width"]}).group_by("site").agg(pl.col("w").mean()).sort("site")
    )
    expected = tm.silhouette_avg(df, "cluster", XY, by="site", noise=noise)[".estimate"].to_list()
    assert data.same(means["w"].to_list(), expected)
    positions = rows(tm.silhouette(make(frame, df), "cluster", XY, noise=noise))[".row"]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("call", "error", "match"),
    [
        (lambda: tm.silhouette_avg(DF, XY, "pred"), tm.OptionError, "The order is"),
        (lambda: tm.silhouette_avg(DF, "pred", []), tm.OptionError, "at least one column"),
        (lambda: tm.silhouette_avg(DF, "pred", ["x", "z"]), tm.ColumnNotFoundError, "'z'"),
        (lambda: tm.dunn(DF.with_columns(x=float("inf")), "pred", XY), tm.OptionError, "infinite"),
        (lambda: tm.sse_total(DF.with_columns(x=float("inf")), "pred", XY), tm.OptionError, "infinite"),
        (lambda: tm.davies_bouldin(DF, "pred", XY, q=3), tm.OptionError, "1 or 2"),
        (lambda: tm.dunn(DF, "pred", XY, sample=3), tm.OptionError, "no argument 'sample'"),
        (lambda: tm.purity(DF, "obs", "x"), tm.OptionError, "names"),
        (lambda: tm.purity(DF, "obs", "pred", noise="gone"), tm.OptionError, "noise="),
        (lambda: tm.purity(DF, "obs", "pred", noise_label="a"), tm.OptionError, "needs noise="),
        (lambda: tm.rand_index(DF, "obs", "pred", case_weights="w"), tm.WeightError, "whole numbers"),
        (lambda: tm.v_measure(DF, "obs", "pred", beta=-1), tm.OptionError, "at least 0"),
        (lambda: tm.metric_set(tm.dunn, tm.purity)(DF, "obs", "pred"), tm.OptionError, "features"),
        (lambda: tm.metric_set(tm.dunn, tm.purity)(DF, estimate="pred", features=XY), tm.OptionError, "truth"),
        (lambda: tm.contingency(DF, "obs", "pred", noise="singletons"), tm.OptionError, "singletons"),
    ],
)
def test_refusals(call: Any, error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        call()


def test_pictures() -> None:
    pytest.importorskip("altair")
    score = tm.metric_set(tm.silhouette_avg, tm.purity)
    over = autoplot(score(DF, "obs", "pred", features=XY, by=["site"], sample=50)).to_dict()
    assert [layer["mark"]["type"] for layer in over["spec"]["layer"]] == ["rule", "line", "circle"]
    bars = autoplot(tm.silhouette(DF, "pred", XY)).to_dict()
    assert [layer["mark"]["type"] for layer in bars["layer"]] == ["rect", "rule"]
    cells = autoplot(tm.contingency(DF, "obs", "pred")).to_dict()
    assert cells["layer"][0]["encoding"]["y"]["sort"] == ["a", "b", "c"]


def test_many_features() -> None:
    rng = np.random.default_rng(1)
    wide = {f"x{i}": rng.normal(size=30) for i in range(300)}
    df = pl.DataFrame({"cluster": np.arange(30) % 3, **wide})
    pair = tm.metric_set(tm.calinski_harabasz, tm.davies_bouldin)
    found = rows(pair(df.lazy(), estimate="cluster", features=list(wide)))[".estimate"]
    assert found == pytest.approx(expected_indices(df, list(wide)), rel=1e-9)


def expected_indices(df: pl.DataFrame, features: list[str]) -> list[float]:
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    x, labels = df.select(features).to_numpy(), df["cluster"].to_numpy()
    return [calinski_harabasz_score(x, labels), davies_bouldin_score(x, labels)]


def test_more_features_than_a_query_takes_are_refused() -> None:
    con = pytest.importorskip("duckdb").connect()
    con.execute("CREATE TABLE t AS SELECT 1 AS cluster, " + ", ".join(f"1.0 AS x{i}" for i in range(600)))
    with pytest.raises(tm.EngineError, match="600 columns .* Collect the rows first"):
        tm.calinski_harabasz(con.table("t"), "cluster", [f"x{i}" for i in range(600)])
    collected = pl.DataFrame({"cluster": [0, 0, 1, 1, 1], **{f"x{i}": [1.0, 2, 3, 4, 6] for i in range(600)}})
    assert tm.calinski_harabasz(collected, "cluster", [f"x{i}" for i in range(600)])[".estimate"][0] > 0
