"""Parcours of the internes, maquettes of their DES, what they declare of the semester to come."""
