"""Pixels counted by true and predicted segment, in the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import WEIGHT
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.shared_pass import collect_numbered
from tidymetrics.statistics.totals import require_weights_of_frame

if TYPE_CHECKING:
    from tidymetrics.frames.classes import Coded
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask

IMAGE, CROWD = "tm_image", "tm_crowd"
SEGMENTS = ("tm_seg", "tm_seg_label", "tm_pseg", "tm_pseg_label")
"""The true segment and its label, the predicted segment and its label."""


@dataclass(frozen=True, eq=False, repr=False)
class SegmentTable:
    """Cells of pixels of one group, image, true and predicted segment; each [cells]."""

    group: Codes
    image: Codes
    parts: tuple[Coded, Coded, Coded, Coded]
    """Those of `SEGMENTS`; -1 is missing."""
    size: Array
    crowd: Mask


@dataclass(frozen=True)
class SegmentsRequest(Request[SegmentTable]):
    """The request of `SegmentTable`: one grouping in the engine."""

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: what is missing is void."""
        return ()

    @property
    def looks_at(self) -> tuple[str, ...]:
        """Images and segments, crowds and sizes."""
        return (IMAGE, *SEGMENTS, CROWD, WEIGHT)

    def reduce(self, reductions: Reductions) -> SegmentTable:
        """Count the pixels of each cell."""
        rows = reductions.frame_rows
        frame = rows.frame
        numbers = [nw.col(WEIGHT).sum().alias("tm_size") if rows.weighted else nw.len().alias("tm_size")]
        if rows.weighted:
            numbers += [nw.col(WEIGHT).min().alias("tm_least"), nw.col(WEIGHT).max().alias("tm_greatest")]
        if CROWD in rows.roles:
            numbers.append(nw.col(CROWD).max().alias("tm_crowds"))
        cells = frame.group_by(*rows.keys, IMAGE, *SEGMENTS).agg(*numbers)
        table, reductions.groups, group = collect_numbered(rows, cells)
        if rows.weighted:
            least, greatest = (table.get_column(name).fill_null(0.0).to_numpy() for name in ("tm_least", "tm_greatest"))
            require_weights_of_frame(reductions, least, greatest)
        crowd = np.zeros(len(table), bool)
        if CROWD in rows.roles:
            crowd = table.get_column("tm_crowds").fill_null(0.0).to_numpy() > 0
        coded = [rows.classes[name].decode(table.get_column(name)) for name in SEGMENTS]
        image = rows.classes[IMAGE].decode(table.get_column(IMAGE))
        size = table.get_column("tm_size").cast(pl.Float64).fill_null(0.0).to_numpy()
        return SegmentTable(group, image.codes, (coded[0], coded[1], coded[2], coded[3]), size, crowd)
