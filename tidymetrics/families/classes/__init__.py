"""Predicted classes and class probabilities."""
