"""Evaluations of stages: the interne's own, and what the ARS and the representatives do with them."""
