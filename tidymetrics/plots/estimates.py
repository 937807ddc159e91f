"""The estimates of metrics, one dot per group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    INK,
    axis_of,
    colour_by,
    distinct,
    group_labels,
    group_tooltip,
    header_of,
    in_panels,
    inline_data,
    legend_of,
    numbers_in,
    only_part,
    title_of,
)
from tidymetrics.plots.clusters import continuous_key, draw_over
from tidymetrics.plots.dots import draw_dots, metric_names

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Panels, Picture, Rows
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


COMPARED = (".first", ".second", ".estimate", ".lower", ".upper")


def draw_compared(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw a row for each pair: the difference, its interval, and a line at no difference."""
    keys = [name for name in data.columns[: data.columns.index(".metric")] if name != ".level"]
    names, groups = metric_names(data), group_labels(data, [*keys, *([".level"] if ".level" in data.columns else [])])
    pairs = [" - ".join(pair) for pair in zip(group_labels(data, [".first"]), group_labels(data, [".second"]), strict=True)]
    values, lower, upper = (numbers_in(data, name) for name in (".estimate", ".lower", ".upper"))
    order = np.argsort(values, kind="stable").tolist()
    shown = [i for i in order if np.isfinite(values[i]) and np.isfinite(lower[i]) and np.isfinite(upper[i])]
    labels = {i: f"{pairs[i]}, {groups[i]}" if groups[i] else pairs[i] for i in shown}
    rows: Rows = [
        {
            "part": "dot",
            "panel": names[i],
            "pair": labels[i],
            "estimate": float(values[i]),
            "lower": float(lower[i]),
            "upper": float(upper[i]),
            "differs": "yes" if not lower[i] <= 0 <= upper[i] else "no",
        }
        for i in shown
    ]
    rows += [{"part": "none", "panel": name, "estimate": 0.0} for name in distinct(names)]
    x = alt.X("estimate:Q", scale=alt.Scale(zero=False, nice=True, padding=12), axis=axis_of(alt, title=None))
    y = alt.Y("pair:N", sort=distinct(labels.values()), axis=axis_of(alt, title=None, grid=False, ticks=False, domain=False))
    colours = alt.Scale(domain=["yes", "no"], range=[BLUE, GREY])
    colour = alt.Color("differs:N", scale=colours, legend=legend_of(alt, "interval leaves out 0"))
    details = [alt.Tooltip(f"{n}:Q", title=f".{n}", format=".4~g") for n in ("estimate", "lower", "upper")]
    base = alt.Chart().transform_filter(only_part("dot")).encode(y=y, color=colour, tooltip=details)
    rules = base.mark_rule(strokeWidth=2).encode(x=alt.X("lower:Q", axis=axis_of(alt, title=None)), x2="upper:Q")
    line = alt.Chart().transform_filter(only_part("none")).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x)
    chart = alt.layer(line, rules, base.mark_circle(size=70, opacity=1).encode(x=x), data=inline_data(alt, rows))
    header = header_of(alt, labelAngle=0, labelAlign="left", labelOrient="top", labelFontWeight="bold")
    row = alt.Row("panel:N", sort=distinct(names), header=header)
    height = max(46, 26 * len(set(labels.values())))
    panels = chart.properties(width=420, height=height).facet(row=row, spacing=14).resolve_scale(x="independent")
    return cast("Panels", panels.properties(title=title_of(alt, title or "Differences", "first - second, with intervals")))
