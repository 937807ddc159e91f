"""What users write, as type checkers see it: mypy must find every marked line wrong, and no other."""

from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
from typing_extensions import assert_type

import tidymetrics as tm

df = pl.DataFrame({"obs": ["a"], "pred": ["a"], "y": [1.0], "x": [2.0], "fold": [1]})
pandas_frame: pd.DataFrame = df.to_pandas()

# the result is of the caller's own type
assert_type(tm.accuracy(df, "obs", "pred"), pl.DataFrame)
assert_type(tm.accuracy(df.lazy(), "obs", "pred"), pl.DataFrame)
assert_type(tm.accuracy(df.group_by("fold"), "obs", "pred"), pl.DataFrame)
assert_type(tm.accuracy(pandas_frame, "obs", "pred"), pd.DataFrame)
assert_type(tm.rmse(nw.from_native(df), "y", "x"), nw.DataFrame[pl.DataFrame])
assert_type(tm.rmse(df, "y", "x", by=["fold"], case_weights="x"), pl.DataFrame)
assert_type(tm.metric_set(tm.accuracy, tm.kap)(df, "obs", "pred", by="fold"), pl.DataFrame)
assert_type(tm.f_meas_vec(["a"], ["a"], beta=2, event="a"), float)
assert_type(tm.mase_vec([1.0], [1.0], m=2), float)
assert_type(tm.datasets.load_digits_cv(), pl.DataFrame)
assert_type(tm.f_meas.metric.name, str)

# options and common arguments are checked
tm.f_meas(df, "obs", "pred", beta=2)
tm.f_meas(df, "obs", "pred", betta=2)  # type: ignore[call-overload]
tm.f_meas(df, "obs", "pred", beta="2")  # type: ignore[call-overload]
tm.accuracy(df, "obs", "pred", beta=2)  # type: ignore[call-overload]
tm.accuracy(df, "obs", "pred", event_level="third")  # type: ignore[call-overload]
tm.sens(df, "obs", "pred", estimator="mean")  # type: ignore[call-overload]
tm.rmse(df, "y", "x", estimator="macro")  # type: ignore[call-overload]
tm.accuracy(df, "obs")  # type: ignore[call-overload]
tm.accuracy(df, "obs", "pred", "fold")  # type: ignore[call-overload]
tm.rmse_vec([1.0], [1.0], True)  # type: ignore[call-arg]
tm.roc_curve(df, "obs", "y", thresholds=[0.5])
tm.conf_mat(df, "obs", "pred").summary(beta=2)
tm.conf_mat(df, "obs", "pred").summary(estimator="mean")  # type: ignore[arg-type]
tm.conf_mat(df, "obs", "pred").plot("pie")  # type: ignore[arg-type]
tm.conf_mat(df, "obs", "pred").plot(normalize="estimate", title="Matrix")
assert_type(tm.roc_curve(df, "obs", "y"), pl.DataFrame)
assert_type(tm.roc_curve_vec(["a"], [0.5]), pl.DataFrame)
tm.roc_curve(df, "obs", "y", "fold")  # type: ignore[call-overload]
tm.mcc(tm.conf_mat(df, "obs", "pred"))
tm.kap_vec(["a"], ["a"], weighting="cubic")  # type: ignore[arg-type]
tm.huber_loss_vec([1.0], [1.0], delt=2)  # type: ignore[call-arg]


@tm.class_metric(tm.EventCounts, direction="maximize", range=(0, 1))
def typed_overlap(counts: tm.EventCounts, *, smooth: float = 0.0) -> Any:
    """Events both predicted and true."""
    return (counts.tp + smooth) / (counts.tp + counts.fp + counts.fn + smooth)


typed_overlap(df, "obs", "pred", smooth=1.0)
typed_overlap(df, "obs", "pred", smoth=1.0)  # type: ignore[call-overload]


@tm.numeric_metric(direction="minimize", range=(0, 1))
def typed_quartic(truth: nw.Expr, estimate: nw.Expr) -> nw.Expr:
    """Mean fourth power."""
    return (truth - estimate) ** 4


assert_type(typed_quartic(df, "y", "x"), pl.DataFrame)
