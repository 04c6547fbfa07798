"""The parcours of an interne: one line a semester, the seniority it gives, what contradicts it."""
