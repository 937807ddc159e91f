"""Metrics of paired boxes: a value of each row, whose weighted mean is the metric; an expression that runs in every engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.errors import OptionError
from tidymetrics.families.detection import paired
from tidymetrics.families.detection.boxes import BOX_FORMATS
from tidymetrics.frames import WEIGHT, Role, pairs_of_vectors
from tidymetrics.statistics import BOX_READS, PREDICTED_BOX, TRUE_BOX, BoxMean, GroupTotals, Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.statistics import Reductions

_TEXT = "The four columns of the true box and of the predicted one, as `box_format` says."
_VECTOR_TEXT = "True and predicted boxes: arrays [n, 4], or lists of four vectors."


def _column(name: str) -> Argument:
    return Argument(
        name,
        "Sequence[str]",
        _TEXT,
        positional=True,
        column="number",
        vector_annotation="Vector",
        vector_text=_VECTOR_TEXT,
    )


ARGUMENTS = (
    _column("truth"),
    _column("estimate"),
    Argument(
        "box_format",
        'Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"]',
        'What these are: corners ("xyxy"), a corner and the size ("xywh"), the centre and the size ("cxcywh"), or corners of '
        'whole pixels, both ends counted ("xyxy_inclusive").',
        "xyxy",
    ),
    BY,
    NA_RM,
    CASE_WEIGHTS,
)


class Boxes(Family):
    """Pairs of a true and a predicted box."""

    name = "box"

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the eight columns."""
        if call.vectors:
            sides = {side: _vectors(side, call.get(side)) for side in ("truth", "estimate")}
            vectors = {f"{side} {i + 1}": v for side, columns in sides.items() for i, v in enumerate(columns)}
            names = {side: [f"{side} {i + 1}" for i in range(4)] for side in sides}
            call = call.as_frame(("case_weights",), names, vectors)
        roles, columns = [], []
        for side, inner in (("truth", TRUE_BOX), ("estimate", PREDICTED_BOX)):
            given = _four(side, call.get(side))
            columns.append(given)
            roles += [Role(name, side, column, "number") for name, column in zip(inner, given, strict=True)]
        weights = call.get("case_weights")
        roles += [] if weights is None else [Role(WEIGHT, "case_weights", weights, "number")]
        rows = call.prepare(roles)
        box_format = call.get("box_format")
        if box_format not in BOX_FORMATS:
            raise OptionError(f"box_format: expected one of {', '.join(map(repr, BOX_FORMATS))}; got {box_format!r}.")
        total = GroupTotals.request(BOX_READS)
        yield Batch(
            [replace(m, requests=(total, BoxMean(m.record.formula, box_format, (columns[0], columns[1])))) for m in metrics],
            rows,
            notes=Notes(meta={"options": {"box_format": box_format}}),
        )

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Give the eight columns of a state, and their format."""
        sides = {
            side: [state.column(name, "number") for name in names]
            for side, names in (("truth", TRUE_BOX), ("estimate", PREDICTED_BOX))
        }
        return {**sides, **(state.said("options") or {}), **state.case_weights()}


def _four(side: str, given: Any) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != 4:
        raise OptionError(f"{side}: expected the names of the four columns of a box; got {given!r}.")
    return tuple(given)


def _vectors(side: str, given: Any) -> list[Any]:
    given = given.to_numpy() if hasattr(given, "columns") and hasattr(given, "to_numpy") else given
    columns = pairs_of_vectors(given)
    if isinstance(columns, list) and len(columns) != 4 and all(len(row) == 4 for row in columns if hasattr(row, "__len__")):
        columns = [list(column) for column in zip(*columns, strict=True)]  # boxes row by row
    if not isinstance(columns, list) or len(columns) != 4:
        raise OptionError(f"{side}: expected boxes [n, 4], or four vectors; got {len(columns)} columns.")
    return columns


@dataclass(frozen=True, eq=False)
class BoxKind(Kind):
    """Metrics that are the mean of a value of each pair of boxes."""

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Say when boxes are refused."""
        return {"BoxError": "A width or height is negative, or a coordinate is infinite."}

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Give the mean."""
        return Outcome(reductions.get(bound.requests[1]), "standard", reductions.get(bound.requests[0]))


FAMILY = Boxes()
KIND = BoxKind(
    name="box",
    title="Paired boxes",
    family=FAMILY,
    arguments=ARGUMENTS,
    predicted="the columns of the predicted box",
).register()


def _declare(formula: Callable[..., Any], low: float, described: Callable[[], None]) -> MetricFunction:
    metric = Metric(
        name=described.__name__,
        kind=KIND.name,
        direction="maximize",
        range=(low, 1),
        estimators=("standard",),
        choices=("standard",),
        formula=formula,
        statistic=BoxMean,
        undefined="",
    )
    return publish(metric, KIND, described)


def box_metric(formula: Callable[..., Any], low: float) -> Callable[[Callable[[], None]], MetricFunction]:
    """Make a metric of a formula of paired boxes; the function that is decorated describes it."""
    return lambda described: _declare(formula, low, described)


@box_metric(paired.iou, 0)
def iou() -> None:
    """Intersection over union of paired boxes, the mean over rows.

    ``I / A``, where I is the area in both boxes and A the area in either. Boxes without area overlap nothing: 0.

    References
    ----------
    Everingham, M., Van Gool, L., Williams, C. K. I., Winn, J., Zisserman, A. (2010). The PASCAL visual object classes (VOC)
    challenge. International Journal of Computer Vision 88, 303-338.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x1": [0], "y1": [0], "x2": [10], "y2": [10], "p1": [0], "p2": [0], "p3": [10], "p4": [5]})
    >>> tm.iou(df, ["x1", "y1", "x2", "y2"], ["p1", "p2", "p3", "p4"])[".estimate"].item()
    0.5
    >>> tm.iou_vec([[0, 0, 10, 10]], [[0, 0, 10, 5]])
    0.5
    """


@box_metric(paired.giou, -1)
def giou() -> None:
    """Generalized IoU of paired boxes, the mean over rows: negative where they lie far apart.

    ``I / A - (C - A) / C``, where I is the area in both boxes, A the area in either, and C that of the least box around both.
    A part without area counts as 0.

    References
    ----------
    Rezatofighi, H., Tsoi, N., Gwak, J., Sadeghian, A., Reid, I., Savarese, S. (2019). Generalized intersection over union: A
    metric and a loss for bounding box regression. CVPR, 658-666.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x1": [0], "y1": [0], "x2": [1], "y2": [1], "p1": [3], "p2": [0], "p3": [4], "p4": [1]})
    >>> tm.giou(df, ["x1", "y1", "x2", "y2"], ["p1", "p2", "p3", "p4"])[".estimate"].item()
    -0.5
    >>> tm.giou_vec([[0, 0, 1, 1]], [[3, 0, 4, 1]])
    -0.5
    """


@box_metric(paired.diou, -1)
def diou() -> None:
    """Distance IoU of paired boxes, the mean over rows: less the distance of their centres.

    ``I / A - d^2 / c^2``, where I is the area in both boxes, A the area in either, d the distance of the centres, and c the
    diagonal of the least box around both. A part without extent counts as 0.

    References
    ----------
    Zheng, Z., Wang, P., Liu, W., Li, J., Ye, R., Ren, D. (2020). Distance-IoU loss: Faster and better learning for bounding box
    regression. AAAI 34, 12993-13000.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x1": [0], "y1": [0], "x2": [2], "y2": [1], "p1": [2], "p2": [0], "p3": [4], "p4": [1]})
    >>> round(tm.diou(df, ["x1", "y1", "x2", "y2"], ["p1", "p2", "p3", "p4"])[".estimate"].item(), 4)
    -0.2353
    >>> round(tm.diou_vec([[0, 0, 2, 1]], [[2, 0, 4, 1]]), 4)
    -0.2353
    """


iou_vec, giou_vec, diou_vec = (VectorFunction(function) for function in (iou, giou, diou))
