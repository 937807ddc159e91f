"""Time two ways of doing the same work, in turns, so that both see the same noise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    against: str
    ours: float
    theirs: float
    at_most: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def cells(self) -> list[str]:
        mark = "" if self.ratio <= self.at_most else "  MISSED"
        return [
            self.work,
            self.against,
            f"{self.ours:.4g} {self.unit}",
            f"{self.theirs:.4g} {self.unit}",
            f"{self.ratio:.3f}",
            f"{self.at_most:.3f}{mark}",
        ]


_TURN = 40.0
"""Milliseconds that a turn lasts at least."""


def _milliseconds(work: Work, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return 1e3 * (time.perf_counter() - start)


def race(ours: Work, theirs: Work, rounds: int = 7) -> tuple[float, float]:
    """Give the median milliseconds of both; short work is called several times a turn, as timeit does."""
    times: tuple[list[float], list[float]] = ([], [])
    calls = []
    for work in (ours, theirs):
        work()
        calls.append(max(1, round(_TURN / _milliseconds(work, 1))))
    for _ in range(rounds):
        for work, spent, n in zip((ours, theirs), times, calls, strict=True):
            spent.append(_milliseconds(work, n) / n)
    return statistics.median(times[0]), statistics.median(times[1])


def compare(work: str, against: str, ours: Work, theirs: Work, at_most: float, rounds: int = 7) -> Row:
    """Race two ways and set the ratio beside what it may be."""
    return Row(work, against, *race(ours, theirs, rounds), at_most)


def show(rows: list[Row]) -> None:
    """Print the table in Markdown."""
    cells = [["work", "against", "ours", "theirs", "ratio", "at most"], *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(6)]
    for n, line in enumerate(cells):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |", flush=True)
        if n == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
