"""Make the example data that the package ships: `python -m tests.make_datasets`.

Cross-validated predictions of plain models on data sets that come with scikit-learn: digits (Alpaydin and Kaynak, UCI, 1998),
breast cancer (Wolberg, Street and Mangasarian, UCI, 1995) and diabetes (Efron, Hastie, Johnstone and Tibshirani, 2004).
"""

from __future__ import annotations

import pathlib

import numpy as np
import polars as pl
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

OUT = pathlib.Path(__file__).parent.parent / "tidymetrics" / "datasets"
FOLDS = 10


def classes(x: np.ndarray, y: np.ndarray, levels: list[str]) -> pl.DataFrame:
    """Predict each fold by a logistic regression on the others; `y` holds positions in `levels`."""
    parts = []
    for fold, (train, test) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=2026).split(x, y), 1):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=2_000)).fit(x[train], y[train])
        probs = model.predict_proba(x[test])
        columns = {"row": test, "Resample": [f"Fold{fold:02}"] * len(test)}
        columns |= {"obs": [levels[i] for i in y[test]], "pred": [levels[i] for i in probs.argmax(axis=1)]}
        columns |= {f".pred_{level}": probs[:, i].astype(np.float32) for i, level in enumerate(levels)}
        parts.append(pl.DataFrame(columns))
    return pl.concat(parts).with_columns(pl.col("obs", "pred").cast(pl.Enum(levels)), pl.col("row").cast(pl.Int16))


def numbers(x: np.ndarray, y: np.ndarray) -> pl.DataFrame:
    """Predict each fold by a ridge regression on the others."""
    parts = []
    for fold, (train, test) in enumerate(KFold(FOLDS, shuffle=True, random_state=2026).split(x), 1):
        pred = RidgeCV().fit(x[train], y[train]).predict(x[test])
        parts.append(pl.DataFrame({"row": test, "Resample": [f"Fold{fold:02}"] * len(test), "obs": y[test], "pred": pred}))
    return pl.concat(parts).with_columns(pl.col("row").cast(pl.Int16))


def main() -> None:
    digits, cancer, diabetes = load_digits(), load_breast_cancer(), load_diabetes()
    made = {
        "digits_cv": classes(digits.data, digits.target, [str(i) for i in range(10)]),
        "breast_cancer_cv": classes(cancer.data, cancer.target, [str(name) for name in cancer.target_names]),
        "diabetes_cv": numbers(diabetes.data, diabetes.target),
    }
    for name, frame in made.items():
        frame.write_parquet(OUT / f"{name}.parquet", compression="zstd", compression_level=19)


if __name__ == "__main__":
    main()
