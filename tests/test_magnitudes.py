"""Numbers and weights far from 1: squares and products that no float holds, digits beyond 2**53, and truths far from 0."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import installed, make, rows
from tidymetrics.core.metric import METRICS

DEGREES = {
    **dict.fromkeys(["mae", "rmse", "msd"], 1),
    **dict.fromkeys(["rsq", "rsq_trad", "ccc", "rpd", "rpiq", "rmse_relative", "iic", "gini_coef"], 0),
    **dict.fromkeys(["smape", "mape", "mpe", "mase"], 0),
}
FAR = [2.0**532, 2.0**-532, 2.0**1015, 2.0**-1000]


def ways(df: pl.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = {"polars": df, "lazy": df.lazy()}
    if installed("pandas"):
        found["pandas"] = make("pandas", df)
    if installed("duckdb"):
        import duckdb

        found["duckdb"] = duckdb.connect().from_arrow(df.to_arrow())
    return found


def estimates(result: Any) -> list[Any]:
    return list(rows(result.collect() if hasattr(result, "collect") else result)[".estimate"])


def two_groups(seed: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    y = rng.normal(size=40)
    classes = pl.Enum(["a", "b", "c"])
    return pl.DataFrame(
        {
            "k": ["u", None] * 20,
            "y": y,
            "x": y + 0.5 * rng.normal(size=40),
            "w": rng.choice([0.0, 1.0, 2.0, 7.0, 0.5], 40),
            "o": pl.Series(rng.choice(["a", "b", "c"], 40), dtype=classes),
            "p": pl.Series(rng.choice(["a", "b", "c"], 40), dtype=classes),
            "e": pl.Series(rng.choice(["a", "b"], 40), dtype=pl.Enum(["a", "b"])),
            "q": rng.random(40),
        }
    )


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("name", DEGREES)
def test_numbers_have_units(name: str, far: float) -> None:
    """One group of the two is far from 1; a power of two changes no digit."""
    df = two_groups()
    far_df = df.with_columns(pl.when(pl.col("k").is_null()).then(pl.col("y", "x") * far).otherwise(pl.col("y", "x")))
    metric = getattr(tm, name)
    near = metric(df, "y", "x", by="k").sort("k", nulls_last=True)[".estimate"]
    found = metric(far_df, "y", "x", by="k").sort("k", nulls_last=True)[".estimate"]
    assert found[0] == pytest.approx(near[0], rel=1e-13, abs=0)
    assert found[1] / far ** DEGREES[name] == pytest.approx(near[1], rel=1e-12, abs=0)
    alone = df.filter(pl.col("k").is_null())
    vector = getattr(tm, f"{name}_vec")(alone["y"] * far, alone["x"] * far)
    assert vector / far ** DEGREES[name] == pytest.approx(near[1], rel=1e-12, abs=0)


def test_numbers_have_units_in_every_library() -> None:
    df = two_groups()
    far_df = df.with_columns(pl.when(pl.col("k").is_null()).then(pl.col("y", "x") * 1e160).otherwise(pl.col("y", "x")))
    chosen = tm.metric_set(tm.rmse, tm.rsq, tm.rpd, tm.ccc)
    near = sorted(chosen(df, "y", "x", by="k").filter(pl.col("k").is_null())[".estimate"].to_list())
    for how, data in ways(far_df).items():
        found = rows(chosen(data, "y", "x", by="k"))
        values = [v for k, v in zip(found["k"], found[".estimate"], strict=True) if k is None]
        values = sorted(v / 1e160 if v > 1e100 else v for v in values)
        assert values == pytest.approx(near, rel=1e-12), how


def test_ends_of_what_floats_hold() -> None:
    assert tm.rmse_vec([1e160], [0]) == 1e160
    assert tm.rmse_vec([1e-200, 0.0], [0.0, 0.0]) == pytest.approx(1e-200 / np.sqrt(2), rel=1e-15)
    assert tm.mae_vec([1.7e308] * 3, [0] * 3) == pytest.approx(1.7e308)
    assert tm.smape_vec([1.7e308], [-1.7e308]) == 200.0
    assert tm.smape_vec([1.7e308], [0.85e308]) == pytest.approx(200 / 3)
    assert tm.smape_vec([5e-324], [1e-323]) == pytest.approx(200 / 3)
    assert tm.mape_vec([1.7e308], [-1.7e308]) == 200.0
    assert tm.mpe_vec([1.7e308], [-1.7e308]) == 200.0
    assert tm.huber_loss_pseudo_vec([1e200], [0]) == pytest.approx(1e200)
    assert tm.huber_loss_pseudo_vec([1e-9], [0]) == pytest.approx(5e-19, rel=1e-12)
    assert tm.mse_vec([1e160], [0]) == np.inf
    assert tm.rsq_vec([1e160, 2e160, 4e160], [1.0, 2.0, 3.0]) == pytest.approx(tm.rsq_vec([1, 2, 4], [1, 2, 3]), rel=1e-12)


@pytest.mark.parametrize("origin", [0, 10**6, 10**12, 10**15])
@pytest.mark.parametrize("weighted", [False, True])
def test_gini_far_from_0(origin: int, weighted: bool) -> None:
    """The index as a fraction: what is left of the areas once the box is taken away."""
    rng = np.random.default_rng(3)
    d, x = rng.integers(0, 1000, 30) / 8, rng.permutation(30).astype(float)
    w = rng.integers(1, 5, 30).astype(float) if weighted else np.ones(30)

    def gini(order: Any) -> Fraction:
        total, so_far, area = Fraction(), Fraction(), Fraction()
        for i in order:
            one = Fraction(w[i]) * (origin + Fraction(d[i]))
            area += Fraction(w[i]) * (2 * so_far + one)
            so_far += one
            total += Fraction(w[i])
        return 1 - area / (total * so_far)

    wanted = float(gini(np.lexsort((-d, -x))) / gini(np.argsort(-d, kind="stable")))
    df = pl.DataFrame({"y": origin + d, "x": x, "w": w, "k": ["u"] * 30})
    weights = {"case_weights": "w"} if weighted else {}
    assert tm.gini_coef_vec(df["y"], x, **({"case_weights": w} if weighted else {})) == pytest.approx(wanted, rel=1e-12)
    for how, data in ways(df).items():
        assert estimates(tm.gini_coef(data, "y", "x", by="k", **weights)) == pytest.approx([wanted], rel=1e-12), how


KINDS: dict[str, tuple[str, Any]] = {"numeric": ("y", "x"), "class": ("o", "p"), "prob": ("e", "q")}
ROOT_OF_WEIGHT = {"spiegelhalter_z"}
"""What grows with the root of the weight, as its page says."""
WEIGHTED = [
    name
    for name, function in METRICS.items()
    if function.metric.kind in KINDS
    and function.__module__.startswith("tidymetrics.")
    and name not in ROOT_OF_WEIGHT | {"roc_aunu", "roc_aunp", "classification_cost"}
]


@pytest.mark.parametrize("far", [2.0**664, 2.0**-664])
@pytest.mark.parametrize("name", WEIGHTED)
def test_weights_have_units(name: str, far: float) -> None:
    df = two_groups()
    far_df = df.with_columns(w=pl.when(pl.col("k").is_null()).then(pl.col("w") * far).otherwise(pl.col("w")))
    columns = KINDS[METRICS[name].metric.kind]
    needs = METRICS[name].metric.options
    more = {"m": 2} if "m" in needs else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near, found = (getattr(tm, name)(d, *columns, by="k", case_weights="w", **more)[".estimate"] for d in (df, far_df))
    np.testing.assert_allclose(found, near, rtol=1e-9)


def test_weights_have_units_in_every_library() -> None:
    df = two_groups()
    far_df = df.with_columns(w=pl.when(pl.col("k").is_null()).then(pl.col("w") * 1e200).otherwise(pl.col("w") * 1e-200))
    for metrics, columns in [((tm.rpd, tm.ccc), "yx"), ((tm.kap, tm.mcc), "op"), ((tm.roc_auc,), "eq")]:
        near = sorted(estimates(tm.metric_set(*metrics)(df, *columns, by="k", case_weights="w")))
        for how, data in ways(far_df).items():
            event = {"event": "a", "levels": ["a", "b"]} if metrics == (tm.roc_auc,) else {}
            found = sorted(estimates(tm.metric_set(*metrics)(data, *columns, by="k", case_weights="w", **event)))
            assert found == pytest.approx(near, rel=1e-9), how


def test_what_counts_weight_has_the_callers() -> None:
    df = two_groups().with_columns(w=pl.col("w") * 1e200)
    table = tm.conf_mat(df, "o", "p", case_weights="w")
    assert table.tidy()["Freq"].sum() == pytest.approx(df["w"].sum(), rel=1e-12)
    mean = tm.mn_log_loss(df, "e", "q", case_weights="w")[".estimate"].item()
    total = tm.mn_log_loss(df, "e", "q", case_weights="w", sum=True)[".estimate"].item()
    assert total == pytest.approx(mean * df["w"].sum(), rel=1e-12)
    assert table.summary()[".estimate"].to_list()[:2] == pytest.approx(
        tm.conf_mat(two_groups(), "o", "p", case_weights="w").summary()[".estimate"].to_list()[:2], rel=1e-12
    )
    seen = []

    def greatest(truth: Any, estimate: Any, *, case_weights: Any) -> float:
        seen.append(case_weights.max())
        return 1.0

    custom = tm.metric_from_vec(greatest, name="greatest_weight", kind="numeric", direction="minimize")
    custom(df, "y", "x", case_weights="w")
    METRICS.pop("greatest_weight", None)
    assert seen == [df["w"].max()]


def test_a_state_of_weights_far_from_1_is_refused() -> None:
    df = two_groups()
    for metric, columns in [(tm.kap, "op"), (tm.mae, "yx")]:
        metric.state(df, *columns, case_weights="w")
        with pytest.raises(tm.WeightError, match="too far from 1"):
            metric.state(df.with_columns(w=pl.col("w") * 1e200), *columns, case_weights="w")


def test_estimates_at_the_ends_have_intervals_beside_them() -> None:
    """Predictions without an error look like errors too small for squares."""
    df = two_groups().with_columns(x="y")
    chosen = tm.metric_set(tm.rmse, tm.mae, tm.rsq, tm.ccc, tm.rpd, tm.rmse_relative)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for data in (df, df.with_columns(x=pl.lit(1.0)), two_groups().with_columns(pl.col("y", "x") * 1e160)):
            plain, beside = chosen(data, "y", "x", by="k"), tm.with_intervals(chosen)(data, "y", "x", by="k")
            assert beside[".estimate"].to_list() == plain[".estimate"].to_list()


def test_weights_whose_sum_no_float_holds_are_refused() -> None:
    df = two_groups().with_columns(w=pl.lit(1.7e308))
    for data in ways(df).values():
        for metric, columns in [(tm.rmse, "yx"), (tm.accuracy, "op")]:
            with pytest.raises(tm.WeightError, match="add up"):
                estimates(metric(data, *columns, case_weights="w"))
    with pytest.raises(tm.WeightError, match="add up"):
        tm.mae_vec([1, 2], [1, 2], case_weights=[1.7e308, 1.7e308])
    with pytest.raises(tm.WeightError, match="add up"):
        tm.accuracy_vec(["a", "b"], ["a", "b"], case_weights=[1.7e308, 1.7e308])


def test_integers_that_floats_do_not_tell_apart_are_refused() -> None:
    start = 1_700_000_000_000_000_000
    df = pl.DataFrame({"y": [start + 201, start + 77], "x": [start + 1, start], "w": [2**60 + 1, 1], "k": [1, 2]})
    for data in ways(df).values():
        with pytest.raises(tm.OptionError, match=r"2\*\*53"):
            estimates(tm.mae(data, "y", "x"))
        with pytest.raises(tm.OptionError, match=r"2\*\*53"):
            estimates(tm.rmse(data, "y", "x", by="k"))
    for vectors in [(df["y"], df["x"]), (df["y"].to_list(), df["x"].to_list()), (df["y"].to_numpy(), df["x"].to_numpy())]:
        with pytest.raises(tm.OptionError, match=r"2\*\*53"):
            tm.mae_vec(*vectors)
    near = df.with_columns(pl.col("y", "x") - start)
    for data in ways(near).values():  # weights are no differences
        assert estimates(tm.mae(data, "y", "x", case_weights="w")) == pytest.approx([200.0])
    even = pl.DataFrame({"y": [2**54], "x": [2**54 - 4]})
    for data in ways(even).values():
        assert estimates(tm.mae(data, "y", "x")) == [4.0]
