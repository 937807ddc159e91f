"""Right-censored survival times."""
