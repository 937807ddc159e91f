"""Royston's measure of explained variation: a Cox model of the normal scores of a linear predictor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import WeightError
from tidymetrics.statistics.cox import fit_cox
from tidymetrics.statistics.requests import Request
from tidymetrics.statistics.subjects import Subjects
from tidymetrics.statistics.ties import number_times

if TYPE_CHECKING:
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes

_MOST_COPIES = 10_000_000


@dataclass(frozen=True, eq=False, repr=False)
class CoxSlope:
    """The coefficient of a Cox model whose one covariate is the normal scores of the estimate."""

    slope: Array
    """[groups]; NaN where nothing can be fitted"""

    @staticmethod
    def request(what: str = "case_weights") -> CoxSlopeRequest:
        """Ask for the slopes; `what` begins the message about too many copies."""
        return CoxSlopeRequest(what)


@dataclass(frozen=True)
class CoxSlopeRequest(Request[CoxSlope]):
    """The request of `CoxSlope`."""

    what: str = field(default="case_weights", compare=False)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """It fits the rows."""
        return (Subjects.request(),)

    def reduce(self, reductions: Reductions) -> CoxSlope:
        """Score the rows of each group, and fit its model."""
        rows = reductions.get(Subjects.request())
        copies = np.trunc(rows.weight)  # [rows]
        if copies.sum() > _MOST_COPIES:
            raise WeightError(
                f"{self.what}: a weight stands for as many copies of a row as its whole part says, and {copies.sum():.3g} "
                f"copies are more than {_MOST_COPIES:,}; divide the weights by a common factor."
            )
        kept = copies > 0
        times = number_times(rows.lengths, rows.time)[kept]  # rows without a copy are no part of it, but their times are
        group = np.repeat(np.arange(len(rows.lengths)), rows.lengths)[kept]
        scores = normal_scores(group, rows.estimate[kept], copies[kept].astype(np.int64))
        return CoxSlope(fit_cox(group, len(rows.lengths), times, rows.event[kept] == 1, scores, rows.weight[kept]))


def normal_scores(group: Codes, estimate: Array, copies: Codes) -> Array:
    """Give the mean normal score of each row's copies and their ties in its group: [rows].

    Rank r of n has the score ``quantile((r - 3/8) / (n + 1/4))`` of the standard normal distribution.
    """
    order = np.lexsort((estimate, group))
    g, x = group[order], estimate[order]
    new = np.append(True, (g[1:] != g[:-1]) | (x[1:] != x[:-1]))[: len(g)]
    value = np.cumsum(new) - 1  # [rows] which distinct value of which group
    n_copies = np.bincount(value, copies[order]).astype(np.int64)  # [values]
    sizes = np.bincount(g, copies[order])[np.unique(g)].astype(np.int64)  # [groups with rows]
    tables = {n: _table(int(n)) for n in np.unique(sizes)}
    scores = np.concatenate([tables[n] for n in sizes]) if len(sizes) else np.zeros(0)  # [copies] by group and rank
    means = np.add.reduceat(scores, np.cumsum(n_copies) - n_copies) / n_copies if len(n_copies) else scores
    made = np.empty(len(estimate))
    made[order] = means[value]
    return made


def _table(n: int) -> Array:
    """Give the normal scores of the ranks 1 to n."""
    from statistics import NormalDist  # noqa: PLC0415  # slow to import, and seldom needed

    inverse = NormalDist().inv_cdf
    # the scores are odd about the middle, so that the lower half gives them all
    lower = np.array([inverse((rank - 0.375) / (n + 0.25)) for rank in range(1, n // 2 + 1)])
    return np.concatenate([lower, [0.0] * (n % 2), -lower[::-1]])
