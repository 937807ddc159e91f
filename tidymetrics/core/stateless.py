"""What is made of metrics and has no state."""

from __future__ import annotations

from typing import Any

from tidymetrics.errors import StateError


class WithoutState:
    """What is made of metrics and has no state: a comparison, models side by side, a baseline beside."""

    def state(self, *_: Any, **__: Any) -> Any:
        """Refuse."""
        raise StateError(f"{self!r} has no state. Make the state of the metric or the metric_set that it is made of.")

    finish = state
