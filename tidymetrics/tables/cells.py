"""The cells of a table to show: titles, texts, and which values are best."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.metric import METRICS
from tidymetrics.core.number_text import number_format
from tidymetrics.core.result_keys import VALUES, columns_in
from tidymetrics.core.results import values_in
from tidymetrics.errors import OptionError
from tidymetrics.tables.wide import agreed, keys_of, pivot, with_limits

if TYPE_CHECKING:
    from tidymetrics.tables.wide import Pivot
    from tidymetrics.typing import Array

MOST_ROWS = 500
NOTHING = "-"
_MORE = frozenset(VALUES) - {".estimate", ".std_error", ".lower", ".upper", ".n", ".error_bound"}
"""Values that stand beside an estimate; a result with them keeps its rows."""


@dataclass
class Cells:
    """The texts of a table, column by column."""

    titles: list[str] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    numeric: list[bool] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """Which direction is better: a key of MARKS, or a target as text."""
    best: list[list[bool]] = field(default_factory=list)

    def add(
        self, title: str, cells: list[str], *, numeric: bool = False, mark: str = "", best: list[bool] | None = None
    ) -> None:
        """Add a column."""
        self.titles.append(title)
        self.columns.append(cells)
        self.numeric.append(numeric)
        self.marks.append(mark)
        self.best.append(best or [False] * len(cells))


def cells_of(result: Any, digits: int) -> Cells:
    """Lay out any result of the package that is a table."""
    if hasattr(result, "counts") and hasattr(result, "tidy"):
        return _of_matrix(result)
    columns = columns_in(result)
    if columns is None:
        raise OptionError(f"as_table: expected a result in memory: a frame or a confusion matrix; got {type(result).__name__}.")
    n_rows = len(next(iter(columns.values()), []))
    if n_rows > MOST_ROWS:
        raise OptionError(
            f"as_table: {n_rows:,} rows are too many to read (at most {MOST_ROWS}); pass a part of them, or draw them with "
            "tm.autoplot(result)."
        )
    if not {".metric", ".estimate"} <= set(columns):
        return _as_it_is(columns, digits, list(columns))
    keys = [name for name in columns if name not in {*VALUES, ".metric", ".estimator", ".by"}]
    if ".first" in columns or _MORE & set(columns):
        return _row_by_row(columns, digits)
    if not keys and len(set(columns[".metric"])) == n_rows:
        return _one_per_metric(columns, digits)
    return _by_metric(result, columns, digits)


def mark_of(metric: str) -> str:
    """Give the direction of a metric, a target as its number; nothing for a name that is not registered."""
    record = METRICS[metric].metric if metric in METRICS else None
    if record is None or record.direction in {"maximize", "minimize"}:
        return "" if record is None else record.direction
    return f"{record.target_of({}):g}"


def _title(name: str) -> str:
    return name.removeprefix(".")


def _floats(values: list[Any]) -> Array:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)


def _written(values: Array, digits: int) -> list[str]:
    write = number_format([values], digits)
    return [NOTHING if np.isnan(value) else write(value) for value in values.tolist()]


def _is_number(values: list[Any]) -> bool:
    return any(isinstance(value, (int, float)) for value in values) and not any(isinstance(v, bool) for v in values)


def _whole(values: list[Any]) -> bool:
    return all(value is None or (abs(value) < 1e15 and value == int(value)) for value in values)


def _add_plain(made: Cells, name: str, values: list[Any], digits: int) -> None:
    """Add a column as it is: whole numbers without decimal places, other numbers aligned."""
    if not _is_number(values):
        made.add(_title(name), [NOTHING if value is None else str(value) for value in values])
    elif _whole(values) and name not in METRICS:
        made.add(_title(name), [NOTHING if value is None else f"{int(value):,}" for value in values], numeric=True)
    else:
        made.add(_title(name), _written(_floats(values), digits), numeric=True)


def _add_key(made: Cells, name: str, values: list[Any]) -> None:
    """Add a key: numbers as they are, without separators."""
    numeric = _is_number(values)
    texts = [NOTHING if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in values]
    made.add(_title(name), texts, numeric=numeric)


def _as_it_is(columns: dict[str, list[Any]], digits: int, names: list[str]) -> Cells:
    """Lay out a frame of one row per row; columns named like metrics, as `wide` gives them, have a direction."""
    made = Cells()
    keys = [name for name in names if name not in METRICS and not name.startswith(".")]
    first_metric = next((i for i, name in enumerate(names) if name in METRICS and _is_number(columns[name])), len(names))
    inner = [columns[name] for name in names[:first_metric] if name.startswith(".") and name != ".model"]
    for name in names:
        _add_plain(made, name, columns[name], digits)
        if name in METRICS and made.numeric[-1]:
            made.marks[-1] = mark_of(name)
            made.best[-1] = _best(name, _floats(columns[name]), list(zip(*inner, strict=True)) if keys else None)
    return made


def _row_by_row(columns: dict[str, list[Any]], digits: int) -> Cells:
    """Lay out comparisons and baselines: one row per row, an interval beside its estimate."""
    made = Cells()
    limits = {".lower", ".upper"} <= set(columns)
    for name, values in columns.items():
        if name in {".lower", ".upper", ".std_error"} and limits:
            continue
        if name not in VALUES:
            _add_key(made, name, values)
        elif name == ".estimate" and limits:
            ends = [_floats(columns[end]) for end in (".lower", ".upper")]
            made.add("estimate", _estimates(_floats(values), ends, digits), numeric=True)
        elif name in {".p_value", ".p_adjusted"}:
            made.add(_title(name), _p_values(_floats(values), digits), numeric=True)
        else:
            made.add(_title(name), _written(_floats(values), digits), numeric=True)
    return made


def _p_values(values: Array, digits: int) -> list[str]:
    """Write p-values, which are never 0."""
    least = 10.0**-digits
    return [NOTHING if np.isnan(p) else f"<{least:.{digits}f}" if p < least else f"{p:.{digits}f}" for p in values.tolist()]


def _estimates(estimate: Array, limits: list[Array], digits: int) -> list[str]:
    if not limits:
        return _written(estimate, digits)
    texts = with_limits(estimate, limits[0], limits[1], digits)
    return [NOTHING if text is None else text for text in texts]


def _one_per_metric(columns: dict[str, list[Any]], digits: int) -> Cells:
    """Lay out an ungrouped result: one row per metric, each with decimal places of its own."""
    made = Cells()
    limits = [name for name in (".lower", ".upper") if name in columns]
    made.add("metric", [str(name) for name in columns[".metric"]])
    values = {name: _floats(columns[name]) for name in (".estimate", *limits)}
    one = [
        _estimates(values[".estimate"][i : i + 1], [values[name][i : i + 1] for name in limits], digits)[0]
        for i in range(len(values[".estimate"]))
    ]
    made.add("estimate", one, numeric=True)
    better = {"maximize": "higher", "minimize": "lower", "": ""}
    marks = [mark_of(str(name)) for name in columns[".metric"]]
    made.add("better", [better.get(mark, f"closer to {mark}") for mark in marks])
    return made


def _by_metric(result: Any, columns: dict[str, list[Any]], digits: int) -> Cells:
    """Lay out a column per metric."""
    made, pivoted = Cells(), pivot("as_table", result, columns)
    keys = {name: _key(pivoted, columns[name]) for name in keys_of(pivoted)}
    for name, values in keys.items():
        _add_key(made, name, values)
    inner = [values for name, values in keys.items() if name.startswith(".") and name != ".model"]
    contests = list(zip(*inner, strict=True)) if inner else [()] * len(pivoted.table.keys)
    limits = [values_in(result, name) for name in (".lower", ".upper") if name in columns]
    estimate = values_in(result, ".estimate")
    for i, metric in enumerate(pivoted.metrics):
        found = pivoted.column(i, estimate)
        texts = _estimates(found, [pivoted.column(i, column) for column in limits], digits)
        made.add(metric, texts, numeric=True, mark=mark_of(metric), best=_best(metric, found, contests))
    if ".n" in columns:
        for n in agreed(pivoted, values_in(result, ".n")).values():
            _add_plain(made, ".n", [None if np.isnan(value) else value for value in n.tolist()], digits)
    return made


def _key(pivoted: Pivot, values: list[Any]) -> list[Any]:
    return [values[row] for row in pivoted.table.keys.get_column("tm_row").to_list()]


def _best(metric: str, values: Array, contests: list[tuple[Any, ...]] | None) -> list[bool]:
    """Tell the best values of a metric among the rows of one level, time or number of places."""
    best = [False] * len(values)
    if metric not in METRICS or contests is None:
        return best
    record = METRICS[metric].metric
    good = record.goodness(values, {})
    for contest in dict.fromkeys(contests or [()] * len(values)):
        rows = [i for i, c in enumerate(contests or [()] * len(values)) if c == contest and not np.isnan(good[i])]
        if len(rows) > 1:
            top = max(good[i] for i in rows)
            for i in rows:
                best[i] = bool(good[i] == top)
    return best


def _of_matrix(matrix: Any) -> Cells:
    """Lay out a confusion matrix: predictions below each other, a column for each true level."""
    made = Cells()
    groups = columns_in(matrix.groups) or {}
    n_groups, size = len(matrix.counts), len(matrix.levels)
    for name, values in groups.items():
        _add_key(made, name, [value for value in values for _ in range(size)])
    made.add("Prediction", [str(level) for level in matrix.levels] * n_groups)
    for j, level in enumerate(matrix.levels):
        _add_plain(made, f"Truth {level}", np.asarray(matrix.counts)[:, :, j].reshape(-1).tolist(), 1)
    return made
