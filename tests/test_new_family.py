"""A family is one folder: one of a test's own scores every frame, in sets, with weights, documentation and errors."""

from __future__ import annotations

import inspect
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data, interval_family
from tests.frames import make, rows
from tidymetrics.__main__ import main
from tidymetrics.core.family import KINDS
from tidymetrics.core.metric import METRICS


@pytest.fixture
def family() -> Iterator[tuple[Any, Any, Any]]:
    kinds, metrics = dict(KINDS), dict(METRICS)
    yield interval_family.declare()
    for registry, before in ((KINDS, kinds), (METRICS, metrics)):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


def intervals() -> pl.DataFrame:
    return data.numbers().with_columns(lo=pl.col("pred") - 1.5, hi=pl.col("pred") + pl.col("w"))


def test_scores_grouped_frames_in_a_set_with_weights(family: tuple[Any, Any, Any], frame: str) -> None:
    coverage, mean_width, _ = family
    df = intervals().with_columns(lo=pl.when(pl.col("site") != 1).then("lo"))
    result = rows(tm.metric_set(coverage, width=mean_width)(make(frame, df), "obs", "lo", "hi", by="fold", case_weights="w"))
    assert result[".metric"] == ["coverage"] * 4 + ["width"] * 4
    assert result[".estimator"] == ["standard"] * 8
    kept = df.drop_nulls("lo").with_columns(inside=pl.col("obs").is_between("lo", "hi").cast(pl.Float64))
    means = [(pl.col(x) * pl.col("w")).sum() / pl.col("w").sum() for x in ("inside",)]
    expected = kept.group_by("fold").agg(*means).sort("fold")["inside"].to_list()
    assert data.same(result[".estimate"][:4], expected)


def test_on_engines(family: tuple[Any, Any, Any]) -> None:
    duckdb = pytest.importorskip("duckdb")
    coverage = family[0]
    df = intervals()
    relation = duckdb.connect().from_arrow(df.to_arrow())
    assert data.same(
        rows(coverage(relation, "obs", "lo", "hi", by="fold"))[".estimate"],
        rows(coverage(df, "obs", "lo", "hi", by="fold"))[".estimate"],
    )


def test_vectors_documentation_and_errors(family: tuple[Any, Any, Any]) -> None:
    coverage, _, coverage_vec = family
    assert coverage_vec([1.0, 2.0, None], [0.0, 3.0, 1.0], [2.0, 4.0, 2.0]) == 0.5
    assert list(inspect.signature(coverage).parameters) == ["data", "truth", "lower", "upper", "by", "na_rm", "case_weights"]
    assert list(inspect.signature(coverage_vec).parameters) == ["truth", "lower", "upper", "na_rm", "case_weights"]
    for part in ("lower\n    Name of the column of lower ends.", "Higher is better. Range: [0, 1].", "Warns\n-----"):
        assert part in coverage.__doc__
    assert "Vector [n] of upper ends." in coverage_vec.__doc__
    assert repr(coverage) == "<coverage: an interval metric, maximize, range [0, 1]; estimators standard>"
    assert tm.get_metrics("interval").as_frame()["metric"].to_list() == ["coverage", "mean_width"]
    df = intervals()
    with pytest.raises(tm.ColumnNotFoundError, match="lower: the frame has no column 'low'. Did you mean 'lo'?"):
        coverage(df, "obs", "low", "hi")
    with pytest.raises(tm.OptionError, match="lacks 'upper'"):
        coverage(df, "obs", "lo")
    with pytest.raises(tm.MetricSetError, match="several families"):
        tm.metric_set(coverage, tm.rmse)
    with pytest.raises(tm.WeightError, match="case_weights"):
        coverage(df.with_columns(w=-1.0), "obs", "lo", "hi", case_weights="w")
    with pytest.warns(tm.UndefinedMetricWarning, match="coverage is undefined: no rows are left"):
        assert np.isnan(coverage_vec([], [], []))
    with pytest.raises(tm.OptionError, match="expected a class, probability or numeric metric"):
        tm.sklearn_scorer(coverage)


def test_the_command_line_takes_it(
    family: tuple[Any, Any, Any], tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    df = intervals()
    df.write_parquet(tmp_path / "p.parquet")
    columns = ["--truth", "obs", "--lower", "lo", "--upper", "hi", "--metrics", "coverage", "--format", "json"]
    assert main(["score", str(tmp_path / "p.parquet"), *columns]) == 0
    found = json.loads(capsys.readouterr().out)[0][".estimate"]
    assert found == pytest.approx(family[0](df, "obs", "lo", "hi")[".estimate"].item())
