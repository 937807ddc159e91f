"""Keys and orders of rows mean the same in every library: NaN, null, -0.0, dictionaries, sets."""

from __future__ import annotations

from math import nan
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidymetrics as tm
from tests.frames import FRAMES, installed, make, rows

NUMBERS = st.sampled_from([0.0, -0.0, 1.0, -2.5, nan, None])
LIBRARIES = [frame for frame in FRAMES if installed(frame)]


@given(st.lists(st.tuples(NUMBERS, st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=12))
@settings(max_examples=15, deadline=None)
def test_float_keys_and_orders(drawn: list[tuple[Any, int, int]]) -> None:
    df = pl.DataFrame(drawn, schema={"k": pl.Float64, "y": pl.Float64, "x": pl.Float64}, orient="row")
    sums: dict[Any, list[float]] = {}
    for k, y, x in drawn:
        sums.setdefault("NaN" if k is not None and k != k else k, []).append(abs(y - x))
    for frame in LIBRARIES:
        found = rows(tm.mae(make(frame, df), "y", "x", by="k"))
        means = {k: sum(values) / len(values) for k, values in sums.items()}
        if frame == "pandas":  # it has one missing value
            both = [*sums.get("NaN", []), *sums.get(None, [])]
            means = {k: v for k, v in means.items() if k not in {"NaN", None}}
            means |= {None: sum(both) / len(both)} if both else {}
        assert len(found["k"]) == len(means), frame
        assert sorted(found[".estimate"]) == pytest.approx(sorted(means.values())), frame
    ordered = df.with_columns(pl.col("k").fill_nan(None), y=pl.col("y") + 1)
    nans = df.with_columns(y=pl.col("y") + 1)
    unique = ordered.filter(pl.col("k").is_not_null())["k"].to_list()
    if len(set(unique)) == len(unique) >= 3 and ordered["y"].n_unique() > 2:
        want = rows(tm.mase(ordered, "y", "x", order_by="k"))[".estimate"]
        for frame in LIBRARIES:
            assert rows(tm.mase(make(frame, nans), "y", "x", order_by="k"))[".estimate"] == pytest.approx(want), frame


def test_the_order_of_a_missing_row_is_missing(frame: str) -> None:
    df = pl.DataFrame({"y": [1.0, 2.0, 4.0, 8.0], "x": [1.0, 3.0, 3.0, 7.0], "t": [1.0, nan, 0.5, 3.0]})
    want = tm.mase(df.with_columns(pl.col("t").fill_nan(None)), "y", "x", order_by="t")
    assert rows(tm.mase(make(frame, df), "y", "x", order_by="t"))[".estimate"] == want[".estimate"].to_list()


def test_arrow_dictionaries_of_keys() -> None:
    pa = pytest.importorskip("pyarrow")
    keys = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 2, 3]), pa.array(["b", None, "b", "a"]))
    table = pa.table({"k": keys, "y": [1.0, 2.0, 3.0, 4.0, 5.0], "x": [1.0] * 5})
    found = rows(tm.mae(table, "y", "x", by="k"))
    assert found["k"] == ["b", "a", None]  # in the order of the dictionary
    assert found[".estimate"] == [1.5, 4.0, 1.5]


def test_sets_of_columns() -> None:
    df = pl.DataFrame({"b": [1, 2], "a": ["u", "v"], "y": [1.0, 2.0], "x": [0.0, 0.0], "p_u": [0.9, 0.1], "p_v": [0.1, 0.9]})
    assert tm.mae(df, "y", "x", by={"a", "b"}).columns[:2] == ["b", "a"]  # as in the frame
    with pytest.raises(tm.OptionError, match=r"a set has no order; pass a list of columns, or a mapping \{level: column\}"):
        tm.roc_auc(df, "a", {"p_u", "p_v"}, levels=["u", "v"])
    with pytest.raises(tm.LevelError, match="expected a list of all classes in order"):
        tm.accuracy(df, "a", "a", levels={"u", "v"})


def test_groupers_of_pandas_are_refused() -> None:
    pd = pytest.importorskip("pandas")
    df = pd.DataFrame({"ts": pd.date_range("2026-01-01", periods=4, freq="12h"), "y": 1.0, "x": [1.0, 2.0, 3.0, 4.0]})
    for key in (pd.Grouper(key="ts", freq="D"), [pd.Grouper(key="ts", freq="D")], ["y", pd.Grouper(key="ts", freq="D")]):
        with pytest.raises(tm.EngineError, match=r'df\.assign\(day=df\["time"\]\.dt\.floor\("D"\)\)'):
            tm.mae(df.groupby(key), "y", "x")
    days = tm.mae(df.assign(day=df["ts"].dt.floor("D")).groupby("day"), "y", "x")  # what the message says
    assert days[".estimate"].tolist() == [0.5, 2.5]
    assert tm.mae(df.groupby([pd.Grouper(key="y")]), "y", "x")[".estimate"].tolist() == [1.5]


@pytest.mark.parametrize("drop", [True, False])
@pytest.mark.parametrize("library", [*LIBRARIES, "duckdb", "dask"])
def test_null_keys_of_narwhals_group_bys(library: str, *, drop: bool) -> None:
    df = pl.DataFrame({"k": ["b", None, "a"], "y": [1.0, 2.0, 3.0], "x": [0.0, 0.0, 0.0]})
    if library == "duckdb":
        native = pytest.importorskip("duckdb").from_arrow(df.to_arrow())
    elif library == "dask":
        native = pytest.importorskip("dask.dataframe").from_pandas(make("pandas", df), npartitions=2)
    else:
        native = make(library, df)
    found = rows(nw.to_native(tm.mae(nw.from_native(native).group_by("k", drop_null_keys=drop), "y", "x")))
    assert found["k"] == (["a", "b"] if drop else ["a", "b", None])


def test_censoring_weights_keep_nan_and_null_apart() -> None:
    groups = {nan: [3.0, 4.0, 5.0], None: [1.0, 2.0, 3.0]}
    event = [0, 1, 1]
    df = pl.DataFrame(
        {"k": [k for k in groups for _ in range(3)], "t": [t for times in groups.values() for t in times], "e": event * 2},
        schema={"k": pl.Float64, "t": pl.Float64, "e": pl.Int64},
        strict=False,
    )
    df = df.with_columns(k=pl.Series([nan] * 3 + [None] * 3, dtype=pl.Float64, nan_to_null=False))
    both = tm.censoring_weights(df, ("t", "e"), [2.5], by="k")[".weight_censored"].to_list()
    apart = [tm.censoring_weights(part.drop("k"), ("t", "e"), [2.5]) for part in (df[:3], df[3:])]
    assert both == [w for part in apart for w in part[".weight_censored"].to_list()]
