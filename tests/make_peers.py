"""Write tests/reference/forecasts.json: the answers of imbalanced-learn, utilsforecast, scoringrules and scikit-survival.

Run it in an environment of its own, which has these: python tests/make_peers.py
"""

from __future__ import annotations

import json
import pathlib
import warnings
from typing import Any

import imblearn.metrics
import numpy as np
import pandas as pd
import scoringrules as sr
import utilsforecast.losses as ufl
from sksurv.metrics import concordance_index_ipcw

ROOT = pathlib.Path(__file__).parent / "reference"


def rounded(values: Any) -> Any:
    return np.asarray(values, float).round(3).tolist()


def forecasts(rng: np.random.Generator) -> dict[str, Any]:
    """Score ensembles, quantiles and distributions row by row."""
    n, m = 12, 5
    y, members = rng.normal(2, 2, n).round(3), rng.normal(2, 2, (n, m)).round(1)
    vectors, points = rng.normal(size=(n, 2)).round(3), rng.normal(size=(n, 4, 2)).round(2)
    quantiles = np.sort(rng.normal(2, 2, (n, 3)).round(2), axis=1)
    counts = rng.poisson(6, n).astype(float)
    mean, sd, df = rng.normal(2, 2, n).round(3), rng.uniform(0.2, 3, n).round(3), rng.uniform(2.2, 9, n).round(2)
    size, prob, rate = rng.uniform(0.5, 9, n).round(2), rng.uniform(0.1, 0.95, n).round(3), rng.uniform(0.2, 30, n).round(2)
    positive = np.exp(y / 2).round(3)
    taus, level = [0.1, 0.5, 0.9], 0.8
    given = {
        "y": y,
        "members": members,
        "vectors": vectors,
        "points": points,
        "quantiles": quantiles,
        "counts": counts,
        "mean": mean,
        "sd": sd,
        "df": df,
        "size": size,
        "prob": prob,
        "rate": rate,
        "positive": positive,
    }
    answers = {
        "crps_ensemble": sr.crps_ensemble(y, members, estimator="nrg"),
        "crps_ensemble fair": sr.crps_ensemble(y, members, estimator="fair"),
        "energy_score": sr.es_ensemble(vectors, points),
        "crps_quantile": sr.crps_quantile(y, quantiles, np.array(taus)),
        "interval_score": sr.interval_score(y, quantiles[:, 0], quantiles[:, 2], 1 - level),
        "crps normal": sr.crps_normal(y, mean, sd),
        "log_score normal": sr.logs_normal(y, mean, sd),
        "crps lognormal": sr.crps_lognormal(positive, mean / 2, sd),
        "log_score lognormal": sr.logs_lognormal(positive, mean / 2, sd),
        "crps student": sr.crps_t(y, df, mean, sd),
        "log_score student": sr.logs_t(y, df, mean, sd),
        "crps poisson": sr.crps_poisson(counts, rate),
        "log_score poisson": sr.logs_poisson(counts, rate),
        "crps negative_binomial": sr.crps_negbinom(counts, size, prob),
        "log_score negative_binomial": sr.logs_negbinom(counts, size, prob),
        "dss normal": [float(((a - b) / c) ** 2 + 2 * np.log(c)) for a, b, c in zip(y, mean, sd, strict=False)],
    }
    made = {"given": {k: np.asarray(v).tolist() for k, v in given.items()}}
    return {**made, "answers": {name: np.asarray(values, float).tolist() for name, values in answers.items()}}


def series(rng: np.random.Generator) -> dict[str, Any]:
    """Score point forecasts of series."""
    frames = []
    for name, n in (("a", 9), ("b", 14)):
        y = rng.normal(20, 4, n).round(2)
        frames.append(pd.DataFrame({"unique_id": name, "ds": range(n), "y": y, "x": (y + rng.normal(0, 3, n)).round(2)}))
    df = pd.concat(frames, ignore_index=True)
    df["x-lo-80"], df["x-hi-80"] = (df["x"] - 3).round(2), (df["x"] + 4).round(2)
    answers = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("mae", "mse", "rmse", "mape", "smape", "wape", "nd", "bias"):
            answers[name] = getattr(ufl, name)(df, ["x"])["x"].tolist()
        answers["tweedie_deviance"] = ufl.tweedie_deviance(df, ["x"], power=1.5)["x"].tolist()
        for name in ("mase", "msse", "rmsse"):
            answers[name] = getattr(ufl, name)(df, ["x"], seasonality=2, train_df=df)["x"].tolist()
        answers["winkler_score"] = ufl.winkler_score(df, ["x"], level=80)["x"].tolist()
        answers["coverage"] = ufl.coverage(df, ["x"], level=80)["x"].tolist()
        answers["quantile_loss"] = ufl.quantile_loss(df, {"x": "x"}, q=0.3)["x"].tolist()
    return {"given": df.to_dict("list"), "answers": answers}


def classes(rng: np.random.Generator) -> dict[str, Any]:
    """Score predicted classes."""
    truth = rng.integers(0, 3, 60)
    predicted = np.where(rng.random(60) < 0.6, truth, rng.integers(0, 3, 60))
    two = imblearn.metrics.geometric_mean_score(truth == 0, predicted == 0)
    three = imblearn.metrics.geometric_mean_score(truth, predicted)
    return {"given": {"truth": truth.tolist(), "predicted": predicted.tolist()}, "answers": {"two": two, "three": three}}


def survival(rng: np.random.Generator) -> dict[str, Any]:
    """Score predicted times of subjects, by the concordance that is weighted for censoring."""
    risk = rng.normal(size=80)
    times, censored = rng.exponential(np.exp(-risk)) + 0.01, rng.exponential(3, 80)
    time, event, pred = np.minimum(times, censored).round(4), times <= censored, (np.exp(-risk) * rng.gamma(2, 1, 80)).round(2)
    given = np.array(list(zip(event, time, strict=False)), dtype=[("event", bool), ("time", float)])
    answers = [concordance_index_ipcw(given, given, -pred, tau=tau)[0] for tau in (None, 1.5)]
    return {"given": {"time": time.tolist(), "event": event.tolist(), "pred": pred.tolist()}, "answers": answers}


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(20)
    made = {
        "scoringrules": {"version": sr.__version__, "names": sorted(sr.__all__), **forecasts(rng)},
        "utilsforecast": {"names": sorted(ufl.__all__), **series(rng)},
        "imbalanced-learn": {"version": imblearn.__version__, **classes(rng)},
        "scikit-survival": survival(rng),
    }
    (ROOT / "forecasts.json").write_text(json.dumps(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
