"""How many rows each window has for a metric, and how many of them have no truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from tidymetrics.core.described import titles_of
from tidymetrics.core.recalled import Recalled
from tidymetrics.frames import read_state
from tidymetrics.monitoring.windows import keys_of
from tidymetrics.statistics import LADDER

if TYPE_CHECKING:
    from collections.abc import Mapping


def rows_by_metric(state: pl.DataFrame, functions: Mapping[str, Any]) -> pl.DataFrame:
    """Count, for each metric and group of a state: `rows`, `n`, those with all that the metric reads, and `unlabelled`."""
    recalled = Recalled.of(read_state(state))
    names = keys_of(state)
    made = []
    for name, function in functions.items():
        titles = {title for leaf in function.leaves for title in titles_of(leaf, recalled)}
        title = min(
            titles, key=lambda title: (not title.startswith("rows"), title != "cells", not title.startswith(LADDER), title)
        )
        counted = _counted(recalled.stated.tables[title], len(names))
        made.append(
            counted.rename({f"tm_k{i}": key for i, key in enumerate(names)}).with_columns(pl.lit(name).alias(".metric"))
        )
    return pl.concat(made)


def _counted(table: pl.DataFrame, n_keys: int) -> pl.DataFrame:
    parts = set(table.get_column("part"))
    value, part = pl.col("value"), pl.col("part")
    # of several evaluation times the first stands for the subjects
    table = table.filter(pl.col("time").is_null() | (pl.col("time") == pl.col("time").min()))
    if "rows" in parts:
        rows = value.filter(part == "rows").sum()
        n = value.filter(part == ("n" if "n" in parts else "rows")).sum()
        known = value.filter(part == ("labelled" if "labelled" in parts else "rows")).sum()
    else:
        whole = pl.col("truth").is_not_null() & (pl.col("predicted").is_not_null() | pl.col("at").is_not_null())
        rows = value.filter(part == "n").sum()
        n = value.filter((part == "n") & whole).sum()
        known = value.filter((part == "n") & pl.col("truth").is_not_null()).sum()
    keys = [f"tm_k{i}" for i in range(n_keys)]
    return table.group_by(keys).agg(rows.alias("rows"), n.alias("n"), (rows - known).alias("unlabelled"))
