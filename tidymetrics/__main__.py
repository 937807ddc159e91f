"""The command line: `python -m tidymetrics score FILE ...`, `thresholds`, `calibration` and `list`."""

from __future__ import annotations

import argparse
import io
import json
import os
import pathlib
import re
import sys
import warnings
from functools import partial
from glob import escape
from math import inf
from typing import TYPE_CHECKING, Any, NoReturn

import polars as pl

import tidymetrics as tm
from tidymetrics.core.elsewhere import known_as
from tidymetrics.core.family import KINDS
from tidymetrics.core.metric import METRICS
from tidymetrics.datasets import NAMES, path
from tidymetrics.errors import ClassesAsNumbersWarning, OptionError, TidymetricsError, UndefinedMetricWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidymetrics.core.arguments import Argument

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
_INFERRED = (*_TEXT, ".ndjson", ".jsonl")
"""The files whose types are guessed from their first rows."""
_WIDEST = 80
"""How many characters of a cell a table shows."""

_FORMATS = ("table", "csv", "json", "parquet")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        _fail(message)


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"tidymetrics: error: {_in_flags(' '.join(message.split()))}\n")
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
    score.add_argument(
        "--na",
        default="NA",
        metavar="VALUES",
        help='what stands for a missing value in CSV beside nothing at all, separated by commas; by default NA (--na "": none)',
    )
    score.add_argument("--metrics", default="", metavar="NAMES", help="metrics, separated by commas; see `tidymetrics list`")
    score.add_argument("--format", choices=_FORMATS, help="the form of the result; by default a table, or that of OUT's name")
    score.add_argument("--out", metavar="FILE", help="where the result goes; by default to the screen")
    _add_table(
        commands,
        "thresholds",
        "class metrics at thresholds of a probability",
        {
            "metrics": ("NAMES", "class metrics, separated by commas"),
            "thresholds": ("NUMBERS", "thresholds, separated by commas, or all; by default 0, 0.01, ..., 1"),
        },
    )
    _add_table(
        commands,
        "calibration",
        "the calibration curve of probabilities",
        {
            "n_bins": ("NUMBER", "the number of bins, or their edges, separated by commas"),
            "strategy": ("NAME", "uniform, quantile, isotonic, smooth or logistic"),
            "conf_level": ("NUMBER", "the level of the intervals"),
        },
    )
    commands.add_parser("list", help="list the metrics", description="List the metrics: name, kind, direction, range.")
    return parser


_OF_TABLES = ("truth", "probs", "by", "case_weights", "event", "levels")
"""The arguments of `score` that tables have too."""


def _add_table(commands: Any, name: str, what: str, own: dict[str, tuple[str, str]]) -> None:
    """Add a command that writes a table of probabilities."""
    table = commands.add_parser(name, help=f"write {what}", description=f"Write {what}.")
    table.add_argument("file", metavar="FILE", help=f"CSV, Parquet, NDJSON or Arrow IPC; or the example {', '.join(NAMES)}")
    shared = _arguments()
    for argument in (shared[name] for name in _OF_TABLES):
        table.add_argument(
            _flag(argument),
            dest=argument.name,
            metavar=_METAVARS[argument.reads],
            help=argument.flag,
            required=argument.name in {"truth", "probs"},
        )
    table.add_argument("--na", default="NA", metavar="VALUES", help="what stands for a missing value in CSV, as for score")
    for option, (metavar, text) in own.items():
        table.add_argument(f"--{option.replace('_', '-')}", dest=option, metavar=metavar, help=text)
    table.add_argument("--format", choices=_FORMATS, help="the form of the result; by default a table, or that of OUT's name")
    table.add_argument("--out", metavar="FILE", help="where the result goes; by default to the screen")


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


def _scan(file: str, na: list[str], *, whole: bool = False) -> pl.LazyFrame:
    """Scan a file under exactly this name; `whole` guesses the types from all of its rows."""
    if file in NAMES and not pathlib.Path(file).exists():
        file = str(path(file))
    suffix = pathlib.Path(file).suffix.lower()
    scan = _SCAN.get(suffix)
    if scan is None:
        raise OptionError(f"FILE: expected a name that ends in one of {', '.join(_SCAN)}; got {file!r}.")
    arguments: dict[str, Any] = {"infer_schema_length": None} if whole and suffix in _INFERRED else {}
    if suffix in _TEXT:
        arguments["null_values"] = ["", *na]
    if suffix not in {".ndjson", ".jsonl"}:
        return scan(file, glob=False, **arguments)
    return scan(escape(file), **arguments)


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
            raise OptionError(f"--metrics: there is no metric {name!r}.{known_as(name, METRICS)}")
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
    form = args.format or _format_of(args.out)
    na = _split(args.na)
    try:
        result = _result(args, _scan(args.file, na))
    except pl.exceptions.PolarsError:
        if pathlib.Path(args.file).suffix.lower() not in _INFERRED:
            raise
        result = _result(args, _scan(args.file, na, whole=True))  # later rows may have another type than the first
    _write(result, form, args.out)


def _result(args: argparse.Namespace, frame: pl.LazyFrame) -> pl.DataFrame:
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
    result: pl.DataFrame = score(frame, arguments.pop("truth"), **arguments)
    return result


def _thresholds(args: argparse.Namespace) -> None:
    options: dict[str, Any] = {}
    if args.metrics:
        options["metrics"] = _metric_set(_split(args.metrics))
    if args.thresholds:
        numbers = [] if args.thresholds == "all" else [_number(value, "--thresholds") for value in _split(args.thresholds)]
        options["thresholds"] = numbers or "all"
    _write_table(tm.threshold_perf, args, options)


def _calibration(args: argparse.Namespace) -> None:
    options: dict[str, Any] = {}
    if args.n_bins:
        edges = [_number(value, "--n-bins") for value in _split(args.n_bins)]
        options["n_bins"] = edges if len(edges) > 1 else edges[0]
    if args.strategy:
        options["strategy"] = args.strategy
    if args.conf_level:
        options["conf_level"] = _number(args.conf_level, "--conf-level")
    _write_table(tm.calibration_curve, args, options)


def _write_table(table: Any, args: argparse.Namespace, options: dict[str, Any]) -> None:
    """Write a table of probabilities as `score` writes metrics."""
    frame = _scan(args.file, _split(args.na))
    schema = frame.collect_schema()
    dtype = schema.get(args.truth, pl.String())
    shared = _arguments()
    given = {
        name: _value(shared[name], getattr(args, name), schema, dtype)
        for name in _OF_TABLES
        if name != "truth" and getattr(args, name) is not None
    }
    _write(table(frame, args.truth, given.pop("probs"), **given, **options), args.format or _format_of(args.out), args.out)


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
        _replace(out, result.write_parquet)
        return
    text = _table(result) if form == "table" else result.write_csv() if form == "csv" else _json(result)
    text = text.rstrip("\n") + "\n"
    if out is not None:
        _replace(out, lambda file: file.write_text(text, encoding="utf-8"))
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the letters of a key
    print(text, end="", flush=True)


def _replace(out: str, write: Callable[[pathlib.Path], object]) -> None:
    """Write a file beside its place, and put it there once it is whole."""
    place = pathlib.Path(out).resolve()
    if place.exists() and not place.is_file():  # a pipe or a device
        write(place)
        return
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        write(beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _json(frame: pl.DataFrame) -> str:
    """Write rows as JSON, which has no infinity: as a string, so that it stays unlike null."""
    finite = [{k: str(v) if v in (inf, -inf) else v for k, v in row.items()} for row in frame.to_dicts()]
    return json.dumps(finite, default=str, ensure_ascii=False)


def _table(frame: pl.DataFrame) -> str:
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


def _in_flags(message: str) -> str:
    """Write the arguments that a message names as the flags of the command line."""
    flags = {name: _flag(argument) for name, argument in _arguments().items()}
    names = "|".join(flags)
    message = re.sub(rf"^({names}):", lambda found: f"{flags[found[1]]}:", message)

    def value(found: re.Match[str]) -> str:
        text = found[2] or ""
        if text.startswith("{"):
            text = ",".join(re.findall(r": '([^']*)'", text))
        elif text.startswith("["):
            text = ",".join(part.strip().strip("'\"") for part in text[1:-1].split(","))
        return f"{flags[found[1]]} {text.strip(chr(39) + chr(34))}".rstrip()

    return re.sub(rf"\b({names})=(\[[^\]]*\]|\{{[^}}]*\}}|'[^']*'|\"[^\"]*\"|[\w.]+)?", value, message)


def _padded(cells: list[str], *, right: bool) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]


def _list() -> None:
    records = [METRICS[name].metric for name in sorted(METRICS)]
    frame = pl.DataFrame(
        {
            "name": [r.name for r in records],
            "kind": [r.kind for r in records],
            "direction": [r.direction + (f" {r.target:g}" if isinstance(r.target, float) else "") for r in records],
            "range": ["" if r.range is None else f"[{r.range[0]:.4g}, {r.range[1]:.4g}]" for r in records],
        }
    )
    print(_table(frame).rstrip("\n"))


_COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "score": _score,
    "thresholds": _thresholds,
    "calibration": _calibration,
    "list": lambda _: _list(),
}


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
        for told in (UndefinedMetricWarning, ClassesAsNumbersWarning):
            warnings.simplefilter("always", told)
        try:
            _COMMANDS[args.command](args)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except (TidymetricsError, OSError, pl.exceptions.PolarsError) as problem:
            _fail(str(problem))
    for warning in caught:
        sys.stderr.write(f"tidymetrics: warning: {_in_flags(' '.join(str(warning.message).split()))}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
