"""Every reference case of detection through the public functions, on every type of frame; and a part of them on DuckDB."""

from __future__ import annotations

import functools
import math
import re
import warnings
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.detection.cases import REFERENCE
from tests.frames import installed, make, rows

NUMBERS = {"NaN": math.nan, "Inf": math.inf, "-Inf": -math.inf}
FORMS = {"masks", "read_coco", "paired_vec"}
"""Kinds whose data are no frames."""


@functools.cache
def table(name: str, part: str, frame: str) -> Any:
    columns = {
        key: [NUMBERS.get(v, v) if isinstance(v, str) and any(not isinstance(w, str) for w in values) else v for v in values]
        for key, values in REFERENCE["data"][name][part].items()
    }
    columns = {
        key: [NUMBERS.get(v, v) if key != "label" and isinstance(v, str) else v for v in c] for key, c in columns.items()
    }
    df = pl.DataFrame(columns, strict=False)
    empty = [c for c, dtype in df.schema.items() if dtype == pl.Null]
    types = {c: pl.Float64 if c not in {"image_id", "label"} else pl.Int64 for c in empty}
    df = df.with_columns(pl.col(c).cast(t) for c, t in types.items())
    if frame == "duckdb":
        import duckdb

        return duckdb.sql("select * from df").project("*") if len(df) else duckdb.from_arrow(df.to_arrow())
    return make(frame, df)


def arguments(case: dict[str, Any], frame: str) -> dict[str, Any]:
    return {k: table(case["data"], v["$frame"], frame) if isinstance(v, dict) else v for k, v in case["args"].items()}


def detection(case: dict[str, Any], function: Any, frame: str) -> Any:
    given = arguments(case, frame)
    if "frame" in REFERENCE["data"][case["data"]]:
        return function(table(case["data"], "frame", frame), given.pop("truth"), given.pop("estimate", "score"), **given)
    data, truth = (table(case["data"], part, frame) for part in ("predictions", "truth"))
    return function(data, truth, given.pop("estimate", "score"), **given)


def call(case: dict[str, Any], frame: str) -> Any:  # noqa: PLR0911  # a kind a return
    kind, data, args = case["kind"], REFERENCE["data"][case["data"]], dict(case["args"])
    if kind == "detection":
        return detection(case, getattr(tm, case["fn"]), frame)
    if kind == "set":
        members = [tm.metric_tweak(name or fn, getattr(tm, fn), **tweak) for name, fn, tweak in case["members"]]
        return detection(case, tm.metric_set(*members), frame)
    if kind == "conf_mat":
        return detection(case, tm.conf_mat_detection, frame).tidy()
    if kind in {"paired", "panoptic"}:
        return getattr(tm, case["fn"])(table(case["data"], "frame", frame), args.pop("truth"), args.pop("estimate"), **args)
    if kind == "paired_set":
        members = tm.metric_set(*(getattr(tm, name) for name in case["members"]))
        return members(table(case["data"], "frame", frame), args.pop("truth"), args.pop("estimate"), **args)
    if kind == "paired_vec":
        df = table(case["data"], "frame", "polars")
        truth, estimate = (df.select(args.pop(side)).to_numpy() for side in ("truth", "estimate"))
        return getattr(tm, f"{case['fn']}_vec")(truth, estimate, **args)
    if kind == "class":
        return getattr(tm, case["fn"])(table(case["data"], "frame", frame), "obs", "pred", levels=data["levels"], **args)
    if kind == "masks":
        own = {name: data[name] for name in ("ignore",) if name in data}
        images = {"images": data["images"]} if args.pop("by", None) else {}
        return getattr(tm, case["fn"])(
            tm.conf_mat_masks(data["truth"], data["estimate"], levels=data["levels"], **own, **images), **args
        )
    read = tm.read_coco(data["annotations"], data["results"])
    return getattr(tm, case["fn"])(read.predictions, read.truth, **args)


def number(value: Any) -> float:
    return math.nan if value is None else float(NUMBERS.get(value, value))


def is_number(values: list[Any]) -> bool:
    return all(v is None or isinstance(v, (int, float)) or v in NUMBERS for v in values) and not all(
        isinstance(v, (int, type(None))) for v in values
    )


def compare(case: dict[str, Any], result: Any) -> None:
    expected = case["expected"]
    if not isinstance(expected, dict):
        assert result == pytest.approx(expected, abs=case["tol"])
        return
    found = rows(result)
    assert list(found) == list(expected) or set(found) >= set(expected)
    order = {}
    for name, side in (("found", found), ("expected", expected)):
        cells = list(zip(side.get("Prediction", []), side.get("Truth", []), strict=True))
        order[name] = sorted(range(len(cells)), key=cells.__getitem__) if cells else None
    for name, wanted in expected.items():
        own = found[name]
        if order["found"] is not None:
            own, wanted = [own[i] for i in order["found"]], [wanted[i] for i in order["expected"]]  # noqa: PLW2901
        if is_number(wanted) or name in {".estimate", ".iou", "Freq"}:
            assert [number(v) for v in own] == pytest.approx([number(v) for v in wanted], abs=case["tol"], nan_ok=True), name
        else:
            assert own == wanted, name


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: f"{c['id']}-{c['fn']}-{c['data']}")
def test_case(case: dict[str, Any], frame: str) -> None:
    if case["kind"] in FORMS and frame != "polars":
        return
    run(case, frame)


def run(case: dict[str, Any], frame: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        if "raises" in case:
            with pytest.raises(getattr(tm, case["raises"])) as caught:
                call(case, frame)
            assert re.search(case["says"], str(caught.value), re.IGNORECASE), str(caught.value)
        else:
            compare(case, call(case, frame))


def in_engines(case: dict[str, Any]) -> bool:
    # `tied` has equal scores, which rows without an order settle by place; match_boxes is about rows
    # one in four of the others: an engine takes its time
    of_rows = case["kind"] in FORMS or case["fn"] == "match_boxes" or case["data"] == "tied"
    return not of_rows and (case["id"] % 4 == 0 or case["kind"] == "panoptic")


@pytest.mark.skipif(not installed("duckdb"), reason="needs duckdb")
@pytest.mark.parametrize(
    "case", [c for c in REFERENCE["cases"] if in_engines(c)], ids=lambda c: f"{c['id']}-{c['fn']}-{c['data']}"
)
def test_case_in_an_engine(case: dict[str, Any]) -> None:
    run(case, "duckdb")
