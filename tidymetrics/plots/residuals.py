"""Truth against estimates, and residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tidymetrics.errors import ColumnNotFoundError, listed, nearest
from tidymetrics.plots.canvas import (
    INK,
    axis_of,
    colour_by,
    distinct,
    eager_frame,
    group_labels,
    group_tooltip,
    inline_data,
    legend_of,
    numbers_in,
    require_altair,
    sample_of,
    title_of,
)
from tidymetrics.plots.offline import shown_offline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from tidymetrics.plots.canvas import Pair, Rows
    from tidymetrics.typing import Array

MOST_DISTINCT = 2_000
"""More dots than this are drawn as densities."""
LEAST_SMOOTHED = 30
GRID = 60
SIDE = 260
RED = "#D55E00"


def residuals_plot(
    df: Any, truth: str, estimate: str, *, by: str | Sequence[str] | None = None, title: str | None = None
) -> alt.HConcatChart:
    """Draw predicted numbers against the truth, and their residuals.

    Left: the truth against the estimate, with the line of equality. Right: the residuals, truth - estimate, with a line of
    their means along the estimate. Rows with missing values are left out. More than 2,000 rows are drawn as densities; by
    group, a reproducible sample of 5,000 rows is drawn.

    Parameters
    ----------
    df
        A dataframe of any library.
    truth, estimate
        The columns of the true and predicted numbers.
    by
        The column or columns to colour by.
    title
        The title, instead of "Truth and residuals".

    Returns
    -------
    An Altair chart.

    Examples
    --------
    >>> import polars as pl
    >>> from tidymetrics.plots import residuals_plot
    >>> chart = residuals_plot(pl.DataFrame({"obs": [1.0, 2.0, 4.0], "pred": [1.5, 2.0, 3.0]}), "obs", "pred")
    >>> len(chart.to_dict()["hconcat"])
    2
    """
    alt = require_altair()
    data = eager_frame(df, "residuals_plot() draws a dataframe")
    keys = [] if by is None else [by] if isinstance(by, str) else list(by)
    for argument, name in (("truth", truth), ("estimate", estimate), *(("by", key) for key in keys)):
        if name not in data.columns:
            raise ColumnNotFoundError(
                f"residuals_plot({argument}={name!r}): the frame has no such column; its columns: {listed(data.columns)}."
                f"{nearest(name, data.columns)}"
            )
    x, y = numbers_in(data, estimate), numbers_in(data, truth)
    present = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    all_x, all_y = x[present], y[present]
    smooth = smoother(all_x, all_y - all_x)
    if not keys and len(present) > MOST_DISTINCT:
        heading = title_of(alt, title or "Truth and residuals", f"{len(present):,} rows")
        return shown_offline(draw_densities(alt, (all_x, all_y), smooth, (truth, estimate), heading))
    rows = sample_of(present)
    x, y, labels = x[rows], y[rows], group_labels(data[rows.tolist()], keys)
    points = [
        {"x": a, "y": b, "residual": c, "group": g}
        for a, b, c, g in zip(x.tolist(), y.tolist(), (y - x).tolist(), labels, strict=True)
    ]
    subtitle = f"{len(rows):,} of {len(present):,} rows: a sample" if len(rows) < len(present) else None
    heading = title_of(alt, title or "Truth and residuals", subtitle)
    return shown_offline(_residual_panels(alt, points, smooth, (truth, estimate), keys, heading))


def smoother(x: Array, residual: Array) -> Rows:
    """Give the mean of the residuals in bins of equally many estimates; too few rows have none."""
    if len(x) < LEAST_SMOOTHED:
        return []
    order = np.argsort(x, kind="stable")
    parts = np.array_split(order, int(np.clip(len(x) // 50, 3, 25)))
    return [{"x": float(x[part].mean()), "residual": float(residual[part].mean())} for part in parts]


def _cells(x: Array, y: Array, ends: tuple[list[float], list[float]], field: str) -> Rows:
    """Count the points in the cells of a grid; the colour follows the square root, so that thin parts stay visible."""
    counts, x_edges, y_edges = np.histogram2d(x, y, bins=GRID, range=ends)
    at = np.argwhere(counts > 0).tolist()
    return [
        {
            "x": float(x_edges[i]),
            "x2": float(x_edges[i + 1]),
            "n": int(counts[i, j]),
            field: float(y_edges[j]),
            f"{field}2": float(y_edges[j + 1]),
        }
        for i, j in at
    ]


def draw_densities(alt: Any, xy: tuple[Array, Array], smooth: Rows, names: tuple[str, str], heading: Any) -> Pair:
    """Draw how many rows lie where: dots of many rows would hide each other."""
    x, y = xy
    ends, across = _bounds([*x.tolist(), *y.tolist()]), _bounds(x.tolist())
    down = _bounds([0.0, *(y - x).tolist()])
    titles = _titles(names)
    colour = alt.Color(
        "n:Q",
        scale=alt.Scale(type="sqrt", range=["#d6e6f2", "#3f83b5", "#0b3c66"]),
        legend=legend_of(alt, "rows", gradientLength=140, tickCount=3),
    )

    def panel(field: str, x_ends: list[float], y_ends: list[float], rows: Rows, guide: list[float]) -> Any:
        axes = _axes(alt, field, (x_ends, y_ends), titles)
        tips = [alt.Tooltip("n:Q", title="rows", format=",")]
        cells = alt.Chart(inline_data(alt, rows)).mark_rect(stroke=None)
        cells = cells.encode(**axes, x2="x2:Q", y2=f"{field}2:Q", color=colour, tooltip=tips)
        return alt.layer(cells, *_guides(alt, field, axes, (x_ends, guide), smooth)).properties(width=SIDE, height=SIDE)

    left = panel("y", ends, ends, _cells(x, y, (ends, ends), "y"), ends)
    right = panel("residual", across, down, _cells(x, y - x, (across, down), "residual"), [0.0, 0.0])
    return cast("Pair", alt.hconcat(left, right, spacing=24, title=heading))


def _titles(names: tuple[str, str]) -> dict[str, str]:
    truth, estimate = names
    return {"x": f"{estimate} (estimate)", "y": f"{truth} (truth)", "residual": "residual: truth - estimate"}


def _axes(alt: Any, field: str, ends: tuple[list[float], list[float]], titles: dict[str, str]) -> dict[str, Any]:
    x, y = (alt.Scale(domain=end, nice=False) for end in ends)
    return {
        "x": alt.X("x:Q", scale=x, axis=axis_of(alt, title=titles["x"])),
        "y": alt.Y(f"{field}:Q", scale=y, axis=axis_of(alt, title=titles[field])),
    }


def _guides(alt: Any, field: str, axes: dict[str, Any], guide: tuple[list[float], list[float]], smooth: Rows) -> list[Any]:
    """Draw the line of no error, and the means of the residuals."""
    line = [{"x": at, field: value} for at, value in zip(*guide, strict=True)]
    rule = alt.Chart(inline_data(alt, line)).mark_line(color=INK, strokeDash=[5, 4], strokeWidth=1.2).encode(**axes)
    if field != "residual" or not smooth:
        return [rule]
    return [
        rule,
        alt.Chart(inline_data(alt, smooth)).mark_line(color=RED, strokeWidth=2, interpolate="monotone").encode(**axes),
    ]


def _bounds(values: Iterable[float]) -> list[float]:
    """Return the ends of an axis, with some space beyond the values."""
    low, high = (f(values, default=0.0) for f in (min, max))
    room = 0.04 * (high - low) or 1.0
    return [low - room, high + room]


def _residual_panels(
    alt: Any, points: Rows, smooth: Rows, names: tuple[str, str], keys: list[str], heading: Any
) -> alt.HConcatChart:
    ends = _bounds([point[name] for point in points for name in ("x", "y")])
    across = _bounds([point["x"] for point in points])
    groups = distinct(point["group"] for point in points)
    titles = _titles(names)
    tooltip = [
        *group_tooltip(alt, keys),
        *(alt.Tooltip(f"{name}:Q", title=title, format=",.6~g") for name, title in titles.items()),
    ]

    def panel(field: str, x_ends: list[float], y_ends: list[float], guide: list[float]) -> Any:
        axes = _axes(alt, field, (x_ends, y_ends), titles)
        dots = alt.Chart().mark_circle(size=26, opacity=0.55)
        dots = dots.encode(**axes, color=colour_by(alt, groups, keys), tooltip=tooltip)
        return alt.layer(dots, *_guides(alt, field, axes, (x_ends, guide), smooth)).properties(width=SIDE, height=SIDE)

    left = panel("y", ends, ends, ends)
    right = panel("residual", across, _bounds([0.0, *(point["residual"] for point in points)]), [0.0, 0.0])
    chart = alt.hconcat(left, right, data=inline_data(alt, points), spacing=24, title=heading)
    return cast("Pair", chart)
