"""Pictures: what the charts show, and that they can be drawn."""

from __future__ import annotations

import builtins
import time
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tidymetrics.errors import ColumnNotFoundError, EngineError, OptionError
from tidymetrics.plots import autoplot, plot_confusion, residuals_plot, thin
from tidymetrics.plots.thinning import MOST_POINTS

pytest.importorskip("altair")

DIGITS = tm.datasets.load_digits_cv()
CANCER = tm.datasets.load_breast_cancer_cv()
DIABETES = tm.datasets.load_diabetes_cv()
SURVIVAL = tm.datasets.load_survival_cv()
AT = {"eval_time": ".eval_time", "censoring_weights": ".weight_censored"}
EVENT = ".pred_malignant"
CLASSES = [f".pred_{i}" for i in range(10)]
CURVES = {
    "roc": (tm.roc_curve, "ROC curve", "1 - specificity (false positive rate)", "sensitivity (true positive rate)"),
    "pr": (tm.pr_curve, "Precision-recall curve", "recall", "precision"),
    "gain": (tm.gain_curve, "Gain curve", "rows tested (%)", "events found (%)"),
    "lift": (tm.lift_curve, "Lift curve", "rows tested (%)", "lift"),
}
ODD = ['a.b [c] "d"', "e: f's\\g", "^k.*$"]


def rows_of(chart: Any, part: str | None = None) -> list[dict[str, Any]]:
    """Give the rows of the chart's own data."""
    spec = chart.to_dict()
    rows = spec["datasets"][spec["data"]["name"]]
    return [row for row in rows if part is None or row["part"] == part]


def layers_of(chart: Any) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return spec.get("spec", spec)["layer"]


def line_of(chart: Any) -> dict[str, Any]:
    """Give the layer with the lines, before the one with the points of the tooltips."""
    return layers_of(chart)[-2]


def draws(chart: Any, folder: Any) -> bool:
    pytest.importorskip("vl_convert")
    chart.save(folder / "chart.png")
    return (folder / "chart.png").read_bytes().startswith(b"\x89PNG")


def cells(*keys: str) -> pl.DataFrame:
    counted = DIGITS.group_by(*keys, "pred", "obs").len().sort(*keys, "pred", "obs")
    return counted.rename({"pred": "Prediction", "obs": "Truth", "len": "Freq"})


def odd_frame(library: str) -> Any:
    """Two models with odd column names, in a frame of a library."""
    curve = tm.roc_curve(CANCER, "obs", EVENT, by="Resample").filter(pl.col("Resample") < "Fold03")
    df = curve.select(
        pl.col("Resample").alias(ODD[0]), pl.lit(1).alias(ODD[1]), pl.lit("x").alias(ODD[2]), pl.exclude("Resample")
    )
    if library == "polars":
        return df
    pytest.importorskip("pyarrow")
    if library == "pandas":
        pytest.importorskip("pandas")
        return df.to_pandas()
    return df.to_arrow()


# Curves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CURVES)
def test_curve_by_group(name: str, tmp_path: Any) -> None:
    curve, title, x, y = CURVES[name]
    result = curve(CANCER.rename({"Resample": "site"}), "obs", EVENT, by="site")
    chart = autoplot(result)
    encoding = line_of(chart)["encoding"]
    assert chart.to_dict()["title"]["text"] == title
    assert (encoding["x"]["axis"]["title"], encoding["y"]["axis"]["title"]) == (x, y)
    assert encoding["order"]["field"] == "order"
    assert encoding["color"]["legend"]["title"] == "site"
    names = encoding["color"]["scale"]["domain"]
    assert [name.split(",")[0] for name in names] == [f"Fold{i:02}" for i in range(1, 11)]
    if name in {"roc", "pr"}:
        areas = {"roc": tm.roc_auc, "pr": tm.pr_auc}[name](CANCER, "obs", EVENT, by="Resample")[".estimate"]
        assert [name.split(", AUC ")[1] for name in names] == [f"{area:.3f}" for area in areas]
    assert len(set(encoding["color"]["scale"]["range"])) == 10
    points = rows_of(chart, "curve")
    assert len(points) == result[result.columns[-1]].count()
    assert {row["group"] for row in points} == set(names)
    assert draws(chart, tmp_path)


@pytest.mark.parametrize("name", ["roc", "pr"])
def test_folds_are_thin_lines_with_a_mean_and_a_band(name: str, tmp_path: Any) -> None:
    result = CURVES[name][0](CANCER, "obs", EVENT, by="Resample")
    chart = autoplot(result)
    guide, band, thin_lines, mean = layers_of(chart)
    assert thin_lines["mark"]["strokeWidth"] < 1 < mean["mark"]["strokeWidth"]
    assert band["mark"]["type"] == "area"
    assert guide["mark"]["strokeDash"]
    assert len({row["line"] for row in rows_of(chart, "curve")}) == 10
    area = {"roc": tm.roc_auc, "pr": tm.pr_auc}[name](CANCER, "obs", EVENT, by="Resample")[".estimate"]
    assert chart.to_dict()["title"]["subtitle"] == [
        f"AUC {area.mean():.3f} ± {area.std():.3f}",
        "mean and standard deviation over Resample",
    ]
    means = [row for row in rows_of(chart, "mean") if row["x"] == 0.5]
    assert means[0]["y"] == pytest.approx(1.0, abs=0.02)
    assert draws(chart, tmp_path)


def test_folds_of_models_have_a_mean_each() -> None:
    models = pl.concat([CANCER.with_columns(model=pl.lit(m), fold="Resample") for m in ("a", "b")])
    chart = autoplot(tm.roc_curve(models, "obs", EVENT, by=["model", "fold"]))
    legend = layers_of(chart)[-1]["encoding"]["color"]
    assert legend["legend"]["title"] == "model"
    assert [name.split(",")[0] for name in legend["scale"]["domain"]] == ["a", "b"]


def test_mean_of_steps_takes_the_middle() -> None:
    df = pl.DataFrame({"fold": [1, 1, 2, 2, 3, 3], "obs": [True, False] * 3, "score": [0.9, 0.1, 0.1, 0.9, 0.9, 0.1]})
    means = rows_of(autoplot(tm.roc_curve(df, "obs", "score", by="fold")), "mean")
    at = {round(row["x"], 3): row["y"] for row in means if row["order"] >= 0}
    assert at[0.5] == pytest.approx(2 / 3)
    assert at[0.0] == pytest.approx(1 / 3)
    assert at[1.0] == pytest.approx(2.5 / 3)


def test_the_event_and_the_area_are_named() -> None:
    title = autoplot(tm.roc_curve(CANCER, "obs", EVENT), event="malignant").to_dict()["title"]
    assert title["subtitle"] == f"event: malignant; AUC {tm.roc_auc(CANCER, 'obs', EVENT)['.estimate'].item():.3f}"


@pytest.mark.parametrize("name", ["roc", "pr", "gain"])
def test_square(name: str) -> None:
    chart = autoplot(CURVES[name][0](CANCER, "obs", EVENT))
    spec, encoding = chart.to_dict(), line_of(chart)["encoding"]
    top = 100 if name == "gain" else 1
    assert encoding["x"]["scale"] == encoding["y"]["scale"] == {"domain": [0, top], "nice": False}
    assert spec["width"] == spec["height"]
    assert encoding["color"] == {"value": "#0072B2"}


def test_coordinates_and_thresholds() -> None:
    df = pl.DataFrame({"obs": [True, False, True, False], "score": [0.9, 0.8, 0.7, 0.3]})
    points = rows_of(autoplot(tm.roc_curve(df, "obs", "score")), "curve")
    assert [row["x"] for row in points] == [1.0, 1.0, 0.5, 0.5, 0.0, 0.0]
    assert [row["y"] for row in points] == [1.0, 1.0, 1.0, 0.5, 0.5, 0.0]
    assert [row["threshold"] for row in points] == ["-\u221e", "0.3", "0.7", "0.8", "0.9", "\u221e"]
    assert [row["order"] for row in points] == list(range(6))


def test_guides() -> None:
    def guide(name: str) -> list[tuple[float, float]]:
        return [(row["x"], row["y"]) for row in rows_of(autoplot(CURVES[name][0](CANCER, "obs", EVENT)), "guide")]

    assert guide("roc") == [(0, 0), (1, 1)]
    assert guide("gain") == [(0, 0), (100, 100)]
    assert guide("lift") == [(0, 1), (100, 1)]
    share = (CANCER["obs"] == "malignant").mean()
    assert guide("pr") == [(0, pytest.approx(share)), (1, pytest.approx(share))]
    dashed = layers_of(autoplot(tm.roc_curve(CANCER, "obs", EVENT)))[0]
    assert dashed["mark"]["strokeDash"]
    assert dashed["transform"] == [{"filter": "datum.part === 'guide'"}]


@pytest.mark.parametrize("by", [None, "Resample"])
def test_perfect_gain(by: str | None) -> None:
    outline = rows_of(autoplot(tm.gain_curve(CANCER, "obs", EVENT, by=by)), "perfect")
    share = 100 * (CANCER["obs"] == "malignant").mean()
    assert [row["x"] for row in outline] == pytest.approx([0, share, 100])
    assert [row["y"] for row in outline] == [0, 100, 100]
    assert [row["low"] for row in outline] == pytest.approx([0, share, 100])


def test_perfect_gain_of_each_level() -> None:
    outline = rows_of(autoplot(tm.gain_curve(DIGITS, "obs", CLASSES, by="Resample")), "perfect")
    corners = {row["panel"]: row["x"] for row in outline[1::3]}
    assert corners == {str(i): pytest.approx(100 * (DIGITS["obs"] == str(i)).mean()) for i in range(10)}


def test_tooltips() -> None:
    def fields(name: str, by: str | None) -> list[str]:
        chart = autoplot(CURVES[name][0](CANCER, "obs", EVENT, by=by))
        return [tip["title"] for tip in layers_of(chart)[-1]["encoding"]["tooltip"]]

    assert fields("gain", "Resample") == ["Resample", ".n", ".n_events", *CURVES["gain"][2:]]
    assert fields("pr", None) == ["threshold", "recall", "precision"]
    assert fields("gain", None) == [".n", ".n_events", "rows tested (%)", "events found (%)"]
    assert fields("lift", None) == [".n", ".n_events", "rows tested (%)", "lift"]


def test_curves_of_survival_have_a_line_an_evaluation_time(tmp_path: Any) -> None:
    sites = SURVIVAL.rename({"Resample": "site"})
    for by, legend, lines in ((None, ".eval_time", 4), ("site", "site / .eval_time", 40)):
        curve = tm.roc_curve_survival(sites, ("time", "event"), ".pred_survival", by=by, **AT)
        for frame in (curve, curve.select(".eval_time", pl.exclude(".eval_time"))):
            chart = autoplot(frame)
            assert len({row["line"] for row in rows_of(chart, "curve")}) == lines
        assert {tip["title"] for tip in layers_of(autoplot(curve))[-1]["encoding"]["tooltip"]} >= {legend, "threshold"}
        assert draws(chart, tmp_path)


def test_levels_of_an_ungrouped_curve_share_a_panel() -> None:
    colour = line_of(autoplot(tm.roc_curve(DIGITS, "obs", CLASSES)))["encoding"]["color"]
    assert colour["legend"]["title"] == ".level"
    area = tm.roc_auc(DIGITS.with_columns(pl.col("obs") == "3"), "obs", CLASSES[3], event=True)[".estimate"].item()
    assert colour["scale"]["domain"][3] == f"3, AUC {area:.3f}"


def test_the_first_rows_do_not_stretch_a_lift() -> None:
    df = pl.DataFrame({"obs": [True] + [False] * 30 + [True, False] * 40, "score": np.linspace(1, 0, 111)})
    result = tm.lift_curve(df, "obs", "score")
    top = line_of(autoplot(result))["encoding"]["y"]["scale"]["domain"][1]
    assert top < result[".lift"].max() * 0.9
    assert line_of(autoplot(result))["mark"]["clip"]


def test_levels_are_panels(tmp_path: Any) -> None:
    chart = autoplot(tm.gain_curve(DIGITS, "obs", CLASSES), title="Digits")
    spec = chart.to_dict()
    assert spec["title"]["text"] == "Digits"
    assert spec["facet"]["field"] == "panel"
    assert spec["facet"]["sort"] == [str(i) for i in range(10)]
    assert spec["columns"] == 5
    assert spec["spec"]["width"] == spec["spec"]["height"]
    assert {row["panel"] for row in rows_of(chart, "guide")} == {str(i) for i in range(10)}
    assert draws(chart, tmp_path)


def test_many_groups_are_grey(tmp_path: Any) -> None:
    df = CANCER.with_columns(pl.col("row") % 21)
    line = line_of(autoplot(tm.gain_curve(df, "obs", EVENT, by="row")))
    assert line["encoding"]["color"] == {"value": "#8a8a8a"}
    assert line["encoding"]["detail"]["field"] == "line"
    assert line["mark"]["strokeWidth"] < 1
    colours = line_of(autoplot(tm.gain_curve(df.filter(pl.col("row") > 0), "obs", EVENT, by="row")))["encoding"]["color"]
    assert colours["scale"]["scheme"] == "viridis"


def test_undefined_points_are_left_out(tmp_path: Any) -> None:
    df = pl.DataFrame({"g": ["a", "a", "b", "b"], "obs": [True, False, False, False], "score": [0.9, 0.8, 0.7, 0.3]})
    with pytest.warns(tm.UndefinedMetricWarning):
        result = tm.gain_curve(df, "obs", "score", by="g")
    chart = autoplot(result)
    assert sum(row["group"] == "b" for row in rows_of(chart, "curve")) == 1
    assert rows_of(chart, "perfect")[1]["x"] == 25
    assert draws(chart, tmp_path)
    for empty in (autoplot(result.clear()), autoplot(result.drop("g").clear())):
        assert rows_of(empty, "curve") == []
        assert draws(empty, tmp_path)


def test_null_group_is_not_the_text_null() -> None:
    df = pl.DataFrame({"g": [None, None, "null", "null"], "obs": [True, False] * 2, "score": [0.9, 0.8, 0.7, 0.3]})
    points = rows_of(autoplot(tm.gain_curve(df, "obs", "score", by="g")), "curve")
    assert {(row["group"], row["line"]) for row in points} == {("null", 0), ("null", 1)}


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_odd_names_in_any_frame(library: str, tmp_path: Any) -> None:
    chart = autoplot(odd_frame(library))
    encoding = line_of(chart)["encoding"]
    assert encoding["color"]["legend"]["title"] == " / ".join(ODD)
    assert encoding["color"]["scale"]["domain"] == [f"Fold0{i} / 1 / x, AUC 1.000" for i in (1, 2)]
    assert rows_of(chart) == rows_of(autoplot(odd_frame("polars")))
    assert draws(chart, tmp_path)


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_frames_with_nulls(library: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    result = tm.lift_curve(CANCER, "obs", EVENT, by="Resample")
    other = result.to_arrow() if library == "pyarrow" else result.to_pandas(use_pyarrow_extension_array=True)
    assert rows_of(autoplot(other)) == rows_of(autoplot(result))


@pytest.mark.parametrize("other", [pl.DataFrame({"a": [1]}), pl.LazyFrame({".lift": [1.0]}), [1, 2], None, "roc"])
def test_what_cannot_be_drawn(other: Any) -> None:
    with pytest.raises(OptionError, match=r"draws the results of roc_curve\(\), pr_curve\(\), .*tidy results of metrics"):
        autoplot(other)


def test_curve_of_text() -> None:
    with pytest.raises(OptionError, match="column 'recall': expected numbers"):
        autoplot(pl.DataFrame({".threshold": [0.5], "recall": ["high"], "precision": [1.0]}))


# Thinning -----------------------------------------------------------------------------------------


def area(x: Any, y: Any) -> float:
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


def long_curves() -> dict[str, tuple[Any, Any]]:
    n = 5_000_000
    rng = np.random.default_rng(1)
    events = rng.random(n) < np.linspace(0.9, 0.0, n) ** 2
    found, others = np.cumsum(events) / events.sum(), np.cumsum(~events) / (~events).sum()
    tested = np.arange(1, n + 1)
    ramp = np.linspace(0, 1, n)
    return {
        "roc": (others, found),
        "pr": (found, np.cumsum(events) / tested),
        "steps": (np.round(ramp * 40) / 40, np.round(np.sqrt(ramp) * 40) / 40),
        "corner": (np.maximum(0, 2 * ramp - 1), np.minimum(1, 2 * ramp)),
    }


def test_thinning_long_curves() -> None:
    for name, (x, y) in long_curves().items():
        start = time.perf_counter()
        kept = thin(x, y)
        took = time.perf_counter() - start
        assert took < 3, name  # 0.2 s at rest; a loaded machine gets some grace
        assert len(kept) <= MOST_POINTS
        assert kept[0] == 0
        assert kept[-1] == len(x) - 1
        assert (np.diff(kept) > 0).all()
        assert abs(area(x[kept], y[kept]) - area(x, y)) < 1e-3, name


def test_thinning_keeps_corners_and_spikes() -> None:
    x = np.linspace(0, 1, 100_001)
    y = np.where(np.arange(100_001) > 30_000, 0.7, 0.0)
    y[60_000] = 1.0
    kept = thin(x, y, most=100)
    assert {30_000, 30_001, 60_000} <= set(kept.tolist())
    stairs = np.repeat(np.arange(21) / 20, 5_000)
    x, y = stairs[2_500:-2_500], stairs[:-5_000]
    kept = thin(x, y, most=500)
    assert area(x[kept], y[kept]) == pytest.approx(area(x, y), abs=1e-3)


@pytest.mark.parametrize("n", [0, 1, 2, 2_000])
def test_short_lines_stay(n: int) -> None:
    assert thin(np.arange(float(n)), np.zeros(n)).tolist() == list(range(n))


def test_thinning_one_place() -> None:
    kept = thin(np.ones(10_000), np.ones(10_000))
    assert kept[0] == 0
    assert kept[-1] == 9_999
    assert len(kept) <= MOST_POINTS


def test_long_curves_give_small_charts(tmp_path: Any) -> None:
    rng = np.random.default_rng(2)
    n = 300_000
    df = pl.DataFrame({"g": rng.integers(0, 2, n), "obs": rng.random(n) < 0.3, "score": rng.random(n)})
    chart = autoplot(tm.roc_curve(df, "obs", "score", by="g"))
    assert 2_000 < len(rows_of(chart, "curve")) <= 2 * MOST_POINTS
    assert draws(chart, tmp_path)


# Metrics ------------------------------------------------------------------------------------------

SET = tm.metric_set(tm.accuracy, tm.bal_accuracy, tm.kap)


def panels_of(chart: Any) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of each panel of a chart of metrics, by its title."""
    spec = chart.to_dict()
    return {
        panel.get("title", {}).get("text", ""): spec["datasets"][panel.get("data", spec.get("data"))["name"]]
        for panel in spec["vconcat"]
    }


def test_metrics_by_fold(tmp_path: Any) -> None:
    result = SET(DIGITS, "obs", "pred", by="Resample")
    chart = autoplot(result)
    panels = panels_of(chart)
    assert list(panels) == ["accuracy", "bal_accuracy", "kap"]
    assert {sum(row["part"] == "dot" for row in rows) for rows in panels.values()} == {10}
    means = {name: row["estimate"] for name, rows in panels.items() for row in rows if row["part"] == "mean"}
    wanted = result.group_by(".metric").agg(pl.col(".estimate").mean())
    assert means == {name: pytest.approx(value) for name, value in wanted.iter_rows()}
    dots = chart.to_dict()["vconcat"][0]["layer"][1]
    assert dots["encoding"]["color"] == {"value": "#0072B2"}
    assert [tip["title"] for tip in dots["encoding"]["tooltip"]] == ["Resample", ".estimate"]
    assert chart.to_dict()["title"]["subtitle"] == "by Resample; bar: the mean"
    assert draws(chart, tmp_path)


def test_models_and_folds_have_a_row_and_a_mean_per_model(tmp_path: Any) -> None:
    models = pl.concat([DIGITS.with_columns(model=pl.lit(m)) for m in ("a", "b")])
    chart = autoplot(SET(models, "obs", "pred", by=["model", "Resample"]))
    for rows in panels_of(chart).values():
        assert [row["row"] for row in rows if row["part"] == "mean"] == ["a", "b"]
        assert sum(row["part"] == "dot" for row in rows) == 20
    assert chart.to_dict()["vconcat"][0]["layer"][0]["encoding"]["y"]["sort"] == ["a", "b"]
    assert draws(chart, tmp_path)


def test_the_best_value_has_a_line_where_it_is_no_end() -> None:
    rows = panels_of(autoplot(tm.metric_set(tm.rmse, tm.msd)(DIABETES, "obs", "pred", by="Resample")))
    assert [row["estimate"] for row in rows["msd"] if row["part"] == "aim"] == [0.0]
    assert not any(row["part"] == "aim" for row in rows["rmse"])


def test_a_standard_error_alone_is_a_rule_each_way() -> None:
    result = tm.accuracy(CANCER, "obs", "pred", by="Resample").with_columns(pl.lit(0.01).alias(".std_error"))
    chart = autoplot(result)
    row = panels_of(chart)["accuracy"][0]
    assert row["upper"] - row["lower"] == pytest.approx(0.02)
    assert chart.to_dict()["title"]["subtitle"] == "by Resample; rules: one standard error"


def test_axes_end_where_the_range_ends() -> None:
    result = SET(DIGITS, "obs", "obs", by="Resample")
    for panel in autoplot(result).to_dict()["vconcat"]:
        assert panel["layer"][1]["encoding"]["x"]["scale"]["domain"][1] == 1.0


def test_metrics_of_survival_have_a_panel_an_evaluation_time(tmp_path: Any) -> None:
    chosen = tm.metric_set(tm.brier_survival, tm.brier_survival_integrated)
    result = chosen(SURVIVAL, ("time", "event"), ".pred_survival", by="Resample", **AT)
    panels = panels_of(autoplot(result))
    assert list(panels) == [*(f"brier_survival at {t}" for t in (1, 2, 3, 5)), "brier_survival_integrated"]
    at_five = result.filter(pl.col(".eval_time") == 5)
    mean = next(row for row in panels["brier_survival at 5"] if row["part"] == "mean")
    assert mean["estimate"] == pytest.approx(at_five[".estimate"].mean())
    assert draws(autoplot(result), tmp_path)


def test_ungrouped_metrics_are_labelled_dots(tmp_path: Any) -> None:
    result = SET(DIGITS, "obs", "pred")
    chart = autoplot(result, title="Digits")
    assert chart.to_dict()["title"]["text"] == "Digits"
    (rows,) = panels_of(chart).values()
    assert [row["row"] for row in rows] == result[".metric"].to_list()
    assert [row["text"] for row in rows] == [f"{value:.3f}" for value in result[".estimate"]]
    assert chart.to_dict()["vconcat"][0]["layer"][2]["mark"]["type"] == "text"
    numbers = autoplot(tm.report(DIABETES, "obs", "pred"))  # of other ranges: an axis each
    assert list(panels_of(numbers)) == ["rmse", "mae", "msd", "rsq", "ccc"]
    assert draws(chart, tmp_path)


def test_metrics_with_levels_and_estimators(tmp_path: Any) -> None:
    df = pl.DataFrame(
        {
            "g": ["a", "b"] * 4,
            ".level": ["x", "x", "y", "y"] * 2,
            ".metric": ["recall"] * 8,
            ".estimator": ["macro"] * 4 + ["micro"] * 4,
            ".estimate": [0.1, 0.2, 0.3, None, 0.5, 0.6, 0.7, float("nan")],
        }
    )
    chart = autoplot(df)
    panels = panels_of(chart)
    assert list(panels) == ["recall (macro)", "recall (micro)"]
    assert chart.to_dict()["vconcat"][0]["layer"][1]["encoding"]["y"]["sort"] == ["x", "y"]
    assert sum(row["part"] == "dot" for rows in panels.values() for row in rows) == 6
    assert draws(chart, tmp_path)


def test_metrics_of_very_many_groups() -> None:
    df = pl.DataFrame({"g": [f"g{i}" for i in range(6_000)]}).with_row_index("i")
    df = df.select(
        *("g", pl.lit("mae").alias(".metric"), pl.lit("standard").alias(".estimator")),
        pl.col("i").cast(pl.Float64).alias(".estimate"),
    )
    chart = autoplot(df)
    (rows,) = panels_of(chart).values()
    assert sum(row["part"] == "dot" for row in rows) == 5_000
    assert next(row for row in rows if row["part"] == "mean")["estimate"] == pytest.approx(2_999.5)
    assert "sample" in chart.to_dict()["title"]["subtitle"]


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("us"), pl.Datetime("ns", "UTC")])
def test_dates_are_an_axis_with_lines(kind: Any, tmp_path: Any) -> None:
    weeks = pl.Series([date(2026, 1, 5), date(2026, 1, 12), date(2026, 2, 2)] * 50).cast(kind)
    df = CANCER.head(150).with_columns(week=weeks)
    chart = autoplot(tm.accuracy(df, "obs", "pred", by="week"))
    rows = rows_of(chart, "line")
    assert [row["x"] for row in rows] == [1767571200000.0, 1768176000000.0, 1769990400000.0]
    assert layers_of(chart)[0]["mark"]["type"] == "line"
    assert layers_of(chart)[0]["encoding"]["x"]["scale"]["type"] == "utc"
    assert draws(chart, tmp_path)


def test_other_results_are_drawn_or_say_what_shows_them(tmp_path: Any) -> None:
    matrix = tm.conf_mat(DIGITS, "obs", "pred")
    assert autoplot(matrix, title="Digits").to_dict()["title"]["text"] == "Digits"
    assert rows_of(autoplot(matrix.tidy())) == rows_of(matrix.plot())
    best = tm.best_threshold(CANCER, "obs", EVENT, metric=tm.j_index, metrics=tm.metric_set(tm.sens, tm.spec), by="Resample")
    assert list(panels_of(autoplot(best))) == ["j_index", "sens", "spec"]
    clusters = pl.DataFrame({"k": ["a", "a", "b", "b"], "c": [1, 1, 2, 2], "x": [1.0, 2.0, 4.0, 6.0]})
    (rows,) = panels_of(autoplot(tm.sse_within(clusters, "c", ["x"]))).values()
    assert {row["row"]: row["estimate"] for row in rows} == {"1": 0.5, "2": 2.0}
    with pytest.raises(OptionError, match=r"Pass the result itself, not wide\(\) of it"):
        autoplot(tm.wide(SET(DIGITS, "obs", "pred", by="Resample")))
    with pytest.raises(OptionError, match=r"tm.as_table\(result\) shows any other table"):
        autoplot(tm.pair_confusion(clusters, "k", "c"))


def test_charts_show_without_a_network() -> None:
    altair = pytest.importorskip("altair")
    chart = autoplot(tm.roc_curve(CANCER, "obs", EVENT))
    assert isinstance(chart, altair.LayerChart)
    shown = chart._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}
    assert "https" not in shown["image/svg+xml"].replace("http://www.w3.org", "")
    with altair.renderers.enable("json"):
        assert "application/json" in chart._repr_mimebundle_()[0]


def test_texts_follow_a_dark_theme() -> None:
    altair = pytest.importorskip("altair")
    with altair.theme.enable("dark"):
        spec = autoplot(SET(DIGITS, "obs", "pred")).to_dict()
    text = spec["vconcat"][0]["layer"][2]["mark"]["color"]
    assert "luminance(background" in text["expr"]
    assert not {"labelColor", "titleColor"} & set(spec["vconcat"][0]["layer"][1]["encoding"]["x"]["axis"])
    assert "color" not in spec["title"]


# Confusion matrices -------------------------------------------------------------------------------


def test_heatmap(tmp_path: Any) -> None:
    chart = plot_confusion(cells())
    rows = rows_of(chart)
    assert len(rows) == 100
    assert sum(row["count"] for row in rows) == len(DIGITS)
    one = next(row for row in rows if row["truth"] == row["prediction"] == "8")
    assert one["share"] == pytest.approx(one["count"] / (DIGITS["obs"] == "8").sum())
    rect, text, shares = layers_of(chart)
    assert shares["encoding"]["text"]["field"] == "share"
    assert rect["encoding"]["x"]["field"] == "truth"
    assert rect["encoding"]["y"]["field"] == "prediction"
    assert rect["encoding"]["x"]["sort"] == rect["encoding"]["y"]["sort"] == [str(i) for i in range(10)]
    assert rect["encoding"]["color"]["scale"]["domain"] == [0, 1]
    assert text["encoding"]["text"] == {"field": "count", "format": ",", "type": "quantitative"}
    assert text["encoding"]["color"]["condition"][0] == {"test": "datum.share > 0.5", "value": "white"}
    assert draws(chart, tmp_path)


def test_shares_of_a_heatmap() -> None:
    matrix = tm.ConfusionMatrix([[8, 1], [2, 9]], ["a", "b"])
    for normalize, share in ((None, 0.8), ("truth", 0.8), ("estimate", 8 / 9), ("all", 0.4)):
        chart = matrix.plot(normalize=normalize)
        assert rows_of(chart)[0]["share"] == pytest.approx(share)
        first = layers_of(chart)[1]["encoding"]["text"]["field"]
        assert first == ("count" if normalize is None else "share")
    assert matrix.plot("mosaic", title="Two").to_dict()["title"]["text"] == "Two"
    with pytest.raises(OptionError, match="normalize=.*expected 'truth', 'estimate', 'all' or None; got 'rows'"):
        matrix.plot(normalize="rows")
    with pytest.raises(OptionError, match="a mosaic shows shares of the truth"):
        matrix.plot("mosaic", normalize="all")


def test_twenty_classes_have_one_text_per_cell() -> None:
    names = [f"class {i:02}" for i in range(20)]
    chart = plot_confusion(pl.DataFrame({"Prediction": names, "Truth": names, "Freq": 123}))
    assert len(layers_of(chart)) == 2
    assert layers_of(chart)[1]["mark"]["fontSize"] >= 8


def test_mosaic(tmp_path: Any) -> None:
    chart = plot_confusion(cells(), kind="mosaic", title="Digits")
    assert chart.to_dict()["title"]["text"] == "Digits"
    rows = rows_of(chart, "cell")
    assert len(rows) == len(cells())
    assert sum((row["x2"] - row["x"]) * (row["y2"] - row["y"]) for row in rows) == pytest.approx(1)
    for row in rows:
        assert row["x2"] - row["x"] == pytest.approx((DIGITS["obs"] == row["truth"]).mean())
        assert row["y2"] - row["y"] == pytest.approx(row["share"])
    assert [row["truth"] for row in rows_of(chart, "label")] == [str(i) for i in range(10)]
    assert layers_of(chart)[0]["encoding"]["color"]["legend"]["title"] == "Prediction"
    assert draws(chart, tmp_path)


@pytest.mark.parametrize("kind", ["heatmap", "mosaic"])
@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_confusion_by_group(kind: str, library: str, tmp_path: Any) -> None:
    df = cells("Resample").filter(pl.col("Resample") < "Fold04").rename({"Resample": ODD[0]})
    if library != "polars":
        pytest.importorskip("pyarrow")
        pytest.importorskip("pandas")
        df = df.to_pandas() if library == "pandas" else df.to_arrow()
    chart = plot_confusion(df, kind)
    spec = chart.to_dict()
    assert spec["facet"]["sort"] == ["Fold01", "Fold02", "Fold03"]
    assert spec["title"]["subtitle"] == f"by {ODD[0]}"
    assert {row["panel"] for row in rows_of(chart)} == {"Fold01", "Fold02", "Fold03"}
    assert draws(chart, tmp_path)


@pytest.mark.parametrize("kind", ["heatmap", "mosaic"])
def test_confusion_of_weights_long_names_and_absent_truths(kind: str, tmp_path: Any) -> None:
    names = ["a very long name of a class", "another very long name", "the third long name"]
    df = pl.DataFrame({"Prediction": names, "Truth": [names[0], names[0], names[1]], "Freq": [1.5, 2.0, None]})
    chart = plot_confusion(df, kind)
    counts = [row["count"] for row in rows_of(chart) if "count" in row]
    assert sum(counts) == 3.5
    tooltip = layers_of(chart)[0]["encoding"]["tooltip"]
    assert next(tip["format"] for tip in tooltip if tip["title"] == "Freq") == ",.1f"
    assert draws(chart, tmp_path)


def test_order_of_levels() -> None:
    def order(prediction: list[Any], truth: list[Any]) -> list[str]:
        df = pl.DataFrame({"Prediction": prediction, "Truth": truth, "Freq": [1] * len(truth)})
        return layers_of(plot_confusion(df))[0]["encoding"]["x"]["sort"]

    assert order([10, 9], [2, 10]) == ["2", "9", "10"]
    assert order(["b", "c"], ["z", "a"]) == ["z", "a", "b", "c"]
    assert order([True, False], [True, None]) == ["True", "null", "False"]
    assert len(layers_of(plot_confusion(pl.DataFrame({"Prediction": range(30), "Truth": range(30), "Freq": 1})))) == 1


def test_order_of_pandas_categories() -> None:
    pd = pytest.importorskip("pandas")
    values = pd.Categorical(["b", "a"], categories=["z", "b", "a"])
    df = pd.DataFrame({"Prediction": values, "Truth": values, "Freq": [1, 2]})
    assert layers_of(plot_confusion(df))[0]["encoding"]["x"]["sort"] == ["b", "a"]


def test_confusion_errors() -> None:
    with pytest.raises(OptionError, match=r"kind=.*'heatmap' or 'mosaic'; got 'pie'"):
        plot_confusion(cells(), kind="pie")
    with pytest.raises(OptionError, match="columns Prediction, Truth and Freq; this frame has the columns 'a'"):
        plot_confusion(pl.DataFrame({"a": [1]}))
    with pytest.raises(OptionError, match="got dict"):
        plot_confusion({"Prediction": []})


# Residuals ----------------------------------------------------------------------------------------


def test_residuals(tmp_path: Any) -> None:
    chart = residuals_plot(DIABETES, "obs", "pred")
    spec = chart.to_dict()
    points = rows_of(chart)
    assert len(points) == len(DIABETES)
    assert [row["residual"] for row in points] == pytest.approx((DIABETES["obs"] - DIABETES["pred"]).to_list())
    left, right = spec["hconcat"]
    x, y = (left["layer"][0]["encoding"][name] for name in "xy")
    assert x["scale"] == y["scale"]
    assert (x["axis"]["title"], y["axis"]["title"]) == ("pred (estimate)", "obs (truth)")
    assert right["layer"][0]["encoding"]["y"]["field"] == "residual"
    identity, zero = (spec["datasets"][panel["layer"][1]["data"]["name"]] for panel in (left, right))
    assert all(row["x"] == row["y"] for row in identity)
    assert [row["residual"] for row in zero] == [0, 0]
    assert "subtitle" not in spec["title"]
    assert draws(chart, tmp_path)


def test_residuals_by_odd_names(tmp_path: Any) -> None:
    df = DIABETES.select(
        pl.col("obs").alias("o.b[s]"), pl.col("pred").alias('"p" d'), pl.col("Resample").alias(ODD[0]), pl.lit(1).alias(ODD[2])
    )
    chart = residuals_plot(df, "o.b[s]", '"p" d', by=[ODD[0], ODD[2]], title="Diabetes")
    encoding = chart.to_dict()["hconcat"][0]["layer"][0]["encoding"]
    assert encoding["color"]["legend"]["title"] == f"{ODD[0]} / {ODD[2]}"
    assert encoding["tooltip"][1]["title"] == '"p" d (estimate)'
    assert chart.to_dict()["title"]["text"] == "Diabetes"
    assert draws(chart, tmp_path)


def test_residuals_of_many_rows() -> None:
    df = pl.DataFrame({"obs": np.arange(20_001.0), "pred": np.arange(20_001.0) + 1}).with_columns(
        pl.when(pl.col("obs") < 1).then(None).otherwise(pl.col("obs")).alias("obs")
    )
    df = df.with_columns(g=pl.lit("a"))
    chart = residuals_plot(df, "obs", "pred", by="g")
    assert len(rows_of(chart)) == 5_000
    assert chart.to_dict()["title"]["subtitle"] == "5,000 of 20,000 rows: a sample"
    assert rows_of(chart) == rows_of(residuals_plot(df, "obs", "pred", by="g"))
    spec = residuals_plot(df, "obs", "pred").to_dict()
    left, right = (panel["layer"] for panel in spec["hconcat"])
    for panel in (left, right):
        cells_of_rows = spec["datasets"][panel[0]["data"]["name"]]
        assert sum(cell["n"] for cell in cells_of_rows) == 20_000
    smooth = spec["datasets"][right[2]["data"]["name"]]
    assert [row["residual"] for row in smooth] == pytest.approx([-1.0] * 25)


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_residuals_of_other_frames(library: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    other = DIABETES.to_pandas() if library == "pandas" else DIABETES.to_arrow()
    mine, theirs = (residuals_plot(df, "obs", "pred", by="Resample") for df in (DIABETES, other))
    assert rows_of(theirs) == rows_of(mine)


def test_residuals_of_nothing(tmp_path: Any) -> None:
    chart = residuals_plot(pl.DataFrame({"obs": [1.0, None], "pred": [float("nan"), 2.0]}), "obs", "pred")
    assert rows_of(chart) == []
    assert draws(chart, tmp_path)


def test_residuals_errors() -> None:
    with pytest.raises(ColumnNotFoundError, match=r"truth='obss'.*Did you mean 'obs'"):
        residuals_plot(DIABETES, "obss", "pred")
    with pytest.raises(ColumnNotFoundError, match="by='fold'"):
        residuals_plot(DIABETES, "obs", "pred", by="fold")
    with pytest.raises(OptionError, match="column 'Resample': expected numbers"):
        residuals_plot(DIABETES, "obs", "Resample")
    with pytest.raises(OptionError, match="draws a dataframe; got int"):
        residuals_plot(1, "obs", "pred")


# The extra ----------------------------------------------------------------------------------------


def test_without_altair(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "altair":
            raise ImportError(name)
        return ordinary(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    for draw in (
        lambda: autoplot(tm.roc_curve(CANCER, "obs", EVENT)),
        lambda: plot_confusion(cells()),
        lambda: residuals_plot(DIABETES, "obs", "pred"),
    ):
        with pytest.raises(EngineError, match=r"plots need Altair: pip install 'tidymetrics\[plot\]'"):
            draw()


def test_charts_stand_side_by_side(tmp_path: Any) -> None:
    chart = autoplot(tm.roc_curve(CANCER, "obs", EVENT)) | autoplot(tm.roc_curve(DIGITS, "obs", CLASSES))
    assert draws(chart, tmp_path)


def test_rankings_are_lines_over_k() -> None:
    df = data.rankings()
    score = tm.metric_set(tm.ndcg, tm.recall_at_k, tm.r_precision)
    found = score(df, "obs", "pred", query="query", by="site", k=[1, 5, None], no_relevant="drop")
    chart = tm.autoplot(found).to_dict()
    (shown,) = chart["datasets"].values() if "datasets" in chart else (chart["data"]["values"],)
    assert {row["panel"] for row in shown} == {"ndcg", "recall_at_k"}  # the whole list has no place
    assert [row["k"] for row in shown if row["panel"] == "ndcg"] == [1.0, 5.0] * 3
    assert chart["spec"]["mark"]["type"] == "line"
    assert chart["title"]["subtitle"] == "by site"
    one = tm.autoplot(found.filter(pl.col(".k") == 1)).to_dict()  # dots, as for other metrics
    assert "layer" in one["spec"]
