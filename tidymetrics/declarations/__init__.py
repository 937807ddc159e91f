"""Declarations: each metric's formula, metadata and docstring."""
