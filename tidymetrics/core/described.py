"""What a state holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.core.metric import METRICS
from tidymetrics.core.recalled import Recalled
from tidymetrics.core.results import plain_frame
from tidymetrics.core.states import recalled_call
from tidymetrics.errors import TidymetricsError
from tidymetrics.frames import read_state
from tidymetrics.statistics import MergeableRequest, counted_rows, is_filed

if TYPE_CHECKING:
    import polars as pl


def describe_state(state: Any) -> pl.DataFrame:
    """Say what a state holds.

    Parameters
    ----------
    state
        A state, or several concatenated.

    Returns
    -------
    A polars frame, one row per statistic: `statistic`; `metrics`, those registered that stand on no more than the state holds;
    `groups`; `numbers`, the rows of the state; `rows` and `labelled`, the rows that it was made of and those with a truth;
    `least`, the rows of the smallest group, by which a state with few may name one; `bins`, `weights`, `levels`, `format` and
    `package`, as it says.

    Raises
    ------
    StateError
        The frame is no state.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"day": [1, 1, 2], "obs": [1.0, 2.0, 4.0], "pred": [1.0, 3.0, 2.0]})
    >>> said = tm.describe_state(tm.mae.state(df, "obs", "pred", by="day"))
    >>> said.select("statistic", "groups", "rows", "least").rows()
    [('mean mae()', 2, 3, 1), ('rows', 2, 3, 1)]
    """
    recalled = Recalled.of(read_state(state))
    uses = _uses(recalled)
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            *("statistic", "metrics", "groups", "numbers", "rows", "labelled", "least", "bins", "weights", "levels", "format"),
            "package",
        )
    }
    for title in sorted(recalled.titles):
        table, meta = recalled.stated.tables[title], recalled.stated.metas[title]
        rows, labelled = counted_rows(table, len(recalled.rows.keys))
        levels = meta.get("levels")
        own = {
            "statistic": title,
            "metrics": sorted(name for name, titles in uses.items() if title in titles),
            "groups": len(rows),
            "numbers": len(table),
            "rows": int(rows.sum()),
            "labelled": None if labelled is None else int(labelled.sum()),
            "least": int(rows.min()) if len(rows) else None,
            "levels": None if levels is None else [str(level) for level in levels],
            **{name: meta.get(name) for name in ("bins", "weights", "format", "package")},
        }
        for name, values in columns.items():
            values.append(own[name])
    return plain_frame(**columns)


def _uses(recalled: Recalled) -> dict[str, set[str]]:
    """Give the statistics that each registered metric stands on, of those that stand on no others than a state holds."""
    held = set(recalled.titles)
    found = {}
    for name, function in METRICS.items():
        titles = titles_of(function, recalled)
        if titles and titles <= held:
            found[name] = titles
    return found


def titles_of(function: Any, recalled: Recalled) -> set[str]:
    """Give the statistics that a metric stands on; none where the state cannot be what it reads."""
    try:
        bounds, call = recalled_call(function, recalled, None, {})
        family = bounds[0].kind.family
        batch = next(iter(family.batches(bounds, family.arrange(bounds, call))))
    except TidymetricsError:
        return set()
    requests = [request for metric in batch.metrics for request in metric.requests]
    for request in requests:
        requests += [more for more in request.needs if more not in requests]
    if not all(isinstance(request, MergeableRequest) for request in requests):
        return set()
    return {title for r in requests if is_filed(r, requests) for title in r.titles(batch.notes.named)}
