"""How many rows each group has, how many of them are complete, and their weight; and the check of weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np

from tidymetrics.errors import WeightError, listed
from tidymetrics.frames.prepared import TRUTH_AT, WEIGHT, PreparedFrame
from tidymetrics.statistics.requests import NUMBERS, Aggregate, Check, SummedRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class GroupTotals:
    """Rows and weight of each group, each [groups]."""

    n_rows: Array
    n: Array
    """Rows in which nothing that is read is missing; those of weight 0 count."""
    weight: Array
    unit: Array | None = None
    """What the weight is measured in, where the weights are far from 1; None for 1."""

    @property
    def full_weight(self) -> Array:
        """The weight as the caller gave it."""
        return self.weight if self.unit is None else self.weight * self.unit

    def tiled(self, which: Codes) -> GroupTotals:
        """Give the totals of copies of the groups."""
        unit = None if self.unit is None else self.unit[which]
        return GroupTotals(self.n_rows[which], self.n[which], self.weight[which], unit)

    @staticmethod
    def request(reads: tuple[str, ...] = NUMBERS) -> GroupTotalsRequest:
        """Ask for the totals over the rows in which these columns are there."""
        return GroupTotalsRequest(reads)


@dataclass(frozen=True)
class GroupTotalsRequest(SummedRequest[GroupTotals]):
    """The request of `GroupTotals`."""

    counts_rows: ClassVar[bool] = True

    reads: tuple[str, ...] = NUMBERS
    stays: ClassVar[bool] = True

    @property
    def checks(self) -> tuple[Check, ...]:
        """Weights must be finite and at least 0."""
        return (CaseWeights(self.reads),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give what can differ: without gaps all rows are complete, and without weights each weighs 1."""
        if not isinstance(rows, PreparedFrame):
            return {}
        wanted = {"n_rows": Aggregate(lambda c: c.truth, "len")}
        if rows.weighted:
            wanted |= {"n": Aggregate(lambda c: c.weight, "count"), "weight": Aggregate(lambda c: c.weight)}
        elif rows.gaps:
            of = next((name for name in self.reads if name in rows.roles), self.reads[0]).removeprefix("tm_")
            wanted["n"] = Aggregate(lambda c: getattr(c, of), "count")
        return wanted

    def reduce(self, reductions: Reductions) -> GroupTotals:
        """Make the totals."""
        if not isinstance(reductions.rows, PreparedFrame):
            return _of_vectors(reductions.rows)
        found = reductions.aggregates(self)
        n = found.get("n", found["n_rows"])
        return finite(GroupTotals(found["n_rows"], n, found.get("weight", n), reductions.rows.weight_unit))

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state by the columns that are read beside truth, estimate and weight."""
        others = [named(name) for name in self.reads if name not in (*NUMBERS, TRUTH_AT)]
        return {" ".join(["rows", *(["+".join(others)] if others else [])]): ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give all three, since other rows may have gaps where these have none."""
        made: GroupTotals = reductions.get(self)
        numbers = {"rows": made.n_rows, "n": made.n, "weight": made.weight}
        return reductions.numbers_as_parts(self.label, {name: ("sum", values) for name, values in numbers.items()})

    def of_parts(self, parts: Parts, reductions: Reductions) -> GroupTotals:
        """Take the merged numbers."""
        found = parts.numbers(reductions.known_groups)
        return GroupTotals(found["rows"], found["n"], found["weight"])


def _of_vectors(vectors: Vectors) -> GroupTotals:
    n = np.array([float(vectors.n_complete)])  # [1]
    weight = np.array([vectors.numbers[WEIGHT].sum()]) if vectors.weighted else n
    return finite(GroupTotals(np.array([float(vectors.n_rows)]), n, weight, vectors.weight_unit))


def finite(totals: GroupTotals) -> GroupTotals:
    """Refuse weights whose sum is no number."""
    if np.isinf(totals.full_weight).any():
        raise WeightError(
            "case_weights: the weights of a group add up to more than a float holds. Divide all weights by one number."
        )
    return totals


@dataclass(frozen=True)
class CaseWeights(Check):
    """The check that the weights of complete rows are finite and at least 0; vectors are checked when they are read."""

    reads: tuple[str, ...] = NUMBERS

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give their bounds."""
        if not isinstance(rows, PreparedFrame) or not rows.weighted:
            return {}
        return {how: Aggregate(lambda c: c.weight, how) for how in ("min", "max")}

    def require(self, reductions: Reductions) -> None:
        """Refuse others."""
        found = reductions.aggregates(self)
        if found:
            require_weights_of_frame(reductions, found["min"], found["max"])
            reductions.measure_weights(found["max"])


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


@dataclass(frozen=True)
class ZerosAndOnes(Check):
    """Tells a caller when truth and predictions are all 0 and 1: they may be classes."""

    tell: Callable[[], None]

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give how far each column is from 0 and 1."""
        return {
            "truth": Aggregate(lambda c: (c.truth * (c.truth - 1.0)).abs(), "max"),
            "estimate": Aggregate(lambda c: (c.estimate * (c.estimate - 1.0)).abs(), "max"),
        }

    def require(self, reductions: Reductions) -> None:
        """Tell, and refuse nothing."""
        found = np.concatenate(list(reductions.aggregates(self).values()))
        if (found == 0).any() and not (found > 0).any():
            self.tell()
