"""Ranked scores and curves beside scikit-learn, polars-ds and polarbearings (extra `bench`)."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from sklearn import metrics as skm

import tidymetrics as tm
from tests.benchmarks.classes_and_numbers import LEVELS, ROWS, hpc_cv
from tests.benchmarks.timing import Row, compare

RANKED_SET = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)
MIXED_SET = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.f_meas, tm.mcc, tm.kap, tm.roc_auc, tm.pr_auc, tm.mn_log_loss)


@functools.cache
def frame(n: int = ROWS, groups: int = 10) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    event = rng.random(n) < 0.4
    score = 1 / (1 + np.exp(-rng.normal(np.where(event, 0.6, -0.6), 1)))
    return pl.DataFrame({"fold": rng.integers(0, groups, n), "obs": event, "score": score})


def many_classes(n: int = 1_000_000) -> pl.DataFrame:
    rng = np.random.default_rng(4)
    obs = rng.integers(0, 4, n)
    logits = rng.normal(size=(n, 4)) + np.eye(4)[obs]
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    truth = pl.Series(LEVELS, dtype=pl.Enum(LEVELS)).gather(obs)
    return pl.DataFrame({"fold": rng.integers(0, 10, n), "obs": truth, **dict(zip(LEVELS, probs.T, strict=True))})


def sklearn_auc(df: pl.DataFrame) -> list[float]:
    return [skm.roc_auc_score(part["obs"].to_numpy(), part["score"].to_numpy()) for part in df.partition_by("fold")]


def sklearn_ovo(df: pl.DataFrame) -> list[float]:
    return [
        skm.roc_auc_score(p["obs"].to_physical().to_numpy(), p.select(LEVELS).to_numpy(), multi_class="ovo")
        for p in df.partition_by("fold")
    ]


def sklearn_mixed(df: pl.DataFrame) -> list[Any]:
    """Score as one would with scikit-learn alone: columns to numpy, a call a metric and fold."""
    found = []
    for part in df.partition_by("Resample"):
        t, p = part["obs"].to_physical().to_numpy(), part["pred"].to_physical().to_numpy()
        probs = part.select(LEVELS).to_numpy()
        probs = probs / probs.sum(axis=1, keepdims=True)
        found += [
            skm.accuracy_score(t, p),
            skm.balanced_accuracy_score(t, p),
            skm.f1_score(t, p, average="macro"),
            skm.matthews_corrcoef(t, p),
            skm.cohen_kappa_score(t, p),
            skm.roc_auc_score(t, probs, multi_class="ovo"),
            skm.average_precision_score(np.eye(4)[t], probs, average="macro"),
            skm.log_loss(t, probs, labels=range(4)),
        ]
    return found


def areas() -> Iterator[Row]:
    import polarbearings as pb
    import polars_ds as pds

    df = frame()
    ours = lambda: tm.roc_auc(df, "obs", "score", by="fold")
    work = "roc_auc, 5M rows, 10 folds"
    yield compare(work, "polars' sort of the scores alone", ours, lambda: df["score"].sort(), 2.0, 5)
    single = df.with_columns(pl.col("score").cast(pl.Float32))
    of_single = lambda: tm.roc_auc(single, "obs", "score", by="fold")
    yield compare(
        f"{work}, single floats", "polars' sort of the scores alone", of_single, lambda: single["score"].sort(), 2.0, 5
    )
    yield compare(work, "scikit-learn loop", ours, lambda: sklearn_auc(df), 1 / 4, 3)
    yield compare(work, "polars-ds", ours, lambda: df.group_by("fold").agg(pds.query_roc_auc("obs", "score")), 1 / 3, 5)
    yield compare(work, "polarbearings", ours, lambda: df.group_by("fold").agg(pb.roc_auc("obs", "score")), 0.6, 3)
    ranked = lambda: RANKED_SET(df, "obs", "score", by="fold")
    yield compare("4 ranked metrics as a set, the same rows", "the roc_auc alone", ranked, ours, 1.3, 5)
    both = (pb.roc_auc("obs", "score").alias("roc"), pb.average_precision("obs", "score").alias("ap"))
    yield compare(
        "4 ranked metrics as a set, the same rows",
        "polarbearings roc_auc + average_precision",
        lambda: RANKED_SET(df, "obs", "score", by="fold"),
        lambda: df.group_by("fold").agg(*both),
        0.6,
        3,
    )
    tied = df.with_columns(pl.col("score").round(3))
    yield compare(
        "4 ranked metrics, scores rounded to 3 decimals",
        "the same, distinct scores",
        lambda: RANKED_SET(tied, "obs", "score", by="fold"),
        lambda: RANKED_SET(df, "obs", "score", by="fold"),
        1.0,
        5,
    )
    small = frame(1_000_000, 50_000)
    ours = lambda: tm.roc_auc(small, "obs", "score", by="fold")
    work = "roc_auc, 1M rows, 50,000 groups"
    yield compare(work, "polars-ds", ours, lambda: small.group_by("fold").agg(pds.query_roc_auc("obs", "score")), 1 / 80, 1)
    yield compare(work, "scikit-learn loop", ours, lambda: sklearn_auc(small), 1 / 300, 1)
    classes = many_classes()
    yield compare(
        "roc_auc hand_till, 1M rows, 4 classes, 10 folds",
        "roc_auc_score(multi_class='ovo') loop",
        lambda: tm.roc_auc(classes, "obs", LEVELS, by="fold"),
        lambda: sklearn_ovo(classes),
        1 / 6,
        3,
    )
    yield compare(
        "the same",
        "polars' sorts of its four columns",
        lambda: tm.roc_auc(classes, "obs", LEVELS, by="fold"),
        lambda: [classes[level].sort() for level in LEVELS],
        2.0,
        5,
    )
    folds = hpc_cv()
    yield compare(
        "8 metrics of classes and probabilities, hpc_cv",
        "scikit-learn loop",
        lambda: MIXED_SET(folds, "obs", "pred", probs=LEVELS, by="Resample"),
        lambda: sklearn_mixed(folds),
        1 / 10,
        9,
    )


def vectors() -> Iterator[Row]:
    rng = np.random.default_rng(5)
    for n in (100, 5_000):
        truth, score = rng.integers(0, 2, n), rng.random(n)
        yield compare(
            f"roc_auc_vec, {n:,}",
            "roc_auc_score",
            functools.partial(tm.roc_auc_vec, truth, score, event=1),
            functools.partial(skm.roc_auc_score, truth, score),
            0.5,
            9,
        )


PEAK = """
import pathlib, re
import numpy as np, polars as pl, tidymetrics as tm
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
rng = np.random.default_rng(0)
df = pl.DataFrame({"obs": rng.random(5_000_000) < 0.4, "score": rng.random(5_000_000)})
tm.roc_curve(df.head(1000), "obs", "score")
before = peak()
curve = tm.roc_curve(df, "obs", "score")
print(peak() - before, curve.estimated_size("mb"))
"""


def memory() -> Iterator[Row]:
    run = subprocess.run([sys.executable, "-c", PEAK], check=True, capture_output=True, text=True).stdout
    peak, size = map(float, re.findall(r"[\d.]+", run))
    yield Row("roc_curve of 5M distinct scores: peak memory", "bytes of the curve", peak, size, 3.0, "MB")


def table() -> list[Row]:
    """Measure all of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [row for part in (areas, vectors, memory) for row in part()]
