"""The metrics of detection: average precision and recall, and shares at a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.families.detection.family import COUNTED, detection_metric
from tidymetrics.families.detection.matched import Ask, ask_of
from tidymetrics.families.detection.precision import COCO_THRESHOLDS

if TYPE_CHECKING:
    from tidymetrics.families.detection.matched import MatchedBoxes
    from tidymetrics.typing import Array

COCO = tuple(COCO_THRESHOLDS.tolist())
"""COCO's thresholds of overlap: 0.50, 0.55, ..., 0.95."""


def _ask(**options: Any) -> Ask:
    return ask_of(options)


@detection_metric(undefined="there is no true box of the class that counts")
def average_precision_detection(
    boxes: MatchedBoxes,
    *,
    iou_thresholds: Any = COCO,
    area_range: Any = "all",
    max_detections: int | None = 100,
    recall_points: int | None = 101,
    matching: str = "coco",
) -> Array:
    """Average precision of detected objects: COCO's AP, and mAP as the mean over classes.

    ``AP = 1 / R sum_r p_r``, where p_r is the greatest precision at any recall of at least r, over R recalls from 0 to 1; then
    the mean over the thresholds of overlap.

    Predictions are matched with true boxes inside each image and class, by score, and ranked over all images. The defaults are
    COCO's, whose numbers they give to the last digits. The rule of VOC 2012 is ``matching="voc", recall_points=None,
    iou_thresholds=0.5, max_detections=None, box_format="xyxy_inclusive"``.

    Parameters
    ----------
    iou_thresholds
        How much a prediction must overlap a true box: a number above 0 and at most 1, or several.
    area_range
        Which boxes count by their size: "all", "small" (to 32^2), "medium" (32^2 to 96^2), "large" (from 96^2), or two sizes.
    max_detections
        The number of predictions kept per image and class, best first; None for all.
    recall_points
        How many recalls from 0 to 1: 101 (COCO), 11 (VOC until 2009), any other number; None for those of the hits (VOC 2010).
    matching
        "coco": the free true box of greatest overlap. "voc": the true box of greatest overlap, whether it is free or not.

    References
    ----------
    Lin, T.-Y., Maire, M., Belongie, S., et al. (2014). Microsoft COCO: Common objects in context. ECCV, 740-755.

    Everingham, M., Van Gool, L., Williams, C. K. I., Winn, J., Zisserman, A. (2010). The PASCAL visual object classes (VOC)
    challenge. International Journal of Computer Vision 88, 303-338.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> true = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box})
    >>> pred = true.with_columns(xmax=pl.col("xmax") + 1, score=pl.Series([0.9, 0.8]))
    >>> round(tm.average_precision_detection(pred, true).item(0, ".estimate"), 4)
    0.9
    """
    ask = _ask(iou_thresholds=iou_thresholds, area_range=area_range, max_detections=max_detections, matching=matching)
    return boxes.average_precision(ask, recall_points)


@detection_metric(undefined="there is no true box of the class that counts")
def average_recall_detection(
    boxes: MatchedBoxes,
    *,
    iou_thresholds: Any = COCO,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Array:
    """Average recall of detected objects: COCO's AR.

    ``AR = 1 / T sum_t (tp_t / (tp_t + fn_t))``, the share of true boxes that some prediction hits, whatever its score; the mean
    over T thresholds of overlap.

    Parameters
    ----------
    iou_thresholds, area_range, max_detections, matching
        As for `average_precision_detection`.

    References
    ----------
    Hosang, J., Benenson, R., Dollar, P., Schiele, B. (2016). What makes for effective detection proposals? IEEE Transactions on
    Pattern Analysis and Machine Intelligence 38(4), 814-830.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> true = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box})
    >>> tm.average_recall_detection(true.head(1).with_columns(score=0.9), true)[".estimate"].item()
    0.5
    """
    ask = _ask(iou_thresholds=iou_thresholds, area_range=area_range, max_detections=max_detections, matching=matching)
    return boxes.average_recall(ask)


@detection_metric(undefined="nothing of the class is predicted", estimators=COUNTED)
def precision_detection(
    boxes: MatchedBoxes,
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.5,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Array:
    """Precision of detected objects at a score: the share of predictions that hit a true box.

    ``tp / (tp + fp)``, of the predictions with at least the score.

    Parameters
    ----------
    iou_threshold
        How much a prediction must overlap a true box: a number above 0 and at most 1.
    score_threshold
        The least score of the predictions that count.
    area_range, max_detections, matching
        As for `average_precision_detection`.

    References
    ----------
    Everingham, M., Van Gool, L., Williams, C. K. I., Winn, J., Zisserman, A. (2010). The PASCAL visual object classes (VOC)
    challenge. International Journal of Computer Vision 88, 303-338.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> pred = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box, "score": [0.9, 0.8]})
    >>> tm.precision_detection(pred, pred.head(1))[".estimate"].item()
    0.5
    """
    ask = _ask(iou_threshold=iou_threshold, area_range=area_range, max_detections=max_detections, matching=matching)
    return boxes.counts(ask, score_threshold).precision()


@detection_metric(undefined="there is no true box of the class that counts", estimators=COUNTED)
def recall_detection(
    boxes: MatchedBoxes,
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.5,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Array:
    """Recall of detected objects at a score: the share of true boxes that a prediction hits.

    ``tp / (tp + fn)``, of the predictions with at least the score.

    Parameters
    ----------
    iou_threshold, score_threshold, area_range, max_detections, matching
        As for `precision_detection`.

    References
    ----------
    Everingham, M., Van Gool, L., Williams, C. K. I., Winn, J., Zisserman, A. (2010). The PASCAL visual object classes (VOC)
    challenge. International Journal of Computer Vision 88, 303-338.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> pred = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box, "score": [0.9, 0.4]})
    >>> tm.recall_detection(pred, pred)[".estimate"].item()
    0.5
    """
    ask = _ask(iou_threshold=iou_threshold, area_range=area_range, max_detections=max_detections, matching=matching)
    return boxes.counts(ask, score_threshold).recall()


@detection_metric(undefined="nothing of the class is true or predicted", estimators=COUNTED)
def f_meas_detection(
    boxes: MatchedBoxes,
    *,
    beta: float = 1,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.5,
    area_range: Any = "all",
    max_detections: int | None = 100,
    matching: str = "coco",
) -> Array:
    """F measure of detected objects at a score: precision and recall in one number.

    ``(1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)``, of the predictions with at least the score. A class that is never
    predicted is 0 here.

    Parameters
    ----------
    beta
        How many times as much recall counts as precision.
    iou_threshold, score_threshold, area_range, max_detections, matching
        As for `precision_detection`.

    References
    ----------
    Van Rijsbergen, C. J. (1979). Information retrieval, 2nd edition. Butterworths.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [10.0, 30.0], "ymax": [10.0, 10.0]}
    >>> pred = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box, "score": [0.9, 0.4]})
    >>> round(tm.f_meas_detection(pred, pred)[".estimate"].item(), 4)
    0.6667
    """
    ask = _ask(iou_threshold=iou_threshold, area_range=area_range, max_detections=max_detections, matching=matching)
    return boxes.counts(ask, score_threshold).f_meas(beta)
