"""Weighted means and centred second moments of numbers, exact however far from 0 the numbers lie."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.frames.engines import small
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, PreparedFrame
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.reductions import Aggregate, Reductions
from tidymetrics.statistics.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.typing import Array, Mask

_LOST = 1e-4
"""A variance below this share of the mean square about the point measured from has lost more than four digits."""


def weigh(columns: SimpleNamespace, rows: Any) -> Any:
    """Weigh row values; a row of weight 0 adds nothing even where its value is infinite."""
    if columns.weight is None:
        return rows
    return nw.when(columns.weight != 0).then(columns.weight * rows)


def require_row_values(formula: Callable[..., Any], *, of_levels: bool = False) -> None:
    """Refuse a formula of row values that gives one value for all rows: it would mix the groups.

    The package's own formulas are tested, and need no trial at each import.
    """
    options = [p for p in inspect.signature(formula).parameters.values() if p.kind is p.KEYWORD_ONLY]
    if formula.__module__.startswith("tidymetrics.") or any(p.default is p.empty for p in options):
        return
    columns = {name: pl.Series([0.25, 0.75]) for name in ("a", "b", "c", "d")}
    a, b, c, d = (nw.col(name) for name in columns)
    given: tuple[Any, Any] = ([a, b], [c, d]) if of_levels else (a, b)
    defaults = {p.name: p.default for p in options}
    made = formula(*given, **defaults)
    rows = made if isinstance(made, nw.Expr) else None
    if rows is None or len(nw.from_native(pl.DataFrame(columns)).select(rows.alias("a"))) != len(columns["a"]):
        what = "an aggregate of all rows" if rows is not None else f"{type(made).__name__}"
        raise OptionError(
            f"{formula.__name__}: the formula must give an expression with a value for each row, whose mean the metric is; it "
            f"gave {what}. For other statistics of a group name one, such as Moments, in the decorator, or see metric_from_vec."
        )


def _counting(columns: SimpleNamespace, rows: Any) -> Any:
    """Leave rows of weight 0 out of a least or greatest value."""
    return rows if columns.weight is None else nw.when(columns.weight != 0).then(rows)


def sum_of_values(reductions: Reductions, value: Callable[[SimpleNamespace], Any]) -> dict[str, Aggregate]:
    """Give the weighted sum of a value that each row has; and on Dask how many rows have one, and how many should.

    Dask holds what does not exist, such as 0/0, for a missing value, which its sums leave out. The mean would not show it.
    """
    wanted = {"sum": Aggregate(lambda c: weigh(c, value(c)))}
    if isinstance(reductions.rows, PreparedFrame) and reductions.rows.frame.implementation.is_dask():
        wanted["values"] = Aggregate(lambda c: weigh(c, value(c)), "count")
        wanted["rows"] = Aggregate(lambda c: _counting(c, c.truth), "count")
    return wanted


def mean_of_values(found: Mapping[str, Array], weight: Array) -> Array:
    """Divide the sum by the weight [groups]; undefined where some row's value does not exist."""
    mean = ratio(found["sum"], weight)
    return np.where(found["values"] < found["rows"], np.nan, mean) if "values" in found else mean


@dataclass(frozen=True)
class RowMean:
    """The weighted mean [groups] of a value that each row has."""

    loss: Callable[..., Any]
    options: tuple[tuple[str, Any], ...] = ()

    def __hash__(self) -> int:  # options may be lists
        return hash(self.loss)

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the sum of the weighted values."""
        options = dict(self.options)
        return sum_of_values(reductions, lambda c: self.loss(c.truth, c.estimate, **options))

    def reduce(self, reductions: Reductions) -> Array:
        """Divide it by the weight."""
        return mean_of_values(reductions.aggregates(self), reductions.get(Totals).weight)


def _squared_error(truth: Any, estimate: Any) -> Any:
    error = truth - estimate
    return error * error


SQUARED_ERROR = RowMean(_squared_error)


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
    unbias: Array
    """[groups] the share that turns a second moment into an unbiased one by division: (n - 1) / n, or 1 - sum of the
    squared weight shares."""
    truth: Column
    estimate: Column
    covariance: Array
    """[groups] the mean product about the means"""
    difference: Array
    """[groups] the mean of truth - estimate"""

    @property
    def correlation(self) -> Array:
        """The correlation [groups], undefined for one row or a constant column."""
        root = np.sqrt(self.truth.variance) * np.sqrt(self.estimate.variance)
        known = (self.n > 1) & ~self.truth.constant & ~self.estimate.constant
        return np.where(known, np.clip(ratio(self.covariance, root), -1, 1), np.nan)

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give sums about a point near the data."""
        near = {name: reductions.sample_mean(column) for name, column in (("truth", TRUTH), ("estimate", ESTIMATE))}
        return {**_sums(near), **_bounds("truth", reductions), **_bounds("estimate", reductions), **_squares(reductions)}

    @classmethod
    def reduce(cls, reductions: Reductions) -> Moments:
        """Make the moments; where the groups lie too far from the common point, measure again about each group's mean."""
        found = reductions.aggregates(cls)
        totals = reductions.get(Totals)
        near = {"truth": reductions.sample_mean(TRUTH), "estimate": reductions.sample_mean(ESTIMATE)}
        made = _second_moments(found, totals.weight)
        constant = {name: _constant(found, name) for name in near}
        lost = [made[f"{name} variance"] < _LOST * made[f"{name} square"] for name in near]
        if any((bad & ~constant[name]).any() for bad, name in zip(lost, near, strict=True)):
            made = {**made, **_recentred(reductions, totals.weight)}
        columns = {
            name: Column(
                made[f"{name} mean"] + near[name],
                np.where(constant[name], 0.0, np.maximum(made[f"{name} variance"], 0.0)),
                found[f"{name} max"] - found[f"{name} min"],
                constant[name],
            )
            for name in near
        }
        both = constant["truth"] | constant["estimate"]
        covariance = np.where(both, 0.0, made["covariance"])
        unbias = _unbias(found, totals)
        return cls(totals.n, totals.weight, unbias, columns["truth"], columns["estimate"], covariance, made["difference"])


@dataclass(frozen=True, eq=False, repr=False)
class TruthSpread:
    """How widely the truth varies, beside the mean squared error."""

    needs: ClassVar[tuple[Any, ...]] = (SQUARED_ERROR,)

    n: Array
    """[groups]"""
    unbias: Array
    truth: Column
    mean_square_error: Array
    """[groups]"""

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give sums about a point near the truth."""
        near = {"truth": reductions.sample_mean(TRUTH)}
        sums = {name: a for name, a in _sums(near).items() if name.startswith("truth")}
        return {**sums, **_bounds("truth", reductions), **_squares(reductions)}

    @classmethod
    def reduce(cls, reductions: Reductions) -> TruthSpread:
        """Make it, about each group's own mean where the common point lies too far."""
        found = reductions.aggregates(cls)
        totals = reductions.get(Totals)
        mean, square = (ratio(found[f"truth {name}"], totals.weight) for name in ("mean", "square"))
        variance = square - mean**2
        constant = _constant(found, "truth")
        if ((variance < _LOST * square) & ~constant).any():
            variance = _recentred(reductions, totals.weight)["truth variance"]
        column = Column(
            mean + reductions.sample_mean(TRUTH),
            np.where(constant, 0.0, np.maximum(variance, 0.0)),
            found["truth max"] - found["truth min"],
            constant,
        )
        return cls(totals.n, _unbias(found, totals), column, reductions.get(SQUARED_ERROR))


def _sums(near: Mapping[str, Any]) -> dict[str, Aggregate]:
    """Give weighted sums about a point for each column: a number, or an expression of the row's group."""

    def about(columns: SimpleNamespace, name: str) -> Any:
        return getattr(columns, name) - near[name]

    wanted = {
        "truth mean": Aggregate(lambda c: weigh(c, about(c, "truth"))),
        "truth square": Aggregate(lambda c: weigh(c, about(c, "truth") ** 2)),
    }
    if "estimate" in near:
        wanted |= {
            "estimate mean": Aggregate(lambda c: weigh(c, about(c, "estimate"))),
            "estimate square": Aggregate(lambda c: weigh(c, about(c, "estimate") ** 2)),
            "product": Aggregate(lambda c: weigh(c, about(c, "truth") * about(c, "estimate"))),
            "difference": Aggregate(lambda c: weigh(c, c.truth - c.estimate)),
        }
    return wanted


def _bounds(name: str, reductions: Reductions) -> dict[str, Aggregate]:
    wanted = {
        f"{name} min": Aggregate(lambda c: getattr(c, name), "min"),
        f"{name} max": Aggregate(lambda c: getattr(c, name), "max"),
    }
    if reductions.rows.weighted:
        wanted[f"{name} counting min"] = Aggregate(lambda c: _counting(c, getattr(c, name)), "min")
        wanted[f"{name} counting max"] = Aggregate(lambda c: _counting(c, getattr(c, name)), "max")
    return wanted


def _squares(reductions: Reductions) -> dict[str, Aggregate]:
    return {"squared weight": Aggregate(lambda c: c.weight**2)} if reductions.rows.weighted else {}


def _constant(found: Mapping[str, Array], name: str) -> Mask:
    constant: Mask = found[f"{name} min"] == found[f"{name} max"]
    if f"{name} counting min" in found:
        constant = constant | (found[f"{name} counting min"] == found[f"{name} counting max"])
    return constant


def _unbias(found: Mapping[str, Array], totals: Totals) -> Array:
    if "squared weight" in found:
        return 1 - ratio(found["squared weight"], totals.weight**2)
    return ratio(totals.n - 1, totals.n)


def _second_moments(found: Mapping[str, Array], weight: Array) -> dict[str, Array]:
    means = {name: ratio(values, weight) for name, values in found.items()}
    return {
        "truth mean": means["truth mean"],
        "estimate mean": means["estimate mean"],
        "truth square": means["truth square"],
        "estimate square": means["estimate square"],
        "truth variance": means["truth square"] - means["truth mean"] ** 2,
        "estimate variance": means["estimate square"] - means["estimate mean"] ** 2,
        "covariance": means["product"] - means["truth mean"] * means["estimate mean"],
        "difference": means["difference"],
    }


def _recentred(reductions: Reductions, weight: Array) -> dict[str, Array]:
    """Take the second moments again, each row measured from its own group's mean."""
    if isinstance(reductions.rows, PreparedFrame):
        frame = _with_group_means(reductions)
        aggregates = _sums({"truth": nw.col("tm_mt"), "estimate": nw.col("tm_me")})
    else:
        frame = None
        numbers = reductions.rows.numbers
        share = numbers.get("tm_weight")
        means = {name: float(np.average(numbers[f"tm_{name}"], weights=share)) for name in ("truth", "estimate")}
        aggregates = _sums(means)
    found = dict(zip(aggregates, reductions.run(list(aggregates.values()), frame), strict=True))
    made = _second_moments(found, weight)
    return {name: made[name] for name in ("truth variance", "estimate variance", "covariance")}


def _with_group_means(reductions: Reductions) -> nw.LazyFrame[Any]:
    """Set the means of its group beside each row, as `tm_mt` and `tm_me`."""
    rows = reductions.frame_rows
    keys = rows.keys
    # the totals stand in columns of their own: engines do not nest windows and aggregates
    one = nw.when(~nw.col(TRUTH).is_null()).then(nw.lit(1.0).cast(nw.Float64))
    total = nw.col("tm_weight") if rows.weighted else one
    frame = reductions.frame().with_columns(tm_of=total, tm_wt=total * nw.col(TRUTH), tm_we=total * nw.col(ESTIMATE))
    if rows.grouped and not frame.implementation.is_dask():
        means = {f"tm_m{x}": nw.col(f"tm_w{x}").sum().over(*keys) / nw.col("tm_of").sum().over(*keys) for x in ("t", "e")}
        return frame.with_columns(**means)
    # Dask has no windows over rows, and a window without keys is one task on Spark: a small table joined back does the same.
    # A null matches nothing in a join, so that each key goes as a string and whether it is missing
    paired = {f"tm_j{i}": nw.col(key).cast(nw.String).fill_null("") for i, key in enumerate(keys)}
    paired |= {f"tm_h{i}": nw.col(key).is_null().cast(nw.Int64) for i, key in enumerate(keys)}
    frame = frame.with_columns(**paired)
    sums = frame.group_by(*paired).agg(nw.col("tm_of", "tm_wt", "tm_we").sum())
    means = {f"tm_m{x}": nw.col(f"tm_w{x}") / nw.col("tm_of") for x in ("t", "e")}
    return frame.join(small(sums.select(*paired, **means)), on=list(paired), how="left")


@dataclass(frozen=True, eq=False, repr=False)
class SignedErrors:
    """The weighted mean absolute error on either side of the truth."""

    needs: ClassVar[tuple[Any, ...]] = (Moments,)

    moments: Moments
    over: Array
    """[groups] among rows whose truth is below the estimate; undefined without such rows"""
    under: Array
    """[groups] among the other rows, ties included"""

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give sums and weights of either side."""

        def on_side(columns: SimpleNamespace, *, over: bool) -> Any:
            difference = columns.truth - columns.estimate
            return difference < 0 if over else difference >= 0  # not ~: Dask takes a missing value for False

        def side(columns: SimpleNamespace, values: Any, *, over: bool) -> Any:
            return nw.when(on_side(columns, over=over)).then(weigh(columns, values))

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

    @classmethod
    def reduce(cls, reductions: Reductions) -> SignedErrors:
        """Divide the sums of either side by its weight."""
        found = reductions.aggregates(cls)
        over, under = (ratio(found[name], found[f"{name} weight"]) for name in ("over", "under"))
        return cls(reductions.get(Moments), over, under)
