"""Confusion counts: the table of prediction by truth, and what one level against the rest makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import diagonal, leave_one_out, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class ConfusionCounts:
    """Weighted counts of predictions (rows) by truth (columns)."""

    table: Array
    """[..., levels, levels]"""
    whole: bool = False
    """Whether the counts are those of rows, and so exact."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the table, (..., levels, levels); it builds no table."""
        return self.table.shape

    @property
    def size(self) -> int:
        """The number of levels."""
        return self.shape[-1]

    @property
    def total(self) -> Array:
        """The weight of all cells [...]."""
        return self.table.sum(axis=(-2, -1))  # type: ignore[no-any-return]

    @property
    def correct(self) -> Array:
        """The weight of the diagonal [...]."""
        return diagonal(self.table).sum(axis=-1)  # type: ignore[no-any-return]

    @property
    def wrong(self) -> Array:
        """The weight off the diagonal [...], added up by itself: no errors are 0 exactly, with any weights."""
        return np.where(np.eye(self.size, dtype=bool), 0.0, self.table).sum(axis=(-2, -1))  # type: ignore[no-any-return]

    @property
    def predicted(self) -> Array:
        """The weight of each predicted level [..., levels]."""
        return self.table.sum(axis=-1)  # type: ignore[no-any-return]

    @property
    def true(self) -> Array:
        """The weight of each true level [..., levels]."""
        return self.table.sum(axis=-2)  # type: ignore[no-any-return]

    def by_level(self) -> EventCounts:
        """Count each level against the rest [..., levels]."""
        return EventCounts.of_levels(self.table, whole=self.whole)

    def against_rest(self) -> ConfusionCounts:
        """Give each level's own two-by-two table [..., levels, 2, 2], the level first."""
        events = self.by_level()
        cells = np.stack([events.tp, events.fp, events.fn, events.tn], axis=-1)
        return ConfusionCounts(cells.reshape(*cells.shape[:-1], 2, 2), whole=self.whole)


@dataclass(frozen=True, eq=False, repr=False)
class Reported:
    """How much of what has a truth has a prediction too; each [groups]."""

    known: Array
    """The weight of the rows that have a truth."""
    reported: Array
    """The weight of those that have a prediction too."""


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
