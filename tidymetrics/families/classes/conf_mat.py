"""The confusion matrix of a frame: a class metric's counts, as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidymetrics.core.call import Call
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.score import score
from tidymetrics.families.classes.family import CLASS_ARGUMENTS, FAMILY, ClassesKind
from tidymetrics.families.classes.matrix import ConfusionMatrix
from tidymetrics.frames import recognise
from tidymetrics.statistics import Confusion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import By, Level


@dataclass(frozen=True, eq=False)
class _MatrixKind(ClassesKind):
    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:  # noqa: ARG002
        return BoundMetric(bound.name, self, None, {}, {}, (Confusion.request(levels),))

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        confusion: Confusion = reductions.get(bound.requests[0])
        size = len(confusion.levels)
        table = confusion.counts.table[:, :size, :size]
        if confusion.totals.unit is not None:
            table = table * confusion.totals.unit[:, None, None]
        levels = confusion.levels
        groups = reductions.known_groups
        return ConfusionMatrix.of(table, levels.values, reductions.frame_rows, groups, ordered=levels.ordered)


_KIND = _MatrixKind(
    name="conf_mat",
    title="Confusion matrices",
    family=FAMILY,
    arguments=CLASS_ARGUMENTS,
    predicted="the column of predicted classes",
)


def conf_mat(
    data: Any,
    truth: str,
    estimate: str,
    *,
    by: By = None,
    case_weights: str | None = None,
    levels: Sequence[Level] | None = None,
) -> ConfusionMatrix:
    """Count predictions by truth.

    Parameters
    ----------
    data, truth, estimate, by, case_weights, levels
        As for a class metric. Rows in which one of the columns is missing are not counted.

    Returns
    -------
    ConfusionMatrix
        Of each group; it prints as a table, and every class metric takes it in place of data.

    Raises
    ------
    LevelError, ColumnNotFoundError, WeightError
        As for a class metric.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b"], "pred": ["a", "b", "a"]})
    >>> tm.conf_mat(df, "obs", "pred")
              Truth
    Prediction  a  b
             a  1  1
             b  0  1
    """
    values = {"truth": truth, "estimate": estimate, "case_weights": case_weights, "levels": levels}
    matrix: ConfusionMatrix = score([BoundMetric("conf_mat", _KIND, None, {}, {})], Call(recognise(data, by), values))
    return matrix
