"""How far the scores of windows are from those of a reference: psi, the Jensen-Shannon distance, Kolmogorov-Smirnov's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Codes, Mask

MOST_GROUPS = 10


def groups_of_steps(reference: Array, most: int = MOST_GROUPS) -> Codes:
    """Cut steps into groups of about equal mass of the reference: where each group starts."""
    total = reference.sum()
    middle = np.cumsum(reference) - reference / 2
    group = np.minimum((middle / (total if total > 0 else 1.0) * most).astype(np.int64), most - 1)
    return np.flatnonzero(np.diff(group, prepend=-1))


def psi(p: Array, q: Array) -> Array:
    """Give the population stability index of counts [windows, groups], half a row added to each group."""
    p, q = ((x + 0.5) / (x + 0.5).sum(axis=-1, keepdims=True) for x in (p, q))
    index: Array = ((p - q) * np.log(p / q)).sum(axis=-1)
    return index


def js_distance(p: Array, q: Array) -> Array:
    """Give the root of the Jensen-Shannon divergence, in bits."""
    p, q = _shares(p), _shares(q)
    middle = (p + q) / 2

    def divergence(a: Array) -> Array:
        with np.errstate(all="ignore"):
            made: Array = np.where(a > 0, a * np.log2(a / middle), 0.0).sum(axis=-1)
        return made

    return np.sqrt(np.maximum((divergence(p) + divergence(q)) / 2, 0.0))


def ks(p: Array, q: Array) -> Array:
    """Give the greatest distance of the step functions."""
    distance: Array = np.abs(np.cumsum(_shares(p), axis=-1) - np.cumsum(_shares(q), axis=-1)).max(axis=-1)
    return distance


def _shares(counts: Array) -> Array:
    total = counts.sum(axis=-1, keepdims=True)
    return counts / np.where(total > 0, total, 1.0)


DISTANCES: dict[str, Callable[[Array, Array], Array]] = {"psi": psi, "js_distance": js_distance, "ks": ks}


def distances(counts: Array, is_reference: Mask, names: tuple[str, ...], *, ordered: bool = True) -> dict[str, Array]:
    """Compare windows [windows, steps] with the reference; one of its own windows with the rest of it. NaN without rows.

    Steps in order are cut into groups; classes stand for themselves.
    """
    reference = counts[is_reference].sum(axis=0)
    other = np.where(is_reference[:, None], reference - counts, reference)
    starts = groups_of_steps(reference) if ordered and len(reference) else np.arange(len(reference))
    made = {}
    for name in names:
        own = [x if name == "ks" else np.add.reduceat(x, starts, axis=-1) for x in (counts, other)]
        known = (counts.sum(axis=-1) > 0) & (other.sum(axis=-1) > 0)
        made[name] = np.where(known, DISTANCES[name](*own), np.nan)
    return made
