"""Checks of the options of detection, and what their values mean to the kernels."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.families.detection.matching import AREA_RANGES


def _refuse(metric: str, option: str, expected: str, value: Any) -> OptionError:
    return OptionError(f"{metric}({option}=): expected {expected}; got {value!r}.")


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and bool(value == value)  # noqa: PLR0124  # not NaN


def overlap_threshold(metric: str, option: str, value: Any) -> None:
    """Require a number above 0 and at most 1."""
    if not _is_number(value) or not 0 < value <= 1:
        raise _refuse(metric, option, "a number above 0 and at most 1", value)


def overlap_thresholds(metric: str, option: str, value: Any) -> None:
    """Require a number above 0 and at most 1, or several."""
    values = thresholds_of(value)
    if not values or not all(_is_number(v) and 0 < v <= 1 for v in values):
        raise _refuse(metric, option, "a number above 0 and at most 1, or several", value)


def thresholds_of(value: Any) -> tuple[Any, ...]:
    """Give one threshold or several as a tuple."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def area_range(metric: str, option: str, value: Any) -> None:
    """Require a range that has a name, or two sizes."""
    named = isinstance(value, str) and value in AREA_RANGES
    pair = isinstance(value, (list, tuple, np.ndarray)) and len(value) == 2 and all(map(_is_number, value))
    if not named and not (pair and value[0] <= value[1]):
        raise _refuse(metric, option, f"one of {', '.join(map(repr, AREA_RANGES))}, or two areas (least, greatest)", value)


def area_of(value: Any) -> tuple[float, float]:
    """Give the range that an option means."""
    least, greatest = AREA_RANGES[value] if isinstance(value, str) else value
    return float(least), float(greatest)


def depth_or_none(metric: str, option: str, value: Any) -> None:
    """Require None or a whole number of at least 1."""
    if value is not None and (not _is_number(value) or value < 1 or value != int(value)):
        raise _refuse(metric, option, "None or a whole number of at least 1", value)


def recall_points_or_none(metric: str, option: str, value: Any) -> None:
    """Require None or a whole number of at least 2."""
    if value is not None and (not _is_number(value) or not 2 <= value < 2**31 or value != int(value)):
        raise _refuse(metric, option, "None or a whole number of at least 2", value)


def score_threshold(metric: str, option: str, value: Any) -> None:
    """Require a number."""
    if not _is_number(value):
        raise _refuse(metric, option, "a number", value)
