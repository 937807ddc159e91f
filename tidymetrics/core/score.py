"""The one pipeline: metrics and a call, to prepared data, to statistics, to values, to a result; with one warning a call."""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.family import LeftOut, Outcome
from tidymetrics.core.results import MetricValues, group_labels, number, one_group, tidy
from tidymetrics.errors import OptionError, UndefinedIntervalWarning, UndefinedMetricWarning, listed
from tidymetrics.frames import PreparedFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    import polars as pl

    from tidymetrics.core.call import Call
    from tidymetrics.core.family import Batch
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.frames import Origin
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Array, Mask

_SHOWN = 3


@dataclass(frozen=True, eq=False, repr=False)
class Cause:
    """Why a metric is undefined in some groups, or which parts an average leaves out there."""

    name: str
    reason: str
    where: Mask
    """[groups]"""
    left_out: str = ""
    """The parts that are left out, in words; empty where the value itself is undefined."""


@dataclass(eq=False, repr=False)
class Scored:
    """The values of the metrics of a call."""

    groups: pl.DataFrame
    origin: Origin | None
    """None for vectors, which have no groups."""
    values: list[MetricValues] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    table: Any = None
    """The result of what is no metric, such as a curve."""


def score(metrics: Sequence[BoundMetric], call: Call) -> Any:
    """Evaluate the metrics of a call, warn once of what is undefined, and build the result."""
    leaves = [leaf for m in metrics for leaf in (m.members or (m,))]
    call = leaves[0].kind.family.arrange(leaves, call)
    scored = evaluate(metrics, call)
    announce(scored)
    if scored.table is not None:
        return scored.table
    if call.vectors:
        return number(scored.values[0])
    if scored.origin is None:
        raise RuntimeError("a frame has an origin")
    return tidy(scored.values, scored.groups, scored.origin)


def evaluate(metrics: Sequence[BoundMetric], call: Call, observe: Callable[[Batch], None] | None = None) -> Scored:
    """Evaluate metrics of one family; those that fold inner groups are evaluated in these.

    `observe` is given each batch once its metrics are evaluated; what is sorted for them is kept for it.
    """
    made: dict[str, MetricValues] = {}
    causes: dict[str, list[Cause]] = {}
    scored: Scored | None = None
    plain = [m for m in metrics if m.inner is None]
    for batch in plain[0].kind.family.batches(plain, call) if plain else ():
        reductions = batch.reduce()
        reductions.kept = None if observe is None else {}
        part = evaluate_reductions(batch.metrics, reductions)
        if observe is not None:
            observe(batch)
        scored = scored or part
        made |= {values.metric: values for values in part.values}
        for cause in part.causes:
            causes.setdefault(cause.name, []).append(cause)
    for metric in metrics:
        if metric.inner is not None:
            part = metric.kind.fold(metric, evaluate(metric.members, call.within(metric.inner, f"{metric.name} compares")))
            scored = scored or part
            made[metric.name], causes[metric.name] = part.values[0], part.causes
    if scored is None:
        raise RuntimeError("there is no metric to score")
    if scored.table is None:
        scored.values = [made[m.name] for m in metrics]
        scored.causes = [cause for m in metrics for cause in causes.get(m.name, [])]
    return scored


def evaluate_reductions(metrics: Sequence[BoundMetric], reductions: Reductions) -> Scored:
    """Return each metric's values, undefined ones as NaN, with the reasons."""
    values, causes = [], []
    for metric in metrics:
        if reductions.rows.weighted and metric.metric is not None and not metric.metric.weighted:
            raise OptionError(f"{metric.name} takes no case weights: its function has no parameter case_weights.")
        with np.errstate(all="ignore"):  # what overflows or divides by 0 is Inf or undefined, and is announced as such
            outcome = metric.kind.finish(metric, reductions)
        if not isinstance(outcome, Outcome):
            scored = _scored(reductions)
            scored.table = outcome
            return scored
        blanked, reasons = _blank(metric, outcome)
        values.append(
            MetricValues(
                metric.name,
                outcome.estimator,
                blanked,
                outcome.extra,
                error=outcome.error,
                std_error=outcome.std_error,
                weight=outcome.totals.weight,
            )
        )
        causes += [Cause(metric.name, reason, where) for reason, where in reasons]
        if outcome.left_out is not None:
            causes += _left_out(metric.name, blanked, outcome.left_out)
    scored = _scored(reductions)
    scored.values, scored.causes = values, causes
    return scored


def _scored(reductions: Reductions) -> Scored:
    rows = reductions.rows
    if not isinstance(rows, PreparedFrame):
        return Scored(one_group(), None)
    return Scored(reductions.outer[0], rows.outer_origin)


def _blank(metric: BoundMetric, outcome: Outcome) -> tuple[Array, list[tuple[str, Mask]]]:
    """Blank what the rows themselves leave undefined; say which groups are undefined, and why."""
    totals = outcome.totals
    values = np.asarray(outcome.values, np.float64)
    if (totals.weight > 0).all() and (totals.n == totals.n_rows).all() and not np.isnan(values).any():
        return values, []
    empty: Mask = ~(totals.weight > 0)
    spoilt: Mask = np.zeros_like(empty) if metric.arguments.get("na_rm", True) else totals.n < totals.n_rows
    values = np.where((empty | spoilt).reshape(-1, *[1] * (values.ndim - 1)), np.nan, values)
    undefined: Mask = np.asarray(np.isnan(values), np.bool_)
    if not undefined.any():
        return values, []
    gone = np.asarray(undefined.reshape(len(empty), -1).any(axis=1), np.bool_)
    own = metric.record.undefined or "the formula has no value"
    if outcome.along is not None and not undefined.any(axis=0).all():
        of = [value for value, lost in zip(outcome.along[1], np.asarray(undefined.any(axis=0)).tolist(), strict=True) if lost]
        own = f"{own}, at the {outcome.along[0]} {listed(of)}"
    reasons = [
        ("a value is missing and na_rm=False", gone & spoilt),
        ("no rows are left, or none of positive weight", gone & empty & ~spoilt),
        (own, gone & ~empty & ~spoilt),
    ]
    return values, [(reason, where) for reason, where in reasons if where.any()]


def _left_out(name: str, values: Array, left_out: LeftOut) -> list[Cause]:
    """Return which parts the averages of the groups leave out; an undefined average is announced as such."""
    where: Mask = np.logical_and(left_out.where, ~np.isnan(values)[:, None])  # [groups, parts]
    if not where.any():
        return []
    parts = [part for part, lost in zip(left_out.names, np.asarray(where.any(axis=0)).tolist(), strict=True) if lost]
    what = left_out.what if len(parts) > 1 else left_out.what.removesuffix("s")
    groups = np.asarray(where.any(axis=1), np.bool_)
    return [Cause(name, left_out.reason, groups, f"the {what} {listed(parts, _SHOWN)}")]


def announce(scored: Scored) -> None:
    """Warn once of all that is undefined or left out."""
    if scored.causes:
        warnings.warn(_told(scored, scored.causes, _undefined), UndefinedMetricWarning, stacklevel=stack_depth())


def announce_intervals(scored: Scored, causes: Sequence[Cause]) -> None:
    """Warn once of all estimates that have no interval."""
    if causes:
        warnings.warn(_told(scored, causes, _without_interval), UndefinedIntervalWarning, stacklevel=stack_depth())


def _undefined(names: Sequence[str], left_out: str, place: str) -> str:
    if left_out:
        leave = "leaves" if len(names) == 1 else "leave"
        return f"{', '.join(names)} {leave} {left_out} out of the average{place}"
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} undefined{place}"


def _without_interval(names: Sequence[str], _: str, place: str) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} no interval{place}"


def _told(scored: Scored, causes: Sequence[Cause], say: Callable[[Sequence[str], str, str], str]) -> str:
    """Write each reason once, with the metrics and groups that it is true of."""
    parts = []
    alike: dict[tuple[str, str, bytes], list[str]] = {}
    for cause in causes:
        alike.setdefault((cause.reason, cause.left_out, cause.where.tobytes()), []).append(cause.name)
    for (reason, left_out, packed), names in alike.items():
        where = np.frombuffer(packed, bool)
        place = ""
        if scored.origin is not None and scored.origin.keys:
            shown = group_labels(scored.origin, scored.groups, np.flatnonzero(where)[:_SHOWN])
            place = f" in {where.sum()} of {len(where)} groups ({label_of(shown, int(where.sum()))})"
        parts.append(f"{say(names, left_out, place)}: {reason}")
    return "; ".join(parts) + "."


def warn_undefined(message: str) -> None:
    """Say what is undefined, at the caller's line."""
    warnings.warn(message, UndefinedMetricWarning, stacklevel=stack_depth())


def label_of(shown: Sequence[str], count: int) -> str:
    """Write the first few of several groups."""
    return ", ".join(shown[:_SHOWN]) + (", ..." if count > min(len(shown), _SHOWN) else "")


def stack_depth() -> int:
    """Find the caller's line, so that the warning points at it and not into the package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001
    depth = 1
    while frame is not None and frame.f_globals.get("__name__", "").split(".")[0] == "tidymetrics":
        frame, depth = frame.f_back, depth + 1
    return depth
