"""The estimates of metrics as dots: a panel per metric, a row per group, and the folds of each row as dots of one colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.number_text import number_format
from tidymetrics.plots.canvas import (
    BLUE,
    GREY,
    INK,
    MOST_COLOURS,
    TEXT,
    aim_of,
    axis_of,
    colour_by,
    distinct,
    ends_of,
    fold_keys,
    group_labels,
    group_tooltip,
    inline_data,
    numbers_in,
    only_part,
    sample_of,
    span_of,
    title_of,
)

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Frame, Rows
    from tidymetrics.typing import Array

MOST_ROWS = 40
"""Groups that have a row each; more are dots of one row."""
WIDTH = 340


@dataclass(frozen=True, eq=False)
class _Estimates:
    """What is drawn; each [rows]."""

    panels: list[str]
    rows: list[str]
    colours: list[str]
    groups: list[str]
    values: Array
    lower: Array | None
    upper: Array | None


@dataclass(frozen=True)
class _Plan:
    """Which keys are rows, which are dots."""

    row_keys: list[str]
    colour_keys: list[str]
    dot_keys: list[str]
    mean: bool
    labelled: bool
    """Whether each dot has its value beside it."""


def metric_names(data: Frame) -> list[str]:
    """Label the panel of each row: the metric, its evaluation time, and its estimator if there are several."""
    metrics, estimators = group_labels(data, [".metric"]), group_labels(data, [".estimator"])
    if ".eval_time" in data.columns:
        times = numbers_in(data, ".eval_time")
        metrics = [m if np.isnan(t) else f"{m} at {t:g}" for m, t in zip(metrics, times, strict=True)]
    pairs = set(zip(metrics, estimators, strict=True))
    several = {metric for metric in set(metrics) if sum(metric == m for m, _ in pairs) > 1}
    return [f"{m} ({e})" if m in several else m for m, e in zip(metrics, estimators, strict=True)]


def _planned(data: Frame, keys: list[str]) -> _Plan:
    limits = limits_in(data) is not None
    folds = [] if limits else fold_keys(keys)  # intervals lie on top of each other unless each has a row
    others = [key for key in keys if key not in folds]
    levels = [".level"] if ".level" in data.columns else []
    if levels:  # a row per level, a colour per group
        return _Plan(levels, others, folds, mean=not limits, labelled=not keys and not limits)
    if len(set(group_labels(data, others))) > MOST_ROWS:
        return _Plan([], keys, keys, mean=not limits, labelled=False)
    return _Plan(others, [], folds, mean=bool(folds) and not limits, labelled=not folds and not limits)


def draw_dots(alt: Any, data: Frame, keys: list[str], title: str | None) -> Any:
    """Draw a panel per metric; ungrouped metrics of one range share a panel, with a row each."""
    plan, limits = _planned(data, keys), limits_in(data)
    found = _Estimates(
        metric_names(data),
        group_labels(data, plan.row_keys),
        group_labels(data, plan.colour_keys),
        group_labels(data, keys),
        numbers_in(data, ".estimate"),
        *(limits or (None, None)),
    )
    metrics = dict(zip(found.panels, group_labels(data, [".metric"]), strict=True))
    spans = {name: span_of(metric) for name, metric in metrics.items()}
    aims = {name: aim_of(metric) for name, metric in metrics.items()}
    if (
        not keys
        and not plan.row_keys
        and _share_an_axis(list(spans.values()))
        and not any(a is not None for a in aims.values())
    ):
        aims[""] = None
        one = dict.fromkeys(found.panels, "")
        spans = {"": next(iter(spans.values()), None)}
        found = _Estimates([one[p] for p in found.panels], found.panels, *list(vars(found).values())[2:])
    names = distinct(found.panels)
    sampled = False
    panels = []
    for name in names:
        at = [i for i, panel in enumerate(found.panels) if panel == name]
        chart, left_out = _panel(alt, found, at, plan, (name, spans[name], aims[name]))
        sampled |= left_out
        panels.append(chart)
    notes = [f"by {' / '.join(map(str, keys))}"] if keys else []
    notes += ["bar: the mean"] if plan.mean and plan.dot_keys else [_RULES[".lower" in data.columns]] if limits else []
    notes += ["a sample of the dots"] if sampled else []
    heading = title_of(alt, title or "Metrics", "; ".join(notes) or None)
    return alt.vconcat(*panels, spacing=14).properties(title=heading)


_RULES = {True: "rules: the intervals", False: "rules: one standard error"}


def limits_in(data: Frame) -> tuple[Array, Array] | None:
    """Give the ends of the rule of each row: its interval, or a standard error each way; None for a result without."""
    if {".lower", ".upper"} <= set(data.columns):
        return numbers_in(data, ".lower"), numbers_in(data, ".upper")
    if ".std_error" not in data.columns:
        return None
    estimate, error = numbers_in(data, ".estimate"), numbers_in(data, ".std_error")
    return estimate - error, estimate + error


def _share_an_axis(spans: list[tuple[float, float] | None]) -> bool:
    """Tell whether all metrics lie in [0, 1], or in [-1, 1]."""
    return len(spans) > 1 and all(span in {(0, 1), (-1, 1)} for span in spans)


def _sorted(levels: list[str], values: Array) -> list[str]:
    """Order the levels of one metric by their values, the greatest first; one without a value comes last."""
    found: dict[str, list[float]] = {level: [] for level in levels}
    for level, value in zip(levels, values.tolist(), strict=True):
        if np.isfinite(value):
            found[level].append(value)
    return sorted(found, key=lambda level: -float(np.mean(found[level])) if found[level] else np.inf)


def _rows_of(found: _Estimates, at: list[int], plan: _Plan) -> tuple[Rows, bool]:
    """Build one dot per estimate, and the mean of the dots of each row and colour; return whether dots are left out."""
    places: dict[tuple[str, str], list[int]] = {}
    for i in at:
        if np.isfinite(found.values[i]):
            places.setdefault((found.rows[i], "" if plan.colour_keys == plan.dot_keys else found.colours[i]), []).append(i)
    finite = found.values[at]
    write = number_format([finite[np.isfinite(finite)]], 3)
    rows: Rows = []
    sampled = False
    for (row, colour), members in places.items():
        shown = sample_of(np.array(members))
        sampled |= len(shown) < len(members)
        # steps of the golden ratio spread neighbours evenly and reproducibly
        for k, i in enumerate(shown.tolist()):
            value = float(found.values[i])
            spread = 0.5 if len(members) == 1 else (0.5 + 0.618034 * k) % 1.0
            point = {
                "part": "dot",
                "row": row,
                "group": found.colours[i],
                "label": found.groups[i],
                "estimate": value,
                "text": write(value),
            }
            if found.lower is not None and found.upper is not None:
                ends = float(found.lower[i]), float(found.upper[i])
                point |= {"lower": ends[0], "upper": ends[1]} if np.isfinite(ends).all() else {}
            rows.append({**point, "spread": spread})
        if plan.mean and len(members) > 1:
            mean = float(found.values[members].mean())
            rows.append({"part": "mean", "row": row, "group": colour, "estimate": mean, "spread": 0.5, "text": write(mean)})
    return rows, sampled


def _panel(alt: Any, found: _Estimates, at: list[int], plan: _Plan, named: tuple[str, Any, float | None]) -> tuple[Any, bool]:
    name, span, aim = named
    rows, sampled = _rows_of(found, at, plan)
    labels = [found.rows[i] for i in at]
    by_value = plan.row_keys == [".level"] and len(set(found.panels)) == 1
    rungs = _sorted(labels, found.values[at]) if by_value else distinct(labels)
    shown = [row[field] for row in rows for field in ("estimate", "lower", "upper") if field in row]
    ends = ends_of(shown if aim is None else [*shown, aim], span)
    scale = alt.Scale(zero=False, nice=True, padding=12) if ends is None else alt.Scale(domain=ends, nice=False)
    y_axis = axis_of(alt, title=None, grid=False, ticks=False, domain=False, labelLimit=150) if rungs != [""] else None
    base = alt.Chart().encode(
        x=alt.X("estimate:Q", scale=scale, axis=axis_of(alt, title=None)), y=alt.Y("row:N", sort=rungs, axis=y_axis)
    )
    layers = _layers(alt, base, plan, distinct(found.colours), scale)
    if aim is not None and rows:
        rows.append({"part": "aim", "estimate": aim})
        line = alt.Chart().transform_filter(only_part("aim")).mark_rule(color=GREY, strokeDash=[5, 4])
        layers.insert(0, line.encode(x=alt.X("estimate:Q", scale=scale, axis=axis_of(alt, title=None))))
    heading = {"title": alt.TitleParams(name, anchor="start", fontSize=13, offset=4)} if name else {}
    height = max(46, (24 if len(rungs) < 12 else 18) * len(rungs))
    return alt.layer(*layers, data=inline_data(alt, rows)).properties(width=WIDTH, height=height, **heading), sampled


def _layers(alt: Any, base: Any, plan: _Plan, colours: list[str], scale: Any) -> list[Any]:
    many = bool(plan.colour_keys) and len(colours) > MOST_COLOURS
    colour = colour_by(alt, colours, plan.colour_keys) if plan.colour_keys else alt.value(BLUE)
    offset = alt.YOffset("spread:Q", scale=alt.Scale(domain=[-0.3, 1.3]))
    keys = [*dict.fromkeys([*plan.row_keys, *plan.colour_keys, *plan.dot_keys])]
    whose = [tip.copy() for tip in group_tooltip(alt, [key for key in keys if key != ".level"])]
    for tip in whose:
        tip.shorthand = "label:N"
    value = alt.Tooltip("estimate:Q", title=".estimate", format=".4~g")
    look = {"size": 18, "opacity": 0.35} if many else {"size": 55, "opacity": 0.6 if plan.mean and plan.dot_keys else 0.95}
    dots = base.transform_filter(only_part("dot"))
    limits = [alt.Tooltip(f"{name}:Q", title=f".{name}", format=".4~g") for name in ("lower", "upper")]
    rules = (
        base.transform_filter("datum.part === 'dot' && isValid(datum.lower)")
        .mark_rule(strokeWidth=1 if many else 2, opacity=0.25 if many else 0.6)
        .encode(
            x=alt.X("lower:Q", scale=scale, axis=axis_of(alt, title=None)),
            x2="upper:Q",
            color=colour,
            yOffset=offset,
            tooltip=[*whose, *limits],
        )
    )
    layers = [rules, dots.mark_circle(**look).encode(color=colour, yOffset=offset, tooltip=[*whose, value])]
    if plan.mean:
        mean = base.transform_filter(only_part("mean")).mark_tick(
            thickness=3, size=20, color=INK if not plan.colour_keys else GREY
        )
        layers.append(mean.encode(tooltip=[alt.Tooltip("estimate:Q", title="mean", format=".4~g")]))
    if plan.labelled:
        layers.append(dots.mark_text(color=alt.ExprRef(**TEXT), align="left", dx=8, fontSize=11).encode(text="text:N"))
    return layers
