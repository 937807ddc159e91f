"""Sets of metrics, tweaks, and the usual sets."""

from __future__ import annotations

import pickle

import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.frames import PreparedFrame
from tidymetrics.statistics import ConfusionRequest

CLASSES, NUMBERS = data.classes(), data.numbers()


def test_rows_are_metric_by_metric_then_by_key(frame: str) -> None:
    result = rows(tm.metric_set(tm.kap, tm.accuracy)(make(frame, CLASSES), "obs", "pred", by="fold"))
    assert result[".metric"] == ["kap"] * 4 + ["accuracy"] * 4
    assert result["fold"] == ["f1", "f2", "f3", "f4"] * 2


def test_names(frame: str) -> None:
    metrics = tm.metric_set(tm.f_meas, f2=tm.f_meas.tweak(beta=2), half=tm.metric_tweak("other", tm.f_meas, beta=0.5))
    result = rows(metrics(make(frame, CLASSES), "obs", "pred"))
    assert result[".metric"] == ["f_meas", "f2", "half"]
    expected = [rows(tm.f_meas(CLASSES, "obs", "pred", beta=beta))[".estimate"][0] for beta in (1, 2, 0.5)]
    assert data.same(result[".estimate"], expected)


def test_tweaks_win_over_the_call() -> None:
    two = tm.f_meas.tweak(beta=2)
    expected = tm.f_meas(CLASSES, "obs", "pred", beta=2)
    assert two(CLASSES, "obs", "pred", beta=0.5).equals(expected)
    result = tm.metric_set(tm.f_meas, two=two)(CLASSES, "obs", "pred", beta=0.5)[".estimate"].to_list()
    assert result == [tm.f_meas(CLASSES, "obs", "pred", beta=0.5)[".estimate"].item(), expected[".estimate"].item()]
    twice = two.tweak(estimator="micro")
    assert twice(CLASSES, "obs", "pred").equals(tm.f_meas(CLASSES, "obs", "pred", beta=2, estimator="micro"))
    holes = CLASSES.with_columns(w=pl.when(pl.col("site") > 0).then("w"))
    strict = tm.accuracy.tweak(na_rm=False)
    with pytest.warns(tm.UndefinedMetricWarning, match="a value is missing and na_rm=False"):
        result = tm.metric_set(tm.accuracy, strict=strict)(holes, "obs", "pred", case_weights="w")
    assert result[".estimate"].null_count() == 1


def test_each_member_may_have_an_event_of_its_own() -> None:
    df = data.classes(levels=["x", "y"])
    both = tm.metric_set(first=tm.sens.tweak(event="x"), second=tm.sens.tweak(event="y"))(df, "obs", "pred")
    assert both[".estimate"].to_list() == [tm.sens(df, "obs", "pred", event=e)[".estimate"].item() for e in "xy"]


def test_estimators_a_member_lacks_are_left_aside() -> None:
    result = tm.metric_set(tm.accuracy, tm.sens, tm.bal_accuracy)(CLASSES, "obs", "pred", estimator="micro")
    assert result[".estimator"].to_list() == ["multiclass", "micro", "micro"]
    result = tm.metric_set(tm.sens, tm.bal_accuracy)(CLASSES, "obs", "pred", estimator="macro_recall")
    assert result[".estimator"].to_list() == ["macro", "macro_recall"]


def test_per_class_in_a_set(frame: str) -> None:
    metrics = tm.metric_set(tm.sens, tm.accuracy.tweak(estimator="per_class"), overall=tm.accuracy)
    result = rows(metrics(make(frame, CLASSES), "obs", "pred"))
    assert result[".level"] == [None, *data.LEVELS, None]
    assert result[".metric"] == ["sens", *["accuracy"] * 3, "overall"]
    by_class = rows(tm.metric_set(tm.sens, tm.kap)(make(frame, CLASSES), "obs", "pred", estimator="per_class", by="fold"))
    assert by_class[".level"] == data.LEVELS * 8


def test_each_statistic_is_reduced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    original = ConfusionRequest.reduce
    monkeypatch.setattr(ConfusionRequest, "reduce", lambda self, r: calls.append(1) or original(self, r))
    tm.get_metrics("class")(CLASSES, "obs", "pred", by="fold")
    assert len(calls) == 1
    passes = []
    run = PreparedFrame.collect
    monkeypatch.setattr(PreparedFrame, "collect", lambda self, *args: passes.append(1) or run(self, *args))
    tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.huber_loss, tm.rpd)(NUMBERS, "obs", "pred", by="fold")
    assert len(passes) == 1


def test_order_by(frame: str) -> None:
    df = NUMBERS.with_row_index("day").sample(fraction=1, shuffle=True, seed=2)
    expected = rows(tm.mase(df.sort("day"), "obs", "pred", by="fold"))[".estimate"]
    assert data.same(rows(tm.mase(make(frame, df), "obs", "pred", by="fold", order_by="day"))[".estimate"], expected)
    result = tm.metric_set(tm.mae, tm.mase)(make(frame, df), "obs", "pred", by="fold", order_by="day")
    assert data.same(rows(result)[".estimate"][4:], expected)
    assert tm.mase_vec(df["obs"], df["pred"], order_by=df["day"]) == pytest.approx(tm.mase_vec(*df.sort("day")["obs", "pred"]))


def test_rows_without_a_place_in_the_order_are_missing() -> None:
    df = NUMBERS.with_row_index("day").with_columns(day=pl.when(pl.col("day") % 7 != 0).then("day"))
    kept = df.drop_nulls("day")
    assert data.same(
        tm.mase(df, "obs", "pred", order_by="day")[".estimate"].to_list(), tm.mase(kept, "obs", "pred")[".estimate"].to_list()
    )
    with pytest.warns(tm.UndefinedMetricWarning):
        assert tm.mase(df, "obs", "pred", order_by="day", na_rm=False)[".estimate"].item() is None


def test_as_frame_and_repr() -> None:
    metrics = tm.metric_set(tm.accuracy, f2=tm.f_meas.tweak(beta=2))
    assert metrics.as_frame().rows() == [("accuracy", "class", "maximize"), ("f2", "class", "maximize")]
    assert repr(metrics) == "<metric set of 2: accuracy, f2>"


def test_pickle() -> None:
    metrics = tm.metric_set(tm.accuracy, f2=tm.f_meas.tweak(beta=2))
    again = pickle.loads(pickle.dumps(metrics))
    assert again(CLASSES, "obs", "pred").equals(metrics(CLASSES, "obs", "pred"))


def test_the_usual_metrics(frame: str) -> None:
    for df, names in ((CLASSES, ["accuracy", "kap"]), (NUMBERS, ["rmse", "rsq", "mae"])):
        result = rows(tm.metrics(make(frame, df), "obs", "pred"))
        assert result[".metric"] == names
    codes = CLASSES.select(pl.col("obs", "pred").to_physical())
    assert rows(tm.metrics(make(frame, codes), "obs", "pred", levels=[0, 1, 2]))[".metric"] == ["accuracy", "kap"]
    grouped = tm.metrics(CLASSES.group_by("fold"), "obs", "pred")
    assert len(grouped) == 8


def test_all_metrics_of_a_kind() -> None:
    assert tm.get_metrics("class").as_frame()["metric"].is_sorted()
    assert tm.get_metrics("numeric")(NUMBERS, "obs", "pred")[".estimate"].null_count() == 0
