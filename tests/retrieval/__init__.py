"""Tests of rankings at k."""
