"""Weighted means of row values, and of the errors on either side of the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.frames.prepared import PreparedFrame
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.movable import Movable, Movement, RowTerms, at_least
from tidymetrics.statistics.requests import NUMBERS, Aggregate, MergeableRequest, Request, SummedRequest, hashable, plain
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Options, Rows
    from tidymetrics.typing import Array


def weighted(columns: SimpleNamespace, rows: Any) -> Any:
    """Weight row values; a row of weight 0 adds nothing even where its value is infinite."""
    if columns.weight is None:
        return rows
    return nw.when(columns.weight != 0).then(columns.weight * rows)


def counting(columns: SimpleNamespace, rows: Any) -> Any:
    """Leave rows of weight 0 out of a least or greatest value."""
    return rows if columns.weight is None else nw.when(columns.weight != 0).then(rows)


def sum_of_values(rows: Rows, value: Callable[[SimpleNamespace], Any], *, plain: bool = False) -> dict[str, Aggregate]:
    """Give the weighted sum of a value that each row has; and on Dask how many rows have one, and how many should.

    `plain` says it of the aggregate. Dask takes an undefined value, such as 0/0, for a missing one, which its sums leave out:
    the mean would not show it.
    """
    wanted = {"sum": Aggregate(lambda c: weighted(c, value(c)), plain=plain)}
    if isinstance(rows, PreparedFrame) and rows.frame.implementation.is_dask():
        wanted["values"] = Aggregate(lambda c: weighted(c, value(c)), "count")
        wanted["counted"] = Aggregate(lambda c: counting(c, c.truth), "count")
    return wanted


def mean_of_values(found: Mapping[str, Array], weight: Array) -> Array:
    """Divide the sum by the weight [groups]; undefined where some row's value is."""
    return ratio(_sum_in(found), weight)


def _sum_in(found: Mapping[str, Array]) -> Array:
    return np.where(found["values"] < found["counted"], np.nan, found["sum"]) if "values" in found else found["sum"]


def title_of_mean(loss: Callable[..., Any], options: Options, columns: str = "") -> str:
    """Name a mean in a state by its loss, and by its columns."""
    own = ", ".join(f"{name}={value!r}" for name, value in options)
    return f"mean {loss.__name__.removeprefix('_')}({own}){columns}"


def sum_as_parts(request: MergeableRequest[Any], reductions: Reductions) -> Parts:
    """Give the sum of a mean as its only part, NaN where some row's value is undefined."""
    return reductions.numbers_as_parts(request.label, {"sum": ("sum", _sum_in(reductions.aggregates(request)))})


def movement_of_mean(
    frame: nw.LazyFrame[Any],
    mean: Array,
    weight: Array,
    value: Callable[[SimpleNamespace], Any],
    reads: tuple[str, ...] = NUMBERS,
) -> Movement:
    """Give how a mean [groups] of row values moves: each row adds its weighted distance from the mean."""
    numbers, divisors = mean[:, None], weight[:, None]

    def terms(columns: SimpleNamespace) -> list[Any]:
        return [weighted(columns, value(columns))]

    source = RowTerms(frame, terms, numbers, divisors, key=reads)
    return Movement(numbers, at_least(numbers), lambda moved, _: moved[:, 0], lambda _: source)


@dataclass(frozen=True)
class RowMean(SummedRequest["Array"], Movable):
    """The weighted mean [groups] of a value that each row has."""

    loss: Callable[..., Any]
    options: Options = ()

    def __post_init__(self) -> None:
        """Make the options hashable."""
        object.__setattr__(self, "options", hashable(self.options))

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It divides by the weight."""
        return (GroupTotals.request(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the sum of the weighted values."""
        options = plain(self.options)
        # a formula of a user may take what narwhals alone has
        own = self.loss.__module__.startswith("tidymetrics.")
        return sum_of_values(rows, lambda c: self.loss(c.truth, c.estimate, **options), plain=own)

    def reduce(self, reductions: Reductions) -> Array:
        """Divide it by the weight."""
        return mean_of_values(reductions.aggregates(self), reductions.get(GroupTotals.request()).weight)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state by its loss."""
        return {title_of_mean(self.loss, self.options): ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the sum."""
        return sum_as_parts(self, reductions)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean moves."""
        options = plain(self.options)
        weight = reductions.get(GroupTotals.request()).weight
        return movement_of_mean(
            reductions.frame(), reductions.get(self), weight, lambda c: self.loss(c.truth, c.estimate, **options)
        )


def squared_error(truth: Any, estimate: Any) -> Any:
    """Give the squared error of each row."""
    error = truth - estimate
    return error * error


SQUARED_ERROR = RowMean(squared_error)
