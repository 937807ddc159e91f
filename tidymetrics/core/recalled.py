"""What states say of the call that they were made by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.errors import StateError, listed
from tidymetrics.frames import Origin, parsed
from tidymetrics.statistics import LADDER, StatedRows, by_statistic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames import PreparedFrame, StateRows

_ALIKE = {
    "columns": "were made of other columns: {}. Name them alike, or pass merge_states(..., renamed=True)",
    "type": "hold labels of unlike types: {}",
    "event": "hold scores of unlike events: {}",
    "reads": "read scores of unlike levels: {}",
    "range": "have unlike ranges of scores: {}",
    "options": "have unlike options: {}",
}
"""What the states of one statistic must agree on, as far as they say it."""


@dataclass(frozen=True, eq=False, repr=False)
class Recalled:
    """Rows of states by statistic, with the columns and options of the call that they stand for."""

    rows: StateRows
    stated: StatedRows
    kinds: dict[str, tuple[str, Sequence[Any] | None]] = field(default_factory=dict)
    """The columns of the call that a family has asked for, with what they hold."""

    @classmethod
    def of(cls, rows: StateRows, *, renamed: bool = False) -> Recalled:
        """Sort the rows of states by statistic; all that say something of one must say the same."""
        tables, texts = by_statistic(rows.table)
        said = {text: parsed(text) for own in texts.values() for text in own}
        metas = {title: agreed(title, [said[text] for text in own], renamed=renamed) for title, own in texts.items()}
        bins = {text: meta.get("bins") for text, meta in said.items()}
        return cls(rows, StatedRows.of(tables, metas, rows.keys, bins))

    @property
    def titles(self) -> list[str]:
        """The statistics that the state holds."""
        return list(self.stated.tables)

    def said(self, name: str, titles: Sequence[str] | None = None) -> Any:
        """Give what the first of some statistics that says it says."""
        found = (self.stated.metas[title].get(name) for title in (self.titles if titles is None else titles))
        return next((value for value in found if value is not None), None)

    @property
    def weights(self) -> str | None:
        """The column of case weights; a state that does not name it shows by its parts whether there was one."""
        named = {meta.get("weights") for meta in self.stated.metas.values() if "weights" in meta}
        if len(named) > 1 and None in named:
            one = {title: meta.get("weights") for title, meta in self.stated.metas.items() if "weights" in meta}
            first = next(title for title, weights in one.items() if weights is None)
            other = next(title for title, weights in one.items() if weights is not None)
            raise StateError(f"{first!r} is of rows without weights and {other!r} of weighted ones: they cannot be one state.")
        if named:
            return str(next(iter(named))) if named != {None} else None
        return "case_weights" if self.stated.shows_weights else None

    def case_weights(self) -> dict[str, str]:
        """Give the argument that names the weights, if there are any."""
        name = self.weights
        if name is None:
            return {}
        self.kinds[name] = ("number", None)
        return {"case_weights": name}

    def column(self, role: str, kind: str, levels: Sequence[Any] | None = None) -> str:
        """Give the user's name of a column, and keep what it holds."""
        short = role.removeprefix("tm_")
        named = (meta.get("columns", {}).get(short) for meta in self.stated.metas.values())
        name = str(next((value for value in named if value is not None), short))
        self.kinds[name] = (kind, levels)
        return name

    def in_place_of(self, rows: PreparedFrame) -> PreparedFrame:
        """Let the state stand in place of the rows of a prepared frame that has none."""
        origin, known = self.rows.origin, {key.name: key for key in self.rows.origin.keys}
        keys = tuple(known.get(key.name, key) for key in rows.origin.keys)
        return replace(rows, origin=Origin(origin.implementation, origin.wrapped, keys), stated=self.stated)


def agreed(title: str, metas: Sequence[Mapping[str, Any]], *, renamed: bool = False) -> dict[str, Any]:
    """Give what several states say of one statistic."""
    made: dict[str, Any] = {}
    for meta in metas:
        made |= {name: value for name, value in meta.items() if made.get(name) is None}
    if {meta.get("weights") is None for meta in metas if "weights" in meta} == {True, False}:
        raise StateError(f"the states of {title!r} are weighted in part: weighted and unweighted rows cannot be one state.")
    for name, problem in _ALIKE.items():
        if name == "columns" and renamed:
            continue
        found: list[Any] = []
        for value in (meta[name] for meta in metas if meta.get(name) is not None):
            if value not in found:
                found.append(value)
        if len(found) > 1:
            raise StateError(f"the states of {title!r} {problem.format(' and '.join(map(repr, found[:2])))}.")
    if levels := [meta["levels"] for meta in metas if meta.get("levels") is not None]:
        made["levels"] = _longest(title, levels)
    if bins := [meta["bins"] for meta in metas if meta.get("bins")]:
        made["bins"] = min(bins)
    made.pop("block", None)
    return made


def _longest(title: str, levels: Sequence[list[Any]]) -> list[Any]:
    """Give the levels of which all others are some, in one order: a level may have been added."""
    longest = max(levels, key=len)
    for own in levels:
        if [level for level in longest if level in own] != own:
            raise StateError(
                f"the states of {title!r} have unlike levels: {listed(own)}; and {listed(longest)}. Make them with "
                "levels=[...], all classes in one order."
            )
    return longest


def require_ladders(recalled: Recalled, name: str, titles: Sequence[str]) -> None:
    """Refuse to finish what stands on scores that the state does not hold."""
    if not titles:
        held = listed(recalled.titles, 6) or "nothing"
        raise StateError(f"{name} stands on {LADDER}..., which the state does not hold; it holds {held}.")
