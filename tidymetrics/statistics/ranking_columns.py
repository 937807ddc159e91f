"""The columns of rankings beside those that all metrics have, and what is refused in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np
import polars as pl

from tidymetrics.errors import RankingError, WeightError, listed
from tidymetrics.frames.prepared import DOC, QUERY, TRUTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.typing import Array, Codes

INSTEAD = "Score a sample of the queries, or a part of the groups at a time."
"""What to write in place of a call that would bring too many rows out of an engine."""


def gains_of(relevance: Array) -> Mapping[str, Array]:
    """Give the gains of documents by their relevance; none below 0."""
    linear = np.maximum(relevance, 0.0)
    return {"linear": linear, "exponential": np.exp2(linear) - 1}


def refuse_infinite(name: str, count: int) -> NoReturn:
    """Refuse numbers that have no place in an order, or no gain."""
    what = "truth: a relevance" if name == TRUTH else "estimate: a score"
    raise RankingError(f"{what} must be finite; {count} {'row holds' if count == 1 else 'rows hold'} inf or -inf.")


def refuse_twice(found: pl.DataFrame, what: str = "data") -> NoReturn:
    """Refuse a document that stands twice in a query: the first of those found."""
    query = f" in the query {listed(found.get_column(QUERY)[:1].to_list())}" if QUERY in found.columns else ""
    raise RankingError(
        f"{what}: a document may stand once in a query, but {listed(found.get_column(DOC)[:1].to_list())} stands twice{query}; "
        "keep one row each, or leave out doc=."
    )


def refuse_places(bad: list[object], *, twice: bool) -> NoReturn:
    """Refuse places that are none, or that two documents of a query share."""
    wrong = "these places stand twice in a query" if twice else "these are none"
    raise RankingError(
        f"estimate: with order='rank' it holds the places 1, 2, ... of a query's documents, each at most once; {wrong}: "
        f"{listed(bad, most=3)}. Pass order='score' for scores."
    )


def groups_of(queries: pl.DataFrame, keys: list[str]) -> tuple[pl.DataFrame, Codes]:
    """Give the distinct keys of sorted queries, and the position of each query's."""
    if not len(queries):
        return queries.select(keys), np.zeros(0, np.int64)
    group = queries.select(pl.struct(keys).rle_id()).to_series().to_numpy().astype(np.int64)
    return queries.select(keys)[np.flatnonzero(np.diff(group, prepend=-1))], group


def check_weights(least: Array, greatest: Array) -> Array:
    """Give the one weight of each query [queries], from the bounds of its rows; NaN where no row has one."""
    bad = np.flatnonzero(np.isnan(least) | (least != greatest))
    if len(bad):
        some = listed([(float(least[i]), float(greatest[i])) for i in bad[:3]])
        raise WeightError(
            f"case_weights: expected one weight per query, the same in all its rows; {len(bad)} "
            f"{'query has' if len(bad) == 1 else 'queries have'} none or several (least and greatest: {some})."
        )
    wrong = (least < 0) | np.isinf(greatest)
    if wrong.any():
        shown = listed(np.unique(least[wrong])[:3].tolist())
        raise WeightError(f"case_weights: expected finite weights of at least 0; got {shown}.")
    return least
