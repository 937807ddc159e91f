"""Uno's concordance against pairs counted one by one, and against scikit-survival's stored answers."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data

STORED = json.loads((pathlib.Path(__file__).parent / "reference" / "forecasts.json").read_text(encoding="utf-8"))
PAIR = ("time", "event")


def by_hand(df: pl.DataFrame, weights: Any, tau: float) -> float:
    """Count the pairs one by one, with a Kaplan-Meier estimate by a loop over times."""
    time, event, estimate = (df[name].to_numpy() for name in ("time", "event", "pred"))
    share, uncensored = 1.0, {}
    for t in np.unique(time):
        uncensored[t] = share
        at_risk = weights[(time > t) | ((time == t) & (event == 0))].sum()
        gone = weights[(time == t) & (event == 0)].sum()
        share *= 1 - gone / at_risk if at_risk else 1.0
    right = total = 0.0
    for i in np.flatnonzero((event == 1) & (time < tau)):
        later = (time > time[i]) | ((time == time[i]) & (event == 0))
        w = weights[i] * weights[later] / uncensored[time[i]] ** 2
        total += w.sum()
        right += (w * ((estimate[later] > estimate[i]) + (estimate[later] == estimate[i]) / 2)).sum()
    return float(right / total)


@pytest.mark.parametrize("tau", [None, 1.0])
@pytest.mark.parametrize("weights", [None, "w", "times"])
def test_is_the_pairs_one_by_one(weights: str | None, tau: float | None) -> None:
    df = data.subjects()
    for frame in (df, df.lazy()):
        made = tm.concordance_survival(frame, PAIR, "pred", by="fold", case_weights=weights, weighting="uno", tau=tau)
        for fold, value in made.select("fold", ".estimate").rows():
            part = df.filter(fold=fold)
            own = np.ones(len(part)) if weights is None else part[weights].to_numpy().astype(float)
            assert value == pytest.approx(by_hand(part, own, np.inf if tau is None else tau), rel=1e-9)
    whole = tm.concordance_survival(df, PAIR, "pred", weighting="harrell", tau=1e9)[".estimate"].item()
    assert whole == pytest.approx(tm.concordance_survival(df, PAIR, "pred")[".estimate"].item())


def test_scikit_survival() -> None:
    given, answers = STORED["scikit-survival"]["given"], STORED["scikit-survival"]["answers"]
    for tau, answer in zip((None, 1.5), answers, strict=True):
        pair = (given["time"], given["event"])
        assert tm.concordance_survival_vec(pair, given["pred"], weighting="uno", tau=tau) == pytest.approx(answer, rel=1e-9)


def test_edges() -> None:
    pair = ([1.0, 2.0, 3.0], [True, False, True])
    assert tm.concordance_survival_vec(pair, [1.0, 2.0, 3.0], weighting="uno") == 1
    with pytest.warns(tm.UndefinedMetricWarning):
        assert np.isnan(tm.concordance_survival_vec(pair, [1.0, 2.0, 3.0], weighting="uno", tau=0.5))
    with pytest.raises(tm.OptionError, match="expected one of 'harrell', 'uno'; got 'ipcw'"):
        tm.concordance_survival_vec(pair, [1.0, 2.0, 3.0], weighting="ipcw")
    made = tm.with_intervals(tm.concordance_survival.tweak(weighting="uno"))(data.subjects(), PAIR, "pred")
    assert made[".lower"].item() < made[".estimate"].item() < made[".upper"].item()
