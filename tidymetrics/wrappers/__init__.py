"""Functions of metrics, called like metrics."""
