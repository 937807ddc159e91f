"""Mean absolute errors beside the size of the truth, and squared errors beside distances from its mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.centring import with_group_means
from tidymetrics.statistics.means import SQUARED_ERROR, mean_of_values, sum_of_values, weighted
from tidymetrics.statistics.moments import TruthSpread
from tidymetrics.statistics.movable import Movable, Movement, RowTerms, at_least
from tidymetrics.statistics.requests import Aggregate, Request, SummedRequest
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class AbsoluteMeans:
    """Weighted means of absolute numbers, each [groups]."""

    error: Array
    truth: Array

    @staticmethod
    def request() -> AbsoluteMeansRequest:
        """Ask for the means of the complete rows."""
        return AbsoluteMeansRequest()


def _absolutes(columns: SimpleNamespace) -> list[Any]:
    return [(columns.truth - columns.estimate).abs(), columns.truth.abs()]


@dataclass(frozen=True)
class AbsoluteMeansRequest(SummedRequest[AbsoluteMeans], Movable):
    """The request of `AbsoluteMeans`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Sums become means by the weight."""
        return (GroupTotals.request(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give both sums."""
        made: dict[str, Aggregate] = {}
        for i, name in enumerate(("error", "truth")):
            sums = sum_of_values(rows, lambda c, i=i: _absolutes(c)[i])  # type: ignore[misc]
            made |= {f"{name} {part}": aggregate for part, aggregate in sums.items()}
        return made

    def reduce(self, reductions: Reductions) -> AbsoluteMeans:
        """Divide them by the weight."""
        found, weight = reductions.aggregates(self), reductions.get(GroupTotals.request()).weight
        parts = [
            {key.removeprefix(f"{name} "): v for key, v in found.items() if key.startswith(name)} for name in ("error", "truth")
        ]
        return AbsoluteMeans(*(mean_of_values(part, weight) for part in parts))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how both means move."""
        made, weight = reductions.get(self), reductions.get(GroupTotals.request()).weight
        numbers = np.stack([made.error, made.truth], axis=1)
        source = RowTerms(
            reductions.frame(),
            lambda c: [weighted(c, v) for v in _absolutes(c)],
            numbers,
            np.repeat(weight[:, None], 2, axis=1),
        )
        return Movement(numbers, at_least(numbers), lambda x, _: AbsoluteMeans(x[:, 0], x[:, 1]), lambda _: source)


@dataclass(frozen=True, eq=False, repr=False)
class PotentialErrors:
    """The mean squared error, and how large it could be, each [groups]."""

    error: Array
    potential: Array
    """The mean square of the distances of estimate and truth from the mean truth, added."""

    @staticmethod
    def request() -> PotentialErrorsRequest:
        """Ask for the errors of the complete rows."""
        return PotentialErrorsRequest()


def _distances(columns: SimpleNamespace) -> Any:
    return (columns.estimate - columns.mt).abs() + (columns.truth - columns.mt).abs()


def _sign(values: Any) -> Any:
    return (values > 0).cast(nw.Float64) - (values < 0).cast(nw.Float64)


@dataclass(frozen=True)
class PotentialErrorsRequest(Request[PotentialErrors], Movable):
    """The request of `PotentialErrors`: each row is looked at again once the mean is known."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It measures from the mean truth."""
        return (GroupTotals.request(), TruthSpread.request(), SQUARED_ERROR)

    def reduce(self, reductions: Reductions) -> PotentialErrors:
        """Measure each row from its own group's mean."""
        weight = reductions.get(GroupTotals.request()).weight
        reductions.get(TruthSpread.request())
        square = Aggregate(lambda c: weighted(c, _distances(c) * _distances(c)))
        (found,) = reductions.run([square], with_group_means(reductions))
        return PotentialErrors(reductions.get(SQUARED_ERROR), ratio(found, weight))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how both move; the potential one also with the mean that it is measured from."""
        made, weight = reductions.get(self), reductions.get(GroupTotals.request()).weight
        spread = reductions.get(TruthSpread.request()).truth
        pull = Aggregate(lambda c: weighted(c, _distances(c) * (_sign(c.estimate - c.mt) + _sign(c.truth - c.mt)) * -2.0))
        (slope,) = reductions.run([pull], with_group_means(reductions))
        slope = ratio(slope, weight)
        numbers = np.stack([spread.mean, made.error, made.potential], axis=1)

        def moved(x: Array, which: Codes) -> PotentialErrors:
            return PotentialErrors(x[:, 1], x[:, 2] + slope[which] * (x[:, 0] - spread.mean[which]))

        def terms(c: SimpleNamespace) -> list[Any]:
            error = c.truth - c.estimate
            return [weighted(c, value) for value in (c.truth - c.mt, error * error, _distances(c) * _distances(c))]

        scale = at_least(np.stack([np.sqrt(spread.variance), made.error, made.potential], axis=1))
        offsets = numbers * np.array([0.0, 1.0, 1.0])  # a mean of deviations from the mean is 0
        source = RowTerms(reductions.frame(), terms, offsets, np.repeat(weight[:, None], 3, axis=1), {"tm_mt": spread.mean})
        return Movement(numbers, scale, moved, lambda _: source)
