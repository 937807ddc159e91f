"""Estimates set beside each other by the units that they share: groups of rows, and what is not of one frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.influence import Spreads, UnitInfluences, influences_of_units
from tidymetrics.core.intervals import spread_of
from tidymetrics.frames import UNIT
from tidymetrics.statistics.influence_of_pairs import JointRows
from tidymetrics.statistics.movable import shared_units, units_hold_rows
from tidymetrics.statistics.spread import Splits, Spread, add_up
from tidymetrics.wrappers.difference_rules import Pair

if TYPE_CHECKING:
    from tidymetrics.core.family import Batch
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.score import Scored
    from tidymetrics.typing import Array


@dataclass(eq=False, repr=False)
class Watched:
    """One evaluation: its spreads, the influences of units, and whether units stand for several rows."""

    bounds: list[BoundMetric]
    spreads: Spreads
    units: dict[str, UnitInfluences | None] = field(default_factory=dict)
    clustered: bool = False
    scored: Any = None

    def observe(self, batch: Batch) -> None:
        """Take what a batch tells."""
        self.spreads.observe(batch)
        reductions = batch.reductions
        if reductions is None or not (UNIT in reductions.frame_rows.roles or batch.metrics[0].kind.family.own_units):
            return
        self.clustered = self.clustered or units_hold_rows(reductions)
        for metric in batch.metrics:
            self.units[metric.name] = influences_of_units(metric, reductions)

    def side(self, i: int) -> Side:
        """Give the estimates by one metric."""
        return _side(self, self.scored, i)


@dataclass(frozen=True, eq=False, repr=False)
class Side:
    """A contestant's estimates by one metric."""

    spread: Spread
    """Each [groups, columns]"""
    units: UnitInfluences | None
    clustered: bool


def _side(watched: Watched, scored: Scored, i: int) -> Side:
    values = scored.values[i]
    spread = spread_of(watched.spreads, values)
    if spread is None:
        shape = values.values.reshape(len(scored.groups), -1)
        nan = np.full(shape.shape, np.nan)
        spread = Spread(nan, nan, nan, nan, nan, nan)
    units = watched.units.get(values.metric)
    return Side(spread, units, watched.clustered)


def side_at(side: Side, at: Any) -> Side:
    """Take the groups of one contestant: [outer groups], NaN where it lacks one."""
    spread = side.spread.at(at)
    if side.units is None:
        return replace(side, spread=spread)
    outer = np.full(len(side.spread.values), -1)
    outer[at[at >= 0]] = np.flatnonzero(at >= 0)
    group = outer[side.units.group]
    kept = group >= 0
    own = side.units
    units = UnitInfluences(
        group[kept],
        own.unit[np.flatnonzero(kept)],
        own.phi[kept],
        None if own.truth is None else own.truth[kept],
        own.n_levels,
        own.counts,
    )
    return Side(spread, units, side.clustered)


def _scaled(units: UnitInfluences, n_groups: int, *, clustered: bool) -> Array:
    """Give ranks' influences the factor of their class, as their variances have it."""
    if clustered or units.truth is None:
        return units.phi
    place = units.group * units.n_levels + units.truth
    n = np.bincount(place, minlength=n_groups * units.n_levels)[place].astype(np.float64)
    with np.errstate(all="ignore"):
        return np.asarray(units.phi * np.sqrt(n / (n - 1))[:, None])


def _split(pair: Pair, first: Splits, second: Splits) -> Pair:
    """Set the splits of the same units beside each other; of other units the estimates share nothing."""
    if not first.shared(second).any():
        return pair
    return replace(pair, covariance=first.covariance(second), kurtosis=np.zeros_like(pair.covariance))


def pair_of(first: Side, second: Side) -> Pair:
    """Set two estimates beside each other, and the influences of units that they share."""
    a, b = first.units, second.units
    if a is None or b is None:
        pair = Pair(first.spread, second.spread, np.zeros_like(first.spread.values))
        one, two = first.spread.splits, second.spread.splits
        return pair if one is None or two is None else _split(pair, one, two)
    n_groups = len(first.spread.values)
    clustered = first.clustered or second.clustered
    scaled = [(u.group, u.unit, _scaled(u, n_groups, clustered=clustered)) for u in (a, b)]
    shared = shared_units(*scaled)
    both = shared.both
    covariance = add_up((shared.first * shared.second)[both], shared.group[both], n_groups)
    n = np.bincount(shared.group[both], minlength=n_groups).astype(np.float64)[:, None]
    with np.errstate(all="ignore"):
        if clustered or (not a.counts and a.truth is None):
            covariance = np.where(n > 1, covariance * n / (n - 1), 0.0)
        plain = shared_units((a.group, a.unit, a.phi), (b.group, b.unit, b.phi))
        gap = plain.first - plain.second
        kurtosis = add_up(gap**4, plain.group, n_groups) / add_up(gap**2, plain.group, n_groups) ** 2
    if not both.any():
        return Pair(first.spread, second.spread, covariance)
    if not a.counts or clustered:
        return Pair(first.spread, second.spread, covariance, kurtosis)
    cells = JointRows(plain.first, plain.second, plain.group, np.ones(len(plain.group)))
    return Pair(first.spread, second.spread, covariance, kurtosis, cells)
