"""Statistics: small summaries of the rows, each with its request, the reduction that makes it, and the parts that merge."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidymetrics.statistics.arithmetic import average, diagonal, leave_one_out, ratio
    from tidymetrics.statistics.concordance import OrderedPairs
    from tidymetrics.statistics.confusion import Confusion, ConfusionCounts, ConfusionRequest, EventCounts
    from tidymetrics.statistics.curves import CurvePoints, Points, framed
    from tidymetrics.statistics.evaluation_times import CensoringWeights, EvaluationTimes
    from tidymetrics.statistics.kaplan_meier import CensoringCurve
    from tidymetrics.statistics.means import RowMean, weighted
    from tidymetrics.statistics.moments import Column, Moments, TruthSpread
    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.per_group import PerGroup
    from tidymetrics.statistics.probabilities import KnownLevels, ProbabilityBounds, ProbabilityMean
    from tidymetrics.statistics.quantiles import IntervalScores, QuantileLosses
    from tidymetrics.statistics.ranked import RankedScores, Ranking
    from tidymetrics.statistics.ranked_survival import RankedSurvival, SurvivalCurvePoints
    from tidymetrics.statistics.rankings import ScoreRanking
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import NUMBERS, Aggregate, Check, MergeableRequest, Request, SummedRequest, reads_for
    from tidymetrics.statistics.row_formulas import require_row_values
    from tidymetrics.statistics.royston import CoxSlope
    from tidymetrics.statistics.signed_errors import SignedErrors
    from tidymetrics.statistics.sorted_rows import GiniIndices, LagErrors, Quartiles
    from tidymetrics.statistics.subjects import STATIC, Subjects
    from tidymetrics.statistics.survival import SurvivalLosses
    from tidymetrics.statistics.survival_checks import SUBJECT, CensoredTimes, SurvivalProbabilities
    from tidymetrics.statistics.totals import CaseWeights, GroupTotals

_LAZY = {
    "arithmetic": "average diagonal leave_one_out ratio",
    "concordance": "OrderedPairs",
    "confusion": "Confusion ConfusionCounts ConfusionRequest EventCounts",
    "curves": "CurvePoints Points framed",
    "evaluation_times": "CensoringWeights EvaluationTimes",
    "kaplan_meier": "CensoringCurve",
    "means": "RowMean weighted",
    "moments": "Column Moments TruthSpread",
    "parts": "Parts",
    "per_group": "PerGroup",
    "probabilities": "KnownLevels ProbabilityBounds ProbabilityMean",
    "quantiles": "IntervalScores QuantileLosses",
    "ranked": "RankedScores Ranking",
    "ranked_survival": "RankedSurvival SurvivalCurvePoints",
    "rankings": "ScoreRanking",
    "reductions": "Reductions",
    "requests": "NUMBERS Aggregate Check MergeableRequest Request SummedRequest reads_for",
    "row_formulas": "require_row_values",
    "royston": "CoxSlope",
    "signed_errors": "SignedErrors",
    "sorted_rows": "GiniIndices LagErrors Quartiles",
    "subjects": "STATIC Subjects",
    "survival": "SurvivalLosses",
    "survival_checks": "SUBJECT CensoredTimes SurvivalProbabilities",
    "totals": "CaseWeights GroupTotals",
}
"""The modules, with the names that each has: a call imports those that it needs."""

__all__ = [
    "NUMBERS",
    "STATIC",
    "SUBJECT",
    "Aggregate",
    "CaseWeights",
    "CensoredTimes",
    "CensoringCurve",
    "CensoringWeights",
    "Check",
    "Column",
    "Confusion",
    "ConfusionCounts",
    "ConfusionRequest",
    "CoxSlope",
    "CurvePoints",
    "EvaluationTimes",
    "EventCounts",
    "GiniIndices",
    "GroupTotals",
    "IntervalScores",
    "KnownLevels",
    "LagErrors",
    "MergeableRequest",
    "Moments",
    "OrderedPairs",
    "Parts",
    "PerGroup",
    "Points",
    "ProbabilityBounds",
    "ProbabilityMean",
    "QuantileLosses",
    "Quartiles",
    "RankedScores",
    "RankedSurvival",
    "Ranking",
    "Reductions",
    "Request",
    "RowMean",
    "ScoreRanking",
    "SignedErrors",
    "Subjects",
    "SummedRequest",
    "SurvivalCurvePoints",
    "SurvivalLosses",
    "SurvivalProbabilities",
    "TruthSpread",
    "average",
    "diagonal",
    "framed",
    "leave_one_out",
    "ratio",
    "reads_for",
    "require_row_values",
    "weighted",
]

_HOME = {name: module for module, names in _LAZY.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what has not been needed yet."""
    if name not in _HOME:
        raise AttributeError(f"module 'tidymetrics.statistics' has no attribute {name!r}")
    value = getattr(import_module(f"tidymetrics.statistics.{_HOME[name]}"), name)
    globals()[name] = value
    return value
