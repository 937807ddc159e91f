"""Clusters, rankings, detected objects and calibration on every engine: the numbers of polars, by group and with gaps."""

from __future__ import annotations

import warnings
from typing import Any

import polars as pl

import tidymetrics as tm
from tests import data
from tests.detection.test_family import BOX, PRED, TRUE
from tests.engines.build import put
from tests.frames import rows


def with_gaps(df: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Take the value of each column from every eleventh row, and the key from some."""
    gaps = [pl.when(pl.int_range(pl.len()) % 11 == i).then(None).otherwise(pl.col(c)).alias(c) for i, c in enumerate(columns)]
    return df.with_columns(gaps)


CLUSTERS = with_gaps(data.clusters(), "obs", "pred", "x", "fold")
RANKINGS = with_gaps(data.rankings(), "pred", "fold")
BOXES = with_gaps(data.boxes(), "p2", "fold")
PROBABILITIES = with_gaps(data.probabilities(), "p_b", "fold")
NUMBERS = with_gaps(data.numbers(), "obs", "pred", "fold")


def agree(engine: str, function: Any, df: pl.DataFrame, *args: Any, **kwargs: Any) -> None:
    """Compare an engine's result with that of polars, row by row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        warnings.simplefilter("ignore", tm.QueriesDroppedWarning)
        expected = rows(function(df, *args, **kwargs))
        others = [put(engine, arg) if isinstance(arg, pl.DataFrame) else arg for arg in args]
        found = rows(function(put(engine, df), *others, **kwargs))
    assert list(found) == list(expected)
    for name, values in expected.items():
        if values and isinstance(next((v for v in values if v is not None), None), float):
            assert data.same(found[name], values), name
        else:
            assert found[name] == values, name


def test_clusters(engine: str) -> None:
    agree(engine, tm.get_metrics("clustering"), CLUSTERS, "obs", "pred", by="fold")
    agree(engine, tm.get_metrics("clustering_internal"), CLUSTERS, estimate="pred", features=["x", "y"], by="fold")
    for table in (tm.contingency, tm.pair_confusion):
        agree(engine, table, CLUSTERS, "obs", "pred", by="fold")


def test_rankings(engine: str) -> None:
    agree(engine, tm.get_metrics("retrieval"), RANKINGS, "obs", "pred", query="query", doc="doc", by="fold")
    agree(engine, tm.ndcg, RANKINGS, "obs", "pred", query="query", k=[1, 3, 5], by="fold", case_weights="w")


def test_boxes(engine: str) -> None:
    sides = ["x1", "y1", "x2", "y2"], ["p1", "p2", "p3", "p4"]
    agree(engine, tm.get_metrics("box"), BOXES, *sides, by="fold")
    both = tm.metric_set(tm.average_precision_detection, tm.average_recall_detection)
    # where rows have no order, sides decide between equal scores
    agree(engine, both, PRED.sort(BOX), TRUE.sort(BOX), by="camera", iscrowd="crowd")


def test_calibration(engine: str) -> None:
    columns = [f"p_{level}" for level in data.LEVELS]
    several = tm.metric_set(tm.expected_calibration_error, tm.brier_class, tm.mn_log_loss)
    agree(engine, several, PROBABILITIES, "obs", columns, by="fold", levels=data.LEVELS)
    agree(engine, tm.calibration_curve, PROBABILITIES, "obs", columns, by="fold", levels=data.LEVELS)
    two = data.LEVELS[:2]
    events = with_gaps(data.probabilities(levels=two), "p_a", "fold")
    agree(engine, tm.threshold_perf, events, "obs", "p_a", event="a", levels=two, thresholds=[0.2, 0.5], by="fold")
    agree(engine, tm.get_metrics("quantile"), data.quantiles(), "obs", ["q10", "q50", "q90"], quantile_levels=[0.05, 0.5, 0.95])
