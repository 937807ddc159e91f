"""The monitor of a state: estimates by window, and a rule that may be looked at at any time."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidymetrics.core.recalled import Recalled
from tidymetrics.core.results import build_plain
from tidymetrics.core.states import merge_states
from tidymetrics.errors import OptionError, StateError, UndefinedMetricWarning, listed
from tidymetrics.frames import polars_state, read_state
from tidymetrics.monitoring.counted import rows_by_metric
from tidymetrics.monitoring.drift import DISTANCES, distances
from tidymetrics.monitoring.series import Aim, Judgement, judged
from tidymetrics.monitoring.windows import END, START, keys_of, windows_of
from tidymetrics.statistics import LADDER

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAD = {"maximize": -1, "minimize": 1}


def monitor(
    state: Any,
    score: Any,
    *,
    time: str,
    every: str | int = "1w",
    reference: Any,
    by: Any = None,
    alpha: float = 0.05,
    looks: int = 52,
    tolerance: float = 0.0,
    labelled: float = 0.9,
    drift: Sequence[str] = (),
    **arguments: Any,
) -> Any:
    """Watch a model over time, and say when it has changed.

    Each window is judged against the windows of a reference by a rule that may be looked at every week: if nothing changes,
    the chance of ever alerting in `looks` looks is at most `alpha`, whatever the metric, and however often or long one
    looks. It needs no standard error: the real differences between windows count, and the mean and the spread of the
    reference are not taken for known. Windows before are compared with all since some start, for every start.

    That costs time: with a reference of 26 weeks, a drop by 1, 1.5, 2, 3 or 5 standard deviations of a week is seen after
    24, 10, 6, 3 or 2 weeks (median). Windows are taken to be independent: where neighbours are correlated by 0.3 the rule
    about holds, by 0.6 it does not; take longer windows. `alpha` is that of each series; for a dashboard of K series divide
    it by K.

    Parameters
    ----------
    state
        A state with a key of times.
    score
        The metric, or the set, to watch.
    time, every
        The key of times, and how long windows are, as for `windows`.
    reference
        When the model was right: (start, end), of which the end is not part, inside the state; or a state of its own. At
        least 8 windows with a value.
    by
        Keys whose values are watched each by itself.
    alpha
        The chance of a false alarm of a series in `looks` looks.
    looks
        For how many windows the chance holds.
    tolerance
        The least change that alerts, in the unit of the metric.
    labelled
        A window waits while its share of rows with a truth is below this share of that of the reference, and later windows wait
        for it: the past never changes.
    drift
        "psi", "js_distance" or "ks": how far the scores are from those of the reference, of all rows, with a truth or
        without. The rule looks at the root of psi.
    **arguments
        As for `finish`.

    Returns
    -------
    A frame in the same library as the state, one row per metric, group and window: the keys, `.window_start`,
    `.window_end`, `.metric`, `.estimator`, `.estimate`; `.n`, the rows with all that the metric reads, and `.unlabelled`,
    those without a truth; `.period` ("reference" or "watched") and `.reference`, the mean of the reference; `.since`, the
    start of the windows that the evidence speaks of, their `.change` against all before, with the interval `.lower`,
    `.upper` that holds at all looks; the `.evidence`, and `.alert` where it is at least 1 / alpha, null where the window is
    not judged; and `.reason`.

    Raises
    ------
    OptionError
        The reference has too few windows, or an argument is wrong.
    StateError
        The state does not hold what the metrics stand on.

    References
    ----------
    Gonen, M., Johnson, W. O., Lu, Y., Westfall, P. H. (2005). The Bayesian two-sample t test. The American Statistician 59(3).
    Perez-Ortiz, M. F., Lardy, T., de Heide, R., Grunwald, P. D. (2024). E-statistics, group invariance and anytime-valid
    testing. Annals of Statistics 52(4).
    Shin, J., Ramdas, A., Rinaldo, A. (2023). E-detectors: a nonparametric framework for sequential change detection. The New
    England Journal of Statistics in Data Science 2(2).

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"step": [t for t in range(24) for _ in range(50)]}).with_row_index("row")
    >>> right = (pl.col("row") * 7919 % 100) < pl.when(pl.col("step") < 16).then(90).otherwise(60)
    >>> df = df.with_columns(obs=pl.lit("a"), pred=pl.when(right).then(pl.lit("a")).otherwise(pl.lit("b")))
    >>> state = tm.accuracy.state(df, "obs", "pred", by="step", levels=["a", "b"])
    >>> found = tm.monitor(state, tm.accuracy, time="step", every=1, reference=(0, 12))
    >>> found.filter(".alert")[".since"].unique().to_list()
    [16]
    """
    how = _judgement(alpha, looks, tolerance, labelled)
    frame, origin = polars_state(state)
    by = [] if by is None else [by] if isinstance(by, str) else list(by)
    rows, is_reference = _split(frame, time, every, reference)
    if lost := [name for name in by if name not in keys_of(rows)]:
        raise StateError(f"by: the state has no key {lost[0]!r}; it has {listed(keys_of(frame), 6)}.")
    functions = {m.metric.name: m for m in getattr(score, "members", None) or (score,)}
    inner = [name for m in functions.values() if (name := getattr(m.kind, "column", None)) and name not in by]
    fine = merge_states(rows, by=[*by, *inner, START, END])
    keys = [*by, START, END]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        table = score.finish(fine, by=keys, **arguments)
    counted = rows_by_metric(merge_states(fine, by=keys), functions)
    table = table.join(counted, on=[*keys, ".metric"], how="left", nulls_equal=True, maintain_order="left")
    aims = {name: _aim(m.metric) for name, m in functions.items()}
    if drift:
        drifted = _drift(fine, by, is_reference, tuple([drift] if isinstance(drift, str) else drift))
        table = pl.concat([table, drifted], how="diagonal_relaxed")
        aims |= {name: Aim(1, 1.0, root=name == "psi", waits=False) for name in DISTANCES}
    own = [name for name in table.columns if name in {".level", ".eval_time", ".k"}]
    series = [".metric", ".estimator", *own, *by]
    order = {name: i for i, name in enumerate(dict.fromkeys(table.get_column(".metric")))}
    sorts = [pl.col(".metric").replace_strict(order, return_dtype=pl.Int64), *by, *own, START]
    table = table.drop(".by", ".error_bound", strict=False).sort(sorts, nulls_last=True, maintain_order=True)
    return build_plain(judged(table, series, is_reference, aims, how), origin)


def _judgement(alpha: Any, looks: Any, tolerance: Any, labelled: Any) -> Judgement:
    for name, value, low, high in (("alpha", alpha, 0, 1), ("labelled", labelled, -1e-300, 1 + 1e-12)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low < value < high:
            raise OptionError(f"monitor({name}=): expected a share between 0 and 1; got {value!r}.")
    if isinstance(looks, bool) or not isinstance(looks, int) or looks < 1:
        raise OptionError(f"monitor(looks=): expected a whole number of at least 1; got {looks!r}.")
    if isinstance(tolerance, bool) or not isinstance(tolerance, (int, float)) or not tolerance >= 0:
        raise OptionError(f"monitor(tolerance=): expected a number of at least 0; got {tolerance!r}.")
    return Judgement(alpha, looks, tolerance, labelled)


def _split(frame: pl.DataFrame, time: str, every: str | int, reference: Any) -> tuple[pl.DataFrame, pl.Expr]:
    """Give the windows of the reference and those that are watched, and tell the first from the second."""
    if isinstance(reference, (tuple, list)):
        if len(reference) != 2:
            raise OptionError(f"reference: expected (start, end), or a state; got {reference!r}.")
        made = windows_of(frame, time, every)
        try:
            ends = pl.Series(list(reference)).cast(made.schema[START])
        except (pl.exceptions.PolarsError, TypeError):
            raise OptionError(f"reference: expected two values like those of {time!r}; got {reference!r}.") from None
        low, high = ends[0], ends[1]
        if not low < high:
            raise OptionError(f"reference: expected (start, end), the start first; got {reference!r}.")
        is_reference = pl.col(END) <= high
        kept = (pl.col(START) >= low) & (is_reference | (pl.col(START) >= high))
        return made.filter(kept), is_reference
    before = windows_of(polars_state(reference)[0], time, every)
    watched = windows_of(frame, time, every)
    high = before.get_column(END).max()
    both = pl.concat([before, watched.select(before.columns).filter(pl.col(START) >= high)], how="vertical_relaxed")
    return both, pl.col(END) <= high


def _aim(metric: Any) -> Aim:
    low, high = metric.range or (-np.inf, np.inf)
    width = high - low if np.isfinite([low, high]).all() else 0.0
    return Aim(_BAD.get(metric.direction, 0), width)


def _drift(state: pl.DataFrame, by: list[str], is_reference: pl.Expr, names: tuple[str, ...]) -> pl.DataFrame:
    """Give how far scores, or predicted classes, are from those of the reference: a row for each distance, group and window."""
    if unknown := [name for name in names if name not in DISTANCES]:
        raise OptionError(f"monitor(drift=): expected {', '.join(map(repr, DISTANCES))}; got {unknown[0]!r}.")
    recalled = Recalled.of(read_state(state))
    all_keys = keys_of(state)
    ladders = [title for title in recalled.titles if title.startswith(LADDER)]
    if not ladders and "cells" not in recalled.titles:
        raise StateError("drift: the state holds neither scores nor predicted classes.")
    if not ladders and "ks" in names:
        raise OptionError('monitor(drift=): "ks" is of scores, and the state holds predicted classes alone.')
    made = []
    for title in ladders or ["cells"]:
        place = "at" if ladders else "predicted"
        table = recalled.stated.tables[title].filter((pl.col("part") == "n") & pl.col(place).is_not_null())
        table = table.rename({f"tm_k{i}": key for i, key in enumerate(all_keys)})
        named = {".estimator": "scores" if ladders else "classes"} | (
            {".level": title.removeprefix(LADDER)} if len(ladders) > 1 else {}
        )
        for _, rows in table.partition_by(by, as_dict=True, maintain_order=True).items() if by else [((), table)]:
            made += _distances_of(rows, by, place, is_reference, names, named)
    return pl.concat(made, how="diagonal_relaxed")


def _distances_of(
    rows: pl.DataFrame, by: list[str], place: str, is_reference: pl.Expr, names: tuple[str, ...], named: dict[str, str]
) -> list[pl.DataFrame]:
    counted = rows.group_by(*by, START, END, place).agg(pl.col("value").sum())
    spans = counted.select(*by, START, END).unique().sort(START)
    steps = counted.get_column(place).unique().sort()
    at = counted.join(spans.with_row_index("tm_w"), on=START, how="left").get_column("tm_w").to_numpy()
    counts = np.zeros((len(spans), len(steps)))
    np.add.at(counts, (at, steps.search_sorted(counted.get_column(place)).to_numpy()), counted.get_column("value").to_numpy())
    reference = spans.select(is_reference.alias("r")).get_column("r").to_numpy()
    found = distances(counts, reference, names, ordered=place == "at")
    n = counts.sum(axis=1)
    return [
        spans.with_columns(
            pl.lit(name).alias(".metric"),
            *(pl.lit(value).alias(column) for column, value in named.items()),
            pl.Series(".estimate", values, nan_to_null=True),
            pl.Series("rows", n),
            pl.Series("n", n),
            pl.lit(0.0).alias("unlabelled"),
        )
        for name, values in found.items()
    ]
