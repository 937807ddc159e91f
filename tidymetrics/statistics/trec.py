"""Trec files of judgements and results: reading and writing."""

from __future__ import annotations

import gzip
import pathlib
from typing import TYPE_CHECKING, Any

import polars as pl

from tidymetrics.errors import RankingError
from tidymetrics.frames.columns import find
from tidymetrics.frames.recognise import collect_eager, recognise

if TYPE_CHECKING:
    import os

_GZIP = b"\x1f\x8b"
_FORMS = {4: ("query", "iteration", "doc", "rel"), 6: ("query", "Q0", "doc", "rank", "score", "system")}
_CHOSEN = {4: ("query", "doc", "rel"), 6: ("query", "doc", "rank", "score", "system")}
_EXPECTED = "four fields (query, iteration, doc, rel) or six (query, Q0, doc, rank, score, system)"


def read_trec(path: str | os.PathLike[str]) -> pl.DataFrame:
    r"""Read a trec file of judgements (qrels) or of results (a run), compressed with gzip or not.

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

    Examples
    --------
    >>> import pathlib
    >>> import tempfile
    >>> import tidymetrics as tm
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "qrels.txt"
    ...     _ = path.write_text("q1 0 a 2\nq1 0 b 0\n")
    ...     tm.read_trec(path).rows()
    [('q1', 'a', 2), ('q1', 'b', 0)]
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


def write_trec(frame: Any, path: str | os.PathLike[str], *, system: str = "tidymetrics") -> None:
    """Write judgements (qrels) or results (a run) as a trec file.

    Parameters
    ----------
    frame
        A frame of any supported library. With a column `rel` it holds judgements: `query`, `doc`, `rel`. Else it holds results:
        `query`, `doc`, `score`, and `rank`, which is derived from the scores if it is absent, equal ones by `doc`, descending.
    path
        The file; a name that ends in `.gz` is compressed with gzip.
    system
        The name of the system, where the frame has no column `system`.

    Raises
    ------
    ColumnNotFoundError
        The frame lacks one of the columns.
    RankingError
        A query or a document is missing, empty, or contains a space, which separates the fields of a line.

    Examples
    --------
    >>> import pathlib
    >>> import tempfile
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> run = pl.DataFrame({"query": ["q1", "q1"], "doc": ["a", "b"], "score": [0.2, 0.9]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "run.txt"
    ...     tm.write_trec(run, path, system="bm25")
    ...     path.read_text().splitlines()
    ['q1 Q0 b 1 0.9 bm25', 'q1 Q0 a 2 0.2 bm25']
    """
    given: Any = collect_eager(recognise(frame, None).frame, "frame")
    judged = "rel" in given.columns
    wanted = ("query", "doc", "rel") if judged else ("query", "doc", "score")
    for name in wanted:
        find(name, "frame", given.columns)
    kept = [*wanted, *(() if judged else (name for name in ("rank", "system") if name in given.columns))]
    table = pl.DataFrame({name: pl.Series(given.get_column(name).to_list(), strict=False) for name in kept})
    names = ["query", "doc", *(["system"] if "system" in kept else [])]
    table = table.with_columns(pl.col(names).cast(pl.String))
    for name in names:
        wrong = table.filter(pl.col(name).is_null() | pl.col(name).str.contains(r"\s") | (pl.col(name) == ""))
        if len(wrong):
            raise RankingError(
                f"frame: {name} {wrong.item(0, name)!r} cannot be a field of a line; fields are parted by blanks."
            )
    if judged:
        lines = table.select(pl.format("{} 0 {} {}", "query", "doc", "rel"))
    else:
        if "rank" not in kept:
            table = table.sort("query", "score", "doc", descending=[False, True, True])
            table = table.with_columns(rank=pl.int_range(1, pl.len() + 1).over("query"))
        last = pl.col("system") if "system" in kept else pl.lit(system)
        lines = table.select(pl.format("{} Q0 {} {} {} {}", "query", "doc", "rank", "score", last))
    content = "".join(f"{line}\n" for line in lines.to_series().to_list()).encode()
    pathlib.Path(path).write_bytes(gzip.compress(content) if str(path).endswith(".gz") else content)


def _numbers(table: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.DataFrame:
    """Read a field as numbers, or name the first line that has none."""
    made = table.with_columns(pl.col(name).cast(dtype, strict=False))
    bad = made.get_column(name).is_null()
    if bad.any():
        first = table.filter(bad).row(0, named=True)
        what = "a whole number" if dtype == pl.Int64 else "a number"
        raise RankingError(f"path: line {first['number']}: expected {what} as {name}; got {first[name]!r}.")
    return made
