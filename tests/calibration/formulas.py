"""Formulas of class metrics on counts at thresholds, written apart from the package's."""

from __future__ import annotations

from typing import Any

import numpy as np


def _mcc(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
    return (tp * tn - fp * fn) / np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


def _kap(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
    n = tp + fp + fn + tn
    expected = ((tp + fp) * (tp + fn) + (fn + tn) * (fp + tn)) / n**2
    return ((tp + tn) / n - expected) / (1 - expected)


def _f(beta: float = 1.0) -> Any:
    def formula(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)

    return formula


def _cost(costs: dict[str, list[Any]]) -> Any:
    pairs = {(t, e): c for t, e, c in zip(costs["truth"], costs["estimate"], costs["cost"], strict=True)}
    miss, alarm = pairs.get(("yes", "no"), 0.0), pairs.get(("no", "yes"), 0.0)
    return lambda tp, fp, fn, tn: (miss * fn + alarm * fp) / (tp + fp + fn + tn)


FORMULAS: dict[str, Any] = {
    "accuracy": lambda tp, fp, fn, tn: (tp + tn) / (tp + fp + fn + tn),
    "sens": lambda tp, fp, fn, tn: tp / (tp + fn),
    "spec": lambda tp, fp, fn, tn: tn / (tn + fp),
    "precision": lambda tp, fp, fn, tn: tp / (tp + fp),
    "npv": lambda tp, fp, fn, tn: tn / (tn + fn),
    "mcc": _mcc,
    "kap": _kap,
    "f_meas": _f(),
    "j_index": lambda tp, fp, fn, tn: tp / (tp + fn) + tn / (tn + fp) - 1,
    "bal_accuracy": lambda tp, fp, fn, tn: (tp / (tp + fn) + tn / (tn + fp)) / 2,
    "detection_prevalence": lambda tp, fp, fn, tn: (tp + fp) / (tp + fp + fn + tn),
    "roc_dist": lambda tp, fp, fn, tn: np.hypot(1 - tp / (tp + fn), 1 - tn / (tn + fp)),
}
FORMULAS["recall"] = FORMULAS["sensitivity"] = FORMULAS["sens"]
FORMULAS["specificity"] = FORMULAS["spec"]


def formula_of(metric: Any) -> tuple[str, Any]:
    """Give the name and the formula of a metric as the reference writes it."""
    if "$metric" in metric:
        return metric["$metric"], FORMULAS[metric["$metric"]]
    name, options = metric["$tweak"]
    return name, _cost(options["costs"]) if name == "decision_cost" else _f(options["beta"])


def members(wanted: Any, default: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Give the metrics of a set."""
    if wanted is None:
        return [(name, FORMULAS[name]) for name in default]
    found = [(name, FORMULAS[name]) for name in wanted["$set"]]
    return found + [(name, formula_of({"$tweak": made})[1]) for name, made in wanted.get("$named", {}).items()]


def counted(formula: Any, counts: Any) -> np.ndarray:
    """Evaluate a formula on counts; 0/0 is NaN."""
    tables = counts.tables()
    with np.errstate(divide="ignore", invalid="ignore"):
        return formula(tables[..., 0, 0], tables[..., 0, 1], tables[..., 1, 0], tables[..., 1, 1])
