"""States: the statistics of a call as a frame that is saved, merged, and finished into what the call on all rows gives."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from tidymetrics.core.call import Call
from tidymetrics.core.recalled import Recalled
from tidymetrics.core.results import build_state
from tidymetrics.core.score import score
from tidymetrics.errors import OptionError, StateError, listed
from tidymetrics.frames import FORMAT, frame_without_rows, read_state, recognise, require_free_names
from tidymetrics.statistics import FixedBins, MergeableRequest, RowCounts, block_of, filed, is_filed, needs_rows, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tidymetrics.core.family import Batch
    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.frames import StateRows
    from tidymetrics.statistics import Notes


class Readable(Protocol):
    """What has states: a metric, a curve, a set."""

    @property
    def leaves(self) -> Sequence[Any]:
        """The functions that it is made of, each with its kind."""

    def read_call(self, args: Sequence[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[BoundMetric]]:
        """Read the arguments of a call, and bind the metrics with them."""


def state_of(read: Readable, data: Any, args: Sequence[Any], given: Mapping[str, Any], bins: Any, score_range: Any) -> Any:
    """Make the state of a frame."""
    _require_merging(read)
    values, bounds = read.read_call(args, given)
    call = Call(recognise(data, values.pop("by", None)), values)
    own = {m.options["bins"] for m in _leaves(bounds) if m.options.get("bins") is not None}
    if bins is not None:
        own.add(bins)
    if len(own) > 1:
        raise StateError(f"bins: a state has its scores in one set of bins; got {listed(sorted(own))}.")
    return make_state(bounds, call, FixedBins.of(next(iter(own), None), score_range))


def _require_merging(read: Readable) -> None:
    for leaf in read.leaves:
        if not leaf.kind.family.merges:
            raise needs_rows(leaf.__name__)


def _leaves(bounds: Iterable[BoundMetric]) -> list[BoundMetric]:
    return [leaf for m in bounds for leaf in (m.members or (m,))]


def make_state(bounds: Sequence[BoundMetric], call: Call, cut: FixedBins | None) -> Any:
    """Make the state of a call: one row per number."""
    leaves = _leaves(bounds)
    inner = list(dict.fromkeys(m.inner for m in bounds if m.inner is not None))
    keys = call.keys()
    if inner:
        call = replace(call, frame=replace(call.input, by=[*keys, *(name for name in inner if name not in keys)]))
    require_free_names(call.keys())
    call = leaves[0].kind.family.arrange(leaves, call)
    tables: dict[str, Any] = {}
    metas: dict[str, str] = {}
    origin = None
    for batch in leaves[0].kind.family.batches(leaves, call):
        require_parts(batch.metrics)
        reductions = batch.reduce(RowCounts.request(), cut=cut)
        reductions.check()
        for metric in batch.metrics:
            if reductions.rows.weighted and metric.metric is not None and not metric.metric.weighted:
                raise OptionError(f"{metric.name} takes no case weights: its function has no parameter case_weights.")
        notes = settled(batch.notes, reductions, batch.checks)
        requests = tuple(reductions.requests)
        for request in requests:
            for title, (table, said) in filed(request, reductions, notes).items() if is_filed(request, requests) else ():
                tables[title], metas[title] = table, _meta(request, said, batch, notes, cut)
        reductions.require_weights_as_given()
        origin = reductions.frame_rows.outer_origin
    if origin is None:
        raise RuntimeError("there is no metric to make a state for")
    return build_state(tables, metas, origin)


def require_parts(metrics: Iterable[BoundMetric]) -> None:
    """Refuse metrics whose statistics need the rows, or their order."""
    for metric in metrics:
        needed = list(metric.requests)
        for request in needed:
            if not isinstance(request, MergeableRequest):
                raise needs_rows(metric.name)
            needed += [more for more in request.needs if more not in needed]


def _meta(request: Any, own: Mapping[str, Any], batch: Batch, notes: Notes, cut: FixedBins | None) -> str:
    """Write what a state says of a statistic."""
    roles = batch.rows.roles
    named = dict.fromkeys((*(request.reads or request.cells), *request.may_lack))
    columns = {name.removeprefix("tm_").removesuffix("_at"): roles[name].column for name in named if name in roles}
    weight = columns.pop("weight", None) or (roles["tm_weight"].column if "tm_weight" in roles else None)
    said = {"format": FORMAT, "package": sys.modules["tidymetrics"].__version__, "columns": columns, "weights": weight}
    if request.marks(notes.levels) is not None and cut is not None:
        own = {**own, "bins": cut.count, "range": [cut.low, cut.high]}
    return json.dumps({**said, **notes.meta, **own}, default=str)


def finish_state(read: Readable, state: Any, by: Any, given: Mapping[str, Any]) -> Any:
    """Give what the call on all rows of a state gives."""
    _require_merging(read)
    return score(*recalled_call(read, Recalled.of(read_state(state)), by, given))


def batch_of_state(read: Readable, state: Any, by: Any, given: Mapping[str, Any]) -> Batch:
    """Give the metrics of a state with what stands in place of rows, before they are evaluated."""
    bounds, call = recalled_call(read, Recalled.of(read_state(state)), by, given)
    batch: Batch = next(iter(bounds[0].kind.family.batches(bounds, call)))
    return batch


def recalled_call(read: Readable, recalled: Recalled, by: Any, given: Mapping[str, Any]) -> tuple[list[BoundMetric], Call]:
    """Give the call that a state stands for, with the arguments that formulas take."""
    keys = _require_keys(by, recalled.rows, [])
    family = read.leaves[0].kind.family
    recalls = family.recall(read.leaves, recalled, given)
    if {"event", "event_level"} & set(given):
        recalls = {name: value for name, value in recalls.items() if name not in {"event", "event_level"}}
    if fixed := [name for name in given if name in recalls and name != "levels"]:
        raise OptionError(f"finish: the state fixes {fixed[0]}=; leave it out.")
    values, bounds = read.read_call((), {**recalls, **given})
    values.pop("by", None)
    _require_keys([m.inner for m in bounds if m.inner is not None], recalled.rows, bounds)
    frame = frame_without_rows(recalled.kinds, recalled.rows.frame, keys or None)
    return bounds, Call(frame, values, stated=recalled if recalled.stated.of_rows else None)


def _require_keys(by: Any, rows: StateRows, bounds: Sequence[BoundMetric]) -> list[str]:
    names = [] if by is None else [by] if isinstance(by, str) else list(by)
    for name in names:
        if name not in rows.keys:
            what = f"{bounds[0].name} needs the key" if bounds else "by: the state has no key"
            has = f"it has {listed(rows.keys, 6)}" if rows.keys else "it has none"
            raise StateError(f"{what} {name!r}; {has}." if not bounds else f"{what} {name!r}, and the state has none of it.")
    return names


_EVERY: Any = ...


def merge_states(*states: Any, by: Any = _EVERY, renamed: bool = False) -> Any:
    """Make one small state of several: one row per number.

    Concatenating states is a merge already, and what is finished gives the same; this makes the result small, and rolls it up.

    Parameters
    ----------
    *states
        States of one library, with the same keys.
    by
        The keys to keep, by default all; fewer roll the state up, such as days to months.
    renamed
        Whether columns that have other names in some states are the same all the same.

    Returns
    -------
    A state, in the same library as the first.

    Raises
    ------
    StateError
        The states cannot be one: other keys, columns, levels or ranges of scores, or weights in some of them alone.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"day": [1, 1, 2], "obs": ["a", "b", "b"], "pred": ["a", "b", "b"]})
    >>> monday, tuesday = (tm.accuracy.state(part, "obs", "pred", by="day") for part in df.partition_by("day"))
    >>> len(tm.merge_states(monday, tuesday)), len(tm.merge_states(monday, tuesday, by=None))
    (3, 2)
    """
    recalled = Recalled.of(read_state(*states), renamed=renamed)
    return written(recalled, recalled.rows.keys if by is _EVERY else _require_keys(by, recalled.rows, []))


def written(recalled: Recalled, names: Sequence[str]) -> Any:
    """Write statistics at some keys as a state."""
    origin = recalled.rows.origin
    if len(set(names)) < len(names):
        raise OptionError(f"by: each key may appear only once; got {list(names)!r}.")
    positions = [recalled.rows.keys.index(name) for name in names]
    tables = recalled.stated.rolled(names, positions)
    metas = {}
    for title, table in tables.items():
        meta, block = dict(recalled.stated.metas[title]), block_of(table)
        metas[title] = json.dumps(meta if block is None else {**meta, "block": block})
    kept = replace(origin, keys=tuple(origin.keys[i] for i in positions))
    return build_state(tables, metas, kept)
