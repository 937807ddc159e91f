"""Print the benchmark table: `python -m tests.benchmarks`."""

from __future__ import annotations

from tests.benchmarks import classes_and_numbers, ranked
from tests.benchmarks.timing import show

show(classes_and_numbers.table() + ranked.table())
