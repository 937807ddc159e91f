"""What the influences of two contestants on the same rows add up to, beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT
from tidymetrics.statistics.influence_of_cells import places_of
from tidymetrics.statistics.influence_of_terms import by_units, influences, require_subjects
from tidymetrics.statistics.movable import codes_of_units
from tidymetrics.statistics.spread import Spread, add_up, by_unit, of_ranks, of_rows, of_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics.influence_of_cells import Cells
    from tidymetrics.statistics.influence_of_terms import Term
    from tidymetrics.statistics.movable import RowMoves
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class JointRows:
    """Rows of one group that move both estimates alike: [cells] each."""

    first: Array
    """[cells, columns] the influence of one of its rows"""
    second: Array
    group: Codes
    count: Array


@dataclass(frozen=True, eq=False, repr=False)
class PairOfSpreads:
    """Two spreads, and what their influences have in common, each [groups, columns]."""

    first: Spread
    second: Spread
    covariance: Array
    """With the factors of the variances; 0 for rows that are not shared."""
    kurtosis: Array | None = None
    """Of the differences of influences on shared rows; None where none are shared."""
    cells: JointRows | None = None
    """Of counts, from which the rows come that only one contestant has right."""


@dataclass(frozen=True, eq=False, repr=False)
class Both:
    """The statistics of two contestants on one frame."""

    first: Reductions
    second: Reductions
    columns: Mapping[str, nw.Expr]
    """By role, the columns of the second contestant, made of those of the frame of the first."""
    frequency: bool
    """Whether case weights count rows."""
    clustered: bool
    """Whether units hold several rows."""
    units: bool
    """Whether the call names units."""


def pair_of_cells(first: Cells, second: Cells, of_first: Spread, of_second: Spread, joint: JointCells) -> PairOfSpreads:
    """Pair two formulas over counts, whose joint cells the engine has counted."""
    a, b = (made.slopes[joint.group, place] for made, place in ((first, joint.first), (second, joint.second)))
    covariance = add_up(joint.square[:, None] * a * b, joint.group, len(first.values))
    return PairOfSpreads(of_first, of_second, covariance, cells=JointRows(a, b, joint.group, joint.count))


@dataclass(frozen=True, eq=False, repr=False)
class JointCells:
    """How many rows have which truth and which two predictions: [cells] each."""

    group: Codes
    first: Codes
    """The cell among those of the first contestant."""
    second: Codes
    count: Array
    square: Array
    """The sum of the squares of the rows' weights; the counts themselves where weights count rows."""


def joint_cells(first: Cells, second: Cells, both: Both, instead: str) -> JointCells:
    """Count rows by truth and both predictions; nothing but these counts leaves the engine."""
    rows, weight = both.first.frame_rows, nw.col(WEIGHT)
    made: dict[str, Any] = {"tm_n": nw.lit(1.0), "tm_2": nw.lit(1.0)}
    if rows.weighted:
        made = {"tm_n": nw.when(weight > 0).then(nw.lit(1.0)), "tm_2": weight if both.frequency else weight * weight}
    other = both.columns.get(ESTIMATE, nw.col(ESTIMATE)).alias("tm_other")
    names = [*rows.keys, TRUTH, ESTIMATE]
    frame = (
        rows.frame.select(*names, other, **made).group_by(*names, "tm_other").agg(nw.col("tm_n").sum(), nw.col("tm_2").sum())
    )
    table, group = both.first.collect_rows(frame, "joint cells", instead=instead, at_most=0)
    place = places_of(first.confusion, both.first, table)
    place_b = places_of(second.confusion, both.second, table.with_columns(pl.col("tm_other").alias(ESTIMATE)))
    kept = (place >= 0) & (place_b >= 0)
    count, square = (table.get_column(n).cast(pl.Float64).fill_null(0.0).to_numpy()[kept] for n in ("tm_n", "tm_2"))
    return JointCells(group[kept], place[kept], place_b[kept], count, square)


def pairs_of_terms(first: Sequence[Term], second: Sequence[Term], both: Both, reads: Sequence[str]) -> list[PairOfSpreads]:
    """Pair metrics whose influences are expressions over one frame: all of them in one pass of the engine."""
    rows = both.first.frame_rows
    gaps = [name for name in reads if name in rows.gaps]
    complete = ~nw.any_horizontal(*(nw.col(name).is_null() for name in gaps), ignore_nulls=True) if gaps else None
    own: dict[str, Any] = {}
    for role, column in both.columns.items():
        own[role.removeprefix("tm_")] = column if complete is None else nw.when(complete).then(column)
    k, folded = len(first), first[0].folded
    frame = influences([*first, *second], both.first, [{}] * k + [own] * k)
    keys = list(rows.keys)
    names = [f"tm_p{i}" for i in range(2 * k)]
    if folded:
        if not both.units:
            require_subjects(first[0].name)
        keys = list(rows.keys[: -rows.inner]) or ["tm_all"]
        frame = frame.with_columns(tm_all=nw.lit(0)) if keys == ["tm_all"] else frame
    if folded or both.clustered:
        frame = by_units(frame, keys, names)
    counted = both.frequency and rows.weighted and not both.clustered and not folded
    made: dict[str, Any] = {}
    for i in range(k):
        made |= _powers(i, nw.col(names[i]), nw.col(names[i + k]), nw.col(WEIGHT) if counted else None)
    sums = frame.select(*keys, **made).group_by(*keys).agg(*(nw.col(name).sum() for name in made))
    table = _aligned(rows.collect(sums), both.first, keys, folded=folded)
    return [
        _of_sums(i, a, b, table, clustered=both.clustered or folded) for i, (a, b) in enumerate(zip(first, second, strict=True))
    ]


def _powers(i: int, a: Any, b: Any, weight: Any) -> dict[str, Any]:
    gap = a - b
    square = gap * gap
    made = {f"tm_{i}aa": a * a, f"tm_{i}bb": b * b, f"tm_{i}ab": a * b, f"tm_{i}g2": square, f"tm_{i}g4": square * square}
    if weight is None:
        return made | {f"tm_{i}n": nw.when(~gap.is_null()).then(nw.lit(1.0))}
    # a row of weight w is w rows, each with its share of the influence
    shares = {name: nw.when(weight > 0).then(value / weight) for name, value in made.items() if not name.endswith("g4")}
    fourth = square / weight
    shares[f"tm_{i}g4"] = nw.when(weight > 0).then(fourth * fourth / weight)
    return shares | {f"tm_{i}n": nw.when((weight > 0) & ~gap.is_null()).then(weight)}


def _aligned(table: pl.DataFrame, reductions: Reductions, keys: list[str], *, folded: bool) -> pl.DataFrame:
    if not folded:
        return reductions.align(table)
    outer = reductions.outer[0]
    return table if keys == ["tm_all"] else outer.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _of_sums(i: int, first: Term, second: Term, table: pl.DataFrame, *, clustered: bool) -> PairOfSpreads:
    found = {
        end: table.get_column(f"tm_{i}{end}").cast(pl.Float64).fill_null(0.0).to_numpy()[:, None]
        for end in ("aa", "bb", "ab", "g2", "g4", "n")
    }
    n, shape = found["n"], first.values.shape
    make = of_units if clustered else of_rows
    none = np.full_like(n, np.nan)
    spreads = [
        make(term.values.reshape(len(n), -1), found[square], none, n[:, 0]).reshaped(shape)
        for term, square in ((first, "aa"), (second, "bb"))
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = np.where(n > 1, found["ab"] * n / (n - 1), 0.0)
        kurtosis = found["g4"] / found["g2"] ** 2
    return PairOfSpreads(spreads[0], spreads[1], covariance.reshape(shape), kurtosis.reshape(shape))


@dataclass(frozen=True, eq=False, repr=False)
class Moved:
    """The influences of rows in memory on one metric, and its values."""

    values: Array
    """[groups, columns]"""
    phi: Array
    """[rows, columns]"""
    moves: RowMoves
    reach: Array
    """[groups, columns] how far one row at most moves the estimate; NaN where nobody knows."""


def pair_of_moves(first: Moved, second: Moved, *, frequency: bool, clustered: bool) -> PairOfSpreads:
    """Pair a metric whose influences are arrays of rows; both have the same rows, in the same order."""
    shape = first.values.shape
    moves = first.moves
    n_groups = len(first.values) * (shape[1] if moves.by_time else 1)
    values = [one.values.reshape(n_groups, -1) for one in (first, second)]
    reach = [one.reach.reshape(n_groups, -1) for one in (first, second)]
    a, b, group = first.phi, second.phi, moves.group
    weight = np.ones(len(group)) if moves.weight is None else moves.weight
    truth = moves.truth
    if clustered:
        there, codes = weight > 0, codes_of_units(moves.unit)
        both, group, _ = by_unit(np.concatenate([a, b], axis=1)[there], group[there], codes[there])
        a, b, truth = both[:, : a.shape[1]], both[:, a.shape[1] :], None
        weight, frequency = np.ones(len(group)), False
    share = np.where(weight > 0, weight, 1.0)[:, None] if frequency else 1.0
    gap = a - b
    with np.errstate(divide="ignore", invalid="ignore"):
        kurtosis = add_up(gap**4 / share**3, group, n_groups) / add_up(gap**2 / share, group, n_groups) ** 2
    size = weight * (weight > 0) if frequency else (weight > 0).astype(np.float64)
    products = (a * a / share, b * b / share, a * b / share)
    if truth is None:
        spreads, covariance = _of_rows(values, products, group, size, clustered=clustered)
    else:
        spreads, covariance = _of_ranks(values, reach, products, group, truth, moves.n_levels, size)
    of_first, of_second = (spread.reshaped(shape) for spread in spreads)
    return PairOfSpreads(of_first, of_second, covariance.reshape(shape), kurtosis.reshape(shape))


def _of_rows(
    values: Sequence[Array], products: Sequence[Array], group: Codes, size: Array, *, clustered: bool
) -> tuple[list[Spread], Array]:
    n_groups = len(values[0])
    n = np.bincount(group, size, minlength=n_groups).astype(np.float64)
    sums = [add_up(product, group, n_groups) for product in products]
    make, none = of_units if clustered else of_rows, np.full_like(values[0], np.nan)
    spreads = [make(value, square, none, n) for value, square in zip(values, sums, strict=False)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return spreads, np.where(n[:, None] > 1, sums[2] * n[:, None] / (n[:, None] - 1), 0.0)


def _of_ranks(
    values: Sequence[Array],
    reach: Sequence[Array],
    products: Sequence[Array],
    group: Codes,
    truth: Codes,
    n_levels: int,
    size: Array,
) -> tuple[list[Spread], Array]:
    """Give each class its own factor, as DeLong's covariance has it."""
    n_groups = len(values[0])
    place = group * n_levels + truth
    n_true = np.bincount(place, size, minlength=n_groups * n_levels).astype(np.float64).reshape(n_groups, n_levels)
    sums = [add_up(p, place, n_groups * n_levels).reshape(n_groups, n_levels, -1) for p in products]
    none = np.full_like(values[0], np.nan)
    spreads = [of_ranks(v, s, none, n_true, r) for v, s, r in zip(values, sums, reach, strict=False)]
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(n_true > 1, n_true / (n_true - 1), 0.0)[:, :, None]
    return spreads, np.where(n_true[:, :, None] > 0, sums[2] * factor, 0.0).sum(axis=1)
