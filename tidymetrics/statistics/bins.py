"""Scores cut into bins inside an engine, so that few steps are left of any number of distinct scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from tidymetrics.frames.engines import small

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACES = 2**20
"""More bins than are ever asked for: the place of a fine bin is that of its coarse one times this, and its own."""


def cut(frame: nw.LazyFrame[Any], keys: Sequence[str], score: str, place: str, bins: int, total: float) -> nw.LazyFrame[Any]:
    """Add the bin of each score as the column `place`, which grows as the score falls; `total` rows at most have each key.

    Scores are cut twice. A quarter of the bins divide the range, denser toward its ends, as probabilities mostly lie; the
    others are shared out to these in proportion to the rows that each holds. That comes close to bins of equal numbers of
    rows, which no engine gives without sorting, at the cost of two aggregations, each joined back to the rows.

    Every step (subtract, divide by, multiply with a constant, square root, floor) rounds without changing an order, so that
    a score is never put in a lower bin than a smaller one: the bounds of error stand on that.
    """
    coarse = max(1, bins // 4)
    frame = _with_range(frame, keys, score)
    frame = _coarse(frame, score, coarse)
    counts = frame.group_by(*keys, "tm_b").agg(tm_count=nw.len())
    share = nw.col("tm_count").cast(nw.Float64) * ((bins - coarse) / max(total, 1.0))
    counts = counts.with_columns(tm_share=share)
    counts = counts.select(*keys, "tm_b", tm_parts=nw.col("tm_share").floor() + 1.0)
    frame = frame.join(small(counts), on=[*keys, "tm_b"], how="inner")
    frame = frame.with_columns(tm_part=nw.col("tm_f") * nw.col("tm_parts"))
    frame = frame.with_columns(tm_part=nw.col("tm_part").floor())
    last = nw.col("tm_parts") - 1.0
    part = nw.when(nw.col("tm_part") > last).then(last).otherwise(nw.col("tm_part"))
    frame = frame.with_columns(tm_part=part)
    return frame.with_columns((nw.col("tm_b") * (-1.0 * _PLACES) - nw.col("tm_part")).alias(place))


def _with_range(frame: nw.LazyFrame[Any], keys: Sequence[str], score: str) -> nw.LazyFrame[Any]:
    """Set the least and the greatest finite score of its keys beside each row."""
    finite = nw.when(nw.col(score).is_finite()).then(nw.col(score))
    ends = frame.select(*keys, tm_x=finite).group_by(*keys).agg(tm_low=nw.col("tm_x").min(), tm_high=nw.col("tm_x").max())
    # where all scores are infinite, any range does
    ends = ends.with_columns(tm_low=nw.col("tm_low").fill_null(0.0), tm_high=nw.col("tm_high").fill_null(0.0))
    return frame.join(small(ends), on=list(keys), how="inner")


def _coarse(frame: nw.LazyFrame[Any], score: str, coarse: int) -> nw.LazyFrame[Any]:
    """Add the coarse bin of each score, `tm_b`, and how far it lies in it, `tm_f` in [0, 1]."""
    low, high, x = nw.col("tm_low"), nw.col("tm_high"), nw.col(score)
    inside = nw.when(x < low).then(low).otherwise(nw.when(x > high).then(high).otherwise(x))
    # halved first, since the range itself may overflow
    frame = frame.with_columns(tm_u=inside * 0.5 - low * 0.5, tm_range=high * 0.5 - low * 0.5)
    share = nw.when(nw.col("tm_range") > 0).then(nw.col("tm_u") / nw.col("tm_range")).otherwise(nw.lit(0.0))
    frame = frame.with_columns(tm_u=share.cast(nw.Float64))
    lower = nw.col("tm_u") <= 0.5
    frame = frame.with_columns(tm_x=nw.when(lower).then(nw.col("tm_u") * 2.0).otherwise(nw.col("tm_u") * -2.0 + 2.0))
    # the eighth root: 1e-9 of the range becomes 7 percent of it
    frame = frame.with_columns(tm_x=nw.col("tm_x").sqrt())
    frame = frame.with_columns(tm_x=nw.col("tm_x").sqrt())
    frame = frame.with_columns(tm_x=nw.col("tm_x").sqrt())
    spread = nw.when(lower).then(nw.col("tm_x") * 0.5).otherwise(nw.col("tm_x") * -0.5 + 1.0)
    frame = frame.with_columns(tm_x=spread * float(coarse))
    frame = frame.with_columns(tm_b=nw.col("tm_x").floor())
    last = nw.lit(float(coarse - 1)).cast(nw.Float64)
    frame = frame.with_columns(tm_b=nw.when(nw.col("tm_b") > last).then(last).otherwise(nw.col("tm_b")))
    return frame.with_columns(tm_f=nw.col("tm_x") - nw.col("tm_b"))
