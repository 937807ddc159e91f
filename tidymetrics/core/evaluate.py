"""The one pipeline: metrics and prepared data, to values, to a tidy frame; with one warning a call."""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.results import Block, tidy
from tidymetrics.errors import OptionError, UndefinedMetricWarning
from tidymetrics.frames.prepared import PreparedFrame
from tidymetrics.statistics import GroupTotals, Reductions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

    import polars as pl

    from tidymetrics.core.metric import Metric
    from tidymetrics.frames import Origin
    from tidymetrics.typing import Array, Mask

_SHOWN = 3


@dataclass(frozen=True, eq=False, repr=False)
class Outcome:
    """The values of one metric, before groups that have none are blanked."""

    values: Array
    """[groups], or [groups, levels]"""
    estimator: str
    totals: GroupTotals
    extra: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    error: Array | None = None
    """How far the values can be off, of the same shape; None where they are exact."""


@dataclass(frozen=True, eq=False, repr=False)
class BoundMetric:
    """A metric with all its arguments: ready to be evaluated."""

    name: str
    metric: Metric
    options: Mapping[str, Any]
    """The metric's own arguments, defaults included."""
    arguments: Mapping[str, Any]
    """What its kind takes for each metric: `na_rm`, `estimator`, ..."""
    statistics: tuple[Any, ...]
    finish: Callable[[BoundMetric, Reductions], Outcome]
    levels: tuple[Any, ...] = ()
    """The levels, where they are known before the pass."""
    groupwise: Callable[[BoundMetric, Any], Any] | None = None
    """What scores a groupwise metric, which has a grouping of its own."""


def evaluate(bounds: Sequence[BoundMetric], reductions: Reductions) -> list[Block]:
    """Give each metric's values, undefined ones as NaN, and announce these once."""
    blocks, undefined = values_of(bounds, reductions)
    rows = reductions.rows
    groups = reductions.groups if isinstance(rows, PreparedFrame) else None
    announce(undefined, groups, rows.origin if isinstance(rows, PreparedFrame) else None)
    return blocks


def values_of(bounds: Sequence[BoundMetric], reductions: Reductions) -> tuple[list[Block], list[tuple[str, str, Any]]]:
    """Give each metric's values, and what is undefined: by which name, why, and in which groups."""
    blocks, undefined = [], []
    for bound in bounds:
        if reductions.rows.weighted and not bound.metric.weighted:
            raise OptionError(f"{bound.name} takes no case weights: its function has no parameter case_weights.")
        with np.errstate(all="ignore"):  # what overflows or divides by 0 is Inf or undefined, and is announced as such
            outcome = bound.finish(bound, reductions)
        values, reasons = _blank(bound, outcome)
        blocks.append(Block(bound.name, outcome.estimator, values, outcome.extra, error=outcome.error))
        undefined += [(bound.name, reason, where) for reason, where in reasons]
    return blocks, undefined


def evaluate_frame(bounds: Sequence[BoundMetric], rows: PreparedFrame) -> Any:
    """Evaluate over a prepared frame; give the tidy result."""
    reductions = Reductions(rows, [s for bound in bounds for s in bound.statistics])
    blocks = evaluate(bounds, reductions)
    return tidy(blocks, reductions.known_groups, rows.origin)


def _blank(bound: BoundMetric, outcome: Outcome) -> tuple[Array, list[tuple[str, Any]]]:
    """Blank what the rows themselves leave undefined; say which groups are undefined, and why."""
    totals = outcome.totals
    values = np.asarray(outcome.values, np.float64)
    if (totals.weight > 0).all() and (totals.n == totals.n_rows).all() and not np.isnan(values).any():
        return values, []
    empty: Mask = ~(totals.weight > 0)
    spoilt: Mask = np.zeros_like(empty) if bound.arguments.get("na_rm", True) else totals.n < totals.n_rows
    values = np.where((empty | spoilt).reshape(-1, *[1] * (values.ndim - 1)), np.nan, values)
    undefined: Mask = np.isnan(values)
    if not undefined.any():
        return values, []
    gone = np.asarray(undefined.reshape(len(empty), -1).any(axis=1), np.bool_)
    reasons = [
        ("a value is missing and na_rm=False", gone & spoilt),
        ("no rows are left, or none of positive weight", gone & empty & ~spoilt),
        (bound.metric.undefined or "the formula has no value", gone & ~empty & ~spoilt),
    ]
    return values, [(reason, where) for reason, where in reasons if where.any()]


def announce(undefined: list[tuple[str, str, Any]], groups: pl.DataFrame | None, origin: Origin | None) -> None:
    """Warn once of all that is undefined."""
    if not undefined:
        return
    parts = []
    by_cause: dict[tuple[str, bytes], list[str]] = {}
    for name, reason, where in undefined:
        by_cause.setdefault((reason, where.tobytes()), []).append(name)
    for (reason, packed), names in by_cause.items():
        where = np.frombuffer(packed, bool)
        place = ""
        if groups is not None and origin is not None and origin.keys:
            place = f" in {where.sum()} of {len(where)} groups ({_groups(where, groups, origin)})"
        are = "is" if len(names) == 1 else "are"
        parts.append(f"{', '.join(names)} {are} undefined{place}: {reason}")
    warnings.warn("; ".join(parts) + ".", UndefinedMetricWarning, stacklevel=stack_depth())


def _groups(where: Any, groups: pl.DataFrame, origin: Origin) -> str:
    chosen = groups[np.flatnonzero(where)[:_SHOWN]]
    columns = [key.restore(chosen.get_column(f"tm_k{i}")).to_list() for i, key in enumerate(origin.keys)]
    shown = [
        " ".join(f"{key.name}={value!r}" for key, value in zip(origin.keys, values, strict=True))
        for values in zip(*columns, strict=True)
    ]
    return label_of(shown, int(where.sum()))


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
