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
}
ELSEWHERE = {theirs: here for here, names in _HERE.items() for theirs in names}
"""The name here by that of scikit-learn, torchmetrics, yardstick or everyday speech."""


def known_as(name: str, known: Iterable[str], prefix: str = "") -> str:
    """Say what a name that is not here goes by, as the end of a message."""
    if name in ELSEWHERE:
        return f" Write {prefix}{ELSEWHERE[name]}."
    if name.endswith("_vec") and (here := ELSEWHERE.get(name.removesuffix("_vec"), "")).isidentifier():
        return f" Write {prefix}{here}_vec."
    return nearest(name, known)
