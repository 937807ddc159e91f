"""Names that other packages use for what stands here under another: where they are written, the message says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidymetrics.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_HERE: dict[str, tuple[str, ...]] = {
    "accuracy": ("accuracy_score", "Accuracy"),
    'bal_accuracy(..., estimator="macro_recall")': ("balanced_accuracy_score", "balanced_accuracy"),
    "precision": ("precision_score", "Precision", "positive_predictive_value"),
    "recall": ("recall_score", "Recall", "tpr", "true_positive_rate"),
    "spec": ("specificity_score", "Specificity", "tnr", "true_negative_rate"),
    "fall_out": ("fpr", "false_positive_rate"),
    "miss_rate": ("fnr", "false_negative_rate"),
    "f_meas": ("f1", "f1_score", "F1Score", "f_score"),
    "f_meas(..., beta=...)": ("fbeta_score", "FBetaScore", "f_beta"),
    "mcc": ("matthews_corrcoef", "MatthewsCorrCoef", "matthews_corr_coef"),
    "kap": ("cohen_kappa_score", "CohenKappa", "cohen_kappa", "kappa"),
    "conf_mat": ("confusion_matrix",),
    "conf_mat(...).summary()": ("classification_report",),
    "roc_auc": ("roc_auc_score", "AUROC", "auroc", "auc", "AUC"),
    "pr_auc": ("PrecisionRecallAUC",),
    "average_precision": ("average_precision_score", "AveragePrecision"),
    "roc_curve": ("ROC", "RocCurveDisplay", "roc"),
    "pr_curve": ("precision_recall_curve", "PrecisionRecallCurve", "PrecisionRecallDisplay"),
    "mn_log_loss": ("log_loss", "LogLoss", "cross_entropy"),
    "brier_class": ("brier_score_loss", "brier_score", "BrierScore"),
    "mse": ("mean_squared_error", "MeanSquaredError"),
    "rmse": ("root_mean_squared_error",),
    "mae": ("mean_absolute_error", "MeanAbsoluteError"),
    "mape": ("mean_absolute_percentage_error", "MeanAbsolutePercentageError"),
    "smape": ("SymmetricMeanAbsolutePercentageError", "symmetric_mean_absolute_percentage_error"),
    "rsq_trad": ("r2_score", "R2Score", "r2"),
    "rsq": ("r_squared", "squared_correlation"),
    "ccc": ("ConcordanceCorrCoef", "concordance_corrcoef"),
    "gini_coef": ("gini",),
    "concordance_survival": ("concordance_index", "concordance_index_censored", "c_index"),
    "brier_survival_integrated": ("integrated_brier_score",),
    "roc_auc_survival": ("cumulative_dynamic_auc",),
    "metric_set": ("MetricCollection",),
    "sklearn_scorer": ("make_scorer", "get_scorer"),
    "autoplot(...), or matrix.plot()": ("ConfusionMatrixDisplay",),
    "class_metric": ("new_class_metric",),
    "prob_metric": ("new_prob_metric",),
    "numeric_metric": ("new_numeric_metric",),
    "metric_from_vec": ("metric_summarizer", "numeric_metric_summarizer", "class_metric_summarizer", "prob_metric_summarizer"),
    "adjusted_mutual_info": ("adjusted_mutual_info_score",),
    "adjusted_rand_index": ("adjusted_rand_score",),
    "calinski_harabasz": ("calinski_harabasz_score",),
    "likelihood_ratio_positive and tm.likelihood_ratio_negative": ("class_likelihood_ratios",),
    "completeness": ("completeness_score",),
    "threshold_perf": ("confusion_matrix_at_thresholds", "metric_at_thresholds"),
    'skill(tm.mae, baseline="median")': ("d2_absolute_error_score",),
    "skill(tm.brier_class)": ("d2_brier_score",),
    "skill(tm.mn_log_loss)": ("d2_log_loss_score",),
    'skill(tm.pinball_loss, baseline="median")': ("d2_pinball_score",),
    "skill(tm.tweedie_deviance)": ("d2_tweedie_score",),
    "davies_bouldin": ("davies_bouldin_score",),
    "dcg": ("dcg_score",),
    "explained_variance": ("explained_variance_score",),
    "fowlkes_mallows": ("fowlkes_mallows_score",),
    "get_metrics": ("get_scorer_names",),
    "metric_set(tm.homogeneity, tm.completeness, tm.v_measure)": ("homogeneity_completeness_v_measure",),
    "homogeneity": ("homogeneity_score",),
    "jaccard": ("jaccard_score", "JaccardIndex"),
    'averaged_over(tm.average_precision, "row")': ("label_ranking_average_precision_score",),
    'averaged_over(tm.roc_auc, "row"), whose value is 1 less the loss': ("label_ranking_loss",),
    "gamma_deviance": ("mean_gamma_deviance",),
    "pinball_loss": ("mean_pinball_loss", "quantile_loss", "quantile_score"),
    "poisson_deviance": ("mean_poisson_deviance",),
    "msle": ("mean_squared_log_error",),
    "tweedie_deviance": ("mean_tweedie_deviance",),
    'conf_mat(..., by="label")': ("multilabel_confusion_matrix",),
    "mutual_info": ("mutual_info_score",),
    "ndcg": ("ndcg_score",),
    "normalized_mutual_info": ("normalized_mutual_info_score",),
    "pair_confusion": ("pair_confusion_matrix",),
    "metric_set(tm.precision, tm.recall, tm.f_meas)": ("precision_recall_fscore_support",),
    "rand_index": ("rand_score",),
    "rmsle": ("root_mean_squared_log_error",),
    "silhouette": ("silhouette_samples",),
    "silhouette_avg": ("silhouette_score",),
    "top_k_accuracy": ("top_k_accuracy_score",),
    "v_measure": ("v_measure_score",),
    "det_curve": ("DetCurveDisplay",),
    "residuals_plot": ("PredictionErrorDisplay",),
    "geometric_mean": ("geometric_mean_score",),
    "spearman": ("spearmanr", "spearman_corrcoef"),
    "kendall": ("kendalltau", "kendall_rank_corrcoef"),
    "nse": ("nash_sutcliffe",),
    "mean_bias": ("bias",),
    "wape": ("nd",),
    "interval_score": ("winkler_score",),
    "interval_coverage": ("coverage",),
    "weighted_interval_score": ("mqloss",),
    "pinball_loss, and divide by a naive forecast's": ("scaled_quantile_loss",),
    "weighted_interval_score, and divide by a naive forecast's": ("scaled_mqloss",),
    "crps_quantile, and divide by the mean size of the truth": ("scaled_crps",),
    "compare(tm.mae, ratio=True)": ("rmae",),
    "calibration_curve, and of predicted quantiles tm.quantile_coverage": ("calibration",),
    "msd, times the number of rows": ("cfe",),
    "mae, times the number of rows": ("pis",),
    "mae, times the number of rows by the mean of the training data": ("spis",),
    "energy_score": ("es_ensemble",),
    "dss": ("dssuv_ensemble",),
    "ranked_prob_score": ("rps_score",),
    'log_score(..., distribution="normal")': ("logs_normal",),
    'crps(..., distribution="normal")': ("crps_normal",),
    'log_score(..., distribution="lognormal")': ("logs_lognormal",),
    'crps(..., distribution="lognormal")': ("crps_lognormal",),
    'log_score(..., distribution="student")': ("logs_t",),
    'crps(..., distribution="student")': ("crps_t",),
    'log_score(..., distribution="poisson")': ("logs_poisson",),
    'crps(..., distribution="poisson")': ("crps_poisson",),
    'log_score(..., distribution="negative_binomial")': ("logs_negbinom",),
    'crps(..., distribution="negative_binomial")': ("crps_negbinom",),
}
ELSEWHERE = {theirs: here for here, names in _HERE.items() for theirs in names}
"""The name here by that of scikit-learn, utilsforecast, scoringrules, torchmetrics, yardstick or everyday speech."""

_OWN_FUNCTION = "write it as a function of vectors, and make a metric of it by tm.metric_from_vec"
_NOT_HERE: dict[str, tuple[str, ...]] = {
    "Distances between points are no metrics of predictions; numpy and scikit-learn have them.": (
        *(
            "DistanceMetric",
            "euclidean_distances",
            "nan_euclidean_distances",
            "pairwise_distances",
            "pairwise_distances_argmin",
        ),
        *("pairwise_distances_argmin_min", "pairwise_distances_chunked", "pairwise_kernels"),
    ),
    "Metrics are called as they are; tm.sklearn_scorer makes a scorer of one.": ("check_scoring",),
    "Metrics of clusters have their names at the top, such as tm.rand_index.": ("cluster",),
    f"Biclusters have no metric here; {_OWN_FUNCTION}.": ("consensus_score",),
    'It is a place and no share; tm.averaged_over(tm.average_precision, "row") looks at the same ranks.': ("coverage_error",),
    f"The loss that is exponential on one side has no metric here; {_OWN_FUNCTION}.": ("linex",),
    "Everything is computed by numpy.": ("backends", "register_backend"),
    f"Scores of this distribution have no closed form here; draw members and use tm.crps_ensemble, or {_OWN_FUNCTION}.": (
        *(
            "crps_beta",
            "crps_binomial",
            "crps_exponential",
            "crps_exponentialM",
            "crps_2pexponential",
            "crps_gamma",
            "crps_csg0",
        ),
        *("crps_gev", "crps_gpd", "crps_gtclogistic", "crps_tlogistic", "crps_clogistic", "crps_gtcnormal", "crps_tnormal"),
        *("crps_cnormal", "crps_gtct", "crps_tt", "crps_ct", "crps_hypergeometric", "crps_laplace", "crps_logistic"),
        *("crps_loglaplace", "crps_loglogistic", "crps_mixnorm", "crps_2pnormal", "crps_uniform"),
        *(
            "logs_beta",
            "logs_binomial",
            "logs_exponential",
            "logs_exponential2",
            "logs_2pexponential",
            "logs_gamma",
            "logs_gev",
        ),
        *("logs_gpd", "logs_hypergeometric", "logs_laplace", "logs_loglaplace", "logs_logistic", "logs_loglogistic"),
        *("logs_mixnorm", "logs_2pnormal", "logs_tlogistic", "logs_tnormal", "logs_tt", "logs_uniform"),
    ),
    f"Of ensembles there are tm.crps_ensemble and tm.energy_score; for other scores of them {_OWN_FUNCTION}.": (
        *("owcrps_ensemble", "twcrps_ensemble", "vrcrps_ensemble", "logs_ensemble", "clogs_ensemble", "dssmv_ensemble"),
        *("error_spread_score", "owes_ensemble", "twes_ensemble", "vres_ensemble", "vs_ensemble", "owvs_ensemble"),
        *("twvs_ensemble", "vrvs_ensemble", "gksuv_ensemble", "twgksuv_ensemble", "owgksuv_ensemble", "vrgksuv_ensemble"),
        *("gksmv_ensemble", "twgksmv_ensemble", "owgksmv_ensemble", "vrgksmv_ensemble", "rls_score"),
    ),
}
NOT_HERE = {theirs: why for why, names in _NOT_HERE.items() for theirs in names}
"""What has no counterpart here, with what to do instead."""


def known_as(name: str, known: Iterable[str], prefix: str = "") -> str:
    """Say what a name that is not here goes by, as the end of a message."""
    if name in ELSEWHERE:
        return f" Write {prefix}{ELSEWHERE[name]}."
    if name in NOT_HERE:
        return f" {NOT_HERE[name]}"
    if name.endswith("_vec") and (here := ELSEWHERE.get(name.removesuffix("_vec"), "")).isidentifier():
        return f" Write {prefix}{here}_vec."
    return nearest(name, known)
