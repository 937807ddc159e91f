"""Intervals hold the true value as often as they say: a part of the table of `python -m tests.coverage`."""

from __future__ import annotations

import pytest

from tests.coverage import LINES, covered, simulated, true_value

SETS = 600
EXPECTED = {
    ("accuracy 0.97", 100): 97.0,
    ("f_meas, 20% events", 100): 95.3,
    ("bal_accuracy, 10% events", 100): 96.2,
    ("rmse", 100): 95.5,
    ("rsq", 30): 94.0,
    ("roc_auc 0.98, 50% events", 100): 95.8,
}


@pytest.mark.parametrize(("name", "n"), EXPECTED)
def test_coverage(name: str, n: int) -> None:
    ((_, metric, draw, options, _),) = (line for line in LINES if line[0] == name)
    true = true_value(metric, draw, **options)
    hit, *_ = covered(simulated(metric, draw, n, SETS, **options), true)
    share = EXPECTED[name, n] / 100
    assert abs(hit - share) <= 4 * (share * (1 - share) / SETS) ** 0.5
