"""Statistics: small summaries of the rows, each with the reduction that makes it."""

from tidymetrics.statistics.arithmetic import average, diagonal, leave_one_out, ratio
from tidymetrics.statistics.confusion import Confusion, ConfusionCounts, EventCounts
from tidymetrics.statistics.curves import Points, framed, trace, traces
from tidymetrics.statistics.ladder import Ladder, Layout, each_block, ladder_of, lay_out, sort_block
from tidymetrics.statistics.moments import Column, Moments, RowMean, SignedErrors, TruthSpread
from tidymetrics.statistics.per_group import PerGroup
from tidymetrics.statistics.probabilities import KnownLevels, ProbabilityMean, reads_for
from tidymetrics.statistics.ranked import Laid, RankedScores, Ranking
from tidymetrics.statistics.reductions import Aggregate, Reductions, Statistic
from tidymetrics.statistics.sorted_rows import GiniIndices, Lag, LagErrors, Quartiles
from tidymetrics.statistics.totals import Totals, TotalsOver

__all__ = [
    "Aggregate",
    "Column",
    "Confusion",
    "ConfusionCounts",
    "EventCounts",
    "GiniIndices",
    "KnownLevels",
    "Ladder",
    "Lag",
    "LagErrors",
    "Laid",
    "Layout",
    "Moments",
    "PerGroup",
    "Points",
    "ProbabilityMean",
    "Quartiles",
    "RankedScores",
    "Ranking",
    "Reductions",
    "RowMean",
    "SignedErrors",
    "Statistic",
    "Totals",
    "TotalsOver",
    "TruthSpread",
    "average",
    "diagonal",
    "each_block",
    "framed",
    "ladder_of",
    "lay_out",
    "leave_one_out",
    "ratio",
    "reads_for",
    "sort_block",
    "trace",
    "traces",
]
