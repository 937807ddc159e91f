"""Only statistics leave an engine: every exit is counted."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.engines.build import has_levels, put
from tidymetrics.frames import prepared as door
from tidymetrics.frames.prepared import PreparedFrame

N, GROUPS, LEVELS = 4_000, 3, ["a", "b", "c"]


def example() -> pl.DataFrame:
    rng = np.random.default_rng(5)
    obs = rng.integers(0, 3, N)
    pred = np.where(rng.random(N) < 0.6, obs, rng.integers(0, 3, N))
    probs = rng.dirichlet([1, 1, 1], N)
    y = rng.gamma(2.0, size=N)
    classes = pl.Series(LEVELS)
    return pl.DataFrame(
        {
            "fold": rng.integers(0, GROUPS, N),
            "obs": classes.gather(obs).cast(pl.Enum(LEVELS)),
            "pred": classes.gather(pred).cast(pl.Enum(LEVELS)),
            "pa": probs[:, 0],
            "pb": probs[:, 1],
            "pc": probs[:, 2],
            "y": y,
            "yhat": np.abs(y + rng.normal(size=N)),
            "w": rng.random(N),
            "row": np.arange(N),
        }
    )


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return {}


@pytest.fixture
def table(engine: str, tables: dict[str, Any]) -> Any:
    if engine not in tables:
        tables[engine] = put(engine, example())
    return tables[engine]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """List how many rows each query brings out of an engine."""
    counted: list[int] = []
    collect, of_rows = nw.LazyFrame.collect, PreparedFrame.collect

    def counting(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = collect(self, *args, **kwargs)
        if not self.implementation.is_polars():
            counted.append(len(result))
        return result

    def of_rows_counting(self: PreparedFrame, frame: Any) -> Any:
        before = len(counted)
        result = of_rows(self, frame)
        if not frame.implementation.is_polars():
            assert counted[before:] == [len(result)]
        return result

    monkeypatch.setattr(nw.LazyFrame, "collect", counting)
    monkeypatch.setattr(PreparedFrame, "collect", of_rows_counting)
    return counted


CELLS = GROUPS * len(LEVELS) ** 2


def levels(engine: str) -> dict[str, Any]:
    return {} if has_levels(engine) else {"levels": LEVELS}


def test_classes(table: Any, engine: str, left: list[int]) -> None:
    tm.get_metrics("class")(table, "obs", "pred", by="fold", **levels(engine))
    tm.conf_mat(table, "obs", "pred", by="fold", case_weights="w", **levels(engine))
    assert left == [CELLS, CELLS]


def test_numbers(table: Any, engine: str, left: list[int]) -> None:
    names = ["rmse", "mae", "rsq", "ccc", "huber_loss", "iic", "rpd", "poisson_log_loss", "smape", "msd"]
    tm.metric_set(*(getattr(tm, name) for name in names))(table, "y", "yhat", by="fold", case_weights="w")
    assert max(left) <= GROUPS
    assert len(left) <= 4


@pytest.mark.parametrize("name", ["rpiq", "gini_coef", "mase"])
@pytest.mark.parametrize("weights", [{}, {"case_weights": "w"}], ids=["plain", "weighted"])
def test_sorted_numbers(name: str, weights: Any, table: Any, engine: str, left: list[int]) -> None:
    order = {"order_by": "row"} if name == "mase" else {}
    getattr(tm, name)(table, "y", "yhat", by="fold", **weights, **order)
    # Dask has no windows over rows; its rows are few enough to leave it, once
    assert sum(n > GROUPS for n in left) == (engine == "dask")


def test_losses_of_probabilities(table: Any, engine: str, left: list[int]) -> None:
    losses = tm.metric_set(tm.mn_log_loss, tm.brier_class, tm.classification_cost)
    losses(table, "obs", ["pa", "pb", "pc"], by="fold", **levels(engine))
    assert max(left) == GROUPS


def test_ranked_scores(table: Any, engine: str, left: list[int]) -> None:
    tm.metric_set(tm.roc_auc, tm.pr_auc, tm.roc_aunu)(table, "obs", ["pa", "pb", "pc"], by="fold", **levels(engine))
    steps = [n for n in left if n > GROUPS * len(LEVELS) ** 2]  # a number for each two classes
    assert len(steps) == 2 * (engine == "dask")  # of the events, and of their pairs


def test_bins(table: Any, engine: str, left: list[int]) -> None:
    tm.metric_set(tm.roc_auc, tm.pr_auc)(table, "obs", ["pa", "pb", "pc"], by="fold", bins=16, **levels(engine))
    assert max(left) <= GROUPS * len(LEVELS) ** 2 * (16 if engine == "dask" else 1)


def test_curves(table: Any, engine: str, left: list[int]) -> None:
    given = levels(engine)
    tm.roc_curve(table, "obs", ["pa", "pb", "pc"], thresholds=[0.2, 0.5, 0.9], by="fold", **given)
    assert max(left) <= GROUPS * len(LEVELS) * 4
    tm.gain_curve(table, "obs", ["pa", "pb", "pc"], bins=32, by="fold", **given)
    assert max(left) <= GROUPS * len(LEVELS) * 32


def test_groupwise(table: Any, engine: str, left: list[int]) -> None:
    flag = tm.new_groupwise_metric(tm.accuracy, "gap", lambda frame: 0.0)
    flag("fold")(table, "obs", "pred", **levels(engine))
    assert left == [CELLS]


def test_ordered_probabilities(table: Any, engine: str, left: list[int]) -> None:
    tm.ranked_prob_score(table, "obs", ["pa", "pb", "pc"], by="fold", **levels(engine))
    assert max(left) == GROUPS


@pytest.mark.parametrize("rule", ["impute", "drop", "propagate"])
def test_quantiles(rule: str, engine: str, left: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    gap = pl.int_range(pl.len()) < 40
    df = data.quantiles(N).with_columns(q10=pl.when(gap).then(None).otherwise(pl.col("q10")))
    asked = {"quantile_levels": [0.1, 0.5, 0.9], "quantile_estimate_nas": rule, "by": "site", "case_weights": "w"}
    given = put(engine, df)
    tm.weighted_interval_score(given, "obs", ["q10", "q50", "q90"], **asked)
    # only rows that are to be filled leave, once
    assert max(left) == (40 if rule == "impute" else 3)
    assert sum(n > 3 for n in left) == (rule == "impute")
    if rule == "impute":
        monkeypatch.setattr(door, "MOST_ROWS", 39)
        with pytest.raises(
            tm.EngineError, match=r"filling missing quantiles needs to collect 40 rows.* limit is 39.*estimate_nas"
        ):
            tm.weighted_interval_score(given, "obs", ["q10", "q50", "q90"], **asked)


DYNAMIC = ["brier_survival", "brier_survival_integrated", "roc_auc_survival"]
AT = {"eval_time": "t", "censoring_weights": "g"}


def test_survival_at_times(engine: str, left: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    given = put(engine, data.survival(N))
    groups = 4 * len(data.EVAL_TIMES)
    tm.metric_set(*(getattr(tm, name) for name in DYNAMIC))(given, ("time", "event"), "s", by="fold", case_weights="w", **AT)
    # Dask has no windows: the distinct survival probabilities leave it, 101 at each time at most
    assert sum(n > groups for n in left) == (engine == "dask")
    assert max(left) <= groups * (101 if engine == "dask" else 1)
    left.clear()
    tm.roc_curve_survival(given, ("time", "event"), "s", by="fold", **AT)
    assert max(left) <= groups * 101
    monkeypatch.setattr(door, "MOST_ROWS", 10)
    if engine == "dask":
        with pytest.raises(tm.EngineError, match=r"a ranking of scores needs to collect .* rows from dask; the limit is 10"):
            tm.roc_auc_survival(given, ("time", "event"), "s", by="fold", **AT)
    else:
        tm.roc_auc_survival(given, ("time", "event"), "s", by="fold", **AT)


@pytest.mark.parametrize(("name", "estimate"), [("concordance_survival", "pred"), ("royston_survival", "lp")])
def test_risk_sets(name: str, estimate: str, engine: str, left: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    given = put(engine, data.subjects(300))
    getattr(tm, name)(given, ("time", "event"), estimate, by="fold")
    assert sum(n > 4 for n in left) == 1
    left.clear()
    monkeypatch.setattr(door, "MOST_ROWS", 299)
    for by in (None, "fold"):
        with pytest.raises(
            tm.EngineError, match=r"a statistic of risk sets needs to collect 300 rows from .*; the limit is 299"
        ):
            getattr(tm, name)(given, ("time", "event"), estimate, by=by)
    assert max(left) <= 4


def test_nested_columns_stay(left: list[int]) -> None:
    duckdb = pytest.importorskip("duckdb")
    table = duckdb.sql("SELECT 1.0 AS time, 1 AS event, [{'.eval_time': 1.0, '.pred_survival': 0.5}] AS pred, [0.1, 0.9] AS q")
    for call in (
        lambda: tm.brier_survival(table, ("time", "event"), "pred"),
        lambda: tm.weighted_interval_score(table, "time", "q", quantile_levels=[0.1, 0.9]),
        lambda: tm.concordance_survival(table, ("time", "event"), "q"),
    ):
        with pytest.raises(tm.EngineError, match="nested"):
            call()
    assert left == []


def test_too_many_rows_to_leave(table: Any, engine: str, left: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_ROWS", N // 2)
    largest = tm.metric_from_vec(
        lambda truth, estimate: float(truth.max()), kind="numeric", direction="zero", name=f"largest_{engine}"
    )
    with pytest.raises(tm.EngineError, match=rf"data: largest_{engine}, .* collect 4,000 rows .* limit is 2,000"):
        largest(table, "y", "yhat")
    assert max(left) <= 1
    if engine == "dask":
        with pytest.raises(tm.EngineError, match="a ranking of scores needs to collect .* rows from dask.*bins="):
            tm.roc_auc(table, "obs", ["pa", "pb", "pc"])
        assert tm.roc_auc(table, "obs", ["pa", "pb", "pc"], bins=16) is not None
    else:
        tm.roc_auc(table, "obs", ["pa", "pb", "pc"], **levels(engine))


def test_a_curve_that_takes_no_bins_does_not_advise_them(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tidymetrics.statistics.engine_rankings.MOST_POINTS", 5)
    table = put(engine, data.survival(40))
    with pytest.raises(tm.EngineError, match="a curve needs to collect .* rows from") as told:
        tm.roc_curve_survival(table, ("time", "event"), "s", eval_time="t", censoring_weights="g")
    assert "bins" not in str(told.value)
