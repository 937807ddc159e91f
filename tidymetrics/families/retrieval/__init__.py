"""Rankings at k: search, recommendation, learning to rank."""

from tidymetrics.families.retrieval import family

__all__ = ["family"]
