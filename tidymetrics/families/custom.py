"""Metrics made of plain functions of vectors, such as those of scikit-learn."""

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

    from tidymetrics.typing import Direction


def metric_from_vec(
    fn: Callable[..., Any],
    *,
    kind: str,
    direction: Direction,
    range: tuple[float, float] | None = None,  # noqa: A002
    name: str | None = None,
    undefined: str = "the function gave none",
) -> MetricFunction:
    """Make a metric of a function of two vectors.

    The function is called once for each group, so that it is slower than a formula over a statistic where there are many.

    Parameters
    ----------
    fn
        ``fn(truth, estimate, **options)`` of numpy arrays [n] that gives one number, or None or nan where there is none. With
        case weights it is called with ``case_weights=`` an array [n] as well. For kind "prob", `estimate` is the event's
        probabilities [n], or an array [n, levels] where there are more than two levels. Rows with missing values are left out
        before. Its keyword-only parameters become the metric's options.
    kind
        "class", "numeric" or "prob".
    direction
        "maximize", "minimize" or "zero".
    range
        The least and the greatest value.
    name
        What `.metric` will say; by default the function's name.
    undefined
        When the value does not exist, as the end of the sentence "undefined where ...".

    Returns
    -------
    A metric, which takes part in sets, tweaks, groups and weights like any other.

    Raises
    ------
    OptionError
        For a name that is taken, an unknown kind, or, when it is called, a result that is not one number.

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
        raise OptionError(f'metric_from_vec(direction=): expected "maximize", "minimize" or "zero"; got {direction!r}.')
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
        options=options,
    )
    function: MetricFunction = publish(metric, KINDS[kind], fn)
    return function


def _takes_any(parameters: Mapping[str, inspect.Parameter]) -> bool:
    return any(p.kind is p.VAR_KEYWORD for p in parameters.values())


class SklearnFunction:
    """A scikit-learn metric under the names that this package has for its arguments."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        self.fn = fn
        self.__name__ = getattr(fn, "__name__", "")
        self.__module__ = getattr(fn, "__module__", __name__)
        self.__doc__ = f"The function {self.__name__} of scikit-learn, called group by group."

    @property
    def weighted(self) -> bool:
        """Whether the function takes weights, as far as its signature says."""
        try:
            parameters = inspect.signature(self.fn).parameters
        except (TypeError, ValueError):  # functions of C have none
            return True
        return "sample_weight" in parameters or _takes_any(parameters)

    def __call__(self, truth: Any, estimate: Any, *, case_weights: Any = None) -> Any:
        """Call the function, with weights only where there are some."""
        weights = {} if case_weights is None else {"sample_weight": case_weights}
        return self.fn(truth, estimate, **weights)


def from_sklearn(
    fn: Callable[..., Any],
    *,
    direction: Direction,
    kind: str = "class",
    range: tuple[float, float] = (-inf, inf),  # noqa: A002
    name: str | None = None,
) -> MetricFunction:
    """Make a metric of a scikit-learn function.

    Parameters
    ----------
    fn
        ``fn(y_true, y_pred)`` or ``fn(y_true, y_score)``, such as `sklearn.metrics.hamming_loss`. Weights go to its
        `sample_weight`. Other arguments can be fixed with `functools.partial` and a `name`.
    direction
        "maximize", "minimize" or "zero".
    kind
        "class", "numeric" or "prob".
    range
        The least and the greatest value.
    name
        What `.metric` will say; by default the function's name.

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
    return metric_from_vec(wrapped, kind=kind, direction=direction, range=range, name=name or wrapped.__name__ or None)
