"""Boxes as x, y, width and height, and how much two of them overlap.

Boxes are arrays [4, boxes] of 64-bit floats, a row per side, as columns come. Every format becomes x, y, width and height, and
corners are x + width even where the caller gave corners: overlaps then have the bits that COCO's tools give them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Mask

BOX_FORMATS = ("xyxy", "xywh", "cxcywh", "xyxy_inclusive")
"""Corners; corner and size; centre and size; corners of whole pixels, both ends counted."""


def as_xywh(box: Array, box_format: str = "xyxy") -> Array:
    """Give boxes [4, boxes] of any format as x, y, width and height [4, boxes]."""
    a, b, c, d = box
    if box_format == "xyxy":
        return np.stack([a, b, c - a, d - b])
    if box_format == "xyxy_inclusive":
        return np.stack([a, b, c - a + 1, d - b + 1])
    if box_format == "cxcywh":
        return np.stack([a - c / 2, b - d / 2, c, d])
    return np.stack([a, b, c, d])


def sizes(box: Array) -> Array:
    """Give the area [boxes] of boxes [4, boxes] of x, y, width and height."""
    area: Array = box[2] * box[3]
    return area


def overlap(first: Array, second: Array, crowd: Mask | None = None) -> Array:
    """Give the intersection over union [pairs] of boxes [4, pairs] of x, y, width and height.

    Where the second is a `crowd`, the share of the first that lies inside it. A box without area overlaps nothing.
    """
    width = np.minimum(first[2] + first[0], second[2] + second[0]) - np.maximum(first[0], second[0])
    height = np.minimum(first[3] + first[1], second[3] + second[1]) - np.maximum(first[1], second[1])
    common, own = width * height, sizes(first)
    union = own + sizes(second) - common
    if crowd is not None:
        union = np.where(crowd, own, union)
    touching = (width > 0) & (height > 0)
    share: Array = np.divide(common, union, out=np.zeros_like(common), where=touching & (union > 0))
    return share
