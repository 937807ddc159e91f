"""Scores of distributions that are given by their parameters."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from tidymetrics.core.options import one_of
from tidymetrics.families.forecasts.family import DISTRIBUTION, PARAMETERS, forecast_metric, forecast_vector
from tidymetrics.statistics import score_rules

if TYPE_CHECKING:
    from tidymetrics.typing import Array

_CHECKS = {"distribution": one_of(*PARAMETERS)}
_PARAMETER = "a parameter is none of the distribution's"


@forecast_metric(DISTRIBUTION, direction="minimize", range=(0, inf), undefined=_PARAMETER, checks=_CHECKS)
def crps(truth: Array, parameters: Array, *, distribution: str = "normal") -> Array:
    """Continuous ranked probability score of a distribution: how far it is from the truth, in its unit.

    The mean over rows of ``integral (F(x) - [y <= x])^2 dx``, with F the predicted distribution function and y the truth; in
    closed form for continuous distributions. Of a point it would be the absolute error.

    Parameters
    ----------
    distribution
        "normal" (parameters mean, sd), "lognormal" (meanlog, sdlog: of the logarithm), "student" (df, location, scale),
        "poisson" (mean) or "negative_binomial" (size, prob: failures before `size` successes). The mean of a Student
        distribution must exist: df above 1.

    References
    ----------
    Gneiting, T., Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
    Statistical Association 102(477), 359-378.
    Jordan, A., Krueger, F., Lerch, S. (2019). Evaluating probabilistic forecasts with scoringRules. Journal of Statistical
    Software 90(12).

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "mu": [1.0, 3.0], "sigma": [1.0, 2.0]})
    >>> round(tm.crps(df, "y", ["mu", "sigma"])[".estimate"].item(), 4)
    0.4483
    >>> round(tm.crps_vec([1, 4], {"mean": [1.0, 3.0]}, distribution="poisson"), 4)
    0.4473
    """
    score: Array = getattr(score_rules, f"{distribution}_crps")(truth[:, 0], *parameters.T)
    return score


@forecast_metric(DISTRIBUTION, direction="minimize", range=(-inf, inf), undefined=_PARAMETER, checks=_CHECKS)
def log_score(truth: Array, parameters: Array, *, distribution: str = "normal") -> Array:
    """Logarithmic score of a distribution: how unlikely the truth is under it.

    ``mean(-ln f(y))``, with f the predicted density (or probability, of counts) and y the truth. Inf where the
    truth cannot be.

    Parameters
    ----------
    distribution
        "normal" (parameters mean, sd), "lognormal" (meanlog, sdlog: of the logarithm), "student" (df, location, scale),
        "poisson" (mean) or "negative_binomial" (size, prob: failures before `size` successes).

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14(1), 107-114.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "mu": [1.0, 3.0], "sigma": [1.0, 2.0]})
    >>> round(tm.log_score(df, "y", ["mu", "sigma"])[".estimate"].item(), 4)
    1.328
    >>> round(tm.log_score_vec([1, 4], {"mean": [1.0, 3.0]}, distribution="poisson"), 4)
    1.3918
    """
    score: Array = getattr(score_rules, f"{distribution}_log")(truth[:, 0], *parameters.T)
    return score


@forecast_metric(DISTRIBUTION, direction="minimize", range=(-inf, inf), undefined=_PARAMETER, checks=_CHECKS)
def dss(truth: Array, parameters: Array, *, distribution: str = "normal") -> Array:
    """Dawid-Sebastiani score: what a distribution's mean and standard deviation alone say of the truth.

    ``mean(((y - m) / s)^2 + 2 ln s)``, with y the truth, m the mean and s the standard deviation of the
    predicted distribution. Of normal distributions it ranks as `log_score` does.

    Parameters
    ----------
    distribution
        "normal" (parameters mean, sd), "lognormal" (meanlog, sdlog: of the logarithm), "student" (df, location, scale; df above
        2), "poisson" (mean) or "negative_binomial" (size, prob: failures before `size` successes).

    References
    ----------
    Dawid, A. P., Sebastiani, P. (1999). Coherent dispersion criteria for optimal experimental design. Annals of Statistics
    27(1), 65-81.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "mu": [1.0, 3.0], "sigma": [1.0, 2.0]})
    >>> round(tm.dss(df, "y", ["mu", "sigma"])[".estimate"].item(), 4)
    0.8181
    >>> round(tm.dss_vec([1, 4], {"mean": [1.0, 3.0]}, distribution="poisson"), 4)
    0.716
    """
    return score_rules.dawid_sebastiani(truth[:, 0], distribution, parameters.T)


crps_vec = forecast_vector(crps)
dss_vec = forecast_vector(dss)
log_score_vec = forecast_vector(log_score)
