"""Agréments of services: which DES and phases they may train, and the yearly campaign that renews them."""
