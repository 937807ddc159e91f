"""Metrics as scikit-learn scorers."""

from __future__ import annotations

from typing import Any

from tidymetrics.core.function import MetricFunction, VectorFunction
from tidymetrics.errors import OptionError


class Scorer:
    """A scorer for `cross_validate(scoring=...)`: higher is better."""

    def __init__(self, metric: MetricFunction, arguments: dict[str, Any]) -> None:
        self.metric = metric
        self.arguments = arguments

    def __repr__(self) -> str:
        return f"sklearn_scorer({self.metric!r})"

    def __call__(self, estimator: Any, X: Any, y: Any, sample_weight: Any = None) -> float:  # noqa: N803  # scikit-learn's name
        """Score a fitted estimator on data."""
        record = self.metric.metric
        arguments = dict(self.arguments)
        response = self.metric.kind.response
        if not response:
            raise OptionError(f"{record.name}: no method of an estimator gives what it takes.")
        if "levels" in self.metric.kind.each_of_call:
            levels = list(getattr(estimator, "classes_", ()))
            if not levels:
                raise OptionError(f"{record.name}: expected a fitted classifier; the estimator has no classes_.")
            arguments.setdefault("levels", levels)
            fixed = {*self.metric.fixed, *arguments}
            if len(levels) == 2 and not fixed & {"event", "event_level"}:
                arguments["event"] = levels[1]  # scikit-learn's positive class is the second
        predicted = getattr(estimator, response)(X)
        value: float = VectorFunction(self.metric)(y, predicted, case_weights=sample_weight, **arguments)
        return -value if record.direction == "minimize" else -abs(value) if record.direction == "zero" else value


def sklearn_scorer(metric: Any, **arguments: Any) -> Scorer:
    """Make a scikit-learn scorer from a metric, for `cross_validate(scoring=...)`, `GridSearchCV` and the like.

    Parameters
    ----------
    metric
        A class, probability or numeric metric.
    **arguments
        Arguments of the metric, such as `estimator="macro"` or `event=...`. With two classes, the event is by default the
        second of the classifier's `classes_`, scikit-learn's positive class.

    Returns
    -------
    A scorer: a function ``(estimator, X, y, sample_weight=None)`` that returns higher values for better models: minus the
    metric if lower is better, and minus its absolute value if 0 is best.

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
    if not isinstance(metric, MetricFunction) or metric.kind.response is None:
        raise OptionError(f"sklearn_scorer: expected a class, probability or numeric metric; got {metric!r}.")
    own = {name: value for name, value in arguments.items() if name not in {*metric.kind.each, "levels"}}
    metric.bind({name: value for name, value in arguments.items() if name in metric.kind.each}, own)
    return Scorer(metric, arguments)
