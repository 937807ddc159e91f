"""Skill: the metrics of the package, on what knows nothing but the truth's own shares."""

from __future__ import annotations

from typing import Any

import numpy as np

import tidymetrics as tm
from tests.calibration.rows import Rows
from tidymetrics.statistics import no_skill


def skill(case: dict[str, Any], names: list[str], baseline: str | float | None) -> dict[str, Any]:
    rows = Rows(case)
    ends = np.cumsum(rows.key_lengths)
    weight = rows.key_weight if getattr(rows, "several", False) else rows.weight
    found: list[tuple[float, float, float]] = []
    for name in names:
        for e, n in zip(ends, rows.key_lengths, strict=True):
            at = slice(e - n, e)
            given, base = pair(case, rows, name, baseline, at, weight)
            low, high = getattr(tm, name).metric.range
            perfect = high if getattr(tm, name).metric.direction == "maximize" else low
            found.append((given, base, float(no_skill.skill(np.array([given]), np.array([base]), perfect)[0])))
    given, base, gained = np.array(found).T
    return {".estimate": given, ".baseline": base, ".skill": gained}


def pair(case: dict[str, Any], rows: Rows, name: str, baseline: Any, at: slice, weight: Any) -> tuple[float, float]:
    """Give the value of a metric and that of its baseline for one key."""
    vec, args = getattr(tm, f"{name}_vec"), case["args"]
    given = {} if weight is None else {"case_weights": weight[at]}
    if not rows.levels:
        one = np.array([at.stop - at.start])
        constant = (
            baseline
            if isinstance(baseline, float)
            else no_skill.constant_number(one, rows.truth[at], None if weight is None else weight[at], baseline or "mean")
        )
        base = np.full(at.stop - at.start, constant)
        return vec(rows.truth[at], rows.score[at], **given), vec(rows.truth[at], base, **given)
    truth = rows.columns[args["truth"]][at].tolist()
    each = np.ones(len(truth)) if weight is None else weight[at]
    true = np.bincount(rows.code[at], each, minlength=len(rows.levels))[None]
    if getattr(tm, name).metric.kind == "class":
        pred = rows.columns[args["estimate"]][at].tolist()
        table = no_skill.expected_table(true, baseline or "most_frequent")[0]
        return vec(truth, pred, levels=rows.levels, **given), of_table(name, table)
    shares = no_skill.constant_shares(true, baseline or "prior")
    probs = rows.probs[at] if rows.several else np.stack([rows.score[at], 1 - rows.score[at]], axis=1)
    constant = np.repeat(shares, len(truth), axis=0)
    if not rows.several:
        probs, constant = probs[:, 0], constant[:, 0]
    return vec(truth, probs, levels=rows.levels, **given), vec(truth, constant, levels=rows.levels, **given)


def of_table(name: str, table: np.ndarray) -> float:
    """Evaluate a class metric on a table of expected counts, by its rows of truth and prediction."""
    size = len(table)
    pred, truth = (side.ravel().tolist() for side in np.indices(table.shape))
    event = {"event": 0} if size == 2 else {}
    return getattr(tm, f"{name}_vec")(truth, pred, case_weights=table.ravel(), levels=list(range(size)), **event)
