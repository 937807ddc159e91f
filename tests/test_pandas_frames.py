"""What is pandas' own: indexes, grouped objects, its types of keys and classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

DF = make("pandas", data.classes())
EXPECTED = rows(tm.accuracy(data.classes(), "obs", "pred", by="fold"))


def test_grouped() -> None:
    for grouped in (DF.groupby("fold"), DF.groupby(["fold"]), DF.groupby("fold", sort=False, as_index=False)):
        result = tm.accuracy(grouped, "obs", "pred")
        assert isinstance(result, pd.DataFrame)
        assert list(result.index) == [0, 1, 2, 3]
        assert rows(result) == EXPECTED
    assert rows(tm.accuracy(DF.groupby(["site", "fold"]), "obs", "pred")) == rows(
        tm.accuracy(DF, "obs", "pred", by=["site", "fold"])
    )


def test_grouped_by_no_column_is_refused() -> None:
    for grouped in (
        DF.groupby(DF["fold"].str.upper().to_numpy()),
        DF.groupby(lambda i: i % 2),
        DF.set_index("fold").groupby(level=0),
    ):
        with pytest.raises(tm.EngineError, match="reset_index"):
            tm.accuracy(grouped, "obs", "pred")
    with pytest.raises(tm.EngineError, match="a single column"):
        tm.accuracy(DF.groupby("fold")["obs"], "obs", "pred")


def test_missing_keys_follow_dropna() -> None:
    df = DF.assign(fold=DF["fold"].where(DF["site"] != 0))
    assert rows(tm.accuracy(df, "obs", "pred", by="fold"))["fold"] == ["f1", "f2", "f3", "f4", None]
    assert rows(tm.accuracy(df.groupby("fold"), "obs", "pred"))["fold"] == ["f1", "f2", "f3", "f4"]
    assert rows(tm.accuracy(df.groupby("fold", dropna=False), "obs", "pred"))["fold"] == ["f1", "f2", "f3", "f4", None]


@pytest.mark.parametrize(
    "keys",
    [
        pd.Series(pd.Categorical(["z", "a", None], categories=["z", "u", "a"], ordered=True)),
        pd.Series(pd.Categorical(["z", "a", "a"], categories=["z", "a"])),
        pd.Series(pd.array([3, None, 1], dtype="Int64")),
        pd.Series(pd.array([True, None, False], dtype="boolean")),
        pd.Series(pd.to_datetime(["2026-01-02", None, "2026-01-01"])),
        pd.Series(pd.to_datetime(["2026-01-02", "2026-01-03", "2026-01-01"])).dt.tz_localize("Europe/Berlin"),
        pd.Series(pd.period_range("2026-01", periods=3, freq="M")),
        pd.Series(pd.interval_range(0, 3)),
        pd.Series(pd.to_timedelta([3, 1, 2], unit="h")),
        pd.Series(["b", None, "a"], dtype=object),
        pd.Series(np.array([3, 1, 2], dtype="float32")),
        pd.Series(pd.array(["b", None, "a"], dtype="string[pyarrow]")),
        pd.Series([3, 1, 2], dtype="int64[pyarrow]"),
    ],
    ids=lambda series: str(series.dtype),
)
def test_keys_come_back_in_their_own_type(keys: pd.Series[Any]) -> None:
    df = pd.DataFrame({"k": keys, "obs": ["a", "b", "a"], "pred": ["a", "a", "a"]})
    df.index = pd.Index(["x", "y", "z"])
    result = tm.accuracy(df, "obs", "pred", by="k")
    assert result["k"].dtype == keys.dtype
    expected = keys.drop_duplicates().sort_values(na_position="last").reset_index(drop=True)
    assert result["k"].astype(str).tolist() == expected.astype(str).tolist()


def test_classes_of_every_type() -> None:
    want = rows(tm.accuracy(DF, "obs", "pred"))
    for dtype in ("object", "str", "string[python]", "string[pyarrow]", "category"):
        assert rows(tm.accuracy(DF.astype({"obs": dtype, "pred": dtype}), "obs", "pred")) == want
    codes = DF.assign(obs=DF["obs"].cat.codes, pred=DF["pred"].cat.codes)
    for dtype in ("int8", "Int64", "int64[pyarrow]", "float64"):
        assert rows(tm.accuracy(codes.astype({"obs": dtype, "pred": dtype}), "obs", "pred")) == want


def test_objects() -> None:
    df = pd.DataFrame({"obs": [True, None, False, True], "pred": [True, True, False, False]}, dtype=object)
    assert rows(tm.sens(df, "obs", "pred"))[".estimate"] == [0.5]
    mixed = pd.DataFrame({"obs": ["a", 1], "pred": ["a", "b"]}, dtype=object)
    with pytest.raises(tm.LevelError, match="truth 'obs': the column mixes values of several types: 'a', 1"):
        tm.accuracy(mixed, "obs", "pred")


def test_boolean_categories_have_true_first() -> None:
    df = pd.DataFrame({"obs": [True, True, False], "pred": [True, False, False]})
    assert rows(tm.sens(df.astype("category"), "obs", "pred"))[".estimate"] == [0.5]
    assert rows(tm.spec(df.astype("category"), "obs", "pred"))[".estimate"] == [1.0]


def test_numbers_of_every_type() -> None:
    df = make("pandas", data.numbers())
    want = rows(tm.rmse(df.assign(obs=df["obs"].round()), "obs", "pred", by="fold"))[".estimate"]
    for dtype in ("int64", "Int64", "Float64", "double[pyarrow]", "float64"):
        typed = df.assign(obs=df["obs"].round().astype(dtype))
        assert data.same(rows(tm.rmse(typed, "obs", "pred", by="fold"))[".estimate"], want)
        holes = typed.assign(obs=typed["obs"].where(df["site"] != 0))
        full = df[df["site"] != 0]
        assert data.same(rows(tm.mae(holes, "obs", "pred"))[".estimate"], rows(tm.mae(full, "obs", "pred"))[".estimate"])
    with pytest.raises(tm.OptionError, match="truth 'obs': expected numbers; got Object"):
        tm.rmse(df.astype({"obs": object}), "obs", "pred")


def test_two_columns_of_one_name() -> None:
    df = pd.DataFrame([["a", "a", "b"]], columns=["obs", "obs", "pred"])
    with pytest.raises(tm.ColumnNotFoundError, match="column names must be unique; rename the duplicates.* 'obs' 2 times"):
        tm.accuracy(df, "obs", "pred")


def test_vectors() -> None:
    truth, estimate = DF["obs"], DF["pred"]
    want = EXPECTED[".estimate"] and rows(tm.sens(DF, "obs", "pred"))[".estimate"][0]
    for as_vector in (
        lambda s: s,
        lambda s: s.astype(str),
        lambda s: pd.Categorical(s),
        lambda s: pd.Index(s),
        lambda s: s.to_numpy(),
    ):
        assert tm.sens_vec(as_vector(truth), as_vector(estimate)) == pytest.approx(want)
    assert tm.rmse_vec(pd.Series([1, 2, None], dtype="Int64"), pd.Series([1.0, 4.0, 9.0])) == pytest.approx(2**0.5)


def test_undefined_is_nan() -> None:
    with pytest.warns(tm.UndefinedMetricWarning):
        result = tm.rsq(pd.DataFrame({"y": [1.0], "x": [1.0]}), "y", "x")
    assert result[".estimate"].dtype == "float64"
    assert np.isnan(result[".estimate"].item())


def test_polars_selectors_on_pandas() -> None:
    import polars.selectors as cs

    df = DF[["fold", "obs", "pred"]]
    assert rows(tm.accuracy(df, "obs", "pred", by=cs.by_dtype(pl.String))) == EXPECTED
