"""Survival metrics: by hand, against plain loops, on long and nested data, in sets; what is undefined, what is refused."""

from __future__ import annotations

import math
import pickle
import warnings
from statistics import NormalDist
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidymetrics as tm
from tests import data
from tests.frames import available, make, rows
from tidymetrics.statistics.royston import normal_scores

PAIR = ("time", "event")
AT = {"eval_time": "t", "censoring_weights": "g"}
TIMES = [0.5, 1.5, 1.5, 3.0]
EVENTS = [1, 0, 1, 1]


def example() -> pl.DataFrame:
    """Four subjects at two evaluation times."""
    first = {"t": [1.0] * 4, "s": [0.8, 0.7, 0.5, 0.9], "g": [1.1, 1.2, 1.2, 1.2]}
    second = {"t": [2.0] * 4, "s": [0.6, 0.5, 0.2, 0.7], "g": [1.1, None, 1.3, 1.4]}
    return pl.concat([pl.DataFrame({"time": TIMES, "event": EVENTS, **columns}) for columns in (first, second)])


def nested(frame: str, df: pl.DataFrame) -> Any:
    """Give long data with a column of lists of structs in place of the rows of each subject."""
    fields = pl.struct(
        pl.col("t").alias(".eval_time"), pl.col("s").alias(".pred_survival"), pl.col("g").alias(".weight_censored")
    )
    own = [name for name in df.columns if name not in {"t", "s", "g"}]
    made = df.with_columns(fields.alias(".pred")).group_by(own, maintain_order=True).agg(".pred")
    if frame == "pandas":
        import pandas as pd

        return pd.DataFrame({name: made[name].to_list() for name in made.columns})
    if frame == "pyarrow":
        return made.to_arrow()
    return made.lazy() if frame == "lazy" else made


def values(metric: Any, df: Any, estimate: str = "s", **arguments: Any) -> list[float | None]:
    return rows(metric(df, PAIR, estimate, **(AT | arguments)))[".estimate"]


def test_by_hand() -> None:
    df = example()
    assert values(tm.brier_survival, df) == pytest.approx([0.281, 0.1435], rel=1e-12)
    assert values(tm.brier_survival_integrated, df) == pytest.approx([0.106125], rel=1e-12)
    assert values(tm.roc_auc_survival, df) == pytest.approx([1 / 3, 1], rel=1e-12)
    curve = tm.roc_curve_survival(df, PAIR, "s", **AT).filter(pl.col(".eval_time") == 1)
    assert curve[".threshold"].to_list() == [-math.inf, 0.5, 0.7, 0.8, 0.9, math.inf]
    assert curve["sensitivity"].to_list() == [0, 0, 0, 1, 1, 1]
    assert curve["specificity"].to_list() == pytest.approx([1, 2 / 3, 1 / 3, 1 / 3, 0, 0], abs=1e-12)
    subjects = pl.DataFrame({"time": [2, 2, 3], "event": [1, 0, 1], "x": [2, 2, 1], "w": [1, 2, 1]})
    assert tm.concordance_survival(subjects, PAIR, "x")[".estimate"].item() == 0.25
    assert tm.concordance_survival(subjects, PAIR, "x", case_weights="w")[".estimate"].item() == pytest.approx(1 / 3)
    lp = pl.DataFrame({"time": range(1, 7), "event": [1, 1, 0, 1, 1, 1], "x": [3, 2, 5, 1, 4, 0], "w": [1, 2, 1, 1, 1, 1]})
    assert tm.royston_survival(lp, PAIR, "x")[".estimate"].item() == pytest.approx(0.03785533701585694, rel=1e-12)
    weighted = tm.royston_survival(lp, PAIR, "x", case_weights="w")[".estimate"].item()
    assert weighted == pytest.approx(0.024471005426902875, rel=1e-12)
    scores = normal_scores(np.zeros(6, np.int64), lp["x"].to_numpy().astype(float), np.ones(6, np.int64))
    assert scores == pytest.approx([0.20189, -0.20189, 1.28155, -0.64335, 0.64335, -1.28155], abs=1e-5)


def test_area_is_that_of_the_curve() -> None:
    df = data.survival()
    curve = tm.roc_curve_survival(df, PAIR, "s", **AT, by="site", case_weights="w")
    area = tm.roc_auc_survival(df, PAIR, "s", **AT, by="site", case_weights="w")
    for (_, _), points, wanted in zip(
        *zip(*[((k, 0), p) for k, p in curve.group_by("site", ".eval_time", maintain_order=True)], strict=True),
        area[".estimate"],
        strict=True,
    ):
        x, y = 1 - points["specificity"].to_numpy(), points["sensitivity"].to_numpy()
        assert float((np.diff(x) * (y[1:] + y[:-1]) / 2).sum()) == pytest.approx(wanted, rel=1e-9)


rounded = st.integers(0, 6).map(float)
people = st.lists(st.tuples(rounded, st.booleans(), rounded, st.integers(0, 3)), min_size=1, max_size=25)


def plain_concordance(table: list[tuple[float, bool, float, int]]) -> float:
    """Count pairs one by one."""
    right = all_pairs = 0.0
    for t_i, e_i, x_i, w_i in table:
        for t_j, e_j, x_j, w_j in table:
            if e_i and (t_j > t_i or (t_j == t_i and not e_j)):
                all_pairs += w_i * w_j
                right += w_i * w_j * (1.0 if x_j > x_i else 0.5 if x_j == x_i else 0.0)
    return right / all_pairs if all_pairs else math.nan


@given(people, people)
@settings(max_examples=150, deadline=None)
def test_concordance_against_a_loop(first: list[Any], second: list[Any]) -> None:
    table = [(*row, g) for g, part in enumerate((first, second)) for row in part]
    df = pl.DataFrame(table, schema=["time", "event", "x", "w", "g"], orient="row")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        found = tm.concordance_survival(df, PAIR, "x", by="g", case_weights="w")[".estimate"].to_list()
    wanted = [plain_concordance(part) for part in (first, second)]
    assert data.same(found, [None if math.isnan(v) else v for v in wanted])


def test_times_that_differ_by_rounding_are_one() -> None:
    near = pl.DataFrame({"time": [0.3, 0.1 + 0.2, 1.0], "event": [1, 1, 1], "x": [1.0, 2.0, 3.0]})
    assert near["time"][0] != near["time"][1]
    # the first two are one time, and two events at one time are no pair
    assert tm.concordance_survival_vec((near["time"], near["event"]), [2.0, 1.0, 3.0]) == 1.0
    large = [1e9, 1e9 + 1, 2e9]  # a gap of 1 is rounding beside times of 1e9
    assert tm.concordance_survival_vec((large, [1, 1, 1]), [2.0, 1.0, 3.0]) == 1.0


def test_nested_data_are_long_data(frame: str) -> None:
    df = data.survival(60).with_columns(time=pl.col("time") - pl.int_range(pl.len()).mod(60) * 1e-6)
    for metric in (tm.brier_survival, tm.roc_auc_survival, tm.brier_survival_integrated, tm.roc_curve_survival):
        wide = nested(frame, df)
        expected = rows(metric(df, PAIR, "s", **AT, by="fold", case_weights="w"))
        found = metric(wide, PAIR, ".pred", by="fold", case_weights="w")
        assert type(found) is (pl.DataFrame if frame == "lazy" else type(wide))
        wanted = {name: pytest.approx(of) if isinstance(of[0], float) else of for name, of in expected.items()}
        assert rows(found) == wanted


@pytest.mark.skipif("pandas" not in available(), reason="pandas is not installed")
def test_nested_frames_of_pandas() -> None:
    import pandas as pd

    df = nested("pandas", example())
    df[".pred"] = [pd.DataFrame(cell) for cell in df[".pred"]]
    assert rows(tm.brier_survival(df, PAIR, ".pred"))[".estimate"] == pytest.approx([0.281, 0.1435], rel=1e-12)


def test_wrong_nested_data() -> None:
    made = nested("polars", example())
    with pytest.raises(tm.OptionError, match="estimate 'x' holds numbers, so the data are long: pass the columns"):
        tm.brier_survival(made.with_columns(x=1.0), PAIR, "x")
    with pytest.raises(tm.OptionError, match="the nested column '.pred' is also truth, a weight or a key"):
        tm.brier_survival(made, PAIR, ".pred", by=".pred")
    uneven = made.with_columns(pl.when(pl.col("time") > 1).then(".pred").otherwise(pl.col(".pred").list.head(1)))
    with pytest.raises(tm.OptionError, match="the same evaluation times; row 0 has 1 and row 1 has 2"):
        tm.brier_survival(uneven, PAIR, ".pred")
    with pytest.raises(tm.OptionError, match="at each evaluation time"):
        tm.brier_survival(uneven.lazy(), PAIR, ".pred")
    fields = made.with_columns(pl.col(".pred").list.eval(pl.element().struct.rename_fields([".eval_time", "s", "g"])))
    for wide in (fields, fields.lazy()):
        with pytest.raises(tm.ColumnNotFoundError, match="no field '.pred_survival', '.weight_censored'; their fields"):
            tm.brier_survival(wide, PAIR, ".pred")
    with pytest.raises(tm.OptionError, match="expected a list of structs with the fields '.eval_time'"):
        tm.brier_survival(made.with_columns(x=pl.lit("a")), PAIR, "x")
    with pytest.raises(tm.OptionError, match="censoring_weights: name the column as well"):
        tm.brier_survival(example(), PAIR, "s", eval_time="t")


def test_a_missing_prediction_adds_nothing() -> None:
    df = example().with_columns(s=pl.when(pl.col("s") != 0.5).then("s"))
    found = values(tm.brier_survival, df)
    assert found == pytest.approx([(0.64 * 1.1 + 0.09 * 1.2 + 0.01 * 1.2) / 4, (0.36 * 1.1 + 0.04 * 1.3 + 0.09 * 1.4) / 4])
    assert len(tm.roc_curve_survival(df, PAIR, "s", **AT).filter(pl.col(".eval_time") == 1)) == 5


def test_undefined() -> None:
    nobody = example().with_columns(event=0, g=1.0)
    with pytest.warns(tm.UndefinedMetricWarning, match="roc_auc_survival is undefined: nobody had the event by the evaluation"):
        assert values(tm.roc_auc_survival, nobody) == [None, None]
    with pytest.warns(tm.UndefinedMetricWarning, match="sensitivity is undefined in 2 of 2 curves: nobody had the event"):
        curve = tm.roc_curve_survival(nobody, PAIR, "s", **AT)
    assert curve["sensitivity"].to_list()[:6] == [0, None, None, None, None, 1]
    for metric, reason in (
        (tm.concordance_survival, "no pair of subjects has a known order of events"),
        (tm.royston_survival, "there are no events, or none with another prediction at risk"),
    ):
        with pytest.warns(tm.UndefinedMetricWarning, match=reason):
            assert metric(nobody, PAIR, "s")[".estimate"].to_list() == [None]
    same = pl.DataFrame({"time": [1.0, 2.0], "event": [1, 1], "x": [3.0, 3.0]})
    with pytest.warns(tm.UndefinedMetricWarning, match="royston_survival is undefined"):
        tm.royston_survival(same, PAIR, "x")
    gone = example().with_columns(w=0.0)
    with pytest.warns(tm.UndefinedMetricWarning, match="brier_survival is undefined: no rows are left, or none of positive"):
        assert values(tm.brier_survival, gone, case_weights="w") == [None, None]
    with pytest.raises(tm.OptionError, match="expected at least two evaluation times; got 1"):
        values(tm.brier_survival_integrated, example().head(4))


def test_a_perfect_separation_ends() -> None:
    df = pl.DataFrame({"time": range(1, 41), "event": [1] * 40, "x": range(40, 0, -1)})
    assert 0.9 < tm.royston_survival(df, PAIR, "x")[".estimate"].item() <= 1
    turned = df.with_columns(-pl.col("x"))
    assert tm.royston_survival(turned, PAIR, "x")[".estimate"].item() > 0.9


BAD: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"time": [-1.0, 1.5, 1.5, 3.0] * 2}, tm.OptionError, r"truth 'time': expected finite times of at least 0; 2 rows have"),
    ({"time": [math.inf] * 8}, tm.OptionError, "8 rows have another: inf, inf"),
    (
        {"event": [1, 2, 2, 1] * 2},
        tm.OptionError,
        r"truth 'event': expected a status of 1 .* 4 rows have another: 2.0",
    ),
    ({"event": ["a"] * 8}, tm.OptionError, "truth 'event': expected numbers; got String"),
    (
        {"t": [1.0] * 5 + [2.0] * 3},
        tm.OptionError,
        "must stand at each evaluation time, each once; a group has rows: 5 at 1",
    ),
    ({"t": [-1.0] * 4 + [2.0] * 4}, tm.OptionError, "eval_time 't': expected finite times of at least 0; got -1.0"),
    ({"t": [None] * 4 + [2.0] * 4}, tm.OptionError, "eval_time 't': expected finite times of at least 0; got nan"),
    ({"g": [1.1, 1.2, 1.2, 1.2, 1.1, None, 1.3, None]}, tm.WeightError, r"1 row has no weight .* at the evaluation times 2.0"),
    (
        {"g": [-1.0] * 8},
        tm.WeightError,
        "censoring_weights 'g': expected finite weights .* 8 rows have another: -1.0",
    ),
]


@pytest.mark.parametrize(("columns", "error", "message"), BAD, ids=range(len(BAD)))
def test_refused(columns: dict[str, Any], error: type[Exception], message: str, frame: str) -> None:
    df = example().with_columns(pl.Series(name, values, strict=False) for name, values in columns.items())
    for metric in (tm.brier_survival, tm.roc_auc_survival, tm.roc_curve_survival):
        with pytest.raises(error, match=message):
            metric(make(frame, df), PAIR, "s", **AT)


def test_refused_elsewhere() -> None:
    df = example()
    with pytest.raises(tm.ProbabilityError, match="estimate 's': expected probabilities .* 1 row has another: 1.5"):
        values(tm.brier_survival, df.with_columns(s=pl.when(pl.col("s") != 0.8).then("s").otherwise(1.5)))
    assert values(tm.roc_auc_survival, df.with_columns(pl.col("s") * 100)) == pytest.approx([1 / 3, 1])
    with pytest.raises(tm.OptionError, match=r'truth: expected two columns, truth=\("time", "event"\)'):
        tm.concordance_survival(df, "time", "s")
    with pytest.raises(tm.OptionError, match="truth: expected two vectors"):
        tm.concordance_survival_vec([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    with pytest.raises(tm.OptionError, match="by: 't' is eval_time"):
        tm.brier_survival(df, PAIR, "s", **AT, by="t")
    uneven = df.with_columns(f=pl.Series([0, 0, 1, 1, 0, 0, 0, 1]))
    with pytest.raises(tm.OptionError, match="a group has rows: 2 at 1, 3 at 2"):
        tm.brier_survival(uneven, PAIR, "s", **AT, by="f")
    split = df.with_columns(f=pl.col("t"))
    with pytest.raises(tm.OptionError, match="in every group; the times 1.0, 2.0 are not all there in each"):
        tm.brier_survival(split, PAIR, "s", **AT, by="f")
    holes = df.with_columns(pl.when(pl.col("time") > 1).then("time"))
    with pytest.raises(tm.TidymetricsError, match="1 subjects have missing values, and na_rm=False"):
        tm.roc_curve_survival(holes, PAIR, "s", **AT, na_rm=False)
    heavy = pl.DataFrame({"time": [1.0, 2.0], "event": [1, 1], "x": [1, 2], "w": [1e9, 1.0]})
    with pytest.raises(tm.WeightError, match="copies are more than"):
        tm.royston_survival(heavy, PAIR, "x", case_weights="w")


def test_vectors_at_one_time_give_a_number() -> None:
    df = example().head(4)
    pair = (df["time"], df["event"])
    at = {"eval_time": 1.0, "censoring_weights": df["g"]}
    assert tm.brier_survival_vec(pair, df["s"], **at) == pytest.approx(0.281)
    assert tm.roc_auc_survival_vec(pair, df["s"], **at) == pytest.approx(1 / 3)
    both = example()
    many = tm.brier_survival_vec(
        (both["time"], both["event"]), both["s"], eval_time=both["t"], censoring_weights=both["g"].to_list()
    )
    assert many[".eval_time"].to_list() == [1.0, 2.0]
    assert many[".estimate"].to_list() == pytest.approx([0.281, 0.1435])


def test_sets_mix_the_kinds(frame: str) -> None:
    df = data.survival()
    chosen = tm.metric_set(tm.royston_survival, tm.brier_survival, tm.concordance_survival, tm.brier_survival_integrated)
    given = {"probs": "s", "linear_pred": "lp", "by": "fold", "case_weights": "w"}
    found = chosen(make(frame, df), PAIR, "pred", **given, **AT)
    subjects = df.filter(pl.col("t") == data.EVAL_TIMES[0])
    alone = [
        tm.royston_survival(subjects, PAIR, "lp", by="fold", case_weights="w"),
        tm.brier_survival(df, PAIR, "s", **AT, by="fold", case_weights="w"),
        tm.concordance_survival(subjects, PAIR, "pred", by="fold", case_weights="w"),
        tm.brier_survival_integrated(df, PAIR, "s", **AT, by="fold", case_weights="w"),
    ]
    expected = rows(pl.concat(alone, how="diagonal"))
    result = rows(found)
    assert list(result) == ["fold", ".metric", ".estimator", ".eval_time", ".estimate"]
    assert data.same(result.pop(".estimate"), expected.pop(".estimate"))
    assert result == {name: expected[name] for name in result}


def test_sets_of_nested_data(frame: str) -> None:
    df = data.survival(60).with_columns(time=pl.col("time") - pl.int_range(pl.len()).mod(60) * 1e-6)
    chosen = tm.metric_set(tm.concordance_survival, tm.roc_auc_survival)
    subjects = nested("polars", df)
    found = rows(chosen(nested(frame, df), PAIR, "lp", probs=".pred", by="fold"))
    assert data.same(found[".estimate"][:4], rows(tm.concordance_survival(subjects, PAIR, "lp", by="fold"))[".estimate"])


def test_what_sets_are_told() -> None:
    df = example().with_columns(lp=-pl.col("time"), pred=pl.col("time") * 2)
    linear = tm.metric_set(tm.royston_survival)
    timed = tm.metric_set(tm.brier_survival, tm.roc_auc_survival)
    assert timed(df, PAIR, "s", **AT).equals(timed(df, PAIR, probs="s", **AT))
    assert tm.metric_set(tm.concordance_survival)(df.head(4), PAIR, "pred")[".estimate"].item() == 0.9
    assert tm.metric_set(tm.concordance_survival)(df.head(4), PAIR, "lp")[".estimate"].item() == pytest.approx(0.1)
    with pytest.raises(tm.OptionError, match="linear_pred: name the column of linear predictors, which royston_survival read"):
        linear(df, PAIR)
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes linear_pred="):
        timed(df, PAIR, "s", linear_pred="lp", **AT)
    with pytest.raises(tm.OptionError, match="probs: name the column of survival probabilities, which brier_survival"):
        tm.metric_set(tm.concordance_survival, tm.brier_survival)(df, PAIR, "pred", **AT)
    with pytest.raises(tm.MetricSetError, match="several families .*class: accuracy; survival: brier_survival"):
        tm.metric_set(tm.accuracy, tm.brier_survival)
    with pytest.raises(tm.MetricSetError, match="no metric of the set takes eval_time=: they are of the family 'class'"):
        tm.metric_set(tm.accuracy)(df, "event", "event", eval_time="t")


def test_differences_between_groups() -> None:
    df = data.survival()
    subjects = data.subjects()
    apart = tm.new_groupwise_metric(tm.concordance_survival, "apart", tm.groupwise_difference)("site")
    by_site = tm.concordance_survival(subjects, PAIR, "pred", by="site")[".estimate"]
    assert apart(subjects, PAIR, "pred")[".estimate"].item() == pytest.approx(by_site.max() - by_site.min())

    def widest(frame: pl.DataFrame) -> float:
        return float(frame.group_by(".eval_time").agg(pl.col(".estimate").max() - pl.col(".estimate").min())[".estimate"].max())

    timed = tm.new_groupwise_metric(tm.brier_survival, "widest", widest)("site")
    each = tm.brier_survival(df, PAIR, "s", **AT, by=["fold", "site"])
    found = timed(df, PAIR, "s", **AT, by="fold")
    assert found[".estimate"].to_list() == [pytest.approx(widest(p)) for _, p in each.group_by("fold", maintain_order=True)]


def test_curves_look_like_functions() -> None:
    for function in (tm.roc_curve_survival, tm.roc_curve_survival_vec):
        assert pickle.loads(pickle.dumps(function)) is function
        assert "eval_time" in (function.__doc__ or "")
    assert repr(tm.roc_curve_survival).startswith("<roc_curve_survival: a curve of survival probabilities")
    with pytest.raises(tm.OptionError, match="the frame has no rows, and so no evaluation times"):
        tm.roc_curve_survival(example().head(0), PAIR, "s", **AT)


def test_static_members_need_a_row_a_subject() -> None:
    df = data.survival()
    with pytest.raises(tm.MetricSetError, match="takes eval_time=. For long data, filter them to one evaluation time"):
        tm.metric_set(tm.royston_survival)(df, PAIR, "lp", **AT)


def test_empty_lists_are_no_subjects_to_leave_out() -> None:
    made = nested("polars", example())
    some = made.with_columns(pl.when(pl.col("time") > 1).then(".pred").otherwise(pl.col(".pred").list.head(0)))
    twice = made.with_columns(pl.col(".pred").list.gather([0, 0]))
    for wide in (some, twice):
        for given_frame in (wide, wide.lazy()):
            with pytest.raises(tm.OptionError, match="eval_?.*time"):
                tm.brier_survival(given_frame, PAIR, ".pred")
    none = nested("polars", example()).head(0)
    for given_frame in (none, none.lazy()):
        with pytest.warns(tm.UndefinedMetricWarning, match="no rows are left"):
            assert rows(tm.brier_survival(given_frame, PAIR, ".pred"))[".estimate"] == [None]


def test_other_subjects_at_another_time_are_noticed() -> None:
    mixed = pl.DataFrame({"time": [5.0, 5.0, 9.0, 9.0], "event": 1, "t": [1.0, 1.0, 2.0, 2.0], "s": 0.5, "g": 1.0})
    with pytest.raises(tm.OptionError, match="a group has true times that add up to: 10 at 1, 18 at 2"):
        tm.brier_survival(mixed, PAIR, "s", **AT)
    missing = example().with_columns(time=pl.when((pl.col("time") > 1) | (pl.col("t") > 1)).then("time"))
    with pytest.raises(tm.OptionError, match="a group has rows with a time and a status: 3 at 1, 4 at 2"):
        tm.brier_survival(missing, PAIR, "s", **AT)


def test_weights_of_other_groups_do_not_matter() -> None:
    light = pl.DataFrame({"time": [1.0, 2, 3, 4], "event": 1, "x": [1.0, 3, 2, 4], "w": [0.1, 0.2, 0.3, 0.4], "k": "b"})
    heavy = light.with_columns(pl.col("w") * 1e17, k=pl.lit("a"))
    found = tm.concordance_survival(pl.concat([heavy, light]), PAIR, "x", by="k", case_weights="w")[".estimate"]
    alone = tm.concordance_survival(light, PAIR, "x", case_weights="w")[".estimate"].item()
    assert found.to_list() == pytest.approx([alone, alone], rel=1e-12)


def test_which_evaluation_times_are_undefined() -> None:
    df = example().with_columns(event=pl.when(pl.col("time") > 1).then("event").otherwise(0), g=1.0)
    with pytest.warns(tm.UndefinedMetricWarning, match="nobody was followed beyond it, at the evaluation times 1.0"):
        assert values(tm.roc_auc_survival, df)[0] is None


def test_wrong_evaluation_times_name_their_argument() -> None:
    df = example()
    for wrong, error, message in (
        ("zz", tm.ColumnNotFoundError, "eval_time: the frame has no column 'zz'"),
        (1.0, tm.OptionError, "eval_time: expected a column name; got 1.0"),
    ):
        with pytest.raises(error, match=message):
            tm.brier_survival(df, PAIR, "s", eval_time=wrong, censoring_weights="g")
    for estimate in (0.5, None):
        with pytest.raises(tm.OptionError, match="estimate: expected a vector"):
            tm.brier_survival_vec((df["time"], df["event"]), estimate, eval_time=1.0, censoring_weights=df["g"])


def plain_royston(times: list[float], events: list[int], x: list[float], w: list[float]) -> float:
    """Fit one model by loops."""
    kept = [i for i in range(len(w)) if w[i] >= 1]
    times, events, x, w = ([a[i] for i in kept] for a in (times, events, x, w))
    ranked = sorted(value for value, weight in zip(x, w, strict=True) for _ in range(int(weight)))
    inverse = NormalDist().inv_cdf
    scores = [inverse((rank + 1 - 0.375) / (len(ranked) + 0.25)) for rank in range(len(ranked))]
    u = [float(np.mean([s for s, value in zip(scores, ranked, strict=True) if value == own])) for own in x]
    first = min((t for t, e in zip(times, events, strict=True) if e), default=math.inf)
    if len({s for s, t in zip(u, times, strict=True) if t >= first}) < 2:
        return math.nan

    def likelihood(beta: float) -> tuple[float, float, float]:
        total = slope = curvature = 0.0
        risk = [weight * math.exp(beta * s) for weight, s in zip(w, u, strict=True)]
        for t in {t for t, e in zip(times, events, strict=True) if e}:
            dead = [i for i, own in enumerate(times) if own == t and events[i]]
            there = [i for i, own in enumerate(times) if own >= t]
            mean_weight = sum(w[i] for i in dead) / len(dead)
            total += beta * sum(w[i] * u[i] for i in dead)
            slope += sum(w[i] * u[i] for i in dead)
            for k in range(len(dead)):
                s0, s1, s2 = (
                    sum(risk[i] * u[i] ** p for i in there) - k / len(dead) * sum(risk[i] * u[i] ** p for i in dead)
                    for p in range(3)
                )
                total -= mean_weight * math.log(s0)
                slope -= mean_weight * s1 / s0
                curvature += mean_weight * (s2 / s0 - (s1 / s0) ** 2)
        return total, slope, curvature

    best, slope, curvature = likelihood(0.0)
    beta, old, halvings = slope / curvature, 0.0, 0
    for _ in range(20):
        new, slope, curvature = likelihood(beta)
        if abs(1 - best / new) <= 1e-9 and not halvings:
            break
        if new >= best:
            halvings, best, old, beta = 0, new, beta, beta + slope / curvature
        else:
            halvings += 1
            beta = (beta + halvings * old) / (halvings + 1)
    return beta**2 / (beta**2 + math.pi**2 / 6)


def test_royston_against_loops() -> None:
    rng = np.random.default_rng(3)
    n = 400
    df = pl.DataFrame(
        {
            "time": rng.integers(1, 9, n).astype(float),
            "event": rng.integers(0, 2, n),
            "x": rng.integers(0, 6, n).astype(float),
            "w": rng.choice([0.0, 0.5, 1.0, 2.0, 2.7], n),
            "g": np.minimum(rng.integers(0, 20, n), rng.integers(0, 40, n)),
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        found = tm.royston_survival(df, PAIR, "x", by="g", case_weights="w")
    for g, value in found.select("g", ".estimate").iter_rows():
        part = df.filter(g=g)
        wanted = plain_royston(*(part[c].to_list() for c in ("time", "event", "x", "w")))
        assert value == pytest.approx(wanted, rel=1e-9, nan_ok=True) if value is not None else math.isnan(wanted)


def test_a_likelihood_of_0_ends_the_fit() -> None:
    df = pl.DataFrame({"time": [1.0] + [2.0] * 100, "event": [1] + [0] * 100, "x": [5.0] + [1.0] * 100})
    assert 0.99 < tm.royston_survival(df, PAIR, "x")[".estimate"].item() < 1
