"""Metrics as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.number_text import number_format, require_digits
from tidymetrics.core.result_keys import columns_in, keyed_values, rebuilt
from tidymetrics.core.results import values_in
from tidymetrics.errors import OptionError, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.result_keys import KeyedValues
    from tidymetrics.typing import Array, Codes

TIDY = (".metric", ".estimator", ".estimate")
_ASIDE = ((".metric", ".estimator", ".by"), (".metric", ".by"), (".metric", ".estimator"), (".metric",))
"""Which columns name the metric; a later row applies where the ones before leave two values for one cell."""


@dataclass(frozen=True, eq=False)
class Pivot:
    """A tidy result by metric: which row of it is the cell of each key and metric."""

    table: KeyedValues
    metrics: list[str]
    rows: Codes
    """[metrics, keys] the row of the result; -1 where there is none"""

    def column(self, metric: int, values: Array) -> Array:
        """Give the values [rows] of one metric: [keys]."""
        at = self.rows[metric]
        cells: Array = np.where(at >= 0, values[np.maximum(at, 0)], np.nan)
        return cells


def require_tidy(function: str, result: Any) -> dict[str, list[Any]]:
    """Give the columns of a tidy result of metrics, and refuse everything else."""
    if hasattr(result, "counts") and hasattr(result, "summary"):
        raise OptionError(f"{function}: expected the result of metrics; got a confusion matrix. Pass matrix.summary().")
    columns = columns_in(result)
    if columns is None:
        raise OptionError(
            f"{function}: expected the result of metrics, a frame in memory with {', '.join(TIDY)}; got "
            f"{type(result).__name__}."
        )
    if not {".metric", ".estimate"} <= set(columns):
        raise OptionError(
            f"{function}: expected the result of metrics, with {', '.join(TIDY)}; this frame has the columns "
            f"{listed(list(columns))}. Curves and tables have one row per point or cell already; tm.autoplot draws them."
        )
    return columns


def pivot(function: str, result: Any, columns: dict[str, list[Any]]) -> Pivot:
    """Find the cell of each row."""
    metrics = list(dict.fromkeys(map(str, columns[".metric"])))
    place = {name: i for i, name in enumerate(metrics)}
    metric = np.array([place[str(name)] for name in columns[".metric"]], np.int64)  # [rows]
    for aside in _ASIDE:
        table = keyed_values(result, [name for name in aside if name in columns])
        cell = metric * len(table.keys) + table.key
        if len(np.unique(cell)) == len(cell):
            break
    else:
        raise OptionError(
            f"{function}: several rows have the same metric and keys, such as {columns['.metric'][_repeated(cell)]!r}; add a "
            "column that tells them apart."
        )
    rows = np.full((len(metrics), len(table.keys)), -1, np.int64)
    rows[metric, table.key] = np.arange(len(metric))
    return Pivot(table, metrics, rows)


def _repeated(cells: Codes) -> int:
    """Give the first row whose cell is taken."""
    _, first = np.unique(cells, return_index=True)
    return int(np.setdiff1d(np.arange(len(cells)), first)[0])


def with_limits(estimate: Array, lower: Array, upper: Array, digits: int) -> list[str | None]:
    """Write estimates and intervals as text, such as "0.91 [0.88, 0.94]"."""
    write = number_format([estimate, lower, upper], digits)
    return [
        None if np.isnan(e) else write(e) if np.isnan(a) or np.isnan(b) else f"{write(e)} [{write(a)}, {write(b)}]"
        for e, a, b in zip(estimate.tolist(), lower.tolist(), upper.tolist(), strict=True)
    ]


def wide(result: Any, *, intervals: bool = False, digits: int = 2) -> Any:
    """Turn the result of metrics into one column per metric.

    Parameters
    ----------
    result
        The result of a metric, a set, `report`, `across_folds` or a maker such as `with_intervals`: a frame with `.metric`,
        `.estimator` and `.estimate`.
    intervals
        Whether the cells are texts with the interval, such as "0.91 [0.88, 0.94]"; the result then needs `.lower` and `.upper`.
    digits
        The decimal places of these texts.

    Returns
    -------
    A frame in the same library as the result: the keys (`.level`, `.eval_time`, `.k` and `.model` among them), one column per
    metric in the order of the result, and `.n` where all metrics of a row agree on it. `.estimator` is a key only where one
    metric has several. Undefined values are null; standard errors, p-values and baselines are left out.

    Raises
    ------
    OptionError
        For a frame that is no result of metrics, two values for one cell, or a metric and a key of the same name.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"fold": [1, 1, 2, 2], "obs": ["a", "b", "a", "b"], "pred": ["a", "b", "b", "b"]})
    >>> tm.wide(tm.metric_set(tm.accuracy, tm.kap)(df, "obs", "pred", by="fold"))
    shape: (2, 3)
    ┌──────┬──────────┬─────┐
    │ fold ┆ accuracy ┆ kap │
    │ ---  ┆ ---      ┆ --- │
    │ i64  ┆ f64      ┆ f64 │
    ╞══════╪══════════╪═════╡
    │ 1    ┆ 1.0      ┆ 1.0 │
    │ 2    ┆ 0.5      ┆ 0.0 │
    └──────┴──────────┴─────┘
    """
    require_digits("wide", digits)
    columns = require_tidy("wide", result)
    if intervals and not {".lower", ".upper"} <= set(columns):
        raise OptionError("wide(intervals=True): the result has no .lower and .upper; make it with tm.with_intervals(...).")
    pivoted = pivot("wide", result, columns)
    kept = [name.removeprefix("key ") for name in pivoted.table.keys.columns]
    if taken := [name for name in pivoted.metrics if name in kept]:
        raise OptionError(f"wide: {taken[0]!r} is a metric and a column of the result; rename your column first.")
    made: dict[str, Array | list[str | None]] = {}
    needed = (".estimate", ".lower", ".upper") if intervals else (".estimate",)
    values = [values_in(result, name) for name in needed]
    for i, metric in enumerate(pivoted.metrics):
        cells = [pivoted.column(i, column) for column in values]
        made[metric] = with_limits(cells[0], cells[1], cells[2], digits) if intervals else cells[0]
    if ".n" in columns:
        made |= agreed(pivoted, values_in(result, ".n"))
    return rebuilt(pivoted.table, made)


def agreed(pivoted: Pivot, n: Array) -> dict[str, Array]:
    """Give `.n` [keys] where all metrics of a row agree on it."""
    cells = np.stack([pivoted.column(i, n) for i in range(len(pivoted.metrics))])  # [metrics, keys]
    low, high = (f(np.where(np.isnan(cells), other, cells), axis=0) for f, other in ((np.min, np.inf), (np.max, -np.inf)))
    return {".n": np.where(np.isfinite(low), low, np.nan)} if (np.isinf(low) | (low == high)).all() else {}


def keys_of(pivoted: Pivot) -> Sequence[str]:
    """Name the columns of the keys."""
    return [name.removeprefix("key ") for name in pivoted.table.keys.columns if name.startswith("key ")]
