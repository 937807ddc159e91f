"""Decorators that make metrics of predicted classes and of class probabilities out of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics import statistics
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import Metric, keep_options
from tidymetrics.core.options import bins_or_none
from tidymetrics.families.classes import class_kind, probabilities
from tidymetrics.families.classes.family import AVERAGED, BY_SIZE
from tidymetrics.statistics import ConfusionCounts, EventCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import RankedScores
    from tidymetrics.typing import Direction, Level, Target

RANKED = ("binary", "macro", "macro_weighted")
"""The estimators of areas under curves."""


def class_metric(
    statistic: type[ConfusionCounts | EventCounts],
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    average: str = "drop",
    symmetric: bool = False,
    estimators: tuple[str, ...] | None = None,
    needs_order: Callable[[Mapping[str, Any]], bool] = lambda _: False,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    target: Target = None,
    bind_levels: Callable[[Mapping[str, Any], Sequence[Level]], Mapping[str, Any]] = keep_options,
    per_class: bool = True,
    keeps_gaps: bool = False,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a class metric from a formula over confusion counts.

    All built-in class metrics are made by this decorator. The formula is the only thing to write: groups, weights, missing
    values, levels, the event, averages, warnings, the form of the result, every kind of frame and metric sets come with it.

    *The statistic.* A formula takes one of two. `EventCounts` holds, for an event against the rest, the arrays ``tp``,
    ``fp``, ``fn``, ``tn``, their sums ``true_events`` (tp + fn), ``true_others`` (fp + tn), ``predicted_events`` (tp + fp),
    ``predicted_others`` (fn + tn) and ``total``, and the ratios ``recall``, ``specificity`` and ``precision``; each is
    [groups, events]. The same formula serves the binary case (one event), each level against the rest (as many events as
    levels), and pooled counts ("micro"): it must work element by element, and not look at shapes. `ConfusionCounts` holds the
    whole ``table`` [..., levels, levels], predictions being rows, with ``total``, ``correct``, ``predicted`` and ``true``; for
    formulas that take all levels at once. Its value is [...], and ``estimator="per_class"`` calls it on two-by-two tables.

    *Counts are sums of weights*, so they need not be whole. Compare them with 0 freely: what should be 0 is 0, since they are
    made by addition alone.

    *An undefined value* is nan. `ratio` divides and gives nan where the denominator is not positive. It becomes null
    in the result and is announced, with the reason in `undefined`. Groups without rows, of weight 0, or with missing values
    under ``na_rm=False`` need no care.

    *Averages.* For more than two levels the values of the levels are averaged: evenly ("macro"), by their share of truth
    ("macro_weighted"), or the counts are pooled first ("micro"). `average` says what an undefined level does to the first two.

    *Options.* Keyword-only parameters of the formula become arguments of the metric, of `.tweak` and of sets; a check named in
    `checks` refuses wrong values with an error that names the argument.

    *The event.* A metric that is the same for both events says so by `symmetric`; then strings, whose levels have no order, can
    be scored without naming one.

    *Sharing.* Metrics of a set that stand on the same statistic reduce the data once; nothing needs to be declared for it.

    A decorated formula has no vector form of its own: make one by ``class_vector``. To write a metric as a plain function of
    two vectors instead, which is called group by group, see `metric_from_vec`.

    Parameters
    ----------
    statistic
        What the formula's first argument is: `EventCounts`, arrays [groups, events] of an event against the rest, whose
        values are averaged over levels; or `ConfusionCounts`, whose `table` is [..., levels, levels] with predictions as
        rows, for a formula that takes all levels at once and gives [...].
    direction
        "maximize", "minimize", "zero" or "target": which values are better.
    range
        The least and the greatest value.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    average
        Whether an average leaves out undefined levels ("drop") or is undefined with one ("keep").
    symmetric
        Whether the value is the same whichever of two levels is the event.
    estimators
        The estimators that can be asked for; by default all averages for `EventCounts`.
    needs_order
        Whether the options make the value depend on the order of three or more levels.
    checks
        For each option the function that refuses wrong values of it.
    target
        For direction "target" the best value: a number, or a function of the options.
    bind_levels
        Makes what the formula takes of the options and the levels.
    per_class
        Whether each level against the rest has a value.
    keeps_gaps
        Whether rows without a prediction count.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import numpy as np
    >>> import tidymetrics as tm
    >>> @tm.class_metric(tm.EventCounts, direction="maximize", range=(0, 1), undefined="nothing is predicted or true")
    ... def overlap_doc(counts: tm.EventCounts) -> np.ndarray:
    ...     "The overlap of predicted and true events: tp / (tp + fp + fn)."
    ...     return tm.ratio(counts.tp, counts.tp + counts.fp + counts.fn)
    >>> overlap_doc
    <overlap_doc: a class metric, maximize, range [0, 1]; estimators binary, macro, macro_weighted, micro>
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        of_table = not issubclass(statistic, EventCounts)
        own = estimators or (BY_SIZE if of_table else AVERAGED)
        metric = Metric(
            name=formula.__name__,
            kind=class_kind.KIND.name,
            direction=direction,
            range=range,
            estimators=own,
            choices=(*own, "per_class") if per_class else own,
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            average=average,
            symmetric=symmetric or of_table,
            needs_order=needs_order,
            options=own_options(formula),
            checks=checks or {},
            target=target,
            bind_levels=bind_levels,
            keeps_gaps=keeps_gaps,
        )
        return publish(metric, class_kind.KIND, formula)

    return declare


def class_vector(function: Any) -> VectorFunction:
    """Return the form of a class metric that takes vectors."""
    return VectorFunction(function)


def prob_metric(
    statistic: type[RankedScores] | None = None,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    areas: tuple[str, ...] = (),
    error_scale: float | None = None,
    interval_range: tuple[float, float] | None = None,
    estimators: tuple[str, ...] | None = None,
    fixed_average: str | None = None,
    transform: Callable[..., Any] | None = None,
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    bind_levels: Callable[[Mapping[str, Any], Sequence[Level]], Mapping[str, Any]] = keep_options,
    ordered: bool = False,
    target: Target = None,
    bounded: bool = True,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of probabilities from a formula.

    Parameters
    ----------
    statistic
        None for a loss: the formula takes two lists of narwhals expressions, one per level each: indicators of the true level
        (1.0 or 0.0) and probabilities; and gives the loss of each row, whose weighted mean is the metric. (Vector forms pass
        Series, which have the same operators and methods.) `RankedScores` for a formula over arrays [groups, events].
    direction
        "maximize", "minimize", "zero" or "target": which values are better.
    range
        The least and the greatest value.
    areas
        For `RankedScores`: which areas the formula takes, of "roc", "pr" and "average_precision".
    error_scale
        For `RankedScores`: how many times as far off as its (first) area the value can be, where scores are cut into bins;
        by default unknown, and `.error_bound` is null.
    interval_range
        Where the values can really lie, if `range` says otherwise; intervals end there.
    estimators
        The estimators that can be asked for; by default binary and multiclass for a loss, binary, macro and macro_weighted for
        ranked scores.
    fixed_average
        The average to take whatever the number of levels, for metrics without estimators.
    transform
        What finishes the mean of a loss: a function of the mean [groups], the weight [groups] and the options.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.
    bind_levels
        Makes what the loss takes of the options and the levels.
    ordered
        Whether the levels must have an order; the loss then takes all probabilities, whatever the number of levels.
    target
        For direction "target" the best value: a number, or a function of the options.
    bounded
        Whether a loss refuses others than probabilities. If not, it takes any scores; where that of the event is alone, the
        other level has its negative.

    Returns
    -------
    A decorator. The formula's keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> @tm.prob_metric(direction="minimize", range=(0, 1))
    ... def chance_of_error_doc(truth, probabilities):
    ...     "The mean probability of the wrong levels."
    ...     return sum((1.0 - t) * p for t, p in zip(truth, probabilities))
    >>> import polars as pl
    >>> df = pl.DataFrame({"obs": [True, False], "p": [0.9, 0.2]})
    >>> round(chance_of_error_doc(df, "obs", "p")[".estimate"].item(), 6)
    0.15
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        ranked = statistic is not None
        if not ranked:
            statistics.require_row_values(formula, of_levels=True)
        kind = probabilities.ORDERED_KIND if ordered else probabilities.KIND
        own = estimators or (RANKED if ranked else ("multiclass",) if ordered else BY_SIZE)
        choices = () if fixed_average is not None or ordered else (*own, *(["per_class"] if areas else []))
        metric = Metric(
            name=formula.__name__,
            kind=kind.name,
            direction=direction,
            range=range,
            estimators=own,
            choices=choices,
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            average="keep",
            transform=transform,
            areas=areas,
            error_scale=error_scale,
            interval_range=interval_range,
            fixed_average=fixed_average,
            options=own_options(formula),
            checks={**({"bins": bins_or_none} if ranked else {}), **(checks or {})},
            bind_levels=bind_levels,
            target=target,
            bounded=bounded,
        )
        return publish(metric, kind, formula)

    return declare


def prob_vector(function: Any) -> VectorFunction:
    """Return the form of a metric of probabilities that takes vectors."""
    return VectorFunction(function)
