"""Parcours, maquettes, situations: for the interne, his faculty and the ARS."""
