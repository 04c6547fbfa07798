"""The trail of acts outside amphis: every table that keeps one, read as the same line (who, when, what)."""
