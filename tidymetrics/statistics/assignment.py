"""The best one-to-one assignment of rows to columns of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


def assign(gain: Array) -> Codes:
    """Give each row its own column so that the sum of `gain` [rows, columns] is greatest; -1 for a row left over.

    Shortest augmenting paths with potentials: of a table with k rows, the shorter side, at most k searches of k steps, each
    step one pass over a row.
    """
    if len(gain) > gain.shape[1]:
        rows = assign(np.ascontiguousarray(gain.T))  # [columns]
        columns = np.full(len(gain), -1, dtype=np.int64)
        columns[rows] = np.arange(len(rows))
        return columns
    cost = gain.max(initial=0.0) - gain  # [rows, columns]
    row_price = cost.min(axis=1, initial=np.inf)  # [rows]
    column_price = np.zeros(cost.shape[1])  # [columns]
    column_of = np.full(len(cost), -1, dtype=np.int64)  # [rows]
    row_of = np.full(cost.shape[1], -1, dtype=np.int64)  # [columns]
    # the cheapest column of each row is free to take at these prices: most rows are done here
    for row, column in enumerate(cost.argmin(axis=1) if cost.size else ()):
        if row_of[column] < 0:
            row_of[column], column_of[row] = row, column
    for row in np.flatnonzero(column_of < 0).tolist():
        _augment(row, cost, row_price, column_price, column_of, row_of)
    return column_of


def _augment(start: int, cost: Array, row_price: Array, column_price: Array, column_of: Codes, row_of: Codes) -> None:
    """Find the cheapest path from a row to a free column, change the prices so that it is tight, and turn it over."""
    shortest = np.full(len(column_price), np.inf)  # [columns] of the path to each
    open_ = shortest.copy()  # [columns] the same, infinite once a column is passed
    before = np.full(len(column_price), -1, dtype=np.int64)  # [columns]
    passed: list[int] = []
    row, length = start, 0.0
    while True:
        reached = cost[row] - column_price
        reached += length - row_price[row]
        if passed:
            reached[passed] = np.inf
        better = reached < open_
        before[better] = row
        np.copyto(open_, reached, where=better)
        column = int(open_.argmin())
        length = float(open_[column])
        shortest[column], open_[column] = length, np.inf
        if row_of[column] < 0:
            break
        passed.append(column)
        row = int(row_of[column])
    row_price[start] += length
    if passed:
        gained = length - shortest[passed]
        row_price[row_of[passed]] += gained
        column_price[passed] -= gained
    while True:
        row = int(before[column])
        row_of[column] = row
        column, column_of[row] = int(column_of[row]), column
        if row == start:
            return
