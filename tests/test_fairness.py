"""Groupwise metrics."""

from __future__ import annotations

import pickle
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

# of the formulas: g predicts 1 of 2 events and 0 of 2 others, h 2 of 2 and 1 of 2
DF = pl.DataFrame(
    {
        "obs": [True, True, False, False] * 2,
        "pred": [True, False, False, False, True, True, True, False],
        "sex": ["g"] * 4 + ["h"] * 4,
        "fold": [1, 2] * 4,
    }
)


def estimate(result: Any) -> float:
    return rows(result)[".estimate"][0]


def test_the_example_of_the_formulas(frame: str) -> None:
    df = make(frame, DF)
    for metric in (tm.demographic_parity, tm.equal_opportunity, tm.equalized_odds):
        result = rows(metric("sex")(df, "obs", "pred"))
        assert list(result) == [".metric", ".by", ".estimator", ".estimate"]
        assert (result[".metric"], result[".by"], result[".estimate"]) == ([metric.__name__], ["sex"], [0.5])


def test_groups_sets_and_weights(frame: str) -> None:
    df = data.classes(levels=["x", "y"]).with_columns(sex=pl.when(pl.col("site") > 1).then(pl.lit("m")))
    metrics = tm.metric_set(tm.accuracy, tm.demographic_parity("sex"), tm.sens, odds=tm.equalized_odds("sex"))
    result = rows(metrics(make(frame, df), "obs", "pred", by="fold", case_weights="w"))
    assert list(result) == ["fold", ".metric", ".by", ".estimator", ".estimate"]
    assert result[".by"][::4] == [None, "sex", None, "sex"]
    assert result[".metric"][::4] == ["accuracy", "demographic_parity", "sens", "odds"]
    inside = tm.metric_set(tm.detection_prevalence, tm.sens, tm.spec)(df, "obs", "pred", by=["fold", "sex"], case_weights="w")
    ranges = inside.group_by("fold", ".metric").agg(r=pl.col(".estimate").max() - pl.col(".estimate").min())
    parity = ranges.filter(pl.col(".metric") == "detection_prevalence").sort("fold")["r"].to_list()
    odds = ranges.filter(pl.col(".metric").is_in(["sens", "spec"])).group_by("fold").agg(pl.col("r").max()).sort("fold")["r"]
    assert data.same(result[".estimate"][4:8], parity)
    assert data.same(result[".estimate"][12:], odds.to_list())
    assert data.same(
        result[".estimate"][:4], tm.accuracy(df, "obs", "pred", by="fold", case_weights="w")[".estimate"].to_list()
    )


def test_an_undefined_group_makes_the_result_undefined(frame: str) -> None:
    df = make(frame, DF.with_columns(obs=pl.when(pl.col("sex") == "g").then(False).otherwise("obs")))
    with pytest.warns(tm.UndefinedMetricWarning, match=r"^equal_opportunity is undefined: sens is undefined for sex='g'\.$"):
        assert rows(tm.equal_opportunity("sex")(df, "obs", "pred"))[".estimate"] == [None]
    with pytest.warns(
        tm.UndefinedMetricWarning, match=r"undefined in 2 of 2 groups \(fold=1, fold=2\): sens is undefined for sex='g'"
    ):
        tm.equal_opportunity("sex")(df, "obs", "pred", by="fold")


def test_the_sensitive_column_is_no_key(frame: str) -> None:
    with pytest.raises(
        tm.OptionError, match="by: demographic_parity compares the groups of 'sex', and cannot be grouped by it"
    ):
        tm.demographic_parity("sex")(make(frame, DF), "obs", "pred", by=["fold", "sex"])
    with pytest.raises(tm.ColumnNotFoundError, match="no column 'sexx'. Did you mean 'sex'"):
        tm.demographic_parity("sexx")(make(frame, DF), "obs", "pred")
    with pytest.raises(tm.OptionError, match="the name of the sensitive column"):
        tm.demographic_parity(3)


def test_metrics_of_ones_own(frame: str) -> None:
    df = make(frame, DF)
    seen = []

    def count(part: Any) -> float:
        seen.append(part)
        return len(part)

    rowwise = tm.new_groupwise_metric(tm.metric_set(tm.sens, tm.spec), "count", count, direction="zero")
    assert rows(rowwise("sex")(df, "obs", "pred", by="fold"))[".estimate"] == [4, 4]
    assert type(seen[0]) is (pl.DataFrame if frame == "lazy" else type(df))
    assert list(rows(seen[0])) == ["fold", "sex", ".metric", ".estimator", ".estimate"]
    accuracy = [1 - 1 / 4, 1 - 1 / 4]
    gap = tm.new_groupwise_metric(tm.accuracy, "gap", tm.groupwise_difference)
    share = tm.new_groupwise_metric(tm.accuracy, "share", tm.groupwise_ratio, direction="maximize")
    assert estimate(gap("sex")(df, "obs", "pred")) == pytest.approx(accuracy[0] - accuracy[1])
    assert estimate(share("sex")(df, "obs", "pred")) == 1
    numbers = data.numbers().with_columns(sex=pl.col("site").cast(pl.String))
    spread = tm.new_groupwise_metric(tm.rmse, "rmse_gap", tm.groupwise_difference)
    values = tm.rmse(numbers, "obs", "pred", by="sex")[".estimate"]
    assert estimate(spread("sex")(make(frame, numbers), "obs", "pred")) == pytest.approx(values.max() - values.min())
    probs = data.probabilities().with_columns(sex=pl.col("site").cast(pl.String))
    auc_gap = tm.new_groupwise_metric(tm.roc_auc, "auc_gap", tm.groupwise_difference)
    names = ["p_a", "p_b", "p_c"]
    values = tm.roc_auc(probs, "obs", names, by="sex")[".estimate"]
    assert estimate(auc_gap("sex")(make(frame, probs), "obs", names)) == pytest.approx(values.max() - values.min())
    mixed = tm.metric_set(tm.accuracy, auc_gap("sex"))(make(frame, probs), "obs", "pred", probs=names)
    assert rows(mixed)[".estimate"][1] == pytest.approx(values.max() - values.min())


def test_errors() -> None:
    for call, error, message in [
        (lambda: tm.new_groupwise_metric("x", "n", max), tm.OptionError, "a metric or a metric_set"),
        (lambda: tm.new_groupwise_metric(tm.sens, "", max), tm.OptionError, "a name for the metric"),
        (lambda: tm.new_groupwise_metric(tm.sens, "n", 3), tm.OptionError, "a function for aggregate"),
        (lambda: tm.new_groupwise_metric(tm.sens, "n", max, "up"), tm.OptionError, "direction=.: expected one of .*'up'"),
        (
            lambda: tm.new_groupwise_metric(tm.demographic_parity("sex"), "n", max),
            tm.MetricSetError,
            "cannot be made of groupwise",
        ),
        (lambda: tm.new_groupwise_metric(tm.sens, "n", str)("sex")(DF, "obs", "pred"), tm.OptionError, "must give one number"),
        (lambda: tm.metric_set(tm.rmse, tm.demographic_parity("sex")), tm.MetricSetError, "several families"),
        (lambda: tm.demographic_parity("sex")(DF, "obs", "pred", estimator="mean"), tm.EstimatorError, "no estimator 'mean'"),
    ]:
        with pytest.raises(error, match=message):
            call()


def test_a_row_a_level_leaves_nothing_to_compare() -> None:
    df = data.classes().with_columns(sex=pl.col("site").cast(pl.String))
    parity = tm.demographic_parity("sex")
    with pytest.raises(
        tm.EstimatorError, match="demographic_parity: there is no estimator 'per_class' for it; it has binary, macro"
    ):
        parity(df, "obs", "pred", estimator="per_class")
    # in a set the members that have it take it, the others keep their default
    result = tm.metric_set(tm.sens, parity)(df, "obs", "pred", estimator="per_class")
    assert result[".estimator"].to_list() == ["per_class"] * 3 + ["macro"]
    assert result[".level"].to_list() == [*data.LEVELS, None]


def test_pickle_and_repr() -> None:
    metric = tm.demographic_parity("sex")
    again = pickle.loads(pickle.dumps(metric))
    assert again(DF, "obs", "pred").equals(metric(DF, "obs", "pred"))
    assert repr(metric) == "<demographic_parity: a groupwise metric, minimize; estimators binary, macro, macro_weighted, micro>"
    assert metric.metric.range is None


@pytest.mark.parametrize("k", [[1, 3], 3])
def test_gaps_of_rankings_are_those_at_each_k(k: Any) -> None:
    df = data.rankings()
    gap = tm.new_groupwise_metric(tm.ndcg, "gap", tm.groupwise_difference)("site")
    asked = {"query": "query", "k": k}
    found = rows(gap(df, "obs", "pred", by="fold", **asked))
    each = tm.ndcg(df, "obs", "pred", by=["fold", "site"], **asked)
    expected = each.group_by("fold", ".k", maintain_order=True).agg(pl.col(".estimate").max() - pl.col(".estimate").min())
    assert [found["fold"], found[".k"]] == [expected["fold"].to_list(), expected[".k"].to_list()]
    assert data.same(found[".estimate"], expected[".estimate"].to_list())
