"""Commissions as the ARS and their members read them."""
