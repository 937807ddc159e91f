"""Right-censored times: the checks of them, and what predicted survival probabilities are worth at evaluation times.

The frames of these statistics have the evaluation time as their last key, and each subject once at each of them; so the
[groups] of the shared pass are all pairs of an outer group and a time, and arrays are reshaped to [groups, times].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import OptionError, ProbabilityError, WeightError, listed
from tidymetrics.frames.prepared import CENSORING, ESTIMATE, EVAL_TIME, EVENT, TRUTH, WEIGHT
from tidymetrics.statistics.arithmetic import ratio
from tidymetrics.statistics.curves import Points, trace
from tidymetrics.statistics.ladder import Layout, each_block, ladder_of, lay_out_columns, sort_block
from tidymetrics.statistics.moments import weigh
from tidymetrics.statistics.ranked import roc_area
from tidymetrics.statistics.reductions import SETTLE_INSTEAD, Aggregate, Reductions
from tidymetrics.statistics.steps import EVENT as STACK
from tidymetrics.statistics.steps import SCORE, STEP, bring_steps, ladder_of_steps, sums_of_steps
from tidymetrics.statistics.totals import Totals, TotalsOver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.ladder import Block, Ladder
    from tidymetrics.typing import Array, Codes

SUBJECT = (TRUTH, EVENT, WEIGHT)
"""The columns without which a subject is missing, whatever is predicted for it."""


def _when(condition: Any) -> Any:
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


@dataclass(frozen=True)
class CensoredTimes:
    """The check that times are none below 0 and that the event is 0 or 1."""

    reads: tuple[str, ...] = SUBJECT
    """Those of the metric that asks, so that the check shares its pass over the rows."""

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the bounds of the times, and how many events are neither 0 nor 1."""
        return {
            "min": Aggregate(lambda c: c.truth, "min"),
            "max": Aggregate(lambda c: c.truth, "max"),
            # on Dask a missing status is unlike every number
            "odd": Aggregate(lambda c: _when(~c.event.is_null() & (c.event != 0) & (c.event != 1))),
        }

    def reduce(self, reductions: Reductions) -> None:
        """Refuse what is no right-censored time; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        roles = reductions.rows.roles
        time, event = nw.col(TRUTH), nw.col(EVENT)
        if ((found["min"] < 0) | np.isinf(found["max"])).any():
            count, first = offenders(reductions, self.reads, (time < 0) | (time == float("inf")), TRUTH)
            raise OptionError(
                f"{roles[TRUTH].what()}: expected finite times of at least 0; {_rows_have(count)} another: {listed(first, 3)}."
            )
        if (found["odd"] > 0).any():
            count, first = offenders(reductions, self.reads, (event != 0) & (event != 1), EVENT)
            raise OptionError(
                f"{roles[EVENT].what()}: expected a status of 1 (or True) for an event and 0 (or False) for a censored time; "
                f"{_rows_have(count)} another: {listed(first, 3)}. Only right-censored data can be scored; recode other "
                "codings of it, such as 1 and 2, first."
            )


def _rows_have(count: int) -> str:
    return f"{count} {'row has' if count == 1 else 'rows have'}"


def offenders(reductions: Reductions, reads: tuple[str, ...], condition: nw.Expr, column: str) -> tuple[int, list[float]]:
    """Count the rows that meet a condition, and give the first three values of a column."""
    rows = reductions.frame_rows
    bad = reductions.complete(reads).filter(condition).select(column)
    count: int = rows.collect(bad.select(nw.len().alias("n"))).item()
    return count, rows.collect(bad.head(3)).get_column(column).to_list()


STATIC = (TRUTH, EVENT, ESTIMATE, WEIGHT)
"""The columns that metrics of one prediction a subject read."""


@dataclass(frozen=True, eq=False, repr=False)
class Subjects:
    """The complete rows of survival data, group by group."""

    needs: ClassVar[tuple[Any, ...]] = (CensoredTimes(STATIC), TotalsOver(STATIC))

    lengths: Codes
    """[groups] rows of each"""
    time: Array
    """[rows]"""
    event: Array
    """[rows] 1.0 or 0.0"""
    estimate: Array
    """[rows]"""
    weight: Array
    """[rows] 1.0 where there are no case weights"""

    @classmethod
    def reduce(cls, reductions: Reductions) -> Subjects:
        """Lay out the rows, once they are known to be right-censored times."""
        reductions.get(TotalsOver(STATIC))
        reductions.get(CensoredTimes(STATIC))
        weighted = reductions.rows.weighted
        names = (TRUTH, EVENT, ESTIMATE, *((WEIGHT,) if weighted else ()))
        lengths, columns = lay_out_columns(reductions, names, reductions.complete(STATIC), "a statistic of risk sets")
        arrays = [columns[name].to_numpy() for name in names]
        if not weighted:
            arrays.append(np.ones(len(arrays[0])))
        return cls(lengths, *arrays)


@dataclass(frozen=True, eq=False, repr=False)
class EvaluationTimes:
    """The evaluation times, at each of which every subject of every group stands once."""

    needs: ClassVar[tuple[Any, ...]] = (CensoredTimes(), TotalsOver(SUBJECT))
    reads: ClassVar[tuple[str, ...]] = SUBJECT

    times: Array
    """[times], increasing"""
    totals: Totals
    """Of the subjects, each [groups]."""

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give what tells the subjects of one time from those of another."""
        return {
            "at": Aggregate(lambda c: c.eval_time, "max"),
            "events": Aggregate(lambda c: c.event),
            "sum": Aggregate(lambda c: c.truth),
            "least": Aggregate(lambda c: c.truth, "min"),
            "greatest": Aggregate(lambda c: c.truth, "max"),
        }

    @classmethod
    def reduce(cls, reductions: Reductions) -> EvaluationTimes:
        """Check that the subjects are the same at each time."""
        reductions.get(CensoredTimes())
        found = reductions.aggregates(cls)
        times = np.unique(found["at"])
        what = reductions.rows.roles[EVAL_TIME].what()
        if bad := [float(t) for t in times if not 0 <= t < np.inf]:
            raise OptionError(f"{what}: expected finite times of at least 0; got {listed(bad, 3)}, or a missing time.")
        size = max(len(times), 1)
        groups = reductions.known_groups
        n_outer = len(groups.select(groups.columns[:-1]).unique()) if groups.width > 1 else min(len(groups), 1)
        if len(groups) != n_outer * size:
            raise OptionError(
                f"{what}: every subject must stand once at each evaluation time, in every group; the times "
                f"{listed([float(t) for t in times], 6)} are not all there in each."
            )
        totals = reductions.get(TotalsOver(SUBJECT))
        counted = {"rows": totals.n_rows, "rows with a time and a status": totals.n}
        cls._require_same_subjects({**counted, **found}, times, what)
        first = slice(None, None, size)
        return cls(times, Totals(totals.n_rows[first], totals.n[first], totals.weight[first]))

    @staticmethod
    def _require_same_subjects(found: Mapping[str, Array], times: Array, what: str) -> None:
        """Compare the subjects of a group at one time with those at another, by what the pass tells of them."""
        size = max(len(times), 1)
        for name in ("rows", "rows with a time and a status", "events", "sum", "least", "greatest"):
            values = np.nan_to_num(found[name]).reshape(-1, size)  # [groups, times]
            close = 1e-9 * np.abs(values[:, :1]) if name == "sum" else 0.0
            differ = np.flatnonzero((np.abs(values - values[:, :1]) > close).any(axis=1))
            if len(differ):
                counted = "true times that add up to" if name == "sum" else f"{name} true time" if name[0] in "lg" else name
                shown = ", ".join(f"{n:g} at {t:g}" for n, t in zip(values[differ[0]], times, strict=True))
                raise OptionError(
                    f"{what}: the same subjects must stand at each evaluation time, each once; a group has {counted}: {shown}. "
                    "Make a row for each subject and time, as survival_long() does."
                )

    def by_time(self, values: Array) -> Array:
        """Give values [groups and times] as [groups, times]."""
        return values.reshape(-1, max(len(self.times), 1))


@dataclass(frozen=True)
class CensoringWeights:
    """The check of the weights that make up for censoring: none negative, and there where they are needed."""

    reads: tuple[str, ...] = SUBJECT

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give their bounds, and how many are wanting."""
        return {
            "min": Aggregate(lambda c: c.censoring, "min"),
            "max": Aggregate(lambda c: c.censoring, "max"),
            "wanting": Aggregate(lambda c: _when(_wanting(c) if c.weight is None else _wanting(c) & (c.weight > 0))),
        }

    def reduce(self, reductions: Reductions) -> None:
        """Refuse others; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        what = reductions.rows.roles[CENSORING].what()
        weight = nw.col(CENSORING)
        if ((found["min"] < 0) | np.isinf(found["max"])).any():
            count, first = offenders(reductions, self.reads, (weight < 0) | (weight == float("inf")), CENSORING)
            raise WeightError(
                f"{what}: expected finite weights of at least 0; {_rows_have(count)} another: {listed(first, 3)}."
            )
        if (found["wanting"] > 0).any():
            count = int(found["wanting"].sum())
            times = sorted(set(reductions.get(EvaluationTimes).by_time(found["wanting"]).any(axis=0).nonzero()[0]))
            shown = listed([float(reductions.get(EvaluationTimes).times[i]) for i in times], 5)
            raise WeightError(
                f"{what}: {_rows_have(count)} no weight although a subject counts there (it had its event by the evaluation "
                f"time, or was followed beyond it); at the evaluation times {shown}. Only a subject that was censored before "
                "the time may have none. Leave out times beyond the data that the weights come from."
            )


def _had_event(columns: SimpleNamespace) -> Any:
    return (columns.truth <= columns.eval_time) & (columns.event == 1)


def _followed_beyond(columns: SimpleNamespace) -> Any:
    return columns.truth > columns.eval_time


def _wanting(columns: SimpleNamespace) -> Any:
    return (_had_event(columns) | _followed_beyond(columns)) & columns.censoring.is_null() & ~columns.estimate.is_null()


@dataclass(frozen=True)
class SurvivalProbabilities:
    """The check that predicted survival probabilities are some."""

    reads: tuple[str, ...] = SUBJECT

    def aggregates(self, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give their bounds."""
        return {how: Aggregate(lambda c: c.estimate, how) for how in ("min", "max")}

    def reduce(self, reductions: Reductions) -> None:
        """Refuse others; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        if ((found["min"] < 0) | (found["max"] > 1)).any():
            estimate = nw.col(ESTIMATE)
            count, first = offenders(reductions, self.reads, (estimate < 0) | (estimate > 1), ESTIMATE)
            raise ProbabilityError(
                f"{reductions.rows.roles[ESTIMATE].what()}: expected probabilities of surviving, between 0 and 1; "
                f"{_rows_have(count)} another: {listed(first, 3)}."
            )


@dataclass(frozen=True, eq=False, repr=False)
class SurvivalLosses:
    """The squared distances of survival probabilities from what is known of the subjects, each [groups, times]."""

    needs: ClassVar[tuple[Any, ...]] = (
        EvaluationTimes,
        CensoringWeights(),
        SurvivalProbabilities(),
        TotalsOver(SUBJECT),
    )
    reads: ClassVar[tuple[str, ...]] = SUBJECT

    loss: Array
    """Added up, with case weights and those for censoring."""
    weight: Array
    """The case weight of all subjects, also of those censored before the time."""
    times: Array
    """[times]"""

    @property
    def brier(self) -> Array:
        """The Brier score at each time; undefined where no weight is."""
        return ratio(self.loss, self.weight)

    @classmethod
    def aggregates(cls, reductions: Reductions) -> Mapping[str, Aggregate]:
        """Give the sum of the losses."""
        return {"loss": Aggregate(lambda c: weigh(c, _loss(c)))}

    @classmethod
    def reduce(cls, reductions: Reductions) -> SurvivalLosses:
        """Make them, once the columns are known to be what they should be."""
        times = reductions.get(EvaluationTimes)
        reductions.get(CensoringWeights())
        reductions.get(SurvivalProbabilities())
        loss = np.nan_to_num(reductions.aggregates(cls)["loss"], nan=0.0, posinf=np.inf)
        weight = reductions.get(TotalsOver(SUBJECT)).weight
        return cls(times.by_time(loss), times.by_time(weight), times.times)


def _loss(columns: SimpleNamespace) -> Any:
    """Give a row's loss; one without a prediction adds nothing."""
    alive, weight = columns.estimate, columns.censoring
    dead = alive * -1.0 + 1.0
    gone = nw.when(_had_event(columns)).then(alive * alive * weight)
    return nw.when(_followed_beyond(columns)).then(dead * dead * weight).otherwise(gone)


@dataclass(frozen=True)
class SurvivalLayout:
    """The reduction that lays out the subjects at each time, to be ranked by increasing survival.

    A subject that had its event is an event (0), one followed beyond the time another (1), each with its weights; one that was
    censored before has weight 0.
    """

    needs: ClassVar[tuple[Any, ...]] = (EvaluationTimes, CensoringWeights(), TotalsOver(SUBJECT))

    def reduce(self, reductions: Reductions) -> Layout:
        """Lay them out; rows without a case weight or a prediction are no points."""
        reductions.get(CensoringWeights())
        frame = survival_frame(reductions)
        lengths, columns = lay_out_columns(reductions, ("tm_class", "tm_score", "tm_share"), frame)
        truth = columns["tm_class"].to_numpy().astype(np.int64)
        return Layout(lengths, truth, (columns["tm_score"].to_numpy(),), columns["tm_share"].to_numpy())


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


@dataclass(frozen=True, eq=False, repr=False)
class RankedSurvival:
    """How well survival probabilities rank those who had their event below those who were followed beyond a time."""

    needs: ClassVar[tuple[Any, ...]] = (SurvivalLayout(),)

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

    @classmethod
    def reduce(cls, reductions: Reductions) -> RankedSurvival:
        """Sort the subjects at each time, and count."""
        times = reductions.get(EvaluationTimes)
        if not reductions.frame_rows.embedded:
            reductions.get(CensoringWeights())
            total = reductions.get(TotalsOver(SUBJECT)).n.sum()
            stacked = stacked_survival(reductions)
            sums = sums_of_steps(reductions, stacked, frozenset({"roc"}), total=total, instead=SETTLE_INSTEAD)
            return cls(*(times.by_time(sums[name][:, 0]) for name in ("roc", "events", "others")))
        layout = reductions.get(SurvivalLayout())

        def work(block: Block) -> tuple[Array, Array, Array]:
            ladder = ladder_of(layout, block, sort_block(layout, 0, block), 0)
            return roc_area(ladder), ladder.total_events, ladder.total_others

        parts = list(each_block(layout, work))
        return cls(*(times.by_time(np.concatenate([part[i] for part in parts])) for i in range(3)))


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


def trace_survival(reductions: Reductions, draw: Callable[[Ladder], Points]) -> Points:
    """Draw the curve of each group and time."""
    if reductions.frame_rows.embedded:
        return trace(reductions.get(SurvivalLayout()), 0, 0, draw, keep_weight_0=True, thresholds=None)
    reductions.get(CensoringWeights())
    totals = reductions.get(TotalsOver(SUBJECT))
    table = bring_steps(reductions, stacked_survival(reductions), None, total=totals.n.sum(), instead=SETTLE_INSTEAD)
    return draw(ladder_of_steps(reductions, table.with_columns((pl.col(STEP) * -1.0).alias(SCORE))))
