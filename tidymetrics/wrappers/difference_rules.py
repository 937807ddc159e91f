"""From the spreads of two estimates to their difference or ratio, its interval and its p-value: elementwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.interval_rules import degrees_of, degrees_of_kurtosis, limits_of, multiplier, on_end, reasons_of
from tidymetrics.statistics.special import mcnemar_mid_p, t_two_sided
from tidymetrics.statistics.spread import REASONS, add_up
from tidymetrics.wrappers.fold_rules import equivalence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.influence_of_pairs import JointRows
    from tidymetrics.statistics.spread import Spread
    from tidymetrics.typing import Array, Mask

_HALVINGS = 50


@dataclass(frozen=True, eq=False, repr=False)
class Pair:
    """Two spreads, and what their influences have in common, each [groups, columns]."""

    first: Spread
    second: Spread
    covariance: Array
    """With the factors of the variances; 0 for rows that are not shared."""
    kurtosis: Array | None = None
    """Of the differences of influences on shared rows; None where none are shared."""
    cells: JointRows | None = None
    """Of counts of single rows, the rows of both."""

    @property
    def variance(self) -> Array:
        """Give the variance of the difference."""
        return np.maximum(self.first.variance + self.second.variance - 2 * self.covariance, 0)

    @property
    def correlation(self) -> Array:
        """Give the correlation of both estimates; 0 where one of them does not vary."""
        with np.errstate(divide="ignore", invalid="ignore"):
            r = self.covariance / np.sqrt(self.first.variance * self.second.variance)
        return np.nan_to_num(np.clip(r, -1, 1))

    def degrees(self, *, plain: bool) -> Array:
        """Give the degrees of freedom: of the difference where rows are shared; else Welch and Satterthwaite's."""
        a, b = self.first, self.second
        if plain or (a.counts and b.counts):
            return np.full(a.values.shape, np.inf)
        if self.kurtosis is not None:
            return degrees_of_kurtosis(self.kurtosis, np.fmin(a.units, b.units))
        one, two = degrees_of(a), degrees_of(b)
        with np.errstate(divide="ignore", invalid="ignore"):
            both = (a.variance + b.variance) ** 2 / (a.variance**2 / one + b.variance**2 / two)
        return np.where(np.isnan(both), np.fmin(one, two), both)


def compared(
    pair: Pair,
    span: tuple[float, float],
    conf_level: float = 0.95,
    method: str | None = None,
    *,
    ratio: bool = False,
    rope: float | None = None,
) -> dict[str, Array]:
    """Compare two estimates.

    Parameters
    ----------
    pair
        Both spreads.
    span
        The range of the metric; infinite where it has no end.
    conf_level, method, ratio, rope
        As in `compare`.

    Returns
    -------
    Columns of the result [groups, columns], NaN for null: `.estimate`, `.std_error`, `.lower`, `.upper`, `.p_value`, and with
    `rope` also `.p_first`, `.p_rope`, `.p_second`.
    """
    a, b = pair.first, pair.second
    degrees = pair.degrees(plain=method == "wald")
    q = multiplier((1 + conf_level) / 2, degrees)
    error = np.sqrt(pair.variance)
    flat = (a.is_flat | on_end(a.values, span)) & (b.is_flat | on_end(b.values, span))
    alike = (error <= 1e-7 * np.sqrt(a.variance + b.variance)) & (a.values == b.values)
    error = np.where(flat, np.nan, np.where(alike, 0.0, error))
    gone = (reasons_of(a, span) != 0) | (reasons_of(b, span) != 0)
    reach = _square_and_add(pair, span)
    with np.errstate(all="ignore"):
        difference = a.values - b.values
        if method == "wald":
            made = _wald(pair, q, degrees, error, ratio=ratio)
            gone = gone | flat
        else:
            p = t_two_sided(_just_reaching(reach, difference), degrees)
            limits = _ratio(pair, span, conf_level, method)(q) if ratio else _square_and_add(pair, span, conf_level, method)(q)
            value, deviation = difference, error
            if ratio:
                value = a.values / b.values
                deviation = np.abs(value) * _log_error(pair)
                value = np.where(b.values > 0, value, np.nan)
            made = {".estimate": value, ".std_error": deviation, ".lower": limits[0], ".upper": limits[1], ".p_value": p}
    made[".p_value"] = np.where(alike, 1.0, made[".p_value"])
    if method == "exact" and pair.cells is not None:
        mid_p = mcnemar_mid_p(*discordant_rows(pair, span, pair.cells))
        made[".p_value"] = np.where(np.isnan(mid_p), made[".p_value"], mid_p)
    if rope is not None:
        made |= equivalence(difference, error, degrees, rope)
    return {name: values if name == ".estimate" else np.where(gone, np.nan, values) for name, values in made.items()}


def _square_and_add(
    pair: Pair, span: tuple[float, float], conf_level: float = 0.95, method: str | None = None
) -> Callable[[Array], tuple[Array, Array]]:
    """Give the function of a multiplier that gives the limits of a difference, of the limits of both estimates."""
    a, b, r = pair.first.values, pair.second.values, pair.correlation
    of_first, of_second = (limits_of(s, span, conf_level, method) for s in (pair.first, pair.second))

    def limits(q: Array) -> tuple[Array, Array]:
        (la, ua), (lb, ub) = of_first(q), of_second(q)
        down = np.maximum((a - la) ** 2 + (ub - b) ** 2 - 2 * r * (a - la) * (ub - b), 0)
        up = np.maximum((ua - a) ** 2 + (b - lb) ** 2 - 2 * r * (ua - a) * (b - lb), 0)
        return a - b - np.sqrt(down), a - b + np.sqrt(up)

    return limits


def _ratio(
    pair: Pair, span: tuple[float, float], conf_level: float, method: str | None
) -> Callable[[Array], tuple[Array, Array]]:
    """Give the same of a ratio (Donner and Zou 2012); NaN where the second may be 0."""
    a, b, r = pair.first.values, pair.second.values, pair.correlation
    of_first, of_second = (limits_of(s, span, conf_level, method) for s in (pair.first, pair.second))

    def limit(x: Array, y: Array, sign: float) -> Array:
        centre = a * b - r * (a - x) * (y - b)
        root = np.sqrt(np.maximum(centre**2 - x * (2 * a - x) * y * (2 * b - y), 0))
        return np.asarray((centre + sign * root) / (y * (2 * b - y)))

    def limits(q: Array) -> tuple[Array, Array]:
        (la, ua), (lb, ub) = of_first(q), of_second(q)
        some = lb > 0
        return np.where(some, limit(la, ub, -1.0), np.nan), np.where(some, limit(ua, lb, 1.0), np.nan)

    return limits


def _log_error(pair: Pair) -> Array:
    """Give the standard error of the logarithm of the ratio."""
    a, b = pair.first, pair.second
    square = a.variance / a.values**2 + b.variance / b.values**2 - 2 * pair.covariance / (a.values * b.values)
    return np.sqrt(np.maximum(square, 0))


def _wald(pair: Pair, q: Array, degrees: Array, error: Array, *, ratio: bool) -> dict[str, Array]:
    """Compare by the standard error alone: DeLong's test for ranks; Katz's interval for ratios."""
    a, b = pair.first.values, pair.second.values
    if ratio:
        value, log_error = np.where(b > 0, a / b, np.nan), _log_error(pair)
        lower, upper = value * np.exp(-q * log_error), value * np.exp(q * log_error)
        p = t_two_sided(np.log(value) / log_error, degrees)
        return {".estimate": value, ".std_error": value * log_error, ".lower": lower, ".upper": upper, ".p_value": p}
    value = a - b
    p = t_two_sided(value / error, degrees)
    return {".estimate": value, ".std_error": error, ".lower": value - q * error, ".upper": value + q * error, ".p_value": p}


def _just_reaching(reach: Callable[[Array], tuple[Array, Array]], difference: Array) -> Array:
    """Find the multiplier at which the interval just holds no difference, by halving on a logarithmic scale."""
    low, high = np.full(difference.shape, -7.0), np.full(difference.shape, 4.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        under, over = reach(10.0**middle)
        holds = (under <= 0) & (over >= 0)
        low, high = np.where(holds, low, middle), np.where(holds, middle, high)
    found = np.where(difference == 0, 0.0, 10.0 ** ((low + high) / 2))
    return np.where(np.isnan(difference), np.nan, found)


def reasons_of_pair(
    pair: Pair, span: tuple[float, float], made: Mapping[str, Array], lacking: Mask | None, *, ratio: bool
) -> list[tuple[str, Mask]]:
    """Say why a comparison has no interval, and in which groups [groups]; undefined estimates have a warning of their own.

    `lacking` [groups] are those that one of the contestants has no rows in.
    """
    null = np.isnan(made[".lower"])
    if not null.any():
        return []
    of_both = [reasons_of(spread, span) for spread in (pair.first, pair.second)]
    own = np.where(of_both[0] != 0, of_both[0], of_both[1])
    absent = np.zeros(len(null), np.bool_) if lacking is None else lacking
    found = [("a contestant has no rows there", absent[:, None] & null)]
    found += [(text, (own == reason) & null & ~absent[:, None]) for reason, text in REASONS.items()]
    rest = null & (own == 0) & ~absent[:, None]
    text = "the second may be 0" if ratio else "both estimates lie on an end of the range"
    return [(text, np.asarray(where.any(axis=1), np.bool_)) for text, where in [*found, (text, rest)] if where.any()]


def discordant_rows(pair: Pair, span: tuple[float, float], rows: JointRows) -> tuple[Array, Array]:
    """Count the rows that one contestant alone has right, where both estimates are shares of the same rows: [groups, columns].

    In a share of N rows, a right row has influence (1 - share) / N and a wrong one -share / N; NaN where that is not so.
    """
    n_groups, width, group = len(pair.first.values), span[1] - span[0], rows.group
    right, sizes = [], []
    for spread, moves in ((pair.first, rows.first), (pair.second, rows.second)):
        n = width / spread.reach  # [groups, columns]
        sizes.append(np.broadcast_to(n, spread.values.shape))
        right.append((moves * n[group] + spread.values[group] - span[0]) / width)
    outside = (np.abs(rows.first) < 1e-14) & (np.abs(rows.second) < 1e-14)
    odd = [np.minimum(np.abs(r), np.abs(r - 1)) > 1e-3 for r in right]
    bad = add_up(((odd[0] | odd[1]) & ~outside).astype(np.float64), group, n_groups) > 0
    c = rows.count[:, None] * ~outside
    first = add_up(c * ((right[0] > 0.5) & (right[1] < 0.5)), group, n_groups)
    second = add_up(c * ((right[0] < 0.5) & (right[1] > 0.5)), group, n_groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        known = (np.abs(sizes[0] / sizes[1] - 1) < 1e-5) & ~bad
    return np.where(known, first, np.nan), np.where(known, second, np.nan)
