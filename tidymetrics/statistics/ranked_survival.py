"""How survival probabilities rank the subjects at evaluation times: areas and curves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.prepared import CENSORING, ESTIMATE, EVAL_TIME, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.curves import Points, trace
from tidymetrics.statistics.engine_rankings import EVENT as STACK
from tidymetrics.statistics.engine_rankings import SCORE, STEP, bring_steps, in_engine, ranking_of_steps, sums_of_steps
from tidymetrics.statistics.evaluation_times import CensoringWeights, EvaluationTimes
from tidymetrics.statistics.layouts import ScoreColumn, column_of_parts, count_by_score, lay_out_columns
from tidymetrics.statistics.movable import Movable, Movement, RowMoves, rows_in_memory
from tidymetrics.statistics.movement_of_ranks import RankedEvent, RankSlopes, moves_of_ranks
from tidymetrics.statistics.ranked import roc_area
from tidymetrics.statistics.rankings import cumulate_chunk, each_chunk
from tidymetrics.statistics.reductions import SETTLE_INSTEAD
from tidymetrics.statistics.requests import Check, MergeableRequest, Request, SummedRequest
from tidymetrics.statistics.survival_checks import SUBJECT
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.rankings import ScoreRanking, SortChunk
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True)
class SurvivalLayout(MergeableRequest[ScoreColumn]):
    """The request of the subjects at each time, to be ranked by increasing survival.

    A subject that had its event is an event (0), one followed beyond the time another (1), each with its weights; one that was
    censored before has weight 0.
    """

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It has the subjects of each time."""
        return (EvaluationTimes.request(), GroupTotals.request(SUBJECT))

    @property
    def checks(self) -> tuple[Check, ...]:
        """Subjects that count must have weights."""
        return (CensoringWeights(),)

    def reduce(self, reductions: Reductions) -> ScoreColumn:
        """Lay them out; rows without a case weight or a prediction are no points."""
        frame = survival_frame(reductions)
        lengths, columns = lay_out_columns(reductions, ("tm_class", "tm_score", "tm_share"), frame)
        truth, score, share = (columns[name].to_numpy() for name in ("tm_class", "tm_score", "tm_share"))
        return ScoreColumn(lengths, truth.astype(np.int64), score, share)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state."""
        return {"survival scores": " subjects"}

    def marks(self, levels: tuple[Any, ...]) -> tuple[str, ...] | None:
        """Write what became of a subject by the time."""
        return ("event", "beyond")

    def parts(self, reductions: Reductions) -> Parts:
        """Count the subjects by class and score, and add up their weight."""
        frame = survival_frame(reductions)
        return count_by_score(reductions, frame, self.label, ("tm_class", ESTIMATE, "tm_share"), "subjects")

    def of_parts(self, parts: Parts, reductions: Reductions) -> ScoreColumn:
        """Lay out each class and score of a group as one row."""
        column = column_of_parts(parts, reductions, "subjects")
        return replace(column, score=-column.score)


@dataclass(frozen=True, eq=False, repr=False)
class RankedSurvival:
    """How well survival probabilities rank those who had their event below those who were followed beyond a time."""

    area: Array
    """[groups, times] weighted pairs ranked rightly, ties counting half"""
    events: Array
    """[groups, times] the weight of those who had their event"""
    others: Array
    """[groups, times] the weight of those followed beyond the time"""

    @property
    def roc(self) -> Array:
        """The area under the ROC curve at each time; undefined without events or without others."""
        return ratio(self.area, self.events * self.others)

    @staticmethod
    def request() -> RankedSurvivalRequest:
        """Ask for the areas at each evaluation time."""
        return RankedSurvivalRequest()


@dataclass(frozen=True)
class RankedSurvivalRequest(SummedRequest[RankedSurvival], Movable):
    """The request of `RankedSurvival`; it comes apart as its layout does."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It ranks the subjects of the layout."""
        return (SurvivalLayout(),)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """It has no parts of its own."""
        return {}

    def reduce(self, reductions: Reductions) -> RankedSurvival:
        """Sort the subjects at each time, and count."""
        times = reductions.get(EvaluationTimes.request())
        if in_engine(reductions, None):
            total = reductions.get(GroupTotals.request(SUBJECT)).n.sum()
            stacked = stacked_survival(reductions)
            sums = sums_of_steps(reductions, stacked, frozenset({"roc"}), total=total, instead=SETTLE_INSTEAD)
            return RankedSurvival(*(times.by_time(sums[name][:, 0]) for name in ("roc", "events", "others")))
        column = reductions.get(SurvivalLayout())

        def work(chunk: SortChunk) -> tuple[Array, Array, Array]:
            ranking = cumulate_chunk(column.sorted(chunk), 0)
            return roc_area(ranking), ranking.total_events, ranking.total_others

        parts = list(each_chunk(column, work))
        return RankedSurvival(*(times.by_time(np.concatenate([part[i] for part in parts])) for i in range(3)))

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the areas at each time move; subjects that were censored before it move nothing."""
        made = reductions.get(self)
        numbers = np.concatenate([made.area, made.events, made.others], axis=1)  # [groups, 3 times]

        def moved(x: Array, _: Codes) -> RankedSurvival:
            return RankedSurvival(*np.split(x, 3, axis=1))

        def source(unit: bool) -> RowMoves:
            frame = survival_frame(reductions)
            table = rows_in_memory(reductions, frame, _SURVIVAL_COLUMNS, "a ranking of scores", unit=unit)
            truth, score, share = (table.columns[name] for name in _SURVIVAL_COLUMNS)
            column = ScoreColumn(table.lengths, truth.astype(np.int64), score, share)
            times = made.area.shape[1]

            def slopes_of(slopes: Array) -> tuple[list[list[RankSlopes]], None]:
                by_area, by_events, by_others = np.split(slopes, 3, axis=1)
                at = np.arange(times)
                area, events, others = (s[:, at, at].reshape(-1) for s in (by_area, by_events, by_others))
                return [[RankSlopes(events, others, {"roc": area})]], None

            return replace(moves_of_ranks([RankedEvent(column, 0)], 2, table.unit, slopes_of=slopes_of), by_time=True)

        return Movement(numbers, np.maximum(numbers, 1e-9), moved, source)


_SURVIVAL_COLUMNS = ("tm_class", "tm_score", "tm_share")


@dataclass(frozen=True)
class SurvivalCurvePoints(SummedRequest[Points]):
    """The curve of each group and evaluation time, drawn of its ranking; it comes apart as its layout does."""

    draw: Callable[[ScoreRanking], Points]

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It ranks the subjects of the layout."""
        return (SurvivalLayout(),)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """It has no parts of its own."""
        return {}

    def reduce(self, reductions: Reductions) -> Points:
        """Draw the curves."""
        reductions.get(EvaluationTimes.request())
        if not in_engine(reductions, None):
            return trace(reductions.get(SurvivalLayout()), 0, self.draw, keep_weight_0=True)
        totals = reductions.get(GroupTotals.request(SUBJECT))
        table = bring_steps(reductions, stacked_survival(reductions), None, total=totals.n.sum(), instead=SETTLE_INSTEAD)
        return self.draw(ranking_of_steps(reductions, table.with_columns((pl.col(STEP) * -1.0).alias(SCORE))))


def survival_frame(reductions: Reductions) -> nw.LazyFrame[Any]:
    """Give the frame of what is ranked: class, score and weight of each subject at each time."""
    rows = reductions.frame_rows
    time, at, event = nw.col(TRUTH), nw.col(EVAL_TIME), nw.col(EVENT)
    frame = reductions.complete(SUBJECT)
    frame = frame.filter(~nw.col(ESTIMATE).is_null())
    if rows.weighted:
        frame = frame.filter(nw.col(WEIGHT) > 0)
    share = nw.col(WEIGHT) * nw.col(CENSORING) if rows.weighted else nw.col(CENSORING)
    counts = (time > at) | (event == 1)
    return frame.with_columns(
        tm_class=nw.when(time > at).then(nw.lit(1)).otherwise(nw.lit(0)),
        tm_score=nw.col(ESTIMATE) * -1.0,
        tm_share=nw.when(counts & ~nw.col(CENSORING).is_null()).then(share).otherwise(nw.lit(0.0)),
    )


def stacked_survival(reductions: Reductions) -> nw.LazyFrame[Any]:
    """Give the subjects at each time in the form whose steps an engine collapses."""
    is_event = (nw.col("tm_class") == 0).cast(nw.Float64)
    frame = survival_frame(reductions).select(
        *reductions.frame_rows.keys,
        nw.col("tm_share"),
        nw.col("tm_score").alias(SCORE),
        is_event.alias("tm_is"),
        nw.lit(0).alias(STACK),
    )
    share = nw.col("tm_share")
    return frame.with_columns(tm_p=share * nw.col("tm_is"), tm_q=share * (nw.col("tm_is") * -1.0 + 1.0))
