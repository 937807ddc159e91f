"""Made-up data that the tests share."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

LEVELS = ["a", "b", "c"]


def classes(n: int = 240, levels: list[str] = LEVELS, seed: int = 1) -> pl.DataFrame:
    """Classes that are mostly right, with weights, repeats and a group of each of several types."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, len(levels), n)
    estimate = np.where(rng.random(n) < 0.6, truth, rng.integers(0, len(levels), n))
    kind = pl.Enum(levels)
    return pl.DataFrame(
        {
            "obs": pl.Series([levels[i] for i in truth], dtype=kind),
            "pred": pl.Series([levels[i] for i in estimate], dtype=kind),
            "w": rng.random(n) * 3,
            "times": rng.integers(0, 4, n),
            "fold": [f"f{i}" for i in rng.integers(1, 5, n)],
            "site": rng.integers(0, 3, n),
        }
    )


def boxes(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """Pairs of boxes, most of which overlap, with weights, repeats and groups."""
    rng = np.random.default_rng(seed)
    corner, size = rng.uniform(0, 50, (2, n)), rng.uniform(1, 30, (2, n))
    moved, grown = corner + rng.normal(0, 6, (2, n)), size * rng.uniform(0.6, 1.5, (2, n))
    sides = {"x1": corner[0], "y1": corner[1], "x2": corner[0] + size[0], "y2": corner[1] + size[1]}
    sides |= {"p1": moved[0], "p2": moved[1], "p3": moved[0] + grown[0], "p4": moved[1] + grown[1]}
    return numbers(n, seed).select("w", "times", "fold", "site").with_columns(pl.Series(k, v) for k, v in sides.items())


def numbers(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """Counts and estimates of them, with weights, repeats and groups."""
    rng = np.random.default_rng(seed)
    mean = rng.gamma(3, 2, n)
    return pl.DataFrame(
        {
            "obs": rng.poisson(mean) + 1.0,
            "pred": mean + 0.5 + rng.random(n),
            "w": rng.random(n) * 3,
            "times": rng.integers(0, 4, n),
            "fold": [f"f{i}" for i in rng.integers(1, 5, n)],
            "site": rng.integers(0, 3, n),
        }
    )


def clusters(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """The same classes, taken as clusters, with features that lie about each."""
    df = classes(n, seed=seed)
    rng = np.random.default_rng(seed)
    code = df["pred"].to_physical().to_numpy().astype(float)
    return df.with_columns(x=pl.Series(3.0 * code + rng.normal(size=n)), y=pl.Series(rng.normal(size=n) - code))


def same(a: list[float | None], b: list[float | None], rel: float = 1e-9) -> bool:
    """Tell whether two lists of estimates agree, undefined ones included."""

    def close(x: float | None, y: float | None) -> bool:
        x, y = (math.nan if v is None else v for v in (x, y))
        return (math.isnan(x) and math.isnan(y)) or x == y or math.isclose(x, y, rel_tol=rel, abs_tol=1e-11)

    return len(a) == len(b) and all(map(close, a, b))


def probabilities(n: int = 240, levels: list[str] = LEVELS, seed: int = 1) -> pl.DataFrame:
    """The same classes, with a column of probabilities a level, some of them tied."""
    df = classes(n, levels, seed)
    rng = np.random.default_rng(seed + 1)
    given = rng.random((n, len(levels))) + np.eye(len(levels))[df["pred"].to_physical().to_numpy()]
    given = np.round(given / given.sum(axis=1, keepdims=True), 2)
    given[:, -1] = 1 - given[:, :-1].sum(axis=1)
    return df.with_columns(pl.Series(f"p_{level}", np.clip(given[:, i], 0, 1)) for i, level in enumerate(levels))


def quantiles(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """Numbers with predicted quantiles at the levels 0.1, 0.5 and 0.9."""
    df = numbers(n, seed)
    spread = np.random.default_rng(seed + 1).random(n) + 0.5
    return df.with_columns(
        q10=pl.col("pred") - pl.Series(spread), q50="pred", q90=pl.col("pred") + pl.Series(spread) * 1.5
    ).with_columns(pl.col("obs").cast(pl.Float64))


def forecasts(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """Numbers with three members, or a mean and a standard deviation."""
    return quantiles(n, seed).with_columns(sd=pl.Series(np.random.default_rng(seed + 2).random(n) + 0.5))


def subjects(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """Right-censored times with a predicted time and a linear predictor, some of them tied."""
    rng = np.random.default_rng(seed)
    risk = np.round(rng.normal(size=n), 1)
    times = rng.exponential(np.exp(-risk)) + 0.01
    censored = rng.exponential(3, n) + 0.005
    return pl.DataFrame(
        {
            "time": np.round(np.minimum(times, censored), 2),
            "event": (times <= censored).astype(int),
            "pred": np.round(np.exp(-risk), 2),
            "lp": risk,
            "w": rng.random(n) * 3,
            "times": rng.integers(0, 4, n),
            "fold": [f"f{i}" for i in rng.integers(1, 5, n)],
            "site": rng.integers(0, 3, n),
        }
    )


EVAL_TIMES = (0.25, 0.5, 1.0)


def survival(n: int = 240, seed: int = 1) -> pl.DataFrame:
    """The same subjects, each with a survival probability `s` and a censoring weight `g` at each evaluation time `t`."""
    df = subjects(n, seed)
    parts = [
        df.with_columns(
            t=pl.lit(t),
            s=(-t * pl.col("lp").exp()).exp().round(2),
            g=pl.when((pl.col("time") > t) | (pl.col("event") == 1)).then(1 + pl.min_horizontal("time", t) / 3),
        )
        for t in EVAL_TIMES
    ]
    return pl.concat(parts)


def rankings(n_queries: int = 48, seed: int = 1) -> pl.DataFrame:
    """Documents of queries with relevances and scores, some of them equal; weights, repeats and groups are of queries."""
    rng = np.random.default_rng(seed)
    parts = []
    for q in range(n_queries):
        n = int(rng.integers(5, 12))
        relevance = np.maximum(rng.integers(-2, 4, n), 0.0)
        relevance[:2] = 3, 0  # the greatest relevance is in every group
        parts.append(
            pl.DataFrame(
                {
                    "query": f"q{q}",
                    "doc": [f"d{i}" for i in rng.permutation(n)],
                    "obs": relevance,
                    "pred": np.round(relevance + rng.normal(0, 3, n), 0),
                    "w": rng.random() * 3,
                    "times": int(rng.integers(0, 4)),
                    "fold": f"f{rng.integers(1, 5)}",
                    "site": int(rng.integers(0, 3)),
                }
            )
        )
    return pl.concat(parts).sample(fraction=1, shuffle=True, seed=seed)
