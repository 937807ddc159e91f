"""Bring a reference case of calibration to arrays and let the kernels answer it.

`answer(case)` gives the columns of the result that the kernels make, in the order of the reference. What only the call can
answer (errors of arguments) is `None`.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from tests.calibration.formulas import FORMULAS, counted, formula_of, members
from tests.calibration.rows import CASES, REFERENCE, ErrorRows, Rows, data
from tests.calibration.skills import skill
from tidymetrics.statistics import calibration_bins as cb
from tidymetrics.statistics import calibration_errors as ce
from tidymetrics.statistics import decisions, isotonic, logistic, quantile_coverage, score_slots, smooth
from tidymetrics.statistics import threshold_counts as tc
from tidymetrics.statistics.score_steps import steps_of_rows

__all__ = ["CASES", "REFERENCE", "answer"]


def calibration_curve(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    level = args.get("conf_level", 0.95)
    points = np.arange(1, 100) / 100
    if args.get("strategy") == "smooth":
        fitted = smooth.smooth_points(smooth.fit_smooth(rows.steps()), points)[0]
        there = ~np.isnan(fitted)
        return {".predicted": points[there], ".observed": fitted[there]}
    if args.get("strategy") == "logistic":
        fit = logistic.fit_logistic(rows.lengths, rows.score, rows.event, rows.weight)
        found = logistic.logistic_curve(fit, points, cb.normal_quantile(level))
        return {".predicted": points, **dict(zip((".observed", ".lower", ".upper"), (v[0] for v in found), strict=True))}
    bins = rows.bins()
    interval = {"wilson": cb.wilson, "wilson_cc": cb.wilson_cc}[args.get("interval", "wilson")]
    lower, upper = interval(bins.observed, bins.effective, level)
    return {**described(bins), ".n_events": bins.value, ".lower": lower, ".upper": upper}


def described(bins: Any) -> dict[str, Any]:
    return {
        ".bin": bins.number,
        ".bin_lower": bins.lower,
        ".bin_upper": bins.upper,
        ".n": bins.weight,
        ".predicted": bins.predicted,
        ".observed": bins.observed,
    }


def calibration_curve_numeric(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    steps = steps_of_rows(rows.lengths, rows.score, rows.truth, rows.weight)
    if args.get("strategy") == "isotonic":
        return described(cb.bins_of_blocks(steps, isotonic.fit_isotonic(steps)))
    bins = cb.numeric_bins(steps, args.get("n_bins", 10), args.get("strategy", "quantile"))
    lower, upper = cb.mean_interval(bins, args.get("conf_level", 0.95))
    return {**described(bins), ".lower": lower, ".upper": upper}


def expected_calibration_error(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = ErrorRows(case), case["args"]
    values = ce.expected_error(rows.bins(), args.get("norm", "l1"), debias=args.get("debias", False))
    return {".estimate": values if args.get("estimator") in {None, "top_label"} else rows.averaged(values)}


def max_calibration_error(case: dict[str, Any]) -> dict[str, Any]:
    return {".estimate": ce.max_error(ErrorRows(case).bins())}


def logistic_fit(case: dict[str, Any], what: str) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    fixed = what == "intercept" and not args.get("joint")
    fit = logistic.fit_logistic(rows.lengths, rows.score, rows.event, rows.weight, fixed_slope=fixed)
    return {".estimate": rows.averaged(getattr(fit, what))}


def spiegelhalter_z(case: dict[str, Any]) -> dict[str, Any]:
    rows = Rows(case)
    if rows.several:
        return {".estimate": ce.spiegelhalter(rows.key_lengths, rows.probs, rows.code, rows.key_weight)}
    code = np.where(rows.event, 0, 1)
    return {".estimate": ce.spiegelhalter(rows.lengths, rows.score[:, None], code, rows.weight)}


def integrated_calibration_index(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    steps = rows.steps()
    how = args.get("smooth", "lowess")
    if how == "lowess":
        steps = smooth.collapsed(steps)
        fitted = smooth.fit_smooth(steps, args.get("span", 2 / 3)).at(steps.group, steps.score)
    elif how == "isotonic":
        fitted = isotonic.fit_isotonic(steps).fitted
    else:
        fit = logistic.fit_logistic(rows.lengths, rows.score, rows.event, rows.weight)
        fitted = logistic.recalibrated(fit, steps.group, steps.score)
    return {".estimate": rows.averaged(smooth.calibration_index(steps, fitted, args.get("quantile")))}


def corp(case: dict[str, Any], part: str) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    steps = rows.steps()
    values = getattr(isotonic.decompose(steps, isotonic.fit_isotonic(steps), args.get("score", "brier")), part)
    if rows.several and "estimator" not in args:
        return {".estimate": values.reshape(-1, len(rows.levels)).sum(axis=1) / 2}
    return {".estimate": rows.averaged(values)}


def corp_set(case: dict[str, Any]) -> dict[str, Any]:
    rows = Rows(case)
    steps = rows.steps()
    parts = isotonic.decompose(steps, isotonic.fit_isotonic(steps))
    return {".estimate": np.concatenate([parts.given, parts.miscalibration, parts.discrimination, parts.uncertainty])}


def corp_numeric(case: dict[str, Any], part: str) -> dict[str, Any]:
    rows = Rows(case)
    steps = steps_of_rows(rows.lengths, rows.score, rows.truth, rows.weight)
    return {".estimate": getattr(isotonic.decompose(steps, isotonic.fit_isotonic(steps)), part)}


def line(case: dict[str, Any], position: int) -> dict[str, Any]:
    rows = Rows(case)
    return {".estimate": ce.calibration_line(rows.lengths, rows.score, rows.truth, rows.weight)[position]}


def threshold_perf(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    metrics = members(args.get("metrics"), ("sensitivity", "specificity", "j_index", "roc_dist"))
    wanted = args.get("thresholds", tc.percent_thresholds())
    if isinstance(wanted, str):
        at = tc.counts_at_steps(rows.steps())
        threshold, counts = at.threshold, at.counts
    else:
        threshold = np.tile(np.array(wanted, float), len(rows.lengths))
        counts = tc.counts_at_cuts(rows.slots(wanted, "right"))
    values = [counted(formula, counts).ravel() for _, formula in metrics]
    names = np.repeat([name for name, _ in metrics], len(threshold))
    return {".threshold": np.tile(threshold, len(metrics)), ".metric": names, ".estimate": np.concatenate(values)}


DIRECTIONS = {"decision_cost": "minimize"}


def best_threshold(case: dict[str, Any]) -> dict[str, Any]:
    args = case["args"]
    name, formula = formula_of(args.get("metric", {"$metric": "j_index"}))
    given = args.get("constraint", [])
    constraints = [c["$tuple"] for c in (given if isinstance(given, list) else [given])]
    reported = [formula, *(formula_of(m)[1] for m, _, _ in constraints), *(f for _, f in members(args.get("metrics")))]
    if "over" in args:
        rows = Rows(case, by=args["over"])
        cuts = tc.percent_thresholds()
        counts = tc.counts_at_cuts(rows.slots(cuts, "right"))
        outer = np.zeros(len(rows.lengths), int)

        def value(f: Any) -> np.ndarray:
            return tc.averaged_over_folds(counted(f, counts), outer, 1).ravel()

        lengths, threshold = np.array([len(cuts)]), cuts
    else:
        at = tc.counts_at_steps(Rows(case).steps())
        lengths, threshold = at.lengths, at.threshold

        def value(f: Any) -> np.ndarray:
            return counted(f, at.counts)

    allowed = tc.meets([(value(formula_of(m)[1]), op, bound) for m, op, bound in constraints], len(threshold))
    good = tc.goodness(value(formula), DIRECTIONS.get(name, "maximize"))
    chosen = tc.choose(lengths, good, value(FORMULAS["sens"]) + value(FORMULAS["spec"]), allowed)
    found = np.where(chosen >= 0, threshold[chosen], np.nan)
    values = [np.where(chosen >= 0, value(f)[chosen], np.nan) for f in reported]
    return {".threshold": np.tile(found, len(reported)), ".estimate": np.concatenate(values)}


def decision_curve(case: dict[str, Any]) -> dict[str, Any]:
    rows, args = Rows(case), case["args"]
    cuts = np.array(args["thresholds"], float)
    found = tc.net_benefit(tc.counts_at_cuts(rows.slots(cuts, "right")), cuts, args.get("prevalence"))
    return {
        ".threshold": np.tile(cuts, len(rows.lengths)),
        ".net_benefit": found.model.ravel(),
        ".net_benefit_all": found.act_on_all.ravel(),
        ".interventions_avoided": found.avoided.ravel(),
    }


def class_from_prob(case: dict[str, Any]) -> dict[str, Any]:
    args = case["args"]
    columns, enum = data(case["data"])
    levels = args.get("levels") or enum[args["like"]]
    threshold = args.get("threshold")
    if isinstance(args["estimate"], str):
        buffer = args.get("buffer")
        pair = None if buffer is None else tuple(buffer) if isinstance(buffer, list) else (buffer, buffer)
        code = decisions.decide(columns[args["estimate"]], 0.5 if threshold is None else threshold, pair)
    else:
        probs = np.stack([columns[c] for c in args["estimate"]], axis=1)
        each = None if threshold is None else np.array([threshold[level] for level in levels])
        code = decisions.decide_among(probs, each, args.get("min_prob"))
    return {args.get("name", ".pred_class"): [levels[c] if c >= 0 else None for c in code]}


def quantiles(case: dict[str, Any]) -> tuple[Rows, np.ndarray, np.ndarray]:
    args = case["args"]
    rows = Rows(case)
    return rows, np.stack([rows.columns[c] for c in args["estimate"]], axis=1), np.array(args["quantile_levels"])


def coverage(case: dict[str, Any]) -> dict[str, Any]:
    rows, q, levels = quantiles(case)
    found = quantile_coverage.coverage(rows.lengths, rows.truth, q, rows.weight)
    lower, upper = cb.wilson(found.share, found.effective, case["args"].get("conf_level", 0.95))
    return {
        ".quantile_level": np.tile(levels, len(rows.lengths)),
        ".n": found.weight.ravel(),
        ".coverage": found.share.ravel(),
        ".lower": lower.ravel(),
        ".upper": upper.ravel(),
    }


def quantile_calibration_error(case: dict[str, Any]) -> dict[str, Any]:
    rows, q, levels = quantiles(case)
    share = quantile_coverage.coverage(rows.lengths, rows.truth, q, rows.weight).share
    return {".estimate": quantile_coverage.calibration_error(share, levels)}


def interval(case: dict[str, Any], what: str) -> dict[str, Any]:
    rows, q, levels = quantiles(case)
    level = case["args"]["level"]
    low, high = (q[:, int(np.abs(levels - end).argmin())] for end in ((1 - level) / 2, (1 + level) / 2))
    if what == "width":
        return {".estimate": quantile_coverage.interval_width(rows.lengths, low, high, rows.weight)}
    return {".estimate": quantile_coverage.interval_coverage(rows.lengths, rows.truth, low, high, rows.weight)}


def pit_histogram(case: dict[str, Any]) -> dict[str, Any]:
    rows, q, levels = quantiles(case)
    share, n = quantile_coverage.pit_histogram(rows.lengths, rows.truth, q, rows.weight)
    edges = np.concatenate([[0.0], levels, [1.0]])
    return {
        ".bin_lower": edges[:-1],
        ".bin_upper": edges[1:],
        ".n": n[0],
        ".observed": share[0],
        ".expected": np.diff(edges),
    }


def chance(case: dict[str, Any]) -> dict[str, Any]:
    """Give the error that a perfect model has."""
    rows = Rows(case)
    n_bins = case["args"]["n_bins"]
    edges = cb.uniform_edges(n_bins)
    bins = cb.bins_of_slots(rows.slots(edges[1:-1], "left"), edges)
    place = np.searchsorted(edges[1:-1], rows.score, side="left")
    variance = np.bincount(place, rows.score * (1 - rows.score), minlength=n_bins)[None]
    estimate = ce.expected_error(bins)
    return {".estimate": estimate, ".baseline": ce.chance_error(variance, np.array([float(len(rows.score))])), ".skill": [None]}


def reportable_rate(case: dict[str, Any]) -> dict[str, Any]:
    rows = Rows(case)
    there = np.array([v is not None for v in rows.columns[case["args"]["estimate"]]])
    each = np.ones(len(there)) if rows.weight is None else rows.weight
    group = np.repeat(np.arange(len(rows.key_lengths)), rows.key_lengths)
    return {".estimate": np.bincount(group, each * there) / np.bincount(group, each)}


ANSWERS: dict[str, Any] = {
    f.__name__: f
    for f in (
        calibration_curve,
        calibration_curve_numeric,
        expected_calibration_error,
        max_calibration_error,
        spiegelhalter_z,
        integrated_calibration_index,
        threshold_perf,
        best_threshold,
        decision_curve,
        class_from_prob,
        quantile_calibration_error,
        pit_histogram,
        reportable_rate,
    )
} | {
    "calibration_slope": lambda case: logistic_fit(case, "slope"),
    "calibration_intercept": lambda case: logistic_fit(case, "intercept"),
    **{f"corp_{p}": functools.partial(corp, part=p) for p in ("miscalibration", "discrimination", "uncertainty")},
    **{
        f"corp_{p}_numeric": functools.partial(corp_numeric, part=p)
        for p in ("miscalibration", "discrimination", "uncertainty")
    },
    "calibration_slope_numeric": functools.partial(line, position=1),
    "calibration_intercept_numeric": functools.partial(line, position=0),
    "quantile_coverage": coverage,
    "interval_coverage": functools.partial(interval, what="coverage"),
    "interval_width": functools.partial(interval, what="width"),
}


def answer(case: dict[str, Any]) -> dict[str, Any] | None:
    """Give the columns that the kernels make of a case; None where only the call can answer."""
    fn, args = case["fn"], case["args"]
    if "error" in case["expected"]:
        return None
    if fn == "expected_calibration_error_vec":
        truth, p = (np.array(args[k]["$list"]) for k in ("truth", "estimate"))
        edges = cb.uniform_edges(args["n_bins"])
        slots = score_slots.slot_sums(np.array([len(p)]), p, truth, None, edges[1:-1])
        return {"value": ce.expected_error(cb.bins_of_slots(slots, edges))}
    return ANSWERS[fn](case) if isinstance(fn, str) else made(case, fn)


def made(case: dict[str, Any], fn: dict[str, Any]) -> dict[str, Any]:
    """Answer a case of a set, of a skill or of a baseline."""
    if "$set" in fn:
        return corp_set(case)
    if "$skill" in fn:
        return {".estimate": skill(case, [fn["$skill"]], fn.get("baseline"))[".skill"]}
    if fn["$baseline"] == ["expected_calibration_error"]:
        return chance(case)
    return skill(case, fn["$baseline"], fn.get("baseline"))
