"""What can be asked of the rows: requests of statistics, and checks of what must hold before any statistic is given.

A request is a frozen, hashable dataclass, so that equal requests of several metrics are answered once. It says which columns it
reads, which numbers it takes from the pass that all requests share, and how it makes its statistic of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from tidymetrics.frames.prepared import ESTIMATE, TRUTH, TRUTH_AT, WEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import SimpleNamespace

    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.parts import Parts
    from tidymetrics.statistics.reductions import Reductions

    Rows = PreparedFrame | Vectors

S = TypeVar("S")

Options = tuple[tuple[str, Any], ...]

NUMBERS = (TRUTH, ESTIMATE, WEIGHT)
"""What statistics read unless they say otherwise, in `reads`: a row is complete when these are there."""


def reads_for(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give what is read where these columns of scores are; truth stands there as classes, as positions, or as both."""
    return (TRUTH, TRUTH_AT, *columns, WEIGHT)


def positions_in(names: Iterable[str]) -> str:
    """Name the column that holds the position of each true level, among columns or roles."""
    return TRUTH_AT if TRUTH_AT in names else TRUTH


@dataclass(frozen=True, eq=False, repr=False)
class Aggregate:
    """One number for each group: `how` says what becomes of the values that `rows` makes of each row."""

    rows: Callable[[SimpleNamespace], Any]
    """From the columns (`truth`, `estimate`, `weight` or None, ...) to an expression."""
    how: str = "sum"
    """"sum", "min", "max", "count" (of values that are there), "len" (of rows), or "quantile " and a level."""
    plain: bool = False
    """Whether polars' own Series do, without weights, where `rows` takes operators and methods alone: the wrapper of a vector
    costs more than its numbers."""


@dataclass(frozen=True, eq=False)
class _Unhashable:
    """The value of an option that has no hash, such as a list: equal to itself alone."""

    value: Any

    def __repr__(self) -> str:
        return repr(self.value)


def hashable(options: Options) -> Options:
    """Give options whose values can be hashed."""
    return tuple((name, value if _has_hash(value) else _Unhashable(value)) for name, value in options)


def plain(options: Options) -> dict[str, Any]:
    """Give the options of `hashable` as they were."""
    return {name: value.value if isinstance(value, _Unhashable) else value for name, value in options}


def _has_hash(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


class Check:
    """What must hold for the rows; frozen dataclasses too.

    All checks of a call run once, after the shared pass and before any statistic is given.
    """

    if TYPE_CHECKING:

        @property
        def reads(self) -> tuple[str, ...]:
            """The columns without which a row is left out of its numbers."""

        @property
        def cells(self) -> tuple[str, ...]:
            """The columns beside the keys by which it wants its numbers."""
    else:
        reads = NUMBERS
        cells = ()

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the numbers of the shared pass by name."""
        return {}

    def require(self, reductions: Reductions) -> None:
        """Raise if it does not hold."""
        raise TypeError(f"{type(self).__name__} must have a method require().")


class Request(Generic[S]):
    """A statistic that needs the rows, or their order: it cannot be merged."""

    if TYPE_CHECKING:

        @property
        def reads(self) -> tuple[str, ...]:
            """The columns without which a row is incomplete."""

        @property
        def needs(self) -> tuple[Request[Any], ...]:
            """The requests whose statistics it is made of."""

        @property
        def checks(self) -> tuple[Check, ...]:
            """What must hold for the rows."""

        @property
        def cells(self) -> tuple[str, ...]:
            """The columns beside the keys by which it wants its numbers."""

        @property
        def may_lack(self) -> tuple[str, ...]:
            """The columns that it looks at though a row is complete without them."""
    else:
        reads = NUMBERS
        needs = ()
        checks = ()
        cells = ()
        may_lack = ()

    @property
    def shared(self) -> Request[S]:
        """The request without what several metrics may ask of one statistic; equal ones are answered together."""
        return self

    def joined(self, other: Request[S]) -> Request[S]:
        """Give the request that answers two with the same `shared`."""
        return self

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the numbers of the shared pass by name."""
        return {}

    def reduce(self, reductions: Reductions) -> S:
        """Make the statistic."""
        raise TypeError(f"{type(self).__name__} must have a method reduce().")


class MergeableRequest(Request[S]):
    """A statistic that comes apart into parts: those of several sets of rows merge, and make the statistic of all rows."""

    counts_rows: ClassVar[bool] = False
    """Whether its parts count all rows, those that lack something included, as `rows` or by cell as `n`."""

    @property
    def label(self) -> str:
        """What its parts are filed under: the class and its fields, functions by name."""
        return f"{type(self).__name__}({self.fields_written()})"

    def fields_written(self) -> str:
        """Write the fields, functions by name."""
        own = (f"{f.name}={_written(getattr(self, f.name))}" for f in fields(self.shared))  # type: ignore[arg-type]
        return ", ".join(own)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Give the names that its parts have in a state, each with what follows the names of the parts that go there.

        `named` gives the name of a column of scores or quantiles.
        """
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(self).__name__.removesuffix("Request")).lower()
        own = re.sub(r"'?(tm_\w+)'?", lambda found: named(found[1]), self.fields_written())
        return {f"{words}({own})" if own else words: ""}

    def marks(self, levels: tuple[Any, ...]) -> tuple[str, ...] | None:
        """Give what a state writes for the positions that stand in `truth`; None where labels stand there."""
        return None

    def parts(self, reductions: Reductions) -> Parts:
        """Take the statistic apart."""
        raise TypeError(f"{type(self).__name__} must have a method parts().")

    def of_parts(self, parts: Parts, reductions: Reductions) -> S:
        """Make the statistic of its merged parts; `reductions` knows the groups, and the statistics that it needs."""
        raise TypeError(f"{type(self).__name__} must have a method of_parts().")


class SummedRequest(MergeableRequest[S]):
    """A statistic that is its aggregates: the parts are those, and `reduce` makes the statistic of merged ones unchanged."""

    def parts(self, reductions: Reductions) -> Parts:
        """Give the aggregates as parts."""
        how = {name: _MERGED_BY.get(a.how, a.how) for name, a in self.aggregates(reductions.rows).items()}
        return reductions.numbers_as_parts(
            self.label, {name: (how[name], v) for name, v in reductions.aggregates(self).items()}
        )

    def of_parts(self, parts: Parts, reductions: Reductions) -> S:
        """Make the statistic as of rows: `Reductions.aggregates` gives the merged numbers."""
        return self.reduce(reductions)


_MERGED_BY = {"count": "sum", "len": "sum"}


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))})"
    return f"{value.__module__}.{value.__qualname__}" if callable(value) and hasattr(value, "__qualname__") else repr(value)
