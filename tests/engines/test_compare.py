"""Comparisons inside engines give what polars gives, with rows that a contestant lacks, and with units."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests.engines.build import put
from tests.frames import rows
from tests.inference.test_compare import CALLS, GAPS, NUMBERS

CLASSES = GAPS.with_columns(
    pl.col("obs", "a", "b").cast(pl.String), u=pl.int_range(pl.len()) % 50
)  # Dask turns booleans with gaps into objects


@pytest.mark.filterwarnings("ignore::tidymetrics.UnsharedRowsWarning")
@pytest.mark.parametrize(("call", "unit"), list(zip(CALLS, (None, None, "u"), strict=True)))
def test_compare(engine: str, call: tuple[Any, str, dict[str, str]], unit: str | None) -> None:
    metrics, truth, models = call
    options: dict[str, Any] = {"event": "true", "levels": ["true", "false"]} if truth == "obs" else {}
    expected = rows(tm.compare(metrics)(CLASSES, truth, models, by="g", unit=unit, **options))
    found = rows(tm.compare(metrics)(put(engine, CLASSES), truth, models, by="g", unit=unit, **options))
    for column in NUMBERS:
        assert found[column] == pytest.approx(expected[column], rel=1e-7, abs=1e-12), column
