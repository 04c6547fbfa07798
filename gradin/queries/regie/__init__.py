"""What the ARS reads while it runs an amphi: everything, with names (rules.md §9)."""
