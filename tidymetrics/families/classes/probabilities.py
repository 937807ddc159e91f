"""The kinds of metrics of class probabilities: losses, and areas under the curves of ranked scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics import statistics
from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import LeftOut, Outcome
from tidymetrics.errors import EstimatorError
from tidymetrics.families.classes.family import (
    BY_SIZE,
    ESTIMATOR,
    EVENT,
    EVENT_LEVEL,
    FAMILY,
    LEVELS,
    OF_EVENTS,
    TRUE_CLASSES,
    ClassesKind,
    resolve_estimator,
)
from tidymetrics.statistics import GroupTotals, average, reads_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.core.metric import BoundMetric, Metric
    from tidymetrics.frames import ProbabilityColumns
    from tidymetrics.statistics import EventColumns, RankedScores, Reductions
    from tidymetrics.typing import Array

TRUTH_OF_PROBABILITIES = TRUE_CLASSES.with_text("Name of the column of true classes.", "Vector [n] of true classes.")
PROBABILITIES = Argument(
    "estimate",
    "Probabilities",
    "The probabilities: for two levels the event's own column; else a list of columns in the order of the levels, a "
    "mapping "
    "{level: column}, or a selector.",
    positional=True,
    column="score",
    vector_annotation="Vector",
    vector_text="The probabilities: a vector [n] of the event's; or an array [n, levels], a list of vectors in the order of "
    "the levels, or a mapping {level: vector}.",
    flag="the columns of probabilities, in the order of the levels, or the event's",
    reads="list",
)
PROB_ARGUMENTS = (TRUTH_OF_PROBABILITIES, PROBABILITIES, BY, ESTIMATOR, NA_RM, CASE_WEIGHTS, *OF_EVENTS)
_NO_EVENT = "Not used: the metric has no event. They are there so that a set can pass them to all of its members."
ORDERED_ARGUMENTS = (
    TRUTH_OF_PROBABILITIES.with_text("Name of the column of true classes, whose levels have an order."),
    PROBABILITIES.with_text(
        "The probabilities: a list of columns in the order of the levels, a mapping {level: column}, or a selector."
    ),
    *PROB_ARGUMENTS[2:6],
    EVENT_LEVEL.with_text(_NO_EVENT),
    EVENT.with_text(_NO_EVENT),
    LEVELS.with_text("All classes in their order. Needed where truth's type does not have one."),
)
LEVELS_OF_PROBABILITIES = (
    "Truth has a value that is not a level; the columns are not one per level, or name the levels in another order; or nothing "
    "states the levels."
)
_BINS = """bins
    Rank scores by bins, up to this many, in place of one by one: for tables with more distinct scores than fit in memory.
    Bins follow the density of the scores. The result has a column `.error_bound`: how far `.estimate` is off at most, which is
    computed from what the bins hold; with 2**14 bins less than 1e-4 for smooth scores."""


@dataclass(frozen=True, eq=False)
class ProbKind(ClassesKind):
    """Metrics that take a column of probabilities per level, or the event's alone."""

    def documented(self, metric: Metric, *, vectors: bool) -> list[str]:
        """Write the entries of the parameters, with that of bins where there are any."""
        shared = super().documented(metric, vectors=vectors)
        return [*shared, _BINS] if metric.areas and "bins" in metric.options else shared

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Return when levels, estimators and probabilities are refused."""
        found = {
            "LevelError": LEVELS_OF_PROBABILITIES,
            "EstimatorError": "The metric has no such estimator, or the number of levels or the weights rule it out.",
        }
        if metric is not None and not metric.areas and metric.bounded:
            what = "A probability is outside [0, 1], or those of a row do not add up to 1 (within 1e-3)."
            found["ProbabilityError"] = what
        return found

    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:  # noqa: ARG002
        """Find the score columns and the event, and the statistics over them."""
        if columns is None:
            raise RuntimeError("probabilities have columns")
        metric, n_levels = bound.record, len(columns.levels)
        estimator = _estimator(bound, n_levels, weighted=weighted)
        position = None
        event, event_level = bound.arguments.get("event"), bound.arguments.get("event_level", "first")
        of_all = columns.complete and not (metric.areas or metric.per_group)  # a loss of both columns has no event
        if estimator == "binary" and metric.fixed_average is None and not (of_all and event is None):
            column, position = columns.of_event(event, event_level, metric.name)
            scores: tuple[str, ...] = (column,)
        if position is None or (columns.complete and not metric.areas):  # a loss reads, and checks, every column it is given
            chosen = n_levels <= 2 and metric.choices
            scores = columns.require_complete(f'{metric.name} with estimator="{estimator}"' if chosen else metric.name)
        values, reads = columns.levels.values, reads_for(scores)
        alone = position if len(scores) == 1 else None
        if metric.per_group:
            # a plain function takes the event's column alone, or all of them
            taken = (column,) if position is not None else scores
            statistic: Any = statistics.PerGroup(metric.name, metric.formula, tuple(bound.options.items()), taken, values)
            requests: tuple[Any, ...] = (statistic,)
        elif metric.statistic is statistics.RankedScores and partial_of(bound.options) is None:
            events = tuple(range(n_levels)) if position is None else (position,)
            areas = frozenset({"wins"} if estimator == "hand_till" else metric.areas)
            statistic = statistics.RankedScores.request(scores, events, n_levels, bound.options.get("bins"), areas)
            requests = (GroupTotals.request(reads), statistic)
        elif metric.statistic is not None:
            requests = _of_events(bound, estimator, scores, position, n_levels)
        else:
            options = tuple(metric.bind_levels(bound.options, values).items())
            statistic = statistics.ProbabilityMean(metric.formula, options, scores, n_levels, alone, metric.bounded)
            requests = (GroupTotals.request(reads), statistic)
        arguments = {**bound.arguments, "estimator": estimator}
        return replace(bound, arguments=arguments, requests=requests, levels=values)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply a formula to ranked scores and average it, or finish the mean of a loss."""
        metric, estimator = bound.record, bound.arguments["estimator"]
        if metric.per_group:
            made = reductions.get(bound.requests[0])
            return Outcome(made.values, estimator, made.totals)
        partial = partial_of(bound.options) is not None
        if metric.statistic is not None and (metric.statistic is not statistics.RankedScores or partial):
            return _finish_events(bound, reductions)
        totals, made = (reductions.get(request) for request in bound.requests)
        if metric.statistic is statistics.RankedScores:
            return _finish_ranked(bound, made, totals)
        own: Any = metric.transform
        return Outcome(made if own is None else own(made, totals.full_weight, **bound.options), estimator, totals)


KIND = ProbKind(
    name="prob",
    title="Class probabilities",
    family=FAMILY,
    arguments=PROB_ARGUMENTS,
    prediction="probs",
    predicted="the columns of probabilities",
    response="predict_proba",
    of_functions=BY_SIZE,
).register()
ORDERED_KIND = ProbKind(
    name="ordered_prob",
    title="Probabilities of ordered classes",
    family=FAMILY,
    arguments=ORDERED_ARGUMENTS,
    prediction="probs",
    predicted="the columns of probabilities",
    ordered=True,
).register()


def partial_of(options: Mapping[str, Any]) -> tuple[float, float, bool] | None:
    """Give the part of the ROC curve that options ask for: up to which share of others, and from which share of events on."""
    specificity, sensitivity = options.get("min_specificity"), options.get("min_sensitivity")
    if specificity is None and sensitivity is None:
        return None
    return 1.0 - float(specificity or 0.0), float(sensitivity or 0.0), bool(options["standardized"])


def _estimator(bound: BoundMetric, n_levels: int, *, weighted: bool) -> str:
    metric, asked = bound.record, bound.arguments.get("estimator")
    if partial_of(bound.options) is not None:
        if asked == "hand_till" or bound.options.get("bins") is not None:
            what = 'estimator="hand_till"' if asked == "hand_till" else "bins="
            raise EstimatorError(
                f"{metric.name}: {what} is for the whole curve; leave out min_specificity= and min_sensitivity=."
            )
        return resolve_estimator(metric, asked, n_levels)
    if bound.kind.ordered:
        return "multiclass"
    if asked == "hand_till" and weighted:
        raise EstimatorError(
            f'{metric.name}: estimator="hand_till" has no form with case weights; leave it out for macro, or pass '
            '"macro_weighted".'
        )
    if asked is None and n_levels > 2 and "hand_till" in metric.estimators:
        return "macro" if weighted else "hand_till"
    return resolve_estimator(metric, asked, n_levels)


def _of_events(
    bound: BoundMetric, estimator: str, scores: tuple[str, ...], position: int | None, n_levels: int
) -> tuple[Any, ...]:
    """Give the requests of a metric that looks at each event by itself, its rows first."""
    partial = partial_of(bound.options)
    if partial is not None:
        columns = columns_of_events(scores, position, n_levels, bounded=False)
        return (GroupTotals.request(reads_for(columns.reads)), statistics.ScoredEvents(columns), statistics.EventSteps(columns))
    columns = columns_of_events(scores, position, n_levels, chosen=estimator == "top_label", bounded=bound.record.bounded)
    own = bound.record.statistic(columns, bound.options, estimator)
    return (GroupTotals.request(reads_for(columns.reads)), statistics.ScoredEvents(columns), *own)


def columns_of_events(
    scores: tuple[str, ...], position: int | None, n_levels: int, *, chosen: bool = False, bounded: bool = True
) -> EventColumns:
    """Say which columns hold the scores of which events: of one, or of each level."""
    if chosen:
        return statistics.EventColumns((), (), scores, bounded, chosen=True)
    if position is None:
        return statistics.EventColumns(scores, tuple(range(n_levels)), scores, bounded)
    return statistics.EventColumns((scores[0] if len(scores) == 1 else scores[position],), (position,), scores, bounded)


def _finish_events(bound: BoundMetric, reductions: Reductions) -> Outcome:
    """Apply a formula to what is known of each event, and average its values."""
    metric = bound.record
    totals = reductions.get(bound.requests[0])
    if (partial := partial_of(bound.options)) is not None:
        from tidymetrics.statistics.separation import partial_roc_area  # noqa: PLC0415  # few calls need it

        steps = reductions.get(bound.requests[2])
        values = np.stack([partial_roc_area(one, *partial[:2], standardized=partial[2]) for one in steps], axis=1)
        return average_events(bound, values, totals, reductions)
    first = (totals.full_weight,) if metric.with_weight else ()
    made = (reductions.get(request) for request in bound.requests[2:])
    values = metric.formula(*first, *made, **bound.options)  # [groups, events]
    return average_events(bound, values, totals, reductions)


def average_events(bound: BoundMetric, values: Array, totals: GroupTotals, reductions: Reductions) -> Outcome:
    """Make of the values of the events [groups, events] what the estimator says."""
    estimator = bound.arguments["estimator"]
    if estimator == "per_class":
        return Outcome(values, estimator, totals, {".level": bound.levels})
    if estimator == "multiclass":
        # a score of all levels is half the sum of those of each
        return Outcome(values[:, 0] if values.shape[1] == 1 else values.sum(axis=1) / 2, estimator, totals)
    if values.shape[1] == 1:
        return Outcome(values[:, 0], estimator, totals)
    weights = None
    if estimator == "macro_weighted":
        weights = np.stack([rows.weight_of_events for rows in reductions.get(bound.requests[1])], axis=1)
    return Outcome(average(values, weights, "keep"), estimator, totals)


def _finish_ranked(bound: BoundMetric, ranked: RankedScores, totals: GroupTotals) -> Outcome:
    """Apply the formula to the events, or to the pairs of classes, and average its values."""
    metric, estimator = bound.record, bound.arguments["estimator"]
    if estimator == "hand_till":
        ranked = ranked.pairwise()
    values = metric.apply(ranked, bound.options, ranked.events.shape)  # [groups, events]
    error = None
    if ranked.error_bounds is not None:
        scale = np.nan if metric.error_scale is None else metric.error_scale
        error = ranked.error(metric.areas[0]) * scale
    if estimator == "per_class":
        return Outcome(values, estimator, totals, {".level": bound.levels}, error)
    how = metric.fixed_average or estimator
    label = estimator if metric.fixed_average is None else "binary" if len(bound.levels) <= 2 else "macro"
    # an average is off by no more than the average of what its terms are off by
    error = None if error is None else _averaged(ranked, error, how)
    return Outcome(_averaged(ranked, values, how), label, totals, error=error, left_out=_absent(bound, ranked, how))


def _averaged(ranked: RankedScores, values: Array, estimator: str) -> Array:
    """Make one value of those of the events: [groups]."""
    if estimator == "binary":
        return values[:, 0]
    if estimator == "hand_till":
        return ranked.mean_over_pairs(values)
    return average(values, ranked.events if estimator == "macro_weighted" else None, "keep")


def _absent(bound: BoundMetric, ranked: RankedScores, estimator: str) -> LeftOut | None:
    """Return the levels that truth lacks, so that no pair is made of them."""
    if estimator != "hand_till":
        return None
    n = len(bound.levels)
    rows = ranked.events.reshape(-1, n, n - 1)[:, :, 0]  # [groups, levels]
    return LeftOut("levels", bound.levels, ~(rows > 0), "the truth lacks it") if (rows <= 0).any() else None
