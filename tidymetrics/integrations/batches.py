"""A directory of states, one file per batch: written whole or not at all, and counted once however often a job runs."""

from __future__ import annotations

import os
import pathlib
import re
import uuid
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import polars as pl

from tidymetrics.errors import OptionError, StateError, listed
from tidymetrics.frames import polars_state

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = ".batch"
_LONGEST = 60


def file_name(batch: str) -> str:
    """Give the name of the file of a batch: one of its own, also where a file system ignores case."""
    safe = re.sub(r"[^0-9A-Za-z._-]", "_", batch).lstrip("._")[:_LONGEST]  # files that begin so are left aside by readers
    return f"{safe}-{sha256(batch.encode()).hexdigest()[:16]}.parquet"


def write_state(state: Any, directory: Any, *, batch: str, replace: bool = True) -> bool:
    """Write a state as a batch of a directory of states.

    The file is written beside its place and renamed, so that it is there whole or not at all, whatever becomes of the
    process; a job that runs twice writes the same batch, which counts once. Writers need no lock.

    Parameters
    ----------
    state
        A state, in any library.
    directory
        Where its file goes; made if it is not there.
    batch
        The name of what the state is of, such as "2026-03-02": any text.
    replace
        Whether it takes the place of a batch of that name, such as labels that came late. If not, what is there stays.

    Returns
    -------
    bool
        Whether it was written: False where `replace` is False and the batch is there.

    Raises
    ------
    OptionError
        For a batch without a name, or the address of an object store: put the file there with one request.
    StateError
        The frame is no state.

    Examples
    --------
    >>> import tempfile
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"day": [1, 1], "obs": ["a", "b"], "pred": ["a", "b"]})
    >>> state = tm.accuracy.state(df, "obs", "pred", by="day")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for _ in range(2):
    ...         written = tm.write_state(state, folder, batch="day 1")
    ...     tm.accuracy.finish(tm.read_states(folder))[".estimate"].item()
    1.0
    """
    named: Any = batch
    if not isinstance(named, str) or not named:
        raise OptionError(f"batch=: expected the name of the batch, such as '2026-03-02'; got {batch!r}.")
    folder = _folder(directory)
    frame = polars_state(state)[0]
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / file_name(batch)
    if not replace and place.exists():
        return False
    beside = folder / f".{uuid.uuid4().hex}.tmp"  # in the same directory: between file systems a rename is a copy
    try:
        frame.with_columns(pl.lit(batch).alias(BATCH)).write_parquet(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if replace:
            beside.replace(place)
        else:
            try:
                os.link(beside, place)  # fails where another writer was first
            except FileExistsError:
                return False
    finally:
        beside.unlink(missing_ok=True)
    _settle(folder)
    return True


def _folder(directory: Any) -> pathlib.Path:
    if "://" in str(directory):
        raise OptionError(
            f"directory: expected a directory of this machine; got {str(directory)!r}. Put the state there as one file: "
            "that is whole or not there at all."
        )
    return pathlib.Path(directory)


def _settle(folder: pathlib.Path) -> None:
    """Let the directory's entry reach the disk, where the system has such a thing."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_states(directory: Any, *, batches: Sequence[str] | None = None) -> pl.DataFrame:
    """Read a directory of states.

    Parameters
    ----------
    directory
        Where `write_state` wrote them.
    batches
        The batches to read, by default all.

    Returns
    -------
    A polars frame of all their rows: a state.

    Raises
    ------
    StateError
        A batch is in two files, or not in its own: somebody copied a file, which would count twice. A file is no state. A batch
        that is asked for is not there.

    Examples
    --------
    >>> import tempfile
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"day": [1, 2], "obs": ["a", "b"], "pred": ["a", "a"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for day in (1, 2):
    ...         state = tm.accuracy.state(df.filter(day=day), "obs", "pred", by="day")
    ...         written = tm.write_state(state, folder, batch=f"day {day}")
    ...     tm.accuracy.finish(tm.read_states(folder), by="day")[".estimate"].to_list()
    [1.0, 0.0]
    """
    folder = _folder(directory)
    if not folder.is_dir():
        raise StateError(f"directory: there is no directory {str(directory)!r}.")
    files = sorted(path for path in folder.glob("*.parquet") if not path.name.startswith((".", "_")))
    found: dict[str, str] = {}
    parts = []
    for path in files:
        part = _read(path)
        for batch in part.get_column(BATCH).unique() if len(part) else ():
            if batch in found:
                raise StateError(
                    f"the batch {batch!r} is in two files, {found[batch]!r} and {path.name!r}: it would count twice."
                )
            if path.name != file_name(batch):
                raise StateError(
                    f"{path.name!r} holds the batch {batch!r}, whose file is {file_name(batch)!r}: remove the copy."
                )
            found[batch] = path.name
        parts.append(part)
    if batches is not None:
        if missing := [batch for batch in batches if batch not in found]:
            raise StateError(f"batches: there is no batch {missing[0]!r}; there are {listed(sorted(found))}.")
        parts = [part.filter(pl.col(BATCH).is_in(list(batches))) for part in parts]
    if not parts:
        raise StateError(f"directory: there are no states in {str(directory)!r}.")
    # a batch of no rows has no groups either
    some = [part for part in parts if len(part)] or parts[:1]
    try:
        return pl.concat([part.drop(BATCH) for part in some], how="vertical_relaxed")
    except pl.exceptions.PolarsError as problem:
        said = " ".join(str(problem).split())
        raise StateError(f"the batches of {str(directory)!r} have unlike keys, and cannot be one state: {said}.") from None


def _read(path: pathlib.Path) -> pl.DataFrame:
    try:
        part = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError) as problem:
        said = " ".join(str(problem).split())
        raise StateError(f"{path.name!r} is no state: {said}") from None
    if BATCH not in part.columns or ".statistic" not in part.columns:
        raise StateError(f"{path.name!r} is no state that write_state wrote: it has the columns {listed(part.columns)}.")
    return part
