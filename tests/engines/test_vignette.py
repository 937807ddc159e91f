"""The part of the vignette that needs Spark, which is run with Spark alone."""

from __future__ import annotations

import contextlib
import io
import pathlib
import re

import pytest

import tidymetrics as tm
from tests.engines.build import why_not

VIGNETTE = pathlib.Path(__file__).parents[2] / "vignettes" / "engines.md"


@pytest.mark.spark
@pytest.mark.skipif(bool(why_not("pyspark")), reason=f"pyspark: {why_not('pyspark')}")
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_the_block_on_pyspark(tmp_path: pathlib.Path) -> None:
    code, printed = re.search(r"```py\n(.*?)```\n\n```text\n(.*?)```", VIGNETTE.read_text(encoding="utf-8"), re.DOTALL).groups()
    file = tmp_path / "predictions.parquet"
    tm.datasets.load_breast_cancer_cv().write_parquet(file)
    found = io.StringIO()
    with contextlib.redirect_stdout(found):
        exec(code, {"tm": tm, "file": str(file)})  # noqa: S102
    assert found.getvalue() == printed
