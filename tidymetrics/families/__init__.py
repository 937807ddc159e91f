"""A folder for each family of metrics, in the order in which they are listed."""

from tidymetrics.families import classes, numbers, quantiles, survival

__all__ = ["classes", "numbers", "quantiles", "survival"]
