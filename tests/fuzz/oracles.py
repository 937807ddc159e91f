"""Plain-Python answers with exact fractions, of rows as lists; None is undefined."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import ceil, inf, log, log2, sqrt
from typing import Any

Row = dict[str, Any]


def weight(row: Row) -> Fraction:
    return Fraction(row.get("w", 1))


def ratio(above: Fraction, below: Fraction) -> float | None:
    return float(above / below) if below else None


def accuracy(rows: list[Row], _levels: list[Any], _event: Any) -> float | None:
    return ratio(sum((weight(r) for r in rows if r["obs"] == r["pred"]), Fraction()), sum(map(weight, rows), Fraction()))


def kap(rows: list[Row], levels: list[Any], _event: Any) -> float | None:
    total = sum(map(weight, rows), Fraction())
    if not total:
        return None
    same = sum((weight(r) for r in rows if r["obs"] == r["pred"]), Fraction()) / total
    shares = [
        [sum((weight(r) for r in rows if r[c] == level), Fraction()) / total for level in levels] for c in ("obs", "pred")
    ]
    chance = sum((t * p for t, p in zip(*shares, strict=True)), Fraction())
    return ratio(same - chance, 1 - chance)


def sens(rows: list[Row], _levels: list[Any], event: Any) -> float | None:
    events = [r for r in rows if r["obs"] == event]
    return ratio(sum((weight(r) for r in events if r["pred"] == event), Fraction()), sum(map(weight, events), Fraction()))


def precision(rows: list[Row], _levels: list[Any], event: Any) -> float | None:
    called = [r for r in rows if r["pred"] == event]
    return ratio(sum((weight(r) for r in called if r["obs"] == event), Fraction()), sum(map(weight, called), Fraction()))


def _area(rows: list[Row], event: Any, score: str) -> float | None:
    events, others = ([r for r in rows if (r["obs"] == event) == side] for side in (True, False))
    wins = Fraction()
    for one in events:
        for other in others:
            more = Fraction(one[score]) - Fraction(other[score])
            wins += weight(one) * weight(other) * (Fraction(1, 2) if more == 0 else int(more > 0))
    return ratio(wins, sum(map(weight, events), Fraction()) * sum(map(weight, others), Fraction()))


def roc_auc(rows: list[Row], levels: list[Any], event: Any) -> float | None:
    return _area(rows, event, f"p{levels.index(event)}")


def brier_class(rows: list[Row], levels: list[Any], _event: Any) -> float | None:
    total = Fraction()
    for r in rows:
        loss = [(int(r["obs"] == level) - Fraction(r[f"p{i}"])) ** 2 for i, level in enumerate(levels)]
        total += weight(r) * sum(loss, Fraction()) / 2
    return ratio(total, sum(map(weight, rows), Fraction()))


def mn_log_loss(rows: list[Row], levels: list[Any], _event: Any) -> float | None:
    total = sum(map(weight, rows), Fraction())
    least = 2.0**-52
    loss = sum(-float(weight(r)) * log(min(max(r[f"p{levels.index(r['obs'])}"], least), 1 - least)) for r in rows)
    return loss / float(total) if total else None


def spiegelhalter_z(rows: list[Row], levels: list[Any], event: Any) -> float | None:
    surprise = variance = Fraction()
    for r in rows:
        p = Fraction(r[f"p{levels.index(event)}"])
        surprise += weight(r) * (int(r["obs"] == event) - p) * (1 - 2 * p)
        variance += weight(r) * (1 - 2 * p) ** 2 * p * (1 - p)
    return float(surprise) / sqrt(variance) if variance else None


def expected_calibration_error(rows: list[Row], levels: list[Any], event: Any) -> float | None:
    """In ten bins of one width, each closed above, and the first below too."""
    bins: dict[int, list[Row]] = {}
    for r in rows:
        bins.setdefault(max(ceil(10 * Fraction(r[f"p{levels.index(event)}"])), 1), []).append(r)
    gaps = (
        sum((weight(r) * (int(r["obs"] == event) - Fraction(r[f"p{levels.index(event)}"])) for r in own), Fraction())
        for own in bins.values()
    )
    return ratio(sum(map(abs, gaps), Fraction()), sum(map(weight, rows), Fraction()))


def rand_index(rows: list[Row], *_unused: Any) -> float | None:
    pairs = [(a["obs"] == b["obs"], a["pred"] == b["pred"]) for i, a in enumerate(rows) for b in rows[:i]]
    return ratio(Fraction(sum(t == p for t, p in pairs)), Fraction(len(pairs)))


def purity(rows: list[Row], *_unused: Any) -> float | None:
    counts = Counter((r["pred"], r["obs"]) for r in rows)
    best = {p: max(n for (other, _), n in counts.items() if other == p) for p, _ in counts}
    return ratio(Fraction(sum(best.values())), Fraction(len(rows)))


def cluster_accuracy(rows: list[Row], *_unused: Any) -> float | None:
    counts = Counter((r["pred"], r["obs"]) for r in rows)
    sides = [list(dict.fromkeys(r[name] for r in rows)) for name in ("pred", "obs")]
    fewer, more = sorted(sides, key=len)
    swapped = fewer is not sides[0]
    best = max(
        sum(counts[(o, f) if swapped else (f, o)] for f, o in zip(fewer, chosen, strict=True))
        for chosen in permutations(more, len(fewer))
    )
    return ratio(Fraction(best), Fraction(len(rows)))


def _queries(rows: list[Row]) -> list[list[int]]:
    """The relevance of each query's documents, the best score first."""
    found: dict[Any, list[Row]] = {}
    for r in rows:
        found.setdefault(r["q"], []).append(r)
    return [[r["y"] for r in sorted(own, key=lambda r: -r["x"])] for own in found.values()]


def mrr(rows: list[Row], *_unused: Any) -> float | None:
    firsts = [Fraction(1, next(i for i, y in enumerate(q, 1) if y >= 1)) for q in _queries(rows)]
    return ratio(sum(firsts, Fraction()), Fraction(len(firsts)))


def r_precision(rows: list[Row], *_unused: Any) -> float | None:
    shares = []
    for q in _queries(rows):
        n = sum(y >= 1 for y in q)
        shares.append(Fraction(sum(y >= 1 for y in q[:n]), n))
    return ratio(sum(shares, Fraction()), Fraction(len(shares)))


def map_at_k(rows: list[Row], *_unused: Any) -> float | None:
    means = []
    for q in _queries(rows):
        at = [i for i, y in enumerate(q, 1) if y >= 1]
        means.append(sum((Fraction(j, i) for j, i in enumerate(at, 1)), Fraction()) / len(at))
    return ratio(sum(means, Fraction()), Fraction(len(means)))


def ndcg(rows: list[Row], *_unused: Any) -> float | None:
    gains = [
        [sum(y / log2(i + 1) for i, y in enumerate(own, 1)) for own in (q, sorted(q, reverse=True))] for q in _queries(rows)
    ]
    return sum(a / b for a, b in gains) / len(gains) if gains else None


def mae(rows: list[Row], *_unused: Any) -> float | None:
    return _mean(rows, lambda r: abs(Fraction(r["y"]) - Fraction(r["x"])))


def mse(rows: list[Row], *_unused: Any) -> float | None:
    return _mean(rows, lambda r: (Fraction(r["y"]) - Fraction(r["x"])) ** 2)


def msd(rows: list[Row], *_unused: Any) -> float | None:
    return _mean(rows, lambda r: Fraction(r["y"]) - Fraction(r["x"]))


def rmse(rows: list[Row], *_unused: Any) -> float | None:
    value = mse(rows)
    return None if value is None else sqrt(value)


def rsq_trad(rows: list[Row], *_unused: Any) -> float | None:
    mean = _exact_mean(rows, lambda r: Fraction(r["y"]))
    if mean is None:
        return None
    spread = sum((weight(r) * (Fraction(r["y"]) - mean) ** 2 for r in rows), Fraction())
    missed = sum((weight(r) * (Fraction(r["y"]) - Fraction(r["x"])) ** 2 for r in rows), Fraction())
    if not spread:
        return -inf if missed else None
    return float(1 - missed / spread)


def _exact_mean(rows: list[Row], value: Any) -> Fraction | None:
    total = sum(map(weight, rows), Fraction())
    return sum((weight(r) * value(r) for r in rows), Fraction()) / total if total else None


def _mean(rows: list[Row], value: Any) -> float | None:
    mean = _exact_mean(rows, value)
    return None if mean is None else float(mean)
