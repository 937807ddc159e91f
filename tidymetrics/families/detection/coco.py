"""COCO's twelve numbers, and its files as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidymetrics.core.results import enum_of, plain_frame
from tidymetrics.families.detection.coco_files import coco_columns
from tidymetrics.families.detection.metrics import average_precision_detection, average_recall_detection

if TYPE_CHECKING:
    import polars as pl

    from tidymetrics.core.function import MetricFunction

_AREAS = ("small", "medium", "large")


def coco_members() -> tuple[MetricFunction, ...]:
    """Give the metrics of COCO's table, in its order."""
    ap, ar = average_precision_detection, average_recall_detection
    named = {
        "ap": ap.renamed("ap", {}),
        "ap_50": ap.renamed("ap_50", {"iou_thresholds": 0.5}),
        "ap_75": ap.renamed("ap_75", {"iou_thresholds": 0.75}),
        **{f"ap_{area}": ap.renamed(f"ap_{area}", {"area_range": area}) for area in _AREAS},
        **{f"ar_{depth}": ar.renamed(f"ar_{depth}", {"max_detections": depth}) for depth in (1, 10, 100)},
        **{f"ar_{area}": ar.renamed(f"ar_{area}", {"area_range": area}) for area in _AREAS},
    }
    return tuple(named.values())


class CocoFrames(NamedTuple):
    """COCO's files as frames."""

    truth: pl.DataFrame
    predictions: pl.DataFrame | None
    """None without results."""
    images: pl.DataFrame


def read_coco(annotations: Any, results: Any = None) -> CocoFrames:
    """Read COCO's JSON as frames.

    Parameters
    ----------
    annotations
        The path of a file of annotations (with `images`, `annotations` and `categories`), or what `json.load` gives of it.
    results
        The path of a file of detections, or the list of them; None for annotations alone.

    Returns
    -------
    NamedTuple
        `truth`, `predictions` and `images`, polars frames. `label` is an Enum of the names of the categories, in the order of
        the file; boxes are `xmin`, `ymin`, `xmax`, `ymax`, `width`, `height`; truth has `area` and `iscrowd`, predictions
        `score`. Sums such as xmin + width round: to the last bit pycocotools' overlaps are those of
        ``box=("xmin", "ymin", "width", "height"), box_format="xywh"``.

    Raises
    ------
    OptionError
        A file is no JSON, or not COCO's.
    LevelError
        A category is not one of the file's.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> read = tm.read_coco(
    ...     {
    ...         "images": [{"id": 1, "width": 64, "height": 48, "file_name": "a.jpg"}],
    ...         "categories": [{"id": 7, "name": "cat"}],
    ...         "annotations": [{"id": 1, "image_id": 1, "category_id": 7, "bbox": [1, 2, 10, 20], "area": 150.0}],
    ...     },
    ...     [{"image_id": 1, "category_id": 7, "bbox": [1, 2, 10, 20], "score": 0.9}],
    ... )
    >>> tm.average_precision_detection(read.predictions, read.truth, area="area", iscrowd="iscrowd").item(0, ".estimate")
    1.0
    """
    read = coco_columns(annotations, results)

    def frame(columns: dict[str, Any]) -> pl.DataFrame:
        return plain_frame(**{**columns, "label": enum_of(read.labels, columns["label"])})

    predictions = None if read.predictions is None else frame(read.predictions)
    return CocoFrames(frame(read.truth), predictions, plain_frame(**read.images))
