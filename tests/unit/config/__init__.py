"""Settings and what forbids to start."""
