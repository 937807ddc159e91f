"""How the columns of classes and probabilities are read from what a state says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.core.recalled import require_ladders
from tidymetrics.errors import LevelError, StateError, listed
from tidymetrics.frames import ESTIMATE, TRUTH
from tidymetrics.statistics import LADDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.recalled import Recalled


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
