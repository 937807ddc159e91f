"""Parts: statistics taken apart into a table, whose rows merge.

A row is one number: of which group, of which statistic, which part, and `how` it merges with the same number of other rows.
Merging is the union of tables; then numbers that are alike in everything else become one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.errors import LevelError, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tidymetrics.typing import Array, Level, Mask

LABELS = {"statistic": pl.String, "part": pl.String, "how": pl.String, "truth": pl.String, "predicted": pl.String}
"""What a row of the table is about, beside the keys and `at`, a score."""

WEIGHT_PART = "weight"
"""The part by which means and centred moments of the same statistic are weighted."""

Levels = tuple[tuple["Level", ...], bool]
"""The values that labels stand for, and whether they are all levels of the column's type."""


@dataclass(frozen=True, eq=False, repr=False)
class Parts:
    """Parts of some statistics over the same groups."""

    frame: pl.DataFrame
    """The keys, then `statistic`, `part`, `how`, `truth`, `predicted`, `at` and `value`; labels are null where they do not
    apply."""
    keys: tuple[str, ...]
    levels: Mapping[tuple[str, str], Levels] = field(default_factory=dict)
    """By statistic and column ("truth", "predicted"): what its labels stand for."""

    @classmethod
    def of(
        cls, groups: pl.DataFrame, columns: Mapping[str, Any], levels: Mapping[tuple[str, str], Levels] | None = None
    ) -> Parts:
        """Make parts of the keys of each row, and of its other columns; a column that is one value holds for all rows."""
        given = {name: pl.lit(value) if isinstance(value, str) else value for name, value in columns.items()}
        table = groups.with_columns(**given)
        missing = [pl.lit(None).alias(name) for name in (*LABELS, "at") if name not in columns]
        types = {**LABELS, "at": pl.Float64, "value": pl.Float64}
        chosen = [*groups.columns, *(pl.col(name).cast(kind) for name, kind in types.items())]
        return cls(table.with_columns(missing).select(chosen), tuple(groups.columns), levels or {})

    @property
    def groups(self) -> pl.DataFrame:
        """[groups] the distinct keys, sorted, nulls last."""
        return self.frame.select(self.keys).unique().sort(self.keys, nulls_last=True)

    def statistic(self, label: str) -> Parts:
        """Keep the parts of one statistic."""
        return Parts(self.frame.filter(pl.col("statistic") == label), self.keys, self.levels)

    def together(self, *others: Parts) -> Parts:
        """Put the parts of other statistics of the same rows beside these."""
        levels = {key: value for parts in (self, *others) for key, value in parts.levels.items()}
        return Parts(_union([self.frame, *(p.frame for p in others)]), self.keys, levels)

    def numbers(self, groups: pl.DataFrame) -> dict[str, Array]:
        """Give each part that has one number for each group by name: [groups], NaN where a group has none."""
        plain = self.frame.filter(pl.col("truth").is_null() & pl.col("at").is_null())
        found = {}
        for part, rows in sorted((str(name[0]), rows) for name, rows in plain.group_by("part")):
            placed = groups.join(
                rows.select(*self.keys, "value"), on=self.keys, how="left", nulls_equal=True, maintain_order="left"
            )
            found[part] = placed.get_column("value").cast(pl.Float64).fill_null(np.nan).to_numpy()
        return found

    def of_groups(self, mask: Mask) -> Parts:
        """Keep some of the groups: mask [groups], in the order of `groups`."""
        chosen = self.groups.filter(pl.Series(mask))
        return Parts(self.frame.join(chosen, on=self.keys, how="semi", nulls_equal=True), self.keys, self.levels)

    def rolled_up(self, keys: Sequence[str]) -> Parts:
        """Drop the other keys, and merge what becomes one group; without keys all rows become one."""
        numbered = self.groups.with_row_index("tm_block")
        frame = self.frame.join(numbered, on=self.keys, how="left", nulls_equal=True)
        kept = tuple(keys)
        if not kept:
            kept, frame = ("tm_k0",), frame.with_columns(tm_k0=pl.lit(0, pl.Int64))
        frame = frame.select(*kept, *LABELS, "at", "value", "tm_block")
        return Parts(merged_rows(frame, kept), kept, self.levels)

    @staticmethod
    def merge(*parts: Parts) -> Parts:
        """Merge the parts of the same statistics over several sets of rows, in any order."""
        keys = parts[0].keys
        if any(p.keys != keys for p in parts):
            raise ValueError(f"parts with other keys cannot be merged: {listed([p.keys for p in parts])}")
        frame = _union([p.frame.with_columns(tm_block=pl.lit(i, pl.UInt32)) for i, p in enumerate(parts)])
        return Parts(merged_rows(frame, keys), keys, _merged_levels(p.levels for p in parts))


def _union(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames, how="vertical_relaxed")


def _merged_levels(given: Iterable[Mapping[tuple[str, str], Levels]]) -> dict[tuple[str, str], Levels]:
    """Join what labels stand for: levels of a type must agree, others are all that were seen."""
    merged: dict[tuple[str, str], Levels] = {}
    for levels in given:
        for key, (values, typed) in levels.items():
            before, before_typed = merged.get(key, ((), False))
            if before_typed and typed and before != values:
                raise LevelError(
                    f"{key[1]}: parts whose levels differ cannot be merged: {listed(before)} and {listed(values)}. List all "
                    "levels, in one order, with levels=."
                )
            if typed or before_typed:
                merged[key] = (values if typed else before, True)
            else:
                merged[key] = (tuple({(type(v), v): v for v in (*before, *values)}.values()), False)
    return merged


def merged_rows(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Merge rows that are alike in everything but `value` and `tm_block`."""
    value = pl.col("value")
    made = []
    for how, merged in (("sum", value.sum()), ("min", value.min()), ("max", value.max())):
        # a bound of no rows is null, and a sum of values that are NaN is NaN
        made.append(_alike(frame.filter(pl.col("how") == how), keys, merged))
    moving = pl.col("how").is_in(["mean", "centred"])
    if frame.filter(moving).height:
        made += _merged_moments(frame.filter(moving | (pl.col("part") == WEIGHT_PART)), keys)
    return _union(made)


def _alike(frame: pl.DataFrame, keys: tuple[str, ...], merged: pl.Expr) -> pl.DataFrame:
    """Aggregate rows that are alike; labels that are all one are not compared, and the others as codes."""
    labels = [*LABELS, "at"]
    varied = [name for name in labels if frame.get_column(name).n_unique() > 1]
    texts = [name for name in varied if name != "at"]
    one = {name: frame.get_column(name)[0] if len(frame) else None for name in labels if name not in varied}
    grouped = frame.with_columns(pl.col(texts).cast(pl.Categorical)).group_by([*keys, *varied]).agg(merged.alias("value"))
    types = {**LABELS, "at": pl.Float64}
    constant = [pl.lit(value, types[name]).alias(name) for name, value in one.items()]
    return grouped.with_columns(pl.col(texts).cast(pl.String), *constant).select(*keys, *labels, "value")


def _merged_moments(frame: pl.DataFrame, keys: tuple[str, ...]) -> list[pl.DataFrame]:
    """Merge means by weight and centred second moments by Chan's formula, of any number of blocks at once.

    Means are measured from one of theirs, so that nothing cancels however far from 0 they lie; blocks of weight 0, whose means
    are undefined, are left out.
    """
    by = [*keys, *(name for name in ("statistic", "truth", "predicted") if frame.get_column(name).n_unique() > 1)]
    weight = frame.filter(pl.col("part") == WEIGHT_PART).select("tm_block", *by, w="value")
    rows = frame.join(weight, on=["tm_block", *by], how="inner", nulls_equal=True).filter(pl.col("w") > 0)
    means = rows.filter(pl.col("how") == "mean").with_columns(w_all=pl.col("w").sum().over(*by, "part"))
    origin = pl.col("value").first().over(*by, "part")
    shift = (pl.col("w") * (pl.col("value") - origin)).sum().over(*by, "part") / pl.col("w_all")
    means = means.with_columns(merged=origin + shift).with_columns(off=(pl.col("value") - origin) - shift)
    beside = means.select("tm_block", *by, "part", "off")
    centred = rows.filter(pl.col("how") == "centred").with_columns(pl.col("part").str.split("*").alias("factors"))
    for i, name in enumerate(("x", "y")):
        centred = centred.with_columns(pl.col("factors").list.get(i).alias(name)).join(
            beside.rename({"off": f"off_{name}", "part": name}), on=["tm_block", *by, name], how="inner", nulls_equal=True
        )
    merged = (pl.col("value") + pl.col("w") * pl.col("off_x") * pl.col("off_y")).sum()
    return [_alike(means, keys, pl.col("merged").first()), _alike(centred, keys, merged)]
