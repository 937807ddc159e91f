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
    ├── BoxError               boxes that are none, or whose image is not known
    ├── StateError             a state that cannot be made, merged or finished
    ├── RankingError           a document twice in a ranking, a place that is none, a relevance above the greatest
    └── EngineError            an operation that the frame's engine does not support

    UndefinedMetricWarning (UserWarning)     an undefined estimate
    UndefinedIntervalWarning (UserWarning)   an estimate without an interval
    QueriesDroppedWarning (UserWarning)      queries without a relevant document, left out of a mean
    ClassesAsNumbersWarning (UserWarning)    zeros and ones that are scored as numbers
    CrossingQuantilesWarning (UserWarning)   predicted quantiles that do not increase with their levels
    CensoringWeightsWarning (UserWarning)    censoring weights beyond the training data
    CoarseTimeWarning (UserWarning)          times of a state that are coarser than the windows
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_LONGEST_MESSAGE = 800


class TidymetricsError(ValueError):
    """The base class of every error that tidymetrics raises."""

    def __init__(self, message: str = "") -> None:
        if len(message) > _LONGEST_MESSAGE:  # whatever the names and the values of the data are
            message = f"{message[: _LONGEST_MESSAGE // 2]} ... {message[-_LONGEST_MESSAGE // 2 :]}"
        super().__init__(message)


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


class BoxError(TidymetricsError):
    """A box is invalid or lacks a score or a label, or its image or group is unknown."""


class RankingError(TidymetricsError):
    """A document appears twice in a ranking, a rank is invalid, or a relevance exceeds the greatest one."""


class StateError(TidymetricsError):
    """A state cannot be made, merged or finished: what is there does not fit, or is not all that is needed."""


class EngineError(TidymetricsError):
    """The engine of the frame does not support the operation."""


class UndefinedMetricWarning(UserWarning):
    """An estimate is undefined (0/0, only one class, no rows): it is null in the result."""


class UndefinedIntervalWarning(UserWarning):
    """An estimate has no interval (one row, all rows alike): its limits are null in the result."""


class QueriesDroppedWarning(UserWarning):
    """Queries without a relevant document, or without any judgement, are left out of a mean."""


class ClassesAsNumbersWarning(UserWarning):
    """Truth and predictions are only 0 and 1, and are scored as numbers."""


class CrossingQuantilesWarning(UserWarning):
    """Predicted quantiles cross: a quantile is smaller than one of a lower level."""


class CoarseTimeWarning(UserWarning):
    """The times of a state are coarser than its windows, so that most windows are empty."""


class CensoringWeightsWarning(UserWarning):
    """Some censoring weights lie beyond the training data: they are null in the result."""


_LONGEST = 60
"""How many characters of one value a message shows."""


def shown(value: object) -> str:
    """Write one value for a message; of a long one, such as a whole vector, say what it is."""
    if isinstance(value, (str, bytes)):
        return repr(value) if len(value) <= _LONGEST else f"{value[:_LONGEST]!r}..."
    text = repr(value) if isinstance(value, (list, tuple, dict, set, frozenset)) or not hasattr(value, "__len__") else ""
    if text and len(text) <= _LONGEST and "\n" not in text:
        return text
    if hasattr(value, "__len__"):
        return f"a {type(value).__name__} of {len(value)}"
    return f"{' '.join(text.split())[:_LONGEST]}..."


def listed(values: Iterable[object], most: int = 3) -> str:
    """Format values for a message: the first few, and how many more there are."""
    values = list(values)
    first = ", ".join(shown(value) for value in values[:most])
    return first if len(values) <= most else f"{first}, ... ({len(values) - most} more)"


_ARGUMENTS = {
    "level": ("event", "levels"),
    "pos_label": ("event",),
    "positive": ("event",),
    "labels": ("levels",),
    "classes": ("levels",),
    "average": ("estimator",),
    "sample_weight": ("case_weights",),
    "weights": ("case_weights",),
    "y_true": ("truth",),
    "y_pred": ("estimate",),
    "y_score": ("estimate",),
    "y_prob": ("estimate",),
    "y_proba": ("estimate",),
    "group": ("by",),
    "groups": ("by",),
    "group_by": ("by",),
}
"""Arguments of other packages, and what they are here."""


def nearest(name: object, known: Iterable[object]) -> str:
    """Suggest the known name closest to a misspelled one, as the end of a message; or what other packages' name is here."""
    by_lower = {str(k).lower(): str(k) for k in known}
    if meant := [f"{here}=" for here in _ARGUMENTS.get(str(name), ()) if here in by_lower]:
        return f" Pass {' or '.join(meant)} instead."
    close = get_close_matches(str(name).lower(), list(by_lower), n=1)
    return f" Did you mean {by_lower[close[0]]!r}?" if close else ""
