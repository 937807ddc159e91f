"""Predicted quantiles."""
