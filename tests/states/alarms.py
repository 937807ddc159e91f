"""False alarms of the rule, and how long a change takes to be seen: `python -m tests.states.alarms [RUNS]`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.monitoring.rule import watch

if TYPE_CHECKING:
    pass

LOOKS = 52
Null = "Callable[[np.random.Generator, int, int], tuple[Any, Any]]"


def _normal(rng: np.random.Generator, runs: int, n: int) -> tuple[Any, Any]:
    return rng.normal(0, 1, (runs, n)), np.ones((runs, n))


def _share(p: float, rows: int) -> Any:
    def make(rng: np.random.Generator, runs: int, n: int) -> tuple[Any, Any]:
        return rng.binomial(rows, p, (runs, n)) / rows, np.full((runs, n), float(rows))

    return make


def _volumes(rng: np.random.Generator, runs: int, n: int) -> tuple[Any, Any]:
    rows = np.maximum(rng.lognormal(np.log(800), 0.7, (runs, n)).astype(int), 50)
    return rng.binomial(rows, 0.9) / rows, rows.astype(float)


def _weeks_differ(rng: np.random.Generator, runs: int, n: int) -> tuple[Any, Any]:
    p = np.clip(rng.normal(0.9, 0.015, (runs, n)), 0.5, 1)
    return rng.binomial(1000, p) / 1000, np.full((runs, n), 1000.0)


def _correlated(rho: float) -> Any:
    def make(rng: np.random.Generator, runs: int, n: int) -> tuple[Any, Any]:
        x = rng.normal(0, 1, (runs, n))
        for t in range(1, n):
            x[:, t] = rho * x[:, t - 1] + np.sqrt(1 - rho**2) * x[:, t]
        return x, np.ones((runs, n))

    return make


NULLS: dict[str, Any] = {
    "normal": _normal,
    "accuracy": _share(0.9, 1000),
    "recall of 25 events": _share(0.8, 25),
    "precision of 60": _share(0.97, 60),
    "volumes vary": _volumes,
    "weeks differ": _weeks_differ,
}
LIMITS: dict[str, Any] = {"weeks correlated by 0.3": _correlated(0.3), "weeks correlated by 0.6": _correlated(0.6)}
"""Where the windows are not independent, as the rule takes them to be."""


def judge(values: Any, rows: Any, reference: int, looks: int = LOOKS) -> Any:
    """Give the evidence [runs, windows] after a reference."""
    typical = np.median(rows[:, :reference], axis=1, keepdims=True)
    weights = np.minimum(rows / typical, 1.0)
    r = reference
    runs = len(values)
    return watch(
        values[:, r:], weights[:, r:], values[:, :r], weights[:, :r], bad=np.full(runs, -1), least=np.zeros(runs), looks=looks
    ).evidence


def alarms(make: Any, reference: int, runs: int, seed: int = 7) -> float:
    """Give the share of runs with a false alarm in 52 looks."""
    values, rows = make(np.random.default_rng(seed), runs, reference + LOOKS)
    return float((judge(values, rows, reference) >= 20).any(axis=1).mean())


def delay(shift: float, reference: int, runs: int, seed: int = 7) -> float:
    """Give the median of windows from a drop by so many standard deviations, in window 13, to the alert."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, (runs, reference + LOOKS))
    values[:, reference + 12 :] -= shift
    hit = (judge(values, np.ones_like(values), reference) >= 20)[:, 12:]
    return float(np.median(np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, 99)))


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    lines = [f"share of {runs} runs with a false alarm in {LOOKS} looks, alpha 0.05; reference of 8, 12, 26 windows"]
    for name, make in {**NULLS, **LIMITS}.items():
        lines.append(f"{name:28}" + "  ".join(f"{alarms(make, r, runs):.3f}" for r in (8, 12, 26)))
    lines.append("windows until a drop of so many standard deviations is seen (median), reference of 26")
    lines += [f"{shift:>4} sd  {delay(shift, 26, runs // 2):.0f}" for shift in (1, 1.5, 2, 3, 5)]
    sys.stdout.write("\n".join(lines) + "\n")
