"""The README's Python runs, and its table is that of the registry."""

from __future__ import annotations

import pathlib
import re

import pytest

import tidymetrics as tm
from tidymetrics.metric import METRICS

README = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_blocks_run(block: str) -> None:
    names: dict[str, object] = {"tm": tm}
    exec(compile(block, "README.md", "exec"), names)  # noqa: S102  # the project's own text
    for name, value in names.items():
        if name.startswith("test_"):
            value()  # type: ignore[operator]
    METRICS.pop("jaccard", None)


def test_the_table_lists_all_metrics() -> None:
    listed = re.findall(r"^\| `(\w+)[`(]", README, re.MULTILINE)
    assert listed == sorted(name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics."))
