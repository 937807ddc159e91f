"""Each distinct statistic of a call, once; and the one pass over the rows that their sums share.

A statistic says which sums (least values, greatest, ...) of which row values it is made of. Those of all statistics of a
call are taken in one `group_by(keys).agg(...)` by the engine that holds the rows; plain vectors, which are one group,
take the same row values as Series. What sums cannot give (sorted rows, cells of a table) a statistic reduces itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.engines import lazy_names
from tidymetrics.frames.prepared import ESTIMATE, ORDER, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.frames.vectors import as_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.typing import Array, Codes

_SAMPLE = 256

SETTLE_INSTEAD = "Score a sample of the rows, or a part of the groups at a time."
"""What to write in place of a call that would bring too many rows out of Dask."""

_HOW: dict[str, Callable[[Any], Any]] = {
    "sum": lambda rows: rows.sum(),
    "min": lambda rows: rows.min(),
    "max": lambda rows: rows.max(),
    "count": lambda rows: rows.count(),
    "len": lambda rows: rows.len(),
    "first quartile": lambda rows: rows.quantile(0.25, interpolation="linear"),
    "third quartile": lambda rows: rows.quantile(0.75, interpolation="linear"),
}


@dataclass(frozen=True, eq=False, repr=False)
class Aggregate:
    """One number a group: `how` the values that `rows` makes of each row become one."""

    rows: Callable[[SimpleNamespace], Any]
    """From the columns (`truth`, `estimate`, `weight` or None, ...) to an expression."""
    how: str = "sum"


NUMBERS = (TRUTH, ESTIMATE, WEIGHT)
"""What statistics read unless they say otherwise, in `reads`: a row is complete when these are there."""


def reads_of(statistic: Any) -> tuple[str, ...]:
    """Give the columns that a statistic reads."""
    return getattr(statistic, "reads", NUMBERS)


class Statistic(Protocol):
    """What a formula stands on: arrays whose leading axis is the groups, and the reduction that makes them.

    One that takes numbers out of the shared pass has a method `aggregates(reductions)` too, which gives them by name.
    """

    def reduce(self, reductions: Reductions) -> Any:
        """Make the statistic of them, and of what else it takes."""


@dataclass
class Reductions:
    """The statistics of one call over one prepared frame (or prepared vectors)."""

    rows: PreparedFrame | Vectors
    statistics: Iterable[Any]
    context: Any = None
    """What a kind shares between its statistics, such as the levels asked for."""
    groups: pl.DataFrame | None = None
    """[groups] the distinct keys, sorted, nulls last; known once something is reduced."""
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _aggregates: dict[tuple[Any, str], Array] | None = None

    def __post_init__(self) -> None:
        """Add what the statistics need of each other."""
        needed = list(self.statistics)
        for statistic in needed:
            needed += getattr(statistic, "needs", ())
        self.statistics = tuple(dict.fromkeys(needed))

    def get(self, statistic: Any) -> Any:
        """Give a statistic, reducing it the first time."""
        if statistic not in self._known:
            self._known[statistic] = statistic.reduce(self)
        return self._known[statistic]

    def told(self, warning: type[Warning]) -> bool:
        """Tell whether the call has warned of this already; from now on it has."""
        before = ("told", warning) in self._known
        self._known["told", warning] = True
        return before

    def know(self, statistic: Any, value: Any) -> None:
        """Take a statistic as given."""
        self._known[statistic] = value

    def aggregates(self, statistic: Any) -> dict[str, Array]:
        """Give the numbers [groups] that a statistic asked for."""
        if self._aggregates is None:
            self._aggregates = {}
            summed = [s for s in self.statistics if hasattr(s, "aggregates")]
            asked = {(s, name): a for s in summed for name, a in s.aggregates(self).items()}
            for reads in dict.fromkeys(reads_of(s) for s, _ in asked):
                part = {key: a for key, a in asked.items() if reads_of(key[0]) == reads}
                frame = self.frame(reads) if isinstance(self.rows, PreparedFrame) else None
                self._aggregates |= dict(zip(part, self.run(list(part.values()), frame), strict=True))
        return {name: values for (s, name), values in self._aggregates.items() if s == statistic}

    def run(self, aggregates: list[Aggregate], frame: nw.LazyFrame[Any] | None = None) -> list[Array]:
        """Take aggregates [groups] in one pass over the rows, or over another frame of the same keys."""
        if not isinstance(self.rows, PreparedFrame) and frame is None:
            return _run_vectors(self.rows, aggregates)
        frame = self.frame() if frame is None else frame
        rows = self.frame_rows
        columns = _columns(lazy_names(frame))
        names = [f"tm_a{i}" for i in range(len(aggregates))]
        made = {name: a.rows(columns) for name, a in zip(names, aggregates, strict=True)}
        how = {name: a.how for name, a in zip(names, aggregates, strict=True)}
        # Dask adds up over its partitions, and a quantile is no sum: such values leave it, the others do not
        late = [name for name in names if how[name].endswith("quartile") and frame.implementation.is_dask()]
        found: dict[str, Array] = {}
        for part in ([name for name in names if name not in late], late):
            if part:
                values = frame.select(*rows.keys, **{name: made[name] for name in part})
                if part is late:
                    values = rows.settle(values, "a quartile", instead=SETTLE_INSTEAD)
                reduced = values.group_by(*rows.keys).agg(
                    *(nw.len().alias(name) if how[name] == "len" else _HOW[how[name]](nw.col(name)) for name in part)
                )
                table = self.align(rows.collect(reduced))
                found |= {name: table.get_column(name).cast(pl.Float64).to_numpy() for name in part}
        return [found[name] for name in names]

    @property
    def frame_rows(self) -> PreparedFrame:
        """The prepared frame, made of the vectors where there is none."""
        if isinstance(self.rows, PreparedFrame):
            return self.rows
        if "frame" not in self._known:
            self._known["frame"] = as_rows(self.rows)
        return self._known["frame"]  # type: ignore[no-any-return]

    @property
    def known_groups(self) -> pl.DataFrame:
        """The distinct keys [groups], once something is reduced."""
        if self.groups is None:
            raise RuntimeError("no statistic has been reduced yet")
        return self.groups

    def frame(self, reads: tuple[str, ...] = NUMBERS) -> nw.LazyFrame[Any]:
        """Give the frame with the columns read all null in every row in which one of them is missing."""
        rows = self.frame_rows
        reads = tuple(name for name in reads if name in rows.roles)
        gaps = [name for name in reads if name in rows.gaps]
        if not gaps:
            return rows.frame
        complete = ~nw.any_horizontal(*(nw.col(name).is_null() for name in gaps), ignore_nulls=True)
        return rows.frame.with_columns(*(nw.when(complete).then(nw.col(name)).alias(name) for name in reads if name != ORDER))

    def complete(self, reads: tuple[str, ...] = NUMBERS) -> nw.LazyFrame[Any]:
        """Give the frame without the rows in which a column read is missing."""
        rows = self.frame_rows
        gaps = [name for name in reads if name in rows.gaps]
        return rows.frame.drop_nulls(gaps) if gaps else rows.frame

    def align(self, table: pl.DataFrame) -> pl.DataFrame:
        """Bring a table of one row a group into the order of `groups`, with nulls for groups that it lacks."""
        keys = list(self.frame_rows.keys)
        if self.groups is None:
            table = table.sort(keys, nulls_last=True)
            if not len(table) and not self.frame_rows.grouped:
                table = pl.concat([table, pl.DataFrame({"tm_k0": [0]})], how="diagonal_relaxed")
            self.groups = table.select(keys)
            return table
        return self.groups.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")

    def collect_rows(self, frame: nw.LazyFrame[Any], what: str, *, instead: str, at_most: float) -> tuple[pl.DataFrame, Codes]:
        """Collect some rows of a frame, as `Rows.collect_bounded` does, with the position of each row's group."""
        rows, keys = self.frame_rows, list(self.frame_rows.keys)
        table = rows.collect_bounded(frame, what, instead=instead, at_most=at_most)
        numbered = self.known_groups.with_row_index("tm_group")
        placed = table.select(keys).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
        return table, placed.get_column("tm_group").to_numpy().astype(np.int64)

    def sample_mean(self, name: str) -> float:
        """Give the mean of a column's first rows: a point near the data, to measure from without losing digits."""
        if (name, "mean") not in self._known:
            if isinstance(self.rows, PreparedFrame):
                # taken by the engine, so that one number leaves it; which rows are first is of no matter
                head = self.rows.frame.select(name).head(_SAMPLE).filter(nw.col(name).is_finite())
                mean = self.rows.collect(head.select(nw.col(name).mean())).item()
            else:
                values = self.rows.numbers[name]
                mean = values.mean() if len(values) and np.isfinite(values).all() else 0.0
            self._known[name, "mean"] = 0.0 if mean is None else float(mean)
        return self._known[name, "mean"]  # type: ignore[no-any-return]


def _columns(names: Iterable[str]) -> SimpleNamespace:
    columns: dict[str, Any] = {name.removeprefix("tm_"): nw.col(name) for name in names}
    return SimpleNamespace(**{"weight": None, **columns})


def _run_vectors(vectors: Vectors, aggregates: list[Aggregate]) -> list[Array]:
    """Take aggregates of vectors, each [1]."""
    series = {
        name.removeprefix("tm_"): nw.new_series(name, values, backend="polars") for name, values in vectors.numbers.items()
    }
    columns = SimpleNamespace(**{"weight": None, **series})
    values = []
    for aggregate in aggregates:
        rows = aggregate.rows(columns)
        if isinstance(rows, nw.Expr):  # a formula with nw.when: an expression over the Series it was given
            rows = next(iter(series.values())).to_frame().select(rows.alias("rows")).get_column("rows")
        value = _HOW[aggregate.how](rows)
        values.append(np.array([np.nan if value is None else float(value)]))
    return values


def collect_numbered(rows: PreparedFrame, frame: nw.LazyFrame[Any]) -> tuple[pl.DataFrame, pl.DataFrame, Codes]:
    """Collect a reduction that has several rows a group.

    Returns
    -------
    table
        The reduction.
    groups
        [groups] the distinct keys, sorted, nulls last.
    index
        [rows of the table] the position of each row's group.
    """
    keys = list(rows.keys)
    if not rows.grouped:
        table = rows.collect(frame)
        return table, pl.DataFrame({"tm_k0": [0]}), np.zeros(len(table), np.int64)
    if rows.small:  # one query instead of four
        sorted_rows = frame.to_native().sort(keys, nulls_last=True).with_columns(tm_group=pl.struct(keys).rle_id())
        table = rows.collect_native(sorted_rows)
        index = table.get_column("tm_group").to_numpy().astype(np.int64)
        starts = np.flatnonzero(np.diff(index, prepend=-1))
        return table, table[keys][starts], index
    table = rows.collect(frame)
    groups = table[keys].unique().sort(keys, nulls_last=True)
    numbered = table[keys].join(groups.with_row_index("tm_group"), on=keys, how="left", nulls_equal=True, maintain_order="left")
    return table, groups, numbered.get_column("tm_group").to_numpy().astype(np.int64)
