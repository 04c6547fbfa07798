"""Reads of the matching of docteurs juniors: rounds, who takes part, each side's own page, the ARS's."""
