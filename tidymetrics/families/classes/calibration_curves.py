"""The calibration curve: what happens where a model says how probable it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.options import number_in, one_of
from tidymetrics.families.classes.calibration_family import STAYS, bins_request, check_bins, read_bins
from tidymetrics.families.classes.event_tables import event_table, event_table_vector, require_top_label
from tidymetrics.statistics import EventSteps, LogitFit, Points
from tidymetrics.statistics.calibration_bins import normal_quantile, wilson, wilson_cc
from tidymetrics.statistics.logistic import logistic_curve
from tidymetrics.statistics.smooth import collapsed, fit_smooth, smooth_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics import EventColumns
    from tidymetrics.statistics.calibration_bins import Bins
    from tidymetrics.typing import Array, Codes

_CONF_LEVEL = number_in(0, 1, open_ends=True)


def _requests(columns: EventColumns, options: Mapping[str, Any]) -> tuple[Any, ...]:
    strategy = options["strategy"]
    if strategy in {"smooth", "logistic"}:
        columns = replace(columns, instead=STAYS)
        return (EventSteps(columns) if strategy == "smooth" else LogitFit(columns),)
    return (bins_request(columns, strategy, options["n_bins"]),)


def _read(name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    one_of("uniform", "quantile", "isotonic", "smooth", "logistic")(name, "strategy", options["strategy"])
    one_of("wilson", "wilson_cc")(name, "interval", options["interval"])
    check_bins(name, "n_bins", options["n_bins"])
    _CONF_LEVEL(name, "conf_level", options["conf_level"])
    require_top_label(name, options["estimator"])
    return {**options, "n_bins": read_bins(options["n_bins"])}


def _counts(group: Codes, n_groups: int) -> Codes:
    counts: Codes = np.bincount(group, minlength=n_groups).astype(np.int64)
    return counts


def _binned(bins: Bins, strategy: str, interval: str, conf_level: float) -> Points:
    if strategy == "isotonic":  # a block is chosen by the data, so that an interval of it would lie
        lower = upper = np.full(len(bins.group), np.nan)
    else:
        lower, upper = (wilson if interval == "wilson" else wilson_cc)(bins.observed, bins.effective, conf_level)
    columns: dict[str, Any] = {
        ".bin": bins.number,
        ".bin_lower": bins.lower,
        ".bin_upper": bins.upper,
        ".n": bins.weight,
        ".n_events": bins.value,
        ".predicted": bins.predicted,
        ".observed": bins.observed,
        ".lower": lower,
        ".upper": upper,
    }
    return Points(columns, _counts(bins.group, bins.n_groups))


def _lines(fitted: Array, lower: Array, upper: Array, points: Array, where: Array) -> Points:
    """Give the points of curves [groups, points] that are there."""
    group, at = np.nonzero(where)
    columns = {
        ".predicted": points[at],
        **{name: values[group, at] for name, values in ((".observed", fitted), (".lower", lower), (".upper", upper))},
    }
    return Points(columns, _counts(group, len(fitted)))


@event_table(
    *(".bin", ".bin_lower", ".bin_upper", ".n", ".n_events", ".predicted", ".observed", ".lower", ".upper"),
    requests=_requests,
    read=_read,
    undefined='strategy="logistic" finds no curve, since the truth has one class or the scores separate the classes',
)
def calibration_curve(
    statistic: Sequence[Any],
    *,
    n_bins: int | Sequence[float] = 10,  # the statistic's
    strategy: Literal["uniform", "quantile", "isotonic", "smooth", "logistic"] = "uniform",
    conf_level: float = 0.95,
    interval: Literal["wilson", "wilson_cc"] = "wilson",
    estimator: Literal["top_label"] | None = None,
) -> tuple[Points, ...]:
    """Calibration curve: the share of events where the model says how probable they are (a reliability diagram).

    In each bin the mean probability (`.predicted`) and the share of events (`.observed`), with an interval of the latter. A
    calibrated model is near the diagonal. `.n` and `.n_events` are weights, and rows where there are none. A bin without rows
    has no row. Of the strategies "smooth" and "logistic" the columns are `.predicted` (0.01 to 0.99), `.observed`, `.lower` and
    `.upper`.

    Parameters
    ----------
    n_bins
        The number of bins, or their edges, increasing from 0 to 1. Bins are closed above, the first also below.
    strategy
        "uniform" for bins of equal width; "quantile" for bins of equal weight, which keep ties together; "isotonic" for the
        steps of an isotonic fit (CORP), which have no interval; "smooth" for local lines (lowess), at points inside the range
        of the probabilities; "logistic" for a line in the log odds.
    conf_level
        The level of the interval.
    interval
        "wilson", or "wilson_cc" with a correction for continuity, as R's prop.test. Weights count as the number of rows of
        equal weight that are as sure.
    estimator
        "top_label": one curve of the largest probability, and of how often its level is the truth.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22(158), 209-212.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, True], "p": [0.9, 0.8, 0.3, 0.3]})
    >>> tm.calibration_curve(df, "obs", "p", n_bins=2).select(".bin", ".n", ".observed").rows()
    [(1, 2.0, 1.0), (2, 2.0, 0.5)]
    >>> tm.calibration_curve_vec(df["obs"], df["p"], strategy="isotonic")[".observed"].to_list()
    [0.6666666666666666, 1.0]
    """
    points = np.arange(1, 100) / 100
    drawn = []
    for own in statistic:
        if strategy == "smooth":
            fitted = smooth_points(fit_smooth(collapsed(own)), points)
            none = np.full_like(fitted, np.nan)
            drawn.append(_lines(fitted, none, none, points, ~np.isnan(fitted)))
        elif strategy == "logistic":
            found = logistic_curve(own, points, normal_quantile(conf_level))
            drawn.append(_lines(*found, points, np.ones_like(found[0], dtype=bool)))
        else:
            drawn.append(_binned(own, strategy, interval, conf_level))
    return tuple(drawn)


calibration_curve_vec = event_table_vector(calibration_curve)
