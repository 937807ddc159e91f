"""Forecasts of whole distributions: ensembles, and distributions by their parameters."""

from tidymetrics.families.forecasts import family

__all__ = ["family"]
