"""The rows of ranked scores in memory, group by group: of rows, or of parts that count them by class and score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.errors import StateError
from tidymetrics.frames.prepared import MOST_ROWS, WEIGHT, PreparedFrame
from tidymetrics.statistics.packed import pack
from tidymetrics.statistics.parts import Parts
from tidymetrics.statistics.rankings import sort_chunk
from tidymetrics.statistics.reductions import SETTLE_INSTEAD
from tidymetrics.statistics.requests import MergeableRequest, Request, SummedRequest, reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidymetrics.statistics.fixed_bins import FixedBins
    from tidymetrics.statistics.packed import PackedColumn
    from tidymetrics.statistics.rankings import Sortable, SortChunk, SortedChunk
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array, Codes, Mask

PACKED_FROM = 20_000
"""Vectors of fewer rows are sorted as they are: threads would cost more than they save."""
_WIDEST = 2**20
"""Whole numbers as keys are looked up in a table of this many places at most."""


@dataclass(frozen=True, eq=False, repr=False)
class ScoreColumn:
    """One column of scores without missing values, group by group."""

    lengths: Codes
    """[groups] rows of each"""
    truth: Codes
    """[rows] positions in the levels"""
    score: Array
    """[rows]"""
    weight: Array | None
    """[rows]; None where each row counts as 1"""
    cut: FixedBins | None = None
    """The bins whose numbers stand in place of scores."""
    several: Mask | None = None
    """Of bins: [rows] whether the bin of the row holds several rows"""

    def sorted(self, chunk: SortChunk, *, keep_weight_0: bool = False) -> SortedChunk:
        """Sort the rows of a chunk by group and decreasing score."""
        rows = chunk.rows
        weight = None if self.weight is None else self.weight[rows]
        return sort_chunk(self.lengths[chunk.groups], self.truth[rows], self.score[rows], weight, keep_weight_0=keep_weight_0)


@dataclass(frozen=True, eq=False, repr=False)
class Layout:
    """The columns of scores, row by row."""

    columns: tuple[ScoreColumn, ...]

    @staticmethod
    def request(scores: tuple[str, ...]) -> ScoreLayout:
        """Ask for the complete rows of some columns of scores."""
        return ScoreLayout(scores)


@dataclass(frozen=True)
class ScoreLayout(MergeableRequest[Layout]):
    """The request of `Layout`, laid out once for all that look at the rows of its columns."""

    counts_rows: ClassVar[bool] = True

    scores: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """A row is complete when all scores are there."""
        return reads_for(self.scores)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Groups without complete rows count too."""
        return (GroupTotals.request(self.reads),)

    def reduce(self, reductions: Reductions) -> Layout:
        """Bring truth and scores to numpy, group by group in the order of the groups."""
        return Layout(tuple(lay_out_scores(reductions, self.reads, self.scores).values()))

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """Give each column of scores a name of its own in a state: that of its level."""
        return {f"scores {named(name)}": f" {name}" for name in self.scores}

    def marks(self, levels: tuple[Any, ...]) -> tuple[str, ...] | None:
        """Write classes by their labels."""
        return tuple(map(str, levels))

    def parts(self, reductions: Reductions) -> Parts:
        """Count the rows by class and score, for each column; rows that lack something stand at no score."""
        rows = reductions.frame_rows
        gaps = [name for name in self.reads if name in rows.gaps]
        lacks = nw.any_horizontal(*(nw.col(name).is_null() for name in gaps), ignore_nulls=True) if gaps else None
        truth, weight = reductions.truth_at, WEIGHT if rows.weighted else None
        made = []
        for name in self.scores:
            at = nw.col(name) + 0.0 if reductions.cut is None else reductions.cut.expression(nw.col(name))
            frame = rows.frame.with_columns(tm_at=at if lacks is None else nw.when(~lacks).then(at))
            made.append(count_by_score(reductions, frame, self.label, (truth, "tm_at", weight), name))
        return made[0].together(*made[1:])

    def of_parts(self, parts: Parts, reductions: Reductions) -> Layout:
        """Lay out each class and score of a group as one row."""
        return Layout(tuple(column_of_parts(parts, reductions, name, reductions.cut) for name in self.scores))


@dataclass(frozen=True)
class ScoreOrder(SummedRequest[tuple["Sortable", ...]]):
    """Columns of scores whose rows are put in order: packed into keys where they fit, else as they are laid out.

    It comes apart as its layout does.
    """

    scores: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """A row is complete when all scores are there."""
        return reads_for(self.scores)

    @property
    def needs(self) -> tuple[Request[Any], ...]:
        """Rows that are not packed are laid out."""
        return (Layout.request(self.scores),)

    def titles(self, named: Callable[[str], str]) -> Mapping[str, str]:
        """It has no parts of its own."""
        return {}

    def reduce(self, reductions: Reductions) -> tuple[Sortable, ...]:
        """Pack what can be packed."""
        packed = self._packed(reductions)
        left = tuple(name for name in self.scores if packed.get(name) is None)
        if left == self.scores:
            return reductions.get(Layout.request(left)).columns
        laid = lay_out_scores(reductions, self.reads, left) if left else {}
        return tuple(packed[name] or laid[name] for name in self.scores)

    def _packed(self, reductions: Reductions) -> dict[str, PackedColumn | None]:
        """Pack those columns whose rows fit into keys, unless somebody asks which row stands where, which keys do not tell."""
        rows = reductions.rows
        if reductions.merged is not None or reductions.kept is not None:
            return {}
        if not isinstance(rows, PreparedFrame):
            truth, weight = rows.numbers[reductions.truth_at].astype(np.int64), rows.numbers.get(WEIGHT)
            few = len(truth) < PACKED_FROM
            return {} if few else {name: pack(None, 1, truth, rows.numbers[name], weight) for name in self.scores}
        if rows.small or not rows.embedded:
            return {}
        names = (reductions.truth_at, *self.scores, *((WEIGHT,) if rows.weighted else ()))
        frame = reductions.complete(self.reads).select(*(rows.keys if rows.grouped else ()), *names)
        table = frame.to_native().collect()
        group = group_of_rows(reductions, table) if rows.grouped else None
        truth = table.get_column(reductions.truth_at).to_numpy()
        weight = table.get_column(WEIGHT).to_numpy() if rows.weighted else None
        n_groups = len(reductions.known_groups)
        return {name: pack(group, n_groups, truth, table.get_column(name).to_numpy(), weight) for name in self.scores}


def lay_out_scores(reductions: Reductions, reads: tuple[str, ...], scores: tuple[str, ...]) -> dict[str, ScoreColumn]:
    """Lay out columns group by group: the rows in which all that is read is there."""
    rows, truth_at = reductions.rows, reductions.truth_at
    if not isinstance(rows, PreparedFrame):
        truth = rows.numbers[truth_at].astype(np.int64)
        lengths, weight = np.array([len(truth)]), rows.numbers.get(WEIGHT)
        return {name: ScoreColumn(lengths, truth, rows.numbers[name], weight) for name in scores}
    names = (truth_at, *scores, *((WEIGHT,) if rows.weighted else ()))
    lengths, columns = lay_out_columns(reductions, names, reductions.complete(reads))
    truth, weight = columns[truth_at].to_numpy(), columns[WEIGHT].to_numpy() if rows.weighted else None
    return {name: ScoreColumn(lengths, truth, columns[name].to_numpy(), weight) for name in scores}


def group_of_rows(reductions: Reductions, table: pl.DataFrame) -> Codes:
    """Give the position of each row's group [rows]."""
    groups, keys = reductions.known_groups, list(reductions.frame_rows.keys)
    known = groups.get_column(keys[0])
    if len(keys) == 1 and (known.dtype.is_integer() or isinstance(known.dtype, pl.Enum)) and not known.null_count():
        values: Any = known.to_physical().cast(pl.Int64).to_numpy()
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, _WIDEST)
        if high - low < _WIDEST:
            place = np.zeros(high - low + 1, np.int64)
            place[values - low] = np.arange(len(values))
            made: Codes = place[table.get_column(keys[0]).to_physical().cast(pl.Int64).to_numpy() - low]
            return made
    numbered = groups.with_row_index("tm_group")
    placed = table.select(keys).join(numbered, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return placed.get_column("tm_group").to_numpy().astype(np.int64)


def count_by_score(
    reductions: Reductions, frame: nw.LazyFrame[Any], label: str, names: tuple[str, str, str | None], column: str
) -> Parts:
    """Count the rows of a frame by class and score, and add up their weight: `names` of truth, score and weight."""
    rows = reductions.frame_rows
    truth, score, weight = names
    counted = {"tm_n": nw.len()} | ({} if weight is None else {"tm_share": nw.col(weight).sum()})
    own = {} if weight is None else {weight: nw.col(weight)}
    frame = frame.select(*rows.keys, tm_class=nw.col(truth), tm_at=nw.col(score), **own)
    table = rows.collect(frame.group_by(*rows.keys, "tm_class", "tm_at").agg(**counted))
    if len(table) > MOST_ROWS:
        raise StateError(
            f"the state would hold {len(table):,} scores one by one; the limit is {MOST_ROWS:,}. Pass bins=2**12, which counts "
            "them in bins that all days and machines share."
        )
    labels = table.get_column("tm_class").cast(pl.Int64).cast(pl.String)
    cells = {"statistic": label, "how": "sum", "truth": labels, "at": table.get_column("tm_at")}
    made = [
        Parts.of(table.select(rows.keys), {**cells, "part": f"{part} {column}", "value": table.get_column(name).fill_null(0)})
        for part, name in (("n", "tm_n"), ("weight", "tm_share"))
        if name in table.columns
    ]
    return made[0].together(*made[1:])


def column_of_parts(parts: Parts, reductions: Reductions, column: str, cut: FixedBins | None = None) -> ScoreColumn:
    """Lay out what `count_by_score` gave of one column, a row for each class and score of a group."""
    frame, keys = parts.frame.filter(pl.col("truth").is_not_null() & pl.col("at").is_not_null()), list(parts.keys)
    groups = reductions.known_groups
    weighted = frame.filter(pl.col("part") == f"weight {column}")
    counted = frame.filter(pl.col("part") == f"n {column}")
    table = weighted if len(weighted) else counted
    if cut is not None:
        of_bin = counted.group_by(*keys, "at").agg((pl.col("value").sum() > 1).alias("tm_several"))
        table = table.join(of_bin, on=[*keys, "at"], how="left", nulls_equal=True)
    table = table.join(groups.with_row_index("tm_group"), on=keys, how="left", nulls_equal=True).sort("tm_group", "at", "truth")
    group = table.get_column("tm_group").to_numpy().astype(np.int64)
    return ScoreColumn(
        np.bincount(group, minlength=len(groups)),
        table.get_column("truth").cast(pl.Int64).to_numpy(),
        table.get_column("at").to_numpy(),
        table.get_column("value").to_numpy(),
        cut,
        None if cut is None else table.get_column("tm_several").fill_null(value=False).to_numpy(),
    )


def lay_out_columns(
    reductions: Reductions, names: tuple[str, ...], frame: nw.LazyFrame[Any], what: str = "a ranking of scores"
) -> tuple[Codes, dict[str, pl.Series]]:
    """Give the number of rows of each group of a frame, and columns of these, none of them with nulls, group by group.

    `what` needs them, in the message of an engine that has too many to let them go.
    """
    rows = reductions.frame_rows
    frame = frame.select(*rows.keys, *names)
    if not rows.grouped:
        table = rows.collect_bounded(frame.select(*names), what, instead=SETTLE_INSTEAD)
        return np.array([len(table)]), {name: table.get_column(name) for name in names}
    native = frame.to_native() if rows.embedded else rows.collect_bounded(frame, what, instead=SETTLE_INSTEAD).lazy()
    table = reductions.align(rows.collect_native(native.group_by(rows.keys).agg(names)))
    lengths = table.get_column(names[0]).list.len().fill_null(0).to_numpy().astype(np.int64)
    # groups without complete rows have no list
    return lengths, {name: table.get_column(name).drop_nulls().explode().drop_nulls() for name in names}
