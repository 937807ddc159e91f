"""How often the rows are read: scans of a file, and queries that an engine receives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from polars.io.plugins import register_io_source

import tidymetrics as tm
from tidymetrics.frames import PreparedFrame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVELS = pl.Enum(["a", "b", "c"])
PROBS = ["pa", "pb", "pc"]


def table(n: int = 400) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    p = rng.dirichlet((1, 1, 1), n)
    return pl.DataFrame(
        {
            "fold": rng.integers(0, 3, n),
            "obs": pl.Series(rng.choice(["a", "b", "c"], n), dtype=LEVELS),
            "pred": pl.Series(rng.choice(["a", "b", "c"], n), dtype=LEVELS),
            "y": rng.normal(0, 1, n),
            "x": rng.normal(0, 1, n),
            "two": rng.choice(["x", "z"], n),
            "two_pred": rng.choice(["x", "z"], n),
            "p_two": rng.random(n),
            **{name: p[:, i] for i, name in enumerate(PROBS)},
        }
    ).with_columns(y=pl.when(pl.col("y") > -1.5).then("y"), pb=pl.when(pl.col("x") < 2).then("pb"))


CALLS: dict[str, tuple[Any, dict[str, Any], int]] = {
    "classes": (tm.metric_set(tm.accuracy, tm.kap, tm.mcc, tm.f_meas), {"truth": "obs", "estimate": "pred"}, 1),
    "numbers": (tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.rpd, tm.iic), {"truth": "y", "estimate": "x"}, 1),
    "losses": (tm.metric_set(tm.mn_log_loss, tm.brier_class), {"truth": "obs", "probs": PROBS}, 1),
    "classes and losses": (
        tm.metric_set(tm.accuracy, tm.brier_class),
        {"truth": "obs", "estimate": "pred", "probs": PROBS},
        1,
    ),
    "classes and ranks": (
        tm.metric_set(tm.accuracy, tm.roc_auc),
        {"truth": "obs", "estimate": "pred", "probs": PROBS, "levels": ["a", "b", "c"]},
        2,
    ),
    "the event of strings": (
        tm.metric_set(tm.accuracy, tm.roc_auc),
        {"truth": "two", "estimate": "two_pred", "probs": "p_two", "event": "x"},
        2,
    ),
    "the loss of an event": (tm.metric_set(tm.mn_log_loss), {"truth": "two", "probs": "p_two", "event": "x"}, 1),
    "the loss of a mapping": (tm.metric_set(tm.mn_log_loss), {"truth": "two", "probs": {"x": "p_two"}}, 1),
    "ranks": (tm.metric_set(tm.roc_auc, tm.pr_auc), {"truth": "obs", "probs": PROBS}, 2),
}


def counted(source: pl.LazyFrame, scans: list[int]) -> pl.LazyFrame:
    """Give a scan that counts how often it is read."""

    def read(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        del batch_size
        scans.append(1)
        frame = source if with_columns is None else source.select(with_columns)
        frame = frame if predicate is None else frame.filter(predicate)
        yield (frame if n_rows is None else frame.head(n_rows)).collect()

    return register_io_source(read, schema=source.collect_schema())


@pytest.mark.parametrize("name", CALLS)
def test_scans_of_a_parquet_file(name: str, tmp_path: Path) -> None:
    metrics, arguments, expected = CALLS[name]
    table().write_parquet(tmp_path / "rows.parquet")
    scans: list[int] = []
    frame = counted(pl.scan_parquet(tmp_path / "rows.parquet"), scans)
    made = metrics(frame, by="fold", **arguments)
    assert len(scans) == expected
    direct = metrics(table(), by="fold", **arguments)
    np.testing.assert_allclose(made[".estimate"].to_numpy(), direct[".estimate"].to_numpy(), rtol=1e-12)


@pytest.mark.parametrize("name", CALLS)
def test_queries_that_duckdb_receives(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    metrics, arguments, expected = CALLS[name]
    levels = {"levels": ["a", "b", "c"]} if "obs" in arguments.values() else {}
    queries = []
    original = PreparedFrame.collect
    monkeypatch.setattr(PreparedFrame, "collect", lambda self, frame: queries.append(1) or original(self, frame))
    rows = table()
    relation = duckdb.connect().from_arrow(rows.with_columns(pl.col("obs", "pred").cast(pl.String)).to_arrow())
    made = metrics(relation, by="fold", **{**arguments, **levels})
    # wins of each class over each other come from cells of classes there, other areas from a ranking of each event
    assert len(queries) == expected + (name == "ranks")
    direct = metrics(rows, by="fold", **arguments)
    frame = pl.DataFrame(pl.from_arrow(made))
    both = direct.join(frame, on=["fold", ".metric"], suffix="_sql")
    assert len(both) == len(direct)
    np.testing.assert_allclose(both[".estimate"].to_numpy(), both[".estimate_sql"].to_numpy(), rtol=1e-9)


def test_moments_are_measured_again_where_digits_are_lost(tmp_path: Path) -> None:
    far = table().with_columns(pl.col("y", "x") + 1e6)
    far.write_parquet(tmp_path / "rows.parquet")
    scans: list[int] = []
    frame = counted(pl.scan_parquet(tmp_path / "rows.parquet"), scans)
    made = tm.metric_set(tm.rsq, tm.ccc, tm.rmse)(frame, "y", "x", by="fold")
    assert len(scans) <= 3  # the means of the groups, and the rows about them
    near = tm.metric_set(tm.rsq, tm.ccc, tm.rmse)(table(), "y", "x", by="fold")
    np.testing.assert_allclose(made[".estimate"].to_numpy(), near[".estimate"].to_numpy(), rtol=1e-6)


def test_few_rows_are_cells_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    queries = []
    original = PreparedFrame.collect_native
    monkeypatch.setattr(PreparedFrame, "collect_native", lambda self, frame: queries.append(frame) or original(self, frame))
    tm.metric_set(tm.accuracy, tm.kap)(table(), "obs", "pred", by="fold")
    assert len(queries) == 1
    assert "AGGREGATE" not in queries[0].explain()
