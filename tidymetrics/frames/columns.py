"""Find the columns that an argument names; raise clear errors for missing ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.errors import ColumnNotFoundError, OptionError, listed, nearest, shown
from tidymetrics.frames.engines import dtype_of, lazy_names

if TYPE_CHECKING:
    from tidymetrics.typing import By

RESULT_COLUMNS = (".metric", ".estimator", ".estimate")


def names_of(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> list[str]:
    """Return the names of a frame's columns, without resolving their types if that is slow."""
    return list(frame.columns) if isinstance(frame, nw.DataFrame) else lazy_names(frame)


def holds_numbers(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], name: str, argument: str) -> bool:
    """Return whether a column holds numbers; booleans do not count."""
    find(name, argument, names_of(frame))
    dtype: Any = frame.get_column(name).dtype if isinstance(frame, nw.DataFrame) else dtype_of(frame, name)
    return bool(dtype.is_numeric())


def find(name: Any, argument: str, columns: Sequence[str]) -> str:
    """Check that a column of exactly this name exists (SQL engines ignore case)."""
    if isinstance(name, str) and name in columns:
        return name
    if isinstance(name, (int, tuple)) and name in cast("Sequence[Any]", columns):
        raise OptionError(f"{argument}: column names must be strings; got {name!r}. Rename them: df.rename(columns=str).")
    if not isinstance(name, str):
        raise OptionError(f"{argument}: expected a column name; got {shown(name)}. Pass vectors to the _vec form.")
    raise ColumnNotFoundError(
        f"{argument}: the frame has no column {shown(name)}.{nearest(name, columns)} Its columns: {listed(columns)}."
    )


def find_keys(by: By, frame: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns to group by."""
    if by is None:
        return ()
    names: list[str] = []
    if isinstance(by, (set, frozenset)):  # a set has no order of its own
        by = sorted(by, key=lambda name: columns.index(name) if name in columns else -1)
    for item in by if isinstance(by, (Sequence, dict)) and not isinstance(by, str) else [by]:
        names += select(item, "by", frame, columns) if isinstance(item, (nw.Expr, pl.Expr)) else [find(item, "by", columns)]
    if len(set(names)) < len(names):
        raise OptionError(f"by: each column may appear only once; got {names!r}.")
    if taken := [name for name in names if name in RESULT_COLUMNS]:
        raise OptionError(f"by: the name {taken[0]!r} is reserved for a column of the result; rename your column first.")
    return tuple(names)


def select(selector: Any, argument: str, frame: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Sequence[str]) -> list[str]:
    """Return the names selected by a narwhals or polars selector."""
    if isinstance(selector, pl.Expr):
        import polars.selectors as cs  # noqa: PLC0415  # slow to import and rarely needed

        schema = pl.DataFrame(schema=dict(frame.collect_schema().to_polars()))
        try:
            names = list(cs.expand_selector(schema, selector, strict=False))
        except TypeError:
            raise OptionError(f"{argument}: expected column names or a selector; got the expression {selector}.") from None
    else:
        head = frame.head(0) if isinstance(frame, nw.DataFrame) else frame
        names = list(head.select(selector).collect_schema().names())
        if missing := [name for name in names if name not in columns]:
            raise OptionError(f"{argument}: the expression creates a new column {missing[0]!r}; add it to the frame first.")
    if not names:
        raise ColumnNotFoundError(f"{argument}: the selector matches no column of the frame.")
    return names
