"""Calendar windows of a state, one after the other, rolling, or ever longer."""

from __future__ import annotations

import warnings
from typing import Any

import polars as pl

from tidymetrics.core.results import build_plain
from tidymetrics.core.score import stack_depth
from tidymetrics.core.states import merge_states
from tidymetrics.errors import CoarseTimeWarning, OptionError, StateError, listed
from tidymetrics.frames import FIELDS, polars_state

START, END = ".window_start", ".window_end"
_UNITS = ("1h", "1d", "1w", "1mo", "1q", "1y")


def windows(state: Any, time: str, every: str | int = "1w", *, window: str | int | None = None) -> Any:
    """Put windows in the place of a key of times.

    Parameters
    ----------
    state
        A state with a key of dates, times or whole numbers (training steps).
    time
        That key.
    every
        How far windows are apart: a polars duration such as "1d", "1w" (weeks begin on Monday), "1mo" or "1q", in the key's own
        time zone; for whole numbers a whole number.
    window
        None: windows of the length `every`, side by side. A longer duration that is a multiple of it, such as "4w": one window
        for each step, ending with it; they begin once a whole window has passed. "expanding": each from the first step on.

    Returns
    -------
    A state in the same library, with the keys `.window_start` and `.window_end`, of which the second is not part of the window,
    in the place of `time`. Steps without rows have no window. Windows that overlap repeat rows, so that only one of them can be
    in one group.

    Raises
    ------
    StateError
        The state has no such key.
    OptionError
        The key is missing in some groups, or holds no times; `window` is no multiple of `every`.

    Warns
    -----
    CoarseTimeWarning
        All times are starts of a longer unit than `every`, such as months in weekly windows.

    Examples
    --------
    >>> from datetime import date
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> days = [date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)]
    >>> df = pl.DataFrame({"day": days, "y": [1.0, 2.0, 3.0], "x": [1.0, 3.0, 5.0]})
    >>> weeks = tm.windows(tm.mae.state(df, "y", "x", by="day"), "day")
    >>> tm.mae.finish(weeks, by=[".window_start", ".window_end"])[".estimate"].to_list()
    [0.5, 2.0]
    """
    frame, origin = polars_state(state)
    made = windows_of(frame, time, every, window)
    return build_plain(made, origin)


def windows_of(frame: pl.DataFrame, time: str, every: str | int, window: str | int | None = None) -> pl.DataFrame:
    """Put windows in the place of a key, in polars."""
    others = [name for name in keys_of(frame) if name != time]
    times = _times(frame, time, every)
    steps = merge_states(frame.with_columns(_start(pl.col(time), every).alias(time)), by=[*others, time])
    starts = steps.get_column(time).unique().sort()
    if window == "expanding":
        made = _expanding(steps, starts, time, others, every)
    else:
        spans = _spans(starts, every, window)
        by_step = steps.rename({time: "tm_step"})
        joined = by_step.join(spans, on="tm_step", how="inner", maintain_order="left").drop("tm_step")
        made = joined if window is None else merge_states(joined, by=[*others, START, END])
    if _is_coarse(times, every):
        warnings.warn(
            f"windows: all values of {time!r} are starts of longer units than {every!r}, and most windows hold none. Pass a "
            "longer every=, or make the state with finer times.",
            CoarseTimeWarning,
            stacklevel=stack_depth(),
        )
    return made.select(*others, START, END, *(f".{name}" for name in FIELDS))


def keys_of(frame: pl.DataFrame) -> list[str]:
    """Give the names of the keys of a polars state."""
    return [name for name in frame.columns if not (name.startswith(".") and name[1:] in FIELDS)]


def _times(frame: pl.DataFrame, time: str, every: str | int) -> pl.Series:
    """Check the key and the step; give the distinct times."""
    keys = keys_of(frame)
    if time not in keys:
        raise StateError(f"time: the state has no key {time!r}; it has {listed(keys, 6) or 'none'}.")
    column = frame.get_column(time)
    if gaps := column.null_count():
        groups = frame.filter(column.is_null()).select(keys).n_unique()
        raise OptionError(f"time: {time!r} is missing in {groups} of the groups ({gaps} rows of the state); filter them.")
    whole = column.dtype.is_integer()
    if not (whole or column.dtype == pl.Date or isinstance(column.dtype, pl.Datetime)):
        raise OptionError(f"time: expected dates, times or whole numbers; {time!r} is {column.dtype}. Cast it first.")
    if whole != (isinstance(every, int) and not isinstance(every, bool)) or (whole and int(every) < 1):
        wanted = "a whole number of at least 1, as the key has" if whole else 'a duration such as "1w"'
        raise OptionError(f"every: expected {wanted}; got {every!r}.")
    times = column.unique().sort()
    try:
        _start(times.head(1), every)
    except pl.exceptions.PolarsError:
        raise OptionError(f'every: expected a duration such as "1d", "1w" or "1mo"; got {every!r}.') from None
    return times


def _start(times: Any, every: str | int) -> Any:
    """Give the start of the step that each time lies in."""
    return times // every * every if isinstance(every, int) else times.dt.truncate(every)


def _later(times: pl.Series, step: str | int) -> pl.Series:
    return times + step if isinstance(step, int) else times.dt.offset_by(step)


def _spans(starts: pl.Series, every: str | int, window: str | int | None) -> pl.DataFrame:
    """Give each step with each window that it is in."""
    ends = _later(starts, every)
    if window is None:
        return pl.DataFrame({"tm_step": starts, START: starts, END: ends})
    if isinstance(window, int) != isinstance(every, int) or isinstance(window, bool):
        raise OptionError(f'window: expected a multiple of every={every!r}, or "expanding"; got {window!r}.')
    try:
        begins = ends - window if isinstance(window, int) else ends.dt.offset_by(f"-{window}")
    except pl.exceptions.PolarsError:
        raise OptionError(f'window: expected a duration such as "4w", or "expanding"; got {window!r}.') from None
    if len(starts) and (not (_start(begins, every) == begins).all() or not (begins <= starts).all()):
        raise OptionError(f"window: expected a multiple of every={every!r}, so that windows are whole steps; got {window!r}.")
    spans = pl.DataFrame({START: begins, END: ends}).filter(pl.col(START) >= starts.min())
    step = pl.DataFrame({"tm_step": starts})
    return spans.join_where(step, pl.col("tm_step") >= pl.col(START), pl.col("tm_step") < pl.col(END))


def _expanding(steps: pl.DataFrame, starts: pl.Series, time: str, others: list[str], every: str | int) -> pl.DataFrame:
    """Add up prefix by prefix."""
    by_step = {key[0]: rows.drop(time) for key, rows in steps.partition_by(time, as_dict=True).items()}
    first, made, so_far = starts.min(), [], None
    for start, end in zip(starts, _later(starts, every), strict=True):
        own = by_step[start]
        so_far = own if so_far is None else merge_states(so_far, own, by=others or None)
        span = pl.DataFrame({START: [first], END: [end]}, schema={START: starts.dtype, END: starts.dtype})
        made.append(so_far.join(span, how="cross"))
    return pl.concat(made) if made else steps.rename({time: START}).with_columns(pl.col(START).alias(END))


def _is_coarse(times: pl.Series, every: str | int) -> bool:
    """Tell whether all times are starts of a longer unit, and lie further apart than the windows are long."""
    if isinstance(every, int) or len(times) < 2:
        return False
    later = _later(times, every)
    if not (later[:-1] < times[1:]).all():
        return False
    longer = [
        unit for unit in _UNITS if (_later(times[:1], unit) > later[:1]).all() and not (times.dtype == pl.Date and unit == "1h")
    ]
    return any((times.dt.truncate(unit) == times).all() for unit in longer)
