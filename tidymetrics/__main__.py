"""The command line: `python -m tidymetrics score FILE ...` and `python -m tidymetrics list`."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import sys
import warnings
from math import inf
from typing import TYPE_CHECKING, Any, NoReturn

import polars as pl

import tidymetrics as tm
from tidymetrics.core.family import KINDS
from tidymetrics.core.metric import METRICS
from tidymetrics.datasets import NAMES, path
from tidymetrics.errors import OptionError, TidymetricsError, UndefinedMetricWarning, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidymetrics.core.arguments import Argument

_SCAN: dict[str, Callable[[str], pl.LazyFrame]] = {
    ".csv": pl.scan_csv,
    ".tsv": lambda file: pl.scan_csv(file, separator="\t"),
    ".parquet": pl.scan_parquet,
    ".pq": pl.scan_parquet,
    ".ndjson": pl.scan_ndjson,
    ".jsonl": pl.scan_ndjson,
    ".arrow": pl.scan_ipc,
    ".ipc": pl.scan_ipc,
    ".feather": pl.scan_ipc,
}

_FORMATS = ("table", "csv", "json", "parquet")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        _fail(message)


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"tidymetrics: error: {' '.join(message.split())}\n")
    raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="tidymetrics", description="Measure how good predictions are.")
    parser.add_argument("--version", action="version", version=tm.__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    score = commands.add_parser("score", help="score the predictions in a file", description="Score the predictions in a file.")
    score.add_argument("file", metavar="FILE", help=f"CSV, Parquet, NDJSON or Arrow IPC; or the example {', '.join(NAMES)}")
    for argument in _arguments().values():
        score.add_argument(
            _flag(argument),
            dest=argument.name,
            metavar=_METAVARS[argument.reads],
            help=argument.flag,
            required=argument.name == "truth",
        )
    score.add_argument("--metrics", default="", metavar="NAMES", help="metrics, separated by commas; see `tidymetrics list`")
    score.add_argument("--format", choices=_FORMATS, help="the form of the result; by default a table, or that of OUT's name")
    score.add_argument("--out", metavar="FILE", help="where the result goes; by default to the screen")
    commands.add_parser("list", help="list the metrics", description="List the metrics: name, kind, direction, range.")
    return parser


_METAVARS = {
    "text": "COLUMN",
    "list": "COLUMNS",
    "pair": "COLUMNS",
    "numbers": "NUMBERS",
    "number": "NUMBER",
    "frame": "FILE",
    "levels": "LEVELS",
    "level": "LEVEL",
}


def _arguments() -> dict[str, Argument]:
    """Give the arguments of all families that have a flag, by name."""
    found: dict[str, Argument] = {}
    for family in dict.fromkeys(kind.family for kind in KINDS.values()):
        for argument in family.set_arguments():
            if argument.flag:
                found.setdefault(argument.name, argument)
    return found


def _flag(argument: Argument) -> str:
    return f"--{argument.flag_name or argument.name.replace('_', '-')}"


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _columns(text: str, schema: pl.Schema) -> str | list[str]:
    """Read one column, or several separated by commas; a name with a comma in it is one."""
    return text if text in schema or "," not in text else _split(text)


def _scan(file: str) -> pl.LazyFrame:
    if file in NAMES and not pathlib.Path(file).exists():
        file = str(path(file))
    scan = _SCAN.get(pathlib.Path(file).suffix.lower())
    if scan is None:
        raise OptionError(f"FILE: expected a name that ends in one of {', '.join(_SCAN)}; got {file!r}.")
    return scan(file)


def _typed(values: list[str], dtype: pl.DataType) -> list[Any]:
    """Read levels as values of the truth's type: a command line has only strings."""
    if dtype.is_integer() or dtype.is_float():
        return [_whole(value) for value in values]
    if dtype == pl.Boolean:
        words = {"true": True, "false": False}
        return [words.get(value.lower(), value) for value in values]
    return list(values)


def _number(value: str, flag: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise OptionError(f"{flag}: expected numbers, separated by commas; got {value!r}.") from None


def _whole(value: str) -> int | str:
    try:
        return int(value)
    except ValueError:
        return value


def _metric_set(names: list[str]) -> Any:
    for name in names:
        if name not in METRICS:
            raise OptionError(f"--metrics: there is no metric {name!r}.{nearest(name, METRICS)}")
    return tm.metric_set(*(METRICS[name] for name in names))


def _value(argument: Argument, text: str, schema: pl.Schema, truth: pl.DataType) -> Any:
    if argument.reads == "numbers":
        return [_number(value, _flag(argument)) for value in _split(text)]
    if argument.reads == "number":
        return _number(text, _flag(argument))
    if argument.reads == "frame":
        return _scan(text)
    if argument.reads == "levels":
        return _typed(_split(text), truth)
    if argument.reads == "level":
        return _typed([text], truth)[0]
    return _columns(text, schema)


def _score(args: argparse.Namespace) -> None:
    frame = _scan(args.file)
    schema = frame.collect_schema()
    dtype = schema.get(args.truth, pl.String())
    given = {name: getattr(args, name) for name in _arguments()}
    arguments = {
        name: _value(argument, given[name], schema, dtype) for name, argument in _arguments().items() if given[name] is not None
    }
    named = {kind.prediction for kind in KINDS.values()} | {a.name for a in _arguments().values() if a.positional}
    predictions = [name for name in arguments if name in named - {"truth"}]
    if not predictions:
        raise OptionError("name the column of predictions with --estimate, or those of probabilities with --probs.")
    if predictions == ["probs"]:
        arguments["estimate"] = arguments.pop("probs")
    score: Any = _metric_set(_split(args.metrics)) if args.metrics else tm.metrics
    truth = arguments.pop("truth")
    _write(score(frame, truth, **arguments), args.format or _format_of(args.out), args.out)


def _format_of(out: str | None) -> str:
    suffix = pathlib.Path(out).suffix.lstrip(".").lower() if out else ""
    if suffix in {"", "txt"}:
        return "table"
    if suffix not in _FORMATS:
        raise OptionError(f"--out: no format goes by the name {out!r}; state one of {', '.join(_FORMATS)} with --format.")
    return suffix


def _write(result: pl.DataFrame, form: str, out: str | None) -> None:
    if form == "parquet":
        if out is None:
            raise OptionError("--format parquet: name a file with --out.")
        result.write_parquet(out)
        return
    text = _table(result) if form == "table" else result.write_csv() if form == "csv" else _json(result)
    if out is None:
        print(text.rstrip("\n"), flush=True)
    else:
        pathlib.Path(out).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def _json(frame: pl.DataFrame) -> str:
    """Write rows as JSON, which has no infinity: as a string, so that it stays unlike null."""
    finite = [{k: str(v) if v in (inf, -inf) else v for k, v in row.items()} for row in frame.to_dicts()]
    return json.dumps(finite, default=str, ensure_ascii=False)


def _table(frame: pl.DataFrame) -> str:
    """Write all rows and columns in full, numbers to six digits."""
    columns = []
    for series in frame:
        number = series.dtype.is_float()
        cells = ["-" if value is None else f"{value:.6g}" if number else str(value) for value in series]
        columns.append(_padded([series.name, *cells], right=number))
    return "".join("  ".join(row).rstrip() + "\n" for row in zip(*columns, strict=True))


def _padded(cells: list[str], *, right: bool) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]


def _list() -> None:
    records = [METRICS[name].metric for name in sorted(METRICS)]
    frame = pl.DataFrame(
        {
            "name": [r.name for r in records],
            "kind": [r.kind for r in records],
            "direction": [r.direction for r in records],
            "range": ["" if r.range is None else f"[{r.range[0]:.4g}, {r.range[1]:.4g}]" for r in records],
        }
    )
    print(_table(frame).rstrip("\n"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        The arguments, by default those of the process.

    Returns
    -------
    int
        0; what is wrong ends the process with 2 and one line on standard error.
    """
    args = _parser().parse_args(argv)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UndefinedMetricWarning)
        try:
            _list() if args.command == "list" else _score(args)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except (TidymetricsError, OSError, pl.exceptions.PolarsError) as problem:
            _fail(str(problem))
    for warning in caught:
        sys.stderr.write(f"tidymetrics: warning: {' '.join(str(warning.message).split())}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
