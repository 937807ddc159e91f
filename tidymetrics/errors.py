"""Exceptions and warnings.

::

    TidymetricsError (ValueError)
    ├── ColumnNotFoundError    a column that is not in the frame
    ├── LevelError             missing, different or unknown levels; an event that is not a level
    ├── WeightError            negative or infinite weights
    ├── ProbabilityError       probabilities outside [0, 1], or rows that do not sum to 1
    ├── EstimatorError         an estimator that does not fit the metric or the number of levels
    ├── OptionError (TypeError)  an argument with the wrong name, type or value
    ├── MetricSetError         metrics that cannot form a set
    ├── RankingError           a document twice in a ranking, a place that is none, a relevance above the greatest
    └── EngineError            an operation that the frame's engine does not support

    UndefinedMetricWarning (UserWarning)     an undefined estimate
    QueriesDroppedWarning (UserWarning)      queries without a relevant document, left out of a mean
    CrossingQuantilesWarning (UserWarning)   predicted quantiles that do not increase with their levels
    CensoringWeightsWarning (UserWarning)    censoring weights beyond the training data
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class TidymetricsError(ValueError):
    """The base class of every error that tidymetrics raises."""


class ColumnNotFoundError(TidymetricsError):
    """The frame has no column of this name."""


class LevelError(TidymetricsError):
    """The levels of two columns differ or are unknown, or an event is not a level."""


class WeightError(TidymetricsError):
    """A case weight is negative or infinite."""


class ProbabilityError(TidymetricsError):
    """A probability is outside [0, 1], or the probabilities of a row do not sum to 1."""


class EstimatorError(TidymetricsError):
    """The metric does not have this estimator, or the number of levels does not allow it."""


class OptionError(TidymetricsError, TypeError):
    """An argument has the wrong name, type or value."""


class MetricSetError(TidymetricsError):
    """The metrics cannot form a set."""


class RankingError(TidymetricsError):
    """A document stands twice in a ranking, a place is none, or a relevance is above the greatest."""


class EngineError(TidymetricsError):
    """The engine of the frame does not support the operation."""


class UndefinedMetricWarning(UserWarning):
    """An estimate is undefined (0/0, only one class, no rows): it is null in the result."""


class QueriesDroppedWarning(UserWarning):
    """Queries without a relevant document, or without any judgement, are left out of a mean."""


class CrossingQuantilesWarning(UserWarning):
    """Predicted quantiles cross: a quantile is smaller than one of a lower level."""


class CensoringWeightsWarning(UserWarning):
    """Some censoring weights lie beyond the training data: they are null in the result."""


def listed(values: Iterable[object], most: int = 8) -> str:
    """Format values for a message: the first few, and how many more there are."""
    values = list(values)
    shown = ", ".join(repr(value) for value in values[:most])
    return shown if len(values) <= most else f"{shown}, ... ({len(values) - most} more)"


def nearest(name: object, known: Iterable[object]) -> str:
    """Suggest the known name closest to a misspelled one, as the end of a message."""
    by_lower = {str(k).lower(): str(k) for k in known}
    close = get_close_matches(str(name).lower(), list(by_lower), n=1)
    return f" Did you mean {by_lower[close[0]]!r}?" if close else ""
