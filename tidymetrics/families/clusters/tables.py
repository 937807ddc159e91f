"""Tables of clusterings: cells, pairs of rows, the silhouette of each row, and the squares of each cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.call import Call
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.options import one_of
from tidymetrics.core.results import build_cells, labels_of
from tidymetrics.core.score import score, warn_undefined
from tidymetrics.errors import EngineError, OptionError
from tidymetrics.families.clusters.family import (
    EXTERNAL,
    INTERNAL,
    ExternalKind,
    InternalKind,
    ScoredRows,
    check_noise,
    names_of_rows,
    noise_of,
)
from tidymetrics.families.clusters.internal import require_few
from tidymetrics.frames import ESTIMATE, TRUTH, recognise
from tidymetrics.statistics import ClusteredRows, ClusteredRowsRequest, FeatureSums, GroupTotals, Partitions
from tidymetrics.statistics.agreement import PairCounts
from tidymetrics.statistics.silhouettes import DISTANCES, row_silhouettes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.families.clusters.columns import Features
    from tidymetrics.statistics import FeatureSumsRequest, Reductions
    from tidymetrics.typing import By, Codes, Level
    from tidymetrics.typing import Features as FeatureColumns


def _built(columns: Mapping[str, Any], reductions: Reductions, group: Codes) -> Any:
    """Build a table whose rows are of these groups."""
    rows = reductions.frame_rows
    groups = reductions.known_groups
    return build_cells(columns, groups[group] if rows.grouped else groups, rows.origin)


@dataclass(frozen=True, eq=False)
class _Cells(ExternalKind):
    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Give the cells that hold rows."""
        made: Partitions = reductions.get(bound.requests[0])
        cells = made.contingency(bound.name, noise_of(bound))
        rows = reductions.frame_rows
        weight = cells.weight if rows.weighted else cells.weight.astype(np.int64)
        columns = {
            rows.named(TRUTH): labels_of(made.truth.values, cells.truth),
            rows.named(ESTIMATE): labels_of(made.estimate.values, cells.estimate),
            ".n": weight,
        }
        if len(columns) < 3:
            raise OptionError("contingency: truth and estimate are one column; pass two.")
        return _built(columns, reductions, cells.group)


@dataclass(frozen=True, eq=False)
class _Pairs(ExternalKind):
    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Count pairs of rows that are together in both partitions, in one, in none."""
        made: Partitions = reductions.get(bound.requests[0])
        made.require_whole(bound.name)
        table = PairCounts.of(made.contingency(bound.name, noise_of(bound))).table()  # [groups, 4]
        n = len(table)
        columns = {
            ".same_truth": np.tile([True, True, False, False], n),
            ".same_estimate": np.tile([True, False, True, False], n),
            ".n": table.reshape(-1),
        }
        return _built(columns, reductions, np.repeat(np.arange(n), 4))


@dataclass(frozen=True, eq=False)
class _Squares(InternalKind):
    def wants_sums(self, bound: BoundMetric) -> bool:  # noqa: ARG002
        """It stands on sums."""
        return True

    def stand_on(self, bound: BoundMetric, features: Features, sums: FeatureSumsRequest | None) -> tuple[Any, ...]:  # noqa: ARG002
        """Give the sums."""
        return (GroupTotals.request((ESTIMATE, *features.columns)), sums)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Give the rows and squares of each cluster."""
        made: FeatureSums = reductions.get(bound.requests[1])
        code = noise_of(bound).code(bound.name, made.labels.values, made.labels.codes)
        sums, kept = made.without(code if bound.arguments["noise"] == "drop" else None)
        labels = labels_of(made.labels.values, made.labels.codes[kept])
        return _built({".cluster": labels, ".n": sums.n.astype(np.int64), ".wss": sums.within}, reductions, sums.group)


@dataclass(frozen=True, eq=False)
class _Widths(InternalKind):
    def wants_sums(self, bound: BoundMetric) -> bool:  # noqa: ARG002
        """It stands on rows."""
        return False

    def stand_on(self, bound: BoundMetric, features: Features, sums: FeatureSumsRequest | None) -> tuple[Any, ...]:  # noqa: ARG002
        """Give the rows, with what names them."""
        names = bound.options["id"]
        beside = ("tm_row",) if names is None else tuple(f"tm_id{i}" for i in range(len(names)))
        if names is None and not features.rows.embedded:
            raise EngineError("silhouette: the engine's rows have no order; name the columns that tell them apart with id=.")
        return (GroupTotals.request((ESTIMATE, *features.columns)), ClusteredRowsRequest(features.columns, beside))

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Give the silhouette of each row that is scored."""
        made: ClusteredRows = reductions.get(bound.requests[1])
        how = bound.arguments["noise"] or "cluster"
        code = noise_of(bound).code(bound.name, made.labels.values, made.labels.codes)
        features, clusters, at = made.clusters(code, how)
        distance = bound.options["distance"]
        require_few(ScoredRows(bound.name, features, clusters), distance, None)
        found = row_silhouettes(features, clusters, distance=distance)
        lost = np.isnan(found.width)
        if lost.any():
            warn_undefined(f"{bound.name} is undefined in {int(lost.sum())} rows: there is one cluster, or as many as rows.")
        # the code of a singleton stands behind those of the labels, and is noise
        codes = np.append(np.arange(len(made.labels.values)), -1 if code is None else code)
        nearest = np.append(clusters.code, -1)[found.neighbor]  # [rows]
        neighbor = np.where(nearest < 0, -1, codes[np.minimum(nearest, len(codes) - 1)])
        table = made.table[at]
        columns: dict[str, Any] = {} if bound.options["id"] else {".row": table.get_column("tm_row").cast(int)}
        columns |= {
            ".cluster": labels_of(made.labels.values, made.labels.codes[at]),
            ".neighbor": labels_of([*made.labels.values, None], np.where(neighbor < 0, len(made.labels.values), neighbor)),
            ".sil_width": found.width,
        }
        rows = reductions.frame_rows
        groups, origin = table, rows.origin
        names = bound.options["id"] or ()
        outer = len(origin.keys) - len(names)
        if names:
            groups = table.rename({f"tm_id{i}": f"tm_name{i}" for i in range(len(names))})
            chosen = {f"tm_k{i}": groups.get_column(f"tm_k{i}") for i in range(outer)}
            chosen |= {f"tm_k{outer + i}": groups.get_column(f"tm_name{i}") for i in range(len(names))}
            groups = type(table)(chosen)
        return build_cells(columns, groups, origin)


def _kind(kind: Any, base: Any, name: str, title: str) -> Any:
    return kind(name=name, title=title, family=base.family, arguments=base.arguments, predicted=base.predicted)


_CELLS = _kind(_Cells, EXTERNAL, "contingency", "Cells of two partitions")
_PAIRS = _kind(_Pairs, EXTERNAL, "pair_confusion", "Pairs of rows")
_SQUARES = _kind(_Squares, INTERNAL, "sse_within", "Squares of clusters")
_WIDTHS = _kind(_Widths, INTERNAL, "silhouette", "Silhouettes of rows")


def _table(kind: Any, data: Any, by: By, values: dict[str, Any], options: Mapping[str, Any] | None = None) -> Any:
    said = {name: values[name] for name in ("noise", "noise_label")}
    check_noise(kind.name, said)
    if said["noise"] == "singletons" and kind in {_CELLS, _SQUARES}:
        raise OptionError(f'{kind.name}: singletons have no label of their own; pass noise="drop" or noise="cluster".')
    bound = BoundMetric(kind.name, kind, None, options or {}, {"na_rm": True, **said})
    return score([bound], Call(recognise(data, by), values))


def contingency(
    data: Any,
    truth: str,
    estimate: str,
    *,
    by: By = None,
    case_weights: str | None = None,
    noise: str | None = None,
    noise_label: Level = -1,
) -> Any:
    """Count the rows of each class and cluster.

    Parameters
    ----------
    data, truth, estimate, by, case_weights, noise, noise_label
        As for `adjusted_rand_index`. Rows in which one of the columns is missing are not counted.

    Returns
    -------
    A frame in the same library as the input, one row per cell that holds rows: the keys, truth and estimate under their own
    names, `.n`.

    Raises
    ------
    LevelError, ColumnNotFoundError, WeightError
        As for `adjusted_rand_index`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.contingency(df, "truth", "cluster").rows()
    [('A', 0, 2), ('A', 1, 1), ('B', 1, 1), ('B', 2, 2)]
    """
    values = {"truth": truth, "estimate": estimate, "case_weights": case_weights, "noise": noise, "noise_label": noise_label}
    return _table(_CELLS, data, by, values)


def pair_confusion(
    data: Any,
    truth: str,
    estimate: str,
    *,
    by: By = None,
    case_weights: str | None = None,
    noise: str | None = None,
    noise_label: Level = -1,
) -> Any:
    """Count the pairs of rows that are together in truth, in the clusters, in both or in none.

    Each pair counts once, in no order.

    Parameters
    ----------
    data, truth, estimate, by, case_weights, noise, noise_label
        As for `adjusted_rand_index`.

    Returns
    -------
    A frame in the same library as the input, four rows per group: the keys, `.same_truth`, `.same_estimate`, `.n`.

    Raises
    ------
    LevelError, ColumnNotFoundError, WeightError
        As for `adjusted_rand_index`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"truth": list("AAABBB"), "cluster": [0, 0, 1, 1, 2, 2]})
    >>> tm.pair_confusion(df, "truth", "cluster")[".n"].to_list()
    [2.0, 4.0, 1.0, 8.0]
    """
    values = {"truth": truth, "estimate": estimate, "case_weights": case_weights, "noise": noise, "noise_label": noise_label}
    return _table(_PAIRS, data, by, values)


def silhouette(
    data: Any,
    estimate: str,
    features: FeatureColumns,
    *,
    by: By = None,
    id: str | list[str] | None = None,  # noqa: A002
    distance: str = "euclidean",
    noise: str | None = None,
    noise_label: Level = -1,
) -> Any:
    """Give the silhouette of each row: how much closer it is to its own cluster than to the next.

    Parameters
    ----------
    data, estimate, features, by, noise, noise_label
        As for `silhouette_avg`. Rows in which something is missing have no silhouette.
    id
        The columns that name the rows, in place of their positions; engines, whose rows have no order, need it.
    distance
        "euclidean", "sqeuclidean", "manhattan" or "cosine".

    Returns
    -------
    A frame in the same library as the input, one row per row that is scored, in their order: the keys, `.row` (the position) or
    the columns of `id`, `.cluster`, `.neighbor` (the nearest other cluster), `.sil_width` (null in a group of one cluster).

    Raises
    ------
    LevelError, ColumnNotFoundError, OptionError
        As for `silhouette_avg`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.silhouette(df, "cluster", ["x"]).rows()[:2]
    [(0, 'a', 'b', 0.8), (1, 'a', 'b', 0.75)]
    """
    one_of(*DISTANCES)("silhouette", "distance", distance)
    values = {"estimate": estimate, "features": features, "noise": noise, "noise_label": noise_label}
    return _table(_WIDTHS, data, by, values, {"id": names_of_rows(id), "distance": distance})


def sse_within(
    data: Any, estimate: str, features: FeatureColumns, *, by: By = None, noise: str | None = None, noise_label: Level = -1
) -> Any:
    """Give the rows of each cluster, and the squares of their distances to its centroid.

    Parameters
    ----------
    data, estimate, features, by, noise, noise_label
        As for `sse_within_total`.

    Returns
    -------
    A frame in the same library as the input, one row per cluster: the keys, `.cluster`, `.n`, `.wss`.

    Raises
    ------
    LevelError, ColumnNotFoundError, OptionError
        As for `sse_within_total`.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"x": [0, 1, 4, 6], "cluster": ["a", "a", "b", "b"]})
    >>> tm.sse_within(df, "cluster", ["x"]).rows()
    [('a', 2, 0.5), ('b', 2, 2.0)]
    """
    values = {"estimate": estimate, "features": features, "noise": noise, "noise_label": noise_label}
    return _table(_SQUARES, data, by, values)
