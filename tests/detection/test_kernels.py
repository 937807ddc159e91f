"""The kernels of detection against the reference cases."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from tests.detection.cases import REFERENCE, BoxFaultError, answer
from tidymetrics.errors import OptionError

# columns that are not there and levels that nobody named are found out where frames are read
OF_FRAMES = {"ColumnNotFoundError", "LevelError"}
CASES = [case for case in REFERENCE["cases"] if case.get("raises") not in OF_FRAMES]
RAISED = {"BoxError": BoxFaultError, "OptionError": OptionError}


def same(found: Any, expected: Any, tol: float) -> bool:
    if isinstance(expected, str) and expected in {"Inf", "-Inf"}:
        expected = math.inf if expected == "Inf" else -math.inf
    missing = [v is None or v == "NaN" or (isinstance(v, float) and math.isnan(v)) for v in (found, expected)]
    if any(missing):
        return all(missing)
    if isinstance(expected, float) and not isinstance(found, str):
        return found == expected or abs(found - expected) <= tol * max(1, abs(expected))
    return found == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['fn']}-{case['data']}")
def test_reference(case: dict[str, Any]) -> None:
    if "raises" in case:
        with pytest.raises(RAISED[case["raises"]]) as raised:
            answer(case)
        assert re.search(case["says"], str(raised.value))
        return
    found, expected, tol = answer(case), case["expected"], case["tol"]
    if isinstance(expected, float):
        assert same(found, expected, tol)
        return
    assert list(found) == list(expected)
    rows, wanted = (list(zip(*columns.values(), strict=True)) for columns in (found, expected))
    if case["kind"] == "conf_mat":
        rows, wanted = sorted(rows), sorted(wanted)
    assert len(rows) == len(wanted)
    for row, want in zip(rows, wanted, strict=True):
        assert all(same(f, e, tol) for f, e in zip(row, want, strict=True)), (row, want)
