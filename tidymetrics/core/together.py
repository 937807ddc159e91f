"""Several contestants evaluated on the same rows, and what the influences of each two of them have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.influence import cells_of, slopes_of
from tidymetrics.core.score import Scored, evaluate_reductions
from tidymetrics.errors import LevelError, listed
from tidymetrics.frames import UNIT, Preparation, numbered_units, prepare_jointly
from tidymetrics.statistics import Confusion
from tidymetrics.statistics.influence_of_cells import spreads_of_cells
from tidymetrics.statistics.influence_of_pairs import (
    Both,
    Moved,
    PairOfSpreads,
    joint_cells,
    pair_of_cells,
    pair_of_moves,
    pairs_of_terms,
)
from tidymetrics.statistics.influence_of_terms import Term
from tidymetrics.statistics.movable import RowMoves, RowTerms, units_hold_rows
from tidymetrics.statistics.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tidymetrics.core.family import Batch
    from tidymetrics.core.influence import Weighting
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.frames import JointFrame, PreparedFrame, Role, Vectors
    from tidymetrics.statistics import Reductions
    from tidymetrics.statistics.influence_of_cells import Cells
    from tidymetrics.typing import Array, Level

_INSTEAD = "Compare a sample of the rows, or a part of the groups at a time."


@dataclass(frozen=True, eq=False, repr=False)
class JointCall(Call):
    """The call of one contestant, which notes what it prepares, so that all can be prepared in one frame."""

    asked: list[Preparation] = field(default_factory=list)

    def prepare(
        self,
        roles: Sequence[Role],
        *,
        inner: str | None = None,
        row_order: bool = False,
        levels: tuple[Level, ...] | None = None,
    ) -> PreparedFrame | Vectors:
        """Prepare the columns, and note them."""
        keys = [*self.keys(), *(() if inner is None else (inner,))]
        source = replace(self.input, by=keys)
        self.asked.append(Preparation(source, (*roles, *self.more), row_order, levels, int(inner is not None)))
        return super().prepare(roles, inner=inner, row_order=row_order, levels=levels)


@dataclass(eq=False, repr=False)
class Together:
    """The values of contestants, and their pairs."""

    names: Sequence[Any]
    scored: list[Scored]
    """For each contestant."""
    pairs: dict[tuple[str, int, int], PairOfSpreads] = field(default_factory=dict)
    """By metric and the positions of both contestants; without the metrics that have no influences of rows."""
    left_out: dict[tuple[int, int], int] = field(default_factory=dict)
    """For each pair the rows that one of them lacks."""


def evaluate_together(
    names: Sequence[Any],
    bounds: Sequence[Sequence[BoundMetric]],
    calls: Sequence[JointCall],
    pairs: Sequence[tuple[int, int]],
    weighting: Weighting,
) -> Together | None:
    """Evaluate contestants on one frame of all of their columns; None where they have no frame in common."""
    made = Together(names, [])
    parts: list[list[Scored]] = []
    for batches in _in_step(names, bounds, calls):
        asked = [call.asked for call in calls]
        apart = not parts and any(one and one[0].source.frame is not calls[0].input.frame for one in asked)
        if apart or any(len(one) != 1 for one in asked):
            return None
        joint = prepare_jointly([one.pop() for one in asked])
        parts += [_Round(made, some, joint, weighting).run(pairs) for some in _by_gaps(batches)]
    made.scored = [_joined(own, metrics) for own, metrics in zip(zip(*parts, strict=True), bounds, strict=True)]
    return made


def _by_gaps(batches: Sequence[Batch]) -> list[Sequence[Batch]]:
    """Set metrics apart that count missing predictions: no row is left out for one."""
    kept = [keeps_gaps(m) for m in batches[0].metrics]
    if len(set(kept)) < 2:
        return [batches]
    return [[replace(b, metrics=[m for m in b.metrics if keeps_gaps(m) == flag]) for b in batches] for flag in (False, True)]


def keeps_gaps(metric: BoundMetric) -> bool:
    """Tell whether rows without a prediction count for a metric."""
    return metric.record.keeps_gaps


def _in_step(
    names: Sequence[Any], bounds: Sequence[Sequence[BoundMetric]], calls: Sequence[Call]
) -> Iterator[tuple[Batch, ...]]:
    """Give the batches of all contestants side by side; a later one may use an earlier one's statistics."""
    each = [iter(b[0].kind.family.batches(b, call)) for b, call in zip(bounds, calls, strict=True)]
    while (batches := tuple(naming(name, next, own, None) for name, own in zip(names, each, strict=True)))[0] is not None:
        yield batches


def naming(name: Any, call: Callable[..., Any], *args: Any, **given: Any) -> Any:
    """Make a call for one of the contestants, whose name a message about its levels begins with."""
    try:
        return call(*args, **given)
    except LevelError as problem:
        raise LevelError(f"{name!r}: {problem}") from None


def _joined(parts: Sequence[Scored], metrics: Sequence[BoundMetric]) -> Scored:
    by_name = {values.metric: values for part in parts for values in part.values}
    causes = [cause for part in parts for cause in part.causes]
    return replace(parts[0], values=[by_name[m.name] for m in metrics], causes=causes)


@dataclass(eq=False, repr=False)
class _Side:
    """One contestant's statistics, on the rows that count for one pair or for all."""

    metrics: Sequence[BoundMetric]
    reductions: Reductions
    scored: Scored
    known: dict[tuple[str, ...], list[Term] | list[Moved]] = field(default_factory=dict)

    def influences(self, names: tuple[str, ...]) -> list[Term] | list[Moved]:
        """Give how rows move metrics of one statistic; nothing for what has no influences of rows."""
        if names not in self.known:
            self.known[names] = self._influences([m for m in self.metrics if m.name in names])
        return self.known[names]

    def _influences(self, metrics: Sequence[BoundMetric]) -> list[Term] | list[Moved]:
        movement = metrics[0].kind.movement(metrics[0], self.reductions)
        if movement is None:
            return []
        made = [slopes_of(m, self.reductions, movement) for m in metrics]
        source = movement.source(True)
        if isinstance(source, RowTerms):
            return [Term(m.name, *own, source) for m, own in zip(metrics, made, strict=True)]
        return _moved(made, source) if isinstance(source, RowMoves) else []

    def leaves_engine(self, metric: BoundMetric) -> bool:
        """Tell whether a metric's influences are made of rows in memory."""
        if self.reductions.frame_rows.embedded or cells_of(metric, self.reductions) is not None:
            return False
        movement = metric.kind.movement(metric, self.reductions)
        return movement is not None and isinstance(movement.source(False), RowMoves)

    def levels(self, i: int) -> tuple[Any, ...]:
        """Give the levels and columns of a metric's values."""
        values = self.scored.values[i]
        made = self.reductions.get(self.metrics[i].requests[0])
        known = made.levels.values if isinstance(made, Confusion) else ()
        return (tuple(known), *(tuple(column) for column in values.extra.values()), values.estimator)


def _moved(made: Sequence[tuple[Array, Array]], source: RowMoves) -> list[Moved]:
    """Give the influences of rows on metrics of one statistic, all of them at once."""
    if source.by_time:
        none = np.full((1, 1), np.nan)
        return [Moved(values, source.phi(slopes), source, np.broadcast_to(none, values.shape)) for values, slopes in made]
    slopes = np.concatenate([own for _, own in made], axis=-1)
    phi = source.phi(slopes)
    reach = np.full((len(slopes), phi.shape[1]), np.nan) if source.reach is None else source.reach(slopes)
    cuts = np.cumsum([values.shape[1] for values, _ in made])[:-1]
    parts = zip(made, np.split(phi, cuts, axis=1), np.split(reach, cuts, axis=1), strict=True)
    return [Moved(values, own, source, own_reach) for (values, _), own, own_reach in parts]


@dataclass(eq=False, repr=False)
class _Round:
    """One batch of all contestants."""

    made: Together
    batches: Sequence[Batch]
    joint: JointFrame
    weighting: Weighting
    sides: dict[tuple[int, int], _Side] = field(default_factory=dict)
    clustered: bool = False
    elsewhere: set[str] = field(default_factory=set)
    """Metrics whose rows leave the engine."""

    def run(self, pairs: Sequence[tuple[int, int]]) -> list[Scored]:
        """Evaluate all contestants, and set each two beside each other; give the values of each."""
        found = [self.side(i, i) for i in range(len(self.batches))]
        self._require_alike(found)
        if not len(found[0].reductions.known_groups):
            self.made.pairs |= {(v.metric, a, b): _no_groups(v.width) for v in found[0].scored.values for a, b in pairs}
            return [side.scored for side in found]
        self.clustered = self.units and units_hold_rows(found[0].reductions)
        self.elsewhere = {m.name for m in found[0].metrics if found[0].leaves_engine(m)}
        if self.elsewhere:
            batches = [replace(b, metrics=[m for m in b.metrics if m.name in self.elsewhere]) for b in self.batches]
            memory = self.joint.in_memory("a comparison by ranks", _INSTEAD)
            _Round(self.made, batches, memory, self.weighting).run(pairs)
        counts = self.joint.left_out(pairs, self.needed)
        for (a, b), count in zip(pairs, counts, strict=True):
            self.made.left_out[a, b] = max(count, self.made.left_out.get((a, b), 0))
            with np.errstate(all="ignore"):  # what is infinite or divides by 0 has no interval
                self._pair(a, b, whole=count == 0)
        return [side.scored for side in found]

    @property
    def units(self) -> bool:
        """Whether the call names units."""
        return UNIT in self.joint.rows.roles

    @cached_property
    def needed(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Give what a row must have to count."""
        asked = [request for batch in self.batches for m in batch.metrics if not keeps_gaps(m) for request in m.requests]
        every = [one for request in asked for one in (request, *request.needs)]
        return tuple(dict.fromkeys(need for request in every for need in request.counts_with))

    def side(self, i: int, other: int) -> _Side:
        """Give one contestant's statistics, of the rows that another one has too."""
        if (i, other) not in self.sides:
            rows = self.joint.of(i, None if other == i else other, self.needed)
            batch = self.batches[i] if i == other else replace(self.batches[i])
            batch.rows = numbered_units(rows) if UNIT not in rows.roles and rows.embedded else rows
            reductions = batch.reduce()
            reductions.kept = {}
            scored = naming(self.made.names[i], evaluate_reductions, batch.metrics, reductions)
            self.sides[i, other] = _Side(batch.metrics, reductions, scored)
        return self.sides[i, other]

    def _require_alike(self, sides: Sequence[_Side]) -> None:
        """Refuse contestants of unlike levels."""
        for i, side in enumerate(sides):
            for m in range(len(side.metrics)):
                one, two = sides[0].levels(m), side.levels(m)
                if one != two:
                    names = self.made.names
                    raise LevelError(
                        f"compare: {names[0]!r} and {names[i]!r} have unlike levels, {listed(one[0])} and {listed(two[0])}; "
                        "pass levels= with all of them."
                    )

    def _pair(self, a: int, b: int, *, whole: bool) -> None:
        sides = (self.side(a, a if whole else b), self.side(b, b if whole else a))
        frequency = self.weighting.frequency
        columns = self.joint.columns(b, None if whole else a, self.needed)
        both = Both(sides[0].reductions, sides[1].reductions, columns, frequency, self.clustered, self.units)
        counted, found = _pairs_of_counts(sides, both)
        elsewhere = counted | self.elsewhere
        found |= _pairs_that_move(sides, both, [m for m in sides[0].metrics if m.name not in elsewhere])
        values = [{v.metric: v.values for v in side.scored.values} for side in sides]
        for name, pair in found.items():
            first, second = (_blanked(s, v[name]) for s, v in zip((pair.first, pair.second), values, strict=True))
            self.made.pairs[name, a, b] = replace(pair, first=first, second=second)


def _no_groups(width: int) -> PairOfSpreads:
    none = np.zeros((0, width))
    spread = Spread(none, none, none, none, none, none)
    return PairOfSpreads(spread, spread, none)


def _blanked(spread: Spread, values: Array) -> Spread:
    real = values.reshape(spread.values.shape)
    return replace(spread, values=np.where(np.isnan(real), np.nan, spread.values))


def _pairs_of_counts(sides: tuple[_Side, _Side], both: Both) -> tuple[set[str], dict[str, PairOfSpreads]]:
    """Pair the formulas over counts; those of units are added up elsewhere."""
    made: list[dict[str, Cells]] = []
    for side in sides:
        counted = {m.name: cells_of(m, side.reductions) for m in side.metrics}
        made.append({name: cells for name, cells in counted.items() if cells is not None})
    first, second = made
    if not first or both.clustered:
        return set(first), {}
    spreads = [
        spreads_of_cells(cells, side.reductions, frequency=both.frequency, clustered=False)
        for cells, side in zip(made, sides, strict=True)
    ]
    joint = joint_cells(next(iter(first.values())), next(iter(second.values())), both, _INSTEAD)
    found = {n: pair_of_cells(cells, second[n], spreads[0][n], spreads[1][n], joint) for n, cells in first.items()}
    return set(first), found


def _pairs_that_move(sides: tuple[_Side, _Side], both: Both, metrics: Sequence[BoundMetric]) -> dict[str, PairOfSpreads]:
    """Pair what rows move: by expressions in the engine, or by arrays in memory."""
    found: dict[str, PairOfSpreads] = {}
    alike: dict[int, list[str]] = {}
    for m in metrics:
        movement = m.kind.movement(m, sides[0].reductions)
        if movement is not None:
            alike.setdefault(id(movement), []).append(m.name)
    terms: dict[Any, list[tuple[Term, Term]]] = {}
    for names in alike.values():
        made = [side.influences(tuple(names)) for side in sides]
        for name, one, two in zip(names, *made, strict=False):  # nothing for what has no influences
            if isinstance(one, Term) and isinstance(two, Term):
                terms.setdefault((one.source.key, one.folded), []).append((one, two))
            elif isinstance(one, Moved) and isinstance(two, Moved):
                found[name] = pair_of_moves(one, two, frequency=both.frequency, clustered=both.clustered)
    reads = {m.name: m.requests[-1].reads for m in metrics}
    for group in terms.values():
        first, second = ([pair[i] for pair in group] for i in (0, 1))
        paired = pairs_of_terms(first, second, both, reads[first[0].name])
        found |= {term.name: pair for term, pair in zip(first, paired, strict=True)}
    return found
