"""The functions that users call: a metric of some kind, on frames or on vectors.

They are objects rather than plain functions because `repr(tm.accuracy)` says what the metric is and `tm.f_meas.tweak`
makes another of it. For everything else that asks (`inspect.signature`, `help`, doctest, pickle) they are functions.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Protocol

from tidymetrics.core.documentation import frame_docstring, vector_docstring
from tidymetrics.core.metric import Metric, register
from tidymetrics.core.options import one_of
from tidymetrics.errors import OptionError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.core.evaluate import BoundMetric


class Kind(Protocol):
    """What metrics of one kind have in common: their call, and how they are bound and finished."""

    @property
    def name(self) -> str:
        """What metrics of the kind say they are."""

    @property
    def family(self) -> str:
        """Kinds of one family can be one metric set."""

    @property
    def each(self) -> tuple[str, ...]:
        """The arguments that each metric of a set may have its own value of."""

    def frame_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores a frame."""

    def vector_call(self, metric: MetricFunction) -> Callable[..., Any]:
        """Give the function that scores vectors."""

    def takes_counts(self, data: Any) -> bool:
        """Tell whether something given for data is counts that the kind can score without rows."""

    def score_counts(self, metric: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:
        """Score counts."""

    def bind(self, metric: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""


class NeedsRows:
    """Kinds of which no counts are known that could be scored without rows."""

    def takes_counts(self, data: Any) -> bool:  # noqa: ARG002
        """Tell that there are none."""
        return False

    def score_counts(self, metric: MetricFunction, counts: Any, arguments: dict[str, Any]) -> Any:  # noqa: ARG002
        """Refuse them."""
        raise OptionError(f"{metric.metric.name}: rows are needed, not counts.")


class LooksLikeAFunction:
    """Looks like a function to whoever asks.

    The signature is put together when somebody asks: a hundred of them are a good part of the time that importing the package
    takes.
    """

    __name__: str
    __qualname__: str
    _call: Callable[..., Any]
    _options: Mapping[str, inspect.Parameter]

    def _name(
        self,
        name: str,
        module: str,
        call: Callable[..., Any],
        doc: str,
        options: Mapping[str, inspect.Parameter],
    ) -> None:
        call.__name__ = call.__qualname__ = name  # Python's own message about a missing argument names it
        self.__name__ = self.__qualname__ = name
        self.__module__ = module
        self._call = call
        self._options = options
        self.__doc__ = doc

    @property
    def __signature__(self) -> inspect.Signature:
        signature = inspect.signature(self._call)
        kept = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        return signature.replace(parameters=[*kept, *self._options.values()])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        return self._call(*args, **kwargs)

    def __get__(self, instance: object, origin: type | None = None) -> Any:
        """Take part in `inspect.isroutine`, by which help() and doctest tell functions."""
        return self


class MetricFunction(LooksLikeAFunction):
    """A metric of dataframes."""

    def __init__(self, metric: Metric, kind: Kind, module: str, doc: str, fixed: Mapping[str, Any] | None = None) -> None:
        self.metric = metric
        self.kind = kind
        self.fixed = dict(fixed or {})
        self.base: MetricFunction | None = None
        self.remake: tuple[Callable[..., Any], str] | None = None
        """For a groupwise metric: the function that makes it, and the column."""
        self._doc = doc
        self._name(metric.name, module, kind.frame_call(self), frame_docstring(metric, doc), metric.options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        data = args[0] if args else kwargs.get("data")
        if len(args) < 2 and "truth" not in kwargs and self.kind.takes_counts(data):
            return self.kind.score_counts(self, data, {k: v for k, v in kwargs.items() if k != "data"})
        return self._call(*args, **kwargs)

    def __repr__(self) -> str:
        if not self.fixed:
            return f"<{self.metric}>"
        return f"<{self.metric}; with {', '.join(f'{name}={value!r}' for name, value in self.fixed.items())}>"

    def __reduce__(self) -> Any:
        if self.base is None and self.remake is not None:
            return self.remake[0], (self.remake[1],)
        if self.base is None:
            return self.__name__
        return _tweaked, (self.base, self.metric.name, self.fixed)

    def tweak(self, **arguments: Any) -> MetricFunction:
        """Make another metric of this one, with some arguments fixed; they win over those of a call.

        Parameters
        ----------
        **arguments
            Options of the metric (`beta=2`), or what its kind takes for each metric (`estimator=`, `event_level=`,
            `event=`, `na_rm=`).

        Returns
        -------
        The metric, of the same name.

        Examples
        --------
        >>> import tidymetrics as tm
        >>> tm.f_meas.tweak(beta=2)
        <f_meas: a class metric, maximize, range [0, 1]; estimators binary, macro, macro_weighted, micro; with beta=2>
        """
        return self._as(self.metric.name, arguments)

    def _as(self, name: str, arguments: Mapping[str, Any]) -> MetricFunction:
        shared = set(arguments) - set(self.metric.options) - set(self.kind.each)
        if shared:
            known = [*self.kind.each, *self.metric.options]
            wrong = min(shared)
            raise OptionError(
                f"{self.metric.name}.tweak: {wrong!r} cannot be fixed.{nearest(wrong, known)} It can fix: {', '.join(known)}."
            )
        return _tweaked(self.base or self, name, {**self.fixed, **arguments})

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join the metric with the arguments of a call; fixed ones win."""
        fixed = {name: value for name, value in self.fixed.items() if name in self.metric.options}
        own = {name: value for name, value in self.fixed.items() if name not in self.metric.options}
        defaults = {name: p.default for name, p in self.metric.options.items()}
        chosen = {**options, **fixed}
        self.metric.check_options(chosen, self.kind.each)
        merged = {**arguments, **own}
        if "event" in own and "event_level" not in own:
            merged["event_level"] = "first"
        if "event_level" in own and "event" not in own:
            merged["event"] = None
        return self.kind.bind(self, merged, {**defaults, **chosen})


class VectorFunction(LooksLikeAFunction):
    """The form of a metric that takes plain vectors."""

    def __init__(self, function: MetricFunction) -> None:
        self.metric = function.metric
        record, doc = function.metric, function._doc  # noqa: SLF001
        call = function.kind.vector_call(function)
        self._name(f"{record.name}_vec", function.__module__, call, vector_docstring(record, doc), record.options)

    def __repr__(self) -> str:
        return f"<{self.__name__}, on vectors: {self.metric}>"

    def __reduce__(self) -> str:
        return self.__name__


def _tweaked(base: MetricFunction, name: str, fixed: Mapping[str, Any]) -> MetricFunction:
    metric = base.metric if name == base.metric.name else _renamed(base.metric, name)
    function = MetricFunction(metric, base.kind, base.__module__, base._doc, fixed)  # noqa: SLF001
    function.base = base
    function.bind({}, {})  # fixed values are checked where they are fixed
    return function


def _renamed(metric: Metric, name: str) -> Metric:
    return Metric(**{**vars(metric), "name": name})


def metric_tweak(name: str, metric: Any, /, **arguments: Any) -> Any:
    """Make another metric of a metric, under another name and with some arguments fixed.

    Parameters
    ----------
    name
        What the result's `.metric` will say.
    metric
        The metric to start from.
    **arguments
        As in ``metric.tweak``: options of the metric, or what its kind takes for each metric.

    Returns
    -------
    The metric.

    Raises
    ------
    OptionError
        For an argument that the metric does not have, or a value that it cannot take.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> f2 = tm.metric_tweak("f2", tm.f_meas, beta=2)
    >>> df = pl.DataFrame({"obs": ["a", "a", "b"], "pred": ["a", "b", "b"]})
    >>> f2(df, "obs", "pred", event="a")[".metric"].item()
    'f2'
    """
    if not isinstance(metric, MetricFunction):
        raise OptionError(f"metric_tweak: expected a metric such as tm.f_meas; got {metric!r}.")
    if not name or not isinstance(name, str):
        raise OptionError(f"metric_tweak: expected a name for the new metric; got {name!r}.")
    return metric._as(name, arguments)  # noqa: SLF001


def publish(metric: Metric, kind: Kind, formula: Callable[..., Any]) -> MetricFunction:
    """Make the function of a declared metric, and enter it in the registry."""
    if not metric.name.isidentifier():
        raise OptionError(f"a metric needs a name: make it of a function that has one, not {metric.name!r}.")
    one_of("maximize", "minimize", "zero")(metric.name, "direction", metric.direction)
    function = MetricFunction(metric, kind, formula.__module__, inspect.getdoc(formula) or "")
    register(metric.name, function)
    return function


def own_options(formula: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Give the keyword-only parameters of a formula: the metric's own options."""
    parameters = inspect.signature(formula).parameters.values()
    return {p.name: p for p in parameters if p.kind is p.KEYWORD_ONLY}
