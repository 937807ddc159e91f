"""Scores counted between cuts where an engine holds the rows: only the sums leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.frames.prepared import WEIGHT, PreparedFrame
from tidymetrics.statistics.score_slots import SlotSums

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.scored_events import EventColumns
    from tidymetrics.typing import Array

MOST_CUTS = 1_000
"""More cuts make an expression that engines take long to plan."""


def slots_in_engine(reductions: Reductions, n_cuts: int) -> bool:
    """Tell whether the rows are in an engine that polars does not run; too many cuts for one are refused."""
    rows = reductions.rows
    if not isinstance(rows, PreparedFrame) or rows.embedded:
        return False
    if n_cuts > MOST_CUTS:
        raise EngineError(f"thresholds: at most {MOST_CUTS:,} for rows in an engine; got {n_cuts:,}.")
    return True


def _slot(score: nw.Expr, cuts: Array, side: str, low: int = 0, high: int | None = None) -> Any:
    """Give the slot of a score by a balanced tree of comparisons."""
    high = len(cuts) if high is None else high
    if low == high:
        return nw.lit(low)
    middle = (low + high) // 2
    cut = float(cuts[middle])
    above = score >= cut if side == "right" else score > cut
    return nw.when(above).then(_slot(score, cuts, side, middle + 1, high)).otherwise(_slot(score, cuts, side, low, middle))


def _largest(reads: tuple[str, ...]) -> tuple[Any, Any]:
    """Give the largest of several columns, and the position of the first that is it."""
    score: Any = nw.col(reads[0])
    place: Any = nw.lit(0)
    for position, name in enumerate(reads[1:], 1):
        greater = nw.col(name) > score
        place = nw.when(greater).then(nw.lit(position)).otherwise(place)
        score = nw.when(greater).then(nw.col(name)).otherwise(score)
    return score, place


def sums_of_engine(
    reductions: Reductions, frame: nw.LazyFrame[Any], columns: EventColumns, cuts: Array, side: str
) -> tuple[SlotSums, ...]:
    """Group by the keys and the slot, for each event."""
    truth = nw.col(reductions.truth_at)
    if columns.chosen:
        score, place = _largest(columns.reads)
        return (_sums(reductions, frame, score, truth == place, cuts, side),)
    pairs = zip(columns.scores, columns.events, strict=True)
    return tuple(_sums(reductions, frame, nw.col(name), truth == event, cuts, side) for name, event in pairs)


def _sums(reductions: Reductions, frame: nw.LazyFrame[Any], score: Any, event: Any, cuts: Array, side: str) -> SlotSums:
    rows = reductions.frame_rows
    weight = nw.col(WEIGHT) if rows.weighted else nw.lit(1.0).cast(nw.Float64)
    frame = frame.with_columns(tm_s=score, tm_e=event, tm_w=weight)
    at = nw.col("tm_s")
    frame = frame.with_columns(
        tm_slot=_slot(at, cuts, side),
        tm_of_events=nw.when(nw.col("tm_e")).then(nw.col("tm_w")).otherwise(nw.lit(0.0)),
        tm_of_others=nw.when(nw.col("tm_e")).then(nw.lit(0.0)).otherwise(nw.col("tm_w")),
        # an infinite score of weight 0 adds nothing
        tm_scored=nw.when(nw.col("tm_w") > 0).then(nw.col("tm_w") * at).otherwise(nw.lit(0.0)),
        tm_squares=nw.col("tm_w") * nw.col("tm_w"),
    )
    names = ("tm_of_events", "tm_of_others", "tm_scored", "tm_squares")
    table = rows.collect(frame.group_by(*rows.keys, "tm_slot").agg(*(nw.col(name).sum() for name in names)))
    groups = reductions.known_groups.with_row_index("tm_group")
    table = table.join(groups, on=list(rows.keys), how="left", nulls_equal=True)
    size = len(groups), len(cuts) + 1
    place = table.get_column("tm_group").cast(pl.Int64).to_numpy() * size[1] + table.get_column("tm_slot").to_numpy()
    made = []
    for name in names:
        sums = np.zeros(size[0] * size[1])
        sums[place.astype(np.int64)] = table.get_column(name).to_numpy()
        made.append(sums.reshape(size))
    return SlotSums(*made)
