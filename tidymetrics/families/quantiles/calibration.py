"""Whether predicted quantiles and intervals hold what their levels promise."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import number_in
from tidymetrics.core.tables import TableFunction, table_vector
from tidymetrics.errors import OptionError, listed
from tidymetrics.families.quantiles.family import FAMILY, KIND, QuantileKind, quantile_metric, quantile_vector, read_levels
from tidymetrics.statistics.calibration_bins import wilson
from tidymetrics.statistics.quantile_sums import CoverageSums, HistogramSums, IntervalSums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.statistics import Reductions
    from tidymetrics.statistics.quantile_sums import CoveredLevels, Intervals, TruthPlaces
    from tidymetrics.typing import Array, Codes

_NEAR = 1e-9
_LEVEL = number_in(0, 1, open_ends=True)


def _coverage(columns: tuple[str, ...], levels: tuple[float, ...], _options: Mapping[str, Any]) -> CoverageSums:
    return CoverageSums(columns, levels)


def _places(columns: tuple[str, ...], _levels: tuple[float, ...], _options: Mapping[str, Any]) -> HistogramSums:
    return HistogramSums(columns)


def _interval(columns: tuple[str, ...], levels: tuple[float, ...], options: Mapping[str, Any]) -> IntervalSums:
    ends = []
    for end in ((1 - options["level"]) / 2, (1 + options["level"]) / 2):
        near = [i for i, level in enumerate(levels) if abs(level - end) < _NEAR]
        if not near:
            shown = sorted({round(2 * level - 1, 9) for level in levels if level > 0.5 and _mirrored(level, levels)})
            there = f"the levels make intervals of {listed(shown)}" if shown else "no two of the levels are symmetric about 0.5"
            raise OptionError(f"level: there is no quantile at {end:.6g} for level={options['level']!r}; {there}.")
        ends.append(columns[near[0]])
    return IntervalSums((ends[0], ends[1]))


def _mirrored(level: float, levels: tuple[float, ...]) -> bool:
    return any(abs(other - (1 - level)) < _NEAR for other in levels)


@quantile_metric(_coverage, direction="minimize", range=(0, 1), undefined="a level has no rows")
def quantile_calibration_error(found: CoveredLevels) -> Array:
    """Quantile calibration error: how far the coverage of the quantiles is from their levels.

    ``mean(|coverage - level|)`` over the levels, with coverage the share of rows whose truth is at most the quantile. A
    row without a quantile is left out of its level.

    References
    ----------
    Gneiting, T., Balabdaoui, F., Raftery, A. E. (2007). Probabilistic forecasts, calibration and sharpness. Journal of the
    Royal Statistical Society B 69(2), 243-268.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q50": [2.0, 3.0], "q90": [3.0, 5.0]})
    >>> levels = [0.1, 0.5, 0.9]
    >>> error = tm.quantile_calibration_error(df, "y", ["q10", "q50", "q90"], quantile_levels=levels)
    >>> error[".estimate"].round(4).item()
    0.1667
    >>> round(tm.quantile_calibration_error_vec([1.0, 4.0], [[2.0, 3.0]], quantile_levels=[0.5]), 4)
    0.0
    """
    error: Array = np.abs(found.share - found.levels).mean(axis=1)
    return error


def _aim(options: Mapping[str, Any]) -> float:
    return float(options["level"])


@quantile_metric(
    _interval, direction="target", target=_aim, range=(0, 1), undefined="no row has both ends", checks={"level": _LEVEL}
)
def interval_coverage(found: Intervals, *, level: float = 0.9) -> Array:  # the statistic's
    """Interval coverage: the share of rows inside a central prediction interval.

    ``mean(lower <= y <= upper)``, the share of the truth between the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``,
    both ends inside. The level itself is best. A row without one of the two is left out.

    Parameters
    ----------
    level
        The level of the interval.

    References
    ----------
    Gneiting, T., Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
    Statistical Association 102(477), 359-378.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q90": [3.0, 3.0]})
    >>> tm.interval_coverage(df, "y", ["q10", "q90"], quantile_levels=[0.1, 0.9], level=0.8)[".estimate"].item()
    0.5
    >>> tm.interval_coverage_vec([1.0, 4.0], [[1.0, 2.0], [3.0, 3.0]], quantile_levels=[0.05, 0.95])
    0.5
    """
    return found.coverage


@quantile_metric(_interval, direction="minimize", range=(0, inf), undefined="no row has both ends", checks={"level": _LEVEL})
def interval_width(found: Intervals, *, level: float = 0.9) -> Array:  # the statistic's
    """Interval width: how wide a central prediction interval is, in the unit of truth.

    ``mean(upper - lower)``, the mean distance of the quantiles at ``(1 - level) / 2`` and ``(1 + level) / 2``. Of intervals
    that cover as they should the narrower are better; it says nothing by itself.

    Parameters
    ----------
    level
        The level of the interval.

    References
    ----------
    Gneiting, T., Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
    Statistical Association 102(477), 359-378.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q90": [3.0, 3.0]})
    >>> tm.interval_width(df, "y", ["q10", "q90"], quantile_levels=[0.1, 0.9], level=0.8)[".estimate"].item()
    1.5
    >>> tm.interval_width_vec([1.0, 4.0], [[1.0, 2.0], [3.0, 3.0]], quantile_levels=[0.05, 0.95])
    1.5
    """
    return found.width


@quantile_metric(_interval, direction="minimize", range=(0, inf), undefined="no row has both ends", checks={"level": _LEVEL})
def interval_score(found: Intervals, *, level: float = 0.9) -> Array:
    """Interval score, Winkler's: the width of a central prediction interval, and a penalty for missing the truth.

    ``mean((upper - lower) + 2 / (1 - level) d)``, in the unit of truth, with d how far the truth is outside of the quantiles at
    ``(1 - level) / 2`` and ``(1 + level) / 2``. A row without one of the two is left out.

    Parameters
    ----------
    level
        The level of the interval.

    References
    ----------
    Winkler, R. L. (1972). A decision-theoretic approach to interval estimation. Journal of the American Statistical Association
    67(337), 187-191.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q90": [3.0, 3.0]})
    >>> round(tm.interval_score(df, "y", ["q10", "q90"], quantile_levels=[0.1, 0.9], level=0.8)[".estimate"].item(), 4)
    6.5
    >>> round(tm.interval_score_vec([1.0, 4.0], [[1.0, 2.0], [3.0, 3.0]], quantile_levels=[0.05, 0.95]), 4)
    11.5
    """
    return found.width + found.miss * (2 / (1 - level))


@dataclass(frozen=True, eq=False)
class QuantileTableKind(QuantileKind):
    """Tables of predicted quantiles."""

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Any:
        """Build the table."""
        made = reductions.get(bound.requests[0])
        levels = np.array(bound.arguments["quantile_levels"])
        return bound.options["table"].build(bound, made, made.totals, reductions, levels=levels)


class QuantileTable(TableFunction):
    """A table of predicted quantiles."""

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments."""
        if arguments.get("quantile_levels") is not None:
            arguments = {**arguments, "quantile_levels": read_levels(self.__name__, arguments["quantile_levels"])}
        return super().bind(arguments, options)


TABLE = QuantileTableKind("quantile_table", "Tables of quantiles", FAMILY, KIND.arguments)


def _read_coverage(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    _LEVEL(name, "conf_level", options["conf_level"])
    return options


def _quantile_coverage(found: CoveredLevels, levels: Array, *, conf_level: float = 0.95) -> tuple[dict[str, Array], Codes]:
    """Coverage of quantiles: how often the truth is at most each quantile.

    One row per level: `.coverage`, the share of rows with ``truth <= quantile``, which should be near `.quantile_level`, with
    Wilson's interval. A row without the quantile is left out of its level.

    Parameters
    ----------
    conf_level
        The level of the interval.

    References
    ----------
    Gneiting, T., Balabdaoui, F., Raftery, A. E. (2007). Probabilistic forecasts, calibration and sharpness. Journal of the
    Royal Statistical Society B 69(2), 243-268.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q90": [3.0, 5.0]})
    >>> tm.quantile_coverage(df, "y", ["q10", "q90"], quantile_levels=[0.1, 0.9])[".coverage"].to_list()
    [0.5, 1.0]
    >>> tm.quantile_coverage_vec([1.0, 4.0], [[2.0, 3.0]], quantile_levels=[0.5])[".coverage"].to_list()
    [0.5]
    """
    n_groups = len(found.share)
    lower, upper = wilson(found.share, found.effective, conf_level)
    columns = {
        ".quantile_level": np.tile(levels, n_groups),
        ".n": found.weight.ravel(),
        ".coverage": found.share.ravel(),
        ".lower": lower.ravel(),
        ".upper": upper.ravel(),
    }
    return columns, np.repeat(np.arange(n_groups), len(levels))


def _pit_histogram(found: TruthPlaces, levels: Array) -> tuple[dict[str, Any], Codes]:
    """Histogram of the probability integral transform: between which quantiles the truth falls.

    One row per bin between neighbouring levels, with outer bins to 0 and 1: `.observed`, the share of rows with
    ``lower quantile < truth <= upper quantile``, beside `.expected`, the difference of the levels. A U says that the
    predictions are too narrow, a hump that they are too wide. Rows with a missing quantile are left out.

    References
    ----------
    Dawid, A. P. (1984). Statistical theory: the prequential approach. Journal of the Royal Statistical Society A 147(2),
    278-292.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "q10": [1.0, 2.0], "q90": [3.0, 5.0]})
    >>> tm.pit_histogram(df, "y", ["q10", "q90"], quantile_levels=[0.1, 0.9])[".observed"].to_list()
    [0.5, 0.5, 0.0]
    >>> tm.pit_histogram_vec([1.0, 4.0], [[2.0, 3.0]], quantile_levels=[0.5])[".observed"].to_list()
    [0.5, 0.5]
    """
    n_groups, size = found.weight.shape
    total = found.weight.sum(axis=1, keepdims=True)
    edges = np.concatenate([[0.0], levels, [1.0]])
    columns: dict[str, Any] = {
        ".bin": np.tile(np.arange(1, size + 1), n_groups),
        ".bin_lower": np.tile(edges[:-1], n_groups),
        ".bin_upper": np.tile(edges[1:], n_groups),
        ".n": found.weight.ravel(),
        ".observed": np.where(total > 0, found.weight / np.where(total > 0, total, 1.0), np.nan).ravel(),
        ".expected": np.tile(np.diff(edges), n_groups),
    }
    return columns, np.repeat(np.arange(n_groups), size)


def _no_options(_name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    return options


_quantile_coverage.__name__ = "quantile_coverage"
_pit_histogram.__name__ = "pit_histogram"
quantile_coverage = QuantileTable(
    _quantile_coverage, TABLE, (".quantile_level", ".n", ".coverage", ".lower", ".upper"), _read_coverage, _coverage
)
pit_histogram = QuantileTable(
    _pit_histogram, TABLE, (".bin", ".bin_lower", ".bin_upper", ".n", ".observed", ".expected"), _no_options, _places
)
pit_histogram_vec = table_vector(pit_histogram)
quantile_coverage_vec = table_vector(quantile_coverage)
interval_coverage_vec = quantile_vector(interval_coverage)
interval_score_vec = quantile_vector(interval_score)
interval_width_vec = quantile_vector(interval_width)
quantile_calibration_error_vec = quantile_vector(quantile_calibration_error)
