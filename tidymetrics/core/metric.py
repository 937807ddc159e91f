"""What is known about a metric, the registry of all of them, and a metric with its arguments: pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

from tidymetrics.core.registry import Registry
from tidymetrics.errors import EstimatorError, OptionError, nearest

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable, Mapping

    from tidymetrics.typing import Direction


def keep_options(options: Mapping[str, Any], _levels: Any) -> Mapping[str, Any]:
    """Give the options of a loss that takes nothing of the levels."""
    return options


@dataclass(frozen=True, repr=False)
class Metric:
    """One metric: a formula over a statistic, and what is known about its values."""

    name: str
    kind: str
    direction: Direction
    range: tuple[float, float] | None
    estimators: tuple[str, ...]
    formula: Callable[..., Any] = field(compare=False)
    statistic: Any = field(compare=False)
    """What the formula's first argument is: a class of statistics, or a function of the options that gives a request."""
    undefined: str = ""
    """When the value is undefined, as the end of "undefined where ..."."""
    average: str = "drop"
    """Whether an average over levels drops undefined levels or keeps them, and is undefined itself."""
    symmetric: bool = False
    """Whether both choices of the event give the same value."""
    needs_order: Callable[[Mapping[str, Any]], bool] = field(default=lambda _: False, compare=False)
    """Whether the options make the value depend on the order of three or more levels."""
    transform: Callable[[Any], Any] | None = field(default=None, compare=False)
    """What finishes a mean of row values, such as a square root."""
    loss: Callable[..., Any] | None = field(default=None, compare=False)
    """The function of row values that several metrics finish the mean of, in place of the formula."""
    areas: tuple[str, ...] = ()
    """Of ranked scores, the areas that the formula takes."""
    error_scale: float | None = None
    """How many times as far off as its area the value can be where scores are cut into bins; None where nobody knows."""
    fixed_average: str | None = None
    """The average over levels of a metric that has no estimators."""
    bind_levels: Callable[[Mapping[str, Any], Any], Mapping[str, Any]] = field(default=keep_options, compare=False)
    """Makes what a loss takes of the options and the levels."""
    per_group: bool = False
    """Whether the formula is a plain function of vectors, called group by group."""
    weighted: bool = True
    """Whether it takes case weights."""
    choices: tuple[str, ...] = ()
    """The estimators that can be asked for: "per_class" too, where each level has a value of its own."""
    target: float | Callable[[Mapping[str, Any]], float] | None = field(default=None, compare=False)
    """For direction "target" the best value: a number, or a function of the options."""
    bounded: bool = True
    """Of class probabilities: whether others than those from 0 to 1 are refused."""
    baseline: str | None = None
    """The baseline of its own that a metric has, in place of that of its kind."""
    keeps_gaps: bool = False
    """Whether rows without a prediction count."""
    with_weight: bool = False
    """Whether a formula over events takes the weight [groups] of the rows first."""
    options: Mapping[str, inspect.Parameter] = field(default_factory=dict, compare=False)
    checks: Mapping[str, Callable[[str, str, Any], None]] = field(default_factory=dict, compare=False)
    degree: int | Callable[[Mapping[str, Any]], int] | None = field(default=None, compare=False)
    """By which power of their unit the value grows with truth and estimate, or a function of the options; None if by none."""
    apart: bool = False
    """Whether truth and estimate may each have a unit of its own."""
    interval_range: tuple[float, float] | None = None
    """Where the values can really lie, where the declared range says otherwise."""
    row_order: Callable[[Mapping[str, Any], bool], bool] = field(default=lambda _options, _weighted: False, compare=False)
    """Whether the value depends on the order of rows, given the options and whether there are weights."""

    @property
    def reads_levels(self) -> bool:
        """Whether a loss takes the names of the levels, and not their number alone."""
        return self.bind_levels is not keep_options

    def __repr__(self) -> str:
        """Say it in one line."""
        reach = "" if self.range is None else f", range [{self.range[0]:.4g}, {self.range[1]:.4g}]"
        article = "an" if self.kind[0] in "aeiou" else "a"
        aim = f" {self.target:.4g}" if isinstance(self.target, (int, float)) else ""
        return (
            f"{self.name}: {article} {self.kind} metric, {self.direction}{aim}{reach}; estimators {', '.join(self.estimators)}"
        )

    def target_of(self, options: Mapping[str, Any]) -> float:
        """Give the value that is best, for directions "zero" and "target"."""
        if callable(self.target):
            return float(self.target({**{name: p.default for name, p in self.options.items()}, **options}))
        return 0.0 if self.target is None else float(self.target)

    def goodness(self, value: Any, options: Mapping[str, Any]) -> Any:
        """Turn values so that more is better."""
        if self.direction == "maximize":
            return value
        return -value if self.direction == "minimize" else -abs(value - self.target_of(options))

    @property
    def span(self) -> tuple[float, float]:
        """Where the values can lie: the range of intervals."""
        return self.interval_range or self.range or (-inf, inf)

    def apply(self, statistic: Any, options: Mapping[str, Any], shape: tuple[int, ...]) -> Any:
        """Apply the formula to a statistic whose values have a shape; it must give an array of that shape."""
        values = self.formula(statistic, **options)
        found = getattr(values, "shape", None)
        if found != shape:
            what = type(values).__name__ if found is None else f"an array of shape {list(found)}"
            raise OptionError(
                f"{self.name}: its formula must work element by element, and give an array of shape {list(shape)}, like those "
                f"of its statistic; it gave {what}."
            )
        return values

    def request(self, options: Mapping[str, Any]) -> Any:
        """Return the request of the statistic that the formula stands on."""
        make: Any = getattr(self.statistic, "request", None)
        return self.statistic(options) if make is None else make()

    def require_choice(self, estimator: str | None) -> None:
        """Refuse an estimator that the metric does not have."""
        if estimator is not None and estimator not in self.choices:
            known = f"it has {', '.join(self.choices)}" if self.choices else "it takes none"
            raise EstimatorError(f"{self.name}: there is no estimator {estimator!r} for it; {known}.")

    def __reduce__(self) -> Any:
        """Pickle as the record of a registered metric; formulas are found by its name."""
        known = METRICS.get(self.name)
        if known is None or known.metric is not self:
            raise TypeError(f"the record of {self.name!r} cannot be pickled by itself; pickle the metric.")
        return _record_of, (self.name,)

    def check_options(self, chosen: Mapping[str, Any], also: tuple[str, ...] = ()) -> None:
        """Refuse options that the metric does not have, and values that they cannot take."""
        for name, value in chosen.items():
            if name not in self.options:
                known = [*also, *self.options]
                raise OptionError(
                    f"{self.name}() has no argument {name!r}.{nearest(name, known)} It takes: {', '.join(known)}."
                )
            if name in self.checks:
                self.checks[name](self.name, name, value)


def _record_of(name: str) -> Metric:
    return METRICS[name].metric  # type: ignore[no-any-return]


METRICS: Registry[Any] = Registry()
"""All declared metrics by name: the functions that users call."""


def register(name: str, function: Any) -> None:
    """Enter a metric under its name, once."""
    if not function.__module__.startswith("tidymetrics."):
        METRICS.complete()
    known = METRICS.entered().get(name)
    # running a notebook's cell again replaces its metric
    again = known is not None and known.__module__ == function.__module__ and not known.__module__.startswith("tidymetrics.")
    if known is not None and not again:
        raise OptionError(f"a metric named {name!r} exists already; give this one another name.")
    METRICS[name] = function


@dataclass(frozen=True, eq=False, repr=False)
class BoundMetric:
    """A metric, a curve or a table with all its arguments: ready to be evaluated."""

    name: str
    kind: Any
    """The kind of call, which checks, prepares and finishes it."""
    metric: Metric | None
    """The record; curves and tables have none."""
    options: Mapping[str, Any]
    """The metric's own arguments, defaults included."""
    arguments: Mapping[str, Any]
    """What its kind takes for each metric: `na_rm`, `estimator`, ..."""
    requests: tuple[Any, ...] = ()
    """The statistics that it stands on, once the columns are known."""
    levels: tuple[Any, ...] = ()
    """The levels, where they are known before the pass."""
    members: tuple[BoundMetric, ...] = ()
    """What a metric of metrics is made of."""
    inner: str | None = None
    """The column whose values are the inner groups that it folds into one value."""

    @property
    def record(self) -> Metric:
        """The record of what is a metric."""
        if self.metric is None:
            raise RuntimeError(f"{self.name} is no metric")
        return self.metric
