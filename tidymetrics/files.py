"""Files of the command line: what is read, and how results are written."""

from __future__ import annotations

import io
import json
import os
import pathlib
import sys
from functools import partial
from glob import escape
from math import inf
from typing import TYPE_CHECKING, Any

import polars as pl

from tidymetrics.datasets import NAMES, path
from tidymetrics.errors import OptionError
from tidymetrics.tables.show import as_table

if TYPE_CHECKING:
    from collections.abc import Callable

_SCAN: dict[str, Callable[..., pl.LazyFrame]] = {
    ".csv": pl.scan_csv,
    ".tsv": partial(pl.scan_csv, separator="\t"),
    ".parquet": pl.scan_parquet,
    ".pq": pl.scan_parquet,
    ".ndjson": pl.scan_ndjson,
    ".jsonl": pl.scan_ndjson,
    ".arrow": pl.scan_ipc,
    ".ipc": pl.scan_ipc,
    ".feather": pl.scan_ipc,
}
_TEXT = (".csv", ".tsv")
INFERRED = (*_TEXT, ".ndjson", ".jsonl")
"""The files whose types are guessed from their first rows."""
_WIDEST = 80
"""How many characters of a cell a table shows."""


FORMATS = ("table", "csv", "json", "parquet", "markdown", "latex")
_SUFFIXES = {"": "table", "txt": "table", "md": "markdown", "tex": "latex"}


def scan(file: str, na: list[str], *, whole: bool = False) -> pl.LazyFrame:
    """Scan a file under exactly this name; `whole` guesses the types from all of its rows."""
    if file in NAMES and not pathlib.Path(file).exists():
        file = str(path(file))
    suffix = pathlib.Path(file).suffix.lower()
    reader = _SCAN.get(suffix)
    if reader is None:
        raise OptionError(f"FILE: expected a name that ends in one of {', '.join(_SCAN)}; got {file!r}.")
    arguments: dict[str, Any] = {"infer_schema_length": None} if whole and suffix in INFERRED else {}
    if suffix in _TEXT:
        arguments["null_values"] = ["", *na]
    if suffix not in {".ndjson", ".jsonl"}:
        return reader(file, glob=False, **arguments)
    return reader(escape(file), **arguments)


def format_of(out: str | None) -> str:
    """Give the form that the name of a result tells; by default a table."""
    suffix = pathlib.Path(out).suffix.lstrip(".").lower() if out else ""
    suffix = _SUFFIXES.get(suffix, suffix)
    if suffix not in FORMATS:
        raise OptionError(f"--out: no format goes by the name {out!r}; state one of {', '.join(FORMATS)} with --format.")
    return suffix


def write(result: pl.DataFrame, form: str, out: str | None) -> None:
    """Write a result in this form, to a file or the screen."""
    if form == "parquet":
        if out is None:
            raise OptionError("--format parquet: name a file with --out.")
        _replace(out, result.write_parquet)
        return
    text = _written(result, form).rstrip("\n") + "\n"
    if out is not None:
        _replace(out, lambda file: file.write_text(text, encoding="utf-8"))
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the letters of a key
    sys.stdout.write(text)
    sys.stdout.flush()


def _written(result: pl.DataFrame, form: str) -> str:
    if form in {"markdown", "latex"}:
        return str(as_table(result, form))
    return as_text(result) if form == "table" else result.write_csv() if form == "csv" else _json(result)


def _replace(out: str, put: Callable[[pathlib.Path], object]) -> None:
    """Write a file beside its place, and put it there once it is whole."""
    place = pathlib.Path(out).resolve()
    if place.exists() and not place.is_file():  # a pipe or a device
        put(place)
        return
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        put(beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _json(frame: pl.DataFrame) -> str:
    """Write rows as JSON, which has no infinity: as a string, so that it stays unlike null."""
    finite = [{k: str(v) if v in (inf, -inf) else v for k, v in row.items()} for row in frame.to_dicts()]
    return json.dumps(finite, default=str, ensure_ascii=False)


def as_text(frame: pl.DataFrame) -> str:
    """Write all rows and columns, numbers to six digits and long texts cut short."""
    columns = []
    for series in frame:
        number = series.dtype.is_float()
        cells = ["-" if value is None else f"{value:.6g}" if number else _cut(str(value)) for value in series]
        columns.append(_padded([_cut(series.name), *cells], right=number))
    return "".join("  ".join(row).rstrip() + "\n" for row in zip(*columns, strict=True))


def _cut(text: str) -> str:
    """Give the start of a long text, in one line."""
    text = text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _padded(cells: list[str], *, right: bool) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]
