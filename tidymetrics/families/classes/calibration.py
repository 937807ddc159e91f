"""Metrics that say whether a probability means what it says."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.options import flag, number_in, one_of, share_or_none
from tidymetrics.errors import OptionError
from tidymetrics.families.classes.calibration_family import (
    CHANCE,
    bins_request,
    check_bins,
    event_metric,
    event_vector,
    read_bins,
)
from tidymetrics.statistics import EventSteps, IsotonicFit, LogitFit, ProbabilityMean
from tidymetrics.statistics.calibration_errors import expected_error, max_error
from tidymetrics.statistics.logistic import recalibrated
from tidymetrics.statistics.smooth import calibration_index, collapsed, fit_smooth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics import EventColumns
    from tidymetrics.statistics.calibration_bins import Bins
    from tidymetrics.statistics.logistic import LogisticFit
    from tidymetrics.typing import Array

_BINNED = ("binary", "top_label", "macro", "macro_weighted")
_AVERAGED = ("binary", "macro", "macro_weighted")
_SEPARATED = "the truth has one class, or the scores separate the classes: the slope has no finite value"


def _each(values: Sequence[Array]) -> Array:
    """Put the values [groups] of the events side by side: [groups, events]."""
    return np.stack(list(values), axis=1)


def _check_debias(metric: str, options: Mapping[str, Any]) -> None:
    if options["debias"] and options["norm"] != "l2":
        raise OptionError(f'{metric}(debias=): it is for norm="l2" alone; got norm={options["norm"]!r}.')


def _bins(columns: EventColumns, options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    return (bins_request(columns, options["strategy"], read_bins(options["n_bins"])),)


def _error_bins(columns: EventColumns, options: Mapping[str, Any], estimator: str) -> tuple[Any, ...]:
    _check_debias("expected_calibration_error", options)
    return _bins(columns, options, estimator)


@event_metric(
    _error_bins,
    direction="minimize",
    range=(0, 1),
    estimators=_BINNED,
    checks={
        "n_bins": check_bins,
        "strategy": one_of("uniform", "quantile"),
        "norm": one_of("l1", "l2", "max"),
        "debias": flag,
    },
    baseline=CHANCE,
)
def expected_calibration_error(
    bins: Sequence[Bins],
    *,
    n_bins: int | Sequence[float] = 10,  # the statistic's
    strategy: Literal["uniform", "quantile"] = "uniform",
    norm: Literal["l1", "l2", "max"] = "l1",
    debias: bool = False,
) -> Array:
    """Expected calibration error: how far mean probability and share of events are apart, over bins.

    It is above 0 even for a perfect model: with 200 rows and 10 bins about 0.07. Compare it with `with_baseline`, which gives
    the error that a perfect model is expected to have, and never across numbers of rows or of bins.

    ``sum(n_b |d_b|) / sum(n_b)``, with ``n_b`` the weight of a bin and ``d_b`` its share of events less its mean probability;
    for ``norm="l2"`` the root of the mean of ``d_b^2``, for "max" the largest ``|d_b|``. For several levels the probability of
    the chosen level, the largest one (the first on ties), is set against whether that level is true ("top_label"); "macro"
    averages each level against the rest.

    Parameters
    ----------
    n_bins
        The number of bins, or their edges, increasing from 0 to 1. Bins are closed above, the first also below.
    strategy
        "uniform" for bins of equal width, "quantile" for bins of equal weight, which keep ties together.
    norm
        "l1", "l2" or "max".
    debias
        For "l2": whether the part of each ``d_b^2`` that chance explains is taken off.

    References
    ----------
    Guo, C., Pleiss, G., Sun, Y., Weinberger, K. Q. (2017). On calibration of modern neural networks. 34th International
    Conference on Machine Learning, 1321-1330.
    Kumar, A., Liang, P., Ma, T. (2019). Verified uncertainty calibration. Advances in Neural Information Processing Systems 32.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, True], "p": [0.9, 0.8, 0.3, 0.3]})
    >>> round(tm.expected_calibration_error(df, "obs", "p", n_bins=2).item(0, ".estimate"), 4)
    0.525
    >>> round(tm.expected_calibration_error_vec(df["obs"], df["p"], n_bins=2, norm="max"), 4)
    0.7
    """
    if norm == "max":
        return _each([max_error(b) for b in bins])
    return _each([expected_error(b, norm, debias=debias) for b in bins])


@event_metric(
    _bins,
    direction="minimize",
    range=(0, 1),
    estimators=_BINNED,
    checks={"n_bins": check_bins, "strategy": one_of("uniform", "quantile")},
)
def max_calibration_error(
    bins: Sequence[Bins],
    *,
    n_bins: int | Sequence[float] = 10,  # the statistic's
    strategy: Literal["uniform", "quantile"] = "uniform",
) -> Array:
    """Maximum calibration error: the largest distance of mean probability and share of events in any bin.

    ``max(|d_b|)``, with ``d_b`` the share of events of a bin less its mean probability. A bin of few rows decides it, so it is
    large in small samples whatever the model.

    Parameters
    ----------
    n_bins
        The number of bins, or their edges, increasing from 0 to 1.
    strategy
        "uniform" for bins of equal width, "quantile" for bins of equal weight.

    References
    ----------
    Guo, C., Pleiss, G., Sun, Y., Weinberger, K. Q. (2017). On calibration of modern neural networks. 34th International
    Conference on Machine Learning, 1321-1330.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, True], "p": [0.9, 0.8, 0.3, 0.3]})
    >>> round(tm.max_calibration_error(df, "obs", "p", n_bins=2).item(0, ".estimate"), 4)
    0.7
    >>> round(tm.max_calibration_error_vec(df["obs"], df["p"], n_bins=[0, 0.5, 1]), 4)
    0.7
    """
    return _each([max_error(b) for b in bins])


def _smooth(columns: EventColumns, options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    how = options["smooth"]
    fit = {"isotonic": IsotonicFit(columns), "logistic": LogitFit(columns)}
    return (EventSteps(columns), *([fit[how]] if how in fit else []))


@event_metric(
    _smooth,
    direction="minimize",
    range=(0, 1),
    estimators=_AVERAGED,
    checks={"smooth": one_of("lowess", "isotonic", "logistic"), "span": number_in(0, 1), "quantile": share_or_none},
    undefined='smooth="logistic" finds no curve',
)
def integrated_calibration_index(
    steps: Sequence[Any],
    fits: Sequence[Any] | None = None,
    *,
    smooth: Literal["lowess", "isotonic", "logistic"] = "lowess",
    span: float = 2 / 3,
    quantile: float | None = None,
) -> Array:
    """Integrated calibration index: the mean distance of probabilities to a smooth curve of what happens.

    ``sum(w |p - s(p)|) / sum(w)``, with s the curve of the truth over the probability. It needs no bins. Like the expected
    calibration error it is above 0 for a perfect model.

    Parameters
    ----------
    smooth
        The curve: "lowess" (local lines with tricube weights), "isotonic" (steps that never fall), or "logistic" (a line in
        the log odds).
    span
        For "lowess": the share of the rows that each local line looks at.
    quantile
        A quantile of the distances in place of their mean: 0.5, 0.9 and 1 give E50, E90 and Emax.

    References
    ----------
    Austin, P. C., Steyerberg, E. W. (2019). The integrated calibration index (ICI) and related metrics for quantifying the
    calibration of logistic regression models. Statistics in Medicine 38(21), 4051-4065.
    Cleveland, W. S. (1979). Robust locally weighted regression and smoothing scatterplots. Journal of the American Statistical
    Association 74(368), 829-836.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> round(tm.integrated_calibration_index(df, "obs", "p", smooth="isotonic").item(0, ".estimate"), 4)
    0.1
    >>> round(tm.integrated_calibration_index_vec(df["obs"], df["p"], smooth="isotonic", quantile=1), 4)
    0.1
    """
    values = []
    for at, own in enumerate(steps):
        if smooth == "lowess":
            few = collapsed(own)
            values.append(calibration_index(few, fit_smooth(few, span).at(few.group, few.score), quantile))
        elif smooth == "isotonic":
            values.append(calibration_index(own, fits[at][1].fitted, quantile))  # type: ignore[index]
        else:
            values.append(calibration_index(own, recalibrated(fits[at], own.group, own.score), quantile))  # type: ignore[index]
    return _each(values)


def _slope(columns: EventColumns, _options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    return (LogitFit(columns),)


@event_metric(_slope, direction="target", target=1.0, range=(-inf, inf), estimators=_AVERAGED, undefined=_SEPARATED)
def calibration_slope(fits: Sequence[LogisticFit]) -> Array:
    """Calibration slope: how the log odds of the truth grow with those of the probability.

    The b of ``logit E[y] = a + b logit(p)``, fitted by maximum likelihood. 1 is best. Below 1 the probabilities are too
    extreme, as those of an overfitted model; above 1 they are too timid.

    References
    ----------
    Van Calster, B., McLernon, D. J., van Smeden, M., Wynants, L., Steyerberg, E. W. (2019). Calibration: the Achilles heel of
    predictive analytics. BMC Medicine 17, 230.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, True, False], "p": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.calibration_slope(df, "obs", "p").item(0, ".estimate"), 4)
    0.7066
    >>> round(tm.calibration_slope_vec(df["obs"], df["p"]), 4)
    0.7066
    """
    return _each([fit.slope for fit in fits])


def _intercept(columns: EventColumns, options: Mapping[str, Any], _estimator: str) -> tuple[Any, ...]:
    return (LogitFit(columns, fixed_slope=not options["joint"]),)


@event_metric(
    _intercept,
    direction="zero",
    range=(-inf, inf),
    estimators=_AVERAGED,
    undefined="the truth has one class, or (with joint=True) the scores separate the classes",
    checks={"joint": flag},
)
def calibration_intercept(fits: Sequence[LogisticFit], *, joint: bool = False) -> Array:  # the statistic's
    """Calibration intercept: whether probabilities are too low or too high on the whole.

    ``logit(E[y]) = a + logit(p)``: the a, calibration in the large. Above 0 more happens than the probabilities say.

    Parameters
    ----------
    joint
        Whether the slope is fitted as well, in place of being 1.

    References
    ----------
    Van Calster, B., McLernon, D. J., van Smeden, M., Wynants, L., Steyerberg, E. W. (2019). Calibration: the Achilles heel of
    predictive analytics. BMC Medicine 17, 230.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False, True, False], "p": [0.9, 0.8, 0.7, 0.3, 0.2]})
    >>> round(tm.calibration_intercept(df, "obs", "p").item(0, ".estimate"), 4)
    0.1211
    >>> round(tm.calibration_intercept_vec(df["obs"], df["p"], joint=True), 4)
    0.1766
    """
    return _each([fit.intercept for fit in fits])


def _surprise(truth: Sequence[Any], probabilities: Sequence[Any], *, level: int | None) -> Any:
    """Give a row's terms of the numerator: of one level, or of all."""
    pairs = list(zip(truth, probabilities, strict=True))
    return _added([(y - p) * (p * -2.0 + 1.0) for y, p in (pairs if level is None else pairs[level : level + 1])])


def _variance(truth: Sequence[Any], probabilities: Sequence[Any], *, level: int | None) -> Any:
    """Give the variance of a row's terms, if its probabilities hold."""
    if level is not None:
        p = probabilities[level]
        tilt = p * -2.0 + 1.0
        return tilt * tilt * p * (p * -1.0 + 1.0)
    tilts = [p * -2.0 + 1.0 for p in probabilities]
    mean = _added([p * tilt for p, tilt in zip(probabilities, tilts, strict=True)])
    return _added([p * (tilt - mean) * (tilt - mean) for p, tilt in zip(probabilities, tilts, strict=True)])


def _added(parts: Sequence[Any]) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _z_sums(columns: EventColumns, _options: Mapping[str, Any], estimator: str) -> tuple[Any, ...]:
    alone = columns.events[0] if len(columns.reads) == 1 else None
    n_levels = 2 if alone is not None else len(columns.reads)
    levels = (None,) if estimator == "multiclass" else columns.events
    return tuple(
        ProbabilityMean(loss, (("level", level),), columns.reads, n_levels, alone)
        for level in levels
        for loss in (_surprise, _variance)
    )


@event_metric(
    _z_sums,
    direction="zero",
    range=(-inf, inf),
    estimators=("binary", "multiclass"),
    per_class=True,
    undefined="all probabilities are 0, 0.5 or 1",
    with_weight=True,
)
def spiegelhalter_z(weight: Array, *means: Array) -> Array:
    """Spiegelhalter's z: whether the Brier score is what the probabilities themselves imply.

    ``sum((y - p)(1 - 2p)) / sqrt(sum((1 - 2p)^2 p (1 - p)))``. For calibrated probabilities it is a standard normal number;
    beyond 2 on either side they are not. Positive values mean that the score is worse than expected. For several levels
    numerator and variance are those of the sum over the levels of a row. With case weights ``w`` the terms are ``w`` times as
    large, and so is the variance.

    References
    ----------
    Spiegelhalter, D. J. (1986). Probabilistic prediction in patient management and clinical trials. Statistics in Medicine
    5(5), 421-433.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> round(tm.spiegelhalter_z(df, "obs", "p").item(0, ".estimate"), 4)
    0.2182
    >>> round(tm.spiegelhalter_z_vec(df["obs"], df["p"]), 4)
    0.2182
    """
    return _each(
        [
            np.where(variance > 0, surprise * np.sqrt(weight) / np.sqrt(np.where(variance > 0, variance, 1.0)), np.nan)
            for surprise, variance in zip(means[::2], means[1::2], strict=True)
        ]
    )


calibration_intercept_vec = event_vector(calibration_intercept)
calibration_slope_vec = event_vector(calibration_slope)
expected_calibration_error_vec = event_vector(expected_calibration_error)
integrated_calibration_index_vec = event_vector(integrated_calibration_index)
max_calibration_error_vec = event_vector(max_calibration_error)
spiegelhalter_z_vec = event_vector(spiegelhalter_z)
