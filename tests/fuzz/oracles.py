"""Plain-Python answers with exact fractions, of rows as lists; None is undefined."""

from __future__ import annotations

from fractions import Fraction
from math import inf, log, sqrt
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
