"""Weighted means of a value that each pair of boxes has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.errors import BoxError
from tidymetrics.frames.prepared import WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.means import movement_of_mean, title_of_mean, weighted
from tidymetrics.statistics.movable import Movable
from tidymetrics.statistics.requests import Aggregate, Check, SummedRequest
from tidymetrics.statistics.totals import CaseWeights, GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.movable import Movement
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array

TRUE_BOX = tuple(f"tm_t{i}" for i in range(4))
PREDICTED_BOX = tuple(f"tm_p{i}" for i in range(4))
BOX_READS = (*TRUE_BOX, *PREDICTED_BOX, WEIGHT)
"""A row is complete when both of its boxes are there."""

_SIDES = (("width", 0, 2), ("height", 1, 3))


@dataclass(frozen=True)
class Columnwise:
    """What formulas of boxes need beside arithmetic, for expressions of every engine."""

    @staticmethod
    def least(first: Any, second: Any) -> Any:
        """Give the smaller of two columns, row by row."""
        return nw.when(first < second).then(first).otherwise(_column(second))

    @staticmethod
    def greatest(first: Any, second: Any) -> Any:
        """Give the greater of two columns, row by row."""
        return nw.when(first > second).then(first).otherwise(_column(second))

    @staticmethod
    def over(numerator: Any, denominator: Any) -> Any:
        """Divide two columns, 0 where the denominator is not positive."""
        safe = nw.when(denominator > 0).then(denominator).otherwise(nw.lit(1.0))
        return nw.when(denominator > 0).then(numerator / safe).otherwise(nw.when(~denominator.is_null()).then(nw.lit(0.0)))


COLUMNWISE = Columnwise()


def _column(value: Any) -> Any:
    return nw.lit(value) if isinstance(value, float) else value


def _box(columns: SimpleNamespace, names: tuple[str, ...]) -> list[Any]:
    return [getattr(columns, name.removeprefix("tm_")) for name in names]


def _marked(bad: Any) -> Any:
    return nw.when(bad).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


@dataclass(frozen=True)
class PairedBoxes(Check):
    """Boxes must be finite, and of no negative width or height."""

    box_format: str
    columns: tuple[tuple[str, ...], tuple[str, ...]]
    """The user's names of both boxes."""

    @property
    def reads(self) -> tuple[str, ...]:
        """What a row must have to be looked at."""
        return BOX_READS

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Count the rows that have a wrong box."""
        wanted = {}
        for side, names in (("truth", TRUE_BOX), ("estimate", PREDICTED_BOX)):
            for what, low, high in _SIDES:
                wanted[f"{side} {what}"] = Aggregate(
                    lambda c, names=names, low=low, high=high: _marked(self._length(_box(c, names), low, high) < 0)  # type: ignore[misc]
                )
            wanted[f"{side} finite"] = Aggregate(lambda c, names=names: _marked(_infinite(_box(c, names))))  # type: ignore[misc]
        return wanted

    def _length(self, box: list[Any], low: int, high: int) -> Any:
        if not self.box_format.startswith("xyxy"):
            return box[high]
        return box[high] - box[low] + (1.0 if self.box_format == "xyxy_inclusive" else 0.0)

    def require(self, reductions: Reductions) -> None:
        """Raise if a box is none."""
        found = reductions.aggregates(self)
        for side, names in zip(("truth", "estimate"), self.columns, strict=True):
            if count := int(np.sum(found.get(f"{side} finite", 0.0))):
                raise BoxError(f"{side} {list(names)}: expected finite numbers; {count} {_rows(count)} an infinite one.")
            for what, _, high in _SIDES:
                if count := int(np.sum(found.get(f"{side} {what}", 0.0))):
                    corners = self.box_format.startswith("xyxy")
                    other = "x, y, width, height? Pass box_format='xywh'" if corners else "corners? Pass box_format='xyxy'"
                    raise BoxError(
                        f"{side} {names[high]!r}: expected boxes of no negative {what}; {count} {_rows(count)} one. Are these "
                        f"{other}."
                    )


def _rows(count: int) -> str:
    return "row has" if count == 1 else "rows have"


def _infinite(box: list[Any]) -> Any:
    bad = box[0].abs() == np.inf
    for side in box[1:]:
        bad = bad | (side.abs() == np.inf)
    return bad


@dataclass(frozen=True)
class BoxMean(SummedRequest["Array"], Movable):
    """The weighted mean [groups] of a value of each pair of boxes."""

    value: Callable[..., Any]
    box_format: str
    columns: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def reads(self) -> tuple[str, ...]:
        """Both boxes and the weight."""
        return BOX_READS

    @property
    def needs(self) -> tuple[Any, ...]:
        """It divides by the weight."""
        return (GroupTotals.request(BOX_READS),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Boxes must be boxes."""
        return (PairedBoxes(self.box_format, self.columns), CaseWeights(BOX_READS))

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the sum of the weighted values."""
        return {"sum": Aggregate(lambda c: weighted(c, self._value(c)))}

    def _value(self, columns: SimpleNamespace) -> Any:
        return self.value(_box(columns, TRUE_BOX), _box(columns, PREDICTED_BOX), self.box_format, COLUMNWISE)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state by its value and the format of the boxes."""
        return {title_of_mean(self.value, (("box_format", self.box_format),)): ""}

    def reduce(self, reductions: Reductions) -> Array:
        """Divide it by the weight."""
        return ratio(reductions.aggregates(self)["sum"], reductions.get(GroupTotals.request(BOX_READS)).weight)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean moves."""
        weight = reductions.get(GroupTotals.request(BOX_READS)).weight
        return movement_of_mean(reductions.frame(BOX_READS), reductions.get(self), weight, self._value, BOX_READS)
