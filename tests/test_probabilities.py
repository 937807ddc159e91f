"""Probabilities: bound to levels by name, checked, ranked; and the curves."""

from __future__ import annotations

import math
import warnings
from typing import Any

import narwhals.selectors as ncs
import numpy as np
import polars as pl
import polars.selectors as cs
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

DF = data.probabilities()
PROBS = ["p_a", "p_b", "p_c"]
TWO = data.probabilities(levels=["yes", "no"])
CURVES = [tm.roc_curve, tm.pr_curve, tm.gain_curve, tm.lift_curve]


def value(result: Any) -> float:
    return rows(result)[".estimate"][0]


def test_ways_to_name_the_columns(frame: str) -> None:
    df = make(frame, DF)
    want = value(tm.roc_auc(DF, "obs", PROBS))
    mapping = {"c": "p_c", "a": "p_a", "b": "p_b"}
    for probs in (PROBS, tuple(PROBS), mapping, cs.starts_with("p_"), [cs.starts_with("p_")], ncs.matches("^p_")):
        assert value(tm.roc_auc(df, "obs", probs)) == pytest.approx(want)


def test_two_levels_take_one_column_or_two(frame: str) -> None:
    df = make(frame, TWO)
    for metric in (tm.pr_auc, tm.mn_log_loss, tm.brier_class):
        first = value(metric(TWO, "obs", "p_yes"))
        second = value(metric(TWO, "obs", "p_no", event_level="second"))
        for probs in ("p_yes", ["p_yes"], ["p_yes", "p_no"], {"no": "p_no", "yes": "p_yes"}, {"yes": "p_yes"}):
            assert value(metric(df, "obs", probs)) == pytest.approx(first)
        for probs in (["p_yes", "p_no"], {"no": "p_no", "yes": "p_yes"}, {"no": "p_no"}):
            assert value(metric(df, "obs", probs, event="no")) == pytest.approx(second)
            assert value(metric(df, "obs", probs, event_level="second")) == pytest.approx(second)
    with pytest.raises(tm.OptionError, match="expected the probabilities of the event 'yes'; got only 'p_no'"):
        tm.roc_auc(df, "obs", {"no": "p_no"})


def test_another_order_than_the_levels(frame: str) -> None:
    df = DF.rename({"p_a": ".pred_a", "p_b": ".pred_b", "p_c": ".pred_c"})
    with pytest.raises(tm.LevelError, match=r"Pass estimate=\{'a': '.pred_a', 'b': '.pred_b', 'c': '.pred_c'\}"):
        tm.roc_auc(make(frame, df), "obs", [".pred_b", ".pred_a", ".pred_c"])
    with pytest.raises(tm.LevelError, match="one column of probabilities for each of the 3 levels 'a', 'b', 'c'; got 2"):
        tm.roc_auc(make(frame, DF), "obs", ["p_a", "p_b"])
    with pytest.raises(tm.LevelError, match="got 1: 'p_a'"):
        tm.roc_auc(make(frame, DF), "obs", "p_a")
    with pytest.raises(tm.LevelError, match="'d' is not a level"):
        tm.roc_auc(make(frame, DF), "obs", {"a": "p_a", "b": "p_b", "d": "p_c"})
    with pytest.raises(tm.LevelError, match="no column for 'c'"):
        tm.roc_auc(make(frame, DF), "obs", {"a": "p_a", "b": "p_b"})
    with pytest.raises(tm.ColumnNotFoundError, match="estimate: the frame has no column 'p_d'. Did you mean"):
        tm.roc_auc(make(frame, DF), "obs", ["p_a", "p_b", "p_d"])
    with pytest.raises(tm.OptionError, match="each column may appear only once"):
        tm.roc_auc(make(frame, DF), "obs", ["p_a", "p_b", "p_b"])
    with pytest.raises(tm.OptionError, match=r"roc_aunu.* needs one column of probabilities per level"):
        tm.roc_aunu(make(frame, TWO), "obs", "p_yes")


def test_strings_have_no_levels(frame: str) -> None:
    strings = make(frame, DF.cast({"obs": pl.String}))
    want = value(tm.roc_auc(DF, "obs", PROBS))
    assert value(tm.roc_auc(strings, "obs", PROBS, levels=data.LEVELS)) == pytest.approx(want)
    assert value(tm.roc_auc(strings, "obs", {"b": "p_b", "a": "p_a", "c": "p_c"})) == pytest.approx(want)
    assert value(tm.roc_auc(strings, "obs", ["p_b", "p_a", "p_c"])) == pytest.approx(want)  # by name
    unnamed = make(frame, DF.cast({"obs": pl.String}).rename({"p_a": "one", "p_b": "two", "p_c": "three"}))
    with pytest.raises(tm.LevelError, match=r"Pass estimate=\{'a': <its column>, ...\}, or levels=\[...\] in the order"):
        tm.roc_auc(unnamed, "obs", ["two", "one", "three"])
    two = make(frame, TWO.cast({"obs": pl.String}))
    assert value(tm.pr_auc(two, "obs", "p_no", event="no")) == pytest.approx(
        value(tm.pr_auc(TWO, "obs", "p_no", event_level="second"))
    )
    assert value(tm.pr_auc(two, "obs", "p_yes", levels=["yes", "no"])) == pytest.approx(value(tm.pr_auc(TWO, "obs", "p_yes")))
    assert value(tm.pr_auc(two, "obs", "p_yes")) == pytest.approx(value(tm.pr_auc(TWO, "obs", "p_yes")))  # by name
    unnamed = make(frame, TWO.cast({"obs": pl.String}).rename({"p_yes": "score"}))
    with pytest.raises(tm.LevelError, match=r"event='yes', or levels=\['yes', 'no'\] with the event first"):
        tm.pr_auc(unnamed, "obs", "score")
    with pytest.raises(tm.LevelError, match="none of the levels 'y', 'no'|holds 'yes', which levels= does not list: 'y', 'no'"):
        tm.roc_auc(two, "obs", ["p_yes", "p_no"], levels=["y", "no"])


def test_booleans_and_integers(frame: str) -> None:
    want = value(tm.pr_auc(TWO, "obs", "p_yes"))
    booleans = TWO.with_columns(obs=pl.col("obs") == "yes")
    assert value(tm.pr_auc(make(frame, booleans), "obs", "p_yes")) == pytest.approx(want)
    integers = booleans.with_columns(pl.col("obs").cast(pl.Int64))
    assert value(tm.pr_auc(make(frame, integers), "obs", "p_yes", event=1)) == pytest.approx(want)
    assert value(tm.pr_auc(make(frame, integers), "obs", {1: "p_yes", 0: "p_no"})) == pytest.approx(want)


def test_probabilities_must_be_some(frame: str) -> None:
    outside = DF.with_row_index("i").with_columns(p_b=pl.when(pl.col("i") < 3).then(1.5).otherwise("p_b"))
    for metric in (tm.mn_log_loss, tm.brier_class, tm.classification_cost):
        with pytest.raises(
            tm.ProbabilityError, match=r"'p_b': expected probabilities between 0 and 1; 3 rows have others, the first 1\.5"
        ):
            metric(make(frame, outside), "obs", PROBS, by="fold")
        with pytest.raises(tm.ProbabilityError, match="must add up to 1 in each row; 2.. rows do not, the first adds up to"):
            metric(make(frame, DF.with_columns(p_b=pl.col("p_b") * 0.5 + 0.005)), "obs", PROBS)
        near = DF.with_columns(pl.col("p_b") * 1.0005)
        assert value(metric(make(frame, near), "obs", PROBS)) is not None
    vec = outside.select(PROBS).to_numpy()
    with pytest.raises(tm.ProbabilityError, match="3 rows have others"):
        tm.brier_class_vec(outside["obs"], vec)
    # ranking metrics take any score
    scores = DF.with_columns(pl.col(PROBS) * 1e6 - 7)
    assert value(tm.roc_auc(make(frame, scores), "obs", PROBS)) == pytest.approx(value(tm.roc_auc(DF, "obs", PROBS)))


def test_infinite_scores(frame: str) -> None:
    df = make(frame, pl.DataFrame({"obs": [True, True, False, False], "s": [math.inf, 1.0, 0.5, -math.inf]}))
    assert value(tm.roc_auc(df, "obs", "s")) == 1
    assert value(tm.roc_auc(df, "obs", "s", event=False)) == 0


def test_estimators() -> None:
    for metric in (tm.roc_auc, tm.pr_auc):
        for estimator in ("micro", "multiclass"):
            with pytest.raises(tm.EstimatorError, match="there is no estimator"):
                metric(DF, "obs", PROBS, estimator=estimator)
        with pytest.raises(tm.EstimatorError, match="is for two levels, and there are 3"):
            metric(DF, "obs", PROBS, estimator="binary")
    with pytest.raises(tm.EstimatorError, match="hand_till"):
        tm.pr_auc(DF, "obs", PROBS, estimator="hand_till")
    with pytest.raises(tm.EstimatorError, match="no form with case weights"):
        tm.roc_auc(DF, "obs", PROBS, estimator="hand_till", case_weights="w")
    with pytest.raises(tm.EstimatorError, match="it takes none"):
        tm.roc_aunu(DF, "obs", PROBS, estimator="macro")
    assert tm.roc_auc(DF, "obs", PROBS)[".estimator"].item() == "hand_till"
    assert tm.roc_auc(DF, "obs", PROBS, case_weights="w")[".estimator"].item() == "macro"


def test_costs(frame: str) -> None:
    df = make(frame, DF)
    table = {"truth": ["a", "b"], "estimate": ["b", "a"], "cost": [2, -1]}
    expected = (2 * DF["p_b"] * (DF["obs"] == "a") - DF["p_a"] * (DF["obs"] == "b")).mean()
    assert value(tm.classification_cost(df, "obs", PROBS, costs=table)) == pytest.approx(expected)
    assert value(tm.classification_cost(df, "obs", PROBS, costs=pl.DataFrame(table))) == pytest.approx(expected)
    for wrong, message in [
        ({"truth": ["a"], "cost": [1]}, "exactly the columns truth, estimate and cost"),
        ({"truth": ["a", "a"], "estimate": ["b", "b"], "cost": [1, 2]}, "appears twice"),
        ({"truth": ["z"], "estimate": ["b"], "cost": [1]}, "'z' is not one of the levels"),
        ({"truth": ["a"], "estimate": ["b"], "cost": ["1"]}, "a finite number for each cost"),
        (3, "expected a table"),
    ]:
        with pytest.raises(tm.OptionError, match=message):
            tm.classification_cost(df, "obs", PROBS, costs=wrong)


def test_sets_of_classes_and_probabilities(frame: str) -> None:
    metrics = tm.metric_set(tm.accuracy, tm.roc_auc, tm.sens, tm.mn_log_loss, pr=tm.pr_auc.tweak(estimator="macro_weighted"))
    result = rows(metrics(make(frame, DF), "obs", "pred", probs=PROBS, by="fold"))
    assert list(dict.fromkeys(result[".metric"])) == ["accuracy", "roc_auc", "sens", "mn_log_loss", "pr"]
    alone = [
        tm.accuracy(DF, "obs", "pred", by="fold"),
        tm.roc_auc(DF, "obs", PROBS, by="fold"),
        tm.sens(DF, "obs", "pred", by="fold"),
        tm.mn_log_loss(DF, "obs", PROBS, by="fold"),
        tm.pr_auc(DF, "obs", PROBS, by="fold", estimator="macro_weighted"),
    ]
    assert data.same(result[".estimate"], [v for frame in alone for v in frame[".estimate"]])
    assert result[".estimator"][::4] == ["multiclass", "hand_till", "macro", "multiclass", "macro_weighted"]
    micro = rows(metrics(make(frame, DF), "obs", "pred", probs=PROBS, estimator="micro"))
    assert micro[".estimator"] == ["multiclass", "hand_till", "micro", "multiclass", "macro_weighted"]
    usual = rows(tm.metrics(make(frame, DF), "obs", "pred", probs=PROBS))
    assert usual[".metric"] == ["accuracy", "kap", "mn_log_loss", "roc_auc"]
    every = tm.get_metrics("class", "prob")
    names = [m.metric.name for m in every.members]
    assert rows(every(make(frame, DF), "obs", "pred", probs=PROBS))[".metric"] == names
    assert {"accuracy", "roc_auc", "mn_log_loss"} < set(names)
    missing = make(frame, DF.with_columns(p_b=pl.when(pl.col("site") > 0).then("p_b")))
    mixed = rows(metrics(missing, "obs", "pred", probs=PROBS))
    assert mixed[".estimate"][0] == pytest.approx(value(tm.accuracy(DF, "obs", "pred")))


def test_what_sets_need() -> None:
    both = tm.metric_set(tm.accuracy, tm.roc_auc)
    with pytest.raises(tm.OptionError, match="probs: name the columns of probabilities, which roc_auc read"):
        both(DF, "obs", "pred")
    with pytest.raises(tm.OptionError, match="estimate: name the column of predicted classes, which accuracy read"):
        both(DF, "obs", probs=PROBS)
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes probs="):
        tm.metric_set(tm.accuracy)(DF, "obs", "pred", probs=PROBS)
    soft = tm.metric_set(tm.roc_auc, tm.pr_auc)
    assert soft(DF, "obs", PROBS).equals(soft(DF, "obs", probs=PROBS))


def test_one_sort_for_a_whole_set(monkeypatch: pytest.MonkeyPatch) -> None:
    from tidymetrics.statistics import layouts

    sorts = []
    original = layouts.sort_chunk
    monkeypatch.setattr(layouts, "sort_chunk", lambda *a, **k: sorts.append(1) or original(*a, **k))
    metrics = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture, tm.roc_aunp)
    metrics(DF, "obs", PROBS, by="fold")
    assert len(sorts) == 3  # hand_till too needs a sort a class, not one a pair


def test_checks_share_the_pass_of_the_losses(frame: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tidymetrics.frames import PreparedFrame

    passes = []
    run = PreparedFrame.collect
    monkeypatch.setattr(PreparedFrame, "collect", lambda self, *args: passes.append(1) or run(self, *args))
    losses = tm.metric_set(tm.mn_log_loss, tm.brier_class, tm.classification_cost)
    losses(make(frame, DF), "obs", PROBS, by="fold", case_weights="w")
    assert len(passes) == 1


def test_many_groups_and_large_blocks() -> None:
    rng = np.random.default_rng(0)
    n = 600_000  # several blocks: one large group, and many small ones
    key = np.where(rng.random(n) < 0.5, 0, rng.integers(1, 5_000, n))
    df = pl.DataFrame({"k": key, "obs": rng.random(n) < 0.3, "s": np.round(rng.random(n), 3), "w": rng.integers(0, 3, n)})
    metrics = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        result = metrics(df, "obs", "s", by="k")
        weighted = metrics(df, "obs", "s", by="k", case_weights="w")
        repeated = metrics(df[np.repeat(np.arange(n), df["w"].to_numpy())], "obs", "s", by="k")
        for chosen in (0, 7, 4_000):
            alone = metrics(df.filter(k=chosen), "obs", "s")
            assert data.same(result.filter(k=chosen)[".estimate"].to_list(), alone[".estimate"].to_list())
    joined = weighted.join(repeated, on=["k", ".metric"], suffix="_r", how="left")
    assert data.same(joined[".estimate"].to_list(), joined[".estimate_r"].to_list())


@pytest.mark.parametrize("curve", CURVES)
def test_curves_of_every_frame(curve: Any, frame: str) -> None:
    df = make(frame, DF)
    result = curve(df, "obs", PROBS, by=["site", "fold"], case_weights="w")
    assert type(result) is (pl.DataFrame if frame == "lazy" else type(df))
    found = rows(result)
    assert list(found)[:3] == ["site", "fold", ".level"]
    expected = curve(DF, "obs", PROBS, by=["site", "fold"], case_weights="w")
    assert expected.select("site", "fold").unique(maintain_order=True).rows() == sorted(
        DF.select("site", "fold").unique().rows()
    )
    for name in found:
        want = expected[name].to_list()
        assert found[name] == want if isinstance(want[0], str) else data.same(found[name], want)
    one = curve(DF.filter(site=1, fold="f2"), "obs", PROBS, case_weights="w")
    part = expected.filter(site=1, fold="f2").drop("site", "fold")
    assert all(data.same(one[c].to_list(), part[c].to_list()) for c in one.columns if c != ".level")


@pytest.mark.parametrize("curve", CURVES)
def test_curves_of_vectors(curve: Any) -> None:
    vec = getattr(tm, f"{curve.__name__}_vec")
    assert vec(TWO["obs"], TWO["p_yes"]).equals(curve(TWO, "obs", "p_yes"))
    assert vec(DF["obs"], DF.select(PROBS).to_numpy(), case_weights=DF["w"]).equals(curve(DF, "obs", PROBS, case_weights="w"))


@pytest.mark.parametrize("curve", CURVES)
def test_a_group_that_lacks_a_class(curve: Any, frame: str) -> None:
    df = TWO.with_columns(obs=pl.when(pl.col("fold") == "f2").then(pl.lit("no")).otherwise("obs").cast(TWO["obs"].dtype))
    lacking = {"roc_curve": "sensitivity", "pr_curve": "recall", "gain_curve": ".percent_found", "lift_curve": ".lift"}
    name = lacking[curve.__name__]
    with pytest.warns(
        tm.UndefinedMetricWarning, match=f"{curve.__name__}: {name} is undefined in 1 of 4 groups: the truth lacks a class"
    ):
        result = rows(curve(make(frame, df), "obs", "p_yes", by="fold"))
    inner = [v for f, v in zip(result["fold"], result[name], strict=True) if f == "f2"][1:-1]
    assert inner == [None] * len(inner)
    others = rows(curve(df.filter(pl.col("fold") == "f3"), "obs", "p_yes"))
    assert data.same([v for f, v in zip(result["fold"], result[name], strict=True) if f == "f3"], others[name])


@pytest.mark.parametrize("curve", CURVES)
def test_missing_values_and_no_rows(curve: Any, frame: str) -> None:
    holes = TWO.with_columns(p_yes=pl.when(pl.col("site") > 0).then("p_yes"))
    full = curve(holes.drop_nulls("p_yes"), "obs", "p_yes")
    kept = rows(curve(make(frame, holes), "obs", "p_yes"))
    assert all(data.same(kept[c], full[c].to_list()) for c in full.columns)
    with pytest.raises(tm.TidymetricsError, match="rows have missing values, and na_rm=False"):
        curve(make(frame, holes), "obs", "p_yes", na_rm=False)
    none = make(frame, TWO.head(0))
    assert len(rows(curve(none, "obs", "p_yes", by="fold"))["fold"]) == 0


def test_thresholds(frame: str) -> None:
    df = make(frame, TWO)
    chosen = [0.5, 0.25, 0.5, 2.0, -3.0]
    result = rows(tm.roc_curve(df, "obs", "p_yes", thresholds=chosen, by="fold", case_weights="w"))
    per_group = [-math.inf, -3.0, 0.25, 0.5, 2.0, math.inf]
    assert result[".threshold"] == per_group * 4
    for i, (fold, threshold) in enumerate(zip(result["fold"], result[".threshold"], strict=True)):
        part = TWO.filter(pl.col("fold") == fold)
        events = part.filter(pl.col("obs") == "yes")
        found = events.filter(pl.col("p_yes") >= threshold)["w"].sum() / events["w"].sum()
        assert result["sensitivity"][i] == pytest.approx(found)
    single = rows(tm.roc_curve(df, "obs", "p_yes", thresholds=[0.4]))
    assert single["specificity"][1] == pytest.approx(tm.spec_vec(TWO["obs"] == "yes", TWO["p_yes"] >= 0.4))
    for wrong in ([], [math.nan], ["a"], [math.inf], 1j):
        with pytest.raises(tm.OptionError, match=r"roc_curve\(thresholds=\): expected a list of finite numbers"):
            tm.roc_curve(df, "obs", "p_yes", thresholds=wrong)
    with pytest.raises(tm.OptionError, match="no argument 'thresholds'"):
        tm.pr_curve(df, "obs", "p_yes", thresholds=[0.5])


def test_the_examples_of_the_formulas() -> None:
    truth, score = [True, False, True, False, True], [0.9, 0.8, 0.7, 0.3, 0.2]
    roc = tm.roc_curve_vec(truth, score)
    assert roc["specificity"].to_list() == [0, 0, 0, 0.5, 0.5, 1, 1]
    assert roc["sensitivity"].to_list() == pytest.approx([1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3, 0])
    assert tm.pr_curve_vec(truth, score)["precision"].to_list() == pytest.approx([1, 1, 1 / 2, 2 / 3, 1 / 2, 3 / 5])
    lift = tm.lift_curve_vec(truth, score)[".lift"].to_list()
    assert lift[0] is None
    assert lift[1:] == pytest.approx([5 / 3, 5 / 6, 10 / 9, 5 / 6, 1])
    weights = [1, 2, 1, 1, 1]
    for vec, plain, weighted in [
        (tm.roc_auc_vec, 1 / 2, 4 / 9),
        (tm.pr_auc_vec, 32 / 45, 28 / 45),
        (tm.average_precision_vec, 34 / 45, 2 / 3),
        (tm.gain_capture_vec, 0, -1 / 9),
    ]:
        assert vec(truth, score) == pytest.approx(plain)
        assert vec(truth, score, case_weights=weights) == pytest.approx(weighted)
    assert tm.mn_log_loss_vec([True, False], [0.9, 0.8]) == pytest.approx(0.8573992140459634)
    probs = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.3, 0.4, 0.3]])
    truth3, levels = ["a", "b", "a"], ["a", "b", "c"]
    assert tm.brier_class_vec(truth3, probs, levels=levels) == pytest.approx(0.23)
    assert tm.brier_class_vec(truth3, probs, levels=levels, case_weights=[1, 1, 2]) == pytest.approx(0.265)
    with pytest.warns(tm.UndefinedMetricWarning, match="roc_auc leaves the level 'c' out of the average: the truth lacks it"):
        assert tm.roc_auc_vec(truth3, probs, levels=levels) == 1
    assert tm.roc_auc_vec(truth3, probs, levels=levels, estimator="macro_weighted") == 1


def test_how_a_curve_looks() -> None:
    import inspect
    import pickle

    assert repr(tm.roc_curve) == "<roc_curve: a curve of class probabilities; columns .threshold, specificity, sensitivity>"
    assert "thresholds" in inspect.signature(tm.roc_curve).parameters
    for curve in CURVES:
        assert pickle.loads(pickle.dumps(curve)) is curve
        assert "Parameters\n---" in inspect.getdoc(curve)
        assert pickle.loads(pickle.dumps(getattr(tm, f"{curve.__name__}_vec"))).__name__ == f"{curve.__name__}_vec"
