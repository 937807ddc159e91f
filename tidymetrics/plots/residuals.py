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
    numbers_in,
    require_altair,
    sample_of,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from tidymetrics.plots.canvas import Pair, Rows


def residuals_plot(
    df: Any, truth: str, estimate: str, *, by: str | Sequence[str] | None = None, title: str | None = None
) -> alt.HConcatChart:
    """Draw predicted numbers against the truth, and their residuals.

    Left: the truth against the estimate, with the line of equality. Right: the residuals, truth - estimate. Rows with
    missing values are left out. With more than 5,000 rows, a reproducible sample is drawn.

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
    rows = sample_of(present)
    x, y, labels = x[rows], y[rows], group_labels(data[rows.tolist()], keys)
    points = [
        {"x": a, "y": b, "residual": c, "group": g}
        for a, b, c, g in zip(x.tolist(), y.tolist(), (y - x).tolist(), labels, strict=True)
    ]
    subtitle = f"{len(rows):,} of {len(present):,} rows: a sample" if len(rows) < len(present) else None
    heading = title_of(alt, title or "Truth and residuals", subtitle)
    return _residual_panels(alt, points, (truth, estimate), keys, heading)


def _bounds(values: Iterable[float]) -> list[float]:
    """Return the ends of an axis, with some space beyond the values."""
    low, high = (f(values, default=0.0) for f in (min, max))
    room = 0.04 * (high - low) or 1.0
    return [low - room, high + room]


def _residual_panels(alt: Any, points: Rows, names: tuple[str, str], keys: list[str], heading: Any) -> alt.HConcatChart:
    truth, estimate = names
    ends = _bounds([point[name] for point in points for name in ("x", "y")])
    across = _bounds([point["x"] for point in points])
    groups = distinct(point["group"] for point in points)
    titles = {"x": f"{estimate} (estimate)", "y": f"{truth} (truth)", "residual": "residual: truth - estimate"}
    tooltip = [
        *group_tooltip(alt, keys),
        *(alt.Tooltip(f"{name}:Q", title=title, format=",.6~g") for name, title in titles.items()),
    ]

    def panel(field: str, x_ends: list[float], y_ends: list[float], guide: list[float]) -> Any:
        x = alt.X("x:Q", scale=alt.Scale(domain=x_ends, nice=False), axis=axis_of(alt, title=titles["x"]))
        y = alt.Y(f"{field}:Q", scale=alt.Scale(domain=y_ends, nice=False), axis=axis_of(alt, title=titles[field]))
        line = [{"x": at, field: value} for at, value in zip(x_ends, guide, strict=True)]
        dots = alt.Chart().mark_circle(size=26, opacity=0.55)
        dots = dots.encode(x=x, y=y, color=colour_by(alt, groups, keys), tooltip=tooltip)
        rule = alt.Chart(inline_data(alt, line)).mark_line(color=INK, strokeDash=[5, 4], strokeWidth=1.2).encode(x=x, y=y)
        return alt.layer(dots, rule).properties(width=320, height=320)

    left = panel("y", ends, ends, ends)
    right = panel("residual", across, _bounds([0.0, *(point["residual"] for point in points)]), [0.0, 0.0])
    chart = alt.hconcat(left, right, data=inline_data(alt, points), spacing=30, title=heading)
    return cast("Pair", chart)
