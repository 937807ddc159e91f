"""The commands of states: their flags, and what they read."""

from __future__ import annotations

import pathlib
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

import tidymetrics as tm
from tidymetrics.errors import OptionError
from tidymetrics.files import scan

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

_NUMBERS = {"alpha": float, "looks": int, "tolerance": float, "labelled": float}


def add_states(
    commands: Any,
    add_arguments: Callable[[argparse.ArgumentParser], None],
    add_output: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the commands that make, finish and watch states."""
    made = commands.add_parser(
        "state",
        help="write the state of the predictions in a file",
        description="Write the numbers that metrics stand on; with --batch as a file of the directory OUT, which counts once.",
    )
    add_arguments(made)
    made.add_argument("--batch", metavar="NAME", help="what the state is of, such as a day; OUT is then a directory")
    made.add_argument("--bins", metavar="NUMBER", help="count scores in so many bins, a power of two")
    finished = commands.add_parser(
        "finish", help="score a directory of states", description="Score a directory of states, or a file of one."
    )
    watched = commands.add_parser(
        "monitor",
        help="watch a directory of states over time",
        description="Say when a model has changed; ends with 3 if a series alerts in its last judged window.",
    )
    for command in (finished, watched):
        command.add_argument("directory", metavar="DIR", help="a directory that `state --batch` wrote, or a file of a state")
        command.add_argument("--metrics", required=True, metavar="NAMES", help="metrics, separated by commas")
        command.add_argument("--by", metavar="COLUMNS", help="keys of the state, separated by commas")
        command.add_argument("--event", metavar="LEVEL", help="which of two classes is the event")
        command.add_argument("--estimator", metavar="NAME", help="how several levels become one value")
        add_output(command)
    finished.add_argument("--intervals", nargs="?", const=0.95, metavar="CONF_LEVEL", help="give each estimate an interval")
    watched.add_argument("--time", required=True, metavar="COLUMN", help="the key of times")
    watched.add_argument("--every", default="1w", metavar="DURATION", help="how long windows are: 1d, 1w, 1mo, or a number")
    watched.add_argument(
        "--reference", required=True, metavar="START:END", help="when the model was right; END is not part of it"
    )
    watched.add_argument("--drift", metavar="NAMES", help="psi, js_distance, ks, separated by commas")
    for name in _NUMBERS:
        watched.add_argument(f"--{name}", metavar="NUMBER", help=f"{name} of the rule")


def states_in(directory: str) -> pl.DataFrame:
    """Read a directory of states, or a file of one."""
    if pathlib.Path(directory).is_dir():
        return tm.read_states(directory)
    return scan(directory, [], whole=True).collect()


def timed(state: pl.DataFrame, time: str) -> pl.DataFrame:
    """Read times that a text file gave as such."""
    if state.schema.get(time) != pl.String:
        return state
    try:
        return state.with_columns(pl.col(time).str.to_date())
    except pl.exceptions.PolarsError:
        first = state.get_column(time)[0]
        raise OptionError(f"--time: expected dates such as 2026-01-05 in {time!r}; got {first!r}.") from None


def in_memory(state: Any) -> pl.DataFrame:
    """Give a state with plain texts, as files hold them."""
    frame: pl.DataFrame = state
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def finishing(args: argparse.Namespace) -> dict[str, Any]:
    """Give the arguments that formulas take."""
    given = {"event": args.event, "estimator": args.estimator}
    by = [part.strip() for part in args.by.split(",")] if args.by else None
    return {"by": by, **{name: value for name, value in given.items() if value is not None}}


def monitoring(args: argparse.Namespace) -> dict[str, Any]:
    """Give the arguments of the monitor."""
    numbers = {}
    for name, kind in _NUMBERS.items():
        if (text := getattr(args, name)) is not None:
            try:
                numbers[name] = kind(text)
            except ValueError:
                raise OptionError(f"--{name}: expected a number; got {text!r}.") from None
    every = int(args.every) if args.every.isdigit() else args.every
    drift = [part.strip() for part in args.drift.split(",")] if args.drift else ()
    ends = args.reference.split(":")
    if len(ends) != 2:
        raise OptionError(f"--reference: expected START:END, such as 2026-01-05:2026-04-06; got {args.reference!r}.")
    return {"time": args.time, "every": every, "reference": tuple(map(_time, ends)), "drift": drift, **numbers}


def _time(text: str) -> Any:
    if text.strip().isdigit():
        return int(text)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise OptionError(f"--reference: expected dates such as 2026-01-05, or whole numbers; got {text!r}.") from None


def alerts_at_last(found: pl.DataFrame) -> bool:
    """Tell whether a series alerts in its last judged window."""
    names = found.columns
    keys = [*names[: names.index(".window_start")], ".metric", ".estimator", *(n for n in (".level", ".k") if n in names)]
    last = found.drop_nulls(".alert").group_by(keys).agg(pl.col(".alert").sort_by(".window_start").last())
    return bool(last.get_column(".alert").any())
