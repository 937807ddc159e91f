"""Print the benchmark tables: `python -m tests.benchmarks`, and `... engines` or `... detection` for those."""

from __future__ import annotations

import sys

if sys.argv[1:] == ["engines"]:
    from tests.benchmarks import engines

    engines.run()
elif sys.argv[1:] == ["detection"]:
    from tests.benchmarks import detection
    from tests.benchmarks.timing import show

    show(detection.table())
else:
    from tests.benchmarks import classes_and_numbers, ranked
    from tests.benchmarks.timing import show

    show(classes_and_numbers.table() + ranked.table())
