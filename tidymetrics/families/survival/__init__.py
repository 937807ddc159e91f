"""Right-censored survival times."""

from tidymetrics.families.survival import family

__all__ = ["family"]
