"""Influences of queries on means over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.frames.prepared import QUERY, UNIT
from tidymetrics.statistics.movable import Movement, RowMoves
from tidymetrics.statistics.ranked_relevance import mean_over_queries

if TYPE_CHECKING:
    from tidymetrics.statistics.ranked_relevance import RankedRelevance
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array


def movement_of_queries(ranked: RankedRelevance, values: Array, reductions: Reductions) -> Movement:
    """Give how the mean of values [queries, columns] moves: a query is a row."""
    means = mean_over_queries(ranked, values)  # [groups, columns]
    there = ~np.isnan(values)
    weight = np.where(there, ranked.weight[:, None], 0.0)
    total = np.stack([np.bincount(ranked.group, w, minlength=len(means)) for w in weight.T], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = np.where(there, weight * (values - means[ranked.group]) / total[ranked.group], 0.0)

    def phi(slopes: Array) -> Array:
        return np.asarray(np.einsum("qk,qkc->qc", np.nan_to_num(moves), slopes[ranked.group]))

    def source(units: bool) -> RowMoves:
        return RowMoves(ranked.group, phi, weight.max(axis=1), unit=_units(ranked, reductions) if units else None)

    return Movement(means, np.ones_like(means), None, source)


def _units(ranked: RankedRelevance, reductions: Reductions) -> Any:
    """Give the unit of each query: the query itself, unless the call names units."""
    rows = reductions.frame_rows
    inner = [name for name in ranked.queries.columns if name in (*rows.keys, QUERY)]
    if UNIT not in rows.roles:
        return ranked.queries.get_column(inner[-1])
    unit = nw.col(UNIT)
    found = rows.collect(rows.frame.group_by(*inner).agg(unit.min(), unit.max().alias("tm_last")))
    if len(odd := found.filter(found.get_column(UNIT) != found.get_column("tm_last"))):
        raise OptionError(
            f"unit {rows.named(UNIT)!r}: expected one unit a query, which is scored as a whole; {len(odd)} have several."
        )
    return ranked.queries.join(found, on=inner, how="left", nulls_equal=True, maintain_order="left").get_column(UNIT)
