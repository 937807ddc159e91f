"""States on the command line, in eight processes, and with intervals."""

from __future__ import annotations

import multiprocessing
import pathlib
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tidymetrics.__main__ import main

FIRST = date(2026, 1, 5)
COLUMNS = ["--truth", "obs", "--estimate", "pred", "--metrics", "accuracy", "--levels", "a,b"]
SHARDS = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A file of predictions for each of twenty weeks, the model worse from week 14 on, and a directory of states."""
    root = tmp_path_factory.mktemp("weeks")
    rng = np.random.default_rng(0)
    for week in range(20):
        right = rng.random(300) < (0.9 if week < 14 else 0.6)
        day = FIRST + timedelta(7 * week)
        df = pl.DataFrame({"day": [day] * 300, "obs": "a", "pred": np.where(right, "a", "b")})
        file = root / f"{day}.csv"
        df.write_csv(file)
        call = ["state", str(file), *COLUMNS, "--by", "day"]
        assert main([*call, "--out", str(root / "states"), "--batch", str(day)]) == 0
    return root


def test_finish(folder: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    df = pl.concat([pl.read_csv(file, try_parse_dates=True) for file in sorted(folder.glob("*.csv"))])
    assert main(["finish", str(folder / "states"), "--metrics", "accuracy", "--format", "csv"]) == 0
    got = pl.read_csv(capsys.readouterr().out.encode())
    assert got[".estimate"].item() == pytest.approx((df["obs"] == df["pred"]).mean())
    out = tmp_path / "weeks.parquet"
    call = ["finish", str(folder / "states"), "--metrics", "accuracy", "--by", "day"]
    assert main([*call, "--intervals", "--out", str(out)]) == 0
    assert len(pl.read_parquet(out).drop_nulls(".lower")) == 20


def test_a_state_as_a_file(folder: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["state", str(folder / f"{FIRST}.csv"), *COLUMNS]
    assert main([*call, "--out", str(tmp_path / "state.csv")]) == 0
    assert main(["finish", str(tmp_path / "state.csv"), "--metrics", "accuracy", "--format", "csv"]) == 0
    assert len(pl.read_csv(capsys.readouterr().out.encode())) == 1


def test_monitor(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    out = tmp_path / "monitor.csv"
    call = ["monitor", str(folder / "states"), "--metrics", "accuracy", "--time", "day"]
    assert main([*call, "--reference", "2026-01-05:2026-03-16", "--out", str(out)]) == 3
    assert "accuracy is" in pl.read_csv(out)[".reason"][-1]
    assert main([*call, "--reference", "2026-01-05:2026-03-16", "--tolerance", "0.9", "--out", str(out)]) == 0


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--reference", "2026-01-05"], "--reference: expected START:END"),
        (["--reference", "soon:late"], "--reference: expected dates such as"),
        (["--reference", "2026-01-05:2026-03-16", "--alpha", "much"], "--alpha: expected a number"),
        (["--reference", "2026-01-05:2026-01-19"], "reference: expected at least 8 windows"),
    ],
)
def test_mistakes(folder: pathlib.Path, flags: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["monitor", str(folder / "states"), "--metrics", "accuracy", "--time", "day", *flags])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def shard_of(rank: int) -> Any:
    """Make the state of one of eight shards."""
    df = data.probabilities()
    made = tm.metric_set(tm.accuracy, tm.roc_auc, tm.mn_log_loss)
    return made.state(df[rank::SHARDS], "obs", "pred", probs=["p_a", "p_b", "p_c"], by="fold")


def test_eight_processes_make_the_state_and_one_finishes_it() -> None:
    made = tm.metric_set(tm.accuracy, tm.roc_auc, tm.mn_log_loss)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        states = pool.map(shard_of, range(SHARDS))
    got = made.finish(pl.concat(states), by="fold")
    want = made(data.probabilities(), "obs", "pred", probs=["p_a", "p_b", "p_c"], by="fold")
    assert got.drop(".estimate").equals(want.drop(".estimate"))
    np.testing.assert_allclose(got[".estimate"].to_numpy(), want[".estimate"].to_numpy(), rtol=1e-12)


@pytest.mark.parametrize("weights", [{}, {"case_weights": "times"}])
def test_intervals_of_counts(weights: dict[str, str]) -> None:
    df = data.classes()
    kind = "frequency" if weights else "importance"
    made = tm.with_intervals(tm.metric_set(tm.accuracy, tm.f_meas, tm.kap), weight_type=kind)
    states = [made.state(part, "obs", "pred", by=["fold", "site"], **weights) for part in (df[::2], df[1::2])]
    got, want = made.finish(pl.concat(states), by="fold"), made(df, "obs", "pred", by="fold", **weights)
    for name in (".estimate", ".std_error", ".lower", ".upper"):
        np.testing.assert_allclose(got[name].to_numpy(), want[name].to_numpy(), rtol=1e-12)


def test_what_has_no_interval_says_so_by_name() -> None:
    df = data.probabilities()
    state = tm.roc_auc.state(df, "obs", ["p_a", "p_b", "p_c"])
    with pytest.raises(tm.StateError, match="^roc_auc: a state does not tell how far single rows move the estimate"):
        tm.with_intervals(tm.roc_auc).finish(state)
    with pytest.raises(tm.StateError, match="the state is weighted"):
        tm.with_intervals(tm.accuracy).finish(tm.accuracy.state(data.classes(), "obs", "pred", case_weights="w"))
