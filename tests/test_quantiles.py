"""Ordered levels, and quantile forecasts with their gaps."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidymetrics as tm
from tests.frames import installed, make, rows
from tidymetrics.statistics.imputation import impute

WIDE = [0.05, 0.25, 0.5, 0.75, 0.95]
nan = math.nan


def score(truth: list[float | None], quantiles: list[list[float | None]], levels: list[float], **arguments: Any) -> float:
    """Score rows of quantiles."""
    columns = {f"q{i}": column for i, column in enumerate(map(list, zip(*quantiles, strict=True)))}
    df = pl.DataFrame({"y": truth, **columns}, schema_overrides=dict.fromkeys(columns, pl.Float64))
    return tm.weighted_interval_score(df, "y", list(columns), quantile_levels=levels, **arguments)[".estimate"].item()


def test_by_hand() -> None:
    levels = [0.1, 0.5, 0.9]
    assert score([1.0], [[1.0, 2.0, 3.0]], levels) == pytest.approx(7 / 15, rel=1e-12)
    gap = [[1.0, None, 3.0]]
    assert score([1.0], gap, levels, quantile_estimate_nas="drop") == pytest.approx(0.2, rel=1e-12)
    assert score([1.0], gap, levels) == pytest.approx(7 / 15, rel=1e-12)
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        assert score([1.0], gap, levels, quantile_estimate_nas="propagate") is None
    assert score([1.0, 2.0], [*gap, [2.0, 2.0, 2.0]], levels, quantile_estimate_nas="propagate") == 0
    # one level: twice the pinball loss, at 0.5 the absolute error
    assert score([5.0, 1.0], [[2.0], [1.5]], [0.5]) == pytest.approx((3 + 0.5) / 2)


@pytest.mark.parametrize(
    ("row", "filled"),
    [
        ([nan, 2.0, 3.0], [1.0, 2.0, 3.0]),
        ([1.0, 2.0, 2.0, nan, 4.0], [1.0, 2.0, 2.0, 2.342935528120713, 4.0]),
        ([nan, 2.0, nan, 3.0, 4.0], [1.594965319645960, 2.0, 2.241071428571429, 3.0, 4.0]),
        ([1.0, 3.0, 2.0, nan, 5.0], [1.0, 3.0, 2.0, 11 / 3, 5.0]),
        ([nan, nan, 2.0, nan, nan], [nan, nan, 2.0, nan, nan]),
        ([nan, 3.0, 3.0, nan, nan], [3.0, 3.0, 3.0, 3.0, 3.0]),
    ],
)
def test_missing_quantiles_are_filled(row: list[float], filled: list[float]) -> None:
    levels = np.array([0.1, 0.5, 0.9] if len(row) == 3 else WIDE)
    np.testing.assert_allclose(impute(levels, np.array([row]))[0], filled, rtol=1e-12)


def test_levels_of_0_and_1_go_to_infinity() -> None:
    made = impute(np.array([0.0, 0.25, 0.75, 1.0]), np.array([[nan, 1.0, 2.0, nan], [nan, 2.0, 2.0, nan]]))
    assert made.tolist() == [[-math.inf, 1.0, 2.0, math.inf], [2.0, 2.0, 2.0, 2.0]]


@given(st.lists(st.floats(-100, 100), min_size=7, max_size=7), st.sets(st.integers(1, 5), min_size=1, max_size=4))
def test_filled_quantiles_keep_their_order(values: list[float], gone: set[int]) -> None:
    levels = np.array([0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
    row = np.array([sorted(values)])
    row[0, list(gone)] = nan
    made = impute(levels, row)[0]
    assert not np.isnan(made).any()
    assert (np.diff(made) >= -1e-9).all()


def test_rows_are_filled_by_themselves(frame: str) -> None:
    rng = np.random.default_rng(5)
    full = np.sort(rng.normal(size=(60, 5)), axis=1)
    holes = np.where(rng.random((60, 5)) < 0.3, nan, full)
    columns = {f"q{i}": pl.Series(holes[:, i], nan_to_null=True) for i in range(5)}
    df = pl.DataFrame({"y": rng.normal(size=60), "w": rng.random(60), "g": rng.integers(0, 3, 60), **columns})
    found = rows(
        tm.weighted_interval_score(make(frame, df), "y", list(columns), quantile_levels=WIDE, by="g", case_weights="w")
    )
    filled = impute(np.array(WIDE), holes)
    gap = df["y"].to_numpy()[:, None] - filled
    each = 2 * np.maximum(np.array(WIDE) * gap, (np.array(WIDE) - 1) * gap).mean(axis=1)
    for g, value in zip(found["g"], found[".estimate"], strict=True):
        of_group = (df["g"].to_numpy() == g) & ~np.isnan(each)
        assert value == pytest.approx(np.average(each[of_group], weights=df["w"].to_numpy()[of_group]), rel=1e-12)


def test_na_rm_false_asks_for_a_score_of_each_row() -> None:
    levels = [0.25, 0.75]
    assert score([1.0, 2.0], [[1.0, 2.0], [1.0, 2.0]], levels, na_rm=False) > 0
    filled = score([1.0, 2.0, 1.0], [[1.0, 2.0], [None, None], [1.0, 2.0]], levels)
    assert filled == score([1.0, 1.0], [[1.0, 2.0]] * 2, levels)
    for truth, quantiles in (([1.0, 2.0], [[1.0, 2.0], [1.0, None]]), ([1.0, None], [[1.0, 2.0]] * 2)):
        with pytest.warns(tm.UndefinedMetricWarning, match="missing and na_rm=False"):
            assert score(truth, quantiles, levels, na_rm=False) is None


def test_crossing_quantiles_are_counted() -> None:
    with pytest.warns(tm.CrossingQuantilesWarning, match="in 2 rows the predicted quantiles cross"):
        score([1.0] * 4, [[1.0, 2.0, 3.0], [1.0, 0.5, 3.0], [2.0, None, 1.0], [1.0, 1.0, 1.0]], [0.1, 0.5, 0.9])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        score([1.0], [[1.0, 1.0]], [0.1, 0.9])


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ([0.5, 0.1], r"expected increasing levels, with the columns of estimate in the same order; got 0.5, 0.1"),
        ([0.5, 0.5], r"a level is given twice: 0.5, 0.5"),
        ([5, 95], r"expected numbers between 0 and 1; got 5.0, 95.0. Percentages must be divided by 100"),
        ([-0.1, 0.5], r"expected numbers between 0 and 1; got -0.1"),
        ([], r"expected at least one level"),
        ("ab", r"expected numbers between 0 and 1; got 'ab'"),
        ([0.1, 0.5, 0.9], r"a column of estimate for each of the 3 quantile levels 0.1, 0.5, 0.9; got 2: 'a', 'b'"),
        (None, r"pass quantile_levels=\[...\], the level of each column"),
    ],
)
def test_wrong_levels(levels: Any, message: str) -> None:
    df = pl.DataFrame({"y": [1.0], "a": [1.0], "b": [2.0]})
    with pytest.raises(tm.OptionError, match=message):
        tm.weighted_interval_score(df, "y", ["a", "b"], quantile_levels=levels)


def test_wrong_columns() -> None:
    df = pl.DataFrame({"y": [1.0], "a": [1.0], "b": ["x"]})
    with pytest.raises(tm.ColumnNotFoundError, match="estimate: the frame has no column 'c'"):
        tm.weighted_interval_score(df, "y", ["a", "c"], quantile_levels=[0.1, 0.9])
    with pytest.raises(tm.OptionError, match="each column may appear only once; got 'a', 'a'"):
        tm.weighted_interval_score(df, "y", ["a", "a"], quantile_levels=[0.1, 0.9])
    with pytest.raises(tm.OptionError, match="estimate 'b': expected numbers; got String"):
        tm.weighted_interval_score(df, "y", ["a", "b"], quantile_levels=[0.1, 0.9])
    with pytest.raises(tm.OptionError, match="expected one of 'impute', 'drop', 'propagate'; got 'fill'"):
        tm.weighted_interval_score(df, "y", ["a"], quantile_levels=[0.5], quantile_estimate_nas="fill")
    with pytest.raises(tm.OptionError, match="the vectors must have the same length: truth has 2, estimate 1 has 1"):
        tm.weighted_interval_score_vec([1.0, 2.0], [[1.0], [2.0]], quantile_levels=[0.1, 0.9])


def test_in_a_set_and_tweaked() -> None:
    df = pl.DataFrame({"y": [1.0, 2.0], "a": [1.0, None], "b": [2.0, 3.0]})
    dropped = tm.metric_tweak("dropped", tm.weighted_interval_score, quantile_estimate_nas="drop")
    both = tm.metric_set(tm.weighted_interval_score, dropped)
    found = both(df, "y", ["a", "b"], quantile_levels=[0.25, 0.75])
    assert found[".metric"].to_list() == ["weighted_interval_score", "dropped"]
    assert found[".estimate"][1] == score([1.0, 2.0], [[1.0, 2.0], [None, 3.0]], [0.25, 0.75], quantile_estimate_nas="drop")
    fixed = tm.weighted_interval_score.tweak(quantile_levels=[0.25, 0.75])
    assert fixed(df, "y", ["a", "b"])[".estimate"].item() == found[".estimate"][0]
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes levels=: they are of the family 'quantile'"):
        both(df, "y", ["a", "b"], quantile_levels=[0.25, 0.75], levels=["a"])
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes quantile_levels=: they are of the family"):
        tm.metric_set(tm.rmse)(df, "y", "b", quantile_levels=[0.5])


# ordered levels

ORDERED = pl.DataFrame({"obs": ["low", "top"], "low": [0.5, 0.5], "mid": [0.3, 0.3], "top": [0.2, 0.2], "w": [3, 1]})
LEVELS = ["low", "mid", "top"]


def test_ranked_prob_score_by_hand() -> None:
    plain = tm.ranked_prob_score(ORDERED, "obs", LEVELS, levels=LEVELS)
    assert plain.row(0) == ("ranked_prob_score", "multiclass", pytest.approx(0.295, rel=1e-12))
    weighted = tm.ranked_prob_score(ORDERED, "obs", LEVELS, levels=LEVELS, case_weights="w")
    assert weighted[".estimate"].item() == pytest.approx(0.22, rel=1e-12)
    mapping = {level: level for level in LEVELS}
    assert tm.ranked_prob_score(ORDERED, "obs", mapping).equals(plain)


def test_two_levels_need_both_columns() -> None:
    df = pl.DataFrame({"obs": [True, False], "p": [0.9, 0.4]}).with_columns(q=1 - pl.col("p"))
    both = tm.ranked_prob_score(df, "obs", ["p", "q"])
    assert both.row(0) == ("ranked_prob_score", "multiclass", pytest.approx(tm.brier_class_vec(df["obs"], df["p"])))
    with pytest.raises(tm.OptionError, match=r"ranked_prob_score needs one column of probabilities per level \(True"):
        tm.ranked_prob_score(df, "obs", "p")


def test_levels_must_have_an_order() -> None:
    with pytest.raises(tm.LevelError, match=r"the type of truth 'obs' has no levels. .* levels=\[...\] in the order"):
        tm.ranked_prob_score(ORDERED, "obs", LEVELS)
    if not installed("pandas"):
        return
    import pandas as pd

    df = ORDERED.to_pandas() if installed("pyarrow") else pd.DataFrame(ORDERED.to_dict(as_series=False))
    df["obs"] = pd.Categorical(df["obs"], categories=LEVELS)
    for truth in (df["obs"], df["obs"].array):
        with pytest.raises(tm.LevelError, match=r"ranked_prob_score depends on the order.* Pass levels=\['low'"):
            tm.ranked_prob_score_vec(truth, df[LEVELS].to_numpy())
    with pytest.raises(tm.LevelError, match=r"of truth 'obs' are unordered. Pass levels=\['low', 'mid', 'top'\]"):
        tm.ranked_prob_score(df, "obs", LEVELS)
    assert tm.brier_class(df, "obs", LEVELS)[".estimate"].item() > 0  # the order does not matter to others
    df["obs"] = df["obs"].cat.as_ordered()
    assert tm.ranked_prob_score(df, "obs", LEVELS)[".estimate"].item() == pytest.approx(0.295, rel=1e-12)


def test_ordered_metrics_join_sets_of_classes() -> None:
    df = ORDERED.with_columns(pred=pl.Series(["low", "mid"]))
    together = tm.metric_set(tm.accuracy, tm.ranked_prob_score, tm.mn_log_loss)
    found = together(df, "obs", "pred", probs=LEVELS, levels=LEVELS)
    assert found[".metric"].to_list() == ["accuracy", "ranked_prob_score", "mn_log_loss"]
    assert found[".estimate"][1] == pytest.approx(0.295, rel=1e-12)
    assert {"ranked_prob_score", "roc_aunu"} <= set(tm.get_metrics("ordered_prob", "prob").as_frame()["metric"])


def test_quantiles_at_the_ends_may_be_infinite() -> None:
    levels = [0.0, 0.5, 1.0]
    assert score([2.0], [[-math.inf, 1.0, math.inf]], levels) == pytest.approx(2 * 0.5 / 3)
    assert score([2.0], [[-math.inf, None, math.inf]], levels, quantile_estimate_nas="drop") == 0
    gap = score([2.0, 2.0], [[-math.inf, 1.0, math.inf], [None, 1.0, 3.0]], levels)
    assert gap == pytest.approx((1 / 3 + 1 / 3) / 2)


def test_crossing_is_told_once_and_of_scored_rows() -> None:
    df = pl.DataFrame({"y": [1.0, None], "a": [2.0, 2.0], "b": [1.0, 1.0]})
    both = tm.metric_set(tm.weighted_interval_score, dropped=tm.weighted_interval_score.tweak(quantile_estimate_nas="drop"))
    with pytest.warns(tm.CrossingQuantilesWarning) as told:
        both(df, "y", ["a", "b"], quantile_levels=[0.25, 0.75])
    assert ["in 1 row the predicted" in str(w.message) for w in told] == [True]


def plain_filled(levels: list[float], row: list[float]) -> list[float]:
    """Fill one row whose quantiles rise, between those that are there, by the formulas one at a time."""
    known = [i for i, value in enumerate(row) if not math.isnan(value)]
    x, y = [levels[i] for i in known], [row[i] for i in known]
    n = len(x)
    h = [x[i + 1] - x[i] for i in range(n - 1)]
    d = [(y[i + 1] - y[i]) / h[i] for i in range(n - 1)]
    system, right = np.zeros((n, n)), np.zeros(n)
    for i in range(1, n - 1):
        system[i, i - 1 : i + 2], right[i] = [h[i - 1], 2 * (h[i - 1] + h[i]), h[i]], d[i] - d[i - 1]
    system[0, :2], system[-1, -2:] = [-h[0], h[0]], [h[-1], -h[-1]]
    if n > 3:
        right[0], right[-1] = h[0] ** 2 * third(x[:4], y[:4]), -(h[-1] ** 2) * third(x[-4:], y[-4:])
    g = np.linalg.solve(system, right)
    b = [d[i] - h[i] * (g[i + 1] + 2 * g[i]) for i in range(n - 1)] + [d[-1] + h[-1] * (g[-2] + 2 * g[-1])]
    for i in range(n):
        left, after = d[max(i - 1, 0)], d[min(i, n - 2)]
        most = 3 * min(abs(left), abs(after))
        up = (after if left * after > 0 else b[i]) >= 0
        b[i] = min(max(0.0, b[i]), most) if up else max(min(0.0, b[i]), -most)
    made = list(row)
    for j in range(known[0], known[-1]):
        if math.isnan(row[j]):
            i = max(k for k in range(n) if x[k] < levels[j])
            u = (levels[j] - x[i]) / h[i]
            made[j] = y[i] * (1 + 2 * u) * (1 - u) ** 2 + b[i] * h[i] * u * (1 - u) ** 2
            made[j] += y[i + 1] * u**2 * (3 - 2 * u) + b[i + 1] * h[i] * u**2 * (u - 1)
    return made


def third(x: list[float], y: list[float]) -> float:
    """Give the third divided difference of four points."""
    for order in (1, 2, 3):
        y = [(y[i + 1] - y[i]) / (x[i + order] - x[i]) for i in range(len(y) - 1)]
    return y[0]


def test_filling_against_the_formulas() -> None:
    rng = np.random.default_rng(8)
    levels = np.sort(rng.random(9))
    rows_of = np.sort(rng.normal(size=(200, 9)), axis=1)
    rows_of[:50] = np.round(rows_of[:50])
    holes = np.where(rng.random((200, 9)) < 0.3, nan, rows_of)
    holes = holes[(~np.isnan(holes)).sum(axis=1) > 2]
    inside = ~np.isnan(np.array([plain_filled(levels.tolist(), row.tolist()) for row in holes]))
    wanted = np.array([plain_filled(levels.tolist(), row.tolist()) for row in holes])
    np.testing.assert_allclose(impute(levels, holes)[inside], wanted[inside], rtol=1e-9, atol=1e-12)
