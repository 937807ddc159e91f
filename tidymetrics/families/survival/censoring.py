"""Long survival data: a model's predictions as rows, and censoring weights."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.score import stack_depth
from tidymetrics.errors import (
    CensoringWeightsWarning,
    ColumnNotFoundError,
    OptionError,
    ProbabilityError,
    TidymetricsError,
    listed,
)
from tidymetrics.families.survival.data import pair_of_roles
from tidymetrics.frames import (
    EVENT,
    TRUTH,
    InputFrame,
    add_columns,
    collect_eager,
    find,
    find_keys,
    names_of,
    prepare,
    read_numbers,
    recognise,
    repeat_rows,
)
from tidymetrics.statistics import CensoredTimes, CensoringCurve, Reductions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Array, By, Codes

TIME, PROBABILITY, WEIGHT = ".eval_time", ".pred_survival", ".weight_censored"
"""The columns added to long data, with yardstick's names."""


@dataclass(frozen=True, eq=False, repr=False)
class _Subjects:
    """The times of a frame's rows, and the group of each row."""

    time: Array
    """[rows]"""
    event: Array
    """[rows]"""
    names: list[tuple[Any, ...]]
    """[groups] the values of the keys"""
    rows: list[Codes]
    """[groups] the rows of each group"""


def censoring_weights(
    data: Any,
    truth: Sequence[str],
    eval_time: Sequence[float] | float | str,
    *,
    train: Any = None,
    by: By = None,
) -> Any:
    """Weight subjects by the inverse of their probability of being uncensored (Graf, 1999).

    G is the Kaplan-Meier estimate of the probability of being uncensored. At evaluation time t, a subject with an event at
    time T by t has the weight ``1 / G(T-)`` (just before T, because it is uncensored until then), and a subject followed
    beyond t has the weight ``1 / G(t)``. A subject censored by t does not count: its weight is null. If an event and a
    censoring have the same time, the event comes first.

    Parameters
    ----------
    data
        A polars, pandas or pyarrow frame, or one of their grouped objects; one row per subject.
    truth
        Names of two columns: the time until the event or censoring, and the status, 1 (or True) for an event, 0 (or False)
        for censoring.
    eval_time
        The evaluation times, in the same unit as the times: numbers of at least 0. If the data are already long, the name of
        the column of evaluation times.
    train
        The data to estimate G from: the model's training data. By default `data`; if these are long, all subjects must have
        the same number of rows.
    by
        Columns to group by, such as folds: each group has its own G. If `train` has these columns, G comes from the same group
        of `train`; if it has none of them, from all its rows.

    Returns
    -------
    A frame in the same library as the input: the rows of `data`, repeated for each evaluation time, with the columns
    `.eval_time` and `.weight_censored` (a float of at least 1, or null). For long data, the same rows with `.weight_censored`.

    Raises
    ------
    OptionError
        A time is negative, a status is neither 0 nor 1, or an evaluation time is not a number of at least 0.
    ColumnNotFoundError
        A column is missing; `train` has some of the columns of `by`, but not all; or `train` lacks a group.
    EngineError
        The frame is not from polars, pandas or pyarrow.

    Warns
    -----
    CensoringWeightsWarning
        Once per call, if an evaluation time is later than the last training time, or lies where all training subjects are
        censored; weights that cannot be estimated are null.

    References
    ----------
    Graf, E., Schmoor, C., Sauerbrei, W., Schumacher, M. (1999). Assessment and comparison of prognostic classification schemes
    for survival data. Statistics in Medicine 18(17-18), 2529-2545.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"time": [1.0, 2.0, 3.0, 4.0], "event": [1, 0, 1, 1]})
    >>> tm.censoring_weights(df, ("time", "event"), [2.5])[".weight_censored"].round(6).to_list()
    [1.0, None, 1.5, 1.5]
    """
    source = recognise(data, by)
    frame = collect_eager(source.frame, "censoring_weights")
    keys = find_keys(source.by, frame, names_of(frame))
    source = InputFrame(frame, keys, source.wrapped)
    subjects = _read(source, truth, "truth")
    curves = _curves(subjects if train is None else _read(_training(train, keys), truth, "train: truth"))
    if isinstance(eval_time, str):
        find(eval_time, "eval_time", names_of(frame))
        _require_free(frame, (WEIGHT,))
        times = _times(read_numbers(frame[eval_time], f"eval_time {eval_time!r}"), eval_time)[:, None]  # [rows, 1]
        long = frame
    else:
        chosen = _times(eval_time, eval_time)
        times = np.broadcast_to(chosen, (len(frame), len(chosen)))  # [rows, times]
        _require_free(frame, (TIME, WEIGHT))
        long = add_columns(repeat_rows(frame, len(chosen)), {TIME: times.reshape(-1)})
    made = add_columns(long, {WEIGHT: _weights(subjects, curves, times).reshape(-1)})
    return made if source.wrapped else made.to_native()


def _times(given: Any, shown: Any) -> Array:
    """Read evaluation times: [times]."""
    single = isinstance(given, (int, float, np.number)) and not isinstance(given, bool)
    times = read_numbers([given] if single else given, "eval_time")
    if not len(times) and not isinstance(shown, str):
        raise OptionError("eval_time: expected at least one evaluation time.")
    if not ((times >= 0) & (times < np.inf)).all():
        raise OptionError(f"eval_time: expected finite times of at least 0; got {shown!r}.")
    if not isinstance(shown, str) and len(np.unique(times)) < len(times):
        raise OptionError(f"eval_time: each time may appear only once; got {listed(times.tolist())}.")
    return times


def _require_free(frame: Any, names: Sequence[str]) -> None:
    if taken := [name for name in names if name in names_of(frame)]:
        raise OptionError(
            f"data: the frame already has a column {taken[0]!r}; rename or drop it."
            + (f" If the data are long, pass their column of evaluation times: eval_time={TIME!r}." if taken[0] == TIME else "")
        )


def _training(train: Any, keys: tuple[str, ...]) -> InputFrame:
    try:
        source = recognise(train, None)
    except TidymetricsError as problem:
        raise OptionError(str(problem).replace("data: ", "train: ", 1)) from None
    frame = collect_eager(source.frame, "censoring_weights(train=)")
    there = [key for key in keys if key in names_of(frame)]
    if there and len(there) < len(keys):
        missing = [key for key in keys if key not in there]
        raise ColumnNotFoundError(
            f"train: the frame has {listed(there)} of the columns of by=, but not {listed(missing)}; it needs all of "
            "them, or none for one estimate for all groups."
        )
    return InputFrame(frame, there, source.wrapped)


_NAN = object()
"""Stands for a key of NaN, which is unlike itself; null is another key."""


def _read(source: InputFrame, truth: Any, argument: str) -> _Subjects:
    rows = prepare(source, pair_of_roles(truth, argument))
    check = CensoredTimes((TRUTH, EVENT))
    Reductions(rows, (), checks=(check,)).check()
    table = rows.frame.collect(backend="polars").to_native()
    keys = [f"tm_k{i}" for i in range(len(rows.origin.keys))]
    group = np.zeros(len(table), np.int64)
    names: list[tuple[Any, ...]] = [()]
    if keys:
        groups = table.select(keys).unique(maintain_order=True)
        numbered = table.select(keys).join(
            groups.with_row_index("n"), on=keys, nulls_equal=True, how="left", maintain_order="left"
        )
        group = numbered.get_column("n").to_numpy().astype(np.int64)
        values = [key.restore(groups.get_column(name)).to_list() for key, name in zip(rows.origin.keys, keys, strict=True)]
        nan = None if rows.origin.implementation.is_pandas_like() else _NAN  # pandas has one missing value
        names = [tuple(nan if v != v else v for v in of_group) for of_group in zip(*values, strict=True)]  # noqa: PLR0124  # NaN
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(names)))
    return _Subjects(table.get_column(TRUTH).to_numpy(), table.get_column(EVENT).to_numpy(), names, np.split(order, starts[1:]))


def _curves(subjects: _Subjects) -> dict[tuple[Any, ...], CensoringCurve]:
    """Estimate the curve of each group."""
    curves = {}
    for name, rows in zip(subjects.names, subjects.rows, strict=True):
        time, event = subjects.time[rows], subjects.event[rows]
        known = ~(np.isnan(time) | np.isnan(event))
        curves[name] = CensoringCurve.of(time[known], event[known] == 1)
    return curves


def _weights(subjects: _Subjects, curves: dict[tuple[Any, ...], CensoringCurve], times: Array) -> Array:
    """Return the weight of each row at its times: [rows, times]."""
    weights = np.full(times.shape, np.nan)
    n_lost, lost, last = 0, set[float](), np.inf
    for name, rows in zip(subjects.names, subjects.rows, strict=True):
        curve = curves.get(name, curves.get(()))
        if curve is None:
            raise ColumnNotFoundError(f"train: the frame has no rows of the group {listed(name)}.")
        time, event, at = subjects.time[rows][:, None], subjects.event[rows][:, None], times[rows]
        before = (time <= at) & (event == 1)  # [rows, times]
        counts = before | ((time > at) & ~np.isnan(event))
        uncensored = curve.at(np.where(before, time, at), before=before)
        with np.errstate(divide="ignore", invalid="ignore"):
            weights[rows] = np.where(counts & (uncensored > 0), 1 / uncensored, np.nan)
        wanting = counts & ~(uncensored > 0)
        # beyond the last time nobody is at risk
        beyond = wanting | (at > curve.last)
        if beyond.any():
            n_lost += int(wanting.sum())
            lost.update(np.unique(at[beyond]).tolist())
            last = min(last, curve.last)
    if lost:
        _announce(n_lost, lost, last)
    return weights


def _announce(n_lost: int, times: set[float], last: float) -> None:
    known = f"end at {last:g}" if last >= 0 else "have no rows with both a time and a status"
    warnings.warn(
        f"censoring_weights: the training data {known}. At the evaluation times {listed(sorted(times))}, {n_lost} "
        f"{'weight is' if n_lost == 1 else 'weights are'} null. Leave out later evaluation times.",
        CensoringWeightsWarning,
        stacklevel=stack_depth(),
    )


def survival_long(data: Any, survival: Any, *, eval_time: Sequence[float] | float, times: Sequence[float] | None = None) -> Any:
    """Turn a model's survival probabilities into long data: one row per subject and evaluation time.

    Parameters
    ----------
    data
        A polars, pandas or pyarrow frame; one row per subject.
    survival
        The probabilities of surviving without the event, with subjects in the order of `data`: an array [subjects, times] whose
        columns belong to `times` (by default `eval_time`); or the result of scikit-survival's ``predict_survival_function``,
        step functions or an array; or the frame [times, subjects] of lifelines' ``predict_survival_function``, indexed by time.
    eval_time
        The evaluation times: numbers of at least 0. Between two times of the model, the probability of the earlier one holds.
    times
        The increasing times of an array's columns, such as scikit-survival's ``model.unique_times_``.

    Returns
    -------
    A frame in the same library as the input: the rows of `data`, repeated for each evaluation time, with the columns
    `.eval_time` and `.pred_survival`. `censoring_weights` adds the weights:
    ``censoring_weights(long, truth, ".eval_time", train=train)``.

    Raises
    ------
    OptionError
        The array does not have one row per subject and one column per time, or an evaluation time is later than the model's
        last time.
    ProbabilityError
        A probability is missing or outside [0, 1].
    EngineError
        The frame is not from polars, pandas or pyarrow.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"time": [1.0, 4.0], "event": [1, 0]})
    >>> tm.survival_long(df, [[0.9, 0.5], [0.8, 0.7]], eval_time=[1, 3])[".pred_survival"].to_list()
    [0.9, 0.5, 0.8, 0.7]
    >>> tm.survival_long(df, [[0.9, 0.5], [0.8, 0.7]], times=[1, 3], eval_time=[0.5, 2])[".pred_survival"].to_list()
    [1.0, 0.9, 1.0, 0.8]
    """
    source = recognise(data, None)
    frame = collect_eager(source.frame, "survival_long")
    chosen = _times(eval_time, eval_time)
    _require_free(frame, (TIME, PROBABILITY))
    known, values = _matrix(survival, times, len(frame), len(chosen))
    if known is not None:
        if chosen.max() > known[-1]:
            raise OptionError(
                f"eval_time: {chosen.max():g} is later than {known[-1]:g}, the last time of the predictions; leave it out."
            )
        step = np.searchsorted(known, chosen, side="right")
        values = np.column_stack([np.ones(len(values)), values])[:, step]
    columns = {TIME: np.tile(chosen, len(frame)), PROBABILITY: values.reshape(-1)}
    made = add_columns(repeat_rows(frame, len(chosen)), columns)
    return made if source.wrapped else made.to_native()


def _matrix(survival: Any, times: Any, n: int, n_chosen: int) -> tuple[Array | None, Array]:
    """Return the times of the predictions [times], if known, and their probabilities [subjects, times]."""
    known, values = _own_times(survival)
    if times is not None and known is not None:
        raise OptionError("times: the predictions have their own times; leave out times=.")
    if times is not None:
        known = read_numbers(times, "times")
    n_times = n_chosen if known is None else len(known)
    if values.shape != (n, n_times):
        hint = " Pass times=, the times of its columns." if known is None and values.ndim == 2 and len(values) == n else ""
        raise OptionError(
            f"survival: expected an array [{n} subjects, {n_times} times]; got one of shape {list(values.shape)}.{hint}"
        )
    if known is not None and not (np.isfinite(known).all() and (np.diff(known) > 0).all()):
        raise OptionError(f"times: expected finite, increasing times; got {listed(known.tolist())}.")
    if not ((values >= 0) & (values <= 1)).all():
        bad = values[~((values >= 0) & (values <= 1))]
        raise ProbabilityError(
            f"survival: expected survival probabilities between 0 and 1; {len(bad)} are not: {listed(bad.tolist())}."
        )
    return known, values


def _own_times(survival: Any) -> tuple[Array | None, Array]:
    """Read predictions as an array [subjects, times], with their own times if they have them."""
    functions = isinstance(survival, (list, tuple, np.ndarray)) and len(survival) and all(hasattr(f, "x") for f in survival)
    if functions:  # scikit-survival: one step function per subject
        known = np.unique(np.concatenate([f.x for f in survival]))
        known = known[known <= min(f.x[-1] for f in survival)]
        return known, np.array([np.where(known < f.x[0], 1.0, f(np.maximum(known, f.x[0]))) for f in survival])
    try:
        values = np.asarray(survival, np.float64)
    except (TypeError, ValueError):
        raise OptionError(
            "survival: expected an array of numbers [subjects, times], step functions of scikit-survival, or a frame "
            f"[times, subjects] of lifelines; got {type(survival).__name__}."
        ) from None
    index: Any = getattr(survival, "index", None)
    if type(index).__name__ == "Index" and getattr(index.dtype, "kind", "") in "iuf":  # lifelines: one row per time
        return np.asarray(index, np.float64), values.T
    return None, values
