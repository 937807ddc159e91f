"""Logistic recalibration: the log odds of truth as a line in the log odds of the probability, all groups at once.

    fit = fit_logistic(lengths, probability, event, weight)                     # two parameters
    fit = fit_logistic(lengths, probability, event, weight, fixed_slope=True)   # the slope is 1
    fit.intercept, fit.slope, fit.defined                                       # each [groups]
    recalibrated(fit, group, probability)                                       # the fitted probability
    observed, lower, upper = logistic_curve(fit, points, z)                     # each [groups, points]

Rows come group by group in any order. Undefined, NaN: a group of one class; with a free slope also one distinct
probability, or classes that the scores separate (`separated` says which of the groups these are).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.statistics.score_steps import segment_sums, sum_by

if TYPE_CHECKING:
    from tidymetrics.typing import Array, Codes, Mask

_EPSILON = float(np.finfo(np.float64).eps)
"""How far a probability is kept from 0 and 1: as in mn_log_loss."""

_ROWS = 65_536
"""Rows at a time, so that what is made of them stays in a core's cache."""

_THREADS = 2
_ROUNDS = 100
_SMALL_STEP = 1e-12
_NOISE = 1e-9
"""The share of a likelihood by which rounding may lower it."""


@dataclass(frozen=True, eq=False, repr=False)
class LogisticFit:
    """Lines in the log odds, each array [groups]; NaN where there is none."""

    intercept: Array
    slope: Array
    covariance: Array
    """[groups, 3] the variance of the intercept, their covariance, the variance of the slope"""
    separated: Mask
    """Whether a free slope has no finite value because the scores separate the classes, or there is one score."""
    one_class: Mask
    """Whether all rows are events, or none, or there are no rows."""

    @property
    def defined(self) -> Mask:
        """Whether there is a fit."""
        return ~np.isnan(self.intercept)


def log_odds(probability: Array) -> Array:
    """Give the log odds, of 0 and 1 those of the numbers next to them that the log loss takes."""
    kept = np.clip(probability, _EPSILON, 1 - _EPSILON)
    return np.log(kept) - np.log1p(-kept)


def expit(log_odds: Array) -> Array:
    """Give the probability of log odds."""
    small = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1.0, small) / (1.0 + small)


@dataclass(frozen=True, eq=False, repr=False)
class _Rows:
    """Rows of positive weight, group by group, cut into segments that hold rows of one group each."""

    lengths: Codes
    """[groups]"""
    x: Array
    """[rows] the log odds of the probability"""
    event: Mask
    weight: Array | None

    def kept(self, groups: Mask) -> _Rows:
        """Keep the rows of some groups."""
        rows = np.repeat(groups, self.lengths)
        weight = None if self.weight is None else self.weight[rows]
        return _Rows(self.lengths[groups], self.x[rows], self.event[rows], weight)

    def segments(self) -> tuple[Codes, Codes]:
        """Give where segments begin, and the group of each."""
        ends = np.cumsum(self.lengths)
        starts = np.unique(np.concatenate([(ends - self.lengths)[self.lengths > 0], np.arange(0, len(self.x), _ROWS)]))
        return starts, np.searchsorted(ends, starts, side="right")


def fit_logistic(
    lengths: Codes, probability: Array, event: Mask, weight: Array | None = None, *, fixed_slope: bool = False
) -> LogisticFit:
    """Fit by Newton's method from (0, 1); a step that lowers the likelihood is halved."""
    lengths = np.asarray(lengths)
    if weight is not None:
        there = weight > 0
        group = np.repeat(np.arange(len(lengths)), lengths)
        lengths = np.bincount(group[there], minlength=len(lengths))
        probability, event, weight = probability[there], event[there], weight[there]
    rows = _Rows(lengths, log_odds(probability), np.asarray(event, bool), weight)
    one_class, separated = _no_maximum(rows)
    fitted = ~one_class if fixed_slope else ~(one_class | separated)
    size = len(lengths)
    found = np.full((size, 2), np.nan)
    covariance = np.full((size, 3), np.nan)
    if fitted.any():
        found[fitted], covariance[fitted] = _newton(rows if fitted.all() else rows.kept(fitted), fixed_slope=fixed_slope)
    return LogisticFit(found[:, 0], found[:, 1], covariance, separated, one_class)


def _no_maximum(rows: _Rows) -> tuple[Mask, Mask]:
    """Find groups of one class, and groups whose classes a threshold separates, ties at it included."""
    some = rows.lengths > 0
    first = (np.cumsum(rows.lengths) - rows.lengths)[some]

    def bound(x: Array, how: np.ufunc, empty: float) -> Array:
        found = np.full(len(some), empty)
        if len(first):
            found[some] = how.reduceat(x, first)
        return found

    low_event = bound(np.where(rows.event, rows.x, np.inf), np.minimum, np.inf)
    high_event = bound(np.where(rows.event, rows.x, -np.inf), np.maximum, -np.inf)
    low_other = bound(np.where(rows.event, np.inf, rows.x), np.minimum, np.inf)
    high_other = bound(np.where(rows.event, -np.inf, rows.x), np.maximum, -np.inf)
    one_class = np.isinf(low_event) | np.isinf(low_other)
    overlap = (low_event < high_other) & (low_other < high_event)
    return one_class, ~one_class & ~overlap


def _newton(rows: _Rows, *, fixed_slope: bool) -> tuple[Array, Array]:
    """Give the parameters [groups, 2] and their covariance [groups, 3] of groups that have a maximum."""
    size = len(rows.lengths)
    beta = np.tile([0.0, 1.0], (size, 1))  # [groups, 2]
    information = np.zeros((size, 3))
    open_, active = np.arange(size), rows
    now = _sums(active, beta)
    for _ in range(_ROUNDS):
        information[open_] = now[:, 3:]
        step = _step(now, fixed_slope=fixed_slope)
        here = beta[open_]
        moving = np.abs(step).max(axis=1) > _SMALL_STEP * (1 + np.abs(here).max(axis=1))
        if not moving.all():
            beta[open_[~moving]] += step[~moving]
            if not moving.any():
                break
            open_, active, step, now, here = open_[moving], active.kept(moving), step[moving], now[moving], here[moving]
        size_of_step = np.ones(len(open_))
        best = now[:, 0]
        for _ in range(_ROUNDS):
            now = _sums(active, here + size_of_step[:, None] * step)
            worse = ~(now[:, 0] >= best - _NOISE * np.abs(best))
            if not worse.any():
                break
            size_of_step[worse] /= 2
        beta[open_] = here + size_of_step[:, None] * step
    return beta, _inverse(information, fixed_slope=fixed_slope)


def _step(sums: Array, *, fixed_slope: bool) -> Array:
    """Solve for Newton's step [groups, 2]."""
    inverse = _inverse(sums[:, 3:], fixed_slope=fixed_slope)
    g, gx = sums[:, 1], sums[:, 2]
    step = np.stack([inverse[:, 0] * g + inverse[:, 1] * gx, inverse[:, 1] * g + inverse[:, 2] * gx], axis=1)
    if fixed_slope:
        step[:, 1] = 0.0
    # without information any direction does; the halving finds how far
    return np.where(np.isfinite(step), step, 0.0)


def _inverse(information: Array, *, fixed_slope: bool) -> Array:
    h, hx, hxx = information.T
    with np.errstate(divide="ignore", invalid="ignore"):
        if fixed_slope:
            return np.stack([1 / h, np.zeros_like(h), np.zeros_like(h)], axis=1)
        center = hx / h
        spread = hxx - center * hx  # about the mean, so that little is lost
        return np.stack([1 / h + center**2 / spread, -center / spread, 1 / spread], axis=1)


def _sums(rows: _Rows, beta: Array) -> Array:
    """Give [groups, 6]: the log-likelihood, the two gradients, and the information: of 1, x and x squared."""
    starts, group = rows.segments()
    lengths = np.diff(starts, append=len(rows.x))
    cuts = np.searchsorted(np.cumsum(lengths), np.arange(0, len(rows.x), _ROWS), side="right")
    chunks = [slice(a, b) for a, b in zip(cuts, [*cuts[1:], len(starts)], strict=True) if b > a]

    def work(chunk: slice) -> Array:
        at = slice(int(starts[chunk.start]), int(starts[chunk.stop - 1] + lengths[chunk.stop - 1]))
        parameters = (
            np.repeat(beta[group[chunk]], lengths[chunk], axis=0) if chunk.stop - chunk.start > 1 else beta[group[chunk]]
        )
        weight = None if rows.weight is None else rows.weight[at]
        terms = _terms(rows.x[at], rows.event[at], weight, parameters)
        return np.stack([segment_sums(term, starts[chunk] - at.start) for term in terms], axis=1)

    if len(chunks) == 1:
        parts = work(chunks[0])
    else:
        with ThreadPoolExecutor(_THREADS) as pool:
            parts = np.concatenate(list(pool.map(work, chunks)))
    return np.stack([sum_by(group, part, len(rows.lengths)) for part in parts.T], axis=1)


def _terms(x: Array, event: Mask, weight: Array | None, beta: Array) -> tuple[Array, ...]:
    line = beta[:, 0] + beta[:, 1] * x
    small = np.exp(-np.abs(line))
    inverse = 1.0 / (1.0 + small)
    fitted = np.where(line >= 0, 1.0, small) * inverse
    likelihood = np.where(event, line, 0.0) - np.maximum(line, 0.0) - np.log1p(small)
    residual = event - fitted
    information = small * inverse * inverse
    if weight is not None:
        likelihood, residual, information = likelihood * weight, residual * weight, information * weight
    return likelihood, residual, residual * x, information, information * x, information * x * x


def recalibrated(fit: LogisticFit, group: Codes, probability: Array) -> Array:
    """Give the fitted probability of probabilities, each of a group."""
    return expit(fit.intercept[group] + fit.slope[group] * log_odds(probability))


def logistic_curve(fit: LogisticFit, points: Array, z: float) -> tuple[Array, Array, Array]:
    """Give the fitted probability at points, and its interval of z standard errors in the log odds: each [groups, points]."""
    x = log_odds(points)
    line = fit.intercept[:, None] + fit.slope[:, None] * x
    a, ab, b = (fit.covariance[:, i : i + 1] for i in range(3))
    error = z * np.sqrt(a + 2 * ab * x + b * x**2)
    return expit(line), expit(line - error), expit(line + error)
