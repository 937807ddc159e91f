"""The rules of intervals and comparisons on plain arrays, against the answers of independent packages."""

from __future__ import annotations

import json
import pathlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tidymetrics.core import interval_rules as rules
from tidymetrics.statistics import gradient as by
from tidymetrics.statistics import influence_of_orders as orders
from tidymetrics.statistics import influence_of_ranks as ranks
from tidymetrics.statistics import spread as spreads
from tidymetrics.statistics.influence_of_pairs import JointRows
from tidymetrics.wrappers import difference_rules as pairs
from tidymetrics.wrappers import fold_rules as folds

if TYPE_CHECKING:
    from tidymetrics.typing import Array

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "inference.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in REFERENCE["cases"]}
DATA = {name: {c: np.array(v) for c, v in columns.items()} for name, columns in REFERENCE["data"].items()}
INFINITE = (-np.inf, np.inf)
ZERO_UP = (0.0, np.inf)

# formulas of tables [copies, predicted, true], the event first
COUNTS = {
    "accuracy": lambda t: np.trace(t, axis1=1, axis2=2) / t.sum((1, 2)),
    "sens": lambda t: t[:, 0, 0] / t[:, :, 0].sum(1),
    "recall": lambda t: t[:, 0, 0] / t[:, :, 0].sum(1),
    "spec": lambda t: t[:, 1, 1] / t[:, :, 1].sum(1),
    "precision": lambda t: t[:, 0, 0] / t[:, 0].sum(1),
    "ppv": lambda t: t[:, 0, 0] / t[:, 0].sum(1),
    "npv": lambda t: t[:, 1, 1] / t[:, 1].sum(1),
    "miss_rate": lambda t: t[:, 1, 0] / t[:, :, 0].sum(1),
    "fall_out": lambda t: t[:, 0, 1] / t[:, :, 1].sum(1),
    "detection_prevalence": lambda t: t[:, 0].sum(1) / t.sum((1, 2)),
    "bal_accuracy": lambda t: (t[:, 0, 0] / t[:, :, 0].sum(1) + t[:, 1, 1] / t[:, :, 1].sum(1)) / 2,
    "f_meas": lambda t: 2 * t[:, 0, 0] / (2 * t[:, 0, 0] + t[:, 0, 1] + t[:, 1, 0]),
}


def table_of(truth, estimate, groups, n_groups, levels=("yes", "no")):
    code = {level: i for i, level in enumerate(levels)}
    t, p = (np.array([code[v] for v in column]) for column in (truth, estimate))
    size = len(levels)
    return np.bincount((groups * size + p) * size + t, minlength=n_groups * size**2).reshape(-1, size, size).astype(float)


def count_spread(table, formula, span=(0.0, 1.0)):
    size = table.shape[-1]

    def evaluate(numbers, _):
        return formula(numbers.reshape(-1, size, size)).reshape(len(numbers), -1)

    def differentiate(cells):
        return by.gradient(evaluate, cells, by.scale_of_counts(cells), counts=True)

    flat, smoothed = table.reshape(len(table), -1), spreads.smooth(table).reshape(len(table), -1)
    values, slopes = differentiate(flat)
    effective = spreads.effective_of_cells(*differentiate(smoothed), smoothed, span)
    return spreads.of_cells(values, slopes, flat, flat, np.ones(len(flat)), effective, flat.sum(1)), slopes


def mean_spread(loss, groups, n_groups, move=lambda m: m, slope=lambda m: np.ones_like(m)):
    n = np.bincount(groups, minlength=n_groups).astype(float)
    mean = np.bincount(groups, loss, minlength=n_groups) / n
    phi = ((loss - mean[groups]) / n[groups] * slope(mean)[groups])[:, None]
    made = spreads.of_rows(
        move(mean)[:, None], spreads.add_up(phi**2, groups, n_groups), spreads.add_up(phi**4, groups, n_groups), n
    )
    return made, phi


def auc_spread(score, is_event, groups, n_groups, kind="roc"):
    order = np.argsort(groups, kind="stable")
    score, is_event, groups = score[order], is_event[order], groups[order]
    steps = ranks.steps_of(np.bincount(groups, minlength=n_groups), score, is_event)
    placed = ranks.placement(steps, kind)
    e, o = steps.add_up(steps.events), steps.add_up(steps.others)
    size = e * o if kind == "roc" else e
    with np.errstate(invalid="ignore", divide="ignore"):
        value = placed.area / size
        slopes = (1 / size, -value / e, -value / o if kind == "roc" else np.zeros_like(o))
    moves = ranks.MovesOfArea.of(steps, placed)
    event_2, event_4 = moves.events.of_influence(slopes[0], slopes[1])
    other_2, other_4 = moves.others.of_influence(slopes[0], slopes[2])
    squares = np.stack([event_2, other_2], 1)[:, :, None]
    reach = placed.ends.reach(*slopes)[:, None]
    made = spreads.of_ranks(value[:, None], squares, (event_4 + other_4)[:, None], np.stack([e, o], 1), reach)
    phi = np.empty((len(score), 1))
    phi[order, 0] = ranks.influence_of_area(steps, placed, is_event, slopes)
    return made, phi


def require(row, found, tolerance):
    for name, expected in row["values"].items():
        if name not in found:
            continue
        value = float(found[name])
        if expected is None:
            assert np.isnan(value), name
        else:
            assert value == pytest.approx(expected, rel=tolerance, abs=tolerance * 1e-3), name


def shown(spread, span, group=0, conf_level=0.95, method=None):
    made = rules.intervals_of(spread, span, conf_level, method)
    columns = {".estimate": spread.values, ".std_error": made.std_error, ".lower": made.lower, ".upper": made.upper}
    return {name: v[group, 0] for name, v in columns.items()}


def grouped(case):
    data, column = DATA[case["call"]["data"]], case["call"]["call"].get("by")
    names, codes = (
        np.unique(data[column], return_inverse=True)
        if column
        else (np.array([""]), np.zeros(len(next(iter(data.values()))), int))
    )
    return data, column, list(names), codes


@pytest.mark.parametrize("case", ["A000", "A001", "A002", "A003", "A004", "A007", "A008", "A010", "A011"])
def test_counts_of_two_classes(case: str) -> None:
    case = CASES[case]
    data, column, names, codes = grouped(case)
    table = table_of(data["obs"], data[case["call"]["estimate"]], codes, len(names))
    options = case["call"]["options"]
    for row in case["rows"]:
        spread, _ = count_spread(table, COUNTS[row[".metric"]])
        group = names.index(row[column]) if column else 0
        require(row, shown(spread, (0.0, 1.0), group, options.get("conf_level", 0.95), options.get("method")), case["tol"])


def test_a_row_a_class() -> None:
    case, data = CASES["A005"], DATA["multi"]
    levels = REFERENCE["levels"]["multi"]
    table = table_of(data["obs"], data["pred"], np.zeros(180, int), 1, levels)
    spread, _ = count_spread(table, lambda t: np.einsum("gkk->gk", t) / t.sum(1))
    made = rules.intervals_of(spread, (0.0, 1.0))
    for row in case["rows"]:
        k = levels.index(row[".level"])
        require(row, {".estimate": spread.values[0, k], ".lower": made.lower[0, k], ".upper": made.upper[0, k]}, case["tol"])


@pytest.mark.parametrize("case", ["A019", "A020", "A021", "A022", "A023", "A026", "A027"])
def test_ranks(case: str) -> None:
    case = CASES[case]
    data, column, names, codes = grouped(case)
    options = case["call"]["options"]
    for row in case["rows"]:
        kind = {"roc_auc": "roc", "pr_auc": "pr", "average_precision": "steps"}[row[".metric"]]
        spread, _ = auc_spread(data[case["call"]["estimate"]], data["obs"] == "yes", codes, len(names), kind)
        group = names.index(row[column]) if column else 0
        require(row, shown(spread, (0.0, 1.0), group, options.get("conf_level", 0.95), options.get("method")), case["tol"])


@pytest.mark.parametrize("case", ["A029", "A030", "A033"])
def test_means(case: str) -> None:
    case = CASES[case]
    data, column, names, codes = grouped(case)
    error = data["y"] - data[case["call"]["estimate"]]
    losses = {"msd": error, "mae": np.abs(error), "mse": error**2, "rmse": error**2}
    with np.errstate(divide="ignore", invalid="ignore"):
        for row in case["rows"]:
            name = row[".metric"]
            root = {"move": np.sqrt, "slope": lambda m: 0.5 / np.sqrt(m)} if name == "rmse" else {}
            spread, _ = mean_spread(losses[name], codes, len(names), **root)
            group = names.index(row[column]) if column else 0
            level = case["call"]["options"].get("conf_level", 0.95)
            require(row, shown(spread, INFINITE if name == "msd" else ZERO_UP, group, level), case["tol"])


def test_rows_of_one_patient() -> None:
    case, data = CASES["A034"], DATA["num"]
    error = data["y"] - data["x_a"]
    for row, loss in zip(case["rows"], (error, np.abs(error)), strict=True):
        groups = np.zeros(len(loss), int)
        spread, phi = mean_spread(loss, groups, 1)
        sums, of, _ = spreads.by_unit(phi, groups, data["patient"])
        squares, fourths = (spreads.add_up(sums**k, of, 1) for k in (2, 4))
        made = spreads.of_units(spread.values, squares, fourths, np.array([float(len(sums))]))
        require(row, shown(made, INFINITE), case["tol"])


@pytest.mark.parametrize(("case", "kind"), [("A042", None), ("A043", "wald")])
def test_gap_of_two_groups(case: str, kind: str | None) -> None:
    case, data = CASES[case], DATA["two"]
    table = table_of(data["obs"], data["pred_a"], (data["sex"] == "m").astype(int), 2)
    first, second = (count_spread(table[[g]], COUNTS["accuracy"])[0] for g in (0, 1))
    found = pairs.compared(pairs.Pair(first, second, np.zeros((1, 1))), (0.0, 1.0), method=kind)
    require(case["rows"][0], {k: v[0, 0] for k, v in found.items()}, case["tol"])


def shared(a: Array, b: Array) -> tuple[Array, Array]:
    """Give the covariance, and the kurtosis of the difference, of influences [rows, 1] of one group."""
    return (a * b).sum(axis=0)[None], (((a - b) ** 4).sum(axis=0) / ((a - b) ** 2).sum(axis=0) ** 2)[None]


@pytest.mark.parametrize(("case", "kind"), [("A045", None), ("A046", "exact"), ("A047", "wald")])
def test_accuracy_of_two_models(case: str, kind: str | None) -> None:
    case, data = CASES[case], DATA["two"]
    groups = np.zeros(len(data["obs"]), int)
    position = np.array([0, 1])
    made = []
    for name in ("pred_a", "pred_b"):
        spread, slopes = count_spread(table_of(data["obs"], data[name], groups, 1), COUNTS["accuracy"])
        p, t = (position[(column == "no").astype(int)] for column in (data[name], data["obs"]))
        made.append((spread, slopes[0, p * 2 + t]))
    (first, a), (second, b) = made
    covariance, kurtosis = shared(a, b)
    pair = pairs.Pair(first, second, covariance, kurtosis, JointRows(a, b, groups, np.ones(len(a))))
    compared = pairs.compared(pair, (0.0, 1.0), method=kind)
    require(case["rows"][0], {k: v[0, 0] for k, v in compared.items()}, case["tol"])


def test_delong() -> None:
    case, data = CASES["A040"], DATA["two"]
    groups, is_event = np.zeros(len(data["obs"]), int), data["obs"] == "yes"
    (first, a), (second, b) = (auc_spread(data[s], is_event, groups, 1) for s in ("s_a", "s_b"))
    n = np.where(is_event, is_event.sum(), (~is_event).sum())[:, None]
    covariance, kurtosis = shared(a * np.sqrt(n / (n - 1)), b * np.sqrt(n / (n - 1)))
    found = pairs.compared(pairs.Pair(first, second, covariance, kurtosis), (0.0, 1.0), method="wald")
    require(case["rows"][0], {k: v[0, 0] for k, v in found.items()}, case["tol"])
    # by hand: placements of each event among the others, and of each other among the events
    placements = [
        [
            (np.sign(x[:, None] - y[None]) + 1).mean(1) / 2
            for x, y in ((s[is_event], s[~is_event]), (-s[~is_event], -s[is_event]))
        ]
        for s in (data["s_a"], data["s_b"])
    ]
    v = sum(np.cov(placements[0][k], placements[1][k]) / len(placements[0][k]) for k in (0, 1))
    assert found[".std_error"][0, 0] == pytest.approx(np.sqrt(v[0, 0] + v[1, 1] - 2 * v[0, 1]), rel=1e-10)
    # two groups of rows
    case, codes = CASES["A041"], (data["sex"] == "m").astype(int)
    spread = [auc_spread(data["s_a"][codes == g], is_event[codes == g], groups[codes == g], 1)[0] for g in (0, 1)]
    found = pairs.compared(pairs.Pair(*spread, np.zeros((1, 1))), (0.0, 1.0), method="wald")
    require(case["rows"][0], {k: v[0, 0] for k, v in found.items()}, case["tol"])


@pytest.mark.parametrize("case", ["A050", "A051", "A052"])
def test_means_of_two_models(case: str) -> None:
    case, data = CASES[case], DATA["num"]
    loss = np.abs if case["rows"][0][".metric"] == "mae" else np.asarray
    groups = np.zeros(len(data["y"]), int)
    (first, a), (second, b) = (mean_spread(loss(data["y"] - data[x]), groups, 1) for x in ("x_a", "x_b"))
    covariance, kurtosis = shared(a, b)
    covariance = covariance * len(a) / (len(a) - 1)
    options = case["call"]["options"]
    span = ZERO_UP if case["rows"][0][".metric"] == "mae" else INFINITE
    pair = pairs.Pair(first, second, covariance, kurtosis)
    found = pairs.compared(pair, span, method=options.get("method"), rope=options.get("rope"))
    require(case["rows"][0], {k: v[0, 0] for k, v in found.items()}, case["tol"])


@pytest.mark.parametrize("case", ["A054", "A055", "A057", "A058"])
def test_folds(case: str) -> None:
    case = CASES[case]
    data, options = DATA[case["call"]["of"]], case["call"]["options"]
    last = case["call"]["folds"] if isinstance(case["call"]["folds"], str) else case["call"]["folds"][-1]
    models = data.get("model", np.full(len(data[".estimate"]), ""))
    names, key = np.unique(models, return_inverse=True)
    share = 1 / len(np.unique(data[last]))
    found = folds.mean_of_folds(data[".estimate"], key, len(names), share, **options)
    for row in case["rows"]:
        group = list(names).index(row.get("model", ""))
        require(row, {k: v[group] for k, v in found.items()}, case["tol"])


# ------------------------------------------------------------------------------------------- influences are derivatives


def slope_of(function, weight, step=1e-5):
    """The derivative of a function of weights by each, times the weight."""
    found = []
    for i in range(len(weight)):
        up, down = weight.copy(), weight.copy()
        up[i] *= 1 + step
        down[i] *= 1 - step
        found.append((function(up) - function(down)) / (2 * step))
    return np.array(found)


def sample(n=40, levels=2):
    rng = np.random.default_rng(3)
    lengths = np.array([n // 2, 0, n - n // 2])
    return lengths, np.round(rng.normal(size=n), 1), rng.integers(0, levels, n), rng.uniform(0.5, 2, n)


@pytest.mark.parametrize("kind", ["roc", "pr", "steps"])
def test_influence_of_an_area_is_its_derivative(kind: str) -> None:
    lengths, score, truth, weight = sample()

    def areas(w):
        return ranks.placement(ranks.steps_of(lengths, score, truth == 1, w), kind).area

    steps = ranks.steps_of(lengths, score, truth == 1, weight)
    placed = ranks.placement(steps, kind)
    zero = np.zeros(3)
    phi = ranks.influence_of_area(steps, placed, truth == 1, (np.ones(3), zero, zero), weight)
    np.testing.assert_allclose(phi, slope_of(lambda w: areas(w).sum(), weight), atol=1e-6)
    e, o = steps.add_up(steps.events), steps.add_up(steps.others)
    peer = pytest.importorskip("sklearn.metrics")
    part = slice(0, lengths[0])
    if kind == "roc":
        expected = peer.roc_auc_score(truth[part], score[part], sample_weight=weight[part])
        assert placed.area[0] / (e * o)[0] == pytest.approx(expected)
    if kind == "steps":
        expected = peer.average_precision_score(truth[part], score[part], sample_weight=weight[part])
        assert placed.area[0] / e[0] == pytest.approx(expected)
    light = np.where(np.arange(40) % 5 == 0, 0.0, weight)
    kept = light > 0
    short = np.array([kept[: lengths[0]].sum(), 0, kept[lengths[0] :].sum()])
    alone = ranks.placement(ranks.steps_of(short, score[kept], truth[kept] == 1, light[kept]), kind).area
    np.testing.assert_allclose(areas(light), alone)


@pytest.mark.parametrize("kind", ["roc", "pr", "steps"])
def test_the_reach_is_the_move_by_a_row_at_an_end(kind: str) -> None:
    lengths, score, truth, weight = sample()
    lengths = np.array([40])
    placed = ranks.placement(ranks.steps_of(lengths, score, truth == 1, weight), kind)
    light = 1e-7
    for ends, event_at, other_at in ((placed.ends.worst, -9.0, 9.0), (placed.ends.best, 9.0, -9.0)):
        for move, at, is_event in ((ends[0], event_at, True), (ends[1], other_at, False)):
            more = ranks.steps_of(lengths + 1, np.append(score, at), np.append(truth == 1, is_event), np.append(weight, light))
            if kind == "pr" and at == 9.0:
                continue  # a new first step joins the first precision: the move jumps with it
            assert move[0] == pytest.approx((ranks.placement(more, kind).area[0] - placed.area[0]) / light, abs=1e-4)


def test_influence_of_pairs_of_classes() -> None:
    lengths, score, truth, weight = sample(60, 4)
    slope = np.random.default_rng(5).normal(size=(3, 4))
    slope[:, 2] = 0.0  # the event's own class

    def value(w):
        return (slope * ranks.wins_of(ranks.steps_of(lengths, score, truth == 2, w), truth, 4, w)).sum()

    phi = ranks.influence_of_wins(ranks.steps_of(lengths, score, truth == 2, weight), truth, 2, slope, weight)
    np.testing.assert_allclose(phi, slope_of(value, weight), atol=1e-6)


def test_hand_till() -> None:
    case, data = CASES["A028"], DATA["multi"]
    truth = np.array([REFERENCE["levels"]["multi"].index(v) for v in data["obs"]])
    steps = [ranks.steps_of(np.array([180]), data[f"p{i}"], truth == i) for i in range(4)]
    wins = np.concatenate([ranks.wins_of(s, truth, 4) for s in steps])  # [events, levels]
    n = np.bincount(truth).astype(float)

    def evaluate(numbers, _):
        w, m = numbers[:, :16].reshape(-1, 4, 4), numbers[:, 16:]
        shares = w / (m[:, :, None] * m[:, None, :])
        return ((shares.sum((1, 2)) - np.einsum("gii->g", shares)) / 12)[:, None]

    numbers = np.concatenate([wins.reshape(-1), n])[None]
    value, slopes = by.gradient(evaluate, numbers, np.maximum(numbers, 1.0))
    phi = slopes[0, 16:, 0][truth]
    for i, s in enumerate(steps):
        phi = phi + ranks.influence_of_wins(s, truth, i, slopes[:, 4 * i : 4 * i + 4, 0])
    assert phi.sum() == pytest.approx(0, abs=1e-7)
    squares = np.bincount(truth, phi**2)[None, :, None]
    spread = spreads.of_ranks(value, squares, np.array([[np.sum(phi**4)]]), n[None], np.ones((1, 1)))
    require(case["rows"][0], shown(spread, (0.0, 1.0)), case["tol"])


def test_influence_of_ordered_pairs() -> None:
    concordance = pytest.importorskip("tidymetrics.statistics.concordance")
    lengths, score, event, weight = sample()
    time = np.round(np.random.default_rng(8).exponential(size=40), 1) + 0.1

    def counted(w):
        found = np.zeros(3)
        for start, stop in ((0, 20), (20, 40)):
            for i in range(start, stop):
                for j in range(start, stop):
                    if event[i] == 1 and (time[j] > time[i] + 1e-9 or (abs(time[j] - time[i]) < 1e-9 and event[j] == 0)):
                        found += w[i] * w[j] * np.array([score[i] < score[j], score[i] == score[j], 1.0])
        return found

    moves = orders.pair_moves(lengths, time, event, score, weight)
    for k, name in enumerate(("concordant", "tied", "comparable")):
        np.testing.assert_allclose(getattr(moves, name) * weight, slope_of(lambda w, k=k: counted(w)[k], weight), atol=1e-6)
    assert concordance is not None


def test_influence_of_gini() -> None:
    lengths, score, _, weight = sample()
    truth = np.round(np.random.default_rng(9).gamma(2.0, size=40), 1)

    def index(w):
        made = orders.gini_moves(lengths, truth, (score, truth), w)
        return made.area, made.box

    made = orders.gini_moves(lengths, truth, (score, truth), weight)
    np.testing.assert_allclose(made.by_area * weight, slope_of(lambda w: index(w)[0].sum(), weight), atol=1e-6)
    np.testing.assert_allclose(made.by_box * weight, slope_of(lambda w: index(w)[1].sum(), weight), atol=1e-6)


# ----------------------------------------------------------------------------------------------------- gradients, rules


def test_numbers_that_are_sums_of_cells() -> None:
    rng = np.random.default_rng(4)
    table = rng.integers(0, 9, (5, 3, 3)).astype(float) + np.eye(3)

    def kappa(total, correct, predicted, true):
        chance = (predicted * true).sum(1) / total**2
        return ((correct / total - chance) / (1 - chance))[:, None]

    def of_cells(x, _):
        t = x.reshape(-1, 3, 3)
        return kappa(t.sum((1, 2)), np.trace(t, axis1=1, axis2=2), t.sum(2), t.sum(1))

    def of_sums(x, _):
        return kappa(x[:, 0], x[:, 1], x[:, 2:5], x[:, 5:])

    cells = table.reshape(5, 9)
    _, expected = by.gradient(of_cells, cells, by.scale_of_counts(cells), counts=True)
    sums = np.column_stack([table.sum((1, 2)), np.trace(table, axis1=1, axis2=2), table.sum(2), table.sum(1)])
    _, slopes = by.gradient(of_sums, sums, by.scale_of_counts(sums), counts=True)
    s = slopes[:, :, 0]
    np.testing.assert_allclose(
        by.cells_of_sums(s[:, 0], s[:, 1], s[:, 2:5], s[:, 5:]).reshape(5, 9), expected[:, :, 0], atol=1e-7
    )


@pytest.mark.parametrize("how", ["binary", "micro", "per_class", "macro", "macro_weighted"])
def test_cells_of_events(how: str) -> None:  # noqa: C901
    rng = np.random.default_rng(6)
    size = 2 if how == "binary" else 4
    table = rng.integers(1, 9, (6, size, size)).astype(float)

    def events(t):
        tp = np.einsum("gkk->gk", t)
        return np.stack([tp, t.sum(2) - tp, t.sum(1) - tp, t.sum((1, 2))[:, None] - t.sum(2) - t.sum(1) + tp], 1)  # [g, 4, L]

    def formula(x):
        tp, fp, fn, tn = np.moveaxis(x, 1, 0)
        return (tp * tn - fp * fn) / ((tp + fn) * (fp + tn)) + tp / (tp + fp)

    def value(x, _):
        t = x.reshape(-1, size, size)
        each = events(t)
        if how == "binary":
            return formula(each[:, :, 1])[:, None]
        if how == "micro":
            return formula(each.sum(2))[:, None]
        made = formula(each)
        if how == "per_class":
            return made
        weights = t.sum(1) if how == "macro_weighted" else np.ones_like(made)
        return ((made * weights).sum(1) / weights.sum(1))[:, None]

    cells = table.reshape(6, -1)
    _, expected = by.gradient(value, cells, by.scale_of_counts(cells), counts=True)
    each = events(table)
    x = {"binary": each[:, :, 1], "micro": each.sum(2)}.get(how)
    if x is None:
        flat = np.moveaxis(each, 2, 1).reshape(-1, 4)
        base, slopes = by.gradient(lambda n, _: formula(n)[:, None], flat, by.scale_of_counts(flat), counts=True)
        slopes, base = np.moveaxis(slopes.reshape(6, size, 4), 1, 2), base.reshape(6, size)
    else:
        slopes = by.gradient(lambda n, _: formula(n)[:, None], x, by.scale_of_counts(x), counts=True)[1][:, :, 0]
    if how == "per_class":
        made = by.cells_of_each_event(slopes)
    elif how == "binary":
        made = by.cells_of_event(slopes, 1)
    elif how == "micro":
        made = by.cells_of_added_events(slopes, size)
    else:
        made = by.cells_of_average(slopes, base, table.sum(1) if how == "macro_weighted" else None, "drop")[1]
    np.testing.assert_allclose(made.reshape(expected.shape), expected, atol=1e-7)


def test_wilson_and_clopper_pearson_on_the_ends() -> None:
    share, n = np.array([0.0, 1.0, 0.5]), np.array([10.0, 14.0, 8.0])
    z = 1.959963984540054
    lower, upper = rules.wilson(share, n, np.full(3, z))
    assert lower[0] == 0
    assert upper[1] == 1
    assert upper[0] == pytest.approx(z**2 / (10 + z**2))
    lower, upper = rules.exact(share, n, 0.95)
    assert upper[0] == pytest.approx(1 - 0.025**0.1)
    assert lower[1] == pytest.approx(0.025 ** (1 / 14))


def test_reasons() -> None:
    nan = np.full((6, 1), np.nan)
    values = np.array([np.nan, np.inf, 0.5, 0.5, 0.5, 0.5])[:, None]
    variance = np.array([1, 1, np.nan, 0.0, 0.01, 0.01])[:, None]
    units = np.array([9, 9, 1, 9, 9, 9.0])[:, None]
    own = np.array([0, 0, 0, 0, spreads.Reason.ONE_OF_CLASS, 0])[:, None]
    spread = spreads.Spread(values, variance, np.full((6, 1), 0.3), units, nan, nan, reason=own)
    made = rules.intervals_of(spread, ZERO_UP)
    expected = [spreads.Reason[n] for n in ("UNDEFINED", "INFINITE", "ONE_UNIT", "ALIKE", "ONE_OF_CLASS", "NONE")]
    assert made.reason[:, 0].tolist() == expected
    assert np.isnan(made.lower[:5]).all()
    assert np.isfinite(made.upper[5])


def test_p_values_agree_with_intervals() -> None:
    rng = np.random.default_rng(12)
    n = 400
    tables = rng.multinomial(40, [0.42, 0.08, 0.08, 0.42], size=(2, n)).astype(float).reshape(2, n, 2, 2)
    first, second = (count_spread(t, COUNTS["f_meas"])[0] for t in tables)
    zero = np.zeros((n, 1))
    made = pairs.compared(pairs.Pair(first, second, zero), (0.0, 1.0))
    turned = pairs.compared(pairs.Pair(second, first, zero), (0.0, 1.0))
    outside = (made[".lower"] > 0) | (made[".upper"] < 0)
    np.testing.assert_array_equal(outside, made[".p_value"] < 0.05)
    np.testing.assert_allclose(made[".lower"], -turned[".upper"])
    np.testing.assert_allclose(made[".p_value"], turned[".p_value"])
    ratio, inverse = (
        pairs.compared(pairs.Pair(*both, zero), (0.0, 1.0), ratio=True) for both in ((first, second), (second, first))
    )
    np.testing.assert_allclose(ratio[".lower"], 1 / inverse[".upper"], rtol=1e-9)
    same = pairs.compared(pairs.Pair(first, first, first.variance), (0.0, 1.0))
    assert (same[".p_value"] == 1).all()
    assert (same[".estimate"] == 0).all()


def test_holm() -> None:
    p = np.array([[0.01, 0.5], [0.04, np.nan], [0.03, 0.02]])
    np.testing.assert_allclose(folds.holm(p), [[0.03, 0.5], [0.06, np.nan], [0.06, 0.04]])


def test_halves() -> None:
    rng = np.random.default_rng(2)
    n, groups = 60, 400
    rows = rng.normal(size=(groups, n))
    halves = spreads.draw_halves(n, 0)
    assert (halves.sum(1) == 30).all()
    first, second = (np.stack([rows[:, h == k].mean(1) for h in halves], 1)[:, :, None] for k in (0, 1))
    mean = rows.mean(1, keepdims=True)
    made = spreads.of_halves(mean, first, second, np.full(groups, float(n)))
    assert made.variance.mean() == pytest.approx(1 / n, rel=0.1)
    assert (rules.degrees_of(made) == 8).all()
    assert spreads.of_halves(np.ones((1, 1)), np.full((1, 8, 1), np.nan), np.ones((1, 8, 1)), np.array([60.0])).reason[0, 0]
    blocks = spreads.draw_blocks(n, 0)
    parts = np.stack([rows[:, blocks == k].mean(1) for k in range(20)], 1)[:, :, None]
    made = spreads.of_blocks(mean, parts)
    assert made.variance.mean() == pytest.approx(1 / n, rel=0.1)
    assert (rules.degrees_of(made) == 19).all()


# -------------------------------------------------------------------------------------------------------------- coverage


@pytest.mark.parametrize(("n", "least", "most"), [(30, 93, 98), (100, 93, 98)])
def test_coverage(n: int, least: float, most: float) -> None:
    rng = np.random.default_rng(n)
    sets = 600

    def share(made, true):
        known = np.isfinite(made.lower)
        return 100 * np.mean(((made.lower <= true) & (true <= made.upper))[known])

    tables = rng.multinomial(n, [0.16, 0.04, 0.08, 0.72], size=sets).astype(float)  # cells tp fn fp tn
    tables = tables[:, [0, 2, 1, 3]].reshape(-1, 2, 2)
    spread, _ = count_spread(tables, COUNTS["f_meas"])
    assert least <= share(rules.intervals_of(spread, (0.0, 1.0)), 0.32 / (0.32 + 0.12)) <= most
    groups = np.repeat(np.arange(sets), n)
    errors = 0.6 * rng.normal(size=sets * n)
    spread, _ = mean_spread(errors**2, groups, sets, np.sqrt, lambda m: 0.5 / np.sqrt(m))
    assert least - 1 <= share(rules.intervals_of(spread, ZERO_UP), 0.6) <= most
    is_event = np.tile(np.arange(n) % 2 == 0, sets)
    spread, _ = auc_spread(rng.normal(size=sets * n) + 2.904 * is_event, is_event, groups, sets)
    assert least <= share(rules.intervals_of(spread, (0.0, 1.0)), 0.98) <= 99.5
