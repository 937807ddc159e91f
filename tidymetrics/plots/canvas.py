"""Shared parts of all plots: the theme, the input frames, and small building blocks."""

from __future__ import annotations

import re
from math import ceil, isfinite, sqrt
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import numpy as np

from tidymetrics.core.metric import METRICS
from tidymetrics.errors import EngineError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    import altair as alt
    from numpy.typing import NDArray

    from tidymetrics.typing import Array

    Frame: TypeAlias = nw.DataFrame[Any]
    Places: TypeAlias = NDArray[np.intp]
    Rows: TypeAlias = list[dict[str, Any]]
    Panels: TypeAlias = alt.FacetChart
    Pair: TypeAlias = alt.HConcatChart
    Picture: TypeAlias = alt.LayerChart | alt.FacetChart | alt.VConcatChart

MOST_COLOURS = 20  # with more, lines cannot be matched with the legend
MOST_DOTS = 5_000  # of a scatter plot; more dots only overlap
INK, GREY = "#7f7f7f", "#8a8a8a"  # of lines without a colour of their own: seen on white and on dark grounds
TEXT = {"expr": "luminance(background || 'white') < 0.4 ? '#eeeeee' : '#333333'"}
"""The colour of texts in a chart: a theme may set a dark ground."""
BLUE = "#0072B2"
OKABE_ITO = (BLUE, "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555")
TOL = (
    *("#332288", "#88CCEE", "#117733", "#DDCC77", "#CC6677", "#AA4499"),
    *("#44AA99", "#661100", "#6699CC", "#999933", "#882255", "#AA4466"),
)


def require_altair() -> Any:
    """Import Altair, which is optional."""
    try:
        import altair  # noqa: ICN001, PLC0415 - the name alt is for type checkers; only plots need it
    except ImportError as error:
        raise EngineError("plots need Altair: pip install 'tidymetrics[plot]'") from error
    return altair


def eager_frame(frame: Any, expected: str) -> Frame:
    try:
        data: Frame = nw.from_native(frame, eager_only=True)
    except TypeError as error:
        raise OptionError(f"{expected}; got {type(frame).__name__}.") from error
    return data


def numbers_in(frame: Frame, name: str) -> Array:
    """Read a column as floats, with NaN for null."""
    column = frame.get_column(name)
    if not (column.dtype.is_numeric() or column.dtype in {nw.Boolean, nw.Unknown} or column.null_count() == len(column)):
        raise OptionError(f"column {name!r}: expected numbers to draw; got {column.dtype}.")
    return np.asarray(column.cast(nw.Float64).to_numpy(), np.float64)


def is_time(frame: Frame, name: str) -> bool:
    """Tell whether a column holds dates or moments."""
    return isinstance(frame.get_column(name).dtype, (nw.Date, nw.Datetime))


def times_in(frame: Frame, name: str) -> Array:
    """Read dates or moments as milliseconds, with NaN for null."""
    column = frame.get_column(name).cast(nw.Datetime("ms"))
    return np.asarray(column.dt.timestamp("ms").cast(nw.Float64).to_numpy(), np.float64)


def _text(value: Any) -> str:
    return "null" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN differs from itself


def group_labels(frame: Frame, keys: Iterable[str]) -> list[str]:
    """Label the group of each row."""
    columns = [map(_text, frame.get_column(key).to_list()) for key in keys]
    return [" / ".join(values) for values in zip(*columns, strict=True)] if columns else [""] * len(frame)


def split_by(frame: Frame, keys: Sequence[str]) -> list[tuple[list[str], Places]]:
    """Return the values of the keys, as text, and the row numbers of each group, in the order of first rows."""
    if not keys:
        return [([], np.arange(len(frame)))]
    # plain names: polars may read unusual ones as patterns
    plain = {f"k{i}": frame.get_column(key).alias(f"k{i}") for i, key in enumerate(keys)}
    numbered = frame.select(*plain.values()).with_row_index("row")
    groups = []
    for values, rows in numbered.group_by(*plain, drop_null_keys=False):
        groups.append(([_text(value) for value in values], np.sort(rows.get_column("row").to_numpy())))
    return sorted((group for group in groups if len(group[1])), key=lambda group: int(group[1][0]))


def sample_of(rows: Places, most: int = MOST_DOTS) -> Places:
    """Choose rows at random, but reproducibly."""
    return rows if len(rows) <= most else np.sort(np.random.default_rng(0).choice(rows, most, replace=False))


def distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def inline_data(alt: Any, rows: Rows) -> Any:
    """Add rows to a chart after construction, because Altair validates constructor arguments at 100 us per row."""
    data = alt.InlineData(values=[])
    data["values"] = rows
    return data


def title_of(alt: Any, text: str, subtitle: str | None = None) -> Any:
    more = {"subtitle": subtitle} if subtitle else {}
    return alt.TitleParams(text, anchor="start", fontSize=16, subtitleFontSize=12, offset=12, **more)


def axis_of(alt: Any, **options: Any) -> Any:
    look = {
        "labelFontSize": 12,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridOpacity": 0.5,
        "domainColor": "#999999",
        "tickColor": "#999999",
        "tickCount": 5,
    }
    return alt.Axis(**{**look, **options})


def legend_of(alt: Any, title: str, **options: Any) -> Any:
    """Place a legend below the chart, where it takes no width."""
    look = {"orient": "bottom", "direction": "horizontal", "titleOrient": "top", "labelLimit": 320}
    return alt.Legend(title=title, labelFontSize=12, titleFontSize=12, symbolOpacity=1.0, **{**look, **options})


def legend_columns(names: Sequence[str]) -> int:
    """Choose how many names of a legend stand side by side."""
    longest = max(map(len, names), default=1)
    return min(len(names), 4 if longest <= 8 else 3 if longest <= 12 else 2 if longest <= 22 else 1) or 1


def header_of(alt: Any, **options: Any) -> Any:
    return alt.Header(title=None, labelFontSize=13, **options)


def _colours(n: int) -> list[str]:
    """Choose colours for names; the first ones are colour-blind safe; none for very many."""
    return next((list(palette[:n]) for palette in (OKABE_ITO, TOL) if n <= len(palette)), [])


def colour_scale(alt: Any, names: Sequence[str]) -> Any:
    """Assign a colour to each name."""
    colours = _colours(len(names))
    return alt.Scale(domain=list(names), **({"range": colours} if names and colours else {"scheme": "viridis"}))


def inks_on(names: Sequence[str]) -> dict[str, str]:
    """Give the colour of text on the colour of each name: dark on light colours."""
    dark = {
        colour: sum(w * int(colour[i : i + 2], 16) for w, i in ((0.3, 1), (0.59, 3), (0.11, 5))) < 150
        for colour in _colours(len(names))
    }
    return dict.fromkeys(names, "#ffffff") | {
        name: "#ffffff" if light else "#111111" for name, light in zip(names, dark.values(), strict=False)
    }


def colour_by(alt: Any, groups: Sequence[str], keys: Sequence[str]) -> Any:
    if not keys or len(groups) > MOST_COLOURS:
        return alt.value(GREY if keys else BLUE)
    legend = legend_of(alt, " / ".join(map(str, keys)), columns=legend_columns(groups))
    return alt.Color("group:N", scale=colour_scale(alt, groups), legend=legend)


def group_tooltip(alt: Any, keys: Sequence[str]) -> list[Any]:
    return [alt.Tooltip("group:N", title=" / ".join(map(str, keys)))] if keys else []


def in_panels(alt: Any, chart: Any, panels: Sequence[str], heading: Any) -> Picture:
    """Draw the layers once, or once per value of the field `panel`."""
    if not panels:
        return cast("Picture", chart.properties(title=heading))
    n = len(panels)
    columns = n if n <= 4 else ceil(n / round(sqrt(n / 1.6)))  # slightly wider than high, like screens
    facet = alt.Facet("panel:N", sort=list(panels), header=header_of(alt, labelFontWeight="bold"))
    return cast("Picture", chart.facet(facet=facet, columns=columns, spacing=18).properties(title=heading))


_FOLDS = re.compile(
    r"^(cv_?)?(fold|resample|repeat|repetition|split|bootstrap|boot|rep|id\d*)s?(_?(id|no|number))?\d*$", re.IGNORECASE
)
LEAST_FOLDS = 3


def fold_keys(keys: Sequence[str]) -> list[str]:
    """Tell the keys that number folds, by their names."""
    return [key for key in keys if _FOLDS.match(str(key))]


def ends_of(values: Iterable[float], span: tuple[float, float] | None) -> list[float] | None:
    """Return the ends of an axis: some space beyond the values, but none beyond the range of the metric."""
    found = [value for value in values if isfinite(value)]
    if not found or span is None:
        return None
    low, high = min(found), max(found)
    room = 0.06 * (high - low) or 0.05 * (abs(high) or 1.0)
    return [
        max(span[0], low - room) if low >= span[0] else low - room,
        min(span[1], high + room) if high <= span[1] else high + room,
    ]


def span_of(metric: str) -> tuple[float, float] | None:
    """Give the range of a registered metric."""
    known = METRICS[metric].metric if metric in METRICS else None
    return None if known is None else known.range


def aim_of(metric: str) -> float | None:
    """Give the best value of a registered metric for which it is neither the greatest nor the least."""
    known = METRICS[metric].metric if metric in METRICS else None
    if known is None or known.direction in {"maximize", "minimize"} or callable(known.target):
        return None  # a target that depends on options: those of the call are not known here
    return float(known.target_of({}))


def only_part(part: str) -> str:
    """Select the rows of a layer: in panels, all layers share the same data."""
    return f"datum.part === '{part}'"


def _in_order(column: nw.Series[Any]) -> list[Any]:
    """Return the values of a column in the order of its categories, or of their first rows."""
    if isinstance(column.dtype, nw.Enum):
        return list(column.dtype.categories)
    if isinstance(column.dtype, nw.Categorical):
        named = getattr(getattr(column.to_native(), "cat", None), "categories", None)
        if named is not None:  # pandas keeps an order that narwhals does not expose
            return list(named)
    return column.unique(maintain_order=True).to_list()


def levels_in(*columns: nw.Series[Any]) -> list[str]:
    """Return the levels that occur in any of the columns, in order."""
    order = [value for column in columns for value in _in_order(column)]
    if all(column.dtype.is_numeric() for column in columns):
        order.sort(key=lambda value: (value is None, value or 0))
    present = {_text(value) for column in columns for value in column.unique().to_list()}
    return [level for level in distinct(map(_text, order)) if level in present]
