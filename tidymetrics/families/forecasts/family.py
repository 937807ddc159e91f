"""Forecasts of whole distributions: a column for each member, each coordinate of a member, or each parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.errors import OptionError, listed
from tidymetrics.frames import WEIGHT, Role, pairs_of_vectors, spread_lists
from tidymetrics.statistics import GroupTotals, RowScores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.statistics import Reductions
    from tidymetrics.typing import Direction

PARAMETERS = {
    "normal": ("mean", "sd"),
    "lognormal": ("meanlog", "sdlog"),
    "student": ("df", "location", "scale"),
    "poisson": ("mean",),
    "negative_binomial": ("size", "prob"),
}
"""The parameters of each distribution, in the order of the columns."""


class Forecasts(Family):
    """What the families of forecasts share: columns of truth and of forecasts, and a score of each row."""

    def columns_of(self, metric: BoundMetric, names: Sequence[str], keys: Sequence[Any]) -> tuple[int, ...]:  # noqa: ARG002
        """Say which of the columns of forecasts a metric reads."""
        return tuple(range(len(names)))

    def truths(self, call: Call) -> tuple[list[Any], list[Any]]:
        """Give the columns of truth, and of forecasts by position: names, or vectors."""
        return [call.get("truth")], _listed(call.get("estimate"))

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the columns; a mapping names what each is."""
        if not call.vectors and isinstance(call.get("estimate"), str) and self.takes_lists:
            frame, names = spread_lists(call.input, call.get("estimate"))
            call = replace(call, frame=frame).having(estimate=names)
        estimate = call.get("estimate")
        keys = list(estimate) if isinstance(estimate, Mapping) else []
        truth, forecast = self.truths(call)
        if call.vectors:
            vectors = {f"truth {i + 1}": v for i, v in enumerate(truth)}
            vectors |= {f"estimate {i + 1}": v for i, v in enumerate(forecast)}
            call = call.as_frame(("case_weights",), {"truth": None, "estimate": None}, vectors)
            truth, forecast = ([name for name in vectors if name.startswith(part)] for part in ("truth", "estimate"))
        if not forecast or not all(isinstance(name, str) for name in (*truth, *forecast)):
            raise OptionError(f"estimate: expected the names of columns of forecasts; got {estimate!r}.")
        roles = [Role(f"tm_y{i}", "truth", name, "number") for i, name in enumerate(truth)]
        roles += [Role(f"tm_f{i}", "estimate", name, "number") for i, name in enumerate(forecast)]
        weights = call.get("case_weights")
        roles += [] if weights is None else [Role(WEIGHT, "case_weights", weights, "number")]
        rows = call.prepare(roles)
        made = []
        for metric in metrics:
            read = tuple(f"tm_f{i}" for i in self.columns_of(metric, forecast, keys))
            scores = RowScores(
                metric.record.formula, tuple(f"tm_y{i}" for i in range(len(truth))), read, tuple(metric.options.items())
            )
            made.append(replace(metric, requests=(GroupTotals.request(scores.reads), scores)))
        yield Batch(made, rows)

    takes_lists: ClassVar[bool] = False

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Give the columns of a state, as many as it names."""
        named = {name for meta in state.stated.metas.values() for name in (meta.get("columns") or {})}
        truth, forecast = (
            [
                state.column(f"tm_{side}{i}", "number")
                for i in range(sum(name[0] == side and name[1:].isdigit() for name in named))
            ]
            for side in ("y", "f")
        )
        return {**self.called(truth, forecast), **state.case_weights()}

    def called(self, truth: list[str], forecast: list[str]) -> dict[str, Any]:
        """Give columns as a call names them."""
        return {"truth": truth[0] if truth else "truth", "estimate": forecast}


def _listed(given: Any) -> list[Any]:
    """Give columns, or vectors, one by one."""
    if isinstance(given, str):
        return [given]
    if hasattr(given, "columns") and hasattr(given, "to_numpy"):
        given = given.to_numpy()
    if isinstance(given, Mapping):
        return list(given.values())
    if isinstance(given, (list, tuple)) and all(isinstance(name, str) for name in given):
        return list(given)
    made = pairs_of_vectors(given)
    return list(made)


class Ensembles(Forecasts):
    """Members of an ensemble."""

    name = "ensemble"
    takes_lists = True


class EnsemblesOfVectors(Forecasts):
    """Members of an ensemble that have several coordinates."""

    name = "ensemble_of_vectors"

    def truths(self, call: Call) -> tuple[list[Any], list[Any]]:
        """Give the coordinates of truth, and those of each member, one member after the other."""
        truth, estimate = _listed(call.get("truth")), call.get("estimate")
        if getattr(estimate, "ndim", 0) == 3:  # [rows, members, coordinates]
            estimate = [estimate[:, i] for i in range(estimate.shape[1])]
        if isinstance(estimate, (str, Mapping)) or not isinstance(estimate, Sequence):
            raise OptionError(f"estimate: expected a list with the columns of each member; got {estimate!r}.")
        members = [_listed(member) for member in estimate]
        if wrong := [member for member in members if len(member) != len(truth)]:
            raise OptionError(
                f"estimate: expected {len(truth)} columns of each member, as many as truth has; one has {len(wrong[0])}."
            )
        return truth, [column for member in members for column in member]

    def called(self, truth: list[str], forecast: list[str]) -> dict[str, Any]:
        """Give the columns of each member in a list of its own."""
        n = max(len(truth), 1)
        return {"truth": truth, "estimate": [forecast[i : i + n] for i in range(0, len(forecast), n)]}


class Distributions(Forecasts):
    """Parameters of a distribution."""

    name = "distribution"

    def columns_of(self, metric: BoundMetric, names: Sequence[str], keys: Sequence[Any]) -> tuple[int, ...]:
        """Find the column of each parameter."""
        wanted = PARAMETERS[metric.options["distribution"]]
        what = f'{metric.name}(distribution="{metric.options["distribution"]}")'
        if keys:
            if set(keys) != set(wanted):
                raise OptionError(f"estimate: {what} has the parameters {listed(wanted)}; got {listed(keys)}.")
            return tuple(keys.index(name) for name in wanted)
        if len(names) != len(wanted):
            raise OptionError(f"estimate: {what} takes {len(wanted)} columns, {listed(wanted)}; got {len(names)}.")
        return tuple(range(len(names)))


@dataclass(frozen=True, eq=False)
class ForecastKind(Kind):
    """Metrics that are the mean of a score of each row's forecast."""

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Give the mean."""
        return Outcome(reductions.get(bound.requests[1]), "standard", reductions.get(bound.requests[0]))


def _arguments(truth: str, estimate: str, vectors: tuple[str, str], annotation: str) -> tuple[Argument, ...]:
    return (
        Argument(
            "truth",
            "Sequence[str]" if truth.startswith("The columns") else "str",
            truth,
            positional=True,
            column="number",
            vector_annotation="Vector",
            vector_text=vectors[0],
        ),
        Argument(
            "estimate",
            annotation,
            estimate,
            positional=True,
            column="number",
            vector_annotation="Vector",
            vector_text=vectors[1],
        ),
        BY,
        NA_RM,
        CASE_WEIGHTS,
    )


_TRUTH = "Name of the column of true numbers."
_VECTOR = "Vector [n] of true numbers."
ENSEMBLE = ForecastKind(
    name="ensemble",
    title="Ensembles",
    family=Ensembles(),
    arguments=_arguments(
        _TRUTH,
        "The columns of the members; or the name of one column of lists, as long in each row.",
        (_VECTOR, "The members: an array [n, members], or a list of vectors."),
        "Sequence[str] | str",
    ),
    predicted="the columns of the members",
).register()
OF_VECTORS = ForecastKind(
    name="ensemble_of_vectors",
    title="Ensembles of vectors",
    family=EnsemblesOfVectors(),
    arguments=_arguments(
        "The columns of the coordinates of truth.",
        "A list with the columns of the coordinates of each member.",
        (
            "An array [n, coordinates], or a list of vectors, one for each coordinate.",
            "The members: an array [n, members, coordinates], or a list with what truth takes of each member.",
        ),
        "Sequence[Sequence[str]]",
    ),
    predicted="the columns of the members",
).register()
DISTRIBUTION = ForecastKind(
    name="distribution",
    title="Distributions by their parameters",
    family=Distributions(),
    arguments=_arguments(
        _TRUTH,
        "The columns of the parameters: a list in their order, or a mapping {parameter: column}.",
        (_VECTOR, "The parameters: a mapping {parameter: vector}, or a list of vectors in their order."),
        "Sequence[str] | Mapping[str, str]",
    ),
    predicted="the columns of the parameters",
).register()


def forecast_metric(
    kind: Kind,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str = "",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of forecasts of a score of rows.

    Parameters
    ----------
    kind
        `ENSEMBLE`, `OF_VECTORS` or `DISTRIBUTION`: what the columns of forecasts are.
    direction
        "maximize", "minimize" or "zero": which way is better.
    range
        The least and the greatest value.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    checks
        For each option the function that refuses wrong values of it.

    Returns
    -------
    A decorator for a function of truth [rows, coordinates] and forecasts [rows, columns] that gives the score of each row; its
    keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import numpy as np
    >>> from tidymetrics.families.forecasts.family import ENSEMBLE, forecast_metric
    >>> @forecast_metric(ENSEMBLE, direction="minimize", range=(0, float("inf")))
    ... def error_of_the_median_doc(truth, members):
    ...     "The mean absolute error of the members' median."
    ...     return np.abs(np.median(members, axis=1) - truth[:, 0])
    >>> import polars as pl
    >>> df = pl.DataFrame({"y": [1.0, 2.0], "m1": [1.0, 1.0], "m2": [3.0, 3.0]})
    >>> error_of_the_median_doc(df, "y", ["m1", "m2"])[".estimate"].item()
    0.5
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=kind.name,
            direction=direction,
            range=range,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            statistic=RowScores,
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, kind, formula)

    return declare


def forecast_vector(function: Any) -> VectorFunction:
    """Give the form of a metric of forecasts that takes vectors."""
    return VectorFunction(function)
