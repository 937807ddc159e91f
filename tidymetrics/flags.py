"""The flags of the command line, made from the arguments of the families."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import tidymetrics as tm
from tidymetrics.core.family import KINDS
from tidymetrics.datasets import NAMES
from tidymetrics.files import FORMATS
from tidymetrics.state_commands import add_states
from tidymetrics.wrappers.intervals import UNIT_ARGUMENT

if TYPE_CHECKING:
    from tidymetrics.core.arguments import Argument


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        fail(message)


def fail(message: str) -> NoReturn:
    """End the process with 2 and one line on standard error."""
    sys.stderr.write(f"tidymetrics: error: {in_flags(' '.join(message.split()))}\n")
    raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """Give the parser of all commands."""
    root = _Parser(prog="tidymetrics", description="Score, compare and check predictions.")
    root.add_argument("--version", action="version", version=tm.__version__)
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    score = commands.add_parser("score", help="score the predictions in a file", description="Score the predictions in a file.")
    _add_arguments(score)
    score.add_argument(
        "--intervals",
        nargs="?",
        const=0.95,
        metavar="CONF_LEVEL",
        help="give each estimate a standard error and an interval, by default of 0.95",
    )
    compared = commands.add_parser(
        "compare",
        help="compare models, or groups of rows",
        description="Compare models side by side, --estimate forest=rf,boost=gb, or groups of rows with --across.",
    )
    _add_arguments(compared)
    compared.add_argument("--across", metavar="COLUMN", help="the column whose values are the contestants")
    compared.add_argument("--against", metavar="NAME", help="the contestant that all others are compared with")
    compared.add_argument("--ratio", action="store_true", help="compare by first / second in place of first - second")
    compared.add_argument("--rope", metavar="NUMBER", help="half the width of the region of practical equivalence")
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
    add_states(commands, _add_arguments, _add_output)
    commands.add_parser("list", help="list the metrics", description="List the metrics: name, kind, direction, range.")
    return root


def _add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what all commands that read predictions take."""
    _add_file(command)
    for argument in flagged().values():
        command.add_argument(
            flag(argument),
            dest=argument.name,
            metavar=_METAVARS[argument.reads],
            help=argument.flag,
            required=argument.name == "truth",
        )
    command.add_argument(flag(UNIT_ARGUMENT), metavar="COLUMN", help=UNIT_ARGUMENT.flag)
    command.add_argument("--metrics", default="", metavar="NAMES", help="metrics, separated by commas; see `tidymetrics list`")
    _add_output(command)


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help=f"CSV, Parquet, NDJSON or Arrow IPC; or the example {', '.join(NAMES)}")
    command.add_argument(
        "--na",
        default="NA",
        metavar="VALUES",
        help='what stands for a missing value in CSV beside nothing at all, separated by commas; by default NA (--na "": none)',
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, help="the form of the result; by default a table, or that of OUT's name")
    command.add_argument("--out", metavar="FILE", help="where the result goes; by default to the screen")


OF_TABLES = ("truth", "probs", "by", "case_weights", "event", "levels")
"""The arguments of `score` that tables have too."""


def _add_table(commands: Any, name: str, what: str, own: dict[str, tuple[str, str]]) -> None:
    """Add a command that writes a table of probabilities."""
    table = commands.add_parser(name, help=f"write {what}", description=f"Write {what}.")
    _add_file(table)
    shared = flagged()
    for argument in (shared[name] for name in OF_TABLES):
        table.add_argument(
            flag(argument),
            dest=argument.name,
            metavar=_METAVARS[argument.reads],
            help=argument.flag,
            required=argument.name in {"truth", "probs"},
        )
    for option, (metavar, text) in own.items():
        table.add_argument(f"--{option.replace('_', '-')}", dest=option, metavar=metavar, help=text)
    _add_output(table)


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


def flagged() -> dict[str, Argument]:
    """Give the arguments of all families that have a flag, by name."""
    found: dict[str, Argument] = {}
    for family in dict.fromkeys(kind.family for kind in KINDS.values()):
        for argument in family.set_arguments():
            if argument.flag:
                found.setdefault(argument.name, argument)
    return found


def flag(argument: Argument) -> str:
    """Give the flag of an argument."""
    return f"--{argument.flag_name or argument.name.replace('_', '-')}"


def in_flags(message: str) -> str:
    """Write the arguments that a message names as the flags of the command line."""
    flags = {name: flag(argument) for name, argument in flagged().items()}
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
