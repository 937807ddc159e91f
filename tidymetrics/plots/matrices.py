"""Confusion matrices, as a heatmap or a mosaic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import OptionError, listed
from tidymetrics.plots.canvas import (
    INK,
    axis_of,
    colour_scale,
    eager_frame,
    group_labels,
    in_panels,
    inline_data,
    legend_of,
    levels_in,
    numbers_in,
    only_part,
    require_altair,
    split_by,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidymetrics.plots.canvas import Frame, Picture, Rows
    from tidymetrics.typing import Array

MOST_COUNTS = 25  # levels; with more, the counts in a heatmap are not readable
CONFUSION = ("Prediction", "Truth", "Freq")


def plot_confusion(matrix_tidy: Any, kind: str = "heatmap", title: str | None = None) -> Picture:
    """Draw a confusion matrix.

    Parameters
    ----------
    matrix_tidy
        A frame with the columns Prediction, Truth and Freq, one row per cell; other columns are groups with one panel each.
    kind
        "heatmap": the counts, coloured by their share of the true level. "mosaic": one column per true level, as wide as the
        level's share, divided by the predictions.
    title
        The title, instead of "Confusion matrix".

    Returns
    -------
    An Altair chart.

    Examples
    --------
    >>> import polars as pl
    >>> from tidymetrics.plots import plot_confusion
    >>> cells = {"Prediction": ["a", "b", "a", "b"], "Truth": ["a", "a", "b", "b"], "Freq": [8, 2, 1, 9]}
    >>> chart = plot_confusion(pl.DataFrame(cells), kind="mosaic")
    >>> chart.to_dict()["title"]["text"]
    'Confusion matrix'
    """
    drawings = {"heatmap": _heatmap, "mosaic": _mosaic}
    if kind not in drawings:
        raise OptionError(f"plot_confusion(kind=): expected {' or '.join(map(repr, drawings))}; got {kind!r}.")
    alt = require_altair()
    expected = "plot_confusion() draws a tidy confusion matrix, a frame with the columns Prediction, Truth and Freq"
    data = eager_frame(matrix_tidy, expected)
    if not set(data.columns).issuperset(CONFUSION):
        raise OptionError(f"{expected}; this frame has the columns {listed(data.columns)}.")
    keys = [name for name in data.columns if name not in CONFUSION]
    levels = levels_in(data.get_column("Truth"), data.get_column("Prediction"))
    tables = _tables(data, keys, levels)
    chart = drawings[kind](alt, tables, levels, "panel" if keys else None)
    heading = title_of(alt, title or "Confusion matrix", f"by {' / '.join(map(str, keys))}" if keys else None)
    return in_panels(alt, chart, [name for name, _ in tables] if keys else [], heading)


@dataclass(frozen=True)
class _Table:
    """The counts of a group: [predictions, truths]."""

    levels: list[str]
    counts: Array

    @property
    def truths(self) -> Array:
        totals: Array = self.counts.sum(axis=0)
        return totals

    @property
    def shares(self) -> Array:
        """The share of each true level that has this prediction; 0 if the level does not occur."""
        return self.counts / np.where(self.truths > 0, self.truths, 1.0)

    def cells(self) -> Iterable[tuple[int, int, dict[str, Any]]]:
        shares = self.shares
        for i, prediction in enumerate(self.levels):
            for j, truth in enumerate(self.levels):
                count, share = float(self.counts[i, j]), float(shares[i, j])
                yield i, j, {"prediction": prediction, "truth": truth, "count": count, "share": share}


def _tables(data: Frame, keys: list[str], levels: list[str]) -> list[tuple[str, _Table]]:
    code = {level: i for i, level in enumerate(levels)}
    row, column = (np.array([code[label] for label in group_labels(data, [name])], int) for name in CONFUSION[:2])
    counts = np.nan_to_num(numbers_in(data, "Freq"))
    tables = []
    for values, rows in split_by(data, keys):
        table = np.zeros((len(levels), len(levels)))
        np.add.at(table, (row[rows], column[rows]), counts[rows])
        tables.append((" / ".join(values), _Table(levels, table)))
    return tables


def _cell_size(n_levels: int, n_panels: int) -> float:
    side = 460 if n_panels == 1 else 280
    return float(np.clip(side / max(1, n_levels), 12, 80))


def _count_format(tables: list[tuple[str, _Table]]) -> str:
    return "," if all((table.counts % 1 == 0).all() for _, table in tables) else ",.1f"


def _confusion_tooltip(alt: Any, form: str, panel: str | None) -> list[Any]:
    names = [("prediction:N", "Prediction", ""), ("truth:N", "Truth", ""), ("count:Q", "Freq", form)]
    group = [alt.Tooltip("panel:N", title="group")] if panel else []
    details = [alt.Tooltip(name, title=title, **({"format": f} if f else {})) for name, title, f in names]
    return [*group, *details, alt.Tooltip("share:Q", title="share of truth", format=".1%")]


def _heatmap(alt: Any, tables: list[tuple[str, _Table]], levels: list[str], panel: str | None) -> Any:
    rows = [{"panel": name, **cell} for name, table in tables for _, _, cell in table.cells()]
    cell = _cell_size(len(levels), len(tables))
    form = _count_format(tables)
    plain = {"grid": False, "ticks": False, "domain": False, "labelLimit": 170}
    wide = max((len(level) for level in levels), default=0) * 7 > cell
    base = alt.Chart().encode(
        x=alt.X("truth:N", sort=levels, axis=axis_of(alt, title="Truth", labelAngle=-45 if wide else 0, **plain)),
        y=alt.Y("prediction:N", sort=levels, axis=axis_of(alt, title="Prediction", **plain)),
    )
    share = alt.Color(
        "share:Q",
        scale=alt.Scale(domain=[0, 1], range=["#f4f7fa", "#9cc3de", "#3f83b5", "#0b3c66"]),
        legend=legend_of(alt, "share of truth", format=".0%", gradientLength=140),
    )
    layers = [base.mark_rect(stroke="white").encode(color=share, tooltip=_confusion_tooltip(alt, form, panel))]
    if len(levels) <= MOST_COUNTS:
        # dark cells need light digits, and empty cells should not stand out
        ink = alt.when("datum.share > 0.5").then(alt.value("white"))
        ink = ink.when("datum.count === 0").then(alt.value("#a9b4be")).otherwise(alt.value("#1c2733"))
        longest = max((len(format(c, ",.0f")) for _, table in tables for c in table.counts.ravel()), default=1)
        font = float(np.clip(min(0.34 * cell, 1.5 * cell / longest), 7, 15))
        layers.append(base.mark_text(fontSize=font).encode(text=alt.Text("count:Q", format=form), color=ink))
    side = cell * max(1, len(levels))
    return alt.layer(*layers, data=inline_data(alt, rows)).properties(width=side, height=side)


def _mosaic_rows(name: str, table: _Table) -> Rows:
    """Lay out the rectangles, the first prediction on top, and a label under each column."""
    total = max(float(table.truths.sum()), 1e-300)
    right = np.cumsum(table.truths) / total
    low = 1.0 - np.cumsum(table.shares, axis=0)
    rows: Rows = []
    for i, j, cell in table.cells():
        width = float(table.truths[j]) / total
        if cell["count"] > 0:
            x, y = float(right[j]) - width, float(low[i, j])
            rows.append(
                {"part": "cell", "panel": name, **cell, "x": x, "x2": x + width, "y": max(0.0, y), "y2": y + cell["share"]}
            )
        if i == 0 and width > 0:
            rows.append({"part": "label", "panel": name, "truth": cell["truth"], "x": float(right[j]) - width / 2, "y": 0.0})
    return rows


def _mosaic(alt: Any, tables: list[tuple[str, _Table]], levels: list[str], panel: str | None) -> Any:
    rows = [row for name, table in tables for row in _mosaic_rows(name, table)]
    size = 400 if len(tables) == 1 else 240
    longest = max((len(level) for level in levels), default=0) * 7
    slanted = longest * len(levels) > size
    ends = alt.Scale(domain=[0, 1], nice=False)
    # the labels are text, because columns of varying width have no axis; panels have room for it, a single chart does not
    room = 8 if panel else 24 + (0.75 * min(longest, 110) if slanted else 0)
    bare = {"labels": False, "ticks": False, "grid": False, "domain": False}
    base = alt.Chart().encode(
        x=alt.X("x:Q", scale=ends, axis=axis_of(alt, title="Truth", titlePadding=room, **bare)),
        y=alt.Y("y:Q", scale=ends, axis=axis_of(alt, title="share of predictions", format=".0%", grid=False)),
    )
    cells = (
        base.transform_filter(only_part("cell"))
        .mark_rect(stroke="white", strokeWidth=1.5)
        .encode(
            x2="x2:Q",
            y2="y2:Q",
            color=alt.Color("prediction:N", scale=colour_scale(alt, levels), legend=legend_of(alt, "Prediction")),
            tooltip=_confusion_tooltip(alt, _count_format(tables), panel),
        )
    )
    turn = {"angle": 315, "align": "right", "dx": -4} if slanted else {"align": "center"}
    labels = base.transform_filter(only_part("label")).mark_text(
        baseline="top", dy=7, fontSize=12, color=INK, limit=110, clip=False, **turn
    )
    return alt.layer(cells, labels.encode(text="truth:N"), data=inline_data(alt, rows)).properties(width=size, height=size)
