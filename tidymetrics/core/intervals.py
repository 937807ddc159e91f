"""Estimates with their intervals: the one path, with what the influences of rows add up to beside each value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.influence import Spreads, Weighting
from tidymetrics.core.interval_rules import intervals_of
from tidymetrics.core.score import Cause, announce, announce_intervals
from tidymetrics.errors import OptionError
from tidymetrics.statistics.spread import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.results import MetricValues
    from tidymetrics.core.score import Scored
    from tidymetrics.statistics.spread import Spread
    from tidymetrics.typing import Array

METHODS = (None, "wald", "exact")
WEIGHT_TYPES = ("importance", "frequency")
LIMITS = (".std_error", ".lower", ".upper")


@dataclass(frozen=True)
class IntervalOptions:
    """How intervals are made."""

    conf_level: float = 0.95
    method: str | None = None
    weight_type: str = "importance"
    seed: int = 0

    def require(self, maker: str) -> None:
        """Refuse what is no option."""
        level: Any = self.conf_level
        if isinstance(level, bool) or not isinstance(level, (int, float)) or not 0 < level < 1:
            raise OptionError(f"{maker}(conf_level=): expected a share between 0 and 1, such as 0.95; got {level!r}.")
        if self.method not in METHODS:
            raise OptionError(f'{maker}(method=): expected None, "wald" or "exact"; got {self.method!r}.')
        if self.weight_type not in WEIGHT_TYPES:
            raise OptionError(f'{maker}(weight_type=): expected "importance" or "frequency"; got {self.weight_type!r}.')
        seed: Any = self.seed
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise OptionError(f"{maker}(seed=): expected a whole number of at least 0; got {self.seed!r}.")

    @property
    def weighting(self) -> Weighting:
        """What the rows are to their influences."""
        return Weighting(self.weight_type == "frequency", self.seed)

    def spreads(self, *, paired: bool = False) -> Spreads:
        """Give what gathers the spreads of a call; `paired` with those of another one."""
        return Spreads(replace(self.weighting, paired=paired))

    def shown(self) -> str:
        """Write what is not the default."""
        default = IntervalOptions()
        mine = ((name, getattr(self, name)) for name in ("conf_level", "method", "weight_type", "seed"))
        return "".join(f", {name}={value!r}" for name, value in mine if value != getattr(default, name))


def add_intervals(
    scored: Scored, metrics: Sequence[BoundMetric], spreads: Spreads, options: IntervalOptions, *, units: bool
) -> list[MetricValues]:
    """Give the values of a call with their standard errors and limits, and warn once of those that have none."""
    announce(scored)
    made, causes = [], []
    for values, metric in zip(scored.values, metrics, strict=True):
        spread = spread_of(spreads, values)
        if spread is None:
            made.append(replace(values, beside={name: np.full(values.values.shape, np.nan) for name in LIMITS}))
            continue
        found = intervals_of(spread, metric.record.span, options.conf_level, options.method)
        columns = zip(LIMITS, (found.std_error, found.lower, found.upper), strict=True)
        made.append(replace(values, beside={name: column.reshape(values.values.shape) for name, column in columns}))
        for reason, text in REASONS.items():
            where = np.asarray((found.reason == reason).any(axis=1), np.bool_)
            if where.any():
                causes.append(Cause(values.metric, _in_units(text) if units else text, where))
    announce_intervals(scored, causes)
    return made


def spread_of(spreads: Spreads, values: MetricValues) -> Spread | None:
    """Give the spread of a metric, undefined where its values are."""
    spread = spreads.found.get(values.metric)
    if spread is None:
        return None
    real: Array = values.values.reshape(spread.values.shape)
    return replace(spread, values=real)


def _in_units(text: str) -> str:
    return text.replace("rows", "units").replace("row", "unit")
