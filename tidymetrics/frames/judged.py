"""Two frames as one call: results, and judgements that come apart from them, under the same internal names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from tidymetrics.errors import EngineError, OptionError
from tidymetrics.frames.columns import find, find_keys, names_of
from tidymetrics.frames.encode import encode_key
from tidymetrics.frames.engines import count_of, is_polars
from tidymetrics.frames.prepared import DOC, MOST_ROWS, QUERY, Origin, PreparedFrame, Role, prepare
from tidymetrics.frames.recognise import InputFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.frames.encode import Key
    from tidymetrics.typing import By

    AnyFrame = nw.DataFrame[Any] | nw.LazyFrame[Any]


def prepare_judged(
    source: InputFrame, judgements: InputFrame, roles: Sequence[Role], judged: Sequence[Role]
) -> tuple[PreparedFrame, nw.LazyFrame[Any]]:
    """Prepare results by `roles` and judgements by `judged`, both with QUERY and DOC, in one engine.

    The keys are those of `source.by`; each may be a column of either frame or of both. `keys` of the prepared results names
    all of them, in the order given; each frame holds the columns that it has.
    """
    run, qrels = source.frame, judgements.frame
    if judgements.by is not None:
        raise OptionError("qrels: expected a frame of judgements; got a grouped one. Pass by= with the names of its columns.")
    keys = _keys_of_both(source.by, run, names_of(qrels))
    wrapped, implementation = source.wrapped, run.implementation
    run, qrels = _in_one_place(run, qrels)
    found: dict[str, Key] = {}
    left, right = _of_other_library(run), _of_other_library(qrels)
    if left is not None and right is not None:
        run, qrels, found = _with_codes(left, right, keys, roles, judged)
    ran, restored = _side(run, keys, roles)
    judged_rows, more = _side(qrels, keys, judged)
    names = [QUERY, DOC, *(f"tm_k{i}" for i in range(len(keys)))]
    frame, other = _matching(ran.frame, judged_rows.frame, names)
    if not keys:
        frame = frame.with_columns(nw.lit(0).cast(nw.Int64).alias("tm_k0"))
    origin = Origin(implementation, wrapped, tuple(found.get(k) or restored.get(k) or more[k] for k in keys))
    every = {**judged_rows.roles, **ran.roles}
    made = replace(ran, frame=frame, keys=tuple(f"tm_k{i}" for i in range(max(len(keys), 1))), origin=origin, roles=every)
    return replace(made, gaps=frozenset(every)), other


def _keys_of_both(by: By, run: AnyFrame, others: list[str]) -> tuple[str, ...]:
    """Find the keys in the results, and those that are missing there in the judgements."""
    names = [by] if isinstance(by, str) else list(by) if isinstance(by, (list, tuple)) else None
    if names is None or not all(isinstance(name, str) for name in names):
        return find_keys(by, run, names_of(run))
    here = names_of(run)
    for name in names:
        if name not in here and name not in others:
            find(name, "by", list(dict.fromkeys([*here, *others])))
    find_keys([name for name in names if name in here], run, here)
    if len(set(names)) < len(names):
        raise OptionError(f"by: each column may appear only once; got {names!r}.")
    return tuple(names)


def _in_one_place(run: AnyFrame, qrels: AnyFrame) -> tuple[AnyFrame, AnyFrame]:
    """Leave frames of one engine there; bring others into memory, judgements into the library of the results."""
    if is_polars(run) and is_polars(qrels):
        return run, qrels
    if type(run) is type(qrels) and run.implementation == qrels.implementation:
        return run, qrels
    here, there = _collected(run), _collected(qrels)
    if here.implementation != there.implementation:
        backend: Any = here.implementation
        columns = {name: there.get_column(name).to_list() for name in there.columns}
        there = nw.from_dict(columns, backend=backend)
    return here, there


def _collected(frame: AnyFrame) -> nw.DataFrame[Any]:
    if isinstance(frame, nw.DataFrame):
        return frame
    if not is_polars(frame) and (count := count_of(frame)) > MOST_ROWS:
        raise EngineError(
            f"qrels: the judgements are in another engine than the data, and {count:,} rows would leave "
            f"{frame.implementation.value}; the limit is {MOST_ROWS:,}. Bring both frames into one engine."
        )
    return frame.collect(backend="polars")


def _of_other_library(frame: AnyFrame) -> nw.DataFrame[Any] | None:
    """Give an eager frame that is not polars' own."""
    return frame if isinstance(frame, nw.DataFrame) and not is_polars(frame) else None


def _with_codes(
    run: nw.DataFrame[Any], qrels: nw.DataFrame[Any], keys: tuple[str, ...], roles: Sequence[Role], judged: Sequence[Role]
) -> tuple[nw.DataFrame[Any], nw.DataFrame[Any], dict[str, Key]]:
    """Number the values of the keys over both frames, as polars does not hold those of other libraries."""
    found: dict[str, Key] = {}
    columns: list[dict[str, Any]] = [{}, {}]
    for name in keys:
        sides = [i for i, frame in enumerate((run, qrels)) if name in frame.columns]
        parts = [(run, qrels)[i].select(nw.col(name)) for i in sides]
        codes, found[name] = encode_key(nw.maybe_reset_index(nw.concat(parts)).get_column(name), name)
        starts = [0, len(parts[0])]
        for i, start, part in zip(sides, starts, parts, strict=False):
            columns[i][f"tm_by_{name}"] = codes.slice(start, len(part))
    made = []
    for frame, own, side in zip((run, qrels), columns, (roles, judged), strict=True):
        plain = prepare(InputFrame(frame, None, wrapped=False), side).frame.collect().to_native()
        made.append(nw.from_native(plain.drop("tm_k0").with_columns(**{n: pl.Series(v) for n, v in own.items()})))
    return made[0], made[1], found


def _side(frame: AnyFrame, keys: tuple[str, ...], roles: Sequence[Role]) -> tuple[PreparedFrame, dict[str, Key]]:
    """Prepare one frame, its keys numbered among those of both."""
    names = names_of(frame)
    coded = QUERY in names  # made by `_with_codes`: under internal names already
    own = [(i, f"tm_by_{key}" if coded else key, key) for i, key in enumerate(keys)]
    own = [(i, column, key) for i, column, key in own if column in names]
    chosen = [replace(role, column=role.name) for role in roles] if coded else roles
    made = prepare(InputFrame(frame, [column for _, column, _ in own] or None, wrapped=False), chosen)
    restored = {key: made.origin.keys[j] for j, (_, _, key) in enumerate(own)}
    renamed = {f"tm_k{j}": f"tm_k{i}" for j, (i, _, _) in enumerate(own) if i != j}
    prepared = made.frame.rename(renamed) if renamed else made.frame
    if not own:
        prepared = prepared.drop("tm_k0")
    return replace(made, frame=prepared, roles={role.name: role for role in roles}), restored


def _matching(
    left: nw.LazyFrame[Any], right: nw.LazyFrame[Any], names: Sequence[str]
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    """Cast columns that both frames have to one type, or refuse them."""
    here, there = left.collect_schema(), right.collect_schema()
    for name in names:
        if name not in here or name not in there or here[name] == there[name]:
            continue
        one, other = here[name], there[name]
        if one.is_integer() and other.is_integer():
            kind: Any = nw.Int64
        elif one.is_numeric() and other.is_numeric():
            kind = nw.Float64
        elif all(isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)) for dtype in (one, other)):
            kind = nw.String
        else:
            what = {QUERY: "query", DOC: "doc"}.get(name, "by")
            raise OptionError(
                f"qrels: the column of {what}= holds {other} there and {one} in data, so that nothing would match; cast one "
                "of them."
            )
        left, right = (frame.with_columns(nw.col(name).cast(kind)) for frame in (left, right))
    return left, right
