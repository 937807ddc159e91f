"""The functions that users call: a metric, a curve or a table, on frames or on vectors.

They are objects rather than plain functions because `repr(tm.accuracy)` says what the metric is and `tm.f_meas.tweak`
makes another of it. For everything else that asks (`inspect.signature`, `help`, doctest, pickle) they are functions.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import DATA
from tidymetrics.core.call import Call
from tidymetrics.core.documentation import frame_docstring, vector_docstring
from tidymetrics.core.metric import BoundMetric, Metric, register
from tidymetrics.core.options import one_of
from tidymetrics.core.score import score
from tidymetrics.errors import OptionError, nearest
from tidymetrics.frames import recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidymetrics.core.arguments import Table
    from tidymetrics.core.family import Kind

DIRECTIONS = ("maximize", "minimize", "zero", "target")


class LooksLikeAFunction:
    """Looks like a function to whoever asks.

    Signature and docstring are put together when somebody asks: those of a hundred metrics would be a good part of the time
    that importing the package takes.
    """

    __name__: str
    __qualname__: str

    def __init_subclass__(cls) -> None:
        """Return the docstrings of the functions, not that of their class."""
        super().__init_subclass__()
        cls.__doc__ = LooksLikeAFunction.__dict__["__doc__"]  # type: ignore[method-assign]

    def _named(self, name: str, module: str) -> None:
        self.__name__ = self.__qualname__ = name
        self.__module__ = module

    def _table(self) -> Table:
        raise RuntimeError("a function has a table of arguments")

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return {}

    def _documented(self) -> str:
        return ""

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        """Return the docstring."""
        return self._documented()

    @property
    def __signature__(self) -> inspect.Signature:
        return self._table().signature(list(self._options.values()))

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        """Take part in `inspect.isroutine`, by which help() and doctest tell functions."""
        return self


class FrameFunction(LooksLikeAFunction):
    """A function of a frame."""

    kind: Kind

    @property
    def __signature__(self) -> inspect.Signature:
        return self._table().signature(list(self._options.values()), first=[DATA.name])

    @property
    def leaves(self) -> list[Any]:
        """The functions that it is made of, each with its kind: itself, or the members of a groupwise metric."""
        return list(getattr(self.kind, "members", ())) or [self]

    def read_call(self, args: Sequence[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[BoundMetric]]:
        """Read the arguments of a call, and bind the function with them."""
        values, options = self._table().read(args, given)
        return values, [self.bind(values, options)]

    def state(self, data: Any, *args: Any, bins: int | None = None, score_range: Any = (0.0, 1.0), **given: Any) -> Any:
        """Make the state of the rows: the numbers that the metric stands on, as a frame that is saved and merged.

        Parameters
        ----------
        data, *args, **given
            As in the call; `by` names the keys of the state, such as a day and a segment. What formulas take (`estimator`,
            `event`, `beta`, ...) can be said when the state is finished.
        bins
            A power of two: count scores in so many bins, which depend on the score alone, so that states of all days and
            machines share them. Estimates then have an `.error_bound`. Without it scores are kept one by one, each with its
            class: rows have left in all but name.
        score_range
            The least and the greatest score, for bins.

        Returns
        -------
        A frame in the same library as the input, one row per number: the keys, `.statistic`, `.part`, `.how` (it merges),
        `.truth`, `.predicted`, `.at`, `.time`, `.value` and `.meta`. States that are concatenated are merged.

        Raises
        ------
        StateError
            The metric needs the rows or their order; or there are more scores than a state should hold.

        Examples
        --------
        >>> import polars as pl
        >>> import tidymetrics as tm
        >>> df = pl.DataFrame({"day": [1, 1, 2], "obs": ["a", "b", "b"], "pred": ["a", "b", "a"]})
        >>> state = tm.accuracy.state(df, "obs", "pred", by="day")
        >>> state[".statistic"].unique().to_list(), len(state)
        (['cells'], 3)
        >>> tm.accuracy.finish(state)[".estimate"].round(4).item()
        0.6667
        """
        from tidymetrics.core.states import state_of  # noqa: PLC0415  # not every call makes states

        return state_of(self, data, args, given, bins, score_range)

    def finish(self, state: Any, *, by: Any = None, **given: Any) -> Any:
        """Give what the call on all rows of a state gives.

        Parameters
        ----------
        state
            A state, or several of them concatenated, in any library; also one made by SQL.
        by
            The keys of the result: some of those of the state, or all. By default one group.
        **given
            What formulas take: `estimator`, `na_rm`, `event` or `event_level`, `levels`, and the metric's options.

        Returns
        -------
        What the call gives, in the same library as the state.

        Raises
        ------
        StateError
            The state does not hold what the metric stands on, or is of states that cannot be one.

        Examples
        --------
        >>> import polars as pl
        >>> import tidymetrics as tm
        >>> df = pl.DataFrame({"day": [1, 1, 2], "obs": [1.0, 2.0, 4.0], "pred": [1.0, 3.0, 2.0]})
        >>> state = tm.rmse.state(df, "obs", "pred", by="day")
        >>> tm.rmse.finish(state, by="day")[".estimate"].round(4).to_list()
        [0.7071, 2.0]
        """
        from tidymetrics.core.states import finish_state  # noqa: PLC0415

        return finish_state(self, state, by, given)

    def _split(self, args: tuple[Any, ...], given: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
        """Return the data of a call apart from its other arguments."""
        if args:
            if "data" in given:
                raise OptionError(f"{self.__name__}: data is given twice, by position and by name.")
            return args[0], args[1:]
        if "data" not in given:
            raise OptionError(f"{self.__name__}() lacks 'data': pass a frame first.")
        return given.pop("data"), ()

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:  # noqa: ARG002
        """Join the function with the arguments of a call."""
        raise RuntimeError(f"{self.__name__} binds no arguments")

    def __call__(self, *args: Any, **given: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        data, rest = self._split(args, given)
        values, options = self._table().read(rest, given)
        bound = self.bind(values, options)
        return score([bound], Call(recognise(data, values.pop("by", None)), values))


class MetricFunction(FrameFunction):
    """A metric of dataframes."""

    def __init__(self, metric: Metric, kind: Kind, module: str, doc: str, fixed: Mapping[str, Any] | None = None) -> None:
        self.metric = metric
        self.kind = kind
        self.fixed = dict(fixed or {})
        self.base: MetricFunction | None = None
        self.remake: tuple[Callable[..., Any], str] | None = None
        """For a groupwise metric: the function that makes it, and the column."""
        self.written = doc
        """What the declaration writes of it."""
        self._arguments: Table | None = None
        self._named(metric.name, module)

    def table(self) -> Table:
        """Give the arguments of a call."""
        return self._table()

    def _table(self) -> Table:
        if self._arguments is None:
            self._arguments = self.kind.table(self.metric.name)
        return self._arguments

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return self.metric.options

    def _documented(self) -> str:
        return frame_docstring(self.metric, self.kind, self.written)

    def __call__(self, *args: Any, **given: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        if len(args) < 2 and "truth" not in given:
            data = args[0] if args else given.get("data")
            if self.kind.takes_counts(data):
                return self.kind.score_counts(self, data, {k: v for k, v in given.items() if k != "data"})
        return super().__call__(*args, **given)

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
            Options of the metric (`beta=2`), or what each metric of a set may have a value of its own for (`estimator=`,
            `event_level=`, `event=`, `na_rm=`).

        Returns
        -------
        The metric, of the same name.

        Examples
        --------
        >>> import tidymetrics as tm
        >>> tm.f_meas.tweak(beta=2)
        <f_meas: a class metric, maximize, range [0, 1]; estimators binary, macro, macro_weighted, micro; with beta=2>
        """
        return self.renamed(self.metric.name, arguments)

    def renamed(self, name: str, arguments: Mapping[str, Any]) -> MetricFunction:
        """Make another metric of this one, under another name and with some arguments fixed."""
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
        defaults = {name: p.default for name, p in self.metric.options.items()}
        if not self.fixed:
            self.metric.check_options(options, self.kind.each)
            return self.kind.bind(self, arguments, {**defaults, **options})
        fixed = {name: value for name, value in self.fixed.items() if name in self.metric.options}
        own = {name: value for name, value in self.fixed.items() if name not in self.metric.options}
        chosen = {**options, **fixed}
        self.metric.check_options(chosen, self.kind.each)
        merged = {**arguments, **own}
        if "event" in own and "event_level" not in own:
            merged["event_level"] = "first"
        if "event_level" in own and "event" not in own:
            merged["event"] = None
        return self.kind.bind(self, merged, {**defaults, **chosen})


class VectorFunction(LooksLikeAFunction):
    """The form of a metric, a curve or a table that takes plain vectors."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self.metric = getattr(function, "metric", None)
        self._arguments: Table | None = None
        self._named(f"{function.__name__}_vec", function.__module__)

    def table(self) -> Table:
        """Give the arguments of a call."""
        return self._table()

    def _table(self) -> Table:
        if self._arguments is None:
            self._arguments = self.function.kind.table(self.__name__, vectors=True)
        return self._arguments

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return self.function._options  # type: ignore[no-any-return]  # noqa: SLF001

    def _documented(self) -> str:
        if self.metric is None:
            return self.function.vector_docstring()  # type: ignore[no-any-return]
        return vector_docstring(self.metric, self.function.kind, self.function.written)

    def __call__(self, *args: Any, **given: Any) -> Any:  # noqa: D102  # the instance has a docstring of its own
        values, options = self._table().read(args, given)
        bound = self.function.bind(values, options)
        bound.kind.require_one_value(bound)
        return score([bound], Call(None, values, vectors=True))

    def __repr__(self) -> str:
        return f"<{self.__name__}, on vectors: {self.metric or repr(self.function)[1:-1]}>"

    def __reduce__(self) -> str:
        return self.__name__


def _tweaked(base: MetricFunction, name: str, fixed: Mapping[str, Any]) -> MetricFunction:
    metric = base.metric if name == base.metric.name else Metric(**{**vars(base.metric), "name": name})
    function = MetricFunction(metric, base.kind, base.__module__, base.written, fixed)
    function.base = base
    function.bind({}, {})  # fixed values are checked where they are fixed
    return function


def metric_tweak(name: str, metric: Any, /, **arguments: Any) -> Any:
    """Make another metric of a metric, under another name and with some arguments fixed.

    Parameters
    ----------
    name
        What the result's `.metric` will say.
    metric
        The metric to start from.
    **arguments
        As in ``metric.tweak``: options of the metric, or what each metric of a set may have a value of its own for.

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
    return metric.renamed(name, arguments)


def publish(metric: Metric, kind: Kind, formula: Callable[..., Any]) -> MetricFunction:
    """Make the function of a declared metric, and enter it in the registry."""
    if not metric.name.isidentifier():
        raise OptionError(f"a metric needs a name: make it of a function that has one, not {metric.name!r}.")
    one_of(*DIRECTIONS)(metric.name, "direction", metric.direction)
    if (metric.direction == "target") != (metric.target is not None):
        raise OptionError(
            f'{metric.name}: direction="target" and target= go together; got {metric.direction!r}, {metric.target!r}.'
        )
    function = MetricFunction(metric, kind, formula.__module__, inspect.getdoc(formula) or "")
    register(metric.name, function)
    return function


def own_options(formula: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the keyword-only parameters of a formula: the metric's own options."""
    parameters = inspect.signature(formula).parameters.values()
    return {p.name: p for p in parameters if p.kind is p.KEYWORD_ONLY}
