"""What is Arrow's own: chunks, dictionaries, grouped objects, types of keys."""

from __future__ import annotations

import datetime as dt
import decimal

import pyarrow as pa
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

TABLE = make("pyarrow", data.classes())
EXPECTED = rows(tm.accuracy(data.classes(), "obs", "pred", by="fold"))


def test_grouped() -> None:
    for keys in ("fold", ["fold"]):
        assert rows(tm.accuracy(TABLE.group_by(keys), "obs", "pred")) == EXPECTED


def test_chunks_with_dictionaries_of_their_own() -> None:
    parts = [
        pa.table({"obs": pa.array(["b", "a"]).dictionary_encode(), "pred": pa.array(["b", "b"]).dictionary_encode()}),
        pa.table({"obs": pa.array(["a", "b"]).dictionary_encode(), "pred": pa.array(["a", "b"]).dictionary_encode()}),
    ]
    table = pa.concat_tables(parts)
    assert rows(tm.accuracy(table, "obs", "pred", levels=["a", "b"]))[".estimate"] == [0.75]
    assert rows(tm.accuracy(table, "obs", "pred", by="obs", levels=["a", "b"])) == {
        "obs": ["b", "a"],
        ".metric": ["accuracy"] * 2,
        ".estimator": ["binary"] * 2,
        ".estimate": [1.0, 0.5],
    }


@pytest.mark.parametrize(
    "keys",
    [
        pa.array(["b", None, "a"], pa.large_string()),
        pa.array(["b", None, "a"], getattr(pa, "string_view", pa.string)()),  # newer than pyarrow 15
        pa.array([3, None, 1], pa.int8()),
        pa.array([True, None, False]),
        pa.array([dt.date(2026, 2, 1), None, dt.date(2026, 1, 1)]),
        pa.array([dt.datetime(2026, 2, 1, tzinfo=dt.timezone.utc), None, dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)]),
        pa.array([decimal.Decimal("2.5"), None, decimal.Decimal("1.5")]),
        pa.array([2.5, None, 1.5], pa.float32()),
        pa.array(["z", None, "a"]).dictionary_encode(),
        pa.array([None, None, None]),
    ],
    ids=lambda keys: str(keys.type)[:30],
)
def test_keys_come_back_in_their_own_type(keys: pa.Array) -> None:
    table = pa.table({"k": keys, "obs": ["a", "b", "a"], "pred": ["a", "a", "a"]})
    result = tm.accuracy(table, "obs", "pred", by="k")
    assert result["k"].type == keys.type
    distinct = set(keys.to_pylist()) - {None}
    ordered = keys.dictionary.to_pylist() if isinstance(keys, pa.DictionaryArray) else sorted(distinct)
    assert result["k"].to_pylist() == [*ordered, *([None] if keys.null_count else [])]


def test_vectors() -> None:
    want = rows(tm.sens(TABLE, "obs", "pred"))[".estimate"][0]
    assert tm.sens_vec(TABLE["obs"], TABLE["pred"]) == pytest.approx(want)
    assert tm.sens_vec(TABLE["obs"].combine_chunks(), TABLE["pred"].combine_chunks(), levels=data.LEVELS) == pytest.approx(want)
    assert tm.rmse_vec(pa.array([1, 2, None]), pa.array([1.0, 4.0, 9.0])) == pytest.approx(2**0.5)


def test_undefined_is_null() -> None:
    with pytest.warns(tm.UndefinedMetricWarning):
        result = tm.rsq(pa.table({"y": [1.0], "x": [1.0]}), "y", "x")
    assert result[".estimate"].type == pa.float64()
    assert result[".estimate"].null_count == 1
