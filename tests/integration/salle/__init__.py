"""Pages of the salle, asked through HTTP by a signed-in interne."""
