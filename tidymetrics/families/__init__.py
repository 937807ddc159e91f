"""A folder for each family of metrics."""
