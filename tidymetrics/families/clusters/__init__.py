"""How good a clustering is: against a truth, or by the features alone."""

from tidymetrics.families.clusters import family

__all__ = ["family"]
