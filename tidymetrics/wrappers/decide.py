"""From probabilities to classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.options import one_of, share_or_none
from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.frames import decided, decided_among, find, given_levels, levels_like, names_of, recognise, with_classes

if TYPE_CHECKING:
    from tidymetrics.typing import EventLevel, Level

_NAME = "class_from_prob"


def class_from_prob(
    data: Any,
    estimate: str | Sequence[str] | Mapping[Level, str],
    *,
    levels: Sequence[Level] | None = None,
    like: str | None = None,
    threshold: float | str | Mapping[Level, float] = 0.5,
    buffer: float | tuple[float, float] | None = None,
    min_prob: float | None = None,
    event_level: EventLevel = "first",
    name: str = ".pred_class",
) -> Any:
    """Make classes of probabilities: a column more in the same frame.

    With one column of probabilities of two levels, a row is the event if its probability is at least the threshold. With a
    column for each level, it is the level of the largest, the first on ties. A row with a missing probability has no class.
    Nothing is computed: a lazy frame stays lazy.

    Parameters
    ----------
    data
        A frame of any supported library.
    estimate
        The column of the event's probabilities; or a list of columns in the order of the levels, or a mapping {level: column}.
    levels
        All classes in order; two for one column.
    like
        A column whose levels are taken, in place of `levels`.
    threshold
        For one column a number, or the column that has one for each row, such as that of `best_threshold`. For several a
        mapping {level: number}: the level with the largest share ``p / threshold`` is chosen.
    buffer
        For one column: a number, or two for below and above. Rows whose probability is within it of the threshold are left open
        (null): metrics leave them out, and `reportable_rate` counts them.
    min_prob
        For several columns: where the largest probability is below it, the row is left open.
    event_level
        "first" or "second": which of two levels the one column is for.
    name
        The name of the new column.

    Returns
    -------
    The frame with one column more: an Enum, a pandas Categorical or an Arrow dictionary where the library has these, else text;
    Boolean if the levels are.

    Raises
    ------
    LevelError
        The levels are not known, or there is not one column for each.
    OptionError
        An argument has a wrong value, or the name is that of a column.

    References
    ----------
    Kuhn, M., Vaughan, D. (2023). probably: Tools for post-processing predicted values. R package.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"p": [0.9, 0.55, 0.2]})
    >>> tm.class_from_prob(df, "p", levels=["yes", "no"], threshold=0.6, buffer=0.1)[".pred_class"].to_list()
    ['yes', None, 'no']
    """
    source = recognise(data, None)
    frame = source.frame
    names = names_of(frame)
    one_of("first", "second")(_NAME, "event_level", event_level)
    share_or_none(_NAME, "min_prob", min_prob)
    if not name or name in names:
        raise OptionError(f"{_NAME}(name=): expected the name of a new column; got {name!r}.")
    columns, known = _columns(estimate, names), _levels(frame, estimate, levels, like)
    if isinstance(columns, str):
        if len(known) != 2:
            raise LevelError(
                f"{_NAME}: one column is for two levels; got {len(known)}: {listed(known)}. Pass a column for each."
            )
        if min_prob is not None:
            raise OptionError(f"{_NAME}(min_prob=): it is for a column for each level; pass buffer= for one.")
        at = _threshold(threshold, names)
        classes = decided(columns, known, at, _buffer(buffer), 0 if event_level == "first" else 1)
    else:
        if len(columns) != len(known):
            raise LevelError(f"{_NAME}: expected a column for each of the levels {listed(known)}; got {listed(columns)}.")
        if buffer is not None:
            raise OptionError(f"{_NAME}(buffer=): it is for one column; pass min_prob= for a column for each level.")
        classes = decided_among(columns, known, _thresholds(threshold, known), min_prob)
    made = with_classes(frame, name, classes, known)
    return made if source.wrapped else made.to_native()


def _columns(estimate: Any, names: Sequence[str]) -> str | list[str]:
    if isinstance(estimate, str):
        return find(estimate, "estimate", names)
    given = list(estimate.values()) if isinstance(estimate, Mapping) else estimate
    if not isinstance(given, Sequence) or not given:
        raise OptionError(f"{_NAME}(estimate=): expected a column, or one for each level; got {estimate!r}.")
    return [find(column, "estimate", names) for column in given]


def _levels(frame: Any, estimate: Any, levels: Any, like: Any) -> tuple[Any, ...]:
    if levels is not None and like is not None:
        raise OptionError(f"{_NAME}: levels= and like= mean the same thing; pass one of them.")
    if levels is not None:
        found = given_levels(levels)
    elif like is not None:
        found = levels_like(frame, like)
    elif isinstance(estimate, Mapping):
        found = given_levels(list(estimate))
    else:
        raise LevelError(f"{_NAME}: pass levels=[...], all classes in order, or like= with a column that has them.")
    if isinstance(estimate, Mapping) and set(estimate) == set(found):
        return tuple(estimate)
    return found


def _threshold(given: Any, names: Sequence[str]) -> str | float:
    if isinstance(given, str):
        return find(given, "threshold", names)
    if (
        isinstance(given, bool)
        or not isinstance(given, (Real, np.number))
        or (not np.isfinite(float(given)) and float(given) < 0)
    ):
        raise OptionError(f"{_NAME}(threshold=): expected a number or a column; got {given!r}.")
    return float(given)


def _thresholds(given: Any, levels: Sequence[Any]) -> dict[Any, float] | None:
    if isinstance(given, Mapping):
        if set(given) != set(levels) or not all(isinstance(t, (int, float, np.number)) and t > 0 for t in given.values()):
            raise OptionError(
                f"{_NAME}(threshold=): expected a positive number for each of the levels {listed(levels)}; got {given!r}."
            )
        return {level: float(t) for level, t in given.items()}
    if given != 0.5:
        raise OptionError(f"{_NAME}(threshold=): with a column for each level, pass {{level: number}}; got {given!r}.")
    return None


def _buffer(given: Any) -> tuple[float, float] | None:
    if given is None:
        return None
    pair = (given, given) if isinstance(given, (Real, np.number)) else tuple(given)
    if len(pair) != 2 or not all(isinstance(b, (int, float, np.number)) and 0 <= b < np.inf for b in pair):
        raise OptionError(f"{_NAME}(buffer=): expected a number of at least 0, or two of them; got {given!r}.")
    return float(pair[0]), float(pair[1])
