"""Points of precision and recall, a row per point; the family writes group and label beside them.

::

    found = outcomes(matching, area, threshold, max_detections)
    pr_points(matching, found)                       # a row per distinct score
    interpolated_points(matching, found, 101)        # a row per recall of the grid
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.detection.layout import run_starts
from tidymetrics.families.detection.outcomes import IGNORED, TRUE_POSITIVE
from tidymetrics.families.detection.precision import greatest_from_here
from tidymetrics.statistics.arithmetic import ratio

if TYPE_CHECKING:
    from tidymetrics.families.detection.matching import Matching
    from tidymetrics.families.detection.outcomes import Outcomes
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class BoxCurve:
    """Points of the curves of all classes, class by class; each [points]."""

    class_: Codes
    """group * labels + label"""
    threshold: Array
    """The score from which on predictions count; NaN where no score reaches the recall."""
    recall: Array
    """NaN in a class without true boxes."""
    precision: Array


@dataclass(frozen=True, eq=False, repr=False)
class _Counted:
    """The predictions that count, in the order of classes; each [counted]."""

    class_: Codes
    score: Array
    tp: Codes
    """Hits up to each."""
    n: Codes
    """Predictions of the class up to each."""


def _counted(matching: Matching, found: Outcomes) -> _Counted:
    layout = matching.layout
    d = layout.by_class[found.code[layout.by_class] != IGNORED]
    class_ = layout.class_[d]
    start = np.searchsorted(class_, np.arange(layout.n_classes))[class_]
    running = np.concatenate([[0], np.cumsum(found.code[d] == TRUE_POSITIVE)])
    return _Counted(class_, layout.score[d], running[1:] - running[start], np.arange(1, len(d) + 1) - start)


def pr_points(matching: Matching, found: Outcomes, area: int = 0) -> BoxCurve:
    """Give the raw curve: of each class (Inf, 0, 1), then a point for each distinct score, descending."""
    n_true, counted = matching.n_true[area], _counted(matching, found)
    starts = run_starts(counted.class_, counted.score)
    last = starts + np.diff(starts, append=len(counted.score)) - 1
    class_ = counted.class_[last]
    first = np.searchsorted(class_, np.arange(len(n_true)))  # each class's first point goes before its others
    threshold, recall, precision = (
        np.insert(values, first, start)
        for values, start in (
            (counted.score[last], np.inf),
            (ratio(counted.tp[last].astype(float), n_true[class_].astype(float)), 0.0),
            (counted.tp[last] / counted.n[last], 1.0),
        )
    )
    class_ = np.insert(class_, first, np.arange(len(n_true)))
    known = n_true[class_] > 0
    return BoxCurve(class_, threshold, np.where(known, recall, np.nan), np.where(known, precision, np.nan))


def interpolated_points(matching: Matching, found: Outcomes, recall_points: int, area: int = 0) -> BoxCurve:
    """Give the greatest precision at any recall as great as each of the grid; 0 beyond the last, where no score reaches it."""
    n_true, counted = matching.n_true[area], _counted(matching, found)
    grid, n_classes = np.linspace(0.0, 1.0, recall_points), len(n_true)
    starts = run_starts(counted.class_)
    best = greatest_from_here(counted.tp / counted.n, starts)
    # a prediction reaches the points up to its recall; the first that does gives a point its threshold
    recall = ratio(counted.tp.astype(float), n_true[counted.class_].astype(float))
    reached = np.searchsorted(grid, recall, side="right")
    before = np.roll(reached, 1)
    before[starts] = 0
    new = reached - before
    fresh = np.repeat(np.arange(len(new)), new)
    place = counted.class_[fresh] * recall_points + np.arange(len(fresh)) - np.repeat(np.cumsum(new) - new - before, new)
    threshold, precision = np.full(n_classes * recall_points, np.nan), np.zeros(n_classes * recall_points)
    threshold[place], precision[place] = counted.score[fresh], best[fresh]
    known = np.repeat(n_true > 0, recall_points)
    return BoxCurve(
        np.repeat(np.arange(n_classes), recall_points),
        np.where(known, threshold, np.nan),
        np.where(known, np.tile(grid, n_classes), np.nan),
        np.where(known, precision, np.nan),
    )
