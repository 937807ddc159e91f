"""What a message says to write is right, and runs: it is taken out of the message and written."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

STRINGS = pl.DataFrame({"obs": ["x", "b", "x", "b"], "pred": ["x", "x", "x", "b"], "p_b": [0.1, 0.9, 0.2, 0.6]}).with_columns(
    p_x=1 - pl.col("p_b")
)


def advice(call: Any, argument: str) -> Any:
    """Give the value that an error writes for an argument."""
    with pytest.raises(tm.TidymetricsError) as raised:
        call()
    written = [w for w in re.findall(rf"{argument}=(\[[^\]]*\]|'[^']*'|\d+)", str(raised.value)) if w != "[...]"]
    assert written, str(raised.value)
    return ast.literal_eval(written[0])


def models() -> Any:
    datasets = pytest.importorskip("sklearn.datasets")
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    for load in (datasets.load_wine, datasets.load_breast_cancer):
        bunch = load()
        names = np.array(sorted(bunch.target_names, reverse=True), dtype=object)  # classes_ are sorted, appearance is not
        y = names[bunch.target]
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(bunch.data, y)
        yield y, model.predict_proba(bunch.data), model


def test_columns_of_scikit_learn_follow_its_sorted_classes() -> None:
    for y, probabilities, model in models():
        for truth in (y, y.tolist(), y.astype(str), pl.Series(y.tolist())):
            levels = advice(lambda t=truth, p=probabilities: tm.roc_auc_vec(t, p), "levels")
            assert levels == list(model.classes_)
            assert tm.roc_auc_vec(truth, probabilities, levels=levels) > 0.99
        frame = pl.DataFrame({"obs": y.tolist(), **{f"p_{c}": probabilities[:, i] for i, c in enumerate(model.classes_)}})
        names = [f"p_{c}" for c in reversed(model.classes_)]
        event = {"event": "benign"} if len(names) == 2 else {}
        assert tm.roc_auc(frame, "obs", names, **event)[".estimate"].item() > 0.99
        if event:
            assert tm.roc_auc(frame, "obs", "p_benign")[".estimate"].item() > 0.99


def test_columns_bind_by_their_names(frame: str) -> None:
    df = make(frame, STRINGS)
    want = rows(tm.pr_auc(STRINGS, "obs", {"x": "p_x", "b": "p_b"}))[".estimate"]
    for probs in (["p_x", "p_b"], ["p_b", "p_x"], "p_x", ["p_x"]):
        assert rows(tm.pr_auc(df, "obs", probs, event="x"))[".estimate"] == want
    assert rows(tm.pr_auc(df, "obs", "p_x"))[".estimate"] == want
    event = advice(lambda: tm.pr_auc(df, "obs", ["p_b", "p_x"]), "event")
    assert event == "b"
    losses = rows(tm.mn_log_loss(df, "obs", ["p_b", "p_x"]))[".estimate"]  # of both columns, which has no event
    assert losses == pytest.approx(rows(tm.mn_log_loss(STRINGS, "obs", ["p_x", "p_b"], levels=["x", "b"]))[".estimate"])
    three = data.probabilities().cast({"obs": pl.String})
    want = rows(tm.roc_auc(three, "obs", {"a": "p_a", "b": "p_b", "c": "p_c"}))[".estimate"]
    assert rows(tm.roc_auc(make(frame, three), "obs", ["p_c", "p_a", "p_b"]))[".estimate"] == pytest.approx(want)
    with pytest.raises(tm.LevelError, match="depends on the order of the levels"):
        tm.ranked_prob_score(make(frame, three), "obs", ["p_a", "p_b", "p_c"])


def test_two_levels_are_checked_by_name(frame: str) -> None:
    df = make(frame, pl.DataFrame({"truth": ["Class1", "Class2"] * 4, "Class1": [0.9, 0.1] * 4}))
    event = advice(lambda: tm.roc_auc(df, "truth", "Class1", event="Class2"), "event")
    assert rows(tm.roc_auc(df, "truth", "Class1", event=event))[".estimate"] == [1.0]
    typed = make(
        frame,
        pl.DataFrame({"truth": ["Class1", "Class2"] * 4, "Class2": [0.1, 0.9] * 4}).cast(
            {"truth": pl.Enum(["Class1", "Class2"])}
        ),
    )
    with pytest.raises(tm.LevelError, match=r"named after the level 'Class2', and the event is 'Class1'"):
        tm.roc_auc(typed, "truth", "Class2")
    assert rows(tm.roc_auc(typed, "truth", "Class2", event="Class2"))[".estimate"] == [1.0]
    assert rows(tm.roc_auc(typed, "truth", {"Class1": "Class2"}))[".estimate"] == [0.0]


@pytest.mark.parametrize(
    ("values", "event"),
    [
        ((0, 1), 1),
        (("no", "yes"), "yes"),
        (("negative", "positive"), "positive"),
        (("false", "true"), "true"),
        (("F", "M"), "F"),
    ],
)
def test_the_likely_event_is_proposed_first(values: tuple[Any, Any], event: Any) -> None:
    df = pl.DataFrame({"y": [values[0], values[1], values[1]], "p": [values[1], values[1], values[0]], "s": [0.1, 0.9, 0.8]})
    for call in (lambda: tm.sens(df, "y", "p"), lambda: tm.roc_auc(df, "y", "s"), lambda: tm.conf_mat(df, "y", "p").summary()):
        assert advice(call, "event") == event
        assert advice(call, "levels")[0] == event
    assert tm.roc_auc(df, "y", "s", event=advice(lambda: tm.roc_auc(df, "y", "s"), "event"))[".estimate"].item() == (
        event == values[1]
    )
    matrix = tm.conf_mat(df, "y", "p")
    assert matrix.summary(event=event).equals(tm.conf_mat(df, "y", "p", levels=[event, *({*values} - {event})]).summary())
    with pytest.raises(tm.LevelError, match="sens depends on the order"):
        tm.sens(matrix)
    assert tm.sens(matrix, event=event)[".estimate"].item() == tm.sens(df, "y", "p", event=event)[".estimate"].item()


def test_several_classes_and_one_column(frame: str) -> None:
    df = make(frame, data.probabilities().cast({"obs": pl.String}))
    for arguments in ({"event": "a"}, {}):
        with pytest.raises(tm.LevelError, match=r"truth 'obs' has 3 classes \('a', 'b', 'c'\), and there is one column"):
            tm.roc_auc(df, "obs", "p_a", **arguments)


def test_zeros_and_ones_scored_as_numbers_are_announced(frame: str) -> None:
    df = make(frame, pl.DataFrame({"y": [0, 1, 1], "p": [1, 1, 0], "s": [0.1, 0.9, 0.4]}))
    with pytest.warns(
        tm.ClassesAsNumbersWarning, match=r"truth 'y' and estimate 'p' are 0 and 1 alone.*levels=\[1, 0\]"
    ) as told:
        assert rows(tm.metrics(df, "y", "p"))[".metric"] == ["rmse", "rsq", "mae"]
    assert len(told) == 1
    assert told[0].filename == __file__
    assert rows(tm.metrics(df, "y", "p", levels=[1, 0]))[".metric"] == ["accuracy", "kap"]  # what the message says
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tm.metrics(df, "y", "s")


def test_names_of_other_packages_lead_here() -> None:
    from tidymetrics.core.elsewhere import ELSEWHERE

    for theirs, here in ELSEWHERE.items():
        assert not hasattr(tm, theirs), theirs
        assert hasattr(tm, re.match(r"\w+", here)[0]), here
        with pytest.raises(AttributeError, match=re.escape(f"Write tm.{here}.")):
            getattr(tm, theirs)
    with pytest.raises(AttributeError, match=r"tidymetrics has no 'acuracy'. Did you mean 'accuracy'\?"):
        tm.acuracy  # noqa: B018
    with pytest.raises(AttributeError, match="Write tm.f_meas_vec."):
        tm.f1_vec  # noqa: B018
    for argument, ours in {"level": "event=", "pos_label": "event=", "average": "estimator="}.items():
        with pytest.raises(tm.OptionError, match=f"no argument '{argument}'. Pass {ours} instead"):
            tm.sens(STRINGS, "obs", "pred", **{argument: "x"})
    with pytest.raises(tm.MetricSetError, match=r"event= is an argument of the set's call.*tm\.sens\.tweak\(event='x'\)"):
        tm.metric_set(tm.accuracy, event="x")


def test_messages_are_short() -> None:
    many = [f"class number {i}" for i in range(2000)]
    df = pl.DataFrame({"obs": many, "pred": many[::-1], **{f"column {i}": 0.5 for i in range(40)}})
    long = "x" * 100_000
    vector = list(np.arange(100_000) / 7)
    calls = [
        lambda: tm.kap(df, "obs", "pred", weighting="linear"),
        lambda: tm.roc_auc(df, "obs", "column 1"),
        lambda: tm.roc_auc(df, "obs", [f"column {i}" for i in range(40)]),
        lambda: tm.roc_auc_vec(many, np.full((2000, 2000), 1 / 2000)),
        lambda: tm.accuracy(df, "obs", "pred", levels=many[:-1]),
        lambda: tm.accuracy(df, "obs", vector),
        lambda: tm.accuracy(df, "obs", long),
        lambda: tm.accuracy(df, "obs", "pred", by=vector),
        lambda: tm.sens(df, "obs", "pred", event=long),
        lambda: tm.accuracy(df, "obs", "pred", levels=long),
        lambda: tm.accuracy(df, "obs", "pred", **{long: 1}),
        lambda: tm.accuracy(df.with_columns(pred=pl.lit(long)), "obs", "pred"),
        lambda: tm.accuracy_vec([{"a": i} for i in range(10_000)], [0] * 10_000),
        lambda: tm.accuracy_vec([[1] * 1000] * 1000, [0] * 1000),
        lambda: tm.mae_vec([long, "b"], [1, 2]),
    ]
    for i, call in enumerate(calls):
        with pytest.raises(tm.TidymetricsError) as raised:
            call()
        assert len(str(raised.value)) < 900, i
        assert sum(f"'class number {k}'" in str(raised.value) for k in range(2000)) <= 4, str(raised.value)


def test_scorers_of_scikit_learn() -> None:
    pd = pytest.importorskip("pandas")
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_validate

    x = np.random.default_rng(0).normal(size=(90, 2))
    y = (x[:, 0] + x[:, 1] ** 2 > 0.5).astype(int)
    want = {
        name: cross_validate(LogisticRegression(), x, y, scoring=of_theirs, cv=3)["test_score"]
        for name, of_theirs in {
            "accuracy": "accuracy",
            "roc_auc": "roc_auc",
            "mn_log_loss": "neg_log_loss",
            "sens": "recall",
        }.items()
    }
    chosen = tm.metric_set(tm.accuracy, tm.roc_auc, tm.mn_log_loss, tm.sens)
    for truth in (y, y.astype(float), y == 1, pd.Series(y, dtype="Int64"), pd.Series(y == 1, dtype="boolean")):
        scores = cross_validate(LogisticRegression(), x, truth, scoring=tm.sklearn_scorer(chosen), cv=3, error_score="raise")
        for name, values in want.items():
            np.testing.assert_allclose(scores[f"test_{name}"], values)
        alone = cross_validate(LogisticRegression(), x, truth, scoring=tm.sklearn_scorer(tm.sens), cv=3, error_score="raise")
        np.testing.assert_allclose(alone["test_score"], want["sens"])
    with pytest.raises(tm.TidymetricsError, match=r"pass scoring=tm\.sklearn_scorer\(metric\)"):
        cross_validate(LogisticRegression(), x, y, scoring=tm.roc_auc, cv=3, error_score="raise")
    with pytest.raises(tm.OptionError, match="no metric has an argument 'average'. Pass estimator= instead"):
        tm.sklearn_scorer(chosen, average="macro")
