"""The cases of tests/reference/inference.json, which other packages have answered, through the public functions."""

from __future__ import annotations

import json
import math
import pathlib
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import FRAMES, make, rows

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "inference.json").read_text())
CASES = {case["id"]: case for case in REFERENCE["cases"]}
MADE = {name for name in ("with_intervals", "compare", "across_folds") if hasattr(tm, name)}


def frame_of(name: str, stack: dict[str, Any] | None = None) -> pl.DataFrame:
    frame = pl.DataFrame(REFERENCE["data"][name])
    levels = REFERENCE["levels"].get(name)
    if levels:
        classes = [c for c in frame.columns if c == "obs" or c.startswith("pred")]
        frame = frame.with_columns(pl.col(classes).cast(pl.Enum(levels)))
    if stack:
        ((column, contestants),) = ((k, v) for k, v in stack.items() if k != "as")
        parts = [
            frame.with_columns(pl.lit(label).alias(column), pl.col(source).alias(stack["as"]))
            for label, source in contestants.items()
        ]
        frame = pl.concat(parts)
    return frame


def median_absolute_error(truth: Any, estimate: Any) -> float:
    return float(np.median(np.abs(truth - estimate)))


def metric_of(given: Any) -> Any:
    if isinstance(given, list):
        return getattr(tm, given[0]).tweak(**given[1])
    if isinstance(given, dict) and "custom" in given:
        known = getattr(metric_of, "custom", None)
        metric_of.custom = known or tm.metric_from_vec(  # type: ignore[attr-defined]
            median_absolute_error, kind="numeric", direction="minimize", range=(0, math.inf), name="median_absolute_error_case"
        )
        return metric_of.custom  # type: ignore[attr-defined]
    if isinstance(given, dict):
        name, column = given["groupwise"]
        return getattr(tm, name)(column)
    return getattr(tm, given)


def answer(case: dict[str, Any], frame: Any = None, kind: str = "polars") -> Any:
    call = case["call"]
    if call["maker"] == "across_folds":
        return tm.across_folds(frame_of(call["of"]), call["folds"], **call["options"])
    metrics = [metric_of(m) for m in call["metrics"]]
    made = metrics[0] if len(metrics) == 1 else tm.metric_set(*metrics)
    data = frame_of(call["data"], call.get("stack")) if frame is None else frame
    given = {"probs": call["probs"]} if call.get("probs") else {}
    maker = getattr(tm, call["maker"])(made, **call["options"])
    estimate = [call["estimate"]] if call.get("estimate") is not None else []
    return maker(data if kind == "polars" else convert(data, kind), call["truth"], *estimate, **given, **call["call"])


def convert(data: pl.DataFrame, kind: str) -> Any:
    if kind == "duckdb":
        import duckdb

        return duckdb.from_arrow(data.to_arrow())
    return make(kind, data, ordered=True)


def rows_of(result: Any) -> list[dict[str, Any]]:
    columns = rows(result)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def require_close(found: dict[str, Any], values: dict[str, Any], tol: float) -> None:
    for name, value in values.items():
        got = found[f".{name}" if not name.startswith(".") else name]
        if value is None:
            assert got is None, (name, got)
        else:
            assert got == pytest.approx(value, abs=tol * max(abs(value), 1e-3)), (name, found)


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning", "ignore::tidymetrics.UndefinedIntervalWarning")
@pytest.mark.parametrize("case_id", [i for i, c in CASES.items() if c["call"]["maker"] in MADE])
def test_reference(case_id: str) -> None:
    case = CASES[case_id]
    if "error" in case:
        with pytest.raises(getattr(tm, case["error"]), match=case["says"]):
            answer(case)
        return
    if "same" in case:
        same(case)
        return
    found = rows_of(answer(case))
    for row in case["rows"]:
        keys = {k: v for k, v in row.items() if k != "values"}
        (mine,) = (f for f in found if all(f[k] == v for k, v in keys.items()))
        require_close(mine, row["values"], case["tol"])


def same(case: dict[str, Any]) -> None:
    """Ask the same of other rows, and of another frame."""
    call = case["call"]
    frame = frame_of(call["data"])
    found = rows_of(answer(case))
    how = case["same"]
    if "shuffle" in how:
        other = rows_of(answer(case, frame.sample(fraction=1, shuffle=True, seed=1)))
    elif "frame" in how:
        other = rows_of(answer(case, frame, how["frame"]))
    else:
        key = how["alone"]
        other = []
        for value in frame.get_column(key).unique().sort():
            other += rows_of(answer(case, frame.filter(pl.col(key) == value)))
        found, other = (sorted(rows, key=lambda r: (r[".metric"], r[key])) for rows in (found, other))
    assert len(found) == len(other)
    for one, two in zip(found, other, strict=True):
        assert {k: v for k, v in one.items() if not isinstance(v, float)} == {
            k: v for k, v in two.items() if not isinstance(v, float)
        }
        numbers = {k: v for k, v in one.items() if isinstance(v, float)}
        require_close(two, numbers, case["tol"])


@pytest.mark.parametrize("kind", [k for k in FRAMES if k != "polars"])
@pytest.mark.parametrize("case_id", ["A000", "A005", "A021", "A028", "A030", "A031", "A032", "A034", "A036", "A038"])
def test_reference_in_other_frames(case_id: str, kind: str) -> None:
    case = CASES[case_id]
    found = rows_of(answer(case, frame_of(case["call"]["data"]), kind))
    for row in case["rows"]:
        keys = {k: v for k, v in row.items() if k != "values"}
        (mine,) = (f for f in found if all(f[k] == v for k, v in keys.items()))
        require_close(mine, row["values"], case["tol"])
