"""Comparisons, a row for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    INK,
    axis_of,
    distinct,
    group_labels,
    header_of,
    inline_data,
    legend_of,
    numbers_in,
    only_part,
    title_of,
)
from tidymetrics.plots.dots import metric_names
from tidymetrics.statistics.special import t_two_sided

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Panels, Picture, Rows
    from tidymetrics.typing import Array

COMPARED = (".first", ".second", ".estimate", ".std_error", ".lower", ".upper", ".p_value", ".p_adjusted")
_LEVEL = 0.05


def draw_compared(alt: Any, data: Frame, title: str | None, rope: float | None) -> Picture:
    """Draw a row for each pair: the difference or ratio, its interval, a line at no difference, and the rope shaded."""
    keys = [name for name in data.columns[: data.columns.index(".metric")] if name != ".level"]
    names, groups = metric_names(data), group_labels(data, [*keys, *([".level"] if ".level" in data.columns else [])])
    values, lower, upper, p = (numbers_in(data, name) for name in (".estimate", ".lower", ".upper", ".p_adjusted"))
    ratio = holds_ratios(values, numbers_in(data, ".std_error"), numbers_in(data, ".p_value"))
    if ratio and rope is not None:
        raise OptionError("autoplot(rope=): practical equivalence is about differences; these are ratios.")
    sign = " / " if ratio else " - "
    pairs = [sign.join(pair) for pair in zip(group_labels(data, [".first"]), group_labels(data, [".second"]), strict=True)]
    order = np.argsort(values, kind="stable").tolist()
    shown = [i for i in order if np.isfinite(values[i]) and np.isfinite(lower[i]) and np.isfinite(upper[i])]
    labels = {i: f"{pairs[i]}, {groups[i]}" if groups[i] and len(set(pairs)) > 1 else groups[i] or pairs[i] for i in shown}
    rows: Rows = [
        {
            "part": "dot",
            "panel": names[i],
            "pair": labels[i],
            "estimate": float(values[i]),
            "lower": float(lower[i]),
            "upper": float(upper[i]),
            "p": float(p[i]),
            "differs": "yes" if p[i] < _LEVEL else "no",
        }
        for i in shown
    ]
    rows += [{"part": "none", "panel": name, "estimate": float(ratio)} for name in distinct(names)]
    if rope is not None:
        rows += [{"part": "rope", "panel": name, "estimate": -rope, "upper": rope} for name in distinct(names)]
    chart = alt.layer(*_layers(alt, distinct(labels.values()), shaded=rope is not None), data=inline_data(alt, rows))
    header = header_of(alt, labelAngle=0, labelAlign="left", labelOrient="top", labelFontWeight="bold")
    row = alt.Row("panel:N", sort=distinct(names), header=header)
    height = max(46, 26 * len(set(labels.values())))
    panels = chart.properties(width=420, height=height).facet(row=row, spacing=14).resolve_scale(x="independent")
    subtitle = f"first{sign}second, with intervals"
    if labels and len(set(pairs)) == 1:
        subtitle = f"{pairs[0]}, with intervals"
    if rope is not None:
        subtitle += f"; shaded: no difference in practice ({rope:g})"
    return cast("Panels", panels.properties(title=title_of(alt, title or ("Ratios" if ratio else "Differences"), subtitle)))


def holds_ratios(values: Array, error: Array, p: Array) -> bool:
    """Tell ratios from differences, by which of both the p-values are about: whether values are 0, or whether they are 1."""
    known = np.isfinite(values) & np.isfinite(error) & np.isfinite(p) & (error > 0)
    if not known.any():
        return bool(len(values) and np.all(values[np.isfinite(values)] == 1) and np.isfinite(values).any())
    value, spread = values[known], error[known]
    if (value <= 0).any():
        return False
    infinite = np.full(value.shape, np.inf)
    of_difference, of_ratio = (t_two_sided(z, infinite) for z in (value / spread, np.log(value) * value / spread))
    return bool(np.abs(of_ratio - p[known]).sum() < np.abs(of_difference - p[known]).sum())


def _layers(alt: Any, pairs: list[str], *, shaded: bool) -> list[Any]:
    x = alt.X("estimate:Q", scale=alt.Scale(zero=False, nice=True, padding=12), axis=axis_of(alt, title=None))
    y = alt.Y("pair:N", sort=pairs, axis=axis_of(alt, title=None, grid=False, ticks=False, domain=False))
    scale = alt.Scale(domain=["yes", "no"], range=[BLUE, GREY])
    colour = alt.Color("differs:N", scale=scale, legend=legend_of(alt, f"adjusted p below {_LEVEL:g}"))
    details = [alt.Tooltip(f"{n}:Q", title=f".{n}", format=".4~g") for n in ("estimate", "lower", "upper")]
    base = (
        alt.Chart()
        .transform_filter(only_part("dot"))
        .encode(y=y, color=colour, tooltip=[*details, alt.Tooltip("p:Q", title=".p_adjusted", format=".3~g")])
    )
    rules = base.mark_rule(strokeWidth=2).encode(x=alt.X("lower:Q", axis=axis_of(alt, title=None)), x2="upper:Q")
    line = alt.Chart().transform_filter(only_part("none")).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x)
    layers = [line, rules, base.mark_circle(size=70, opacity=1).encode(x=x)]
    if not shaded:
        return layers
    rope = alt.Chart().transform_filter(only_part("rope")).mark_rect(color=GREY, opacity=0.18).encode(x=x, x2="upper:Q")
    return [rope, *layers]
