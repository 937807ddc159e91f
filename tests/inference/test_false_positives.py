"""Comparisons find no more differences than they should: a part of the table of `python -m tests.comparisons`."""

from __future__ import annotations

import pytest

from tests.comparisons import LINES

SETS = 800
NULL = {line.name: line for line in LINES if line.true == 0}
MOST = {"rmse 1.0 and 1": 0.056}
"""The false positives that a line has in the long run, where they are more than 5%."""


@pytest.mark.parametrize("name", NULL)
def test_false_positives(name: str) -> None:
    hit, low = NULL[name].found(100, SETS)
    level = MOST.get(name, 0.05)
    band = 3 * (level * (1 - level) / SETS) ** 0.5
    assert low <= level + band
    assert hit >= 1 - level - band


def test_differences_are_found() -> None:
    (line,) = (line for line in LINES if line.name == "accuracy 0.9 and 0.8")
    _, low = line.found(100, SETS)
    assert 0.65 < low < 0.85
