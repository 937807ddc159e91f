"""Weights for censoring, and long data of predictions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import available, make, rows

PAIR = ("time", "event")
DF = pl.DataFrame({"id": ["a", "b", "c", "d", "e"], "time": [1.0, 2.0, 3.0, 3.0, 5.0], "event": [1, 0, 1, 0, 1]})


def weights(*arguments: Any, **others: Any) -> list[float | None]:
    return rows(tm.censoring_weights(*arguments, **others))[".weight_censored"]


def test_by_hand(frame: str) -> None:
    # at risk of censoring: 4 at time 2, and at time 3, after the event of that time, 2
    found = tm.censoring_weights(make(frame, DF), PAIR, [0.5, 2, 4])
    assert type(found) is (pl.DataFrame if frame == "lazy" else type(make(frame, DF)))
    result = rows(found)
    assert list(result) == ["id", "time", "event", ".eval_time", ".weight_censored"]
    assert result["id"] == [name for name in "abcde" for _ in range(3)]
    assert result[".eval_time"] == [0.5, 2.0, 4.0] * 5
    after_2, after_3 = 4 / 3, 8 / 3
    wanted = [1, 1, 1, 1, None, None, 1, after_2, after_2, 1, after_2, None, 1, after_2, after_3]
    assert result[".weight_censored"] == [None if w is None else pytest.approx(w, rel=1e-12) for w in wanted]


def plain_weight(time: float, event: int, at: float, train: list[tuple[float, int]]) -> float | None:
    """Give one weight by a loop over the times of the training data."""
    if time <= at and not event:
        return None
    uncensored = 1.0
    for t in sorted({t for t, _ in train}):
        if (t < time) if time <= at else (t <= at):
            there = sum(u >= t for u, _ in train) - sum(u == t and e for u, e in train)
            uncensored *= 1 - sum(u == t and not e for u, e in train) / max(there, 1)
    return None if uncensored == 0 or (min(time, at)) > max(t for t, _ in train) else 1 / uncensored


def test_against_a_loop_with_other_training_data() -> None:
    df, train = data.subjects(40), data.subjects(50, seed=9).with_columns(pl.col("time").round(1))
    times = [0.1, 0.4, 2.0]
    pairs = list(zip(train["time"], train["event"], strict=True))
    wanted = [plain_weight(t, e, at, pairs) for t, e in zip(df["time"], df["event"], strict=True) for at in times]
    assert data.same(weights(df, PAIR, times, train=train), wanted)


def test_groups_have_estimates_of_their_own(frame: str) -> None:
    df = data.subjects()
    train = data.subjects(seed=4)
    found = weights(make(frame, df), PAIR, [0.3], by="fold", train=make(frame, train))
    alone: list[float | None] = [None] * len(df)
    for fold in df["fold"].unique():
        part = df.with_row_index("i").filter(fold=fold)
        for i, value in zip(part["i"], weights(part, PAIR, [0.3], train=train.filter(fold=fold)), strict=True):
            alone[i] = value
    assert data.same(found, alone)
    for_all = weights(make(frame, df), PAIR, [0.3], by="fold", train=make(frame, train.drop("fold")))
    assert data.same(for_all, weights(df, PAIR, [0.3], train=train))


def test_grouped_objects_and_keys_of_any_type() -> None:
    df = data.subjects().with_columns(k=pl.when(pl.col("site") > 0).then("site").cast(pl.Float64))
    found = tm.censoring_weights(df.group_by("k"), PAIR, [0.3])
    assert found.equals(tm.censoring_weights(df, PAIR, [0.3], by="k"))
    nothing = df.filter(pl.col("k").is_null())
    expected = weights(nothing, PAIR, [0.3])
    assert found.filter(pl.col("k").is_null())[".weight_censored"].to_list() == expected


def test_long_data_get_a_column(frame: str) -> None:
    df = data.subjects(30)
    long = tm.survival_long(df, np.tile([0.9, 0.5], (30, 1)), eval_time=[0.3, 0.6])
    found = tm.censoring_weights(make(frame, long), PAIR, ".eval_time", train=df)
    assert rows(found)[".weight_censored"] == weights(df, PAIR, [0.3, 0.6])
    assert rows(found)[".pred_survival"] == [0.9, 0.5] * 30
    scores = tm.brier_survival(found, PAIR, ".pred_survival", eval_time=".eval_time", censoring_weights=".weight_censored")
    assert len(rows(scores)[".estimate"]) == 2


def test_beyond_the_training_data() -> None:
    message = "the training data end at 3. At the evaluation times 4.0, 1 weight is null. Leave out later"
    with pytest.warns(tm.CensoringWeightsWarning, match=message):
        found = weights(DF, PAIR, [1, 4], train=DF.head(4))
    assert found[-2:] == [1.0, None]
    all_censored = DF.head(2)
    with pytest.warns(tm.CensoringWeightsWarning, match="At the evaluation times 2.5, 1 weight is null"):
        assert weights(pl.DataFrame({"time": [2.0, 3.0], "event": [1, 1]}), PAIR, [2.5], train=all_censored)[0] == 1.0


def test_an_evaluation_time_after_everybody_is_announced() -> None:
    ended = pl.DataFrame({"time": [1.0, 2.0], "event": [1, 1]})
    with pytest.warns(
        tm.CensoringWeightsWarning, match="the training data end at 2. At the evaluation times 3.0, 0 weights are null"
    ):
        assert weights(ended, PAIR, [3.0]) == [1.0, 1.0]
    with pytest.warns(tm.CensoringWeightsWarning, match="the training data have no rows with both a time and a status"):
        assert weights(ended, PAIR, [1.5], train=ended.head(0)) == [None, None]


def test_missing_times_have_no_weight() -> None:
    holes = DF.with_columns(time=pl.when(pl.col("id") != "c").then("time"))
    assert weights(holes, PAIR, [0.5])[2] is None
    assert weights(holes, PAIR, [2.5])[4] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"eval_time": [-1]}, tm.OptionError, r"eval_time: expected finite times of at least 0; got \[-1\]"),
        ({"eval_time": []}, tm.OptionError, "expected at least one evaluation time"),
        ({"eval_time": [1, 1]}, tm.OptionError, "each time may appear only once; got 1.0, 1.0"),
        ({"eval_time": ["a"]}, tm.OptionError, "eval_time: expected numbers"),
        ({"eval_time": "at"}, tm.ColumnNotFoundError, "eval_time: the frame has no column 'at'"),
        ({"truth": "time"}, tm.OptionError, "truth: expected two columns"),
        ({"truth": ("time", "id")}, tm.OptionError, "truth 'id': expected numbers; got String"),
        ({"truth": ("time", "time")}, tm.OptionError, "truth 'time': expected a status of 1"),
        ({"train": DF.drop("time")}, tm.ColumnNotFoundError, "train: truth: the frame has no column 'time'"),
        ({"train": DF.filter(pl.col("id") != "a"), "by": "id"}, tm.ColumnNotFoundError, "no rows of the group 'a'"),
        (
            {"train": DF.drop("id"), "by": ["id", "time"]},
            tm.ColumnNotFoundError,
            "of the columns of by=, but not 'id'",
        ),
    ],
)
def test_refused(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        tm.censoring_weights(DF, **({"truth": PAIR, "eval_time": [1.0]} | arguments))


def test_names_that_are_taken() -> None:
    with pytest.raises(tm.OptionError, match="the frame already has a column '.weight_censored'; rename or drop it"):
        tm.censoring_weights(tm.censoring_weights(DF, PAIR, [1]), PAIR, ".eval_time")
    with pytest.raises(tm.OptionError, match="train: expected a dataframe"):
        tm.censoring_weights(DF, PAIR, [1], train=5)
    with pytest.raises(tm.OptionError, match="the frame already has a column '.eval_time'"):
        tm.censoring_weights(DF.with_columns(pl.lit(1).alias(".eval_time")), PAIR, [1])


class Step:
    """A step function, as scikit-survival's models give it."""

    def __init__(self, x: list[float], y: list[float]) -> None:
        self.x, self.y = np.array(x), np.array(y)

    def __call__(self, at: Any) -> Any:
        return self.y[np.searchsorted(self.x, at, side="right") - 1]


def test_long_data_of_what_models_give(frame: str) -> None:
    df = DF.head(2)
    grid, matrix = [1.0, 2.0, 4.0], [[0.9, 0.6, 0.3], [0.8, 0.7, 0.1]]
    at = [0.5, 2.0, 3.0]
    wanted = [1.0, 0.6, 0.6, 1.0, 0.7, 0.7]
    functions = [Step(grid, row) for row in matrix]
    for given, others in ((matrix, {"times": grid}), (np.array(matrix), {"times": np.array(grid)}), (functions, {})):
        found = rows(tm.survival_long(make(frame, df), given, eval_time=at, **others))
        assert found[".pred_survival"] == wanted
        assert found[".eval_time"] == at * 2
        assert found["id"] == ["a", "a", "a", "b", "b", "b"]
    unlike = [Step([1.0, 2.0, 4.0], [0.9, 0.6, 0.3]), Step([2.0, 4.0], [0.7, 0.1])]
    assert tm.survival_long(df, unlike, eval_time=[1.0])[".pred_survival"].to_list() == [0.9, 1.0]
    if "pandas" in available():
        import pandas as pd

        of_lifelines = pd.DataFrame(np.array(matrix).T, index=grid, columns=[7, 8])
        assert rows(tm.survival_long(make(frame, df), of_lifelines, eval_time=at))[".pred_survival"] == wanted
        plain = pd.DataFrame(matrix)  # without times for an index: a row a subject, whose times must be said
        assert rows(tm.survival_long(make(frame, df), plain, times=grid, eval_time=at))[".pred_survival"] == wanted
        square = pd.DataFrame([[0.9, 0.5], [0.8, 0.7]])
        assert tm.survival_long(df, square, eval_time=[1, 2])[".pred_survival"].to_list() == [0.9, 0.5, 0.8, 0.7]


@pytest.mark.parametrize(
    ("survival", "arguments", "message"),
    [
        ([[0.9, 0.5]], {"eval_time": [1, 2]}, r"expected an array \[2 subjects, 2 times\]; got one of shape \[1, 2\]"),
        ([[0.9, 0.5]] * 2, {"eval_time": [1]}, r"\[2 subjects, 1 times\]; got one of shape \[2, 2\]. Pass times="),
        ([[0.9, 0.5]] * 2, {"eval_time": [1], "times": [1]}, r"\[2 subjects, 1 times\]"),
        ([[0.9, 0.5]] * 2, {"eval_time": [1], "times": [2, 1]}, "times: expected finite, increasing times"),
        ([[0.9, 0.5]] * 2, {"eval_time": [3], "times": [1, 2]}, "eval_time: 3 is later than 2, the last time"),
        ([0.9, 0.5], {"eval_time": [1]}, r"expected an array \[2 subjects, 1 times\]; got one of shape \[2\]"),
        (None, {"eval_time": [1]}, r"survival: expected an array \[2 subjects, 1 times\]; got one of shape \[\]"),
        ([["a"], ["b"]], {"eval_time": [1]}, "survival: expected an array of numbers .* got list"),
        ([[0.9], [1.5]], {"eval_time": [1]}, "survival: expected survival probabilities between 0 and 1; 1 are not: 1.5"),
        ([[0.9], [0.5]], {"eval_time": object()}, "eval_time: expected a vector"),
        ([[0.9], [0.5]], {"eval_time": True}, "eval_time: expected a vector"),
        ([[0.9], [0.5]], {"eval_time": [1], "times": ["x"]}, "times: expected numbers"),
        ([Step([1.0], [0.9]), Step([1.0], [0.5])], {"eval_time": [1], "times": [1]}, "the predictions have their own times"),
        ([[math.nan]] * 2, {"eval_time": [-1]}, "expected finite times of at least 0"),
        ([[math.nan]] * 2, {"eval_time": [1]}, "2 are not: nan, nan"),
    ],
)
def test_wrong_predictions(survival: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(tm.TidymetricsError, match=message):
        tm.survival_long(DF.head(2), survival, **arguments)
