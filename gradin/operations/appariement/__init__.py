"""Writes of the matching of docteurs juniors: campaigns, answers of both sides, runs, results."""
