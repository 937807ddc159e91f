"""Scores of forecast distributions, row by row: of ensembles, and of distributions by their parameters."""

from __future__ import annotations

from math import erfc, lgamma, pi, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.statistics.special import t_cdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import Array, Mask

_TAIL = 1e-13
"""What is left of a distribution where sums over it end."""
_CHUNK = 2**22
"""How many numbers are laid out at once."""


def _each(function: Callable[[float], float], values: Array) -> Array:
    """Call a function of a number on each: numpy has neither erfc nor the gamma function."""
    return np.asarray(np.frompyfunc(function, 1, 1)(values), np.float64)


def _normal_cdf(z: Array) -> Array:
    return _each(lambda v: erfc(-v / sqrt(2)) / 2, z)


def _log_gamma(x: Array) -> Array:
    return _each(lambda v: lgamma(v) if v > 0 else np.nan, x)


def _normal_density(z: Array) -> Array:
    return np.exp(-z * z / 2) / sqrt(2 * pi)


# ------------------------------------------------------------------------------------------------------------- ensembles


def ensemble_crps(truth: Array, members: Array, *, fair: bool) -> Array:
    """Give the mean distance of members [rows, m] and truth [rows, 1], less half the mean distance of two members."""
    m = members.shape[1]
    ranked = np.sort(members, axis=1)
    apart = ranked @ (2.0 * np.arange(m) - (m - 1))  # [rows] distances of all pairs, each once
    return np.asarray(np.abs(members - truth).mean(axis=1) - _spread(apart, m, fair=fair))


def ensemble_energy(truth: Array, members: Array, *, fair: bool) -> Array:
    """Give the same of vectors: truth [rows, d], and members [rows, m * d], one member after the other."""
    n, d = truth.shape
    points = members.reshape(n, -1, d)
    m = points.shape[1]
    apart = np.zeros(n)
    for i in range(m - 1):
        apart += np.sqrt(((points[:, i + 1 :] - points[:, i : i + 1]) ** 2).sum(axis=2)).sum(axis=1)
    near = np.sqrt(((points - truth[:, None]) ** 2).sum(axis=2)).mean(axis=1)
    return np.asarray(near - _spread(apart, m, fair=fair))


def _spread(apart: Array, m: int, *, fair: bool) -> Array:
    """Give half the mean distance of two members, of the sum over pairs; fair, a member is not paired with itself."""
    pairs = m * (m - 1) if fair else m * m
    return apart / pairs if pairs else np.full_like(apart, np.nan)


# ------------------------------------------------------------------------------------------- distributions by parameters


def normal_crps(y: Array, mean: Array, sd: Array) -> Array:
    """Give the CRPS of normal distributions."""
    z = (y - mean) / sd
    return _where(sd > 0, sd * (z * (2 * _normal_cdf(z) - 1) + 2 * _normal_density(z) - 1 / sqrt(pi)))


def normal_log(y: Array, mean: Array, sd: Array) -> Array:
    """Give the negative log density."""
    return _where(sd > 0, ((y - mean) / sd) ** 2 / 2 + np.log(sd) + np.log(2 * pi) / 2)


def lognormal_crps(y: Array, meanlog: Array, sdlog: Array) -> Array:
    """Give the CRPS of lognormal distributions, of the mean and the standard deviation of the logarithm."""
    w = np.where(y > 0, (np.log(np.where(y > 0, y, 1.0)) - meanlog) / sdlog, -np.inf)
    whole = np.exp(meanlog + sdlog**2 / 2)
    inner = _normal_cdf(w - sdlog) + _normal_cdf(sdlog / sqrt(2)) - 1
    return _where(sdlog > 0, y * (2 * _normal_cdf(w) - 1) - 2 * whole * inner)


def lognormal_log(y: Array, meanlog: Array, sdlog: Array) -> Array:
    """Give the negative log density; infinite for a truth that is not above 0."""
    logs = np.log(np.where(y > 0, y, 1.0))
    return _where(sdlog > 0, np.where(y > 0, normal_log(logs, meanlog, sdlog) + logs, np.inf))


def student_crps(y: Array, df: Array, location: Array, scale: Array) -> Array:
    """Give the CRPS of Student's t distributions; there is none with one degree of freedom or less."""
    z = (y - location) / scale
    density = np.exp(-student_log(z, df, np.zeros_like(z), np.ones_like(z)))
    beta = np.exp(_log_beta(0.5, df - 0.5) - 2 * _log_beta(0.5, df / 2))
    spread = 2 * np.sqrt(df) / (df - 1) * beta
    made = scale * (z * (2 * t_cdf(z, df) - 1) + 2 * density * (df + z * z) / (df - 1) - spread)
    return _where((df > 1) & (scale > 0), made)


def student_log(y: Array, df: Array, location: Array, scale: Array) -> Array:
    """Give the negative log density."""
    z = (y - location) / scale
    made = _log_beta(0.5, df / 2) + np.log(df) / 2 + (df + 1) / 2 * np.log1p(z * z / df) + np.log(scale)
    return _where((df > 0) & (scale > 0), made)


def _log_beta(a: float, b: Array) -> Array:
    return lgamma(a) + _log_gamma(b) - _log_gamma(a + b)


def poisson_crps(y: Array, mean: Array) -> Array:
    """Give the CRPS of Poisson distributions."""
    known = (mean > 0) & np.isfinite(mean)
    safe = np.where(known, mean, 1.0)
    return _where(known, _crps_of_counts(y, safe, np.sqrt(safe), lambda k, rows: -poisson_log(k, safe[rows])))


def poisson_log(y: Array, mean: Array) -> Array:
    """Give the negative log probability; infinite for a truth that is no whole number of at least 0."""
    whole = np.where(_is_count(y), y, 0.0)
    return _where(mean > 0, np.where(_is_count(y), mean - whole * np.log(mean) + _log_gamma(whole + 1), np.inf))


def negative_binomial_crps(y: Array, size: Array, prob: Array) -> Array:
    """Give the CRPS of the number of failures before `size` successes."""
    known = (size > 0) & (prob > 0) & (prob <= 1)
    n, p = np.where(known, size, 1.0), np.where(known, prob, 0.5)
    mean, sd = n * (1 - p) / p, np.sqrt(n * (1 - p)) / p
    return _where(known, _crps_of_counts(y, mean, sd, lambda k, rows: -negative_binomial_log(k, n[rows], p[rows])))


def negative_binomial_log(y: Array, size: Array, prob: Array) -> Array:
    """Give the negative log probability; infinite for a truth that is no whole number of at least 0."""
    k = np.where(_is_count(y), y, 0.0)
    misses = np.where(k > 0, k * np.log1p(-np.minimum(prob, 1.0)), 0.0)
    logs = _log_gamma(k + size) - _log_gamma(size) - _log_gamma(k + 1) + size * np.log(prob) + misses
    return _where((size > 0) & (prob > 0) & (prob <= 1), np.where(_is_count(y), -logs, np.inf))


def _is_count(y: Array) -> Mask:
    return np.asarray((y >= 0) & (y == np.floor(y)) & np.isfinite(y), np.bool_)


def _where(known: Mask, values: Array) -> Array:
    return np.where(known, values, np.nan)


def _crps_of_counts(y: Array, mean: Array, sd: Array, log_mass: Callable[[Array, Any], Array]) -> Array:
    """Integrate the squared distance of the distribution and the step at the truth, from one whole number to the next.

    Sums begin where there is nothing below, and end where there is nothing beyond; outside of them the integrand is 0 or 1.
    """
    start = np.maximum(np.floor(mean - 40 * sd - 10), 0.0)
    found = np.maximum(start - y, 0.0)  # all of it lies above the truth
    cumulated = np.zeros_like(y)
    rows, k = np.arange(len(y)), start.copy()
    while len(rows):
        cumulated[rows] += np.exp(log_mass(k[rows], rows))
        below = np.clip(y[rows] - k[rows], 0.0, 1.0)  # the part of the step from k to k + 1 that lies below the truth
        share = np.minimum(cumulated[rows], 1.0)
        found[rows] += below * share**2 + (1 - below) * (1 - share) ** 2
        far = k[rows] > mean[rows] + 50 * sd[rows] + 100
        done = far | ((1 - share < _TAIL) & (k[rows] > mean[rows]))
        ended = rows[done]
        found[ended] += np.maximum(y[ended] - k[ended] - 1, 0.0)
        rows = rows[~done]
        k[rows] += 1
    return found


def dawid_sebastiani(y: Array, distribution: str, parameters: Array) -> Array:
    """Give the squared distance of the truth from the mean in standard deviations, and twice the log of one."""
    mean, variance, known = _MOMENTS[distribution](*parameters)
    return _where(known & (variance > 0), (y - mean) ** 2 / variance + np.log(variance))


def _of_lognormal(meanlog: Array, sdlog: Array) -> tuple[Array, Array, Mask]:
    mean = np.exp(meanlog + sdlog**2 / 2)
    return mean, np.expm1(sdlog**2) * mean**2, sdlog > 0


_MOMENTS: dict[str, Callable[..., tuple[Array, Array, Mask]]] = {
    "normal": lambda mean, sd: (mean, sd**2, sd > 0),
    "lognormal": _of_lognormal,
    "student": lambda df, location, scale: (location, scale**2 * df / (df - 2), (df > 2) & (scale > 0)),
    "poisson": lambda mean: (mean, mean, mean > 0),
    "negative_binomial": lambda n, p: (n * (1 - p) / p, n * (1 - p) / p**2, (n > 0) & (p > 0) & (p <= 1)),
}
