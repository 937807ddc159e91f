"""COCO's table as one set."""

from __future__ import annotations

from tidymetrics.families.detection.coco import coco_members
from tidymetrics.wrappers.sets import MetricSet


class CocoSet(MetricSet):
    """COCO's twelve numbers, a row each, from one matching.

    ap, ap_50 and ap_75 are average precision over the overlaps 0.50, 0.55, ..., 0.95, and at 0.50 and 0.75; ap_small, ap_medium
    and ap_large look at boxes of these sizes. ar_1, ar_10 and ar_100 are average recall with so many predictions per image and
    class; ar_small, ar_medium and ar_large again by size. It is a metric set of `average_precision_detection` and
    `average_recall_detection`, in the order of COCO's table, and is called like one.

    Parameters
    ----------
    data, truth, estimate, by, image, label, box, box_format, area, iscrowd, ignore, images, levels, estimator
        As for `average_precision_detection`. With `area` and `iscrowd` of COCO's files the numbers are those of its tools.

    Returns
    -------
    A frame in the same library as the input: twelve rows per group.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> box = {"xmin": [0.0, 20.0], "ymin": [0.0, 0.0], "xmax": [50.0, 70.0], "ymax": [50.0, 50.0]}
    >>> true = pl.DataFrame({"image_id": [1, 1], "label": ["car", "car"], **box})
    >>> pred = true.with_columns(score=pl.Series([0.9, 0.8]))
    >>> tm.metric_set(*tm.coco_metrics.members[:3])(pred, true)[".estimate"].to_list()
    [1.0, 1.0, 1.0]
    """


coco_metrics = CocoSet(coco_members())
