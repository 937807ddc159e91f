"""The curves of ranked scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.plots.canvas import (
    GREY,
    LEAST_FOLDS,
    MOST_COLOURS,
    colour_by,
    distinct,
    fold_keys,
    group_tooltip,
    in_panels,
    inline_data,
    numbers_in,
    only_part,
    split_by,
    title_of,
)
from tidymetrics.plots.curve_lines import GAIN, PR, Kind, Line, axes_of, guide_rows, reaches_the_end, shown_area
from tidymetrics.plots.curves_of_folds import draw_folds
from tidymetrics.plots.thinning import MOST_POINTS, thin

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Picture, Rows
    from tidymetrics.typing import Array

LEAST_POINTS = 400  # per line if there are very many: the area is accurate to about 1e-3
MOST_LEVELS = 10  # of detected objects, whose curves share a panel
ALL_POINTS = 8_000  # per chart, if its lines can have fewer than MOST_POINTS


def draw_curves(alt: Any, data: Frame, kind: Kind, title: str | None, event: str | None = None) -> Picture:
    before = data.columns[: min(data.columns.index(name) for name in kind.columns)]
    keys = [name for name in before if name != ".level"]
    if ".eval_time" in data.columns and ".eval_time" not in keys:  # a survival curve has it last
        keys.append(".eval_time")
    by_level = ".level" in data.columns
    lines = _lines(data, kind, keys, by_level=by_level)
    if by_level and kind is PR and _of_boxes(lines):
        return _draw_boxes(alt, lines, keys, title)
    notes = [f"event: {event}"] if event is not None else []
    notes += ["each level against the rest"] if by_level else []
    if by_level and not keys and kind.area and len(lines) <= MOST_COLOURS:
        # one panel for all levels
        lines, keys, by_level = [replace(line, group=line.panel, panel="") for line in lines], [".level"], False
    folds = fold_keys(keys) if kind.area and not by_level else []
    if folds and len(lines) >= LEAST_FOLDS:
        return draw_folds(alt, lines, kind, (keys, folds), title_of(alt, title or kind.title, "; ".join(notes) or None))
    panels = distinct(line.panel for line in lines) if by_level else []
    if kind.area and not panels and len(lines) <= MOST_COLOURS:
        if keys:
            lines = [replace(line, group=f"{line.group}, {kind.area} {shown_area(line)}") for line in lines]
        else:
            notes += [f"{kind.area} {shown_area(line)}" for line in lines]
    rows = _curve_rows(lines, kind)
    for panel in panels or [""]:
        rows += guide_rows([line for line in lines if line.panel == panel], kind, panel)
    size = _panel_size(len(panels))
    chart = alt.layer(*_curve_layers(alt, lines, kind, keys), data=inline_data(alt, rows)).properties(
        width=size, height=size if kind.square else round(0.7 * size)
    )
    return in_panels(alt, chart, panels, title_of(alt, title or kind.title, "; ".join(notes) or None))


def _of_boxes(lines: list[Line]) -> bool:
    """Tell curves of detected objects, which end where nothing more is found; a ranking of rows ends at a recall of 1."""
    return not all(map(reaches_the_end, lines))


def _draw_boxes(alt: Any, lines: list[Line], keys: list[str], title: str | None) -> Picture:
    """Draw curves of detected objects: one colour per level, one panel per group."""
    levels = distinct(line.panel for line in lines)
    shown = sorted(levels, key=lambda level: -max(_objects(line) for line in lines if line.panel == level))[:MOST_LEVELS]
    kept = [replace(line, group=line.panel, panel=line.group) for line in lines if line.panel in shown]
    panels = distinct(line.panel for line in kept) if keys else []
    size = _panel_size(len(panels))
    layers = _curve_layers(alt, kept, PR, [".level"], steps=True)
    chart = alt.layer(*layers, data=inline_data(alt, _curve_rows(kept, PR))).properties(width=size, height=size)
    subtitle = f"the {len(shown)} of {len(levels)} levels with most true objects" if len(shown) < len(levels) else None
    return in_panels(alt, chart, panels, title_of(alt, title or PR.title, subtitle))


def _objects(line: Line) -> float:
    """Give how many true objects a curve has: each that is found raises the recall by its share."""
    rises = np.diff(line.x)
    return float(1 / rises[rises > 0].min()) if (rises > 0).any() else 0.0


def _panel_size(n: int) -> int:
    return 340 if n <= 1 else 240 if n <= 4 else 170


def _lines(data: Frame, kind: Kind, keys: list[str], *, by_level: bool) -> list[Line]:
    columns = {name: numbers_in(data, name) for name in kind.columns}
    lines = []
    for values, rows in split_by(data, [*keys, ".level"] if by_level else keys):
        panel = values.pop() if by_level else ""
        part = {name: column[rows] for name, column in columns.items()}
        x, y = kind.coordinates(part)
        total = (0.0, 0.0) if kind.has_threshold else (_last(part[".n"]), _last(part[".n_events"]))
        ok = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        details = tuple(part[name][ok] for name in kind.columns[:-2])
        lines.append(Line(" / ".join(values), panel, x[ok], y[ok], details, total, tuple(values)))
    return lines


def _last(counts: Array) -> float:
    """Return the count at the end of a curve, where it is largest."""
    return float(np.nan_to_num(counts).max(initial=0.0))


def _curve_rows(lines: list[Line], kind: Kind) -> Rows:
    """Write the points of the lines, thinned."""
    most = int(np.clip(ALL_POINTS // max(1, len(lines)), LEAST_POINTS, MOST_POINTS))
    rows: Rows = []
    for i, line in enumerate(lines):
        kept = thin(line.x, line.y, most)
        details = [column[kept].tolist() for column in line.details]
        if kind.has_threshold:
            details = [[_threshold(value) for value in details[0]]]
        points = zip(line.x[kept].tolist(), line.y[kept].tolist(), *details, strict=True)
        names = ("x", "y", "threshold") if kind.has_threshold else ("x", "y", "n", "n_events")
        same = {"part": "curve", "group": line.group, "panel": line.panel, "line": i}
        rows += [{**same, "order": order, **dict(zip(names, point, strict=True))} for order, point in enumerate(points)]
    return rows


def _threshold(value: float) -> str:
    """Format a threshold: JSON has no infinity."""
    return f"{value:.4g}".replace("inf", "\u221e")


def _curve_layers(alt: Any, lines: list[Line], kind: Kind, keys: list[str], *, steps: bool = False) -> list[Any]:
    groups = distinct(line.group for line in lines)
    many = len(groups) > MOST_COLOURS
    x, y = axes_of(alt, lines, kind)
    base = alt.Chart().encode(x=x, y=y)
    layers = []
    if kind is GAIN:
        layers.append(base.transform_filter(only_part("perfect")).mark_area(color=GREY, opacity=0.12).encode(y2="low:Q"))
    if kind.guide or kind is PR:
        layers.append(base.transform_filter(only_part("guide")).mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1))
    curve = base.transform_filter(only_part("curve"))
    look: dict[str, Any] = {"strokeWidth": 0.9, "opacity": 0.55} if many else {"strokeWidth": 1.8}
    look |= {} if kind.square else {"clip": True}
    # without an order, Vega-Lite sorts the points by x, and vertical steps zigzag
    line = curve.mark_line(interpolate="step-after" if steps else "linear", strokeJoin="round", **look).encode(
        color=colour_by(alt, groups, keys), detail="line:N", order=alt.Order("order:Q")
    )
    # a line has a single tooltip; invisible points on it have one each
    points = curve.mark_point(size=50, opacity=0).encode(tooltip=_curve_tooltip(alt, kind, keys))
    return [*layers, line, points]


def _curve_tooltip(alt: Any, kind: Kind, keys: list[str]) -> list[Any]:
    details = (
        [alt.Tooltip("threshold:N", title="threshold")]
        if kind.has_threshold
        else [alt.Tooltip("n:Q", title=".n", format=",.6~g"), alt.Tooltip("n_events:Q", title=".n_events", format=",.6~g")]
    )
    coordinates = [alt.Tooltip("x:Q", title=kind.x, format=".4~g"), alt.Tooltip("y:Q", title=kind.y, format=".4~g")]
    return [*group_tooltip(alt, keys), *details, *coordinates]
