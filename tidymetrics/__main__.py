"""The command line: `python -m tidymetrics score FILE ...`, `compare`, `thresholds`, `calibration` and `list`."""

from __future__ import annotations

import os
import pathlib
import sys
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

import tidymetrics as tm
from tidymetrics.core.elsewhere import known_as
from tidymetrics.core.family import KINDS
from tidymetrics.core.metric import METRICS
from tidymetrics.errors import (
    ClassesAsNumbersWarning,
    OptionError,
    TidymetricsError,
    UndefinedIntervalWarning,
    UndefinedMetricWarning,
)
from tidymetrics.files import INFERRED, as_text, format_of, scan, write
from tidymetrics.flags import OF_TABLES, fail, flag, flagged, in_flags, parser
from tidymetrics.state_commands import alerts_at_last, finishing, in_memory, monitoring, states_in, timed
from tidymetrics.wrappers.sets import usual_metrics

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from tidymetrics.core.arguments import Argument


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _columns(text: str, schema: pl.Schema) -> str | list[str]:
    """Read one column, or several separated by commas; a name with a comma in it is one."""
    return text if text in schema or "," not in text else _split(text)


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
        return [_number(value, flag(argument)) for value in _split(text)]
    if argument.reads == "number":
        return _number(text, flag(argument))
    if argument.reads == "frame":
        return scan(text, [], whole=True)
    if argument.reads == "levels":
        return _typed(_split(text), truth)
    if argument.reads == "level":
        return _typed([text], truth)[0]
    return _columns(text, schema)


def _score(args: argparse.Namespace) -> None:
    form = args.format or format_of(args.out)
    write(_guessed(args, _result), form, args.out)


def _guessed(args: argparse.Namespace, result: Callable[[argparse.Namespace, pl.LazyFrame], Any]) -> Any:
    """Compute a result of the file, whose later rows may have another type than the first."""
    na = _split(args.na)
    try:
        return result(args, scan(args.file, na))
    except pl.exceptions.PolarsError:
        if pathlib.Path(args.file).suffix.lower() not in INFERRED:
            raise
        return result(args, scan(args.file, na, whole=True))


def _result(args: argparse.Namespace, scanned: pl.LazyFrame) -> Any:
    frame, truth, arguments = _read(args, scanned)
    score: Any = _metric_set(_split(args.metrics)) if args.metrics else tm.metrics
    if args.intervals is not None:
        members = score if args.metrics else usual_metrics(frame, truth, arguments.get("probs"), arguments.get("levels"))
        score = tm.with_intervals(members, _number(str(args.intervals), "--intervals"))
        arguments |= {} if args.unit is None else {"unit": args.unit}
    elif args.unit is not None:
        raise OptionError("--unit: units matter to intervals alone; add --intervals.")
    return score(frame, truth, **arguments)


def _mapping(text: str) -> dict[str, str]:
    """Read contestants, such as forest=rf,boost=gb."""
    parts = [part.partition("=") for part in _split(text)]
    if wrong := ["".join(part) for part in parts if not all(part)]:
        raise OptionError(f"expected contestants and columns, such as forest=rf,boost=gb; got {wrong[0]!r}.")
    return {name.strip(): column.strip() for name, _, column in parts}


def _read(args: argparse.Namespace, frame: pl.LazyFrame) -> tuple[pl.LazyFrame, str, dict[str, Any]]:
    """Give the frame, the column of truth, and all other arguments of the call."""
    schema = frame.collect_schema()
    dtype = schema.get(args.truth, pl.String())
    given = {name: getattr(args, name) for name in flagged()}
    arguments = {
        name: _value(argument, given[name], schema, dtype) for name, argument in flagged().items() if given[name] is not None
    }
    named = {kind.prediction for kind in KINDS.values()} | {a.name for a in flagged().values() if a.positional}
    predictions = [name for name in arguments if name in named - {"truth"}]
    if not predictions:
        raise OptionError("name the column of predictions with --estimate, or those of probabilities with --probs.")
    if predictions == ["probs"]:
        arguments["estimate"] = arguments.pop("probs")
    return frame, arguments.pop("truth"), arguments


def _compare(args: argparse.Namespace) -> None:
    form = args.format or format_of(args.out)
    write(_guessed(args, _compared), form, args.out)


def _compared(args: argparse.Namespace, scanned: pl.LazyFrame) -> Any:
    frame, truth, arguments = _read(args, scanned)
    usual = usual_metrics(frame, truth, arguments.get("probs"), arguments.get("levels"))
    members = _metric_set(_split(args.metrics)) if args.metrics else usual
    if args.across is None:
        given = {name: getattr(args, name) for name in ("estimate", "probs", "linear_pred")}
        mappings = {name: _mapping(text) for name, text in given.items() if text is not None}
        if "probs" in mappings and "estimate" not in mappings and "probs" not in arguments:
            mappings["estimate"] = mappings.pop("probs")
        arguments |= mappings
    else:
        arguments["across"] = args.across
    arguments |= {} if args.unit is None else {"unit": args.unit}
    rope = None if args.rope is None else _number(args.rope, "--rope")
    maker = tm.compare(members, against=args.against, ratio=args.ratio, rope=rope)
    return maker(frame, truth, **arguments)


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
    form = args.format or format_of(args.out)
    write(_guessed(args, partial(_table_of, table, options)), form, args.out)


def _table_of(table: Any, options: dict[str, Any], args: argparse.Namespace, frame: pl.LazyFrame) -> Any:
    schema = frame.collect_schema()
    dtype = schema.get(args.truth, pl.String())
    shared = flagged()
    given = {
        name: _value(shared[name], getattr(args, name), schema, dtype)
        for name in OF_TABLES
        if name != "truth" and getattr(args, name) is not None
    }
    return table(frame, args.truth, given.pop("probs"), **given, **options)


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
    print(as_text(frame).rstrip("\n"))


def _state(args: argparse.Namespace) -> None:
    """Write the state of a file: as a batch of a directory, or as a result."""
    made = _guessed(args, _stated)
    if args.batch is None:
        write(in_memory(made), args.format or format_of(args.out), args.out)
    elif args.out is None:
        raise OptionError("--batch: name the directory of the states with --out.")
    else:
        tm.write_state(made, args.out, batch=args.batch)


def _stated(args: argparse.Namespace, scanned: pl.LazyFrame) -> Any:
    frame, truth, arguments = _read(args, scanned)
    usual = usual_metrics(frame, truth, arguments.get("probs"), arguments.get("levels"))
    members = _metric_set(_split(args.metrics)) if args.metrics else usual
    bins: Any = None if args.bins is None else _whole(args.bins)
    return members.state(frame, truth, bins=bins, **arguments)


def _finish(args: argparse.Namespace) -> None:
    form = args.format or format_of(args.out)
    score: Any = _metric_set(_split(args.metrics))
    if args.intervals is not None:
        score = tm.with_intervals(score, _number(str(args.intervals), "--intervals"))
    write(score.finish(states_in(args.directory), **finishing(args)), form, args.out)


def _monitor(args: argparse.Namespace) -> int:
    """Write the monitor of a directory of states; 3 if a series alerts in its last judged window."""
    form = args.format or format_of(args.out)
    state, score = timed(states_in(args.directory), args.time), _metric_set(_split(args.metrics))
    found = tm.monitor(state, score, **monitoring(args), **finishing(args))
    write(found, form, args.out)
    return 3 if alerts_at_last(found) else 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "score": _score,
    "compare": _compare,
    "thresholds": _thresholds,
    "calibration": _calibration,
    "state": _state,
    "finish": _finish,
    "monitor": _monitor,
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
        0; 3 if `monitor` alerts in the last judged window of a series. Errors end the process with 2 and one line on standard
        error.
    """
    args = parser().parse_args(argv)
    with warnings.catch_warnings(record=True) as caught:
        for told in (UndefinedMetricWarning, UndefinedIntervalWarning, ClassesAsNumbersWarning):
            warnings.simplefilter("always", told)
        try:
            code = _COMMANDS[args.command](args)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except (TidymetricsError, OSError, pl.exceptions.PolarsError) as problem:
            fail(str(problem))
    for warning in caught:
        sys.stderr.write(f"tidymetrics: warning: {in_flags(' '.join(str(warning.message).split()))}\n")
    return code or 0


if __name__ == "__main__":
    raise SystemExit(main())
