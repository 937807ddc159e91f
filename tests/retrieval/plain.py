"""The metrics of rankings by their definitions, in plain loops over all orders of equal scores."""

from __future__ import annotations

from itertools import groupby, permutations, product
from math import log2

LEAST = 1


def orders(documents: list[tuple[str, float | None, float | None]], *, by_doc: bool) -> list[list[float | None]]:
    """Give the relevances of the retrieved documents in every order that their scores allow; (doc, relevance, score)."""
    found = [d for d in documents if d[2] is not None]
    found.sort(key=lambda d: (d[2], d[0]), reverse=True)
    if by_doc:
        return [[d[1] for d in found]]
    blocks = [[d[1] for d in block] for _, block in groupby(found, key=lambda d: d[2])]
    return [[r for block in order for r in block] for order in product(*(list(permutations(b)) for b in blocks))]


def gain(relevance: float | None, kind: str) -> float:
    r = max(relevance or 0, 0)
    return r if kind == "linear" else 2**r - 1


def dcg(order: list[float | None], k: int, kind: str) -> float:
    return sum(gain(r, kind) / log2(i + 1) for i, r in enumerate(order[:k], 1))


def value(name: str, order: list[float | None], everything: list[float | None], k: int | None, **own) -> float:
    """Give the value of one order; `everything` holds the relevances of all documents."""
    n = len(order)
    hit = [r is not None and r >= LEAST for r in order]
    total = sum(r is not None and r >= LEAST for r in everything)
    top = n if k is None else k
    hits = sum(hit[:top])
    if name in {"dcg", "ndcg"}:
        kind = own.get("gain", "linear")
        ideal = sorted((r for r in everything if r is not None), reverse=True)
        best = dcg(ideal, len(ideal) if k is None else k, kind)
        found = dcg(order, top, kind)
        return found if name == "dcg" else found / best
    if name == "map_at_k":
        points = sum(sum(hit[: i + 1]) / (i + 1) for i in range(min(top, n)) if hit[i])
        least = total if k is None else min(total, k)
        over = {"relevant": total, "min": least, "retrieved": hits}[own.get("divide_by", "relevant")]
        return points / over if over else 0.0
    if name == "mrr":
        return next((1 / (i + 1) for i in range(min(top, n)) if hit[i]), 0.0)
    if name == "expected_reciprocal_rank":
        go_on, found = 1.0, 0.0
        for i, r in enumerate(order[:top], 1):
            stop = (2 ** max(r or 0, 0) - 1) / 2 ** own["max_relevance"]
            found += go_on * stop / i
            go_on *= 1 - stop
        return found
    if name == "bpref":
        judged = [r for r in everything if r is not None and 0 <= r < LEAST]
        found, worse = 0.0, 0
        for r, h in zip(order, hit, strict=True):
            if h:
                found += 1 - min(worse, total) / min(len(judged), total) if worse else 1.0
            elif r is not None and r >= 0:
                worse += 1
        return found / total
    beta, p = own.get("beta", 1), own.get("p", 0.8)
    return {
        "precision_at_k": lambda: hits / top,
        "recall_at_k": lambda: hits / total,
        "f_meas_at_k": lambda: (1 + beta**2) * hits / (top + beta**2 * total),
        "hit_rate": lambda: float(hits > 0),
        "r_precision": lambda: sum(hit[:total]) / total,
        "rbp": lambda: (1 - p) * sum(p**i for i in range(min(top, n)) if hit[i]),
    }[name]()
