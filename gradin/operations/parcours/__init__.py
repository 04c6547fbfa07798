"""Writes of the parcours, the maquettes and the situations semestrielles."""
