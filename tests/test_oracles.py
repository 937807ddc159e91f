"""The numbers against scikit-learn and against plain loops over Python floats, on data that Hypothesis thinks up."""

from __future__ import annotations

import math
import statistics
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as skm

import tidymetrics as tm

settings.register_profile("tests", max_examples=60, deadline=None)
settings.load_profile("tests")

LEVELS = ["a", "b", "c"]
WEIGHT = st.floats(0.1, 10)


@st.composite
def class_rows(draw: Any, levels: list[str] = LEVELS) -> pl.DataFrame:
    pairs = draw(st.lists(st.tuples(st.sampled_from(levels), st.sampled_from(levels), WEIGHT), min_size=1, max_size=40))
    kind = pl.Enum(levels)
    return pl.DataFrame(pairs, schema={"t": kind, "p": kind, "w": pl.Float64}, orient="row")


NUMBER = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


@st.composite
def number_rows(draw: Any) -> pl.DataFrame:
    triples = draw(st.lists(st.tuples(NUMBER, NUMBER, WEIGHT), min_size=2, max_size=30))
    return pl.DataFrame(triples, schema={"t": pl.Float64, "p": pl.Float64, "w": pl.Float64}, orient="row")


def estimate(metric: Any, df: pl.DataFrame, **arguments: Any) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        value = metric(df, "t", "p", **arguments)[".estimate"].item()
    return math.nan if value is None else value


def agree(ours: float, theirs: float, rel: float = 1e-9) -> None:
    assert ours == pytest.approx(theirs, rel=rel, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("weighted", [False, True])
@given(df=class_rows())
def test_classes_against_scikit_learn(df: pl.DataFrame, weighted: bool) -> None:
    t, p, w = (df[c].to_list() for c in ("t", "p", "w"))
    ours = {"case_weights": "w"} if weighted else {}
    theirs: dict[str, Any] = {"sample_weight": w} if weighted else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agree(estimate(tm.accuracy, df, **ours), skm.accuracy_score(t, p, **theirs))
        several = len(set(t)) > 1 and len(set(p)) > 1
        agree(estimate(tm.mcc, df, **ours), skm.matthews_corrcoef(t, p, **theirs) if several else math.nan)
        for weighting in (None, "linear", "quadratic"):
            if len({*t, *p}) > 1:
                kappa = skm.cohen_kappa_score(t, p, labels=LEVELS, weights=weighting, **theirs)
                agree(estimate(tm.kap, df, weighting=weighting or "none", **ours), kappa)
        agree(estimate(tm.bal_accuracy, df, estimator="macro_recall", **ours), skm.balanced_accuracy_score(t, p, **theirs))
        micro = {"average": "micro", "labels": LEVELS, **theirs}
        agree(estimate(tm.f_meas, df, estimator="micro", **ours), skm.f1_score(t, p, **micro))
        recall = skm.recall_score(t, p, average="weighted", labels=LEVELS, zero_division=np.nan, **theirs)
        agree(estimate(tm.recall, df, estimator="macro_weighted", **ours), recall)
        precision = skm.precision_score(t, p, average="macro", labels=LEVELS, zero_division=np.nan, **theirs)
        agree(estimate(tm.precision, df, **ours), precision)


@given(df=class_rows(["yes", "no"]))
def test_two_classes_against_counts(df: pl.DataFrame) -> None:
    cells = {(a, b): 0.0 for a in ("yes", "no") for b in ("yes", "no")}
    for t, p, w in df.rows():
        cells[t, p] += w
    tp, fn, fp, tn = cells["yes", "yes"], cells["yes", "no"], cells["no", "yes"], cells["no", "no"]

    def q(a: float, b: float) -> float:
        return a / b if b > 0 else math.nan

    sens, spec, prec, npv = q(tp, tp + fn), q(tn, tn + fp), q(tp, tp + fp), q(tn, tn + fn)
    expected = {
        tm.sens: sens,
        tm.spec: spec,
        tm.precision: prec,
        tm.miss_rate: q(fn, tp + fn),
        tm.fall_out: q(fp, tn + fp),
        tm.j_index: sens + spec - 1,
        tm.markedness: prec + npv - 1,
        tm.bal_accuracy: (sens + spec) / 2,
        tm.detection_prevalence: q(tp + fp, tp + fp + fn + tn),
        tm.roc_dist: math.hypot(1 - sens, 1 - spec) if not math.isnan(sens + spec) else math.nan,
        tm.ppv: prec if not math.isnan(sens + spec) else math.nan,
        tm.npv: npv if not math.isnan(sens + spec) else math.nan,
    }
    for metric, value in expected.items():
        agree(estimate(metric, df, case_weights="w"), value)


@pytest.mark.parametrize("weighted", [False, True])
@given(df=number_rows())
def test_numbers_against_scikit_learn(df: pl.DataFrame, weighted: bool) -> None:
    t, p, w = (df[c].to_list() for c in ("t", "p", "w"))
    ours = {"case_weights": "w"} if weighted else {}
    theirs: dict[str, Any] = {"sample_weight": w} if weighted else {}
    agree(estimate(tm.mae, df, **ours), skm.mean_absolute_error(t, p, **theirs))
    agree(estimate(tm.mse, df, **ours), skm.mean_squared_error(t, p, **theirs))
    agree(estimate(tm.rmse, df, **ours), skm.root_mean_squared_error(t, p, **theirs))
    if 0 not in t:
        agree(estimate(tm.mape, df, **ours), 100 * skm.mean_absolute_percentage_error(t, p, **theirs))
    if len(set(t)) > 1:
        agree(estimate(tm.rsq_trad, df, **ours), skm.r2_score(t, p, **theirs), rel=1e-6)


def naive_moments(df: pl.DataFrame) -> tuple[float, float, float, float, float]:
    """Give means, variances and covariance with shares of weight, in exact fractions until the end."""
    from fractions import Fraction

    t, p, w = ([Fraction(x) for x in df[c].to_list()] for c in ("t", "p", "w"))
    v = [x / sum(w) for x in w]
    mt, mp = (sum(a * b for a, b in zip(v, x, strict=True)) for x in (t, p))
    unbias = 1 - sum(x * x for x in v)
    var_t, var_p = (sum(a * (b - m) ** 2 for a, b in zip(v, x, strict=True)) / unbias for x, m in ((t, mt), (p, mp)))
    cov = sum(a * (b - mt) * (c - mp) for a, b, c in zip(v, t, p, strict=True)) / unbias
    return float(mt - mp), float(var_t), float(var_p), float(cov), float(sum(w))


@given(df=number_rows())
def test_moments_against_exact_fractions(df: pl.DataFrame) -> None:
    gap, var_t, var_p, cov, _ = naive_moments(df)
    if var_t > 1e-3 and var_p > 1e-3:
        # the correlation may cancel to nothing; then its digits are those of its parts
        assert estimate(tm.rsq, df, case_weights="w") == pytest.approx(cov**2 / (var_t * var_p), rel=1e-6, abs=1e-9)
    if var_t + var_p + gap**2 > 1e-3:
        assert estimate(tm.ccc, df, case_weights="w") == pytest.approx(2 * cov / (var_t + var_p + gap**2), rel=1e-6, abs=1e-9)


@given(df=number_rows())
def test_row_losses_against_loops(df: pl.DataFrame) -> None:
    t, p, w = (df[c].to_list() for c in ("t", "p", "w"))
    d = [a - b for a, b in zip(t, p, strict=True)]

    def mean(values: list[float]) -> float:
        return math.fsum(x * y for x, y in zip(values, w, strict=True)) / math.fsum(w)

    def huber(x: float, delta: float) -> float:
        return x * x / 2 if abs(x) <= delta else delta * (abs(x) - delta / 2)

    agree(estimate(tm.msd, df, case_weights="w"), mean(d))
    agree(estimate(tm.huber_loss, df, case_weights="w", delta=2.5), mean([huber(x, 2.5) for x in d]))
    pseudo = [2.5**2 * (math.sqrt(1 + (x / 2.5) ** 2) - 1) for x in d]
    agree(estimate(tm.huber_loss_pseudo, df, case_weights="w", delta=2.5), mean(pseudo))
    if all(a or b for a, b in zip(t, p, strict=True)):
        smape = [200 * abs(x) / (abs(a) + abs(b)) for x, a, b in zip(d, t, p, strict=True)]
        agree(estimate(tm.smape, df, case_weights="w"), mean(smape))
    if 0 not in t:
        agree(estimate(tm.mpe, df, case_weights="w"), mean([100 * x / a for x, a in zip(d, t, strict=True)]))


@given(df=number_rows())
def test_sorted_statistics_against_loops(df: pl.DataFrame) -> None:
    t, p = df["t"].to_list(), df["p"].to_list()
    rmse = math.sqrt(statistics.fmean((a - b) ** 2 for a, b in zip(t, p, strict=True)))
    low, _, high = statistics.quantiles(t, n=4, method="inclusive")
    if rmse > 0:
        agree(estimate(tm.rpiq, df), (high - low) / rmse)
    naive = statistics.fmean(abs(a - b) for a, b in zip(t[1:], t[:-1], strict=True))
    if naive > 0:
        agree(estimate(tm.mase, df), statistics.fmean(abs(a - b) for a, b in zip(t, p, strict=True)) / naive)

    def gini(order: list[float]) -> float:
        rows = sorted(zip(order, t, strict=True), key=lambda r: (-r[0], -r[1]))
        total, found, area = math.fsum(t), 0.0, 0.0
        for _, y in rows:
            area += (2 * found + y) / len(rows)
            found += y
        return 1 - area / total

    if abs(math.fsum(t)) > 1 and abs(gini(t)) > 1e-3:
        assert estimate(tm.gini_coef, df) == pytest.approx(gini(p) / gini(t), rel=1e-6, abs=1e-6)


@given(df=class_rows())
def test_vectors_and_frames_agree(df: pl.DataFrame) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("f_meas", "sedi", "kap"):
            vec = getattr(tm, f"{name}_vec")
            agree(vec(df["t"].to_list(), df["p"].to_list(), levels=LEVELS), estimate(getattr(tm, name), df))
            agree(vec(df["t"].cast(pl.String).to_numpy(), df["p"].to_numpy(), levels=LEVELS), estimate(getattr(tm, name), df))


@st.composite
def scored_rows(draw: Any) -> pl.DataFrame:
    """Give events with scores that are often tied, at least one row of either class."""
    score = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.floats(0, 1))
    triples = draw(st.lists(st.tuples(st.booleans(), score, WEIGHT), min_size=1, max_size=40))
    triples += [(True, draw(score), draw(WEIGHT)), (False, draw(score), draw(WEIGHT))]
    return pl.DataFrame(triples, schema={"t": pl.Boolean, "p": pl.Float64, "w": pl.Float64}, orient="row")


@pytest.mark.parametrize("weighted", [False, True])
@given(df=scored_rows())
def test_scores_against_scikit_learn(df: pl.DataFrame, weighted: bool) -> None:
    t, p, w = (df[c].to_numpy() for c in ("t", "p", "w"))
    ours = {"case_weights": "w"} if weighted else {}
    theirs: dict[str, Any] = {"sample_weight": w} if weighted else {}
    agree(estimate(tm.roc_auc, df, **ours), skm.roc_auc_score(t, p, **theirs))
    agree(estimate(tm.average_precision, df, **ours), skm.average_precision_score(t, p, **theirs))
    agree(estimate(tm.brier_class, df, **ours), skm.brier_score_loss(t, p, **theirs))
    agree(estimate(tm.mn_log_loss, df, **ours), skm.log_loss(t, p, labels=[False, True], **theirs))
    precision, recall, _ = skm.precision_recall_curve(t, p, **theirs)
    agree(estimate(tm.pr_auc, df, **ours), skm.auc(recall, precision))


@given(df=scored_rows(), other=scored_rows())
def test_classes_of_scores_against_scikit_learn(df: pl.DataFrame, other: pl.DataFrame) -> None:
    # three classes, each there; scores of any two rows of probabilities mixed
    n = min(len(df), len(other)) // 3 * 3
    if n < 6:
        return
    probs = np.column_stack([df["p"][:n], other["p"][:n], np.full(n, 0.5)]) + 0.01
    probs /= probs.sum(axis=1, keepdims=True)
    truth = np.arange(n) % 3
    ours = tm.roc_auc_vec(truth, probs, levels=[0, 1, 2])
    agree(ours, skm.roc_auc_score(truth, probs, multi_class="ovo"), rel=1e-7)
    for average, estimator in (("macro", "macro"), ("weighted", "macro_weighted")):
        theirs = skm.roc_auc_score(truth, probs, multi_class="ovr", average=average)
        agree(tm.roc_auc_vec(truth, probs, levels=[0, 1, 2], estimator=estimator), theirs, rel=1e-7)
    agree(tm.mn_log_loss_vec(truth, probs, levels=[0, 1, 2]), skm.log_loss(truth, probs))
