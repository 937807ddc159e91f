"""Each distinct statistic of a call, once: made of rows, of merged parts, or known already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import WeightError
from tidymetrics.frames.prepared import ORDER, WEIGHT, Origin, PreparedFrame
from tidymetrics.frames.units import in_units, units_of
from tidymetrics.frames.vectors import as_rows
from tidymetrics.statistics.exact_integers import ExactIntegers
from tidymetrics.statistics.parts import Parts
from tidymetrics.statistics.requests import NUMBERS, Aggregate, Check, MergeableRequest, Request, positions_in
from tidymetrics.statistics.shared_pass import (
    CellTable,
    added_up,
    arrays_of,
    cells_of,
    collect_numbered,
    columns_of,
    of_vectors,
    reduced,
    row_values,
    wanted_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.fixed_bins import FixedBins
    from tidymetrics.statistics.shared_pass import Owner, Wanted
    from tidymetrics.typing import Array, Codes

S = TypeVar("S")

SETTLE_INSTEAD = "Score a sample of the rows, or a part of the groups at a time."
"""What to write in place of a call that would bring too many rows out of Dask."""


@dataclass(eq=False, repr=False)
class Reductions:
    """The statistics of one call over one prepared frame (or prepared vectors), or over merged parts."""

    rows: PreparedFrame | Vectors
    requests: Iterable[Request[Any]]
    groups: pl.DataFrame | None = None
    """[groups] the distinct keys, sorted, nulls last; known once something is reduced."""
    merged: Parts | None = None
    """The parts that stand in place of rows."""
    checks: tuple[Check, ...] = ()
    """What must hold beside what the requests check."""
    kept: dict[Hashable, Any] | None = None
    """What requests keep of sorted rows, for those who look at the rows again; None where nobody does."""
    cut: FixedBins | None = None
    """The fixed bins of a state, in which parts count scores."""
    notes: Any = None
    """What a family says of the columns for states."""
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _together: dict[Request[Any], Request[Any]] = field(default_factory=dict)
    _numbers: dict[tuple[Owner, str], Array] | None = None
    _cells: dict[Owner, CellTable] = field(default_factory=dict)
    _told: set[type[Warning]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Add what the requests need of each other, and join those that share a statistic."""
        needed = list(self.requests)
        for request in needed:
            shared = request.shared
            before = self._together.get(shared)
            if before != request:
                self._together[shared] = request if before is None else before.joined(request)
                needed += request.needs
        self.requests = tuple(self._together.values())
        more = [check for request in self.requests for check in request.checks]
        if isinstance(self.rows, PreparedFrame) and self.rows.whole and self.merged is None:
            more.append(ExactIntegers(tuple(self.rows.whole)))
        self.checks = tuple(dict.fromkeys((*self.checks, *more)))
        if isinstance(self.rows, PreparedFrame) and self.rows.stated is not None:
            self.merged, self.cut = self.rows.stated.merged_for(self.requests, self.rows, self.notes)
            self.groups = self.merged.groups

    @classmethod
    def of_parts(
        cls, parts: Parts, requests: Iterable[Request[Any]] = (), origin: Origin | None = None, *, inner: int = 0
    ) -> Reductions:
        """Give statistics made of merged parts, whose last `inner` keys are inner; there are no rows."""
        origin = origin or Origin(nw.Implementation.POLARS, wrapped=False, keys=())
        rows = PreparedFrame(nw.from_native(pl.LazyFrame()), parts.keys, origin, {}, inner=inner)
        return cls(rows, requests, parts.groups, parts)

    def get(self, request: Request[S]) -> S:
        """Give a statistic, making it the first time."""
        request = self._together.get(request.shared, request)
        made = self._known.get(request, self)  # hashing costs as much as a small statistic
        if made is self:
            if self.merged is not None and isinstance(request, MergeableRequest):
                made = request.of_parts(self.merged.statistic(request.label), self)
            else:
                self._pass()
                made = request.reduce(self)
            self._known[request] = made
        return cast("S", made)

    def know(self, request: Request[S], statistic: S) -> None:
        """Take a statistic as given."""
        self._known[self._together.setdefault(request.shared, request)] = statistic

    def remember(self, what: Hashable, make: Callable[[], Any]) -> Any:
        """Make something once that is no statistic."""
        if what not in self._known:
            self._known[what] = make()
        return self._known[what]

    def told(self, warning: type[Warning]) -> bool:
        """Tell whether the call has warned of this already; from now on it has."""
        before = warning in self._told
        self._told.add(warning)
        return before

    def parts(self) -> Parts:
        """Take the statistics of all requests apart, those that they need included; one that has no parts is refused."""
        made = []
        for request in self.requests:
            if not isinstance(request, MergeableRequest):
                raise TypeError(f"{type(request).__name__} needs the rows or their order, and has no parts.")
            self._pass()
            made.append(request.parts(self))
        self.require_weights_as_given()
        return made[0].together(*made[1:])

    def require_weights_as_given(self) -> None:
        """Refuse weights that are measured in a unit, for a state: those of other rows would have another."""
        if self.rows.weight_unit is not None:
            raise WeightError(
                "case_weights: a state adds weights up as they are, and these are too far from 1 for the products that metrics "
                "make of them. Divide all weights by one number, such as their greatest."
            )

    def check(self) -> None:
        """Check the rows, if nothing has yet."""
        self._pass()

    def numbers_as_parts(self, label: str, numbers: Mapping[str, tuple[str, Array]]) -> Parts:
        """Give numbers [groups] of one statistic, by name and how they merge, as parts; a bound of no rows is null."""
        groups = self.known_groups
        made = [
            Parts.of(groups, {"statistic": label, "part": name, "how": how, "value": pl.Series(v, nan_to_null=how != "sum")})
            for name, (how, v) in numbers.items()
        ]
        return made[0].together(*made[1:]) if made else Parts.of(groups.clear(), {"value": pl.Series([], dtype=pl.Float64)})

    def _pass(self) -> None:
        """Run the shared pass and the checks, once."""
        if self._numbers is not None or self.merged is not None:
            return
        self._numbers = {}
        requests = cast("tuple[Request[Any], ...]", self.requests)
        wanted, late = wanted_of((*self.checks, *requests), self.rows)
        if not isinstance(self.rows, PreparedFrame):
            both = {**wanted, **late}
            self._numbers = dict(zip(both, of_vectors(self.rows, both.values()), strict=True))
        else:
            owners: tuple[Owner, ...] = (*self.checks, *requests)
            by_cell = [owner for owner in owners if owner.cells]
            if by_cell and not (self.rows.small and all(owner in by_cell for owner, _ in wanted)):
                self._pass_by_cells(self.rows, wanted, by_cell)
            elif wanted and not by_cell:
                self._numbers |= self._reduced(self.rows, wanted)
            if late:
                self._numbers |= self._quantiles(self.rows, late)
        for check in self.checks:
            check.require(self)

    def measure_weights(self, greatest: Array) -> bool:
        """Measure the weights of each group in a unit of its own, where their products would be no numbers; tell whether."""
        rows, unit = self.frame_rows, units_of(greatest)
        if unit is None or rows.weight_unit is not None:
            return False
        self.rows = replace(rows, frame=in_units(rows, self.known_groups, {WEIGHT: unit}), weight_unit=unit)
        self._known, self._cells, self._numbers = {}, {}, None
        self._pass()
        return True

    def _reduced(self, rows: PreparedFrame, wanted: Wanted) -> dict[tuple[Owner, str], Array]:
        table = rows.collect(reduced(row_values(rows, wanted, ()), rows.keys, wanted))
        return arrays_of(self.align(table), wanted)

    def _quantiles(self, rows: PreparedFrame, wanted: Wanted) -> dict[tuple[Owner, str], Array]:
        """Take quantiles in a pass of their own: Dask adds up over its partitions, and a quantile is no sum."""
        values = rows.settle(row_values(rows, wanted, ()), "a quantile", instead=SETTLE_INSTEAD)
        return arrays_of(self.align(rows.collect(reduced(values, rows.keys, wanted))), wanted)

    def _pass_by_cells(self, rows: PreparedFrame, wanted: Wanted, by_cell: list[Owner]) -> None:
        cells = tuple(dict.fromkeys(name for owner in by_cell for name in owner.cells))
        frame = reduced(row_values(rows, wanted, cells), [*rows.keys, *cells], wanted)
        table, self.groups, group = collect_numbered(rows, frame)
        self._cells |= {owner: cells_of(table, group, wanted, owner) for owner in by_cell}
        others = {key: a for key, a in wanted.items() if key[0] not in by_cell}
        if others:
            by_key = added_up(table, rows.keys, wanted)
            found = arrays_of(self.align(by_key), wanted)
            self._numbers = {**(self._numbers or {}), **{key: found[key] for key in others}}

    def cells(self, owner: Owner) -> CellTable | None:
        """Give the cells of a request or a check; None where the rows are few, and cells as they are."""
        self._pass()
        return self._cells.get(self._together.get(owner.shared, owner) if isinstance(owner, Request) else owner)

    def aggregates(self, owner: Owner) -> dict[str, Array]:
        """Give the numbers [groups] that a request or a check asked for."""
        if self.merged is not None:
            return self.merged.statistic(owner.label).numbers(self.known_groups) if isinstance(owner, MergeableRequest) else {}
        self._pass()
        if isinstance(owner, Request):
            owner = self._together.get(owner.shared, owner)
        return {name: values for (of, name), values in (self._numbers or {}).items() if of == owner}

    def run(self, aggregates: list[Aggregate], frame: nw.LazyFrame[Any] | None = None) -> list[Array]:
        """Take aggregates [groups] of another frame of the same keys, or of vectors."""
        if not isinstance(self.rows, PreparedFrame) and frame is None:
            return of_vectors(self.rows, aggregates)
        frame = self.frame() if frame is None else frame
        rows, columns = self.frame_rows, columns_of(frame)
        wanted: dict[Any, Aggregate] = dict(enumerate(aggregates))
        values = frame.select(*rows.keys, **{f"tm_a{i}": a.rows(columns) for i, a in wanted.items()})
        found = arrays_of(self.align(rows.collect(reduced(values, rows.keys, wanted))), wanted)
        return list(found.values())

    @property
    def frame_rows(self) -> PreparedFrame:
        """The prepared frame, made of the vectors where there is none."""
        if isinstance(self.rows, PreparedFrame):
            return self.rows
        if "frame" not in self._known:
            self._known["frame"] = as_rows(self.rows)
        return cast("PreparedFrame", self._known["frame"])

    @property
    def truth_at(self) -> str:
        """The column that holds the position of each true level."""
        return positions_in(self.rows.roles if isinstance(self.rows, PreparedFrame) else self.rows.numbers)

    @property
    def known_groups(self) -> pl.DataFrame:
        """The distinct keys [groups], once something is reduced."""
        if self.groups is None:
            raise RuntimeError("no statistic has been reduced yet")
        return self.groups

    @property
    def outer(self) -> tuple[pl.DataFrame, Codes]:
        """The groups without their inner keys, and the position of the first group of each."""
        groups, inner = self.known_groups, self.frame_rows.inner
        if not inner:
            return groups, np.arange(len(groups))
        keys = groups.columns[: len(groups.columns) - inner]
        if not keys:
            return pl.DataFrame({"tm_k0": [0]}), np.zeros(1, np.int64)
        starts = np.flatnonzero(
            np.diff(groups.select(pl.struct(keys).rle_id()).to_series().to_numpy().astype(np.int64), prepend=-1)
        )
        return groups[keys][starts], starts

    def frame(self, reads: tuple[str, ...] = NUMBERS) -> nw.LazyFrame[Any]:
        """Give the frame with the columns read all null in every row in which one of them is missing."""
        rows = self.frame_rows
        reads = tuple(name for name in reads if name in rows.roles)
        gaps = [name for name in reads if name in rows.gaps]
        if not gaps:
            return rows.frame
        complete = ~nw.any_horizontal(*(nw.col(name).is_null() for name in gaps), ignore_nulls=True)
        kept = nw.when(nw.col("tm_complete"))
        masked = (kept.then(nw.col(name)).alias(name) for name in reads if name != ORDER)
        return rows.frame.with_columns(tm_complete=complete).with_columns(*masked)

    def complete(self, reads: tuple[str, ...] = NUMBERS) -> nw.LazyFrame[Any]:
        """Give the frame without the rows in which a column read is missing."""
        rows = self.frame_rows
        gaps = [name for name in reads if name in rows.gaps]
        return rows.frame.drop_nulls(gaps) if gaps else rows.frame

    def align(self, table: pl.DataFrame) -> pl.DataFrame:
        """Bring a table of one row per group into the order of `groups`, with nulls for groups that it lacks."""
        keys = list(self.frame_rows.keys)
        if self.groups is None:
            table = table.sort(keys, nulls_last=True)
            if not len(table) and not self.frame_rows.grouped:
                table = pl.concat([table, pl.DataFrame({"tm_k0": [0]})], how="diagonal_relaxed")
            self.groups = table.select(keys)
            return table
        return self.groups.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")

    def collect_rows(self, frame: nw.LazyFrame[Any], what: str, *, instead: str, at_most: float) -> tuple[pl.DataFrame, Codes]:
        """Collect some rows of a frame, as `PreparedFrame.collect_bounded` does, with the position of each row's group."""
        rows, keys = self.frame_rows, list(self.frame_rows.keys)
        table = rows.collect_bounded(frame, what, instead=instead, at_most=at_most)
        numbered = self.known_groups.with_row_index("tm_group")
        placed = table.select(keys).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
        return table, placed.get_column("tm_group").to_numpy().astype(np.int64)
