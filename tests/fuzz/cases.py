"""Random cases: classes, probabilities, numbers, clusters and rankings; with weights, gaps, odd names and types."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from math import nan
from typing import Any

import polars as pl

NAMES = [
    "plain",
    "with space",
    "dot.ted",
    'quo"ted',
    "sélect",
    "SELECT",
    "^a.*$",
    "*",
    "tm_truth",
    "x'y",
    "1",
    ".pred",
    "Ünï{}",
]
"""Names that engines and patterns might read as something else; no two differ by case alone."""
LABELS = [
    ["a", "b"],
    ["no", "yes"],
    ["b", "a", "c"],
    ["", " "],
    ["1", "0"],
    ["é", "z", "Z", "a b"],
    [0, 1],
    [3, 1, 2],
    [True, False],
]
TYPES = ["plain", "enum", "enum of another order", "categorical"]


@dataclass
class Case:
    """One frame, and what is asked of it."""

    kind: str
    df: pl.DataFrame
    rows: list[dict[str, Any]]
    """The same rows under short names; missing values are None."""
    names: dict[str, str]
    """The columns' names by the short ones."""
    levels: list[Any] = field(default_factory=list)
    event: Any = None
    weighted: bool = False
    grouped: bool = False
    typed: str = "plain"


def draw(seed: int) -> Case:
    """Draw a case."""
    rng = random.Random(seed)  # noqa: S311  # not for secrets
    kind = rng.choice(["classes", "probabilities", "numbers", "clusters", "rankings"])
    return _ranking(rng) if kind == "rankings" else _of_rows(rng, kind)


def _of_rows(rng: random.Random, kind: str) -> Case:
    """Draw rows, each with a truth and a prediction."""
    n = rng.choice([0, 1, 2, 5, 12, 30])
    gap = rng.choice([0.0, 0.0, 0.2])
    keys = rng.choice([["u", "v", None], [1, 2, None], [0.5, -0.0, None], [True, False, None]])
    columns: dict[str, list[Any]] = {"k": [rng.choice(keys) for _ in range(n)]}
    schema: dict[str, Any] = {"k": {str: pl.String, int: pl.Int32, float: pl.Float64, bool: pl.Boolean}[type(keys[0])]}
    levels, typed, event = [], "plain", None
    if kind == "numbers":
        scale = rng.choice([1, 8, 1024])
        number = rng.choice([pl.Float64, pl.Float32, pl.Int64, pl.Int8])
        for name in ("y", "x"):
            columns[name] = [
                rng.randint(-100, 100) if number.is_integer() else rng.randint(-800, 800) / scale for _ in range(n)
            ]
            schema[name] = number
    else:
        levels = list(rng.choice(LABELS))
        typed = rng.choice(TYPES) if isinstance(levels[0], str) else "plain"
        if isinstance(levels[0], str) and typed == "plain" and rng.random() < 0.5:
            rng.shuffle(levels)
        event = rng.choice(levels)
        of_levels = {str: pl.String, int: pl.Int16, bool: pl.Boolean}[type(levels[0])]
        for name in ("obs", "pred") if kind in {"classes", "clusters"} else ("obs",):
            columns[name] = [rng.choice(levels) for _ in range(n)]
            schema[name] = of_levels
        if kind == "probabilities":
            shares = [_shares(rng, len(levels)) for _ in range(n)]
            for i in range(len(levels)):
                columns[f"p{i}"] = [row[i] for row in shares]
                schema[f"p{i}"] = pl.Float64
    weighted = rng.random() < 0.4 and kind != "clusters"
    if weighted:
        columns["w"] = [rng.choice([0, 1, 2, 7, 0.5, 1024]) for _ in range(n)]
        schema["w"] = pl.Float64
    for name, values in columns.items():
        if name != "k":
            columns[name] = [None if rng.random() < gap else v for v in values]
    names = dict(zip(columns, rng.sample(NAMES, len(columns)), strict=True)) if rng.random() < 0.5 else {c: c for c in columns}
    df = _frame(rng, columns, schema, typed, levels).rename(names)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return Case(kind, df, rows, names, levels, event, weighted, rng.random() < 0.6, typed)


def _ranking(rng: random.Random) -> Case:
    """Draw queries whose documents have different scores, one of them relevant at least."""
    queries = [(rng.choice([1, 2, None]), q) for q in range(rng.choice([1, 3, 8]))]
    columns: dict[str, list[Any]] = {name: [] for name in ("k", "q", "y", "x")}
    for key, query in queries:
        n = rng.choice([1, 2, 5, 9])
        truth = [rng.choice([0, 0, 1, 2]) for _ in range(n)]
        truth[rng.randrange(n)] = 1
        for name, values in (("k", [key] * n), ("q", [f"q{query}"] * n), ("y", truth), ("x", rng.sample(range(100), n))):
            columns[name] += values
    order = rng.sample(range(len(columns["q"])), len(columns["q"]))
    columns = {name: [values[i] for i in order] for name, values in columns.items()}
    names = dict(zip(columns, rng.sample(NAMES, len(columns)), strict=True)) if rng.random() < 0.5 else {c: c for c in columns}
    df = pl.DataFrame(columns, schema={"k": pl.Int32, "q": pl.String, "y": pl.Int64, "x": pl.Float64}, strict=False)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return Case("rankings", df.rename(names), rows, names, grouped=rng.random() < 0.6)


def _shares(rng: random.Random, n: int) -> list[float]:
    """Draw binary fractions that add up to 1 exactly."""
    cuts = sorted(rng.choice([0, 64, rng.randint(0, 64)]) for _ in range(n - 1))
    return [(b - a) / 64 for a, b in zip([0, *cuts], [*cuts, 64], strict=True)]


def _frame(
    rng: random.Random, columns: dict[str, list[Any]], schema: dict[str, Any], typed: str, levels: list[Any]
) -> pl.DataFrame:
    df = pl.DataFrame(columns, schema=schema, strict=False)
    classes = [name for name in ("obs", "pred") if name in columns]
    if typed == "enum":
        df = df.with_columns(pl.col(classes).cast(pl.Enum(levels)))
    elif typed == "enum of another order":
        other = list(levels)
        rng.shuffle(other)
        df = df.with_columns(pl.col(classes).cast(pl.Enum([*other[: len(other) if rng.random() < 0.5 else None]])))
    elif typed == "categorical":
        df = df.with_columns(pl.col(classes).cast(pl.Categorical))
    if rng.random() < 0.3:  # NaN is missing as null is
        floats = [name for name in columns if schema[name] == pl.Float64 and name != "k"]
        df = df.with_columns(pl.col(floats).fill_null(nan)) if floats else df
    return df
