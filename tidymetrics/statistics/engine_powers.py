"""Powers of the moves of ranked rows, by windows of the engine that holds them: only sums leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from tidymetrics.statistics.engine_rankings import EVENT, INSTEAD, STEP, collapse, cumulate, stack
from tidymetrics.statistics.influence_of_ranks import Ends, MovesOfArea, PowerSums
from tidymetrics.statistics.requests import reads_for
from tidymetrics.statistics.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tidymetrics.statistics.influence_of_ranks import Kind
    from tidymetrics.statistics.reductions import Reductions
    from tidymetrics.typing import Array

_SIDES = ("p", "q")


def moves_in_engine(
    reductions: Reductions, score: str, event: int, kinds: Iterable[Kind], *, frequency: bool
) -> tuple[dict[Kind, MovesOfArea], Array]:
    """Give what the moves of each kind of area add up to, and how many events and others there are: [groups, 2]."""
    rows = reductions.frame_rows
    keys = [*rows.keys, EVENT]
    seconds, fourths = ("", "") if frequency or not rows.weighted else ("2", "4")
    steps = _steps(reductions, score, event, keys, weighted=bool(seconds))
    steps = steps.with_columns(tm_e=nw.col("tm_p").sum().over(*keys), tm_f=nw.col("tm_q").sum().over(*keys))
    kinds = list(kinds)
    wanted: dict[str, Any] = {"e": nw.col("tm_p"), "f": nw.col("tm_q")}
    if seconds:
        wanted |= {"en": nw.col("tm_pn"), "fn": nw.col("tm_qn")}
    for i, kind in enumerate(kinds):
        steps = _with_moves(steps, keys, kind, i)
        for side in _SIDES:
            apart = nw.col(f"tm_h{side}{i}") - nw.col(f"tm_m{side}{i}")
            power = {0: nw.lit(1.0), 1: apart, 2: apart * apart, 3: apart * apart * apart, 4: apart * apart * apart * apart}
            weights = {"s": (seconds, 3), "f": (fourths, 5)}
            wanted |= {
                f"{part}{side}{i}{k}": nw.col(f"tm_{side}{weight}") * power[k]
                for part, (weight, n) in weights.items()
                for k in range(n)
            }
        wanted |= {f"{name}{i}": nw.col(f"tm_{name}{i}") for name in ("gain", "loss")}
    means = {f"m{side}{i}": nw.col(f"tm_m{side}{i}") for i in range(len(kinds)) for side in _SIDES}
    per_step = steps.select(*keys, **{f"tm_x{name}": expr for name, expr in (wanted | means).items()})
    sums = [nw.col(f"tm_x{name}").sum() for name in wanted] + [nw.col(f"tm_x{name}").max() for name in means]
    table = reductions.align(rows.collect(per_step.group_by(*keys).agg(*sums)).drop(EVENT))

    def found(name: str) -> Array:
        values: Array = table.get_column(f"tm_x{name}").cast(pl.Float64).fill_null(0.0).to_numpy()
        return values

    total_e, total_o = found("e"), found("f")
    made: dict[Kind, MovesOfArea] = {}
    for i, kind in enumerate(kinds):
        sides = []
        for side in _SIDES:
            s, f = [found(f"s{side}{i}{k}") for k in range(3)], [found(f"f{side}{i}{k}") for k in range(5)]
            sides.append(PowerSums(found(f"m{side}{i}"), (s[0], s[1], s[2]), (f[0], f[1], f[2], f[3], f[4])))
        ends = Ends.of(kind, total_e, total_o, found(f"gain{i}"), found(f"loss{i}"))
        made[kind] = MovesOfArea(ends, sides[0], sides[1])
    return made, np.stack([found("en"), found("fn")] if seconds else [total_e, total_o], axis=1)


def _steps(reductions: Reductions, score: str, event: int, keys: Sequence[str], *, weighted: bool) -> nw.LazyFrame[Any]:
    """Collapse and cumulate the rows of an event; with weights, sums of their powers too."""
    rows = reductions.frame_rows
    total = reductions.get(GroupTotals.request(reads_for((score,)))).n.sum()
    stacked, more = stack(reductions, (score,), (event,)), {}
    if weighted:
        w, is_event = nw.col("tm_w"), (nw.col("tm_t") == event).cast(nw.Float64)
        one = {"p": is_event, "q": is_event * -1.0 + 1.0}
        square = w * w
        more = {f"tm_{side}2": square * kind for side, kind in one.items()}
        more |= {f"tm_{side}4": square * square * kind for side, kind in one.items()}
        more |= {f"tm_{side}n": kind for side, kind in one.items()}
        stacked = stacked.with_columns(**more)
    steps = collapse(stacked, keys, None, total=total, more=more)
    return cumulate(rows.settle(steps, "a ranking of scores", instead=INSTEAD, at_most=total), keys)


def _with_moves(steps: nw.LazyFrame[Any], keys: Sequence[str], kind: Kind, i: int) -> nw.LazyFrame[Any]:
    """Add the moves by an event and by another row at each step, and the mean of either over the rows of its side."""
    p, q, cp, cq = (nw.col(f"tm_{name}") for name in ("p", "q", "cp", "cq"))
    if kind == "roc":
        zero = p * 0.0
        event, other = nw.col("tm_f") - cq + q * 0.5, cp - p * 0.5
        steps = steps.with_columns(**{f"tm_hp{i}": event, f"tm_hq{i}": other, f"tm_gain{i}": zero, f"tm_loss{i}": zero})
    else:
        share, here = p, nw.col("tm_at")
        if kind == "pr":
            share = (p + p.shift(-1).over(*keys, order_by=STEP).fill_null(0.0)) * 0.5
            here = (here + nw.col("tm_earlier")) * 0.5
        steps = steps.with_columns(tm_share=share)
        share, rows = nw.col("tm_share"), nw.col("tm_all")
        steps = steps.with_columns(**{f"tm_gain{i}": share * cq / (rows * rows), f"tm_loss{i}": share * cp / (rows * rows)})
        below = {
            name: nw.col(f"tm_{name}{i}").sum().over(*keys)
            - nw.col(f"tm_{name}{i}").cum_sum().over(*keys, order_by=STEP)
            + nw.col(f"tm_{name}{i}")
            for name in ("gain", "loss")
        }
        steps = steps.with_columns(**{f"tm_hp{i}": here + below["gain"], f"tm_hq{i}": below["loss"] * -1.0})
    sums = {f"tm_t{side}": (nw.col(f"tm_{side}") * nw.col(f"tm_h{side}{i}")) for side in _SIDES}
    steps = steps.with_columns(**sums)
    totals = {"p": nw.col("tm_e"), "q": nw.col("tm_f")}
    means = {
        f"tm_m{side}{i}": nw.when(total > 0).then(nw.col(f"tm_t{side}").sum().over(*keys) / total).otherwise(nw.lit(0.0))
        for side, total in totals.items()
    }
    return steps.with_columns(**means)
