"""Object detection and segmentation: boxes that are matched inside images, and what follows from the matches.

The kernels are numpy alone. A family brings columns to arrays and turns arrays into rows::

    columns -> checks.box_fault                       refuses boxes that are none
            -> boxes.as_xywh                          four columns as [4, boxes]
            -> layout.PredictedBoxes, TrueBoxes       codes of group, image and label beside the boxes
            -> layout.lay_out                         the order in which everything is computed
            -> matching.match                         every threshold and area at once
            -> precision.average_precision, average_recall, counts_at      [groups, labels(, thresholds)]
               curves.pr_points, interpolated_points                      a row per point
               outcomes.match_table, confusion.confusion                   a row per box; [groups, predicted, true]

Codes are whole numbers from 0 without an order of their own, but for images: they ascend with the images' values, since equal
scores of one class are ordered by image. Rows stay in the caller's order: equal scores of an image are ordered by row, and so
are equal overlaps. A caller whose rows have no order sorts them by x, y, width and height first.
"""

from tidymetrics.families.detection import family, paired_family, panoptic_family

__all__ = ["family", "paired_family", "panoptic_family"]
