"""What is wrong with the boxes of a call, as the message of a `BoxError`.

Each check gives a message, or None where all is well; a family raises the first that is one::

    box_fault("truth", names, box, box_format)               # names: the four columns; box: [4, rows], missing as NaN
    number_fault("data", "score", score)                     # [rows], missing as NaN
    missing_fault("data", "image_id", missing)               # [rows] whether the value is missing
    unknown_image_fault("data", "image_id", known, shown)    # [rows] whether `images=` has the image; values for the message
    repeated_image_fault("image_id", values)                 # the images that stand twice in `images=`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Array, Mask

_SIDES = (("width", 0, 2), ("height", 1, 3))


def _rows(bad: Mask) -> tuple[str, int]:
    """Write how many rows are bad, and give the first of them."""
    rows = np.flatnonzero(bad)
    return ("1 row has" if len(rows) == 1 else f"{len(rows)} rows have"), int(rows[0])


def number_fault(frame: str, column: str, values: Array) -> str | None:
    """Tell what is wrong with a column of coordinates or scores: all must be finite."""
    bad = ~np.isfinite(values)
    if not bad.any():
        return None
    many, first = _rows(bad)
    value = "a missing value" if np.isnan(values[first]) else repr(float(values[first]))
    return f"{frame} {column!r}: expected finite numbers; {many} another value, the first is row {first}: {value}."


def missing_fault(frame: str, column: str, missing: Mask) -> str | None:
    """Tell where a column of images or labels is missing."""
    if not missing.any():
        return None
    many, first = _rows(missing)
    return f"{frame} {column!r}: expected a value in each row; {many} none, the first is row {first}."


def box_fault(frame: str, names: Sequence[str], box: Array, box_format: str) -> str | None:
    """Tell what is wrong with boxes [4, rows]: all sides must be finite, and no width or height negative."""
    for name, values in zip(names, box, strict=True):
        if (fault := number_fault(frame, name, values)) is not None:
            return fault
    by_corners = box_format.startswith("xyxy")
    pixel = 1.0 if box_format == "xyxy_inclusive" else 0.0
    for side, low, high in _SIDES:
        value = box[high] - box[low] + pixel if by_corners else box[high]
        bad = value < 0
        if not bad.any():
            continue
        many, first = _rows(bad)
        shown = ", ".join(f"{names[i]} {float(box[i][first])!r}" for i in ((low, high) if by_corners else (high,)))
        other = "x, y, width, height? Pass box_format='xywh'" if by_corners else "corners? Pass box_format='xyxy'"
        return (
            f"{frame} {names[high]!r}: expected boxes of no negative {side}; {many} a negative one, the first is row {first}: "
            f"{shown}. Are these {other}."
        )
    return None


def unknown_image_fault(frame: str, column: str, known: Mask, values: Sequence[Any]) -> str | None:
    """Tell which images of a frame `images=` lacks; `values` are those images."""
    if known.all():
        return None
    many, first = _rows(~known)
    return (
        f"{frame} {column!r}: expected images that images= has; {many} another, the first is row {first}: {listed(values, 3)}."
    )


def repeated_image_fault(column: str, values: Sequence[Any]) -> str | None:
    """Tell which images stand more than once in `images=`."""
    return f"images {column!r}: expected each image once; got {listed(values, 3)} more than once." if len(values) else None
