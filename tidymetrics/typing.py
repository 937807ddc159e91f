"""Public type aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from narwhals import Expr
    from narwhals.selectors import Selector
    from numpy.typing import NDArray
    from polars import Expr as PolarsExpr

# as strings, because importing numpy.typing takes a tenth of the package's import time
Array: TypeAlias = "NDArray[np.float64]"
"""An array of numbers; a comment at its first binding gives the shape."""

Mask: TypeAlias = "NDArray[np.bool_]"
"""An array of truth values."""

Codes: TypeAlias = "NDArray[np.int64]"
"""An array of positions (of groups, of levels); -1 stands for missing."""

Direction: TypeAlias = Literal["maximize", "minimize", "zero", "target"]
"""Which values are better; "zero" for signed errors, "target" for those that should be near another number."""

Target: TypeAlias = "float | Callable[[Mapping[str, Any]], float] | None"
"""The best value of a metric of direction "target": a number, or a function of the options."""

Estimator: TypeAlias = Literal[
    "binary", "multiclass", "macro", "macro_weighted", "micro", "macro_recall", "per_class", "hand_till", "top_label"
]
"""How the values of several levels are combined into one."""

EventLevel: TypeAlias = Literal["first", "second"]
"""Which of two ordered levels is the event."""

Level: TypeAlias = "str | int | bool"
"""A class, in the type of the user's column."""

Weighting: TypeAlias = Literal["none", "linear", "quadratic"]
"""How `kap` weights a disagreement by its distance."""

By: TypeAlias = "str | Sequence[str] | Selector | Expr | PolarsExpr | None"
"""Columns to group by: a name, several names, or a selector."""

Probabilities: TypeAlias = "str | Sequence[str] | Mapping[Any, str] | Selector | Expr | PolarsExpr"
"""The columns of probabilities: the event's, a list in the order of the levels, a mapping {level: column}, or a selector."""

Features: TypeAlias = "str | Sequence[str] | Selector | Expr | PolarsExpr"
"""The columns of numbers that rows were clustered by, a selector of them, or one column of vectors."""

Vector: TypeAlias = Any
"""A vector: a list or tuple, a numpy array, a polars, pandas, Arrow or narwhals vector."""
