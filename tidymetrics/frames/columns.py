"""Find the columns an argument names, and say clearly which are not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw
import polars as pl

from tidymetrics.errors import ColumnNotFoundError, OptionError, nearest
from tidymetrics.frames.engines import dtype_of, lazy_names

if TYPE_CHECKING:
    from tidymetrics.typing import By

RESULT_COLUMNS = (".metric", ".estimator", ".estimate")


def names_of(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> list[str]:
    """Give the names of a frame's columns, without working out their types where that takes time."""
    return list(frame.columns) if isinstance(frame, nw.DataFrame) else lazy_names(frame)


def holds_numbers(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], name: str, argument: str) -> bool:
    """Tell whether a column is one of numbers, booleans left aside."""
    find(name, argument, names_of(frame))
    dtype: Any = frame.get_column(name).dtype if isinstance(frame, nw.DataFrame) else dtype_of(frame, name)
    return bool(dtype.is_numeric())


def find(name: Any, argument: str, columns: Sequence[str]) -> str:
    """Check that a column exists, exactly as it is written (SQL engines would take another case for it)."""
    if isinstance(name, str) and name in columns:
        return name
    if isinstance(name, (int, tuple)) and name in cast("Sequence[Any]", columns):
        raise OptionError(
            f"{argument}: the names of columns must be strings; got {name!r}. Rename them: df.rename(columns=str)."
        )
    if not isinstance(name, str):
        raise OptionError(f"{argument}: expected the name of a column; got {_described(name)}. Vectors go to the _vec form.")
    shown = ", ".join(map(repr, columns[:10])) + (", ..." if len(columns) > 10 else "")
    raise ColumnNotFoundError(f"{argument}: the frame has no column {name!r}.{nearest(name, columns)} Its columns: {shown}.")


def _described(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 and "\n" not in text else f"a {type(value).__name__}"


def find_keys(by: By, frame: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the columns to group by."""
    if by is None:
        return ()
    names: list[str] = []
    for item in by if isinstance(by, (Sequence, set, frozenset, dict)) and not isinstance(by, str) else [by]:
        names += select(item, "by", frame, columns) if isinstance(item, (nw.Expr, pl.Expr)) else [find(item, "by", columns)]
    if len(set(names)) < len(names):
        raise OptionError(f"by: a column is named twice: {names!r}.")
    if taken := [name for name in names if name in RESULT_COLUMNS]:
        raise OptionError(f"by: the column {taken[0]!r} has the name of a column of the result; rename it first.")
    return tuple(names)


def select(selector: Any, argument: str, frame: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Sequence[str]) -> list[str]:
    """Give the names that a narwhals or polars selector picks."""
    if isinstance(selector, pl.Expr):
        import polars.selectors as cs  # noqa: PLC0415  # slow to import, and seldom needed

        schema = pl.DataFrame(schema=dict(frame.collect_schema().to_polars()))
        try:
            names = list(cs.expand_selector(schema, selector, strict=False))
        except TypeError:
            raise OptionError(f"{argument}: expected column names or a selector; got the expression {selector}.") from None
    else:
        head = frame.head(0) if isinstance(frame, nw.DataFrame) else frame
        names = list(head.select(selector).collect_schema().names())
        if missing := [name for name in names if name not in columns]:
            raise OptionError(f"{argument}: the expression makes a new column {missing[0]!r}; add it to the frame first.")
    if not names:
        raise ColumnNotFoundError(f"{argument}: the selector picks no column of the frame.")
    return names
