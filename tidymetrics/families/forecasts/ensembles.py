"""Scores of ensembles, and of ensembles of vectors."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from tidymetrics.core.options import flag
from tidymetrics.families.forecasts.family import ENSEMBLE, OF_VECTORS, forecast_metric, forecast_vector
from tidymetrics.statistics.score_rules import ensemble_crps, ensemble_energy

if TYPE_CHECKING:
    from tidymetrics.typing import Array


@forecast_metric(
    ENSEMBLE,
    direction="minimize",
    range=(0, inf),
    undefined="there is one member only, and the score is fair",
    checks={"fair": flag},
)
def crps_ensemble(truth: Array, members: Array, *, fair: bool = False) -> Array:
    """Continuous ranked probability score of an ensemble: how far it is from the truth, in its unit.

    The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the truth and x the m members: the integral
    of the squared distance between the ensemble's distribution and the step at the truth. Of one member it is the absolute
    error.

    Parameters
    ----------
    fair
        Whether the second term is divided by ``2 m (m - 1)``, which is what a large ensemble of the same distribution would
        have; a fair score can be below 0.

    References
    ----------
    Gneiting, T., Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
    Statistical Association 102(477), 359-378.
    Ferro, C. A. T. (2014). Fair scores for ensemble forecasts. Quarterly Journal of the Royal Meteorological Society 140(683),
    1917-1923.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 4.0], "m1": [0.0, 4.0], "m2": [2.0, 6.0]})
    >>> tm.crps_ensemble(df, "y", ["m1", "m2"])[".estimate"].item()
    0.5
    >>> tm.crps_ensemble_vec([1.0, 4.0], [[0.0, 4.0], [2.0, 6.0]], fair=True)
    0.0
    """
    return ensemble_crps(truth, members, fair=fair)


@forecast_metric(
    OF_VECTORS,
    direction="minimize",
    range=(0, inf),
    undefined="there is one member only, and the score is fair",
    checks={"fair": flag},
)
def energy_score(truth: Array, members: Array, *, fair: bool = False) -> Array:
    """Energy score: how far an ensemble of vectors is from the true vector.

    The mean over rows of ``mean |x_i - y| - sum_ij |x_i - x_j| / (2 m^2)``, with y the true vector, x the m members; bars are
    lengths of vectors. With one coordinate it is `crps_ensemble`. Bring coordinates of several units to one scale first.

    Parameters
    ----------
    fair
        Whether the second term is divided by ``2 m (m - 1)``, which is what a large ensemble of the same distribution would
        have.

    References
    ----------
    Gneiting, T., Stanberry, L. I., Grimit, E. P., Held, L., Johnson, N. A. (2008). Assessing probabilistic forecasts of
    multivariate quantities, with an application to ensemble predictions of surface winds. TEST 17, 211-235.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y1": [0.0], "y2": [0.0], "a1": [3.0], "a2": [4.0], "b1": [0.0], "b2": [0.0]})
    >>> tm.energy_score(df, ["y1", "y2"], [["a1", "a2"], ["b1", "b2"]])[".estimate"].item()
    1.25
    >>> tm.energy_score_vec([[0.0], [0.0]], [[[3.0], [4.0]], [[0.0], [0.0]]])
    1.25
    """
    return ensemble_energy(truth, members, fair=fair)


crps_ensemble_vec = forecast_vector(crps_ensemble)
energy_score_vec = forecast_vector(energy_score)
