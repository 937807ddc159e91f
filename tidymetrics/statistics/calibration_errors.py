"""Numbers that say how far probabilities and numeric predictions are from what happens, each [groups].

expected_error(bins, norm="l1" | "l2", debias=False), max_error(bins)        # of bins of any strategy
chance_error(bins_group, variance, ...)                                      # what a perfect model is expected to have
top_label(probabilities, truth)                                              # the two columns of the chosen class
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import sum_by

if TYPE_CHECKING:
    from tidymetrics.statistics.calibration_bins import Bins
    from tidymetrics.typing import Array, Codes, Mask


def _add(bins: Bins, values: Array) -> Array:
    return sum_by(bins.group, values, bins.n_groups)


def expected_error(bins: Bins, norm: str = "l1", *, debias: bool = False) -> Array:
    """Average the distances between the means of prediction and truth over the rows of the bins."""
    gap = np.abs(bins.observed - bins.predicted)
    total = _add(bins, bins.weight)
    if norm == "l1":
        return ratio(_add(bins, bins.weight * gap), total)
    square = gap**2
    if debias:
        observed = bins.observed
        chance = observed * (1 - observed) / np.where(bins.weight > 1, bins.weight - 1, 1.0)
        square -= np.where(bins.weight > 1, chance, 0.0)
    return np.sqrt(ratio(np.maximum(_add(bins, bins.weight * square), 0.0), total))


def max_error(bins: Bins) -> Array:
    """Give the greatest distance of any bin."""
    found = np.full(bins.n_groups, -np.inf)
    np.maximum.at(found, bins.group, np.abs(bins.observed - bins.predicted))
    return np.where(found < 0, np.nan, found)


def chance_error(variance: Array, weight: Array) -> Array:
    """Give the expected error that a perfect model has: of a normal distance in each bin.

    Parameters
    ----------
    variance
        [groups, bins] the sum of w² p (1 - p) over the rows of each bin.
    weight
        [groups] of all rows.
    """
    return ratio(np.sqrt(2 * variance / np.pi).sum(axis=1), weight)


def top_label(probabilities: Array, truth: Codes) -> tuple[Array, Mask]:
    """Give the largest probability of each row, and whether its level, the first on ties, is the truth: both [rows]."""
    chosen = probabilities.argmax(axis=1)
    return np.take_along_axis(probabilities, chosen[:, None], axis=1)[:, 0], chosen == truth
