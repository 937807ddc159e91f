"""Probabilities and quantiles of the normal, beta and t distributions, in numpy alone: the package takes no scipy."""

from __future__ import annotations

import statistics
from functools import lru_cache
from math import erfc, lgamma, log, pi, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tidymetrics.typing import Array

_NORMAL = statistics.NormalDist()
_LARGE = 10.0
"""From here on Stirling's series gives a logarithm of the gamma function to a double's precision."""
_MANY = 300.0
"""From here on a beta distribution is integrated by nodes."""
_NEARLY_NORMAL = 300.0
"""From these degrees of freedom on Hill's normal deviate of t has all digits."""
_NODES = 48
_NEWTON = 200
_FRACTIONS = 5000


def _elementwise(function: Any, values: Any) -> Array:
    """Call a function of a number on each: numpy has neither erfc nor the gamma function."""
    return np.asarray(np.frompyfunc(function, 1, 1)(np.asarray(values, np.float64)), np.float64)


def normal_cdf(z: Any) -> Array:
    """Give P(Z <= z) of a standard normal Z, the lower tail to full relative accuracy."""
    return _elementwise(lambda v: erfc(-v / sqrt(2)) / 2, z)


def normal_two_sided(z: Any) -> Array:
    """Give P(|Z| > |z|) of a standard normal Z."""
    return _elementwise(lambda v: erfc(abs(v) / sqrt(2)), z)


def normal_quantile(p: Any) -> Array:
    """Give z with P(Z <= z) = p; NaN outside of [0, 1]."""

    def one(v: float) -> float:
        if 0 < v < 1:
            return _NORMAL.inv_cdf(v)
        return {0.0: -np.inf, 1.0: np.inf}.get(v, np.nan)

    return _elementwise(one, p)


def _stirling(x: Array) -> Array:
    """Give what Stirling's formula leaves out of log gamma(x), for x of 10 or more."""
    s = 1 / (x * x)
    terms = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
    made = np.zeros_like(s)
    for term in reversed(terms):
        made = made * s + term
    return made / x


def _log1p_less(x: Array) -> Array:
    """Give log(1 + x) - x without cancellation: by a series in x / (2 + x) where x is small."""
    r = x / (2 + x)
    s, made = r * r, np.zeros_like(x)
    for k in range(21, 2, -2):
        made = (made + 1 / k) * s
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.abs(x) < 0.3, 2 * r * made - r * x, np.log1p(x) - x)


def _power_of_beta(a: Array, b: Array, x: Array, y: Array) -> Array:
    """Give x^a y^b / B(a, b), where y = 1 - x: what a density of the beta distribution is times x y."""
    small, large = np.minimum(a, b), np.maximum(a, b)
    whole = a + b
    safe = np.maximum(large, _LARGE)
    # three forms of log B, each of which subtracts no two large numbers (as SLATEC has it)
    gammas = _elementwise(lgamma, np.minimum(small, _LARGE))
    plain = gammas + _elementwise(lgamma, np.minimum(large, _LARGE)) - _elementwise(lgamma, np.minimum(whole, 2 * _LARGE))
    mixed = gammas + _stirling(safe) - _stirling(small + safe) + small - small * np.log(small + safe)
    mixed = mixed + (safe - 0.5) * np.log1p(-small / (small + safe))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        powers = a * np.where(x < 0.5, np.log(x), np.log1p(-y)) + b * np.where(y < 0.5, np.log(y), np.log1p(-x))
        direct = powers - np.where(large < _LARGE, plain, mixed)
        # of two large powers, only how far x is from the mean matters
        gap = np.where(x < y, x - a / whole, b / whole - y)
        both = np.maximum(small, _LARGE)
        off = a * _log1p_less(gap * whole / a) + b * _log1p_less(-gap * whole / b)
        centred = off + (np.log(a) + np.log(b) - np.log(whole) - log(2 * pi)) / 2
        centred = centred - _stirling(both) - _stirling(safe) + _stirling(both + safe)
        return np.exp(np.where(small < _LARGE, direct, centred))


def _fraction(p: Array, q: Array, u: Array) -> Array:
    """Evaluate the continued fraction of the incomplete beta function [values], by Lentz's method, for small u."""
    tiny = 1e-300

    def kept(v: Array) -> Array:
        return np.where(np.abs(v) < tiny, tiny, v)

    found: Array = np.empty_like(u)
    left: Any = np.arange(len(u))
    c = np.ones_like(u)
    d = 1 / kept(1 - (p + q) * u / (p + 1))
    h = d.copy()
    for m in range(1, _FRACTIONS):
        even = m * (q - m) * u / ((p + 2 * m - 1) * (p + 2 * m))
        d = 1 / kept(1 + even * d)
        c = kept(1 + even / c)
        h = h * (d * c)
        odd = -(p + m) * (p + q + m) * u / ((p + 2 * m) * (p + 2 * m + 1))
        d = 1 / kept(1 + odd * d)
        c = kept(1 + odd / c)
        h = h * (d * c)
        done = ~(np.abs(d * c - 1) >= 4e-16)
        if done.any():
            found[left[done]] = h[done]
            going = ~done
            left, p, q, u, c, d, h = (v[going] for v in (left, p, q, u, c, d, h))
            if not len(left):
                return found
    found[left] = h
    return found


def _tail_by_nodes(a: Array, b: Array, x: Array, y: Array) -> Array:
    """Integrate the lower tail of a beta density [values] where both arguments are large and x lies below the mean or so.

    The fraction takes about as many steps as the root of the arguments; this takes one for each node. The tail ends where the
    density has lost 17 digits.
    """
    nodes, weights = _legendre()
    sd = np.sqrt(a * b / (a + b + 1)) / (a + b)
    z = (a / (a + b) - x) / sd
    reach = np.minimum(sd * (np.sqrt(np.maximum(z, 0.0) ** 2 + 90) - z), x * (1 - 1e-12))
    total: Array = np.zeros_like(x)
    for node, weight in zip(nodes, weights, strict=True):
        gap = reach * node
        at, rest = x - gap, y + gap
        total = total + weight * _power_of_beta(a, b, at, rest) / (at * rest)
    made: Array = total * reach
    return made


@lru_cache(maxsize=1)
def _legendre() -> tuple[Array, Array]:
    """Give the nodes and weights of Gauss and Legendre in [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    return (nodes + 1) / 2, weights / 2


def _beta_tails(a: Any, b: Any, x: Any, y: Any) -> tuple[Array, Array]:
    """Give P(B <= x) and P(B > x) of a beta variable, each to relative accuracy where it is the small one; y is 1 - x."""
    a, b, x, y = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (a, b, x, y)))
    known = np.isfinite(a) & np.isfinite(b) & (a > 0) & (b > 0) & ~np.isnan(x)
    inside = known & (x > 0) & (y > 0)
    p, q, u, v = (np.where(inside, value, other) for value, other in ((a, 1.0), (b, 1.0), (x, 0.5), (y, 0.5)))
    swap = u > (p + 1) / (p + q + 2)
    p, q, u, v = np.where(swap, q, p), np.where(swap, p, q), np.where(swap, v, u), np.where(swap, u, v)
    large = inside & (np.minimum(p, q) > _MANY)
    small = np.zeros(u.shape)
    rest = inside & ~large
    if large.any():
        small[large] = _tail_by_nodes(p[large], q[large], u[large], v[large])
    if rest.any():
        part = [value[rest] for value in (p, q, u, v)]
        small[rest] = _power_of_beta(*part) * _fraction(*part[:3]) / part[0]
    small = np.clip(small, 0.0, 1.0)
    under = np.where(inside, np.where(swap, 1 - small, small), np.where(x <= 0, 0.0, 1.0))
    over = np.where(inside, np.where(swap, small, 1 - small), np.where(x <= 0, 1.0, 0.0))
    return np.where(known, under, np.nan), np.where(known, over, np.nan)


def beta_cdf(a: Any, b: Any, x: Any) -> Array:
    """Give the regularised incomplete beta function, elementwise."""
    return _beta_tails(a, b, x, 1 - np.asarray(x, np.float64))[0]


def beta_quantile(p: Any, a: Any, b: Any) -> Array:
    """Give x with P(B <= x) = p, elementwise: Newton's steps, or halves of what is left where one leads out of it."""
    p, a, b = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (p, a, b)))
    known = (p > 0) & (p < 1) & np.isfinite(a) & np.isfinite(b) & (a > 0) & (b > 0)
    target, r, s = p[known], a[known], b[known]
    found: Array = np.empty(len(target))
    left: Any = np.arange(len(target))
    low, high, x = np.zeros(len(target)), np.ones(len(target)), r / (r + s)
    for _ in range(_NEWTON):
        under, over = _beta_tails(r, s, x, 1 - x)
        error = np.where(under < over, under - target, (1 - target) - over)
        low, high = np.where(error < 0, x, low), np.where(error >= 0, x, high)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            onward = x - error * x * (1 - x) / _power_of_beta(r, s, x, 1 - x)
        onward = np.where((onward >= low) & (onward <= high), onward, (low + high) / 2)
        close = 4e-16 * x + 2e-14 * np.minimum(x, 1 - x)
        going = (np.abs(onward - x) > close) & (high - low > close)
        found[left], x = onward, onward
        left, target, r, s, low, high, x = (v[going] for v in (left, target, r, s, low, high, x))
        if not len(left):
            break
    ends = np.where(p == 0, 0.0, np.where(p == 1, 1.0, np.nan))
    made = np.where((a > 0) & (b > 0), ends, np.nan)
    made[known] = found
    return made


def _hill(t: Array, df: Array) -> Array:
    """Give the normal deviate that is as far out as t with many degrees of freedom (Hill 1970)."""
    a = np.where(np.isfinite(df), df, 1.0) - 0.5
    b = 48 * a * a
    y = a * np.log1p(t * t / (a + 0.5))
    with np.errstate(invalid="ignore"):
        made = (((((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b) + y + 3) / b + 1) * np.sqrt(y)
    return np.where(np.isfinite(df) & np.isfinite(t), made, np.where(np.isnan(df), np.nan, t))


def t_two_sided(t: Any, df: Any) -> Array:
    """Give P(|T| > |t|) of Student's t with df degrees of freedom, elementwise; df may be infinite."""
    t, df = np.broadcast_arrays(np.asarray(t, np.float64), np.asarray(df, np.float64))
    few = (df < _NEARLY_NORMAL) & np.isfinite(t)
    square, n = t[few] ** 2, df[few]
    found = np.empty(t.shape)
    found[few] = _beta_tails(n / 2, 0.5, n / (n + square), square / (n + square))[0]
    found[~few] = normal_two_sided(_hill(np.abs(t[~few]), df[~few]))
    return found


def t_cdf(t: Any, df: Any) -> Array:
    """Give P(T <= t), the lower tail to full relative accuracy."""
    half = t_two_sided(t, df) / 2
    return np.where(np.asarray(t) > 0, 1 - half, half)


@lru_cache(maxsize=64)
def _t_series(p: float) -> Array:
    """Give Chebyshev coefficients of 1 / quantile as a function of 1 / df in [0, 1]: it is smooth there, and finite."""
    nodes = (np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES) + 1) / 2
    y, rest = beta_quantile(2 * p - 1, 0.5, 0.5 / nodes), beta_quantile(2 - 2 * p, 0.5 / nodes, 0.5)  # t^2 / (df + t^2)
    quantiles = np.sqrt(np.where(y < 0.5, y / (1 - y), (1 - rest) / rest) / nodes)
    return np.asarray(np.polynomial.chebyshev.chebfit(2 * nodes - 1, 1 / quantiles, _NODES - 1), np.float64)


def t_quantile(p: float, df: Any) -> Array:
    """Give the quantile of Student's t of one p in (0.5, 1), elementwise in df of 1 or more; df may be infinite."""
    inverse = 1 / np.maximum(np.asarray(df, np.float64), 1.0)
    return np.asarray(1 / np.polynomial.chebyshev.chebval(2 * inverse - 1, _t_series(p)))


def mcnemar_mid_p(first: Any, second: Any) -> Array:
    """Give McNemar's mid-p of two counts of discordant rows, elementwise; 1 where there are none."""
    b, c = np.broadcast_arrays(np.asarray(first, np.float64), np.asarray(second, np.float64))
    some = b + c > 0
    small, n = np.where(some, np.minimum(b, c), 0.0), np.where(some, b + c, 1.0)
    upto = beta_cdf(n - small, small + 1, 0.5)  # P(X <= small) of a binomial X with n and 1 / 2
    half = np.full(n.shape, 0.5)
    at = 4 * _power_of_beta(small + 1, n - small + 1, half, half) / (n + 1)  # P(X = small)
    return np.where(np.isnan(b + c), np.nan, np.where(some, np.minimum(1.0, 2 * upto - at), 1.0))
