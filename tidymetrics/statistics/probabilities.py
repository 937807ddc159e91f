"""Means of a loss that each row's probabilities have, and the checks of probabilities and levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from tidymetrics.errors import LevelError, ProbabilityError, listed
from tidymetrics.frames.engines import added_up
from tidymetrics.frames.prepared import TRUTH, PreparedFrame
from tidymetrics.frames.probabilities import require_event
from tidymetrics.statistics.means import mean_of_values, movement_of_mean, sum_as_parts, sum_of_values, title_of_mean
from tidymetrics.statistics.movable import Movable, Movement
from tidymetrics.statistics.requests import Aggregate, Check, Request, SummedRequest, hashable, plain, reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import SimpleNamespace

    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Options, Rows
    from tidymetrics.typing import Array

_SUM = 1e-3
"""How far from 1 the probabilities of a row may add up to."""


def _positions(columns: SimpleNamespace) -> Any:
    """Give the positions of the true levels."""
    return getattr(columns, "truth_at", columns.truth)


@dataclass(frozen=True)
class ProbabilityMean(SummedRequest["Array"], Movable):
    """The weighted mean [groups] of a loss of truth and probabilities."""

    loss: Callable[..., Any]
    options: Options
    columns: tuple[str, ...]
    """One column for each level, or that of the event alone."""
    n_levels: int
    event: int | None = None
    """The position of the event, where its column is alone."""
    bounded: bool = True
    """Whether the columns hold probabilities. Of other scores the level without a column has the negative one."""

    def __post_init__(self) -> None:
        """Make the options hashable."""
        object.__setattr__(self, "options", hashable(self.options))

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It divides by the weight."""
        return (GroupTotals.request(self.reads),)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Truth must hold levels alone, and the columns probabilities."""
        return (KnownLevels(), *((ProbabilityBounds(self.columns),) if self.bounded else ()))

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the sum of the weighted losses."""
        return sum_of_values(rows, self._loss_of)

    def _loss_of(self, columns: SimpleNamespace) -> Any:
        given = [getattr(columns, name.removeprefix("tm_")) for name in self.columns]
        probabilities = given
        if self.event is not None:
            rest = given[0] * -1.0 + (1.0 if self.bounded else 0.0)
            probabilities = [given[0], rest] if self.event == 0 else [rest, given[0]]
        truth = [(_positions(columns) == level).cast(nw.Float64) for level in range(max(self.n_levels, 2))]
        return self.loss(truth, probabilities, **plain(self.options))

    def reduce(self, reductions: Reductions) -> Array:
        """Divide it by the weight."""
        weight = reductions.get(GroupTotals.request(self.reads)).weight
        return mean_of_values(reductions.aggregates(self), weight)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Name it in a state by its loss, and by the levels whose probabilities it reads."""
        return {title_of_mean(self.loss, self.options, f" of {'+'.join(map(named, self.columns))}"): ""}

    def parts(self, reductions: Reductions) -> Parts:
        """Give the sum."""
        return sum_as_parts(self, reductions)

    def movement(self, reductions: Reductions) -> Movement:
        """Give how the mean moves."""
        weight = reductions.get(GroupTotals.request(self.reads)).weight
        return movement_of_mean(reductions.frame(self.reads), reductions.get(self), weight, self._loss_of, self.reads)


@dataclass(frozen=True)
class ProbabilityBounds(Check):
    """The check of probabilities: each in [0, 1], and rows that add up to 1 where there is a column for each level."""

    columns: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the least and greatest value of each column, and the greatest miss of 1."""
        short = [name.removeprefix("tm_") for name in self.columns]
        wanted = {f"{n} {how}": Aggregate(lambda c, n=n: getattr(c, n), how) for n in short for how in ("min", "max")}  # type: ignore[misc]
        if len(short) > 1:
            wanted["miss"] = Aggregate(lambda c: (added_up([getattr(c, n) for n in short]) - 1.0).abs(), "max")
        return wanted

    def require(self, reductions: Reductions) -> None:
        """Refuse other numbers; only a refusal looks at the rows again."""
        found = reductions.aggregates(self)
        for name in self.columns:
            low, high = (found[f"{name.removeprefix('tm_')} {how}"] for how in ("min", "max"))
            if ((low < 0) | (high > 1)).any():
                self._refuse_outside(reductions)
        if "miss" in found and (found["miss"] > _SUM).any():
            self._refuse_sums(reductions)

    def _refuse_outside(self, reductions: Reductions) -> None:
        outside = nw.any_horizontal(*((nw.col(n) < 0) | (nw.col(n) > 1) for n in self.columns), ignore_nulls=True)
        count, first = _offenders(reductions, outside, self.columns)
        bad = [(self._named(reductions, name), value) for name, value in first.items() if not 0 <= value <= 1]
        raise ProbabilityError(
            f"{bad[0][0]!r}: expected probabilities between 0 and 1; {count} {'row has' if count == 1 else 'rows have'} "
            f"others, the first {bad[0][1]!r}. Ranking metrics such as roc_auc take any score."
        )

    def _refuse_sums(self, reductions: Reductions) -> None:
        total = added_up([nw.col(name) for name in self.columns])
        count, first = _offenders(reductions, (total - 1.0).abs() > _SUM, self.columns)
        names = [self._named(reductions, name) for name in self.columns]
        raise ProbabilityError(
            f"the probabilities {listed(names)} must add up to 1 in each row; {count} "
            f"{'row does' if count == 1 else 'rows do'} not, the first adds up to {sum(first.values()):.6g}."
        )

    @staticmethod
    def _named(reductions: Reductions, name: str) -> str:
        column = reductions.rows.roles[name].column
        return column if isinstance(column, str) else reductions.rows.roles[name].argument


def _offenders(reductions: Reductions, condition: nw.Expr, columns: tuple[str, ...]) -> tuple[int, dict[str, float]]:
    """Count the rows that meet a condition, and give the first of them."""
    rows = reductions.frame_rows
    bad = reductions.complete(reads_for(columns)).filter(condition).select(*columns)
    count = rows.collect(bad.select(nw.len().alias("n"))).item()
    return count, rows.collect(bad.head(1)).row(0, named=True)


@dataclass(frozen=True)
class TwoClasses(Check):
    """The check that truth holds the event and at most one other class, where only the event was known before the pass."""

    event: Any
    what: str
    """The column of truth, for messages."""
    column: str
    """The user's name of the column of scores."""

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: every class counts."""
        return ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Rows are counted by their class."""
        return (TRUTH,)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the rows of each class."""
        return {"rows": Aggregate(lambda c: c.truth, "len")}

    def classes(self, reductions: Reductions) -> tuple[Any, ...]:
        """Give the classes that truth holds."""
        found = reductions.cells(self)
        if found is None or not isinstance(reductions.rows, PreparedFrame):
            raise RuntimeError("a lazy frame is counted by cells")
        return reductions.rows.classes[TRUTH].decode(found.table.get_column(TRUTH).unique()).values

    def require(self, reductions: Reductions) -> None:
        """Refuse more than two classes, an event that is none of them, and a column that is named after the other one."""
        require_event(self.classes(reductions), self.event, self.what, self.column)


@dataclass(frozen=True)
class KnownLevels(Check):
    """The check that truth holds no value outside the levels, where it could not be made before the pass."""

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: a row without a probability must have a known class as well, as in frames that are in memory."""
        return ()

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the least position: -1 stands for a value that is no level."""
        unchecked = isinstance(rows, PreparedFrame) and rows.unchecked
        return {"least": Aggregate(_positions, "min")} if unchecked else {}

    def require(self, reductions: Reductions) -> None:
        """Refuse such values."""
        least = reductions.aggregates(self).get("least")
        if least is not None and (least < 0).any():
            rows = reductions.frame_rows
            described = rows.classes.get(reductions.truth_at, rows.classes[TRUTH])
            raise LevelError(
                f"{described.what} holds values that are none of the levels {listed(described.values or ())}. List all of them "
                "with levels=."
            )
