"""Corrections of the roster and of the offer, one row or thousands, each with its history."""
