"""Confusion matrices: of boxes, with background as the last class, and of masks, pixel by pixel.

::

    confusion(predicted, true, shape, iou_threshold=0.5, score_threshold=0.5)   # [groups, labels + 1, labels + 1]
    mask_counts(truth, estimate, levels=[...], ignore=255)                      # [images or 1, levels, levels]

Rows are predictions, columns truth, as in `ConfusionMatrix.counts`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.families.detection.layout import PredictedBoxes, lay_out
from tidymetrics.families.detection.matching import match
from tidymetrics.families.detection.outcomes import FALSE_POSITIVE, TRUE_POSITIVE, outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.families.detection.layout import TrueBoxes
    from tidymetrics.typing import Array, Codes, Level

BACKGROUND = "(background)"
"""What predictions that match nothing truly are, and what true boxes that nothing matches are predicted as."""

_EVERY_SIZE = ((0.0, np.inf),)


def confusion(
    predicted: PredictedBoxes,
    true: TrueBoxes,
    shape: tuple[int, int, int],
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.5,
    max_detections: int | None = 100,
) -> Array:
    """Count pairs of labels, boxes being matched whatever their labels: [groups, labels + 1, labels + 1].

    `max_detections` is of the image here. What falls on a crowd or an ignored box is left out.
    """
    n_groups, n_images, n_labels = shape
    surely = np.flatnonzero(predicted.score >= score_threshold)
    kept = PredictedBoxes(
        predicted.group[surely],
        predicted.image[surely],
        np.zeros_like(surely),
        predicted.box[:, surely],
        predicted.score[surely],
    )
    layout = lay_out(kept, replace(true, label=np.zeros_like(true.label)), (n_groups, n_images, 1), max_detections)
    matching = match(layout, [iou_threshold], _EVERY_SIZE)
    found = outcomes(matching)
    hit, false = np.flatnonzero(found.code == TRUE_POSITIVE), np.flatnonzero(found.code == FALSE_POSITIVE)
    missed = np.flatnonzero(found.missed)
    said, truly = predicted.label[surely[layout.row]], true.label[layout.truth_row]
    everything = np.concatenate([layout.class_[hit], layout.class_[false], layout.truth_class[missed]])  # groups: one label
    rows = np.concatenate([said[hit], said[false], np.full(len(missed), n_labels)])
    columns = np.concatenate([truly[found.truth[hit]], np.full(len(false), n_labels), truly[missed]])
    return _table(everything, rows, columns, n_groups, n_labels + 1)


def _table(group: Codes, row: Codes, column: Codes, n_groups: int, size: int) -> Array:
    place = (group * size + row) * size + column
    return np.bincount(place, minlength=n_groups * size * size).reshape(n_groups, size, size).astype(float)


def mask_counts(
    truth: Any, estimate: Any, *, levels: Sequence[Level], ignore: Level | None = None, apart: bool = False
) -> Array:
    """Count pixels by predicted and true label: [images or 1, levels, levels].

    `truth` and `estimate` are arrays of whole numbers, [..., height, width]. Pixels whose truth is `ignore` are left out.
    `apart` makes a group of each item of the first axis.
    """
    t, e = np.asarray(truth), np.asarray(estimate)
    if t.shape != e.shape:
        raise OptionError(f"estimate: expected an array of the shape of truth, {t.shape}; got {e.shape}.")
    n_groups = len(t) if apart else 1
    counted = np.full(t.shape, fill_value=True) if ignore is None else t != ignore
    group = np.broadcast_to(np.arange(n_groups).reshape(-1, *(1,) * (t.ndim - 1)), t.shape) if apart else np.zeros_like(t)
    codes = [_level_codes(what, values[counted], levels) for what, values in (("truth", t), ("estimate", e))]
    return _table(group[counted].astype(np.int64), codes[1], codes[0], n_groups, len(levels))


def _level_codes(what: str, values: Array, levels: Sequence[Level]) -> Codes:
    """Give the position of each pixel [pixels] in the levels."""
    known = np.asarray(levels)
    order = np.argsort(known, kind="stable")
    place = np.minimum(np.searchsorted(known, values, sorter=order), len(known) - 1)
    codes: Codes = order[place]
    odd = known[codes] != values
    if odd.any():
        found = np.unique(values[odd]).tolist()
        raise LevelError(f"{what}: expected pixels of levels={listed(levels, 3)}; got {listed(found, 3)} as well.")
    return codes
