"""Levels, their order, and the event."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

OBS = ["yes", "yes", "yes", "no", "no"]
PRED = ["yes", "yes", "no", "no", "yes"]
STRINGS = pl.DataFrame({"obs": OBS, "pred": PRED})
ENUM = STRINGS.cast(pl.Enum(["yes", "no"]))


def sens(df: Any, **arguments: Any) -> float:
    return rows(tm.sens(df, "obs", "pred", **arguments))[".estimate"][0]


def test_event_of_typed_levels(frame: str) -> None:
    df = make(frame, ENUM)
    assert sens(df) == pytest.approx(2 / 3)
    assert sens(df, event_level="second") == pytest.approx(1 / 2)
    assert sens(df, event="no") == pytest.approx(1 / 2)
    assert sens(df, event="yes") == pytest.approx(2 / 3)
    assert sens(df, levels=["no", "yes"]) == pytest.approx(1 / 2)


def test_strings_need_an_order_only_where_it_matters(frame: str) -> None:
    df = make(frame, STRINGS)
    for name in ("accuracy", "kap", "mcc", "bal_accuracy", "j_index", "markedness", "roc_dist", "sedi"):
        metric = getattr(tm, name)
        assert data.same(rows(metric(df, "obs", "pred"))[".estimate"], rows(metric(ENUM, "obs", "pred"))[".estimate"])
    for name in ("sens", "spec", "precision", "ppv", "npv", "f_meas", "miss_rate", "fall_out", "detection_prevalence"):
        with pytest.raises(tm.LevelError, match=r"event='yes', or levels=\['yes', 'no'\]"):
            getattr(tm, name)(df, "obs", "pred")
        assert rows(getattr(tm, name)(df, "obs", "pred", estimator="macro"))[".estimate"][0] is not None
    assert sens(df, event="yes") == pytest.approx(2 / 3)
    assert sens(df, levels=["yes", "no"]) == pytest.approx(2 / 3)
    assert sens(df, levels=["yes", "no"], event_level="second") == pytest.approx(1 / 2)


def test_symmetric_metrics_are_those_whose_value_is(frame: str) -> None:
    df = make(frame, data.classes(levels=["x", "y"]))
    for name, function in tm.core.metric.METRICS.items():
        if function.metric.kind == "class" and function.__module__.startswith("tidymetrics"):
            values = [rows(function(df, "obs", "pred", event=event))[".estimate"] for event in ("x", "y")]
            assert data.same(*values) == function.metric.symmetric, name


def test_booleans_have_true_first(frame: str) -> None:
    df = make(frame, STRINGS.select(pl.all() == "yes"))
    assert sens(df) == pytest.approx(2 / 3)
    assert sens(df, event=False) == pytest.approx(1 / 2)
    assert tm.sens_vec([True, True, True, False], [True, True, False, True]) == pytest.approx(2 / 3)


def test_integers(frame: str) -> None:
    df = make(frame, STRINGS.select((pl.all() == "yes").cast(pl.Int64)))
    assert sens(df, event=1) == pytest.approx(2 / 3)
    assert sens(df, levels=[1, 0]) == pytest.approx(2 / 3)
    with pytest.raises(tm.LevelError, match=r"event=1, or levels=\[1, 0\]"):
        sens(df)
    with pytest.raises(tm.LevelError, match="event=True is not one of the levels"):
        sens(df, event=True)


def test_whole_floats_are_integers(frame: str) -> None:
    # what pandas makes of integers beside a missing value
    df = pl.DataFrame({"obs": [1.0, 0.0, None, 1.0], "pred": [1.0, 0.0, 1.0, 0.0]})
    assert sens(make(frame, df), event=1) == 0.5
    with pytest.raises(tm.LevelError, match=r"got the number 0\.5"):
        sens(make(frame, df.with_columns(pred=0.5)))


def test_levels_are_of_the_type_not_of_the_rows(frame: str) -> None:
    df = data.classes().filter(pl.col("obs") != "b", pl.col("pred") != "b")
    with pytest.warns(tm.UndefinedMetricWarning):
        assert rows(tm.bal_accuracy(make(frame, df), "obs", "pred"))[".estimate"] == [None]
    with pytest.warns(tm.UndefinedMetricWarning, match="sens leaves the level 'b' out of the average: the truth has no events"):
        result = tm.sens(make(frame, df), "obs", "pred")
    assert rows(result)[".estimator"] == ["macro"]


def test_strings_of_several_levels_are_sorted(frame: str) -> None:
    df = data.classes()
    strings = df.cast({"obs": pl.String, "pred": pl.String})
    expected = rows(tm.sens(df, "obs", "pred", by="fold", estimator="per_class"))
    assert rows(tm.sens(make(frame, strings), "obs", "pred", by="fold", estimator="per_class")) == expected
    with pytest.raises(tm.LevelError, match="kap with these options depends on the order"):
        tm.kap(make(frame, strings), "obs", "pred", weighting="linear")
    assert rows(tm.kap(make(frame, strings), "obs", "pred", weighting="linear", levels=data.LEVELS)) == rows(
        tm.kap(df, "obs", "pred", weighting="linear")
    )


def test_polars_categorical_is_sorted_text() -> None:
    df = data.classes()
    categorical = df.with_columns(pl.col("obs", "pred").cast(pl.String).cast(pl.Categorical))
    assert rows(tm.sens(categorical, "obs", "pred")) == rows(tm.sens(df, "obs", "pred"))


def test_a_class_that_truth_lacks(frame: str) -> None:
    df = make(frame, pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "bb"]}))
    with pytest.raises(tm.LevelError, match=r"estimate 'pred' holds 'bb', which does not occur in truth 'obs'"):
        tm.accuracy(df, "obs", "pred")
    assert rows(tm.accuracy(df, "obs", "pred", levels=["a", "b", "bb"]))[".estimate"] == [0.5]


def test_unlike_levels(frame: str) -> None:
    df = pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "b"]}, schema={"obs": pl.Enum(["a", "b"]), "pred": pl.Enum(["b", "a"])})
    with pytest.raises(tm.LevelError, match="the order differs"):
        tm.accuracy(make(frame, df), "obs", "pred")
    assert rows(tm.accuracy(make(frame, df), "obs", "pred", levels=["a", "b"]))[".estimate"] == [1.0]
    df = df.with_columns(pred=pl.Series(["a", "c"], dtype=pl.Enum(["a", "c"])))
    with pytest.raises(tm.LevelError, match="only truth has 'b'; only estimate has 'c'"):
        tm.accuracy(make(frame, df), "obs", "pred")


def test_one_typed_column_lends_its_levels(frame: str) -> None:
    df = ENUM.with_columns(pred=pl.col("pred").cast(pl.String))
    assert sens(make(frame, df)) == pytest.approx(2 / 3)
    with pytest.raises(tm.LevelError, match="'maybe', which the other column's type does not list"):
        sens(make(frame, df.with_columns(pred=pl.lit("maybe"))))


def test_levels_must_be_levels(frame: str) -> None:
    df = make(frame, STRINGS)
    for levels, message in [
        (["yes"], "at least two"),
        (["yes", "yes", "no"], "each level may appear only once"),
        ("yes", "a list of all classes"),
        ([0.5, 1.5], "expected strings, integers or booleans"),
        (["yes", "other"], "'no', which levels= does not list"),
    ]:
        with pytest.raises(tm.LevelError, match=message):
            tm.accuracy(df, "obs", "pred", levels=levels)
    with pytest.raises(tm.LevelError, match="event='maybe' is not one of the levels: 'no', 'yes'"):
        sens(df, event="maybe")
    with pytest.raises(tm.OptionError, match="pass one of them"):
        sens(df, event="no", event_level="second")


def test_event_is_for_two_levels() -> None:
    with pytest.raises(tm.LevelError, match="event= needs exactly two levels; there are 3"):
        tm.sens(data.classes(), "obs", "pred", event="a")
    # as in yardstick, event_level is left aside by averages
    assert tm.sens(data.classes(), "obs", "pred", event_level="second").equals(tm.sens(data.classes(), "obs", "pred"))


def test_types_that_are_no_classes(frame: str) -> None:
    import datetime as dt

    df = pl.DataFrame({"obs": [dt.date(2026, 1, 1)], "pred": [dt.date(2026, 1, 1)]})
    with pytest.raises(tm.LevelError, match="truth 'obs': expected classes"):
        tm.accuracy(make(frame, df), "obs", "pred")
    mixed = pl.DataFrame({"obs": ["a", "b"], "pred": [1, 2]})
    with pytest.raises(tm.LevelError, match="cast both to one type"):
        tm.accuracy(make(frame, mixed), "obs", "pred")


def test_one_level_only() -> None:
    df = pl.DataFrame({"obs": ["a", "a"], "pred": ["a", "a"]})
    assert tm.accuracy(df, "obs", "pred")[".estimate"].item() == 1
    with pytest.warns(tm.UndefinedMetricWarning, match="all rows are one class"):
        assert tm.kap(df, "obs", "pred")[".estimate"].item() is None
    with pytest.raises(tm.LevelError, match="sens depends on the order"):
        tm.sens(df, "obs", "pred")
    with pytest.warns(tm.UndefinedMetricWarning):
        assert tm.sens(df, "obs", "pred", levels=["b", "a"])[".estimate"].item() is None


def test_estimators() -> None:
    df = data.classes()
    for estimator in ("binary", "multiclass", "hand_till", "mean"):
        with pytest.raises(tm.EstimatorError, match="sens"):
            tm.sens(df, "obs", "pred", estimator=estimator)
    with pytest.raises(tm.EstimatorError, match="accuracy: there is no estimator 'macro' for it; it has binary, multiclass"):
        tm.accuracy(df, "obs", "pred", estimator="macro")
    with pytest.raises(tm.EstimatorError, match="three levels or more"):
        tm.accuracy(ENUM, "obs", "pred", estimator="multiclass")
    recall = tm.sens(df, "obs", "pred", by="fold", estimator="macro")[".estimate"].to_list()
    balanced = tm.bal_accuracy(df, "obs", "pred", by="fold", estimator="macro_recall")
    assert balanced[".estimate"].to_list() == recall
    assert balanced[".estimator"].to_list() == ["macro_recall"] * 4


def test_the_two_balanced_accuracies_are_what_they_say() -> None:
    from sklearn.metrics import balanced_accuracy_score

    df = data.classes()
    ours = tm.bal_accuracy(df, "obs", "pred", estimator="macro_recall")[".estimate"].item()
    assert ours == pytest.approx(balanced_accuracy_score(df["obs"].to_list(), df["pred"].to_list()))
    spec = tm.spec(df, "obs", "pred")[".estimate"].item()
    assert tm.bal_accuracy(df, "obs", "pred")[".estimate"].item() == pytest.approx((ours + spec) / 2)


def test_many_levels() -> None:
    rng = np.random.default_rng(0)
    names = [f"c{i:03}" for i in range(300)]
    truth = rng.integers(0, 300, 20_000)
    df = pl.DataFrame(
        {"obs": [names[i] for i in truth], "pred": [names[i] for i in np.where(rng.random(20_000) < 0.5, truth, 0)]}
    )
    assert 0.4 < tm.sens(df, "obs", "pred")[".estimate"].item() < 0.6
