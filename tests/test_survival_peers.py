"""Survival metrics against scikit-survival and lifelines, on data sets that these ship.

They do not install beside the newest pandas, so that `.ci/run` has an environment for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm

# ruff: noqa: E402  # the packages are imported once they are known to be there
for package in ("sksurv", "lifelines"):
    pytest.importorskip(package, reason=f"{package} is not installed")

from lifelines import CoxPHFitter, datasets
from lifelines.utils import concordance_index
from sksurv.datasets import load_gbsg2, load_veterans_lung_cancer, load_whas500
from sksurv.linear_model import CoxPHSurvivalAnalysis
from sksurv.metrics import brier_score, concordance_index_censored, cumulative_dynamic_auc, integrated_brier_score
from sksurv.nonparametric import CensoringDistributionEstimator
from sksurv.preprocessing import OneHotEncoder

PAIR = ("time", "event")
AT = {"eval_time": ".eval_time", "censoring_weights": ".weight_censored"}


class Study:
    """A data set in two halves, with a Cox model of the first that predicts the second."""

    def __init__(self, load: Any) -> None:
        x, y = load()
        event, time = y.dtype.names
        test = np.random.default_rng(1).random(len(y)) < 0.4
        self.train = y[~test]
        test &= y[time] < self.train[time].max()
        features = OneHotEncoder().fit_transform(x)
        self.model = CoxPHSurvivalAnalysis(alpha=0.01).fit(features[~test], y[~test])
        self.features, self.test = features[test], y[test]
        self.time, self.event = self.test[time].astype(float), self.test[event]
        self.df = pl.DataFrame({"time": self.time, "event": self.event})
        self.training = pl.DataFrame({"time": self.train[time].astype(float), "event": self.train[event]})
        self.at = np.quantile(self.time, [0.2, 0.4, 0.6]) + 0.5
        self.long = tm.survival_long(self.df, self.model.predict_survival_function(self.features), eval_time=self.at)
        self.survival = self.long[".pred_survival"].to_numpy().reshape(-1, 3)  # [subjects, times]
        self.censoring = CensoringDistributionEstimator().fit(self.train)

    def with_weights(self) -> pl.DataFrame:
        """Weigh as scikit-survival does: by the probability after an event's time, not just before it."""
        made = tm.censoring_weights(self.long, PAIR, ".eval_time", train=self.training)
        after = np.repeat(1 / self.censoring.predict_proba(self.time), 3)
        had_event = (pl.col("time") <= pl.col(".eval_time")) & pl.col("event")
        return made.with_columns(
            pl.when(had_event).then(pl.Series(after)).otherwise(".weight_censored").alias(".weight_censored")
        )


@pytest.fixture(scope="module", params=[load_gbsg2, load_whas500, load_veterans_lung_cancer])
def study(request: pytest.FixtureRequest) -> Study:
    return Study(request.param)


def test_long_data_of_functions_and_of_an_array(study: Study) -> None:
    array = study.model.predict_survival_function(study.features, return_array=True)
    made = tm.survival_long(study.df, array, eval_time=study.at, times=study.model.unique_times_)
    assert made.equals(study.long)


def test_weights(study: Study) -> None:
    made = tm.censoring_weights(study.df, PAIR, study.at, train=study.training)
    found = made[".weight_censored"].to_numpy().reshape(-1, 3)
    before = 1 / study.censoring.predict_proba(np.nextafter(study.time, 0))
    for j, t in enumerate(study.at):
        later = np.where(study.time > t, 1 / study.censoring.predict_proba(np.array([t])), np.nan)
        wanted = np.where((study.time <= t) & study.event, before, later)
        np.testing.assert_allclose(found[:, j], wanted, rtol=1e-12)


def test_brier_scores(study: Study) -> None:
    df = study.with_weights()
    found = tm.brier_survival(df, PAIR, ".pred_survival", **AT)[".estimate"].to_numpy()
    wanted = brier_score(study.train, study.test, study.survival, study.at)[1]
    np.testing.assert_allclose(found, wanted, rtol=1e-12)
    whole = tm.brier_survival_integrated(df, PAIR, ".pred_survival", **AT)[".estimate"].item()
    # they divide by the span of the times, we by the last of them
    span = study.at[-1] - study.at[0]
    theirs = integrated_brier_score(study.train, study.test, study.survival, study.at)
    assert whole == pytest.approx(theirs * span / study.at[-1], rel=1e-12)


def test_areas(study: Study) -> None:
    found = tm.roc_auc_survival(study.with_weights(), PAIR, ".pred_survival", **AT)[".estimate"].to_numpy()
    for j, t in enumerate(study.at):
        wanted = cumulative_dynamic_auc(study.train, study.test, 1 - study.survival[:, j], [t])[0]
        assert found[j] == pytest.approx(wanted[0], rel=1e-12)


@pytest.mark.parametrize("digits", [12, 1, 0])
def test_concordance(study: Study, digits: int) -> None:
    risk = np.round(study.model.predict(study.features), digits)
    found = tm.concordance_survival_vec((study.time, study.event), -risk)
    assert found == pytest.approx(concordance_index_censored(study.event, study.time, risk)[0], rel=1e-12)
    assert found == pytest.approx(concordance_index(study.time, -risk, study.event), rel=1e-12)


@pytest.mark.parametrize("load", [datasets.load_rossi, datasets.load_gbsg2, datasets.load_lung])
def test_what_lifelines_gives(load: Any) -> None:
    df = load()
    time, event = {"load_rossi": ("week", "arrest"), "load_gbsg2": ("time", "cens"), "load_lung": ("time", "status")}[
        load.__name__
    ]
    numbers = df.select_dtypes("number").dropna()
    model = CoxPHFitter(penalizer=0.01).fit(numbers, time, event)
    at = np.quantile(numbers[time], [0.1, 0.2])
    curves = model.predict_survival_function(numbers)
    long = tm.survival_long(numbers[[time, event]], curves, eval_time=at)
    exact = model.predict_survival_function(numbers, times=at)
    steps = np.array([curves.loc[curves.index <= t].iloc[-1] for t in at]).T
    np.testing.assert_allclose(long[".pred_survival"].to_numpy().reshape(-1, 2), steps, rtol=1e-12)
    assert np.abs(exact.to_numpy().T - steps).max() < 0.05
    longer = model.predict_expectation(numbers)
    found = tm.concordance_survival_vec((numbers[time], numbers[event]), longer)
    assert found == pytest.approx(concordance_index(numbers[time], longer, numbers[event]), rel=1e-12)
    assert found == pytest.approx(model.concordance_index_, abs=2e-3)
