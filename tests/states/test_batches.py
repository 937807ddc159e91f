"""A directory of states: whole files or none, each batch once, whatever happens to the writers."""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tidymetrics.integrations.batches import file_name

DAYS = 12
DF = pl.DataFrame({"day": [d for d in range(DAYS) for _ in range(20)]}).with_columns(
    obs=pl.when(pl.int_range(pl.len()) % 3 > 0).then(pl.lit("a")).otherwise(pl.lit("b")),
    pred=pl.when(pl.int_range(pl.len()) % 7 > 2).then(pl.lit("a")).otherwise(pl.lit("b")),
)
_WRITER = """
import sys, time
import tidymetrics as tm
from tests.states.test_batches import DAYS, state_of
states = [state_of(day) for day in range(DAYS)]
print("ready", flush=True)
while True:
    for day, state in enumerate(states):
        tm.write_state(state, sys.argv[1], batch=f"day {day}")
"""


def state_of(day: int) -> Any:
    return tm.accuracy.state(DF.filter(day=day), "obs", "pred", by="day")


def survive(folder: pathlib.Path, kills: int) -> None:
    """Kill writers at any moment, read in between, then run each batch again."""
    root = pathlib.Path(__file__).parent.parent.parent
    whole = tm.accuracy(DF, "obs", "pred", by="day")
    for kill in range(kills):
        command = [sys.executable, "-c", _WRITER, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.005 + 0.0137 * (kill % 7))
            writer.send_signal(signal.SIGKILL)
        if any(folder.glob("*.parquet")):  # what is there is right
            there = tm.accuracy.finish(tm.read_states(folder), by="day")
            assert there.join(whole, on=["day", ".metric", ".estimator", ".estimate"], how="anti").is_empty()
    for day in range(DAYS):
        tm.write_state(state_of(day), folder, batch=f"day {day}")
    assert tm.accuracy.finish(tm.read_states(folder), by="day").equals(whole)
    assert tm.accuracy.finish(tm.read_states(folder)).equals(tm.accuracy(DF, "obs", "pred"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_killed_writers_lose_and_double_nothing(tmp_path: pathlib.Path) -> None:
    survive(tmp_path / "states", 3)


def test_a_job_that_runs_twice_counts_once(tmp_path: pathlib.Path) -> None:
    assert tm.write_state(state_of(0), tmp_path, batch="day 0")
    assert tm.write_state(state_of(0), tmp_path, batch="day 0")
    assert not tm.write_state(state_of(1), tmp_path, batch="day 0", replace=False)
    assert tm.write_state(state_of(1), tmp_path, batch="day 1", replace=False)
    assert tm.read_states(tmp_path)[".value"].sum() == 40
    assert tm.read_states(tmp_path, batches=["day 1"])["day"].unique().to_list() == [1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(map(file_name, ("day 0", "day 1")))


def test_labels_that_come_late_take_the_place_of_what_was_there(tmp_path: pathlib.Path) -> None:
    early = DF.filter(day=0).with_columns(obs=pl.when(pl.int_range(pl.len()) < 10).then("obs"))
    tm.write_state(tm.accuracy.state(early, "obs", "pred", by="day"), tmp_path, batch="day 0")
    tm.write_state(state_of(0), tmp_path, batch="day 0")
    assert tm.accuracy.finish(tm.read_states(tmp_path)).equals(tm.accuracy(DF.filter(day=0), "obs", "pred"))


def test_names_of_batches(tmp_path: pathlib.Path) -> None:
    names = ["a", "A", "a/b", "ä" * 100, "2026-03-02 #1"]
    for i, name in enumerate(names):
        tm.write_state(state_of(i), tmp_path, batch=name)
    assert len({file_name(name).lower() for name in names}) == len(names)
    assert len(tm.read_states(tmp_path)["day"].unique()) == len(names)


def test_copies_and_other_files(tmp_path: pathlib.Path) -> None:
    tm.write_state(state_of(0), tmp_path, batch="day 0")
    (tmp_path / ".half-written.parquet").write_bytes(b"PAR1")
    (tmp_path / "_SUCCESS.parquet").write_bytes(b"")
    assert len(tm.read_states(tmp_path)) == len(state_of(0))
    shutil.copy(tmp_path / file_name("day 0"), tmp_path / "zzz copy.parquet")
    with pytest.raises(tm.StateError, match="is in two files"):
        tm.read_states(tmp_path)
    (tmp_path / file_name("day 0")).unlink()
    with pytest.raises(tm.StateError, match="'zzz copy.parquet' holds the batch 'day 0', whose file is"):
        tm.read_states(tmp_path)
    (tmp_path / "zzz copy.parquet").write_bytes(b"no parquet")
    with pytest.raises(tm.StateError, match="'zzz copy.parquet' is no state"):
        tm.read_states(tmp_path)


def test_what_is_refused(tmp_path: pathlib.Path) -> None:
    for batch in ("", None, 3):
        with pytest.raises(tm.OptionError, match="expected the name of the batch"):
            tm.write_state(state_of(0), tmp_path, batch=batch)
    with pytest.raises(tm.OptionError, match="expected a directory of this machine"):
        tm.write_state(state_of(0), "s3://bucket/states", batch="a")
    with pytest.raises(tm.StateError, match="there is no directory"):
        tm.read_states(tmp_path / "nowhere")
    with pytest.raises(tm.StateError, match="there are no states in"):
        tm.read_states(tmp_path)
    with pytest.raises(tm.StateError, match="this is no state"):
        tm.write_state(DF, tmp_path, batch="a")
    tm.write_state(state_of(0), tmp_path, batch="a")
    with pytest.raises(tm.StateError, match="there is no batch 'b'"):
        tm.read_states(tmp_path, batches=["b"])
    tm.write_state(tm.accuracy.state(DF, "obs", "pred"), tmp_path, batch="b")
    with pytest.raises(tm.StateError, match="unlike keys"):
        tm.read_states(tmp_path)


def test_compaction_is_a_new_directory(tmp_path: pathlib.Path) -> None:
    for day in range(4):
        tm.write_state(state_of(day), tmp_path / "days", batch=f"day {day}")
    tm.write_state(tm.merge_states(tm.read_states(tmp_path / "days"), by=None), tmp_path / "months", batch="month")
    assert tm.accuracy.finish(tm.read_states(tmp_path / "months")).equals(
        tm.accuracy(DF.filter(pl.col("day") < 4), "obs", "pred")
    )
