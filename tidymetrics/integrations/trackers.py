"""What experiment trackers and files need of results: flat names, and where numbers come from."""

from __future__ import annotations

import re
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tidymetrics.core.recalled import Recalled
from tidymetrics.core.result_keys import columns_of_result
from tidymetrics.core.states import merge_states
from tidymetrics.errors import ColumnNotFoundError, OptionError, listed
from tidymetrics.frames import polars_state, read_state
from tidymetrics.statistics import counted_rows, exact_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

_BESIDE = ("level", "k", "eval_time")
_UNSAFE = re.compile(r"[^\w.\-/ :]", re.ASCII)


def as_dict(
    result: Any, names: str | None = None, *, values: str = ".estimate", undefined: str = "drop", safe: bool = True
) -> dict[str, float]:
    """Give a result as names and numbers: what ``mlflow.log_metrics``, ``wandb.log`` and ``json.dumps`` take.

    Parameters
    ----------
    result
        The result of a metric or a set, in any library.
    names
        A template of columns, without their dot, and of keys: by default ``{metric}``, then each key, and the level, k or
        evaluation time where there are some: "accuracy/Fold01".
    values
        The column of numbers.
    undefined
        "drop" leaves undefined values out; "nan" gives them as such.
    safe
        Whether characters that MLflow refuses become "_".

    Returns
    -------
    dict[str, float]

    Raises
    ------
    OptionError
        Two rows would have one name.
    ColumnNotFoundError
        The result has no such column.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"fold": ["A", "B"], "obs": ["a", "b"], "pred": ["a", "a"]})
    >>> tm.as_dict(tm.accuracy(df, "obs", "pred", by="fold", levels=["a", "b"]))
    {'accuracy/A': 1.0, 'accuracy/B': 0.0}
    """
    if undefined not in {"drop", "nan"}:
        raise OptionError(f'as_dict(undefined=): expected "drop" or "nan"; got {undefined!r}.')
    columns = columns_of_result(result)
    if ".metric" not in columns:
        raise OptionError(f"as_dict: expected the result of a metric; this frame has the columns {listed(columns)}.")
    if values not in columns:
        raise ColumnNotFoundError(f"values: the result has no column {values!r}; it has {listed(columns, 9)}.")
    keys = list(columns)[: list(columns).index(".metric")]
    if names is None:
        beside = [name for name in _BESIDE if f".{name}" in columns]
        names = "/".join("{" + name + "}" for name in ("metric", *keys, *beside))
    fields = {**{name.removeprefix("."): name for name in columns}, **{key: key for key in keys}}
    pieces = re.split(r"\{([^{}]+)\}", names)
    if lost := [field for field in pieces[1::2] if field not in fields]:
        raise ColumnNotFoundError(f"names: the result has no column {lost[0]!r}; it has {listed(fields, 9)}.")
    made: dict[str, float] = {}
    of_row: dict[str, int] = {}
    for i, value in enumerate(columns[values]):
        parts = [piece if j % 2 == 0 else _text(columns[fields[piece]][i]) for j, piece in enumerate(pieces)]
        name = _UNSAFE.sub("_", "".join(parts)) if safe else "".join(parts)
        if name in of_row:
            _refuse_twice(columns, fields, pieces, (of_row[name], i), name)
        of_row[name] = i
        gone = value is None or value != value  # noqa: PLR0124  # NaN
        if not gone or undefined == "nan":
            made[name] = float("nan") if gone else float(value)
    return made


def _text(value: Any) -> str:
    gone = value is None or value != value  # noqa: PLR0124
    return "null" if gone else str(value)


def _refuse_twice(
    columns: Mapping[str, list[Any]], fields: Mapping[str, str], pieces: list[str], rows: tuple[int, int], name: str
) -> None:
    """Say which rows share a name, and which column tells them apart."""
    first, second = ({column: values[i] for column, values in columns.items()} for i in rows)
    apart = [field for field, column in fields.items() if first[column] != second[column] and field not in pieces[1::2]]
    add = (
        f"Write names={''.join(p if j % 2 == 0 else '{' + p + '}' for j, p in enumerate(pieces)) + '/{' + apart[0] + '}'!r}"
        if apart
        else "Pass safe=False"
    )
    raise OptionError(f"names: two rows would both be {name!r}: {first} and {second}. {add}.")


def provenance(state: Any) -> dict[str, Any]:
    """Say what a state was made of, to be kept beside results.

    Parameters
    ----------
    state
        A state, or several concatenated.

    Returns
    -------
    dict
        JSON throughout: `package`, the version; `statistics`, what the state says of each; `keys`, `groups`, `rows`,
        `labelled`; `fingerprint`, the SHA-256 of the sorted exact numbers (counts, cells, scores, bounds) of the merged
        state. It is the same for any parts, order of rows and engine, and holds no time and no name of a machine.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"day": [1, 1, 2], "obs": ["a", "b", "b"], "pred": ["a", "b", "a"]})
    >>> whole = tm.accuracy.state(df, "obs", "pred", by="day")
    >>> parts = pl.concat([tm.accuracy.state(part, "obs", "pred", by="day") for part in (df[:1], df[1:])])
    >>> tm.provenance(whole)["fingerprint"] == tm.provenance(parts)["fingerprint"]
    True
    """
    merged = merge_states(polars_state(state)[0])
    recalled = Recalled.of(read_state(merged))
    titles = sorted(recalled.titles)
    counted = {title: counted_rows(recalled.stated.tables[title], len(recalled.rows.keys)) for title in titles}
    rows = counted[titles[0]][0].tolist() if titles else []
    labelled = next((known for _, known in counted.values() if known is not None), None)
    digest = sha256("\n".join(exact_numbers(recalled.rows.table)).encode()).hexdigest()
    return {
        "package": sys.modules["tidymetrics"].__version__,
        "statistics": {title: dict(recalled.stated.metas[title]) for title in titles},
        "keys": list(recalled.rows.keys),
        "groups": len(rows),
        "rows": int(sum(rows)),
        "labelled": None if labelled is None else int(sum(labelled)),
        "fingerprint": digest,
    }
