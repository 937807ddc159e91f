"""Print the benchmark tables: `python -m tests.benchmarks`, and `python -m tests.benchmarks engines` for those of engines."""

from __future__ import annotations

import sys

if sys.argv[1:] == ["engines"]:
    from tests.benchmarks import engines

    engines.run()
else:
    from tests.benchmarks import classes_and_numbers, ranked, rankings
    from tests.benchmarks.timing import show

    show(classes_and_numbers.table() + ranked.table() + rankings.table())
