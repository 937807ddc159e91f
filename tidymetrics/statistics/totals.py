"""How many rows each group has, how many of them are complete, and what they weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.errors import WeightError, listed
from tidymetrics.frames.prepared import WEIGHT, PreparedFrame
from tidymetrics.statistics.reductions import Aggregate, Reductions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class Totals:
    """Rows and weight of each group, each [groups]."""

    n_rows: Array
    n: Array
    """Rows in which nothing that is read is missing; those of weight 0 count."""
    weight: Array

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the numbers that come out of the shared pass."""
        return _aggregates(reductions)

    @classmethod
    def reduce(cls, reductions: Reductions) -> Totals:
        """Make the totals, refusing weights that are none."""
        return _reduce(reductions, cls)


@dataclass(frozen=True)
class TotalsOver:
    """The reduction that makes totals over other columns than the usual ones."""

    reads: tuple[str, ...]

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the numbers that come out of the shared pass."""
        return _aggregates(reductions)

    def reduce(self, reductions: Reductions) -> Totals:
        """Make the totals, refusing weights that are none."""
        return _reduce(reductions, self)


def _aggregates(reductions: Reductions) -> Mapping[str, Aggregate]:
    if not isinstance(reductions.rows, PreparedFrame):
        return {}
    wanted = {"n_rows": Aggregate(lambda c: c.truth, "len")}
    if reductions.rows.weighted:
        wanted |= {
            "n": Aggregate(lambda c: c.weight, "count"),
            "weight": Aggregate(lambda c: c.weight),
            "least": Aggregate(lambda c: c.weight, "min"),
            "greatest": Aggregate(lambda c: c.weight, "max"),
        }
    elif reductions.rows.gaps:
        wanted["n"] = Aggregate(lambda c: c.truth, "count")
    return wanted


def _reduce(reductions: Reductions, statistic: Any) -> Totals:
    if not isinstance(reductions.rows, PreparedFrame):
        return _of_vectors(reductions.rows)
    found = reductions.aggregates(statistic)
    if reductions.rows.weighted:
        require_weights_of_frame(reductions, found["least"], found["greatest"])
    sums = {name: np.nan_to_num(values) for name, values in found.items() if name not in _BOUNDS}
    n_rows = sums["n_rows"]
    n = sums.get("n", n_rows)
    return Totals(n_rows, n, sums.get("weight", n))


_BOUNDS = ("least", "greatest")


def _of_vectors(vectors: Vectors) -> Totals:
    n = np.array([float(vectors.n_complete)])  # [1]
    weight = np.array([vectors.numbers[WEIGHT].sum()]) if vectors.weighted else n
    return Totals(np.array([float(vectors.n_rows)]), n, weight)


def require_weights_of_frame(reductions: Reductions, least: Array, greatest: Array) -> None:
    """Refuse negative and infinite weights, from their bounds; only a refusal looks at the rows again."""
    if not ((least < 0) | np.isinf(greatest)).any() or not isinstance(reductions.rows, PreparedFrame):
        return
    rows = reductions.rows
    weight = nw.col(WEIGHT)
    bad = rows.frame.filter((weight < 0) | (weight == float("inf"))).select(WEIGHT)
    count = rows.collect(bad.select(nw.len().alias("n"))).item()
    first: Any = rows.collect(bad.head(3)).get_column(WEIGHT).to_list()
    raise WeightError(
        f"case_weights {rows.named(WEIGHT)!r}: expected finite weights of at least 0; {count} "
        f"{'row has' if count == 1 else 'rows have'} another: {listed(first)}{', ...' if count > len(first) else ''}."
    )
