"""Clustering metrics beside scikit-learn."""

from __future__ import annotations

import functools
import warnings
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from sklearn import metrics as skm

import tidymetrics as tm
from tests.benchmarks.timing import Row, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

FEATURES = [f"x{i}" for i in range(10)]
EXTERNAL = tm.get_metrics("clustering")
PEERS = (
    skm.rand_score,
    skm.adjusted_rand_score,
    skm.fowlkes_mallows_score,
    skm.mutual_info_score,
    skm.normalized_mutual_info_score,
    skm.adjusted_mutual_info_score,
    skm.homogeneity_completeness_v_measure,
)


@functools.cache
def frame(n: int) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 10, n)
    cluster = np.where(rng.random(n) < 0.7, truth, rng.integers(0, 12, n))
    x = rng.normal(size=(n, len(FEATURES))) + cluster[:, None]
    return pl.DataFrame(x, schema=FEATURES).with_columns(truth=pl.Series(truth), cluster=pl.Series(cluster))


def partitions() -> Iterator[Row]:
    df = frame(5_000_000)
    labels = df["truth"].to_numpy(), df["cluster"].to_numpy()
    for ours, theirs, at_most in (
        (tm.adjusted_rand_index, skm.adjusted_rand_score, 1 / 8),
        (tm.adjusted_mutual_info, skm.adjusted_mutual_info_score, 1 / 10),
    ):
        work = f"{ours.metric.name}, 5M rows, 10 x 12 labels"
        mine, other = functools.partial(ours, df, "truth", "cluster"), functools.partial(theirs, *labels)
        yield compare(work, theirs.__name__, mine, other, at_most, 3)
    yield compare(
        "the external metrics as a set, the same rows",
        "seven calls of scikit-learn",
        lambda: EXTERNAL(df, "truth", "cluster"),
        lambda: [peer(*labels) for peer in PEERS],
        1 / 40,
        3,
    )


def features() -> Iterator[Row]:
    for ours, theirs, n, at_most in (
        (tm.calinski_harabasz, skm.calinski_harabasz_score, 5_000_000, 0.3),
        (tm.davies_bouldin, skm.davies_bouldin_score, 5_000_000, 0.5),
        (tm.silhouette_avg, skm.silhouette_score, 50_000, 0.4),
    ):
        df = frame(n)
        x, cluster = df.select(FEATURES).to_numpy(), df["cluster"].to_numpy()
        yield compare(
            f"{ours.metric.name}, {n:,} x {len(FEATURES)}",
            theirs.__name__,
            functools.partial(ours, df, "cluster", FEATURES),
            functools.partial(theirs, x, cluster),
            at_most,
            3,
        )


def table() -> list[Row]:
    """Measure all of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [row for part in (partitions, features) for row in part()]
