"""Split the grouped objects of lazy engines into a frame and the names of its keys.

Few of these libraries expose the parts of a group-by, so most attributes read here are private. A key that is an
expression has no column, and is refused.
"""

from __future__ import annotations

from typing import Any, NoReturn

import narwhals as nw

from tidymetrics.errors import EngineError
from tidymetrics.frames.engines import lazy_names


def _refuse_expression(library: str) -> NoReturn:
    raise EngineError(
        f"data: the {library} group-by has an expression as a key; add it as a column first, and group by its name or write it "
        "as by=."
    )


def unpack_duckdb(grouped: Any) -> tuple[Any, list[str]]:
    """Split `relation.group_by(...)` into its frame and keys."""
    relation = grouped._relation  # noqa: SLF001
    names = list(grouped.agg("count(*)").columns[:-1])
    # a column whose name looks like an expression prints as that name, quoted or not
    if [str(key).strip('"') for key in grouped._keys] != names:  # noqa: SLF001
        _refuse_expression("DuckDB")
    return relation, names


def unpack_spark(grouped: Any) -> tuple[Any, list[str]]:
    """Split `df.groupBy(...)` of PySpark, classic or Connect."""
    frame = grouped._df  # noqa: SLF001
    if hasattr(grouped, "_jgd"):
        plain = grouped._jgd.toString().rstrip("]").endswith("type: GroupBy")  # noqa: SLF001
        expressions = grouped._jgd.groupingExprs()  # noqa: SLF001
        written = [expressions.apply(i).sql() for i in range(expressions.size())]
    else:
        plain = grouped._group_type == "groupby"  # noqa: SLF001
        # a Connect column shows its name only as Column<'name'>
        written = [str(column)[len("Column<'") : -len("'>")] for column in grouped._grouping_cols]  # noqa: SLF001
    if not plain:
        raise EngineError("data: a rollup, cube or pivot has groups inside groups; use groupBy, or pass by= the columns.")
    names = list(grouped.count().columns[:-1])
    if [_unquoted(text) for text in written] != names:
        _refuse_expression("PySpark")
    return frame, names


def _unquoted(text: str) -> str:
    return text[1:-1].replace("``", "`") if text.startswith("`") and text.endswith("`") else text


def unpack_dask(grouped: Any) -> tuple[Any, list[str]]:
    """Split `df.groupby(...)` of Dask."""
    names = list(grouped.by)
    if not all(isinstance(name, str) for name in names):
        _refuse_expression("Dask")
    # as in pandas, rows with a missing key are dropped unless dropna=False
    return (grouped.obj if grouped.dropna is False else grouped.obj.dropna(subset=names)), names


def unpack_ibis(grouped: Any) -> tuple[Any, list[str]]:
    """Split `table.group_by(...)` of Ibis."""
    if grouped.havings or grouped.orderings:
        raise EngineError("data: cannot score an Ibis group-by with having() or order_by(); filter the table instead.")
    if any(type(key).__name__ != "Field" for key in grouped.groupings):
        _refuse_expression("Ibis")
    return grouped.table.to_expr(), [key.to_expr().get_name() for key in grouped.groupings]


def unpack_sqlframe(grouped: Any) -> tuple[Any, list[str]]:
    """Split `df.groupBy(...)` of SQLFrame."""
    keys = grouped.group_by_cols
    if grouped.pivot_col is not None or any(isinstance(key, list) for key in keys):
        raise EngineError("data: a rollup, cube or pivot has groups inside groups; use groupBy, or pass by= the columns.")
    if any(type(key.expression).__name__ != "Column" for key in keys):
        _refuse_expression("SQLFrame")
    # the inner frame is still inside its group-by; a select turns it into a usable frame
    frame = grouped._df.select("*")  # noqa: SLF001
    # keys are in lower case, whatever the case of the column
    names = {name.lower(): name for name in lazy_names(nw.from_native(frame))}
    return frame, [names.get(key.alias_or_name.strip("`").lower(), key.alias_or_name) for key in keys]
