"""Series of windows: the values of each metric and group, and what the rule says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.errors import OptionError
from tidymetrics.monitoring.rule import watch
from tidymetrics.monitoring.windows import START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.typing import Array, Codes, Mask

LEAST = 8
"""How many windows of a reference must have a value."""
_COLUMNS = (
    ".n",
    ".unlabelled",
    ".period",
    ".reference",
    ".since",
    ".change",
    ".lower",
    ".upper",
    ".evidence",
    ".alert",
    ".reason",
)


@dataclass(frozen=True)
class Aim:
    """What is known of a metric's values."""

    bad: int
    """Which side is bad: -1, +1, or 0 for both."""
    width: float = 0.0
    """The length of its range, 0 where that has no end."""
    root: bool = False
    """Whether the rule looks at the root of the values."""
    waits: bool = True
    """Whether windows wait for their labels."""


@dataclass(frozen=True)
class Judgement:
    """How windows are judged."""

    alpha: float
    looks: int
    tolerance: float
    labelled: float


def judged(
    table: pl.DataFrame, series: Sequence[str], is_reference: pl.Expr, aims: Mapping[str, Aim], how: Judgement
) -> pl.DataFrame:
    """Judge the windows of each series; the table has their `.estimate`, `rows`, `n` and `unlabelled`, in order."""
    table = table.with_columns(is_reference.alias("tm_ref"))
    ids = table.select(series).unique(maintain_order=True).with_row_index("tm_series")
    starts = table.get_column(START).unique().sort()
    spans = pl.DataFrame({START: starts}).with_row_index("tm_window")
    placed = table.join(ids, on=list(series), how="left", nulls_equal=True, maintain_order="left").join(
        spans, on=START, how="left", maintain_order="left"
    )
    s, w = (placed.get_column(name).to_numpy().astype(np.int64) for name in ("tm_series", "tm_window"))
    shape = (len(ids), len(starts))
    value, rows, n, unlabelled = (np.full(shape, np.nan) for _ in range(4))
    for made, name in ((value, ".estimate"), (rows, "rows"), (n, "n"), (unlabelled, "unlabelled")):
        made[s, w] = placed.get_column(name).cast(pl.Float64).fill_null(np.nan).to_numpy()
    reference: Mask = np.zeros(shape[1], np.bool_)
    reference[w[placed.get_column("tm_ref").to_numpy()]] = True
    own = [aims[name] for name in ids.get_column(".metric")]
    columns = _columns(value, rows, n, unlabelled, reference=reference, aims=own, ids=ids, starts=starts, how=how)
    known = ~np.isnan(columns[".change"][s, w])
    since = pl.Series(".since", starts.gather(columns.pop("since")[s, w])).set(pl.Series(~known), None)
    flag = columns.pop(".alert")[s, w]
    alert = pl.Series(".alert", flag == 1.0).set(pl.Series(np.isnan(flag)), None)
    found = [pl.Series(name, values[s, w], nan_to_null=values.dtype.kind == "f") for name, values in columns.items()]
    counted = [pl.col(name).alias(f".{name}") for name in ("n", "unlabelled")]
    judged_rows = placed.with_columns(*found, since, alert, *counted)
    period = pl.when("tm_ref").then(pl.lit("reference")).otherwise(pl.lit("watched")).alias(".period")
    kept = [name for name in table.columns if name not in {"rows", "n", "unlabelled", "tm_ref"}]
    return judged_rows.with_columns(period).select(*kept, *_COLUMNS)


def _columns(
    value: Array,
    rows: Array,
    n: Array,
    unlabelled: Array,
    *,
    reference: Mask,
    aims: Sequence[Aim],
    ids: pl.DataFrame,
    starts: pl.Series,
    how: Judgement,
) -> dict[str, Array]:
    """Give the columns [series, windows] of what is judged, and of why not."""
    scale = np.where(np.array([aim.root for aim in aims])[:, None], np.sqrt(np.maximum(value, 0.0)), value)
    x, y, m = scale[:, reference], scale[:, ~reference], n[:, reference]
    _require_reference(x, ids)
    typical = np.nanmedian(np.where(np.isnan(x), np.nan, m), axis=1, keepdims=True)  # [series, 1]
    typical = np.where(typical > 0, typical, 1.0)
    waits = _waiting(rows, unlabelled, reference, aims, how.labelled)  # [series, watched]
    reach = np.where(waits.any(axis=1), np.argmax(waits, axis=1), waits.shape[1])[:, None]
    place = np.arange(waits.shape[1])[None, :]
    y = np.where(place < reach, y, np.nan)
    bad = np.array([aim.bad for aim in aims])
    least = np.array([aim.width for aim in aims]) / typical[:, 0]
    weights = [np.nan_to_num(np.minimum(part / typical, 1.0)) for part in (n[:, ~reference], m)]
    found = watch(y, weights[0], x, weights[1], bad=bad, least=least, looks=how.looks, alpha=how.alpha)
    known = ~np.isnan(y)
    change = np.where(known, found.change, np.nan)
    sure = found.evidence >= 1 / how.alpha
    towards = np.where(bad[:, None] == 0, True, np.sign(change) == bad[:, None])
    alert = np.where(known, (sure & towards & (np.abs(change) >= how.tolerance)) * 1.0, np.nan)
    limits = [np.where(known & np.isfinite(found.half_width), change + side * found.half_width, np.nan) for side in (-1, 1)]
    watched_at = np.flatnonzero(~reference)
    since = np.where(known, watched_at[found.since] if len(watched_at) else 0, 0)
    facts = {"change": change, "low": limits[0], "high": limits[1], "alert": alert, "since": since}
    reasons = _reasons(facts, rows[:, ~reference], unlabelled[:, ~reference], known, reach, waits, ids, starts, watched_at)
    mean = np.nansum(np.where(np.isnan(value), np.nan, value * n)[:, reference], axis=1) / np.nansum(
        np.where(np.isnan(value), np.nan, n)[:, reference], axis=1
    )
    made: dict[str, Array] = {".reference": np.broadcast_to(mean[:, None], value.shape)}
    for name, own in {
        ".change": change,
        ".lower": limits[0],
        ".upper": limits[1],
        ".alert": alert,
        ".evidence": np.where(known, found.evidence, np.nan),
    }.items():
        made[name] = np.full(value.shape, np.nan)
        made[name][:, ~reference] = own
    made["since"], made[".reason"] = np.zeros(value.shape, np.int64), np.full(value.shape, "", object)
    made["since"][:, ~reference], made[".reason"][:, ~reference] = since, reasons
    return made


def _require_reference(x: Array, ids: pl.DataFrame) -> None:
    """Refuse a reference of too few windows."""
    found = (~np.isnan(x)).sum(axis=1)
    if len(found) and (found >= LEAST).all():
        return
    at = int(np.argmin(found)) if len(found) else 0
    row = ids.drop("tm_series").row(at, named=True) if len(ids) else {}
    named = ", ".join(f"{name}={value}" for name, value in row.items()) or "the state"
    raise OptionError(
        f"reference: expected at least {LEAST} windows with a value; {named} has {int(found[at]) if len(found) else 0}. Take a "
        "longer reference, or shorter windows."
    )


def _waiting(rows: Array, unlabelled: Array, reference: Mask, aims: Sequence[Aim], least: float) -> Mask:
    """Tell the windows whose share of rows with a truth is too small beside that of the reference."""
    labelled = rows - np.nan_to_num(unlabelled)
    usual = np.nansum(labelled[:, reference], axis=1) / np.maximum(np.nansum(rows[:, reference], axis=1), 1.0)  # [series]
    can_wait = np.array([aim.waits for aim in aims])[:, None]
    short: Mask = can_wait & (labelled < least * usual[:, None] * rows)
    return short[:, ~reference]


def _reasons(
    facts: Mapping[str, Array],
    rows: Array,
    unlabelled: Array,
    known: Mask,
    reach: Array,
    waits: Mask,
    ids: pl.DataFrame,
    starts: pl.Series,
    watched_at: Codes,
) -> Array:
    """Say why a window alerts, or is not judged."""
    made = np.full(known.shape, "", object)
    names = ids.get_column(".metric").to_list()
    day = [_written(value) for value in starts]
    for i, j in zip(*np.nonzero((facts["alert"] == 1) | ~known), strict=True):
        last = int(reach[i, 0])
        if facts["alert"][i, j] == 1:
            change = facts["change"][i, j]
            ends = sorted(abs(float(facts[name][i, j])) for name in ("low", "high"))
            side = "below" if change < 0 else "above"
            span = "" if np.isnan(ends).any() else f" ({ends[0]:.3g} to {ends[1]:.3g})"
            made[i, j] = f"{names[i]} is {abs(change):.3g} {side} what it was before {day[int(facts['since'][i, j])]}{span}"
        elif j == last and waits[i].any():
            made[i, j] = f"waits for labels: {unlabelled[i, j]:.0f} of {rows[i, j]:.0f} rows have none"
        elif j > last:
            made[i, j] = f"waits for the window of {day[int(watched_at[last])]}"
        else:
            made[i, j] = "no value"
    return made


def _written(value: Any) -> str:
    text = str(value)
    return text.removesuffix(" 00:00:00")
