"""Pictures of calibration, coverage and thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    axis_of,
    colour_by,
    colour_scale,
    distinct,
    group_labels,
    group_tooltip,
    in_panels,
    inline_data,
    legend_of,
    numbers_in,
    only_part,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.plots.canvas import Frame, Picture, Rows

CALIBRATION = {".predicted", ".observed", ".lower", ".upper"}
COVERAGE = {".quantile_level", ".coverage", ".lower", ".upper"}
PIT = {".bin_lower", ".bin_upper", ".observed", ".expected"}
THRESHOLDS = {".threshold", ".metric", ".estimate"}
DECISION = {".threshold", ".net_benefit", ".net_benefit_all"}
_NONE = -0.05
"""Where the net benefit is cut: far below 0 nobody acts on a model."""


def _keys(data: Frame, own: set[str]) -> list[str]:
    """Give the keys of the groups: the columns before those of the table."""
    first = min(data.columns.index(name) for name in data.columns if name in own or name in {".bin", ".level"})
    return list(data.columns[:first])


def _rows(data: Frame, keys: list[str], part: str, columns: dict[str, str]) -> Rows:
    """Give the rows of a layer; what is not a finite number is left out."""
    groups = group_labels(data, keys)
    panels = group_labels(data, [".level"]) if ".level" in data.columns else [""] * len(data)
    values = {name: numbers_in(data, column) for name, column in columns.items()}
    made = []
    for i, (group, panel) in enumerate(zip(groups, panels, strict=True)):
        point = {name: float(column[i]) for name, column in values.items() if abs(column[i]) < float("inf")}
        if {"x", "y"} <= set(point):
            made.append({"part": part, "group": group, "panel": panel, "order": i, **point})
    return made


def _panels(rows: Rows) -> list[str]:
    found = distinct(row["panel"] for row in rows)
    return found if found != [""] else []


def _with_guide(rows: Rows, low: float, high: float) -> Rows:
    ends = [{"part": "guide", "panel": panel, "x": v, "y": v} for panel in _panels(rows) or [""] for v in (low, high)]
    return [*rows, *ends]


def _guide(base: Any) -> Any:
    return base.transform_filter(only_part("guide")).mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=1)


def _square(alt: Any, x: str, y: str, low: float, high: float) -> Any:
    ends = alt.Scale(domain=[low, high], nice=False)
    return alt.Chart().encode(
        x=alt.X("x:Q", scale=ends, axis=axis_of(alt, title=x)), y=alt.Y("y:Q", scale=ends, axis=axis_of(alt, title=y))
    )


def draw_calibration(alt: Any, data: Frame, title: str | None) -> Any:
    """Draw a calibration curve: bins with their intervals, steps, or a curve with its band."""
    keys = _keys(data, CALIBRATION | {".bin"})
    columns = {"x": ".predicted", "y": ".observed", "low": ".lower", "high": ".upper"}
    binned = ".bin" in data.columns
    rows = _rows(data, keys, "curve", {**columns, **({"n": ".n"} if binned else {})})
    numbers = binned and ".n_events" not in data.columns
    values = [row[name] for row in rows for name in ("x", "y", "low", "high") if name in row]
    low, high = (min(values, default=0.0), max(values, default=1.0)) if numbers else (0.0, 1.0)
    steps = binned and not any("low" in row for row in rows) and len(rows) > 0
    groups = distinct(row["group"] for row in rows)
    base = _square(
        alt,
        "mean prediction" if numbers else "predicted probability",
        "mean truth" if numbers else "share of events",
        low,
        high,
    )
    colour = colour_by(alt, groups, keys)
    curve = base.transform_filter(only_part("curve")).encode(color=colour, order=alt.Order("order:Q"), detail="group:N")
    tooltip = [*group_tooltip(alt, keys), alt.Tooltip("x:Q", format=".4~g"), alt.Tooltip("y:Q", format=".4~g")]
    layers = [_guide(base), curve.mark_line(interpolate="step" if steps else "linear", strokeWidth=1.8, clip=True)]
    if binned:
        layers += [] if steps else [curve.mark_rule(strokeWidth=1.2).encode(y="low:Q", y2="high:Q")]
        layers.append(curve.mark_point(filled=True, size=45, opacity=1).encode(tooltip=tooltip))
    else:
        band = base.transform_filter(only_part("curve")).mark_area(opacity=0.2, clip=True)
        low_end = alt.Y("low:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis_of(alt, title="share of events"))
        layers.insert(1, band.encode(y=low_end, y2="high:Q", color=colour, detail="group:N"))
    panels = _panels(rows)
    size = 360 if not panels else 240
    chart = alt.layer(*layers, data=inline_data(alt, _with_guide(rows, low, high))).properties(width=size, height=size)
    heading = title_of(alt, title or "Calibration curve", "each level against the rest" if panels else None)
    if panels or not binned:
        return in_panels(alt, chart, panels, heading)
    ends = alt.Scale(domain=[low, high], nice=False)
    bars = (
        alt.Chart(inline_data(alt, rows))
        .mark_bar(size=9, opacity=0.75)
        .encode(
            x=alt.X("x:Q", scale=ends, axis=axis_of(alt, title=None, labels=False)),
            y=alt.Y("n:Q", axis=axis_of(alt, title="rows", tickCount=2)),
            color=colour,
        )
        .properties(width=size, height=60)
    )
    return alt.vconcat(chart, bars, spacing=6).properties(title=heading)


def draw_coverage(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw coverage against the levels."""
    keys = _keys(data, COVERAGE)
    rows = _rows(data, keys, "curve", {"x": ".quantile_level", "y": ".coverage", "low": ".lower", "high": ".upper"})
    base = _square(alt, "quantile level", "coverage", 0.0, 1.0)
    groups = distinct(row["group"] for row in rows)
    curve = base.transform_filter(only_part("curve")).encode(color=colour_by(alt, groups, keys), detail="group:N")
    layers = [
        _guide(base),
        curve.mark_line(strokeWidth=1.8),
        curve.mark_rule(strokeWidth=1.2).encode(y="low:Q", y2="high:Q"),
        curve.mark_point(filled=True, size=45, opacity=1),
    ]
    chart = alt.layer(*layers, data=inline_data(alt, _with_guide(rows, 0, 1))).properties(width=360, height=360)
    return in_panels(alt, chart, [], title_of(alt, title or "Coverage of quantiles"))


def draw_pit(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw the histogram of where the truth falls, beside what is expected: as densities, since bins differ in width."""
    keys = _keys(data, PIT)
    groups = group_labels(data, keys)
    names = {"x": ".bin_lower", "x2": ".bin_upper", "y": ".observed", "expected": ".expected"}
    values = {name: numbers_in(data, column) for name, column in names.items()}
    rows: Rows = []
    for i, group in enumerate(groups):
        point = {name: float(column[i]) for name, column in values.items()}
        width = point["x2"] - point["x"]
        if width > 0 and point["y"] == point["y"]:
            rows.append({"panel": group, **point, "y": point["y"] / width, "expected": point["expected"] / width})
    base = alt.Chart().encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis_of(alt, title="level")), x2="x2:Q"
    )
    bars = base.mark_bar(color=BLUE, opacity=0.7, stroke="white").encode(
        y=alt.Y("y:Q", axis=axis_of(alt, title="density of the truth"), scale=alt.Scale(zero=True)), y2=alt.Y2Datum(0)
    )
    line = base.mark_rule(color=GREY, strokeDash=[5, 4], strokeWidth=1.5).encode(y="expected:Q")
    chart = alt.layer(bars, line, data=inline_data(alt, rows)).properties(width=300, height=220)
    return in_panels(
        alt, chart, distinct(row["panel"] for row in rows) if keys else [], title_of(alt, title or "PIT histogram")
    )


def _lines(alt: Any, rows: Rows, names: Sequence[str], x: str, y: Any, title: Any) -> Picture:
    """Draw a line for each name, in a panel for each group."""
    colour = alt.Color("name:N", scale=colour_scale(alt, names), legend=legend_of(alt, ""))
    base = alt.Chart().encode(x=alt.X("x:Q", axis=axis_of(alt, title=x)), y=y, color=colour, order=alt.Order("order:Q"))
    layers = [
        base.mark_line(strokeWidth=1.8, clip=True),
        base.mark_point(size=50, opacity=0, clip=True).encode(
            tooltip=["name:N", alt.Tooltip("x:Q"), alt.Tooltip("y:Q", format=".4~g")]
        ),
    ]
    panels = [panel for panel in distinct(row["panel"] for row in rows) if panel]
    size = 360 if len(panels) < 2 else 240
    chart = alt.layer(*layers, data=inline_data(alt, rows)).properties(width=size, height=round(0.75 * size))
    return in_panels(alt, chart, panels, title)


def _panel_of(row: dict[str, Any]) -> str:
    return " / ".join(part for part in (row["group"], row["panel"]) if part)


def draw_thresholds(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw a line for each metric over the thresholds."""
    keys = _keys(data, THRESHOLDS)
    metrics = data.get_column(".metric").to_list()
    rows = _rows(data, keys, "curve", {"x": ".threshold", "y": ".estimate"})
    rows = [{**row, "name": metrics[row["order"]], "panel": _panel_of(row)} for row in rows]
    y = alt.Y("y:Q", axis=axis_of(alt, title="estimate"))
    return _lines(
        alt, rows, distinct(row["name"] for row in rows), "threshold", y, title_of(alt, title or "Performance at thresholds")
    )


def draw_decision(alt: Any, data: Frame, title: str | None) -> Picture:
    """Draw the net benefit of the model, of acting on all, and on none."""
    keys = _keys(data, DECISION)
    made: Rows = []
    for name, column in (("model", ".net_benefit"), ("all", ".net_benefit_all")):
        made += [{**row, "name": name} for row in _rows(data, keys, "curve", {"x": ".threshold", "y": column})]
    made += [{**row, "name": "none", "y": 0.0} for row in made if row["name"] == "model"]
    rows = [{**row, "panel": _panel_of(row)} for row in made]
    top = max((row["y"] for row in rows), default=1.0)
    y = alt.Y("y:Q", axis=axis_of(alt, title="net benefit"), scale=alt.Scale(domain=[_NONE, max(top * 1.05, 0.05)], nice=False))
    return _lines(alt, rows, ["model", "all", "none"], "threshold", y, title_of(alt, title or "Decision curve"))


TABLES = (
    ({*CALIBRATION}, draw_calibration),
    ({*COVERAGE}, draw_coverage),
    ({*PIT}, draw_pit),
    ({*THRESHOLDS}, draw_thresholds),
    ({*DECISION}, draw_decision),
)
"""What tells a table by its columns, and what draws it."""
