"""Recognise the user's input: a frame of any library, or a grouped object."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw

from tidymetrics.errors import ColumnNotFoundError, EngineError, TidymetricsError
from tidymetrics.frames.engines import is_polars
from tidymetrics.frames.grouped import unpack_dask, unpack_duckdb, unpack_ibis, unpack_spark, unpack_sqlframe

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidymetrics.typing import By

FRAMES = "a dataframe (polars, pandas, pyarrow, narwhals, DuckDB, PySpark, Dask, Ibis, SQLFrame) or one of their group-bys"


@dataclass(frozen=True, eq=False, repr=False)
class InputFrame:
    """A recognised frame and how it is grouped."""

    frame: nw.DataFrame[Any] | nw.LazyFrame[Any]
    by: By
    wrapped: bool
    """Whether the input, and so the result, is a narwhals frame."""
    made_keys: bool = False
    """Whether keys may be expressions, which replace columns of the same name."""


def recognise(data: Any, by: By) -> InputFrame:
    """Recognise a frame or a grouped object; the keys of a grouped object become `by`. What is recognised already stays."""
    if isinstance(data, InputFrame):
        return data
    unpack = _GROUPED.get(_path(type(data)))
    if unpack is None:
        return InputFrame(_frame(data), by, _is_narwhals(data))
    if by is not None:
        raise TidymetricsError(
            f"by: the data are already grouped; leave out by={by!r}, or pass the frame without its group-by."
        )
    frame, keys = unpack(data)
    return InputFrame(_frame(frame), keys, _is_narwhals(frame), made_keys=_path(type(data))[0] == "polars" and not _plain(data))


def _plain(grouped: Any) -> bool:
    """Return whether all keys of a polars group-by are column names; a lazy group-by does not show it."""
    by = getattr(grouped, "by", None)
    return by is not None and all(isinstance(key, str) for key in by) and not grouped.named_by


def _explained(data: Any) -> str:
    """Say what to write in place of some data that are no frame."""
    if hasattr(data, "fit") and hasattr(data, "predict"):
        return "A scikit-learn estimator is scored through a scorer: pass scoring=tm.sklearn_scorer(metric)."
    return "For plain vectors, use the form of the metric that ends in _vec."


def _frame(data: Any) -> nw.DataFrame[Any] | nw.LazyFrame[Any]:
    native: Any = nw.to_native(data, pass_through=True)  # a frame of narwhals' stable API becomes a frame of the main API
    if type(native).__module__.split(".")[0] == "modin":
        raise EngineError("data: Modin frames are not supported; pass the pandas frame: modin.pandas.io.to_pandas(df).")
    try:
        if _path(type(native))[0] != "dask":
            return cast("nw.DataFrame[Any] | nw.LazyFrame[Any]", nw.from_native(native))
        with warnings.catch_warnings():
            # this package, not its users, must react when narwhals moves its Dask support
            warnings.filterwarnings("ignore", "Dask support is moving", FutureWarning)
            return cast("nw.LazyFrame[Any]", nw.from_native(native))
    except TypeError:
        raise TidymetricsError(
            f"data: expected {FRAMES}; got {type(data).__module__}.{type(data).__qualname__}. {_explained(data)}"
        ) from None
    except nw.exceptions.DuplicateError as problem:
        said = " ".join(str(problem).split())
        raise ColumnNotFoundError(f"data: column names must be unique; rename the duplicates. {said}") from None


def _is_narwhals(data: Any) -> bool:
    return type(data).__module__.split(".")[0] == "narwhals"


def collect_eager(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], what: str) -> nw.DataFrame[Any]:
    """Return a frame with ordered rows in memory; a lazy polars frame is collected."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if not is_polars(frame):
        raise EngineError(
            f"{what}: the engine's rows have no order; pass a polars, pandas or pyarrow frame, such as the collected "
            "predictions."
        )
    return frame.collect()


def _path(cls: type) -> tuple[str, str]:
    package = cls.__module__.split(".")[0]
    if package == "sqlframe":  # each engine has its own class: DuckDBGroupedData, ...
        return package, "GroupedData" if cls.__name__.endswith("GroupedData") else cls.__name__
    return package, cls.__name__


def _polars_eager(grouped: Any) -> tuple[Any, By]:
    if getattr(grouped, "predicates", None):
        raise EngineError("data: cannot score a polars group-by with having(); filter the frame before grouping it.")
    frame = grouped.df
    if grouped.named_by or any(not isinstance(key, str) for key in grouped.by):
        frame = frame.with_columns(*grouped.by, **grouped.named_by)
    names = grouped.df.lazy().group_by(*grouped.by, **grouped.named_by).agg().collect_schema().names()
    return frame, names


def _polars_lazy(grouped: Any) -> tuple[Any, By]:
    # the object exposes neither its frame nor its keys; head() of all rows is the frame with its keys, in row order
    return grouped.head(2**31), grouped.agg().collect_schema().names()


def _polars_windows(grouped: Any) -> tuple[Any, By]:
    raise EngineError(
        f"data: a polars {type(grouped).__name__} has overlapping windows, which are not groups; add a column of groups "
        '(for example pl.col("time").dt.truncate("1d")) and pass its name as by=.'
    )


def _pandas(grouped: Any) -> tuple[Any, By]:
    given = grouped.keys if isinstance(grouped.keys, list) else [grouped.keys]
    if any(getattr(key, "freq", None) is not None for key in given):
        raise EngineError(
            "data: the pandas group-by has a Grouper with a frequency, which is no column. Add one first, such as "
            'df.assign(day=df["time"].dt.floor("D")), and group by its name.'
        )
    groupings = grouped._grouper.groupings  # noqa: SLF001  # pandas has no public attribute for this
    if not all(part.in_axis for part in groupings):
        raise EngineError(
            "data: the pandas group-by has a key that is not a column (an index level, a function or an array). Add it as "
            "a column first, with reset_index() or assign(), and group by its name."
        )
    names = list(grouped._grouper.names)  # noqa: SLF001
    if not all(isinstance(name, str) for name in names):
        raise EngineError("data: column names must be strings; rename them with df.rename(columns=str) before grouping.")
    frame = grouped.obj
    # pandas drops rows with a missing key from a group-by unless dropna=False; the score does the same
    return (frame.dropna(subset=names) if grouped.dropna and frame[names].isna().to_numpy().any() else frame), names


def _pandas_series(_grouped: Any) -> tuple[Any, By]:
    raise EngineError("data: the pandas group-by selects a single column; group the frame itself: df.groupby(key).")


def _pyarrow(grouped: Any) -> tuple[Any, By]:
    keys = grouped.keys
    return grouped._table, [keys] if isinstance(keys, str) else list(keys)  # noqa: SLF001


def _narwhals(grouped: Any) -> tuple[Any, By]:
    frame, keys = grouped._df, grouped._keys  # noqa: SLF001
    compliant = grouped._grouped  # noqa: SLF001
    if not all(isinstance(key, str) for key in keys):
        raise EngineError(
            "data: the narwhals group-by has an expression as a key; add it as a column first and group by its name."
        )
    # pandas, pyarrow and Dask remember that rows of null keys are to go; the others have dropped them from their own frame
    if getattr(compliant, "_drop_null_keys", False) or getattr(compliant.__dict__.get("_grouped"), "dropna", None) is True:
        frame = frame.drop_nulls(list(keys))
    elif "_drop_null_keys" not in vars(compliant) and not frame.implementation.is_dask():
        frame = frame._with_compliant(compliant.compliant)  # noqa: SLF001
    return frame, list(keys)


_GROUPED: dict[tuple[str, str], Callable[[Any], tuple[Any, By]]] = {
    ("polars", "GroupBy"): _polars_eager,
    ("polars", "LazyGroupBy"): _polars_lazy,
    ("polars", "DynamicGroupBy"): _polars_windows,
    ("polars", "RollingGroupBy"): _polars_windows,
    ("pandas", "DataFrameGroupBy"): _pandas,
    ("pandas", "SeriesGroupBy"): _pandas_series,
    ("pyarrow", "TableGroupBy"): _pyarrow,
    ("narwhals", "GroupBy"): _narwhals,
    ("narwhals", "LazyGroupBy"): _narwhals,
    ("duckdb", "GroupedRelation"): unpack_duckdb,
    ("pyspark", "GroupedData"): unpack_spark,
    ("dask", "GroupBy"): unpack_dask,
    ("ibis", "GroupedTable"): unpack_ibis,
    ("sqlframe", "GroupedData"): unpack_sqlframe,
}
