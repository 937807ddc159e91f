"""Tidy metrics of predictions, for any dataframe, per group.

Each metric takes a frame and column names, respects groups, and returns one row per group with the columns `.metric`,
`.estimator` and `.estimate`::

    import tidymetrics as tm

    tm.bal_accuracy(df, "obs", "pred", by="Resample")
    tm.metric_set(tm.accuracy, tm.bal_accuracy)(df, "obs", "pred", by="Resample")

`tm.bal_accuracy_vec(truth, estimate)` takes plain vectors and returns a number; every metric has such a form, apart
from those of fairness, of detected objects and of segments.
"""

from importlib import import_module
from typing import Any

from tidymetrics.core.elsewhere import known_as as _known_as
from tidymetrics.core.family import KINDS
from tidymetrics.core.function import metric_tweak
from tidymetrics.core.metric import METRICS, Metric
from tidymetrics.errors import (
    BoxError,
    CensoringWeightsWarning,
    ClassesAsNumbersWarning,
    CoarseTimeWarning,
    ColumnNotFoundError,
    CrossingQuantilesWarning,
    EngineError,
    EstimatorError,
    LevelError,
    MetricSetError,
    OptionError,
    ProbabilityError,
    QueriesDroppedWarning,
    RankingError,
    StateError,
    TidymetricsError,
    UndefinedIntervalWarning,
    UndefinedMetricWarning,
    WeightError,
)
from tidymetrics.families.classes.events import (
    detection_prevalence,
    detection_prevalence_vec,
    dice,
    dice_vec,
    fall_out,
    fall_out_vec,
    jaccard,
    jaccard_vec,
    miss_rate,
    miss_rate_vec,
    npv,
    npv_vec,
    ppv,
    ppv_vec,
    precision,
    precision_vec,
    recall,
    recall_vec,
    sens,
    sens_vec,
    sensitivity,
    sensitivity_vec,
    spec,
    spec_vec,
    specificity,
    specificity_vec,
)
from tidymetrics.families.classes.overall import accuracy, accuracy_vec, kap, kap_vec, mcc, mcc_vec
from tidymetrics.families.classes.scores_of_events import (
    bal_accuracy,
    bal_accuracy_vec,
    f_meas,
    f_meas_vec,
    j_index,
    j_index_vec,
    markedness,
    markedness_vec,
    roc_dist,
    roc_dist_vec,
    sedi,
    sedi_vec,
)

_LAZY = {
    "core.described": "describe_state",
    "core.states": "merge_states",
    "integrations.batches": "read_states write_state",
    "integrations.report": "write_report",
    "integrations.trackers": "as_dict provenance",
    "monitoring.monitor": "monitor",
    "monitoring.windows": "windows",
    "families.classes.calibration": (
        "calibration_intercept calibration_intercept_vec calibration_slope calibration_slope_vec "
        "expected_calibration_error expected_calibration_error_vec integrated_calibration_index "
        "integrated_calibration_index_vec max_calibration_error max_calibration_error_vec spiegelhalter_z "
        "spiegelhalter_z_vec"
    ),
    "families.classes.calibration_curves": "calibration_curve calibration_curve_vec",
    "families.classes.calibration_parts": (
        "corp_discrimination corp_discrimination_vec corp_miscalibration corp_miscalibration_vec corp_uncertainty "
        "corp_uncertainty_vec"
    ),
    "families.classes.conf_mat": "conf_mat",
    "families.classes.curves": (
        "gain_curve gain_curve_vec lift_curve lift_curve_vec pr_curve pr_curve_vec roc_curve roc_curve_vec"
    ),
    "families.classes.decided": "decision_cost decision_cost_vec reportable_rate reportable_rate_vec",
    "families.classes.decision": "decision_curve decision_curve_vec",
    "families.classes.declare": "class_metric class_vector prob_metric prob_vector",
    "families.classes.losses": (
        "brier_class brier_class_vec classification_cost classification_cost_vec mn_log_loss mn_log_loss_vec "
        "ranked_prob_score ranked_prob_score_vec"
    ),
    "families.classes.matrix": "ConfusionMatrix",
    "families.classes.ranking": (
        "average_precision average_precision_vec gain_capture gain_capture_vec pr_auc pr_auc_vec roc_auc roc_auc_vec "
        "roc_aunp roc_aunp_vec roc_aunu roc_aunu_vec"
    ),
    "families.clusters.internal": (
        "calinski_harabasz calinski_harabasz_vec davies_bouldin davies_bouldin_vec dunn dunn_vec silhouette_avg "
        "silhouette_avg_vec sse_between sse_between_vec sse_ratio sse_ratio_vec sse_total sse_total_vec sse_within_total "
        "sse_within_total_vec"
    ),
    "families.clusters.partitions": (
        "adjusted_mutual_info adjusted_mutual_info_vec adjusted_rand_index adjusted_rand_index_vec cluster_accuracy "
        "cluster_accuracy_vec completeness completeness_vec fowlkes_mallows fowlkes_mallows_vec homogeneity "
        "homogeneity_vec mutual_info mutual_info_vec noise_rate noise_rate_vec normalized_mutual_info "
        "normalized_mutual_info_vec purity purity_vec rand_index rand_index_vec v_measure v_measure_vec"
    ),
    "families.clusters.tables": "contingency pair_confusion silhouette sse_within",
    "families.custom": "from_sklearn metric_from_vec",
    "families.detection.coco": "read_coco",
    "families.detection.masks": "conf_mat_masks",
    "families.detection.metrics": (
        "average_precision_detection average_recall_detection f_meas_detection precision_detection recall_detection"
    ),
    "families.detection.paired_family": "diou diou_vec giou giou_vec iou iou_vec",
    "families.detection.panoptic_family": "panoptic_quality recognition_quality segmentation_quality",
    "families.detection.tables": "conf_mat_detection match_boxes pr_curve_detection",
    "families.numbers.association": (
        "ccc ccc_vec gini_coef gini_coef_vec iic iic_vec rmse_relative rmse_relative_vec rpd rpd_vec rpiq rpiq_vec rsq "
        "rsq_trad rsq_trad_vec rsq_vec"
    ),
    "families.numbers.calibration": (
        "calibration_curve_numeric calibration_curve_numeric_vec calibration_intercept_numeric "
        "calibration_intercept_numeric_vec calibration_slope_numeric calibration_slope_numeric_vec "
        "corp_discrimination_numeric corp_discrimination_numeric_vec corp_miscalibration_numeric "
        "corp_miscalibration_numeric_vec corp_uncertainty_numeric corp_uncertainty_numeric_vec"
    ),
    "families.numbers.deviances": (
        "gamma_deviance gamma_deviance_vec log_cosh_loss log_cosh_loss_vec mean_bias mean_bias_vec msle msle_vec "
        "pinball_loss pinball_loss_vec poisson_deviance poisson_deviance_vec rmsle rmsle_vec tweedie_deviance "
        "tweedie_deviance_vec"
    ),
    "families.numbers.efficiency": (
        "explained_variance explained_variance_vec kge kge_vec nrmse nrmse_vec nse nse_vec wape wape_vec willmott_d "
        "willmott_d_vec"
    ),
    "families.numbers.family": "numeric_metric numeric_vector",
    "families.numbers.losses": (
        "huber_loss huber_loss_pseudo huber_loss_pseudo_vec huber_loss_vec mae mae_vec mape mape_vec mase mase_vec mpe "
        "mpe_vec msd msd_vec mse mse_vec poisson_log_loss poisson_log_loss_vec rmse rmse_vec smape smape_vec"
    ),
    "families.numbers.orders": (
        "kendall kendall_vec max_error max_error_vec medape medape_vec median_absolute_error median_absolute_error_vec "
        "spearman spearman_vec"
    ),
    "families.quantiles.calibration": (
        "interval_coverage interval_coverage_vec interval_width interval_width_vec pit_histogram pit_histogram_vec "
        "quantile_calibration_error quantile_calibration_error_vec quantile_coverage quantile_coverage_vec"
    ),
    "families.quantiles.family": "quantile_metric quantile_vector",
    "families.quantiles.metrics": "weighted_interval_score weighted_interval_score_vec",
    "families.retrieval.family": "retrieval_metric retrieval_vector",
    "families.retrieval.metrics": (
        "bpref bpref_vec dcg dcg_vec expected_reciprocal_rank expected_reciprocal_rank_vec f_meas_at_k f_meas_at_k_vec "
        "hit_rate hit_rate_vec map_at_k map_at_k_vec mrr mrr_vec ndcg ndcg_vec precision_at_k precision_at_k_vec "
        "r_precision r_precision_vec rbp rbp_vec recall_at_k recall_at_k_vec"
    ),
    "families.retrieval.shown": "catalog_coverage novelty",
    "families.survival.censoring": "censoring_weights survival_long",
    "families.survival.family": "survival_metric survival_vector",
    "families.survival.metrics": (
        "brier_survival brier_survival_integrated brier_survival_integrated_vec brier_survival_vec concordance_survival "
        "concordance_survival_vec roc_auc_survival roc_auc_survival_vec roc_curve_survival roc_curve_survival_vec "
        "royston_survival royston_survival_vec"
    ),
    "integrations.scikit_learn": "sklearn_scorer",
    "plots": "autoplot residuals_plot",
    "statistics": (
        "ConfusionCounts EventCounts IntervalScores Moments OrderedPairs QuantileLosses RankedRelevance RankedScores "
        "RankedSurvival SurvivalLosses TruthSpread ratio read_trec write_trec"
    ),
    "tables.report": "report",
    "tables.show": "as_table",
    "tables.wide": "wide",
    "wrappers.averages": "averaged_over",
    "wrappers.coco": "coco_metrics",
    "wrappers.compare": "compare",
    "wrappers.decide": "class_from_prob",
    "wrappers.fairness": (
        "demographic_parity equal_opportunity equalized_odds groupwise_difference groupwise_ratio new_groupwise_metric"
    ),
    "wrappers.folds": "across_folds",
    "wrappers.intervals": "with_intervals",
    "wrappers.models": "each_model",
    "wrappers.sets": "MetricSet get_metrics metric_set metrics",
    "wrappers.skill": "skill with_baseline",
    "wrappers.thresholds": "best_threshold best_threshold_vec threshold_perf threshold_perf_vec",
}
"""Modules that a first `tm.accuracy` does not need, with the names that each has; families in the order of their listing."""

__version__ = "0.1.0"

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
    "detection_prevalence",
    "detection_prevalence_vec",
    "dice",
    "dice_vec",
    "diou",
    "diou_vec",
    "dunn",
    "dunn_vec",
    "each_model",
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
    "fowlkes_mallows",
    "fowlkes_mallows_vec",
    "from_sklearn",
    "gain_capture",
    "gain_capture_vec",
    "gain_curve",
    "gain_curve_vec",
    "gamma_deviance",
    "gamma_deviance_vec",
    "get_metrics",
    "gini_coef",
    "gini_coef_vec",
    "giou",
    "giou_vec",
    "groupwise_difference",
    "groupwise_ratio",
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
    "lift_curve",
    "lift_curve_vec",
    "log_cosh_loss",
    "log_cosh_loss_vec",
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
]


def _load_families() -> None:
    """Import all declarations."""
    for module in _LAZY:
        if module.startswith("families."):
            import_module(f"tidymetrics.{module}")


METRICS.found_by(_load_families)
KINDS.found_by(_load_families)
_HOME = {name: f"tidymetrics.{module}" for module, names in _LAZY.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what has not been needed yet, or say what a name of another package goes by here."""
    if name == "datasets":
        return import_module("tidymetrics.datasets")
    if name not in _HOME:
        if name.startswith("__"):
            raise AttributeError(f"module 'tidymetrics' has no attribute {name!r}")
        raise AttributeError(f"tidymetrics has no {name!r}.{_known_as(name, __all__, 'tm.')}")
    if _HOME[name].startswith("tidymetrics.families."):
        METRICS.complete()
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
