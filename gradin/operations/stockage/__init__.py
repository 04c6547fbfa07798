"""The store as a whole: what it holds, moved to another store, saved and restored."""
