"""Which of several contestants is better: differences and ratios with intervals and p-values."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tidymetrics.core.arguments import Argument
from tidymetrics.core.intervals import IntervalOptions
from tidymetrics.core.result_keys import compared_rows, inner_groups
from tidymetrics.core.score import Cause, announce, announce_intervals, evaluate, label_of, stack_depth
from tidymetrics.core.stateless import WithoutState
from tidymetrics.core.together import JointCall, evaluate_together, naming
from tidymetrics.errors import ColumnNotFoundError, OptionError, UnsharedRowsWarning, listed
from tidymetrics.frames import names_of, recognise
from tidymetrics.frames.numbered import numbered_rows
from tidymetrics.wrappers.averages import AveragedOver
from tidymetrics.wrappers.difference_rules import Pair, compared, reasons_of_pair
from tidymetrics.wrappers.fold_rules import holm
from tidymetrics.wrappers.intervals import UNIT_ARGUMENT, call_of, members_of, read_call, require_metrics, table_of
from tidymetrics.wrappers.models import PREDICTIONS, call_of_one, contestants_of
from tidymetrics.wrappers.units import Watched, pair_of, side_at

if TYPE_CHECKING:
    import inspect
    from collections.abc import Collection, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.score import Scored
    from tidymetrics.frames import InputFrame
    from tidymetrics.typing import Array, Mask
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

    def compared(self, pair: Pair, span: tuple[float, float]) -> dict[str, Array]:
        """Compare two estimates."""
        own = self.intervals
        return compared(pair, span, own.conf_level, own.method, ratio=self.ratio, rope=self.rope)

    def reasons(
        self, pair: Pair, span: tuple[float, float], made: Mapping[str, Array], lacking: Mask | None
    ) -> list[tuple[str, Mask]]:
        """Say why there is no interval, and in which groups."""
        return reasons_of_pair(pair, span, made, lacking, ratio=self.ratio)

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
        return self._side_by_side(recognise(data, named.pop("by", None)), named)

    def _side_by_side(self, source: InputFrame, named: Mapping[str, Any]) -> Any:
        """Compare columns of the same rows: in one frame, or paired by the units of rows where there is none."""
        names = contestants_of("compare", named, 2)
        pairs = self.options.pairs(names)
        bounds, calls = [], []
        for name in names:
            own, call = self._call(source, call_of_one(named, name))
            bounds.append(own)
            calls.append(JointCall(**{f.name: getattr(call, f.name) for f in fields(call)}))
        own_units = isinstance(self.metrics, AveragedOver) or members_of(self.metrics)[0].kind.family.own_units
        made = None if own_units else evaluate_together(names, bounds, calls, pairs, self.options.intervals.weighting)
        known = {} if made is None else made.pairs
        found = {key: Pair(p.first, p.second, p.covariance, p.kurtosis, p.cells) for key, p in known.items()}
        apart = {b.name for b in bounds[0]} - {metric for metric, *_ in found}
        if apart:
            numbered, given = source, named
            if named.get("unit") is None and not own_units:
                numbered, unit = numbered_rows(source)
                given = {**named, "unit": unit}
            each = [naming(name, self._evaluated, *self._call(numbered, call_of_one(given, name), apart)) for name in names]
            for i, bound in enumerate(each[0].bounds):
                for a, b in pairs:
                    found[bound.name, a, b] = pair_of(each[a].side(i), each[b].side(i))
        scored = [one.scored for one in each] if made is None else made.scored
        _announce_undefined(names, scored)
        if made is not None:
            _announce_left_out(names, made.left_out)
        return self._result(names, pairs, bounds[0], scored[0], found)

    def _call(
        self, source: InputFrame, named: Mapping[str, Any], only: Collection[str] | None = None
    ) -> tuple[list[BoundMetric], Call]:
        values, bounds = read_call(self.metrics, (), named, (UNIT_ARGUMENT,))
        call = call_of(source, values, bounds)
        return [b for b in bounds if only is None or b.name in only], call

    def _evaluated(self, bounds: list[BoundMetric], call: Call) -> Watched:
        watched = Watched(bounds, self.options.intervals.spreads(paired=True))
        if isinstance(self.metrics, AveragedOver):
            made = self.metrics.evaluate(bounds, call)
            watched.spreads.found |= made.spreads
            watched.units |= made.units
            watched.clustered, watched.scored = True, made.scored
        else:
            watched.scored = evaluate(bounds, call, watched.observe)
        return watched

    def _across(self, data: Any, named: dict[str, Any], across: str) -> Any:
        """Compare groups of rows: the contestants are inner groups, so that all are scored in one pass."""
        require_across(data, across, named)
        bounds, call = self._call(recognise(data, named.pop("by", None)), named)
        watched = self._evaluated(bounds, call.within(across, "compare compares"))
        scored = watched.scored
        announce(scored)
        inner = inner_groups(scored.groups, scored.origin)
        pairs = self.options.pairs(inner.names)
        found: dict[tuple[str, int, int], Pair] = {}
        for i, bound in enumerate(bounds):
            side = watched.side(i)
            sides = [
                side_at(side, inner.position[:, c]) for c in range(len(inner.names))
            ]  # -1 where a contestant lacks a group
            found |= {(bound.name, a, b): pair_of(sides[a], sides[b]) for a, b in pairs}
        lacking = {(a, b): np.asarray((inner.position[:, [a, b]] < 0).any(axis=1)) for a, b in pairs}
        outer = replace(scored, groups=inner.groups, origin=inner.origin)
        return self._result(inner.names, pairs, bounds, outer, found, lacking)

    def _result(
        self,
        names: Sequence[Any],
        pairs: Sequence[tuple[int, int]],
        bounds: Sequence[BoundMetric],
        scored: Scored,
        found: Mapping[tuple[str, int, int], Pair],
        lacking: Mapping[tuple[int, int], Mask] | None = None,
    ) -> Any:
        options, rows, causes = self.options, [], []
        for i, bound in enumerate(bounds):
            span = bound.record.span
            made = []
            for a, b in pairs:
                pair = found[bound.name, a, b]
                made.append(options.compared(pair, span))
                what = bound.name if len(pairs) == 1 else f"{bound.name} of {names[a]!r} and {names[b]!r}"
                lost = None if lacking is None else lacking[a, b]
                causes += [Cause(what, text, where) for text, where in options.reasons(pair, span, made[-1], lost)]
            p = np.stack([columns[".p_value"] for columns in made])  # [pairs, groups, columns]
            adjusted = holm(p) if options.adjust == "holm" else p
            for (a, b), columns, own in zip(pairs, made, adjusted, strict=True):
                order = (".p_value", ".p_adjusted", ".p_first", ".p_rope", ".p_second")
                every = columns | {".p_adjusted": own}
                shown = {k: v for k, v in columns.items() if k not in order} | {k: every[k] for k in order if k in every}
                rows.append((scored.values[i], names[a], names[b], shown))
        announce_intervals(scored, causes)
        return compared_rows(rows, scored.groups, scored.origin)


def _announce_undefined(names: Sequence[Any], scored: Sequence[Scored]) -> None:
    """Warn once of what is undefined, for any of the contestants."""
    causes = [
        replace(cause, name=f"{cause.name} of {name!r}")
        for name, one in zip(names, scored, strict=True)
        for cause in one.causes
    ]
    announce(replace(scored[0], causes=causes))


def _announce_left_out(names: Sequence[Any], counts: Mapping[tuple[int, int], int]) -> None:
    """Warn once of rows that one of two contestants lacks."""
    lost = [f"{n:,} of {names[a]!r} and {names[b]!r}" for (a, b), n in counts.items() if n]
    if lost:
        warnings.warn(
            f"compare: rows are left out in which only one of the two has a prediction: {label_of(lost, len(lost))}.",
            UnsharedRowsWarning,
            stacklevel=stack_depth(),
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
