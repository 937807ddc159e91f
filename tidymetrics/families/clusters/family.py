"""Clustering metrics: external ones compare two partitions of the rows, internal ones read features."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, NA_RM, Argument
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.options import one_of
from tidymetrics.errors import OptionError, listed
from tidymetrics.families.clusters.columns import Features, features_in, frame_of, labels_in
from tidymetrics.frames import ESTIMATE, TRUTH
from tidymetrics.statistics import (
    WAYS,
    CentroidDistances,
    ClusteredRows,
    ClusteredRowsRequest,
    GroupTotals,
    Noise,
    Notes,
    Partitions,
)
from tidymetrics.statistics.influence_of_partitions import movement_of_partitions
from tidymetrics.statistics.silhouettes import Averages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.core.recalled import Recalled
    from tidymetrics.statistics import FeatureSums, FeatureSumsRequest, Reductions
    from tidymetrics.statistics.features import Clusters, ClusterSums
    from tidymetrics.statistics.movable import Movement
    from tidymetrics.typing import Array, Direction

ESTIMATED = Argument(
    "estimate",
    "str",
    "Name of the column of clusters: any labels, of any number.",
    positional=True,
    column="class",
    role=ESTIMATE,
    vector_annotation="Vector",
    vector_text="Vector [n] of clusters: any labels, of any number.",
    flag="the column of predictions",
)
TRUE = replace(
    ESTIMATED,
    name="truth",
    text="Name of the column of true classes; they share no labels with the clusters.",
    role=TRUTH,
    vector_text="Vector [n] of true classes; they share no labels with the clusters.",
    flag="the column of true values",
)
FEATURES = Argument(
    "features",
    "Features",
    "The columns of numbers that the rows were clustered by, as names or a selector, or one column of vectors of one length. "
    "Nothing is scaled: a feature of a larger scale counts for more.",
    positional=True,
    column="number",
    vector_annotation="Any",
    vector_text="The numbers that the rows were clustered by: an array [n, features], or a frame of them.",
    flag="the columns of features, separated by commas",
    reads="list",
)
NOISE = (
    Argument(
        "noise",
        'Literal["drop", "singletons", "cluster"] | None',
        'What becomes of rows in no cluster: "drop" leaves them out, "singletons" makes each a cluster of its own, "cluster" '
        "makes them one cluster. Needed where `estimate` holds the label of noise.",
        None,
        per_metric=True,
        flag="what becomes of rows in no cluster: drop, singletons or cluster",
    ),
    Argument(
        "noise_label",
        "Level",
        "The label of noise; another than -1 is given together with `noise`.",
        -1,
        per_metric=True,
        flag="the label of noise",
        reads="level",
    ),
)


class ClusterFamily(Family):
    """Partitions of rows, judged by a truth or by features."""

    name = "clustering"

    def set_arguments(self) -> tuple[Argument, ...]:
        """Give the arguments of a set: what its members do not read can be left out."""
        truth, estimate = (replace(a, default=None) for a in (TRUE, ESTIMATED))
        features = replace(FEATURES, default=None, positional=False)
        return (truth, estimate, features, BY, NA_RM, CASE_WEIGHTS, *NOISE)

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare labels for the metrics that compare them, and features for those that read them."""
        external = [m for m in metrics if isinstance(m.kind, ExternalKind)]
        internal = [m for m in metrics if not isinstance(m.kind, ExternalKind)]
        _require_fitting(external, internal, call)
        distances = any(m.options.get("distance") == "precomputed" for m in internal)
        if call.vectors:
            call = frame_of(call, distances=distances)
        elif distances:
            raise OptionError('distance: "precomputed" takes a square matrix, which vectors can have: use the form with _vec.')
        if external:
            yield Batch([replace(m, requests=m.kind.requests(m)) for m in external], labels_in(call, ("truth", "estimate")))
        if internal:
            ids = next((m.options["id"] for m in internal if m.options.get("id")), None)
            features = features_in(call, names=ids, positions=any("id" in m.options for m in internal))
            sums = features.sums() if features.columns and any(m.kind.wants_sums(m) for m in internal) else None
            notes = Notes(meta={"options": {"features": list(features.columns)}})
            yield Batch([replace(m, requests=m.kind.stand_on(m, features, sums)) for m in internal], features.rows, notes=notes)

    def recall(self, functions: Sequence[Any], state: Recalled, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Give the labels of a state, and its features where it has sums of these."""
        internal = any(f.kind is INTERNAL for f in functions)
        values: dict[str, Any] = {"estimate": state.column(ESTIMATE, "class")}
        if any(f.kind is EXTERNAL for f in functions):
            values |= {"truth": state.column(TRUTH, "class"), **({} if internal else state.case_weights())}
        if internal:
            names = (state.said("options") or {}).get("features", ["tm_x0"])
            values["features"] = [state.column(name, "number") for name in names]
        return values


def _require_fitting(external: Sequence[BoundMetric], internal: Sequence[BoundMetric], call: Call) -> None:
    if external and call.get("truth") is None:
        raise OptionError(f"truth: name the column of true classes, which {external[0].name} reads.")
    if internal and call.get("features") is None:
        raise OptionError(f"features: name the columns of features, which {internal[0].name} reads.")
    if internal and call.get("case_weights") is not None:
        raise OptionError(f"{internal[0].name} takes no case weights: leave out case_weights=.")


class _ClusterKind(Kind):
    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""
        bound = super().bind(function, arguments, options)
        check_noise(bound.name, bound.arguments, rate=bound.record.statistic == "noise")
        return bound

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Say what this family raises."""
        return {"LevelError": "`estimate` holds -1, and the call does not say what becomes of noise."}


def check_noise(name: str, arguments: Mapping[str, Any], *, rate: bool = False) -> None:
    """Check what a call says of noise."""
    noise, label = arguments.get("noise"), arguments.get("noise_label", -1)
    if noise is not None:
        one_of(*WAYS)(name, "noise", noise)
    if not isinstance(label, (str, int, bool)):
        raise OptionError(f"{name}(noise_label=): expected a label, such as -1; got {label!r}.")
    if noise is None and label != -1 and not rate:
        raise OptionError(f'{name}: noise_label= needs noise=: pass noise="drop", "singletons" or "cluster" with it.')


def noise_of(bound: BoundMetric) -> Noise:
    """Give what a metric is told of noise."""
    return Noise(bound.arguments.get("noise"), bound.arguments.get("noise_label", -1))


@dataclass(frozen=True, eq=False)
class ExternalKind(_ClusterKind):
    """Metrics of two partitions of the rows."""

    def requests(self, bound: BoundMetric) -> tuple[Any, ...]:  # noqa: ARG002
        """All stand on the cells."""
        return (Partitions.request(),)

    def movement(self, bound: BoundMetric, reductions: Reductions) -> Movement | None:
        """Give how the sums of cells move; what chance gives is none."""
        if bound.record.statistic == "chance":
            return None
        made: Partitions = reductions.get(bound.requests[0])
        cells = made.contingency(bound.name, noise_of(bound), rate=bound.record.statistic == "noise")
        return movement_of_partitions(made, cells, reductions)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Apply a formula to the cells, once noise is what the call says."""
        made: Partitions = reductions.get(bound.requests[0])
        if bound.record.statistic in {"pairs", "chance"}:
            made.require_whole(bound.name)
        cells = made.contingency(bound.name, noise_of(bound), rate=bound.record.statistic == "noise")
        return Outcome(bound.record.apply(cells, bound.options, made.totals.n.shape), "standard", made.totals)


@dataclass(frozen=True, eq=False, repr=False)
class ScoredRows:
    """The rows whose distances a formula takes."""

    name: str
    features: Array
    """[rows, columns], or a square matrix of distances"""
    clusters: Clusters


@dataclass(frozen=True, eq=False, repr=False)
class Spread:
    """Clusters, and how far their rows are from the centroids."""

    sums: ClusterSums
    distances: Array | None
    """[clusters]; None where squares say it"""


@dataclass(frozen=True, eq=False)
class InternalKind(_ClusterKind):
    """Metrics of clusters and features."""

    noise_ways: ClassVar[tuple[str, ...]] = WAYS

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Refuse singletons where they have no value."""
        bound = super().bind(function, arguments, options)
        if bound.arguments.get("noise") == "singletons" and bound.record.statistic != "silhouettes":
            raise OptionError(
                f'{bound.name}: singletons have no spread; pass noise="drop" or noise="cluster", or score silhouette_avg.'
            )
        return bound

    def wants_sums(self, bound: BoundMetric) -> bool:
        """Tell whether a metric stands on sums."""
        return bound.record.statistic in {"sums", "spread"}

    def stand_on(self, bound: BoundMetric, features: Features, sums: FeatureSumsRequest | None) -> tuple[Any, ...]:
        """Give the statistics that a metric stands on, its totals first."""
        totals = GroupTotals.request((ESTIMATE, *features.columns))
        if sums is None or not self.wants_sums(bound):
            beside = ("tm_row",) if features.matrix is not None else ()
            return (totals, ClusteredRowsRequest(features.columns, beside, features.matrix))
        more = (CentroidDistances(sums),) if bound.record.statistic == "spread" and bound.options["q"] == 1 else ()
        return (totals, sums, *more)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Apply a formula to sums or rows, once noise is what the call says."""
        totals: GroupTotals = reductions.get(bound.requests[0])
        made: FeatureSums | ClusteredRows = reductions.get(bound.requests[1])
        code = noise_of(bound).code(bound.name, made.labels.values, made.labels.codes)
        how = bound.arguments.get("noise") or "cluster"
        if isinstance(made, ClusteredRows):
            features, clusters, _ = made.clusters(code, how)
            found = bound.record.formula(ScoredRows(bound.name, features, clusters), **bound.options)
            error = found.std_error if isinstance(found, Averages) and bound.options.get("sample") is not None else None
            values = found.value if isinstance(found, Averages) else found
            return Outcome(values, "standard", totals, std_error=error)
        sums, kept = made.without(code if how == "drop" else None)
        given: Any = sums
        if bound.record.statistic == "spread":
            given = Spread(sums, reductions.get(bound.requests[2])[kept] if bound.options["q"] == 1 else None)
        return Outcome(bound.record.apply(given, bound.options, totals.n.shape), "standard", totals)


FAMILY = ClusterFamily()
EXTERNAL = ExternalKind(
    name="clustering",
    title="Clusters against a truth",
    family=FAMILY,
    arguments=(TRUE, ESTIMATED, BY, NA_RM, CASE_WEIGHTS, *NOISE),
    predicted="the column of clusters",
).register()
INTERNAL = InternalKind(
    name="clustering_internal",
    title="Clusters and features",
    family=FAMILY,
    arguments=(ESTIMATED, FEATURES, BY, NA_RM, *NOISE),
    predicted="the column of clusters",
).register()


def _declare(kind: Kind, statistic: str, undefined: str, **known: Any) -> Callable[[Callable[..., Any]], MetricFunction]:
    def declare(formula: Callable[..., Any]) -> MetricFunction:
        metric = Metric(
            name=formula.__name__,
            kind=kind.name,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            statistic=statistic,
            undefined=undefined,
            options=own_options(formula),
            weighted=kind is EXTERNAL,
            **known,
        )
        return publish(metric, kind, formula)

    return declare


def external_metric(
    statistic: str = "cells",
    *,
    direction: Direction = "maximize",
    range: tuple[float, float] = (0, 1),  # noqa: A002
    undefined: str = "all rows are noise",
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of a formula of `Contingency`.

    "pairs" need whole weights, and so does "chance", whose expectation is no sum of cells; "noise" needs nothing said of it.
    """
    return _declare(EXTERNAL, statistic, undefined, direction=direction, range=range, checks=checks or {})


def internal_metric(
    statistic: str,
    *,
    direction: Direction,
    range: tuple[float, float],  # noqa: A002
    undefined: str,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
    growth: float = 0.0,
    no_interval: str = "",
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of a formula of `ClusterSums` ("sums"), `Spread` ("spread") or `ScoredRows` ("rows", "silhouettes")."""
    known = {"direction": direction, "range": range, "checks": checks or {}, "growth": growth, "no_interval": no_interval}
    return _declare(INTERNAL, statistic, undefined, **known)


def cluster_vector(function: Any) -> VectorFunction:
    """Give the form of a clustering metric that takes vectors."""
    return VectorFunction(function)


def names_of_rows(given: Any) -> tuple[str, ...] | None:
    """Read the columns that name rows."""
    if given is None or isinstance(given, str):
        return None if given is None else (given,)
    if not isinstance(given, (list, tuple)) or not given:
        raise OptionError(f"id: expected names of columns; got {listed([given], 1)}.")
    return tuple(given)
