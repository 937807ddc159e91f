"""Estimates that do not exist: null, and announced once."""

from __future__ import annotations

import math
import pathlib
import warnings

import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows


def caught(call: object) -> list[warnings.WarningMessage]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        call()  # type: ignore[operator]
    return found


def test_one_warning_a_call_that_says_where_and_why(frame: str) -> None:
    df = data.classes(levels=["x", "y"])
    sparse = make(
        frame, df.with_columns(obs=pl.when(pl.col("fold") == "f2").then(pl.lit("y")).otherwise("obs").cast(df["obs"].dtype))
    )
    metrics = tm.metric_set(tm.accuracy, tm.sens, tm.recall, tm.bal_accuracy)
    (warning,) = caught(lambda: metrics(sparse, "obs", "pred", by="fold"))
    assert warning.category is tm.UndefinedMetricWarning
    assert str(warning.message) == (
        "sens, recall are undefined in 1 of 4 groups (fold='f2'): the truth has no events; "
        "bal_accuracy is undefined in 1 of 4 groups (fold='f2'): the truth lacks a class."
    )
    assert pathlib.Path(warning.filename).name == "test_undefined.py"
    ungrouped = make(frame, df.filter(pl.col("obs") == "y"))
    (warning,) = caught(lambda: tm.sens(ungrouped, "obs", "pred"))
    assert str(warning.message) == "sens is undefined: the truth has no events."


def test_many_groups_are_counted() -> None:
    df = pl.DataFrame({"g": range(50), "y": [1.0] * 50, "x": [2.0] * 50})
    (warning,) = caught(lambda: tm.rsq(df, "y", "x", by="g"))
    assert "rsq is undefined in 50 of 50 groups (g=0, g=1, g=2, ...)" in str(warning.message)


def test_weights_of_0(frame: str) -> None:
    for df in (data.classes(), data.numbers()):
        zero = make(frame, df.with_columns(w=pl.when(pl.col("fold") == "f1").then(0.0).otherwise("w")))
        metrics = (
            tm.get_metrics("class") if df is not None and isinstance(df["obs"].dtype, pl.Enum) else tm.get_metrics("numeric")
        )
        metrics = tm.metric_set(*(m for m in metrics.members if m.__module__.startswith("tidymetrics.families")))
        (warning,) = caught(lambda metrics=metrics, zero=zero: metrics(zero, "obs", "pred", by="fold", case_weights="w"))
        assert "none of positive weight" in str(warning.message)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = rows(metrics(zero, "obs", "pred", by="fold", case_weights="w"))
        for fold, value in zip(result["fold"], result[".estimate"], strict=True):
            assert (value is None) == (fold == "f1")


def test_infinite_is_a_number(frame: str) -> None:
    df = make(frame, pl.DataFrame({"y": [0.0, 1.0], "x": [1.0, 1.0]}))
    assert caught(lambda: tm.mape(df, "y", "x")) == []
    assert rows(tm.mape(df, "y", "x"))[".estimate"] == [math.inf]
    zeros = make(frame, pl.DataFrame({"y": [0.0, 1.0], "x": [0.0, 1.0]}))
    (warning,) = caught(lambda: tm.mape(zeros, "y", "x"))
    assert "a truth and its estimate are both 0" in str(warning.message)


def test_a_row_of_weight_0_may_be_infinite(frame: str) -> None:
    df = make(frame, pl.DataFrame({"y": [0.0, 1.0, 2.0], "x": [1.0, 2.0, 2.5], "w": [0.0, 1.0, 1.0]}))
    assert rows(tm.mape(df, "y", "x", case_weights="w"))[".estimate"] == [62.5]
    assert tm.mape_vec([0, 1, 2], [1, 2, 2.5], case_weights=[0, 1, 1]) == 62.5


def test_large_counts_are_finite(frame: str) -> None:
    df = make(frame, pl.DataFrame({"y": [0.0, 1.0, 170.0, 171.0, 1e6, 1e12], "x": [0.5, 1.5, 170.0, 180.0, 1e6, 1e12]}))
    expected = [
        math.lgamma(k + 1) + m - k * math.log(m)
        for k, m in [(0, 0.5), (1, 1.5), (170, 170), (171, 180), (1e6, 1e6), (1e12, 1e12)]
    ]
    each = rows(tm.poisson_log_loss(df, "y", "x", by="y"))[".estimate"]
    assert each == pytest.approx(expected, rel=1e-3)
    assert each[:5] == pytest.approx(expected[:5], rel=1e-8)
    with pytest.warns(tm.UndefinedMetricWarning, match="a truth is negative"):
        assert math.isnan(tm.poisson_log_loss_vec([-1, 2], [1, 2]))
    assert tm.poisson_log_loss_vec([-0.5, 2.7], [1, 2]) == tm.poisson_log_loss_vec([0, 2], [1, 2])


def test_vectors_warn_too() -> None:
    (warning,) = caught(lambda: tm.rsq_vec([1, 1], [1, 2]))
    assert str(warning.message) == "rsq is undefined: truth or estimate is constant."
    (warning,) = caught(lambda: tm.accuracy_vec([], []))
    assert "no rows are left" in str(warning.message)
    (warning,) = caught(lambda: tm.accuracy_vec(["a", None], ["a", "a"], na_rm=False))
    assert "a value is missing and na_rm=False" in str(warning.message)
