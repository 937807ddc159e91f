"""The score ranking made where the rows are: tied scores are collapsed by the engine, and windows cumulate what is left.

It gives what `ranking` gives, for frames whose rows are not to be brought together in memory: those of other engines, and any
frame whose scores are cut into bins. A step is a row of keys, event and score; only sums of steps leave the engine, or the
steps themselves where they are the result, as in a curve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.frames.engines import added_up
from tidymetrics.frames.long import stack_columns
from tidymetrics.frames.prepared import MOST_POINTS, WEIGHT, PreparedFrame
from tidymetrics.statistics.bins import cut
from tidymetrics.statistics.rankings import ScoreRanking, at_ends, cumulate_within
from tidymetrics.statistics.requests import reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array

EVENT, SCORE, STEP = "tm_event", "tm_s", "tm_o"
"""Which event a row is scored for; its score; and what its step is known by, which grows as the score falls."""

INSTEAD = "Write bins=2**14, which cuts the scores into bins inside the engine and says how far off the result can be."


def in_engine(reductions: Reductions, bins: int | None) -> bool:
    """Tell whether the ranking is to be made where the rows are."""
    if reductions.merged is not None:
        return False
    return bins is not None or (isinstance(reductions.rows, PreparedFrame) and not reductions.rows.embedded)


def stack(
    reductions: Reductions,
    scores: Sequence[str],
    events: Sequence[int],
    *,
    keep_weight_0: bool = False,
) -> nw.LazyFrame[Any]:
    """Give the complete rows once for each event, with its score, their true class, and their weight as events and others.

    An engine that has the columns `tm_s`, `tm_p` and `tm_q` beside the keys and `tm_event` can be given to `collapse` whatever
    the weights of the two sides are.
    """
    rows = reductions.frame_rows
    frame = reductions.complete(reads_for(tuple(dict.fromkeys(scores))))
    weight, truth = nw.lit(1.0).cast(nw.Float64), nw.col(reductions.truth_at)
    if rows.weighted:
        weight = nw.col(WEIGHT)
        frame = frame if keep_weight_0 else frame.filter(weight > 0)
    frame = frame.with_columns(tm_w=weight, tm_t=truth)
    stacked = stack_columns(frame, [*rows.keys, "tm_w", "tm_t"], scores, place=EVENT, value=SCORE)
    event = nw.col(EVENT)
    if tuple(events) != tuple(range(len(scores))):
        event = added_up([(event == i).cast(nw.Int64) * nw.lit(of) for i, of in enumerate(events)])
    share, one = nw.col("tm_w"), (nw.col("tm_t") == event).cast(nw.Float64)
    return stacked.with_columns(tm_p=share * one, tm_q=share * (one * -1.0 + 1.0))


def collapse(
    stacked: nw.LazyFrame[Any], keys: Sequence[str], bins: int | None, *, total: float, by: Sequence[str] = ()
) -> nw.LazyFrame[Any]:
    """Add up `tm_p` and `tm_q` by keys, score, or bin of scores, and other columns, with the ends of each bin.

    `total` is how many rows each event has, or more.
    """
    if bins is None:
        # the score is negated, since no engine's window takes a descending order; adding 0 makes one zero of two
        frame, ends = stacked.with_columns((nw.col(SCORE) * -1.0 + 0.0).alias(STEP)), {}
    else:
        frame = cut(stacked, (EVENT,), SCORE, STEP, bins, total)
        ends = {"tm_lo": nw.col(SCORE).min(), "tm_hi": nw.col(SCORE).max()}
    sums = {name: nw.col(name).sum() for name in ("tm_p", "tm_q")}
    return frame.group_by(*keys, STEP, *by).agg(**sums, **ends)


def cumulate(steps: nw.LazyFrame[Any], keys: Sequence[str]) -> nw.LazyFrame[Any]:
    """Add the weight at or above each step, as `tm_cp` and `tm_cq`, and the precision there and a step earlier."""
    cumulated = {f"tm_c{x}": nw.col(f"tm_{x}").cum_sum().over(*keys, order_by=STEP) for x in ("p", "q")}
    steps = steps.with_columns(**cumulated).with_columns(tm_all=nw.col("tm_cp") + nw.col("tm_cq"))
    steps = steps.with_columns(tm_at=nw.col("tm_cp") / nw.col("tm_all"))
    steps = steps.with_columns(tm_earlier=nw.col("tm_at").shift(1).over(*keys, order_by=STEP))
    return steps.with_columns(tm_earlier=nw.col("tm_earlier").fill_null(1.0))


def areas(wanted: Iterable[str]) -> dict[str, nw.Expr]:
    """Give what each step adds to each area: "roc", "pr", "average_precision"."""
    p, at = nw.col("tm_p"), nw.col("tm_at")
    known = {
        "roc": nw.col("tm_q") * (nw.col("tm_cp") - p * 0.5),
        "pr": p * (at + nw.col("tm_earlier")) * 0.5,
        "average_precision": p * at,
    }
    return {name: expr for name, expr in known.items() if name in wanted}


def error_bounds_of(wanted: Iterable[str]) -> dict[str, nw.Expr]:
    """Give how far what a bin adds to an area can be from what its scores one by one would add.

    A bin that holds several scores has e of the events and o of the others; E' events and O' others lie above it. Bins are
    consecutive, so that pairs from two bins are in their right order. Of the e o pairs in one bin each counts 1/2 and should
    count between 0 and 1: the area "roc", a count of pairs, is off by at most e o / 2.

    Precision inside the bin is (E' + x) / (E' + x + O' + y) for some x of the e and y of the o, hence between
    E' / (E' + O' + o) and (E' + e) / (E' + e + O'); at the step before the bin it is so too, with x = y = 0. The e events
    add e times a mean of such values to "pr" and "average_precision", so does the bin as a whole: each is off by at most e
    times the distance from the bin's own value to either end, all upward or all downward.
    """
    p, q = nw.col("tm_p"), nw.col("tm_q")
    made = {"roc up": p * q * 0.5} if "roc" in wanted else {}
    for name, value in (("pr", (nw.col("tm_at") + nw.col("tm_earlier")) * 0.5), ("average_precision", nw.col("tm_at"))):
        if name in wanted:
            made |= {f"{name} up": p * (nw.col("tm_most") - value), f"{name} down": p * (value - nw.col("tm_least"))}
    return made


def _with_ends_of_precision(steps: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    above, others = nw.col("tm_cp") - nw.col("tm_p"), nw.col("tm_cq")
    steps = steps.with_columns(
        tm_above=above, tm_below=above + others, tm_best=nw.col("tm_cp") + nw.col("tm_cq") - nw.col("tm_q")
    )
    least = nw.when(nw.col("tm_below") > 0).then(nw.col("tm_above") / nw.col("tm_below")).otherwise(nw.lit(0.0))
    most = nw.when(nw.col("tm_best") > 0).then(nw.col("tm_cp") / nw.col("tm_best")).otherwise(nw.lit(1.0))
    return steps.with_columns(tm_least=least.cast(nw.Float64), tm_most=most.cast(nw.Float64))


def sums_of_scores(
    reductions: Reductions,
    scores: Sequence[str],
    events: Sequence[int],
    wanted: frozenset[str],
    *,
    n_levels: int,
    bins: int | None,
) -> dict[str, Array]:
    """Add up the steps of some score columns, each for an event, as `sums_of_steps` and `_wins_of_steps` do."""
    totals = reductions.get(GroupTotals.request(reads_for(tuple(dict.fromkeys(scores)))))
    stacked, total = stack(reductions, scores, events), totals.n.sum()
    found = {}
    if "wins" in wanted:
        found = _wins_of_steps(reductions, stacked, events, n_levels, total=total, bins=bins)
    if wanted != {"wins"}:
        found |= sums_of_steps(reductions, stacked, wanted, total=total, copies=len(events), bins=bins)
    return found


def _wins_of_steps(
    reductions: Reductions, stacked: nw.LazyFrame[Any], events: Sequence[int], n_levels: int, *, total: float, bins: int | None
) -> dict[str, Array]:
    """Count, inside the engine, how often each event outranks each true class, ties by halves.

    "wins" [groups, events, levels], the "rows" of each class, how far the bins leave the wins "open", "events" and "others"
    [groups, events].
    """
    rows = reductions.frame_rows
    keys = [*rows.keys, EVENT]
    cells = collapse(stacked, keys, bins, total=total, by=["tm_t"])
    cells = rows.settle(cells, "a ranking of scores", instead=INSTEAD, at_most=total * len(events))
    # the event's own cell is the first of its step, so that what is cumulated at the others holds it
    cells = cells.with_columns(tm_rest=(nw.col("tm_p") == 0).cast(nw.Int64), tm_all=nw.col("tm_p") + nw.col("tm_q"))
    above = nw.col("tm_p").cum_sum().over(*keys, order_by=[STEP, "tm_rest"])
    cells = cells.with_columns(tm_cp=above, tm_own=nw.col("tm_p").sum().over(*keys, STEP))
    weight, own = nw.col("tm_all"), nw.col("tm_own")
    made = {"tm_wins": weight * (nw.col("tm_cp") - own * 0.5), "tm_rows": weight}
    if bins is not None:
        lo, hi = nw.col("tm_lo").min().over(*keys, STEP), nw.col("tm_hi").max().over(*keys, STEP)
        cells = cells.with_columns(tm_least=lo, tm_most=hi)
        several = nw.col("tm_least") < nw.col("tm_most")
        made["tm_open"] = nw.when(several).then(weight * own * 0.5).otherwise(nw.lit(0.0)).cast(nw.Float64)
    sums = cells.select(*keys, "tm_t", **made).group_by(*keys, "tm_t").agg(*(nw.col(name).sum() for name in made))
    table = rows.collect(sums)
    if reductions.groups is None:  # vectors are the one group that there is
        reductions.align(table.select(rows.keys).unique())
    groups = reductions.known_groups.with_row_index("tm_group")
    table = table.join(groups, on=list(rows.keys), how="left", nulls_equal=True)
    at = tuple(table.get_column(name).cast(pl.Int64).to_numpy() for name in ("tm_group", EVENT, "tm_t"))
    found = {}
    for name in made:
        found[name.removeprefix("tm_")] = np.zeros((len(groups), len(events), n_levels))
        found[name.removeprefix("tm_")][at] = table.get_column(name).to_numpy()
    of_event = np.arange(n_levels) == np.array(events)[:, None]  # [events, levels]
    found |= {"events": (found["rows"] * of_event).sum(axis=2), "others": (found["rows"] * ~of_event).sum(axis=2)}
    return found


def sums_of_steps(
    reductions: Reductions,
    stacked: nw.LazyFrame[Any],
    wanted: frozenset[str],
    *,
    total: float,
    copies: int = 1,
    bins: int | None = None,
    instead: str = INSTEAD,
) -> dict[str, Array]:
    """Add up the steps inside the engine: "events", "others", the areas wanted, and what the bins leave open of these.

    Each [groups, events], of `copies` events with `total` rows each at most.
    """
    rows = reductions.frame_rows
    keys = [*rows.keys, EVENT]
    steps = collapse(stacked, keys, bins, total=total)
    steps = cumulate(rows.settle(steps, "a ranking of scores", instead=instead, at_most=total * copies), keys)
    made = {"events": nw.col("tm_p"), "others": nw.col("tm_q"), **areas(wanted)}
    if bins is not None:
        steps = _with_ends_of_precision(steps)
        open_ = error_bounds_of(wanted)
        several = nw.col("tm_lo") < nw.col("tm_hi")
        made |= {name: nw.when(several).then(x).otherwise(nw.lit(0.0)).cast(nw.Float64) for name, x in open_.items()}
    inner = {name: f"tm_a{i}" for i, name in enumerate(made)}
    per_step = steps.select(*keys, **{inner[name]: expr for name, expr in made.items()})
    table = rows.collect(per_step.group_by(*keys).agg(*(nw.col(column).sum() for column in inner.values())))
    parts = [reductions.align(table.filter(pl.col(EVENT) == i)) for i in range(copies)]
    found = {
        name: np.stack([part.get_column(column).fill_null(0.0).to_numpy() for part in parts], axis=1)
        for name, column in inner.items()
    }
    return {name: np.maximum(values, 0.0) if name.endswith((" up", " down")) else values for name, values in found.items()}


def collect_rankings(
    reductions: Reductions,
    scores: Sequence[str],
    events: Sequence[int],
    *,
    keep_weight_0: bool,
    bins: int | None = None,
    thresholds: Array | None = None,
) -> list[ScoreRanking]:
    """Collapse the scores inside the engine, and bring their rankings out of it; those of few thresholds are as short."""
    rows = reductions.frame_rows
    totals = reductions.get(GroupTotals.request(reads_for(tuple(dict.fromkeys(scores)))))
    stacked = stack(reductions, scores, events, keep_weight_0=keep_weight_0)
    if thresholds is not None:
        # as if each row's score were the highest threshold that it reaches
        reached = nw.lit(0.0).cast(nw.Float64)
        for threshold in thresholds.tolist():
            reached = reached + (nw.col(SCORE) >= threshold).cast(nw.Float64)
        stacked = stacked.with_columns(reached.alias(SCORE))
    total = totals.n.sum()
    table = bring_steps(reductions, stacked, None if thresholds is not None else bins, total=total, copies=len(events))
    score = pl.col(STEP) * -1.0 if bins is None or thresholds is not None else pl.col("tm_lo")
    table = table.with_columns(score.alias(SCORE))
    if thresholds is not None:
        at = np.concatenate([[-np.inf], thresholds])
        table = table.with_columns(pl.Series(SCORE, at[table.get_column(SCORE).to_numpy().astype(np.int64)]))
    if reductions.groups is None:  # vectors are the one group that there is
        reductions.align(table.select(rows.keys).unique())
    return [ranking_of_steps(reductions, table.filter(pl.col(EVENT) == i)) for i in range(len(events))]


def bring_steps(
    reductions: Reductions,
    stacked: nw.LazyFrame[Any],
    bins: int | None,
    *,
    total: float,
    copies: int = 1,
    instead: str = INSTEAD,
) -> pl.DataFrame:
    """Collapse stacked rows, `copies` of `total`, inside the engine; bring the steps out of it: the points of a curve."""
    rows = reductions.frame_rows
    steps = collapse(stacked, [*rows.keys, EVENT], bins, total=total)
    return rows.collect_bounded(steps, "a curve", instead=instead, at_most=total * copies, limit=MOST_POINTS)


def ranking_of_steps(reductions: Reductions, table: pl.DataFrame) -> ScoreRanking:
    """Cumulate the collapsed steps of one event."""
    keys = list(reductions.frame_rows.keys)
    groups = reductions.known_groups.with_row_index("tm_group")
    table = table.join(groups, on=keys, how="left", nulls_equal=True).sort("tm_group", STEP)
    group = table.get_column("tm_group").to_numpy().astype(np.int64)
    count = np.bincount(group, minlength=len(groups))
    first = np.cumsum(count) - count

    def cumulated(name: str) -> tuple[Array, Array]:
        so_far = cumulate_within(table.get_column(name).to_numpy(), count)
        return so_far, at_ends(so_far, first, count)

    events, total_events = cumulated("tm_p")
    others, total_others = cumulated("tm_q")
    return ScoreRanking(group, first, count, table.get_column(SCORE).to_numpy(), events, others, total_events, total_others)
