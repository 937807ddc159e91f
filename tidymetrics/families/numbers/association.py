"""Metrics of predicted numbers that compare errors with the spread of the truth."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from tidymetrics.core.options import flag
from tidymetrics.families.numbers.family import numeric_metric, numeric_vector
from tidymetrics.statistics import GiniIndices, Moments, Quartiles, SignedErrors, TruthSpread, ratio

if TYPE_CHECKING:
    from tidymetrics.typing import Array


@numeric_metric(
    Moments,
    direction="maximize",
    range=(-1, 1),
    undefined="there is one row only, or truth and estimate are the same constant",
    checks={"bias": flag},
    degree=0,
)
def ccc(moments: Moments, *, bias: bool = False) -> Array:
    """Concordance correlation coefficient: correlation and agreement at once.

    ``2 cov / (var_truth + var_estimate + (mean_truth - mean_estimate)^2)``, with unbiased variances by default.

    Parameters
    ----------
    bias
        Whether to use the biased variances of Lin's paper: multiplied by (N - 1) / N, with N the number of rows or the sum of
        weights.

    References
    ----------
    Lin, L. I. (1989). A concordance correlation coefficient to evaluate reproducibility. Biometrics 45(1), 255-268.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.ccc(df, "y", "yhat", bias=True).item(0, ".estimate"), 4)
    0.625
    >>> round(tm.ccc_vec([1, 2, 4], [2, 2, 3]), 4)
    0.625
    """
    with_n = moments.weight
    scale = ratio(np.where(bias, (with_n - 1) / with_n, 1.0), moments.bessel_factor)
    spread = (moments.truth.variance + moments.estimate.variance) * scale
    return np.where(moments.n > 1, ratio(2 * moments.covariance * scale, spread + moments.difference**2), np.nan)


@numeric_metric(
    Moments,
    direction="maximize",
    range=(-inf, 1),
    interval_range=(0, 1),
    undefined="truth or estimate is constant",
    degree=0,
    apart=True,
)
def rsq(moments: Moments) -> Array:
    """R squared: the squared correlation of truth and estimate.

    ``cov(truth, estimate)^2 / (var(truth) var(estimate))``. It ignores shifts and scales of the estimates: see `rsq_trad` and
    `ccc`. Its values lie between 0 and 1; the range below is the one that yardstick declares.

    References
    ----------
    Kvalseth, T. O. (1985). Cautionary note about R squared. The American Statistician 39(4), 279-285.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rsq(df, "y", "yhat").item(0, ".estimate"), 4)
    0.8929
    >>> round(tm.rsq_vec([1, 2, 4], [2, 2, 3]), 4)
    0.8929
    """
    return moments.correlation**2


@numeric_metric(
    TruthSpread,
    direction="maximize",
    range=(0, 1),
    interval_range=(-inf, 1),
    undefined="the truth is constant and the estimates are equal to it",
    degree=0,
)
def rsq_trad(spread: TruthSpread) -> Array:
    """Traditional R squared: the share of the truth's variation that the estimates explain.

    ``1 - sum (truth - estimate)^2 / sum (truth - mean)^2``. Below 0 for estimates worse than the mean, although yardstick's
    range starts at 0; -Inf if the truth is constant and the estimates differ from it.

    References
    ----------
    Kvalseth, T. O. (1985). Cautionary note about R squared. The American Statistician 39(4), 279-285.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rsq_trad(df, "y", "yhat").item(0, ".estimate"), 4)
    0.5714
    >>> round(tm.rsq_trad_vec([1, 2, 4], [2, 2, 3]), 4)
    0.5714
    """
    return 1 - spread.mean_square_error / spread.truth.variance


@numeric_metric(
    TruthSpread,
    direction="minimize",
    range=(0, inf),
    undefined="the truth is constant and the estimates are equal to it",
    degree=0,
)
def rmse_relative(spread: TruthSpread) -> Array:
    """Relative root mean squared error: the rmse as a share of the truth's range.

    ``rmse / (max truth - min truth)``; the range covers all rows, whatever their weights. Inf if the truth is constant.

    References
    ----------
    Despotovic, M., Nedic, V., Despotovic, D., Cvetanovic, S. (2016). Evaluation of empirical models for predicting monthly mean
    horizontal diffuse solar radiation. Renewable and Sustainable Energy Reviews 56, 246-260.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rmse_relative(df, "y", "yhat").item(0, ".estimate"), 4)
    0.2722
    >>> round(tm.rmse_relative_vec([1, 2, 4], [2, 2, 3]), 4)
    0.2722
    """
    return np.sqrt(spread.mean_square_error) / spread.truth.range


@numeric_metric(TruthSpread, direction="maximize", range=(0, inf), undefined="there is one row only", degree=0)
def rpd(spread: TruthSpread) -> Array:
    """Ratio of performance to deviation: the truth's standard deviation relative to the rmse.

    ``sd(truth) / rmse``, with the unbiased standard deviation. Inf if the rmse is 0.

    References
    ----------
    Williams, P. C. (1987). Variables affecting near-infrared reflectance spectroscopic analysis. In: Near-Infrared Technology
    in the Agricultural and Food Industries, 143-167.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rpd(df, "y", "yhat").item(0, ".estimate"), 4)
    1.8708
    >>> round(tm.rpd_vec([1, 2, 4], [2, 2, 3]), 4)
    1.8708
    """
    deviation = np.sqrt(ratio(spread.truth.variance, spread.bessel_factor))
    return np.where(spread.n > 1, deviation / np.sqrt(spread.mean_square_error), np.nan)


@numeric_metric(
    Quartiles,
    direction="maximize",
    range=(0, inf),
    undefined="the truth's quartiles are equal and the rmse is 0, or less than two rows have weight",
    row_order=lambda _options, weighted: weighted,
    degree=0,
)
def rpiq(quartiles: Quartiles) -> Array:
    """Ratio of performance to interquartile range: the truth's interquartile range relative to the rmse.

    ``(Q(0.75) - Q(0.25)) / rmse``. Without weights, quartiles interpolate linearly between order statistics; with weights,
    they interpolate the truth along its cumulative weight. Inf if the rmse is 0.

    References
    ----------
    Bellon-Maurel, V., Fernandez-Ahumada, E., Palagos, B., Roger, J.-M., McBratney, A. (2010). Critical review of chemometric
    indicators commonly used for assessing the quality of the prediction of soil attributes by NIR spectroscopy. TrAC Trends in
    Analytical Chemistry 29(9), 1073-1081.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.rpiq(df, "y", "yhat").item(0, ".estimate"), 4)
    1.8371
    >>> round(tm.rpiq_vec([1, 2, 4], [2, 2, 3]), 4)
    1.8371
    """
    return (quartiles.third - quartiles.first) / np.sqrt(quartiles.mean_square_error)


@numeric_metric(
    SignedErrors,
    direction="maximize",
    range=(-1, 1),
    undefined="truth or estimate is constant, or all errors lie on one side",
    degree=0,
)
def iic(errors: SignedErrors) -> Array:
    """Index of ideality of correlation: the correlation, reduced if errors on one side are larger than on the other.

    ``cor min(A, B) / max(A, B)``, with A the mean absolute error of rows with truth < estimate, and B that of other rows.

    References
    ----------
    Toropova, A. P., Toropov, A. A. (2017). The index of ideality of correlation: a criterion of predictability of QSAR models
    for skin permeability? Science of the Total Environment 586, 466-472.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.iic(df, "y", "yhat").item(0, ".estimate"), 4)
    0.4725
    >>> round(tm.iic_vec([1, 2, 4], [2, 2, 3]), 4)
    0.4725
    """
    smaller, larger = np.minimum(errors.over, errors.under), np.maximum(errors.over, errors.under)
    return errors.moments.correlation * ratio(smaller, larger)


@numeric_metric(
    GiniIndices,
    direction="maximize",
    range=(0, 1),
    interval_range=(-1, 1),
    undefined="there is one row only, or the truth is constant or adds up to 0",
    degree=0,
)
def gini_coef(gini: GiniIndices) -> Array:
    """Normalised Gini coefficient: how well the estimates rank the truth.

    ``G(estimate) / G(truth)``, where G is the Gini index of the truth sorted by decreasing values; 1 for a perfect ranking,
    about 0 for a random one, negative for a reversed one (although yardstick's range starts at 0). Ties in the estimate count
    in its favour.

    References
    ----------
    Frees, E. W., Meyers, G., Cummings, A. D. (2011). Summarizing insurance scores using a Gini index. Journal of the American
    Statistical Association 106(495), 1085-1098.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> round(tm.gini_coef(df, "y", "yhat").item(0, ".estimate"), 4)
    1.0
    >>> round(tm.gini_coef_vec([1, 2, 4], [2, 2, 3]), 4)
    1.0
    """
    known = (gini.n > 1) & ~gini.constant & (np.abs(gini.truth_sum) >= np.finfo(float).eps)
    return np.where(known, gini.by_estimate / gini.by_truth, np.nan)


ccc_vec = numeric_vector(ccc)
rsq_vec = numeric_vector(rsq)
rsq_trad_vec = numeric_vector(rsq_trad)
rmse_relative_vec = numeric_vector(rmse_relative)
rpd_vec = numeric_vector(rpd)
rpiq_vec = numeric_vector(rpiq)
iic_vec = numeric_vector(iic)
gini_coef_vec = numeric_vector(gini_coef)
