"""What is said when something is wrong: the argument, what was expected, what came, what to write instead."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make

CLASSES, NUMBERS = data.classes(), data.numbers()


def test_the_tree() -> None:
    for name in ("ColumnNotFound", "Level", "Weight", "Probability", "Estimator", "Option", "MetricSet", "Engine", "Box"):
        error = getattr(tm, f"{name}Error")
        assert issubclass(error, tm.TidymetricsError)
        assert issubclass(error, ValueError)
    assert issubclass(tm.OptionError, TypeError)
    assert issubclass(tm.UndefinedMetricWarning, UserWarning)


@pytest.mark.parametrize(
    ("argument", "names"),
    [("truth", ("Obs", "pred", None)), ("estimate", ("obs", "pred ", None)), ("by", ("obs", "pred", "Fold"))],
)
def test_columns_that_are_not_there(argument: str, names: tuple[str, str, str | None], frame: str) -> None:
    wrong = {"truth": "Obs", "estimate": "pred ", "by": "Fold"}[argument]
    right = {"truth": "obs", "estimate": "pred", "by": "fold"}[argument]
    with pytest.raises(
        tm.ColumnNotFoundError,
        match=rf"^{argument}: the frame has no column '{wrong}'. Did you mean '{right}'\? Its columns: 'obs'",
    ):
        tm.accuracy(make(frame, CLASSES), names[0], names[1], by=names[2])
    with pytest.raises(tm.ColumnNotFoundError, match="^case_weights: the frame has no column 'nothing'"):
        tm.rmse(make(frame, NUMBERS), "obs", "pred", case_weights="nothing")


def test_vectors_passed_for_columns() -> None:
    with pytest.raises(
        tm.OptionError, match="truth: expected a column name; got a Series of 240. Pass vectors to the _vec form"
    ):
        tm.accuracy(CLASSES, CLASSES["obs"], "pred")


@pytest.mark.parametrize("data_given", [[1, 2], {"obs": [1]}, None, "file.csv", np.zeros((2, 2)), CLASSES["obs"]])
def test_what_is_no_frame(data_given: Any) -> None:
    with pytest.raises(tm.TidymetricsError, match="data: expected a dataframe"):
        tm.accuracy(data_given, "obs", "pred")


@pytest.mark.parametrize(("bad", "count"), [(-1.0, 3), (float("inf"), 3)])
@pytest.mark.parametrize("metric", ["accuracy", "rmse", "rpiq", "gini_coef", "ccc", "mase"])
def test_weights(metric: str, bad: float, count: int, frame: str) -> None:
    df = (CLASSES if metric == "accuracy" else NUMBERS).with_row_index("i")
    df = df.with_columns(w=pl.when(pl.col("i") < count).then(bad).otherwise("w"))
    message = rf"case_weights 'w': expected finite weights of at least 0; 3 rows have another: {bad!r}, {bad!r}, {bad!r}\."
    for by in (None, "fold"):
        with pytest.raises(tm.WeightError, match=message):
            getattr(tm, metric)(make(frame, df), "obs", "pred", by=by, case_weights="w")
    with pytest.raises(tm.WeightError, match="case_weights: expected finite weights of at least 0; 3 are not"):
        getattr(tm, f"{metric}_vec")(df["obs"], df["pred"], case_weights=df["w"])


def test_numbers_that_are_none(frame: str) -> None:
    df = NUMBERS.with_columns(s=pl.lit("1"))
    for arguments in ({"truth": "s", "estimate": "pred"}, {"truth": "obs", "estimate": "s"}):
        with pytest.raises(tm.OptionError, match=r"(truth|estimate) 's': expected numbers; got String"):
            tm.rmse(make(frame, df), **arguments)
    with pytest.raises(tm.OptionError, match="case_weights 's': expected numbers"):
        tm.rmse(make(frame, df), "obs", "pred", case_weights="s")


@pytest.mark.parametrize(
    ("metric", "options", "message"),
    [
        ("f_meas", {"betta": 2}, r"f_meas\(\) has no argument 'betta'. Did you mean 'beta'\?"),
        ("f_meas", {"beta": -1}, r"f_meas\(beta=\): expected a finite number of at least 0; got -1"),
        ("f_meas", {"beta": "2"}, r"f_meas\(beta=\): expected a finite number of at least 0; got '2'"),
        ("f_meas", {"beta": float("nan")}, r"beta=\)"),
        ("kap", {"weighting": "cubic"}, r"kap\(weighting=\): expected one of 'none', 'linear', 'quadratic'; got 'cubic'"),
        ("ppv", {"prevalence": 2}, r"ppv\(prevalence=\): expected None or a number between 0 and 1; got 2"),
        ("sens", {"by": "fold", "na_rm": 1}, r"sens\(na_rm=\): expected True or False; got 1"),
        ("sens", {"event_level": "third"}, r"sens\(event_level=\): expected one of 'first', 'second'; got 'third'"),
        ("sens", {"by": ["fold", "fold"]}, "by: each column may appear only once"),
        ("sens", {"by": 3}, "by: expected a column name; got 3"),
        ("huber_loss", {"delta": -1}, r"huber_loss\(delta=\)"),
        ("mase", {"m": 0}, r"mase\(m=\): expected a whole number of at least 1; got 0"),
        ("mase", {"m": 1.5}, r"mase\(m=\)"),
        ("mase", {"mae_train": -1}, r"mase\(mae_train=\)"),
        ("ccc", {"bias": 1}, r"ccc\(bias=\): expected True or False; got 1"),
        ("rmse", {"estimator": "macro"}, r"rmse\(\) has no argument 'estimator'"),
    ],
)
def test_options(metric: str, options: dict[str, Any], message: str) -> None:
    df = CLASSES if tm.core.metric.METRICS[metric].metric.kind == "class" else NUMBERS
    with pytest.raises(tm.OptionError, match=message):
        getattr(tm, metric)(df, "obs", "pred", **options)
    if "by" not in options:
        with pytest.raises(tm.OptionError, match=message):
            getattr(tm, f"{metric}_vec")(df["obs"], df["pred"], **options)


def test_a_missing_argument_names_the_metric() -> None:
    with pytest.raises(TypeError, match=r"^accuracy\(\) lacks 'estimate': pass estimate="):
        tm.accuracy(CLASSES, "obs")
    with pytest.raises(TypeError, match=r"^rmse_vec\(\) lacks 'estimate': pass estimate="):
        tm.rmse_vec([1, 2])


def test_columns_of_the_result_cannot_be_keys() -> None:
    with pytest.raises(tm.OptionError, match="by: the name '.estimate' is reserved for a column of the result"):
        tm.accuracy(CLASSES.rename({"fold": ".estimate"}), "obs", "pred", by=".estimate")


@pytest.mark.parametrize(
    ("truth", "estimate", "error", "message"),
    [
        ([1, 2], [1, 2, 3], tm.OptionError, "the vectors must have the same length: truth has 2, estimate has 3"),
        ("abc", "abc", tm.OptionError, "truth: expected a vector .* got str"),
        (3, 4, tm.OptionError, "truth: expected a vector"),
        (np.zeros((2, 2)), np.zeros((2, 2)), tm.OptionError, "an array with 2 dimensions"),
        (["a", 1], ["a", 1], tm.TidymetricsError, "truth: the (column|vector) mixes values of several types"),
    ],
)
@pytest.mark.parametrize("metric", [tm.accuracy_vec, tm.rmse_vec])
def test_vectors(metric: Any, truth: Any, estimate: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        metric(truth, estimate)


def test_vectors_have_no_rows_per_class() -> None:
    with pytest.raises(tm.EstimatorError, match="gives one number; .* pass a frame to sens"):
        tm.sens_vec(["a", "b"], ["a", "b"], estimator="per_class")
    with pytest.raises(tm.OptionError, match="truth: expected numbers; got String"):
        tm.rmse_vec(["1", "2"], [1, 2])
    with pytest.raises(tm.OptionError, match="truth: expected numbers; got String"):
        tm.rmse_vec(np.array(["1", "2"]), [1, 2])


def test_sets() -> None:
    for make_set, message in [
        (lambda: tm.metric_set(), "at least one metric"),
        (lambda: tm.metric_set(tm.accuracy, tm.accuracy), "two metrics named 'accuracy'; name one"),
        (lambda: tm.metric_set(tm.accuracy, f=tm.rmse), r"several families .*\(class: accuracy; numeric: f\)"),
        (lambda: tm.metric_set(tm.accuracy_vec), "expected metrics such as tm.accuracy; got <accuracy_vec"),
        (lambda: tm.metric_set("accuracy"), "got 'accuracy'"),
        (lambda: tm.get_metrics("classs"), "there is no kind 'classs'. Did you mean 'class'"),
        (lambda: tm.get_metrics("class", "numeric"), "several families"),
        (lambda: tm.metric_set(tm.rmse)(NUMBERS, "obs", "pred", levels=["a", "b"]), "no metric of the set takes levels="),
        (lambda: tm.metric_set(tm.rmse)(NUMBERS, "obs", "pred", beta=2), "no metric of the set takes an argument 'beta'"),
        (lambda: tm.metric_set(tm.f_meas)(CLASSES, "obs", "pred", betta=2), "an argument 'betta'. Did you mean 'beta'"),
        (lambda: tm.metric_set(tm.sens)(CLASSES, "obs", "pred", estimator="median"), "an estimator 'median'"),
        (
            lambda: tm.metric_set(a=tm.mase.tweak(order_by="w"), b=tm.mase.tweak(order_by="site"))(NUMBERS, "obs", "pred"),
            "one order",
        ),
    ]:
        with pytest.raises(tm.MetricSetError, match=message):
            make_set()


def test_tweaks() -> None:
    with pytest.raises(
        tm.OptionError, match=r"f_meas.tweak: 'bta' cannot be fixed. Did you mean 'beta'\? It can fix: estimator, na_rm"
    ):
        tm.f_meas.tweak(bta=2)
    with pytest.raises(tm.OptionError, match=r"f_meas\(beta=\)"):
        tm.f_meas.tweak(beta=-2)
    with pytest.raises(tm.OptionError, match="'case_weights' cannot be fixed"):
        tm.f_meas.tweak(case_weights="w")
    with pytest.raises(tm.EstimatorError):
        tm.f_meas.tweak(estimator="median")
    with pytest.raises(tm.OptionError, match="expected a metric"):
        tm.metric_tweak("x", "f_meas", beta=2)
    with pytest.raises(tm.OptionError, match="expected a name"):
        tm.metric_tweak("", tm.f_meas, beta=2)


def test_a_name_that_is_taken() -> None:
    from tidymetrics.statistics import EventCounts

    def sens(counts: Any) -> Any:
        return counts.recall

    with pytest.raises(tm.OptionError, match="a metric named 'sens' exists already"):
        tm.class_metric(EventCounts, direction="maximize", range=(0, 1))(sens)
