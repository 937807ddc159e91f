"""A folder for each family of metrics, in the order in which they are listed."""

from tidymetrics.families import classes, clusters, detection, numbers, quantiles, retrieval, survival

__all__ = ["classes", "clusters", "detection", "numbers", "quantiles", "retrieval", "survival"]
