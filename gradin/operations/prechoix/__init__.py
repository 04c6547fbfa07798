"""Préchoix: open a wave, keep wishes, count the result, foresee postes."""
