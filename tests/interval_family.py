"""A small family of its own: predicted intervals. Nothing of the package knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import narwhals as nw
import numpy as np

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Family, Kind
from tidymetrics.core.function import VectorFunction, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.statistics import Aggregate, GroupTotals, Reductions, SummedRequest, ratio, weighted

READS = ("tm_truth", "tm_lower", "tm_upper", "tm_weight")


@dataclass(frozen=True, eq=False)
class IntervalMeans:
    """How often truth lies inside its interval, and how wide the intervals are, each [groups]."""

    inside: Any
    width: Any

    @staticmethod
    def request() -> IntervalSums:
        return IntervalSums()


@dataclass(frozen=True)
class IntervalSums(SummedRequest[IntervalMeans]):
    """The weighted sums that the means are made of."""

    reads: tuple[str, ...] = READS

    @property
    def needs(self) -> tuple[Any, ...]:
        return (GroupTotals.request(READS),)

    def aggregates(self, rows: Any) -> Mapping[str, Aggregate]:
        def inside(c: Any) -> Any:
            return ((c.lower <= c.truth) & (c.truth <= c.upper)).cast(nw.Float64)

        return {
            "inside": Aggregate(lambda c: weighted(c, inside(c))),
            "width": Aggregate(lambda c: weighted(c, c.upper - c.lower)),
        }

    def reduce(self, reductions: Reductions) -> IntervalMeans:
        found = reductions.aggregates(self)
        weight = reductions.get(GroupTotals.request(READS)).weight
        return IntervalMeans(ratio(found["inside"], weight), ratio(found["width"], weight))


class Intervals(Family):
    """Predicted intervals."""

    name = "interval"


@dataclass(frozen=True, eq=False)
class IntervalKind(Kind):
    """Metrics of a lower and an upper end."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:
        return (GroupTotals.request(READS), IntervalMeans.request())


def _column(name: str, text: str) -> Argument:
    return Argument(
        name,
        "str",
        f"Name of the column of {text}.",
        positional=True,
        column="number",
        role=f"tm_{name}",
        vector_annotation="Vector",
        vector_text=f"Vector [n] of {text}.",
        flag=f"the column of {text}",
    )


FAMILY = Intervals()
KIND = IntervalKind(
    name="interval",
    title="Predicted intervals",
    family=FAMILY,
    arguments=(
        _column("truth", "true numbers"),
        _column("lower", "lower ends"),
        _column("upper", "upper ends"),
        BY,
        NA_RM,
        CASE_WEIGHTS,
    ),
)


def _declare(formula: Any, direction: Any, reach: tuple[float, float]) -> Any:
    metric = Metric(
        name=formula.__name__,
        kind=KIND.name,
        direction=direction,
        range=reach,
        estimators=("standard",),
        choices=("standard",),
        formula=formula,
        statistic=IntervalMeans,
        undefined="there are no rows",
    )
    return publish(metric, KIND, formula)


def coverage(means: IntervalMeans) -> np.ndarray[Any, Any]:
    """Coverage: the share of rows whose truth lies inside the interval."""
    return means.inside  # type: ignore[no-any-return]


def mean_width(means: IntervalMeans) -> np.ndarray[Any, Any]:
    """Mean width of the intervals."""
    return means.width  # type: ignore[no-any-return]


def declare() -> tuple[Any, Any, Any]:
    """Register the kind and its metrics; give these, and the vector form of one."""
    KIND.register()
    made = _declare(coverage, "maximize", (0, 1)), _declare(mean_width, "minimize", (0, inf))
    return *made, VectorFunction(made[0])
