"""Agréments as anybody, a head of service, a coordonnateur and the ARS read them."""
