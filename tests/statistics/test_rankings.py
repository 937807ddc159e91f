"""Rankings of packed keys, of rows sorted group by group, and of cells that are counted, are one and the same."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidymetrics as tm
from tidymetrics.statistics import packed
from tidymetrics.statistics.layouts import ScoreColumn
from tidymetrics.statistics.packed import KeyFormat, pack
from tidymetrics.statistics.rankings import ScoreRanking, Sortable, cumulate_chunk, cumulate_within, each_chunk

RANKED = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)
SPECIAL = [0.0, -0.0, 5e-324, -5e-324, 0.5, 1.0, -1.0, 2.5, 1e-7, 3.0]
SCORES = {
    "any": st.one_of(st.sampled_from([*SPECIAL, float("inf"), float("-inf"), 1e300]), st.floats(allow_nan=False)),
    "probabilities": st.one_of(st.sampled_from([0.0, -0.0, 1.0]), st.floats(2.0**-10, 1)),
    "logits": st.one_of(st.sampled_from([0.0, -0.0]), st.floats(1, 8), st.floats(-8, -1)),
    "single": st.floats(-4, 4, width=32),
    "rounded": st.integers(-3, 3).map(lambda x: x / 4),
    "negative": st.floats(-8, -1),
    "zeros": st.sampled_from([0.0, -0.0]),
}


def rankings(column: Sortable, event: int, *, keep_weight_0: bool = False) -> list[ScoreRanking]:
    work = lambda chunk: cumulate_chunk(column.sorted(chunk, keep_weight_0=keep_weight_0), event, scores=True)
    return list(each_chunk(column, work))


def laid(group: np.ndarray, n_groups: int, truth: np.ndarray, score: np.ndarray, weight: Any) -> ScoreColumn:
    order = np.argsort(group, kind="stable")
    lengths = np.bincount(group, minlength=n_groups)
    return ScoreColumn(lengths, truth[order], score[order], None if weight is None else weight[order])


def same(ours: list[ScoreRanking], theirs: list[ScoreRanking]) -> None:
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        for name in vars(a):
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name), name)


@pytest.mark.parametrize("kind", SCORES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_packed_rows_rank_as_rows_one_by_one(kind: str, data: st.DataObject) -> None:
    n_groups = data.draw(st.sampled_from([1, 2, 5]))
    row = st.tuples(st.integers(0, n_groups - 1), st.integers(0, 2), SCORES[kind], st.sampled_from([0.0, 0.1, 1.0, 1e13]))
    drawn = data.draw(st.lists(row, min_size=1, max_size=24))
    group, truth, score, weights = (np.array(values) for values in zip(*drawn, strict=True))
    for weight in (None, weights):
        made = pack(group, n_groups, truth, score.astype(np.float64), weight)
        if made is None:
            assert kind == "any"
            return
        for keep in (False, True):
            plain = laid(group, n_groups, truth, score.astype(np.float64), weight)
            same(rankings(made, 1, keep_weight_0=keep), rankings(plain, 1, keep_weight_0=keep))


def test_scores_of_a_common_range_fit() -> None:
    rng = np.random.default_rng(0)
    score = rng.normal(size=100_000)
    assert KeyFormat.of(score, 16, 2) is not None
    assert KeyFormat.of(1 / (1 + np.exp(-score)), 60, 2) is not None
    single = (rng.normal(size=100_000) * 10.0 ** rng.integers(-38, 38, 100_000)).astype(np.float32)
    assert KeyFormat.of(single.astype(np.float64), 2**20, 2**8) is not None
    assert KeyFormat.of(np.array([-1e300, -1e-300, 0.1, np.inf]), 4, 2) is None


@pytest.mark.parametrize("decimals", [2, 3])
def test_counted_keys_are_sorted_keys(monkeypatch: pytest.MonkeyPatch, decimals: int) -> None:
    monkeypatch.setattr(packed, "_SAMPLE", 4_096)
    rng = np.random.default_rng(1)
    n = 40_000
    score, truth, group = rng.random(n).round(decimals), rng.integers(0, 2, n), rng.integers(0, 3, n)
    counted, sorted_ = (pack(group, 3, truth, score, None, may_count=may) for may in (True, False))
    assert counted is not None and sorted_ is not None  # noqa: PT018
    assert (counted.weight is not None) == (decimals == 2)
    same(rankings(counted, 1), rankings(sorted_, 1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1e15), max_size=9), min_size=1, max_size=9))
def test_groups_cumulate_alone(groups: list[list[float]]) -> None:
    made = cumulate_within(np.array([x for group in groups for x in group]), np.array([len(group) for group in groups]))
    np.testing.assert_array_equal(made, np.concatenate([np.cumsum(np.array(group, np.float64)) for group in groups]))


@pytest.mark.parametrize("scale", [1.0, 1e9, 3e15, 1e100])
@pytest.mark.parametrize("n", [60, 30_000])
@pytest.mark.parametrize("ties", [True, False])
def test_weights_of_other_groups_change_no_digit(n: int, scale: float, ties: bool) -> None:
    rng = np.random.default_rng(2)
    score = rng.random(n)
    df = pl.DataFrame(
        {
            "g": rng.integers(0, 4, n),
            "obs": rng.random(n) < 0.4,
            "score": score.round(2) if ties else score,
            "w": rng.random(n),
        }
    )
    df = df.with_columns(w=pl.when(pl.col("g") == 1).then(pl.col("w") * scale).otherwise("w"))
    curves = (tm.roc_curve, tm.pr_curve)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        together = RANKED(df, "obs", "score", by="g", case_weights="w")
        drawn = [curve(df, "obs", "score", by="g", case_weights="w") for curve in curves]
    assert together[".estimate"].null_count() == 0
    for (g,), part in df.group_by("g"):
        alone = RANKED(part, "obs", "score", case_weights="w")
        assert together.filter(g=g)[".estimate"].to_list() == alone[".estimate"].to_list()
        for curve, whole in zip(curves, drawn, strict=True):
            points = curve(part, "obs", "score", case_weights="w")
            assert whole.filter(g=g).drop("g").equals(points, null_equal=True)


def test_large_frames_agree_with_vectors_and_small_parts() -> None:
    rng = np.random.default_rng(4)
    n = 60_000
    obs = rng.integers(0, 3, n)
    classes = pl.Series(list("abc"), dtype=pl.Enum(list("abc"))).gather(obs)
    scores = {level: rng.normal(size=n) + (obs == i) for i, level in enumerate("abc")}
    df = pl.DataFrame({"k": [None, "x", "y"] * (n // 3), "obs": classes, **scores})
    for estimator in ("hand_till", "macro"):
        found = tm.roc_auc(df, "obs", ["a", "b", "c"], by="k", estimator=estimator)
        for key, value in found.select("k", ".estimate").iter_rows():
            part = df.filter(pl.col("k").eq_missing(key))
            one = tm.roc_auc_vec(part["obs"], part.select("a", "b", "c").to_dict(as_series=False), estimator=estimator)
            assert value == one


@pytest.mark.parametrize("heavy", [1.0, 1e9, 1e17])
def test_a_group_keeps_its_digits_beside_heavy_ones(heavy: float) -> None:
    rng = np.random.default_rng(3)
    n = 400
    group = np.repeat(["heavy", "light"], n)
    df = pl.DataFrame(
        {
            "g": group,
            "y": rng.choice(["no", "yes"], 2 * n),
            "p": np.round(rng.random(2 * n), 2),
            "w": rng.random(2 * n) * np.where(group == "heavy", heavy, 1e-3),
        }
    )
    levels = ["yes", "no"]
    together = RANKED(df, "y", "p", by="g", case_weights="w", levels=levels).filter(pl.col("g") == "light")
    alone = RANKED(df.filter(pl.col("g") == "light"), "y", "p", case_weights="w", levels=levels)
    assert together[".estimate"].to_list() == pytest.approx(alone[".estimate"].to_list(), rel=1e-13)


def test_hand_till_of_many_levels() -> None:
    rng = np.random.default_rng(4)
    levels = [f"c{i:03}" for i in range(130)]
    truth, probs = rng.permutation(np.resize(levels, 600)), rng.dirichlet(np.ones(130), 600)
    both = pl.DataFrame(
        {"obs": np.tile(truth, 2), "g": np.repeat(["a", "b"], 600), **dict(zip(levels, np.tile(probs.T, 2), strict=True))}
    )
    alone = tm.roc_auc(both[:600], "obs", levels, levels=levels)[".estimate"].item()
    grouped = tm.roc_auc(both, "obs", levels, levels=levels, by="g")[".estimate"].to_list()
    assert grouped == pytest.approx([alone, alone], rel=1e-12)
    assert 0.4 < alone < 0.6
