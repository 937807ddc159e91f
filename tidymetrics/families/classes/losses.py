"""Metrics of class probabilities that are the mean of a loss per row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from tidymetrics.core.options import flag
from tidymetrics.errors import OptionError, listed
from tidymetrics.families.classes.declare import prob_metric, prob_vector
from tidymetrics.frames.engines import added_up

if TYPE_CHECKING:
    from narwhals import Expr

    from tidymetrics.typing import Array, Level

_FEW = 16
"""Up to this many levels, probabilities are cumulated one by one."""

_EPSILON = 2.220446049250313e-16
"""Machine epsilon of a double: it keeps the loss of a probability of 0 finite."""


def _mean_or_sum(mean: Array, weight: Array, *, sum: bool = False) -> Array:  # noqa: A002
    return mean * weight if sum else mean


@prob_metric(direction="minimize", range=(0, inf), transform=_mean_or_sum, checks={"sum": flag})
def mn_log_loss(truth: Sequence[Expr], probabilities: Sequence[Expr], *, sum: bool = False) -> Expr:  # noqa: A002
    """Multinomial log loss: the mean negative log-likelihood of the truth.

    ``mean(-ln p)``, with p the probability of the true level, clipped to stay 2.2e-16 away from 0 and 1. A row's loss
    is therefore at most 36.04.

    Parameters
    ----------
    sum
        Whether to return the (weighted) sum of the losses instead of the mean.

    References
    ----------
    Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14(1), 107-114.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False], "p": [0.9, 0.6, 0.2]})
    >>> round(tm.mn_log_loss(df, "obs", "p").item(0, ".estimate"), 4)
    0.2798
    >>> round(tm.mn_log_loss_vec(df["obs"], df["p"], sum=True), 4)
    0.8393
    """
    of_truth = _weighted(truth, probabilities)
    loss: Expr = of_truth.clip(_EPSILON, 1.0 - _EPSILON).log() * -1.0
    return loss


@prob_metric(direction="minimize", range=(0, 1))
def brier_class(truth: Sequence[Expr], probabilities: Sequence[Expr]) -> Expr:
    """Brier score: the mean squared distance between the probabilities and the truth.

    ``mean(sum_k (p_k - [k is true])^2) / 2``; for two levels this is ``mean((p - [event])^2)``. Case weights give an
    ordinary weighted mean (yardstick instead applies a softmax to them).

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78(1), 1-3.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False], "p": [0.9, 0.6, 0.2]})
    >>> round(tm.brier_class(df, "obs", "p").item(0, ".estimate"), 4)
    0.07
    >>> round(tm.brier_class_vec(["a", "b"], {"a": [0.8, 0.3], "b": [0.2, 0.7]}), 4)
    0.065
    """
    gaps = [probability - true for true, probability in zip(truth, probabilities, strict=True)]
    distance: Expr = added_up([gap * gap for gap in gaps]) * 0.5
    return distance


def _bind_costs(options: Mapping[str, Any], levels: Sequence[Level]) -> Mapping[str, Any]:
    return bind_costs(options, levels, "classification_cost")


def bind_costs(options: Mapping[str, Any], levels: Sequence[Level], name: str) -> Mapping[str, Any]:
    """Turn a table of costs into a tuple [truth][estimate], so that calls can compare their costs."""
    given = options["costs"]
    if given is None:
        table = [[float(i != j) for j in range(max(len(levels), 2))] for i in range(max(len(levels), 2))]
    else:
        table = [[0.0] * len(levels) for _ in levels]
        for (truth, estimate), cost in _cost_rows(given, levels, f"{name}(costs=)").items():
            table[truth][estimate] = cost
    return {"costs": tuple(map(tuple, table))}


def _cost_rows(given: Any, levels: Sequence[Level], name: str) -> dict[tuple[int, int], float]:
    columns = given if isinstance(given, Mapping) else _columns_of(given, name)
    if set(columns) != {"truth", "estimate", "cost"}:
        raise OptionError(f"{name}: expected a table with exactly the columns truth, estimate and cost; got {listed(columns)}.")
    found: dict[tuple[int, int], float] = {}
    for truth, estimate, cost in zip(*(list(columns[name]) for name in ("truth", "estimate", "cost")), strict=True):
        for level in (truth, estimate):
            if level not in levels:
                raise OptionError(f"{name}: {level!r} is not one of the levels {listed(levels)}.")
        if isinstance(cost, (bool, str)) or cost is None or not isfinite(cost):
            raise OptionError(f"{name}: expected a finite number for each cost; got {cost!r}.")
        pair = (levels.index(truth), levels.index(estimate))
        if pair in found:
            raise OptionError(f"{name}: the pair truth={truth!r}, estimate={estimate!r} appears twice.")
        found[pair] = float(cost)
    return found


def _columns_of(given: Any, name: str) -> dict[str, list[Any]]:
    """Read a frame of any library, or a sequence of rows."""
    if hasattr(given, "columns") and hasattr(given, "__getitem__"):
        names = list(getattr(given, "column_names", None) or given.columns)
        return {name: list(given[name].to_pylist() if hasattr(given[name], "to_pylist") else given[name]) for name in names}
    if isinstance(given, Sequence) and not isinstance(given, str) and all(isinstance(row, Mapping) for row in given) and given:
        return {name: [row[name] for row in given] for name in given[0]}
    raise OptionError(
        f'{name}: expected a table, such as {{"truth": [...], "estimate": [...], "cost": [...]}} or a '
        f"frame; got {type(given).__name__}."
    )


@prob_metric(direction="minimize", range=(0, inf), bind_levels=_bind_costs)
def classification_cost(truth: Sequence[Expr], probabilities: Sequence[Expr], *, costs: Any = None) -> Expr:
    """Classification cost: the mean expected cost of the predictions.

    ``mean(sum_k p_k cost(truth, k))`` over the levels k. By default a wrong level costs 1 and the right level costs 0.

    Parameters
    ----------
    costs
        A table (a frame, or a mapping of lists) with exactly the columns truth, estimate and cost. Pairs of levels that
        are not in the table cost 0.

    References
    ----------
    Elkan, C. (2001). The foundations of cost-sensitive learning. 17th International Joint Conference on Artificial
    Intelligence, 973-978.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, True, False], "p": [0.9, 0.6, 0.2]})
    >>> round(tm.classification_cost(df, "obs", "p").item(0, ".estimate"), 4)
    0.2333
    >>> miss = {"truth": [True], "estimate": [False], "cost": [10]}
    >>> round(tm.classification_cost_vec(df["obs"], df["p"], costs=miss), 4)
    1.6667
    """
    parts = []
    for p, of_level in zip(probabilities, zip(*costs, strict=True), strict=True):  # [truth], from _bind_costs
        # most levels of truth cost alike in most tables: what that costs is written once, and the others as differences
        usual = max(of_level, key=of_level.count)
        parts.append(p * usual)
        parts += [true * p * (cost - usual) for true, cost in zip(truth, of_level, strict=True) if cost != usual]
    total: Expr = added_up(parts)
    return total


def _weighted(indicators: Sequence[Any], values: Sequence[Any]) -> Any:
    return added_up([indicator * value for indicator, value in zip(indicators, values, strict=True)])


brier_class_vec = prob_vector(brier_class)
classification_cost_vec = prob_vector(classification_cost)


@prob_metric(direction="minimize", range=(0, 1), ordered=True)
def ranked_prob_score(truth: Sequence[Expr], probabilities: Sequence[Expr]) -> Expr:
    """Ranked probability score: the distance between probabilities of ordered levels and the truth.

    With ``F_k`` the probability of level k or lower, and ``O_k`` 1 if truth is level k or lower, else 0: the mean of
    ``sum_k (F_k - O_k)^2 / (K - 1)`` over the rows. Probability two levels away from the truth costs more than probability
    one level away. Case weights give an ordinary weighted mean (yardstick instead applies a softmax to them). The levels
    must have an order: an Enum, an ordered Categorical, or `levels`. Each level needs a column, even if there are only two.

    References
    ----------
    Epstein, E. S. (1969). A scoring system for probability forecasts of ranked categories. Journal of Applied Meteorology 8(6),
    985-987.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["low", "top"], "low": [0.5, 0.5], "mid": [0.3, 0.3], "top": [0.2, 0.2]})
    >>> made = tm.ranked_prob_score(df, "obs", ["low", "mid", "top"], levels=["low", "mid", "top"])
    >>> round(made[".estimate"].item(), 4)
    0.295
    >>> probabilities = {"low": [0.5], "mid": [0.3], "top": [0.2]}
    >>> round(tm.ranked_prob_score_vec(["low"], probabilities), 4)
    0.145
    """
    gaps = [probability - true for true, probability in zip(truth, probabilities, strict=True)]
    distance: Expr = _squares_of_sums(gaps)[2] * (1.0 / (len(gaps) - 1))
    return distance


def _squares_of_sums(gaps: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Give the sum of some gaps, the sum of their cumulated sums, and that of the squares of these.

    Few are cumulated one by one; many are two halves, where each cumulated sum of the second is larger by the sum of the
    first. So the expression does not grow with the square of their number.
    """
    n = len(gaps)
    if n <= _FEW:
        cumulated = [added_up(gaps[: k + 1]) for k in range(n)]
        return cumulated[-1], added_up(cumulated), added_up([gap * gap for gap in cumulated])
    before, sums, squares = _squares_of_sums(gaps[: n // 2])
    own, own_sums, own_squares = _squares_of_sums(gaps[n // 2 :])
    m = float(n - n // 2)
    shifted = own_squares + before * (own_sums * 2.0 + before * m)
    return before + own, sums + own_sums + before * m, squares + shifted


mn_log_loss_vec = prob_vector(mn_log_loss)
ranked_prob_score_vec = prob_vector(ranked_prob_score)
