"""Class metrics evaluated on tables of counts that are known already: at thresholds, or of no skill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.function import MetricFunction
from tidymetrics.core.results import one_group
from tidymetrics.errors import MetricSetError
from tidymetrics.frames import Levels, no_rows
from tidymetrics.statistics import Confusion, ConfusionCounts, EventCounts, GroupTotals, Reductions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.typing import Array, Level

_TABLES = 500_000
"""Tables at a time, so that what formulas make of them stays small."""


def members_on_counts(given: Any, name: str) -> tuple[MetricFunction, ...]:
    """Give the members of a metric or a set, which must all be formulas on counts."""
    members = getattr(given, "members", None) or ((given,) if isinstance(given, MetricFunction) else ())
    if not members:
        raise MetricSetError(f"{name}: expected a class metric, or a metric_set of these; got {given!r}.")
    for member in members:
        if member.metric.statistic not in {ConfusionCounts, EventCounts}:
            raise MetricSetError(
                f"{name}: expected class metrics that are a formula of counts, such as tm.sens; got {member.metric.name}."
            )
    return tuple(members)


def bound_on_counts(members: Sequence[MetricFunction]) -> list[BoundMetric]:
    """Join metrics with the arguments that counts leave them."""
    plain = {"estimator": None, "event_level": "first", "na_rm": True, "event": None}
    return [member.bind(plain, {}) for member in members]


def values_on_tables(bounds: Sequence[BoundMetric], tables: Array, levels: tuple[Level, ...]) -> list[Array]:
    """Give the values [tables] of each metric on tables [tables, levels, levels] of predictions by truth."""
    parts = []
    for start in range(0, max(len(tables), 1), _TABLES):
        some = tables[start : start + _TABLES]
        weight = some.sum(axis=(1, 2))
        named = Levels(levels, ordered=True, truth="truth", estimate="the prediction")
        confusion = Confusion(ConfusionCounts(some), named, GroupTotals(weight, weight, weight))
        request = Confusion.request()
        reductions = Reductions(no_rows(), (request,), groups=one_group())
        reductions.know(request, confusion)
        with np.errstate(all="ignore"):
            parts.append([b.kind.finish(replace(b, requests=(request,)), reductions).values for b in bounds])
    return [np.concatenate([part[i] for part in parts]) for i in range(len(bounds))]
