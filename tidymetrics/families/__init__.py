"""A folder for each family of metrics; the package's table of names has their order."""
