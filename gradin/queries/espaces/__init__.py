"""« Mon espace »: what those who work with the ARS read, each within what his scope names (rules.md §9)."""
