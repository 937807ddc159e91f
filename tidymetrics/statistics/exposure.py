"""What rankings show, without relevance: the first k documents of each query, in any engine that has windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError, listed
from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import DOC, ESTIMATE, QUERY, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.ranked_relevance import bincount
from tidymetrics.statistics.ranking_columns import INSTEAD, check_weights, groups_of
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array

POPULARITY = "tm_popularity"
"""The internal name of the column of shares."""


@dataclass(frozen=True, eq=False, repr=False)
class Shown:
    """What the first k documents of the queries of each group show [groups, ks], with the queries themselves."""

    values: Array
    totals: GroupTotals


@dataclass(frozen=True)
class DocumentsShown(Request[Shown]):
    """The request of the share of a catalog that is among the first k of any query."""

    ks: tuple[int | None, ...]
    catalog: int | None = None

    def reduce(self, reductions: Reductions) -> Shown:
        """Count documents in the engine that holds the rows."""
        return _shown(reductions, *documents_shown(reductions.frame_rows, list(self.ks), self.catalog))


@dataclass(frozen=True)
class InformationShown(Request[Shown]):
    """The request of the mean information of the first k documents."""

    ks: tuple[int | None, ...]

    def reduce(self, reductions: Reductions) -> Shown:
        """Average in the engine that holds the rows, and over queries here."""
        return _shown(reductions, *information_shown(reductions.frame_rows, list(self.ks)))


def _shown(reductions: Reductions, groups: pl.DataFrame, values: Array) -> Shown:
    if not len(groups) and not reductions.frame_rows.grouped:  # no rows at all are one group
        groups, values = pl.DataFrame({"tm_k0": [0]}), np.full((1, values.shape[1]), np.nan)
        none = np.zeros(1)
        reductions.groups = groups
        return Shown(values, GroupTotals(none, none, none))
    reductions.groups = groups
    some = np.ones(len(groups))
    return Shown(values, GroupTotals(some, some, some))


def shown_first(rows: PreparedFrame, k: int | None) -> nw.LazyFrame[Any]:
    """Keep the first k documents of each query: by score, equal ones by document, descending."""
    frame = rows.settle(rows.frame, "a ranking", instead=INSTEAD).filter(~nw.col(ESTIMATE).is_null())
    if k is None:
        return frame
    inner = [*rows.keys, QUERY]
    frame = frame.with_columns(
        tm_negated=-nw.col(ESTIMATE),
        tm_one=nw.lit(1.0).cast(nw.Float64),
        tm_name=nw.col(DOC).rank("ordinal", descending=True).over(*inner),
    )
    frame = frame.with_columns(tm_place=nw.col("tm_one").cum_sum().over(*inner, order_by=["tm_negated", "tm_name"]))
    return frame.filter(nw.col("tm_place") <= k)


def _counted(frame: nw.LazyFrame[Any], names: list[str]) -> nw.LazyFrame[Any]:
    return frame.group_by(*names).agg(nw.len().alias("tm_n"))


def documents_shown(rows: PreparedFrame, ks: list[int | None], catalog: int | None) -> tuple[pl.DataFrame, Array]:
    """Give the share of the catalog among the first k of any query: the groups, and [groups, ks].

    Without a catalog it is the distinct documents of the whole frame.
    """
    keys = list(rows.keys)
    groups = rows.collect(_counted(rows.frame, keys)).select(keys).sort(keys, nulls_last=True)
    total = catalog
    if total is None:
        documents = _counted(rows.frame.filter(~nw.col(DOC).is_null()), [DOC]).select(nw.len().alias("tm_n"))
        total = int(rows.collect(documents).item())
    columns = []
    for k in ks:
        shown = _counted(_counted(shown_first(rows, k), [*keys, DOC]).select(*keys), keys)
        table = groups.join(rows.collect(shown), on=keys, how="left", nulls_equal=True, maintain_order="left")
        columns.append(table.get_column("tm_n").cast(pl.Float64).fill_null(0.0).to_numpy())
    shares = np.stack(columns, axis=1)
    return groups, ratio(shares, np.full(shares.shape, float(total)))


def information_shown(rows: PreparedFrame, ks: list[int | None]) -> tuple[pl.DataFrame, Array]:
    """Give the mean over queries of the mean of -log2(popularity) over the first k: the groups, and [groups, ks]."""
    keys = list(rows.keys)
    inner = [*keys, QUERY]
    _require_shares(rows)
    weighted = WEIGHT in lazy_names(rows.frame)
    bounds = [nw.col(WEIGHT).min().alias("tm_least"), nw.col(WEIGHT).max().alias("tm_greatest")] if weighted else []
    queries = rows.collect(rows.frame.group_by(*inner).agg(nw.len().alias("tm_n"), *bounds)).sort(inner, nulls_last=True)
    groups, group = groups_of(queries, keys)
    weight = np.ones(len(queries))
    if weighted:
        least, greatest = (queries[c].cast(pl.Float64).fill_null(np.nan).to_numpy() for c in ("tm_least", "tm_greatest"))
        weight = check_weights(least, greatest)
    columns = []
    for k in ks:
        told = shown_first(rows, k).with_columns(tm_bits=-nw.col(POPULARITY).log(2)).group_by(*inner)
        means = rows.collect(told.agg(nw.col("tm_bits").mean()))
        table = queries.select(inner).join(means, on=inner, how="left", nulls_equal=True, maintain_order="left")
        bits = table.get_column("tm_bits").cast(pl.Float64).fill_null(np.nan).to_numpy()  # [queries]
        there = np.where(np.isnan(bits), 0.0, weight)
        sums = bincount(group, there * np.nan_to_num(bits), len(groups))
        columns.append(ratio(sums, bincount(group, there, len(groups))))
    return groups, np.stack(columns, axis=1)


def _require_shares(rows: PreparedFrame) -> None:
    share = nw.col(POPULARITY)
    bad = rows.collect(rows.frame.filter(share.is_null() | (share <= 0) | (share > 1)).select(POPULARITY).head(3))
    if len(bad):
        raise OptionError(
            f"popularity: expected shares above 0 and at most 1; got {listed(bad.get_column(POPULARITY).to_list())}."
        )
