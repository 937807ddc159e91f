"""Write `tidymetrics/__init__.pyi`, what type checkers and editors see, from the tables of arguments.

Run it with `python -m tests.typed.make_stub`; a test checks that the file is up to date.
"""

from __future__ import annotations

import inspect
import pathlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import tidymetrics as tm
from tidymetrics.core.arguments import REQUIRED, Argument
from tidymetrics.core.family import KINDS
from tidymetrics.core.function import FrameFunction, MetricFunction, VectorFunction

if TYPE_CHECKING:
    from collections.abc import Iterable

PATH = pathlib.Path(tm.__file__).with_suffix(".pyi")
HEAD = '''"""What type checkers see of tidymetrics: made by `python -m tests.typed.make_stub` from the tables of arguments."""


from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar, overload

import polars as pl
from narwhals import Expr
from narwhals.typing import IntoDataFrameT
from polars.dataframe.group_by import GroupBy
from polars.lazyframe.group_by import LazyGroupBy

from tidymetrics.core.function import FrameFunction, MetricFunction, VectorFunction
from tidymetrics.core.metric import Metric as Metric
from tidymetrics.typing import By, Direction, Estimator, EventLevel, Features, Level, Probabilities, Vector, Weighting
from tidymetrics.wrappers.sets import MetricSet as _MetricSet

_P = ParamSpec("_P")
_S = TypeVar("_S")
_Checks = Mapping[str, Callable[[str, str, Any], None]] | None

__version__: str
'''
DATA = {
    "pl.LazyFrame | GroupBy | LazyGroupBy": "pl.DataFrame",
    "IntoDataFrameT": "IntoDataFrameT",
    "object": "Any",
}
"""What the result is, by what the data are."""
_COMMON = "direction: Direction, range: tuple[float, float], undefined: str = ..., checks: _Checks = ..."
_OF_CLASSES = (
    "average: str = ..., symmetric: bool = ..., estimators: tuple[str, ...] | None = ..., "
    "needs_order: Callable[[Mapping[str, Any]], bool] = ..."
)
_OF_PROBABILITIES = (
    "areas: tuple[str, ...] = ..., error_scale: float | None = ..., estimators: tuple[str, ...] | None = ..., "
    "fixed_average: str | None = ..., transform: Callable[..., Any] | None = ..., ordered: bool = ..., "
    "bind_levels: Callable[[Mapping[str, Any], Sequence[Level]], Mapping[str, Any]] = ..."
)
_OF_QUANTILES = "Callable[[tuple[str, ...], tuple[float, ...], Mapping[str, Any]], Any]"
_OF_RANKINGS = (
    "direction: Direction = ..., range: tuple[float, float] = ..., undefined: str = ..., graded: bool = ..., cut: bool = ..., "
    "nonrelevant: bool = ..., checks: _Checks = ..."
)
_ONE, _TWO = "Callable[Concatenate[Any, _P], Any]", "Callable[Concatenate[Any, Any, _P], Any]"
DECORATORS = {
    "class_metric": (f"statistic: type[_S], *, {_COMMON}, {_OF_CLASSES}", "Callable[Concatenate[_S, _P], Any]", "class"),
    "prob_metric": (f"statistic: Any = ..., *, {_COMMON}, {_OF_PROBABILITIES}", f"{_ONE} | {_TWO}", "prob"),
    "quantile_metric": (f"statistic: {_OF_QUANTILES} = ..., *, {_COMMON}", _ONE, "quantile"),
    "retrieval_metric": (f"*, {_OF_RANKINGS}", _ONE, "retrieval"),
    "survival_metric": (f"statistic: Any, kind: str, *, {_COMMON}", _ONE, "static_survival"),
}
"""The parameters of each decorator, what it decorates, and the kind of metric that it gives."""
_ROW_ORDER = "row_order: Callable[[Mapping[str, Any], bool], bool] = ..."
_TRANSFORM = "transform: Callable[[Any], Any] | None = ..."
NUMERIC = f"""
@overload
def numeric_metric(
    statistic: None = ..., *, {_COMMON}, {_TRANSFORM}
) -> Callable[[Callable[Concatenate[Expr, Expr, _P], Expr]], _OwnNumericMetric[_P]]: ...
@overload
def numeric_metric(
    statistic: type[_S] | Callable[[Mapping[str, Any]], Any], *, {_COMMON}, {_ROW_ORDER}
) -> Callable[[Callable[Concatenate[_S, _P], Any]], _OwnNumericMetric[_P]]: ...
"""


def written(arguments: Iterable[Argument], *, positional: bool = False) -> list[str]:
    """Write arguments as the parameters of a stub."""
    made, keyword = [], positional
    for a in arguments:
        if not a.positional and not keyword:
            made.append("*")
            keyword = True
        made.append(f"{a.name}: {a.annotation}" + ("" if a.default is REQUIRED else " = ..."))
    return made


def options_of(options: Iterable[inspect.Parameter]) -> list[str]:
    """Write a metric's own options."""
    return [f"{p.name}: {'Any' if p.annotation is p.empty else p.annotation} = ..." for p in options]


def overloads(parameters: list[str], *, counts: list[str] | None = None, of: dict[str, str] | None = None) -> str:
    """Write a call of each kind of data."""
    lines = [
        f"    @overload\n    def __call__(self, data: {data}, {', '.join(parameters)}) -> {result}: ..."
        for data, result in (of or DATA).items()
    ]
    if counts:
        lines.insert(0, f"    @overload\n    def __call__(self, data: ConfusionMatrix, *, {', '.join(counts)}) -> Any: ...")
    return "\n".join(lines)


def camel(*parts: str) -> str:
    """Name a class."""
    return "".join(word.title() for part in parts for word in part.split("_"))


def hover(name: str, function: Any) -> str:
    """Write what an editor shows over a name: one signature, and what the docstring says before its sections."""
    signature = inspect.signature(function)
    plain = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    result = "float" if isinstance(function, VectorFunction) and function.metric is not None else "frame"
    body = re.split(r"\n\w[\w ]+\n-{4,}\n", inspect.cleandoc(function.__doc__ or ""))[0].strip()
    text = f"{name}{signature.replace(parameters=plain, return_annotation=signature.empty)} -> {result}\n\n{body}\n"
    return '"""' + text.replace("\\", "\\\\") + '"""'


def functions() -> str:
    """Write the metrics, curves and their vector forms; those of one signature share a class."""
    classes: dict[str, str] = {}
    lines = []
    for name in tm.__all__:
        function: Any = getattr(tm, name)
        if not isinstance(function, (FrameFunction, VectorFunction)):
            continue
        of: Any = function.function if isinstance(function, VectorFunction) else function
        options = of._options
        base = "_" + camel(of.kind.name, *(f"with_{option}" for option in options))
        several = of.kind.name == "dynamic_survival" or "k" in of.kind.each_of_call
        if of.kind.name == "retrieval" and not several:
            base = f"{base}OfWholeLists"
        if isinstance(function, VectorFunction):
            result = "pl.DataFrame" if not isinstance(of, MetricFunction) else "Any" if several else "float"
            parameters = [*written(function._table().arguments), *options_of(options.values())]
            body = f"    def __call__(self, {', '.join(parameters)}) -> {result}: ..."
            classes.setdefault(f"{base}Vector", f"class {base}Vector(VectorFunction):\n    metric: Metric\n{body}")
            lines.append(f"{name}: {base}Vector\n{hover(name, function)}")
        else:
            parameters = [*written(function._table().arguments), *options_of(options.values())]
            kind = of.kind
            counts = None
            if kind.takes_counts([[1, 0], [0, 1]]):
                kept = [a for a in kind.arguments if a.name in {"estimator", "event_level", "event", "levels"}]
                counts = [*written(kept, positional=True), *options_of(options.values())]
            parent = "MetricFunction" if isinstance(of, MetricFunction) else "FrameFunction"
            classes.setdefault(base, f"class {base}({parent}):\n{overloads(parameters, counts=counts)}")
            lines.append(f"{name}: {base}\n{hover(name, function)}")
    return "\n\n".join(classes.values()) + "\n\n" + "\n".join(lines)


def own_metrics() -> str:
    """Write the classes of metrics of a user's own, and the decorators that make them."""
    parts = []
    for kind in ("class", "prob", "numeric", "quantile", "retrieval", "static_survival"):
        arguments = KINDS[kind].arguments if kind != "static_survival" else KINDS["dynamic_survival"].arguments
        name = camel("own", kind.replace("static_", ""), "metric")
        # a ParamSpec leaves no place for keyword-only parameters before it
        parameters = [p for p in written(arguments) if p != "*"]
        own = [*parameters, "*positional: _P.args", "**options: _P.kwargs"]
        tweak = f"    def tweak(self, **arguments: Any) -> _{name}[_P]: ..."
        parts.append(f"class _{name}(Protocol[_P]):\n    __name__: str\n    metric: Metric\n{overloads(own)}\n{tweak}")
        vector = [p for p in written(KINDS[kind].table("", vectors=True).arguments) if p != "*"]
        result = "Any" if kind == "retrieval" else "float"
        body = (
            f"    def __call__(self, {', '.join([*vector, '*positional: _P.args', '**options: _P.kwargs'])}) -> {result}: ..."
        )
        parts.append(f"class _{name}Vector(Protocol[_P]):\n    __name__: str\n    metric: Metric\n{body}")
    for name, (parameters_of, formula, kind) in DECORATORS.items():
        own_class = "_" + camel("own", kind.replace("static_", ""), "metric")
        parts.append(f"def {name}({parameters_of}) -> Callable[[{formula}], {own_class}[_P]]: ...")
    for kind in ("class", "prob", "numeric", "quantile", "retrieval", "survival"):
        own_class = "_" + camel("own", kind, "metric")
        parts.append(f"def {kind}_vector(function: {own_class}[_P]) -> {own_class}Vector[_P]: ...")
    return "\n\n".join(parts) + "\n" + NUMERIC


def sets() -> str:
    """Write metric sets, whose calls take the arguments of every family."""
    joined: dict[str, Argument] = {}
    types: dict[str, list[str]] = {}
    for family in dict.fromkeys(kind.family for kind in KINDS.values()):
        for a in family.set_arguments():
            joined.setdefault(a.name, a)
            types.setdefault(a.name, [])
            if a.annotation not in types[a.name]:
                types[a.name].append(a.annotation)
    made = []
    for name, a in sorted(joined.items(), key=lambda item: not item[1].positional):
        annotation = " | ".join(types[name])
        default = "" if name == "truth" else " = ..."
        optional = "" if "None" in annotation or name in {"truth", "na_rm", "event_level", "by"} else " | None"
        made.append((a.positional, f"{name}: {annotation}{optional}{default}"))
    parameters = (
        [text for positional, text in made if positional] + ["*"] + [text for positional, text in made if not positional]
    )
    body = overloads([*parameters, "**options: Any"])
    return (
        f"class MetricSet(_MetricSet):\n{body}\n\n"
        "def metric_set(*metrics: Any, **named: Any) -> MetricSet: ...\n"
        "def get_metrics(*kinds: str) -> MetricSet: ..."
    )


def exports() -> str:
    """Write the names that are what they are: classes, errors, plain functions."""
    made = {*DECORATORS, "numeric_metric", "MetricSet", "metric_set", "get_metrics", "__version__", "Metric"}
    made |= {f"{kind}_vector" for kind in ("class", "prob", "numeric", "quantile", "retrieval", "survival")}
    lines = []
    for name in tm.__all__:
        value = getattr(tm, name)
        if name in made or isinstance(value, (FrameFunction, VectorFunction)):
            continue
        if name == "datasets":
            lines.append("from tidymetrics import datasets as datasets")
        else:
            lines.append(f"from {value.__module__} import {name} as {name}")
    return "\n".join(lines)


def stub() -> str:
    """Write the whole file."""
    every = "__all__ = [" + ", ".join(f'"{name}"' for name in tm.__all__) + "]"
    text = f"{HEAD}\n\n{exports()}\n\n{functions()}\n\n{own_metrics()}\n\n{sets()}\n\n{every}\n"
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", "__init__.pyi", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return formatted.stdout


if __name__ == "__main__":
    PATH.write_text(stub(), encoding="utf-8")
