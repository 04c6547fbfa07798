"""Seniority, promotion théorique, rang actualisé, call list and its explanation (rules.md §2-3)."""
