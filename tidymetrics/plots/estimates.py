"""The estimates of metrics, one dot per group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tidymetrics.plots.canvas import (
    MOST_COLOURS,
    axis_of,
    colour_by,
    distinct,
    group_labels,
    group_tooltip,
    header_of,
    inline_data,
    numbers_in,
    only_part,
    sample_of,
    title_of,
)
from tidymetrics.plots.clusters import draw_over, numeric_key

if TYPE_CHECKING:
    import altair as alt

    from tidymetrics.plots.canvas import Frame, Panels, Rows
    from tidymetrics.typing import Array

METRICS = (".metric", ".estimator", ".estimate")


def draw_metrics(alt: Any, data: Frame, title: str | None) -> alt.FacetChart:
    keys = [name for name in data.columns[: data.columns.index(".metric")] if name != ".level"]
    levels = group_labels(data, [".level"] if ".level" in data.columns else [])
    over = numeric_key(data, keys)
    if over is not None:
        return draw_over(alt, data, keys, over, _metric_names(data), title)
    names, groups = _metric_names(data), group_labels(data, keys)
    rows, sampled = _metric_rows(numbers_in(data, ".estimate"), names, levels, groups)
    colours, rungs = distinct(groups), distinct(levels)
    height = max(46, 26 * len(rungs))
    chart = alt.layer(*_metric_layers(alt, colours, rungs, keys), data=inline_data(alt, rows))
    row = alt.Row(
        "panel:N",
        sort=distinct(names),
        header=header_of(alt, labelAngle=0, labelAlign="left", labelOrient="left", labelFontWeight="bold"),
    )
    subtitle = None
    if keys:
        subtitle = f"by {' / '.join(map(str, keys))}; bar: the mean{'; a sample of the dots' if sampled else ''}"
    panels = chart.properties(width=420, height=height).facet(row=row, spacing=14).resolve_scale(x="independent")
    return cast("Panels", panels.properties(title=title_of(alt, title or "Metrics", subtitle)))


def _metric_names(data: Frame) -> list[str]:
    """Label the panel of each row: the metric, its evaluation time, and its estimator if there are several."""
    metrics, estimators = group_labels(data, [".metric"]), group_labels(data, [".estimator"])
    if ".eval_time" in data.columns:
        times = numbers_in(data, ".eval_time")
        metrics = [m if np.isnan(t) else f"{m} at {t:g}" for m, t in zip(metrics, times, strict=True)]
    pairs = set(zip(metrics, estimators, strict=True))
    several = {metric for metric in set(metrics) if sum(metric == m for m, _ in pairs) > 1}
    return [f"{m} ({e})" if m in several else m for m, e in zip(metrics, estimators, strict=True)]


def _metric_rows(values: Array, panels: list[str], levels: list[str], groups: list[str]) -> tuple[Rows, bool]:
    """Build one dot per estimate, and a mean if there are several; return whether dots are left out."""
    places: dict[tuple[str, str], list[int]] = {}
    for i, place in enumerate(zip(panels, levels, strict=True)):
        if np.isfinite(values[i]):
            places.setdefault(place, []).append(i)
    rows: Rows = []
    sampled = False
    for (panel, level), members in places.items():
        shown = sample_of(np.array(members))
        sampled |= len(shown) < len(members)
        same = {"panel": panel, "level": level}
        # steps of the golden ratio spread neighbours evenly and reproducibly
        rows += [
            {"part": "dot", **same, "group": groups[i], "estimate": float(values[i]), "spread": (0.5 + 0.618034 * k) % 1.0}
            for k, i in enumerate(shown.tolist())
        ]
        if len(members) > 1:
            rows.append({"part": "mean", **same, "estimate": float(values[members].mean()), "spread": 0.5})
    return rows, sampled


def _metric_layers(alt: Any, groups: list[str], levels: list[str], keys: list[str]) -> list[Any]:
    axis = axis_of(alt, title=None, grid=False, ticks=False, domain=False) if levels != [""] else None
    x = alt.X("estimate:Q", scale=alt.Scale(zero=False, nice=True, padding=12), axis=axis_of(alt, title=None))
    base = alt.Chart().encode(x=x, y=alt.Y("level:N", sort=levels, axis=axis))
    few = len(groups) <= MOST_COLOURS
    dots = (
        base.transform_filter(only_part("dot"))
        .mark_circle(size=70 if few else 18, opacity=0.85 if few else 0.35)
        .encode(
            color=colour_by(alt, groups, keys),
            yOffset=alt.YOffset("spread:Q", scale=alt.Scale(domain=[-0.3, 1.3])),
            tooltip=[*group_tooltip(alt, keys), alt.Tooltip("estimate:Q", title=".estimate", format=".4~g")],
        )
    )
    details = [alt.Tooltip("estimate:Q", title="mean", format=".4~g")]
    mean = base.transform_filter(only_part("mean")).mark_tick(color="black", thickness=2.5, size=26).encode(tooltip=details)
    return [dots, mean]
