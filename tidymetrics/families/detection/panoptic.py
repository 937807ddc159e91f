"""Panoptic quality, from the sizes of what true and predicted segments have in common.

A family groups its rows by keys, image, both segments and both labels in the engine, and gives the cells::

    counts = segment_counts(SegmentCells(group, image, truth, truth_label, estimate, estimate_label, size, crowd), shape)
    counts.quality(), counts.segmentation(), counts.recognition()      # [groups, labels] each

Codes of segments are those of their column over all images; a segment is known by group, image, code and label. -1 in a segment
or a label is void, and so is a cell of size 0. Rules of Kirillov et al. (2019): a pair of one label whose overlap is above one
half is a hit. Crowds are neither matched nor missed, and a predicted segment of which more than half is void or lies on crowds
of its label is not wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.detection.layout import run_starts, sort_further
from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True, eq=False, repr=False)
class SegmentCells:
    """Pixels of one true and one predicted segment, counted; each [cells]."""

    group: Codes
    image: Codes
    truth: Codes
    truth_label: Codes
    estimate: Codes
    estimate_label: Codes
    size: Array
    """How many pixels, or their weight."""
    crowd: Mask | None = None
    """Whether the true segment is a crowd; one cell that says so is enough."""


@dataclass(frozen=True, eq=False, repr=False)
class SegmentCounts:
    """Hits and their overlap, wrong and missed segments; each [groups, labels]."""

    overlap: Array
    """The sum over hits."""
    tp: Array
    fp: Array
    fn: Array

    @property
    def _segments(self) -> Array:
        return self.tp + (self.fp + self.fn) / 2

    def quality(self) -> Array:
        """Give the panoptic quality: segmentation times recognition quality."""
        return ratio(self.overlap, self._segments)

    def segmentation(self) -> Array:
        """Give the mean overlap of the hits: undefined without any."""
        return ratio(self.overlap, self.tp)

    def recognition(self) -> Array:
        """Give the F1 of segments."""
        return ratio(self.tp, self._segments)


@dataclass(frozen=True, eq=False, repr=False)
class _Segments:
    """The segments of one side, and which of them each cell belongs to."""

    of_cell: Codes
    """[cells] positions in the segments, -1 for void"""
    class_: Codes
    """[segments] group * labels + label"""
    size: Array
    """[segments]"""

    def sums(self, cells: Mask, size: Array) -> Array:
        """Add up the cells chosen by segment: [segments]."""
        chosen = cells & (self.of_cell >= 0)
        return _sums(self.of_cell[chosen], size[chosen], len(self.class_))


def _segments(unit: Codes, segment: Codes, class_: Codes, known: Mask, size: Array) -> _Segments:
    """Number the segments of one side: each is known by its unit, its code and its class."""
    cells = np.flatnonzero(known)
    for key in (class_, segment, unit):
        cells = sort_further(cells, key)
    starts = run_starts(unit[cells], segment[cells], class_[cells])
    of_cell = np.full(len(unit), -1)
    of_cell[cells] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(cells)))
    return _Segments(of_cell, class_[cells[starts]], _sums(of_cell[cells], size[cells], len(starts)))


def _sums(place: Codes, size: Array, n: int) -> Array:
    """Add up sizes by place: [n]."""
    return np.bincount(place, size, minlength=n).astype(float, copy=False)


def segment_counts(cells: SegmentCells, shape: tuple[int, int]) -> SegmentCounts:
    """Match segments and count them by label; `shape` says how many groups and labels the codes count."""
    n_groups, n_labels = shape
    unit = cells.group * (cells.image.max(initial=0) + 1) + cells.image
    in_truth, in_estimate = (
        (segment >= 0) & (label >= 0) & (cells.size > 0)
        for segment, label in ((cells.truth, cells.truth_label), (cells.estimate, cells.estimate_label))
    )
    truth = _segments(unit, cells.truth, cells.group * n_labels + cells.truth_label, in_truth, cells.size)
    estimate = _segments(unit, cells.estimate, cells.group * n_labels + cells.estimate_label, in_estimate, cells.size)
    crowd = np.zeros(len(truth.size), bool)
    if cells.crowd is not None:
        crowd[truth.of_cell[cells.crowd & in_truth]] = True
    both = in_truth & in_estimate & (cells.truth_label == cells.estimate_label)
    on_crowd = both & np.where(in_truth, np.append(crowd, False)[truth.of_cell], False)
    on_void = estimate.sums(~in_truth, cells.size)
    pair = np.flatnonzero(both & ~on_crowd)
    pair, common = _common(truth.of_cell, estimate.of_cell, pair, cells.size)
    t, e = truth.of_cell[pair], estimate.of_cell[pair]
    value = ratio(common, truth.size[t] + estimate.size[e] - common - on_void[e])
    hit = value > 0.5  # so that no segment is in two of them
    t, e, value = t[hit], e[hit], value[hit]
    missed, wrong = ~crowd, estimate.size >= 2 * (on_void + estimate.sums(on_crowd, cells.size))
    missed[t], wrong[e] = False, False

    def by_class(class_: Codes, weight: Array | None = None) -> Array:
        return np.bincount(class_, weight, minlength=n_groups * n_labels).reshape(n_groups, n_labels).astype(float)

    return SegmentCounts(
        by_class(truth.class_[t], value),
        by_class(truth.class_[t]),
        by_class(estimate.class_[wrong]),
        by_class(truth.class_[missed]),
    )


def _common(truth: Codes, estimate: Codes, cells: Codes, size: Array) -> tuple[Codes, Array]:
    """Add up cells of the same two segments: one cell of each pair, and the size in common."""
    key = truth[cells] * (estimate.max(initial=0) + 1) + estimate[cells]
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return cells[first], _sums(number.reshape(-1), size[cells], len(first))
