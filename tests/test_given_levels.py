"""Levels in another order than a type's, or more of them, give what the same rows as strings give; so do unknown classes."""

from __future__ import annotations

import warnings
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidymetrics as tm
from tests.frames import FRAMES, installed, make, rows

NAMES = ["0", "1", "b", "a c", "é"]
METRICS = {
    "probabilities": tm.metric_set(tm.brier_class, tm.mn_log_loss, tm.roc_auc, tm.pr_auc, tm.gain_capture),
    "mixed": tm.metric_set(tm.accuracy, tm.f_meas, tm.brier_class, tm.average_precision),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[pl.DataFrame, list[str], list[str]]:
    """Draw rows, the levels of their type, and levels to pass: in any order, perhaps with one more."""
    known = draw(st.permutations(NAMES))[: draw(st.integers(2, 3))]
    passed = draw(st.permutations([*known, *draw(st.lists(st.just("more"), max_size=1))]))
    n = draw(st.integers(4, 12))
    classes = [*known, *draw(st.lists(st.sampled_from(known), min_size=n, max_size=n))]
    guesses = draw(st.lists(st.sampled_from(known), min_size=len(classes), max_size=len(classes)))
    weights = draw(st.lists(st.lists(st.integers(1, 9), min_size=4, max_size=4), min_size=len(classes), max_size=len(classes)))
    shares = [[w / sum(row[: len(passed)]) for w in row[: len(passed)]] for row in weights]
    columns = {f"p{i}": [row[i] for row in shares] for i in range(len(passed))}
    return pl.DataFrame({"obs": classes, "pred": guesses, **columns}), known, passed


@given(tables(), st.sampled_from([frame for frame in FRAMES if installed(frame)]))
@settings(max_examples=15, deadline=None)
def test_levels_that_are_passed_win_over_those_of_a_type(table: Any, frame: str) -> None:
    df, known, passed = table
    typed = make(frame, df.cast({"obs": pl.Enum(known), "pred": pl.Enum(known)}))
    columns = [f"p{i}" for i in range(len(passed))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        for name, chosen in METRICS.items():
            arguments = {"probs": columns} | ({"estimate": "pred"} if name == "mixed" else {})
            plain = rows(chosen(df, "obs", levels=passed, **arguments))[".estimate"]
            assert rows(chosen(typed, "obs", levels=passed, **arguments))[".estimate"] == pytest.approx(plain, nan_ok=True)
        for curve in (tm.roc_curve, tm.pr_curve, tm.gain_curve, tm.lift_curve):
            plain = rows(curve(df, "obs", columns, levels=passed))
            made = rows(curve(typed, "obs", columns, levels=passed))
            for column, values in plain.items():
                assert made[column] == pytest.approx(values, nan_ok=True)
        vector = tm.brier_class_vec(df["obs"].cast(pl.Enum(known)), df.select(columns).to_numpy(), levels=passed)
        assert vector == pytest.approx(tm.brier_class_vec(df["obs"], df.select(columns).to_numpy(), levels=passed))


UNKNOWN = pl.DataFrame(
    {"obs": ["a", "b", "typo"], "pred": ["a", "b", "a"], "p": [0.9, 0.2, None], "q": [0.1, 0.8, None], "w": [1.0, 1.0, None]}
)
CALLS = {
    "scores": lambda df: tm.roc_auc(df, "obs", ["p", "q"], levels=["a", "b"]),
    "losses": lambda df: tm.brier_class(df, "obs", ["p", "q"], levels=["a", "b"]),
    "weights": lambda df: tm.brier_class(df, "obs", ["p", "q"], levels=["a", "b"], case_weights="w"),
    "curves": lambda df: tm.roc_curve(df, "obs", ["p", "q"], levels=["a", "b"]),
    "classes": lambda df: tm.accuracy(df, "obs", "pred", levels=["a", "b"]),
    "mixed": lambda df: tm.metric_set(tm.accuracy, tm.roc_auc)(df, "obs", "pred", probs={"a": "p", "b": "q"}),
    "event": lambda df: tm.roc_auc(df, "obs", "p", event="a"),
    "event and classes": lambda df: tm.metric_set(tm.accuracy, tm.roc_auc)(df, "obs", "pred", probs="p", event="a"),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_unknown_class_is_refused_even_where_its_probability_is_missing(frame: str, name: str) -> None:
    with pytest.raises(tm.LevelError):
        CALLS[name](make(frame, UNKNOWN))


@pytest.mark.parametrize("name", CALLS)
def test_an_unknown_class_is_refused_on_duckdb(name: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    with pytest.raises(tm.LevelError):
        CALLS[name](duckdb.from_arrow(UNKNOWN.to_arrow()))


def test_the_event_alone_is_enough_for_one_column(frame: str) -> None:
    df = pl.DataFrame({"obs": ["x", "z", "x", None], "pred": ["x", "x", "x", "z"], "s": [0.9, 0.2, 0.4, 0.5]})
    chosen = tm.metric_set(tm.accuracy, tm.sens, tm.roc_auc, tm.mn_log_loss, tm.brier_class)
    want = rows(chosen(df, "obs", "pred", probs="s", levels=["x", "z"]))
    assert rows(chosen(make(frame, df), "obs", "pred", probs="s", event="x")) == want
    assert rows(tm.roc_curve(make(frame, df), "obs", "s", event="x")) == rows(tm.roc_curve(df, "obs", "s", levels=["x", "z"]))
    with pytest.raises(tm.LevelError, match="event='q' is not one of the levels: 'x', 'z'"):
        tm.roc_auc(make(frame, df), "obs", "s", event="q")
    costs = {"truth": ["x", "z"], "estimate": ["z", "x"], "cost": [2.0, 1.0]}
    cost = tm.classification_cost(make(frame, df), "obs", "s", event="x", costs=pl.DataFrame(costs))
    want = tm.classification_cost(df, "obs", "s", levels=["x", "z"], costs=pl.DataFrame(costs))
    assert rows(cost) == rows(want)
