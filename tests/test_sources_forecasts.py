"""Forecasts against scoringrules and utilsforecast, and a class metric against imbalanced-learn: their stored answers."""

from __future__ import annotations

import json
import math
import pathlib
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

import tidymetrics as tm
from tests.frames import make, rows

ANSWERS = json.loads((pathlib.Path(__file__).parent / "reference" / "forecasts.json").read_text(encoding="utf-8"))
RULES, SERIES = ANSWERS["scoringrules"], ANSWERS["utilsforecast"]
GIVEN = {name: np.array(values) for name, values in RULES["given"].items()}
TAUS = {"quantile_levels": [0.1, 0.5, 0.9]}
PARAMETERS = {
    "normal": ("y", {"mean": "mean", "sd": "sd"}),
    "lognormal": ("positive", {"meanlog": "half", "sdlog": "sd"}),
    "student": ("y", {"df": "df", "location": "mean", "scale": "sd"}),
    "poisson": ("counts", {"mean": "rate"}),
    "negative_binomial": ("counts", {"size": "size", "prob": "prob"}),
}


def table() -> pl.DataFrame:
    """Lay out what the scores are of, one row per score."""
    plain = {name: values for name, values in GIVEN.items() if values.ndim == 1}
    df = pl.DataFrame({**plain, "half": GIVEN["mean"] / 2}).with_row_index("row")
    columns = {f"m{i}": GIVEN["members"][:, i] for i in range(5)} | {f"q{i}": GIVEN["quantiles"][:, i] for i in range(3)}
    columns |= {f"v{i}": GIVEN["vectors"][:, i] for i in range(2)}
    columns |= {f"p{m}{i}": GIVEN["points"][:, m, i] for m in range(4) for i in range(2)}
    return df.with_columns(pl.Series(name, values) for name, values in columns.items()).with_columns(
        lists=pl.concat_list([f"m{i}" for i in range(5)])
    )


CALLS: dict[str, Any] = {
    "crps_ensemble": lambda df, by: tm.crps_ensemble(df, "y", [f"m{i}" for i in range(5)], by=by),
    "crps_ensemble fair": lambda df, by: tm.crps_ensemble(df, "y", "lists", fair=True, by=by),
    "energy_score": lambda df, by: tm.energy_score(df, ["v0", "v1"], [[f"p{m}0", f"p{m}1"] for m in range(4)], by=by),
    "crps_quantile": lambda df, by: tm.crps_quantile(df, "y", ["q0", "q1", "q2"], by=by, **TAUS),
    "interval_score": lambda df, by: tm.interval_score(df, "y", ["q0", "q1", "q2"], by=by, level=0.8, **TAUS),
    "dss normal": lambda df, by: tm.dss(df, "y", ["mean", "sd"], by=by),
    **{
        f"{score} {name}": lambda df, by, score=score, name=name: getattr(tm, score)(
            df, PARAMETERS[name][0], PARAMETERS[name][1], distribution=name, by=by
        )
        for score in ("crps", "log_score")
        for name in PARAMETERS
    },
}


@pytest.mark.parametrize("library", ["polars", "lazy", "pyarrow"])
def test_scoringrules(library: str) -> None:
    assert set(CALLS) == set(RULES["answers"])
    df = make(library, table(), ordered=True)
    for name, call in CALLS.items():
        answer = RULES["answers"][name]
        if name == "log_score negative_binomial":  # scoringrules has infinity for some counts, such as 0 of size below 1
            answer = (-stats.nbinom.logpmf(GIVEN["counts"], GIVEN["size"], GIVEN["prob"])).tolist()
        assert rows(call(df, "row"))[".estimate"] == pytest.approx(answer, rel=1e-9, abs=1e-12), name
        assert rows(call(df, None))[".estimate"] == pytest.approx([np.mean(answer)], rel=1e-9), name


def test_vectors() -> None:
    y, members, points, vectors = (GIVEN[name] for name in ("y", "members", "points", "vectors"))
    answers = RULES["answers"]
    assert tm.crps_ensemble_vec(y, members) == pytest.approx(np.mean(answers["crps_ensemble"]))
    assert tm.crps_ensemble_vec(y.tolist(), members.T.tolist()) == pytest.approx(np.mean(answers["crps_ensemble"]))
    assert tm.energy_score_vec(vectors, points) == pytest.approx(np.mean(answers["energy_score"]))
    given = {"mean": GIVEN["mean"], "sd": GIVEN["sd"]}
    assert tm.crps_vec(y, given, case_weights=np.ones(len(y))) == pytest.approx(np.mean(answers["crps normal"]))
    assert tm.log_score_vec(y, [given["mean"], given["sd"]]) == pytest.approx(np.mean(answers["log_score normal"]))


def test_utilsforecast() -> None:
    df = pl.DataFrame(SERIES["given"])
    given = {"by": "unique_id"}
    answers = SERIES["answers"]
    interval, levels = ["x-lo-80", "x-hi-80"], {"quantile_levels": [0.1, 0.9], "level": 0.8}
    found = {
        **{name: getattr(tm, name)(df, "y", "x", **given) for name in ("mae", "mse", "rmse")},
        **{name: getattr(tm, name)(df, "y", "x", m=2, **given) for name in ("mase", "msse", "rmsse")},
        "bias": tm.mean_bias(df, "y", "x", **given),
        "tweedie_deviance": tm.tweedie_deviance(df, "y", "x", power=1.5, **given),
        "winkler_score": tm.interval_score(df, "y", interval, **levels, **given),
        "coverage": tm.interval_coverage(df, "y", interval, **levels, **given),
        "quantile_loss": tm.pinball_loss(df, "y", "x", level=0.3, **given),
    }
    percent = {"mape": ("mape", 1), "smape": ("smape", 0.5), "wape": ("wape", 1), "nd": ("wape", 1)}
    for theirs, (ours, scale) in percent.items():
        made = getattr(tm, ours)(df, "y", "x", **given)
        found[theirs] = made.with_columns(pl.col(".estimate") * scale / 100)
    assert set(found) == set(answers)
    for name, made in found.items():
        assert made[".estimate"].to_list() == pytest.approx(answers[name], rel=1e-9), name


def test_imbalanced_learn() -> None:
    given, answers = ANSWERS["imbalanced-learn"]["given"], ANSWERS["imbalanced-learn"]["answers"]
    truth, predicted = (np.array(given[name]) for name in ("truth", "predicted"))
    assert tm.geometric_mean_vec(truth == 0, predicted == 0) == pytest.approx(answers["two"], rel=1e-9)
    assert tm.geometric_mean_vec(truth, predicted) == pytest.approx(answers["three"], rel=1e-9)


def one(call: Any) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        return float(call)


def test_edges() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        assert tm.crps_ensemble_vec([1.0], [[3.0]]) == 2
        assert math.isnan(tm.crps_ensemble_vec([1.0], [[3.0]], fair=True))
        assert tm.crps_ensemble_vec([1.0], [[3.0], [3.0]], fair=True) == 2
        assert math.isnan(tm.crps_vec([1.0], {"mean": [0.0], "sd": [0.0]}))
        assert math.isnan(tm.crps_vec([1.0], [[1.0], [0.0], [1.0]], distribution="student"))
        assert tm.crps_vec([-1.0], [[0.0], [1.0]], distribution="lognormal") == pytest.approx(1.7905620507529407)
        assert tm.log_score_vec([-1.0], [[0.0], [1.0]], distribution="lognormal") == math.inf
        assert tm.log_score_vec([1.5], [[2.0]], distribution="poisson") == math.inf
        assert tm.crps_vec([3.0, 0.0], [[2.0, 2.0], [1.0, 1.0]], distribution="negative_binomial") == pytest.approx(1.5)
        assert math.isnan(tm.dss_vec([1.0], [[2.0], [0.0], [1.0]], distribution="student"))
        large = tm.crps_vec([1_000_000.0], [[1_000_000.0]], distribution="poisson")
        assert large == pytest.approx(tm.crps_vec([1_000_000.0], [[1_000_000.0], [1000.0]]), rel=1e-3)
    df = pl.DataFrame({"y": [1.0, 2.0, None], "a": [1.0, None, 1.0], "b": [2.0] * 3, "w": [1.0, 2.0, 1.0]})
    assert tm.crps_ensemble(df, "y", ["a", "b"])[".estimate"].item() == 0.25
    made = tm.with_intervals(tm.crps)(table(), "y", ["mean", "sd"]).row(0, named=True)
    each = np.array(RULES["answers"]["crps normal"])
    assert made[".std_error"] == pytest.approx(each.std(ddof=1) / math.sqrt(len(each)))


def test_refuses() -> None:
    df = table().with_columns(ragged=pl.Series([[1.0]] + [[1.0, 2.0]] * 11))
    for call, message in (
        (lambda: tm.crps(df, "y", ["mean"]), r'crps\(distribution="normal"\) takes 2 columns, .mean., .sd.; got 1'),
        (lambda: tm.crps(df, "y", {"mu": "mean", "sd": "sd"}), "has the parameters 'mean', 'sd'; got 'mu', 'sd'"),
        (lambda: tm.crps(df, "y", ["mean", "sd"], distribution="gamma"), "expected one of 'normal', "),
        (lambda: tm.crps_ensemble(df, "y", "m0"), "'m0' is a column of Float64"),
        (lambda: tm.crps_ensemble(df, "y", "ragged"), "got lists of 1 to 2"),
        (lambda: tm.energy_score(df, ["v0", "v1"], [["p00"]]), "expected 2 columns of each member"),
        (lambda: tm.energy_score(df, ["v0", "v1"], "p00"), "expected a list with the columns of each member"),
    ):
        with pytest.raises(tm.OptionError, match=message):
            call()
