"""What a call names, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.errors import OptionError
from tidymetrics.frames import InputFrame, find_keys, frame_of_vectors, names_of, prepare, prepare_vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.recalled import Recalled
    from tidymetrics.frames import PreparedFrame, Role, Vectors
    from tidymetrics.statistics import Check
    from tidymetrics.typing import Level


@dataclass(frozen=True, eq=False, repr=False)
class Call:
    """A frame, or none for vectors, and the arguments of the call by name."""

    frame: InputFrame | None
    values: Mapping[str, Any]
    """Names of columns, or the vectors themselves; and what else the call takes for all of its metrics."""
    vectors: bool = False
    """Whether vectors were given, so that the result is a number and not a frame."""
    checks: tuple[Check, ...] = ()
    """What must hold of the rows beside what the statistics check."""
    named: Mapping[str, str] = field(default_factory=dict)
    """By which argument the user named a prediction, where it is another than its own."""
    more: tuple[Role, ...] = ()
    """Columns to prepare beside those that the metrics read: the unit of rows that vary together."""
    stated: Recalled | None = None
    """The state that stands in place of rows; the frame has none."""

    @property
    def input(self) -> InputFrame:
        """The frame of a call that has one."""
        if self.frame is None:
            raise RuntimeError("the call has vectors and no frame")
        return self.frame

    def get(self, name: str) -> Any:
        """Return an argument, None where the call has none of the name."""
        return self.values.get(name)

    def having(self, **values: Any) -> Call:
        """Return the same call with other arguments."""
        return replace(self, values={**self.values, **values})

    def as_frame(
        self, names: Sequence[str], columns: Mapping[str, Any], vectors: Mapping[str, Any], constant: str = ""
    ) -> Call:
        """Return the call of vectors of numbers as that of a frame.

        Of the arguments in `names` those that are vectors become columns of their own name; `vectors` are further ones, and
        `columns` say how arguments name them. A number that is given for `constant` stands for a vector of it.
        """
        own = {name: self.named.get(name, name) for name in names if self.get(name) is not None}
        frame = frame_of_vectors({**{column: self.get(name) for name, column in own.items()}, **vectors}, constant)
        return replace(self, frame=frame, values={**self.values, **own, **columns})

    def of_frame(self, frame: InputFrame, names: Sequence[str]) -> Call:
        """Give the call of vectors as that of a frame made of them, whose columns are named after the arguments."""
        return replace(self, frame=frame, values={**self.values, **{name: name for name in names}})

    def keys(self) -> tuple[str, ...]:
        """Return the names of the columns to group by."""
        return find_keys(self.input.by, self.input.frame, names_of(self.input.frame))

    def within(self, column: str, what: str) -> Call:
        """Return the call with a column as its last, inner key; `what` says who does what to its groups."""
        keys = self.keys()
        if column in keys:
            raise OptionError(f"by: {what} the groups of {column!r}, and cannot be grouped by it; leave it out of by=.")
        return replace(self, frame=replace(self.input, by=[*keys, column]))

    def prepare(
        self,
        roles: Sequence[Role],
        *,
        inner: str | None = None,
        row_order: bool = False,
        levels: tuple[Level, ...] | None = None,
    ) -> PreparedFrame | Vectors:
        """Prepare the columns, or the vectors, that the roles name; a column `inner` becomes the last key."""
        roles = [*roles, *self.more]
        if self.frame is None:
            return prepare_vectors(roles, levels=levels)
        frame = self.frame if inner is None else replace(self.frame, by=[*self.keys(), inner])
        rows = prepare(frame, roles, row_order=row_order, levels=levels)
        rows = rows if inner is None else replace(rows, inner=1)
        return rows if self.stated is None else self.stated.in_place_of(rows)
