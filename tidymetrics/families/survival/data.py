"""Survival data as calls name them: a pair of columns for truth, and long data with the evaluation time as their inner key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.family import Batch, Family
from tidymetrics.errors import MetricSetError, OptionError
from tidymetrics.frames import CENSORING, ESTIMATE, EVAL_TIME, EVENT, TRUTH, WEIGHT, Role, find, names_of, rows_where, unnest
from tidymetrics.statistics import EvaluationTimes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tidymetrics.core.call import Call
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.recalled import Recalled


class Survival(Family):
    """Right-censored times, with predictions of several kinds."""

    name = "survival"

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare long data for metrics of evaluation times, and one row per subject for others."""
        one_time = call.vectors and _is_number(call.get("eval_time"))
        call = _as_frame(call) if call.vectors else call
        timed = [m for m in metrics if m.kind.timed]
        others = [m for m in metrics if not m.kind.timed]
        subjects = call
        if timed:
            if one_time:
                timed = [replace(m, arguments={**m.arguments, "one_time": True}) for m in timed]
            long = _long_data(call)
            rows = _prepare_long(long, nested=long.frame is not call.frame)
            batch = Batch([replace(m, requests=m.kind.requests(m)) for m in timed], rows)
            yield batch
            times = batch.get(EvaluationTimes.request()).times
            if others and long.frame is call.frame and len(times):
                # each subject stands once at each time: those of one time are all subjects
                rows = rows_where(call.input.frame, call.get("eval_time"), float(times[0]))
                subjects = replace(call, frame=replace(call.input, frame=rows))
        else:
            _refuse_times(call)
        for prediction in dict.fromkeys(m.kind.prediction for m in others):
            chosen = [m for m in others if m.kind.prediction == prediction]
            estimate = Role(ESTIMATE, call.named.get(prediction, prediction), call.get(prediction), "number")
            rows = subjects.prepare(roles_of_subjects(call, estimate))
            yield Batch([replace(m, requests=m.kind.requests(m)) for m in chosen], rows)

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Give the columns of a state: those of long data, whatever its rows were."""
        names = {
            role.removeprefix("tm_"): state.column(role, "number") for role in (TRUTH, EVENT, ESTIMATE, EVAL_TIME, CENSORING)
        }
        return {
            "truth": (names["truth"], names["event"]),
            "estimate": names["estimate"],
            "eval_time": names["eval_time"],
            "censoring_weights": names["censoring"],
            **state.case_weights(),
        }


FAMILY = Survival()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def _refuse_times(call: Call) -> None:
    for name in ("eval_time", "censoring_weights"):
        if call.get(name) is not None:
            raise MetricSetError(f"no metric of the set takes {name}=. For long data, filter them to one evaluation time.")


def _as_frame(call: Call) -> Call:
    """Make the vectors of a call a frame."""
    truth = call.get("truth")
    if not isinstance(truth, (tuple, list)) or len(truth) != 2:
        raise OptionError("truth: expected two vectors, (time, event), the event as 0/1 or boolean.")
    names = ("estimate", "probs", "linear_pred", "eval_time", "censoring_weights", "case_weights")
    return call.as_frame(names, {"truth": ("time", "event")}, {"time": truth[0], "event": truth[1]}, "eval_time")


def pair_of_roles(truth: Any, argument: str) -> list[Role]:
    """Name the columns of times and of events."""
    if isinstance(truth, str) or not isinstance(truth, Sequence) or len(truth) != 2:
        raise OptionError(f'truth: expected two columns, truth=("time", "event"), the event as 0/1 or boolean; got {truth!r}.')
    return [Role(name, argument, column, "number") for name, column in zip((TRUTH, EVENT), truth, strict=True)]


def roles_of_subjects(call: Call, estimate: Role) -> list[Role]:
    """Name the columns that all metrics of survival data read."""
    roles = [*pair_of_roles(call.get("truth"), "truth"), estimate]
    weights = call.get("case_weights")
    return roles if weights is None else [*roles, Role(WEIGHT, "case_weights", weights, "number")]


def _long_data(call: Call) -> Call:
    """Return the call with long data: as it is, or made of a nested column."""
    given = {name: call.get(name) for name in ("eval_time", "censoring_weights")}
    missing = [name for name, value in given.items() if value is None]
    if len(missing) == 1:
        raise OptionError(
            f"{missing[0]}: name the column as well; long data need eval_time= and censoring_weights=, nested data neither. "
            "censoring_weights() makes such weights."
        )
    if not missing:
        return call
    keys = call.keys()
    columns = roles_of_subjects(call, Role(ESTIMATE, "", "", "number"))
    keep = [*keys, *(role.column for role in (*columns, *call.more) if role.name != ESTIMATE)]
    source, names = unnest(replace(call.input, by=keys), call.get("probs"), call.named.get("probs", "probs"), keep)
    return replace(call.having(**{**names, "probs": names["estimate"], "estimate": call.get("estimate")}), frame=source)


def _prepare_long(call: Call, *, nested: bool) -> Any:
    """Prepare long data, with the evaluation time as the inner key; rows that were nested are numbered by subject."""
    eval_time = call.get("eval_time")
    find(eval_time, "eval_time", names_of(call.input.frame))
    keys = call.keys()
    if eval_time in keys:
        raise OptionError(f"by: {eval_time!r} is eval_time, by which the result has rows anyway; leave it out of by=.")
    estimate = Role(ESTIMATE, call.named.get("probs", "probs"), call.get("probs"), "number")
    roles = [
        *roles_of_subjects(call, estimate),
        Role(EVAL_TIME, "eval_time", eval_time, "number"),
        Role(CENSORING, "censoring_weights", call.get("censoring_weights"), "number"),
    ]
    return call.prepare(roles, inner=eval_time, row_order=nested)
