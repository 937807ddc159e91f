"""The rules of matching and of precision as plain loops, written from the rules and not from the kernels."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np

from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes


def overlap_of(d: tuple[float, ...], t: tuple[float, ...], crowd: bool) -> float:
    w = min(d[0] + d[2], t[0] + t[2]) - max(d[0], t[0])
    h = min(d[1] + d[3], t[1] + t[3]) - max(d[1], t[1])
    if w <= 0 or h <= 0:
        return 0.0
    i = w * h
    return i / (d[2] * d[3]) if crowd else i / (d[2] * d[3] + t[2] * t[3] - i)


def match_cell(
    detections: list[int], truths: list[int], p: PredictedBoxes, t: TrueBoxes, bar: float, ignored: dict[int, bool], rule: str
) -> dict[int, int]:
    """Give the true row that each predicted row takes."""
    taken: dict[int, int] = {}
    used: set[int] = set()
    crowd = {j: t.crowd is not None and bool(t.crowd[j]) for j in truths}
    for i in detections:
        values = {j: overlap_of(tuple(p.box[:, i]), tuple(t.box[:, j]), crowd[j]) for j in truths}
        if rule == "voc":
            if not truths:
                continue
            j = max(truths, key=lambda j: (values[j], -j))
            if values[j] >= bar and (ignored[j] or j not in used):
                taken[i] = j
                used.add(j)
            continue
        able = [j for j in truths if values[j] >= min(bar, 1 - 1e-10) and (crowd[j] or j not in used)]
        if able:
            j = max(able, key=lambda j: (not ignored[j], values[j], j))
            taken[i] = j
            used.add(j)
    return taken


def matches(
    p: PredictedBoxes, t: TrueBoxes, bar: float, area: tuple[float, float], rule: str, depth: int | None
) -> tuple[dict[int, str], dict[int, int], list[int], dict[int, bool]]:
    """Give the outcome of each predicted row, what it takes, the missed true rows, and which true rows are ignored."""
    size = t.box[2] * t.box[3] if t.area is None else t.area
    ignored = {
        j: bool((t.crowd is not None and t.crowd[j]) or (t.ignored is not None and t.ignored[j]))
        or not area[0] <= size[j] <= area[1]
        for j in range(t.box.shape[1])
    }
    cells: dict[Any, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, boxes in enumerate((p, t)):
        for row in range(boxes.box.shape[1]):
            cells[boxes.group[row], boxes.image[row], boxes.label[row]][side].append(row)
    outcome = dict.fromkeys(range(p.box.shape[1]), "ignored")
    takes: dict[int, int] = {}
    for detections, truths in cells.values():
        best = sorted(detections, key=lambda i: (-p.score[i], i))[:depth]
        taken = match_cell(best, truths, p, t, bar, ignored, rule)
        takes |= taken
        for i in best:
            own = p.box[2, i] * p.box[3, i]
            if i in taken:
                outcome[i] = "ignored" if ignored[taken[i]] else "tp"
            elif area[0] <= own <= area[1]:
                outcome[i] = "fp"
    missed = [j for j in ignored if not ignored[j] and j not in takes.values()]
    return outcome, takes, missed, ignored


def pooled(p: PredictedBoxes, outcome: dict[int, str], group: int, label: int) -> list[int]:
    """Give the rows of a class that count, best first."""
    rows = [i for i, o in outcome.items() if o != "ignored" and p.group[i] == group and p.label[i] == label]
    return sorted(rows, key=lambda i: (-p.score[i], p.image[i], i))


def points(p: PredictedBoxes, outcome: dict[int, str], rows: list[int], n: int) -> list[tuple[float, float, float]]:
    """Give score, recall and precision after each row."""
    made, hits = [], 0
    for k, i in enumerate(rows, 1):
        hits += outcome[i] == "tp"
        made.append((float(p.score[i]), hits / n, hits / k))
    return made


def average_precision(made: list[tuple[float, float, float]], n: int, recall_points: int | None) -> float:
    if recall_points is None:
        total, before = 0.0, 0.0
        for k, (_, recall, _) in enumerate(made):
            total += (recall - before) * max(precision for _, _, precision in made[k:])
            before = recall
        return total
    grid = np.linspace(0, 1, recall_points)
    return float(np.mean([max((q for _, recall, q in made if recall >= r), default=0.0) for r in grid]))


def by_class(
    p: PredictedBoxes, t: TrueBoxes, shape: tuple[int, int, int], bar: float, area: tuple[float, float], rule: str,
    depth: int | None, recall_points: int | None, least: float,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Give average precision, recall and counts at a score: each [groups, labels]."""
    outcome, _, _, ignored = matches(p, t, bar, area, rule, depth)
    names = ("ap", "ar", "tp", "fp", "fn")
    found = {name: np.full((shape[0], shape[2]), math.nan) for name in names}
    for g in range(shape[0]):
        for k in range(shape[2]):
            n = sum(not ignored[j] and t.group[j] == g and t.label[j] == k for j in ignored)
            rows = pooled(p, outcome, g, k)
            if n:
                made = points(p, outcome, rows, n)
                found["ap"][g, k] = average_precision(made, n, recall_points)
                found["ar"][g, k] = made[-1][1] if made else 0.0
            sure = [outcome[i] for i in rows if p.score[i] >= least]
            found["tp"][g, k], found["fp"][g, k] = sure.count("tp"), sure.count("fp")
            found["fn"][g, k] = n - sure.count("tp")
    return found
