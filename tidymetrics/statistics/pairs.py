"""Distances between all rows of a group, block by block: sums by cluster, least and greatest.

A block holds up to 262,144 products (rows x rows x features). A larger one makes the BLAS library start threads of its own,
which fight those that go over the blocks, and is many times slower. Of blocks that small, tall ones are the fastest: on some
processors a product 32 wide takes half the time of a square one. Above 64 features the library's threads do the work instead.
Memory is that of the sums, [rows, clusters], up to 2**22 numbers at a time, and of some blocks.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from tidymetrics.typing import Array, Codes

_PRODUCTS = 1 << 18
_WIDTH = 32
_SUMS = 1 << 22
_CLOSE = 1e-7
"""A squared distance below this share of the squared lengths has lost half its digits in their difference."""


class Distances(Protocol):
    """Rows whose distances can be had in blocks."""

    rows: int
    block: int
    """Rows of a block."""
    width: int
    """Columns of a block."""
    workers: int

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give [left, right]; exactly 0 for a row and itself."""


class Euclidean:
    """Straight distances, by products of centred rows; where those lose digits, by differences."""

    def __init__(self, features: Array) -> None:
        self.x = features - features.mean(axis=0)  # [rows, columns]
        self.rows, columns = features.shape
        self.squares = np.einsum("ij,ij->i", self.x, self.x)  # [rows]
        ones = np.ones((self.rows, 1))
        # one product gives the squared distance: |x|^2 + |y|^2 - 2 x.y
        self.left = np.hstack([-2 * self.x, self.squares[:, None], ones])
        self.right = np.ascontiguousarray(np.hstack([self.x, ones, self.squares[:, None]]))
        self.workers = pl.thread_pool_size() if columns <= 64 else 1
        self.block = _PRODUCTS // (_WIDTH * (columns + 2)) if columns <= 64 else 512
        self.width = _WIDTH if columns <= 64 else 512

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give the distances of one block."""
        d: Array = self.left[left] @ self.right[right].T  # [left, right]
        close = _CLOSE * (self.squares[left].max() + self.squares[right].max())
        if d.min() < close:
            self._by_differences(d, close, self.x[left], self.x[right])
        return np.sqrt(d, out=d)

    @staticmethod
    def _by_differences(d: Array, close: float, x: Array, y: Array) -> None:
        i, j = np.divmod(np.flatnonzero(d < close), d.shape[1])
        for start in range(0, len(i), _PRODUCTS // 16):
            a, b = i[start : start + _PRODUCTS // 16], j[start : start + _PRODUCTS // 16]
            apart = x[a] - y[b]
            d[a, b] = np.einsum("ij,ij->i", apart, apart)


class Manhattan:
    """Sums of absolute differences."""

    def __init__(self, features: Array) -> None:
        self.columns = np.ascontiguousarray((features - features.mean(axis=0)).T)  # [columns, rows]
        self.rows = len(features)
        self.workers = pl.thread_pool_size()
        self.block = self.width = 180

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give the distances of one block."""
        found = step = None
        for x in self.columns:
            step = np.subtract(x[left][:, None], x[right][None, :], out=step)
            np.abs(step, out=step)
            if found is None:
                found, step = step, None
            else:
                found += step
        return found if found is not None else np.zeros((0, 0))


class Precomputed:
    """A square matrix of distances, its rows in another order."""

    def __init__(self, matrix: Array, order: Codes) -> None:
        self.matrix, self.order = matrix, order
        self.rows, self.workers = len(order), 1
        self.block = self.width = 512

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give the distances of one block."""
        return self.matrix[np.ix_(self.order[left], self.order[right])].astype(np.float64)


@dataclass(eq=False, repr=False)
class Part:
    """What the blocks of one strip of rows give."""

    rows: slice
    sums: Array
    """[strip, clusters] to all rows that the strip met"""
    mirrored: Array
    """[rows after the strip, clusters of the strip] the same distances, seen from the other rows"""
    clusters: slice
    least: float = np.inf
    """Between clusters."""
    greatest: float = 0.0
    """Inside one."""


def _clusters(starts: Codes, rows: slice) -> slice:
    """Tell of which clusters some rows are."""
    first = int(np.searchsorted(starts, rows.start, side="right")) - 1
    return slice(first, int(np.searchsorted(starts, rows.stop, side="left")))


def _by_cluster(d: Array, starts: Codes, columns: slice) -> tuple[slice, Array]:
    """Add up columns by cluster: which clusters they are of, and sums [rows, clusters]."""
    some = _clusters(starts, columns)
    if some.stop - some.start == 1:
        return some, (d @ np.ones(d.shape[1]))[:, None]  # a product is twice as fast as a sum along short rows
    return some, np.add.reduceat(d, np.maximum(starts[some] - columns.start, 0), axis=1)


def in_order(tasks: Iterable[Callable[[], Part]], workers: int) -> Iterator[Part]:
    """Run tasks in threads and give their results in order, a few at a time."""
    if workers < 2:
        yield from (task() for task in tasks)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Part]] = deque()
        for task in tasks:
            waiting.append(pool.submit(task))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _slices(start: int, stop: int, width: int) -> list[slice]:
    return [slice(at, min(at + width, stop)) for at in range(start, stop, width)]


def _strip(distances: Distances, starts: Codes, rows: slice, panel: slice, *, extremes: bool) -> Part:
    """Go over the blocks of one strip of rows; those before it in its panel have been seen from the other side."""
    k = len(starts) - 1
    own = _clusters(starts, rows)
    mirrored = np.zeros((panel.stop - rows.stop, own.stop - own.start))
    part = Part(rows, np.zeros((rows.stop - rows.start, k)), mirrored, own)
    cluster = np.repeat(np.arange(k), np.diff(starts)) if extremes else starts
    ranges = ((0, panel.start), (rows.start, rows.stop), (rows.stop, distances.rows))
    for columns in (columns for start, stop in ranges for columns in _slices(start, stop, distances.width)):
        d = distances.between(rows, columns)
        at, sums = _by_cluster(d, starts, columns)
        part.sums[:, at] += sums
        seen = min(columns.stop, panel.stop)
        if columns.start >= rows.stop and seen > columns.start:
            lower = _by_cluster(d[:, : seen - columns.start].T, starts, rows)[1]
            part.mirrored[columns.start - rows.stop : seen - rows.stop] = lower
        if extremes:
            same = cluster[rows][:, None] == cluster[columns][None, :]
            part.greatest = max(part.greatest, float(d.max(where=same, initial=0.0)))
            part.least = min(part.least, float(d.min(where=~same, initial=np.inf)))
    return part


def panels(distances: Distances, starts: Codes, *, extremes: bool = False) -> Iterator[tuple[slice, Array, float, float]]:
    """Give for panels of rows the sums [panel, clusters]; with `extremes` least between clusters, greatest inside.

    Rows are sorted by cluster, those of cluster k from `starts[k]` to `starts[k + 1]`. In a panel each distance is made once.
    """
    height = max(_SUMS // max(len(starts) - 1, 1) // distances.block, 1) * distances.block
    for top in range(0, distances.rows, height):
        panel = slice(top, min(top + height, distances.rows))
        sums = np.zeros((panel.stop - top, len(starts) - 1))
        least, greatest = np.inf, 0.0
        strips = _slices(panel.start, panel.stop, distances.block)
        tasks = [partial(_strip, distances, starts, rows, panel, extremes=extremes) for rows in strips]
        for part in in_order(tasks, min(distances.workers, len(strips))):
            sums[part.rows.start - top : part.rows.stop - top] += part.sums
            sums[part.rows.stop - top :, part.clusters] += part.mirrored
            least, greatest = min(least, part.least), max(greatest, part.greatest)
        yield panel, sums, least, greatest


def sums_of(distances: Distances, starts: Codes, rows: Codes) -> Array:
    """Sum the distances of some rows to all rows of each cluster [some, clusters]."""

    def task(some: Codes) -> Part:
        part = Part(slice(0), np.zeros((len(some), len(starts) - 1)), np.zeros((0, 0)), slice(0))
        for columns in _slices(0, distances.rows, distances.width):
            at, sums = _by_cluster(distances.between(some, columns), starts, columns)
            part.sums[:, at] += sums
        return part

    pieces = [rows[at : at + distances.block] for at in range(0, len(rows), distances.block)]
    found = [part.sums for part in in_order([partial(task, p) for p in pieces], min(distances.workers, len(pieces)))]
    return np.concatenate(found) if found else np.zeros((0, len(starts) - 1))
