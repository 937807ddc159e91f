"""Statistics: small summaries of the rows, each with the reduction that makes it."""

from tidymetrics.statistics.arithmetic import average, diagonal, leave_one_out, ratio
from tidymetrics.statistics.confusion import Confusion, ConfusionCounts, EventCounts
from tidymetrics.statistics.moments import Column, Moments, RowMean, SignedErrors, TruthSpread
from tidymetrics.statistics.reductions import Aggregate, Reductions, Statistic
from tidymetrics.statistics.sorted_rows import GiniIndices, Lag, LagErrors, Quartiles
from tidymetrics.statistics.totals import Totals

__all__ = [
    "Aggregate",
    "Column",
    "Confusion",
    "ConfusionCounts",
    "EventCounts",
    "GiniIndices",
    "Lag",
    "LagErrors",
    "Moments",
    "Quartiles",
    "Reductions",
    "RowMean",
    "SignedErrors",
    "Statistic",
    "Totals",
    "TruthSpread",
    "average",
    "diagonal",
    "leave_one_out",
    "ratio",
]
