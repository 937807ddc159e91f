"""Print the benchmark tables: `python -m tests.benchmarks`, with `engines` those of engines, with `billion` a billion rows."""

from __future__ import annotations

import sys

if sys.argv[1:] == ["engines"]:
    from tests.benchmarks import engines

    engines.run()
elif sys.argv[1:2] == ["billion"]:
    from tests.benchmarks import billion

    billion.run(sys.argv[2:])
else:
    from tests.benchmarks import classes_and_numbers, ranked
    from tests.benchmarks.timing import show

    show(classes_and_numbers.table() + ranked.table())
