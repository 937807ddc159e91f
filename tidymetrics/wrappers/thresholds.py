"""Class metrics at thresholds of a score, and the choice of one."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.metric import METRICS
from tidymetrics.core.results import one_group, split_groups, tidy_rows
from tidymetrics.core.score import score, stack_depth
from tidymetrics.errors import OptionError, UndefinedMetricWarning, listed
from tidymetrics.families.classes.curve_family import read_thresholds
from tidymetrics.families.classes.event_tables import EventTable, event_table_vector
from tidymetrics.frames import PreparedFrame, recognise
from tidymetrics.statistics import EventSteps, ScoreSlots
from tidymetrics.statistics.threshold_counts import (
    averaged_over_folds,
    choose,
    counts_at_cuts,
    counts_at_steps,
    meets,
    percent_thresholds,
)
from tidymetrics.wrappers.table_values import bound_on_counts, members_on_counts, values_on_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.metric import BoundMetric, Metric
    from tidymetrics.statistics import EventColumns, Points, Reductions
    from tidymetrics.typing import Array, Codes

MOST_ROWS = 20_000_000
_DEFAULT = ("sensitivity", "specificity", "j_index", "roc_dist")
_DEFINED = "the truth lacks a class, or no row is called an event, at some thresholds"


def _read_thresholds(given: Any, name: str) -> tuple[float, ...] | str | None:
    """Read thresholds: None, "all", a number, or several."""
    if given is None or (isinstance(given, str) and given == "all"):
        return given
    if isinstance(given, str):
        raise OptionError(f'{name}(thresholds=): expected numbers, or "all"; got {given!r}.')
    one = isinstance(given, (Real, np.number)) and not isinstance(given, bool)
    return read_thresholds([given] if one else given, name)


@dataclass(frozen=True, eq=False, repr=False)
class _Counted:
    """The thresholds of one event in every group, with the table of counts at each."""

    lengths: Codes
    """[groups] the number of thresholds"""
    threshold: Array
    """[thresholds] increasing inside a group"""
    tables: Array
    """[thresholds, 2, 2]"""


def _requests(columns: EventColumns, own: Mapping[str, Any]) -> tuple[Any, ...]:
    thresholds = own["cuts"]
    if isinstance(thresholds, str):
        return (EventSteps(replace(columns, instead="Pass thresholds=[...], which are counted in the engine.")),)
    cuts = tuple(percent_thresholds().tolist()) if thresholds is None else thresholds
    return (ScoreSlots(columns, cuts, "right", unit=thresholds is None),)


def _counted(made: Sequence[Any], thresholds: Any) -> list[_Counted]:
    if isinstance(thresholds, str):
        found = [counts_at_steps(steps) for steps in made]
        return [_Counted(at.lengths, at.threshold, at.counts.tables()) for at in found]
    cuts = percent_thresholds() if thresholds is None else np.array(thresholds, np.float64)
    tables = [counts_at_cuts(slots).tables() for slots in made]  # [groups, thresholds, 2, 2]
    return [_Counted(np.full(len(t), len(cuts)), np.tile(cuts, len(t)), t.reshape(-1, 2, 2)) for t in tables]


def _levels(bound: BoundMetric, event: int) -> tuple[Any, ...]:
    """Name the event and the rest."""
    names = bound.options["events"]
    if bound.options["several"]:
        return names[event], "the rest" if names[event] != "the rest" else "others"
    rest = names[1] if len(names) > 1 else ("no" if names[:1] != ("no",) else "others")
    return (names[0] if names else "yes", rest)


def _members(own: Mapping[str, Any]) -> list[MetricFunction]:
    """Give the metrics in the order of the rows: the one to choose by and those of constraints first."""
    chosen = [own["metric"], *(metric for metric, _, _ in own["constraints"])] if "metric" in own else []
    return [*chosen, *own["members"]]


class _Sweep(EventTable):
    """What both functions share."""

    def __init__(self, draw: Callable[..., tuple[Points, ...]], read: Callable[[str, Mapping[str, Any]], Any]) -> None:
        columns = (".threshold", ".metric", ".estimator", ".estimate")
        super().__init__(draw, columns, _requests, read, bounded=False, undefined=_DEFINED)

    def records(self, own: Mapping[str, Any]) -> Sequence[Metric]:
        """Give the metrics that it evaluates."""
        return [member.metric for member in _members(own)]


class ThresholdPerf(_Sweep):
    """Metrics at thresholds."""

    def build(self, bound: BoundMetric, made: Sequence[Any], reductions: Reductions) -> Any:
        """Evaluate each metric at each threshold."""
        own = bound.options["own"]
        counted = _counted(made[0], own["cuts"])
        bounds = bound_on_counts(_members(own))
        total = sum(len(c.threshold) for c in counted) * len(bounds)
        if total > MOST_ROWS:
            raise OptionError(f"{bound.name}: {total:,} rows are more than {MOST_ROWS:,}; pass fewer thresholds=[...].")
        values = [values_on_tables(bounds, c.tables, _levels(bound, i)) for i, c in enumerate(counted)]
        group = np.concatenate([np.repeat(np.arange(len(c.lengths)), c.lengths) for c in counted])
        level = np.repeat(np.arange(len(counted)), [len(c.threshold) for c in counted])
        order = np.argsort(group, kind="stable")
        threshold = np.concatenate([c.threshold for c in counted])[order]
        estimate = np.concatenate([np.concatenate([v[i] for v in values])[order] for i in range(len(bounds))])
        self._announce(bound.name, bounds, estimate)
        rows = reductions.rows
        origin = rows.origin if isinstance(rows, PreparedFrame) else None
        groups = one_group() if origin is None else reductions.known_groups
        return _tidy(bound, bounds, threshold, estimate, group[order], level[order], groups, origin)

    @staticmethod
    def _announce(name: str, bounds: Sequence[BoundMetric], estimate: Array) -> None:
        undefined = np.isnan(estimate).reshape(len(bounds), -1)
        if undefined.any():
            lost = [b.name for b, gone in zip(bounds, undefined, strict=True) if gone.any()]
            at = int(undefined.any(axis=0).sum())
            reasons = dict.fromkeys(b.record.undefined or "the formula has no value" for b in bounds if b.name in lost)
            warnings.warn(
                f"{name}: {listed(lost)} {'is' if len(lost) == 1 else 'are'} undefined at {at} of {undefined.shape[1]} "
                f"thresholds: {'; '.join(reasons)}.",
                UndefinedMetricWarning,
                stacklevel=stack_depth(),
            )


def _tidy(
    bound: BoundMetric,
    bounds: Sequence[BoundMetric],
    threshold: Array,
    estimate: Array,
    group: Codes,
    level: Codes,
    groups: Any,
    origin: Any,
) -> Any:
    """Build the rows, metric by metric; what is [rows] of one metric is repeated for each."""
    n, size = len(bounds), len(threshold)
    columns: dict[str, Any] = {}
    if bound.options["several"]:
        columns[".level"] = (bound.options["events"], np.tile(level, n))
    columns[".threshold"] = np.tile(threshold, n)
    columns[".metric"] = ([b.name for b in bounds], np.repeat(np.arange(n), size))
    columns[".estimator"] = (["per_class" if bound.options["several"] else "binary"], np.zeros(n * size, np.int64))
    columns[".estimate"] = estimate
    return tidy_rows(columns, np.tile(group, n), groups, origin)


class BestThreshold(_Sweep):
    """The best of several thresholds."""

    def __call__(self, *args: Any, **given: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        over = given.get("over")
        if over is None:
            return super().__call__(*args, **given)
        data, rest = self._split(args, given)
        values, options = self._table().read(rest, given)
        names = [over] if isinstance(over, str) else list(over)
        frame = recognise(data, values.pop("by", None))
        call = Call(frame, values)
        keys = call.keys()
        if twice := [name for name in names if name in keys]:
            raise OptionError(f"{self.__name__}(over=): {twice[0]!r} is in by= already; leave it out of one.")
        bound = self.bind(values, {**options, "over": tuple(names)})
        return score([bound], replace(call, frame=replace(frame, by=[*keys, *names])))

    def build(self, bound: BoundMetric, made: Sequence[Any], reductions: Reductions) -> Any:
        """Choose a threshold in each group."""
        own = bound.options["own"]
        bounds = bound_on_counts(_members(own))
        rows = reductions.rows
        origin = rows.origin if isinstance(rows, PreparedFrame) else None
        groups = reductions.known_groups if isinstance(rows, PreparedFrame) else one_group()
        outer = None
        if own["over"]:
            if origin is None:
                raise OptionError(f"{bound.name}(over=): vectors have no columns to average over; pass a frame.")
            n_all = len(groups)
            groups, starts = split_groups(groups, len(origin.keys) - len(own["over"]))
            outer = np.repeat(np.arange(len(groups)), np.diff(starts, append=n_all))
            origin = replace(origin, keys=origin.keys[: -len(own["over"])])
        found = [
            self._choose(own, bounds, counted, _levels(bound, i), outer, len(groups))
            for i, counted in enumerate(_counted(made[0], own["cuts"]))
        ]
        size = len(groups)
        level = np.tile(np.arange(len(found)), size)
        threshold = np.stack([one[0] for one in found], axis=1).ravel()  # [groups, events]
        estimate = np.concatenate([np.stack([one[1][i] for one in found], axis=1).ravel() for i in range(len(bounds))])
        self._announce(bound.name, own, threshold)
        return _tidy(bound, bounds, threshold, estimate, np.repeat(np.arange(size), len(found)), level, groups, origin)

    @staticmethod
    def _choose(
        own: Mapping[str, Any],
        bounds: Sequence[BoundMetric],
        counted: _Counted,
        levels: tuple[Any, ...],
        outer: Codes | None,
        n_outer: int,
    ) -> tuple[Array, list[Array]]:
        """Give the threshold [groups], and the value [groups] of each metric there."""
        both = bound_on_counts([METRICS["sensitivity"], METRICS["specificity"]])
        values = values_on_tables([*bounds, *both], counted.tables, levels)
        lengths, threshold = counted.lengths, counted.threshold
        if outer is not None:
            n = int(lengths[0]) if len(lengths) else 0
            values = [averaged_over_folds(v.reshape(-1, n), outer, n_outer).ravel() for v in values]
            lengths, threshold = np.full(n_outer, n), np.tile(threshold[:n], n_outer)
        limits = [(v, op, limit) for v, (_, op, limit) in zip(values[1:], own["constraints"], strict=False)]
        good = bounds[0].record.goodness(values[0], bounds[0].options)
        at = choose(lengths, good, values[-2] + values[-1], meets(limits, len(threshold)))
        if not len(threshold):
            return np.full(len(lengths), np.nan), [np.full(len(lengths), np.nan) for _ in bounds]
        chosen = at >= 0
        return np.where(chosen, threshold[at], np.nan), [np.where(chosen, v[at], np.nan) for v in values[: len(bounds)]]

    @staticmethod
    def _announce(name: str, own: Mapping[str, Any], threshold: Array) -> None:
        lost = int(np.isnan(threshold).sum())
        if not lost:
            return
        limits = " and ".join(f"{metric.metric.name} {op} {limit:g}" for metric, op, limit in own["constraints"])
        what = f"no threshold meets {limits}" if limits else f"{own['metric'].metric.name} has no value at any threshold"
        place = f" in {lost} of {len(threshold)} groups" if len(threshold) > 1 else ""
        warnings.warn(f"{name} is undefined{place}: {what}.", UndefinedMetricWarning, stacklevel=stack_depth())


def _read_perf(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    given = options["metrics"]
    members = [METRICS[m] for m in _DEFAULT] if given is None else members_on_counts(given, f"{name}(metrics=)")
    return {**options, "cuts": _read_thresholds(options["thresholds"], name), "members": members}


def _read_best(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    metric = METRICS["j_index"] if options["metric"] is None else options["metric"]
    if len(members_on_counts(metric, f"{name}(metric=)")) > 1:
        raise OptionError(f"{name}(metric=): expected one metric to choose by; pass the others with metrics=.")
    members = () if options["metrics"] is None else members_on_counts(options["metrics"], f"{name}(metrics=)")
    cuts, over = _read_thresholds(options["thresholds"], name), options["over"]
    if over and cuts == "all":
        raise OptionError(f'{name}(thresholds=): "all" differs from group to group, and has no mean over them; pass a list.')
    own = {"metric": metric, "members": members, "over": over, "constraints": _read_constraints(name, options["constraint"])}
    return {**options, **own, "cuts": "all" if cuts is None and not over else cuts}


def _read_constraints(name: str, given: Any) -> list[tuple[Any, str, float]]:
    if given is None:
        return []
    found = []
    for one in [given] if isinstance(given, tuple) else given:
        number = isinstance(one, tuple) and len(one) == 3 and isinstance(one[2], (Real, np.number))
        if not number or one[1] not in {">=", "<="} or not np.isfinite(one[2]):
            raise OptionError(
                f'{name}(constraint=): expected (metric, ">=" or "<=", number), such as (tm.precision, ">=", 0.9); got {one!r}.'
            )
        members_on_counts(one[0], f"{name}(constraint=)")
        found.append((one[0], one[1], float(one[2])))
    return found


def _threshold_perf(
    *,
    thresholds: float | Sequence[float] | Literal["all"] | None = None,  # noqa: ARG001
    metrics: Any = None,  # noqa: ARG001
) -> tuple[Points, ...]:
    """Performance at thresholds: class metrics where rows with at least a score are called events.

    A row is an event if ``score >= threshold``. One pass counts all thresholds. For more than two levels each level is set
    against the rest.

    Parameters
    ----------
    thresholds
        Numbers; "all" for each distinct score of a group, and Inf, where no row is an event; by default 0, 0.01, ..., 1, for
        scores from 0 to 1.
    metrics
        A class metric or a set of these, own ones too, whose formula stands on counts; by default sensitivity, specificity,
        j_index and roc_dist.

    References
    ----------
    Youden, W. J. (1950). Index for rating diagnostic tests. Cancer 3(1), 32-35.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> tm.threshold_perf(df, "obs", "p", thresholds=[0.3, 0.5], metrics=tm.accuracy)[".estimate"].to_list()
    [0.75, 0.5]
    >>> tm.threshold_perf_vec(df["obs"], df["p"], thresholds=0.5, metrics=tm.sens)[".estimate"].to_list()
    [0.5]
    """
    raise RuntimeError("the table is built of counts")


def _best_threshold(
    *,
    metric: Any = None,  # noqa: ARG001
    constraint: Any = None,  # noqa: ARG001
    metrics: Any = None,  # noqa: ARG001
    thresholds: float | Sequence[float] | Literal["all"] | None = None,  # noqa: ARG001
    over: str | Sequence[str] | None = None,  # noqa: ARG001
) -> tuple[Points, ...]:
    """Best threshold: where a metric is best, under constraints.

    The value is optimistic on the rows that choose the threshold: apply it to other rows, with `class_from_prob`.

    A row is an event if ``score >= threshold``. Of the thresholds that meet every constraint the one with the best value, by
    the metric's direction; of ties (within 1e-12) the one with the highest sensitivity + specificity, then the highest. One
    row for
    the metric, for each constraint's, and for `metrics`; `.threshold` is the same in all of them. Null where no threshold meets
    the constraints.

    Parameters
    ----------
    metric
        The class metric to choose by, such as `decision_cost` with costs; by default j_index.
    constraint
        ``(metric, ">=" or "<=", number)``, or a list of these.
    metrics
        Further metrics to report.
    thresholds
        Candidates: numbers, or "all", each distinct score and Inf. By default "all", and with `over` 0, 0.01, ..., 1.
    over
        Columns, such as the fold, over whose groups the metrics are averaged at each threshold, before one is chosen. A
        threshold with an undefined value in a group is left out.

    References
    ----------
    Youden, W. J. (1950). Index for rating diagnostic tests. Cancer 3(1), 32-35.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> tm.best_threshold(df, "obs", "p", metric=tm.accuracy).select(".threshold", ".estimate").row(0)
    (0.9, 0.75)
    >>> found = tm.best_threshold_vec(df["obs"], df["p"], metric=tm.precision, constraint=(tm.recall, ">=", 1.0))
    >>> found[".threshold"].to_list()
    [0.4, 0.4]
    """
    raise RuntimeError("the table is built of counts")


_threshold_perf.__name__ = "threshold_perf"
_best_threshold.__name__ = "best_threshold"
threshold_perf = ThresholdPerf(_threshold_perf, _read_perf)
best_threshold = BestThreshold(_best_threshold, _read_best)
threshold_perf_vec = event_table_vector(threshold_perf)
best_threshold_vec = event_table_vector(best_threshold)
