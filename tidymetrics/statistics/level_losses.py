"""Where the true level of a row stands among all levels: narwhals expressions of indicators and scores, one per level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence


def score_of_truth(truth: Sequence[Any], scores: Sequence[Any]) -> Any:
    """Give the score of the true level."""
    return _added([true * score for true, score in zip(truth, scores, strict=True)])


def place_of_truth(truth: Sequence[Any], scores: Sequence[Any]) -> tuple[Any, Any]:
    """Count the levels with a greater score than the true one, and those with the same, itself included."""
    own = score_of_truth(truth, scores)
    above = _added([(score > own).cast(nw.Float64) for score in scores])
    return above, _added([(score >= own).cast(nw.Float64) for score in scores]) - above


def margin_of_truth(truth: Sequence[Any], scores: Sequence[Any]) -> Any:
    """Give how far the score of the true level leads the greatest other one; half of it for two levels."""
    if len(scores) == 2:
        return (truth[0] - truth[1]) * (scores[0] - scores[1]) * 0.5
    leads = []
    for i, true in enumerate(truth):
        others = [score for j, score in enumerate(scores) if j != i]
        greatest = others[0]
        for other in others[1:]:
            greatest = (greatest + other + (greatest - other).abs()) * 0.5
        leads.append(true * (scores[i] - greatest))
    return _added(leads)


def _added(parts: Sequence[Any]) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
