"""What rankings show, without truth: how much of the catalog, and how little known it is."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import BY, DATA, REQUIRED, Argument, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.family import Batch, Family, Kind, Outcome
from tidymetrics.core.function import FrameFunction
from tidymetrics.core.metric import BoundMetric, Metric
from tidymetrics.core.options import whole_positive
from tidymetrics.core.results import whole_numbers
from tidymetrics.errors import OptionError
from tidymetrics.families.retrieval.arguments import DOC_ARGUMENT, ESTIMATE_ARGUMENT, K_ARGUMENT, QUERY_ARGUMENT, QUERY_WEIGHTS
from tidymetrics.families.retrieval.family import read_k
from tidymetrics.frames import DOC, ESTIMATE, QUERY, WEIGHT, Role
from tidymetrics.statistics import POPULARITY, DocumentsShown, InformationShown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tidymetrics.core.call import Call
    from tidymetrics.statistics import Reductions

_ROLES = {"estimate": ESTIMATE, "query": QUERY, "doc": DOC, "popularity": POPULARITY, "case_weights": WEIGHT}
_VALUES = ("query", "doc")


class Exposure(Family):
    """What is shown."""

    name = "exposure"
    moves = False

    def batches(self, metrics: Sequence[BoundMetric], call: Call) -> Iterator[Batch]:
        """Prepare the rows; the query is a column beside the keys, whatever they are."""
        roles = [
            Role(role, name, call.get(name), "value" if name in _VALUES else "number")
            for name, role in _ROLES.items()
            if call.get(name) is not None
        ]
        yield Batch(metrics, call.prepare(roles))


@dataclass(frozen=True, eq=False)
class ExposureKind(Kind):
    """Functions of what is shown: they have no truth, and are no members of sets."""

    def finish(self, bound: BoundMetric, reductions: Reductions) -> Outcome:
        """Give the values of each group and k."""
        made = reductions.get(bound.requests[0])
        return Outcome(made.values, "standard", made.totals, {".k": whole_numbers(bound.requests[0].ks)})


FAMILY = Exposure()
_SHARED = (
    replace(ESTIMATE_ARGUMENT, text="Name of the column of scores; higher comes first. A document without one is not shown."),
    replace(QUERY_ARGUMENT, annotation="str", default=REQUIRED, text="Name of the column of queries (users)."),
    replace(
        DOC_ARGUMENT,
        annotation="str",
        default=REQUIRED,
        text="Name of the column of documents (items); equal scores are ordered by it, descending.",
    ),
)
_CATALOG = Argument(
    "catalog", "int | None", "How many documents there are; None counts those of the whole frame, in all groups.", None
)
_POPULARITY = Argument(
    "popularity", "str", "Name of the column of the popularity of documents: shares above 0 and at most 1, such as of users."
)


class ExposureFunction(FrameFunction):
    """A function of what is shown."""

    def __init__(self, metric: Metric, kind: ExposureKind, written: str, module: str) -> None:
        self.metric = metric
        self.kind = kind
        self.written = written
        self._named(metric.name, module)

    def __repr__(self) -> str:
        return f"<{self.metric}>"

    def __reduce__(self) -> str:
        return self.__name__

    def _table(self) -> Table:
        return self.kind.table(self.__name__)

    def _documented(self) -> str:
        return put_together(
            self.written,
            f"Higher is better. Range: [0, {self.metric.range[1] if self.metric.range else inf:.4g}].",
            entries((DATA, *self.kind.arguments), self.metric),
            "A frame in the same library as the input, one row per group and k: the keys, `.metric`, `.estimator`, `.k` (null "
            "for the whole list), `.estimate` (a float, null where it is undefined).",
            {},
            f"the value is undefined: {self.metric.undefined}",
            vectors=False,
        )

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments; give the function with its request."""
        name = self.__name__
        self._table().require_known(options, [])
        given = read_k(name, arguments["k"])
        ks = given if isinstance(given, tuple) else (given,)
        if arguments.get("catalog") is not None:
            whole_positive(name, "catalog", arguments["catalog"])
        for column in ("query", "doc"):
            if arguments[column] is None:
                raise OptionError(f"{name}: pass {column}=, the name of a column.")
        request = self.metric.statistic(ks, arguments)
        return BoundMetric(name, self.kind, self.metric, {}, {}, requests=(request,))


def _declare(
    arguments: tuple[Argument, ...], statistic: Callable[[Any, Mapping[str, Any]], Any], greatest: float, undefined: str
) -> Callable[[Callable[[], None]], ExposureFunction]:
    def declare(described: Callable[[], None]) -> ExposureFunction:
        kind = ExposureKind(name="exposure", title="Rankings at k", family=FAMILY, arguments=(*_SHARED, *arguments))
        metric = Metric(
            name=described.__name__,
            kind="exposure",
            direction="maximize",
            range=(0, greatest),
            estimators=("standard",),
            formula=described,
            statistic=statistic,
            undefined=undefined,
        )
        return ExposureFunction(metric, kind, inspect.getdoc(described) or "", described.__module__)

    return declare


def _documents(ks: tuple[int | None, ...], arguments: Mapping[str, Any]) -> DocumentsShown:
    return DocumentsShown(ks, arguments["catalog"])


def _information(ks: tuple[int | None, ...], _arguments: Mapping[str, Any]) -> InformationShown:
    return InformationShown(ks)


@_declare((K_ARGUMENT, _CATALOG, BY), _documents, 1, "there are no documents")
def catalog_coverage() -> None:
    """Catalog coverage: the share of the catalog that is among the first k documents of any query.

    The number of distinct documents shown to at least one user, divided by `catalog`.

    References
    ----------
    Ge, M., Delgado-Battenfeld, C., Jannach, D. (2010). Beyond accuracy: evaluating recommender systems by coverage and
    serendipity. RecSys, 257-260.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"user": [1, 1, 2, 2], "item": ["a", "b", "a", "c"], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.catalog_coverage(df, "score", query="user", doc="item", k=[1, 2], catalog=4)[".estimate"].to_list()
    [0.25, 0.75]
    """


@_declare((_POPULARITY, K_ARGUMENT, BY, QUERY_WEIGHTS), _information, inf, "no query shows a document")
def novelty() -> None:
    """Novelty: how little known the first k documents are, in bits.

    The mean over queries of the mean of -log2(popularity) over the first k documents: 1 for a document that half of the
    users have seen, 0 for one that all have seen.

    Raises
    ------
    OptionError
        A popularity is missing, not above 0, or above 1.

    References
    ----------
    Zhou, T. et al. (2010). Solving the apparent diversity-accuracy dilemma of recommender systems. PNAS 107(10), 4511-4515.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"user": [1, 1], "item": ["a", "b"], "score": [0.9, 0.4], "share": [0.5, 0.125]})
    >>> tm.novelty(df, "score", query="user", doc="item", popularity="share", k=[1, 2])[".estimate"].to_list()
    [1.0, 2.0]
    """
