"""Spreads of what has no influences, such as quantiles and plain functions: random splits of the rows into halves."""

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
from tidymetrics.statistics.spread import Spread, draw_blocks, draw_halves, of_blocks, of_halves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.requests import Request
    from tidymetrics.typing import Array, Codes, Mask

LARGE, SPLITS, BLOCKS = 20_000, 8, 20


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """A value that is made of the rows as a whole."""

    name: str
    requests: tuple[Request[Any], ...]
    finish: Callable[[Reductions], Array]
    """Gives the values [groups] of any rows."""


def spread_by_halves(metric: Split, reductions: Reductions, seed: int, *, clustered: bool) -> Spread:
    """Spread a metric by its values on parts of the rows, whatever their order."""
    with np.errstate(all="ignore"):
        values = metric.finish(reductions)  # [groups]
    table, group, place, n = _rows(metric, reductions, clustered=clustered)
    n_groups = len(values)
    large = n >= LARGE
    halves, blocks = _draws(group, place, n, seed)
    first, second = np.full((n_groups, SPLITS), np.nan), np.full((n_groups, SPLITS), np.nan)
    for s in range(SPLITS if (~large & (n >= 4)).any() else 0):
        kept = ~large[group] & (n[group] >= 4)
        found = _on_parts(metric, reductions, table, np.where(kept, 2 * group + halves[s], -1), 2 * n_groups)
        first[:, s], second[:, s] = found[::2], found[1::2]
    spread = of_halves(values, first, second, n)
    if not large.any():
        return spread
    parts = _on_parts(metric, reductions, table, np.where(large[group], BLOCKS * group + blocks, -1), BLOCKS * n_groups)
    of_large = of_blocks(values, parts.reshape(n_groups, BLOCKS))
    return _either(large, of_large, spread)


def _either(large: Mask, one: Spread, other: Spread) -> Spread:
    names = ("values", "variance", "kurtosis", "units", "reach", "smoothed", "reason")
    return Spread(**{n: np.where(large[:, None], getattr(one, n), getattr(other, n)) for n in names})


def _rows(metric: Split, reductions: Reductions, *, clustered: bool) -> tuple[pl.DataFrame, Codes, Codes, Array]:
    """Give the rows sorted by all that is read, their group, their unit's place in it, and how many units a group has."""
    rows = reductions.frame_rows
    reads = tuple(dict.fromkeys(name for request in metric.requests for name in request.reads if name in rows.roles))
    frame = reductions.complete(reads)
    gaps = dict.fromkeys(name for request in metric.requests for name in request.may_lack)
    reads = (*reads, *(name for name in gaps if name not in reads))
    frame = frame.select(*rows.keys, *reads, *((UNIT,) if clustered else ()))
    what = f"{metric.name}, which has no influences,"
    table, group = reductions.collect_rows(frame, what, instead=SETTLE_INSTEAD, at_most=np.inf)
    table = table.with_columns(tm_group=pl.Series(group))
    if clustered:
        table = table.with_columns(tm_code=pl.Series(codes_of_units(table.get_column(UNIT))))
        table = table.sort("tm_group", "tm_code", *reads)
        code = table.get_column("tm_code").to_numpy()
    else:
        table = table.sort("tm_group", *reads)
        code = np.arange(len(table))
    group = table.get_column("tm_group").to_numpy().astype(np.int64)
    new = np.append(True, (group[1:] != group[:-1]) | (code[1:] != code[:-1]))[: len(group)]
    number = np.cumsum(new) - 1
    n = np.bincount(group[new], minlength=len(reductions.known_groups)).astype(np.float64)
    before = np.concatenate([[0], np.cumsum(n)[:-1]]).astype(np.int64)
    return table, group, number - before[group], n


def _draws(group: Codes, place: Codes, n: Array, seed: int) -> tuple[Codes, Codes]:
    """Draw the half [splits, rows], or the block [rows], of each row; groups of one size are drawn alike."""
    halves, blocks = np.zeros((SPLITS, len(group)), np.int64), np.zeros(len(group), np.int64)
    sizes = n[group]
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        if size >= LARGE:
            blocks[rows] = draw_blocks(int(size), seed, BLOCKS)[place[rows]]
        elif size >= 4:
            halves[:, rows] = draw_halves(int(size), seed, SPLITS)[:, place[rows]]
    return halves, blocks


def _on_parts(metric: Split, reductions: Reductions, table: pl.DataFrame, part: Codes, n_parts: int) -> Array:
    """Evaluate the metric on parts of the rows, each a group of one frame in memory: [parts], NaN for one without rows."""
    rows = reductions.frame_rows
    keys = [name for name in table.columns if name in (*rows.keys, "tm_group", "tm_code", UNIT)]
    frame = table.drop(keys).with_columns(tm_k0=pl.Series(part)).filter(pl.col("tm_k0") >= 0)
    origin = Origin(nw.Implementation.POLARS, wrapped=False, keys=(Key("part"),))
    prepared = PreparedFrame(
        nw.from_native(frame.lazy()), ("tm_k0",), origin, rows.roles, rows.classes, small=len(frame) < LARGE
    )
    copies = Reductions(prepared, metric.requests)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts of the rows, which the caller does not know
        found: Any = metric.finish(copies)
    made = np.full(n_parts, np.nan)
    made[copies.known_groups.get_column("tm_k0").to_numpy().astype(np.int64)] = found
    return made
