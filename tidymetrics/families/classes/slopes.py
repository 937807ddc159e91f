"""How formulas over confusion counts move with each cell: by the fewest numbers that they read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.families.classes.family import resolve_estimator
from tidymetrics.frames import event_position
from tidymetrics.statistics import ConfusionCounts, EventCounts
from tidymetrics.statistics.gradient import (
    cells_of_added_events,
    cells_of_average,
    cells_of_each_event,
    cells_of_event,
    cells_of_sums,
    gradient,
    scale_of_counts,
)

if TYPE_CHECKING:
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.statistics import Confusion
    from tidymetrics.typing import Array, Codes


class _ReadsCells(Exception):  # noqa: N818  # nothing is wrong
    """A formula reads more than the sums of cells."""


class _Sums(ConfusionCounts):
    """Counts of which only sums are known."""

    def __init__(self, numbers: Array, n_levels: int) -> None:
        object.__setattr__(self, "numbers", numbers)  # [copies, 2 + 2 levels]
        object.__setattr__(self, "n_levels", n_levels)

    @property
    def table(self) -> Array:
        """There is none."""
        raise _ReadsCells

    @property
    def size(self) -> int:
        """The number of levels."""
        return int(self.n_levels)  # type: ignore[attr-defined]

    @property
    def total(self) -> Array:
        """The weight of all cells."""
        return self.numbers[:, 0]  # type: ignore[attr-defined,no-any-return]

    @property
    def correct(self) -> Array:
        """The weight of the diagonal."""
        return self.numbers[:, 1]  # type: ignore[attr-defined,no-any-return]

    @property
    def wrong(self) -> Array:
        """The weight of all other cells."""
        return self.total - self.correct

    @property
    def predicted(self) -> Array:
        """The weight of each predicted level."""
        return self.numbers[:, 2 : 2 + self.size]  # type: ignore[attr-defined,no-any-return]

    @property
    def true(self) -> Array:
        """The weight of each true level."""
        return self.numbers[:, 2 + self.size :]  # type: ignore[attr-defined,no-any-return]


def cell_slopes(bound: BoundMetric, confusion: Confusion, table: Array, *, empty: bool) -> tuple[Array, Array]:
    """Differentiate a metric by each cell.

    Parameters
    ----------
    bound
        The metric.
    confusion
        The counts of the call, for its levels.
    table
        [groups, predicted, true] where to differentiate.
    empty
        Whether the derivatives by cells of 0 are wanted.

    Returns
    -------
    Values [groups, columns] and derivatives [groups, cells, columns], with a column for each level if there is one row each.
    """
    n_levels = len(confusion.levels)
    estimator = resolve_estimator(bound.record, bound.arguments.get("estimator"), n_levels)
    n_groups, size, _ = table.shape
    bound = replace(bound, options=bound.record.bind_levels(bound.options, confusion.levels.values))
    if bound.record.statistic is ConfusionCounts:
        if estimator == "per_class":
            values, slopes = _of_each_table(bound, table, empty=empty)
            made = cells_of_each_event(slopes)
            values, made = values[:, :n_levels], made[..., :n_levels]
            return values, made.reshape(n_groups, size * size, -1)
        value, by_cell = _of_table(bound, table, empty=empty)
        return value[:, None], by_cell.reshape(n_groups, size * size, 1)
    values, made = _of_events(bound, confusion, estimator, table, empty=empty)
    return values.reshape(n_groups, -1), made.reshape(n_groups, size * size, -1)


def _of_table(bound: BoundMetric, table: Array, *, empty: bool) -> tuple[Array, Array]:
    """Take the sums of cells for the numbers; and the cells themselves where a formula reads these."""
    n_groups, size, _ = table.shape
    counts = ConfusionCounts(table)
    sums = np.concatenate([counts.total[:, None], counts.correct[:, None], counts.predicted, counts.true], axis=1)

    def of_sums(x: Array, _: Codes) -> Array:
        value: Array = bound.record.apply(_Sums(x, size), bound.options, (len(x),))
        return value

    def of_cells(x: Array, _: Codes) -> Array:
        value: Array = bound.record.apply(ConfusionCounts(x.reshape(-1, size, size)), bound.options, (len(x),))
        return value

    if size > 2:
        try:
            values, slopes = gradient(of_sums, sums, scale_of_counts(sums), counts=True, empty=empty)
        except _ReadsCells:
            pass
        else:
            by = slopes[:, :, 0]
            return values[:, 0], cells_of_sums(by[:, 0], by[:, 1], by[:, 2 : 2 + size], by[:, 2 + size :])
    flat = table.reshape(n_groups, -1)
    values, slopes = gradient(of_cells, flat, scale_of_counts(flat), counts=True, empty=empty)
    return values[:, 0], slopes[:, :, 0]


def _by_four(bound: BoundMetric, x: Array, *, empty: bool, table: bool) -> tuple[Array, Array]:
    """Nudge tp, fp, fn and tn [groups, 4, events] of all events at once: values [groups, events], and slopes like x."""
    n_groups, _, n_events = x.shape
    flat = np.moveaxis(x, 2, 1).reshape(-1, 4)  # [groups and events, 4]

    def evaluate(numbers: Array, _: Codes) -> Array:
        tp, fp, fn, tn = (column[:, None] for column in numbers.T)  # each [copies, 1]
        if table:
            counts = ConfusionCounts(numbers.reshape(-1, 2, 2))
            value: Array = bound.record.apply(counts, bound.options, (len(numbers),))
            return value
        events = EventCounts(tp, fp, fn, tn, tp + fn, fp + tn, tp + fp, fn + tn, tp + fp + fn + tn)
        made: Array = bound.record.apply(events, bound.options, tp.shape)
        return made[:, 0]

    values, slopes = gradient(evaluate, flat, scale_of_counts(flat), counts=True, empty=empty)
    by_event = slopes[:, :, 0].reshape(n_groups, n_events, 4)
    return values.reshape(n_groups, n_events), np.moveaxis(by_event, 2, 1)


def _four(counts: EventCounts) -> Array:
    return np.stack([counts.tp, counts.fp, counts.fn, counts.tn], axis=1)


def _of_each_table(bound: BoundMetric, table: Array, *, empty: bool) -> tuple[Array, Array]:
    return _by_four(bound, _four(EventCounts.of_levels(table)), empty=empty, table=True)


def _of_events(bound: BoundMetric, confusion: Confusion, estimator: str, table: Array, *, empty: bool) -> tuple[Array, Array]:
    """Differentiate a formula over the counts of an event, and pass it on through the average over levels."""
    metric, n_levels = bound.record, len(confusion.levels)
    by_level = EventCounts.of_levels(table)
    if estimator == "binary":
        event, position = bound.arguments.get("event"), 0
        if event is not None or not metric.symmetric:
            event_level = bound.arguments.get("event_level", "first")
            position = event_position(confusion.levels, event, event_level, metric.name)
        values, slopes = _by_four(bound, _four(by_level.of_event(position)), empty=empty, table=False)
        return values, cells_of_event(slopes[:, :, 0], position)
    if n_levels == 1:  # the second level is there only so that the first has a rest
        values, slopes = _by_four(bound, _four(by_level.of_event(0)), empty=empty, table=False)
        return values, cells_of_event(slopes[:, :, 0], 0)
    if estimator == "micro":
        values, slopes = _by_four(bound, _four(by_level.added_up()), empty=empty, table=False)
        return values, cells_of_added_events(slopes[:, :, 0], n_levels)
    if estimator == "macro_recall":
        values, slopes = _by_four(_recall(bound), _four(by_level), empty=empty, table=False)
        return cells_of_average(slopes, values, None, "drop")
    values, slopes = _by_four(bound, _four(by_level), empty=empty, table=False)
    if estimator == "per_class":
        return values, cells_of_each_event(slopes)
    weights = by_level.true_events if estimator == "macro_weighted" else None
    return cells_of_average(slopes, values, weights, metric.average)


def _recall(bound: BoundMetric) -> BoundMetric:
    record = replace(bound.record, formula=lambda counts: counts.recall)
    return replace(bound, metric=record, options={})
