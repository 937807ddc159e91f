"""The README's table is that of the registry; its Python runs with the vignettes."""

from __future__ import annotations

import pathlib
import re

from tidymetrics.core.metric import METRICS

README = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_table_lists_all_metrics() -> None:
    listed = re.findall(r"^\| `(\w+)[`(]", README, re.MULTILINE)
    assert listed == sorted(name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics."))
