"""Every reference case of clustering, through the public functions, on every type of frame and on DuckDB."""

from __future__ import annotations

import functools
import json
import pathlib
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import installed, make, rows
from tidymetrics.core.metric import METRICS

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "clustering.json").read_text(encoding="utf-8"))
# the file names recipes of some data and does not say how to follow them
CASES = [case for case in REFERENCE["cases"] if case["data"] is None or "columns" in REFERENCE["data"][case["data"]]]
OTHERS = ("duckdb",) if installed("duckdb") else ()


@functools.cache
def table(name: str) -> pl.DataFrame:
    return pl.DataFrame(REFERENCE["data"][name]["columns"], strict=False)


@functools.cache
def data(name: str, frame: str) -> Any:
    if frame == "duckdb":
        import duckdb

        return duckdb.connect().from_arrow(table(name).with_row_index("i").to_arrow())
    return make(frame, table(name))


def argument(case: dict[str, Any], value: Any) -> Any:
    """Give an argument, of vectors the values themselves."""
    if not isinstance(value, dict):
        return value
    if "$list" in value:
        return value["$list"]
    found = table(case["data"])
    return found[value["$col"]] if "$col" in value else found.select(value["$cols"]).to_numpy()


def call(case: dict[str, Any], frame: str) -> Any:
    args = {name: argument(case, value) for name, value in case["args"].items()}
    if isinstance(case["fn"], dict):
        return tm.metric_set(*(getattr(tm, name) for name in case["fn"]["$set"]))(data(case["data"], frame), **args)
    function = getattr(tm, case["fn"])
    if case["fn"].endswith("_vec"):
        return function(**args)
    if frame == "duckdb" and case["fn"] == "silhouette":
        args["id"] = "i"
    return function(data(case["data"], frame), **args)


def compare(case: dict[str, Any], found: Any, frame: str) -> None:
    if "value" in case["expected"]:
        assert found == pytest.approx(case["expected"]["value"], abs=case["tol"])
        return
    made = found if isinstance(found, dict) else rows(found)
    if frame == "duckdb" and "i" in made:
        order = np.argsort(made["i"])
        made = {name: [values[i] for i in order] for name, values in made.items()}
    for column, expected in case["expected"]["columns"].items():
        assert len(made[column]) == len(expected)
        for value, wanted in zip(made[column], expected, strict=True):
            if wanted is None or (isinstance(wanted, (str, bool)) and wanted != "Inf"):
                assert value == wanted
            else:
                number = float(wanted)
                assert value == pytest.approx(number, abs=case["tol"] * max(1, abs(number)))


def check(case: dict[str, Any], frame: str) -> None:
    if "error" in case["expected"]:
        with pytest.raises(getattr(tm, case["expected"]["error"])):
            call(case, frame)
        return
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = call(case, frame)
    compare(case, found, frame)
    said = [w.category.__name__ for w in caught]
    assert said == ([case["expected"]["warns"]] if "warns" in case["expected"] else [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['fn']}")
def test_case(case: dict[str, Any], frame: str) -> None:
    check(case, frame)


ONE = [c for c in CASES if isinstance(c["fn"], str) and c["fn"] in METRICS and "columns" in c["expected"]]
OPTIONS = ("average_method", "beta", "distance", "q", "sample", "seed")


def batches() -> dict[str, list[dict[str, Any]]]:
    """Gather the cases that one metric set can answer."""
    found: dict[str, list[dict[str, Any]]] = {}
    for case in ONE:
        shared = {name: value for name, value in case["args"].items() if name not in OPTIONS}
        found.setdefault(f"{case['data']} {shared}", []).append(case)
    return found


BATCHES = batches()


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("batch", BATCHES)
def test_sets_in_an_engine(batch: str, other: str) -> None:
    cases = BATCHES[batch]
    shared = {name: value for name, value in cases[0]["args"].items() if name not in OPTIONS}
    members = {
        f"case {case['id']}": getattr(tm, case["fn"]).tweak(**{k: v for k, v in case["args"].items() if k in OPTIONS})
        for case in cases
    }
    found = rows(tm.metric_set(**members)(data(cases[0]["data"], other), **shared))
    for case in cases:
        own = [i for i, name in enumerate(found[".metric"]) if name == f"case {case['id']}"]
        values = {name: [column[i] for i in own] for name, column in found.items()}
        values[".metric"] = [case["fn"]] * len(own)
        compare(case, values, other)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(
    "case", [c for c in CASES if c not in ONE and c["data"]], ids=lambda case: f"{case['id']}-{case['fn']}"
)
def test_others_in_an_engine(case: dict[str, Any], other: str) -> None:
    check(case, other)
