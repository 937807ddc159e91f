"""Random boxes on a coarse grid: many equal overlaps, equal scores, crowds, ignored boxes and boxes without area."""

from __future__ import annotations

import numpy as np

from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes


def sides(rng: np.random.Generator, n: int, width: int) -> np.ndarray:
    """Give n boxes [4, n] of x, y, width and height whose corners are whole multiples of 4."""
    corner = rng.integers(0, width, (2, n))
    size = rng.integers(0 if rng.random() < 0.3 else 1, 1 + width // 2, (2, n))
    return np.concatenate([corner, size]).astype(float) * 4


def random_boxes(seed: int, *, exact: bool = False) -> tuple[PredictedBoxes, TrueBoxes, tuple[int, int, int]]:
    """Give a random call; `exact` leaves out what COCO's tools have not: groups, and ignored boxes that are no crowds."""
    rng = np.random.default_rng(seed)
    shape = (1 if exact else int(rng.integers(1, 4)), int(rng.integers(1, 5)), int(rng.integers(1, 4)))
    n, m = int(rng.integers(0, 90)), int(rng.integers(0, 50))
    width = int(rng.choice([3, 6, 12]))

    def codes(size: int) -> list[np.ndarray]:
        return [rng.integers(0, most, size) for most in shape]

    score = rng.integers(0, int(rng.choice([3, 20, 1000])), n) / 10
    box, t_box = sides(rng, n, width), sides(rng, m, width)
    copied = rng.random(n) < 0.4
    if m:
        box[:, copied] = t_box[:, rng.integers(0, m, int(copied.sum()))]
    if rng.random() < 0.5:
        box = np.maximum(box + rng.normal(0, 1, box.shape) * (rng.random(n) < 0.7), 0)
    area = rng.choice([16.0, 500.0, 1024.0, 3000.0, 9216.0, 20000.0], m)
    crowd, ignored = rng.random(m) < 0.15, rng.random(m) < 0.15
    ignored = None if exact or rng.random() < 0.5 else ignored
    return PredictedBoxes(*codes(n), box, score), TrueBoxes(*codes(m), t_box, area, crowd, ignored), shape
