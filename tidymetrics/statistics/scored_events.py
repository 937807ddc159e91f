"""Scores of an event, or of each level against the rest, and what calibration and thresholds ask of them.

    columns = EventColumns(scores=("tm_p0",), events=(0,), reads=("tm_p0",))
    reductions.get(EventSteps(columns))                  # ScoreSteps of each event
    reductions.get(ScoreSlots(columns, cuts, "right"))   # SlotSums of each event
    reductions.get(EventBins(columns, "uniform", 10))    # Bins of each event
    reductions.get(IsotonicFit(columns)), reductions.get(LogitFit(columns))

Each statistic is a tuple with an entry for each event; all groups are in one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.frames.prepared import PreparedFrame
from tidymetrics.statistics.calibration_bins import Bins, bins_of_blocks, bins_of_slots, bins_of_steps, uniform_edges
from tidymetrics.statistics.calibration_errors import top_label
from tidymetrics.statistics.isotonic import IsotonicBlocks, fit_isotonic
from tidymetrics.statistics.layouts import Layout
from tidymetrics.statistics.logistic import LogisticFit, fit_logistic
from tidymetrics.statistics.probabilities import KnownLevels, ProbabilityBounds
from tidymetrics.statistics.requests import Aggregate, Check, Request, reads_for
from tidymetrics.statistics.score_slots import Side, SlotSums, slot_sums
from tidymetrics.statistics.score_steps import ScoreSteps, steps_of_rows, sum_by
from tidymetrics.statistics.slots_of_frames import sums_of_frame
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Rows
    from tidymetrics.typing import Array, Codes, Mask


@dataclass(frozen=True)
class EventColumns:
    """Which columns hold the scores of which events."""

    scores: tuple[str, ...]
    """The column of each event."""
    events: tuple[int, ...]
    """The positions of the events among the levels."""
    reads: tuple[str, ...]
    """All columns of scores that are given: a row is complete when they are there."""
    bounded: bool = True
    """Whether the scores must be probabilities."""
    chosen: bool = False
    """Whether the one event is that the level of the largest probability is the truth."""


@dataclass(frozen=True, eq=False, repr=False)
class EventRows:
    """The complete rows of one event, group by group."""

    lengths: Codes
    """[groups]"""
    score: Array
    """[rows]"""
    event: Mask
    weight: Array | None

    @property
    def weight_of_events(self) -> Array:
        """The weight of the rows that are events: [groups]."""
        each = np.ones(len(self.event)) if self.weight is None else self.weight
        return sum_by(np.repeat(np.arange(len(self.lengths)), self.lengths), each * self.event, len(self.lengths))


@dataclass(frozen=True)
class OfEvents:
    """What the requests of this chapter share: the columns, and the checks of what they hold."""

    columns: EventColumns

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns.reads)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Truth must hold levels alone, and the columns probabilities where these are wanted."""
        bounds = (ProbabilityBounds(self.columns.reads),) if self.columns.bounded else ()
        return (KnownLevels(), *bounds)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Most stand on the rows."""
        return (ScoredEvents(self.columns),)


@dataclass(frozen=True)
class UnitScores(Check):
    """The check that scores lie where the default thresholds do."""

    columns: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the least and the greatest score."""
        short = [name.removeprefix("tm_") for name in self.columns]
        return {f"{n} {how}": Aggregate(lambda c, n=n: getattr(c, n), how) for n in short for how in ("min", "max")}  # type: ignore[misc]

    def require(self, reductions: Reductions) -> None:
        """Refuse others."""
        found = reductions.aggregates(self)
        low = min((np.nanmin(v, initial=0.0) for name, v in found.items() if name.endswith("min")), default=0.0)
        high = max((np.nanmax(v, initial=1.0) for name, v in found.items() if name.endswith("max")), default=1.0)
        if low < 0 or high > 1:
            raise OptionError(
                f"thresholds: by default they are 0, 0.01, ..., 1, and the scores go from {low:.4g} to {high:.4g}; pass "
                'thresholds=[...], or thresholds="all".'
            )


@dataclass(frozen=True)
class ScoredEvents(OfEvents, Request[tuple[EventRows, ...]]):
    """The rows of each event."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It reads a layout."""
        return (GroupTotals.request(self.reads), Layout.request(self.columns.reads))

    def reduce(self, reductions: Reductions) -> tuple[EventRows, ...]:
        """Take them of the layout."""
        laid_out = reductions.get(Layout.request(self.columns.reads)).columns
        first = laid_out[0]
        if self.columns.chosen:
            score, hit = top_label(np.stack([column.score for column in laid_out], axis=1), first.truth)
            return (EventRows(first.lengths, score, hit, first.weight),)
        named = dict(zip(self.columns.reads, laid_out, strict=True))
        return tuple(
            EventRows(first.lengths, named[name].score, first.truth == event, first.weight)
            for name, event in zip(self.columns.scores, self.columns.events, strict=True)
        )


@dataclass(frozen=True)
class EventSteps(OfEvents, Request[tuple[ScoreSteps, ...]]):
    """The distinct scores of each event."""

    def reduce(self, reductions: Reductions) -> tuple[ScoreSteps, ...]:
        """Sort the rows."""
        rows = reductions.get(ScoredEvents(self.columns))
        return tuple(steps_of_rows(r.lengths, r.score, r.event, r.weight) for r in rows)


@dataclass(frozen=True)
class ScoreSlots(OfEvents, Request[tuple[SlotSums, ...]]):
    """What lies between cuts, without a sort: counted where the rows are."""

    cuts: tuple[float, ...]
    side: Side = "left"
    unit: bool = False
    """Whether the cuts are made for scores from 0 to 1, so that others are refused."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """Others are refused as such."""
        return (*super().checks, *((UnitScores(self.columns.reads),) if self.unit else ()))

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups without complete rows count too; the rows of a frame stay where they are."""
        return (GroupTotals.request(self.reads),)

    def reduce(self, reductions: Reductions) -> tuple[SlotSums, ...]:
        """Count."""
        cuts = np.array(self.cuts, np.float64)
        if isinstance(reductions.rows, PreparedFrame):
            return sums_of_frame(reductions, self.reads, self.columns, cuts, self.side)
        rows = reductions.get(ScoredEvents(self.columns))
        return tuple(slot_sums(r.lengths, r.score, r.event, r.weight, cuts, self.side) for r in rows)


@dataclass(frozen=True)
class IsotonicFit(OfEvents, Request[tuple[tuple[ScoreSteps, IsotonicBlocks], ...]]):
    """The isotonic fit of each event, with the scores that it stands on."""

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It pools distinct scores."""
        return (EventSteps(self.columns),)

    def reduce(self, reductions: Reductions) -> tuple[tuple[ScoreSteps, IsotonicBlocks], ...]:
        """Pool them."""
        return tuple((steps, fit_isotonic(steps)) for steps in reductions.get(EventSteps(self.columns)))


@dataclass(frozen=True)
class LogitFit(OfEvents, Request[tuple[LogisticFit, ...]]):
    """The logistic recalibration of each event."""

    fixed_slope: bool = False

    def reduce(self, reductions: Reductions) -> tuple[LogisticFit, ...]:
        """Fit it to the rows."""
        rows = reductions.get(ScoredEvents(self.columns))
        return tuple(fit_logistic(r.lengths, r.score, r.event, r.weight, fixed_slope=self.fixed_slope) for r in rows)


@dataclass(frozen=True)
class EventBins(OfEvents, Request[tuple[Bins, ...]]):
    """The bins of each event."""

    strategy: str = "uniform"
    n_bins: int | tuple[float, ...] = 10
    """A number, or edges."""

    @property
    def edges(self) -> Array:
        """The edges of bins that do not depend on the rows."""
        return uniform_edges(self.n_bins) if isinstance(self.n_bins, int) else np.array(self.n_bins, np.float64)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Bins are made of slots, of distinct scores or of a fit."""
        return (self._stands_on,)

    @property
    def _stands_on(self) -> Request[Any]:
        if self.strategy == "uniform":
            return ScoreSlots(self.columns, tuple(self.edges[1:-1].tolist()), "left")
        return IsotonicFit(self.columns) if self.strategy == "isotonic" else EventSteps(self.columns)

    def reduce(self, reductions: Reductions) -> tuple[Bins, ...]:
        """Make them."""
        found = reductions.get(self._stands_on)
        if self.strategy == "uniform":
            return tuple(bins_of_slots(slots, self.edges) for slots in found)
        if self.strategy == "isotonic":
            return tuple(bins_of_blocks(steps, blocks) for steps, blocks in found)
        return tuple(bins_of_steps(steps, int(self.n_bins)) for steps in found)  # type: ignore[arg-type]
