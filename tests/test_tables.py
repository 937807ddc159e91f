"""Tables that people read: metrics as columns, reports, markdown, LaTeX and great-tables."""

from __future__ import annotations

import re
import sys
from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import classification_report

import tidymetrics as tm
from tests import data
from tests.frames import make, rows

SCORE = tm.metric_set(tm.accuracy, tm.kap)


def test_wide_has_a_column_per_metric(frame: str) -> None:
    df = make(frame, data.classes())
    result = SCORE(df, "obs", "pred", by="fold")
    made, long = tm.wide(result), rows(result)
    assert type(made) is type(result)
    assert list(rows(made)) == ["fold", "accuracy", "kap"]
    n = len(long["fold"]) // 2
    assert rows(made) == {"fold": long["fold"][:n], "accuracy": long[".estimate"][:n], "kap": long[".estimate"][n:]}


def test_wide_of_intervals(frame: str) -> None:
    df = make(frame, data.classes())
    result = tm.with_intervals(tm.accuracy)(df, "obs", "pred", by="fold")
    found, long = rows(tm.wide(result, intervals=True, digits=3)), rows(result)
    ends = zip(long[".estimate"], long[".lower"], long[".upper"], strict=True)
    assert found == {"fold": long["fold"], "accuracy": [f"{e:.3f} [{a:.3f}, {b:.3f}]" for e, a, b in ends]}
    assert rows(tm.wide(result))["accuracy"] == long[".estimate"]


def test_wide_keeps_levels_and_several_estimators() -> None:
    df = data.classes()
    wide = tm.wide(tm.metric_set(tm.sens.tweak(estimator="per_class"), tm.accuracy)(df, "obs", "pred"))
    assert wide.columns == [".level", "sens", "accuracy"]
    assert wide[".level"].to_list() == ["a", "b", "c", None]
    assert wide["accuracy"].null_count() == 3
    two = pl.concat([tm.sens(df, "obs", "pred", estimator=name) for name in ("macro", "micro")])
    assert tm.wide(two).columns == [".estimator", "sens"]
    groupwise = tm.metric_set(tm.accuracy, tm.demographic_parity("fold"))
    events = pl.DataFrame({"obs": [True, False] * 4, "pred": [True] * 5 + [False] * 3, "fold": [1, 1, 2, 2] * 2})
    assert tm.wide(groupwise(events, "obs", "pred")).columns == ["accuracy", "demographic_parity"]


def test_wide_of_makers() -> None:
    df = data.classes().with_columns(other="obs")
    both = tm.each_model(tm.accuracy)(df, "obs", {"one": "pred", "two": "other"})
    assert tm.wide(both).rows() == [("one", both[".estimate"][0]), ("two", 1.0)]
    folds = tm.across_folds(SCORE(df, "obs", "pred", by="fold"), "fold")
    assert tm.wide(folds).columns == ["accuracy", "kap", ".n"]
    pairs = tm.compare(tm.accuracy)(df, "obs", {"one": "pred", "two": "other"})
    assert tm.wide(pairs).columns == [".first", ".second", "accuracy"]
    at = tm.threshold_perf(pl.DataFrame({"y": [True, False], "p": [0.9, 0.2]}), "y", "p", thresholds=[0.1, 0.5])
    assert tm.wide(at).columns[0] == ".threshold"


def test_undefined_is_null_in_wide_results() -> None:
    df = pl.DataFrame({"y": [1.0, 2.0], "x": [1.0, 1.0], "g": [1, 2]})
    with pytest.warns(tm.UndefinedMetricWarning):
        result = tm.metric_set(tm.rmse, tm.rsq)(df, "y", "x", by="g")
    assert tm.wide(result)["rsq"].to_list() == [None, None]
    assert tm.as_table(result, "markdown").count("   - |") == 2


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: tm.conf_mat(data.classes(), "obs", "pred"), r"got a confusion matrix. Pass matrix.summary\(\)"),
        (lambda: tm.roc_curve_vec([True, False], [0.9, 0.1]), "Curves and tables have one row per point or cell already"),
        (lambda: [1, 2], "got list"),
        (lambda: SCORE(data.classes(), "obs", "pred").lazy(), "a frame in memory with .metric"),
        (lambda: pl.concat([SCORE(data.classes(), "obs", "pred")] * 2), "several rows have the same metric and keys"),
    ],
)
def test_wide_refuses_what_is_no_result(made: Any, message: str) -> None:
    with pytest.raises(tm.OptionError, match=message):
        tm.wide(made())


def test_wide_refuses_clashing_names_and_missing_intervals() -> None:
    result = tm.accuracy(data.classes(), "obs", "pred", by="fold")
    with pytest.raises(tm.OptionError, match=r"has no .lower and .upper; make it with tm.with_intervals"):
        tm.wide(result, intervals=True)
    with pytest.raises(tm.OptionError, match="'accuracy' is a metric and a column"):
        tm.wide(result.rename({"fold": "accuracy"}))


def test_report_of_classes_is_that_of_scikit_learn(frame: str) -> None:
    df = data.classes().drop_nulls(["obs", "pred"])
    found = rows(tm.wide(tm.report(make(frame, df), "obs", "pred", case_weights="w")))
    want = classification_report(df["obs"].cast(str), df["pred"].cast(str), sample_weight=df["w"], output_dict=True)
    named = ["a", "b", "c", None, "macro avg", "weighted avg"]
    for i, name in enumerate(named):
        if name is None:
            assert found["accuracy"][i] == pytest.approx(want["accuracy"])
        else:
            ours = [found[metric][i] for metric in ("precision", "recall", "f_meas", ".n")]
            assert ours == pytest.approx([want[name][n] for n in ("precision", "recall", "f1-score", "support")])


def test_report_by_group_is_that_of_the_group(frame: str) -> None:
    df = data.classes()
    for columns in (("obs", "pred"), ("y", "x")):
        numbers = df.with_columns(y=pl.col("w") * 2, x=pl.col("w") + pl.int_range(pl.len()) % 3)
        whole = rows(tm.report(make(frame, numbers), *columns, by="fold"))
        for fold in ("f1", "f3"):
            alone = rows(tm.report(make(frame, numbers.filter(pl.col("fold") == fold)), *columns))
            at = [i for i, value in enumerate(whole["fold"]) if value == fold]
            assert [whole[".metric"][i] for i in at] == alone[".metric"]
            assert [whole[".estimate"][i] for i in at] == pytest.approx(alone[".estimate"])
            assert [whole[".n"][i] for i in at] == alone[".n"]


def test_report_of_numbers() -> None:
    df = pl.DataFrame({"y": [1.0, 2.0, 4.0, None], "x": [1.5, 2.0, 3.0, 2.0]})
    report = tm.report(df, "y", "x")
    members = tm.metric_set(tm.rmse, tm.mae, tm.msd, tm.rsq, tm.ccc)(df, "y", "x")
    assert report.drop(".n").equals(members)
    assert report[".n"].to_list() == [3.0] * 5
    classes = tm.report(pl.DataFrame({"y": [0, 1], "x": [0, 1]}), "y", "x", levels=[1, 0])
    assert classes[".level"].to_list()[:6] == ["1"] * 3 + ["0"] * 3


def test_report_takes_a_matrix_and_refuses_little() -> None:
    matrix = tm.ConfusionMatrix([[9, 1], [2, 8]], ["a", "b"])
    assert tm.report(matrix).filter(pl.col(".metric") == "accuracy")[".estimate"].item() == 17 / 20
    empty = pl.DataFrame({"g": ["x"], "o": ["a"], "p": ["a"]}).clear()
    assert tm.report(empty, "o", "p", by="g", levels=["a", "b"]).height == 0
    with pytest.raises(tm.OptionError, match="lacks 'estimate'"):
        tm.report(data.classes(), "obs")


def test_results_of_engines_print_as_tables() -> None:
    import duckdb

    df = data.classes().select("fold", "obs", "pred", "w")
    relation = duckdb.connect().from_arrow(df.cast({"obs": pl.String, "pred": pl.String}).to_arrow())
    result = SCORE(relation, "obs", "pred", by="fold")
    assert tm.as_table(result, "markdown") == tm.as_table(SCORE(df, "obs", "pred", by="fold"), "markdown")
    assert rows(tm.report(relation, "obs", "pred")) == rows(tm.report(df, "obs", "pred"))
    assert type(tm.wide(result)) is type(result)


MODELS = pl.DataFrame(
    {"model": ["a", "b", "c"], "rmse": [12.34, 11.0, 30.0], "rsq": [0.5, 0.75, 0.75], "msd": [-0.1, 0.2, None], ".n": [9, 9, 9]}
)


def test_markdown() -> None:
    assert tm.as_table(MODELS, "markdown", title="Three | models").splitlines() == [
        "**Three | models**",
        "",
        "| model |    rmse ↓ |     rsq ↑ |    msd → 0 |   n |",
        "| ----- | --------: | --------: | ---------: | --: |",
        "| a     |     12.34 |     0.500 | **-0.100** |   9 |",
        "| b     | **11.00** | **0.750** |      0.200 |   9 |",
        "| c     |     30.00 | **0.750** |          - |   9 |",
    ]


def test_latex() -> None:
    made = tm.as_table(MODELS.with_columns(model=pl.Series(["a_1", "50%", "c"])), "latex", title="A & B")
    assert made.splitlines() == [
        r"\begin{table}",
        r"\centering",
        r"\caption{A \& B}",
        r"\begin{tabular}{lrrrr}",
        r"\hline",
        r"model & rmse $\downarrow$ & rsq $\uparrow$ & msd $\to 0$ & n \\",
        r"\hline",
        r"a\_1 & 12.34 & 0.500 & \textbf{-0.100} & 9 \\",
        r"50\% & \textbf{11.00} & \textbf{0.750} & 0.200 & 9 \\",
        r"c & 30.00 & \textbf{0.750} & - & 9 \\",
        r"\hline",
        r"\end{tabular}",
        r"\end{table}",
    ]


def test_the_best_are_of_one_level() -> None:
    df = data.classes().with_columns(other="obs")
    result = tm.each_model(tm.sens.tweak(estimator="per_class"))(df, "obs", {"one": "pred", "two": "other"})
    lines = tm.as_table(result, "markdown").splitlines()[2:]
    assert [("**" in line, "two" in line) for line in lines] == [(False, False)] * 3 + [(True, True)] * 3


def test_other_results_keep_their_rows() -> None:
    df = data.classes().with_columns(other="obs")
    table = tm.as_table(tm.compare(tm.accuracy)(df, "obs", {"one": "pred", "two": "other"}), "markdown")
    assert [cell.strip() for cell in table.splitlines()[0].split("|")[1:-1]] == [
        *["metric", "estimator", "first", "second", "estimate", "p_value", "p_adjusted"]
    ]
    assert "<0.001" in table
    matrix = tm.as_table(tm.conf_mat(df, "obs", "pred", by="fold"), "markdown")
    assert matrix.startswith("| fold | Prediction | Truth a | Truth b | Truth c |")
    probabilities = pl.DataFrame({"y": [True, False] * 20, "p": np.linspace(0.01, 0.99, 40)})
    assert "observed" in tm.as_table(tm.calibration_curve(probabilities, "y", "p"), "markdown")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tm.as_table(MODELS, "pdf"), r"as_table\(format=\): expected 'great_tables', 'markdown', 'latex'; got 'pdf'"),
        (lambda: tm.as_table(MODELS, digits=-1), r"as_table\(digits=\): expected a whole number"),
        (lambda: tm.as_table("x", "latex"), "a frame or a confusion matrix; got str"),
        (lambda: tm.as_table(pl.DataFrame({"specificity": range(501)}), "latex"), r"501 rows are too many .* tm.autoplot"),
    ],
)
def test_tables_that_cannot_be(call: Any, message: str) -> None:
    with pytest.raises(tm.OptionError, match=message):
        call()


def test_small_and_large_numbers_are_aligned() -> None:
    made = pl.DataFrame({".x": [1e-9, 0.0, 2e-8], ".y": [123456.7, -0.0001, float("inf")], ".z": [1.0, -0.0001, 0.25]})
    assert [line.split("|")[1:-1] for line in tm.as_table(made, "markdown").splitlines()[2:]] == [
        [" 1.00e-09 ", " 123,457 ", " 1.000 "],
        ["        0 ", "       0 ", " 0.000 "],
        [" 2.00e-08 ", "     inf ", " 0.250 "],
    ]


def test_great_tables() -> None:
    import great_tables

    table = tm.as_table(MODELS, title="Models")
    assert isinstance(table, great_tables.GT)
    html = table.as_raw_html()
    assert "rmse ↓" in html
    assert len(re.findall(r"<td[^>]*font-weight: bold", html)) == 4
    assert "Models" in html


def test_without_great_tables_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "great_tables", None)
    with pytest.raises(tm.EngineError, match=r"pip install 'tidymetrics\[tables\]'; or write format=\"markdown\""):
        tm.as_table(MODELS)


def test_matrices_in_notebooks_are_right_aligned() -> None:
    html = tm.ConfusionMatrix([[9, 1], [2, 8]], ["a", "b"])._repr_html_()
    assert html.count("<td") == html.count('<td style="text-align: right"') == 4
