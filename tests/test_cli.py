"""The command line."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tidymetrics.__main__ import main

SCORE = ["--truth", "obs", "--estimate", "pred", "--by", "fold", "--metrics", "accuracy,bal_accuracy"]
EXPECTED = tm.metric_set(tm.accuracy, tm.bal_accuracy)(data.classes(), "obs", "pred", by="fold")


def table_of(path: pathlib.Path) -> pl.DataFrame:
    return (
        data.classes().cast({"obs": pl.String, "pred": pl.String}).with_columns(b=pl.col("obs") == "a", c=pl.col("pred") == "a")
    )


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    df = table_of(tmp_path)
    df.write_csv(tmp_path / "p.csv")
    df.write_csv(tmp_path / "p.tsv", separator="\t")
    df.write_parquet(tmp_path / "p.parquet")
    df.write_ndjson(tmp_path / "p.ndjson")
    df.write_ipc(tmp_path / "p.arrow")
    return tmp_path


@pytest.mark.parametrize("name", ["p.csv", "p.tsv", "p.parquet", "p.ndjson", "p.arrow"])
def test_files(folder: pathlib.Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(folder / name), *SCORE, "--format", "csv"]) == 0
    result = pl.read_csv(capsys.readouterr().out.encode())
    assert result.drop(".estimate").equals(EXPECTED.drop(".estimate"))
    assert data.same(result[".estimate"].to_list(), EXPECTED[".estimate"].to_list())


def test_formats(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(folder / "p.parquet")
    assert main(["score", file, *SCORE]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["fold", ".metric", ".estimator", ".estimate"]
    assert len(lines) == 9
    assert lines[1].split()[:3] == ["f1", "accuracy", "multiclass"]
    assert main(["score", file, *SCORE, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0][".metric"] == "accuracy"
    for name in ("out.parquet", "out.csv", "out.json", "out.txt"):
        assert main(["score", file, *SCORE, "--out", str(folder / name)]) == 0
    assert capsys.readouterr().out == ""
    assert pl.read_parquet(folder / "out.parquet").equals(EXPECTED)
    assert pl.read_csv(folder / "out.csv").shape == EXPECTED.shape
    assert (folder / "out.txt").read_text().splitlines() == lines


def test_levels_weights_event(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(folder / "p.csv")
    df = data.classes()
    assert main(["score", file, *SCORE[:4], "--metrics", "kap", "--levels", "c,b,a", "--weights", "w", "--format", "csv"]) == 0
    value = pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item()
    assert value == pytest.approx(tm.kap(df, "obs", "pred", case_weights="w")[".estimate"].item())
    assert (
        main(["score", file, "--truth", "b", "--estimate", "c", "--metrics", "sens", "--event", "false", "--format", "csv"])
        == 0
    )
    value = pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item()
    assert value == pytest.approx(tm.sens(table_of(folder), "b", "c", event=False)[".estimate"].item())
    assert (
        main(
            ["score", file, "--truth", "site", "--estimate", "site", "--metrics", "kap", "--levels", "0,1,2", "--format", "csv"]
        )
        == 0
    )
    assert pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item() == 1


def test_examples_and_usual_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "diabetes_cv", "--truth", "obs", "--estimate", "pred"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [".metric", "rmse", "rsq", "mae"]


def test_probabilities(capsys: pytest.CaptureFixture[str]) -> None:
    probs = ",".join(f".pred_{i}" for i in range(10))
    assert main(["score", "digits_cv", *SCORE[:4], "--probs", probs, "--metrics", "accuracy,roc_auc", "--format", "csv"]) == 0
    result = pl.read_csv(capsys.readouterr().out.encode())
    df = tm.datasets.load_digits_cv()
    expected = tm.metric_set(tm.accuracy, tm.roc_auc)(df, "obs", "pred", probs=probs.split(","))
    assert result.equals(expected)
    assert main(["score", "digits_cv", "--truth", "obs", "--probs", probs, "--metrics", "mn_log_loss", "--format", "csv"]) == 0
    value = pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item()
    assert value == pytest.approx(tm.mn_log_loss(df, "obs", probs.split(","))[".estimate"].item())
    cancer = ["score", "breast_cancer_cv", *SCORE[:4], "--probs", ".pred_malignant"]
    assert main(cancer) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "accuracy",
        "kap",
        "mn_log_loss",
        "roc_auc",
    ]


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["name", "kind", "direction", "range"]
    assert ["accuracy", "class", "maximize", "[0,", "1]"] in [line.split() for line in lines]
    assert next(line for line in lines if line.startswith("mpe ")).split(maxsplit=3)[2:] == ["zero", "[-inf, inf]"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score", "nothing.csv", *SCORE], "nothing.csv"),
        (["score", "nothing.xlsx", *SCORE], "FILE: expected a name that ends in one of .csv"),
        (["score", "digits_cv", *SCORE], "by: the frame has no column 'fold'"),
        (["score", "digits_cv", *SCORE[:4], "--metrics", "acuracy"], "there is no metric 'acuracy'. Did you mean 'accuracy'?"),
        (["score", "digits_cv", *SCORE[:4], "--metrics", "accuracy,rmse"], "several families"),
        (["score", "digits_cv", *SCORE[:4], "--metrics", "rmse"], "truth 'obs': expected numbers"),
        (["score", "digits_cv", *SCORE[:4], "--format", "parquet"], "name a file with --out"),
        (["score", "digits_cv"], "--truth"),
        (["score", "digits_cv", "--truth", "obs"], "with --estimate, or those of probabilities with --probs"),
        (["scores"], "invalid choice: 'scores'"),
        ([], "COMMAND"),
    ],
)
def test_errors_are_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("tidymetrics: error: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_undefined_values_are_announced_in_one_line(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame({"y": [1.0, 1.0], "x": [1.0, 2.0]}).write_csv(folder / "n.csv")
    assert main(["score", str(folder / "n.csv"), "--truth", "y", "--estimate", "x", "--metrics", "rsq"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[1].split() == ["rsq", "standard", "-"]
    assert captured.err == "tidymetrics: warning: rsq is undefined: truth or estimate is constant.\n"


def test_as_a_module_and_as_a_script() -> None:
    run = [sys.executable, "-m", "tidymetrics", "--version"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == tm.__version__
    script = pathlib.Path(sys.executable).parent / "tidymetrics"
    assert subprocess.run([script, "list"], capture_output=True, text=True, check=True).stdout.startswith("name")


def test_survival_and_quantiles(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["--eval-time", ".eval_time", "--censoring-weights", ".weight_censored", "--linear-pred", "linear_pred"]
    chosen = "brier_survival,concordance_survival,royston_survival"
    call = ["score", "survival_cv", "--truth", "time,event", "--estimate", "pred_time", "--probs", ".pred_survival", *names]
    assert main([*call, "--metrics", chosen, "--format", "csv"]) == 0
    found = pl.read_csv(capsys.readouterr().out.encode())
    assert found.columns == [".metric", ".estimator", ".eval_time", ".estimate"]
    assert len(found) == 6
    data.quantiles().write_parquet(tmp_path / "q.parquet")
    call = ["score", str(tmp_path / "q.parquet"), "--truth", "obs", "--metrics", "weighted_interval_score", "--format", "csv"]
    assert main([*call, "--estimate", "q10,q50,q90", "--quantile-levels", "0.1,0.5,0.9"]) == 0
    value = pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item()
    given = data.quantiles().select("q10", "q50", "q90").to_numpy()
    assert value == pytest.approx(
        tm.weighted_interval_score_vec(data.quantiles()["obs"], given, quantile_levels=[0.1, 0.5, 0.9])
    )
    with pytest.raises(SystemExit):
        main([*call, "--estimate", "q10", "--quantile-levels", "half"])
    assert "--quantile-levels: expected numbers, separated by commas; got 'half'" in capsys.readouterr().err
