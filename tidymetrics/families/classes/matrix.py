"""Confusion matrices: counts of predictions by truth, to print, add and score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.family import Batch
from tidymetrics.core.metric import METRICS
from tidymetrics.core.results import build_cells, labels_of, one_group, tidy
from tidymetrics.core.score import announce, evaluate_reductions
from tidymetrics.errors import LevelError, OptionError, TidymetricsError, WeightError, listed
from tidymetrics.frames import Levels, PreparedFrame, given_levels, no_rows
from tidymetrics.frames.units import units_of
from tidymetrics.statistics import Confusion, ConfusionCounts, GroupTotals, Reductions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from tidymetrics.core.intervals import IntervalOptions
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.core.results import MetricValues
    from tidymetrics.plots.canvas import Picture
    from tidymetrics.typing import Array, By, Codes, Estimator, EventLevel, Level

SUMMARY = (
    *("accuracy", "kap", "sens", "spec", "ppv", "npv", "mcc", "j_index", "bal_accuracy"),
    *("detection_prevalence", "precision", "recall", "f_meas"),
)
"""The metrics of a summary, in yardstick's order."""

_SHOWN = 5


@dataclass(frozen=True, eq=False, repr=False)
class ConfusionMatrix:
    """Weighted counts of predictions by truth, for each group.

    Parameters
    ----------
    counts
        [predictions, truths], or [groups, predictions, truths]: a square table whose rows are predictions.
    levels
        The classes in order; at least two.

    Raises
    ------
    LevelError
        The table does not have one row and one column per level.
    WeightError
        A count is negative or not finite.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> cm = tm.ConfusionMatrix([[90, 20], [15, 40]], ["abnormal", "normal"])
    >>> cm
              Truth
    Prediction  abnormal  normal
      abnormal        90      20
        normal        15      40
    >>> round(tm.sens(cm).item(0, ".estimate"), 4)
    0.8571
    """

    counts: Array
    levels: tuple[Level, ...]
    _rows: PreparedFrame
    _groups: pl.DataFrame
    _ordered: bool
    """Whether a type or `levels=` states the order of the levels; otherwise it comes from sorting."""

    def __init__(self, counts: Any, levels: Sequence[Level]) -> None:
        table = _square(counts)
        values = given_levels(levels)
        if table.shape[-1] != len(values):
            raise LevelError(f"levels=: the table has {table.shape[-1]} levels; got {len(values)}: {listed(values)}.")
        if len(table) > 1:
            raise OptionError(
                "counts: expected one square table; got several. For a table per group, use conf_mat(..., by=...), which "
                "keeps the keys of the groups."
            )
        self._set(table, values, no_rows(), one_group(), ordered=True)

    def _set(
        self, counts: Array, levels: tuple[Level, ...], rows: PreparedFrame, groups: pl.DataFrame, *, ordered: bool
    ) -> None:
        own = {"counts": counts, "levels": levels, "_rows": rows, "_groups": groups, "_ordered": ordered}
        for name, value in own.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(
        cls, counts: Array, levels: tuple[Level, ...], rows: PreparedFrame, groups: pl.DataFrame, *, ordered: bool = True
    ) -> ConfusionMatrix:
        """Build a matrix from counts [groups, levels, levels] with known groups."""
        made = object.__new__(cls)
        made._set(counts, levels, no_rows(rows.origin), groups, ordered=ordered)
        return made

    @classmethod
    def from_state(cls, state: Any, *, by: By = None, levels: Sequence[Level] | None = None) -> ConfusionMatrix:
        """Make the matrix of the rows of a state of predicted classes.

        Parameters
        ----------
        state
            A state of a class metric, or several concatenated.
        by
            The keys of the groups: some of those of the state, or all.
        levels
            All classes in order, where the state does not say them.

        Returns
        -------
        ConfusionMatrix
            What `conf_mat` counts of the rows.

        Raises
        ------
        StateError
            The state holds no cells.

        Examples
        --------
        >>> import polars as pl
        >>> import tidymetrics as tm
        >>> state = tm.accuracy.state(pl.DataFrame({"obs": ["a", "b", "b"], "pred": ["a", "b", "a"]}), "obs", "pred")
        >>> tm.ConfusionMatrix.from_state(state)
                  Truth
        Prediction  a  b
                 a  1  1
                 b  0  1
        """
        from tidymetrics.core.states import batch_of_state  # noqa: PLC0415  # not every matrix is made of one

        batch = batch_of_state(METRICS["accuracy"], state, by, {} if levels is None else {"levels": levels})
        reductions = batch.reduce()
        confusion: Confusion = reductions.get(batch.metrics[0].requests[0])
        size, rows, groups = len(confusion.levels), reductions.frame_rows, reductions.known_groups
        table = confusion.counts.table[:, :size, :size]
        return cls.of(table, confusion.levels.values, rows, groups, ordered=confusion.levels.ordered)

    @property
    def groups(self) -> Any:
        """The keys of the groups: one row per group, in the same library as the input; without columns if ungrouped."""
        return build_cells({}, self._groups, self._rows.origin)

    def tidy(self) -> Any:
        """Return a tidy frame with one row per cell.

        Returns
        -------
        A frame in the same library as the input: the keys, `Prediction`, `Truth` and `Freq` (a float), ordered by truth.
        It includes cells with a count of 0.
        """
        n_groups, size = len(self.counts), len(self.levels)
        truth = np.tile(np.repeat(np.arange(size), size), n_groups)  # [cells] position
        prediction = np.tile(np.tile(np.arange(size), size), n_groups)
        columns = {
            "Prediction": labels_of(self.levels, prediction),
            "Truth": labels_of(self.levels, truth),
            "Freq": np.moveaxis(self.counts, 1, 2).reshape(-1).astype(np.float64),
        }
        return build_cells(columns, self._groups[np.repeat(np.arange(n_groups), size * size)], self._rows.origin)

    def summary(
        self,
        *,
        beta: float = 1,
        estimator: Estimator | None = None,
        event_level: EventLevel = "first",
        event: Level | None = None,
        metrics: Any = None,
        intervals: bool = False,
    ) -> Any:
        """Score the matrix.

        Parameters
        ----------
        beta
            For `f_meas`.
        estimator
            "binary", "macro", "macro_weighted" or "micro"; metrics without this estimator ignore it.
        event_level
            "first" or "second": which of two levels is the event.
        event
            The event's own value, in place of `event_level`. Needed for two levels without a stated order.
        metrics
            A set of class metrics; by default the thirteen metrics of yardstick's summary.
        intervals
            Whether each estimate has a standard error and a 95% interval, as `with_intervals` makes them of as many rows as
            the matrix counts.

        Returns
        -------
        A frame in the same library as the input: the keys, `.metric`, `.estimator`, `.estimate`, ordered by metric; with
        intervals also `.std_error`, `.lower`, `.upper`.
        """
        members = [METRICS[name] for name in SUMMARY] if metrics is None else getattr(metrics, "members", None)
        if not members or any(m.metric.kind != "class" for m in members):
            raise OptionError(f"summary(metrics=): expected a metric_set of class metrics; got {metrics!r}.")
        bounds = []
        for member in members:
            known = estimator in member.metric.choices
            arguments = {"estimator": estimator if known else None, "event_level": event_level, "na_rm": True, "event": event}
            bounds.append(member.bind(arguments, {"beta": beta} if "beta" in member.metric.options else {}))
        if estimator is not None and not any(estimator in m.metric.choices for m in members):
            raise OptionError(f"summary(estimator=): no metric of the set has the estimator {estimator!r}.")
        if not intervals:
            return self.score(bounds)
        from tidymetrics.core.intervals import IntervalOptions  # noqa: PLC0415  # slow to import, and seldom needed

        return self.score(bounds, IntervalOptions())

    def score(self, bounds: Sequence[BoundMetric], intervals: IntervalOptions | None = None) -> Any:
        """Evaluate bound class metrics on the counts; with intervals, as of so many rows, if there are options of them."""
        metrics, reductions = self._prepared(bounds)
        scored = evaluate_reductions(metrics, reductions)
        if intervals is None:
            announce(scored)
            return tidy(scored.values, self._groups, self._rows.origin)
        from tidymetrics.core.intervals import add_intervals  # noqa: PLC0415  # slow to import, and seldom needed

        spreads = intervals.spreads()
        spreads.observe(Batch(metrics, self._rows, reductions))
        made = add_intervals(scored, metrics, spreads, intervals, units=False)
        return tidy(made, self._groups, self._rows.origin)

    def values(self, bounds: Sequence[BoundMetric]) -> list[MetricValues]:
        """Evaluate bound class metrics on the counts: their values, [groups] or [groups, levels]."""
        scored = evaluate_reductions(*self._prepared(bounds))
        announce(scored)
        return scored.values

    def rows_of(self, columns: Mapping[str, Any], group: Codes) -> Any:
        """Build a frame of columns [rows] after the keys of each row's group, in the same library as the input."""
        return build_cells(columns, self._groups[group], self._rows.origin)

    def _prepared(self, bounds: Sequence[BoundMetric]) -> tuple[list[BoundMetric], Reductions]:
        levels = Levels(self.levels, ordered=self._ordered, truth="Truth", estimate="Prediction", seen=bool(self.counts.any()))
        n = self.counts.sum(axis=(1, 2))  # [groups]
        unit = units_of(n)
        counts = self.counts if unit is None else self.counts / unit[:, None, None]
        confusion = Confusion(ConfusionCounts(counts), levels, GroupTotals(n, n, counts.sum(axis=(1, 2)), unit))
        request = Confusion.request()
        reductions = Reductions(self._rows, (request,), groups=self._groups)
        reductions.know(request, confusion)
        return [replace(bound, requests=(request,)) for bound in bounds], reductions

    def pool(self) -> ConfusionMatrix:
        """Add up the groups into one matrix of all rows.

        Returns
        -------
        ConfusionMatrix
            One group, without keys.
        """
        made = self.of(self.counts.sum(axis=0, keepdims=True), self.levels, self._rows, one_group(), ordered=self._ordered)
        object.__setattr__(made, "_rows", no_rows(self._rows.origin, grouped=False))
        return made

    def plot(
        self,
        kind: Literal["heatmap", "mosaic"] = "heatmap",
        *,
        normalize: Literal["truth", "estimate", "all"] | None = None,
        title: str | None = None,
    ) -> Picture:
        """Draw the matrix.

        Parameters
        ----------
        kind
            "heatmap": counts and shares. "mosaic": a column per true level, divided by the predictions.
        normalize
            What the shares of a heatmap are of: "truth" (the default), "estimate" (the predictions of a level) or "all". Where
            it is given, shares stand before counts.
        title
            The title, instead of "Confusion matrix".

        Returns
        -------
        An Altair chart.
        """
        from tidymetrics.plots import plot_confusion  # noqa: PLC0415  # plots are an extra

        return plot_confusion(self.tidy(), kind, title, normalize=normalize)

    def __add__(self, other: object) -> ConfusionMatrix:
        """Add the counts of another matrix with the same levels and groups."""
        if not isinstance(other, ConfusionMatrix):
            return NotImplemented
        if self.levels != other.levels:
            raise LevelError(f"cannot add matrices with different levels: {listed(self.levels)} and {listed(other.levels)}.")
        if self._named() != other._named():
            raise TidymetricsError("cannot add matrices with different groups; add their pool() instead.")
        ordered = self._ordered or other._ordered
        return self.of(self.counts + other.counts, self.levels, self._rows, self._groups, ordered=ordered)

    def _named(self) -> list[tuple[Any, ...]]:
        """Return the keys of each group, with their names."""
        keys = self._rows.origin.keys
        columns = [key.restore(self._groups.get_column(f"tm_k{i}")).to_list() for i, key in enumerate(keys)]
        return [tuple((key.name, value) for key, value in zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]

    def _titled(self) -> list[tuple[str, Array]]:
        if not self._rows.grouped:
            return [("", self.counts[0])]
        names = [", ".join(f"{name}={value!r}" for name, value in group) for group in self._named()]
        return list(zip(names, self.counts, strict=True))

    def __repr__(self) -> str:
        titled = self._titled()
        parts = [(f"{title}\n" if title else "") + _text(table, self.levels) for title, table in titled[:_SHOWN]]
        if len(titled) > _SHOWN:
            parts.append(f"... and {len(titled) - _SHOWN} more groups")
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415  # slow to import and needed only in notebooks

        titled = self._titled()
        parts = [(f"<h4>{escape(title)}</h4>" if title else "") + _html(table, self.levels) for title, table in titled[:_SHOWN]]
        if len(titled) > _SHOWN:
            parts.append(f"<p>and {len(titled) - _SHOWN} more groups</p>")
        return "\n".join(parts)


def _square(counts: Any) -> Array:
    """Read a square table as [1, levels, levels]."""
    try:
        table = np.asarray(counts, np.float64)
    except (TypeError, ValueError):
        table = np.zeros(0)
    table = table[None] if table.ndim == 2 else table
    if table.ndim != 3 or table.shape[1] != table.shape[2]:
        raise OptionError("counts: expected a square table of numbers: one row per predicted level, one column per true level.")
    if not ((table >= 0) & (table < np.inf)).all():
        raise WeightError("counts: expected finite numbers of at least 0.")
    return table


def is_table(data: Any) -> bool:
    """Return whether `data` is a confusion matrix or a square table of counts."""
    if isinstance(data, ConfusionMatrix):
        return True
    if isinstance(data, np.ndarray):
        return data.ndim == 2
    rows = isinstance(data, (list, tuple)) and len(data) > 1
    return rows and all(isinstance(row, (list, tuple, np.ndarray)) for row in data)


def _cells(table: Array, levels: Sequence[Level]) -> tuple[list[str], list[list[str]]]:
    whole = bool((table == np.floor(table)).all())
    return [str(level) for level in levels], [[f"{v:.0f}" if whole else f"{v:.4g}" for v in row] for row in table]


def _text(table: Array, levels: Sequence[Level]) -> str:
    names, cells = _cells(table, levels)
    first = max([len("Prediction"), *(len(name) for name in names)])
    widths = [max(len(names[j]), *(len(row[j]) for row in cells)) for j in range(len(names))]
    head = "Prediction".ljust(first) + "".join("  " + name.rjust(w) for name, w in zip(names, widths, strict=True))
    lines = [
        name.rjust(first) + "".join("  " + cell.rjust(w) for cell, w in zip(row, widths, strict=True))
        for name, row in zip(names, cells, strict=True)
    ]
    return "\n".join([" " * first + "Truth"[: sum(widths) + 2 * len(widths)], head, *lines])


def _html(table: Array, levels: Sequence[Level]) -> str:
    from html import escape  # noqa: PLC0415  # as above

    names, cells = _cells(table, levels)
    # notebooks align cells in styles of their own, which only a style of the cell overrides
    right = ' style="text-align: right"'
    head = "".join(f"<th{right}>{escape(name)}</th>" for name in names)
    body = "".join(
        f"<tr><th{right}>{escape(name)}</th>{''.join(f'<td{right}>{cell}</td>' for cell in row)}</tr>"
        for name, row in zip(names, cells, strict=True)
    )
    return (
        f'<table><thead><tr><th></th><th{right} colspan="{len(names)}">Truth</th></tr>'
        f"<tr><th{right}>Prediction</th>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
