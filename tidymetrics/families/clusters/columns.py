"""What a call of clustering metrics reads: labels, features, and the names of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import LevelError, OptionError, listed
from tidymetrics.frames import (
    ESTIMATE,
    TRUTH,
    WEIGHT,
    PreparedFrame,
    Role,
    frame_of_labels,
    known_labels,
    named_rows,
    numeric_columns,
    read_classes,
    read_numbers,
)
from tidymetrics.statistics import FeatureSums, FeatureSumsRequest, Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.frames import Coded
    from tidymetrics.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class Features:
    """The prepared columns of features of a call."""

    rows: PreparedFrame
    columns: tuple[str, ...]
    matrix: Matrix | None = None

    def sums(self) -> FeatureSumsRequest:
        """Ask for sums about the first row whose features are all there."""
        frame = self.rows.frame
        gaps = [name for name in self.columns if name in self.rows.gaps]
        found = self.rows.collect((frame.drop_nulls(gaps) if gaps else frame).select(*self.columns).head(1))
        near = np.nan_to_num(found.to_numpy()[0], posinf=0.0, neginf=0.0) if len(found) else np.zeros(len(self.columns))
        return FeatureSums.request(self.columns, tuple(near.tolist()))


def labels_in(call: Call, names: Sequence[str]) -> PreparedFrame:
    """Prepare labels, and weights where there are some."""
    roles = []
    for name in names:
        column = call.get(name)
        if column is None:
            raise OptionError(f"{name}: name the column of {_WHAT[name]}.")
        if not isinstance(column, str):
            raise OptionError(f"{name}: expected the name of the column of {_WHAT[name]}; got {column!r}.")
        roles.append(Role(_ROLES[name], name, column, "class"))
    if call.get("case_weights") is not None:
        roles.append(Role(WEIGHT, "case_weights", call.get("case_weights"), "number"))
    return known_labels(_frame(call.prepare(roles)))


_WHAT = {"truth": "true classes", "estimate": "clusters"}
_ROLES = {"truth": TRUTH, "estimate": ESTIMATE}


def features_in(call: Call, *, names: tuple[str, ...] | None = None, positions: bool = False) -> Features:
    """Prepare clusters and features; with `names` the columns that name rows, with `positions` where each row stands."""
    estimate, given = call.get("estimate"), call.get("features")
    if estimate is not None and not isinstance(estimate, str):
        raise OptionError(
            f"estimate: expected the name of the column of clusters; got {listed([estimate], 1)}. The order is (data, "
            "estimate, features)."
        )
    if estimate is None:
        raise OptionError("estimate: name the column of clusters.")
    if isinstance(given, Matrix):
        rows = _frame(call.prepare([Role(ESTIMATE, "estimate", estimate, "class")], row_order=True))
        return Features(known_labels(rows), (), given)
    if given is None:
        raise OptionError("features: name the columns of numbers that the rows were clustered by.")
    beside = (estimate, call.get("truth"), *(call.keys()), *(names or ()))
    source, columns = numeric_columns(call.input, given, [name for name in beside if isinstance(name, str)])
    roles = [Role(ESTIMATE, "estimate", estimate, "class")]
    inner = tuple(f"tm_x{i}" for i in range(len(columns)))
    roles += [Role(name, "features", column, "number") for name, column in zip(inner, columns, strict=True)]
    call = replace(call, frame=source)
    rows = _frame(named_rows(call.input, roles, names) if names else call.prepare(roles, row_order=positions))
    return Features(known_labels(rows), inner)


def _frame(rows: Any) -> PreparedFrame:
    if not isinstance(rows, PreparedFrame):
        raise TypeError("the call has a frame")
    return rows


def frame_of(call: Call, *, distances: bool = False) -> Call:
    """Give a call of vectors as that of a frame; with `distances` the features are a square matrix of these."""
    labels = {name: _labels(call.get(name), name) for name in ("truth", "estimate") if call.get(name) is not None}
    numbers: dict[str, Array] = {}
    values: dict[str, Any] = {name: name for name in labels}
    if call.get("case_weights") is not None:
        numbers["case_weights"] = read_numbers(call.get("case_weights"), "case_weights")
        values["case_weights"] = "case_weights"
    if call.get("features") is not None:
        table = _table(call.get("features"))
        if distances:
            values["features"] = _matrix(table)
        else:
            numbers |= {f"feature {i + 1}": table[:, i] for i in range(table.shape[1])}
            values["features"] = [f"feature {i + 1}" for i in range(table.shape[1])]
        _require_one_length({**{name: len(c.codes) for name, c in labels.items()}, "features": len(table)})
    lengths = {**{n: len(c.codes) for n, c in labels.items()}, **{n: len(v) for n, v in numbers.items() if n == "case_weights"}}
    _require_one_length(lengths)
    return replace(call, frame=frame_of_labels(labels, numbers), values={**call.values, **values})


def _labels(vector: Any, name: str) -> Coded:
    try:
        return read_classes(vector, name)
    except LevelError:
        raise OptionError(
            f"{name}: expected labels of one type (strings, whole numbers or booleans); got {listed(list(vector), 3)}."
        ) from None


def _require_one_length(lengths: dict[str, int]) -> None:
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{argument} has {length}" for argument, length in lengths.items())
        raise OptionError(f"the vectors must have the same length: {shown}.")


def _table(given: Any) -> Array:
    """Read a table of numbers [rows, columns]."""
    if hasattr(given, "to_numpy"):
        given = given.to_numpy()
    elif hasattr(given, "to_pandas"):
        given = np.column_stack([column.to_numpy() for column in given.columns])
    try:
        table = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        raise OptionError("features: expected a frame or an array [rows, columns] of numbers.") from None
    if table.ndim != 2 or not table.shape[1]:
        raise OptionError(f"features: expected an array [rows, columns] of numbers; got the shape {list(table.shape)}.")
    return table


def _matrix(table: Array) -> Matrix:
    if table.shape[0] != table.shape[1]:
        raise OptionError(f"features: distances between all rows are a square matrix; got the shape {list(table.shape)}.")
    if not (table >= 0).all() or np.isinf(table).any():
        raise OptionError("features: expected finite distances of at least 0.")
    return Matrix(table)
