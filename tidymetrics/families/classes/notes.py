"""What states say of classes and their probabilities, and how it is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.core.recalled import require_ladders
from tidymetrics.errors import LevelError, StateError, listed
from tidymetrics.frames import ESTIMATE, TRUTH
from tidymetrics.statistics import LADDER, Notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.recalled import Recalled
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


def recalled_columns(functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments of the call that a state of classes was made by."""
    hard = any(f.kind.prediction == "estimate" for f in functions)
    scored = next((f for f in functions if f.kind.prediction == "probs"), None)
    values: dict[str, Any] = {}
    levels = None
    if scored is not None:
        titles = [title for title in state.titles if title.startswith(LADDER) or " of " in title]
        if state.titles:
            require_ladders(state, scored.__name__, titles)
        levels = state.said("levels", titles)
        if state.stated.of_rows and not levels:
            raise StateError(f"{titles[0]!r} does not say its levels: its .meta needs levels, such as ['yes', 'no'].")
        _require_own_event(state, titles, levels or [], given)
        values["probs" if hard else "estimate"] = _probabilities(state, titles, levels or [])
        if levels and not all(isinstance(level, str) for level in levels) and len(levels) > 1:
            values["levels"] = list(levels)
    values["truth"] = state.column(TRUTH, state.said("type") or "str", levels)
    if hard:
        values["estimate"] = state.column(ESTIMATE, state.said("type") or "str", levels)
    for name in ("event", "event_level"):
        if (value := state.said(name)) is not None:
            values[name] = value
    return {**values, **state.case_weights()}


def _require_own_event(state: Recalled, titles: Sequence[str], levels: Sequence[Any], given: Mapping[str, Any]) -> None:
    """Refuse another event than that of a column of scores which was given alone."""
    own = state.said("event", titles)
    if own is None or len(state.said("reads", titles) or [own]) > 1 or len(levels) > 2:
        return
    asked = given.get("event")
    if asked is None and given.get("event_level") in {"first", "second"}:
        asked = next(iter(levels[int(given["event_level"] == "second") :]), own)
    if asked is not None and asked != own:
        raise StateError(
            f"the state's scores are those of the event {own!r}, and the event asked for is {asked!r}. Finish it with "
            f"event={own!r}, or make the state of a column of scores for each class."
        )


def _probabilities(state: Recalled, titles: Sequence[str], levels: Sequence[Any]) -> Any:
    """Give the column of each level whose scores a state holds."""
    reads = state.said("reads", titles)
    if reads is None:  # not made by this package: each ladder is of a level
        held = [title.removeprefix(LADDER) for title in titles]
        reads = [str(level) for level in levels if str(level) in held]
    if not reads or not levels:  # of no rows
        return state.column("tm_p0", "number")
    by_text = {str(level): level for level in levels}
    if unknown := [text for text in reads if text not in by_text]:
        raise LevelError(f"the state holds scores of {listed(unknown)}, which are none of its levels {listed(levels)}.")
    return {by_text[text]: state.column(f"tm_p{i}", "number") for i, text in enumerate(reads)}
