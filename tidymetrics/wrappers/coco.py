"""COCO's table as one set."""

from __future__ import annotations

from tidymetrics.families.detection.coco import coco_members
from tidymetrics.wrappers.sets import metric_set

coco_metrics = metric_set(*coco_members())
"""COCO's twelve numbers, of one matching: average precision and average recall, by overlap, size and number of predictions."""
