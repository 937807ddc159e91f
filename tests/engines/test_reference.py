"""Every reference case on every engine; those of the same columns as one metric set, which is what a user would call."""

from __future__ import annotations

import functools
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.engines.build import has_levels, put
from tests.frames import rows
from tests.reference.test_cases import CASES, REFERENCE, call, compare, data, number, table_of

AS_SETS = ("class", "numeric", "prob")


def batches() -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Gather the cases that one metric set can answer."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for case in CASES:
        if case["kind"] in AS_SETS:
            key = (case["kind"], case["data"], ",".join(case["by"]), str(case["options"].get("case_weights", "")))
            found.setdefault(key, []).append(case)
    return found


BATCHES = batches()


@functools.cache
def table(name: str, engine: str) -> Any:
    return put(engine, data(name, "polars").with_row_index("row").cast({"row": pl.Int64}))


def levels_for(engine: str, name: str) -> dict[str, Any]:
    """State the levels where the engine's types cannot."""
    levels = REFERENCE["data"][name].get("levels")
    return {} if levels is None or has_levels(engine) else {"levels": levels}


def order_of_rows(case: dict[str, Any]) -> dict[str, Any]:
    """Name the column that says what the order of the rows says elsewhere."""
    return {"order_by": "row"} if case["fn"] == "mase" else {}


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
@pytest.mark.parametrize("batch", BATCHES, ids="-".join)
def test_batch(batch: tuple[str, ...], engine: str) -> None:
    kind, name, by, weights = batch
    roles = REFERENCE["data"][name]
    cases = BATCHES[batch]
    members = {
        f"case {case['id']}": getattr(tm, case["fn"]).tweak(
            **{k: v for k, v in case["options"].items() if k != "case_weights"}, **order_of_rows(case)
        )
        for case in cases
    }
    given = {"case_weights": weights} if weights else {}
    given |= levels_for(engine, name) if kind != "numeric" else {}
    estimate = roles["probs"] if kind == "prob" else roles["estimate"]
    keys = by.split(",") if by else []
    result = rows(tm.metric_set(**members)(table(name, engine), roles["truth"], estimate, by=keys or None, **given))
    found: dict[str, dict[Any, float]] = {}
    for *group, metric, estimator, value in zip(
        *(result[k] for k in keys), result[".metric"], result[".estimator"], result[".estimate"], strict=True
    ):
        found.setdefault(metric, {})[(*group, estimator)] = number(value)
    for case in cases:
        expected = case["expected"]
        wanted = {
            (*group, estimator): number(value)
            for *group, estimator, value in zip(
                *(expected[k] for k in keys), expected[".estimator"], expected[".estimate"], strict=True
            )
        }
        got = found[f"case {case['id']}"]
        assert got == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True), f"{case['id']} {case['fn']}"


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] not in AS_SETS], ids=lambda case: f"{case['id']}-{case['fn']}")
def test_case(case: dict[str, Any], engine: str) -> None:
    compare(case, rows(call(case, table(table_of(case), engine), **levels_for(engine, case["data"]))))
