"""One module a measure: `tables()` gives what it found, one figure a line."""
