"""What a plain function of vectors gives, called group by group."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.layouts import lay_out_columns
from tidymetrics.statistics.probabilities import KnownLevels
from tidymetrics.statistics.requests import Aggregate, Check, Request, hashable, plain, reads_for
from tidymetrics.statistics.totals import CaseWeights, GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.frames.vectors import Vectors
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Options, Rows
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class GroupValues:
    """The values of a function, [groups], with the rows that it saw."""

    values: Array
    totals: GroupTotals


@dataclass(frozen=True)
class PerGroup(Request[GroupValues]):
    """The request that calls a function of vectors once for each group."""

    name: str
    fn: Callable[..., Any]
    options: Options = ()
    columns: tuple[str, ...] = (ESTIMATE,)
    """The columns of predictions: one, or one of probabilities for each level."""
    levels: tuple[Any, ...] = ()
    """What the positions in truth stand for, where it has been coded by level."""

    def __post_init__(self) -> None:
        """Make the options hashable."""
        object.__setattr__(self, "options", hashable(self.options))

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns without which a row is incomplete."""
        return reads_for(self.columns)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Weights must be finite and at least 0, and truth hold levels alone where it is coded by them."""
        return (*((KnownLevels(),) if self.levels else ()), CaseWeights(self.reads))

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the number of rows, which decides what groups there are."""
        return {"n_rows": Aggregate(lambda c: c.truth, "len")} if isinstance(rows, PreparedFrame) else {}

    def reduce(self, reductions: Reductions) -> GroupValues:
        """Lay out the rows, and call the function for each group that has some."""
        rows = reductions.rows
        if isinstance(rows, PreparedFrame):
            found = reductions.aggregates(self)
            truth = reductions.truth_at if self.levels else TRUTH
            names = (truth, *self.columns, *((WEIGHT,) if rows.weighted else ()))
            what = f"{self.name}, a function of vectors,"
            lengths, series = lay_out_columns(reductions, names, reductions.complete(self.reads), what)
            n_rows = found["n_rows"]
            series = {TRUTH if name == truth else name: column for name, column in series.items()}
            arrays = {name: self._decoded(rows, name, column) for name, column in series.items()}
        else:
            lengths, n_rows = np.array([rows.n_complete]), np.array([float(rows.n_rows)])
            arrays = self._of_vectors(rows, reductions.truth_at)
        arrays, lengths = _complete(arrays, lengths)
        if WEIGHT in arrays and reductions.rows.weight_unit is not None:  # a function takes the weights that the caller gave
            arrays[WEIGHT] = arrays[WEIGHT] * np.repeat(reductions.rows.weight_unit, lengths)
        ends = np.cumsum(lengths)
        values = np.array(
            [self._call(arrays, slice(end - n, end)) if n else np.nan for n, end in zip(lengths, ends, strict=True)]
        )
        weight = lengths.astype(np.float64)
        if WEIGHT in arrays:
            weight = np.array([arrays[WEIGHT][end - n : end].sum() for n, end in zip(lengths, ends, strict=True)], np.float64)
        return GroupValues(values.astype(np.float64), GroupTotals(n_rows, lengths.astype(np.float64), weight))

    def _decoded(self, rows: PreparedFrame, name: str, column: pl.Series) -> np.ndarray[Any, Any]:
        if name == TRUTH and self.levels:
            return _values_at(self.levels, column.cast(pl.Int64).fill_null(-1).to_numpy())
        if name in rows.classes:
            coded = rows.classes[name].decode(column)
            return _values_at(coded.values, coded.codes)
        return column.to_numpy()

    def _of_vectors(self, vectors: Vectors, truth: str) -> dict[str, np.ndarray[Any, Any]]:
        arrays: dict[str, np.ndarray[Any, Any]] = dict(vectors.numbers)
        arrays |= {name: _values_at(coded.values, coded.codes) for name, coded in vectors.classes.items()}
        if self.levels:
            arrays[TRUTH] = _values_at(self.levels, vectors.numbers[truth].astype(np.int64))
        return arrays

    def _call(self, arrays: Mapping[str, np.ndarray[Any, Any]], rows: slice) -> float:
        given = [arrays[name][rows] for name in self.columns]
        estimate = given[0] if len(given) == 1 else np.column_stack(given)
        weights = {"case_weights": arrays[WEIGHT][rows]} if WEIGHT in arrays else {}
        value: Any = self.fn(arrays[TRUTH][rows], estimate, **plain(self.options), **weights)
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value.item()
        if value is None:
            return np.nan
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, np.number)):
            raise OptionError(f"{self.name}: the function must give one number for each group; it gave {value!r}.")
        return float(value)


def _values_at(values: tuple[Any, ...], codes: Codes) -> np.ndarray[Any, Any]:
    """Give values by position: [rows], None where missing."""
    table = np.array([*values, None], dtype=object)
    taken = table[codes]
    known = [value for value in values if value is not None]
    if (codes < 0).any() or len({type(v) for v in known}) != 1:
        return taken
    return taken.astype(type(known[0]) if isinstance(known[0], (bool, int)) else str)


def _complete(arrays: dict[str, Any], lengths: Codes) -> tuple[dict[str, Any], Codes]:
    """Drop rows with a class that is missing, which a column of codes shows only now."""
    gone = [np.array([value is None for value in a]) for a in arrays.values() if a.dtype == object]
    gone = [g for g in gone if g.any()]
    if not gone:
        return arrays, lengths
    kept = ~np.logical_or.reduce(gone)
    group = np.repeat(np.arange(len(lengths)), lengths)
    return {name: a[kept] for name, a in arrays.items()}, np.bincount(group[kept], minlength=len(lengths))
