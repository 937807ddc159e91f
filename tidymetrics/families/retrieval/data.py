"""Rankings as calls name them: one frame, results with judgements apart, or vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tidymetrics.errors import OptionError
from tidymetrics.frames import (
    DOC,
    ESTIMATE,
    QUERY,
    TRUTH,
    WEIGHT,
    Role,
    find,
    frame_of_vectors,
    names_of,
    prepare_judged,
    recognise,
)
from tidymetrics.statistics import join_judgements

if TYPE_CHECKING:
    from tidymetrics.core.call import Call
    from tidymetrics.frames import PreparedFrame

_NUMBERS = {TRUTH: "truth", ESTIMATE: "estimate", WEIGHT: "case_weights"}
_VALUES = {QUERY: "query", DOC: "doc"}


def prepare_rankings(call: Call) -> PreparedFrame:
    """Prepare the rows that rankings are made of; those with missing values stay."""
    call = _of_vectors(call) if call.vectors else call
    if call.get("qrels") is not None:
        return _with_judgements(call)
    names = [*_NUMBERS, *_VALUES]
    if call.get("query") is not None:
        find(call.get("query"), "query", names_of(call.input.frame))
        keys = call.keys()
        if call.get("query") in keys:
            names.remove(QUERY)  # each group is one ranking
    return cast("PreparedFrame", call.prepare(_roles(call, names)))


def _roles(call: Call, names: list[str]) -> list[Role]:
    given = {**_NUMBERS, **_VALUES}
    return [
        Role(name, given[name], call.get(given[name]), "number" if name in _NUMBERS else "value")
        for name in names
        if call.get(given[name]) is not None
    ]


def _of_vectors(call: Call) -> Call:
    own = {name: call.get(name) for name in (*_NUMBERS.values(), *_VALUES.values()) if call.get(name) is not None}
    values = {name: own.pop(name) for name in _VALUES.values() if name in own}
    return call.of_frame(frame_of_vectors(own, values=values), [*own, *values])


def _with_judgements(call: Call) -> PreparedFrame:
    """Join judgements to the results."""
    if missing := [name for name in ("query", "doc") if call.get(name) is None]:
        raise OptionError(
            f"qrels: judgements are joined by query and document; pass {' and '.join(f'{name}=' for name in missing)} as well, "
            "the names of the columns in both frames."
        )
    source, judgements = call.input, recognise(call.get("qrels"), None)
    truth, weights = call.get("truth"), call.get("case_weights")
    if truth in names_of(source.frame):
        raise OptionError(
            f"truth: {truth!r} is a column of data too, and judgements come from qrels=; drop it from data, or leave out "
            "qrels=."
        )
    for name in _VALUES.values():
        find(call.get(name), name, names_of(source.frame))
        find(call.get(name), f"{name} in qrels", names_of(judgements.frame))
    judged, ran = [TRUTH, QUERY, DOC], [ESTIMATE, QUERY, DOC]
    if weights is not None:
        (judged if weights in names_of(judgements.frame) else ran).append(WEIGHT)
    find(truth, "truth in qrels", names_of(judgements.frame))
    rows, right = prepare_judged(source, judgements, [*_roles(call, ran), *call.more], _roles(call, judged))
    return join_judgements(rows, right)
