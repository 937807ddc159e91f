"""Features by cluster: sums that merge, distances to centroids in a second pass, and the rows themselves for all pairs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.frames.engines import is_polars, small
from tidymetrics.frames.prepared import ESTIMATE, ROW, PreparedFrame
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.features import Clusters, ClusterSums, with_singletons
from tidymetrics.statistics.partitions import by_labels, cells_for, coded_texts, label_texts, labels_of, numbers_in
from tidymetrics.statistics.parts import WEIGHT_PART, Parts
from tidymetrics.statistics.requests import Aggregate, MergeableRequest, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import SimpleNamespace

    from tidymetrics.frames.classes import Coded
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes, Mask


def refuse_infinite(rows: PreparedFrame, infinite: Any, columns: Sequence[str]) -> None:
    """Refuse features that have no distance."""
    bad = [rows.named(name) for name, lost in zip(columns, infinite, strict=True) if lost]
    if bad:
        raise OptionError(
            f"features: {bad[0]!r} holds infinite values, which have no distance. Leave these rows out, or make the values "
            "missing."
        )


@dataclass(frozen=True, eq=False, repr=False)
class FeatureSums:
    """The sums of each cluster of each group, with the label of the cluster."""

    sums: ClusterSums
    labels: Coded
    """[clusters], in the order of the sums"""
    cells: pl.Series = field(default_factory=pl.Series)
    """[clusters], the labels as the rows have them; empty where parts were merged"""

    @staticmethod
    def request(columns: tuple[str, ...], point: tuple[float, ...]) -> FeatureSumsRequest:
        """Ask for sums of these columns about a point near the data."""
        return FeatureSumsRequest(columns, point)

    def without(self, code: int | None) -> tuple[ClusterSums, Mask]:
        """Leave out the clusters of a label; give the sums, and which clusters are kept."""
        kept = np.ones(len(self.labels.codes), np.bool_) if code is None else self.labels.codes != code  # [clusters]
        s = self.sums
        by_cluster = {name: getattr(s, name)[kept] for name in ("group", "n", "centroid", "within", "lost")}
        return (s if kept.all() else replace(s, **by_cluster)), kept


@dataclass(frozen=True)
class FeatureSumsRequest(MergeableRequest[FeatureSums]):
    """The request of `FeatureSums`."""

    columns: tuple[str, ...]
    point: tuple[float, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The cluster and the features."""
        return (ESTIMATE, *self.columns)

    @property
    def cells(self) -> tuple[str, ...]:
        """Rows are added up by cluster."""
        return (ESTIMATE,)

    @property
    def label(self) -> str:
        """Parts about different points are parts of one statistic: they are means and squares about these."""
        return f"{type(self).__name__}(columns={self.columns!r})"

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state, whatever the point."""
        return {f"feature sums({'+'.join(map(named, self.columns))})": ""}

    def moved(self, columns: SimpleNamespace) -> list[Any]:
        """Give the features less the point."""
        names = (name.removeprefix("tm_") for name in self.columns)
        return [getattr(columns, name) - at for name, at in zip(names, self.point, strict=True)]

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give counts, sums and squares about the point."""
        wanted = {"n": Aggregate(lambda c: self.moved(c)[0], "count")}
        wanted |= {name: Aggregate(lambda c, i=i: self.moved(c)[i]) for i, name in enumerate(self.columns)}  # type: ignore[misc]
        return {**wanted, "squares": Aggregate(lambda c: reduce(add, (x * x for x in self.moved(c))))}

    def reduce(self, reductions: Reductions) -> FeatureSums:
        """Make the sums; where squares lose digits, measure again about each cluster's centroid."""
        rows = reductions.frame_rows
        found = cells_for(reductions, rows, self)
        labels = labels_of(rows.classes[ESTIMATE], found.table.get_column(ESTIMATE))
        n = numbers_in(found, "n")
        kept = np.flatnonzero((labels.codes >= 0) & (n > 0))
        order = kept[np.lexsort((labels.codes[kept], found.group[kept]))]  # [clusters]
        sums = np.stack([numbers_in(found, name)[order] for name in self.columns], axis=1)  # [clusters, columns]
        refuse_infinite(rows, np.asarray(~np.isfinite(sums)).any(axis=0), self.columns)
        n_groups = len(reductions.known_groups)
        point = np.broadcast_to(np.array(self.point), (n_groups, len(self.point)))
        squares = numbers_in(found, "squares")[order]
        made = ClusterSums.of_sums(n_groups, found.group[order], n[order], point, (sums, squares))
        labels, cells = replace(labels, codes=labels.codes[order]), found.table.get_column(ESTIMATE)[order]
        if made.lost.any():
            within = about_centroids(reductions, self, FeatureSums(made, labels, cells))["squares"]
            made = replace(made, within=np.where(made.n > 1, within, 0.0), lost=np.zeros_like(made.lost))
        return FeatureSums(made, labels, cells)

    def parts(self, reductions: Reductions) -> Parts:
        """Give means and centred squares by cluster; the squares of all columns stand with the first."""
        made = reductions.get(self)
        sums, named = made.sums, label_texts(made.labels)
        mean = sums.point[sums.group] + sums.centroid  # [clusters, columns]
        numbers: list[tuple[str, str, Array]] = [(WEIGHT_PART, "sum", sums.n)]
        for i in range(len(self.columns)):
            numbers.append((f"x{i}", "mean", mean[:, i]))
            numbers.append((f"x{i}*x{i}", "centred", sums.within if i == 0 else np.zeros(len(sums.n))))
        keys = reductions.known_groups[sums.group]
        levels = {(self.label, "predicted"): (made.labels.values, made.labels.typed)}
        found = [
            Parts.of(
                keys,
                {"statistic": self.label, "part": part, "how": how, "predicted": named, "value": pl.Series(values)},
                levels,
            )
            for part, how, values in numbers
        ]
        # groups without a cluster are groups still
        none = {
            "statistic": self.label,
            "part": "groups",
            "how": "sum",
            "value": pl.repeat(0.0, len(reductions.known_groups), eager=True),
        }
        return found[0].together(*found[1:], Parts.of(reductions.known_groups, none))

    def of_parts(self, parts: Parts, reductions: Reductions) -> FeatureSums:
        """Make the sums of merged parts."""
        wide, group = by_labels(parts, reductions)
        at = np.flatnonzero(wide.get_column("predicted").is_not_null().to_numpy())
        labels = coded_texts(wide.get_column("predicted"), *parts.levels.get((self.label, "predicted"), ((), False)))
        order = at[np.lexsort((labels.codes[at], group[at]))]
        n_groups, d = len(reductions.known_groups), len(self.columns)
        point = np.broadcast_to(np.array(self.point), (n_groups, d))  # [groups, columns]

        def number(name: str) -> Array:
            return wide.get_column(name).to_numpy()[order] if name in wide.columns else np.zeros(len(order))

        centroid = np.stack([number(f"x{i}") for i in range(d)], axis=1) - np.array(self.point)  # [clusters, columns]
        within = sum((number(f"x{i}*x{i}") for i in range(d)), np.zeros(len(order)))
        n = number(WEIGHT_PART)
        made = ClusterSums(n_groups, group[order], n, point, centroid, within, np.zeros(len(n), np.bool_))
        return FeatureSums(made, replace(labels, codes=labels.codes[order]))


def about_centroids(reductions: Reductions, request: FeatureSumsRequest, found: FeatureSums) -> dict[str, Array]:
    """Add up squares of distances to centroids, and their roots, in a second pass; each [clusters]."""
    frame = reductions.complete(request.reads)
    return (_in_polars if is_polars(frame) else _in_engine)(reductions, request, found, frame)


def _sums_of_distances(joined: nw.LazyFrame[Any], request: FeatureSumsRequest, by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Add up the distances of rows to the centroids that stand beside them."""
    columns = zip(request.columns, request.point, strict=True)
    apart = [nw.col(x) - at - nw.col(f"tm_c{i}") for i, (x, at) in enumerate(columns)]
    squares = joined.select(*by, squares=reduce(add, (x * x for x in apart)))
    roots = squares.with_columns(roots=nw.col("squares").sqrt())
    return roots.group_by(*by).agg(nw.col("squares").sum(), nw.col("roots").sum())


def _placed(table: pl.DataFrame, at: Codes, n: int) -> dict[str, Array]:
    made = {name: np.zeros(n) for name in ("squares", "roots")}
    for name, sums in made.items():
        sums[at] = table.get_column(name).to_numpy()
    return made


def _in_polars(
    reductions: Reductions, request: FeatureSumsRequest, found: FeatureSums, frame: nw.LazyFrame[Any]
) -> dict[str, Array]:
    """Set number and centroid of its cluster beside each row."""
    rows, sums = reductions.frame_rows, found.sums
    # one group needs no key: to join by two columns takes twice as long
    keys = list(rows.keys) if len(reductions.known_groups) > 1 else []
    centroids = {f"tm_c{i}": sums.centroid[:, i] for i in range(len(request.columns))}
    clusters = reductions.known_groups[sums.group].select(
        *keys, found.cells.alias(ESTIMATE), **{name: pl.Series(values) for name, values in centroids.items()}
    )
    beside = clusters.with_row_index("tm_at").lazy()
    joined = frame.to_native().join(beside, on=[*keys, ESTIMATE], how="left", nulls_equal=True)
    table = rows.collect(_sums_of_distances(nw.from_native(joined), request, ["tm_at"]))
    return _placed(table, table.get_column("tm_at").to_numpy(), len(sums.n))


def _in_engine(
    reductions: Reductions, request: FeatureSumsRequest, found: FeatureSums, frame: nw.LazyFrame[Any]
) -> dict[str, Array]:
    """Make the centroids once more where the rows are, and set them beside each row."""
    rows, sums, labels = reductions.frame_rows, found.sums, found.labels
    keys = list(rows.keys)
    # a null matches nothing in a join, so that each key goes as a string and whether it is missing
    paired = {f"tm_j{i}": nw.col(key).cast(nw.String).fill_null("") for i, key in enumerate(keys)}
    paired |= {f"tm_h{i}": nw.col(key).is_null().cast(nw.Int64) for i, key in enumerate(keys)}
    by = [*paired, ESTIMATE]
    frame = frame.with_columns(**paired)
    moved = {f"tm_c{i}": nw.col(x) - at for i, (x, at) in enumerate(zip(request.columns, request.point, strict=True))}
    means = frame.select(*by, **moved).group_by(*by).agg(*(nw.col(name).mean() for name in moved))
    joined = frame.join(small(means), on=by, how="left")
    table = rows.collect(_sums_of_distances(joined, request, [*keys, ESTIMATE]))
    numbered = reductions.known_groups.with_row_index("tm_group")
    placed = table.select(keys).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
    theirs = labels_of(rows.classes[ESTIMATE], table.get_column(ESTIMATE))
    position = {value: i for i, value in enumerate(labels.values)}
    codes = np.array([position.get(value, -1) for value in theirs.values], np.int64)[theirs.codes]
    size = len(labels.values) + 1
    group = placed.get_column("tm_group").to_numpy().astype(np.int64)
    return _placed(table, np.searchsorted(sums.group * size + labels.codes, group * size + codes), len(sums.n))


@dataclass(frozen=True)
class CentroidDistances(Request["Array"]):
    """The mean distance of each cluster's rows to its centroid [clusters], in the order of `FeatureSums`."""

    sums: FeatureSumsRequest

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """The centroids."""
        return (self.sums,)

    def reduce(self, reductions: Reductions) -> Array:
        """Go over the rows once more."""
        made = reductions.get(self.sums)
        return ratio(about_centroids(reductions, self.sums, made)["roots"], made.sums.n)


@dataclass(frozen=True, eq=False)
class Matrix:
    """A square matrix of distances between the rows of a call of vectors; equal to itself alone."""

    values: Array


@dataclass(frozen=True, eq=False, repr=False)
class ClusteredRows:
    """The complete rows themselves."""

    features: Array
    """[rows, columns], or a square matrix of distances"""
    group: Codes
    """[rows]"""
    labels: Coded
    """[rows]"""
    n_groups: int
    table: pl.DataFrame
    """The columns that were asked for beside: keys, positions or names of the rows."""
    _made: dict[Any, Any] = field(default_factory=dict)

    def clusters(self, code: int | None, how: str) -> tuple[Array, Clusters, Codes]:
        """Give features, clusters and the positions of the rows that are scored, once noise is what the call says."""
        if (code, how) not in self._made:
            at = np.arange(len(self.group))
            labels = self.labels.codes
            if code is not None and how == "drop":
                at = np.flatnonzero(labels != code)
            features = self.features[at] if len(at) < len(labels) else self.features
            chosen, group = labels[at], self.group[at]
            if code is not None and how == "singletons":
                chosen = with_singletons(chosen, chosen == code)
            made = Clusters.of(group if self.n_groups > 1 else None, chosen, self.n_groups)
            self._made[code, how] = features, made, at
        return self._made[code, how]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class ClusteredRowsRequest(Request[ClusteredRows]):
    """The request of `ClusteredRows`; `beside` are further columns to collect."""

    columns: tuple[str, ...]
    beside: tuple[str, ...] = ()
    matrix: Matrix | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The cluster and the features."""
        return (ESTIMATE, *self.columns)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the number of rows, which decides what groups there are."""
        return {"rows": Aggregate(lambda c: c.estimate, "len")}

    def reduce(self, reductions: Reductions) -> ClusteredRows:
        """Collect the rows."""
        rows = reductions.frame_rows
        count = float(reductions.aggregates(self)["rows"].sum())
        chosen = reductions.complete(self.reads).select(*rows.keys, ESTIMATE, *self.columns, *self.beside)
        table, group = reductions.collect_rows(
            chosen,
            "a metric of distances between rows",
            instead="Score a sample of the rows, or use davies_bouldin or calinski_harabasz, which stay in the engine.",
            at_most=count,
        )
        labels = labels_of(rows.classes[ESTIMATE], table.get_column(ESTIMATE))
        features = np.empty((len(table), len(self.columns)), order="F")  # [rows, columns]
        for i, name in enumerate(self.columns):
            features[:, i] = table.get_column(name).to_numpy()
        refuse_infinite(rows, np.asarray(~np.isfinite(features)).any(axis=0), self.columns)
        if self.matrix is not None:
            at = table.get_column(ROW).to_numpy()
            features = self.matrix.values[np.ix_(at, at)]
        return ClusteredRows(features, group, labels, len(reductions.known_groups), table)
