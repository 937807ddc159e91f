"""Example data: cross-validated predictions of real models on real data.

Each data set is a Parquet file in the package; `tests/make_datasets.py` builds them.
"""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Any, Literal, overload

import polars as pl

from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["NAMES", "load_breast_cancer_cv", "load_diabetes_cv", "load_digits_cv", "load_survival_cv", "path"]

NAMES = ("digits_cv", "breast_cancer_cv", "diabetes_cv", "survival_cv")
"""The names of the data sets."""


def path(name: str) -> pathlib.Path:
    """Return the path of a data set's Parquet file.

    Parameters
    ----------
    name
        "digits_cv", "breast_cancer_cv", "diabetes_cv" or "survival_cv".

    Returns
    -------
    pathlib.Path

    Examples
    --------
    >>> from tidymetrics import datasets
    >>> datasets.path("digits_cv").name
    'digits_cv.parquet'
    """
    if name not in NAMES:
        raise OptionError(f"name: expected one of {', '.join(NAMES)}; got {name!r}.")
    return pathlib.Path(__file__).parent / f"{name}.parquet"


def _load(name: str, backend: str) -> Any:
    frame = pl.read_parquet(path(name))
    levels = [column.removeprefix(".pred_") for column in frame.columns if column.startswith(".pred_")]
    if "obs" in frame.columns and levels:
        # older versions of polars read another type
        frame = frame.with_columns(pl.col("obs", "pred", "forest").cast(pl.Enum(levels)))
    if backend == "polars":
        return frame
    if backend == "pandas":
        return frame.to_pandas()
    if backend == "pyarrow":
        return frame.to_arrow()
    raise OptionError(f'backend: expected "polars", "pandas" or "pyarrow"; got {backend!r}.')


@overload
def load_digits_cv(backend: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load_digits_cv(backend: Literal["pandas"]) -> pd.DataFrame: ...
@overload
def load_digits_cv(backend: Literal["pyarrow"]) -> pa.Table: ...
def load_digits_cv(backend: str = "polars") -> Any:
    """Load predictions of handwritten digits: ten classes.

    A logistic regression and a random forest on 8x8 images, 1,797 rows, ten-fold cross-validated.

    Parameters
    ----------
    backend
        "polars", "pandas" or "pyarrow".

    Returns
    -------
    A frame with the columns `row` (of scikit-learn's data), `Resample` ("Fold01" to "Fold10"), `obs` and `pred` (categories
    "0" to "9"), the probabilities `.pred_0` to `.pred_9`, and `forest`, the classes that the forest predicts.

    References
    ----------
    Alpaydin, E., Kaynak, C. (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning Repository.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> tm.datasets.load_digits_cv().shape
    (1797, 15)
    """
    return _load("digits_cv", backend)


@overload
def load_breast_cancer_cv(backend: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load_breast_cancer_cv(backend: Literal["pandas"]) -> pd.DataFrame: ...
@overload
def load_breast_cancer_cv(backend: Literal["pyarrow"]) -> pa.Table: ...
def load_breast_cancer_cv(backend: str = "polars") -> Any:
    """Load predictions of breast tumours: two classes.

    A logistic regression and a random forest on 30 measurements of cell nuclei, 569 rows, ten-fold cross-validated.

    Parameters
    ----------
    backend
        "polars", "pandas" or "pyarrow".

    Returns
    -------
    A frame with the columns `row` (in scikit-learn's data), `Resample`, `obs` and `pred` (categories "malignant", the event,
    and "benign"), the probabilities `.pred_malignant` and `.pred_benign`; and of the forest `forest`, its classes, and
    `forest_malignant`, its probability of the event.

    References
    ----------
    Wolberg, W., Mangasarian, O., Street, N., Street, W. (1995). Breast Cancer Wisconsin (Diagnostic). UCI Machine Learning
    Repository.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> df = tm.datasets.load_breast_cancer_cv()
    >>> round(tm.sens(df, "obs", "pred").item(0, ".estimate"), 3)
    0.868
    """
    return _load("breast_cancer_cv", backend)


@overload
def load_diabetes_cv(backend: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load_diabetes_cv(backend: Literal["pandas"]) -> pd.DataFrame: ...
@overload
def load_diabetes_cv(backend: Literal["pyarrow"]) -> pa.Table: ...
def load_diabetes_cv(backend: str = "polars") -> Any:
    """Load predictions of the progression of diabetes: numbers.

    A ridge regression on ten measurements of 442 patients, ten-fold cross-validated.

    Parameters
    ----------
    backend
        "polars", "pandas" or "pyarrow".

    Returns
    -------
    A frame with the columns `row` (in scikit-learn's data), `Resample`, and `obs` and `pred`, a measure of progression after
    a year, from 25 to 346.

    References
    ----------
    Efron, B., Hastie, T., Johnstone, I., Tibshirani, R. (2004). Least angle regression. Annals of Statistics 32(2), 407-499.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> df = tm.datasets.load_diabetes_cv()
    >>> round(tm.rmse(df, "obs", "pred").item(0, ".estimate"), 1)
    54.8
    """
    return _load("diabetes_cv", backend)


@overload
def load_survival_cv(backend: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load_survival_cv(backend: Literal["pandas"]) -> pd.DataFrame: ...
@overload
def load_survival_cv(backend: Literal["pyarrow"]) -> pa.Table: ...
def load_survival_cv(backend: str = "polars") -> Any:
    """Load predictions of recurrence-free survival with breast cancer.

    A Cox model on eight measurements of 686 women with node-positive breast cancer (German Breast Cancer Study Group),
    ten-fold cross-validated; four evaluation times, so four rows per woman.

    Parameters
    ----------
    backend
        "polars", "pandas" or "pyarrow".

    Returns
    -------
    A frame with the columns `row` (of the data `gbsg` in R's survival package), `Resample`, `time` in years, `event` (whether
    the cancer recurred or the woman died at that time), `pred_time` (the predicted mean, in years), `linear_pred` (higher
    values mean higher risk), `.eval_time` (1, 2, 3 and 5 years), `.pred_survival`, and `.weight_censored`, computed from the
    training folds with `censoring_weights`.

    References
    ----------
    Schumacher, M., Bastert, G., Bojar, H., et al. (1994). Randomized 2 x 2 trial evaluating hormonal treatment and the duration
    of chemotherapy in node-positive breast cancer patients. Journal of Clinical Oncology 12(10), 2086-2093.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = tm.datasets.load_survival_cv()
    >>> once = df.filter(pl.col(".eval_time") == 1)
    >>> round(tm.concordance_survival(once, ("time", "event"), "pred_time").item(0, ".estimate"), 2)
    0.69
    """
    return _load("survival_cv", backend)
