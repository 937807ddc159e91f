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

class _StaticSurvival(MetricFunction):
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

class _StaticSurvivalVector(VectorFunction):
    metric: Metric
    def __call__(
        self, truth: Sequence[Vector], estimate: Vector, *, na_rm: bool = ..., case_weights: Vector | None = ...
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
accuracy_vec: _ClassVector
adjusted_mutual_info: _ClusteringWithAverageMethod
adjusted_mutual_info_vec: _ClusteringWithAverageMethodVector
adjusted_rand_index: _Clustering
adjusted_rand_index_vec: _ClusteringVector
average_precision: _ProbWithBins
average_precision_detection: _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithRecallPointsWithMatching
average_precision_vec: _ProbWithBinsVector
average_recall_detection: _DetectionWithIouThresholdsWithAreaRangeWithMaxDetectionsWithMatching
bal_accuracy: _Class
bal_accuracy_vec: _ClassVector
best_threshold: _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOver
best_threshold_vec: _EventTableWithMetricWithConstraintWithMetricsWithThresholdsWithOverVector
bpref: _RetrievalOfWholeLists
bpref_vec: _RetrievalOfWholeListsVector
brier_class: _Prob
brier_class_vec: _ProbVector
brier_survival: _DynamicSurvival
brier_survival_integrated: _IntegratedSurvival
brier_survival_integrated_vec: _IntegratedSurvivalVector
brier_survival_vec: _DynamicSurvivalVector
calibration_curve: _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimator
calibration_curve_numeric: _NumericTableWithNBinsWithStrategyWithConfLevel
calibration_curve_numeric_vec: _NumericTableWithNBinsWithStrategyWithConfLevelVector
calibration_curve_vec: _EventTableWithNBinsWithStrategyWithConfLevelWithIntervalWithEstimatorVector
calibration_intercept: _ProbWithJoint
calibration_intercept_numeric: _Numeric
calibration_intercept_numeric_vec: _NumericVector
calibration_intercept_vec: _ProbWithJointVector
calibration_slope: _Prob
calibration_slope_numeric: _Numeric
calibration_slope_numeric_vec: _NumericVector
calibration_slope_vec: _ProbVector
calinski_harabasz: _ClusteringInternal
calinski_harabasz_vec: _ClusteringInternalVector
catalog_coverage: _Exposure
ccc: _NumericWithBias
ccc_vec: _NumericWithBiasVector
classification_cost: _ProbWithCosts
classification_cost_vec: _ProbWithCostsVector
cluster_accuracy: _Clustering
cluster_accuracy_vec: _ClusteringVector
completeness: _Clustering
completeness_vec: _ClusteringVector
concordance_survival: _StaticSurvival
concordance_survival_vec: _StaticSurvivalVector
conf_mat_detection: _DetectionTableWithIouThresholdWithScoreThresholdWithMaxDetections
corp_discrimination: _ProbWithScore
corp_discrimination_numeric: _Numeric
corp_discrimination_numeric_vec: _NumericVector
corp_discrimination_vec: _ProbWithScoreVector
corp_miscalibration: _ProbWithScore
corp_miscalibration_numeric: _Numeric
corp_miscalibration_numeric_vec: _NumericVector
corp_miscalibration_vec: _ProbWithScoreVector
corp_uncertainty: _ProbWithScore
corp_uncertainty_numeric: _Numeric
corp_uncertainty_numeric_vec: _NumericVector
corp_uncertainty_vec: _ProbWithScoreVector
crps: _DistributionWithDistribution
crps_ensemble: _EnsembleWithFair
crps_ensemble_vec: _EnsembleWithFairVector
crps_quantile: _Quantile
crps_quantile_vec: _QuantileVector
crps_vec: _DistributionWithDistributionVector
davies_bouldin: _ClusteringInternalWithQ
davies_bouldin_vec: _ClusteringInternalWithQVector
dcg: _RetrievalWithGain
dcg_vec: _RetrievalWithGainVector
decision_cost: _ClassWithCosts
decision_cost_vec: _ClassWithCostsVector
decision_curve: _EventTableWithThresholdsWithPrevalence
decision_curve_vec: _EventTableWithThresholdsWithPrevalenceVector
det_curve: _CurveWithBins
det_curve_vec: _CurveWithBinsVector
detection_prevalence: _Class
detection_prevalence_vec: _ClassVector
diagnostic_odds_ratio: _Class
diagnostic_odds_ratio_vec: _ClassVector
dice: _Class
dice_vec: _ClassVector
diou: _Box
diou_vec: _BoxVector
dss: _DistributionWithDistribution
dss_vec: _DistributionWithDistributionVector
dunn: _ClusteringInternalWithDistance
dunn_vec: _ClusteringInternalWithDistanceVector
energy_score: _EnsembleOfVectorsWithFair
energy_score_vec: _EnsembleOfVectorsWithFairVector
expected_calibration_error: _ProbWithNBinsWithStrategyWithNormWithDebias
expected_calibration_error_vec: _ProbWithNBinsWithStrategyWithNormWithDebiasVector
expected_reciprocal_rank: _RetrievalWithMaxRelevance
expected_reciprocal_rank_vec: _RetrievalWithMaxRelevanceVector
explained_variance: _Numeric
explained_variance_vec: _NumericVector
f_meas: _ClassWithBeta
f_meas_at_k: _RetrievalWithBeta
f_meas_at_k_vec: _RetrievalWithBetaVector
f_meas_detection: _DetectionWithBetaWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
f_meas_vec: _ClassWithBetaVector
fall_out: _Class
fall_out_vec: _ClassVector
focal_loss: _ProbWithGamma
focal_loss_vec: _ProbWithGammaVector
fowlkes_mallows: _Clustering
fowlkes_mallows_vec: _ClusteringVector
gain_at: _ProbWithTop
gain_at_vec: _ProbWithTopVector
gain_capture: _ProbWithBins
gain_capture_vec: _ProbWithBinsVector
gain_curve: _CurveWithBins
gain_curve_vec: _CurveWithBinsVector
gamma_deviance: _Numeric
gamma_deviance_vec: _NumericVector
geometric_mean: _Class
geometric_mean_vec: _ClassVector
gini_coef: _Numeric
gini_coef_vec: _NumericVector
giou: _Box
giou_vec: _BoxVector
h_measure: _Prob
h_measure_vec: _ProbVector
hamming_loss: _Class
hamming_loss_vec: _ClassVector
hinge_loss: _Prob
hinge_loss_vec: _ProbVector
hit_rate: _Retrieval
hit_rate_vec: _RetrievalVector
homogeneity: _Clustering
homogeneity_vec: _ClusteringVector
huber_loss: _NumericWithDelta
huber_loss_pseudo: _NumericWithDelta
huber_loss_pseudo_vec: _NumericWithDeltaVector
huber_loss_vec: _NumericWithDeltaVector
iic: _Numeric
iic_vec: _NumericVector
integrated_calibration_index: _ProbWithSmoothWithSpanWithQuantile
integrated_calibration_index_vec: _ProbWithSmoothWithSpanWithQuantileVector
interval_coverage: _QuantileWithLevel
interval_coverage_vec: _QuantileWithLevelVector
interval_score: _QuantileWithLevel
interval_score_vec: _QuantileWithLevelVector
interval_width: _QuantileWithLevel
interval_width_vec: _QuantileWithLevelVector
iou: _Box
iou_vec: _BoxVector
j_index: _Class
j_index_vec: _ClassVector
jaccard: _Class
jaccard_vec: _ClassVector
kap: _ClassWithWeighting
kap_vec: _ClassWithWeightingVector
kendall: _Numeric
kendall_vec: _NumericVector
kge: _Numeric
kge_vec: _NumericVector
ks_statistic: _Prob
ks_statistic_vec: _ProbVector
lift_at: _ProbWithTop
lift_at_vec: _ProbWithTopVector
lift_curve: _CurveWithBins
lift_curve_vec: _CurveWithBinsVector
likelihood_ratio_negative: _Class
likelihood_ratio_negative_vec: _ClassVector
likelihood_ratio_positive: _Class
likelihood_ratio_positive_vec: _ClassVector
log_cosh_loss: _Numeric
log_cosh_loss_vec: _NumericVector
log_score: _DistributionWithDistribution
log_score_vec: _DistributionWithDistributionVector
mae: _Numeric
mae_vec: _NumericVector
map_at_k: _RetrievalWithDivideBy
map_at_k_vec: _RetrievalWithDivideByVector
mape: _Numeric
mape_vec: _NumericVector
markedness: _Class
markedness_vec: _ClassVector
mase: _NumericWithMWithMaeTrainWithOrderBy
mase_vec: _NumericWithMWithMaeTrainWithOrderByVector
match_boxes: _DetectionTableWithIouThresholdWithAreaRangeWithMaxDetectionsWithMatching
max_calibration_error: _ProbWithNBinsWithStrategy
max_calibration_error_vec: _ProbWithNBinsWithStrategyVector
max_error: _Numeric
max_error_vec: _NumericVector
mcc: _Class
mcc_vec: _ClassVector
mean_bias: _Numeric
mean_bias_vec: _NumericVector
medape: _Numeric
medape_vec: _NumericVector
median_absolute_error: _Numeric
median_absolute_error_vec: _NumericVector
miss_rate: _Class
miss_rate_vec: _ClassVector
mn_log_loss: _ProbWithSum
mn_log_loss_vec: _ProbWithSumVector
mpe: _Numeric
mpe_vec: _NumericVector
mrr: _Retrieval
mrr_vec: _RetrievalVector
msd: _Numeric
msd_vec: _NumericVector
mse: _Numeric
mse_vec: _NumericVector
msle: _Numeric
msle_vec: _NumericVector
msse: _NumericWithMWithMseTrainWithOrderBy
msse_vec: _NumericWithMWithMseTrainWithOrderByVector
mutual_info: _Clustering
mutual_info_vec: _ClusteringVector
ndcg: _RetrievalWithGain
ndcg_vec: _RetrievalWithGainVector
noise_rate: _Clustering
noise_rate_vec: _ClusteringVector
normalized_mutual_info: _ClusteringWithAverageMethod
normalized_mutual_info_vec: _ClusteringWithAverageMethodVector
novelty: _Exposure
npv: _ClassWithPrevalence
npv_vec: _ClassWithPrevalenceVector
nrmse: _NumericWithScale
nrmse_vec: _NumericWithScaleVector
nse: _Numeric
nse_vec: _NumericVector
panoptic_quality: _Panoptic
pinball_loss: _NumericWithLevel
pinball_loss_vec: _NumericWithLevelVector
pit_histogram: _QuantileTable
pit_histogram_vec: _QuantileTableVector
poisson_deviance: _Numeric
poisson_deviance_vec: _NumericVector
poisson_log_loss: _Numeric
poisson_log_loss_vec: _NumericVector
ppv: _ClassWithPrevalence
ppv_vec: _ClassWithPrevalenceVector
pr_auc: _ProbWithBins
pr_auc_vec: _ProbWithBinsVector
pr_curve: _CurveWithBins
pr_curve_detection: _DetectionTableWithIouThresholdWithRecallPointsWithAreaRangeWithMaxDetectionsWithMatching
pr_curve_vec: _CurveWithBinsVector
precision: _Class
precision_at_k: _Retrieval
precision_at_k_vec: _RetrievalVector
precision_detection: _DetectionWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
precision_vec: _ClassVector
purity: _Clustering
purity_vec: _ClusteringVector
quantile_calibration_error: _Quantile
quantile_calibration_error_vec: _QuantileVector
quantile_coverage: _QuantileTableWithConfLevel
quantile_coverage_vec: _QuantileTableWithConfLevelVector
r_precision: _RetrievalOfWholeLists
r_precision_vec: _RetrievalOfWholeListsVector
rand_index: _Clustering
rand_index_vec: _ClusteringVector
ranked_prob_score: _OrderedProb
ranked_prob_score_vec: _OrderedProbVector
rbp: _RetrievalWithP
rbp_vec: _RetrievalWithPVector
recall: _Class
recall_at_k: _Retrieval
recall_at_k_vec: _RetrievalVector
recall_detection: _DetectionWithIouThresholdWithScoreThresholdWithAreaRangeWithMaxDetectionsWithMatching
recall_vec: _ClassVector
recognition_quality: _Panoptic
reportable_rate: _Class
reportable_rate_vec: _ClassVector
rmse: _Numeric
rmse_relative: _Numeric
rmse_relative_vec: _NumericVector
rmse_vec: _NumericVector
rmsle: _Numeric
rmsle_vec: _NumericVector
rmsse: _NumericWithMWithMseTrainWithOrderBy
rmsse_vec: _NumericWithMWithMseTrainWithOrderByVector
roc_auc: _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardized
roc_auc_survival: _DynamicSurvival
roc_auc_survival_vec: _DynamicSurvivalVector
roc_auc_vec: _ProbWithBinsWithMinSpecificityWithMinSensitivityWithStandardizedVector
roc_aunp: _ProbWithBins
roc_aunp_vec: _ProbWithBinsVector
roc_aunu: _ProbWithBins
roc_aunu_vec: _ProbWithBinsVector
roc_curve: _CurveWithThresholdsWithBins
roc_curve_survival: _SurvivalCurve
roc_curve_survival_vec: _SurvivalCurveVector
roc_curve_vec: _CurveWithThresholdsWithBinsVector
roc_dist: _Class
roc_dist_vec: _ClassVector
royston_survival: _LinearPredSurvival
royston_survival_vec: _LinearPredSurvivalVector
rpd: _Numeric
rpd_vec: _NumericVector
rpiq: _Numeric
rpiq_vec: _NumericVector
rsq: _Numeric
rsq_trad: _Numeric
rsq_trad_vec: _NumericVector
rsq_vec: _NumericVector
sedi: _Class
sedi_vec: _ClassVector
segmentation_quality: _Panoptic
sens: _Class
sens_vec: _ClassVector
sensitivity: _Class
sensitivity_vec: _ClassVector
silhouette_avg: _ClusteringInternalWithDistanceWithSampleWithSeed
silhouette_avg_vec: _ClusteringInternalWithDistanceWithSampleWithSeedVector
smape: _Numeric
smape_vec: _NumericVector
spearman: _Numeric
spearman_vec: _NumericVector
spec: _Class
spec_vec: _ClassVector
specificity: _Class
specificity_vec: _ClassVector
spiegelhalter_z: _Prob
spiegelhalter_z_vec: _ProbVector
sse_between: _ClusteringInternal
sse_between_vec: _ClusteringInternalVector
sse_ratio: _ClusteringInternal
sse_ratio_vec: _ClusteringInternalVector
sse_total: _ClusteringInternal
sse_total_vec: _ClusteringInternalVector
sse_within_total: _ClusteringInternal
sse_within_total_vec: _ClusteringInternalVector
threshold_perf: _EventTableWithThresholdsWithMetrics
threshold_perf_vec: _EventTableWithThresholdsWithMetricsVector
top_k_accuracy: _ProbWithK
top_k_accuracy_vec: _ProbWithKVector
tweedie_deviance: _NumericWithPower
tweedie_deviance_vec: _NumericWithPowerVector
v_measure: _ClusteringWithBeta
v_measure_vec: _ClusteringWithBetaVector
wape: _Numeric
wape_vec: _NumericVector
weighted_interval_score: _QuantileWithQuantileEstimateNas
weighted_interval_score_vec: _QuantileWithQuantileEstimateNasVector
willmott_d: _Numeric
willmott_d_vec: _NumericVector
zero_one_loss: _Class
zero_one_loss_vec: _ClassVector

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
