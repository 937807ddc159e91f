"""Two partitions of the same rows by the labels of their users: cells that merge, and what noise makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import polars as pl

from tidymetrics.errors import LevelError, OptionError, WeightError
from tidymetrics.frames.classes import Coded, relabel
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, WEIGHT, PreparedFrame
from tidymetrics.statistics.contingency import Contingency
from tidymetrics.statistics.parts import Parts
from tidymetrics.statistics.requests import Aggregate, MergeableRequest
from tidymetrics.statistics.shared_pass import CellTable, cells_of, collect_numbered, reduced, row_values
from tidymetrics.statistics.totals import GroupTotals, require_weights_of_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidymetrics.frames.encode import ClassColumn
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Request, Rows
    from tidymetrics.typing import Array, Codes, Level

WAYS = ("drop", "singletons", "cluster")
"""What can become of noise."""


@dataclass(frozen=True)
class Noise:
    """What a call says of noise."""

    how: str | None = None
    label: Level = -1

    def code(self, name: str, labels: tuple[Level, ...], seen: Codes) -> int | None:
        """Find the position of the label among those of the clusters; noise that nobody speaks of is refused."""
        kind = type(self.label)
        at = [i for i, value in enumerate(labels) if type(value) is kind and value == self.label]
        if not at or not (seen == at[0]).any():
            return None
        if self.how is None:
            raise LevelError(
                f'{name}: estimate holds {self.label!r}, which marks noise. Pass noise="drop" to leave these rows out, '
                'noise="singletons" to make each a cluster of its own, or noise="cluster" to make them one cluster.'
            )
        return at[0]


def labels_of(described: ClassColumn, column: pl.Series) -> Coded:
    """Give labels as positions among their distinct values, which are sorted; numbers that are not whole are refused."""
    numbers = column if described.values is None else pl.Series([v for v in described.values if isinstance(v, float)])
    if numbers.dtype.is_float():
        numbers = numbers.drop_nans().drop_nulls()
        if len(bad := numbers.filter(numbers != numbers.floor())):
            raise OptionError(
                f"{described.what}: expected labels, which are names (strings, whole numbers or booleans); got the number "
                f"{bad[0]!r}."
            )
    coded = described.decode(column)
    if coded.typed:
        return coded
    order = sorted(range(len(coded.values)), key=lambda i: coded.values[i])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Coded(relabel(coded.codes, rank.tolist()), tuple(coded.values[i] for i in order), typed=False)


def cells_for(reductions: Reductions, rows: PreparedFrame, request: Request[Any]) -> CellTable:
    """Give the cells of a request from the shared pass, or from one of its own where there was none."""
    found = reductions.cells(request)
    if found is not None:
        return found
    wanted: dict[Any, Aggregate] = {(request, name): a for name, a in request.aggregates(rows).items()}
    frame = reduced(row_values(rows, wanted, request.cells), [*rows.keys, *request.cells], wanted)
    table, reductions.groups, group = collect_numbered(rows, frame)
    return cells_of(table, group, wanted, request)


def numbers_in(cells: CellTable, name: str) -> Array:
    """Give a number of the cells [cells]; a sum of no values is 0."""
    return cells.table.get_column(name).cast(pl.Float64).fill_null(0.0).to_numpy()


@dataclass(frozen=True, eq=False, repr=False)
class Partitions:
    """Weights of the cells of class and cluster, with the labels that they stand for."""

    n_groups: int
    group: Codes
    """[cells]"""
    truth: Coded
    """[cells], no label missing"""
    estimate: Coded
    weight: Array
    """[cells]"""
    broken: Array
    """[cells] what the weights of the rows are above whole numbers, added up"""
    totals: GroupTotals
    _made: dict[tuple[int | None, str], Contingency] = field(default_factory=dict)

    @staticmethod
    def request() -> PartitionsRequest:
        """Ask for the cells."""
        return PartitionsRequest()

    def contingency(self, name: str, noise: Noise, *, rate: bool = False) -> Contingency:
        """Give the cells once noise is what the call says; a rate of noise needs nothing said of it."""
        said = Noise("cluster", noise.label) if rate and noise.how is None else noise
        code = said.code(name, self.estimate.values, self.estimate.codes)
        how = said.how or "cluster"
        if (code, how) not in self._made:
            self._made[code, how] = Contingency.of_cells(
                self.group,
                self.truth.codes,
                self.estimate.codes,
                self.weight,
                n_groups=self.n_groups,
                noise_code=code,
                noise=how,  # type: ignore[arg-type]
            )
        return self._made[code, how]

    def require_whole(self, name: str) -> None:
        """Refuse weights that are no counts, where pairs of rows are counted."""
        if (self.broken > 0).any():
            raise WeightError(
                f"{name} counts rows or pairs of them, so that case_weights must be whole numbers; some are not. mutual_info, "
                "v_measure and purity take any weights."
            )


@dataclass(frozen=True)
class PartitionsRequest(MergeableRequest[Partitions]):
    """The request of `Partitions`."""

    counts_rows: ClassVar[bool] = True

    @property
    def reads(self) -> tuple[str, ...]:
        """No column: a cell without a label holds the rows that are incomplete."""
        return ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Rows are counted by both labels."""
        return (TRUTH, ESTIMATE)

    @property
    def looks_at(self) -> tuple[str, ...]:
        """Labels and weights."""
        return (TRUTH, ESTIMATE, WEIGHT)

    def aggregates(self, rows: Rows) -> Mapping[str, Aggregate]:
        """Give the rows and the weight of each cell."""
        wanted = {"rows": Aggregate(lambda c: c.truth, "len")}
        if rows.weighted:
            wanted |= {
                "n": Aggregate(lambda c: c.weight, "count"),
                **{how: Aggregate(lambda c: c.weight, how) for how in ("sum", "min", "max")},
                "broken": Aggregate(lambda c: c.weight - c.weight.floor()),
            }
        return wanted

    def reduce(self, reductions: Reductions) -> Partitions:
        """Place the cells."""
        return _placed(*self._cells(reductions), len(reductions.known_groups))

    def _cells(self, reductions: Reductions) -> tuple[Codes, Coded, Coded, dict[str, Array]]:
        rows = reductions.rows
        if not isinstance(rows, PreparedFrame):
            raise TypeError("labels stand in a frame")
        found = cells_for(reductions, rows, self)
        truth, estimate = (labels_of(rows.classes[name], found.table.get_column(name)) for name in (TRUTH, ESTIMATE))
        numbers = {"n": numbers_in(found, "rows")}
        if rows.weighted:
            known: Any = (truth.codes >= 0) & (estimate.codes >= 0)
            bounds = (found.table.get_column(name).cast(pl.Float64).to_numpy() for name in ("min", "max"))
            require_weights_of_frame(reductions, *(bound[known] for bound in bounds))
            numbers |= {
                name: numbers_in(found, of) for name, of in (("complete", "n"), ("weight", "sum"), ("broken", "broken"))
            }
        return found.group, truth, estimate, numbers

    def parts(self, reductions: Reductions) -> Parts:
        """Give the numbers of each cell, by its labels."""
        group, truth, estimate, numbers = self._cells(reductions)
        labels = {"truth": label_texts(truth), "predicted": label_texts(estimate)}
        keys = reductions.known_groups[group]
        levels = {
            (self.label, name): (coded.values, coded.typed) for name, coded in (("truth", truth), ("predicted", estimate))
        }
        made = [
            Parts.of(keys, {"statistic": self.label, "part": name, "how": "sum", **labels, "value": pl.Series(values)}, levels)
            for name, values in numbers.items()
        ]
        return Parts.merge(made[0].together(*made[1:]))  # several cells may share a label

    def of_parts(self, parts: Parts, reductions: Reductions) -> Partitions:
        """Place merged cells as those of rows."""
        wide, group = by_labels(parts, reductions)
        truth, estimate = (
            coded_texts(wide.get_column(name), *parts.levels[self.label, name]) for name in ("truth", "predicted")
        )
        numbers = {n: wide.get_column(n).fill_null(0.0).to_numpy() for n in ("n", "complete", "weight", "broken") if n in wide}
        return _placed(group, truth, estimate, numbers, len(reductions.known_groups))


def label_texts(coded: Coded) -> pl.Series:
    """Write labels [any number], as parts file them."""
    values = pl.Series([str(value) for value in coded.values], dtype=pl.String)
    return values.gather(pl.Series(coded.codes).set(pl.Series(coded.codes < 0), None))


def coded_texts(labels: pl.Series, values: tuple[Level, ...], typed: bool) -> Coded:
    """Read labels that parts file, sorted as those of rows are."""
    order = values if typed else tuple(sorted(values, key=lambda value: value))
    places = {str(value): i for i, value in enumerate(order)}
    codes = labels.replace_strict(places, default=None, return_dtype=pl.Int64).fill_null(-1) if places else None
    return Coded(np.full(len(labels), -1) if codes is None else codes.to_numpy(), order, typed)


def by_labels(parts: Parts, reductions: Reductions) -> tuple[pl.DataFrame, Codes]:
    """Give parts as one row per cell, and the position of each row's group."""
    wide = parts.frame.pivot("part", index=[*parts.keys, "truth", "predicted"], values="value", aggregate_function="first")
    numbered = reductions.known_groups.with_row_index("tm_group")
    placed = wide.join(numbered, on=list(parts.keys), how="left", nulls_equal=True, maintain_order="left")
    return wide, placed.get_column("tm_group").to_numpy().astype(np.int64)


def _placed(group: Codes, truth: Coded, estimate: Coded, numbers: Mapping[str, Array], n_groups: int) -> Partitions:
    rows = numbers["n"]
    complete, weight = numbers.get("complete", rows), numbers.get("weight", rows)
    known: Any = (truth.codes >= 0) & (estimate.codes >= 0)

    def added_up(values: Array) -> Array:
        return np.bincount(group, values, minlength=n_groups).astype(np.float64)

    totals = GroupTotals(added_up(rows), added_up(np.where(known, complete, 0)), added_up(np.where(known, weight, 0)))
    kept = np.flatnonzero(known & (weight > 0))
    kept = kept[np.lexsort((estimate.codes[kept], truth.codes[kept], group[kept]))]
    t, p = (Coded(coded.codes[kept], coded.values, coded.typed) for coded in (truth, estimate))
    broken = numbers.get("broken", np.zeros(len(weight)))
    return Partitions(n_groups, group[kept], t, p, weight[kept], broken[kept], totals)
