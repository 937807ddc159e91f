"""Confusion counts: the cells of prediction by truth, and what one level against the rest makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.classes import Levels, share_levels
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.arithmetic import diagonal, leave_one_out, ratio
from tidymetrics.statistics.reductions import Reductions, collect_numbered
from tidymetrics.statistics.totals import Totals, require_weights_of_frame

if TYPE_CHECKING:
    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class ConfusionCounts:
    """Weighted counts of predictions (rows) by truth (columns)."""

    table: Array
    """[..., levels, levels]"""
    whole: bool = False
    """Whether the counts are those of rows, and so exact."""

    @property
    def total(self) -> Array:
        """The weight of all cells [...]."""
        return self.table.sum(axis=(-2, -1))  # type: ignore[no-any-return]

    @property
    def correct(self) -> Array:
        """The weight of the diagonal [...]."""
        return diagonal(self.table).sum(axis=-1)  # type: ignore[no-any-return]

    @property
    def predicted(self) -> Array:
        """The weight of each predicted level [..., levels]."""
        return self.table.sum(axis=-1)  # type: ignore[no-any-return]

    @property
    def true(self) -> Array:
        """The weight of each true level [..., levels]."""
        return self.table.sum(axis=-2)  # type: ignore[no-any-return]

    def against_rest(self) -> ConfusionCounts:
        """Give each level's own two-by-two table [..., levels, 2, 2], the level first."""
        events = EventCounts.of_levels(self.table, whole=self.whole)
        cells = np.stack([events.tp, events.fp, events.fn, events.tn], axis=-1)
        return ConfusionCounts(cells.reshape(*cells.shape[:-1], 2, 2), whole=self.whole)


@dataclass(frozen=True, eq=False, repr=False)
class EventCounts:
    """Weighted counts of one event, or of each level, against the rest; each [groups, events].

    All are sums of cells, so that a count that should be 0 is 0 with any weights.
    """

    tp: Array
    fp: Array
    fn: Array
    tn: Array
    true_events: Array
    """tp + fn"""
    true_others: Array
    """fp + tn"""
    predicted_events: Array
    """tp + fp"""
    predicted_others: Array
    """fn + tn"""
    total: Array

    @classmethod
    def of_levels(cls, table: Array, *, whole: bool = False) -> EventCounts:
        """Count each level of [..., levels, levels] as the event in turn; `whole` for counts of rows."""
        true, predicted = table.sum(axis=-2), table.sum(axis=-1)  # both [..., levels]
        other_truths = leave_one_out(table, axis=-1, whole=whole)  # [..., levels, levels]
        return cls(
            tp=diagonal(table),
            fp=diagonal(other_truths),
            fn=diagonal(leave_one_out(table, axis=-2, whole=whole)),
            tn=diagonal(leave_one_out(other_truths, axis=-2, whole=whole)),
            true_events=true,
            true_others=leave_one_out(true, whole=whole),
            predicted_events=predicted,
            predicted_others=leave_one_out(predicted, whole=whole),
            total=np.broadcast_to(true.sum(axis=-1, keepdims=True), true.shape),
        )

    def of_event(self, position: int) -> EventCounts:
        """Keep one level's counts: [groups, 1]."""
        return EventCounts(**{name: values[:, position : position + 1] for name, values in vars(self).items()})

    def added_up(self) -> EventCounts:
        """Add up the counts of all levels: [groups, 1]."""
        return EventCounts(**{name: values.sum(axis=-1, keepdims=True) for name, values in vars(self).items()})

    @property
    def recall(self) -> Array:
        """The share of true events that are predicted."""
        return ratio(self.tp, self.true_events)

    @property
    def specificity(self) -> Array:
        """The share of true others that are predicted as such."""
        return ratio(self.tn, self.true_others)

    @property
    def precision(self) -> Array:
        """The share of predicted events that are true."""
        return ratio(self.tp, self.predicted_events)


@dataclass(frozen=True, eq=False, repr=False)
class Confusion:
    """The counts of a call, with its levels."""

    counts: ConfusionCounts
    """[groups, levels, levels]; two levels at least, so that one against the rest has a rest."""
    levels: Levels
    totals: Totals

    @cached_property
    def by_level(self) -> EventCounts:
        """The counts of each level against the rest."""
        return EventCounts.of_levels(self.counts.table, whole=self.counts.whole)

    @cached_property
    def pooled(self) -> EventCounts:
        """The same, added up over the levels."""
        return self.by_level.added_up()

    @classmethod
    def reduce(cls, reductions: Reductions) -> Confusion:
        """Collapse the rows to cells, and place the cells."""
        rows = reductions.rows
        given = reductions.context.levels
        if not isinstance(rows, PreparedFrame):
            return _of_vectors(rows, given)
        cells, reductions.groups, group = collect_numbered(rows, _cells(rows))
        n_groups = len(reductions.groups)
        truth, estimate = (rows.classes[name].decode(cells.get_column(name)) for name in (TRUTH, ESTIMATE))
        levels, t, p = share_levels(truth, estimate, (rows.named(TRUTH), rows.named(ESTIMATE)), given)
        n_rows = cells.get_column("tm_n").cast(pl.Float64).to_numpy()
        weight, complete = n_rows, n_rows
        if rows.weighted:
            weight = cells.get_column("tm_w").to_numpy()
            complete = cells.get_column("tm_c").cast(pl.Float64).to_numpy()
        known: Any = (t >= 0) & (p >= 0)
        known = slice(None) if known.all() else known
        if rows.weighted:
            least, greatest = (cells.get_column(name).to_numpy()[known] for name in ("tm_least", "tm_greatest"))
            require_weights_of_frame(reductions, least, greatest)
        size = max(len(levels), 2)
        # groups lie next to each other in memory, where there may be many; levels are few
        place = ((p * size + t) * n_groups + group)[known]
        table = np.moveaxis(_sum_by(place, weight[known], n_groups * size * size).reshape(size, size, n_groups), 2, 0)
        totals = Totals(
            _sum_by(group, n_rows, n_groups),
            _sum_by(group[known], complete[known], n_groups),
            table.sum(axis=(1, 2)),
        )
        return cls(ConfusionCounts(table, whole=not rows.weighted), levels, totals)


def _sum_by(place: Codes, weight: Array | None, size: int) -> Array:
    """Add up weights, or count, by place: [size]."""
    return np.bincount(place, weight, minlength=size).astype(np.float64, copy=False)


def _cells(rows: PreparedFrame) -> nw.LazyFrame[Any]:
    """Collapse the rows to cells, with the rows and the weight of each; few rows are cells as they are."""
    if rows.small:
        return _rows_as_cells(rows)
    counted = [nw.len().alias("tm_n")]
    if rows.weighted:
        weight = nw.col(WEIGHT)
        made = {"tm_w": weight.sum(), "tm_c": weight.count(), "tm_least": weight.min(), "tm_greatest": weight.max()}
        counted += [expr.alias(name) for name, expr in made.items()]
    return rows.frame.group_by(*rows.keys, TRUTH, ESTIMATE).agg(*counted)


def _rows_as_cells(rows: PreparedFrame) -> nw.LazyFrame[Any]:
    made = {"tm_n": nw.lit(1)}
    if rows.weighted:
        weight = nw.col(WEIGHT)
        made |= {"tm_w": weight.fill_null(0.0), "tm_c": ~weight.is_null(), "tm_least": weight, "tm_greatest": weight}
    return rows.frame.select(*rows.keys, TRUTH, ESTIMATE, **made)


def _of_vectors(vectors: Vectors, given: Any) -> Confusion:
    """Count vectors: their rows are cells already."""
    truth, estimate = vectors.classes[TRUTH], vectors.classes[ESTIMATE]
    levels, t, p = share_levels(truth, estimate, ("truth", "estimate"), given)
    size = max(len(levels), 2)
    weight = vectors.numbers.get(WEIGHT)
    table = _sum_by(p * size + t, weight, size * size).reshape(1, size, size)
    totals = Totals(np.array([float(vectors.n_rows)]), np.array([float(len(t))]), table.sum(axis=(1, 2)))
    return Confusion(ConfusionCounts(table, whole=weight is None), levels, totals)
