"""What becomes of each box at one overlap: the table of matches, and counts at a score.

::

    found = outcomes(matching, area, threshold, max_detections)
    counts_at(matching, found, score_threshold)      # BoxCounts of [groups, labels]
    match_table(matching, found, n_predictions)      # columns in the order of the caller's rows
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.detection.boxes import overlap
from tidymetrics.families.detection.precision import BoxCounts

if TYPE_CHECKING:
    from tidymetrics.families.detection.matching import Matching
    from tidymetrics.typing import Array, Codes, Mask

OUTCOMES = ("fp", "tp", "ignored")
"""The outcomes of predictions by code: a missed true box is "fn"."""

FALSE_POSITIVE, TRUE_POSITIVE, IGNORED = range(3)


@dataclass(frozen=True, eq=False, repr=False)
class Outcomes:
    """What becomes of the boxes of a layout at one threshold, area and depth."""

    code: Codes
    """[predictions] positions in `OUTCOMES`"""
    truth: Codes
    """[predictions] the true box that each takes, as its position in the layout, or -1"""
    missed: Mask
    """[truths] whether the true box counts and nothing takes it"""


def outcomes(matching: Matching, area: int = 0, threshold: int = 0, max_detections: int | None = None) -> Outcomes:
    """Give what becomes of each box; what neither hits nor is wrong (by its area, its rank, its truth) is ignored."""
    layout = matching.layout
    code = np.where(matching.inside(area), FALSE_POSITIVE, IGNORED)
    if max_detections is not None:
        code[layout.rank >= max_detections] = IGNORED
    kept = matching.of_area(area, max_detections)
    d, t = (part[kept][matching.threshold[kept] == threshold] for part in (matching.prediction, matching.truth))
    ignored = matching.ignored[area]
    code[d] = np.where(ignored[t], IGNORED, TRUE_POSITIVE)
    truth = np.full(len(code), -1)
    truth[d] = t
    missed = ~ignored
    missed[t] = False
    return Outcomes(code, truth, missed)


def counts_at(matching: Matching, found: Outcomes, score_threshold: float, area: int = 0) -> BoxCounts:
    """Count the predictions whose score is at least so much, and the true boxes that none of them hits.

    Boxes are matched in the order of scores: a cut after matching gives what a cut before it does.
    """
    layout = matching.layout
    surely = layout.score >= score_threshold
    tp, fp = (
        np.bincount(layout.class_[surely & (found.code == code)], minlength=layout.n_classes)
        .reshape(layout.shape)
        .astype(float)
        for code in (TRUE_POSITIVE, FALSE_POSITIVE)
    )
    return BoxCounts(tp, fp, matching.n_true[area].reshape(layout.shape) - tp)


@dataclass(frozen=True, eq=False, repr=False)
class MatchTable:
    """A row per prediction in the caller's order, then the missed true boxes in theirs."""

    row: Codes
    """[rows] the prediction's row, -1 of a missed true box"""
    truth_row: Codes
    """[rows] the row of the true box, -1 where there is none"""
    outcome: Codes
    """[rows] positions in (*OUTCOMES, "fn")"""
    overlap: Array
    """[rows] NaN where nothing is taken"""


def match_table(matching: Matching, found: Outcomes, n_predictions: int) -> MatchTable:
    """Give the outcomes by the caller's rows; what `max_detections` leaves out of the layout is ignored."""
    layout = matching.layout
    taken = np.flatnonzero(found.truth >= 0)
    t = found.truth[taken]
    outcome = np.full(n_predictions, IGNORED)
    outcome[layout.row] = found.code
    truth_row = np.full(n_predictions, -1)
    truth_row[layout.row[taken]] = layout.truth_row[t]
    value = np.full(n_predictions, np.nan)
    value[layout.row[taken]] = overlap(layout.box[:, taken], layout.truth_box[:, t], layout.truth_crowd[t])
    missed = np.sort(layout.truth_row[found.missed])
    return MatchTable(
        np.append(np.arange(n_predictions), np.full(len(missed), -1)),
        np.append(truth_row, missed),
        np.append(outcome, np.full(len(missed), len(OUTCOMES))),
        np.append(value, np.full(len(missed), np.nan)),
    )
