"""Which true box each prediction takes: every cell, threshold and area at once.

`match` gives a `Matching`, a table of matches: a row for a prediction that takes a true box at a threshold, for all areas or
for one. What is in no row took nothing. A call needs one matching per rule: its thresholds and areas are those of all metrics,
which pick theirs by position, and its layout has the greatest `max_detections`.

The rules. "coco": in the order of scores, a prediction takes the free true box that it overlaps most, of equals the later, one
that counts before one that is ignored; crowds stay free. "voc": it goes to the true box that it overlaps most, of equals the
first, and takes it if that is free or ignored.

What makes it fast: a true box none of whose predictions overlaps another is *alone*, and takes no loop. At a threshold it goes
to the first prediction that overlaps it so much, so a running maximum of the thresholds that predictions meet settles all of
them, in all areas alike. Only the others are settled in rounds, the n-th prediction of every cell in round n.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tidymetrics.families.detection.boxes import overlap, sizes
from tidymetrics.families.detection.layout import run_starts, sort_further, within_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tidymetrics.families.detection.layout import BoxLayout
    from tidymetrics.typing import Array, Codes, Mask

AREA_RANGES = {"all": (0.0, 1e10), "small": (0.0, 32.0**2), "medium": (32.0**2, 96.0**2), "large": (96.0**2, 1e10)}
"""COCO's sizes of objects; a size on a border belongs to both."""

MATCHINGS = ("coco", "voc")
"""The rules of matching."""

EVERY_AREA = -1
"""The area of a match that is made in each of them."""

_CHUNK = 4_000_000
"""Pairs of boxes that are held at once."""


@dataclass(frozen=True, eq=False, repr=False)
class _Pairs:
    """Predictions and true boxes of a cell that overlap, in the order of predictions, then of truth; each [pairs]."""

    prediction: Codes
    truth: Codes
    overlap: Array

    def at(self, rows: Codes | Mask) -> _Pairs:
        """Give some of the pairs."""
        return _Pairs(self.prediction[rows], self.truth[rows], self.overlap[rows])


class _Taken(NamedTuple):
    """Matches: a prediction takes a true box at the thresholds from `low` to below `high`; each [runs]."""

    prediction: Codes
    truth: Codes
    area: Codes
    low: Codes
    high: Codes


@dataclass(frozen=True, eq=False, repr=False)
class Matching:
    """The matches of a layout, in the order of thresholds and classes."""

    layout: BoxLayout
    thresholds: Array
    """[thresholds] as they were asked for"""
    areas: Array
    """[areas, 2] the least and the greatest size of boxes that count"""
    ignored: Mask
    """[areas, truths] what is neither hit nor missed"""
    n_true: Codes
    """[areas, classes] how many true boxes count"""
    prediction: Codes
    """[matches] positions in the layout"""
    truth: Codes
    """[matches] positions in the layout's truth"""
    area: Codes
    """[matches] positions in `areas`, or `EVERY_AREA`"""
    place: Codes
    """[matches] positions in the layout's order of classes"""
    threshold: Codes
    """[matches] positions in `thresholds`"""

    @cached_property
    def segment(self) -> Codes:
        """Threshold * classes + class of each match [matches]; it never falls."""
        return self.threshold * self.layout.n_classes + self.layout.class_[self.prediction]

    def inside(self, area: int) -> Mask:
        """Tell which predictions [predictions] have a size of the area: the others are no false positives."""
        size = sizes(self.layout.box)
        least, greatest = self.areas[area]
        counts: Mask = (size >= least) & (size <= greatest)
        return counts

    def of_area(self, area: int, max_detections: int | None = None) -> Codes | slice:
        """Choose the matches of an area, of the best so many predictions of each cell."""
        everywhere = self.area == EVERY_AREA
        if max_detections is None and everywhere.all():
            return slice(None)
        kept = everywhere | (self.area == area)
        if max_detections is not None:
            kept &= self.layout.rank[self.prediction] < max_detections
        return np.flatnonzero(kept)


def match(
    layout: BoxLayout, thresholds: Sequence[float] | Array, areas: Sequence[tuple[float, float]], rule: str = "coco"
) -> Matching:
    """Match predictions with true boxes at each of the `thresholds` of overlap, for each of the ranges of area."""
    asked, ranges = np.asarray(thresholds, float), np.asarray(areas, float).reshape(-1, 2)
    order = np.argsort(asked, kind="stable")
    bars = asked[order] if rule == "voc" else np.minimum(asked[order], 1 - 1e-10)
    size = layout.truth_area
    ignored = layout.truth_ignored | (size < ranges[:, :1]) | (size > ranges[:, 1:])  # [areas, truths]
    n_true = np.stack([np.bincount(layout.truth_class[~row], minlength=layout.n_classes) for row in ignored])
    pairs = overlapping_pairs(layout, bars[0])
    taken = _by_voc(pairs, bars, ignored) if rule == "voc" else _by_coco(layout, pairs, bars, ignored)
    return Matching(layout, asked, ranges, ignored, n_true, *_in_order(layout, taken, order))


def _in_order(layout: BoxLayout, taken: _Taken, order: Codes) -> tuple[Codes, ...]:
    """Give prediction, truth, area, place and threshold of each match, in the order of thresholds and places.

    A place is a position in the order of classes, in which the matches of a class are neighbours. `order` leads from the
    thresholds as they ascend to the thresholds as they were asked for.
    """
    place = np.empty(len(layout.unit), np.int64)  # [predictions]
    place[layout.by_class] = np.arange(len(layout.unit))
    place = place[taken.prediction]
    runs = sort_further(np.arange(len(place)), place)
    length = (taken.high - taken.low)[runs]
    run = np.repeat(np.arange(len(runs)), length)
    step = np.arange(len(run)) - (np.cumsum(length) - length - taken.low[runs])[run]
    threshold = order[step]
    put = sort_further(np.arange(len(run)), threshold)
    run = runs[run[put]]
    return taken.prediction[run], taken.truth[run], taken.area[run], place[run], threshold[put]


def overlapping_pairs(layout: BoxLayout, least: float) -> _Pairs:
    """Give the pairs of a cell that overlap by `least` or more."""
    ends = np.cumsum(layout.truth_count)
    crowds = bool(layout.truth_crowd.any())
    middle, t_middle = (2 * box[0] + box[2] for box in (layout.box, layout.truth_box))
    none = np.zeros(0, np.int64)
    parts, low = [_Pairs(none, none, np.zeros(0))], 0
    while low < len(ends):
        before = ends[low - 1] if low else 0
        high = max(int(np.searchsorted(ends, before + _CHUNK, side="right")), low + 1)
        count = layout.truth_count[low:high]
        d = np.repeat(np.arange(low, high), count)
        t = np.arange(len(d)) + np.repeat(layout.truth_start[low:high] - (ends[low:high] - count - before), count)
        # most pairs do not touch: one axis tells it of many, and a margin keeps what rounding could lose
        apart = np.abs(middle[d] - t_middle[t])
        near = np.flatnonzero(apart * (1 - 1e-9) <= layout.box[2][d] + layout.truth_box[2][t])
        d, t = d[near], t[near]
        value = overlap(layout.box[:, d], layout.truth_box[:, t], layout.truth_crowd[t] if crowds else None)
        enough = np.flatnonzero(value >= least)
        parts.append(_Pairs(d[enough], t[enough], value[enough]))
        low = high
    return _Pairs(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("prediction", "truth", "overlap")))


def _met(pairs: _Pairs, bars: Array) -> Codes:
    """Count the thresholds that each pair meets; they ascend, so that these are the first ones."""
    return np.searchsorted(bars, pairs.overlap, side="right")


def _in_order_of_truth(pairs: _Pairs) -> Codes:
    """Give the order by true box; the pairs of one stay in the order of their predictions."""
    return sort_further(np.arange(len(pairs.truth)), pairs.truth)


def _greatest_before(values: Codes, truth: Codes) -> Codes:
    """Give the greatest of the earlier values of the same true box, 0 for its first; whole numbers of at least 0."""
    lift = np.int64(values.max(initial=0)) + 1
    run = np.cumsum(np.diff(truth, prepend=-1) != 0) * lift
    reached = np.maximum.accumulate(values + run)
    before = np.zeros_like(values)
    before[1:] = np.maximum(reached[:-1] - run[1:], 0)
    return before


def _everywhere(prediction: Codes) -> Codes:
    return np.full(len(prediction), EVERY_AREA)


def _by_voc(pairs: _Pairs, bars: Array, ignored: Mask) -> _Taken:
    """Match by VOC's rule: each prediction looks at one true box alone."""
    starts = run_starts(pairs.prediction)
    greatest = np.maximum.reduceat(pairs.overlap, starts) if len(starts) else pairs.overlap
    best = np.flatnonzero(pairs.overlap == np.repeat(greatest, np.diff(starts, append=len(pairs.overlap))))
    best = best[run_starts(pairs.prediction[best])]  # of equals the first
    best = best[_in_order_of_truth(pairs.at(best))]
    chosen = pairs.at(best)
    d, t, high = chosen.prediction, chosen.truth, _met(chosen, bars)
    low = np.minimum(_greatest_before(high, t), high)
    first = np.flatnonzero(high > low)
    # a box that is ignored is taken by the others as well
    area, again = np.nonzero(ignored[:, t] & (low > 0))
    return _Taken(
        np.concatenate([d[first], d[again]]),
        np.concatenate([t[first], t[again]]),
        np.concatenate([_everywhere(first), area]),
        np.concatenate([low[first], np.zeros_like(again)]),
        np.concatenate([high[first], low[again]]),
    )


def _by_coco(layout: BoxLayout, pairs: _Pairs, bars: Array, ignored: Mask) -> _Taken:
    """Match by COCO's rule: what is alone at once, the rest in rounds."""
    several = np.bincount(pairs.prediction, minlength=len(layout.unit))[pairs.prediction] > 1
    tangled = np.zeros(len(layout.truth_area), bool)
    tangled[pairs.truth[several]] = True
    alone = pairs.at(~tangled[pairs.truth])
    alone = alone.at(_in_order_of_truth(alone))
    high = _met(alone, bars)
    low = np.where(layout.truth_crowd[alone.truth], 0, _greatest_before(high, alone.truth))
    first = high > low
    parts = [_Taken(alone.prediction[first], alone.truth[first], _everywhere(alone.prediction[first]), low[first], high[first])]
    chosen = pairs.at(tangled[pairs.truth])
    most = _CHUNK // (len(ignored) * len(bars))
    parts += [_settle(layout, block, bars, ignored) for block in _blocks(layout, chosen, most)]
    return _Taken(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _blocks(layout: BoxLayout, pairs: _Pairs, most: int) -> Iterator[_Pairs]:
    """Cut pairs between cells, into blocks of about so many."""
    starts = run_starts(layout.unit[pairs.prediction], layout.class_[pairs.prediction])
    cuts = starts[np.diff(starts // max(most, 1), prepend=-1) != 0]
    for low, high in pairwise([*cuts.tolist(), len(pairs.truth)]):
        yield pairs.at(np.arange(low, high))


def _settle(layout: BoxLayout, pairs: _Pairs, bars: Array, ignored: Mask) -> _Taken:
    """Match predictions that have a choice: all cells at once, the n-th prediction of each in round n."""
    starts = run_starts(pairs.prediction)
    choosing = pairs.prediction[starts]  # [predictions that choose]
    cells = run_starts(layout.unit[choosing], layout.class_[choosing])
    turn = np.repeat(within_runs(cells, len(choosing)), np.diff(starts, append=len(pairs.truth)))
    # what a prediction likes best, as whole numbers: the greatest overlap, of equals the later true box
    by_liking = np.lexsort((pairs.truth, pairs.overlap))
    liking = np.empty(len(by_liking), np.int64)
    liking[by_liking] = np.arange(len(by_liking))
    met = _met(pairs, bars)
    truths, t = np.unique(pairs.truth, return_inverse=True)
    crowd = layout.truth_crowd[truths]
    lift = len(liking) * ~ignored[:, None, truths]  # [areas, 1, truths] what counts comes before what is ignored
    free = np.ones((len(ignored), len(bars), len(truths)), bool)
    in_turn = sort_further(np.arange(len(turn)), turn)
    ends = np.searchsorted(turn[in_turn], np.arange(turn.max() + 2))
    steps = np.arange(len(bars))[:, None]
    found = []
    for low, high in pairwise(ends):
        rows = in_turn[low:high]
        of = t[rows]
        can = free[:, :, of] & (met[rows] > steps)
        wish = np.where(can, liking[rows] + lift[:, :, of], -1)  # [areas, thresholds, pairs of the round]
        best = np.maximum.reduceat(wish, run_starts(pairs.prediction[rows]), axis=2)
        area, step, chooser = np.nonzero(best >= 0)
        pair = by_liking[best[area, step, chooser] % len(liking)]
        free[area, step, t[pair]] = crowd[t[pair]]
        found.append((pair, area, step))
    pair, area, step = (np.concatenate(part) for part in zip(*found, strict=True))
    return _Taken(pairs.prediction[pair], pairs.truth[pair], area, step, step + 1)
