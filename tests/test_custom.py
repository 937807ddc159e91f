"""Metrics of one's own: formulas, plain functions, scikit-learn's functions; and metrics as scikit-learn's scorers."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn import metrics as skm
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.core.function import VectorFunction
from tidymetrics.core.metric import METRICS


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    kept = dict(METRICS)
    yield
    METRICS.clear()
    METRICS.update(kept)


def test_a_formula_takes_part_in_everything(frame: str) -> None:
    @tm.class_metric(tm.EventCounts, direction="maximize", range=(0, 1), undefined="there is nothing")
    def own_overlap(counts: Any, *, smooth: float = 0.0) -> Any:
        """Events both predicted and true, as a share of either."""
        return tm.ratio(counts.tp + smooth, counts.tp + counts.fp + counts.fn + smooth)

    df = make(frame, data.classes())
    result = tm.metric_set(tm.accuracy, own_overlap, s=own_overlap.tweak(smooth=1))(
        df, "obs", "pred", by="fold", case_weights="w"
    )
    assert rows(result)[".metric"][::4] == ["accuracy", "own_overlap", "s"]
    classes = data.classes()
    theirs = skm.jaccard_score(classes["obs"].to_list(), classes["pred"].to_list(), average="macro")
    assert rows(own_overlap(df, "obs", "pred"))[".estimate"] == [pytest.approx(theirs)]
    assert tm.class_vector(own_overlap)(classes["obs"], classes["pred"]) == pytest.approx(theirs)
    assert "own_overlap" in tm.get_metrics("class").as_frame()["metric"].to_list()


def test_functions_of_vectors(frame: str) -> None:
    def worst(truth: Any, estimate: Any, *, power: float = 1, case_weights: Any = None) -> float:
        weights = 1 if case_weights is None else case_weights
        return float((np.abs(truth - estimate) ** power * weights).max())

    metric = tm.metric_from_vec(worst, kind="numeric", direction="minimize", range=(0, np.inf))
    df = data.numbers()
    gap = (pl.col("obs") - pl.col("pred")).abs()
    expected = df.group_by("fold").agg(gap.max()).sort("fold")["obs"].to_list()
    assert data.same(rows(metric(make(frame, df), "obs", "pred", by="fold"))[".estimate"], expected)
    weighted = df.group_by("fold").agg((gap**2 * pl.col("w")).max()).sort("fold")["obs"].to_list()
    mixed = tm.metric_set(tm.rmse, metric.tweak(power=2))(make(frame, df), "obs", "pred", by="fold", case_weights="w")
    assert data.same(rows(mixed)[".estimate"][4:], weighted)
    assert VectorFunction(metric)(df["obs"], df["pred"]) == pytest.approx((df["obs"] - df["pred"]).abs().max())
    holes = df.with_columns(pred=pl.when(pl.col("site") > 0).then("pred"))
    assert data.same(
        rows(metric(make(frame, holes), "obs", "pred"))[".estimate"],
        rows(metric(holes.drop_nulls("pred"), "obs", "pred"))[".estimate"],
    )
    with pytest.warns(tm.UndefinedMetricWarning, match="a value is missing"):
        assert rows(metric(make(frame, holes), "obs", "pred", na_rm=False))[".estimate"] == [None]


def test_functions_of_classes_and_probabilities(frame: str) -> None:
    df = data.probabilities()
    hamming = tm.from_sklearn(skm.hamming_loss, direction="minimize", range=(0, 1), name="sk_hamming")
    top = tm.from_sklearn(skm.log_loss, kind="prob", direction="minimize", name="sk_log_loss")
    probs = ["p_a", "p_b", "p_c"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        mixed = rows(tm.metric_set(hamming, top)(make(frame, df), "obs", "pred", probs=probs, by="fold", case_weights="w"))
    accuracy = tm.accuracy(df, "obs", "pred", by="fold", case_weights="w")[".estimate"]
    assert data.same(mixed[".estimate"][:4], (1 - accuracy).to_list())
    ours = tm.mn_log_loss(df, "obs", probs, by="fold", case_weights="w")[".estimate"].to_list()
    assert data.same(mixed[".estimate"][4:], ours, 1e-6)
    assert mixed[".estimator"][::4] == ["multiclass", "multiclass"]
    holes = df.with_columns(pred=pl.when(pl.col("site") > 0).then("pred"))
    kept = rows(hamming(make(frame, holes), "obs", "pred"))[".estimate"]
    assert data.same(kept, [1 - tm.accuracy(holes, "obs", "pred")[".estimate"].item()])
    two = data.probabilities(levels=["yes", "no"])
    brier = tm.metric_from_vec(
        lambda t, p: float(np.mean((p - (t == "yes")) ** 2)), kind="prob", direction="minimize", name="my_brier"
    )
    assert rows(brier(make(frame, two), "obs", "p_yes"))[".estimate"][0] == pytest.approx(
        tm.brier_class(two, "obs", "p_yes")[".estimate"].item()
    )


def test_in_a_set_by_level() -> None:
    plain = tm.metric_from_vec(lambda t, e: float(np.mean(t == e)), kind="class", direction="maximize", name="plain")
    result = tm.metric_set(plain, tm.sens)(data.classes(), "obs", "pred", estimator="per_class")
    assert result[".estimator"].to_list() == ["multiclass"] + ["per_class"] * 3
    with pytest.raises(tm.EstimatorError, match="plain: there is no estimator 'per_class'"):
        plain(data.classes(), "obs", "pred", estimator="per_class")


@pytest.mark.parametrize("value", ["x", [1.0], True, np.array([1.0, 2.0])])
def test_results_are_one_number(value: Any) -> None:
    metric = tm.metric_from_vec(lambda _t, _e: value, kind="numeric", direction="minimize", name="odd")
    with pytest.raises(tm.OptionError, match="odd: the function must give one number for each group; it gave"):
        metric(data.numbers(), "obs", "pred")


def test_no_number_is_undefined() -> None:
    metric = tm.metric_from_vec(
        lambda _t, _e: None, kind="numeric", direction="minimize", name="none", undefined="it never exists"
    )
    with pytest.warns(tm.UndefinedMetricWarning, match="none is undefined: it never exists"):
        assert metric(data.numbers(), "obs", "pred")[".estimate"].item() is None


def test_errors() -> None:
    plain = tm.metric_from_vec(lambda t, e: float(np.mean(t == e)), kind="class", direction="maximize", name="plain")
    for call, message in [
        (lambda: tm.metric_from_vec(max, kind="classes", direction="maximize"), "one of 'class', 'prob', 'numeric'"),
        (lambda: tm.metric_from_vec(max, kind="class", direction="up"), "direction="),
        (lambda: tm.metric_from_vec(3, kind="class", direction="maximize"), "a function of two vectors"),
        (lambda: tm.metric_from_vec(lambda t, e: 1.0, kind="class", direction="maximize"), "a name for the metric"),
        (
            lambda: tm.metric_from_vec(lambda t, e: 1.0, kind="class", direction="maximize", name="sens"),
            "'sens' exists already",
        ),
        (lambda: plain(data.classes(), "obs", "pred", case_weights="w"), "plain takes no case weights"),
        (lambda: plain(tm.conf_mat(data.classes(), "obs", "pred")), "plain needs rows, not counts"),
        (lambda: tm.sklearn_scorer("accuracy"), "expected a class, probability or numeric metric"),
        (lambda: tm.sklearn_scorer(tm.f_meas, betta=2), "Did you mean 'beta'"),
        (
            lambda: tm.sklearn_scorer(tm.accuracy)(
                Ridge().fit(*load_diabetes(return_X_y=True)), *load_diabetes(return_X_y=True)
            ),
            "no classes_",
        ),
    ]:
        with pytest.raises(tm.OptionError, match=message):
            call()


def test_scorers() -> None:
    x, y = load_breast_cancer(return_X_y=True)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    scoring = {
        "accuracy": tm.sklearn_scorer(tm.accuracy),
        "f1": tm.sklearn_scorer(tm.f_meas),
        "roc_auc": tm.sklearn_scorer(tm.roc_auc),
        "neg_log_loss": tm.sklearn_scorer(tm.mn_log_loss),
        "sens_of_0": tm.sklearn_scorer(tm.sens, event=0),
    }
    ours = cross_validate(model, x, y, scoring=scoring, cv=3)
    names = ["accuracy", "f1", "roc_auc", "neg_log_loss"]
    theirs = cross_validate(model, x, y, scoring=names, cv=3)
    for name in names:
        assert ours[f"test_{name}"] == pytest.approx(theirs[f"test_{name}"])
    recall = skm.make_scorer(skm.recall_score, pos_label=0)
    assert ours["test_sens_of_0"] == pytest.approx(cross_validate(model, x, y, scoring=recall, cv=3)["test_score"])


def test_scorers_of_several_classes_and_numbers() -> None:
    x, y = load_iris(return_X_y=True)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    ours = cross_validate(model, x, y, scoring=tm.sklearn_scorer(tm.roc_auc), cv=3)["test_score"]
    assert ours == pytest.approx(cross_validate(model, x, y, scoring="roc_auc_ovo", cv=3)["test_score"])
    x, y = load_diabetes(return_X_y=True)
    search = GridSearchCV(Ridge(), {"alpha": [0.1, 1, 10]}, scoring=tm.sklearn_scorer(tm.rmse), cv=3).fit(x, y)
    theirs = GridSearchCV(Ridge(), {"alpha": [0.1, 1, 10]}, scoring="neg_root_mean_squared_error", cv=3).fit(x, y)
    assert search.best_params_ == theirs.best_params_
    assert search.best_score_ == pytest.approx(theirs.best_score_)
    scorer = pickle.loads(pickle.dumps(tm.sklearn_scorer(tm.msd)))
    fitted = Ridge().fit(x, y)
    assert scorer(fitted, x, y) == -abs(tm.msd_vec(y, fitted.predict(x)))
    weights = np.arange(len(y)) + 1.0
    assert scorer(fitted, x, y, sample_weight=weights) == -abs(tm.msd_vec(y, fitted.predict(x), case_weights=weights))
    assert repr(scorer).startswith("sklearn_scorer(<msd: a numeric metric, zero")


def test_formulas_that_mix_the_groups_are_refused() -> None:
    for made, what in ((lambda t, e: (t - e).mean(), "an aggregate of all rows"), (lambda _t, _e: 1.0, "float")):
        made.__name__ = "mixing"
        with pytest.raises(tm.OptionError, match=f"mixing: the formula must give an expression .* it gave {what}"):
            tm.numeric_metric(direction="minimize", range=(0, 1))(made)
        with pytest.raises(tm.OptionError, match="it gave"):
            tm.prob_metric(direction="minimize", range=(0, 1))(lambda t, p, made=made: made(t[0], p[0]))


def test_formulas_of_another_shape_are_refused() -> None:
    df = pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "b"]})

    def total(counts: tm.EventCounts) -> Any:
        return counts.tp.sum()

    metric = tm.class_metric(tm.EventCounts, direction="maximize", range=(0, 1))(total)
    with pytest.raises(tm.OptionError, match=r"total: its formula must work element by element, .* \[1, 1\], .* shape \[\]"):
        metric(df, "obs", "pred", event="a")


def test_names_and_directions_are_checked() -> None:
    with pytest.raises(tm.OptionError, match="a metric needs a name"):
        tm.numeric_metric(direction="minimize", range=(0, 1))(lambda t, e: t - e)

    def upward(truth: Any, estimate: Any) -> Any:
        return truth - estimate

    with pytest.raises(
        tm.OptionError, match=r"upward\(direction=\): expected one of 'maximize', 'minimize', 'zero', 'target'; got 'up'"
    ):
        tm.numeric_metric(direction="up", range=(0, 1))(upward)  # type: ignore[arg-type]


def test_scikit_learn_functions_without_weights_say_so() -> None:
    sklearn = pytest.importorskip("sklearn.metrics")
    largest = tm.from_sklearn(sklearn.max_error, direction="minimize", kind="numeric", name="largest_unweighted")
    df = pl.DataFrame({"y": [1.0, 2.0], "x": [1.0, 2.5], "w": [1.0, 2.0]})
    assert largest(df, "y", "x")[".estimate"].item() == 0.5
    with pytest.raises(tm.OptionError, match="largest_unweighted takes no case weights"):
        largest(df, "y", "x", case_weights="w")
