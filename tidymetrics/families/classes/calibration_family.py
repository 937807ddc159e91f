"""How metrics of calibration are declared, and the bins that they share with the curves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric
from tidymetrics.core.options import whole_positive
from tidymetrics.errors import OptionError, listed
from tidymetrics.families.classes import probabilities
from tidymetrics.statistics import EventBins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import EventColumns
    from tidymetrics.typing import Direction

CHANCE = "calibrated"
"""The baseline of a metric that a perfect model does not bring to 0."""

_MOST_BINS = 1_001


def read_bins(given: Any) -> int | tuple[float, ...]:
    """Give the number of bins, or their edges, as what can be hashed."""
    return int(given) if isinstance(given, (int, float, np.number)) else tuple(float(edge) for edge in given)


def check_bins(metric: str, option: str, value: Any) -> None:
    """A number of bins, or edges that increase from 0 to 1."""
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        edges = list(value)
        numbers = all(isinstance(e, (int, float, np.number)) and not isinstance(e, bool) for e in edges)
        rises = numbers and len(edges) > 1 and bool((np.diff(edges) > 0).all())
        if not rises or edges[0] != 0 or edges[-1] != 1:
            raise OptionError(f"{metric}({option}=): expected edges that increase from 0 to 1; got {listed(edges, 3)}.")
        return
    whole_positive(metric, option, value)
    if value >= _MOST_BINS:
        raise OptionError(f"{metric}({option}=): expected at most {_MOST_BINS - 1:,} bins; got {value!r}.")


def bins_request(columns: EventColumns, strategy: str, n_bins: int | tuple[float, ...]) -> EventBins:
    """Ask for bins; edges are for bins of equal width alone."""
    if strategy != "uniform" and not isinstance(n_bins, int):
        raise OptionError(f'n_bins: edges are for strategy="uniform"; pass a number of bins for {strategy!r}.')
    return EventBins(columns, strategy, n_bins)


def event_metric(
    statistic: Callable[[EventColumns, Mapping[str, Any], str], tuple[Any, ...]],
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    estimators: tuple[str, ...],
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    target: float | None = None,
    per_class: bool = True,
    baseline: str | None = None,
    with_weight: bool = False,
    bounded: bool = True,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of probabilities whose formula looks at each event by itself.

    Parameters
    ----------
    statistic
        Takes the columns of the events, the options and the estimator; gives the requests whose statistics the formula takes.
    direction
        "maximize", "minimize", "zero" or "target": which values are better.
    range
        The least and the greatest value.
    estimators
        The estimators that can be asked for; the average over levels is undefined where one is.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    target
        The best value, for direction "target".
    per_class
        Whether each level can have a value of its own.
    baseline
        The baseline of its own that it has.
    with_weight
        Whether the formula takes the weight [groups] of the rows first.
    bounded
        Whether scores other than probabilities are refused.

    Returns
    -------
    A decorator for a formula that gives [groups, events].

    Examples
    --------
    >>> import numpy as np
    >>> from tidymetrics.families.classes.calibration_family import event_metric
    >>> from tidymetrics.statistics import EventSteps
    >>> def steps(columns, options, estimator):
    ...     return (EventSteps(columns),)
    >>> @event_metric(steps, direction="minimize", range=(1, float("inf")), estimators=("binary", "macro"))
    ... def distinct_doc(steps):
    ...     "The number of distinct probabilities."
    ...     return np.stack([one.lengths.astype(float) for one in steps], axis=1)
    >>> import polars as pl
    >>> df = pl.DataFrame({"obs": [True, False, False], "p": [0.5, 0.5, 0.1]})
    >>> distinct_doc(df, "obs", "p")[".estimate"].item()
    2.0
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=probabilities.KIND.name,
            direction=direction,
            range=range,
            estimators=estimators,
            choices=(*estimators, *(("per_class",) if per_class else ())),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            average="keep",
            options=own_options(formula),
            checks=checks or {},
            target=target,
            baseline=baseline,
            with_weight=with_weight,
            bounded=bounded,
        )
        return publish(metric, probabilities.KIND, formula)

    return declare


def event_vector(function: Any) -> VectorFunction:
    """Give the form of a metric of calibration that takes vectors."""
    return VectorFunction(function)
