"""Print the benchmark tables: `python -m tests.benchmarks`, with `engines`, `detection`, `intervals` or `states` for those.

With `billion` a billion rows are scored.
"""

from __future__ import annotations

import sys

if sys.argv[1:] == ["intervals"]:
    from tests.benchmarks import intervals
    from tests.benchmarks.timing import show

    show(intervals.table())
elif sys.argv[1:] == ["states"]:
    from tests.benchmarks import states
    from tests.benchmarks.timing import show

    show(states.table())
elif sys.argv[1:] == ["engines"]:
    from tests.benchmarks import engines

    engines.run()
elif sys.argv[1:2] == ["billion"]:
    from tests.benchmarks import billion

    billion.run(sys.argv[2:])
elif sys.argv[1:] == ["detection"]:
    from tests.benchmarks import detection
    from tests.benchmarks.timing import show

    show(detection.table())
else:
    from tests.benchmarks import classes_and_numbers, clusters, ranked, rankings
    from tests.benchmarks.timing import show

    show(classes_and_numbers.table() + ranked.table() + clusters.table() + rankings.table())
