"""Metrics of numbers against scikit-learn, scipy and plain numpy, on random data."""

from __future__ import annotations

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

THEIRS: dict[str, tuple[Any, Any]] = {
    "mean_bias": (tm.mean_bias, lambda y, s, w: np.average(s - y, weights=w)),
    "msle": (tm.msle, lambda y, s, w: sk.mean_squared_log_error(y, s, sample_weight=w)),
    "rmsle": (tm.rmsle, lambda y, s, w: sk.root_mean_squared_log_error(y, s, sample_weight=w)),
    "log_cosh_loss": (tm.log_cosh_loss, lambda y, s, w: np.average(np.log(np.cosh((y - s).astype(np.longdouble))), weights=w)),
    "poisson_deviance": (tm.poisson_deviance, lambda y, s, w: sk.mean_poisson_deviance(y, s, sample_weight=w)),
    "gamma_deviance": (tm.gamma_deviance, lambda y, s, w: sk.mean_gamma_deviance(y, s, sample_weight=w)),
    "pinball_loss": (tm.pinball_loss.tweak(level=0.3), lambda y, s, w: sk.mean_pinball_loss(y, s, alpha=0.3, sample_weight=w)),
    "wape": (tm.wape, lambda y, s, w: 100 * np.sum(w * abs(y - s)) / np.sum(w * abs(y))),
    "explained_variance": (
        tm.explained_variance,
        lambda y, s, w: sk.explained_variance_score(y, s, sample_weight=w, force_finite=False),
    ),
    "median_absolute_error": (tm.median_absolute_error, lambda y, s, w: sk.median_absolute_error(y, s, sample_weight=w)),
    "max_error": (tm.max_error, lambda y, s, w: sk.max_error(y[w > 0], s[w > 0])),
    "nse": (tm.nse, lambda y, s, w: sk.r2_score(y, s, sample_weight=w, force_finite=False)),
    **{
        f"tweedie_deviance {p}": (
            tm.tweedie_deviance.tweak(power=p),
            lambda y, s, w, p=p: sk.mean_tweedie_deviance(y, s, sample_weight=w, power=p),
        )
        for p in (-1.5, 0, 1, 1.4, 2, 2.7)
    },
}
UNWEIGHTED: dict[str, tuple[Any, Any]] = {
    "medape": (tm.medape, lambda y, s: 100 * np.median(abs((y - s) / y))),
    "nrmse sd": (tm.nrmse, lambda y, s: np.sqrt(np.mean((y - s) ** 2)) / np.std(y, ddof=1)),
    "nrmse range": (tm.nrmse.tweak(scale="range"), lambda y, s: np.sqrt(np.mean((y - s) ** 2)) / np.ptp(y)),
    "nrmse iqr": (
        tm.nrmse.tweak(scale="iqr"),
        lambda y, s: np.sqrt(np.mean((y - s) ** 2)) / np.subtract(*np.quantile(y, [0.75, 0.25])),
    ),
    "nrmse mean": (tm.nrmse.tweak(scale="mean"), lambda y, s: np.sqrt(np.mean((y - s) ** 2)) / abs(np.mean(y))),
    "spearman": (tm.spearman, lambda y, s: stats.spearmanr(y, s).statistic),
    "kendall": (tm.kendall, lambda y, s: stats.kendalltau(y, s).statistic),
    "kge": (
        tm.kge,
        lambda y, s: 1 - math.hypot(np.corrcoef(y, s)[0, 1] - 1, np.std(s) / np.std(y) - 1, np.mean(s) / np.mean(y) - 1),
    ),
    "willmott_d": (
        tm.willmott_d,
        lambda y, s: 1 - np.sum((y - s) ** 2) / np.sum((abs(s - y.mean()) + abs(y - y.mean())) ** 2),
    ),
}


@st.composite
def tables(draw: Any) -> pl.DataFrame:
    """Positive numbers with ties in two groups, and weights of which some are 0."""
    n = draw(st.integers(1, 25))
    number = st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0, 7.25, 40.0]) | st.floats(0.01, 100).map(lambda v: round(v, 3))
    column = st.lists(number, min_size=n, max_size=n)
    weight = st.lists(st.sampled_from([0.0, 1.0, 2.0, 0.75]), min_size=n, max_size=n)
    group = st.lists(st.integers(0, 1), min_size=n, max_size=n)
    return pl.DataFrame({"y": draw(column), "s": draw(column), "w": draw(weight), "g": draw(group)})


def ours(metric: Any, df: Any, **arguments: Any) -> list[float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        made = metric(df, "y", "s", **arguments)[".estimate"].to_list()
    return [math.nan if value is None else value for value in made]


def theirs(function: Any, *vectors: Any) -> float:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return float(function(*vectors))


@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(df=tables())
def test_agrees_with_the_sources(df: pl.DataFrame) -> None:
    parts = [part for _, part in sorted(df.group_by("g"), key=lambda pair: pair[0])]
    of_weights = tm.metric_set(**{name: metric for name, (metric, _) in THEIRS.items()})
    plain = tm.metric_set(**{name: metric for name, (metric, _) in (UNWEIGHTED | THEIRS).items()})
    for frame in (df, df.lazy()):
        found = [iter(ours(score, frame, by="g", **w)) for score, w in ((plain, {}), (of_weights, {"case_weights": "w"}))]
        for name, (_, function) in (UNWEIGHTED | THEIRS).items():
            for part in parts:
                y, s, w = (part[c].to_numpy() for c in ("y", "s", "w"))
                one = next(found[0])
                others = () if name in UNWEIGHTED else (np.ones(len(y)),)
                if len(set(y)) > 1 and len(set(s)) > 1:  # others are below
                    assert one == pytest.approx(theirs(function, y, s, *others), rel=1e-9, abs=1e-11, nan_ok=True), name
        for name, (_, function) in THEIRS.items():
            for part in parts:
                y, s, w = (part[c].to_numpy() for c in ("y", "s", "w"))
                one = next(found[1])
                if w.sum() == 0:
                    assert math.isnan(one), name
                elif len(set(y[w > 0])) > 1:
                    assert one == pytest.approx(theirs(function, y, s, w), rel=1e-9, abs=1e-11, nan_ok=True), name


EDGES: list[tuple[Any, list[float], list[float], float]] = [
    (tm.spearman, [1, 1, 1], [1, 2, 3], math.nan),
    (tm.kendall, [1, 2, 3], [1, 1, 1], math.nan),
    (tm.spearman, [1], [1], math.nan),
    (tm.kendall, [1], [1], math.nan),
    (tm.kge, [1, 2, 3], [2, 2, 2], math.nan),
    (tm.kge, [-1, 0, 1], [1, 2, 3], -math.inf),
    (tm.willmott_d, [2, 2], [2, 2], math.nan),
    (tm.willmott_d, [2, 2], [3, 3], 0.0),
    (tm.explained_variance, [2, 2], [3, 3], math.nan),
    (tm.explained_variance, [2, 2], [3, 4], -math.inf),
    (tm.explained_variance, [1, 2], [3, 4], 1.0),
    (tm.nse, [2, 2], [3, 3], -math.inf),
    (tm.nrmse, [2], [3], math.nan),
    (tm.nrmse, [2, 2], [3, 3], math.inf),
    (tm.nrmse.tweak(scale="range"), [2, 2], [3, 3], math.inf),
    (tm.nrmse.tweak(scale="mean"), [-1, 1], [3, 3], math.inf),
    (tm.wape, [0, 0], [0, 0], math.nan),
    (tm.wape, [0, 0], [1, 0], math.inf),
    (tm.medape, [0, 1], [1, 1], math.inf),
    (tm.medape, [0, 1], [0, 1], math.nan),
    (tm.msle, [-1, 1], [0, 1], math.inf),
    (tm.msle, [-2, 1], [0, 1], math.nan),
    (tm.poisson_deviance, [0, 2], [1, 2], 1.0),
    (tm.poisson_deviance, [1, 2], [0, 2], math.nan),
    (tm.poisson_deviance, [-1, 2], [1, 2], math.nan),
    (tm.gamma_deviance, [0, 2], [1, 2], math.nan),
    (tm.tweedie_deviance.tweak(power=1.5), [0, 1], [1, 1], 2.0),
    (tm.log_cosh_loss, [0, 0], [1000, -1000], 1000 - math.log(2)),
    (tm.log_cosh_loss, [0, 0], [1e-8, 1e-8], 5e-17),
    (tm.msle, [1e-12, 1e-12], [0, 0], 1e-24),
]


@pytest.mark.parametrize(("metric", "truth", "estimate", "value"), EDGES)
def test_edges(metric: Any, truth: list[float], estimate: list[float], value: float) -> None:
    df = pl.DataFrame({"y": [float(v) for v in truth], "s": [float(v) for v in estimate]})
    assert ours(metric, df) == [pytest.approx(value, rel=1e-9, abs=0, nan_ok=True)]
    vec = getattr(tm, f"{metric.metric.name}_vec")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        assert vec(truth, estimate, **metric.fixed) == pytest.approx(value, rel=1e-9, abs=0, nan_ok=True)


def test_refuses_options() -> None:
    y = [1.0, 2.0]
    for call, message in (
        (lambda: tm.tweedie_deviance_vec(y, y, power=0.5), "no distribution has a power between 0 and 1; got 0.5"),
        (lambda: tm.pinball_loss_vec(y, y, level=1.2), "expected None or a number between 0 and 1"),
        (lambda: tm.pinball_loss_vec(y, y, level=None), "level"),
        (lambda: tm.nrmse_vec(y, y, scale="max"), "expected one of 'sd', 'range', 'iqr', 'mean'; got 'max'"),
    ):
        with pytest.raises(tm.OptionError, match=message):
            call()
