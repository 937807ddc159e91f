"""Functions whose result is a table of many rows per group, of one statistic."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import DATA, Table, entries
from tidymetrics.core.documentation import put_together
from tidymetrics.core.function import FrameFunction, VectorFunction, own_options
from tidymetrics.core.metric import BoundMetric
from tidymetrics.core.options import flag
from tidymetrics.core.results import one_group, tidy_rows
from tidymetrics.errors import TidymetricsError
from tidymetrics.frames import PreparedFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.core.family import Kind
    from tidymetrics.statistics import GroupTotals, Reductions


class TableFunction(FrameFunction):
    """A table of dataframes: a function draws columns, and the group of each row, of a statistic."""

    def __init__(
        self,
        draw: Callable[..., Any],
        kind: Kind,
        columns: tuple[str, ...],
        read: Callable[[str, Mapping[str, Any]], Mapping[str, Any]],
        request: Callable[..., Any],
    ) -> None:
        self.kind = kind
        self.draw = draw
        self.columns = columns
        self.read = read
        self.request = request
        """Gives the request of the statistic, of what the kind knows and the options."""
        self.written = inspect.getdoc(draw) or ""
        self._named(draw.__name__, draw.__module__)

    def __repr__(self) -> str:
        return f"<{self.__name__}: a table; columns {', '.join(self.columns)}>"

    def __reduce__(self) -> str:
        return self.__name__

    def _table(self) -> Table:
        return self.kind.table(self.__name__)

    @property
    def _options(self) -> Mapping[str, inspect.Parameter]:
        return own_options(self.draw)

    def _documented(self) -> str:
        return self._docstring(vectors=False)

    def vector_docstring(self) -> str:
        """Write the docstring of the form that takes vectors."""
        return self._docstring(vectors=True)

    def _docstring(self, *, vectors: bool) -> str:
        arguments = self.kind.table(self.__name__, vectors=True).arguments if vectors else (DATA, *self.kind.arguments)
        what = "polars DataFrame:" if vectors else "frame in the same library as the input, many rows per group: the keys,"
        returns = f"A {what} {', '.join(f'`{name}`' for name in self.columns)}. Undefined values are null."
        raises = {"TidymetricsError": "A value is missing and na_rm=False."}
        return put_together(self.written, "", entries(arguments, None), returns, raises, "no rows are left", vectors=vectors)

    def bind(self, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> BoundMetric:
        """Check the arguments."""
        name = self.__name__
        flag(name, "na_rm", arguments["na_rm"])
        self._table().require_known(options, list(self._options))
        own = self.read(name, {**{n: p.default for n, p in self._options.items()}, **options})
        return BoundMetric(name, self.kind, None, {"table": self, "own": own}, {n: arguments[n] for n in self.kind.each})

    def build(self, bound: BoundMetric, statistic: Any, totals: GroupTotals, reductions: Reductions, **known: Any) -> Any:
        """Build the frame."""
        if not bound.arguments["na_rm"] and (totals.n < totals.n_rows).any():
            raise TidymetricsError(
                f"{bound.name}: {int((totals.n_rows - totals.n).sum())} rows have missing values, and na_rm=False. Drop "
                f"or fill "
                "the values, or leave na_rm out."
            )
        columns, group = self.draw(statistic, **known, **bound.options["own"])
        rows = reductions.rows
        if not isinstance(rows, PreparedFrame):
            return tidy_rows(columns, group, one_group(), None)
        return tidy_rows(columns, group, reductions.known_groups, rows.origin)


def table_vector(function: Any) -> VectorFunction:
    """Give the form of a table that takes vectors."""
    return VectorFunction(function)
