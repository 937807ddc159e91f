"""What every metric promises, over the whole registry."""

from __future__ import annotations

import inspect
import math
import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tidymetrics.metric import METRICS

BUILT_IN = [name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics.declarations")]
MADE = {"class": data.classes(), "numeric": data.numbers(), "prob": data.probabilities()}
PROBS = [f"p_{level}" for level in data.LEVELS]
ESTIMATE = {"class": "pred", "numeric": "pred", "prob": PROBS}
# where the weight of a row is not how often it counts: unbiased moments, quartiles, the distance to an earlier row, and
# the range of all rows, those of weight 0 included
WEIGHTS_ARE_NO_REPEATS = {"ccc", "rpd", "rpiq", "mase", "rmse_relative"}
# with weights the default average is another one
UNWEIGHTED = {"roc_auc": {"estimator": "macro"}}
ORDER_MATTERS = {"mase"}
TRUE_RANGES = {"rsq_trad": (-math.inf, 1), "smape": (0, 200), "gini_coef": (-1, 1), "rsq": (0, 1)}
BEST = {"maximize": max, "minimize": min}


def frame_of(name: str) -> pl.DataFrame:
    return MADE[METRICS[name].metric.kind]


def score(name: str, df: Any, **arguments: Any) -> Any:
    return METRICS[name](df, "obs", ESTIMATE[METRICS[name].metric.kind], **arguments)


def estimates(name: str, df: Any, **arguments: Any) -> list[float | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        return rows(score(name, df, **arguments))[".estimate"]


@pytest.fixture(params=BUILT_IN)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_all_metrics_are_here() -> None:
    counts = {kind: sum(METRICS[n].metric.kind == kind for n in BUILT_IN) for kind in MADE}
    assert counts == {"class": 20, "numeric": 19, "prob": 9}


def test_documented(name: str) -> None:
    for function in (getattr(tm, name), getattr(tm, f"{name}_vec")):
        doc = inspect.getdoc(function)
        for part in ("Parameters\n---", "Returns\n---", "Raises\n---", "Warns\n---", "References\n---", "Examples\n---"):
            assert part in doc, part
        assert ">>> " in doc
        for parameter in inspect.signature(function).parameters:
            assert f"{parameter}" in doc
    assert "better" in doc
    assert "Range: [" in doc


def test_in_range(name: str) -> None:
    low, high = TRUE_RANGES.get(name, METRICS[name].metric.range)
    for arguments in ({}, {"by": "fold"}, {"by": "fold", "case_weights": "w"}):
        assert all(low <= value <= high for value in estimates(name, frame_of(name), **arguments) if value is not None)


def test_best_on_a_perfect_prediction(name: str) -> None:
    metric = METRICS[name].metric
    df = frame_of(name)
    known = df.with_columns(pred="obs")
    known = known.with_columns(
        (pl.col("obs") == level).cast(pl.Float64).alias(f"p_{level}") for level in data.LEVELS if metric.kind == "prob"
    )
    perfect = estimates(name, known)[0]
    real = estimates(name, df)[0]
    if metric.direction == "zero":
        assert perfect == 0
    elif name in {"iic", "detection_prevalence"}:  # errors to one side only are none at all; all a share can say
        assert perfect is None or name == "detection_prevalence"
    else:
        assert BEST[metric.direction](perfect, real) == perfect
        assert perfect != real


def test_no_weights_are_unit_weights(name: str) -> None:
    df = frame_of(name).with_columns(one=1.0)
    if name == "rpiq":  # yardstick takes another definition of the quartiles as soon as there are weights
        df = df.with_columns(obs=pl.col("pred") * 1.1)
        assert estimates(name, df) != estimates(name, df, case_weights="one")
    else:
        plain = estimates(name, df, by="fold", **UNWEIGHTED.get(name, {}))
        assert data.same(plain, estimates(name, df, by="fold", case_weights="one"))


def test_integer_weights_are_repeated_rows(name: str) -> None:
    df = frame_of(name)
    repeated = df[np.repeat(np.arange(len(df)), df["times"].to_numpy())]
    plain = estimates(name, repeated, by="site", **UNWEIGHTED.get(name, {}))
    agree = data.same(estimates(name, df, case_weights="times", by="site"), plain)
    assert agree != (name in WEIGHTS_ARE_NO_REPEATS)


def test_row_order_does_not_matter(name: str) -> None:
    df = frame_of(name)
    shuffled = df.sample(fraction=1, shuffle=True, seed=3)
    agree = data.same(estimates(name, df, by="fold"), estimates(name, shuffled, by="fold"))
    assert agree != (name in ORDER_MATTERS)


def test_a_group_is_its_rows_alone(name: str) -> None:
    df = frame_of(name)
    for arguments in ({}, {"case_weights": "w"}):
        grouped = estimates(name, df, by=["fold", "site"], **arguments)
        keys = df.select("fold", "site").unique().sort("fold", "site").rows()
        alone = [estimates(name, df.filter(fold=fold, site=site), **arguments)[0] for fold, site in keys]
        assert data.same(grouped, alone)


def test_vectors_are_a_frame(name: str) -> None:
    df = frame_of(name)
    vec = getattr(tm, f"{name}_vec")
    for arguments in ({}, {"case_weights": "w"}):
        weights = {key: df[column] for key, column in arguments.items()}
        prob = METRICS[name].metric.kind == "prob"
        given = df.select(PROBS).to_numpy() if prob else df["pred"]
        listed = [df[p].to_list() for p in PROBS] if prob else df["pred"].to_list()
        expected = estimates(name, df, **arguments)
        assert data.same([vec(df["obs"], given, **weights)], expected)
        assert data.same([vec(df["obs"].to_list(), listed, **weights, **_levels(df))], expected)


def _levels(df: pl.DataFrame) -> dict[str, Any]:
    return {"levels": data.LEVELS} if df["obs"].dtype == pl.Enum(data.LEVELS) else {}


def test_a_set_is_its_members(name: str) -> None:
    others = [METRICS[n] for n in BUILT_IN if METRICS[n].metric.kind == METRICS[name].metric.kind and n != name]
    for arguments in ({"by": "fold"}, {"by": "fold", "case_weights": "w"}):
        estimate = ESTIMATE[METRICS[name].metric.kind]
        together = tm.metric_set(*others[:7], METRICS[name])(frame_of(name), "obs", estimate, **arguments)
        alone = score(name, frame_of(name), **arguments)
        part = together.filter(pl.col(".metric") == name)
        assert part.drop(".estimate").equals(alone.drop(".estimate"))
        assert data.same(part[".estimate"].to_list(), alone[".estimate"].to_list(), 1e-12)


def test_every_frame_gives_the_same(name: str, frame: str) -> None:
    df = frame_of(name)
    given = make(frame, df)
    result = score(name, given, by="fold", case_weights="w")
    assert type(result) is (pl.DataFrame if frame == "lazy" else type(given))
    expected = rows(score(name, df, by="fold", case_weights="w"))
    found = rows(result)
    assert list(found) == ["fold", ".metric", ".estimator", ".estimate"]
    assert data.same(found.pop(".estimate"), expected.pop(".estimate"))
    assert found == expected


def test_missing_rows_are_as_if_not_there(name: str, frame: str) -> None:
    df = frame_of(name).with_row_index("i")
    holes = df.with_columns(
        obs=pl.when(pl.col("i") % 17 != 0).then("obs"),
        pred=pl.when(pl.col("i") % 13 != 0).then("pred"),
        w=pl.when(pl.col("i") % 11 != 0).then("w"),
    )
    prob = METRICS[name].metric.kind == "prob"
    if prob:
        holes = holes.with_columns(p_b=pl.when(pl.col("i") % 13 != 0).then("p_b"))
    given = make(frame, holes)
    full = holes.drop_nulls(["obs", "p_b" if prob else "pred"])
    assert data.same(estimates(name, given, by="fold"), estimates(name, full, by="fold"))
    weighted = estimates(name, given, by="fold", case_weights="w")
    assert data.same(weighted, estimates(name, full.drop_nulls("w"), by="fold", case_weights="w"))
    assert estimates(name, given, by="fold", na_rm=False) == [None] * 4


def test_rows_of_weight_0_add_nothing(name: str) -> None:
    df = frame_of(name).with_columns(z=pl.when(pl.col("site") == 0).then(0.0).otherwise("w"))
    if name in {"rmse_relative", "mase", "rpiq"}:  # the range, the lag and the quartiles of all rows kept
        return
    assert data.same(estimates(name, df, case_weights="z"), estimates(name, df.filter(pl.col("site") != 0), case_weights="w"))


def test_no_rows(name: str, frame: str) -> None:
    none = make(frame, frame_of(name).head(0))
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        result = rows(score(name, none))
    assert result[".estimate"] == [None]
    grouped = score(name, none, by="fold")
    assert rows(grouped) == {"fold": [], ".metric": [], ".estimator": [], ".estimate": []}


PER_CLASS = [
    n for n in BUILT_IN if METRICS[n].metric.kind == "class" or n in {"roc_auc", "pr_auc", "average_precision", "gain_capture"}
]


@pytest.mark.parametrize("metric", PER_CLASS)
def test_per_class(metric: str) -> None:
    df = frame_of(metric)
    result = score(metric, df, estimator="per_class", by="site")
    assert result[".level"].to_list() == data.LEVELS * 3
    for level in data.LEVELS:
        binary = df.with_columns(pl.col("obs", "pred") == level)
        estimate = f"p_{level}" if METRICS[metric].metric.kind == "prob" else "pred"
        one = METRICS[metric](binary, "obs", estimate, by="site")
        assert data.same(result.filter(pl.col(".level") == level)[".estimate"].to_list(), one[".estimate"].to_list())
