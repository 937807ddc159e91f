"""The mean over folds, with an interval that knows that the models of folds share their training rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.core.result_keys import keyed_values, rebuilt
from tidymetrics.errors import ColumnNotFoundError, OptionError, listed
from tidymetrics.wrappers.fold_rules import holm, mean_of_folds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.core.result_keys import KeyedValues
    from tidymetrics.typing import Array


def across_folds(
    result: Any,
    folds: str | Sequence[str],
    *,
    conf_level: float = 0.95,
    test_share: float | None = None,
    adjust: str | None = "holm",
    rope: float | None = None,
) -> Any:
    """Average results over folds, with an interval for the method of fitting.

    The models of cross-validation share most of their training rows, so that values of folds vary together, and a plain t
    interval of them is too short. The variance of their mean is therefore taken as ``(1/J + rho / (1 - rho)) s^2`` for J folds
    with the variance s^2, where rho is `test_share`. Of differences (a result of `compare` by fold) it gives the corrected
    resampled t-test. For an interval about these particular models, pool the rows of all folds: ``with_intervals(metric)(...)``
    without ``by=``.

    Parameters
    ----------
    result
        A frame with `.estimate`, one row per fold: of a metric, a set, or `compare`.
    folds
        The column of folds, or several, such as ``["repeat", "fold"]``. All other columns that are no values are keys.
    conf_level
        The share of intervals that contain the true value.
    test_share
        The share of rows in a test fold; by default 1 by the number of distinct values of the last fold column.
    adjust
        Of differences: "holm" adjusts the p-values of the pairs of one metric, None does not.
    rope
        Of differences: half the width of the region of practical equivalence, in the metric's unit.

    Returns
    -------
    A frame in the same library: the keys without the folds, `.n` (folds), `.estimate`, `.std_error`, `.lower`, `.upper`; of
    differences `.p_value` and `.p_adjusted` too, and with `rope` `.p_first`, `.p_rope`, `.p_second`. A null fold makes the mean
    null.

    Raises
    ------
    OptionError
        For a frame without `.estimate`, or a wrong option.
    ColumnNotFoundError
        The frame has no such column of folds.

    References
    ----------
    Nadeau, C., Bengio, Y. (2003). Inference for the generalization error. Machine Learning 52(3), 239-281.
    Bouckaert, R. R., Frank, E. (2004). Evaluating the replicability of significance tests for comparing learning algorithms.
    In: Advances in Knowledge Discovery and Data Mining, 3-12.
    Corani, G., Benavoli, A. (2015). A Bayesian approach for comparing cross-validated algorithms on multiple data sets. Machine
    Learning 100(2-3), 285-304.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"fold": [1, 1, 2, 2], "y": [1.0, 2.0, 4.0, 3.0], "x": [1.0, 3.0, 4.0, 5.0]})
    >>> tm.across_folds(tm.mae(df, "y", "x", by="fold"), "fold").select(".n", ".estimate").row(0)
    (2.0, 0.75)
    """
    names = [folds] if isinstance(folds, str) else list(folds)
    _require(conf_level, test_share, adjust, rope)
    table = keyed_values(result, names)
    if missing := [name for name in names if name not in table.names]:
        raise ColumnNotFoundError(f"folds: the result has no column {missing[0]!r}; it has {listed(table.names, 12)}.")
    if ".estimate" not in table.names:
        raise OptionError(f"across_folds: expected a result with .estimate; got the columns {listed(table.names, 12)}.")
    if not names:
        raise OptionError("across_folds(folds=): name the column of folds.")
    compared = ".first" in table.names
    if rope is not None and not compared:
        raise OptionError("across_folds(rope=): only differences are practically equivalent; pass a result of compare.")
    share = 1 / max(table.n_folds, 2) if test_share is None else test_share
    made = mean_of_folds(table.values, table.key, len(table.keys), share, conf_level, rope if compared else None)
    p = made.pop(".p_value")
    if compared:
        shares: dict[str, Array] = {name: made.pop(name) for name in (".p_first", ".p_rope", ".p_second") if name in made}
        made |= {".p_value": p, ".p_adjusted": _adjusted(table, p) if adjust == "holm" else p, **shares}
    return rebuilt(table, made)


def _adjusted(table: KeyedValues, p: Array) -> Array:
    """Adjust p-values over the pairs of one metric in one group."""
    adjusted = p.copy()
    family = table.family((".first", ".second"))
    for one in np.unique(family):
        rows = np.flatnonzero(family == one)
        adjusted[rows] = holm(p[rows])
    return adjusted


def _require(conf_level: float, test_share: float | None, adjust: str | None, rope: float | None) -> None:
    if not 0 < conf_level < 1:
        raise OptionError(f"across_folds(conf_level=): expected a share between 0 and 1, such as 0.95; got {conf_level!r}.")
    if test_share is not None and not 0 <= test_share < 1:
        raise OptionError(f"across_folds(test_share=): expected a share of the rows, such as 0.1; got {test_share!r}.")
    if adjust not in ("holm", None):
        raise OptionError(f'across_folds(adjust=): expected "holm" or None; got {adjust!r}.')
    if rope is not None and not rope >= 0:
        raise OptionError(f"across_folds(rope=): expected a number of at least 0; got {rope!r}.")
