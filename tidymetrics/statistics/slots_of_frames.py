"""Scores counted between cuts by the engine that holds the rows: only the sums leave it, and a scanned file streams."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.prepared import WEIGHT
from tidymetrics.statistics.score_slots import Places, SlotSums
from tidymetrics.statistics.score_steps import sum_by

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.score_slots import Side
    from tidymetrics.statistics.scored_events import EventColumns
    from tidymetrics.typing import Array

MOST_CUTS = 1_000
"""More cuts make an expression that engines take long to plan."""

_OF, _SCORE, _HIT, _CELL = "tm_of", "tm_score", "tm_hit", "tm_cell"
"""The position of the event that a row is counted for, its score, whether it is the event, and all in one number."""


def sums_of_frame(
    reductions: Reductions, reads: tuple[str, ...], columns: EventColumns, cuts: Array, side: Side
) -> tuple[SlotSums, ...]:
    """Add up the complete rows by the keys, the event, the slot and whether they are the event, in one query."""
    rows = reductions.frame_rows
    frame = _in_cells(_scored(reductions, reads, columns), cuts, side)
    if rows.weighted:
        weight, score = nw.col(WEIGHT), nw.col(_SCORE)
        # an infinite score of weight 0 adds nothing
        scored = nw.when(weight > 0).then(weight * score).otherwise(nw.lit(0.0))
        frame = frame.with_columns(scored.alias(_SCORE), tm_squares=weight * weight)
        counted = {"tm_n": weight.sum(), "tm_squares": nw.col("tm_squares").sum()}
    else:
        counted = {"tm_n": nw.len()}
    made = frame.group_by(*rows.keys, _CELL).agg(nw.col(_SCORE).sum(), **counted)
    groups = reductions.known_groups.with_row_index("tm_group")
    table = rows.collect(made).join(groups, on=list(rows.keys), how="left", nulls_equal=True)
    # of a chosen level there is one event, which no level names
    return _arrays(table, len(groups), (max(len(columns.events), 1), len(cuts) + 1, 2))


def _scored(reductions: Reductions, reads: tuple[str, ...], columns: EventColumns) -> nw.LazyFrame[Any]:
    """Give each complete row once for each event, with its score and whether it is the event."""
    rows = reductions.frame_rows
    truth, frame = nw.col(reductions.truth_at), reductions.complete(reads)
    own = (*rows.keys, *((WEIGHT,) if rows.weighted else ()))
    if columns.chosen:
        score, place = _largest(columns.reads)
        return frame.select(*own, **{_OF: nw.lit(0), _SCORE: score, _HIT: truth == place})
    if len(columns.events) == 1:
        score, hit = nw.col(columns.scores[0]), truth == columns.events[0]
        return frame.select(*own, **{_OF: nw.lit(0), _SCORE: score, _HIT: hit})
    if not is_polars(frame):  # narwhals unpivots DuckDB's tables of the default connection alone
        each = zip(columns.scores, columns.events, strict=True)
        return nw.concat(
            [
                frame.select(*own, **{_OF: nw.lit(i), _SCORE: nw.col(name), _HIT: truth == event})
                for i, (name, event) in enumerate(each)
            ]
        )
    frame = frame.unpivot(list(columns.scores), index=[*own, reductions.truth_at], variable_name="tm_column", value_name=_SCORE)
    column, of, hit = nw.col("tm_column"), nw.lit(0), truth == columns.events[0]
    for i, (name, event) in enumerate(zip(columns.scores[1:], columns.events[1:], strict=True), 1):
        of = nw.when(column == name).then(nw.lit(i)).otherwise(of)
        hit = nw.when(column == name).then(truth == event).otherwise(hit)
    return frame.select(*own, _SCORE, of.alias(_OF), hit.alias(_HIT))


def _largest(reads: tuple[str, ...]) -> tuple[Any, Any]:
    """Give the largest of several columns, and the position of the first that is it."""
    score: Any = nw.col(reads[0])
    place: Any = nw.lit(0)
    for position, name in enumerate(reads[1:], 1):
        greater = nw.col(name) > score
        place = nw.when(greater).then(nw.lit(position)).otherwise(place)
        score = nw.when(greater).then(nw.col(name)).otherwise(score)
    return score, place


def _in_cells(frame: nw.LazyFrame[Any], cuts: Array, side: Side) -> nw.LazyFrame[Any]:
    """Add the cell of each row; polars takes the slot of numpy, piece by piece, and other engines compare."""
    if is_polars(frame):
        places = Places.of(cuts, side)
        slot = pl.col(_SCORE).map_batches(
            lambda score: pl.Series(places.slot(score.to_numpy())), return_dtype=pl.Int64, is_elementwise=True
        )
        frame = nw.from_native(cast("pl.LazyFrame", frame.to_native()).with_columns(tm_slot=slot))
    elif len(cuts) > MOST_CUTS:
        raise EngineError(f"thresholds: at most {MOST_CUTS:,} for rows in an engine; got {len(cuts):,}.")
    else:
        frame = frame.with_columns(tm_slot=_compared(cuts, side))
    cell = (nw.col(_OF) * (len(cuts) + 1) + nw.col("tm_slot")) * 2
    return frame.with_columns(nw.when(nw.col(_HIT)).then(cell).otherwise(cell + 1).alias(_CELL))


def _compared(cuts: Array, side: Side, low: int = 0, high: int | None = None) -> Any:
    """Give the slot of a score by a balanced tree of comparisons."""
    high = len(cuts) if high is None else high
    if low == high:
        return nw.lit(low)
    middle = (low + high) // 2
    cut = float(cuts[middle])
    above = nw.col(_SCORE) >= cut if side == "right" else nw.col(_SCORE) > cut
    return nw.when(above).then(_compared(cuts, side, middle + 1, high)).otherwise(_compared(cuts, side, low, middle))


def _arrays(table: pl.DataFrame, n_groups: int, shape: tuple[int, int, int]) -> tuple[SlotSums, ...]:
    """Put the sums of a table in their places; `shape` is that of the cells [events, slots, events and others]."""
    group, cell = (table.get_column(name).cast(pl.Int64).to_numpy() for name in ("tm_group", _CELL))
    place = group * prod(shape) + cell

    def sums(name: str) -> Array:
        values = table.get_column(name).cast(pl.Float64).to_numpy()
        return sum_by(place, values, n_groups * prod(shape)).reshape(n_groups, *shape).transpose(1, 3, 0, 2)

    counts, scored = sums("tm_n"), sums(_SCORE).sum(axis=1)
    squares = sums("tm_squares" if "tm_squares" in table.columns else "tm_n").sum(axis=1)
    return tuple(SlotSums(*of, *more) for of, *more in zip(counts, scored, squares, strict=True))
