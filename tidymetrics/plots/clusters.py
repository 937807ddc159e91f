"""Metrics over a number such as k, silhouettes cluster by cluster, and cells of two partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import numpy as np

from tidymetrics.plots.canvas import (
    GREY,
    axis_of,
    colour_by,
    colour_scale,
    distinct,
    fold_keys,
    group_labels,
    group_tooltip,
    header_of,
    in_panels,
    inline_data,
    is_time,
    legend_of,
    numbers_in,
    only_part,
    split_by,
    times_in,
    title_of,
)
from tidymetrics.plots.dots import draw_dots
from tidymetrics.statistics.assignment import assign

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Panels, Picture, Rows
    from tidymetrics.typing import Array, Codes

SILHOUETTES = (".cluster", ".neighbor", ".sil_width")
MOST_BARS = 2_000
_MOST_PLACES = 500
"""A key of more numbers than this names groups."""


def continuous_key(data: Frame, keys: list[str]) -> str | None:
    """Give the one key that is a number or a time, where there is one; numbers of folds are names."""
    named = fold_keys(keys)
    numbers = [key for key in keys if key not in named and (data.get_column(key).dtype.is_numeric() or is_time(data, key))]
    if len(numbers) != 1 or ".level" in data.columns or data.get_column(numbers[0]).n_unique() > _MOST_PLACES:
        return None
    return numbers[0]


def draw_over(alt: Any, data: Frame, keys: list[str], over: str, panels: list[str], title: str | None) -> Panels:
    """Draw the estimates over a numeric key: one panel per metric, one line per group of the other keys."""
    others = [key for key in keys if key != over]
    groups = group_labels(data, others)
    timed = is_time(data, over)
    x, y = times_in(data, over) if timed else numbers_in(data, over), numbers_in(data, ".estimate")
    low, high, band = _limits(data, y)
    rows: Rows = []
    for i in np.flatnonzero(np.isfinite(x) & np.isfinite(y)):
        row = {"part": "line", "panel": panels[i], "group": groups[i], "x": float(x[i]), "estimate": float(y[i])}
        if np.isfinite(low[i]) and np.isfinite(high[i]):
            row |= {"low": float(low[i]), "high": float(high[i])}
        rows.append(row)
    whole = bool(rows) and all(row["x"] == int(row["x"]) for row in rows)
    axis = axis_of(alt, title=over, grid=False, **({"tickMinStep": 1} if whole and not timed else {}))
    ends: dict[str, Any] = {"type": "utc", "padding": 14} if timed else {"zero": False, "nice": False, "padding": 14}
    place = alt.X("x:T" if timed else "x:Q", scale=alt.Scale(**ends), axis=axis)
    # without rounding, the axis cannot leave the range of the metric
    value = alt.Y("estimate:Q", scale=alt.Scale(zero=False, nice=False), axis=axis_of(alt, title=None))
    base = alt.Chart().encode(x=place, y=value, color=colour_by(alt, distinct(groups), others))
    details = [
        *group_tooltip(alt, others),
        alt.Tooltip("x:T" if timed else "x:Q", title=over),
        alt.Tooltip("estimate:Q", format=".4~g"),
    ]
    layers = [base.mark_line(strokeWidth=1.8), base.mark_circle(size=60, opacity=1).encode(tooltip=details)]
    if any("low" in row for row in rows):
        bars = alt.Chart().encode(
            x=place, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour_by(alt, distinct(groups), others)
        )
        bars = bars.transform_filter("isValid(datum.low)")
        layers.insert(0, bars.mark_area(opacity=0.18, line=False) if band else bars.mark_rule(strokeWidth=1.5))
    row_of = alt.Row(
        "panel:N",
        sort=distinct(panels),
        header=header_of(alt, labelAngle=0, labelAlign="left", labelOrient="top", labelFontWeight="bold", labelAnchor="start"),
    )
    chart = alt.layer(*layers, data=inline_data(alt, rows)).properties(width=340, height=120)
    facet = chart.facet(row=row_of, spacing=14).resolve_scale(y="independent")
    return cast("Panels", facet.properties(title=title_of(alt, title or "Metrics", f"over {over}")))


def _limits(data: Frame, values: Array) -> tuple[Array, Array, bool]:
    """Give how far up and down each estimate reaches: its interval, which is a band, or one standard error, a rule."""
    if ".lower" in data.columns:
        return numbers_in(data, ".lower"), numbers_in(data, ".upper"), True
    error = numbers_in(data, ".std_error") if ".std_error" in data.columns else np.full(len(values), np.nan)
    return values - error, values + error, False


def draw_silhouettes(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw a bar for each row, sorted inside each cluster, with a line at the mean; a panel for each group."""
    before = data.columns[: data.columns.index(".cluster")]
    # what names rows has as many values as there are rows; what groups them has fewer
    keys = [key for key in before if key != ".row" and data.get_column(key).n_unique() < len(data)]
    width, clusters = numbers_in(data, ".sil_width"), np.array(group_labels(data, [".cluster"]), dtype=object)
    rows: Rows = []
    panels, thinned = [], False
    for values, at in split_by(data, keys):
        panel = " / ".join(values)
        panels.append(panel)
        known = at[np.isfinite(width[at])]
        if not len(known):
            continue
        order = np.lexsort((-width[known], clusters[known].astype(str)))
        bars = known[order]
        if len(bars) > MOST_BARS:
            bars, thinned = bars[np.linspace(0, len(bars) - 1, MOST_BARS).astype(int)], True
        same = {"panel": panel}
        rows += [
            {
                "part": "bar",
                **same,
                "cluster": str(clusters[i]),
                "order": k,
                "next": k + 1,
                "width": float(width[i]),
                "zero": 0.0,
            }
            for k, i in enumerate(bars.tolist())
        ]
        rows.append({"part": "mean", **same, "width": float(width[known].mean())})
    names = distinct(row["cluster"] for row in rows if row["part"] == "bar")
    x = alt.X("width:Q", axis=axis_of(alt, title="silhouette width"))
    bare = axis_of(alt, title="rows, by cluster", labels=False, ticks=False, grid=False)
    bars_of = (
        alt.Chart()
        .transform_filter(only_part("bar"))
        .mark_rect()
        .encode(
            x=x,
            x2="zero:Q",
            y=alt.Y("order:Q", scale=alt.Scale(reverse=True, nice=False, zero=False), axis=bare),
            y2="next:Q",
            color=alt.Color("cluster:N", scale=colour_scale(alt, names), legend=legend_of(alt, "cluster")),
            tooltip=[alt.Tooltip("cluster:N"), alt.Tooltip("width:Q", title=".sil_width", format=".3f")],
        )
    )
    mean = alt.Chart().transform_filter(only_part("mean")).mark_rule(color=GREY, strokeDash=[5, 4], strokeWidth=1.5).encode(x=x)
    size = 360 if len(panels) == 1 else 220
    chart = alt.layer(bars_of, mean, data=inline_data(alt, rows)).properties(width=size, height=size)
    subtitle = f"dashed: the mean{'; a sample of the bars' if thinned else ''}"
    if keys:
        chart = chart.resolve_scale(y="shared")
    return in_panels(alt, chart, panels if keys else [], title_of(alt, title or "Silhouettes", subtitle))


WITHIN = (".cluster", ".n", ".wss")


def draw_within(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw the spread inside each cluster: one dot per cluster."""
    names = {".metric": "sum of squares", ".estimator": "standard"}
    table = data.with_columns(**{name: nw.lit(value) for name, value in names.items()})
    table = table.rename({".wss": ".estimate", ".cluster": ".level"}).drop(".n")
    keys = data.columns[: data.columns.index(".cluster")]
    return cast("Picture", draw_dots(alt, table.select(*keys, *names, ".level", ".estimate"), keys, title or "Inside clusters"))


def cells_in(data: Frame) -> tuple[str, str] | None:
    """Give the columns of the two partitions of a table of cells, None where it is none."""
    if data.columns[-1] != ".n" or len(data.columns) < 3 or any(name.startswith(".") for name in data.columns[:-1]):
        return None
    return data.columns[-3], data.columns[-2]


def draw_cells(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw the cells of two partitions, clusters in the order in which they match the classes best."""
    truth, estimate = cells_in(data) or ("", "")
    keys = data.columns[:-3]
    classes, clusters, count = group_labels(data, [truth]), group_labels(data, [estimate]), numbers_in(data, ".n")
    rows: Rows = []
    panels = []
    sort = _in_order_of_classes(classes, clusters, count)
    for values, at in split_by(data, keys):
        panel = " / ".join(values)
        panels.append(panel)
        totals: dict[str, float] = {}
        for i in at:
            totals[classes[i]] = totals.get(classes[i], 0.0) + float(count[i])
        rows += [
            {
                "panel": panel,
                "truth": classes[i],
                "cluster": clusters[i],
                "n": float(count[i]),
                "share": float(count[i]) / max(totals[classes[i]], 1e-300),
            }
            for i in at.tolist()
        ]
    plain = {"grid": False, "ticks": False, "domain": False, "labelLimit": 170}
    base = alt.Chart().encode(
        x=alt.X("truth:N", sort=distinct(sorted(classes)), axis=axis_of(alt, title=truth, labelAngle=0, **plain)),
        y=alt.Y("cluster:N", sort=sort, axis=axis_of(alt, title=estimate, **plain)),
    )
    colours = alt.Scale(domain=[0, 1], range=["#f4f7fa", "#9cc3de", "#3f83b5", "#0b3c66"])
    share = alt.Color("share:Q", scale=colours, legend=legend_of(alt, f"share of {truth}", format=".0%"))
    ink = alt.when("datum.share > 0.5").then(alt.value("white")).otherwise(alt.value("#1c2733"))
    layers = [base.mark_rect(stroke="white").encode(color=share)]
    if len(sort) <= 30:
        layers.append(base.mark_text(fontSize=13).encode(text=alt.Text("n:Q", format=",~g"), color=ink))
    cell = float(np.clip(420 / max(len(sort), 1), 14, 70))
    chart = alt.layer(*layers, data=inline_data(alt, rows)).properties(
        width=max(cell, 60) * len(set(classes)), height=cell * len(sort)
    )
    heading = title_of(alt, title or "Classes and clusters", f"by {' / '.join(keys)}" if keys else None)
    return in_panels(alt, chart, panels if keys else [], heading)


def _in_order_of_classes(classes: list[str], clusters: list[str], count: Array) -> list[str]:
    """Sort clusters so that matched ones stand on the diagonal, the others behind."""
    rows, columns = distinct(sorted(classes)), distinct(sorted(clusters))
    place = {name: i for i, name in enumerate(rows)}
    at = {name: i for i, name in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)))  # [classes, clusters]
    np.add.at(table, ([place[c] for c in classes], [at[c] for c in clusters]), np.nan_to_num(count))
    matched: Codes = assign(table)
    first = [columns[j] for j in matched.tolist() if j >= 0]
    return [*first, *(name for name in columns if name not in first)]
