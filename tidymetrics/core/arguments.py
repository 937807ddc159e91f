"""One table of arguments for each kind of call.

Signatures, types for checkers, the common part of docstrings, the command line, sets and scorers are all made from it.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidymetrics.errors import OptionError, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

REQUIRED = inspect.Parameter.empty
"""The default of an argument that has none."""


@dataclass(frozen=True)
class Argument:
    """One argument of a call: what it is called, what it may be, and what the documentation says of it."""

    name: str
    annotation: str
    text: str | Callable[[Any], str]
    """What it means; or a function of the metric's record. Neighbours with the same text share an entry."""
    default: Any = REQUIRED
    positional: bool = False
    column: str = ""
    """For an argument that names columns, what these hold: "number", "class", "order" or "score"; else nothing."""
    role: str = ""
    """The internal name of the column."""
    per_metric: bool = False
    """Whether each metric of a set may have a value of its own."""
    vector_annotation: str = ""
    vector_text: str | Callable[[Any], str] = ""
    in_vectors: bool = True
    """Whether the form that takes vectors has it."""
    required_in_vectors: bool = False
    flag: str = ""
    """The help text of its flag on the command line; without one there is no flag."""
    flag_name: str = ""
    """The flag, where it is not the name."""
    reads: str = "text"
    """How the command line reads its value: "text", "list", "number", "numbers", "level", "levels", "pair", "frame"."""

    def with_text(self, text: str | Callable[[Any], str], vector_text: str | Callable[[Any], str] = "") -> Argument:
        """Return the same argument with another text."""
        return replace(self, text=text, vector_text=vector_text or self.vector_text)

    def for_vectors(self) -> Argument:
        """Return its form for vectors."""
        return replace(
            self,
            annotation=self.vector_annotation or self.annotation,
            text=self.vector_text or self.text,
            default=REQUIRED if self.required_in_vectors else self.default,
        )

    def parameter(self) -> inspect.Parameter:
        """Return it as part of a signature."""
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD if self.positional else inspect.Parameter.KEYWORD_ONLY
        return inspect.Parameter(self.name, kind, default=self.default, annotation=self.annotation)


def entries(arguments: Sequence[Argument], metric: Any) -> list[str]:
    """Write the entries of a docstring's section, neighbours with one text together."""
    made: list[tuple[list[str], str]] = []
    for argument in arguments:
        text = argument.text(metric) if callable(argument.text) else argument.text
        if made and made[-1][1] == text:
            made[-1][0].append(argument.name)
        elif text:
            made.append(([argument.name], text))
    return [entry(", ".join(names), text) for names, text in made]


def entry(head: str, text: str) -> str:
    """Write one entry of a docstring's section: its names, and what it says, indented."""
    from textwrap import fill  # noqa: PLC0415  # needed when somebody reads the documentation

    return f"{head}\n{fill(text, 124, initial_indent='    ', subsequent_indent='    ')}"


@dataclass(frozen=True)
class Table:
    """The arguments of one call, as a function reads them."""

    name: str
    """What the call is named in messages."""
    arguments: tuple[Argument, ...]

    def signature(self, more: Sequence[inspect.Parameter] = (), first: Sequence[str] = ()) -> inspect.Signature:
        """Return the signature, with the metric's own options at its end."""
        data = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in first]
        return inspect.Signature([*data, *(a.parameter() for a in self.arguments), *more])

    def read(self, args: Sequence[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Sort what a call gives into the arguments of the table, defaults included, and all others."""
        values = {a.name: a.default for a in self.arguments}
        if len(args) > 3 or args:
            positional = [a.name for a in self.arguments if a.positional]
            if len(args) > len(positional):
                self._refuse_positions(args, positional)
            for name, value in zip(positional, args, strict=False):
                if name in given:
                    raise OptionError(f"{self.name}: {name} is given twice, by position and by name.")
                values[name] = value
        others = {}
        for name, value in given.items():
            if name in values:
                values[name] = value
            else:
                others[name] = value
        if missing := [name for name, value in values.items() if value is REQUIRED]:
            raise OptionError(f"{self.name}() lacks {listed(missing)}: pass {', '.join(f'{name}=' for name in missing)}.")
        return values, others

    def _refuse_positions(self, args: Sequence[Any], positional: Sequence[str]) -> None:
        named = next((a.name for a in self.arguments if not a.positional), "by")
        raise OptionError(
            f"{self.name}() takes {', '.join(['data', *positional])} by position, and everything else by name; got "
            f"{listed(args[len(positional) :], 1)} as well. If it is a column to group by, pass {named}=."
        )

    def require_known(self, others: Mapping[str, Any], known: Sequence[str]) -> None:
        """Refuse names that are neither in the table nor options."""
        for name in others:
            if name not in known:
                there = [*(a.name for a in self.arguments), *known]
                raise OptionError(
                    f"{self.name}() has no argument {name!r}.{nearest(name, there)} It takes: {', '.join(there)}."
                )


_DATA = "A frame of any supported library, or a grouped object of one, whose keys become `by`."

DATA = Argument("data", "Any", _DATA, positional=True, in_vectors=False)
BY = Argument(
    "by",
    "By",
    "Columns to group by: a name, several, or a selector. The result has one row per combination that occurs; null is a group.",
    None,
    in_vectors=False,
    flag="columns to group by, separated by commas",
    reads="list",
)
NA_RM = Argument(
    "na_rm",
    "bool",
    "Whether rows with a missing value (null or NaN) in a column read are dropped. If not, a group that has one is undefined.",
    True,
    per_metric=True,
)
CASE_WEIGHTS = Argument(
    "case_weights",
    "str | None",
    "The column of finite weights, none negative. A group whose weights sum to 0 is undefined.",
    None,
    column="number",
    role="tm_weight",
    vector_annotation="Vector | None",
    vector_text="A vector [n] of finite weights, none negative. A group whose weights sum to 0 is undefined.",
    flag="the column of case weights",
    flag_name="weights",
)
