"""Information that two partitions of the same rows share: what was found, and what random labels would give.

Both are sums of `divergence(k, m) = k ln(k/m) - (k - m)` over cells, k being the count and m the count that independence
expects. Each is 0 or greater and is small where k is near m, so that nothing cancels; the sum of k - m over all cells is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes

_CHUNK = 1 << 19
"""Numbers in one table of probabilities."""

_NEAR = 0.02
"""Below this relative distance a series is exact and the logarithm is not."""

_SERIES = [(-1) ** i / (i * (i - 1)) for i in range(11, 1, -1)]
"""Coefficients of (1 + t) ln(1 + t) - t, highest power first, from t squared on."""


def divergence(count: Array, expected: Array) -> Array:
    """Give `count * ln(count / expected) - (count - expected)`, `expected` where the count is 0."""
    t = (count - expected) / expected
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(count > 0, count * np.log(count / expected) - (count - expected), expected)
    near = np.abs(t) < _NEAR
    s = t[near]
    found[near] = np.broadcast_to(expected, t.shape)[near] * s * s * np.polyval(_SERIES, s)
    return found


def expected_information(total: Array, sizes: tuple[Codes, Array, Array], others: tuple[Codes, Array, Array]) -> Array:
    """Give the mean information [groups] of random labels with these sizes, in nats.

    Parameters
    ----------
    total
        [groups] number of rows.
    sizes, others
        Group, size and number of the classes, and of the clusters. Equal sizes of a group are counted once, so that the work
        is that of the distinct ones.
    """
    group, a, b, times = _pairs(len(total), _distinct(*sizes), _distinct(*others))  # each [pairs]
    n = total[group]
    mode = np.floor((a + 1) * (b + 1) / (n + 2))
    deviation = np.sqrt(a * (b / n) * ((n - a) / n) * ((n - b) / np.maximum(n - 1, 1)))
    reach = np.ceil(10 * deviation + 60)
    up = np.minimum(np.minimum(a, b) - mode, reach).astype(np.int64)  # steps that stay in the support
    down = np.minimum(mode - np.maximum(a + b - n, 0), reach).astype(np.int64)
    mean = np.zeros(len(group))  # [pairs]
    width = np.maximum(up, down) + 1
    order = np.argsort(width, kind="stable")
    start = 0
    while start < len(order):
        # widths ascend, so that a chunk is padded to its last one
        chunk = order[start : start + max(1, _CHUNK // int(width[order[start]]))]
        fits = width[chunk] * np.arange(1, len(chunk) + 1) <= _CHUNK
        chunk = chunk[: max(1, int(fits.sum()))]
        mean[chunk] = _mean_divergence(n[chunk], a[chunk], b[chunk], mode[chunk], (up[chunk], down[chunk]))
        start += len(chunk)
    return np.bincount(group, weights=times * mean, minlength=len(total)) / np.where(total > 0, total, np.nan)


def _mean_divergence(n: Array, a: Array, b: Array, mode: Array, reach: tuple[Codes, Codes]) -> Array:
    """Average the divergence over the hypergeometric counts of each pair of sizes [pairs].

    Logs of probabilities are cumulated outward from the mode, where they are largest and their errors least.
    """
    n, a, b, k = (v[:, None] for v in (n, a, b, mode))  # [pairs, 1]
    expected = a * b / n
    weight, weighted = np.ones(len(n)), divergence(k, expected)[:, 0]  # [pairs]
    for sign, steps in ((1.0, reach[0]), (-1.0, reach[1])):
        if not steps.any():
            continue
        j = np.arange(1.0, steps.max() + 1)  # [steps]
        inside = j <= steps[:, None]  # [pairs, steps]
        at = np.where(inside, k + sign * j, k)
        lower = at - 1 if sign > 0 else at  # the lower of the two counts that a step joins
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (a - lower) * (b - lower) / ((lower + 1) * (n - a - b + lower + 1))
            logs = np.where(inside, sign * np.log(ratio), -np.inf)
        p = np.exp(np.cumsum(logs, axis=1))
        weight += p.sum(axis=1)
        weighted += (p * divergence(at, expected)).sum(axis=1)
    return weighted / weight


def _distinct(group: Codes, size: Array, times: Array) -> tuple[Codes, Array, Array]:
    """Merge equal sizes of a group: group, size and number, sorted by group."""
    kept = times > 0
    group, size, times = group[kept], size[kept], times[kept]
    order = np.lexsort((size, group))
    group, size, times = group[order], size[order], times[order]
    new = np.ones(len(group), dtype=bool)
    new[1:] = (group[1:] != group[:-1]) | (size[1:] != size[:-1])
    starts = np.flatnonzero(new)
    return group[starts], size[starts], np.add.reduceat(times, starts) if len(starts) else times


def _pairs(
    n_groups: int, sizes: tuple[Codes, Array, Array], others: tuple[Codes, Array, Array]
) -> tuple[Codes, Array, Array, Array]:
    """Pair each size with each other size of its group: group, both sizes, how often; each [pairs]."""
    lengths = np.bincount(others[0], minlength=n_groups)  # [groups]
    first = np.cumsum(lengths) - lengths
    repeats = lengths[sizes[0]]  # [sizes]
    left = np.repeat(np.arange(len(repeats)), repeats)  # [pairs]
    ends = np.cumsum(repeats)
    right = np.arange(len(left)) - np.repeat(ends - repeats - first[sizes[0]], repeats)
    return sizes[0][left], sizes[1][left], others[1][right], sizes[2][left] * others[2][right]
