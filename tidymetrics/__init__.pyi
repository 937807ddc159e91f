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
from tidymetrics.typing import By, Direction, Estimator, EventLevel, Level, Probabilities, Vector, Weighting
from tidymetrics.wrappers.sets import MetricSet as _MetricSet

_P = ParamSpec("_P")
_S = TypeVar("_S")
_Checks = Mapping[str, Callable[[str, str, Any], None]] | None

__version__: str

from tidymetrics.errors import CensoringWeightsWarning as CensoringWeightsWarning
from tidymetrics.errors import ColumnNotFoundError as ColumnNotFoundError
from tidymetrics.statistics.confusion import ConfusionCounts as ConfusionCounts
from tidymetrics.families.classes.matrix import ConfusionMatrix as ConfusionMatrix
from tidymetrics.errors import CrossingQuantilesWarning as CrossingQuantilesWarning
from tidymetrics.errors import EngineError as EngineError
from tidymetrics.errors import EstimatorError as EstimatorError
from tidymetrics.statistics.confusion import EventCounts as EventCounts
from tidymetrics.statistics.quantiles import IntervalScores as IntervalScores
from tidymetrics.errors import LevelError as LevelError
from tidymetrics.errors import MetricSetError as MetricSetError
from tidymetrics.statistics.moments import Moments as Moments
from tidymetrics.errors import OptionError as OptionError
from tidymetrics.statistics.concordance import OrderedPairs as OrderedPairs
from tidymetrics.errors import ProbabilityError as ProbabilityError
from tidymetrics.statistics.quantiles import QuantileLosses as QuantileLosses
from tidymetrics.statistics.ranked import RankedScores as RankedScores
from tidymetrics.statistics.ranked_survival import RankedSurvival as RankedSurvival
from tidymetrics.statistics.survival import SurvivalLosses as SurvivalLosses
from tidymetrics.errors import TidymetricsError as TidymetricsError
from tidymetrics.statistics.moments import TruthSpread as TruthSpread
from tidymetrics.errors import UndefinedIntervalWarning as UndefinedIntervalWarning
from tidymetrics.errors import UndefinedMetricWarning as UndefinedMetricWarning
from tidymetrics.errors import WeightError as WeightError
from tidymetrics.wrappers.folds import across_folds as across_folds
from tidymetrics.plots import autoplot as autoplot
from tidymetrics.families.survival.censoring import censoring_weights as censoring_weights
from tidymetrics.wrappers.compare import compare as compare
from tidymetrics.families.classes.conf_mat import conf_mat as conf_mat
from tidymetrics import datasets as datasets
from tidymetrics.wrappers.fairness import demographic_parity as demographic_parity
from tidymetrics.wrappers.models import each_model as each_model
from tidymetrics.wrappers.fairness import equal_opportunity as equal_opportunity
from tidymetrics.wrappers.fairness import equalized_odds as equalized_odds
from tidymetrics.families.custom import from_sklearn as from_sklearn
from tidymetrics.wrappers.fairness import groupwise_difference as groupwise_difference
from tidymetrics.wrappers.fairness import groupwise_ratio as groupwise_ratio
from tidymetrics.families.custom import metric_from_vec as metric_from_vec
from tidymetrics.core.function import metric_tweak as metric_tweak
from tidymetrics.wrappers.sets import metrics as metrics
from tidymetrics.wrappers.fairness import new_groupwise_metric as new_groupwise_metric
from tidymetrics.statistics.arithmetic import ratio as ratio
from tidymetrics.plots.residuals import residuals_plot as residuals_plot
from tidymetrics.integrations.scikit_learn import sklearn_scorer as sklearn_scorer
from tidymetrics.families.survival.censoring import survival_long as survival_long
from tidymetrics.wrappers.intervals import with_intervals as with_intervals

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
average_precision: _ProbWithBins
average_precision_vec: _ProbWithBinsVector
bal_accuracy: _Class
bal_accuracy_vec: _ClassVector
brier_class: _Prob
brier_class_vec: _ProbVector
brier_survival: _DynamicSurvival
brier_survival_integrated: _IntegratedSurvival
brier_survival_integrated_vec: _IntegratedSurvivalVector
brier_survival_vec: _DynamicSurvivalVector
ccc: _NumericWithBias
ccc_vec: _NumericWithBiasVector
classification_cost: _ProbWithCosts
classification_cost_vec: _ProbWithCostsVector
concordance_survival: _StaticSurvival
concordance_survival_vec: _StaticSurvivalVector
detection_prevalence: _Class
detection_prevalence_vec: _ClassVector
f_meas: _ClassWithBeta
f_meas_vec: _ClassWithBetaVector
fall_out: _Class
fall_out_vec: _ClassVector
gain_capture: _ProbWithBins
gain_capture_vec: _ProbWithBinsVector
gain_curve: _CurveWithBins
gain_curve_vec: _CurveWithBinsVector
gini_coef: _Numeric
gini_coef_vec: _NumericVector
huber_loss: _NumericWithDelta
huber_loss_pseudo: _NumericWithDelta
huber_loss_pseudo_vec: _NumericWithDeltaVector
huber_loss_vec: _NumericWithDeltaVector
iic: _Numeric
iic_vec: _NumericVector
j_index: _Class
j_index_vec: _ClassVector
kap: _ClassWithWeighting
kap_vec: _ClassWithWeightingVector
lift_curve: _CurveWithBins
lift_curve_vec: _CurveWithBinsVector
mae: _Numeric
mae_vec: _NumericVector
mape: _Numeric
mape_vec: _NumericVector
markedness: _Class
markedness_vec: _ClassVector
mase: _NumericWithMWithMaeTrainWithOrderBy
mase_vec: _NumericWithMWithMaeTrainWithOrderByVector
mcc: _Class
mcc_vec: _ClassVector
miss_rate: _Class
miss_rate_vec: _ClassVector
mn_log_loss: _ProbWithSum
mn_log_loss_vec: _ProbWithSumVector
mpe: _Numeric
mpe_vec: _NumericVector
msd: _Numeric
msd_vec: _NumericVector
mse: _Numeric
mse_vec: _NumericVector
npv: _ClassWithPrevalence
npv_vec: _ClassWithPrevalenceVector
poisson_log_loss: _Numeric
poisson_log_loss_vec: _NumericVector
ppv: _ClassWithPrevalence
ppv_vec: _ClassWithPrevalenceVector
pr_auc: _ProbWithBins
pr_auc_vec: _ProbWithBinsVector
pr_curve: _CurveWithBins
pr_curve_vec: _CurveWithBinsVector
precision: _Class
precision_vec: _ClassVector
ranked_prob_score: _OrderedProb
ranked_prob_score_vec: _OrderedProbVector
recall: _Class
recall_vec: _ClassVector
rmse: _Numeric
rmse_relative: _Numeric
rmse_relative_vec: _NumericVector
rmse_vec: _NumericVector
roc_auc: _ProbWithBins
roc_auc_survival: _DynamicSurvival
roc_auc_survival_vec: _DynamicSurvivalVector
roc_auc_vec: _ProbWithBinsVector
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
sens: _Class
sens_vec: _ClassVector
sensitivity: _Class
sensitivity_vec: _ClassVector
smape: _Numeric
smape_vec: _NumericVector
spec: _Class
spec_vec: _ClassVector
specificity: _Class
specificity_vec: _ClassVector
weighted_interval_score: _QuantileWithQuantileEstimateNas
weighted_interval_score_vec: _QuantileWithQuantileEstimateNasVector

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
def survival_metric(
    statistic: Any, kind: str, *, direction: Direction, range: tuple[float, float], undefined: str = ..., checks: _Checks = ...
) -> Callable[[Callable[Concatenate[Any, _P], Any]], _OwnSurvivalMetric[_P]]: ...
def class_vector(function: _OwnClassMetric[_P]) -> _OwnClassMetricVector[_P]: ...
def prob_vector(function: _OwnProbMetric[_P]) -> _OwnProbMetricVector[_P]: ...
def numeric_vector(function: _OwnNumericMetric[_P]) -> _OwnNumericMetricVector[_P]: ...
def quantile_vector(function: _OwnQuantileMetric[_P]) -> _OwnQuantileMetricVector[_P]: ...
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
        truth: str | Sequence[str],
        estimate: str | Sequence[str] | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str | Sequence[str],
        estimate: str | Sequence[str] | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str | Sequence[str],
        estimate: str | Sequence[str] | None = ...,
        *,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        probs: Probabilities | str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        linear_pred: str | None = ...,
        **options: Any,
    ) -> Any: ...

def metric_set(*metrics: Any, **named: Any) -> MetricSet: ...
def get_metrics(*kinds: str) -> MetricSet: ...

__all__ = [
    "CensoringWeightsWarning",
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
    "RankedScores",
    "RankedSurvival",
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
    "autoplot",
    "average_precision",
    "average_precision_vec",
    "bal_accuracy",
    "bal_accuracy_vec",
    "brier_class",
    "brier_class_vec",
    "brier_survival",
    "brier_survival_integrated",
    "brier_survival_integrated_vec",
    "brier_survival_vec",
    "ccc",
    "ccc_vec",
    "censoring_weights",
    "class_metric",
    "class_vector",
    "classification_cost",
    "classification_cost_vec",
    "compare",
    "concordance_survival",
    "concordance_survival_vec",
    "conf_mat",
    "datasets",
    "demographic_parity",
    "detection_prevalence",
    "detection_prevalence_vec",
    "each_model",
    "equal_opportunity",
    "equalized_odds",
    "f_meas",
    "f_meas_vec",
    "fall_out",
    "fall_out_vec",
    "from_sklearn",
    "gain_capture",
    "gain_capture_vec",
    "gain_curve",
    "gain_curve_vec",
    "get_metrics",
    "gini_coef",
    "gini_coef_vec",
    "groupwise_difference",
    "groupwise_ratio",
    "huber_loss",
    "huber_loss_pseudo",
    "huber_loss_pseudo_vec",
    "huber_loss_vec",
    "iic",
    "iic_vec",
    "j_index",
    "j_index_vec",
    "kap",
    "kap_vec",
    "lift_curve",
    "lift_curve_vec",
    "mae",
    "mae_vec",
    "mape",
    "mape_vec",
    "markedness",
    "markedness_vec",
    "mase",
    "mase_vec",
    "mcc",
    "mcc_vec",
    "metric_from_vec",
    "metric_set",
    "metric_tweak",
    "metrics",
    "miss_rate",
    "miss_rate_vec",
    "mn_log_loss",
    "mn_log_loss_vec",
    "mpe",
    "mpe_vec",
    "msd",
    "msd_vec",
    "mse",
    "mse_vec",
    "new_groupwise_metric",
    "npv",
    "npv_vec",
    "numeric_metric",
    "numeric_vector",
    "poisson_log_loss",
    "poisson_log_loss_vec",
    "ppv",
    "ppv_vec",
    "pr_auc",
    "pr_auc_vec",
    "pr_curve",
    "pr_curve_vec",
    "precision",
    "precision_vec",
    "prob_metric",
    "prob_vector",
    "quantile_metric",
    "quantile_vector",
    "ranked_prob_score",
    "ranked_prob_score_vec",
    "ratio",
    "recall",
    "recall_vec",
    "residuals_plot",
    "rmse",
    "rmse_relative",
    "rmse_relative_vec",
    "rmse_vec",
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
    "sens",
    "sens_vec",
    "sensitivity",
    "sensitivity_vec",
    "sklearn_scorer",
    "smape",
    "smape_vec",
    "spec",
    "spec_vec",
    "specificity",
    "specificity_vec",
    "survival_long",
    "survival_metric",
    "survival_vector",
    "weighted_interval_score",
    "weighted_interval_score_vec",
    "with_intervals",
]
