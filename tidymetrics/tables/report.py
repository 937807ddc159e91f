"""Reports: the usual metrics of a model, class by class or of its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.metric import METRICS
from tidymetrics.core.results import build_cells, labels_of, repeated
from tidymetrics.core.score import announce, evaluate
from tidymetrics.errors import OptionError
from tidymetrics.families.classes.conf_mat import conf_mat
from tidymetrics.families.classes.matrix import ConfusionMatrix
from tidymetrics.frames import holds_numbers, recognise
from tidymetrics.statistics import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.typing import Array, By, Level

PER_CLASS = ("precision", "recall", "f_meas")
AVERAGES = ("macro", "macro_weighted")
NUMERIC = ("rmse", "mae", "msd", "rsq", "ccc")


def report(
    data: Any,
    truth: str | None = None,
    estimate: str | None = None,
    *,
    by: By = None,
    case_weights: str | None = None,
    levels: Sequence[Level] | None = None,
) -> Any:
    """Report on predicted classes or numbers with the usual metrics.

    Of classes: precision, recall and F1 of each class, the accuracy, and the averages of the three (macro, and weighted by the
    classes' shares). Of numbers: the root mean squared error, the mean absolute error, the mean signed error (`msd`), the
    squared correlation and the concordance correlation. ``tm.wide(report)`` has one row per class, as scikit-learn's
    `classification_report`, and ``tm.as_table(report)`` shows it.

    Parameters
    ----------
    data, truth, estimate, by, case_weights
        As for a metric. Rows in which one of the columns is missing are left out. A confusion matrix can stand in place of
        data, truth and estimate.
    levels
        All classes in order. Numbers are scored as classes where it is given.

    Returns
    -------
    A frame in the same library as the input, group by group: the keys, `.metric`, `.estimator`, `.level` (of classes; null
    for the accuracy and the averages), `.estimate`, and `.n`: the weight of the rows, of a class of those that truly have it.

    Raises
    ------
    LevelError, ColumnNotFoundError, WeightError
        As for a metric.

    Warns
    -----
    UndefinedMetricWarning
        Once per call: a class is never predicted or never occurs, so that a value is undefined.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["cat", "cat", "cat", "dog", "dog"], "pred": ["cat", "cat", "dog", "dog", "dog"]})
    >>> print(tm.as_table(tm.report(df, "obs", "pred"), "markdown"))
    | estimator      | level | precision ↑ | recall ↑ | f_meas ↑ | accuracy ↑ |   n |
    | -------------- | ----- | ----------: | -------: | -------: | ---------: | --: |
    | per_class      | cat   |       1.000 |    0.667 |    0.800 |          - |   3 |
    | per_class      | dog   |       0.667 |    1.000 |    0.800 |          - |   2 |
    | binary         | -     |           - |        - |        - |      0.800 |   5 |
    | macro          | -     |       0.833 |    0.833 |    0.800 |          - |   5 |
    | macro_weighted | -     |       0.867 |    0.800 |    0.800 |          - |   5 |
    """
    if isinstance(data, ConfusionMatrix):
        return _of_classes(data)
    if truth is None or estimate is None:
        lacking = "truth" if truth is None else "estimate"
        raise OptionError(f"report() lacks {lacking!r}: name its column.")
    if levels is None and holds_numbers(recognise(data, None).frame, truth, "truth"):
        return _of_numbers(data, {"truth": truth, "estimate": estimate, "case_weights": case_weights}, by)
    return _of_classes(conf_mat(data, truth, estimate, by=by, case_weights=case_weights, levels=levels))


def _bound(name: str, estimator: str | None) -> BoundMetric:
    arguments = {"estimator": estimator, "event_level": "first", "na_rm": True, "event": None}
    bound: BoundMetric = METRICS[name].bind(arguments, {})
    return bound


def _of_classes(matrix: ConfusionMatrix) -> Any:
    wanted = [(name, "per_class") for name in PER_CLASS] + [("accuracy", None)]
    wanted += [(name, average) for average in AVERAGES for name in PER_CLASS]
    found = matrix.values([_bound(name, estimator) for name, estimator in wanted])
    support = np.asarray(matrix.counts, np.float64).sum(axis=1)  # [groups, levels]
    n_groups, size = support.shape
    levels = [str(level) for level in matrix.levels]
    # inside a group: class by class, then the accuracy, then the averages
    per_class, others = found[: len(PER_CLASS)], found[len(PER_CLASS) :]
    cells = [*((values, j) for j in range(size) for values in per_class), *((values, -1) for values in others)]
    estimate = np.stack([np.asarray(v.values)[:, j] if j >= 0 else v.values for v, j in cells], axis=1)  # [groups, cells]
    n = np.stack([support[:, j] if j >= 0 else support.sum(axis=1) for _, j in cells], axis=1)
    at = np.tile(np.arange(len(cells)), n_groups)  # [rows] the cell
    columns = {
        ".metric": labels_of([v.metric for v, _ in cells], at),
        ".estimator": labels_of([v.estimator for v, _ in cells], at),
        ".level": labels_of([levels[j] if j >= 0 else None for _, j in cells], at),
        ".estimate": estimate.reshape(-1),
        ".n": n.reshape(-1),
    }
    return matrix.rows_of(columns, np.repeat(np.arange(n_groups), len(cells)))


def _of_numbers(data: Any, values: dict[str, Any], by: By) -> Any:
    bounds = [METRICS[name].bind({"na_rm": True}, {}) for name in NUMERIC]
    weights: list[Array] = []
    scored = evaluate(
        bounds, Call(recognise(data, by), values), lambda batch: weights.append(batch.get(GroupTotals.request()).weight)
    )
    announce(scored)
    if scored.origin is None:
        raise RuntimeError("a frame has an origin")
    n_groups, size = len(scored.groups), len(NUMERIC)
    columns = {
        ".metric": labels_of(NUMERIC, np.tile(np.arange(size), n_groups)),
        ".estimator": repeated(["standard"], [size * n_groups]),
        ".estimate": np.stack([v.values for v in scored.values], axis=1).reshape(-1),
        ".n": np.repeat(np.asarray(weights[0], np.float64), size),
    }
    return build_cells(columns, scored.groups[np.repeat(np.arange(n_groups), size)], scored.origin)
