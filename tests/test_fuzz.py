"""A seeded share of the fuzzer; `python -m tests.fuzz SEED N` runs more."""

from __future__ import annotations

import pytest

from tests.fuzz.run import check

SHARE = 30


@pytest.mark.parametrize("start", [0, 1_000_000, 2_000_000])
def test_libraries_agree_with_exact_fractions(start: int) -> None:
    wrong = [line for seed in range(start, start + SHARE) for line in check(seed)]
    assert not wrong, "\n".join(wrong)
