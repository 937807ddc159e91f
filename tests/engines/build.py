"""Put a polars frame into each engine; sessions are opened once and kept."""

from __future__ import annotations

import functools
import importlib.util
import itertools
import os
import shutil
import warnings
from typing import Any

import polars as pl

from tidymetrics.errors import EngineError
from tidymetrics.frames.engines import require_narwhals

LOCAL = ["duckdb", "ibis", "sqlframe", "dask"]
"""The engines that start in no time, and are tested with everything else."""

SPARK = ["pyspark", "connect"]
"""Spark's two faces: `pytest -m spark` tests them, in a process each, since one process can only have one."""

_PACKAGES = {
    "duckdb": ["duckdb", "pyarrow"],
    "ibis": ["ibis", "duckdb", "pyarrow_hotfix"],
    "sqlframe": ["sqlframe", "duckdb", "pyarrow"],
    "dask": ["dask.dataframe", "pyarrow"],
    "pyspark": ["pyspark", "pyarrow", "pandas"],
    "connect": ["pyspark", "grpc", "grpc_status", "google.rpc", "zstandard", "pandas"],
}

_NUMBERS = itertools.count()


def why_not(engine: str) -> str:
    """Say why an engine cannot be tested here; nothing if it can."""
    for package in _PACKAGES[engine]:
        try:
            found = importlib.util.find_spec(package)
        except ModuleNotFoundError:
            found = None
        if found is None:
            return f"the package {package} is not installed"
    try:
        require_narwhals()
    except EngineError as problem:
        return str(problem)
    return "there is no java" if engine in SPARK and shutil.which("java") is None else ""


def _plain(df: pl.DataFrame) -> pl.DataFrame:
    return df.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _into_duckdb(con: Any, df: pl.DataFrame, *, enums: bool) -> str:
    """Make a table with the frame's Enums as DuckDB's own, if asked for."""
    name = f"t{next(_NUMBERS)}"
    con.register("tm_given", _plain(df).to_arrow())
    columns = []
    for series in df:
        column = _quoted(series.name)
        if enums and isinstance(series.dtype, pl.Enum):
            levels = ", ".join("'" + level.replace("'", "''") + "'" for level in series.dtype.categories)
            column = f"{column}::ENUM({levels}) AS {column}"
        columns.append(column)
    con.execute(f"CREATE TABLE {name} AS SELECT {', '.join(columns)} FROM tm_given")  # noqa: S608
    con.unregister("tm_given")
    return name


@functools.cache
def _duckdb() -> Any:
    import duckdb

    return duckdb.connect()


@functools.cache
def _ibis() -> Any:
    import ibis

    return ibis.duckdb.connect()


@functools.cache
def _sqlframe() -> Any:
    from sqlframe.duckdb import DuckDBSession

    return DuckDBSession(conn=_duckdb())


@functools.cache
def spark(engine: str) -> Any:
    """Start Spark on two cores."""
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if engine == "connect":
            os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"
            builder = SparkSession.builder.remote("local[2]")
        else:
            builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        return builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()


def _dask(df: pl.DataFrame, partitions: int) -> Any:
    import dask.dataframe as dd
    import pandas as pd

    columns = {}
    for series in df:
        if isinstance(series.dtype, pl.Enum):
            columns[series.name] = pd.Categorical(series.to_list(), categories=series.dtype.categories.to_list())
        else:
            columns[series.name] = series.to_pandas()
    frame = pd.DataFrame(columns)
    size = max(1, -(-len(frame) // partitions))
    parts = [frame[i : i + size].reset_index(drop=True) for i in range(0, max(len(frame), 1), size)]
    # each part starts its index anew, as frames read from several files do
    return dd.concat([dd.from_pandas(part, npartitions=1) for part in parts], interleave_partitions=True)


def put(engine: str, df: pl.DataFrame) -> Any:
    """Give the frame as a table of the engine."""
    if engine == "duckdb":
        return _duckdb().table(_into_duckdb(_duckdb(), df, enums=True))
    if engine == "ibis":
        return _ibis().table(_into_duckdb(_ibis().con, df, enums=False))
    if engine == "sqlframe":
        return _sqlframe().read.table(_into_duckdb(_duckdb(), df, enums=False))
    if engine == "dask":
        return _dask(df, min(3, max(1, len(df))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Connect makes no frame of no rows
        some = df if len(df) else df.clear(1)
        return spark(engine).createDataFrame(_plain(some).to_arrow()).limit(len(df)).repartition(3)


def has_levels(engine: str) -> bool:
    """Tell whether the engine has a type for classes."""
    return engine in {"duckdb", "dask"}
