"""Influences that the engine makes of row values: coefficients of each group beside the rows, and sums of powers."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.frames.beside import beside
from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ROW, UNIT, WEIGHT
from tidymetrics.statistics.reductions import SETTLE_INSTEAD
from tidymetrics.statistics.shared_pass import columns_of
from tidymetrics.statistics.spread import Spread, of_rows, of_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics.movable import RowTerms
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class Term:
    """A metric whose influences are expressions."""

    name: str
    values: Array
    """[groups, columns]"""
    slopes: Array
    """[groups, K, columns]"""
    source: RowTerms

    @property
    def folded(self) -> bool:
        """Whether the value is one of several times: a subject is one unit over all of them."""
        return self.source.by_time and self.slopes.shape[1] > self.slopes.shape[2]

    def coefficients(self) -> tuple[Array, Array]:
        """Give what each term counts for, [groups of the frame, K], and what is subtracted for a weight of 1."""
        slopes = self.slopes
        if self.source.by_time:
            at = np.arange(slopes.shape[1])
            slopes = (slopes[:, :, 0] if self.folded else slopes[:, at, at]).reshape(-1, 1, 1)
        with np.errstate(all="ignore"):
            by = _finite(slopes[:, :, 0] / self.source.divisors)
            return by, _finite((by * self.source.offsets).sum(axis=1))


def _finite(values: Array) -> Array:
    return np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)


def spreads_of_terms(terms: Sequence[Term], reductions: Reductions, *, frequency: bool, clustered: bool) -> dict[str, Spread]:
    """Spread all metrics whose frames are one in one pass."""
    alike: dict[Any, list[Term]] = {}
    for term in terms:
        alike.setdefault((term.source.key, term.folded), []).append(term)
    found: dict[str, Spread] = {}
    for (_, folded), members in alike.items():
        frame = influences(members, reductions)
        if folded:
            found |= _folded(members, frame, reductions)
        else:
            found |= _spread(members, frame, reductions, frequency=frequency, clustered=clustered)
    return found


def influences(terms: Sequence[Term], reductions: Reductions, instead: Sequence[Mapping[str, Any]] = ()) -> nw.LazyFrame[Any]:
    """Give the frame of keys, weights and units, and the influence of each row on the i-th metric as `tm_p{i}`.

    `instead` are the columns that the i-th metric reads in place of those of their names.
    """
    rows = reductions.frame_rows
    frame = terms[0].source.frame
    table: dict[str, Any] = {key: reductions.known_groups.get_column(key) for key in rows.keys}
    plain = columns_of(frame)
    made: dict[str, Any] = {}
    for i, term in enumerate(terms):
        by, constant = term.coefficients()
        own = {name.removeprefix("tm_"): nw.col(f"{name}_{i}") for name in term.source.centres}
        table |= {f"{name}_{i}": pl.Series(values) for name, values in term.source.centres.items()}
        columns = SimpleNamespace(**{**vars(plain), **(instead[i] if instead else {}), **own})
        table[f"tm_c{i}"] = pl.Series(constant)
        parts = []
        for j, expr in enumerate(term.source.terms(columns)):
            if j == 0 or by[:, j].any():
                table[f"tm_g{i}_{j}"] = pl.Series(by[:, j])
                parts.append(expr * nw.col(f"tm_g{i}_{j}"))
        phi = parts[0]
        for part in parts[1:]:
            phi = phi + part
        share = 1.0 if columns.weight is None else nw.col(WEIGHT)
        made[f"tm_p{i}"] = phi - nw.col(f"tm_c{i}") * share
    names = [n for n in (UNIT, ROW, WEIGHT) if n in lazy_names(frame)]
    return beside(rows, frame, pl.DataFrame(table)).select(*rows.keys, *names, **made)


def by_units(frame: nw.LazyFrame[Any], keys: Sequence[str], names: Sequence[str]) -> nw.LazyFrame[Any]:
    """Add up influences by unit, null where none of its rows counts; rows without a unit are one each."""
    unit = nw.col(UNIT)
    sums = [nw.col(n).sum() for n in names] + [nw.col(n).count().alias(f"{n}n") for n in names]
    table = frame.filter(~unit.is_null()).group_by(*keys, UNIT).agg(*sums)
    known = {n: nw.when(nw.col(f"{n}n") > 0).then(nw.col(n)) for n in names}
    alone = frame.filter(unit.is_null()).select(*keys, *names)
    return nw.concat([table.select(*keys, **known), alone], how="vertical")


def collected(term: Term, reductions: Reductions) -> tuple[Codes, Any, Array]:
    """Bring the influences of units out of the engine: their group, the units as a Series, and influences [units, columns]."""
    rows = reductions.frame_rows
    frame = influences([term], reductions)
    names = [*rows.keys, UNIT, "tm_p0"]
    table, group = reductions.collect_rows(frame.select(names), "influences", instead=SETTLE_INSTEAD, at_most=np.inf)
    phi = table.get_column("tm_p0").cast(pl.Float64).fill_null(0.0).to_numpy()
    if not term.source.by_time:
        return group, table.get_column(UNIT), phi[:, None]
    times = term.slopes.shape[1]
    if term.folded:
        return group // times, table.get_column(UNIT), phi[:, None]
    apart = np.where(np.arange(times) == (group % times)[:, None], phi[:, None], 0.0)
    return group // times, table.get_column(UNIT), apart


def _spread(
    terms: Sequence[Term], frame: nw.LazyFrame[Any], reductions: Reductions, *, frequency: bool, clustered: bool
) -> dict[str, Spread]:
    rows = reductions.frame_rows
    names = [f"tm_p{i}" for i in range(len(terms))]
    keys = list(rows.keys)
    counted = frequency and rows.weighted and not clustered
    if clustered:
        frame = by_units(frame, keys, names)
    powers: dict[str, Any] = {}
    share = nw.col(WEIGHT)
    for n in names:
        phi = nw.col(n)
        square = phi * phi
        if counted:  # a row of weight w is w rows, each with its share of the influence
            one = phi / share
            powers |= {f"{n}s": _where(share, square / share), f"{n}f": _where(share, one * one * one * one * share)}
            powers[f"{n}n"] = _where(share, share)
        else:
            powers |= {f"{n}s": square, f"{n}f": square * square, f"{n}n": nw.when(~phi.is_null()).then(nw.lit(1.0))}
    table = reductions.align(rows.collect(_sums(frame.select(*keys, **powers), keys, powers)))
    found = {}
    for n, term in zip(names, terms, strict=True):
        squares, fourths, size = (_numbers(table, f"{n}{end}") for end in "sfn")
        shape = term.values.shape
        values = term.values.reshape(len(size), -1)
        # of several columns there are several groups, an inner key each
        make = of_units if clustered else of_rows
        spread = make(values, squares[:, None], fourths[:, None], size)
        found[term.name] = spread.reshaped(shape)
    return found


def _where(weight: Any, value: Any) -> Any:
    return nw.when(weight > 0).then(value)


def _sums(frame: nw.LazyFrame[Any], keys: Sequence[str], names: Any) -> nw.LazyFrame[Any]:
    return frame.group_by(*keys).agg(*(nw.col(n).sum() for n in names))


def _numbers(table: pl.DataFrame, name: str) -> Array:
    values: Array = table.get_column(name).cast(pl.Float64).fill_null(0.0).to_numpy()
    return values


def _folded(terms: Sequence[Term], frame: nw.LazyFrame[Any], reductions: Reductions) -> dict[str, Spread]:
    """Add up the influences of a subject over all times first."""
    rows = reductions.frame_rows
    keys = list(rows.keys[: -rows.inner])
    if not keys:
        keys, frame = ["tm_all"], frame.with_columns(tm_all=nw.lit(0))
    there = lazy_names(frame)
    if UNIT not in there:
        if ROW not in there:
            require_subjects(terms[0].name)
        frame = frame.with_columns((nw.col(ROW) // terms[0].slopes.shape[1]).alias(UNIT))
    names = [f"tm_p{i}" for i in range(len(terms))]
    frame = by_units(frame, keys, names)
    powers = {f"{n}s": nw.col(n) * nw.col(n) for n in names} | {f"{n}f": nw.col(n) ** 4 for n in names}
    powers |= {f"{n}n": nw.when(~nw.col(n).is_null()).then(nw.lit(1.0)) for n in names}
    table = rows.collect(_sums(frame.select(*keys, **powers), keys, powers))
    outer = reductions.outer[0]
    if keys != ["tm_all"]:
        table = outer.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")
    found = {}
    for n, term in zip(names, terms, strict=True):
        squares, fourths, size = (_numbers(table, f"{n}{end}") for end in "sfn")
        found[term.name] = of_units(term.values, squares[:, None], fourths[:, None], size)
    return found


def require_subjects(name: str) -> None:
    """Refuse long data without the column of subjects."""
    raise OptionError(
        f"{name}: its interval takes the rows of one subject together; pass unit=, the column that says which subject a row "
        "belongs to."
    )
