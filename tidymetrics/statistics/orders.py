"""Ranks of rows by two keys, and the weight of later rows with a greater value, in n log n steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


def run_ends(*columns: Array | Codes) -> Codes:
    """Give where the run of equal rows ends that each row is in: [rows]."""
    n = len(columns[0])
    changes = np.logical_or.reduce([c[1:] != c[:-1] for c in columns])
    ends = np.append(np.flatnonzero(changes) + 1, n)
    return ends[np.searchsorted(ends, np.arange(n), side="right")]


def ranks_of(first: Codes, second: Array) -> Codes:
    """Rank rows by two keys, equal ones alike: [rows]."""
    order = np.lexsort((second, first))
    ranks = np.empty(len(first), np.int64)
    ranks[order] = run_ends(first[order], second[order])
    return ranks


def greater_after(values: Codes, weight: Array) -> Array:
    """Add up, for each row, the weight of later rows with a greater value: [rows].

    The values are split by their bits, highest first. Rows whose higher bits agree stand together, in their first order; of
    these, a row whose bit is 0 has the later ones whose bit is 1 above it.
    """
    n = len(values)
    found = np.zeros(n)
    rows, node_start = np.arange(n), np.zeros(n, np.int64)  # [places] which row stands there, where its node starts
    for bit in reversed(range(int(values.max()).bit_length() if n else 0)):
        ones = (values[rows] >> bit) & 1
        ends = run_ends(node_start)  # [places]
        heavy = np.concatenate([[0.0], np.cumsum(np.where(ones == 1, weight[rows], 0.0))])
        zero = ones == 0
        found[rows[zero]] += (heavy[ends] - heavy[1:])[zero]
        n_ones = np.concatenate([[0], np.cumsum(ones)])
        before = n_ones[:-1] - n_ones[node_start]  # [places] ones of the node before this place
        zeros_of_node = (ends - node_start) - (n_ones[ends] - n_ones[node_start])
        place = np.where(zero, np.arange(n) - before, node_start + zeros_of_node + before)
        start = np.where(zero, node_start, node_start + zeros_of_node)
        moved, moved_start = np.empty_like(rows), np.empty_like(node_start)
        moved[place], moved_start[place] = rows, start
        rows, node_start = moved, moved_start
    return found
