"""Overlap of paired boxes: a value per row, as arithmetic of the columns' own library.

The formulas take a box as four columns and `Operations` that say how columns are compared. `NUMPY` does it for arrays; a family
gives the same three operations for expressions, so that the formula runs inside an engine::

    iou(truth, estimate, "xyxy", NUMPY)        # truth and estimate: four arrays [rows] each -> [rows]

A row without width and height has an overlap of 0: 0 / 0 counts as 0 in each part of a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Operations:
    """What the formulas need beside arithmetic."""

    least: Callable[[Any, Any], Any]
    """The smaller of two columns, row by row; or of a column and a number."""
    greatest: Callable[[Any, Any], Any]
    over: Callable[[Any, Any], Any]
    """The quotient of two columns, and 0 where the denominator is not positive."""


def _over(numerator: Any, denominator: Any) -> Any:
    return np.divide(numerator, denominator, out=np.zeros_like(denominator), where=denominator > 0)


NUMPY = Operations(np.minimum, np.maximum, _over)
"""Operations of numpy arrays of floats."""


@dataclass(frozen=True)
class _Pair:
    """The parts of a pair of boxes; each a column."""

    common: Any
    """The area that lies in both."""
    union: Any
    """The area that lies in either."""
    hull: tuple[Any, Any]
    """Width and height of the least box around both."""
    apart: tuple[Any, Any]
    """How far the centres lie apart, along each axis."""


def corners(box: Sequence[Any], box_format: str) -> tuple[Any, Any, Any, Any]:
    """Give the sides of boxes of any format: left, top, right, bottom."""
    a, b, c, d = box
    if box_format == "xyxy_inclusive":
        return a, b, c + 1.0, d + 1.0
    if box_format == "cxcywh":
        return a - c / 2.0, b - d / 2.0, a + c / 2.0, b + d / 2.0
    if box_format == "xywh":
        return a, b, a + c, b + d
    return a, b, c, d


def _pair(truth: Sequence[Any], estimate: Sequence[Any], box_format: str, ops: Operations) -> _Pair:
    t, e = corners(truth, box_format), corners(estimate, box_format)
    width = ops.least(t[2], e[2]) - ops.greatest(t[0], e[0])
    height = ops.least(t[3], e[3]) - ops.greatest(t[1], e[1])
    common = ops.greatest(width, 0.0) * ops.greatest(height, 0.0)
    union = (t[2] - t[0]) * (t[3] - t[1]) + (e[2] - e[0]) * (e[3] - e[1]) - common
    hull = ops.greatest(t[2], e[2]) - ops.least(t[0], e[0]), ops.greatest(t[3], e[3]) - ops.least(t[1], e[1])
    apart = (t[0] + t[2] - e[0] - e[2]) / 2.0, (t[1] + t[3] - e[1] - e[3]) / 2.0
    return _Pair(common, union, hull, apart)


def iou(truth: Sequence[Any], estimate: Sequence[Any], box_format: str = "xyxy", ops: Operations = NUMPY) -> Any:
    """Give the intersection over union of each row."""
    pair = _pair(truth, estimate, box_format, ops)
    return ops.over(pair.common, pair.union)


def giou(truth: Sequence[Any], estimate: Sequence[Any], box_format: str = "xyxy", ops: Operations = NUMPY) -> Any:
    """Give the generalized IoU of each row: less the share of the hull that neither box covers."""
    pair = _pair(truth, estimate, box_format, ops)
    hull = pair.hull[0] * pair.hull[1]
    return ops.over(pair.common, pair.union) - ops.over(hull - pair.union, hull)


def diou(truth: Sequence[Any], estimate: Sequence[Any], box_format: str = "xyxy", ops: Operations = NUMPY) -> Any:
    """Give the distance IoU of each row: less the squared distance of the centres over that of the hull's corners."""
    pair = _pair(truth, estimate, box_format, ops)
    apart, diagonal = (a * a + b * b for a, b in (pair.apart, pair.hull))
    return ops.over(pair.common, pair.union) - ops.over(apart, diagonal)
