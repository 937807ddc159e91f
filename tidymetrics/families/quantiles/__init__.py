"""Predicted quantiles."""

from tidymetrics.families.quantiles import family

__all__ = ["family"]
