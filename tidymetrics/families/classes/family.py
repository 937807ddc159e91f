"""Predicted classes and class probabilities: what their calls take, and how both are prepared in one frame."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidymetrics import statistics
from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind
from tidymetrics.core.options import one_of
from tidymetrics.errors import EstimatorError, OptionError
from tidymetrics.families.classes.notes import notes_of, stated_event
from tidymetrics.frames import (
    ESTIMATE,
    THE_OTHER,
    TRUTH,
    TRUTH_AT,
    WEIGHT,
    ProbabilityArguments,
    Role,
    bind_frame,
    bind_vectors,
    frame_of_classes,
    given_levels,
    is_unordered,
    read_classes,
    require_ordered,
)
from tidymetrics.statistics import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.metric import BoundMetric, Metric
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.frames import ProbabilityColumns

AVERAGED = ("binary", "macro", "macro_weighted", "micro")
BY_SIZE = ("binary", "multiclass")
"""The estimators of metrics with a multiclass form of their own: the number of levels decides."""

_TEXT = "Names of the columns of true and predicted classes."
_VECTOR_TEXT = "Vectors of true and predicted classes, both [n]."


def _default_estimator(metric: Metric) -> str:
    if "hand_till" in metric.estimators:
        return '"hand_till" ("macro" with case weights)'
    return next(f'"{e}"' for e in ("top_label", "multiclass", "macro") if e in metric.estimators)


def estimator_text(metric: Metric) -> str:
    """Write what the estimator is for a metric."""
    if not metric.choices:
        return "None: the metric has no choice of it."
    names = ", ".join(f'"{name}"' for name in metric.estimators)
    if "per_class" not in metric.choices:
        return f"{names}: the number of levels decides, so that it can be left out."
    return (
        f'How several levels become one value: {names}, or "per_class" for one row per level with a `.level` column.\n'
        f'By default "binary" for two levels, else {_default_estimator(metric)}.'
    )


TRUE_CLASSES = Argument(
    "truth",
    "str",
    _TEXT,
    positional=True,
    column="class",
    role=TRUTH,
    vector_annotation="Vector",
    vector_text=_VECTOR_TEXT,
    flag="the column of true values",
)
PREDICTED_CLASSES = replace(TRUE_CLASSES, name="estimate", role=ESTIMATE, flag="the column of predictions")
ESTIMATOR = Argument(
    "estimator", "Estimator | None", estimator_text, None, per_metric=True, flag="how several levels become one value"
)
EVENT_LEVEL = Argument(
    "event_level",
    "EventLevel",
    '"first" or "second": which of two levels is the event.',
    "first",
    per_metric=True,
    flag="which of two levels is the event: first or second",
)
EVENT = Argument(
    "event",
    "Level | None",
    "The event's own value, in place of `event_level`.",
    None,
    per_metric=True,
    flag="which of two classes is the event",
    reads="level",
)
LEVELS = Argument(
    "levels",
    "Sequence[Level] | None",
    "All classes in order. Needed where neither column's type has levels and their order matters.",
    None,
    flag="all classes in order, separated by commas",
    reads="levels",
)
OF_EVENTS = (EVENT_LEVEL, EVENT, LEVELS)


def check_event(name: str, arguments: Mapping[str, Any]) -> None:
    """Refuse an event that is stated in two ways."""
    one_of("first", "second")(name, "event_level", arguments.get("event_level", "first"))
    if arguments.get("event") is not None and arguments.get("event_level", "first") != "first":
        raise OptionError(f"{name}: event= and event_level= mean the same thing; pass one of them.")


class Classes(Family):
    """Classes, predicted as such or by their probabilities."""

    name = "class"

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the columns that metrics of either kind read; bind probabilities to the levels."""
        truth, weights = call.get("truth"), call.get("case_weights")
        roles = [] if weights is None else [Role(WEIGHT, "case_weights", weights, "number")]
        if call.vectors and any(m.metric is not None and m.metric.keeps_gaps for m in metrics):
            call = replace(call, frame=frame_of_classes(truth, call.get("estimate"), weights))
            truth, weights = "truth", None if weights is None else "case_weights"
            call = call.having(truth=truth, estimate="estimate", case_weights=weights)
            roles = [] if weights is None else [Role(WEIGHT, "case_weights", weights, "number")]
        hard = any(m.kind.prediction == "estimate" for m in metrics)
        if hard:
            estimate = Role(ESTIMATE, "estimate", call.get("estimate"), "class")
            roles = [Role(TRUTH, "truth", truth, "class"), estimate, *roles]
        if all(m.kind.prediction == "estimate" for m in metrics):
            rows = call.prepare(roles)
            resolved = [m.kind.resolve(m, _listed(call.get("levels")), None, weighted=False) for m in metrics]
            yield Batch(resolved, rows, notes=Notes(meta=stated_event(call)))
            return
        columns, scores, truth = self._bind(metrics, call)
        levels = columns.levels.values
        checks: tuple[statistics.TwoClasses, ...] = ()
        if THE_OTHER in levels:  # the pass tells which classes there are
            roles = roles if hard else [Role(TRUTH, "truth", truth, "class"), *roles]
            checks = (statistics.TwoClasses(levels[0], f"truth {truth!r}", columns.named[0] if columns.alone else ""),)
        both = hard or bool(checks)
        roles = [Role(TRUTH_AT if both else TRUTH, "truth", truth, "level"), *scores, *roles]
        weighted, listed = weights is not None, None if checks else levels or None
        resolved = []
        for m in metrics:
            of_metric = listed if m.kind.prediction == "estimate" else levels or None
            resolved.append(m.kind.resolve(m, of_metric, columns, weighted=weighted))
        if call.vectors:  # as in a frame, a gap in a column that is not read leaves no row out
            read = {name for m in resolved for request in m.requests for name in request.reads}
            roles = [role for role in roles if role not in scores or role.name in read]
        notes = notes_of(columns, resolved, stated_event(call))
        yield Batch(resolved, call.prepare(roles, levels=levels), checks=checks, notes=notes)

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give the columns of classes and of probabilities that a state was made of."""
        from tidymetrics.families.classes.recalled import recalled_columns  # noqa: PLC0415  # not every call reads states

        return recalled_columns(functions, state, given)

    @staticmethod
    def _bind(metrics: Sequence[BoundMetric], call: Call) -> tuple[ProbabilityColumns, list[Role], Any]:
        """Find which column holds the probability of which level, and truth as it is to be read."""
        truth, levels, probs = call.get("truth"), call.get("levels"), call.get("probs")
        events = tuple(m.arguments["event"] for m in metrics if m.arguments.get("event") is not None)
        ordered_by = next((m.name for m in metrics if m.kind.ordered), None)
        alone = all(map(_needs_event_alone, metrics))
        given = ProbabilityArguments(call.named.get("probs", "probs"), probs, levels, events, ordered_by, alone)
        if not call.vectors:
            return *bind_frame(given, call.input, truth), truth
        coded = read_classes(truth, "truth")
        if levels is None and is_unordered(truth) and not isinstance(probs, Mapping):
            require_ordered(ordered_by, "truth", coded.values)
        return *bind_vectors(given, coded), coded


FAMILY = Classes()


def _needs_event_alone(bound: BoundMetric) -> bool:
    """Tell whether a metric can do without the name of the other class of two."""
    stated = bound.arguments.get("event") is not None or bound.kind.prediction != "estimate"
    if not stated or bound.kind.ordered or bound.arguments.get("estimator") not in {None, "binary"}:
        return False
    record = bound.metric
    return record is None or not (record.per_group or record.fixed_average or record.reads_levels)


def _listed(levels: Any) -> Any:
    return None if levels is None else given_levels(levels)


@dataclass(frozen=True, eq=False)
class ClassesKind(Kind):
    """What the kinds of the family share: an estimator, and an event."""

    ordered: bool = False
    """Whether the levels must have an order."""

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""
        check_event(function.metric.name, arguments)
        function.metric.require_choice(arguments.get("estimator"))
        return super().bind(function, arguments, options)

    def require_one_value(self, bound: BoundMetric) -> None:
        """Refuse one row per level for vectors."""
        if bound.arguments.get("estimator") == "per_class":
            raise EstimatorError(
                f'{bound.name}_vec gives one number; estimator="per_class" gives several: pass a frame to {bound.name}.'
            )

    @abstractmethod
    def resolve(self, bound: BoundMetric, levels: Any, columns: ProbabilityColumns | None, *, weighted: bool) -> BoundMetric:
        """Find the statistics that a metric stands on, now that its levels and columns are known."""


def resolve_estimator(metric: Metric, estimator: str | None, n_levels: int) -> str:
    """Return the estimator that the number of levels leads to, refusing one that it rules out."""
    binary = n_levels <= 2
    if estimator is None:
        return "binary" if binary else next(e for e in ("top_label", "multiclass", "macro") if e in metric.estimators)
    if estimator == "binary" and not binary:
        raise EstimatorError(
            f'{metric.name}: estimator="binary" is for two levels, and there are {n_levels}; leave it out, or pass one of '
            f"{', '.join(e for e in metric.estimators if e != 'binary')}."
        )
    if estimator == "multiclass" and binary:
        raise EstimatorError(f'{metric.name}: estimator="multiclass" is for three levels or more; leave it out.')
    return estimator


CLASS_ARGUMENTS = (TRUE_CLASSES, PREDICTED_CLASSES, BY, ESTIMATOR, NA_RM, CASE_WEIGHTS, *OF_EVENTS)
