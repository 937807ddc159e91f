"""Everything goes through one pipeline: what it reads, what it checks, and what it says."""

from __future__ import annotations

import ast
import pathlib
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

PAIR = ("time", "event")
BINARY = pl.DataFrame({"obs": ["a", "b", "a", "b"], "a": [0.9, 0.2, 0.6, 0.4], "b": [0.1, 0.8, 0.4, 0.6]})


def test_only_the_pipeline_prepares_frames_and_makes_reductions() -> None:
    root = pathlib.Path(tm.__file__).parent
    allowed = {
        "core/call.py": "prepare",
        "core/family.py": "Reductions",
        "core/influence.py": "Reductions",  # of copies whose numbers are nudged
        "families/classes/matrix.py": "Reductions",  # of counts that are known
        "wrappers/table_values.py": "Reductions",  # of the tables of all thresholds, counted before
        "wrappers/skill.py": "Reductions",  # of the rows of a baseline, which are made here
        "families/survival/censoring.py": "both",  # data are made here, nothing is scored
    }
    for path in root.rglob("*.py"):
        name = str(path.relative_to(root))
        if name.startswith(("frames/", "statistics/")) or name in allowed:
            continue
        called = {ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)}
        assert not called & {"prepare", "prepare_vectors", "Reductions"}, name


def test_a_column_name_is_no_pattern() -> None:
    df = data.survival().rename({"t": "^t.*$"})
    at = {"eval_time": "^t.*$", "censoring_weights": "g"}
    scored = tm.metric_set(tm.brier_survival, tm.concordance_survival)
    for given in (df, df.lazy()):
        result = scored(given, PAIR, "pred", probs="s", **at)
        found = result.filter(pl.col(".metric") == "concordance_survival")[".estimate"].item()
        assert found == pytest.approx(tm.concordance_survival(data.subjects(), PAIR, "pred")[".estimate"].item())


@pytest.mark.parametrize("metric", [tm.mn_log_loss, tm.brier_class, tm.classification_cost])
@pytest.mark.parametrize("given", [{"a": "a", "b": "b"}, ["a", "b"]], ids=["mapping", "list"])
def test_both_columns_of_two_levels_are_read(metric: Any, given: Any, frame: str) -> None:
    def call(df: pl.DataFrame, **more: Any) -> Any:
        return metric(make(frame, df), "obs", given, levels=["a", "b"], **more)

    alone = metric(make(frame, BINARY), "obs", "a", event="a")
    assert rows(call(BINARY))[".estimate"] == pytest.approx(rows(alone)[".estimate"])
    with pytest.raises(tm.ProbabilityError, match="'b': expected probabilities between 0 and 1"):
        call(BINARY.with_columns(b=pl.lit(7.0)))
    with pytest.raises(tm.ProbabilityError, match="must add up to 1"):
        call(BINARY.with_columns(b=pl.lit(0.5)))
    gap = BINARY.with_columns(b=pl.when(pl.col("b") > 0.7).then(None).otherwise("b"))
    assert rows(call(gap))[".estimate"] == pytest.approx(rows(call(gap.drop_nulls()))[".estimate"])
    with pytest.warns(tm.UndefinedMetricWarning, match="a value is missing and na_rm=False"):
        assert rows(call(gap, na_rm=False))[".estimate"] == [None]


@pytest.mark.parametrize("given", [True, "0.2", 50, 0.5, np.float64(0.5), ["0.2"], [], [None], [[0.1]], [float("nan")]])
def test_thresholds_are_a_list_of_numbers(given: Any) -> None:
    with pytest.raises(tm.OptionError, match=r"roc_curve\(thresholds=\): expected a list of finite numbers"):
        tm.roc_curve(BINARY, "obs", "a", event="a", thresholds=given)


def test_a_single_threshold_is_told_to_be_a_list() -> None:
    with pytest.raises(tm.OptionError, match=r"got 50; pass thresholds=\[50\]"):
        tm.roc_curve(BINARY, "obs", "a", event="a", thresholds=50)
    assert len(tm.roc_curve(BINARY, "obs", "a", event="a", thresholds=[50])) == 3


@pytest.mark.parametrize("table", [np.ones((2, 3)), [[1, 2, 3], [4, 5, 6]], [[1, 2], [3]]], ids=["array", "lists", "ragged"])
def test_a_table_that_is_not_square_is_refused(table: Any) -> None:
    with pytest.raises(tm.OptionError, match="expected a square table"):
        tm.sens(table, levels=["a", "b"])


def test_averages_say_which_levels_they_leave_out() -> None:
    df = data.classes().with_columns(
        obs=pl.when((pl.col("obs") == "b") & (pl.col("fold") == "f1")).then(pl.lit("a")).otherwise("obs")
    )
    df = df.with_columns(pl.col("obs").cast(pl.Enum(data.LEVELS)))
    message = r"sens, recall leave the level 'b' out of the average in 1 of 4 groups \(fold='f1'\): the truth has no events\.$"
    with pytest.warns(tm.UndefinedMetricWarning, match=message) as caught:
        tm.metric_set(tm.accuracy, tm.sens, tm.recall)(df, "obs", "pred", by="fold")
    assert len(caught) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tm.sens(df, "obs", "pred", by="fold", estimator="macro_weighted")  # a level without rows has no weight
        tm.sens(df.filter(pl.col("fold") != "f1"), "obs", "pred", by="fold")


def test_hand_till_applies_the_formula() -> None:
    @tm.prob_metric(tm.RankedScores, direction="maximize", range=(-1, 1), areas=("roc",), estimators=("binary", "hand_till"))
    def gini_of_pairs(scores: tm.RankedScores) -> Any:
        """Twice the area under the ROC curve minus 1."""
        return 2 * scores.roc - 1

    digits, probs = tm.datasets.load_digits_cv(), pl.selectors.starts_with(".pred_")
    for given in (digits, digits.lazy()):
        area = tm.roc_auc(given, "obs", probs, by="Resample")[".estimate"]
        own = gini_of_pairs(given, "obs", probs, by="Resample")
        assert own[".estimator"].unique().to_list() == ["hand_till"]
        assert own[".estimate"].to_list() == pytest.approx((2 * area - 1).to_list(), abs=1e-12)


def test_an_unknown_error_scale_has_no_bound() -> None:
    @tm.prob_metric(tm.RankedScores, direction="maximize", range=(0, 1), areas=("roc",))
    def squared_area(scores: tm.RankedScores, *, bins: int | None = None) -> Any:
        """The square of the area under the ROC curve."""
        return scores.roc**2

    rng = np.random.default_rng(1)
    score = rng.random(2000)
    df = pl.DataFrame({"obs": rng.random(2000) < score, "p": score})
    assert squared_area(df, "obs", "p", bins=16)[".error_bound"].to_list() == [None]
    assert tm.roc_auc(df, "obs", "p", bins=16)[".error_bound"].item() > 0
    assert tm.gain_capture(df, "obs", "p", bins=16)[".error_bound"].item() == pytest.approx(
        2 * tm.roc_auc(df, "obs", "p", bins=16)[".error_bound"].item()
    )


def test_positions_and_missing_arguments_are_explained() -> None:
    df = data.numbers()
    with pytest.raises(
        tm.OptionError, match=r"rmse\(\) takes data, truth, estimate by position.*If it is a column to group by, pass by=\."
    ):
        tm.rmse(df, "obs", "pred", "fold")
    with pytest.raises(tm.OptionError, match="truth is given twice, by position and by name"):
        tm.rmse(df, "obs", "pred", truth="obs")
    with pytest.raises(tm.OptionError, match=r"rmse\(\) lacks 'data': pass a frame first"):
        tm.rmse(truth="obs", estimate="pred")


def test_groupwise_metrics_of_ones_own_pickle() -> None:
    import pickle

    metric = tm.new_groupwise_metric(tm.accuracy, "accuracy_gap", tm.groupwise_difference)("site")
    again = pickle.loads(pickle.dumps(metric))
    df = data.classes()
    assert again(df, "obs", "pred").equals(metric(df, "obs", "pred"))


def test_a_set_of_groupwise_and_ordinary_metrics_takes_probabilities_once() -> None:
    df = data.probabilities()
    probs = [f"p_{level}" for level in data.LEVELS]
    made = tm.metric_set(tm.accuracy, tm.demographic_parity("site"), tm.roc_auc)(df, "obs", "pred", probs=probs, by="fold")
    assert made[".metric"].unique(maintain_order=True).to_list() == ["accuracy", "demographic_parity", "roc_auc"]
    with pytest.raises(tm.OptionError, match="probs: name the columns of probabilities, which roc_auc reads"):
        tm.metric_set(tm.demographic_parity("site"), tm.roc_auc)(df, "obs", "pred")
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes probs="):
        tm.metric_set(tm.demographic_parity("site"), tm.accuracy)(df, "obs", "pred", probs=probs)
