"""Centred second moments of numbers, exact however far from 0 the numbers lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.centring import LOST, recentred, sums_about
from tidymetrics.statistics.means import SQUARED_ERROR, counting, weighted
from tidymetrics.statistics.movable import Movable, Movement, RowTerms, at_least
from tidymetrics.statistics.requests import Aggregate, MergeableRequest, Request
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True, eq=False, repr=False)
class Column:
    """Where one column's numbers lie; each [groups]."""

    mean: Array
    variance: Array
    """The mean square about the mean; 0 exactly where all rows of positive weight hold one number."""
    range: Array
    """Greatest minus least, rows of weight 0 included."""
    constant: Mask
    """Whether all rows, or all of positive weight, hold one number."""


@dataclass(frozen=True, eq=False, repr=False)
class Moments:
    """First and second moments of truth and estimate.

    Each of the two holds `mean`, `variance`, `range` and `constant` (whether it is one number), [groups].
    """

    n: Array
    """[groups]"""
    weight: Array
    bessel_factor: Array
    """[groups] the share that turns a second moment into an unbiased one by division: (n - 1) / n, or 1 - sum of the
    squared weight shares."""
    truth: Column
    estimate: Column
    covariance: Array
    """[groups] the mean product about the means"""
    difference: Array
    """[groups] the mean of truth - estimate"""

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return (self.truth.variance, self.estimate.variance)

    @staticmethod
    def request() -> MomentsRequest:
        """Ask for the moments of the complete rows."""
        return MomentsRequest()

    @property
    def correlation(self) -> Array:
        """The correlation [groups], undefined for one row or a constant column."""
        root = np.sqrt(self.truth.variance) * np.sqrt(self.estimate.variance)
        known = (self.n > 1) & ~self.truth.constant & ~self.estimate.constant
        return np.where(known, np.clip(ratio(self.covariance, root), -1, 1), np.nan)


@dataclass(frozen=True)
class MomentsRequest(MergeableRequest[Moments], Movable):
    """The request of `Moments`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Sums become means by the weight."""
        return (GroupTotals.request(),)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give sums about 0, and the bounds."""
        return {**sums_about(("truth", "estimate")), **_bounds("truth", rows), **_bounds("estimate", rows), **_squares(rows)}

    def reduce(self, reductions: Reductions) -> Moments:
        """Make the moments; where digits are lost, measure again about each group's mean."""
        found = reductions.aggregates(self)
        totals = reductions.get(GroupTotals.request())
        made = second_moments(found, totals.weight)
        constant = {name: _constant(found, name) for name in ("truth", "estimate")}
        lost = [made[f"{name}*{name}"] < LOST * ratio(found[f"{name} square"], totals.weight) for name in constant]
        if any((bad & ~constant[name]).any() for bad, name in zip(lost, constant, strict=True)):
            again = second_moments(recentred(reductions), totals.weight)
            made |= {name: again[name] for name in ("truth*truth", "estimate*estimate", "truth*estimate")}
        return _moments(found, made, totals)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the moments move; numbers of rows, ranges and what is constant stay."""
        made = reductions.get(self)
        t, e = made.truth, made.estimate
        numbers = np.stack([t.mean, e.mean, t.variance, e.variance, made.covariance, made.difference], axis=1)
        st, se = np.sqrt(t.variance), np.sqrt(e.variance)
        scale = np.stack([st, se, t.variance, e.variance, st * se, st + se], axis=1)
        # a mean of deviations from the mean is 0
        offsets = numbers * np.array([0.0, 0.0, 1.0, 1.0, 1.0, 1.0])

        def moved(x: Array, which: Codes) -> Moments:
            truth = Column(x[:, 0], x[:, 2], t.range[which], t.constant[which])
            estimate = Column(x[:, 1], x[:, 3], e.range[which], e.constant[which])
            return Moments(made.n[which], made.weight[which], made.bessel_factor[which], truth, estimate, x[:, 4], x[:, 5])

        def terms(c: SimpleNamespace) -> list[Any]:
            dy, dx = c.truth - c.mt, c.estimate - c.me
            return [weighted(c, value) for value in (dy, dx, dy * dy, dx * dx, dy * dx, c.truth - c.estimate)]

        divisors = np.repeat(reductions.get(GroupTotals.request()).weight[:, None], 6, axis=1)
        centres = {"tm_mt": t.mean, "tm_me": e.mean}
        source = RowTerms(reductions.frame(), terms, offsets, divisors, centres)
        return Movement(numbers, at_least(scale), moved, lambda _: source)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state."""
        return {"moments": ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give means and centred moments, never sums about a common origin."""
        made, found = reductions.get(self), reductions.aggregates(self)
        weight = reductions.get(GroupTotals.request()).weight
        numbers = _column_parts("truth", made.truth, weight) | _column_parts("estimate", made.estimate, weight)
        numbers |= {
            "truth*estimate": ("centred", made.covariance * weight),
            "difference": ("sum", found["difference"]),
            **_counted(made.n, weight, found),
        }
        return reductions.numbers_as_parts(self.label, numbers)

    def of_parts(self, parts: Parts, reductions: Reductions) -> Moments:
        """Divide the merged moments by the weight."""
        found = parts.numbers(reductions.known_groups)
        made = {name: values if name.isalpha() else ratio(values, found["weight"]) for name, values in found.items()}
        made["difference"] = ratio(found["difference"], found["weight"])
        return _moments(found, made, GroupTotals(found["n"], found["n"], found["weight"]))


@dataclass(frozen=True, eq=False, repr=False)
class TruthSpread:
    """How widely the truth varies, beside the mean squared error."""

    n: Array
    """[groups]"""
    bessel_factor: Array
    truth: Column
    mean_square_error: Array
    """[groups]"""

    @property
    def sizes(self) -> tuple[Array, ...]:
        """What shows whether numbers are near the ends of what floats hold."""
        return (self.truth.variance, self.mean_square_error)

    @staticmethod
    def request() -> TruthSpreadRequest:
        """Ask for the spread over the complete rows."""
        return TruthSpreadRequest()


@dataclass(frozen=True)
class TruthSpreadRequest(MergeableRequest[TruthSpread], Movable):
    """The request of `TruthSpread`."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It holds the mean squared error."""
        return (GroupTotals.request(), SQUARED_ERROR)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give sums about 0, and the bounds."""
        return {**sums_about(("truth",)), **_bounds("truth", rows), **_squares(rows)}

    def reduce(self, reductions: Reductions) -> TruthSpread:
        """Make it, about each group's own mean where digits are lost."""
        found = reductions.aggregates(self)
        totals = reductions.get(GroupTotals.request())
        mean, square = (ratio(found[f"truth {name}"], totals.weight) for name in ("mean", "square"))
        variance = square - mean**2
        constant = _constant(found, "truth")
        if ((variance < LOST * square) & ~constant).any():
            variance = second_moments(recentred(reductions), totals.weight)["truth*truth"]
        column = _column(found, "truth", mean, variance)
        return TruthSpread(totals.n, _bessel_factor(found, totals), column, reductions.get(SQUARED_ERROR))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the truth's mean and variance and the mean squared error move."""
        made = reductions.get(self)
        weight = reductions.get(GroupTotals.request()).weight
        variance, error = made.truth.variance, made.mean_square_error
        numbers = np.stack([made.truth.mean, variance, error], axis=1)

        def moved(x: Array, which: Codes) -> TruthSpread:
            column = Column(x[:, 0], x[:, 1], made.truth.range[which], made.truth.constant[which])
            return TruthSpread(made.n[which], made.bessel_factor[which], column, x[:, 2])

        def terms(c: SimpleNamespace) -> list[Any]:
            dy, error = c.truth - c.mt, c.truth - c.estimate
            return [weighted(c, dy), weighted(c, dy * dy), weighted(c, error * error)]

        scale = at_least(np.stack([np.sqrt(variance), variance, error], axis=1))
        offsets = numbers * np.array([0.0, 1.0, 1.0])  # a mean of deviations from the mean is 0
        divisors = np.repeat(weight[:, None], 3, axis=1)
        source = RowTerms(reductions.frame(), terms, offsets, divisors, {"tm_mt": made.truth.mean})
        return Movement(numbers, scale, moved, lambda _: source)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state."""
        return {"spread": ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the mean and the centred square of truth."""
        made, found = reductions.get(self), reductions.aggregates(self)
        weight = reductions.get(GroupTotals.request()).weight
        numbers = _column_parts("truth", made.truth, weight) | _counted(made.n, weight, found)
        return reductions.numbers_as_parts(self.label, numbers)

    def of_parts(self, parts: Parts, reductions: Reductions) -> TruthSpread:
        """Divide the merged moments by the weight."""
        found = parts.numbers(reductions.known_groups)
        column = _column(found, "truth", found["truth"], ratio(found["truth*truth"], found["weight"]))
        totals = GroupTotals(found["n"], found["n"], found["weight"])
        return TruthSpread(totals.n, _bessel_factor(found, totals), column, reductions.get(SQUARED_ERROR))


def _moments(found: Mapping[str, Array], made: Mapping[str, Array], totals: GroupTotals) -> Moments:
    truth, estimate = (_column(found, name, made[name], made[f"{name}*{name}"]) for name in ("truth", "estimate"))
    covariance = np.where(truth.constant | estimate.constant, 0.0, made["truth*estimate"])
    factor = _bessel_factor(found, totals)
    return Moments(totals.n, totals.full_weight, factor, truth, estimate, covariance, made["difference"])


def _column(found: Mapping[str, Array], name: str, mean: Array, variance: Array) -> Column:
    constant = _constant(found, name)
    least, greatest = found[f"{name} min"], found[f"{name} max"]
    return Column(mean, np.where(constant, 0.0, np.maximum(variance, 0.0)), greatest - least, constant)


def _column_parts(name: str, column: Column, weight: Array) -> dict[str, tuple[str, Array]]:
    return {name: ("mean", column.mean), f"{name}*{name}": ("centred", column.variance * weight)}


def _counted(n: Array, weight: Array, found: Mapping[str, Array]) -> dict[str, tuple[str, Array]]:
    """Give what moments need beside means and squares, as parts."""
    numbers: dict[str, tuple[str, Array]] = {"n": ("sum", n), "weight": ("sum", weight)}
    numbers |= {name: (name[-3:], values) for name, values in found.items() if name.endswith((" min", " max"))}
    if "squared weight" in found:
        numbers["squared weight"] = ("sum", found["squared weight"])
    return numbers


def _bounds(name: str, rows: Rows) -> dict[str, Aggregate]:
    wanted = {f"{name} {how}": Aggregate(lambda c: getattr(c, name), how, plain=True) for how in ("min", "max")}
    if rows.weighted:
        wanted |= {f"{name} counting {how}": Aggregate(lambda c: counting(c, getattr(c, name)), how) for how in ("min", "max")}
    return wanted


def _squares(rows: Rows) -> dict[str, Aggregate]:
    return {"squared weight": Aggregate(lambda c: c.weight**2)} if rows.weighted else {}


def _constant(found: Mapping[str, Array], name: str) -> Mask:
    constant: Mask = found[f"{name} min"] == found[f"{name} max"]
    if f"{name} counting min" in found:
        constant = constant | (found[f"{name} counting min"] == found[f"{name} counting max"])
    return constant


def _bessel_factor(found: Mapping[str, Array], totals: GroupTotals) -> Array:
    if "squared weight" in found:
        return 1 - ratio(found["squared weight"], totals.weight**2)
    return ratio(totals.n - 1, totals.n)


def second_moments(found: Mapping[str, Array], weight: Array) -> dict[str, Array]:
    """Make means and centred moments of sums about a point."""
    means = {name: ratio(values, weight) for name, values in found.items()}
    made = {"truth": means["truth mean"], "truth*truth": means["truth square"] - means["truth mean"] ** 2}
    if "product" in means:
        made |= {
            "estimate": means["estimate mean"],
            "estimate*estimate": means["estimate square"] - means["estimate mean"] ** 2,
            "truth*estimate": means["product"] - means["truth mean"] * means["estimate mean"],
            "difference": means["difference"],
        }
    return made
