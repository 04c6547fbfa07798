"""Evaluations of stages: what is asked, and what may be shown of the answers."""
