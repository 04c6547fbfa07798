"""Evaluations of stages: what is mine to fill in, what may be shown of the answers."""
