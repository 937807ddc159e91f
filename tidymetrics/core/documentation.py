"""Docstrings put together from what a declaration writes and what its kind and record know.

A declaration writes its formula, its own parameters, an example and its source. What all metrics of a kind share stands in the
kind's table of arguments; the direction, the range and the errors of every metric are written here, once.
"""

from __future__ import annotations

import math
import re
from textwrap import fill
from typing import TYPE_CHECKING

from tidymetrics.core.arguments import entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.core.family import Kind
    from tidymetrics.core.metric import Metric

_HEADING = re.compile(r"^(Parameters|Raises|Warns|Examples|References|Notes)\n-+\n", re.MULTILINE)

_RAISES_ALL = (
    "ColumnNotFoundError, WeightError, OptionError",
    "A column is missing; a weight is negative or infinite; an argument has a wrong name or value.",
)
_RAISES_VECTORS = (
    "WeightError, OptionError",
    "A weight is negative or infinite; the vectors differ in length; an argument has a wrong name or value.",
)
_REST = ("Notes", "References", "Examples")


def _sections(doc: str) -> tuple[str, dict[str, str]]:
    parts = _HEADING.split(doc)
    return parts[0].rstrip(), {name: text.rstrip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _target(metric: Metric) -> str:
    aim = metric.target_of({})
    return f"`{next(iter(metric.options))}`" if callable(metric.target) else f"{aim:.4g}"


def _direction(metric: Metric) -> str:
    better = {
        "maximize": "Higher is better.",
        "minimize": "Lower is better.",
        "zero": "Closer to 0 is better; the sign says which way the errors go.",
        "target": f"Closer to {_target(metric)} is better.",
    }[metric.direction]
    if metric.range is None:
        return better
    low, high = (("inf" if b > 0 else "-inf") if math.isinf(b) else f"{b:.4g}" for b in metric.range)
    return f"{better} Range: [{low}, {high}]."


def _section(name: str, *texts: str) -> str:
    return "\n".join([name, "-" * len(name), *(text for text in texts if text)])


def put_together(
    doc: str, more: str, parameters: Sequence[str], returns: str, raises: Mapping[str, str], undefined: str, *, vectors: bool
) -> str:
    """Write a docstring: the declaration's own text, and the sections that it shares with others."""
    body, own = _sections(doc)
    errors = [entry(name, text) for name, text in raises.items()]
    parts = [
        body,
        more,
        _section("Parameters", *parameters, own.get("Parameters", "")),
        _section("Returns", returns if "\n" in returns else fill(returns, 128)),
        _section("Raises", *errors, own.get("Raises", ""), entry(*(_RAISES_VECTORS if vectors else _RAISES_ALL))),
        _section("Warns", entry("UndefinedMetricWarning", f"Once per call, when {undefined}."), own.get("Warns", "")),
        *(_section(name, own[name]) for name in _REST if name in own),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _document(metric: Metric, kind: Kind, doc: str, *, vectors: bool) -> str:
    own = f"{metric.undefined}, or " if metric.undefined else ""
    return put_together(
        doc,
        _direction(metric),
        kind.documented(metric, vectors=vectors),
        kind.returns_vector if vectors else kind.returns,
        kind.raises(metric, vectors=vectors),
        f"the value is undefined: {own}no rows are left",
        vectors=vectors,
    )


def frame_docstring(metric: Metric, kind: Kind, doc: str) -> str:
    """Write the docstring of the form that takes frames."""
    return _document(metric, kind, doc, vectors=False) if kind.arguments else doc


def vector_docstring(metric: Metric, kind: Kind, doc: str) -> str:
    """Write the docstring of the form that takes vectors."""
    return _document(metric, kind, doc, vectors=True)
