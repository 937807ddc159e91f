"""Metrics of rankings: the documents of each query by score, and how relevant they are."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.arguments import Table
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import VectorFunction, own_options, publish
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.options import finite, one_of, whole_positive
from tidymetrics.core.results import whole_numbers
from tidymetrics.core.score import stack_depth
from tidymetrics.errors import OptionError, QueriesDroppedWarning
from tidymetrics.families.retrieval.arguments import ARGUMENTS
from tidymetrics.families.retrieval.data import prepare_rankings
from tidymetrics.statistics import GroupTotals, QueryRankings, by_rule, count_dropped, mean_over_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.core.function import MetricFunction
    from tidymetrics.statistics import RankedRelevance, Reductions
    from tidymetrics.typing import Direction

_CHOICES = {"no_relevant": ("drop", "zero", "one"), "missing": ("zero", "drop"), "order": ("score", "rank")}


@dataclass(frozen=True)
class Reading:
    """What a formula reads of the rankings."""

    graded: bool = False
    """Whether it reads relevances as grades, so that a query without one above 0 has no value."""
    nonrelevant: bool = False
    """Whether it reads the judged nonrelevant documents ahead."""


class Retrieval(Family):
    """Rankings of documents."""

    name = "retrieval"
    merges = False
    moves = False

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the rows, judgements joined to them; one ranking serves all metrics of one least relevance."""
        order = call.get("order") or "score"
        _require_choice(metrics[0].name, "order", order)
        if call.vectors:
            one = {"one_value": True}
            metrics = [
                m if isinstance(m.arguments.get("k"), tuple) else replace(m, arguments={**m.arguments, **one}) for m in metrics
            ]
        rows = prepare_rankings(call)
        yield Batch([replace(m, requests=(_request(m, order),)) for m in metrics], rows)


def _request(metric: BoundMetric, order: Any) -> QueryRankings:
    ks = places_of(metric.arguments.get("k"))
    depth = None if not metric.kind.cut or inf in ks else int(max(ks))
    return QueryRankings(float(metric.arguments.get("relevant", 1)), order, metric.record.statistic.nonrelevant, depth)


def places_of(k: Any) -> list[float]:
    """Give each k as a number of places; `inf` is the whole list."""
    return [inf if each is None else float(each) for each in (k if isinstance(k, tuple) else (k,))]


def read_k(name: str, k: Any) -> Any:
    """Check a number of places, or several; several become a tuple."""
    if k is None or isinstance(k, (Real, str)):
        return None if k is None else _whole(name, k)
    if not isinstance(k, Iterable):
        raise OptionError(f"{name}(k=): expected None, a whole number of at least 1, or several; got {k!r}.")
    several = tuple(None if each is None else _whole(name, each) for each in k)
    if not several:
        raise OptionError(f"{name}(k=): expected at least one number; got {k!r}.")
    return several


def _whole(name: str, k: Any) -> int:
    whole_positive(name, "k", k)
    return int(k)


def _require_choice(name: str, argument: str, value: Any) -> None:
    one_of(*_CHOICES[argument])(name, argument, value)


@dataclass(frozen=True, eq=False)
class RetrievalKind(Kind):
    """Metrics of the documents of each query."""

    cut: bool = True
    """Whether the metrics have a k."""

    @property
    def returns(self) -> str:  # type: ignore[override]
        """Say what a call gives."""
        if not self.cut:
            return Kind.returns
        return (
            "A frame in the same library as the input, one row per group and k: the keys, `.metric`, `.estimator`, `.k` (null "
            "for the whole list), `.estimate` (a float, null where it is undefined)."
        )

    @property
    def returns_vector(self) -> str:  # type: ignore[override]
        """Say what a call of vectors gives."""
        if not self.cut:
            return Kind.returns_vector
        return (
            "float\n    The estimate, where `k` is one number or None; nan where it is undefined. "
            "polars.DataFrame\n    Else one row per k: `.k`, `.estimate`."
        )

    def table(self, name: str, *, vectors: bool = False) -> Table:
        """Give the arguments of a call; vectors take that of queries by position too."""
        made = super().table(name, vectors=vectors)
        if not vectors:
            return made
        return Table(name, tuple(replace(a, positional=True) if a.name == "query" else a for a in made.arguments))

    def raises(self, metric: Metric | None, *, vectors: bool) -> dict[str, str]:  # noqa: ARG002
        """Say when rankings are refused."""
        where = "" if vectors else ", in the data or in `qrels`"
        return {
            "RankingError": f"A document stands twice in a query{where}; a score or a relevance is infinite; with "
            'order="rank" a place is no whole number of at least 1, or stands twice in a query.',
        }

    def bind(self, function: MetricFunction, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Join a metric with its arguments, checking them."""
        name = function.metric.name
        own = dict(arguments)
        if "k" in own:
            own["k"] = read_k(name, own["k"])
        finite(name, "relevant", own.get("relevant", 1))
        for argument in ("no_relevant", "missing"):
            if own.get(argument) is not None or (argument == "missing" and argument in own):
                _require_choice(name, argument, own[argument])
        return super().bind(function, own, options)

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Apply the formula to each query and k, and average over the queries of each group."""
        ranked: RankedRelevance = reductions.get(bound.requests[0])
        reading: Reading = bound.record.statistic
        given = bound.arguments.get("k")
        ks = places_of(given)
        shape = (ranked.n_queries, len(ks) if self.cut else 1)
        values = bound.record.apply(ranked, {**({"ks": ks} if self.cut else {}), **bound.options}, shape)
        rule = {name: bound.arguments[name] for name in ("no_relevant", "missing") if name in bound.arguments}
        values = by_rule(ranked, values, graded=reading.graded, **rule)
        if bound.arguments.get("no_relevant") is None:
            _warn_of_dropped(bound.name, ranked, reductions, graded=reading.graded)
        means = mean_over_queries(ranked, values)  # [groups, ks]
        if not self.cut or bound.arguments.get("one_value"):
            return Outcome(means[:, 0], "standard", _totals(ranked))
        return Outcome(
            means, "standard", _totals(ranked), {".k": whole_numbers(given if isinstance(given, tuple) else (given,))}
        )


def _totals(ranked: RankedRelevance) -> GroupTotals:
    """Count the queries of each group, and their weight."""
    n = np.bincount(ranked.group, minlength=len(ranked.groups)).astype(np.float64)
    weight = np.bincount(ranked.group, ranked.weight, minlength=len(ranked.groups)).astype(np.float64)
    return GroupTotals(n, n, weight)


def _warn_of_dropped(name: str, ranked: RankedRelevance, reductions: Reductions, *, graded: bool) -> None:
    count = count_dropped(ranked, graded=graded)
    if not count or reductions.told(QueriesDroppedWarning):
        return
    what = "relevance above 0" if graded else "relevant document"
    one = count == 1
    warnings.warn(
        f"{name}: {count} of {ranked.n_queries} queries {'has' if one else 'have'} no {what}, or no judgement, and "
        f"{'is' if one else 'are'} left out of the mean; pass no_relevant='drop', 'zero' or 'one' to say what such a query "
        "counts as.",
        QueriesDroppedWarning,
        stacklevel=stack_depth(),
    )


FAMILY = Retrieval()
KIND = RetrievalKind(
    name="retrieval",
    title="Rankings at k",
    family=FAMILY,
    arguments=ARGUMENTS,
    predicted="the column of scores",
)
KIND.register()
OF_WHOLE_LISTS = replace(KIND, arguments=tuple(a for a in ARGUMENTS if a.name != "k"), cut=False)
"""The same kind without k."""


def retrieval_metric(
    *,
    direction: Direction = "maximize",
    range: tuple[float, float] = (0, 1),  # noqa: A002
    undefined: str = "no query with a relevant document is left",
    graded: bool = False,
    cut: bool = True,
    nonrelevant: bool = False,
    checks: Mapping[str, Callable[[str, str, Any], None]] | None = None,
) -> Callable[[Callable[..., Any]], MetricFunction]:
    """Make a metric of rankings from a formula that gives the value of each query at each k.

    Parameters
    ----------
    direction
        "maximize", "minimize" or "zero": which values are better.
    range
        The least and the greatest value.
    undefined
        When the value is undefined, as the end of the sentence "undefined where ...".
    graded
        Whether the formula reads relevances as grades: a query without a relevance above 0 then has no value.
    cut
        Whether the metric has a k.
    nonrelevant
        Whether the formula reads `nonrelevant` and `blocks.nonrelevant_ahead`, judged documents that are not relevant.
    checks
        For each option the function that refuses wrong values of it.

    Returns
    -------
    A decorator for a formula of a `RankedRelevance` and the list `ks` (`inf` for the whole list), which gives an array
    [queries, ks]; without k, of the rankings alone, [queries, 1]. Its keyword-only parameters become the metric's options.

    Examples
    --------
    >>> import numpy as np
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> @tm.retrieval_metric()
    ... def relevant_on_top_doc(ranked, ks):
    ...     "Whether the documents in first place are relevant."
    ...     first = (ranked.blocks.ahead == 0) & (ranked.blocks.hits == ranked.blocks.size)
    ...     found = ranked.per_block(first)
    ...     return np.repeat(found[:, None], len(ks), axis=1)
    >>> df = pl.DataFrame({"q": ["a", "a", "b", "b"], "rel": [1, 0, 0, 1], "score": [0.9, 0.2, 0.7, 0.1]})
    >>> relevant_on_top_doc(df, "rel", "score", query="q")[".estimate"].item()
    0.5
    """

    def declare(formula: Callable[..., Any]) -> MetricFunction:
        kind = KIND if cut else OF_WHOLE_LISTS
        metric = Metric(
            name=formula.__name__,
            kind=kind.name,
            direction=direction,
            range=range,
            estimators=("standard",),
            choices=("standard",),
            formula=formula,
            statistic=Reading(graded, nonrelevant),
            undefined=undefined,
            options=own_options(formula),
            checks=checks or {},
        )
        return publish(metric, kind, formula)

    return declare


def retrieval_vector(function: Any) -> VectorFunction:
    """Give the form of a metric of rankings that takes vectors."""
    return VectorFunction(function)
