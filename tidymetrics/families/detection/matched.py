"""The boxes of a call, matched: what its metrics ask for, each matching and each table of values once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tidymetrics.families.detection.layout import lay_out
from tidymetrics.families.detection.matching import match
from tidymetrics.families.detection.options import area_of, thresholds_of
from tidymetrics.families.detection.outcomes import counts_at, outcomes
from tidymetrics.families.detection.precision import average_precision, average_recall, hits_of, true_boxes
from tidymetrics.statistics import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.families.detection.gather import Boxes
    from tidymetrics.families.detection.layout import BoxLayout
    from tidymetrics.families.detection.matching import Matching
    from tidymetrics.families.detection.outcomes import Outcomes
    from tidymetrics.families.detection.precision import BoxCounts
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array


class Ask(NamedTuple):
    """What a metric wants to know of a matching."""

    rule: str
    thresholds: tuple[float, ...]
    area: tuple[float, float]
    depth: int | None
    """The best so many predictions of each cell; None for all."""


def ask_of(options: Mapping[str, Any]) -> Ask:
    """Read what a metric's options ask for."""
    given = options["iou_thresholds"] if "iou_thresholds" in options else options["iou_threshold"]
    return Ask(
        options["matching"], tuple(map(float, thresholds_of(given))), area_of(options["area_range"]), options["max_detections"]
    )


class _At(NamedTuple):
    """Where a matching has the answer to what is asked."""

    matching: Matching
    area: int
    thresholds: list[int]
    depth: int | None


@dataclass(frozen=True, eq=False, repr=False)
class MatchedBoxes:
    """The statistic of detection: boxes, and their matchings by rule, each made when it is first asked for."""

    boxes: Boxes
    asked: Sequence[Ask]
    pooled: bool = False
    """Whether the counts of all labels are added up."""
    _made: dict[Any, Any] = field(default_factory=dict)

    def pool(self) -> MatchedBoxes:
        """Give the same boxes, whose counts are those of all labels together."""
        return replace(self, pooled=True)

    def _once(self, key: Any, make: Any) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @property
    def depth(self) -> int | None:
        """The greatest depth that is asked for."""
        depths = [ask.depth for ask in self.asked]
        return None if None in depths else max(depths)  # type: ignore[type-var]

    def layout(self) -> BoxLayout:
        """Give the boxes in order, to the greatest depth that is asked for."""
        boxes = self.boxes
        layout: BoxLayout = self._once("layout", lambda: lay_out(boxes.predicted, boxes.true, boxes.shape, self.depth))
        return layout

    def _unions(self, rule: str) -> tuple[list[float], list[tuple[float, float]]]:
        asked = [ask for ask in self.asked if ask.rule == rule]
        thresholds = list(dict.fromkeys(t for ask in asked for t in ask.thresholds))
        return thresholds, list(dict.fromkeys(ask.area for ask in asked))

    def at(self, ask: Ask) -> _At:
        """Find the matching of a rule, made for all that the metrics of the call ask of it."""
        thresholds, areas = self._unions(ask.rule)
        matching = self._once(ask.rule, lambda: match(self.layout(), thresholds, areas, ask.rule))
        depth = None if ask.depth is None or ask.depth == self.depth else int(ask.depth)
        return _At(matching, areas.index(ask.area), [thresholds.index(t) for t in ask.thresholds], depth)

    def n_true(self, ask: Ask) -> Array:
        """Give how many true boxes count: [groups, labels]."""
        found = self.at(ask)
        return true_boxes(found.matching, found.area)

    def average_precision(self, ask: Ask, recall_points: int | None) -> Array:
        """Give the average precision, the mean over the thresholds: [groups, labels]."""
        found = self.at(ask)
        where = ask.rule, found.area, found.depth
        hits = self._once(("hits", *where), lambda: hits_of(found.matching, found.area, found.depth))
        table = self._once(("ap", *where, recall_points), lambda: average_precision(found.matching, hits, recall_points))
        return np.asarray(table[:, :, found.thresholds].mean(axis=2))

    def average_recall(self, ask: Ask) -> Array:
        """Give the average recall, the mean over the thresholds: [groups, labels]."""
        found = self.at(ask)
        table = self._once(
            ("ar", ask.rule, found.area, found.depth), lambda: average_recall(found.matching, found.area, found.depth)
        )
        return np.asarray(table[:, :, found.thresholds].mean(axis=2))

    def outcomes(self, ask: Ask) -> Outcomes:
        """Give what becomes of each box at the only threshold that is asked for."""
        found = self.at(ask)
        (threshold,) = found.thresholds
        made: Outcomes = self._once(("outcomes", ask), lambda: outcomes(found.matching, found.area, threshold, found.depth))
        return made

    def counts(self, ask: Ask, score_threshold: float) -> BoxCounts:
        """Count hits, false positives and misses: [groups, labels], or [groups, 1] where labels are pooled."""
        found = self.at(ask)
        made = counts_at(found.matching, self.outcomes(ask), score_threshold, found.area)
        return made.pooled() if self.pooled else made


@dataclass(frozen=True)
class MatchingRequest(Request[MatchedBoxes]):
    """The request of `MatchedBoxes`: the metrics of a call ask of the same boxes, and are answered together."""

    boxes: Boxes
    asked: tuple[Ask, ...] = ()

    @property
    def shared(self) -> MatchingRequest:
        """Give the request without what is asked."""
        return replace(self, asked=())

    def joined(self, other: Request[MatchedBoxes]) -> MatchingRequest:
        """Ask for both."""
        return replace(self, asked=(*self.asked, *other.asked)) if isinstance(other, MatchingRequest) else self

    def reduce(self, reductions: Reductions) -> MatchedBoxes:
        """Take the boxes as they were read; they are matched when a metric asks."""
        reductions.groups = self.boxes.groups
        return MatchedBoxes(self.boxes, tuple(dict.fromkeys(self.asked)))
