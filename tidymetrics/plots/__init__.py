"""Altair charts of results (the extra `plot`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tidymetrics.core.metric import METRICS as METRICS_BY_NAME
from tidymetrics.errors import OptionError, listed
from tidymetrics.plots.calibration import TABLES
from tidymetrics.plots.canvas import eager_frame, require_altair
from tidymetrics.plots.clusters import SILHOUETTES, WITHIN, cells_in, draw_cells, draw_silhouettes, draw_within
from tidymetrics.plots.curve_lines import KINDS
from tidymetrics.plots.curves import draw_curves
from tidymetrics.plots.estimates import COMPARED, METRICS, draw_compared, draw_metrics, one_each
from tidymetrics.plots.matrices import CONFUSION, draw_confusion, plot_confusion
from tidymetrics.plots.monitoring import MONITORED, draw_monitor
from tidymetrics.plots.offline import shown_offline
from tidymetrics.plots.residuals import residuals_plot
from tidymetrics.plots.thinning import thin

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tidymetrics.plots.canvas import Frame, Picture

DRAWN = (
    "autoplot() draws the results of roc_curve(), pr_curve(), pr_curve_detection(), gain_curve(), lift_curve(), silhouette() "
    "and contingency(), tables of calibration and thresholds, confusion matrices, and the tidy results of metrics (.metric, "
    ".estimator, .estimate)"
)


def autoplot(frame: Any, *, title: str | None = None, event: Any = None) -> Picture:
    """Draw any result that has a picture: a curve, the estimates of metrics, a confusion matrix, a table.

    Curves are coloured by group. ROC and precision-recall curves have their areas in the legend; those of folds (a key named
    like "fold" or "Resample") are thin lines with their mean and a band; those of the levels of an ungrouped result share a
    panel, and have one each otherwise. The dashed line is a useless model. A long curve is thinned, without a visible change.
    Curves of detected objects are coloured by `.level`, those of the ten levels with most true objects.

    Metrics have one panel each, with one row per group or level and one dot per fold, and a bar at the mean of the folds; over
    a key that is a number or a date, or over the k of rankings, they are lines. Estimates with intervals have a rule from
    `.lower` to `.upper`. Axes end where the range of the metric ends. Silhouettes are bars, sorted inside each cluster, with a
    line at the mean; of cells of classes and clusters, clusters stand in the order that matches them best.

    Notebooks show the charts as SVG, without a network; ``altair.renderers.enable("html")`` makes them interactive.

    Parameters
    ----------
    frame
        The result of a metric, a metric set or a maker; of `monitor`, with the range of its reference and the evidence
        below; of `compare`, whose pairs have a row each, with a line at no difference; of a curve; of `calibration_curve`,
        `calibration_curve_numeric`, `quantile_coverage`, `pit_histogram`, `threshold_perf`, `best_threshold`,
        `decision_curve`, `silhouette`, `sse_within` or `contingency`, as a dataframe of any library; or a confusion matrix.
    title
        The title, instead of the name of the curve.
    event
        The level that a curve is about, to be named below the title: results do not hold it.

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
    if hasattr(frame, "counts") and hasattr(frame, "tidy"):
        frame = frame.tidy()
    alt = require_altair()
    return shown_offline(_drawn(alt, eager_frame(frame, DRAWN), title, None if event is None else str(event)))


Drawer: TypeAlias = "Callable[[Any, Frame, str | None], Any]"


def _drawn(alt: Any, data: Frame, title: str | None, event: str | None) -> Picture:
    """Draw a frame by its columns."""
    names = set(data.columns)
    for kind in KINDS:
        if names.issuperset(kind.columns):
            return draw_curves(alt, data, kind, title, event)
    if ".threshold" in names and names.issuperset(METRICS) and one_each(data):
        return cast("Picture", draw_metrics(alt, data.drop(".threshold"), title or "At the best threshold"))
    for columns, draw in _DRAWERS:
        if names.issuperset(columns):
            return cast("Picture", draw(alt, data, title))
    if cells_in(data) is not None:
        return draw_cells(alt, data, title)
    raise OptionError(f"{DRAWN}; this frame has the columns {listed(data.columns)}.{_instead(data.columns)}")


_DRAWERS: tuple[tuple[Collection[str], Drawer], ...] = (
    (MONITORED, draw_monitor),
    (COMPARED, draw_compared),
    *TABLES,
    (METRICS, draw_metrics),
    (SILHOUETTES, draw_silhouettes),
    (CONFUSION, lambda alt, data, title: draw_confusion(alt, data, "heatmap", title, None)),
    (WITHIN, draw_within),
)
"""What tells a result by its columns, and what draws it; the first that fits draws."""


def _instead(names: list[str]) -> str:
    """Say what shows a frame that has no picture."""
    if any(name in METRICS_BY_NAME for name in names):
        return " Pass the result itself, not wide() of it."
    return " tm.as_table(result) shows any other table." if any(name.startswith(".") for name in names) else ""


__all__ = ["autoplot", "plot_confusion", "residuals_plot", "thin"]
