"""Quantiles and probabilities against tables, and against scipy where it is."""

from __future__ import annotations

import numpy as np
import pytest

from tidymetrics.statistics import special


def test_values_of_tables() -> None:
    assert special.t_quantile(0.975, np.array([1.0, 10.0, 30.0, np.inf])) == pytest.approx(
        [12.706204736174698, 2.228138851986274, 2.042272456301238, 1.959963984540054], rel=1e-12
    )
    assert special.t_two_sided(2.228138851986274, 10) == pytest.approx(0.05, abs=1e-13)
    assert special.t_cdf(np.array([-1.0, 0.0, 1.0]), 1) == pytest.approx([0.25, 0.5, 0.75], abs=1e-13)
    assert special.beta_cdf(2, 3, 0.5) == pytest.approx(0.6875, abs=1e-14)
    assert special.beta_quantile(0.25, 1, 1) == pytest.approx(0.25, abs=1e-14)
    assert special.normal_quantile([0.0, 0.975, 1.0]) == pytest.approx([-np.inf, 1.959963984540054, np.inf])
    assert special.normal_cdf([-1.959963984540054, 0]) == pytest.approx([0.025, 0.5], rel=1e-12)


def test_undefined_stays_undefined() -> None:
    nan = np.nan
    assert np.isnan(special.beta_cdf(nan, 1.0, 0.5))
    assert np.isnan(special.beta_quantile(0.5, nan, 1.0))
    assert np.isnan(special.t_two_sided(nan, 5.0))
    assert np.isnan(special.t_two_sided(1.0, nan))
    assert np.isnan(special.mcnemar_mid_p(nan, 3.0))
    assert special.beta_cdf(1.0, 1.0, np.array([-1.0, 0.0, 1.0])).tolist() == [0, 0, 1]
    assert special.beta_quantile(np.array([0.0, 1.0]), 2.0, 2.0).tolist() == [0, 1]


def test_mid_p_counts_half_of_what_is_as_likely() -> None:
    # 1 and 5: 2 (P(0) + P(1)) - P(1) of six coins
    assert special.mcnemar_mid_p(1, 5) == pytest.approx((2 * 7 - 6) / 64)
    assert special.mcnemar_mid_p(0, 0) == 1
    assert special.mcnemar_mid_p(2_000_000, 2_001_500) == pytest.approx(0.4533394, rel=1e-6)


def test_as_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    functions = pytest.importorskip("scipy.special")
    rng = np.random.default_rng(1)
    for low, high in ((-1, 1), (0, 2), (2, 4), (3, 6)):
        a, b = (10 ** rng.uniform(low, high, 200) for _ in range(2))
        p = rng.uniform(0.001, 0.999, 200)
        x = functions.betaincinv(a, b, p)
        np.testing.assert_allclose(special.beta_cdf(a, b, x), functions.betainc(a, b, x), rtol=0, atol=1e-12)
        np.testing.assert_allclose(special.beta_quantile(p, a, b), x, rtol=1e-11, atol=1e-12)
    degrees = np.append(10 ** rng.uniform(0, 8, 500), [1.0, 2.0, 300.0])
    for p in (0.55, 0.9, 0.975, 0.995):
        np.testing.assert_allclose(special.t_quantile(p, degrees), stats.t.ppf(p, degrees), rtol=1e-11)
    t = 3 * rng.normal(size=len(degrees))
    np.testing.assert_allclose(special.t_two_sided(t, degrees), 2 * stats.t.sf(np.abs(t), degrees), rtol=1e-9, atol=1e-12)
    n, k = rng.integers(1, 60, 200), rng.integers(0, 60, 200)
    k = np.minimum(k, n // 2)
    expected = np.minimum(1, 2 * stats.binom.cdf(k, n, 0.5) - stats.binom.pmf(k, n, 0.5))
    np.testing.assert_allclose(special.mcnemar_mid_p(k, n - k), expected, rtol=0, atol=1e-12)
