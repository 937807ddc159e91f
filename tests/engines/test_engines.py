"""What each engine is given and gives back: keys, types, group-bys, levels, missing values, errors."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.engines.build import has_levels, put
from tests.frames import rows


def small() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "Obs": pl.Series(["yes", "no", "yes", "no", None, "no"], dtype=pl.Enum(["yes", "no"])),
            "pred": pl.Series(["yes", "no", "no", "yes", "yes", "no"], dtype=pl.Enum(["yes", "no"])),
            "p": [0.9, 0.2, 0.4, 0.6, None, 0.1],
            "y.true": [1.0, 2.0, 4.0, 0.0, 1.0, float("nan")],
            "Y hat": [1.5, 2.0, 3.0, 1.0, None, 1.0],
            "w": [1.0, 2.0, 0.0, 1.0, 3.0, 0.5],
            "fold": ["a", "a", "b", "b", None, "a"],
            "n": [3, 3, 1, 1, 2, 3],
            "N n": [3, 3, 1, 1, 2, 3],
            "day": [dt.date(2024, 1, d) for d in (1, 1, 2, 2, 3, 1)],
            "hit": [True, False, True, False, True, False],
            "guess": [True, False, False, True, True, False],
            "row": [0, 1, 2, 3, 4, 5],
        }
    )


@pytest.fixture
def table(engine: str) -> Any:
    return put(engine, small())


def levels(engine: str) -> dict[str, Any]:
    return {} if has_levels(engine) else {"levels": ["yes", "no"]}


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
def test_values_and_null_keys(table: Any, engine: str) -> None:
    expected = rows(tm.sens(small(), "Obs", "pred", by="fold"))
    assert rows(tm.sens(table, "Obs", "pred", by="fold", **levels(engine))) == expected
    assert expected["fold"] == ["a", "b", None]


def test_result_is_of_the_engines_library(table: Any, engine: str) -> None:
    result = tm.rmse(table, "y.true", "Y hat")
    assert type(result).__module__.split(".")[0] == ("pandas" if engine == "dask" else "pyarrow")
    assert list(rows(result)) == [".metric", ".estimator", ".estimate"]
    assert rows(result)[".estimate"][0] == pytest.approx(math.sqrt((0.25 + 0 + 1 + 1) / 4))


@pytest.mark.parametrize("key", ["fold", "n", "day", "hit"])
def test_keys_come_back_in_their_own_type(key: str, table: Any, engine: str) -> None:
    import narwhals as nw

    result = tm.accuracy(table, "hit", "guess", by=key)
    given = nw.from_native(table).collect_schema()[key]
    assert nw.from_native(result).collect_schema()[key] == given
    wanted = tm.accuracy(small(), "hit", "guess", by=key)[key].to_list()
    assert [str(v)[:10] for v in rows(result)[key]] == [str(v) for v in wanted]  # pandas has no dates


def test_enum_keys_sort_by_level(engine: str) -> None:
    df = small().with_columns(fold=pl.Series(["z", "a", "z", "a", "m", "m"], dtype=pl.Enum(["z", "m", "a"])))
    result = tm.accuracy(put(engine, df), "hit", "guess", by="fold")
    assert [str(v) for v in rows(result)["fold"]] == (["z", "m", "a"] if has_levels(engine) else ["a", "m", "z"])


def test_booleans_are_classes(table: Any) -> None:
    assert rows(tm.sens(table, "hit", "guess"))[".estimate"] == [pytest.approx(2 / 3)]
    assert rows(tm.roc_auc(table, "hit", "p"))[".estimate"] == rows(tm.roc_auc(small(), "hit", "p"))[".estimate"]


def grouped(engine: str, table: Any, *keys: str) -> Any:
    if engine == "dask":
        return table.groupby(list(keys))
    if engine in {"duckdb", "ibis"}:
        return table.group_by(*keys)
    return table.groupBy(*keys)


@pytest.mark.parametrize("keys", [("n",), ("hit", "N n")])
def test_grouped_objects(keys: tuple[str, ...], table: Any, engine: str) -> None:
    if engine == "duckdb" and not hasattr(table, "group_by"):
        pytest.skip("this DuckDB has no grouped relations")
    found = rows(tm.accuracy(grouped(engine, table, *keys), "hit", "guess"))
    assert found == rows(tm.accuracy(small(), "hit", "guess", by=list(keys)))
    with pytest.raises(tm.TidymetricsError, match="by: the data are already grouped"):
        tm.accuracy(grouped(engine, table, *keys), "hit", "guess", by="n")


def test_a_dask_group_by_leaves_missing_keys_out_as_pandas_does() -> None:
    pytest.importorskip("dask.dataframe")
    table = put("dask", small())
    assert rows(tm.accuracy(table.groupby("fold"), "hit", "guess"))["fold"] == ["a", "b"]
    assert rows(tm.accuracy(table.groupby("fold", dropna=False), "hit", "guess"))["fold"] == ["a", "b", None]


def expression_keys(engine: str, table: Any) -> list[Any]:
    if engine == "duckdb":
        import duckdb

        return [table.group_by(duckdb.SQLExpression("n + 1"))] if hasattr(table, "group_by") else []
    if engine == "ibis":
        return [table.group_by((table.n + 1).name("n")), table.group_by("n").order_by("p")]
    if engine == "dask":
        return [table.groupby(table["n"] + 1)]
    if engine == "sqlframe":
        from sqlframe.duckdb import functions as f

        return [table.groupBy((f.col("n") + 1).alias("n")), table.groupBy("n").pivot("hit", [True]), table.cube("n")]
    shifted = (table["n"] + 1).alias("n")
    return [table.groupBy(shifted), table.rollup("n"), table.cube("n"), table.groupBy("n").pivot("hit", [True])]


def test_expressions_as_keys_are_refused(table: Any, engine: str) -> None:
    for given in expression_keys(engine, table):
        with pytest.raises(tm.EngineError, match=r"data: (the|a|an|cannot) "):
            tm.accuracy(given, "hit", "guess")


def test_names_are_exact(table: Any) -> None:
    with pytest.raises(tm.ColumnNotFoundError, match=r"truth: the frame has no column 'obs'\. Did you mean 'Obs'\?"):
        tm.accuracy(table, "obs", "pred")
    with pytest.raises(tm.ColumnNotFoundError, match="by: the frame has no column 'FOLD'"):
        tm.accuracy(table, "hit", "guess", by="FOLD")


def test_order_is_asked_for(table: Any, engine: str) -> None:
    with pytest.raises(tm.EngineError, match=r"mase: the rows of .* have no order; name a column .*order_by="):
        tm.mase(table, "y.true", "Y hat")
    with pytest.raises(tm.EngineError, match=r"mase\(order_by=\): 'n' has the same value in several rows"):
        tm.mase(table, "y.true", "Y hat", order_by="n")
    found = rows(tm.mase(table, "y.true", "Y hat", order_by="row"))[".estimate"]
    assert found == rows(tm.mase(small(), "y.true", "Y hat"))[".estimate"]


def test_types_are_checked(table: Any, engine: str) -> None:
    with pytest.raises(tm.OptionError, match=r"truth 'fold': expected numbers"):
        tm.rmse(table, "fold", "Y hat")
    with pytest.raises(tm.LevelError, match=r"truth 'Obs': the column has type .*, which cannot hold the level 1"):
        tm.roc_auc(table, "Obs", "p", levels=[1, 2])
    with pytest.raises(tm.LevelError, match="holds values that are none of the levels 'a', 'b'"):
        tm.roc_auc(table, "Obs", "p", levels=["a", "b"])


def test_bad_weights_and_probabilities(engine: str) -> None:
    table = put(engine, small().with_columns(w=pl.col("w") - 1, p=pl.col("p") * 2))
    with pytest.raises(tm.WeightError, match="case_weights 'w': expected finite weights of at least 0; 2 rows have another"):
        tm.rmse(table, "y.true", "Y hat", case_weights="w")
    with pytest.raises(tm.ProbabilityError, match="expected probabilities between 0 and 1; 2 rows have others"):
        tm.brier_class(table, "hit", "p")


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")  # numpy's, inside older versions of Dask
def test_what_does_not_exist_is_undefined(engine: str) -> None:
    df = pl.DataFrame({"y": [0.0, 1.0, -1.0, 2.0], "x": [0.0, 1.0, 1.0, 2.0], "g": [1, 1, 2, 3]})
    with pytest.warns(tm.UndefinedMetricWarning, match=r"poisson_log_loss is undefined in 1 of 3 groups \(g=2\)"):
        found = rows(tm.poisson_log_loss(put(engine, df), "y", "x", by="g"))[".estimate"]
    assert [v is None for v in found] == [False, True, False]


def test_numbers_far_from_0(engine: str) -> None:
    df = pl.DataFrame({"y": [1e9 + i for i in range(9)], "x": [1e9 + (i * 7) % 9 for i in range(9)], "g": [0, 1, 2] * 3})
    df = pl.concat([df, df.with_columns(pl.col("y", "x") - 2e9, g=pl.lit(None, pl.Int64))])
    given = tm.metric_set(tm.rsq, tm.ccc, tm.rpd, tm.rsq_trad)
    for by in (None, "g"):
        found, wanted = (rows(given(frame, "y", "x", by=by))[".estimate"] for frame in (put(engine, df), df))
        assert found == pytest.approx(wanted, rel=1e-9)


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
def test_no_rows(engine: str) -> None:
    table = put(engine, small()[:0])
    assert rows(tm.rmse(table, "y.true", "Y hat"))[".estimate"] == [None]
    assert rows(tm.rmse(table, "y.true", "Y hat", by="n"))[".estimate"] == []


def test_nested_columns_are_refused() -> None:
    duckdb = pytest.importorskip("duckdb")
    table = duckdb.sql("SELECT {'a': 1} AS s, [1.0, 2.0] AS l, 1.0 AS y, true AS hit")
    for call in (
        lambda: tm.rmse(table, "y", "l"),
        lambda: tm.accuracy(table, "s", "hit"),
        lambda: tm.rmse(table, "y", "y", by="s"),
    ):
        with pytest.raises(tm.EngineError, match="a nested column"):
            call()


def test_durations_cannot_be_keys_where_they_cannot_leave() -> None:
    duckdb = pytest.importorskip("duckdb")
    table = duckdb.sql("SELECT INTERVAL 1 DAY AS d, 1.0 AS y")
    with pytest.raises(tm.EngineError, match="by 'd': duckdb cannot return durations"):
        tm.rmse(table, "y", "y", by="d")


@pytest.mark.filterwarnings("ignore::tidymetrics.UndefinedMetricWarning")
def test_both_forms_of_a_ranking_agree(engine: str) -> None:
    df = pl.DataFrame(
        {
            "obs": ["a", "b", "c", "a", "b", "c", "a", "b"] * 6,
            "pa": [((i * 37) % 50) / 50 for i in range(48)],
            "pb": [((i * 11) % 13) / 13 for i in range(48)],
            "pc": [-float("inf"), float("inf"), 0.0, -0.0, 1e-300, 3.0, 3.0, -1.0] * 6,
            "w": [float(i % 4) for i in range(48)],
            "g": [i % 3 for i in range(48)],
        }
    )
    ranked = tm.metric_set(tm.roc_auc, tm.pr_auc, tm.average_precision, tm.gain_capture, tm.roc_aunp)
    table = put(engine, df)
    for arguments in ({}, {"by": "g"}, {"by": "g", "case_weights": "w"}, {"estimator": "per_class"}):
        call = {"truth": "obs", "estimate": {"a": "pa", "b": "pb", "c": "pc"}, **arguments}
        found, wanted = (rows(ranked(frame, **call)) for frame in (table, df))
        assert found[".estimate"] == pytest.approx(wanted[".estimate"], rel=1e-12, nan_ok=True)
    for curve in (tm.roc_curve, tm.pr_curve, tm.gain_curve, tm.lift_curve):
        found, wanted = (
            rows(curve(f, "obs", {"a": "pa", "b": "pb", "c": "pc"}, by="g", case_weights="w")) for f in (table, df)
        )
        for name, values in wanted.items():
            assert [v is None for v in found[name]] == [v is None for v in values]
            known = [(a, b) for a, b in zip(found[name], values, strict=True) if b is not None]
            if known and isinstance(known[0][1], float):
                assert [a for a, _ in known] == pytest.approx([b for _, b in known], rel=1e-12)
            else:
                assert [a for a, _ in known] == [b for _, b in known]


def test_thresholds_are_reached_inside_the_engine(engine: str) -> None:
    df = pl.DataFrame({"obs": [True, False, True, False, True] * 4, "p": [i / 20 for i in range(20)], "g": [0, 1] * 10})
    given = {"by": "g", "thresholds": [-1.0, 0.25, 0.5, 0.955]}
    found, wanted = (rows(tm.roc_curve(frame, "obs", "p", **given)) for frame in (put(engine, df), df))
    assert found == wanted


def test_bins_are_those_of_polars(engine: str) -> None:
    df = pl.DataFrame({"obs": [i % 3 == 0 for i in range(200)], "p": [((i * 37) % 101) ** 2 / 1e4 for i in range(200)]})
    for bins in (2, 5, 40):
        found, wanted = (rows(tm.pr_auc(frame, "obs", "p", bins=bins)) for frame in (put(engine, df), df))
        assert found[".estimate"] == pytest.approx(wanted[".estimate"], rel=1e-12)
        assert found[".error_bound"] == pytest.approx(wanted[".error_bound"], rel=1e-9)


def test_a_narwhals_that_is_too_old_is_refused(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = put(engine, pl.DataFrame({"y": [1.0], "x": [2.0]}))
    monkeypatch.setattr("tidymetrics.frames.engines._NARWHALS", (99, 0))
    with pytest.raises(tm.EngineError, match="needs narwhals 99.0 or newer; .* Upgrade it: pip install -U narwhals"):
        tm.rmse(table, "y", "x")


@pytest.mark.parametrize("missing", ["event", "time", "s"])
def test_missing_values_of_survival_data(missing: str, engine: str) -> None:
    df = data.survival(60).with_columns(pl.when(pl.col("lp") > 0.9).then(None).otherwise(pl.col(missing)).alias(missing))
    for metric in (tm.brier_survival, tm.brier_survival_integrated, tm.roc_auc_survival):
        found, wanted = (
            rows(metric(frame, ("time", "event"), "s", eval_time="t", censoring_weights="g", case_weights="w"))
            for frame in (put(engine, df), df)
        )
        assert found[".estimate"] == pytest.approx(wanted[".estimate"], rel=1e-12)


@pytest.mark.parametrize("rule", ["impute", "drop", "propagate"])
def test_missing_quantiles(rule: str, engine: str) -> None:
    df = data.quantiles(60).with_columns(
        q10=pl.when(pl.int_range(pl.len()) % 5 == 0).then(None).otherwise(pl.col("q10")),
        q90=pl.when(pl.int_range(pl.len()) % 7 == 0).then(float("nan")).otherwise(pl.col("q90")),
        obs=pl.when(pl.int_range(pl.len()) == 3).then(None).otherwise(pl.col("obs")),
    )
    found, wanted = (
        rows(
            tm.weighted_interval_score(
                frame, "obs", ["q10", "q50", "q90"], quantile_levels=[0.1, 0.5, 0.9], quantile_estimate_nas=rule, by="site"
            )
        )
        for frame in (put(engine, df), df)
    )
    assert found["site"] == wanted["site"]
    assert found[".estimate"] == pytest.approx(wanted[".estimate"], rel=1e-12)
