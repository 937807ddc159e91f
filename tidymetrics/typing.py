"""Public type aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from narwhals import Expr
    from narwhals.selectors import Selector
    from numpy.typing import NDArray
    from polars import Expr as PolarsExpr

# as strings, since importing numpy.typing takes a tenth of the time that the whole package does
Array: TypeAlias = "NDArray[np.float64]"
"""An array of numbers; its shape is written where it is bound."""

Mask: TypeAlias = "NDArray[np.bool_]"
"""An array of truth values."""

Codes: TypeAlias = "NDArray[np.int64]"
"""An array of positions (of groups, of levels); -1 stands for missing."""

Direction: TypeAlias = Literal["maximize", "minimize", "zero"]
"""Which way is better; "zero" for errors with a sign."""

Estimator: TypeAlias = Literal[
    "binary", "multiclass", "macro", "macro_weighted", "micro", "macro_recall", "per_class", "hand_till"
]
"""How the values of several levels become one."""

EventLevel: TypeAlias = Literal["first", "second"]
"""Which of two levels is the event."""

Level: TypeAlias = "str | int | bool"
"""One class, in the type of the user's column."""

Weighting: TypeAlias = Literal["none", "linear", "quadratic"]
"""How `kap` weighs a disagreement by its distance."""

By: TypeAlias = "str | Sequence[str] | Selector | Expr | PolarsExpr | None"
"""Columns to group by: a name, several, or a selector."""

Probabilities: TypeAlias = "str | Sequence[str] | Mapping[Any, str] | Selector | Expr | PolarsExpr"
"""The columns of probabilities: the event's, a list in the order of the levels, a mapping {level: column}, or a selector."""

Vector: TypeAlias = Any
"""A vector: a list or tuple, a numpy array, a polars, pandas, Arrow or narwhals vector."""
