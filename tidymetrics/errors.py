"""Exceptions and warnings.

::

    TidymetricsError (ValueError)
    ├── ColumnNotFoundError    a column that the frame does not have
    ├── LevelError             levels that are missing, unlike, or unknown; an event that is no level
    ├── WeightError            weights that are negative or infinite
    ├── ProbabilityError       probabilities outside [0, 1], or rows that do not sum to 1
    ├── EstimatorError         an estimator that the metric or the number of levels rules out
    ├── OptionError (TypeError)  an argument of the wrong name, type or value
    ├── MetricSetError         metrics that cannot be one set
    └── EngineError            a frame whose engine cannot do what was asked

    UndefinedMetricWarning (UserWarning)     an estimate that does not exist
    CrossingQuantilesWarning (UserWarning)   predicted quantiles in another order than their levels
    CensoringWeightsWarning (UserWarning)    weights that the training data cannot give
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class TidymetricsError(ValueError):
    """The root of every error that tidymetrics raises."""


class ColumnNotFoundError(TidymetricsError):
    """A column is named that the frame does not have."""


class LevelError(TidymetricsError):
    """The classes of two columns differ, are not known, or an event is none of them."""


class WeightError(TidymetricsError):
    """A case weight is negative or infinite."""


class ProbabilityError(TidymetricsError):
    """A probability is outside [0, 1], or those of a row do not sum to 1."""


class EstimatorError(TidymetricsError):
    """An estimator that the metric does not have, or that the number of levels rules out."""


class OptionError(TidymetricsError, TypeError):
    """An argument has the wrong name, type or value."""


class MetricSetError(TidymetricsError):
    """Metrics that cannot be one set."""


class EngineError(TidymetricsError):
    """The engine that holds the frame cannot do what was asked."""


class UndefinedMetricWarning(UserWarning):
    """An estimate does not exist (0/0, one class only, no rows): it is null in the result."""


class CrossingQuantilesWarning(UserWarning):
    """Predicted quantiles cross: one is below that of a lower level."""


class CensoringWeightsWarning(UserWarning):
    """Censoring weights that the training data do not reach: they are null in the result."""


def listed(values: Iterable[object], most: int = 8) -> str:
    """Write values for a message: the first few, and how many more there are."""
    values = list(values)
    shown = ", ".join(repr(value) for value in values[:most])
    return shown if len(values) <= most else f"{shown}, ... ({len(values) - most} more)"


def nearest(name: object, known: Iterable[object]) -> str:
    """Write the known name nearest to a misspelled one, as the end of a message."""
    by_lower = {str(k).lower(): str(k) for k in known}
    close = get_close_matches(str(name).lower(), list(by_lower), n=1)
    return f" Did you mean {by_lower[close[0]]!r}?" if close else ""
