"""What a family says of the columns of a call, for states of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.requests import Request


@dataclass(frozen=True, eq=False, repr=False)
class Notes:
    """What a family says of the columns of a call, for its states."""

    names: Mapping[str, str] = field(default_factory=dict)
    """By internal name of a column, what it is called in names of statistics, if not this name."""
    levels: tuple[Any, ...] = ()
    """The levels whose positions stand for classes."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What `.meta` says of the statistics of these columns."""

    asked: Mapping[Any, str] = field(default_factory=dict)
    """Which metric asked for a statistic, for messages."""

    def asked_by(self, request: Request[Any]) -> str:
        """Name the metric that a statistic is for."""
        for asked, name in self.asked.items():
            needed = [asked]
            for other in needed:
                needed += other.needs
            if request.shared in [other.shared for other in needed]:
                return name
        return "the metric"

    def named(self, role: str) -> str:
        """Give what a column is called in names of statistics."""
        return self.names.get(role, role.removeprefix("tm_"))
