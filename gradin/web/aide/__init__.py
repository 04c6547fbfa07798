"""« Aide »: the users' manual, our own text, searchable and linked from the pages it concerns."""
