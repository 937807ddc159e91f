"""MLflow and Weights & Biases take what we give: with the extra `test-trackers`, `pytest -m trackers -n 0`."""

from __future__ import annotations

import pathlib
from typing import Any

import polars as pl
import pytest

import tidymetrics as tm

pytestmark = [pytest.mark.trackers, pytest.mark.filterwarnings("ignore")]
FOLDS = tm.datasets.load_breast_cancer_cv()
SCORE = tm.metric_set(tm.accuracy, tm.roc_auc)


def result(**arguments: Any) -> pl.DataFrame:
    return SCORE(FOLDS, "obs", "pred", probs=".pred_malignant", **arguments)


def test_mlflow_with_a_store_in_sqlite(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import mlflow

    monkeypatch.chdir(tmp_path)
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path / 'mlflow.db'}")
    state = SCORE.state(FOLDS, "obs", "pred", probs=".pred_malignant", by="Resample")
    with mlflow.start_run() as run:
        for step in range(3):
            mlflow.log_metrics(tm.as_dict(result()), step=step)
        mlflow.log_metrics(tm.as_dict(result(by="Resample")))
        mlflow.log_table(result().to_dict(as_series=False), "all.json")
        mlflow.log_text(tm.autoplot(tm.roc_curve(FOLDS, "obs", ".pred_malignant")).to_html(), "roc.html")
        state.write_parquet(tmp_path / "state.parquet")
        mlflow.log_artifact(str(tmp_path / "state.parquet"))
    client = mlflow.MlflowClient()
    logged = client.get_run(run.info.run_id).data.metrics
    assert logged == {**tm.as_dict(result()), **tm.as_dict(result(by="Resample"))}
    assert [point.step for point in client.get_metric_history(run.info.run_id, "accuracy")] == [0, 1, 2]
    back = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="state.parquet")
    assert SCORE.finish(pl.read_parquet(back), by="Resample").equals(result(by="Resample"))


def test_wandb_offline(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import wandb

    monkeypatch.chdir(tmp_path)
    with wandb.init(mode="offline", dir=str(tmp_path), project="tidymetrics") as run:
        for step in range(3):
            run.log(tm.as_dict(result()), step=step)
        table = result()
        run.log({"all": wandb.Table(columns=table.columns, data=[list(row) for row in table.rows()])})
        run.log({"roc": wandb.Html(tm.autoplot(tm.roc_curve(FOLDS, "obs", ".pred_malignant")).to_html())})
        summary = dict(run.summary)
    assert {name: summary[name] for name in tm.as_dict(result())} == tm.as_dict(result())
    assert list(tmp_path.glob("wandb/offline-run-*"))
