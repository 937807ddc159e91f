"""States over time: windows, and a rule that says when a model has changed."""
