"""Docstrings put together from what a declaration says and what its kind and metadata know.

A declaration writes its formula, its own parameters, an example and its source; the parameters that all metrics of a kind
share, the direction, the range and the errors are the same for each and are written here, once.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidymetrics.core.metric import Metric

_HEADING = re.compile(r"^(Parameters|Raises|Warns|Examples|References|Notes)\n-+\n", re.MULTILINE)

_DATA = """data
    A frame of any supported library, or a grouped object of one, whose keys become `by`."""

_PAIR = """truth
    Names of two columns: the time until the event or until censoring, and the status, 1 (or True) for an event, 0 (or False)
    for a censored time."""

_TRUTH = {
    "class": """truth, estimate
    Names of the columns of true and predicted classes.""",
    "numeric": """truth, estimate
    Names of the columns of true and predicted numbers, in one unit.""",
    "prob": """truth
    Name of the column of true classes.
estimate
    The probabilities: for two levels the event's own column; else a list of columns in the order of the levels, a mapping
    {level: column}, or a selector.""",
    "ordered_prob": """truth
    Name of the column of true classes, whose levels have an order.
estimate
    The probabilities: a list of columns in the order of the levels, a mapping {level: column}, or a selector.""",
    "quantile": """truth
    Name of the column of true numbers.
estimate
    The columns of predicted quantiles, in the order of their levels and in the unit of truth.
quantile_levels
    The levels of these: numbers from 0 to 1, increasing.""",
    "timed": _PAIR
    + """
estimate
    Name of the column of survival probabilities: of being without the event after `eval_time`. Or of a nested column: for each
    subject a list of structs with the fields `.eval_time`, `.pred_survival` and `.weight_censored`.
eval_time
    Name of the column of evaluation times, in the unit of the times; each subject has a row at each. Not for nested data.
censoring_weights
    Name of the column of weights for censoring, inverse probabilities of being uncensored (`censoring_weights` makes them);
    missing where a subject was censored before the evaluation time. Not for nested data.""",
    "static_survival": _PAIR
    + """
estimate
    Name of the column of predicted times: a larger one stands for longer survival.""",
    "linear_pred_survival": _PAIR
    + """
estimate
    Name of the column of linear predictors, in any unit.""",
}

_BY = """by
    Columns to group by: a name, several, or a selector. Each combination that occurs gives a row; nulls are a group."""

_PROB_VECTORS = """truth
    Vector [n] of true classes.
estimate
    The probabilities: a vector [n] of the event's; or an array [n, levels], a list of vectors in the order of the levels, or
    a mapping {level: vector}."""

_CLASS_VECTORS = """truth, estimate
    Vectors of true and predicted classes, both [n]."""

_NUMERIC_VECTORS = """truth, estimate
    Vectors of true and predicted numbers, both [n], in one unit."""

_QUANTILE_VECTORS = """truth
    Vector [n] of true numbers.
estimate
    The predicted quantiles: an array [n, levels], or a list of vectors in the order of the levels.
quantile_levels
    The levels of these: numbers from 0 to 1, increasing."""

_PAIR_VECTORS = """truth
    Two vectors [n]: the times until the event or until censoring, and the status, 1 (or True) for an event.
estimate
    Vector [n] of {what}."""

_TIMED_VECTORS = """
eval_time
    Vector [n] of evaluation times, each subject once at each; or one number.
censoring_weights
    Vector [n] of weights for censoring; missing where a subject was censored before the evaluation time."""

_VECTORS = {
    "class": _CLASS_VECTORS,
    "numeric": _NUMERIC_VECTORS,
    "prob": _PROB_VECTORS,
    "quantile": _QUANTILE_VECTORS,
    "timed": _PAIR_VECTORS.format(what="survival probabilities") + _TIMED_VECTORS,
    "static_survival": _PAIR_VECTORS.format(what="predicted times"),
    "linear_pred_survival": _PAIR_VECTORS.format(what="linear predictors"),
}

_ESTIMATOR = """estimator
    How several levels become one value: {estimators}, or "per_class" for a row a level with a `.level` column.
    By default "binary" for two levels, else {default}."""

_NA_RM = """na_rm
    Whether rows with a missing value (null or NaN) in a column read are dropped. If not, a group that has one is undefined."""

_WEIGHTS = """case_weights
    {what} of finite weights, none negative. A group whose weights sum to 0 is undefined."""

_EVENT = """event_level
    "first" or "second": which of two levels is the event.
event
    The event's own value, in place of `event_level`.
levels
    All classes in order. Needed where neither column's type has levels and their order matters."""

_NO_EVENT = """event_level, event
    Of no effect: the metric has no event. They are there so that sets can hand them to all their members.
levels
    All classes in their order. Needed where truth's type does not say it."""

_BINS = """bins
    Rank scores by bins, up to this many, in place of one by one: for tables with more distinct scores than fit in memory.
    Bins follow the density of the scores. The result has a column `.error_bound`: how far `.estimate` is off at most, which is
    computed from what the bins hold; with 2**14 bins less than 1e-4 for smooth scores."""

_BINS_CURVE = """bins
    Give the points between bins of scores, at most this many bins, in place of one for each distinct score. They are exact
    points of the full curve, which runs between them."""

_RETURNS = """Returns
-------
A frame of the caller's library, a row a group: the keys, `.metric`, `.estimator`, `.estimate` (a float, null where it
is undefined)."""

_RETURNS_TIMED = """Returns
-------
A frame of the caller's library, a row a group and evaluation time: the keys, `.metric`, `.estimator`, `.eval_time` and
`.estimate` (a float, null where it is undefined)."""

_RETURNS_TIMED_VECTOR = """Returns
-------
float
    The estimate, where `eval_time` is one number; nan where it is undefined.
polars.DataFrame
    Else a row an evaluation time: `.eval_time`, `.estimate`."""

_RETURNS_VECTOR = """Returns
-------
float
    The estimate; nan where it is undefined."""

_RAISES = {
    "class": """Raises
------
LevelError
    The two columns have unlike levels, or the value depends on an order of levels that nothing states.
EstimatorError
    The estimator is none of the metric's, or is "binary" with more than two levels.""",
    "numeric": "Raises\n------",
    "quantile": "Raises\n------",
    "static_survival": "Raises\n------",
    "linear_pred_survival": "Raises\n------",
    "timed": """Raises
------
WeightError
    A weight for censoring is missing for a subject that counts at the evaluation time.""",
    "prob": """Raises
------
LevelError
    Truth has a value that is no level; the columns are not one a level, or name the levels in another order; or nothing
    states the levels.
EstimatorError
    The estimator is none of the metric's, or the number of levels or the weights rule it out.""",
}

_RAISES_NESTED = """EngineError
    The data are nested, and the engine has no way to read that."""

_NA_RM_TIMED = """na_rm
    Whether subjects with a missing value (null or NaN) in `truth` or `case_weights` are dropped. If not, a group that has one
    {missing}. A missing prediction is no such value: the subject is no point of a curve, and adds 0 to a Brier score."""

_RAISES_LOSS = """ProbabilityError
    A probability is outside [0, 1], or those of a row do not add up to 1 (within 1e-3)."""

_RAISES_ALL = """ColumnNotFoundError, WeightError, OptionError
    A column is not there; a weight is negative or infinite; an argument has a wrong name or value."""

_RAISES_VECTORS = """WeightError, OptionError
    A weight is negative or infinite; the vectors differ in length; an argument has a wrong name or value."""

_WARNS = """Warns
-----
UndefinedMetricWarning
    Once a call, when {undefined}."""


def _sections(doc: str) -> tuple[str, dict[str, str]]:
    parts = _HEADING.split(doc)
    return parts[0].rstrip(), {name: text.rstrip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _direction(metric: Metric) -> str:
    better = {
        "maximize": "Higher is better.",
        "minimize": "Lower is better.",
        "zero": "Closer to 0 is better; the sign says which way the errors go.",
    }[metric.direction]
    if metric.range is None:
        return better
    low, high = (("inf" if b > 0 else "-inf") if math.isinf(b) else f"{b:.4g}" for b in metric.range)
    return f"{better} Range: [{low}, {high}]."


def _undefined(metric: Metric) -> str:
    own = f"{metric.undefined}, or " if metric.undefined else ""
    return f"the value does not exist: {own}no rows are left"


def _document(metric: Metric, doc: str, parameters: list[str], returns: str, raises: list[str], rest: str) -> str:
    body, sections = _sections(doc)
    own = [sections["Parameters"]] if "Parameters" in sections else []
    own += [_BINS] if metric.areas and "bins" in metric.options else []
    parts = [
        body,
        _direction(metric),
        "\n".join(["Parameters", "-" * 10, *parameters, *own]),
        returns,
        "\n".join([_RAISES[_template(metric)], *raises, *([sections["Raises"]] if "Raises" in sections else []), rest]),
        "\n".join([_WARNS.format(undefined=_undefined(metric)), *([sections["Warns"]] if "Warns" in sections else [])]),
    ]
    parts += [
        f"{name}\n{'-' * len(name)}\n{sections[name]}" for name in ("Notes", "References", "Examples") if name in sections
    ]
    return "\n\n".join(parts) + "\n"


def _template(metric: Metric) -> str:
    """Tell which of the templates a kind of metrics has."""
    if metric.kind in {"dynamic_survival", "integrated_survival"}:
        return "timed"
    return "prob" if metric.kind == "ordered_prob" else metric.kind


def _common(metric: Metric) -> list[str]:
    if _template(metric) == "timed":
        return [_NA_RM_TIMED.format(missing="is undefined")]
    if _template(metric) not in {"class", "prob"}:
        return [_NA_RM]
    if not metric.choices:
        return ["estimator\n    None: the metric has no choice of it.", _NA_RM]
    default = '"multiclass"' if "multiclass" in metric.estimators else '"macro"'
    if "hand_till" in metric.estimators:
        default = '"hand_till" ("macro" with case weights)'
    names = ", ".join(f'"{name}"' for name in metric.estimators)
    if metric.kind == "prob" and not metric.areas:
        return [f"estimator\n    {names}: the number of levels decides, so that it can be left out.", _NA_RM]
    return [_ESTIMATOR.format(estimators=names, default=default), _NA_RM]


def _loss(metric: Metric) -> list[str]:
    return [_RAISES_LOSS] if _template(metric) == "prob" and not metric.areas else []


def _events(metric: Metric) -> list[str]:
    if metric.kind == "ordered_prob":
        return [_NO_EVENT]
    return [_EVENT] if _template(metric) in {"class", "prob"} else []


def frame_docstring(metric: Metric, doc: str) -> str:
    """Write the docstring of the form that takes frames."""
    if metric.kind == "groupwise":
        return doc
    weights = _WEIGHTS.format(what="The column")
    truth = _TRUTH.get(metric.kind) or _TRUTH[_template(metric)]
    parameters = [_DATA, truth, _BY, *_common(metric), weights, *_events(metric)]
    returns = _RETURNS_TIMED if metric.kind == "dynamic_survival" else _RETURNS
    raises = [*_loss(metric), *([_RAISES_NESTED] if _template(metric) == "timed" else [])]
    return _document(metric, doc, parameters, returns, raises, _RAISES_ALL)


def vector_docstring(metric: Metric, doc: str) -> str:
    """Write the docstring of the form that takes vectors."""
    weights = _WEIGHTS.format(what="A vector [n]")
    parameters = [_VECTORS[_template(metric)], *_common(metric), weights, *_events(metric)]
    returns = _RETURNS_TIMED_VECTOR if metric.kind == "dynamic_survival" else _RETURNS_VECTOR
    return _document(metric, doc, parameters, returns, _loss(metric), _RAISES_VECTORS)


_RETURNS_CURVE = """Returns
-------
A {what} of many rows{group}: {keys}{columns}; with more than two levels a curve of each against the rest, `.level` first.
Coordinates that do not exist are null."""


def curve_docstring(doc: str, columns: tuple[str, ...], *, vector: bool, bins: bool) -> str:
    """Write the docstring of a curve."""
    body, sections = _sections(doc)
    named = ", ".join(f"`{name}`" for name in columns)
    if vector:
        parameters = [_PROB_VECTORS, _NA_RM_CURVE, _WEIGHTS.format(what="A vector [n]"), _EVENT]
        returns = _RETURNS_CURVE.format(what="polars DataFrame", group="", keys="", columns=named)
    else:
        parameters = [_DATA, _TRUTH["prob"], _BY, _NA_RM_CURVE, _WEIGHTS.format(what="The column"), _EVENT]
        returns = _RETURNS_CURVE.format(
            what="frame of the caller's library", group=" a group", keys="the keys, ", columns=named
        )
    own = [sections["Parameters"]] if "Parameters" in sections else []
    raises = f"{_RAISES['prob']}\n{_RAISES_VECTORS if vector else _RAISES_ALL}\n{_RAISES_CURVE}"
    own += [_BINS_CURVE] if bins else []
    parts = [
        body,
        "\n".join(["Parameters", "-" * 10, *parameters, *own]),
        returns,
        raises,
        _WARNS.format(undefined="a coordinate does not exist: the truth lacks a class"),
    ]
    parts += [
        f"{name}\n{'-' * len(name)}\n{sections[name]}" for name in ("Notes", "References", "Examples") if name in sections
    ]
    return "\n\n".join(parts) + "\n"


_NA_RM_CURVE = """na_rm
    Whether rows with a missing value (null or NaN) in a column read are dropped. If not, a missing value is an error."""


_RAISES_CURVE = """TidymetricsError
    A value is missing and na_rm=False."""


def survival_curve_docstring(doc: str, columns: tuple[str, ...], *, vector: bool) -> str:
    """Write the docstring of a curve of survival probabilities."""
    body, sections = _sections(doc)
    what, whose = ("polars DataFrame", "") if vector else ("frame of the caller's library", "the keys, ")
    weights = _WEIGHTS.format(what="A vector [n]" if vector else "The column")
    parameters = [_VECTORS["timed"]] if vector else [_DATA, _TRUTH["timed"], _BY]
    parameters.append(_NA_RM_TIMED.format(missing="is an error"))
    nested = [] if vector else [_RAISES_NESTED]
    named = ", ".join(f"`{name}`" for name in columns)
    parts = [
        body,
        "\n".join(["Parameters", "-" * 10, *parameters, weights]),
        f"Returns\n-------\nA {what} of many rows a group and evaluation time: {whose}{named}.",
        "\n".join([_RAISES["timed"], *nested, _RAISES_VECTORS if vector else _RAISES_ALL, _RAISES_CURVE]),
        _WARNS.format(undefined="a coordinate does not exist: nobody had the event by then, or nobody was followed beyond"),
    ]
    parts += [f"{name}\n{'-' * len(name)}\n{sections[name]}" for name in ("References", "Examples") if name in sections]
    return "\n\n".join(parts) + "\n"
