"""Trec files of judgements and results."""

from __future__ import annotations

import gzip
import pathlib
from typing import TYPE_CHECKING

import polars as pl

from tidymetrics.statistics.ranked_relevance import RankingError

if TYPE_CHECKING:
    import os

_GZIP = b"\x1f\x8b"
_FORMS = {4: ("query", "iteration", "doc", "rel"), 6: ("query", "Q0", "doc", "rank", "score", "system")}
_CHOSEN = {4: ("query", "doc", "rel"), 6: ("query", "doc", "rank", "score", "system")}
_EXPECTED = "four fields (query, iteration, doc, rel) or six (query, Q0, doc, rank, score, system)"


def read_trec(path: str | os.PathLike[str]) -> pl.DataFrame:
    """Read a trec file of judgements (qrels) or of results (a run), packed by gzip or not.

    Parameters
    ----------
    path
        The file. Fields are parted by blanks or tabs; empty lines are skipped. The first line tells what it holds: four
        fields are judgements, six are results.

    Returns
    -------
    polars.DataFrame
        Of judgements `query`, `doc`, `rel`; of results `query`, `doc`, `rank`, `score`, `system`. Queries and documents are
        strings. `rel` is a whole number where all are, else a float.

    Raises
    ------
    RankingError
        A line of another form, with its number.
    """
    content = pathlib.Path(path).read_bytes()
    if content.startswith(_GZIP):
        content = gzip.decompress(content)
    lines = pl.Series("line", content.decode("utf-8-sig", errors="replace").split("\n"), dtype=pl.String)
    fields = lines.to_frame().with_row_index("number", offset=1)
    fields = fields.with_columns(pl.col("line").str.strip_chars()).filter(pl.col("line") != "")
    fields = fields.with_columns(field=pl.col("line").str.replace_all(r"\s+", " ").str.split(" "))
    fields = fields.with_columns(n=pl.col("field").list.len())
    if not len(fields):
        raise RankingError(f"path: {str(path)!r} has no lines; expected {_EXPECTED} in each.")
    form = fields.item(0, "n")
    if form not in _FORMS:
        raise RankingError(f"path: line {fields.item(0, 'number')} has {form} fields; expected {_EXPECTED}.")
    odd = fields.filter(pl.col("n") != form)
    if len(odd):
        raise RankingError(
            f"path: line {odd.item(0, 'number')} has {odd.item(0, 'n')} fields; expected {form} as in the lines before."
        )
    table = fields.select("number", *(pl.col("field").list.get(i).alias(name) for i, name in enumerate(_FORMS[form])))
    if form == 4:
        whole = table.get_column("rel").cast(pl.Int64, strict=False).null_count() == 0
        return _numbers(table, "rel", pl.Int64 if whole else pl.Float64).select(_CHOSEN[form])
    return _numbers(_numbers(table, "rank", pl.Int64), "score", pl.Float64).select(_CHOSEN[form])


def _numbers(table: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.DataFrame:
    """Read a field as numbers, or name the first line that has none."""
    made = table.with_columns(pl.col(name).cast(dtype, strict=False))
    bad = made.get_column(name).is_null()
    if bad.any():
        first = table.filter(bad).row(0, named=True)
        what = "a whole number" if dtype == pl.Int64 else "a number"
        raise RankingError(f"path: line {first['number']}: expected {what} as {name}; got {first[name]!r}.")
    return made
