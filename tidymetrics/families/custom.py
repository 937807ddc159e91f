"""Metrics from plain functions of vectors, such as scikit-learn's."""

from __future__ import annotations

import inspect
from math import inf
from typing import TYPE_CHECKING, Any

from tidymetrics.core.family import KINDS
from tidymetrics.core.function import DIRECTIONS, MetricFunction, publish
from tidymetrics.core.metric import Metric
from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.typing import Direction, Target


def metric_from_vec(
    fn: Callable[..., Any],
    *,
    kind: str,
    direction: Direction,
    range: tuple[float, float] | None = None,  # noqa: A002
    name: str | None = None,
    undefined: str = "the function returns no value",
    target: Target = None,
) -> MetricFunction:
    """Make a metric from a function of two vectors.

    The function is called once per group, so with many groups it is slower than a formula over a statistic.

    Parameters
    ----------
    fn
        ``fn(truth, estimate, **options)`` takes numpy arrays [n] and returns one number, or None or nan if the value is
        undefined. With case weights it also gets ``case_weights=``, an array [n]. For kind "prob", `estimate` holds the
        event's probabilities [n], or is an array [n, levels] for more than two levels. Rows with missing values are dropped
        first. Its keyword-only parameters become the metric's options.
    kind
        "class", "numeric" or "prob".
    direction
        "maximize", "minimize", "zero" or "target".
    range
        The least and the greatest value.
    name
        The value of `.metric` in results; by default the function's name.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    target
        For direction "target" the best value: a number, or a function of the options.

    Returns
    -------
    A metric, which works in sets, with tweaks, groups and weights like any other.

    Raises
    ------
    OptionError
        The name is taken, the kind is unknown, or (when the metric is called) the result is not one number.

    Examples
    --------
    >>> import numpy as np
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> def worst_error_doc(truth, estimate):
    ...     return np.abs(truth - estimate).max()
    >>> worst = tm.metric_from_vec(worst_error_doc, kind="numeric", direction="minimize", range=(0, np.inf))
    >>> df = pl.DataFrame({"g": [1, 1, 2], "y": [1.0, 2.0, 3.0], "x": [1.5, 4.0, 3.0]})
    >>> worst(df, "y", "x", by="g")[".estimate"].to_list()
    [2.0, 0.0]
    """
    known = [name for name, of in KINDS.items() if of.of_functions is not None]
    if kind not in known:
        raise OptionError(f"metric_from_vec(kind=): expected one of {', '.join(map(repr, known))}; got {kind!r}.")
    if direction not in DIRECTIONS:
        raise OptionError(
            f'metric_from_vec(direction=): expected "maximize", "minimize", "zero" or "target"; got {direction!r}.'
        )
    if not callable(fn):
        raise OptionError(f"metric_from_vec: expected a function of two vectors; got {fn!r}.")
    name = name or getattr(fn, "__name__", None)
    if not name or not name.isidentifier():
        raise OptionError(f"metric_from_vec(name=): expected a name for the metric; got {name!r}.")
    parameters = inspect.signature(fn).parameters
    options = {p.name: p for p in parameters.values() if p.kind is p.KEYWORD_ONLY and p.name != "case_weights"}
    metric = Metric(
        name=name,
        kind=kind,
        direction=direction,
        range=range,
        estimators=KINDS[kind].of_functions or (),
        choices=KINDS[kind].of_functions or (),
        formula=fn,
        statistic=None,
        undefined=undefined,
        per_group=True,
        symmetric=True,
        weighted=getattr(fn, "weighted", "case_weights" in parameters or _takes_any(parameters)),
        target=target,
        options=options,
    )
    function: MetricFunction = publish(metric, KINDS[kind], fn)
    return function


def _takes_any(parameters: Mapping[str, inspect.Parameter]) -> bool:
    return any(p.kind is p.VAR_KEYWORD for p in parameters.values())


class SklearnFunction:
    """A scikit-learn metric that takes this package's argument names."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        self.fn = fn
        self.__name__ = getattr(fn, "__name__", "")
        self.__module__ = getattr(fn, "__module__", __name__)
        self.__doc__ = f"scikit-learn's {self.__name__}, called once per group."

    @property
    def weighted(self) -> bool:
        """Whether the function takes weights, according to its signature."""
        try:
            parameters = inspect.signature(self.fn).parameters
        except (TypeError, ValueError):  # C functions may have no signature
            return True
        return "sample_weight" in parameters or _takes_any(parameters)

    def __call__(self, truth: Any, estimate: Any, *, case_weights: Any = None) -> Any:
        """Call the function, with weights only if there are any."""
        weights = {} if case_weights is None else {"sample_weight": case_weights}
        return self.fn(truth, estimate, **weights)


def from_sklearn(
    fn: Callable[..., Any],
    *,
    direction: Direction,
    kind: str = "class",
    range: tuple[float, float] = (-inf, inf),  # noqa: A002
    name: str | None = None,
    target: Target = None,
) -> MetricFunction:
    """Make a metric from a scikit-learn function.

    Parameters
    ----------
    fn
        ``fn(y_true, y_pred)`` or ``fn(y_true, y_score)``, such as `sklearn.metrics.hamming_loss`. Case weights are passed as
        `sample_weight`. To fix other arguments, use `functools.partial` and pass a `name`.
    direction
        "maximize", "minimize", "zero" or "target".
    kind
        "class", "numeric" or "prob".
    range
        The least and the greatest value.
    name
        The value of `.metric` in results; by default the function's name.
    target
        For direction "target" the best value: a number.

    Returns
    -------
    A metric, as from `metric_from_vec`.

    Raises
    ------
    OptionError
        As for `metric_from_vec`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> from sklearn.metrics import hamming_loss
    >>> hamming = tm.from_sklearn(hamming_loss, direction="minimize", range=(0, 1), name="hamming_doc")
    >>> hamming(pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "a"]}), "obs", "pred")[".estimate"].item()
    0.5
    """
    wrapped = SklearnFunction(fn)
    chosen = name or wrapped.__name__ or None
    return metric_from_vec(wrapped, kind=kind, direction=direction, range=range, name=chosen, target=target)
