"""Panoptic segmentation: rows are pixels, or cells of them, with a true and a predicted segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, Argument
from tidymetrics.core.family import Batch, Family, Kind, LeftOut, Outcome
from tidymetrics.core.function import publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.families.detection.family import LEVELS
from tidymetrics.families.detection.panoptic import SegmentCells, SegmentCounts, segment_counts
from tidymetrics.frames import WEIGHT, Role, settle_levels
from tidymetrics.statistics import CROWD, IMAGE, SEGMENTS, GroupTotals, SegmentsRequest, SegmentTable, average

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array

_TEXT = (
    "Two columns each, of the segment and of its class: the true ones and the predicted ones. Where one of the two is missing, "
    "the pixel is void."
)
ARGUMENTS = (
    Argument("truth", "Sequence[str]", _TEXT, positional=True),
    Argument("estimate", "Sequence[str]", _TEXT, positional=True),
    Argument("image", "str", "Name of the column of images, inside which segments are numbered."),
    BY,
    Argument(
        "iscrowd",
        "str | None",
        "Boolean column: whether the true segment is a region of many objects, which is neither matched nor missed.",
        None,
    ),
    CASE_WEIGHTS.with_text("The column with the number of pixels of a row; by default one."),
    LEVELS,
    Argument(
        "estimator",
        "str | None",
        '"macro" (the default): the mean over the classes that have a value; "per_class": one row per class.',
        None,
        per_metric=True,
    ),
)


class Panoptic(Family):
    """True and predicted segments of pixels."""

    name = "panoptic"
    merges = False

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the columns of segments."""
        pairs = []
        for side in ("truth", "estimate"):
            given = call.get(side)
            if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != 2:
                raise OptionError(f"{side}: expected two columns, the segment and its label; got {given!r}.")
            pairs += [(side, column) for column in given]
        roles = [Role(name, side, column, "class") for name, (side, column) in zip(SEGMENTS, pairs, strict=True)]
        roles.append(Role(IMAGE, "image", call.get("image"), "class"))
        if call.get("iscrowd") is not None:
            roles.append(Role(CROWD, "iscrowd", call.get("iscrowd"), "number"))
        if call.get("case_weights") is not None:
            roles.append(Role(WEIGHT, "case_weights", call.get("case_weights"), "number"))
        rows = call.prepare(roles)
        named = {"levels": call.get("levels"), "labels": (pairs[1][1], pairs[3][1])}
        made = [replace(m, requests=(SegmentsRequest(),), arguments={**m.arguments, **named}) for m in metrics]
        yield Batch(made, rows)


@dataclass(frozen=True, eq=False)
class PanopticKind(Kind):
    """Metrics of matched segments."""

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Say when labels are refused."""
        return {
            "LevelError": "A label is predicted and never true, and `levels` does not name it.",
            "EstimatorError": "The metric has no such estimator.",
        }

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking the estimator."""
        function.metric.require_choice(arguments.get("estimator"))
        return super().bind(function, arguments, options)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Match the segments, and average over the labels."""
        table: SegmentTable = reductions.get(bound.requests[0])
        levels, cells = _cells(table, bound.arguments)
        n = len(reductions.known_groups)
        counts = segment_counts(cells, (n, len(levels)))
        by_label: Array = bound.record.formula(counts)
        totals = GroupTotals(*[np.ones(n)] * 3)
        if bound.arguments.get("estimator") == "per_class":
            return Outcome(by_label, "per_class", totals, {".level": levels})
        gone = np.isnan(by_label)
        left_out = LeftOut("levels", levels, gone, bound.record.undefined) if gone.any() else None
        return Outcome(average(by_label, None, "drop"), "macro", totals, left_out=left_out)


def _cells(table: SegmentTable, arguments: Mapping[str, Any]) -> tuple[tuple[Any, ...], SegmentCells]:
    segment, label, predicted, predicted_label = table.parts
    levels, true, said, stated = settle_levels(label, predicted_label, arguments["levels"])
    for column, coded, codes in zip(arguments["labels"], (label, predicted_label), (true, said), strict=True):
        if (odd := (codes < 0) & (coded.codes >= 0)).any():
            unknown = [coded.values[i] for i in np.unique(coded.codes[odd]).tolist()]
            every = ", ".join(map(repr, [*levels, *unknown][:10])) + (", ..." if len(levels) + len(unknown) > 10 else "")
            raise LevelError(
                f"column {column!r}: {listed(unknown, 3)} {'is no level' if stated else 'is predicted and never true'}. "
                f"If it is a class, name all of them: levels=[{every}]."
            )
    return levels, SegmentCells(table.group, table.image, segment.codes, true, predicted.codes, said, table.size, table.crowd)


FAMILY = Panoptic()
KIND = PanopticKind(
    name="panoptic",
    title="Panoptic segmentation",
    family=FAMILY,
    arguments=ARGUMENTS,
    predicted="the columns of the predicted segment and its label",
).register()


def panoptic_metric(undefined: str) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of a formula of `SegmentCounts` that gives [groups, labels]."""

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=KIND.name,
            direction="maximize",
            range=(0, 1),
            estimators=("macro",),
            choices=("macro", "per_class"),
            formula=formula,
            statistic=SegmentCounts,
            undefined=undefined,
        )
        return publish(metric, KIND, formula)

    return declare


@panoptic_metric("the class has no true or predicted segment")
def panoptic_quality(counts: SegmentCounts) -> Array:
    """Panoptic quality: how well segments are found and outlined.

    ``PQ = sum_h IoU_h / (tp + fp / 2 + fn / 2)``, over hits: pairs of one class whose overlap is above 1/2. It is the
    segmentation quality times the recognition quality.

    A true segment that nothing matches is missed; a predicted one is false, unless more than half of it is void or on crowds of
    its class.

    References
    ----------
    Kirillov, A., He, K., Girshick, R., Rother, C., Dollar, P. (2019). Panoptic segmentation. CVPR, 9404-9413.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"image_id": 1, "seg": [1, 1, 2], "cls": ["a", "a", "b"], "pseg": [5, 5, 6], "pcls": ["a", "a", "a"]})
    >>> by_class = tm.panoptic_quality(df, ("seg", "cls"), ("pseg", "pcls"), image="image_id", estimator="per_class")
    >>> by_class.select(".level", pl.col(".estimate").round(4)).rows()
    [('a', 0.6667), ('b', 0.0)]
    """
    return counts.quality()


@panoptic_metric("no segment of the class is hit")
def segmentation_quality(counts: SegmentCounts) -> Array:
    """Segmentation quality: the mean overlap of the segments that are hit.

    ``SQ = sum_h IoU_h / tp``, over hits as for `panoptic_quality`.

    References
    ----------
    Kirillov, A., He, K., Girshick, R., Rother, C., Dollar, P. (2019). Panoptic segmentation. CVPR, 9404-9413.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"image_id": 1, "seg": [1, 1, 1], "cls": ["a", "a", "a"], "pseg": [5, 5, 6], "pcls": ["a", "a", "a"]})
    >>> round(tm.segmentation_quality(df, ("seg", "cls"), ("pseg", "pcls"), image="image_id")[".estimate"].item(), 4)
    0.6667
    """
    return counts.segmentation()


@panoptic_metric("the class has no true or predicted segment")
def recognition_quality(counts: SegmentCounts) -> Array:
    """Recognition quality: the F1 of segments.

    ``RQ = tp / (tp + fp / 2 + fn / 2)``, with hits as for `panoptic_quality`.

    References
    ----------
    Kirillov, A., He, K., Girshick, R., Rother, C., Dollar, P. (2019). Panoptic segmentation. CVPR, 9404-9413.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"image_id": 1, "seg": [1, 1, 2], "cls": ["a", "a", "b"], "pseg": [5, 5, 6], "pcls": ["a", "a", "b"]})
    >>> tm.recognition_quality(df, ("seg", "cls"), ("pseg", "pcls"), image="image_id")[".estimate"].item()
    1.0
    """
    return counts.recognition()
