"""What a statistic says of itself so that estimates made of it have intervals: its numbers, and how rows move them."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import UNIT, WEIGHT
from tidymetrics.statistics.reductions import SETTLE_INSTEAD
from tidymetrics.statistics.requests import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes

_DUST = 1e-8
"""How exact derivatives by differences are, as a share of what they are made of."""


@dataclass(frozen=True, eq=False, repr=False)
class RowTerms:
    """What rows add to numbers, as expressions that the engine evaluates.

    The influence of a row is the sum over numbers of ``slope / divisor * (term - offset * weight)``.
    """

    frame: nw.LazyFrame[Any]
    """The frame whose rows have the terms; what is read is null in rows that do not count."""
    terms: Callable[[SimpleNamespace], list[Any]]
    """From the columns, those of `centres` among them, to a weighted value for each number."""
    offsets: Array
    """[groups, K]"""
    divisors: Array
    """[groups, K]"""
    centres: Mapping[str, Array] = field(default_factory=dict)
    """Numbers [groups] that the terms take, by column name."""
    key: Any = NUMBERS
    """What tells the frame from others: the columns read. Those of one key are looked at together."""
    by_time: bool = False
    """Whether the groups of the frame have an inner key, each of whose values has a number of its own."""


@dataclass(frozen=True, eq=False, repr=False)
class Powers:
    """What influences of ranks add up to."""

    squares: Array
    """[groups, classes, columns]"""
    fourths: Array
    """[groups, columns]"""
    n_true: Array
    """[groups, classes] the rows of each class"""
    reach: Array
    """[groups, columns] how far one row at most moves each estimate"""


@dataclass(frozen=True, eq=False, repr=False)
class RowMoves:
    """What rows add to numbers, as arrays of rows in memory."""

    group: Codes
    """[rows]"""
    phi: Callable[[Array], Array]
    """From slopes [groups, K, columns] to the influences [rows, columns] of rows."""
    weight: Array | None = None
    """[rows]"""
    truth: Codes | None = None
    """[rows] the true class, for ranks"""
    n_levels: int = 1
    unit: Any = None
    """[rows] the units as a Series, of a call that names them"""
    reach: Callable[[Array], Array] | None = None
    """From slopes to how far one row at most moves each estimate [groups, columns]; None where nobody knows."""
    powers: Callable[[Array, bool], Powers | None] | None = None
    """From slopes, and whether weights count rows, to sums of powers of influences where these need no rows; else None."""
    by_time: bool = False
    rows: Callable[[], RowMoves] | None = None
    """Gives the rows, where they are in an engine and sums of powers are all that leaves it, if it can be."""


@dataclass(frozen=True, eq=False, repr=False)
class CellMoves:
    """What a row adds to numbers by the cell that it is in, where counts of cells are all that a statistic is made of."""

    group: Codes
    """[cells]"""
    by_number: Array
    """[cells, K] what a weight of 1 adds"""
    weight: Array
    """[cells] 0 for one that has no rows, and could have some"""
    powers: Callable[[], tuple[Array, Array, Array]]
    """Gives the sums of squares and fourth powers of the weights [cells], and the number of rows [groups]."""
    unit: Any = None
    """[cells] the units as a Series, of a call that names them"""

    def phi(self, slopes: Array) -> Array:
        """Give the influence of a weight of 1 [cells, columns]; together those of all rows are 0."""
        n_groups = len(slopes)
        raw = np.einsum("ck,ckx->cx", self.by_number, slopes[self.group])
        weight = np.bincount(self.group, self.weight, minlength=n_groups)
        sums = [np.bincount(self.group, self.weight * column, minlength=n_groups) for column in raw.T]
        mean = np.stack(sums, axis=1) / np.maximum(weight, 1e-300)[:, None]
        phi = raw - mean[self.group]
        # what cancels but for the dust of differences is 0
        scale = np.einsum("ck,ckx->cx", np.abs(self.by_number), np.abs(slopes[self.group]))
        return np.where(np.abs(phi) <= _DUST * scale, 0.0, phi)


Source: TypeAlias = RowTerms | RowMoves | CellMoves


@dataclass(frozen=True, eq=False, repr=False)
class Movement:
    """The numbers of a statistic, and what moves them."""

    numbers: Array
    """[groups, K]"""
    scale: Array
    """[groups, K] the size of a nudge of each"""
    moved: Callable[[Array, Codes], Any] | None
    """From numbers [copies, K], and of which group each is a copy, to the statistic of the copies; None where the numbers are
    the values themselves."""
    source: Callable[[bool], Source]
    """Gives how rows move the numbers; with the units of rows, if True."""


class Movable:
    """A request whose statistic can move with the weight of each row."""

    @abstractmethod
    def movement(self, reductions: Reductions) -> Movement:
        """Give the numbers of the statistic, and how they move."""


def at_least(scale: Array) -> Array:
    """Give sizes of nudges that are none 0."""
    return np.asarray(np.maximum(np.nan_to_num(np.abs(scale)), 1e-300))


@dataclass(frozen=True, eq=False, repr=False)
class RowTable:
    """Rows in memory, group by group."""

    lengths: Codes
    """[groups]"""
    columns: Mapping[str, Array]
    """[rows] each"""
    unit: Any
    """[rows] the units as a Series; None where nobody asks"""

    @property
    def group(self) -> Codes:
        """The group of each row."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def rows_in_memory(
    reductions: Reductions, frame: nw.LazyFrame[Any], names: tuple[str, ...], what: str, *, unit: bool
) -> RowTable:
    """Bring columns of all rows of a frame out of the engine, in one go, so that they stand in one order."""
    rows, keys = reductions.frame_rows, list(reductions.frame_rows.keys)
    names = (*names, *((WEIGHT,) if rows.weighted else ()))
    wanted = [*names, *((UNIT,) if unit else ())]
    table = rows.collect_bounded(frame.select(*keys, *wanted), what, instead=SETTLE_INSTEAD)
    numbered = reductions.known_groups.with_row_index("tm_group")
    table = table.join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
    table = table.sort("tm_group", maintain_order=True)
    group = table.get_column("tm_group").to_numpy().astype(np.int64)
    columns = {name: table.get_column(name).to_numpy() for name in names}
    units = table.get_column(UNIT) if unit else None
    return RowTable(np.bincount(group, minlength=len(numbered)).astype(np.int64), columns, units)


def codes_of_units(units: pl.Series) -> Codes:
    """Number units by their sorted values: [rows]; each row without one is a unit by itself."""
    known = units.drop_nulls().unique().sort()
    numbered = pl.DataFrame({UNIT: known, "tm_code": np.arange(len(known))})
    found = units.alias(UNIT).to_frame().join(numbered, on=UNIT, how="left", maintain_order="left").get_column("tm_code")
    codes = found.fill_null(-1).to_numpy().astype(np.int64)
    alone = codes < 0
    codes = np.where(alone, len(known) + np.cumsum(alone), codes)
    made: Codes = codes
    return made


def units_hold_rows(reductions: Reductions) -> bool:
    """Tell whether some unit stands for several rows; where each is a row, there are no clusters."""
    rows = reductions.frame_rows
    if UNIT not in rows.roles:
        return False
    unit = nw.col(UNIT)
    counted = rows.frame.filter(~unit.is_null()).group_by(*rows.keys, UNIT).agg(nw.len().alias("tm_n"))
    most: Any = rows.collect(counted.select(nw.col("tm_n").max())).item()
    return most is not None and most > 1


@dataclass(frozen=True, eq=False, repr=False)
class SharedUnits:
    """The influences of units on two estimates; 0 for one that it takes no part in."""

    group: Codes
    """[units]"""
    first: Array
    """[units, columns]"""
    second: Array
    both: Any
    """[units] whether it takes part in both"""


def shared_units(first: tuple[Codes, pl.Series, Array], second: tuple[Codes, pl.Series, Array]) -> SharedUnits:
    """Add up influences by group and unit, and set those of two estimates beside each other; rows without a unit share none."""
    tables = []
    for name, (group, unit, phi) in (("a", first), ("b", second)):
        columns = {f"{name}{c}": phi[:, c] for c in range(phi.shape[1])}
        table = pl.DataFrame({"g": group, "u": unit, **columns}).drop_nulls("u")
        sums = [pl.col(column).sum() for column in columns]
        tables.append(table.group_by("g", "u").agg(*sums).with_columns(pl.lit(1).alias(f"in_{name}")))
    joined = tables[0].join(tables[1], on=["g", "u"], how="full", coalesce=True)
    width = first[2].shape[1]
    sides = [joined.select(pl.col([f"{n}{c}" for c in range(width)]).fill_null(0.0)).to_numpy() for n in ("a", "b")]
    both = joined.select(pl.col("in_a").is_not_null() & pl.col("in_b").is_not_null()).to_series().to_numpy()
    return SharedUnits(joined.get_column("g").to_numpy().astype(np.int64), sides[0], sides[1], both)
