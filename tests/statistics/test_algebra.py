"""Merged parts make the statistic of all rows: over any partition, in any order, and at coarser keys."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from tidymetrics.errors import LevelError, OptionError
from tidymetrics.families.classes.curves import roc_curve
from tidymetrics.families.detection import paired
from tidymetrics.families.detection.matched import MatchingRequest
from tidymetrics.families.survival.metrics import roc_curve_survival
from tidymetrics.frames import ESTIMATE, TRUTH, WEIGHT, InputFrame, PreparedFrame, Role, prepare
from tidymetrics.frames.prepared import CENSORING, EVAL_TIME, EVENT, TRUTH_AT
from tidymetrics.statistics import (
    AbsoluteMeans,
    BoxMean,
    CensoredPairs,
    CentroidDistances,
    ClusteredRowsRequest,
    Confusion,
    CoxSlope,
    CurvePoints,
    DocumentsShown,
    EvaluationTimes,
    EventBins,
    EventColumns,
    EventSteps,
    FeatureSums,
    GiniIndices,
    GroupConstantsRequest,
    GroupMaximum,
    GroupQuantile,
    GroupTotals,
    InformationShown,
    IntervalScores,
    IsotonicFit,
    LagErrors,
    LogitFit,
    MergeableRequest,
    Moments,
    OrderedPairs,
    PairAgreement,
    Partitions,
    Parts,
    PerGroup,
    PotentialErrors,
    ProbabilityMean,
    Quartiles,
    QueryRankings,
    RankedScores,
    RankedSurvival,
    RankMoments,
    Reductions,
    Request,
    RowCounts,
    RowMean,
    RowScores,
    ScoredEvents,
    ScoreSlots,
    SegmentsRequest,
    SignedErrors,
    Subjects,
    SummedRequest,
    SurvivalCurvePoints,
    SurvivalLosses,
    TruthSpread,
)
from tidymetrics.statistics.constant_rows import TrueWeights
from tidymetrics.statistics.layouts import Layout, ScoreOrder
from tidymetrics.statistics.numeric_steps import NumericDecomposition, NumericSteps
from tidymetrics.statistics.quantile_sums import CoverageSums, HistogramSums, IntervalSums
from tidymetrics.statistics.ranked_survival import SurvivalLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEVELS = ("a", "b", "c")
SCORES = ("tm_p0", "tm_p1", "tm_p2")
KINDS: dict[str, dict[str, tuple[str, str]]] = {
    "classes": {TRUTH: ("obs", "class"), ESTIMATE: ("pred", "class")},
    "numbers": {TRUTH: ("y", "number"), ESTIMATE: ("x", "number")},
    "probabilities": {TRUTH: ("obs", "class"), **{name: (f"p{i}", "number") for i, name in enumerate(SCORES)}},
    "quantiles": {TRUTH: ("y", "number"), **{f"tm_q{i}": (f"q{i}", "number") for i in range(3)}},
    "boxes": {f"tm_{side}{i}": (f"{side}_{i}", "number") for side in "tp" for i in range(4)},
    "features": {ESTIMATE: ("pred", "class"), "tm_x0": ("y", "number"), "tm_x1": ("x", "number")},
    "survival": {
        TRUTH: ("time", "number"),
        EVENT: ("event", "number"),
        ESTIMATE: ("alive", "number"),
        EVAL_TIME: ("at", "number"),
        CENSORING: ("c", "number"),
    },
}
WEIGHTS = ("none", "whole", "fractional")


def absolute(truth: nw.Expr, estimate: nw.Expr, *, scale: float) -> nw.Expr:
    return (truth - estimate).abs() * scale


def log_loss(truth: Sequence[nw.Expr], probabilities: Sequence[nw.Expr]) -> nw.Expr:
    total = truth[0] * probabilities[0].log()
    for one, p in zip(truth[1:], probabilities[1:], strict=True):
        total = total + one * p.log()
    return total * -1.0


@dataclass(frozen=True)
class Case:
    kind: str
    request: MergeableRequest[Any]
    exact: bool = False
    """Whether all numbers are counts, where there are no weights or whole ones."""
    tolerance: float = 1e-12


CASES = {
    "totals": Case("numbers", GroupTotals.request(), exact=True),
    "confusion": Case("classes", Confusion.request(), exact=True),
    "confusion of levels": Case("classes", Confusion.request(("c", "b", "a")), exact=True),
    "row counts": Case("numbers", RowCounts.request(), exact=True),
    "row mean": Case("numbers", RowMean(absolute, (("scale", 2.0),))),
    "moments": Case("numbers", Moments.request(), tolerance=1e-10),
    "spread": Case("numbers", TruthSpread.request()),
    "row scores": Case("numbers", RowScores(lambda truth, forecast: (truth - forecast)[:, 0] ** 2, (TRUTH,), (ESTIMATE,))),
    "absolute means": Case("numbers", AbsoluteMeans.request()),
    "greatest": Case("numbers", GroupMaximum(lambda truth, estimate: truth - estimate)),
    "signed errors": Case("numbers", SignedErrors.request(), tolerance=1e-10),
    "probability mean": Case("probabilities", ProbabilityMean(log_loss, (), SCORES, 3)),
    "layout": Case("probabilities", Layout.request(SCORES)),
    "order of scores": Case("probabilities", ScoreOrder(SCORES)),
    "ranking": Case(
        "probabilities",
        RankedScores.request(SCORES, (0, 1, 2), 3, None, frozenset({"roc", "pr", "average_precision", "wins"})),
        exact=True,
    ),
    "curve": Case("probabilities", CurvePoints(roc_curve.draw, SCORES, (0, 1, 2)), exact=True),
    "curve of all rows": Case("probabilities", CurvePoints(roc_curve.draw, SCORES[1:2], (1,), keep_weight_0=True), exact=True),
    "curve at thresholds": Case("probabilities", CurvePoints(roc_curve.draw, SCORES[:1], (0,), False, (0.2, 0.5)), exact=True),
    "imputed quantiles": Case("quantiles", IntervalScores.request(("tm_q0", "tm_q1", "tm_q2"), (0.1, 0.5, 0.9))),
    "dropped quantiles": Case("quantiles", IntervalScores.request(("tm_q0", "tm_q1", "tm_q2"), (0.1, 0.5, 0.9), "drop")),
    "paired boxes": Case("boxes", BoxMean(paired.iou, "xywh", (tuple("abcd"), tuple("efgh")))),
    "partitions": Case("classes", Partitions.request(), exact=True),
    "feature sums": Case("features", FeatureSums.request(("tm_x0", "tm_x1"), (100.0, 100.0)), tolerance=1e-9),
    "coverage": Case("quantiles", CoverageSums(("tm_q0", "tm_q1"), (0.1, 0.5))),
    "intervals": Case("quantiles", IntervalSums(("tm_q0", "tm_q2"))),
    "histogram": Case("quantiles", HistogramSums(("tm_q0", "tm_q1", "tm_q2"))),
    "true weights": Case("probabilities", TrueWeights(3, (TRUTH, TRUTH_AT, *SCORES, WEIGHT))),
    "times": Case("survival", EvaluationTimes.request()),
    "survival losses": Case("survival", SurvivalLosses.request()),
    "survival layout": Case("survival", SurvivalLayout()),
    "ranked survival": Case("survival", RankedSurvival.request()),
    "survival curve": Case("survival", SurvivalCurvePoints(roc_curve_survival.draw)),
}
EVENTS = EventColumns(("tm_p0",), (0,), ("tm_p0",))
NEED_ROWS: tuple[Request[Any], ...] = (
    GiniIndices.request(),
    *(make(EVENTS) for make in (ScoredEvents, EventSteps, IsotonicFit, LogitFit, EventBins)),
    ScoreSlots(EVENTS, (0.5,)),
    NumericSteps(),
    NumericDecomposition(),
    Quartiles.request(),
    GroupQuantile(lambda truth, _estimate: truth),
    RankMoments.request(),
    PairAgreement.request(),
    PotentialErrors.request(),
    LagErrors.request(1),
    OrderedPairs.request(),
    CensoredPairs(),
    Subjects.request(),
    CoxSlope.request(),
    SegmentsRequest(),
    GroupConstantsRequest(),
    MatchingRequest(None),
    QueryRankings(),
    DocumentsShown((None,)),
    InformationShown((None,)),
    CentroidDistances(FeatureSums.request(("tm_x0",), (0.0,))),
    ClusteredRowsRequest(("tm_x0",)),
    PerGroup("mean", lambda truth, _estimate: float(truth.mean())),
)


def sample(kind: str, seed: int, n: int = 150) -> pl.DataFrame:
    """Make rows of two keys with missing values, few distinct scores, and weights of which some are 0."""
    rng = np.random.default_rng(seed)
    p = rng.multinomial(7, (0.3, 0.3, 0.4), n) / 10 + 0.1  # few distinct scores, none 0
    df = pl.DataFrame(
        {
            "g": rng.choice(["u", "v", "w"], n),
            "h": rng.integers(0, 3, n),
            "obs": rng.choice(LEVELS, n),
            "pred": rng.choice(LEVELS, n),
            "y": rng.normal(100, 20, n),
            "x": rng.normal(100, 20, n),
            **{f"p{i}": p[:, i] for i in range(3)},
            **{f"q{i}": 100.0 + 20 * (i - 1) + rng.normal(0, 5, n) for i in range(3)},
            **{f"{side}_{i}": rng.uniform(0, 9, n) for side in "tp" for i in range(4)},
            "time": np.round(rng.exponential(3, n), 1),
            "event": rng.integers(0, 2, n),
            "whole": rng.integers(0, 4, n).astype(float),
            "fractional": rng.random(n) * (rng.random(n) > 0.1),
        }
    )
    gaps = ("g", "obs", "pred", "y", "x", "p1", "q0", "q2", "t_1", "p_3")
    df = df.with_columns(pl.when(pl.Series(rng.random(n) > 0.05)).then(pl.col(name)).alias(name) for name in gaps)
    if kind != "survival":
        return df
    df = df.with_columns(g=pl.col("g").fill_null("u")).join(pl.DataFrame({"at": [1.0, 2.0, 4.0]}), how="cross")
    m = len(df)
    return df.with_columns(alive=pl.Series(np.round(rng.random(m), 2)), c=pl.Series(1 + rng.random(m)))


def prepared(df: pl.DataFrame, kind: str, weights: str, by: Sequence[str]) -> PreparedFrame:
    roles = [Role(name, column, column, what) for name, (column, what) in KINDS[kind].items()]
    if kind == "probabilities":
        roles = [replace(role, kind="level") if role.name == TRUTH else role for role in roles]
    roles += [] if weights == "none" else [Role(WEIGHT, "case_weights", weights, "number")]
    keys = [*by, "at"] if kind == "survival" else list(by)
    source = InputFrame(nw.from_native(df), keys or None, wrapped=False)
    made = prepare(source, roles, levels=LEVELS if kind == "probabilities" else None)
    return replace(made, inner=int(kind == "survival"))


def numbers_of(made: Any) -> list[np.ndarray[Any, Any]]:
    """Give all arrays of a statistic, in order; of a ranking's rows their sums, since rows that are alike become one."""
    if type(made).__name__ == "ScoreColumn":
        group = np.repeat(np.arange(len(made.lengths)), made.lengths)
        weight = np.ones(len(group)) if made.weight is None else made.weight
        sums = [
            np.bincount(group, weight * x, minlength=len(made.lengths)) for x in (made.truth, made.score, made.truth * 0 + 1)
        ]
        return [np.asarray(x) for x in sums]
    if isinstance(made, np.ndarray):
        return [made]
    if isinstance(made, dict):
        return [x for value in made.values() for x in numbers_of(value)]
    if isinstance(made, tuple):
        return [x for value in made for x in numbers_of(value)]
    return [x for value in vars(made).values() for x in numbers_of(value)] if is_dataclass(made) else []


def agree(made: Any, whole: Any, *, exact: bool, tolerance: float = 1e-12) -> None:
    ours, theirs = numbers_of(made), numbers_of(whole)
    assert len(ours) == len(theirs) > 0
    for a, b in zip(ours, theirs, strict=True):
        if exact or a.dtype == bool:
            np.testing.assert_array_equal(a, b)
        else:
            finite = np.abs(b[np.isfinite(b)])
            scale = float(finite.max()) if finite.size else 0.0
            np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance * scale)


def merged_in_a_tree(parts: list[Parts], rng: np.random.Generator) -> Parts:
    parts = [parts[i] for i in rng.permutation(len(parts))]
    while len(parts) > 1:
        n = int(rng.integers(2, len(parts) + 1))
        parts = [*parts[n:], Parts.merge(*parts[:n])]
    return Parts.merge(parts[0])


def is_exact(case: Case, weights: str) -> bool:
    return case.exact and weights != "fractional"


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("name", CASES)
def test_merged_parts_are_the_whole(name: str, weights: str) -> None:
    case = CASES[name]
    for seed in range(4):
        rng = np.random.default_rng(seed)
        df = sample(case.kind, seed)
        whole = Reductions(prepared(df, case.kind, weights, ["g", "h"]), [case.request])
        k = int(rng.integers(1, 10))
        shard = rng.integers(0, k, len(df)) if seed else np.zeros(len(df))  # of seed 0 all parts but one are empty
        parts = [
            Reductions(prepared(df.filter(pl.Series(shard == i)), case.kind, weights, ["g", "h"]), [case.request]).parts()
            for i in range(k)
        ]
        inner = int(case.kind == "survival")
        merged = merged_in_a_tree(parts, rng)
        made = Reductions.of_parts(merged, [case.request], inner=inner)
        agree(made.get(case.request), whole.get(case.request), exact=is_exact(case, weights), tolerance=case.tolerance)
        assert made.known_groups.equals(whole.known_groups)


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("name", CASES)
def test_rolled_up_is_direct(name: str, weights: str) -> None:
    case = CASES[name]
    df = sample(case.kind, 7)
    fine = Reductions(prepared(df, case.kind, weights, ["g", "h"]), [case.request]).parts()
    inner = ("tm_k2",) if case.kind == "survival" else ()
    for by, keys in ((["g"], ("tm_k0",)), (["h"], ("tm_k1",)), ([], ())):
        direct = Reductions(prepared(df, case.kind, weights, by), [case.request]).get(case.request)
        coarse = Reductions.of_parts(fine.rolled_up((*keys, *inner)), [case.request], inner=len(inner))
        agree(coarse.get(case.request), direct, exact=is_exact(case, weights), tolerance=case.tolerance)


@pytest.mark.parametrize("name", CASES)
def test_parts_of_some_groups(name: str) -> None:
    case = CASES[name]
    df = sample(case.kind, 3).with_columns(pl.col("g").fill_null("u"))
    parts = Reductions(prepared(df, case.kind, "none", ["g", "h"]), [case.request]).parts()
    mask = (parts.groups["tm_k0"] != "v").to_numpy()
    inner = int(case.kind == "survival")
    made = Reductions.of_parts(parts.of_groups(mask), [case.request], inner=inner).get(case.request)
    alone = Reductions(prepared(df.filter(pl.col("g") != "v"), case.kind, "none", ["g", "h"]), [case.request]).get(case.request)
    agree(made, alone, exact=case.exact, tolerance=case.tolerance)


def test_every_request_is_tested() -> None:
    def below(cls: type) -> set[type]:
        return {s for sub in cls.__subclasses__() for s in (sub, *below(sub)) if s.__module__.startswith("tidymetrics.")}

    found = below(Request) - {MergeableRequest, SummedRequest}
    assert found == {type(case.request) for case in CASES.values()} | {type(request) for request in NEED_ROWS}
    assert not any(isinstance(request, MergeableRequest) for request in NEED_ROWS)


@pytest.mark.parametrize("request_", NEED_ROWS, ids=lambda r: type(r).__name__)
def test_what_needs_rows_has_no_parts(request_: Request[Any]) -> None:
    rows = prepared(sample("numbers", 0), "numbers", "none", ["g"])
    with pytest.raises(TypeError, match="needs the rows or their order, and has no parts"):
        Reductions(rows, [request_]).parts()


def test_requests_are_frozen_hashable_and_equal_by_value() -> None:
    for case in CASES.values():
        assert hash(case.request) == hash(replace(case.request))  # type: ignore[type-var]
        assert case.request == replace(case.request)  # type: ignore[type-var]
    assert hash(RowMean(absolute, (("scale", [1.0]),)))
    areas = [RankedScores.request(SCORES, (0, 1, 2), 3, None, frozenset({area})) for area in ("roc", "pr")]
    made = Reductions(prepared(sample("probabilities", 0), "probabilities", "none", []), areas)
    assert made.get(areas[0]) is made.get(areas[1])
    assert set(made.get(areas[0]).areas) == {"roc", "pr"}


def test_moments_far_from_0_and_from_each_other() -> None:
    """Numbers of 1e9 +- 1 whose groups lie 5,000 apart, against exact fractions."""
    rng = np.random.default_rng(5)
    group = np.repeat(np.arange(6), 50)
    y = 1e9 + 5_000.0 * group + rng.uniform(-1, 1, 300)
    x = 1e9 - 5_000.0 * group + rng.uniform(-1, 1, 300)
    df = pl.DataFrame({"g": group, "y": y, "x": x})

    def exact(rows: np.ndarray[Any, Any]) -> tuple[float, float]:
        t, e = ([Fraction(v) for v in values[rows]] for values in (y, x))
        mt, me = sum(t) / len(t), sum(e) / len(e)
        spread = sum((v - mt) ** 2 for v in t) / len(t)
        return float(spread), float(sum((a - mt) * (b - me) for a, b in zip(t, e, strict=True)) / len(t))

    request = Moments.request()
    for frame in (df, df.lazy()):
        fine = Reductions(prepared(frame, "numbers", "none", ["g"]), [request])
        for made, rows in (
            (fine, [group == i for i in range(6)]),
            (Reductions.of_parts(fine.parts().rolled_up(()), [request]), [group >= 0]),
        ):
            moments = made.get(request)
            expected = [exact(chosen) for chosen in rows]
            np.testing.assert_allclose(moments.truth.variance, [v for v, _ in expected], rtol=1e-9)
            np.testing.assert_allclose(moments.covariance, [c for _, c in expected], rtol=1e-9, atol=1e-9)


def test_means_do_not_depend_on_the_order_of_merging() -> None:
    df = sample("numbers", 2)
    parts = [Reductions(prepared(df[i::5], "numbers", "none", ["g"]), [Moments.request()]).parts() for i in range(5)]
    pairwise = parts[0]
    for part in parts[1:]:
        pairwise = Parts.merge(pairwise, part)
    at_once = Parts.merge(*reversed(parts))
    a, b = (Reductions.of_parts(p, [Moments.request()]).get(Moments.request()) for p in (pairwise, at_once))
    agree(a, b, exact=False, tolerance=1e-13)


def test_times_are_checked_on_merged_numbers() -> None:
    df = sample("survival", 1)
    request = EvaluationTimes.request()

    def parts_of(rows: pl.DataFrame) -> Parts:
        return Reductions(prepared(rows, "survival", "none", ["g"]), [request]).parts()

    early, late = parts_of(df.filter(pl.col("at") < 2)), parts_of(df.filter(pl.col("at") >= 2))
    assert Reductions.of_parts(Parts.merge(early, late), [request], inner=1).get(request).times.tolist() == [1.0, 2.0, 4.0]
    some = parts_of(df.filter(pl.col("at") >= 2).slice(1))
    with pytest.raises(OptionError, match="the same subjects must stand at each evaluation time"):
        Reductions.of_parts(Parts.merge(early, some), [request], inner=1).get(request)


def test_levels_of_a_type_must_agree() -> None:
    def parts_of(levels: list[str]) -> Parts:
        df = pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "a"]}, schema=dict.fromkeys(("obs", "pred"), pl.Enum(levels)))
        return Reductions(prepared(df, "classes", "none", []), [Confusion.request()]).parts()

    with pytest.raises(LevelError, match="parts whose levels differ cannot be merged"):
        Parts.merge(parts_of(["a", "b"]), parts_of(["b", "a"]))


def test_a_known_statistic_stands_in_place_of_rows() -> None:
    rows = prepared(sample("numbers", 0), "numbers", "none", ["g"])
    made = Reductions(rows, [Moments.request()]).get(Moments.request())
    again = Reductions(rows, [Moments.request()])
    again.know(Moments.request(), replace(made, covariance=made.covariance * 2))
    np.testing.assert_array_equal(again.get(Moments.request()).covariance, made.covariance * 2)


def test_binned_rankings_are_exact_once_merged() -> None:
    rows = prepared(sample("probabilities", 0), "probabilities", "none", ["g"])
    binned, exact = (RankedScores.request(SCORES[:1], (0,), 3, bins, frozenset({"roc"})) for bins in (4, None))
    made = Reductions.of_parts(Reductions(rows, [binned]).parts(), [binned]).get(binned)
    np.testing.assert_array_equal(made.roc, Reductions(rows, [exact]).get(exact).roc)
    assert made.error_bounds is not None
    assert not made.error_bounds["roc"].any()


@pytest.mark.parametrize(("n_levels", "finish"), [(3, lambda x: x), (2, lambda x: 2 * x - 1)])
def test_pairs_of_classes(n_levels: int, finish: Callable[[Any], Any]) -> None:
    rows = prepared(sample("probabilities", 4), "probabilities", "none", ["g"])
    request = RankedScores.request(SCORES[:n_levels], tuple(range(n_levels)), 3, None, frozenset({"wins"}))
    if n_levels < 3:
        request = RankedScores.request(SCORES, (0, 1, 2), 3, None, frozenset({"wins"}))
    made = Reductions(rows, [request]).get(request)
    pairs = made.pairwise()
    np.testing.assert_allclose(pairs.mean_over_pairs(finish(pairs.roc)), finish(made.hand_till), rtol=1e-14)


@pytest.mark.parametrize("name", ["probability mean", "ranking", "curve"])
def test_positions_of_truth_stand_beside_its_labels(name: str) -> None:
    request = CASES[name].request
    rows = prepared(sample("probabilities", 0), "probabilities", "whole", ["g"])
    frame = rows.frame.with_columns(
        nw.col(TRUTH).alias(TRUTH_AT), nw.col(TRUTH).replace_strict([0, 1, 2], LEVELS, return_dtype=nw.String).alias(TRUTH)
    )
    roles = {**rows.roles, TRUTH_AT: Role(TRUTH_AT, "truth", "obs", "level")}
    both = replace(rows, frame=frame, roles=roles, gaps=rows.gaps | {TRUTH_AT})
    agree(Reductions(both, [request]).get(request), Reductions(rows, [request]).get(request), exact=True)
