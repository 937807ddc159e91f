"""Mean absolute errors on either side of the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.means import weighted
from tidymetrics.statistics.moments import Moments
from tidymetrics.statistics.movable import Movable, Movement, RowTerms, at_least
from tidymetrics.statistics.requests import Aggregate, Request, SummedRequest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class SignedErrors:
    """The weighted mean absolute error on either side of the truth."""

    moments: Moments
    over: Array
    """[groups] among rows whose truth is below the estimate; undefined without such rows"""
    under: Array
    """[groups] among the other rows, ties included"""

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return self.moments.sizes

    @staticmethod
    def request() -> SignedErrorsRequest:
        """Ask for the errors of the complete rows."""
        return SignedErrorsRequest()


@dataclass(frozen=True)
class SignedErrorsRequest(SummedRequest[SignedErrors], Movable):
    """The request of `SignedErrors`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It holds the moments."""
        return (Moments.request(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give sums and weights of either side."""

        def on_side(columns: SimpleNamespace, *, over: bool) -> Any:
            difference = columns.truth - columns.estimate
            return difference < 0 if over else difference >= 0  # not ~: Dask takes a missing value for False

        def side(columns: SimpleNamespace, values: Any, *, over: bool) -> Any:
            return nw.when(on_side(columns, over=over)).then(weighted(columns, values))

        def error(columns: SimpleNamespace) -> Any:
            return (columns.truth - columns.estimate).abs()

        def share(columns: SimpleNamespace, *, over: bool) -> Any:
            one = nw.lit(1.0) if columns.weight is None else columns.weight
            return nw.when(on_side(columns, over=over)).then(one)

        return {
            "over": Aggregate(lambda c: side(c, error(c), over=True)),
            "over weight": Aggregate(lambda c: share(c, over=True)),
            "under": Aggregate(lambda c: side(c, error(c), over=False)),
            "under weight": Aggregate(lambda c: share(c, over=False)),
        }

    def reduce(self, reductions: Reductions) -> SignedErrors:
        """Divide the sums of either side by its weight."""
        found = reductions.aggregates(self)
        over, under = (ratio(found[name], found[f"{name} weight"]) for name in ("over", "under"))
        return SignedErrors(reductions.get(Moments.request()), over, under)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the moments move, and the mean errors of either side, by the weight of that side."""
        made, found = reductions.get(self), reductions.aggregates(self)
        inner = Moments.request().movement(reductions)
        source: Any = inner.source(False)
        of_moments: Any = inner.moved
        sides = np.stack([made.over, made.under], axis=1)
        k = inner.numbers.shape[1]

        def moved(x: Array, which: Codes) -> SignedErrors:
            return SignedErrors(of_moments(x[:, :k], which), x[:, k], x[:, k + 1])

        def terms(c: SimpleNamespace) -> list[Any]:
            difference, error = c.truth - c.estimate, (c.truth - c.estimate).abs()
            zero = c.truth * 0.0
            over = nw.when(difference < 0).then(error - c.mo).otherwise(zero)
            under = nw.when(difference >= 0).then(error - c.mu).otherwise(zero)
            return [*source.terms(c), weighted(c, over), weighted(c, under)]

        weights = np.stack([found["over weight"], found["under weight"]], axis=1)
        known = np.nan_to_num(sides)
        return Movement(
            np.concatenate([inner.numbers, sides], axis=1),
            np.concatenate([inner.scale, at_least(sides)], axis=1),
            moved,
            lambda _: RowTerms(
                source.frame,
                terms,
                np.concatenate([source.offsets, np.zeros_like(sides)], axis=1),
                np.concatenate([source.divisors, weights], axis=1),
                {**source.centres, "tm_mo": known[:, 0], "tm_mu": known[:, 1]},
            ),
        )
