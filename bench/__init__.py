"""Benchmarks: each prints a ratio to a named reference run in the same session."""
