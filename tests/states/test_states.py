"""States: what they hold, how they merge, and what cannot be one."""

from __future__ import annotations

import json
import pickle
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import rows

DF = pl.DataFrame(
    {
        "day": [1, 1, 2, 2, 2],
        "obs": ["yes", "no", "no", "yes", None],
        "pred": ["yes", "yes", "no", "no", "no"],
        "p": [0.9, 0.6, 0.2, 0.3, 0.4],
    }
)
MIXED = tm.metric_set(tm.accuracy, tm.f_meas, tm.roc_auc)


def mixed(df: Any = DF, **arguments: Any) -> Any:
    return MIXED.state(df, "obs", "pred", **{"probs": "p", "event": "yes", "by": "day", **arguments})


def scores(n: int = 2_000, seed: int = 0) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    truth = rng.random(n) < 0.3
    return pl.DataFrame(
        {
            "obs": pl.Series(np.where(truth, "yes", "no")).cast(pl.Enum(["yes", "no"])),
            "p": np.round(1 / (1 + np.exp(-rng.normal(1.5 * truth - 1, 1, n))), 3),
            "g": rng.integers(0, 3, n),
        }
    )


def test_the_table() -> None:
    state = mixed()
    columns = [".statistic", ".part", ".how", ".truth", ".predicted", ".at", ".time", ".value", ".meta"]
    assert state.columns == ["day", *columns]
    assert state.schema["day"] == pl.Int64
    kinds = {name: state.schema[name] for name in columns}
    assert {name for name, kind in kinds.items() if kind == pl.Float64} == {".at", ".time", ".value"}
    assert all(kind == pl.Categorical for name, kind in kinds.items() if name not in {".at", ".time", ".value"})
    assert state.filter(pl.col(".statistic") == "cells")[".value"].sum() == 5
    meta = json.loads(state.filter(pl.col(".statistic") == "scores yes")[".meta"][0])
    assert meta["format"] == 1
    assert meta["columns"] == {"truth": "obs", "p0": "p"}
    assert meta["levels"] == ["yes", "no"]
    assert (meta["event"], meta["reads"], meta["weights"], meta["package"]) == ("yes", ["yes"], None, tm.__version__)


@pytest.mark.filterwarnings("ignore::tidymetrics.errors.UndefinedMetricWarning")
def test_a_set_is_finished_by_another() -> None:
    state = mixed()
    assert MIXED.finish(state).equals(MIXED(DF, "obs", "pred", probs="p", event="yes"))
    other = tm.metric_set(tm.mcc, tm.sens)
    assert other.finish(state, by="day", event="no").equals(other(DF, "obs", "pred", by="day", event="no"))
    df = DF.with_columns(pl.col("obs", "pred").cast(pl.Enum(["yes", "no"])))
    state = mixed(df, event=None)
    assert tm.f_meas.finish(state, event_level="second", beta=2).equals(
        tm.f_meas(df, "obs", "pred", event_level="second", beta=2)
    )
    matrix = tm.ConfusionMatrix.from_state(state, by="day")
    assert matrix.tidy().equals(tm.conf_mat(df, "obs", "pred", by="day").tidy())


def test_rows_that_are_concatenated_in_any_order_are_a_merge() -> None:
    rng = np.random.default_rng(2)
    df = pl.DataFrame({"y": 1e6 + rng.normal(0, 2, 60), "x": 1e6 + rng.normal(0, 2, 60), "g": rng.integers(0, 2, 60)})
    made = tm.metric_set(tm.ccc, tm.rsq_trad, tm.rmse)
    parts = [made.state(df[i::3], "y", "x", by="g") for i in range(3)]
    whole = pl.concat(parts).sample(fraction=1, shuffle=True, seed=3)
    for by in ("g", None):
        want = made(df, "y", "x", by=by)[".estimate"].to_numpy()
        np.testing.assert_allclose(made.finish(whole, by=by)[".estimate"].to_numpy(), want, rtol=1e-9)
    merged = tm.merge_states(whole)
    again = tm.merge_states(merged)
    assert len(merged) == len(again) == len(parts[0])
    assert tm.merge_states(whole, by=None).columns == merged.columns[1:]


@pytest.mark.filterwarnings("ignore::tidymetrics.errors.UndefinedMetricWarning")
@pytest.mark.parametrize("through", ["parquet", "csv", "pandas", "pyarrow", "duckdb", "pickle"])
def test_what_comes_back_is_the_state(through: str, tmp_path: Any) -> None:
    state = mixed()
    back: Any = state
    if through == "parquet":
        state.write_parquet(tmp_path / "s.parquet")
        back = pl.read_parquet(tmp_path / "s.parquet")
    elif through == "csv":
        state.write_csv(tmp_path / "s.csv")
        back = pl.read_csv(tmp_path / "s.csv")
    elif through == "pandas":
        pytest.importorskip("pandas")
        back = state.to_pandas()
    elif through == "pyarrow":
        pytest.importorskip("pyarrow")
        back = state.to_arrow()
    elif through == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        table = state.to_arrow()
        con = duckdb.connect()
        con.register("table_of_states", table)
        back = con.sql("SELECT * FROM table_of_states")
    else:
        back = pickle.loads(pickle.dumps(state))
    assert rows(MIXED.finish(back, by="day")) == rows(MIXED.finish(state, by="day"))


def test_states_of_engines_are_one_table() -> None:
    duckdb = pytest.importorskip("duckdb")
    df = scores()
    con = duckdb.connect()
    con.register("df", df.with_columns(pl.col("obs").cast(str)).to_arrow())
    calls = {"event": "yes", "by": "g", "bins": 64}
    states = [
        tm.roc_auc.state(frame, "obs", "p", **calls)
        for frame in (df.with_columns(pl.col("obs").cast(str)), df.cast({"obs": str}).to_pandas(), con.sql("SELECT * FROM df"))
    ]
    tables = []
    for state in states:
        table = rows(state)
        tables.append(sorted(zip(*(table[c] for c in ("g", ".truth", ".at", ".value", ".meta")), strict=True)))
    assert tables[0] == tables[1] == tables[2]


def test_a_state_made_by_sql() -> None:
    duckdb = pytest.importorskip("duckdb")
    con = duckdb.connect()
    con.register("predictions", DF.to_arrow())
    cells = con.sql(
        """SELECT day, 'cells' AS ".statistic", 'n' AS ".part", 'sum' AS ".how", obs AS ".truth", pred AS ".predicted",
        count(*) AS ".value", '{"format": 1}' AS ".meta" FROM predictions GROUP BY ALL"""
    )
    got = tm.metric_set(tm.accuracy, tm.sens).finish(cells, by="day", event="yes")
    assert rows(got) == rows(tm.metric_set(tm.accuracy, tm.sens)(DF, "obs", "pred", by="day", event="yes"))
    ladder = con.sql(
        """SELECT 'scores yes' AS ".statistic", 'n' AS ".part", 'sum' AS ".how", obs AS ".truth", least(1023, floor(1024 *
        CASE WHEN p <= 0.5 THEN sqrt(sqrt(p * 2.0)) * 0.5 ELSE 1.0 - sqrt(sqrt(2.0 - p * 2.0)) * 0.5 END)) AS ".at",
        count(*) AS ".value", '{"format": 1, "levels": ["yes", "no"], "event": "yes", "bins": 1024}' AS ".meta"
        FROM predictions GROUP BY ALL"""
    )
    got = tm.roc_auc.finish(ladder)
    assert rows(got)[".estimate"] == rows(tm.roc_auc(DF, "obs", "p", event="yes"))[".estimate"]


def test_bins_are_ties_with_a_proven_bound() -> None:
    made = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture)
    for seed in range(20):
        df = scores(30 if seed % 2 else 400, seed)
        with_bins = made.finish(made.state(df, "obs", "p", by="g", bins=16), by="g")
        exact = made(df, "obs", "p", by="g")
        off = (with_bins[".estimate"] - exact[".estimate"]).abs()
        assert (off <= with_bins[".error_bound"] + 1e-12).all()
    halves = [made.state(df[i::2], "obs", "p", bins=bins) for i, bins in ((0, 64), (1, 256))]
    coarse = made.state(df, "obs", "p", bins=64)
    assert made.finish(pl.concat(halves)).equals(made.finish(coarse))
    mixed_with_scores = pl.concat([made.state(df[::2], "obs", "p", bins=64), made.state(df[1::2], "obs", "p")])
    assert made.finish(mixed_with_scores).equals(made.finish(coarse))
    assert made.finish(tm.merge_states(mixed_with_scores)).equals(made.finish(coarse))


def test_curves_of_bins_are_points_of_the_curve() -> None:
    df = scores()
    state = tm.roc_curve.state(df, "obs", "p", bins=32)
    drawn = tm.roc_curve.finish(state)
    inner = drawn.filter(pl.col(".threshold").is_finite() & pl.col(".threshold").is_between(0, 1))
    at = tm.roc_curve(df, "obs", "p", thresholds=inner[".threshold"].to_list())
    kept = at.filter(pl.col(".threshold").is_finite())
    np.testing.assert_allclose(inner["sensitivity"].to_numpy(), kept["sensitivity"].to_numpy())
    with pytest.raises(tm.StateError, match="are not among their edges"):
        tm.roc_curve.finish(state, thresholds=[0.123])
    edge = inner[".threshold"][3]
    assert len(tm.roc_curve.finish(state, thresholds=[edge])) == len(tm.roc_curve(df, "obs", "p", thresholds=[edge]))


def test_levels_of_states() -> None:
    with_levels = [
        tm.accuracy.state(DF.drop_nulls().with_columns(pl.col("obs", "pred").cast(pl.Enum(levels))), "obs", "pred")
        for levels in (["yes", "no"], ["yes", "no", "maybe"], ["no", "yes"])
    ]
    assert tm.accuracy.finish(pl.concat(with_levels[:2]))[".estimator"].item() == "multiclass"
    with pytest.raises(tm.StateError, match="unlike levels: 'yes', 'no'; and 'no', 'yes'"):
        tm.accuracy.finish(pl.concat([with_levels[0], with_levels[2]]))
    with pytest.raises(tm.LevelError, match="holds 'yes', which levels= does not list"):
        tm.accuracy.finish(with_levels[0], levels=["no", "maybe"])
    more = DF.with_columns(obs=pl.lit("maybe"))
    seen = pl.concat([tm.accuracy.state(df, "obs", "pred") for df in (DF, more)])
    assert tm.accuracy.finish(seen).equals(tm.accuracy(pl.concat([DF, more]), "obs", "pred"))


def test_states_of_no_rows() -> None:
    none = DF.head(0)
    state = mixed(none, by=None)
    assert state[".value"].to_list() == [0.0, 0.0]
    with pytest.warns(tm.UndefinedMetricWarning):
        assert MIXED.finish(state).equals(MIXED(none, "obs", "pred", probs="p", event="yes"))
    assert len(mixed(none)) == 0
    assert tm.accuracy.finish(mixed(none), by="day").equals(tm.accuracy(none, "obs", "pred", by="day"))
    assert MIXED.finish(pl.concat([state, mixed(by=None)])).equals(MIXED(DF, "obs", "pred", probs="p", event="yes"))


def test_missing_values_and_weights() -> None:
    weighted = DF.with_columns(w=pl.Series([1.0, 0.0, 2.5, None, 1.0]))
    for metric in (tm.accuracy, tm.roc_auc):
        columns = ("obs", "pred" if metric is tm.accuracy else "p")
        own = {"event": "yes"} if metric is tm.roc_auc else {}
        state = metric.state(weighted, *columns, by="day", case_weights="w", **own)
        with pytest.warns(tm.UndefinedMetricWarning):
            got = metric.finish(state, by="day", na_rm=False)
        with pytest.warns(tm.UndefinedMetricWarning):
            assert got.equals(metric(weighted, *columns, by="day", case_weights="w", na_rm=False, **own))


REFUSED: dict[str, tuple[Any, str]] = {
    "no state": (lambda: MIXED.finish(DF), "this is no state: it has no column '.statistic'"),
    "key": (lambda: MIXED.finish(mixed(), by="week"), "the state has no key 'week'; it has 'day'"),
    "statistic": (lambda: tm.brier_class.finish(mixed()), "brier_class stands on .* holds 'cells', 'scores yes'"),
    "scores": (lambda: tm.roc_auc.finish(tm.accuracy.state(DF, "obs", "pred")), "roc_auc stands on scores"),
    "event": (lambda: tm.roc_auc.finish(mixed(), event="no"), "those of the event 'yes', and the event asked for is 'no'"),
    "rows": (
        lambda: MIXED.finish(
            pl.concat([mixed(), tm.accuracy.state(DF.with_columns(day=3 + 0 * pl.col("day")), "obs", "pred", by="day")]),
            by="day",
        ),
        "'cells' holds 5 rows of the group day=3, and 'scores yes' 0",
    ),
    "weights": (
        lambda: MIXED.finish(pl.concat([mixed(), mixed(DF.with_columns(w=1.0), case_weights="w")])),
        "weighted and unweighted",
    ),
    "columns": (
        lambda: tm.accuracy.finish(
            pl.concat([tm.accuracy.state(DF, "obs", "pred"), tm.accuracy.state(DF.rename({"pred": "q"}), "obs", "q")])
        ),
        "made of other columns",
    ),
    "range": (lambda: tm.merge_states(mixed(bins=16), mixed(bins=16, score_range=(0, 2))), "unlike ranges"),
    "format": (
        lambda: MIXED.finish(mixed().with_columns(pl.lit('{"format": 2, "package": "0.9"}').alias(".meta"))),
        "of format 2, made by tidymetrics 0.9; this version reads format 1",
    ),
    "keys": (lambda: tm.merge_states(mixed(), mixed(by=None)), "the states have other keys"),
    "types": (lambda: tm.merge_states(mixed(), mixed(DF.cast({"day": pl.Float64}))), "'day' is Int64 in one state and Float64"),
    "needs rows": (lambda: tm.metric_set(tm.rmse, tm.rpiq).state(DF, "p", "day"), "^rpiq needs the rows"),
    "needs rows to finish": (lambda: tm.rpiq.finish(tm.rmse.state(DF, "p", "day")), "^rpiq needs the rows"),
    "skill": (lambda: tm.skill(tm.rmse).state(DF, "p", "day"), "has no state"),
    "makers": (lambda: tm.averaged_over(tm.rmse, "day").finish(DF), "has no state"),
    "bins of two metrics": (
        lambda: tm.metric_set(tm.roc_auc.tweak(bins=16), a=tm.pr_auc.tweak(bins=32)).state(DF, "obs", "p", event="yes"),
        "one set of bins; got 16, 32",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_state_is_refused(name: str) -> None:
    make, message = REFUSED[name]
    with pytest.raises(tm.StateError, match=message):
        make()


def test_options_are_refused() -> None:
    for bins in (100, 8, True, 2**20):
        with pytest.raises(tm.OptionError, match="expected a power of two from 16 to 524288"):
            mixed(bins=bins)
    with pytest.raises(tm.OptionError, match="two finite numbers, the lower one first"):
        mixed(bins=16, score_range=(1, 0))
    with pytest.raises(tm.OptionError, match="is that of a column of the state"):
        tm.accuracy.state(DF.with_columns(pl.lit(1).alias(".part")), "obs", "pred", by=".part")
    with pytest.raises(tm.OptionError, match="the state fixes truth="):
        MIXED.finish(mixed(), truth="obs")


def test_columns_that_were_renamed() -> None:
    parts = [tm.accuracy.state(DF, "obs", "pred"), tm.accuracy.state(DF.rename({"pred": "q"}), "obs", "q")]
    merged = tm.merge_states(*parts, renamed=True)
    assert tm.accuracy.finish(merged)[".estimate"].item() == tm.accuracy(DF, "obs", "pred")[".estimate"].item()


def test_a_state_is_described() -> None:
    said = tm.describe_state(mixed(bins=64))
    assert said["statistic"].to_list() == ["cells", "scores yes"]
    assert "accuracy" in said["metrics"][0]
    assert "roc_auc" in said["metrics"][1]
    assert "brier_class" not in said["metrics"].explode().to_list()
    assert said.select("groups", "rows", "labelled", "least", "bins").rows() == [(2, 5, 4, 2, None), (2, 5, 4, 2, 64)]
