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


def test_tables_as_text(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["score", "digits_cv", *SCORE[:4], "--by", "Resample", "--metrics", "accuracy,kap"]
    assert main([*call, "--format", "markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["|", "Resample", "|", "accuracy", "↑", "|", "kap", "↑", "|"]
    assert len(lines) == 12
    assert main([*call, "--out", str(tmp_path / "scores.md")]) == 0
    assert (tmp_path / "scores.md").read_text(encoding="utf-8").splitlines() == lines
    assert main([*call, "--out", str(tmp_path / "scores.tex")]) == 0
    assert (tmp_path / "scores.tex").read_text(encoding="utf-8").startswith("\\begin{tabular}{lrr}")


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
        (["score", "digits_cv", *SCORE], "--by: the frame has no column 'fold'"),
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


def test_the_name_of_a_file_is_no_pattern(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("csv", "parquet", "ndjson", "arrow"):
        for name, value in (("fold[1]", 2.0), ("fold1", 9.0)):
            df = pl.DataFrame({"y": [1.0, 2.0], "x": [1.0 + value, 2.0 + value]})
            write = {"csv": df.write_csv, "parquet": df.write_parquet, "ndjson": df.write_ndjson, "arrow": df.write_ipc}[suffix]
            write(tmp_path / f"{name}.{suffix}")
        call = [
            "score",
            str(tmp_path / f"fold[1].{suffix}"),
            "--truth",
            "y",
            "--estimate",
            "x",
            "--metrics",
            "mae",
            "--format",
            "csv",
        ]
        assert main(call) == 0
        assert pl.read_csv(capsys.readouterr().out.encode())[".estimate"].item() == 2.0


def test_missing_values_of_r(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.csv").write_text("obs,pred,y,x\na,a,1,1\nb,NA,NA,5\nNA,b,3,-\nb,b,4,4\n,b,,2\n")
    call = ["score", str(tmp_path / "r.csv"), "--format", "csv"]
    assert main([*call, "--truth", "obs", "--estimate", "pred", "--metrics", "accuracy"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "accuracy,binary,1.0"
    assert main([*call, "--truth", "y", "--estimate", "x", "--metrics", "mae", "--na", "NA,-"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "mae,standard,0.0"
    assert main([*call, "--truth", "obs", "--estimate", "obs", "--metrics", "accuracy", "--na", ""]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("accuracy,multiclass")
    with pytest.raises(SystemExit):
        main(["score", "--help"])
    assert "by default NA" in " ".join(capsys.readouterr().out.split())


def test_out_is_written_beside_and_renamed(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "out.csv").write_text("kept")
    with pytest.raises(SystemExit):
        main(["score", str(folder / "p.csv"), "--truth", "nothing", "--estimate", "pred", "--out", str(folder / "out.csv")])
    assert (folder / "out.csv").read_text() == "kept"
    monkeypatch.setattr(pathlib.Path, "replace", lambda self, target: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(SystemExit):
        main(["score", str(folder / "p.csv"), *SCORE, "--out", str(folder / "out.csv")])
    assert (folder / "out.csv").read_text() == "kept"
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    monkeypatch.undo()
    assert main(["score", str(folder / "p.csv"), *SCORE, "--out", str(folder / "p.csv")]) == 0  # onto what it reads
    assert pl.read_csv(folder / "p.csv").columns == ["fold", ".metric", ".estimator", ".estimate"]


def test_types_that_only_later_rows_show(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = ["1", "2"] * 10_000 + ["x", "x"]
    pl.DataFrame({"obs": values, "pred": values}).write_csv(tmp_path / "late.csv")
    assert main(["score", str(tmp_path / "late.csv"), "--truth", "obs", "--estimate", "pred", "--metrics", "accuracy"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["accuracy", "multiclass", "1"]


def test_terminals_without_letters_and_long_cells(tmp_path: pathlib.Path) -> None:
    keys = ["é", "x" * 100_000, "two\nlines"]
    pl.DataFrame({"k": keys, "y": [1.0, 2.0, 3.0], "x": [1.0, 2.0, 3.0]}).write_parquet(tmp_path / "k.parquet")
    call = ["score", str(tmp_path / "k.parquet"), "--truth", "y", "--estimate", "x", "--metrics", "mae", "--by", "k"]
    run = subprocess.run(
        [sys.executable, "-m", "tidymetrics", *call],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(pathlib.Path(tm.__file__).parent.parent)},
    )
    lines = run.stdout.decode("ascii").splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) < 200
    assert any("\\xe9" in line for line in lines)
    assert any("two\\nlines" in line for line in lines)


def test_messages_name_flags(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame({"y": [0, 1, 1], "p": [1, 1, 0], "s": [0.1, 0.9, 0.8], "c": ["no", "yes", "no"]}).write_csv(folder / "b.csv")
    file = str(folder / "b.csv")

    def said(*arguments: str) -> str:
        with pytest.raises(SystemExit):
            main(["score", file, *arguments])
        message = capsys.readouterr().err
        assert not any(
            f"{name}=" in message for name in ("levels", "event", "estimate", "truth", "by", "probs", "estimator")
        ), message
        return message

    assert "Pass --event 1, or --levels 1,0 with" in said("--truth", "y", "--estimate", "p", "--metrics", "sens")
    assert main(["score", file, "--truth", "y", "--estimate", "p", "--metrics", "sens", "--event", "1"]) == 0
    assert "--event yes" in said("--truth", "c", "--probs", "s", "--metrics", "roc_auc")
    assert "--estimate: the frame has no column 'nothing'" in said("--truth", "y", "--estimate", "nothing")
    assert "Write f_meas." in said("--truth", "y", "--estimate", "p", "--metrics", "f1")
    capsys.readouterr()
    assert main(["score", file, "--truth", "y", "--estimate", "p"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("tidymetrics: warning: metrics: truth 'y' and estimate 'p' are 0 and 1 alone")
    assert "pass --levels 1,0" in captured.err
    assert main(["score", file, "--truth", "y", "--estimate", "p", "--levels", "1,0"]) == 0
    assert captured.out != capsys.readouterr().out
    assert (
        main(
            [
                "score",
                file,
                "--truth",
                "c",
                "--estimate",
                "c",
                "--metrics",
                "sens",
                "--levels",
                "no,yes",
                "--event-level",
                "second",
            ]
        )
        == 0
    )


def read(capsys: pytest.CaptureFixture[str]) -> pl.DataFrame:
    return pl.read_csv(capsys.readouterr().out.encode())


def test_intervals_and_units(capsys: pytest.CaptureFixture[str]) -> None:
    df = tm.datasets.load_breast_cancer_cv()
    plain = ["score", "breast_cancer_cv", "--truth", "obs", "--estimate", "pred", "--metrics", "accuracy", "--format", "csv"]
    assert main([*plain, "--intervals"]) == 0
    expected = tm.with_intervals(tm.accuracy)(df, "obs", "pred")
    assert read(capsys)[".lower"].to_list() == pytest.approx(expected[".lower"].to_list(), rel=1e-12)
    assert main([*plain, "--intervals", "0.5", "--unit", "Resample"]) == 0
    expected = tm.with_intervals(tm.accuracy, 0.5)(df, "obs", "pred", unit="Resample")
    assert read(capsys)[".upper"].to_list() == pytest.approx(expected[".upper"].to_list(), rel=1e-12)
    with pytest.raises(SystemExit):
        main([*plain, "--unit", "Resample"])
    assert capsys.readouterr().err == "tidymetrics: error: --unit: units matter to intervals alone; add --intervals.\n"
    with pytest.raises(SystemExit):
        main([*plain, "--intervals", "wide"])
    assert capsys.readouterr().err == "tidymetrics: error: --intervals: expected numbers, separated by commas; got 'wide'.\n"


def test_compare(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    df = data.classes().cast({"obs": pl.String, "pred": pl.String})
    df = df.with_columns(other=pl.col("pred").shift(1).fill_null("a"))
    df.write_csv(tmp_path / "p.csv")
    made = ["compare", str(tmp_path / "p.csv"), "--truth", "obs", "--metrics", "accuracy", "--format", "csv"]
    assert main([*made, "--estimate", "forest=pred,boost=other"]) == 0
    expected = tm.compare(tm.accuracy)(df, "obs", {"forest": "pred", "boost": "other"})
    found = read(capsys)
    assert found[".first"].to_list() == expected[".first"].to_list()
    assert found[".lower"].to_list() == pytest.approx(expected[".lower"].to_list(), rel=1e-12)
    assert main([*made, "--estimate", "pred", "--across", "fold", "--against", "f1"]) == 0
    expected = tm.compare(tm.accuracy, against="f1")(df, "obs", "pred", across="fold")
    assert read(capsys)[".p_value"].to_list() == pytest.approx(expected[".p_value"].to_list(), rel=1e-12)
    with pytest.raises(SystemExit):
        main([*made, "--estimate", "forest="])
    error = capsys.readouterr().err
    assert error == "tidymetrics: error: expected contestants and columns, such as forest=rf,boost=gb; got 'forest='.\n"
