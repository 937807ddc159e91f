"""Tables of matched boxes: precision-recall curves, the matches themselves, and the confusion matrix with background."""

from __future__ import annotations

import inspect
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import DATA, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.function import FrameFunction, own_options
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.results import build_cells, labels_of
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import EngineError, LevelError, OptionError, UndefinedMetricWarning
from tidymetrics.families.classes.matrix import ConfusionMatrix
from tidymetrics.families.detection.confusion import BACKGROUND, confusion
from tidymetrics.families.detection.curves import interpolated_points, pr_points
from tidymetrics.families.detection.family import ARGUMENTS, CHECKS, FAMILY, DetectionKind
from tidymetrics.families.detection.matched import MatchedBoxes, MatchingRequest, ask_of
from tidymetrics.families.detection.outcomes import OUTCOMES, match_table
from tidymetrics.frames import in_memory, no_rows, recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.families.detection.gather import Boxes
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False)
class _TableKind(DetectionKind):
    """Calls that give a table."""

    def requests_of(self, bound: BoundMetric, boxes: Boxes) -> tuple[MatchingRequest, ...]:
        """Give the matching that the table shows; a confusion matrix matches for itself."""
        return (MatchingRequest(boxes, (ask_of(bound.options),) if "matching" in bound.options else ()),)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the table."""
        return bound.arguments["build"](reductions.get(bound.requests[0]), bound)


KIND = _TableKind(
    name="detection_table",
    title="Tables of detected objects",
    family=FAMILY,
    arguments=tuple(a for a in ARGUMENTS if a.name != "estimator"),
    predicted="the column of scores",
)

_NAMED = ("image", "label", "estimate")


class BoxTable(FrameFunction):
    """A function of two frames of boxes that gives a table."""

    def __init__(self, build: Callable[..., Any], what: str, returns: str, undefined: str) -> None:
        self.kind = KIND
        self.build, self.what, self.returns, self.undefined = build, what, returns, undefined
        self.written = inspect.getdoc(build) or ""
        self.options = own_options(build)
        self._named(build.__name__, build.__module__)

    def __repr__(self) -> str:
        return f"<{self.__name__}: {self.what}>"

    def __reduce__(self) -> str:
        return self.__name__

    def _table(self) -> Table:
        return self.kind.table(self.__name__)

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return self.options

    def _documented(self) -> str:
        parameters = entries((DATA, *self.kind.arguments), None)
        raises = {name: text for name, text in self.kind.raises(None, vectors=False).items() if name != "EstimatorError"}
        return put_together(self.written, "", parameters, self.returns, raises, self.undefined, vectors=False)

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the options."""
        self._table().require_known(options, tuple(self.options))
        chosen = {name: p.default for name, p in self.options.items()} | dict(options)
        for name, value in chosen.items():
            CHECKS[name](self.__name__, name, value)
        named = {name: arguments[name] for name in _NAMED}
        return BoundMetric(self.__name__, self.kind, None, chosen, {"build": self._build, **named})

    def _build(self, matched: MatchedBoxes, bound: BoundMetric) -> Any:
        named = {name: bound.arguments[name] for name in _NAMED}
        return self.build(matched, named, **bound.options)


class MemoryTable(BoxTable):
    """A table of the rows themselves, which must have an order."""

    def __call__(self, *args: Any, **given: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        values = dict(zip(("data", "truth"), args, strict=False)) | given
        for name in ("data", "truth"):
            frame = values.get(name)
            if frame is not None and not isinstance(frame, str) and not in_memory(recognise(frame, None)):
                raise EngineError(
                    f"{self.__name__}: {name}: the engine's rows have no order, and the table is about rows; pass a polars, "
                    "pandas or pyarrow frame, such as the collected boxes."
                )
        return super().__call__(*args, **given)


def box_table(what: str, returns: str, undefined: str, *, rows: bool = False) -> Callable[[Callable[..., Any]], BoxTable]:
    """Make a table of a function of `MatchedBoxes` and the names of columns, with its own options."""
    return lambda build: (MemoryTable if rows else BoxTable)(build, what, returns, undefined)


def _cells(matched: MatchedBoxes, columns: Mapping[str, Any], group: Codes) -> Any:
    boxes = matched.boxes
    return build_cells(columns, boxes.groups[group] if boxes.origin.keys else boxes.groups, boxes.origin)


@box_table(
    "a curve of detected objects; columns .level, .threshold, recall, precision",
    "A frame in the same library as the input, many rows per group and class: the keys, `.level`, `.threshold`, `recall`, "
    "`precision`.",
    "a class has no true box that counts",
)
def pr_curve_detection(
    matched: MatchedBoxes,
    named: Mapping[str, Any],
    *,
    iou_threshold: float = 0.5,
    recall_points: int | None = None,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Any:
    """Precision-recall curve of detected objects, of each class.

    The first point is (Inf, 0, 1); then a row for each distinct score of the predictions that count, descending. With
    `recall_points` the curve is the one that `average_precision_detection` averages: the greatest precision at any recall that
    is as great, 0 beyond the last recall, where no score reaches it and `.threshold` is null.

    Parameters
    ----------
    iou_threshold
        How much a prediction must overlap a true box: a number above 0 and at most 1.
    recall_points
        How many recalls from 0 to 1; None for the points of the scores themselves.
    area_range, max_detections, matching
        As for `average_precision_detection`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> pred = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box, "score": [0.9, 0.4]})
    >>> tm.pr_curve_detection(pred, pred.tail(1))["precision"].to_list()
    [1.0, 0.0, 0.5]
    """
    ask = ask_of(
        {"iou_threshold": iou_threshold, "area_range": area_range, "max_detections": max_detections, "matching": matching}
    )
    at, found = matched.at(ask), matched.outcomes(ask)
    if recall_points is None:
        drawn = pr_points(at.matching, found, at.area)
    else:
        drawn = interpolated_points(at.matching, found, recall_points, at.area)
    boxes = matched.boxes
    group, label = np.divmod(drawn.class_, max(boxes.shape[2], 1))
    _warn(matched.n_true(ask), boxes)
    columns = {} if boxes.levels is None else {".level": labels_of(boxes.levels, label)}
    numbers = {".threshold": drawn.threshold, "recall": drawn.recall, "precision": drawn.precision}
    return _cells(matched, {**columns, **numbers}, group)


def _warn(n_true: Array, boxes: Boxes) -> None:
    if (gone := (n_true == 0).sum()) and boxes.levels is not None:
        message = f"pr_curve_detection: {gone} of {n_true.size} curves are undefined: there is no true box that counts."
        warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


@box_table(
    "a table of boxes: what each prediction hits, and what is missed",
    "A frame in the same library as the input, a row per prediction in their order, then the missed true boxes in theirs: the "
    'keys, image, label, score, `.row` (of `data`), `.truth_row` (of `truth`), `.outcome` ("tp", "fp", "ignored" or "fn"), '
    "`.iou`.",
    "never: no number is scored",
    rows=True,
)
def match_boxes(
    matched: MatchedBoxes,
    named: Mapping[str, Any],
    *,
    iou_threshold: float = 0.5,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Any:
    """Match predicted boxes with true ones, and give the matches: what an analysis of errors starts from.

    Frames in memory only: the rows are counted from 0 in the caller's order.

    Parameters
    ----------
    iou_threshold
        How much a prediction must overlap a true box: a number above 0 and at most 1.
    area_range, max_detections, matching
        As for `average_precision_detection`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> pred = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box, "score": [0.9, 0.4]})
    >>> tm.match_boxes(pred, pred.tail(1))[".outcome"].to_list()
    ['fp', 'tp']
    """
    ask = ask_of(
        {"iou_threshold": iou_threshold, "area_range": area_range, "max_detections": max_detections, "matching": matching}
    )
    boxes, predicted, true = matched.boxes, matched.boxes.predicted, matched.boxes.true
    made = match_table(matched.at(ask).matching, matched.outcomes(ask), len(predicted.score))
    said, missed = made.row[made.row >= 0], made.truth_row[made.row < 0]

    def both(of_data: Codes, of_truth: Codes) -> Codes:
        return np.concatenate([of_data[said], of_truth[missed]])

    keys = [key.name for key in boxes.origin.keys]
    columns: dict[str, Any] = {}
    if named["image"] not in keys:
        columns[named["image"]] = boxes.images.gather(both(predicted.image, true.image))
    if boxes.levels is not None and named["label"] not in keys:
        columns[named["label"]] = labels_of(boxes.levels, both(predicted.label, true.label))
    columns[named["estimate"]] = np.concatenate([predicted.score[said], np.full(len(missed), np.nan)])
    for name, rows, of in ((".row", made.row, boxes.rows), (".truth_row", made.truth_row, boxes.truth_rows)):
        columns[name] = _positions(rows, of)
    columns[".outcome"] = labels_of((*OUTCOMES, "fn"), made.outcome)
    columns[".iou"] = made.overlap
    return _cells(matched, columns, both(predicted.group, true.group))


def _positions(rows: Codes, of: Codes) -> Any:
    """Give the caller's rows [rows], null where there is none (-1)."""
    known = labels_of(of.tolist(), np.maximum(rows, 0)) if len(of) else labels_of([0], np.zeros_like(rows))
    return known.set(labels_of([False, True], (rows < 0).astype(np.int64)), None)


class BackgroundMatrix(ConfusionMatrix):
    """A confusion matrix of boxes, whose last level is what is no object; class metrics do not fit it."""

    def score(self, bounds: Any, intervals: Any = None) -> Any:
        """Refuse class metrics: background is no class."""
        raise OptionError(f"{bounds[0].name}{', with intervals' if intervals else ''}: {_NO_CLASS}")

    def summary(self, **_: Any) -> Any:
        """Refuse a summary: background is no class."""
        raise OptionError(f"summary: {_NO_CLASS}")


_NO_CLASS = (
    "the matrix is of boxes, and its last level, background, is no class. Use precision_detection, recall_detection or "
    "f_meas_detection on the boxes."
)


@box_table(
    "a confusion matrix of boxes, with background",
    'ConfusionMatrix\n    Of each group. Its levels are the labels, written as strings, and "(background)" last.',
    "never: counts are there",
)
def conf_mat_detection(
    matched: MatchedBoxes,
    named: Mapping[str, Any],
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.5,
    max_detections: int | None = 100,
) -> ConfusionMatrix:
    """Count the labels of predicted boxes by those of the true boxes that they hit, with background.

    Boxes are matched inside images whatever their label, by score. A prediction that hits nothing is truly background; a true
    box that nothing hits is predicted as background. What falls on a crowd or an ignored box is left out. Class metrics refuse
    the matrix, since background is no class.

    Parameters
    ----------
    iou_threshold
        How much a prediction must overlap a true box: a number above 0 and at most 1.
    score_threshold
        The least score of the predictions that count.
    max_detections
        The number of predictions kept per image, best first; None for all.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> true = pl.DataFrame({"image_id": [1, 1], "label": ["car", "bus"], **box})
    >>> pred = true.with_columns(label=pl.lit("car"), score=pl.Series([0.9, 0.8]))
    >>> tm.conf_mat_detection(pred, true)
                Truth
    Prediction    bus  car  (background)
             bus    0    0             0
             car    1    1             0
    (background)    0    0             0
    """
    boxes = matched.boxes
    if boxes.levels is None:
        raise OptionError("conf_mat_detection: label=None leaves no classes to count; name the column of labels.")
    levels = tuple(map(str, boxes.levels))
    if BACKGROUND in levels:
        raise LevelError(f"conf_mat_detection: {BACKGROUND!r} is the name of what is no object; rename that label.")
    counts = confusion(
        boxes.predicted,
        boxes.true,
        boxes.shape,
        iou_threshold=iou_threshold,
        score_threshold=score_threshold,
        max_detections=max_detections,
    )
    return BackgroundMatrix.of(counts, (*levels, BACKGROUND), no_rows(boxes.origin), boxes.groups)
