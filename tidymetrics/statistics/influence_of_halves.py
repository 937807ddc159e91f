"""Spreads of what has no influences, such as quantiles and plain functions: random splits of the units into halves."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.encode import Key
from tidymetrics.frames.prepared import UNIT, Origin, PreparedFrame
from tidymetrics.statistics.movable import codes_of_units
from tidymetrics.statistics.reductions import SETTLE_INSTEAD, Reductions
from tidymetrics.statistics.spread import Spread, draw_blocks, draw_halves, either, of_blocks, of_halves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.requests import Request
    from tidymetrics.typing import Array, Codes

LARGE, SPLITS, BLOCKS = 20_000, 8, 20


@dataclass(frozen=True, eq=False, repr=False)
class Units:
    """What was drawn independently: the units of each group, in an order that is theirs, and a value of some of them."""

    group: Codes
    """[units], ascending"""
    n_groups: int
    evaluate: Callable[[Codes, int], Array]
    """From the part [units] that each is in, -1 for none, and how many parts there are, to the values [parts, columns]."""
    names: pl.Series | None = None
    """[units] what they are known by, so that those of several groups or calls can be the same; None where nobody knows."""

    @property
    def sets(self) -> Codes | None:
        """Give a number [groups] that is equal where the units of groups are the same."""
        if self.names is None:
            return None
        mixed = self.names.hash(1).to_numpy() >> np.uint64(8)
        made = np.zeros(self.n_groups, np.uint64)
        np.add.at(made, self.group, mixed)
        return (made >> np.uint64(1)).astype(np.int64)


def spread_by_halves(values: Array, units: Units, seed: int, growth: float = 0.0) -> Spread:
    """Spread values [groups, columns] by those of parts of the units.

    `growth` is the power of the number of units with which a value grows: a mean has 0, a sum 1.
    """
    group, n_groups = units.group, units.n_groups
    n = np.bincount(group, minlength=n_groups).astype(np.float64)
    place = np.arange(len(group)) - np.concatenate([[0], np.cumsum(n)[:-1]]).astype(np.int64)[group]
    large = n >= LARGE
    halves, blocks = _draws(group, place, n, seed)
    first, second = (np.full((n_groups, SPLITS, values.shape[1]), np.nan) for _ in range(2))

    def on(part: Codes, n_parts: int) -> Array:
        found = units.evaluate(part, n_parts)
        if growth:
            times = np.bincount(part[part >= 0], minlength=n_parts)
            with np.errstate(divide="ignore"):
                found = found * ((np.repeat(n, n_parts // n_groups) / times) ** growth)[:, None]
        return found

    for s in range(SPLITS if (~large & (n >= 4)).any() else 0):
        kept = ~large[group] & (n[group] >= 4)
        found = on(np.where(kept, 2 * group + halves[s], -1), 2 * n_groups)
        first[:, s], second[:, s] = found[::2], found[1::2]
    spread = of_halves(values, first, second, n, units.sets)
    if not large.any():
        return spread
    parts = on(np.where(large[group], BLOCKS * group + blocks, -1), BLOCKS * n_groups)
    return either(large, of_blocks(values, parts.reshape(n_groups, BLOCKS, -1), units.sets), spread)


def _draws(group: Codes, place: Codes, n: Array, seed: int) -> tuple[Codes, Codes]:
    """Draw the half [splits, units], or the block [units], of each unit; groups of one size are drawn alike."""
    halves, blocks = np.zeros((SPLITS, len(group)), np.int64), np.zeros(len(group), np.int64)
    sizes = n[group]
    for size in np.unique(sizes):
        units = np.flatnonzero(sizes == size)
        if size >= LARGE:
            blocks[units] = draw_blocks(int(size), seed, BLOCKS)[place[units]]
        elif size >= 4:
            halves[:, units] = draw_halves(int(size), seed, SPLITS)[:, place[units]]
    return halves, blocks


@dataclass(frozen=True, eq=False, repr=False)
class OfRows:
    """A value that is made of rows as a whole."""

    name: str
    requests: tuple[Request[Any], ...]
    finish: Callable[[Reductions], Array]
    """Gives the values [groups, columns] of any rows."""

    def units(self, reductions: Reductions, *, clustered: bool, paired: bool) -> Units:
        """Give the rows, or the units of rows that vary together, as units.

        Rows stand by all that is read of them, whatever their order was. Those that are `paired` with the rows of another
        value stand by their unit, the incomplete ones too, so that both values are split alike.
        """
        table, group, code = self._rows(reductions, by_unit=clustered or paired, every=paired)
        new = np.append(True, (group[1:] != group[:-1]) | (code[1:] != code[:-1]))[: len(group)]
        number = np.cumsum(new) - 1  # [rows]
        names = table.get_column(UNIT).filter(pl.Series(new)) if UNIT in table.columns else None

        def evaluate(part: Codes, n_parts: int) -> Array:
            return self._on_parts(reductions, table, part[number], n_parts)

        return Units(group[new], len(reductions.known_groups), evaluate, names)

    def _rows(self, reductions: Reductions, *, by_unit: bool, every: bool) -> tuple[pl.DataFrame, Codes, Codes]:
        """Give the rows in order, with the group and a code of the unit of each."""
        rows = reductions.frame_rows
        looked_at = dict.fromkeys(name for request in self.requests for name in request.looks_at if name in rows.roles)
        reads = tuple(name for name in looked_at if any(name in request.reads for request in self.requests))
        frame = (rows.frame if every else reductions.complete(reads)).select(
            *rows.keys, *looked_at, *((UNIT,) if by_unit else ())
        )
        what = f"{self.name}, which has no influences,"
        table, group = reductions.collect_rows(frame, what, instead=SETTLE_INSTEAD, at_most=np.inf)
        table = table.with_columns(tm_group=pl.Series(group))
        if by_unit:
            table = table.with_columns(tm_code=pl.Series(codes_of_units(table.get_column(UNIT))))
        table = table.sort("tm_group", *(("tm_code",) if by_unit else ()), *looked_at)
        code = table.get_column("tm_code").to_numpy() if by_unit else np.arange(len(table))
        return table, table.get_column("tm_group").to_numpy().astype(np.int64), code

    def _on_parts(self, reductions: Reductions, table: pl.DataFrame, part: Codes, n_parts: int) -> Array:
        """Evaluate on parts of the rows, each a group of one frame in memory: NaN for one without rows."""
        rows = reductions.frame_rows
        keys = [name for name in table.columns if name in (*rows.keys, "tm_group", "tm_code", UNIT)]
        frame = table.drop(keys).with_columns(tm_k0=pl.Series(part)).filter(pl.col("tm_k0") >= 0)
        origin = Origin(nw.Implementation.POLARS, wrapped=False, keys=(Key("part"),))
        prepared = PreparedFrame(
            nw.from_native(frame.lazy()),
            ("tm_k0",),
            origin,
            rows.roles,
            rows.classes,
            small=len(frame) < LARGE,
            gaps=rows.gaps,
        )
        copies = Reductions(prepared, self.requests)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of the rows, which the caller does not know
            found = self.finish(copies)
        made = np.full((n_parts, found.shape[1]), np.nan)
        made[copies.known_groups.get_column("tm_k0").to_numpy().astype(np.int64)] = found
        return made
