"""Odd types: each is scored alike by every library, or refused by an error that names the type and what to do."""

from __future__ import annotations

import datetime as dt
import decimal
import pickle
import warnings
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, own_sqlframe_session, rows

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")


def arrow_columns() -> dict[str, Any]:
    number = decimal.Decimal("1.5"), decimal.Decimal("2.5")
    return {
        "decimal128": pa.array([*number, number[0]], pa.decimal128(10, 2)),
        "decimal256": pa.array([*number, number[0]], pa.decimal256(40, 2)),
        "list": pa.array([[1], [2], [1]]),
        "struct": pa.array([{"a": 1}, {"a": 2}, {"a": 1}]),
        "map": pa.array([[("a", 1)]] * 3, pa.map_(pa.string(), pa.int64())),
        "run-end encoded": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])),
        "run-end encoded numbers": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array([1.0, 2.0])),
        "interval": pa.array([pa.MonthDayNano([1, 2, 3])] * 3, pa.month_day_nano_interval()),
        "duration": pa.array([dt.timedelta(1)] * 3),
        "time": pa.array([dt.time(1)] * 3),
        "date": pa.array([dt.date(2026, 1, 1)] * 3),
        "binary": pa.array([b"a", b"b", b"a"]),
        "string view": pa.array(["a", "b", "a"], pa.string_view()),
        "half": pa.array([1.0, 2.0, 1.0]).cast(pa.float16()),
        "dictionary of integers": pa.array([1, 2, 1]).dictionary_encode(),
        "null": pa.nulls(3),
    }


class Thing:
    """A Python object."""


def frames() -> dict[str, Any]:
    made: dict[str, Any] = {}
    beside = {"y": [1.0, 2.0, 3.0], "k": ["a", "b", "a"]}
    for name, column in arrow_columns().items():
        table = pa.table({"c": column, **beside})
        made[f"pyarrow {name}"] = table
        made[f"pandas of {name}"] = pd.DataFrame({"c": pd.Series(column, dtype=pd.ArrowDtype(column.type)), **beside})
        if name not in {"decimal256", "run-end encoded", "run-end encoded numbers", "interval"}:  # polars has none
            made[f"polars {name}"] = pl.from_arrow(table)
            made[f"lazy {name}"] = made[f"polars {name}"].lazy()
    objects = {
        "things": pd.Series([Thing(), Thing(), Thing()], dtype=object),
        "dates": pd.Series([dt.date(2026, 1, 1)] * 3, dtype=object),
        "lists": pd.Series([[1], [2], [1]], dtype=object),
        "tuples": pd.Series([(1,), (2,), (1,)], dtype=object),
        "periods": pd.Series(pd.period_range("2026-01", periods=3, freq="M")),
        "intervals": pd.Series(pd.interval_range(0, 3)),
        "complex": pd.Series([1j, 2j, 3j]),
        "decimals": pd.Series([decimal.Decimal(1)] * 3, dtype=object),
    }
    made |= {f"pandas {name}": pd.DataFrame({"c": column, **beside}) for name, column in objects.items()}
    made["polars things"] = pl.DataFrame({"c": pl.Series([Thing(), Thing(), Thing()], dtype=pl.Object), **beside})
    return made


ODD = frames()
CALLS = {
    "classes": lambda df: tm.accuracy(df, "c", "c"),
    "numbers": lambda df: tm.mae(df, "c", "y"),
    "keys": lambda df: tm.mae(df, "y", "y", by="c"),
    "orders": lambda df: tm.mase(df, "y", "y", order_by="c"),
    "probabilities": lambda df: tm.roc_auc(df, "c", "y", event="a"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ODD)
def test_odd_types_are_scored_or_refused(name: str, call: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            CALLS[call](ODD[name])
        except tm.TidymetricsError as problem:
            assert len(str(problem)) < 400  # noqa: PT017
            assert "\n" not in str(problem)  # noqa: PT017


@pytest.mark.parametrize("call", ["classes", "keys", "orders"])
@pytest.mark.parametrize(
    ("name", "said"), [("pyarrow decimal256", "decimal256"), ("pandas of list", "list"), ("pandas of map", "map")]
)
def test_the_refusal_names_the_type_and_the_cast(name: str, said: str, call: str) -> None:
    with pytest.raises(tm.TidymetricsError, match=rf"{said}.*[cC]ast"):
        CALLS[call](ODD[name])


@pytest.mark.parametrize("kind", ["INTERVAL 1 DAY", "DATE '2026-01-01'", "[1, 2]", "TIMESTAMP '2026-01-01'"])
def test_odd_types_of_duckdb(kind: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    table = duckdb.sql(f"SELECT {kind} AS c, 1.0 AS y")
    for call in ("classes", "probabilities", "numbers"):
        with pytest.raises(tm.TidymetricsError):
            CALLS[call](table)


def test_integers_that_no_float_holds() -> None:
    big = 2**53
    table = pa.table({"y": pa.array([big + 2, big + 4]), "x": pa.array([big, big])})
    assert tm.mae(table, "y", "x")[".estimate"].to_pylist() == [3.0]
    classes = pa.table({"o": pa.array([big + 1, big + 2, None]), "p": pa.array([big + 1, big + 1, 5])})
    assert tm.accuracy(classes, "o", "p", levels=[big + 1, big + 2, 5])[".estimate"].to_pylist() == [0.5]


def test_arrow_dictionaries_with_nulls_in_pandas() -> None:
    values = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array(["a", "b"]))
    column = pd.Series(values, dtype=pd.ArrowDtype(values.type))
    df = pd.DataFrame({"o": column, "p": column, "q": [0.9, 0.1, 0.5, 0.8], "y": 1.0})
    assert tm.accuracy(df, "o", "p")[".estimate"].tolist() == [1.0]
    assert tm.roc_auc(df, "o", "q")[".estimate"].tolist() == [1.0]
    assert tm.accuracy_vec(column, column) == 1.0
    assert tm.mae(df, "y", "y", by="o")["o"].isna().tolist() == [False, False, True]


def test_whole_floats_and_nan_as_classes(frame: str) -> None:
    df = make(frame, pl.DataFrame({"o": [1.0, 0.0, float("nan"), None], "q": [0.9, 0.1, 0.5, 0.5]}))
    assert rows(tm.roc_auc(df, "o", "q", levels=[1, 0]))[".estimate"] == [1.0]
    assert rows(tm.roc_auc(df, "o", "q", event=1))[".estimate"] == [1.0]


@pytest.mark.parametrize("engine", ["polars", "lazy", "pandas", "pyarrow", "duckdb"])
def test_columns_of_nulls_take_the_type_that_is_wanted(engine: str) -> None:
    df = pl.DataFrame({"o": [None, None], "p": [None, None], "q": [0.1, 0.2]})
    native = pytest.importorskip("duckdb").from_arrow(df.to_arrow()) if engine == "duckdb" else make(engine, df)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        for result in (
            tm.mae(native, "o", "q"),
            tm.accuracy(native, "o", "p"),
            tm.accuracy(native, "o", "p", levels=[1, 0]),
            tm.roc_auc(native, "o", "q", levels=[1, 0]),
            tm.roc_auc(native, "o", "q", levels=["a", "b"]),
            tm.roc_auc(native, "o", "q", levels=[True, False]),
            tm.roc_auc(native, "o", "q", event="a"),
        ):
            assert rows(result)[".estimate"] == [None]
        assert rows(tm.mae(native, "q", "q", by="o"))[".estimate"] == [0.0]


def test_python_booleans_of_pandas_are_booleans() -> None:
    column = pd.Series([True, None, False, True], dtype=object)
    df = pd.DataFrame({"o": column, "p": pd.Series([True, True, False, False], dtype=object), "q": [0.9, 0.5, 0.1, 0.8]})
    typed = df.astype({"o": "boolean", "p": "boolean"})
    for call in (
        lambda d: tm.sens(d, "o", "p"),
        lambda d: tm.roc_auc(d, "o", "q"),
        lambda d: tm.sens(d, "o", "p", levels=[False, True]),
        lambda d: tm.mae(d, "o", "q"),
    ):
        assert call(df)[".estimate"].tolist() == call(typed)[".estimate"].tolist()
    assert tm.sens_vec(df["o"], df["p"]) == tm.sens_vec(typed["o"], typed["p"])
    assert tm.roc_auc_vec(df["o"], df["q"]) == 1.0
    keyed = tm.mae(df, "q", "q", by="o")["o"]
    assert keyed.dtype == object
    assert keyed.tolist()[:2] == [False, True]


def test_object_keys_are_sorted_with_null_last() -> None:
    for values, want in ((["b", None, "a"], ["a", "b"]), ([2, None, "a"], [2, "a"])):
        df = pd.DataFrame({"k": pd.Series(values, dtype=object), "y": [1.0, 2.0, 3.0]})
        found = tm.mae(df, "y", "y", by="k")["k"].tolist()
        assert found[:2] == want
        assert found[2] is None


def test_one_level_and_no_level() -> None:
    one = pl.DataFrame({"o": ["a", "a"], "q": [0.5, 0.6]}, schema={"o": pl.Enum(["a"]), "q": pl.Float64})
    with pytest.warns(tm.UndefinedMetricWarning):
        assert tm.sens(one, "o", "o", event_level="second")[".estimate"].to_list() == [None]
    assert tm.spec(one, "o", "o", event_level="second")[".estimate"].to_list() == [1.0]
    with pytest.warns(tm.UndefinedMetricWarning):
        assert tm.roc_auc(one, "o", "q", event_level="second")[".estimate"].to_list() == [None]
    nothing = pl.DataFrame({"o": [None, None], "p": [None, None]}, schema={"o": pl.String, "p": pl.String})
    matrix = tm.conf_mat(nothing, "o", "p")
    assert repr(matrix).split() == ["Truth", "Prediction"] or "Prediction" in repr(matrix)
    assert "<table>" in matrix._repr_html_()


def test_censoring_weights_of_no_rows(frame: str) -> None:
    df = make(frame, pl.DataFrame({"t": [], "e": []}, schema={"t": pl.Float64, "e": pl.Int64}))
    assert rows(tm.censoring_weights(df, ("t", "e"), [1.0]))[".weight_censored"] == []


def test_modin_is_refused_clearly() -> None:
    frame = type("DataFrame", (), {"__module__": "modin.pandas.dataframe"})()
    with pytest.raises(tm.EngineError, match=r"Modin frames are not supported; pass the pandas frame"):
        tm.accuracy(frame, "o", "p")


def test_a_groupwise_metric_that_was_made_pickles() -> None:
    made = tm.new_groupwise_metric(tm.accuracy, "accuracy_gap", tm.groupwise_difference)
    df = pl.DataFrame({"o": ["a", "b", "a"], "p": ["a", "a", "a"], "g": ["u", "v", "v"]})
    again = pickle.loads(pickle.dumps(made))("g")
    assert again(df, "o", "p").equals(made("g")(df, "o", "p"))
    assert pickle.loads(pickle.dumps(made("g")))(df, "o", "p").equals(made("g")(df, "o", "p"))


def test_sqlframe_after_a_change_of_rows() -> None:
    pytest.importorskip("sqlframe")
    from sqlframe.duckdb import DuckDBSession
    from sqlframe.duckdb import functions as f

    with own_sqlframe_session():
        session = DuckDBSession()
        df = session.createDataFrame(pd.DataFrame({"g": ["a", "b", "a", "b"], "y": [1.0, 2.0, 3.0, 4.0], "x": 1.0}))
        other = session.createDataFrame(pd.DataFrame({"g": ["a", "b"], "z": [1, 2]}))
        for changed, want in (
            (df.where(f.col("y") > 1), [2.0, 2.0]),
            (df.join(other, on="g"), [1.0, 2.0]),
            (df.union(df), [1.0, 2.0]),
            (df.alias("q"), [1.0, 2.0]),
            (df.dropna(), [1.0, 2.0]),
        ):
            assert tm.mae(changed, "y", "x", by="g")[".estimate"].to_pylist() == want
