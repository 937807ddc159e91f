"""What the influences of rows add up to, for each metric of a batch; of what has none, the differences of halves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames import UNIT, no_rows
from tidymetrics.statistics import Confusion, Reductions
from tidymetrics.statistics.gradient import gradient
from tidymetrics.statistics.influence_of_cells import Cells, rows_by_cell, spread_of_cells, spreads_of_cells
from tidymetrics.statistics.influence_of_halves import spread_by_halves
from tidymetrics.statistics.influence_of_moves import spread_of_moves
from tidymetrics.statistics.influence_of_terms import Term, collected, spreads_of_terms
from tidymetrics.statistics.movable import CellMoves, RowTerms, units_hold_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.family import Batch
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.statistics.movable import Movement
    from tidymetrics.statistics.spread import Spread
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True)
class Weighting:
    """What the rows are to their influences."""

    frequency: bool = False
    """Whether case weights count rows."""
    seed: int = 0
    """Of random splits."""
    paired: bool = False
    """Whether rows, or units, are those of another estimate too, so that both are split alike."""


@dataclass(eq=False, repr=False)
class Spreads:
    """The spreads of a call's metrics, by name, gathered from batch after batch."""

    weighting: Weighting
    found: dict[str, Spread] = field(default_factory=dict)

    def observe(self, batch: Batch) -> None:
        """Spread the metrics of a batch that has been evaluated."""
        reductions = batch.reductions
        if reductions is None:
            raise RuntimeError("the batch has not been evaluated")
        if not len(reductions.known_groups):
            return
        clustered = units_hold_rows(reductions)
        frequency = self.weighting.frequency
        terms: list[Term] = []
        cells: dict[str, Cells] = {}
        movable: dict[int, tuple[Movement, list[BoundMetric]]] = {}
        for metric in batch.metrics:
            counted = cells_of(metric, reductions)
            if counted is not None:
                cells[metric.name] = counted
            elif (movement := metric.kind.movement(metric, reductions)) is not None:
                movable.setdefault(id(movement), (movement, []))[1].append(metric)
            else:
                self.found[metric.name] = self._split(metric, reductions, clustered=clustered)
        for movement, metrics in movable.values():
            terms += self._moved(metrics, movement, reductions, clustered=clustered)
        self.found |= spreads_of_terms(terms, reductions, frequency=frequency, clustered=clustered)
        self.found |= spreads_of_cells(cells, reductions, frequency=frequency, clustered=clustered)

    def _split(self, metric: BoundMetric, reductions: Reductions, *, clustered: bool) -> Spread:
        paired = self.weighting.paired and UNIT in reductions.frame_rows.roles
        units = metric.kind.units(metric, reductions, clustered=clustered, paired=paired)
        with np.errstate(all="ignore"):
            values = metric.kind.values(metric, reductions)
        return spread_by_halves(values, units, self.weighting.seed, metric.record.growth)

    def _moved(
        self, metrics: Sequence[BoundMetric], movement: Movement, reductions: Reductions, *, clustered: bool
    ) -> list[Term]:
        """Spread the metrics of one statistic in memory, all of them at once; or give them to the engine."""
        made = {metric.name: slopes_of(metric, reductions, movement) for metric in metrics}
        source = movement.source(clustered)
        if isinstance(source, RowTerms):
            return [Term(name, values, slopes, source) for name, (values, slopes) in made.items()]
        frequency = self.weighting.frequency
        if isinstance(source, CellMoves):
            for name, (values, slopes) in made.items():
                self.found[name] = spread_of_cells(values, slopes, source, frequency=frequency)
            return []
        if source.by_time:
            for name, (values, slopes) in made.items():
                self.found[name] = spread_of_moves(values, slopes, source, frequency=frequency)
            return []
        values, slopes = (np.concatenate(parts, axis=-1) for parts in zip(*made.values(), strict=True))
        spread = spread_of_moves(values, slopes, source, frequency=frequency)
        start = 0
        for name, (own, _) in made.items():
            self.found[name] = spread.columns(slice(start, start + own.shape[1]))
            start += own.shape[1]
        return []


def cells_of(metric: BoundMetric, reductions: Reductions) -> Cells | None:
    """Give the values and slopes of a formula over counts; None for what is none."""
    confusion = reductions.get(metric.requests[0])
    if not isinstance(confusion, Confusion):
        return None

    def slopes(table: Array, empty: bool) -> Any:
        return metric.kind.slopes_by_cell(metric, reductions, table, empty=empty)

    return Cells.of(confusion, slopes, metric.record.span)


@dataclass(frozen=True, eq=False, repr=False)
class UnitInfluences:
    """The influences of rows, with the units that they belong to; a unit may have several rows."""

    group: Codes
    """[rows]"""
    unit: Any
    """[rows] as a Series"""
    phi: Array
    """[rows, columns]"""
    truth: Codes | None = None
    """[rows] the true class, for ranks"""
    n_levels: int = 1
    counts: bool = False
    """Whether the rows are counts, whose variances take no factor"""


def influences_of_units(metric: BoundMetric, reductions: Reductions) -> UnitInfluences | None:
    """Give the influences of the rows of a call that names units; None for what has none."""
    counted = cells_of(metric, reductions)
    if counted is not None:
        rows = rows_by_cell(counted.confusion, reductions)
        return UnitInfluences(rows.group, rows.unit, counted.slopes[rows.group, rows.place] * rows.weight[:, None], counts=True)
    movement = metric.kind.movement(metric, reductions)
    if movement is None:
        return None
    values, slopes = slopes_of(metric, reductions, movement)
    source = movement.source(True)
    if isinstance(source, RowTerms):
        return UnitInfluences(*collected(Term(metric.name, values, slopes, source), reductions))
    phi = source.phi(slopes)
    if isinstance(source, CellMoves):
        return UnitInfluences(source.group, source.unit, phi * source.weight[:, None], counts=True)
    if not source.by_time:
        return UnitInfluences(source.group, source.unit, phi, source.truth, source.n_levels)
    times = values.shape[1]
    apart = np.where(np.arange(times) == (source.group % times)[:, None], phi, 0.0)
    return UnitInfluences(source.group // times, source.unit, apart)


def slopes_of(metric: BoundMetric, reductions: Reductions, movement: Movement) -> tuple[Array, Array]:
    """Give a metric's values [groups, columns], and its derivatives [groups, K, columns] by the numbers of its statistic."""
    if movement.moved is None:
        k = movement.numbers.shape[1]
        return movement.numbers, np.broadcast_to(np.eye(k), (len(movement.numbers), k, k))
    moved = movement.moved
    fixed = [(request, reductions.get(request)) for request in metric.requests[:-1]]

    def evaluate(numbers: Array, which: Codes) -> Array:
        copies = Reductions(no_rows(), metric.requests)
        for request, statistic in fixed:
            copies.know(request, statistic.tiled(which))
        copies.know(metric.requests[-1], moved(numbers, which))
        values: Array = metric.kind.values(metric, copies)
        return values

    return gradient(evaluate, movement.numbers, movement.scale)
