"""Metrics as scikit-learn scorers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tidymetrics.core.function import MetricFunction, VectorFunction
from tidymetrics.errors import OptionError, nearest, shown
from tidymetrics.wrappers.sets import MetricSet


class Scorer:
    """A scorer for `cross_validate(scoring=...)`: higher is better."""

    def __init__(self, metric: MetricFunction | MetricSet, arguments: dict[str, Any]) -> None:
        self.metric = metric
        self.arguments = arguments

    def __repr__(self) -> str:
        return f"sklearn_scorer({self.metric!r})"

    def __call__(self, estimator: Any, X: Any, y: Any, sample_weight: Any = None) -> Any:  # noqa: N803  # scikit-learn's name
        """Score a fitted estimator on data; a set gives a score by each metric's name."""
        members = _members(self.metric)
        predicted = {name: getattr(estimator, name)(X) for name in dict.fromkeys(str(m.kind.response) for m in members)}
        scores = {m.metric.name: self._score(m, estimator, y, predicted[str(m.kind.response)], sample_weight) for m in members}
        return scores if isinstance(self.metric, MetricSet) else scores[self.metric.metric.name]

    def _score(self, metric: MetricFunction, estimator: Any, y: Any, predicted: Any, sample_weight: Any) -> float:
        record = metric.metric
        arguments = {name: value for name, value in self.arguments.items() if name in _known(metric)}
        if "levels" in metric.kind.each_of_call:
            levels = [_whole(level) for level in getattr(estimator, "classes_", ())]
            if not levels:
                raise OptionError(f"{record.name}: expected a fitted classifier; the estimator has no classes_.")
            arguments.setdefault("levels", levels)
            fixed = {*metric.fixed, *arguments}
            if len(levels) == 2 and not fixed & {"event", "event_level"}:
                arguments["event"] = levels[1]  # scikit-learn's positive class is the second
            y = _like_levels(y, levels)
        value: float = VectorFunction(metric)(y, predicted, case_weights=sample_weight, **arguments)
        own = {name: value for name, value in {**arguments, **metric.fixed}.items() if name in record.options}
        return float(record.goodness(value, own))


def _members(metric: MetricFunction | MetricSet) -> tuple[MetricFunction, ...]:
    return metric.members if isinstance(metric, MetricSet) else (metric,)


def _known(metric: MetricFunction) -> tuple[str, ...]:
    """Give the arguments that can be passed for a metric."""
    return (*metric.kind.each, *metric.kind.each_of_call, *metric.metric.options)


def _whole(level: Any) -> Any:
    """Give one of `classes_` as a level: scikit-learn turns integers and booleans with a type of their own into floats."""
    level = level.item() if isinstance(level, np.generic) else level
    return int(level) if isinstance(level, float) and level.is_integer() else level


def _like_levels(y: Any, levels: list[Any]) -> Any:
    """Give booleans as the integers that scikit-learn made of them, where its classes are integers."""
    if any(isinstance(level, (bool, str)) for level in levels):
        return y
    values = np.asarray(y)
    if values.dtype.kind == "b" or (values.dtype == object and all(isinstance(v, (bool, np.bool_)) for v in values)):
        return values.astype(np.int64)
    return y


def sklearn_scorer(metric: Any, **arguments: Any) -> Scorer:
    """Make a scikit-learn scorer from a metric, for `cross_validate(scoring=...)`, `GridSearchCV` and the like.

    Parameters
    ----------
    metric
        A class, probability or numeric metric, or a set of them.
    **arguments
        Arguments of the metric, such as `estimator="macro"` or `event=...`. With two classes, the event is by default the
        second of the classifier's `classes_`, scikit-learn's positive class.

    Returns
    -------
    A scorer: a function ``(estimator, X, y, sample_weight=None)`` that returns higher values for better models: minus the
    metric if lower is better, and minus its distance to 0, or to its target, if that is best. That of a set returns a dict of
    such values, by the names of the metrics, as `cross_validate` takes it.

    Raises
    ------
    OptionError
        `metric` is not such a metric, or does not take these arguments.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> from sklearn.datasets import load_diabetes
    >>> from sklearn.linear_model import Ridge
    >>> from sklearn.model_selection import cross_val_score
    >>> scores = cross_val_score(Ridge(), *load_diabetes(return_X_y=True), scoring=tm.sklearn_scorer(tm.rmse), cv=3)
    >>> bool((scores < 0).all())
    True
    """
    members = _members(metric) if isinstance(metric, (MetricFunction, MetricSet)) else ()
    if not members or any(not m.kind.response for m in members):
        raise OptionError(
            f"sklearn_scorer: expected a class, probability or numeric metric, or a set of them; got {shown(metric)}."
        )
    known = dict.fromkeys(name for m in members for name in _known(m))
    if wrong := [name for name in arguments if name not in known]:
        raise OptionError(f"sklearn_scorer: no metric has an argument {wrong[0]!r}.{nearest(wrong[0], known)}")
    for m in members:
        own = {name: value for name, value in arguments.items() if name in m.metric.options}
        m.bind({name: value for name, value in arguments.items() if name in m.kind.each}, own)
    return Scorer(metric, arguments)
