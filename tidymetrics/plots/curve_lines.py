"""The lines of curves: what they are, their areas and their guides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.plots.canvas import axis_of

if TYPE_CHECKING:
    from tidymetrics.plots.canvas import Rows
    from tidymetrics.typing import Array


@dataclass(frozen=True)
class Kind:
    """The look of one kind of curve."""

    title: str
    columns: tuple[str, ...]
    x: str  # the axis titles
    y: str
    top: float  # where the x axis ends
    square: bool  # whether the y axis ends there too
    guide: tuple[tuple[float, float], ...]  # the dashed line of a useless model
    area: str = ""  # what the area under the curve is called, where it says something

    @property
    def has_threshold(self) -> bool:
        return ".threshold" in self.columns

    def coordinates(self, values: dict[str, Array]) -> tuple[Array, Array]:
        x, y = values[self.columns[-2]], values[self.columns[-1]]
        return (1.0 - x if self.columns[-2] == "specificity" else x), y


TESTED = "rows tested (%)"
STEADY = 2.0
"""The share of rows, in percent, from which on a lift is steady enough for the axis to follow it."""
ROC = Kind(
    "ROC curve",
    (".threshold", "specificity", "sensitivity"),
    "1 - specificity (false positive rate)",
    "sensitivity (true positive rate)",
    1.0,
    square=True,
    guide=((0.0, 0.0), (1.0, 1.0)),
    area="AUC",
)
PR = Kind(
    "Precision-recall curve",
    (".threshold", "recall", "precision"),
    "recall",
    "precision",
    1.0,
    square=True,
    guide=(),
    area="AUC",
)
GAIN = Kind(
    "Gain curve",
    (".n", ".n_events", ".percent_tested", ".percent_found"),
    TESTED,
    "events found (%)",
    100.0,
    square=True,
    guide=((0.0, 0.0), (100.0, 100.0)),
)
LIFT = Kind(
    "Lift curve",
    (".n", ".n_events", ".percent_tested", ".lift"),
    TESTED,
    "lift",
    100.0,
    square=False,
    guide=((0.0, 1.0), (100.0, 1.0)),
)
KINDS = (ROC, PR, GAIN, LIFT)


@dataclass(frozen=True, eq=False)
class Line:
    """The points of one curve that can be drawn."""

    group: str
    panel: str
    x: Array
    y: Array
    details: tuple[Array, ...]  # further fields of the tooltip
    total: tuple[float, float] = (0.0, 0.0)  # the rows and the events of a gain curve
    keys: tuple[str, ...] = ()  # the values of the keys


def guide_rows(lines: list[Line], kind: Kind, panel: str) -> Rows:
    """Give the line of a useless model, and the area of a perfect one."""
    guide = kind.guide
    if kind is PR:
        ends = [float(line.y[-1]) for line in lines if reaches_the_end(line)]  # where all rows are taken: the prevalence
        guide = tuple((x, float(np.mean(ends))) for x in (0.0, 1.0)) if ends and max(ends) - min(ends) < 0.1 else ()
    rows: Rows = [{"part": "guide", "panel": panel, "x": x, "y": y} for x, y in guide]
    return rows + (_perfect(lines, panel) if kind is GAIN else [])


def reaches_the_end(line: Line) -> bool:
    """Tell whether all events are found at the end of a curve of precision."""
    return len(line.x) > 0 and bool(line.x[-1] > 1 - 1e-9)


def area_of(line: Line) -> float:
    """Give the area under the points of a line."""
    if len(line.x) < 2:
        return float("nan")
    return abs(float(np.sum(np.diff(line.x) * (line.y[1:] + line.y[:-1]) / 2)))


def shown_area(line: Line) -> str:
    """Write the area under a line."""
    area = area_of(line)
    return "undefined" if np.isnan(area) else f"{area:.3f}"


def _perfect(lines: list[Line], panel: str) -> Rows:
    """Outline the area between a useless and a perfect model; a perfect model finds all events first."""
    n, n_events = (sum(line.total[i] for line in lines) for i in (0, 1))
    if not n_events > 0:
        return []
    outline = ((0.0, 0.0), (100.0 * n_events / n, 100.0), (100.0, 100.0))
    return [{"part": "perfect", "panel": panel, "x": x, "y": y, "low": x} for x, y in outline]


def axes_of(alt: Any, lines: list[Line], kind: Kind) -> tuple[Any, Any]:
    """Give both axes."""
    ends = alt.Scale(domain=[0, kind.top], nice=False)
    small = {"titleFontSize": 11, "labelFontSize": 11} if len({line.panel for line in lines}) > 4 else {}
    height = ends if kind.square else alt.Scale(domain=[0, _top_of(lines)], nice=True)
    x = alt.X("x:Q", scale=ends, axis=axis_of(alt, title=kind.x, **small))
    return x, alt.Y("y:Q", scale=height, axis=axis_of(alt, title=kind.y, **small))


def _top_of(lines: list[Line]) -> float:
    """Give where the axis of a lift ends: the first few rows, by chance all events or none, may stand out of it."""
    tops = [float(line.y[line.x >= STEADY].max(initial=0.0)) for line in lines]
    return max([*tops, 1.0]) * 1.08
