"""Confusion matrices, as a heatmap or a mosaic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import OptionError, listed
from tidymetrics.plots.canvas import (
    TEXT,
    axis_of,
    colour_scale,
    eager_frame,
    group_labels,
    in_panels,
    inks_on,
    inline_data,
    legend_columns,
    legend_of,
    levels_in,
    numbers_in,
    only_part,
    require_altair,
    split_by,
    title_of,
)
from tidymetrics.plots.offline import shown_offline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidymetrics.plots.canvas import Frame, Picture, Rows
    from tidymetrics.typing import Array

MOST_COUNTS = 25  # levels; with more, the counts in a heatmap are not readable
LEAST_SIZE = 34.0  # of a cell that has room for a count and a share
SHARES = {"truth": "share of truth", "estimate": "share of prediction", "all": "share of all"}
CONFUSION = ("Prediction", "Truth", "Freq")


def plot_confusion(
    matrix_tidy: Any, kind: str = "heatmap", title: str | None = None, *, normalize: str | None = None
) -> Picture:
    """Draw a confusion matrix.

    Parameters
    ----------
    matrix_tidy
        A frame with the columns Prediction, Truth and Freq, one row per cell; other columns are groups with one panel each.
    kind
        "heatmap": the counts and shares, coloured by the share. "mosaic": one column per true level, as wide as the level's
        share, divided by the predictions.
    title
        The title, instead of "Confusion matrix".
    normalize
        What the shares of a heatmap are of: "truth" (the default), "estimate" (the predictions of a level) or "all". Where it
        is given, shares stand before counts.

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
    if kind not in {"heatmap", "mosaic"}:
        raise OptionError(f"plot_confusion(kind=): expected 'heatmap' or 'mosaic'; got {kind!r}.")
    if normalize not in {None, *SHARES}:
        raise OptionError(f"plot_confusion(normalize=): expected {listed(list(SHARES))} or None; got {normalize!r}.")
    if normalize is not None and kind == "mosaic":
        raise OptionError("plot_confusion(normalize=): a mosaic shows shares of the truth; leave normalize= out.")
    alt = require_altair()
    expected = "plot_confusion() draws a tidy confusion matrix, a frame with the columns Prediction, Truth and Freq"
    data = eager_frame(matrix_tidy, expected)
    if not set(data.columns).issuperset(CONFUSION):
        raise OptionError(f"{expected}; this frame has the columns {listed(data.columns)}.")
    return shown_offline(draw_confusion(alt, data, kind, title, normalize))


def draw_confusion(alt: Any, data: Frame, kind: str, title: str | None, normalize: str | None) -> Picture:
    """Draw a tidy confusion matrix, in one panel per group."""
    keys = [name for name in data.columns if name not in CONFUSION]
    levels = levels_in(data.get_column("Truth"), data.get_column("Prediction"))
    tables = _tables(data, keys, levels)
    panel = "panel" if keys else None
    chart = _mosaic(alt, tables, levels, panel) if kind == "mosaic" else _heatmap(alt, tables, levels, panel, normalize)
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

    def shares_of(self, whole: str) -> Array:
        """Give the shares of the truth, of the predictions or of all; 0 where there is nothing."""
        if whole == "truth":
            return self.shares
        total = self.counts.sum(axis=1, keepdims=True) if whole == "estimate" else self.counts.sum()
        parts: Array = self.counts / np.where(total > 0, total, 1.0)
        return parts

    def cells(self, whole: str = "truth") -> Iterable[tuple[int, int, dict[str, Any]]]:
        shares = self.shares_of(whole)
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
    side = 400 if n_panels == 1 else 260
    return float(np.clip(side / max(1, n_levels), 22 if n_levels <= MOST_COUNTS else 12, 76))


def _count_format(tables: list[tuple[str, _Table]]) -> str:
    return "," if all((table.counts % 1 == 0).all() for _, table in tables) else ",.1f"


def _confusion_tooltip(alt: Any, form: str, panel: str | None, share: str = SHARES["truth"]) -> list[Any]:
    names = [("prediction:N", "Prediction", ""), ("truth:N", "Truth", ""), ("count:Q", "Freq", form)]
    group = [alt.Tooltip("panel:N", title="group")] if panel else []
    details = [alt.Tooltip(name, title=title, **({"format": f} if f else {})) for name, title, f in names]
    return [*group, *details, alt.Tooltip("share:Q", title=share, format=".1%")]


def _heatmap(alt: Any, tables: list[tuple[str, _Table]], levels: list[str], panel: str | None, normalize: str | None) -> Any:
    whole = normalize or "truth"
    rows = [{"panel": name, **cell} for name, table in tables for _, _, cell in table.cells(whole)]
    top = max((row["share"] for row in rows), default=1.0) if whole == "all" else 1.0
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
        scale=alt.Scale(domain=[0, top], range=["#f4f7fa", "#9cc3de", "#3f83b5", "#0b3c66"]),
        legend=legend_of(alt, SHARES[whole], format=".0%", gradientLength=140),
    )
    details = _confusion_tooltip(alt, form, panel, SHARES[whole])
    layers = [base.mark_rect(stroke="white").encode(color=share, tooltip=details)]
    if len(levels) <= MOST_COUNTS:
        written = ",.0f" if form == "," else form
        longest = max((len(format(c, written)) for _, table in tables for c in table.counts.ravel()), default=1)
        layers += _texts(alt, base, (cell, longest, top), form, normalize)
    side = cell * max(1, len(levels))
    return alt.layer(*layers, data=inline_data(alt, rows)).properties(width=side, height=side)


def _texts(alt: Any, base: Any, sizes: tuple[float, int, float], form: str, normalize: str | None) -> list[Any]:
    """Write counts and shares into the cells, one of them where there is no room for both."""
    cell, longest, top = sizes
    # dark cells need light digits, and empty cells should not stand out
    ink = alt.when(f"datum.share > {0.5 * top:g}").then(alt.value("white"))
    ink = ink.when("datum.count === 0").then(alt.value("#a9b4be")).otherwise(alt.value("#1c2733"))
    both = cell >= LEAST_SIZE
    large = float(np.clip(min(0.42 * cell, 1.7 * cell / max(longest, 4 if normalize else 1)), 7, 15))
    count = base.encode(text=alt.Text("count:Q", format=form), color=ink)
    # a percent sign takes room that small cells do not have
    share = base.encode(text=alt.Text("percent:Q", format=".0f") if not both else alt.Text("share:Q", format=".0%"), color=ink)
    share = share.transform_calculate(percent="datum.share * 100")
    first, second = (share, count) if normalize else (count, share)
    if not both:
        return [first.mark_text(fontSize=large)]
    some = second.transform_filter("datum.count > 0")
    return [first.mark_text(fontSize=large, dy=-0.16 * cell), some.mark_text(fontSize=max(8.0, 0.7 * large), dy=0.2 * cell)]


def _mosaic_rows(name: str, table: _Table, inks: dict[str, str]) -> Rows:
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
                {
                    "part": "cell",
                    "panel": name,
                    **cell,
                    "ink": inks[cell["prediction"]],
                    "x": x,
                    "x2": x + width,
                    "y": max(0.0, y),
                    "y2": y + cell["share"],
                }
            )
        if i == 0 and width > 0:
            rows.append({"part": "label", "panel": name, "truth": cell["truth"], "x": float(right[j]) - width / 2, "y": 0.0})
    return rows


def _mosaic(alt: Any, tables: list[tuple[str, _Table]], levels: list[str], panel: str | None) -> Any:
    inks = inks_on(levels)
    rows = [row for name, table in tables for row in _mosaic_rows(name, table, inks)]
    size = 360 if len(tables) == 1 else 240
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
            color=alt.Color(
                "prediction:N",
                scale=colour_scale(alt, levels),
                legend=legend_of(alt, "Prediction", columns=legend_columns(levels)),
            ),
            tooltip=_confusion_tooltip(alt, _count_format(tables), panel),
        )
    )
    turn: dict[str, Any] = {"angle": 315, "align": "right", "dx": -4} if slanted else {"align": "center"}
    labels = base.transform_filter(only_part("label")).mark_text(
        baseline="top", dy=7, fontSize=12, color=alt.ExprRef(**TEXT), limit=110, clip=False, **turn
    )
    # a share stands where its rectangle has room for it
    fits = f"datum.part === 'cell' && (datum.x2 - datum.x) * {size} > 34 && (datum.y2 - datum.y) * {size} > 16"
    middle = {"mx": "(datum.x + datum.x2) / 2", "my": "(datum.y + datum.y2) / 2"}
    inside = base.transform_filter(fits).transform_calculate(**middle).mark_text(fontSize=11)
    shares = inside.encode(
        color=alt.Color("ink:N", scale=None), x=alt.X("mx:Q"), y=alt.Y("my:Q"), text=alt.Text("share:Q", format=".0%")
    )
    layers = [cells, shares, labels.encode(text="truth:N")]
    return alt.layer(*layers, data=inline_data(alt, rows)).properties(width=size, height=size)
