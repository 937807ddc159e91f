"""Classes from probabilities: pure functions of arrays; -1 stands for a row that is not decided.

decide(probability, threshold, buffer)                          # two levels: 0 the event, 1 the other
decide_among(probabilities, thresholds, min_prob)               # [rows, levels]: the position of the level
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask


def decide(probability: Array, threshold: float | Array = 0.5, buffer: tuple[float, float] | None = None) -> Codes:
    """Call a row an event, 0, from the threshold on, else 1; rows inside the buffer around it are not decided.

    The threshold may be one for each row. A missing probability, NaN, is not decided.
    """
    called = np.where(probability >= threshold, 0, 1)
    open_: Mask = np.isnan(probability) | np.isnan(threshold)
    if buffer is not None:
        open_ |= (probability >= threshold - buffer[0]) & (probability <= threshold + buffer[1])
    return np.where(open_, -1, called)


def decide_among(probabilities: Array, thresholds: Array | None = None, min_prob: float | None = None) -> Codes:
    """Choose the level of the largest probability, or of the largest share of its threshold; the first on ties.

    Where the largest probability is below `min_prob`, or one is missing, nothing is decided.
    """
    there = np.logical_not(np.isnan(probabilities).any(axis=1))
    if not probabilities.shape[0]:
        return np.zeros(0, np.int64)
    worth = probabilities if thresholds is None else probabilities / thresholds
    chosen = np.where(there[:, None], worth, 0.0).argmax(axis=1)
    if min_prob is not None:
        there &= probabilities.max(axis=1) >= min_prob
    return np.where(there, chosen, -1)
