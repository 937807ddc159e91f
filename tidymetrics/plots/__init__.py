"""Altair charts of results (the extra `plot`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tidymetrics.errors import OptionError, listed
from tidymetrics.plots.calibration import TABLES
from tidymetrics.plots.canvas import eager_frame, require_altair
from tidymetrics.plots.clusters import SILHOUETTES, cells_in, draw_cells, draw_silhouettes
from tidymetrics.plots.comparisons import COMPARED, draw_compared
from tidymetrics.plots.curves import KINDS, draw_curves
from tidymetrics.plots.estimates import METRICS, draw_metrics
from tidymetrics.plots.matrices import plot_confusion
from tidymetrics.plots.residuals import residuals_plot
from tidymetrics.plots.thinning import thin

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidymetrics.plots.canvas import Picture

DRAWN = (
    "autoplot() draws the results of roc_curve(), pr_curve(), pr_curve_detection(), gain_curve(), lift_curve(), silhouette() "
    "and contingency(), and the tidy results of metrics (.metric, .estimator, .estimate)"
)


def autoplot(frame: Any, *, title: str | None = None, rope: float | None = None) -> Picture:
    """Draw a curve, a table of calibration or thresholds, or the estimates of metrics.

    Curves are coloured by group, survival curves also by evaluation time, and have one panel per `.level`. A long curve is
    thinned to about 2,000 points, without a visible change. Curves of detected objects are coloured by `.level`, those of the
    ten levels with most true objects, and have one panel per group. Metrics have one panel each, with one dot per group and a
    bar at the mean of the groups, the levels of one metric sorted by their values; over a key that is a number, or over the k
    of rankings, they are lines. Silhouettes are bars, sorted inside each cluster, with a line at the mean; of cells of classes
    and clusters, clusters stand in the order that matches them best. Estimates with intervals (`with_intervals`) have a rule
    from `.lower` to `.upper`, and no mean.

    Parameters
    ----------
    frame
        The result of `compare`, whose pairs have a row each, with a line at no difference (1 for ratios); of `roc_curve`,
        `pr_curve`, `pr_curve_detection`, `gain_curve`, `lift_curve`, `roc_curve_survival`, `calibration_curve`,
        `calibration_curve_numeric`, `quantile_coverage`, `pit_histogram`, `threshold_perf`, `decision_curve`, `silhouette`,
        `contingency`, a metric or a metric set, as a dataframe of any library.
    title
        The title, instead of the name of the curve.
    rope
        For differences of `compare`: half the width of the region of practical equivalence, which is shaded.

    Returns
    -------
    An Altair chart.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    >>> chart = tm.autoplot(tm.roc_curve(df, "obs", "score"))
    >>> chart.to_dict()["title"]["text"]
    'ROC curve'
    """
    if hasattr(frame, "counts") and hasattr(frame, "plot"):
        raise OptionError('autoplot: a confusion matrix draws itself: write matrix.plot(), or matrix.plot("mosaic").')
    alt = require_altair()
    data = eager_frame(frame, DRAWN)
    names = set(data.columns)
    _require_rope(rope, names)
    for kind in KINDS:
        if names.issuperset(kind.columns):
            return draw_curves(alt, data, kind, title)
    if names.issuperset(COMPARED):
        return draw_compared(alt, data, title, rope)
    for columns, draw in TABLES:
        if names.issuperset(columns):
            return cast("Picture", draw(alt, data, title))
    if names.issuperset(METRICS):
        return draw_metrics(alt, data, title)
    if names.issuperset(SILHOUETTES):
        return draw_silhouettes(alt, data, title)
    if cells_in(data) is not None:
        return draw_cells(alt, data, title)
    raise OptionError(f"{DRAWN}; this frame has the columns {listed(data.columns)}.")


def _require_rope(rope: float | None, columns: Collection[str]) -> None:
    if rope is not None and not (rope >= 0 and set(columns).issuperset(COMPARED)):
        raise OptionError(f"autoplot(rope=): expected a number of at least 0, for a result of compare; got {rope!r}.")


__all__ = ["autoplot", "plot_confusion", "residuals_plot", "thin"]
