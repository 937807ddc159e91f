"""Numbers as text."""

from __future__ import annotations

from math import floor, inf, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidymetrics.typing import Array


def require_digits(function: str, digits: Any) -> None:
    """Refuse what is no number of decimal places."""
    if not isinstance(digits, int) or not 0 <= digits <= 15:
        raise OptionError(f"{function}(digits=): expected a whole number from 0 to 15; got {digits!r}.")


def number_format(columns: Sequence[Array], digits: int) -> Callable[[float], str]:
    """Choose how the numbers of a column are written: all with the same number of decimal places.

    Numbers up to 10 have `digits` places and larger ones fewer, so that about as many digits are shown; a column of very small
    numbers is written in powers of ten.
    """
    values = np.abs(np.concatenate([np.asarray(column, np.float64) for column in columns]) if columns else np.zeros(0))
    found = values[np.isfinite(values) & (values > 0)]
    most = float(found.max(initial=0.0))
    if 0 < most < 0.5 * 10.0**-digits:
        return lambda value: _special(value) or ("0" if value == 0 else f"{value:.{max(digits - 1, 0)}e}")
    places = digits if most < 10 else max(0, digits - floor(log10(most)))
    return lambda value: _special(value) or _without_minus_zero(f"{value:,.{places}f}")


def _special(value: float) -> str:
    return {inf: "inf", -inf: "-inf"}.get(value, "")


def _without_minus_zero(text: str) -> str:
    return text.removeprefix("-") if not text.strip("-0.,") else text
