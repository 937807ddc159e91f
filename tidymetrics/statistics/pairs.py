"""Distances between all rows of a group, block by block: sums by cluster, least and greatest.

A block holds up to 262,144 products (rows x rows x features). A larger one makes the BLAS library start threads of its own,
which fight those that go over the blocks, and is many times slower. Above 64 features the library's threads do the work
instead. Memory is that of the sums, [rows, clusters], up to 2**22 numbers at a time, and of some blocks.
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
_SUMS = 1 << 22
_CLOSE = 1e-7
"""A squared distance below this share of the squared lengths has lost half its digits in their difference."""


class Distances(Protocol):
    """Rows whose distances can be had in blocks."""

    rows: int
    block: int
    """Rows of a block."""
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
        self.block = int((_PRODUCTS / (columns + 2)) ** 0.5) if columns <= 64 else 512

    def between(self, left: slice | Codes, right: slice) -> Array:
        """Give the distances of one block."""
        d: Array = self.left[left] @ self.right[right].T  # [left, right]
        long = self.squares[left].max() + self.squares[right].max()
        i, j = np.divmod(np.flatnonzero(d < _CLOSE * long), d.shape[1])
        if len(i):
            x, y = self.x[left], self.x[right]
            for start in range(0, len(i), _PRODUCTS // 16):
                a, b = i[start : start + _PRODUCTS // 16], j[start : start + _PRODUCTS // 16]
                apart = x[a] - y[b]
                d[a, b] = np.einsum("ij,ij->i", apart, apart)
        np.sqrt(d, out=d)
        return d


class Manhattan:
    """Sums of absolute differences."""

    def __init__(self, features: Array) -> None:
        self.columns = np.ascontiguousarray((features - features.mean(axis=0)).T)  # [columns, rows]
        self.rows = len(features)
        self.workers = pl.thread_pool_size()
        self.block = 180

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
        self.rows, self.workers, self.block = len(order), 1, 512

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


def _by_cluster(d: Array, starts: Codes, columns: slice) -> tuple[slice, Array]:
    """Add up columns by cluster: which clusters they are of, and sums [rows, clusters]."""
    first = int(np.searchsorted(starts, columns.start, side="right")) - 1
    last = int(np.searchsorted(starts, columns.stop, side="left"))
    if last - first == 1:
        return slice(first, last), d.sum(axis=1)[:, None]
    edges = np.maximum(starts[first:last] - columns.start, 0)
    return slice(first, last), np.add.reduceat(d, edges, axis=1)


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


def _strip(distances: Distances, starts: Codes, rows: slice, panel: slice, *, extremes: bool) -> Part:
    """Go over the blocks of one strip of rows; those before it in its panel have been seen from the other side."""
    k = len(starts) - 1
    first = int(np.searchsorted(starts, rows.start, side="right")) - 1
    own = slice(first, int(np.searchsorted(starts, rows.stop, side="left")))
    mirrored = np.zeros((panel.stop - rows.stop, own.stop - own.start))
    part = Part(rows, np.zeros((rows.stop - rows.start, k)), mirrored, own)
    cluster = np.repeat(np.arange(k), np.diff(starts)) if extremes else starts
    before = [(at, min(at + distances.block, panel.start)) for at in range(0, panel.start, distances.block)]
    after = [(at, min(at + distances.block, distances.rows)) for at in range(rows.stop, distances.rows, distances.block)]
    for start, stop in (*before, (rows.start, rows.stop), *after):
        columns = slice(start, stop)
        d = distances.between(rows, columns)
        at, sums = _by_cluster(d, starts, columns)
        part.sums[:, at] += sums
        seen = min(stop, panel.stop)
        if start >= rows.stop and seen > start:
            lower = _by_cluster(d[:, : seen - start].T, starts, rows)[1]
            part.mirrored[start - rows.stop : seen - rows.stop] = lower
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
        strips = [slice(a, min(a + distances.block, panel.stop)) for a in range(top, panel.stop, distances.block)]
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
        for start in range(0, distances.rows, distances.block):
            columns = slice(start, min(start + distances.block, distances.rows))
            at, sums = _by_cluster(distances.between(some, columns), starts, columns)
            part.sums[:, at] += sums
        return part

    pieces = [rows[at : at + distances.block] for at in range(0, len(rows), distances.block)]
    found = [part.sums for part in in_order([partial(task, p) for p in pieces], min(distances.workers, len(pieces)))]
    return np.concatenate(found) if found else np.zeros((0, len(starts) - 1))
