"""Rankings at k: search, recommendation, learning to rank."""
