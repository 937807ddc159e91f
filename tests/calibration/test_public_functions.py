"""What the functions of calibration promise beyond the reference cases."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, r2_score

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.__main__ import main


def perfect(n: int, seed: int) -> pl.DataFrame:
    """Probabilities that are true."""
    random = np.random.default_rng(seed)
    p = random.uniform(size=n)
    return pl.DataFrame({"p": p, "obs": random.uniform(size=n) < p})


def test_a_perfect_model_has_an_error_that_its_baseline_shows() -> None:
    found = [tm.with_baseline(tm.expected_calibration_error)(perfect(200, seed), "obs", "p").row(0) for seed in range(60)]
    error, chance = np.array([row[2:4] for row in found]).mean(axis=0)
    assert error == pytest.approx(0.07, abs=0.01)
    assert chance == pytest.approx(error, abs=0.01)
    assert {row[4] for row in found} == {None}
    assert "perfect model" in (tm.expected_calibration_error.__doc__ or "").split("\n\n")[1]


def test_a_slope_is_undefined_where_scores_separate_the_classes() -> None:
    df = pl.DataFrame({"obs": [True, True, False, False], "p": [0.9, 0.8, 0.2, 0.1]})
    with pytest.warns(tm.UndefinedMetricWarning, match="the scores separate the classes: the slope has no finite value"):
        assert tm.calibration_slope(df, "obs", "p")[".estimate"].item() is None


def test_tuned_recall_does_not_flag_everybody() -> None:
    df = pl.DataFrame({"obs": [True, True, False, False], "p": [0.9, 0.8, 0.2, 0.1]})
    assert tm.best_threshold(df, "obs", "p", metric=tm.recall)[".threshold"].item() == 0.8


def test_no_threshold_meets_a_constraint() -> None:
    df = pl.DataFrame({"obs": [True, False], "p": [0.2, 0.9]})
    with pytest.warns(tm.UndefinedMetricWarning, match="no threshold meets precision >= 0.9"):
        found = tm.best_threshold(df, "obs", "p", constraint=(tm.precision, ">=", 0.9))
    assert found[".threshold"].to_list() == [None, None]


def test_direction_target() -> None:
    record = tm.calibration_slope.metric
    assert (record.direction, record.target_of({})) == ("target", 1.0)
    assert tm.interval_coverage.metric.target_of({"level": 0.8}) == 0.8
    assert "Closer to 1 is better." in (tm.calibration_slope.__doc__ or "")
    assert tm.metric_set(tm.calibration_slope, tm.brier_class).as_frame()["target"].to_list() == [1.0, None]
    with pytest.raises(tm.OptionError, match="go together"):
        tm.metric_from_vec(lambda t, e: 1.0, kind="numeric", direction="target", name="aimless")
    df = perfect(300, 1)
    x, y = df.select("p").to_numpy(), df["obs"].to_numpy()
    model = LogisticRegression().fit(x, y)
    slope = tm.calibration_slope_vec(y, model.predict_proba(x)[:, 1])
    assert tm.sklearn_scorer(tm.calibration_slope)(model, x, y) == pytest.approx(-abs(slope - 1))


def test_skill_is_a_metric() -> None:
    skill = tm.skill(tm.brier_class)
    again = pickle.loads(pickle.dumps(skill))
    df = perfect(100, 2).with_columns(g=pl.Series(range(100)) % 3)
    assert again(df, "obs", "p", by="g").equals(skill(df, "obs", "p", by="g"))
    together = tm.metric_set(tm.brier_class, skill)(df, "obs", "p")
    assert together[".metric"].to_list() == ["brier_class", "skill_brier_class"]
    for metric in (tm.msd, tm.calibration_slope, tm.weighted_interval_score, tm.expected_calibration_error):
        with pytest.raises(tm.OptionError):
            tm.skill(metric)


def test_the_baseline_of_a_forecast_follows_the_order_of_rows() -> None:
    df = data.numbers().with_row_index("t").with_columns(g=pl.col("t") % 2)
    expected = tm.with_baseline(tm.mase)(df, "obs", "pred", by="g")
    assert expected[".baseline"].item(0) == pytest.approx(
        tm.mase_vec((own := df.filter(pl.col("g") == 0))["obs"].to_numpy(), np.full(len(own), own["obs"].mean()))
    )
    shuffled = df.sample(fraction=1, shuffle=True, seed=1)
    for given in (df, shuffled, shuffled.lazy()):
        found = tm.with_baseline(tm.mase)(given, "obs", "pred", by="g", order_by="t")
        for column in (".estimate", ".baseline", ".skill"):
            assert found[column].to_list() == pytest.approx(expected[column].to_list())


@pytest.mark.parametrize("weights", [{}, {"case_weights": "w"}], ids=["plain", "weighted"])
def test_own_class_metrics_have_baselines(weights: dict[str, str]) -> None:
    own = tm.from_sklearn(accuracy_score, direction="maximize", range=(0, 1), name="own_accuracy")
    df = data.classes().with_columns(w=pl.int_range(pl.len()) % 3)
    for baseline in ("most_frequent", "stratified", "uniform") if weights else ("most_frequent",):
        found = tm.with_baseline(tm.metric_set(tm.accuracy, own), baseline)(df, "obs", "pred", by="fold", **weights)
        one, other = (found.filter(pl.col(".metric") == name)[".baseline"] for name in ("accuracy", "own_accuracy"))
        assert one.to_list() == pytest.approx(other.to_list())
    if not weights:  # parts of rows need weights
        assert tm.with_baseline(own, "stratified")(df, "obs", "pred")[".baseline"].item() is None


@pytest.mark.parametrize("lazy", [False, True])
def test_costs_name_the_levels(lazy: bool) -> None:
    df = perfect(60, 8).with_columns(obs=pl.when("obs").then(pl.lit("sick")).otherwise(pl.lit("well")))
    costs = {"truth": ["sick", "well"], "estimate": ["well", "sick"], "cost": [10, 1]}
    metric = tm.decision_cost.tweak(costs=costs)
    found = tm.best_threshold(df.lazy() if lazy else df, "obs", "p", event="sick", metric=metric)
    decided = tm.class_from_prob(df, "p", levels=["sick", "well"], threshold=found[".threshold"].item())
    assert found[".estimate"].item() == pytest.approx(metric(decided, "obs", ".pred_class")[".estimate"].item())


def test_metrics_of_any_maker_have_a_target() -> None:
    df = data.numbers()
    own = tm.from_sklearn(r2_score, kind="numeric", direction="target", target=0.5, name="own_r2")
    assert own.metric.goodness(own(df, "obs", "pred")[".estimate"].item(), {}) <= 0
    ratio = tm.new_groupwise_metric(tm.accuracy, "own_ratio", tm.groupwise_ratio, direction="target", target=1.0)("site")
    assert (ratio.metric.direction, ratio.metric.target_of({})) == ("target", 1.0)
    for make_one in (
        lambda: tm.from_sklearn(r2_score, kind="numeric", direction="target", name="aimless_r2"),
        lambda: tm.new_groupwise_metric(tm.accuracy, "aimless", tm.groupwise_ratio, direction="target"),
    ):
        with pytest.raises(tm.OptionError, match="go together"):
            make_one()


def test_sets_that_are_not_of_counts_are_refused() -> None:
    df = perfect(20, 3)
    for metric in (tm.roc_auc, tm.rmse, tm.reportable_rate, tm.demographic_parity("obs")):
        with pytest.raises(tm.MetricSetError):
            tm.threshold_perf(df, "obs", "p", metrics=metric)


def test_levels_against_the_rest(frame: str) -> None:
    df = data.probabilities()
    probs = [f"p_{level}" for level in data.LEVELS]
    given = make(frame, df, ordered=True)
    found = rows(tm.threshold_perf(given, "obs", probs, thresholds=[0.3], metrics=tm.sens, by="fold"))
    assert set(found[".estimator"]) == {"per_class"}
    expected = [
        tm.threshold_perf(
            df.with_columns(pl.col("obs") == level), "obs", f"p_{level}", thresholds=[0.3], metrics=tm.sens, by="fold"
        )
        for level in data.LEVELS
    ]
    for level, one in zip(data.LEVELS, expected, strict=True):
        part = [v for v, at in zip(found[".estimate"], found[".level"], strict=True) if at == level]
        assert data.same(part, one[".estimate"].to_list())


def test_lazy_frames_stay_lazy() -> None:
    lazy = perfect(10, 4).lazy()
    assert isinstance(tm.class_from_prob(lazy, "p", levels=["a", "b"]), pl.LazyFrame)


def test_missing_values() -> None:
    df = perfect(50, 5).with_columns(p=pl.when(pl.col("p") > 0.1).then("p"))
    full = df.drop_nulls()
    for table in (tm.calibration_curve, tm.threshold_perf, tm.decision_curve, tm.best_threshold):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
            assert table(df, "obs", "p").equals(table(full, "obs", "p"))
        with pytest.raises(tm.TidymetricsError, match="na_rm=False"):
            table(df, "obs", "p", na_rm=False)


@pytest.mark.parametrize("command", [["thresholds", "--thresholds", "0.2,0.5"], ["calibration", "--n-bins", "2"]])
def test_command_line(command: list[str], tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    df = perfect(40, 6)
    df.write_parquet(tmp_path / "p.parquet")
    name, *options = command
    assert main([name, str(tmp_path / "p.parquet"), "--truth", "obs", "--probs", "p", *options, "--format", "csv"]) == 0
    made = pl.read_csv(capsys.readouterr().out.encode())
    table = (
        tm.threshold_perf(df, "obs", "p", thresholds=[0.2, 0.5])
        if name == "thresholds"
        else tm.calibration_curve(df, "obs", "p", n_bins=2)
    )
    assert made.columns == table.columns
    assert len(made) == len(table)


def test_pictures() -> None:
    df = perfect(200, 7).with_columns(g=pl.Series(range(200)) % 2)
    quantiles = (data.quantiles(), "obs", ["q10", "q50", "q90"])
    levels = {"quantile_levels": [0.1, 0.5, 0.9]}
    numbers = data.numbers()
    made = [
        *(tm.calibration_curve(df, "obs", "p", by="g", strategy=s) for s in ("uniform", "isotonic", "smooth", "logistic")),
        tm.calibration_curve_numeric(numbers, "obs", "pred"),
        tm.quantile_coverage(*quantiles, **levels),
        tm.pit_histogram(*quantiles, **levels, by="fold"),
        tm.threshold_perf(df, "obs", "p", thresholds=[0.2, 0.4], by="g"),
        tm.decision_curve(df, "obs", "p", thresholds=[0.2, 0.4], by="g"),
        tm.calibration_curve(data.probabilities(), "obs", [f"p_{level}" for level in data.LEVELS]),
    ]
    for table in made:
        assert tm.autoplot(table).to_dict()["title"]["text"]


def layers_of(picture: Any) -> list[dict[str, Any]]:
    made = picture.to_dict()
    return made.get("spec", made)["layer"]


def test_pictures_show_what_they_mean() -> None:
    df = perfect(200, 7).with_columns(g=pl.Series(range(200)) % 2)
    band = layers_of(tm.autoplot(tm.calibration_curve(df, "obs", "p", strategy="logistic")))[1]
    assert band["mark"]["type"] == "area"
    assert "order" not in band["encoding"]  # an order leaves an area without a body
    acting_on_all = layers_of(tm.autoplot(tm.decision_curve(df, "obs", "p")))
    assert all(layer["mark"]["clip"] for layer in acting_on_all)  # it falls far below what is drawn
    given = {"estimate": ["q10", "q50", "q90"], "quantile_levels": [0.1, 0.5, 0.9]}
    bars = layers_of(tm.autoplot(tm.pit_histogram(data.quantiles(), "obs", **given)))[0]
    assert bars["encoding"]["y2"] == {"datum": 0}
    named = df.with_columns(pl.col("g").cast(pl.String))
    aimed = tm.autoplot(tm.metric_set(tm.calibration_slope, tm.brier_class)(named, "obs", "p", by="g")).to_dict()
    targets = [row for rows_of in aimed["datasets"].values() for row in rows_of if row["part"] == "aim"]
    assert [row["estimate"] for row in targets] == [1.0]
