"""Scores cut into bins: how near the results are, and that the bound given with them holds."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidymetrics as tm
from tests.frames import make, rows

RANKED = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)
SCORES = st.one_of(st.floats(allow_nan=False), st.sampled_from([0.0, -0.0, 0.5, 1.0, 1e-300, float("inf"), float("-inf")]))


def smooth(shape: str, n: int = 200_000) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    event = rng.random(n) < 0.2
    z = rng.normal(size=n) + 1.3 * event
    score = {
        "normal": z,
        "probability": 1 / (1 + np.exp(3 - 2 * z)),
        "near both ends": 1 / (1 + np.exp(-8 * z)),
        "long tail": np.exp(4 * z),
        "long tail below": -np.exp(3 * z),
        "rounded": z.round(2),
    }[shape]
    return pl.DataFrame({"obs": event, "score": score, "w": rng.random(n), "fold": rng.integers(0, 3, n)})


@pytest.mark.parametrize("weights", [{}, {"case_weights": "w"}], ids=["plain", "weighted"])
@pytest.mark.parametrize("shape", ["normal", "probability", "near both ends", "long tail", "long tail below", "rounded"])
def test_smooth_scores(shape: str, weights: dict[str, str]) -> None:
    df = smooth(shape)
    exact = RANKED(df, "obs", "score", by="fold", **weights)[".estimate"].to_numpy()
    binned = RANKED(df, "obs", "score", by="fold", bins=2**14, **weights)
    off = np.abs(binned[".estimate"].to_numpy() - exact)
    bound = binned[".error_bound"].to_numpy()
    assert (off <= bound + 1e-12).all()
    auc = binned[".metric"].to_numpy() == "roc_auc"
    assert off[auc].max() < 1e-6
    assert bound[auc].max() < 1e-4
    assert off.max() < 1e-3


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), SCORES, st.integers(0, 3)), min_size=2, max_size=40),
    st.integers(2, 12),
    st.booleans(),
)
def test_the_bound_holds(data: list[tuple[bool, float, int]], bins: int, weighted: bool) -> None:
    df = pl.DataFrame(data, schema={"obs": pl.Boolean, "score": pl.Float64, "w": pl.Float64}, orient="row")
    weights: dict[str, Any] = {"case_weights": "w"} if weighted else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        exact = RANKED(df, "obs", "score", **weights)[".estimate"]
        binned = RANKED(df, "obs", "score", bins=bins, **weights)
    assert exact.is_null().to_list() == binned[".estimate"].is_null().to_list() == binned[".error_bound"].is_null().to_list()
    off = (binned[".estimate"] - exact).abs()
    assert (off <= binned[".error_bound"] + 1e-12).drop_nulls().all()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), *[st.floats(0, 1)] * 3), min_size=3, max_size=40),
    st.integers(2, 10),
    st.sampled_from([None, "macro", "macro_weighted", "per_class"]),
)
def test_the_bound_holds_for_several_levels(data: list[Any], bins: int, estimator: str | None) -> None:
    df = pl.DataFrame(data, schema=["obs", "a", "b", "c"], orient="row").with_columns(pl.col("obs").cast(pl.Enum(list("abc"))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        exact = tm.roc_auc(df, "obs", ["a", "b", "c"], estimator=estimator)[".estimate"]
        binned = tm.roc_auc(df, "obs", ["a", "b", "c"], estimator=estimator, bins=bins)
    off = (binned[".estimate"] - exact).abs()
    assert (off <= binned[".error_bound"] + 1e-12).drop_nulls().all()


def test_enough_bins_are_exact() -> None:
    df = smooth("rounded", 3_000)
    exact = RANKED(df, "obs", "score")
    binned = RANKED(df, "obs", "score", bins=2**16)
    assert binned[".estimate"].to_list() == pytest.approx(exact[".estimate"].to_list(), abs=1e-12)
    assert binned[".error_bound"].to_list() == [0.0] * 4


def test_the_column_is_there_only_with_bins(frame: str) -> None:
    df = make(frame, smooth("probability", 500).with_columns(pred=pl.col("score") > 0.5))
    both = tm.metric_set(tm.accuracy, tm.roc_auc)
    assert ".error_bound" not in rows(both(df, "obs", "pred", probs="score"))
    result = rows(both(df, "obs", "pred", probs="score", bins=8))
    assert list(result) == [".metric", ".estimator", ".estimate", ".error_bound"]
    assert result[".error_bound"][0] == 0.0
    assert 0 < result[".error_bound"][1] < 0.5


def test_points_of_a_curve_are_points_of_the_full_curve(frame: str) -> None:
    df = smooth("probability", 2_000)
    full = rows(tm.roc_curve(df, "obs", "score"))
    cut = rows(tm.roc_curve(make(frame, df), "obs", "score", bins=50))
    assert 20 < len(cut[".threshold"]) <= 52
    known = set(zip(full[".threshold"], full["specificity"], full["sensitivity"], strict=True))
    assert set(zip(*cut.values(), strict=True)) <= known
    for curve in (tm.pr_curve, tm.gain_curve, tm.lift_curve):
        every = rows(curve(df, "obs", "score"))
        few = rows(curve(make(frame, df), "obs", "score", bins=50))
        assert set(zip(*few.values(), strict=True)) <= set(zip(*every.values(), strict=True))


def test_vectors() -> None:
    df = smooth("probability", 5_000)
    assert tm.roc_auc_vec(df["obs"], df["score"], bins=2**12) == pytest.approx(
        tm.roc_auc(df, "obs", "score", bins=2**12).item(0, ".estimate")
    )
    assert len(tm.pr_curve_vec(df["obs"], df["score"], bins=10)) <= 11


@pytest.mark.parametrize("bins", [1, 0, -4, 2.5, "many", True, 2**20])
def test_wrong_bins(bins: Any) -> None:
    df = smooth("normal", 10)
    for call in (tm.roc_auc, tm.roc_curve):
        with pytest.raises(tm.OptionError, match=r"\(bins=\): expected None or a whole number of bins from 2"):
            call(df, "obs", "score", bins=bins)


def test_bins_and_thresholds() -> None:
    with pytest.raises(tm.OptionError, match="bins= and thresholds="):
        tm.roc_curve(smooth("normal", 10), "obs", "score", bins=4, thresholds=[0.5])


def test_what_is_made_of_binned_values_has_no_bound() -> None:
    df = smooth("normal", 400).with_columns(half=pl.int_range(pl.len()) % 2)
    seen = []

    def gap(frame: pl.DataFrame) -> float:
        seen.append(frame.columns)
        return tm.groupwise_difference(frame)

    binned = tm.metric_tweak("binned", tm.roc_auc, bins=4)
    found = tm.metric_set(tm.roc_auc, tm.new_groupwise_metric(binned, "gap", gap)("half"))(df, "obs", "score")
    assert found[".error_bound"].to_list() == [0.0, None]
    assert ".error_bound" in seen[0]
    exact = tm.new_groupwise_metric(tm.roc_auc, "gap", tm.groupwise_difference)("half")
    assert tm.metric_set(binned, exact)(df, "obs", "score")[".error_bound"][1] == 0.0
    assert ".error_bound" not in exact(df, "obs", "score").columns
