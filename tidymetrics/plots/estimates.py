"""The estimates of metrics, one dot per group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tidymetrics.plots.canvas import (
    axis_of,
    colour_by,
    distinct,
    group_labels,
    group_tooltip,
    in_panels,
    inline_data,
    numbers_in,
    title_of,
)
from tidymetrics.plots.clusters import continuous_key, draw_over
from tidymetrics.plots.dots import draw_dots, metric_names

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Picture, Rows
    from tidymetrics.typing import Array

_MOST_POINTS = 25
"""With more places than this, lines have no dots."""

METRICS = (".metric", ".estimator", ".estimate")


def one_each(data: Frame) -> bool:
    """Tell whether each metric has one threshold in each group."""
    names = group_labels(data, [*data.columns[: data.columns.index(".threshold")], ".metric", ".estimator"])
    return len(set(names)) == len(names)


def draw_metrics(alt: Any, data: Frame, title: str | None) -> Any:
    if ".k" in data.columns and len(_places(data)) > 1:
        return _draw_by_k(alt, data, title)
    keys = [name for name in data.columns[: data.columns.index(".metric")] if name != ".level"]
    over = continuous_key(data, keys)
    if over is not None:
        return draw_over(alt, data, keys, over, metric_names(data), title)
    return draw_dots(alt, data, keys, title)


def _places(data: Frame) -> list[float]:
    """Give the distinct numbers of places; the whole list is none."""
    values: Array = np.unique(numbers_in(data, ".k"))
    return [float(k) for k in values if np.isfinite(k)]


def _draw_by_k(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw a line per group over the number of places, in one panel per metric; values of the whole list have no place."""
    keys = list(data.columns[: data.columns.index(".metric")])
    names, groups = group_labels(data, [".metric"]), group_labels(data, keys)
    at, values = numbers_in(data, ".k"), numbers_in(data, ".estimate")
    rows: Rows = [
        {"panel": names[i], "group": groups[i], "k": float(at[i]), "estimate": float(values[i])}
        for i in np.flatnonzero(np.isfinite(at) & np.isfinite(values)).tolist()
    ]
    shown = distinct(row["group"] for row in rows)
    panels = distinct(row["panel"] for row in rows)
    few = len(_places(data)) <= _MOST_POINTS
    chart = (
        alt.Chart(inline_data(alt, rows))
        .mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=45) if few else False)
        .encode(
            x=alt.X(
                "k:Q",
                scale=alt.Scale(zero=False, nice=False, padding=8),
                axis=axis_of(alt, title="k", format="d", tickMinStep=1),
            ),
            y=alt.Y("estimate:Q", scale=alt.Scale(zero=False, nice=True), axis=axis_of(alt, title=None)),
            color=colour_by(alt, shown, keys),
            detail="group:N",
            tooltip=[
                *group_tooltip(alt, keys),
                alt.Tooltip("k:Q", title="k"),
                alt.Tooltip("estimate:Q", title=".estimate", format=".4~g"),
            ],
        )
        .properties(width=260, height=200)
    )
    subtitle = f"by {' / '.join(map(str, keys))}" if keys else None
    found = in_panels(alt, chart, panels, title_of(alt, title or "Metrics by k", subtitle))
    return cast("Picture", found.resolve_scale(y="independent")) if len(panels) > 1 else found
