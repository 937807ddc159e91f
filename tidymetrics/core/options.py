"""Checks of a metric's own options, named in its declaration."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[str, str, Any], None]


_LARGEST = 1e100
"""The largest number that can be squared and multiplied without overflow."""


_MOST_BINS = 2**19
"""With more bins than this, ranking the scores one by one is faster."""


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    return value == value  # noqa: PLR0124  # not NaN


def _refuse(metric: str, option: str, expected: str, value: Any) -> OptionError:
    return OptionError(f"{metric}({option}=): expected {expected}; got {value!r}.")


def non_negative(metric: str, option: str, value: Any) -> None:
    """A finite number, zero or more."""
    if not _is_number(value) or not 0 <= value <= _LARGEST:
        raise _refuse(metric, option, "a finite number of at least 0", value)


def non_negative_or_none(metric: str, option: str, value: Any) -> None:
    """None, or a finite number, zero or more."""
    if value is not None and (not _is_number(value) or not 0 <= value <= _LARGEST):
        raise _refuse(metric, option, "None or a finite number of at least 0", value)


def share_or_none(metric: str, option: str, value: Any) -> None:
    """None, or a number from 0 to 1."""
    if value is not None and (not _is_number(value) or not 0 <= value <= 1):
        raise _refuse(metric, option, "None or a number between 0 and 1", value)


def share_between(metric: str, option: str, value: Any) -> None:
    """A number above 0 and below 1."""
    if not _is_number(value) or not 0 < value < 1:
        raise _refuse(metric, option, "a number above 0 and below 1", value)


def finite(metric: str, option: str, value: Any) -> None:
    """A finite number."""
    if not _is_number(value) or not -_LARGEST <= value <= _LARGEST:
        raise _refuse(metric, option, "a finite number", value)


def whole_positive(metric: str, option: str, value: Any) -> None:
    """A whole number, one or more."""
    if not _is_number(value) or not 1 <= value < 2**31 or value != int(value):
        raise _refuse(metric, option, "a whole number of at least 1", value)


def bins_or_none(metric: str, option: str, value: Any) -> None:
    """None, or a number of bins."""
    if value is not None and (not _is_number(value) or not 2 <= value <= _MOST_BINS or value != int(value)):
        raise _refuse(metric, option, f"None or a whole number of bins from 2 to {_MOST_BINS}", value)


def flag(metric: str, option: str, value: Any) -> None:
    """True or False."""
    if not isinstance(value, bool):
        raise _refuse(metric, option, "True or False", value)


def one_of(*choices: str) -> Check:
    """One of the given strings."""

    def check(metric: str, option: str, value: Any) -> None:
        if not isinstance(value, str) or value not in choices:
            raise _refuse(metric, option, "one of " + ", ".join(map(repr, choices)), value)

    return check


def number_in(low: float, high: float, *, open_ends: bool = False) -> Check:
    """A number above `low` and at most `high`; with open ends below it."""

    def check(metric: str, option: str, value: Any) -> None:
        if not _is_number(value) or not low < value <= high or (open_ends and value == high):
            to = f"below {high:g}" if open_ends else f"at most {high:g}"
            raise _refuse(metric, option, f"a number above {low:g} and {to}", value)

    return check
