"""Whoever comes from another package finds what each of its functions is here."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from sklearn import metrics as sk

import tidymetrics as tm
from tests.sources import GUIDE, LISTS, NOTES, guide, here


@pytest.mark.parametrize("package", LISTS)
def test_each_name_is_here_or_leads_here(package: str) -> None:
    for name in LISTS[package]:
        assert here(name), name
        if name not in tm.__all__:
            with pytest.raises(AttributeError) as told:
                getattr(tm, name)
            message = str(told.value)
            assert message.startswith(f"tidymetrics has no {name!r}. ")
            assert "Did you mean" not in message
    assert {name for name in NOTES if any(name in names for names in LISTS.values())} == set(NOTES)


def test_the_guide_has_the_tables() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(), "write them anew: python -m tests.sources --write"


def test_skill_gives_the_d2_scores() -> None:
    rng = np.random.default_rng(1)
    y = rng.gamma(3, 2, 50)
    df = pl.DataFrame({"y": y, "s": y * rng.uniform(0.5, 1.6, 50), "e": rng.random(50) < 0.4, "p": rng.uniform(0.1, 0.9, 50)})
    s, e, p = (df[name].to_numpy() for name in ("s", "e", "p"))
    for metric, columns, theirs in (
        (tm.skill(tm.mae, baseline="median"), ("y", "s"), sk.d2_absolute_error_score(y, s)),
        (tm.skill(tm.pinball_loss, baseline="median"), ("y", "s"), sk.d2_pinball_score(y, s)),
        (tm.skill(tm.tweedie_deviance.tweak(power=1.5)), ("y", "s"), sk.d2_tweedie_score(y, s, power=1.5)),
        (tm.skill(tm.poisson_deviance), ("y", "s"), sk.d2_tweedie_score(y, s, power=1)),
        (tm.skill(tm.mn_log_loss), ("e", "p"), sk.d2_log_loss_score(e, p)),
        (tm.skill(tm.brier_class), ("e", "p"), sk.d2_brier_score(e, p)),
    ):
        assert metric(df, *columns)[".estimate"].item() == pytest.approx(theirs, rel=1e-9)
