"""All cases of the reference, through the public functions, on every frame library and on DuckDB."""

from __future__ import annotations

import json
import pathlib
import re
import warnings
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "retrieval.json").read_text(encoding="utf-8"))
CASES = REFERENCE["cases"]
NAMES = [f"{i}-{case['kind']}-{case['fn']}-{case['data']}" for i, case in enumerate(CASES)]
DROPPED = tm.QueriesDroppedWarning


def columns(case: dict[str, Any], name: str) -> pl.DataFrame:
    return pl.DataFrame(REFERENCE["data"][case["data"]][name], strict=False)


def run(case: dict[str, Any], build: Any) -> Any:
    args = {
        name: build(columns(case, value["$frame"])) if isinstance(value, dict) and "$frame" in value else value
        for name, value in case["args"].items()
    }
    if case["kind"] == "vec":
        df = columns(case, "frame")
        truth, estimate = args.pop("truth"), args.pop("estimate")
        args = {name: df[value] if name in {"query", "doc"} else value for name, value in args.items()}
        return getattr(tm, f"{case['fn']}_vec")(df[truth], df[estimate], **args)
    frame = build(columns(case, "frame"))
    if case["kind"] == "shown":
        return getattr(tm, case["fn"])(frame, args.pop("estimate"), **args)
    if case["kind"] == "set":
        function: Any = tm.metric_set(*(getattr(tm, name).tweak(**tweaks) for name, tweaks in case["members"]))
    else:
        function = getattr(tm, case["fn"])
    return function(frame, args.pop("truth"), args.pop("estimate"), **args)


def check(case: dict[str, Any], build: Any) -> None:
    if "raises" in case:
        with pytest.raises(getattr(tm, case["raises"])) as caught:
            run(case, build)
        assert re.search(case["says"], str(caught.value))
        return
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = run(case, build)
    kinds = [warning.category for warning in told if warning.category is not DeprecationWarning]
    assert kinds.count(DROPPED) <= 1
    assert set(kinds) <= {DROPPED, tm.UndefinedMetricWarning}
    if case.get("told"):
        assert getattr(tm, case["told"]) in kinds
    if case.get("silent"):
        assert not kinds
    tol = case.get("tol", 1e-9)
    if case["kind"] == "vec":
        assert found == pytest.approx(case["expected"], rel=tol, abs=tol)
        return
    found = rows(found)
    assert set(case["expected"]) <= set(found)
    if set(case["expected"]) >= {".metric", ".estimator"}:
        assert list(found) == list(case["expected"])
    for name, values in case["expected"].items():
        if name == ".estimate":
            assert [v is None for v in found[name]] == [v is None for v in values]
            pairs = [(a, b) for a, b in zip(found[name], values, strict=True) if b is not None]
            assert [a for a, _ in pairs] == pytest.approx([b for _, b in pairs], rel=tol, abs=tol)
        else:
            assert found[name] == values, name


@pytest.mark.parametrize("number", range(len(CASES)), ids=NAMES)
def test_reference(number: int, frame: str) -> None:
    check(CASES[number], lambda df: make(frame, df))


@pytest.mark.parametrize("number", range(len(CASES)), ids=NAMES)
def test_reference_on_duckdb(number: int) -> None:
    duckdb = pytest.importorskip("duckdb")
    check(CASES[number], lambda df: duckdb.from_arrow(df.to_arrow()))
