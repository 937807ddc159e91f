"""Sums of numbers and their squares about a point: 0, or each group's own mean where digits would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from tidymetrics.frames.engines import small
from tidymetrics.frames.prepared import ESTIMATE, TRUTH, PreparedFrame
from tidymetrics.statistics.means import weighted
from tidymetrics.statistics.requests import Aggregate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import SimpleNamespace

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array

LOST = 1e-4
"""A variance below this share of the mean square about the point measured from has lost more than four digits."""


def sums_about(names: Sequence[str], points: Mapping[str, Any] | None = None) -> dict[str, Aggregate]:
    """Give weighted sums about a point for each column: 0, a number, or an expression of the row's group."""

    def about(columns: SimpleNamespace, name: str) -> Any:
        column = getattr(columns, name)
        return column if points is None else column - points[name]

    plain = points is None or all(isinstance(point, float) for point in points.values())
    wanted = {}
    for name in names:
        wanted[f"{name} mean"] = Aggregate(lambda c, n=name: weighted(c, about(c, n)), plain=plain)  # type: ignore[misc]
        wanted[f"{name} square"] = Aggregate(
            lambda c, n=name: weighted(c, about(c, n) * about(c, n)),  # type: ignore[misc]
            plain=plain,
        )
    if "estimate" in names:
        wanted["product"] = Aggregate(lambda c: weighted(c, about(c, "truth") * about(c, "estimate")), plain=plain)
        wanted["difference"] = Aggregate(lambda c: weighted(c, c.truth - c.estimate), plain=plain)
    return wanted


def recentred(reductions: Reductions) -> dict[str, Array]:
    """Take the sums again, each row measured from its own group's mean."""
    if isinstance(reductions.rows, PreparedFrame):
        frame = with_group_means(reductions)
        aggregates = sums_about(("truth", "estimate"), {"truth": nw.col("tm_mt"), "estimate": nw.col("tm_me")})
    else:
        frame = None
        numbers = reductions.rows.numbers
        share = numbers.get("tm_weight")
        means = {name: float(np.average(numbers[f"tm_{name}"], weights=share)) for name in ("truth", "estimate")}
        aggregates = sums_about(("truth", "estimate"), means)
    return dict(zip(aggregates, reductions.run(list(aggregates.values()), frame), strict=True))


def with_group_means(reductions: Reductions) -> nw.LazyFrame[Any]:
    """Set the means of its group beside each row, as `tm_mt` and `tm_me`."""
    rows = reductions.frame_rows
    keys = rows.keys
    # the totals stand in columns of their own: engines do not nest windows and aggregates
    one = nw.when(~nw.col(TRUTH).is_null()).then(nw.lit(1.0).cast(nw.Float64))
    total = nw.col("tm_weight") if rows.weighted else one
    frame = reductions.frame().with_columns(tm_of=total, tm_wt=total * nw.col(TRUTH), tm_we=total * nw.col(ESTIMATE))
    if rows.grouped and not frame.implementation.is_dask():
        means = {f"tm_m{x}": nw.col(f"tm_w{x}").sum().over(*keys) / nw.col("tm_of").sum().over(*keys) for x in ("t", "e")}
        return frame.with_columns(**means)
    # Dask has no windows over rows, and a window without keys is one task on Spark: a small table joined back does the same.
    # A null matches nothing in a join, so that each key goes as a string and whether it is missing
    paired = {f"tm_j{i}": nw.col(key).cast(nw.String).fill_null("") for i, key in enumerate(keys)}
    paired |= {f"tm_h{i}": nw.col(key).is_null().cast(nw.Int64) for i, key in enumerate(keys)}
    frame = frame.with_columns(**paired)
    sums = frame.group_by(*paired).agg(nw.col("tm_of", "tm_wt", "tm_we").sum())
    means = {f"tm_m{x}": nw.col(f"tm_w{x}") / nw.col("tm_of") for x in ("t", "e")}
    return frame.join(small(sums.select(*paired, **means)), on=list(paired), how="left")
