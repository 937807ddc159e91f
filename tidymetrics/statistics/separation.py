"""How well distinct scores separate events from others: parts of the ROC curve, gaps, costs and the top of the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.score_steps import cumulate, group_sums, sum_by

if TYPE_CHECKING:
    from tidymetrics.statistics.isotonic import IsotonicBlocks
    from tidymetrics.statistics.score_steps import ScoreSteps
    from tidymetrics.typing import Array


def _shares(steps: ScoreSteps) -> tuple[Array, Array, Array, Array]:
    """Give the share of others and of events above each score, and with it: x before and after, y before and after [steps]."""
    made = []
    for values in (steps.others, steps.value):
        total = ratio(np.ones(len(steps.lengths)), group_sums(values, steps))[steps.group]
        after = cumulate(values, steps.lengths, from_top=True)
        made += [np.maximum(after - values, 0.0) * total, after * total]
    return made[0], made[1], made[2], made[3]


def partial_roc_area(steps: ScoreSteps, most: float, least: float, *, standardized: bool) -> Array:
    """Give the area below the ROC curve up to a share of others and above a share of events: [groups].

    Standardized, a random ranking has 1/2 and a perfect one 1.
    """
    x0, x1, y0, y1 = _shares(steps)
    with np.errstate(all="ignore"):
        width = np.clip(most - x0, 0.0, x1 - x0)  # [steps] what lies in reach of each piece of the curve
        end = y0 + np.where(x1 > x0, (y1 - y0) * width / (x1 - x0), y1 - y0)
        low, high = y0 - least, end - least
        rise = np.where(high > low, high - low, 1.0)
        part = np.where(low >= 0, (low + high) / 2, np.where(high > 0, high**2 / (2 * rise), 0.0))
    area = group_sums(width * part, steps)
    known = (group_sums(steps.others, steps) > 0) & (group_sums(steps.value, steps) > 0)
    if standardized:
        chance, whole = max(most - least, 0.0) ** 2 / 2, most * (1 - least)
        area = (1 + (area - chance) / (whole - chance)) / 2
    return np.where(known, area, np.nan)


def largest_gap(steps: ScoreSteps) -> Array:
    """Give the greatest distance between the shares of events and of others above a score: [groups]."""
    _, x, _, y = _shares(steps)
    found = np.zeros(len(steps.lengths))
    np.maximum.at(found, steps.group, np.abs(y - x))
    known = (group_sums(steps.others, steps) > 0) & (group_sums(steps.value, steps) > 0)
    return np.where(known, found, np.nan)


def found_at(steps: ScoreSteps, top: float) -> Array:
    """Give the share of events among the rows with the highest scores, `top` of the weight; ties are found evenly: [groups]."""
    events, weight = group_sums(steps.value, steps), group_sums(steps.weight, steps)
    after = cumulate(steps.weight, steps.lengths, from_top=True)
    reach = np.clip(top * weight[steps.group] - (after - steps.weight), 0.0, steps.weight)
    return ratio(group_sums(steps.value * reach / steps.weight, steps), events)


def cost_saved(blocks: IsotonicBlocks) -> Array:
    """Give the share of the expected cost that the best thresholds save: [groups]. Costs have the distribution Beta(2, 2).

    The blocks are the sides of the convex hull of the ROC curve. A block is taken for events as long as the cost of a false
    event is below its share of events.
    """
    group = np.repeat(np.arange(len(blocks.lengths)), blocks.lengths)

    def total(values: Array) -> Array:
        return sum_by(group, values, len(blocks.lengths))

    events, others = total(blocks.value), total(blocks.others)
    cost = total(_cost(blocks.value, blocks.others))
    known = (events > 0) & (others > 0)
    with np.errstate(all="ignore"):
        return np.where(known, 1 - cost / _cost(events, others), np.nan)


def _cost(events: Array, others: Array) -> Array:
    """Give the expected cost of rows that are all taken alike, event or not, as is best at each cost c of a false event.

    The integrals of c and of 1 - c by the density 6 c (1 - c), up to the share of events and beyond it.
    """
    with np.errstate(all="ignore"):
        c = np.where(events + others > 0, events / (events + others), 0.0)
    false_events = c**3 * (2 - 1.5 * c)
    missed = 0.5 - c**2 * (3 - c * (4 - 1.5 * c))
    return np.asarray(others * false_events + events * missed)
