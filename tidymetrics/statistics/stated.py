"""Statistics as a state files them: rows under the names that users read, made of parts, and parts made of such rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.errors import StateError, listed
from tidymetrics.frames.classes import THE_OTHER
from tidymetrics.statistics.fixed_bins import FixedBins
from tidymetrics.statistics.layouts import ScoreLayout
from tidymetrics.statistics.parts import LABELS, WEIGHT_PART, Parts, merged_rows
from tidymetrics.statistics.probabilities import TwoClasses
from tidymetrics.statistics.requests import MergeableRequest
from tidymetrics.statistics.row_counts import RowCounts, RowCountsRequest
from tidymetrics.statistics.totals import GroupTotalsRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.frames.prepared import PreparedFrame
    from tidymetrics.statistics.notes import Notes
    from tidymetrics.statistics.parts import Levels
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.statistics.requests import Check, Request
    from tidymetrics.typing import Array

LADDER = "scores "
"""What the names of statistics of ranked scores begin with."""
_ALIKE = [*LABELS, "at"]


def settled(notes: Notes, reductions: Reductions, checks: Sequence[Check]) -> Notes:
    """Put the class that only the rows know in its place among the levels, where there is one."""
    if THE_OTHER not in notes.levels:
        return notes
    seen = [value for check in checks if isinstance(check, TwoClasses) for value in check.classes(reductions)]
    levels = (*(v for v in notes.levels if v is not THE_OTHER), *(v for v in seen if v not in notes.levels))
    return replace(notes, levels=levels, meta={**notes.meta, "levels": list(levels)})


def is_filed(request: Request[Any], requests: Sequence[Request[Any]]) -> bool:
    """Tell whether a state has rows of a statistic: totals of ranked rows come from the ranking itself."""
    if isinstance(request, RowCountsRequest) or not isinstance(request, MergeableRequest):
        return False
    ladders = [other.reads for other in requests if isinstance(other, ScoreLayout)]
    return not (isinstance(request, GroupTotalsRequest) and request.reads in ladders)


def filed(
    request: MergeableRequest[Any], reductions: Reductions, notes: Notes
) -> dict[str, tuple[pl.DataFrame, dict[str, Any]]]:
    """Take a statistic apart, into rows and what is said of them, by the name of each statistic in a state."""
    titles = request.titles(notes.named)
    if not titles:
        return {}
    parts = request.parts(reductions)
    frame, said = parts.frame, _said_of_labels(parts, request)
    marks = request.marks(notes.levels)
    if marks is not None:
        frame = frame.with_columns(pl.col("truth").replace({str(i): mark for i, mark in enumerate(marks)}))
    counts: RowCounts = reductions.get(RowCounts.request())
    more = {} if request.counts_rows else {"rows": counts.rows}
    more |= {"labelled": counts.labelled} if isinstance(request, GroupTotalsRequest) else {}
    made = {}
    for title, suffix in titles.items():
        own = frame.filter(pl.col("part").str.ends_with(suffix)) if suffix else frame
        name = pl.col("part").str.strip_suffix(suffix) if suffix else pl.col("part")
        own = own.with_columns(pl.lit(title).alias("statistic"), name.alias("part"))
        if more:
            beside = reductions.numbers_as_parts(title, {name: ("sum", values) for name, values in more.items()})
            own = pl.concat([own, beside.frame.select(own.columns)], how="vertical_relaxed")
        if not len(own) and not reductions.frame_rows.grouped:  # of no rows, but there
            own = Parts.of(
                reductions.known_groups, {"statistic": title, "part": "n", "how": "sum", "value": pl.Series([0.0])}
            ).frame
        block = block_of(own)
        made[title] = (_with_time(own, reductions), said if block is None else {**said, "block": block})
    return made


def _said_of_labels(parts: Parts, request: MergeableRequest[Any]) -> dict[str, Any]:
    """Say what the labels of cells stand for."""
    own = [levels for (label, _), levels in parts.levels.items() if label == request.label]
    if not own:
        return {}
    given = getattr(request, "levels", None)
    typed = next((values for values, is_typed in own if is_typed), None) if given is None else given
    value = next((value for values, _ in own for value in values), "")
    return {"levels": None if typed is None else list(typed), "type": type(value).__name__}


def _with_time(rows: pl.DataFrame, reductions: Reductions) -> pl.DataFrame:
    """Give rows whose inner key, an evaluation time, stands in a column of its own."""
    prepared = reductions.frame_rows
    if not prepared.inner:
        return rows.with_columns(pl.lit(None, pl.Float64).alias("time"))
    rows = rows.rename({prepared.keys[-1]: "time"}).with_columns(pl.col("time").cast(pl.Float64))
    return rows if len(prepared.keys) > 1 else rows.with_columns(pl.lit(0).alias("tm_k0"))


def needs_rows(name: str) -> StateError:
    """Say that a metric has no state."""
    return StateError(f"{name} needs the rows or their order, and has no state. Score it by rows, or leave it out of the set.")


def rows_part(rows: pl.DataFrame) -> str:
    """Name the part that counts the rows of a statistic."""
    return "rows" if (rows.get_column("part") == "rows").any() else "n"


def is_of_means(rows: pl.DataFrame) -> bool:
    """Tell whether a statistic has means or centred moments, which belong together block by block."""
    return bool(rows.get_column("how").is_in(["mean", "centred"]).any())


def block_of(rows: pl.DataFrame) -> str | None:
    """Tell the means of one state from those of another, by the numbers that are exact; None where there are no means."""
    if not is_of_means(rows):
        return None
    exact = rows.filter(pl.col("how").is_in(["min", "max"]) | pl.col("part").is_in(["rows", "n"]))
    numbers = exact.select("part", pl.col("value").fill_null(float("nan"))).sort("part", "value")
    text = "|".join(numbers.get_column("part")) + "|" + "|".join(map(repr, numbers.get_column("value")))
    return sha256(text.encode()).hexdigest()[:16]


def by_statistic(table: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], dict[str, list[str]]]:
    """Give the rows of each statistic, and the distinct texts of what is said of it."""
    tables = {str(name): rows for (name,), rows in table.partition_by("statistic", as_dict=True, maintain_order=True).items()}
    return tables, {title: sorted(rows.get_column("meta").fill_null("").unique()) for title, rows in tables.items()}


def counted_rows(table: pl.DataFrame, n_keys: int) -> tuple[Array, Array | None]:
    """Give the rows of each group that a statistic is of, and those with a truth; None where it does not say."""
    keys: list[Any] = [f"tm_k{i}" for i in range(n_keys)]
    part, parts = rows_part(table), table.get_column("part")
    labelled = pl.col("part") == "labelled"
    if part == "n":
        labelled = (pl.col("part") == "n") & pl.col("truth").is_not_null()
    elif not (parts == "labelled").any():
        labelled = pl.lit(value=False)
    grouped = table.with_columns(time=pl.col("time").fill_null(0.0)).filter(pl.col("time") == pl.col("time").min())
    counted = grouped.group_by(keys or [pl.lit(0).alias("tm_k0")]).agg(
        pl.col("value").filter(pl.col("part") == part).sum().alias("rows"),
        pl.col("value").filter(labelled).sum().alias("known"),
    )
    known = part == "n" or bool((parts == "labelled").any())
    return counted.get_column("rows").to_numpy(), counted.get_column("known").to_numpy() if known else None


@dataclass(frozen=True, eq=False, repr=False)
class StatedRows:
    """The rows of a state by statistic, with what it says of each: what stands in the place of rows."""

    tables: Mapping[str, pl.DataFrame]
    """By statistic: its keys, then the fields of a state; of scores also how many `bins` each row's are in"""
    metas: Mapping[str, Mapping[str, Any]]
    keys: tuple[str, ...]
    """The names of the keys"""

    @classmethod
    def of(
        cls,
        tables: Mapping[str, pl.DataFrame],
        metas: Mapping[str, Mapping[str, Any]],
        keys: tuple[str, ...],
        bins: Mapping[str, int | None],
    ) -> StatedRows:
        """Join the rows of each statistic with what is said of it; `bins` by the text of what is said."""
        own = pl.col("meta").replace_strict(bins, default=None, return_dtype=pl.Int64).alias("bins")
        made = {title: rows.with_columns(own) if title.startswith(LADDER) else rows for title, rows in tables.items()}
        return cls(made, metas, keys)

    @property
    def of_rows(self) -> bool:
        """Tell whether the state is of any rows."""
        return any(
            rows.filter(pl.col("part") == rows_part(rows)).get_column("value").sum() > 0 for rows in self.tables.values()
        )

    @property
    def shows_weights(self) -> bool:
        """Tell whether cells or scores have weights, where nothing says so."""
        return any(
            (rows.get_column("part") == "weight").any()
            for title, rows in self.tables.items()
            if title == "cells" or title.startswith(LADDER)
        )

    def merged_for(self, requests: Sequence[Request[Any]], rows: PreparedFrame, notes: Notes) -> tuple[Parts, FixedBins | None]:
        """Give the parts of some requests, rolled up to the keys of a prepared frame."""
        wanted: list[tuple[MergeableRequest[Any], str, str, pl.DataFrame]] = []
        for request in requests:
            if not isinstance(request, MergeableRequest):
                raise needs_rows(notes.asked_by(request))
            if not isinstance(request, RowCountsRequest):
                for title, suffix in request.titles(notes.named).items():
                    wanted.append((request, title, suffix, self._table(request, title, requests, notes)))
        used = {title: table for _, title, _, table in wanted}
        cut = self._cut([title for title in used if title.startswith(LADDER)])
        own = {name: f"tm_k{i}" for i, name in enumerate(self.keys)}
        names = [own.get(key.name, "time") for key in rows.origin.keys]
        rolled = {title: self._rolled(title, table, names, cut) for title, table in used.items()}
        _require_same_rows({title: table for title, table in rolled.items() if title in self.tables}, rows)
        levels: dict[tuple[str, str], Levels] = {}
        made = []
        for request, title, suffix, _ in wanted:
            frame = rolled[title].with_columns(pl.lit(request.label).alias("statistic"))
            if suffix:
                frame = frame.with_columns(pl.col("part") + suffix)
            marks = request.marks(notes.levels)
            if marks is not None:
                _require_known(frame, marks, title)
                places = {mark: str(i) for i, mark in enumerate(marks)}
                frame = frame.with_columns(pl.col("truth").replace_strict(places, default=None, return_dtype=pl.String))
            else:
                levels |= _levels_in(frame, request.label, self.metas.get(title, {}))
            made.append(frame)
        return Parts(pl.concat(made), rows.keys, levels), cut

    def _table(
        self, request: MergeableRequest[Any], title: str, requests: Sequence[Request[Any]], notes: Notes
    ) -> pl.DataFrame:
        if title in self.tables:
            return self.tables[title]
        if isinstance(request, GroupTotalsRequest):
            for layout in requests:
                if isinstance(layout, ScoreLayout) and layout.reads == request.reads:
                    ladder = next(iter(layout.titles(notes.named)))
                    return _totals_of_ladder(self._table(layout, ladder, requests, notes))
        raise StateError(
            f"{notes.asked_by(request)} stands on {title!r}, which the state does not hold; it holds "
            f"{listed(sorted(self.tables), 6)}."
        )

    def _cut(self, ladders: Sequence[str]) -> FixedBins | None:
        """Give the bins in which the scores of all states meet: the coarsest."""
        binned = [cut for title in ladders for cut in bins_of(self.metas[title])]
        return min(binned, key=lambda cut: cut.count) if binned else None

    def rolled(self, names: Sequence[str], positions: Sequence[int]) -> dict[str, pl.DataFrame]:
        """Merge the rows of every statistic at the keys at some positions; times stay apart."""
        cut = self._cut([title for title in self.tables if title.startswith(LADDER)])
        made = {}
        for title, table in self.tables.items():
            own = [f"tm_k{i}" for i in positions]
            timed = table.get_column("time").is_not_null().any()
            rolled = self._rolled(title, table, [*own, "time"] if timed else own, cut)
            if timed:
                rolled = rolled.rename({f"tm_k{len(own)}": "time"})
            else:
                rolled = rolled.with_columns(pl.lit(None, pl.Float64).alias("time"))
            if is_of_means(table):  # so that the numbers of a block stand alike in each part, whatever becomes of the keys
                rolled = rolled.sort(own, nulls_last=True, maintain_order=True) if own else rolled
            made[title] = rolled if len(names) else rolled.with_columns(pl.lit(0).alias("tm_k0"))
        return made

    def _rolled(self, title: str, table: pl.DataFrame, keys: Sequence[str], cut: FixedBins | None) -> pl.DataFrame:
        """Merge the rows of a statistic at coarser keys, which become `tm_k0`, `tm_k1`, ..."""
        if cut is not None and title.startswith(LADDER):
            table = in_bins(table, cut)
        named = [pl.col(name).alias(f"tm_k{i}") for i, name in enumerate(keys)] or [pl.lit(0, pl.Int64).alias("tm_k0")]
        kept = [f"tm_k{i}" for i in range(max(len(keys), 1))]
        blocks = with_blocks(table, [f"tm_k{i}" for i in range(len(self.keys))])
        return merged_rows(blocks.select(*named, *_ALIKE, "value", "tm_block"), tuple(kept))


def with_blocks(table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Number the sets of rows that means are of; a statistic without means needs no such number."""
    if not is_of_means(table):
        return table.with_columns(pl.lit(0, pl.UInt32).alias("tm_block"))
    apart = [*keys, "time", "meta"]
    table = table.with_columns(pl.col("meta").cast(pl.Categorical))
    own = table.filter(pl.col("part") == WEIGHT_PART).select(*apart, "truth", "predicted")
    if own.n_unique() == len(own):  # no block but one in each group
        blocks = own.select(apart).unique().with_row_index("tm_block")
        return table.join(blocks, on=apart, how="left", nulls_equal=True, maintain_order="left")
    numbered = table.with_columns(pl.int_range(pl.len()).over([*apart, *_ALIKE]).alias("tm_i"))
    blocks = numbered.select(*apart, "tm_i").unique().with_row_index("tm_block")
    return numbered.join(blocks, on=[*apart, "tm_i"], how="left", nulls_equal=True, maintain_order="left")


def bins_of(meta: Mapping[str, Any]) -> list[FixedBins]:
    """Give the bins that a statistic says its scores are in, if they are."""
    return [FixedBins.of(meta["bins"], meta.get("range") or (0.0, 1.0))] if meta.get("bins") else []  # type: ignore[list-item]


def exact_numbers(table: pl.DataFrame) -> list[str]:
    """Write the numbers of a merged state that are exact whatever the order of adding up, sorted, with what each is of."""
    counts = pl.col("part").is_in(["n", "rows", "labelled", "complete"])
    exact = table.filter(counts | pl.col("how").is_in(["min", "max"])).drop("meta", "bins", strict=False)
    texts = exact.select(
        pl.concat_str([pl.col(name).cast(pl.String).fill_null("\x00") for name in exact.columns], separator="\x1f")
    )
    return sorted(texts.to_series().to_list())


def in_bins(table: pl.DataFrame, cut: FixedBins) -> pl.DataFrame:
    """Bring scores, and bins of more bins, into bins; each row has its own `bins`, null where scores stand one by one."""
    at = table.get_column("at").to_numpy()
    own = table.get_column("bins").fill_null(0).to_numpy()
    made = at.copy()
    for count in np.unique(own):
        these = own == count
        if count == 0:
            made[these] = np.where(np.isnan(at[these]), np.nan, cut.of_scores(at[these]))
        elif count != cut.count:
            made[these] = FixedBins(int(count), cut.low, cut.high).coarser(at[these], cut.count)
    return table.with_columns(pl.Series("at", made, nan_to_null=True))


def _totals_of_ladder(table: pl.DataFrame) -> pl.DataFrame:
    """Give the totals of the rows that a ranking counts, those included that lack a score."""
    complete = pl.col("truth").is_not_null() & pl.col("at").is_not_null()
    n = pl.col("part") == "n"
    weight = pl.col("part") == ("weight" if (table.get_column("part") == "weight").any() else "n")
    blank = [pl.lit(None, pl.String).alias(name) for name in ("truth", "predicted")]
    parts = {"rows": n, "n": n & complete, "weight": weight & complete}
    made = [
        table.with_columns(
            pl.lit(part).alias("part"),
            pl.when(where).then("value").otherwise(0.0),
            *blank,
            pl.lit(None, pl.Float64).alias("at"),
        )
        for part, where in parts.items()
    ]
    return pl.concat(made)


def _require_same_rows(rolled: Mapping[str, pl.DataFrame], rows: PreparedFrame) -> None:
    """Refuse statistics that are of unlike rows: states made for other metrics are among them."""
    keys = rows.keys
    counted: list[tuple[str, pl.DataFrame]] = []
    for title, table in rolled.items():
        own = table.filter(pl.col("part") == rows_part(table)).group_by(keys).agg(pl.col("value").sum())
        counted.append((title, own))
    for title, own in counted[1:]:
        first_title, first = counted[0]
        both = first.join(own, on=list(keys), how="full", nulls_equal=True, suffix="_own", coalesce=True)
        bad = both.filter(pl.col("value").fill_null(0.0) != pl.col("value_own").fill_null(0.0))
        if len(bad):
            shown = bad.row(0, named=True)
            named = (f"{k.name}={k.restore(bad.get_column(f'tm_k{i}')[:1])[0]!r}" for i, k in enumerate(rows.origin.keys))
            where = ", ".join(named) or "all"
            raise StateError(
                f"{first_title!r} holds {shown['value'] or 0:,.0f} rows of the group {where}, and {title!r} "
                f"{shown['value_own'] or 0:,.0f}: "
                "states that were made for other metrics are among these. Make them again with one set of metrics."
            )


def _require_known(table: pl.DataFrame, marks: Sequence[str], title: str) -> None:
    """Refuse classes that are none of the levels."""
    seen = table.get_column("truth").drop_nulls().unique()
    if others := [label for label in seen.sort() if label not in marks]:
        raise StateError(f"{title!r} holds the classes {listed(others)}, which are none of the levels {listed(marks)}.")


def _levels_in(table: pl.DataFrame, label: str, meta: Mapping[str, Any]) -> dict[tuple[str, str], Levels]:
    """Give what the labels of a statistic's classes stand for."""
    made = {}
    for column in ("truth", "predicted"):
        seen = table.get_column(column).drop_nulls().unique().to_list()
        known = meta.get("levels")
        values = list(known or ())
        places = {str(value) for value in values}
        values += sorted(values_of([text for text in seen if text not in places], meta.get("type")))
        made[label, column] = (tuple(values), known is not None)
    return made


def values_of(texts: Sequence[str], kind: str | None) -> list[Any]:
    """Read labels as values of a type."""
    if kind == "int":
        return [int(text) for text in texts]
    return [text.lower() == "true" for text in texts] if kind == "bool" else list(texts)
