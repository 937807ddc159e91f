"""Detected objects beside pycocotools and faster-coco-eval, where installed: `python -m tests.benchmarks detection`."""

from __future__ import annotations

import contextlib
import importlib
import io
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import polars as pl

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare

SIDES = ("xmin", "ymin", "xmax", "ymax")
MARKS = {"area": "area", "iscrowd": "iscrowd"}
PEERS = {"pycocotools": ("pycocotools", "COCOeval"), "faster-coco-eval": ("faster_coco_eval", "COCOeval_faster")}
AT_MOST = {"pycocotools": 1 / 80, "faster-coco-eval": 1 / 15}


def coco_like(
    n_images: int = 5_000, n_classes: int = 80, n_true: int = 36_000, n_said: int = 250_000
) -> tuple[pl.DataFrame, ...]:
    """Make boxes as COCO has them: a few classes an image, objects of all sizes, many predictions of little score."""
    rng = np.random.default_rng(0)
    share = 1 / np.arange(1, n_classes + 1) ** 0.8
    image = rng.integers(0, n_images, n_true)
    label = rng.choice(n_classes, n_true, p=share / share.sum())
    size = np.exp(rng.normal(4.0, 1.0, (2, n_true))).clip(4, 400)
    corner = rng.uniform(0, 400, (2, n_true))
    of = rng.integers(0, n_true, n_said)
    noise = np.exp(rng.normal(-1.8, 1.0, n_said))
    p_size = size[:, of] * np.exp(rng.normal(0, 0.3, (2, n_said)) * noise)
    p_corner = corner[:, of] + rng.normal(0, 1, (2, n_said)) * noise * size[:, of]
    score = 1 / (1 + np.exp(-(1.5 - 6 * noise + rng.normal(0, 1, n_said))))

    def frame(rows: Any, low: Any, extent: Any, **more: Any) -> pl.DataFrame:
        sides = dict(zip(SIDES, [*low, *(low + extent)], strict=True))
        keys = {"image_id": image[rows], "camera": image[rows] % 20, "label": label[rows]}
        return pl.DataFrame({**keys, **sides, "width": extent[0], "height": extent[1], **more})

    true = frame(slice(None), corner, size, area=size.prod(axis=0) * 0.7, iscrowd=rng.random(n_true) < 0.01)
    return frame(of, p_corner, p_size, score=score), true


def _dictionaries(pred: pl.DataFrame, true: pl.DataFrame) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    def rows(df: pl.DataFrame, *more: str) -> list[dict[str, Any]]:
        named = df.select("image_id", pl.col("label").alias("category_id"), "xmin", "ymin", "width", "height", *more).to_dicts()
        return [{**row, "bbox": [row.pop(side) for side in ("xmin", "ymin", "width", "height")]} for row in named]

    annotations = [{**row, "id": i + 1, "iscrowd": int(row["iscrowd"])} for i, row in enumerate(rows(true, "area", "iscrowd"))]
    ids = [{"id": i} for i in range(int(true["image_id"].max()) + 1)]  # type: ignore[arg-type]
    kinds = [{"id": i} for i in range(int(true["label"].max()) + 1)]  # type: ignore[arg-type]
    return {"info": {}, "images": ids, "categories": kinds, "annotations": annotations}, rows(pred, "score")


def peer(name: str, pred: pl.DataFrame, true: pl.DataFrame) -> Callable[[], Any]:
    """Give the peer's whole work, from dictionaries to its table."""
    module, evaluator = PEERS[name]
    coco = importlib.import_module(f"{module}.coco" if module == "pycocotools" else module).COCO
    evaluate = getattr(importlib.import_module(f"{module}.cocoeval" if module == "pycocotools" else module), evaluator)
    dataset, results = _dictionaries(pred, true)

    def work() -> Any:
        with contextlib.redirect_stdout(io.StringIO()):
            truth = coco()
            truth.dataset = dataset
            truth.createIndex()
            made = evaluate(truth, truth.loadRes([dict(row) for row in results]), "bbox")
            made.evaluate()
            made.accumulate()
            made.summarize()
        return made.stats

    return work


def table() -> list[Row]:
    """Compare COCO's twelve numbers, and those of 20 cameras in one call beside a call each."""
    pred, true = coco_like()
    ours = lambda: tm.coco_metrics(pred, true, **MARKS)
    rows = [
        compare("COCO's twelve numbers, 250,000 predictions", name, ours, peer(name, pred, true), AT_MOST[name], rounds=1)
        for name in PEERS
        if find_spec(PEERS[name][0])
    ]
    cameras = sorted(true["camera"].unique())
    by_camera = lambda: tm.coco_metrics(pred, true, by="camera", levels=range(80), **MARKS)
    loop = lambda: [tm.coco_metrics(pred.filter(camera=c), true.filter(camera=c), levels=range(80), **MARKS) for c in cameras]
    rows.append(compare("the same by 20 cameras", "a call a camera", by_camera, loop, 1.0, rounds=3))
    rows.append(compare("the same by 20 cameras", "the ungrouped call", by_camera, ours, 1.5, rounds=3))
    return rows
