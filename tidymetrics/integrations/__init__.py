"""Other packages' ways of asking for a score."""
