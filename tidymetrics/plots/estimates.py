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
    in_panels,
    inline_data,
    numbers_in,
    only_part,
    sample_of,
    title_of,
)
from tidymetrics.plots.clusters import draw_over, numeric_key

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Panels, Picture, Rows
    from tidymetrics.typing import Array

_MOST_POINTS = 25
"""With more places than this, lines have no dots."""

METRICS = (".metric", ".estimator", ".estimate")


def draw_metrics(alt: Any, data: Frame, title: str | None) -> Picture:
    if ".k" in data.columns and len(_places(data)) > 1:
        return _draw_by_k(alt, data, title)
    keys = [name for name in data.columns[: data.columns.index(".metric")] if name != ".level"]
    levels = group_labels(data, [".level"] if ".level" in data.columns else [])
    over = numeric_key(data, keys)
    if over is not None:
        return draw_over(alt, data, keys, over, metric_names(data), title)
    names, groups = metric_names(data), group_labels(data, keys)
    limits = _limits_in(data)
    rows, sampled = _metric_rows(numbers_in(data, ".estimate"), names, levels, groups, limits)
    colours, rungs = (
        distinct(groups),
        _sorted(levels, numbers_in(data, ".estimate")) if len(set(names)) == 1 else distinct(levels),
    )
    height = max(46, 26 * len(rungs))
    chart = alt.layer(*_metric_layers(alt, colours, rungs, keys, limits=limits is not None), data=inline_data(alt, rows))
    row = alt.Row(
        "panel:N",
        sort=distinct(names),
        header=header_of(alt, labelAngle=0, labelAlign="left", labelOrient="left", labelFontWeight="bold"),
    )
    subtitle = None
    if keys:
        what = "bar: the mean" if limits is None else "rules: the intervals"
        subtitle = f"by {' / '.join(map(str, keys))}; {what}{'; a sample of the dots' if sampled else ''}"
    panels = chart.properties(width=420, height=height).facet(row=row, spacing=14).resolve_scale(x="independent")
    return cast("Panels", panels.properties(title=title_of(alt, title or "Metrics", subtitle)))


def _sorted(levels: list[str], values: Array) -> list[str]:
    """Order the levels of one metric by their values, the greatest first; one without a value comes last."""
    found: dict[str, list[float]] = {level: [] for level in levels}
    for level, value in zip(levels, values.tolist(), strict=True):
        if np.isfinite(value):
            found[level].append(value)
    return sorted(found, key=lambda level: -float(np.mean(found[level])) if found[level] else np.inf)


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


def metric_names(data: Frame) -> list[str]:
    """Label the panel of each row: the metric, its evaluation time, and its estimator if there are several."""
    metrics, estimators = group_labels(data, [".metric"]), group_labels(data, [".estimator"])
    if ".eval_time" in data.columns:
        times = numbers_in(data, ".eval_time")
        metrics = [m if np.isnan(t) else f"{m} at {t:g}" for m, t in zip(metrics, times, strict=True)]
    pairs = set(zip(metrics, estimators, strict=True))
    several = {metric for metric in set(metrics) if sum(metric == m for m, _ in pairs) > 1}
    return [f"{m} ({e})" if m in several else m for m, e in zip(metrics, estimators, strict=True)]


def _limits_in(data: Frame) -> tuple[Array, Array] | None:
    """Give the ends of the rule of each row; None for a result without intervals."""
    if {".lower", ".upper"} <= set(data.columns):
        return numbers_in(data, ".lower"), numbers_in(data, ".upper")
    return None


def _metric_rows(
    values: Array, panels: list[str], levels: list[str], groups: list[str], limits: tuple[Array, Array] | None
) -> tuple[Rows, bool]:
    """Build one dot per estimate, and a mean if there are several without intervals; return whether dots are left out."""
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
        for row, i in zip(rows[-len(shown) :], shown.tolist(), strict=True):
            if limits is not None and np.isfinite(limits[0][i]) and np.isfinite(limits[1][i]):
                row |= {"lower": float(limits[0][i]), "upper": float(limits[1][i])}
        if len(members) > 1 and limits is None:
            rows.append({"part": "mean", **same, "estimate": float(values[members].mean()), "spread": 0.5})
    return rows, sampled


def _metric_layers(alt: Any, groups: list[str], levels: list[str], keys: list[str], *, limits: bool) -> list[Any]:
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
    if limits:
        ends = [alt.Tooltip(f"{name}:Q", title=f".{name}", format=".4~g") for name in ("lower", "upper")]
        rules = (
            base.transform_filter("datum.part === 'dot' && isValid(datum.lower)")
            .mark_rule(strokeWidth=2 if few else 1, opacity=0.6 if few else 0.25)
            .encode(
                x=alt.X("lower:Q", scale=alt.Scale(zero=False, nice=True, padding=12), axis=axis_of(alt, title=None)),
                x2="upper:Q",
                color=colour_by(alt, groups, keys),
                yOffset=alt.YOffset("spread:Q", scale=alt.Scale(domain=[-0.3, 1.3])),
                tooltip=[*group_tooltip(alt, keys), *ends],
            )
        )
        return [rules, dots]
    details = [alt.Tooltip("estimate:Q", title="mean", format=".4~g")]
    mean = base.transform_filter(only_part("mean")).mark_tick(color="black", thickness=2.5, size=26).encode(tooltip=details)
    return [dots, mean]
