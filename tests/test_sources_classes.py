"""Metrics of classes and of scores against scikit-learn, scipy, and integrals by hand, on random data."""

from __future__ import annotations

import itertools
import math
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics as sk

import tidymetrics as tm

LEVELS = ["a", "b", "c"]


def _ratios(i: int) -> Any:
    def ratio(y: Any, p: Any, w: Any) -> float:
        return float(sk.class_likelihood_ratios(y == "a", p == "a", sample_weight=w, labels=[False, True])[i])

    return ratio


def _geometric(y: Any, p: Any, w: Any) -> float:
    recalls = [
        np.sum(w * (y == level) * (p == level)) / np.sum(w * (y == level)) for level in LEVELS if np.sum(w * (y == level))
    ]
    return float(np.prod(recalls) ** (1 / len(recalls)))


CLASSES: dict[str, tuple[Any, Any]] = {
    "zero_one_loss": (tm.zero_one_loss, lambda y, p, w: sk.zero_one_loss(y, p, sample_weight=w)),
    "hamming_loss": (tm.hamming_loss, lambda y, p, w: sk.hamming_loss(y, p, sample_weight=w)),
    "geometric_mean": (tm.geometric_mean, _geometric),
}
BINARY: dict[str, tuple[Any, Any]] = {
    "likelihood_ratio_positive": (tm.likelihood_ratio_positive, _ratios(0)),
    "likelihood_ratio_negative": (tm.likelihood_ratio_negative, _ratios(1)),
}


def _h_measure(y: Any, s: Any, w: Any) -> float:
    """Integrate the cost of the best threshold over costs of false events."""
    c = (np.arange(20_000) + 0.5) / 20_000
    density = 6 * c * (1 - c)
    costs = []
    for threshold in [math.inf, *np.unique(s)]:
        taken = s >= threshold
        costs.append(c * np.sum(w * (taken & ~y)) + (1 - c) * np.sum(w * (~taken & y)))
    idle = np.minimum(c * np.sum(w * ~y), (1 - c) * np.sum(w * y))
    return float(1 - np.sum(density * np.min(costs, axis=0)) / np.sum(density * idle))


def _found(y: Any, s: Any, w: Any, top: float) -> float:
    """Find the mean over the orders of tied rows, each cut where the weight is `top`."""
    left, found = top * w.sum(), 0.0
    for score in sorted(set(s), reverse=True):
        there = s == score
        part = min(1.0, left / w[there].sum()) if w[there].sum() else 0.0
        found += part * w[there & y].sum()
        left = max(0.0, left - w[there].sum())
    return float(found / w[y].sum())


def _ks(y: Any, s: Any, w: Any) -> float:
    grid = np.unique(s)
    gaps = [abs(np.sum(w * y * (s <= g)) / np.sum(w * y) - np.sum(w * ~y * (s <= g)) / np.sum(w * ~y)) for g in grid]
    return float(max(gaps))


def _partial(most: float) -> Any:
    return lambda y, s, w: sk.roc_auc_score(y, s, max_fpr=most, sample_weight=w)


def _partial_by_hand(y: Any, s: Any, w: Any, most: float, least: float) -> float:
    x, r, _ = sk.roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    pieces = [piece for piece in zip(x[:-1], x[1:], r[:-1], r[1:], strict=True) if piece[2] < least < piece[3]]
    cuts = [x0 + (x1 - x0) * (least - r0) / (r1 - r0) for x0, x1, r0, r1 in pieces]
    grid = np.unique([v for v in [*x, *cuts, most] if v <= most])
    area = 0.0
    for a, b in itertools.pairwise(grid):
        middle = np.interp((a + b) / 2, x, r)  # straight between the points of the grid
        area += (b - a) * max(middle - least, 0.0)
    return float(area)


SCORES: dict[str, tuple[Any, Any]] = {
    "ks_statistic": (tm.ks_statistic, _ks),
    "h_measure": (tm.h_measure, _h_measure),
    "gain_at": (tm.gain_at.tweak(top=0.3), lambda y, s, w: _found(y, s, w, 0.3)),
    "lift_at": (tm.lift_at.tweak(top=0.25), lambda y, s, w: _found(y, s, w, 0.25) / 0.25),
    "hinge_loss": (tm.hinge_loss, lambda y, s, w: sk.hinge_loss(y, s, labels=[False, True], sample_weight=w)),
    "pauc 0.3": (tm.roc_auc.tweak(min_specificity=0.7, standardized=True), _partial(1 - 0.7)),
    "pauc 0.9": (tm.roc_auc.tweak(min_specificity=0.1, standardized=True), _partial(1 - 0.1)),
    "pauc sp": (tm.roc_auc.tweak(min_specificity=0.6), lambda y, s, w: _partial_by_hand(y, s, w, 1 - 0.6, 0.0)),
    "pauc se": (tm.roc_auc.tweak(min_sensitivity=0.55), lambda y, s, w: _partial_by_hand(y, s, w, 1.0, 0.55)),
    "pauc both": (
        tm.roc_auc.tweak(min_sensitivity=0.35, min_specificity=0.2),
        lambda y, s, w: _partial_by_hand(y, s, w, 1 - 0.2, 0.35),
    ),
}


@st.composite
def tables(draw: Any) -> pl.DataFrame:
    """Three classes, predictions, tied scores and probabilities in two groups, with weights of which some are 0."""
    n = draw(st.integers(2, 25))

    def column(values: Any) -> Any:
        return draw(st.lists(values, min_size=n, max_size=n))

    score = st.sampled_from([-1.5, -0.5, 0.25, 0.5, 1.75]) | st.floats(-3, 3).map(lambda v: round(v, 2))
    df = pl.DataFrame(
        {
            "y": pl.Series(column(st.sampled_from(LEVELS)), dtype=pl.Enum(LEVELS)),
            "p": pl.Series(column(st.sampled_from(LEVELS)), dtype=pl.Enum(LEVELS)),
            "e": column(st.booleans()),
            "s": column(score),
            "w": column(st.sampled_from([0.0, 1.0, 2.0, 0.75])),
            "g": column(st.integers(0, 1)),
        }
    )
    raw = np.array(column(st.tuples(*[st.integers(1, 6)] * 3)), float)
    share = raw / raw.sum(axis=1, keepdims=True)
    return df.with_columns(pl.Series(level, share[:, i]) for i, level in enumerate(LEVELS))


def ours(metric: Any, df: Any, *columns: Any, **arguments: Any) -> list[float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        made = metric(df, *columns, **arguments)[".estimate"].to_list()
    return [math.nan if value is None else value for value in made]


def theirs(function: Any, *vectors: Any) -> float:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return float(function(*vectors))


def named(metrics: dict[str, tuple[Any, Any]]) -> Any:
    return tm.metric_set(**{name: metric for name, (metric, _) in metrics.items()})


def parts_of(df: pl.DataFrame, case_weights: str | None) -> list[tuple[pl.DataFrame, Any]]:
    parts = [part for _, part in sorted(df.group_by("g"), key=lambda pair: pair[0])]
    return [(part, np.ones(len(part)) if case_weights is None else part["w"].to_numpy()) for part in parts]


@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(df=tables(), weights=st.sampled_from([None, "w"]))
def test_classes_agree_with_the_sources(df: pl.DataFrame, weights: str | None) -> None:
    parts = parts_of(df, weights)
    two = df.with_columns(pl.col("y", "p") == "a")
    for frame, metrics, least in ((df.lazy(), CLASSES, 1), (two, BINARY, 2)):
        found = iter(ours(named(metrics), frame, "y", "p", by="g", case_weights=weights))
        for name, (_, function) in metrics.items():
            for part, w in parts:
                y, p = (part[c].cast(pl.String).to_numpy() for c in ("y", "p"))
                one = next(found)
                if len(set(y[w > 0] == "a" if least == 2 else y[w > 0])) >= least:
                    assert one == pytest.approx(theirs(function, y, p, w), rel=1e-9, abs=1e-12, nan_ok=True), name


@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(df=tables(), weights=st.sampled_from([None, "w"]))
def test_scores_agree_with_the_sources(df: pl.DataFrame, weights: str | None) -> None:
    found = iter(ours(named(SCORES), df, "e", "s", by="g", case_weights=weights))
    for name, (_, function) in SCORES.items():
        for part, w in parts_of(df, weights):
            e, s = part["e"].to_numpy(), part["s"].to_numpy()
            one, kept = next(found), w > 0
            if len(set(e[kept])) == 2:
                loose = 1e-6 if name == "h_measure" else 1e-9  # an integral by points
                expected = theirs(function, e[kept], s[kept], w[kept])
                assert one == pytest.approx(expected, rel=loose, abs=loose / 100, nan_ok=True), name


@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(df=tables(), weights=st.sampled_from([None, "w"]))
def test_losses_agree_with_the_sources(df: pl.DataFrame, weights: str | None) -> None:
    given = {"by": "g", "case_weights": weights, "levels": LEVELS}
    found = [ours(m, df, "y", LEVELS, **given) for m in (tm.top_k_accuracy, tm.focal_loss, tm.hinge_loss)]
    for i, (part, w) in enumerate(parts_of(df, weights)):
        y, p = part["y"].cast(pl.String).to_numpy(), part.select(LEVELS).to_numpy()
        if w.sum() == 0:
            continue
        own = p[np.arange(len(y)), [LEVELS.index(v) for v in y]]
        if all(len(set(row)) == 3 for row in p):
            assert found[0][i] == pytest.approx(sk.top_k_accuracy_score(y, p, k=2, labels=LEVELS, sample_weight=w))
        assert found[1][i] == pytest.approx(np.average(-((1 - own) ** 2) * np.log(own), weights=w), rel=1e-9)
        assert found[2][i] == pytest.approx(sk.hinge_loss(y, p, labels=LEVELS, sample_weight=w), rel=1e-9)


def test_the_largest_gap_is_that_of_scipy() -> None:
    rng = np.random.default_rng(1)
    e, s = rng.random(300) < 0.3, rng.normal(size=300).round(1)
    assert tm.ks_statistic_vec(e, s) == pytest.approx(stats.ks_2samp(s[e], s[~e]).statistic, rel=1e-12)


def test_the_curve_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    e, s = rng.random(60) < 0.4, rng.normal(size=60).round(1)
    ours = tm.det_curve_vec(e, s)
    fpr, fnr, thresholds = sk.det_curve(e, s)
    known = {t: (a, b) for t, a, b in ours.iter_rows()}
    for t, a, b in zip(thresholds, fpr, fnr, strict=True):
        assert known[t if np.isfinite(t) else math.inf] == pytest.approx((a, b), abs=1e-12)


def test_ties_of_the_true_level_count_by_their_chance() -> None:
    probabilities = {"a": [0.4, 1 / 3], "b": [0.4, 1 / 3], "c": [0.2, 1 / 3]}
    assert tm.top_k_accuracy_vec(["a", "a"], probabilities, k=1) == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert tm.top_k_accuracy_vec(["c", "a"], probabilities, k=2) == pytest.approx((0 + 2 / 3) / 2)
    assert tm.top_k_accuracy_vec(["c", "a"], probabilities, k=3) == 1


EDGES: list[tuple[Any, list[bool], list[float], float]] = [
    (tm.ks_statistic, [True, True], [0.1, 0.2], math.nan),
    (tm.ks_statistic, [True, False], [0.5, 0.5], 0.0),
    (tm.ks_statistic, [True, False], [0.1, 0.9], 1.0),
    (tm.h_measure, [True, False], [0.5, 0.5], 0.0),
    (tm.h_measure, [True, False], [0.9, 0.1], 1.0),
    (tm.h_measure, [False, False], [0.9, 0.1], math.nan),
    (tm.gain_at, [False, False], [0.9, 0.1], math.nan),
    (tm.lift_at.tweak(top=1.0), [True, False], [0.9, 0.1], 1.0),
    (tm.roc_auc.tweak(min_specificity=0.5), [True, True], [0.9, 0.1], math.nan),
    (tm.roc_auc.tweak(min_specificity=0.5, standardized=True), [True, False], [0.9, 0.1], 1.0),
    (tm.roc_auc.tweak(min_sensitivity=0.5, standardized=True), [True, False], [0.5, 0.5], 0.5),
    (tm.roc_auc.tweak(min_specificity=0), [True, False, True], [0.5, 0.5, 0.9], 0.75),
]


@pytest.mark.parametrize(("metric", "truth", "score", "value"), EDGES)
def test_edges(metric: Any, truth: list[bool], score: list[float], value: float) -> None:
    df = pl.DataFrame({"e": truth, "s": score})
    assert ours(metric, df, "e", "s", event=True) == [pytest.approx(value, nan_ok=True)]


def test_refuses() -> None:
    df = pl.DataFrame({"y": LEVELS, "e": [True, False, True], "a": [0.2, 0.3, 0.5], "b": [0.4] * 3, "c": [0.4, 0.3, 0.1]})
    for call, message in (
        (lambda: tm.roc_auc(df, "y", LEVELS, levels=LEVELS, min_specificity=0.8, estimator="hand_till"), "for the whole curve"),
        (lambda: tm.roc_auc(df, "e", "a", min_specificity=0.8, bins=16), "bins= is for the whole curve"),
        (lambda: tm.roc_auc(df, "e", "a", min_specificity=1), "a number below 1, of which a part is left; got 1"),
        (lambda: tm.roc_auc(df, "e", "a", min_sensitivity=-0.1), "expected None or a number between 0 and 1"),
        (lambda: tm.lift_at(df, "e", "a", top=0), "expected a number above 0 and at most 1; got 0"),
        (lambda: tm.top_k_accuracy(df, "y", LEVELS, levels=LEVELS, k=0), "a whole number of at least 1"),
        (lambda: tm.focal_loss(df, "e", "a", gamma=-1), "a finite number of at least 0"),
    ):
        with pytest.raises(tm.TidymetricsError, match=message):
            call()
    made = tm.roc_auc(df, "y", LEVELS, levels=LEVELS, min_specificity=0.5)
    assert made[".estimator"].to_list() == ["macro"]
