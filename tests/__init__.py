"""The tests of tidymetrics."""
