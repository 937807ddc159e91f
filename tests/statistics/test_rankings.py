"""What is cumulated over a ranking of scores is each group's own, whatever the weights of the groups beside it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tidymetrics.statistics.rankings import cumulate_within

RANKED = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)


@pytest.mark.parametrize("lengths", [[5], [1, 2, 3], [0, 4, 0, 1, 7], [2, 2, 2, 40, 1]])
def test_cumulated_alone(lengths: list[int]) -> None:
    rng = np.random.default_rng(len(lengths))
    values = rng.random(sum(lengths)) * np.repeat(10.0 ** rng.integers(-12, 12, len(lengths)), lengths)
    parts = np.split(values, np.cumsum(lengths)[:-1])
    expected = np.concatenate([np.cumsum(part) for part in parts])
    assert cumulate_within(values, np.array(lengths)).tolist() == expected.tolist()


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
