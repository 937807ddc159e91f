"""The parts of a score: miscalibration, discrimination and uncertainty (CORP)."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tidymetrics.core.options import one_of
from tidymetrics.errors import EstimatorError
from tidymetrics.families.classes.calibration_family import event_metric, event_vector
from tidymetrics.statistics import ScoreParts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tidymetrics.statistics import EventColumns
    from tidymetrics.statistics.isotonic import Decomposition
    from tidymetrics.typing import Array


def _each(values: Sequence[Array]) -> Array:
    """Put the values [groups] of the events side by side: [groups, events]."""
    return np.stack(list(values), axis=1)


def _score(name: str) -> Any:
    def corp(columns: EventColumns, options: Mapping[str, Any], estimator: str) -> tuple[Any, ...]:
        if options["score"] == "log_loss" and estimator == "multiclass":
            raise EstimatorError(
                f'{name}(score="log_loss"): the log loss of several levels does not come apart; pass estimator="macro" or '
                '"per_class".'
            )
        return (ScoreParts(columns, options["score"]),)

    return corp


_CORP = {"estimators": ("binary", "multiclass", "macro"), "checks": {"score": one_of("brier", "log_loss")}}


@event_metric(_score("corp_miscalibration"), direction="minimize", range=(0, inf), **_CORP)  # type: ignore[arg-type]
def corp_miscalibration(parts: Sequence[Decomposition], *, score: Literal["brier", "log_loss"] = "brier") -> Array:
    """Miscalibration: what a score gains if the probabilities are recalibrated by an isotonic fit.

    The mean score of the probabilities less that of their isotonic fit to the truth. It is the first part of
    ``score = miscalibration - discrimination + uncertainty`` (CORP), which adds up to the Brier score (`brier_class`), or to
    the log loss (`mn_log_loss`), whatever the number of distinct probabilities. Elsewhere it is called reliability.

    Parameters
    ----------
    score
        "brier" or "log_loss"; for more than two levels the latter has a value for each level, and their mean, alone.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> round(tm.corp_miscalibration(df, "obs", "p").item(0, ".estimate"), 4)
    0.06
    >>> round(tm.corp_miscalibration_vec(df["obs"], df["p"], score="log_loss"), 4)
    0.1643
    """
    return _each([own.miscalibration for own in parts])


@event_metric(_score("corp_discrimination"), direction="maximize", range=(0, inf), **_CORP)  # type: ignore[arg-type]
def corp_discrimination(parts: Sequence[Decomposition], *, score: Literal["brier", "log_loss"] = "brier") -> Array:
    """Discrimination: what a score gains by telling rows apart.

    ``mean(S(r, y)) - mean(S(c, y))``, with ``S`` the score of a probability, ``r`` the share of events in all rows and ``c``
    the isotonic fit of the truth to the probabilities. It depends on their order alone. See `corp_miscalibration`. Elsewhere
    it is called resolution.

    Parameters
    ----------
    score
        "brier" or "log_loss"; for more than two levels the latter has a value for each level, and their mean, alone.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> tm.corp_discrimination(df, "obs", "p").item(0, ".estimate")
    0.125
    >>> round(tm.corp_discrimination_vec(df["obs"], df["p"], score="log_loss"), 4)
    0.3466
    """
    return _each([own.discrimination for own in parts])


@event_metric(_score("corp_uncertainty"), direction="minimize", range=(0, inf), **_CORP)  # type: ignore[arg-type]
def corp_uncertainty(parts: Sequence[Decomposition], *, score: Literal["brier", "log_loss"] = "brier") -> Array:
    """Uncertainty: the score of the base rate, which no model can change.

    ``mean(S(r, y))``, with ``S`` the score of a probability and ``r`` the share of events in all rows. See
    `corp_miscalibration`.

    Parameters
    ----------
    score
        "brier" or "log_loss"; for more than two levels the latter has a value for each level, and their mean, alone.

    References
    ----------
    Dimitriadis, T., Gneiting, T., Jordan, A. I. (2021). Stable reliability diagrams for probabilistic classifiers. Proceedings
    of the National Academy of Sciences 118(8), e2016191118.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": [True, False, True, False], "p": [0.9, 0.6, 0.4, 0.1]})
    >>> tm.corp_uncertainty(df, "obs", "p").item(0, ".estimate")
    0.25
    >>> round(tm.corp_uncertainty_vec(df["obs"], df["p"], score="log_loss"), 4)
    0.6931
    """
    return _each([own.uncertainty for own in parts])


corp_discrimination_vec = event_vector(corp_discrimination)
corp_miscalibration_vec = event_vector(corp_miscalibration)
corp_uncertainty_vec = event_vector(corp_uncertainty)
