"""The door: frames, groups, keys and column names of any kind."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import narwhals as nw
import narwhals.selectors as ncs
import numpy as np
import polars as pl
import polars.selectors as cs
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

DF = data.classes()
EXPECTED = rows(tm.accuracy(DF, "obs", "pred", by="fold"))


def keyed(values: list[Any], dtype: Any = None) -> pl.DataFrame:
    """Give a frame in which each key value has two rows, the first of them right."""
    keys = pl.Series("k", values * 2, dtype=dtype, strict=False)
    return pl.DataFrame({"k": keys, "obs": ["a", "b"] * len(values), "pred": ["a", "a"] * len(values)})


def test_grouped_polars() -> None:
    for grouped in (DF.group_by("fold"), DF.lazy().group_by("fold"), DF.group_by(pl.col("fold")), DF.group_by(["fold"])):
        assert rows(tm.accuracy(grouped, "obs", "pred")) == EXPECTED
    named = tm.accuracy(DF.group_by(pl.col("site") + 1, other=pl.col("fold").str.slice(1)), "obs", "pred")
    assert named.columns[:2] == ["site", "other"]
    lazy = tm.accuracy(DF.lazy().group_by(pl.col("site") + 1, other=pl.col("fold").str.slice(1)), "obs", "pred")
    assert named.equals(lazy)


def test_grouped_narwhals() -> None:
    for frame in (nw.from_native(DF), nw.from_native(DF.lazy())):
        result = tm.accuracy(frame.group_by("fold"), "obs", "pred")
        assert isinstance(result, nw.DataFrame)
        assert rows(result.to_native()) == EXPECTED


def test_narwhals_frames(frame: str) -> None:
    result = tm.accuracy(nw.from_native(make(frame, DF)), "obs", "pred", by="fold")
    assert isinstance(result, nw.DataFrame)
    assert type(result.to_native()) is (pl.DataFrame if frame == "lazy" else type(make(frame, DF)))
    assert rows(result.to_native()) == EXPECTED


def test_narwhals_stable() -> None:
    import narwhals.stable.v2 as stable

    assert rows(tm.accuracy(stable.from_native(DF), "obs", "pred", by="fold").to_native()) == EXPECTED


@pytest.mark.parametrize("grouped", [DF.group_by_dynamic("site", every="2i"), DF.rolling("site", period="2i")])
def test_windows_are_refused(grouped: Any) -> None:
    with pytest.raises(tm.EngineError, match="overlapping windows"):
        tm.accuracy(grouped, "obs", "pred")


def test_by_beside_a_grouped_object_is_refused() -> None:
    with pytest.raises(tm.TidymetricsError, match="already grouped"):
        tm.accuracy(DF.group_by("fold"), "obs", "pred", by="site")


@pytest.mark.parametrize(
    ("values", "in_order"),
    [
        (["z", "a", None], ["a", "z", None]),
        ([3, -1, None], [-1, 3, None]),
        ([True, False, None], [False, True, None]),
        ([2.5, -1.0, None], [-1.0, 2.5, None]),
        ([dt.date(2026, 2, 1), dt.date(2025, 1, 1), None], [dt.date(2025, 1, 1), dt.date(2026, 2, 1), None]),
        ([dt.datetime(2026, 2, 1), dt.datetime(2025, 1, 1), None], [dt.datetime(2025, 1, 1), dt.datetime(2026, 2, 1), None]),  # noqa: DTZ001
        (["", "a b", "é"], ["", "a b", "é"]),
        ([None], [None]),
    ],
    ids=["str", "int", "bool", "float", "date", "datetime", "odd strings", "null alone"],
)
def test_keys_of_any_type(values: list[Any], in_order: list[Any], frame: str) -> None:
    df = keyed(values)
    made = df.group_by("k").agg(share=(pl.col("obs") == pl.col("pred")).mean())
    given = make(frame, df)
    result = tm.accuracy(given, "obs", "pred", by="k")
    found = [None if v is None or v != v else v for v in rows(result)["k"]]
    assert found == in_order  # pandas' timestamps are equal to the datetimes they stand for
    if frame in {"polars", "pyarrow"}:
        assert result["k"].type == given["k"].type if frame == "pyarrow" else result["k"].dtype == given["k"].dtype
    right = dict(zip(*(made.get_column(c).to_list() for c in ("k", "share")), strict=True))
    assert rows(result)[".estimate"] == [right[key] for key in in_order]


def test_enum_and_categorical_keys(frame: str) -> None:
    df = keyed(["z", "a", None]).with_columns(pl.col("k").cast(pl.Enum(["z", "unused", "a"])))
    result = tm.accuracy(make(frame, df), "obs", "pred", by="k")
    assert rows(result)["k"] == ["z", "a", None]
    if frame == "polars":
        assert result["k"].dtype == df["k"].dtype


def test_nan_and_null_keys_are_groups() -> None:
    df = keyed([float("nan"), None, 1.0])
    result = tm.accuracy(df, "obs", "pred", by="k")
    assert result["k"].to_list()[0] == 1.0
    assert np.isnan(result["k"].to_list()[1])
    assert result["k"].to_list()[2] is None


def test_several_keys(frame: str) -> None:
    result = rows(tm.accuracy(make(frame, DF), "obs", "pred", by=["site", "fold"]))
    assert list(result)[:2] == ["site", "fold"]
    pairs = list(zip(result["site"], result["fold"], strict=True))
    assert pairs == sorted(DF.select("site", "fold").unique().rows())


@pytest.mark.parametrize(
    "name",
    ["a.b", "with space", 'quo"te', "naïve ☃", "tm_truth", "tm_k0", ".estimate", "^x.*$", "*", "tm_a0", "len", "Obs", ""],
)
def test_columns_of_any_name(name: str, frame: str) -> None:
    df = DF.rename({"obs": name, "pred": f"{name}2", "fold": f"{name}3", "w": f"{name}4"})
    result = rows(tm.accuracy(make(frame, df), name, f"{name}2", by=f"{name}3", case_weights=f"{name}4"))
    assert result.pop(f"{name}3") == EXPECTED["fold"]
    expected = rows(tm.accuracy(DF, "obs", "pred", by="fold", case_weights="w"))
    assert data.same(result[".estimate"], expected[".estimate"])
    numbers = data.numbers().rename({"fold": f"{name}5", "obs": name})
    keyed_by = rows(tm.rmse(make(frame, numbers), name, "pred", by=f"{name}5"))
    assert data.same(keyed_by[".estimate"], rows(tm.rmse(data.numbers(), "obs", "pred", by="fold"))[".estimate"])


def test_one_column_in_several_roles(frame: str) -> None:
    assert rows(tm.accuracy(make(frame, DF), "obs", "obs", by="obs"))[".estimate"] == [1.0] * 3


@pytest.mark.parametrize(
    "by",
    [
        cs.by_name("fold", "site"),
        cs.starts_with("fold") | cs.starts_with("site"),
        ncs.matches("fold|site"),
    ],
)
def test_selectors(by: Any, frame: str) -> None:
    df = make(frame, DF.select("fold", "site", "obs", "pred"))
    expected = rows(tm.accuracy(DF, "obs", "pred", by=["fold", "site"]))
    assert rows(tm.accuracy(df, "obs", "pred", by=by)) == expected


def test_expressions_that_make_columns_are_refused() -> None:
    with pytest.raises(tm.OptionError, match="expected column names or a selector"):
        tm.accuracy(DF, "obs", "pred", by=pl.col("site") + 1)
    with pytest.raises(tm.ColumnNotFoundError, match="matches no column"):
        tm.accuracy(DF, "obs", "pred", by=cs.starts_with("nothing"))


def test_only_the_needed_columns_are_touched() -> None:
    wide = DF.lazy().with_columns(*(pl.lit(i).alias(f"x{i}") for i in range(3_000)))
    broken = wide.with_columns(boom=pl.col("fold").str.to_integer())
    assert rows(tm.accuracy(broken, "obs", "pred", by="fold")) == EXPECTED
    assert rows(tm.accuracy(wide.collect(), "obs", "pred", by="fold")) == EXPECTED


def test_groups_far_apart_keep_their_digits(frame: str) -> None:
    df = data.numbers()
    far = {"f1": 0.0, "f2": 1e3, "f3": 1e6, "f4": 1e8}
    shifted = df.with_columns(pl.col("obs", "pred") + pl.col("fold").replace_strict(far))
    metrics = tm.metric_set(tm.rsq, tm.ccc, tm.rsq_trad, tm.rpd, tm.iic)
    near = rows(metrics(df, "obs", "pred", by="fold", case_weights="w"))[".estimate"]
    assert data.same(rows(metrics(make(frame, shifted), "obs", "pred", by="fold", case_weights="w"))[".estimate"], near, 1e-6)
    # the data themselves lose digits at 1e8; what is computed of them must not lose more
    exact = shifted.filter(fold="f4")
    y, s = (np.array(exact[c].to_list(), np.longdouble) for c in ("obs", "pred"))
    assert np.isclose(tm.rsq(shifted, "obs", "pred", by="fold")[".estimate"][3], float(np.corrcoef(y, s)[0, 1] ** 2), rtol=1e-9)


def test_small_integers_and_floats_do_not_wrap(frame: str) -> None:
    df = pl.DataFrame({"y": [0, 255], "x": [255, 0]}, schema={"y": pl.UInt8, "x": pl.UInt8})
    assert rows(tm.mse(make(frame, df), "y", "x"))[".estimate"] == [65025.0]
    big = pl.DataFrame({"y": [2**31 - 1] * 4, "x": [0] * 4}, schema={"y": pl.Int32, "x": pl.Int32})
    assert rows(tm.msd(make(frame, big), "y", "x"))[".estimate"] == [2.0**31 - 1]
    assert tm.mae(pl.DataFrame({"y": [0.1], "x": [0.0]}, schema={"y": pl.Float32, "x": pl.Float32}), "y", "x")[".estimate"][
        0
    ] == np.float32(0.1)


def test_decimals() -> None:
    df = pl.DataFrame({"y": ["1.25", "2.50"], "x": ["1.00", "2.00"]}).cast(pl.Decimal(10, 2))
    assert tm.msd(df, "y", "x")[".estimate"].item() == 0.375


def test_many_groups_have_no_loop() -> None:
    rng = np.random.default_rng(0)
    n = 200_000
    df = pl.DataFrame({"g": rng.integers(0, 20_000, n), "obs": rng.integers(0, 3, n), "pred": rng.integers(0, 3, n)})
    df = df.with_columns(pl.col("obs", "pred").cast(pl.String).cast(pl.Enum(["0", "1", "2"])))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        every = tm.get_metrics("class")
        result = every(df, "obs", "pred", by="g")
    assert len(result) == len(every.members) * df["g"].n_unique()
    one = df.filter(g=123)
    assert result.filter(g=123, **{".metric": "accuracy"})[".estimate"].item() == (one["obs"] == one["pred"]).mean()
