"""Tests of statistics: their algebra, and how often the rows are read."""
