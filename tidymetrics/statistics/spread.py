"""What the influences of all rows add up to: all that intervals and comparisons know of the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Codes, Mask

_LEAST_SPLITS = 5
"""A variance of fewer splits says nothing."""


class Reason(IntEnum):
    """Why there is no interval."""

    NONE = 0
    UNDEFINED = 1
    """The estimate itself is undefined, which has a warning of its own."""
    INFINITE = 2
    ONE_UNIT = 3
    ALIKE = 4
    ONE_OF_CLASS = 5
    FEW_ROWS = 6


REASONS = {
    Reason.INFINITE: "the estimate is infinite",
    Reason.ONE_UNIT: "the group has one row only",
    Reason.ALIKE: "all rows have the same influence",
    Reason.ONE_OF_CLASS: "a class has one row only",
    Reason.FEW_ROWS: "the group has too few rows to split",
}
"""What a warning says; with `unit=`, the caller puts "unit" for "row"."""


@dataclass(frozen=True, eq=False, repr=False)
class Splits:
    """The deviations of a value on splits of the rows: its variance is the mean of their squares."""

    deviations: Array
    """[groups, splits, columns], NaN where a part has no value."""
    sets: Codes | None = None
    """[groups] equal where the same units were split; None where nobody knows."""

    def at(self, groups: Codes) -> Splits:
        """Take some of the groups; -1 is one without a value."""
        there = groups >= 0
        kept = np.where(there[:, None, None], self.deviations[groups], np.nan)
        return Splits(kept, None if self.sets is None else np.where(there, self.sets[groups], -1))

    def shared(self, other: Splits) -> Mask:
        """Tell where both are splits of the same units [groups]."""
        if self.sets is None or other.sets is None:
            return np.zeros(len(self.deviations), np.bool_)
        return np.asarray((self.sets == other.sets) & (self.sets >= 0))

    def covariance(self, other: Splits) -> Array:
        """Give the covariance of two values [groups, columns]; 0 where they share no splits."""
        both = self.deviations * other.deviations
        kept = np.isfinite(both)
        mean = np.where(kept, both, 0.0).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)
        return np.where(self.shared(other)[:, None], mean, 0.0)


@dataclass(frozen=True, eq=False, repr=False)
class Spread:
    """Sums of influences, each [groups, columns] or broadcast to it; the columns are those of the value (levels, times)."""

    values: Array
    variance: Array
    """The sum of squares with the factor that makes it unbiased; NaN where there is none."""
    kurtosis: Array
    """The sum of fourth powers by the squared sum of squares, both plain; 0 for splits, whose degrees are the units less 1."""
    units: Array
    """Rows, or clusters."""
    reach: Array
    """How far one row at most moves the estimate; NaN where it is not known (means)."""
    smoothed: Array
    """Effective rows at smoothed cells; NaN where there are no cells."""
    counts: bool = False
    """Whether the numbers are counts of single rows, which take normal quantiles."""
    reason: Codes | None = None
    """Reasons that the statistic knows."""
    splits: Splits | None = None
    """What the variance is made of where rows were split."""

    def each(self, change: Callable[[Array], Array]) -> Spread:
        """Change all that is [groups, columns] in the same way."""
        own = ("values", "variance", "kurtosis", "units", "reach", "smoothed", "reason")
        shape = self.values.shape

        def changed(values: Any) -> Any:
            return None if values is None else change(np.broadcast_to(values, shape))

        return replace(self, **{name: changed(getattr(self, name)) for name in own})

    def columns(self, part: slice) -> Spread:
        """Give some of the columns."""
        return self.each(lambda values: values[:, part])

    def reshaped(self, shape: tuple[int, ...]) -> Spread:
        """Bring a spread of [groups and times, 1] into [groups, times]."""
        return self if self.values.shape == shape else self.each(lambda values: values.reshape(shape))

    def at(self, groups: Codes) -> Spread:
        """Take some of the groups; -1 is one without a value."""
        there = groups >= 0

        def taken(values: Array) -> Array:
            gone: Any = 0 if values.dtype.kind == "i" else np.nan
            return np.where(there[:, None], values[groups], gone)

        made = self.each(taken)
        return made if self.splits is None else replace(made, splits=self.splits.at(groups))

    @property
    def is_flat(self) -> Mask:
        """Whether no row moves the estimate, [groups, columns]: what is left is the dust of differences."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.sqrt(self.variance) <= 1e-7 * np.maximum(np.abs(self.values), 1e-300))


def add_up(values: Array, group: Codes, n_groups: int) -> Array:
    """Add up [rows, columns] by group: [groups, columns]."""
    sums = [np.bincount(group, values[:, c], minlength=n_groups) for c in range(values.shape[1])]
    return np.stack(sums, axis=1).astype(np.float64)


def by_unit(phi: Array, group: Codes, unit: Codes) -> tuple[Array, Codes, Codes]:
    """Add up influences [rows, columns] by unit within group: the sums [units, columns], and the group and code of each."""
    width = int(unit.max(initial=0)) + 1
    pairs, position = np.unique(group.astype(np.int64) * width + unit, return_inverse=True)
    return add_up(phi, position, len(pairs)), pairs // width, pairs % width


def of_cells(
    values: Array, slopes: Array, squares: Array, fourths: Array, size: Array, smoothed: Array, units: Array
) -> Spread:
    """Spread counts of rows.

    Parameters
    ----------
    values
        [groups, columns].
    slopes
        [groups, cells, columns] derivatives by each cell, empty ones included.
    squares, fourths
        [groups, cells] sums of squares and fourth powers of the rows' weights; the counts themselves where all weigh 1, or
        where weights count rows.
    size
        [groups] the mean weight of a row: sum of squares by sum; 1 for counts.
    smoothed
        [groups, columns] effective rows at smoothed cells, of weight 1.
    units
        [groups] rows.
    """
    variance = np.einsum("gc,gck->gk", squares, slopes**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        kurtosis = np.einsum("gc,gck->gk", fourths, slopes**4) / variance**2
        reach = (slopes.max(axis=1) - slopes.min(axis=1)) * size[:, None]
        return Spread(values, variance, kurtosis, units[:, None], reach, smoothed / size[:, None], counts=True)


def smooth(table: Array) -> Array:
    """Give each true class with rows one row more, over all predictions, and scale it back: [groups, levels, levels]."""
    true = table.sum(axis=1, keepdims=True)  # [groups, 1, levels]
    return np.asarray((table + np.where(true > 0, 1 / table.shape[-1], 0.0)) * true / (true + 1))


def effective_of_cells(values: Array, slopes: Array, table: Array, span: tuple[float, float]) -> Array:
    """Give the rows [groups, columns] of which a share varies as much as the value at these cells [groups, cells]."""
    share = (values - span[0]) / (span[1] - span[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(share * (1 - share) * (span[1] - span[0]) ** 2 / np.einsum("gc,gck->gk", table, slopes**2))


def of_rows(values: Array, squares: Array, fourths: Array, n: Array) -> Spread:
    """Spread means and moments of n [groups] rows, of plain sums of powers [groups, columns] of their influences."""
    return _plain(values, squares, fourths, n, np.full_like(values, np.nan))


def of_units(values: Array, squares: Array, fourths: Array, n: Array, reach: Array | None = None) -> Spread:
    """Spread clusters, of plain sums of powers of the influences of units; `reach` is that of a whole unit, if it is known."""
    return _plain(values, squares, fourths, n, np.full_like(values, np.nan) if reach is None else reach)


def _plain(values: Array, squares: Array, fourths: Array, n: Array, reach: Array) -> Spread:
    size = n[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(size > 1, squares * size / (size - 1), np.nan)
        return Spread(values, variance, fourths / squares**2, size, reach, np.full_like(values, np.nan))


def of_ranks(values: Array, squares: Array, fourths: Array, n_true: Array, reach: Array) -> Spread:
    """Spread ranks, of sums of squares by true class [groups, levels, columns] and fourth powers [groups, columns].

    `n_true` [groups, levels] are the rows of each class; `reach` [groups, columns]. Classes without rows take no part.
    """
    n = n_true[:, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(n > 1, n / (n - 1), np.where(n > 0, np.nan, 0.0))
        variance = np.where(n > 0, squares * factor, 0.0).sum(axis=1)
        kurtosis = fourths / squares.sum(axis=1) ** 2
    one = np.broadcast_to((n_true == 1).any(axis=1)[:, None], values.shape)
    reason = np.where(one, int(Reason.ONE_OF_CLASS), 0)
    units = n_true.sum(axis=1)[:, None]
    return Spread(values, variance, kurtosis, units, reach, np.full_like(values, np.nan), reason=reason)


# ---------------------------------------------------------------------------------------------------- splits of the rows


def draw_halves(n: int, seed: int, splits: int = 8) -> Codes:
    """Draw random splits of n rows into halves: 0 or 1, [splits, n]; the same for one seed and n, on every machine."""
    draw = np.random.default_rng([seed, n])
    return np.stack([draw.permutation(np.arange(n) >= n // 2) for _ in range(splits)]).astype(np.int64)


def draw_blocks(n: int, seed: int, blocks: int = 20) -> Codes:
    """Draw one random division of n rows into disjoint blocks: [n]."""
    return np.random.default_rng([seed, n]).permutation(np.arange(n) % blocks).astype(np.int64)


def of_halves(values: Array, first: Array, second: Array, n: Array, sets: Codes | None = None) -> Spread:
    """Spread a function of units [groups, columns], of its values on both halves of random splits of n [groups] units.

    `first` and `second` are [groups, splits, columns].
    """
    small = np.floor(n / 2)
    scale = np.sqrt(small * (n - small)) / np.maximum(n, 1)
    return _of_splits(values, (first - second) * scale[:, None, None], n >= 4, sets)


def of_blocks(values: Array, parts: Array, sets: Codes | None = None) -> Spread:
    """Spread a function of units [groups, columns], of its values on disjoint blocks [groups, blocks, columns]."""
    kept = np.isfinite(parts)
    number = kept.sum(axis=1, keepdims=True)  # [groups, 1, columns]
    mean = np.where(kept, parts, 0.0).sum(axis=1, keepdims=True) / np.maximum(number, 1)
    return _of_splits(values, (parts - mean) / np.sqrt(np.maximum(number - 1, 1)), np.ones(len(values), np.bool_), sets, 1)


def _of_splits(values: Array, deviations: Array, enough: Mask, sets: Codes | None, lost: int = 0) -> Spread:
    kept = np.isfinite(deviations)
    number = kept.sum(axis=1)  # [groups, columns]
    known = enough[:, None] & (number >= _LEAST_SPLITS)
    squares = np.where(kept, deviations, 0.0) ** 2
    variance = np.where(known, squares.sum(axis=1) / np.maximum(number, 1), np.nan)
    nan, reason = np.full_like(values, np.nan), np.where(known, 0, int(Reason.FEW_ROWS))
    units = number + 1.0 - lost  # the degrees of freedom are one less
    return Spread(values, variance, np.zeros_like(values), units, nan, nan, reason=reason, splits=Splits(deviations, sets))


def either(first: Mask, one: Spread, other: Spread) -> Spread:
    """Take the groups [groups] of one spread, and the rest of another one."""
    names = ("values", "variance", "kurtosis", "units", "reach", "smoothed", "reason")
    made = {name: np.where(first[:, None], getattr(one, name), getattr(other, name)) for name in names}
    if one.splits is None or other.splits is None:
        return Spread(**made)
    width = max(one.splits.deviations.shape[1], other.splits.deviations.shape[1])
    wide = [
        np.pad(s.deviations, ((0, 0), (0, width - s.deviations.shape[1]), (0, 0)), constant_values=np.nan)
        for s in (one.splits, other.splits)
    ]
    return Spread(**made, splits=Splits(np.where(first[:, None, None], *wide), one.splits.sets))
