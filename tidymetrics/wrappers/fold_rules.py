"""The mean over folds, whose training rows overlap: Nadeau and Bengio's correction, and Corani and Benavoli's posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.special import t_cdf, t_quantile, t_two_sided

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes


def mean_of_folds(
    values: Array, key: Codes, n_keys: int, test_share: float, conf_level: float = 0.95, rope: float | None = None
) -> dict[str, Array]:
    """Average the values of folds.

    Parameters
    ----------
    values, key
        [rows] a value for each fold, and which mean it belongs to.
    n_keys
        The number of means.
    test_share
        The share of rows in a test fold.
    conf_level
        As in `with_intervals`.
    rope
        Half the width of the region of practical equivalence; None for no shares of evidence.

    Returns
    -------
    Columns [keys] of the result: `.n`, `.estimate`, `.std_error`, `.lower`, `.upper`, `.p_value`, and with `rope` also
    `.p_first`, `.p_rope`, `.p_second`. A fold without a value makes its mean NaN, and so does a single fold its interval.
    """
    n = np.bincount(key, minlength=n_keys).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(key, values, minlength=n_keys) / n
        square = np.bincount(key, (values - mean[key]) ** 2, minlength=n_keys) / (n - 1)
        error = np.sqrt((1 / n + test_share / (1 - test_share)) * square)
        # folds that are all alike, but for rounding, say nothing of what others would be; no difference at all is none
        dust = error <= 1e-12 * np.abs(mean)
        error = np.where((n < 2) | (dust & (mean != 0)), np.nan, np.where(dust, 0.0, error))
        q = t_quantile((1 + conf_level) / 2, np.maximum(n - 1, 1))
        p = np.where(error == 0, 1.0, t_two_sided(mean / error, np.maximum(n - 1, 1)))
    made = {
        ".n": n,
        ".estimate": mean,
        ".std_error": error,
        ".lower": mean - q * error,
        ".upper": mean + q * error,
        ".p_value": p,
    }
    return made if rope is None else made | equivalence(mean, error, np.maximum(n - 1, 1), rope)


def equivalence(difference: Array, error: Array, degrees: Array, rope: float) -> dict[str, Array]:
    """Give the shares of evidence that the first exceeds the second by more than `rope`, that neither does, or the second."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = t_cdf((difference - rope) / error, degrees)
        second = t_cdf((-rope - difference) / error, degrees)
    still = error == 0
    first = np.where(still, (difference > rope).astype(np.float64), first)
    second = np.where(still, (difference < -rope).astype(np.float64), second)
    return {".p_first": first, ".p_rope": np.maximum(1 - first - second, 0.0), ".p_second": second}


def holm(p: Array) -> Array:
    """Adjust p-values [pairs, ...] along the first axis; NaN takes no part."""
    order = np.argsort(p, axis=0, kind="stable")  # NaN last
    ranked = np.take_along_axis(p, order, axis=0)
    tests = np.sum(~np.isnan(p), axis=0, keepdims=True)
    place = np.arange(len(p)).reshape(-1, *[1] * (p.ndim - 1))
    raised = np.minimum(1.0, np.maximum.accumulate(ranked * np.maximum(tests - place, 1), axis=0))
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, raised, axis=0)
    return adjusted
