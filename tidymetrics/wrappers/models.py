"""The scores of several models at once."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from tidymetrics.core.function import FrameFunction, MetricFunction
from tidymetrics.core.result_keys import stacked_by
from tidymetrics.core.stateless import WithoutState
from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.wrappers.averages import AveragedOver
from tidymetrics.wrappers.sets import MetricSet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREDICTIONS = ("estimate", "probs", "linear_pred")


def contestants_of(maker: str, given: Mapping[str, Any], least: int) -> list[Any]:
    """Give the names of the contestants that the arguments of predictions map to columns."""
    mappings = {name: given[name] for name in PREDICTIONS if isinstance(given.get(name), dict)}
    if not mappings:
        raise OptionError(
            f'{maker}: estimate= (or probs=) must be a mapping of models to columns, such as {{"forest": "rf", "boost": "gb"}}.'
        )
    (first, names), *others = [(name, list(mapping)) for name, mapping in mappings.items()]
    for name, other in others:
        if set(other) != set(names):
            raise OptionError(
                f"{maker}: {first}= and {name}= must name the same models; got {listed(names)} and {listed(other)}."
            )
    if len(names) < least:
        raise OptionError(f"{maker}: expected {'two models' if least == 2 else 'one model'} or more; got {listed(names)}.")
    return names


def call_of_one(given: Mapping[str, Any], name: Any) -> dict[str, Any]:
    """Give the arguments of a call for one of the contestants."""
    return {k: v[name] if k in PREDICTIONS and isinstance(v, dict) else v for k, v in given.items()}


def naming(name: Any, call: Callable[..., Any], *args: Any, **given: Any) -> Any:
    """Make a call for one of the contestants, whose name a message about its levels begins with."""
    try:
        return call(*args, **given)
    except LevelError as problem:
        raise LevelError(f"{name!r}: {problem}") from None


@dataclass(frozen=True)
class EachModel(WithoutState):
    """A metric, a set or a curve that scores several models; made by `each_model`."""

    metrics: Any
    maker: ClassVar[str] = "each_model"

    def __repr__(self) -> str:
        return f"<each_model({self.metrics!r})>"

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(self.metrics)

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Score each model.

        Parameters
        ----------
        data, *args, **given
            As for what is scored, but `estimate`, `probs` (or both, of the same names) and `linear_pred` are mappings of models
            to what it takes.

        Returns
        -------
        The rows of all models, one model after the other, with the column `.model` first.
        """
        named = dict(given)
        named |= dict(zip(("truth", "estimate"), args, strict=False))
        names = contestants_of("each_model", named, 1)
        return stacked_by(".model", names, [naming(name, self.metrics, data, **call_of_one(named, name)) for name in names])


def each_model(metrics: Any) -> EachModel:
    """Make the scores of several models of those of one.

    Long data, with the models one under the other, need nothing new: ``by="model"``.

    Parameters
    ----------
    metrics
        A metric, a `metric_set`, `averaged_over` one, or a curve.

    Returns
    -------
    EachModel
        Called like `metrics`, with mappings {model: columns} for `estimate`, `probs` and `linear_pred`; its result begins with
        the column `.model`. ``with_intervals(each_model(score))`` gives each an interval.

    Raises
    ------
    OptionError
        For anything but a metric, or predictions that are not a mapping.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b"], "rf": ["a", "b", "b"], "gb": ["a", "a", "b"]})
    >>> tm.each_model(tm.accuracy)(df, "obs", {"forest": "rf", "boost": "gb"}).select(".model", ".estimate").rows()
    [('forest', 1.0), ('boost', 0.6666666666666666)]
    """
    if not isinstance(metrics, (MetricFunction, MetricSet, AveragedOver, FrameFunction)):
        raise OptionError(f"each_model: expected a metric, a metric_set or a curve; got {metrics!r}.")
    return EachModel(metrics)
