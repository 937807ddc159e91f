"""The Kaplan-Meier estimate of the time until censoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Mask


@dataclass(frozen=True, eq=False, repr=False)
class CensoringCurve:
    """The probability of being uncensored, a step function of time."""

    times: Array
    """[steps] distinct times, increasing"""
    uncensored: Array
    """[steps] the probability of being uncensored after each"""

    @classmethod
    def of(cls, time: Array, event: Mask) -> CensoringCurve:
        """Estimate it from times [n], of which some are events and the others censored.

        Events come before censorings of the same time: who had the event then could no longer be censored.
        """
        times, index = np.unique(time, return_inverse=True)
        index = index.reshape(-1)
        rows = np.bincount(index, minlength=len(times))
        events = np.bincount(index[event], minlength=len(times))
        at_risk = np.cumsum(rows[::-1])[::-1] - events  # [steps]
        left = (rows - events) / np.maximum(at_risk, 1)
        return cls(times, np.cumprod(1 - left))

    @property
    def last(self) -> float:
        """The last time that anybody was followed to."""
        return float(self.times[-1]) if len(self.times) else -np.inf

    def at(self, time: Array, *, before: Mask) -> Array:
        """Give the probability at times, or just before them where `before` holds; NaN beyond the last: like `time`."""
        steps = np.where(
            before, np.searchsorted(self.times, time, side="left"), np.searchsorted(self.times, time, side="right")
        )
        known = np.concatenate([[1.0], self.uncensored])[steps]
        return np.where(time <= self.last, known, np.nan)
