"""What calibration and thresholds are known to go wrong on: ties, edges, separated classes, plateaus, gaps."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

import tidymetrics as tm
from tests.calibration.rows import ragged
from tests.frames import make, rows
from tidymetrics.statistics import calibration_bins as cb
from tidymetrics.statistics import calibration_errors as ce
from tidymetrics.statistics import logistic, no_skill, smooth
from tidymetrics.statistics import threshold_counts as tc
from tidymetrics.statistics.score_slots import slot_sums
from tidymetrics.statistics.score_steps import steps_of_rows

# the traps of the page


def test_240_rows_stay_240() -> None:
    """Bins closed at both ends would count probabilities of one decimal twice."""
    df = pl.DataFrame({"p": [i % 11 / 10 for i in range(240)], "obs": [i % 3 == 0 for i in range(240)]})
    for frame in (df, df.lazy()):
        for strategy in ("uniform", "quantile", "isotonic"):
            assert tm.calibration_curve(frame, "obs", "p", strategy=strategy)[".n"].sum() == 240


def test_decimals_lie_on_the_edges_they_mean() -> None:
    wanted = np.array([float(f"0.{i:02d}") for i in range(100)] + [1.0])
    assert (tc.percent_thresholds() == wanted).all()
    score = wanted[1:100]
    slots = slot_sums(np.array([99]), score, np.ones(99, bool), None, tc.percent_thresholds(), "right")
    assert (tc.counts_at_cuts(slots).tp[0, 1:100] == np.arange(99, 0, -1)).all()
    for n_bins in (10, 20, 25, 50, 100):
        edges = cb.uniform_edges(n_bins)
        number = cb.bins_of_slots(
            slot_sums(np.array([n_bins]), edges[1:], np.ones(n_bins, bool), None, edges[1:-1]), edges
        ).number
        assert (number == np.arange(1, n_bins + 1)).all()


def test_scores_of_0_and_1_are_in_the_first_and_last_bin() -> None:
    edges = cb.uniform_edges(10)
    bins = cb.bins_of_slots(slot_sums(np.array([2]), np.array([0.0, 1.0]), np.array([False, True]), None, edges[1:-1]), edges)
    assert bins.number.tolist() == [1, 10]


def test_ties_stay_in_one_bin_and_one_score_is_one_bin() -> None:
    score = np.repeat([0.1, 0.2, 0.9], [7, 11, 2])
    event = np.arange(20) % 2 == 0
    bins = cb.bins_of_steps(steps_of_rows(np.array([20]), score, event), 10)
    assert bins.lower.tolist() == bins.upper.tolist() == [0.1, 0.2, 0.9]
    assert bins.weight.tolist() == [7, 11, 2]
    alone = cb.bins_of_steps(steps_of_rows(np.array([20]), np.full(20, 0.9), event), 10)
    assert alone.weight.tolist() == [20]
    assert ce.expected_error(alone) == pytest.approx([0.4])


@given(st.lists(st.integers(0, 20), min_size=1, max_size=80), st.integers(1, 12), st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_quantile_bins_are_those_of_the_inverted_cdf(places: list[int], n_bins: int, seed: int) -> None:
    score = np.array(places) / 20
    weight = np.random.RandomState(seed).randint(1, 4, size=len(score))
    steps = steps_of_rows(np.array([len(score)]), score, score > 2, weight.astype(float))
    every = np.sort(np.repeat(score, weight))
    shares = np.arange(1, n_bins) / n_bins
    inner = every[np.maximum(np.ceil(shares * len(every) - 1e-9).astype(int) - 1, 0)]
    assert (cb.quantile_bin(steps, n_bins) == np.searchsorted(inner, steps.score, side="left")).all()


def test_a_perfect_model_has_an_error() -> None:
    """At 200 rows and 10 bins about 0.07; the chance level says so."""
    random = np.random.RandomState(0)
    groups, n = 2_000, 200
    lengths = np.full(groups, n)
    score = random.uniform(size=groups * n)
    event = random.uniform(size=groups * n) < score
    edges = cb.uniform_edges(10)
    bins = cb.bins_of_slots(slot_sums(lengths, score, event, None, edges[1:-1]), edges)
    assert ce.expected_error(bins).mean() == pytest.approx(0.069, abs=0.002)
    group = np.repeat(np.arange(groups), n)
    place = group * 10 + np.searchsorted(edges[1:-1], score)
    variance = np.bincount(place, score * (1 - score), minlength=groups * 10).reshape(groups, 10)
    assert ce.chance_error(variance, lengths.astype(float)).mean() == pytest.approx(0.071, abs=0.001)


@pytest.mark.parametrize(
    ("score", "event", "defined"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], False),  # separated
        ([0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1], False),  # but for a tie at the border
        ([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1], False),  # the other way round
        ([0.4, 0.4, 0.4, 0.4], [0, 1, 0, 1], False),  # one score
        ([0.1, 0.2, 0.3, 0.4], [1, 1, 1, 1], False),  # one class
        ([0.1, 0.6, 0.5, 0.9], [0, 0, 1, 1], True),
    ],
)
def test_a_slope_is_undefined_where_scores_separate_the_classes(score: list[float], event: list[int], defined: bool) -> None:
    n = np.array([4])
    fit = logistic.fit_logistic(n, np.array(score), np.array(event, bool))
    assert fit.defined[0] == defined
    assert np.isnan(fit.slope[0]) != defined
    assert fit.one_class[0] == (len(set(event)) == 1)
    assert fit.separated[0] == (not defined and not fit.one_class[0])
    at_large = logistic.fit_logistic(n, np.array(score), np.array(event, bool), fixed_slope=True)
    assert at_large.defined[0] == (not fit.one_class[0])


def test_logistic_fits_have_no_gradient_left_though_others_need_more_rounds() -> None:
    random = np.random.RandomState(3)
    lengths = np.array([200, 150, 30, 4_000])
    score = random.uniform(size=lengths.sum()) ** np.repeat([1, 9, 2, 1], lengths)
    event = random.uniform(size=len(score)) < 0.5
    score[:5], event[:5] = 0.0, True  # infinite log odds, cut at the least
    fit = logistic.fit_logistic(lengths, score, event)
    group = np.repeat(np.arange(4), lengths)
    residual = event - logistic.recalibrated(fit, group, score)
    for part in (residual, residual * logistic.log_odds(score)):
        np.testing.assert_allclose(np.bincount(group, part), 0, atol=1e-8)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    "cuts", [[0.5], [0.1, 0.1 + 1e-15, 0.1 + 2e-15, 0.10001, 0.9], [-1e300, 0.2, 1e300], list(np.arange(101) / 100)]
)
def test_slots_are_those_of_searchsorted(cuts: list[float], side: Any) -> None:
    random = np.random.RandomState(0)
    score = np.concatenate([random.uniform(-0.2, 1.2, 5_000), np.array(cuts), np.nextafter(cuts, 2), [np.inf, -np.inf]])
    slots = slot_sums(np.array([len(score)]), score, np.ones(len(score), bool), None, np.array(cuts), side)
    expected = np.bincount(np.searchsorted(cuts, score, side=side), minlength=len(cuts) + 1)
    assert (slots.events[0] == expected).all()


def test_slots_of_many_rows_and_of_weights() -> None:
    random = np.random.RandomState(0)
    lengths = np.array([200_000, 0, 3, 150_000])
    score, weight = random.uniform(size=lengths.sum()), random.uniform(size=lengths.sum())
    event = random.uniform(size=len(score)) < score
    found = slot_sums(lengths, score, event, weight, np.arange(1, 10) / 10)
    group = np.repeat(np.arange(4), lengths)
    at = np.searchsorted(np.arange(1, 10) / 10, score)
    for name, values in (("events", weight * event), ("score_sum", weight * score), ("squares", weight**2)):
        expected = np.bincount(group * 10 + at, values, minlength=40).reshape(4, 10)
        np.testing.assert_allclose(getattr(found, name), expected, rtol=1e-11)


def test_counts_that_are_0_are_exactly_0() -> None:
    random = np.random.RandomState(0)
    score = np.concatenate([np.arange(50) / 100, np.arange(50, 100) / 100])
    event, weight = np.arange(100) >= 50, random.uniform(size=100)
    lengths = np.array([100])
    by_step = tc.counts_at_steps(steps_of_rows(lengths, score, event, weight)).counts
    by_cut = tc.counts_at_cuts(slot_sums(lengths, score, event, weight, tc.percent_thresholds(), "right"))
    for counts, at in ((by_step, 50), (by_cut, (0, 50))):
        assert counts.fn[at] == counts.fp[at] == 0.0
    assert by_step.tp[-1] == by_step.fp[-1] == 0.0
    assert by_step.fn[-1] == pytest.approx(weight[50:].sum())


def test_counts_are_those_of_scikit_learn_at_each_threshold() -> None:
    lengths, score, event, weight = ragged(7)
    at = tc.counts_at_steps(steps_of_rows(lengths, score, event, weight))
    start, rows = int(at.lengths[:3].sum()), slice(int(lengths[:3].sum()), int(lengths[:4].sum()))
    tables = at.counts.tables()[start : start + at.lengths[3]]
    for threshold, table in zip(at.threshold[start:], tables, strict=False):
        theirs = confusion_matrix(event[rows], score[rows] >= threshold, labels=[True, False], sample_weight=weight[rows])
        np.testing.assert_allclose(table, theirs.T)


def test_of_a_plateau_the_most_specific_threshold_is_chosen() -> None:
    """Sensitivity is 1 for many thresholds; the lowest would call everybody an event."""
    score, event = np.array([0.1, 0.2, 0.3, 0.6, 0.7]), np.array([False, False, False, True, True])
    at = tc.counts_at_steps(steps_of_rows(np.array([5]), score, event))
    chosen = tc.choose(at.lengths, at.counts.sens, at.counts.sens + at.counts.spec)
    assert at.threshold[chosen[0]] == 0.6


def test_nobody_called_meets_no_constraint_on_precision() -> None:
    score, event = np.array([0.1, 0.9]), np.array([True, False])
    at = tc.counts_at_steps(steps_of_rows(np.array([2]), score, event))
    precision = np.array([0.5, 0.0, np.nan])
    allowed = tc.meets([(precision, ">=", 0.9)], 3)
    assert tc.choose(at.lengths, at.counts.sens, at.counts.sens, allowed).tolist() == [-1]


def test_groups_of_one_class_or_without_rows_choose_nothing() -> None:
    lengths = np.array([2, 0, 2])
    at = tc.counts_at_steps(steps_of_rows(lengths, np.array([0.1, 0.2, 0.3, 0.4]), np.array([True, True, False, True])))
    assert at.lengths.tolist() == [3, 0, 3]
    j = at.counts.sens + at.counts.spec - 1
    assert tc.choose(at.lengths, j, j).tolist() == [-1, -1, 4]


def test_directions() -> None:
    value = np.array([0.5, 1.1, 2.0])
    assert tc.goodness(value, "maximize").argmax() == 2
    assert tc.goodness(value, "minimize").argmax() == 0
    assert tc.goodness(value, "zero").argmax() == 0
    assert tc.goodness(value, "target", 1.0).argmax() == 1


def test_a_fold_that_is_undefined_leaves_the_mean() -> None:
    values = np.array([[1.0, np.nan], [0.0, 0.5], [0.2, 0.4]])
    found = tc.averaged_over_folds(values, np.array([0, 0, 1]), 2)
    np.testing.assert_allclose(found, [[0.5, np.nan], [0.2, 0.4]])


def test_net_benefit_of_one_class_and_at_0() -> None:
    counts = tc.counts_at_cuts(
        slot_sums(np.array([2]), np.array([0.0, 0.6]), np.ones(2, bool), None, np.array([0.0, 0.5]), "right")
    )
    found = tc.net_benefit(counts, np.array([0.0, 0.5]))
    np.testing.assert_allclose(found.model, [[1.0, 0.5]])  # a probability of 0 is acted on at the threshold 0
    np.testing.assert_allclose(found.act_on_all, [[1.0, 1.0]])
    assert np.isnan(found.avoided[0, 0])


# smooth curves, cells, coverage, decisions, no skill


def test_many_scores_smooth_as_few() -> None:
    """The curve of collapsed scores is that of all, to what the page allows."""
    random = np.random.RandomState(0)
    n = 3_000
    score = random.uniform(size=n)
    steps = steps_of_rows(np.array([n]), score, random.uniform(size=n) < score**1.3)
    fast = smooth.fit_smooth(steps)
    old, smooth.MOST_KNOTS = smooth.MOST_KNOTS, n
    try:
        exact = smooth.fit_smooth(steps)
    finally:
        smooth.MOST_KNOTS = old
    assert len(fast.score) == 501
    assert len(exact.score) == n
    points = np.arange(5, 96) / 100
    np.testing.assert_allclose(smooth.smooth_points(fast, points), smooth.smooth_points(exact, points), atol=5e-5)


def test_smooth_curves_of_one_or_two_scores() -> None:
    steps = steps_of_rows(np.array([3, 0, 2]), np.array([0.4, 0.4, 0.4, 0.2, 0.6]), np.array([True, False, False, False, True]))
    curve = smooth.fit_smooth(steps)
    found = smooth.smooth_points(curve, np.array([0.2, 0.4, 0.7]))
    np.testing.assert_allclose(found[0], [np.nan, 1 / 3, np.nan])
    assert np.isnan(found[1]).all()
    assert not np.isnan(found[2, :2]).any()
    assert np.isnan(found[2, 2])


def test_intervals_stay_inside_and_one_row_has_no_spread() -> None:
    share, n = np.array([0.0, 1.0, 0.5]), np.array([1.0, 3.0, 2.0])
    for interval in (cb.wilson, cb.wilson_cc):
        lower, upper = interval(share, n, 0.95)
        assert ((lower >= 0) & (lower <= share) & (share <= upper) & (upper <= 1)).all()
    steps = steps_of_rows(np.array([3]), np.array([1.0, 2.0, 2.0]), np.array([1.0, 5.0, 7.0]))
    lower, upper = cb.mean_interval(cb.numeric_bins(steps, 2, "uniform"), 0.95)
    assert np.isnan(lower[0])
    np.testing.assert_allclose([lower[1], upper[1]], 6 + np.array([-1, 1]) * 1.959963984540054 * np.sqrt(2) / np.sqrt(2))


def test_weights_make_no_interval_surer() -> None:
    edges = np.array([0.0, 1.0])
    score, event = np.array([0.2, 0.3, 0.4]), np.array([True, False, True])
    for times in (1.0, 1000.0):
        slots = slot_sums(np.array([3]), score, event, np.full(3, times), edges[1:-1])
        assert cb.bins_of_slots(slots, edges).effective == pytest.approx([3.0])


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
def test_constant_numeric_predictions_are_one_bin_without_a_slope() -> None:
    score, truth = np.full(5, 0.1), np.arange(5.0)
    for strategy in ("uniform", "quantile"):
        assert cb.numeric_bins(steps_of_rows(np.array([5]), score, truth), 4, strategy).weight.tolist() == [5]
    assert np.isnan(tm.calibration_slope_numeric_vec(truth, score))


def test_missing_quantiles_leave_their_level_and_the_histogram() -> None:
    df = pl.DataFrame({"y": [1.0, 2.0, 3.0], "low": [1.0, None, 1.0], "high": [2.0, 2.5, 2.0]})
    given = {"truth": "y", "estimate": ["low", "high"], "quantile_levels": [0.05, 0.95]}
    found = tm.quantile_coverage(df, **given)
    assert found[".coverage"].to_list() == pytest.approx([0.5, 2 / 3])
    assert found[".n"].to_list() == [2, 3]
    assert tm.pit_histogram(df, **given)[".n"].to_list() == [1, 0, 1]
    for metric, expected in ((tm.interval_coverage, 0.5), (tm.interval_width, 1.0)):
        assert metric(df, **given)[".estimate"].item() == pytest.approx(expected)


def test_decisions_of_ties_gaps_and_borders(frame: str) -> None:
    df = pl.DataFrame(
        {"p": [0.5, 0.4, 0.6, None], "at": [0.6, 0.4, 0.7, 0.1], "q": [0.1, 0.2, 0.3, 0.4], "r": [0.4, 0.4, 0.1, 0.2]}
    )

    def classes(estimate: Any, levels: list[str], **given: Any) -> list[str | None]:
        made = tm.class_from_prob(make(frame, df), estimate, levels=levels, **given)
        return rows(made.collect() if frame == "lazy" else made)[".pred_class"]

    assert classes("p", ["a", "b"]) == ["a", "b", "a", None]
    assert classes("p", ["a", "b"], buffer=(0.1, 0.0)) == [None, None, "a", None]
    assert classes("p", ["a", "b"], threshold="at") == ["b", "a", "b", None]
    three = (["p", "r", "q"], ["a", "b", "c"])
    assert classes(*three) == ["a", "a", "a", None]
    assert classes(*three, min_prob=0.5) == ["a", None, "a", None]
    assert classes(*three, threshold={"a": 0.5, "b": 0.1, "c": 0.9}) == ["b", "b", "a", None]


def test_no_skill_has_no_skill() -> None:
    true = np.array([[3.0, 5.0, 2.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    assert no_skill.expected_table(true, "most_frequent")[0].tolist() == [[0, 0, 0], [3, 5, 2], [0, 0, 0]]
    assert no_skill.expected_table(true, "most_frequent")[1, 0].tolist() == [1, 1, 0]
    np.testing.assert_allclose(no_skill.expected_table(true, "stratified")[0].sum(axis=1), true[0])
    np.testing.assert_allclose(no_skill.expected_table(true, "uniform")[0].sum(axis=0), true[0])
    assert np.isnan(no_skill.constant_shares(true, "prior")[2]).all()
    assert np.isnan(no_skill.skill(np.array([0.3]), np.array([0.0]), 0.0)).all()
    lengths, truth = np.array([3, 0, 2]), np.array([1.0, 9.0, 2.0, 4.0, 6.0])
    np.testing.assert_allclose(no_skill.constant_number(lengths, truth, None, "median"), [2, np.nan, 5])
    weight = np.array([1.0, 0.0, 1.0, 3.0, 1.0])
    np.testing.assert_allclose(no_skill.constant_number(lengths, truth, weight, "mean"), [1.5, np.nan, 4.5])
    np.testing.assert_allclose(no_skill.constant_number(lengths, truth, weight, "median"), [1.5, np.nan, 5])
