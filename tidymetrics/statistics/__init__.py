"""Statistics: small summaries of the rows, each with its request, the reduction that makes it, and the parts that merge."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidymetrics.statistics.arithmetic import average, diagonal, leave_one_out, ratio
    from tidymetrics.statistics.box_means import BOX_READS, COLUMNWISE, PREDICTED_BOX, TRUE_BOX, BoxMean, PairedBoxes
    from tidymetrics.statistics.clustered import (
        CentroidDistances,
        ClusteredRows,
        ClusteredRowsRequest,
        FeatureSums,
        FeatureSumsRequest,
        Matrix,
    )
    from tidymetrics.statistics.concordance import CensoredPairs, OrderedPairs
    from tidymetrics.statistics.confusion import Confusion, ConfusionRequest
    from tidymetrics.statistics.counts import ConfusionCounts, EventCounts, Reported
    from tidymetrics.statistics.curves import CurvePoints, Points, framed
    from tidymetrics.statistics.evaluation_times import CensoringWeights, EvaluationTimes
    from tidymetrics.statistics.exposure import POPULARITY, DocumentsShown, InformationShown
    from tidymetrics.statistics.fixed_bins import FixedBins
    from tidymetrics.statistics.group_constants import GroupConstants, GroupConstantsRequest
    from tidymetrics.statistics.influence_of_gaps import movement_of_reports
    from tidymetrics.statistics.influence_of_halves import OfRows, Units
    from tidymetrics.statistics.judgements import join_judgements
    from tidymetrics.statistics.kaplan_meier import CensoringCurve
    from tidymetrics.statistics.level_losses import margin_of_truth, place_of_truth, score_of_truth
    from tidymetrics.statistics.means import RowMean, weighted
    from tidymetrics.statistics.moments import Column, Moments, TruthSpread
    from tidymetrics.statistics.movable import Movable
    from tidymetrics.statistics.notes import Notes
    from tidymetrics.statistics.order_statistics import GroupMaximum, GroupQuantile
    from tidymetrics.statistics.partitions import WAYS, Noise, Partitions
    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.per_group import PerGroup
    from tidymetrics.statistics.probabilities import KnownLevels, ProbabilityBounds, ProbabilityMean, TwoClasses
    from tidymetrics.statistics.quantiles import IntervalScores, QuantileLosses
    from tidymetrics.statistics.query_rankings import QueryRankings
    from tidymetrics.statistics.rank_correlations import PairAgreement, RankMoments
    from tidymetrics.statistics.ranked import RankedScores, Ranking
    from tidymetrics.statistics.ranked_relevance import RankedRelevance, by_rule, count_dropped, mean_over_queries
    from tidymetrics.statistics.ranked_survival import RankedSurvival, SurvivalCurvePoints
    from tidymetrics.statistics.rankings import ScoreRanking
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.relative_errors import AbsoluteMeans, PotentialErrors
    from tidymetrics.statistics.requests import NUMBERS, Aggregate, Check, MergeableRequest, Request, SummedRequest, reads_for
    from tidymetrics.statistics.row_counts import RowCounts
    from tidymetrics.statistics.row_formulas import require_row_values
    from tidymetrics.statistics.row_losses import log_cosh, log_of_one_and, tweedie
    from tidymetrics.statistics.row_scores import RowScores
    from tidymetrics.statistics.royston import CoxSlope
    from tidymetrics.statistics.scored_events import (
        EventBins,
        EventColumns,
        EventSteps,
        IsotonicFit,
        LogitFit,
        ScoredEvents,
        ScoreSlots,
    )
    from tidymetrics.statistics.segments import CROWD, IMAGE, SEGMENTS, SegmentsRequest, SegmentTable
    from tidymetrics.statistics.signed_errors import SignedErrors
    from tidymetrics.statistics.sorted_rows import GiniIndices, LagErrors, Quartiles
    from tidymetrics.statistics.stated import (
        LADDER,
        StatedRows,
        block_of,
        by_statistic,
        counted_rows,
        filed,
        is_filed,
        needs_rows,
        rows_part,
        settled,
    )
    from tidymetrics.statistics.subjects import STATIC, Subjects
    from tidymetrics.statistics.survival import SurvivalLosses
    from tidymetrics.statistics.survival_checks import SUBJECT, CensoredTimes, SurvivalProbabilities
    from tidymetrics.statistics.totals import CaseWeights, GroupTotals, ZerosAndOnes
    from tidymetrics.statistics.trec import read_trec, write_trec
    from tidymetrics.statistics.units import at_the_ends, in_units_of_groups

_LAZY = {
    "arithmetic": "average diagonal leave_one_out ratio",
    "box_means": "BOX_READS COLUMNWISE PREDICTED_BOX TRUE_BOX BoxMean PairedBoxes",
    "clustered": "CentroidDistances ClusteredRows ClusteredRowsRequest FeatureSums FeatureSumsRequest Matrix",
    "concordance": "CensoredPairs OrderedPairs",
    "confusion": "Confusion ConfusionRequest",
    "counts": "ConfusionCounts EventCounts Reported",
    "curves": "CurvePoints Points framed",
    "evaluation_times": "CensoringWeights EvaluationTimes",
    "exposure": "POPULARITY DocumentsShown InformationShown",
    "fixed_bins": "FixedBins",
    "group_constants": "GroupConstants GroupConstantsRequest",
    "influence_of_gaps": "movement_of_reports",
    "influence_of_halves": "OfRows Units",
    "judgements": "join_judgements",
    "kaplan_meier": "CensoringCurve",
    "level_losses": "margin_of_truth place_of_truth score_of_truth",
    "means": "RowMean weighted",
    "movable": "Movable",
    "moments": "Column Moments TruthSpread",
    "notes": "Notes",
    "order_statistics": "GroupMaximum GroupQuantile",
    "partitions": "WAYS Noise Partitions",
    "parts": "Parts",
    "per_group": "PerGroup",
    "probabilities": "KnownLevels ProbabilityBounds ProbabilityMean TwoClasses",
    "quantiles": "IntervalScores QuantileLosses",
    "query_rankings": "QueryRankings",
    "rank_correlations": "PairAgreement RankMoments",
    "ranked": "RankedScores Ranking",
    "ranked_relevance": "RankedRelevance by_rule count_dropped mean_over_queries",
    "ranked_survival": "RankedSurvival SurvivalCurvePoints",
    "rankings": "ScoreRanking",
    "reductions": "Reductions",
    "relative_errors": "AbsoluteMeans PotentialErrors",
    "requests": "NUMBERS Aggregate Check MergeableRequest Request SummedRequest reads_for",
    "row_counts": "RowCounts",
    "row_formulas": "require_row_values",
    "row_losses": "log_cosh log_of_one_and tweedie",
    "row_scores": "RowScores",
    "royston": "CoxSlope",
    "scored_events": "EventBins EventColumns EventSteps IsotonicFit LogitFit ScoredEvents ScoreSlots",
    "segments": "CROWD IMAGE SEGMENTS SegmentsRequest SegmentTable",
    "signed_errors": "SignedErrors",
    "sorted_rows": "GiniIndices LagErrors Quartiles",
    "stated": "LADDER StatedRows block_of by_statistic counted_rows exact_numbers filed is_filed needs_rows rows_part settled",
    "subjects": "STATIC Subjects",
    "survival": "SurvivalLosses",
    "survival_checks": "SUBJECT CensoredTimes SurvivalProbabilities",
    "totals": "CaseWeights GroupTotals ZerosAndOnes",
    "trec": "read_trec write_trec",
    "units": "at_the_ends in_units_of_groups",
}
"""The modules, with the names that each has: a call imports those that it needs."""

__all__ = [
    "BOX_READS",
    "COLUMNWISE",
    "CROWD",
    "IMAGE",
    "LADDER",
    "NUMBERS",
    "POPULARITY",
    "PREDICTED_BOX",
    "SEGMENTS",
    "STATIC",
    "SUBJECT",
    "TRUE_BOX",
    "WAYS",
    "AbsoluteMeans",
    "Aggregate",
    "BoxMean",
    "CaseWeights",
    "CensoredPairs",
    "CensoredTimes",
    "CensoringCurve",
    "CensoringWeights",
    "CentroidDistances",
    "Check",
    "ClusteredRows",
    "ClusteredRowsRequest",
    "Column",
    "Confusion",
    "ConfusionCounts",
    "ConfusionRequest",
    "CoxSlope",
    "CurvePoints",
    "DocumentsShown",
    "EvaluationTimes",
    "EventBins",
    "EventColumns",
    "EventCounts",
    "EventSteps",
    "FeatureSums",
    "FeatureSumsRequest",
    "FixedBins",
    "GiniIndices",
    "GroupConstants",
    "GroupConstantsRequest",
    "GroupMaximum",
    "GroupQuantile",
    "GroupTotals",
    "InformationShown",
    "IntervalScores",
    "IsotonicFit",
    "KnownLevels",
    "LagErrors",
    "LogitFit",
    "Matrix",
    "MergeableRequest",
    "Moments",
    "Movable",
    "Noise",
    "Notes",
    "OfRows",
    "OrderedPairs",
    "PairAgreement",
    "PairedBoxes",
    "Partitions",
    "Parts",
    "PerGroup",
    "Points",
    "PotentialErrors",
    "ProbabilityBounds",
    "ProbabilityMean",
    "QuantileLosses",
    "Quartiles",
    "QueryRankings",
    "RankMoments",
    "RankedRelevance",
    "RankedScores",
    "RankedSurvival",
    "Ranking",
    "Reductions",
    "Reported",
    "Request",
    "RowCounts",
    "RowMean",
    "RowScores",
    "ScoreRanking",
    "ScoreSlots",
    "ScoredEvents",
    "SegmentTable",
    "SegmentsRequest",
    "SignedErrors",
    "StatedRows",
    "Subjects",
    "SummedRequest",
    "SurvivalCurvePoints",
    "SurvivalLosses",
    "SurvivalProbabilities",
    "TruthSpread",
    "TwoClasses",
    "Units",
    "ZerosAndOnes",
    "at_the_ends",
    "average",
    "block_of",
    "by_rule",
    "by_statistic",
    "count_dropped",
    "counted_rows",
    "diagonal",
    "exact_numbers",
    "filed",
    "framed",
    "in_units_of_groups",
    "is_filed",
    "join_judgements",
    "leave_one_out",
    "log_cosh",
    "log_of_one_and",
    "margin_of_truth",
    "mean_over_queries",
    "movement_of_reports",
    "needs_rows",
    "place_of_truth",
    "ratio",
    "read_trec",
    "reads_for",
    "require_row_values",
    "rows_part",
    "score_of_truth",
    "settled",
    "tweedie",
    "weighted",
    "write_trec",
]


_HOME = {name: module for module, names in _LAZY.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what has not been needed yet."""
    if name not in _HOME:
        raise AttributeError(f"module 'tidymetrics.statistics' has no attribute {name!r}")
    value = getattr(import_module(f"tidymetrics.statistics.{_HOME[name]}"), name)
    globals()[name] = value
    return value
