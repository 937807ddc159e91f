"""What the influences of rows add up to, for each metric of a batch; of what has none, the differences of halves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames import no_rows
from tidymetrics.statistics import Confusion, Reductions
from tidymetrics.statistics.gradient import gradient
from tidymetrics.statistics.influence_of_cells import Cells, rows_by_cell, spreads_of_cells
from tidymetrics.statistics.influence_of_halves import Split, spread_by_halves
from tidymetrics.statistics.influence_of_terms import Term, collected, spreads_of_terms
from tidymetrics.statistics.movable import Movable, RowMoves, codes_of_units, units_hold_rows
from tidymetrics.statistics.spread import Spread, add_up, by_unit, of_ranks, of_rows, of_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidymetrics.core.family import Batch
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.statistics.movable import Movement
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True)
class Weighting:
    """What the rows are to their influences."""

    frequency: bool = False
    """Whether case weights count rows."""
    seed: int = 0
    """Of random splits."""


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
        movable: dict[Any, list[BoundMetric]] = {}
        for metric in batch.metrics:
            counted = cells_of(metric, reductions)
            request = metric.requests[-1]
            if counted is not None:
                cells[metric.name] = counted
            elif isinstance(request, Movable) and can_move(metric, reductions):
                movable.setdefault(request.shared, []).append(metric)  # type: ignore[attr-defined]
            else:
                split = Split(metric.name, metric.requests, _finisher(metric))
                self.found[metric.name] = spread_by_halves(split, reductions, self.weighting.seed, clustered=clustered)
        for metrics in movable.values():
            terms += self._moved(metrics, reductions, clustered=clustered)
        self.found |= spreads_of_terms(terms, reductions, frequency=frequency, clustered=clustered)
        self.found |= spreads_of_cells(cells, reductions, frequency=frequency, clustered=clustered)

    def _moved(self, metrics: Sequence[BoundMetric], reductions: Reductions, *, clustered: bool) -> list[Term]:
        """Spread the metrics of one statistic in memory, all of them at once; or give them to the engine."""
        movement = metrics[0].requests[-1].movement(reductions)
        made = {metric.name: slopes_of(metric, reductions, movement) for metric in metrics}
        source = movement.source(clustered)
        if not isinstance(source, RowMoves):
            return [Term(name, values, slopes, source) for name, (values, slopes) in made.items()]
        if source.by_time:
            for name, (values, slopes) in made.items():
                self.found[name] = spread_of_moves(values, slopes, source, frequency=self.weighting.frequency)
            return []
        values, slopes = (np.concatenate(parts, axis=-1) for parts in zip(*made.values(), strict=True))
        spread = spread_of_moves(values, slopes, source, frequency=self.weighting.frequency)
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


def can_move(metric: BoundMetric, reductions: Reductions) -> bool:
    """Tell whether the statistics beside the one that moves can be copied with it."""
    return all(hasattr(reductions.get(request), "tiled") for request in metric.requests[:-1])


def _finisher(metric: BoundMetric) -> Callable[[Reductions], Array]:
    return lambda reductions: np.asarray(metric.kind.finish(metric, reductions).values, np.float64)


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
    request = metric.requests[-1]
    if not isinstance(request, Movable) or not can_move(metric, reductions):
        return None
    movement = request.movement(reductions)
    values, slopes = slopes_of(metric, reductions, movement)
    source = movement.source(True)
    if not isinstance(source, RowMoves):
        return UnitInfluences(*collected(Term(metric.name, values, slopes, source), reductions))
    phi = source.phi(slopes)
    if not source.by_time:
        return UnitInfluences(source.group, source.unit, phi, source.truth, source.n_levels)
    times = values.shape[1]
    apart = np.where(np.arange(times) == (source.group % times)[:, None], phi, 0.0)
    return UnitInfluences(source.group // times, source.unit, apart)


def slopes_of(metric: BoundMetric, reductions: Reductions, movement: Movement) -> tuple[Array, Array]:
    """Give a metric's values [groups, columns], and its derivatives [groups, K, columns] by the numbers of its statistic."""
    fixed = [(request, reductions.get(request)) for request in metric.requests[:-1]]

    def evaluate(numbers: Array, which: Codes) -> Array:
        copies = Reductions(no_rows(), metric.requests)
        for request, statistic in fixed:
            copies.know(request, statistic.tiled(which))
        copies.know(metric.requests[-1], movement.moved(numbers, which))
        values = np.asarray(metric.kind.finish(metric, copies).values, np.float64)
        return values.reshape(len(which), -1)

    return gradient(evaluate, movement.numbers, movement.scale)


def spread_of_moves(values: Array, slopes: Array, moves: RowMoves, *, frequency: bool) -> Spread:
    """Add up the influences of rows in memory."""
    n_groups = len(values) * (values.shape[1] if moves.by_time else 1)
    shape = values.shape
    flat = values.reshape(n_groups, -1)
    reach = np.full_like(flat, np.nan) if moves.reach is None else moves.reach(slopes)
    weight = np.ones(len(moves.group)) if moves.weight is None else moves.weight
    there = weight > 0
    if moves.unit is None and moves.powers is not None and (powers := moves.powers(slopes)) is not None:
        n_true = _counted(moves, there, n_groups)
        made = of_ranks(flat, powers[0], powers[1], n_true, moves.reach(slopes) if moves.reach else reach)
        return made.reshaped(shape)
    phi = moves.phi(slopes)
    if moves.unit is not None:
        sums, group, _ = by_unit(phi[there], moves.group[there], codes_of_units(moves.unit)[there])
        n = np.bincount(group, minlength=n_groups).astype(np.float64)
        return of_units(flat, add_up(sums**2, group, n_groups), add_up(sums**4, group, n_groups), n).reshaped(shape)
    share = np.where(there, weight, 1.0)[:, None] if frequency else 1.0
    squares, fourths = phi**2 / share, phi**4 / share**3
    total = add_up(fourths, moves.group, n_groups)
    if moves.truth is None:
        n = np.bincount(moves.group[there], weight[there] if frequency else None, minlength=n_groups).astype(np.float64)
        return of_rows(flat, add_up(squares, moves.group, n_groups), total, n).reshaped(shape)
    n_true = _counted(moves, there, n_groups, weight if frequency else None)
    place = moves.group * moves.n_levels + moves.truth
    by_class = add_up(squares, place, n_groups * moves.n_levels).reshape(n_groups, moves.n_levels, -1)
    return of_ranks(flat, by_class, total, n_true, reach).reshaped(shape)


def _counted(moves: RowMoves, there: Any, n_groups: int, weight: Array | None = None) -> Array:
    """Count the rows of each class: [groups, levels]."""
    truth: Any = moves.truth
    place = (moves.group * moves.n_levels + truth)[there]
    found = np.bincount(place, None if weight is None else weight[there], minlength=n_groups * moves.n_levels)
    return found.astype(np.float64).reshape(n_groups, moves.n_levels)
