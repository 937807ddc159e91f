"""Windows of states, and the rule that says when a model has changed."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests.states.alarms import NULLS, alarms
from tidymetrics.monitoring.drift import DISTANCES, distances
from tidymetrics.monitoring.rule import watch
from tidymetrics.statistics.special import t_cdf

FIRST = date(2025, 1, 6)
SPAN = [".window_start", ".window_end"]


def weekly(weeks: int, right: Any, n: int = 200, unlabelled: int = 0, late: int = 99, group: str = "north") -> pl.DataFrame:
    """Rows of weeks, of which `right(week)` is the share that is right; from week `late` on some have no truth."""
    rng = np.random.default_rng(1)
    parts = []
    for week in range(weeks):
        ok = rng.random(n) < right(week)
        gone = np.arange(n) < (unlabelled if week >= late else 0)
        parts.append(
            pl.DataFrame(
                {
                    "day": [FIRST + timedelta(7 * week + int(d)) for d in rng.integers(0, 7, n)],
                    "group": group,
                    "obs": pl.Series([None if lost else "a" for lost in gone], dtype=pl.Enum(["a", "b"])),
                    "pred": pl.Series(np.where(ok, "a", "b"), dtype=pl.Enum(["a", "b"])),
                }
            )
        )
    return pl.concat(parts)


def state(df: pl.DataFrame) -> Any:
    return tm.accuracy.state(df, "obs", "pred", by=["day", "group"])


DROPS = state(pl.concat([weekly(40, lambda w: 0.9 - 0.12 * (w >= 26)), weekly(40, lambda w: 0.9, group="south")]))
REFERENCE = (FIRST, FIRST + timedelta(7 * 13))


def test_windows_are_the_rows_of_their_days() -> None:
    df = weekly(9, lambda w: 0.8).drop("group")
    own = tm.accuracy.state(df, "obs", "pred", by="day")
    start = pl.col("day").dt.truncate("1w")
    direct = tm.accuracy(df.with_columns(week=start), "obs", "pred", by="week")
    got = tm.accuracy.finish(tm.windows(own, "day"), by=SPAN)
    assert got[".estimate"].equals(direct[".estimate"])
    assert (got[SPAN[1]] - got[SPAN[0]]).unique().to_list() == [timedelta(7)]
    rolling = tm.accuracy.finish(tm.windows(own, "day", "1w", window="4w"), by=SPAN)
    assert len(rolling) == 6
    for begin, end, *_, value in rolling.iter_rows():
        assert (
            value
            == tm.accuracy(df.filter(pl.col("day").is_between(begin, end, closed="left")), "obs", "pred")[".estimate"].item()
        )
    longer = tm.accuracy.finish(tm.windows(own, "day", "1w", window="expanding"), by=SPAN)
    assert longer[SPAN[0]].unique().to_list() == [FIRST]
    assert longer[".estimate"][-1] == tm.accuracy(df, "obs", "pred")[".estimate"].item()


def test_windows_of_means_far_from_0() -> None:
    rng = np.random.default_rng(0)
    df = pl.DataFrame({"step": np.arange(60) // 5, "y": 1e6 + rng.normal(size=60), "x": 1e6 + rng.normal(size=60)})
    own = tm.ccc.state(df, "y", "x", by="step")
    got = tm.ccc.finish(tm.windows(own, "step", 2, window=6), by=SPAN)
    assert got[SPAN[0]].to_list() == [0, 2, 4, 6]
    for begin, end, *_, value in got.iter_rows():
        direct = tm.ccc(df.filter(pl.col("step").is_between(begin, end, closed="left")), "y", "x")[".estimate"].item()
        assert value == pytest.approx(direct, rel=1e-8)


def test_time_zones_and_pandas() -> None:
    pytest.importorskip("pandas")
    zone = "America/New_York"
    times = [datetime(2026, 3, 7, 23, 30, tzinfo=timezone.utc) + timedelta(hours=6 * i) for i in range(12)]
    df = pl.DataFrame({"at": times, "y": 1.0, "x": 2.0}).with_columns(pl.col("at").dt.convert_time_zone(zone))
    made = tm.windows(tm.mae.state(df, "y", "x", by="at"), "at", "1d")
    assert made[SPAN[0]].dtype.time_zone == zone
    assert made[SPAN[0]].dt.hour().unique().to_list() == [0]
    pandas = tm.windows(tm.mae.state(weekly(3, lambda w: 1).with_columns(y=1.0, x=2.0).to_pandas(), "y", "x", by="day"), "day")
    assert type(pandas).__module__.startswith("pandas")
    assert len(tm.mae.finish(pandas, by=SPAN)) == 3


def test_windows_are_refused() -> None:
    own = state(weekly(3, lambda w: 1.0))
    with pytest.raises(tm.StateError, match="the state has no key 'time'; it has 'day', 'group'"):
        tm.windows(own, "time")
    with pytest.raises(tm.OptionError, match="'day' is missing in 1 of the groups"):
        tm.windows(own.with_columns(day=pl.when(pl.col("day") != FIRST).then("day")), "day")
    for every in (3, "7 days", None):
        with pytest.raises(tm.OptionError, match="every: expected a duration"):
            tm.windows(own, "day", every)
    for window in ("10d", "1mo", 4, "soon"):
        with pytest.raises(tm.OptionError, match="window: expected a"):
            tm.windows(own, "day", "1w", window=window)
    with pytest.raises(tm.OptionError, match="expected dates, times or whole numbers; 'group' is String"):
        tm.windows(own, "group")
    months = weekly(30, lambda w: 1.0).with_columns(pl.col("day").dt.truncate("1mo"))
    with pytest.warns(tm.CoarseTimeWarning, match="starts of longer units than '1w'"):
        tm.windows(state(months), "day")


def test_a_drop_is_seen_where_it_is() -> None:
    found = tm.monitor(DROPS, tm.accuracy, time="day", reference=REFERENCE, by="group")
    expected = [".metric", ".estimator", ".estimate", ".n", ".unlabelled", ".period", ".reference", ".since", ".change"]
    assert found.columns == ["group", *SPAN, *expected, ".lower", ".upper", ".evidence", ".alert", ".reason"]
    assert found.filter(".alert")["group"].unique().to_list() == ["north"]
    first = found.filter(".alert").row(0, named=True)
    assert first[".since"] == FIRST + timedelta(7 * 26)
    assert first[".upper"] < 0
    assert first[".reason"].startswith(f"accuracy is {-first['.change']:.3g} below what it was before 2025-07-07 (")
    reference = found.filter(pl.col(".period") == "reference")
    assert len(reference) == 26
    assert reference[".alert"].null_count() == reference[".evidence"].null_count() == 26
    alerts = found.filter(pl.col(".alert").is_not_null())
    assert ((alerts[".evidence"] >= 20) == alerts[".alert"]).all()
    assert tm.monitor(DROPS, tm.accuracy, time="day", reference=REFERENCE, by="group", tolerance=0.5)[".alert"].sum() == 0


def test_the_past_never_changes() -> None:
    whole = tm.monitor(DROPS, tm.accuracy, time="day", reference=REFERENCE, by="group")
    for weeks in (20, 30):
        end = FIRST + timedelta(7 * weeks)
        part = tm.monitor(DROPS.filter(pl.col("day") < end), tm.accuracy, time="day", reference=REFERENCE, by="group")
        assert part.equals(whole.filter(pl.col(SPAN[1]) <= end))
    shuffled = tm.monitor(
        DROPS.sample(fraction=1, shuffle=True, seed=1), tm.accuracy, time="day", reference=REFERENCE, by="group"
    )
    assert shuffled.equals(whole)


def test_windows_wait_for_their_labels() -> None:
    own = state(weekly(20, lambda w: 0.9, unlabelled=75, late=18))
    found = tm.monitor(own, tm.accuracy, time="day", reference=REFERENCE)
    assert found[".reason"].to_list()[-2:] == [
        "waits for labels: 75 of 200 rows have none",
        "waits for the window of 2025-05-12",
    ]
    assert found[".alert"].to_list()[-3:] == [False, None, None]
    assert found[".unlabelled"][-1] == 75
    assert found[".n"][-1] == 125
    assert tm.monitor(own, tm.accuracy, time="day", reference=REFERENCE, labelled=0.5)[".alert"].to_list()[-2:] == [
        False,
        False,
    ]


def test_a_reference_of_its_own() -> None:
    before, after = (DROPS.filter(pl.col("day") < REFERENCE[1]), DROPS.filter(pl.col("day") >= REFERENCE[1]))
    own = tm.monitor(after, tm.accuracy, time="day", reference=before, by="group")
    assert own.equals(tm.monitor(DROPS, tm.accuracy, time="day", reference=REFERENCE, by="group"))
    with pytest.raises(tm.OptionError, match="at least 8 windows with a value; .metric=accuracy, .estimator=binary has 4"):
        tm.monitor(DROPS, tm.accuracy, time="day", reference=(FIRST, FIRST + timedelta(28)))


def test_a_perfect_reference_is_no_proof() -> None:
    found = tm.monitor(state(weekly(20, lambda w: 1.0 - 0.005 * (w == 15))), tm.accuracy, time="day", reference=REFERENCE)
    assert found[".alert"].sum() == 0
    assert found[".evidence"].max() < 20


def test_steps_of_training_and_undefined_values() -> None:
    df = pl.DataFrame({"step": np.repeat(np.arange(30), 40), "y": 1.0, "x": np.random.default_rng(0).normal(1, 0.1, 1200)})
    own = tm.rmse.state(df.with_columns(y=pl.when(pl.col("step") != 20).then("y")), "y", "x", by="step")
    found = tm.monitor(own, tm.rmse, time="step", every=1, reference=(0, 12), labelled=0.0)
    assert found.filter(pl.col(SPAN[0]) == 20).select(".estimate", ".alert", ".reason").row(0) == (None, None, "no value")
    assert found[".alert"].to_list()[21:] == [False] * 9


def test_drift_of_scores() -> None:
    rng = np.random.default_rng(3)
    week = np.repeat(np.arange(40), 300)
    score = np.clip(rng.beta(2, 5, len(week)) + 0.12 * (week >= 26), 0, 1)
    df = pl.DataFrame(
        {
            "day": [FIRST + timedelta(7 * int(w)) for w in week],
            "p": score,
            "obs": pl.Series(np.where(rng.random(len(week)) < score, "a", "b"), dtype=pl.Enum(["a", "b"])),
        }
    ).with_columns(
        obs=pl.when(pl.int_range(pl.len()) % 300 < pl.when(pl.col("day") < date(2025, 9, 1)).then(300).otherwise(0)).then("obs")
    )
    own = tm.roc_auc.state(df, "obs", "p", by="day", bins=256)
    found = tm.monitor(
        own, tm.roc_auc, time="day", reference=(FIRST, FIRST + timedelta(7 * 20)), drift=("psi", "js_distance", "ks")
    )
    for name in DISTANCES:
        rows = found.filter(pl.col(".metric") == name)
        assert rows[".estimator"].unique().to_list() == ["scores"]
        assert rows.filter(".alert")[".since"].min() == FIRST + timedelta(7 * 26)
        assert not rows.filter(pl.col(".period") == "watched")[".alert"].has_nulls()  # they wait for nothing
    with pytest.raises(tm.OptionError, match="expected 'psi', 'js_distance', 'ks'; got 'emd'"):
        tm.monitor(own, tm.roc_auc, time="day", reference=REFERENCE, drift="emd")


def test_distances_against_plain_loops() -> None:
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 30, (12, 40)).astype(float)
    reference = np.arange(12) < 8
    found = distances(counts, reference, tuple(DISTANCES))
    total = counts[:8].sum(axis=0)
    for w in range(12):
        other = total - counts[w] if w < 8 else total
        p, q = counts[w] / counts[w].sum(), other / other.sum()
        assert found["ks"][w] == pytest.approx(max(abs(p[: i + 1].sum() - q[: i + 1].sum()) for i in range(40)))
    assert len(set(np.round(found["psi"], 12))) == 12
    same = distances(np.tile(counts[:1], (12, 1)), reference, tuple(DISTANCES))
    for values in same.values():
        np.testing.assert_allclose(values, 0, atol=1e-2)


def plain_evidence(values: list[float], n_reference: int, looks: int, bad: int) -> float:
    """Integrate the likelihood ratio over the effect, by its definition: E_s of the best start, divided by looks."""
    best = 0.0
    x = np.array(values)
    for s in range(n_reference, len(x)):
        a, b = s, len(x) - s
        n = a * b / (a + b)
        d = x[s:].mean() - x[:s].mean()
        inside = ((x[:s] - x[:s].mean()) ** 2).sum() + ((x[s:] - x[s:].mean()) ** 2).sum()
        nu = len(x) - 2
        t = d * math.sqrt(n) / math.sqrt(inside / nu)
        # the density of a noncentral t, as a mixture over the chi distribution of the spread
        spread = np.linspace(1e-4, 8, 4_001)
        log_chi = (nu - 1) * np.log(spread) - nu * spread**2 / 2
        chi = np.exp(log_chi - log_chi.max()) * spread
        shift = np.arange(-600, 601) * 0.02
        ratio = np.array([(chi * np.exp(-((t * spread - m * math.sqrt(n)) ** 2) / 2)).sum() for m in shift])
        prior = np.exp(-(shift**2) / 2)
        if bad:
            prior = prior * (np.sign(shift) == bad) + 0.5 * prior * (shift == 0)
        null = (chi * np.exp(-((t * spread) ** 2) / 2)).sum()
        best = max(best, (ratio * prior).sum() / prior.sum() / null)
    return best / looks


@pytest.mark.parametrize("bad", [-1, 0, 1])
def test_the_rule_is_the_likelihood_ratio(bad: int) -> None:
    rng = np.random.default_rng(4)
    values = [*rng.normal(0, 1, 10), *rng.normal(-1.5, 1, 5)]
    found = watch(
        np.array([values[10:]]),
        np.ones((1, 5)),
        np.array([values[:10]]),
        np.ones((1, 10)),
        bad=np.array([bad]),
        least=np.zeros(1),
    )
    assert found.evidence[0, -1] == pytest.approx(
        plain_evidence(values, 10, 52, bad), rel=1e-3 if bad else 1e-6
    )  # sums have an edge at 0


def test_the_rule_does_not_see_units_and_sides() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.normal(0, 1, (3, 12)), rng.normal(-0.5, 1, (3, 30))
    ones = (np.ones_like(y), np.ones_like(x))

    def run(scale: float, shift: float, bad: int) -> Any:
        return watch(y * scale + shift, ones[0], x * scale + shift, ones[1], bad=np.full(3, bad), least=np.zeros(3))

    base = run(1.0, 0.0, -1)
    np.testing.assert_allclose(run(1e-3, 1e3, -1).evidence, base.evidence, rtol=1e-5)
    np.testing.assert_allclose(run(-1.0, 0.0, 1).evidence, base.evidence, rtol=1e-9)
    np.testing.assert_array_equal(run(7.0, 0.0, -1).since, base.since)
    assert t_cdf(0.0, 5.0) == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["normal", "accuracy", "volumes vary"])
def test_false_alarms_are_fewer_than_alpha(name: str) -> None:
    """Series of 52 looks in which nothing changes; `python -m tests.states.alarms` has the whole table."""
    assert alarms(NULLS[name], reference=12, runs=2_000 if name == "normal" else 400) <= 0.025


def test_the_picture() -> None:
    pytest.importorskip("altair")
    chart = tm.autoplot(tm.monitor(DROPS, tm.accuracy, time="day", reference=REFERENCE, by="group")).to_dict()
    assert chart["title"]["text"] == "Monitor"
    assert len(chart["concat"]) == 2


def test_the_library_of_the_state() -> None:
    pandas = pytest.importorskip("pandas")
    found = tm.monitor(DROPS.to_pandas(), tm.accuracy, time="day", reference=REFERENCE, by="group")
    assert isinstance(found, pandas.DataFrame)
    assert found[".alert"].dropna().any()
