"""Pre-flight: an amphi that cannot run correctly does not start (rules.md §5, end)."""
