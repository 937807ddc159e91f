"""The picture of a monitor: estimates over the range of the reference, and the evidence below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    INK,
    axis_of,
    distinct,
    group_labels,
    inline_data,
    legend_of,
    numbers_in,
    sample_of,
    title_of,
)

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Rows

import numpy as np

MONITORED = {".window_start", ".evidence", ".alert", ".reference", ".period"}
MOST_PANELS = 24
RED = "#D62728"
_STATES = ("reference", "quiet", "alert", "waits")
_USUAL = 20.0
"""The evidence that alerts at alpha = 0.05."""
_MOST = 1e12
"""Where evidence is cut: beyond it nothing is more certain."""


def draw_monitor(alt: Any, data: Frame, title: str | None) -> Any:
    """Draw a panel for each metric and group: the windows' estimates above, the evidence on an axis of logarithms below."""
    rows, panels = _rows(data)
    shown, subtitle = panels, None
    if len(panels) > MOST_PANELS:
        shown = [panels[i] for i in sample_of(np.arange(len(panels)), MOST_PANELS)]
        subtitle = f"a sample of {MOST_PANELS} of {len(panels)} series"
    limit = _limit(rows)
    columns = 1 if len(shown) == 1 else 2 if len(shown) <= 4 else 3
    width = {1: 560, 2: 360, 3: 260}[columns]
    charts = [_panel(alt, [row for row in rows if row["panel"] == panel], panel, width, limit) for panel in shown]
    stacked = charts[0] if len(charts) == 1 else alt.concat(*charts, columns=columns, spacing=18)
    return stacked.properties(title=title_of(alt, title or "Monitor", subtitle))


def _limit(rows: Rows) -> float | None:
    """Give the evidence that alerts: that of the usual alpha, unless the windows show another one."""
    alerts = [row["evidence"] for row in rows if row["judged"] == "alert"]
    quiet = [row["evidence"] for row in rows if row["judged"] == "quiet" and "evidence" in row]
    if all(value >= _USUAL for value in alerts) and all(value < _USUAL for value in quiet):
        return _USUAL
    return min(alerts, default=None)


def _rows(data: Frame) -> tuple[Rows, list[str]]:
    names = list(data.columns)
    own = [name for name in (".level", ".eval_time", ".k") if name in names]
    keys = [*names[: names.index(".window_start")], *own]
    groups = group_labels(data, keys)
    metrics = [str(value) for value in data.get_column(".metric").to_list()]
    starts = data.get_column(".window_start").to_list()
    dated = not all(isinstance(value, (int, float)) for value in starts)
    period, alert = (data.get_column(name).to_list() for name in (".period", ".alert"))
    reason = data.get_column(".reason").to_list()
    numbers = {name: numbers_in(data, f".{name}") for name in ("estimate", "reference", "evidence")}
    rows: Rows = []
    for i, (group, metric) in enumerate(zip(groups, metrics, strict=True)):
        judged = "reference" if period[i] == "reference" else "waits" if alert[i] is None else "alert" if alert[i] else "quiet"
        row = {"panel": f"{metric}, {group}" if group else metric, "metric": metric, "judged": judged, "reason": reason[i]}
        row["at"] = starts[i].isoformat() if dated else starts[i]
        row |= {name: float(column[i]) for name, column in numbers.items() if abs(column[i]) < float("inf")}
        if "evidence" in row:
            row["evidence"] = min(max(row["evidence"], 1e-3), _MOST)
        rows.append(row)
    panels = distinct(row["panel"] for row in rows)
    for panel in panels:
        before = [r["estimate"] for r in rows if r["panel"] == panel and r["judged"] == "reference" and "estimate" in r]
        ends = [r["at"] for r in rows if r["panel"] == panel and r["judged"] == "reference"]
        for row in rows:
            if row["panel"] == panel and before:
                row |= {"low": min(before), "high": max(before), "end": max(ends), "dated": dated}
    return rows, panels


def _panel(alt: Any, rows: Rows, panel: str, width: int, limit: float | None) -> Any:
    kind = "T" if rows and rows[0].get("dated", True) else "Q"
    place = alt.X(f"at:{kind}", axis=axis_of(alt, title=None, grid=False))
    value = alt.Y("estimate:Q", scale=alt.Scale(zero=False), axis=axis_of(alt, title=None, tickCount=4))
    base = alt.Chart(inline_data(alt, rows)).encode(x=place)
    colours = alt.Color(
        "judged:N",
        scale=alt.Scale(domain=list(_STATES), range=["#9a9a9a", BLUE, RED, "#ffffff"]),
        legend=legend_of(alt, "window", symbolStrokeColor=BLUE),
    )
    edge = alt.condition("datum.judged === 'alert'", alt.value(RED), alt.value(BLUE))
    top = alt.layer(
        base.mark_area(color=GREY, opacity=0.18).encode(y=alt.Y("low:Q", scale=alt.Scale(zero=False)), y2="high:Q"),
        base.mark_line(color=GREY, strokeDash=[5, 4]).encode(y="reference:Q"),
        base.transform_filter("datum.at === datum.end").mark_rule(color=INK, opacity=0.5).encode(x=f"end:{kind}"),
        base.mark_line(color=BLUE, strokeWidth=1.4).encode(y=value),
        base.mark_point(filled=True, size=36, opacity=1, strokeWidth=1.2).encode(
            y=value,
            color=colours,
            stroke=edge,
            tooltip=[
                alt.Tooltip(f"at:{kind}", title="window"),
                alt.Tooltip("estimate:Q", format=".4~g"),
                alt.Tooltip("evidence:Q", format=".3~g"),
                "reason:N",
            ],
        ),
    ).properties(width=width, height=130, title=alt.TitleParams(panel, anchor="start", fontSize=13, color=INK))
    evidence = alt.Y(
        "evidence:Q", scale=alt.Scale(type="log", nice=False), axis=axis_of(alt, title="evidence", tickCount=3, format=".0e")
    )
    layers = [base.transform_filter("isValid(datum.evidence)").mark_line(color=BLUE, strokeWidth=1.4).encode(y=evidence)]
    if limit is not None:
        lines = alt.Chart(alt.InlineData(values=[{"limit": limit}]))
        layers.append(lines.mark_rule(color=RED, strokeDash=[5, 4]).encode(y=alt.Y("limit:Q", title="evidence")))
    low = alt.layer(*layers).properties(width=width, height=52)
    return alt.vconcat(top, low, spacing=6).resolve_scale(x="shared")
