"""Average precision, average recall and counts, from the hits of a matching alone; all results are [groups, labels, ...].

::

    hits = hits_of(matching, area, max_detections)          # once per area and depth, for all thresholds
    average_precision(matching, hits, recall_points=101)    # [groups, labels, thresholds]
    average_recall(matching, area, max_detections)          # [groups, labels, thresholds]
    counts_at(matching, score, area, threshold, depth)      # tp, fp, fn: [groups, labels]

A metric takes the columns of its thresholds and averages them, then the labels that have a value: NaN, undefined, is what a
class has that no true box counts for. A set computes each area and depth once, whatever its members are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tidymetrics.families.detection.layout import run_starts, within_runs
from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from tidymetrics.families.detection.matching import Matching
    from tidymetrics.typing import Array, Codes

COCO_THRESHOLDS = np.linspace(0.5, 0.95, 10)
"""The overlaps that COCO averages over."""


@dataclass(frozen=True, eq=False, repr=False)
class Hits:
    """The true positives of an area, in the order of thresholds, classes and scores; each [hits]."""

    area: int
    segment: Codes
    """threshold * classes + class"""
    class_: Codes
    number: Codes
    """Its position among the hits of its class and threshold, from 1."""
    counted: Codes
    """How many predictions count up to there: hits and false positives."""
    prediction: Codes
    """Positions in the layout."""


def hits_of(matching: Matching, area: int = 0, max_detections: int | None = None) -> Hits:
    """Give the hits of an area, of the best so many predictions of each cell."""
    layout = matching.layout
    kept = matching.of_area(area, max_detections)
    place, segment, d = matching.place[kept], matching.segment[kept], matching.prediction[kept]
    counts = matching.inside(area)
    if max_detections is not None:
        counts &= layout.rank < max_detections
    counts = counts[layout.by_class]
    running = np.concatenate([[0], np.cumsum(counts)])  # [predictions + 1] in the order of classes
    class_ = layout.class_[d]
    hit = ~matching.ignored[area][matching.truth[kept]]
    starts = run_starts(segment)
    # an ignored match takes back a prediction that was counted, a hit adds one that was left out
    shift = _sums_inside(hit.astype(np.int64) - counts[place], starts)
    hits = np.flatnonzero(hit)
    segment, class_, place, shift = segment.take(hits), class_.take(hits), place.take(hits), shift.take(hits)
    number = within_runs(run_starts(segment), len(segment)) + 1
    return Hits(area, segment, class_, number, running[place + 1] - running[layout.class_start[class_]] + shift, d.take(hits))


def _sums_inside(values: Codes, starts: Codes) -> Codes:
    """Add up the values [rows] from the start of their run to each."""
    running = np.concatenate([[0], np.cumsum(values)])
    sums: Codes = running[1:] - np.repeat(running[starts], np.diff(starts, append=len(values)))
    return sums


def _shaped(matching: Matching, values: Array) -> Array:
    """Give values [thresholds * classes] as [groups, labels, thresholds]."""
    shaped: Array = np.moveaxis(values.reshape(-1, *matching.layout.shape), 0, 2)
    return shaped


def _by_segment(matching: Matching, segment: Codes, values: Array | None = None) -> Array:
    size = len(matching.thresholds) * matching.layout.n_classes
    total: Array = np.bincount(segment, values, minlength=size).astype(float, copy=False)
    return total


def true_boxes(matching: Matching, area: int = 0) -> Array:
    """Give how many true boxes count: [groups, labels]."""
    total: Array = matching.n_true[area].reshape(matching.layout.shape).astype(float)
    return total


def greatest_from_here(values: Array, starts: Codes) -> Array:
    """Give the greatest of the values [rows] from each row on to the end of its run."""
    greatest, length = values.copy(), np.diff(starts, append=len(values))
    left = np.repeat(length, length) - within_runs(starts, len(values))
    step = 1
    while len(rows := np.flatnonzero(left > step)):
        greatest[rows] = np.maximum(greatest[rows], greatest[rows + step])
        step *= 2
    return greatest


def average_precision(matching: Matching, hits: Hits, recall_points: int | None = 101) -> Array:
    """Give the mean over recalls of the greatest precision at any recall that is as great: [groups, labels, thresholds].

    The recalls are `recall_points` from 0 to 1, or those of the hits (None). A precision falls between hits, so that hits alone
    have the greatest ones; of a hit, as many points count as it reaches that no earlier one does.
    """
    n_true = matching.n_true[hits.area]
    segment, best = hits.segment, hits.number / hits.counted
    if recall_points is None:
        share = 1.0 / n_true[hits.class_]
    else:
        reached = points_reached(hits.number / n_true[hits.class_], recall_points)
        starts = run_starts(segment, reached)
        best = np.maximum.reduceat(best, starts) if len(starts) else best
        segment, reached = segment[starts], reached[starts]
        first = within_runs(run_starts(segment), len(segment)) == 0
        share = (reached - np.where(first, 0, np.roll(reached, 1))) / recall_points
    total = _by_segment(matching, segment, share * greatest_from_here(best, run_starts(segment)))
    return np.where(true_boxes(matching, hits.area)[:, :, None] > 0, _shaped(matching, total), np.nan)


def points_reached(recall: Array, recall_points: int) -> Codes:
    """Count the points from 0 to 1 that are at most each recall, floats compared as they are."""
    grid = np.append(np.linspace(0.0, 1.0, recall_points), np.inf)
    last = (recall * (recall_points - 1)).astype(np.int64)  # but for rounding the last point reached
    last -= grid[last] > recall
    return last + 1 + (grid[last + 1] <= recall)


def average_recall(matching: Matching, area: int = 0, max_detections: int | None = None) -> Array:
    """Give the share of true boxes that are hit: [groups, labels, thresholds]."""
    kept = matching.of_area(area, max_detections)
    segment = matching.segment[kept][~matching.ignored[area][matching.truth[kept]]]
    return ratio(_shaped(matching, _by_segment(matching, segment)), true_boxes(matching, area)[:, :, None])


class BoxCounts(NamedTuple):
    """Hits, false positives and misses; each [groups, labels]."""

    tp: Array
    fp: Array
    fn: Array

    def pooled(self) -> BoxCounts:
        """Give the counts of all labels together: [groups, 1]."""
        return BoxCounts(*(part.sum(axis=1, keepdims=True) for part in self))

    def precision(self) -> Array:
        """Give the share of predictions that hit: undefined without any."""
        return ratio(self.tp, self.tp + self.fp)

    def recall(self) -> Array:
        """Give the share of true boxes that are hit: undefined without any."""
        return ratio(self.tp, self.tp + self.fn)

    def f_meas(self, beta: float = 1.0) -> Array:
        """Give the weighted harmonic mean of both: undefined without truth and predictions alone."""
        hits, misses = (1 + beta**2) * self.tp, beta**2 * self.fn + self.fp
        known = self.tp + self.fn + self.fp > 0  # a beta of 0 leaves misses out of the denominator
        return np.where(known, ratio(hits, np.where(hits + misses > 0, hits + misses, 1.0)), np.nan)
