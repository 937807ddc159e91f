"""One call of several metrics: what they read, prepared once; groupwise metrics beside ordinary ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.core.evaluate import BoundMetric, announce, values_of
from tidymetrics.core.results import Scored, tidy
from tidymetrics.errors import MetricSetError, OptionError
from tidymetrics.families.classes.family import class_roles, with_levels
from tidymetrics.families.classes.probabilities import events_of, ordered_by, prob_roles, resolve
from tidymetrics.families.numbers.family import needs_row_order, numeric_roles
from tidymetrics.families.quantiles.family import prepare_quantiles
from tidymetrics.families.survival.data import TIMED, SurvivalCall, score_plain_survival
from tidymetrics.frames import Asked, InputFrame, PreparedFrame, bind_frame, prepare
from tidymetrics.statistics import Reductions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Level


SURVIVAL = ("eval_time", "censoring_weights", "linear_pred")
"""The arguments of calls on survival data alone."""


@dataclass(frozen=True, eq=False, repr=False)
class Call:
    """What a call names, before anything is looked up."""

    source: InputFrame
    truth: Any
    estimate: Any
    probs: Any = None
    case_weights: Any = None
    levels: Sequence[Level] | None = None
    eval_time: Any = None
    censoring_weights: Any = None
    linear_pred: Any = None


def score(bounds: Sequence[BoundMetric], call: Call) -> Any:
    """Evaluate the metrics of a call; give the tidy result."""
    plain = [b for b in bounds if b.groupwise is None]
    parts = [score_plain(plain, call)] if plain else []
    of_plain = iter(parts[0].blocks if parts else [])
    blocks = []
    for bound in bounds:
        if bound.groupwise is None:
            blocks.append(next(of_plain))
        else:
            parts.append(bound.groupwise(bound, call))
            blocks += parts[-1].blocks
    announce([cause for part in parts for cause in part.undefined], parts[0].groups, parts[0].origin)
    return tidy(blocks, parts[0].groups, parts[0].origin)


def score_plain(bounds: Sequence[BoundMetric], call: Call) -> Scored:
    """Evaluate ordinary metrics of one family."""
    if bounds[0].metric.kind.endswith("_survival"):
        return score_plain_survival(bounds, _survival_call(bounds, call))
    bounds, rows = _prepared(list(bounds), call)
    reductions = Reductions(rows, [s for bound in bounds for s in bound.statistics])
    blocks, undefined = values_of(bounds, reductions)
    return Scored(blocks, undefined, reductions.known_groups, rows.origin)


def _prepared(bounds: list[BoundMetric], call: Call) -> tuple[list[BoundMetric], PreparedFrame]:
    kinds = {b.metric.kind for b in bounds}
    if kinds == {"quantile"}:
        return prepare_quantiles(bounds, call.source, call.truth, call.estimate, call.case_weights)
    if kinds == {"numeric"}:
        return bounds, _prepare_numbers(bounds, call)
    if kinds == {"class"}:
        roles = class_roles(call.truth, call.estimate, call.case_weights)
        return [with_levels(b, call.levels) for b in bounds], prepare(call.source, roles)
    hard = "class" in kinds
    roles = class_roles(call.truth, call.estimate, call.case_weights) if hard else prob_roles(call.truth, [], call.case_weights)
    argument = "probs" if hard else "estimate"
    asked = Asked(argument, call.probs, call.levels, events_of(bounds), ordered_by(bounds))
    binding, columns = bind_frame(asked, call.source, call.truth)
    rows = prepare(call.source, [*roles, *columns], levels=binding.levels.values)
    weighted = call.case_weights is not None
    levels = binding.levels.values or None
    return [
        with_levels(b, levels) if b.metric.kind == "class" else resolve(b, binding, weighted=weighted) for b in bounds
    ], rows


def _prepare_numbers(bounds: Sequence[BoundMetric], call: Call) -> PreparedFrame:
    orders = list(dict.fromkeys(str(b.options["order_by"]) for b in bounds if "order_by" in b.options))
    if len(orders) > 1:
        raise MetricSetError(f"order_by: the metrics of a set share one order of rows; got {', '.join(orders)}.")
    named = [b.options["order_by"] for b in bounds if b.options.get("order_by") is not None]
    roles = numeric_roles(call.truth, call.estimate, call.case_weights, next(iter(named), None))
    return prepare(call.source, roles, row_order=any(needs_row_order(b, call.case_weights) for b in bounds))


def _survival_call(bounds: Sequence[BoundMetric], call: Call) -> SurvivalCall:
    """Say which prediction of a call is which; what `estimate` is, where it is named alone, follows from the metrics."""
    kinds = dict.fromkeys("probs" if b.metric.kind in TIMED else _PREDICTIONS[b.metric.kind] for b in bounds)
    given = {"probs": call.probs, "estimate": call.estimate, "linear_pred": call.linear_pred}
    timed = {"eval_time": call.eval_time, "censoring_weights": call.censoring_weights} if "probs" not in kinds else {}
    for name, value in {**given, **timed}.items():
        if value is not None and name not in kinds and name != "estimate":
            hint = " For long data, filter them to one evaluation time." if name in timed else ""
            raise MetricSetError(f"no metric of the set takes {name}=.{hint}")
    missing = [name for name in kinds if given[name] is None]
    argument = "probs"
    if missing and call.estimate is not None and "estimate" not in kinds and len(missing) == 1:
        given[missing[0]], argument = call.estimate, "estimate"
        missing = []
    if missing:
        names = [b.name for b in bounds if (_PREDICTIONS.get(b.metric.kind) or "probs") == missing[0]]
        raise OptionError(f"{missing[0]}: name the column of {_WHAT[missing[0]]}, which {', '.join(names[:3])} read.")
    return SurvivalCall(
        call.source,
        call.truth,
        given["probs"],
        call.eval_time,
        call.censoring_weights,
        given["estimate"],
        given["linear_pred"],
        call.case_weights,
        argument,
    )


_PREDICTIONS = {"static_survival": "estimate", "linear_pred_survival": "linear_pred"}
_WHAT = {"probs": "survival probabilities", "estimate": "predicted times", "linear_pred": "linear predictors"}


def classes_call(call: Call, hard: Sequence[str], soft: Sequence[str]) -> Call:
    """Check that a call names what its metrics of predicted classes and of probabilities read."""
    if call.probs is None and not hard:
        call = replace(call, estimate=None, probs=call.estimate)
    if hard and call.estimate is None:
        raise OptionError(f"estimate: name the column of predicted classes, which {', '.join(hard[:3])} read.")
    if soft and call.probs is None:
        raise OptionError(f"probs: name the columns of probabilities, which {', '.join(soft[:3])} read.")
    if call.probs is not None and not soft:
        raise MetricSetError("no metric of the set takes probs=: they are metrics of predicted classes.")
    return call
