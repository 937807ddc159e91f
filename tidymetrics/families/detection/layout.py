"""Boxes under dense codes, in the two orders in which everything is computed.

A *unit* is an image of a group, a *class* a label of a group, a *cell* a class of a unit: boxes are matched inside cells and
pooled over the cells of a class. Predictions stand in the order of cells (unit, class, score descending, row), and `by_class`
leads to the order of classes (class, score descending, image, row); true boxes stand in the order of cells (unit, class, row).

A family gives::

    predicted = PredictedBoxes(group, image, label, box, score)         # [n] codes, [4, n] x y width height, [n]
    true = TrueBoxes(group, image, label, box, area, crowd, ignored)    # [m] codes, [4, m], the rest may be None
    layout = lay_out(predicted, true, (n_groups, n_images, n_labels), max_detections)

Without groups or labels their codes are zeros. Where a key splits the predictions alone, the family repeats the truth for each
of its values. `max_detections` is the greatest that any metric of the call asks for: a prefix of ranks is its own matching.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.families.detection.boxes import sizes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True, eq=False, repr=False)
class PredictedBoxes:
    """Predicted boxes in the caller's order; each [predictions]."""

    group: Codes
    image: Codes
    label: Codes
    box: Array
    """[4, predictions] x, y, width, height"""
    score: Array


@dataclass(frozen=True, eq=False, repr=False)
class TrueBoxes:
    """True boxes in the caller's order; each [truths]."""

    group: Codes
    image: Codes
    label: Codes
    box: Array
    """[4, truths] x, y, width, height"""
    area: Array | None = None
    """The size that area ranges look at; None: width times height."""
    crowd: Mask | None = None
    """Regions of many objects: never missed, and matched any number of times."""
    ignored: Mask | None = None
    """Boxes that are neither hit nor missed."""


@dataclass(frozen=True, eq=False, repr=False)
class BoxLayout:
    """The boxes of a call in the order of cells."""

    shape: tuple[int, int]
    """How many groups and labels; a class is group * labels + label."""
    unit: Codes
    """[predictions] group * images + image"""
    class_: Codes
    """[predictions]"""
    box: Array
    """[4, predictions]"""
    score: Array
    """[predictions]"""
    rank: Codes
    """[predictions] the position inside the cell, from 0"""
    row: Codes
    """[predictions] where the prediction stood; those beyond `max_detections` are left out"""
    truth_start: Codes
    """[predictions] where the truth of the prediction's cell starts"""
    truth_count: Codes
    """[predictions] and how much of it there is"""
    by_class: Codes
    """[predictions] the order of classes"""
    class_start: Codes
    """[classes + 1] where each class starts in `by_class`"""
    truth_class: Codes
    """[truths]"""
    truth_box: Array
    """[4, truths]"""
    truth_area: Array
    """[truths]"""
    truth_crowd: Mask
    """[truths]"""
    truth_ignored: Mask
    """[truths] crowds, and what is ignored without being one"""
    truth_row: Codes
    """[truths] where the true box stood"""

    @property
    def n_classes(self) -> int:
        """How many classes there are: groups times labels."""
        return self.shape[0] * self.shape[1]


def sort_further(order: Codes, key: Codes | NDArray[np.uint64]) -> Codes:
    """Sort an order by a key [rows] of whole numbers of at least 0, stably.

    A radix sort of 16 bits a pass: numpy's stable sort of such numbers is one, and ten times faster than that of wider ones.
    """
    digits = key[order]
    if (digits[1:] >= digits[:-1]).all():
        return order
    rest = digits.astype(np.uint64)
    left = int(rest.max())
    while True:
        step = np.argsort(rest.astype(np.uint16), kind="stable")
        order, left = order[step], left >> 16
        if not left:
            return order
        rest = rest[step] >> np.uint64(16)


def descending(score: Array) -> NDArray[np.uint64]:
    """Map finite scores [rows] to whole numbers that ascend as scores descend; equal scores stay equal."""
    bits = (score + 0.0).view(np.int64)  # adding 0 makes one zero of two
    return ~np.where(bits < 0, ~bits, bits | np.int64(-(2**63))).view(np.uint64)


def by_class_and_score(class_: Codes, score: Array, image: Codes, n_classes: int) -> Codes:
    """Order predictions by class, then score, descending; equal scores by image, then row.

    The class and the leading bits of the score make one key of 48 bits, which is sorted in three passes. What is equal in them
    is seldom much, and is sorted further by itself.
    """
    key = descending(score)
    key -= key.min(initial=np.uint64(2**64 - 1))
    room = max(48 - int(n_classes - 1).bit_length(), 8)
    rest = max(int(key.max(initial=np.uint64(0))).bit_length() - room, 0)
    packed = (class_.astype(np.uint64) << np.uint64(room)) | (key >> np.uint64(rest))
    order = sort_further(np.arange(len(score)), packed)
    starts = run_starts(packed[order])
    length = np.diff(starts, append=len(order))
    places = np.flatnonzero(np.repeat(length > 1, length))
    if not len(places):
        return order
    run = np.repeat(np.arange(len(starts)), length)[places]
    tied = order[places]
    inside = sort_further(np.arange(len(tied)), image[tied])
    if (key[tied] != key[order[starts[run]]]).any():
        inside = sort_further(inside, key[tied])
    order[places] = tied[sort_further(inside, run)]
    return order


def run_starts(*keys: NDArray[Any]) -> Codes:
    """Give where the runs of equal keys start, of keys that are sorted together."""
    changes = np.ones(len(keys[0]), bool)  # [rows]
    if len(changes):
        changes[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.flatnonzero(changes)


def within_runs(starts: Codes, size: int) -> Codes:
    """Count the rows from the start of their run: [rows]."""
    return np.arange(size) - np.repeat(starts, np.diff(starts, append=size))


def lay_out(
    predicted: PredictedBoxes, true: TrueBoxes, shape: tuple[int, int, int], max_detections: int | None = 100
) -> BoxLayout:
    """Put boxes in order; of each cell the `max_detections` best predictions stay (None: all).

    `shape` says how many groups, images and labels the codes count.
    """
    n_groups, n_images, n_labels = shape
    unit, class_ = (predicted.group * n_images + predicted.image), (predicted.group * n_labels + predicted.label)
    t_cell = (true.group * n_images + true.image) * n_labels + true.label
    by_class = by_class_and_score(class_, predicted.score, predicted.image, n_groups * n_labels)
    row = sort_further(by_class, unit)
    t_row = sort_further(np.arange(len(t_cell)), t_cell)
    row, cell, rank = _best(row, unit[row] * n_labels + predicted.label[row], max_detections)
    starts = np.flatnonzero(rank == 0)
    position = np.full(len(unit), -1)
    position[row] = np.arange(len(row))
    by_class = position[by_class]
    by_class = by_class[by_class >= 0] if len(row) < len(position) else by_class
    first, count = _truth_of(cell[starts], t_cell[t_row])
    length = np.diff(starts, append=len(row))
    crowd = np.zeros(len(t_row), bool) if true.crowd is None else true.crowd[t_row]
    t_box = np.stack([side.take(t_row) for side in true.box])
    return BoxLayout(
        (n_groups, n_labels),
        unit=unit[row],
        class_=class_[row],
        box=np.stack([side.take(row) for side in predicted.box]),
        score=predicted.score[row],
        rank=rank,
        row=row,
        truth_start=np.repeat(first, length),
        truth_count=np.repeat(count, length),
        by_class=by_class,
        class_start=np.concatenate([[0], np.cumsum(np.bincount(class_[row], minlength=n_groups * n_labels))]),
        truth_class=(true.group * n_labels + true.label)[t_row],
        truth_box=t_box,
        truth_area=sizes(t_box) if true.area is None else true.area[t_row],
        truth_crowd=crowd,
        truth_ignored=crowd if true.ignored is None else crowd | true.ignored[t_row],
        truth_row=t_row,
    )


def _best(row: Codes, cell: Codes, most: int | None) -> tuple[Codes, Codes, Codes]:
    """Give the best `most` rows of each cell, with cell and rank; rows and cells are in the order of cells."""
    rank = within_runs(run_starts(cell), len(cell))
    if most is None or rank.max(initial=0) < most:
        return row, cell, rank
    kept = np.flatnonzero(rank < most)
    return row[kept], cell[kept], rank[kept]


def _truth_of(cell: Codes, t_cell: Codes) -> tuple[Codes, Codes]:
    """Give where the truth of each cell starts, and how much of it there is; both sides are sorted."""
    first, count = np.zeros(len(cell), np.int64), np.zeros(len(cell), np.int64)
    starts = run_starts(t_cell)
    place = np.searchsorted(cell, t_cell[starts])
    place[place == len(cell)] = 0
    shared = cell[place] == t_cell[starts] if len(cell) else np.zeros(len(starts), bool)
    first[place[shared]] = starts[shared]
    count[place[shared]] = np.diff(starts, append=len(t_cell))[shared]
    return first, count
