"""Every reference case of calibration, through the public functions: all on polars, a third on each other type of frame."""

from __future__ import annotations

import functools
import math
import warnings
import zlib
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.calibration.rows import CASES
from tests.calibration.rows import data as arrays_of
from tests.frames import installed, make, rows

ENGINE = {"calibration_curve", "expected_calibration_error", "max_calibration_error", "threshold_perf", "decision_curve"}
"""What DuckDB counts where the rows are."""


def polars_frame(name: str) -> pl.DataFrame:
    columns, enum = arrays_of(name)
    df = pl.DataFrame({c: pl.Series(v.tolist(), strict=False) for c, v in columns.items()})
    return df.with_columns(pl.col(c).cast(pl.Enum(levels)) for c, levels in enum.items())


@functools.cache
def frame_of(name: str, frame: str) -> Any:
    if frame == "duckdb":
        import duckdb

        df = polars_frame(name)
        return duckdb.from_arrow(df.with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow())
    return make(frame, polars_frame(name))


def read(value: Any) -> Any:
    """Read an argument of a case."""
    if isinstance(value, dict):
        if "$metric" in value:
            return getattr(tm, value["$metric"])
        if "$tweak" in value:
            name, options = value["$tweak"]
            return getattr(tm, name).tweak(**options)
        if "$set" in value:
            named = {name: read({"$tweak": made}) for name, made in value.get("$named", {}).items()}
            return tm.metric_set(*(getattr(tm, name) for name in value["$set"]), **named)
        if "$tuple" in value:
            return tuple(map(read, value["$tuple"]))
        if "$list" in value:
            return value["$list"]
    return list(map(read, value)) if isinstance(value, list) else value


def function_of(fn: Any) -> Any:
    if isinstance(fn, str):
        return getattr(tm, fn)
    if "$set" in fn:
        return tm.metric_set(*(getattr(tm, name) for name in fn["$set"]))
    if "$skill" in fn:
        return tm.skill(getattr(tm, fn["$skill"]), fn.get("baseline"))
    return tm.with_baseline(tm.metric_set(*(getattr(tm, name) for name in fn["$baseline"])), fn.get("baseline"))


def called(case: dict[str, Any], frame: str, **levels: Any) -> Any:
    given = {name: read(value) for name, value in case["args"].items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        function = function_of(case["fn"])
        if case["data"] is None:
            return function(**given)
        return function(frame_of(case["data"], frame), **{**levels, **given})


def same(found: Any, wanted: Any, tol: float) -> bool:
    if wanted is None or found is None or isinstance(wanted, (str, bool)):
        return found is None if wanted is None else found == wanted
    if isinstance(wanted, str) or math.isinf(wanted):
        return found == wanted
    return math.isclose(found, wanted, rel_tol=tol, abs_tol=tol)


def check(case: dict[str, Any], frame: str, **levels: Any) -> None:
    expected, tol = case["expected"], case["tol"]
    if "error" in expected:
        with pytest.raises(getattr(tm, expected["error"])):
            called(case, frame, **levels)
        return
    result = called(case, frame, **levels)
    if "value" in expected:
        assert same(result, expected["value"], tol)
        return
    if hasattr(result, "collect"):
        result = result.collect()
    found = rows(result)
    for name, wanted in expected["columns"].items():
        wanted = [math.inf if v == "Inf" else v for v in wanted]  # noqa: PLW2901
        assert len(found[name]) == len(wanted), name
        for one, other in zip(found[name], wanted, strict=True):
            assert same(one, other, tol), (name, one, other)


def name_of(case: dict[str, Any]) -> str:
    return f"{case['id']}-{case['fn'] if isinstance(case['fn'], str) else 'made'}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_polars(case: dict[str, Any]) -> None:
    check(case, "polars")


# what becomes of frames does not depend on the function: here the name of a case decides on which other frame it runs
OTHERS = ["lazy", "pandas", "pyarrow"]
ELSEWHERE = [(case, OTHERS[zlib.crc32(case["id"].encode()) % 3]) for case in CASES if case["data"] is not None]
ELSEWHERE = [(case, other) for case, other in ELSEWHERE if installed(other)]


@pytest.mark.parametrize(("case", "other"), ELSEWHERE, ids=[f"{other}-{name_of(case)}" for case, other in ELSEWHERE])
def test_other_frames(case: dict[str, Any], other: str) -> None:
    check(case, other)


IN_ENGINE = [c for c in CASES if str(c["fn"]) in ENGINE and c["args"].get("strategy", "uniform") == "uniform"][::3]


@pytest.mark.parametrize("case", IN_ENGINE, ids=name_of)
def test_duckdb(case: dict[str, Any]) -> None:
    levels = arrays_of(case["data"])[1][case["args"]["truth"]]
    check(case, "duckdb", levels=levels)
