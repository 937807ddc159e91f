"""The check that a formula of row values gives a value for each row."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable


def require_row_values(formula: Callable[..., Any], *, of_levels: bool = False) -> None:
    """Refuse a formula of row values that gives one value for all rows: it would mix the groups.

    The package's own formulas are tested, and need no trial at each import.
    """
    options = [p for p in inspect.signature(formula).parameters.values() if p.kind is p.KEYWORD_ONLY]
    if formula.__module__.startswith("tidymetrics.") or any(p.default is p.empty for p in options):
        return
    columns = {name: pl.Series([0.25, 0.75]) for name in ("a", "b", "c", "d")}
    a, b, c, d = (nw.col(name) for name in columns)
    given: tuple[Any, Any] = ([a, b], [c, d]) if of_levels else (a, b)
    defaults = {p.name: p.default for p in options}
    made = formula(*given, **defaults)
    rows = made if isinstance(made, nw.Expr) else None
    if rows is None or len(nw.from_native(pl.DataFrame(columns)).select(rows.alias("a"))) != len(columns["a"]):
        what = "an aggregate of all rows" if rows is not None else f"{type(made).__name__}"
        raise OptionError(
            f"{formula.__name__}: the formula must give an expression with a value for each row, whose mean the metric is; it "
            f"gave {what}. For other statistics of a group name one, such as Moments, in the decorator, or see metric_from_vec."
        )
