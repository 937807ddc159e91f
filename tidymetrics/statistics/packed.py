"""Rows of ranked scores as 64-bit keys: group, how far the score is from the highest, class; all groups in one sort.

A double orders like its bits, so that a score becomes a whole number by a subtraction, and scores of a common range need far
fewer than 64 bits. Polars sorts whole numbers in all its threads, and whatever a ranking needs is read back by shifts.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.statistics.rankings import SortedChunk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.statistics.rankings import SortChunk
    from tidymetrics.typing import Array, Codes

_WORD = 64
_MAGNITUDE = np.uint64(2**63 - 1)
_BLOCK = 65_536
"""Rows that are packed at once, so that what is between the steps stays in a core's cache."""
_SAMPLE = 65_536
_FEW = 3
"""Keys are counted and not sorted where a sample has this many rows for each distinct key, or more."""


@dataclass(frozen=True)
class KeyFormat:
    """How a score becomes its place, a whole number that grows as the score falls, and how many bits each part has."""

    most: int
    """The bits of the greatest positive score."""
    n_positive: int
    """The places of positive scores; zero has the next one."""
    nearest: int
    """The bits of the magnitude of the negative score nearest to zero."""
    shift: int
    """The low bits that are 0 in every score, as in all that have been single floats."""
    score_bits: int
    class_bits: int

    @property
    def bits(self) -> int:
        """The bits below the group."""
        return self.score_bits + self.class_bits

    @staticmethod
    def of(score: Array, n_groups: int, n_classes: int) -> KeyFormat | None:
        """Choose the format for scores [rows], at least one; None where they do not fit."""
        column = pl.Series(score)
        low, high = _number(column.min()), _number(column.max())
        positive = low if low > 0 else _number(column.filter(column > 0).min()) if high > 0 else 0.0
        negative = high if high < 0 else _number(column.filter(column < 0).max()) if low < 0 else 0.0
        shift = _trailing_zeros(score.view(np.uint64))
        n_positive = ((_bits_of(high) - _bits_of(positive)) >> shift) + 1 if high > 0 else 0
        n_negative = ((_bits_of(low) - _bits_of(negative)) >> shift) + 1 if low < 0 else 0
        made = KeyFormat(
            most=_bits_of(max(high, 0.0)),
            n_positive=n_positive,
            nearest=_bits_of(negative),
            shift=shift,
            score_bits=(n_positive + n_negative).bit_length(),
            class_bits=(n_classes - 1).bit_length(),
        )
        return made if made.bits + (n_groups - 1).bit_length() <= _WORD else None

    def places(self, score: Array) -> Any:
        """Give the place of each score [rows]; that of the highest is 0."""
        magnitude = score.view(np.uint64) & _MAGNITUDE
        shift = np.uint64(self.shift)
        places = np.uint64(self.most) - magnitude
        places >>= shift
        low = score.min()
        if low <= 0:
            places[magnitude == 0] = self.n_positive
        if low < 0:
            below = score < 0
            places[below] = ((magnitude[below] - np.uint64(self.nearest)) >> shift) + np.uint64(self.n_positive + 1)
        return places

    def scores(self, places: Any) -> Array:
        """Give the scores of places [rows]."""
        shift, zero = np.uint64(self.shift), np.uint64(self.n_positive)
        magnitude = np.uint64(self.most) - (places << shift)
        magnitude[places == zero] = 0
        below = places > zero
        magnitude[below] = ((places[below] - zero - np.uint64(1)) << shift) + np.uint64(self.nearest)
        score: Array = magnitude.view(np.float64)
        np.negative(score, out=score, where=below)
        return score


def _number(value: Any) -> float:
    return 0.0 if value is None else float(value)


def _bits_of(score: float) -> int:
    """Give the bits of a magnitude; those of both zeros are 0."""
    return int(np.float64(abs(score)).view(np.uint64))


def _trailing_zeros(bits: Any) -> int:
    """Count the low bits that are 0 in all of some words [rows]; a sample tells soon that there are none."""
    found = int(np.bitwise_or.reduce(bits[:: max(1, len(bits) // 1_000)]))
    if not found & 1:
        found = int(np.bitwise_or.reduce(bits))
    return (found & -found).bit_length() - 1 if found else 0


@dataclass(frozen=True, eq=False, repr=False)
class PackedColumn:
    """One column of scores with its groups and classes, sorted."""

    format: KeyFormat
    keys: Any
    """[rows] increasing; of those that are counted, distinct"""
    lengths: Codes
    """[groups] keys of each"""
    weight: Array | None
    """[rows]; None where each counts as 1"""

    def sorted(self, chunk: SortChunk, *, keep_weight_0: bool = False) -> SortedChunk:
        """Read back the rows of a chunk by group and decreasing score."""
        keys, lengths = self.keys[chunk.rows], self.lengths[chunk.groups]
        weight = None if self.weight is None else self.weight[chunk.rows]
        if weight is not None and not keep_weight_0 and not (weight > 0).all():
            kept = weight > 0
            of_row = np.repeat(np.arange(len(lengths)), lengths)[kept]
            keys, weight, lengths = keys[kept], weight[kept], np.bincount(of_row, minlength=len(lengths))
        class_bits = np.uint64(self.format.class_bits)
        steps = keys >> class_bits
        changes = np.empty(len(keys), bool)
        np.not_equal(steps[1:], steps[:-1], out=changes[:-1])
        changes[-1:] = True
        last = np.flatnonzero(changes)

        def scores() -> Array:
            return self.format.scores(steps[last] & np.uint64((1 << self.format.score_bits) - 1))

        narrow = np.uint8 if self.format.class_bits <= 8 else np.int64
        truth = (keys & np.uint64((1 << self.format.class_bits) - 1)).astype(narrow)
        return SortedChunk.of((truth, weight, None), last, lengths, scores)


def pack(
    group: Codes | None, n_groups: int, truth: Codes, score: Array, weight: Array | None, *, may_count: bool = True
) -> PackedColumn | None:
    """Pack and sort the rows of one column; None where 64 bits are too few.

    Parameters
    ----------
    group
        [rows] the position of each row's group; None where there is one.
    n_groups
        How many groups there are.
    truth
        [rows] positions in the levels.
    score
        [rows]
    weight
        [rows]; None where each counts as 1.
    may_count
        Whether rows of the same key may be counted in place of being sorted.
    """
    if not len(score):
        return None
    known = KeyFormat.of(score, n_groups, int(truth.max()) + 1)
    if known is None:
        return None
    keys = np.empty(len(score), np.uint64)
    class_bits, above = np.uint64(known.class_bits), np.uint64(known.bits)

    def work(rows: slice) -> None:
        made = known.places(score[rows])
        made <<= class_bits
        made |= truth[rows].astype(np.uint64)
        if group is not None and n_groups > 1:
            made |= group[rows].astype(np.uint64) << above
        keys[rows] = made

    in_blocks(len(score), work)
    if weight is not None:
        # stable, so that the weights of tied rows add up in the order in which those of the group alone would
        table = pl.DataFrame({"key": keys, "weight": weight}).sort("key", maintain_order=True)
    elif may_count and _has_few(keys):
        table = pl.DataFrame({"key": keys}).lazy().group_by("key").agg(weight=pl.len().cast(pl.Float64)).sort("key").collect()
    else:
        table = pl.DataFrame({"key": pl.Series(keys).sort()})
    ordered = table.get_column("key").to_numpy()
    edges: Any = np.searchsorted(ordered, np.arange(1, n_groups, dtype=np.uint64) << above) if n_groups > 1 else []
    ends: Any = np.array([0, *edges, len(ordered)], np.int64)
    lengths: Codes = ends[1:] - ends[:-1]
    return PackedColumn(known, ordered, lengths, table.get_column("weight").to_numpy() if "weight" in table.columns else None)


def _has_few(keys: Any) -> bool:
    if len(keys) < 4 * _SAMPLE:
        return False
    sample = keys[:: len(keys) // _SAMPLE]
    return pl.Series(sample).n_unique() * _FEW < len(sample)


def in_blocks(n: int, work: Callable[[slice], None]) -> None:
    """Do the work of blocks of rows in as many threads as polars has."""
    blocks = [slice(start, min(start + _BLOCK, n)) for start in range(0, n, _BLOCK)]
    if len(blocks) == 1:
        work(blocks[0])
        return
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        list(pool.map(work, blocks))
