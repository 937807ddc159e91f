"""Which of several contestants is better: differences and ratios with intervals and p-values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tidymetrics.core.arguments import Argument
from tidymetrics.core.influence import Spreads, UnitInfluences, influences_of_units
from tidymetrics.core.intervals import IntervalOptions, spread_of
from tidymetrics.core.result_keys import compared_rows, inner_groups
from tidymetrics.core.score import announce, evaluate
from tidymetrics.core.stateless import WithoutState
from tidymetrics.errors import ColumnNotFoundError, OptionError, listed
from tidymetrics.frames import UNIT, names_of, recognise
from tidymetrics.frames.numbered import numbered_rows
from tidymetrics.statistics.movable import shared_units, units_hold_rows
from tidymetrics.statistics.spread import Splits, Spread, add_up
from tidymetrics.wrappers.averages import AveragedOver
from tidymetrics.wrappers.difference_rules import Pair, compared, discordant_rows
from tidymetrics.wrappers.fold_rules import holm
from tidymetrics.wrappers.intervals import UNIT_ARGUMENT, call_of, members_of, read_call, require_metrics, table_of
from tidymetrics.wrappers.models import PREDICTIONS, call_of_one, contestants_of, naming

if TYPE_CHECKING:
    import inspect
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.family import Batch
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.score import Scored
    from tidymetrics.typing import Array
    from tidymetrics.wrappers.sets import MetricSet

ACROSS = Argument(
    "across", "str | None", "The column whose values are the contestants.", None, column="order", in_vectors=False
)


@dataclass(frozen=True)
class CompareOptions:
    """How contestants are compared."""

    intervals: IntervalOptions
    ratio: bool = False
    against: Any = None
    adjust: str | None = "holm"
    rope: float | None = None

    def require(self) -> None:
        """Refuse what is no option."""
        self.intervals.require("compare")
        if self.adjust not in ("holm", None):
            raise OptionError(f'compare(adjust=): expected "holm" or None; got {self.adjust!r}.')
        if self.rope is not None and self.ratio:
            raise OptionError("compare(rope=): practical equivalence is about differences; leave out ratio=True.")
        if self.rope is not None and not self.rope >= 0:
            raise OptionError(f"compare(rope=): expected a number of at least 0; got {self.rope!r}.")

    def pairs(self, names: Sequence[Any]) -> list[tuple[int, int]]:
        """Give the positions of the contestants of each pair."""
        if len(names) < 2:
            raise OptionError(f"compare: expected two contestants or more; got {listed(names)}.")
        if self.against is None:
            return list(combinations(range(len(names)), 2))
        if self.against not in names:
            raise OptionError(f"compare(against=): expected one of the contestants {listed(names)}; got {self.against!r}.")
        base = list(names).index(self.against)
        return [(i, base) for i in range(len(names)) if i != base]


@dataclass(eq=False, repr=False)
class Watched:
    """One evaluation: its spreads, the influences of units, and whether units stand for several rows."""

    spreads: Spreads
    units: dict[str, UnitInfluences | None] = field(default_factory=dict)
    clustered: bool = False

    def observe(self, batch: Batch) -> None:
        """Take what a batch tells."""
        self.spreads.observe(batch)
        reductions = batch.reductions
        if reductions is None or not (UNIT in reductions.frame_rows.roles or batch.metrics[0].kind.family.own_units):
            return
        self.clustered = self.clustered or units_hold_rows(reductions)
        for metric in batch.metrics:
            self.units[metric.name] = influences_of_units(metric, reductions)


@dataclass(frozen=True, eq=False, repr=False)
class Side:
    """A contestant's estimates by one metric."""

    spread: Spread
    """Each [groups, columns]"""
    units: UnitInfluences | None
    clustered: bool


@dataclass(frozen=True)
class Compare(WithoutState):
    """A metric, or a set, that compares contestants; made by `compare`."""

    metrics: MetricFunction | MetricSet | AveragedOver
    options: CompareOptions
    maker: ClassVar[str] = "compare"

    def __repr__(self) -> str:
        o = self.options
        default = CompareOptions(o.intervals)
        own = [f.name for f in fields(o) if f.name != "intervals" and getattr(o, f.name) != getattr(default, f.name)]
        return f"<compare({self.metrics!r}{o.intervals.shown()}{''.join(f', {n}={getattr(o, n)!r}' for n in own)})>"

    @property
    def __signature__(self) -> inspect.Signature:
        return table_of(self.metrics, (ACROSS, UNIT_ARGUMENT)).signature(first=["data"])

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Compare contestants.

        Parameters
        ----------
        data, *args, **given
            As for the metric or the set; without `across`, `estimate` (or `probs`, or both of the same names) is a mapping of
            contestants to columns of the same rows.
        across
            The column whose values are the contestants.
        unit
            The column that says what was drawn independently; beside `across`, rows of one unit also belong together.

        Returns
        -------
        A frame in the same library, one row per metric, pair and group: the keys, `.metric`, `.estimator`, `.first`, `.second`,
        `.estimate` (first minus second, or first by second), `.std_error`, `.lower`, `.upper`, `.p_value`, `.p_adjusted`.
        """
        named = {**dict(zip(("truth", "estimate"), args, strict=False)), **given}
        across = named.pop("across", None)
        if across is not None:
            return self._across(data, named, across)
        names = contestants_of("compare", named, 2)
        pairs = self.options.pairs(names)
        own_units = isinstance(self.metrics, AveragedOver) or members_of(self.metrics)[0].kind.family.own_units
        if named.get("unit") is None and not own_units:
            data, named["unit"] = numbered_rows(data, named.get("by"))
        made = [naming(name, self._evaluated, data, call_of_one(named, name), None) for name in names]
        bounds, scored, _ = made[0]
        sides = [[_side(watched, one, i) for i in range(len(bounds))] for _, one, watched in made]
        return self._result(names, pairs, bounds, scored, sides)

    def _evaluated(self, data: Any, named: Mapping[str, Any], across: str | None) -> tuple[list[BoundMetric], Scored, Watched]:
        values, bounds = read_call(self.metrics, (), named, (UNIT_ARGUMENT,))
        call = call_of(data, values, bounds)
        if across is not None:
            call = call.within(across, "compare compares")
        watched = Watched(self.options.intervals.spreads(paired=True))
        if isinstance(self.metrics, AveragedOver):
            made = self.metrics.evaluate(bounds, call)
            watched.spreads.found |= made.spreads
            watched.units |= made.units
            watched.clustered = True
            announce(made.scored)
            return bounds, made.scored, watched
        scored = evaluate(bounds, call, watched.observe)
        announce(scored)
        return bounds, scored, watched

    def _across(self, data: Any, named: dict[str, Any], across: str) -> Any:
        """Compare groups of rows: the contestants are inner groups, so that all are scored in one pass."""
        require_across(data, across, named)
        bounds, scored, watched = self._evaluated(data, named, across)
        inner = inner_groups(scored.groups, scored.origin)
        pairs = self.options.pairs(inner.names)
        sides = []
        for c in range(len(inner.names)):
            at = inner.position[:, c]  # [outer groups] -1 where the contestant lacks it
            sides.append([_at(_side(watched, scored, i), at) for i in range(len(bounds))])
        outer = replace(scored, groups=inner.groups, origin=inner.origin)
        return self._result(inner.names, pairs, bounds, outer, sides)

    def _result(
        self,
        names: Sequence[Any],
        pairs: Sequence[tuple[int, int]],
        bounds: Sequence[BoundMetric],
        scored: Scored,
        sides: Sequence[Sequence[Side]],
    ) -> Any:
        rows = []
        for i, bound in enumerate(bounds):
            made = [self._pair(sides[a][i], sides[b][i], bound.record.span) for a, b in pairs]
            p = np.stack([columns[".p_value"] for columns in made])  # [pairs, groups, columns]
            adjusted = holm(p) if self.options.adjust == "holm" else p
            for (a, b), columns, own in zip(pairs, made, adjusted, strict=True):
                found = {k: v for k, v in columns.items() if not k.startswith(".p_")} | {".p_value": columns[".p_value"]}
                found |= {".p_adjusted": own} | {k: v for k, v in columns.items() if k in (".p_first", ".p_rope", ".p_second")}
                rows.append((scored.values[i], names[a], names[b], found))
        return compared_rows(rows, scored.groups, scored.origin)

    def _pair(self, first: Side, second: Side, span: tuple[float, float]) -> dict[str, Array]:
        options = self.options
        pair = Pair(first.spread, second.spread, np.zeros_like(first.spread.values))
        if first.units is not None and second.units is not None:
            pair = _paired(first, second, span)
        elif first.spread.splits is not None and second.spread.splits is not None:
            pair = _split(pair, first.spread.splits, second.spread.splits)
        return compared(
            pair, span, options.intervals.conf_level, options.intervals.method, ratio=options.ratio, rope=options.rope
        )


def require_across(data: Any, across: str, named: Mapping[str, Any]) -> None:
    """Refuse a mapping beside the column of contestants, and a column that is none."""
    if mapped := [name for name in PREDICTIONS if isinstance(named.get(name), dict)]:
        raise OptionError(
            f"compare: the contestants are the values of across={across!r} or those of a mapping, not both; pass {mapped[0]}= "
            "as a column, or as a list of columns."
        )
    names = names_of(recognise(data, None).frame)
    if across not in names:
        raise ColumnNotFoundError(f"across: the frame has no column {across!r}. Its columns: {listed(names, 10)}.")


def _side(watched: Watched, scored: Scored, i: int) -> Side:
    values = scored.values[i]
    spread = spread_of(watched.spreads, values)
    if spread is None:
        shape = values.values.reshape(len(scored.groups), -1)
        nan = np.full(shape.shape, np.nan)
        spread = Spread(nan, nan, nan, nan, nan, nan)
    units = watched.units.get(values.metric)
    return Side(spread, units, watched.clustered)


def _at(side: Side, at: Any) -> Side:
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


def _paired(first: Side, second: Side, span: tuple[float, float]) -> Pair:
    """Set the influences of shared units beside each other."""
    a, b = first.units, second.units
    if a is None or b is None:
        raise RuntimeError("both sides have units")
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
    pair = Pair(first.spread, second.spread, covariance, kurtosis)
    if not a.counts or clustered:
        return pair
    ones = np.ones(len(plain.group))
    return replace(pair, discordant=discordant_rows(pair, span, (plain.first, plain.second), plain.group, ones))


def compare(
    metrics: MetricFunction | MetricSet | AveragedOver,
    *,
    conf_level: float = 0.95,
    method: str | None = None,
    ratio: bool = False,
    against: Any = None,
    adjust: str | None = "holm",
    rope: float | None = None,
    weight_type: str = "importance",
    seed: int = 0,
) -> Compare:
    """Make the comparison of contestants by a metric, or a set: models of the same rows, or groups of rows.

    The interval adds up how far each estimate's own interval reaches, with their correlation (square and add, MOVER); it is
    Newcombe's for shares. The p-value is that of the interval that just holds no difference, so that it is below 0.05 exactly
    where the 95% interval leaves out 0.

    Parameters
    ----------
    metrics
        A metric, a `metric_set`, or `averaged_over` one.
    conf_level, method, weight_type, seed
        As in `with_intervals`. "wald" gives DeLong's test for `roc_auc`, "exact" McNemar's mid-p for shares of the same rows.
    ratio
        Whether to compare by first / second in place of first - second.
    against
        A contestant: all others minus it; by default all pairs.
    adjust
        "holm" adjusts the p-values of the pairs of one metric in one group; None does not.
    rope
        Half the width of the region of practical equivalence, in the metric's unit.

    Returns
    -------
    Compare
        Called like the metric or the set, with mappings {contestant: columns} for `estimate` and `probs`, or with ``across=`` a
        column of contestants; and ``unit=``.

    Raises
    ------
    OptionError
        For a wrong option, fewer than two contestants, a mapping beside `across`, or a metric of groups.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine
    17(8), 873-890.
    Zou, G. Y., Donner, A. (2008). Construction of confidence limits about effect measures: a general approach. Statistics in
    Medicine 27(10), 1693-1702.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2), 65-70.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 3.0, 4.0], "rf": [1.5, 2.0, 3.5, 4.0], "gb": [2.0, 1.0, 3.0, 6.0]})
    >>> tm.compare(tm.mae)(df, "y", {"forest": "rf", "boost": "gb"}).select(".first", ".second", ".estimate").row(0)
    ('forest', 'boost', -0.75)
    """
    require_metrics("compare", metrics)
    options = CompareOptions(IntervalOptions(conf_level, method, weight_type, seed), ratio, against, adjust, rope)
    options.require()
    return Compare(metrics, options)
