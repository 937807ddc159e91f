"""Edges that were found by trying to break things; each was once wrong."""

from __future__ import annotations

import decimal
import math
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import make, rows
from tidymetrics.__main__ import main

NUMBERS = pl.DataFrame({"y": [1.0, 2, 4, 8], "yhat": [2.0, 2, 3, 7], "t": [1, 3, 2, 4]})


def test_a_key_that_takes_the_name_of_a_scored_column() -> None:
    for grouped in (NUMBERS.group_by(pl.col("y") > 2), NUMBERS.lazy().group_by(pl.col("y") > 2)):
        with pytest.raises(tm.EngineError, match="truth: 'y' is also a key of the group-by"):
            tm.mae(grouped, "y", "yhat")
        named = NUMBERS.group_by((pl.col("y") > 2).alias("large"))
        assert tm.mae(named, "y", "yhat")[".estimate"].to_list() == [0.5, 1.0]
    assert len(tm.mae(NUMBERS.group_by("y"), "y", "yhat")) == 4


def test_members_of_a_set_share_one_order() -> None:
    with pytest.raises(tm.MetricSetError, match="share one order of rows; got None, t"):
        tm.metric_set(tm.mase, mt=tm.mase.tweak(order_by="t"))(NUMBERS, "y", "yhat")
    with pytest.raises(tm.OptionError, match="order_by: expected a column name"):
        tm.metric_set(tm.mase)(NUMBERS, "y", "yhat", order_by=["t"])


def test_keys_named_like_columns_of_the_result(frame: str) -> None:
    df = make(frame, pl.DataFrame({".level": ["x", "y", "x"], "o": ["a", "b", "c"], "p": ["a", "b", "c"]}))
    with pytest.raises(tm.OptionError, match="by: the name '.level' is reserved for a column of the result"):
        tm.accuracy(df, "o", "p", by=".level", estimator="per_class")


def test_masked_arrays() -> None:
    masked = np.ma.array([1.0, 100, 3, 7], mask=[0, 1, 0, 0])
    assert tm.rsq_vec(masked, [1.0, 2, 5, 6]) == pytest.approx(tm.rsq_vec([1, 3, 7], [1, 5, 6]))
    assert tm.accuracy_vec(np.ma.array([1, 0, 1], mask=[0, 1, 0]), [1, 1, 0], levels=[0, 1]) == 0.5


def test_missing_places_in_the_order(frame: str) -> None:
    df = pl.DataFrame({"y": [1.0, 2, 4, 9], "e": [1.0, 1, 1, 1], "t": [1, None, 2, 3]})
    expected = tm.mase_vec([1, 4, 9], [1, 1, 1])
    assert rows(tm.mase(make(frame, df), "y", "e", order_by="t"))[".estimate"] == [pytest.approx(expected)]
    with pytest.warns(tm.UndefinedMetricWarning, match="a value is missing"):
        assert rows(tm.mase(make(frame, df), "y", "e", order_by="t", na_rm=False))[".estimate"] == [None]
    for order in ([1.0, math.nan, 2, 3], [1, None, 2, 3], np.array([1, np.nan, 2, 3]), np.array([1, None, 2, 3], dtype=object)):
        assert tm.mase_vec(df["y"], df["e"], order_by=order) == pytest.approx(expected)
    with pytest.raises(tm.OptionError, match="order_by: the vector mixes values"):
        tm.mase_vec([1, 2, 4, 9.0], [1, 1, 1, 1.0], order_by=np.array([1, 2.5, "a", 3], dtype=object))


def test_one_level_has_no_second() -> None:
    one = pl.DataFrame({"o": ["a", "a"], "p": ["a", "a"]})
    assert tm.detection_prevalence(one, "o", "p", estimator="macro")[".estimate"].item() == 1
    with pytest.warns(tm.UndefinedMetricWarning):
        assert tm.spec(one, "o", "p", estimator="macro")[".estimate"].item() is None
    with pytest.raises(tm.LevelError, match=r"Pass event='a', or levels=\['a', <the other class>\]"):
        tm.sens(one, "o", "p")


@pytest.mark.parametrize("kind", ["M8[ns]", "M8[D]", "m8[s]", "c16", "S1"])
def test_arrays_that_are_no_numbers(kind: str) -> None:
    values = np.array([1, 2]).astype("S1" if kind == "S1" else "i8").astype(kind)
    with pytest.raises(tm.OptionError, match="truth: expected numbers; got"):
        tm.mae_vec(values, [0, 1])


def test_levels_have_an_order() -> None:
    for levels in ({"a", "b"}, {"a": 1, "b": 2}, [["a"], ["b"]]):
        with pytest.raises(tm.LevelError, match="levels=: expected"):
            tm.sens_vec(["a", "b"], ["a", "b"], levels=levels)


def test_tweaked_events_win() -> None:
    df = pl.DataFrame({"o": ["a", "b", "b"], "p": ["a", "a", "b"]}).cast(pl.Enum(["a", "b"]))
    second = tm.sens(df, "o", "p", event_level="second")[".estimate"].item()
    metrics = tm.metric_set(tm.accuracy, s=tm.sens.tweak(event_level="second"))
    assert metrics(df, "o", "p", event="a")[".estimate"].to_list()[1] == second
    assert tm.sens.tweak(event="b")(df, "o", "p", event_level="second")[".estimate"].item() == second


def test_weights_of_incomplete_rows_are_not_looked_at(frame: str) -> None:
    classes = pl.DataFrame({"o": ["a", None], "p": ["a", "a"], "w": [1, -1]})
    numbers = pl.DataFrame({"o": [1.0, None], "p": [1.0, 2.0], "w": [1, -1]})
    assert rows(tm.accuracy(make(frame, classes), "o", "p", case_weights="w"))[".estimate"] == [1.0]
    assert rows(tm.mae(make(frame, numbers), "o", "p", case_weights="w"))[".estimate"] == [0.0]


def test_objects_in_arrays() -> None:
    assert tm.accuracy_vec(np.array(["a", "b", np.nan], dtype=object), ["a", "b", "a"]) == 1
    assert tm.accuracy_vec(np.array(["a", "b", None], dtype=object), ["a", "b", "a"]) == 1
    assert tm.accuracy_vec([0, 1, np.float32("nan")], [0, 1, 1]) == 1
    assert tm.mae_vec(np.array([1, 2.5], dtype=object), [1, 2]) == 0.25
    assert tm.mae_vec(np.array([1, np.nan, None], dtype=object), [2, 2, 2]) == 1
    assert tm.mae_vec([decimal.Decimal("1.5"), decimal.Decimal("nan")], [1, 2]) == 0.5
    for call in (lambda: tm.accuracy_vec([["a"], ["b"]], [["a"], ["b"]]), lambda: tm.accuracy_vec([1e19, 1.0], [1e19, 1.0])):
        with pytest.raises(tm.LevelError, match="expected classes"):
            call()
    with pytest.raises(tm.OptionError, match="expected numbers"):
        tm.mae_vec([10**400], [1])


@pytest.mark.parametrize(
    ("metric", "options"),
    [
        (tm.mase, {"m": math.inf}),
        (tm.mase, {"m": 2**64}),
        (tm.huber_loss, {"delta": 10**400}),
        (tm.huber_loss_pseudo, {"delta": 1e200}),
        (tm.mase, {"mae_train": 1e200}),
    ],
)
def test_options_out_of_all_reason(metric: Any, options: dict[str, Any]) -> None:
    with pytest.raises(tm.OptionError, match=f"{metric.__name__}\\({next(iter(options))}=\\)"):
        metric(NUMBERS, "y", "yhat", **options)


def test_arrays_as_options() -> None:
    with pytest.raises(tm.OptionError, match="event=: expected one of the levels"):
        tm.sens_vec(["a", "b"], ["a", "b"], event=np.array(["a", "b"]))
    with pytest.raises(tm.OptionError, match="event_level"):
        tm.sens_vec(["a", "b"], ["a", "b"], event_level=np.array(["first", "second"]))


def test_nothing_but_missing_values(frame: str) -> None:
    df = pl.DataFrame(
        {"o": [None, None], "p": ["a", "b"], "y": [None, None], "x": [1.0, 2.0]}, schema_overrides={"o": pl.String}
    )
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        assert rows(tm.accuracy(make(frame, df), "o", "p"))[".estimate"] == [None]
    if frame != "lazy":
        with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
            assert rows(tm.mae(make(frame, df), "y", "x"))[".estimate"] == [None]


def test_names_that_look_like_patterns(frame: str) -> None:
    df = pl.DataFrame({"^y$": [1.0, 2.0], "*": [2.0, 2.5]})
    assert rows(tm.metrics(make(frame, df), "^y$", "*"))[".metric"] == ["rmse", "rsq", "mae"]


def test_a_cell_that_runs_again_replaces_its_metric() -> None:
    for power in (1.0, 2.0):

        def rerun(truth: Any, estimate: Any, *, powers: Any = (power,)) -> Any:
            return (truth - estimate).abs() ** powers[0]

        metric = tm.numeric_metric(direction="minimize", range=(0, math.inf))(rerun)
    assert metric(NUMBERS, "y", "yhat", powers=[2.0])[".estimate"].item() == tm.mse(NUMBERS, "y", "yhat")[".estimate"].item()
    tm.core.metric.METRICS.pop("rerun")


def test_records_pickle() -> None:
    assert pickle.loads(pickle.dumps(tm.accuracy.metric)) is tm.accuracy.metric
    with pytest.raises(TypeError, match="pickle the metric"):
        pickle.dumps(tm.metric_tweak("f2", tm.f_meas, beta=2).metric)


def test_the_command_line_at_its_edges(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "f.csv")
    pl.DataFrame({"o": [1.0, 0.0, None], "p": [1.0, 1.0, 0.0], "y": [0.0, 1.0, 2.0]}).write_csv(file)
    assert main(["score", file, "--truth", "o", "--estimate", "p", "--metrics", "sens", "--event", "1", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith(",1.0")
    assert main(["score", file, "--truth", "y", "--estimate", "p", "--metrics", "mape", "--format", "json"]) == 0
    assert '".estimate": "inf"' in capsys.readouterr().out
    for wrong in (["--levels", "²,1"], ["--levels", "+-1,1"], ["--out", str(tmp_path / "r.feather")]):
        with pytest.raises(SystemExit):
            main(["score", file, "--truth", "o", "--estimate", "p", "--metrics", "accuracy", *wrong])
        assert capsys.readouterr().err.count("\n") == 1
    run = subprocess.run([sys.executable, "-m", "tidymetrics", "list"], stdout=subprocess.PIPE, check=True, text=True)
    assert run.stdout
