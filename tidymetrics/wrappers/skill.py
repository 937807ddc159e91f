"""What no skill would score, and how much better a model is."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.results import tidy
from tidymetrics.core.score import announce, evaluate
from tidymetrics.core.stateless import WithoutState
from tidymetrics.errors import OptionError
from tidymetrics.families.classes.family import ClassesKind
from tidymetrics.families.classes.probabilities import average_events
from tidymetrics.frames import recognise
from tidymetrics.statistics import Confusion, ConfusionCounts, EventSteps, Reductions, Reported
from tidymetrics.statistics.calibration_bins import quantile_bin, uniform_edges
from tidymetrics.statistics.calibration_errors import chance_error
from tidymetrics.statistics.constant_rows import TrueWeights, rows_of_number, rows_of_shares
from tidymetrics.statistics.no_skill import expected_table
from tidymetrics.statistics.no_skill import skill as skill_of
from tidymetrics.statistics.score_steps import group_sums, sum_by
from tidymetrics.wrappers.sets import MetricSet, metric_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.core.family import Kind, Outcome
    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array

BASELINES = {
    "class": ("most_frequent", "stratified", "uniform"),
    "prob": ("prior", "uniform"),
    "ordered_prob": ("prior", "uniform"),
    "numeric": ("mean", "median"),
}
"""For each kind its baselines, the first the default."""

_OF_COUNTS = {"class"}
_OF_NUMBERS = {"numeric"}


@dataclass(frozen=True, eq=False, repr=False)
class _Against(BoundMetric):
    """A metric that is set against its baseline, with the columns of its probabilities."""

    columns: ProbabilityColumns | None = None


@dataclass(frozen=True, eq=False)
class SkillKind(ClassesKind):
    """The kind of a metric against its baseline: that of the metric itself, but for how it is finished."""

    inside: Any = None
    """The metric."""
    baseline: str | float = ""
    gives: str = "skill"
    """What it gives: "skill" or "baseline"."""

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join the metric with its arguments."""
        inner = self.inside.bind(arguments, {k: v for k, v in options.items() if k not in self.inside.fixed})
        return _Against(function.metric.name, self, function.metric, inner.options, inner.arguments, members=(inner,))

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        """Give the statistics of the metric."""
        made: tuple[Any, ...] = self.inside.kind.requests(bound.members[0])
        return made

    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:
        """Find the statistics of the metric, and the weight of each level."""
        inside: Any = self.inside.kind
        inner = inside.resolve(bound.members[0], levels, columns, weighted=weighted)
        more: tuple[Any, ...] = ()
        if columns is not None and self.inside.metric.kind not in _OF_COUNTS:
            more = (TrueWeights(max(len(columns.levels), 1), inner.requests[0].reads),)
            if self.inside.metric.baseline is not None:
                more = (EventSteps(inner.requests[1].columns),)
        return replace(bound, requests=(*inner.requests, *more), members=(inner,), levels=inner.levels, columns=columns)  # type: ignore[call-arg]

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Give the skill, or the baseline."""
        inner = replace(bound.members[0], requests=bound.requests[: len(bound.members[0].requests) or None])
        given: Outcome = inner.kind.finish(inner, reductions)
        base = self._base(inner, bound, given, reductions)
        if self.gives == "baseline":
            return replace(given, values=base, left_out=None, error=None)
        perfect = _perfect(self.inside.metric)
        values = np.full_like(given.values, np.nan) if perfect is None else skill_of(given.values, base, perfect)
        return replace(given, values=values, error=None)

    def _base(self, inner: BoundMetric, bound: BoundMetric, given: Outcome, reductions: Reductions) -> Array:
        record = self.inside.metric
        if record.baseline is not None:
            return _chance(inner, bound, given, reductions)
        if record.kind in _OF_COUNTS:
            return self._of_table(inner, given, reductions)
        if record.kind in _OF_NUMBERS:
            rows = rows_of_number(reductions, self.baseline)
        else:
            columns: Any = getattr(bound, "columns", None)
            rows = rows_of_shares(
                reductions,
                reductions.get(bound.requests[-1]),
                _level_of_column(inner, columns),
                str(self.baseline),
                repeated=record.per_group and not reductions.rows.weighted,
            )
        return np.asarray(inner.kind.finish(inner, Reductions(rows, inner.requests)).values, np.float64)

    def _of_table(self, inner: BoundMetric, given: Outcome, reductions: Reductions) -> Array:
        """Apply the formula to the counts that the baseline is expected to have."""
        record = self.inside.metric
        if record.per_group or record.statistic is Reported:
            return np.full_like(given.values, np.nan)
        confusion = reductions.get(inner.requests[0])
        table = expected_table(confusion.counts.true, str(self.baseline))
        expected = Confusion(ConfusionCounts(table), confusion.levels, confusion.totals)
        known = Reductions(reductions.rows, inner.requests, groups=reductions.groups)
        known.know(inner.requests[0], expected)
        return np.asarray(inner.kind.finish(inner, known).values, np.float64)


def _level_of_column(inner: BoundMetric, columns: ProbabilityColumns) -> dict[str, int]:
    """Give the level whose probability each column holds."""
    if columns.alone is not None:
        event, event_level = inner.arguments.get("event"), inner.arguments.get("event_level", "first")
        return {columns.alone: columns.of_event(event, event_level, inner.name)[1]}
    return {name: level for level, name in enumerate(columns.columns) if name is not None}


def _chance(inner: BoundMetric, bound: BoundMetric, given: Outcome, reductions: Reductions) -> Array:
    """Give the error that a perfect model is expected to have; known for the norm "l1" alone."""
    if inner.options.get("norm", "l1") != "l1":
        return np.full_like(given.values, np.nan)
    steps = reductions.get(bound.requests[-1])
    values = np.stack([_chance_of_event(s, inner.options["strategy"], inner.options["n_bins"]) for s in steps], axis=1)
    return np.asarray(average_events(inner, values, given.totals, reductions).values, np.float64)


def _chance_of_event(steps: ScoreSteps, strategy: str, n_bins: Any) -> Array:
    edges = uniform_edges(int(n_bins)) if isinstance(n_bins, (int, float, np.number)) else np.array(n_bins, np.float64)
    if strategy == "uniform":
        place = np.searchsorted(edges[1:-1], steps.score, side="left")
    else:
        place = quantile_bin(steps, int(n_bins))
    size = len(edges) - 1
    at = steps.group * size + place
    variance = sum_by(at, steps.squares * steps.score * (1 - steps.score), len(steps.lengths) * size)
    return chance_error(variance.reshape(-1, size), group_sums(steps.weight, steps))


def _perfect(record: Metric) -> float | None:
    """Give the best value of a metric, None where there is none to go to."""
    if record.baseline is not None or record.range is None or record.direction not in {"maximize", "minimize"}:
        return None
    best = record.range[1] if record.direction == "maximize" else record.range[0]
    return float(best) if isfinite(best) else None


def _read_baseline(given: Any, metric: MetricFunction, name: str) -> str | float:
    """Check a baseline; give the default of the metric's kind for None."""
    record = metric.metric
    if record.kind not in BASELINES or isinstance(metric.kind, SkillKind):
        raise OptionError(f"{name}: {record.name} has no baseline: it is for class, prob and numeric metrics.")
    known = (record.baseline,) if record.baseline is not None else BASELINES[record.kind]
    if given is None:
        return str(known[0])
    if record.kind in _OF_NUMBERS and not isinstance(given, (str, bool)) and isfinite(given):
        return float(given)
    if given not in known:
        number = " or a number" if record.kind in _OF_NUMBERS else ""
        raise OptionError(
            f"{name}(baseline=): for {record.name} expected one of {', '.join(map(repr, known))}{number}; got {given!r}."
        )
    return str(given)


def _against(metric: MetricFunction, baseline: str | float, gives: str) -> MetricFunction:
    """Make the metric that gives the skill, or the baseline, of a metric."""
    kind: Kind = metric.kind
    shared = {f.name: getattr(kind, f.name) for f in fields(kind)}
    made = SkillKind(**shared, inside=metric, baseline=baseline, gives=gives)
    record = metric.metric
    own: dict[str, Any] = {"name": f"{gives}_{record.name}"}
    if gives == "skill":
        aim = {"direction": "maximize", "range": (-inf, 1.0), "target": None, "average": "keep"}
        own |= {**aim, "undefined": "the baseline is perfect, or the metric or its baseline is undefined"}
    function = SkillFunction(Metric(**{**vars(record), **own}), made, __name__, skill.__doc__ or "", metric.fixed)
    function.remake = (_remade, (metric, baseline, gives))  # type: ignore[assignment]
    return function


class SkillFunction(WithoutState, MetricFunction):
    """The skill of one metric."""

    def _documented(self) -> str:
        return self.written


def _remade(arguments: tuple[MetricFunction, str | float, str]) -> MetricFunction:
    return _against(*arguments)


def skill(metric: MetricFunction, baseline: str | float | None = None) -> MetricFunction:
    """Make the skill of a metric: how much of the way from no skill to perfect a model has come.

    ``(value - baseline) / (perfect - baseline)``: 0 for no skill, 1 for a perfect model, negative for a worse one. The
    baseline is
    made of each group's own truth, weights included, and goes through the metric's own formula. The skill of `brier_class` is
    the Brier skill score, that of `mse` is `rsq_trad`, that of `roc_auc` is 2 AUC - 1.

    Parameters
    ----------
    metric
        A class, probability or numeric metric with a finite best value.
    baseline
        For class metrics "most_frequent" (the first on ties), "stratified" (the shares of the classes) or "uniform", as
        expected
        counts, without random draws. For probabilities "prior" (the shares) or "uniform". For numbers "mean", "median" or a
        number. By default the first.

    Returns
    -------
    A metric named ``skill_<metric>`` with the metric's options. Higher is better, up to 1.

    Raises
    ------
    OptionError
        The metric is of another kind, has no finite best value, or the baseline is one of another kind.

    References
    ----------
    Murphy, A. H. (1988). Skill scores based on the mean square error and their relationships to the correlation coefficient.
    Monthly Weather Review 116(12), 2417-2424.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, False], "p": [0.9, 0.6, 0.2, 0.3]})
    >>> tm.skill(tm.brier_class)(df, "obs", "p")[".estimate"].round(4).item()
    0.7
    """
    if not isinstance(metric, MetricFunction):
        raise OptionError(f"skill: expected a metric such as tm.brier_class; got {metric!r}.")
    chosen = _read_baseline(baseline, metric, "skill")
    if _perfect(metric.metric) is None:
        raise OptionError(f"skill: {metric.metric.name} has no finite best value to go to; with_baseline shows its baseline.")
    return _against(metric, chosen, "skill")


@dataclass(frozen=True)
class WithBaseline(WithoutState):
    """Metrics with their baselines; made by `with_baseline`."""

    members: MetricSet
    baselines: tuple[str | float, ...]

    def __repr__(self) -> str:
        return f"<with baseline: {self.members!r}>"

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Score a frame with every metric and its baseline.

        Parameters
        ----------
        data, *args, **given
            As for the metric set.

        Returns
        -------
        A frame in the same library as the input: that of the set, with `.baseline` and `.skill` after `.estimate`.
        """
        plain = self.members.members
        pairs = list(zip(plain, self.baselines, strict=True))
        against = [_against(m, b, gives) for gives in ("baseline", "skill") for m, b in pairs]
        whole = MetricSet((*plain, *against))
        table = whole.table()
        values, options = table.read(args, given)
        whole.require_taken(table, given, options)
        bounds = whole.bind(values, options)
        call = Call(recognise(data, values.pop("by", None)), values)
        call = bounds[0].kind.family.arrange(bounds, call)
        scored = evaluate(bounds, call)
        names = {m.metric.name for m in plain}
        scored.causes = [cause for cause in scored.causes if cause.name in names]
        announce(scored)
        n = len(plain)
        own, base, gained = scored.values[:n], scored.values[n : 2 * n], scored.values[2 * n :]
        if scored.origin is None:
            raise RuntimeError("a frame has an origin")
        return tidy(own, scored.groups, scored.origin, more={".baseline": base, ".skill": gained})


def with_baseline(metric: MetricFunction | MetricSet, baseline: str | float | None = None) -> WithBaseline:
    """Show what no skill scores next to a metric.

    The result has two more columns: `.baseline`, the metric's value for a prediction that knows only the shares of the truth,
    and `.skill`, ``(estimate - baseline) / (perfect - baseline)``. The skill is null where a metric has no finite best value.
    For
    `expected_calibration_error` the baseline is what a perfect model is expected to score. An undefined baseline is null, and
    not announced.

    Parameters
    ----------
    metric
        A class, probability or numeric metric, or a set of these.
    baseline
        As for `skill`; by default the first of each metric's kind.

    Returns
    -------
    A function that is called like the metric or the set.

    Raises
    ------
    OptionError
        A metric is of another kind, or the baseline is one of another kind.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, True], "pred": [True, True, False, False]})
    >>> tm.with_baseline(tm.accuracy)(df, "obs", "pred").select(".estimate", ".baseline", ".skill").row(0)
    (0.75, 0.75, 0.0)
    """
    members = metric if isinstance(metric, MetricSet) else metric_set(metric)
    return WithBaseline(members, tuple(_read_baseline(baseline, m, "with_baseline") for m in members.members))
