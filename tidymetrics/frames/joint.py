"""One prepared frame of several contestants: what they share once, and the predictions of each under names of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, cast

import narwhals as nw

from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.prepared import UNIT, PreparedFrame, Role, prepare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from tidymetrics.frames.recognise import InputFrame
    from tidymetrics.typing import Level

Needed: TypeAlias = "Sequence[tuple[tuple[str, ...], int]]"
"""Groups of roles, and how many of each a row must have to count."""

NUMBER = "tm_number"
"""The number of each row of a frame that has an order."""


@dataclass(frozen=True, eq=False, repr=False)
class Preparation:
    """What one contestant asks to be prepared."""

    source: InputFrame
    roles: tuple[Role, ...]
    row_order: bool
    levels: tuple[Level, ...] | None
    inner: int
    """How many of the last keys are inner."""


@dataclass(frozen=True, eq=False, repr=False)
class JointFrame:
    """The prepared rows, and which of their columns are whose."""

    rows: PreparedFrame
    roles: tuple[Mapping[str, Role], ...]
    """For each contestant its roles by name."""
    own: tuple[Mapping[str, str], ...]
    """For each contestant the columns of the joint frame that its own roles stand in, by role."""

    def columns(self, i: int, other: int | None = None, needed: Needed = ()) -> dict[str, nw.Expr]:
        """Give the columns of one contestant by role, missing in rows where another one lacks what is needed."""
        own = self.own[i]
        columns = {role: nw.col(column) for role, column in own.items()}
        for names, least in needed:
            there = self._has(other, names, least)
            if there is not None:
                columns |= {name: nw.when(there).then(nw.col(own[name])) for name in names if name in own}
        return columns

    def of(self, i: int, other: int | None = None, needed: Needed = ()) -> PreparedFrame:
        """Give the frame of one contestant; what it has is missing in rows where another one lacks what is needed."""
        rows, own = self.rows, self.own[i]
        gaps = set(own) if other is not None else {role for role, column in own.items() if column in rows.gaps}
        return replace(
            rows,
            frame=rows.frame.with_columns(**self.columns(i, other, needed)) if own else rows.frame,
            roles={**self.roles[i], **({UNIT: rows.roles[UNIT]} if UNIT in rows.roles else {})},
            classes={**rows.classes, **{r: rows.classes[c] for r, c in own.items() if c in rows.classes}},
            gaps=rows.gaps | gaps,
        )

    def _has(self, i: int | None, names: Sequence[str], least: int) -> nw.Expr | None:
        """Tell the rows in which a contestant has at least some of its own columns; None where none of them has gaps."""
        columns = [] if i is None else [self.own[i][name] for name in names if name in self.own[i]]
        if not any(column in self.rows.gaps for column in columns):
            return None
        there = [(~nw.col(column).is_null()).cast(nw.Int32) for column in columns]
        return nw.sum_horizontal(*there) >= least

    def left_out(self, pairs: Sequence[tuple[int, int]], needed: Needed) -> list[int]:
        """Count the rows that one of a pair has, and the other lacks."""
        tests: dict[str, nw.Expr] = {}
        for place, (a, b) in enumerate(pairs):
            unlike = []
            for names, least in needed:
                sides = [self._has(i, names, least) for i in (a, b)]
                first, second = sides
                if first is not None and second is not None:
                    unlike.append((first & ~second) | (second & ~first))
                elif first is not None or second is not None:
                    unlike += [~side for side in sides if side is not None]
            if unlike:
                one = nw.any_horizontal(*unlike, ignore_nulls=True)
                tests[f"tm_n{place}"] = nw.when(one).then(nw.lit(1)).otherwise(nw.lit(0)).sum()
        if not tests:
            return [0] * len(pairs)
        found = self.rows.collect(self.rows.frame.select(**tests)).row(0, named=True)
        return [int(found.get(f"tm_n{place}") or 0) for place in range(len(pairs))]

    def in_memory(self, what: str, instead: str) -> JointFrame:
        """Bring the rows out of their engine, so that they have an order."""
        rows = self.rows
        if is_polars(rows.frame):
            return self
        table = rows.collect_bounded(rows.frame, what, instead=instead)
        frame = nw.from_native(table.lazy().with_row_index(NUMBER))
        return replace(self, rows=replace(rows, frame=frame))


def prepare_jointly(asked: Sequence[Preparation]) -> JointFrame:
    """Prepare the columns of all contestants at once; each row of a frame that has an order is numbered."""
    first = asked[0]
    roles: dict[str, Role] = {}
    own: list[dict[str, str]] = [{} for _ in asked]
    common = {role for role in first.roles if all(role in other.roles for other in asked[1:])}
    for i, preparation in enumerate(asked):
        for role in preparation.roles:
            if role in common:
                roles[role.name] = role
                continue
            # one column may serve several contestants; each reads it under a name of its own
            name = f"tm_c{i}_{role.name.removeprefix('tm_')}"
            own[i][role.name] = name
            roles[name] = replace(role, name=name)
    rows = prepare(first.source, list(roles.values()), row_order=first.row_order, levels=first.levels)
    rows = replace(_without_codes_of_gaps(rows, own), inner=first.inner)
    if is_polars(rows.frame):
        numbered = cast("pl.LazyFrame", rows.frame.to_native()).with_row_index(NUMBER)
        rows = replace(rows, frame=nw.from_native(numbered))
    by_name = tuple({role.name: role for role in preparation.roles} for preparation in asked)
    return JointFrame(rows, by_name, tuple(own))


def _without_codes_of_gaps(rows: PreparedFrame, own: Sequence[Mapping[str, str]]) -> PreparedFrame:
    """Make missing classes null where pandas codes them as -1."""
    coded = [c for mine in own for c in mine.values() if c in rows.classes and rows.classes[c].values is not None]
    if not coded or not rows.origin.implementation.is_pandas_like():
        return rows
    frame = rows.frame.with_columns(nw.when(nw.col(c) >= 0).then(nw.col(c)).alias(c) for c in coded)
    return replace(rows, frame=frame, gaps=rows.gaps | set(coded))


def numbered_units(rows: PreparedFrame) -> PreparedFrame:
    """Give the frame whose units are its rows."""
    role = Role(UNIT, "unit", NUMBER, "order")
    return replace(rows, frame=rows.frame.with_columns(**{UNIT: nw.col(NUMBER)}), roles={**rows.roles, UNIT: role})
