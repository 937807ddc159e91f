"""The mean of metrics over the groups of a column."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make, rows
from tests.test_contract import CALLS

KINDS = {
    "class": (tm.accuracy, tm.f_meas),
    "numeric": (tm.mae, tm.rsq),
    "prob": (tm.roc_auc, tm.mn_log_loss),
    "quantile": (tm.weighted_interval_score,),
    "clustering": (tm.adjusted_rand_index,),
    "dynamic_survival": (tm.brier_survival, tm.roc_auc_survival),
    "static_survival": (tm.concordance_survival,),
    "box": (tm.iou,),
}


@pytest.mark.parametrize("library", ["polars", "lazy", "pandas"])
@pytest.mark.parametrize("kind", KINDS)
def test_is_the_mean_of_the_groups(kind: str, library: str) -> None:
    df, columns, others = CALLS[kind]
    score = tm.metric_set(*KINDS[kind])
    keys = ["fold", ".metric", *([".eval_time"] if kind == "dynamic_survival" else [])]
    each = score(df, *columns, by=["fold", "site"], **others)
    rows_of = df.group_by("fold", "site").agg(pl.len(), own=pl.col("site").first() + 1.0)
    table = each.join(rows_of, on=["fold", "site"])
    given = make(library, df.with_columns(own=pl.col("site") + 1.0), ordered=True)
    for weights, by_hand in ((None, pl.lit(1.0)), ("support", pl.col("len")), ("own", pl.col("own"))):
        made = rows(tm.averaged_over(score, "site", weights)(given, *columns, by="fold", **others))
        mean = (pl.col(".estimate") * by_hand).sum() / by_hand.cast(pl.Float64).sort().sum()
        if weights is None:
            mean = pl.col(".estimate").mean()
        expected = table.group_by(keys, maintain_order=True).agg(mean)
        found = pl.DataFrame({key: made[key] for key in (*keys, ".estimate")})
        joined = found.join(expected, on=keys)
        assert len(joined) == len(found)
        assert data.same(joined[".estimate"].to_list(), joined[".estimate_right"].to_list())


def test_leaves_out_undefined_groups_and_says_which() -> None:
    df = pl.DataFrame({"u": ["a", "a", "b", "c"], "g": [1, 1, 1, 2], "y": [1.0, 2, 3, 4], "x": [1.0, 3, 3, 3]})
    mean = tm.averaged_over(tm.rsq, "u")
    with pytest.warns(tm.UndefinedMetricWarning) as told:
        made = mean(df, "y", "x", by="g")
    assert made[".estimate"].to_list() == [1.0, None]
    assert str(told[0].message) == (
        "rsq is undefined in 1 of 2 groups (g=2): no group of 'u' has a value: truth or estimate is constant; rsq leaves the "
        "group u='b' out of the average in 1 of 2 groups (g=1): truth or estimate is constant."
    )
    assert len(told) == 1
    with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
        assert mean(df.head(0), "y", "x")[".estimate"].to_list() == [None]
    assert mean(df.head(0), "y", "x", by="g").rows() == []
    with pytest.warns(tm.UndefinedMetricWarning, match="the groups of 'u' weigh 0"):
        none = tm.averaged_over(tm.mae, "u", "z")(df.with_columns(z=0.0), "y", "x")
    assert none[".estimate"].to_list() == [None]


def test_its_units_are_the_groups() -> None:
    df = data.numbers().with_columns(user=pl.int_range(pl.len()) % 20, other=pl.col("pred") * 1.1)
    made = tm.with_intervals(tm.averaged_over(tm.mae, "user"))(df, "obs", "pred").row(0, named=True)
    each = tm.mae(df, "obs", "pred", by="user")[".estimate"].to_numpy()
    assert made[".estimate"] == pytest.approx(each.mean())
    assert made[".std_error"] == pytest.approx(each.std(ddof=1) / math.sqrt(20))
    assert made[".lower"] < made[".estimate"] < made[".upper"]
    models = {"a": "pred", "b": "other"}
    pair = tm.compare(tm.averaged_over(tm.mae, "user"))(df, "obs", models).row(0, named=True)
    gap = each - tm.mae(df, "obs", "other", by="user")[".estimate"].to_numpy()
    assert pair[".estimate"] == pytest.approx(gap.mean())
    assert pair[".std_error"] == pytest.approx(gap.std(ddof=1) / math.sqrt(20))
    across = tm.compare(tm.averaged_over(tm.mae, "user"))(df, "obs", "pred", across="site", by="fold")
    assert len(across) == 3 * df["fold"].n_unique()
    both = tm.with_intervals(tm.each_model(tm.averaged_over(tm.mae, "user")))(df, "obs", models)
    assert both[".model"].to_list() == ["a", "b"]
    # the same in every group, at the end of a range
    right = pl.DataFrame({"u": np.arange(10), "obs": ["a", "b"] * 5, "pred": ["a", "b"] * 5})
    made = tm.with_intervals(tm.averaged_over(tm.accuracy, "u"))(right, "obs", "pred").row(0, named=True)
    assert 0.6 < made[".lower"] < 0.7
    assert made[".upper"] == 1


REFUSED: list[tuple[Any, type[Exception], str]] = [
    (
        lambda: tm.averaged_over(tm.with_intervals(tm.mae), "u"),
        tm.OptionError,
        r"write with_intervals\(averaged_over\(metric, 'u'",
    ),
    (lambda: tm.averaged_over(tm.compare(tm.mae), "u"), tm.OptionError, r"write compare\(averaged_over\("),
    (lambda: tm.averaged_over(tm.each_model(tm.mae), "u"), tm.OptionError, r"write each_model\(averaged_over\("),
    (lambda: tm.averaged_over(tm.roc_curve, "u"), tm.OptionError, "a curve or a table has no mean"),
    (
        lambda: tm.averaged_over(tm.demographic_parity("s"), "u"),
        tm.MetricSetError,
        "demographic_parity compares groups of rows",
    ),
    (lambda: tm.averaged_over(tm.mae, ""), tm.OptionError, "expected the name of the column to average over"),
    (lambda: tm.averaged_over(tm.mae, "u", 3), tm.OptionError, 'expected None, "support" or the name of a column'),
    (lambda: tm.metric_set(tm.averaged_over(tm.mae, "u")), tm.MetricSetError, "expected metrics such as"),
    (
        lambda: tm.sklearn_scorer(tm.averaged_over(tm.mae, "u")),
        tm.OptionError,
        "expected a class, probability or numeric metric",
    ),
]


@pytest.mark.parametrize(("make_it", "error", "message"), REFUSED)
def test_refuses(make_it: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make_it()


def test_refuses_columns() -> None:
    df = data.numbers()
    for given, error, message in (
        ({"column": "sit"}, tm.ColumnNotFoundError, "Did you mean 'site'"),
        ({"weights": "w"}, tm.WeightError, "'w' must be one number in all rows of each value of 'site'"),
        ({"weights": "n"}, tm.WeightError, "expected finite weights of at least 0; got -1.0"),
    ):
        made = tm.averaged_over(tm.mae, **{"column": "site", **given})
        with pytest.raises(error, match=message):
            made(df.with_columns(n=-1.0), "obs", "pred")
    with pytest.raises(tm.OptionError, match="averaged_over averages over the groups of 'site', and cannot be grouped by it"):
        tm.averaged_over(tm.mae, "site")(df, "obs", "pred", by="site")
    with pytest.raises(tm.OptionError, match="the units of an average over 'site' are its groups"):
        tm.with_intervals(tm.averaged_over(tm.mae, "site"))(df, "obs", "pred", unit="fold")
