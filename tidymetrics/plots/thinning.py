"""Thin lines without a visible change."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Places
    from tidymetrics.typing import Array

MOST_POINTS = 2_000  # per line: more than the pixels of a screen


def thin(x: Array, y: Array, most: int = MOST_POINTS) -> Places:
    """Choose the points that preserve the shape of a line.

    The line is cut into pieces of equal length. Each piece keeps its first point and the farthest point from its chord on
    each side, which are its corners and spikes.

    Parameters
    ----------
    x, y
        The coordinates of the points, in the order of the line; finite.
    most
        The largest number of points to keep, at least 4.

    Returns
    -------
    The increasing indices of the kept points, including both ends.

    Examples
    --------
    >>> import numpy as np
    >>> from tidymetrics.plots import thin
    >>> thin(np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0]), np.array([0.0, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0]), most=4).tolist()
    [0, 4, 6]
    """
    n = len(x)
    if n <= most:
        return np.arange(n)
    x, y = _unit(x), _unit(y)
    length = np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))
    pieces = max(1, (most - 1) // 3)
    cuts = 1 + np.searchsorted(length, np.arange(1, pieces) * (length[-1] / pieces))
    edges = np.unique(np.concatenate([[0], cuts, [n - 1]]))
    keep = [edges]
    for start, stop in pairwise(edges.tolist()):
        dx, dy = x[stop] - x[start], y[stop] - y[start]
        off = (x[start : stop + 1] - x[start]) * dy - (y[start : stop + 1] - y[start]) * dx
        keep.append(start + np.array([off.argmin(), off.argmax()]))
    return np.unique(np.concatenate(keep))


def _unit(values: Array) -> Array:
    """Scale a coordinate to 0..1, like the axes of a plot."""
    low, high = values.min(), values.max()
    scaled: Array = (values - low) / (high - low if high > low else 1.0)
    return scaled
