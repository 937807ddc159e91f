"""Rows whose prediction is one constant in each group: what a metric makes of these is what no skill scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.encode import ClassColumn
from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ESTIMATE, ORDER, ROW, TRUTH, WEIGHT, Origin, PreparedFrame, Role
from tidymetrics.statistics.layouts import lay_out_columns
from tidymetrics.statistics.no_skill import constant_number, constant_shares
from tidymetrics.statistics.requests import NUMBERS, Aggregate, Request, SummedRequest
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from tidymetrics.frames.classes import Levels
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array


@dataclass(frozen=True)
class TrueWeights(SummedRequest["Array"]):
    """The weight [groups, levels] of the rows of each true level, where other columns are there."""

    n_levels: int
    complete: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return self.complete

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups without complete rows count too."""
        return (GroupTotals.request(self.complete),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the weight of each level."""
        return {f"level {k}": Aggregate(lambda c, k=k: self._of_level(c, k)) for k in range(self.n_levels)}  # type: ignore[misc]

    @staticmethod
    def _of_level(columns: SimpleNamespace, level: int) -> Any:
        is_level = (getattr(columns, "truth_at", columns.truth) == level).cast(nw.Float64)
        return is_level if columns.weight is None else is_level * columns.weight

    def reduce(self, reductions: Reductions) -> Array:
        """Put the levels side by side."""
        found = reductions.aggregates(self)
        return np.stack([np.nan_to_num(found[f"level {k}"]) for k in range(self.n_levels)], axis=1)


def _frame(reductions: Reductions, columns: Mapping[str, Any], group: Any) -> PreparedFrame:
    """Give rows of known groups as a prepared frame, weighted."""
    rows = reductions.rows
    framed = isinstance(rows, PreparedFrame)
    groups = reductions.known_groups if framed else pl.DataFrame({"tm_k0": [0]})
    keys = rows.origin.keys if isinstance(rows, PreparedFrame) else ()
    table = groups[group].with_columns(**{name: pl.Series(values) for name, values in columns.items()})
    roles = dict(rows.roles)
    if WEIGHT in columns:
        roles.setdefault(WEIGHT, Role(WEIGHT, "case_weights", WEIGHT, "number"))
    prepared = nw.from_native(table.lazy())
    return PreparedFrame(prepared, tuple(groups.columns), Origin(nw.Implementation.POLARS, wrapped=False, keys=keys), roles)


def rows_of_shares(
    reductions: Reductions, true: Array, columns: Mapping[str, int], baseline: str, *, repeated: bool
) -> PreparedFrame:
    """Give each true level of a group as a row with its weight, and the shares of the levels as its probabilities.

    Parameters
    ----------
    reductions
        Those of the call, which know the groups.
    true
        [groups, levels] the weight of each.
    columns
        The level of each column of probabilities.
    baseline
        "prior" or "uniform".
    repeated
        Whether a level is as many rows as it weighs, in place of a weight.
    """
    n_groups, n_levels = true.shape
    shares = constant_shares(true, baseline)  # [groups, levels]
    shares = np.where(np.isnan(shares), 1.0 / max(n_levels, 1), shares)
    group = np.repeat(np.arange(n_groups), n_levels)
    level, weight = np.tile(np.arange(n_levels), n_groups), true.ravel()
    if repeated:
        at = np.repeat(np.arange(len(group)), weight.astype(np.int64))
        group, level, weight = group[at], level[at], weight[at]
    made: dict[str, Any] = {TRUTH: level.astype(np.int32), reductions.truth_at: level.astype(np.int32)}
    made |= {name: shares[group, position] for name, position in columns.items()}
    if not repeated:
        made[WEIGHT] = weight
    return _frame(reductions, made, group)


def rows_of_table(reductions: Reductions, table: Array, levels: Levels) -> PreparedFrame | None:
    """Give the cells [groups, predictions, truths] as rows, weighted as the call is; None for parts of rows without weights."""
    weighted = reductions.rows.weighted
    if not weighted and (table % 1 != 0).any():
        return None
    group, predicted, true = (axis.ravel() for axis in np.indices(table.shape))
    weight = table.ravel()
    at = np.flatnonzero(weight) if weighted else np.repeat(np.arange(len(weight)), weight.astype(np.int64))
    made = {TRUTH: true[at], ESTIMATE: predicted[at], **({WEIGHT: weight[at]} if weighted else {})}
    classes = {name: ClassColumn(name, levels.values, typed=True) for name in (TRUTH, ESTIMATE)}
    return replace(_frame(reductions, made, group[at]), classes=classes)


def rows_of_number(reductions: Reductions, baseline: str | float) -> PreparedFrame:
    """Give the rows with the mean, the median or a number in place of the predictions."""
    rows = reductions.rows
    series: Mapping[str, Any]
    if isinstance(rows, PreparedFrame):
        frame = reductions.complete((*NUMBERS, ORDER))
        there = lazy_names(frame)
        names = tuple(name for name in (TRUTH, WEIGHT, ORDER, ROW) if name in there)
        lengths, series = lay_out_columns(reductions, names, frame, "a baseline")
        truth = series[TRUTH].to_numpy()
        weight = series[WEIGHT].to_numpy() if rows.weighted else None
    else:
        series, truth, weight = rows.numbers, rows.numbers[TRUTH], rows.numbers.get(WEIGHT)
        lengths = np.array([len(truth)])
    if isinstance(baseline, str):
        constant = constant_number(lengths, truth, weight, baseline)
    else:
        constant = np.full(len(lengths), float(baseline))
    group = np.repeat(np.arange(len(lengths)), lengths)
    made: dict[str, Any] = {TRUTH: truth, ESTIMATE: constant[group], ROW: np.arange(len(truth))}
    # a metric that looks at the order of rows looks at theirs
    made |= {name: series[name] for name in (ORDER, ROW) if name in series}
    if weight is not None:
        made[WEIGHT] = weight
    return _frame(reductions, made, group)
