"""Predicted numbers."""

from tidymetrics.families.numbers import family

__all__ = ["family"]
