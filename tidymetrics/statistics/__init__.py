"""Statistics: small summaries of the rows, each with the reduction that makes it."""

from tidymetrics.statistics.arithmetic import average, diagonal, leave_one_out, ratio
from tidymetrics.statistics.concordance import STATIC, OrderedPairs, Subjects
from tidymetrics.statistics.confusion import Confusion, ConfusionCounts, EventCounts
from tidymetrics.statistics.curves import Points, framed, trace
from tidymetrics.statistics.kaplan_meier import CensoringCurve
from tidymetrics.statistics.ladder import Ladder, Layout, each_block, ladder_of, lay_out, sort_block
from tidymetrics.statistics.moments import Column, Moments, RowMean, SignedErrors, TruthSpread
from tidymetrics.statistics.per_group import PerGroup
from tidymetrics.statistics.probabilities import KnownLevels, ProbabilityMean, reads_for
from tidymetrics.statistics.quantiles import IntervalScores, QuantileLosses
from tidymetrics.statistics.ranked import Laid, RankedScores, Ranking
from tidymetrics.statistics.reductions import Aggregate, Reductions, Statistic
from tidymetrics.statistics.royston import CoxSlope
from tidymetrics.statistics.sorted_rows import GiniIndices, Lag, LagErrors, Quartiles
from tidymetrics.statistics.survival import (
    SUBJECT,
    CensoredTimes,
    EvaluationTimes,
    RankedSurvival,
    SurvivalLayout,
    SurvivalLosses,
)
from tidymetrics.statistics.totals import Totals, TotalsOver

__all__ = [
    "STATIC",
    "SUBJECT",
    "Aggregate",
    "CensoredTimes",
    "CensoringCurve",
    "Column",
    "Confusion",
    "ConfusionCounts",
    "CoxSlope",
    "EvaluationTimes",
    "EventCounts",
    "GiniIndices",
    "IntervalScores",
    "KnownLevels",
    "Ladder",
    "Lag",
    "LagErrors",
    "Laid",
    "Layout",
    "Moments",
    "OrderedPairs",
    "PerGroup",
    "Points",
    "ProbabilityMean",
    "QuantileLosses",
    "Quartiles",
    "RankedScores",
    "RankedSurvival",
    "Ranking",
    "Reductions",
    "RowMean",
    "SignedErrors",
    "Statistic",
    "Subjects",
    "SurvivalLayout",
    "SurvivalLosses",
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
]
