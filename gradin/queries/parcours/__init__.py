"""Parcours, maquettes and situations as pages, ranks and amphis read them."""
