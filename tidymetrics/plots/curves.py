"""The curves of ranked scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.plots.canvas import (
    GREY,
    MOST_COLOURS,
    axis_of,
    colour_by,
    distinct,
    group_tooltip,
    in_panels,
    inline_data,
    numbers_in,
    only_part,
    split_by,
    title_of,
)
from tidymetrics.plots.thinning import MOST_POINTS, thin

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Picture, Rows
    from tidymetrics.typing import Array

LEAST_POINTS = 500  # per line if there are very many: the area is accurate to about 1e-3
MOST_LEVELS = 10  # of detected objects, whose curves share a panel
ALL_POINTS = 100_000  # per chart, if its lines can have fewer than MOST_POINTS


@dataclass(frozen=True)
class _Kind:
    """The look of one kind of curve."""

    title: str
    columns: tuple[str, ...]
    x: str  # the axis titles
    y: str
    top: float  # where the x axis ends
    square: bool  # whether the y axis ends there too
    guide: tuple[tuple[float, float], ...]  # the dashed line of a useless model

    @property
    def has_threshold(self) -> bool:
        return ".threshold" in self.columns

    def coordinates(self, values: dict[str, Array]) -> tuple[Array, Array]:
        x, y = values[self.columns[-2]], values[self.columns[-1]]
        return (1.0 - x if self.columns[-2] == "specificity" else x), y


TESTED = "rows tested (%)"
ROC = _Kind(
    "ROC curve",
    (".threshold", "specificity", "sensitivity"),
    "1 - specificity (false positive rate)",
    "sensitivity (true positive rate)",
    1.0,
    square=True,
    guide=((0.0, 0.0), (1.0, 1.0)),
)
PR = _Kind("Precision-recall curve", (".threshold", "recall", "precision"), "recall", "precision", 1.0, square=True, guide=())
GAIN = _Kind(
    "Gain curve",
    (".n", ".n_events", ".percent_tested", ".percent_found"),
    TESTED,
    "events found (%)",
    100.0,
    square=True,
    guide=((0.0, 0.0), (100.0, 100.0)),
)
LIFT = _Kind(
    "Lift curve",
    (".n", ".n_events", ".percent_tested", ".lift"),
    TESTED,
    "lift",
    100.0,
    square=False,
    guide=((0.0, 1.0), (100.0, 1.0)),
)
KINDS = (ROC, PR, GAIN, LIFT)


@dataclass(frozen=True)
class _Line:
    """The points of one curve that can be drawn."""

    group: str
    panel: str
    x: Array
    y: Array
    details: tuple[Array, ...]  # further fields of the tooltip
    total: tuple[float, float] = (0.0, 0.0)  # the rows and the events of a gain curve


def draw_curves(alt: Any, data: Frame, kind: _Kind, title: str | None) -> Picture:
    before = data.columns[: min(data.columns.index(name) for name in kind.columns)]
    keys = [name for name in before if name != ".level"]
    if ".eval_time" in data.columns and ".eval_time" not in keys:  # a survival curve has it last
        keys.append(".eval_time")
    by_level = ".level" in data.columns
    lines = _lines(data, kind, keys, by_level=by_level)
    if by_level and kind is PR and _of_boxes(lines):
        return _draw_boxes(alt, lines, keys, title)
    panels = distinct(line.panel for line in lines) if by_level else []
    rows = _curve_rows(lines, kind)
    for panel in panels or [""]:
        rows += [{"part": "guide", "panel": panel, "x": x, "y": y} for x, y in kind.guide]
        if kind is GAIN:
            rows += _perfect([line for line in lines if line.panel == panel], panel)
    size = _panel_size(len(panels))
    chart = alt.layer(*_curve_layers(alt, lines, kind, keys), data=inline_data(alt, rows)).properties(
        width=size, height=size if kind.square else round(0.7 * size)
    )
    subtitle = "each level against the rest" if panels else None
    return in_panels(alt, chart, panels, title_of(alt, title or kind.title, subtitle))


def _of_boxes(lines: list[_Line]) -> bool:
    """Tell curves of detected objects, which end where nothing more is found; a ranking of rows ends at a recall of 1."""
    return any(not len(line.x) or line.x[-1] < 1 for line in lines)


def _draw_boxes(alt: Any, lines: list[_Line], keys: list[str], title: str | None) -> Picture:
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


def _objects(line: _Line) -> float:
    """Give how many true objects a curve has: each that is found raises the recall by its share."""
    rises = np.diff(line.x)
    return float(1 / rises[rises > 0].min()) if (rises > 0).any() else 0.0


def _panel_size(n: int) -> int:
    return 360 if n <= 1 else 240 if n <= 4 else 170


def _lines(data: Frame, kind: _Kind, keys: list[str], *, by_level: bool) -> list[_Line]:
    columns = {name: numbers_in(data, name) for name in kind.columns}
    lines = []
    for values, rows in split_by(data, [*keys, ".level"] if by_level else keys):
        panel = values.pop() if by_level else ""
        part = {name: column[rows] for name, column in columns.items()}
        x, y = kind.coordinates(part)
        total = (0.0, 0.0) if kind.has_threshold else (_last(part[".n"]), _last(part[".n_events"]))
        ok = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        details = tuple(part[name][ok] for name in kind.columns[:-2])
        lines.append(_Line(" / ".join(values), panel, x[ok], y[ok], details, total))
    return lines


def _last(counts: Array) -> float:
    """Return the count at the end of a curve, where it is largest."""
    return float(np.nan_to_num(counts).max(initial=0.0))


def _curve_rows(lines: list[_Line], kind: _Kind) -> Rows:
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


def _perfect(lines: list[_Line], panel: str) -> Rows:
    """Outline the area between a useless and a perfect model; a perfect model finds all events first."""
    n, n_events = (sum(line.total[i] for line in lines) for i in (0, 1))
    if not n_events > 0:
        return []
    outline = ((0.0, 0.0), (100.0 * n_events / n, 100.0), (100.0, 100.0))
    return [{"part": "perfect", "panel": panel, "x": x, "y": y, "low": x} for x, y in outline]


def _curve_layers(alt: Any, lines: list[_Line], kind: _Kind, keys: list[str], *, steps: bool = False) -> list[Any]:
    groups = distinct(line.group for line in lines)
    many = len(groups) > MOST_COLOURS
    ends = alt.Scale(domain=[0, kind.top], nice=False)
    small = {"titleFontSize": 11, "labelFontSize": 11} if len({line.panel for line in lines}) > 4 else {}
    x = alt.X("x:Q", scale=ends, axis=axis_of(alt, title=kind.x, **small))
    y = alt.Y("y:Q", scale=ends if kind.square else alt.Scale(zero=True), axis=axis_of(alt, title=kind.y, **small))
    base = alt.Chart().encode(x=x, y=y)
    layers = []
    if kind is GAIN:
        layers.append(base.transform_filter(only_part("perfect")).mark_area(color="#f1f1f1").encode(y2="low:Q"))
    if kind.guide:
        layers.append(base.transform_filter(only_part("guide")).mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1))
    curve = base.transform_filter(only_part("curve"))
    look = {"strokeWidth": 0.9, "opacity": 0.55} if many else {"strokeWidth": 1.8}
    # without an order, Vega-Lite sorts the points by x, and vertical steps zigzag
    line = curve.mark_line(interpolate="step-after" if steps else "linear", strokeJoin="round", **look).encode(
        color=colour_by(alt, groups, keys), detail="line:N", order=alt.Order("order:Q")
    )
    # a line has a single tooltip; invisible points on it have one each
    points = curve.mark_point(size=50, opacity=0).encode(tooltip=_curve_tooltip(alt, kind, keys))
    return [*layers, line, points]


def _curve_tooltip(alt: Any, kind: _Kind, keys: list[str]) -> list[Any]:
    details = (
        [alt.Tooltip("threshold:N", title="threshold")]
        if kind.has_threshold
        else [alt.Tooltip("n:Q", title=".n", format=",.6~g"), alt.Tooltip("n_events:Q", title=".n_events", format=",.6~g")]
    )
    coordinates = [alt.Tooltip("x:Q", title=kind.x, format=".4~g"), alt.Tooltip("y:Q", title=kind.y, format=".4~g")]
    return [*group_tooltip(alt, keys), *details, *coordinates]
