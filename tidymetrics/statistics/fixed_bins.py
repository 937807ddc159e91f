"""Fixed bins of scores: a score falls in the same bin on every engine and on every day, and bins of 2 B halve those of B.

Each step (halve, subtract from a constant, multiply by a power of two, square root, floor) is rounded correctly by IEEE 754,
and so gives the same bits everywhere and never changes an order. A logarithm would do neither: libraries differ in its last
bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.errors import OptionError, StateError, listed

if TYPE_CHECKING:
    from tidymetrics.typing import Array

FEWEST, MOST = 2**4, 2**19


@dataclass(frozen=True)
class FixedBins:
    """Bins that are finer toward both ends of the range, where probabilities of rare events lie."""

    count: int
    low: float = 0.0
    high: float = 1.0

    @classmethod
    def of(cls, bins: Any, score_range: Any) -> FixedBins | None:
        """Check what a call says of bins."""
        try:
            low, high = (float(end) for end in score_range)
        except (TypeError, ValueError):
            raise OptionError(f"score_range=: expected (lowest, highest); got {score_range!r}.") from None
        if not (isfinite(low) and isfinite(high) and low < high):
            raise OptionError(f"score_range=: expected two finite numbers, the lower one first; got {score_range!r}.")
        if bins is None:
            return None
        if isinstance(bins, bool) or not isinstance(bins, int) or bins & (bins - 1) or not FEWEST <= bins <= MOST:
            raise OptionError(f"bins=: expected a power of two from {FEWEST} to {MOST}, such as 1024; got {bins!r}.")
        return cls(bins, low, high)

    @property
    def _is_unit(self) -> bool:
        return (self.low, self.high) == (0.0, 1.0)

    def expression(self, score: nw.Expr) -> nw.Expr:
        """Give the bin of each score, 0 the lowest; -1 below the range, and the number of bins above it."""
        u = score if self._is_unit else (score * 0.5 - self.low * 0.5) / (self.high * 0.5 - self.low * 0.5)
        lower = u <= 0.5
        inside = (u >= 0.0) & (u <= 1.0)
        doubled = nw.when(lower).then(u * 2.0).otherwise(u * -2.0 + 2.0)
        root = nw.when(inside).then(doubled).otherwise(nw.lit(0.0)).sqrt().sqrt()  # no root of a negative number
        place = (nw.when(lower).then(root * 0.5).otherwise(root * -0.5 + 1.0) * float(self.count)).floor()
        last = float(self.count - 1)
        place = nw.when(place > last).then(nw.lit(last)).otherwise(place)
        return nw.when(u < 0.0).then(nw.lit(-1.0)).otherwise(nw.when(u > 1.0).then(nw.lit(last + 1.0)).otherwise(place))

    def of_scores(self, score: Array) -> Array:
        """Give the bin of each of some scores in memory."""
        u = score if self._is_unit else (score * 0.5 - self.low * 0.5) / (self.high * 0.5 - self.low * 0.5)
        lower, inside = u <= 0.5, (u >= 0) & (u <= 1)
        root = np.sqrt(np.sqrt(np.where(inside, np.where(lower, u * 2.0, u * -2.0 + 2.0), 0.0)))
        place = np.minimum(np.floor(np.where(lower, root * 0.5, root * -0.5 + 1.0) * self.count), self.count - 1)
        return np.where(u < 0, -1.0, np.where(u > 1, float(self.count), place))

    def coarser(self, place: Array, count: int) -> Array:
        """Give the bins of fewer bins that hold these."""
        inside = np.floor(place * (count / self.count))
        return np.where(place < 0, -1.0, np.where(place >= self.count, float(count), inside))

    def lower_edges(self, place: Array) -> Array:
        """Give the least score of each bin: scores of this bin and above are at least so great."""
        k = place / self.count
        half = np.where(k <= 0.5, k * 2, 2 - 2 * k) ** 4
        edge = self.low + np.where(k <= 0.5, half / 2, 1 - half / 2) * (self.high - self.low)
        return np.where(place < 0, -np.inf, np.where(place >= self.count, np.nextafter(self.high, np.inf), edge))

    def require_edges(self, thresholds: Array) -> None:
        """Refuse thresholds that lie inside a bin."""
        edges = self.lower_edges(np.arange(self.count + 1.0))
        if len(inside := np.setdiff1d(thresholds, edges)):
            raise StateError(
                f"thresholds: the scores of the state are in {self.count} bins, and {listed(inside.tolist())} are not among "
                "their edges. Leave out thresholds=, or make the state without bins=."
            )
