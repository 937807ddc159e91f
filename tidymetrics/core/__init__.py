"""What every family shares: metrics as records, the call, the one pipeline, results."""
