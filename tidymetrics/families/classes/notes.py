"""What states say of classes and their probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.errors import StateError, listed
from tidymetrics.statistics import Notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.frames import ProbabilityColumns


def stated_event(call: Call) -> dict[str, Any]:
    """Give the event that a call states: finishing takes it where it states none."""
    if call.get("event") is not None:
        return {"event": call.get("event")}
    return {"event_level": "second"} if call.get("event_level") == "second" else {}


def notes_of(columns: ProbabilityColumns, metrics: Sequence[BoundMetric], stated: dict[str, Any]) -> Notes:
    """Name the columns of probabilities after their levels."""
    levels = columns.levels.values
    if columns.alone is None:
        of_column = {column: level for column, level in zip(columns.columns, levels, strict=True) if column is not None}
    else:
        at = sorted({position for m in metrics for position in _events_of(m)})
        if len(at) > 1:
            raise StateError(
                f"one column of scores, {columns.named[0]!r}, stands for the events {listed(levels)} in turn, and a state "
                "keeps whose scores they are. Name a column for each."
            )
        event = levels[at[0]] if at and at[0] < len(levels) else stated.get("event", "")
        of_column, stated = {columns.alone: event}, {"event": event}
    of_column = dict(sorted(of_column.items()))
    meta: dict[str, Any] = {"levels": list(levels), "reads": [str(level) for level in of_column.values()], **stated}
    if levels:
        meta["type"] = type(levels[0]).__name__
    return Notes({column: str(level) for column, level in of_column.items()}, levels, meta)


def _events_of(metric: BoundMetric) -> list[int]:
    """Give the positions of the events that the statistics of a metric are of."""
    found: list[int] = []
    for request in metric.requests:
        found += getattr(request, "events", None) or ()
        if isinstance(getattr(request, "event", None), int):
            found.append(request.event)
    return found
