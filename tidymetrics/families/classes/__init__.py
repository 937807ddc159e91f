"""Predicted classes and class probabilities."""

from tidymetrics.families.classes import class_kind, probabilities

__all__ = ["class_kind", "probabilities"]
