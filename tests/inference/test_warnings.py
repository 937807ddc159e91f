"""What users are told where there is no interval, and what makers refuse."""

from __future__ import annotations

import math
import warnings

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows

ONE = pl.DataFrame({"g": ["x", "y", "y"], "obs": ["a", "a", "b"], "pred": ["a", "a", "b"]})


def test_one_warning_with_each_reason_and_its_groups() -> None:
    df = pl.DataFrame({"g": [1, 2, 2, 3, 3], "y": [1.0, 1.0, 2.0, 1.0, 2.0], "x": [2.0, 2.0, 3.0, 1.5, 4.0]})
    with pytest.warns(tm.UndefinedIntervalWarning) as caught:
        made = tm.with_intervals(tm.metric_set(tm.mae, tm.rmse))(df, "y", "x", by="g")
    (message,) = (str(w.message) for w in caught)
    assert "mae, rmse have no interval in 1 of 3 groups (g=1): the group has one row only" in message
    assert "mae, rmse have no interval in 1 of 3 groups (g=2): all rows have the same influence" in message
    assert made[".lower"].is_null().to_list() == [True, True, False] * 2


def test_one_event_has_no_interval_of_ranks() -> None:
    df = pl.DataFrame({"obs": [True, False, False], "s": [0.5, 0.2, 0.7]})
    with pytest.warns(tm.UndefinedIntervalWarning, match="roc_auc has no interval: a class has one row only"):
        tm.with_intervals(tm.roc_auc)(df, "obs", "s", event=True)


def test_an_undefined_estimate_has_no_second_warning() -> None:
    df = pl.DataFrame({"obs": [True, True], "s": [0.5, 0.2]})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        tm.with_intervals(tm.roc_auc)(df, "obs", "s", event=True)
    assert [w.category for w in caught] == [tm.UndefinedMetricWarning]


def test_the_end_of_the_range_has_an_interval_and_no_standard_error(frame: str) -> None:
    df = pl.DataFrame({"obs": ["a", "b"] * 5, "pred": ["a", "b"] * 5})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = rows(tm.with_intervals(tm.accuracy)(make(frame, df), "obs", "pred"))
    assert made[".std_error"] == [None]
    assert made[".upper"] == [1.0]
    assert 0.7 < made[".lower"][0] < 0.75


@pytest.mark.parametrize(
    ("metrics", "options", "says"),
    [
        (tm.accuracy, {"conf_level": 95}, "conf_level"),
        (tm.accuracy, {"method": "magic"}, "method"),
        (tm.accuracy, {"weight_type": "sampling"}, "weight_type"),
        (tm.accuracy, {"seed": -1}, "seed"),
        (tm.roc_curve, {}, "no interval"),
        (3, {}, "expected a metric"),
        (tm.demographic_parity("g"), {}, "across="),
    ],
)
def test_options(metrics: object, options: dict[str, object], says: str) -> None:
    with pytest.raises(tm.OptionError, match=says):
        tm.with_intervals(metrics, **options)  # type: ignore[arg-type]


def test_frequency_weights_are_repeated_rows(frame: str) -> None:
    rng = np.random.default_rng(0)
    n = 60
    df = pl.DataFrame({"obs": rng.random(n) < 0.5, "w": rng.integers(1, 4, n), "y": rng.normal(size=n)})
    df = df.with_columns(
        pred=pl.Series(rng.random(n) < 0.8) == pl.col("obs"), s=pl.Series(rng.normal(size=n)), x=pl.col("y") + 0.1
    )
    df = df.with_columns(x=pl.col("y") + pl.col("s"))
    again = df[np.repeat(np.arange(n), df["w"].to_numpy())]
    made = [
        (tm.metric_set(tm.accuracy, tm.mcc, tm.f_meas), "pred", "obs", {"event": True}),
        (tm.metric_set(tm.roc_auc, tm.average_precision), "s", "obs", {"event": True}),
        (tm.metric_set(tm.rmse, tm.rsq), "x", "y", {}),
    ]
    for metrics, estimate, truth, more in made:
        maker = tm.with_intervals(metrics, weight_type="frequency")
        one = rows(maker(make(frame, df), truth, estimate, case_weights="w", **more))
        two = rows(tm.with_intervals(metrics)(make(frame, again), truth, estimate, **more))
        for column in (".estimate", ".std_error", ".lower", ".upper"):
            assert one[column] == pytest.approx(two[column], rel=1e-7), column


def test_a_confusion_matrix_is_its_rows() -> None:
    df = pl.DataFrame(
        {"g": [1, 1, 2, 2] * 5, "obs": ["a", "b", "a", "b"] * 5, "pred": ["a", "b", "b", "b"] * 3 + ["b", "a", "a", "a"] * 2}
    )
    matrix = tm.conf_mat(df, "obs", "pred", by="g", levels=["a", "b"])
    one = tm.with_intervals(tm.metric_set(tm.accuracy, tm.kap))(df, "obs", "pred", by="g", levels=["a", "b"])
    assert tm.with_intervals(tm.metric_set(tm.accuracy, tm.kap))(matrix).equals(one)
    summary = matrix.summary(intervals=True)
    assert summary.columns == ["g", ".metric", ".estimator", ".estimate", ".std_error", ".lower", ".upper"]
    assert math.isclose(summary[".lower"][0], one[".lower"][0])


def test_units_without_a_value_are_one_each() -> None:
    rng = np.random.default_rng(1)
    df = pl.DataFrame({"y": rng.normal(size=50), "u": [None] * 50}, schema_overrides={"u": pl.Int64})
    df = df.with_columns(x=pl.col("y") + pl.Series(rng.normal(size=50)), k=pl.col("y") > 0)
    df = df.with_columns(p=pl.col("x") > 0)
    assert tm.with_intervals(tm.rmse)(df, "y", "x", unit="u").equals(tm.with_intervals(tm.rmse)(df, "y", "x"))
    assert tm.with_intervals(tm.mcc)(df, "k", "p", unit="u").equals(tm.with_intervals(tm.mcc)(df, "k", "p"))
    paired = df.with_columns(u=pl.Series([0, 0, *[None] * 48]))
    wide = tm.with_intervals(tm.metric_set(tm.mcc, tm.accuracy))(paired, "k", "p", unit="u")
    assert wide[".std_error"].null_count() == 0


def test_large_groups_of_plain_functions_are_cut_into_blocks() -> None:
    rng = np.random.default_rng(2)
    y = rng.normal(size=25_000)
    df = pl.DataFrame({"y": y, "x": y + rng.normal(size=25_000)})
    made = tm.with_intervals(tm.rpiq)(df, "y", "x")
    assert made[".lower"].item() < made[".estimate"].item() < made[".upper"].item()
    assert made[".std_error"].item() < 0.05


def test_nested_survival_data_have_subjects() -> None:
    df = tm.datasets.load_survival_cv()
    metric = tm.brier_survival_integrated
    others = {"eval_time": ".eval_time", "censoring_weights": ".weight_censored"}
    long = tm.with_intervals(metric)(df, ("time", "event"), ".pred_survival", unit="row", by="Resample", **others)
    with pytest.raises(tm.OptionError, match="unit="):
        tm.with_intervals(metric)(df, ("time", "event"), ".pred_survival", by="Resample", **others)
    fields = pl.struct(".eval_time", ".pred_survival", pl.col(".weight_censored").alias(".weight_censored"))
    nested = df.group_by("row", "Resample", "time", "event", maintain_order=True).agg(fields.alias(".pred"))
    again = tm.with_intervals(metric)(nested, ("time", "event"), ".pred", by="Resample")
    for column in (".estimate", ".std_error", ".lower", ".upper"):
        assert long[column].to_list() == pytest.approx(again[column].to_list(), rel=1e-9)


def test_twice_the_rows_are_a_root_of_two_surer() -> None:
    rng = np.random.default_rng(8)
    n = 2_000
    obs = rng.random(n) < 0.4
    df = pl.DataFrame({"obs": obs, "pred": np.where(rng.random(n) < 0.8, obs, ~obs), "y": rng.normal(size=n)})
    df = df.with_columns(score=pl.Series(rng.normal(size=n)) + pl.col("obs"), x=pl.col("y") + pl.Series(rng.normal(size=n)))
    calls = [
        (tm.metric_set(tm.accuracy, tm.mcc, tm.f_meas), "obs", "pred", {"event": True}),
        (tm.metric_set(tm.roc_auc, tm.average_precision, tm.pr_auc), "obs", "score", {"event": True}),
        (tm.metric_set(tm.rmse, tm.rsq, tm.mae, tm.gini_coef), "y", "x", {}),
    ]
    for metrics, truth, estimate, more in calls:
        made = [tm.with_intervals(metrics)(rows_, truth, estimate, **more) for rows_ in (df, pl.concat([df, df]))]
        once, twice = (frame[".std_error"].to_numpy() for frame in made)
        np.testing.assert_allclose(once / twice, 2**0.5, rtol=2e-3)
