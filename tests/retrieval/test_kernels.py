"""Kernels of rankings: reference cases, all orders of equal scores, invariances."""

from __future__ import annotations

import sys, pathlib
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import numpy as np
import polars as pl
import pytest
from harness import REFERENCE, rank, score, shown

ENGINES = ["memory", "windows", "duckdb"]
FAMILY = {"OptionError", "ColumnNotFoundError", "TidymetricsError"}
CASES = [c for c in REFERENCE["cases"] if c.get("raises") not in FAMILY]

def frame_of(case, which="frame"):
    return pl.DataFrame(REFERENCE["data"][case["data"]][which], infer_schema_length=None)


def answer(case, engine):
    args = {n: frame_of(case, v["$frame"]) if isinstance(v, dict) else v for n, v in case["args"].items()}
    frame = frame_of(case)
    if case["kind"] == "shown":
        return shown(case["fn"], frame, engine=engine, **args)
    if case["kind"] == "set":
        got=[]
        for name, tweaks in case["members"]:
            got.append(score(name, frame, engine=engine, **{**args, **tweaks}).reshape(-1))
        return np.concatenate(got)
    if case["kind"]=="vec":
        args = {"truth": "rel", "estimate": "score", **args}
    return score(case["fn"], frame, engine=engine, **args)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['id']}-{c['fn']}-{c['data']}")
def test_reference(case, engine):
    if "raises" in case:
        with pytest.raises(Exception, match=case["says"]) as caught:
            answer(case, engine)
        assert type(caught.value).__name__ == case["raises"]
        return
    expected = case["expected"]
    expected = expected[".estimate"] if isinstance(expected, dict) else [expected]
    want = np.array([np.nan if x is None else x for x in expected], float)
    np.testing.assert_allclose(answer(case, engine).reshape(-1), want, rtol=case["tol"], atol=case["tol"])
