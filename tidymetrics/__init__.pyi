"""What type checkers see of tidymetrics: made by `python -m tests.typed.make_stub` from the tables of arguments."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar, overload

import polars as pl
from narwhals import Expr
from narwhals.typing import IntoDataFrameT
from polars.dataframe.group_by import GroupBy
from polars.lazyframe.group_by import LazyGroupBy

from tidymetrics.core.function import FrameFunction, MetricFunction, VectorFunction
from tidymetrics.core.metric import Metric as Metric
from tidymetrics.typing import By, Direction, Estimator, EventLevel, Features, Level, Probabilities, Vector, Weighting
from tidymetrics.wrappers.sets import MetricSet as _MetricSet

_P = ParamSpec("_P")
_S = TypeVar("_S")
_Checks = Mapping[str, Callable[[str, str, Any], None]] | None

__version__: str

from tidymetrics.errors import BoxError as BoxError
from tidymetrics.errors import CensoringWeightsWarning as CensoringWeightsWarning
from tidymetrics.errors import ClassesAsNumbersWarning as ClassesAsNumbersWarning
from tidymetrics.errors import CoarseTimeWarning as CoarseTimeWarning
from tidymetrics.errors import ColumnNotFoundError as ColumnNotFoundError
from tidymetrics.statistics.counts import ConfusionCounts as ConfusionCounts
from tidymetrics.families.classes.matrix import ConfusionMatrix as ConfusionMatrix
from tidymetrics.errors import CrossingQuantilesWarning as CrossingQuantilesWarning
from tidymetrics.errors import EngineError as EngineError
from tidymetrics.errors import EstimatorError as EstimatorError
from tidymetrics.statistics.counts import EventCounts as EventCounts
from tidymetrics.statistics.quantiles import IntervalScores as IntervalScores
from tidymetrics.errors import LevelError as LevelError
from tidymetrics.errors import MetricSetError as MetricSetError
from tidymetrics.statistics.moments import Moments as Moments
from tidymetrics.errors import OptionError as OptionError
from tidymetrics.statistics.concordance import OrderedPairs as OrderedPairs
from tidymetrics.errors import ProbabilityError as ProbabilityError
from tidymetrics.statistics.quantiles import QuantileLosses as QuantileLosses
from tidymetrics.errors import QueriesDroppedWarning as QueriesDroppedWarning
from tidymetrics.statistics.ranked_relevance import RankedRelevance as RankedRelevance
from tidymetrics.statistics.ranked import RankedScores as RankedScores
from tidymetrics.statistics.ranked_survival import RankedSurvival as RankedSurvival
from tidymetrics.errors import RankingError as RankingError
from tidymetrics.errors import StateError as StateError
from tidymetrics.statistics.survival import SurvivalLosses as SurvivalLosses
from tidymetrics.errors import TidymetricsError as TidymetricsError
from tidymetrics.statistics.moments import TruthSpread as TruthSpread
from tidymetrics.errors import UndefinedIntervalWarning as UndefinedIntervalWarning
from tidymetrics.errors import UndefinedMetricWarning as UndefinedMetricWarning
from tidymetrics.errors import WeightError as WeightError
from tidymetrics.wrappers.folds import across_folds as across_folds
from tidymetrics.integrations.trackers import as_dict as as_dict
from tidymetrics.tables.show import as_table as as_table
from tidymetrics.plots import autoplot as autoplot
from tidymetrics.wrappers.averages import averaged_over as averaged_over
from tidymetrics.families.survival.censoring import censoring_weights as censoring_weights
from tidymetrics.wrappers.decide import class_from_prob as class_from_prob
from tidymetrics.wrappers.coco import coco_metrics as coco_metrics
from tidymetrics.wrappers.compare import compare as compare
from tidymetrics.families.classes.conf_mat import conf_mat as conf_mat
from tidymetrics.families.detection.masks import conf_mat_masks as conf_mat_masks
from tidymetrics.families.clusters.tables import contingency as contingency
from tidymetrics import datasets as datasets
from tidymetrics.wrappers.fairness import demographic_parity as demographic_parity
from tidymetrics.core.described import describe_state as describe_state
from tidymetrics.wrappers.models import each_model as each_model
from tidymetrics.wrappers.fairness import equal_opportunity as equal_opportunity
from tidymetrics.wrappers.fairness import equalized_odds as equalized_odds
from tidymetrics.families.custom import from_sklearn as from_sklearn
from tidymetrics.wrappers.fairness import groupwise_difference as groupwise_difference
from tidymetrics.wrappers.fairness import groupwise_ratio as groupwise_ratio
from tidymetrics.core.states import merge_states as merge_states
from tidymetrics.families.custom import metric_from_vec as metric_from_vec
from tidymetrics.core.function import metric_tweak as metric_tweak
from tidymetrics.wrappers.sets import metrics as metrics
from tidymetrics.monitoring.monitor import monitor as monitor
from tidymetrics.wrappers.fairness import new_groupwise_metric as new_groupwise_metric
from tidymetrics.families.clusters.tables import pair_confusion as pair_confusion
from tidymetrics.integrations.trackers import provenance as provenance
from tidymetrics.statistics.arithmetic import ratio as ratio
from tidymetrics.families.detection.coco import read_coco as read_coco
from tidymetrics.integrations.batches import read_states as read_states
from tidymetrics.statistics.trec import read_trec as read_trec
from tidymetrics.tables.report import report as report
from tidymetrics.plots.residuals import residuals_plot as residuals_plot
from tidymetrics.families.clusters.tables import silhouette as silhouette
from tidymetrics.wrappers.skill import skill as skill
from tidymetrics.integrations.scikit_learn import sklearn_scorer as sklearn_scorer
from tidymetrics.families.clusters.tables import sse_within as sse_within
from tidymetrics.families.survival.censoring import survival_long as survival_long
from tidymetrics.tables.wide import wide as wide
from tidymetrics.monitoring.windows import windows as windows
from tidymetrics.wrappers.skill import with_baseline as with_baseline
from tidymetrics.wrappers.intervals import with_intervals as with_intervals
from tidymetrics.integrations.report import write_report as write_report
from tidymetrics.integrations.batches import write_state as write_state
from tidymetrics.statistics.trec import write_trec as write_trec

class _Class(MetricFunction):
    @overload
    def __call__(
        self,
        data: ConfusionMatrix,
        *,
        estimator: Estimator | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> Any: ...

class _ClassVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> float: ...

class _ClusteringWithAverageMethod(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        average_method: Literal["arithmetic", "geometric", "min", "max"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        average_method: Literal["arithmetic", "geometric", "min", "max"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        average_method: Literal["arithmetic", "geometric", "min", "max"] = ...,
    ) -> Any: ...

class _ClusteringWithAverageMethodVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        average_method: Literal["arithmetic", "geometric", "min", "max"] = ...,
    ) -> float: ...

class _Clustering(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> Any: ...

class _ClusteringVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> float: ...

class _ProbWithBins(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> Any: ...

class _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithRecallPointsWithMatching(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        recall_points: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        recall_points: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        recall_points: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _ProbWithBinsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> float: ...

class _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithMatching(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_thresholds: Any = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOver(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        metric: Any = ...,
        constraint: Any = ...,
        metrics: Any = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        over: str | Sequence[str] | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        metric: Any = ...,
        constraint: Any = ...,
        metrics: Any = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        over: str | Sequence[str] | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        metric: Any = ...,
        constraint: Any = ...,
        metrics: Any = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        over: str | Sequence[str] | None = ...,
    ) -> Any: ...

class _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOverVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        metric: Any = ...,
        constraint: Any = ...,
        metrics: Any = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        over: str | Sequence[str] | None = ...,
    ) -> pl.DataFrame: ...

class _RetrievalOfWholeLists(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _RetrievalOfWholeListsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
    ) -> float: ...

class _Prob(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> Any: ...

class _ProbVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> float: ...

class _DynamicSurvival(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _IntegratedSurvival(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _IntegratedSurvivalVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        *,
        eval_time: Vector,
        censoring_weights: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> float: ...

class _DynamicSurvivalVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        *,
        eval_time: Vector,
        censoring_weights: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> Any: ...

class _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimator(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile", "isotonic", "smooth", "logistic"] = ...,
        conf_level: float = ...,
        interval: Literal["wilson", "wilson_cc"] = ...,
        estimator: Literal["top_label"] | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile", "isotonic", "smooth", "logistic"] = ...,
        conf_level: float = ...,
        interval: Literal["wilson", "wilson_cc"] = ...,
        estimator: Literal["top_label"] | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile", "isotonic", "smooth", "logistic"] = ...,
        conf_level: float = ...,
        interval: Literal["wilson", "wilson_cc"] = ...,
        estimator: Literal["top_label"] | None = ...,
    ) -> Any: ...

class _NumericTableWithNBinsWithStrategyWithConfLevel(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        n_bins: int = ...,
        strategy: Literal["quantile", "uniform", "isotonic"] = ...,
        conf_level: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        n_bins: int = ...,
        strategy: Literal["quantile", "uniform", "isotonic"] = ...,
        conf_level: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        n_bins: int = ...,
        strategy: Literal["quantile", "uniform", "isotonic"] = ...,
        conf_level: float = ...,
    ) -> Any: ...

class _NumericTableWithNBinsWithStrategyWithConfLevelVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        n_bins: int = ...,
        strategy: Literal["quantile", "uniform", "isotonic"] = ...,
        conf_level: float = ...,
    ) -> pl.DataFrame: ...

class _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimatorVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile", "isotonic", "smooth", "logistic"] = ...,
        conf_level: float = ...,
        interval: Literal["wilson", "wilson_cc"] = ...,
        estimator: Literal["top_label"] | None = ...,
    ) -> pl.DataFrame: ...

class _ProbWithJoint(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        joint: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        joint: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        joint: bool = ...,
    ) -> Any: ...

class _Numeric(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self, data: object, truth: str, estimate: str, *, by: By = ..., na_rm: bool = ..., case_weights: str | None = ...
    ) -> Any: ...

class _NumericVector(VectorFunction):
    metric: Metric
    def __call__(self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ...) -> float: ...

class _ProbWithJointVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        joint: bool = ...,
    ) -> float: ...

class _ClusteringInternal(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> Any: ...

class _ClusteringInternalVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        estimate: Vector,
        features: Any,
        *,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
    ) -> float: ...

class _Exposure(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        estimate: str,
        *,
        query: str,
        doc: str,
        k: int | Sequence[int | None] | None = ...,
        catalog: int | None = ...,
        by: By = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        estimate: str,
        *,
        query: str,
        doc: str,
        k: int | Sequence[int | None] | None = ...,
        catalog: int | None = ...,
        by: By = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        estimate: str,
        *,
        query: str,
        doc: str,
        k: int | Sequence[int | None] | None = ...,
        catalog: int | None = ...,
        by: By = ...,
    ) -> Any: ...

class _NumericWithBias(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        bias: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        bias: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        bias: bool = ...,
    ) -> Any: ...

class _NumericWithBiasVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., bias: bool = ...
    ) -> float: ...

class _ProbWithCosts(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> Any: ...

class _ProbWithCostsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> float: ...

class _StaticSurvivalWithWeightingWithTau(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        weighting: str = ...,
        tau: float | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        weighting: str = ...,
        tau: float | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        weighting: str = ...,
        tau: float | None = ...,
    ) -> Any: ...

class _StaticSurvivalWithWeightingWithTauVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        weighting: str = ...,
        tau: float | None = ...,
    ) -> float: ...

class _DetectionTableWithIouThresholdWithScoreThresholdWithMaxDetections(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        max_detections: int | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        max_detections: int | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        max_detections: int | None = ...,
    ) -> Any: ...

class _ProbWithScore(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        score: Literal["brier", "log_loss"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        score: Literal["brier", "log_loss"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        score: Literal["brier", "log_loss"] = ...,
    ) -> Any: ...

class _ProbWithScoreVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        score: Literal["brier", "log_loss"] = ...,
    ) -> float: ...

class _DistributionWithDistribution(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str] | Mapping[str, str],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        distribution: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str] | Mapping[str, str],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        distribution: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str] | Mapping[str, str],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        distribution: str = ...,
    ) -> Any: ...

class _EnsembleWithFair(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str] | str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str] | str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str] | str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> Any: ...

class _EnsembleWithFairVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., fair: bool = ...
    ) -> float: ...

class _Quantile(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _QuantileVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> float: ...

class _DistributionWithDistributionVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., distribution: str = ...
    ) -> float: ...

class _ClusteringInternalWithQ(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        q: Literal[1, 2] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        q: Literal[1, 2] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        q: Literal[1, 2] = ...,
    ) -> Any: ...

class _ClusteringInternalWithQVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        estimate: Vector,
        features: Any,
        *,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        q: Literal[1, 2] = ...,
    ) -> float: ...

class _RetrievalWithGain(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        gain: Literal["linear", "exponential"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        gain: Literal["linear", "exponential"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        gain: Literal["linear", "exponential"] = ...,
    ) -> Any: ...

class _RetrievalWithGainVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        gain: Literal["linear", "exponential"] = ...,
    ) -> Any: ...

class _ClassWithCosts(MetricFunction):
    @overload
    def __call__(
        self,
        data: ConfusionMatrix,
        *,
        estimator: Estimator | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> Any: ...

class _ClassWithCostsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        costs: Any = ...,
    ) -> float: ...

class _EventTableWithThresholdsWithPrevalence(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        prevalence: float | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        prevalence: float | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        prevalence: float | None = ...,
    ) -> Any: ...

class _EventTableWithThresholdsWithPrevalenceVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        prevalence: float | None = ...,
    ) -> pl.DataFrame: ...

class _CurveWithBins(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> Any: ...

class _CurveWithBinsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
    ) -> pl.DataFrame: ...

class _Box(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _BoxVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> float: ...

class _ClusteringInternalWithDistance(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
    ) -> Any: ...

class _ClusteringInternalWithDistanceVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        estimate: Vector,
        features: Any,
        *,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
    ) -> float: ...

class _EnsembleOfVectorsWithFair(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: Sequence[Sequence[str]],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: Sequence[Sequence[str]],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: Sequence[Sequence[str]],
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        fair: bool = ...,
    ) -> Any: ...

class _EnsembleOfVectorsWithFairVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., fair: bool = ...
    ) -> float: ...

class _ProbWithNBinsWithStrategyWithNormWithDebias(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
        norm: Literal["l1", "l2", "max"] = ...,
        debias: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
        norm: Literal["l1", "l2", "max"] = ...,
        debias: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
        norm: Literal["l1", "l2", "max"] = ...,
        debias: bool = ...,
    ) -> Any: ...

class _ProbWithNBinsWithStrategyWithNormWithDebiasVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
        norm: Literal["l1", "l2", "max"] = ...,
        debias: bool = ...,
    ) -> float: ...

class _RetrievalWithMaxRelevance(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        max_relevance: float | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        max_relevance: float | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        max_relevance: float | None = ...,
    ) -> Any: ...

class _RetrievalWithMaxRelevanceVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        max_relevance: float | None = ...,
    ) -> Any: ...

class _ClassWithBeta(MetricFunction):
    @overload
    def __call__(
        self,
        data: ConfusionMatrix,
        *,
        estimator: Estimator | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        beta: float = ...,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        beta: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        beta: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        beta: float = ...,
    ) -> Any: ...

class _RetrievalWithBeta(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        beta: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        beta: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        beta: float = ...,
    ) -> Any: ...

class _RetrievalWithBetaVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        beta: float = ...,
    ) -> Any: ...

class _DetectionWithBetaWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        beta: float = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        beta: float = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        beta: float = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _ClassWithBetaVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        beta: float = ...,
    ) -> float: ...

class _ProbWithGamma(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        gamma: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        gamma: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        gamma: float = ...,
    ) -> Any: ...

class _ProbWithGammaVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        gamma: float = ...,
    ) -> float: ...

class _ProbWithTop(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        top: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        top: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        top: float = ...,
    ) -> Any: ...

class _ProbWithTopVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        top: float = ...,
    ) -> float: ...

class _Retrieval(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _RetrievalVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
    ) -> Any: ...

class _NumericWithDelta(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        delta: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        delta: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        delta: float = ...,
    ) -> Any: ...

class _NumericWithDeltaVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., delta: float = ...
    ) -> float: ...

class _ProbWithSmoothWithSpanWithQuantile(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        smooth: Literal["lowess", "isotonic", "logistic"] = ...,
        span: float = ...,
        quantile: float | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        smooth: Literal["lowess", "isotonic", "logistic"] = ...,
        span: float = ...,
        quantile: float | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        smooth: Literal["lowess", "isotonic", "logistic"] = ...,
        span: float = ...,
        quantile: float | None = ...,
    ) -> Any: ...

class _ProbWithSmoothWithSpanWithQuantileVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        smooth: Literal["lowess", "isotonic", "logistic"] = ...,
        span: float = ...,
        quantile: float | None = ...,
    ) -> float: ...

class _QuantileWithLevel(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> Any: ...

class _QuantileWithLevelVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        level: float = ...,
    ) -> float: ...

class _ClassWithWeighting(MetricFunction):
    @overload
    def __call__(
        self,
        data: ConfusionMatrix,
        *,
        estimator: Estimator | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        weighting: Weighting = ...,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        weighting: Weighting = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        weighting: Weighting = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        weighting: Weighting = ...,
    ) -> Any: ...

class _ClassWithWeightingVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        weighting: Weighting = ...,
    ) -> float: ...

class _RetrievalWithDivideBy(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        divide_by: Literal["relevant", "min", "retrieved"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        divide_by: Literal["relevant", "min", "retrieved"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        divide_by: Literal["relevant", "min", "retrieved"] = ...,
    ) -> Any: ...

class _RetrievalWithDivideByVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        divide_by: Literal["relevant", "min", "retrieved"] = ...,
    ) -> Any: ...

class _NumericWithMWithMaeTrainWithOrderBy(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mae_train: float | None = ...,
        order_by: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mae_train: float | None = ...,
        order_by: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mae_train: float | None = ...,
        order_by: str | None = ...,
    ) -> Any: ...

class _NumericWithMWithMaeTrainWithOrderByVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        m: int = ...,
        mae_train: float | None = ...,
        order_by: str | None = ...,
    ) -> float: ...

class _DetectionTableWithIouThresholdWithAreaRangeWithMaxDetectionsWithMatching(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _ProbWithNBinsWithStrategy(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
    ) -> Any: ...

class _ProbWithNBinsWithStrategyVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        n_bins: int | Sequence[float] = ...,
        strategy: Literal["uniform", "quantile"] = ...,
    ) -> float: ...

class _ProbWithSum(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        sum: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        sum: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        sum: bool = ...,
    ) -> Any: ...

class _ProbWithSumVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        sum: bool = ...,
    ) -> float: ...

class _NumericWithMWithMseTrainWithOrderBy(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mse_train: float | None = ...,
        order_by: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mse_train: float | None = ...,
        order_by: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        m: int = ...,
        mse_train: float | None = ...,
        order_by: str | None = ...,
    ) -> Any: ...

class _NumericWithMWithMseTrainWithOrderByVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        m: int = ...,
        mse_train: float | None = ...,
        order_by: str | None = ...,
    ) -> float: ...

class _ClassWithPrevalence(MetricFunction):
    @overload
    def __call__(
        self,
        data: ConfusionMatrix,
        *,
        estimator: Estimator | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        prevalence: float | None = ...,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        prevalence: float | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        prevalence: float | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        prevalence: float | None = ...,
    ) -> Any: ...

class _ClassWithPrevalenceVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        prevalence: float | None = ...,
    ) -> float: ...

class _NumericWithScale(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        scale: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        scale: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        scale: str = ...,
    ) -> Any: ...

class _NumericWithScaleVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., scale: str = ...
    ) -> float: ...

class _Panoptic(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        image: str,
        by: By = ...,
        iscrowd: str | None = ...,
        case_weights: str | None = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        image: str,
        by: By = ...,
        iscrowd: str | None = ...,
        case_weights: str | None = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: Sequence[str],
        *,
        image: str,
        by: By = ...,
        iscrowd: str | None = ...,
        case_weights: str | None = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
    ) -> Any: ...

class _NumericWithLevel(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        level: float = ...,
    ) -> Any: ...

class _NumericWithLevelVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., level: float = ...
    ) -> float: ...

class _QuantileTable(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _QuantileTableVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> pl.DataFrame: ...

class _DetectionTableWithIouThresholdWithRecallPointsWithAreaRangeWithMaxDetectionsWithMatching(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        recall_points: int | None = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        recall_points: int | None = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        iou_threshold: float = ...,
        recall_points: int | None = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _DetectionWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Any,
        estimate: str = ...,
        *,
        by: By = ...,
        image: str = ...,
        label: str | None = ...,
        box: Sequence[str] = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any = ...,
        levels: Sequence[Level] | None = ...,
        estimator: str | None = ...,
        iou_threshold: float = ...,
        score_threshold: float = ...,
        area_range: Any = ...,
        max_detections: int | None = ...,
        matching: str = ...,
    ) -> Any: ...

class _QuantileTableWithConfLevel(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        conf_level: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        conf_level: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        conf_level: float = ...,
    ) -> Any: ...

class _QuantileTableWithConfLevelVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        conf_level: float = ...,
    ) -> pl.DataFrame: ...

class _OrderedProb(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> Any: ...

class _OrderedProbVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
    ) -> float: ...

class _RetrievalWithP(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        p: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        p: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        p: float = ...,
    ) -> Any: ...

class _RetrievalWithPVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        *,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        p: float = ...,
    ) -> Any: ...

class _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardized(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
        min_specificity: float | None = ...,
        min_sensitivity: float | None = ...,
        standardized: bool = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
        min_specificity: float | None = ...,
        min_sensitivity: float | None = ...,
        standardized: bool = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
        min_specificity: float | None = ...,
        min_sensitivity: float | None = ...,
        standardized: bool = ...,
    ) -> Any: ...

class _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardizedVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        bins: int | None = ...,
        min_specificity: float | None = ...,
        min_sensitivity: float | None = ...,
        standardized: bool = ...,
    ) -> float: ...

class _CurveWithThresholdsWithBins(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        bins: int | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        bins: int | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        bins: int | None = ...,
    ) -> Any: ...

class _SurvivalCurve(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        *,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _SurvivalCurveVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        *,
        eval_time: Vector,
        censoring_weights: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
    ) -> pl.DataFrame: ...

class _CurveWithThresholdsWithBinsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: Sequence[float] | None = ...,
        bins: int | None = ...,
    ) -> pl.DataFrame: ...

class _LinearPredSurvival(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
    ) -> Any: ...

class _LinearPredSurvivalVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Sequence[Vector], estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ...
    ) -> float: ...

class _ClusteringInternalWithDistanceWithSampleWithSeed(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
        sample: int | None = ...,
        seed: int = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
        sample: int | None = ...,
        seed: int = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        estimate: str,
        features: Features,
        *,
        by: By = ...,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
        sample: int | None = ...,
        seed: int = ...,
    ) -> Any: ...

class _ClusteringInternalWithDistanceWithSampleWithSeedVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        estimate: Vector,
        features: Any,
        *,
        na_rm: bool = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        distance: str = ...,
        sample: int | None = ...,
        seed: int = ...,
    ) -> float: ...

class _EventTableWithThresholdsWithMetrics(FrameFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        metrics: Any = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        metrics: Any = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        metrics: Any = ...,
    ) -> Any: ...

class _EventTableWithThresholdsWithMetricsVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        thresholds: float | Sequence[float] | Literal["all"] | None = ...,
        metrics: Any = ...,
    ) -> pl.DataFrame: ...

class _ProbWithK(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        k: int = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        k: int = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        k: int = ...,
    ) -> Any: ...

class _ProbWithKVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        k: int = ...,
    ) -> float: ...

class _NumericWithPower(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        power: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        power: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        power: float = ...,
    ) -> Any: ...

class _NumericWithPowerVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Vector, estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ..., power: float = ...
    ) -> float: ...

class _ClusteringWithBeta(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        beta: float = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        beta: float = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        *,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        beta: float = ...,
    ) -> Any: ...

class _ClusteringWithBetaVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level = ...,
        beta: float = ...,
    ) -> float: ...

class _QuantileWithQuantileEstimateNas(MetricFunction):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        quantile_estimate_nas: Literal["impute", "drop", "propagate"] = ...,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        quantile_estimate_nas: Literal["impute", "drop", "propagate"] = ...,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        *,
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        quantile_estimate_nas: Literal["impute", "drop", "propagate"] = ...,
    ) -> Any: ...

class _QuantileWithQuantileEstimateNasVector(VectorFunction):
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        *,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        quantile_estimate_nas: Literal["impute", "drop", "propagate"] = ...,
    ) -> float: ...

accuracy: _Class
"""accuracy(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Accuracy: the share of correct predictions.

``sum of C[k, k] / sum of C``, with C the (weighted) confusion matrix of predictions by truth. It says little if one
class is much more frequent than the others: see `bal_accuracy` and `mcc`. With ``estimator="per_class"`` it is the
accuracy of each level against the rest.

Higher is better. Range: [0, 1].
"""
accuracy_vec: _ClassVector
"""accuracy_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Accuracy: the share of correct predictions.

``sum of C[k, k] / sum of C``, with C the (weighted) confusion matrix of predictions by truth. It says little if one
class is much more frequent than the others: see `bal_accuracy` and `mcc`. With ``estimator="per_class"`` it is the
accuracy of each level against the rest.

Higher is better. Range: [0, 1].
"""
adjusted_mutual_info: _ClusteringWithAverageMethod
"""adjusted_mutual_info(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1, average_method='arithmetic') -> frame

Adjusted mutual information of clusters and truth: beyond what chance gives.

``(MI - E) / (avg(H(a), H(b)) - E)`` where E is the expected mutual information of random labels of the same sizes and H are
the entropies. 1 for the same partition, 0 for what chance gives.

Higher is better. Range: [-inf, 1].
"""
adjusted_mutual_info_vec: _ClusteringWithAverageMethodVector
"""adjusted_mutual_info_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1, average_method='arithmetic') -> float

Adjusted mutual information of clusters and truth: beyond what chance gives.

``(MI - E) / (avg(H(a), H(b)) - E)`` where E is the expected mutual information of random labels of the same sizes and H are
the entropies. 1 for the same partition, 0 for what chance gives.

Higher is better. Range: [-inf, 1].
"""
adjusted_rand_index: _Clustering
"""adjusted_rand_index(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Adjusted Rand index: agreement on pairs of rows, beyond what chance gives.

``(x - A B / N) / ((A + B) / 2 - A B / N)`` over the N pairs of rows, of which x are together in both partitions, A in truth
and B in the clusters. 0 is what random labels of the same sizes give, 1 the same partition under any names.

Higher is better. Range: [-0.5, 1].
"""
adjusted_rand_index_vec: _ClusteringVector
"""adjusted_rand_index_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Adjusted Rand index: agreement on pairs of rows, beyond what chance gives.

``(x - A B / N) / ((A + B) / 2 - A B / N)`` over the N pairs of rows, of which x are together in both partitions, A in truth
and B in the clusters. 0 is what random labels of the same sizes give, 1 the same partition under any names.

Higher is better. Range: [-0.5, 1].
"""
average_precision: _ProbWithBins
"""average_precision(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Average precision: the precision at each step of recall, weighted by the step.

``sum of (r_j - r_{j-1}) q_j`` over distinct scores from the top, with recall r and precision q.

Higher is better. Range: [0, 1].
"""
average_precision_detection: _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithRecallPointsWithMatching
"""average_precision_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, estimator=None, iou_thresholds=(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95), area_range='all', max_detections=100, recall_points=101, matching='coco') -> frame

Average precision of detected objects: COCO's AP, and mAP as the mean over classes.

``AP = 1 / R sum_r p_r``, where p_r is the greatest precision at any recall of at least r, over R recalls from 0 to 1; then
the mean over the thresholds of overlap.

Predictions are matched with true boxes inside each image and class, by score, and ranked over all images. The defaults are
COCO's, whose numbers they give to the last digits. The rule of VOC 2012 is ``matching="voc", recall_points=None,
iou_thresholds=0.5, max_detections=None, box_format="xyxy_inclusive"``.

Higher is better. Range: [0, 1].
"""
average_precision_vec: _ProbWithBinsVector
"""average_precision_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> float

Average precision: the precision at each step of recall, weighted by the step.

``sum of (r_j - r_{j-1}) q_j`` over distinct scores from the top, with recall r and precision q.

Higher is better. Range: [0, 1].
"""
average_recall_detection: _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithMatching
"""average_recall_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, estimator=None, iou_thresholds=(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95), area_range='all', max_detections=100, matching='coco') -> frame

Average recall of detected objects: COCO's AR.

``AR = 1 / T sum_t (tp_t / (tp_t + fn_t))``, the share of true boxes that some prediction hits, whatever its score; the mean
over T thresholds of overlap.

Higher is better. Range: [0, 1].
"""
bal_accuracy: _Class
"""bal_accuracy(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Balanced accuracy: the mean of sensitivity and specificity.

``(sens + spec) / 2``. For more than two levels the default, "macro", follows yardstick: the mean over levels of each
level's (sens + spec) / 2, undefined if truth lacks a level. ``estimator="macro_recall"`` is the mean recall of the
levels in truth, as in scikit-learn's `balanced_accuracy_score`. The two numbers differ: "macro" also counts correct
predictions of the other levels, so it is higher.

Higher is better. Range: [0, 1].
"""
bal_accuracy_vec: _ClassVector
"""bal_accuracy_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Balanced accuracy: the mean of sensitivity and specificity.

``(sens + spec) / 2``. For more than two levels the default, "macro", follows yardstick: the mean over levels of each
level's (sens + spec) / 2, undefined if truth lacks a level. ``estimator="macro_recall"`` is the mean recall of the
levels in truth, as in scikit-learn's `balanced_accuracy_score`. The two numbers differ: "macro" also counts correct
predictions of the other levels, so it is higher.

Higher is better. Range: [0, 1].
"""
best_threshold: _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOver
"""best_threshold(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, metric=None, constraint=None, metrics=None, thresholds=None, over=None) -> frame

Best threshold: where a metric is best, under constraints.

The value is optimistic on the rows that choose the threshold: apply it to other rows, with `class_from_prob`.

A row is an event if ``score >= threshold``. Of the thresholds that meet every constraint the one with the best value, by
the metric's direction; of ties (within 1e-12) the one with the highest sensitivity + specificity, then the highest. One
row for
the metric, for each constraint's, and for `metrics`; `.threshold` is the same in all of them. Null where no threshold meets
the constraints.
"""
best_threshold_vec: _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOverVector
"""best_threshold_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, metric=None, constraint=None, metrics=None, thresholds=None, over=None) -> frame

Best threshold: where a metric is best, under constraints.

The value is optimistic on the rows that choose the threshold: apply it to other rows, with `class_from_prob`.

A row is an event if ``score >= threshold``. Of the thresholds that meet every constraint the one with the best value, by
the metric's direction; of ties (within 1e-12) the one with the highest sensitivity + specificity, then the highest. One
row for
the metric, for each constraint's, and for `metrics`; `.threshold` is the same in all of them. Null where no threshold meets
the constraints.
"""
bpref: _RetrievalOfWholeLists
"""bpref(data, truth, estimate, *, query=None, by=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

Binary preference: how often relevant documents stand above documents that are judged not relevant.

``sum_i h_i (1 - min(N_i, R) / min(N, R)) / R``, the mean over queries, where h_i is 1 for a relevant document at place i
and else 0, N_i counts the judged nonrelevant documents above it, N all of them, and R the relevant documents. Documents
that are not judged are passed over. A document with no nonrelevant one above it counts 1.

Higher is better. Range: [0, 1].
"""
bpref_vec: _RetrievalOfWholeListsVector
"""bpref_vec(truth, estimate, query=None, *, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

Binary preference: how often relevant documents stand above documents that are judged not relevant.

``sum_i h_i (1 - min(N_i, R) / min(N, R)) / R``, the mean over queries, where h_i is 1 for a relevant document at place i
and else 0, N_i counts the judged nonrelevant documents above it, N all of them, and R the relevant documents. Documents
that are not judged are passed over. A document with no nonrelevant one above it counts 1.

Higher is better. Range: [0, 1].
"""
brier_class: _Prob
"""brier_class(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Brier score: the mean squared distance between the probabilities and the truth.

``mean(sum_k (p_k - [k is true])^2) / 2``; for two levels this is ``mean((p - [event])^2)``. Case weights give an
ordinary weighted mean (yardstick instead applies a softmax to them).

Lower is better. Range: [0, 1].
"""
brier_class_vec: _ProbVector
"""brier_class_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Brier score: the mean squared distance between the probabilities and the truth.

``mean(sum_k (p_k - [k is true])^2) / 2``; for two levels this is ``mean((p - [event])^2)``. Case weights give an
ordinary weighted mean (yardstick instead applies a softmax to them).

Lower is better. Range: [0, 1].
"""
brier_survival: _DynamicSurvival
"""brier_survival(data, truth, estimate, *, eval_time=None, censoring_weights=None, by=None, na_rm=True, case_weights=None) -> frame

Brier score of survival: the mean squared distance between survival probabilities and outcomes.

``sum w (d S^2 + a (1 - S)^2) G / sum w`` at evaluation time t, with S the probability of surviving t, G the censoring
weight, w the case weight, d = 1 for an event by t and a = 1 for survival beyond t. A subject contributes ``S^2 G`` if it
had the event by t, ``(1 - S)^2 G`` if it was followed beyond t, and 0 if it was censored by t. Censored subjects count
in the denominator, because G compensates for them. A subject without a prediction also contributes 0. Large weights can
push the score above 1.

Lower is better. Range: [0, 1].
"""
brier_survival_integrated: _IntegratedSurvival
"""brier_survival_integrated(data, truth, estimate, *, eval_time=None, censoring_weights=None, by=None, na_rm=True, case_weights=None) -> frame

Integrated Brier score of survival: the area under the Brier score over time.

``sum_j (t_{j+1} - t_j) (B_j + B_{j+1}) / (2 max(t))``, with ``B_j`` the score at time ``t_j``: the trapezoidal area under
`brier_survival` over the evaluation times, divided by the last time (not by the span between the first and the last).
It needs at least two evaluation times.

Lower is better. Range: [0, 1].
"""
brier_survival_integrated_vec: _IntegratedSurvivalVector
"""brier_survival_integrated_vec(truth, estimate, *, eval_time, censoring_weights, na_rm=True, case_weights=None) -> float

Integrated Brier score of survival: the area under the Brier score over time.

``sum_j (t_{j+1} - t_j) (B_j + B_{j+1}) / (2 max(t))``, with ``B_j`` the score at time ``t_j``: the trapezoidal area under
`brier_survival` over the evaluation times, divided by the last time (not by the span between the first and the last).
It needs at least two evaluation times.

Lower is better. Range: [0, 1].
"""
brier_survival_vec: _DynamicSurvivalVector
"""brier_survival_vec(truth, estimate, *, eval_time, censoring_weights, na_rm=True, case_weights=None) -> float

Brier score of survival: the mean squared distance between survival probabilities and outcomes.

``sum w (d S^2 + a (1 - S)^2) G / sum w`` at evaluation time t, with S the probability of surviving t, G the censoring
weight, w the case weight, d = 1 for an event by t and a = 1 for survival beyond t. A subject contributes ``S^2 G`` if it
had the event by t, ``(1 - S)^2 G`` if it was followed beyond t, and 0 if it was censored by t. Censored subjects count
in the denominator, because G compensates for them. A subject without a prediction also contributes 0. Large weights can
push the score above 1.

Lower is better. Range: [0, 1].
"""
calibration_curve: _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimator
"""calibration_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform', conf_level=0.95, interval='wilson', estimator=None) -> frame

Calibration curve: the share of events where the model says how probable they are (a reliability diagram).

In each bin the mean probability (`.predicted`) and the share of events (`.observed`), with an interval of the latter. A
calibrated model is near the diagonal. `.n` and `.n_events` are weights, and rows where there are none. A bin without rows
has no row. Of the strategies "smooth" and "logistic" the columns are `.predicted` (0.01 to 0.99), `.observed`, `.lower` and
`.upper`.
"""
calibration_curve_numeric: _NumericTableWithNBinsWithStrategyWithConfLevel
"""calibration_curve_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, n_bins=10, strategy='quantile', conf_level=0.95) -> frame

Calibration curve of numbers: the mean truth where predictions are alike.

In each bin of the predictions their mean (`.predicted`) and that of the truth (`.observed`), with a normal interval of the
latter, which is null for a bin of one row. A calibrated model is near the diagonal.
"""
calibration_curve_numeric_vec: _NumericTableWithNBinsWithStrategyWithConfLevelVector
"""calibration_curve_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None, n_bins=10, strategy='quantile', conf_level=0.95) -> frame

Calibration curve of numbers: the mean truth where predictions are alike.

In each bin of the predictions their mean (`.predicted`) and that of the truth (`.observed`), with a normal interval of the
latter, which is null for a bin of one row. A calibrated model is near the diagonal.
"""
calibration_curve_vec: _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimatorVector
"""calibration_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform', conf_level=0.95, interval='wilson', estimator=None) -> frame

Calibration curve: the share of events where the model says how probable they are (a reliability diagram).

In each bin the mean probability (`.predicted`) and the share of events (`.observed`), with an interval of the latter. A
calibrated model is near the diagonal. `.n` and `.n_events` are weights, and rows where there are none. A bin without rows
has no row. Of the strategies "smooth" and "logistic" the columns are `.predicted` (0.01 to 0.99), `.observed`, `.lower` and
`.upper`.
"""
calibration_intercept: _ProbWithJoint
"""calibration_intercept(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, joint=False) -> frame

Calibration intercept: whether probabilities are too low or too high on the whole.

``logit(E[y]) = a + logit(p)``: the a, calibration in the large. Above 0 more happens than the probabilities say.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
calibration_intercept_numeric: _Numeric
"""calibration_intercept_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Calibration intercept of numbers: where the line of truth over predictions meets 0.

The a of ``truth = a + b estimate`` by least squares: ``mean(truth) - b mean(estimate)``.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
calibration_intercept_numeric_vec: _NumericVector
"""calibration_intercept_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Calibration intercept of numbers: where the line of truth over predictions meets 0.

The a of ``truth = a + b estimate`` by least squares: ``mean(truth) - b mean(estimate)``.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
calibration_intercept_vec: _ProbWithJointVector
"""calibration_intercept_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, joint=False) -> float

Calibration intercept: whether probabilities are too low or too high on the whole.

``logit(E[y]) = a + logit(p)``: the a, calibration in the large. Above 0 more happens than the probabilities say.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
calibration_slope: _Prob
"""calibration_slope(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Calibration slope: how the log odds of the truth grow with those of the probability.

The b of ``logit E[y] = a + b logit(p)``, fitted by maximum likelihood. 1 is best. Below 1 the probabilities are too
extreme, as those of an overfitted model; above 1 they are too timid.

Closer to 1 is better. Range: [-inf, inf].
"""
calibration_slope_numeric: _Numeric
"""calibration_slope_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Calibration slope of numbers: how much the truth grows with the prediction.

The b of the line ``truth = a + b estimate`` by least squares: ``cov(truth, estimate) / var(estimate)``. 1 is best; below 1
the predictions are too extreme.

Closer to 1 is better. Range: [-inf, inf].
"""
calibration_slope_numeric_vec: _NumericVector
"""calibration_slope_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Calibration slope of numbers: how much the truth grows with the prediction.

The b of the line ``truth = a + b estimate`` by least squares: ``cov(truth, estimate) / var(estimate)``. 1 is best; below 1
the predictions are too extreme.

Closer to 1 is better. Range: [-inf, inf].
"""
calibration_slope_vec: _ProbVector
"""calibration_slope_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Calibration slope: how the log odds of the truth grow with those of the probability.

The b of ``logit E[y] = a + b logit(p)``, fitted by maximum likelihood. 1 is best. Below 1 the probabilities are too
extreme, as those of an overfitted model; above 1 they are too timid.

Closer to 1 is better. Range: [-inf, inf].
"""
calinski_harabasz: _ClusteringInternal
"""calinski_harabasz(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1) -> frame

Calinski-Harabasz index: squares between clusters over squares within.

``(B / (K - 1)) / (W / (n - K))`` with the sum of squares W about the K centroids, and B of these about the mean.

Higher is better. Range: [0, inf].
"""
calinski_harabasz_vec: _ClusteringInternalVector
"""calinski_harabasz_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1) -> float

Calinski-Harabasz index: squares between clusters over squares within.

``(B / (K - 1)) / (W / (n - K))`` with the sum of squares W about the K centroids, and B of these about the mean.

Higher is better. Range: [0, inf].
"""
catalog_coverage: _Exposure
"""catalog_coverage(data, estimate, *, query, doc, k=None, catalog=None, by=None) -> frame

Catalog coverage: the share of the catalog that is among the first k documents of any query.

The number of distinct documents shown to at least one user, divided by `catalog`.

Higher is better. Range: [0, 1].
"""
ccc: _NumericWithBias
"""ccc(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, bias=False) -> frame

Concordance correlation coefficient: correlation and agreement at once.

``2 cov / (var_truth + var_estimate + (mean_truth - mean_estimate)^2)``, with unbiased variances by default.

Higher is better. Range: [-1, 1].
"""
ccc_vec: _NumericWithBiasVector
"""ccc_vec(truth, estimate, *, na_rm=True, case_weights=None, bias=False) -> float

Concordance correlation coefficient: correlation and agreement at once.

``2 cov / (var_truth + var_estimate + (mean_truth - mean_estimate)^2)``, with unbiased variances by default.

Higher is better. Range: [-1, 1].
"""
classification_cost: _ProbWithCosts
"""classification_cost(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, costs=None) -> frame

Classification cost: the mean expected cost of the predictions.

``mean(sum_k p_k cost(truth, k))`` over the levels k. By default a wrong level costs 1 and the right level costs 0.

Lower is better. Range: [0, inf].
"""
classification_cost_vec: _ProbWithCostsVector
"""classification_cost_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, costs=None) -> float

Classification cost: the mean expected cost of the predictions.

``mean(sum_k p_k cost(truth, k))`` over the levels k. By default a wrong level costs 1 and the right level costs 0.

Lower is better. Range: [0, inf].
"""
cluster_accuracy: _Clustering
"""cluster_accuracy(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Accuracy once each cluster is matched to a class, one to one, as well as can be.

``max_s sum_i n_is(i) / n`` over one-to-one matchings s. What is left over of the side with more labels counts as wrong.

Higher is better. Range: [0, 1].
"""
cluster_accuracy_vec: _ClusteringVector
"""cluster_accuracy_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Accuracy once each cluster is matched to a class, one to one, as well as can be.

``max_s sum_i n_is(i) / n`` over one-to-one matchings s. What is left over of the side with more labels counts as wrong.

Higher is better. Range: [0, 1].
"""
completeness: _Clustering
"""completeness(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Completeness: whether all rows of a class are in one cluster.

``MI / H(b)``, the share of the entropy of the clusters that truth explains; 1 for one cluster.

Higher is better. Range: [0, 1].
"""
completeness_vec: _ClusteringVector
"""completeness_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Completeness: whether all rows of a class are in one cluster.

``MI / H(b)``, the share of the entropy of the clusters that truth explains; 1 for one cluster.

Higher is better. Range: [0, 1].
"""
concordance_survival: _StaticSurvivalWithWeightingWithTau
"""concordance_survival(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, weighting='harrell', tau=None) -> frame

Concordance index: how often predicted times have the same order as true times.

``P(x_i < x_j) + P(x_i = x_j) / 2``, over all pairs with a known order of events (subject i has an event, and subject j
has a later time, or the same time and is censored): the share of pairs in which subject i has the smaller predicted
time; ties count half. The weight of a pair is the product of its case weights. Times that differ only by rounding
(1.5e-8, or this share of the mean time) count as equal. The data have one row per subject; filter long data to one
evaluation time.

Higher is better. Range: [0, 1].
"""
concordance_survival_vec: _StaticSurvivalWithWeightingWithTauVector
"""concordance_survival_vec(truth, estimate, *, na_rm=True, case_weights=None, weighting='harrell', tau=None) -> float

Concordance index: how often predicted times have the same order as true times.

``P(x_i < x_j) + P(x_i = x_j) / 2``, over all pairs with a known order of events (subject i has an event, and subject j
has a later time, or the same time and is censored): the share of pairs in which subject i has the smaller predicted
time; ties count half. The weight of a pair is the product of its case weights. Times that differ only by rounding
(1.5e-8, or this share of the mean time) count as equal. The data have one row per subject; filter long data to one
evaluation time.

Higher is better. Range: [0, 1].
"""
conf_mat_detection: _DetectionTableWithIouThresholdWithScoreThresholdWithMaxDetections
"""conf_mat_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, iou_threshold=0.5, score_threshold=0.5, max_detections=100) -> frame

Count the labels of predicted boxes by those of the true boxes that they hit, with background.

Boxes are matched inside images whatever their label, by score. A prediction that hits nothing is truly background; a true
box that nothing hits is predicted as background. What falls on a crowd or an ignored box is left out. Class metrics refuse
the matrix, since background is no class.
"""
corp_discrimination: _ProbWithScore
"""corp_discrimination(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> frame

Discrimination: what a score gains by telling rows apart.

``mean(S(r, y)) - mean(S(c, y))``, with ``S`` the score of a probability, ``r`` the share of events in all rows and ``c``
the isotonic fit of the truth to the probabilities. It depends on their order alone. See `corp_miscalibration`. Elsewhere
it is called resolution.

Higher is better. Range: [0, inf].
"""
corp_discrimination_numeric: _Numeric
"""corp_discrimination_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Discrimination of numbers: what the mean squared error gains by telling rows apart.

``mean((y - mean(y))^2) - mean((y - c)^2)``, with ``c`` the isotonic fit of the truth to the predictions. See
`corp_miscalibration_numeric`.

Higher is better. Range: [0, inf].
"""
corp_discrimination_numeric_vec: _NumericVector
"""corp_discrimination_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Discrimination of numbers: what the mean squared error gains by telling rows apart.

``mean((y - mean(y))^2) - mean((y - c)^2)``, with ``c`` the isotonic fit of the truth to the predictions. See
`corp_miscalibration_numeric`.

Higher is better. Range: [0, inf].
"""
corp_discrimination_vec: _ProbWithScoreVector
"""corp_discrimination_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> float

Discrimination: what a score gains by telling rows apart.

``mean(S(r, y)) - mean(S(c, y))``, with ``S`` the score of a probability, ``r`` the share of events in all rows and ``c``
the isotonic fit of the truth to the probabilities. It depends on their order alone. See `corp_miscalibration`. Elsewhere
it is called resolution.

Higher is better. Range: [0, inf].
"""
corp_miscalibration: _ProbWithScore
"""corp_miscalibration(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> frame

Miscalibration: what a score gains if the probabilities are recalibrated by an isotonic fit.

The mean score of the probabilities less that of their isotonic fit to the truth. It is the first part of
``score = miscalibration - discrimination + uncertainty`` (CORP), which adds up to the Brier score (`brier_class`), or to
the log loss (`mn_log_loss`), whatever the number of distinct probabilities. Elsewhere it is called reliability.

Lower is better. Range: [0, inf].
"""
corp_miscalibration_numeric: _Numeric
"""corp_miscalibration_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Miscalibration of numbers: what the mean squared error gains by an isotonic fit.

The mean squared error less that of the isotonic fit of the truth to the predictions. It is the first part of
``mse = miscalibration - discrimination + uncertainty``.

Lower is better. Range: [0, inf].
"""
corp_miscalibration_numeric_vec: _NumericVector
"""corp_miscalibration_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Miscalibration of numbers: what the mean squared error gains by an isotonic fit.

The mean squared error less that of the isotonic fit of the truth to the predictions. It is the first part of
``mse = miscalibration - discrimination + uncertainty``.

Lower is better. Range: [0, inf].
"""
corp_miscalibration_vec: _ProbWithScoreVector
"""corp_miscalibration_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> float

Miscalibration: what a score gains if the probabilities are recalibrated by an isotonic fit.

The mean score of the probabilities less that of their isotonic fit to the truth. It is the first part of
``score = miscalibration - discrimination + uncertainty`` (CORP), which adds up to the Brier score (`brier_class`), or to
the log loss (`mn_log_loss`), whatever the number of distinct probabilities. Elsewhere it is called reliability.

Lower is better. Range: [0, inf].
"""
corp_uncertainty: _ProbWithScore
"""corp_uncertainty(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> frame

Uncertainty: the score of the base rate, which no model can change.

``mean(S(r, y))``, with ``S`` the score of a probability and ``r`` the share of events in all rows. See
`corp_miscalibration`.

Lower is better. Range: [0, inf].
"""
corp_uncertainty_numeric: _Numeric
"""corp_uncertainty_numeric(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Uncertainty of numbers: the mean squared error of predicting the mean.

``mean((y - mean(y))^2)``, the variance of the truth with the number of rows as divisor, which no model can change. See
`corp_miscalibration_numeric`.

Lower is better. Range: [0, inf].
"""
corp_uncertainty_numeric_vec: _NumericVector
"""corp_uncertainty_numeric_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Uncertainty of numbers: the mean squared error of predicting the mean.

``mean((y - mean(y))^2)``, the variance of the truth with the number of rows as divisor, which no model can change. See
`corp_miscalibration_numeric`.

Lower is better. Range: [0, inf].
"""
corp_uncertainty_vec: _ProbWithScoreVector
"""corp_uncertainty_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, score='brier') -> float

Uncertainty: the score of the base rate, which no model can change.

``mean(S(r, y))``, with ``S`` the score of a probability and ``r`` the share of events in all rows. See
`corp_miscalibration`.

Lower is better. Range: [0, inf].
"""
crps: _DistributionWithDistribution
"""crps(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, distribution='normal') -> frame

Continuous ranked probability score of a distribution: how far it is from the truth, in its unit.

The mean over rows of ``integral (F(x) - [y <= x])^2 dx``, with F the predicted distribution function and y the truth; in
closed form for continuous distributions. Of a point it would be the absolute error.

Lower is better. Range: [0, inf].
"""
crps_ensemble: _EnsembleWithFair
"""crps_ensemble(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, fair=False) -> frame

Continuous ranked probability score of an ensemble: how far it is from the truth, in its unit.

The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the truth and x the m members: the integral
of the squared distance between the ensemble's distribution and the step at the truth. Of one member it is the absolute
error.

Lower is better. Range: [0, inf].
"""
crps_ensemble_vec: _EnsembleWithFairVector
"""crps_ensemble_vec(truth, estimate, *, na_rm=True, case_weights=None, fair=False) -> float

Continuous ranked probability score of an ensemble: how far it is from the truth, in its unit.

The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the truth and x the m members: the integral
of the squared distance between the ensemble's distribution and the step at the truth. Of one member it is the absolute
error.

Lower is better. Range: [0, inf].
"""
crps_quantile: _Quantile
"""crps_quantile(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None) -> frame

Continuous ranked probability score of predicted quantiles: how far their distribution is from the truth, in its unit.

The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels: with levels that are
evenly spread, what the integral of the pinball loss over all levels tends to. It is the same number as
`weighted_interval_score`, under the name that ensemble forecasts have for it; missing quantiles are filled as there.

Lower is better. Range: [0, inf].
"""
crps_quantile_vec: _QuantileVector
"""crps_quantile_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None) -> float

Continuous ranked probability score of predicted quantiles: how far their distribution is from the truth, in its unit.

The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels: with levels that are
evenly spread, what the integral of the pinball loss over all levels tends to. It is the same number as
`weighted_interval_score`, under the name that ensemble forecasts have for it; missing quantiles are filled as there.

Lower is better. Range: [0, inf].
"""
crps_vec: _DistributionWithDistributionVector
"""crps_vec(truth, estimate, *, na_rm=True, case_weights=None, distribution='normal') -> float

Continuous ranked probability score of a distribution: how far it is from the truth, in its unit.

The mean over rows of ``integral (F(x) - [y <= x])^2 dx``, with F the predicted distribution function and y the truth; in
closed form for continuous distributions. Of a point it would be the absolute error.

Lower is better. Range: [0, inf].
"""
davies_bouldin: _ClusteringInternalWithQ
"""davies_bouldin(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1, q=1) -> frame

Davies-Bouldin index: how wide clusters are against their distance, at worst.

``sum_k max_l (s_k + s_l) / d_kl / K`` over the K clusters, where d_kl is the distance of two centroids and ``s_k`` the mean
distance of the rows of cluster k to its centroid. Clusters that share a centroid are infinitely bad.

Lower is better. Range: [0, inf].
"""
davies_bouldin_vec: _ClusteringInternalWithQVector
"""davies_bouldin_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1, q=1) -> float

Davies-Bouldin index: how wide clusters are against their distance, at worst.

``sum_k max_l (s_k + s_l) / d_kl / K`` over the K clusters, where d_kl is the distance of two centroids and ``s_k`` the mean
distance of the rows of cluster k to its centroid. Clusters that share a centroid are infinitely bad.

Lower is better. Range: [0, inf].
"""
dcg: _RetrievalWithGain
"""dcg(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, gain='linear') -> frame

Discounted cumulative gain: the gains of the first k documents, less the lower they stand.

``sum_i g_i / log2(i + 1)``, the mean over queries, where g_i is the gain of the document at place i.

Higher is better. Range: [0, inf].
"""
dcg_vec: _RetrievalWithGainVector
"""dcg_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, gain='linear') -> float

Discounted cumulative gain: the gains of the first k documents, less the lower they stand.

``sum_i g_i / log2(i + 1)``, the mean over queries, where g_i is the gain of the document at place i.

Higher is better. Range: [0, inf].
"""
decision_cost: _ClassWithCosts
"""decision_cost(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, costs=None) -> frame

Decision cost: the mean cost of the predicted classes.

``sum of C[p, t] cost[t, p] / sum of C``, with C the confusion matrix of predictions by truth. By default a wrong class
costs 1 and the right class 0. `best_threshold` with this metric finds the threshold that costs least.

Lower is better. Range: [0, inf].
"""
decision_cost_vec: _ClassWithCostsVector
"""decision_cost_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, costs=None) -> float

Decision cost: the mean cost of the predicted classes.

``sum of C[p, t] cost[t, p] / sum of C``, with C the confusion matrix of predictions by truth. By default a wrong class
costs 1 and the right class 0. `best_threshold` with this metric finds the threshold that costs least.

Lower is better. Range: [0, inf].
"""
decision_curve: _EventTableWithThresholdsWithPrevalence
"""decision_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, prevalence=None) -> frame

Decision curve: the net benefit of acting on a probability, at each threshold.

A threshold t says how many false alarms are worth one event that is found: ``o = t / (1 - t)``. With the prevalence q of
events, the net benefit is ``sens q - (1 - spec) (1 - q) o``. Acting on all rows gives ``q - (1 - q) o``, as
`.net_benefit_all`, acting on none gives 0. `.interventions_avoided`, the difference of the two divided by o, says how
many fewer rows than all
are acted on without a loss, per row; it is null at 0.
"""
decision_curve_vec: _EventTableWithThresholdsWithPrevalenceVector
"""decision_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, prevalence=None) -> frame

Decision curve: the net benefit of acting on a probability, at each threshold.

A threshold t says how many false alarms are worth one event that is found: ``o = t / (1 - t)``. With the prevalence q of
events, the net benefit is ``sens q - (1 - spec) (1 - q) o``. Acting on all rows gives ``q - (1 - q) o``, as
`.net_benefit_all`, acting on none gives 0. `.interventions_avoided`, the difference of the two divided by o, says how
many fewer rows than all
are acted on without a loss, per row; it is null at 0.
"""
det_curve: _CurveWithBins
"""det_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Detection error tradeoff: both error rates at each threshold.

One row per threshold, in increasing order: (-inf, 1, 0), then each distinct score, then (inf, 0, 1). At a threshold, rows
with this score or a higher one count as events: fall-out is the share of others among them, miss rate the share of events
that are not. Between the ends, miss rate is null if there are no events, and fall-out if there are only events.
"""
det_curve_vec: _CurveWithBinsVector
"""det_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Detection error tradeoff: both error rates at each threshold.

One row per threshold, in increasing order: (-inf, 1, 0), then each distinct score, then (inf, 0, 1). At a threshold, rows
with this score or a higher one count as events: fall-out is the share of others among them, miss rate the share of events
that are not. Between the ends, miss rate is null if there are no events, and fall-out if there are only events.
"""
detection_prevalence: _Class
"""detection_prevalence(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Detection prevalence: the share of rows that are predicted as events.

``(tp + fp) / total``. Its macro and micro averages are always 1 / (number of levels), whatever the predictions;
only "macro_weighted" is informative.

Higher is better. Range: [0, 1].
"""
detection_prevalence_vec: _ClassVector
"""detection_prevalence_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Detection prevalence: the share of rows that are predicted as events.

``(tp + fp) / total``. Its macro and micro averages are always 1 / (number of levels), whatever the predictions;
only "macro_weighted" is informative.

Higher is better. Range: [0, 1].
"""
diagnostic_odds_ratio: _Class
"""diagnostic_odds_ratio(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Diagnostic odds ratio: the odds of a predicted event among true events, relative to those among other rows.

``(tp tn) / (fp fn)``, the positive likelihood ratio by the negative one. Averages leave out levels for which it is
undefined.

Higher is better. Range: [0, inf].
"""
diagnostic_odds_ratio_vec: _ClassVector
"""diagnostic_odds_ratio_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Diagnostic odds ratio: the odds of a predicted event among true events, relative to those among other rows.

``(tp tn) / (fp fn)``, the positive likelihood ratio by the negative one. Averages leave out levels for which it is
undefined.

Higher is better. Range: [0, inf].
"""
dice: _Class
"""dice(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Dice coefficient: twice the events that are both predicted and true, as a share of both together.

``2 tp / (2 tp + fp + fn)``. It equals `f_meas` where both exist; a class that is never predicted is 0 here. Averages leave
out levels that are neither true nor predicted.

Higher is better. Range: [0, 1].
"""
dice_vec: _ClassVector
"""dice_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Dice coefficient: twice the events that are both predicted and true, as a share of both together.

``2 tp / (2 tp + fp + fn)``. It equals `f_meas` where both exist; a class that is never predicted is 0 here. Averages leave
out levels that are neither true nor predicted.

Higher is better. Range: [0, 1].
"""
diou: _Box
"""diou(data, truth, estimate, *, box_format='xyxy', by=None, na_rm=True, case_weights=None) -> frame

Distance IoU of paired boxes, the mean over rows: less the distance of their centres.

``I / A - d^2 / c^2``, where I is the area in both boxes, A the area in either, d the distance of the centres, and c the
diagonal of the least box around both. A part without extent counts as 0.

Higher is better. Range: [-1, 1].
"""
diou_vec: _BoxVector
"""diou_vec(truth, estimate, *, box_format='xyxy', na_rm=True, case_weights=None) -> float

Distance IoU of paired boxes, the mean over rows: less the distance of their centres.

``I / A - d^2 / c^2``, where I is the area in both boxes, A the area in either, d the distance of the centres, and c the
diagonal of the least box around both. A part without extent counts as 0.

Higher is better. Range: [-1, 1].
"""
dss: _DistributionWithDistribution
"""dss(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, distribution='normal') -> frame

Dawid-Sebastiani score: what a distribution's mean and standard deviation alone say of the truth.

``mean(((y - m) / s)^2 + 2 ln s)``, with y the truth, m the mean and s the standard deviation of the
predicted distribution. Of normal distributions it ranks as `log_score` does.

Lower is better. Range: [-inf, inf].
"""
dss_vec: _DistributionWithDistributionVector
"""dss_vec(truth, estimate, *, na_rm=True, case_weights=None, distribution='normal') -> float

Dawid-Sebastiani score: what a distribution's mean and standard deviation alone say of the truth.

``mean(((y - m) / s)^2 + 2 ln s)``, with y the truth, m the mean and s the standard deviation of the
predicted distribution. Of normal distributions it ranks as `log_score` does.

Lower is better. Range: [-inf, inf].
"""
dunn: _ClusteringInternalWithDistance
"""dunn(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1, distance='euclidean') -> frame

Dunn index: the least distance between clusters over the greatest inside one.

``min d(x, y) / max d(u, v)`` over rows x and y of two clusters, and u and v of one.

Higher is better. Range: [0, inf].
"""
dunn_vec: _ClusteringInternalWithDistanceVector
"""dunn_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1, distance='euclidean') -> float

Dunn index: the least distance between clusters over the greatest inside one.

``min d(x, y) / max d(u, v)`` over rows x and y of two clusters, and u and v of one.

Higher is better. Range: [0, inf].
"""
energy_score: _EnsembleOfVectorsWithFair
"""energy_score(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, fair=False) -> frame

Energy score: how far an ensemble of vectors is from the true vector.

The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the true vector, x the m members; bars are
lengths of vectors. With one coordinate it is `crps_ensemble`. Bring coordinates of several units to one scale first.

Lower is better. Range: [0, inf].
"""
energy_score_vec: _EnsembleOfVectorsWithFairVector
"""energy_score_vec(truth, estimate, *, na_rm=True, case_weights=None, fair=False) -> float

Energy score: how far an ensemble of vectors is from the true vector.

The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the true vector, x the m members; bars are
lengths of vectors. With one coordinate it is `crps_ensemble`. Bring coordinates of several units to one scale first.

Lower is better. Range: [0, inf].
"""
expected_calibration_error: _ProbWithNBinsWithStrategyWithNormWithDebias
"""expected_calibration_error(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform', norm='l1', debias=False) -> frame

Expected calibration error: how far mean probability and share of events are apart, over bins.

It is above 0 even for a perfect model: with 200 rows and 10 bins about 0.07. Compare it with `with_baseline`, which gives
the error that a perfect model is expected to have, and never across numbers of rows or of bins.

``sum(n_b |d_b|) / sum(n_b)``, with ``n_b`` the weight of a bin and ``d_b`` its share of events less its mean probability;
for ``norm="l2"`` the root of the mean of ``d_b^2``, for "max" the largest ``|d_b|``. For several levels the probability of
the chosen level, the largest one (the first on ties), is set against whether that level is true ("top_label"); "macro"
averages each level against the rest.

Lower is better. Range: [0, 1].
"""
expected_calibration_error_vec: _ProbWithNBinsWithStrategyWithNormWithDebiasVector
"""expected_calibration_error_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform', norm='l1', debias=False) -> float

Expected calibration error: how far mean probability and share of events are apart, over bins.

It is above 0 even for a perfect model: with 200 rows and 10 bins about 0.07. Compare it with `with_baseline`, which gives
the error that a perfect model is expected to have, and never across numbers of rows or of bins.

``sum(n_b |d_b|) / sum(n_b)``, with ``n_b`` the weight of a bin and ``d_b`` its share of events less its mean probability;
for ``norm="l2"`` the root of the mean of ``d_b^2``, for "max" the largest ``|d_b|``. For several levels the probability of
the chosen level, the largest one (the first on ties), is set against whether that level is true ("top_label"); "macro"
averages each level against the rest.

Lower is better. Range: [0, 1].
"""
expected_reciprocal_rank: _RetrievalWithMaxRelevance
"""expected_reciprocal_rank(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, max_relevance=None) -> frame

Expected reciprocal rank (ERR): one over the place at which a reader stops, the sooner the greater the relevance.

``sum_i (s_i / i) (1 - s_1) ... (1 - s_{i-1})``, the mean over queries, where ``s_i = (2^{r_i} - 1) / 2^M`` is the
probability that a document of relevance r_i satisfies the reader.

Higher is better. Range: [0, 1].
"""
expected_reciprocal_rank_vec: _RetrievalWithMaxRelevanceVector
"""expected_reciprocal_rank_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, max_relevance=None) -> float

Expected reciprocal rank (ERR): one over the place at which a reader stops, the sooner the greater the relevance.

``sum_i (s_i / i) (1 - s_1) ... (1 - s_{i-1})``, the mean over queries, where ``s_i = (2^{r_i} - 1) / 2^M`` is the
probability that a document of relevance r_i satisfies the reader.

Higher is better. Range: [0, 1].
"""
explained_variance: _Numeric
"""explained_variance(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Explained variance: the share of the truth's variance that is left out of the errors.

``1 - var(truth - estimate) / var(truth)``: as `rsq_trad`, but errors that are all alike cost nothing. -Inf if the truth is
constant and the errors are not.

Higher is better. Range: [-inf, 1].
"""
explained_variance_vec: _NumericVector
"""explained_variance_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Explained variance: the share of the truth's variance that is left out of the errors.

``1 - var(truth - estimate) / var(truth)``: as `rsq_trad`, but errors that are all alike cost nothing. -Inf if the truth is
constant and the errors are not.

Higher is better. Range: [-inf, 1].
"""
f_meas: _ClassWithBeta
"""f_meas(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, beta=1) -> frame

F measure: the harmonic mean of precision and recall, with recall weighted by `beta`.

``(1 + beta^2) P R / (beta^2 P + R)``, with P = `precision` and R = `recall`; 0 if both are 0, undefined if either
is undefined. Averages leave out undefined levels.

Higher is better. Range: [0, 1].
"""
f_meas_at_k: _RetrievalWithBeta
"""f_meas_at_k(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, beta=1.0) -> frame

F measure at k: the weighted harmonic mean of precision and recall at k.

``(1 + beta^2) hits / (k + beta^2 R)``, the mean over queries, where R counts the relevant documents of the query. Without k
the number of retrieved documents stands in its place.

Higher is better. Range: [0, 1].
"""
f_meas_at_k_vec: _RetrievalWithBetaVector
"""f_meas_at_k_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, beta=1.0) -> float

F measure at k: the weighted harmonic mean of precision and recall at k.

``(1 + beta^2) hits / (k + beta^2 R)``, the mean over queries, where R counts the relevant documents of the query. Without k
the number of retrieved documents stands in its place.

Higher is better. Range: [0, 1].
"""
f_meas_detection: _DetectionWithBetaWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
"""f_meas_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, estimator=None, beta=1, iou_threshold=0.5, score_threshold=0.5, area_range='all', max_detections=100, matching='coco') -> frame

F measure of detected objects at a score: precision and recall in one number.

``(1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)``, of the predictions with at least the score. A class that is never
predicted is 0 here.

Higher is better. Range: [0, 1].
"""
f_meas_vec: _ClassWithBetaVector
"""f_meas_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, beta=1) -> float

F measure: the harmonic mean of precision and recall, with recall weighted by `beta`.

``(1 + beta^2) P R / (beta^2 P + R)``, with P = `precision` and R = `recall`; 0 if both are 0, undefined if either
is undefined. Averages leave out undefined levels.

Higher is better. Range: [0, 1].
"""
fall_out: _Class
"""fall_out(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Fall-out: the share of true non-events that are predicted as events.

``fp / (fp + tn)``, which is 1 - `spec`. Averages leave out a level if truth has no other.

Lower is better. Range: [0, 1].
"""
fall_out_vec: _ClassVector
"""fall_out_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Fall-out: the share of true non-events that are predicted as events.

``fp / (fp + tn)``, which is 1 - `spec`. Averages leave out a level if truth has no other.

Lower is better. Range: [0, 1].
"""
focal_loss: _ProbWithGamma
"""focal_loss(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, gamma=2) -> frame

Focal loss: log loss in which rows that are almost right count little.

``mean(-(1 - p)^gamma ln p)``, with p the probability of the true level, kept 2.2e-16 away from 0 and 1. With gamma 0 it is
`mn_log_loss`.

Lower is better. Range: [0, inf].
"""
focal_loss_vec: _ProbWithGammaVector
"""focal_loss_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, gamma=2) -> float

Focal loss: log loss in which rows that are almost right count little.

``mean(-(1 - p)^gamma ln p)``, with p the probability of the true level, kept 2.2e-16 away from 0 and 1. With gamma 0 it is
`mn_log_loss`.

Lower is better. Range: [0, inf].
"""
fowlkes_mallows: _Clustering
"""fowlkes_mallows(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Fowlkes-Mallows index: the geometric mean of precision and recall over pairs of rows.

``sqrt(x / A) sqrt(x / B)``, where x pairs of rows are together in both partitions, A in truth and B in the clusters.

Higher is better. Range: [0, 1].
"""
fowlkes_mallows_vec: _ClusteringVector
"""fowlkes_mallows_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Fowlkes-Mallows index: the geometric mean of precision and recall over pairs of rows.

``sqrt(x / A) sqrt(x / B)``, where x pairs of rows are together in both partitions, A in truth and B in the clusters.

Higher is better. Range: [0, 1].
"""
gain_at: _ProbWithTop
"""gain_at(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, top=0.1) -> frame

Gain at the top: the share of all events among the rows with the highest scores.

``found(top) / events``, with found(top) the weight of events among the `top` of the rows with the highest scores: one point
of `gain_curve`. Of rows with one score a share is taken, as straight lines of the curve do. Scores need not be
probabilities.

Higher is better. Range: [0, 1].
"""
gain_at_vec: _ProbWithTopVector
"""gain_at_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, top=0.1) -> float

Gain at the top: the share of all events among the rows with the highest scores.

``found(top) / events``, with found(top) the weight of events among the `top` of the rows with the highest scores: one point
of `gain_curve`. Of rows with one score a share is taken, as straight lines of the curve do. Scores need not be
probabilities.

Higher is better. Range: [0, 1].
"""
gain_capture: _ProbWithBins
"""gain_capture(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Gain capture: the gain over chance, as a share of a perfect model's gain.

``2 roc_auc - 1``: the area between the gain curve and the diagonal, divided by the same area for a perfect ranking.
It is negative for rankings worse than chance, although yardstick's range starts at 0.

Higher is better. Range: [0, 1].
"""
gain_capture_vec: _ProbWithBinsVector
"""gain_capture_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> float

Gain capture: the gain over chance, as a share of a perfect model's gain.

``2 roc_auc - 1``: the area between the gain curve and the diagonal, divided by the same area for a perfect ranking.
It is negative for rankings worse than chance, although yardstick's range starts at 0.

Higher is better. Range: [0, 1].
"""
gain_curve: _CurveWithBins
"""gain_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Gain curve: the percent of events found among the percent of rows with the highest scores.

The first row is all 0. Then there is one row per distinct score, from the top: the (weighted) number of rows so far, the
number of events among them, and both as percentages of all. If there are no events, the percent found is null after the
first row.
"""
gain_curve_vec: _CurveWithBinsVector
"""gain_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Gain curve: the percent of events found among the percent of rows with the highest scores.

The first row is all 0. Then there is one row per distinct score, from the top: the (weighted) number of rows so far, the
number of events among them, and both as percentages of all. If there are no events, the percent found is null after the
first row.
"""
gamma_deviance: _Numeric
"""gamma_deviance(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean gamma deviance: how unlikely positive numbers are, given means to which their spread is proportional.

``mean(2 (ln(m / y) + y / m - 1))``, with y the truth and m the estimate. It is `tweedie_deviance` with power 2, and the
same in every unit.

Lower is better. Range: [0, inf].
"""
gamma_deviance_vec: _NumericVector
"""gamma_deviance_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean gamma deviance: how unlikely positive numbers are, given means to which their spread is proportional.

``mean(2 (ln(m / y) + y / m - 1))``, with y the truth and m the estimate. It is `tweedie_deviance` with power 2, and the
same in every unit.

Lower is better. Range: [0, inf].
"""
geometric_mean: _Class
"""geometric_mean(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Geometric mean of the recalls of all classes.

``(recall_1 recall_2 ... recall_K)^(1 / K)``, over the K levels that truth has: 0 as soon as one of them is never found. For
two levels it is ``sqrt(sens spec)``.

Higher is better. Range: [0, 1].
"""
geometric_mean_vec: _ClassVector
"""geometric_mean_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Geometric mean of the recalls of all classes.

``(recall_1 recall_2 ... recall_K)^(1 / K)``, over the K levels that truth has: 0 as soon as one of them is never found. For
two levels it is ``sqrt(sens spec)``.

Higher is better. Range: [0, 1].
"""
gini_coef: _Numeric
"""gini_coef(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Normalised Gini coefficient: how well the estimates rank the truth.

``G(estimate) / G(truth)``, where G is the Gini index of the truth sorted by decreasing values; 1 for a perfect ranking,
about 0 for a random one, negative for a reversed one (although yardstick's range starts at 0). Ties in the estimate count
in its favour.

Higher is better. Range: [0, 1].
"""
gini_coef_vec: _NumericVector
"""gini_coef_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Normalised Gini coefficient: how well the estimates rank the truth.

``G(estimate) / G(truth)``, where G is the Gini index of the truth sorted by decreasing values; 1 for a perfect ranking,
about 0 for a random one, negative for a reversed one (although yardstick's range starts at 0). Ties in the estimate count
in its favour.

Higher is better. Range: [0, 1].
"""
giou: _Box
"""giou(data, truth, estimate, *, box_format='xyxy', by=None, na_rm=True, case_weights=None) -> frame

Generalized IoU of paired boxes, the mean over rows: negative where they lie far apart.

``I / A - (C - A) / C``, where I is the area in both boxes, A the area in either, and C that of the least box around both.
A part without area counts as 0.

Higher is better. Range: [-1, 1].
"""
giou_vec: _BoxVector
"""giou_vec(truth, estimate, *, box_format='xyxy', na_rm=True, case_weights=None) -> float

Generalized IoU of paired boxes, the mean over rows: negative where they lie far apart.

``I / A - (C - A) / C``, where I is the area in both boxes, A the area in either, and C that of the least box around both.
A part without area counts as 0.

Higher is better. Range: [-1, 1].
"""
h_measure: _Prob
"""h_measure(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

H measure: the share of the expected cost of misclassification that the scores save.

``1 - L / L_max``: L is the cost of the best threshold (on the convex hull of the ROC curve) at each relative cost c of a
false event, averaged over c with the density of Beta(2, 2), ``6 c (1 - c)``, and L_max that of scores that say nothing. The
distribution of c is the same for all models, which the one that `roc_auc` implies is not. Scores need not be
probabilities.

Higher is better. Range: [0, 1].
"""
h_measure_vec: _ProbVector
"""h_measure_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

H measure: the share of the expected cost of misclassification that the scores save.

``1 - L / L_max``: L is the cost of the best threshold (on the convex hull of the ROC curve) at each relative cost c of a
false event, averaged over c with the density of Beta(2, 2), ``6 c (1 - c)``, and L_max that of scores that say nothing. The
distribution of c is the same for all models, which the one that `roc_auc` implies is not. Scores need not be
probabilities.

Higher is better. Range: [0, 1].
"""
hamming_loss: _Class
"""hamming_loss(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Hamming loss: the share of labels that are wrong.

``1 - accuracy``. With one label per row it is `zero_one_loss`; of multilabel data in long form, one row per label, it is
the share of wrong labels, where `zero_one_loss` over sets of labels would be that of rows with any wrong label.

Lower is better. Range: [0, 1].
"""
hamming_loss_vec: _ClassVector
"""hamming_loss_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Hamming loss: the share of labels that are wrong.

``1 - accuracy``. With one label per row it is `zero_one_loss`; of multilabel data in long form, one row per label, it is
the share of wrong labels, where `zero_one_loss` over sets of labels would be that of rows with any wrong label.

Lower is better. Range: [0, 1].
"""
hinge_loss: _Prob
"""hinge_loss(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Hinge loss: by how much the score of the true level fails to lead by 1.

``mean(max(0, 1 - m))``. For two levels the margin m is the score of the event, a decision function that is above 0 where
the event is predicted, or less it where the event is not true; of two columns half the difference. For more levels it is
the score of the true level less the largest other one. Scores need not be probabilities.

Lower is better. Range: [0, inf].
"""
hinge_loss_vec: _ProbVector
"""hinge_loss_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Hinge loss: by how much the score of the true level fails to lead by 1.

``mean(max(0, 1 - m))``. For two levels the margin m is the score of the event, a decision function that is above 0 where
the event is predicted, or less it where the event is not true; of two columns half the difference. For more levels it is
the score of the true level less the largest other one. Scores need not be probabilities.

Lower is better. Range: [0, inf].
"""
hit_rate: _Retrieval
"""hit_rate(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

Hit rate: the share of queries with a relevant document among the first k.

``[hits > 0]``, the mean over queries.

Higher is better. Range: [0, 1].
"""
hit_rate_vec: _RetrievalVector
"""hit_rate_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

Hit rate: the share of queries with a relevant document among the first k.

``[hits > 0]``, the mean over queries.

Higher is better. Range: [0, 1].
"""
homogeneity: _Clustering
"""homogeneity(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Homogeneity: whether each cluster holds rows of one class alone.

``MI / H(a)``, the share of the entropy of truth that the clusters explain; 1 for one class. It grows with the number of
clusters, and is 1 where each row is one.

Higher is better. Range: [0, 1].
"""
homogeneity_vec: _ClusteringVector
"""homogeneity_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Homogeneity: whether each cluster holds rows of one class alone.

``MI / H(a)``, the share of the entropy of truth that the clusters explain; 1 for one class. It grows with the number of
clusters, and is 1 where each row is one.

Higher is better. Range: [0, 1].
"""
huber_loss: _NumericWithDelta
"""huber_loss(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, delta=1) -> frame

Huber loss: squared for small errors, linear for large ones.

``mean(h(d))``, with d = truth - estimate; ``h(d) = d^2 / 2`` where ``|d| <= delta``, else ``delta (|d| - delta / 2)``.

Lower is better. Range: [0, inf].
"""
huber_loss_pseudo: _NumericWithDelta
"""huber_loss_pseudo(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, delta=1) -> frame

Pseudo-Huber loss: a smooth form of the Huber loss.

``mean(delta^2 (sqrt(1 + (d / delta)^2) - 1))``, with d = truth - estimate.

Lower is better. Range: [0, inf].
"""
huber_loss_pseudo_vec: _NumericWithDeltaVector
"""huber_loss_pseudo_vec(truth, estimate, *, na_rm=True, case_weights=None, delta=1) -> float

Pseudo-Huber loss: a smooth form of the Huber loss.

``mean(delta^2 (sqrt(1 + (d / delta)^2) - 1))``, with d = truth - estimate.

Lower is better. Range: [0, inf].
"""
huber_loss_vec: _NumericWithDeltaVector
"""huber_loss_vec(truth, estimate, *, na_rm=True, case_weights=None, delta=1) -> float

Huber loss: squared for small errors, linear for large ones.

``mean(h(d))``, with d = truth - estimate; ``h(d) = d^2 / 2`` where ``|d| <= delta``, else ``delta (|d| - delta / 2)``.

Lower is better. Range: [0, inf].
"""
iic: _Numeric
"""iic(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Index of ideality of correlation: the correlation, reduced if errors on one side are larger than on the other.

``cor min(A, B) / max(A, B)``, with A the mean absolute error of rows with truth < estimate, and B that of other rows.

Higher is better. Range: [-1, 1].
"""
iic_vec: _NumericVector
"""iic_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Index of ideality of correlation: the correlation, reduced if errors on one side are larger than on the other.

``cor min(A, B) / max(A, B)``, with A the mean absolute error of rows with truth < estimate, and B that of other rows.

Higher is better. Range: [-1, 1].
"""
integrated_calibration_index: _ProbWithSmoothWithSpanWithQuantile
"""integrated_calibration_index(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, smooth='lowess', span=0.6666666666666666, quantile=None) -> frame

Integrated calibration index: the mean distance of probabilities to a smooth curve of what happens.

``sum(w |p - s(p)|) / sum(w)``, with s the curve of the truth over the probability. It needs no bins. Like the expected
calibration error it is above 0 for a perfect model.

Lower is better. Range: [0, 1].
"""
integrated_calibration_index_vec: _ProbWithSmoothWithSpanWithQuantileVector
"""integrated_calibration_index_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, smooth='lowess', span=0.6666666666666666, quantile=None) -> float

Integrated calibration index: the mean distance of probabilities to a smooth curve of what happens.

``sum(w |p - s(p)|) / sum(w)``, with s the curve of the truth over the probability. It needs no bins. Like the expected
calibration error it is above 0 for a perfect model.

Lower is better. Range: [0, 1].
"""
interval_coverage: _QuantileWithLevel
"""interval_coverage(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None, level=0.9) -> frame

Interval coverage: the share of rows inside a central prediction interval.

``mean(lower <= y <= upper)``, the share of the truth between the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``,
both ends inside. The level itself is best. A row without one of the two is left out.

Closer to `level` is better. Range: [0, 1].
"""
interval_coverage_vec: _QuantileWithLevelVector
"""interval_coverage_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None, level=0.9) -> float

Interval coverage: the share of rows inside a central prediction interval.

``mean(lower <= y <= upper)``, the share of the truth between the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``,
both ends inside. The level itself is best. A row without one of the two is left out.

Closer to `level` is better. Range: [0, 1].
"""
interval_score: _QuantileWithLevel
"""interval_score(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None, level=0.9) -> frame

Interval score, Winkler's: the width of a central prediction interval, and a penalty for missing the truth.

``mean((upper - lower) + 2 / (1 - level) d)``, in the unit of truth, with d how far the truth is outside of the quantiles at
``(1 - level) / 2`` and ``(1 + level) / 2``. A row without one of the two is left out.

Lower is better. Range: [0, inf].
"""
interval_score_vec: _QuantileWithLevelVector
"""interval_score_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None, level=0.9) -> float

Interval score, Winkler's: the width of a central prediction interval, and a penalty for missing the truth.

``mean((upper - lower) + 2 / (1 - level) d)``, in the unit of truth, with d how far the truth is outside of the quantiles at
``(1 - level) / 2`` and ``(1 + level) / 2``. A row without one of the two is left out.

Lower is better. Range: [0, inf].
"""
interval_width: _QuantileWithLevel
"""interval_width(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None, level=0.9) -> frame

Interval width: how wide a central prediction interval is, in the unit of truth.

``mean(upper - lower)``, the mean distance of the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``. Of intervals
that cover as they should the narrower are better; it says nothing by itself.

Lower is better. Range: [0, inf].
"""
interval_width_vec: _QuantileWithLevelVector
"""interval_width_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None, level=0.9) -> float

Interval width: how wide a central prediction interval is, in the unit of truth.

``mean(upper - lower)``, the mean distance of the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``. Of intervals
that cover as they should the narrower are better; it says nothing by itself.

Lower is better. Range: [0, inf].
"""
iou: _Box
"""iou(data, truth, estimate, *, box_format='xyxy', by=None, na_rm=True, case_weights=None) -> frame

Intersection over union of paired boxes, the mean over rows.

``I / A``, where I is the area in both boxes and A the area in either. Boxes without area overlap nothing: 0.

Higher is better. Range: [0, 1].
"""
iou_vec: _BoxVector
"""iou_vec(truth, estimate, *, box_format='xyxy', na_rm=True, case_weights=None) -> float

Intersection over union of paired boxes, the mean over rows.

``I / A``, where I is the area in both boxes and A the area in either. Boxes without area overlap nothing: 0.

Higher is better. Range: [0, 1].
"""
j_index: _Class
"""j_index(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Youden's J: how much more often events are predicted for true events than for other rows.

``sens + spec - 1``; also called informedness. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
j_index_vec: _ClassVector
"""j_index_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Youden's J: how much more often events are predicted for true events than for other rows.

``sens + spec - 1``; also called informedness. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
jaccard: _Class
"""jaccard(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Jaccard index, or IoU: the share of events, predicted or true, that are both.

``tp / (tp + fp + fn)``. Over the pixels of a segmentation the macro average is mean IoU, and "macro_weighted" the
frequency-weighted IoU. Averages leave out levels that are neither true nor predicted.

Higher is better. Range: [0, 1].
"""
jaccard_vec: _ClassVector
"""jaccard_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Jaccard index, or IoU: the share of events, predicted or true, that are both.

``tp / (tp + fp + fn)``. Over the pixels of a segmentation the macro average is mean IoU, and "macro_weighted" the
frequency-weighted IoU. Averages leave out levels that are neither true nor predicted.

Higher is better. Range: [0, 1].
"""
kap: _ClassWithWeighting
"""kap(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, weighting='none') -> frame

Cohen's kappa: agreement beyond that of random predictions with the same proportions.

``1 - sum(d C) / sum(d E)``, where C is the confusion matrix, ``E[p, t] = predicted[p] true[t] / total`` the expected
counts under chance, and ``d[p, t]`` the weight of a disagreement: always 1 ("none"), the distance between the levels
("linear"), or its square ("quadratic"). With weighting, the levels must have an order.

Higher is better. Range: [-1, 1].
"""
kap_vec: _ClassWithWeightingVector
"""kap_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, weighting='none') -> float

Cohen's kappa: agreement beyond that of random predictions with the same proportions.

``1 - sum(d C) / sum(d E)``, where C is the confusion matrix, ``E[p, t] = predicted[p] true[t] / total`` the expected
counts under chance, and ``d[p, t]`` the weight of a disagreement: always 1 ("none"), the distance between the levels
("linear"), or its square ("quadratic"). With weighting, the levels must have an order.

Higher is better. Range: [-1, 1].
"""
kendall: _Numeric
"""kendall(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Kendall's rank correlation, tau-b: how often the estimates order two rows as the truth does.

``(C - D) / sqrt(T E)``, of all pairs of rows: C in the same order, D in the opposite one, T those that differ in truth, and
E those that differ in the estimate. The weight of a pair is the product of its case weights.

Higher is better. Range: [-1, 1].
"""
kendall_vec: _NumericVector
"""kendall_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Kendall's rank correlation, tau-b: how often the estimates order two rows as the truth does.

``(C - D) / sqrt(T E)``, of all pairs of rows: C in the same order, D in the opposite one, T those that differ in truth, and
E those that differ in the estimate. The weight of a pair is the product of its case weights.

Higher is better. Range: [-1, 1].
"""
kge: _Numeric
"""kge(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Kling-Gupta efficiency: correlation, spread and mean of the estimates at once.

``1 - sqrt((r - 1)^2 + (a - 1)^2 + (b - 1)^2)``, with r the correlation, a the ratio of standard deviations and b that of
the means, estimate by truth. -Inf if the truth's mean is 0.

Higher is better. Range: [-inf, 1].
"""
kge_vec: _NumericVector
"""kge_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Kling-Gupta efficiency: correlation, spread and mean of the estimates at once.

``1 - sqrt((r - 1)^2 + (a - 1)^2 + (b - 1)^2)``, with r the correlation, a the ratio of standard deviations and b that of
the means, estimate by truth. -Inf if the truth's mean is 0.

Higher is better. Range: [-inf, 1].
"""
ks_statistic: _Prob
"""ks_statistic(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Kolmogorov-Smirnov statistic: the largest gap between the scores' distributions for events and for other rows.

``max |F_events - F_others|`` over the distinct scores: the largest of ``|sens + spec - 1|`` over all thresholds. Scores
need not be probabilities. Averages over levels are undefined if truth lacks one.

Higher is better. Range: [0, 1].
"""
ks_statistic_vec: _ProbVector
"""ks_statistic_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Kolmogorov-Smirnov statistic: the largest gap between the scores' distributions for events and for other rows.

``max |F_events - F_others|`` over the distinct scores: the largest of ``|sens + spec - 1|`` over all thresholds. Scores
need not be probabilities. Averages over levels are undefined if truth lacks one.

Higher is better. Range: [0, 1].
"""
lift_at: _ProbWithTop
"""lift_at(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, top=0.1) -> frame

Lift at the top: how much more frequent events are among the rows with the highest scores than among all rows.

``gain_at(top) / top``: one point of `lift_curve`. Scores need not be probabilities.

Higher is better. Range: [0, inf].
"""
lift_at_vec: _ProbWithTopVector
"""lift_at_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, top=0.1) -> float

Lift at the top: how much more frequent events are among the rows with the highest scores than among all rows.

``gain_at(top) / top``: one point of `lift_curve`. Scores need not be probabilities.

Higher is better. Range: [0, inf].
"""
lift_curve: _CurveWithBins
"""lift_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Lift curve: how many times more frequent events are among the highest scores than among all rows.

One row per distinct score, from the top: the percent of events found divided by the percent of rows tested. In the first
row nothing is tested, so its lift is null. If there are no events, every lift is null.
"""
lift_curve_vec: _CurveWithBinsVector
"""lift_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Lift curve: how many times more frequent events are among the highest scores than among all rows.

One row per distinct score, from the top: the percent of events found divided by the percent of rows tested. In the first
row nothing is tested, so its lift is null. If there are no events, every lift is null.
"""
likelihood_ratio_negative: _Class
"""likelihood_ratio_negative(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Negative likelihood ratio: how much more often non-events are predicted for true events than for other rows.

``(1 - sens) / spec``. It multiplies the odds of the event once a non-event is predicted; 1 says nothing. Averages leave out
levels for which it is undefined.

Lower is better. Range: [0, inf].
"""
likelihood_ratio_negative_vec: _ClassVector
"""likelihood_ratio_negative_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Negative likelihood ratio: how much more often non-events are predicted for true events than for other rows.

``(1 - sens) / spec``. It multiplies the odds of the event once a non-event is predicted; 1 says nothing. Averages leave out
levels for which it is undefined.

Lower is better. Range: [0, inf].
"""
likelihood_ratio_positive: _Class
"""likelihood_ratio_positive(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Positive likelihood ratio: how much more often events are predicted for true events than for other rows.

``sens / (1 - spec)``. It multiplies the odds of the event once an event is predicted; 1 says nothing. Averages leave out
levels for which it is undefined.

Higher is better. Range: [0, inf].
"""
likelihood_ratio_positive_vec: _ClassVector
"""likelihood_ratio_positive_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Positive likelihood ratio: how much more often events are predicted for true events than for other rows.

``sens / (1 - spec)``. It multiplies the odds of the event once an event is predicted; 1 says nothing. Averages leave out
levels for which it is undefined.

Higher is better. Range: [0, inf].
"""
log_cosh_loss: _Numeric
"""log_cosh_loss(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Log-cosh loss: a smooth loss that is squared for small errors and linear for large ones.

``mean(ln(cosh(truth - estimate)))``: about half the squared error below 1, and the absolute error less ln 2 above.

Lower is better. Range: [0, inf].
"""
log_cosh_loss_vec: _NumericVector
"""log_cosh_loss_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Log-cosh loss: a smooth loss that is squared for small errors and linear for large ones.

``mean(ln(cosh(truth - estimate)))``: about half the squared error below 1, and the absolute error less ln 2 above.

Lower is better. Range: [0, inf].
"""
log_score: _DistributionWithDistribution
"""log_score(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, distribution='normal') -> frame

Logarithmic score of a distribution: how unlikely the truth is under it.

``mean(-ln f(y))``, with f the predicted density (or probability, of counts) and y the truth. Inf where the
truth cannot be.

Lower is better. Range: [-inf, inf].
"""
log_score_vec: _DistributionWithDistributionVector
"""log_score_vec(truth, estimate, *, na_rm=True, case_weights=None, distribution='normal') -> float

Logarithmic score of a distribution: how unlikely the truth is under it.

``mean(-ln f(y))``, with f the predicted density (or probability, of counts) and y the truth. Inf where the
truth cannot be.

Lower is better. Range: [-inf, inf].
"""
mae: _Numeric
"""mae(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean absolute error.

``mean(|truth - estimate|)``, in the unit of the truth.

Lower is better. Range: [0, inf].
"""
mae_vec: _NumericVector
"""mae_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean absolute error.

``mean(|truth - estimate|)``, in the unit of the truth.

Lower is better. Range: [0, inf].
"""
map_at_k: _RetrievalWithDivideBy
"""map_at_k(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, divide_by='relevant') -> frame

Mean average precision: the precision at each relevant document, averaged over the relevant ones and over queries.

``sum_i h_i P_i / R``, where h_i is 1 for a relevant document at place i and else 0, P_i the share of relevant documents
among the first i, and R the number of relevant documents of the query.

Higher is better. Range: [0, 1].
"""
map_at_k_vec: _RetrievalWithDivideByVector
"""map_at_k_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, divide_by='relevant') -> float

Mean average precision: the precision at each relevant document, averaged over the relevant ones and over queries.

``sum_i h_i P_i / R``, where h_i is 1 for a relevant document at place i and else 0, P_i the share of relevant documents
among the first i, and R the number of relevant documents of the query.

Higher is better. Range: [0, 1].
"""
mape: _Numeric
"""mape(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean absolute percentage error.

``100 mean(|(truth - estimate) / truth|)``, in percent. Inf if a truth is 0 and its estimate is not.

Lower is better. Range: [0, inf].
"""
mape_vec: _NumericVector
"""mape_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean absolute percentage error.

``100 mean(|(truth - estimate) / truth|)``, in percent. Inf if a truth is 0 and its estimate is not.

Lower is better. Range: [0, inf].
"""
markedness: _Class
"""markedness(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Markedness: how much more often events are true among predicted events than among other rows.

``precision + tn / (tn + fn) - 1``. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
markedness_vec: _ClassVector
"""markedness_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Markedness: how much more often events are true among predicted events than among other rows.

``precision + tn / (tn + fn) - 1``. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
mase: _NumericWithMWithMaeTrainWithOrderBy
"""mase(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, m=1, mae_train=None, order_by=None) -> frame

Mean absolute scaled error: the error relative to the error of a naive forecast.

``mean(|truth - estimate|) / mean(|truth_i - truth_{i-m}|)``: the mean absolute error, divided by the (unweighted) mean
absolute error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mae_train`.
Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`.

Lower is better. Range: [0, inf].
"""
mase_vec: _NumericWithMWithMaeTrainWithOrderByVector
"""mase_vec(truth, estimate, *, na_rm=True, case_weights=None, m=1, mae_train=None, order_by=None) -> float

Mean absolute scaled error: the error relative to the error of a naive forecast.

``mean(|truth - estimate|) / mean(|truth_i - truth_{i-m}|)``: the mean absolute error, divided by the (unweighted) mean
absolute error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mae_train`.
Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`.

Lower is better. Range: [0, inf].
"""
match_boxes: _DetectionTableWithIouThresholdWithAreaRangeWithMaxDetectionsWithMatching
"""match_boxes(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, iou_threshold=0.5, area_range='all', max_detections=100, matching='coco') -> frame

Match predicted boxes with true ones, and give the matches: what an analysis of errors starts from.

Frames in memory only: the rows are counted from 0 in the caller's order.
"""
max_calibration_error: _ProbWithNBinsWithStrategy
"""max_calibration_error(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform') -> frame

Maximum calibration error: the largest distance of mean probability and share of events in any bin.

``max(|d_b|)``, with ``d_b`` the share of events of a bin less its mean probability. A bin of few rows decides it, so it is
large in small samples whatever the model.

Lower is better. Range: [0, 1].
"""
max_calibration_error_vec: _ProbWithNBinsWithStrategyVector
"""max_calibration_error_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, n_bins=10, strategy='uniform') -> float

Maximum calibration error: the largest distance of mean probability and share of events in any bin.

``max(|d_b|)``, with ``d_b`` the share of events of a bin less its mean probability. A bin of few rows decides it, so it is
large in small samples whatever the model.

Lower is better. Range: [0, 1].
"""
max_error: _Numeric
"""max_error(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Maximum error: the largest absolute error.

``max(|truth - estimate|)``, in the unit of the truth. A row of weight 0 does not count, and any other counts in full.

Lower is better. Range: [0, inf].
"""
max_error_vec: _NumericVector
"""max_error_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Maximum error: the largest absolute error.

``max(|truth - estimate|)``, in the unit of the truth. A row of weight 0 does not count, and any other counts in full.

Lower is better. Range: [0, inf].
"""
mcc: _Class
"""mcc(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Matthews correlation coefficient: the correlation of prediction and truth.

For two levels ``(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))``. For more levels, Gorodkin's
``(s c - sum p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2))``, where s is the total, c the sum of the diagonal,
and ``p_k`` and ``t_k`` the predicted and true weight of level k.

Higher is better. Range: [-1, 1].
"""
mcc_vec: _ClassVector
"""mcc_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Matthews correlation coefficient: the correlation of prediction and truth.

For two levels ``(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))``. For more levels, Gorodkin's
``(s c - sum p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2))``, where s is the total, c the sum of the diagonal,
and ``p_k`` and ``t_k`` the predicted and true weight of level k.

Higher is better. Range: [-1, 1].
"""
mean_bias: _Numeric
"""mean_bias(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean bias: how far the estimates lie above the truth.

``mean(estimate - truth)``, in the unit of the truth; positive if the model predicts too much. It is `msd` with the other
sign.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
mean_bias_vec: _NumericVector
"""mean_bias_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean bias: how far the estimates lie above the truth.

``mean(estimate - truth)``, in the unit of the truth; positive if the model predicts too much. It is `msd` with the other
sign.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
medape: _Numeric
"""medape(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Median absolute percentage error: what half of the percentage errors do not exceed.

``100 median(|(truth - estimate) / truth|)``, in percent. Inf if half of the truths or more are 0. Weights count as in
`median_absolute_error`.

Lower is better. Range: [0, inf].
"""
medape_vec: _NumericVector
"""medape_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Median absolute percentage error: what half of the percentage errors do not exceed.

``100 median(|(truth - estimate) / truth|)``, in percent. Inf if half of the truths or more are 0. Weights count as in
`median_absolute_error`.

Lower is better. Range: [0, inf].
"""
median_absolute_error: _Numeric
"""median_absolute_error(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Median absolute error: what half of the absolute errors do not exceed.

``median(|truth - estimate|)``, in the unit of the truth; large errors do not move it. With weights, the least error that,
with all smaller ones, has half of the weight; midway to the next where it has just half.

Lower is better. Range: [0, inf].
"""
median_absolute_error_vec: _NumericVector
"""median_absolute_error_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Median absolute error: what half of the absolute errors do not exceed.

``median(|truth - estimate|)``, in the unit of the truth; large errors do not move it. With weights, the least error that,
with all smaller ones, has half of the weight; midway to the next where it has just half.

Lower is better. Range: [0, inf].
"""
miss_rate: _Class
"""miss_rate(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Miss rate: the share of true events that are missed.

``fn / (tp + fn)``, which is 1 - `sens`. Averages leave out levels that do not occur in truth.

Lower is better. Range: [0, 1].
"""
miss_rate_vec: _ClassVector
"""miss_rate_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Miss rate: the share of true events that are missed.

``fn / (tp + fn)``, which is 1 - `sens`. Averages leave out levels that do not occur in truth.

Lower is better. Range: [0, 1].
"""
mn_log_loss: _ProbWithSum
"""mn_log_loss(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, sum=False) -> frame

Multinomial log loss: the mean negative log-likelihood of the truth.

``mean(-ln p)``, with p the probability of the true level, clipped to stay 2.2e-16 away from 0 and 1. A row's loss
is therefore at most 36.04.

Lower is better. Range: [0, inf].
"""
mn_log_loss_vec: _ProbWithSumVector
"""mn_log_loss_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, sum=False) -> float

Multinomial log loss: the mean negative log-likelihood of the truth.

``mean(-ln p)``, with p the probability of the true level, clipped to stay 2.2e-16 away from 0 and 1. A row's loss
is therefore at most 36.04.

Lower is better. Range: [0, inf].
"""
mpe: _Numeric
"""mpe(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean percentage error: how far the truth lies above the estimate, as a percentage of the truth.

``100 mean((truth - estimate) / truth)``, in percent. Inf or -Inf if a truth is 0 and its estimate is not.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
mpe_vec: _NumericVector
"""mpe_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean percentage error: how far the truth lies above the estimate, as a percentage of the truth.

``100 mean((truth - estimate) / truth)``, in percent. Inf or -Inf if a truth is 0 and its estimate is not.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
mrr: _Retrieval
"""mrr(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

Mean reciprocal rank: one over the place of the first relevant document.

``1 / i`` for the first relevant document at place i, the mean over queries; 0 where it stands beyond k or is not retrieved.

Higher is better. Range: [0, 1].
"""
mrr_vec: _RetrievalVector
"""mrr_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

Mean reciprocal rank: one over the place of the first relevant document.

``1 / i`` for the first relevant document at place i, the mean over queries; 0 where it stands beyond k or is not retrieved.

Higher is better. Range: [0, 1].
"""
msd: _Numeric
"""msd(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean signed deviation: how far the truth lies above the estimate.

``mean(truth - estimate)``, in the unit of the truth; positive if the model predicts too little.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
msd_vec: _NumericVector
"""msd_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean signed deviation: how far the truth lies above the estimate.

``mean(truth - estimate)``, in the unit of the truth; positive if the model predicts too little.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
mse: _Numeric
"""mse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean squared error.

``mean((truth - estimate)^2)``, in the square of the truth's unit.

Lower is better. Range: [0, inf].
"""
mse_vec: _NumericVector
"""mse_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean squared error.

``mean((truth - estimate)^2)``, in the square of the truth's unit.

Lower is better. Range: [0, inf].
"""
msle: _Numeric
"""msle(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean squared logarithmic error: of numbers whose ratios matter more than their differences.

``mean((ln(1 + truth) - ln(1 + estimate))^2)``. Inf if one number of a row is -1 and the other is not.

Lower is better. Range: [0, inf].
"""
msle_vec: _NumericVector
"""msle_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean squared logarithmic error: of numbers whose ratios matter more than their differences.

``mean((ln(1 + truth) - ln(1 + estimate))^2)``. Inf if one number of a row is -1 and the other is not.

Lower is better. Range: [0, inf].
"""
msse: _NumericWithMWithMseTrainWithOrderBy
"""msse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, m=1, mse_train=None, order_by=None) -> frame

Mean squared scaled error: the squared error relative to that of a naive forecast.

``mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2)``: the mean squared error, divided by the (unweighted) mean
squared error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mse_train`.
Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`. With
several series, group by them; `averaged_over` averages over them.

Lower is better. Range: [0, inf].
"""
msse_vec: _NumericWithMWithMseTrainWithOrderByVector
"""msse_vec(truth, estimate, *, na_rm=True, case_weights=None, m=1, mse_train=None, order_by=None) -> float

Mean squared scaled error: the squared error relative to that of a naive forecast.

``mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2)``: the mean squared error, divided by the (unweighted) mean
squared error of a naive forecast, which repeats the truth `m` rows earlier in the same group, or divided by `mse_train`.
Inf if the divisor is 0. Rows are ordered as in the frame, or by `order_by`. With
several series, group by them; `averaged_over` averages over them.

Lower is better. Range: [0, inf].
"""
mutual_info: _Clustering
"""mutual_info(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Mutual information of clusters and truth, in nats.

``sum_ij n_ij / n log(n n_ij / (a_i b_j))`` over the cells n_ij with margins a_i of truth and b_j of the clusters. It grows
with the number of clusters: choose k by `adjusted_mutual_info`.

Higher is better. Range: [0, inf].
"""
mutual_info_vec: _ClusteringVector
"""mutual_info_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Mutual information of clusters and truth, in nats.

``sum_ij n_ij / n log(n n_ij / (a_i b_j))`` over the cells n_ij with margins a_i of truth and b_j of the clusters. It grows
with the number of clusters: choose k by `adjusted_mutual_info`.

Higher is better. Range: [0, inf].
"""
ndcg: _RetrievalWithGain
"""ndcg(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, gain='linear') -> frame

Normalized discounted cumulative gain: that of the ranking as a share of that of the ideal order.

``dcg / max dcg``, the mean over queries. The ideal order has all judged documents of the query by falling relevance,
retrieved or not, and is cut at k too.

Higher is better. Range: [0, 1].
"""
ndcg_vec: _RetrievalWithGainVector
"""ndcg_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, gain='linear') -> float

Normalized discounted cumulative gain: that of the ranking as a share of that of the ideal order.

``dcg / max dcg``, the mean over queries. The ideal order has all judged documents of the query by falling relevance,
retrieved or not, and is cut at k too.

Higher is better. Range: [0, 1].
"""
noise_rate: _Clustering
"""noise_rate(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

The share of rows that are in no cluster.

``m / n`` where m is the weight of rows with the label of noise, and n that of all rows with a truth and a label. Report it
next to metrics that leave noise out, which look too good without it. It needs no `noise`.

Lower is better. Range: [0, 1].
"""
noise_rate_vec: _ClusteringVector
"""noise_rate_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

The share of rows that are in no cluster.

``m / n`` where m is the weight of rows with the label of noise, and n that of all rows with a truth and a label. Report it
next to metrics that leave noise out, which look too good without it. It needs no `noise`.

Lower is better. Range: [0, 1].
"""
normalized_mutual_info: _ClusteringWithAverageMethod
"""normalized_mutual_info(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1, average_method='arithmetic') -> frame

Mutual information of clusters and truth over an average of their entropies.

``MI / avg(H(a), H(b))`` with the entropies H of truth and of the clusters. 1 for the same partition; 0 for one class or one
cluster against several.

Higher is better. Range: [0, 1].
"""
normalized_mutual_info_vec: _ClusteringWithAverageMethodVector
"""normalized_mutual_info_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1, average_method='arithmetic') -> float

Mutual information of clusters and truth over an average of their entropies.

``MI / avg(H(a), H(b))`` with the entropies H of truth and of the clusters. 1 for the same partition; 0 for one class or one
cluster against several.

Higher is better. Range: [0, 1].
"""
novelty: _Exposure
"""novelty(data, estimate, *, query, doc, popularity, k=None, by=None, case_weights=None) -> frame

Novelty: how little known the first k documents are, in bits.

The mean over queries of the mean of -log2(popularity) over the first k documents: 1 for a document that half of the
users have seen, 0 for one that all have seen.

Higher is better. Range: [0, inf].
"""
npv: _ClassWithPrevalence
"""npv(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, prevalence=None) -> frame

Negative predictive value: the share of predicted non-events that are true, at a given prevalence.

``spec (1 - q) / ((1 - sens) q + spec (1 - q))`` at the prevalence q. Undefined if truth lacks a class, and so are
its averages.

Higher is better. Range: [0, 1].
"""
npv_vec: _ClassWithPrevalenceVector
"""npv_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, prevalence=None) -> float

Negative predictive value: the share of predicted non-events that are true, at a given prevalence.

``spec (1 - q) / ((1 - sens) q + spec (1 - q))`` at the prevalence q. Undefined if truth lacks a class, and so are
its averages.

Higher is better. Range: [0, 1].
"""
nrmse: _NumericWithScale
"""nrmse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, scale='sd') -> frame

Normalised root mean squared error: the rmse relative to the scale of the truth.

``rmse / s``, with s the truth's unbiased standard deviation, range, interquartile range or the absolute value of its mean.
These are 1 / `rpd`, `rmse_relative` and 1 / `rpiq`, and the coefficient of variation of the rmse. Inf if the scale is 0.

Lower is better. Range: [0, inf].
"""
nrmse_vec: _NumericWithScaleVector
"""nrmse_vec(truth, estimate, *, na_rm=True, case_weights=None, scale='sd') -> float

Normalised root mean squared error: the rmse relative to the scale of the truth.

``rmse / s``, with s the truth's unbiased standard deviation, range, interquartile range or the absolute value of its mean.
These are 1 / `rpd`, `rmse_relative` and 1 / `rpiq`, and the coefficient of variation of the rmse. Inf if the scale is 0.

Lower is better. Range: [0, inf].
"""
nse: _Numeric
"""nse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Nash-Sutcliffe efficiency: how much better the estimates are than the truth's mean.

``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``: the same number as `rsq_trad`, under the name that hydrology has
for it. 0 for estimates as good as the mean; -Inf if the truth is constant and the estimates differ from it.

Higher is better. Range: [-inf, 1].
"""
nse_vec: _NumericVector
"""nse_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Nash-Sutcliffe efficiency: how much better the estimates are than the truth's mean.

``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``: the same number as `rsq_trad`, under the name that hydrology has
for it. 0 for estimates as good as the mean; -Inf if the truth is constant and the estimates differ from it.

Higher is better. Range: [-inf, 1].
"""
panoptic_quality: _Panoptic
"""panoptic_quality(data, truth, estimate, *, image, by=None, iscrowd=None, case_weights=None, levels=None, estimator=None) -> frame

Panoptic quality: how well segments are found and outlined.

``PQ = sum_h IoU_h / (tp + fp / 2 + fn / 2)``, over hits: pairs of one class whose overlap is above 1/2. It is the
segmentation quality times the recognition quality.

A true segment that nothing matches is missed; a predicted one is false, unless more than half of it is void or on crowds of
its class.

Higher is better. Range: [0, 1].
"""
pinball_loss: _NumericWithLevel
"""pinball_loss(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, level=0.5) -> frame

Pinball loss: how far estimates are from being a quantile of the truth.

``mean(max(level (truth - estimate), (level - 1) (truth - estimate)))``, in the unit of the truth: the loss that the
quantile at `level` makes least; half the absolute error at 0.5. For several quantiles at once see
`weighted_interval_score`.

Lower is better. Range: [0, inf].
"""
pinball_loss_vec: _NumericWithLevelVector
"""pinball_loss_vec(truth, estimate, *, na_rm=True, case_weights=None, level=0.5) -> float

Pinball loss: how far estimates are from being a quantile of the truth.

``mean(max(level (truth - estimate), (level - 1) (truth - estimate)))``, in the unit of the truth: the loss that the
quantile at `level` makes least; half the absolute error at 0.5. For several quantiles at once see
`weighted_interval_score`.

Lower is better. Range: [0, inf].
"""
pit_histogram: _QuantileTable
"""pit_histogram(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None) -> frame

Histogram of the probability integral transform: between which quantiles the truth falls.

One row per bin between neighbouring levels, with outer bins to 0 and 1: `.observed`, the share of rows with
``lower quantile < truth <= upper quantile``, beside `.expected`, the difference of the levels. A U says that the
predictions are too narrow, a hump that they are too wide. Rows with a missing quantile are left out.
"""
pit_histogram_vec: _QuantileTableVector
"""pit_histogram_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None) -> frame

Histogram of the probability integral transform: between which quantiles the truth falls.

One row per bin between neighbouring levels, with outer bins to 0 and 1: `.observed`, the share of rows with
``lower quantile < truth <= upper quantile``, beside `.expected`, the difference of the levels. A U says that the
predictions are too narrow, a hump that they are too wide. Rows with a missing quantile are left out.
"""
poisson_deviance: _Numeric
"""poisson_deviance(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Mean Poisson deviance: how unlikely counts are, given their predicted means.

``mean(2 (y ln(y / m) - y + m))``, with y the truth and m the estimate; the first term is 0 where y is. It is
`tweedie_deviance` with power 1.

Lower is better. Range: [0, inf].
"""
poisson_deviance_vec: _NumericVector
"""poisson_deviance_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Mean Poisson deviance: how unlikely counts are, given their predicted means.

``mean(2 (y ln(y / m) - y + m))``, with y the truth and m the estimate; the first term is 0 where y is. It is
`tweedie_deviance` with power 1.

Lower is better. Range: [0, inf].
"""
poisson_log_loss: _Numeric
"""poisson_log_loss(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Poisson log loss: the mean negative log-likelihood of counts, given their predicted means.

``mean(ln(k!) + mu - k ln(mu))``, with k the truth rounded down and mu the estimate, at least 1e-15. The loss is
finite for every count; yardstick's ``ln(gamma(k + 1))`` is Inf from 171 on.

Lower is better. Range: [0, inf].
"""
poisson_log_loss_vec: _NumericVector
"""poisson_log_loss_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Poisson log loss: the mean negative log-likelihood of counts, given their predicted means.

``mean(ln(k!) + mu - k ln(mu))``, with k the truth rounded down and mu the estimate, at least 1e-15. The loss is
finite for every count; yardstick's ``ln(gamma(k + 1))`` is Inf from 171 on.

Lower is better. Range: [0, inf].
"""
ppv: _ClassWithPrevalence
"""ppv(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, prevalence=None) -> frame

Positive predictive value: the share of predicted events that are true, at a given prevalence.

``sens q / (sens q + (1 - spec)(1 - q))`` at the prevalence q. At the prevalence of the data it equals `precision`,
but it is also undefined if truth lacks a class, and so are its averages.

Higher is better. Range: [0, 1].
"""
ppv_vec: _ClassWithPrevalenceVector
"""ppv_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, prevalence=None) -> float

Positive predictive value: the share of predicted events that are true, at a given prevalence.

``sens q / (sens q + (1 - spec)(1 - q))`` at the prevalence q. At the prevalence of the data it equals `precision`,
but it is also undefined if truth lacks a class, and so are its averages.

Higher is better. Range: [0, 1].
"""
pr_auc: _ProbWithBins
"""pr_auc(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Area under the precision-recall curve, by trapezoids.

``sum of (r_j - r_{j-1}) (q_j + q_{j-1}) / 2`` over distinct scores from the top, with recall r and precision q, starting at
recall 0 and precision 1. Trapezoids can be too optimistic; `average_precision` uses steps instead.

Higher is better. Range: [0, 1].
"""
pr_auc_vec: _ProbWithBinsVector
"""pr_auc_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> float

Area under the precision-recall curve, by trapezoids.

``sum of (r_j - r_{j-1}) (q_j + q_{j-1}) / 2`` over distinct scores from the top, with recall r and precision q, starting at
recall 0 and precision 1. Trapezoids can be too optimistic; `average_precision` uses steps instead.

Higher is better. Range: [0, 1].
"""
pr_curve: _CurveWithBins
"""pr_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Precision-recall curve: precision and recall at each threshold.

One row per threshold, in decreasing order: (inf, 0, 1), then each distinct score. At a threshold, rows with this score
or a higher one count as events. If there are no events, recall is null after the first row.
"""
pr_curve_detection: _DetectionTableWithIouThresholdWithRecallPointsWithAreaRangeWithMaxDetectionsWithMatching
"""pr_curve_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, iou_threshold=0.5, recall_points=None, area_range='all', max_detections=100, matching='coco') -> frame

Precision-recall curve of detected objects, of each class.

The first point is (Inf, 0, 1); then a row for each distinct score of the predictions that count, descending. With
`recall_points` the curve is the one that `average_precision_detection` averages: the greatest precision at any recall that
is as great, 0 beyond the last recall, where no score reaches it and `.threshold` is null.
"""
pr_curve_vec: _CurveWithBinsVector
"""pr_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Precision-recall curve: precision and recall at each threshold.

One row per threshold, in decreasing order: (inf, 0, 1), then each distinct score. At a threshold, rows with this score
or a higher one count as events. If there are no events, recall is null after the first row.
"""
precision: _Class
"""precision(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Precision: the share of predicted events that are true.

``tp / (tp + fp)``. Averages leave out levels that are never predicted.

Higher is better. Range: [0, 1].
"""
precision_at_k: _Retrieval
"""precision_at_k(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

Precision at k: the share of the first k places that hold a relevant document.

``hits / k``, the mean over queries, also where fewer than k documents are retrieved. Without k the share of all retrieved
ones.

Higher is better. Range: [0, 1].
"""
precision_at_k_vec: _RetrievalVector
"""precision_at_k_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

Precision at k: the share of the first k places that hold a relevant document.

``hits / k``, the mean over queries, also where fewer than k documents are retrieved. Without k the share of all retrieved
ones.

Higher is better. Range: [0, 1].
"""
precision_detection: _DetectionWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
"""precision_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, estimator=None, iou_threshold=0.5, score_threshold=0.5, area_range='all', max_detections=100, matching='coco') -> frame

Precision of detected objects at a score: the share of predictions that hit a true box.

``tp / (tp + fp)``, of the predictions with at least the score.

Higher is better. Range: [0, 1].
"""
precision_vec: _ClassVector
"""precision_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Precision: the share of predicted events that are true.

``tp / (tp + fp)``. Averages leave out levels that are never predicted.

Higher is better. Range: [0, 1].
"""
purity: _Clustering
"""purity(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Purity: the share of rows that are of the most frequent class of their cluster.

``sum_j max_i n_ij / n`` over clusters j and classes i. It grows with the number of clusters, and is 1 where each row is
one.

Higher is better. Range: [0, 1].
"""
purity_vec: _ClusteringVector
"""purity_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Purity: the share of rows that are of the most frequent class of their cluster.

``sum_j max_i n_ij / n`` over clusters j and classes i. It grows with the number of clusters, and is 1 where each row is
one.

Higher is better. Range: [0, 1].
"""
quantile_calibration_error: _Quantile
"""quantile_calibration_error(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None) -> frame

Quantile calibration error: how far the coverage of the quantiles is from their levels.

``mean(|coverage - level|)`` over the levels, with coverage the share of rows whose truth is at most the quantile. A
row without a quantile is left out of its level.

Lower is better. Range: [0, 1].
"""
quantile_calibration_error_vec: _QuantileVector
"""quantile_calibration_error_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None) -> float

Quantile calibration error: how far the coverage of the quantiles is from their levels.

``mean(|coverage - level|)`` over the levels, with coverage the share of rows whose truth is at most the quantile. A
row without a quantile is left out of its level.

Lower is better. Range: [0, 1].
"""
quantile_coverage: _QuantileTableWithConfLevel
"""quantile_coverage(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None, conf_level=0.95) -> frame

Coverage of quantiles: how often the truth is at most each quantile.

One row per level: `.coverage`, the share of rows with ``truth <= quantile``, which should be near `.quantile_level`, with
Wilson's interval. A row without the quantile is left out of its level.
"""
quantile_coverage_vec: _QuantileTableWithConfLevelVector
"""quantile_coverage_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None, conf_level=0.95) -> frame

Coverage of quantiles: how often the truth is at most each quantile.

One row per level: `.coverage`, the share of rows with ``truth <= quantile``, which should be near `.quantile_level`, with
Wilson's interval. A row without the quantile is left out of its level.
"""
r_precision: _RetrievalOfWholeLists
"""r_precision(data, truth, estimate, *, query=None, by=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

R-precision: the precision in as many places as the query has relevant documents.

``hits / R``, the mean over queries, where R counts the relevant documents of the query, and the hits are those among the
first R.

Higher is better. Range: [0, 1].
"""
r_precision_vec: _RetrievalOfWholeListsVector
"""r_precision_vec(truth, estimate, query=None, *, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

R-precision: the precision in as many places as the query has relevant documents.

``hits / R``, the mean over queries, where R counts the relevant documents of the query, and the hits are those among the
first R.

Higher is better. Range: [0, 1].
"""
rand_index: _Clustering
"""rand_index(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> frame

Rand index: the share of pairs of rows on which clusters and truth agree.

``(N + 2 x - A - B) / N`` over the N pairs of rows, of which x are together in both partitions, A in truth and B in the
clusters. It is high for any two partitions with many labels: `adjusted_rand_index` takes off what chance gives.

Higher is better. Range: [0, 1].
"""
rand_index_vec: _ClusteringVector
"""rand_index_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1) -> float

Rand index: the share of pairs of rows on which clusters and truth agree.

``(N + 2 x - A - B) / N`` over the N pairs of rows, of which x are together in both partitions, A in truth and B in the
clusters. It is high for any two partitions with many labels: `adjusted_rand_index` takes off what chance gives.

Higher is better. Range: [0, 1].
"""
ranked_prob_score: _OrderedProb
"""ranked_prob_score(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Ranked probability score: the distance between probabilities of ordered levels and the truth.

With ``F_k`` the probability of level k or lower, and ``O_k`` 1 if truth is level k or lower, else 0: the mean of
``sum_k (F_k - O_k)^2 / (K - 1)`` over the rows. Probability two levels away from the truth costs more than probability
one level away. Case weights give an ordinary weighted mean (yardstick instead applies a softmax to them). The levels
must have an order: an Enum, an ordered Categorical, or `levels`. Each level needs a column, even if there are only two.

Lower is better. Range: [0, 1].
"""
ranked_prob_score_vec: _OrderedProbVector
"""ranked_prob_score_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Ranked probability score: the distance between probabilities of ordered levels and the truth.

With ``F_k`` the probability of level k or lower, and ``O_k`` 1 if truth is level k or lower, else 0: the mean of
``sum_k (F_k - O_k)^2 / (K - 1)`` over the rows. Probability two levels away from the truth costs more than probability
one level away. Case weights give an ordinary weighted mean (yardstick instead applies a softmax to them). The levels
must have an order: an Enum, an ordered Categorical, or `levels`. Each level needs a column, even if there are only two.

Lower is better. Range: [0, 1].
"""
rbp: _RetrievalWithP
"""rbp(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, p=0.8) -> frame

Rank-biased precision: the relevant documents that a reader sees who goes on to the next place with probability p.

``(1 - p) sum_i h_i p^{i - 1}``, the mean over queries, where h_i is 1 for a relevant document at place i and else 0.

Higher is better. Range: [0, 1].
"""
rbp_vec: _RetrievalWithPVector
"""rbp_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None, p=0.8) -> float

Rank-biased precision: the relevant documents that a reader sees who goes on to the next place with probability p.

``(1 - p) sum_i h_i p^{i - 1}``, the mean over queries, where h_i is 1 for a relevant document at place i and else 0.

Higher is better. Range: [0, 1].
"""
recall: _Class
"""recall(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Recall: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `sens` and `sensitivity`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
recall_at_k: _Retrieval
"""recall_at_k(data, truth, estimate, *, query=None, by=None, k=None, doc=None, qrels=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> frame

Recall at k: the share of the relevant documents that are among the first k.

``hits / R``, the mean over queries, where R counts the relevant documents of the query, retrieved or not.

Higher is better. Range: [0, 1].
"""
recall_at_k_vec: _RetrievalVector
"""recall_at_k_vec(truth, estimate, query=None, *, k=None, doc=None, order='score', relevant=1, no_relevant=None, missing='zero', case_weights=None) -> float

Recall at k: the share of the relevant documents that are among the first k.

``hits / R``, the mean over queries, where R counts the relevant documents of the query, retrieved or not.

Higher is better. Range: [0, 1].
"""
recall_detection: _DetectionWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
"""recall_detection(data, truth, estimate='score', *, by=None, image='image_id', label='label', box=('xmin', 'ymin', 'xmax', 'ymax'), box_format='xyxy', area=None, iscrowd=None, ignore=None, images=None, levels=None, estimator=None, iou_threshold=0.5, score_threshold=0.5, area_range='all', max_detections=100, matching='coco') -> frame

Recall of detected objects at a score: the share of true boxes that a prediction hits.

``tp / (tp + fn)``, of the predictions with at least the score.

Higher is better. Range: [0, 1].
"""
recall_vec: _ClassVector
"""recall_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Recall: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `sens` and `sensitivity`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
recognition_quality: _Panoptic
"""recognition_quality(data, truth, estimate, *, image, by=None, iscrowd=None, case_weights=None, levels=None, estimator=None) -> frame

Recognition quality: the F1 of segments.

``RQ = tp / (tp + fp / 2 + fn / 2)``, with hits as for `panoptic_quality`.

Higher is better. Range: [0, 1].
"""
reportable_rate: _Class
"""reportable_rate(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Reportable rate: the share of rows that have a prediction.

``n_predicted / n``, the weight of the rows with a predicted class over that of all rows with a true class. A row that
`class_from_prob` leaves open, between its buffers, is missing: all other metrics leave it out, and this one counts it.

Higher is better. Range: [0, 1].
"""
reportable_rate_vec: _ClassVector
"""reportable_rate_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Reportable rate: the share of rows that have a prediction.

``n_predicted / n``, the weight of the rows with a predicted class over that of all rows with a true class. A row that
`class_from_prob` leaves open, between its buffers, is missing: all other metrics leave it out, and this one counts it.

Higher is better. Range: [0, 1].
"""
rmse: _Numeric
"""rmse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Root mean squared error.

``sqrt(mean((truth - estimate)^2))``, in the unit of the truth.

Lower is better. Range: [0, inf].
"""
rmse_relative: _Numeric
"""rmse_relative(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Relative root mean squared error: the rmse as a share of the truth's range.

``rmse / (max truth - min truth)``; the range covers all rows, whatever their weights. Inf if the truth is constant.

Lower is better. Range: [0, inf].
"""
rmse_relative_vec: _NumericVector
"""rmse_relative_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Relative root mean squared error: the rmse as a share of the truth's range.

``rmse / (max truth - min truth)``; the range covers all rows, whatever their weights. Inf if the truth is constant.

Lower is better. Range: [0, inf].
"""
rmse_vec: _NumericVector
"""rmse_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Root mean squared error.

``sqrt(mean((truth - estimate)^2))``, in the unit of the truth.

Lower is better. Range: [0, inf].
"""
rmsle: _Numeric
"""rmsle(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Root mean squared logarithmic error: of numbers whose ratios matter more than their differences.

``sqrt(mean((ln(1 + truth) - ln(1 + estimate))^2))``. Inf if one number of a row is -1 and the other is not.

Lower is better. Range: [0, inf].
"""
rmsle_vec: _NumericVector
"""rmsle_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Root mean squared logarithmic error: of numbers whose ratios matter more than their differences.

``sqrt(mean((ln(1 + truth) - ln(1 + estimate))^2))``. Inf if one number of a row is -1 and the other is not.

Lower is better. Range: [0, inf].
"""
rmsse: _NumericWithMWithMseTrainWithOrderBy
"""rmsse(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, m=1, mse_train=None, order_by=None) -> frame

Root mean squared scaled error: the rmse relative to that of a naive forecast.

``sqrt(mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2))``: the root of `msse`. Inf if the divisor is 0. Rows
are ordered as in the frame, or by `order_by`.

Lower is better. Range: [0, inf].
"""
rmsse_vec: _NumericWithMWithMseTrainWithOrderByVector
"""rmsse_vec(truth, estimate, *, na_rm=True, case_weights=None, m=1, mse_train=None, order_by=None) -> float

Root mean squared scaled error: the rmse relative to that of a naive forecast.

``sqrt(mean((truth - estimate)^2) / mean((truth_i - truth_{i-m})^2))``: the root of `msse`. Inf if the divisor is 0. Rows
are ordered as in the frame, or by `order_by`.

Lower is better. Range: [0, inf].
"""
roc_auc: _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardized
"""roc_auc(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None, min_specificity=None, min_sensitivity=None, standardized=False) -> frame

Area under the ROC curve: how often an event has a higher score than another row.

``P(e > o) + P(e = o) / 2``, over all pairs of an event with score e and another row with score o: the share of pairs
in which the event has the higher score; ties count half. Scores need not be probabilities. For more than two levels,
"hand_till", the default without case weights, averages this share over all pairs of levels in truth; "macro" and
"macro_weighted" average the area of each level against the rest, and are undefined if truth has only one level.
"macro" is also undefined if truth lacks a level.

A partial area counts only the part of the curve where specificity, or sensitivity, or both are large enough. It has no
"hand_till" and no `bins`; more than two levels are averaged ("macro").

Higher is better. Range: [0, 1].
"""
roc_auc_survival: _DynamicSurvival
"""roc_auc_survival(data, truth, estimate, *, eval_time=None, censoring_weights=None, by=None, na_rm=True, case_weights=None) -> frame

Area under the ROC curve of survival: how well a model separates subjects with an event by a time from the others.

``P(S_i < S_j) + P(S_i = S_j) / 2`` at evaluation time t, over all pairs of a subject with an event by t and a subject
followed beyond t: the share of pairs in which the first has the smaller survival probability; ties count half. The weight
of a pair is the product of its case weights and censoring weights. (Cumulative cases, dynamic controls.)

Higher is better. Range: [0, 1].
"""
roc_auc_survival_vec: _DynamicSurvivalVector
"""roc_auc_survival_vec(truth, estimate, *, eval_time, censoring_weights, na_rm=True, case_weights=None) -> float

Area under the ROC curve of survival: how well a model separates subjects with an event by a time from the others.

``P(S_i < S_j) + P(S_i = S_j) / 2`` at evaluation time t, over all pairs of a subject with an event by t and a subject
followed beyond t: the share of pairs in which the first has the smaller survival probability; ties count half. The weight
of a pair is the product of its case weights and censoring weights. (Cumulative cases, dynamic controls.)

Higher is better. Range: [0, 1].
"""
roc_auc_vec: _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardizedVector
"""roc_auc_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None, min_specificity=None, min_sensitivity=None, standardized=False) -> float

Area under the ROC curve: how often an event has a higher score than another row.

``P(e > o) + P(e = o) / 2``, over all pairs of an event with score e and another row with score o: the share of pairs
in which the event has the higher score; ties count half. Scores need not be probabilities. For more than two levels,
"hand_till", the default without case weights, averages this share over all pairs of levels in truth; "macro" and
"macro_weighted" average the area of each level against the rest, and are undefined if truth has only one level.
"macro" is also undefined if truth lacks a level.

A partial area counts only the part of the curve where specificity, or sensitivity, or both are large enough. It has no
"hand_till" and no `bins`; more than two levels are averaged ("macro").

Higher is better. Range: [0, 1].
"""
roc_aunp: _ProbWithBins
"""roc_aunp(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Area under the ROC curve of each level against the rest, averaged by the levels' shares of truth.

``sum_k t_k roc_auc_k / sum_k t_k``, the mean of the levels' `roc_auc`, each weighted by its share t of the truth. It
needs one column per level and has no event. Its `.estimator` is "macro", as in yardstick.

Higher is better. Range: [0, 1].
"""
roc_aunp_vec: _ProbWithBinsVector
"""roc_aunp_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> float

Area under the ROC curve of each level against the rest, averaged by the levels' shares of truth.

``sum_k t_k roc_auc_k / sum_k t_k``, the mean of the levels' `roc_auc`, each weighted by its share t of the truth. It
needs one column per level and has no event. Its `.estimator` is "macro", as in yardstick.

Higher is better. Range: [0, 1].
"""
roc_aunu: _ProbWithBins
"""roc_aunu(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> frame

Area under the ROC curve of each level against the rest, averaged evenly.

``sum_k roc_auc_k / K``, the mean of the K levels' `roc_auc`; undefined if truth lacks a level. It needs one column
per level and has no event.

Higher is better. Range: [0, 1].
"""
roc_aunu_vec: _ProbWithBinsVector
"""roc_aunu_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, bins=None) -> float

Area under the ROC curve of each level against the rest, averaged evenly.

``sum_k roc_auc_k / K``, the mean of the K levels' `roc_auc`; undefined if truth lacks a level. It needs one column
per level and has no event.

Higher is better. Range: [0, 1].
"""
roc_curve: _CurveWithThresholdsWithBins
"""roc_curve(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, bins=None) -> frame

ROC curve: sensitivity and specificity at each threshold.

One row per threshold, in increasing order: (-inf, 0, 1), then each distinct score, then (inf, 1, 0). At a threshold, rows
with this score or a higher one count as events. Between the ends, sensitivity is null if there are no events, and
specificity if there are only events.
"""
roc_curve_survival: _SurvivalCurve
"""roc_curve_survival(data, truth, estimate, *, eval_time=None, censoring_weights=None, by=None, na_rm=True, case_weights=None) -> frame

ROC curve of survival: sensitivity and specificity at each threshold of the survival probability, at each time.

At evaluation time t, with thresholds of the survival probability in increasing order: sensitivity is the share of
subjects with an event by t whose probability is at most the threshold; specificity is the share of subjects followed
beyond t whose probability is above it. Both use case weights and censoring weights. The first row has threshold -inf, the
last inf. Sensitivity is null without events, specificity if nobody is followed beyond t.
"""
roc_curve_survival_vec: _SurvivalCurveVector
"""roc_curve_survival_vec(truth, estimate, *, eval_time, censoring_weights, na_rm=True, case_weights=None) -> frame

ROC curve of survival: sensitivity and specificity at each threshold of the survival probability, at each time.

At evaluation time t, with thresholds of the survival probability in increasing order: sensitivity is the share of
subjects with an event by t whose probability is at most the threshold; specificity is the share of subjects followed
beyond t whose probability is above it. Both use case weights and censoring weights. The first row has threshold -inf, the
last inf. Sensitivity is null without events, specificity if nobody is followed beyond t.
"""
roc_curve_vec: _CurveWithThresholdsWithBinsVector
"""roc_curve_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, bins=None) -> frame

ROC curve: sensitivity and specificity at each threshold.

One row per threshold, in increasing order: (-inf, 0, 1), then each distinct score, then (inf, 1, 0). At a threshold, rows
with this score or a higher one count as events. Between the ends, sensitivity is null if there are no events, and
specificity if there are only events.
"""
roc_dist: _Class
"""roc_dist(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Distance to the ideal corner of the ROC plot.

``sqrt((1 - sens)^2 + (1 - spec)^2)``. Averages leave out levels for which it is undefined.

Lower is better. Range: [0, 1.414].
"""
roc_dist_vec: _ClassVector
"""roc_dist_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Distance to the ideal corner of the ROC plot.

``sqrt((1 - sens)^2 + (1 - spec)^2)``. Averages leave out levels for which it is undefined.

Lower is better. Range: [0, 1.414].
"""
royston_survival: _LinearPredSurvival
"""royston_survival(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Royston and Sauerbrei's D as explained variation: how widely a linear predictor spreads the subjects' risks.

``b^2 / (b^2 + pi^2 / 6)``, with b the coefficient of a Cox model on the normal scores of the linear predictor. Rank r of
n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution; ties get their mean score. The
sign of b is lost, so a reversed predictor has the same value. For the ranks, a case weight counts as that many copies of
its row, rounded down; the Cox model uses the weight itself. The data have one row per subject; filter long data to one
evaluation time.

Higher is better. Range: [0, 1].
"""
royston_survival_vec: _LinearPredSurvivalVector
"""royston_survival_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Royston and Sauerbrei's D as explained variation: how widely a linear predictor spreads the subjects' risks.

``b^2 / (b^2 + pi^2 / 6)``, with b the coefficient of a Cox model on the normal scores of the linear predictor. Rank r of
n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution; ties get their mean score. The
sign of b is lost, so a reversed predictor has the same value. For the ranks, a case weight counts as that many copies of
its row, rounded down; the Cox model uses the weight itself. The data have one row per subject; filter long data to one
evaluation time.

Higher is better. Range: [0, 1].
"""
rpd: _Numeric
"""rpd(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Ratio of performance to deviation: the truth's standard deviation relative to the rmse.

``sd(truth) / rmse``, with the unbiased standard deviation. Inf if the rmse is 0.

Higher is better. Range: [0, inf].
"""
rpd_vec: _NumericVector
"""rpd_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Ratio of performance to deviation: the truth's standard deviation relative to the rmse.

``sd(truth) / rmse``, with the unbiased standard deviation. Inf if the rmse is 0.

Higher is better. Range: [0, inf].
"""
rpiq: _Numeric
"""rpiq(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Ratio of performance to interquartile range: the truth's interquartile range relative to the rmse.

``(Q(0.75) - Q(0.25)) / rmse``. Without weights, quartiles interpolate linearly between order statistics; with weights,
they interpolate the truth along its cumulative weight. Inf if the rmse is 0.

Higher is better. Range: [0, inf].
"""
rpiq_vec: _NumericVector
"""rpiq_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Ratio of performance to interquartile range: the truth's interquartile range relative to the rmse.

``(Q(0.75) - Q(0.25)) / rmse``. Without weights, quartiles interpolate linearly between order statistics; with weights,
they interpolate the truth along its cumulative weight. Inf if the rmse is 0.

Higher is better. Range: [0, inf].
"""
rsq: _Numeric
"""rsq(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

R squared: the squared correlation of truth and estimate.

``cov(truth, estimate)^2 / (var(truth) var(estimate))``. It ignores shifts and scales of the estimates: see `rsq_trad` and
`ccc`. Its values lie between 0 and 1; the range below is the one that yardstick declares.

Higher is better. Range: [-inf, 1].
"""
rsq_trad: _Numeric
"""rsq_trad(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Traditional R squared: the share of the truth's variation that the estimates explain.

``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``. Below 0 for estimates worse than the mean, although yardstick's
range starts at 0; -Inf if the truth is constant and the estimates differ from it.

Higher is better. Range: [0, 1].
"""
rsq_trad_vec: _NumericVector
"""rsq_trad_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Traditional R squared: the share of the truth's variation that the estimates explain.

``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``. Below 0 for estimates worse than the mean, although yardstick's
range starts at 0; -Inf if the truth is constant and the estimates differ from it.

Higher is better. Range: [0, 1].
"""
rsq_vec: _NumericVector
"""rsq_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

R squared: the squared correlation of truth and estimate.

``cov(truth, estimate)^2 / (var(truth) var(estimate))``. It ignores shifts and scales of the estimates: see `rsq_trad` and
`ccc`. Its values lie between 0 and 1; the range below is the one that yardstick declares.

Higher is better. Range: [-inf, 1].
"""
sedi: _Class
"""sedi(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Symmetric extremal dependence index: skill in predicting rare events.

``(ln F - ln H - ln(1 - F) + ln(1 - H)) / (ln F + ln H + ln(1 - F) + ln(1 - H))`` with H = `sens` and F = 1 - `spec`,
both kept 1e-9 away from 0 and 1. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
sedi_vec: _ClassVector
"""sedi_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Symmetric extremal dependence index: skill in predicting rare events.

``(ln F - ln H - ln(1 - F) + ln(1 - H)) / (ln F + ln H + ln(1 - F) + ln(1 - H))`` with H = `sens` and F = 1 - `spec`,
both kept 1e-9 away from 0 and 1. Averages leave out levels for which it is undefined.

Higher is better. Range: [-1, 1].
"""
segmentation_quality: _Panoptic
"""segmentation_quality(data, truth, estimate, *, image, by=None, iscrowd=None, case_weights=None, levels=None, estimator=None) -> frame

Segmentation quality: the mean overlap of the segments that are hit.

``SQ = sum_h IoU_h / tp``, over hits as for `panoptic_quality`.

Higher is better. Range: [0, 1].
"""
sens: _Class
"""sens(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Sensitivity: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `recall` and `sensitivity`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
sens_vec: _ClassVector
"""sens_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Sensitivity: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `recall` and `sensitivity`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
sensitivity: _Class
"""sensitivity(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Sensitivity: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `sens` and `recall`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
sensitivity_vec: _ClassVector
"""sensitivity_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Sensitivity: the share of true events that are predicted.

``tp / (tp + fn)``. The same number as `sens` and `recall`. Averages leave out levels that do not occur in truth.

Higher is better. Range: [0, 1].
"""
silhouette_avg: _ClusteringInternalWithDistanceWithSampleWithSeed
"""silhouette_avg(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1, distance='euclidean', sample=None, seed=0) -> frame

Mean silhouette: how much closer rows are to their own cluster than to the next.

``sum_i (b_i - a_i) / max(a_i, b_i) / n``, where a_i is the mean distance of a row to the others of its cluster, and b_i the
least mean distance to another cluster. A row alone in its cluster counts 0. `silhouette` gives it row by row.

Higher is better. Range: [-1, 1].
"""
silhouette_avg_vec: _ClusteringInternalWithDistanceWithSampleWithSeedVector
"""silhouette_avg_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1, distance='euclidean', sample=None, seed=0) -> float

Mean silhouette: how much closer rows are to their own cluster than to the next.

``sum_i (b_i - a_i) / max(a_i, b_i) / n``, where a_i is the mean distance of a row to the others of its cluster, and b_i the
least mean distance to another cluster. A row alone in its cluster counts 0. `silhouette` gives it row by row.

Higher is better. Range: [-1, 1].
"""
smape: _Numeric
"""smape(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Symmetric mean absolute percentage error.

``100 mean(|truth - estimate| / ((|truth| + |estimate|) / 2))``, in percent. It reaches 200, beyond the range
that yardstick declares, if truth and estimate have different signs or one of them is 0.

Lower is better. Range: [0, 100].
"""
smape_vec: _NumericVector
"""smape_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Symmetric mean absolute percentage error.

``100 mean(|truth - estimate| / ((|truth| + |estimate|) / 2))``, in percent. It reaches 200, beyond the range
that yardstick declares, if truth and estimate have different signs or one of them is 0.

Lower is better. Range: [0, 100].
"""
spearman: _Numeric
"""spearman(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Spearman's rank correlation: how far the estimates rise with the truth, along any curve.

``cor(rank(truth), rank(estimate))``; ties have their mean rank. With weights, a rank is the weight below and half the
weight of ties, so that a row of weight 2 counts as two.

Higher is better. Range: [-1, 1].
"""
spearman_vec: _NumericVector
"""spearman_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Spearman's rank correlation: how far the estimates rise with the truth, along any curve.

``cor(rank(truth), rank(estimate))``; ties have their mean rank. With weights, a rank is the weight below and half the
weight of ties, so that a row of weight 2 counts as two.

Higher is better. Range: [-1, 1].
"""
spec: _Class
"""spec(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Specificity: the share of true non-events that are predicted as non-events.

``tn / (tn + fp)``. The same number as `specificity`. Averages leave out a level if truth has no other.

Higher is better. Range: [0, 1].
"""
spec_vec: _ClassVector
"""spec_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Specificity: the share of true non-events that are predicted as non-events.

``tn / (tn + fp)``. The same number as `specificity`. Averages leave out a level if truth has no other.

Higher is better. Range: [0, 1].
"""
specificity: _Class
"""specificity(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Specificity: the share of true non-events that are predicted as non-events.

``tn / (tn + fp)``. The same number as `spec`. Averages leave out a level if truth has no other.

Higher is better. Range: [0, 1].
"""
specificity_vec: _ClassVector
"""specificity_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Specificity: the share of true non-events that are predicted as non-events.

``tn / (tn + fp)``. The same number as `spec`. Averages leave out a level if truth has no other.

Higher is better. Range: [0, 1].
"""
spiegelhalter_z: _Prob
"""spiegelhalter_z(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Spiegelhalter's z: whether the Brier score is what the probabilities themselves imply.

``sum((y - p)(1 - 2p)) / sqrt(sum((1 - 2p)^2 p (1 - p)))``. For calibrated probabilities it is a standard normal number;
beyond 2 on either side they are not. Positive values mean that the score is worse than expected. For several levels
numerator and variance are those of the sum over the levels of a row. With case weights ``w`` the terms are ``w`` times as
large, and so is the variance.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
spiegelhalter_z_vec: _ProbVector
"""spiegelhalter_z_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Spiegelhalter's z: whether the Brier score is what the probabilities themselves imply.

``sum((y - p)(1 - 2p)) / sqrt(sum((1 - 2p)^2 p (1 - p)))``. For calibrated probabilities it is a standard normal number;
beyond 2 on either side they are not. Positive values mean that the score is worse than expected. For several levels
numerator and variance are those of the sum over the levels of a row. With case weights ``w`` the terms are ``w`` times as
large, and so is the variance.

Closer to 0 is better; the sign says which way the errors go. Range: [-inf, inf].
"""
sse_between: _ClusteringInternal
"""sse_between(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1) -> frame

Sum of squared distances of centroids to the mean, each as often as it has rows.

``sum_k n_k d(m_k, m)^2``, which is the total less what is within clusters.

Higher is better. Range: [0, inf].
"""
sse_between_vec: _ClusteringInternalVector
"""sse_between_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1) -> float

Sum of squared distances of centroids to the mean, each as often as it has rows.

``sum_k n_k d(m_k, m)^2``, which is the total less what is within clusters.

Higher is better. Range: [0, inf].
"""
sse_ratio: _ClusteringInternal
"""sse_ratio(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1) -> frame

The share of the sum of squares that is within clusters.

``W / T``, the squares about the centroids over those about the mean. It falls with each further cluster.

Lower is better. Range: [0, 1].
"""
sse_ratio_vec: _ClusteringInternalVector
"""sse_ratio_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1) -> float

The share of the sum of squares that is within clusters.

``W / T``, the squares about the centroids over those about the mean. It falls with each further cluster.

Lower is better. Range: [0, 1].
"""
sse_total: _ClusteringInternal
"""sse_total(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1) -> frame

Sum of squared distances of rows to the mean.

``sum_i d(x_i, m)^2``, which does not depend on the clusters.

Closer to 0 is better; the sign says which way the errors go. Range: [0, inf].
"""
sse_total_vec: _ClusteringInternalVector
"""sse_total_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1) -> float

Sum of squared distances of rows to the mean.

``sum_i d(x_i, m)^2``, which does not depend on the clusters.

Closer to 0 is better; the sign says which way the errors go. Range: [0, inf].
"""
sse_within_total: _ClusteringInternal
"""sse_within_total(data, estimate, features, *, by=None, na_rm=True, noise=None, noise_label=-1) -> frame

Sum of squared distances of rows to the centroid of their cluster.

``sum_i d(x_i, m_k(i))^2``, with the centroids m_k of the rows given. It falls with each further cluster.

Lower is better. Range: [0, inf].
"""
sse_within_total_vec: _ClusteringInternalVector
"""sse_within_total_vec(estimate, features, *, na_rm=True, noise=None, noise_label=-1) -> float

Sum of squared distances of rows to the centroid of their cluster.

``sum_i d(x_i, m_k(i))^2``, with the centroids m_k of the rows given. It falls with each further cluster.

Lower is better. Range: [0, inf].
"""
threshold_perf: _EventTableWithThresholdsWithMetrics
"""threshold_perf(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, metrics=None) -> frame

Performance at thresholds: class metrics where rows with at least a score are called events.

A row is an event if ``score >= threshold``. One pass counts all thresholds. For more than two levels each level is set
against the rest.
"""
threshold_perf_vec: _EventTableWithThresholdsWithMetricsVector
"""threshold_perf_vec(truth, estimate, *, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, thresholds=None, metrics=None) -> frame

Performance at thresholds: class metrics where rows with at least a score are called events.

A row is an event if ``score >= threshold``. One pass counts all thresholds. For more than two levels each level is set
against the rest.
"""
top_k_accuracy: _ProbWithK
"""top_k_accuracy(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, k=2) -> frame

Top-k accuracy: how often the true level is among the k most probable ones.

The mean of ``min(1, max(0, (k - g) / t))``, with g the number of levels that are more probable than the true one, and t
those as probable, itself included: without ties 1 where the true level is among the first k, and else 0; with ties the
chance of it over all orders of them.

Higher is better. Range: [0, 1].
"""
top_k_accuracy_vec: _ProbWithKVector
"""top_k_accuracy_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None, k=2) -> float

Top-k accuracy: how often the true level is among the k most probable ones.

The mean of ``min(1, max(0, (k - g) / t))``, with g the number of levels that are more probable than the true one, and t
those as probable, itself included: without ties 1 where the true level is among the first k, and else 0; with ties the
chance of it over all orders of them.

Higher is better. Range: [0, 1].
"""
tweedie_deviance: _NumericWithPower
"""tweedie_deviance(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, power=0) -> frame

Mean Tweedie deviance: how unlikely the truth is where its variance is a power of the predicted mean.

The mean of ``2 (y^(2-p) / ((1-p) (2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p))``, with y the truth (at least 0 for a
negative p), m the estimate and p the power. Power 0 is the squared error, 1 the Poisson and 2 the gamma deviance, each the
limit of the formula. A negative power takes estimates above 0; from 1 on truths are at least 0, from 2 on above 0.

Lower is better. Range: [0, inf].
"""
tweedie_deviance_vec: _NumericWithPowerVector
"""tweedie_deviance_vec(truth, estimate, *, na_rm=True, case_weights=None, power=0) -> float

Mean Tweedie deviance: how unlikely the truth is where its variance is a power of the predicted mean.

The mean of ``2 (y^(2-p) / ((1-p) (2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p))``, with y the truth (at least 0 for a
negative p), m the estimate and p the power. Power 0 is the squared error, 1 the Poisson and 2 the gamma deviance, each the
limit of the formula. A negative power takes estimates above 0; from 1 on truths are at least 0, from 2 on above 0.

Lower is better. Range: [0, inf].
"""
v_measure: _ClusteringWithBeta
"""v_measure(data, truth, estimate, *, by=None, na_rm=True, case_weights=None, noise=None, noise_label=-1, beta=1.0) -> frame

V-measure: the harmonic mean of homogeneity and completeness.

``(1 + beta) h c / (beta h + c)`` with homogeneity h and completeness c; 0 where both are 0.

Higher is better. Range: [0, 1].
"""
v_measure_vec: _ClusteringWithBetaVector
"""v_measure_vec(truth, estimate, *, na_rm=True, case_weights=None, noise=None, noise_label=-1, beta=1.0) -> float

V-measure: the harmonic mean of homogeneity and completeness.

``(1 + beta) h c / (beta h + c)`` with homogeneity h and completeness c; 0 where both are 0.

Higher is better. Range: [0, 1].
"""
wape: _Numeric
"""wape(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Weighted absolute percentage error: all errors as a percentage of the size of the truth.

``100 sum |truth - estimate| / sum |truth|``, in percent. Single truths of 0 do no harm, as they do in `mape`; Inf if all
are 0 and an estimate is not.

Lower is better. Range: [0, inf].
"""
wape_vec: _NumericVector
"""wape_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Weighted absolute percentage error: all errors as a percentage of the size of the truth.

``100 sum |truth - estimate| / sum |truth|``, in percent. Single truths of 0 do no harm, as they do in `mape`; Inf if all
are 0 and an estimate is not.

Lower is better. Range: [0, inf].
"""
weighted_interval_score: _QuantileWithQuantileEstimateNas
"""weighted_interval_score(data, truth, estimate, *, quantile_levels=None, by=None, na_rm=True, case_weights=None, quantile_estimate_nas='impute') -> frame

Weighted interval score: how far predicted quantiles are from the truth, in its unit.

The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels, which is twice the mean
pinball loss. With symmetric levels it adds up the widths of the central intervals and the penalties for missing the truth.
A single quantile at 0.5 gives the absolute error.

Lower is better. Range: [0, inf].
"""
weighted_interval_score_vec: _QuantileWithQuantileEstimateNasVector
"""weighted_interval_score_vec(truth, estimate, *, quantile_levels=None, na_rm=True, case_weights=None, quantile_estimate_nas='impute') -> float

Weighted interval score: how far predicted quantiles are from the truth, in its unit.

The mean over rows of ``2 sum_k max(tau_k (y - q_k), (1 - tau_k) (q_k - y)) / K`` over the K levels, which is twice the mean
pinball loss. With symmetric levels it adds up the widths of the central intervals and the penalties for missing the truth.
A single quantile at 0.5 gives the absolute error.

Lower is better. Range: [0, inf].
"""
willmott_d: _Numeric
"""willmott_d(data, truth, estimate, *, by=None, na_rm=True, case_weights=None) -> frame

Willmott's index of agreement: the errors relative to the largest that they could be.

``1 - sum (y - s)^2 / sum (|s - m| + |y - m|)^2``, with y the truth, m its mean and s the estimate.

Higher is better. Range: [0, 1].
"""
willmott_d_vec: _NumericVector
"""willmott_d_vec(truth, estimate, *, na_rm=True, case_weights=None) -> float

Willmott's index of agreement: the errors relative to the largest that they could be.

``1 - sum (y - s)^2 / sum (|s - m| + |y - m|)^2``, with y the truth, m its mean and s the estimate.

Higher is better. Range: [0, 1].
"""
zero_one_loss: _Class
"""zero_one_loss(data, truth, estimate, *, by=None, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> frame

Zero-one loss: the share of wrong predictions.

``1 - accuracy``, from the wrong cells of the confusion matrix. With ``estimator="per_class"`` it is the share of rows that
each level against the rest has wrong.

Lower is better. Range: [0, 1].
"""
zero_one_loss_vec: _ClassVector
"""zero_one_loss_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None, event_level='first', event=None, levels=None) -> float

Zero-one loss: the share of wrong predictions.

``1 - accuracy``, from the wrong cells of the confusion matrix. With ``estimator="per_class"`` it is the share of rows that
each level against the rest has wrong.

Lower is better. Range: [0, 1].
"""

class _OwnClassMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnClassMetric[_P]: ...

class _OwnClassMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> float: ...

class _OwnProbMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Probabilities,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnProbMetric[_P]: ...

class _OwnProbMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> float: ...

class _OwnNumericMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnNumericMetric[_P]: ...

class _OwnNumericMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> float: ...

class _OwnQuantileMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: Sequence[str],
        quantile_levels: Sequence[float] | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnQuantileMetric[_P]: ...

class _OwnQuantileMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        quantile_levels: Sequence[float] | None = ...,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> float: ...

class _OwnRetrievalMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str,
        estimate: str,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str,
        estimate: str,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str,
        estimate: str,
        query: str | None = ...,
        by: By = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnRetrievalMetric[_P]: ...

class _OwnRetrievalMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Vector,
        estimate: Vector,
        query: Vector | None = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: Vector | None = ...,
        order: Literal["score", "rank"] = ...,
        relevant: float = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] = ...,
        case_weights: Vector | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...

class _OwnSurvivalMetric(Protocol[_P]):
    __name__: str
    metric: Metric
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: Sequence[str],
        estimate: str,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: Sequence[str],
        estimate: str,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: Sequence[str],
        estimate: str,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> Any: ...
    def tweak(self, **arguments: Any) -> _OwnSurvivalMetric[_P]: ...

class _OwnSurvivalMetricVector(Protocol[_P]):
    __name__: str
    metric: Metric
    def __call__(
        self,
        truth: Sequence[Vector],
        estimate: Vector,
        na_rm: bool = ...,
        case_weights: Vector | None = ...,
        *positional: _P.args,
        **options: _P.kwargs,
    ) -> float: ...

def class_metric(
    statistic: type[_S],
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: _Checks = ...,
    average: str = ...,
    symmetric: bool = ...,
    estimators: tuple[str, ...] | None = ...,
    needs_order: Callable[[Mapping[str, Any]], bool] = ...,
) -> Callable[[Callable[Concatenate[_S, _P], Any]], _OwnClassMetric[_P]]: ...
def prob_metric(
    statistic: Any = ...,
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: _Checks = ...,
    areas: tuple[str, ...] = ...,
    error_scale: float | None = ...,
    estimators: tuple[str, ...] | None = ...,
    fixed_average: str | None = ...,
    transform: Callable[..., Any] | None = ...,
    ordered: bool = ...,
    bind_levels: Callable[[Mapping[str, Any], Sequence[Level]], Mapping[str, Any]] = ...,
) -> Callable[[Callable[Concatenate[Any, _P], Any] | Callable[Concatenate[Any, Any, _P], Any]], _OwnProbMetric[_P]]: ...
def quantile_metric(
    statistic: Callable[[tuple[str, ...], tuple[float, ...], Mapping[str, Any]], Any] = ...,
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: _Checks = ...,
) -> Callable[[Callable[Concatenate[Any, _P], Any]], _OwnQuantileMetric[_P]]: ...
def retrieval_metric(
    *,
    direction: Direction = ...,
    range: tuple[float, float] = ...,
    undefined: str = ...,
    graded: bool = ...,
    cut: bool = ...,
    nonrelevant: bool = ...,
    checks: _Checks = ...,
) -> Callable[[Callable[Concatenate[Any, _P], Any]], _OwnRetrievalMetric[_P]]: ...
def survival_metric(
    statistic: Any, kind: str, *, direction: Direction, range: tuple[float, float], undefined: str = ..., checks: _Checks = ...
) -> Callable[[Callable[Concatenate[Any, _P], Any]], _OwnSurvivalMetric[_P]]: ...
def class_vector(function: _OwnClassMetric[_P]) -> _OwnClassMetricVector[_P]: ...
def prob_vector(function: _OwnProbMetric[_P]) -> _OwnProbMetricVector[_P]: ...
def numeric_vector(function: _OwnNumericMetric[_P]) -> _OwnNumericMetricVector[_P]: ...
def quantile_vector(function: _OwnQuantileMetric[_P]) -> _OwnQuantileMetricVector[_P]: ...
def retrieval_vector(function: _OwnRetrievalMetric[_P]) -> _OwnRetrievalMetricVector[_P]: ...
def survival_vector(function: _OwnSurvivalMetric[_P]) -> _OwnSurvivalMetricVector[_P]: ...
@overload
def numeric_metric(
    statistic: None = ...,
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: _Checks = ...,
    transform: Callable[[Any], Any] | None = ...,
) -> Callable[[Callable[Concatenate[Expr, Expr, _P], Expr]], _OwnNumericMetric[_P]]: ...
@overload
def numeric_metric(
    statistic: type[_S] | Callable[[Mapping[str, Any]], Any],
    *,
    direction: Direction,
    range: tuple[float, float],
    undefined: str = ...,
    checks: _Checks = ...,
    row_order: Callable[[Mapping[str, Any], bool], bool] = ...,
) -> Callable[[Callable[Concatenate[_S, _P], Any]], _OwnNumericMetric[_P]]: ...

class MetricSet(_MetricSet):
    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str | Any | Sequence[str],
        estimate: str
        | Sequence[str]
        | Sequence[str]
        | str
        | Sequence[Sequence[str]]
        | Sequence[str]
        | Mapping[str, str]
        | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None | str | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        features: Features | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level | None = ...,
        image: str | None = ...,
        label: str | None = ...,
        box: Sequence[str] | None = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] | None = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        query: str | None = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any | None = ...,
        order: Literal["score", "rank"] | None = ...,
        relevant: float | None = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str | Any | Sequence[str],
        estimate: str
        | Sequence[str]
        | Sequence[str]
        | str
        | Sequence[Sequence[str]]
        | Sequence[str]
        | Mapping[str, str]
        | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None | str | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        features: Features | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level | None = ...,
        image: str | None = ...,
        label: str | None = ...,
        box: Sequence[str] | None = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] | None = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        query: str | None = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any | None = ...,
        order: Literal["score", "rank"] | None = ...,
        relevant: float | None = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str | Any | Sequence[str],
        estimate: str
        | Sequence[str]
        | Sequence[str]
        | str
        | Sequence[Sequence[str]]
        | Sequence[str]
        | Mapping[str, str]
        | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None | str | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        features: Features | None = ...,
        noise: Literal["drop", "singletons", "cluster"] | None = ...,
        noise_label: Level | None = ...,
        image: str | None = ...,
        label: str | None = ...,
        box: Sequence[str] | None = ...,
        box_format: Literal["xyxy", "xywh", "cxcywh", "xyxy_inclusive"] | None = ...,
        area: str | None = ...,
        iscrowd: str | None = ...,
        ignore: str | None = ...,
        images: Any | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        query: str | None = ...,
        k: int | Sequence[int | None] | None = ...,
        doc: str | None = ...,
        qrels: Any | None = ...,
        order: Literal["score", "rank"] | None = ...,
        relevant: float | None = ...,
        no_relevant: Literal["drop", "zero", "one"] | None = ...,
        missing: Literal["zero", "drop"] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> Any: ...

def metric_set(*metrics: Any, **named: Any) -> MetricSet: ...
def get_metrics(*kinds: str) -> MetricSet: ...

__all__ = [
    "BoxError",
    "CensoringWeightsWarning",
    "ClassesAsNumbersWarning",
    "CoarseTimeWarning",
    "ColumnNotFoundError",
    "ConfusionCounts",
    "ConfusionMatrix",
    "CrossingQuantilesWarning",
    "EngineError",
    "EstimatorError",
    "EventCounts",
    "IntervalScores",
    "LevelError",
    "Metric",
    "MetricSet",
    "MetricSetError",
    "Moments",
    "OptionError",
    "OrderedPairs",
    "ProbabilityError",
    "QuantileLosses",
    "QueriesDroppedWarning",
    "RankedRelevance",
    "RankedScores",
    "RankedSurvival",
    "RankingError",
    "StateError",
    "SurvivalLosses",
    "TidymetricsError",
    "TruthSpread",
    "UndefinedIntervalWarning",
    "UndefinedMetricWarning",
    "WeightError",
    "__version__",
    "accuracy",
    "accuracy_vec",
    "across_folds",
    "adjusted_mutual_info",
    "adjusted_mutual_info_vec",
    "adjusted_rand_index",
    "adjusted_rand_index_vec",
    "as_dict",
    "as_table",
    "autoplot",
    "average_precision",
    "average_precision_detection",
    "average_precision_vec",
    "average_recall_detection",
    "averaged_over",
    "bal_accuracy",
    "bal_accuracy_vec",
    "best_threshold",
    "best_threshold_vec",
    "bpref",
    "bpref_vec",
    "brier_class",
    "brier_class_vec",
    "brier_survival",
    "brier_survival_integrated",
    "brier_survival_integrated_vec",
    "brier_survival_vec",
    "calibration_curve",
    "calibration_curve_numeric",
    "calibration_curve_numeric_vec",
    "calibration_curve_vec",
    "calibration_intercept",
    "calibration_intercept_numeric",
    "calibration_intercept_numeric_vec",
    "calibration_intercept_vec",
    "calibration_slope",
    "calibration_slope_numeric",
    "calibration_slope_numeric_vec",
    "calibration_slope_vec",
    "calinski_harabasz",
    "calinski_harabasz_vec",
    "catalog_coverage",
    "ccc",
    "ccc_vec",
    "censoring_weights",
    "class_from_prob",
    "class_metric",
    "class_vector",
    "classification_cost",
    "classification_cost_vec",
    "cluster_accuracy",
    "cluster_accuracy_vec",
    "coco_metrics",
    "compare",
    "completeness",
    "completeness_vec",
    "concordance_survival",
    "concordance_survival_vec",
    "conf_mat",
    "conf_mat_detection",
    "conf_mat_masks",
    "contingency",
    "corp_discrimination",
    "corp_discrimination_numeric",
    "corp_discrimination_numeric_vec",
    "corp_discrimination_vec",
    "corp_miscalibration",
    "corp_miscalibration_numeric",
    "corp_miscalibration_numeric_vec",
    "corp_miscalibration_vec",
    "corp_uncertainty",
    "corp_uncertainty_numeric",
    "corp_uncertainty_numeric_vec",
    "corp_uncertainty_vec",
    "crps",
    "crps_ensemble",
    "crps_ensemble_vec",
    "crps_quantile",
    "crps_quantile_vec",
    "crps_vec",
    "datasets",
    "davies_bouldin",
    "davies_bouldin_vec",
    "dcg",
    "dcg_vec",
    "decision_cost",
    "decision_cost_vec",
    "decision_curve",
    "decision_curve_vec",
    "demographic_parity",
    "describe_state",
    "det_curve",
    "det_curve_vec",
    "detection_prevalence",
    "detection_prevalence_vec",
    "diagnostic_odds_ratio",
    "diagnostic_odds_ratio_vec",
    "dice",
    "dice_vec",
    "diou",
    "diou_vec",
    "dss",
    "dss_vec",
    "dunn",
    "dunn_vec",
    "each_model",
    "energy_score",
    "energy_score_vec",
    "equal_opportunity",
    "equalized_odds",
    "expected_calibration_error",
    "expected_calibration_error_vec",
    "expected_reciprocal_rank",
    "expected_reciprocal_rank_vec",
    "explained_variance",
    "explained_variance_vec",
    "f_meas",
    "f_meas_at_k",
    "f_meas_at_k_vec",
    "f_meas_detection",
    "f_meas_vec",
    "fall_out",
    "fall_out_vec",
    "focal_loss",
    "focal_loss_vec",
    "fowlkes_mallows",
    "fowlkes_mallows_vec",
    "from_sklearn",
    "gain_at",
    "gain_at_vec",
    "gain_capture",
    "gain_capture_vec",
    "gain_curve",
    "gain_curve_vec",
    "gamma_deviance",
    "gamma_deviance_vec",
    "geometric_mean",
    "geometric_mean_vec",
    "get_metrics",
    "gini_coef",
    "gini_coef_vec",
    "giou",
    "giou_vec",
    "groupwise_difference",
    "groupwise_ratio",
    "h_measure",
    "h_measure_vec",
    "hamming_loss",
    "hamming_loss_vec",
    "hinge_loss",
    "hinge_loss_vec",
    "hit_rate",
    "hit_rate_vec",
    "homogeneity",
    "homogeneity_vec",
    "huber_loss",
    "huber_loss_pseudo",
    "huber_loss_pseudo_vec",
    "huber_loss_vec",
    "iic",
    "iic_vec",
    "integrated_calibration_index",
    "integrated_calibration_index_vec",
    "interval_coverage",
    "interval_coverage_vec",
    "interval_score",
    "interval_score_vec",
    "interval_width",
    "interval_width_vec",
    "iou",
    "iou_vec",
    "j_index",
    "j_index_vec",
    "jaccard",
    "jaccard_vec",
    "kap",
    "kap_vec",
    "kendall",
    "kendall_vec",
    "kge",
    "kge_vec",
    "ks_statistic",
    "ks_statistic_vec",
    "lift_at",
    "lift_at_vec",
    "lift_curve",
    "lift_curve_vec",
    "likelihood_ratio_negative",
    "likelihood_ratio_negative_vec",
    "likelihood_ratio_positive",
    "likelihood_ratio_positive_vec",
    "log_cosh_loss",
    "log_cosh_loss_vec",
    "log_score",
    "log_score_vec",
    "mae",
    "mae_vec",
    "map_at_k",
    "map_at_k_vec",
    "mape",
    "mape_vec",
    "markedness",
    "markedness_vec",
    "mase",
    "mase_vec",
    "match_boxes",
    "max_calibration_error",
    "max_calibration_error_vec",
    "max_error",
    "max_error_vec",
    "mcc",
    "mcc_vec",
    "mean_bias",
    "mean_bias_vec",
    "medape",
    "medape_vec",
    "median_absolute_error",
    "median_absolute_error_vec",
    "merge_states",
    "metric_from_vec",
    "metric_set",
    "metric_tweak",
    "metrics",
    "miss_rate",
    "miss_rate_vec",
    "mn_log_loss",
    "mn_log_loss_vec",
    "monitor",
    "mpe",
    "mpe_vec",
    "mrr",
    "mrr_vec",
    "msd",
    "msd_vec",
    "mse",
    "mse_vec",
    "msle",
    "msle_vec",
    "msse",
    "msse_vec",
    "mutual_info",
    "mutual_info_vec",
    "ndcg",
    "ndcg_vec",
    "new_groupwise_metric",
    "noise_rate",
    "noise_rate_vec",
    "normalized_mutual_info",
    "normalized_mutual_info_vec",
    "novelty",
    "npv",
    "npv_vec",
    "nrmse",
    "nrmse_vec",
    "nse",
    "nse_vec",
    "numeric_metric",
    "numeric_vector",
    "pair_confusion",
    "panoptic_quality",
    "pinball_loss",
    "pinball_loss_vec",
    "pit_histogram",
    "pit_histogram_vec",
    "poisson_deviance",
    "poisson_deviance_vec",
    "poisson_log_loss",
    "poisson_log_loss_vec",
    "ppv",
    "ppv_vec",
    "pr_auc",
    "pr_auc_vec",
    "pr_curve",
    "pr_curve_detection",
    "pr_curve_vec",
    "precision",
    "precision_at_k",
    "precision_at_k_vec",
    "precision_detection",
    "precision_vec",
    "prob_metric",
    "prob_vector",
    "provenance",
    "purity",
    "purity_vec",
    "quantile_calibration_error",
    "quantile_calibration_error_vec",
    "quantile_coverage",
    "quantile_coverage_vec",
    "quantile_metric",
    "quantile_vector",
    "r_precision",
    "r_precision_vec",
    "rand_index",
    "rand_index_vec",
    "ranked_prob_score",
    "ranked_prob_score_vec",
    "ratio",
    "rbp",
    "rbp_vec",
    "read_coco",
    "read_states",
    "read_trec",
    "recall",
    "recall_at_k",
    "recall_at_k_vec",
    "recall_detection",
    "recall_vec",
    "recognition_quality",
    "report",
    "reportable_rate",
    "reportable_rate_vec",
    "residuals_plot",
    "retrieval_metric",
    "retrieval_vector",
    "rmse",
    "rmse_relative",
    "rmse_relative_vec",
    "rmse_vec",
    "rmsle",
    "rmsle_vec",
    "rmsse",
    "rmsse_vec",
    "roc_auc",
    "roc_auc_survival",
    "roc_auc_survival_vec",
    "roc_auc_vec",
    "roc_aunp",
    "roc_aunp_vec",
    "roc_aunu",
    "roc_aunu_vec",
    "roc_curve",
    "roc_curve_survival",
    "roc_curve_survival_vec",
    "roc_curve_vec",
    "roc_dist",
    "roc_dist_vec",
    "royston_survival",
    "royston_survival_vec",
    "rpd",
    "rpd_vec",
    "rpiq",
    "rpiq_vec",
    "rsq",
    "rsq_trad",
    "rsq_trad_vec",
    "rsq_vec",
    "sedi",
    "sedi_vec",
    "segmentation_quality",
    "sens",
    "sens_vec",
    "sensitivity",
    "sensitivity_vec",
    "silhouette",
    "silhouette_avg",
    "silhouette_avg_vec",
    "skill",
    "sklearn_scorer",
    "smape",
    "smape_vec",
    "spearman",
    "spearman_vec",
    "spec",
    "spec_vec",
    "specificity",
    "specificity_vec",
    "spiegelhalter_z",
    "spiegelhalter_z_vec",
    "sse_between",
    "sse_between_vec",
    "sse_ratio",
    "sse_ratio_vec",
    "sse_total",
    "sse_total_vec",
    "sse_within",
    "sse_within_total",
    "sse_within_total_vec",
    "survival_long",
    "survival_metric",
    "survival_vector",
    "threshold_perf",
    "threshold_perf_vec",
    "top_k_accuracy",
    "top_k_accuracy_vec",
    "tweedie_deviance",
    "tweedie_deviance_vec",
    "v_measure",
    "v_measure_vec",
    "wape",
    "wape_vec",
    "weighted_interval_score",
    "weighted_interval_score_vec",
    "wide",
    "willmott_d",
    "willmott_d_vec",
    "windows",
    "with_baseline",
    "with_intervals",
    "write_report",
    "write_state",
    "write_trec",
    "zero_one_loss",
    "zero_one_loss_vec",
]
