"""Detection against pycocotools, to 1e-12: the kernels, and the twelve numbers of frames."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import polars as pl
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

import tidymetrics as tm
from tests.detection.random_boxes import random_boxes
from tidymetrics.families.detection import precision
from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes, lay_out
from tidymetrics.families.detection.matching import AREA_RANGES, match

DEPTHS = (1, 10, 100)


def peer(p: PredictedBoxes, t: TrueBoxes, shape: tuple[int, int, int]) -> COCOeval:
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "info": {},
            "images": [{"id": i} for i in range(shape[1])],
            "categories": [{"id": k} for k in range(shape[2])],
            "annotations": [
                {
                    "id": j + 1, "image_id": int(t.image[j]), "category_id": int(t.label[j]), "bbox": t.box[:, j].tolist(),
                    "area": float(t.area[j]), "iscrowd": int(t.crowd[j]),
                }
                for j in range(len(t.image))
            ],
        }  # fmt: skip
        truth.createIndex()
        rows = zip(p.image.tolist(), p.label.tolist(), p.box.T.tolist(), p.score.tolist(), strict=True)
        predicted = truth.loadRes([{"image_id": i, "category_id": k, "bbox": b, "score": s} for i, k, b, s in rows])
        made = COCOeval(truth, predicted, "bbox")
        made.evaluate()
        made.accumulate()
        made.summarize()
    return made


@pytest.mark.parametrize("seed", range(300))
def test_all_tables_agree(seed: int) -> None:
    p, t, shape = random_boxes(seed, exact=True)
    if not len(p.score):  # pycocotools has an IndexError for no predictions
        p = PredictedBoxes(*np.zeros((3, 1), np.int64), np.array([[0.0], [0.0], [5.0], [5.0]]), np.array([0.5]))
    made = peer(p, t, shape)
    found = match(lay_out(p, t, shape), precision.COCO_THRESHOLDS, list(AREA_RANGES.values()))
    for area in range(4):
        for m, depth in enumerate(DEPTHS):
            hits = precision.hits_of(found, area, depth)
            for values, table in (
                (precision.average_precision(found, hits), made.eval["precision"][:, :, :, area, m].mean(axis=1)),
                (precision.average_recall(found, area, depth), made.eval["recall"][:, :, area, m]),
            ):
                want = np.where(table == -1, np.nan, table)  # [thresholds, labels]
                np.testing.assert_allclose(values[0].T, want, rtol=0, atol=1e-12)


def frame(boxes: PredictedBoxes | TrueBoxes, **more: np.ndarray) -> pl.DataFrame:
    sides = dict(zip(("x", "y", "w", "h"), boxes.box, strict=True))
    return pl.DataFrame({"image_id": boxes.image, "label": boxes.label, **sides, **more})


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
@pytest.mark.parametrize("seed", range(60))
def test_twelve_numbers_side_by_side(seed: int) -> None:
    p, t, shape = random_boxes(seed, exact=True)
    if not len(p.score):
        return
    theirs = peer(p, t, shape).stats
    pred, true = frame(p, score=p.score), frame(t, area=t.area, crowd=t.crowd)
    ours = tm.coco_metrics(
        pred, true, box=["x", "y", "w", "h"], box_format="xywh", area="area", iscrowd="crowd", levels=range(shape[2])
    )
    found = ours[".estimate"].fill_null(-1.0).to_numpy()
    np.testing.assert_allclose(found, theirs, rtol=0, atol=1e-12)
