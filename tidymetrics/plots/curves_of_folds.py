"""Curves of several folds: thin lines, their mean, and a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    colour_by,
    in_panels,
    inline_data,
    only_part,
)
from tidymetrics.plots.curve_lines import area_of, axes_of, guide_rows
from tidymetrics.plots.thinning import thin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.plots.canvas import Picture, Rows
    from tidymetrics.plots.curve_lines import Kind, Line
    from tidymetrics.typing import Array

PLACES = 201
"""Where the mean of curves is taken, from 0 to 1."""
_MOST_POINTS = 400
"""Points of the thin lines, of which many lie on top of each other."""


def draw_folds(alt: Any, lines: list[Line], kind: Kind, keys: tuple[Sequence[str], Sequence[str]], heading: Any) -> Picture:
    """Draw a thin line per fold, and the mean and the standard deviation of each group of folds."""
    names, folds = keys
    others = [i for i, name in enumerate(names) if name not in folds]
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        if len(line.x) > 1:
            grouped.setdefault(" / ".join(line.keys[i] for i in others), []).append(line)
    labels = {name: f"{name}, {_areas(members, kind)}".removeprefix(", ") for name, members in grouped.items()}
    rows: Rows = guide_rows(lines, kind, "")
    for number, line in enumerate(line for members in grouped.values() for line in members):
        kept = thin(line.x, line.y, _MOST_POINTS)
        label = labels[" / ".join(line.keys[i] for i in others)]
        same = {"part": "curve", "group": label, "line": number, "fold": line.group}
        points = zip(line.x[kept].tolist(), line.y[kept].tolist(), strict=True)
        rows += [{**same, "order": order, "x": x, "y": y} for order, (x, y) in enumerate(points)]
    for name, members in grouped.items():
        start = [{"x": 0.0, "y": 0.0, "low": 0.0, "high": 0.0, "order": -1}] if kind.guide else []
        rows += [{"part": "mean", "group": labels[name], **point} for point in [*start, *_mean_of(members)]]
    chart = alt.layer(
        *_layers(alt, lines, kind, (list(labels.values()), [names[i] for i in others])), data=inline_data(alt, rows)
    )
    heading.subtitle = [
        *([heading.subtitle] if isinstance(heading.subtitle, str) else []),
        *([] if others else labels.values()),
        f"mean and standard deviation over {' / '.join(map(str, folds))}",
    ]
    return in_panels(alt, chart.properties(width=340, height=340), [], heading)


def _areas(lines: list[Line], kind: Kind) -> str:
    areas = np.array([area_of(line) for line in lines])
    return f"{kind.area} {areas.mean():.3f} \u00b1 {areas.std(ddof=1) if len(areas) > 1 else 0:.3f}"


def _mean_of(lines: list[Line]) -> Rows:
    """Give the mean of the lines at places of the x axis, and a standard deviation each way."""
    at = np.linspace(0, 1, PLACES)
    heights: Array = np.stack([_heights(line, at) for line in lines])  # [lines, places]
    mean, spread = heights.mean(axis=0), heights.std(axis=0, ddof=1) if len(lines) > 1 else np.zeros(PLACES)
    low, high = np.clip(mean - spread, 0, 1), np.clip(mean + spread, 0, 1)
    return [
        {"x": x, "y": y, "low": a, "high": b, "order": order}
        for order, (x, y, a, b) in enumerate(zip(at.tolist(), mean.tolist(), low.tolist(), high.tolist(), strict=True))
    ]


def _heights(line: Line, at: Array) -> Array:
    """Give the heights of a line; of a vertical step the middle counts."""
    x, place = np.unique(line.x, return_inverse=True)
    low, high = np.full(len(x), np.inf), np.full(len(x), -np.inf)
    np.minimum.at(low, place, line.y)
    np.maximum.at(high, place, line.y)
    # just left of a step its near end counts, just right of it its far end
    rising = line.y[np.argmax(line.x)] >= line.y[np.argmin(line.x)]
    near, far = (low, high) if rising else (high, low)
    both = np.stack([near, far], axis=1).reshape(-1)
    steps = np.stack([x, np.nextafter(x, np.inf)], axis=1).reshape(-1)
    found: Array = np.interp(at, steps, both)
    inside = np.isin(at, x)
    found[inside] = ((near + far) / 2)[np.searchsorted(x, at[inside])]
    return found


def _layers(alt: Any, lines: list[Line], kind: Kind, named: tuple[list[str], list[str]]) -> list[Any]:
    groups, keys = named
    x, y = axes_of(alt, lines, kind)
    base = alt.Chart().encode(x=x, y=y)
    colour = colour_by(alt, groups, keys) if keys else alt.value(BLUE)
    mean = base.transform_filter(only_part("mean")).encode(color=colour, detail="group:N", order=alt.Order("order:Q"))
    thin_lines = base.transform_filter(only_part("curve")).mark_line(strokeWidth=0.8, opacity=0.35)
    return [
        base.transform_filter(only_part("guide")).mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1),
        mean.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title=kind.y), y2="high:Q"),
        thin_lines.encode(color=colour, detail="line:N", order=alt.Order("order:Q")),
        mean.mark_line(strokeWidth=2.4).encode(tooltip=[alt.Tooltip("x:Q", format=".3f"), alt.Tooltip("y:Q", format=".3f")]),
    ]
