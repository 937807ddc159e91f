"""The kernels of calibration and thresholds against peers, and against what must not change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from tests.calibration.rows import ragged
from tidymetrics.statistics import calibration_bins as cb
from tidymetrics.statistics import calibration_errors as ce
from tidymetrics.statistics import isotonic, logistic, smooth
from tidymetrics.statistics import threshold_counts as tc
from tidymetrics.statistics.score_slots import slot_sums
from tidymetrics.statistics.score_steps import steps_of_rows

# many groups at once, of ragged sizes, some of them empty, of one row, or of weight 0 alone


def repeated(lengths: np.ndarray, weight: np.ndarray, *columns: np.ndarray) -> list[np.ndarray]:
    """Repeat rows as often as their weights say."""
    times = weight.astype(int)
    group = np.repeat(np.arange(len(lengths)), lengths)
    return [np.bincount(group, times, minlength=len(lengths)).astype(int), *(np.repeat(c, times) for c in columns)]


def shuffled(lengths: np.ndarray, *columns: np.ndarray) -> list[np.ndarray]:
    """Put the rows of each group into another order."""
    group = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((np.random.RandomState(5).uniform(size=len(group)), group))
    return [c[order] for c in columns]


def everything(lengths: np.ndarray, score: np.ndarray, event: np.ndarray, weight: np.ndarray | None) -> dict[str, np.ndarray]:
    """Give what the kernels make of some rows, all that does not depend on how sure they are."""
    steps = steps_of_rows(lengths, score, event, weight)
    blocks = isotonic.fit_isotonic(steps)
    found: dict[str, np.ndarray] = {"steps": steps.score, "blocks": blocks.mean}
    for scored in ("brier", "log_loss"):
        parts = isotonic.decompose(steps, blocks, scored)
        found |= {f"{scored} {name}": getattr(parts, name) for name in ("given", "miscalibration", "discrimination", "base")}
    for fixed in (True, False):
        fit = logistic.fit_logistic(lengths, score, event, weight, fixed_slope=fixed)
        found |= {f"intercept {fixed}": fit.intercept, f"slope {fixed}": fit.slope, f"covariance {fixed}": fit.covariance}
    found["smooth"] = smooth.fit_smooth(steps).fitted
    found["index"] = smooth.calibration_index(steps, smooth.fit_smooth(steps).at(steps.group, steps.score))
    found["median"] = smooth.calibration_index(steps, blocks.fitted, 0.5)
    edges = cb.uniform_edges(10)
    slots = slot_sums(lengths, score, event, weight, edges[1:-1])
    for name, bins in (("uniform", cb.bins_of_slots(slots, edges)), ("quantile", cb.bins_of_steps(steps, 4))):
        found |= {f"{name} {what}": getattr(bins, what) for what in ("number", "weight", "value", "predicted", "observed")}
        found |= {f"{name} error": ce.expected_error(bins), f"{name} max": ce.max_error(bins)}
    at = tc.counts_at_steps(steps)
    found |= {f"step {name}": values for name, values in vars(at.counts).items()}
    counts = tc.counts_at_cuts(slot_sums(lengths, score, event, weight, tc.percent_thresholds(), "right"))
    found |= {f"cut {name}": values for name, values in vars(counts).items()}
    return found


def assert_same(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> None:
    for name, values in a.items():
        np.testing.assert_allclose(values, b[name], rtol=1e-9, atol=1e-11, err_msg=name)


@pytest.mark.parametrize("decimals", [1, 2, None])
def test_order_of_rows_does_not_matter(decimals: int | None) -> None:
    lengths, score, event, weight = ragged(1, decimals)
    assert_same(everything(lengths, score, event, weight), everything(lengths, *shuffled(lengths, score, event, weight)))


@pytest.mark.parametrize("decimals", [1, 2, None])
def test_a_weight_of_2_is_the_row_twice(decimals: int | None) -> None:
    lengths, score, event, weight = ragged(2, decimals)
    times, score_2, event_2 = repeated(lengths, weight, score, event)
    a, b = everything(lengths, score, event, weight), everything(times, score_2, event_2, None)
    assert_same(a, b)


def test_groups_together_are_groups_alone() -> None:
    lengths, score, event, weight = ragged(3)
    together = everything(lengths, score, event, weight)
    ends = np.cumsum(lengths)
    alone = [
        everything(lengths[i : i + 1], score[e - n : e], event[e - n : e], weight[e - n : e])
        for i, (e, n) in enumerate(zip(ends, lengths, strict=True))
    ]
    assert_same(together, {name: np.concatenate([one[name] for one in alone]) for name in together})


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8), st.booleans(), st.integers(1, 3)), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_isotonic_is_that_of_scikit_learn(rows: list[tuple[int, int, bool, int]]) -> None:
    rows.sort(key=lambda row: row[0])
    group, place, event, weight = (np.array(c) for c in zip(*rows, strict=True))
    lengths = np.bincount(group, minlength=5)
    steps = steps_of_rows(lengths, place / 8, event, weight.astype(float))
    fitted = isotonic.fit_isotonic(steps).fitted
    for g in np.unique(group):
        of = group == g
        theirs = IsotonicRegression().fit(place[of] / 8, event[of].astype(float), sample_weight=weight[of])
        mine = steps.group == g
        np.testing.assert_allclose(fitted[mine], theirs.predict(steps.score[mine]), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("shape", ["noise", "rise then drop", "saw", "numbers"])
def test_isotonic_of_long_runs(shape: str) -> None:
    n = 20_000
    random = np.random.RandomState(0)
    x = np.arange(n) / n
    truth = {
        "noise": (random.uniform(size=n) < x).astype(float),
        "rise then drop": np.concatenate([x[:-1], [-50.0]]),
        "saw": np.tile(np.arange(100.0), n // 100),
        "numbers": random.normal(size=n),
    }[shape]
    steps = steps_of_rows(np.array([n]), x, truth)
    blocks = isotonic.fit_isotonic(steps)
    assert (np.diff(blocks.mean) > 0).all()
    np.testing.assert_allclose(blocks.fitted, IsotonicRegression().fit_transform(x, truth), rtol=1e-9, atol=1e-9)


def test_decomposition_adds_up() -> None:
    lengths, score, event, weight = ragged(4)
    steps = steps_of_rows(lengths, score, event, weight)
    for scored in ("brier", "log_loss"):
        parts = isotonic.decompose(steps, isotonic.fit_isotonic(steps), scored)
        np.testing.assert_allclose(parts.miscalibration - parts.discrimination + parts.uncertainty, parts.given, atol=1e-12)
    assert np.isnan(parts.given[[1, 6]]).all()  # no rows, no weight


def test_numeric_decomposition_is_that_of_events() -> None:
    lengths, score, event, weight = ragged(6)
    a, b = (steps_of_rows(lengths, score, truth, weight) for truth in (event, event.astype(float)))
    for name in ("given", "recalibrated", "base"):
        of = [getattr(isotonic.decompose(s, isotonic.fit_isotonic(s)), name) for s in (a, b)]
        np.testing.assert_allclose(*of, atol=1e-13)


def test_a_shift_of_numeric_truth_changes_no_decomposition() -> None:
    """Squares about the means, so that large numbers lose nothing."""
    random = np.random.RandomState(1)
    score = random.normal(size=500)
    truth = score + random.normal(size=500)
    near, far = (steps_of_rows(np.array([500]), score + c, truth + c) for c in (0.0, 1e8))
    for name in ("given", "recalibrated", "base"):
        of = [getattr(isotonic.decompose(s, isotonic.fit_isotonic(s)), name) for s in (near, far)]
        np.testing.assert_allclose(*of, rtol=1e-6)


def test_nothing_gives_nothing() -> None:
    for lengths in (np.zeros(0, int), np.zeros(3, int)):
        found = everything(lengths, np.zeros(0), np.zeros(0, bool), None)
        assert all(np.isnan(v).all() or not v.any() for v in found.values())
    one = everything(np.array([2]), np.array([0.3, 0.3]), np.array([True, False]), np.zeros(2))
    assert np.isnan(one["brier given"]).all()


@pytest.mark.parametrize("reach", [(0.0, 1.0), (0.0, 1.9999), (-1.0, 1.0), (0.0, 1e300)])
def test_packed_scores_are_sorted_as_others(reach: tuple[float, float]) -> None:
    random = np.random.RandomState(0)
    score = np.concatenate([random.uniform(*reach, size=500), np.repeat(reach, 3), [0.0, -0.0, 5e-324]])
    event = random.uniform(size=len(score)) < 0.5
    lengths = np.array([len(score)])
    a, b = (vars(steps_of_rows(lengths, score, event, w)) for w in (None, np.ones(len(score))))
    for name, values in a.items():
        np.testing.assert_array_equal(values, b[name], err_msg=name)
