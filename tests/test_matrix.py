"""Confusion matrices."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

# 165 medical tests, and a table of four classes whose recalls are 10/67, 545/585, 11/272, 3/13
TESTS = tm.ConfusionMatrix([[90, 20], [15, 40]], ["ill", "well"])
FOUR = [[10, 5, 3, 0], [50, 545, 250, 8], [6, 30, 11, 2], [1, 5, 8, 3]]


def estimate(result: Any) -> float:
    return rows(result)[".estimate"][0]


def test_known_tables() -> None:
    assert estimate(tm.sens(TESTS)) == pytest.approx(90 / 105)
    assert estimate(tm.spec(TESTS)) == pytest.approx(40 / 60)
    assert estimate(tm.accuracy(TESTS)) == pytest.approx(130 / 165)
    assert estimate(tm.precision(TESTS)) == pytest.approx(90 / 110)
    cm = tm.ConfusionMatrix(FOUR, list("abcd"))
    recalls = rows(tm.recall(cm, estimator="per_class"))
    assert recalls[".estimate"] == pytest.approx([10 / 67, 545 / 585, 11 / 272, 3 / 13])
    assert estimate(tm.bal_accuracy(cm, estimator="macro_recall")) == pytest.approx(0.338, abs=5e-4)


def test_of_data(frame: str) -> None:
    df = data.classes()
    cm = tm.conf_mat(make(frame, df), "obs", "pred", by="fold", case_weights="w")
    assert cm.counts.shape == (4, 3, 3)
    assert cm.levels == ("a", "b", "c")
    assert rows(cm.groups) == {"fold": ["f1", "f2", "f3", "f4"]}
    tidy = rows(cm.tidy())
    assert list(tidy) == ["fold", "Prediction", "Truth", "Freq"]
    assert tidy["Prediction"][:6] == ["a", "b", "c", "a", "b", "c"]
    assert tidy["Truth"][:6] == ["a", "a", "a", "b", "b", "b"]
    for fold, prediction, truth, freq in zip(*tidy.values(), strict=True):
        want = df.filter(pl.col("fold") == fold, pl.col("pred") == prediction, pl.col("obs") == truth)["w"].sum()
        assert freq == pytest.approx(want)


def test_every_class_metric_takes_it(frame: str) -> None:
    df = make(frame, data.classes())
    cm = tm.conf_mat(df, "obs", "pred", by="fold")
    for name, metric in tm.core.metric.METRICS.items():
        if metric.metric.kind == "class" and metric.__module__.startswith("tidymetrics.families"):
            from_rows = rows(metric(df, "obs", "pred", by="fold"))
            assert rows(metric(cm)) == from_rows, name
            assert type(metric(cm)) is type(metric(df, "obs", "pred", by="fold"))
    assert estimate(tm.f_meas(cm.pool(), beta=2)) == pytest.approx(estimate(tm.f_meas(data.classes(), "obs", "pred", beta=2)))
    assert estimate(tm.mcc(np.array(FOUR), levels=list("abcd"))) == estimate(tm.mcc(tm.ConfusionMatrix(FOUR, list("abcd"))))
    assert estimate(tm.sens(TESTS, event="well")) == estimate(tm.sens(TESTS, event_level="second"))


def test_summary(frame: str) -> None:
    df = make(frame, data.classes())
    cm = tm.conf_mat(df, "obs", "pred", by="fold")
    summary = rows(cm.summary(beta=2, estimator="micro"))
    assert summary[".metric"][::4] == list(tm.families.classes.matrix.SUMMARY)
    assert len(summary[".metric"]) == 13 * 4
    assert set(summary[".estimator"]) == {"multiclass", "micro"}
    chosen = rows(cm.summary(metrics=tm.metric_set(tm.sens, f2=tm.f_meas.tweak(beta=2))))
    assert list(dict.fromkeys(chosen[".metric"])) == ["sens", "f2"]
    assert data.same(chosen[".estimate"][4:], rows(tm.f_meas(df, "obs", "pred", by="fold", beta=2))[".estimate"])


def test_adding_and_pooling(frame: str) -> None:
    df = data.classes()
    parts = [tm.conf_mat(make(frame, part), "obs", "pred") for part in (df.head(100), df.tail(140))]
    assert (parts[0] + parts[1]).counts.tolist() == tm.conf_mat(df, "obs", "pred").counts.tolist()
    grouped = tm.conf_mat(make(frame, df), "obs", "pred", by="fold")
    assert grouped.pool().counts.tolist() == tm.conf_mat(df, "obs", "pred").counts.tolist()
    assert (grouped + grouped).counts.tolist() == (2 * grouped.counts).tolist()
    assert list(rows(grouped.pool().tidy())) == ["Prediction", "Truth", "Freq"]
    with pytest.raises(tm.TidymetricsError, match=r"cannot add matrices with different groups; add their pool\(\)"):
        grouped + parts[0]
    with pytest.raises(tm.LevelError, match="matrices with different levels"):
        parts[0] + TESTS
    with pytest.raises(TypeError):
        parts[0] + 1


def test_how_it_prints() -> None:
    assert repr(TESTS).splitlines() == [
        "          Truth",
        "Prediction  ill  well",
        "       ill   90    20",
        "      well   15    40",
    ]
    html = tm.ConfusionMatrix([[1, 0.5], [0, 2]], ["<a>", "b"])._repr_html_()
    assert "&lt;a&gt;" in html
    assert html.count("<td ") == 4
    many = tm.conf_mat(data.classes(), "obs", "pred", by=["fold", "site"])
    assert "fold='f1', site=0" in repr(many)
    assert repr(many).endswith("... and 7 more groups")


def test_pickle() -> None:
    cm = tm.conf_mat(data.classes(), "obs", "pred", by="fold")
    assert pickle.loads(pickle.dumps(cm)).tidy().equals(cm.tidy())


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: tm.ConfusionMatrix([[1, 2]], ["a", "b"]), tm.OptionError, "a square table"),
        (lambda: tm.ConfusionMatrix([["x", 2], [1, 2]], ["a", "b"]), tm.OptionError, "a square table of numbers"),
        (lambda: tm.ConfusionMatrix([[1, -2], [3, 4]], ["a", "b"]), tm.WeightError, "at least 0"),
        (lambda: tm.ConfusionMatrix([[1, 2], [3, 4]], ["a", "b", "c"]), tm.LevelError, "the table has 2 levels; got 3"),
        (lambda: tm.mcc([[1, 2], [3, 4]]), tm.LevelError, r"pass levels=\[...\]"),
        (lambda: tm.mcc(TESTS, levels=["a", "b"]), tm.OptionError, "leave out levels="),
        (lambda: tm.mcc(TESTS, by="fold"), tm.OptionError, "by= is about rows"),
        (lambda: tm.f_meas(TESTS, betta=2), tm.OptionError, "Did you mean 'beta'"),
        (lambda: TESTS.summary(metrics=tm.metric_set(tm.rmse)), tm.OptionError, "a metric_set of class metrics"),
        (lambda: TESTS.summary(estimator="median"), tm.OptionError, "no metric of the set has the estimator 'median'"),
    ],
)
def test_errors(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_a_matrix_of_missing_classes_prints() -> None:
    df = pl.DataFrame({"obs": [None], "pred": [None]}, schema={"obs": pl.String, "pred": pl.String})
    assert "Prediction" in repr(tm.conf_mat(df, "obs", "pred"))
