"""Calls on survival data: what they name, the long data made of it, and the values of all metrics of a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.evaluate import BoundMetric, announce, values_of
from tidymetrics.core.results import Block, Scored, one_group, split_groups, tidy
from tidymetrics.errors import OptionError, listed
from tidymetrics.frames import (
    CENSORING,
    ESTIMATE,
    EVAL_TIME,
    EVENT,
    TRUTH,
    WEIGHT,
    InputFrame,
    Role,
    find,
    find_keys,
    names_of,
    prepare,
    rows_where,
    source_of_vectors,
    unnest,
)
from tidymetrics.statistics import EvaluationTimes, Reductions

if TYPE_CHECKING:
    import polars as pl

    from tidymetrics.frames import Origin
    from tidymetrics.typing import Array, Vector

TIMED = ("dynamic_survival", "integrated_survival")
"""The kinds of metrics that take probabilities at evaluation times."""


@dataclass(frozen=True, eq=False, repr=False)
class SurvivalCall:
    """What a call names, before anything is looked up."""

    source: InputFrame
    truth: Any
    probs: Any = None
    """The survival probabilities, or the nested column."""
    eval_time: Any = None
    censoring_weights: Any = None
    time: Any = None
    """The predicted times."""
    linear_pred: Any = None
    case_weights: Any = None
    argument: str = "estimate"
    """What the user calls the column of probabilities."""


def pair_of_roles(truth: Any, argument: str) -> list[Role]:
    """Name the columns of times and of events."""
    if isinstance(truth, str) or not isinstance(truth, Sequence) or len(truth) != 2:
        raise OptionError(f'truth: expected two columns, truth=("time", "event"), the event as 0/1 or boolean; got {truth!r}.')
    return [Role(name, argument, column, "number") for name, column in zip((TRUTH, EVENT), truth, strict=True)]


def survival_roles(truth: Any, estimate: Role, case_weights: Any) -> list[Role]:
    """Name the columns that all metrics of survival data read."""
    roles = [*pair_of_roles(truth, "truth"), estimate]
    return roles if case_weights is None else [*roles, Role(WEIGHT, "case_weights", case_weights, "number")]


def subject_vectors(truth: Sequence[Vector], estimate: Vector, case_weights: Vector | None) -> dict[str, Vector]:
    """Name the vectors of a call."""
    if not isinstance(truth, (tuple, list)) or len(truth) != 2:
        raise OptionError("truth: expected two vectors, (time, event), the event as 0/1 or boolean.")
    vectors = {"time": truth[0], "event": truth[1], "estimate": estimate}
    return vectors if case_weights is None else {**vectors, "case_weights": case_weights}


def long_vectors(
    truth: Sequence[Vector], estimate: Vector, eval_time: Any, censoring_weights: Vector, case_weights: Vector | None
) -> tuple[SurvivalCall, bool]:
    """Make the call for vectors; tell whether `eval_time` is a single number."""
    vectors = subject_vectors(truth, estimate, case_weights)
    one_time = isinstance(eval_time, (int, float, np.integer, np.floating)) and not isinstance(eval_time, bool)
    vectors |= {"censoring_weights": censoring_weights} | ({} if one_time else {"eval_time": eval_time})
    source = source_of_vectors(vectors, {"eval_time": float(eval_time)} if one_time else {})
    weights = None if case_weights is None else "case_weights"
    call = SurvivalCall(source, ("time", "event"), "estimate", "eval_time", "censoring_weights", case_weights=weights)
    return call, one_time


def score_survival(bounds: Sequence[BoundMetric], call: SurvivalCall) -> Any:
    """Evaluate metrics of survival data; give the tidy result."""
    scored = score_plain_survival(bounds, call)
    announce(scored.undefined, scored.groups, scored.origin)
    return tidy(scored.blocks, scored.groups, scored.origin)


def score_plain_survival(bounds: Sequence[BoundMetric], call: SurvivalCall) -> Scored:
    """Evaluate metrics of survival data: those of evaluation times over long data, others over a row a subject."""
    timed = [b for b in bounds if b.metric.kind in TIMED]
    parts: dict[int, tuple[Block, list[tuple[str, str, Any]]]] = {}
    found: Scored | None = None
    subjects = call.source
    if timed:
        long = long_data(call)
        found, first = _score_timed(timed, long)
        parts |= _by_bound(timed, found)
        if subjects is long.source and first is not None:
            # each subject stands once at each time: those of one time are all subjects
            subjects = replace(subjects, frame=rows_where(subjects.frame, long.eval_time, first))
    for kind, column in (("static_survival", call.time), ("linear_pred_survival", call.linear_pred)):
        if chosen := [b for b in bounds if b.metric.kind == kind]:
            roles = survival_roles(call.truth, Role(ESTIMATE, _argument(kind, call), column, "number"), call.case_weights)
            rows = prepare(subjects, roles)
            reductions = Reductions(rows, [s for b in chosen for s in b.statistics])
            blocks, undefined = values_of(chosen, reductions)
            scored = Scored(blocks, undefined, reductions.known_groups, rows.origin)
            parts |= _by_bound(chosen, scored)
            found = found or scored
    if found is None:
        raise RuntimeError("there is no metric to score")
    ordered = [parts[id(b)] for b in bounds]
    return Scored([block for block, _ in ordered], [u for _, us in ordered for u in us], found.groups, found.origin)


def _argument(kind: str, call: SurvivalCall) -> str:
    """Tell by which argument the user named a prediction."""
    return "estimate" if kind == "static_survival" or call.time == call.linear_pred else "linear_pred"


def _by_bound(bounds: Sequence[BoundMetric], scored: Scored) -> dict[int, tuple[Block, list[tuple[str, str, Any]]]]:
    return {
        id(b): (block, [u for u in scored.undefined if u[0] == b.name]) for b, block in zip(bounds, scored.blocks, strict=True)
    }


def long_data(call: SurvivalCall) -> SurvivalCall:
    """Give the call with long data: as it is, or made of a nested column."""
    if call.probs is None:
        raise OptionError(f"{call.argument}: name the column of survival probabilities.")
    given = {"eval_time": call.eval_time, "censoring_weights": call.censoring_weights}
    missing = [name for name, value in given.items() if value is None]
    if len(missing) == 1:
        raise OptionError(
            f"{missing[0]}: name the column as well; long data need eval_time= and censoring_weights=, nested data neither. "
            "censoring_weights() makes such weights."
        )
    if not missing:
        return call
    keys = find_keys(call.source.by, call.source.frame, names_of(call.source.frame))
    pair = survival_roles(call.truth, Role(ESTIMATE, "", "", "number"), call.case_weights)
    keep = [*keys, *(role.column for role in pair if role.name != ESTIMATE)]
    source, names = unnest(replace(call.source, by=keys), call.probs, call.argument, keep)
    return replace(
        call,
        source=source,
        probs=names["estimate"],
        eval_time=names["eval_time"],
        censoring_weights=names["censoring_weights"],
    )


def timed_reductions(call: SurvivalCall, statistics: Sequence[Any]) -> Reductions:
    """Prepare long data, with the evaluation time as the last key."""
    frame = call.source.frame
    names = names_of(frame)
    keys = find_keys(call.source.by, frame, names)
    find(call.eval_time, "eval_time", names)
    if call.eval_time in keys:
        raise OptionError(f"by: {call.eval_time!r} is eval_time, by which the result has rows anyway; leave it out of by=.")
    estimate = Role(ESTIMATE, call.argument, call.probs, "number")
    roles = [
        *survival_roles(call.truth, estimate, call.case_weights),
        Role(EVAL_TIME, "eval_time", call.eval_time, "number"),
        Role(CENSORING, "censoring_weights", call.censoring_weights, "number"),
    ]
    return Reductions(replace(prepare(replace(call.source, by=[*keys, call.eval_time]), roles), inner=1), statistics)


def outer_groups(reductions: Reductions) -> tuple[pl.DataFrame, Origin]:
    """Give the groups without the evaluation times, and whose frame the result will be."""
    origin = reductions.frame_rows.origin
    groups = split_groups(reductions.known_groups, len(origin.keys) - 1)[0]
    return groups, replace(origin, keys=origin.keys[:-1])


def _score_timed(bounds: Sequence[BoundMetric], call: SurvivalCall) -> tuple[Scored, float | None]:
    """Evaluate metrics of evaluation times; give the first of these too."""
    reductions = timed_reductions(call, [s for b in bounds for s in b.statistics])
    times: Array = reductions.get(EvaluationTimes.request()).times
    groups, origin = outer_groups(reductions)
    if not len(times):
        return _nothing(bounds, one_group() if not origin.keys else groups.clear(), origin), None
    blocks, undefined = values_of(bounds, reductions)
    by_name = {block.metric: block.values for block in blocks}
    undefined = [(name, _at_times(reason, by_name[name][where], times), where) for name, reason, where in undefined]
    return Scored(blocks, undefined, groups, origin), float(times[0])


def _at_times(reason: str, values: Array, times: Array) -> str:
    """Say at which evaluation times a value is undefined, where it is not at all of them."""
    gone = np.isnan(values).any(axis=0)
    if values.ndim < 2 or gone.all():
        return reason
    return f"{reason}, at the evaluation times {listed(times[gone].tolist(), 5)}"


def _nothing(bounds: Sequence[BoundMetric], groups: pl.DataFrame, origin: Origin) -> Scored:
    """Score a frame without rows: undefined, at no time that is known."""
    blocks = [
        Block(b.name, "standard", np.full((len(groups), 1), np.nan), {".eval_time": [None]})
        if b.metric.kind == "dynamic_survival"
        else Block(b.name, "standard", np.full(len(groups), np.nan), {})
        for b in bounds
    ]
    reason = "no rows are left, or none of positive weight"
    undefined = [(b.name, reason, np.ones(len(groups), bool)) for b in bounds if len(groups)]
    return Scored(blocks, undefined, groups, origin)
