"""The semester as its agent prepares it: a path per subdivision, and the amphis of his scope."""
