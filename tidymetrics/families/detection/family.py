"""The family of detection: two frames of boxes, matched once for all metrics of a call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import BY, Argument
from tidymetrics.core.family import Batch, Family, Kind, LeftOut, Outcome
from tidymetrics.core.function import own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.options import non_negative, one_of
from tidymetrics.families.detection import options
from tidymetrics.families.detection.gather import gather
from tidymetrics.families.detection.matched import MatchedBoxes, MatchingRequest, ask_of
from tidymetrics.families.detection.matching import MATCHINGS
from tidymetrics.frames import no_rows
from tidymetrics.statistics import GroupTotals, average

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.families.detection.gather import Boxes
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array

BOX = ("xmin", "ymin", "xmax", "ymax")

ESTIMATORS = ("macro", "macro_weighted")
COUNTED = (*ESTIMATORS, "micro")

_IMAGE_TEXT = (
    "Names of the columns of images and of classes, in both frames. With `label=None` boxes are matched whatever they are."
)


def _of_truth(name: str, text: str) -> Argument:
    return Argument(name, "str | None", text, None)


IMAGES = Argument(
    "images",
    "Any",
    "The images that are looked at, each once: a frame whose further columns can be keys, a list or a Series. A box on another "
    "image is an error. By default the images of both frames.",
    None,
)
LEVELS = Argument(
    "levels",
    "Sequence[Level] | None",
    "All classes in order. By default those of the type of a column, else the sorted labels of the truth.",
    None,
    reads="levels",
)
ARGUMENTS = (
    Argument(
        "truth",
        "Any",
        "The frame of true boxes, of any library; or the name of a boolean column of `data` that marks them.",
        positional=True,
    ),
    Argument(
        "estimate",
        "str",
        "Name of the column of scores: any finite numbers, higher if more confident. Equal scores are ranked by row.",
        "score",
        positional=True,
    ),
    replace(
        BY,
        text="Columns to group by, of either frame or of `images`. A key that the predictions alone have, such as the model, "
        "has the whole truth for each of its values; one that the truth alone has must be one value an image.",
    ),
    Argument("image", "str", _IMAGE_TEXT, "image_id"),
    Argument("label", "str | None", _IMAGE_TEXT, "label"),
    Argument("box", "Sequence[str]", "Names of the four columns of a box, in both frames.", BOX),
    Argument(
        "box_format",
        'Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"]',
        'What these are: corners ("xyxy"), a corner and the size ("xywh", as in COCO\'s files), the centre and the size '
        '("cxcywh"), or corners of whole pixels, both ends counted ("xyxy_inclusive").',
        "xyxy",
    ),
    _of_truth(
        "area", "Column of `truth`: the size that `area_range` looks at, by default width times height. COCO's files have it."
    ),
    _of_truth(
        "iscrowd",
        "Boolean column of `truth`: regions of many objects, which are never missed and can be matched any number of times.",
    ),
    _of_truth("ignore", "Boolean column of `truth`: boxes that are neither hit nor missed."),
    IMAGES,
    LEVELS,
    Argument(
        "estimator",
        "str | None",
        '"macro" (the default): the mean over the classes that have a value; "macro_weighted": weighted by their true boxes; '
        '"per_class": one row per class; "micro": of the counts of all classes, for metrics of counts.',
        None,
        per_metric=True,
    ),
)

CHECKS: dict[str, Callable[[str, str, Any], None]] = {
    "iou_thresholds": options.overlap_thresholds,
    "iou_threshold": options.overlap_threshold,
    "score_threshold": options.score_threshold,
    "area_range": options.area_range,
    "max_detections": options.depth_or_none,
    "recall_points": options.recall_points_or_none,
    "matching": one_of(*MATCHINGS),
    "beta": non_negative,
}


class Detection(Family):
    """Predicted boxes against true ones."""

    name = "detection"
    merges = False

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Read both frames; they are matched when the first metric asks."""
        boxes = gather(call)
        yield Batch([replace(m, requests=m.kind.requests_of(m, boxes)) for m in metrics], no_rows(boxes.origin))


@dataclass(frozen=True, eq=False)
class DetectionKind(Kind):
    """Metrics of matched boxes."""

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Say when boxes and labels are refused."""
        return {
            "BoxError": "A coordinate, score, image or label is missing or infinite; a width or height is negative; an "
            "image is not in `images`; a key cannot be placed.",
            "LevelError": "A label is predicted and never true, and `levels` does not name it.",
            "EstimatorError": "The metric has no such estimator.",
        }

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking the estimator."""
        function.metric.require_choice(arguments.get("estimator"))
        return super().bind(function, arguments, options)

    def requests_of(self, bound: BoundMetric, boxes: Boxes) -> tuple[MatchingRequest, ...]:
        """Give the matching that a metric stands on."""
        return (MatchingRequest(boxes, (ask_of(bound.options),)),)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Apply a formula to the matched boxes, and average over the labels."""
        matched: MatchedBoxes = reductions.get(bound.requests[0])
        boxes = matched.boxes
        estimator = (bound.arguments.get("estimator") or "macro") if boxes.levels is not None else "standard"
        by_label: Array = bound.record.formula(matched.pool() if estimator == "micro" else matched, **bound.options)
        totals = GroupTotals(*[np.ones(len(boxes.groups))] * 3)
        if boxes.levels is None or estimator == "micro":
            return Outcome(by_label[:, 0], estimator, totals)
        if estimator == "per_class":
            return Outcome(by_label, estimator, totals, {".level": boxes.levels})
        weights = matched.n_true(ask_of(bound.options)) if estimator == "macro_weighted" else None
        gone = np.isnan(by_label) if weights is None else np.isnan(by_label) & (weights > 0)
        left_out = LeftOut("levels", boxes.levels, gone, bound.record.undefined)
        return Outcome(average(by_label, weights, "drop"), estimator, totals, left_out=left_out if gone.any() else None)


FAMILY = Detection()
KIND = DetectionKind(
    name="detection",
    title="Detected objects",
    family=FAMILY,
    arguments=ARGUMENTS,
    predicted="the column of scores",
).register()


def detection_metric(
    *, undefined: str, estimators: tuple[str, ...] = ESTIMATORS
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of detection of a formula of `MatchedBoxes` that gives [groups, labels]."""

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        own = own_options(formula)
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction="maximize",
            range=(0, 1),
            estimators=estimators,
            choices=(*estimators, "per_class"),
            formula=formula,
            statistic=MatchedBoxes,
            undefined=undefined,
            options=own,
            checks={name: check for name, check in CHECKS.items() if name in own},
        )
        return publish(metric, KIND, formula)

    return declare
