"""Fairness: how much a metric differs between the groups of a sensitive column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.function import require_target
from tidymetrics.core.results import values_in
from tidymetrics.errors import OptionError
from tidymetrics.families.classes.events import detection_prevalence, sens, spec
from tidymetrics.wrappers.groupwise import largest_range, make_groupwise, members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.typing import Direction


def demographic_parity(by: str) -> MetricFunction:
    """Demographic parity: how much the rate of predicted events differs between the groups of a column.

    ``max_g v_g - min_g v_g``: the range of `detection_prevalence` over the groups of `by`; 0 is parity. Null counts as a
    group. Undefined if a group's value is undefined. With more than two levels, "macro" is always 0: pass
    ``estimator="macro_weighted"``.

    Parameters
    ----------
    by
        The sensitive column.

    Returns
    -------
    A metric. Call it like any class metric; the result has the keys, `.metric`, `.by`, `.estimator`, `.estimate`. Lower is
    better, from 0 to 1.

    Raises
    ------
    OptionError
        The metric is called on data grouped by the sensitive column.

    References
    ----------
    Agarwal, A., Beygelzimer, A., Dudik, M., Langford, J., Wallach, H. (2018). A reductions approach to fair classification.
    35th International Conference on Machine Learning, 60-69.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False] * 3, "pred": [True, False] + [True] * 3 + [False], "sex": list("ffmmmm")})
    >>> tm.demographic_parity("sex")(df, "obs", "pred")[".estimate"].item()
    0.25
    """
    doc = demographic_parity.__doc__ or ""
    return make_groupwise([detection_prevalence], by, "demographic_parity", doc, maker=demographic_parity, spread=largest_range)


def equal_opportunity(by: str) -> MetricFunction:
    """Equal opportunity: how much the sensitivity differs between the groups of a column.

    ``max_g v_g - min_g v_g``: the range of `sens` over the groups of `by`; 0 is equality. Undefined if a group's value is
    undefined, such as for a group without events.

    Parameters
    ----------
    by
        The sensitive column.

    Returns
    -------
    A metric, as from `demographic_parity`.

    Raises
    ------
    OptionError
        The metric is called on data grouped by the sensitive column.

    References
    ----------
    Hardt, M., Price, E., Srebro, N. (2016). Equality of opportunity in supervised learning. Advances in Neural Information
    Processing Systems 29.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False] * 3, "pred": [False] * 2 + [True] * 4, "sex": list("ffmmmm")})
    >>> tm.equal_opportunity("sex")(df, "obs", "pred")[".estimate"].item()
    1.0
    """
    return make_groupwise(
        [sens], by, "equal_opportunity", equal_opportunity.__doc__ or "", maker=equal_opportunity, spread=largest_range
    )


def equalized_odds(by: str) -> MetricFunction:
    """Equalized odds: how much the sensitivity or the specificity differs between the groups of a column.

    ``max(range(sens), range(spec))``: the larger of the ranges of `sens` and `spec` over the groups of `by`; 0 is
    equality. Undefined if a group's value is undefined.

    Parameters
    ----------
    by
        The sensitive column.

    Returns
    -------
    A metric, as from `demographic_parity`.

    Raises
    ------
    OptionError
        The metric is called on data grouped by the sensitive column.

    References
    ----------
    Hardt, M., Price, E., Srebro, N. (2016). Equality of opportunity in supervised learning. Advances in Neural Information
    Processing Systems 29.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False] * 3, "pred": [True, False] + [True] * 3 + [False], "sex": list("ffmmmm")})
    >>> tm.equalized_odds("sex")(df, "obs", "pred")[".estimate"].item()
    0.5
    """
    return make_groupwise(
        [sens, spec], by, "equalized_odds", equalized_odds.__doc__ or "", maker=equalized_odds, spread=largest_range
    )


def new_groupwise_metric(
    fn: Any, name: str, aggregate: Callable[[Any], Any], direction: Direction = "minimize", target: float | None = None
) -> Callable[[str], MetricFunction]:
    """Make a groupwise metric, which compares a metric between the groups of a column.

    Parameters
    ----------
    fn
        A metric or a metric_set.
    name
        The value of `.metric` in results.
    aggregate
        A function that takes the tidy frame of one outer group (one row per metric and group of the sensitive column) and
        returns one number, or None if the value is undefined; for example `groupwise_difference` or `groupwise_ratio`, which
        compare the values at each k, or evaluation time, by themselves. With `bins=`, the frame has `.error_bound`; the bound
        of the result is null, because it depends on the function.
    direction
        "minimize", "maximize", "zero" or "target".
    target
        For direction "target" the best value, such as 1 for a ratio.

    Returns
    -------
    A function that takes the name of the sensitive column and returns the metric.

    Raises
    ------
    OptionError
        `fn` is not a metric, or the aggregate does not return a number.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> accuracy_ratio = tm.new_groupwise_metric(tm.accuracy, "accuracy_ratio", tm.groupwise_ratio, direction="maximize")
    >>> df = pl.DataFrame({"obs": [True, False] * 2, "pred": [True, False, True, True], "sex": list("ffmm")})
    >>> accuracy_ratio("sex")(df, "obs", "pred")[".estimate"].item()
    0.5
    """
    members = members_of(fn, "new_groupwise_metric")
    if not name or not isinstance(name, str):
        raise OptionError(f"new_groupwise_metric: expected a name for the metric; got {name!r}.")
    if not callable(aggregate):
        raise OptionError(f"new_groupwise_metric: expected a function for aggregate; got {aggregate!r}.")
    require_target("new_groupwise_metric", direction, target)
    return GroupwiseMaker(members, name, aggregate, direction, target)


@dataclass(frozen=True)
class GroupwiseMaker:
    """What `new_groupwise_metric` gives: a function of the sensitive column's name."""

    members: tuple[Any, ...]
    name: str
    aggregate: Callable[[Any], Any]
    direction: Direction
    target: float | None = None

    def __call__(self, by: str) -> MetricFunction:
        """Make the metric for a sensitive column."""
        return make_groupwise(
            self.members,
            by,
            self.name,
            f"{self.name}, a groupwise metric.",
            maker=self,
            direction=self.direction,
            target=self.target,
            aggregate=self.aggregate,
            alike=self.aggregate in (groupwise_difference, groupwise_ratio),
        )


def groupwise_difference(frame: Any) -> float:
    """Return the largest estimate of a tidy frame minus the smallest; undefined if any estimate is undefined.

    Parameters
    ----------
    frame
        A tidy frame of any library, with a column `.estimate`.

    Returns
    -------
    float

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> tm.groupwise_difference(pl.DataFrame({".estimate": [0.5, 0.75]}))
    0.25
    """
    values = values_in(frame, ".estimate")
    return float(np.max(values) - np.min(values)) if len(values) else float("nan")


def groupwise_ratio(frame: Any) -> float:
    """Return the smallest estimate of a tidy frame divided by the largest; undefined if any is undefined or all are 0.

    Parameters
    ----------
    frame
        A tidy frame of any library, with a column `.estimate`.

    Returns
    -------
    float

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> tm.groupwise_ratio(pl.DataFrame({".estimate": [0.5, 0.75]}))
    0.6666666666666666
    """
    values = values_in(frame, ".estimate")
    greatest = np.max(values) if len(values) else np.nan
    return float(np.min(values) / greatest) if greatest != 0 and len(values) else float("nan")
